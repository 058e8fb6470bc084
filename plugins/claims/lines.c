/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers that lines have for themselves: of the items of a list, of pages in what stands over and under them.
 */
#include <string.h>

#include "pass.h"

enum {
    PAGE_DIGITS = 4,
    PAGE_GAP = 3,    /* blanks before a page's number, at the least */
    PAGES_FROM = 300 /* bytes of a text that may have pages */
};

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "8" alone on its line, "Annual report        8": what is left without the page's number. */
uint32_t ps_without_page(const struct place *at, uint32_t begin, uint32_t end)
{
    uint32_t i = end;
    if (at->size < PAGES_FROM || end - begin > 200 || !is_digit(at->text[end - 1]))
        return end;
    if (at->self->table.begin < at->self->table.end && begin < at->self->table.end)
        return end;
    while (i > begin && is_digit(at->text[i - 1]))
        i--;
    if (end - i > PAGE_DIGITS)
        return end;
    if (i == begin) /* the whole line */
        return begin > 0 && strchr(" \n", at->text[begin - 1]) ? begin : end;
    uint32_t gap = i;
    while (gap > begin && at->text[gap - 1] == ' ')
        gap--;
    return i - gap >= PAGE_GAP ? gap : end;
}

/* The number that a line starts with, "12. " or "12) "; 0: none. */
static uint32_t number_of_line(const struct place *at, uint32_t i)
{
    uint32_t n = 0, digits = 0;
    while (i < at->size && (at->text[i] == ' ' || at->text[i] == '\t'))
        i++;
    for (; i < at->size && digits < 3 && is_digit(at->text[i]); i++, digits++)
        n = n * 10 + (uint32_t)(at->text[i] - '0');
    return digits && i + 1 < at->size && (at->text[i] == '.' || at->text[i] == ')') && at->text[i + 1] == ' ' ? n : 0;
}

/* The item before or behind has the number before or behind. */
static int is_item(const struct place *at, const struct figure *f)
{
    const struct tks *s = &at->self->tokens;
    uint32_t begin = at->sentence.begin, n = number_of_line(at, begin), i = begin;
    if (f->first || !n || s->at[f->number].begin != begin || (i && at->text[i - 1] != '\n' && at->text[i - 1] != ' '))
        return 0;
    while (i > 0 && begin - i < 3 && strchr(" \r\n", at->text[i - 1]))
        i--;
    uint32_t end = i;
    while (i > 0 && end - i < 400 && at->text[i - 1] != '\n')
        i--;
    if (n > 1 && number_of_line(at, i) == n - 1)
        return 1;
    const char *stop = memchr(at->text + begin, '\n', at->size - begin);
    i = stop ? (uint32_t)(stop - at->text) : (uint32_t)at->size;
    while (i < at->size && strchr("\r\n", at->text[i]))
        i++;
    return number_of_line(at, i) == n + 1;
}

uint32_t ps_without_items(struct place *at, uint32_t figures)
{
    struct figure *figure = at->self->figure;
    if (!figures || !(figure[0].flags & FG_ORDINAL) || !(figure[0].flags & FG_DIGITS) || !is_item(at, figure))
        return figures;
    for (uint32_t k = 1; k < figures; k++)
        wh_move(figure + k - 1, figure + k);
    return figures - 1;
}
