/* SPDX-License-Identifier: Apache-2.0
 *
 * Signs written as in a page, in texts that are none.
 */
#ifndef CLAIMS_ENTITY_H
#define CLAIMS_ENTITY_H

#include <stdint.h>

/* The sign that "&" at `at` begins ("&amp;", "&#8212;"), not behind `stop`: its bytes, and its code point in *cp. 0: it
 * begins none; letters, digits and blanks are not read. */
uint32_t en_sign(const char *at, const char *stop, uint32_t *cp);

#endif
