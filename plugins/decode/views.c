/* SPDX-License-Identifier: Apache-2.0
 *
 * Code pages taken for one another: which byte a character was, had it been read in the wrong one (mojibake.h).
 */
#include <assay/kit/charset.h>
#include <assay/kit/utf8.h>
#include <stdlib.h>
#include <string.h>

#include "mojibake.h"

static void fill(struct views *views, uint32_t v, const struct assay_charset *c)
{
    for (uint32_t b = 0x80; b < 256; b++) {
        uint32_t cp = c->point[b];
        if (cp != UINT32_MAX && cp < VIEW_POINTS)
            views->byte[v][cp] = (unsigned char)b;
    }
    /* Sloppy decoders pass 0x80-0x9f through where the charset has nothing there; Latin-1 and windows-1252 are mixed up
     * so often that one view serves both. */
    if (v != VIEW_MAC && v != VIEW_437)
        for (uint32_t b = 0x80; b < 0xa0; b++)
            if (v == VIEW_1252 || v == VIEW_LATIN2 || c->point[b] == UINT32_MAX)
                views->byte[v][b] = (unsigned char)b;
}

/* ---- the sieve: what has to be looked at ---- */

/* Patterns of pairs of characters, so that few pairs of ordinary text pass by chance: no two alphabets meet in one that
 * would let the letters of one in a row pass. */
enum { CONTROL, CYRILLIC_D0, CYRILLIC_D1, CYRILLIC_SIGN, LATIN_SIGN, LATIN_LETTER, SIGN_TWO, SIGN_THREE };

static uint32_t pattern_of(uint32_t before, uint32_t cp)
{
    if (before >= 0x800)
        return cp < 0x800 ? SIGN_TWO : SIGN_THREE;
    if (before >= 0x400 && cp >= 0x400 && cp < 0x800)
        return cp < 0x440 ? CYRILLIC_D0 : CYRILLIC_D1;
    if (before >= 0x400 || (cp >= 0x370 && cp < 0x800))
        return CYRILLIC_SIGN;
    return cp < 0xc0 || cp >= 0x800 ? LATIN_SIGN : LATIN_LETTER;
}

static void add_pair(struct views *views, uint32_t before, uint32_t cp)
{
    char first[4], second[4] = {0};
    uint32_t n = assay_utf8_put(first, before);
    assay_utf8_put(second, cp);
    const unsigned char window[] = {(unsigned char)first[n - 2], (unsigned char)first[n - 1], (unsigned char)second[0],
                                    (unsigned char)second[1]};
    assay_sieve_add(&views->sieve, pattern_of(before, cp), window);
}

static void add_controls(struct views *views)
{
    for (uint32_t b = 0; b < 256; b++) {
        const unsigned char window[] = {(unsigned char)b, (unsigned char)b, 0xc2, (unsigned char)(0x80 | (b & 0x1f))};
        assay_sieve_add(&views->sieve, CONTROL, window);
    }
}

/* All pairs that look_at() (suspects.c) stops at. */
static void fill_sieve(struct views *views)
{
    add_controls(views);
    for (uint32_t before = 0xc0; before < 0x100; before++)
        for (uint32_t cp = 0xc0; cp < 0x100; cp++)
            add_pair(views, before, cp);
    uint32_t trail[VIEWS * 64], trails = 0;
    for (uint32_t cp = 0x80; cp < VIEW_POINTS; cp++)
        if (views->trail[cp] && trails < VIEWS * 64)
            trail[trails++] = cp;
    for (uint32_t before = 0x80; before < VIEW_POINTS; before++)
        for (uint32_t i = 0; views->lead[before] && i < trails; i++)
            if (views->lead[before] & views->trail[trail[i]] && mojibake_begins(views, before, trail[i]))
                add_pair(views, before, trail[i]);
}

struct views *views_new(void)
{
    static const char *const names[VIEWS] = {"windows-1252", "windows-1251", "windows-1250", "windows-1254",
                                             "windows-1257", "ISO-8859-2",   "macintosh",    "IBM437"};
    struct views *views = calloc(1, sizeof *views);
    for (uint32_t v = 0; views && v < VIEWS; v++) {
        struct assay_charset c;
        if (!assay_charset_open(&c, names[v]))
            continue;
        fill(views, v, &c);
        assay_charset_close(&c);
        for (uint32_t cp = 0x80; cp < VIEW_POINTS; cp++) {
            unsigned char b = views->byte[v][cp];
            views->lead[cp] |= (unsigned char)((b >= 0xc2 && b < 0xf5) << v);
            views->trail[cp] |= (unsigned char)((b >= 0x80 && b < 0xc0) << v);
        }
    }
    if (views)
        fill_sieve(views);
    return views;
}

void views_free(struct views *views)
{
    free(views);
}

int views_byte(const struct views *views, uint32_t view, uint32_t cp)
{
    int b = cp < VIEW_POINTS ? views->byte[view][cp] : 0;
    return b ? b : -1;
}
