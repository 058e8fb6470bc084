/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables as `markup` and `office` write them, and those of Markdown: a row a line, "|" between cells; and those of
 * plain text, whose columns are set apart by blanks (columns.c). What the figures of a row do not say themselves stands
 * in heads: the period ("2023"), scale and unit ("EUR million", "in thousands", "%") in that of the column, in that of
 * the row, or in the line above.
 */
#ifndef CLAIMS_TABLE_H
#define CLAIMS_TABLE_H

#include <assay/kit/date.h>
#include <assay/layers/text.h>

#include "figure.h"

enum { MOST_COLUMNS = 32 };

/* What a head says. */
struct told {
    struct assay_span at; /* its period: bytes of the text; empty: it names none */
    struct assay_date from, to;
    struct assay_decimal scale;
    uint32_t has_scale, kind, flags; /* kind: of the unit; flags: FG_PLAIN */
    uint32_t counts;                 /* 1: it names what is counted, and is no money: "Employees" */
    char unit[64];                   /* "": none */
    struct assay_span words;         /* what else it says: "Killed"; empty: nothing */
    struct assay_list stems;         /* struct assay_text, of these words */
};

/* Where a head stands in its line: characters from the line's begin. */
struct edges {
    uint32_t left, right;
};

/* The table in hand, and where in it the sentence in hand is. All places are bytes of the text. */
struct table {
    uint32_t begin, body, end; /* its head; the rows below it; equal: there is none */
    uint32_t row, row_end, cells;
    uint32_t cell, cell_at; /* the one that was asked for last; where it begins */
    uint32_t columns, width, things; /* cells of the head; of the widest row; columns that say what they hold */
    uint32_t cornered; /* 1: the first cell of the head says something */
    uint32_t money;    /* 1: a head or the caption tells a currency */
    uint32_t scaled, dated; /* 1: a head tells a currency or a scale; a period */
    uint32_t headed;   /* 1: there is more than one row of heads */
    uint32_t spaced;   /* what sets cells apart where it is no bar: ' ' (two and more) or a tab */
    struct edges edges[MOST_COLUMNS]; /* of the heads, where they are */
    struct told caption, column[MOST_COLUMNS];
    struct told lead;  /* of the line before a list: "Deaths in 2022, by region:" */
    uint32_t lead_begin, lead_end; /* of that list */
    struct told section, line; /* of the line between the rows above; of the row's own head */
};

struct place;

/* Comes to the sentence in hand: reads the heads where a table begins. The tokens of the sentence are not read yet.
 * 0: out of memory. */
int tb_enter(struct place *);
/* Figures that are no more than the scale and unit of others ("Exports, million euros | 4,310") go; what heads say is
 * handed to the rest. Gives how many are left. */
uint32_t tb_heads(struct place *, uint32_t figures);
void tb_units(struct place *);
/* The head that tells the period of the figure that begins at this byte; NULL: none does. */
const struct told *tb_period(struct place *, uint32_t byte);
/* The head that tells what it measures: of its column, where columns hold different things; of its row. */
const struct told *tb_thing(struct place *, uint32_t byte);
const struct told *tb_line(const struct place *);
/* 1: nothing but the figure stands in its cell, and its row has a head. */
int tb_alone(struct place *, const struct figure *);
/* The line that leads the list whose item the sentence is, where the item opens with a name or the figure and says no
 * more of what is measured: "The toll by county:". NULL: none does. */
const struct told *tb_led(struct place *);
/* The head of the row where that of the column tells what is measured: for what it is told. */
const struct told *tb_named(struct place *, uint32_t byte);

#endif
