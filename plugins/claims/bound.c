/* SPDX-License-Identifier: Apache-2.0
 *
 * The words round a quantity that say "about", "over", "at most".
 */
#include "quantity.h"

uint32_t qt_bound_of(uint32_t of)
{
    return of == OF_ABOUT      ? ASSAY_BOUND_ABOUT
           : of == OF_OVER     ? ASSAY_BOUND_OVER
           : of == OF_AT_LEAST ? ASSAY_BOUND_AT_LEAST
           : of == OF_UNDER    ? ASSAY_BOUND_UNDER
           : of == OF_EXACT    ? ASSAY_BOUND_EXACT
                               : ASSAY_BOUND_AT_MOST;
}

int qt_exceeds(const struct tks *s, uint32_t i, uint32_t length)
{
    return length == 1 && s->at[i].kind == TK_WORD && s->at[i].letters > 5 && tk_is(s, i, LX_BOUND, OF_OVER, NULL) &&
           !tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL);
}

/* A numeral, or one behind its currency. */
static int figure_at(const struct tks *s, uint32_t p)
{
    uint32_t length;
    if (tk_mean(s, p, LX_CURRENCY, &length))
        p += length;
    return p < s->count && s->at[p].kind == TK_NUMBER;
}

/* "some 20-odd", "about 50-plus": a bound on both sides; the span takes the second in. */
static void beyond_hyphen(const struct tks *s, struct figure *f)
{
    uint32_t length, p = nb_hyphen(s, f->last);
    if (p > f->last && !s->lx->suffixed && tk_mean(s, p, LX_BOUND_AFTER, &length))
        f->last = p + length;
}

/* A bound behind the figure, whose tokens end before p: "or more", 5'ten fazla. */
static void after_figure(const struct tks *s, struct figure *f, uint32_t p)
{
    uint32_t length;
    const struct lx_meaning *m;
    if (p < s->count && !s->at[p].space && (tk_sign(s, p, '\'') || tk_sign(s, p, '-')) && p + 1 < s->count &&
        s->at[p + 1].kind == TK_WORD && !s->at[p + 1].space && !tk_has(s, p, LX_BOUND_AFTER))
        p += tk_sign(s, p, '-') && !s->lx->suffixed && tk_has(s, p + 1, LX_BOUND_AFTER) ? 1 : 2; /* "2,000-plus" */
    if (f->unit && f->last > f->after && (length = qt_beyond(s, f)) != 0 && f->after + length < f->last) {
        f->bound = qt_bound_of(tk_mean(s, nb_hyphen(s, f->after), LX_BOUND_AFTER, NULL)->of);
        return;
    }
    m = tk_mean(s, p, LX_BOUND_AFTER, &length);
    if (m && s->at[p].kind == TK_WORD &&
        (figure_at(s, p + length) || tk_is(s, p + length, LX_RELATION, OF_FROM, NULL) ||
         tk_is(s, p + length, LX_RELATION, OF_BY, NULL)))
        return; /* "35m plus 5m", "and up from 3" */
    uint32_t longer;
    if (!m ||
        (length > 1 && tk_mean(s, p + length - 1, LX_BOUND, &longer) && longer > 1)) /* "100 y más bajo que 300" */
        return;
    uint32_t of = m->of;
    if (of == OF_OVER_THAN || of == OF_UNDER_THAN) { /* "3'ten büyük", but not "3 büyük" */
        if (!(p > f->first && tk_ends(s, p - 1, LX_ENDS_FROM)) && !tk_ends(s, p, LX_ENDS_FROM))
            return;
        of = of == OF_OVER_THAN ? OF_OVER : OF_UNDER;
    }
    if (of == OF_ABOUT && s->lx->suffixed && tk_is(s, p, LX_TIME, OF_UNTIL, NULL) && p > f->first &&
        tk_ends(s, p - 1, LX_ENDS_TO))
        of = OF_AT_MOST; /* "40 dereceye kadar" */
    f->last = p + length;
    f->bound = qt_bound_of(of);
}

void qt_read_bound(const struct tks *s, struct figure *f, uint32_t floor)
{
    if (qt_threshold(s, f, floor))
        return;
    uint32_t start, length, p = f->last;
    const struct lx_meaning *m = f->first > floor ? tk_before(s, f->first, LX_BOUND, &start) : NULL;
    if (!m && f->first > floor + 1 && tk_is(s, f->first - 1, LX_WORD, OF_ARTICLE, NULL)) {
        m = tk_before(s, f->first - 1, LX_BOUND, &start);
        if (m && start + 2 == f->first && s->lx->one_counts &&
            (!tk_has(s, f->first - 1, LX_PER) || (f->kind == ASSAY_KIND_DURATION && !(f->flags & FG_ONE))))
            m = NULL; /* "over the two years", "over a seven-year period" */
    }
    if (!m && f->first > floor + 1 && s->at[f->first - 1].kind == TK_WORD &&
        (tk_is(s, f->first - 1, LX_WORD, OF_OTHER, NULL) || tk_has(s, f->first - 1, LX_DAY)) &&
        (m = tk_before(s, f->first - 1, LX_BOUND, &start)) != NULL &&
        !(start + 2 == f->first && qt_exceeds(s, start, 1)))
        m = NULL; /* but "dépasse désormais 600" */
    if (m && start && s->at[start].kind == TK_SIGN && s->at[start].cp == '>' && !s->at[start].space &&
        (tk_sign(s, start - 1, '-') || tk_sign(s, start - 1, '=')))
        m = NULL; /* "---> 2" */
    if (m && start == floor && floor && m->of == OF_ABOUT && tk_is(s, start, LX_TIME, OF_AGAINST, NULL) &&
        s->at[start - 1].kind == TK_NUMBER)
        return; /* "391 gegen 273 Stimmen" */
    if (m && start == floor && floor && m->of == OF_OVER && f->kind == ASSAY_KIND_DURATION && start + 1 == f->first)
        return; /* "500 billion over twelve years" */
    if (m && start >= floor) {
        if (m->of == OF_EXACT) {
            after_figure(s, f, f->last);
            return;
        }
        f->first = start;
        f->bound = qt_bound_of(m->of);
        beyond_hyphen(s, f);
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
        if (m && start >= floor && lead + 1 == f->first && tk_is(s, lead, LX_RELATION, OF_BY, NULL) &&
            qt_exceeds(s, start, lead - start))
            return; /* "a dépassé de 1,5 °C": by so much */
        if (m && start >= floor && m->of != OF_EXACT) {
            f->bound = qt_bound_of(m->of);
            return;
        }
    }
    if (!m && f->flags & FG_WORDS && tk_is(s, f->number, LX_BOUND, OF_ABOUT, &length) && f->number + length <= f->after)
        f->bound = ASSAY_BOUND_ABOUT; /* "une trentaine" */
    after_figure(s, f, p);
}
