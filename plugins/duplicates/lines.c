/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines of mojibake: UTF-8 or windows-1251 shown as Latin-1 is read as what it was.
 */
#include <string.h>

#include <assay/kit/utf8.h>

#include "reader.h"

/* The byte that windows-1252 shows as cp, or 0x100. Latin-1 maps to itself. */
static uint32_t byte_of(uint32_t cp)
{
    static const uint16_t high[32] = {0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                      0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
                                      0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                      0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};
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
        return DUP_PLAIN;
    if (pairs * 10 >= high * 4)
        return DUP_UTF8_AS_LATIN1;
    return high * 10 >= (high + ascii) * 6 ? DUP_CP1251_AS_LATIN1 : DUP_PLAIN;
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

void dup_look_at_line(struct dup_reader *r, const char *p)
{
    const char *newline = memchr(p, '\n', (size_t)(r->text_end - p));
    const char *start = p;
    while (start > r->begin && start[-1] != '\n' && p - start < 4096)
        start--;
    r->line_end = newline ? newline : r->text_end;
    r->mode = is_plain(start, r->line_end) ? DUP_PLAIN : line_mode(start, r->line_end);
}

uint32_t dup_next_char(struct dup_reader *r, const char *p, uint32_t *cp)
{
    uint32_t size = assay_utf8_next(p, r->end, cp);
    if (*cp < 0x80 || *cp > 0xff)
        if (r->mode == DUP_PLAIN || *cp < 0x80 || p >= r->line_end)
            return size;
    if (p >= r->line_end)
        dup_look_at_line(r, p);
    if (r->mode == DUP_PLAIN)
        return size;
    if (r->mode == DUP_UTF8_AS_LATIN1)
        return read_double(p, r->end, cp);
    if (*cp <= 0xff)
        *cp = cyrillic_of(*cp);
    return size;
}
