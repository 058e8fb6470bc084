/* SPDX-License-Identifier: Apache-2.0
 *
 * One quantity: the number with its unit, if it is a claim at all.
 */
#include <string.h>

#include "clock.h"
#include "frame.h"
#include "moment.h"
#include "quantity.h"
#include "reject.h"
#include "shape.h"
#include "weak.h"

enum { ROOM = 64 };

void qt_put(char *room, const char *key)
{
    size_t n = strnlen(key, ROOM - 1);
    memcpy(room, key, n);
    room[n] = 0;
}

int qt_join(char *room, const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    if (n + m + 5 >= ROOM)
        return 0;
    memcpy(room, a, n);
    memcpy(room + n, "-per-", 5);
    memcpy(room + n + 5, b, m + 1);
    return 1;
}

/* "East 70th Place", "29th and Summit Street", "Fifth Avenue". */
static int in_street(const struct tks *s, const struct figure *f)
{
    uint32_t p = f->after, length;
    if (!(f->flags & FG_ORDINAL) || s->lx->noun_capital || p >= s->count)
        return 0;
    if (!(f->flags & FG_DIGITS))
        return th_english_like(s) && s->at[f->number].upper == 1 && s->at[p].upper == 1 && s->at[p].letters > 3 &&
               tk_is(s, p, LX_REJECT, OF_STREET, NULL) && !tk_has(s, p, LX_RANK);
    if (s->at[p].upper == 1 && tk_is(s, p, LX_REJECT, OF_STREET, NULL))
        return 1;
    return tk_is(s, p, LX_JOIN, OF_AND, &length) && p + length + 1 < s->count && s->at[p + length].kind == TK_WORD &&
           s->at[p + length].upper == 1 && s->at[p + length + 1].upper == 1 &&
           tk_is(s, p + length + 1, LX_REJECT, OF_STREET, NULL);
}

/* "second-largest", "third place", "finished fifth", "world No. 7": a place by size or merit, not in a series. */
static int is_rank(const struct tks *s, const struct figure *f)
{
    uint32_t start = 0, p = nb_hyphen(s, f->after), i = f->number;
    if (f->value.exponent < 0 || f->value.sign <= 0)
        return 0;
    const struct lx_meaning *m = i ? tk_before(s, i, LX_RANK, &start) : NULL;
    if (!(f->flags & FG_ORDINAL))
        return m && m->of == OF_NUMBER &&
               (s->at[i].kind == TK_NUMBER || (f->flags & FG_WORDS && !(f->flags & (FG_SCALED | FG_ONE))));
    if (tk_is(s, p, LX_RANK, OF_PLACE, NULL) || tk_is(s, f->number, LX_RANK, OF_PLACE, NULL) ||
        (s->lx->noun_after && p < s->count && th_content(s, p) &&
         tk_is(s, p + 1 + (tk_is(s, p + 1, LX_WORD, OF_ARTICLE, NULL) != NULL), LX_RANK, OF_PLACE,
               NULL))) /* "la segunda ciudad más grande" */
        return 1;
    for (int k = 0; k < 2 && i && !(m && tk_is(s, start, LX_RANK, OF_FINISH, NULL)); k++) {
        if (!tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) && !tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL) &&
            !(tk_has(s, i - 1, LX_BOUND)))
            break;
        m = tk_before(s, --i, LX_RANK, &start);
    }
    return m && tk_is(s, start, LX_RANK, OF_FINISH, NULL) && (f->after >= s->count || !th_content(s, f->after));
}

/* "yüzde 81. Bakanlık": behind a share or a fraction the full stop ends the sentence. */
static int stop_ends(const struct tks *s, const struct figure *f)
{
    uint32_t start;
    const struct lx_meaning *unit = s->lx->percent_first ? tk_before(s, f->number, LX_UNIT, &start) : NULL;
    return f->value.exponent < 0 || (unit && qt_is_unit(lx_key(s->lx, unit), "percent"));
}

/* Ordinals in digits: "21st", "4-й", "21'inci", "la 12.ª". Moves f->after behind the ending. */
static void ordinal_ending(const struct tks *s, struct figure *f)
{
    uint32_t p = nb_hyphen(s, f->after), length, unit = 0;
    if (tk_sign(s, p, '\'') && !s->at[p].space && s->lx->suffixed)
        p++;
    if (tk_sign(s, p, '.') && !s->at[p].space && (tk_sign(s, p + 1, 0xaa) || tk_sign(s, p + 1, 0xba)) &&
        !s->at[p + 1].space)
        p++;
    if (s->lx->noun_after && tk_sign(s, p, '.') && !s->at[p].space && p + 1 < s->count &&
        s->at[p + 1].kind == TK_WORD && !s->at[p + 1].space && s->at[p + 1].letters == 2)
        p++; /* "3.er" */
    const struct lx_meaning *ending = p < s->count && !s->at[p].space ? tk_mean(s, p, LX_ORDINAL, &length) : NULL;
    if (!ending || ending->number != 0 || !(f->flags & FG_DIGITS) || f->after != f->number + 1)
        return;
    if (tk_sign(s, p, '.') &&
        (p + 1 >= s->count || s->at[p + 1].kind != TK_WORD || !s->at[p + 1].space || stop_ends(s, f)))
        return; /* "18. Jahrhundert", but not the end of a sentence */
    if (length > 1 && tk_sign(s, p + length - 1, '.') && !s->lx->noun_after)
        return; /* "0…+3°." */
    if (tk_mean(s, p, LX_UNIT, &unit) && unit > 1)
        return; /* 37º C */
    if (s->lx->one_counts && unit && s->text[s->at[f->number].end - 1] != '1')
        return; /* "9st 4lb" */
    f->flags |= FG_ORDINAL;
    f->after = p + length;
}

/* "каждый пятый": one in five. */
static int one_in_each(const struct tks *s, struct figure *f, uint32_t floor)
{
    uint32_t start;
    const struct lx_meaning *each = f->flags & FG_ORDINAL ? tk_before(s, f->number, LX_JOIN, &start) : NULL;
    struct lx_meaning m = {.number = 1};
    if (!each || each->of != OF_IN || tk_is(s, start, LX_WORD, OF_PREPOSITION, NULL) || start < floor ||
        f->value.exponent != 0 || f->value.digits > 4)
        return 0;
    for (uint32_t k = 0; k < f->value.digits; k++)
        m.over = m.over * 10 + f->value.digit[k];
    lx_value(&m, &f->value);
    f->flags = (f->flags & ~FG_ORDINAL) | FG_RATIO;
    f->first = start;
    f->last = f->after;
    f->why = each;
    return 1;
}

/* Unit, age, multiple or share; of an ordinal nothing. */
static void read_around(const struct tks *s, const struct habit *h, struct figure *f, uint32_t floor)
{
    if (f->flags & FG_ORDINAL) {
        f->first = f->number;
        f->last = f->after;
        f->kind = ASSAY_KIND_ORDINAL;
        return;
    }
    qt_read_unit(s, h, f, floor);
    qt_age(s, f);
    if (!f->unit && f->kind == ASSAY_KIND_NUMBER)
        qt_fold_after(s, f);
    if (!f->unit && f->kind == ASSAY_KIND_NUMBER)
        qt_ratio(s, h, f);
}

/* "viertel 8": a time of day */
static int quarter_to(const struct tks *s, const struct figure *f)
{
    return f->flags & FG_FRACTION && !(f->flags & FG_DIGITS) && !f->unit && s->lx->noun_capital &&
           f->after < s->count && s->at[f->after].kind == TK_NUMBER &&
           s->at[f->after].end - s->at[f->after].begin <= 2 && !tk_has(s, f->after + 1, LX_UNIT) &&
           !tk_has(s, f->after + 1, LX_SCALE);
}

/* What is known to be none only when all of it is read: years, times, weak readings. Moves *skip over what goes with
 * it. */
static int is_none(const struct tks *s, struct figure *f, uint32_t floor, uint32_t *skip)
{
    uint32_t to;
    if (wk_year(s, f, floor)) {
        f->flags |= FG_YEAR;
        return 1;
    }
    if (f->first == 1 && floor == 0 && f->last == s->count && tk_sign(s, 0, '-') && f->value.sign > 0) {
        f->value.sign = -f->value.sign; /* "- 10 k" is the whole text */
        f->first = 0;
    }
    if (quarter_to(s, f)) {
        *skip = f->after + 1;
        return 1;
    }
    if (ck_at(s, f)) {
        *skip = ck_span(s, f);
        return 1;
    }
    if (mo_loose_day(s, f))
        return 1;
    if ((to = mo_clock(s, f)) != 0) {
        *skip = to;
        return 1;
    }
    return wk_time(s, f) || wk_weak(s, f) || qt_scale_of_label(s, f);
}

/* One quantity without range. */
int qt_one(const struct tks *s, const struct habit *h, uint32_t i, uint32_t floor, int joined, struct figure *f,
           uint32_t *skip)
{
    struct found unit;
    uint32_t to;
    memset(f, 0, sizeof *f);
    *skip = i + 1;
    if (qt_multiple_word(s, i, f) || qt_and_half(s, i, f)) {
        *skip = f->after;
        return 1;
    }
    if (!nb_read(s, h, i, joined, f)) {
        if (!qt_a_unit(s, i, f))
            return 0;
        *skip = f->last;
        return 1;
    }
    *skip = f->after;
    if ((to = mo_phrase(s, f)) != 0) {
        *skip = to;
        return 0;
    }
    if (qt_rating(s, f) || qt_age_group(s, f, floor)) {
        *skip = f->after;
        return 1;
    }
    ordinal_ending(s, f);
    if (one_in_each(s, f, floor))
        return 1;
    if (in_street(s, f)) {
        *skip = f->after + 1;
        return 0;
    }
    if (is_rank(s, f)) {
        f->first = f->number;
        f->last = f->after;
        f->kind = ASSAY_KIND_RANK;
        return !rj_year(s, f);
    }
    if ((to = rj_shape(s, f, f->flags & FG_ORDINAL ? 0 : qt_unit_after(s, f, &unit))) != 0) {
        *skip = to;
        return 0;
    }
    read_around(s, h, f, floor);
    if (f->flags & FG_ORDINAL && f->value.sign < 0)
        return 0;
    if (f->flags & FG_VAGUE || (th_english_like(s) && f->first + 2 == f->after && tk_has(s, f->after - 1, LX_VAGUE) &&
                                tk_is(s, f->first, LX_WORD, OF_ARTICLE, NULL) && s->at[f->first].letters == 3))
        f->bound = ASSAY_BOUND_AT_LEAST; /* also "the thousands of people" */
    *skip = f->last > f->after ? f->last : f->after;
    return !is_none(s, f, floor, skip);
}
