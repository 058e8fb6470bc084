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
    const char *begin, *end, *text_end; /* the text's begin, where reading ends, and the text's end */
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
    for (uint32_t cp = 0; cp < DUP_TABLE; cp++)
        if (cp >= 0xe00 && assay_class(f->to[cp]) == ASSAY_CP_IDEOGRAPH)
            f->alone[cp / 8] = (uint8_t)(f->alone[cp / 8] | 1u << cp % 8);
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

#define STRETCH 240u /* bytes whose counts fit one byte, so that the compiler counts many at a time */

struct leads { /* of characters in a line */
    uint64_t ascii, c2, c3, some, other; /* letters; some: may be of windows-1252; other: are not */
};

static void count_leads(struct leads *n, const char *p, size_t size)
{
    uint8_t ascii = 0, c2 = 0, c3 = 0, some = 0, high = 0;
    for (size_t i = 0; i < size; i++) {
        uint8_t c = (uint8_t)p[i];
        ascii = (uint8_t)(ascii + ((uint8_t)((c | 32) - 'a') < 26));
        c2 = (uint8_t)(c2 + (c == 0xc2));
        c3 = (uint8_t)(c3 + (c == 0xc3));
        some = (uint8_t)(some + ((uint8_t)(c - 0xc4) < 8) + (c == 0xe2));
        high = (uint8_t)(high + (c >= 0xc0));
    }
    n->ascii += ascii;
    n->c2 += c2;
    n->c3 += c3;
    n->some += some;
    n->other += (uint64_t)high - c2 - c3 - some;
}

/* Most lines need no closer look: line_mode would find the same whatever the characters behind these bytes are. */
static int is_plain(const char *p, const char *end)
{
    struct leads n = {0};
    for (; p < end; p += STRETCH)
        count_leads(&n, p, end - p < (ptrdiff_t)STRETCH ? (size_t)(end - p) : STRETCH);
    uint64_t most = n.c2 + n.c3 + n.some;
    if (most < 4 || n.other * 10 > most)
        return 1;
    return (n.c2 + n.some) * 10 < (n.c2 + n.c3) * 4 && most * 4 < n.ascii * 6;
}

static void look_at_line(struct reader *r, const char *p)
{
    const char *newline = memchr(p, '\n', (size_t)(r->text_end - p));
    const char *start = p;
    while (start > r->begin && start[-1] != '\n' && p - start < 4096)
        start--;
    r->line_end = newline ? newline : r->text_end;
    r->mode = is_plain(start, r->line_end) ? PLAIN : line_mode(start, r->line_end);
}

static uint32_t next_char(struct reader *r, const char *p, uint32_t *cp)
{
    uint32_t size = assay_utf8_next(p, r->end, cp);
    if (*cp < 0x80 || *cp > 0xff)
        if (r->mode == PLAIN || *cp < 0x80 || p >= r->line_end)
            return size;
    if (p >= r->line_end)
        look_at_line(r, p);
    if (r->mode == PLAIN)
        return size;
    if (r->mode == UTF8_AS_LATIN1)
        return read_double(p, r->end, cp);
    if (*cp <= 0xff)
        *cp = cyrillic_of(*cp);
    return size;
}

/* ---- words ---- */

/* Room for so many more words. 0: out of memory. */
static int reserve(struct dup_words *w, uint32_t more)
{
    if (w->room - w->count >= more)
        return 1;
    uint64_t room = w->room + (uint64_t)w->room / 2 + 1024;
    struct dup_word *at = room > UINT32_MAX ? NULL : realloc(w->at, room * sizeof *at);
    if (!at)
        return 0;
    w->at = at;
    w->room = (uint32_t)room;
    return 1;
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

/* One word of any script from p on. Gives where it ends; *hash is 0 where there was none (then one character is passed). */
static const char *slow_word(struct reader *r, const char *p, uint64_t *hash)
{
    char part[PART + 32];
    const char *start = p, *last = p;
    uint64_t before = 0;
    uint32_t size = 0, cp = 0, n;
    int any = 0, number = 0;
    for (; p < r->end; p += n) {
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

/* ---- the same words, quicker ---- */

/* Gives bytes of the character that begins with a high byte, two or three, if the table has it, and what becomes of it; 0: ask
 * slow_word. Nothing is known of Latin-1 letters before their line was looked at. */
static inline uint32_t look_up(struct reader *r, const char *p, uint32_t *to)
{
    unsigned char a = (unsigned char)p[0], b = (unsigned char)p[1];
    if ((b & 0xc0) != 0x80)
        return 0;
    if (a >= 0xc2 && a < 0xe0) {
        if (a < 0xc4 && p >= r->line_end)
            look_at_line(r, p);
        if (r->mode != PLAIN && p < r->line_end)
            return 0;
        *to = r->folding->to[(uint32_t)(a & 0x1f) << 6 | (b & 0x3fu)];
        return 2;
    }
    unsigned char c = (unsigned char)p[2];
    uint32_t cp = (uint32_t)(a & 0x0f) << 12 | (uint32_t)(b & 0x3f) << 6 | (c & 0x3fu);
    if (a < 0xe1 || a >= 0xf0 || (c & 0xc0) != 0x80 || cp >= DUP_TABLE || (r->mode != PLAIN && p < r->line_end))
        return 0;
    *to = r->folding->alone[cp / 8] >> cp % 8 & 1 ? 1 : r->folding->to[cp];
    return 3;
}

/* A word of letters that the table has, from p on, at least PART + 3 bytes before the end, or one separator. NULL: ask
 * slow_word. */
static const char *table_word(struct reader *r, const char *p, uint64_t *hash)
{
    char part[PART + 32];
    const uint16_t *table = r->folding->to;
    uint32_t n = 0, to = 0, size;
    uint64_t number = 0;
    for (;;) {
        unsigned char a = (unsigned char)*p;
        size = 1;
        if (n >= PART - 3)
            return NULL;
        if (a < 0x80)
            to = table[a];
        else if ((size = look_up(r, p, &to)) == 0)
            return NULL;
        if (to < 2)
            break;
        if (n == 0)
            number = to >= '0' && to <= '9';
        if (to < 0x80) {
            part[n++] = (char)to;
        } else if (to < 0x800) {
            part[n++] = (char)(0xc0 | to >> 6);
            part[n++] = (char)(0x80 | (to & 0x3f));
        } else {
            n += assay_utf8_put(part + n, to);
        }
        p += size;
    }
    if (to == 1)
        return NULL;
    if (n == 0)
        return p + size;
    *hash = (hash_part(0, part, n) & ~(uint64_t)1) | number;
    return p;
}

/* One or two bytes behind the n that are there. */
static inline void add_bytes(uint64_t *low, uint64_t *high, uint32_t n, uint64_t bytes)
{
    if (n < 8) {
        *low |= bytes << 8 * n;
        *high |= n == 7 ? bytes >> 8 : 0;
    } else {
        *high |= bytes << 8 * (n - 8);
    }
}

/* The same for words of at most 16 bytes folded, kept in registers, of ASCII, letters of two bytes and what may end them. */
static inline const char *short_word(struct reader *r, const char *p, uint64_t *hash)
{
    const uint16_t *table = r->folding->to;
    uint64_t low = 0, high = 0;
    uint32_t n = 0, to = 0;
    uint64_t number = *p <= '9' && *p >= '0';
    if (r->mode != PLAIN && p < r->line_end)
        return NULL;
    for (;;) {
        unsigned char a = (unsigned char)p[0], b = (unsigned char)p[1];
        if (n > 14)
            return NULL;
        if (a < 0x80) {
            if ((to = table[a]) == 0)
                break;
            add_bytes(&low, &high, n++, to);
            p++;
            continue;
        }
        if (a < 0xc3 || a >= 0xe0 || (a == 0xc3 && p >= r->line_end) || (b & 0xc0) != 0x80) {
            if (a < 0xe1 || a >= 0xf0 || look_up(r, p, &to) == 0 || to != 0)
                return NULL;
            break;
        }
        to = table[(uint32_t)(a & 0x1f) << 6 | (b & 0x3fu)];
        if (to < 2 || to > 0x7ff)
            return NULL;
        if (n == 0)
            number = to >= '0' && to <= '9'; /* Arabic digits too */
        p += 2;
        if (to < 0x80) {
            add_bytes(&low, &high, n++, to);
            continue;
        }
        add_bytes(&low, &high, n, 0x80c0u | to >> 6 | (to & 0x3f) << 8);
        n += 2;
    }
    if (n == 0)
        return NULL;
    *hash = (hash16(low, high, n) & ~(uint64_t)1) | number;
    return p;
}

/* One of the common ideographs, which are compared as they are. */
static inline int is_han(const char *p)
{
    unsigned char a = (unsigned char)p[0], b = (unsigned char)p[1], c = (unsigned char)p[2];
    return ((a == 0xe4 && b >= 0xb8) || (a >= 0xe5 && a <= 0xe9)) && (b & 0xc0) == 0x80 && (c & 0xc0) == 0x80;
}

static inline uint64_t hash_han(const char *p)
{
    uint64_t low = (unsigned char)p[0] | (uint64_t)(unsigned char)p[1] << 8 | (uint64_t)(unsigned char)p[2] << 16;
    return hash16(low, 0, 3) & ~(uint64_t)1;
}

#ifdef __SSE2__
#define SPAN 64u     /* bytes that are looked at together */
#define SPAN_WORDS 32u /* most words in them */

static inline void classify(const char *p, uint64_t *in, uint64_t *high)
{
    *in = *high = 0;
    for (uint32_t i = 0; i < SPAN; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        __m128i low = _mm_or_si128(v, _mm_set1_epi8(0x20));
        __m128i letter = _mm_and_si128(_mm_cmpgt_epi8(low, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(low, _mm_set1_epi8('z' + 1)));
        __m128i digit = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('0' - 1)), _mm_cmplt_epi8(v, _mm_set1_epi8('9' + 1)));
        *in |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_or_si128(letter, digit)) << i;
        *high |= (uint64_t)(uint32_t)_mm_movemask_epi8(v) << i;
    }
}

/* An ASCII word of at most 16 bytes, folded: digits have bit 5 set already. Reads 16 bytes. */
static inline uint64_t hash_ascii(const char *p, uint32_t size)
{
    static const unsigned char keep[32] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    __m128i v = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)p), _mm_set1_epi8(0x20));
    __m128i x = _mm_and_si128(v, _mm_loadu_si128((const __m128i *)(const void *)(keep + 16 - size)));
    uint64_t low = (uint64_t)_mm_cvtsi128_si64(x), high = (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(x, x));
    return (hash16(low, high, size) & ~(uint64_t)1) | (uint64_t)(*p <= '9');
}

/* The ASCII words that end within SPAN bytes, as far as there are no others; reads 16 bytes more. `base`: where p is in
 * the text. Gives the bytes done with; 0: the first word is none of these. */
static uint32_t ascii_words(struct dup_words *w, const char *p, uint32_t base)
{
    uint64_t in, high;
    classify(p, &in, &high);
    uint32_t limit = high ? (uint32_t)__builtin_ctzll(high) : SPAN, done = limit;
    if (limit < SPAN)
        in &= (UINT64_C(1) << limit) - 1;
    if (limit > 0 && in >> (limit - 1) & 1) { /* the last one may go on */
        uint64_t free = ~(in << (SPAN - limit));
        done = limit - (free ? (uint32_t)__builtin_clzll(free) : SPAN);
        in &= done ? ~UINT64_C(0) >> (SPAN - done) : 0;
    }
    struct dup_word *to = w->at + w->count;
    while (in) {
        uint64_t behind = in + (in & (0 - in)); /* the carry runs to the word's end */
        uint32_t from = (uint32_t)__builtin_ctzll(in), size = (behind ? (uint32_t)__builtin_ctzll(behind) : SPAN) - from;
        if (size > 16) {
            done = from;
            break;
        }
        in &= behind;
        *to++ = (struct dup_word){hash_ascii(p + from, size), base + from, base + from + size};
    }
    w->count = (uint32_t)(to - w->at);
    return done;
}
#endif

/* One word, or what is none, from p on. */
static const char *read_word(struct reader *r, const char *p, uint64_t *hash)
{
    const char *to = NULL;
    if (r->end - p > PART + 3) {
        to = short_word(r, p, hash);
        if (!to)
            to = table_word(r, p, hash);
    }
    return to ? to : slow_word(r, p, hash);
}

/* Ideographs in a row, at most as many as there is room for. */
static const char *read_han(struct reader *r, struct dup_words *w, const char *p, const char *text)
{
    while (r->end - p >= 3 && is_han(p) && w->count < w->room) {
        uint32_t at = (uint32_t)(p - text);
        w->at[w->count++] = (struct dup_word){hash_han(p), at, at + 3};
        p += 3;
    }
    return p;
}

int dup_words_read(struct dup_words *w, const struct dup_folding *folding, const char *text, uint64_t size, uint64_t from, uint64_t to,
                   int *cut)
{
    struct reader r = {folding, text, text + to, text + size, text, PLAIN};
    const char *p = text + from;
    int ascii = 1; /* what was read last */
    w->count = 0;
    while (p < r.end && w->count < DUP_MOST_WORDS) {
        const char *start = p;
        uint64_t hash = 0;
        if (!reserve(w, 64))
            return 0;
        if ((unsigned char)*p < 0x80) {
            if (!ascii && !folding->to[(unsigned char)*p]) {
                ascii = p + 1 < r.end && (unsigned char)p[1] < 0x80;
                p++;
                continue;
            }
#ifdef __SSE2__
            p += r.end - p >= SPAN + 16 ? ascii_words(w, p, (uint32_t)(p - text)) : 0;
            if (p != start)
                continue;
#endif
            if (!folding->to[(unsigned char)*p]) {
                p++;
                continue;
            }
        } else if ((p = read_han(&r, w, p, text)) != start) {
            continue;
        }
        ascii = (unsigned char)*p < 0x80;
        p = read_word(&r, p, &hash);
        if (hash)
            w->at[w->count++] = (struct dup_word){hash, (uint32_t)(start - text), (uint32_t)(p - text)};
    }
    *cut = p < r.end;
    return 1;
}

void dup_words_free(struct dup_words *w)
{
    free(w->at);
    *w = (struct dup_words){0};
}
