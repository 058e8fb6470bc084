/* SPDX-License-Identifier: Apache-2.0
 *
 * Sums read from tokens: numerals with any separators, number words, both mixed. Parts and places are in fraction.c and
 * spoken.c, the whole in whole.c.
 */
#include "frame.h"
#include "number.h"
#include "shape.h"

enum { MOST_WORDS = 40 };

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
    return a->scale[a->terms - 1].digits == 1 && a->scale[a->terms - 1].exponent == 3 &&
           a->term[a->terms - 1].exponent >= 3;
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

/* "three million, two hundred and forty thousand": words behind a comma that go on with a lesser scale, or with
 * hundreds. */
static uint32_t over_comma(const struct tks *s, uint32_t p, const struct sum *a)
{
    int hundreds, ahead = tk_sign(s, p, ',') && !s->at[p].space && a->terms && !a->state
                              ? scale_ahead(s, p + 1, a, &hundreds)
                              : -1;
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
static int goes_on(const struct tks *s, const struct tk *t, const struct sum *a, const struct numeral *part,
                   const struct lx_meaning *with)
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
    return small_scale(a) &&
           (size == 3 ||
            (t->space == 1 && after < s->count &&
             (s->at[after].kind == TK_WORD || (s->lx->suffixed && !s->at[after].space &&
                                               tk_sign(s, after, '\''))))); /* "3 bin 49 kişi", "79 bin 62'si" */
}

static int take_digits(const struct tks *s, const struct habit *h, struct figure *f, struct sum *a, struct reading *r)
{
    const struct tk *t = s->at + r->at;
    uint32_t next;
    struct numeral part;
    const struct lx_meaning *with = nb_scale(s, r->at + 1, f, &next);
    int thousand = a->terms == 1 && !a->state && !(f->flags & FG_DIGITS) && (s->lx->suffixed || s->lx->noun_after) &&
                   small_scale(a) && t->space == 1 && t->end - t->begin == 3 && t->shape == SH_NUMERAL; /* "mil 200" */
    int words = a->terms && !(f->flags & FG_DIGITS) && !thousand; /* "bir milyon 250 bin" */
    if (t->shape == SH_FRACTION || a->state || (words && (!with || s->at[r->at + 1].letters < 3)) ||
        (a->terms && !t->space) || !nm_read(s, h, t, with != NULL, &part))
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

static int take_scale(const struct tks *s, struct figure *f, struct sum *a, struct reading *r,
                      const struct lx_meaning *m, uint32_t length)
{
    struct assay_decimal scale, bare;
    int single = !a->terms && a->state;
    lx_value(m, &scale);
    nb_current(a, &bare);
    if (!nb_add_scale(s->lx, a, &scale))
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

/* Whether hundreds of digits came last: "3 hundred". */
static int after_hundreds(const struct figure *f, const struct sum *a)
{
    return f->flags & FG_DIGITS && a->terms && !a->state && a->scale[a->terms - 1].digits == 1 &&
           a->scale[a->terms - 1].exponent == 2;
}

static int take_cardinal(const struct tks *s, struct figure *f, struct sum *a, struct reading *r,
                         const struct lx_meaning *m, uint64_t v, uint32_t length)
{
    struct assay_decimal scale;
    int hundreds = f->flags & FG_DIGITS && a->state == 2 && v == 100 && s->at[r->at].letters > 2 &&
                   (a->terms || !tk_has(s, r->at, LX_CURRENCY));
    int units = v < 100 && after_hundreds(f, a); /* "4 mille 3 cent cinq" */
    if (v == 100 && a->state == 1 && a->group >= 20 && a->group < 100 && tk_has(s, r->at, LX_CURRENCY))
        return STOP; /* "vingt-cinq cents" are money */
    if (hundreds) {
        assay_decimal_u64(&scale, 1);
        assay_decimal_scale(&scale, 2);
    }
    if (!hundreds && !units && f->flags & FG_DIGITS && (!a->terms || !tk_has(s, r->at + length, LX_SCALE)))
        return STOP;
    if (hundreds ? !nb_add_scale(s->lx, a, &scale) : !nb_add_words(s, a, v))
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

/* "one hundred and thirty fifths": more parts than one whole has are no part of their own. */
static int improper(const struct tks *s, uint32_t i, uint64_t parts)
{
    const struct lx_meaning *m = tk_mean(s, i, LX_FRACTION, NULL);
    return m && m->number == 1 && m->over > 2 && parts >= m->over;
}

/* A lesser number behind "and", told in words or digits: "3 hundred and 21", "2 mil e 30", "6 crore and two hundred".
 * 0: none. */
static uint32_t rest_behind(const struct tks *s, const struct habit *h, uint32_t p, const struct figure *f,
                            const struct sum *a, struct assay_decimal *rest)
{
    const struct assay_decimal *last = &a->scale[a->terms - 1];
    int hundreds = after_hundreds(f, a), ahead, many;
    struct figure part = {.number = p};
    struct sum sum = {.terms = 0};
    struct numeral numeral;
    uint32_t end;
    if (p >= s->count || !(hundreds || last->exponent >= 3))
        return 0;
    if (s->at[p].kind == TK_NUMBER) {
        int fits = hundreds || (s->lx->noun_after && small_scale(a));
        if (!fits || s->at[p].shape != SH_NUMERAL || s->at[p].end - s->at[p].begin > 3 ||
            !nm_read(s, h, s->at + p, 0, &numeral) || assay_decimal_compare(&numeral.value, last) >= 0 ||
            numeral.value.exponent < 0 || !numeral.value.sign || nb_scale(s, p + 1, f, &end) ||
            tk_has(s, p + 1, LX_UNIT) ||
            (tk_has(s, p + 1, LX_CURRENCY) && !(small_scale(a) && s->at[p].plain == 3))) /* "12 mil e 500 reais" */
            return 0;
        *rest = numeral.value;
        return p + 1;
    }
    ahead = hundreds ? 0 : scale_ahead(s, p, a, &many);
    if ((!hundreds && (ahead < 0 || (!ahead && !many))) || !tk_has(s, p, LX_CARDINAL))
        return 0;
    end = nb_sum(s, h, p, 1, &part, &sum);
    if (end == p || part.flags & FG_DIGITS)
        return 0;
    nb_total(&sum, rest);
    return assay_decimal_compare(rest, last) < 0 ? end : 0;
}

/* "zweiundzwanzigeinhalb", "yetmişbirbuçuk" */
static int take_halved(const struct tk *t, struct figure *f, struct sum *a, struct reading *r)
{
    struct assay_decimal half, whole;
    assay_decimal_u64(&half, 5);
    assay_decimal_scale(&half, -1);
    assay_decimal_u64(&whole, t->value);
    assay_decimal_add(&a->digits, &whole, &half);
    a->state = 2;
    f->flags |= FG_WORDS;
    r->at = r->good = r->at + 1;
    return TAKEN;
}

/* "24 milioni e 222mila", "a hundred and five", "twenty-three thousand and four": passes the "and". */
static int pass_and(const struct tks *s, const struct habit *h, const struct figure *f, struct sum *a,
                    struct reading *r)
{
    uint32_t length, next;
    uint64_t v;
    int hundreds;
    if (r->good <= r->begin)
        return STOP;
    if (f->flags & FG_DIGITS) {
        if (!a->terms || a->state || !tk_is(s, r->at, LX_JOIN, OF_AND, &length))
            return STOP;
        if (f->number && tk_has(s, f->number - 1, LX_CURRENCY) && s->at[f->number - 1].kind != TK_NUMBER)
            return STOP; /* "R$ 3 bilhões e 40 mil dólares" */
        if (lesser(s, r->at, f, a, &length)) {
            r->at += length;
            return PASSED;
        }
        if ((next = rest_behind(s, h, r->at + length, f, a, &a->digits)) == 0)
            return STOP;
        a->state = 2;
        r->at = r->good = next;
        return TAKEN;
    }
    if (s->lx->suffixed || !tk_is(s, r->at, LX_JOIN, OF_AND, &length))
        return STOP;
    uint32_t word = nb_hyphen(s, r->at + length);
    if (s->lx->noun_after && a->state == 1 && a->group % 100 >= 20 && a->group % 10 == 0 && word < s->count &&
        s->at[word].kind == TK_NUMBER && s->at[word].plain == 1 && s->at[word].value &&
        s->at[word].shape == SH_NUMERAL) { /* "treinta y 3" */
        a->group += s->at[word].value;
        r->at = r->good = word + 1;
        return TAKEN;
    }
    if (!nb_cardinal(s, word, LX_CARDINAL, &v, &next))
        return STOP;
    int bare = !s->lx->noun_after && !s->lx->plural[0] && !s->lx->compounds;
    if (bare && v > 1)
        return STOP; /* Slavic numbers have no "and": "пять миллионов и сто рублей", but "тысяча и одна ночь" */
    struct assay_decimal told;
    assay_decimal_u64(&told, v);
    if (!a->state && a->terms && s->at[word].compound == 1 && v >= 1000 &&
        assay_decimal_compare(&told, &a->scale[a->terms - 1]) < 0) {
        r->at = word; /* "due milioni e duecentomila" */
        return PASSED;
    }
    uint64_t room = a->state == 1 ? nb_room(s->lx, a->group) : 1000;
    if (v == 0 || v >= room || (a->state == 0 && !a->terms) || (!a->state && scale_ahead(s, word, a, &hundreds) < 0))
        return STOP; /* also "two million and three million" */
    int parted = word + next < s->count && s->lx->vigesimal && v == 1 && a->state == 1 && a->group >= 20 &&
                 s->text[s->at[word + next].end - 1] == 's'; /* "vingt et un cinquièmes" */
    if (tk_has(s, word + next, LX_FRACTION) && s->at[word + next].kind == TK_WORD && !parted &&
        !improper(s, word + next, v) && !(s->lx->noun_after && !s->lx->vigesimal && a->state == 1))
        return STOP; /* twenty and three fifths; but "treinta y dos quintos" are 32 of them */
    r->at = word;
    return PASSED;
}

static int take_one(const struct tks *s, const struct habit *h, int joined, struct figure *f, struct sum *a,
                    struct reading *r)
{
    const struct tk *t = s->at + r->at;
    const struct lx_meaning *m;
    uint32_t length = 1;
    uint64_t v;
    if (s->lx->noun_after && r->at == r->good && r->good > r->begin && t->kind == TK_WORD && t->letters > 4 &&
        tk_is(s, r->at, LX_WORD, OF_PRONOUN, NULL) && tk_has(s, r->at + 1, LX_SCALE) && s->at[r->at + 1].letters > 2) {
        r->at++; /* "six autres millions" */
        return PASSED;
    }
    if (t->kind == TK_NUMBER)
        return take_digits(s, h, f, a, r);
    if ((m = nb_scale(s, r->at, f, &length)) != NULL)
        return take_scale(s, f, a, r, m, length);
    if (t->compound == 3 && !a->state && !a->terms)
        return take_halved(t, f, a, r);
    if ((m = nb_cardinal(s, r->at, LX_CARDINAL, &v, &length)) != NULL)
        return take_cardinal(s, f, a, r, m, v, length);
    if ((m = tk_mean(s, r->at, LX_CARDINAL, &length)) != NULL && m->power < 0 && !a->state && !a->terms)
        return take_part(f, a, r, m, length);
    return joined ? pass_and(s, h, f, a, r) : STOP;
}

/* "fifty-two", "fifty - two" */
static void over_hyphen(const struct tks *s, const struct figure *f, const struct sum *a, struct reading *r)
{
    uint32_t length;
    uint64_t v;
    if (r->at >= s->count || s->at[r->good - 1].kind != TK_WORD)
        return;
    r->at = nb_hyphen(s, r->at);
    if (r->at == r->good && tk_sign(s, r->at, '-') && s->at[r->at].space && a->state == 1 && a->group % 10 == 0 &&
        !(f->flags & FG_DIGITS) && nb_cardinal(s, r->at + 1, LX_CARDINAL, &v, &length) &&
        v < nb_room(s->lx, a->group) && v)
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
        if (what == TAKEN && s->lx->suffixed && s->at[r.good - 1].stem && tk_ends(s, r.good - 1, LX_ENDS_FROM))
            break; /* "beş mindən on minə" */
        if (what == TAKEN)
            over_hyphen(s, f, a, &r);
    }
    return r.good;
}
