/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs of bytes, many at a time: sixteen with SSE2 (every x86-64 has it), eight in a number elsewhere. Bytes of longer
 * characters count as letters here: who decodes them tells.
 */
#ifndef CLAIMS_RUN_H
#define CLAIMS_RUN_H

#include <endian.h>
#include <stddef.h>
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

/* The bytes of v that lead a character; *odd: those of them outside of U+00C0 to U+027F and U+0400 to U+047F. */
static inline uint32_t run_leads(__m128i v, uint32_t *odd)
{
    __m128i lead = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8(-65)), _mm_cmplt_epi8(v, _mm_setzero_si128()));
    __m128i latin = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8((char)0xc2)),
                                  _mm_cmplt_epi8(v, _mm_set1_epi8((char)0xca)));
    __m128i other = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xd0)),
                                 _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xd1)));
    *odd = (uint32_t)_mm_movemask_epi8(_mm_andnot_si128(_mm_or_si128(latin, other), lead));
    return (uint32_t)_mm_movemask_epi8(lead);
}

/* The bytes of v that may end U+00D7 or U+00F7, which are no letters, and those that lead them. */
static inline uint32_t run_sign_ends(__m128i v, uint32_t *leads)
{
    *leads = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xc3)));
    return (uint32_t)_mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8((char)0x97)),
                                                    _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xb7))));
}

/* 0: the n bytes at p, n < RUN_KEY, are not all ASCII letters and whole letters of U+00C0 to U+027F and U+0400 to
 * U+047F, or may not be; RUN_KEY bytes can be read there. */
static inline int run_simple(const char *p, uint32_t n)
{
    __m128i a = _mm_loadu_si128((const __m128i *)(const void *)p),
            b = _mm_loadu_si128((const __m128i *)(const void *)(p + 16));
    uint32_t in = ((uint32_t)1 << n) - 1, odd[2], c3[2];
    uint32_t high = ((uint32_t)_mm_movemask_epi8(a) | (uint32_t)_mm_movemask_epi8(b) << 16) & in;
    if (!high)
        return 1;
    uint32_t lead = (run_leads(a, odd) | run_leads(b, odd + 1) << 16) & in;
    uint32_t sign = run_sign_ends(a, c3) | run_sign_ends(b, c3 + 1) << 16;
    return !((odd[0] | odd[1] << 16 | (sign & (c3[0] | c3[1] << 16) << 1)) & in) && (high & ~lead) == lead << 1;
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
static inline int run_simple(const char *p, uint32_t n)
{
    uint32_t high = 0;
    for (uint32_t k = 0; k < n; k++)
        high |= (unsigned char)p[k];
    return high < 0x80;
}

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

/* A run of less than sixteen ASCII letters at p, where so many bytes can be read: its bytes, zeros behind it. 0: it is
 * longer, or has other letters. */
static inline uint32_t run_short(const char *p, uint64_t part[2])
{
#ifdef __SSE2__
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p), low = _mm_or_si128(v, _mm_set1_epi8(0x20));
    __m128i letter =
        _mm_and_si128(_mm_cmpgt_epi8(low, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(low, _mm_set1_epi8('z' + 1)));
    uint32_t n = (uint32_t)__builtin_ctz(~(uint32_t)_mm_movemask_epi8(letter));
    if (n == 16 || _mm_movemask_epi8(v) >> n & 1)
        return 0;
    static const unsigned char keep[32] = {255, 255, 255, 255, 255, 255, 255, 255,
                                           255, 255, 255, 255, 255, 255, 255, 255};
    v = _mm_and_si128(v, _mm_loadu_si128((const __m128i *)(const void *)(keep + 16 - n)));
    _mm_storeu_si128((__m128i *)(void *)part, v);
    return n;
#else
    uint32_t n = 0;
    for (; n < 16 && ((unsigned char)p[n] | 0x20) - 'a' < 26u; n++)
        ;
    if (n == 16 || (unsigned char)p[n] >= 0x80)
        return 0;
    part[0] = part[1] = 0;
    memcpy(part, p, n);
    return n;
#endif
}

static inline int run_same(const struct run_key *a, const struct run_key *b)
{
    uint64_t differs = 0;
    for (uint32_t k = 0; k < RUN_KEY / 8; k++)
        differs |= a->part[k] ^ b->part[k];
    return !differs;
}

/* The run of letters at p; its bytes, 0 where it is too long. */
static inline uint32_t run_read(struct run_key *key, const char *p, const char *stop, const char *readable)
{
    char copy[RUN_KEY];
    ptrdiff_t most = stop - p;
    if (readable - p < RUN_KEY) {
        memset(copy, 0, sizeof copy);
        memcpy(copy, p, (size_t)(most < RUN_KEY ? most : RUN_KEY));
        p = copy;
    }
    uint32_t n = run_size(p);
    if (n > most)
        n = (uint32_t)most;
    if (n == RUN_KEY)
        return 0;
    run_take(key, p, n);
    return n;
}

static inline uint64_t run_hash_end(uint64_t h)
{
    h ^= h >> 29;
    return h * 0xbf58476d1ce4e5b9u >> 40;
}
static inline uint64_t run_hash(const struct run_key *key)
{
    uint64_t h = key->part[0] * 0x9e3779b97f4a7c15u ^ key->part[1] * 0xda942042e4dd58b5u;
    return run_hash_end(h ^ (key->part[2] ^ key->part[3] << 1) * 0x9fb21c651e98df25u);
}
/* The same of a short run. */
static inline uint64_t run_hash_short(const uint64_t part[2])
{
    return run_hash_end(part[0] * 0x9e3779b97f4a7c15u ^ part[1] * 0xda942042e4dd58b5u);
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
