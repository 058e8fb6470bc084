/* SPDX-License-Identifier: Apache-2.0
 *
 * The number grammar: numerals with any separators, number words, both mixed, fractions, decimals in words, ordinals.
 * Scales collapse what stands before them by a stack, so that "234 thousand 567 billones" and "2 mln 300 thousand" come
 * out right in long and short scales alike.
 */
#include <string.h>

#include "figure.h"
#include "shape.h"

enum { TERMS = 8, DIGITS = 60, MOST_WORDS = 40 };

struct sum {
    struct assay_decimal term[TERMS], scale[TERMS], digits;
    uint64_t group;
    uint32_t terms, state; /* 0 empty, 1 words in `group`, 2 `digits` */
};

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

uint32_t nb_hyphen(const struct tks *s, uint32_t i)
{
    if (tk_sign(s, i, '-') && !s->at[i].space && i + 1 < s->count && !s->at[i + 1].space)
        return i + 1;
    return i;
}

/* How much may be added to v: 20 takes up to 9, 300 up to 99, 60 and 80 in French up to 19. */
static uint64_t room_of(const struct lx *lx, uint64_t v)
{
    uint64_t room = 1;
    if (lx->vigesimal && (v == 60 || v == 80 || (v > 100 && (v % 100 == 60 || v % 100 == 80))))
        return 20;
    while (v && v % (room * 10) == 0 && room < 1000000000)
        room *= 10;
    return room;
}

static uint64_t whole_value(const struct lx_meaning *m)
{
    uint64_t v = m->number < 0 ? 0 : (uint64_t)m->number;
    for (int32_t k = 0; k < m->power && v < 1000000000000000000; k++)
        v *= 10;
    return v;
}

/* The cardinal at i as a whole number; 0: none. Sets *value. */
static const struct lx_meaning *cardinal(const struct tks *s, uint32_t i, uint32_t class, uint64_t *value, uint32_t *length)
{
    static const struct lx_meaning made = {.class = LX_CARDINAL, .over = 1};
    *length = 1;
    if (i >= s->count)
        return NULL;
    if (s->at[i].compound && (s->at[i].compound == 2) == (class == LX_ORDINAL)) {
        *value = s->at[i].value;
        return &made;
    }
    const struct lx_meaning *m = tk_mean(s, i, class, length);
    if (!m || m->power < 0 || m->over > 1)
        return NULL;
    *value = whole_value(m);
    return m;
}

static int add_words(const struct tks *s, struct sum *a, uint64_t v)
{
    if (a->state == 2)
        return 0;
    if (a->state == 0) {
        if (a->terms) {
            struct assay_decimal d;
            assay_decimal_u64(&d, v);
            if (assay_decimal_compare(&d, &a->scale[a->terms - 1]) >= 0)
                return 0;
        }
        a->group = v;
        a->state = 1;
        return 1;
    }
    if (!a->group && v && v < 10 && a->state == 1) { /* "cero cinco" */
        a->group = v;
        return 1;
    }
    if (v && v < room_of(s->lx, a->group)) {
        a->group += v;
        return 1;
    }
    uint64_t low = a->group % 1000;
    if (v == 100 && low && low < 100) {
        a->group = a->group - low + low * 100;
        return 1;
    }
    return 0;
}

static void current(const struct sum *a, struct assay_decimal *to)
{
    if (a->state == 2)
        *to = a->digits;
    else
        assay_decimal_u64(to, a->state ? a->group : 0);
}

static int add_scale(struct sum *a, const struct assay_decimal *scale)
{
    struct assay_decimal value, sum;
    int merged = 0;
    if (a->terms && assay_decimal_compare(&a->scale[a->terms - 1], scale) == 0)
        return 0;
    current(a, &value);
    if (a->state == 2 && a->terms && assay_decimal_compare(&a->scale[a->terms - 1], scale) < 0)
        return 0;
    while (a->terms && assay_decimal_compare(&a->scale[a->terms - 1], scale) < 0) {
        assay_decimal_add(&sum, &value, &a->term[--a->terms]);
        value = sum;
        merged = 1;
    }
    if (!a->state && !merged)
        assay_decimal_u64(&value, 1);
    if (a->terms == TERMS)
        return 0;
    assay_decimal_mul(&a->term[a->terms], &value, scale);
    a->scale[a->terms++] = *scale;
    a->state = 0;
    return 1;
}

static void total(const struct sum *a, struct assay_decimal *to)
{
    struct assay_decimal sum;
    current(a, to);
    for (uint32_t i = a->terms; i-- > 0;) {
        assay_decimal_add(&sum, to, &a->term[i]);
        *to = sum;
    }
}

/* Forms of one letter are a scale only in "$5m" or glued as in "30k". */
static int scale_fits(const struct tks *s, uint32_t i, const struct figure *f)
{
    const struct tk *t = s->at + i;
    if (t->kind == TK_WORD && t->letters == 2 && f->number == i)
        return 0; /* "Mn" is a sum of money only after a number */
    if (t->letters > 1 || t->kind != TK_WORD)
        return 1;
    if (t->cp >= 0x80)
        return !t->space;
    if (f->number == i)
        return 0;
    if (t->cp == 'k')
        return !t->space || s->count <= 3;
    if (t->cp == 'b' && (!t->space || t->upper))
        return 1;
    if (t->cp == 'm' && t->upper && !t->space)
        return 1;
    if (t->cp == 'm' && (t->upper || !t->space) && i + 1 < s->count && s->at[i + 1].space &&
        (s->at[i + 1].mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_NOUN))))
        return 1;
    return f->number > 0 && tk_has(s, f->number - 1, LX_CURRENCY);
}

static const struct lx_meaning *scale_at(const struct tks *s, uint32_t i, const struct figure *f, uint32_t *length)
{
    const struct lx_meaning *m = i < s->count ? tk_mean(s, i, LX_SCALE, length) : NULL;
    return m && scale_fits(s, i, f) ? m : NULL;
}

/* "." after an abbreviation, glued, with something of the figure behind it. */
static uint32_t after_stop(const struct tks *s, uint32_t i, uint64_t wanted)
{
    if (tk_sign(s, i, '.') && !s->at[i].space && i + 1 < s->count && s->at[i + 1].mask & wanted)
        return i + 1;
    return i;
}

static void put_fraction(struct figure *f, const struct assay_decimal *part)
{
    struct assay_decimal sum;
    assay_decimal_add(&sum, &f->value, part);
    f->value = sum;
}

/* 0: not a whole number of at most 17 digits. */
static uint64_t small_value(const struct assay_decimal *d)
{
    uint64_t v = 0;
    if (d->sign <= 0 || d->exponent < 0 || d->digits + (uint32_t)d->exponent > 17)
        return 0;
    for (uint32_t k = 0; k < d->digits; k++)
        v = v * 10 + d->digit[k];
    for (int32_t k = 0; k < d->exponent; k++)
        v *= 10;
    return v;
}

static uint32_t read_sum(const struct tks *s, const struct habit *h, uint32_t i, int joined, struct figure *f, struct sum *a);
static uint32_t slash(const struct tks *s, uint32_t i, struct figure *f);

/* Digits spoken after "point": "three point one four", "Komma fünf", "две целых пять десятых". */
static uint32_t spoken_decimals(const struct tks *s, const struct habit *h, uint32_t i, struct figure *f)
{
    uint32_t length, used;
    const struct lx_meaning *point = tk_mean(s, i, LX_POINT, &length);
    if (!point || lx_key(s->lx, point)[0] == 'a') /* "с половиной": what follows is added */
        return i;
    int with = lx_key(s->lx, point)[0] == 'w'; /* "con", "com": words only, and no fraction */
    uint32_t p = i + length;
    char text[DIGITS + 2] = "0.";
    size_t n = 2;
    uint64_t v, first = 0, words = 0;
    const struct lx_meaning *m;
    struct sum whole = {.terms = 0};
    struct figure rest = {.number = p};
    struct assay_decimal all;
    uint32_t whole_end = tk_has(s, p, LX_CARDINAL) || tk_has(s, p, LX_SCALE) ? read_sum(s, h, p, 1, &rest, &whole) : p;
    if (whole_end > p)
        total(&whole, &all);
    if (whole_end > p && !(rest.flags & FG_DIGITS) && whole.state == 1 && whole.terms == 1 && small_value(&whole.scale[0]) == 1000 && all.exponent >= 0 && (uint32_t)all.exponent + all.digits >= 4 && (uint32_t)all.exponent + all.digits < 20) {
        n += assay_decimal_print(text + n, &all); /* "coma mil quinientos setenta y ocho" */
        p = whole_end;
        words = 4;
    }
    while (words != 4 && n < 30 && (m = cardinal(s, p, LX_CARDINAL, &v, &used)) != NULL && v < 1000) {
        if (words == 1 && first >= 20 && first % 10 == 0 && v < 10) {
            text[n - 1] = (char)('0' + v); /* "twenty five" */
        } else {
            if (v >= 100)
                text[n++] = (char)('0' + v / 100);
            if (v >= 10)
                text[n++] = (char)('0' + v / 10 % 10);
            text[n++] = (char)('0' + v % 10);
        }
        first = v;
        words++;
        p = nb_hyphen(s, p + used);
        if (words == 1 && first >= 20 && first % 10 == 0 && tk_is(s, p, LX_JOIN, OF_AND, &used) && cardinal(s, p + used, LX_CARDINAL, &v, &length) && v < 10)
            p += used; /* "vinte e oito" */
    }
    if (with && words && tk_has(s, p, LX_FRACTION))
        return i;
    if (!words && !with && p < s->count && s->at[p].kind == TK_NUMBER && s->at[p].end - s->at[p].begin < 20) {
        uint32_t size = s->at[p].end - s->at[p].begin;
        memcpy(text + 2, s->text + s->at[p].begin, size);
        n += size;
        words = 1;
        p++;
    }
    struct assay_decimal d;
    if (!words)
        return i;
    uint32_t over_length;
    const struct lx_meaning *over = tk_mean(s, p, LX_FRACTION, &over_length);
    if (over && over->over % 10 == 0 && over->number == 1) { /* "пять десятых" */
        struct assay_decimal count, unit;
        assay_decimal_read(&count, text + 2, n - 2);
        lx_value(over, &unit);
        assay_decimal_mul(&d, &count, &unit);
        p += over_length;
    } else if (!assay_decimal_read(&d, text, n)) {
        return i;
    }
    put_fraction(f, &d);
    return p;
}

/* "and a half", "с половиной", "½", " 1/2" after the number. */
static uint32_t added_fraction(const struct tks *s, uint32_t i, struct figure *f, const struct assay_decimal *scale)
{
    uint32_t p = i, length, used;
    const struct lx_meaning *m;
    struct assay_decimal part, scaled;
    int whole = f->value.exponent >= 0;
    if (!whole)
        return i;
    if (i < s->count && s->at[i].kind == TK_NUMBER && s->at[i].shape == SH_FRACTION && f->flags & FG_DIGITS && i == f->number + 1) {
        const char *t = s->text + s->at[i].begin, *end = s->text + s->at[i].end;
        uint64_t a = 0, b = 0;
        for (; t < end && is_digit(*t); t++)
            a = a * 10 + (uint64_t)(*t - '0');
        while (t < end && !is_digit(*t))
            t++;
        for (; t < end && is_digit(*t); t++)
            b = b * 10 + (uint64_t)(*t - '0');
        if (a >= b)
            return i;
        nm_divide(a, b, &part);
        put_fraction(f, &part);
        return i + 1;
    }
    if (i < s->count && s->at[i].kind == TK_SIGN && (m = tk_mean(s, i, LX_FRACTION, &length)) != NULL) {
        lx_value(m, &part);
        put_fraction(f, &part);
        return i + 1;
    }
    if (s->lx->suffixed && (m = tk_mean(s, p, LX_FRACTION, &used)) != NULL && m->number * 2 == m->over && s->at[p].kind == TK_WORD) { /* "üç buçuk" */
        lx_value(m, &part);
        put_fraction(f, &part);
        return p + used;
    }
    if (!tk_is(s, p, LX_JOIN, OF_AND, &length) && !((m = tk_mean(s, p, LX_POINT, &length)) != NULL && lx_key(s->lx, m)[0] != 'p'))
        return i;
    p += length;
    uint64_t v = 1;
    if (p < s->count && s->at[p].kind == TK_NUMBER && s->at[p].shape == SH_FRACTION && f->flags & FG_DIGITS) { /* "1 e 4/5" */
        struct figure g = {.number = p};
        if (slash(s, p, &g))
            put_fraction(f, &g.value);
        return g.flags ? p + 1 : i;
    }
    if (tk_is(s, p, LX_WORD, OF_ARTICLE, &used) || (cardinal(s, p, LX_CARDINAL, &v, &used) && v < 20))
        p = nb_hyphen(s, p + used);
    m = tk_mean(s, p, LX_FRACTION, &used);
    if (!m || m->number <= 0 || m->number >= m->over || v == 0)
        return i;
    nm_divide(v * (uint64_t)m->number, m->over, &part);
    p += used;
    struct assay_decimal own;
    const struct lx_meaning *lesser = scale ? tk_mean(s, p, LX_SCALE, &used) : NULL;
    if (lesser)
        lx_value(lesser, &own);
    if (lesser && assay_decimal_compare(&own, scale) < 0) { /* "un billón y medio millón" */
        assay_decimal_mul(&scaled, &part, &own);
        part = scaled;
        p += used;
    } else if (scale) {
        assay_decimal_mul(&scaled, &part, scale);
        part = scaled;
    }
    put_fraction(f, &part);
    f->why = m;
    return p;
}

/* Numerals and words with their scales from token i on. */
static uint32_t read_sum(const struct tks *s, const struct habit *h, uint32_t i, int joined, struct figure *f, struct sum *a)
{
    uint32_t p = i, good = i, words = 0;
    struct assay_decimal scale;
    while (p < s->count && words++ < MOST_WORDS) {
        const struct tk *t = s->at + p;
        uint32_t length = 1, next;
        uint64_t v;
        const struct lx_meaning *m;
        if (words > 1 && t->space > 1)
            break;
        if (t->kind == TK_NUMBER) {
            uint32_t after = p + 1;
            const struct lx_meaning *with = scale_at(s, after, f, &next);
            if (t->shape == SH_FRACTION || a->state || (a->terms && (!(f->flags & FG_DIGITS) || !t->space)))
                break;
            struct figure part = {.confidence = 95};
            if (!nm_read(s, h, t, with != NULL, &part))
                break;
            if (a->terms) { /* 1 mln 250 thousand; 5 thousand 300 roubles */
                int below = assay_decimal_compare(&part.value, &a->scale[a->terms - 1]) < 0;
                if (with)
                    lx_value(with, &scale);
                int smaller = with && assay_decimal_compare(&scale, &a->scale[a->terms - 1]) < 0;
                if (!smaller && !(below && t->end - t->begin <= 3 && (tk_has(s, after, LX_UNIT) || tk_has(s, after, LX_CURRENCY))))
                    break;
            } else {
                f->other = part.other;
                f->has_other = part.has_other;
                f->confidence = part.confidence;
                f->flags |= FG_DIGITS;
            }
            a->digits = part.value;
            a->state = 2;
            p = good = after;
        } else if ((m = scale_at(s, p, f, &length)) != NULL) {
            lx_value(m, &scale);
            struct assay_decimal bare;
            int single = !a->terms && a->state;
            current(a, &bare);
            if (!add_scale(a, &scale))
                break;
            f->has_scale = (uint32_t)single;
            f->bare = bare;
            f->scale = scale;
            f->flags |= FG_SCALED | (f->flags & FG_DIGITS ? 0 : FG_WORDS);
            f->why = m;
            if (length > 1 && p + length == s->count && tk_sign(s, p + length - 1, '.'))
                length--; /* the full stop of the sentence */
            p = good = p + length;
            p = after_stop(s, p, LX_BIT(LX_SCALE) | LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY));
            if (p > good && !(s->at[p].mask & LX_BIT(LX_SCALE)))
                p = good;
        } else if ((m = cardinal(s, p, LX_CARDINAL, &v, &length)) != NULL) {
            int hundreds = f->flags & FG_DIGITS && a->state == 2 && v == 100 && s->at[p].letters > 2 && !tk_has(s, p, LX_CURRENCY);
            if (hundreds)
                assay_decimal_u64(&scale, v);
            else if (f->flags & FG_DIGITS && (!a->terms || !tk_has(s, p + length, LX_SCALE)))
                break;
            if (hundreds ? !add_scale(a, &scale) : !add_words(s, a, v))
                break;
            f->flags |= FG_WORDS | (p == i && v == 1 ? FG_ONE : 0);
            if (m->line)
                f->why = m;
            p = good = p + length;
        } else if ((m = tk_mean(s, p, LX_CARDINAL, &length)) != NULL && m->power < 0 && !a->state && !a->terms) {
            lx_value(m, &a->digits); /* "полтора" */
            a->state = 2;
            f->flags |= FG_WORDS;
            f->why = m;
            p = good = p + length;
        } else if (joined && good > i && !(f->flags & FG_DIGITS) && !s->lx->suffixed && tk_is(s, p, LX_JOIN, OF_AND, &length) &&
                   (cardinal(s, nb_hyphen(s, p + length), LX_CARDINAL, &v, &next) != NULL)) {
            uint64_t room = a->state == 1 ? room_of(s->lx, a->group) : 1000;
            if (v == 0 || v >= room || (a->state == 0 && !a->terms))
                break;
            if (tk_has(s, nb_hyphen(s, p + length) + next, LX_FRACTION) && s->at[nb_hyphen(s, p + length) + next].kind == TK_WORD &&
                !(s->lx->noun_after && !s->lx->vigesimal && a->state == 1))
                break; /* twenty and three fifths; but "treinta y dos quintos" are 32 of them */
            p = nb_hyphen(s, p + length);
            continue;
        } else {
            break;
        }
        if (p < s->count && s->at[good - 1].kind == TK_WORD) {
            p = nb_hyphen(s, p);
            if (p == good && tk_sign(s, p, '-') && s->at[p].space && a->state == 1 && a->group % 10 == 0 && !(f->flags & FG_DIGITS) &&
                cardinal(s, p + 1, LX_CARDINAL, &v, &length) && v < room_of(s->lx, a->group) && v)
                p++; /* "fifty - two" */
        }
    }
    return good;
}

/* The plural of an ordinal after a number is a fraction in the Romance languages: "veinte quintos", "due centesimi". */
static int parts(const struct tks *s, uint32_t i, uint64_t v)
{
    char last = s->text[s->at[i].end - 1];
    return s->lx->noun_after && v >= 3 && (last == 's' || last == 'i') && !tk_has(s, i, LX_WEEKDAY);
}

static void divide(const struct assay_decimal *whole, uint64_t by, struct assay_decimal *to)
{
    uint64_t v = 0;
    int32_t power = 0;
    for (; by >= 10 && by % 10 == 0; by /= 10)
        power--;
    for (uint32_t k = 0; k < whole->digits && v < UINT64_MAX / 100; k++)
        v = v * 10 + whole->digit[k];
    for (int32_t k = 0; k < whole->exponent && v < UINT64_MAX / 100; k++)
        v *= 10;
    nm_divide(v, by, to);
    assay_decimal_scale(to, power);
}

static int is_power(uint64_t v)
{
    while (v >= 10 && v % 10 == 0)
        v /= 10;
    return v == 1;
}

/* One more ordinal word of a number: thousandths and above multiply what stands before them, others are added. */
static int add_ordinal(const struct lx *lx, uint64_t v, uint64_t *whole, uint64_t *group, uint64_t *low)
{
    if (v >= 1000 && is_power(v)) {
        if (*group ? *low && v >= *low : *whole && v < *low)
            return 0;
        if (*whole > UINT64_MAX / 2 / v || *group > UINT64_MAX / 4 / v)
            return 0;
        *whole = *group ? *whole + *group * v : (*whole ? *whole : 1) * v;
        *group = 0;
        *low = v;
    } else if (v == 100 && *group && *group < 100 && !lx->noun_after) {
        *group *= 100;
    } else if (v == 20 && lx->vigesimal && *group % 100 == 4) {
        *group += 76; /* quatre-vingtième */
    } else if (*group ? v < room_of(lx, *group) : !*low || v < *low) {
        *group += v;
    } else {
        return 0;
    }
    return 1;
}

/* Ordinal words from token p on, after a number of `group` and `whole` (a multiple of `low`): "two thousand third",
 * "milésimo quingentésimo tercero". Gives the token after them, i where there are none. */
static uint32_t ordinal_words(const struct tks *s, uint32_t p, uint64_t whole, uint64_t group, uint64_t low, struct figure *f)
{
    uint64_t v;
    uint32_t length, end = 0;
    const struct lx_meaning *m = cardinal(s, p, LX_ORDINAL, &v, &length);
    for (int k = 0; k < 12 && m && v && add_ordinal(s->lx, v, &whole, &group, &low); k++) {
        f->why = m->line ? m : f->why;
        end = p + length;
        p = nb_hyphen(s, end);
        m = cardinal(s, p, LX_ORDINAL, &v, &length);
    }
    if (end) {
        assay_decimal_u64(&f->value, whole + group);
        f->flags |= FG_ORDINAL;
    }
    return end;
}

static uint32_t ordinal_end(const struct tks *s, uint32_t i, const struct sum *a, struct figure *f)
{
    uint64_t v;
    uint32_t length, p = nb_hyphen(s, i), join;
    const struct lx_meaning *m = cardinal(s, p, LX_ORDINAL, &v, &length);
    if (!m && tk_is(s, p, LX_JOIN, OF_AND, &join) && a->state == 1 && a->group >= 20)
        m = cardinal(s, p = nb_hyphen(s, p + join), LX_ORDINAL, &v, &length);
    if (!m || f->flags & FG_DIGITS || v == 0 || a->state == 2)
        return 0;
    struct assay_decimal sum;
    total(a, &sum);
    uint64_t whole = small_value(&sum);
    if (!whole)
        return 0;
    int one = whole == 1 && s->lx->noun_after && v >= 3 && (p + length >= s->count || s->at[p + length].kind != TK_WORD || tk_mean(s, p + length, LX_OF, NULL) || tk_has(s, p + length, LX_UNIT));
    if (parts(s, p, v) || one) {
        divide(&sum, v, &f->value);
        f->flags = (f->flags & ~FG_ONE) | FG_FRACTION;
        f->why = m;
        return p + length;
    }
    uint64_t group = a->state == 1 ? a->group : 0, low = a->terms ? small_value(&a->scale[a->terms - 1]) : 0;
    uint32_t end = ordinal_words(s, p, whole - group, group, low, f);
    if (end || !s->lx->noun_after || v < 3 || v >= 1000 || a->terms || tk_has(s, p, LX_WEEKDAY))
        return end;
    divide(&sum, v, &f->value); /* "trois cinquième" */
    f->flags = (f->flags & ~FG_ONE) | FG_FRACTION;
    f->why = m;
    return p + length;
}

/* "vinte e dois trinta avos", "un vingt-cinquième": a second number after the first says into how many parts. */
static uint32_t denominator(const struct tks *s, const struct habit *h, uint32_t i, const struct sum *a, struct figure *f)
{
    struct sum b = {.terms = 0};
    struct figure g = {.number = i, .confidence = 95};
    struct assay_decimal sum, over;
    uint32_t length, end, p = nb_hyphen(s, i);
    if (!s->lx->noun_after || f->flags & FG_DIGITS || a->state != 1 || !tk_has(s, p, LX_CARDINAL) || (end = read_sum(s, h, p, 1, &g, &b)) == p || g.flags & FG_DIGITS)
        return 0;
    const struct lx_meaning *m = tk_mean(s, end, LX_FRACTION, &length);
    total(a, &sum);
    total(&b, &over);
    if (m && !m->number) {
        end += length;
    } else {
        m = NULL;
        if (small_value(&sum) != 1 || !(end = ordinal_end(s, end, &b, &g)) || !(g.flags & FG_ORDINAL) ||
            (end < s->count && s->at[end].kind == TK_WORD && !tk_mean(s, end, LX_OF, NULL)))
            return 0;
        over = g.value;
    }
    if (!small_value(&over))
        return 0;
    divide(&sum, small_value(&over), &f->value);
    f->flags = (f->flags & ~FG_ONE) | FG_FRACTION;
    f->why = m ? m : f->why;
    return end;
}

/* The fraction written with a slash. */
static uint32_t slash(const struct tks *s, uint32_t i, struct figure *f)
{
    const char *t = s->text + s->at[i].begin, *end = s->text + s->at[i].end;
    uint64_t a = 0, b = 0;
    for (; t < end && is_digit(*t); t++)
        a = a * 10 + (uint64_t)(*t - '0');
    while (t < end && !is_digit(*t))
        t++;
    for (; t < end && is_digit(*t); t++)
        b = b * 10 + (uint64_t)(*t - '0');
    if (!a || b < 2 || a >= b)
        return 0;
    if (b > 12 && b < 32 && a <= 12 && b % 5 && b % 8 && !tk_has(s, i + 1, LX_UNIT) && !tk_mean(s, i + 1, LX_OF, NULL))
        return 0; /* 2/29 */
    if (b > 10 && s->count > 3 && !tk_has(s, i + 1, LX_UNIT) && !tk_mean(s, i + 1, LX_OF, NULL))
        return 0;
    if (s->count > 3 && i > 0 && (s->at[i - 1].mask & (LX_BIT(LX_WEEKDAY) | LX_BIT(LX_RELATIVE))))
        return 0;
    nm_divide(a, b, &f->value);
    f->flags |= FG_FRACTION | FG_DIGITS;
    return i + 1;
}

/* "half a million", "a quarter of", "two thirds", "полмиллиона". */
static uint32_t fraction_words(const struct tks *s, uint32_t i, struct figure *f)
{
    uint32_t length, p, used;
    const struct lx_meaning *m = tk_mean(s, i, LX_FRACTION, &length);
    if (m && ((s->at[i].kind == TK_WORD && tk_has(s, i, LX_ORDINAL) && !tk_mean(s, i + length, LX_OF, NULL)) || !m->number))
        return 0; /* "their fifth win"; "avos" alone */
    uint32_t of;
    if (m && s->at[i].kind == TK_WORD && tk_has(s, i, LX_ORDINAL) && tk_mean(s, i + length, LX_OF, &of) && tk_has(s, i + length + of, LX_MONTH))
        return 0; /* "the fourth of July" */
    if (!m && tk_is(s, i, LX_WORD, OF_ARTICLE, &used)) { /* "a fifth of" */
        m = tk_mean(s, i + used, LX_FRACTION, &length);
        p = i + used + (m ? length : 0);
        if (m && (nb_hyphen(s, p) != p || (tk_mean(s, p, LX_OF, &of) && tk_has(s, p + of, LX_MONTH))))
            m = NULL;
        if (m && s->at[i + used].kind == TK_WORD && m->number * 2 != m->over && p < s->count && !tk_mean(s, p, LX_OF, NULL) && s->at[p].kind == TK_WORD)
            m = NULL;
        length += used;
    }
    if (!m)
        return 0;
    lx_value(m, &f->value);
    f->why = m;
    f->flags |= FG_WORDS | FG_FRACTION | (m->number * 2 == m->over ? FG_HALF : 0);
    p = i + length;
    uint32_t q = nb_hyphen(s, p);
    if (tk_is(s, q, LX_WORD, OF_ARTICLE, &used))
        q += used;
    else if (tk_mean(s, q, LX_OF, &used)) {
        q += used;
        if (tk_is(s, q, LX_WORD, OF_ARTICLE, &used))
            q += used;
    }
    const struct lx_meaning *scale = scale_at(s, q, f, &used);
    uint64_t v;
    const struct lx_meaning *dozen = scale ? NULL : cardinal(s, q, LX_CARDINAL, &v, &used);
    if (scale || (dozen && (v == 12 || v == 100))) {
        struct assay_decimal by, product;
        lx_value(scale ? scale : dozen, &by);
        if (!scale)
            assay_decimal_u64(&by, v);
        assay_decimal_mul(&product, &f->value, &by);
        f->value = product;
        f->flags = (f->flags & ~FG_FRACTION) | FG_SCALED;
        return q + used;
    }
    return p;
}

static uint32_t vague(const struct tks *s, uint32_t i, struct figure *f)
{
    uint32_t length, p, used;
    const struct lx_meaning *m = tk_mean(s, i, LX_VAGUE, &length);
    if (!m)
        return 0;
    lx_value(m, &f->value);
    f->why = m;
    f->flags |= FG_WORDS | FG_VAGUE;
    p = i + length;
    for (int k = 0; k < 3; k++) {
        uint32_t q = p;
        if (tk_mean(s, q, LX_OF, &used))
            q += used;
        const struct lx_meaning *by = tk_mean(s, q, LX_SCALE, &used);
        if (!by)
            by = tk_mean(s, q, LX_VAGUE, &used);
        if (!by || !scale_fits(s, q, f))
            break;
        struct assay_decimal v, product;
        lx_value(by, &v);
        assay_decimal_mul(&product, &f->value, &v);
        f->value = product;
        f->flags |= FG_SCALED;
        p = q + used;
    }
    return p;
}

/* A word for minus, or a minus sign that stands against the number and away from what is before. */
static int minus(const struct tks *s, uint32_t *i)
{
    const struct tk *t = s->at + *i;
    if (t->kind == TK_SIGN && (t->cp == '-' || t->cp == 0x2212 || t->cp == 0x2013) && *i + 1 < s->count && !s->at[*i + 1].space &&
        (t->space || *i == 0 || s->at[*i - 1].kind == TK_SIGN) && s->at[*i + 1].kind == TK_NUMBER) {
        ++*i;
        return 1;
    }
    uint32_t length, start;
    const struct lx_meaning *m = tk_mean(s, *i, LX_SIGN, &length);
    if (m && tk_before(s, *i + length, LX_BOUND, &start) && start < *i)
        return 0; /* "al menos 20" */
    if (m && *i + length < s->count && s->at[*i + length].mask & (LX_TRIGGERS)) {
        *i += length;
        return m->number < 0;
    }
    if (m && nb_hyphen(s, *i + length) < s->count && s->at[nb_hyphen(s, *i + length)].kind == TK_NUMBER && t->kind == TK_WORD) {
        *i = nb_hyphen(s, *i + length);
        return m->number < 0;
    }
    return 0;
}

/* "a million", "a hundred", "a dozen"; en "an" too. */
static uint32_t article(const struct tks *s, uint32_t i)
{
    uint32_t used, length;
    uint64_t v;
    if (!tk_is(s, i, LX_WORD, OF_ARTICLE, &used) || (s->lx->noun_after && !tk_has(s, i, LX_CARDINAL))) /* "um milhão", not "a cem" */
        return i;
    if (tk_mean(s, i + used, LX_SCALE, &length) && s->at[i + used].letters > 1)
        return i + used;
    const struct lx_meaning *m = cardinal(s, i + used, LX_CARDINAL, &v, &length);
    return m && v == 100 ? i + used : i;
}

uint32_t nb_read(const struct tks *s, const struct habit *h, uint32_t i, int joined, struct figure *f)
{
    uint32_t p = i, end;
    struct sum a;
    memset(&a, 0, sizeof a);
    f->number = i;
    f->confidence = 95;
    int negative = minus(s, &p);
    if (p >= s->count)
        return 0;
    const struct tk *t = s->at + p;
    if (!negative && (end = vague(s, p, f)) != 0) {
        f->after = end;
        return end;
    }
    if (t->kind == TK_NUMBER && t->shape == SH_FRACTION) {
        end = slash(s, p, f);
    } else {
        uint32_t start = article(s, p);
        end = read_sum(s, h, start, joined, f, &a);
        if (end == start) {
            end = 0;
            if ((end = fraction_words(s, p, f)) == 0 && tk_has(s, p, LX_ORDINAL)) {
                end = ordinal_words(s, p, 0, 0, 0, f);
                f->flags |= end ? FG_WORDS : 0;
            } else if (!end && s->at[p].compound == 2) {
                assay_decimal_u64(&f->value, s->at[p].value);
                f->flags |= FG_ORDINAL | FG_WORDS;
                end = p + 1;
            }
        } else {
            uint32_t next = ordinal_end(s, end, &a, f), length;
            if (!next)
                next = denominator(s, h, end, &a, f);
            if (next) {
                end = next;
            } else {
                const struct lx_meaning *m;
                total(&a, &f->value);
                if (a.terms != 1 || a.state)
                    f->has_scale = 0;
                uint32_t q = nb_hyphen(s, end);
                if (!s->lx->suffixed && a.state == 1 && !a.terms && (m = tk_mean(s, q, LX_FRACTION, &length)) != NULL && s->at[q].kind == TK_WORD && m->number == 1) {
                    nm_divide(a.group, m->over, &f->value); /* two thirds */
                    f->flags |= FG_FRACTION;
                    f->flags &= ~FG_ONE;
                    f->why = m;
                    end = next = q + length;
                } else if ((next = spoken_decimals(s, h, end, f)) > end) {
                    f->flags &= ~FG_ONE;
                    end = next;
                } else if ((next = added_fraction(s, end, f, a.state == 0 && a.terms ? &a.scale[a.terms - 1] : NULL)) > end) {
                    f->flags &= ~FG_ONE;
                    end = next;
                }
                /* a scale after what came with the fraction: two and a half million, 3 point 5 billion */
                struct assay_decimal by, product;
                q = nb_hyphen(s, end);
                if (f->flags & FG_FRACTION && tk_mean(s, q, LX_OF, &length)) { /* two thirds of a million */
                    q += length;
                    q += tk_is(s, q, LX_WORD, OF_ARTICLE, &length) ? length : 0;
                }
                if (next > 0 && end == next && !a.terms && (m = scale_at(s, q, f, &length)) != NULL) {
                    lx_value(m, &by);
                    assay_decimal_mul(&product, &f->value, &by);
                    f->bare = f->value;
                    f->scale = by;
                    f->has_scale = 1;
                    f->value = product;
                    f->flags |= FG_SCALED;
                    f->why = m;
                    end = q + length;
                }
            }
        }
    }
    if (!end)
        return 0;
    if (f->flags & FG_ONE && (end - p > 1 || negative))
        f->flags &= ~FG_ONE;
    if (f->flags & FG_DIGITS)
        end = nm_power(s, end, f);
    if (negative) {
        f->value.sign = -f->value.sign;
        f->other.sign = -f->other.sign;
    }
    if (t->upper & 8)
        f->flags |= FG_GLUED;
    f->after = end;
    return end;
}
