/* SPDX-License-Identifier: Apache-2.0 */
#include "chars.h"

#include <assay/kit/fold.h>
#include <assay/kit/script.h>
#include <string.h>

const struct chars_single chars_single[] = {
    {"Grek", "el"}, {"Armn", "hy"}, {"Hebr", "he"}, {"Beng", "bn"}, {"Gujr", "gu"}, {"Guru", "pa"}, {"Taml", "ta"},
    {"Telu", "te"}, {"Thai", "th"}, {"Geor", "ka"}, {"Hang", "ko"}, {"Knda", "kn"}, {"Mlym", "ml"}, {"Orya", "or"},
    {"Sinh", "si"}, {"Khmr", "km"}, {"Laoo", "lo"}, {"Mymr", "my"}, {"Tibt", "bo"}, {"Ethi", "am"}, {"Thaa", "dv"},
    {"Cher", "chr"}, {"Cans", "iu"}, {"Syrc", "syr"},
};
const uint32_t chars_singles = sizeof chars_single / sizeof chars_single[0];

static uint32_t group_of_script(const char *name)
{
    static const char *const models[] = {"Latn", "Cyrl", "Arab", "Deva", "Hani"};
    for (uint32_t i = 0; i < 5; i++)
        if (!strcmp(name, models[i]))
            return GROUP_LATIN + i;
    if (!strcmp(name, "Hira") || !strcmp(name, "Kana"))
        return GROUP_HAN;
    for (uint32_t i = 0; i < chars_singles; i++)
        if (!strcmp(name, chars_single[i].script))
            return GROUP_SINGLE + i;
    return GROUP_NONE;
}

void chars_fill(struct chars *chars)
{
    uint8_t group[256] = {0};
    for (uint32_t s = 1; s < assay_script_count() && s < 256; s++)
        group[s] = (uint8_t)group_of_script(assay_script_name(s));
    for (uint32_t cp = 0; cp < 0x10000; cp++) {
        uint32_t class = assay_class(cp), of = group[assay_script(cp)];
        chars->group[cp] = (uint8_t)GROUP_NONE;
        if (class == ASSAY_CP_LETTER || class == ASSAY_CP_IDEOGRAPH || (class == ASSAY_CP_MARK && of))
            chars->group[cp] = (uint8_t)of;
        else if (class == ASSAY_CP_MARK || class == ASSAY_CP_IGNORE)
            chars->group[cp] = GROUP_SKIP;
        chars->lower[cp] = (uint16_t)assay_lower(cp);
    }
    chars->group[0x30fc] = GROUP_HAN; /* the long vowel mark of the kana belongs to no script */
}
