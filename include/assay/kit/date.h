/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: ISO 8601 dates of reduced precision, and days.
 */
#ifndef ASSAY_KIT_DATE_H
#define ASSAY_KIT_DATE_H

#include <stddef.h>
#include <stdint.h>

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

struct assay_date {
    int32_t year;
    uint32_t month, day; /* 0: not given */
};
/* "2024", "2024-05", "2024-05-17", "2024-05-17T10:00:00Z" (time is checked and dropped). 0: no date. */
int assay_date_read(struct assay_date *, struct assay_text);
uint32_t assay_date_print(char *to, struct assay_date); /* at most 16 bytes, terminated; gives the length */
/* Days since 1970-01-01 (proleptic Gregorian) of the first and the last day that the date may mean. */
int64_t assay_date_first(struct assay_date);
int64_t assay_date_last(struct assay_date);
struct assay_date assay_date_of_day(int64_t days);
uint32_t assay_days_in_month(int32_t year, uint32_t month);

#ifdef __cplusplus
}
#endif
#endif
