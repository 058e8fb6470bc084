/* SPDX-License-Identifier: Apache-2.0
 *
 * What becomes of each character: tables from Unicode data, filled once.
 */
#include <unicode/unorm2.h>

#include <assay/kit/fold.h>

#include "words.h"

#define IS_LETTER UINT32_MAX

/* What is no letter: 0 ends a word, 1 is passed over, else the digit in ASCII. */
static uint32_t fold_other(uint32_t cp)
{
    uint32_t class = assay_class(cp);
    if (class == ASSAY_CP_LETTER || class == ASSAY_CP_IDEOGRAPH)
        return IS_LETTER;
    if (class == ASSAY_CP_DIGIT)
        return (uint32_t)('0' + assay_digit(cp));
    return class == ASSAY_CP_MARK || class == ASSAY_CP_IGNORE;
}

static uint32_t entry(const UNormalizer2 *nfd, uint32_t cp)
{
    uint32_t other = fold_other(cp), folded = assay_fold(cp);
    if (other != IS_LETTER)
        return other;
    UChar parts[32];
    UErrorCode error = U_ZERO_ERROR;
    int32_t n = unorm2_getDecomposition(nfd, (UChar32)folded, parts, 32, &error);
    if (U_FAILURE(error) || n < 2)
        return folded;
    for (int32_t i = 1; i < n; i++)
        if (assay_class(parts[i]) != ASSAY_CP_MARK)
            return folded;
    return assay_fold(parts[0]);
}

/* Letters and digits of mathematics, which are set for bold or italic ones: 13 alphabets of 52 letters, 5 rows of
 * digits. 0: another. */
static uint32_t fold_set(uint32_t cp)
{
    if (cp >= 0x1d400 && cp < 0x1d400 + 13 * 52)
        return 'a' + (cp - 0x1d400) % 26;
    return cp >= 0x1d7ce && cp < 0x1d7ce + 50 ? '0' + (cp - 0x1d7ce) % 10 : 0;
}

uint32_t dup_fold_char(const struct dup_folding *f, uint32_t cp)
{
    if (cp < DUP_TABLE)
        return f->to[cp];
    if (cp - DUP_FORMS < DUP_FORM_COUNT && f->form[cp - DUP_FORMS][0])
        return f->form[cp - DUP_FORMS][0];
    if (fold_set(cp))
        return fold_set(cp);
    if (cp >= 0xac00 && cp <= 0xd7a3)
        return cp; /* Hangul, parted by put() */
    uint32_t other = fold_other(cp), to = assay_fold(cp);
    if (other != IS_LETTER)
        return other;
    return to < DUP_TABLE ? f->to[to] : to;
}

int dup_is_ideograph(uint32_t cp)
{
    return cp >= 0xe00 && !(cp >= 0xac00 && cp <= 0xd7a3) && assay_class(cp) == ASSAY_CP_IDEOGRAPH;
}

/* Letters with another base, though one stands for the other: typed on the keyboard of a neighbouring language, or
 * where there was none for the sign. Decompositions do not know them. */
static void fold_variants(struct dup_folding *f)
{
    static const uint16_t variant[][2] = {
        {0x6a9, 0x643}, {0x6cc, 0x64a}, {0x649, 0x64a},                 /* kaf; yeh, also without dots */
        {0x629, 0x647}, {0x6c1, 0x647}, {0x6c3, 0x647}, {0x6be, 0x647}, /* heh: teh marbuta, goal, with both, doachashmee */
        {0x131, 'i'},   {0xf8, 'o'},    {0x111, 'd'},   {0x127, 'h'},   {0x142, 'l'}, {0x167, 't'},
    };
    for (uint32_t i = 0; i < sizeof variant / sizeof *variant; i++)
        for (uint32_t cp = 0; cp < DUP_TABLE; cp++)
            if (f->to[cp] == variant[i][0])
                f->to[cp] = variant[i][1];
}

/* Letters that are written as two where they are missing. */
static void fold_double(struct dup_folding *f)
{
    for (uint32_t cp = 0; cp < DUP_TABLE; cp++) {
        uint32_t to = f->to[cp];
        f->to[cp] = (uint16_t)(to == 0xdf    ? DUP_SS
                               : to == 0xe6  ? DUP_AE
                               : to == 0x153 ? DUP_OE
                               : to == 0x1c9 ? DUP_LJ
                               : to == 0x1cc ? DUP_NJ
                               : to == 0x1c6 ? DUP_DZ
                                             : to);
    }
}

/* Folds the letters of a compatibility decomposition, marks left out; none where these are too many, or anything
 * else. */
static void fill_form(struct dup_folding *f, const UNormalizer2 *nfkc, uint32_t cp)
{
    UChar parts[32];
    UErrorCode error = U_ZERO_ERROR;
    uint16_t *to = f->form[cp - DUP_FORMS];
    int32_t n = unorm2_getDecomposition(nfkc, (UChar32)cp, parts, 32, &error);
    uint32_t kept = 0;
    for (int32_t i = 0; i < n && U_SUCCESS(error); i++) {
        uint32_t one = parts[i] < DUP_TABLE ? f->to[parts[i]] : 0;
        if (one == 1)
            continue;
        if (one == 0 || kept == DUP_FORM_LETTERS) {
            to[0] = 0;
            return;
        }
        to[kept++] = (uint16_t)one;
    }
}

static void fill_two(struct dup_folding *f)
{
    for (uint32_t cp = 0x100; cp < 0x800; cp++) {
        uint32_t to = f->to[cp];
        f->two[cp] = (uint16_t)(to < 0x80 || to > 0x7ff ? 0 : 0x80c0u | to >> 6 | (to & 0x3f) << 8);
    }
}

static void fill_wide(struct dup_folding *f)
{
    for (uint32_t i = 0; i < DUP_WIDES; i++) {
        uint32_t to = dup_fold_char(f, DUP_WIDE + i);
        f->wide[i] = (uint16_t)(to > 0xffff ? DUP_WIDE + i : to);
        f->wide_alone[i / 8] = (uint8_t)(f->wide_alone[i / 8] | (uint32_t)dup_is_ideograph(to) << i % 8);
    }
}

int dup_folding_init(struct dup_folding *f)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&error), *nfkc = unorm2_getNFKCInstance(&error);
    if (U_FAILURE(error))
        return 0;
    for (uint32_t cp = 0; cp < DUP_TABLE; cp++) {
        uint32_t to = entry(nfd, cp);
        f->to[cp] = (uint16_t)(to > 0xffff ? cp : to);
    }
    f->to[0x640] = 1; /* tatweel only stretches a word */
    fold_variants(f);
    fold_double(f);
    for (uint32_t cp = 0; cp < DUP_TABLE; cp++)
        if (cp >= 0xe00 && assay_class(f->to[cp]) == ASSAY_CP_IDEOGRAPH)
            f->alone[cp / 8] = (uint8_t)(f->alone[cp / 8] | 1u << cp % 8);
    fill_two(f);
    fill_wide(f);
    for (uint32_t cp = DUP_FORMS; cp < DUP_FORMS + DUP_FORM_COUNT; cp++)
        fill_form(f, nfkc, cp);
    return 1;
}
