/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/points.h>

#include <stdlib.h>

#include <assay/kit/utf8.h>

#define STEP 256u

int assay_points_set(struct assay_points *p, struct assay_text text)
{
    uint64_t need = text.size / STEP + 1;
    if (need > p->room) {
        uint32_t *more = realloc(p->before, need * sizeof *more);
        if (!more)
            return 0;
        p->before = more;
        p->room = need;
    }
    p->text = text;
    uint64_t points = 0;
    for (uint64_t i = 0; i < need; i++) {
        p->before[i] = (uint32_t)points;
        uint64_t left = text.size - i * STEP;
        if (left)
            points += assay_utf8_points(text.at + i * STEP, left < STEP ? left : STEP);
    }
    return 1;
}

uint64_t assay_points_at(const struct assay_points *p, uint64_t at)
{
    if (at > p->text.size)
        at = p->text.size;
    uint64_t i = at / STEP;
    return p->before[i] + (at % STEP ? assay_utf8_points(p->text.at + i * STEP, at % STEP) : 0);
}

void assay_points_free(struct assay_points *p)
{
    free(p->before);
    *p = (struct assay_points){0};
}
