/* SPDX-License-Identifier: Apache-2.0
 *
 * Two quantities that are one: ranges, two-sided bounds; and pairs "from 5 to 7" that are two claims.
 */
#include <stdio.h>
#include <string.h>

#include "moment.h"
#include "number.h"
#include "quantity.h"
#include "reject.h"

void qt_share_scale(struct figure *a, const struct figure *b)
{
    struct assay_decimal product;
    struct assay_decimal hundred = b->bare;
    assay_decimal_scale(&hundred, 2);
    if (a->flags & FG_SCALED || !b->has_scale || assay_decimal_compare(&a->value, &hundred) > 0)
        return;
    assay_decimal_mul(&product, &a->value, &b->scale);
    a->value = product;
    a->flags |= FG_SCALED;
}

/* "two to three hundred", "zwei- bis dreitausend": the hundred or thousand told once is that of both. */
static void share_hundred(const struct tks *s, struct figure *a, const struct figure *b)
{
    uint64_t v = 0;
    uint32_t length, last = b->after - 1, hung = tk_sign(s, a->after, '-') && !s->at[a->after].space;
    struct assay_decimal low = a->value;
    if ((a->flags | b->flags) & (FG_DIGITS | FG_SCALED | FG_FRACTION | FG_ORDINAL) || a->unit ||
        a->after != a->number + 1 || !b->after)
        return;
    if (!nb_cardinal(s, last, LX_CARDINAL, &v, &length) || !v || v % 100 ||
        !(hung && s->lx->compounds ? last == b->number : b->after == b->number + 2 && v == 100))
        return;
    assay_decimal_scale(&low, v % 1000 ? 2 : 3);
    if (assay_decimal_compare(&low, &b->value) < 0)
        a->value = low;
}

static int change_near(const struct tks *s, uint32_t i)
{
    for (uint32_t k = i > 8 ? i - 8 : 0; k < i; k++)
        if (tk_has(s, k, LX_CHANGE) || (tk_has(s, k, LX_MULTIPLE) && (tk_is(s, k, LX_MULTIPLE, OF_INCREASE, NULL) ||
                                                                      tk_is(s, k, LX_MULTIPLE, OF_DECREASE, NULL))))
            return 1;
    if (s->lx->verb_last)
        for (uint32_t k = i; k < i + 12 && k < s->count; k++)
            if (tk_has(s, k, LX_CHANGE))
                return 1;
    return 0;
}

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

/* Places of zeros a whole number ends in. */
static uint32_t zeros(const struct assay_decimal *d)
{
    uint32_t n = d->exponent > 0 ? (uint32_t)d->exponent : 0;
    for (uint32_t k = d->digits; k-- > 0 && !d->digit[k];)
        n++;
    return d->exponent < 0 ? 0 : n;
}

/* "10 à 15 000 personnes": the thousands told with the second are those of both. */
static void thousands(struct figure *f, const struct figure *second)
{
    struct assay_decimal many = f->value, five, product;
    if (f->flags & (FG_SCALED | FG_WORDS) || second->flags & (FG_SCALED | FG_WORDS) || f->unit ||
        f->value.exponent < 0 || assay_decimal_above(&f->value, 999) || zeros(&second->value) < 3)
        return;
    assay_decimal_scale(&many, 3);
    assay_decimal_u64(&five, 5);
    assay_decimal_mul(&product, &many, &five);
    if (assay_decimal_compare(&many, &second->value) < 0 && assay_decimal_compare(&product, &second->value) >= 0)
        f->value = many;
}

/* What joins a figure to another behind it. */
struct link {
    uint32_t second;      /* token where the other one may start */
    uint32_t opens, lead; /* the word before both ("from", "between"), or OF_NONE; its first token */
    uint32_t dash, odd;   /* odd: blanks on one side of it only */
    uint32_t cased;       /* a case ending stands behind the first */
    uint32_t worded;      /* the first is a word with such an ending */
};

/* The word that may open a pair, and its first token. */
static const struct lx_meaning *opening(const struct tks *s, const struct figure *f, uint32_t floor, uint32_t *lead)
{
    uint32_t start = f->first, about;
    const struct lx_meaning *before = start > floor ? tk_before(s, start, LX_JOIN, lead) : NULL;
    if (!before && start > floor + 1 &&
        tk_is(s, start - 1, LX_WORD, OF_ARTICLE, NULL)) { /* "tra il decimo e il quindicesimo" */
        before = tk_before(s, start - 1, LX_JOIN, lead);
        if (before && before->of != OF_BETWEEN)
            before = NULL;
    }
    if (!before && start > floor + 1 && tk_before(s, start, LX_BOUND, &about) &&
        about > floor) { /* "between about 45 and 90" */
        before = tk_before(s, about, LX_JOIN, lead);
        if (before && before->of != OF_BETWEEN)
            before = NULL;
    }
    return before && *lead < floor ? NULL : before;
}

/* Two full stops or three, which stand for "to": how many. */
static uint32_t dots(const struct tks *s, uint32_t p)
{
    if (!tk_sign(s, p, '.') || !tk_sign(s, p + 1, '.'))
        return 0;
    if (tk_sign(s, p + 2, '.'))
        return 3;
    return p + 2 < s->count && !s->at[p].space && !s->at[p + 1].space && !s->at[p + 2].space ? 2 : 0;
}

static int number_close(const struct tks *s, uint32_t i)
{
    return i < s->count && s->at[i].kind == TK_NUMBER && !s->at[i].space;
}

/* "5'ten 7'ye", "5-dən 7-yə qədər": the ending behind the first number. */
static int is_suffix(const struct tks *s, uint32_t p)
{
    return s->lx->suffixed && p + 1 < s->count && !s->at[p].space && (tk_sign(s, p, '\'') || tk_sign(s, p, '-')) &&
           !s->at[p + 1].space && s->at[p + 1].kind == TK_WORD &&
           !(tk_sign(s, p, '-') && tk_has(s, p + 1, LX_CARDINAL));
}

static int is_dash(const struct tks *s, uint32_t p)
{
    return p < s->count && s->at[p].kind == TK_SIGN &&
           (s->at[p].cp == '-' || (s->at[p].cp >= 0x2012 && s->at[p].cp <= 0x2015) || s->at[p].cp == '~');
}

/* "−9…−11 °C", "1..99": the token behind the dots, or 0. */
static uint32_t over_dots(const struct tks *s, const struct figure *f, uint32_t p)
{
    p += s->at[p].cp == '.' ? dots(s, p) : 1;
    if (!(f->flags & FG_DIGITS) || p >= s->count ||
        !(s->at[p].kind == TK_NUMBER || (s->at[p].kind == TK_SIGN && number_close(s, p + 1))))
        return 0;
    return p + (tk_sign(s, p, '+') && !s->at[p + 1].space);
}

/* "üç dört hafta", "iki üç bin": two numbers that follow one another, told side by side. */
static int side_by_side(const struct tks *s, const struct figure *f)
{
    uint64_t low, high, more;
    uint32_t used, p = f->after;
    return s->lx->suffixed && p == f->number + 1 && f->last == p && f->first == f->number &&
           !(f->flags & (FG_DIGITS | FG_SCALED | FG_FRACTION | FG_ORDINAL)) && s->at[f->number].kind == TK_WORD &&
           nb_cardinal(s, f->number, LX_CARDINAL, &low, &used) && low > 1 &&
           nb_cardinal(s, p, LX_CARDINAL, &high, &used) && used == 1 && high == low + 1 && high < 10 &&
           !s->at[p - 1].stem && !s->at[p].stem && !(nb_cardinal(s, p + 1, LX_CARDINAL, &more, &used) && more < 100);
}

/* "beş binden on bine", "12 yıldan 20 yıla kadar": the case ending of the first number joins the second, which has
 * one, too. */
static int from_case(const struct tks *s, const struct figure *f)
{
    uint32_t p = f->last;
    int bare = f->flags & (FG_WORDS | FG_SCALED) && !f->unit && p == f->after,
        measured = f->unit && f->kind != ASSAY_KIND_PERCENT && p == f->after + 1;
    return s->lx->suffixed && (bare || measured) && s->at[p - 1].stem && tk_ends(s, p - 1, LX_ENDS_FROM) &&
           p < s->count &&
           (s->at[p].kind == TK_NUMBER || (s->at[p].kind == TK_WORD && tk_has(s, p, LX_CARDINAL)));
}

/* What stands behind f and may join another quantity to it: gives the token behind that, 0 where nothing does. */
static uint32_t over_joint(const struct tks *s, const struct figure *f, struct link *to)
{
    uint32_t p = f->last, length;
    to->worded = (uint32_t)from_case(s, f);
    if (to->worded || side_by_side(s, f))
        return p;
    if (is_suffix(s, p)) {
        to->cased = 1;
        return p + 2 < s->count && s->at[p + 2].kind == TK_NUMBER ? p + 2 : 0;
    }
    if (tk_sign(s, p, 0x2026) || dots(s, p)) {
        to->dash = 1;
        return over_dots(s, f, p);
    }
    if (is_dash(s, p)) {
        to->dash = 1;
        to->odd = s->at[p].space && s->at[p].space != (p + 1 < s->count ? s->at[p + 1].space : 0); /* "2 -7 l" */
        int turns = !s->at[p].space && tk_is(s, p + 1, LX_JOIN, OF_TO, &length); /* "30- to 39-year" */
        return turns ? nb_hyphen(s, p + 1 + length) : p + 1; /* "ten-to-twelve-day" */
    }
    if (tk_is(s, p, LX_JOIN, OF_TO, &length)) {
        p += length;
        return p + (tk_sign(s, p, '-') && !s->at[p].space && number_close(s, p + 1)); /* "200,000 to-260,000" */
    }
    if (s->lx->verb_last && tk_is(s, p, LX_JOIN, OF_AND, &length) && p + length + 1 < s->count &&
        s->at[p + length].kind == TK_NUMBER && tk_is(s, p + length + 1, LX_JOIN, OF_BETWEEN, NULL))
        return p + length; /* "20 ve 30 arasında" */
    return to->opens == OF_BETWEEN && tk_is(s, p, LX_JOIN, OF_AND, &length) ? p + length : 0;
}

/* Whether a second quantity may be joined to f. */
static int linked(const struct tks *s, const struct figure *f, uint32_t floor, struct link *to)
{
    uint32_t length, lead = 0;
    const struct lx_meaning *before = opening(s, f, floor, &lead);
    *to = (struct link){.opens = before ? before->of : OF_NONE, .lead = lead};
    uint32_t p = over_joint(s, f, to);
    int place = f->flags & FG_ORDINAL && to->opens != OF_BETWEEN;
    if (!p || p >= s->count || f->kind == ASSAY_KIND_MULTIPLE || f->flags & FG_RATIO || place)
        return 0;
    if (to->opens == OF_BETWEEN && tk_is(s, p, LX_WORD, OF_ARTICLE, &length) && p + length < s->count &&
        qt_starts(s, p + length))
        p += length;
    const struct lx_meaning *bound = tk_mean(s, p, LX_BOUND, &length);
    if (bound && bound->of == OF_ABOUT)
        p += length;
    p += tk_sign(s, p, '+') && number_close(s, p + 1); /* "from -2 to +3" */
    if (p < s->count && !qt_starts(s, p) && tk_mean(s, p, LX_CURRENCY, &length)) /* "to $US171 million" */
        p += length;
    if (p >= s->count || !qt_starts(s, p))
        return 0;
    if (s->at[p].kind == TK_WORD && tk_has(s, p, LX_SCALE) &&
        !(s->at[p].mask & (LX_BIT(LX_CARDINAL) | LX_BIT(LX_VAGUE))) && !tk_has(s, p + 1, LX_CARDINAL) &&
        !(before && s->at[p].letters > 3))
        return 0;
    to->second = p;
    return 1;
}

/* "минус 3-5 градусов", "−3–5 °C": the sign is told once for both; "-5–3 °C" and "eksi 5 - artı 3" have one each. */
static int both_cold(const struct tks *s, const struct figure *f, const struct figure *second)
{
    int degrees = qt_is_degree(second->unit);
    int bare = !second->unit && second->kind == ASSAY_KIND_NUMBER &&
               s->at[f->number].kind == TK_WORD; /* "ночью минус 12-14" */
    if (!(degrees || bare) || f->unit || f->value.sign >= 0 || second->value.sign <= 0 || !second->number ||
        s->at[second->number].kind != TK_NUMBER || s->at[second->number].space || s->at[second->number - 1].cp == '+')
        return 0;
    struct assay_decimal size = f->value;
    size.sign = 1;
    return (s->at[f->number].kind == TK_WORD && tk_has(s, f->number, LX_SIGN)) ||
           assay_decimal_compare(&size, &second->value) < 0;
}

/* Whether the quantity `second` can be the other end of f. */
static int ends_fit(const struct tks *s, const struct figure *f, const struct figure *second, const struct link *link)
{
    if (second->kind == ASSAY_KIND_MULTIPLE || (second->flags & FG_ORDINAL) != (f->flags & FG_ORDINAL))
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
        return 0; /* "Nasdaq -1.2% to 16,274.94" */
    return !(f->flags & FG_YEAR && !rj_year(s, second) && !link->dash); /* "in 2018 to 3.9 million" */
}

/* «тысяч десять-пятнадцать»: the scale before the first end is that of the second. */
static void scale_ahead(const struct tks *s, const struct figure *f, struct figure *second)
{
    struct assay_decimal by, product;
    if (!s->lx->inverted[0] || !(f->flags & FG_SCALED) || f->flags & FG_DIGITS || f->after <= f->number + 1 ||
        second->flags & (FG_SCALED | FG_DIGITS))
        return;
    const struct lx_meaning *m = tk_mean(s, f->number, LX_SCALE, NULL);
    if (!m)
        return;
    lx_value(m, &by);
    assay_decimal_mul(&product, &second->value, &by);
    second->value = product;
    second->flags |= FG_SCALED;
}

/* "From 21.6 cents to 24.9": cents as well; "from 95 cents to 1.20" has come to the whole. */
static void share_minor(const struct figure *f, struct figure *second)
{
    struct assay_decimal ten = f->value;
    assay_decimal_scale(&ten, 1);
    if (f->minor && assay_decimal_compare(&second->value, &ten) > 0)
        assay_decimal_scale(&second->value, -(int32_t)f->minor);
}

/* The sign, unit and scale that are told with one end hold for the other. */
static void share_ends(const struct tks *s, struct figure *f, struct figure *second, const struct link *link)
{
    struct figure bare = *f;
    share_hundred(s, f, second);
    int cold = second->value.sign < 0 && f->value.sign > 0 && !f->unit && second->first == second->number;
    if (cold && (link->dash || !(s->at[second->number].kind == TK_SIGN || tk_has(s, second->number, LX_SIGN))))
        f->value.sign = -1; /* "3-8° морозу", "від 3 до 8 градусів морозу" */
    if (link->dash && both_cold(s, f, second))
        second->value.sign = -1;
    if (f->age && f->unit && second->unit && f->last == f->after && second->kind == ASSAY_KIND_DURATION)
        f->unit = NULL; /* "aged 6 to 12 months" */
    if (!f->unit) {
        f->unit = second->unit;
        f->family = second->family;
        f->flags |= second->flags & FG_PLAIN;
        if (second->unit == second->unit_room) {
            memcpy(f->unit_room, second->unit_room, sizeof f->unit_room);
            f->unit = f->unit_room;
        }
        f->kind = second->kind;
        assay_decimal_scale(&f->value, -(int32_t)second->minor); /* "from 21.6 to 24.9 cents" */
    } else if (!second->unit) {
        second->unit = f->unit;
        second->kind = f->kind;
        share_minor(f, second);
    }
    scale_ahead(s, f, second);
    qt_share_scale(f, second);
    if (assay_decimal_compare(&f->value, &second->value) >= 0 && f->value.sign > 0 &&
        assay_decimal_compare(&bare.value, &second->value) < 0 && !change_near(s, f->first)) {
        f->value = bare.value; /* "thirty-five to four thousand" */
        f->flags = (f->flags & ~FG_SCALED) | (bare.flags & FG_SCALED);
    }
    if (second->flags & FG_RATIO && qt_share(&f->value, &second->scale, &f->value)) /* "2 to 3 of every 1,000" */
        f->flags |= FG_RATIO;
    if (second->why && !f->why)
        f->why = second->why;
}

static int from_to(struct figure *f, struct figure *second, uint32_t relation)
{
    f->has_relation = second->has_relation = 1;
    f->relation = relation;
    second->relation = ASSAY_RELATION_TO;
    return 2;
}

/* f becomes the range; `had`: it had a unit of its own. */
static void make_range(const struct tks *s, struct figure *f, const struct figure *second, const struct link *link,
                       int had)
{
    thousands(f, second);
    f->high = second->value;
    f->has_high = 1;
    f->bound = ASSAY_BOUND_RANGE;
    f->last = second->last;
    f->flags |= second->flags & FG_SCALED;
    if (f->per && !had)
        qt_speed_of(s, f);
    if (second->per) {
        memcpy(f->per_room, second->per_room, sizeof f->per_room);
        f->per = f->per_room;
    }
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
    int nought = second->after > second->number + 1 &&
                 nb_cardinal(s, second->number, LX_CARDINAL, &v, &length) && !v; /* "nought-four" */
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
    share_ends(s, f, second, link);
    *skip = next;
    if (s->lx->inverted[0] && opens == OF_FROM && !least && qt_is_unit(second->unit, "hour") &&
        second->value.exponent >= 0 && !assay_decimal_above(&second->value, 24) && !change_near(s, start))
        return -1; /* "с 9 до 17 часов", but "от 9 до 17 часов" */
    const struct lx_meaning *led = f->first > floor ? tk_before(s, f->first, LX_RELATION, NULL) : NULL;
    int from = opens == OF_FROM || (led && led->of == OF_FROM) || cased;
    int fallen = f->kind == ASSAY_KIND_DIMENSION && way_before(s, start) == OF_DECREASE && f->value.sign > 0 &&
                 assay_decimal_compare(&f->value, &second->value) < 0; /* "cayeron de 10 a 14 litros" */
    if (from && !least && !dash && !fallen && change_near(s, start) &&
        !(f->kind == ASSAY_KIND_PERCENT && against(s, start, f, second)))
        return from_to(f, second, against(s, start, f, second) ? ASSAY_RELATION_BY : ASSAY_RELATION_FROM);
    if (!dash && opens == OF_NONE && had && change_near(s, start))
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
        return dash && !had ? -1 : 0;
    }
    make_range(s, f, second, link, had);
    return 1;
}

/* The same, but f is as before where nothing joins. */
static int pair(const struct tks *s, const struct habit *h, struct figure *f, uint32_t floor, struct figure *second,
                uint32_t *skip)
{
    struct link link;
    if (!linked(s, f, floor, &link))
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
