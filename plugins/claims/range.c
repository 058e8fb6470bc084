/* SPDX-License-Identifier: Apache-2.0
 *
 * Ranges of two quantities, and pairs "from 5 to 7" that are two claims.
 */
#include <string.h>

#include "joint.h"
#include "moment.h"
#include "number.h"
#include "reject.h"

/* The way of the nearest word of change before token `start`. */
static uint32_t way_before(const struct tks *s, uint32_t start)
{
    for (uint32_t k = start; k-- > (start > 8 ? start - 8 : 0);)
        if (tk_has(s, k, LX_CHANGE))
            return tk_is(s, k, LX_CHANGE, OF_DECREASE, NULL)   ? OF_DECREASE
                   : tk_is(s, k, LX_CHANGE, OF_INCREASE, NULL) ? OF_INCREASE
                                                               : OF_NONE;
    return OF_NONE;
}

/* "a chuté de 20 à 25 %", "augmentera de 50 centimes à 12,50 euros": where the word for "from" says "by" as well, ends
 * that go the other way, or are far apart, show that it says so here. */
static int against(const struct tks *s, uint32_t start, const struct figure *f, const struct figure *second)
{
    uint32_t lead = start, way = way_before(s, start);
    if (!tk_before(s, start, LX_RELATION, &lead) || !tk_is(s, lead, LX_RELATION, OF_BY, NULL) ||
        !tk_is(s, lead, LX_RELATION, OF_FROM, NULL))
        return 0;
    for (uint32_t i = f->last; way && i < second->first; i++)
        if (tk_sign(s, i, ',')) /* "a reculé de 0,2 point, à 7,3 %" */
            return 1;
    if (!f->unit)
        return 0;
    struct assay_decimal five, much;
    assay_decimal_u64(&five, 5);
    assay_decimal_mul(&much, &f->value, &five);
    int order = assay_decimal_compare(&f->value, &second->value);
    if (way == OF_DECREASE)
        return order < 0;
    return way == OF_INCREASE &&
           (order > 0 || (f->kind == ASSAY_KIND_MONEY && assay_decimal_compare(&second->value, &much) > 0));
}

/* Whether the quantity `second` can be the other end of f. */
static int ends_fit(const struct tks *s, const struct figure *f, const struct figure *second, const struct link *link)
{
    int times = second->kind == ASSAY_KIND_MULTIPLE;
    if (times && (f->unit || f->kind != ASSAY_KIND_NUMBER || second->last == second->after || link->opens == OF_FROM))
        return 0; /* but "two to three times larger" */
    if ((second->flags & FG_ORDINAL) != (f->flags & FG_ORDINAL))
        return 0;
    if (f->flags & FG_FRACTION && !(f->flags & FG_DIGITS) && second->flags & FG_DIGITS)
        return 0; /* "slid by a third to €310m", "больше половины — 56% —" */
    if (f->unit && second->unit && strcmp(f->unit, second->unit) &&
        (f->kind != second->kind || f->kind == ASSAY_KIND_MONEY || f->kind == ASSAY_KIND_PERCENT))
        return 0; /* also "110 yen to 1 dollar" */
    if (f->kind == ASSAY_KIND_MONEY && second->kind == ASSAY_KIND_MONEY && f->unit && second->unit && f->why &&
        second->why && !link->dash && f->why->class == LX_CURRENCY && second->why->class == LX_CURRENCY &&
        strchr(lx_key(s->lx, f->why), '/') && !strchr(lx_key(s->lx, second->why), '/'))
        return 0; /* "48 cents à 67,02 dollars" */
    if (link->odd && (f->unit || !second->unit))
        return 0;
    const struct tk *next = second->last < s->count ? s->at + second->last : NULL;
    if (f->kind == ASSAY_KIND_PERCENT && f->unit && f->last > f->after && !second->unit && !link->dash && next &&
        next->kind == TK_WORD && (next->mask & LX_BIT(LX_NOUN) || (!next->mask && next->letters > 3)))
        return 0; /* "gagne 0,8 % à 8 025 points" */
    if (f->kind == ASSAY_KIND_PERCENT && f->unit && f->last > f->after && !second->unit && !link->dash &&
        link->opens == OF_NONE && assay_decimal_above(&second->value, 1000))
        return 0;                                                       /* "Nasdaq -1.2% to 16,274.94" */
    return !(f->flags & FG_YEAR && !rj_year(s, second) && !link->dash); /* "in 2018 to 3.9 million" */
}

static int from_to(struct figure *f, struct figure *second, uint32_t relation)
{
    f->has_relation = second->has_relation = 1;
    f->relation = relation;
    second->relation = ASSAY_RELATION_TO;
    if (relation == ASSAY_RELATION_FROM && second->per && !f->per)
        qt_take_per(f, second); /* "from 9 to 8 dollars a barrel" */
    return 2;
}

/* f becomes the range; `had`: it had a unit of its own. */
static void make_range(const struct tks *s, struct figure *f, const struct figure *second, const struct link *link,
                       int had)
{
    bo_thousands(f, second);
    f->high = second->value;
    f->has_high = 1;
    f->bound = ASSAY_BOUND_RANGE;
    f->last = second->last;
    f->flags |= second->flags & (FG_SCALED | FG_MULTIPLE);
    if (second->kind == ASSAY_KIND_MULTIPLE) {
        f->has_relation = second->has_relation;
        f->relation = second->relation;
        f->change = second->change;
    }
    if (f->per && !had)
        qt_speed_of(s, f);
    if (second->per)
        qt_take_per(f, second);
    if (link->opens == OF_BETWEEN || link->opens == OF_FROM)
        f->first = link->lead;
}

/* "30 minutes to 2 hours", "500 g - 1 kg": both ends in the unit of the first. 0: they have no common measure. */
static int one_unit(const struct tks *s, const struct figure *f, struct figure *second)
{
    struct assay_decimal ratio, product;
    if (!f->unit || !second->unit || !strcmp(f->unit, second->unit))
        return 1;
    if (!s->units || (f->kind != ASSAY_KIND_DIMENSION && f->kind != ASSAY_KIND_DURATION) ||
        !qt_ratio_of(s, second->unit, f->unit, &ratio))
        return 0;
    assay_decimal_mul(&product, &second->value, &ratio);
    second->value = product;
    second->unit = f->unit;
    return 1;
}

/* "three-nought-four": digits told one by one. */
static int spelled(const struct tks *s, const struct figure *f, const struct figure *second)
{
    uint32_t next = nb_hyphen(s, second->last);
    uint64_t v;
    uint32_t length;
    int nought = second->after > second->number + 1 && nb_cardinal(s, second->number, LX_CARDINAL, &v, &length) &&
                 !v; /* "nought-four" */
    return !((f->flags | second->flags) & FG_DIGITS) &&
           (nought || (next != second->last && tk_has(s, next, LX_CARDINAL)));
}

/* "from 9 to 5 on Monday" */
static int falling_hours(const struct tks *s, const struct figure *f, const struct figure *second, uint32_t lead)
{
    struct figure turned = *f;
    turned.first = lead;
    turned.value = second->value;
    turned.high = f->value;
    turned.last = second->last;
    return !assay_decimal_above(&f->value, 24) && mo_range(s, &turned);
}

static void swap_values(struct figure *a, struct figure *b)
{
    struct assay_decimal of_a = a->value;
    a->value = b->value;
    b->value = of_a;
}

/* A verb of change right before the first of two numbers, the second of which is many times as much. */
static int by_much(const struct tks *s, uint32_t start, const struct figure *f, const struct figure *second)
{
    struct assay_decimal eight, much;
    if (!start || !tk_has(s, start - 1, LX_CHANGE) || s->at[start - 1].kind != TK_WORD || !(f->flags & FG_DIGITS) ||
        s->lx->verb_last || assay_decimal_above(&f->value, 99) == 0)
        return 0;
    assay_decimal_u64(&eight, 8);
    assay_decimal_mul(&much, &f->value, &eight);
    return assay_decimal_compare(&second->value, &much) > 0;
}

/* What may be an hour of the day, where those are counted as hours are. */
static int is_hour(const struct tks *s, const struct figure *f)
{
    return s->lx->inverted[0] && qt_is_unit(f->unit, "hour") && f->value.exponent >= 0 &&
           !assay_decimal_above(&f->value, 24);
}

/* "entre 8 heures et 20 heures", «між 8 годиною і 20 годиною»: the word for hours is told with both ends, the later one
 * is past noon, and nothing behind says what takes so long. */
static int between_hours(const struct tks *s, const struct figure *f, const struct figure *second,
                         const struct link *link)
{
    uint32_t end = second->last;
    return link->opens == OF_BETWEEN && (s->lx->noun_after || s->lx->inverted[0]) && f->unit && second->unit &&
           qt_is_unit(f->unit, "hour") && qt_is_unit(second->unit, "hour") && f->value.exponent >= 0 &&
           second->value.exponent >= 0 && assay_decimal_above(&second->value, 12) &&
           !assay_decimal_above(&f->value, 24) && !assay_decimal_above(&second->value, 24) &&
           !(tk_has(s, end, LX_OF) || tk_has(s, end, LX_PER)) && !(link->lead && tk_has(s, link->lead - 1, LX_OF)) &&
           !tk_has(s, f->first, LX_CARDINAL);
}

/* "31,200 – nearly three times the average": a dash with blanks round it parts two figures where the second is no end
 * of a range and the first too great for a score. */
static int apart_by_dash(const struct tks *s, const struct figure *f, const struct figure *second)
{
    const uint32_t dash = f->last;
    return tk_dash(s, dash) && s->at[dash].space && s->at[dash + 1].space && assay_decimal_above(&f->value, 999) &&
           (second->number > dash + 1 || s->at[second->number].kind == TK_WORD || second->kind == ASSAY_KIND_MULTIPLE);
}

/* Joins f and the quantity after it. 1: f is a range now; 2: two claims, from and to; 0: neither; -1: no claim at all.
 * f may be changed in any case. */
static int range(const struct tks *s, const struct habit *h, struct figure *f, uint32_t floor, const struct link *link,
                 struct figure *second, uint32_t *skip)
{
    uint32_t next, start = f->first, opens = link->opens, dash = link->dash;
    second->kind = ASSAY_KIND_NUMBER;
    if (!qt_one(s, h, link->second, f->last, 1, second, &next)) {
        if (second->kind != ASSAY_KIND_DURATION || second->age || f->unit || second->first != link->second ||
            f->value.exponent < 0)
            return 0;
        *skip = next; /* "two to three weeks ago": a time, and so is its first half */
        return -1;
    }
    if (!ends_fit(s, f, second, link) || (dash && spelled(s, f, second)))
        return 0;
    int until = tk_has(s, second->last, LX_BOUND_AFTER) || tk_is(s, second->last - 1, LX_TIME, OF_UNTIL, NULL);
    if (link->worded && !until && (f->unit || !tk_ends(s, second->last - 1, LX_ENDS_TO)))
        return 0;
    int cased = s->lx->suffixed && (link->cased || (f->last > start && tk_ends(s, f->last - 1, LX_ENDS_FROM)));
    int least = opens == OF_FROM && tk_is(s, link->lead, LX_BOUND, OF_AT_LEAST, NULL) !=
                                        NULL; /* "от 1 до 3%" is a range, "с 1 до 3%" a change */
    int had =
        f->unit != NULL && !(f->age && second->unit && f->last == f->after && second->kind == ASSAY_KIND_DURATION);
    bo_share(s, f, second, link);
    *skip = next;
    if (had && between_hours(s, f, second, link))
        return -1;
    if (opens == OF_FROM && !least && is_hour(s, second) && !jt_change_near(s, start))
        return -1; /* "с 9 до 17 часов", but "от 9 до 17 часов" */
    const struct lx_meaning *led = f->first > floor ? tk_before(s, f->first, LX_RELATION, NULL) : NULL;
    int from = opens == OF_FROM || (led && led->of == OF_FROM) || cased;
    int fallen = f->kind == ASSAY_KIND_DIMENSION && way_before(s, start) == OF_DECREASE && f->value.sign > 0 &&
                 assay_decimal_compare(&f->value, &second->value) < 0; /* "cayeron de 10 a 14 litros" */
    if (from && !least && !dash && !fallen && jt_change_near(s, start) &&
        !(f->kind == ASSAY_KIND_PERCENT && against(s, start, f, second)))
        return from_to(f, second, against(s, start, f, second) ? ASSAY_RELATION_BY : ASSAY_RELATION_FROM);
    if (!dash && opens == OF_NONE && !had && by_much(s, start, f, second))
        return 0; /* "rose 32,000 to 1.41 million" */
    if (!dash && opens == OF_NONE && had && jt_change_near(s, start))
        return 0; /* "rose 5% to 1,333" */
    if (!one_unit(s, f, second))
        return 0;
    int falls = assay_decimal_compare(&f->value, &second->value) >= 0;
    int degrees = qt_is_degree(second->unit);
    if (falls && opens == OF_FROM && falling_hours(s, f, second, link->lead))
        return -1;
    if (falls && !(degrees && (least || (opens == OF_NONE && !had))) && opens == OF_FROM &&
        !dash) /* "lowered from 50 to 30" */
        return from_to(f, second, ASSAY_RELATION_FROM);
    if (falls && (f->value.sign < 0 || (degrees && !had))) { /* "from −9 to −11", "4 bis 0 Grad" */
        swap_values(f, second);
    } else if (falls && opens == OF_NONE && !dash && !had && second->unit && second->kind != ASSAY_KIND_DURATION &&
               f->value.sign > 0) {
        return from_to(f, second, ASSAY_RELATION_FROM); /* "2.68 to 1.48 mm" */
    } else if (falls) {
        return dash && !had && !apart_by_dash(s, f, second) ? -1 : 0;
    }
    make_range(s, f, second, link, had);
    return 1;
}

/* The same, but f is as before where nothing joins. */
static int pair(const struct tks *s, const struct habit *h, struct figure *f, uint32_t floor, struct figure *second,
                uint32_t *skip)
{
    struct link link;
    if (!jt_linked(s, f, floor, &link))
        return 0;
    struct figure saved = *f;
    int two = range(s, h, f, floor, &link, second, skip);
    if (two <= 0)
        *f = saved;
    return two;
}

/* The quantity behind "between": its own "and" belongs to it where another one follows, as in "entre treinta y cinco y
 * cuarenta". */
static int first_of_two(const struct tks *s, const struct habit *h, uint32_t i, uint32_t floor, struct figure *f,
                        uint32_t *skip)
{
    uint32_t length, used;
    if (qt_one(s, h, i, floor, 1, f, skip) && tk_is(s, f->last, LX_JOIN, OF_AND, &length)) {
        uint32_t p = f->last + length;
        p += tk_is(s, p, LX_WORD, OF_ARTICLE, &used) && !tk_has(s, p, LX_CARDINAL) ? used : 0;
        if (p < s->count && qt_starts(s, p))
            return 1;
    }
    return qt_one(s, h, i, floor, 0, f, skip);
}

int qt_read(const struct tks *s, const struct habit *h, uint32_t i, uint32_t floor, struct figure *f,
            struct figure *second, uint32_t *skip)
{
    *skip = i + 1;
    if (!(qt_starts(s, i) || qt_bare(s, i)) || qt_idle(s, i))
        return 0;
    if (i > 1 && tk_sign(s, i - 1, ')') && s->at[i - 2].kind == TK_NUMBER && s->at[i].kind == TK_WORD &&
        tk_has(s, i, LX_SCALE) && !tk_has(s, i, LX_CARDINAL))
        return 0; /* "310 (345) Mio. Euro": share.c */
    uint32_t lead;
    const struct lx_meaning *open = i > floor ? tk_before(s, i, LX_JOIN, &lead) : NULL;
    int between = open && open->of == OF_BETWEEN;
    int plain = between ? first_of_two(s, h, i, floor, f, skip) : qt_one(s, h, i, floor, 1, f, skip);
    if (!plain && !(f->flags & (FG_ONE | FG_YEAR)))
        return 0;
    uint32_t after = *skip;
    if (plain && qt_tolerance(s, h, f, skip))
        return 1;
    if (plain)
        qt_hanging(s, h, f);
    int two = pair(s, h, f, floor, second, &after);
    if (two < 0 && (!second->unit || second->kind == ASSAY_KIND_DURATION))
        *skip = after;
    if (two < 0 || (!two && !plain))
        return 0;
    if (f->flags & FG_YEAR && two && !f->unit) {
        *skip = after;
        return 0;
    }
    if (two)
        *skip = after;
    if (two == 1 && mo_range(s, f))
        return 0;
    if (two != 1) {
        qt_read_bound(s, f, floor);
        if (!two)
            qt_two_sided(s, h, f, skip);
    } else if (f->first > floor) { /* a range swallows its bound word */
        uint32_t start;
        const struct lx_meaning *m = tk_before(s, f->first, LX_BOUND, &start);
        if (m && start >= floor && m->of != OF_EXACT)
            f->first = start;
    }
    if (two == 2)
        qt_read_bound(s, second, f->last);
    else
        qt_per_ahead(s, f, floor);
    if (f->last > *skip)
        *skip = f->last;
    return two == 2 ? 2 : 1;
}
