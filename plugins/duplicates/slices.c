/* SPDX-License-Identifier: Apache-2.0
 *
 * All pieces of a part, slice by slice.
 */
#include <stdlib.h>
#include <string.h>

#include "postings.h"

#define NEAR 64u
#define SLICE 4096u /* runs of a slice that stay in the processor's cache, and */
#define EACH 8u     /* as many of a piece at least, so that walking over many costs little */
#define SMALL 12u   /* up to here insertion beats merging */

static const struct dup_posting *posting_at(struct assay_list posting, uint32_t i)
{
    return (const struct dup_posting *)(const void *)((const char *)posting.at + (uint64_t)i * posting.stride);
}

static void add_piece(struct dup_slices *s, const struct dup_posting *p)
{
    struct dup_piece *to = &s->piece[s->pieces++];
    to->posting = p;
    to->first = s->owners;
    dup_cursor_open(&to->cursor, p);
    s->owners += p->holder.count;
}

/* Where unpacked texts go that may become one piece with those before them. NULL: out of memory. */
static struct dup_loose *room_for(struct dup_slices *s, const struct dup_posting *p)
{
    if (s->looses && !dup_postings_full(&s->loose[s->looses - 1].texts, p))
        return &s->loose[s->looses - 1];
    if (s->looses == s->loose_room) {
        struct dup_loose *loose = dup_grow(s->loose, s->loose_room + UINT64_C(1), sizeof *loose);
        if (!loose)
            return NULL;
        s->loose = loose;
        s->loose[s->loose_room++] = (struct dup_loose){0};
    }
    dup_postings_clear(&s->loose[s->looses].texts);
    return &s->loose[s->looses++];
}

static uint64_t runs_of_singles(struct assay_list posting)
{
    uint64_t runs = 0;
    for (uint32_t i = 0; i < posting.count; i++)
        runs += posting_at(posting, i)->run.count;
    return runs;
}

/* Packed pieces as they are. Unpacked ones, too, where they have few runs in all, else as few more pieces. */
static int read_pieces(struct dup_slices *s, struct assay_list posting)
{
    uint64_t most = s->singles_at_most ? s->singles_at_most : DUP_SINGLE_RUNS;
    int join = runs_of_singles(posting) > most;
    s->looses = 0;
    for (uint32_t i = 0; i < posting.count; i++) {
        const struct dup_posting *p = posting_at(posting, i);
        struct dup_loose *to = join && p->run.count ? room_for(s, p) : NULL;
        if (p->item.count)
            add_piece(s, p);
        else if (join && p->run.count && (!to || !dup_postings_add(&to->texts, p)))
            return 0;
    }
    for (uint32_t i = 0; i < s->looses; i++) {
        if (!dup_postings_join(&s->loose[i].texts, &s->loose[i].joined))
            return 0;
        add_piece(s, &s->loose[i].joined);
    }
    struct assay_list none = {NULL, 0, posting.stride};
    if (!dup_singles_read(&s->single, join ? none : posting, s->owners))
        return 0;
    s->owners += s->single.texts;
    return 1;
}

/* The piece of each NEAR-th text. */
static int find_pieces(struct dup_slices *s)
{
    uint64_t need = s->single.first / NEAR + 1;
    if (need > s->near_room) {
        uint32_t *near = dup_grow(s->near, need, sizeof *near);
        if (!near)
            return 0;
        s->near = near;
        s->near_room = need;
    }
    for (uint64_t i = 0, piece = 0; i < need; i++) {
        while (piece + 1 < s->pieces && s->piece[piece + 1].first <= i * NEAR)
            piece++;
        s->near[i] = (uint32_t)piece;
    }
    return 1;
}

/* One that is in the part; all of them have the same highest bits. */
static uint64_t any_run(const struct dup_slices *s, struct assay_list posting)
{
    for (uint64_t i = 0; i < s->pieces; i++)
        if (s->piece[i].cursor.runs)
            return (uint64_t)s->piece[i].cursor.first << s->piece[i].cursor.low;
    for (uint32_t i = 0; i < posting.count; i++)
        if (posting_at(posting, i)->run.count)
            return *(const uint32_t *)posting_at(posting, i)->run.at;
    return 0;
}

int dup_slices_open(struct dup_slices *s, struct assay_list posting, uint32_t bits)
{
    uint64_t runs, least;
    s->pieces = s->owners = s->count = s->slice = 0;
    if (posting.count + UINT64_C(1) > s->piece_room) {
        struct dup_piece *piece = dup_grow(s->piece, posting.count + UINT64_C(1), sizeof *piece);
        if (!piece)
            return 0;
        s->piece = piece;
        s->piece_room = posting.count + UINT64_C(1);
    }
    if (!read_pieces(s, posting) || s->owners > UINT32_MAX || !find_pieces(s))
        return 0;
    runs = s->single.runs;
    for (uint64_t i = 0; i < s->pieces; i++)
        runs += s->piece[i].cursor.runs;
    least = s->pieces * EACH;
    for (s->left = 32 - bits; s->left > DUP_HALF && runs > (least > SLICE ? least : SLICE); s->left--)
        runs /= 2;
    s->width = UINT64_C(1) << s->left;
    s->next = any_run(s, posting) >> (32 - bits) << (32 - bits);
    s->end = s->next + (UINT64_C(1) << (32 - bits));
    return !s->single.texts || dup_singles_part(&s->single, posting, s->next, s->end, s->left);
}

static int make_room(struct dup_slices *s, uint64_t more)
{
    uint64_t room = (s->count + more) * 3 / 2 + SLICE;
    uint64_t *post = dup_grow(s->post, room, sizeof *post);
    s->post = post ? post : s->post;
    uint64_t *spare = post ? dup_grow(s->spare, room, sizeof *spare) : NULL;
    s->spare = spare ? spare : s->spare;
    s->room = spare ? room : s->room;
    return spare != NULL;
}

/* The runs below `end`, a multiple of DUP_HALF bits' values, behind those that were walked over before. 0: out of
 * memory. */
static int take(struct dup_slices *s, uint64_t end)
{
    s->count = 0;
    for (uint64_t i = 0; i < s->pieces; i++) {
        struct dup_cursor c = s->piece[i].cursor;
        uint64_t first = s->piece[i].first;
        while (c.at < c.runs) {
            uint64_t high = dup_cursor_high(&c);
            if (high >= end)
                break;
            if (s->count == s->room && !make_room(s, 1))
                return 0;
            s->post[s->count++] = dup_cursor_next(&c, high) + first;
        }
        s->piece[i].cursor = c;
    }
    return 1;
}

/* Zeroed; NULL: out of memory. */
static uint8_t *make_seen(struct dup_slices *s, uint64_t places)
{
    if (places > s->seens) {
        free(s->seen);
        s->seen = malloc(places);
        s->seens = s->seen ? places : 0;
    }
    if (s->seen)
        memset(s->seen, 0, places);
    return s->seen;
}

/* 1: once, 3: more than once. */
static void mark(uint8_t *seen, uint64_t last, const uint64_t *post, uint64_t count)
{
    static const uint8_t after[4] = {1, 3, 3, 3};
    for (uint64_t i = 0; i < count; i++) {
        uint8_t *at = &seen[post[i] >> 32 & last];
        *at = after[*at];
    }
}

/* Gives how many there are. */
static uint64_t keep_marked(const uint8_t *seen, uint64_t last, uint64_t *to, const uint64_t *post, uint64_t count)
{
    uint64_t kept = 0;
    for (uint64_t i = 0; i < count; i++) {
        to[kept] = post[i];
        kept += seen[post[i] >> 32 & last] >> 1;
    }
    return kept;
}

/* Leaves out runs that certainly stand in one place only, most of them, and takes in those of unpacked texts. */
static int thin_out(struct dup_slices *s)
{
    const struct dup_singles *one = &s->single;
    const uint64_t *run = one->texts ? one->run + one->begin[s->slice] : NULL;
    uint64_t runs = one->texts ? one->begin[s->slice + 1] - one->begin[s->slice] : 0, places = 4 * SLICE;
    while (places < 4 * (s->count + runs))
        places *= 2;
    if (s->count + runs > s->room && !make_room(s, runs))
        return 0;
    uint8_t *seen = make_seen(s, places);
    if (!seen)
        return 0;
    mark(seen, places - 1, s->post, s->count);
    mark(seen, places - 1, run, runs);
    s->count = keep_marked(seen, places - 1, s->post, s->post, s->count);
    s->count += keep_marked(seen, places - 1, s->post + s->count, run, runs);
    s->slice++;
    return 1;
}

/* The filter lets some through that stand alone after all. */
static void drop_single(struct dup_slices *s)
{
    uint64_t kept = 0, before = UINT64_MAX;
    for (uint64_t i = 0; i < s->count; i++) {
        uint64_t one = s->post[i], run = one >> 32, behind = i + 1 < s->count ? s->post[i + 1] >> 32 : UINT64_MAX;
        s->post[kept] = one;
        kept += (uint64_t)((run == before) | (run == behind));
        before = run;
    }
    s->count = kept;
}

static const struct dup_piece *piece_of(const struct dup_slices *s, uint32_t number)
{
    const struct dup_piece *p = &s->piece[s->near[number / NEAR]], *last = &s->piece[s->pieces - 1];
    while (p < last && p[1].first <= number)
        p++;
    return p;
}

static const struct dup_holder *holder_of(const struct dup_slices *s, uint32_t number, uint32_t *story)
{
    const struct dup_piece *p = piece_of(s, number);
    uint64_t at = number - p->first;
    const uint32_t *stories = p->posting->story.count ? p->posting->story.at : NULL;
    *story = stories ? stories[at] : 0;
    return (const struct dup_holder *)p->posting->holder.at + at;
}

const assay_docid *dup_slices_name(const struct dup_slices *s, uint32_t number)
{
    uint32_t story;
    return number < s->single.first ? &holder_of(s, number, &story)->doc
                                    : &s->single.text[number - s->single.first].doc;
}

static int make_owners(struct dup_slices *s)
{
    if (s->count > s->owner_room) {
        free(s->owner);
        free(s->owner_spare);
        s->owner = malloc(s->room * sizeof *s->owner);
        s->owner_spare = malloc(s->room * sizeof *s->owner_spare);
        s->owner_room = s->owner && s->owner_spare ? s->room : 0;
    }
    return s->count <= s->owner_room;
}

/* What is known of the owners lies here and there: all of a slice are asked for before the first is looked at. */
static void fill_from_pieces(struct dup_slices *s)
{
    const struct dup_holder **holder = (const struct dup_holder **)(void *)s->spare;
    for (uint64_t i = 0; i < s->count; i++) {
        uint32_t number = (uint32_t)s->post[i], story = 0;
        holder[i] = number < s->single.first ? holder_of(s, number, &story) : NULL;
        __builtin_prefetch(holder[i]);
        s->owner[i].story = story;
        s->owner[i].number = number;
    }
    for (uint64_t i = 0; i < s->count; i++) {
        if (!holder[i]) {
            s->owner[i] = s->single.text[s->owner[i].number - s->single.first];
            continue;
        }
        s->owner[i].doc = holder[i]->doc;
        s->owner[i].source = holder[i]->source;
        s->owner[i].words = holder[i]->words;
    }
}

static int fill_owners(struct dup_slices *s)
{
    if (!make_owners(s))
        return 0;
    if (s->pieces)
        fill_from_pieces(s);
    for (uint64_t i = 0; i < s->count && !s->pieces; i++)
        s->owner[i] = s->single.text[(uint32_t)s->post[i] - s->single.first];
    return 1;
}

static void insertion(struct dup_owner *o, uint64_t n)
{
    for (uint64_t i = 1; i < n; i++) {
        if (o[i - 1].doc <= o[i].doc)
            continue;
        struct dup_owner one = o[i];
        uint64_t j = i;
        for (; j > 0 && o[j - 1].doc > one.doc; j--)
            o[j] = o[j - 1];
        o[j] = one;
    }
}

/* Stable, by document. */
static void by_document(struct dup_owner *o, struct dup_owner *spare, uint64_t n)
{
    for (uint64_t i = 0; i < n; i += SMALL)
        insertion(o + i, n - i < SMALL ? n - i : SMALL);
    for (uint64_t width = SMALL; width < n; width *= 2) {
        for (uint64_t begin = 0; begin + width < n; begin += 2 * width) {
            uint64_t middle = begin + width, end = n - middle < width ? n : middle + width;
            memcpy(spare, o + begin, width * sizeof *o);
            for (uint64_t i = 0, j = middle, k = begin; i < width;)
                o[k++] = j < end && spare[i].doc > o[j].doc ? o[j++] : spare[i++];
        }
    }
}

/* The owners of each run by document; most runs have two, of which either may be the first. */
static void order_owners(struct dup_slices *s)
{
    for (uint64_t i = 0, j; i < s->count; i = j) {
        struct dup_owner *o = s->owner + i;
        for (j = i + 2; j < s->count && s->post[j] >> 32 == s->post[i] >> 32; j++)
            ;
        if (j - i > 2) {
            by_document(o, s->owner_spare, j - i);
            continue;
        }
        const struct dup_owner both[2] = {o[0], o[1]};
        uint32_t turned = both[0].doc > both[1].doc;
        o[0] = both[turned];
        o[1] = both[!turned];
    }
}

int dup_slices_next(struct dup_slices *s)
{
    if (s->owners == 0 || s->next >= s->end)
        return 0;
    s->next += s->width;
    if (!take(s, s->next) || !thin_out(s))
        return -1;
    uint64_t *sorted = dup_sort_runs(s->post, s->spare, s->count, s->left);
    s->spare = sorted == s->post ? s->spare : s->post;
    s->post = sorted;
    drop_single(s);
    if (!fill_owners(s))
        return -1;
    order_owners(s);
    return 1;
}

void dup_slices_free(struct dup_slices *s)
{
    for (uint32_t i = 0; i < s->loose_room; i++)
        dup_postings_free(&s->loose[i].texts);
    free(s->loose);
    dup_singles_free(&s->single);
    free(s->piece);
    free(s->near);
    free(s->post);
    free(s->spare);
    free(s->owner);
    free(s->owner_spare);
    free(s->seen);
    memset(s, 0, sizeof *s);
}
