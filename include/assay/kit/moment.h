/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: when a text was published, as one number that sorts: seconds since 1970 in UTC, doubled, plus 1 where the time
 * of day is known. A time without zone is taken as a day, because zones differ by more than a day between two of them.
 */
#ifndef ASSAY_KIT_MOMENT_H
#define ASSAY_KIT_MOMENT_H

#include <stdint.h>

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASSAY_UNDATED INT64_MAX

/* From an ISO 8601 date or date-time; a year or a month counts as its first day. ASSAY_UNDATED where there is none. */
int64_t assay_moment_read(struct assay_text published);
/* 1 where `a` is certainly before `b`: by seconds where both have a time, else by day. */
int assay_moment_before(int64_t a, int64_t b);
/* Seconds from a to b; 0 where one of them has no time of day. *known: both have one. */
int64_t assay_moment_apart(int64_t a, int64_t b, int *known);

#ifdef __cplusplus
}
#endif
#endif
