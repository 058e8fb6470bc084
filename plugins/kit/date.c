/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/date.h>


static int digits(const char **at, const char *end, uint32_t count, uint32_t *value)
{
    uint32_t v = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (*at >= end || **at < '0' || **at > '9')
            return 0;
        v = v * 10 + (uint32_t)(*(*at)++ - '0');
    }
    *value = v;
    return 1;
}

static int leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

uint32_t assay_days_in_month(int32_t year, uint32_t month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return month == 2 && leap(year) ? 29 : days[month - 1];
}

/* "Z" or "+01:00", "+0100", "+01". */
static int zone(const char *at, const char *end)
{
    uint32_t h, m = 0;
    if (at == end)
        return 1;
    if (*at == 'Z' || *at == 'z')
        return at + 1 == end;
    if (*at != '+' && *at != '-')
        return 0;
    at++;
    if (!digits(&at, end, 2, &h) || h > 23)
        return 0;
    if (at == end)
        return 1;
    at += *at == ':';
    return digits(&at, end, 2, &m) && m < 60 && at == end;
}

static int clock_part(const char *at, const char *end)
{
    uint32_t h, m, s = 0, fraction;
    if (!digits(&at, end, 2, &h) || h > 24)
        return 0;
    if (at == end)
        return 1;
    int colon = *at == ':';
    at += colon;
    if (!digits(&at, end, 2, &m) || m > 59)
        return 0;
    if (at < end && (colon ? *at == ':' : *at >= '0' && *at <= '9')) {
        at += colon;
        if (!digits(&at, end, 2, &s) || s > 60)
            return 0;
        if (at < end && (*at == '.' || *at == ',')) {
            at++;
            if (!digits(&at, end, 1, &fraction))
                return 0;
            while (at < end && *at >= '0' && *at <= '9')
                at++;
        }
    }
    return zone(at, end);
}

int assay_date_read(struct assay_date *to, struct assay_text text)
{
    uint32_t year, month = 0, day = 0;
    *to = (struct assay_date){0};
    if (!text.at)
        return 0;
    const char *at = text.at, *end = at + text.size;
    int negative = at < end && *at == '-';
    at += negative;
    if (!digits(&at, end, 4, &year))
        return 0;
    if (at < end) {
        int dash = *at == '-';
        at += dash;
        if (!digits(&at, end, 2, &month) || month < 1 || month > 12)
            return 0;
        if (at == end && !dash)
            return 0; /* 202405: year and month without a dash is no ISO date */
        if (at < end && *at != 'T') {
            if (dash && *at++ != '-')
                return 0;
            if (!digits(&at, end, 2, &day) || day < 1 ||
                day > assay_days_in_month(negative ? -(int32_t)year : (int32_t)year, month))
                return 0;
        }
        if (at < end) {
            if (!day || (*at != 'T' && *at != 't' && *at != ' ') || !clock_part(at + 1, end))
                return 0;
        }
    }
    *to = (struct assay_date){negative ? -(int32_t)year : (int32_t)year, month, day};
    return 1;
}

static uint32_t two_digits(char *to, uint32_t n, uint32_t v)
{
    to[n] = (char)('0' + v / 10);
    to[n + 1] = (char)('0' + v % 10);
    return n + 2;
}

uint32_t assay_date_print(char *to, struct assay_date date)
{
    int64_t wide = date.year < 0 ? -(int64_t)date.year : date.year;
    uint32_t year = (uint32_t)(wide > 9999 ? 9999 : wide), n = 0;
    uint32_t month = date.month > 12 ? 12 : date.month, day = date.day > 31 ? 31 : date.day;
    if (date.year < 0)
        to[n++] = '-';
    n = two_digits(to, n, year / 100);
    n = two_digits(to, n, year % 100);
    if (month) {
        to[n++] = '-';
        n = two_digits(to, n, month);
    }
    if (month && day) {
        to[n++] = '-';
        n = two_digits(to, n, day);
    }
    to[n] = 0;
    return n;
}

/* Days from civil, by 400-year eras of 146097 days that start on 1 March (H. Hinnant's chrono-compatible
 * algorithms). */
static int64_t day_number(int64_t year, uint32_t month, uint32_t day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

int64_t assay_date_first(struct assay_date date)
{
    return day_number(date.year, date.month ? date.month : 1, date.month && date.day ? date.day : 1);
}

int64_t assay_date_last(struct assay_date date)
{
    uint32_t month = date.month ? date.month : 12;
    return day_number(date.year, month, date.month && date.day ? date.day : assay_days_in_month(date.year, month));
}

struct assay_date assay_date_of_day(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t of_era = days - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t shifted = (5 * of_year + 2) / 153;
    uint32_t day = (uint32_t)(of_year - (153 * shifted + 2) / 5 + 1);
    uint32_t month = (uint32_t)(shifted < 10 ? shifted + 3 : shifted - 9);
    return (struct assay_date){(int32_t)(year + era * 400 + (month <= 2)), month, day};
}
