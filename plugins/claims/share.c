/* SPDX-License-Identifier: Apache-2.0
 *
 * What one figure of a sentence tells of another: unit, scale, noun, direction.
 */
#include <stdio.h>
#include <string.h>

#include "frame.h"
#include "number.h"
#include "quantity.h"
#include "shape.h"

static void take_unit(struct figure *to, const struct figure *from)
{
    qt_put(to->unit_room, from->unit);
    to->unit = to->unit_room;
    to->flags |= from->flags & FG_PLAIN;
    to->family = from->family;
    to->kind = from->kind;
    to->minor = from->minor;
    assay_decimal_scale(&to->value, -(int32_t)from->minor); /* "from 21.6 to 24.9 cents" */
}

static int is(const struct figure *f, uint32_t relation)
{
    return f->has_relation && f->relation == relation;
}

/* "280 million of the 1.5 billion shekels", "45 of its 310 stores": a part has the unit or noun of the whole. */
static void share_whole(const struct tks *s, struct figure *a, const struct figure *b)
{
    uint32_t p = a->last, length;
    if (a->unit || a->kind != ASSAY_KIND_NUMBER || a->flags & (FG_FRACTION | FG_RATIO | FG_VAGUE) ||
        a->counted_end > a->counted ||
        (!tk_mean(s, p, LX_OF, &length) && !(tk_is(s, p, LX_JOIN, OF_IN, &length) && b->counted_end > b->counted)))
        return;
    p += length;
    if (p < b->first && (tk_is(s, p, LX_WORD, OF_ARTICLE, &length) || tk_is(s, p, LX_WORD, OF_PRONOUN, &length)))
        p += length;
    if (p != b->first || assay_decimal_compare(&a->value, &b->value) > 0)
        return;
    if (b->unit && (b->kind == ASSAY_KIND_MONEY || b->kind == ASSAY_KIND_DIMENSION))
        take_unit(a, b);
    else if (!b->unit && b->kind == ASSAY_KIND_NUMBER && b->counted_end > b->counted) {
        a->counted = b->counted;
        a->counted_end = b->counted_end;
    }
}

/* "went from 80 to 84": the figures say which way. */
static void share_direction(struct figure *a, struct figure *b)
{
    int pair =
        (is(a, ASSAY_RELATION_FROM) || is(a, ASSAY_RELATION_BY)) && is(b, ASSAY_RELATION_TO) && b->first - a->last < 4;
    if (pair && !a->change != !b->change) { /* "um 25 Basispunkte auf 2,5 % gesenkt" */
        a->change = b->change = a->change ? a->change : b->change;
        return;
    }
    if (!is(a, ASSAY_RELATION_FROM) || !is(b, ASSAY_RELATION_TO) || a->change != ASSAY_CHANGE_LEVEL ||
        b->change != ASSAY_CHANGE_LEVEL)
        return;
    int order = assay_decimal_compare(&a->value, &b->value);
    if (a->kind != b->kind || (a->unit && b->unit && strcmp(a->unit, b->unit)))
        return;
    a->change = b->change = order < 0 ? ASSAY_CHANGE_INCREASE : order > 0 ? ASSAY_CHANGE_DECREASE : ASSAY_CHANGE_LEVEL;
}

/* "aumentou de 24 mil em 2012 para 70 mil": where one word says "by" and "from". */
static void by_is_from(const struct tks *s, struct figure *a, const struct figure *b)
{
    if (!is(a, ASSAY_RELATION_BY) || !is(b, ASSAY_RELATION_TO) ||
        (a->change != b->change && a->change != ASSAY_CHANGE_LEVEL) || !a->first || (a->kind != b->kind && a->unit) ||
        a->kind == ASSAY_KIND_MULTIPLE || (a->unit && b->unit && strcmp(a->unit, b->unit)) ||
        (b->unit && a->counted_end > a->counted))
        return; /* also "a reculé de 0,2 point, à 7,3 %" */
    if (!tk_is(s, a->first - 1, LX_RELATION, OF_FROM, NULL) || !tk_is(s, a->first - 1, LX_RELATION, OF_BY, NULL))
        return;
    struct assay_decimal five, much;
    assay_decimal_u64(&five, 5);
    assay_decimal_mul(&much, b->change == ASSAY_CHANGE_DECREASE ? &b->value : &a->value, &five);
    int order = assay_decimal_compare(&a->value, &b->value);
    if (!a->unit == !b->unit &&
        ((b->change == ASSAY_CHANGE_INCREASE && (order > 0 || assay_decimal_compare(&b->value, &much) > 0)) ||
         (b->change == ASSAY_CHANGE_DECREASE && order < 0)))
        return; /* "augmentera de 50 centimes à 12,50 euros", "diminue de 18 000, à 2,2 millions" */
    a->relation = ASSAY_RELATION_FROM;
    a->change = b->change;
}

/* "von 7,5 auf 6,9 Prozent": the unit told with the second. */
static void share_back(struct figure *a, const struct figure *b)
{
    if (!is(a, ASSAY_RELATION_FROM) || !is(b, ASSAY_RELATION_TO) || a->unit || !b->unit ||
        a->kind != ASSAY_KIND_NUMBER || a->counted_end > a->counted || b->first - a->last > 2 ||
        b->kind == ASSAY_KIND_DURATION)
        return;
    qt_share_scale(a, b);
    take_unit(a, b);
}

/* "de 14 y 16 años", "20 and 30 percent": the unit told with the second of two numerals joined by one small word. */
static void share_and(const struct tks *s, struct figure *a, const struct figure *b)
{
    int pair =
        is(a, ASSAY_RELATION_BY) && is(b, ASSAY_RELATION_TO) && b->first - a->last == 1; /* "um 20 auf 35 Minuten" */
    uint32_t p = a->last, length;
    if (a->unit || !b->unit || a->kind != ASSAY_KIND_NUMBER || a->counted_end > a->counted ||
        a->flags & (FG_FRACTION | FG_RATIO | FG_VAGUE | FG_SCALED) || !(a->flags & FG_DIGITS) ||
        !(b->flags & FG_DIGITS) || b->flags & FG_SCALED || b->kind == ASSAY_KIND_MONEY || b->value.exponent > 0)
        return;
    if (!pair && !(tk_is(s, p, LX_JOIN, OF_AND, &length) && p + length == b->first && b->bound == ASSAY_BOUND_EXACT))
        return;
    take_unit(a, b);
    a->age = b->age;
}

/* "52 and 40 people": the noun told with the second of two numerals. */
static void share_noun(const struct tks *s, struct figure *a, const struct figure *b)
{
    uint32_t p = a->last, length;
    if (a->unit || b->unit || a->kind != ASSAY_KIND_NUMBER || b->kind != ASSAY_KIND_NUMBER || a->has_relation ||
        a->counted_end > a->counted || b->counted_end <= b->counted || b->counted < b->last || a->last != a->after ||
        (a->flags ^ b->flags) & (FG_DIGITS | FG_SCALED) || a->flags & (FG_FRACTION | FG_RATIO | FG_VAGUE | FG_YEAR) ||
        !tk_is(s, p, LX_JOIN, OF_AND, &length) || p + length != b->first)
        return;
    a->counted = b->counted;
    a->counted_end = b->counted_end;
}

static int bare_digits(const struct figure *f)
{
    return !f->unit && f->kind == ASSAY_KIND_NUMBER && f->counted_end == f->counted && f->flags & FG_DIGITS &&
           f->bound == ASSAY_BOUND_EXACT && !f->has_relation &&
           !(f->flags & (FG_FRACTION | FG_RATIO | FG_VAGUE | FG_SCALED | FG_YEAR | FG_ORDINAL));
}

/* "310 (Vorjahr: 345) Mio. Euro", "4,5 (4,2) Prozent": scale and unit behind the bracket are those of both. */
static void share_bracket(const struct tks *s, struct figure *a, struct figure *b)
{
    uint32_t p = b->last + 1, length, open = b->first;
    struct assay_decimal by, product;
    while (open > a->last && b->first - open < 5 && !tk_sign(s, open, '('))
        open--;
    if (open != a->last || !tk_sign(s, open, '(') || !tk_sign(s, b->last, ')') || a->unit ||
        a->kind != ASSAY_KIND_NUMBER || b->unit || b->kind != ASSAY_KIND_NUMBER || !(a->flags & FG_DIGITS) ||
        a->flags & (FG_SCALED | FG_FRACTION | FG_RATIO | FG_ORDINAL) || !(b->flags & FG_DIGITS) ||
        b->flags & (FG_SCALED | FG_FRACTION | FG_RATIO))
        return;
    const struct lx_meaning *scale = tk_mean(s, p, LX_SCALE, &length), *unit;
    if (scale) {
        lx_value(scale, &by);
        nb_scale_by(a, &by);
        assay_decimal_mul(&product, &b->value, &by);
        b->value = product;
        a->flags |= FG_SCALED;
        b->flags |= FG_SCALED;
        p += length;
        p += tk_sign(s, p, '.') && !s->at[p].space;
    }
    unit = tk_mean(s, p, LX_CURRENCY, NULL);
    int money = unit != NULL;
    if (!unit)
        unit = tk_mean(s, p, LX_UNIT, NULL);
    if (!unit || strpbrk(lx_key(s->lx, unit), "/*-?"))
        return;
    qt_put(a->unit_room, lx_key(s->lx, unit));
    a->unit = a->unit_room;
    a->kind = money ? ASSAY_KIND_MONEY : qt_kind_of_unit(a->unit);
    take_unit(b, a);
}

/* "C$6 (US$4.46) per share", "$70 (65 euros) a barrel": what the sum in brackets is told by, the sum before them is. */
static void share_per(const struct tks *s, struct figure *a, struct figure *b)
{
    struct figure part = {.kind = ASSAY_KIND_NUMBER, .last = b->last + 1};
    if (a->per || b->per || !a->unit || !b->unit || a->kind != b->kind ||
        (a->kind != ASSAY_KIND_MONEY && a->kind != ASSAY_KIND_DIMENSION) || !tk_sign(s, a->last, '(') ||
        b->first != a->last + 1 || !tk_sign(s, b->last, ')'))
        return;
    qt_per(s, &part, part.last);
    if (!part.per)
        return;
    qt_take_per(a, &part);
    qt_take_per(b, &part);
}

/* "34 Prozent gegen 29 im Vorjahr", "214 millions d'euros, contre 260 millions": a bare number set against the figure
 * before it has its unit; where both have a scale, its currency, too. */
static void share_against(const struct tks *s, struct figure *b, const struct figure *a)
{
    uint32_t start, scaled = a->flags & b->flags & FG_SCALED, lead = b->first;
    int closed = !((a->flags | b->flags) & FG_SCALED) && (b->last >= s->count || s->at[b->last].kind == TK_SIGN);
    if (b->unit || b->kind != ASSAY_KIND_NUMBER || b->counted_end > b->counted || !(b->flags & FG_DIGITS) ||
        b->flags & (FG_FRACTION | FG_RATIO | FG_VAGUE) || (b->flags & FG_SCALED && !scaled) || !a->unit ||
        !(a->kind == ASSAY_KIND_PERCENT || a->kind == ASSAY_KIND_DIMENSION ||
          (a->kind == ASSAY_KIND_MONEY && (scaled || closed))) ||
        a->last + (scaled ? 14 : 5) < b->first)
        return;
    lead -= lead > a->last && tk_is(s, lead - 1, LX_WORD, OF_ARTICLE, NULL);
    const struct lx_meaning *m = tk_before(s, b->first, LX_TIME, &start);
    if (lead < b->first && (!m || m->of != OF_AGAINST)) /* "contro il 35,8" */
        m = tk_before(s, lead, LX_TIME, &start);
    if ((m && m->of == OF_AGAINST && start >= a->last) ||
        (scaled && is(a, ASSAY_RELATION_TO) &&
         is(b, ASSAY_RELATION_FROM))) /* "fell to 214 million euros from 260 million" */
        take_unit(b, a);
}

/* "38 minutes, 25 less than now", "400 people, 50 fewer than last year": the difference has the unit or noun of what
 * it is told of. */
static void share_more(const struct tks *s, struct figure *b, const struct figure *a)
{
    const uint32_t odd = FG_FRACTION | FG_RATIO | FG_VAGUE | FG_YEAR | FG_ORDINAL;
    uint32_t end = a->counted_end > a->last ? a->counted_end : a->last, start;
    end = a->per && a->per_end > end ? a->per_end : end;
    if (!is(b, ASSAY_RELATION_BY) || b->unit || b->kind != ASSAY_KIND_NUMBER || b->counted_end > b->counted ||
        b->flags & odd || a->has_relation || !tk_sign(s, end, ','))
        return;
    if (b->first != end + 1 && !(tk_before(s, b->first, LX_RELATION, &start) && start == end + 1))
        return;
    if (a->unit && (a->kind == ASSAY_KIND_DIMENSION || a->kind == ASSAY_KIND_DURATION || a->kind == ASSAY_KIND_MONEY)) {
        take_unit(b, a);
        if (a->per)
            qt_take_per(b, a);
    } else if (!a->unit && a->kind == ASSAY_KIND_NUMBER && a->counted_end > a->counted) {
        b->counted = a->counted;
        b->counted_end = a->counted_end;
    }
}

/* Only a comma, a word for "and", or both, stand between: 1 with a comma, 2 with the word, 3 with both; 0: something
 * else. */
static int listed(const struct tks *s, const struct figure *a, const struct figure *b)
{
    uint32_t p = a->last, length, way = 0;
    if (tk_sign(s, p, ',') && ++p)
        way = 1;
    if (p < b->first &&
        (tk_is(s, p, LX_JOIN, OF_AND, &length) || tk_is(s, p, LX_WORD, OF_CONJUNCTION, &length))) { /* also "or" */
        p += length;
        way |= 2;
    }
    return p == b->first ? (int)way : 0;
}

/* "rose 2, 3 and 5 per cent": the first of the list is told as a change. */
static int changes_by(const struct figure *f)
{
    struct figure bare = *f;
    bare.has_relation = 0;
    return is(f, ASSAY_RELATION_BY) && bare_digits(&bare);
}

/* "of 4, 6 and 9 years", "100, 200 oder 300 Euro": the unit told with the last of a list, or its noun. Gives the
 * last. */
static uint32_t share_list(const struct tks *s, struct figure *figures, uint32_t n, uint32_t k)
{
    uint32_t end = k;
    while (end + 1 < n && (bare_digits(figures + end) || changes_by(figures + end)) &&
           listed(s, figures + end, figures + end + 1) == 1)
        end++;
    struct figure *last = figures + end + 1;
    if (end == k || end + 1 >= n || !bare_digits(figures + end) || !(listed(s, figures + end, last) & 2) ||
        !last->unit || !(last->flags & FG_DIGITS) || last->flags & FG_SCALED || last->has_high ||
        last->bound != ASSAY_BOUND_EXACT || last->first != last->number)
        return k;
    for (uint32_t i = k; i <= end; i++) {
        take_unit(figures + i, last);
        figures[i].age = last->age;
    }
    return end;
}

/* "20 or 30 miles", "two or three million": unit and scale told with the second of two, the lesser first; "9.4 instead
 * of 6 million euros": in any order. */
static void share_or(const struct tks *s, struct figure *a, const struct figure *b)
{
    uint32_t p = a->last, length;
    const int instead = tk_is(s, p, LX_TIME, OF_AGAINST, &length) != NULL && p + length == b->first;
    const uint32_t odd = FG_FRACTION | FG_RATIO | FG_VAGUE | FG_YEAR | FG_ORDINAL;
    if (a->unit || a->kind != ASSAY_KIND_NUMBER || a->counted_end > a->counted || a->flags & (odd | FG_SCALED) ||
        b->flags & odd || b->has_high || b->bound != ASSAY_BOUND_EXACT || b->first != b->number ||
        (a->flags ^ b->flags) & FG_DIGITS || !(b->unit || b->has_scale) ||
        (!instead && (!tk_is(s, p, LX_WORD, OF_CONJUNCTION, &length) || p + length != b->first ||
                      assay_decimal_compare(&a->value, b->has_scale ? &b->bare : &b->value) >= 0)))
        return;
    qt_share_scale(a, b);
    if (!b->unit)
        return;
    take_unit(a, b);
    a->age = b->age;
}

/* "подорожает на 90 копеек — с 7,10 до 8 рублей": the end of the change is said as the change is. */
static void share_status(struct figure *f)
{
    if (is(f, ASSAY_RELATION_TO) && is(f - 1, ASSAY_RELATION_FROM) && is(f - 2, ASSAY_RELATION_BY) &&
        f->change == f[-2].change && f->status == ASSAY_ASSERTED && f[-2].status != ASSAY_NEGATED)
        f->status = f[-2].status;
}

/* "14th in the world, up from 21st": a place, too. */
static void share_place(struct figure *figures, uint32_t k)
{
    struct figure *f = figures + k;
    if (f->kind == ASSAY_KIND_ORDINAL && f->counted_end == f->counted && figures[k - 1].kind == ASSAY_KIND_RANK)
        f->kind = ASSAY_KIND_RANK;
}

/* "and deaths fell to 12": what changes there is another thing. */
static int own_subject(const struct tks *s, uint32_t begin, uint32_t end)
{
    uint32_t length;
    for (uint32_t i = begin; i < end; i++)
        if (tk_is(s, i, LX_JOIN, OF_AND, &length) && !tk_has(s, i + length, LX_CHANGE) && th_content(s, i + length))
            for (uint32_t k = i + length + 1; k < end; k++)
                if (tk_has(s, k, LX_CHANGE))
                    return 1;
    return 0;
}

/* "to 2.1 billion euros ..., from 2.6 billion": the unit said once holds for the other end. */
static void share_on(const struct tks *s, struct figure *figures, uint32_t k)
{
    struct figure *f = figures + k;
    if (f->unit || f->kind != ASSAY_KIND_NUMBER || f->counted_end > f->counted || f->change == ASSAY_CHANGE_LEVEL ||
        !(is(f, ASSAY_RELATION_FROM) || is(f, ASSAY_RELATION_TO)))
        return;
    for (uint32_t i = k; i-- > 0 && k - i <= 3;) {
        const struct figure *before = figures + i;
        if (!before->unit)
            continue;
        if (is(f, ASSAY_RELATION_TO) && own_subject(s, before->last, f->first))
            return;
        if (before->kind != ASSAY_KIND_MONEY && before->kind != ASSAY_KIND_DIMENSION &&
            !(before->kind == ASSAY_KIND_PERCENT && before->has_relation && before->relation != ASSAY_RELATION_BY))
            continue;
        take_unit(f, before);
        return;
    }
}

static int is_millions(const struct figure *f)
{
    return f->flags & FG_SCALED && !(f->flags & (FG_VAGUE | FG_FRACTION | FG_RATIO | FG_MULTIPLE | FG_ORDINAL)) &&
           assay_decimal_above(&f->value, 999999);
}

/* "1. 6 billion" */
static int rest_of_numeral(const struct tks *s, const struct figure *f)
{
    uint32_t p = s->at[f->first].begin;
    while (p && s->text[p - 1] == ' ')
        p--;
    return p > 1 && s->text[p - 1] == '.' && sh_digit(s->text[p - 2]);
}

/* "a plan of 290 million, or 30 million euros a year": millions of nothing named are money, where the sentence has
 * millions of one currency and none of anything else. */
static void share_money(const struct tks *s, struct figure *figures, uint32_t n)
{
    const struct figure *money = NULL;
    for (uint32_t k = 0; k < n; k++) {
        const struct figure *f = figures + k;
        if (!is_millions(f))
            continue;
        if (f->kind == ASSAY_KIND_MONEY ? !f->unit || (money && strcmp(money->unit, f->unit))
                                        : f->unit || f->counted_end > f->counted)
            return;
        money = f->kind == ASSAY_KIND_MONEY ? f : money;
    }
    for (uint32_t k = 0; money && k < n; k++) {
        struct figure *f = figures + k;
        if (f->unit || f->kind != ASSAY_KIND_NUMBER || !is_millions(f) || rest_of_numeral(s, f))
            continue;
        take_unit(f, money);
        f->counted_end = f->counted;
        f->confidence = f->confidence < 75 ? f->confidence : 75;
    }
}

void fr_share(const struct tks *s, struct figure *figures, uint32_t n)
{
    for (uint32_t k = 0; k + 1 < n; k++)
        share_bracket(s, figures + k, figures + k + 1);
    for (uint32_t k = 0; k + 1 < n; k++)
        share_per(s, figures + k, figures + k + 1);
    for (uint32_t k = 0; k + 1 < n; k++)
        share_whole(s, figures + k, figures + k + 1);
    for (uint32_t k = 0; k + 1 < n; k++)
        share_direction(figures + k, figures + k + 1);
    for (uint32_t k = 0; k + 1 < n; k++)
        by_is_from(s, figures + k, figures + k + 1);
    for (uint32_t k = 0; k + 1 < n; k++)
        share_back(figures + k, figures + k + 1);
    fr_end_once(s, figures, n);
    for (uint32_t k = 0; k + 2 < n; k++)
        k = share_list(s, figures, n, k);
    for (uint32_t k = 0; k + 1 < n; k++)
        share_and(s, figures + k, figures + k + 1);
    for (uint32_t k = 0; k + 1 < n; k++)
        share_or(s, figures + k, figures + k + 1);
    for (uint32_t k = 0; k + 1 < n; k++)
        share_noun(s, figures + k, figures + k + 1);
    for (uint32_t k = n; k-- > 1;)
        sd_share(s, figures + k - 1, figures + k);
    for (uint32_t k = 1; k < n; k++) {
        share_against(s, figures + k, figures + k - 1);
        share_more(s, figures + k, figures + k - 1);
        share_on(s, figures, k);
        share_place(figures, k);
        if (k > 1)
            share_status(figures + k);
    }
    share_money(s, figures, n);
    fr_restated(s, figures, n);
}
