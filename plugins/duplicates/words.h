/* SPDX-License-Identifier: Apache-2.0
 *
 * Words for comparing texts: case, accents, marks, quotes, width, normal form and soft hyphens do not count; each
 * ideograph is a word; a line of mojibake is read as what it was; what times a subtitle is passed over. Coarser than
 * the kit's tokens (apostrophes and hyphens part words, accents never matter), because two printings of one text must
 * give the same words.
 */
#ifndef DUP_WORDS_H
#define DUP_WORDS_H

#include <stddef.h>
#include <stdint.h>

#define DUP_TABLE 0x3100u /* code points with a table entry; above it are mostly ideographs */

#define DUP_WIDE 0xff00u  /* another table begins: forms of other width, and punctuation of Chinese and Japanese */
#define DUP_WIDES 0x100u

#define DUP_FORMS 0xfb00u /* and a third: ligatures, forms of Hebrew and Arabic letters, as they come out of PDF */
#define DUP_FORM_COUNT 0x400u
#define DUP_FORM_LETTERS 4u

#define DUP_SS 0xe000u /* letters that stand for two: they become one of these, of which dup_letters has the letters */
#define DUP_AE 0xe001u
#define DUP_OE 0xe002u
#define DUP_LJ 0xe003u
#define DUP_NJ 0xe004u
#define DUP_DZ 0xe005u
#define DUP_PAIRED 6u /* how many they are */

/* What becomes of a code point: 0 separator, 1 dropped, else the character it is compared as. alone: bits of those that
 * are a word each. two: of letters of two bytes that stay such letters, these bytes; else 0. */
struct dup_folding {
    uint16_t to[DUP_TABLE];
    uint16_t two[0x800], wide[DUP_WIDES];
    uint16_t form[DUP_FORM_COUNT][DUP_FORM_LETTERS]; /* of fewer letters the rest are 0 */
    uint8_t alone[DUP_TABLE / 8], wide_alone[DUP_WIDES / 8];
};

struct dup_word {
    uint64_t hash; /* lowest bit: starts with a digit */
    uint32_t begin, end;
};

struct dup_words {
    struct dup_word *at;
    uint32_t count, room;
};

/* Fills the table from the Unicode data of the kit and the canonical decompositions of ICU. 0: ICU has no data. */
int dup_folding_init(struct dup_folding *);
/* What becomes of any character (as in `to`; Hangul stays whole, forms become their first letter), and whether what it
 * became is a word of its own. */
uint32_t dup_fold_char(const struct dup_folding *, uint32_t cp);
int dup_is_ideograph(uint32_t cp);

/* Changes the table so that Cyrillic letters of Serbian become Latin ones. */
void dup_folding_to_latin(struct dup_folding *);
/* Whether a text, of which these are words, is in Serbian or Macedonian Cyrillic. */
int dup_is_serbian(const struct dup_words *, const struct dup_folding *, const char *text, uint64_t size);

/* The two letters of DUP_SS and those behind it. */
static inline const char *dup_letters(uint32_t to)
{
    static const char letters[DUP_PAIRED][3] = {"ss", "ae", "oe", "lj", "nj", "dz"};
    return letters[to - DUP_SS];
}

#define DUP_MOST_WORDS (UINT32_C(1) << 21) /* of one text; what follows is not compared */

/* The words of bytes [from, to) of a text below 4 GiB; `words` is reused. 0: out of memory. Never fails on bytes that
 * are not UTF-8. Stops after DUP_MOST_WORDS words: then *cut is 1, else 0. */
int dup_words_read(struct dup_words *, const struct dup_folding *, const char *text, uint64_t size, uint64_t from,
                   uint64_t to, int *cut);
/* The same where it is known which signs stand there, as dup_signs (scan.h) says. */
int dup_words_read_with(struct dup_words *, const struct dup_folding *, const char *text, uint64_t size, uint64_t from,
                        uint64_t to, uint32_t signs, int *cut);
void dup_words_free(struct dup_words *);

static inline int dup_is_number(const struct dup_word *w)
{
    return (int)(w->hash & 1);
}

#endif
