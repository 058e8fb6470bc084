/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the clauses of a sentence break, and which of them a figure stands in.
 */
#include "frame.h"

enum { REACH = 48, DATELINE = 16 }; /* tokens */

/* "1,234.5--", "--5": two hyphens of a table or a sign. */
static int is_number_near(const struct tks *s, uint32_t i)
{
    for (uint32_t k = i + 1; k < i + 3 && k < s->count; k++)
        if (s->at[k].kind == TK_NUMBER)
            return !s->at[k].space;
    return 0;
}

/* "..., die der Leichtverletzten um 5,2 Prozent": those of, and no relative clause. */
static int those_of(const struct tks *s, uint32_t i)
{
    if (!s->lx->noun_capital || i + 4 >= s->count || !tk_sign(s, i, ',') ||
        !tk_is(s, i + 1, LX_WORD, OF_RELATIVE, NULL) || !tk_is(s, i + 2, LX_WORD, OF_GENITIVE, NULL))
        return 0;
    for (uint32_t k = i + 3; k + 1 < s->count && k < i + 9 && s->at[k].kind == TK_WORD; k++)
        if (k > i + 3 && tk_has(s, k, LX_RELATION) && s->at[k + 1].kind == TK_NUMBER)
            return 1;
    return 0;
}

/* "Le chiffre d'affaires (CA) du groupe", "SOCAR (Dövlət) ...": one word with a capital in brackets behind a word. */
static int short_name(const struct tks *s, uint32_t i)
{
    const uint32_t open = tk_sign(s, i, ')') ? i - 2 : i;
    return i < s->count && (open == i || i > 2) && open && open + 3 < s->count && tk_sign(s, open, '(') &&
           tk_sign(s, open + 2, ')') && s->at[open + 1].kind == TK_WORD && s->at[open + 1].upper &&
           s->at[open - 1].kind == TK_WORD && s->at[open + 3].kind == TK_WORD;
}

/* *length: tokens of the phrase that breaks. */
static int breaks(const struct tks *s, uint32_t i, uint32_t *length)
{
    const struct tk *t = s->at + i;
    *length = 1;
    if (t->kind == TK_SIGN && (t->cp == ';' || t->cp == '(' || t->cp == ')' || t->cp == ':' ||
                               (t->cp >= 0x2013 && t->cp <= 0x2015 && t->space) || fr_bullet(t)))
        return !((t->cp == '(' || t->cp == ')') && short_name(s, i));
    if (t->kind == TK_SIGN && t->cp == '-' && !is_number_near(s, i) &&
        ((tk_sign(s, i + 1, '-') && !t[1].space) || (i && tk_sign(s, i - 1, '-') && !t->space)))
        return 1; /* "--" */
    if (t->kind == TK_SIGN && t->cp == '-' && t->space && i && i + 1 < s->count && s->at[i - 1].kind == TK_WORD &&
        s->at[i + 1].kind == TK_WORD && s->at[i + 1].space)
        return 1; /* a hyphen that stands for a dash */
    return tk_is(s, i, LX_WORD, OF_BREAK, length) != NULL && !those_of(s, i);
}

static int is_dash(const struct tks *s, uint32_t i)
{
    return tk_dash(s, i) && i + 1 < s->count && s->at[i + 1].space;
}

uint32_t fr_body(const struct tks *s)
{
    uint32_t words = 0;
    for (uint32_t i = 0; i < s->count && i < DATELINE; i++) {
        if (is_dash(s, i) && (s->at[i].space || tk_sign(s, i - 1, '.')))
            return words && s->at[i + 1].kind == TK_WORD && s->at[i + 1].upper ? i + 1 : 0;
        if (s->at[i].kind != TK_WORD)
            continue;
        if (!s->at[i].upper && (!i || s->at[i].letters > 3) && !tk_has(s, i, LX_MONTH))
            return 0;
        words++;
    }
    return 0;
}

/* "On June 3, 2023, the fire": a day, that stands before its month or behind it, opens no whole. */
static int is_day(const struct tks *s, uint32_t i)
{
    uint32_t month = i - 1 - (i > 1 && tk_sign(s, i - 1, '.'));
    return tk_has(s, i + 1, LX_MONTH) || tk_has(s, month, LX_MONTH);
}

/* The comma behind a whole that the sentence opens with; 0: none. */
static uint32_t front_of(const struct tks *s)
{
    uint32_t i = 1, figures = 0;
    if (!s->count || s->at[0].kind != TK_WORD || s->at[0].letters < 2 || s->lx->verb_last || tk_has(s, 0, LX_BOUND) ||
        !(tk_has(s, 0, LX_OF) || tk_is(s, 0, LX_WORD, OF_PREPOSITION, NULL)))
        return 0;
    for (; i < s->count && i < 24 && !tk_sign(s, i, ','); i++) {
        figures |= i < 4 && s->at[i].kind == TK_NUMBER && s->at[i].plain != 4 && !is_day(s, i) &&
                   !tk_has(s, i + 1, LX_JOIN) && !tk_has(s, i + 1, LX_PERIOD);
        if (tk_is(s, i, LX_WORD, OF_AUXILIARY, NULL) || s->at[i].kind == TK_SKIP || tk_has(s, i, LX_CHANGE))
            return 0;
    }
    return figures && tk_sign(s, i, ',') ? i : 0;
}

void fr_prepare(struct tks *s)
{
    uint32_t until = 0, length; /* "ao passo que": the clause starts behind it */
    for (uint32_t i = 0; i < s->count; i++) {
        int here = breaks(s, i, &length);
        s->at[i].breaks = here || i < until;
        if (here && length > 1 && s->at[i].kind == TK_WORD)
            until = i + length;
    }
    s->front = front_of(s);
    const uint32_t said = 1u << LX_ENDS_FORECAST | 1u << LX_ENDS_TARGET | 1u << LX_ENDS_HYPOTHETICAL;
    s->status = (s->mask & LX_BIT(LX_STATUS)) != 0;
    for (uint32_t i = 0; i < s->count && !s->status; i++)
        s->status = (s->at[i].endings & said) != 0;
    uint32_t body = fr_body(s);
    if (body)
        s->at[body - 1].breaks = 1;
}

/* "Мощность станции — 2,4 ГВт", "её брату — 8": a dash right before the figure parts nothing. */
uint32_t fr_over_dash(const struct tks *s, uint32_t first)
{
    uint32_t p = first, start;
    if (p && tk_before(s, p, LX_RELATION, &start))
        p = start;
    if (p > 1 && tk_sign(s, p - 1, '-') && s->at[p - 1].space && s->at[p].space && s->at[p - 2].cp >= 0x400)
        return p - 1; /* "пшениці - 24,5 млн тонн" */
    return p > 1 && s->at[p - 1].kind == TK_SIGN && s->at[p - 1].cp >= 0x2013 && s->at[p - 1].cp <= 0x2015 &&
                   s->at[p - 1].space && (s->at[p - 2].kind == TK_WORD || tk_sign(s, p - 2, ','))
               ? p - 1
               : first;
}

struct range fr_clause(const struct tks *s, uint32_t first, uint32_t last)
{
    struct range r = {first, last};
    r.begin = fr_over_dash(s, first);
    while (r.begin > 0 && first - r.begin < REACH && !s->at[r.begin - 1].breaks)
        r.begin--;
    /* a phrase such as ", that" breaks with its last token */
    while (r.end < s->count && r.end - last < REACH && !s->at[r.end].breaks)
        r.end++;
    return r;
}
