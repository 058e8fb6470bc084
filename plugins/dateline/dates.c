/* SPDX-License-Identifier: Apache-2.0 */
#include "dates.h"

#include <string.h>

enum { FIRST_YEAR = 1800, LAST_YEAR = 2099, FIRST_FILE = 1990 };

int date_valid(struct assay_date date, int32_t first_year)
{
    return date.year >= first_year && date.year <= LAST_YEAR && date.month && date.month <= 12 && date.day &&
           date.day <= assay_days_in_month(date.year, date.month);
}

static int number(const struct line *line, uint32_t i, uint32_t least, uint32_t most)
{
    if (i >= line->count)
        return 0;
    const struct piece *p = line->piece + i;
    return p->kind == PIECE_NUMBER && p->digits >= least && p->digits <= most;
}

static int joined(const struct line *line, uint32_t i)
{
    return i < line->count && !line->piece[i].space;
}

static uint32_t over_inside(const struct names *names, const struct line *line, uint32_t i)
{
    for (uint32_t n; (n = name_at(names, line, i, NAME_INSIDE, NULL)) != 0;)
        i += n;
    return i;
}

/* "-cü il", "г.", "року", "(Tuesday)" behind the year. */
static uint32_t over_year_word(const struct names *names, const struct line *line, uint32_t i)
{
    uint32_t p = i;
    if (line_sign(line, p, '-') && joined(line, p) && joined(line, p + 1))
        p++;
    uint32_t q = over_inside(names, line, p);
    if (q == p)
        return i;
    return line_sign(line, q, '.') && q + 1 < line->count && joined(line, q) ? q + 1 : q;
}

/* "2024-03-12", "2024/03/12", "2024.03.12". */
static uint32_t year_first(const struct line *line, uint32_t i, struct assay_date *to)
{
    if (!number(line, i, 4, 4) || !number(line, i + 2, 1, 2) || !number(line, i + 4, 1, 2))
        return 0;
    char c = line->at[line->piece[i + 1].begin];
    if ((c != '-' && c != '/' && c != '.') || !line_sign(line, i + 1, c) || !line_sign(line, i + 3, c))
        return 0;
    for (uint32_t k = i + 1; k < i + 5; k++)
        if (!joined(line, k))
            return 0;
    *to = (struct assay_date){(int32_t)line->piece[i].number, line->piece[i + 2].number, line->piece[i + 4].number};
    return date_valid(*to, FIRST_YEAR) ? i + 5 : 0;
}

/* Which of two numbers is the day; 0: that cannot be told. */
static int settle(uint32_t a, uint32_t b, int day_first, struct assay_date *to)
{
    if (!day_first && a <= 12 && b <= 12 && a != b)
        return 0;
    int swapped = a <= 12 && b > 12;
    to->day = swapped ? b : a;
    to->month = swapped ? a : b;
    return 1;
}

/* "12.03.2024", "3. 4. 2024", "12.03.24", "12/03/2024", "12-03-2024". */
static uint32_t year_last(const struct line *line, uint32_t i, int order, struct assay_date *to)
{
    if (!number(line, i, 1, 2) || !number(line, i + 2, 1, 2) || !number(line, i + 4, 2, 4))
        return 0;
    char c = line->at[line->piece[i + 1].begin];
    int dots = c == '.';
    if ((!dots && c != '/' && c != '-') || !line_sign(line, i + 1, c) || !line_sign(line, i + 3, c))
        return 0;
    for (uint32_t k = i + 1; k < i + 5; k++)
        if (!joined(line, k) && !(dots && (k == i + 2 || k == i + 4)))
            return 0;
    const struct piece *year = line->piece + i + 4;
    if (year->digits == 3 || (year->digits == 2 && !dots))
        return 0;
    to->year = (int32_t)year->number + (year->digits == 4 ? 0 : year->number < 70 ? 2000 : 1900);
    if (!settle(line->piece[i].number, line->piece[i + 2].number, dots || order == ORDER_DAY_FIRST, to))
        return 0;
    if (dots && to->month == line->piece[i].number && to->day != to->month)
        return 0; /* with dots the day stands first */
    return date_valid(*to, FIRST_YEAR) ? i + 5 : 0;
}

/* The year behind day and month, or none where none is needed. */
static uint32_t with_year(const struct names *names, const struct line *line, uint32_t i, int no_year,
                          struct assay_date *to)
{
    uint32_t p = i;
    if (line_sign(line, p, '.') && joined(line, p))
        p++;
    if (line_sign(line, p, ','))
        p++;
    p = over_inside(names, line, p);
    if (number(line, p, 4, 4)) {
        to->year = (int32_t)line->piece[p].number;
        return date_valid(*to, FIRST_YEAR) ? over_year_word(names, line, p + 1) : 0;
    }
    to->year = 0;
    return no_year && to->day && to->day <= assay_days_in_month(2024, to->month) ? i : 0;
}

/* "12 March 2024", "12. März 2024", "1er mars 2024", "12 de marzo de 2024". */
static uint32_t day_month(const struct names *names, const struct line *line, uint32_t i, int no_year,
                          struct assay_date *to)
{
    uint32_t value, n;
    if (!number(line, i, 1, 2))
        return 0;
    to->day = line->piece[i].number;
    uint32_t p = i + 1;
    while (p < line->count && joined(line, p) && line->piece[p].kind == PIECE_SIGN && p < i + 3)
        p++; /* "12.", "1º", "12-" */
    p = over_inside(names, line, p);
    n = name_at(names, line, p, NAME_MONTH, &value);
    if (!n)
        return 0;
    to->month = value;
    return with_year(names, line, p + n, no_year, to);
}

/* "March 12, 2024", "Mar. 12th 2024". */
static uint32_t month_day(const struct names *names, const struct line *line, uint32_t i, int no_year,
                          struct assay_date *to)
{
    uint32_t value, n = name_at(names, line, i, NAME_MONTH, &value);
    if (!n)
        return 0;
    uint32_t p = i + n;
    if (line_sign(line, p, '.') && joined(line, p))
        p++;
    if (!number(line, p, 1, 2))
        return 0;
    to->month = value;
    to->day = line->piece[p].number;
    p++;
    if (p < line->count && joined(line, p) && line->piece[p].kind == PIECE_WORD)
        p = over_inside(names, line, p);
    return with_year(names, line, p, no_year, to);
}

static uint32_t bare_date(const struct names *names, const struct line *line, uint32_t i, int order, int no_year,
                          struct assay_date *to)
{
    uint32_t end = year_first(line, i, to);
    end = end ? end : year_last(line, i, order, to);
    end = end ? end : day_month(names, line, i, no_year, to);
    return end ? end : month_day(names, line, i, no_year, to);
}

static uint32_t over_weekday(const struct names *names, const struct line *line, uint32_t i)
{
    uint32_t n = name_at(names, line, i, NAME_WEEKDAY, NULL);
    i += n;
    if (n && line_sign(line, i, '.'))
        i++;
    if (n && line_sign(line, i, ','))
        i++;
    return n ? over_inside(names, line, i) : i;
}

static uint32_t over_clock_words(const struct names *names, const struct line *line, uint32_t i)
{
    for (uint32_t n; (n = name_at(names, line, i, NAME_CLOCK, NULL)) != 0;) {
        i += n;
        while (line_sign(line, i, '.') && joined(line, i) && i + 1 < line->count)
            i++; /* "p.m." */
    }
    return i;
}

/* "+0100", "+01:00", "(CET)" behind a time. */
static uint32_t over_zone(const struct names *names, const struct line *line, uint32_t i)
{
    uint32_t p = i + 1;
    if ((line_sign(line, i, '+') || line_sign(line, i, '-')) && number(line, p, 2, 4) && joined(line, p)) {
        p++;
        i = line_sign(line, p, ':') && number(line, p + 1, 2, 2) ? p + 2 : p;
    }
    p = line_sign(line, i, '(') ? over_clock_words(names, line, i + 1) : i;
    return p > i + 1 && line_sign(line, p, ')') ? p + 1 : i;
}

/* ", 14:05 Uhr", "à 14h05", "at 2.05 pm GMT", "T14:05:00Z" behind a date. */
static uint32_t over_time(const struct names *names, const struct line *line, uint32_t i)
{
    uint32_t p = i;
    if (line_sign(line, p, ',') || (line_sign(line, p, '-') && p + 1 < line->count && line->piece[p].space))
        p++;
    uint32_t led = over_clock_words(names, line, p);
    if (p < line->count && line->piece[p].kind == PIECE_WORD && line->piece[p].size == 1 &&
        (line->at[line->piece[p].begin] | 0x20) == 't' && joined(line, p))
        led = p + 1;
    if (!number(line, led, 1, 2) || line->piece[led].number > 24)
        return i;
    p = led + 1;
    int clock = 0;
    while (p + 1 < line->count && joined(line, p) && joined(line, p + 1) && number(line, p + 1, 2, 2) &&
           (line_sign(line, p, ':') || line_sign(line, p, '.') || name_at(names, line, p, NAME_CLOCK, NULL) == 1)) {
        p += 2;
        clock = 1;
    }
    if (clock && line_sign(line, p, '.') && number(line, p + 1, 1, 9))
        p += 2; /* parts of a second */
    uint32_t q = over_clock_words(names, line, p);
    return clock || q > p ? over_zone(names, line, q) : i;
}

/* "10:30, 5 октября 2023". */
static uint32_t over_time_before(const struct names *names, const struct line *line, uint32_t i)
{
    if (!number(line, i, 1, 2) || !line_sign(line, i + 1, ':') || !number(line, i + 2, 2, 2))
        return i;
    uint32_t p = over_clock_words(names, line, i + 3);
    return p + (uint32_t)line_sign(line, p, ',');
}

uint32_t date_at(const struct names *names, const struct line *line, uint32_t i, int order, int no_year,
                 struct assay_date *to)
{
    uint32_t start = over_weekday(names, line, over_time_before(names, line, i));
    uint32_t end = bare_date(names, line, start, order, no_year, to);
    if (!end)
        return 0;
    uint32_t p = end + (line_sign(line, end, ',') || line_sign(line, end, '('));
    uint32_t n = name_at(names, line, p, NAME_WEEKDAY, NULL);
    if (n)
        end = p + n + (line_sign(line, p + n, ')') || (line_sign(line, p + n, '.') && joined(line, p + n)));
    return over_time(names, line, end);
}

/* ---- in the names of files ---- */

/* The next piece behind one sign or none. */
static uint32_t over_sign(const struct line *line, uint32_t i)
{
    return i < line->count && line->piece[i].kind == PIECE_SIGN ? i + 1 : i;
}

/* "20240312": at the start, or behind "_" or a blank; digits behind "-" are as often a number of the page. */
static uint32_t eight_digits(const struct line *line, uint32_t i, struct assay_date *to)
{
    if (!number(line, i, 8, 8) || (i && !line->piece[i].space && !line_sign(line, i - 1, '_')))
        return 0;
    uint32_t n = line->piece[i].number;
    *to = (struct assay_date){(int32_t)(n / 10000), n / 100 % 100, n % 100};
    return date_valid(*to, FIRST_FILE) ? i + 1 : 0;
}

static uint32_t numbers_named(const struct line *line, uint32_t i, struct assay_date *to)
{
    uint32_t b = over_sign(line, i + 1), c = over_sign(line, b + 1);
    if (b == i + 1 || c == b + 1 || !number(line, b, 2, 2))
        return 0;
    char sign = line->at[line->piece[i + 1].begin];
    if (sign != line->at[line->piece[b + 1].begin] || !strchr("-_. ", sign))
        return 0;
    if (number(line, i, 4, 4) && number(line, c, 2, 2)) {
        *to = (struct assay_date){(int32_t)line->piece[i].number, line->piece[b].number, line->piece[c].number};
        return date_valid(*to, FIRST_FILE) ? c + 1 : 0;
    }
    if (!number(line, i, 1, 2) || !number(line, c, 4, 4))
        return 0;
    to->year = (int32_t)line->piece[c].number;
    return settle(line->piece[i].number, line->piece[b].number, sign == '.', to) && date_valid(*to, FIRST_FILE) ? c + 1
                                                                                                           : 0;
}

static uint32_t month_named(const struct names *names, const struct line *line, uint32_t i, struct assay_date *to)
{
    uint32_t value, month = i, day = i, year;
    if (number(line, i, 1, 2))
        month = over_sign(line, i + 1);
    uint32_t n = name_at(names, line, month, NAME_MONTH, &value);
    if (!n)
        return 0;
    year = over_sign(line, month + n);
    if (month == i) {
        day = year;
        year = over_sign(line, day + 1);
    }
    if (!number(line, day, 1, 2) || !number(line, year, 4, 4))
        return 0;
    *to = (struct assay_date){(int32_t)line->piece[year].number, value, line->piece[day].number};
    return date_valid(*to, FIRST_FILE) ? year + 1 : 0;
}

uint32_t date_named(const struct names *names, const struct line *line, uint32_t i, struct assay_date *to)
{
    uint32_t end = eight_digits(line, i, to);
    end = end ? end : numbers_named(line, i, to);
    return end ? end : month_named(names, line, i, to);
}
