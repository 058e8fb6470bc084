/* SPDX-License-Identifier: Apache-2.0
 *
 * "2,400 jobs", "2,400 jobs are to be created": values are kept apart by how they are said until the rules have judged
 * them. What the rules then call the same, and set against the same others in the same way, is one value with all who
 * back it.
 */
#include <string.h>

#include "report.h"

#define NO_VERDICT 255u

static uint32_t verdict_between(const struct report *r, uint32_t x, uint32_t y)
{
    for (uint32_t i = 0; i < r->pairs; i++)
        if ((r->pair[i].a == x && r->pair[i].b == y) || (r->pair[i].a == y && r->pair[i].b == x))
            return r->pair[i].verdict;
    return NO_VERDICT;
}

static int one_value(const struct report *r, uint32_t x, uint32_t y)
{
    if (verdict_between(r, x, y) != ASSAY_AGREE)
        return 0;
    for (uint32_t z = 0; z < r->entries; z++) {
        uint32_t a = verdict_between(r, x, z), b = verdict_between(r, y, z);
        if (z != x && z != y && a != b && a != NO_VERDICT && b != NO_VERDICT)
            return 0;
    }
    return 1;
}

/* How fully a figure is said: its unit first, then that it is exact. */
static uint32_t fullness(const struct figure *f)
{
    return (f->unit.size ? 2u : 0) + (f->bound == ASSAY_BOUND_EXACT);
}

/* Value y becomes x, those after it move up; of two pairs that now are one the first stays. */
static void take_in(struct report *r, uint32_t x, uint32_t y)
{
    uint32_t kept = 0;
    if (fullness(&r->k->item[r->entry[y].first].f) > fullness(&r->k->item[r->entry[x].first].f))
        r->entry[x].first = r->entry[y].first;
    for (uint32_t i = 0; i < r->members; i++) {
        struct item *item = member_at(r, i);
        if (item->value != ASSAY_NEVER && item->value >= y)
            item->value = item->value == y ? x : item->value - 1;
    }
    memmove(&r->entry[y], &r->entry[y + 1], (r->entries - y - 1) * sizeof *r->entry);
    r->entries--;
    for (uint32_t i = 0; i < r->pairs; i++) {
        struct assay_verdict_pair p = r->pair[i];
        uint32_t a = p.a == y ? x : p.a > y ? p.a - 1 : p.a, b = p.b == y ? x : p.b > y ? p.b - 1 : p.b;
        p.a = a < b ? a : b;
        p.b = a < b ? b : a;
        int known = a == b;
        for (uint32_t k = 0; k < kept && !known; k++)
            known = r->pair[k].a == p.a && r->pair[k].b == p.b;
        if (!known)
            r->pair[kept++] = p;
    }
    r->pairs = kept;
}

void fold_values(struct report *r)
{
    for (uint32_t x = 0; x < r->entries; x++)
        for (uint32_t y = x + 1; y < r->entries;)
            if (one_value(r, x, y))
                take_in(r, x, y);
            else
                y++;
}
