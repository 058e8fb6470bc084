/* SPDX-License-Identifier: Apache-2.0
 *
 * Files compressed at rest: zstd (RFC 8878) at level 1, which is about as fast as the records are made. A packed file
 * is one frame, whose header has the expanded size.
 */
#ifndef PACK_H
#define PACK_H

#include <stdint.h>

/* Writes the bytes of `from` packed to `to` in place of what is there, both open. *size gets what that takes. 0, or -1
 * and errno. */
int pack_file(int from, int to, uint64_t *size);
/* Writes the expanded bytes of `from` to `to` likewise; *sum gets their XXH3-64, *size their number. 0, or -1 and
 * errno: EBADMSG where these are no packed bytes, or damaged ones. */
int pack_expand(int from, int to, uint64_t *sum, uint64_t *size);
/* The expanded size that a packed file tells, 0: none. */
uint64_t pack_size(int fd);

#endif
