/* SPDX-License-Identifier: Apache-2.0
 *
 * A change that is told once for several figures: its verb ends the sentence ("fiel um 11 % auf 2 703 und die Zahl der
 * Verletzten um 4,5 % auf 262 100 zurück", "sayı 39 %, gəlir 15 % artıb"), or was told before ("stiegen um 2 %, die
 * Importe um 4 %", "passe de 1,60 à 1,80 euro, l'abonnement à 52").
 */
#include "change.h"
#include "quantity.h"

enum { REACH = 24 }; /* tokens from one figure to the next */

/* A verb of its own, or a break, stands between the figures, or no comma and no word for "and". */
static int apart(const struct tks *s, const struct figure *a, const struct figure *b)
{
    uint32_t joins = 0, from = a->counted_end > a->last ? a->counted_end : a->last;
    if (b->first < from || b->first - from > REACH)
        return 1;
    for (uint32_t i = from; i < b->first; i++) {
        const struct tk *t = s->at + i;
        int small = t->kind != TK_WORD || tk_has(s, i, LX_RELATION) || t->letters < 4,
            noun = (s->lx->noun_capital && t->upper) || /* "Zahl" is no "zahlt" */
                   (s->lx->noun_after && i > from &&
                    tk_is(s, i - 1 - (i > from + 1 && tk_sign(s, i - 1, '\'')), LX_WORD, OF_ARTICLE, NULL));
        int dash = tk_dash(s, i) && (i + 1 == b->first || tk_has(s, i + 1, LX_RELATION)); /* "а в маршрутках – до 45" */
        int and = tk_is(s, i + tk_sign(s, i, ','), LX_WORD, OF_CONJUNCTION, NULL) != NULL; /* ", а": it breaks */
        if ((t->breaks && !dash && !and) ||
            (!small && !noun && (tk_has(s, i, LX_CHANGE) || tk_has(s, i, LX_STATUS) || tk_has(s, i, LX_SPEECH))) ||
            (!noun && (tk_is(s, i, LX_WORD, OF_AUXILIARY, NULL) || tk_is(s, i, LX_WORD, OF_LEVEL, NULL))) ||
            (!small && !t->upper && (tk_ends(s, i, LX_ENDS_VERB) || tk_ends(s, i, LX_ENDS_FINITE))))
            return 1;
        joins += tk_sign(s, i, ',') || ((tk_is(s, i, LX_JOIN, OF_AND, NULL) ||
                                         (!s->lx->verb_last && tk_is(s, i, LX_WORD, OF_CONJUNCTION, NULL))) &&
                                        !(i > from && tk_sign(s, i - 1, ','))); /* ", and", ", а" */
    }
    return joins != 1;
}

/* By, to or from, as the word before the figure says it; ASSAY_NEVER: none does. */
static uint32_t led_by(const struct tks *s, const struct figure *f)
{
    uint32_t start;
    const struct lx_meaning *m = f->kind == ASSAY_KIND_DURATION || f->age ? NULL : cg_relation(s, f, &start);
    if (!m || (m->of != OF_BY && m->of != OF_TO) || s->at[start].mask & LX_BIT(LX_OF) ||
        tk_is(s, start, LX_WORD, OF_ARTICLE, NULL))
        return ASSAY_NEVER;
    return m->of == OF_BY ? ASSAY_RELATION_BY : ASSAY_RELATION_TO;
}

static int waits(const struct figure *f)
{
    return f->kind != ASSAY_KIND_MULTIPLE && f->kind != ASSAY_KIND_ORDINAL && f->kind != ASSAY_KIND_RANK &&
           f->change == ASSAY_CHANGE_LEVEL;
}

static int told(const struct figure *f, uint32_t relation)
{
    return f->has_relation && f->change != ASSAY_CHANGE_LEVEL && f->relation == relation;
}

/* "auf 2 703": the other half of what was just settled. */
static void take_pair(const struct tks *s, struct figure *figures, uint32_t n, uint32_t k)
{
    struct figure *f = figures + k, *next = f + 1;
    if (k + 1 < n && f->relation == ASSAY_RELATION_BY && waits(next) && next->first < f->last + 3 &&
        led_by(s, next) == ASSAY_RELATION_TO)
        fg_relate(next, ASSAY_RELATION_TO, f->change);
}

/* "sayı 39 %, gəlir 15 % artıb", where verbs stand last: a bare share right before a comma or "and". */
static int bare_share(const struct tks *s, const struct figure *f)
{
    return s->lx->verb_last && f->kind == ASSAY_KIND_PERCENT && waits(f) && !f->has_relation && f->last < s->count &&
           (tk_sign(s, f->last, ',') || tk_is(s, f->last, LX_JOIN, OF_AND, NULL));
}

/* The next figure that tells by, past the other half of a pair; n: none. */
static uint32_t next_by(const struct figure *figures, uint32_t n, uint32_t k)
{
    k++;
    return k < n && figures[k].has_relation && figures[k].relation == ASSAY_RELATION_TO ? k + 1 : k;
}

/* "rises from 8 to 12 pounds, and a monthly pass to 480": the end of a second change, without its verb. */
static void take_end(const struct tks *s, const struct figure *to, struct figure *f)
{
    if (s->lx->verb_last || !told(to, ASSAY_RELATION_TO) || !waits(f) || f->has_relation || f->age ||
        (f->kind != to->kind && (f->kind != ASSAY_KIND_NUMBER || f->counted_end > f->counted)) ||
        led_by(s, f) != ASSAY_RELATION_TO || apart(s, to, f))
        return;
    uint32_t start, length = 1;
    cg_relation(s, f, &start);
    if (start == f->first && f->bound == ASSAY_BOUND_AT_MOST && tk_mean(s, start, LX_RELATION, &length) &&
        start + length <= f->number) {
        f->first = start + length; /* "а в маршрутках – до 45" */
        f->bound = ASSAY_BOUND_EXACT;
    }
    fg_relate(f, ASSAY_RELATION_TO, to->change);
    if (f->kind == ASSAY_KIND_NUMBER && to->kind == ASSAY_KIND_MONEY && !to->minor &&
        !((f->flags | to->flags) & FG_SCALED) && !tk_within(s, to->last, f->first, LX_MARK, OF_COUNTED)) {
        qt_put(f->unit_room, to->unit);
        f->unit = f->unit_room;
        f->flags |= to->flags & FG_PLAIN;
        f->family = to->family;
        f->kind = to->kind;
    }
}

void fr_told_once(const struct tks *s, struct figure *figures, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++)
        if (told(figures + k, ASSAY_RELATION_BY) && figures[k].change == ASSAY_CHANGE_DECREASE &&
            figures[k].kind == ASSAY_KIND_PERCENT && !figures[k].has_high && figures[k].value.sign < 0)
            figures[k].value.sign = 1; /* "in calo del -6%" */
    for (uint32_t k = n - 1; n > 1 && k-- > 0;) {
        struct figure *f = figures + k;
        uint32_t next = k + 1, by = led_by(s, f) == ASSAY_RELATION_BY && waits(f);
        if (!by && !bare_share(s, f))
            continue;
        if (by && next < n && told(figures + next, ASSAY_RELATION_TO) && figures[next].first < f->last + 3) {
            fg_relate(f, ASSAY_RELATION_BY, figures[next].change);
            continue;
        }
        if (by && next < n && led_by(s, figures + next) == ASSAY_RELATION_TO && waits(figures + next) &&
            figures[next].first < f->last + 3)
            next++;
        if (next < n && told(figures + next, ASSAY_RELATION_BY) && figures[next].kind == f->kind &&
            !apart(s, figures + next - 1, figures + next)) {
            fg_relate(f, ASSAY_RELATION_BY, figures[next].change);
            take_pair(s, figures, n, k);
        }
    }
    for (uint32_t k = 0; k + 1 < n; k++) {
        uint32_t next = next_by(figures, n, k);
        if (next >= n || !told(figures + k, ASSAY_RELATION_BY) || !waits(figures + next) ||
            led_by(s, figures + next) != ASSAY_RELATION_BY || figures[next].kind != figures[k].kind ||
            apart(s, figures + next - 1, figures + next))
            continue;
        fg_relate(figures + next, ASSAY_RELATION_BY, figures[k].change);
        take_pair(s, figures, n, next);
    }
}

/* "15 liradan 18 liraya, öğrenci bileti 9 liraya çıktı": the verb at the end tells of the change before it, too. */
static void take_cases(const struct tks *s, struct figure *figures, uint32_t k)
{
    struct figure *f = figures + k;
    const struct figure *next = f + 1;
    if (!s->lx->verb_last || !told(next, ASSAY_RELATION_TO) || !waits(f) || f->has_relation || f->kind != next->kind ||
        !tk_sign(s, f->last, ',') || cg_case(s, f) != OF_TO || apart(s, f, next))
        return;
    fg_relate(f, ASSAY_RELATION_TO, next->change);
    if (k && f[-1].last == f->first && waits(f - 1) && f[-1].kind == f->kind && cg_case(s, f - 1) == OF_FROM)
        fg_relate(f - 1, ASSAY_RELATION_FROM, next->change);
}

void fr_end_once(const struct tks *s, struct figure *figures, uint32_t n)
{
    for (uint32_t k = n; k-- > 1;)
        take_cases(s, figures, k - 1);
    for (uint32_t k = 0; k + 1 < n; k++)
        take_end(s, figures + k, figures + k + 1);
}
