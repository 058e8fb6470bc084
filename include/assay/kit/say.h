/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit, for writers: the English words for verdicts, values and periods, so that terminal, page and summary agree.
 */
#ifndef ASSAY_KIT_SAY_H
#define ASSAY_KIT_SAY_H

#include <stddef.h>
#include <stdint.h>

#include "../field.h"
#include "buf.h"

#ifdef __cplusplus
extern "C" {
#endif

/* enum assay_verdict: "sources disagree", "changed over time" ...; never "false". Unknown: "?". */
const char *assay_say_verdict(uint32_t verdict);
/* The heading a finding is listed under: its verdict, or ASSAY_SAY_SINGLE if its texts agree but all lead back to one
 * source, which confirms nothing. assay_say_verdict and assay_say_verdict_count take both. */
enum { ASSAY_SAY_SINGLE = 5, ASSAY_SAY_GROUPS };
uint32_t assay_say_group(uint32_t verdict, uint32_t independent);
/* enum assay_severity: "high", "medium", "low", "needs checking". */
const char *assay_say_severity(uint32_t severity);
/* enum assay_bound: "", "about", "over", "at least", "under", "at most", "". */
const char *assay_say_bound(uint32_t bound);
/* The same as names for tables: exact, about, over, at-least, under, at-most, range. */
const char *assay_say_bound_name(uint32_t bound);
/* enum assay_copy_relation, said of a: "is the same text as", "is a reworked copy of" ... */
const char *assay_say_relation(uint32_t relation);
/* What stands before it in a sentence: "is ", "has the " or nothing. */
const char *assay_say_relation_verb(uint32_t relation);
/* enum for hint: "one value is ten times the other" ... */
const char *assay_say_hint(uint32_t hint);
/* 1200 -> "1,200"; 5200000 -> "5.2 million"; 1234567 -> "1,234,567"; 4725500000 -> "4.7255 billion"; 0.25 -> "0.25". */
void assay_say_number(struct assay_buf *, double value);
/* "km", "%", "EUR", "hour". Unit null: nothing. */
void assay_say_unit(struct assay_buf *, struct assay_text unit);
/* Bound, number (two with a range) and unit: "14 km", "about 6 hours", "4 to 6 cm". */
void assay_say_value(struct assay_buf *, double value, double high, uint32_t bound, struct assay_text unit);
/* 1 where the unit is that of days (claims of kind date), whose values are 20240517: assay_say_value says 2024-05-17. */
static inline int assay_say_is_day(struct assay_text unit)
{
    return unit.size == 4 && unit.at[0] == 'd' && unit.at[1] == 'a' && unit.at[2] == 't' && unit.at[3] == 'e';
}
/* "1 article", "3 articles": `many` is `one` with an s. */
void assay_say_count(struct assay_buf *, uint64_t n, const char *one);
/* "37 %" of a share 0..1, rounded; "under 1 %", "over 99 %" where rounding would say none or all. */
void assay_say_share(struct assay_buf *, double share);
/* "2024-05-04 18:45 UTC" of "2024-05-04T18:45:00Z"; what is no date with a time stays as it is, on one line. */
void assay_say_published(struct assay_buf *, struct assay_text published);
/* "for 2023", "for 2023 to 2025", "from 2027 on", "until 2024-05"; nothing where both are null. */
void assay_say_period(struct assay_buf *, struct assay_text from, struct assay_text to);
/* "5 where sources disagree", "1 changed over time" ...: the same for any number. */
void assay_say_verdict_count(struct assay_buf *, uint32_t verdict, uint64_t n);
/* One line that is safe to show: white space runs become a blank, controls U+FFFD, direction overrides vanish. */
void assay_say_line(struct assay_buf *, struct assay_text);

#ifdef __cplusplus
}
#endif
#endif
