/* SPDX-License-Identifier: Apache-2.0
 *
 * Characters that were left written out when a text was taken from a page or a data file: &#1080; &eacute; &nbsp; of
 * HTML, \u0438 of JSON and JavaScript, %D0%B8 of addresses and forms. Such a text is read as what is meant. Names of
 * letters with a sign are a letter and the sign's name in HTML; since signs do not count, the letter is enough.
 */
#include <stdlib.h>
#include <string.h>

#include <assay/kit/text.h>
#include <assay/kit/utf8.h>

#include "reader.h"
#include "scan.h"

#define NAME 8u   /* letters of the longest name */
#define DIGITS 7u /* of a number */

/* One escape: bytes it takes, and what stands for them. size 0: none begins here. */
struct escape {
    uint32_t size, cp;
    int dropped; /* it stands for nothing that counts */
};

static struct escape number(const char *p, const char *end)
{
    uint32_t base = p < end && (*p | 32) == 'x' ? 16 : 10, n = base == 16, first = n, cp = 0;
    for (; p + n < end && (uint32_t)assay_hex_digit(p[n]) < base && n - first < DIGITS; n++) /* -1 is above any */
        cp = cp * base + (uint32_t)assay_hex_digit(p[n]);
    if (n == first || p + n >= end || p[n] != ';' || cp > 0x10ffff)
        return (struct escape){0};
    return (struct escape){n + 3, cp ? cp : ' ', 0};
}

static int is_one_of(const char *name, uint32_t n, const char *const *list)
{
    for (; *list; list++)
        if (strlen(*list) == n && !memcmp(*list, name, n))
            return 1;
    return 0;
}

static struct escape named(const char *p, const char *end)
{
    static const char *const sign[] = {"acute", "grave", "circ", "uml", "tilde", "cedil", "ring",
                                       "caron", "breve", "macr", "ogon", "strok", "slash", NULL};
    static const char *const mark[] = {"nbsp", "amp", "quot", "apos", "lt", "gt", "laquo", "raquo", "ldquo", "rdquo",
                                       "lsquo", "rsquo", "sbquo", "bdquo", "mdash", "ndash", "hellip", "middot", "bull",
                                       "copy", "reg", "trade", "deg", "sect", "para", "euro", "pound", "cent", "yen",
                                       "times", "ensp", "emsp", "thinsp", "iexcl", "iquest", NULL};
    static const char *const nothing[] = {"shy", "zwnj", "zwj", "lrm", "rlm", NULL};
    uint32_t n = 0;
    while (p + n < end && n <= NAME && (p[n] | 32) >= 'a' && (p[n] | 32) <= 'z')
        n++;
    if (n < 2 || p + n >= end || p[n] != ';')
        return (struct escape){0};
    if (is_one_of(p + 1, n - 1, sign))
        return (struct escape){n + 2, (unsigned char)*p, 0};
    if (is_one_of(p + 1, n - 1, (const char *const[]){"Elig", "elig", NULL}))
        return (struct escape){n + 2, (*p | 32) == 'o' ? 0x153 : 0xe6, 0};
    if (n == 5 && !memcmp(p, "szlig", 5))
        return (struct escape){7, 0xdf, 0};
    if (is_one_of(p, n, nothing))
        return (struct escape){n + 2, 0, 1};
    return is_one_of(p, n, mark) ? (struct escape){n + 2, ' ', 0} : (struct escape){0};
}

static uint32_t four_digits(const char *p, const char *end)
{
    uint32_t cp = 0;
    if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
        return 0;
    for (uint32_t i = 2; i < 6; i++) {
        int digit = assay_hex_digit(p[i]);
        if (digit < 0)
            return 0;
        cp = cp << 4 | (uint32_t)digit;
    }
    return cp;
}

/* \u0438, or two of them that are one character; where there are such, \n and its like are blanks. */
static struct escape backslash(const char *p, const char *end, int unicode)
{
    uint32_t cp = four_digits(p, end), low = cp >= 0xd800 && cp < 0xdc00 ? four_digits(p + 6, end) : 0;
    if (low >= 0xdc00 && low < 0xe000)
        return (struct escape){12, 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00), 0};
    if (cp)
        return (struct escape){6, cp >= 0xd800 && cp < 0xe000 ? ' ' : cp, 0};
    if (unicode && end - p >= 2 && p[1] && strchr("nrt\"/\\", p[1]))
        return (struct escape){2, ' ', 0};
    return (struct escape){0};
}

/* The byte of %D0; -1: there is none. */
static int percent_byte(const char *p, const char *end)
{
    int high = end - p < 3 || *p != '%' ? -1 : assay_hex_digit(p[1]), low = high < 0 ? -1 : assay_hex_digit(p[2]);
    return low < 0 ? -1 : high << 4 | low;
}

/* %D0%B8, all bytes of one character; where there are such, %20 and its like are what they stand for. Alone they are
 * seldom meant: "up 5%20 years ago". */
static struct escape percent(const char *p, const char *end, int others)
{
    char bytes[4];
    uint32_t n = 0, cp;
    for (int byte; n < sizeof bytes && (byte = percent_byte(p + 3 * n, end)) >= 0; n++)
        bytes[n] = (char)byte;
    if (n == 0)
        return (struct escape){0};
    if ((unsigned char)bytes[0] < 0x80)
        return others ? (struct escape){3, bytes[0] ? (uint32_t)bytes[0] : ' ', 0} : (struct escape){0};
    uint32_t size = assay_utf8_next(bytes, bytes + n, &cp);
    return size < 2 || cp < 0x80 ? (struct escape){0} : (struct escape){3 * size, cp, 0};
}

/* Which escapes a text has, but for those of HTML: others beside these are escapes, too. */
#define UNICODE 1
#define PERCENT 2

static struct escape escape_at(const char *p, const char *end, int has)
{
    if (*p == '\\')
        return backslash(p, end, has & UNICODE);
    if (*p == '%')
        return percent(p, end, has & PERCENT);
    if (*p != '&' || end - p < 4)
        return (struct escape){0};
    return p[1] == '#' ? number(p + 2, end) : named(p + 1, end);
}

/* Whether the sign `c` begins an escape anywhere. */
static int stands(const char *text, uint64_t from, uint64_t to, char c)
{
    const char *p = text + from, *end = text + to;
    for (; p < end && (p = memchr(p, c, (size_t)(end - p))) != NULL; p++)
        if (escape_at(p, end, 0).size)
            return 1;
    return 0;
}

static int keep_shift(struct dup_plain *plain, uint64_t at, uint64_t origin)
{
    if (plain->shifts == plain->room) {
        uint64_t room = plain->room + plain->room / 2 + 64;
        struct dup_shift *to = realloc(plain->shift, room * sizeof *to);
        if (!to)
            return 0;
        plain->shift = to;
        plain->room = room;
    }
    plain->shift[plain->shifts++] = (struct dup_shift){(uint32_t)at, (uint32_t)origin};
    return 1;
}

/* The next place where an escape may begin, or the end. */
static uint64_t next_sign(const char *text, uint64_t at, uint64_t to)
{
    while (at < to && text[at] != '&' && text[at] != '\\' && text[at] != '%')
        at++;
    return at;
}

static int read_escapes(struct dup_plain *plain, const char *text, uint64_t from, uint64_t to, int has)
{
    plain->text = malloc(to - from); /* no escape is shorter than what it stands for */
    if (!plain->text || !keep_shift(plain, 0, from))
        return 0;
    for (uint64_t at = from; at < to;) {
        uint64_t sign = next_sign(text, at, to);
        struct escape e = sign < to ? escape_at(text + sign, text + to, has) : (struct escape){0};
        uint64_t plainly = sign + (sign < to && e.size == 0) - at;
        memcpy(plain->text + plain->size, text + at, plainly);
        plain->size += plainly;
        at += plainly + e.size;
        if (e.size == 0)
            continue;
        plain->size += e.dropped ? 0 : assay_utf8_put(plain->text + plain->size, e.cp);
        if (!keep_shift(plain, plain->size, at))
            return 0;
    }
    return 1;
}

int dup_plain_make(struct dup_plain *plain, const char *text, uint64_t from, uint64_t to, uint32_t signs)
{
    int has = (signs & DUP_BACKSLASH && stands(text, from, to, '\\') ? UNICODE : 0) |
              (signs & DUP_PERCENT && stands(text, from, to, '%') ? PERCENT : 0);
    int named = signs & DUP_AMPERSAND && !has && stands(text, from, to, '&');
    memset(plain, 0, sizeof *plain);
    if ((!has && !named) || read_escapes(plain, text, from, to, has))
        return 1;
    dup_plain_free(plain);
    return 0;
}

/* Where it is in the text; places are asked for in ascending order. */
static uint32_t origin_of(const struct dup_plain *plain, uint64_t *next, uint32_t at)
{
    while (*next + 1 < plain->shifts && plain->shift[*next + 1].at <= at)
        ++*next;
    return plain->shift[*next].origin + (at - plain->shift[*next].at);
}

void dup_plain_restore(const struct dup_plain *plain, struct dup_words *w)
{
    uint64_t next = 0;
    for (uint32_t i = 0; i < w->count; i++) {
        w->at[i].begin = origin_of(plain, &next, w->at[i].begin);
        w->at[i].end = origin_of(plain, &next, w->at[i].end);
    }
}

void dup_plain_free(struct dup_plain *plain)
{
    free(plain->text);
    free(plain->shift);
    memset(plain, 0, sizeof *plain);
}
