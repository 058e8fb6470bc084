/* SPDX-License-Identifier: Apache-2.0
 *
 * Periods told from the day of publication: "yesterday", "on Monday", "last March", "next week", "two years ago".
 */
#include "period.h"

/* So many periods (0: the one itself) after the one in which the anchor lies. */
struct step {
    const struct lx_meaning *period; /* NULL: none was found */
    struct assay_date anchor;
    int32_t by;
};

#define NEAR 4 /* days back */

enum { NOTHING, FOUND, STEP }; /* what stands at a token: no period, a whole one, a step to one */

void pr_shift_months(struct assay_date d, int32_t by, struct assay_date *to)
{
    int64_t n = (int64_t)d.year * 12 + (int64_t)(d.month ? d.month - 1 : 0) + by;
    *to = (struct assay_date){(int32_t)(n / 12), (uint32_t)(n % 12) + 1, 0};
}

/* Words between a verb of speech and the day: names, small words, offices. */
static int names_speaker(const struct tks *s, uint32_t i)
{
    return s->at[i].kind == TK_WORD &&
           (s->at[i].upper || tk_has(s, i, LX_TITLE) || tk_is(s, i, LX_WORD, OF_ARTICLE, NULL) ||
            tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL) || tk_has(s, i, LX_OF));
}

int pr_said_on(const struct tks *s, uint32_t begin, uint32_t end)
{
    if (end < s->count && s->at[end].kind == TK_NUMBER)
        return 0;
    if (tk_has(s, begin, LX_DAY) && !s->lx->verb_last && !tk_is(s, end, LX_WORD, OF_AUXILIARY, NULL) &&
        (tk_is(s, end, LX_STATUS, OF_FORECAST, NULL) || tk_is(s, end, LX_STATUS, OF_TARGET, NULL)))
        return 1; /* "now expects" */
    for (uint32_t i = begin;
         i-- > 0 && begin - i <= 9 && (tk_is(s, i, LX_SPEECH, OF_VERB, NULL) || names_speaker(s, i));)
        if (tk_is(s, i, LX_SPEECH, OF_VERB, NULL))
            return 1; /* ", teilte das Statistische Bundesamt am Mittwoch mit" */
    for (uint32_t i = begin; i-- > 0 && begin - i <= 8 && s->at[i].kind == TK_WORD;)
        if (tk_is(s, i, LX_SPEECH, OF_SOURCE, NULL) && !s->lx->verb_last &&
            (tk_has(s, begin, LX_DAY) || tk_has(s, begin, LX_WEEKDAY) || tk_has(s, begin - 1, LX_WEEKDAY)))
            return 1; /* "according to figures published on Tuesday" */
    for (uint32_t i = begin; i-- > 0 && begin - i <= 3 && s->at[i].kind == TK_WORD;)
        if (tk_is(s, i, LX_SPEECH, OF_VERB, NULL))
            return 1;
    for (uint32_t i = end; i < s->count && i < end + (begin < 3 ? 4u : 1u); i++) { /* "On Wednesday, Petrov said" */
        if (tk_is(s, i, LX_SPEECH, OF_VERB, NULL))
            return 1;
        if (!(i == end && tk_sign(s, i, ',')) &&
            !(s->at[i].kind == TK_WORD &&
              (s->at[i].upper || tk_has(s, i, LX_TITLE) || tk_is(s, i, LX_WORD, OF_ARTICLE, NULL) ||
               tk_is(s, i, LX_WORD, OF_AUXILIARY, NULL))))
            return 0;
    }
    return 0;
}

uint32_t pr_how_many(const struct tks *s, uint32_t i, uint32_t *start)
{
    uint32_t value;
    if (!i)
        return 1;
    if (pr_number(s, i - 1, &value)) {
        *start = i - 1;
        return value;
    }
    const struct lx_meaning *m = tk_mean(s, i - 1, LX_CARDINAL, NULL);
    if (m && m->over <= 1 && !m->power && m->number > 0 && m->number < 1000) {
        *start = i - 1;
        return (uint32_t)m->number;
    }
    if (s->at[i - 1].compound == 1) {
        *start = i - 1;
        return s->at[i - 1].value < 5000 ? (uint32_t)s->at[i - 1].value : 5000;
    }
    if (tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL))
        *start = i - 1;
    return 1;
}

static int set(struct part *to, struct assay_date from, struct assay_date until)
{
    to->from = from;
    to->to = until;
    return FOUND;
}

static int set_days(struct part *to, int64_t from, int64_t until)
{
    return set(to, assay_date_of_day(from), assay_date_of_day(until));
}

/* "today", "yesterday" */
static int day_word(const struct tks *s, uint32_t i, struct assay_date published, struct part *to)
{
    uint32_t length;
    const struct lx_meaning *m = tk_mean(s, i, LX_DAY, &length);
    if (!m || !published.day)
        return NOTHING;
    int64_t day = assay_date_first(published) + m->number;
    to->end = i + length;
    return set_days(to, day, day);
}

/* "last March": `by` is what the adjective says. */
static int month_word(const struct tks *s, uint32_t i, struct assay_date published, int32_t by, struct part *to)
{
    uint32_t length;
    const struct lx_meaning *m = tk_mean(s, i, LX_MONTH, &length);
    if (!m)
        return NOTHING;
    uint32_t month = (uint32_t)m->number;
    int32_t year = by == 0 ? published.year : pr_near_year(s, i, published, month);
    if (by > 0) /* the first such month to come */
        year = published.year + (month <= published.month);
    if (by < 0 && published.month == month)
        year--;
    to->end = i + length;
    return set(to, (struct assay_date){year, month, 0}, (struct assay_date){year, month, 0});
}

/* "the same month of 2019": the year is told, the month is that of the period before. */
static int of_year(const struct tks *s, uint32_t p, struct assay_date before, const struct step *step, struct part *to)
{
    uint32_t length, year;
    if (step->by ||
        (step->period->of != OF_MONTH && step->period->of != OF_QUARTER && step->period->of != OF_HALF &&
         step->period->of != OF_YEAR) ||
        (!tk_mean(s, p, LX_OF, &length) && !tk_is(s, p, LX_TIME, OF_DURING, &length)))
        return NOTHING;
    if (pr_number(s, p + length, &year) != 4 || year < 1900 || year > 2100)
        return NOTHING;
    struct assay_date at = {(int32_t)year, step->period->of == OF_MONTH ? before.month : 0, 0};
    to->end = p + length + 1;
    return set(to, at, at);
}

/* "fin du mois de mars", "la fin de l'année 2024": the month or year itself is told behind. */
static int told_behind(const struct tks *s, uint32_t p, const struct step *step)
{
    uint32_t length, year;
    if (step->by || (step->period->of != OF_MONTH && step->period->of != OF_YEAR))
        return 0;
    p += tk_mean(s, p, LX_OF, &length) ? length : 0;
    return step->period->of == OF_MONTH ? tk_has(s, p, LX_MONTH)
                                        : pr_number(s, p, &year) == 4 && year >= 1900 && year <= 2100;
}

static int years_from(struct part *to, int32_t first, int32_t years)
{
    return set(to, (struct assay_date){first, 0, 0}, (struct assay_date){first + years - 1, 0, 0});
}

/* "the last three months": so many of them up to the day of publication, or from it on. */
static int span(struct part *to, const struct step *step, uint32_t many)
{
    struct assay_date a = step->anchor, b;
    int32_t n = (int32_t)many * (step->by < 0 ? -1 : 1), months = step->period->of == OF_MONTH     ? n
                                                                  : step->period->of == OF_QUARTER ? 3 * n
                                                                  : step->period->of == OF_HALF    ? 6 * n
                                                                                                   : 0;
    int32_t days = step->period->of == OF_DAY    ? n
                   : step->period->of == OF_WEEK ? 7 * n
                                                 : 0,
            years = step->period->of == OF_YEAR     ? n
                    : step->period->of == OF_DECADE ? 10 * n
                                                    : 0;
    if ((months && !a.month) || (days && !a.day) || !(months || days || years))
        return NOTHING;
    if (days)
        return n < 0 ? set_days(to, assay_date_first(a) + days, assay_date_first(a))
                     : set_days(to, assay_date_first(a), assay_date_first(a) + days);
    if (years)
        return n < 0 ? years_from(to, a.year + years, 1 - years) : years_from(to, a.year, 1 + years);
    pr_shift_months(a, months, &b);
    a.day = 0;
    return n < 0 ? set(to, b, a) : set(to, a, b);
}

/* The period at token p, which the word at `at` places: one, or as many as are told before token `number` ("the last
 * three months"). In the plural without a number it is no period ("in den letzten Jahren"). */
static int one_or_many(const struct tks *s, uint32_t at, uint32_t p, uint32_t number, struct step *step,
                       struct part *to)
{
    int may = step->by && number && (number == p || s->lx->noun_after); /* "fell to 12 last week" */
    uint32_t start = number, many = may ? pr_how_many(s, number, &start) : 1;
    if (start < number && many > 1 && many < 400 && !tk_is(s, start, LX_WORD, OF_ARTICLE, NULL)) {
        to->begin = start;
        to->opens = 1;
        return span(to, step, many);
    }
    if (step->by < 0 && step->period->of == OF_DECADE) /* "over the past decade" */
        return span(to, step, 1);
    return step->by && (tk_ends(s, at, LX_ENDS_SEVERAL) || tk_ends(s, p, LX_ENDS_SEVERAL)) ? NOTHING : STEP;
}

/* "last three months": a number between; the token of the period, or 0. */
static uint32_t over_number(const struct tks *s, uint32_t i)
{
    uint32_t start = i + 1;
    return i + 1 < s->count && tk_has(s, i + 1, LX_PERIOD) && pr_how_many(s, i + 1, &start) > 1 && start == i ? i + 1
                                                                                                              : 0;
}

/* "last year", "last March", "last Monday" (*at gets the weekday's token), "торік". */
static int adjective_first(const struct tks *s, uint32_t *at, struct assay_date before, struct step *step,
                           struct part *to)
{
    uint32_t length, inner;
    const struct lx_meaning *m = tk_mean(s, *at, LX_RELATIVE, &length);
    if (!m)
        return NOTHING;
    uint32_t next = *at + length;
    step->by = (int32_t)m->number;
    if (tk_is(s, *at, LX_TIME, OF_NEXT, NULL) && (step->anchor = before).year == 0)
        return NOTHING; /* "the following year": of a year told elsewhere */
    if ((step->period = tk_mean(s, *at, LX_PERIOD, &inner)) != NULL && inner == length) {
        to->end = next;
        return STEP;
    }
    if ((step->period = tk_mean(s, next, LX_PERIOD, &inner)) != NULL) {
        to->end = next + inner;
        if (told_behind(s, to->end, step))
            return NOTHING;
        return of_year(s, next + inner, before, step, to) ? FOUND : one_or_many(s, next - 1, next, *at, step, to);
    }
    uint32_t period = step->by ? over_number(s, next) : 0;
    if (period) {
        step->period = tk_mean(s, period, LX_PERIOD, &inner);
        to->end = period + inner;
        return one_or_many(s, next - 1, period, period, step, to);
    }
    if (month_word(s, next, step->anchor, step->by, to))
        return FOUND;
    if (tk_mean(s, next, LX_WEEKDAY, &inner))
        *at = next;
    return NOTHING;
}

/* "año pasado", "yıl sonuna" */
static int adjective_behind(const struct tks *s, uint32_t i, struct step *step, struct part *to)
{
    uint32_t length, inner;
    const struct lx_meaning *period = s->lx->noun_after || s->lx->verb_last ? tk_mean(s, i, LX_PERIOD, &length) : NULL;
    const struct lx_meaning *adjective = period ? tk_mean(s, i + length, LX_RELATIVE, &inner) : NULL;
    if (!adjective || (s->lx->verb_last && period->of == OF_MONTH && i && tk_has(s, i - 1, LX_MONTH)))
        return NOTHING; /* also "mart ayının sonunda": that of March */
    step->period = period;
    step->by = (int32_t)adjective->number;
    to->end = i + length + inner;
    return one_or_many(s, i + length, i, i, step, to);
}

/* "on Monday": the last one, or in a sentence about what is to come the next; `near`, "this Saturday": the nearest. */
static int weekday(const struct tks *s, uint32_t i, struct assay_date published, int near, struct part *to)
{
    uint32_t length;
    const struct lx_meaning *m = tk_mean(s, i, LX_WEEKDAY, &length);
    if (!m || !published.day || s->at[i].letters <= 3)
        return NOTHING;
    int64_t day = assay_date_first(published), now = (day + 3) % 7 + 1; /* 1970-01-01 was a Thursday */
    if (now <= 0)
        now += 7;
    int64_t back = (now - m->number + 7) % 7;
    uint32_t start;
    const struct lx_meaning *lead = s->lx->plural[0] || s->lx->noun_capital ? tk_before(s, i, LX_TIME, &start) : NULL;
    int since = lead && lead->of == OF_SINCE && s->at[start].letters > 3 && !tk_has(s, start, LX_RELATION);
    if (near && back > NEAR)
        back -= 7;
    else if (back && !since && fr_ahead(s, i) && !pr_said_on(s, i, i + length))
        back -= 7;
    to->end = i + length;
    return set_days(to, day - back, day - back);
}

/* "two years later": so many after the period told last. */
static int counted_on(const struct tks *s, uint32_t i, struct assay_date before, struct step *step, struct part *to)
{
    uint32_t length, later, start = i, many;
    const struct lx_meaning *m = before.year ? tk_mean(s, i, LX_PERIOD, &length) : NULL;
    if (!m || !tk_is(s, i + length, LX_TIME, OF_NEXT, &later) || tk_has(s, i + length, LX_RELATIVE))
        return NOTHING;
    many = pr_how_many(s, i, &start);
    if (start == i || many > 400 || tk_has(s, i + length + later, LX_BOUND) || tk_has(s, i + length + later, LX_PER) ||
        tk_is(s, i + length + later, LX_TIME, OF_AGAINST, NULL) || (m->of == OF_MONTH && !before.month) ||
        (m->of != OF_YEAR && m->of != OF_MONTH && m->of != OF_DECADE && !before.day))
        return NOTHING; /* also "two years later than planned" */
    to->begin = start;
    to->opens = 1;
    to->end = i + length + later;
    *step = (struct step){m, before, (int32_t)many};
    if (m->of == OF_DECADE)
        return years_from(to, before.year + 10 * (int32_t)many, 1);
    if (m->of != OF_YEAR || !before.month)
        return STEP;
    struct assay_date same = {before.year + (int32_t)many, before.month, 0}; /* in April, a year later: April */
    return set(to, same, same);
}

/* "two years ago", "vor zwei Jahren", "a week earlier" */
static int counted_back(const struct tks *s, uint32_t i, struct assay_date before, struct step *step, struct part *to)
{
    uint32_t length, inner = 0, start = i, open;
    const struct lx_meaning *m = tk_mean(s, i, LX_PERIOD, &length);
    if (!m)
        return NOTHING;
    int ago = tk_is(s, i + length, LX_TIME, OF_AGO, &inner) != NULL;
    int earlier = !ago && tk_is(s, i + length, LX_TIME, OF_EARLIER, &inner) != NULL;
    uint32_t many = pr_how_many(s, i, &start);
    for (uint32_t p = i + length + inner;
         earlier && p < s->count && p < i + length + inner + 3 && s->at[p].kind == TK_WORD; p++)
        if (tk_is(s, p, LX_STATUS, OF_TARGET, NULL) || tk_is(s, p, LX_STATUS, OF_FORECAST, NULL))
            return NOTHING; /* "two years earlier than planned" */
    if (!ago && !earlier) {
        const struct lx_meaning *back = tk_before(s, start, LX_TIME, &open);
        inner = 0;
        if (!back || back->of != OF_BACK || start == i)
            return NOTHING;
        start = s->lx->noun_after ? open : start; /* "il y a quatre ans" */
    }
    if (many > (m->of == OF_YEAR ? 400u : 2000u))
        return NOTHING;
    if (earlier && before.year && !(m->of == OF_MONTH && !before.month))
        step->anchor = before;
    to->begin = start;
    to->opens = 1;
    to->end = i + length + inner;
    step->period = m;
    step->by = -(int32_t)many;
    struct assay_date anchor = step->anchor;
    if (earlier && anchor.day && m->of == OF_WEEK && many == 1)
        return set_days(to, assay_date_first(anchor) - 7, assay_date_first(anchor) - 7);
    if (earlier && anchor.month && m->of == OF_YEAR && before.year) /* April, a year earlier: April */
        return set(to, (struct assay_date){anchor.year + step->by, anchor.month, 0},
                   (struct assay_date){anchor.year + step->by, anchor.month, 0});
    if (m->of == OF_DECADE && (earlier || (ago && many > 1)))
        return set(to, (struct assay_date){anchor.year + step->by * 10, 0, 0},
                   (struct assay_date){anchor.year + step->by * 10, 0, 0});
    return STEP;
}

/* `months` of them from the begin of the one in which the anchor lies. */
static int months_from(struct part *to, const struct step *step, uint32_t months)
{
    struct assay_date d = {step->anchor.year, (step->anchor.month ? (step->anchor.month - 1) / months * months : 0) + 1,
                           0};
    pr_shift_months(d, step->by * (int32_t)months, &to->from);
    pr_shift_months(to->from, (int32_t)months - 1, &to->to);
    return step->anchor.month != 0;
}

static int week(struct part *to, const struct step *step)
{
    if (!step->anchor.day)
        return NOTHING;
    int64_t day = assay_date_first(step->anchor), monday = day - ((day + 3) % 7 + 7) % 7 + step->by * 7;
    return set_days(to, monday, monday + 6);
}

static int take_step(struct part *to, const struct step *step)
{
    int32_t year = step->anchor.year, by = step->by;
    switch (step->period->of) {
    case OF_YEAR:
        return years_from(to, year + by, 1);
    case OF_DECADE:
        return years_from(to, year / 10 * 10 + by * 10, 10);
    case OF_CENTURY:
        return years_from(to, (year - 1) / 100 * 100 + 1 + by * 100, 100);
    case OF_MONTH:
        return months_from(to, step, 1);
    case OF_QUARTER:
        return months_from(to, step, 3);
    case OF_HALF:
        return months_from(to, step, 6);
    case OF_WEEK:
        return week(to, step);
    case OF_DAY:
        return step->anchor.day ? set_days(to, assay_date_first(step->anchor) + by, assay_date_first(step->anchor) + by)
                                : NOTHING;
    default:
        return NOTHING;
    }
}

/* "the last three years", "last year" where no day of publication is known; 2: found, and only its
 * place counts. */
static int many_periods(const struct tks *s, uint32_t i, struct part *to)
{
    static const struct assay_date some = {2000, 1, 1};
    struct step step = {NULL, some, 0};
    int how = tk_has(s, i, LX_RELATIVE) ? adjective_first(s, &i, some, &step, to) : adjective_behind(s, i, &step, to);
    if (how == FOUND && step.by && step.period)
        return 2;
    return how != NOTHING && step.period && step.period->of != OF_DAY ? 2 : 0;
}

int pr_relative(const struct tks *s, uint32_t i, struct assay_date published, struct assay_date before, struct part *to)
{
    struct step step = {NULL, published, 0};
    to->has_year = 1;
    if (!published.year) {
        int how = counted_on(s, i, before, &step, to);
        how = how || !before.year ? how : counted_back(s, i, before, &step, to);
        if (how == STEP && step.anchor.year)
            return take_step(to, &step);
        if (how == FOUND && step.anchor.year)
            return how;
        *to = (struct part){.has_year = 1};
        return many_periods(s, i, to);
    }
    const uint32_t first = i;
    int how = day_word(s, i, published, to);
    int adjective = tk_mean(s, i, LX_RELATIVE, NULL) != NULL;
    how = how ? how : adjective ? adjective_first(s, &i, before, &step, to) : adjective_behind(s, i, &step, to);
    how = how ? how : weekday(s, i, published, i > first && !step.by && s->lx->noun_after, to);
    how = how ? how : counted_on(s, i, before, &step, to);
    how = how ? how : counted_back(s, i, before, &step, to);
    return how == STEP ? take_step(to, &step) : how;
}
