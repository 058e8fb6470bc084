/* SPDX-License-Identifier: Apache-2.0 */
#include "sketch.h"

#include <string.h>
#ifdef __SSE2__
#include <immintrin.h>
#endif

#include "mix.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define WIDER 1
#else
#define WIDER 0
#endif

#define EMPTY UINT32_MAX
#define LANES 4u
#define SHIFT 7u /* bits by which a word is turned for each that stands behind it */

uint64_t dup_exact(const struct dup_word *w, uint32_t n)
{
    uint64_t h[LANES] = {n, 1, 2, 3}, all = 0;
    uint32_t i = 0;
    for (; i + LANES <= n; i += LANES) /* side by side, since each waits for the one before */
        for (uint32_t k = 0; k < LANES; k++)
            h[k] = dup_fold128(h[k] ^ w[i + k].hash, 0xe7037ed1a0b428dbu);
    for (; i < n; i++)
        h[0] = dup_fold128(h[0] ^ w[i].hash, 0xe7037ed1a0b428dbu);
    for (uint32_t k = 0; k < LANES; k++)
        all = dup_pair(all + h[k], 0x9e3779b97f4a7c15u + k);
    return dup_mix(all);
}

static inline void shingles_of(uint64_t *to, const struct dup_word *w, uint32_t count, uint32_t size)
{
    for (uint32_t i = 0; i < count; i++) {
        uint64_t h = w[i].hash;
        for (uint32_t k = 1; k < size; k++)
            h = dup_rotl(h, SHIFT) ^ w[i + k].hash;
        to[i] = h;
    }
}

uint32_t dup_shingles(uint64_t *to, const struct dup_word *w, uint32_t n, uint32_t size)
{
    uint32_t count = n < size ? 0 : n - size + 1;
    if (size == 3) /* the usual size: no loop within the loop */
        shingles_of(to, w, count, 3);
    else
        shingles_of(to, w, count, size);
    return count;
}

uint32_t dup_runs(uint32_t *to, const struct dup_word *w, uint32_t n, uint32_t size)
{
    uint32_t count = n < size ? 0 : n - size + 1;
    uint64_t h = 0;
    for (uint32_t k = 0; k + 1 < size && count; k++)
        h = dup_rotl(h, SHIFT) ^ w[k].hash;
    for (uint32_t i = 0; i < count; i++) { /* of the run before without its first word */
        h = dup_rotl(h, SHIFT) ^ w[i + size - 1].hash;
        to[i] = (uint32_t)(dup_mix(h) >> 32);
        h ^= dup_rotl(w[i].hash, SHIFT * (size - 1));
    }
    return count;
}

#define BLOCK 64u /* places that are judged at a time */
#define NEXT (DUP_WINDOW - 1)

/* Bit i: the hash at i is less than the one `far` places behind it. `run` has BLOCK + NEXT of them. */
#ifdef __SSE2__
static inline __m128i signed_four(const uint32_t *run)
{
    return _mm_xor_si128(_mm_loadu_si128((const __m128i *)(const void *)run), _mm_set1_epi32(INT32_MIN));
}

static inline void less_than(uint64_t less[NEXT], const uint32_t *run)
{
    less[0] = less[1] = less[2] = 0;
    for (uint32_t i = 0; i < BLOCK; i += 4) {
        __m128i here = signed_four(run + i);
        for (uint32_t far = 0; far < NEXT; far++) {
            __m128i more = _mm_cmpgt_epi32(signed_four(run + i + far + 1), here);
            less[far] |= (uint64_t)(uint32_t)_mm_movemask_ps(_mm_castsi128_ps(more)) << i;
        }
    }
}
#else
static inline void less_than(uint64_t less[NEXT], const uint32_t *run)
{
    for (uint32_t far = 0; far < NEXT; far++) {
        less[far] = 0;
        for (uint32_t i = 0; i < BLOCK; i++)
            less[far] |= (uint64_t)(run[i] < run[i + far + 1]) << i;
    }
}
#endif

#if WIDER
#define AVX512 __attribute__((target("avx512f")))

/* Sixteen at a time. */
AVX512 static inline void less_than_wider(uint64_t less[NEXT], const uint32_t *run)
{
    less[0] = less[1] = less[2] = 0;
    for (uint32_t i = 0; i < BLOCK; i += 16) {
        __m512i here = _mm512_loadu_si512(run + i);
        for (uint32_t far = 0; far < NEXT; far++)
            less[far] |= (uint64_t)_mm512_cmplt_epu32_mask(here, _mm512_loadu_si512(run + i + far + 1)) << i;
    }
}
#endif

static inline uint64_t below(uint32_t n)
{
    return n < BLOCK ? (UINT64_C(1) << n) - 1 : UINT64_MAX;
}

static uint32_t least_of_few(const uint32_t *run, uint32_t n)
{
    uint32_t at = 0;
    for (uint32_t i = 1; i < n; i++)
        at = run[i] <= run[at] ? i : at;
    return at;
}

static inline const uint32_t *padded(uint32_t to[BLOCK + NEXT], const uint32_t *run, uint32_t n)
{
    memset(to, 0, (BLOCK + NEXT) * sizeof *to);
    return memcpy(to, run, n * sizeof *to);
}

/* A place is the rightmost least of some window if those beside it that are no less, before it, and greater, behind it,
 * make up a window with it: `left` and `right` have bit i where one, two, three of them do. */
static inline __attribute__((always_inline)) uint32_t winnow(uint32_t *at, const uint32_t *run, uint32_t n,
                                                             void (*compare)(uint64_t *, const uint32_t *))
{
    uint64_t less[NEXT], before[NEXT] = {UINT64_MAX, UINT64_MAX, UINT64_MAX};
    uint32_t count = 0;
    for (uint32_t from = 0; from < n; from += BLOCK) {
        uint32_t tail[BLOCK + NEXT], left = n - from;
        compare(less, left < BLOCK + NEXT ? padded(tail, run + from, left) : run + from);
        for (uint32_t far = 0; far < NEXT; far++)
            less[far] &= below(left > far + 1 ? left - far - 1 : 0);
        uint64_t right1 = less[0], right2 = right1 & less[1], right3 = right2 & less[2];
        uint64_t left1 = ~(less[0] << 1 | before[0] >> 63), left2 = left1 & ~(less[1] << 2 | before[1] >> 62);
        uint64_t left3 = left2 & ~(less[2] << 3 | before[2] >> 61);
        uint64_t picked = (left3 | (left2 & right1) | (left1 & right2) | right3) & below(left);
        memcpy(before, less, sizeof before);
        for (; picked; picked &= picked - 1)
            at[count++] = from + (uint32_t)__builtin_ctzll(picked);
    }
    return count;
}

#if WIDER
AVX512 static uint32_t winnow_wider(uint32_t *at, const uint32_t *run, uint32_t n)
{
    return winnow(at, run, n, less_than_wider);
}
#endif

uint32_t dup_winnow_plain(uint32_t *at, const uint32_t *run, uint32_t n)
{
    if (n == 0 || n >= DUP_WINDOW)
        return winnow(at, run, n, less_than);
    at[0] = least_of_few(run, n);
    return 1;
}

uint32_t dup_winnow(uint32_t *at, const uint32_t *run, uint32_t n)
{
#if WIDER
    if (n >= DUP_WINDOW && __builtin_cpu_supports("avx512f"))
        return winnow_wider(at, run, n);
#endif
    return dup_winnow_plain(at, run, n);
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
