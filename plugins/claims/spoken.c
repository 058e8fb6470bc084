/* SPDX-License-Identifier: Apache-2.0
 *
 * Decimals in words: "three point one four", "Komma fünf", "две целых пять десятых".
 */
#include <string.h>

#include "number.h"

enum { DIGITS = 60 };

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
        nb_small(&whole.scale[0]) != 1000)
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
    uint64_t v, group = 0, tens = s->lx->suffixed || s->lx->vigesimal ? 10 : 20; /* "on dört", "dix-huit" */
    uint32_t length, used;
    size_t mark = to->size;
    while (to->size < 30 && nb_cardinal(s, p, LX_CARDINAL, &v, &used) && v < 1000) {
        int added = v && group >= tens && v < nb_room(s->lx, group); /* "twenty five", "двести пятнадцать" */
        if (added)
            to->size = mark;
        mark = to->size;
        group = added ? group + v : v;
        put_small(to, group);
        to->words++;
        p = nb_hyphen(s, p + used);
        if (group >= 20 && tk_is(s, p, LX_JOIN, OF_AND, &used) &&
            nb_cardinal(s, p + used, LX_CARDINAL, &v, &length) && v && v < nb_room(s->lx, group))
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
    uint32_t p = i + length;
    int bare = !s->lx->noun_after && !s->lx->plural[0] && !s->lx->compounds && !s->lx->suffixed;
    if (bare && tk_is(s, p, LX_JOIN, OF_AND, &used))
        p += used; /* "три целых и три десятых" */
    p = places_as_sum(s, h, p, &a);
    if (!a.words)
        p = places_one_by_one(s, p, &a);
    if (with && a.words && tk_has(s, p, LX_FRACTION))
        return i;
    const struct lx_meaning *phrase = s->lx->suffixed ? tk_mean(s, i + length, LX_FRACTION, &used) : NULL;
    if (phrase && used > 1) { /* "üç tam yedide beş" */
        lx_value(phrase, &d);
        fc_put(f, &d);
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
    fc_put(f, &d);
    return end;
}
