/* SPDX-License-Identifier: Apache-2.0
 *
 * windows-1251 read as Latin-1 or windows-1252: words of nothing but accented letters. They are taken for Russian where
 * the letters that come out look like it: a natural case pattern and mostly frequent pairs.
 */
#include <string.h>

#include "mojibake.h"

/* The pairs that make up most of running Russian, as the second letters of each first letter from а on. */
static const char *const pairs[32] = {
    "\xe2\xe7\xeb\xec\xed\xf0\xf1\xf2\xff\xe5\xea\xe6\xf5\xe4\xf8", /* а: в з л м н р с т я е к ж х д ш */
    "\xe0\xe5\xee\xf0\xf3\xfb\xeb\xe8",                             /* б */
    "\xe0\xe5\xee\xe8\xf1\xfb\xed\xff\xf8\xeb",                     /* в */
    "\xee\xe0\xf0\xe8\xeb\xe4\xf3",                                 /* г */
    "\xe5\xe0\xee\xe8\xed\xf3\xf0\xe2\xf1\xff\xfc",                 /* д */
    "\xed\xf0\xeb\xf2\xf1\xec\xe5\xe3\xe4\xe9\xe2\xf6\xea",         /* е */
    "\xe5\xe8\xe4\xe0\xed\xf3",                                     /* ж */
    "\xe0\xed\xe2\xee\xe8\xe4\xfb",                                 /* з */
    "\xed\xf2\xf1\xe8\xe5\xff\xeb\xec\xf5\xea\xe7\xe9\xe2\xe4\xf7\xf0\xea\xfe", /* и */
    "\xf1\xed\xf2\xea\xe4\xf8",                                     /* й */
    "\xee\xe0\xe8\xf0\xf2\xf3\xeb\xe5\xf1\xed",                     /* к */
    "\xe5\xe8\xe0\xfc\xee\xff\xfe\xfb\xf1\xf3\xed",                 /* л */
    "\xe5\xe8\xee\xe0\xed\xf3\xfb\xff\xf1",                         /* м */
    "\xe0\xee\xe8\xe5\xfb\xed\xff\xf2\xf1\xf3\xfc",                 /* н */
    "\xe2\xf1\xe3\xf0\xeb\xe4\xe9\xf2\xec\xed\xe1\xea\xe5\xe7\xef\xf8\xf5\xff", /* о */
    "\xee\xf0\xe5\xe0\xe8\xf3\xeb\xff\xf2",                         /* п */
    "\xe0\xe5\xee\xe8\xf3\xff\xfb\xf2\xe3\xf1\xfc\xed",             /* р */
    "\xf2\xea\xee\xf1\xe5\xeb\xff\xe8\xef\xe0\xfc\xed\xe2\xec\xf3\xf0", /* с */
    "\xee\xe0\xe5\xe8\xf0\xfc\xe2\xfb\xff\xed\xf1\xf3\xea",         /* т */
    "\xf1\xe4\xf2\xf7\xe6\xe3\xf0\xeb\xea\xef\xf9\xec\xf8\xfe",     /* у */
    "\xe8\xe5\xf0\xe0\xee",                                         /* ф */
    "\xee\xe0\xee\xf0\xe8\xed",                                     /* х */
    "\xe8\xe5\xe0\xfb\xf3\xee",                                     /* ц */
    "\xe5\xe8\xe0\xf2\xed\xf3\xea",                                 /* ч */
    "\xe5\xe8\xe0\xeb\xed\xf2\xea\xfc",                             /* ш */
    "\xe5\xe8\xe0\xf3",                                             /* щ */
    "\xe5\xff",                                                     /* ъ */
    "\xe5\xe9\xeb\xf5\xec\xf2\xe2\xf1\xed\xf0",                     /* ы */
    "\xed\xf1\xea\xff\xfe\xe5\xf8\xf2",                             /* ь */
    "\xf2\xea\xea\xeb\xed\xf1",                                     /* э */
    "\xf2\xf9\xe4\xf0\xf7\xf1\xed\xe1",                             /* ю */
    "\xf2\xf1\xed\xe2\xe7\xe5\xf0\xe4\xeb\xec\xf5\xf9",             /* я */
};

/* The letter's byte in windows-1251: 0xc0-0xff, ё and Ё; 0: none. */
static uint32_t letter_byte(uint32_t cp)
{
    return (cp >= 0xc0 && cp <= 0xff) || cp == 0xa8 || cp == 0xb8 ? cp : 0;
}

/* What Ukrainian, Belarusian and Serbian add; signs in Latin-1, so they count inside a word only. */
static uint32_t added_letter(uint32_t cp)
{
    static const uint32_t latin[] = {0xb3, 0xbf, 0xba, 0xb4, 0xb2, 0xaf, 0xaa, 0xa5, 0xa2, 0xa1};
    static const uint32_t letter[] = {0x456, 0x457, 0x454, 0x491, 0x406, 0x407, 0x404, 0x490, 0x45e, 0x40e};
    for (size_t i = 0; i < sizeof latin / sizeof latin[0]; i++)
        if (latin[i] == cp)
            return letter[i];
    return 0;
}

static uint32_t small(uint32_t byte)
{
    return byte == 0xa8 ? 0xb8 : byte >= 0xc0 && byte < 0xe0 ? byte + 0x20 : byte;
}

static int is_capital(uint32_t byte)
{
    return byte == 0xa8 || (byte >= 0xc0 && byte < 0xe0);
}

static int is_vowel(uint32_t byte)
{
    return strchr("\xe0\xe5\xe8\xee\xf3\xfb\xfd\xfe\xff\xb8", (int)(char)small(byte)) != NULL;
}

static uint32_t word_end(const struct cell *cell, uint32_t cells, uint32_t i)
{
    while (i < cells && letter_byte(cell[i].cp))
        i++;
    return i;
}

static int is_free(const struct cell *cell, uint32_t cells, uint32_t begin, uint32_t end)
{
    return (begin == 0 || !cyrillic_never_beside(cell[begin - 1].cp)) &&
           (end == cells || !cyrillic_never_beside(cell[end].cp));
}

/* One capital at most, at the begin, or all capitals. */
static int natural_case(const struct cell *c, uint32_t n)
{
    uint32_t capitals = 0;
    for (uint32_t i = 0; i < n; i++)
        capitals += (uint32_t)is_capital(c[i].cp);
    return capitals == 0 || capitals == n || (capitals == 1 && is_capital(c[0].cp));
}

static uint32_t frequent_pairs(const struct cell *c, uint32_t n)
{
    uint32_t good = 0;
    for (uint32_t i = 1; i < n; i++) {
        uint32_t a = small(c[i - 1].cp), b = small(c[i].cp);
        if (a >= 0xe0)
            good += strchr(pairs[a - 0xe0], (int)(char)b) != NULL;
    }
    return good;
}

static int is_word(const struct cell *c, uint32_t n)
{
    uint32_t vowels = 0;
    if (n < 3 || n > CYRILLIC_WORD_MOST || !natural_case(c, n))
        return 0;
    for (uint32_t i = 0; i < n; i++) {
        vowels += (uint32_t)is_vowel(c[i].cp);
        if (i > 1 && small(c[i].cp) == small(c[i - 1].cp) && small(c[i].cp) == small(c[i - 2].cp))
            return 0;
    }
    /* A short word could be a list of letters: all of its pairs have to be frequent. */
    return vowels > 0 && vowels < n && frequent_pairs(c, n) * 3 >= (n - 1) * (n < 5 ? 3 : 2);
}

uint32_t cyrillic_evidence(const struct cell *cell, uint32_t cells)
{
    uint32_t points = 0;
    for (uint32_t i = 0; i < cells; i++) {
        uint32_t end = word_end(cell, cells, i);
        if (end > i && is_free(cell, cells, i, end) && is_word(cell + i, end - i))
            points += end - i - 2;
        i = end;
    }
    return points;
}

static uint32_t decode(uint32_t cp)
{
    uint32_t added = added_letter(cp);
    return added ? added : cp == 0xa8 ? 0x401 : cp == 0xb8 ? 0x451 : 0x410 + (cp - 0xc0);
}

static uint32_t long_word_end(const struct cell *cell, uint32_t cells, uint32_t i, int *letters)
{
    for (*letters = 0; i < cells && (letter_byte(cell[i].cp) || added_letter(cell[i].cp)); i++)
        *letters += cell[i].cp >= 0xc0 && cell[i].cp != 0xd7 && cell[i].cp != 0xf7; /* signs in Latin-1: never alone */
    return i;
}

static void put(struct cell *cell, uint32_t cp)
{
    cell->cp = cp;
    cell->changed = 1;
}

static int is_digit(const struct cell *cell, uint32_t cells, uint32_t i)
{
    return i < cells && cell[i].cp >= '0' && cell[i].cp <= '9';
}

/* Letters of a model's name: a hyphen and a digit behind them, or before. */
static int is_designation(const struct cell *cell, uint32_t cells, uint32_t begin, uint32_t end)
{
    int behind = end < cells && cell[end].cp == '-' && is_digit(cell, cells, end + 1);
    int before = begin >= 2 && cell[begin - 1].cp == '-' && is_digit(cell, cells, begin - 2);
    return behind || before;
}

int cyrillic_repair(struct cell *cell, uint32_t cells, int sure)
{
    int changed = 0, letters;
    for (uint32_t i = 0; i < cells; i++) {
        uint32_t end = long_word_end(cell, cells, i, &letters);
        if (end > i && letters && is_free(cell, cells, i, end) && (sure || is_designation(cell, cells, i, end))) {
            for (uint32_t k = i; k < end; k++)
                put(&cell[k], decode(cell[k].cp));
            changed = 1;
        }
        if (end > i)
            i = end - 1;
        else if (cell[i].cp == 0xb9 && changed && i + 1 < cells &&
                 (cell[i + 1].cp == ' ' || (cell[i + 1].cp >= '0' && cell[i + 1].cp <= '9')))
            put(&cell[i], 0x2116); /* the number sign */
    }
    return changed;
}
