/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines, cells and heads of tables.
 */
#include "heads.h"

#include <string.h>

#include "noun.h"
#include "number.h"
#include "quantity.h"

enum {
    HEADS = 3,     /* rows of heads below the first */
    LIST_LINE = 200, /* bytes of an item of a list that a line with a colon leads */
    LIST = 4000,     /* and of the list */
    CAPTION = 300    /* bytes of the line above a table that may be its caption */
};

/* ---- lines and cells ---- */

uint32_t tb_line_end(const struct place *at, uint32_t from)
{
    const char *end = memchr(at->text + from, '\n', at->self->tokens.size - from);
    return end ? (uint32_t)(end - at->text) : at->self->tokens.size;
}

struct assay_span tb_trimmed(const struct place *at, uint32_t begin, uint32_t end)
{
    while (begin < end && strchr(" \t\r", at->text[begin]))
        begin++;
    while (end > begin && strchr(" \t\r", at->text[end - 1]))
        end--;
    return (struct assay_span){begin, end};
}

/* The line without the bars that Markdown puts around it. A blank before the first bar is an empty cell. */
struct assay_span tb_row_of(const struct place *at, uint32_t begin, uint32_t end)
{
    struct assay_span row = tb_trimmed(at, begin, end);
    row.begin += row.begin == begin && row.begin < row.end && at->text[row.begin] == '|';
    row.end -= row.begin < row.end && at->text[row.end - 1] == '|';
    return row;
}

uint32_t tb_cell_end(const struct place *at, uint32_t begin, uint32_t end)
{
    uint32_t spaced = at->self->table.spaced;
    if (spaced == ' ')
        return tb_gap(at->text, begin, end);
    const char *bar = begin < end ? memchr(at->text + begin, spaced ? '\t' : '|', end - begin) : NULL;
    return bar ? (uint32_t)(bar - at->text) : end;
}

/* At most one more than a table may have; 1: the line is no row. */
uint32_t tb_cells_of(const struct place *at, uint32_t begin, uint32_t end)
{
    struct assay_span row = tb_row_of(at, begin, end);
    uint32_t n = 1;
    for (uint32_t i = tb_cell_end(at, row.begin, row.end); i < row.end && n <= MOST_COLUMNS; n++)
        i = tb_cell_end(at, i + 1, row.end);
    return n;
}

/* ---- what a head says ---- */

static int put_unit(struct told *to, const struct lx *lx, const struct lx_meaning *m, int money)
{
    const char *key = lx_key(lx, m);
    if (strpbrk(key, money ? "/*-?" : "/*?") || strlen(key) >= sizeof to->unit)
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

uint32_t tb_written_scale(const struct tks *s, uint32_t i, struct told *to)
{
    uint32_t digits = 0;
    if (i >= s->count || s->at[i].kind != TK_NUMBER)
        return i;
    for (uint32_t b = s->at[i].begin; b < s->at[i].end; b++) {
        char c = s->text[b];
        if (c == (digits ? '0' : '1'))
            digits++;
        else if (!strchr(".,' ", c))
            return i;
    }
    if (digits != 4 && digits != 7)
        return i;
    assay_decimal_u64(&to->scale, digits == 4 ? 1000 : 1000000);
    to->has_scale = 1;
    return i + 1;
}

/* "EUR million", "Mio. Euro", "thousands of tonnes", "%" from token i on; the token behind, i: nothing of the kind. */
uint32_t tb_read_measure(const struct tks *s, uint32_t i, struct told *to)
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
int tb_set_off(const struct tks *s, uint32_t i)
{
    return tk_sign(s, i - 1, '(') || tk_sign(s, i - 1, ',') || tk_sign(s, i - 1, ':') || tk_sign(s, i - 1, '[') ||
           tk_is(s, i - 1, LX_JOIN, OF_IN, NULL) || tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL) ||
           tk_is(s, i - 1, LX_TIME, OF_DURING, NULL);
}

/* The scale and unit told in tokens [begin, end). A unit alone is one where it is set off: "W" over a column is
 * none. */
void tb_read_head(const struct tks *s, uint32_t begin, uint32_t end, struct told *to)
{
    for (uint32_t i = begin; i < end; i++) {
        struct told t = *to;
        int behind_word = i > begin && (s->at[i - 1].kind == TK_WORD || tk_sign(s, i - 1, '.')); /* "Var. %" */
        int apart = i > begin && (tb_set_off(s, i) || (tk_sign(s, i, '%') && behind_word));
        uint32_t stop = apart || i == begin ? tb_read_measure(s, i, &t) : i;
        if (apart && stop == i)
            stop = tb_written_scale(s, i, &t);
        int closed = stop >= end || tk_sign(s, stop, ')') || tk_sign(s, stop, ']') || tk_sign(s, stop, ',') ||
                     (tk_sign(s, stop, ':') && stop + 1 >= end);
        if (stop == i || stop > end || !(closed || (apart && t.has_scale)))
            continue;
        if (t.kind == ASSAY_KIND_DURATION && apart && s->at[i - 1].kind == TK_WORD && stop < end)
            continue; /* "change on year, %" */
        if (!apart && !t.has_scale && s->at[i].kind == TK_WORD && s->at[i].letters < 3)
            continue;
        *to = t;
        return;
    }
}

/* A word of counting that only words of no grammar stand before, and that ends the phrase or opens it: "costs of
 * employees" and "employee benefits" are money. */
int tb_counts(const struct tks *s, uint32_t begin, uint32_t end)
{
    uint32_t length;
    int head_first = s->lx->noun_after || (!s->lx->plural[0] && !s->lx->suffixed); /* "effectif moyen" */
    for (uint32_t i = begin; i < end; i++) {
        uint32_t next = tk_is(s, i, LX_MARK, OF_COUNTED, &length) ? i + length : 0;
        if (next && (length > 1 || next >= end || s->at[next].kind == TK_SIGN || tk_has(s, next, LX_OF) ||
                     (head_first && i == begin) || tk_is(s, next, LX_WORD, OF_PREPOSITION, NULL) ||
                     tk_is(s, next, LX_WORD, OF_GENITIVE, NULL)))
            return 1;
        if (s->at[i].kind != TK_WORD || tk_has(s, i, LX_OF) || tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL) ||
            tk_is(s, i, LX_WORD, OF_GENITIVE, NULL))
            return 0;
    }
    return 0;
}

int tb_says_measure(const struct told *t)
{
    return t && (t->has_scale || t->unit[0]);
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

uint32_t tb_token_at(const struct tks *s, uint32_t from, uint32_t byte)
{
    while (from < s->count && s->at[from].begin < byte)
        from++;
    return from;
}

static int is_joint(const struct tks *s, uint32_t i)
{
    return tk_sign(s, i, '&') || tk_sign(s, i, '\'') || (tk_sign(s, i, '-') && !s->at[i].space);
}

/* What tokens [begin, end) say beside period and unit: the first run of words; `whole`: with the small ones around. */
void tb_read_words(struct place *at, uint32_t begin, uint32_t end, int whole, struct told *to)
{
    const struct tks *s = &at->self->tokens;
    const uint64_t told = LX_BIT(LX_PERIOD) | LX_BIT(LX_SCALE) | LX_BIT(LX_CURRENCY) | LX_BIT(LX_UNIT);
    uint32_t first = begin, last;
    while (first < end && (np_small(s, first) || s->at[first].letters < 3 || s->at[first].mask & told))
        first++;
    for (last = first; last < end && (s->at[last].kind == TK_WORD || (whole && last > first && is_joint(s, last)));
         last++)
        ;
    if (first == last || (to->at.end > s->at[first].begin && to->at.begin < s->at[last - 1].end))
        return;
    while (whole && first > begin && s->at[first - 1].kind == TK_WORD)
        first--;
    to->words = (struct assay_span){s->at[first].begin, s->at[last - 1].end};
    to->stems = ps_stems(at, first, last, 1);
}

/* Nothing but a number in the cell, and no year: this row is no head. */
static int is_number(const struct tks *s, uint32_t begin, uint32_t end, const struct told *t)
{
    return begin < end && s->at[begin].kind == TK_NUMBER && t->at.begin == t->at.end &&
           (end == begin + 1 || s->at[end - 1].kind == TK_SIGN);
}

static void note_head(struct table *t, const struct told *head)
{
    t->money |= head->kind == ASSAY_KIND_MONEY;
    t->scaled |= t->columns > 0 && (head->kind == ASSAY_KIND_MONEY || head->has_scale); /* but not the corner's */
    t->dated |= head->at.end > 0;
}

/* "Million euros | 2022 | 2023": told of the whole table. "Year" is told of its column. */
static void tell_corner(struct table *t)
{
    const struct told *from = t->column;
    struct told *to = &t->caption;
    if (tb_says_measure(to) || from->words.end || !tb_says_measure(from) ||
        (!from->has_scale && from->kind == ASSAY_KIND_DURATION))
        return;
    to->scale = from->scale;
    to->has_scale = from->has_scale;
    to->kind = from->kind;
    to->flags = from->flags;
    memcpy(to->unit, from->unit, sizeof to->unit);
}

int tb_read_columns(struct place *at, struct assay_span row)
{
    struct table *t = &at->self->table;
    const struct tks *s = &at->self->tokens;
    if (!read_line(at, row.begin, row.end))
        return 0;
    uint32_t token = 0;
    for (uint32_t begin = row.begin; begin <= row.end && t->columns < MOST_COLUMNS; t->columns++) {
        uint32_t end = tb_cell_end(at, begin, row.end), first = tb_token_at(s, token, begin);
        struct told *to = t->column + t->columns;
        *to = (struct told){.has_scale = 0};
        token = tb_token_at(s, first, end);
        if (t->spaced) { /* nothing else tells "H1 2024   H1 2023" apart */
            if (!read_line(at, begin, end))
                return 0;
            first = 0;
            token = s->count;
        }
        tb_edges(at, tb_trimmed(at, begin, end), t->edges + t->columns);
        tb_read_head(s, first, token, to);
        read_period(at, begin, end, to);
        if (is_number(s, first, token, to)) {
            t->columns = 0;
            t->body = t->begin;
            return 1;
        }
        tb_read_words(at, first, token, 0, to);
        t->cornered |= !t->columns && first < token;
        t->things += to->words.end != 0;
        note_head(t, to);
        token = t->spaced ? 0 : token;
        begin = end + 1;
    }
    tell_corner(t);
    t->money |= t->caption.kind == ASSAY_KIND_MONEY;
    return 1;
}

/* What a cell of a further row of heads adds to its column: the period, the measure, nearer words. */
static void add_head(struct told *to, const struct told *more)
{
    struct assay_span words = more->words.end ? more->words : to->words;
    struct assay_list stems = more->words.end ? more->stems : to->stems;
    struct told whole = tb_says_measure(more) ? *more : *to;
    const struct told *period = more->at.end ? more : to;
    whole.at = period->at;
    whole.from = period->from;
    whole.to = period->to;
    whole.words = words;
    whole.stems = stems;
    *to = whole;
}

/* A further row of heads: its corner or that of the first row is empty, or its cells tell periods and measures alone;
 * and no cell is a figure.
 * 1: it is one, and `cell` tells what its cells say. */
static int read_heads(struct place *at, struct assay_span row, struct told cell[MOST_COLUMNS], uint32_t *cells)
{
    const struct tks *s = &at->self->tokens;
    uint32_t token = 0, filled = 0, plain = 0, corner = 0;
    *cells = 0;
    if (!read_line(at, row.begin, row.end))
        return 0;
    for (uint32_t begin = row.begin; begin <= row.end && *cells < MOST_COLUMNS; ++*cells) {
        uint32_t end = tb_cell_end(at, begin, row.end), first = tb_token_at(s, token, begin);
        struct told *to = cell + *cells;
        *to = (struct told){.has_scale = 0};
        token = tb_token_at(s, first, end);
        tb_read_head(s, first, token, to);
        read_period(at, begin, end, to);
        if (is_number(s, first, token, to))
            return 0;
        if (!tb_says_measure(to))
            tb_read_words(at, first, token, 0, to);
        filled += first < token;
        corner += first < token && !*cells;
        plain += first < token && !to->at.end && !tb_says_measure(to);
        begin = end + 1;
    }
    return filled > corner && (!corner || !plain || !at->self->table.cornered);
}

/* An empty head to the right of a filled one belongs to it: the cell was one over both columns. */
static void spread_heads(struct table *t)
{
    for (uint32_t i = 2; i < t->columns; i++) {
        struct told *to = t->column + i;
        if (!to->words.end && !to->at.end && !tb_says_measure(to))
            *to = t->column[i - 1];
    }
}

/* The cells of a further line of heads, each to the head that it stands under. A line with a figure is none. */
static int read_spaced_heads(struct place *at, struct assay_span row)
{
    struct table *t = &at->self->table;
    const struct tks *s = &at->self->tokens;
    uint32_t end;
    if (!read_line(at, row.begin, row.end))
        return 0;
    for (uint32_t i = 0; i < s->count; i++)
        if (s->at[i].kind == TK_NUMBER && !hb_year(s->text + s->at[i].begin))
            return 0;
    for (uint32_t begin = row.begin; begin < row.end; begin = end + 1) {
        end = tb_cell_end(at, begin, row.end);
        struct assay_span cell = tb_trimmed(at, begin, end);
        uint32_t i = tb_column_over(at, cell);
        struct told more = {.has_scale = 0};
        if (i == MOST_COLUMNS || cell.begin == cell.end)
            continue;
        if (!read_line(at, begin, end))
            return 0;
        tb_read_head(s, 0, s->count, &more);
        if (!t->column[i].words.end || (s->count == 1 && s->at[0].kind == TK_NUMBER))
            read_period(at, begin, end, &more); /* but "change on", below it "last year" */
        if (!t->column[i].words.end)
            tb_read_words(at, 0, s->count, 0, &more);
        t->things += more.words.end && !t->column[i].words.end;
        note_head(t, &more);
        add_head(t->column + i, &more);
    }
    return 1;
}

static int read_more_spaced(struct place *at)
{
    struct table *t = &at->self->table;
    for (uint32_t heads = 0; heads < HEADS && t->columns && t->body < t->end; heads++) {
        uint32_t end = tb_line_end(at, t->body);
        if (end >= t->end || end - t->body > TABLE_ROW || !read_spaced_heads(at, tb_row_of(at, t->body, end)))
            break;
        t->body = end + 1;
        t->headed = 1;
    }
    return 1;
}

int tb_read_more_heads(struct place *at)
{
    struct table *t = &at->self->table;
    if (t->spaced == ' ')
        return read_more_spaced(at);
    struct told cell[MOST_COLUMNS];
    uint32_t cells, size = at->self->tokens.size;
    for (uint32_t heads = 0; heads < HEADS && t->columns && t->body < t->end; heads++) {
        uint32_t end = tb_line_end(at, t->body);
        if (end >= t->end || end - t->body > TABLE_ROW || tb_cells_of(at, t->body, end) < 2 ||
            !read_heads(at, tb_row_of(at, t->body, end), cell, &cells))
            return 1;
        for (; t->columns < cells; t->columns++) /* empty cells at the end of a row are not written */
            t->column[t->columns] = (struct told){.has_scale = 0};
        if (!heads)
            spread_heads(t);
        for (uint32_t i = 0; i < cells && i < t->columns; i++) {
            t->things += cell[i].words.end && !t->column[i].words.end;
            note_head(t, cell + i);
            add_head(t->column + i, cell + i);
        }
        t->body = end + (end < size);
        t->headed = 1;
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

int tb_read_caption(struct place *at)
{
    struct table *t = &at->self->table;
    struct assay_span line = line_above(at, t->begin);
    t->caption = (struct told){.has_scale = 0};
    if (line.begin == line.end)
        return 1;
    if (!read_line(at, line.begin, line.end))
        return 0;
    tb_read_head(&at->self->tokens, 0, at->self->tokens.count, &t->caption);
    read_period(at, line.begin, line.end, &t->caption);
    return 1;
}

int tb_read_section(struct place *at)
{
    struct table *t = &at->self->table;
    if (t->cells != 1 || t->row >= t->row_end)
        return 1;
    t->section = (struct told){.has_scale = 0};
    if (!read_line(at, t->row, t->row_end))
        return 0;
    const struct tks *s = &at->self->tokens;
    tb_read_head(s, 0, s->count, &t->section);
    read_period(at, t->row, t->row_end, &t->section);
    tb_read_words(at, 0, s->count, 0, &t->section);
    return 1;
}

/* Behind the lines of a list, which are short; `begin`: they are none. */
static uint32_t list_end(const struct place *at, uint32_t begin)
{
    uint32_t lines = 0, end = begin, size = at->self->tokens.size;
    for (uint32_t line = begin; line < size; lines++) {
        uint32_t stop = tb_line_end(at, line);
        if (tb_trimmed(at, line, stop).begin == tb_trimmed(at, line, stop).end)
            break;
        if (stop - line > LIST_LINE || stop - begin > LIST)
            return begin;
        end = stop;
        line = stop + (stop < size);
    }
    return lines > 1 ? end : begin;
}

int tb_read_lead(struct place *at, uint32_t begin)
{
    struct table *t = &at->self->table;
    uint32_t colon = begin;
    while (colon > 0 && begin - colon < 3 && strchr(" \r\n", at->text[colon - 1]))
        colon--;
    if (!colon || at->text[colon - 1] != ':' || begin < t->lead_end)
        return 1;
    struct assay_span line = line_above(at, begin);
    t->lead = (struct told){.has_scale = 0};
    t->lead_begin = begin;
    t->lead_end = list_end(at, begin);
    if (line.begin == line.end || t->lead_end == begin)
        return 1;
    if (!read_line(at, line.begin, line.end))
        return 0;
    read_period(at, line.begin, line.end, &t->lead);
    const struct tks *s = &at->self->tokens;
    struct range thing = np_subject(s, 0, s->count);
    uint32_t by = thing.end;
    while (by < s->count && !tk_is(s, by, LX_RELATION, OF_BY, NULL) &&
           !(tk_has(s, by, LX_PER) && s->at[by].letters > 2))
        by++;
    if (!np_empty(thing) && by < s->count) { /* "The toll by county:", "Jobs lost in each plant:" */
        t->lead.words = (struct assay_span){s->at[thing.begin].begin, s->at[thing.end - 1].end};
        t->lead.stems = ps_stems(at, thing.begin, thing.end, 0);
    }
    return 1;
}
