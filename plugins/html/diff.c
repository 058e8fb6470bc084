/* SPDX-License-Identifier: Apache-2.0 */
#include "diff.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#define WORDS 12000u /* of one text */
#define STEPS 300    /* words that may differ */
#define KEEP 12u     /* equal words shown on each side of a difference */

struct word {
    const char *at;
    uint32_t size;
    uint64_t hash;
};

static int is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static uint32_t split(struct assay_text t, struct word *word)
{
    uint32_t n = 0;
    const char *p = t.at, *end = p + t.size;
    while (p < end) {
        while (p < end && is_blank(*p))
            p++;
        const char *from = p;
        while (p < end && !is_blank(*p) && p - from < 4096)
            p++;
        if (p == from)
            break;
        if (n == WORDS)
            return WORDS + 1;
        word[n++] = (struct word){from, (uint32_t)(p - from), XXH3_64bits(from, (size_t)(p - from))};
    }
    return n;
}

static int same(const struct word *a, const struct word *b)
{
    return a->hash == b->hash && a->size == b->size && !memcmp(a->at, b->at, a->size);
}

/* Furthest reach on each diagonal after each number of steps; row d holds diagonals -d..d at trace[d * d + d + k]. */
static int search(const struct word *a, int n, const struct word *b, int m, int *trace, int *steps)
{
    int reach[2 * STEPS + 3];
    memset(reach, 0, sizeof reach);
    int *v = reach + STEPS + 1;
    for (int d = 0; d <= STEPS; d++) {
        for (int k = -d; k <= d; k += 2) {
            int x = k == -d || (k != d && v[k - 1] < v[k + 1]) ? v[k + 1] : v[k - 1] + 1;
            while (x < n && x - k < m && same(&a[x], &b[x - k]))
                x++;
            v[k] = x;
            trace[d * d + d + k] = x;
            if (x >= n && x - k >= m) {
                *steps = d;
                return 1;
            }
        }
    }
    return 0;
}

/* Marks what has to go from a (1) and come from b (1), walking the trace back. */
static void mark(int n, int m, const int *trace, int steps, unsigned char *gone, unsigned char *new)
{
    int x = n, y = m;
    for (int d = steps; d > 0; d--) {
        int k = x - y;
        const int *v = trace + (d - 1) * (d - 1) + (d - 1); /* row d - 1: diagonals of its parity */
        int down = k == -d || (k != d && v[k - 1] < v[k + 1]);
        int from = down ? k + 1 : k - 1;
        int px = v[from], py = px - from;
        if (down)
            new[py] = 1;
        else
            gone[px] = 1;
        x = px;
        y = py;
    }
}

static void put_words(struct markup *m, const struct word *w, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        if (i > from)
            markup_raw(m, " ");
        markup_text(m, (struct assay_text){w[i].at, w[i].size});
    }
}

/* Equal words between two differences (or an end): the middle of a long stretch is left out. */
static void put_equal(struct markup *m, const struct word *w, uint32_t from, uint32_t to, int first, int last)
{
    uint32_t head = first ? 0 : KEEP, tail = last ? 0 : KEEP;
    if (to - from <= head + tail + KEEP) {
        put_words(m, w, from, to);
    } else {
        put_words(m, w, from, from + head);
        markup_raw(m, " <span class=cut>…</span> ");
        put_words(m, w, to - tail, to);
    }
    markup_raw(m, " ");
}

static void put_changed(struct markup *m, const char *tag, const struct word *w, uint32_t from, uint32_t to)
{
    if (from == to)
        return;
    markup_form(m, "<%s>", tag);
    put_words(m, w, from, to);
    markup_form(m, "</%s> ", tag);
}

static void put_diff(struct markup *m, const struct word *a, uint32_t n, const struct word *b, uint32_t k,
                     const unsigned char *gone, const unsigned char *new)
{
    uint32_t i = 0, j = 0;
    while (i < n || j < k) {
        uint32_t i0 = i, j0 = j;
        while (i < n && j < k && !gone[i] && !new[j]) {
            i++;
            j++;
        }
        if (i > i0)
            put_equal(m, a, i0, i, i0 == 0, i == n && j == k);
        i0 = i;
        j0 = j;
        while (i < n && gone[i])
            i++;
        while (j < k && new[j])
            j++;
        put_changed(m, "del", a, i0, i);
        put_changed(m, "ins", b, j0, j);
        if (i == i0 && j == j0 && (i == n || j == k))
            break;
    }
}

int diff_write(struct markup *m, struct assay_text a, struct assay_text b)
{
    struct word *words = calloc((size_t)WORDS * 2 + 2, sizeof *words);
    int *trace = malloc((size_t)(STEPS + 1) * (STEPS + 1) * 2 * sizeof *trace);
    unsigned char *marks = calloc(2, WORDS + 1);
    int done = 0, steps = 0;
    if (words && trace && marks) {
        struct word *other = words + WORDS + 1;
        uint32_t n = split(a, words), k = n <= WORDS ? split(b, other) : 0;
        if (n <= WORDS && k <= WORDS && search(words, (int)n, other, (int)k, trace, &steps)) {
            mark((int)n, (int)k, trace, steps, marks, marks + WORDS + 1);
            put_diff(m, words, n, other, k, marks, marks + WORDS + 1);
            done = 1;
        }
    }
    free(words);
    free(trace);
    free(marks);
    return done;
}
