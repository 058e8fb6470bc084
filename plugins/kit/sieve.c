/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/sieve.h>

#include "vector.h"

void assay_sieve_add(struct assay_sieve *sieve, uint32_t pattern, const unsigned char window[ASSAY_SIEVE_WINDOW])
{
    for (uint32_t i = 0; i < ASSAY_SIEVE_WINDOW; i++) {
        sieve->high[i][window[i] >> 4] |= (unsigned char)(1u << pattern);
        sieve->low[i][window[i] & 15] |= (unsigned char)(1u << pattern);
    }
}

static uint32_t patterns(const struct assay_sieve *sieve, uint32_t i, unsigned char byte)
{
    return sieve->high[i][byte >> 4] & sieve->low[i][byte & 15];
}

static int passes(const struct assay_sieve *sieve, const unsigned char *text, uint64_t at, uint64_t size)
{
    uint32_t left = text[at] < 0x80 ? 0 : patterns(sieve, 2, text[at]);
    if (!left)
        return 0;
    left &= patterns(sieve, 3, at + 1 < size ? text[at + 1] : 0);
    left &= patterns(sieve, 1, at > 0 ? text[at - 1] : 0);
    return (left & patterns(sieve, 0, at > 1 ? text[at - 2] : 0)) != 0;
}

static uint32_t gather(const struct assay_sieve *sieve, const char *text, uint64_t size, uint64_t to, uint64_t *at,
                       uint64_t *places, uint32_t most)
{
    uint32_t n = 0;
    for (; *at < to && n < most; ++*at)
        if (passes(sieve, (const unsigned char *)text, *at, size))
            places[n++] = *at;
    return n;
}

uint32_t assay_sieve_gather(const struct assay_sieve *sieve, struct assay_text text, uint64_t *at, uint64_t *places,
                            uint32_t most)
{
    uint64_t head = text.size < VECTOR_MARGIN ? text.size : VECTOR_MARGIN;
    uint32_t n = gather(sieve, text.at, text.size, head, at, places, most);
    if (most - n < VECTOR_STRIDE || *at < head || !vector_here())
        return n + gather(sieve, text.at, text.size, text.size, at, places + n, most - n);
    n += vector_sieve(sieve, text.at, text.size, at, places + n, most - n);
    if (text.size - *at > VECTOR_STRIDE)
        return n;
    return n + gather(sieve, text.at, text.size, text.size, at, places + n, most - n);
}
