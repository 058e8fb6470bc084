/* SPDX-License-Identifier: Apache-2.0 */
#include "align.h"

#include <stdlib.h>
#include <string.h>

#include "sketch.h"

#define GAP 12u      /* shingles a chain may jump on either side */
#define OPEN 16u     /* chains followed at a time */
#define PLACES 24u   /* places of one shingle that are looked at */
#define STARTS 4u    /* of them, places where new chains start */
#define WIDE 40u     /* words that a chain of blocks may jump */
#define DRIFT 24u    /* by how much the jumps of both sides may differ */
#define LEAST 10u    /* equal words of a chain of blocks that counts */
#define APART 20u    /* words between a text's passage and its repetition */
#define ROOMY 2u     /* places of the table for each shingle */
#define FEW 24u      /* blocks that are sorted by putting each in its place */
#define NONE DUP_NONE

static int grow(void **at, uint32_t *room, uint64_t need, size_t size)
{
    if (need <= *room)
        return 1;
    uint64_t more = need + (need < (1u << 20) ? need / 2 : need / 16) + 64;
    void *to = more > UINT32_MAX ? NULL : realloc(*at, more * size);
    if (!to)
        return 0;
    *at = to;
    *room = (uint32_t)more;
    return 1;
}

static uint32_t slot(const struct dup_index *x, uint64_t shingle)
{
    return (uint32_t)(shingle >> (64 - x->bits));
}

/* Beside the table stands a filter of eight bits for each of its places: most that is asked for is not there, and
 * needs no look at it. What is written is no part of the index itself. */
static void fill_table(struct dup_index *x)
{
    const uint64_t *shingle = x->shingle, bits = (UINT64_C(8) << x->bits) - 1;
    const uint32_t shift = 64 - x->bits;
    uint64_t *restrict filter = x->filter;
    uint32_t *restrict head = x->head, *restrict next = x->next;
    memset(head, 0xff, sizeof *head << x->bits);
    memset(filter, 0, (size_t)1 << x->bits);
    for (uint32_t i = x->shingles; i-- > 0;) {
        uint64_t one = shingle[i], bit = one >> 8 & bits;
        next[i] = head[one >> shift];
        head[one >> shift] = i;
        filter[bit / 64] |= UINT64_C(1) << bit % 64;
    }
}

int dup_index_make(struct dup_index *x, const struct dup_word *w, uint32_t n, uint32_t size)
{
    uint32_t room = x->room;
    uint32_t shingles = n < size ? 0 : n - size + 1;
    if (!grow((void **)&x->shingle, &room, shingles, sizeof *x->shingle) ||
        !grow((void **)&x->next, &x->room, shingles, sizeof *x->next))
        return 0;
    x->bits = 6;
    while (x->bits < 31 && (UINT32_C(1) << x->bits) < (uint64_t)shingles * ROOMY)
        x->bits++;
    uint32_t filter_room = x->head_room;
    if (!grow((void **)&x->filter, &filter_room, UINT64_C(1) << x->bits, 1) ||
        !grow((void **)&x->head, &x->head_room, UINT64_C(1) << x->bits, sizeof *x->head))
        return 0;
    x->word = w;
    x->words = n;
    x->size = size;
    x->shingles = dup_shingles(x->shingle, w, n, size);
    fill_table(x);
    return 1;
}

void dup_index_free(struct dup_index *x)
{
    free(x->shingle);
    free(x->next);
    free(x->head);
    free(x->filter);
    memset(x, 0, sizeof *x);
}

void dup_alignment_free(struct dup_alignment *al)
{
    free(al->block);
    free(al->chain);
    memset(al, 0, sizeof *al);
}

/* ---- chains; a1 and b1 are the last shingle on each side while a chain is open ---- */

struct other { /* text that is laid beside the indexed one; self: it is that one */
    const struct dup_word *word;
    uint32_t words;
    int self;
};

struct chains {
    struct dup_block open[OPEN];
    uint32_t count;
    uint32_t soonest; /* up to this shingle of side b none has to be closed */
};

static int keep(struct dup_alignment *al, const struct dup_block *b)
{
    if (!grow((void **)&al->block, &al->room, (uint64_t)al->blocks + 1, sizeof *al->block))
        return 0;
    al->block[al->blocks++] = *b;
    return 1;
}

static int close_far(struct dup_alignment *al, struct chains *c, uint32_t j)
{
    c->soonest = NONE;
    for (uint32_t k = 0; k < c->count;) {
        uint32_t until = c->open[k].b1 + GAP;
        if (j <= until) {
            c->soonest = until < c->soonest ? until : c->soonest;
            k++;
            continue;
        }
        if (!keep(al, &c->open[k]))
            return 0;
        c->open[k] = c->open[--c->count];
    }
    return 1;
}

static void extend(struct dup_block *b, uint32_t i, uint32_t j, uint32_t size)
{
    uint32_t a = i - b->a1, o = j - b->b1, step = a < o ? a : o;
    b->matched += step < size ? step : size;
    b->a1 = i;
    b->b1 = j;
}

/* As often as it would have been called for each shingle up to j, so that the order of what stays open is that. */
static int close_until(struct dup_alignment *al, struct chains *c, uint32_t j)
{
    while (c->soonest < j)
        if (!close_far(al, c, c->soonest + 1))
            return 0;
    return 1;
}

/* The usual case: the longest chain goes on at the very next shingle on both sides. NULL: none does. */
static struct dup_block *go_on(const struct dup_index *x, struct chains *c, uint64_t shingle, uint32_t j)
{
    struct dup_block *best = NULL;
    for (uint32_t k = 0; k < c->count; k++) {
        struct dup_block *b = &c->open[k];
        if (b->b1 + 1 == j && b->a1 + 1 < x->shingles && x->shingle[b->a1 + 1] == shingle &&
            (!best || b->matched > best->matched))
            best = b;
    }
    if (best)
        extend(best, best->a1 + 1, j, x->size);
    return best;
}

/* And on as long as the words behind are equal: no other chain can. */
static void follow(const struct dup_index *x, struct dup_block *b, const struct dup_word *w, uint32_t n)
{
    const struct dup_word *a = x->word + x->size, *o = w + x->size;
    uint32_t i = b->a1, j = b->b1, from = i;
    while (i + x->size < x->words && j + x->size < n && a[i].hash == o[j].hash) {
        i++;
        j++;
    }
    b->matched += i - from;
    b->a1 = i;
    b->b1 = j;
}

/* Its first place; NONE: it is not there. */
static uint32_t first_place(const struct dup_index *x, uint64_t shingle)
{
    uint32_t i = x->head[slot(x, shingle)];
    while (i != NONE && x->shingle[i] != shingle)
        i = x->next[i];
    return i;
}

/* Looks for the chain and the place of the shingle, from its first one on, that lie nearest to each other. */
static int join(const struct dup_index *x, struct chains *c, uint64_t shingle, uint32_t first, uint32_t j,
                uint32_t limit)
{
    uint32_t least = NONE, at = 0, tries = 0;
    struct dup_block *best = NULL;
    for (uint32_t i = first; i != NONE && tries < PLACES && i < limit; i = x->next[i]) {
        if (x->shingle[i] != shingle)
            continue;
        tries++;
        for (uint32_t k = 0; k < c->count; k++) {
            struct dup_block *b = &c->open[k];
            if (i <= b->a1 || i - b->a1 > GAP || j <= b->b1)
                continue;
            uint32_t jump = (i - b->a1) + (j - b->b1);
            if (jump < least) {
                least = jump;
                best = b;
                at = i;
            }
        }
    }
    if (!best)
        return 0;
    extend(best, at, j, x->size);
    return 1;
}

static void start(const struct dup_index *x, struct chains *c, uint64_t shingle, uint32_t first, uint32_t j,
                  uint32_t limit)
{
    uint32_t tries = 0;
    for (uint32_t i = first; i != NONE && tries < STARTS && i < limit; i = x->next[i]) {
        if (x->shingle[i] != shingle)
            continue;
        tries++;
        if (c->count == OPEN)
            return;
        c->open[c->count++] = (struct dup_block){i, i, j, j, x->size, NONE};
        c->soonest = j + GAP < c->soonest ? j + GAP : c->soonest;
    }
}

#define AT_ONCE 64u

/* Bit i: shingle i may stand in the index; most do not, and all are asked for without waiting for one. */
static uint64_t may_stand(const struct dup_index *x, const uint64_t *shingle, uint32_t n)
{
    const uint64_t *filter = x->filter, bits = (UINT64_C(8) << x->bits) - 1;
    uint64_t may = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t bit = shingle[i] >> 8 & bits; /* the lowest bits tell figures */
        may |= (filter[bit / 64] >> bit % 64 & 1) << i;
    }
    return may;
}

/* The same of the indexed text itself, from shingle j on, at an earlier place. */
static uint64_t stood_before(const struct dup_index *x, const uint64_t *shingle, uint32_t n, uint32_t j)
{
    uint64_t before = 0;
    for (uint32_t i = 0; i < n; i++)
        before |= (uint64_t)(first_place(x, shingle[i]) + APART < j + i) << i;
    return before;
}

/* Gives the next shingle to be looked at. 0: out of memory. */
static uint32_t place_shingle(struct dup_alignment *al, const struct dup_index *x, struct chains *c,
                              const struct other *o, uint64_t shingle, uint32_t j)
{
    uint32_t limit = !o->self ? NONE : j > APART ? j - APART : 0, first;
    if (j > c->soonest && !close_until(al, c, j))
        return 0;
    struct dup_block *b = go_on(x, c, shingle, j);
    if (b) {
        follow(x, b, o->word, o->words);
        return b->b1 + 1;
    }
    if ((first = first_place(x, shingle)) != NONE && !join(x, c, shingle, first, j, limit))
        start(x, c, shingle, first, j, limit);
    return j + 1;
}

/* The shingles from j on that are looked at together. Gives the next one behind them. 0: out of memory. */
static uint32_t place_some(struct dup_alignment *al, const struct dup_index *x, struct chains *c, const struct other *o,
                           uint32_t j)
{
    uint64_t some[AT_ONCE];
    uint32_t left = o->words - x->size + 1 - j, n = left < AT_ONCE ? left : AT_ONCE;
    dup_shingles(some, o->word + j, n + x->size - 1, x->size);
    for (uint64_t may = o->self ? stood_before(x, some, n, j) : may_stand(x, some, n); may;) {
        uint32_t i = (uint32_t)__builtin_ctzll(may), next = place_shingle(al, x, c, o, some[i], j + i);
        if (next == 0 || next - j >= AT_ONCE)
            return next;
        may &= UINT64_MAX << (next - j);
    }
    return j + n;
}

/* From the last shingles to the end of their words, and on while the words beside the block are equal. */
static void widen(const struct dup_index *x, const struct dup_word *w, uint32_t n, struct dup_block *b, int self)
{
    b->a1 += x->size;
    b->b1 += x->size;
    while (b->a0 > 0 && b->b0 > 0 && x->word[b->a0 - 1].hash == w[b->b0 - 1].hash && (!self || b->b0 > b->a1)) {
        b->a0--;
        b->b0--;
        b->matched++;
    }
    while (b->a1 < x->words && b->b1 < n && x->word[b->a1].hash == w[b->b1].hash && (!self || b->a1 < b->b0)) {
        b->a1++;
        b->b1++;
        b->matched++;
    }
}

static int by_place(const void *p, const void *q)
{
    const struct dup_block *a = p, *b = q;
    if (a->b0 != b->b0)
        return a->b0 < b->b0 ? -1 : 1;
    if (a->a0 != b->a0)
        return a->a0 < b->a0 ? -1 : 1;
    if (a->b1 != b->b1)
        return a->b1 < b->b1 ? -1 : 1;
    if (a->a1 != b->a1)
        return a->a1 < b->a1 ? -1 : 1;
    return a->matched < b->matched ? -1 : a->matched > b->matched;
}

/* They mostly stand in order already. */
static void sort_blocks(struct dup_block *b, uint32_t n)
{
    if (n > FEW) {
        qsort(b, n, sizeof *b, by_place);
        return;
    }
    for (uint32_t i = 1; i < n; i++) {
        struct dup_block one = b[i];
        uint32_t k = i;
        for (; k > 0 && by_place(&b[k - 1], &one) > 0; k--)
            b[k] = b[k - 1];
        b[k] = one;
    }
}

/* ---- chains of blocks ---- */

static uint32_t jump(const struct dup_block *from, const struct dup_block *to)
{
    int64_t a = (int64_t)to->a0 - from->a1, b = (int64_t)to->b0 - from->b1, drift = a > b ? a - b : b - a;
    /* blocks may overlap by the words of a shingle */
    if (a < -3 || b < -3 || a > WIDE || b > WIDE || drift > DRIFT || to->a1 <= from->a1 || to->b1 <= from->b1)
        return NONE;
    return (uint32_t)(a + b + 6);
}

struct tails { /* chains that may still grow: their numbers, and their last blocks */
    uint32_t chain[OPEN], last[OPEN], count;
};

static void drop_far(const struct dup_alignment *al, struct tails *t, uint32_t b0)
{
    for (uint32_t k = 0; k < t->count;) {
        if (b0 <= al->chain[t->chain[k]].b1 + WIDE) {
            k++;
            continue;
        }
        t->count--;
        t->chain[k] = t->chain[t->count];
        t->last[k] = t->last[t->count];
    }
}

static int new_chain(struct dup_alignment *al, struct tails *t, uint32_t k, uint32_t i)
{
    if (!grow((void **)&al->chain, &al->chain_room, (uint64_t)al->chains + 1, sizeof *al->chain))
        return 0;
    t->chain[k] = al->chains;
    t->last[k] = i;
    al->chain[al->chains] = al->block[i];
    al->chain[al->chains++].next = i;
    return 1;
}

/* Each block joins the nearest open chain, or starts one; where too many are open the thinnest gives way. */
static int place_block(struct dup_alignment *al, struct tails *t, uint32_t i)
{
    const struct dup_block *b = &al->block[i];
    uint32_t best = NONE, least = NONE, thin = 0;
    for (uint32_t k = 0; k < t->count; k++) {
        uint32_t far = jump(&al->chain[t->chain[k]], b);
        if (far < least) {
            least = far;
            best = k;
        }
        if (al->chain[t->chain[k]].matched < al->chain[t->chain[thin]].matched)
            thin = k;
    }
    if (best != NONE) {
        struct dup_block *c = &al->chain[t->chain[best]];
        c->a1 = b->a1;
        c->b1 = b->b1;
        c->matched += b->matched;
        al->block[t->last[best]].next = i;
        t->last[best] = i;
        return 1;
    }
    if (t->count < OPEN)
        return new_chain(al, t, t->count++, i);
    return b->matched <= al->chain[t->chain[thin]].matched || new_chain(al, t, thin, i);
}

static int chain_blocks(struct dup_alignment *al)
{
    struct tails t = {.count = 0};
    al->chains = 0;
    for (uint32_t i = 0; i < al->blocks; i++) {
        drop_far(al, &t, al->block[i].b0);
        if (!place_block(al, &t, i))
            return 0;
    }
    for (uint32_t i = 0; i < al->chains; i++)
        if (al->chain[i].matched < LEAST)
            al->chain[i].matched = 0;
    return 1;
}

int dup_split_chain(struct dup_alignment *al, uint32_t i)
{
    uint32_t n = al->chain[i].next;
    al->chain[i].matched = 0;
    while (n != NONE) {
        struct dup_block one = al->block[n];
        uint32_t next = one.next;
        one.next = n;
        al->block[n].next = NONE;
        if (one.matched >= LEAST) {
            if (!grow((void **)&al->chain, &al->chain_room, (uint64_t)al->chains + 1, sizeof *al->chain))
                return 0;
            al->chain[al->chains++] = one;
        }
        n = next;
    }
    return 1;
}

int dup_cut_chain(struct dup_alignment *al, uint32_t i, uint32_t last, uint32_t a1, uint32_t b1)
{
    if (!grow((void **)&al->chain, &al->chain_room, (uint64_t)al->chains + 1, sizeof *al->chain))
        return 0;
    uint32_t next = al->block[last].next;
    struct dup_block *chain = &al->chain[i], *rest = &al->chain[al->chains++];
    *rest = *chain;
    rest->a0 = al->block[next].a0;
    rest->b0 = al->block[next].b0;
    rest->next = next;
    al->block[last].next = DUP_NONE;
    chain->a1 = a1;
    chain->b1 = b1;
    return 1;
}

int dup_align(struct dup_alignment *al, const struct dup_index *x, const struct dup_word *w, uint32_t n, int self)
{
    struct chains c = {.count = 0, .soonest = NONE};
    struct other other = {w, n, self};
    al->blocks = al->chains = 0;
    if (n < x->size || x->shingles == 0)
        return 1;
    for (uint32_t j = 0; j + x->size <= n;)
        if ((j = place_some(al, x, &c, &other, j)) == 0)
            return 0;
    if (!close_far(al, &c, NONE))
        return 0;
    for (uint32_t k = 0; k < al->blocks; k++)
        widen(x, w, n, &al->block[k], self);
    sort_blocks(al->block, al->blocks);
    return chain_blocks(al);
}
