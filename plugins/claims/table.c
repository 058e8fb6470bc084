/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <string.h>

#include "number.h"
#include "pass.h"
#include "quantity.h"

enum {
    ROWS = 8,      /* rows that tell how wide a table is */
    CAPTION = 300, /* bytes of the line above a table that may be its caption */
    ROW = 8192     /* bytes of a row whose cells are told apart */
};

/* ---- lines and cells ---- */

static uint32_t line_end(const struct place *at, uint32_t from)
{
    const char *end = memchr(at->text + from, '\n', at->self->tokens.size - from);
    return end ? (uint32_t)(end - at->text) : at->self->tokens.size;
}

static struct assay_span trimmed(const struct place *at, uint32_t begin, uint32_t end)
{
    while (begin < end && strchr(" \t\r", at->text[begin]))
        begin++;
    while (end > begin && strchr(" \t\r", at->text[end - 1]))
        end--;
    return (struct assay_span){begin, end};
}

/* The line without the bars that Markdown puts around it. */
static struct assay_span row_of(const struct place *at, uint32_t begin, uint32_t end)
{
    struct assay_span row = trimmed(at, begin, end);
    row.begin += row.begin < row.end && at->text[row.begin] == '|';
    row.end -= row.begin < row.end && at->text[row.end - 1] == '|';
    return row;
}

static uint32_t cell_end(const struct place *at, uint32_t begin, uint32_t end)
{
    const char *bar = begin < end ? memchr(at->text + begin, '|', end - begin) : NULL;
    return bar ? (uint32_t)(bar - at->text) : end;
}

/* At most one more than a table may have; 1: the line is no row. */
static uint32_t cells_of(const struct place *at, uint32_t begin, uint32_t end)
{
    struct assay_span row = row_of(at, begin, end);
    uint32_t n = 1;
    for (uint32_t i = cell_end(at, row.begin, row.end); i < row.end && n <= MOST_COLUMNS; n++)
        i = cell_end(at, i + 1, row.end);
    return n;
}

/* "|---|:--:|" */
static int is_rule(const struct place *at, uint32_t begin, uint32_t end)
{
    uint32_t dashes = 0;
    for (uint32_t i = begin; i < end; i++) {
        if (!strchr("-:| \t\r", at->text[i]))
            return 0;
        dashes += at->text[i] == '-';
    }
    return dashes > 0;
}

/* ---- what a head says ---- */

static int put_unit(struct told *to, const struct lx *lx, const struct lx_meaning *m, int money)
{
    const char *key = lx_key(lx, m);
    if (strpbrk(key, "/*-?") || strlen(key) >= sizeof to->unit)
        return 0;
    strcpy(to->unit, key);
    to->kind = money ? ASSAY_KIND_MONEY : qt_kind_of_unit(to->unit);
    return 1;
}

static uint32_t read_money(const struct tks *s, uint32_t i, struct told *to)
{
    uint32_t length;
    const struct lx_meaning *m = to->unit[0] ? NULL : tk_mean(s, i, LX_CURRENCY, &length);
    if (!m || !put_unit(to, s->lx, m, 1))
        return i;
    to->flags |= qt_plain(s, &(struct found){m, i, i + length}) ? FG_PLAIN : 0;
    return i + length;
}

static uint32_t read_scale(const struct tks *s, uint32_t i, struct told *to)
{
    uint32_t length;
    const struct lx_meaning *m = tk_mean(s, i, LX_SCALE, &length);
    if (!m)
        return i;
    lx_value(m, &to->scale);
    to->has_scale = 1;
    i += length;
    i += tk_sign(s, i, '.') && !s->at[i].space;
    return i + (tk_mean(s, i, LX_OF, &length) ? length : 0);
}

static uint32_t read_unit(const struct tks *s, uint32_t i, struct told *to)
{
    uint32_t length;
    if (to->unit[0])
        return i;
    if (tk_sign(s, i, '%')) {
        strcpy(to->unit, "percent");
        to->kind = ASSAY_KIND_PERCENT;
        return i + 1;
    }
    const struct lx_meaning *m = tk_mean(s, i, LX_UNIT, &length);
    return m && put_unit(to, s->lx, m, 0) ? i + length : i;
}

/* "EUR million", "Mio. Euro", "thousands of tonnes", "%" from token i on; the token behind, i: nothing of the kind. */
static uint32_t read_measure(const struct tks *s, uint32_t i, struct told *to)
{
    struct told t = {0};
    uint32_t p = read_scale(s, read_money(s, i, &t), &t);
    p = read_unit(s, read_money(s, p, &t), &t);
    if (p == i)
        return i;
    to->scale = t.scale;
    to->has_scale = t.has_scale;
    to->kind = t.kind;
    to->flags = t.flags;
    memcpy(to->unit, t.unit, sizeof t.unit);
    return p;
}

/* Behind a bracket, a comma, "in". */
static int set_off(const struct tks *s, uint32_t i)
{
    return tk_sign(s, i - 1, '(') || tk_sign(s, i - 1, ',') || tk_sign(s, i - 1, ':') || tk_sign(s, i - 1, '[') ||
           tk_is(s, i - 1, LX_JOIN, OF_IN, NULL) || tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL) ||
           tk_is(s, i - 1, LX_TIME, OF_DURING, NULL);
}

/* The scale and unit told in tokens [begin, end). A unit alone is one where it is set off: "W" over a column is
 * none. */
static void read_head(const struct tks *s, uint32_t begin, uint32_t end, struct told *to)
{
    for (uint32_t i = begin; i < end; i++) {
        struct told t = *to;
        int apart = i > begin && set_off(s, i);
        uint32_t stop = apart || i == begin ? read_measure(s, i, &t) : i;
        int closed = stop >= end || tk_sign(s, stop, ')') || tk_sign(s, stop, ']') || tk_sign(s, stop, ',');
        if (stop == i || stop > end || !(closed || (apart && t.has_scale)))
            continue;
        if (!apart && !t.has_scale && s->at[i].kind == TK_WORD && s->at[i].letters < 3)
            continue;
        *to = t;
        return;
    }
}

static int read_line(struct place *at, uint32_t begin, uint32_t end)
{
    struct tks *s = &at->self->tokens;
    s->cache = at->tongue->words;
    if (!tk_run(s, at->tongue->lx, at->text, begin, end))
        return 0;
    tk_phrases(s);
    fr_prepare(s);
    at->whens = wh_find(s, at->published, at->self->when, MOST_WHENS);
    return 1;
}

/* The period that lies between the bytes; the last one counts: "2023, compared with" has none of its own. */
static void read_period(const struct place *at, uint32_t begin, uint32_t end, struct told *to)
{
    const struct tks *s = &at->self->tokens;
    for (uint32_t i = 0; i < at->whens; i++) {
        const struct when *w = at->self->when + i;
        struct assay_span span = {s->at[w->at.begin].begin, s->at[w->at.end - 1].end};
        if (span.begin < begin || span.end > end || !w->anchored || w->against || w->said)
            continue;
        to->at = span;
        to->from = w->from;
        to->to = w->to;
    }
}

static uint32_t token_at(const struct tks *s, uint32_t from, uint32_t byte)
{
    while (from < s->count && s->at[from].begin < byte)
        from++;
    return from;
}

/* What tokens [begin, end) say beside period and unit: the first run of words. */
static void read_words(struct place *at, uint32_t begin, uint32_t end, struct told *to)
{
    const struct tks *s = &at->self->tokens;
    const uint64_t told = LX_BIT(LX_PERIOD) | LX_BIT(LX_SCALE) | LX_BIT(LX_CURRENCY) | LX_BIT(LX_UNIT);
    uint32_t first = begin, last;
    while (first < end && (np_small(s, first) || s->at[first].letters < 3 || s->at[first].mask & told))
        first++;
    for (last = first; last < end && s->at[last].kind == TK_WORD; last++)
        ;
    if (first == last || (to->at.end > s->at[first].begin && to->at.begin < s->at[last - 1].end))
        return;
    to->words = (struct assay_span){s->at[first].begin, s->at[last - 1].end};
    to->stems = ps_stems(at, first, last, 1);
}

/* Nothing but a number in the cell, and no year: this row is no head. */
static int is_number(const struct tks *s, uint32_t begin, uint32_t end, const struct told *t)
{
    return begin < end && s->at[begin].kind == TK_NUMBER && t->at.begin == t->at.end &&
           (end == begin + 1 || s->at[end - 1].kind == TK_SIGN);
}

static int read_columns(struct place *at, struct assay_span row)
{
    struct table *t = &at->self->table;
    const struct tks *s = &at->self->tokens;
    if (!read_line(at, row.begin, row.end))
        return 0;
    uint32_t token = 0;
    for (uint32_t begin = row.begin; begin <= row.end && t->columns < MOST_COLUMNS; t->columns++) {
        uint32_t end = cell_end(at, begin, row.end), first = token_at(s, token, begin);
        struct told *to = t->column + t->columns;
        *to = (struct told){.has_scale = 0};
        token = token_at(s, first, end);
        read_head(s, first, token, to);
        read_period(at, begin, end, to);
        if (is_number(s, first, token, to)) {
            t->columns = 0;
            t->body = t->begin;
            return 1;
        }
        read_words(at, first, token, to);
        t->things += to->words.end != 0;
        begin = end + 1;
    }
    return 1;
}

/* The line above, an empty one between or not. */
static struct assay_span line_above(const struct place *at, uint32_t begin)
{
    uint32_t end = begin;
    while (end > 0 && begin - end < 3 && strchr(" \r\n", at->text[end - 1]))
        end--;
    uint32_t from = end;
    while (from > 0 && end - from < CAPTION && at->text[from - 1] != '\n')
        from--;
    return end - from < CAPTION ? (struct assay_span){from, end} : (struct assay_span){end, end};
}

static int read_caption(struct place *at)
{
    struct table *t = &at->self->table;
    struct assay_span line = line_above(at, t->begin);
    t->caption = (struct told){.has_scale = 0};
    if (line.begin == line.end)
        return 1;
    if (!read_line(at, line.begin, line.end))
        return 0;
    read_head(&at->self->tokens, 0, at->self->tokens.count, &t->caption);
    read_period(at, line.begin, line.end, &t->caption);
    return 1;
}

/* ---- the way through the text ---- */

static void begin_row(struct table *t, const struct place *at, uint32_t begin, uint32_t end)
{
    struct assay_span row = row_of(at, begin, end);
    t->row = row.begin;
    t->row_end = end;
    t->cells = end - begin > ROW ? 0 : cells_of(at, begin, end);
    t->cell = 0;
    t->cell_at = row.begin;
    t->line = (struct told){.has_scale = 0};
}

/* A table begins with a row that another one follows. */
static int begin_table(struct place *at, uint32_t begin)
{
    struct table *t = &at->self->table;
    uint32_t size = at->self->tokens.size, end = line_end(at, begin), rows = 1;
    t->begin = t->body = t->end = end;
    t->columns = t->width = t->things = 0;
    if (cells_of(at, begin, end) < 2)
        return 1;
    struct assay_span head = row_of(at, begin, end);
    uint32_t body = end + (end < size), next = body < size ? line_end(at, body) : body;
    if (body < next && is_rule(at, body, next)) {
        body = next + (next < size);
        next = body < size ? line_end(at, body) : body;
    }
    for (uint32_t line = body, cells; line < size && (cells = cells_of(at, line, next)) > 1; rows++) {
        t->end = next;
        t->width = rows <= ROWS && cells > t->width ? cells : t->width;
        line = next + (next < size);
        next = line < size ? line_end(at, line) : line;
    }
    if (rows < 2)
        return 1;
    t->begin = begin;
    t->body = body;
    begin_row(t, at, begin, end);
    return read_caption(at) && read_columns(at, head);
}

int tb_enter(struct place *at)
{
    struct table *t = &at->self->table;
    uint32_t begin = at->sentence.begin;
    if (begin >= t->end) {
        t->begin = t->body = t->end = begin;
        return (begin && at->text[begin - 1] != '\n') || begin_table(at, begin);
    }
    while (begin >= t->row_end && t->row_end < t->end)
        begin_row(t, at, t->row_end + 1, line_end(at, t->row_end + 1));
    return 1;
}

static int in_table(const struct place *at)
{
    const struct table *t = &at->self->table;
    return at->sentence.begin >= t->begin && at->sentence.begin < t->end;
}

/* The cell a byte of the row in hand lies in; most often asked for in order. */
static uint32_t cell_of(struct place *at, uint32_t byte)
{
    struct table *t = &at->self->table;
    if (byte < t->cell_at) {
        t->cell = 0;
        t->cell_at = t->row;
    }
    for (uint32_t end; (end = cell_end(at, t->cell_at, t->row_end)) < byte && end < t->row_end; t->cell++)
        t->cell_at = end + 1;
    return t->cell;
}

/* 1 where rows have one cell more than the head: of a page, an empty corner is not written. */
static uint32_t lacks_corner(const struct table *t)
{
    return t->width == t->columns + 1;
}

/* The head of the column; NULL: the row has more columns than the head. It may have fewer: the last cells are empty. */
static const struct told *column_of(struct place *at, uint32_t byte)
{
    struct table *t = &at->self->table;
    if (!in_table(at) || at->sentence.begin < t->body || byte < t->row || !t->cells)
        return NULL;
    uint32_t cell = cell_of(at, byte), corner = lacks_corner(t);
    if (t->cells > t->columns + corner || cell < corner || cell - corner >= t->columns)
        return NULL;
    return t->column + cell - corner;
}

/* ---- figures ---- */

/* No numeral and no word of number but the scale: "million euros", "тыс. тонн". */
static int is_scale(const struct tks *s, const struct figure *f)
{
    if (f->flags & (FG_DIGITS | FG_FRACTION | FG_ORDINAL | FG_MULTIPLE) || f->has_high)
        return 0;
    for (uint32_t i = f->number; i < f->after; i++)
        if (!tk_has(s, i, LX_SCALE) && !tk_sign(s, i, '.'))
            return 0;
    return f->first == f->number || tk_has(s, f->first, LX_CURRENCY);
}

/* Looks at no more than a row's length, as every figure of a sentence may ask. */
static int above_table(const struct place *at)
{
    uint32_t i = at->sentence.end, size = at->self->tokens.size;
    while (i < size && i - at->sentence.end < 3 && strchr(" \r\n", at->text[i]))
        i++;
    uint32_t end = size - i < ROW ? size : i + ROW;
    const char *stop = memchr(at->text + i, '\n', end - i);
    return i > at->sentence.end && at->text[i - 1] == '\n' &&
           cells_of(at, i, stop ? (uint32_t)(stop - at->text) : end) > 1;
}

/* 1: the figure says in what others are told. */
static int is_statement(const struct place *at, const struct figure *f)
{
    const struct tks *s = &at->self->tokens;
    uint32_t end = f->counted_end > f->last ? f->counted_end : f->last;
    if (!is_scale(s, f))
        return 0;
    if (!f->first)
        return in_table(at) || above_table(at);
    if (in_table(at) || (set_off(s, f->first) && above_table(at)))
        return 1;
    return (tk_sign(s, f->first - 1, '(') && tk_sign(s, end, ')')) ||
           (tk_sign(s, f->first - 1, ',') && end >= s->count);
}

uint32_t tb_heads(struct place *at, uint32_t figures)
{
    struct figure *figure = at->self->figure;
    uint32_t kept = 0;
    for (uint32_t k = 0; k < figures; k++) {
        if (is_statement(at, figure + k))
            continue;
        if (kept != k)
            wh_move(figure + kept, figure + k);
        kept++;
    }
    return kept;
}

static int may_take(const struct figure *f)
{
    return f->kind == ASSAY_KIND_NUMBER && !f->unit && f->counted_end == f->counted && f->flags & FG_DIGITS &&
           !(f->flags & (FG_SCALED | FG_FRACTION | FG_RATIO | FG_ORDINAL | FG_MULTIPLE));
}

static void take(struct figure *f, const struct told *from)
{
    if (from->has_scale) {
        nb_scale_by(f, &from->scale);
        f->flags |= FG_SCALED;
    }
    if (!from->unit[0])
        return;
    qt_put(f->unit_room, from->unit);
    f->unit = f->unit_room;
    f->kind = from->kind;
    f->flags |= from->flags;
}

static int says_measure(const struct told *t)
{
    return t && (t->has_scale || t->unit[0]);
}

void tb_units(struct place *at)
{
    struct table *t = &at->self->table;
    const struct tks *s = &at->self->tokens;
    if (!in_table(at) || at->sentence.begin < t->body)
        return;
    if (at->sentence.begin <= t->row) {
        uint32_t end = token_at(s, 0, cell_end(at, t->row, t->row_end));
        read_head(s, 0, end, &t->line);
        read_words(at, 0, end, &t->line);
    }
    for (uint32_t k = 0; k < at->figures; k++) {
        struct figure *f = at->self->figure + k;
        const struct told *column = column_of(at, s->at[f->first].begin);
        if (!may_take(f))
            continue;
        take(f, says_measure(&t->line) ? &t->line : says_measure(column) ? column : &t->caption);
    }
}

const struct told *tb_thing(struct place *at, uint32_t byte)
{
    const struct table *t = &at->self->table;
    uint32_t corner = !lacks_corner(t) && t->columns && t->column[0].words.end; /* "Region" is of the rows */
    const struct told *column = t->things > 1 + corner ? column_of(at, byte) : NULL;
    return column && column->words.end ? column : NULL;
}

const struct told *tb_line(const struct place *at)
{
    const struct told *line = &at->self->table.line;
    return in_table(at) && at->sentence.begin >= at->self->table.body && line->words.end ? line : NULL;
}

const struct told *tb_period(struct place *at, uint32_t byte)
{
    const struct table *t = &at->self->table;
    if (!in_table(at) || at->sentence.begin < t->body)
        return NULL;
    const struct told *column = column_of(at, byte);
    return column && column->at.end ? column : t->caption.at.end ? &t->caption : NULL;
}
