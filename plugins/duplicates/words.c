/* SPDX-License-Identifier: Apache-2.0 */
#include "words.h"

#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <assay/kit/utf8.h>

#include "mix.h"
#include "reader.h"
#include "scan.h"

#define PART 64u /* bytes of a folded word that are hashed at a time */

/* ---- words, character by character ---- */

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

/* Hash of a folded word's last bytes, at most 16 (zero padded), and their number; all paths below end here. */
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

static uint32_t put_hangul(char *to, uint32_t cp)
{
    uint32_t s = cp - 0xac00, n = assay_utf8_put(to, 0x1100 + s / 588);
    n += assay_utf8_put(to + n, 0x1161 + s % 588 / 28);
    return s % 28 ? n + assay_utf8_put(to + n, 0x11a7 + s % 28) : n;
}

/* Writes what becomes of cp, Hangul as its letters, so that composed and decomposed forms are equal. */
static uint32_t put(const struct dup_folding *f, char *to, uint32_t cp, uint32_t folded)
{
    if (folded >= 0xac00 && folded <= 0xd7a3)
        return put_hangul(to, folded);
    if (folded - DUP_SS < DUP_PAIRED) {
        memcpy(to, dup_letters(folded), 2);
        return 2;
    }
    uint32_t n = assay_utf8_put(to, folded);
    for (uint32_t i = 1; cp - DUP_FORMS < DUP_FORM_COUNT && i < DUP_FORM_LETTERS && f->form[cp - DUP_FORMS][i]; i++)
        n += assay_utf8_put(to + n, f->form[cp - DUP_FORMS][i]);
    return n;
}

/* One word of any script from p on. Gives where it ends; *hash is 0 where there was none (then one character is
 * passed). */
static const char *slow_word(struct dup_reader *r, const char *p, uint64_t *hash)
{
    char part[PART + 32];
    const char *start = p, *last = p;
    uint64_t before = 0;
    uint32_t size = 0, cp = 0, n;
    int any = 0, number = 0;
    for (; p < r->end; p += n) {
        n = dup_next_char(r, p, &cp);
        uint32_t to = dup_fold_char(r->folding, cp);
        if (to == 0)
            break;
        if (to == 1)
            continue;
        int alone = dup_is_ideograph(to);
        if (alone && any)
            break;
        if (!any)
            number = to >= '0' && to <= '9';
        any = 1;
        size += put(r->folding, part + size, cp, to);
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
    return start + dup_next_char(r, start, &cp);
}

uint64_t dup_word_hash(const struct dup_folding *folding, const char *bytes, uint32_t size)
{
    struct dup_reader r = {folding, bytes, bytes + size, bytes + size, bytes, DUP_PLAIN};
    uint64_t hash;
    return slow_word(&r, bytes, &hash) == bytes + size ? hash : 0;
}

/* ---- the same words, quicker ---- */

/* Bytes of a folded word as they come, eight to a number. */
struct folded {
    uint64_t at[PART / 8 + 2], now;
    uint32_t bits, full;
};

static inline void add_bits(struct folded *f, uint64_t value, uint32_t bits)
{
    f->now |= value << f->bits;
    f->bits += bits;
    if (f->bits < 64)
        return;
    f->at[f->full++] = f->now;
    f->bits -= 64;
    f->now = f->bits ? value >> (bits - f->bits) : 0;
}

/* The character in UTF-8, first byte lowest. */
static inline void add_char(struct folded *f, uint32_t c)
{
    if (c < 0x80)
        add_bits(f, c, 8);
    else if (c < 0x800)
        add_bits(f, 0x80c0u | c >> 6 | (c & 0x3f) << 8, 16);
    else
        add_bits(f, 0x8080e0u | c >> 12 | (c >> 6 & 0x3f) << 8 | (c & 0x3f) << 16, 24);
}

/* Characters of which several letters become, see put(). */
static void add_several(struct folded *f, uint32_t to)
{
    uint32_t s = to - 0xac00;
    if (to >= DUP_SS) {
        add_char(f, (unsigned char)dup_letters(to)[0]);
        add_char(f, (unsigned char)dup_letters(to)[1]);
        return;
    }
    add_char(f, 0x1100 + s / 588);
    add_char(f, 0x1161 + s % 588 / 28);
    if (s % 28)
        add_char(f, 0x11a7 + s % 28);
}

static uint64_t hash_folded(struct folded *f)
{
    uint32_t size = f->full * 8 + f->bits / 8, i = 0;
    uint64_t h = 0;
    f->at[f->full] = f->now;
    f->at[f->full + 1] = 0;
    for (; size - 8 * i > 16; i += 2)
        h = dup_pair(f->at[i] ^ h, f->at[i + 1]) + 1;
    return hash16(f->at[i] ^ h, f->at[i + 1], size) & ~(uint64_t)1;
}

/* One of the common ideographs, which are compared as they are: U+4E00 and on, in three bytes. */
static inline int is_han(const char *p)
{
    uint32_t three = (uint32_t)(unsigned char)p[0] << 16 | (uint32_t)(unsigned char)p[1] << 8 | (unsigned char)p[2];
    return (three - 0xe4b800u < 0xea0000u - 0xe4b800u) & ((three & 0xc0c0u) == 0x8080u);
}

static inline uint64_t hash_han(const char *p)
{
    uint64_t low = (unsigned char)p[0] | (uint64_t)(unsigned char)p[1] << 8 | (uint64_t)(unsigned char)p[2] << 16;
    return hash16(low, 0, 3) & ~(uint64_t)1;
}

/* Gives the bytes of the character with high bytes at p, two or three, what becomes of it, and whether it is a word of
 * its own; 0: ask slow_word. Nothing is known of Latin-1 letters before their line was looked at. */
static inline uint32_t look_up(struct dup_reader *r, const char *p, const char *end, uint32_t *to, uint32_t *alone)
{
    const struct dup_folding *f = r->folding;
    unsigned char a = (unsigned char)p[0];
    *alone = 0;
    if (end - p < 3 || ((unsigned char)p[1] & 0xc0) != 0x80 || a < 0xc2 || a >= 0xf0)
        return 0;
    uint32_t b = (unsigned char)p[1] & 0x3f, c = (unsigned char)p[2];
    if (a < 0xc4 && p >= r->line_end)
        dup_look_at_line(r, p);
    if (dup_is_damaged(r, p))
        return 0;
    if (a < 0xe0) {
        *to = f->to[(uint32_t)(a & 0x1f) << 6 | b];
        return 2;
    }
    uint32_t cp = (uint32_t)(a & 0x0f) << 12 | b << 6 | (c & 0x3f);
    if ((c & 0xc0) != 0x80 || cp < 0x800)
        return 0;
    if (cp < DUP_TABLE) {
        *to = f->to[cp];
        *alone = f->alone[cp / 8] >> cp % 8 & 1;
        return 3;
    }
    if (cp >= DUP_WIDE) {
        *to = f->wide[cp - DUP_WIDE];
        *alone = f->wide_alone[(cp - DUP_WIDE) / 8] >> cp % 8 & 1;
        return 3;
    }
    *to = cp;
    return cp >= 0xac00 && cp <= 0xd7a3 ? 3 : 0;
}

/* One word from p on, or what is none; NULL: ask slow_word. */
static const char *quick_word(struct dup_reader *r, const char *p, const char *end, uint64_t *hash)
{
    const char *last = p, *start = p;
    struct folded f;
    uint64_t number = 0;
    f.now = f.bits = f.full = 0;
    while (p < end) {
        uint32_t to, alone = 0, n = 1;
        if ((unsigned char)*p < 0x80)
            to = r->folding->to[(unsigned char)*p];
        else if ((n = look_up(r, p, r->end, &to, &alone)) == 0)
            return NULL;
        if (to < 2 && last == start)
            return to ? NULL : p + n;
        if (to == 0 || (alone && last != start))
            break;
        p += n;
        if (to == 1)
            continue;
        if (last == start)
            number = to >= '0' && to <= '9';
        last = p;
        if (to >= 0xac00 && (to <= 0xd7a3 || to - DUP_SS < DUP_PAIRED))
            add_several(&f, to);
        else
            add_char(&f, to);
        if (alone)
            break;
        if (f.full >= PART / 8 - 2)
            return NULL;
    }
    *hash = hash_folded(&f) | number;
    return last;
}

#ifdef __SSE2__
#define QUICK 32u /* bytes of the words below, and bytes that are read for them */

/* Its bytes from `size` on become zero. */
static inline __m128i cut_off(__m128i v, uint32_t size)
{
    static const unsigned char keep[32] = {255, 255, 255, 255, 255, 255, 255, 255,
                                           255, 255, 255, 255, 255, 255, 255, 255};
    return _mm_and_si128(v, _mm_loadu_si128((const __m128i *)(const void *)(keep + 16 - size)));
}

static inline __m128i load(const char *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline uint64_t low_half(__m128i v)
{
    return (uint64_t)_mm_cvtsi128_si64(v);
}

static inline uint64_t high_half(__m128i v)
{
    return (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(v, v));
}

/* Folds eight letters of two bytes each that stay letters of two bytes; *bad: bytes of what is none of them. */
static inline __m128i fold_two(const uint16_t *two, __m128i v, uint32_t *bad)
{
    __m128i form = _mm_cmpeq_epi16(_mm_and_si128(v, _mm_set1_epi16((short)0xc0e0)), _mm_set1_epi16((short)0x80c0));
    __m128i at = _mm_or_si128(_mm_slli_epi16(_mm_and_si128(v, _mm_set1_epi16(0x1f)), 6),
                              _mm_and_si128(_mm_srli_epi16(v, 8), _mm_set1_epi16(0x3f)));
    __m128i to = _mm_cvtsi32_si128(two[_mm_extract_epi16(at, 0)]);
    to = _mm_insert_epi16(to, two[_mm_extract_epi16(at, 1)], 1);
    to = _mm_insert_epi16(to, two[_mm_extract_epi16(at, 2)], 2);
    to = _mm_insert_epi16(to, two[_mm_extract_epi16(at, 3)], 3);
    to = _mm_insert_epi16(to, two[_mm_extract_epi16(at, 4)], 4);
    to = _mm_insert_epi16(to, two[_mm_extract_epi16(at, 5)], 5);
    to = _mm_insert_epi16(to, two[_mm_extract_epi16(at, 6)], 6);
    to = _mm_insert_epi16(to, two[_mm_extract_epi16(at, 7)], 7);
    *bad = (uint32_t)_mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi16(to, _mm_setzero_si128()),
                                                    _mm_xor_si128(form, _mm_set1_epi8(-1))));
    return to;
}

/* An ASCII word of at most 16 bytes, folded: digits have bit 5 set already. */
static inline __m128i fold_ascii(__m128i v, uint32_t size)
{
    return cut_off(_mm_or_si128(v, _mm_set1_epi8(0x20)), size);
}

/* Its hash. Bit 6 tells letters from digits. */
static inline uint64_t hash_ascii(__m128i x, uint32_t size)
{
    uint64_t low = low_half(x);
    return (hash16(low, high_half(x), size) | 1) ^ (low >> 6 & 1);
}

/* ASCII words of at most 16 bytes, up to the first that is another; gives how many. Reads 16 bytes of each. */
__attribute__((noinline)) /* or its constants are loaded anew for each word */
static uint32_t quick_runs(struct dup_word *to, const char *text, const uint32_t *edge, uint32_t runs)
{
    uint32_t i = 0;
    for (; i < runs; i++) {
        uint32_t from = edge[2 * i], behind = edge[2 * i + 1], size = behind - from;
        if (size > 16)
            break;
        __m128i x = fold_ascii(load(text + from), size);
        if (_mm_movemask_epi8(x))
            break;
        to[i] = (struct dup_word){hash_ascii(x, size), from, behind};
    }
    return i;
}

/* Hash of a longer word, or of one of letters of two bytes, of at most QUICK bytes; 0: ask quick_word. Reads QUICK
 * bytes, those of the word at p or of a copy of it. */
static inline uint64_t quick_hash(const struct dup_reader *r, const char *p, const char *bytes, uint32_t size)
{
    const uint16_t *two = r->folding->two;
    uint32_t first = size < 16 ? size : 16, rest = size - first, bad, bad_rest = 0;
    __m128i v = cut_off(load(bytes), first), w = cut_off(load(bytes + 16), rest);
    uint64_t number = 0, h = 0;
    if (_mm_movemask_epi8(_mm_or_si128(v, w)) == 0) {
        v = cut_off(_mm_or_si128(v, _mm_set1_epi8(0x20)), first);
        w = cut_off(_mm_or_si128(w, _mm_set1_epi8(0x20)), rest);
        number = *p <= '9';
    } else {
        if (size & 1 || dup_is_damaged(r, p))
            return 0;
        v = cut_off(fold_two(two, v, &bad), first);
        if (rest)
            w = cut_off(fold_two(two, w, &bad_rest), rest);
        if ((bad & ((1u << first) - 1)) | (bad_rest & ((1u << rest) - 1)))
            return 0;
    }
    if (rest) {
        h = dup_pair(low_half(v), high_half(v)) + 1;
        v = w;
    }
    return (hash16(low_half(v) ^ h, high_half(v), size) & ~(uint64_t)1) | number;
}

/* The bytes of an ASCII word of less than 16 bytes that a character of another script follows which is no letter;
 * *next: behind that character. 0: it is another word. */
static inline uint32_t ascii_before(struct dup_reader *r, const char *p, const char *end, const char **next)
{
    uint32_t high = end - p < 18 || r->text_end - p < 16 ? 0 : (uint32_t)_mm_movemask_epi8(load(p)), to, alone;
    uint32_t size = high ? (uint32_t)__builtin_ctz(high) : 0,
             n = size && size < end - p ? look_up(r, p + size, r->end, &to, &alone) : 0;
    *next = p + size + n;
    return n && to == 0 ? size : 0;
}
#endif

/* ---- runs ---- */

#define FULL 2

/* Ideographs in a row, at most as many as there is room for. */
static const char *read_han(const struct dup_reader *r, struct dup_words *w, const char *p, const char *end)
{
    struct dup_word *to = w->at + w->count, *most = w->at + (w->room < DUP_MOST_WORDS ? w->room : DUP_MOST_WORDS);
    for (; end - p >= 3 && is_han(p) && to < most; p += 3) {
        uint32_t at = (uint32_t)(p - r->begin);
        *to++ = (struct dup_word){hash_han(p), at, at + 3};
    }
    w->count = (uint32_t)(to - w->at);
    return p;
}

/* The words of a run. 0: out of memory; FULL: there are too many. */
static int read_run(struct dup_reader *r, struct dup_words *w, uint32_t from, uint32_t to)
{
    const char *p = r->begin + from, *end = r->begin + to;
    while (p < end) {
        const char *start = p;
        uint32_t at = (uint32_t)(p - r->begin);
        uint64_t hash = 0;
        if (w->count >= DUP_MOST_WORDS)
            return FULL;
        if (!reserve(w, 1))
            return 0;
        if ((unsigned char)*p >= 0x80) {
            if ((p = read_han(r, w, p, end)) != start)
                continue;
#ifdef __SSE2__
        } else {
            const char *next;
            uint32_t size = ascii_before(r, p, end, &next);
            if (size) {
                w->at[w->count++] = (struct dup_word){hash_ascii(fold_ascii(load(p), size), size), at, at + size};
                p = next;
                continue;
            }
#endif
        }
        if (!(p = quick_word(r, p, end, &hash)))
            p = slow_word(r, start, &hash);
        if (hash)
            w->at[w->count++] = (struct dup_word){hash, at, (uint32_t)(p - r->begin)};
    }
    return 1;
}

#ifdef __SSE2__
/* The same wherever the word stands: fewer bytes may be left of the text than are read. */
static inline uint64_t quick_hash_at(const struct dup_reader *r, const char *p, uint32_t size)
{
    char copy[QUICK] = {0};
    if (size > QUICK || (unsigned char)*p >= 0xe0)
        return 0;
    return quick_hash(r, p, r->text_end - p < (ptrdiff_t)QUICK ? memcpy(copy, p, size) : p, size);
}

/* As many runs as can be read quickly; gives how many. There is room for all. */
static uint32_t read_quickly(struct dup_reader *r, struct dup_words *w, const uint32_t *edge, uint32_t runs)
{
    const char *text = r->begin;
    uint32_t left = DUP_MOST_WORDS - w->count, i = 0, inside;
    struct dup_word *to = w->at + w->count;
    runs = runs < left ? runs : left;
    for (inside = runs; inside && r->text_end - text < edge[2 * inside - 2] + (ptrdiff_t)QUICK;)
        inside--;
    while (i < runs) {
        uint32_t from = edge[2 * i], size = edge[2 * i + 1] - from, quick = 0;
        if (i < inside && size <= 16 && (unsigned char)text[from] < 0x80 &&
            (quick = quick_runs(to + i, text, edge + 2 * i, inside - i)) > 0) {
            i += quick;
            continue;
        }
        uint64_t hash = quick_hash_at(r, text + from, size);
        if (!hash)
            break;
        to[i++] = (struct dup_word){hash, from, from + size};
    }
    w->count += i;
    return i;
}
#else
static uint32_t read_quickly(struct dup_reader *r, struct dup_words *w, const uint32_t *edge, uint32_t runs)
{
    (void)r, (void)w, (void)edge, (void)runs;
    return 0;
}
#endif

static int read_runs(struct dup_reader *r, struct dup_words *w, const uint32_t *edge, uint32_t runs)
{
    for (uint32_t i = 0; i < runs; i++) {
        if (w->count >= DUP_MOST_WORDS)
            return FULL;
        if (!reserve(w, runs - i))
            return 0;
        i += read_quickly(r, w, edge + 2 * i, runs - i);
        int done = i < runs ? read_run(r, w, edge[2 * i], edge[2 * i + 1]) : 1;
        if (done != 1)
            return done;
    }
    return 1;
}

static int read_words(struct dup_words *w, const struct dup_folding *folding, const char *text, uint64_t size,
                      uint64_t from, uint64_t to, uint32_t signs, int *cut)
{
    struct dup_reader r = {folding, text, text + to, text + size, text, DUP_PLAIN};
    uint32_t edge[DUP_EDGES], edges = 0;
    uint64_t begin = from;
    w->count = 0;
    *cut = 0;
    while (from < to) {
        edges = dup_find_edges(edge, edges, text, &from, to);
        int done = read_runs(&r, w, edge, edges / 2);
        if (done == 0)
            return 0;
        if (done != 1) {
            *cut = 1;
            break;
        }
        edge[0] = edge[edges - (edges > 0)]; /* of a run that goes on */
        edges &= 1;
    }
    if (signs & DUP_LINE_HYPHEN)
        dup_join_lines(w, folding, text, to);
    if (signs & DUP_ARROW)
        dup_drop_cues(w, text, begin, to);
    return 1;
}

int dup_words_read(struct dup_words *w, const struct dup_folding *folding, const char *text, uint64_t size,
                   uint64_t from, uint64_t to, int *cut)
{
    return dup_words_read_with(w, folding, text, size, from, to, dup_signs(text, from, to), cut);
}

int dup_words_read_with(struct dup_words *w, const struct dup_folding *folding, const char *text, uint64_t size,
                        uint64_t from, uint64_t to, uint32_t signs, int *cut)
{
    struct dup_plain plain;
    if (!dup_plain_make(&plain, text, from, to, signs))
        return 0;
    if (!plain.text)
        return read_words(w, folding, text, size, from, to, signs, cut);
    signs = dup_signs(plain.text, 0, plain.size);
    int made = read_words(w, folding, plain.text, plain.size, 0, plain.size, signs, cut);
    if (made)
        dup_plain_restore(&plain, w);
    dup_plain_free(&plain);
    return made;
}

void dup_words_free(struct dup_words *w)
{
    free(w->at);
    *w = (struct dup_words){0};
}
