/* SPDX-License-Identifier: Apache-2.0
 *
 * A database of the sqlite writer back into the lines of the jsonl writer, by field tables: for `assay export`. Maps to
 * the original bytes are not in a database, so `raw` is lost.
 */
#ifndef RESULTLINES_H
#define RESULTLINES_H

#include <stdio.h>

#include <assay/plugin.h>
#include <sqlite3.h>

#include "diag.h"

/* Layers in the order of printing; the first is document/1. 0: printed. */
int resultlines_write(sqlite3 *, const struct assay_layer *const *layer, uint32_t layers, FILE *, struct diag *);

#endif
