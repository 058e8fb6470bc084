/* SPDX-License-Identifier: Apache-2.0
 *
 * The number grammar: numerals with any separators, number words, both mixed; parts and places are in fraction.c.
 * Scales collapse what stands before them by a stack, so that "234 thousand 567 billones" and "2 mln 300 thousand" come
 * out right in long and short scales alike.
 */
#include <string.h>

#include "number.h"
#include "shape.h"

enum { MOST_WORDS = 40 };

/* How much may be added to v: 20 takes up to 9, 300 up to 99, 60 and 80 in French up to 19. */
uint64_t nb_room(const struct lx *lx, uint64_t v)
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
const struct lx_meaning *nb_cardinal(const struct tks *s, uint32_t i, uint32_t class, uint64_t *value, uint32_t *length)
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
    if (v && v < nb_room(s->lx, a->group)) {
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

void nb_total(const struct sum *a, struct assay_decimal *to)
{
    struct assay_decimal sum;
    current(a, to);
    for (uint32_t i = a->terms; i-- > 0;) {
        assay_decimal_add(&sum, to, &a->term[i]);
        *to = sum;
    }
}

/* Forms of one letter, but not "3,2-b" of chemistry, are a scale only in "$5m" or glued as in "30k". */
static int scale_fits(const struct tks *s, uint32_t i, const struct figure *f)
{
    const struct tk *t = s->at + i;
    if (t->kind == TK_WORD && t->letters == 2 && f->number == i)
        return 0; /* "Mn" is a sum of money only after a number */
    uint32_t phrase;
    if (t->kind == TK_WORD && t->mask & LX_BIT(LX_WORD) && tk_is(s, i, LX_WORD, OF_OTHER, NULL) && (f->number == i || (tk_is(s, i, LX_REJECT, OF_NAME, &phrase) && phrase > 1)))
        return 0; /* "grand" alone, "two grand juries" */
    if (t->kind == TK_WORD && t->letters == 2 && t->upper == 2 && t->mask & LX_BIT(LX_UNIT) && !(f->number && tk_has(s, f->number - 1, LX_CURRENCY)))
        return 0; /* "$1MM", but "9MM" */
    if (t->letters > 1 || t->kind != TK_WORD)
        return 1;
    if (t->cp >= 0x80)
        return !t->space;
    if (f->number < i && i + 1 < s->count && !s->at[i + 1].space && s->at[i + 1].kind == TK_SIGN && tk_has(s, i + 1, LX_CURRENCY))
        return 1; /* "2,5 M€" */
    if (f->number == i || (i && tk_sign(s, i - 1, '-') && !(f->number && tk_has(s, f->number - 1, LX_CURRENCY))))
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

const struct lx_meaning *nb_scale(const struct tks *s, uint32_t i, const struct figure *f, uint32_t *length)
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

/* Whether thousands came last, and whole ones. */
static int small_scale(const struct sum *a)
{
    return a->scale[a->terms - 1].digits == 1 && a->scale[a->terms - 1].exponent == 3 && a->term[a->terms - 1].exponent >= 3;
}

/* The words of number from token q on: 1 they go on to a lesser scale than the last one, -1 to another, 0 to none.
 * *hundreds: they have a hundred. */
static int scale_ahead(const struct tks *s, uint32_t q, const struct sum *a, int *hundreds)
{
    uint32_t length;
    uint64_t v;
    struct assay_decimal scale;
    *hundreds = 0;
    for (uint32_t n = 0; n < 8 && a->terms; n++) {
        const struct lx_meaning *m = tk_mean(s, q, LX_SCALE, &length);
        if (m && s->at[q].letters > 2) {
            lx_value(m, &scale);
            return assay_decimal_compare(&scale, &a->scale[a->terms - 1]) < 0 ? 1 : -1;
        }
        if (nb_cardinal(s, q, LX_CARDINAL, &v, &length))
            *hundreds |= v == 100;
        else if (!n || !tk_is(s, q, LX_JOIN, OF_AND, &length))
            break;
        q = nb_hyphen(s, q + length);
    }
    return 0;
}

/* "three million, two hundred and forty thousand": words behind a comma that go on with a lesser scale, or with hundreds. */
static uint32_t over_comma(const struct tks *s, uint32_t p, const struct sum *a)
{
    int hundreds, ahead = tk_sign(s, p, ',') && !s->at[p].space && a->terms && !a->state ? scale_ahead(s, p + 1, a, &hundreds) : -1;
    return ahead > 0 || (!ahead && hundreds) ? p + 1 : p;
}

/* "and" and a numeral with a lesser scale from token p on; *length: of "and". */
static int lesser(const struct tks *s, uint32_t p, const struct figure *f, const struct sum *a, uint32_t *length)
{
    uint32_t used;
    struct assay_decimal scale;
    if (!tk_is(s, p, LX_JOIN, OF_AND, length))
        return 0;
    p += *length;
    if (p + 1 >= s->count || s->at[p].kind != TK_NUMBER || s->at[p].end - s->at[p].begin > 3)
        return 0;
    const struct lx_meaning *m = nb_scale(s, p + 1, f, &used);
    if (!m || s->at[p + 1].letters < 3)
        return 0;
    lx_value(m, &scale);
    return assay_decimal_compare(&scale, &a->scale[a->terms - 1]) < 0;
}

/* Where a sum is read: the next token, and the end of what is certain. */
struct reading {
    uint32_t begin, at, good;
};

enum { STOP, TAKEN, PASSED }; /* nothing that belongs to the sum; a part of it; a word between two parts */

/* 1 where a numeral may follow a scale: "1 mln 250 thousand", "5 thousand 300 roubles". */
static int goes_on(const struct tks *s, const struct tk *t, const struct sum *a, const struct numeral *part, const struct lx_meaning *with)
{
    const struct assay_decimal *last = &a->scale[a->terms - 1];
    uint32_t after = (uint32_t)(t - s->at) + 1, size = t->end - t->begin;
    struct assay_decimal scale;
    if (with) {
        lx_value(with, &scale);
        if (assay_decimal_compare(&scale, last) < 0)
            return 1;
    }
    if (assay_decimal_compare(&part->value, last) >= 0 || size > 3)
        return 0;
    if (tk_has(s, after, LX_UNIT) || tk_has(s, after, LX_CURRENCY))
        return 1;
    return small_scale(a) && (size == 3 || (t->space == 1 && after < s->count && s->at[after].kind == TK_WORD)); /* "3 bin 49 kişi" */
}

static int take_digits(const struct tks *s, const struct habit *h, struct figure *f, struct sum *a, struct reading *r)
{
    const struct tk *t = s->at + r->at;
    uint32_t next;
    struct numeral part;
    const struct lx_meaning *with = nb_scale(s, r->at + 1, f, &next);
    int thousand = a->terms == 1 && !a->state && !(f->flags & FG_DIGITS) && (s->lx->suffixed || s->lx->noun_after) && small_scale(a) && t->space == 1 &&
                   t->end - t->begin == 3 && t->shape == SH_NUMERAL; /* "mil 200" */
    if (t->shape == SH_FRACTION || a->state || (a->terms && ((!(f->flags & FG_DIGITS) && !thousand) || !t->space)) || !nm_read(s, h, t, with != NULL, &part))
        return STOP;
    if (a->terms && !thousand && !goes_on(s, t, a, &part, with))
        return STOP;
    if (!a->terms) {
        if (part.has_other)
            f->other = part.other;
        f->has_other = part.has_other;
        f->confidence = part.confidence;
        f->flags |= FG_DIGITS;
    }
    a->digits = part.value;
    a->state = 2;
    r->at = r->good = r->at + 1;
    return TAKEN;
}

static int take_scale(const struct tks *s, struct figure *f, struct sum *a, struct reading *r, const struct lx_meaning *m, uint32_t length)
{
    struct assay_decimal scale, bare;
    int single = !a->terms && a->state;
    lx_value(m, &scale);
    current(a, &bare);
    if (!add_scale(a, &scale))
        return STOP;
    f->has_scale = (uint32_t)single;
    f->bare = bare;
    f->scale = scale;
    f->flags |= FG_SCALED | (f->flags & FG_DIGITS ? 0 : FG_WORDS);
    f->why = m;
    if (length > 1 && r->at + length == s->count && tk_sign(s, r->at + length - 1, '.'))
        length--; /* the full stop of the sentence */
    r->at = r->good = r->at + length;
    uint32_t next = f->flags & FG_DIGITS ? r->at : over_comma(s, r->at, a);
    if (next > r->at) {
        r->at = next;
        return PASSED;
    }
    r->at = after_stop(s, r->at, LX_BIT(LX_SCALE) | LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY));
    if (r->at > r->good && !(s->at[r->at].mask & LX_BIT(LX_SCALE)))
        r->at = r->good;
    return TAKEN;
}

static int take_cardinal(const struct tks *s, struct figure *f, struct sum *a, struct reading *r, const struct lx_meaning *m, uint64_t v, uint32_t length)
{
    struct assay_decimal scale;
    int hundreds = f->flags & FG_DIGITS && a->state == 2 && v == 100 && s->at[r->at].letters > 2 && !tk_has(s, r->at, LX_CURRENCY);
    if (hundreds)
        assay_decimal_u64(&scale, v);
    else if (f->flags & FG_DIGITS && (!a->terms || !tk_has(s, r->at + length, LX_SCALE)))
        return STOP;
    if (hundreds ? !add_scale(a, &scale) : !add_words(s, a, v))
        return STOP;
    f->flags |= FG_WORDS | (r->at == r->begin && v == 1 ? FG_ONE : 0);
    if (m->line)
        f->why = m;
    r->at = r->good = r->at + length;
    return TAKEN;
}

/* "полтора" */
static int take_part(struct figure *f, struct sum *a, struct reading *r, const struct lx_meaning *m, uint32_t length)
{
    lx_value(m, &a->digits);
    a->state = 2;
    f->flags |= FG_WORDS;
    f->why = m;
    r->at = r->good = r->at + length;
    return TAKEN;
}

/* "24 milioni e 222mila", "a hundred and five", "twenty-three thousand and four": passes the "and". */
static int pass_and(const struct tks *s, const struct figure *f, const struct sum *a, struct reading *r)
{
    uint32_t length, next;
    uint64_t v;
    int hundreds;
    if (r->good <= r->begin)
        return STOP;
    if (f->flags & FG_DIGITS) {
        if (!a->terms || a->state || !lesser(s, r->at, f, a, &length))
            return STOP;
        r->at += length;
        return PASSED;
    }
    if (s->lx->suffixed || !tk_is(s, r->at, LX_JOIN, OF_AND, &length))
        return STOP;
    uint32_t word = nb_hyphen(s, r->at + length);
    if (!nb_cardinal(s, word, LX_CARDINAL, &v, &next))
        return STOP;
    uint64_t room = a->state == 1 ? nb_room(s->lx, a->group) : 1000;
    if (v == 0 || v >= room || (a->state == 0 && !a->terms) || (!a->state && scale_ahead(s, word, a, &hundreds) < 0))
        return STOP; /* also "two million and three million" */
    if (tk_has(s, word + next, LX_FRACTION) && s->at[word + next].kind == TK_WORD && !(s->lx->noun_after && !s->lx->vigesimal && a->state == 1))
        return STOP; /* twenty and three fifths; but "treinta y dos quintos" are 32 of them */
    r->at = word;
    return PASSED;
}

static int take_one(const struct tks *s, const struct habit *h, int joined, struct figure *f, struct sum *a, struct reading *r)
{
    const struct tk *t = s->at + r->at;
    const struct lx_meaning *m;
    uint32_t length = 1;
    uint64_t v;
    if (s->lx->noun_after && r->at == r->good && r->good > r->begin && t->kind == TK_WORD && t->letters > 4 && tk_is(s, r->at, LX_WORD, OF_PRONOUN, NULL) &&
        tk_has(s, r->at + 1, LX_SCALE) && s->at[r->at + 1].letters > 2) {
        r->at++; /* "six autres millions" */
        return PASSED;
    }
    if (t->kind == TK_NUMBER)
        return take_digits(s, h, f, a, r);
    if ((m = nb_scale(s, r->at, f, &length)) != NULL)
        return take_scale(s, f, a, r, m, length);
    if ((m = nb_cardinal(s, r->at, LX_CARDINAL, &v, &length)) != NULL)
        return take_cardinal(s, f, a, r, m, v, length);
    if ((m = tk_mean(s, r->at, LX_CARDINAL, &length)) != NULL && m->power < 0 && !a->state && !a->terms)
        return take_part(f, a, r, m, length);
    return joined ? pass_and(s, f, a, r) : STOP;
}

/* "fifty-two", "fifty - two" */
static void over_hyphen(const struct tks *s, const struct figure *f, const struct sum *a, struct reading *r)
{
    uint32_t length;
    uint64_t v;
    if (r->at >= s->count || s->at[r->good - 1].kind != TK_WORD)
        return;
    r->at = nb_hyphen(s, r->at);
    if (r->at == r->good && tk_sign(s, r->at, '-') && s->at[r->at].space && a->state == 1 && a->group % 10 == 0 && !(f->flags & FG_DIGITS) &&
        nb_cardinal(s, r->at + 1, LX_CARDINAL, &v, &length) && v < nb_room(s->lx, a->group) && v)
        r->at++;
}

/* Numerals and words with their scales from token i on. */
uint32_t nb_sum(const struct tks *s, const struct habit *h, uint32_t i, int joined, struct figure *f, struct sum *a)
{
    struct reading r = {i, i, i};
    for (uint32_t words = 0; r.at < s->count && words < MOST_WORDS; words++) {
        if (words && s->at[r.at].space > 1)
            break;
        int what = take_one(s, h, joined, f, a, &r);
        if (what == STOP)
            break;
        if (what == TAKEN)
            over_hyphen(s, f, a, &r);
    }
    return r.good;
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
    const struct lx_meaning *m = nb_cardinal(s, i + used, LX_CARDINAL, &v, &length);
    return m && v == 100 ? i + used : i;
}

/* "un cinquième but": a word of place and part with a noun right behind it is a place. */
static int placed(const struct tks *s, uint32_t i, uint32_t length)
{
    uint32_t next = i + length;
    return s->lx->noun_after && tk_has(s, i, LX_ORDINAL) && next < s->count && s->at[next].kind == TK_WORD && s->at[next].space && s->at[next].letters > 2 &&
           !(s->at[next].mask & (LX_BIT(LX_WORD) | LX_BIT(LX_OF) | LX_BIT(LX_JOIN) | LX_BIT(LX_TIME) | LX_BIT(LX_PER) | LX_BIT(LX_BOUND) | LX_BIT(LX_UNIT) | LX_BIT(LX_SCALE)));
}

/* "2 с лишним миллиона": a bound between the number and its scale; the token after it. */
static uint32_t over_scale(const struct tks *s, uint32_t end, struct figure *f)
{
    uint32_t length, used;
    struct assay_decimal by, product;
    const struct lx_meaning *m = f->flags & (FG_SCALED | FG_FRACTION | FG_ORDINAL) ? NULL : tk_mean(s, end, LX_BOUND_AFTER, &length), *scale;
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
    if (q == end && tk_sign(s, end, '-') && end + 1 < s->count && s->at[end + 1].space && tk_has(s, end + 1, LX_FRACTION))
        q++; /* "one - fourth" */
    const struct lx_meaning *m = s->lx->suffixed || a->state != 1 || a->terms ? NULL : tk_mean(s, q, LX_FRACTION, &length);
    if (!m || s->at[q].kind != TK_WORD || m->number != 1 || (a->group == 1 && placed(s, q, length)))
        return end;
    nm_divide(a->group, m->over, &f->value);
    f->flags |= FG_FRACTION;
    f->why = m;
    return q + length;
}

/* A scale after what came with the fraction: two and a half million, 3 point 5 billion, two thirds of a million. */
static uint32_t scale_behind(const struct tks *s, uint32_t end, struct figure *f)
{
    struct assay_decimal by, product;
    uint32_t length, q = nb_hyphen(s, end);
    if (f->flags & FG_FRACTION && tk_mean(s, q, LX_OF, &length)) {
        q += length;
        q += tk_is(s, q, LX_WORD, OF_ARTICLE, &length) ? length : 0;
    }
    const struct lx_meaning *m = nb_scale(s, q, f, &length);
    if (!m)
        return end;
    lx_value(m, &by);
    assay_decimal_mul(&product, &f->value, &by);
    f->bare = f->value;
    f->scale = by;
    f->has_scale = 1;
    f->value = product;
    f->flags |= FG_SCALED;
    f->why = m;
    return q + length;
}

/* A sum that ends at `end`, with the parts and places behind it; gives its end. */
static uint32_t with_sum(const struct tks *s, const struct habit *h, uint32_t end, const struct sum *a, struct figure *f)
{
    uint32_t next = fc_ordinal_end(s, end, a, f);
    if (!next)
        next = fc_denominator(s, h, end, a, f);
    if (next)
        return next;
    nb_total(a, &f->value);
    if (a->terms != 1 || a->state)
        f->has_scale = 0;
    next = parts_behind(s, end, a, f);
    if (next == end)
        next = fc_spoken(s, h, end, f);
    if (next == end)
        next = fc_added(s, end, f, a->state == 0 && a->terms ? &a->scale[a->terms - 1] : NULL);
    if (next == end)
        return end;
    f->flags &= ~FG_ONE;
    return a->terms ? next : scale_behind(s, next, f);
}

uint32_t nb_read(const struct tks *s, const struct habit *h, uint32_t i, int joined, struct figure *f)
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
    if (!negative && (end = vague(s, p, f)) != 0) {
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
