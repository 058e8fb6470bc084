/* SPDX-License-Identifier: Apache-2.0
 *
 * Which of a sentence's periods a figure speaks of.
 */
#include "noun.h"
#include "quantity.h"
#include "reject.h"

static int comma_between(const struct tks *s, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++)
        if (s->at[i].kind == TK_SIGN && (s->at[i].cp == ',' || (s->at[i].cp >= 0x2013 && s->at[i].cp <= 0x2015)))
            return 1;
    return 0;
}

/* 1 where figure f is set against what stands before it: "compared with the 2.4 billion", "twice the 2.4 billion". */
static int set_beside(const struct tks *s, const struct figure *f, const struct figure *before)
{
    uint32_t start, lead = f->first;
    if (before->kind == ASSAY_KIND_MULTIPLE && before->last == f->first)
        return 1;
    const struct lx_meaning *m = tk_before(s, lead, LX_TIME, &start);
    if (!m && lead && tk_is(s, lead - 1, LX_WORD, OF_ARTICLE, NULL))
        m = tk_before(s, lead - 1, LX_TIME, &start);
    return m && m->of == OF_AGAINST && start >= before->last;
}

/* Nothing but "and" stands between the two, with a preposition ("en 2022 et en 2023"). */
static int and_between(const struct tks *s, uint32_t end, uint32_t begin)
{
    begin -= begin > end + 1 && tk_is(s, begin - 1, LX_WORD, OF_PREPOSITION, NULL);
    return end + 1 == begin && tk_is(s, end, LX_JOIN, OF_AND, NULL);
}

/* "52 Mio. und 2023 40 Mio.", "52 millions et en 2023 de 40 millions": "and" parts a period from the figure before it,
 * and the next figure stands right behind. */
static int opens_item(const struct tks *s, const struct figure *before, const struct when *w, const struct figure *f)
{
    uint32_t p = w->at.end;
    if (w->at.begin < fg_end(before) || f->first < p || !and_between(s, fg_end(before), w->at.begin))
        return 0;
    p += p < f->first &&
         (tk_has(s, p, LX_OF) || tk_has(s, p, LX_RELATION) || tk_is(s, p, LX_WORD, OF_PREPOSITION, NULL));
    p += p < f->first && tk_is(s, p, LX_WORD, OF_ARTICLE, NULL);
    return p == f->first;
}

/* Where figure f ends, with what it is told by and a comma right before the period: "8 cents a share, a year ago". */
static uint32_t told_end(const struct tks *s, const struct figure *f, const struct when *w)
{
    uint32_t end = fg_end(f);
    if (!f->again || end > w->at.begin)
        return f->last;
    return end + (uint32_t)(end + 1 == w->at.begin && tk_sign(s, end, ','));
}

/* A period right behind another figure is that one's; 2: and no other's ("from 40 in 2019 to 31"). */
static int taken(const struct tks *s, const struct when *w, const struct figure *figures, uint32_t count, uint32_t k)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct figure *f = figures + i;
        if (i == k + 1 && f->again)
            continue; /* "from 3.7 million, or 8 cents a share, a year earlier" */
        if (i != k && opens_item(s, f, w, figures + k))
            continue;
        if (i != k && w->at.begin > f->last && w->at.begin - f->last <= 3 && comma_between(s, f->last, w->at.begin) &&
            figures[k].first >= w->at.end && figures[k].first - w->at.end <= 6)
            continue; /* "на 4,1%, в январе — на 3%" */
        if (i != k &&
            (w->at.begin == f->last + 1 ||
             (w->at.begin == f->last + 2 && tk_is(s, f->last + 1, LX_TIME, OF_BACK, NULL))) &&
            figures[k].last <= f->first && tk_mean(s, f->last, LX_OF, NULL))
            return 2; /* "53,7 %, loin devant ses 48,2 % de 2019", "1,7 millones de hace cuatro años" */
        if (i > k && w->at.begin >= f->last && w->at.begin - f->last <= 3 && set_beside(s, f, f - 1) &&
            !tk_sign_within(s, f->last, w->at.begin, ','))
            return 2; /* "4.6 billion, compared with the 2.4 billion approved in 2017" */
        if (i == k || w->at.begin < f->last || w->at.begin - told_end(s, f, w) > 2 ||
            (w->at.begin >= figures[k].last && figures[k].last > f->last))
            continue;
        if (w->at.begin == f->last + (tk_is(s, f->last, LX_TIME, OF_DURING, NULL) ||
                                      tk_is(s, f->last, LX_WORD, OF_PREPOSITION, NULL)) &&
            figures[k].last <= f->first && f->first && tk_is(s, f->first - 1, LX_WORD, OF_PREPOSITION, NULL) &&
            !tk_has(s, f->first - 1, LX_RELATION) && !tk_has(s, f->first - 1, LX_OF) &&
            !tk_has(s, f->first - 1, LX_BOUND))
            return 2; /* "20% ВВП після 24% торік" */
        if (w->at.begin == told_end(s, f, w) && w->at.end > w->at.begin &&
            (tk_is(s, w->at.end - 1, LX_TIME, OF_EARLIER, NULL) || tk_is(s, w->at.end - 1, LX_TIME, OF_AGO, NULL) ||
             tk_is(s, w->at.begin, LX_TIME, OF_BACK, NULL)) &&
            figures[k].first < f->first)
            return 2; /* "0,3 процента против 0,5 процента годом ранее" */
        return f->has_relation && f->relation == ASSAY_RELATION_FROM &&
                       !(figures[k].has_relation && figures[k].relation == ASSAY_RELATION_BY)
                   ? 2
                   : 1;
    }
    return 0;
}

/* ", originally priced at $410m,": a participle opens what is put in. */
static int opens_participle(const struct tks *s, uint32_t i)
{
    i += tk_is(s, i, LX_WORD, OF_OTHER, NULL) || (s->lx->plural[0] && i + 1 < s->count && !np_participle(s, i));
    return !s->lx->noun_capital && !s->lx->verb_last && i + 1 < s->count && np_participle(s, i) &&
           !(s->at[i].mask & (LX_BIT(LX_SPEECH) | LX_BIT(LX_CHANGE) | LX_BIT(LX_TIME))) &&
           (!s->lx->plural[0] || tk_is(s, i + 1, LX_WORD, OF_PREPOSITION, NULL));
}

struct range fr_relative(const struct tks *s, uint32_t i)
{
    struct range none = {0, 0}, r = {i, i};
    while (r.begin > 0 && !tk_sign(s, r.begin - 1, ',') && !tk_sign(s, r.begin - 1, ';') && i - r.begin < 24)
        r.begin--;
    if (!r.begin || !tk_sign(s, r.begin - 1, ','))
        return none;
    uint32_t open =
        r.begin + (tk_is(s, r.begin, LX_WORD, OF_PREPOSITION, NULL) && !tk_is(s, r.begin, LX_WORD, OF_RELATIVE, NULL));
    int put = !tk_is(s, open, LX_WORD, OF_RELATIVE, NULL);
    if (put && !opens_participle(s, r.begin))
        return none;
    if ((i == open + 1 && s->at[i].kind == TK_NUMBER)) /* "dont 2,5 millions" */
        return none;
    while (r.end < s->count && !tk_sign(s, r.end, ',') && !tk_sign(s, r.end, ';'))
        r.end++;
    return put && !tk_sign(s, r.end, ',') ? none : r;
}

/* ", launched in 2016,": the period of what is put in. */
static int put_in(const struct tks *s, const struct when *w)
{
    uint32_t begin = w->at.begin;
    if (!tk_sign(s, w->at.end, ','))
        return 0;
    while (begin > 0 && w->at.begin - begin < 6 && !tk_sign(s, begin - 1, ','))
        begin--;
    if (!begin || !tk_sign(s, begin - 1, ',') || begin == w->at.begin || begin < 2)
        return 0;
    begin += tk_is(s, begin, LX_WORD, OF_ARTICLE, NULL) != NULL;
    return s->at[begin].kind == TK_WORD &&
           !(s->at[begin].mask & (LX_BIT(LX_TIME) | LX_BIT(LX_RELATIVE) | LX_BIT(LX_MONTH) | LX_BIT(LX_WEEKDAY) |
                                  LX_BIT(LX_DAY) | LX_BIT(LX_WORD) | LX_BIT(LX_SPEECH) | LX_BIT(LX_STATUS)));
}

/* "were shot and wounded on Friday", "left three dead and injured another on Sunday": two things done on one day. */
static int done_together(const struct tks *s, uint32_t i, const struct when *w)
{
    return th_english_like(s) && w->from.day && w->to.day && i && np_participle(s, i + 1) &&
           (np_participle(s, i - 1) || tk_has(s, i + 1, LX_NOUN));
}

/* "... and open in 2028": a verb after "and" between the figure and the period; with a figure of its own only one that
 * speaks of what is to come, or of who says it ("kept it at 21 and expects 5 by 2025", "and said it would buy 30"). */
static int goes_on(const struct tks *s, const struct figure *figures, uint32_t count, const struct figure *f,
                   const struct when *w)
{
    int other = 0;
    for (uint32_t i = 0; i < count; i++)
        other |= figures[i].first >= f->last && figures[i].last <= w->at.begin;
    for (uint32_t i = f->last; i < w->at.begin; i++) {
        if (!other && tk_is(s, i, LX_WORD, OF_TURN, NULL) &&
            tk_is(s, i + 1 + (uint32_t)(tk_is(s, i + 1, LX_WORD, OF_OTHER, NULL) != NULL), LX_WORD, OF_AUXILIARY,
                  NULL) &&
            !(th_english_like(s) && lx_ends_in(s->lx->gerund_endings, s->text + s->at[i + 1].begin,
                                               s->at[i + 1].end - s->at[i + 1].begin))) /* "while leaving a bus" */
            return 1; /* "killed two men but was sentenced in 2009" */
        if (!tk_is(s, i, LX_JOIN, OF_AND, NULL) || done_together(s, i, w))
            continue;
        if (other ? tk_is(s, i + 1, LX_STATUS, OF_FORECAST, NULL) || tk_is(s, i + 1, LX_STATUS, OF_TARGET, NULL) ||
                        (th_english_like(s) && tk_is(s, i + 1, LX_SPEECH, OF_VERB, NULL))
                  : i + 1 == w->at.begin || tk_has(s, i + 1, LX_STATUS) || tk_has(s, i + 1, LX_CHANGE) ||
                        tk_is(s, i + 1, LX_WORD, OF_AUXILIARY, NULL))
            return 1;
    }
    return 0;
}

/* "$415m (2023: $390m)": a period in brackets that hold a figure is no other's; one alone there is that of the figure
 * before. */
static int walled(const struct tks *s, const struct when *w, const struct figure *f)
{
    uint32_t open = w->at.begin, close = w->at.end, numbers = 0;
    while (open > 0 && w->at.begin - open < 16 && !tk_sign(s, open - 1, '(') && !tk_sign(s, open - 1, ')'))
        open--;
    while (close < s->count && close - w->at.end < 16 && !tk_sign(s, close, ')') && !tk_sign(s, close, '('))
        close++;
    if (!open || !tk_sign(s, open - 1, '(') || !tk_sign(s, close, ')') || (f->first >= open && f->last <= close))
        return 0;
    for (uint32_t i = open; i < close; i++)
        numbers += (i < w->at.begin || i >= w->at.end) && s->at[i].kind == TK_NUMBER;
    int labelled = tk_sign(s, close + 1, ':') && f->first == close + 2; /* "Population (2023): 412,300" */
    return numbers > 0 || f->last + 4 < open || (f->first > close && !labelled);
}

/* "57% are against it, a year ago it was 44%": a period behind a comma, with a figure of its own behind it. */
static int opens_next(const struct tks *s, const struct when *w, const struct figure *figures, uint32_t count,
                      uint32_t k)
{
    uint32_t end = figures[k].last, open = w->at.begin;
    if (open < end)
        return 0;
    while (open > end && w->at.begin - open < 3 && !tk_sign(s, open - 1, ','))
        open--;
    if (open <= end || !tk_sign(s, open - 1, ',') || w->against)
        return 0;
    for (uint32_t i = k + 1; i < count; i++)
        if (figures[i].first >= w->at.end)
            return figures[i].first - w->at.end <= 6 && !tk_sign_within(s, w->at.end, figures[i].first, ',');
    return 0;
}

/* "in September (263,000)": the period right before the bracket that the figure opens. */
static int bracketed(const struct tks *s, const struct when *w, const struct figure *f)
{
    uint32_t open = w->at.end + (uint32_t)(tk_is(s, w->at.end, LX_TIME, OF_SAME, NULL) != NULL);
    if (w->against && f->has_relation && f->relation == ASSAY_RELATION_BY)
        return 0; /* "94 000 more than in March (+0.4%)" */
    return f->first && open + 1 == f->first && (tk_sign(s, open, '(') || tk_sign(s, open, ':'));
}

/* "(1,2 % en septembre)": behind a figure in brackets stands a period of its own. */
static int dated_within(const struct tks *s, const struct when *when, uint32_t n, const struct figure *f)
{
    for (uint32_t i = 0; i < n; i++)
        if (when[i].at.begin >= f->last && when[i].at.begin - f->last <= 3)
            return !tk_sign_within(s, f->last, when[i].at.begin, ')');
    return 0;
}

/* "than yesterday, when there were 12": the figure is that of the period it is set against. */
static int told_of_then(const struct tks *s, const struct when *w, const struct figure *f)
{
    uint32_t p = w->at.end + (uint32_t)tk_sign(s, w->at.end, ',');
    return f->first > p && f->first - p < 10 && tk_is(s, p, LX_TIME, OF_WHEN, NULL) &&
           !tk_sign_within(s, p, f->first, ',');
}

/* "9 in the same period last year", "12 planes in May": the period is told right behind the figure. */
static int right_behind(const struct tks *s, const struct when *w, const struct figure *f)
{
    uint32_t i = f->counted_end > f->last ? f->counted_end : f->last;
    if (w->at.begin < i || w->at.begin - i > 5)
        return 0;
    while (i < w->at.begin && s->at[i].kind == TK_WORD &&
           (tk_has(s, i, LX_TIME) || tk_has(s, i, LX_OF) || tk_is(s, i, LX_WORD, OF_ARTICLE, NULL) ||
            tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL)))
        i++;
    return i == w->at.begin;
}

/* "last year", "a year earlier": told from another day. */
static int relative(const struct tks *s, const struct when *w)
{
    for (uint32_t i = w->at.begin; i < w->at.end; i++)
        if (tk_has(s, i, LX_RELATIVE) || tk_is(s, i, LX_TIME, OF_EARLIER, NULL) || tk_is(s, i, LX_TIME, OF_AGO, NULL))
            return 1;
    return 0;
}

/* "Geçen sezon 38 maçta 21 gol atan futbolcu için 14,5 milyon ödenecek": a participle before the figure closes the
 * clause that has the period and figures of its own. */
static int closed_by_participle(const struct tks *s, const struct when *w, const struct figure *f, uint32_t k)
{
    int figures = 0;
    if (!s->lx->verb_last || !k || f[-1].first < w->at.end)
        return 0;
    for (uint32_t i = w->at.end; i < f->first; i++) {
        figures |= s->at[i].kind == TK_NUMBER;
        if (figures && np_closes(s, i) && i + 1 < f->first)
            return 1;
    }
    return 0;
}

/* "der im März entstandene Schaden": the period of a participle before a noun. */
static int of_attribute(const struct tks *s, const struct when *w, const struct figure *f)
{
    uint32_t p = w->at.end;
    return s->lx->noun_capital && p + 1 < s->count && np_participle(s, p) && s->at[p + 1].upper &&
           s->at[p + 1].kind == TK_WORD && (f->last <= w->at.begin || f->first > p);
}

/* ", iniziati tre anni fa e costati finora 46 milioni": the period of one participle is not the next one's. */
static int of_participle(const struct tks *s, const struct when *w, const struct figure *f)
{
    for (uint32_t i = w->at.end; !s->lx->verb_last && !s->lx->noun_capital && i + 1 < f->first && i < w->at.end + 3;
         i++)
        if (tk_is(s, i, LX_JOIN, OF_AND, NULL) && np_participle(s, i + 1))
            return w->at.begin > 1 && (np_participle(s, w->at.begin - 1) || np_participle(s, w->at.begin - 2));
    return 0;
}

/* "Its shares, down 40% this year, gained 2%": what is put in with a change of its own says nothing of what follows. */
static int of_change_put_in(const struct tks *s, const struct when *w, const struct figure *f)
{
    uint32_t open = w->at.begin;
    if (!th_english_like(s) || f->first <= w->at.end || !tk_sign(s, w->at.end, ','))
        return 0;
    while (open > 1 && w->at.begin - open < 12 && !tk_sign(s, open - 1, ','))
        open--;
    return open > 1 && tk_sign(s, open - 1, ',') && tk_has(s, open, LX_CHANGE) && s->at[open].letters <= 4 &&
           (s->at[open + 1].kind == TK_NUMBER || tk_has(s, open + 1, LX_CURRENCY));
}

/* "reversed a 2014 ban": the year of one thing, not of what is told. */
static int of_that_year(const struct tks *s, const struct when *w)
{
    uint32_t i = w->at.begin;
    return th_english_like(s) && w->at.end == i + 1 && i && s->at[i].kind == TK_NUMBER && i + 1 < s->count &&
           th_content(s, i + 1) && !s->at[i + 1].upper && s->at[i - 1].letters < 3 &&
           tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL);
}

/* Whether a period can speak of a figure at all. */
static int reaches(const struct tks *s, const struct when *w, struct range in, const struct figure *figures,
                   uint32_t count, uint32_t k)
{
    const struct figure *f = figures + k;
    struct range other = fr_relative(s, w->at.begin);
    uint32_t front = s->front;
    if (front && (w->at.begin < front) != (f->first < front))
        return 0;
    if (of_that_year(s, w) && f->last < w->at.begin)
        return 0;
    uint32_t comma = s->lx->noun_after && f->last < w->at.begin ? w->at.begin : 0;
    while (comma && w->at.begin - comma < 16 && !tk_sign(s, comma - 1, ','))
        comma--;
    if (comma && tk_sign(s, comma - 1, ',') && f->last < comma && s->lx->noun_after && opens_participle(s, comma))
        return 0; /* "ha chiesto otto anni per l'imprenditore, accusato di aver evaso ... nel 2018" */
    if (closed_by_participle(s, w, f, k) || of_attribute(s, w, f) || of_participle(s, w, f) ||
        of_change_put_in(s, w, f))
        return 0;
    if (told_of_then(s, w, f))
        return 1;
    if (w->record || w->against || walled(s, w, f))
        return 0;
    if (in.begin != other.begin && (in.end > in.begin || other.end > other.begin))
        return 0;
    if (opens_next(s, w, figures, count, k))
        return 0;
    uint32_t lead;
    if (w->at.begin >= f->last && f->has_relation && f->relation == ASSAY_RELATION_FROM && !w->from.year && w->to.year)
        return 0; /* "from 25 to 15 per cent by January" */
    if (w->at.begin >= f->last && f->kind == ASSAY_KIND_DIMENSION && tk_before(s, f->first, LX_OF, &lead) &&
        lead + 1 == f->first && s->at[lead].letters >= 5)
        return 0; /* "мост длиной 620 м откроют к 2026 году" */
    if (put_in(s, w) && !(f->first < w->at.begin && w->at.begin - f->last < 4))
        return 0;
    return !(w->at.begin >= f->last && goes_on(s, figures, count, f, w));
}

/* "the last 20 years": the period that the figure is part of. NULL: it is of none. */
static const struct when *around(const struct when *when, uint32_t n, const struct figure *f)
{
    for (uint32_t i = 0; i < n && f->kind == ASSAY_KIND_DURATION; i++)
        if (f->first >= when[i].at.begin && f->last <= when[i].at.end)
            return when + i;
    return NULL;
}

static const struct when *nearest(const struct tks *s, const struct when *when, uint32_t n,
                                  const struct figure *figures, uint32_t count, uint32_t k)
{
    const struct figure *f = figures + k;
    const struct when *best = NULL;
    uint32_t best_distance = 0;
    if (!n || f->age)
        return NULL;
    struct range c = fr_clause(s, f->first, f->last), in = fr_relative(s, f->first);
    for (uint32_t i = 0; i < n; i++) {
        const struct when *w = when + i;
        if (w->at.begin < f->last && w->at.end > f->first)
            continue;
        if (bracketed(s, w, f) && !dated_within(s, when, n, f))
            return w;
        uint32_t distance = w->at.begin >= f->last ? w->at.begin - f->last : f->first - w->at.end;
        int outside = w->at.end <= c.begin || w->at.begin >= c.end, other = taken(s, w, figures, count, k);
        int elsewhere = outside && (w->now || (!w->from.year && w->to.year));
        if (w->said || elsewhere || other == 2 || !reaches(s, w, in, figures, count, k))
            continue;
        int behind = right_behind(s, w, f);
        if (behind)
            distance = 0;
        if (outside)
            distance += 30;
        if (!w->anchored && !(behind && relative(s, w)))
            distance += 20;
        if (other)
            distance += 12;
        if (!best || distance < best_distance) {
            best = w;
            best_distance = distance;
        }
    }
    return best;
}

/* "fell 40 percent, to 3 million in May": by how much is told of the period of what it came to. */
static int by_to(const struct figure *figures, uint32_t count, uint32_t k)
{
    const struct figure *by = figures + k, *to = by + 1;
    return k + 1 < count && by->has_relation && by->relation == ASSAY_RELATION_BY && to->has_relation &&
           to->relation == ASSAY_RELATION_TO && by->change == to->change;
}

/* "Between 2019 and 2023 it rose from 31 to 40": each of the two is told of its end. */
static void take_end(const struct figure *figures, uint32_t count, uint32_t k, struct when *to)
{
    const struct figure *f = figures + k;
    int from = f->has_relation && f->relation == ASSAY_RELATION_FROM, pair = 0;
    if (!f->has_relation || !(from || f->relation == ASSAY_RELATION_TO) || !to->from.year || !to->to.year ||
        to->from.month || to->to.month || to->from.year == to->to.year)
        return;
    for (uint32_t i = k ? k - 1 : 0; i <= k + 1 && i < count; i++)
        pair |= i != k && figures[i].has_relation && figures[i].kind == f->kind &&
                figures[i].relation == (from ? (uint32_t)ASSAY_RELATION_TO : (uint32_t)ASSAY_RELATION_FROM);
    if (!pair)
        return;
    if (from)
        to->to = to->from;
    else
        to->from = to->to;
}

int wh_choose(const struct tks *s, const struct when *when, uint32_t n, const struct figure *figures, uint32_t count,
              uint32_t k, struct when *to)
{
    const struct when *w = around(when, n, figures + k);
    w = w ? w : nearest(s, when, n, figures, count, k);
    if (w && by_to(figures, count, k) && w->at.begin >= figures[k + 1].last)
        w = nearest(s, when, n, figures, count, k + 1);
    if (!w)
        return 0;
    *to = *w;
    take_end(figures, count, k, to);
    if (!w->to.year && told_of_then(s, w, figures + k))
        to->to = w->from; /* "since 2007, when 39 died": in that year */
    return 1;
}

/* "1600 people" is no year. */
static uint32_t drop_counted_years(const struct tks *s, const struct figure *figures, uint32_t n, struct when *when,
                                   uint32_t whens)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < whens; i++) {
        const struct when *w = when + i;
        int figure = 0;
        for (uint32_t k = 0; k < n && !figure && !(s->at[w->at.begin].letters == 1 && w->from.month);
             k++) /* "Q1 2024 sales" */
            figure = figures[k].number < w->at.end && figures[k].after > w->at.begin && rj_year(s, figures + k);
        if (!figure)
            when[kept++] = *w;
    }
    return kept;
}

static int part_of_period(const struct figure *f, const struct when *when, uint32_t whens)
{
    if (f->unit && !(f->kind == ASSAY_KIND_DURATION && (f->flags & FG_ONE || !qt_years(f->unit))))
        return 0;
    for (uint32_t i = 0; i < whens; i++)
        if (f->first >= when[i].at.begin && f->last <= when[i].at.end)
            return 1;
    return 0;
}

void wh_move(struct figure *to, const struct figure *from)
{
    *to = *from;
    if (from->unit == from->unit_room)
        to->unit = to->unit_room;
    if (from->per == from->per_room)
        to->per = to->per_room;
}

uint32_t wh_drop(const struct tks *s, struct figure *figures, uint32_t n, struct when *when, uint32_t *whens)
{
    uint32_t kept = 0;
    *whens = drop_counted_years(s, figures, n, when, *whens);
    for (uint32_t k = 0; k < n; k++) {
        if (part_of_period(figures + k, when, *whens))
            continue;
        if (kept != k)
            wh_move(figures + kept, figures + k);
        kept++;
    }
    return kept;
}
