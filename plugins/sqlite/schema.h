/* SPDX-License-Identifier: Apache-2.0
 *
 * SQL text for the tables of a run.
 */
#ifndef SQLITE_SCHEMA_H
#define SQLITE_SCHEMA_H

#include <assay/kit/relation.h>

#define SCHEMA_VERSION 1            /* PRAGMA user_version */
#define SCHEMA_APPLICATION 0x41535359 /* PRAGMA application_id: "ASSY" */

/* CREATE TABLE. document gets a number as its key, so that the full-text index may name its rows. */
void schema_table(struct assay_buf *, const struct assay_table *);
/* INSERT with one parameter a column. */
void schema_insert(struct assay_buf *, const struct assay_table *);
/* Indexes on the columns that refer to other tables, made after the rows are in. */
void schema_indexes(struct assay_buf *, const struct assay_table *);
/* The full-text index over titles and texts, and views for reading; only of what is there. */
void schema_search(struct assay_buf *);
void schema_views(struct assay_buf *, const struct assay_relations *);
/* What Datasette reads beside the database; `name` is the file's name without its ending. */
void schema_metadata(struct assay_buf *, const struct assay_relations *, struct assay_text name);

#endif
