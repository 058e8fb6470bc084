/* SPDX-License-Identifier: Apache-2.0 */
#include "layout.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIELDS = 12, /* level page par block line word left top width height conf text */
    COLUMNS = 400
};

/* Places in hundredths of a point. */
struct word {
    int64_t left, right, middle, height;
    size_t begin, end; /* bytes of the table */
};

struct words {
    struct word *at;
    size_t count, room;
};

/* "110.13"; the sign and what is no number are 0. */
static int64_t hundredths(const char *p, const char *end)
{
    int64_t v = 0;
    int places = -1;
    for (; p < end && places < 2; p++) {
        if (*p == '.' && places < 0) {
            places = 0;
        } else if (*p >= '0' && *p <= '9' && v < 100000000) {
            v = v * 10 + (*p - '0');
            places += places >= 0;
        } else {
            break;
        }
    }
    for (places = places < 0 ? 0 : places; places < 2; places++)
        v *= 10;
    return v;
}

static int push(struct words *w, struct word word)
{
    if (w->count == w->room) {
        size_t room = w->room ? w->room * 2 : 256;
        struct word *at = realloc(w->at, room * sizeof *at);
        if (!at)
            return 0;
        w->at = at;
        w->room = room;
    }
    w->at[w->count++] = word;
    return 1;
}

static int by_middle(const void *a, const void *b)
{
    const struct word *x = a, *y = b;
    if (x->middle != y->middle)
        return x->middle < y->middle ? -1 : 1;
    return x->begin < y->begin ? -1 : 1;
}

static int by_left(const void *a, const void *b)
{
    const struct word *x = a, *y = b;
    if (x->left != y->left)
        return x->left < y->left ? -1 : 1;
    return x->begin < y->begin ? -1 : 1;
}

/* Two fifths of the height are about the width of a letter, half of it is more than a blank. */
static void put_line(struct assay_buf *to, const char *tsv, const struct word *w, size_t count)
{
    size_t column = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t letter = w[i].height * 2 / 5, place = letter > 0 ? w[i].left / letter : 0;
        size_t want = place < COLUMNS ? (size_t)place : COLUMNS, least = i ? 1 : 0;
        if (i && (w[i].left - w[i - 1].right) * 2 < w[i].height)
            want = 0;
        else if (i)
            least = 2;
        want = want > column + least ? want : column + least;
        for (; column < want; column++)
            assay_buf_byte(to, ' ');
        assay_buf_add(to, tsv + w[i].begin, w[i].end - w[i].begin);
        for (size_t k = w[i].begin; k < w[i].end; k++)
            column += ((unsigned char)tsv[k] & 0xc0) != 0x80;
    }
    assay_buf_byte(to, '\n');
}

static void put_page(struct assay_buf *to, const char *tsv, struct words *w)
{
    if (w->count)
        qsort(w->at, w->count, sizeof *w->at, by_middle);
    for (size_t i = 0, k; i < w->count; i = k) {
        for (k = i + 1; k < w->count && (w->at[k].middle - w->at[i].middle) * 2 < w->at[i].height; k++)
            ;
        qsort(w->at + i, k - i, sizeof *w->at, by_left);
        put_line(to, tsv, w->at + i, k - i);
    }
    assay_buf_byte(to, '\f');
    w->count = 0;
}

/* The fields of a line: where they begin; the last ends the line. 0: fewer. */
static int fields_of(const char *text, size_t begin, size_t end, size_t field[FIELDS + 1])
{
    int n = 0;
    field[n++] = begin;
    for (size_t i = begin; i < end && n < FIELDS; i++)
        if (text[i] == '\t')
            field[n++] = i + 1;
    field[FIELDS] = end + 1;
    return n == FIELDS;
}

int layout_put(struct assay_buf *to, const struct assay_buf *tsv)
{
    struct words words = {0};
    size_t field[FIELDS + 1], pages = 0;
    int fine = 1;
    for (size_t at = 0, end; fine && at < tsv->size; at = end + 1) {
        const char *feed = memchr(tsv->at + at, '\n', tsv->size - at);
        end = feed ? (size_t)(feed - tsv->at) : tsv->size;
        if (!fields_of(tsv->at, at, end, field))
            continue;
        if (tsv->at[at] == '1' && pages++)
            put_page(to, tsv->at, &words);
        if (tsv->at[at] != '5')
            continue;
        int64_t n[4];
        for (int k = 0; k < 4; k++)
            n[k] = hundredths(tsv->at + field[6 + k], tsv->at + field[7 + k] - 1);
        fine = push(&words, (struct word){n[0], n[0] + n[2], n[1] + n[3] / 2, n[3], field[11], end});
    }
    if (pages)
        put_page(to, tsv->at, &words);
    free(words.at);
    return fine && pages && !to->failed;
}
