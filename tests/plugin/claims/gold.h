/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads the gold of the figure extractor (tests/corpus/claims; its README.md says what the lines mean).
 */
#ifndef TEST_CLAIMS_GOLD_H
#define TEST_CLAIMS_GOLD_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum gold_field { GOLD_VALUE, GOLD_UNIT, GOLD_KIND, GOLD_COUNTED, GOLD_BOUND, GOLD_CHANGE, GOLD_STATUS, GOLD_TIME, GOLD_PER, GOLD_MEASURED, GOLD_SPEAKER, GOLD_FIELDS };
enum { GOLD_MOST = 16, GOLD_LINE = 2048, GOLD_ROOM = 200 };

static const char *const gold_keys[GOLD_FIELDS] = {"", "unit", "kind", "n", "b", "rel", "st", "t", "per", "m", "w"};

struct gold_figure {
    char field[GOLD_FIELDS][GOLD_ROOM]; /* readings that count as right, "|" between them; "": as if it were left out */
    uint32_t begin, end;
    int used, open; /* open: may be read as a figure or not; not scored */
};
struct gold_sentence {
    char text[GOLD_LINE], published[16];
    struct gold_figure figure[GOLD_MOST], common;
    uint32_t figures, wanted, line;
};

static inline void gold_copy(char *to, size_t room, const char *at, size_t size)
{
    size = size < room - 1 ? size : room - 1;
    memcpy(to, at, size);
    to[size] = 0;
}

/* A label's text without braces, from `at` to a blank outside them; the place behind it. */
static inline const char *gold_label(const char *at, char *to, size_t room)
{
    size_t n = 0;
    int inside = 0;
    for (; *at && *at != '\n' && (inside || *at != ' '); at++) {
        if (*at == '{' || *at == '}')
            inside = *at == '{';
        else if (n + 1 < room)
            to[n++] = *at;
    }
    to[n] = 0;
    return at;
}

static inline int gold_labels(const char *p, struct gold_figure *f)
{
    while (*p == ' ') {
        const char *key = ++p, *is = strchr(key, '=');
        size_t size = is ? (size_t)(is - key) : 0;
        enum gold_field i = GOLD_UNIT;
        while (i < GOLD_FIELDS && (strlen(gold_keys[i]) != size || strncmp(key, gold_keys[i], size) != 0))
            i++;
        if (!is || i == GOLD_FIELDS)
            return 0;
        p = gold_label(is + 1, f->field[i], GOLD_ROOM);
    }
    return *p == '\n' || *p == 0;
}

static inline int gold_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Where `span` stands in `text`, not before `at`, and not inside a longer numeral. */
static inline int gold_place(const char *text, const char *span, uint32_t at, struct gold_figure *f)
{
    size_t size = strlen(span);
    for (const char *p = strstr(text + at, span); p && size; p = strstr(p + 1, span)) {
        if ((p > text && gold_digit(*p) && gold_digit(p[-1])) || (gold_digit(p[size - 1]) && gold_digit(p[size])))
            continue;
        f->begin = (uint32_t)(p - text);
        f->end = f->begin + (uint32_t)size;
        return 1;
    }
    return 0;
}

/* "= [span] value key=label ...", "? [span]" */
static inline int gold_figure_line(struct gold_sentence *s, const char *line)
{
    const char *open = strchr(line, '['), *close = open ? strstr(open, "] ") : NULL;
    char span[256];
    if (!close && *line == '?')
        close = strrchr(line, ']');
    if (!open || !close || s->figures == GOLD_MOST)
        return 0;
    struct gold_figure *f = s->figure + s->figures;
    *f = s->common;
    gold_copy(span, sizeof span, open + 1, (size_t)(close - open - 1));
    if (!gold_place(s->text, span, s->figures ? f[-1].begin + 1 : 0, f))
        return 0;
    s->figures++;
    f->open = *line == '?';
    s->wanted += !f->open;
    if (f->open)
        return 1;
    return gold_labels(gold_label(close + 2, f->field[GOLD_VALUE], GOLD_ROOM), f);
}

/* The next sentence with its figures; 0: no more. *line: of the file; 0 where one cannot be read (s->line says which). */
static inline int gold_next(FILE *file, struct gold_sentence *s, uint32_t *line, int *bad)
{
    char now[GOLD_LINE];
    long back = ftell(file);
    *bad = 0;
    s->text[0] = 0;
    s->figures = s->wanted = 0;
    memset(&s->common, 0, sizeof s->common);
    while (!*bad && fgets(now, sizeof now, file)) {
        if (*now == '>' && s->text[0]) {
            fseek(file, back, SEEK_SET);
            return 1;
        }
        ++*line;
        if (*now == '>') {
            gold_copy(s->text, sizeof s->text, now + 2, strcspn(now + 2, "\n"));
            s->line = *line;
        } else if (*now == '@') {
            if (s->text[0]) { /* holds from the next sentence on */
                fseek(file, back, SEEK_SET);
                --*line;
                return 1;
            }
            gold_copy(s->published, sizeof s->published, now + 2, strcspn(now + 2, "\n"));
        } else if (*now == '*') {
            *bad = !s->text[0] || s->figures || !gold_labels(now + 1, &s->common);
        } else if (*now == '=' || *now == '?') {
            *bad = !s->text[0] || !gold_figure_line(s, now);
        } else {
            *bad = *now != '#' && *now != '\n';
        }
        back = ftell(file);
    }
    return s->text[0] != 0;
}

#endif
