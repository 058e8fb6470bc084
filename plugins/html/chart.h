/* SPDX-License-Identifier: Apache-2.0
 *
 * SVG: values on a number line, values over time, bars. Places are percentages, so that a picture fits a wide screen
 * and a phone alike while its text keeps its size.
 */
#ifndef HTML_CHART_H
#define HTML_CHART_H

#include "markup.h"

struct chart_value {
    double value, high; /* high: of a range */
    uint32_t bound;     /* enum assay_bound */
    uint32_t independent, copies; /* dots: full, hollow */
    struct assay_text unit;
};

struct chart_point {
    int64_t day;
    double value;
    uint32_t series; /* which value it belongs to */
    struct assay_text date;
};

/* One row a value: label, dots, and what the bound leaves open. Nothing where no value is finite. */
void chart_line(struct markup *, const struct chart_value *, uint32_t count);
/* Values by date of publication; nothing where they come from fewer than `least_days` (2 or more) days. Sorts
 * `point`. */
void chart_time(struct markup *, struct chart_point *point, uint32_t count, uint32_t least_days);
/* A bar of `share` 0..1. */
void chart_bar(struct markup *, double share);

#endif
