/* SPDX-License-Identifier: Apache-2.0 */
#include "sketch.h"

#include <string.h>

#include "mix.h"

#define EMPTY UINT32_MAX

uint64_t dup_exact(const struct dup_word *w, uint32_t n)
{
    uint64_t h = n;
    for (uint32_t i = 0; i < n; i++)
        h = dup_pair(h + 0x9e3779b97f4a7c15u, w[i].hash);
    return dup_mix(h);
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

/* An empty bin takes the value of a filled one, chosen by the bin's number alone, so that two texts choose alike. */
static void fill(uint32_t bin[DUP_BINS])
{
    uint32_t old[DUP_BINS];
    memcpy(old, bin, sizeof old);
    for (uint32_t i = 0; i < DUP_BINS; i++) {
        if (old[i] != EMPTY)
            continue;
        for (uint32_t t = 1; t < 1024; t++) {
            uint32_t from = (uint32_t)(dup_mix((uint64_t)i << 32 | t) >> 57);
            if (old[from] == EMPTY)
                continue;
            bin[i] = old[from] + t * 0x9e3779b9u;
            break;
        }
    }
}

void dup_bands(uint64_t key[DUP_BANDS], const uint64_t *shingle, uint32_t n)
{
    uint32_t bin[DUP_BINS];
    memset(bin, 0xff, sizeof bin);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t b = (uint32_t)(shingle[i] >> 57), v = (uint32_t)shingle[i];
        if (v < bin[b])
            bin[b] = v;
    }
    fill(bin);
    for (uint32_t i = 0; i < DUP_BANDS; i++)
        key[i] = dup_pair((uint64_t)bin[3 * i] << 32 | bin[3 * i + 1], (uint64_t)(i + 1) << 32 | bin[3 * i + 2]);
}

uint32_t dup_winnow(uint32_t *at, const uint64_t *shingle, uint32_t n)
{
    uint32_t count = 0, least = 0;
    if (n == 0)
        return 0;
    for (uint32_t i = 1; i < n; i++) {
        if (i >= DUP_WINDOW && least + DUP_WINDOW <= i) { /* the least one left the window */
            at[count++] = least;
            least = i - DUP_WINDOW + 1;
            for (uint32_t j = least + 1; j <= i; j++)
                if (shingle[j] <= shingle[least])
                    least = j;
        } else if (shingle[i] <= shingle[least]) {
            if (i >= DUP_WINDOW && (count == 0 || at[count - 1] != least))
                at[count++] = least;
            least = i;
        }
    }
    if (count == 0 || at[count - 1] != least)
        at[count++] = least;
    return count;
}
