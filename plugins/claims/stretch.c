/* SPDX-License-Identifier: Apache-2.0
 *
 * Periods of more than one part: "January to April", "3 to 5 May", "May and June", "the first nine months of 2024".
 */
#include <string.h>

#include "period.h"

static int runs_backwards(struct assay_date from, struct assay_date to)
{
    return from.year && to.year && assay_date_first(from) > assay_date_last(to);
}

#define SAME_REACH 6u /* tokens between a year and the word for "the same" */

int pr_says_same(const struct tks *s, uint32_t i)
{
    return tk_sign(s, i, '\'') ||
           (s->at[i].kind == TK_WORD && (tk_is(s, i, LX_TIME, OF_SAME, NULL) || tk_has(s, i, LX_PERIOD) ||
                                         tk_has(s, i, LX_OF) || tk_is(s, i, LX_WORD, OF_ARTICLE, NULL)));
}

/* "the same period of last year", "geçen yılın aynı dönemi", "Vorjahreszeitraum": as long as the one told before. The
 * period then begins with the word for "the same". */
static int as_long(const struct tks *s, struct found *f)
{
    for (uint32_t i = f->begin; i < f->part.end; i++)
        if (tk_is(s, i, LX_TIME, OF_SAME, NULL))
            return 1;
    if (s->lx->verb_last)
        return tk_is(s, pr_suffix_end(s, f->part.end), LX_TIME, OF_SAME, NULL) != NULL;
    const uint32_t behind = f->begin;
    int same = 0;
    for (uint32_t i = behind, start; i > 0 && behind - i < SAME_REACH; i--) {
        const struct lx_meaning *m = tk_before(s, i, LX_TIME, &start); /* also "в том же" */
        if (m && m->of == OF_SAME) {
            same = 1;
            f->begin = start;
        } else if (!pr_says_same(s, i - 1)) {
            break;
        }
    }
    return same;
}

static int is_whole_year(const struct part *p)
{
    return p->from.year && p->from.year == p->to.year && !p->from.month && !p->to.month;
}

/* "2,5 milliards au premier trimestre, contre 2 un an plus tôt": a quarter, and the same a year earlier; "5 million in
 * the same period last year". */
void pr_same_span(const struct tks *s, struct found *f, const struct when *last)
{
    if (f->how == 1 && last->from.month && f->part.from.month == last->from.month &&
        f->part.from.year == last->from.year - 1 && last->to.month &&
        tk_is(s, f->part.end - 1, LX_TIME, OF_EARLIER, NULL))
        f->part.to = (struct assay_date){last->to.year - 1, last->to.month, 0};
    if (f->how != 1 || !is_whole_year(&f->part) || !last->from.month || !last->to.month)
        return;
    int ago = tk_is(s, f->part.end - 1, LX_TIME, OF_AGO, NULL) && f->part.from.year + 1 == last->from.year &&
              !last->from.day && !last->to.day; /* "2 percent in May, from 3 a year ago" */
    if (!ago && !as_long(s, f))
        return;
    int32_t year = f->part.from.year;
    f->part.from = (struct assay_date){year, last->from.month, last->from.day};
    f->part.to = (struct assay_date){year + last->to.year - last->from.year, last->to.month, last->to.day};
}

/* The word or sign that joins two parts: 0 none, 1 "to" or a dash, 2 "and". */
static int joins(const struct tks *s, uint32_t i, uint32_t *length)
{
    if (tk_is(s, i, LX_JOIN, OF_TO, length))
        return 1;
    if (tk_is(s, i, LX_JOIN, OF_AND, length))
        return 2;
    *length = 1;
    return i < s->count && tk_dash(s, i);
}

/* The first part gets the year of the second; November to March 2024 began the year before. */
static void join_dates(const struct tks *s, struct found *f, const struct part *second)
{
    struct part *a = &f->part;
    const struct lx_meaning *m = f->how == 2 ? tk_mean(s, f->token, LX_MONTH, NULL) : NULL;
    if (!a->has_year && !second->has_year && a->from.month && a->from.month <= second->from.month && f->how == 1)
        a->from.year = second->from.year; /* in January: "from January to November" */
    else if (!a->has_year && second->has_year && a->from.month)
        a->from.year = second->from.year - (a->from.month > second->from.month);
    else if (m)
        a->from = (struct assay_date){second->from.year, (uint32_t)m->number, 0};
    if (!runs_backwards(a->from, second->to)) {
        a->to = second->to;
    } else if (f->how == 2) {
        a->from.year--;
        a->to = second->to;
    } else { /* between 2020 and 2010 */
        a->from = second->from;
    }
    a->end = second->end;
}

/* "between", "from" before token i, an article between or not. *start: its token. */
static const struct lx_meaning *opens(const struct tks *s, uint32_t i, uint32_t *start)
{
    const struct lx_meaning *m = tk_before(s, i, LX_JOIN, start);
    if (!m && i && tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL))
        m = tk_before(s, i - 1, LX_JOIN, start);
    return m;
}

/* "January to April", "between 2007 and 2010", "entre le 21 juin et le 21 septembre 2021" */
/* "2019'dan 2023'e": case endings join the two. */
static int joined_by_case(const struct tks *s, uint32_t i)
{
    uint32_t end = i + 1 < s->count && s->at[i].kind == TK_NUMBER ? pr_suffix_end(s, i + 1) : 0;
    return s->lx->suffixed && i > 1 && end > i + 2 && s->at[i].space && tk_ends(s, i - 1, LX_ENDS_FROM) &&
           tk_ends(s, end - 1, LX_ENDS_TO) && s->at[i - 1].letters < 5;
}

static int join_second(const struct tks *s, struct found *f, struct assay_date published, struct assay_date before)
{
    struct part second;
    uint32_t length, start;
    int by_case = joined_by_case(s, f->part.end), joined = by_case || joins(s, f->part.end, &length);
    uint32_t next = f->part.end + (by_case ? 0 : length);
    if (!joined)
        return 0;
    if ((f->part.from.day || s->lx->noun_after) && tk_is(s, next, LX_WORD, OF_ARTICLE, &length))
        next += length;
    if (pr_one(s, next, published, before, &second) != 1 || !second.from.year ||
        !(f->part.from.year || second.has_year))
        return 0;
    const struct lx_meaning *open = opens(s, f->token, &start);
    if (joined == 2 && !(open && open->of == OF_BETWEEN))
        return 0;
    join_dates(s, f, &second);
    if (open)
        f->begin = start;
    return 1;
}

/* "May and June", "January, February and March 2024": months in a row, the year told once. 0: no more. */
static int add_month(const struct tks *s, struct found *f, struct assay_date published, struct assay_date before)
{
    struct part *a = &f->part, next;
    uint32_t length = 1;
    if (!a->from.month || a->from.day || a->to.day ||
        (!tk_sign(s, a->end, ',') && !tk_is(s, a->end, LX_JOIN, OF_AND, &length)))
        return 0;
    if (!tk_has(s, a->end + length, LX_MONTH) || pr_one(s, a->end + length, published, before, &next) != 1 ||
        next.from.day || next.from.month != a->to.month + 1 || next.to.month != next.from.month)
        return 0;
    if (!next.has_year && a->has_year)
        next.to.year = a->to.year;
    if (next.to.year != a->to.year && a->has_year)
        return 0;
    a->from.year += next.to.year - a->to.year;
    a->to = next.to;
    a->has_year |= next.has_year;
    a->end = next.end;
    return 1;
}

/* What joins two days ends right before token i: its first token, or i. `open` says whether "between" has to come
 * first. */
static uint32_t day_joint(const struct tks *s, uint32_t i, int *open)
{
    uint32_t start = i;
    const struct lx_meaning *m;
    *open = 0;
    if (i && tk_dash(s, i - 1))
        return i - 1;
    if (i && tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) && !tk_has(s, i - 1, LX_JOIN) && !tk_has(s, i - 1, LX_RELATION))
        i--;
    if ((m = tk_before(s, i, LX_TIME, &start)) != NULL && m->of == OF_UNTIL)
        return start;
    if ((m = tk_before(s, i, LX_RELATION, &start)) != NULL && m->of == OF_TO)
        return start;
    m = tk_before(s, i, LX_JOIN, &start);
    *open = m && m->of == OF_AND;
    return m && (m->of == OF_TO || m->of == OF_AND) ? start : i;
}

/* "vom 3. bis 5. Mai", "from 22 to 28 January": the first day stands before the date. */
static void days_before(const struct tks *s, struct found *f)
{
    struct part *a = &f->part;
    uint32_t day, start;
    int between;
    if (!a->from.day || a->from.day != a->to.day || a->from.month != a->to.month || s->at[f->begin].kind != TK_NUMBER)
        return;
    uint32_t joint = day_joint(s, f->begin, &between), at = joint;
    if (joint == f->begin || !joint)
        return;
    at -= tk_sign(s, at - 1, '.') && at > 1 ? 2 : 1;
    if (!pr_number(s, at, &day) || !day || day >= a->from.day || s->at[at].end - s->at[at].begin > 2)
        return;
    const struct lx_meaning *open = opens(s, at, &start);
    if (between && !(open && open->of == OF_BETWEEN))
        return;
    f->begin = at;
    a->from.day = day;
    const struct lx_meaning *from = tk_before(s, at, LX_TIME, &joint);
    const struct lx_meaning *moved = tk_before(s, at, LX_RELATION, &joint);
    if (open)
        f->begin = start;
    else if ((from && from->of == OF_SINCE) || (moved && moved->of == OF_FROM))
        f->begin = joint;
}

/* "June 3-5, 2020": the last day stands behind the date. */
static void days_behind(const struct tks *s, struct found *f)
{
    struct part *a = &f->part;
    uint32_t day, p = a->end;
    int32_t year;
    if (!a->from.day || a->from.day != a->to.day || p < 2 || s->at[p - 1].kind != TK_NUMBER ||
        !tk_has(s, p - 2, LX_MONTH) || !tk_dash(s, p))
        return;
    if (!pr_number(s, p + 1, &day) || day <= a->from.day || day > assay_days_in_month(a->from.year, a->from.month) ||
        s->at[p + 1].end - s->at[p + 1].begin > 2)
        return;
    a->to.day = day;
    a->end = p + 2;
    uint32_t end = pr_year_behind(s, a->end, (struct assay_date){0}, &year);
    if (!end)
        return;
    a->from.year = a->to.year = year;
    a->has_year = 1;
    a->end = end;
}

void pr_join(const struct tks *s, struct found *f, struct assay_date published, struct assay_date before)
{
    uint32_t months = 1;
    if (join_second(s, f, published, before))
        return;
    days_before(s, f);
    days_behind(s, f);
    while (months < 12 && f->how == 1 && add_month(s, f, published, before))
        months++;
}

/* "to", "ended", "bis" right before token i, an article between or not: its first token. i: there is none. */
static uint32_t end_word(const struct tks *s, uint32_t i)
{
    uint32_t start = i, at = i;
    const struct lx_meaning *m;
    if (at && tk_is(s, at - 1, LX_WORD, OF_ARTICLE, NULL) && !tk_has(s, at - 1, LX_TIME))
        at--;
    m = tk_before(s, at, LX_TIME, &start);
    if (m && (m->of == OF_UNTIL ||
              (m->of == OF_DURING && (s->at[start].letters >= 4 || tk_is(s, start, LX_JOIN, OF_TO, NULL)))))
        return start;
    m = tk_before(s, at, LX_JOIN, &start);
    return m && m->of == OF_TO ? start : i;
}

/* A share or rate of change is told in the sentence. */
static int tells_percent(const struct tks *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        const struct lx_meaning *m = s->at[i].mask & LX_BIT(LX_UNIT) ? tk_mean(s, i, LX_UNIT, NULL) : NULL;
        if (m && !strncmp(lx_key(s->lx, m), "percent", 7))
            return 1;
    }
    return 0;
}

/* "the year ended 31 March", "the year to June": the twelve months; but a rate "in the year to June" is that of June,
 * told against the June before. */
static int whole_year(const struct tks *s, const struct part *a, uint32_t at, uint32_t joint)
{
    if (!at || !tk_is(s, at - 1, LX_WORD, OF_ARTICLE, NULL))
        return 0;
    return a->to.day || !tk_is(s, joint, LX_JOIN, OF_TO, NULL) || !tells_percent(s);
}

void pr_up_to(const struct tks *s, struct found *f)
{
    struct part *a = &f->part;
    uint32_t joint = end_word(s, f->begin), at, first;
    if (s->lx->verb_last || f->how != 1 || joint == f->begin || !joint || !a->to.month ||
        a->from.month != a->to.month || a->from.day != a->to.day)
        return;
    const struct lx_meaning *m = tk_before(s, joint, LX_PERIOD, &at);
    if (!m || (m->of != OF_WEEK && m->of != OF_MONTH && m->of != OF_QUARTER && m->of != OF_YEAR))
        return;
    first = at;
    int year = m->of == OF_YEAR && whole_year(s, a, at, joint);
    uint32_t many = year ? 12 : pr_how_many(s, at, &first);
    if (m->of == OF_YEAR && !year)
        return;
    if (m->of == OF_QUARTER)
        many *= 3;
    if (many < 2 || many > 200 || (m->of == OF_WEEK && !a->to.day))
        return;
    if (m->of == OF_WEEK)
        a->from = assay_date_of_day(assay_date_first(a->to) - 7 * (int64_t)many + 1);
    else
        pr_shift_months(a->to, 1 - (int32_t)many, &a->from);
    f->begin = first;
}

int pr_join_year(const struct tks *s, struct found *f, const struct when *last)
{
    struct part *a = &f->part;
    uint32_t end = last->at.end;
    if (a->opens && a->begin && end == f->token && last->at.begin >= a->begin)
        return 1; /* "the 1986 fourth quarter" */
    if (!(s->lx->verb_last || s->at[f->token].cp >= 0x400) || end <= last->at.begin)
        return 0;
    if (s->lx->verb_last && a->begin && last->at.begin >= a->begin)
        return 1;          /* "ilin 9 ayı" has swallowed it already */
    if (!s->lx->verb_last) /* "торік у грудні", "цього року в травні" */
        end += end + 1 == f->begin && last->from.year && tk_is(s, end, LX_TIME, OF_DURING, NULL) != NULL;
    if (end != f->begin || (!s->lx->verb_last && end == last->at.end) || !last->from.year ||
        last->from.year != last->to.year || last->from.month || !a->from.month || a->has_year)
        return 0;
    a->to.year += last->from.year - a->from.year;
    a->from.year = last->from.year;
    a->has_year = 1;
    f->begin = last->at.begin;
    return 1;
}

/* A whole number from 1 to 12 at token i, in digits or as a word. 0: there is none. */
static uint32_t few(const struct tks *s, uint32_t i)
{
    uint32_t value, length;
    if (i >= s->count)
        return 0;
    if (pr_number(s, i, &value))
        return value <= 12 ? value : 0;
    const struct lx_meaning *m = tk_mean(s, i, LX_CARDINAL, &length);
    return m && length == 1 && !m->power && m->over <= 1 && m->number > 1 && m->number <= 12 ? (uint32_t)m->number : 0;
}

static int is_first(const struct tks *s, uint32_t i)
{
    uint32_t length;
    const struct lx_meaning *m = tk_mean(s, i, LX_ORDINAL, &length);
    return m && m->number == 1 && length == 1 && s->at[i].kind == TK_WORD;
}

/* The months or quarters named at token i, as months; 0: none. *end: the token behind. */
static uint32_t months_at(const struct tks *s, uint32_t i, uint32_t *end)
{
    uint32_t length, months = tk_is(s, i, LX_PERIOD, OF_MONTH, &length)     ? 1
                              : tk_is(s, i, LX_PERIOD, OF_QUARTER, &length) ? 3
                                                                            : 0;
    *end = i + (months ? length : 0);
    return months;
}

/* "... of the year", "... года": the year itself, or that of publication where none is named. Token behind it; 0: there
 * is none. */
static uint32_t year_of(const struct tks *s, uint32_t i, struct assay_date published, int32_t *year)
{
    uint32_t length, inner, p = i, end = pr_year_behind(s, i, published, year);
    if (end)
        return end;
    if (tk_mean(s, p, LX_OF, &length))
        p += length;
    if (tk_is(s, p, LX_WORD, OF_ARTICLE, &length))
        p += length;
    if (!published.year || !tk_is(s, p, LX_PERIOD, OF_YEAR, &length))
        return 0;
    const struct lx_meaning *m =
        s->lx->noun_after ? tk_mean(s, p + length, LX_RELATIVE, &inner) : NULL; /* "del año pasado" */
    *year = published.year + (m ? (int32_t)m->number : 0);
    return p + length + (m ? inner : 0);
}

/* The year that ends before token i, where verbs come last: "2024-cü ilin", "bu yılın", "yılın". Its first token; i:
 * none. */
static uint32_t year_before(const struct tks *s, uint32_t i, struct assay_date published, int32_t *year)
{
    uint32_t length;
    if (!published.year)
        return i;
    for (uint32_t k = i > 5 ? i - 5 : 0; k < i; k++) {
        uint32_t end = pr_year_behind(s, k, published, year);
        if (end == i)
            return k;
        if (tk_is(s, k, LX_PERIOD, OF_YEAR, &length) && k + length == i) {
            *year = published.year;
            return k;
        }
    }
    return i;
}

/* "за девять месяцев", "doqquz ayda": the months of the year, where the text says nothing else. */
static int led_by_during(const struct tks *s, uint32_t i)
{
    if (s->lx->plural[0] || s->lx->noun_after || s->lx->noun_capital)
        return 0;
    if (s->lx->suffixed)
        return tk_ends(s, i + 1, LX_ENDS_AT) != 0;
    const struct lx_meaning *m = tk_before(s, i, LX_TIME, NULL);
    return m && m->of == OF_DURING && i && s->at[i - 1].letters == 2;
}

/* "vergangenen Sommer", "l'été dernier": the last one that is over, the one of this year, or the next to come. */
static int season_told(const struct tks *s, uint32_t i, struct assay_date published, uint32_t first, struct part *to)
{
    uint32_t start = i, length;
    const struct lx_meaning *m = tk_mean(s, i, LX_RELATIVE, &length); /* "cet été", all of it */
    m = m && i + length == to->end ? m : tk_before(s, i, LX_RELATIVE, &start);
    if (!m && s->lx->noun_after && (m = tk_mean(s, to->end, LX_RELATIVE, &length)) != NULL)
        to->end += length;
    if (!m || !published.month)
        return 0;
    to->begin = start;
    to->opens = start < i;
    int32_t over = published.month > first + 2, ahead = published.month < first;
    to->from.year = published.year + (m->number < 0 ? over - 1 : m->number > 0 ? 1 - ahead : 0);
    return 1;
}

int pr_season(const struct tks *s, uint32_t i, struct assay_date published, struct part *to)
{
    uint32_t length, end;
    int32_t year;
    const struct lx_meaning *m = tk_mean(s, i, LX_SEASON, &length);
    const uint32_t first = m ? (uint32_t)m->number : 0;
    if (!m || first < 1 || first > 10)
        return 0;
    to->end = i + length;
    to->from = (struct assay_date){0, first, 0};
    if (s->lx->verb_last && (to->begin = year_before(s, i, published, &year)) < i) {
        to->opens = 1;
        to->from.year = year;
    } else if (!s->lx->verb_last && (end = pr_year_behind(s, to->end, published, &year)) != 0) {
        to->end = end;
        to->from.year = year;
    } else if (!season_told(s, i, published, first, to)) {
        return 0;
    }
    to->has_year = 1;
    to->to = (struct assay_date){to->from.year, first + 2, 0};
    return 1;
}

int pr_first_months(const struct tks *s, uint32_t i, struct assay_date published, struct part *to)
{
    uint32_t first = (uint32_t)is_first(s, i), n, months, p = i + first;
    int32_t year = published.year;
    if (i && tk_has(s, i - 1, LX_RELATIVE) && !s->lx->verb_last)
        return 0;
    n = few(s, p);
    if (!n && !(first && tk_is(s, p, LX_PERIOD, OF_MONTH, NULL)))
        return 0;
    p += n != 0;
    n += !n; /* "the first month of the year" */
    if (!first && is_first(s, p)) {
        first = 1;
        p++;
    }
    months = months_at(s, p, &p);
    if (!months || months * n > 12 || (!first && (n < 2 || months > 1))) /* "2 кварталі": the second */
        return 0;
    months *= n;
    to->end = p;
    uint32_t end = s->lx->verb_last ? 0 : year_of(s, p, published, &year),
             begin = s->lx->verb_last ? year_before(s, i, published, &year) : i;
    int just = n > 2 && !first && months + 1 == published.month && led_by_during(s, i); /* in October: "за 9 месяцев" */
    if (!end && begin == i && !((first || just) && published.year))
        return 0;
    if (end)
        to->end = end;
    else if (begin == i)
        year = pr_near_year(s, i, published, months);
    to->begin = begin < i ? begin : 0;
    to->has_year = end || begin < i;
    to->from = (struct assay_date){year, 1, 0};
    to->to = (struct assay_date){year, months, 0};
    return 1;
}
