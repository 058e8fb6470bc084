/* SPDX-License-Identifier: Apache-2.0
 *
 * Which words beside a verb or "according to" name somebody.
 */
#include "speaker.h"

enum { LONGEST = 14, QUOTED = 5 }; /* tokens of a name with all that belongs to it, of one in quotation marks */

/* "компания «Север»": the sign at i stands around a name that says which company. */
static int around_name(const struct tks *s, uint32_t i)
{
    uint32_t open = i;
    while (s->at[i].cp == 0xbb && open > 0 && i - open < QUOTED && s->at[open].cp != 0xab)
        open--;
    uint32_t close = open + 1;
    while (close < s->count && close - open < QUOTED && s->at[close].kind == TK_WORD)
        close++;
    return tk_sign(s, open, 0xab) && tk_sign(s, close, 0xbb) && close >= i && close > open + 1 &&
           s->at[open + 1].upper && open > 0 && s->at[open - 1].kind == TK_WORD && s->at[open - 1].letters > 2;
}

int sp_ends_name(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    if (t->kind == TK_SIGN && (t->cp == 0xab || t->cp == 0xbb) && around_name(s, i))
        return 0;
    if (t->kind == TK_SIGN)
        return !(t->cp == '-' && !t->space) && t->cp != '\'' &&
               !(t->cp == '.' && i > 0 && s->at[i - 1].letters <= 3 && s->at[i - 1].upper) && t->cp != '&';
    return t->kind != TK_WORD && t->kind != TK_NUMBER;
}

/* The first token of [begin, end) that is part of a figure; end: none. */
uint32_t sp_figure_in(const struct figure *figures, uint32_t n, uint32_t begin, uint32_t end)
{
    uint32_t first = end;
    for (uint32_t k = 0; k < n; k++)
        if (figures[k].first < first && figures[k].last > begin)
            first = figures[k].first > begin ? figures[k].first : begin;
    return first;
}

int sp_is_day(const struct tks *s, uint32_t i)
{
    return tk_has(s, i, LX_DAY) || tk_has(s, i, LX_WEEKDAY);
}

static int of_nobody(const struct tks *s, uint32_t i)
{
    return s->at[i].kind != TK_WORD || tk_is(s, i, LX_WORD, OF_OTHER, NULL) ||
           tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL) || sp_is_day(s, i);
}

/* Cuts words off both ends that do not belong to a name of a person or body. */
struct range sp_trim(const struct tks *s, struct range r)
{
    while (r.begin < r.end &&
           (of_nobody(s, r.begin) || tk_is(s, r.begin, LX_WORD, OF_CONJUNCTION, NULL) ||
            tk_is(s, r.begin, LX_WORD, OF_ARTICLE, NULL) || tk_is(s, r.begin, LX_WORD, OF_BREAK, NULL)))
        r.begin++;
    while (r.end > r.begin && !(tk_sign(s, r.end - 1, 0xbb) && around_name(s, r.end - 1)) &&
           (of_nobody(s, r.end - 1) || tk_is(s, r.end - 1, LX_WORD, OF_AUXILIARY, NULL) ||
            tk_is(s, r.end - 1, LX_WORD, OF_ARTICLE, NULL) || tk_is(s, r.end - 1, LX_JOIN, OF_AND, NULL)))
        r.end--;
    return r;
}

/* "a survey of 1,024 adults": the part before the figure; `led`: only where a preposition leads the figure in. */
struct range sp_cut(const struct tks *s, const struct figure *figures, uint32_t n, struct range r, int led)
{
    uint32_t first = r.begin < r.end ? sp_figure_in(figures, n, r.begin, r.end) : r.end;
    if (first == r.end)
        return r;
    if (led && !tk_has(s, first - 1, LX_OF) && !tk_is(s, first - 1, LX_WORD, OF_PREPOSITION, NULL))
        return (struct range){first, first};
    r.end = first;
    return sp_trim(s, r);
}

uint32_t sp_words(const struct tks *s, struct range r)
{
    uint32_t words = 0;
    for (uint32_t i = r.begin; i < r.end; i++)
        words += s->at[i].kind == TK_WORD;
    return words;
}

int sp_is_named(const struct tks *s, struct range r)
{
    for (uint32_t i = r.begin; i < r.end; i++)
        if ((s->at[i].upper && i > 0 && !s->lx->noun_capital) || tk_has(s, i, LX_TITLE))
            return 1;
    return 0;
}

int sp_can_speak(const struct tks *s, struct range r)
{
    if (r.begin >= r.end || r.end - r.begin > 12)
        return 0;
    for (uint32_t i = r.begin; i < r.end; i++)
        if (s->at[i].upper || tk_has(s, i, LX_TITLE) || tk_is(s, i, LX_WORD, OF_PRONOUN, NULL))
            return 1;
    return sp_words(s, r) <= 3;
}

int sp_parts(const struct tks *s, uint32_t i)
{
    return sp_ends_name(s, i) || tk_is(s, i, LX_WORD, OF_BREAK, NULL);
}

/* The words that end before token `end`, back to a sign or break. */
struct range sp_left_of(const struct tks *s, uint32_t end)
{
    struct range r = {end, end};
    while (r.begin > 0 && end - r.begin < LONGEST && !sp_parts(s, r.begin - 1))
        r.begin--;
    return r;
}

/* Behind the name: a date ("CGT le 7 mars"), or what is told next ("laut Endergebnis die höchste"; a genitive goes
 * on). */
static int goes_past(const struct tks *s, uint32_t i)
{
    if (s->at[i].kind == TK_NUMBER)
        return 1;
    if (s->lx->noun_capital && tk_is(s, i, LX_JOIN, OF_AND, NULL) && i + 1 < s->count && !s->at[i + 1].upper &&
        !tk_is(s, i + 1, LX_WORD, OF_ARTICLE, NULL))
        return 1; /* "sagte Trump und zeigte" */
    return s->lx->noun_capital && s->at[i - 1].upper && tk_is(s, i, LX_WORD, OF_ARTICLE, NULL) &&
           !tk_is(s, i, LX_WORD, OF_GENITIVE, NULL) && !tk_has(s, i, LX_OF);
}

struct range sp_after_verb(const struct tks *s, uint32_t begin)
{
    struct range r;
    while (begin < s->count &&
           (sp_is_day(s, begin) || (tk_is(s, begin, LX_WORD, OF_PREPOSITION, NULL) && sp_is_day(s, begin + 1))))
        begin++;
    r = (struct range){begin, begin};
    if (begin < s->count && s->at[begin].cp >= 0x400 && tk_is(s, begin, LX_WORD, OF_PREPOSITION, NULL) &&
        s->at[begin].letters > 2)
        return r; /* "говорять про відсутність змін" */
    while (r.end < s->count && r.end - begin < LONGEST && !sp_parts(s, r.end) &&
           !(r.end > begin && (goes_past(s, r.end) || tk_is(s, r.end, LX_SPEECH, OF_VERB, NULL) ||
                               tk_has(s, r.end, LX_CHANGE) || tk_is(s, r.end, LX_WORD, OF_AUXILIARY, NULL))))
        r.end++;
    return sp_trim(s, r);
}

/* The first of the auxiliaries right before token i: ", ha promesso". */
uint32_t sp_over_auxiliaries(const struct tks *s, uint32_t i)
{
    uint32_t open = i;
    while (open > 0 && i - open < 3 && tk_is(s, open - 1, LX_WORD, OF_AUXILIARY, NULL))
        open--;
    return open;
}

/* "that", "dass", ", что": what follows is a clause. */
int sp_opens_that(const struct tks *s, uint32_t i)
{
    if (tk_sign(s, i, ','))
        return tk_is(s, i, LX_WORD, OF_BREAK, NULL) && tk_is(s, i + 1, LX_WORD, OF_CONJUNCTION, NULL) &&
               !tk_has(s, i + 1, LX_JOIN);
    return i < s->count && s->at[i].kind == TK_WORD && s->at[i].letters >= 3 &&
           tk_is(s, i, LX_WORD, OF_CONJUNCTION, NULL) && !tk_has(s, i, LX_JOIN);
}
