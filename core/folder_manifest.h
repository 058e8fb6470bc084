/* SPDX-License-Identifier: Apache-2.0
 *
 * DIR/manifest of a run folder: which inputs each task of pass 0 read. folder_cut, folder_compare and folder_note,
 * which folder.h declares, work with it.
 */
#ifndef FOLDER_MANIFEST_H
#define FOLDER_MANIFEST_H

#include "folder.h"

/* A damaged one, or one of another form, is none: nothing is known then. */
void folder_manifest_read(struct folder *);

#endif
