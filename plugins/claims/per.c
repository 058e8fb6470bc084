/* SPDX-License-Identifier: Apache-2.0
 *
 * What a figure is told by: "a year", «за баррель», "/km".
 */
#include <stdio.h>
#include <string.h>

#include "frame.h"
#include "quantity.h"
#include "reject.h"
#include "shape.h"

/* Whether the word of `per`, `length` tokens from p on, says something else here. */
static int says_else(const struct tks *s, const struct figure *f, const struct lx_meaning *per, uint32_t p,
                     uint32_t length)
{
    uint32_t behind = p + length;
    if ((tk_has(s, behind, LX_RELATIVE) || tk_has(s, behind + 1, LX_RELATIVE)) && s->lx->noun_after)
        return 1; /* "el año pasado" */
    if (!strcmp(lx_key(s->lx, per), "rate") || (behind < s->count && s->at[behind].plain == 4 && !s->lx->suffixed))
        return 1; /* also "2706 im Jahr 2011" */
    return length == 1 && !f->unit && !s->lx->noun_after && p == f->last && s->at[p].letters > 4 &&
           strcmp(lx_key(s->lx, per), "per") && p + 1 < s->count && th_content(s, p + 1) &&
           s->at[p + 1].space; /* "2.1 billion monthly active users" */
}

/* Tokens of a round number of a measure at p, "100 g", and its unit; 0: there is none. */
static uint32_t so_many(const struct tks *s, uint32_t p, const struct lx_meaning **unit)
{
    uint32_t length;
    if (p + 1 >= s->count || s->at[p].kind != TK_NUMBER || (s->at[p].plain != 3 && s->at[p].plain != 4) ||
        (s->at[p].value != 100 && s->at[p].value != 1000))
        return 0;
    *unit = tk_mean(s, p + 1, LX_UNIT, &length);
    return *unit && qt_kind_of_unit(lx_key(s->lx, *unit)) == ASSAY_KIND_DIMENSION ? 1 + length : 0;
}

int qt_told_by(const struct tks *s, uint32_t p)
{
    const struct lx_meaning *unit, *per;
    if (!p || !so_many(s, p, &unit))
        return 0;
    per = tk_sign(s, p - 1, '/') ? NULL : tk_mean(s, p - 1, LX_PER, NULL);
    if (!tk_sign(s, p - 1, '/') &&
        (!per || strcmp(lx_key(s->lx, per), "per") || tk_is(s, p - 1, LX_WORD, OF_ARTICLE, NULL)))
        return 0;
    for (uint32_t i = p - 1; i-- > 0 && p - i < 9;)
        if (s->at[i].kind == TK_NUMBER)
            return 1;
    return 0;
}

void qt_per(const struct tks *s, struct figure *f, uint32_t at)
{
    uint32_t p = nb_hyphen(s, at), length, used, start = at;
    const struct lx_meaning *per = NULL;
    if (p > at && (!tk_is(s, p, LX_WORD, OF_ARTICLE, NULL) || nb_hyphen(s, p + 1) == p + 1))
        p = at;
    int joined = p > at; /* "$35-a-night" */
    if (tk_sign(s, p, '/') && p + 1 < s->count)
        length = 1;
    else if ((per = tk_mean(s, p, LX_PER, &length)) == NULL)
        return;
    for (uint32_t k = p + length; k < p + length + 2; k++)
        if (tk_is(s, k, LX_TIME, OF_AGO, NULL) || tk_is(s, k, LX_TIME, OF_EARLIER, NULL) ||
            tk_is(s, k, LX_TIME, OF_NEXT, NULL))
            return; /* "a year ago", "a year later" */
    if (per && says_else(s, f, per, p, length))
        return;
    if (per && strcmp(lx_key(s->lx, per), "per")) { /* one word says all: "annually", "в год" */
        qt_put(f->per_room, lx_key(s->lx, per));
        f->per = f->per_room;
        f->per_begin = start;
        f->per_end = p + length;
        return;
    }
    p += length + (uint32_t)joined;
    if (tk_is(s, p, LX_WORD, OF_ARTICLE, &used))
        p += used;
    const struct lx_meaning *m;
    if (qt_told_by(s, p) && (used = so_many(s, p, &m)) != 0) {
        snprintf(f->per_room, sizeof f->per_room, "%u-%s", (unsigned)s->at[p].value, lx_key(s->lx, m));
        f->per = f->per_room;
        f->per_begin = start;
        f->per_end = p + used;
        return;
    }
    m = tk_mean(s, p, LX_UNIT, &used);
    if (!m)
        m = tk_mean(s, p, LX_NOUN, &used);
    if (!m && !s->lx->noun_after && per && s->at[p - 1].kind == TK_WORD && s->at[p - 1].letters > 2 &&
        p + 1 < s->count && th_content(s, p) && (m = tk_mean(s, p + 1, LX_NOUN, &used)) != NULL)
        p++; /* "per diluted share" */
    if (!m || (m->class == LX_UNIT && s->at[p].letters == 1 && s->at[p].space) ||
        (s->at[p].letters < 4 && tk_sign(s, p + used, '-') && !s->at[p + used].space)) /* "à la mi-temps" */
        return;
    const char *key = lx_key(s->lx, m);
    if (m->class == LX_UNIT && f->kind == ASSAY_KIND_DIMENSION && qt_kind_of_unit(key) == ASSAY_KIND_DURATION &&
        strcmp(key, "hour") && strcmp(key, "second") && tk_is(s, at, LX_TIME, OF_DURING, NULL))
        return; /* "на полтора метра за ночь" */
    if (m->class == LX_UNIT && (f->kind == ASSAY_KIND_DIMENSION) && f->unit && strlen(f->unit) < 28 &&
        strlen(key) < 28) {
        char whole[64];
        qt_join(whole, f->unit, key);
        memcpy(f->unit_room, whole, sizeof whole);
        f->unit = f->unit_room;
        f->last = p + used;
        return;
    }
    if (!per && at != f->last)
        return;
    qt_put(f->per_room, key);
    f->per = f->per_room;
    f->per_begin = start;
    f->per_end = p + used;
}

void qt_take_per(struct figure *to, const struct figure *from)
{
    qt_put(to->per_room, from->per);
    to->per = to->per_room;
    to->per_begin = from->per_begin;
    to->per_end = from->per_end;
}

/* "£5 extra a month", "5 euros de plus par mois": a word or two stand before what an amount is told by. */
static int more_per(const struct tks *s, const struct figure *f, struct figure *part)
{
    const uint64_t other = LX_BIT(LX_TIME) | LX_BIT(LX_RELATIVE) | LX_BIT(LX_PER) | LX_BIT(LX_CARDINAL) |
                           LX_BIT(LX_MONTH) | LX_BIT(LX_SPEECH) | LX_BIT(LX_JOIN);
    for (uint32_t p = f->last; p < s->count && p < f->last + 2 && s->at[p].kind == TK_WORD; p++) {
        int led = p == f->last && (tk_has(s, p, LX_OF) || tk_is(s, p, LX_WORD, OF_PREPOSITION, NULL));
        if (s->at[p].upper || (led ? s->lx->plural[0] : (s->at[p].mask & other) != 0) ||
            tk_is(s, p, LX_WORD, OF_ARTICLE, NULL) || f->kind != ASSAY_KIND_MONEY)
            return 0;
        if (led)
            continue;
        qt_per(s, part, p + 1);
        return part->per && tk_has(s, part->per_end - 1, LX_PERIOD) && part->per_end > p + 2;
    }
    return 0;
}

void qt_per_behind(const struct tks *s, struct figure *f)
{
    uint32_t p = f->last, length;
    struct figure part = {.kind = ASSAY_KIND_NUMBER, .last = f->last};
    if (f->kind != ASSAY_KIND_MONEY && f->kind != ASSAY_KIND_DIMENSION)
        return;
    if (more_per(s, f, &part)) {
        qt_take_per(f, &part);
        return;
    }
    if (tk_mean(s, p, LX_OF, &length))
        p += length;
    else if (s->lx->suffixed || s->lx->noun_after || s->lx->plural[0])
        return; /* elsewhere the noun is right behind: "5 млн тонн руды в год" */
    uint32_t noun = p;
    while (p < s->count && p - noun < 2 && th_content(s, p) && !tk_has(s, p, LX_PER))
        p++;
    if (p == noun)
        return;
    qt_per(s, &part, p);
    if (!part.per || !(tk_has(s, part.per_end - 1, LX_PERIOD) || qt_told_by(s, part.per_end - 2)))
        return;
    qt_take_per(f, &part);
}

/* "every", "jeden", "каждый": a word for per that is nothing else, before a unit of time that ends at token i. */
static const struct lx_meaning *each_before(const struct tks *s, uint32_t i, uint32_t floor, uint32_t *lead)
{
    uint32_t start;
    const struct lx_meaning *unit = i > floor + 1 ? tk_before(s, i, LX_UNIT, &start) : NULL;
    if (!unit || !tk_has(s, start, LX_PERIOD) || start <= floor)
        return NULL;
    const struct lx_meaning *each = tk_before(s, start, LX_PER, lead);
    return each && !strcmp(lx_key(s->lx, each), "per") && *lead + 1 == start && s->at[*lead].letters > 3 ? unit : NULL;
}

void qt_per_ahead(const struct tks *s, struct figure *f, uint32_t floor)
{
    uint32_t lead, i = f->first;
    if (f->per || s->lx->suffixed || i <= floor ||
        (f->kind != ASSAY_KIND_MONEY && f->kind != ASSAY_KIND_DIMENSION && f->kind != ASSAY_KIND_NUMBER))
        return;
    const struct lx_meaning *per = tk_before(s, i, LX_PER, &lead);
    if (per && (!strcmp(lx_key(s->lx, per), "per") || !strcmp(lx_key(s->lx, per), "rate") ||
                tk_is(s, lead, LX_WORD, OF_ARTICLE, NULL) || s->at[lead].letters < 4))
        per = NULL;
    per = per ? per : each_before(s, i, floor, &lead);
    if (!per || lead < floor || tk_is(s, lead, LX_WORD, OF_PREPOSITION, NULL))
        return;
    qt_put(f->per_room, lx_key(s->lx, per));
    f->per = f->per_room;
    f->per_begin = lead;
    f->per_end = f->last;
}

/* "500 cm−1", "20 s-1": the unit itself is inverted; the tokens of its exponent. */
static uint32_t inverted(const struct tks *s, const struct figure *f)
{
    uint32_t p = f->last, next = p + 2;
    if (p != f->after + 1 || next > s->count || s->at[p - 1].kind != TK_WORD || s->at[p - 1].letters > 3 ||
        !tk_dash(s, p) || s->at[p].space || next - 1 >= s->count || s->at[p + 1].kind != TK_NUMBER ||
        s->at[p + 1].space || s->at[p + 1].plain != 1 || s->at[p + 1].value < 1 || s->at[p + 1].value > 3 ||
        strlen(f->unit) > 40)
        return 0;
    if (next < s->count && (tk_dash(s, next) || s->at[next].mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_NOUN) |
                                                                    LX_BIT(LX_SCALE) | LX_BIT(LX_CURRENCY))))
        return 0; /* "5 m-2 m" */
    return 2;
}

void qt_inverse(const struct tks *s, struct figure *f)
{
    uint32_t own = f->kind == ASSAY_KIND_MONEY ? 0 : inverted(s, f);
    if (own) {
        char whole[64];
        uint64_t v = s->at[f->last + 1].value;
        snprintf(whole, sizeof whole, "per-%s%s", v == 2 ? "square-" : v == 3 ? "cubic-" : "", f->unit);
        memcpy(f->unit_room, whole, sizeof whole);
        f->unit = f->unit_room;
        f->kind = ASSAY_KIND_DIMENSION;
        f->last += own;
        return;
    }
    for (int k = 0; k < 3 && f->kind != ASSAY_KIND_MONEY; k++) {
        uint32_t p = f->last, v;
        p += tk_sign(s, p, 0xb7) || tk_sign(s, p, 0x22c5) || (tk_sign(s, p, '.') && !s->at[p].space);
        const struct lx_meaning *m = tk_mean(s, p, LX_UNIT, NULL);
        if (p + 2 >= s->count || s->at[p].kind != TK_WORD || s->at[p].letters > 4 || !tk_dash(s, p + 1) ||
            s->at[p + 2].space || s->at[p + 2].kind != TK_NUMBER || s->at[p + 2].end - s->at[p + 2].begin != 1)
            return;
        v = (uint32_t)(s->text[s->at[p + 2].begin] - '0');
        if (v < 1 || v > 3 || (!m && s->at[p].mask))
            return;
        char whole[64];
        const char *key = m ? lx_key(s->lx, m) : NULL;
        if (!k && key && f->unit && strlen(f->unit) < 24 && strlen(key) < 24) {
            snprintf(whole, sizeof whole, "%s-per-%s%s", f->unit, v == 2 ? "square-" : v == 3 ? "cubic-" : "", key);
            memcpy(f->unit_room, whole, sizeof whole);
            f->unit = f->unit_room;
            f->kind = ASSAY_KIND_DIMENSION;
        }
        f->last = p + 3;
    }
}
