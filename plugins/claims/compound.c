/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers written in one word.
 */
#include <assay/kit/utf8.h>

#include "word.h"

enum { LONGEST = 193, MOST_PIECES = 24 }; /* bytes */

const struct lx_entry *wd_piece(const struct lx *lx, uint64_t hash, int last)
{
    const struct lx_entry *e = lx_may_start(lx, hash) & LX_START_FORM ? lx_find(lx, hash) : NULL;
    uint64_t wanted = LX_BIT(LX_CARDINAL) | LX_BIT(LX_SCALE) | LX_BIT(LX_JOIN) |
                      (last ? LX_BIT(LX_ORDINAL) | LX_BIT(LX_FRACTION) : 0);
    return e && e->mask & wanted ? e : NULL;
}

/* The word for a half, inside a number: "zehneinhalbtausend". */
static const struct lx_entry *half(const struct lx *lx, uint64_t hash)
{
    const struct lx_entry *e = lx_may_start(lx, hash) & LX_START_FORM ? lx_find(lx, hash) : NULL;
    for (uint32_t i = e && e->mask & LX_BIT(LX_FRACTION) ? e->meaning : 0; i; i = lx->meaning[i].next)
        if (lx->meaning[i].class == LX_FRACTION && (uint64_t)lx->meaning[i].number * 2 == lx->meaning[i].over)
            return e;
    return NULL;
}

struct count {
    uint64_t total, current, tenths; /* tenths: of "anderthalb", which needs a scale */
    int pieces, ordinal, half;
};

static int add_piece(const struct lx *lx, const struct lx_entry *e, struct count *c)
{
    for (uint32_t i = e->meaning; i; i = lx->meaning[i].next) {
        const struct lx_meaning *m = lx->meaning + i;
        uint64_t v = (uint64_t)m->number;
        if (m->class == LX_FRACTION && v * 2 == m->over && c->pieces && c->current && !c->ordinal) {
            c->half = 1;
            return 1;
        }
        if (m->class == LX_CARDINAL && m->power == -1 && !c->current && !c->total) {
            c->tenths = v;
            return 1;
        }
        if (m->power < 0 || m->power > 12 || m->number < 0 || (c->half && m->class != LX_SCALE))
            continue;
        for (int k = 0; k < m->power; k++)
            v *= 10;
        if (m->class == LX_CARDINAL || m->class == LX_ORDINAL) {
            if (v >= 1000 && m->class == LX_ORDINAL) {
                c->total += (c->current ? c->current : 1) * v;
                c->current = 0;
            } else if (v == 100 && c->current % 100 && c->current < 100) {
                c->current *= 100;
            } else {
                c->current += v;
            }
            c->ordinal = m->class == LX_ORDINAL;
        } else if (m->class == LX_SCALE && c->tenths) {
            c->total = c->tenths * v / 10;
            c->tenths = 0;
        } else if (m->class == LX_SCALE) {
            c->total += (c->current ? c->current : 1) * v + (c->half ? v / 2 : 0); /* "zwölfeinhalbtausend" */
            c->current = 0;
            c->half = 0;
        } else if (m->class != LX_JOIN || m->of != OF_AND || !c->pieces) {
            continue;
        }
        return 1;
    }
    return 0;
}

/* "zweiundzwanzigtausend", "trecentottanta": the word cut into number words, the longest first wherever that works out.
 * From the end on, so that no cut is tried twice. */
int wd_compound(const struct lx *lx, const char *text, uint32_t size, struct tk *t)
{
    const char *end = text + size;
    uint16_t next[LONGEST] = {0};
    const struct lx_entry *of[LONGEST] = {0};
    if (size >= LONGEST)
        return 0;
    for (uint32_t from = size; from-- > 0;) {
        if (((unsigned char)text[from] & 0xc0) == 0x80)
            continue;
        uint64_t h = LX_SEED;
        for (const char *q = text + from; q < end;) {
            uint32_t cp;
            q += assay_utf8_next(q, end, &cp);
            h = lx_mix(h, cp);
            if (q < end && !next[q - text])
                continue;
            const struct lx_entry *e = wd_piece(lx, h, q == end);
            if (!e && q < end)
                e = half(lx, h);
            if (!e ||
                (q == text + from + 1 && !(e->mask & LX_BIT(LX_JOIN)))) /* "deste" and "k" make no number of "destek" */
                continue;
            next[from] = (uint16_t)(q - text);
            of[from] = e;
        }
    }
    struct count c = {0};
    for (uint32_t p = 0; p < size; p = next[p], c.pieces++)
        if (!next[p] || c.pieces > MOST_PIECES || !add_piece(lx, of[p], &c))
            return 0;
    if (c.pieces < 2 || c.tenths)
        return 0;
    t->value = c.total + c.current;
    t->compound = (uint8_t)(c.half ? 3 : c.ordinal ? 2 : 1);
    t->mask |= c.ordinal ? LX_BIT(LX_ORDINAL) : LX_BIT(LX_CARDINAL);
    t->use |= LX_COUNTS;
    return 1;
}
