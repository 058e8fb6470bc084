/* SPDX-License-Identifier: Apache-2.0
 *
 * A finished result as a database to ask: a file of the sqlite writer, read-only, or one of the jsonl writer, loaded
 * into memory with a table a record type, a column a key; objects and lists stay JSON text.
 */
#ifndef RESULTDB_H
#define RESULTDB_H

#include <sqlite3.h>

#include "diag.h"

/* NULL where it cannot be read or is neither; printed. Close with sqlite3_close. */
sqlite3 *resultdb_open(const char *path, struct diag *);

#endif
