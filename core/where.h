/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the program's data files lie: beside a build tree's program, in an installation that was moved as a whole, in
 * the installed folder.
 */
#ifndef WHERE_H
#define WHERE_H

#include "arena.h"

/* Path of the file or folder, in the arena; NULL: there is none of that name. */
const char *where_data(struct arena *, const char *relative);
/* The folder of the running program, or NULL. */
const char *where_program(struct arena *);

#endif
