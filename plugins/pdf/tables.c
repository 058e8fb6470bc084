/* SPDX-License-Identifier: Apache-2.0 */
#include "tables.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    LONE = 3,       /* lines of a number each that make a second look worth while */
    LINES = 400,    /* of a table */
    HEADS = 3,      /* lines of heads over its first row */
    GAP = 2,        /* blanks between cells */
    ROOM = 6,       /* blanks before a line of heads that has no gap */
    CELL = 24,      /* bytes of a figure */
    LABEL = 48,     /* bytes of a line between rows that goes on the head of one */
    TABLES = 60,    /* of a page that are looked for */
    WORDS = 2000,   /* of a table */
    LINE_WORDS = 64,
    OTHERS = 8,     /* lines of other things among those of a table */
    TRIES = 16
};

struct span {
    size_t begin, end;
};

/* ---- lines ---- */

static size_t line_end(const char *text, size_t from, size_t end)
{
    const char *p = memchr(text + from, '\n', end - from);
    return p ? (size_t)(p - text) : end;
}

static int is_figure(const char *text, struct span s)
{
    size_t digits = 0, letters = 0, size = s.end - s.begin;
    if (size && strchr(",;.", text[s.end - 1]))
        return 0; /* of a sentence */
    for (size_t i = s.begin; i < s.end; i++) {
        digits += text[i] >= '0' && text[i] <= '9';
        letters += (text[i] | 32) >= 'a' && (text[i] | 32) <= 'z';
    }
    return digits ? size <= CELL && letters <= 4 : size && size <= 4 && letters <= 2;
}

int tables_may_be(const struct assay_buf *text)
{
    size_t lone = 0;
    for (size_t at = 0, end; at < text->size && lone < LONE; at = end + 1) {
        end = line_end(text->at, at, text->size);
        size_t letters = 0, digits = 0;
        for (size_t i = at; i < end; i++) {
            digits += text->at[i] >= '0' && text->at[i] <= '9';
            letters += (text->at[i] | 32) >= 'a' && (text->at[i] | 32) <= 'z';
        }
        lone += digits && letters <= 2 && end - at <= CELL;
    }
    return lone >= LONE;
}

/* The cells of a line: how many, how many of those behind the first hold figures. */
struct shape {
    size_t cells, figures, last, indent, size; /* last: 1: the last one does */
};

static struct shape shape_of(const char *text, struct span line)
{
    struct shape s = {0};
    size_t i = line.begin;
    while (i < line.end && text[i] == ' ')
        i++;
    s.indent = i - line.begin;
    while (i < line.end) {
        struct span cell = {i, i};
        while (i < line.end && !(text[i] == ' ' && (i + GAP > line.end || !memcmp(text + i, "  ", GAP))))
            i++;
        cell.end = i;
        s.last = s.cells && is_figure(text, cell);
        s.figures += s.last;
        s.cells++;
        while (i < line.end && text[i] == ' ')
            i++;
        s.size = cell.end - line.begin;
    }
    return s;
}

/* All but the first cell are figures; one of several may be words, but for the last. */
static int is_row(const struct shape *s)
{
    return s->last && s->figures + 1 + (s->cells > 3) >= s->cells;
}

/* ---- a table of the page laid out ---- */

struct block {
    struct span line[LINES];
    size_t lines, first; /* first: the first row of figures */
};

/* A line that no row stands above yet: heads have gaps, or stand off the edge. */
static void put_head(struct block *b, struct span line, const struct shape *s)
{
    if (s->cells < 2 && s->indent < ROOM) {
        b->lines = 0;
        return;
    }
    if (b->lines == HEADS)
        memmove(b->line, b->line + 1, (--b->lines) * sizeof *b->line);
    b->line[b->lines++] = line;
}

/* The first table at or behind `from`: where it ends. 0: there is none on the page. */
static size_t find_block(const char *text, size_t from, size_t end, struct block *b)
{
    size_t rows = 0, held = 0; /* held: a line that may lie between rows, or behind the last */
    b->lines = 0;
    for (size_t at = from, next; at < end; at = next) {
        struct span line = {at, line_end(text, at, end)};
        struct shape s = shape_of(text, line);
        next = line.end + 1;
        if (!s.cells)
            continue;
        if (is_row(&s) && b->lines < LINES) {
            b->first = rows++ ? b->first : b->lines;
            held = 0;
            b->line[b->lines++] = line;
        } else if (!rows) {
            put_head(b, line, &s);
        } else if (s.cells == 1 && !held && s.size - s.indent <= LABEL && b->lines < LINES) {
            held = 1;
            b->line[b->lines++] = line;
        } else {
            b->lines -= held;
            if (rows > 1)
                return at;
            rows = held = b->lines = 0;
            put_head(b, line, &s);
        }
    }
    b->lines -= held;
    return rows > 1 ? end : 0;
}

/* ---- the same words in the text ---- */

static int is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* The next word from *at on; its sum. 0: none is left. */
static uint64_t next_word(const char *text, size_t *at, size_t end, struct span *word)
{
    uint64_t h = 0x243f6a8885a308d3u;
    while (*at < end && is_space(text[*at]))
        ++*at;
    word->begin = *at;
    for (; *at < end && !is_space(text[*at]); ++*at) {
        h = (h ^ (unsigned char)text[*at]) * 0x9e3779b97f4a7c15u;
        h ^= h >> 29;
    }
    word->end = *at;
    return word->begin < word->end ? h | 1 : 0;
}

struct line {
    struct span at;
    size_t word, words; /* its words: first, how many */
    int taken;          /* 1: it stands in a table now */
};

/* The lines and words of a page in reading order. */
struct page {
    struct line *line;
    uint64_t *word;
    size_t lines;
};

static int read_page(const char *text, struct span s, struct page *p)
{
    size_t lines = 1, words = 0;
    for (const char *q = text + s.begin; (q = memchr(q, '\n', (size_t)(text + s.end - q))) != NULL; q++)
        lines++;
    p->line = malloc(lines * sizeof *p->line);
    p->word = malloc(((s.end - s.begin) / 2 + lines + 1) * sizeof *p->word);
    p->lines = 0;
    if (!p->line || !p->word)
        return 0;
    for (size_t at = s.begin, end; at < s.end; at = end + 1) {
        end = line_end(text, at, s.end);
        struct line *l = p->line + p->lines++;
        *l = (struct line){{at, end}, words, 0, 0};
        struct span word;
        for (size_t i = at; (p->word[words] = next_word(text, &i, end, &word)) != 0; words++)
            l->words++;
    }
    return 1;
}

/* The words of a table, sorted, and how many are still to be found. */
struct bag {
    uint64_t word[WORDS];
    unsigned char taken[WORDS];
    size_t words, left, rows;
};

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* 0: more words than a table has. */
static int fill(struct bag *bag, const char *text, const struct block *b, size_t from)
{
    uint64_t sum;
    struct span word;
    bag->words = 0;
    bag->rows = b->lines - from;
    for (size_t k = from; k < b->lines; k++)
        for (size_t at = b->line[k].begin; (sum = next_word(text, &at, b->line[k].end, &word)) != 0;) {
            if (bag->words == WORDS)
                return 0;
            bag->word[bag->words++] = sum;
        }
    qsort(bag->word, bag->words, sizeof *bag->word, by_value);
    return 1;
}

/* The place of a word that is still to be found; bag->words: there is none. */
static size_t place_of(const struct bag *bag, uint64_t word)
{
    size_t low = 0, high = bag->words;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (bag->word[middle] < word)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < bag->words && bag->word[low] == word && bag->taken[low])
        low++;
    return low < bag->words && bag->word[low] == word ? low : bag->words;
}

/* Takes a line all of whose words are in the bag. */
static int take_line(struct bag *bag, const struct page *p, const struct line *l)
{
    size_t n = 0, taken[LINE_WORDS];
    for (; n < l->words && n < LINE_WORDS; n++) {
        taken[n] = place_of(bag, p->word[l->word + n]);
        if (taken[n] == bag->words)
            break;
        bag->taken[taken[n]] = 1;
    }
    if (n == l->words) {
        bag->left -= n;
        return 1;
    }
    while (n > 0)
        bag->taken[taken[--n]] = 0;
    return 0;
}

/* Takes the lines from `start` on that hold the words of the bag; a few others may stand between. 0: they are not
 * there; *end: the line behind. */
static int take_lines(struct bag *bag, struct page *p, size_t start, size_t *end)
{
    size_t others = 0, taken = 0, k;
    memset(bag->taken, 0, bag->words);
    bag->left = bag->words;
    for (k = start; k < p->lines && bag->left && others <= OTHERS; k++) {
        struct line *l = p->line + k;
        if (!l->words)
            continue;
        l->taken = !l->taken && take_line(bag, p, l);
        if (!l->taken && k == start)
            return 0;
        others += !l->taken;
        taken += (size_t)l->taken;
    }
    *end = k;
    if (!bag->left && taken * 2 >= bag->rows * 3)
        return 1; /* lines that are whole already are prose with room in it */
    for (size_t i = start; i < k; i++)
        p->line[i].taken = 0;
    return 0;
}

/* The table's lines at or behind line `from` of the page: the first, *end behind the last. p->lines: nowhere. */
static size_t find_lines(struct bag *bag, struct page *p, size_t from, size_t *end)
{
    for (size_t k = from, tries = 0; k < p->lines && tries < TRIES; k++) {
        if (!p->line[k].words || place_of(bag, p->word[p->line[k].word]) == bag->words)
            continue;
        tries++;
        if (take_lines(bag, p, k, end))
            return k;
        memset(bag->taken, 0, bag->words);
    }
    return p->lines;
}

/* ---- putting it in ---- */

struct work {
    struct block block;
    struct bag bag;
};

static void put_rows(struct assay_buf *to, const char *text, const struct block *b, size_t from)
{
    size_t indent = SIZE_MAX;
    for (size_t k = from; k < b->lines; k++) {
        size_t own = shape_of(text, b->line[k]).indent;
        indent = own < indent ? own : indent;
    }
    for (size_t k = from; k < b->lines; k++) {
        size_t begin = b->line[k].begin + indent;
        assay_buf_add(to, text + begin, b->line[k].end - begin);
        assay_buf_byte(to, '\n');
    }
}

/* The lines [from, end) of the page that stand in no table; `within`: they stand among the lines of one. */
static void put_lines(struct assay_buf *to, const char *text, const struct page *p, size_t from, size_t end,
                      int within)
{
    for (size_t k = from; k < end; k++) {
        struct span line = p->line[k].at;
        int open = to->size < 2 || memcmp(to->at + to->size - 2, "\n\n", 2);
        if (p->line[k].taken || (within && !p->line[k].words && !open))
            continue; /* of the empty lines among its own one is left */
        assay_buf_add(to, text + line.begin, line.end - line.begin);
        if (line.end == line.begin || text[line.end - 1] != '\f')
            assay_buf_byte(to, '\n');
    }
}

/* Tables of one page: text [span] to `to`, with those of `laid` [own] put in. */
static void put_page(struct assay_buf *to, const char *text, struct span span, const char *laid, struct span own,
                     struct work *w)
{
    struct page page = {0};
    size_t done = 0, at = own.begin;
    to->failed |= !read_page(text, span, &page);
    for (int n = 0; n < TABLES && !to->failed && (at = find_block(laid, at, own.end, &w->block)) != 0; n++) {
        size_t from = 0, first = page.lines, end = 0;
        for (; from <= w->block.first && first == page.lines; from++) {
            memset(w->bag.taken, 0, sizeof w->bag.taken);
            if (fill(&w->bag, laid, &w->block, from))
                first = find_lines(&w->bag, &page, done, &end);
        }
        if (first == page.lines)
            continue;
        put_lines(to, text, &page, done, first, 0);
        put_rows(to, laid, &w->block, from - 1);
        assay_buf_byte(to, '\n');
        put_lines(to, text, &page, first, end, 1);
        done = end;
    }
    put_lines(to, text, &page, done, page.lines, 0);
    free(page.line);
    free(page.word);
}

static size_t page_end(const struct assay_buf *text, size_t from)
{
    const char *p = from < text->size ? memchr(text->at + from, '\f', text->size - from) : NULL;
    return p ? (size_t)(p - text->at) + 1 : text->size;
}

int tables_put(struct assay_buf *text, const struct assay_buf *laid_out)
{
    struct assay_buf to = {0};
    struct work *w = malloc(sizeof *w);
    to.failed = !w;
    for (size_t at = 0, own = 0, end, stop; !to.failed && at < text->size; at = end, own = stop) {
        end = page_end(text, at);
        stop = page_end(laid_out, own);
        put_page(&to, text->at, (struct span){at, end}, laid_out->at, (struct span){own, stop}, w);
    }
    free(w);
    int fine = !to.failed;
    if (fine) {
        struct assay_buf old = *text;
        *text = to;
        to = old;
    }
    assay_buf_free(&to);
    return fine;
}
