/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs of a slice in order: by their highest bits into places of a few runs each, then place by place.
 */
#include <string.h>

#include "postings.h"

#define DIGIT 9u
#define VALUES (UINT32_C(1) << DIGIT)
#define PLACES 12u /* bits of the first step, at most */
#define FEW 32u    /* of a place, up to here insertion beats another step */

/* By `bits` bits from `shift` on, stable. Gives where the result stands. */
static uint64_t *radix(uint64_t *at, uint64_t *spare, uint64_t n, uint32_t shift, uint32_t bits)
{
    uint32_t passes = (bits + DIGIT - 1) / DIGIT, digit = passes ? (bits + passes - 1) / passes : 0;
    uint64_t last = (UINT64_C(1) << digit) - 1;
    for (uint32_t pass = 0; pass < passes; pass++, shift += digit) {
        uint64_t next[VALUES] = {0};
        for (uint64_t i = 0; i < n; i++)
            next[at[i] >> shift & last]++;
        dup_add_up(next, last + 1);
        for (uint64_t i = 0; i < n; i++)
            spare[next[at[i] >> shift & last]++] = at[i];
        uint64_t *swap = at;
        at = spare;
        spare = swap;
    }
    return at;
}

static void insertion(uint64_t *at, uint64_t n)
{
    for (uint64_t i = 1; i < n; i++) {
        uint64_t one = at[i], k = i;
        for (; k > 0 && at[k - 1] >> 32 > one >> 32; k--)
            at[k] = at[k - 1];
        at[k] = one;
    }
}

uint64_t *dup_sort_runs(uint64_t *at, uint64_t *spare, uint64_t n, uint32_t bits)
{
    uint32_t end[1u << PLACES], place = 1;
    while (place < PLACES && place < bits && UINT64_C(1) << place < n)
        place++;
    if (n > UINT32_MAX || bits == 0)
        return radix(at, spare, n, 32, bits);
    const uint32_t shift = 32 + bits - place, last = (UINT32_C(1) << place) - 1;
    uint32_t sum = 0, most = 0;
    memset(end, 0, sizeof *end << place);
    for (uint64_t i = 0; i < n; i++)
        end[at[i] >> shift & last]++;
    for (uint32_t v = 0; v <= last; v++) {
        uint32_t count = end[v];
        most = count > most ? count : most;
        end[v] = sum;
        sum += count;
    }
    for (uint64_t i = 0; i < n; i++)
        spare[end[at[i] >> shift & last]++] = at[i];
    if (most <= FEW) { /* what is smaller never stands in a place behind */
        insertion(spare, n);
        return spare;
    }
    for (uint32_t v = 0, begin = 0; v <= last; begin = end[v++]) {
        uint32_t count = end[v] - begin;
        if (count <= FEW)
            insertion(spare + begin, count);
        else if (radix(spare + begin, at + begin, count, 32, bits - place) != spare + begin)
            memcpy(spare + begin, at + begin, count * sizeof *at);
    }
    return spare;
}
