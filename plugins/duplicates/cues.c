/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines that say when a subtitle is shown, "00:01:02,500 --> 00:01:04,000" (SubRip, WebVTT), and its number above them,
 * are no words of the text: the same words stand in other files at other times, and in print without any.
 */
#include <string.h>

#include "reader.h"

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static uint64_t line_begin(const char *text, uint64_t at, uint64_t from)
{
    while (at > from && text[at - 1] != '\n')
        at--;
    return at;
}

/* Whether "-->" ends at `at` and stands between two times. */
static int is_arrow(const char *text, uint64_t at, uint64_t from, uint64_t to)
{
    if (at - from < 5 || to - at < 2 || memcmp(text + at - 3, "-->", 3) != 0)
        return 0;
    return text[at - 4] == ' ' && is_digit(text[at - 5]) && text[at] == ' ' && is_digit(text[at + 1]);
}

/* Where the line above begins, if it holds a number alone; else `line`. */
static uint64_t number_above(const char *text, uint64_t line, uint64_t from)
{
    if (line == from)
        return line;
    uint64_t begin = line_begin(text, line - 1, from), digits = 0;
    for (uint64_t at = begin; at < line; at++) {
        digits += is_digit(text[at]);
        if (!is_digit(text[at]) && text[at] != ' ' && text[at] != '\r' && text[at] != '\n')
            return line;
    }
    return digits ? begin : line;
}

void dup_drop_cues(struct dup_words *w, const char *text, uint64_t from, uint64_t to)
{
    uint32_t kept = 0, next = 0;
    uint64_t at = from, done = from;
    for (const char *p; at < to && (p = memchr(text + at, '>', to - at)) != NULL;) {
        at = (uint64_t)(p - text) + 1;
        if (!is_arrow(text, at, from, to))
            continue;
        const char *newline = memchr(p, '\n', to - at + 1);
        uint64_t begin = number_above(text, line_begin(text, at, done), done);
        at = done = newline ? (uint64_t)(newline - text) + 1 : to;
        while (next < w->count && w->at[next].begin < begin)
            w->at[kept++] = w->at[next++];
        while (next < w->count && w->at[next].begin < done)
            next++;
    }
    if (next == 0)
        return;
    while (next < w->count)
        w->at[kept++] = w->at[next++];
    w->count = kept;
}
