/* SPDX-License-Identifier: Apache-2.0
 *
 * What the ends of lines do to figures: words they cut, and numbers that lines have for themselves, those of the items
 * of a list and of pages.
 */
#include <string.h>

#include "pass.h"
#include "shape.h"

enum {
    CUT_WORD = 48, /* bytes of one side */
    PAGE_DIGITS = 4,
    PAGE_GAP = 3,    /* blanks before a page's number, at the least */
    PAGES_FROM = 300 /* bytes of a text that may have pages */
};

/* 1 where three blanks stand in a row; without a way out, so that the compiler takes many bytes at a time. */
static int has_gap(const char *text, size_t size)
{
    unsigned char gap = 0;
    for (size_t i = 0; i + 2 < size; i++)
        gap |= (unsigned char)((text[i] == ' ') & (text[i + 1] == ' ') & (text[i + 2] == ' '));
    return gap;
}

void ps_note_lines(struct place *at)
{
    const char *text = at->text, *end = text + at->size;
    at->cut = 0;
    for (const char *p = text; (p = memchr(p, '\n', (size_t)(end - p))) != NULL && !at->cut; p++)
        at->cut = p > text && p[-1] == '-';
    at->spaced = has_gap(text, at->size) || memchr(text, '\t', at->size) != NULL;
}

/* Joins the words on both sides of the hyphen at token i, where the lexicon knows the whole. */
static void join_cut(struct tks *s, uint32_t i)
{
    const uint64_t known = LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY) | LX_BIT(LX_SCALE) | LX_BIT(LX_NOUN) |
                           LX_BIT(LX_CARDINAL) | LX_BIT(LX_PERIOD) | LX_BIT(LX_MONTH);
    char form[2 * CUT_WORD];
    struct tk before = s->at[i - 1];
    const struct tk *behind = s->at + i + 1;
    uint32_t a = before.end - before.begin, b = behind->end - behind->begin, end = behind->end;
    if (a > CUT_WORD || b > CUT_WORD)
        return;
    memcpy(form, s->text + before.begin, a);
    memcpy(form + a, s->text + behind->begin, b);
    tk_reread(s, i - 1, form, a + b);
    if (!(s->at[i - 1].mask & known)) {
        s->at[i - 1] = before;
        return;
    }
    s->at[i - 1].end = end;
    s->count -= 2;
    memmove(s->at + i, s->at + i + 2, (s->count - i) * sizeof *s->at);
}

void ps_join_lines(struct place *at, uint32_t begin, uint32_t end)
{
    struct tks *s = &at->self->tokens;
    if (!at->cut || !memchr(at->text + begin, '\n', end - begin))
        return;
    for (uint32_t i = 1; i + 1 < s->count; i++)
        if (tk_sign(s, i, '-') && !s->at[i].space && at->text[s->at[i].end] == '\n' &&
            s->at[i - 1].kind == TK_WORD && s->at[i + 1].kind == TK_WORD && !s->at[i + 1].upper)
            join_cut(s, i);
}

/* Empty lines, or the text's ends, stand on both sides. */
static int stands_alone(const struct place *at, uint32_t begin, uint32_t end)
{
    uint32_t lines = 0;
    for (; begin > 0 && strchr(" \t\r\n", at->text[begin - 1]); begin--)
        lines += at->text[begin - 1] == '\n';
    if (begin > 0 && lines < 2)
        return 0;
    for (lines = 0; end < at->size && strchr(" \t\r\n", at->text[end]); end++)
        lines += at->text[end] == '\n';
    return end >= at->size || lines > 1;
}

/* "8" alone on its line, "Annual report        8": what is left without the page's number. */
uint32_t ps_without_page(const struct place *at, uint32_t begin, uint32_t end)
{
    uint32_t i = end;
    if (at->size < PAGES_FROM || end - begin > 200 || !sh_digit(at->text[end - 1]))
        return end;
    if (at->self->table.begin < at->self->table.end && begin < at->self->table.end)
        return end;
    while (i > begin && sh_digit(at->text[i - 1]))
        i--;
    if (end - i > PAGE_DIGITS)
        return end;
    if (i == begin)
        return stands_alone(at, begin, end) ? begin : end;
    uint32_t gap = i;
    while (gap > begin && at->text[gap - 1] == ' ')
        gap--;
    int header = i - gap >= PAGE_GAP && at->text[gap - 1] != ':' && stands_alone(at, begin, end);
    return header ? gap : end;
}

/* The number that a line starts with, "12. " or "12) "; 0: none. */
static uint32_t number_of_line(const struct place *at, uint32_t i)
{
    uint32_t n = 0, digits = 0;
    while (i < at->size && (at->text[i] == ' ' || at->text[i] == '\t'))
        i++;
    for (; i < at->size && digits < 3 && sh_digit(at->text[i]); i++, digits++)
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
