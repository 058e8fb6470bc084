/* SPDX-License-Identifier: Apache-2.0 */
#include "prose.h"

#include <string.h>

#define WORD_LEAST 3u  /* letters, or bytes of other scripts */
#define SIGN_WORDS 4u  /* a sign in so many words is one too many for prose */
#define LOOKED_AT 4096u
#define LAYOUT_AT 65536u /* bytes whose lines are looked at */
#define LINES_LEAST 12u
#define ITEMS_OF 5u      /* of so many lines, */
#define ITEMS 2u         /* so many that are items make a list */

static int letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static int digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* Signs that prose has no use for; an opening bracket only where it is joined to the word before, a semicolon only at
 * the end of a line. */
static int is_sign(struct assay_text t, uint64_t i)
{
    unsigned char c = (unsigned char)t.at[i], before = i ? (unsigned char)t.at[i - 1] : ' ';
    if (c == '(' || c == '[')
        return (letter(before) && before < 0x80) || digit(before) || before == '_';
    if (c == ';')
        return i + 1 == t.size || t.at[i + 1] == '\n' || t.at[i + 1] == '\r';
    return c && strchr("={}<>_\\`^", c) != NULL;
}

int prose_is_code(struct assay_text sentence)
{
    uint64_t signs = 0, words = 0, run = 0, size = sentence.size < LOOKED_AT ? sentence.size : LOOKED_AT;
    for (uint64_t i = 0; i < size; i++) {
        run = letter((unsigned char)sentence.at[i]) ? run + 1 : 0;
        words += run == WORD_LEAST;
        signs += (uint64_t)is_sign(sentence, i);
    }
    return signs && signs * SIGN_WORDS >= words;
}

/* "  continued", "* Fixed", "- dropped", a bullet */
static int is_item(const char *at, uint64_t size)
{
    int far = size > 3 && (unsigned char)at[0] == 0xe2 && (unsigned char)at[1] == 0x80;
    return *at == ' ' || *at == '\t' || (size > 1 && strchr("*-+o", *at) && (at[1] == ' ' || at[1] == '\t')) ||
           (far && at[3] == ' ');
}

int prose_is_list(struct assay_text text)
{
    uint64_t lines = 0, items = 0, size = text.size < LAYOUT_AT ? text.size : LAYOUT_AT;
    for (uint64_t i = 0; i < size;) {
        const char *end = memchr(text.at + i, '\n', size - i);
        uint64_t next = end ? (uint64_t)(end - text.at) : size, filled = i;
        while (filled < next && (text.at[filled] == ' ' || text.at[filled] == '\t' || text.at[filled] == '\r'))
            filled++;
        lines += filled < next;
        items += filled < next && is_item(text.at + i, next - i);
        i = next + 1;
    }
    return lines >= LINES_LEAST && items * ITEMS_OF >= lines * ITEMS;
}

int prose_in_name(struct assay_text text, struct assay_span figure)
{
    if (!figure.begin || figure.begin >= text.size || figure.end > text.size ||
        !digit((unsigned char)text.at[figure.begin]))
        return 0;
    unsigned char before = (unsigned char)text.at[figure.begin - 1];
    if (before == '#' || before == '_')
        return 1;
    return before == '-' && figure.begin >= 2 && letter((unsigned char)text.at[figure.begin - 2]);
}
