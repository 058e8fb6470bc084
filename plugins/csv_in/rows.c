/* SPDX-License-Identifier: Apache-2.0 */
#include "rows.h"

#include <string.h>

enum { SAME_LINES = 4 };

void csv_start(struct csv_rows *r, struct assay_text input, char separator)
{
    *r = (struct csv_rows){.input = input.at, .size = input.size, .separator = separator, .next_line = 1};
    if (input.size >= 3 && memcmp(input.at, "\xef\xbb\xbf", 3) == 0)
        r->at = 3;
}

static const char candidates[] = {',', ';', '\t', '|'};

/* Counts them in the line that begins at `i`, outside quotes; gives where the next one begins. */
static uint64_t count_in_line(struct assay_text head, uint64_t i, uint32_t count[4])
{
    int quoted = 0;
    memset(count, 0, 4 * sizeof *count);
    for (; i < head.size && (quoted || head.at[i] != '\n'); i++) {
        quoted ^= head.at[i] == '"';
        for (uint32_t k = 0; k < 4; k++)
            count[k] += !quoted && head.at[i] == candidates[k];
    }
    return i + 1;
}

char csv_separator(struct assay_text head)
{
    uint32_t first[4], count[4], same[4], best = 0;
    uint64_t i = count_in_line(head, 0, first);
    for (uint32_t k = 0; k < 4; k++)
        same[k] = first[k] > 0;
    for (uint32_t line = 1; line < SAME_LINES && i < head.size; line++) {
        i = count_in_line(head, i, count);
        for (uint32_t k = 0; k < 4; k++)
            same[k] &= i > head.size || count[k] == first[k]; /* the last line may be cut */
    }
    for (uint32_t k = 1; k < 4; k++) {
        uint32_t more = first[k] > first[best], equal = first[k] == first[best] && first[k];
        if (more || (equal && same[k] && !same[best])) /* "Output, tonnes;Export, euros" */
            best = k;
    }
    return candidates[best];
}

static int at_line_end(const struct csv_rows *r)
{
    return r->at >= r->size || r->input[r->at] == '\n' ||
           (r->input[r->at] == '\r' && (r->at + 1 == r->size || r->input[r->at + 1] == '\n'));
}

/* At the opening quote; leaves r->at behind the closing one. 0: it never closes. */
static int skip_quoted(struct csv_rows *r)
{
    for (r->at++; r->at < r->size; r->at++) {
        r->next_line += r->input[r->at] == '\n';
        if (r->input[r->at] != '"')
            continue;
        if (r->at + 1 == r->size || r->input[r->at + 1] != '"')
            return 1;
        r->at++;
    }
    return 0;
}

static void skip_line(struct csv_rows *r)
{
    const char *end = r->at < r->size ? memchr(r->input + r->at, '\n', r->size - r->at) : NULL;
    r->at = end ? (uint64_t)(end - r->input) + 1 : r->size;
    r->next_line++;
}

/* The rest of the file may stand behind a quote without end: read on in the line after the row's first. Where that has
 * been done too often, the rest is given up. */
static int restart(struct csv_rows *r)
{
    r->again += r->at - r->row;
    if (r->again / 64 > r->size) {
        r->at = r->size;
        return -1;
    }
    r->at = r->row;
    r->next_line = r->line;
    skip_line(r);
    return -1;
}

static int read_field(struct csv_rows *r, const char **error)
{
    struct csv_field f = {.begin = r->at};
    if (r->at < r->size && r->input[r->at] == '"') {
        f.quoted = 1;
        f.begin++;
        if (!skip_quoted(r)) {
            *error = "a quote without end";
            return restart(r);
        }
        f.end = r->at++;
        if (!at_line_end(r) && r->input[r->at] != r->separator) {
            *error = "something follows a closing quote";
            return restart(r);
        }
    } else {
        while (!at_line_end(r) && r->input[r->at] != r->separator)
            r->at++;
        f.end = r->at;
    }
    if (r->fields == CSV_FIELDS) {
        *error = "more than 256 fields";
        return restart(r);
    }
    r->field[r->fields++] = f;
    return 1;
}

int csv_next(struct csv_rows *r, const char **error)
{
    while (r->at < r->size && at_line_end(r))
        skip_line(r); /* an empty line is no row */
    r->row = r->at;
    r->line = r->next_line;
    r->fields = 0;
    if (r->at >= r->size)
        return 0;
    for (;;) {
        int status = read_field(r, error);
        if (status < 0)
            return status;
        if (at_line_end(r))
            break;
        r->at++;
    }
    skip_line(r);
    return 1;
}

void csv_value(const struct csv_rows *r, uint32_t field, struct assay_mapper *m)
{
    const struct csv_field *f = &r->field[field];
    uint64_t at = f->begin;
    while (at < f->end) {
        const char *quote = f->quoted ? memchr(r->input + at, '"', f->end - at) : NULL;
        uint64_t end = quote ? (uint64_t)(quote - r->input) : f->end;
        assay_mapper_keep(m, r->input, at, end - at);
        if (quote)
            assay_mapper_replace(m, end, 2, "\"", 1);
        at = quote ? end + 2 : end;
    }
}
