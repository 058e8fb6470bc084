/* SPDX-License-Identifier: Apache-2.0
 *
 * Clock times without a colon: an hour with the word for it, and one that only the words around it give away.
 */
#include "clock.h"

#include <string.h>

#include "frame.h"
#include "moment.h"
#include "quantity.h"
#include "reject.h"
#include "shape.h"

/* A decimal part that is no two digits. */
static int odd_minutes(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    for (uint32_t p = t->begin; p < t->end; p++)
        if (s->text[p] == '.' || s->text[p] == ',')
            return t->end - p != 3;
    return 0;
}

/* "6.45": what hours and minutes look like where decimals are written with a comma. */
static int dotted(const struct tks *s, const struct figure *f)
{
    const struct tk *t = s->at + f->number;
    uint32_t size = t->end - t->begin;
    const char *c = s->text + t->begin;
    if (s->lx->decimal != ',' || f->after != f->number + 1 || t->kind != TK_NUMBER || size < 4 || size > 5 ||
        c[size - 3] != '.' || c[size - 2] > '5')
        return 0;
    return size == 4 || c[0] < '2' || (c[0] == '2' && c[1] <= '3');
}

/* "6.45'te": the case says "at". */
static int dotted_clock(const struct tks *s, const struct figure *f)
{
    uint32_t p = f->after;
    return dotted(s, f) && tk_sign(s, p, '\'') && !s->at[p].space && p + 1 < s->count && !s->at[p + 1].space &&
           tk_is(s, p + 1, LX_REJECT, OF_CLOCK, NULL);
}

/* "3 h 20 min": an hour at p with minutes told by their unit lasts so long; and so does "12h de vol". */
static int lasts(const struct tks *s, uint32_t p)
{
    uint32_t length;
    const uint64_t moment =
        LX_BIT(LX_WEEKDAY) | LX_BIT(LX_MONTH) | LX_BIT(LX_DAY) | LX_BIT(LX_PERIOD) | LX_BIT(LX_REJECT);
    const struct lx_meaning *hour = tk_mean(s, p, LX_UNIT, &length), *minute;
    if (!hour || !qt_is_unit(lx_key(s->lx, hour), "hour") || p + length + 1 >= s->count)
        return 0;
    if (s->lx->noun_after && s->at[p].letters == 1 && s->at[p + 1].letters == 2 && tk_mean(s, p + 1, LX_OF, NULL))
        return th_content(s, p + 2) && !s->at[p + 2].upper && !(s->at[p + 2].mask & moment);
    if (s->at[p + length].kind != TK_NUMBER)
        return 0;
    minute = tk_mean(s, p + length + 1, LX_UNIT, NULL);
    return minute && qt_is_unit(lx_key(s->lx, minute), "minute");
}

int ck_hours_of(const struct tks *s, uint32_t p)
{
    uint32_t length, noun = p + 2;
    const struct lx_meaning *hour = tk_mean(s, p, LX_UNIT, NULL);
    const uint64_t moment =
        LX_BIT(LX_WEEKDAY) | LX_BIT(LX_MONTH) | LX_BIT(LX_DAY) | LX_BIT(LX_PERIOD) | LX_BIT(LX_REJECT);
    if (!s->lx->noun_after || !hour || !qt_is_unit(lx_key(s->lx, hour), "hour") || s->at[p].letters != 1 ||
        noun >= s->count || s->at[p + 1].kind != TK_NUMBER || s->at[p + 1].plain != 2 ||
        !tk_mean(s, noun, LX_OF, &length))
        return 0;
    noun += length;
    noun += tk_sign(s, noun, '\'') && !s->at[noun].space;
    return noun < s->count && th_content(s, noun) && s->at[noun].letters > 3 && !s->at[noun].upper &&
           !(s->at[noun].mask & moment);
}

/* "3 horas y media", "a duré trois heures et demie": a time only behind a word for "at"; the hour stands at p. */
static int half_hours(const struct tks *s, const struct figure *f, uint32_t p, uint32_t length)
{
    uint32_t clock;
    if (!tk_is(s, p + length, LX_JOIN, OF_AND, NULL))
        return 0;
    if (tk_is(s, p + length, LX_REJECT, OF_CLOCK, NULL))
        return 1;
    const struct lx_meaning *at = f->number ? tk_before(s, f->number, LX_REJECT, NULL) : NULL;
    return tk_is(s, p, LX_REJECT, OF_CLOCK, &clock) && clock > length && !(at && at->of == OF_AT);
}

/* 5 pm, 5 a.m., 15 Uhr, 10 o'clock. */
uint32_t ck_time(const struct tks *s, const struct figure *f)
{
    uint32_t length;
    if (!rj_small(f, 2400) && !(f->value.exponent < 0 && s->at[f->number].kind == TK_NUMBER))
        return 0;
    uint32_t p = f->after;
    if (f->after == f->number + 1 && s->at[f->number].kind == TK_NUMBER && odd_minutes(s, f->number))
        return 0; /* "2.1 pm" is a length */
    if (tk_sign(s, p, '.') && !s->at[p].space)
        p++;
    const struct lx_meaning *hour = tk_mean(s, p, LX_UNIT, &length);
    if ((lasts(s, p) || ck_hours_of(s, p)) && !(f->first && tk_is(s, f->first - 1, LX_REJECT, OF_AT, NULL)))
        return 0;
    if (hour && f->after == f->number + 1 && s->at[f->number].end - s->at[f->number].begin == 4 &&
        s->text[s->at[f->number].begin] == '0' && !strcmp(lx_key(s->lx, hour), "hour"))
        return p + length; /* "0800 hours" */
    if (hour && !strcmp(lx_key(s->lx, hour), "hour") && half_hours(s, f, p, length))
        return 0;
    if (hour && !strcmp(lx_key(s->lx, hour), "hour") && tk_is(s, p + length, LX_REJECT, OF_CLOCK, NULL))
        p += length; /* "8 horas da manhã" */
    if (tk_is(s, p, LX_REJECT, OF_CLOCK, &length)) {
        p += length; /* "18 Uhr 12" */
        if (p < s->count && s->at[p].kind == TK_NUMBER && s->at[p].end - s->at[p].begin == 2 &&
            s->at[p].shape == SH_NUMERAL && !tk_has(s, p + 1, LX_UNIT) && !tk_has(s, p + 1, LX_NOUN) &&
            !tk_sign(s, p + 1, '%') && !tk_has(s, p + 1, LX_CURRENCY))
            p++;
        return mo_tail(s, p);
    }
    p = f->after; /* 7 to 7:30, 3-8pm, between 3 and 8 am */
    if (f->flags & FG_WORDS && s->lx->one_counts && tk_has(s, p, LX_CARDINAL) &&
        tk_is(s, p + 1, LX_REJECT, OF_CLOCK, &length))
        return p + 1 + length; /* "six thirty in the morning" */
    if (s->lx->suffixed && dotted_clock(s, f))
        return p + 2;
    if (hour && !strcmp(lx_key(s->lx, hour), "hour"))
        p += length; /* "4 horas a 5 pm" */
    if (!(tk_dash(s, p) || tk_is(s, p, LX_JOIN, OF_TO, &length) || tk_is(s, p, LX_JOIN, OF_AND, &length)) ||
        p + 1 >= s->count)
        return 0;
    if (s->at[p + 1].kind == TK_SKIP && s->at[p + 1].shape == SH_CLOCK)
        return p + 2;
    if (s->at[p + 1].kind != TK_NUMBER)
        return 0;
    p += 2; /* "8 и 10 часами утра" */
    hour = tk_is(s, p, LX_REJECT, OF_CLOCK, NULL) ? NULL : tk_mean(s, p, LX_UNIT, &length);
    if (hour && !strcmp(lx_key(s->lx, hour), "hour"))
        p += length;
    return tk_is(s, p, LX_REJECT, OF_CLOCK, &length) ? p + length : 0;
}

/* A word of change within some words before token i. */
static int change_before(const struct tks *s, uint32_t i)
{
    for (uint32_t k = i; k-- > 0 && i - k < 6;)
        if (tk_has(s, k, LX_CHANGE))
            return 1;
    return 0;
}

/* "a las 7", "alle 7", "saat 21", "в 7 часов": the time of day. */
int ck_at(const struct tks *s, const struct figure *f)
{
    uint32_t start, p = f->after;
    if (f->unit ? !qt_is_unit(f->unit, "hour") : f->kind != ASSAY_KIND_NUMBER)
        return 0;
    if (!f->first || f->per || f->value.sign < 0 || assay_decimal_above(&f->value, 24) ||
        f->flags & (FG_ORDINAL | FG_SCALED | FG_FRACTION))
        return 0;
    uint32_t length;
    if (rj_range_unit(s, p))
        return 0; /* "at 5-6 weeks" */
    if (th_english_like(s) && tk_is(s, p + 1, LX_WORD, OF_ARTICLE, NULL) && tk_has(s, p, LX_OF))
        return 0; /* "at three of the ports" */
    if (tk_has(s, p, LX_PER) && f->after == f->number + 1 && s->at[f->number].kind == TK_NUMBER &&
        odd_minutes(s, f->number))
        return 0; /* "ran at 6.8 per 100,000" */
    if (s->lx->decimal == ',' && f->value.exponent < 0 && f->after == f->number + 1 &&
        s->at[f->number].kind == TK_NUMBER &&
        memchr(s->text + s->at[f->number].begin, ',', s->at[f->number].end - s->at[f->number].begin))
        return 0; /* "um 0,48 auf 67,02 Dollar" */
    if (tk_is(s, p, LX_JOIN, OF_TO, &length) && p + length + 1 < s->count && s->at[p + length].kind == TK_NUMBER &&
        (tk_has(s, p + length + 1, LX_UNIT) || tk_has(s, p + length + 1, LX_CURRENCY) ||
         tk_has(s, p + length + 1, LX_SCALE)) &&
        !tk_is(s, p + length + 1, LX_REJECT, OF_CLOCK, NULL))
        return 0; /* "um 5 bis 7 Prozent" */
    const struct lx_meaning *m = tk_before(s, f->first, LX_REJECT, &start);
    uint32_t longer;
    if (!m || m->of != OF_AT || (tk_before(s, f->first, LX_BOUND, &longer) && longer < start))
        return 0;
    if (start > 1 && s->at[start - 1].kind == TK_NUMBER &&
        (tk_has(s, start - 2, LX_SIGN) || (tk_sign(s, start - 2, '-') && !s->at[start - 1].space)))
        return 0; /* "de moins 10 à 10", "closed off 1-3/8 at 21-1/8" */
    if (f->unit)
        return 1;
    if (tk_before(s, f->first, LX_RELATION, &longer) && change_before(s, start))
        return 0; /* "stieg um 2.15 Punkte" */
    if (dotted(s, f))
        return 1; /* "в 14.30 заседание" */
    if (nb_hyphen(s, p) != p && s->at[p + 1].kind == TK_WORD && s->at[p + 1].letters > 3)
        return 0; /* "в 12-этажном доме" */
    if (tk_has(s, p, LX_NOUN) && s->lx->noun_after && !tk_is(s, p, LX_REJECT, OF_CLOCK, NULL))
        return 0; /* "passé à onze morts" */
    return p >= s->count || s->at[p].kind != TK_WORD ||
           s->at[p].mask & (LX_BIT(LX_WORD) | LX_BIT(LX_OF) | LX_BIT(LX_JOIN) | LX_BIT(LX_TIME) | LX_BIT(LX_DAY)) ||
           tk_is(s, p, LX_REJECT, OF_CLOCK, NULL) || tk_is(s, p, LX_REJECT, OF_AFTER, NULL);
}

/* The end of a span of clock times that starts with f: "sabah 8-9 arası", "at 5 to 7". */
uint32_t ck_span(const struct tks *s, const struct figure *f)
{
    uint32_t p = f->last, length;
    if (f->unit && p < s->count && s->at[p].kind == TK_NUMBER && s->at[p].plain == 2 && s->at[p].value < 60 &&
        !(p + 1 < s->count && s->at[p + 1].mask & (LX_BIT(LX_NOUN) | LX_BIT(LX_SCALE) | LX_BIT(LX_CURRENCY))))
        return p + 1 + (tk_mean(s, p + 1, LX_UNIT, &length) ? length : 0); /* "à 14 heures 30" */
    if (p + 1 < s->count && !s->at[p].space && tk_sign(s, p, '\'') && s->at[p + 1].kind == TK_WORD)
        p += 2;
    else if (tk_dash(s, p))
        p++;
    else if (tk_is(s, p, LX_JOIN, OF_TO, &length) || tk_is(s, p, LX_JOIN, OF_AND, &length))
        p += length;
    int digits = p < s->count && s->at[p].kind == TK_NUMBER && s->at[p].end - s->at[p].begin <= 2;
    if (p == f->last || !(digits || (s->lx->suffixed && tk_has(s, p, LX_CARDINAL))) || tk_has(s, p + 1, LX_UNIT) ||
        tk_has(s, p + 1, LX_NOUN) || tk_has(s, p + 1, LX_CURRENCY))
        return mo_tail(s, f->last);
    return mo_tail(s, p + 1);
}

/* The groups of digits of token i, at most three; 0: it is something else. */
static uint32_t groups(const struct tks *s, uint32_t i, uint64_t value[3])
{
    const char *p = s->text + s->at[i].begin, *end = s->text + s->at[i].end;
    uint32_t n = 0, digits = 0;
    value[0] = value[1] = value[2] = 0;
    for (; p < end; p++) {
        if (sh_digit(*p)) {
            if (++digits > 3 || n > 2)
                return 0;
            value[n] = value[n] * 10 + (uint64_t)(*p - '0');
        } else if (*p == ':' && digits) {
            digits = 0;
            n++;
        } else {
            return 0;
        }
    }
    return digits ? n + 1 : 0;
}

int ck_lasts(const struct tks *s, uint32_t i, struct figure *f)
{
    uint64_t v[3];
    uint32_t length = 0, n;
    if (s->at[i].kind != TK_SKIP || s->at[i].shape != SH_CLOCK || (n = groups(s, i, v)) < 2)
        return 0;
    const struct lx_meaning *unit = tk_mean(s, i + 1, LX_UNIT, &length);
    const char *key = unit ? lx_key(s->lx, unit) : "";
    int hours = (n == 3 || s->lx->noun_capital) && !strcmp(key, "hour"), minutes = n == 2 && !strcmp(key, "minute");
    if ((!hours && !minutes) ||
        (i && (tk_is(s, i - 1, LX_REJECT, OF_AT, NULL) || tk_is(s, i - 1, LX_REJECT, OF_CLOCK, NULL))))
        return 0;
    memset(f, 0, sizeof *f);
    assay_decimal_u64(&f->value, n == 3 ? v[0] * 3600 + v[1] * 60 + v[2] : v[0] * 60 + v[1]);
    f->unit = n == 3 || minutes ? "second" : "minute";
    f->kind = ASSAY_KIND_DURATION;
    f->flags = FG_DIGITS;
    f->number = f->first = i;
    f->after = i + 1;
    f->last = i + 1 + length;
    f->why = unit;
    f->confidence = 90;
    return f->value.sign > 0;
}
