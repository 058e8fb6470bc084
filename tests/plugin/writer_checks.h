/* SPDX-License-Identifier: Apache-2.0
 *
 * What tests of several writers ask of them, over the hand-made sample. For writers whose only option is `path`. Each
 * fails the test that calls it.
 */
#ifndef WRITER_CHECKS_H
#define WRITER_CHECKS_H

#include "sample.h"

/* The output holds the piece. */
void has(const char *output, const char *piece);
/* It writes one JSON value, whatever strings are in it, with these pieces (NULL-terminated). */
void check_json(const struct assay_plugin *, const char *const *pieces);
/* It fails where its stream takes nothing. */
void check_full_disk(const struct assay_plugin *);
/* It writes a folder with a file of that name, whose bytes have the pieces. */
void check_folder(const struct assay_plugin *, const char *file, const char *const *pieces);
/* It fails, and names the path, where the folder cannot be made. */
void check_unwritable(const struct assay_plugin *);

#endif
