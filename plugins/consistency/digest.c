/* SPDX-License-Identifier: Apache-2.0 */
#include "digest.h"

#include <stdlib.h>
#include <string.h>

static const struct assay_field digest_rows[] = {
    ASSAY_FIELD(struct digest, terms, ASSAY_TEXT, 0, NULL, "its distinct terms, six bytes each"),
    ASSAY_FIELD(struct digest, sentences, ASSAY_TEXT, 0, NULL, "its sentences, packed"),
    ASSAY_FIELD(struct digest, figures, ASSAY_TEXT, 0, NULL, "its figures, packed"),
    ASSAY_FIELD(struct digest, contexts, ASSAY_U32, 0, NULL, "how many sentences"),
    ASSAY_FIELD(struct digest, notes, ASSAY_U32, 0, NULL, "how many figures"),
    ASSAY_FIELD(struct digest, credits, ASSAY_TEXT, 0, NULL, "whom it credits, a line each"),
    ASSAY_FIELD(struct digest, lead, ASSAY_TEXT, 0, NULL, "speakers of its first sentences, a line each"),
    ASSAY_FIELD(struct digest, cited, ASSAY_TEXT, 0, NULL, "whom its sentences cite, a line each"),
};
const struct assay_fields digest_fields = ASSAY_FIELDS(struct digest, digest_rows);

/* ---- terms ---- */

void digest_pack(unsigned char to[DIGEST_TERM], uint64_t term, uint32_t bits)
{
    uint64_t packed = term >> TERM_UNUSED << 5 | (term & TERM_CLASS) | bits << 3;
    for (uint32_t i = 0; i < DIGEST_TERM; i++)
        to[i] = (unsigned char)(packed >> 8 * i);
}

uint64_t digest_unpack(const unsigned char from[DIGEST_TERM], uint32_t *bits)
{
    uint64_t packed = 0;
    for (uint32_t i = 0; i < DIGEST_TERM; i++)
        packed |= (uint64_t)from[i] << 8 * i;
    *bits = packed >> 3 & 3;
    return packed >> 5 << TERM_UNUSED | (packed & TERM_CLASS);
}

uint32_t digest_terms(const struct digest *d)
{
    return (uint32_t)(d->terms.size / DIGEST_TERM);
}

uint64_t digest_term(const struct digest *d, uint32_t i)
{
    uint32_t flags;
    uint64_t term = digest_unpack((const unsigned char *)d->terms.at + (size_t)i * DIGEST_TERM, &flags);
    return term | (uint64_t)flags << 3; /* TERM_FINE, TERM_NAME */
}

/* ---- writing ---- */

static void put_number(struct assay_buf *b, uint64_t n)
{
    char byte[10];
    uint32_t size = 0;
    for (; n > 0x7f; n >>= 7)
        byte[size++] = (char)(n | 0x80);
    byte[size++] = (char)n;
    assay_buf_add(b, byte, size);
}

static int gather(struct term_list *all, const struct terms_output *in)
{
    uint64_t uses = 0;
    for (uint32_t i = 0; i < in->contexts; i++)
        uses += in->context[i].terms.count;
    if (uses > UINT32_MAX / 16)
        return 0;
    if (uses > all->room) {
        uint64_t *at = realloc(all->at, uses * 2 * sizeof *at);
        if (!at)
            return 0;
        all->at = at;
        all->room = (uint32_t)uses;
    }
    all->count = 0;
    for (uint32_t i = 0; i < in->contexts; i++) {
        struct assay_list terms = in->context[i].terms;
        if (terms.count)
            memcpy(all->at + all->count, terms.at, terms.count * sizeof *all->at);
        all->count += terms.count;
    }
    terms_distinct(all);
    return 1;
}

/* Where the term stands in the table, from `low` on. Every term does. */
static uint32_t place_of(const struct term_list *all, uint64_t term, uint32_t low)
{
    uint32_t high = all->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (TERM_KEY(all->at[middle]) < TERM_KEY(term))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void put_terms(struct assay_buf *b, const struct term_list *all, struct assay_list terms)
{
    put_number(b, terms.count);
    for (uint32_t i = 0, next = 0; i < terms.count; i++) {
        uint32_t at = place_of(all, *ASSAY_AT(uint64_t, terms, i), next);
        put_number(b, at - next);
        next = at + 1;
    }
}

static void put_context(struct assay_buf *b, const struct term_list *all, const struct context *c,
                        const struct context *before)
{
    uint32_t hash = (uint32_t)c->hash;
    put_number(b, c->span.begin - (before ? before->span.end : 0));
    put_number(b, c->span.end - c->span.begin);
    assay_buf_add(b, &hash, sizeof hash);
    put_number(b, c->order - (before ? before->order : 0));
    put_number(b, c->figures);
    put_terms(b, all, c->terms);
}

static void put_note(struct assay_buf *b, const struct term_list *all, const struct note *n)
{
    put_number(b, (uint32_t)(n->context + 1)); /* ASSAY_NEVER and CONCEPT_NONE become 0 */
    put_number(b, (uint32_t)(n->concept + 1));
    put_number(b, (uint32_t)(n->also + 1));
    put_number(b, (uint32_t)(n->place + 1));
    put_number(b, n->part);
    put_number(b, (uint32_t)(n->thing + 1));
    put_number(b, (uint32_t)n->aspects);
    put_number(b, (uint32_t)(n->aspects >> 32));
    for (uint32_t i = 0; i < PERSON_WORDS && (!i || n->who[i - 1]); i++)
        put_number(b, n->who[i]);
    put_terms(b, all, n->local);
}

void digest_room_free(struct digest_room *room)
{
    free(room->all.at);
    assay_buf_free(&room->terms);
    assay_buf_free(&room->sentences);
    assay_buf_free(&room->figures);
}

int digest_write(struct digest_room *room, const struct terms_output *in, struct digest *to)
{
    room->terms.size = room->sentences.size = room->figures.size = 0;
    memset(to, 0, sizeof *to);
    if (!gather(&room->all, in))
        return 0;
    for (uint32_t i = 0; i < room->all.count; i++) {
        unsigned char packed[DIGEST_TERM];
        digest_pack(packed, room->all.at[i], room->all.at[i] >> 3 & 3);
        assay_buf_add(&room->terms, packed, sizeof packed);
    }
    for (uint32_t i = 0; i < in->contexts; i++)
        put_context(&room->sentences, &room->all, &in->context[i], i ? &in->context[i - 1] : NULL);
    for (uint32_t i = 0; i < in->notes; i++)
        put_note(&room->figures, &room->all, &in->note[i]);
    to->terms = (struct assay_text){room->terms.at, room->terms.size};
    to->sentences = (struct assay_text){room->sentences.at, room->sentences.size};
    to->figures = (struct assay_text){room->figures.at, room->figures.size};
    to->contexts = in->contexts;
    to->notes = in->notes;
    return !room->terms.failed && !room->sentences.failed && !room->figures.failed;
}

/* ---- reading ---- */

struct reader {
    const unsigned char *at, *end;
};

static struct reader reader_of(struct assay_text t)
{
    const unsigned char *at = (const unsigned char *)t.at;
    return (struct reader){at, at ? at + t.size : at};
}

static uint32_t get_number(struct reader *r)
{
    uint32_t n = 0;
    for (uint32_t shift = 0; r->at < r->end && shift < 35; shift += 7) {
        unsigned char c = *r->at++;
        n |= (uint32_t)((uint64_t)(c & 0x7f) << shift);
        if (c < 0x80)
            break;
    }
    return n;
}

static uint32_t get_hash(struct reader *r)
{
    uint32_t hash = 0;
    if (r->end - r->at >= (int)sizeof hash) {
        memcpy(&hash, r->at, sizeof hash);
        r->at += sizeof hash;
    }
    return hash;
}

static void get_context(struct reader *r, struct context *c, const struct context *before)
{
    memset(c, 0, sizeof *c);
    c->span.begin = get_number(r) + (before ? before->span.end : 0);
    c->span.end = c->span.begin + get_number(r);
    c->hash = get_hash(r);
    c->order = get_number(r) + (before ? before->order : 0);
    c->figures = get_number(r);
}

void digest_open_free(struct digest_open *o)
{
    free(o->room);
    memset(o, 0, sizeof *o);
}

/* Where the lists of an open digest go, and what is left of it. */
struct supply {
    uint64_t *term;
    uint32_t *weight, left;
};

static struct assay_list get_terms(struct reader *r, const uint64_t *table, const uint32_t *weights, uint32_t terms,
                                   struct supply *to)
{
    struct assay_list list = {to->term, 0, sizeof *to->term};
    uint32_t n = get_number(r);
    for (uint32_t k = 0, at = 0; k < n && to->left && r->at < r->end; k++, at++) {
        at += get_number(r);
        if (at >= terms)
            continue;
        *to->term++ = table[at];
        if (to->weight)
            *to->weight++ = weights[at];
        to->left--;
        list.count++;
    }
    return list;
}

static uint64_t skip_terms(struct reader *r)
{
    uint32_t n = get_number(r);
    for (uint32_t k = 0; k < n; k++) {
        if (r->at >= r->end)
            return k;
        (void)get_number(r);
    }
    return n;
}

#define LEAD 3u       /* sentences */
#define TIMES_OFTEN 4u

void digest_prominence(const struct digest *d, unsigned char *to)
{
    struct reader r = reader_of(d->sentences);
    struct context c, before = {0};
    uint32_t terms = digest_terms(d);
    memset(to, 0, terms); /* counts first, in the bits above PROMINENT_LEAD */
    for (uint32_t i = 0; i < d->contexts; i++) {
        get_context(&r, &c, &before);
        before = c;
        uint32_t n = get_number(&r);
        for (uint32_t k = 0, at = 0; k < n && r.at < r.end; k++, at++) {
            at += get_number(&r);
            if (at >= terms)
                continue;
            to[at] |= c.order < LEAD ? PROMINENT_LEAD : 0;
            to[at] += to[at] / PROMINENCES < TIMES_OFTEN ? PROMINENCES : 0;
        }
    }
    for (uint32_t i = 0; i < terms; i++) {
        uint32_t times = to[i] / PROMINENCES;
        to[i] = (unsigned char)((to[i] & PROMINENT_LEAD) |
                                (times >= TIMES_OFTEN ? PROMINENT_OFTEN : times > 1 ? PROMINENT_TWICE : 0));
    }
}

static void get_note(struct reader *r, struct note *n)
{
    memset(n, 0, sizeof *n);
    n->context = get_number(r) - 1;
    n->concept = get_number(r) - 1;
    n->also = get_number(r) - 1;
    n->place = get_number(r) - 1;
    n->part = get_number(r);
    n->thing = get_number(r) - 1;
    n->aspects = get_number(r);
    n->aspects |= (uint64_t)get_number(r) << 32;
    for (uint32_t k = 0; k < PERSON_WORDS && (!k || n->who[k - 1]); k++)
        n->who[k] = get_number(r);
}

/* How often terms are named by the first contexts and notes. */
static uint64_t count_uses(const struct digest *d, uint32_t contexts, uint32_t notes)
{
    struct reader r = reader_of(d->sentences);
    uint64_t uses = 0;
    for (uint32_t i = 0; i < contexts; i++) {
        struct context c;
        get_context(&r, &c, NULL);
        uses += skip_terms(&r);
    }
    r = reader_of(d->figures);
    for (uint32_t i = 0; i < notes; i++) {
        struct note n;
        get_note(&r, &n);
        uses += skip_terms(&r);
    }
    return uses;
}

/* Contexts, notes, the table, then terms and their weights as often as they are named. */
static int make_room(struct digest_open *o, uint64_t table, uint64_t uses, int weights)
{
    uint64_t size = o->contexts * sizeof(struct context) + o->notes * sizeof(struct note) +
                    table * (sizeof(uint64_t) + sizeof(uint32_t)) +
                    uses * (sizeof(uint64_t) + (weights ? sizeof(uint32_t) : 0)) + 64;
    if (size <= o->size)
        return 1;
    free(o->room);
    o->room = malloc(size);
    o->size = o->room ? size : 0;
    return o->room != NULL;
}

static uint32_t weight_of(const struct rarity_scale *scale, struct assay_text classes, uint32_t i, uint64_t term)
{
    uint32_t class = i / 2 < classes.size ? (unsigned char)classes.at[i / 2] >> i % 2 * 4 & 15u : RARITY_ONE;
    return scale->weight[class][term & TERM_CLASS] | (scale->rare[class] ? WEIGHT_RARE : 0);
}

static void bound(struct digest_open *o, const struct digest *d, uint32_t most)
{
    o->notes = d->notes < most ? d->notes : most;
    o->contexts = d->notes > most && d->contexts > (uint64_t)most + CONTEXTS ? most + CONTEXTS : d->contexts;
}

int digest_outline(struct digest_open *o, const struct digest *d, uint32_t most)
{
    bound(o, d, most);
    if (!make_room(o, 0, 0, 0))
        return 0;
    o->context = (struct context *)(void *)o->room;
    o->note = (struct note *)(void *)(o->context + o->contexts);
    struct reader r = reader_of(d->sentences);
    for (uint32_t i = 0; i < o->contexts; i++) {
        get_context(&r, &o->context[i], i ? &o->context[i - 1] : NULL);
        skip_terms(&r);
    }
    r = reader_of(d->figures);
    for (uint32_t i = 0; i < o->notes; i++) {
        get_note(&r, &o->note[i]);
        skip_terms(&r);
    }
    return 1;
}

int digest_read(struct digest_open *o, const struct digest *d, const struct rarity_scale *scale,
                struct assay_text classes, uint32_t most)
{
    uint32_t terms = digest_terms(d);
    bound(o, d, most);
    uint64_t uses = count_uses(d, o->contexts, o->notes);
    if (uses > UINT32_MAX || !make_room(o, terms, uses, scale != NULL))
        return 0;
    o->context = (struct context *)(void *)o->room;
    o->note = (struct note *)(void *)(o->context + o->contexts);
    uint64_t *table = (uint64_t *)(void *)(o->note + o->notes);
    struct supply supply = {table + terms, NULL, (uint32_t)uses};
    uint32_t *weights = (uint32_t *)(void *)(supply.term + uses);
    supply.weight = scale ? weights + terms : NULL;
    for (uint32_t i = 0; i < terms; i++) {
        table[i] = digest_term(d, i);
        weights[i] = scale ? weight_of(scale, classes, i, table[i]) : 0;
    }
    struct reader r = reader_of(d->sentences);
    for (uint32_t i = 0; i < o->contexts; i++) {
        struct context *c = &o->context[i];
        get_context(&r, c, i ? c - 1 : NULL);
        c->weight = supply.weight;
        c->terms = get_terms(&r, table, weights, terms, &supply);
    }
    r = reader_of(d->figures);
    for (uint32_t i = 0; i < o->notes; i++) {
        struct note *n = &o->note[i];
        get_note(&r, n);
        n->local_weight = supply.weight;
        n->local = get_terms(&r, table, weights, terms, &supply);
    }
    return 1;
}
