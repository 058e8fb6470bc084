/* SPDX-License-Identifier: Apache-2.0
 *
 * One quantity: the number with its unit and bound, if it is a claim at all.
 */
#include <string.h>

#include "frame.h"
#include "moment.h"
#include "quantity.h"
#include "shape.h"

/* "its 2018 sales", "the company's 2019 projects": the year of what follows, not its number. */
static int of_a_year(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number;
    const char *c = s->text + s->at[i].begin;
    if (!i || s->at[i].kind != TK_NUMBER || !((c[0] == '1' && c[1] == '9') || (c[0] == '2' && c[1] == '0')))
        return 0;
    const struct lx_meaning *m = tk_before(s, i, LX_WORD, NULL);
    return (m && (m->of == OF_PRONOUN || m->of == OF_GENITIVE || m->of == OF_ARTICLE)) || tk_is(s, i - 1, LX_WORD, OF_PRONOUN, NULL) ||
           (i > 1 && tk_is(s, i - 2, LX_WORD, OF_GENITIVE, NULL)) || (s->at[i - 1].kind == TK_WORD && s->at[i - 1].upper && i > 1 && !s->at[i - 1].mask);
}

/* "the year is greater than 2015", "l'année supérieure à 2012": the bound is one of years. */
static int of_years(const struct tks *s, uint32_t bound)
{
    for (uint32_t i = bound, n = 0; i-- > 0 && n < 3; n++) {
        if (tk_is(s, i, LX_PERIOD, OF_YEAR, NULL))
            return 1;
        if (!(s->at[i].mask & LX_BIT(LX_WORD)))
            return 0;
    }
    return 0;
}

/* "2012-13", "1990s": no figures; a bare year needs more than itself. */
static int year_only(const struct tks *s, const struct figure *f, uint32_t floor)
{
    uint32_t start;
    if (f->flags & FG_WORDS && f->flags & FG_SCALED && !f->unit && f->number > 1 && tk_sign(s, f->number - 1, ',') && tk_has(s, f->number - 2, LX_MONTH) && f->after - f->number > 1)
        return 1; /* "the second of April, two thousand nineteen" */
    if (f->flags & FG_WORDS && !f->unit && f->number > 1 && tk_mean(s, f->number - 1, LX_OF, NULL) &&
        (tk_has(s, f->number - 2, LX_MONTH) || (f->number > 2 && s->at[f->number - 2].kind == TK_NUMBER && tk_has(s, f->number - 3, LX_PERIOD))))
        return 1; /* "octubre de dos mil veinte" */
    if (!rj_year(s, f))
        return 0;
    if (f->unit)
        return qt_is_unit(f->unit, "year") && tk_is(s, f->after, LX_TIME, OF_MARK, NULL) != NULL;
    if (tk_has(s, f->after, LX_NOUN) && !(s->at[f->after].mask & LX_BIT(LX_TIME)) && !of_a_year(s, f))
        return 0;
    const struct lx_meaning *bound = f->first > floor ? tk_before(s, f->first, LX_BOUND, &start) : NULL;
    if (bound && of_years(s, start))
        return 1;
    if (bound && start >= floor && !tk_has(s, start, LX_TIME) && f->after < s->count && s->at[f->after].kind == TK_WORD && bound->of != OF_ABOUT)
        return 0;
    if (bound && start >= floor && bound->of == OF_EXACT && start + 1 < f->first)
        return 0;
    if (bound && start >= floor && (bound->of == OF_OVER || bound->of == OF_UNDER) && s->at[start].letters > 3 && start + 1 < f->first)
        return 0;
    return s->count > 1;
}

void qt_read_bound(const struct tks *s, struct figure *f, uint32_t floor)
{
    uint32_t start, length, p = f->last;
    const struct lx_meaning *m = f->first > floor ? tk_before(s, f->first, LX_BOUND, &start) : NULL;
    if (!m && f->first > floor + 1 && tk_is(s, f->first - 1, LX_WORD, OF_ARTICLE, NULL)) {
        m = tk_before(s, f->first - 1, LX_BOUND, &start);
        if (m && start + 2 == f->first && s->lx->one_counts && !tk_has(s, f->first - 1, LX_PER))
            m = NULL; /* "over the two years" */
    }
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
    if (p < s->count && !s->at[p].space && (tk_sign(s, p, '\'') || tk_sign(s, p, '-')) && p + 1 < s->count && s->at[p + 1].kind == TK_WORD && !s->at[p + 1].space && !tk_has(s, p, LX_BOUND_AFTER))
        p += tk_sign(s, p, '-') && !s->lx->suffixed && tk_has(s, p + 1, LX_BOUND_AFTER) ? 1 : 2; /* "2,000-plus" */
    m = tk_mean(s, p, LX_BOUND_AFTER, &length);
    uint32_t longer;
    if (!m || (length > 1 && tk_mean(s, p + length - 1, LX_BOUND, &longer) && longer > 1)) /* "100 y más bajo que 300" */
        return;
    uint32_t of = m->of;
    if (of == OF_OVER_THAN || of == OF_UNDER_THAN) { /* "3'ten büyük", but not "3 büyük" */
        if (!(p > f->first && tk_ends(s, p - 1, LX_ENDS_FROM)) && !tk_ends(s, p, LX_ENDS_FROM))
            return;
        of = of == OF_OVER_THAN ? OF_OVER : OF_UNDER;
    }
    if (of == OF_ABOUT && s->lx->suffixed && tk_is(s, p, LX_TIME, OF_UNTIL, NULL) && p > f->first && tk_ends(s, p - 1, LX_ENDS_TO))
        of = OF_AT_MOST; /* "40 dereceye kadar" */
    f->last = p + length;
    f->bound = of == OF_ABOUT ? ASSAY_BOUND_ABOUT : of == OF_OVER ? ASSAY_BOUND_OVER : of == OF_AT_LEAST ? ASSAY_BOUND_AT_LEAST
               : of == OF_UNDER ? ASSAY_BOUND_UNDER : of == OF_EXACT ? ASSAY_BOUND_EXACT : ASSAY_BOUND_AT_MOST;
}

int qt_starts(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    if (t->kind == TK_SKIP)
        return 0;
    return t->kind == TK_NUMBER || t->compound || t->mask & QT_STARTERS || (t->kind == TK_SIGN && (t->cp == '-' || t->cp == 0x2013)) ||
           tk_is(s, i, LX_WORD, OF_ARTICLE, NULL);
}

/* "one proposal": a numeral where the language's word for one is no article, and what follows can be counted. */
static int one_thing(const struct tks *s, uint32_t i, uint32_t p)
{
    uint64_t not = LX_BIT(LX_WORD) | LX_BIT(LX_JOIN) | LX_BIT(LX_RELATION) | LX_BIT(LX_OF) | LX_BIT(LX_PER) | LX_BIT(LX_TIME) | LX_BIT(LX_CHANGE) |
                   LX_BIT(LX_SPEECH) | LX_BIT(LX_RELATIVE) | LX_BIT(LX_DAY) | LX_BIT(LX_BOUND) | LX_BIT(LX_REJECT) | LX_BIT(LX_PERIOD) | LX_TRIGGERS;
    if (!s->lx->one_counts || p >= s->count || s->at[p].kind != TK_WORD || !s->at[p].space || s->at[p].upper || s->at[p].letters < 3 || s->at[p].mask & not ||
        (s->lx->plural[0] && s->text[s->at[p].end - 1] == s->lx->plural[0]))
        return 0; /* "one observes" */
    return !i || !(s->at[i - 1].mask & (LX_BIT(LX_WORD) | LX_BIT(LX_OF))) || tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL) || tk_is(s, i - 1, LX_WORD, OF_AUXILIARY, NULL) ||
           tk_is(s, i - 1, LX_WORD, OF_CONJUNCTION, NULL);
}

/* "40 deaths per 100,000": what a rate is told by. */
static int denominator(const struct tks *s, const struct figure *f)
{
    uint32_t start;
    const struct lx_meaning *m = f->first == f->number && f->first ? tk_before(s, f->first, LX_PER, &start) : NULL;
    if (!m || strcmp(lx_key(s->lx, m), "per") || s->at[start].letters < 3 || s->at[start].mask & (LX_BIT(LX_RELATION) | LX_BIT(LX_BOUND)) || f->unit || f->value.exponent < 0 || f->value.digit[0] != 1)
        return 0;
    for (uint32_t k = 1; k < f->value.digits; k++)
        if (f->value.digit[k])
            return 0;
    return f->value.digits + (uint32_t)f->value.exponent > 2;
}

/* "near Ground Zero", "the Group of Eight": a word of number with a capital behind a name, in a text that has small letters. */
static int in_name(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, p = f->after;
    if (p != i + 1 || !i || s->at[i].upper != 1 || s->lx->noun_capital || f->unit || (p < s->count && s->at[p].kind == TK_WORD && s->at[p].upper))
        return 0;
    if (i > 1 && tk_mean(s, i - 1, LX_OF, NULL))
        i--;
    return s->at[i - 1].kind == TK_WORD && s->at[i - 1].upper && s->at[i].space && (i > 1 || i == f->number);
}

/* One bare word for one, an ordinal that is a name's part, "half" as an adjective: no claims. */
static int too_weak(const struct tks *s, const struct figure *f)
{
    uint32_t p = f->after, length;
    if (s->count == f->after - f->number)
        return 0; /* the whole text */
    if (denominator(s, f))
        return 1;
    if (f->flags & FG_ONE && p < s->count && s->at[p].kind == TK_NUMBER)
        return 1; /* "un 3 %" */
    if (f->flags & FG_WORDS && !(f->flags & (FG_DIGITS | FG_SCALED)) && in_name(s, f))
        return 1;
    if (f->flags & FG_ONE && tk_is(s, f->number, LX_REJECT, OF_NAME, NULL))
        return 1; /* "one thing" */
    if (f->flags & FG_ONE && !f->unit && f->kind != ASSAY_KIND_MONEY) {
        if (tk_has(s, p, LX_NOUN))
            return 0;
        if (one_thing(s, f->number, p))
            return 0;
        uint32_t start;
        const struct lx_meaning *bound = tk_before(s, f->number, LX_BOUND, &start);
        return !bound || (bound->of == OF_ABOUT && s->lx->noun_after) || /* "près d'une ferme", "über einen Austritt" */
               (s->lx->noun_capital && start + 1 == f->number && tk_is(s, start, LX_WORD, OF_PREPOSITION, NULL));
    }
    if (f->flags & FG_HALF && f->flags & FG_WORDS && !f->unit && f->number > 1 && tk_is(s, f->number - 1, LX_JOIN, OF_AND, NULL) && tk_has(s, f->number - 2, LX_UNIT) && tk_has(s, f->number - 2, LX_PERIOD))
        return 1; /* "in the next decade and a half" */
    if (f->flags & FG_FRACTION && !(f->flags & FG_DIGITS) && f->number && (tk_has(s, f->number - 1, LX_ORDINAL) || tk_is(s, f->number - 1, LX_REJECT, OF_LEAD, NULL)) &&
        !tk_is(s, f->number - 1, LX_WORD, OF_PREPOSITION, NULL))
        return 1; /* "the second half", "the final third" */
    if (f->flags & FG_FRACTION && !(f->flags & FG_DIGITS) && !f->unit && f->after - f->number == 1 && s->at[f->number].kind == TK_WORD) {
        const struct lx_meaning *by = tk_before(s, f->number, LX_RELATION, NULL);
        int bare = !s->lx->noun_after && !s->lx->noun_capital && !s->lx->plural[0] && !s->lx->suffixed; /* no articles: "треть жителей" */
        if ((bare && s->at[f->number].letters > 3 && p < s->count && th_content(s, p) && !tk_has(s, p, LX_PERIOD)) ||
            (s->lx->suffixed && f->flags & FG_HALF && s->at[f->number].letters > 5 && f->number && th_content(s, f->number - 1) && !tk_has(s, f->number - 1, LX_PERIOD)))
            return 0;
        if ((by && by->of == OF_BY && !s->lx->noun_after) || tk_before(s, f->number, LX_BOUND, NULL) || tk_mean(s, p, LX_OF, &length) || tk_is(s, p, LX_WORD, OF_ARTICLE, NULL) || tk_is(s, p, LX_WORD, OF_GENITIVE, NULL))
            return 0;
        return 1;
    }
    if (f->kind == ASSAY_KIND_RANK)
        return 0;
    if (f->flags & FG_ORDINAL && (tk_has(s, f->number, LX_WEEKDAY) || tk_has(s, p, LX_WEEKDAY) || tk_has(s, p, LX_MONTH)))
        return 1;
    if (f->flags & FG_ORDINAL && f->first > 0 && nb_hyphen(s, p) != p && s->at[nb_hyphen(s, p)].kind == TK_WORD)
        return 1; /* "third-party" */
    if (f->flags & FG_ORDINAL && f->flags & FG_DIGITS && s->lx->noun_capital && p > 0 && tk_sign(s, p - 1, '.') &&
        !(th_content(s, p) && (s->at[p].upper || (p + 1 < s->count && s->at[p + 1].kind == TK_WORD && s->at[p + 1].upper))))
        return 1; /* "vom 4. bis zum 23." */
    if (f->flags & FG_ORDINAL && mo_day(s, f))
        return 1;
    if (f->flags & FG_ORDINAL && tk_sign(s, p, ',') && (!f->number || tk_sign(s, f->number - 1, ',')))
        return 1; /* "Second, ..." */
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

/* "second-largest", "third place", "finished fifth", "world No. 7": a place by size or merit, not in a series. */
static int is_rank(const struct tks *s, const struct figure *f)
{
    uint32_t start = 0, p = nb_hyphen(s, f->after), i = f->number;
    if (f->value.exponent < 0 || f->value.sign <= 0)
        return 0;
    const struct lx_meaning *m = i ? tk_before(s, i, LX_RANK, &start) : NULL;
    if (!(f->flags & FG_ORDINAL))
        return m && m->of == OF_NUMBER && s->at[i].kind == TK_NUMBER;
    if (tk_is(s, p, LX_RANK, OF_PLACE, NULL) || tk_is(s, f->number, LX_RANK, OF_PLACE, NULL) ||
        (s->lx->noun_after && p < s->count && th_content(s, p) &&
         tk_is(s, p + 1 + (tk_is(s, p + 1, LX_WORD, OF_ARTICLE, NULL) != NULL), LX_RANK, OF_PLACE, NULL))) /* "la segunda ciudad más grande" */
        return 1;
    for (int k = 0; k < 2 && i && !(m && tk_is(s, start, LX_RANK, OF_FINISH, NULL)); k++) {
        if (!tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) && !tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL) && !(tk_has(s, i - 1, LX_BOUND)))
            break;
        m = tk_before(s, --i, LX_RANK, &start);
    }
    return m && tk_is(s, start, LX_RANK, OF_FINISH, NULL) && (f->after >= s->count || !th_content(s, f->after));
}

static int multiple_word(const struct tks *s, uint32_t i, struct figure *f)
{
    uint32_t length;
    const struct lx_meaning *m = tk_mean(s, i, LX_MULTIPLE, &length);
    uint32_t phrase;
    if (!m || m->number == 0 || (tk_is(s, i, LX_REJECT, OF_NAME, &phrase) && phrase > length))
        return 0; /* also "doubled down" */
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
    uint32_t length, p = nb_hyphen(s, f->after), start;
    const struct lx_meaning *m = f->first > 1 ? tk_before(s, f->first, LX_MULTIPLE, &start) : NULL;
    if (m && !m->number && m->of && f->first - start > 1 && !f->unit && f->value.sign > 0) {
        f->flags |= FG_MULTIPLE;
        f->kind = ASSAY_KIND_MULTIPLE;
        f->first = start; /* "divisé par trois", "multiplicado por tres" */
        f->has_relation = 1;
        f->relation = ASSAY_RELATION_FOLD;
        f->change = m->of == OF_DECREASE ? ASSAY_CHANGE_DECREASE : ASSAY_CHANGE_INCREASE;
        f->why = m;
        return;
    }
    m = tk_mean(s, p, LX_MULTIPLE, &length);
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

/* "her üç gençten biri", "hər beş nəfərdən biri": of every three one. */
static int of_every(const struct tks *s, struct figure *f)
{
    uint32_t p = f->after, length;
    const struct lx_meaning *m, *every = f->first ? tk_before(s, f->first, LX_PER, NULL) : NULL;
    if (!every || strcmp(lx_key(s->lx, every), "per") || f->unit || f->value.exponent || f->value.digits > 2 || f->value.sign <= 0)
        return 0;
    p += p + 1 < s->count && tk_ends(s, p, LX_ENDS_FROM) && !tk_has(s, p, LX_CARDINAL);
    struct lx_meaning digits = {.number = 0};
    if (p > f->after && p + 2 < s->count && s->at[p].kind == TK_NUMBER && s->at[p].end - s->at[p].begin == 1 && tk_sign(s, p + 1, '\'') && !s->at[p + 1].space) { /* "10 kişiden 9'u" */
        digits.number = s->text[s->at[p].begin] - '0';
        m = &digits;
        length = 1;
    } else if (p == f->after || (m = tk_mean(s, p, LX_CARDINAL, &length)) == NULL || !s->at[p].stem)
        return 0;
    if (m->power || m->number <= 0)
        return 0;
    uint64_t over = 0;
    for (uint32_t k = 0; k < f->value.digits; k++)
        over = over * 10 + f->value.digit[k];
    if ((uint64_t)m->number >= over)
        return 0;
    nm_divide((uint64_t)m->number, over, &f->value);
    f->flags = (f->flags & ~FG_ONE) | FG_RATIO;
    f->after = f->last = p + length;
    f->why = m == &digits ? every : m;
    return 1;
}

/* "one in five", "three out of four". */
static int ratio(const struct tks *s, const struct habit *h, struct figure *f)
{
    uint32_t length;
    const struct lx_meaning *join = tk_is(s, f->after, LX_JOIN, OF_IN, &length);
    uint32_t noun = 0;
    if (!join && s->lx->noun_after && f->after < s->count && th_content(s, f->after) && !tk_has(s, f->after, LX_UNIT) && !tk_has(s, f->after, LX_SCALE)) {
        noun = 1; /* "une femme sur huit", "una de cada", "una donna su cinque" */
        join = tk_is(s, f->after + 1, LX_JOIN, OF_IN, &length);
    }
    if (!join && s->lx->suffixed)
        return of_every(s, f);
    if (!join || f->unit || f->value.exponent < 0 || f->flags & (FG_SCALED | FG_VAGUE | FG_ORDINAL | FG_FRACTION))
        return 0;
    struct figure g = {0};
    uint32_t p = f->after + noun + length;
    if (tk_is(s, p, LX_WORD, OF_ARTICLE, &length))
        p += length;
    if (p >= s->count || !(s->at[p].kind == TK_NUMBER || s->at[p].mask & LX_BIT(LX_CARDINAL) || s->at[p].compound == 1) || !nb_read(s, h, p, 1, &g))
        return 0;
    if (g.value.exponent < 0 || assay_decimal_compare(&f->value, &g.value) >= 0 || g.value.sign <= 0 || rj_year(s, &g) || f->value.sign <= 0)
        return 0;
    struct found unit;
    if (qt_unit_after(s, &g, &unit) && !qt_is_unit(lx_key(s->lx, unit.unit), "percent"))
        return 0; /* "eine von 19 Nanometern" */
    int round = g.value.digits - 1 + (uint32_t)g.value.exponent <= 4 && g.value.digit[0] == 1;
    for (uint32_t k = 1; k < g.value.digits; k++)
        round &= g.value.digit[k] == 0; /* "9 in 10" is a share, too */
    if (!round && f->flags & FG_DIGITS && g.flags & FG_DIGITS && !(f->value.digits == 1 && f->value.digit[0] == 1) && s->at[p].end - s->at[p].begin > 1)
        return 0; /* "29 von 33 Drohnen" counts them */
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

/* "ages 7, 9 and 11": the word of age stands before the first of them. */
static int in_ages(const struct tks *s, uint32_t i)
{
    uint32_t start, p = i, steps = 0;
    while (p > 1 && steps++ < 6 && (tk_sign(s, p - 1, ',') || tk_is(s, p - 1, LX_JOIN, OF_AND, NULL))) {
        p -= p > 2 && tk_sign(s, p - 2, ',') ? 2 : 1;
        if (p < 2 || s->at[p - 1].kind != TK_NUMBER || s->at[p - 1].end - s->at[p - 1].begin > 2)
            return 0;
        p--;
        const struct lx_meaning *m = tk_before(s, p, LX_AGE, &start);
        if (m && m->of == OF_AGED)
            return 1;
    }
    return 0;
}

/* "6 and 11 years old": the word of age stands behind the last of them. */
static int before_ages(const struct tks *s, uint32_t p)
{
    uint32_t length;
    for (uint32_t steps = 0; steps < 4 && p + 1 < s->count; steps++, p++) {
        if (tk_sign(s, p, ',') && !tk_is(s, p + 1, LX_JOIN, OF_AND, NULL))
            p++;
        else if (tk_sign(s, p, ','))
            p += 2;
        else if (tk_is(s, p, LX_JOIN, OF_AND, NULL))
            p++;
        else
            return 0;
        if (p >= s->count || s->at[p].kind != TK_NUMBER || s->at[p].end - s->at[p].begin > 2)
            return 0;
        if (tk_is(s, nb_hyphen(s, p + 1), LX_AGE, OF_OLD, &length))
            return 1;
    }
    return 0;
}

/* "Rossi, 58," and "aged 58", "58 years old", "58-year-old". */
static void age(const struct tks *s, struct figure *f)
{
    uint32_t i = f->number, p = nb_hyphen(s, f->after), length;
    const struct lx_meaning *m = tk_is(s, p, LX_AGE, OF_OLD, &length);
    if ((f->value.exponent < 0 && !m) || f->value.sign <= 0 || assay_decimal_above(&f->value, 125) || f->flags & (FG_ORDINAL | FG_SCALED))
        return;
    int beside = f->after == i + 1 && s->at[i].kind == TK_NUMBER && i > 1 && tk_sign(s, i - 1, ',') && s->at[i - 2].kind == TK_WORD && s->at[i - 2].upper &&
                 !(s->at[i - 2].mask & LX_BIT(LX_MONTH)) && (tk_sign(s, f->after, ',') || tk_sign(s, f->after, ';') || (f->after + 1 >= s->count)) && f->value.digits >= 1 && !f->unit &&
                 s->at[f->after].begin == s->at[i].end;
    uint32_t start;
    const struct lx_meaning *before = i ? tk_before(s, i, LX_AGE, &start) : NULL;
    if (!m && !beside && !(before && before->of == OF_AGED) && !in_ages(s, i) && !(f->after == i + 1 && s->at[i].kind == TK_NUMBER && !f->unit && before_ages(s, f->after)))
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
    if (f->unit ? !qt_is_unit(f->unit, "hour") : f->kind != ASSAY_KIND_NUMBER)
        return 0;
    if (!f->first || f->per || f->value.sign < 0 || assay_decimal_above(&f->value, 24) || f->flags & (FG_ORDINAL | FG_SCALED | FG_FRACTION))
        return 0;
    uint32_t length;
    if (rj_range_unit(s, p))
        return 0; /* "at 5-6 weeks" */
    if (tk_is(s, p, LX_JOIN, OF_TO, &length) && p + length + 1 < s->count && s->at[p + length].kind == TK_NUMBER &&
        (tk_has(s, p + length + 1, LX_UNIT) || tk_has(s, p + length + 1, LX_CURRENCY) || tk_has(s, p + length + 1, LX_SCALE)) && !tk_is(s, p + length + 1, LX_REJECT, OF_CLOCK, NULL))
        return 0; /* "um 5 bis 7 Prozent" */
    const struct lx_meaning *m = tk_before(s, f->first, LX_REJECT, &start);
    uint32_t longer;
    if (!m || m->of != OF_AT || (tk_before(s, f->first, LX_BOUND, &longer) && longer < start))
        return 0;
    if (f->unit)
        return 1;
    if (nb_hyphen(s, p) != p && s->at[p + 1].kind == TK_WORD && s->at[p + 1].letters > 3)
        return 0; /* "в 12-этажном доме" */
    return p >= s->count || s->at[p].kind != TK_WORD || s->at[p].mask & (LX_BIT(LX_WORD) | LX_BIT(LX_OF) | LX_BIT(LX_JOIN) | LX_BIT(LX_TIME) | LX_BIT(LX_DAY)) ||
           tk_is(s, p, LX_REJECT, OF_CLOCK, NULL) || tk_is(s, p, LX_REJECT, OF_AFTER, NULL);
}

/* The end of a span of clock times that starts with f: "sabah 8-9 arası", "at 5 to 7". */
static uint32_t clock_span(const struct tks *s, const struct figure *f)
{
    uint32_t p = f->last, length;
    if (p + 1 < s->count && !s->at[p].space && tk_sign(s, p, '\'') && s->at[p + 1].kind == TK_WORD)
        p += 2;
    else if (tk_sign(s, p, '-') || tk_sign(s, p, 0x2013))
        p++;
    else if (tk_is(s, p, LX_JOIN, OF_TO, &length) || tk_is(s, p, LX_JOIN, OF_AND, &length))
        p += length;
    int digits = p < s->count && s->at[p].kind == TK_NUMBER && s->at[p].end - s->at[p].begin <= 2;
    if (p == f->last || !(digits || (s->lx->suffixed && tk_has(s, p, LX_CARDINAL))) || tk_has(s, p + 1, LX_UNIT) || tk_has(s, p + 1, LX_NOUN) || tk_has(s, p + 1, LX_CURRENCY))
        return mo_tail(s, f->last);
    return mo_tail(s, p + 1);
}

/* Years are told and compared ("18 years ago", "in 15 years"); days and hours only say when. */
int qt_years(const char *unit)
{
    return qt_is_unit(unit, "year") || qt_is_unit(unit, "decade") || qt_is_unit(unit, "century");
}

/* "3 days from Tuesday", "a week, from 20 December", "2 days starting May 20". */
static int dated(const struct tks *s, uint32_t p)
{
    uint32_t length;
    const uint64_t day = LX_BIT(LX_WEEKDAY) | LX_BIT(LX_DAY) | LX_BIT(LX_MONTH);
    p += tk_sign(s, p, ',');
    if (!tk_is(s, p, LX_JOIN, OF_FROM, &length) && !tk_is(s, p, LX_TIME, OF_SINCE, &length))
        return 0;
    for (p += length; p < s->count && (s->at[p].mask & LX_BIT(LX_RELATIVE) || tk_is(s, p, LX_JOIN, OF_FROM, NULL)); p++)
        continue;
    if (p < s->count && s->at[p].kind == TK_NUMBER)
        return tk_has(s, p + 1, LX_MONTH) || tk_has(s, p + 2, LX_MONTH);
    return p < s->count && s->at[p].mask & day;
}

/* "... 3 months and 2 weeks": where the first of the durations joined by "and" starts. */
static uint32_t chain_start(const struct tks *s, uint32_t i)
{
    uint32_t start, unit;
    for (int k = 0; k < 4 && i > 2 && tk_is(s, i - 1, LX_JOIN, OF_AND, NULL); k++) {
        const struct lx_meaning *m = tk_before(s, i - 1, LX_UNIT, &unit);
        if (!m || !unit || unit + 1 != i - 1 || !tk_has(s, unit, LX_PERIOD))
            break;
        if (s->at[unit - 1].kind == TK_NUMBER)
            start = unit - 1;
        else if (!tk_before(s, unit, LX_CARDINAL, &start))
            break;
        i = start;
    }
    return i;
}

/* "in 3 weeks", "the last 3 months", "2 days ago": a time, no claim. */
static int time_only(const struct tks *s, const struct figure *f)
{
    uint32_t start;
    if (f->kind != ASSAY_KIND_DURATION || f->age || s->count == f->last - f->first || (qt_years(f->unit) && !(f->value.digits == 1 && f->value.digit[0] == 1 && !f->value.exponent)))
        return 0; /* "un an" only says when */
    if (dated(s, f->last))
        return 1;
    if (assay_decimal_above(&f->value, qt_is_unit(f->unit, "hour") ? 23 : 31))
        return 0; /* "60 days after", "the last 24 hours" measure a span, "3 days ago" names a date */
    if (tk_is(s, f->last, LX_REJECT, OF_AFTER, NULL))
        return 1;
    uint32_t i = chain_start(s, f->first);
    const struct lx_meaning *m = i ? tk_before(s, i, LX_REJECT, &start) : NULL;
    if (!m && i > 1 && tk_is(s, i - 1, LX_BOUND, OF_ABOUT, NULL))
        m = tk_before(s, i - 1, LX_REJECT, &start);
    if (qt_is_unit(f->unit, "second") || f->value.exponent < 0)
        return 0; /* "in 7.2 seconds" */
    return m && (m->of == OF_LEAD || (m->of == OF_AFTER && tk_has(s, start, LX_RELATIVE) && tk_is(s, start, LX_REJECT, OF_LEAD, NULL)));
}

/* One quantity without range. */
int qt_one(const struct tks *s, const struct habit *h, uint32_t i, uint32_t floor, int joined, struct figure *f, uint32_t *skip)
{
    memset(f, 0, sizeof *f);
    *skip = i + 1;
    if (multiple_word(s, i, f) || qt_and_half(s, i, f)) {
        *skip = f->after;
        return 1;
    }
    if (!nb_read(s, h, i, joined, f))
        return 0;
    uint32_t to = mo_phrase(s, f);
    *skip = to ? to : f->after;
    if (to)
        return 0;
    /* ordinals in digits: 21st, 4-й */
    uint32_t p = nb_hyphen(s, f->after), length;
    if (tk_sign(s, p, '\'') && !s->at[p].space && s->lx->suffixed)
        p++; /* 21'inci */
    if (tk_sign(s, p, '.') && !s->at[p].space && (tk_sign(s, p + 1, 0xaa) || tk_sign(s, p + 1, 0xba)) && !s->at[p + 1].space)
        p++; /* "la 12.ª" */
    const struct lx_meaning *suffix = p < s->count && !s->at[p].space ? tk_mean(s, p, LX_ORDINAL, &length) : NULL;
    if (suffix && tk_sign(s, p, '.') && (p + 1 >= s->count || s->at[p + 1].kind != TK_WORD || !s->at[p + 1].space))
        suffix = NULL; /* "18. Jahrhundert", but not the end of a sentence */
    uint32_t unit_length = 0;
    if (suffix && tk_mean(s, p, LX_UNIT, &unit_length) && unit_length > 1)
        suffix = NULL; /* 37º C */
    if (suffix && suffix->number == 0 && f->flags & FG_DIGITS && f->after == f->number + 1) {
        f->flags |= FG_ORDINAL;
        f->after = p + length;
    }
    const struct lx_meaning *each = f->flags & FG_ORDINAL ? tk_before(s, f->number, LX_JOIN, &length) : NULL;
    if (each && each->of == OF_IN && !tk_is(s, length, LX_WORD, OF_PREPOSITION, NULL) && length >= floor && f->value.exponent == 0 && f->value.digits <= 4) { /* "каждый пятый" */
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
    if (is_rank(s, f)) {
        f->first = f->number;
        f->last = f->after;
        f->kind = ASSAY_KIND_RANK;
        return !rj_year(s, f);
    }
    struct found unit;
    int has_unit = f->flags & FG_ORDINAL ? 0 : qt_unit_after(s, f, &unit);
    if ((to = rj_shape(s, f, has_unit)) != 0) {
        *skip = to;
        return 0;
    }
    if (f->flags & FG_ORDINAL) {
        f->first = f->number;
        f->last = f->after;
        f->kind = ASSAY_KIND_ORDINAL;
    } else {
        qt_read_unit(s, h, f, floor);
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
    if (f->first == 1 && floor == 0 && f->last == s->count && tk_sign(s, 0, '-') && f->value.sign > 0) {
        f->value.sign = -f->value.sign; /* "- 10 k" is the whole text */
        f->first = 0;
    }
    if (f->flags & FG_FRACTION && !(f->flags & FG_DIGITS) && !f->unit && s->lx->noun_capital && f->after < s->count && s->at[f->after].kind == TK_NUMBER &&
        s->at[f->after].end - s->at[f->after].begin <= 2 && !tk_has(s, f->after + 1, LX_UNIT) && !tk_has(s, f->after + 1, LX_SCALE)) {
        *skip = f->after + 1; /* "viertel 8" */
        return 0;
    }
    if (at_clock(s, f)) {
        *skip = clock_span(s, f);
        return 0;
    }
    if ((to = mo_clock(s, f)) != 0) {
        *skip = to;
        return 0;
    }
    if (time_only(s, f))
        return 0;
    return !too_weak(s, f);
}
