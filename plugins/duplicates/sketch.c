/* SPDX-License-Identifier: Apache-2.0 */
#include "sketch.h"

#include <string.h>

#include "mix.h"

#define EMPTY UINT32_MAX
#define LANES 4u

uint64_t dup_exact(const struct dup_word *w, uint32_t n)
{
    uint64_t h[LANES] = {n, 1, 2, 3}, all = 0;
    uint32_t i = 0;
    for (; i + LANES <= n; i += LANES) /* side by side, since each waits for the one before */
        for (uint32_t k = 0; k < LANES; k++)
            h[k] = dup_pair(h[k] + 0x9e3779b97f4a7c15u, w[i + k].hash);
    for (; i < n; i++)
        h[0] = dup_pair(h[0] + 0x9e3779b97f4a7c15u, w[i].hash);
    for (uint32_t k = 0; k < LANES; k++)
        all = dup_pair(all + h[k], 0x9e3779b97f4a7c15u + k);
    return dup_mix(all);
}

uint32_t dup_shingles(uint64_t *to, const struct dup_word *w, uint32_t n, uint32_t size)
{
    if (n < size)
        return 0;
    unsigned last = 7 * size & 63;
    uint64_t h = 0;
    for (uint32_t i = 0; i < size; i++)
        h = dup_rotl(h, 7) ^ w[i].hash;
    to[0] = dup_mix(h);
    for (uint32_t i = size; i < n; i++) {
        h = dup_rotl(h, 7) ^ dup_rotl(w[i - size].hash, last) ^ w[i].hash;
        to[i - size + 1] = dup_mix(h);
    }
    return n - size + 1;
}

uint32_t dup_runs(uint32_t *to, const struct dup_word *w, uint32_t n, uint32_t size)
{
    if (n < size)
        return 0;
    unsigned last = 7 * size & 63;
    uint64_t h = 0;
    for (uint32_t i = 0; i + 1 < size; i++)
        h = dup_rotl(h, 7) ^ w[i].hash;
    uint64_t gone = 0;
    for (uint32_t i = size - 1; i < n; i++) {
        h = dup_rotl(h, 7) ^ dup_rotl(gone, last) ^ w[i].hash;
        gone = w[i + 1 - size].hash;
        to[i + 1 - size] = (uint32_t)(dup_mix(h) >> 32);
    }
    return n - size + 1;
}

/* Hash above, place below, the later place less: the least of these is the rightmost least. */
static inline uint64_t placed(const uint32_t *run, uint32_t i)
{
    return (uint64_t)run[i] << 32 | (uint32_t)~i;
}

static inline uint64_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* Without branches on the hashes, which no processor can foresee: the least of four is that of two pairs. */
uint32_t dup_winnow(uint32_t *at, const uint32_t *run, uint32_t n)
{
    if (n == 0)
        return 0;
    uint64_t before = placed(run, 0), pair[2] = {UINT64_MAX, UINT64_MAX}; /* those that end one and two places before */
    uint32_t count = 0, last = UINT32_MAX, start = n < DUP_WINDOW ? n - 1 : DUP_WINDOW - 1;
    pair[0] = before;
    for (uint32_t i = 1; i < n; i++) {
        uint64_t here = placed(run, i), two = least(before, here), four = least(two, pair[1]);
        pair[1] = pair[0];
        pair[0] = two;
        before = here;
        if (i < start)
            continue;
        uint32_t where = ~(uint32_t)four;
        at[count] = where;
        count += where != last;
        last = where;
    }
    if (n == 1)
        at[count++] = 0;
    return count;
}

/* An empty bin takes the value of a filled one, chosen by the bin's number alone, so that two texts choose alike. */
static void fill(uint32_t bin[DUP_BINS])
{
    uint32_t old[DUP_BINS];
    memcpy(old, bin, sizeof old);
    for (uint32_t i = 0; i < 3 * DUP_BANDS; i++) {
        if (old[i] != EMPTY)
            continue;
        for (uint32_t t = 1; t < 1024; t++) {
            uint32_t from = (uint32_t)(dup_mix((uint64_t)i << 32 | t) >> 32) % DUP_BINS;
            if (old[from] == EMPTY)
                continue;
            bin[i] = old[from] + t * 0x9e3779b9u;
            break;
        }
    }
}

void dup_bands(uint64_t key[DUP_BANDS], const uint32_t *pick, uint32_t n)
{
    uint32_t bin[DUP_BINS];
    memset(bin, 0xff, sizeof bin);
    for (uint32_t i = 0; i < n; i++) { /* winnowed hashes are small ones: scattered again */
        uint32_t v = pick[i] * 0x9e3779b1u, b = v / (UINT32_MAX / DUP_BINS + 1);
        bin[b] = v < bin[b] ? v : bin[b];
    }
    fill(bin);
    for (uint32_t i = 0; i < DUP_BANDS; i++)
        key[i] = dup_pair((uint64_t)bin[3 * i] << 32 | bin[3 * i + 1], (uint64_t)(i + 1) << 32 | bin[3 * i + 2]);
}
