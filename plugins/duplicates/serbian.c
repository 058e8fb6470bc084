/* SPDX-License-Identifier: Apache-2.0
 *
 * Serbian is printed in two alphabets, letter for letter (Latin lj, nj and dž stand for one letter each), and one
 * outlet prints in the other what it has from the first. Words of a text in Serbian or Macedonian Cyrillic are
 * therefore compared in Latin letters, marks left out. Which language a text is in is told by letters that only these
 * two have, against letters that they do not have, in the first stretch of it that is Cyrillic; it is read as what was
 * meant where it is mojibake.
 */
#include "reader.h"

#define SAMPLES 16u /* words that are looked at, of which this part is Cyrillic or may be mojibake of it: */
#define PART 4u
#define STRETCH 1024u /* characters that are looked at from the first of them on at most, */
#define BEFORE 1024   /* and as many bytes before it where it stands near the text's end */
#define LEAST 2u     /* letters of Serbian that it needs, and */
#define FOREIGN 2u   /* times as many as of Russian, Ukrainian or Bulgarian */
#define ENOUGH 8u    /* of Serbian that end the look, */
#define SURELY 3u    /* or of these, where there are fewer of Serbian */

void dup_folding_to_latin(struct dup_folding *f)
{
    static const uint16_t latin[][2] = {
        {0x430, 'a'}, {0x431, 'b'}, {0x432, 'v'}, {0x433, 'g'},    {0x434, 'd'}, {0x452, 'd'}, {0x435, 'e'}, {0x436, 'z'},
        {0x437, 'z'}, {0x438, 'i'}, {0x458, 'j'}, {0x43a, 'k'},    {0x43b, 'l'}, {0x43c, 'm'}, {0x43d, 'n'}, {0x43e, 'o'},
        {0x43f, 'p'}, {0x440, 'r'}, {0x441, 's'}, {0x442, 't'},    {0x45b, 'c'}, {0x443, 'u'}, {0x444, 'f'}, {0x445, 'h'},
        {0x446, 'c'}, {0x447, 'c'}, {0x448, 's'}, {0x459, DUP_LJ}, {0x45a, DUP_NJ}, {0x45f, DUP_DZ},
    };
    uint16_t to[0x60] = {0};
    for (uint32_t i = 0; i < sizeof latin / sizeof *latin; i++)
        to[latin[i][0] - 0x400] = latin[i][1];
    for (uint32_t cp = 0; cp < DUP_TABLE; cp++) {
        uint32_t letter = f->to[cp] - 0x400u;
        if (letter < 0x60 && to[letter])
            f->to[cp] = to[letter];
    }
    for (uint32_t cp = 0x400; cp < 0x800; cp++)
        if (f->to[cp] < 0x80 || f->to[cp] > 0x7ff)
            f->two[cp] = 0;
}

static int may_be_cyrillic(const char *p)
{
    unsigned char c = (unsigned char)*p;
    return c == 0xd0 || c == 0xd1 || c == 0xc3;
}

/* Counts letters of Serbian and Macedonian, and those of Russian and its neighbours that they do not have. */
static void weigh(uint32_t cp, uint32_t *own, uint32_t *foreign)
{
    uint32_t small = cp - 0x400 < 0x10 ? cp + 0x50 : cp - 0x410 < 0x20 ? cp + 0x20 : cp;
    if (small == 0x452 || (small >= 0x458 && small <= 0x45b) || small == 0x45f)
        ++*own;
    else if ((small >= 0x449 && small <= 0x44f) || small == 0x439 || small == 0x451 || small == 0x454 ||
             small == 0x456 || small == 0x457 || small == 0x45e)
        ++*foreign;
}

/* The first of the words looked at that is Cyrillic; NULL: too few are. */
static const char *first_cyrillic(const struct dup_words *w, const char *text)
{
    const char *first = NULL;
    uint32_t seen = 0;
    for (uint32_t i = 0; i < SAMPLES && w->count; i++) {
        const char *p = text + w->at[(uint64_t)i * w->count / SAMPLES].begin;
        if (may_be_cyrillic(p))
            first = seen++ ? first : p;
    }
    return seen * PART < SAMPLES ? NULL : first;
}

int dup_is_serbian(const struct dup_words *w, const struct dup_folding *folding, const char *text, uint64_t size)
{
    const char *p = first_cyrillic(w, text), *end = text + size;
    struct dup_reader r = {folding, text, end, end, text, DUP_PLAIN};
    uint32_t own = 0, foreign = 0, cp;
    if (!p)
        return 0;
    if (end - p < BEFORE)
        p = p - text < BEFORE ? text : p - BEFORE;
    while (p < end && ((unsigned char)*p & 0xc0) == 0x80)
        p++;
    for (uint32_t i = 0; i < STRETCH && p < end && own < ENOUGH && (foreign < SURELY || own >= foreign); i++) {
        p += dup_next_char(&r, p, &cp);
        weigh(cp, &own, &foreign);
    }
    return own >= LEAST && own >= FOREIGN * foreign;
}
