/* SPDX-License-Identifier: Apache-2.0 */
#include "walk.h"

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>
#include <string.h>

/* ASCII: a letter, a white space, or a gap flag. */
#define A_LETTER 0x100u
#define A_MARK 0x200u /* ends sentences where white space follows */
#define A_OPEN 0x400u
#define A_CLOSE 0x800u

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
        return GAP_QUOTE;
    case '(':
    case '[':
    case '{':
    case '<':
        return GAP_QUOTE | A_OPEN;
    case ')':
    case ']':
    case '}':
    case '>':
        return GAP_QUOTE | A_CLOSE;
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
    case 0xab: case 0x2018: case 0x201a: case 0x201c: case 0x201e: case 0x2039: case 0x300a: case 0x300c: case 0x300e:
    case 0x3010: case 0xff08:
        return GAP_QUOTE | A_OPEN;
    case 0xbb: case 0x201d: case 0x203a: case 0x300b: case 0x300d: case 0x300f: case 0x3011: case 0xff09:
        return GAP_QUOTE | A_CLOSE;
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

static int is_symbol(unsigned char c)
{
    switch (c) {
    case '{':
    case '}':
    case '[':
    case ']':
    case '(':
    case ')':
    case ';':
    case '=':
    case '<':
    case '>':
    case '+':
    case '*':
    case '&': case '$': case '~': case '^': case '\\':
        return 1;
    default:
        return 0;
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
    walk->quoted = 0;
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

/* "mmmmm": no word of any language. */
static int is_one_letter(const struct walk_word *word)
{
    uint32_t same = 1;
    while (same < word->n && word->c[same + 1] == word->c[1])
        same++;
    return word->n >= 5 && same == word->n;
}

/* Where a cut in a gap would be: at the first of its strongest borders, and after the white space there. */
struct cut {
    const char *at, *open; /* open: before an opening or after a closing quote, where there is no white space */
    uint32_t strength;
};

#define CUT_SPACE 1u
#define CUT_QUOTE 2u
#define CUT_SENTENCE 3u
#define CUT_LINE 4u

static void see(struct cut *cut, uint32_t flags, const char *from, const char *to)
{
    if (flags & GAP_QUOTE) {
        if (flags & A_OPEN && cut->at == from && cut->strength == CUT_SPACE)
            cut->strength = CUT_QUOTE; /* what follows belongs to it */
        if (!cut->open || flags & A_CLOSE)
            cut->open = flags & A_CLOSE ? to : from;
        return;
    }
    if (!(flags & (GAP_SPACE | GAP_SENTENCE)))
        return;
    uint32_t strength = flags & GAP_LINE ? CUT_LINE : flags & GAP_SENTENCE ? CUT_SENTENCE : CUT_SPACE;
    int better = strength == CUT_SPACE ? cut->strength <= CUT_SPACE : strength > cut->strength;
    if (better)
        cut->strength = strength;
    if (better || cut->at == from)
        cut->at = to;
}

/* Some quotes open in one language and close in another, and "straight" ones take turns: what stands next to them
 * tells. */
static uint32_t side_of_quote(struct walk *walk, uint32_t flags, const char *p, uint32_t size, uint32_t gap)
{
    unsigned char c = (unsigned char)*p;
    if (c == '"') {
        walk->quoted = !walk->quoted;
        return flags | (walk->quoted ? A_OPEN : A_CLOSE);
    }
    unsigned char next = p + size < walk->end ? (unsigned char)p[size] : 0;
    int after_word = !gap, before_word = is_alpha(next) || is_digit(next) || next >= 0xc3;
    if (size == 3 && c == 0xe2 && (unsigned char)p[2] == 0x9c && after_word) /* U+201C closes in German */
        return (flags & ~A_OPEN) | A_CLOSE;
    if (size == 2 && (unsigned char)p[1] == 0xbb && !after_word && before_word) /* U+00BB opens in some books */
        return (flags & ~A_CLOSE) | A_OPEN;
    return flags;
}

/* What was seen since the word before. */
struct between {
    struct cut cut;
    uint32_t gap, symbols;
    uint32_t mark; /* the last thing was a mark that ends sentences */
};

/* Passes over the ASCII run that begins at the place if it is an address, a path or an identifier; gives where it ends,
 * or the place itself. */
static const char *pass_technical(struct walk *walk, const char *p, struct between *seen)
{
    int suspicious;
    walk->run_end = ascii_run(p, walk->end, &suspicious);
    if (walk->run_end == p)
        walk->run_end = p + 1;
    if (!suspicious || !is_technical(p, walk->run_end))
        return p;
    /* A full stop after an address still ends a sentence. */
    seen->mark = walk->run_end[-1] == '.' || walk->run_end[-1] == '!' || walk->run_end[-1] == '?';
    seen->gap |= GAP_OTHER;
    return walk->run_end;
}

/* Takes account of a character between words. */
static void pass_gap(struct walk *walk, uint32_t flags, const char *p, uint32_t size, struct between *seen)
{
    if (flags & GAP_QUOTE)
        flags = side_of_quote(walk, flags, p, size, seen->gap);
    if (flags & GAP_SPACE) {
        if (flags & GAP_LINE)
            walk->quoted = 0;
        if (seen->mark)
            flags |= GAP_SENTENCE;
        seen->mark = 0;
    } else if (flags & A_MARK) {
        seen->mark = 1;
    } else if (!(flags & GAP_QUOTE)) {
        seen->mark = 0;
    }
    see(&seen->cut, flags, p, p + size);
    seen->gap |= flags & 0xff;
}

static int give_word(const struct walk *walk, struct walk_word *word, const struct between *seen)
{
    const struct cut *cut = &seen->cut;
    word->cut = (uint32_t)((cut->at ? cut->at : cut->open ? cut->open : walk->text + word->begin) - walk->text);
    word->gap = seen->gap;
    word->symbols = seen->symbols;
    return 1;
}

int walk_next(struct walk *walk, struct walk_word *word)
{
    const struct chars *chars = walk->chars;
    struct between seen = {0};
    const char *p = walk->at;
    while (p < walk->end) {
        unsigned char c = (unsigned char)*p;
        uint32_t size = 1, cp = c, group = c < 0x80 && chars->group[c] == GROUP_LATIN ? GROUP_LATIN : GROUP_NONE;
        uint16_t lower;
        if (c < 0x80 && c > ' ' && p >= walk->run_end) {
            const char *behind = pass_technical(walk, p, &seen);
            if (behind != p) {
                p = behind;
                continue;
            }
        } else if (c >= 0x80) {
            size = assay_utf8_next(p, walk->end, &cp);
            group = chars_of(chars, cp, &lower);
        }
        if (group == GROUP_NONE) {
            seen.symbols += c < 0x80 && is_symbol(c);
            pass_gap(walk, c < 0x80 ? ascii_gap(c) : wide_gap(cp), p, size, &seen);
            p += size;
        } else if (group == GROUP_SKIP) {
            p += size;
        } else {
            walk->at = p;
            take_word(walk, word, group);
            if (!is_one_letter(word))
                return give_word(walk, word, &seen);
            seen.gap |= GAP_OTHER;
            p = walk->at;
        }
    }
    walk->at = walk->end;
    return 0;
}
