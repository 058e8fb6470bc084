/* SPDX-License-Identifier: Apache-2.0
 *
 * Each has ways for processors that take more bytes at once. What costs most is to make of a mask the places of its
 * bits: with AVX2 a table has those of each byte, with AVX-512 one instruction does it (VBMI2), about as quickly.
 */
#include "scan.h"

#include <stddef.h>
#include <string.h>
#ifdef __SSE2__
#include <immintrin.h>
#endif

#if defined(__x86_64__) && defined(__GNUC__)
#define WIDER 1
#else
#define WIDER 0
#endif

/* ---- signs ---- */

#define STRETCH 4096u /* bytes that are asked for at once */
#define LINE 64u      /* of the cache */

typedef uint8_t many __attribute__((vector_size(32))); /* whatever takes as many bytes at once: compilers split it */

struct signs { /* bytes that are not zero where a sign stands */
    many backslash, percent, ampersand, line, arrow;
};

/* Of bytes, and those behind each of them. */
static inline __attribute__((always_inline)) void add_signs(struct signs *s, const uint8_t *p, const uint8_t *behind)
{
    many c, next;
    memcpy(&c, p, sizeof c);
    memcpy(&next, behind, sizeof next);
    s->backslash |= (many)(c == '\\');
    s->percent |= (many)(c == '%');
    s->ampersand |= (many)(c == '&');
    s->line |= (many)(c == '-') & (many)(next <= '\r');
    s->arrow |= (many)(c == '-') & (many)(next == '>');
}

static inline __attribute__((always_inline)) uint32_t if_any(const many *found, uint32_t sign)
{
    uint64_t part[4];
    memcpy(part, found, sizeof part);
    return part[0] | part[1] | part[2] | part[3] ? sign : 0;
}

/* Of bytes that are each followed by another; most texts have no sign, or one of them. */
static inline __attribute__((always_inline)) uint32_t signs_in(const uint8_t *p, size_t size)
{
    struct signs s = {{0}, {0}, {0}, {0}, {0}};
    uint8_t last[sizeof(many)] = {0}, behind[sizeof(many)] = {0};
    for (; size >= sizeof(many); p += sizeof(many), size -= sizeof(many))
        add_signs(&s, p, p + 1);
    if (size) {
        memcpy(last, p, size);
        memcpy(behind, p + 1, size);
        add_signs(&s, last, behind);
    }
    return if_any(&s.backslash, DUP_BACKSLASH) | if_any(&s.percent, DUP_PERCENT) |
           if_any(&s.ampersand, DUP_AMPERSAND) | if_any(&s.line, DUP_LINE_HYPHEN) | if_any(&s.arrow, DUP_ARROW);
}

#if WIDER
__attribute__((target("avx2"))) static uint32_t signs_in_wider(const uint8_t *p, size_t size)
{
    return signs_in(p, size);
}
#endif

void dup_ask_for(const char *text, uint64_t size)
{
    for (uint64_t at = 0; at < size && at < STRETCH; at += LINE)
        __builtin_prefetch(text + at);
}

uint32_t dup_signs(const char *text, uint64_t from, uint64_t to)
{
    const uint8_t *p = (const uint8_t *)text + from;
    size_t size = to > from ? to - from - 1 : 0;
#if WIDER
    if (__builtin_cpu_supports("avx2"))
        return signs_in_wider(p, size);
#endif
    return signs_in(p, size);
}

/* ---- runs ---- */

#define BLOCK 64u

#ifdef __SSE2__
static inline uint64_t in_runs_16(const char *p)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    /* only a to z, and 0 to 9, end up above what is compared with */
    __m128i letter = _mm_add_epi8(_mm_or_si128(v, _mm_set1_epi8(0x20)), _mm_set1_epi8(127 - 'z'));
    __m128i digit = _mm_add_epi8(v, _mm_set1_epi8(127 - '9'));
    __m128i word =
        _mm_or_si128(_mm_cmpgt_epi8(letter, _mm_set1_epi8(127 - 26)), _mm_cmpgt_epi8(digit, _mm_set1_epi8(127 - 10)));
    return (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_or_si128(word, v));
}
#else
static inline uint64_t in_runs_16(const char *p)
{
    uint64_t in = 0;
    for (uint32_t i = 0; i < 16; i++) {
        unsigned char c = (unsigned char)p[i];
        in |= (uint64_t)(c >= 0x80 || (unsigned char)((c | 32) - 'a') < 26 || (unsigned char)(c - '0') < 10) << i;
    }
    return in;
}
#endif

/* One bit for each of BLOCK bytes that belongs to a run. */
static inline uint64_t in_runs(const char *p)
{
    return in_runs_16(p) | in_runs_16(p + 16) << 16 | in_runs_16(p + 32) << 32 | in_runs_16(p + 48) << 48;
}

static inline uint32_t ones(uint64_t x)
{
    x -= x >> 1 & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
    return (uint32_t)(((x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu) * 0x0101010101010101u >> 56);
}

static inline uint32_t lowest(uint64_t x)
{
    return (uint32_t)__builtin_ctzll(x | UINT64_C(1) << 63);
}

/* A run that has not ended ends with the text. */
static inline uint32_t close_edges(uint32_t *edge, uint32_t n, uint64_t at, uint64_t *from, uint64_t to)
{
    *from = at < to ? at : to;
    if (at >= to && n & 1)
        edge[n++] = (uint32_t)to;
    return n;
}

/* The block there, in `tail` where the text ends within it. */
static inline const char *block_at(const char *text, uint64_t at, uint64_t to, char *tail)
{
    if (to - at >= BLOCK)
        return text + at;
    memset(tail, 0, BLOCK);
    return memcpy(tail, text + at, to - at);
}

uint32_t dup_find_edges_plain(uint32_t *edge, uint32_t n, const char *text, uint64_t *from, uint64_t to)
{
    uint64_t at = *from, inside = n & 1, end = to - at < DUP_SCANNED ? to : at + DUP_SCANNED;
    for (; at < end; at += BLOCK) {
        char tail[BLOCK];
        const char *p = block_at(text, at, to, tail);
        uint64_t in = in_runs(p), change = in ^ (in << 1 | inside);
        uint32_t count = ones(change);
        inside = in >> 63;
        for (uint32_t i = 0; i < count; i += 4) { /* up to three too many, which are written over */
            uint64_t second = change & (change - 1), third = second & (second - 1), fourth = third & (third - 1);
            edge[n + i] = (uint32_t)at + lowest(change);
            edge[n + i + 1] = (uint32_t)at + lowest(second);
            edge[n + i + 2] = (uint32_t)at + lowest(third);
            edge[n + i + 3] = (uint32_t)at + lowest(fourth);
            change = fourth & (fourth - 1);
        }
        n += count;
    }
    return close_edges(edge, n, at, from, to);
}

#if WIDER
#define AVX2 __attribute__((target("avx2,popcnt")))

/* The places of the bits of each byte, the lowest one in the lowest byte. */
#define BIT(b, i) ((uint64_t)((b) >> (i)) & 1)
#define PUT(x, b, i) ((x) << 8 * BIT(b, i) | (i) * BIT(b, i))
#define PLACES(b) PUT(PUT(PUT(PUT(PUT(PUT(PUT(PUT(UINT64_C(0), b, 7), b, 6), b, 5), b, 4), b, 3), b, 2), b, 1), b, 0)
#define PLACES_4(b) PLACES(b), PLACES((b) + 1), PLACES((b) + 2), PLACES((b) + 3)
#define PLACES_16(b) PLACES_4(b), PLACES_4((b) + 4), PLACES_4((b) + 8), PLACES_4((b) + 12)
#define PLACES_64(b) PLACES_16(b), PLACES_16((b) + 16), PLACES_16((b) + 32), PLACES_16((b) + 48)
static const uint64_t places[256] = {PLACES_64(0), PLACES_64(64), PLACES_64(128), PLACES_64(192)};

AVX2 static inline uint64_t in_runs_32(const char *p)
{
    __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i letter = _mm256_add_epi8(_mm256_or_si256(v, _mm256_set1_epi8(0x20)), _mm256_set1_epi8(127 - 'z'));
    __m256i digit = _mm256_add_epi8(v, _mm256_set1_epi8(127 - '9'));
    __m256i word = _mm256_or_si256(_mm256_cmpgt_epi8(letter, _mm256_set1_epi8(127 - 26)),
                                   _mm256_cmpgt_epi8(digit, _mm256_set1_epi8(127 - 10)));
    return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(word, v));
}

/* Eight places at a time, of a byte of the mask each; some too many, which are written over. */
AVX2 static uint32_t find_edges_wide(uint32_t *edge, uint32_t n, const char *text, uint64_t *from, uint64_t to)
{
    uint64_t at = *from, inside = n & 1, end = to - at < DUP_SCANNED ? to : at + DUP_SCANNED;
    for (; at < end; at += BLOCK) {
        char tail[BLOCK];
        const char *p = block_at(text, at, to, tail);
        uint64_t in = in_runs_32(p) | in_runs_32(p + 32) << 32, change = in ^ (in << 1 | inside);
        inside = in >> 63;
        for (uint32_t i = 0; i < BLOCK; i += 8) {
            uint32_t byte = change >> i & 255;
            __m256i place = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((int64_t)places[byte]));
            _mm256_storeu_si256((__m256i *)(void *)(edge + n),
                                _mm256_add_epi32(place, _mm256_set1_epi32((int)(at + i))));
            n += (uint32_t)__builtin_popcount(byte);
        }
    }
    return close_edges(edge, n, at, from, to);
}

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt")))

AVX512 static inline uint64_t in_runs_64(__m512i v)
{
    __m512i letter = _mm512_sub_epi8(_mm512_or_si512(v, _mm512_set1_epi8(0x20)), _mm512_set1_epi8('a'));
    __m512i digit = _mm512_sub_epi8(v, _mm512_set1_epi8('0'));
    return _mm512_cmplt_epu8_mask(letter, _mm512_set1_epi8(26)) | _mm512_cmplt_epu8_mask(digit, _mm512_set1_epi8(10)) |
           _mm512_movepi8_mask(v);
}

/* Sixteen places of a block. */
AVX512 static inline void put_edges(uint32_t *edge, uint64_t at, __m128i place)
{
    _mm512_storeu_si512(edge, _mm512_add_epi32(_mm512_set1_epi32((int)at), _mm512_cvtepu8_epi32(place)));
}

AVX512 static uint32_t find_edges_wider(uint32_t *edge, uint32_t n, const char *text, uint64_t *from, uint64_t to)
{
    static const uint8_t number[BLOCK] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    const __m512i numbers = _mm512_loadu_si512(number);
    uint64_t at = *from, inside = n & 1, end = to - at < DUP_SCANNED ? to : at + DUP_SCANNED;
    for (; at < end; at += BLOCK) {
        uint64_t there = to - at < BLOCK ? (UINT64_C(1) << (to - at)) - 1 : UINT64_MAX;
        uint64_t in = in_runs_64(_mm512_maskz_loadu_epi8(there, text + at)), change = in ^ (in << 1 | inside);
        __m512i place = _mm512_maskz_compress_epi8(change, numbers);
        uint32_t count = (uint32_t)__builtin_popcountll(change);
        inside = in >> 63;
        put_edges(edge + n, at, _mm512_castsi512_si128(place)); /* some too many, which are written over */
        if (count > 16)
            put_edges(edge + n + 16, at, _mm512_extracti32x4_epi32(place, 1));
        if (count > 32) {
            put_edges(edge + n + 32, at, _mm512_extracti32x4_epi32(place, 2));
            put_edges(edge + n + 48, at, _mm512_extracti32x4_epi32(place, 3));
        }
        n += count;
    }
    return close_edges(edge, n, at, from, to);
}
#endif

uint32_t dup_find_edges_wide(uint32_t *edge, uint32_t n, const char *text, uint64_t *from, uint64_t to)
{
#if WIDER
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt"))
        return find_edges_wide(edge, n, text, from, to);
#endif
    return dup_find_edges_plain(edge, n, text, from, to);
}

uint32_t dup_find_edges(uint32_t *edge, uint32_t n, const char *text, uint64_t *from, uint64_t to)
{
#if WIDER
    if (__builtin_cpu_supports("avx512vbmi2"))
        return find_edges_wider(edge, n, text, from, to);
#endif
    return dup_find_edges_wide(edge, n, text, from, to);
}
