/* SPDX-License-Identifier: Apache-2.0
 *
 * From a number to a quantity: bound, sign, currency and unit on either side, per-phrase, range.
 */
#include <stdio.h>
#include <string.h>

#include "figure.h"
#include "shape.h"

#define STARTERS (LX_TRIGGERS | LX_BIT(LX_SIGN))

static int is_unit(const char *unit, const char *name)
{
    return unit && strcmp(unit, name) == 0;
}

static uint32_t kind_of_unit(const char *unit)
{
    static const char *const durations[] = {"second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century",
                                            "night", "millisecond", "microsecond", "nanosecond", "fortnight"};
    if (is_unit(unit, "percent") || is_unit(unit, "percentage-point") || is_unit(unit, "permille"))
        return ASSAY_KIND_PERCENT;
    for (size_t i = 0; i < sizeof durations / sizeof durations[0]; i++)
        if (is_unit(unit, durations[i]))
            return ASSAY_KIND_DURATION;
    return ASSAY_KIND_DIMENSION;
}

/* Short words such as "in", "a", "m" are units only against the number or where nothing but a sign follows. */
static int unit_fits(const struct tks *s, uint32_t i, uint32_t length, const struct figure *f)
{
    const struct tk *t = s->at + i;
    uint64_t other = LX_BIT(LX_WORD) | LX_BIT(LX_JOIN) | LX_BIT(LX_RELATION) | LX_BIT(LX_TIME) | LX_BIT(LX_PER) | LX_BIT(LX_OF);
    uint32_t next = i + length;
    if (t->kind == TK_WORD && length == 1 && t->letters <= 3 && t->upper && tk_sign(s, next, '-') && !s->at[next].space)
        return 0; /* "two Mi-8" */
    if (t->kind != TK_WORD || length > 1)
        return !(t->kind == TK_SIGN && (t->cp == '"' || t->cp == '\'') && (t->space || (f->flags & FG_WORDS)));
    if (!(t->mask & other) && t->letters > 1)
        return 1;
    if (!t->space && i == f->after)
        return 1;
    if (t->mask & other)
        return next >= s->count || (s->at[next].kind == TK_SIGN && !s->at[next].space);
    /* one letter with a blank before it */
    return (f->flags & FG_DIGITS) && !(next < s->count && !s->at[next].space && s->at[next].kind != TK_SIGN);
}

/* "km2", "m3": a digit glued to the unit. */
static uint32_t power_of(const struct tks *s, uint32_t i, const char **unit, struct figure *f)
{
    if (i >= s->count || s->at[i].space || s->at[i].kind != TK_NUMBER || s->at[i].end - s->at[i].begin != 1)
        return i;
    char c = s->text[s->at[i].begin];
    size_t size = strlen(*unit);
    if ((c != '2' && c != '3') || size < 5 || (strcmp(*unit + size - 5, "meter") && strcmp(*unit, "foot") && strcmp(*unit, "inch")))
        return i;
    snprintf(f->unit_room, sizeof f->unit_room, "%s-%s", c == '2' ? "square" : "cubic", *unit);
    *unit = f->unit_room;
    return i + 1;
}

static void minor(struct figure *f, const char *key, struct figure *to)
{
    /* "USD/100": the hundredth part */
    struct assay_decimal by, product;
    const char *slash = strchr(key, '/');
    if (key[0] == '-') { /* a currency that is not named: crowns */
        to->unit = NULL;
        return;
    }
    if (!slash) {
        to->unit = key;
        return;
    }
    size_t size = (size_t)(slash - key);
    memcpy(to->unit_room, key, size < 63 ? size : 63);
    to->unit_room[size < 63 ? size : 63] = 0;
    to->unit = to->unit_room;
    assay_decimal_u64(&by, 1);
    assay_decimal_scale(&by, slash[1] == '1' && slash[2] == '0' && slash[3] == '0' && slash[4] == '0' ? -3 : -2);
    assay_decimal_mul(&product, &f->value, &by);
    f->value = product;
    if (f->has_high) {
        assay_decimal_mul(&product, &f->high, &by);
        f->high = product;
    }
}

struct found {
    const struct lx_meaning *unit;
    uint32_t begin, end;
};

/* The unit or currency after the number: tokens [begin, end). */
static int unit_after(const struct tks *s, const struct figure *f, struct found *to)
{
    uint32_t tries[4], n = 0, p = f->after, length, best = 0;
    tries[n++] = p;
    if (nb_hyphen(s, p) != p)
        tries[n++] = p + 1;
    if (tk_sign(s, p, '.') && !s->at[p].space && f->flags & FG_SCALED)
        tries[n++] = p + 1;
    if (tk_mean(s, p, LX_OF, &length) && (f->flags & (FG_SCALED | FG_VAGUE | FG_FRACTION)))
        tries[n++] = p + length;
    for (uint32_t k = 0; k < n && !best; k++) {
        for (uint32_t class = LX_UNIT; class <= LX_CURRENCY; class++) {
            const struct lx_meaning *m = tk_mean(s, tries[k], class, &length);
            int tie = m && class == LX_CURRENCY && length == best && f->flags & FG_SCALED; /* "90 million pounds" */
            if (!m || (length <= best && !tie) || !unit_fits(s, tries[k], length, f))
                continue;
            if (k == 3 && f->flags & FG_FRACTION && class == LX_UNIT && f->flags & FG_HALF)
                continue;
            best = length;
            *to = (struct found){m, tries[k], tries[k] + length};
        }
    }
    if (best && to->end == s->count && to->end - to->begin > 1 && tk_sign(s, to->end - 1, '.'))
        to->end--; /* the full stop of the sentence */
    /* "half an hour" */
    if (!best && f->flags & FG_FRACTION && tk_is(s, p, LX_WORD, OF_ARTICLE, &length)) {
        uint32_t at = p + length;
        const struct lx_meaning *m = tk_mean(s, at, LX_UNIT, &length);
        if (m && unit_fits(s, at, length, f)) {
            *to = (struct found){m, at, at + length};
            return 1;
        }
    }
    return best != 0;
}

static int currency_before(const struct tks *s, uint32_t first, uint32_t floor, struct found *to)
{
    uint32_t start;
    const struct lx_meaning *m = first > floor ? tk_before(s, first, LX_CURRENCY, &start) : NULL;
    if (!m || start < floor)
        return 0;
    const struct tk *t = s->at + start;
    if (t->kind == TK_WORD && t->upper < 2 && !strchr("$", (int)(s->at[first - 1].cp & 0x7f)) && s->at[first].space && !m->exact)
        return 0;
    if (t->kind == TK_WORD && first - start == 1 && t->letters == 1 && s->at[first].space)
        return 0;
    *to = (struct found){m, start, first};
    return 1;
}

static void add_minor(const struct tks *s, const struct habit *h, struct figure *f, const char *major)
{
    uint32_t size, at = f->last;
    const struct lx_meaning *scale = f->flags & FG_SCALED ? NULL : tk_mean(s, at, LX_SCALE, &size);
    if (scale && s->at[at].letters > 2 && !tk_has(s, at + size, LX_CURRENCY)) { /* 75 USD million */
        struct assay_decimal by, product;
        lx_value(scale, &by);
        assay_decimal_mul(&product, &f->value, &by);
        f->value = product;
        f->flags |= FG_SCALED;
        f->last = at + size;
        return;
    }
    /* 20 dollars 43. */
    if (at < s->count && s->at[at].kind == TK_NUMBER && s->at[at].end - s->at[at].begin == 2 && s->at[at].shape == SH_NUMERAL && f->value.exponent >= 0 &&
        !(f->flags & FG_SCALED) && (at + 1 >= s->count || s->at[at + 1].kind == TK_SIGN) && !tk_sign(s, at + 1, '%') && !tk_has(s, at + 1, LX_CURRENCY)) {
        struct assay_decimal cents, sum;
        if (assay_decimal_read(&cents, s->text + s->at[at].begin, 2)) {
            assay_decimal_scale(&cents, -2);
            assay_decimal_add(&sum, &f->value, &cents);
            f->value = sum;
            f->last = at + 1;
            return;
        }
    }
    /* 5 euros 20 cents; 3 GBP 1 penny */
    uint32_t p = f->last, used;
    if (tk_is(s, p, LX_JOIN, OF_AND, &used))
        p += used;
    if (tk_sign(s, p, '.') && !s->at[p].space)
        p++;
    struct figure part = {.flags = 0};
    if (p >= s->count || !(s->at[p].kind == TK_NUMBER || s->at[p].mask & LX_BIT(LX_CARDINAL)) || !nb_read(s, h, p, 0, &part))
        return;
    struct found unit;
    if (!unit_after(s, &part, &unit) || unit.unit->class != LX_CURRENCY)
        return;
    const char *key = lx_key(s->lx, unit.unit), *slash = strchr(key, '/');
    if (!slash || (size_t)(slash - key) != strlen(major) || memcmp(key, major, strlen(major)))
        return;
    struct figure scratch = {0};
    struct assay_decimal sum;
    minor(&part, key, &scratch);
    assay_decimal_add(&sum, &f->value, &part.value);
    f->value = sum;
    f->last = unit.end;
}

void qt_per(const struct tks *s, struct figure *f, uint32_t at)
{
    uint32_t p = at, length, used, start = p;
    const struct lx_meaning *per = NULL;
    if (tk_sign(s, p, '/') && p + 1 < s->count)
        length = 1;
    else if ((per = tk_mean(s, p, LX_PER, &length)) == NULL)
        return;
    if (tk_is(s, p + length + 1, LX_TIME, OF_AGO, NULL) || tk_is(s, p + length, LX_TIME, OF_AGO, NULL))
        return; /* "a year ago" */
    if (per && (tk_has(s, p + length, LX_RELATIVE) || tk_has(s, p + length + 1, LX_RELATIVE)) && s->lx->noun_after)
        return; /* "el año pasado" */
    if (per && strcmp(lx_key(s->lx, per), "per")) { /* one word says all: "annually", "в год" */
        snprintf(f->per_room, sizeof f->per_room, "%s", lx_key(s->lx, per));
        f->per = f->per_room;
        f->per_begin = start;
        f->per_end = p + length;
        return;
    }
    p += length;
    if (tk_is(s, p, LX_WORD, OF_ARTICLE, &used))
        p += used;
    const struct lx_meaning *m = tk_mean(s, p, LX_UNIT, &used);
    if (!m)
        m = tk_mean(s, p, LX_NOUN, &used);
    if (!m || (m->class == LX_UNIT && s->at[p].letters == 1 && s->at[p].space))
        return;
    const char *key = lx_key(s->lx, m);
    if (m->class == LX_UNIT && (f->kind == ASSAY_KIND_DIMENSION) && f->unit && strlen(f->unit) < 28 && strlen(key) < 28) {
        char whole[64];
        snprintf(whole, sizeof whole, "%s-per-%s", f->unit, key);
        memcpy(f->unit_room, whole, sizeof whole);
        f->unit = f->unit_room;
        f->last = p + used;
        return;
    }
    if (!per && at != f->last)
        return;
    snprintf(f->per_room, sizeof f->per_room, "%s", key);
    f->per = f->per_room;
    f->per_begin = start;
    f->per_end = p + used;
}

static void read_unit(const struct tks *s, const struct habit *h, struct figure *f, uint32_t floor)
{
    struct found before = {0}, after = {0};
    uint32_t first = f->number;
    f->first = first;
    f->last = f->after;
    if (first > floor && s->at[first - 1].kind == TK_SIGN && !s->at[first].space && s->at[first - 1].cp == '+') {
        f->first = --first;
    } else if (first > floor && tk_sign(s, first - 1, 0xb1)) {
        f->first = --first;
    }
    int has_before = currency_before(s, first, floor, &before), has_after = unit_after(s, f, &after);
    if (has_after && has_before && after.unit->class == LX_UNIT)
        has_after = 0;
    if (has_before) {
        minor(f, lx_key(s->lx, before.unit), f);
        f->first = before.begin;
        f->kind = ASSAY_KIND_MONEY;
        f->why = before.unit;
        if (f->first > floor && tk_sign(s, f->first - 1, '-') && !s->at[f->first].space && s->at[f->first - 1].space) {
            f->value.sign = -f->value.sign; /* -$5 */
            f->first--;
        }
    }
    if (has_after) {
        const char *key = lx_key(s->lx, after.unit);
        f->why = after.unit;
        f->last = after.end;
        if (after.unit->class == LX_CURRENCY) {
            if (!has_before || !strchr(key, '/'))
                minor(f, key, f);
            f->kind = ASSAY_KIND_MONEY;
            add_minor(s, h, f, f->unit ? f->unit : "");
        } else {
            uint32_t lead = f->first;
            if (lead > floor + 1 && tk_sign(s, lead - 1, '-') && s->at[lead - 1].space && s->at[lead].space && s->at[lead - 2].kind == TK_WORD &&
                (is_unit(key, "celsius") || is_unit(key, "fahrenheit")) && f->value.sign > 0) {
                f->value.sign = -1; /* "- 20 °C" */
                f->first--;
            }
            f->unit = key;
            f->last = power_of(s, f->last, &f->unit, f);
            f->kind = kind_of_unit(f->unit);
        }
    } else if (has_before) {
        add_minor(s, h, f, f->unit ? f->unit : "");
    }
    if (s->lx->percent_first && !f->unit && first > floor) {
        uint32_t start;
        const struct lx_meaning *m = tk_before(s, first, LX_UNIT, &start);
        if (m && start >= floor && is_unit(lx_key(s->lx, m), "percent")) {
            f->unit = "percent";
            f->kind = ASSAY_KIND_PERCENT;
            f->first = start;
            f->why = m;
        }
    }
    qt_per(s, f, f->last);
    uint32_t lead;
    const struct lx_meaning *per = s->lx->verb_last && !f->per && f->first > floor ? tk_before(s, f->first, LX_PER, &lead) : NULL;
    if (per && strcmp(lx_key(s->lx, per), "per")) { /* "yılda 250 bin" */
        snprintf(f->per_room, sizeof f->per_room, "%s", lx_key(s->lx, per));
        f->per = f->per_room;
        f->per_begin = lead;
        f->per_end = f->last;
    }
}

/* "2012-13", "1990s": no figures; a bare year needs more than itself. */
static int year_only(const struct tks *s, const struct figure *f, uint32_t floor)
{
    uint32_t start;
    if (f->flags & FG_WORDS && !f->unit && f->number > 1 && tk_mean(s, f->number - 1, LX_OF, NULL) && tk_has(s, f->number - 2, LX_MONTH))
        return 1; /* "octubre de dos mil veinte" */
    if (!rj_year(s, f))
        return 0;
    if (f->unit)
        return is_unit(f->unit, "year") && tk_is(s, f->after, LX_TIME, OF_MARK, NULL) != NULL;
    if (tk_has(s, f->after, LX_NOUN) && !(s->at[f->after].mask & LX_BIT(LX_TIME)))
        return 0;
    const struct lx_meaning *bound = f->first > floor ? tk_before(s, f->first, LX_BOUND, &start) : NULL;
    if (bound && start >= floor && !tk_has(s, start, LX_TIME) && f->after < s->count && s->at[f->after].kind == TK_WORD && bound->of != OF_ABOUT)
        return 0;
    if (bound && start >= floor && bound->of == OF_EXACT && start + 1 < f->first)
        return 0;
    if (bound && start >= floor && (bound->of == OF_OVER || bound->of == OF_UNDER) && s->at[start].letters > 3 && start + 1 < f->first)
        return 0;
    return s->count > 1;
}

static void read_bound(const struct tks *s, struct figure *f, uint32_t floor)
{
    uint32_t start, length, p = f->last;
    const struct lx_meaning *m = f->first > floor ? tk_before(s, f->first, LX_BOUND, &start) : NULL;
    if (!m && f->first > floor + 1 && tk_is(s, f->first - 1, LX_WORD, OF_ARTICLE, NULL))
        m = tk_before(s, f->first - 1, LX_BOUND, &start);
    if (m && start >= floor) {
        if (m->of == OF_EXACT)
            return;
        f->first = start;
        f->bound = m->of == OF_ABOUT ? ASSAY_BOUND_ABOUT : m->of == OF_OVER ? ASSAY_BOUND_OVER : m->of == OF_AT_LEAST ? ASSAY_BOUND_AT_LEAST
                   : m->of == OF_UNDER ? ASSAY_BOUND_UNDER : ASSAY_BOUND_AT_MOST;
        /* "about more than": a second bound word before the first */
        m = start > floor ? tk_before(s, start, LX_BOUND, &start) : NULL;
        if (m && start >= floor && m->of == OF_ABOUT)
            f->first = start;
        return;
    }
    /* "более чем на 15%": the bound stands before the relation; the span stays at the figure */
    uint32_t lead;
    if (!m && f->first > floor && tk_before(s, f->first, LX_RELATION, &lead) && lead > floor) {
        m = tk_before(s, lead, LX_BOUND, &start);
        if (m && start >= floor && m->of != OF_EXACT) {
            f->bound = m->of == OF_ABOUT ? ASSAY_BOUND_ABOUT : m->of == OF_OVER ? ASSAY_BOUND_OVER : m->of == OF_AT_LEAST ? ASSAY_BOUND_AT_LEAST
                       : m->of == OF_UNDER ? ASSAY_BOUND_UNDER : ASSAY_BOUND_AT_MOST;
            return;
        }
    }
    /* "or more"; 5'ten fazla */
    if (p < s->count && !s->at[p].space && (tk_sign(s, p, '\'') || tk_sign(s, p, '-')) && p + 1 < s->count && s->at[p + 1].kind == TK_WORD && !s->at[p + 1].space)
        p += 2;
    m = tk_mean(s, p, LX_BOUND_AFTER, &length);
    if (!m)
        return;
    f->last = p + length;
    f->bound = m->of == OF_ABOUT ? ASSAY_BOUND_ABOUT : m->of == OF_OVER ? ASSAY_BOUND_OVER : m->of == OF_AT_LEAST ? ASSAY_BOUND_AT_LEAST
               : m->of == OF_UNDER ? ASSAY_BOUND_UNDER : m->of == OF_EXACT ? ASSAY_BOUND_EXACT : ASSAY_BOUND_AT_MOST;
}

static int starts(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    if (t->kind == TK_SKIP)
        return 0;
    return t->kind == TK_NUMBER || t->compound || t->mask & STARTERS || (t->kind == TK_SIGN && (t->cp == '-' || t->cp == 0x2013)) ||
           tk_is(s, i, LX_WORD, OF_ARTICLE, NULL);
}

/* One bare word for one, an ordinal that is a name's part, "half" as an adjective: no claims. */
static int too_weak(const struct tks *s, const struct figure *f)
{
    uint32_t p = f->after, length;
    if (s->count == f->after - f->number)
        return 0; /* the whole text */
    if (f->flags & FG_ONE && p < s->count && s->at[p].kind == TK_NUMBER)
        return 1; /* "un 3 %" */
    if (f->flags & FG_ONE && !f->unit && f->kind != ASSAY_KIND_MONEY) {
        if (tk_has(s, p, LX_NOUN))
            return 0;
        return !(tk_before(s, f->number, LX_BOUND, NULL));
    }
    if (f->flags & FG_FRACTION && !(f->flags & FG_DIGITS) && f->number && tk_has(s, f->number - 1, LX_ORDINAL))
        return 1; /* "the second half" */
    if (f->flags & FG_FRACTION && !(f->flags & FG_DIGITS) && !f->unit && f->after - f->number == 1 && s->at[f->number].kind == TK_WORD) {
        if (tk_mean(s, p, LX_OF, &length) || tk_is(s, p, LX_WORD, OF_ARTICLE, NULL) || tk_is(s, p, LX_WORD, OF_GENITIVE, NULL))
            return 0;
        return !(f->number && tk_is(s, f->number - 1, LX_WORD, OF_ARTICLE, NULL) && f->flags & FG_HALF && 0);
    }
    if (f->flags & FG_ORDINAL && (tk_has(s, f->number, LX_WEEKDAY) || tk_has(s, p, LX_WEEKDAY) || tk_has(s, p, LX_MONTH)))
        return 1;
    if (f->flags & FG_ORDINAL && f->first > 0 && nb_hyphen(s, p) != p && s->at[nb_hyphen(s, p)].kind == TK_WORD)
        return 1; /* "third-party" */
    if (f->flags & FG_ORDINAL) {
        const struct tk *t = s->at + f->number;
        if (t->upper && f->number > 0)
            return 1;
        if (p < s->count && s->at[p].upper && s->at[p].kind == TK_WORD && !s->lx->noun_capital && f->number > 0)
            return 1;
        if (tk_has(s, p, LX_PERIOD) && !tk_has(s, p, LX_NOUN))
            return 1;
        if (f->after == f->number + 1 && tk_has(s, f->number, LX_WORD))
            return 1;
    }
    return 0;
}

static int multiple_word(const struct tks *s, uint32_t i, struct figure *f)
{
    uint32_t length;
    const struct lx_meaning *m = tk_mean(s, i, LX_MULTIPLE, &length);
    if (!m || m->number == 0)
        return 0;
    lx_value(m, &f->value);
    f->number = f->first = i;
    f->after = f->last = i + length;
    f->flags = FG_WORDS | FG_MULTIPLE;
    f->kind = ASSAY_KIND_MULTIPLE;
    f->why = m;
    f->confidence = 90;
    f->has_relation = 1;
    f->relation = ASSAY_RELATION_FOLD;
    f->change = m->of == OF_INCREASE ? ASSAY_CHANGE_INCREASE : m->of == OF_DECREASE ? ASSAY_CHANGE_DECREASE : ASSAY_CHANGE_LEVEL;
    return 1;
}

/* "14.5-fold", "three times as many", "в три раза". */
static void fold_after(const struct tks *s, struct figure *f)
{
    uint32_t length, p = nb_hyphen(s, f->after);
    const struct lx_meaning *m = tk_mean(s, p, LX_MULTIPLE, &length);
    if (!m || m->number != 0 || f->unit)
        return;
    if (m->of == OF_INCREASE && !(f->number && tk_is(s, f->number - 1, LX_RELATION, OF_IN, NULL)) &&
        !(f->first && tk_is(s, f->first - 1, LX_RELATION, OF_IN, NULL)))
        return;
    f->flags |= FG_MULTIPLE;
    f->kind = ASSAY_KIND_MULTIPLE;
    f->last = p + length;
    f->has_relation = 1;
    f->relation = ASSAY_RELATION_FOLD;
    f->why = m;
}

/* "one in five", "three out of four". */
static int ratio(const struct tks *s, const struct habit *h, struct figure *f)
{
    uint32_t length;
    const struct lx_meaning *join = tk_is(s, f->after, LX_JOIN, OF_IN, &length);
    if (!join || f->unit || f->value.exponent < 0 || f->flags & (FG_SCALED | FG_VAGUE | FG_ORDINAL | FG_FRACTION))
        return 0;
    struct figure g = {0};
    uint32_t p = f->after + length;
    if (tk_is(s, p, LX_WORD, OF_ARTICLE, &length))
        p += length;
    if (p >= s->count || !(s->at[p].kind == TK_NUMBER || s->at[p].mask & LX_BIT(LX_CARDINAL) || s->at[p].compound == 1) || !nb_read(s, h, p, 1, &g))
        return 0;
    if (g.value.exponent < 0 || assay_decimal_compare(&f->value, &g.value) >= 0 || g.value.sign <= 0 || rj_year(s, &g) || f->value.sign <= 0)
        return 0;
    char a[64], b[64];
    struct lx_meaning m = {0};
    if (assay_decimal_print(a, &f->value) > 9 || assay_decimal_print(b, &g.value) > 9)
        return 0;
    for (const char *c = a; *c; c++)
        m.number = m.number * 10 + (*c - '0');
    for (const char *c = b; *c; c++)
        m.over = m.over * 10 + (uint32_t)(*c - '0');
    lx_value(&m, &f->value);
    f->flags = (f->flags & ~FG_ONE) | FG_RATIO;
    f->after = f->last = g.after;
    f->why = join;
    return 1;
}

/* "Rossi, 58," and "aged 58", "58 years old", "58-year-old". */
static void age(const struct tks *s, struct figure *f)
{
    uint32_t i = f->number, p = nb_hyphen(s, f->after), length;
    const struct lx_meaning *m = tk_is(s, p, LX_AGE, OF_OLD, &length);
    struct assay_decimal most;
    assay_decimal_u64(&most, 125);
    if (f->value.exponent < 0 || f->value.sign <= 0 || assay_decimal_compare(&f->value, &most) > 0 || f->flags & (FG_ORDINAL | FG_SCALED))
        return;
    int beside = f->after == i + 1 && s->at[i].kind == TK_NUMBER && i > 1 && tk_sign(s, i - 1, ',') && s->at[i - 2].kind == TK_WORD && s->at[i - 2].upper &&
                 !(s->at[i - 2].mask & LX_BIT(LX_MONTH)) && (tk_sign(s, f->after, ',') || (f->after + 1 >= s->count)) && f->value.digits >= 1 && !f->unit &&
                 s->at[f->after].begin == s->at[i].end;
    uint32_t start;
    const struct lx_meaning *before = i ? tk_before(s, i, LX_AGE, &start) : NULL;
    if (!m && !beside && !(before && before->of == OF_AGED))
        return;
    f->age = 1;
    if (!f->unit || f->kind == ASSAY_KIND_DURATION) {
        f->unit = f->unit ? f->unit : "year";
        f->kind = ASSAY_KIND_DURATION;
        if (m && m->number == 0 && length > 0 && f->last < p + length)
            f->last = p + length;
    }
}

/* "a las 7", "alle 7", "saat 21", "в 7 часов": the time of day. */
static int at_clock(const struct tks *s, const struct figure *f)
{
    uint32_t start, p = f->after;
    struct assay_decimal most;
    assay_decimal_u64(&most, 24);
    if (f->unit ? !is_unit(f->unit, "hour") : f->kind != ASSAY_KIND_NUMBER)
        return 0;
    if (!f->first || f->value.sign < 0 || assay_decimal_compare(&f->value, &most) > 0 || f->flags & (FG_ORDINAL | FG_SCALED | FG_FRACTION))
        return 0;
    const struct lx_meaning *m = tk_before(s, f->first, LX_REJECT, &start);
    uint32_t longer;
    if (!m || m->of != OF_AT || (tk_before(s, f->first, LX_BOUND, &longer) && longer < start))
        return 0;
    if (f->unit)
        return 1;
    return p >= s->count || s->at[p].kind != TK_WORD || s->at[p].mask & (LX_BIT(LX_WORD) | LX_BIT(LX_OF) | LX_BIT(LX_JOIN) | LX_BIT(LX_TIME) | LX_BIT(LX_DAY) | LX_BIT(LX_REJECT));
}

/* "in 3 years", "the last 3 months", "2 days ago": a time, no claim. */
static int time_only(const struct tks *s, const struct figure *f)
{
    uint32_t start;
    if (f->kind != ASSAY_KIND_DURATION || f->age || s->count == f->last - f->first)
        return 0;
    if (tk_is(s, f->last, LX_REJECT, OF_AFTER, NULL))
        return 1;
    uint32_t i = f->first;
    const struct lx_meaning *m = i ? tk_before(s, i, LX_REJECT, &start) : NULL;
    if (!m && i > 1 && tk_is(s, i - 1, LX_BOUND, OF_ABOUT, NULL))
        m = tk_before(s, i - 1, LX_REJECT, &start);
    return m && m->of == OF_LEAD;
}

/* One quantity without range. */
static int one(const struct tks *s, const struct habit *h, uint32_t i, uint32_t floor, int joined, struct figure *f, uint32_t *skip)
{
    memset(f, 0, sizeof *f);
    *skip = i + 1;
    if (multiple_word(s, i, f)) {
        *skip = f->after;
        return 1;
    }
    if (!nb_read(s, h, i, joined, f))
        return 0;
    *skip = f->after;
    /* ordinals in digits: 21st, 4-й */
    uint32_t p = nb_hyphen(s, f->after), length;
    if (tk_sign(s, p, '\'') && !s->at[p].space && s->lx->suffixed)
        p++; /* 21'inci */
    const struct lx_meaning *suffix = p < s->count && !s->at[p].space ? tk_mean(s, p, LX_ORDINAL, &length) : NULL;
    uint32_t unit_length = 0;
    if (suffix && tk_mean(s, p, LX_UNIT, &unit_length) && unit_length > 1)
        suffix = NULL; /* 37º C */
    if (suffix && suffix->number == 0 && f->flags & FG_DIGITS && f->after == f->number + 1) {
        f->flags |= FG_ORDINAL;
        f->after = p + length;
    }
    uint32_t to;
    const struct lx_meaning *each = f->flags & FG_ORDINAL ? tk_before(s, f->number, LX_JOIN, &length) : NULL;
    if (each && each->of == OF_IN && length >= floor && f->value.exponent == 0 && f->value.digits <= 4) { /* "каждый пятый" */
        struct lx_meaning m = {.number = 1};
        for (uint32_t k = 0; k < f->value.digits; k++)
            m.over = m.over * 10 + f->value.digit[k];
        lx_value(&m, &f->value);
        f->flags = (f->flags & ~FG_ORDINAL) | FG_RATIO;
        f->first = length;
        f->last = f->after;
        f->why = each;
        return 1;
    }
    struct found unit;
    int has_unit = f->flags & FG_ORDINAL ? 0 : unit_after(s, f, &unit);
    if ((to = rj_shape(s, f, has_unit)) != 0) {
        *skip = to;
        return 0;
    }
    if (f->flags & FG_ORDINAL) {
        f->first = f->number;
        f->last = f->after;
        f->kind = ASSAY_KIND_ORDINAL;
    } else {
        read_unit(s, h, f, floor);
        age(s, f);
        if (!f->unit && f->kind == ASSAY_KIND_NUMBER)
            fold_after(s, f);
        if (!f->unit && f->kind == ASSAY_KIND_NUMBER)
            ratio(s, h, f);
    }
    if (f->flags & FG_ORDINAL && f->value.sign < 0)
        return 0;
    if (f->flags & FG_VAGUE)
        f->bound = ASSAY_BOUND_AT_LEAST;
    *skip = f->last > f->after ? f->last : f->after;
    if (year_only(s, f, floor)) {
        f->flags |= FG_YEAR;
        return 0;
    }
    if (time_only(s, f) || at_clock(s, f))
        return 0;
    return !too_weak(s, f);
}

static void share_scale(struct figure *a, const struct figure *b)
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

static int change_near(const struct tks *s, uint32_t i)
{
    for (uint32_t k = i > 8 ? i - 8 : 0; k < i; k++)
        if (tk_has(s, k, LX_CHANGE))
            return 1;
    if (s->lx->verb_last)
        for (uint32_t k = i; k < i + 12 && k < s->count; k++)
            if (tk_has(s, k, LX_CHANGE))
                return 1;
    return 0;
}

/* Joins f and the quantity after it. 1: f is a range now; 2: two claims, from and to. */
static int range(const struct tks *s, const struct habit *h, struct figure *f, uint32_t floor, struct figure *second, uint32_t *skip)
{
    uint32_t p = f->last, length, next, start = f->first, lead = 0;
    const struct lx_meaning *before = start > floor ? tk_before(s, start, LX_JOIN, &lead) : NULL;
    if (before && lead < floor)
        before = NULL;
    uint32_t opens = before ? before->of : OF_NONE;
    int dash = p < s->count && s->at[p].kind == TK_SIGN && (s->at[p].cp == '-' || (s->at[p].cp >= 0x2012 && s->at[p].cp <= 0x2015) || s->at[p].cp == '~');
    /* suffixes: 5'ten 7'ye; 5-dən 7-yə qədər */
    if (s->lx->suffixed && p + 1 < s->count && !s->at[p].space && (tk_sign(s, p, '\'') || tk_sign(s, p, '-')) && !s->at[p + 1].space && s->at[p + 1].kind == TK_WORD) {
        p += 2;
        dash = 0;
        length = 0;
        if (p >= s->count || s->at[p].kind != TK_NUMBER)
            return 0;
    } else if (dash) {
        length = 1;
        if (s->at[p].space != (p + 1 < s->count ? s->at[p + 1].space : 0) && s->at[p].space)
            return 0;
    } else if (tk_is(s, p, LX_JOIN, OF_TO, &length)) {
    } else if (s->lx->verb_last && tk_is(s, p, LX_JOIN, OF_AND, &length) && p + length + 1 < s->count && s->at[p + length].kind == TK_NUMBER &&
               tk_is(s, p + length + 1, LX_JOIN, OF_BETWEEN, NULL)) { /* "20 ve 30 arasında" */
    } else if (opens == OF_BETWEEN && tk_is(s, p, LX_JOIN, OF_AND, &length)) {
    } else {
        return 0;
    }
    p += length;
    if (p >= s->count || f->kind == ASSAY_KIND_MULTIPLE || f->flags & (FG_ORDINAL | FG_RATIO))
        return 0;
    uint32_t inner;
    const struct lx_meaning *bound = tk_mean(s, p, LX_BOUND, &inner);
    if (bound && bound->of == OF_ABOUT)
        p += inner;
    if (p >= s->count || !(starts(s, p) || (tk_has(s, p, LX_CURRENCY) && starts(s, p + 1 < s->count ? p + 1 : p))))
        return 0;
    if (tk_has(s, p, LX_CURRENCY) && !starts(s, p))
        p++;
    if (s->at[p].kind == TK_WORD && tk_has(s, p, LX_SCALE) && !(s->at[p].mask & (LX_BIT(LX_CARDINAL) | LX_BIT(LX_VAGUE))))
        return 0;
    if (!one(s, h, p, f->last, 1, second, &next) || second->kind == ASSAY_KIND_MULTIPLE || second->flags & FG_ORDINAL)
        return 0;
    if (f->unit && second->unit && strcmp(f->unit, second->unit) && f->kind != second->kind)
        return 0;
    int had = f->unit != NULL;
    if (f->flags & FG_YEAR && !rj_year(s, second) && !dash)
        return 0; /* "in 2018 to 3.9 million" */
    if (!had) {
        f->unit = second->unit;
        if (second->unit == second->unit_room) {
            memcpy(f->unit_room, second->unit_room, sizeof f->unit_room);
            f->unit = f->unit_room;
        }
        f->kind = second->kind;
    } else if (!second->unit) {
        second->unit = f->unit;
        second->kind = f->kind;
    }
    share_scale(f, second);
    *skip = next;
    if (second->why && !f->why)
        f->why = second->why;
    if ((opens == OF_FROM || (f->first > floor && tk_before(s, f->first, LX_RELATION, NULL) && tk_before(s, f->first, LX_RELATION, NULL)->of == OF_FROM) || s->lx->suffixed) && !dash && change_near(s, start)) {
        f->has_relation = second->has_relation = 1;
        f->relation = ASSAY_RELATION_FROM;
        second->relation = ASSAY_RELATION_TO;
        return 2;
    }
    if (!dash && opens == OF_NONE && had && change_near(s, start))
        return 0; /* "rose 5% to 1,333" */
    int falls = assay_decimal_compare(&f->value, &second->value) >= 0;
    if (falls && opens == OF_FROM && !dash) { /* "lowered from 50 to 30" */
        f->has_relation = second->has_relation = 1;
        f->relation = ASSAY_RELATION_FROM;
        second->relation = ASSAY_RELATION_TO;
        return 2;
    }
    if (falls && !(f->value.sign < 0))
        return -1;
    f->high = second->value;
    f->has_high = 1;
    f->bound = ASSAY_BOUND_RANGE;
    f->last = second->last;
    f->flags |= second->flags & FG_SCALED;
    if (second->per) {
        memcpy(f->per_room, second->per_room, sizeof f->per_room);
        f->per = f->per_room;
    }
    if (opens == OF_BETWEEN || opens == OF_FROM)
        f->first = lead;
    return 1;
}

static int lower(uint32_t bound)
{
    return bound == ASSAY_BOUND_OVER || bound == ASSAY_BOUND_AT_LEAST;
}

static int upper(uint32_t bound)
{
    return bound == ASSAY_BOUND_UNDER || bound == ASSAY_BOUND_AT_MOST;
}

/* "more than 10 and less than 20": one range. */
static void two_sided(const struct tks *s, const struct habit *h, struct figure *f, uint32_t *skip)
{
    uint32_t p = f->last, length, next;
    if (!(lower(f->bound) || upper(f->bound)) || f->kind == ASSAY_KIND_MULTIPLE)
        return;
    if (tk_sign(s, p, ','))
        p++;
    if (tk_is(s, p, LX_WORD, OF_CONJUNCTION, &length) || tk_is(s, p, LX_JOIN, OF_AND, &length))
        p += length;
    if (p == f->last || !tk_mean(s, p, LX_BOUND, &length))
        return;
    struct figure g;
    if (p + length >= s->count || !starts(s, p + length) || !one(s, h, p + length, p, 1, &g, &next))
        return;
    read_bound(s, &g, f->last);
    if (!(lower(f->bound) ? upper(g.bound) : lower(g.bound)) || (f->unit && g.unit && strcmp(f->unit, g.unit)))
        return;
    int below = lower(f->bound), order = assay_decimal_compare(&f->value, &g.value);
    if (below ? order >= 0 : order <= 0)
        return;
    f->high = below ? g.value : f->value;
    f->value = below ? f->value : g.value;
    f->has_high = 1;
    f->bound = ASSAY_BOUND_RANGE;
    f->last = g.last;
    if (!f->unit && g.unit) {
        snprintf(f->unit_room, sizeof f->unit_room, "%s", g.unit);
        f->unit = f->unit_room;
        f->kind = g.kind;
    }
    if (next > *skip)
        *skip = next;
}

int qt_read(const struct tks *s, const struct habit *h, uint32_t i, uint32_t floor, struct figure *f, struct figure *second, uint32_t *skip)
{
    *skip = i + 1;
    if (!starts(s, i))
        return 0;
    uint32_t lead;
    const struct lx_meaning *open = i > floor ? tk_before(s, i, LX_JOIN, &lead) : NULL;
    int between = open && open->of == OF_BETWEEN;
    uint32_t one_length;
    const struct lx_meaning *lone = tk_mean(s, i, LX_CARDINAL, &one_length);
    if (lone && lone->number == 1 && !lone->power && i + one_length < s->count && s->at[i + one_length].kind == TK_NUMBER && s->at[i].kind == TK_WORD)
        return 0; /* "un 3 %": an article */
    int plain = one(s, h, i, floor, !between, f, skip);
    if (!plain && !(f->flags & (FG_ONE | FG_YEAR)))
        return 0;
    uint32_t after = *skip;
    struct figure saved = *f;
    int two = range(s, h, f, floor, second, &after);
    if (two < 0 || (two == 0 && !plain)) {
        *f = saved;
        return plain && two == 0;
    }
    if (f->flags & FG_YEAR && two && !f->unit) {
        *skip = after;
        return 0;
    }
    if (two)
        *skip = after;
    else
        *f = saved;
    if (two != 1) {
        read_bound(s, f, floor);
        if (!two)
            two_sided(s, h, f, skip);
    } else if (f->first > floor) { /* a range swallows its bound word */
        uint32_t start;
        const struct lx_meaning *m = tk_before(s, f->first, LX_BOUND, &start);
        if (m && start >= floor && m->of != OF_EXACT)
            f->first = start;
    }
    if (two == 2)
        read_bound(s, second, f->last);
    if (f->last > *skip)
        *skip = f->last;
    return two == 2 ? 2 : 1;
}
