/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/gap.h>

void assay_gap_want(struct assay_gap *gap, uint32_t kind)
{
    if (kind == ASSAY_GAP_CELL)
        gap->borders++;
    else if (gap->kind != ASSAY_GAP_CELL || kind > ASSAY_GAP_CELL)
        gap->borders = 0;
    if (kind > gap->kind)
        gap->kind = kind;
}

const char *assay_gap_take(struct assay_gap *gap, uint32_t *times)
{
    static const char *const text[] = {"", " ", "\t", " | ", "\n", "\n\n"};
    uint32_t kind = gap->kind;
    *times = kind == ASSAY_GAP_CELL ? gap->borders : kind != ASSAY_GAP_NONE;
    *gap = (struct assay_gap){ASSAY_GAP_NONE, 0};
    return text[kind];
}
