/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands by a number: currency and unit on either side, compound units, halves of a unit. Which word behind it is
 * its unit is found in behind.c; parts of a currency are in cents.c, the per phrase in per.c.
 */
#include <stdio.h>
#include <string.h>

#include "frame.h"
#include "quantity.h"
#include "reject.h"

int qt_years(const char *unit)
{
    return qt_is_unit(unit, "year") || qt_is_unit(unit, "decade") || qt_is_unit(unit, "century");
}

uint32_t qt_kind_of_unit(const char *unit)
{
    static const char *const durations[] = {"second", "minute",      "hour",        "day",        "week",
                                            "month",  "quarter",     "year",        "decade",     "century",
                                            "night",  "millisecond", "microsecond", "nanosecond", "fortnight"};
    if (qt_is_unit(unit, "percent") || qt_is_unit(unit, "percentage-point") || qt_is_unit(unit, "permille") ||
        qt_is_unit(unit, "basis-point"))
        return ASSAY_KIND_PERCENT;
    for (size_t i = 0; i < sizeof durations / sizeof durations[0]; i++)
        if (qt_is_unit(unit, durations[i]))
            return ASSAY_KIND_DURATION;
    return ASSAY_KIND_DIMENSION;
}

/* "km2", "m3": a digit glued to the unit. */
static uint32_t power_of(const struct tks *s, uint32_t i, const char **unit, struct figure *f)
{
    if (i >= s->count || s->at[i].space || s->at[i].kind != TK_NUMBER || s->at[i].end - s->at[i].begin != 1)
        return i;
    char c = s->text[s->at[i].begin];
    size_t size = strlen(*unit);
    if ((c != '2' && c != '3') || size < 5 ||
        (strcmp(*unit + size - 5, "meter") && strcmp(*unit, "foot") && strcmp(*unit, "inch")))
        return i;
    snprintf(f->unit_room, sizeof f->unit_room, "%s-%s", c == '2' ? "square" : "cubic", *unit);
    *unit = f->unit_room;
    return i + 1;
}

static int currency_before(const struct tks *s, const struct figure *f, uint32_t first, uint32_t floor,
                           struct found *to)
{
    uint32_t start;
    const struct lx_meaning *m = first > floor ? tk_before(s, first, LX_CURRENCY, &start) : NULL;
    if (!m || start < floor)
        return 0;
    if (s->at[start].cp == 'a' && first - start == 2 && s->at[start + 1].kind == TK_SIGN && s->at[start + 1].space)
        m = tk_mean(s, ++start, LX_CURRENCY, NULL); /* "A $2 million fine" */
    if (!m)
        return 0;
    const struct tk *t = s->at + start;
    uint32_t next = f->after;
    int open =
        s->lx->noun_after && s->at[first].kind == TK_NUMBER && t->letters > 2 &&
        (next >= s->count || s->at[next].kind == TK_SIGN || s->at[next].mask & (LX_BIT(LX_WORD) | LX_BIT(LX_PER))) &&
        !(start && (s->at[start - 1].kind == TK_NUMBER ||
                    s->at[start - 1].mask & (LX_BIT(LX_SCALE) | LX_BIT(LX_OF)))); /* "euro 900 mensili" */
    if (t->kind == TK_WORD && t->upper < 2 && !strchr("$", (int)(s->at[first - 1].cp & 0x7f)) && s->at[first].space &&
        !m->exact && !open)
        return 0;
    if (t->kind == TK_WORD && first - start == 1 && t->letters == 1 &&
        (s->at[first].space || (!(f->flags & FG_SCALED) && s->at[first].end - s->at[first].begin < 4)))
        return 0; /* "R2" is a name; "R1,500", "R2 million" are sums */
    if (t->kind == TK_WORD && start > 1 && tk_sign(s, start - 1, '/') && !t->space && t->letters == 3 &&
        tk_has(s, start - 2, LX_CURRENCY))
        return 0; /* "EUR/USD 1.0842": a rate */
    if (t->kind == TK_WORD && strchr(lx_key(s->lx, m), '/') && !(f->flags & FG_SCALED))
        return 0; /* "p53": pence stand after the number */
    if (t->kind == TK_WORD && t->mask & (LX_BIT(LX_WORD) | LX_BIT(LX_REJECT)) && t->letters == 3 &&
        !(f->flags & FG_SCALED) && s->at[first].kind == TK_NUMBER && s->at[first].end - s->at[first].begin <= 3)
        return 0; /* "ALL 5", "COP29": a word or name that is a code too */
    *to = (struct found){m, start, first};
    return 1;
}

/* "an hour and a half": the unit stands before the half. */
int qt_and_half(const struct tks *s, uint32_t i, struct figure *f)
{
    uint32_t article, used, p = i;
    int bare = s->lx->inverted[0] && tk_has(s, i + 1, LX_POINT) && !qt_behind_amount(s, i); /* «час с половиной» */
    if (!bare && !tk_is(s, i, LX_WORD, OF_ARTICLE, &article))
        return 0;
    p += bare ? 0 : article;
    p += tk_sign(s, p, '\'') && !s->at[p].space; /* "un'ora e mezza" */
    const struct lx_meaning *unit = tk_mean(s, p, LX_UNIT, &used), *half;
    const struct lx_meaning *with = unit && bare ? tk_mean(s, p + used, LX_POINT, &article) : NULL;
    if (!unit || s->at[p].letters < 3 ||
        !(bare ? with && lx_key(s->lx, with)[0] == 'a' : tk_is(s, p + used, LX_JOIN, OF_AND, &article) != NULL))
        return 0;
    p += used + article;
    int one_half = tk_is(s, p, LX_WORD, OF_ARTICLE, &used) != NULL;
    p += one_half ? used : 0;
    half = tk_mean(s, p, LX_FRACTION, &used);
    if (!half || half->number <= 0 || half->over > 4 || (uint32_t)half->number >= half->over || (half->over == 3) ||
        (p + used < s->count &&
         s->at[p + used].mask & (LX_BIT(LX_SCALE) | LX_BIT(LX_UNIT) |
                                 (one_half || qt_kind_of_unit(lx_key(s->lx, unit)) == ASSAY_KIND_DURATION
                                      ? 0
                                      : LX_BIT(LX_OF)))))
        return 0;
    struct lx_meaning m = {.number = half->over + half->number, .over = half->over};
    lx_value(&m, &f->value);
    f->flags = FG_WORDS;
    f->number = f->first = i;
    f->after = f->last = p + used;
    f->unit = lx_key(s->lx, unit);
    f->kind = qt_kind_of_unit(f->unit);
    f->why = unit;
    f->confidence = 95;
    return 1;
}

/* Behind the amount of another figure the unit is a rate: "5 cents a litre". */
int qt_behind_amount(const struct tks *s, uint32_t i)
{
    return i && (s->at[i - 1].kind == TK_NUMBER ||
                 s->at[i - 1].mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY) | LX_BIT(LX_SCALE) | LX_BIT(LX_NOUN) |
                                      LX_BIT(LX_CARDINAL)));
}

/* Weights, lengths and the like: what a thing is sold or measured by. */
static int is_measure(const struct tks *s, const char *unit)
{
    static const char *const bases[] = {"kilogram", "meter", "square-meter", "cubic-meter"};
    const struct units_entry *e = s->units ? un_find(s->units, unit) : NULL;
    for (size_t k = 0; e && k < sizeof bases / sizeof bases[0]; k++)
        if (!strcmp(e->base, bases[k]))
            return strncmp(unit, "cup", 3) && strncmp(unit, "drop", 4);
    return 0;
}

/* «более километра», «около часа»: one of a unit behind a bound, in languages that have no article. */
static int bounded_unit(const struct tks *s, uint32_t i, struct figure *f)
{
    uint32_t start = 0, length, more = 0;
    const struct lx_meaning *unit = tk_mean(s, i, LX_UNIT, &length), *bound = tk_before(s, i, LX_BOUND, &start);
    const uint64_t not = LX_BIT(LX_PERIOD) | LX_BIT(LX_WORD) | LX_BIT(LX_ORDINAL) | LX_BIT(LX_CARDINAL);
    const struct lx_meaning *behind = unit ? tk_mean(s, i + length, LX_BOUND_AFTER, &more) : NULL;
    if (behind && (behind->of != OF_OVER || more < 2 || s->at[i].letters < 3))
        return 0;
    if (!unit || length != 1 || s->at[i].mask & not || (i && qt_behind_amount(s, i)) ||
        (!behind && (!bound || bound->of == OF_EXACT || s->at[i].letters < 4 || s->at[start].letters < 4 ||
                     qt_behind_amount(s, start))) ||
        lx_ends_in(s->lx->inverted, s->text + s->at[i].begin, s->at[i].end - s->at[i].begin))
        return 0; /* also "меньше литров" */
    f->unit = lx_key(s->lx, unit);
    f->kind = qt_kind_of_unit(f->unit);
    if (f->kind == ASSAY_KIND_DURATION
            ? !qt_is_unit(f->unit, "hour") && !qt_is_unit(f->unit, "minute") && !qt_is_unit(f->unit, "second")
            : f->kind != ASSAY_KIND_DIMENSION)
        return 0;
    if (!behind && i + 1 < s->count &&
        (s->at[i + 1].kind == TK_NUMBER || s->at[i + 1].mask & (LX_TRIGGERS | LX_BIT(LX_BOUND_AFTER))))
        return 0;
    assay_decimal_u64(&f->value, 1);
    f->flags |= FG_WORDS;
    f->number = f->first = i;
    f->after = f->last = i + 1;
    f->why = unit;
    f->confidence = 80;
    return 1;
}

/* "a kilogram of gold", "over a tonne", "costs a dollar": one of a unit, where the word for one is no article. */
int qt_a_unit(const struct tks *s, uint32_t i, struct figure *f)
{
    uint32_t used, length, start, p;
    if (s->lx->inverted[0])
        return bounded_unit(s, i, f);
    if (!s->lx->one_counts || !tk_is(s, i, LX_WORD, OF_ARTICLE, &used) || s->at[i].letters > 2 ||
        qt_behind_amount(s, i))
        return 0;
    p = i + used;
    const struct lx_meaning *unit = tk_mean(s, p, LX_UNIT, &length), *money = tk_mean(s, p, LX_CURRENCY, NULL),
                            *bound = tk_before(s, i, LX_BOUND, &start);
    if (tk_is(s, p, LX_REJECT, OF_NAME, &used) && used > 1)
        return 0; /* "a grain of sand" */
    int whole = i == 0 && p + (unit ? length : 1) == s->count;
    const struct lx_meaning *span = tk_before(s, i, LX_MARK, NULL);
    int lasts = whole || (span && span->of == OF_LASTS);
    int bounded =
        bound && bound->of != OF_EXACT && bound->of != OF_ABOUT ? 1 : bound != NULL && s->at[start].letters > 4;
    if (unit && s->at[p].letters > 1 && is_measure(s, lx_key(s->lx, unit)) &&
        (whole || ((tk_mean(s, p + length, LX_OF, NULL) || bounded) && s->at[p].letters > 2))) {
        f->unit = lx_key(s->lx, unit);
        f->kind = ASSAY_KIND_DIMENSION;
    } else if (unit && (bounded || lasts) && length == 1 && s->at[p].letters > 3 &&
               qt_kind_of_unit(lx_key(s->lx, unit)) == ASSAY_KIND_DURATION && !tk_has(s, p, LX_ORDINAL) &&
               !tk_is(s, p + 1, LX_REJECT, OF_AFTER, NULL) && !tk_is(s, p + 1, LX_TIME, OF_EARLIER, NULL) &&
               !tk_is(s, p + 1, LX_TIME, OF_AGO, NULL) && !qt_is_unit(lx_key(s->lx, unit), "quarter")) {
        f->unit = lx_key(s->lx, unit); /* "in under a minute", "more than a decade" */
        f->kind = ASSAY_KIND_DURATION;
    } else if (money && s->at[p].kind == TK_WORD && s->at[p].letters > (strcmp(lx_key(s->lx, money), "EUR") ? 4 : 3) &&
               !strchr(lx_key(s->lx, money), '/') && lx_key(s->lx, money)[0] != '-' &&
               (whole || p + 1 >= s->count || s->at[p + 1].kind == TK_SIGN ||
                tk_is(s, p + 1, LX_WORD, OF_ARTICLE, NULL))) {
        unit = money;
        length = 1;
        f->unit = lx_key(s->lx, money);
        f->flags |= strncmp(f->unit, "USD", 3) ? 0 : FG_PLAIN;
        f->kind = ASSAY_KIND_MONEY;
    } else {
        return 0;
    }
    assay_decimal_u64(&f->value, 1);
    f->flags |= FG_WORDS;
    f->number = f->first = i;
    f->after = f->last = p + length;
    f->why = unit;
    f->confidence = 85;
    qt_per(s, f, f->last);
    return 1;
}

/* "12 Grad unter null", "5 градусов мороза": the sign of a temperature after it. */
static void below_zero(const struct tks *s, struct figure *f)
{
    uint32_t length = 0;
    if (f->value.sign <= 0 || f->flags & (FG_ORDINAL | FG_SCALED) ||
        !(!f->unit || qt_is_degree(f->unit)))
        return;
    const struct lx_meaning *m = tk_mean(s, f->last, LX_SIGN, &length);
    uint32_t p = f->last + length;
    if (!m || (!f->unit && length < 2) || m->number >= 0 ||
        (p < s->count && (s->at[p].kind == TK_NUMBER || tk_has(s, p, LX_CARDINAL))))
        return;
    f->value.sign = -1;
    f->last = p;
}

int qt_plain(const struct tks *s, const struct found *found)
{
    const struct tk *t = s->at + found->begin;
    if (found->unit->class != LX_CURRENCY || found->end - found->begin != 1)
        return 0;
    const char *key = lx_key(s->lx, found->unit);
    if (!strncmp(key, "USD", 3))
        return t->cp == '$' || (t->kind == TK_WORD && t->letters > 4 && t->upper < 2);
    return t->kind == TK_WORD && t->upper < 2 && (key[0] == '-' || (t->letters > 2 && !key[3]));
}

/* "saatte 120 kilometre": the per phrase before the figure is part of a unit that is known. */
void qt_speed_of(const struct tks *s, struct figure *f)
{
    char whole[64];
    if (f->kind != ASSAY_KIND_DIMENSION || !f->unit || !s->units || !qt_join(whole, f->unit, f->per_room) ||
        !un_find(s->units, whole))
        return;
    memcpy(f->unit_room, whole, sizeof whole);
    f->unit = f->unit_room;
    f->per = NULL;
}

/* "$5", "EUR 5": the currency stands before. */
static void take_before(const struct tks *s, const struct found *before, struct figure *f)
{
    qt_minor(f, lx_key(s->lx, before->unit), f);
    f->flags |= qt_plain(s, before) ? FG_PLAIN : 0;
    f->first = before->begin;
    f->kind = ASSAY_KIND_MONEY;
    f->why = before->unit;
}

static void take_currency(const struct tks *s, const struct habit *h, const struct found *after, int has_before,
                          struct figure *f)
{
    const char *key = lx_key(s->lx, after->unit);
    if (!has_before || !strchr(key, '/')) {
        qt_minor(f, key, f);
        f->flags = qt_plain(s, after) && (!has_before || f->flags & FG_PLAIN) ? f->flags | FG_PLAIN
                                                                                   : f->flags & ~FG_PLAIN;
    }
    f->kind = ASSAY_KIND_MONEY;
    if (!strchr(key, '/')) /* "3 cents and 2 cents" */
        qt_add_minor(s, h, f, f->unit ? f->unit : "");
}

static void take_unit(const struct tks *s, const struct found *after, uint32_t floor, struct figure *f)
{
    const char *key = lx_key(s->lx, after->unit);
    uint32_t lead = f->first;
    if (lead > floor + 1 && tk_sign(s, lead - 1, '-') && s->at[lead - 1].space && s->at[lead].space &&
        s->at[lead - 2].kind == TK_WORD && (qt_is_unit(key, "celsius") || qt_is_unit(key, "fahrenheit")) &&
        f->value.sign > 0) {
        f->value.sign = -1; /* "- 20 °C" */
        f->first--;
    }
    if (strchr(key, '*'))
        qt_minor(f, key, f);
    else
        f->unit = key;
    struct figure part = {.flags = 0};
    if (qt_height_at(s, after->begin, f) && assay_decimal_read(&part.value, s->text + s->at[after->end].begin, 2)) {
        struct assay_decimal sum;
        assay_decimal_scale(&part.value, -2);
        assay_decimal_add(&sum, &f->value, &part.value);
        f->value = sum;
        f->last++;
    }
    f->last = power_of(s, f->last, &f->unit, f);
    f->kind = qt_kind_of_unit(f->unit);
    qt_inverse(s, f);
    below_zero(s, f);
}

/* "yüzde 20", "eksi yüzde beş" */
static void percent_before(const struct tks *s, uint32_t first, uint32_t floor, struct figure *f)
{
    uint32_t start;
    const struct lx_meaning *m = tk_before(s, first, LX_UNIT, &start);
    if (!m || start < floor || !(qt_is_unit(lx_key(s->lx, m), "percent") || qt_is_unit(lx_key(s->lx, m), "permille")))
        return;
    f->unit = lx_key(s->lx, m);
    f->kind = ASSAY_KIND_PERCENT;
    f->first = start;
    f->why = m;
    m = start > floor ? tk_before(s, start, LX_SIGN, &start) : NULL;
    if (m && m->number < 0 && start >= floor && f->value.sign > 0) {
        f->value.sign = -1;
        f->first = start;
    }
}

/* "yılda 250 bin" */
static void per_before(const struct tks *s, uint32_t floor, struct figure *f)
{
    uint32_t lead;
    const struct lx_meaning *per = f->first > floor ? tk_before(s, f->first, LX_PER, &lead) : NULL;
    if (per && lead &&
        (s->at[lead - 1].kind == TK_NUMBER ||
         (lead > 2 && s->at[lead - 3].kind == TK_NUMBER && s->at[lead - 2].kind == TK_SIGN && !s->at[lead - 2].space &&
          !s->at[lead - 1].space)))
        return; /* "2024-cü ildə" */
    if (!per || !strcmp(lx_key(s->lx, per), "per") || !strcmp(lx_key(s->lx, per), "rate"))
        return;
    qt_put(f->per_room, lx_key(s->lx, per));
    f->per = f->per_room;
    f->per_begin = lead;
    f->per_end = f->last;
    qt_speed_of(s, f);
}

void qt_read_unit(const struct tks *s, const struct habit *h, struct figure *f, uint32_t floor)
{
    struct found before = {0}, after = {0};
    uint32_t first = f->number;
    f->first = first;
    f->last = f->after;
    if (first > floor && nm_leads(s, s->at + first))
        f->first = --first;
    if (first > floor && ((s->at[first - 1].kind == TK_SIGN && !s->at[first].space && s->at[first - 1].cp == '+') ||
                          tk_sign(s, first - 1, 0xb1)))
        f->first = --first;
    if (qt_signs_of_height(s, f))
        return;
    int has_before = currency_before(s, f, first, floor, &before), has_after = qt_unit_after(s, f, &after);
    if (has_after && has_before &&
        (after.unit->class == LX_UNIT ||
         (s->at[after.begin].kind == TK_SIGN && after.end < s->count && s->at[after.end].kind == TK_NUMBER)))
        has_after = 0; /* also "$20,000 $37,000": the sign of the next */
    if (has_before)
        take_before(s, &before, f);
    if (has_after) {
        f->why = after.unit;
        f->last = after.end;
        if (after.unit->class == LX_CURRENCY)
            take_currency(s, h, &after, has_before, f);
        else
            take_unit(s, &after, floor, f);
    } else if (has_before) {
        qt_add_minor(s, h, f, f->unit ? f->unit : "");
    }
    if (s->lx->percent_first && !f->unit && first > floor)
        percent_before(s, first, floor, f);
    if (!f->unit && f->kind == ASSAY_KIND_NUMBER)
        below_zero(s, f);
    if (has_after && !has_before)
        qt_parts(s, h, f);
    if (!has_before)
        qt_unit_before(s, f, floor);
    if (!has_before && !has_after)
        qt_bracketed(s, f);
    qt_per(s, f, f->last);
    if (s->lx->verb_last && !f->per)
        per_before(s, floor, f);
}
