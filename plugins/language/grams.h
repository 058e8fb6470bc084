/* SPDX-License-Identifier: Apache-2.0
 *
 * Features of a word: hashed n-grams of its lower-case characters, with its borders, and its place in the dictionary.
 * The trainer and the engine share this file, so that they cannot differ.
 */
#ifndef LANGUAGE_GRAMS_H
#define LANGUAGE_GRAMS_H

#include <stddef.h>
#include <stdint.h>

#include "chars.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define WORD_MOST 62u /* characters of a word that count */
#define GRAMS_MOST (5 * (WORD_MOST + 2))
#define BORDER 1u
#define GRAMS_MULTIPLIER 0x9e3779b97f4a7c15ull

/* n-grams have 2 to 5 characters, in Han 1 and 2. An n-gram's hash is a sum of its characters times constants, so that
 * the longer one costs one addition more, and is mixed at the end. */
static inline uint32_t grams_mix(uint64_t h, uint32_t bits)
{
    return (uint32_t)((h ^ h >> 29) * GRAMS_MULTIPLIER >> (64 - bits));
}

/* Rows of the table (of 1 << bits rows) for the word c[1..n], where c[0] and c[n+1] are BORDER. Gives how many. */
static inline uint32_t grams_rows(const uint16_t *c, uint32_t n, uint32_t group, uint32_t bits, uint32_t *row)
{
    uint32_t count = 0;
    for (uint32_t i = 1; i <= n + 1; i++) {
        uint64_t h = c[i] * 0xd6e8feb86659fd93ull;
        if (group == GROUP_HAN && i <= n)
            row[count++] = grams_mix(h, bits);
        h += c[i - 1] * 0xa0761d6478bd642full;
        row[count++] = grams_mix(h, bits);
        if (i < 2 || group == GROUP_HAN)
            continue;
        h += c[i - 2] * 0xe7037ed1a0b428dbull;
        row[count++] = grams_mix(h, bits);
        if (i < 3)
            continue;
        h += c[i - 3] * 0x8ebc6af09c88c6e3ull;
        row[count++] = grams_mix(h, bits);
        if (i < 4)
            continue;
        h += c[i - 4] * 0x589965cc75374cc3ull;
        row[count++] = grams_mix(h, bits);
    }
    return count;
}

/* Hash of the word for the dictionary. */
static inline uint64_t grams_word(const uint16_t *c, uint32_t n)
{
    uint64_t h = n;
    for (uint32_t i = 1; i <= n; i++) {
        h = (h ^ c[i]) * GRAMS_MULTIPLIER;
        h ^= h >> 29;
    }
    h *= 0xff51afd7ed558ccdull;
    return h ^ h >> 32;
}

/* ---- the dictionary: buckets of 16 entries of 16 bits: 9 bits of the hash, 7 bits class and tier ---- */
#define DICT_BUCKET 16u
#define DICT_CLASS(entry) ((entry)&63u)
#define DICT_TIER(entry) ((entry) >> 6 & 1u)
#define DICT_FREE 0xffffu

static inline size_t dict_bucket(uint64_t word, uint32_t buckets)
{
    return (size_t)((word >> 32) * buckets >> 32);
}

static inline uint32_t dict_print(uint64_t word)
{
    return (uint32_t)word & 0xff80u;
}

/* Bit i: entry i is of the word. */
static inline uint32_t dict_match(const uint16_t *bucket, uint32_t print)
{
    uint32_t match = 0;
#if defined(__SSE2__)
    const __m128i want = _mm_set1_epi16((short)print), mask = _mm_set1_epi16((short)0xff80), none = _mm_set1_epi16(-1);
    __m128i a = _mm_loadu_si128((const __m128i *)(const void *)bucket);
    __m128i b = _mm_loadu_si128((const __m128i *)(const void *)(bucket + 8));
    __m128i hit_a = _mm_andnot_si128(_mm_cmpeq_epi16(a, none), _mm_cmpeq_epi16(_mm_and_si128(a, mask), want));
    __m128i hit_b = _mm_andnot_si128(_mm_cmpeq_epi16(b, none), _mm_cmpeq_epi16(_mm_and_si128(b, mask), want));
    match = (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(hit_a, hit_b));
#else
    for (uint32_t i = 0; i < DICT_BUCKET; i++)
        match |= (uint32_t)((bucket[i] & 0xff80u) == print && bucket[i] != DICT_FREE) << i;
#endif
    return match;
}

#endif
