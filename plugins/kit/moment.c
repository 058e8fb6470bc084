/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/moment.h>

#include <assay/kit/date.h>

#define DAY INT64_C(86400)

static int two(const char *p)
{
    return p[0] >= '0' && p[0] <= '9' && p[1] >= '0' && p[1] <= '9' ? (p[0] - '0') * 10 + (p[1] - '0') : -1;
}

/* Seconds of day, less the zone; 0 in *known where time or zone is missing. The date was checked by the kit. */
static int64_t time_of(struct assay_text t, int *known)
{
    *known = 0;
    uint64_t i = 0;
    while (i < t.size && t.at[i] != 'T' && t.at[i] != ' ')
        i++;
    if (t.size - i < 7) /* T10:00Z */
        return 0;
    const char *p = t.at + i + 1, *end = t.at + t.size;
    int hour = two(p), minute = p[2] == ':' ? two(p + 3) : -1, second = 0;
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59)
        return 0;
    p += 5;
    if (end - p >= 3 && *p == ':') {
        second = two(p + 1);
        p += 3;
    }
    while (p < end && (*p == '.' || *p == ',' || (*p >= '0' && *p <= '9')))
        p++;
    int64_t at = hour * 3600 + minute * 60 + (second > 0 ? second : 0);
    if (p < end && (*p == 'Z' || *p == 'z')) {
        *known = 1;
        return at;
    }
    if (end - p < 3 || (*p != '+' && *p != '-') || two(p + 1) < 0)
        return 0;
    int64_t zone = two(p + 1) * 3600;
    const char *m = end - p >= 4 && p[3] == ':' ? p + 4 : p + 3;
    if (end - m >= 2 && two(m) > 0)
        zone += two(m) * 60;
    *known = 1;
    return *p == '+' ? at - zone : at + zone;
}

int64_t assay_moment_read(struct assay_text published)
{
    struct assay_date date;
    int known;
    if (!published.at || !assay_date_read(&date, published))
        return ASSAY_UNDATED;
    int64_t time = time_of(published, &known);
    return (assay_date_first(date) * DAY + (known ? time : 0)) * 2 + known;
}

static int64_t day_of(int64_t moment)
{
    int64_t seconds = (moment - (moment & 1)) / 2;
    return seconds >= 0 ? seconds / DAY : -((-seconds + DAY - 1) / DAY);
}

int assay_moment_before(int64_t a, int64_t b)
{
    if (a == ASSAY_UNDATED)
        return 0;
    if (b == ASSAY_UNDATED)
        return 1;
    if ((a & 1) && (b & 1))
        return a < b;
    return day_of(a) < day_of(b);
}

int64_t assay_moment_apart(int64_t a, int64_t b, int *known)
{
    *known = a != ASSAY_UNDATED && b != ASSAY_UNDATED && (a & 1) && (b & 1);
    return *known ? (b - a) / 2 : 0;
}
