/* SPDX-License-Identifier: Apache-2.0
 *
 * A number as a whole: its sign, a sum of numerals and words (number.c), the parts and places behind it (fraction.c), a
 * scale behind those; vague plurals; the same number told twice ("30 (thirty)").
 */
#include "number.h"
#include "scale.h"
#include "shape.h"

static uint32_t vague(const struct tks *s, uint32_t i, struct figure *f)
{
    uint32_t length, p, used;
    const struct lx_meaning *m = tk_mean(s, i, LX_VAGUE, &length);
    if (!m || nb_states_unit(s, i, length))
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
        if (!by || !nb_scale_fits(s, q, f))
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

/* «тысяч сорок», «миллиона два»: about so many, where the scale stands before the number. */
static uint32_t inverted_scale(const struct tks *s, const struct habit *h, uint32_t i, struct figure *f)
{
    struct assay_decimal by, product;
    struct sum a;
    uint32_t length, end;
    const struct lx_meaning *m = s->lx->inverted[0] ? tk_mean(s, i, LX_SCALE, &length) : NULL;
    if (!m || length != 1 || s->at[i].letters < 5 || !tk_has(s, i + 1, LX_CARDINAL) || tk_has(s, i + 1, LX_WORD) ||
        !lx_ends_in(s->lx->inverted, s->text + s->at[i].begin, s->at[i].end - s->at[i].begin))
        return 0;
    a.group = a.terms = a.state = 0;
    end = nb_sum(s, h, i + 1, 0, f, &a);
    if (end == i + 1 || a.state != 1 || a.terms || a.group < 2 || f->flags & FG_DIGITS)
        return 0;
    nb_total(&a, &f->value);
    lx_value(m, &by);
    assay_decimal_mul(&product, &f->value, &by);
    f->value = product;
    f->flags |= FG_WORDS | FG_SCALED;
    f->bound = ASSAY_BOUND_ABOUT;
    f->why = m;
    return end;
}

/* A word for minus, or a minus sign that stands against the number and away from what is before. */
static int minus(const struct tks *s, uint32_t *i)
{
    const struct tk *t = s->at + *i;
    if (t->kind == TK_SIGN && (t->cp == '-' || t->cp == 0x2212 || t->cp == 0x2013) && *i + 1 < s->count &&
        !s->at[*i + 1].space && (t->space || *i == 0 || s->at[*i - 1].kind == TK_SIGN) &&
        s->at[*i + 1].kind == TK_NUMBER) {
        ++*i;
        return 1;
    }
    if (tk_sign(s, *i, '-') && *i == 0 && (tk_sign(s, 1, '.') || tk_sign(s, 1, ',')) && !s->at[1].space &&
        s->count > 2 && s->at[2].kind == TK_NUMBER && !s->at[2].space) {
        *i = 2; /* "-.5" */
        return 1;
    }
    uint32_t length, start;
    const struct lx_meaning *m = tk_mean(s, *i, LX_SIGN, &length);
    if (m && tk_before(s, *i + length, LX_BOUND, &start) && start < *i)
        return 0; /* "al menos 20" */
    if (m && t->stem && s->lx->suffixed)
        return 0; /* "şaxtada 1900 nəfər": in the mine, no frost */
    if (m && *i + length < s->count && s->at[*i + length].mask & (LX_TRIGGERS)) {
        *i += length;
        return m->number < 0;
    }
    if (m && nb_hyphen(s, *i + length) < s->count && s->at[nb_hyphen(s, *i + length)].kind == TK_NUMBER &&
        t->kind == TK_WORD) {
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
    if (!tk_is(s, i, LX_WORD, OF_ARTICLE, &used) ||
        (s->lx->noun_after && !tk_has(s, i, LX_CARDINAL))) /* "um milhão", not "a cem" */
        return i;
    if (tk_mean(s, i + used, LX_SCALE, &length) && s->at[i + used].letters > 1)
        return i + used;
    const struct lx_meaning *m = nb_cardinal(s, i + used, LX_CARDINAL, &v, &length);
    return m && v == 100 ? i + used : i;
}

/* "un cinquième but": a word of place and part with a noun right behind it is a place. */
static int placed(const struct tks *s, uint32_t i, uint32_t length)
{
    uint32_t next = i + length;
    return s->lx->noun_after && tk_has(s, i, LX_ORDINAL) && next < s->count && s->at[next].kind == TK_WORD &&
           s->at[next].space && s->at[next].letters > 2 &&
           !(s->at[next].mask & (LX_BIT(LX_WORD) | LX_BIT(LX_OF) | LX_BIT(LX_JOIN) | LX_BIT(LX_TIME) | LX_BIT(LX_PER) |
                                 LX_BIT(LX_BOUND) | LX_BIT(LX_UNIT) | LX_BIT(LX_SCALE)));
}

/* "2 с лишним миллиона": a bound between the number and its scale; the token after it. */
static uint32_t over_scale(const struct tks *s, uint32_t end, struct figure *f)
{
    uint32_t length, used;
    struct assay_decimal by, product;
    const struct lx_meaning *m = f->flags & (FG_SCALED | FG_FRACTION | FG_ORDINAL)
                                     ? NULL
                                     : tk_mean(s, end, LX_BOUND_AFTER, &length),
                            *scale;
    if (!m || m->of != OF_OVER || length < 2 || (scale = tk_mean(s, end + length, LX_SCALE, &used)) == NULL)
        return end;
    lx_value(scale, &by);
    assay_decimal_mul(&product, &f->value, &by);
    f->value = product;
    f->flags |= FG_SCALED;
    f->bound = ASSAY_BOUND_OVER;
    f->why = scale;
    return end + length + used;
}

/* No sum at p: a fraction or an ordinal of words. */
static uint32_t without_sum(const struct tks *s, uint32_t p, struct figure *f)
{
    uint32_t end = fc_words(s, p, f);
    if (end)
        return end;
    if (tk_has(s, p, LX_ORDINAL)) {
        end = fc_ordinals(s, p, 0, 0, 0, f);
        f->flags |= end ? FG_WORDS : 0;
        return end;
    }
    if (s->at[p].compound != 2)
        return 0;
    assay_decimal_u64(&f->value, s->at[p].value);
    f->flags |= FG_ORDINAL | FG_WORDS;
    return p + 1;
}

/* "two thirds": the parts behind the words of a sum; end where there are none. */
static uint32_t parts_behind(const struct tks *s, uint32_t end, const struct sum *a, struct figure *f)
{
    uint32_t length, q = nb_hyphen(s, end);
    if (q == end && tk_sign(s, end, '-') && end + 1 < s->count && s->at[end + 1].space &&
        tk_has(s, end + 1, LX_FRACTION))
        q++; /* "one - fourth" */
    const struct lx_meaning *m =
        s->lx->suffixed || a->state != 1 || a->terms ? NULL : tk_mean(s, q, LX_FRACTION, &length);
    if (m && a->group == 1 && m->number != 1 && m->number > 0 && tk_has(s, q, LX_UNIT)) { /* "eine Dreiviertelstunde" */
        lx_value(m, &f->value);
        f->flags |= FG_FRACTION;
        f->why = m;
        return q + length;
    }
    if (!m || s->at[q].kind != TK_WORD || m->number != 1 ||
        (a->group > 1 && tk_has(s, q, LX_CURRENCY) && !tk_mean(s, q + length, LX_OF, NULL)) ||
        (a->group == 1 && placed(s, q, length) && !tk_before(s, f->number, LX_BOUND, NULL)))
        return end;
    uint64_t tens = a->group % 100;
    int joined_tens = a->group > 100 && tens >= 20 && tens % 10 == 0 && m->over > 2 && m->over < 10 && q == end &&
                      end >= 2 && !tk_is(s, end - 2, LX_JOIN, OF_AND, NULL);
    if (joined_tens) /* "one hundred thirty fifths" */
        nm_divide(a->group - tens, tens + m->over, &f->value);
    else
        nm_divide(a->group, m->over, &f->value);
    assay_decimal_scale(&f->value, m->power);
    f->flags |= FG_FRACTION;
    f->why = m;
    return q + length;
}

/* A scale behind a hyphen, or after what came with the fraction: $2-million, two and a half million, two thirds of a
 * million. */
static uint32_t scale_behind(const struct tks *s, uint32_t end, struct figure *f)
{
    struct assay_decimal by;
    uint32_t length, q = nb_hyphen(s, end);
    if (f->flags & FG_FRACTION && tk_mean(s, q, LX_OF, &length)) {
        q += length;
        q += tk_is(s, q, LX_WORD, OF_ARTICLE, &length) ? length : 0;
    }
    const struct lx_meaning *m = nb_scale(s, q, f, &length);
    uint64_t v;
    if (!m && f->flags & FG_FRACTION && q == end && nb_cardinal(s, q, LX_CARDINAL, &v, &length) && v == 100)
        m = tk_mean(s, q, LX_CARDINAL, &length); /* "ein halbes Hundert" */
    if (!m)
        return end;
    lx_value(m, &by);
    nb_scale_by(f, &by);
    f->flags |= FG_SCALED;
    f->why = m;
    return q + length;
}

/* "une centaine de millions", "un milione di miliardi": a greater scale behind "of". */
static uint32_t scale_of(const struct tks *s, uint32_t end, struct figure *f)
{
    struct assay_decimal by;
    uint32_t length, used;
    if (!s->lx->noun_after || f->flags & FG_DIGITS || !tk_mean(s, end, LX_OF, &length) ||
        !assay_decimal_above(&f->value, 9))
        return end;
    const struct lx_meaning *m = tk_mean(s, end + length, LX_SCALE, &used);
    if (!m)
        m = tk_mean(s, end + length, LX_VAGUE, &used);
    if (!m || m->power < 3 || s->at[end + length].letters < 5)
        return end;
    lx_value(m, &by);
    nb_scale_by(f, &by);
    f->has_scale = 0;
    f->flags |= FG_SCALED;
    f->why = m;
    return end + length + used;
}

/* A sum that ends at `end`, with the parts and places behind it; gives its end. */
static uint32_t with_sum(const struct tks *s, const struct habit *h, uint32_t end, const struct sum *a,
                         struct figure *f)
{
    uint32_t next = fc_ordinal_end(s, end, a, f);
    if (!next)
        next = fc_denominator(s, h, end, a, f);
    if (next)
        return f->flags & FG_FRACTION ? scale_behind(s, next, f) : next;
    nb_total(a, &f->value);
    if (a->terms != 1 || a->state)
        f->has_scale = 0;
    next = parts_behind(s, end, a, f);
    if (next == end)
        next = fc_spoken(s, h, end, f);
    if (next == end)
        next = fc_added(s, end, f, a->state == 0 && a->terms ? &a->scale[a->terms - 1] : NULL);
    if (next > end)
        f->flags &= ~FG_ONE;
    next = a->terms ? next : scale_behind(s, next, f);
    return next == end ? scale_of(s, end, f) : next;
}

/* "point five percent", "coma 5": places without a whole, at the start of the text or before a unit; the token after
 * them, 0: none. */
static uint32_t places_alone(const struct tks *s, const struct habit *h, uint32_t i, struct figure *f)
{
    uint32_t start, end;
    const struct lx_meaning *point = i ? tk_before(s, i, LX_POINT, &start) : NULL;
    if (!point || lx_key(s->lx, point)[0] != 'p' || (start && !(s->at[start - 1].mask & (LX_BIT(LX_BOUND) |
        LX_BIT(LX_RELATION) | LX_BIT(LX_CHANGE)))))
        return 0;
    struct figure g = *f;
    end = fc_spoken(s, h, start, &g);
    if (end == start || (end < s->count && !(s->at[end].mask & LX_BIT(LX_UNIT))))
        return 0;
    f->value = g.value;
    f->number = start;
    f->flags |= FG_WORDS;
    return end;
}

static uint32_t one_number(const struct tks *s, const struct habit *h, uint32_t i, int joined, struct figure *f)
{
    uint32_t p = i, end;
    struct sum a;
    a.group = a.terms = a.state = 0;
    f->number = i;
    f->confidence = 95;
    int negative = minus(s, &p);
    if (p >= s->count)
        return 0;
    const struct tk *t = s->at + p;
    if (negative && t->kind == TK_WORD && t->letters == 1 && t->mask & LX_BIT(LX_SCALE))
        return 0; /* "minus M degrees": a letter for a scale is no number of its own */
    if (!negative && ((end = inverted_scale(s, h, p, f)) != 0 || (end = vague(s, p, f)) != 0 ||
                      (end = places_alone(s, h, p, f)) != 0)) {
        f->after = end;
        return end;
    }
    if (t->kind == TK_NUMBER && t->shape == SH_FRACTION) {
        end = fc_slash(s, p, f);
    } else {
        uint32_t start = article(s, p);
        end = nb_sum(s, h, start, joined, f, &a);
        end = end == start ? without_sum(s, p, f) : with_sum(s, h, end, &a, f);
    }
    if (!end)
        return 0;
    end = over_scale(s, end, f);
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

/* "Thirty (30) days", "5 млн (пять миллионов) рублей": the same number once more in brackets; the token after it. */
static uint32_t told_twice(const struct tks *s, const struct habit *h, uint32_t end, struct figure *f)
{
    struct figure again = {.number = end + 1};
    uint32_t p = end + 1, close;
    if (p >= s->count || s->at[p].space || f->flags & (FG_ORDINAL | FG_VAGUE | FG_FRACTION) ||
        !(s->at[p].kind == TK_NUMBER || s->at[p].compound || s->at[p].mask & (LX_BIT(LX_CARDINAL) | LX_BIT(LX_SCALE))))
        return end;
    close = one_number(s, h, p, 1, &again);
    if (!close || !tk_sign(s, close, ')') || !((f->flags ^ again.flags) & FG_DIGITS) ||
        assay_decimal_compare(&f->value, &again.value))
        return end;
    f->flags = (f->flags & ~FG_ONE) | FG_WORDS;
    f->has_other = 0;
    return f->has_scale ? close + 1 : scale_behind(s, close + 1, f);
}

uint32_t nb_read(const struct tks *s, const struct habit *h, uint32_t i, int joined, struct figure *f)
{
    uint32_t end = one_number(s, h, i, joined, f);
    if (end && tk_sign(s, end, '('))
        f->after = end = told_twice(s, h, end, f);
    return end;
}
