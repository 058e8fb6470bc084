/* SPDX-License-Identifier: Apache-2.0
 *
 * What of a text is code, and so neither says nor measures anything: boxes of a page, fences and spans of Markdown
 * (CommonMark 0.31, 4.5 and 6.1).
 */
#include <string.h>
#include <strings.h>

#include "page.h"

/* ---- pages ---- */

static int names_code(struct assay_text classes)
{
    static const char *const words[] = {"code",      "highlight", "listing",  "screen", "prettyprint",
                                        "literal",   "console",   "terminal", "syntax", "brush",
                                        "language-", "lang-",     "shell"};
    for (uint64_t i = 0; i < classes.size; i++)
        for (size_t k = 0; k < sizeof words / sizeof words[0]; k++) {
            size_t n = strlen(words[k]);
            if (i + n <= classes.size && strncasecmp(classes.at + i, words[k], n) == 0)
                return 1;
        }
    return 0;
}

/* A pre alone is no code: letters and releases stand in one, too. */
int code_node(const struct tree *t, uint32_t node)
{
    uint32_t tag = t->node[node].tag;
    if (tag != TAG_PRE)
        return tag == TAG_CODE;
    for (uint32_t i = node, levels = 0; i && levels < 3; i = t->node[i].parent, levels++)
        if ((i == node || t->node[i].tag == TAG_DIV || t->node[i].tag == TAG_FIGURE) &&
            names_code(tree_attribute(t, i, "class")))
            return 1;
    return 0;
}

/* ---- Markdown ---- */

#define RUN_MOST 64u /* backticks; longer runs open nothing */

struct fence {
    char sign;
    uint64_t size; /* 0: none is open */
    uint64_t begin;
};

static void add(struct assay_buf *found, uint64_t begin, uint64_t end)
{
    struct furniture f = {(uint32_t)begin, (uint32_t)end, "code"};
    assay_buf_add(found, &f, sizeof f);
}

static uint64_t run_at(struct assay_text t, uint64_t i, char sign)
{
    uint64_t n = 0;
    while (i + n < t.size && t.at[i + n] == sign)
        n++;
    return n;
}

/* The fence that a line opens, or could close. */
static struct fence fence_of(struct assay_text line)
{
    uint64_t i = 0;
    while (i < line.size && (line.at[i] == ' ' || line.at[i] == '\t'))
        i++;
    char sign = i < line.size ? line.at[i] : 0;
    uint64_t n = sign == '`' || sign == '~' ? run_at(line, i, sign) : 0;
    if (n < 3 || (sign == '`' && memchr(line.at + i + n, '`', line.size - i - n)))
        return (struct fence){0, 0, 0};
    return (struct fence){sign, n, 0};
}

static int is_bare(struct assay_text line)
{
    for (uint64_t i = 0; i < line.size; i++)
        if (!strchr(" \t\r`~", line.at[i]))
            return 0;
    return 1;
}

/* Spans of [begin, end), a paragraph: a run of backticks up to the next one as long. Where no such run follows is known
 * beforehand, so that each byte is looked at twice. */
static void find_spans(struct assay_text t, uint64_t begin, uint64_t end, struct assay_buf *found)
{
    uint64_t last[RUN_MOST] = {0};
    struct assay_text part = {t.at, end};
    if (!memchr(t.at + begin, '`', end - begin))
        return;
    for (uint64_t i = begin, n; i < end; i += n ? n : 1)
        if ((n = run_at(part, i, '`')) && n < RUN_MOST)
            last[n] = i;
    for (uint64_t i = begin, n; i < end; i += n ? n : 1) {
        n = run_at(part, i, '`');
        if (!n || n >= RUN_MOST || last[n] <= i)
            continue;
        uint64_t close = i + n, m = 0;
        for (; m != n; close += m == n ? 0 : m) {
            close = (uint64_t)((const char *)memchr(t.at + close, '`', end - close) - t.at);
            m = run_at(part, close, '`');
        }
        add(found, i, close + n);
        i = close;
    }
}

void code_markdown(struct assay_text text, struct assay_buf *found)
{
    struct fence open = {0, 0, 0};
    uint64_t paragraph = 0; /* its begin; at the line's own begin: none */
    for (uint64_t at = 0, next; at < text.size; at = next) {
        const char *feed = memchr(text.at + at, '\n', text.size - at);
        uint64_t end = feed ? (uint64_t)(feed - text.at) : text.size;
        next = feed ? end + 1 : end;
        struct assay_text line = {text.at + at, end - at};
        struct fence fence = fence_of(line);
        if (open.size) {
            paragraph = next;
            if (fence.sign != open.sign || fence.size < open.size || !is_bare(line))
                continue;
            add(found, open.begin, end);
            open.size = 0;
        } else if (fence.size || is_bare(line)) {
            find_spans(text, paragraph, at, found);
            paragraph = next;
            open = fence;
            open.begin = at;
        }
    }
    if (open.size)
        add(found, open.begin, text.size);
    else if (paragraph < text.size)
        find_spans(text, paragraph, text.size, found);
}
