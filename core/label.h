/* SPDX-License-Identifier: Apache-2.0
 *
 * NUL-terminated texts in an arena. NULL: no memory.
 */
#ifndef LABEL_H
#define LABEL_H

#include "arena.h"

char *label_copy(struct arena *, const void *bytes, uint64_t size);
__attribute__((format(printf, 2, 3)))
char *label_printf(struct arena *, const char *format, ...);

#endif
