/* SPDX-License-Identifier: Apache-2.0 */
#include "spool.h"

#include <errno.h>
#include <string.h>

#include <assay/kit/json.h>

#define FLUSH (128u * 1024)

/* A text of the database cannot hold NUL; SUB keeps byte offsets right. */
#define INSTEAD_OF_NUL 0x1a

static void add_escaped(struct assay_buf *to, const char *p, uint64_t size)
{
    const char *end = p + size;
    while (p < end) {
        const char *from = p;
        while (p < end && *p != '\\' && *p != '\t' && *p != '\n' && *p != '\r' && *p)
            p++;
        assay_buf_add(to, from, (size_t)(p - from));
        if (p == end)
            break;
        switch (*p++) {
        case '\\':
            assay_buf_add(to, "\\\\", 2);
            break;
        case '\t':
            assay_buf_add(to, "\\t", 2);
            break;
        case '\n':
            assay_buf_add(to, "\\n", 2);
            break;
        case '\r':
            assay_buf_add(to, "\\r", 2);
            break;
        default:
            assay_buf_byte(to, INSTEAD_OF_NUL);
        }
    }
}

/* JSON as jsonb takes it: \u0000 is the one escape that it refuses. */
static void add_json(struct assay_buf *to, const char *p, uint64_t size)
{
    const char *end = p + size;
    while (p < end) {
        const char *back = memchr(p, '\\', (size_t)(end - p));
        add_escaped(to, p, (uint64_t)((back ? back : end) - p));
        if (!back)
            break;
        int nul = end - back >= 6 && !memcmp(back, "\\u0000", 6);
        size_t n = nul ? 6 : end - back >= 2 ? 2 : 1;
        add_escaped(to, nul ? "\\ufffd" : back, n);
        p = back + n;
    }
}

static void add_cell(struct assay_buf *to, const struct assay_cell *c)
{
    switch (c->type) {
    case ASSAY_CELL_INTEGER:
        assay_json_i64(to, c->integer);
        break;
    case ASSAY_CELL_FLAG:
        assay_buf_byte(to, c->integer ? 't' : 'f');
        break;
    case ASSAY_CELL_REAL:
        assay_json_real(to, c->real);
        break;
    case ASSAY_CELL_TEXT:
        add_escaped(to, c->text.at, c->text.size);
        break;
    case ASSAY_CELL_JSON:
        add_json(to, c->text.at, c->text.size);
        break;
    default:
        assay_buf_add(to, "\\N", 2);
    }
}

static int flush(struct spool *s, size_t least)
{
    if (s->buf.failed) {
        errno = ENOMEM;
        return 0;
    }
    if (s->buf.size < least || !s->buf.size)
        return 1;
    int ok = fwrite(s->buf.at, 1, s->buf.size, s->file) == s->buf.size;
    s->buf.size = 0;
    return ok;
}

int spool_row(struct spool *s, const struct assay_table *r, const struct assay_cell *cell)
{
    if (!s->file && !(s->file = tmpfile()))
        return 0;
    for (uint32_t i = 0; i < r->columns; i++) {
        if (i)
            assay_buf_byte(&s->buf, '\t');
        add_cell(&s->buf, &cell[i]);
    }
    assay_buf_byte(&s->buf, '\n');
    s->rows++;
    return flush(s, FLUSH);
}

int spool_rewind(struct spool *s)
{
    return flush(s, 0) && fflush(s->file) == 0 && fseek(s->file, 0, SEEK_SET) == 0;
}

void spool_free(struct spool *s)
{
    if (s->file)
        fclose(s->file);
    assay_buf_free(&s->buf);
    *s = (struct spool){0};
}
