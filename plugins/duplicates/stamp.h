/* SPDX-License-Identifier: Apache-2.0
 *
 * When a text was published, as one number that sorts: seconds since 1970 in UTC, doubled, plus 1 where the time of day is
 * known. A time without zone is taken as a day, because zones differ by more than a day between two of them.
 */
#ifndef DUP_STAMP_H
#define DUP_STAMP_H

#include <stdint.h>

#include <assay/field.h>

#define DUP_UNDATED INT64_MAX

/* From an ISO 8601 date or date-time; a year or a month counts as its first day. DUP_UNDATED where there is none. */
int64_t dup_stamp(struct assay_text published);
/* 1 where `a` is certainly before `b`: by seconds where both have a time, else by day. */
int dup_before(int64_t a, int64_t b);

#endif
