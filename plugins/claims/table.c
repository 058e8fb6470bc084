/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <string.h>

#include "heads.h"
#include "number.h"
#include "quantity.h"

enum {
    ROWS = 8,       /* rows that tell how wide a table is */
    UNIT_CELLS = 3, /* cells behind a row's head that may tell its unit */
    LED = 5,        /* words of the name that opens an item of a list */
    SECTION = 100   /* bytes of a line between rows that heads those below it */
};

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

/* ---- the way through the text ---- */

static void begin_row(struct table *t, const struct place *at, uint32_t begin, uint32_t end)
{
    struct assay_span row = tb_row_of(at, begin, end);
    t->row = row.begin;
    t->row_end = end;
    t->cells = end - begin > TABLE_ROW ? 0 : tb_cells_of(at, begin, end);
    t->cell = 0;
    t->cell_at = row.begin;
    t->line = (struct told){.has_scale = 0};
}

/* A short line between rows: "Exports, EUR million". */
static int is_section(const struct place *at, uint32_t begin, uint32_t end)
{
    struct assay_span line = tb_trimmed(at, begin, end);
    uint32_t size = at->self->tokens.size, next = end + (end < size);
    if (line.begin == line.end || line.end - line.begin > SECTION || tb_cells_of(at, begin, end) > 1 || next >= size)
        return 0;
    if (strchr(".!?", at->text[line.end - 1]) || at->text[line.begin] == '#')
        return 0;
    return tb_cells_of(at, next, tb_line_end(at, next)) > 1;
}

/* A table begins with a row that another one follows. */
static int begin_table(struct place *at, uint32_t begin)
{
    struct table *t = &at->self->table;
    uint32_t size = at->self->tokens.size, end = tb_line_end(at, begin), rows = 1;
    t->begin = t->body = t->end = end;
    t->columns = t->width = t->things = t->cornered = t->headed = t->dated = t->money = t->scaled = t->spaced = 0;
    if (tb_cells_of(at, begin, end) < 2) {
        t->spaced = tb_spaced_by(at, begin, end);
        if (!t->spaced)
            return 1;
    }
    struct assay_span head = tb_row_of(at, begin, end);
    uint32_t body = end + (end < size), next = body < size ? tb_line_end(at, body) : body;
    if (body < next && is_rule(at, body, next)) {
        body = next + (next < size);
        next = body < size ? tb_line_end(at, body) : body;
    }
    for (uint32_t line = body, cells; line < size; rows++) {
        cells = tb_cells_of(at, line, next);
        if (cells < 2 && !is_section(at, line, next))
            break;
        t->end = next;
        t->width = rows <= ROWS && cells > t->width ? cells : t->width;
        line = next + (next < size);
        next = line < size ? tb_line_end(at, line) : line;
    }
    if (rows < 2)
        return 1;
    t->begin = begin;
    t->body = body;
    begin_row(t, at, begin, end);
    t->section = (struct told){.has_scale = 0};
    if (!tb_read_caption(at) || !tb_read_columns(at, head) || !tb_read_more_heads(at))
        return 0;
    if (t->spaced && !t->columns && begin > 1 && at->text[begin - 2] != '\n')
        t->caption = (struct told){.has_scale = 0}; /* heads without room between, rather */
    return 1;
}

int tb_enter(struct place *at)
{
    struct table *t = &at->self->table;
    uint32_t begin = at->sentence.begin;
    while (begin > t->end && (at->text[begin - 1] == ' ' || at->text[begin - 1] == '\t'))
        begin--; /* an empty first cell is in no sentence */
    if (begin >= t->end) {
        t->begin = t->body = t->end = begin;
        t->spaced = 0;
        if (begin && at->text[begin - 1] != '\n')
            return 1;
        return begin_table(at, begin) && (t->begin < t->end || tb_read_lead(at, begin));
    }
    while (begin >= t->row_end && t->row_end < t->end) {
        begin_row(t, at, t->row_end + 1, tb_line_end(at, t->row_end + 1));
        if (!tb_read_section(at))
            return 0;
    }
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
    for (uint32_t end; (end = tb_cell_end(at, t->cell_at, t->row_end)) < byte && end < t->row_end; t->cell++)
        t->cell_at = end + 1;
    return t->cell;
}

/* The cell that a byte of the row lies in, without the blanks around. */
static struct assay_span cell_at(struct place *at, uint32_t byte)
{
    const struct table *t = &at->self->table;
    cell_of(at, byte);
    return tb_trimmed(at, t->cell_at, tb_cell_end(at, t->cell_at, t->row_end));
}

/* 1 where rows have one cell more than the head: of a page, an empty corner is not written. */
static uint32_t lacks_corner(const struct table *t)
{
    return t->width == t->columns + 1;
}

/* One figure alone: where room is short, two cells look like one. */
static int holds_one(const struct place *at, struct assay_span cell)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < at->figures; k++) {
        uint32_t begin = at->self->tokens.at[at->self->figure[k].first].begin;
        n += begin >= cell.begin && begin < cell.end;
    }
    return n == 1;
}

/* The head of the column; NULL: the row has more columns than the head. It may have fewer: the last cells are empty. */
static const struct told *column_of(struct place *at, uint32_t byte)
{
    struct table *t = &at->self->table;
    if (!in_table(at) || at->sentence.begin < t->body || byte < t->row || !t->cells)
        return NULL;
    uint32_t cell = cell_of(at, byte), corner = lacks_corner(t);
    if (t->spaced == ' ' && t->cells != t->columns + corner) {
        struct assay_span own = cell_at(at, byte);
        uint32_t over = holds_one(at, own) ? tb_column_over(at, own) : t->columns;
        return over < t->columns ? t->column + over : NULL;
    }
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
    while (i > at->sentence.end && at->text[i - 1] == ' ')
        i--; /* an empty first cell */
    uint32_t end = size - i < TABLE_ROW ? size : i + TABLE_ROW;
    const char *stop = memchr(at->text + i, '\n', end - i);
    end = stop ? (uint32_t)(stop - at->text) : end;
    return i > at->sentence.end && at->text[i - 1] == '\n' &&
           (tb_cells_of(at, i, end) > 1 || tb_spaced_by(at, i, end));
}

/* 1: the figure says in what others are told. */
static int is_statement(const struct place *at, const struct figure *f)
{
    const struct tks *s = &at->self->tokens;
    uint32_t end = f->counted_end > f->last ? f->counted_end : f->last;
    struct told told;
    if (f->first && tb_set_off(s, f->first) && tb_written_scale(s, f->number, &told) > f->number)
        return (in_table(at) && at->sentence.begin < at->self->table.body) || above_table(at); /* "(in 1,000)" */
    if (!is_scale(s, f))
        return 0;
    if (!f->first)
        return in_table(at) || above_table(at);
    if (in_table(at) || (tb_set_off(s, f->first) && above_table(at)))
        return 1;
    return (tk_sign(s, f->first - 1, '(') && tk_sign(s, end, ')')) ||
           (tk_sign(s, f->first - 1, ',') && end >= s->count);
}

uint32_t tb_heads(struct place *at, uint32_t figures)
{
    struct figure *figure = at->self->figure;
    uint32_t kept = 0;
    if (in_table(at) && at->self->table.headed && at->sentence.begin < at->self->table.body)
        return 0; /* "Households of 3 and more": heads name what is counted. A first row alone may be none. */
    for (uint32_t k = 0; k < figures; k++) {
        if (is_statement(at, figure + k))
            continue;
        if (kept != k)
            wh_move(figure + kept, figure + k);
        kept++;
    }
    return kept;
}

/* Nothing but the number, in brackets, stands in the cell: "(12.4)", "(8.5 %)". */
static int is_bracketed(struct place *at, const struct figure *f)
{
    const struct tks *s = &at->self->tokens;
    uint32_t end = f->after + tk_sign(s, f->after, '%');
    if (!f->number || !(f->flags & FG_DIGITS) || f->has_high)
        return 0;
    if (!tk_sign(s, f->number - 1, '(') || !tk_sign(s, end, ')'))
        return 0;
    struct assay_span cell = cell_at(at, s->at[f->number].begin);
    return s->at[f->number - 1].begin == cell.begin && s->at[end].end == cell.end;
}

/* Amounts below zero of tables of money, and the shares beside them. */
static void take_brackets(struct place *at, struct figure *f, int accounts)
{
    if (!(accounts || f->kind == ASSAY_KIND_MONEY) || f->value.sign <= 0 || !is_bracketed(at, f))
        return;
    f->value.sign = -1;
    f->bare.sign = (signed char)-f->bare.sign;
    f->first = f->first < f->number ? f->first : f->number - 1;
    f->last = f->after + 1 + tk_sign(&at->self->tokens, f->after, '%');
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

/* A cell of the row that is a measure and nothing else: a column of units. */
static void read_unit_cell(struct place *at, struct told *to)
{
    struct table *t = &at->self->table;
    const struct tks *s = &at->self->tokens;
    uint32_t token = 0, cell = 0;
    for (uint32_t begin = t->row; begin < t->row_end && cell <= UNIT_CELLS && !tb_says_measure(to); cell++) {
        uint32_t end = tb_cell_end(at, begin, t->row_end), first = tb_token_at(s, token, begin);
        struct told unit = {.has_scale = 0};
        token = tb_token_at(s, first, end);
        if (cell && first < token && tb_read_measure(s, first, &unit) == token) {
            to->scale = unit.scale;
            to->has_scale = unit.has_scale;
            to->kind = unit.kind;
            to->flags = unit.flags;
            memcpy(to->unit, unit.unit, sizeof unit.unit);
        }
        begin = end + 1;
    }
}

/* Whose scale and unit hold: the row's, the column's, those above. A column of shares is one in every row. */
static const struct told *told_measure(const struct table *t, const struct told *column)
{
    int sure = t->line.has_scale || t->line.kind != ASSAY_KIND_DIMENSION; /* "Grain" is a unit, too */
    if (column && column->kind == ASSAY_KIND_PERCENT)
        return column;
    if (tb_says_measure(&t->line) && (sure || !tb_says_measure(column)))
        return &t->line;
    if (tb_says_measure(column))
        return column;
    if (tb_says_measure(&t->section))
        return &t->section;
    return column && t->scaled ? column : &t->caption; /* heads that tell theirs leave none to the others */
}

void tb_units(struct place *at)
{
    struct table *t = &at->self->table;
    const struct tks *s = &at->self->tokens;
    if (!in_table(at) || at->sentence.begin < t->body)
        return;
    if (at->sentence.begin <= t->row) {
        uint32_t end = tb_token_at(s, 0, tb_cell_end(at, t->row, t->row_end));
        tb_read_head(s, 0, end, &t->line);
        tb_read_words(at, 0, end, 1, &t->line);
        t->line.counts = (uint32_t)tb_counts(s, 0, end);
        read_unit_cell(at, &t->line);
    }
    for (uint32_t k = 0; k < at->figures; k++) {
        struct figure *f = at->self->figure + k;
        const struct told *column = column_of(at, s->at[f->first].begin);
        const struct told *from = told_measure(t, column);
        if (may_take(f) && !(t->line.counts && from != &t->line && from->kind == ASSAY_KIND_MONEY))
            take(f, from);
        take_brackets(at, f, from->kind == ASSAY_KIND_MONEY || t->money);
    }
}

const struct told *tb_thing(struct place *at, uint32_t byte)
{
    const struct table *t = &at->self->table;
    uint32_t corner = !lacks_corner(t) && t->columns && t->column[0].words.end; /* "Region" is of the rows */
    const struct told *column = t->things > corner ? column_of(at, byte) : NULL;
    if (!column || !column->words.end)
        return NULL; /* of two columns the one head says nothing; but "Q1 2024 | Q1 2023 | Sales" */
    return t->things > 1 + corner || (t->columns > 2 && !column->at.end && t->dated) ? column : NULL;
}

const struct told *tb_line(const struct place *at)
{
    const struct told *line = &at->self->table.line;
    return in_table(at) && at->sentence.begin >= at->self->table.body && line->words.end ? line : NULL;
}

int tb_alone(struct place *at, const struct figure *f)
{
    const struct tks *s = &at->self->tokens;
    if (!tb_line(at) || !cell_of(at, s->at[f->first].begin))
        return 0;
    struct assay_span cell = cell_at(at, s->at[f->first].begin);
    return s->at[f->first].begin == cell.begin && s->at[f->last - 1].end == cell.end;
}

/* The sentence is a line of the list that a line with a colon leads. */
static int is_item(const struct place *at)
{
    const struct table *t = &at->self->table;
    struct assay_span s = at->sentence;
    if (s.begin < t->lead_begin || s.end > t->lead_end)
        return 0;
    while (s.begin > t->lead_begin && strchr("-*\t ", at->text[s.begin - 1]))
        s.begin--;
    return s.begin == t->lead_begin || at->text[s.begin - 1] == '\n';
}

const struct told *tb_led(struct place *at)
{
    struct table *t = &at->self->table;
    const struct tks *s = &at->self->tokens;
    uint32_t end = at->figures ? at->self->figure[0].first : 0, first = 0;
    if (in_table(at) || !t->lead.words.end || !is_item(at))
        return NULL;
    t->line = (struct told){.has_scale = 0};
    while (end && s->at[end - 1].kind == TK_SIGN)
        end--;
    while (first < end && s->at[first].kind == TK_SIGN)
        first++; /* "- Adams: 12" */
    if (end > first + LED || (end > first && !s->at[first].upper))
        return NULL;
    tb_read_words(at, first, end, 1, &t->line);
    return &t->lead;
}

const struct told *tb_named(struct place *at, uint32_t byte)
{
    if (tb_led(at))
        return at->self->table.line.words.end ? &at->self->table.line : NULL;
    return tb_thing(at, byte) && cell_of(at, byte) ? tb_line(at) : NULL;
}

const struct told *tb_period(struct place *at, uint32_t byte)
{
    const struct table *t = &at->self->table;
    if (!in_table(at) && is_item(at))
        return t->lead.at.end ? &t->lead : NULL;
    if (!in_table(at) || at->sentence.begin < t->body)
        return NULL;
    const struct told *column = column_of(at, byte);
    if (column && column->at.end)
        return column;
    return t->section.at.end ? &t->section : t->caption.at.end ? &t->caption : NULL;
}
