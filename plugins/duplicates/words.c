/* SPDX-License-Identifier: Apache-2.0 */
#include "words.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>

#include "mix.h"

#define PART 64 /* bytes of a folded word that are hashed at a time */

enum { PLAIN, CP1251_AS_LATIN1, UTF8_AS_LATIN1 };

struct reader {
    const struct dup_folding *folding;
    const char *begin, *end;
    const char *line_end; /* the line up to here was looked at for mojibake */
    int mode;
};

/* ---- the table ---- */

static uint32_t entry(const UNormalizer2 *nfd, uint32_t cp)
{
    uint32_t class = assay_class(cp);
    if (class == ASSAY_CP_MARK || class == ASSAY_CP_IGNORE)
        return 1;
    if (class == ASSAY_CP_DIGIT)
        return (uint32_t)('0' + assay_digit(cp));
    if (class != ASSAY_CP_LETTER && class != ASSAY_CP_IDEOGRAPH)
        return 0;
    uint32_t folded = assay_fold(cp);
    UChar parts[32];
    UErrorCode error = U_ZERO_ERROR;
    int32_t n = unorm2_getDecomposition(nfd, (UChar32)folded, parts, 32, &error);
    if (U_FAILURE(error) || n < 2)
        return folded;
    for (int32_t i = 1; i < n; i++)
        if (assay_class(parts[i]) != ASSAY_CP_MARK)
            return folded;
    return assay_fold(parts[0]);
}

int dup_folding_init(struct dup_folding *f)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&error);
    if (U_FAILURE(error))
        return 0;
    for (uint32_t cp = 0; cp < DUP_TABLE; cp++) {
        uint32_t to = entry(nfd, cp);
        f->to[cp] = (uint16_t)(to > 0xffff ? cp : to);
    }
    f->to[0x640] = 1; /* tatweel only stretches a word */
    return 1;
}

/* ---- mojibake ---- */

/* The byte that windows-1252 shows as cp, or 0x100. Latin-1 maps to itself. */
static uint32_t byte_of(uint32_t cp)
{
    static const uint16_t high[32] = {0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160,
                                      0x2039, 0x152,  0x8d,   0x17d,  0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
                                      0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e, 0x178};
    if (cp < 0x100)
        return cp;
    for (uint32_t i = 0; i < 32; i++)
        if (high[i] == cp)
            return 0x80 + i;
    return 0x100;
}

static uint32_t cyrillic_of(uint32_t byte)
{
    static const uint16_t odd[][2] = {{0xa8, 0x401}, {0xb8, 0x451}, {0xaa, 0x404}, {0xba, 0x454}, {0xaf, 0x407},
                                      {0xbf, 0x457}, {0xb2, 0x406}, {0xb3, 0x456}, {0xa5, 0x490}, {0xb4, 0x491}};
    if (byte >= 0xc0)
        return 0x410 + byte - 0xc0;
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        if (odd[i][0] == byte)
            return odd[i][1];
    return byte;
}

/* Judged by the shares of high characters: no language writes 60 % of its letters, or lead and trail bytes in turn,
 * from U+0080..U+00FF. */
static int line_mode(const char *p, const char *end)
{
    uint64_t high = 0, ascii = 0, other = 0, pairs = 0;
    int lead = 0;
    while (p < end) {
        uint32_t cp;
        p += assay_utf8_next(p, end, &cp);
        if (cp < 0x80) {
            ascii += (cp | 32) >= 'a' && (cp | 32) <= 'z';
            lead = 0;
            continue;
        }
        uint32_t byte = byte_of(cp);
        if (byte > 0xff) {
            other++;
            lead = 0;
            continue;
        }
        high++;
        pairs += byte < 0xc0 && lead;
        lead = (byte >= 0xc2 && byte <= 0xf4) || (lead && byte < 0xc0);
    }
    if (high < 4 || other * 10 > high)
        return PLAIN;
    if (pairs * 10 >= high * 4)
        return UTF8_AS_LATIN1;
    return high * 10 >= (high + ascii) * 6 ? CP1251_AS_LATIN1 : PLAIN;
}

/* The character that was meant, from several that each stand for one byte of it; gives the bytes read. */
static uint32_t read_double(const char *p, const char *end, uint32_t *cp)
{
    uint32_t used = assay_utf8_next(p, end, cp);
    uint32_t first = byte_of(*cp);
    uint32_t more = first < 0xc2 || first > 0xf4 ? 0 : first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    if (more == 0)
        return used;
    uint32_t value = first & (0x3fu >> more), size = used;
    for (uint32_t i = 0; i < more; i++) {
        uint32_t c;
        if (p + size >= end)
            return used;
        size += assay_utf8_next(p + size, end, &c);
        uint32_t byte = byte_of(c);
        if (byte < 0x80 || byte > 0xbf)
            return used;
        value = value << 6 | (byte & 0x3f);
    }
    *cp = value;
    return size;
}

static uint32_t next_char(struct reader *r, const char *p, uint32_t *cp)
{
    uint32_t size = assay_utf8_next(p, r->end, cp);
    if (*cp < 0x80 || *cp > 0xff)
        if (r->mode == PLAIN || *cp < 0x80 || p >= r->line_end)
            return size;
    if (p >= r->line_end) {
        const char *newline = memchr(p, '\n', (size_t)(r->end - p));
        const char *start = p;
        while (start > r->begin && start[-1] != '\n' && p - start < 4096)
            start--;
        r->line_end = newline ? newline : r->end;
        r->mode = line_mode(start, r->line_end);
    }
    if (r->mode == PLAIN)
        return size;
    if (r->mode == UTF8_AS_LATIN1)
        return read_double(p, r->end, cp);
    if (*cp <= 0xff)
        *cp = cyrillic_of(*cp);
    return size;
}

/* ---- words ---- */

static struct dup_word *push(struct dup_words *w)
{
    if (w->count == w->room) {
        uint64_t room = w->room ? (uint64_t)w->room + w->room / 2 : 1024;
        struct dup_word *at = room > UINT32_MAX ? NULL : realloc(w->at, room * sizeof *at);
        if (!at)
            return NULL;
        w->at = at;
        w->room = (uint32_t)room;
    }
    return &w->at[w->count++];
}

/* Hash of a folded word's bytes [0, 16) (zero padded) and its length; both paths below end here. */
static inline uint64_t hash16(uint64_t low, uint64_t high, uint64_t size)
{
    return dup_pair(low ^ size * 0x9e3779b97f4a7c15u, high);
}

static uint64_t hash_part(uint64_t before, char *part, uint32_t size)
{
    memset(part + size, 0, 16);
    uint64_t h = before, low, high;
    uint32_t at = 0;
    while (size - at > 16) {
        memcpy(&low, part + at, 8);
        memcpy(&high, part + at + 8, 8);
        h = dup_pair(low ^ h, high) + 1;
        at += 16;
    }
    memcpy(&low, part + at, 8);
    memcpy(&high, part + at + 8, 8);
    return hash16(low ^ h, high, size);
}

static uint32_t fold_char(const struct dup_folding *f, uint32_t cp)
{
    if (cp < DUP_TABLE)
        return f->to[cp];
    if (cp >= 0xac00 && cp <= 0xd7a3)
        return cp; /* Hangul, parted by put() */
    uint32_t class = assay_class(cp);
    if (class == ASSAY_CP_MARK || class == ASSAY_CP_IGNORE)
        return 1;
    if (class == ASSAY_CP_DIGIT)
        return (uint32_t)('0' + assay_digit(cp));
    if (class != ASSAY_CP_LETTER && class != ASSAY_CP_IDEOGRAPH)
        return 0;
    uint32_t to = assay_fold(cp);
    return to < DUP_TABLE ? f->to[to] : to;
}

static int is_ideograph(uint32_t cp)
{
    return cp >= 0xe00 && !(cp >= 0xac00 && cp <= 0xd7a3) && assay_class(cp) == ASSAY_CP_IDEOGRAPH;
}

/* Writes a folded character, Hangul as its letters, so that composed and decomposed forms are equal. */
static uint32_t put(char *to, uint32_t cp)
{
    if (cp < 0xac00 || cp > 0xd7a3)
        return assay_utf8_put(to, cp);
    uint32_t s = cp - 0xac00, n = assay_utf8_put(to, 0x1100 + s / 588);
    n += assay_utf8_put(to + n, 0x1161 + s % 588 / 28);
    return s % 28 ? n + assay_utf8_put(to + n, 0x11a7 + s % 28) : n;
}

/* The quick part of slow_word: two-byte characters beyond Latin-1, and ASCII, straight from the table. Stops at whatever
 * else there is, or when the part is full; gives where. */
static const char *two_byte_letters(const struct reader *r, const char *p, char *part, uint32_t *size)
{
    uint32_t n = *size;
    while (r->end - p >= 2 && n < PART) {
        unsigned char a = (unsigned char)p[0], b = (unsigned char)p[1];
        uint32_t cp = (uint32_t)(a & 0x1f) << 6 | (b & 0x3fu);
        if (a < 0x80) {
            uint32_t to = r->folding->to[a];
            if (to == 0)
                break;
            part[n++] = (char)to;
            p++;
            continue;
        }
        if (a < 0xc4 || a >= 0xe0 || (b & 0xc0) != 0x80)
            break;
        uint32_t to = r->folding->to[cp];
        if (to < 2 || to > 0x7ff)
            break;
        if (to < 0x80) {
            part[n++] = (char)to;
        } else {
            part[n++] = (char)(0xc0 | to >> 6);
            part[n++] = (char)(0x80 | (to & 0x3f));
        }
        p += 2;
    }
    *size = n;
    return p;
}

/* One word of any script from p on. Gives where it ends; *hash is 0 where there was none (then one character is passed). */
static const char *slow_word(struct reader *r, const char *p, uint64_t *hash)
{
    char part[PART + 32];
    const char *start = p, *last = p;
    uint64_t before = 0;
    uint32_t size = 0, cp = 0, n;
    int any = 0, number = 0;
    for (; p < r->end; p += n) {
        if (any && (r->mode == PLAIN || p >= r->line_end) && size < PART) {
            const char *to = two_byte_letters(r, p, part, &size);
            if (to != p) {
                last = p = to;
                if (size >= PART) {
                    before = hash_part(before, part, size);
                    size = 0;
                }
                if (p == r->end)
                    break;
            }
        }
        n = next_char(r, p, &cp);
        uint32_t to = fold_char(r->folding, cp);
        if (to == 0)
            break;
        if (to == 1)
            continue;
        int alone = is_ideograph(to);
        if (alone && any)
            break;
        if (!any)
            number = to >= '0' && to <= '9';
        any = 1;
        size += put(part + size, to);
        last = p + n;
        if (alone)
            break;
        if (size >= PART) {
            before = hash_part(before, part, size);
            size = 0;
        }
    }
    *hash = any ? (hash_part(before, part, size) & ~(uint64_t)1) | (uint64_t)number : 0;
    if (any)
        return last;
    if (p > start)
        return p;
    return start + next_char(r, start, &cp);
}

#ifdef __SSE2__
/* An ASCII word of at most 15 bytes that an ASCII character ends; gives its length, 0 where it is none. Needs 16 bytes. */
static inline uint32_t fast_word(const char *p, uint64_t *hash)
{
    static const unsigned char keep[32] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i low = _mm_or_si128(v, _mm_set1_epi8(0x20));
    __m128i letter = _mm_and_si128(_mm_cmpgt_epi8(low, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(low, _mm_set1_epi8('z' + 1)));
    __m128i digit = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('0' - 1)), _mm_cmplt_epi8(v, _mm_set1_epi8('9' + 1)));
    uint32_t in = (uint32_t)_mm_movemask_epi8(_mm_or_si128(letter, digit));
    uint32_t size = (uint32_t)__builtin_ctz(~in);
    if (size == 0 || size > 15 || (unsigned char)p[size] >= 0x80)
        return 0;
    /* digits have bit 5 set already, so `low` is the folded word */
    __m128i x = _mm_and_si128(low, _mm_loadu_si128((const __m128i *)(const void *)(keep + 16 - size)));
    uint64_t half[2];
    _mm_storeu_si128((__m128i *)(void *)half, x);
    uint64_t number = *p <= '9';
    *hash = (hash16(half[0], half[1], size) & ~(uint64_t)1) | number;
    return size;
}
#endif

int dup_words_read(struct dup_words *w, const struct dup_folding *folding, const char *text, uint64_t size, int *cut)
{
    struct reader r = {folding, text, text + size, text, PLAIN};
    const char *p = text;
    w->count = 0;
    while (p < r.end && w->count < DUP_MOST_WORDS) {
        const char *start = p;
        uint64_t hash = 0;
        if ((unsigned char)*p < 0x80 && !folding->to[(unsigned char)*p]) {
            p++;
            continue;
        }
#ifdef __SSE2__
        if ((unsigned char)*p < 0x80 && r.end - p >= 16)
            p += fast_word(p, &hash);
#endif
        if (p == start)
            p = slow_word(&r, p, &hash);
        if (!hash)
            continue;
        struct dup_word *word = push(w);
        if (!word)
            return 0;
        *word = (struct dup_word){hash, (uint32_t)(start - text), (uint32_t)(p - text)};
    }
    *cut = p < r.end;
    return 1;
}

void dup_words_free(struct dup_words *w)
{
    free(w->at);
    *w = (struct dup_words){0};
}
