/* SPDX-License-Identifier: Apache-2.0 */
#include "guess.h"

#include <assay/kit/charset.h>
#include <assay/kit/utf8.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <uchardet.h>

#define SAMPLE 65536u

/* Share of letters of the right case and of signs that text has, in 1/1024 of the non-ASCII characters: what tells a
 * charset from one that happens to decode, too. Line art and controls inside text, a capital behind a small letter and
 * signs inside words are what a wrong table gives. */
static int plausibility(const struct assay_charset *c, struct assay_text bytes)
{
    int64_t odd = 0, seen = 0;
    uint32_t before = ' ';
    for (uint64_t i = 0; i < bytes.size; i++) {
        unsigned char b = (unsigned char)bytes.at[i];
        uint32_t cp = c->point[b];
        int letter_before = (before >= 'a' && before <= 'z') || before >= 0xc0;
        if (b >= 0x80) {
            seen++;
            if (cp == UINT32_MAX || (cp >= 0x80 && cp < 0xa0) || (cp >= 0x2500 && cp < 0x2600))
                odd += 4;
            else if (((cp >= 0xa1 && cp < 0xc0) || (cp > 0x2010 && cp < 0x2123 && cp != 0x2019)) && letter_before &&
                     i + 1 < bytes.size && (bytes.at[i + 1] | 0x20) >= 'a' && (bytes.at[i + 1] | 0x20) <= 'z')
                odd += 2;
            else if (before >= 'a' && before <= 'z' && ((cp >= 0xc0 && cp < 0xdf) || (cp >= 0x410 && cp < 0x430)))
                odd += 2;
        }
        before = cp == UINT32_MAX ? ' ' : cp;
    }
    return seen ? (int)(1024 - (odd * 1024) / (4 * seen)) : 1024;
}

/* 1 where the bytes decode without loss. */
static int decodes(const char *name, struct assay_text bytes)
{
    struct assay_charset c;
    if (!assay_charset_open(&c, name))
        return 0;
    struct assay_mapper m = {0};
    uint64_t bad = 0;
    int done = assay_charset_decode(&c, &m, bytes, 0, &bad);
    assay_mapper_free(&m);
    assay_charset_close(&c);
    /* A stray byte in a long page is the page's fault, not the declaration's. */
    return done && bad * 1000 <= bytes.size;
}

static int has_high_controls(struct assay_text bytes)
{
    for (uint64_t i = 0; i < bytes.size; i++)
        if ((unsigned char)bytes.at[i] >= 0x80 && (unsigned char)bytes.at[i] < 0xa0)
            return 1;
    return 0;
}

/* The ISO charset and the Windows one that contains it differ in 0x80-0x9f only: name the one whose bytes are there. */
static void name_family(struct assay_text bytes, char *name)
{
    if (has_high_controls(bytes))
        return;
    if (strcmp(name, "windows-1252") == 0)
        strcpy(name, "ISO-8859-1");
    else if (strcmp(name, "windows-1254") == 0)
        strcpy(name, "ISO-8859-9");
}

static int same_name(const char *a, const char *b)
{
    return strcasecmp(a, b) == 0;
}

/* An ISO charset has controls in 0x80-0x9f: bytes there mean that its Windows relative was used. */
static void prefer_windows(struct assay_text bytes, char *name)
{
    static const char *const pair[][2] = {{"ISO-8859-1", "windows-1252"}, {"ISO-8859-15", "windows-1252"},
                                          {"ISO-8859-2", "windows-1250"}, {"ISO-8859-16", "windows-1250"},
                                          {"ISO-8859-7", "windows-1253"}, {"ISO-8859-13", "windows-1257"},
                                          {"ISO-8859-4", "windows-1257"}, {"ISO-8859-3", "windows-1254"},
                                          {"ISO-8859-8", "windows-1255"}, {"ISO-8859-6", "windows-1256"}};
    for (size_t i = 0; i < sizeof pair / sizeof pair[0]; i++)
        if (same_name(name, pair[i][0]) && has_high_controls(bytes)) {
            strcpy(name, pair[i][1]);
            return;
        }
}

static int is_dos_latin(const char *name)
{
    return strncmp(name, "IBM8", 4) == 0 && strcmp(name, "IBM855") != 0 && strcmp(name, "IBM866") != 0 &&
           strcmp(name, "IBM862") != 0;
}

/* Tables that hardly any text is in, and that a few letters are enough for the detector to see. */
static int is_rare_latin(const char *name)
{
    return strncmp(name, "Mac", 3) == 0 ? strcmp(name, "MacCyrillic") != 0
                                        : same_name(name, "macintosh") || is_dos_latin(name);
}

/* KOI8-U has letters where KOI8-R has line art: a text with lines inside its words is Ukrainian. */
static void prefer_ukrainian(struct assay_text sample, char *name)
{
    struct assay_charset russian, ukrainian;
    if (!assay_charset_open(&russian, "KOI8-R"))
        return;
    if (assay_charset_open(&ukrainian, "KOI8-U")) {
        if (plausibility(&ukrainian, sample) > plausibility(&russian, sample))
            strcpy(name, "KOI8-U");
        assay_charset_close(&ukrainian);
    }
    assay_charset_close(&russian);
}

/* The detector is good at Cyrillic and East Asian; between the Latin tables its margins are thin, so a western text has
 * to look worse as windows-1252 before another Latin table is believed. */
static void statistical(struct assay_text bytes, const char *fallback, char *name)
{
    struct assay_text sample = {bytes.at, bytes.size < SAMPLE ? bytes.size : SAMPLE};
    uchardet_t detector = uchardet_new();
    const char *found = "";
    if (detector && uchardet_handle_data(detector, sample.at, sample.size) == 0) {
        uchardet_data_end(detector);
        found = uchardet_get_charset(detector);
    }
    if (!*found || same_name(found, "ASCII") || same_name(found, "UTF-8"))
        found = fallback;
    assay_charset_name(name, CHARSET_ROOM, (struct assay_text){found, strlen(found)});
    if (detector)
        uchardet_delete(detector);
    prefer_windows(bytes, name);
    /* The Romanian letters of ISO-8859-16 have the same bytes in the table that Romanian texts are in. */
    if (same_name(name, "ISO-8859-16"))
        strcpy(name, "windows-1250");
    if (same_name(name, "KOI8-R"))
        prefer_ukrainian(sample, name);
    struct assay_charset guess, western;
    if (!assay_charset_open(&guess, name)) {
        assay_charset_name(name, CHARSET_ROOM, (struct assay_text){fallback, strlen(fallback)});
        return;
    }
    int single = !guess.converter && guess.good > 128, margin = is_rare_latin(name) ? -64 : 64;
    if (single && !same_name(name, fallback) && assay_charset_open(&western, fallback)) {
        if (plausibility(&guess, sample) + margin < plausibility(&western, sample))
            assay_charset_name(name, CHARSET_ROOM, (struct assay_text){fallback, strlen(fallback)});
        assay_charset_close(&western);
    }
    assay_charset_close(&guess);
}

static int has_escapes(struct assay_text bytes)
{
    for (const char *p = bytes.at, *end = p + bytes.size; (p = memchr(p, 0x1b, (size_t)(end - p))) != NULL; p++)
        if (end - p >= 3 &&
            ((p[1] == '$' && (p[2] == '@' || p[2] == 'B' || p[2] == ')')) || (p[1] == '(' && p[2] == 'J')))
            return p[1] == '$' && p[2] == ')' ? 2 : 1;
    return 0;
}

/* A cut character at the very end, or one stray byte in a long text, does not make UTF-8 another charset. */
static int nearly_utf8(struct assay_text bytes)
{
    uint64_t bad = 0, good = 0, at = 0;
    while (at < bytes.size && bad * 200 <= at + 200) {
        uint64_t n = assay_utf8_valid(bytes.at + at, bytes.size - at);
        for (uint64_t i = at; i < at + n && good < 1000; i++)
            good += (unsigned char)bytes.at[i] >= 0xc0;
        at += n;
        if (at < bytes.size) {
            bad++;
            at++;
        }
    }
    return at >= bytes.size && good >= 4 && good >= bad * 20;
}

static int try_declared(struct assay_text bytes, struct assay_text declared, char *name)
{
    char known[CHARSET_ROOM];
    if (!declared.at || !declared.size)
        return 0;
    assay_charset_name(known, sizeof known, declared);
    /* A page that can be read bytewise is no UTF-16, whatever it says. */
    if (strncmp(known, "UTF-", 4) == 0 || !decodes(known, bytes))
        return 0;
    strcpy(name, known);
    return 1;
}

int guess_charset(struct assay_text bytes, struct assay_text declared, const char *fallback, char *name, uint32_t *mark)
{
    const char *sure = assay_charset_mark(bytes, mark);
    if (!sure)
        sure = assay_charset_wide(bytes);
    int escapes = sure ? 0 : has_escapes(bytes);
    if (escapes)
        sure = escapes == 2 ? "ISO-2022-KR" : "ISO-2022-JP";
    int valid = !sure && assay_utf8_valid(bytes.at, bytes.size) == bytes.size;
    if (!sure && (valid || nearly_utf8(bytes)))
        sure = "UTF-8";
    if (sure) {
        strcpy(name, sure);
        return valid;
    }
    if (!try_declared(bytes, declared, name) && !try_declared(bytes, assay_charset_declared(bytes), name))
        statistical(bytes, fallback, name);
    prefer_windows(bytes, name);
    name_family(bytes, name);
    return 0;
}
