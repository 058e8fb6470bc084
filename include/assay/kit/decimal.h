/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: exact decimal numbers: sign, up to 38 significant digits, exponent.
 */
#ifndef ASSAY_KIT_DECIMAL_H
#define ASSAY_KIT_DECIMAL_H

#include <stddef.h>
#include <stdint.h>

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

struct assay_decimal {
    int32_t exponent; /* value = sign * digits * 10^exponent */
    int32_t sign;     /* -1, 0 or 1 */
    unsigned char digit[38];
    unsigned char digits; /* how many; leading zeros never stored, trailing zeros are (they are precision) */
    unsigned char inexact; /* digits were dropped */
    unsigned char zero;
};
/* From plain ASCII "[-+]123.450[e5]". 0: no number. */
int assay_decimal_read(struct assay_decimal *, const char *text, size_t size);
void assay_decimal_u64(struct assay_decimal *, uint64_t);
/* Multiplies by 10^power: exact. */
void assay_decimal_scale(struct assay_decimal *, int32_t power);
/* Sum and product, rounded half to even to 38 digits where they do not fit (inexact = 1). */
void assay_decimal_add(struct assay_decimal *to, const struct assay_decimal *a, const struct assay_decimal *b);
void assay_decimal_mul(struct assay_decimal *to, const struct assay_decimal *a, const struct assay_decimal *b);
int assay_decimal_compare(const struct assay_decimal *a, const struct assay_decimal *b);
/* 1 where it is above the whole number. */
int assay_decimal_above(const struct assay_decimal *, uint64_t whole);
/* Plain notation without exponent where at most 60 characters ("1500", "0.25"), else "1.5e80"; terminated; `to` has
 * room for 64 bytes; gives the length. */
uint32_t assay_decimal_print(char *to, const struct assay_decimal *);
/* Nearest binary64; infinite beyond its range. */
double assay_decimal_real(const struct assay_decimal *);
/* Significant digits as written: 1500 -> 2 ("1500." is not told apart), 15.0 -> 3. */
uint32_t assay_decimal_precision(const struct assay_decimal *);

#ifdef __cplusplus
}
#endif
#endif
