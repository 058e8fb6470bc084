/* SPDX-License-Identifier: Apache-2.0
 *
 * One quantity told in two units or in parts of one ("3 hours 20 minutes", "5 ft 11", "tres años y medio"), the greater
 * unit told without its number ("an hour and twenty minutes", "hora y media"), and the unit told before the number
 * («километров сорок»).
 */
#include <string.h>

#include "frame.h"
#include "number.h"
#include "clock.h"
#include "quantity.h"
#include "shape.h"

/* "tres años y medio", "15 chili e mezzo": the half of the unit told behind it. */
static void half_more(const struct tks *s, struct figure *f)
{
    uint32_t p = f->last, used;
    if (f->value.exponent < 0 || f->flags & (FG_SCALED | FG_VAGUE | FG_FRACTION) ||
        (f->kind != ASSAY_KIND_DURATION && f->kind != ASSAY_KIND_DIMENSION))
        return;
    const struct lx_meaning *with = tk_mean(s, p, LX_POINT, &used), *half;
    int bare = s->lx->suffixed && tk_has(s, p, LX_FRACTION); /* "iki metr yarım" */
    if (!bare && !(with && lx_key(s->lx, with)[0] != 'p') && !tk_is(s, p, LX_JOIN, OF_AND, &used))
        return;
    p += bare ? 0 : used;
    if (tk_is(s, p, LX_WORD, OF_ARTICLE, &used) && !tk_has(s, p, LX_FRACTION))
        p += used;
    half = tk_mean(s, p, LX_FRACTION, &used);
    int quarter = half && half->over == 4 && half->number < 4 && !tk_mean(s, p + used, LX_OF, NULL);
    if (!half || s->at[p].kind != TK_WORD || (half->number * 2 != half->over && !quarter) ||
        (p + used < s->count &&
         s->at[p + used].mask &
             (LX_BIT(LX_SCALE) | LX_BIT(LX_UNIT) |
              (f->kind == ASSAY_KIND_DURATION || s->lx->noun_after ? 0 : LX_BIT(LX_OF)) | LX_BIT(LX_NOUN))))
        return;
    struct assay_decimal part, sum;
    lx_value(half, &part);
    assay_decimal_add(&sum, &f->value, &part);
    f->value = sum;
    f->last = p + used;
}

int qt_ratio_of(const struct tks *s, const char *greater, const char *lesser, struct assay_decimal *ratio)
{
    static const uint32_t ratios[] = {3,   4,   7,    8,    10,   12,   14,    16,    24,     60,
                                      100, 168, 1000, 1440, 1760, 3600, 10000, 86400, 1000000};
    const struct units_entry *a = un_find(s->units, greater), *b = un_find(s->units, lesser);
    struct assay_decimal product;
    if (!a || !b || strcmp(a->base, b->base) || a->offset.sign || b->offset.sign)
        return 0;
    for (size_t i = 0; i < sizeof ratios / sizeof ratios[0]; i++) {
        assay_decimal_u64(ratio, ratios[i]);
        assay_decimal_mul(&product, &b->factor, ratio);
        if (!assay_decimal_compare(&product, &a->factor))
            return 1;
    }
    return 0;
}

/* f becomes a number of the lesser unit, `ratio` of which are one of its own, and `part` of them are added. */
static void into(struct figure *f, const struct assay_decimal *ratio, const struct assay_decimal *part,
                 const char *unit)
{
    struct assay_decimal product, sum;
    assay_decimal_mul(&product, &f->value, ratio);
    assay_decimal_add(&sum, &product, part);
    f->value = sum;
    f->unit = unit;
    f->flags &= ~FG_ONE;
}

/* "5'8\"": feet and inches by their signs. 1: f has them. */
int qt_signs_of_height(const struct tks *s, struct figure *f)
{
    uint32_t p = f->after;
    struct assay_decimal part, twelve;
    if (f->after != f->number + 1 || s->at[f->number].kind != TK_NUMBER ||
        s->at[f->number].end - s->at[f->number].begin > 2 || !(tk_sign(s, p, '\'') || tk_sign(s, p, '`')) ||
        s->at[p].space || p + 2 >= s->count || s->at[p + 1].kind != TK_NUMBER || s->at[p + 1].space > 1 ||
        s->at[p + 1].shape != SH_NUMERAL || s->at[p + 1].end - s->at[p + 1].begin > 2 || s->at[p + 2].space ||
        !(tk_sign(s, p + 2, '"') || tk_sign(s, p + 2, 0x201d) || tk_sign(s, p + 2, 0x2033)) ||
        !assay_decimal_read(&part, s->text + s->at[p + 1].begin, s->at[p + 1].end - s->at[p + 1].begin) ||
        assay_decimal_above(&part, 11))
        return 0;
    assay_decimal_u64(&twelve, 12);
    into(f, &twelve, &part, "inch");
    f->kind = ASSAY_KIND_DIMENSION;
    f->last = p + 3;
    return 1;
}

/* A whole number below `most` at p, in digits or words ("treinta y dos"): the token after it, 0: there is none. */
static uint32_t few(const struct tks *s, uint32_t p, uint64_t most, struct assay_decimal *value)
{
    uint64_t v = most, more;
    uint32_t used = 1, join, length;
    if (p >= s->count)
        return 0;
    if (s->at[p].kind == TK_NUMBER)
        v = s->at[p].plain && s->at[p].plain < 3 ? s->at[p].value : most;
    else if (!nb_cardinal(s, p, LX_CARDINAL, &v, &used))
        return 0;
    uint32_t next = p + used;
    next = s->lx->noun_after && tk_is(s, next, LX_JOIN, OF_AND, &join) ? next + join : nb_hyphen(s, next);
    if (s->at[p].kind == TK_WORD && v >= 20 && v < 100 && nb_cardinal(s, next, LX_CARDINAL, &more, &length) && more &&
        more < nb_room(s->lx, v)) {
        v += more;
        used = next + length - p;
    }
    assay_decimal_u64(value, v);
    return v < most ? p + used : 0;
}

/* "5 ft 11", "6-foot-4", "12 stone 4": the lesser unit goes without its name. 1: it is added. */
static int unnamed(const struct tks *s, struct figure *f)
{
    static const struct {
        const char *unit, *part;
        uint32_t ratio, letters;
    } pairs[] = {
        {"foot", "inch", 12, 4}, {"stone", "pound", 14, 5}, {"pound", "ounce", 16, 3}, {"hour", "minute", 60, 6}};
    uint32_t p = f->last, k = 0, end, used, hyphen = nb_hyphen(s, p);
    struct assay_decimal part, ratio;
    if (s->lx->noun_after && (qt_is_unit(f->unit, "kilometer") || qt_is_unit(f->unit, "kilogram")) && p < s->count &&
        s->at[p].plain == 3 && s->at[p].shape == SH_NUMERAL && qt_closes(s, p + 1)) { /* "3 km 500" */
        assay_decimal_u64(&part, s->at[p].value);
        assay_decimal_u64(&ratio, 1000);
        into(f, &ratio, &part, qt_is_unit(f->unit, "kilometer") ? "meter" : "gram");
        f->last = p + 1;
        return 1;
    }
    if (p && p == f->after + 1 && qt_is_unit(f->unit, "hour") && ck_hours_of(s, p - 1)) {
        assay_decimal_u64(&part, s->at[p].value);
        assay_decimal_u64(&ratio, 60);
        into(f, &ratio, &part, "minute");
        f->last = p + 1;
        return 1;
    }
    while (k < 4 && !qt_is_unit(f->unit, pairs[k].unit))
        k++;
    const struct lx_meaning *at = k == 3 && f->first ? tk_before(s, f->first, LX_REJECT, NULL) : NULL;
    if (k == 3 && f->first &&
        ((at && at->of == OF_AT) || s->at[f->first - 1].mask & (LX_BIT(LX_MONTH) | LX_BIT(LX_WEEKDAY) | LX_BIT(LX_DAY) |
                                                                LX_BIT(LX_BOUND) | LX_BIT(LX_RELATIVE))))
        return 0; /* "à 14 heures 30", "le 18 mars neuf heures trente" */
    if (k == 3 && tk_is(s, p, LX_JOIN, OF_AND, &used) && !(f->first && tk_before(s, f->first, LX_JOIN, NULL)))
        hyphen = p += used; /* "two hours and ten" */
    if (k == 4 || p >= s->count || (k == 3 && s->at[p].kind == TK_NUMBER && s->at[p].plain != 2) ||
        f->value.exponent < 0 ||
        !f->last || s->at[f->last - 1].kind != TK_WORD || s->at[f->last - 1].letters > pairs[k].letters ||
        (end = few(s, hyphen, pairs[k].ratio, &part)) == 0 || tk_has(s, nb_hyphen(s, end), LX_UNIT))
        return 0;
    if (hyphen == p ? !qt_closes(s, end) || !s->at[p].space : k != 0)
        return 0;
    assay_decimal_u64(&ratio, pairs[k].ratio);
    into(f, &ratio, &part, pairs[k].part);
    f->last = end;
    return 1;
}

/* "3 pounds 50 pence", "two pounds fifty": the pound is money here. 1: f is. */
static int pounds_of_money(const struct tks *s, const struct habit *h, struct figure *f, const char *part)
{
    if (!qt_is_unit(f->unit, "pound") || s->at[f->last - 1].letters < 5 || (part && strcmp(part, "GBP/100")) ||
        (!part && !qt_hundredths(s, h, f, 0)))
        return 0;
    f->unit = "GBP";
    f->kind = ASSAY_KIND_MONEY;
    if (part)
        qt_add_minor(s, h, f, "GBP");
    return 1;
}

/* "3 hours 25 minutes", "5 feet 2 inches": one quantity in the smaller unit. */
static void compound_units(const struct tks *s, const struct habit *h, struct figure *f)
{
    for (int times = 0; times < 3 && s->units && f->unit && f->value.exponent >= 0 && f->value.sign > 0; times++) {
        uint32_t p = f->last, length;
        struct found unit;
        struct figure part = {0};
        struct assay_decimal ratio, three;
        if (f->flags & (FG_SCALED | FG_VAGUE | FG_FRACTION) ||
            (f->kind != ASSAY_KIND_DIMENSION && f->kind != ASSAY_KIND_DURATION))
            return;
        if (unnamed(s, f) || (qt_is_unit(f->unit, "meter") && qt_hundredths(s, h, f, 1)) ||
            pounds_of_money(s, h, f, NULL))
            return;
        int listed = tk_sign(s, p, ',');
        p += (uint32_t)listed;
        if (tk_is(s, p, LX_JOIN, OF_AND, &length))
            p += length;
        if (p >= s->count ||
            !(s->at[p].kind == TK_NUMBER || s->at[p].mask & LX_BIT(LX_CARDINAL) || s->at[p].compound == 1) ||
            !nb_read(s, h, p, s->lx->noun_after, &part) || part.flags & (FG_SCALED | FG_VAGUE | FG_ORDINAL) ||
            !qt_unit_after(s, &part, &unit))
            return;
        const char *key = lx_key(s->lx, unit.unit);
        if (pounds_of_money(s, h, f, key) || unit.unit->class != LX_UNIT)
            return;
        if (qt_is_unit(f->unit, "hour") && qt_is_unit(key, "meter") && s->at[unit.begin].letters == 1)
            key = "minute"; /* "2h 15m" */
        assay_decimal_u64(&three, 3); /* "2 yards and 7 feet" */
        if (listed && qt_ratio_of(s, f->unit, key, &ratio) && ratio.digits == 1 && ratio.digit[0] == 1)
            return; /* "3 kg, 5 g": two of a list */
        if (part.value.sign < 0 || !qt_ratio_of(s, f->unit, key, &ratio) ||
            (assay_decimal_compare(&ratio, &three) && assay_decimal_compare(&part.value, &ratio) >= 0))
            return;
        into(f, &ratio, &part.value, key);
        f->after = part.after;
        f->last = unit.end;
        f->kind = qt_kind_of_unit(key);
        f->has_other = 0;
    }
}

void qt_parts(const struct tks *s, const struct habit *h, struct figure *f)
{
    half_more(s, f);
    compound_units(s, h, f);
}

/* The one word of a unit that ends before token p and has no number: its place, `end` where there is none. */
static uint32_t bare_unit(const struct tks *s, uint32_t p, uint32_t floor, const struct lx_meaning **unit)
{
    uint32_t start, per;
    *unit = p > floor ? tk_before(s, p, LX_UNIT, &start) : NULL;
    if (!*unit || start < floor || p - start != 1 || s->at[start].kind != TK_WORD || s->at[start].letters < 3)
        return p;
    if (tk_before(s, p, LX_PER, &per) && qt_behind_amount(s, per))
        return p; /* "60 km an hour and 20 minutes" */
    return start;
}

/* The article before the word at i, with or without an apostrophe: its place, i where there is none. */
static uint32_t article_before(const struct tks *s, uint32_t i, uint32_t floor)
{
    uint32_t p = i - (i > floor && tk_sign(s, i - 1, '\'') && !s->at[i].space);
    return p > floor && tk_is(s, p - 1, LX_WORD, OF_ARTICLE, NULL) ? p - 1 : i;
}

/* "an hour and twenty minutes", "час двадцать минут": one of a greater unit. */
static void one_greater(const struct tks *s, struct figure *f, uint32_t floor)
{
    const struct lx_meaning *unit;
    struct assay_decimal ratio, sum;
    int joined = f->first > floor && tk_is(s, f->first - 1, LX_JOIN, OF_AND, NULL) != NULL;
    uint32_t p = f->first - (uint32_t)joined, start = bare_unit(s, p, floor, &unit), lead;
    if (start == p || f->value.sign <= 0 || !qt_ratio_of(s, lx_key(s->lx, unit), f->unit, &ratio) ||
        assay_decimal_compare(&f->value, &ratio) >= 0)
        return;
    lead = article_before(s, start, floor);
    if (lead == start && !(s->lx->inverted[0] && !assay_decimal_above(&ratio, 100)))
        return;
    assay_decimal_add(&sum, &f->value, &ratio);
    f->value = sum;
    f->number = f->first = lead;
    f->flags |= FG_WORDS;
}

/* "hora y media", "un'ora e mezza": one of a unit, and the half behind it. */
static void one_and_half(const struct tks *s, struct figure *f, uint32_t floor)
{
    const struct lx_meaning *unit;
    struct assay_decimal one, sum;
    if (f->first <= floor || !tk_is(s, f->first - 1, LX_JOIN, OF_AND, NULL))
        return;
    uint32_t p = f->first - 1, start = bare_unit(s, p, floor, &unit);
    if (start == p || (s->lx->one_counts && article_before(s, start, floor) == start) ||
        (!(f->flags & FG_HALF) && qt_kind_of_unit(lx_key(s->lx, unit)) != ASSAY_KIND_DURATION) ||
        qt_behind_amount(s, start) ||
        (f->last < s->count &&
         s->at[f->last].mask & (LX_BIT(LX_SCALE) | LX_BIT(LX_UNIT) | LX_BIT(LX_NOUN) | LX_BIT(LX_CARDINAL))))
        return;
    assay_decimal_u64(&one, 1);
    assay_decimal_add(&sum, &f->value, &one);
    f->value = sum;
    f->unit = lx_key(s->lx, unit);
    f->kind = qt_kind_of_unit(f->unit);
    f->number = f->first = article_before(s, start, floor);
    f->flags &= ~(FG_FRACTION | FG_HALF);
    f->why = unit;
}

/* "километров сорок", "рублей пятьсот": about so many, where the unit stands before the number. */
static void inverted(const struct tks *s, struct figure *f, uint32_t floor)
{
    uint32_t p = f->first, start = p;
    struct assay_decimal one;
    assay_decimal_u64(&one, 1);
    if (p <= floor || s->at[p - 1].kind != TK_WORD || s->at[p - 1].letters < 3 ||
        assay_decimal_compare(&f->value, &one) <= 0 || f->flags & (FG_ONE | FG_YEAR | FG_FRACTION | FG_SCALED) ||
        s->at[f->number].plain > 3 ||
        !lx_ends_in(s->lx->inverted, s->text + s->at[p - 1].begin, s->at[p - 1].end - s->at[p - 1].begin) ||
        !qt_closes(s, f->last))
        return;
    const struct lx_meaning *unit = tk_before(s, p, LX_UNIT, &start);
    if (!unit)
        unit = tk_before(s, p, LX_CURRENCY, &start);
    if (!unit || p - start != 1 || start < floor || qt_behind_amount(s, start) || strchr(lx_key(s->lx, unit), '/'))
        return;
    f->unit = lx_key(s->lx, unit);
    f->kind = unit->class == LX_CURRENCY ? ASSAY_KIND_MONEY : qt_kind_of_unit(f->unit);
    f->first = start;
    f->bound = ASSAY_BOUND_ABOUT;
    f->why = unit;
}

/* «метр восемьдесят пять»: one metre and so many hundredths. The bare form has four letters. */
static int metre_and(const struct tks *s, struct figure *f, uint32_t floor)
{
    const struct lx_meaning *unit;
    struct assay_decimal one, sum;
    uint32_t start = bare_unit(s, f->first, floor, &unit);
    assay_decimal_u64(&one, 10);
    if (start == f->first || s->at[start].letters != 4 || strcmp(lx_key(s->lx, unit), "meter") ||
        qt_behind_amount(s, start) || f->value.exponent < 0 || assay_decimal_above(&f->value, 99) ||
        assay_decimal_compare(&f->value, &one) < 0 || f->flags & (FG_SCALED | FG_VAGUE) || !qt_closes(s, f->last))
        return 0;
    assay_decimal_scale(&f->value, -2);
    assay_decimal_u64(&one, 1);
    assay_decimal_add(&sum, &f->value, &one);
    f->value = sum;
    f->unit = lx_key(s->lx, unit);
    f->kind = ASSAY_KIND_DIMENSION;
    f->number = f->first = start;
    f->flags |= FG_WORDS;
    f->why = unit;
    return 1;
}

void qt_unit_before(const struct tks *s, struct figure *f, uint32_t floor)
{
    if (!s->units || f->first != f->number || !f->first)
        return;
    if (f->unit && (f->kind == ASSAY_KIND_DIMENSION || f->kind == ASSAY_KIND_DURATION) &&
        !(f->flags & (FG_SCALED | FG_VAGUE | FG_FRACTION)))
        one_greater(s, f, floor);
    else if (!f->unit && f->kind == ASSAY_KIND_NUMBER && (s->lx->noun_after || s->lx->one_counts) &&
             f->flags & FG_FRACTION && f->flags & FG_WORDS && !(f->flags & FG_SCALED))
        one_and_half(s, f, floor);
    else if (!f->unit && f->kind == ASSAY_KIND_NUMBER && s->lx->inverted[0] && !metre_and(s, f, floor))
        inverted(s, f, floor);
}
