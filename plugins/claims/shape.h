/* SPDX-License-Identifier: Apache-2.0
 *
 * What a run that starts with a digit is: a numeral, or one of the things that are no figures.
 */
#ifndef CLAIMS_SHAPE_H
#define CLAIMS_SHAPE_H

#include <stdint.h>

enum sh_shape { SH_NUMERAL, SH_URL, SH_DATE, SH_CLOCK, SH_PHONE, SH_CODE, SH_SCORE, SH_FRACTION };

static inline int sh_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The shape of the run at text[at], a digit; *to is its end. `begin` and `end` bound what may be looked at. */
uint32_t sh_scan(const char *text, uint32_t begin, uint32_t at, uint32_t end, uint32_t *to);
/* End of a URL, mail address or domain that starts at `at`, or `at`. */
uint32_t sh_address(const char *text, uint32_t at, uint32_t end);

#endif
