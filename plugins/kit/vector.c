/* SPDX-License-Identifier: Apache-2.0
 *
 * Sixteen bytes at once (SSSE3: each byte looks up its half in a table of sixteen entries that lies in a register).
 *
 * UTF-8 is checked by the method of Keiser and Lemire (Validating UTF-8 in less than one instruction per byte,
 * Software: Practice and Experience 51, 2021). All errors but one show in two bytes that follow each other, in fact in
 * the first one and the high half of the second. So three tables, one for each half, hold a bit for each kind of error;
 * a bit that is in all three look-ups is an error. The one that remains is a byte that continues: whether the third and
 * the fourth byte of a character have to be ones only the byte two or three before can say. CONTINUES is no error
 * therefore but has to be there exactly where those bytes ask for it.
 *
 * A sieve is the same with tables of the caller's, for four bytes in a row and with both halves of each.
 */
#include "vector.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

#define SSSE3 __attribute__((target("ssse3")))

int vector_here(void)
{
    return __builtin_cpu_supports("ssse3") != 0;
}

SSSE3 static inline __m128i load(const char *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

SSSE3 static inline __m128i high_half(__m128i bytes)
{
    return _mm_and_si128(_mm_srli_epi16(bytes, 4), _mm_set1_epi8(15));
}

SSSE3 static inline __m128i low_half(__m128i bytes)
{
    return _mm_and_si128(bytes, _mm_set1_epi8(15));
}

/* ---- UTF-8 ---- */

#define TOO_SHORT 1u      /* a lead, then no byte that continues */
#define TOO_LONG 2u       /* ASCII, then one */
#define OVERLONG_2 4u     /* C0, C1 */
#define OVERLONG_3 8u     /* E0 80-9F */
#define OVERLONG_4 16u    /* F0 80-8F; also F5 and above, before these */
#define SURROGATE 32u     /* ED A0-BF */
#define TOO_LARGE 64u     /* F4 90-BF, and F5 and above before any */
#define CONTINUES 128u    /* two that continue in a row */
#define AFTER_ANY (TOO_SHORT | TOO_LONG | CONTINUES) /* of which the first byte's low half says nothing */

static const unsigned char first_high[16] = {TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             CONTINUES,
                                             CONTINUES,
                                             CONTINUES,
                                             CONTINUES,
                                             TOO_SHORT | OVERLONG_2,
                                             TOO_SHORT,
                                             TOO_SHORT | OVERLONG_3 | SURROGATE,
                                             TOO_SHORT | TOO_LARGE | OVERLONG_4};
static const unsigned char first_low[16] = {AFTER_ANY | OVERLONG_2 | OVERLONG_3 | OVERLONG_4,
                                            AFTER_ANY | OVERLONG_2,
                                            AFTER_ANY,
                                            AFTER_ANY,
                                            AFTER_ANY | TOO_LARGE,
                                            AFTER_ANY | TOO_LARGE | OVERLONG_4,
                                            AFTER_ANY | TOO_LARGE | OVERLONG_4,
                                            AFTER_ANY | TOO_LARGE | OVERLONG_4,
                                            AFTER_ANY | TOO_LARGE | OVERLONG_4,
                                            AFTER_ANY | TOO_LARGE | OVERLONG_4,
                                            AFTER_ANY | TOO_LARGE | OVERLONG_4,
                                            AFTER_ANY | TOO_LARGE | OVERLONG_4,
                                            AFTER_ANY | TOO_LARGE | OVERLONG_4,
                                            AFTER_ANY | TOO_LARGE | OVERLONG_4 | SURROGATE,
                                            AFTER_ANY | TOO_LARGE | OVERLONG_4,
                                            AFTER_ANY | TOO_LARGE | OVERLONG_4};
static const unsigned char second_high[16] = {TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_LONG | CONTINUES | OVERLONG_2 | OVERLONG_3 | OVERLONG_4,
                                              TOO_LONG | CONTINUES | OVERLONG_2 | OVERLONG_3 | TOO_LARGE,
                                              TOO_LONG | CONTINUES | OVERLONG_2 | SURROGATE | TOO_LARGE,
                                              TOO_LONG | CONTINUES | OVERLONG_2 | SURROGATE | TOO_LARGE,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT};

/* Not 0 where one of the sixteen bytes is wrong, given the three before them. */
SSSE3 static inline __m128i utf8_errors(const char *p)
{
    __m128i here = load(p), before = load(p - 1);
    __m128i kinds = _mm_and_si128(_mm_shuffle_epi8(load((const char *)first_high), high_half(before)),
                                  _mm_shuffle_epi8(load((const char *)first_low), low_half(before)));
    kinds = _mm_and_si128(kinds, _mm_shuffle_epi8(load((const char *)second_high), high_half(here)));
    /* 0x80 and above: E0 and above two bytes before, F0 and above three before. */
    __m128i third = _mm_subs_epu8(load(p - 2), _mm_set1_epi8(0x60)),
            fourth = _mm_subs_epu8(load(p - 3), _mm_set1_epi8(0x70));
    __m128i asked = _mm_and_si128(_mm_or_si128(third, fourth), _mm_set1_epi8((char)CONTINUES));
    return _mm_xor_si128(kinds, asked);
}

SSSE3 static inline int all_ascii(const char *p)
{
    __m128i all = _mm_or_si128(_mm_or_si128(load(p), load(p + 16)), _mm_or_si128(load(p + 32), load(p + 48)));
    return _mm_movemask_epi8(all) == 0;
}

SSSE3 static inline int is_zero(__m128i v)
{
    return _mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_setzero_si128())) == 0xffff;
}

SSSE3 uint64_t vector_utf8(const char *text, uint64_t at, uint64_t size)
{
    for (; size - at >= VECTOR_STRIDE; at += VECTOR_STRIDE) {
        const char *p = text + at;
        __m128i wrong = utf8_errors(p); /* also before ASCII: a character may be cut short there */
        if (!all_ascii(p)) {
            wrong = _mm_or_si128(wrong, utf8_errors(p + 16));
            wrong = _mm_or_si128(wrong, _mm_or_si128(utf8_errors(p + 32), utf8_errors(p + 48)));
        }
        if (!is_zero(wrong))
            break;
    }
    return at;
}

/* ---- sieve ---- */

/* The patterns under which byte i of a window may be each of these bytes. */
SSSE3 static inline __m128i patterns(const struct assay_sieve *sieve, uint32_t i, __m128i bytes)
{
    return _mm_and_si128(_mm_shuffle_epi8(load((const char *)sieve->high[i]), high_half(bytes)),
                         _mm_shuffle_epi8(load((const char *)sieve->low[i]), low_half(bytes)));
}

SSSE3 static inline uint64_t passing(const struct assay_sieve *sieve, const char *p)
{
    __m128i left = _mm_and_si128(_mm_and_si128(patterns(sieve, 0, load(p - 2)), patterns(sieve, 1, load(p - 1))),
                                 _mm_and_si128(patterns(sieve, 2, load(p)), patterns(sieve, 3, load(p + 1))));
    return (uint64_t)_mm_movemask_epi8(_mm_cmpeq_epi8(left, _mm_setzero_si128())) ^ 0xffff;
}

SSSE3 uint32_t vector_sieve(const struct assay_sieve *sieve, const char *text, uint64_t size, uint64_t *at,
                            uint64_t *places, uint32_t most)
{
    const struct assay_sieve kept = *sieve;
    uint32_t n = 0;
    while (size - *at > VECTOR_STRIDE && most - n >= VECTOR_STRIDE) {
        const char *p = text + *at;
        if (!all_ascii(p)) {
            uint64_t left = passing(&kept, p) | passing(&kept, p + 16) << 16 | passing(&kept, p + 32) << 32 |
                            passing(&kept, p + 48) << 48;
            for (; left; left &= left - 1)
                places[n++] = *at + (uint64_t)__builtin_ctzll(left);
        }
        *at += VECTOR_STRIDE;
    }
    return n;
}

#else

int vector_here(void)
{
    return 0;
}

uint64_t vector_utf8(const char *text, uint64_t at, uint64_t size)
{
    (void)text;
    (void)size;
    return at;
}

uint32_t vector_sieve(const struct assay_sieve *sieve, const char *text, uint64_t size, uint64_t *at, uint64_t *places,
                      uint32_t most)
{
    (void)sieve;
    (void)text;
    (void)size;
    (void)at;
    (void)places;
    (void)most;
    return 0;
}

#endif
