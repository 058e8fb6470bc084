/* SPDX-License-Identifier: Apache-2.0
 *
 * Phrases of several tokens, and the questions after a token's meanings.
 */
#include <string.h>

#include "token.h"

enum { LONGEST_PHRASE = 10, BEFORE = 6 };

void tk_add(struct tk *t, const struct lx *lx, const struct lx_entry *e, uint32_t length)
{
    if (!e->mask && (length > 1 || e->hash == t->hash))
        return; /* a word without a meaning of its own may be a stem that phrases have */
    t->mask |= e->mask;
    t->words |= e->words;
    uint32_t n = t->hits < 4 ? t->hits++ : 3;
    /* insert, longest first, the earlier first among equals */
    while (n > 0 && t->hit[n - 1].length < length) {
        t->hit[n] = t->hit[n - 1];
        n--;
    }
    if (n < 4)
        t->hit[n] = (struct tk_hit){(uint32_t)(e - lx->table), length};
}

/* A phrase may go on by the word itself or, where it ends in a stem, by that. */
static uint32_t stem_hashes(const struct lx *lx, const struct tk *t, uint64_t *to)
{
    to[0] = t->hash;
    uint32_t n = 1;
    for (uint32_t k = 0; k < t->hits && n < 3; k++)
        if (t->hit[k].length == 1 && tk_entry(lx, t, k)->hash != t->hash)
            to[n++] = tk_entry(lx, t, k)->hash;
    return n;
}

/* What a phrase may start with: the word itself and its stems. The first may be NULL. */
static uint32_t starts(const struct tks *s, const struct tk *t, const struct lx_entry **to)
{
    uint32_t n = 1, most = t->kind == TK_WORD ? 3 : 1;
    to[0] = NULL;
    for (uint32_t k = 0; k < t->hits; k++) {
        const struct lx_entry *e = tk_entry(s->lx, t, k);
        if (t->hit[k].length != 1)
            continue;
        if (e->hash == t->hash)
            to[0] = e;
        else if (n < most)
            to[n++] = e;
    }
    if (!to[0] && lx_may_be(s->lx, t->hash))
        to[0] = lx_find(s->lx, t->hash);
    return n;
}

static const struct lx_entry *go_on(const struct tks *s, const struct lx_entry *from, const uint64_t *next,
                                    uint32_t ways)
{
    for (uint32_t w = 0; w < ways; w++) {
        uint64_t h = lx_phrase(from->hash, next[w]);
        const struct lx_entry *on = lx_may_go_on(s->lx, h) ? lx_find(s->lx, h) : NULL;
        if (on)
            return on;
    }
    return NULL;
}

static void phrases_from(struct tks *s, uint32_t i)
{
    uint64_t next[3];
    const struct lx_entry *start[3];
    struct tk *t = s->at + i;
    uint32_t count = starts(s, t, start);
    for (uint32_t k = 0; k < count; k++) {
        const struct lx_entry *on = start[k];
        for (uint32_t n = 1; on && on->use & LX_GOES_ON && n < LONGEST_PHRASE && i + n < s->count; n++) {
            on = go_on(s, on, next, stem_hashes(s->lx, s->at + i + n, next));
            if (!on)
                break;
            tk_add(t, s->lx, on, n + 1);
            t->use |= on->use & LX_COUNTS;
            s->at[i + n].ends |= on->mask;
            s->longest = n + 1 > s->longest ? n + 1 : s->longest;
        }
    }
    s->mask |= t->mask;
    s->use |= t->use;
}

/* Whether a phrase that starts at token i says a number. */
static int counts_on(const struct tks *s, uint32_t i)
{
    uint64_t next[3];
    const struct lx_entry *start[3];
    uint32_t count = starts(s, s->at + i, start);
    for (uint32_t k = 0; k < count; k++) {
        const struct lx_entry *on = start[k];
        for (uint32_t n = 1; on && on->use & LX_GOES_ON && n < LONGEST_PHRASE && i + n < s->count; n++) {
            on = go_on(s, on, next, stem_hashes(s->lx, s->at + i + n, next));
            if (on && on->use & LX_COUNTS)
                return 1;
        }
    }
    return 0;
}

/* "a kilogram", "a dollar": an article before a unit may count, where the word for one is another. */
static int one_of_units(const struct tks *s)
{
    const uint64_t unit = LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY),
                   other = LX_BIT(LX_PERIOD) | LX_BIT(LX_WORD) | LX_BIT(LX_ORDINAL) | LX_BIT(LX_CHANGE);
    int bare = s->lx->inverted[0] != 0;
    for (uint32_t i = 1; i < s->count; i++)
        if (bare ? s->at[i].mask & LX_BIT(LX_UNIT) && !(s->at[i].mask & other) &&
                       (s->at[i - 1].mask & LX_BIT(LX_BOUND) ||
                        (i + 1 < s->count && s->at[i + 1].use & LX_GOES_ON && s->at[i + 1].letters == 1))
                 : s->at[i].mask & unit && !(s->at[i].mask & other) && s->at[i - 1].words >> OF_ARTICLE & 1 &&
                       s->at[i - 1].letters <= 2)
            return 1;
    return 0;
}

int tk_counts(const struct tks *s)
{
    if (s->use & LX_COUNTS)
        return 1;
    for (uint32_t i = 0; s->use & LX_COUNTS_ON && i < s->count; i++)
        if (s->at[i].use & LX_COUNTS_ON && s->at[i].kind != TK_SKIP && counts_on(s, i))
            return 1;
    return (s->lx->one_counts || s->lx->inverted[0]) && s->mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY)) &&
                   one_of_units(s)
               ? TK_ONE_UNIT
               : 0;
}

void tk_phrases(struct tks *s)
{
    /* from the end, so that the stems of later tokens are still single words when they are looked at */
    for (uint32_t i = s->count; i-- > 0;)
        if (s->at[i].use & LX_GOES_ON && s->at[i].kind != TK_SKIP)
            phrases_from(s, i);
}

static int fits(const struct tks *s, uint32_t i, uint32_t length, const struct lx_meaning *m)
{
    if (!m->exact)
        return 1;
    const char *form = s->lx->strings + m->exact;
    uint32_t begin = s->at[i].begin, size = s->at[i + length - 1].end - begin;
    return strlen(form) == size && !memcmp(form, s->text + begin, size);
}

const struct lx_meaning *tk_find(const struct tks *s, uint32_t i, uint32_t class, uint32_t *length)
{
    const struct tk *t = s->at + i;
    for (uint32_t k = 0; k < t->hits; k++) {
        if (!(tk_entry(s->lx, t, k)->mask & LX_BIT(class)))
            continue;
        for (uint32_t m = tk_entry(s->lx, t, k)->meaning; m; m = s->lx->meaning[m].next)
            if (s->lx->meaning[m].class == class && fits(s, i, t->hit[k].length, s->lx->meaning + m)) {
                if (length)
                    *length = t->hit[k].length;
                return s->lx->meaning + m;
            }
    }
    return NULL;
}

const struct lx_meaning *tk_find_within(const struct tks *s, uint32_t i, uint32_t class, uint32_t most)
{
    const struct tk *t = s->at + i;
    for (uint32_t k = 0; k < t->hits; k++)
        for (uint32_t m = t->hit[k].length <= most ? tk_entry(s->lx, t, k)->meaning : 0; m; m = s->lx->meaning[m].next)
            if (s->lx->meaning[m].class == class && fits(s, i, t->hit[k].length, s->lx->meaning + m))
                return s->lx->meaning + m;
    return NULL;
}

const struct lx_meaning *tk_find_word(const struct tks *s, uint32_t i, uint32_t class, uint32_t of, uint32_t *length)
{
    const struct tk *t = s->at + i;
    for (uint32_t k = 0; k < t->hits; k++) {
        const struct lx_entry *e = tk_entry(s->lx, t, k);
        if (!(e->mask & LX_BIT(class)) || !(e->words & LX_BIT(of)))
            continue;
        for (uint32_t m = e->meaning; m; m = s->lx->meaning[m].next)
            if (s->lx->meaning[m].class == class && s->lx->meaning[m].of == of &&
                fits(s, i, t->hit[k].length, s->lx->meaning + m)) {
                if (length)
                    *length = t->hit[k].length;
                return s->lx->meaning + m;
            }
    }
    return NULL;
}

const struct lx_meaning *tk_find_before(const struct tks *s, uint32_t i, uint32_t class, uint32_t *start)
{
    uint32_t most = s->longest < BEFORE ? (s->longest ? s->longest : 1) : BEFORE;
    for (uint32_t n = i < most ? i : most; n > 0; n--) {
        uint32_t j = i - n;
        if (!tk_has(s, j, class))
            continue;
        const struct tk *t = s->at + j;
        for (uint32_t k = 0; k < t->hits; k++) {
            if (t->hit[k].length != n || !(tk_entry(s->lx, t, k)->mask & LX_BIT(class)))
                continue;
            for (uint32_t m = tk_entry(s->lx, t, k)->meaning; m; m = s->lx->meaning[m].next)
                if (s->lx->meaning[m].class == class && fits(s, j, n, s->lx->meaning + m)) {
                    if (start)
                        *start = j;
                    return s->lx->meaning + m;
                }
        }
    }
    return NULL;
}
