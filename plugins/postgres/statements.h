/* SPDX-License-Identifier: Apache-2.0
 *
 * SQL for one transaction: make what is missing, load the run beside the tables ("new_NAME"), then let it take the
 * place of what is known of the same documents and findings.
 */
#ifndef POSTGRES_STATEMENTS_H
#define POSTGRES_STATEMENTS_H

#include <assay/kit/relation.h>

/* CREATE TABLE IF NOT EXISTS, and columns that an older version lacked. */
void statement_create(struct assay_buf *, const struct assay_table *);
/* The temporary table of the same columns. */
void statement_stage(struct assay_buf *, const struct assay_table *);
void statement_copy(struct assay_buf *, const struct assay_table *);
/* What the run replaces: records of its documents, findings and clusters that touch them. In reverse order of
 * tables. */
void statement_delete(struct assay_buf *, const struct assay_relations *, uint32_t table);
/* Moves the numbers of keys that count from 1 behind those that are there. */
void statement_shift(struct assay_buf *, const struct assay_relations *, uint32_t table);
/* From new_NAME into NAME; documents and what has an id are updated where they exist. */
void statement_merge(struct assay_buf *, const struct assay_table *);
void statement_indexes(struct assay_buf *, const struct assay_table *);
/* Text search, and the view `evidence`. */
void statement_extras(struct assay_buf *, const struct assay_relations *, int text);

#endif
