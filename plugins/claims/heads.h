/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines and cells of tables, and what heads say. Between table.c and heads.c alone.
 */
#ifndef CLAIMS_HEADS_H
#define CLAIMS_HEADS_H

#include "pass.h"
#include "table.h"

enum { TABLE_ROW = 8192 }; /* bytes of a row whose cells are told apart */

/* Lines and cells: bytes of the text. */
uint32_t tb_line_end(const struct place *, uint32_t from);
struct assay_span tb_trimmed(const struct place *, uint32_t begin, uint32_t end);
/* The line without the bars that Markdown puts around it. A blank before the first bar is an empty cell. */
struct assay_span tb_row_of(const struct place *, uint32_t begin, uint32_t end);
uint32_t tb_cell_end(const struct place *, uint32_t begin, uint32_t end);
/* Columns set apart by blanks. Where the first cell of [begin, end) ends: at two blanks or a tab; `end`: it is the
 * last. */
uint32_t tb_gap(const char *text, uint32_t begin, uint32_t end);
/* What sets the cells apart where the line begins a table of that kind: a blank (two and more), a tab; 0: it does
 * not. */
uint32_t tb_spaced_by(const struct place *, uint32_t begin, uint32_t end);
void tb_edges(const struct place *, struct assay_span cell, struct edges *);
/* The column whose head the cell stands under; MOST_COLUMNS: there is none. */
uint32_t tb_column_over(const struct place *, struct assay_span cell);
/* At most one more than a table may have; 1: the line is no row. */
uint32_t tb_cells_of(const struct place *, uint32_t begin, uint32_t end);
/* The first token from `from` on that begins at the byte or behind it. */
uint32_t tb_token_at(const struct tks *, uint32_t from, uint32_t byte);

/* "EUR million", "Mio. Euro", "thousands of tonnes", "%" from token i on; the token behind, i: nothing of the kind. */
uint32_t tb_read_measure(const struct tks *, uint32_t i, struct told *to);
/* "in 1,000", "(1.000.000)": the number at token i as a scale; the token behind, i: it is none. */
uint32_t tb_written_scale(const struct tks *, uint32_t i, struct told *to);
/* The scale and unit told in tokens [begin, end). */
void tb_read_head(const struct tks *, uint32_t begin, uint32_t end, struct told *to);
/* What tokens [begin, end) say beside period and unit: the first run of words; `whole`: with the small ones before. */
void tb_read_words(struct place *, uint32_t begin, uint32_t end, int whole, struct told *to);
/* 1: tokens [begin, end) name people or things that are counted: "Number of employees", "Headcount (average)". */
int tb_counts(const struct tks *, uint32_t begin, uint32_t end);
/* 1: a scale or a unit is told; NULL tells none. */
int tb_says_measure(const struct told *);
/* Behind a bracket, a comma, "in". */
int tb_set_off(const struct tks *, uint32_t i);

/* The parts of the table in hand; they read tokens of their own. 0: out of memory. */
int tb_read_caption(struct place *);
int tb_read_columns(struct place *, struct assay_span row);
/* Further rows of heads below the first. */
int tb_read_more_heads(struct place *);
/* Reads the line before the lines that begin at the byte, where it ends in a colon. */
int tb_read_lead(struct place *, uint32_t begin);
/* Reads the row in hand where it is a short line between rows. */
int tb_read_section(struct place *);

#endif
