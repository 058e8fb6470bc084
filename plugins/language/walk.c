/* SPDX-License-Identifier: Apache-2.0 */
#include "walk.h"

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>
#include <string.h>

/* ASCII: a letter, a white space, or a gap flag. */
#define A_LETTER 0x100u
#define A_MARK 0x200u /* ends sentences where white space follows */

static uint32_t ascii_gap(unsigned char c)
{
    switch (c) {
    case '\n':
        return GAP_LINE | GAP_SPACE;
    case ' ':
    case '\t':
    case '\r':
    case '\v':
    case '\f':
        return GAP_SPACE;
    case '.':
    case '!':
    case '?':
        return A_MARK | GAP_OTHER;
    case '"':
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
    case '<':
    case '>':
        return GAP_QUOTE;
    case ':':
    case ';':
    case '|':
    case '=':
        return GAP_PUNCT;
    case ',':
    case '/':
        return GAP_COMMA;
    case '-':
    case '\'':
    case '`':
        return GAP_INNER;
    default:
        return GAP_OTHER;
    }
}

static uint32_t wide_gap(uint32_t cp)
{
    switch (cp) {
    case 0xab: case 0xbb: case 0x2018: case 0x201a: case 0x201c: case 0x201d: case 0x201e: case 0x2039: case 0x203a:
    case 0x300a: case 0x300b: case 0x300c: case 0x300d: case 0x300e: case 0x300f: case 0x3010: case 0x3011: case 0xff08:
    case 0xff09:
        return GAP_QUOTE;
    case 0x2019: case 0x2010: case 0x2011: case 0x2bc: case 0xb7:
        return GAP_INNER;
    case 0x2013: case 0x2014: case 0x2015: case 0x2022: case 0xff1a: case 0xff1b: case 0x61b:
        return GAP_PUNCT;
    case 0xff0c: case 0x3001: case 0x60c:
        return GAP_COMMA;
    case 0x2026:
        return A_MARK | GAP_OTHER;
    case 0x3002: case 0xff01: case 0xff0e: case 0xff1f: case 0xff61: case 0x61f: case 0x6d4: case 0x964: case 0x965:
    case 0x589: case 0x55c: case 0x55e: case 0x104a: case 0x104b: case 0x1362: case 0x17d4: case 0x37e:
        return GAP_SENTENCE;
    case 0x2028: case 0x2029: case 0x85:
        return GAP_LINE | GAP_SPACE;
    default:
        return assay_class(cp) == ASSAY_CP_SPACE ? GAP_SPACE : GAP_OTHER;
    }
}

static int is_alpha(unsigned char c)
{
    c |= 0x20;
    return c >= 'a' && c <= 'z';
}

static int is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* 1 where the ASCII run [p, end) is a URL, an address, a path or an identifier: no words of any language. */
static int is_technical(const char *p, const char *end)
{
    unsigned char before = 0;
    if (end - p > 4 && !strncmp(p, "www.", 4))
        return 1;
    for (; p < end; p++) {
        unsigned char c = (unsigned char)*p, after = p + 1 < end ? (unsigned char)p[1] : 0;
        if (c == '@' || c == '_' || c == '\\')
            return 1;
        if (c == ':' && after == '/')
            return 1;
        if (c == '.' && (is_alpha(before) || is_digit(before)) && after >= 'a' && after <= 'z')
            return 1;
        if ((is_digit(c) && is_alpha(before)) || (is_alpha(c) && is_digit(before)))
            return 1;
        before = c;
    }
    return 0;
}

/* Only such a run has one of these: saves the look at most. */
static const char *ascii_run(const char *p, const char *end, int *suspicious)
{
    uint32_t letters = 0, others = 0;
    const char *q = p;
    for (; q < end && (unsigned char)*q > ' ' && (unsigned char)*q < 0x7f; q++) {
        if (is_alpha((unsigned char)*q))
            letters++;
        else if (*q == '@' || *q == '_' || *q == '\\' || *q == ':' || *q == '.' || is_digit((unsigned char)*q))
            others++;
    }
    *suspicious = letters && others;
    return q;
}

void walk_start(struct walk *walk, const struct chars *chars, const char *text, uint32_t begin, uint32_t end)
{
    walk->chars = chars;
    walk->text = text;
    walk->at = text + begin;
    walk->end = text + end;
    walk->run_end = walk->at;
}

static void take_word(struct walk *walk, struct walk_word *word, uint32_t group)
{
    const struct chars *chars = walk->chars;
    const char *p = walk->at, *end = walk->end;
    uint32_t n = 0, letters = 0;
    const char *last = p;
    word->begin = (uint32_t)(p - walk->text);
    word->group = group;
    while (p < end) {
        uint32_t cp, size = 1;
        uint16_t lower;
        unsigned char c = (unsigned char)*p;
        if (c < 0x80) {
            cp = c;
            lower = chars->lower[c];
        } else {
            size = assay_utf8_next(p, end, &cp);
            lower = 0;
        }
        uint32_t of = c < 0x80 ? chars->group[c] : chars_of(chars, cp, &lower);
        if (of == GROUP_SKIP) {
            p += size;
            continue;
        }
        if (of != group)
            break;
        if (n < WORD_MOST)
            word->c[++n] = lower;
        else if (group == GROUP_HAN)
            break;
        letters++;
        p += size;
        last = p;
    }
    word->c[0] = BORDER;
    word->c[n + 1] = BORDER;
    word->n = n;
    word->letters = letters;
    word->end = (uint32_t)(last - walk->text);
    walk->at = p;
}

int walk_next(struct walk *walk, struct walk_word *word)
{
    const struct chars *chars = walk->chars;
    const char *p = walk->at, *end = walk->end, *cut = NULL, *open = NULL;
    uint32_t gap = 0, mark = 0;
    while (p < end) {
        unsigned char c = (unsigned char)*p;
        uint32_t size = 1, flags;
        if (c < 0x80) {
            if (p >= walk->run_end && c > ' ') {
                int suspicious;
                walk->run_end = ascii_run(p, end, &suspicious);
                if (walk->run_end == p)
                    walk->run_end = p + 1;
                if (suspicious && is_technical(p, walk->run_end)) {
                    /* A full stop after an address still ends a sentence. */
                    mark = walk->run_end[-1] == '.' || walk->run_end[-1] == '!' || walk->run_end[-1] == '?';
                    p = walk->run_end;
                    gap |= GAP_OTHER;
                    continue;
                }
            }
            if (chars->group[c] == GROUP_LATIN) {
                walk->at = p;
                take_word(walk, word, GROUP_LATIN);
                break;
            }
            flags = ascii_gap(c);
        } else {
            uint32_t cp;
            uint16_t lower;
            size = assay_utf8_next(p, end, &cp);
            uint32_t group = chars_of(chars, cp, &lower);
            if (group == GROUP_SKIP) {
                p += size;
                continue;
            }
            if (group != GROUP_NONE) {
                walk->at = p;
                take_word(walk, word, group);
                break;
            }
            flags = wide_gap(cp);
        }
        if (flags & GAP_SPACE) {
            if (mark)
                flags |= GAP_SENTENCE;
            mark = 0;
            cut = p + size;
            open = NULL;
        } else if (flags & A_MARK) {
            mark = 1;
        } else if (!(flags & GAP_QUOTE)) {
            mark = 0;
        } else if (!open) {
            open = p;
        }
        gap |= flags & 0xff;
        p += size;
    }
    if (p >= end) {
        walk->at = end;
        return 0;
    }
    if (!cut)
        cut = open ? open : p;
    word->cut = (uint32_t)(cut - walk->text);
    word->gap = gap;
    return 1;
}
