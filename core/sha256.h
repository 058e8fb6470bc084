/* SPDX-License-Identifier: Apache-2.0
 *
 * SHA-256 of a text.
 */
#ifndef SHA256_H
#define SHA256_H

#include <assay/plugin.h>

#define SHA256_SIZE 32u
#define SHA256_HEX 64u

/* 0: out of memory. */
int sha256_of(struct assay_text, unsigned char to[SHA256_SIZE]);
/* In lower-case hex, without a NUL. */
void sha256_print(char to[SHA256_HEX], const unsigned char sha[SHA256_SIZE]);

#endif
