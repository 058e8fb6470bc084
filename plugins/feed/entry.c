/* SPDX-License-Identifier: Apache-2.0 */
#include "entry.h"

#include <assay/kit/date.h>
#include <assay/kit/utf8.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* An element's name without prefix. */
static struct assay_text bare_name(const struct tree *t, uint32_t node)
{
    const char *end = t->input + t->node[node].begin, *p = end;
    if (t->node[node].tag == TAG_TEXT || node == 0)
        return (struct assay_text){"", 0};
    while (p > t->input && p[-1] != '<' && p[-1] != ':')
        p--;
    return (struct assay_text){p, (uint64_t)(end - p)};
}

int entry_is(const struct tree *t, uint32_t node, const char *name)
{
    struct assay_text own = bare_name(t, node);
    return own.size == strlen(name) && strncasecmp(own.at, name, own.size) == 0;
}

uint32_t entry_child(const struct tree *t, uint32_t node, const char *name)
{
    for (uint32_t i = node + 1; i < t->node[node].last; i = t->node[i].last)
        if (entry_is(t, i, name))
            return i;
    return 0;
}

static int is_cdata(const struct tree *t, const struct node *n)
{
    return n->begin >= 9 && memcmp(t->input + n->begin - 9, "<![CDATA[", 9) == 0;
}

static void add_decoded(const struct tree *t, const struct node *n, struct assay_mapper *m)
{
    uint32_t at = n->begin;
    while (at < n->end) {
        const char *amp = memchr(t->input + at, '&', n->end - at);
        uint32_t stop = amp ? (uint32_t)(amp - t->input) : n->end, cp;
        assay_mapper_keep(m, t->input, at, stop - at);
        at = stop;
        if (at == n->end)
            return;
        uint32_t size = entity_at(t->input + at, t->input + n->end, &cp);
        char utf8[4];
        if (size)
            assay_mapper_replace(m, at, size, utf8, assay_utf8_put(utf8, cp));
        else
            assay_mapper_keep(m, t->input, at, 1);
        at += size ? size : 1;
    }
}

/* Atom's XHTML content: the bytes between its first tag and the end of its last text are markup as they stand. */
static int is_markup(const struct tree *t, uint32_t node)
{
    for (uint32_t i = node + 1; i < t->node[node].last; i++)
        if (t->node[i].tag != TAG_TEXT)
            return 1;
    return 0;
}

void entry_text(const struct tree *t, uint32_t node, struct assay_mapper *m)
{
    uint32_t last = t->node[node].last;
    if (is_markup(t, node)) {
        uint32_t from = t->node[node].end + 1, to = from;
        for (uint32_t i = node + 1; i < last; i++)
            to =
                t->node[i].end + (t->node[i].tag != TAG_TEXT) > to ? t->node[i].end + (t->node[i].tag != TAG_TEXT) : to;
        if (to <= t->size)
            assay_mapper_keep(m, t->input, from, to - from);
        return;
    }
    for (uint32_t i = node + 1; i < last; i++) {
        const struct node *n = &t->node[i];
        if (is_cdata(t, n))
            assay_mapper_keep(m, t->input, n->begin, n->end - n->begin);
        else
            add_decoded(t, n, m);
    }
}

/* ---- dates (RFC 5322, 3.3 and 4.3) ---- */

static int month_of(const char *p)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (int i = 0; i < 12; i++)
        if (strncasecmp(p, names + 3 * i, 3) == 0)
            return i + 1;
    return 0;
}

static void zone_of(const char *p, char *to)
{
    static const struct {
        const char *name, *offset;
    } zones[] = {{"EST", "-05:00"}, {"EDT", "-04:00"}, {"CST", "-06:00"}, {"CDT", "-05:00"},
                 {"MST", "-07:00"}, {"MDT", "-06:00"}, {"PST", "-08:00"}, {"PDT", "-07:00"}};
    strcpy(to, "Z");
    if ((*p == '+' || *p == '-') && strlen(p) >= 5 && strspn(p + 1, "0123456789") >= 4)
        sprintf(to, "%c%.2s:%.2s", *p, p + 1, p + 3);
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
        if (strncmp(p, zones[i].name, 3) == 0)
            strcpy(to, zones[i].offset);
}

size_t entry_date(char *to, struct assay_text date)
{
    struct assay_date iso;
    char line[64], month[4], zone[8] = "";
    while (date.size && strchr(" \t\r\n", *date.at)) {
        date.at++;
        date.size--;
    }
    while (date.size && strchr(" \t\r\n", date.at[date.size - 1]))
        date.size--;
    if (date.size && date.size < 32 && assay_date_read(&iso, date)) {
        memcpy(to, date.at, date.size);
        return date.size;
    }
    size_t n = date.size < sizeof line - 1 ? date.size : sizeof line - 1;
    memcpy(line, date.at, n);
    line[n] = 0;
    const char *p = strchr(line, ',');
    p = p ? p + 1 : line;
    int day = 0, year = 0, hour = 0, minute = 0, second = 0, used = 0;
    if (sscanf(p, " %2d %3[A-Za-z]%*[a-z] %4d", &day, month, &year) < 3 &&
        sscanf(p, " %2d %3[A-Za-z] %4d", &day, month, &year) < 3)
        return 0;
    int number = month_of(month);
    year += year < 50 ? 2000 : year < 100 ? 1900 : 0;
    const char *colon = strchr(p, ':');
    if (colon && colon - p >= 2) {
        const char *start = colon - (colon[-2] >= '0' && colon[-2] <= '9' ? 2 : 1);
        if (sscanf(start, "%2d:%2d%n:%2d%n", &hour, &minute, &used, &second, &used) >= 2) {
            const char *rest = start + used;
            while (*rest == ' ')
                rest++;
            zone_of(rest, zone);
        }
    }
    if (!number || day < 1 || day > (int)assay_days_in_month(year, (uint32_t)number) || hour > 23 || minute > 59 ||
        second > 60 || year > 9999)
        return 0;
    if (!*zone)
        return (size_t)sprintf(to, "%04d-%02d-%02d", year, number, day);
    return (size_t)sprintf(to, "%04d-%02d-%02dT%02d:%02d:%02d%s", year, number, day, hour, minute, second, zone);
}
