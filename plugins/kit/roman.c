/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/roman.h>

#include <string.h>

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>

#define WORD_MAX 96u

/* U+0430..U+044F, then the letters of U+0450..U+045F. */
static const char *const cyrillic[48] = {
    "a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p",
    "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "sh", "", "i", "", "e", "iu", "ia",
    "e", "io", "dj", "g", "e", "dz", "i", "i", "j", "l", "n", "ch", "k", "i", "u", "dzh"};
/* U+03B1..U+03C9 */
static const char *const greek[25] = {"a",  "v", "g", "d", "e", "z", "i", "th", "i", "k",  "l",  "m", "n",
                                      "ks", "o", "p", "r", "s", "s", "t", "i",  "f", "kh", "ps", "o"};
/* U+10D0..U+10F0 */
static const char *const georgian[33] = {"a",  "b", "g",  "d",  "e",  "v",  "z",  "t",  "i",  "k",  "l",
                                         "m",  "n", "o",  "p",  "zh", "r",  "s",  "t",  "u",  "p",  "k",
                                         "gh", "k", "sh", "ch", "ts", "dz", "ts", "ch", "kh", "dj", "h"};
/* U+0561..U+0586 */
static const char *const armenian[38] = {"a",  "b", "g", "d",  "e",  "z",  "e",  "i", "t", "zh", "i", "l",  "kh",
                                         "ts", "k", "h", "dz", "gh", "ch", "m",  "i", "n", "sh", "o", "ch", "p",
                                         "dj", "r", "s", "v",  "t",  "r",  "ts", "u", "p", "k",  "o", "f"};

struct special {
    uint32_t cp;
    const char *latin;
};
static const struct special specials[] = {
    {0x00df, "ss"}, {0x00e6, "ae"}, {0x0153, "e"}, {0x00f8, "o"}, {0x0111, "d"}, {0x00f0, "d"}, {0x00fe, "th"}, {0x0142, "l"},
    {0x0131, "i"},  {0x0259, "e"}, {0x014b, "n"}, {0x0491, "g"}, {0x0493, "g"}, {0x04d9, "a"},  {0x04e9, "o"}, {0x04af, "u"},
    {0x04b9, "dj"}, {0x049d, "g"}, {0x04bb, "h"}, {0x15f, "sh"}, {0x00e7, "ch"}, {0x161, "sh"}, {0x17e, "zh"}, {0x10d, "ch"},
    {0x2bc, ""},    {0x219, "sh"}, {0x21b, "ts"}};

static const char *latin_of(uint32_t lower, char one[2])
{
    if (lower >= 'a' && lower <= 'z') {
        one[0] = (char)lower;
        one[1] = 0;
        return one;
    }
    if (lower >= '0' && lower <= '9') {
        one[0] = (char)lower;
        one[1] = 0;
        return one;
    }
    if (lower >= 0x430 && lower <= 0x45f)
        return cyrillic[lower - 0x430];
    if (lower >= 0x3b1 && lower <= 0x3c9)
        return greek[lower - 0x3b1];
    if (lower >= 0x10d0 && lower <= 0x10f0)
        return georgian[lower - 0x10d0];
    if (lower >= 0x561 && lower <= 0x586)
        return armenian[lower - 0x561];
    for (size_t i = 0; i < sizeof specials / sizeof specials[0]; i++)
        if (specials[i].cp == lower)
            return specials[i].latin;
    return NULL;
}

size_t assay_roman(char *to, size_t room, const char *word, size_t size)
{
    const char *end = word + size;
    size_t n = 0;
    while (word < end) {
        uint32_t cp, lower;
        char one[2];
        unsigned char low = (unsigned char)*word | 0x20; /* of an ASCII letter; a digit has that bit */
        if ((low >= 'a' && low <= 'z') || (*word >= '0' && *word <= '9')) {
            word++;
            if (n < room)
                to[n++] = (char)low;
            continue;
        }
        word += assay_utf8_next(word, end, &cp);
        lower = assay_lower(cp);
        const char *latin = latin_of(lower, one);
        if (!latin)
            latin = latin_of(assay_fold(cp), one);
        if (!latin)
            continue;
        for (; *latin && n < room; latin++)
            to[n++] = *latin;
    }
    return n;
}

/* One rewriting of the skeleton: what starts with a letter sounds as `to`. `rest` is what follows the letter, the
 * longest first where one is the start of another; a null `to` ends the list of a letter. */
struct sound {
    char rest[4];
    const char *to;
};
#define MOST_SOUNDS 6
static const struct sound sounds[26][MOST_SOUNDS] = {
    ['c' - 'a'] = {{"h", "c"}, {"k", "c"}},
    ['d' - 'a'] = {{"sch", "j"}, {"zh", "j"}, {"j", "j"}},
    ['g' - 'a'] = {{"h", "g"}},
    ['j' - 'a'] = {{"", "i"}},
    ['k' - 'a'] = {{"h", "h"}, {"", "c"}},
    ['p' - 'a'] = {{"h", "f"}},
    ['q' - 'a'] = {{"u", "c"}, {"", "c"}},
    ['s' - 'a'] = {{"ch", "s"}, {"hch", "s"}, {"h", "s"}},
    ['t' - 'a'] = {{"sch", "c"}, {"ch", "c"}, {"h", "t"}, {"s", "s"}, {"z", "s"}},
    ['w' - 'a'] = {{"", "v"}},
    ['x' - 'a'] = {{"", "cs"}},
    ['y' - 'a'] = {{"", "i"}},
    ['z' - 'a'] = {{"h", "j"}, {"", "s"}},
};

static int follows(const char *word, const char *end, const char *rest, size_t *size)
{
    size_t n = 0;
    while (rest[n] && word + n < end && word[n] == rest[n])
        n++;
    *size = n;
    return !rest[n];
}

static size_t rewrite(char *to, const char *word, size_t size)
{
    size_t n = 0;
    for (const char *end = word + size; word < end;) {
        const struct sound *s = *word >= 'a' && *word <= 'z' ? sounds[*word - 'a'] : NULL;
        size_t rest = 0;
        while (s && s->to && !follows(word + 1, end, s->rest, &rest))
            s++;
        if (!s || !s->to) {
            to[n++] = *word++;
            continue;
        }
        for (const char *p = s->to; *p; p++)
            to[n++] = *p;
        word += 1 + rest;
    }
    return n;
}

static int vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static int is_language(struct assay_text language, const char *code)
{
    return language.at && language.size == 2 && !memcmp(language.at, code, 2);
}

/* Letters that stand for another sound in the language, changed before the common rules. */
static void turkic(char *word, size_t size, int azerbaijani)
{
    for (size_t i = 0; i < size; i++) {
        if (word[i] == 'c' && (i + 1 == size || word[i + 1] != 'h'))
            word[i] = 'j';
        else if (azerbaijani && word[i] == 'q')
            word[i] = 'g';
        else if (azerbaijani && word[i] == 'x')
            word[i] = 'h';
    }
}

size_t assay_skeleton(char *to, size_t room, const char *word, size_t size, struct assay_text language)
{
    char roman[WORD_MAX], sound[2 * WORD_MAX];
    size_t n = assay_roman(roman, sizeof roman, word, size), out = 0;
    if (is_language(language, "az"))
        turkic(roman, n, 1);
    n = rewrite(sound, roman, n);
    for (size_t i = 0; i < n && out < room; i++) {
        char c = sound[i];
        if (i == 0 && vowel(c)) {
            to[out++] = 'A';
            continue;
        }
        if (vowel(c) || c == 'h' || (out && to[out - 1] == c))
            continue;
        to[out++] = c;
    }
    return out;
}
