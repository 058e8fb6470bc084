/* SPDX-License-Identifier: Apache-2.0
 *
 * write(2) until all is written.
 */
#ifndef WRITE_ALL_H
#define WRITE_ALL_H

#include <stdint.h>

/* 0, or -1 and errno; then some of it may have been written. */
int write_all(int fd, const void *bytes, uint64_t size);

#endif
