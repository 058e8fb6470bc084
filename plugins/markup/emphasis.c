/* SPDX-License-Identifier: Apache-2.0
 *
 * Marks of Markdown that cut figures apart or look like ones: emphasis ("**1**.4 m", "_8 %_") and marks of notes
 * ("[^2]"). A short cut of CommonMark 0.31, 6.2: a run of stars or underscores and the next one like it.
 */
#include <string.h>

#include "page.h"

enum { RUN = 3, FAR = 400, NOTE = 12 };

struct reader {
    const char *text;
    uint32_t size, kept; /* bytes written so far */
    struct assay_mapper *to;
    uint32_t dropped;
};

static void drop(struct reader *r, uint32_t begin, uint32_t end)
{
    if (begin > r->kept)
        assay_mapper_keep(r->to, r->text, r->kept, begin - r->kept);
    r->kept = end;
    r->dropped = 1;
}

static int is_space(const struct reader *r, uint32_t at)
{
    return at >= r->size || strchr(" \t\r\n", r->text[at]) != NULL;
}

/* A letter or digit; bytes beyond ASCII are taken for letters. */
static int is_word(const struct reader *r, uint32_t at)
{
    unsigned char c = at < r->size ? (unsigned char)r->text[at] : ' ';
    return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static int is_digit(const struct reader *r, uint32_t at)
{
    return at < r->size && r->text[at] >= '0' && r->text[at] <= '9';
}

static uint32_t run_at(const struct reader *r, uint32_t at, char sign)
{
    uint32_t n = 0;
    while (at + n < r->size && n <= RUN && r->text[at + n] == sign)
        n++;
    return n;
}

static int opens(const struct reader *r, uint32_t at, uint32_t n)
{
    if (is_space(r, at + n) || (at && is_digit(r, at - 1) && is_digit(r, at + n)))
        return 0;
    return !at || !is_word(r, at - 1) || (r->text[at] == '*' && n > 1);
}

static int closes(const struct reader *r, uint32_t at, uint32_t n)
{
    return !is_space(r, at - 1) && (r->text[at] == '*' || !is_word(r, at + n));
}

/* The run that ends what the one at `at` opens; 0: there is none in the paragraph. */
static uint32_t closer(const struct reader *r, uint32_t at, uint32_t n, uint32_t limit)
{
    char sign = r->text[at];
    for (uint32_t i = at + n, m; i < limit; i += m ? m : 1) {
        m = r->text[i] == sign ? run_at(r, i, sign) : 0;
        if (m == n && closes(r, i, n))
            return i;
        if (r->text[i] == '\n' && (i + 1 >= r->size || strchr("\n\r", r->text[i + 1])))
            return 0;
    }
    return 0;
}

/* "[^12]", and the colon behind it. */
static uint32_t note_end(const struct reader *r, uint32_t at)
{
    uint32_t i = at + 2;
    while (i < r->size && i < at + NOTE && is_word(r, i))
        i++;
    if (i == at + 2 || i >= r->size || r->text[i] != ']')
        return 0;
    int starts = !at || r->text[at - 1] == '\n';
    return i + 1 + (starts && i + 1 < r->size && r->text[i + 1] == ':');
}

static void read_span(struct reader *r, uint32_t at, uint32_t end)
{
    uint32_t close[2] = {0, 0}, size[2] = {0, 0}; /* of one within another */
    for (uint32_t n; at < end; at += n) {
        char c = r->text[at];
        n = 1;
        if (c == '[' && at + 1 < end && r->text[at + 1] == '^') {
            uint32_t stop = note_end(r, at);
            if (stop) {
                drop(r, at, stop);
                n = stop - at;
            }
            continue;
        }
        if (c != '*' && c != '_')
            continue;
        for (int k = 0; k < 2; k++)
            if (at == close[k] && size[k]) {
                drop(r, at, at + size[k]);
                n = size[k];
                size[k] = 0;
                c = 0;
            }
        if (!c)
            continue;
        n = run_at(r, at, c);
        int k = size[0] ? 1 : 0;
        uint32_t limit = end - at > FAR ? at + FAR : end;
        uint32_t to = n <= RUN && !size[k] && opens(r, at, n) ? closer(r, at, n, limit) : 0;
        if (!to)
            continue;
        drop(r, at, at + n);
        close[k] = to;
        size[k] = n;
    }
}

int emphasis_write(struct assay_mapper *to, struct assay_text text, const struct assay_buf *code)
{
    struct reader r = {text.at, (uint32_t)text.size, 0, to, 0};
    const struct furniture *f = (const struct furniture *)(const void *)code->at;
    size_t spans = code->size / sizeof *f;
    uint32_t at = 0;
    for (size_t i = 0; i < spans; i++) {
        if (f[i].begin > at)
            read_span(&r, at, f[i].begin);
        at = f[i].end > at ? f[i].end : at;
    }
    read_span(&r, at, r.size);
    if (r.dropped && r.kept < r.size)
        assay_mapper_keep(to, r.text, r.kept, r.size - r.kept);
    return r.dropped != 0;
}
