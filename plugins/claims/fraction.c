/* SPDX-License-Identifier: Apache-2.0
 *
 * Parts: fractions in words and with a slash, ordinals of any size. Places spoken behind a point are in spoken.c.
 */
#include <string.h>

#include "number.h"
#include "shape.h"

void fc_put(struct figure *f, const struct assay_decimal *part)
{
    struct assay_decimal sum;
    assay_decimal_add(&sum, &f->value, part);
    f->value = sum;
}

/* 0: not a whole number of at most 17 digits. */
uint64_t nb_small(const struct assay_decimal *d)
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
    for (; t < end && sh_digit(*t); t++)
        *a = *a * 10 + (uint64_t)(*t - '0');
    while (t < end && !sh_digit(*t))
        t++;
    for (; t < end && sh_digit(*t); t++)
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

/* "neun sieben Achtel": parts counted right behind the whole; the token after them, or i. */
static uint32_t counted_parts(const struct tks *s, uint32_t i, struct figure *f)
{
    uint64_t v;
    uint32_t used, length;
    struct assay_decimal part;
    if (!s->lx->compounds || f->flags & (FG_DIGITS | FG_ONE) || !nb_cardinal(s, i, LX_CARDINAL, &v, &used))
        return i;
    const struct lx_meaning *m = tk_mean(s, i + used, LX_FRACTION, &length);
    if (!m || m->number != 1 || m->over < 3 || v < 2 || v >= m->over)
        return i;
    nm_divide(v, m->over, &part);
    fc_put(f, &part);
    return i + used + length;
}

/* "10-7/8", "5-1/2 points": a hyphen between the whole and halves, quarters, eighths and less. */
static int eighths(const struct tks *s, uint32_t i)
{
    uint64_t a, b;
    if (!tk_sign(s, i, '-') || s->at[i].space || i + 1 >= s->count || s->at[i + 1].space ||
        s->at[i + 1].kind != TK_NUMBER || s->at[i + 1].shape != SH_FRACTION)
        return 0;
    read_slash(s, i + 1, &a, &b);
    return a && a < b && b <= 64 && !(b & (b - 1));
}

/* A part right behind the whole: "3 1/2", "3½", "üç buçuk"; the token after it, or i. */
static uint32_t part_beside(const struct tks *s, uint32_t i, struct figure *f, const struct assay_decimal *scale)
{
    uint32_t length;
    struct assay_decimal part, scaled;
    if (i >= s->count)
        return i;
    uint32_t hyphen = (uint32_t)eighths(s, i);
    if ((hyphen || (s->at[i].kind == TK_NUMBER && s->at[i].shape == SH_FRACTION)) && f->flags & FG_DIGITS &&
        i - f->number == 1 + (uint32_t)(s->at[f->number].kind == TK_SIGN)) {
        uint64_t a, b;
        i += hyphen;
        read_slash(s, i, &a, &b);
        if (a >= b)
            return i - hyphen;
        nm_divide(a, b, &part);
        fc_put(f, &part);
        return i + 1;
    }
    if (!scale && tk_has(s, i, LX_CARDINAL) && !tk_has(s, i, LX_FRACTION))
        return counted_parts(s, i, f);
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
    fc_put(f, &part);
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
            fc_put(f, &g.value);
        return g.flags ? p + 1 : i;
    }
    if (tk_is(s, p, LX_WORD, OF_ARTICLE, &used) || (nb_cardinal(s, p, LX_CARDINAL, &v, &used) && v < 20))
        p = nb_hyphen(s, p + used);
    m = tk_mean(s, p, LX_FRACTION, &used);
    if (!m || m->number <= 0 || m->number >= m->over || v == 0 ||
        (tk_is(s, p + used, LX_WORD, OF_ARTICLE, NULL) && tk_has(s, p + used + 1, LX_SCALE)))
        return i; /* also "between 400,000 and half a million" */
    nm_divide(v * (uint64_t)m->number, m->over, &part);
    p = scale_part(s, p + used, &part, scale);
    fc_put(f, &part);
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

/* "of May": what stands there makes a day of the ordinal before it. */
static int of_month(const struct tks *s, uint32_t p)
{
    uint32_t of;
    return tk_mean(s, p, LX_OF, &of) && tk_has(s, p + of, LX_MONTH);
}

/* Whether the word at i, found as part m, names a place or day: "their fifth win", "the fourth of July"; "avos" alone
 * is no part either. */
static int no_part(const struct tks *s, uint32_t i, const struct lx_meaning *m, uint32_t length)
{
    int ordinal = s->at[i].kind == TK_WORD && tk_has(s, i, LX_ORDINAL);
    if (!m->number || (ordinal && length == 1 && !tk_mean(s, i + length, LX_OF, NULL)))
        return 1;
    const struct lx_meaning *unit = s->lx->percent_first ? tk_mean(s, i + length, LX_UNIT, NULL) : NULL;
    if (unit && tk_has(s, i, LX_PERIOD) && !strncmp(lx_key(s->lx, unit), "per", 3))
        return 1; /* "çeyrekte binde 1" */
    return ordinal && of_month(s, i + length);
}

/* Whether the part at `at`, behind the article at i, stands without a whole at p: "slid by a third to 310", "more than
 * a third agreed". */
static int without_whole(const struct tks *s, uint32_t i, uint32_t at, uint32_t p)
{
    const struct tk *next = s->at + p;
    const uint64_t go_on = LX_BIT(LX_WORD) | LX_BIT(LX_RELATION) | LX_BIT(LX_TIME);
    int bound = tk_before(s, i, LX_BOUND, NULL) != NULL;
    if (next->mask & go_on && (by_before(s, i) || (bound && tk_is(s, p, LX_RELATION, OF_TO, NULL))))
        return 1;
    return s->lx->one_counts && s->at[i].letters <= 2 && bound && !s->at[at].upper && !next->upper &&
           !(next->mask & (LX_BIT(LX_NOUN) | LX_BIT(LX_PERIOD)));
}

/* "a fifth of", but not "della metà"; *length with the article. */
static const struct lx_meaning *behind_article(const struct tks *s, uint32_t i, uint32_t *length)
{
    uint32_t used;
    if (!tk_is(s, i, LX_WORD, OF_ARTICLE, &used) ||
        (s->lx->noun_after && s->at[i].letters > 1 && s->at[i].mask & (LX_BIT(LX_OF) | LX_BIT(LX_RELATION))))
        return NULL;
    uint32_t at = i + used;
    const struct lx_meaning *m = tk_mean(s, at, LX_FRACTION, length);
    if (!m)
        return NULL;
    uint32_t p = at + *length;
    int of = tk_mean(s, p, LX_OF, NULL) != NULL;
    if (s->lx->noun_after && *length == 1 && !tk_has(s, i, LX_CARDINAL) && tk_has(s, at, LX_ORDINAL) && m->over > 4 &&
        !of)
        return NULL; /* "le dixième" is a place */
    if (nb_hyphen(s, p) != p || of_month(s, p))
        return NULL;
    if (s->at[at].kind == TK_WORD && m->number * 2 != m->over && p < s->count && !of && s->at[p].kind == TK_WORD &&
        !without_whole(s, i, at, p))
        return NULL;
    *length += used;
    return m;
}

/* "half a million", "a quarter of a dozen": multiplies the part by the scale behind it; the token after it, p where
 * there is none. */
static uint32_t scaled_part(const struct tks *s, uint32_t p, struct figure *f)
{
    struct assay_decimal by, product;
    uint32_t used, q = nb_hyphen(s, p);
    if (!tk_is(s, q, LX_WORD, OF_ARTICLE, NULL) && tk_mean(s, q, LX_OF, &used))
        q += used;
    if (tk_is(s, q, LX_WORD, OF_ARTICLE, &used))
        q = nb_hyphen(s, q + used); /* "half-a-million" */
    const struct lx_meaning *scale = nb_scale(s, q, f, &used);
    if (!scale)
        return p;
    lx_value(scale, &by);
    assay_decimal_mul(&product, &f->value, &by);
    f->value = product;
    f->flags = (f->flags & ~FG_FRACTION) | FG_SCALED;
    return q + used;
}

/* "half a million", "a quarter of", "two thirds", "полмиллиона". */
uint32_t fc_words(const struct tks *s, uint32_t i, struct figure *f)
{
    uint32_t length;
    const struct lx_meaning *m = tk_mean(s, i, LX_FRACTION, &length);
    if (m && no_part(s, i, m, length))
        return 0;
    if (!m)
        m = behind_article(s, i, &length);
    if (!m)
        return 0;
    lx_value(m, &f->value);
    f->why = m;
    f->flags |= FG_WORDS | FG_FRACTION | (m->number * 2 == m->over ? FG_HALF : 0);
    return scaled_part(s, i + length, f);
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

/* The first or second at p is no end of the number before it, which ends at i: "noventa segundos", "les trente
 * premiers", "le trenta prime", "сто первых дней", "die zwanzig ersten", "a thirty-second spot". */
static int beside(const struct tks *s, uint32_t p, uint32_t i, uint64_t v, const struct figure *f)
{
    const struct tk *t = s->at + p;
    char last = s->text[t->end - 1];
    if (s->lx->noun_after)
        return p == i && (last == 's' || last == 'i' || (last == 'e' && s->lx->compounds));
    if (s->lx->noun_capital)
        return t->space;
    if (s->lx->one_counts)
        return v == 2 && tk_has(s, p, LX_UNIT) && f->number && s->at[f->number - 1].letters == 1 &&
               tk_is(s, f->number - 1, LX_WORD, OF_ARTICLE, NULL) && counts(s, p + 1);
    return v == 1 && t->end - t->begin > 2 && !memcmp(s->text + t->end - 2, "\xd1\x85", 2); /* the genitive's "х" */
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
    uint64_t whole = nb_small(&sum);
    if (!whole)
        return 0;
    int bare = !s->lx->noun_after && !s->lx->plural[0] && !s->lx->compounds; /* Slavic: 7000th is one word */
    if (v >= 100 && is_power(v) && tk_has(s, p, LX_FRACTION) &&
        (bare ? whole < 1000 : whole == 1 && !counts(s, p + length)))
        return 0; /* "one hundredth of", "одна сотая секунды", "семь тысячных" */
    if (tk_has(s, p, LX_CURRENCY) && whole > 1 && !tk_mean(s, p + length, LX_OF, NULL))
        return 0; /* "venti centesimi" are money */
    if (whole > 1 && v <= 2 && beside(s, p, i, v, f))
        return 0;
    int one = whole == 1 && s->lx->noun_after && v >= 3 &&
              (p + length >= s->count || s->at[p + length].kind != TK_WORD || tk_mean(s, p + length, LX_OF, NULL) ||
               tk_has(s, p + length, LX_UNIT) || tk_before(s, f->number, LX_BOUND, NULL));
    if (parts(s, p, v) || one) {
        divide(&sum, v, &f->value);
        f->flags = (f->flags & ~FG_ONE) | FG_FRACTION;
        f->why = m;
        return p + length;
    }
    uint64_t group = a->state == 1 ? a->group : 0, low = a->terms ? nb_small(&a->scale[a->terms - 1]) : 0;
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
    if (s->lx->vigesimal && v == 100 && whole < 10 && counts(s, p + length)) { /* "le cinq centième anniversaire" */
        assay_decimal_u64(&f->value, whole * v);
        f->flags |= FG_ORDINAL;
        f->why = m;
        return p + length;
    }
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
        if (nb_small(&sum) != 1 || !(end = fc_ordinal_end(s, end, &b, &g)) || !(g.flags & FG_ORDINAL) ||
            (end < s->count && s->at[end].kind == TK_WORD && !tk_mean(s, end, LX_OF, NULL)))
            return 0;
        over = g.value;
    }
    if (!nb_small(&over))
        return 0;
    divide(&sum, nb_small(&over), &f->value);
    f->flags = (f->flags & ~FG_ONE) | FG_FRACTION;
    f->why = m ? m : f->why;
    return end;
}
