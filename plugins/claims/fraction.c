/* SPDX-License-Identifier: Apache-2.0
 *
 * Parts and places: decimals and fractions in words, fractions with a slash, ordinals of any size.
 */
#include <string.h>

#include "number.h"
#include "shape.h"

enum { DIGITS = 60 };

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
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

/* Places told behind the point, as digits: "0." and what was said. */
struct places {
    char text[DIGITS + 2];
    size_t size;
    uint32_t words; /* how many words told them; 0: none */
};

static void put_small(struct places *to, uint64_t v)
{
    if (v >= 100)
        to->text[to->size++] = (char)('0' + v / 100);
    if (v >= 10)
        to->text[to->size++] = (char)('0' + v / 10 % 10);
    to->text[to->size++] = (char)('0' + v % 10);
}

/* "coma mil quinientos setenta y ocho": one number of thousands; the token after it, or p. */
static uint32_t places_as_sum(const struct tks *s, const struct habit *h, uint32_t p, struct places *to)
{
    struct sum whole = {.terms = 0};
    struct figure rest = {.number = p};
    struct assay_decimal all;
    uint32_t end = tk_has(s, p, LX_CARDINAL) || tk_has(s, p, LX_SCALE) ? nb_sum(s, h, p, 1, &rest, &whole) : p;
    if (end <= p || rest.flags & FG_DIGITS || whole.state != 1 || whole.terms != 1 ||
        small_value(&whole.scale[0]) != 1000)
        return p;
    nb_total(&whole, &all);
    if (all.exponent < 0 || (uint32_t)all.exponent + all.digits < 4 || (uint32_t)all.exponent + all.digits >= 20)
        return p;
    to->size += assay_decimal_print(to->text + to->size, &all);
    to->words = 4;
    return end;
}

/* "three one four", "twenty five", "vinte e oito"; the token after them. */
static uint32_t places_one_by_one(const struct tks *s, uint32_t p, struct places *to)
{
    uint64_t v, first = 0, tens = s->lx->suffixed ? 10 : 20; /* "on dört" is fourteen */
    uint32_t length, used;
    while (to->size < 30 && nb_cardinal(s, p, LX_CARDINAL, &v, &used) && v < 1000) {
        if (to->words == 1 && first >= tens && first % 10 == 0 && v < 10)
            to->text[to->size - 1] = (char)('0' + v); /* "twenty five" */
        else
            put_small(to, v);
        first = v;
        to->words++;
        p = nb_hyphen(s, p + used);
        if (to->words == 1 && first >= 20 && first % 10 == 0 && tk_is(s, p, LX_JOIN, OF_AND, &used) &&
            nb_cardinal(s, p + used, LX_CARDINAL, &v, &length) && v < 10)
            p += used;
    }
    return p;
}

/* The value of the places; "пять десятых": with the parts behind them. The token after it; 0: none. */
static uint32_t places_value(const struct tks *s, uint32_t p, const struct places *a, struct assay_decimal *to)
{
    uint32_t length;
    struct assay_decimal count, unit;
    const struct lx_meaning *over = tk_mean(s, p, LX_FRACTION, &length);
    if (over && over->number == 1 && over->over > 2 && over->over < 10 && a->words == 1 && a->size == 3) {
        nm_divide((uint64_t)(a->text[2] - '0'), over->over, to); /* "семь целых три восьмых" */
        return p + length;
    }
    if (!over || over->over % 10 || over->number != 1)
        return assay_decimal_read(to, a->text, a->size) ? p : 0;
    assay_decimal_read(&count, a->text + 2, a->size - 2);
    lx_value(over, &unit);
    assay_decimal_mul(to, &count, &unit);
    return p + length;
}

/* Digits spoken after "point": "three point one four", "Komma fünf", "две целых пять десятых". */
uint32_t fc_spoken(const struct tks *s, const struct habit *h, uint32_t i, struct figure *f)
{
    uint32_t length, used;
    const struct lx_meaning *point = tk_mean(s, i, LX_POINT, &length);
    if (!point || lx_key(s->lx, point)[0] == 'a') /* "с половиной": what follows is added */
        return i;
    int with = lx_key(s->lx, point)[0] == 'w'; /* "con", "com": words only, and no fraction */
    struct places a = {"0.", 2, 0};
    struct assay_decimal d;
    uint32_t p = places_as_sum(s, h, i + length, &a);
    if (!a.words)
        p = places_one_by_one(s, p, &a);
    if (with && a.words && tk_has(s, p, LX_FRACTION))
        return i;
    const struct lx_meaning *phrase = s->lx->suffixed ? tk_mean(s, i + length, LX_FRACTION, &used) : NULL;
    if (phrase && used > 1) { /* "üç tam yedide beş" */
        lx_value(phrase, &d);
        put_fraction(f, &d);
        return i + length + used;
    }
    if (!a.words && !with && p < s->count && s->at[p].kind == TK_NUMBER && s->at[p].end - s->at[p].begin < 20) {
        uint32_t size = s->at[p].end - s->at[p].begin;
        memcpy(a.text + 2, s->text + s->at[p].begin, size);
        a.size += size;
        a.words = 1;
        p++;
    }
    uint32_t end = a.words ? places_value(s, p, &a, &d) : 0;
    if (!end)
        return i;
    put_fraction(f, &d);
    return end;
}

/* "from 1/10 to 7/11", "tra il 01/10 e il 07/11": days, unless something is measured. */
static int day_span(const struct tks *s, uint32_t i)
{
    uint32_t start;
    for (uint32_t k = i > 4 ? i - 4 : 0; k < i + 5 && k < s->count; k++)
        if (k != i && s->at[k].shape == SH_FRACTION && s->at[k].kind == TK_NUMBER && !tk_has(s, i + 1, LX_UNIT) &&
            !tk_has(s, k + 1, LX_UNIT) && !tk_mean(s, i + 1, LX_OF, NULL) && !tk_mean(s, k + 1, LX_OF, NULL) &&
            (tk_is(s, (k < i ? k : i) + 1, LX_JOIN, OF_TO, NULL) ||
             tk_is(s, (k < i ? k : i) + 1, LX_JOIN, OF_AND, NULL))) {
            uint32_t first = k < i ? k : i;
            first -= first && tk_is(s, first - 1, LX_WORD, OF_ARTICLE, NULL);
            const struct lx_meaning *lead = tk_before(s, first, LX_JOIN, &start);
            if (lead && (lead->of == OF_BETWEEN || lead->of == OF_FROM))
                return 1;
        }
    return 0;
}

/* "1/10'dan 7/11'e": two of them with case endings, no more. */
static int cased_days(const struct tks *s, uint32_t i)
{
    if (!s->lx->suffixed)
        return 0;
    uint32_t next = i + 3;
    int before = i > 2 && tk_sign(s, i - 2, '\'') && !s->at[i - 1].space && s->at[i - 3].kind == TK_NUMBER &&
                 s->at[i - 3].shape == SH_FRACTION;
    int after = tk_sign(s, i + 1, '\'') && !s->at[i + 1].space && next < s->count && s->at[next].kind == TK_NUMBER &&
                s->at[next].shape == SH_FRACTION;
    return before || after;
}

/* Both numbers of "3/4". */
static void read_slash(const struct tks *s, uint32_t i, uint64_t *a, uint64_t *b)
{
    const char *t = s->text + s->at[i].begin, *end = s->text + s->at[i].end;
    *a = *b = 0;
    for (; t < end && is_digit(*t); t++)
        *a = *a * 10 + (uint64_t)(*t - '0');
    while (t < end && !is_digit(*t))
        t++;
    for (; t < end && is_digit(*t); t++)
        *b = *b * 10 + (uint64_t)(*t - '0');
}

/* The fraction written with a slash. */
uint32_t fc_slash(const struct tks *s, uint32_t i, struct figure *f)
{
    uint64_t a, b;
    read_slash(s, i, &a, &b);
    if (!a || b < 2 || a >= b || s->text[s->at[i].begin] == '0' || (b <= 12 && day_span(s, i)))
        return 0;
    if (b > 12 && b < 32 && a <= 12 && b % 5 && b % 8 && !tk_has(s, i + 1, LX_UNIT) && !tk_mean(s, i + 1, LX_OF, NULL))
        return 0; /* 2/29 */
    if (b > 10 && s->count > 3 && !tk_has(s, i + 1, LX_UNIT) && !tk_mean(s, i + 1, LX_OF, NULL))
        return 0;
    if (b <= 12 && cased_days(s, i))
        return 0;
    if (i > 1 && tk_sign(s, i - 1, '(') && tk_has(s, i - 2, LX_WEEKDAY))
        return 0; /* "viernes (6/7)" */
    if (s->count > 3 && i > 0 && (s->at[i - 1].mask & (LX_BIT(LX_WEEKDAY) | LX_BIT(LX_RELATIVE))))
        return 0;
    nm_divide(a, b, &f->value);
    f->flags |= FG_FRACTION | FG_DIGITS;
    return i + 1;
}

/* A part right behind the whole: "3 1/2", "3½", "üç buçuk"; the token after it, or i. */
static uint32_t part_beside(const struct tks *s, uint32_t i, struct figure *f, const struct assay_decimal *scale)
{
    uint32_t length;
    struct assay_decimal part, scaled;
    if (i >= s->count)
        return i;
    if (s->at[i].kind == TK_NUMBER && s->at[i].shape == SH_FRACTION && f->flags & FG_DIGITS &&
        i - f->number == 1 + (uint32_t)(s->at[f->number].kind == TK_SIGN)) {
        uint64_t a, b;
        read_slash(s, i, &a, &b);
        if (a >= b)
            return i;
        nm_divide(a, b, &part);
        put_fraction(f, &part);
        return i + 1;
    }
    const struct lx_meaning *m = tk_mean(s, i, LX_FRACTION, &length);
    int beside = m && s->at[i].kind == TK_WORD &&
                 (s->lx->suffixed ? m->number * 2 == m->over
                                  : s->lx->compounds && m->number > 1 && m->number < (int64_t)m->over && length == 1);
    if (!m || (s->at[i].kind != TK_SIGN && (!beside || (!s->lx->suffixed && f->flags & FG_ONE))))
        return i; /* a word only in "zwei dreiviertel", "üç buçuk" */
    lx_value(m, &part);
    if (scale && s->at[i].kind != TK_SIGN) {
        assay_decimal_mul(&scaled, &part, scale);
        part = scaled;
    }
    put_fraction(f, &part);
    return s->at[i].kind == TK_SIGN ? i + 1 : i + length;
}

/* The part has the scale of the whole, or a lesser one told behind it: "un billón y medio millón". The token after
 * it. */
static uint32_t scale_part(const struct tks *s, uint32_t p, struct assay_decimal *part,
                           const struct assay_decimal *scale)
{
    uint32_t used = 0;
    struct assay_decimal own, scaled;
    const struct lx_meaning *lesser = scale ? tk_mean(s, p, LX_SCALE, &used) : NULL;
    if (!scale)
        return p;
    if (lesser)
        lx_value(lesser, &own);
    int less = lesser && assay_decimal_compare(&own, scale) < 0;
    assay_decimal_mul(&scaled, part, less ? &own : scale);
    *part = scaled;
    return less ? p + used : p;
}

/* "and a half", "с половиной", "½", " 1/2" after the number. */
uint32_t fc_added(const struct tks *s, uint32_t i, struct figure *f, const struct assay_decimal *scale)
{
    uint32_t p, length, used;
    uint64_t v = 1;
    struct assay_decimal part;
    const struct lx_meaning *m;
    if (f->value.exponent < 0)
        return i;
    p = part_beside(s, i, f, scale);
    if (p > i)
        return p;
    uint32_t hyphens = nb_hyphen(s, p) != p && tk_is(s, nb_hyphen(s, p), LX_JOIN, OF_AND, NULL); /* "ten-and-a-half" */
    p += hyphens;
    if (!tk_is(s, p, LX_JOIN, OF_AND, &length) &&
        !((m = tk_mean(s, p, LX_POINT, &length)) != NULL && lx_key(s->lx, m)[0] != 'p'))
        return i;
    p += length;
    p = hyphens ? nb_hyphen(s, p) : p;
    if (p < s->count && s->at[p].kind == TK_NUMBER && s->at[p].shape == SH_FRACTION &&
        f->flags & FG_DIGITS) { /* "1 e 4/5" */
        struct figure g = {.number = p};
        if (fc_slash(s, p, &g))
            put_fraction(f, &g.value);
        return g.flags ? p + 1 : i;
    }
    if (tk_is(s, p, LX_WORD, OF_ARTICLE, &used) || (nb_cardinal(s, p, LX_CARDINAL, &v, &used) && v < 20))
        p = nb_hyphen(s, p + used);
    m = tk_mean(s, p, LX_FRACTION, &used);
    if (!m || m->number <= 0 || m->number >= m->over || v == 0)
        return i;
    nm_divide(v * (uint64_t)m->number, m->over, &part);
    p = scale_part(s, p + used, &part, scale);
    put_fraction(f, &part);
    f->why = m;
    return p;
}

/* "by a third", "by almost a fifth" */
static int by_before(const struct tks *s, uint32_t i)
{
    uint32_t start;
    const struct lx_meaning *by = tk_before(s, i, LX_RELATION, NULL);
    if (!by && tk_before(s, i, LX_BOUND, &start))
        by = tk_before(s, start, LX_RELATION, NULL);
    return by && by->of == OF_BY;
}

/* "half a million", "a quarter of", "two thirds", "полмиллиона". */
uint32_t fc_words(const struct tks *s, uint32_t i, struct figure *f)
{
    uint32_t length, p, used;
    const struct lx_meaning *m = tk_mean(s, i, LX_FRACTION, &length);
    if (m && ((length == 1 && s->at[i].kind == TK_WORD && tk_has(s, i, LX_ORDINAL) &&
               !tk_mean(s, i + length, LX_OF, NULL)) ||
              !m->number))
        return 0; /* "their fifth win"; "avos" alone */
    const struct lx_meaning *of_parts = m && s->lx->percent_first ? tk_mean(s, i + length, LX_UNIT, NULL) : NULL;
    if (of_parts && tk_has(s, i, LX_PERIOD) && !strncmp(lx_key(s->lx, of_parts), "per", 3))
        return 0; /* "çeyrekte binde 1" */
    uint32_t of;
    if (m && s->at[i].kind == TK_WORD && tk_has(s, i, LX_ORDINAL) && tk_mean(s, i + length, LX_OF, &of) &&
        tk_has(s, i + length + of, LX_MONTH))
        return 0; /* "the fourth of July" */
    if (!m && tk_is(s, i, LX_WORD, OF_ARTICLE, &used) &&
        !(s->lx->noun_after && s->at[i].letters > 1 &&
          s->at[i].mask & (LX_BIT(LX_OF) | LX_BIT(LX_RELATION)))) { /* "a fifth of", but not "della metà" */
        m = tk_mean(s, i + used, LX_FRACTION, &length);
        p = i + used + (m ? length : 0);
        if (m && s->lx->noun_after && length == 1 && !tk_has(s, i, LX_CARDINAL) && tk_has(s, i + used, LX_ORDINAL) &&
            m->over > 4 && !tk_mean(s, p, LX_OF, NULL))
            m = NULL; /* "le dixième" is a place */
        if (m && (nb_hyphen(s, p) != p || (tk_mean(s, p, LX_OF, &of) && tk_has(s, p + of, LX_MONTH))))
            m = NULL;
        if (m && s->at[i + used].kind == TK_WORD && m->number * 2 != m->over && p < s->count &&
            !tk_mean(s, p, LX_OF, NULL) && s->at[p].kind == TK_WORD &&
            !((by_before(s, i) || (tk_before(s, i, LX_BOUND, NULL) && tk_is(s, p, LX_RELATION, OF_TO, NULL))) &&
              s->at[p].mask &
                  (LX_BIT(LX_WORD) | LX_BIT(LX_RELATION) | LX_BIT(LX_TIME))) && /* "slid by a third to 310" */
            !(s->lx->one_counts && s->at[i].letters <= 2 && tk_before(s, i, LX_BOUND, NULL) && !s->at[i + used].upper &&
              !s->at[p].upper &&
              !(s->at[p].mask & (LX_BIT(LX_NOUN) | LX_BIT(LX_PERIOD))))) /* "more than a third agreed" */
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
    const struct lx_meaning *scale = nb_scale(s, q, f, &used);
    uint64_t v;
    const struct lx_meaning *dozen = scale ? NULL : nb_cardinal(s, q, LX_CARDINAL, &v, &used);
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
        if (*group ? *low && v == *low : *whole && v < *low)
            return 0;
        if (*group && *low && v > *low) { /* "dos mil trescientos millonésimo" */
            *group += *whole;
            *whole = 0;
        }
        if (*whole > UINT64_MAX / 2 / v || *group > UINT64_MAX / 4 / v)
            return 0;
        *whole = *group ? *whole + *group * v : (*whole ? *whole : 1) * v;
        *group = 0;
        *low = v;
    } else if (v == 100 && *group && *group < 100 && !lx->noun_after) {
        *group *= 100;
    } else if (v == 20 && lx->vigesimal && *group % 100 == 4) {
        *group += 76; /* quatre-vingtième */
    } else if (*group ? v < nb_room(lx, *group) : !*low || v < *low) {
        *group += v;
    } else {
        return 0;
    }
    return 1;
}

/* Ordinal words from token p on, after a number of `group` and `whole` (a multiple of `low`): "two thousand third",
 * "milésimo quingentésimo tercero". Gives the token after them, i where there are none. */
uint32_t fc_ordinals(const struct tks *s, uint32_t p, uint64_t whole, uint64_t group, uint64_t low, struct figure *f)
{
    uint64_t v;
    uint32_t length, end = 0;
    const struct lx_meaning *m = nb_cardinal(s, p, LX_ORDINAL, &v, &length);
    for (int k = 0; k < 12 && m && v && add_ordinal(s->lx, v, &whole, &group, &low); k++) {
        f->why = m->line ? m : f->why;
        end = p + length;
        p = nb_hyphen(s, end);
        m = nb_cardinal(s, p, LX_ORDINAL, &v, &length);
    }
    if (end) {
        assay_decimal_u64(&f->value, whole + group);
        f->flags |= FG_ORDINAL;
    }
    return end;
}

/* A word that can be counted: "the one hundredth anniversary". */
static int counts(const struct tks *s, uint32_t i)
{
    const uint64_t other = LX_BIT(LX_WORD) | LX_BIT(LX_OF) | LX_BIT(LX_JOIN) | LX_BIT(LX_TIME) | LX_BIT(LX_PER) |
                           LX_BIT(LX_BOUND) | LX_BIT(LX_UNIT);
    return i < s->count && s->at[i].kind == TK_WORD && s->at[i].space && !(s->at[i].mask & other);
}

uint32_t fc_ordinal_end(const struct tks *s, uint32_t i, const struct sum *a, struct figure *f)
{
    uint64_t v;
    uint32_t length, p = nb_hyphen(s, i), join;
    if ((tk_sign(s, p, 0x2013) || tk_sign(s, p, 0x2014)) && !s->at[p].space && p + 1 < s->count &&
        !s->at[p + 1].space && a->state == 1 && a->group >= 20 && a->group % 10 == 0)
        p++; /* "forty—second" */
    const struct lx_meaning *m = nb_cardinal(s, p, LX_ORDINAL, &v, &length);
    if (!m && tk_is(s, p, LX_JOIN, OF_AND, &join) && a->state == 1 && a->group >= 20)
        m = nb_cardinal(s, p = nb_hyphen(s, p + join), LX_ORDINAL, &v, &length);
    if (!m || f->flags & FG_DIGITS || v == 0 || a->state == 2)
        return 0;
    struct assay_decimal sum;
    nb_total(a, &sum);
    uint64_t whole = small_value(&sum);
    if (!whole)
        return 0;
    int bare = !s->lx->noun_after && !s->lx->plural[0] && !s->lx->compounds; /* Slavic: 7000th is one word */
    if (v >= 100 && is_power(v) && tk_has(s, p, LX_FRACTION) &&
        (bare ? whole < 1000 : whole == 1 && !counts(s, p + length)))
        return 0; /* "one hundredth of", "одна сотая секунды", "семь тысячных" */
    if (tk_has(s, p, LX_CURRENCY) && whole > 1 && !tk_mean(s, p + length, LX_OF, NULL))
        return 0; /* "venti centesimi" are money */
    int one = whole == 1 && s->lx->noun_after && v >= 3 &&
              (p + length >= s->count || s->at[p + length].kind != TK_WORD || tk_mean(s, p + length, LX_OF, NULL) ||
               tk_has(s, p + length, LX_UNIT) || tk_before(s, f->number, LX_BOUND, NULL));
    if (parts(s, p, v) || one) {
        divide(&sum, v, &f->value);
        f->flags = (f->flags & ~FG_ONE) | FG_FRACTION;
        f->why = m;
        return p + length;
    }
    uint64_t group = a->state == 1 ? a->group : 0, low = a->terms ? small_value(&a->scale[a->terms - 1]) : 0;
    uint32_t end = fc_ordinals(s, p, whole - group, group, low, f);
    if (!end && !a->terms && v >= 1000000 && is_power(v)) { /* "cento trilionesimo" */
        struct assay_decimal by;
        assay_decimal_u64(&by, v);
        assay_decimal_mul(&f->value, &sum, &by);
        f->flags |= FG_ORDINAL;
        return p + length;
    }
    if (end || whole == 1 || !s->lx->noun_after || v < 3 || v >= 1000 || a->terms || tk_has(s, p, LX_WEEKDAY))
        return end;
    divide(&sum, v, &f->value); /* "trois cinquième" */
    f->flags = (f->flags & ~FG_ONE) | FG_FRACTION;
    f->why = m;
    return p + length;
}

/* "vinte e dois trinta avos", "un vingt-cinquième": a second number after the first says into how many parts. */
uint32_t fc_denominator(const struct tks *s, const struct habit *h, uint32_t i, const struct sum *a, struct figure *f)
{
    struct assay_decimal sum, over;
    uint32_t length, end, p = nb_hyphen(s, i);
    if (!(s->lx->noun_after || s->lx->plural[0]) || f->flags & FG_DIGITS || a->state != 1 || !tk_has(s, p, LX_CARDINAL))
        return 0;
    struct sum b;
    struct figure g = {.number = i, .confidence = 95};
    b.group = b.terms = b.state = 0;
    if ((end = nb_sum(s, h, p, 1, &g, &b)) == p || g.flags & FG_DIGITS)
        return 0;
    uint32_t parts_at = nb_hyphen(s, end); /* "two twenty-fifths" */
    const struct lx_meaning *m = tk_mean(s, parts_at, LX_FRACTION, &length);
    nb_total(a, &sum);
    nb_total(&b, &over);
    if (m && !m->number) {
        end = parts_at + length;
    } else if (m && m->number == 1 && m->over > 2 && m->over < 10 && b.state == 1 && !b.terms && b.group >= 20 &&
               b.group < 100 && b.group % 10 == 0 && strchr("si", s->text[s->at[parts_at].end - 1])) {
        assay_decimal_u64(&over, b.group + m->over); /* "twenty twenty fifths" */
        end = parts_at + length;
    } else {
        m = NULL;
        if (small_value(&sum) != 1 || !(end = fc_ordinal_end(s, end, &b, &g)) || !(g.flags & FG_ORDINAL) ||
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
