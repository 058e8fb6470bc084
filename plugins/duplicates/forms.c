/* SPDX-License-Identifier: Apache-2.0 */
#include "forms.h"

#include <stdlib.h>
#include <string.h>

#define PLACES 32u  /* slots of a text that are kept */
#define WORDED 3u   /* slots that hold words, not figures only, in a form at least, or */
#define WORDED_MANY 2u /* so many where there are MANY slots */
#define MANY 5u
#define FEW 4u
#define DENSE 32u   /* words to a slot at most */
#define SPARSE 6u   /* words to a change at least, where fewer than FEW texts stand beside it */
#define VALUES 3u   /* that a slot takes, where as many texts are beside it, and */
#define USUAL 7u    /* tenths of the texts that have the most usual one at most */

/* A text's side of a link. */
struct end {
    assay_docid doc;
    uint32_t link;
};

struct text {
    assay_docid doc;
    uint32_t end, ends;     /* its ends */
    uint32_t place, places; /* its slots, ascending; places 0: none are known */
};

/* What one text beside it has in a place. */
struct cell {
    uint32_t at, value;
};

struct family {
    struct dup_links *links;
    struct end *end;
    struct text *text;
    struct cell *cell;
    uint32_t *place, *queue;
    uint32_t ends, texts, queued;
    uint64_t cells, cell_room, places, place_room;
};

static int by_doc(const void *p, const void *q)
{
    const struct end *a = p, *b = q;
    if (a->doc != b->doc)
        return a->doc < b->doc ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

static int by_place(const void *p, const void *q)
{
    const struct cell *a = p, *b = q;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->value < b->value ? -1 : a->value > b->value;
}

static int by_number(const void *p, const void *q)
{
    const uint32_t *a = p, *b = q;
    return *a < *b ? -1 : *a > *b;
}

static int grow(void **at, uint64_t *room, uint64_t need, size_t size)
{
    if (need <= *room)
        return 1;
    uint64_t more = need + need / 2 + 64;
    void *to = realloc(*at, more * size);
    if (!to)
        return 0;
    *at = to;
    *room = more;
    return 1;
}

static void list_texts(struct family *f)
{
    const struct dup_links *l = f->links;
    for (uint32_t i = 0; i < l->count; i++) {
        if (l->at[i].slots == 0)
            continue;
        f->end[f->ends++] = (struct end){l->at[i].a, i};
        f->end[f->ends++] = (struct end){l->at[i].b, i};
    }
    qsort(f->end, f->ends, sizeof *f->end, by_doc);
    for (uint32_t i = 0; i < f->ends; i++) {
        if (f->texts == 0 || f->text[f->texts - 1].doc != f->end[i].doc)
            f->text[f->texts++] = (struct text){f->end[i].doc, i, 0, 0, 0};
        f->text[f->texts - 1].ends++;
    }
}

static struct text *text_of(const struct family *f, assay_docid doc)
{
    uint32_t low = 0, high = f->texts;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (f->text[mid].doc < doc)
            low = mid + 1;
        else
            high = mid;
    }
    return &f->text[low];
}

/* All that stands beside the text, by place. 0: out of memory. */
static int list_cells(struct family *f, const struct text *t)
{
    f->cells = 0;
    if (!grow((void **)&f->cell, &f->cell_room, (uint64_t)t->ends * DUP_SLOTS_KEPT, sizeof *f->cell))
        return 0;
    for (uint32_t i = t->end; i < t->end + t->ends; i++) {
        const struct dup_link *l = &f->links->at[f->end[i].link];
        const struct dup_slot *s = f->links->slot + l->slot;
        for (uint32_t k = 0; k < l->slots; k++)
            f->cell[f->cells++] = l->a == t->doc ? (struct cell){s[k].at_a, s[k].value_b}
                                                 : (struct cell){s[k].at_b, s[k].value_a};
    }
    qsort(f->cell, f->cells, sizeof *f->cell, by_place);
    return 1;
}

/* Whether most texts beside it differ in the place of cells [from, to), each in its own way or nearly; *worded: not by
 * figures only. Where most of them have the same words it is this text that was edited. */
static int is_slot(const struct family *f, uint64_t from, uint64_t to, uint32_t beside, int *worded)
{
    uint64_t n = to - from, values = 0, usual = 0;
    *worded = 0;
    for (uint64_t i = from, next; i < to; i = next) {
        for (next = i + 1; next < to && f->cell[next].value == f->cell[i].value; next++)
            ;
        values++;
        usual = next - i > usual ? next - i : usual;
        *worded |= !(f->cell[i].value & 1);
    }
    return n >= 2 && n * 5 >= (uint64_t)beside * 3 && values >= (n < VALUES ? n : VALUES) && usual * 10 <= n * USUAL;
}

static int is_worded(uint32_t worded, uint32_t slots)
{
    return worded >= WORDED || (worded >= WORDED_MANY && slots >= MANY);
}

/* The slots of a text that is a form, as its neighbours show. 0: out of memory. */
static int find_slots(struct family *f, struct text *t)
{
    uint32_t slots = 0, worded = 0;
    uint64_t inside = 0;
    if (!list_cells(f, t) || !grow((void **)&f->place, &f->place_room, f->places + PLACES, sizeof *f->place))
        return 0;
    for (uint64_t from = 0, to; from < f->cells; from = to) {
        int of_words;
        for (to = from + 1; to < f->cells && f->cell[to].at == f->cell[from].at; to++)
            ;
        if (slots == PLACES || !is_slot(f, from, to, t->ends, &of_words))
            continue;
        f->place[f->places + slots++] = f->cell[from].at;
        worded += (uint32_t)of_words;
        inside += to - from;
    }
    const struct dup_link *l = &f->links->at[f->end[t->end].link];
    uint32_t words = l->a == t->doc ? l->words_a : l->words_b;
    if (inside * 5 < f->cells * 3 || slots * DENSE < words || !is_worded(worded, slots) ||
        (t->ends < FEW && (inside * 4 < f->cells * 3 || f->cells * SPARSE > (uint64_t)t->ends * words)))
        return 1;
    t->place = (uint32_t)f->places;
    t->places = slots;
    f->places += slots;
    return 1;
}

static int is_place(const struct family *f, const struct text *t, uint32_t at)
{
    return bsearch(&at, f->place + t->place, t->places, sizeof at, by_number) != NULL;
}

/* Whether the two differ by what is filled in, `in` slots of the form: half of it, or little else. A copy of which some
 * figure was put right is none. */
static int is_filled(uint32_t in, uint32_t slots, uint32_t places)
{
    return in >= 2 && (in * 2 >= places || (in * 3 >= places && in * 4 >= slots * 3));
}

/* What is beside a form is one, too, if they differ in its slots. 0: out of memory. */
static int follow(struct family *f, uint32_t from, const struct end *e)
{
    struct dup_link *l = &f->links->at[e->link];
    const struct dup_slot *s = f->links->slot + l->slot;
    int is_a = l->a == f->text[from].doc;
    uint32_t in = 0;
    if (!grow((void **)&f->place, &f->place_room, f->places + PLACES, sizeof *f->place))
        return 0;
    uint32_t *to = f->place + f->places;
    for (uint32_t k = 0; k < l->slots; k++)
        if (is_place(f, &f->text[from], is_a ? s[k].at_a : s[k].at_b))
            to[in++] = is_a ? s[k].at_b : s[k].at_a;
    if (!is_filled(in, l->slots, f->text[from].places))
        return 1;
    if (l->kind == DUP_LINK_COPY)
        l->kind = DUP_LINK_FILLED;
    struct text *other = text_of(f, is_a ? l->b : l->a);
    if (other->places || in < WORDED)
        return 1;
    qsort(to, in, sizeof *to, by_number);
    other->place = (uint32_t)f->places;
    other->places = in;
    f->places += in;
    f->queue[f->queued++] = (uint32_t)(other - f->text);
    return 1;
}

static int part(struct family *f)
{
    list_texts(f);
    for (uint32_t i = 0; i < f->texts; i++) {
        if (f->text[i].ends >= 2 && !find_slots(f, &f->text[i]))
            return 0;
        if (f->text[i].places)
            f->queue[f->queued++] = i;
    }
    for (uint32_t at = 0; at < f->queued; at++) {
        const struct text *t = &f->text[f->queue[at]];
        for (uint32_t i = t->end; i < t->end + t->ends; i++)
            if (!follow(f, f->queue[at], &f->end[i]))
                return 0;
    }
    return 1;
}

int dup_part_forms(struct dup_links *links)
{
    struct family f = {.links = links};
    uint64_t ends = (uint64_t)links->count * 2 + 1;
    if (links->count > UINT32_MAX / 4)
        return 0;
    f.end = malloc(ends * sizeof *f.end);
    f.text = malloc(ends * sizeof *f.text);
    f.queue = malloc(ends * sizeof *f.queue);
    int made = f.end && f.text && f.queue && part(&f);
    free(f.end);
    free(f.text);
    free(f.queue);
    free(f.cell);
    free(f.place);
    return made;
}

int dup_looks_filled(const struct dup_slot *s, uint32_t slots, uint32_t words)
{
    uint32_t worded = 0, exchanged = 0;
    for (uint32_t k = 0; k < slots; k++) {
        exchanged += s[k].value_a && s[k].value_b;
        worded += dup_is_worded(&s[k]);
    }
    return slots >= WORDED && is_worded(worded, slots) && slots * DENSE >= words && exchanged * 5 >= slots * 4;
}

void dup_doubt_forms(struct dup_links *links)
{
    for (uint32_t i = 0; i < links->count; i++) {
        struct dup_link *l = &links->at[i];
        if (l->kind == DUP_LINK_COPY && dup_looks_filled(links->slot + l->slot, l->slots, l->words_a))
            l->kind = DUP_LINK_DOUBTFUL;
    }
}

static int rank_of(const struct dup_link *l)
{
    return l->kind == DUP_LINK_COPY ? 0 : l->kind == DUP_LINK_VERSION || l->kind == DUP_LINK_DOUBTFUL ? 1 : 2;
}

void dup_order_links(struct dup_links *links, uint32_t *copies, uint32_t *versions)
{
    uint32_t sorted = 0, end[2];
    for (int rank = 0; rank < 2; rank++) {
        for (uint32_t i = sorted; i < links->count; i++) {
            if (rank_of(&links->at[i]) != rank)
                continue;
            struct dup_link one = links->at[i];
            links->at[i] = links->at[sorted];
            links->at[sorted++] = one;
        }
        end[rank] = sorted;
    }
    *copies = end[0];
    *versions = end[1];
}
