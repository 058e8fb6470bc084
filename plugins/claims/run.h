/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs of bytes, many at a time: sixteen with SSE2 (every x86-64 has it), eight in a number elsewhere. Bytes of longer
 * characters count as letters here: who decodes them tells.
 */
#ifndef CLAIMS_RUN_H
#define CLAIMS_RUN_H

#include <endian.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { RUN_KEY = 32 };

/* The bytes of a run, zeros behind it. */
struct run_key {
    uint64_t part[RUN_KEY / 8];
};

static inline uint64_t run_eight(const char *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return le64toh(v);
}

/* The high bit of every byte of v that is below `from` or above `to` (both ASCII) in its low seven bits. */
static inline uint64_t run_outside(uint64_t v, uint32_t from, uint32_t to)
{
    const uint64_t ones = 0x0101010101010101u, high = ones << 7;
    uint64_t low = v & ~high;
    return ~((low + ones * (0x80 - from)) & ~(low + ones * (0x7f - to))) & high;
}

#ifdef __SSE2__
static inline uint32_t run_letters(const char *p)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p), low = _mm_or_si128(v, _mm_set1_epi8(0x20));
    __m128i letter =
        _mm_and_si128(_mm_cmpgt_epi8(low, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(low, _mm_set1_epi8('z' + 1)));
    return (uint32_t)_mm_movemask_epi8(_mm_or_si128(letter, v));
}

/* How many of the RUN_KEY bytes at p are letters, from the first on. */
static inline uint32_t run_size(const char *p)
{
    uint32_t other = ~(run_letters(p) | run_letters(p + 16) << 16);
    return other ? (uint32_t)__builtin_ctz(other) : RUN_KEY;
}

static inline void run_take(struct run_key *key, const char *p, uint32_t n)
{
    static const unsigned char keep[2 * RUN_KEY] = {
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    const unsigned char *mask = keep + RUN_KEY - n;
    for (uint32_t k = 0; k < RUN_KEY; k += 16)
        _mm_storeu_si128((__m128i *)(void *)((char *)key->part + k),
                         _mm_and_si128(_mm_loadu_si128((const __m128i *)(const void *)(p + k)),
                                       _mm_loadu_si128((const __m128i *)(const void *)(mask + k))));
}
#else
static inline uint32_t run_size(const char *p)
{
    for (uint32_t k = 0; k < RUN_KEY; k += 8) {
        uint64_t v = run_eight(p + k), other = run_outside(v | 0x2020202020202020u, 'a', 'z') & ~v;
        if (other)
            return k + (uint32_t)__builtin_ctzll(other) / 8;
    }
    return RUN_KEY;
}

static inline void run_take(struct run_key *key, const char *p, uint32_t n)
{
    memset(key, 0, sizeof *key);
    memcpy(key->part, p, n);
}
#endif

static inline int run_same(const struct run_key *a, const struct run_key *b)
{
    uint64_t differs = 0;
    for (uint32_t k = 0; k < RUN_KEY / 8; k++)
        differs |= a->part[k] ^ b->part[k];
    return !differs;
}

/* The first digit from p on, or end. */
static inline const char *run_digit(const char *p, const char *end)
{
    for (; end - p >= 8; p += 8) {
        uint64_t v = run_eight(p), digit = ~(run_outside(v, '0', '9') | v) & 0x8080808080808080u;
        if (digit)
            return p + __builtin_ctzll(digit) / 8;
    }
    while (p < end && !(*p >= '0' && *p <= '9'))
        p++;
    return p;
}

#endif
