/* SPDX-License-Identifier: Apache-2.0
 *
 * Periods: what one of them is told with ("since", "until", "against") and where they are found in a sentence. Parts of
 * them are in period.c, several that are one in stretch.c.
 */
#include "noun.h"
#include "period.h"

static int overlaps_figure(const struct tks *s, uint32_t i, const struct part *p)
{
    /* "2000 people": a bare number is a year only where the figures left it alone; the caller looks at that */
    return p->end <= i || i >= s->count;
}

/* "the lowest level since 2012", "the busiest month since records began in 1986": of what was then nothing is said. */
static int of_record(const struct tks *s, uint32_t start, uint32_t end, const struct lx_meaning *lead)
{
    if (s->lx->verb_last && end && end < s->count && tk_is(s, end, LX_TIME, OF_RECORD, NULL) && np_genitive(s, end - 1))
        return 1;           /* "son iki yılın en yüksek seviyesi" */
    if (s->lx->verb_last) { /* "2012'den bu yana en düşük" */
        for (uint32_t i = end; lead && lead->of == OF_SINCE && i < end + 3 && i < s->count && s->at[i].kind == TK_WORD;
             i++)
            if (tk_is(s, i, LX_TIME, OF_RECORD, NULL))
                return 1;
        return 0;
    }
    for (uint32_t k = 0; lead && lead->of == OF_DURING && k < 3 && start > 0; k++)
        if (s->at[--start].kind != TK_WORD)
            return 0;
        else if (tk_is(s, start, LX_TIME, OF_SINCE, NULL))
            lead = tk_is(s, start, LX_TIME, OF_SINCE, NULL);
    for (uint32_t i = start; lead && lead->of == OF_SINCE && i-- > 0 && start - i <= 6 && s->at[i].kind == TK_WORD;)
        if (tk_is(s, i, LX_TIME, OF_RECORD, NULL))
            return 1;
    return 0;
}

/* A word that says both ("from"): against what was, where a change is told ("up 5% from 2023"). */
static const struct lx_meaning *since_or_against(const struct tks *s, const struct found *f, uint32_t start,
                                                 const struct lx_meaning *lead)
{
    uint32_t change = 0, number = 0;
    const struct lx_meaning *since = lead ? tk_is(s, start, LX_TIME, OF_SINCE, NULL) : NULL,
                            *against = lead ? tk_is(s, start, LX_TIME, OF_AGAINST, NULL) : NULL;
    if (!since || !against)
        return lead;
    uint32_t end = f->part.end - 1;
    if (th_english_like(s) && (tk_is(s, end, LX_TIME, OF_EARLIER, NULL) || tk_is(s, end, LX_TIME, OF_AGO, NULL)))
        return against; /* "from a year earlier" */
    for (uint32_t i = start; i-- > 0 && start - i <= 6 && !(change && number);) {
        change |= tk_has(s, i, LX_CHANGE) || tk_is(s, i, LX_QUALITY, OF_STEADY, NULL);
        number += s->at[i].kind == TK_NUMBER;
    }
    return change && number ? against : since;
}

/* "compared with the same period of", "geçen yılın aynı dönemine göre": the word of comparison past them. NULL: there
 * is none. */
static const struct lx_meaning *set_against(const struct tks *s, const struct found *f, uint32_t *start)
{
    const struct lx_meaning *m;
    uint32_t i = s->lx->verb_last ? pr_suffix_end(s, f->part.end) : f->begin, same = 0, begin;
    for (uint32_t k = 0; k < 8; k++) {
        if (s->lx->verb_last ? (m = tk_is(s, i, LX_TIME, OF_AGAINST, NULL)) != NULL
                             : (m = tk_before(s, i, LX_TIME, &begin)) != NULL && m->of == OF_AGAINST) {
            *start = s->lx->verb_last ? f->begin : begin;
            return same || k <= 3 ? m : NULL;
        }
        uint32_t at = s->lx->verb_last ? i : m && m->of == OF_SAME ? begin : i - 1;
        if (at >= s->count || !pr_says_same(s, at))
            return NULL;
        same |= tk_is(s, at, LX_TIME, OF_SAME, NULL) != NULL;
        i = s->lx->verb_last ? pr_suffix_end(s, i + 1) : at;
    }
    return NULL;
}

/* "since", "until", "during" ...: before the period, or behind it where verbs come last. *start: its token. */
static const struct lx_meaning *lead_of(const struct tks *s, struct found *f, uint32_t *start)
{
    uint32_t length, outer;
    const struct lx_meaning *more, *lead = tk_before(s, f->begin, LX_TIME, start);
    if (lead && (lead->of == OF_EARLIER || lead->of == OF_AGO || lead->of == OF_MARK) &&
        tk_is(s, *start, LX_TIME, OF_UNTIL, NULL))
        lead = tk_is(s, *start, LX_TIME, OF_UNTIL, NULL); /* "before the end of the year" */
    if (s->lx->verb_last) {                               /* "2030'a kadar" */
        uint32_t after = pr_suffix_end(s, f->part.end);
        lead = tk_mean(s, after, LX_TIME, &length);
        *start = f->begin;
        if (lead && (lead->of == OF_SINCE || lead->of == OF_UNTIL))
            f->part.end = after + length;
        else if (f->part.end > f->begin && tk_is(s, f->part.end - 1, LX_TIME, OF_SINCE, NULL))
            lead = tk_is(s, f->part.end - 1, LX_TIME, OF_SINCE, NULL); /* "2030-cu ildən" */
        else if (f->part.end > f->begin && tk_is(s, f->part.end - 1, LX_TIME, OF_UNTIL, NULL))
            lead = tk_is(s, f->part.end - 1, LX_TIME, OF_UNTIL, NULL); /* "2030-cu ilədək" */
    }
    if (!lead && f->begin > 0 && tk_is(s, f->begin - 1, LX_WORD, OF_ARTICLE, NULL))
        lead = tk_before(s, f->begin - 1, LX_TIME, start);
    if (lead && lead->of == OF_BACK && (more = tk_before(s, *start, LX_TIME, &outer)) != NULL &&
        more->of == OF_AGAINST) { /* "niedriger als vor fünf Jahren" */
        *start = outer;
        return more;
    }
    if (lead && (lead->of == OF_SAME || lead->of == OF_WHEN))
        lead = NULL;
    if ((!lead || lead->of == OF_DURING || lead->of == OF_MARK) && (more = set_against(s, f, start)) != NULL)
        return more;
    if (!lead || lead->of != OF_DURING || s->lx->verb_last)
        return lead;
    more = tk_before(s, *start, LX_TIME, &outer); /* "depuis le", "avant la": the one before says more */
    if (!more || (more->of != OF_SINCE && more->of != OF_UNTIL && more->of != OF_AGAINST))
        return lead;
    *start = outer;
    return more;
}

/* "since the end of the war in 1953": the word that says since, what happened then stands between. s->count: none. */
static uint32_t since_then(const struct tks *s, const struct found *f, uint32_t start, const struct lx_meaning *lead)
{
    if (!th_english_like(s) && s->at[f->token].plain != 4)
        return s->count; /* but "desde la madrugada del jueves" */
    if ((lead ? lead->of != OF_DURING : !s->lx->noun_capital) || s->lx->verb_last || !(s->mask & LX_BIT(LX_MARK)))
        return s->count; /* also "seit dem Ende des Krieges 1953" */
    for (uint32_t i = start; i-- > 0 && start - i <= 10 && s->at[i].kind == TK_WORD;)
        if (tk_is(s, i, LX_MARK, OF_EVER, NULL))
            return i;
    return s->count;
}

static int this_year(const struct tks *s, uint32_t i)
{
    uint32_t length;
    const struct lx_meaning *m = s->lx->noun_after ? tk_mean(s, i, LX_RELATIVE, &length) : NULL;
    return m && !m->number && length == 1 && tk_is(s, i + 1, LX_PERIOD, OF_YEAR, NULL);
}

static void fill_when(const struct tks *s, struct found *f, struct when *to)
{
    uint32_t start = f->begin;
    struct part *a = &f->part;
    const struct lx_meaning *lead = lead_of(s, f, &start);
    uint64_t day = s->at[f->token].mask & LX_BIT(LX_DAY);
    lead = since_or_against(s, f, start, lead);
    uint32_t since = since_then(s, f, start, lead);
    int on_earlier = lead && lead->of == OF_DURING && !s->lx->verb_last && !s->lx->noun_capital &&
                     a->end > f->token + 1 && tk_is(s, a->end - 1, LX_TIME, OF_EARLIER, NULL) &&
                     tk_is(s, start, LX_WORD, OF_PREPOSITION, NULL);
    const struct lx_meaning *than =
        s->lx->noun_capital ? tk_before(s, f->begin, LX_BOUND, NULL) : NULL; /* "fünf Prozent weniger als 2023" */
    to->against = (lead && lead->of == OF_AGAINST) || on_earlier ||
                  (than && (than->of == OF_OVER || than->of == OF_UNDER)); /* "up 11 per cent on a year earlier" */
    if (to->against && start && tk_sign(s, start - 1, ',') && tk_is(s, start, LX_WORD, OF_RELATIVE, NULL))
        to->against = 0; /* ", que en abril canceló" */
    to->record = (uint32_t)of_record(s, start, a->end, lead);
    to->said = (day || s->at[f->token].mask & LX_BIT(LX_WEEKDAY)) && pr_said_on(s, f->begin, a->end);
    to->now = day != 0;
    if (lead && lead->of == OF_UNTIL && this_year(s, f->token))
        lead = NULL; /* "para este año" */
    if ((lead && lead->of == OF_SINCE) || since < s->count) {
        f->begin = since < s->count ? since : start;
        a->to = (struct assay_date){0};
    } else if (lead && lead->of == OF_UNTIL) {
        f->begin = start;
        a->from = (struct assay_date){0};
    }
    to->at = (struct range){f->begin, a->end};
    to->from = a->from;
    to->to = a->to;
    to->anchored = a->from.year || a->to.year;
}

static int may_open(const struct tk *t)
{
    const uint64_t mask = LX_BIT(LX_MONTH) | LX_BIT(LX_RELATIVE) | LX_BIT(LX_DAY) | LX_BIT(LX_WEEKDAY) |
                          LX_BIT(LX_ORDINAL) | LX_BIT(LX_PERIOD) | LX_BIT(LX_CARDINAL) | LX_BIT(LX_SEASON);
    return t->kind == TK_NUMBER || t->kind == TK_SKIP || (t->mask & mask) || (t->upper && t->letters <= 3);
}

/* "the same quarter of 2023", "in the same month a year earlier": the year behind says which one. */
static int of_other_year(const struct tks *s, const struct found *f)
{
    uint32_t i = f->begin, length, same = 0;
    for (; i < f->part.end; i++)
        same |= tk_is(s, i, LX_TIME, OF_SAME, NULL) && !tk_has(s, i, LX_PERIOD);
    if (!same || s->lx->verb_last)
        return 0;
    i += tk_mean(s, i, LX_OF, &length) ? length : 0;
    if (i < s->count && (s->at[i].plain == 4 || tk_has(s, i, LX_RELATIVE)))
        return 1;
    i += tk_is(s, i, LX_WORD, OF_ARTICLE, NULL) != NULL;
    return tk_is(s, i, LX_PERIOD, OF_YEAR, NULL) &&
           (tk_is(s, i + 1, LX_TIME, OF_EARLIER, NULL) || tk_is(s, i + 1, LX_TIME, OF_AGO, NULL));
}

/* The period told last, but for what is only compared with: "4.1 percent in May, unchanged from April and down from 5.2
 * a year earlier". */
static const struct when *told_last(const struct when *to, uint32_t n, const struct when *none)
{
    uint32_t k = n;
    while (k > 0 && to[k - 1].against)
        k--;
    return k ? &to[k - 1] : n ? &to[n - 1] : none;
}

uint32_t wh_find(const struct tks *s, struct assay_date published, struct when *to, uint32_t most)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->count && n < most; i++) {
        const struct when none = {0}, *last = told_last(to, n, &none);
        struct found f = {.token = i};
        if (!may_open(s->at + i))
            continue;
        f.how = pr_one(s, i, published, last->from, &f.part);
        if (!f.how || overlaps_figure(s, i, &f.part))
            continue;
        f.begin = (f.part.begin || f.part.opens) && f.part.begin < i ? f.part.begin : i;
        if (of_other_year(s, &f))
            continue;
        n -= (uint32_t)pr_join_year(s, &f, n ? &to[n - 1] : &none);
        pr_same_span(s, &f, last);
        if (f.how == 2) /* only its place counts */
            f.part.from = f.part.to = (struct assay_date){0};
        pr_join(s, &f, published, last->from);
        pr_up_to(s, &f);
        fill_when(s, &f, &to[n++]);
        i = f.part.end - 1;
    }
    return n;
}
