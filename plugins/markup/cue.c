/* SPDX-License-Identifier: Apache-2.0 */
#include "cue.h"

#include <string.h>

#define HEAD_LINES 24u /* before the first cue: a WebVTT header with notes and styles */

static struct assay_text line_at(struct assay_text text, uint64_t at, uint64_t *next)
{
    const char *feed = memchr(text.at + at, '\n', text.size - at);
    uint64_t end = feed ? (uint64_t)(feed - text.at) : text.size;
    *next = feed ? end + 1 : end;
    while (end > at && (text.at[end - 1] == '\r' || text.at[end - 1] == ' '))
        end--;
    return (struct assay_text){text.at + at, end - at};
}

/* The bytes of "01:02:03,456" or "02:03.456" at the begin, or 0. */
static uint64_t time_at(struct assay_text t)
{
    uint64_t i = 0, colons = 0, digits = 0;
    for (; i < t.size && i < 13; i++) {
        if (t.at[i] >= '0' && t.at[i] <= '9')
            digits++;
        else if (t.at[i] == ':')
            colons++;
        else if (t.at[i] != ',' && t.at[i] != '.')
            break;
    }
    return colons && colons <= 2 && digits >= 7 ? i : 0;
}

static int is_time(struct assay_text line)
{
    uint64_t n = time_at(line);
    if (!n || line.size < n + 6 || memcmp(line.at + n, " --> ", 5))
        return 0;
    return time_at((struct assay_text){line.at + n + 5, line.size - n - 5}) > 0;
}

int cue_sheet(struct assay_text text)
{
    uint64_t next = 0, at = 0;
    for (uint32_t i = 0; i < HEAD_LINES && at < text.size; i++, at = next)
        if (is_time(line_at(text, at, &next)))
            return i < 4 || (text.size >= 6 && !memcmp(text.at, "WEBVTT", 6));
    return 0;
}

/* The line without its tags. */
static void write_line(struct assay_mapper *m, struct assay_text text, struct assay_text line)
{
    uint64_t from = (uint64_t)(line.at - text.at), i = 0;
    while (i < line.size) {
        const char *tag = memchr(line.at + i, '<', line.size - i);
        const char *close = tag ? memchr(tag, '>', line.size - (uint64_t)(tag - line.at)) : NULL;
        uint64_t end = close ? (uint64_t)(tag - line.at) : line.size;
        if (end > i)
            assay_mapper_keep(m, text.at, from + i, end - i);
        i = close ? (uint64_t)(close - line.at) + 1 : line.size;
    }
}

static int ends_sentence(const struct assay_mapper *m)
{
    char last = m->text.size ? m->text.at[m->text.size - 1] : 0;
    return last == '.' || last == '!' || last == '?';
}

void cue_write(struct assay_mapper *m, struct assay_text text)
{
    int said = 0; /* inside a cue */
    for (uint64_t at = 0, next; at < text.size; at = next) {
        struct assay_text line = line_at(text, at, &next);
        if (is_time(line)) {
            said = 1;
            continue;
        }
        if (!line.size)
            said = 0; /* the next one's number, or a note */
        if (!said)
            continue;
        if (m->text.size)
            assay_mapper_insert(m, ends_sentence(m) ? "\n" : " ", 1);
        write_line(m, text, line);
    }
}
