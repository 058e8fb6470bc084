/* SPDX-License-Identifier: Apache-2.0
 *
 * The noun before a figure that one small word parts from it: "inflation of 5%", "kept its key rate at 21 percent",
 * "con perdite pari a 3,2 milioni".
 */
#include "noun.h"

/* "sales between $50bn and $51bn": the word that opens the range stands for the preposition. */
static const struct lx_meaning *between_opens(const struct tks *s, const struct figure *f)
{
    const struct lx_meaning *m =
        f->has_high && f->number > f->first && f->first ? tk_is(s, f->first, LX_WORD, OF_PREPOSITION, NULL) : NULL;
    if (m && s->lx->noun_after && f->kind == ASSAY_KIND_DURATION && tk_has(s, f->first, LX_OF))
        return th_content(s, f->first - 1) && !np_is_time(s, f->first - 1) && !tk_has(s, f->first - 1, LX_AGE) &&
                       !(s->at[f->first - 1].ends & LX_BIT(LX_AGE)) && !np_participle(s, f->first - 1)
                   ? m
                   : NULL; /* "électeurs de 18 à 29 ans" */
    if (!m && th_english_like(s) && f->number > f->first && f->first && tk_ends(s, f->first - 1, LX_ENDS_PLURAL) &&
        !f->has_relation && f->bound != ASSAY_BOUND_EXACT && f->kind == ASSAY_KIND_DIMENSION)
        return tk_mean(s, f->first, LX_BOUND, NULL); /* "amounts up to 6 inches" */
    if (!m && th_english_like(s) && f->has_high && f->number > f->first && f->first &&
        tk_is(s, f->first, LX_JOIN, OF_FROM, NULL) && s->at[f->first].letters > 5)
        m = tk_is(s, f->first, LX_JOIN, OF_FROM, NULL); /* "prices ranging from 13 to 17 dollars" */
    return m && (s->lx->noun_capital ? s->at[f->first - 1].upper : tk_ends(s, f->first - 1, LX_ENDS_PLURAL)) ? m : NULL;
}

/* "num investimento superior a 4,2": a bound that is an adjective of the noun before it. */
static const struct lx_meaning *bound_behind_noun(const struct tks *s, const struct figure *f)
{
    uint32_t length = 1;
    const struct lx_meaning *m =
        s->lx->noun_after && f->number > f->first + 1 && f->first ? tk_mean(s, f->first, LX_BOUND, &length) : NULL;
    return m && length > 1 && s->at[f->first].letters >= 7 && !tk_is(s, f->first, LX_WORD, OF_PREPOSITION, NULL) &&
                   !tk_has(s, f->first, LX_CHANGE) && !tk_is(s, f->first, LX_WORD, OF_LEVEL, NULL)
               ? m
               : NULL;
}

/* "un préjudice total de", "un rincaro medio del": a noun and an adjective of the lists end before token `start`. */
static int before_adjective(const struct tks *s, uint32_t start, uint32_t low)
{
    if (!s->lx->noun_after || start < low + 3 || np_in_figure(s, start - 2) || np_is_time(s, start - 2))
        return 0;
    return (tk_is(s, start - 3, LX_WORD, OF_ARTICLE, NULL) || tk_has(s, start - 3, LX_OF)) &&
           (tk_is(s, start - 1, LX_WORD, OF_OTHER, NULL) || tk_is(s, start - 1, LX_WORD, OF_AUXILIARY, NULL)) &&
           s->at[start - 1].letters > 3 && s->at[start - 2].kind == TK_WORD &&
           (th_content(s, start - 2) || tk_has(s, start - 2, LX_CHANGE));
}

/* "eine Rechnung über 612 Euro": the bound holds the noun, at token *at. */
static int invoiced(const struct tks *s, const struct figure *f, uint32_t low, uint32_t *at)
{
    uint32_t start;
    if (!s->lx->noun_capital || !tk_before(s, f->first, LX_BOUND, &start) || start + 2 != f->first || start <= low ||
        !s->at[start].upper)
        return 0;
    *at = start;
    return 1;
}

/* "la caution a été fixée à 350 000": a participle behind its auxiliary, where adjectives stand behind. */
static int is_passive(const struct tks *s, uint32_t i)
{
    return s->lx->noun_after && i && np_participle(s, i) &&
           (tk_is(s, i - 1, LX_WORD, OF_AUXILIARY, NULL) || tk_is(s, i - 1, LX_WORD, OF_PASSIVE, NULL));
}

/* The first of up to four words of the thing that ends before token `end`, from its last one, i, on. */
static uint32_t beside_from(const struct tks *s, uint32_t i, uint32_t low, uint32_t end)
{
    while (i > low && ((th_content(s, i - 1) && !np_is_time(s, i - 1) && !np_in_figure(s, i - 1) && end - i < 4) ||
                       (s->lx->noun_after && !s->at[i].space && i > low + 1 && tk_sign(s, i - 1, '-'))))
        i -= tk_sign(s, i - 1, '-') ? 2 : 1; /* "des pots-de-vin de 300 000 euros" */
    return i;
}

/* "a meta de 25%" */
static int is_goal(const struct tks *s, const struct figure *f, uint32_t start, uint32_t low)
{
    return start > low + 1 && start + 2 >= f->first && s->at[start - 1].letters > 3 &&
           tk_is(s, start - 1, LX_STATUS, OF_TARGET, NULL) && tk_is(s, start - 2, LX_WORD, OF_ARTICLE, NULL);
}

/* "perdite pari a 3,2": where the noun ends, before an adjective of so much; `start`: there is none. */
static uint32_t before_equal(const struct tks *s, uint32_t start, uint32_t low)
{
    return s->lx->noun_after && start > low + 1 && tk_is(s, start - 1, LX_WORD, OF_LEVEL, NULL) &&
                   tk_is(s, start - 1, LX_QUALITY, OF_ALONE, NULL) && th_content(s, start - 2) &&
                   !np_is_time(s, start - 2) && s->at[start - 1].space
               ? start - 1
               : start;
}

/* The small word between the figure and the noun before it, and where it starts; *opens: it opens a range. NULL: there
 * is none. */
static const struct lx_meaning *parting_word(const struct tks *s, const struct figure *f, uint32_t *start,
                                             const struct lx_meaning **opens)
{
    const struct lx_meaning *m = tk_before(s, f->first, LX_WORD, start), *of = tk_before(s, f->first, LX_OF, NULL);
    *opens = NULL;
    if (m && m->of == OF_PREPOSITION && !of)
        return m;
    m = tk_before(s, f->first, LX_OF, start);
    *opens = m ? NULL : between_opens(s, f);
    if (!m && (*opens || (m = bound_behind_noun(s, f)) != NULL))
        *start = f->first;
    return m ? m : *opens;
}

/* "kept its key rate at 21 percent", "inflation of 5%": the noun phrase that one small word parts from the figure. */
struct range np_beside(const struct tks *s, const struct figure *f, uint32_t low)
{
    struct range none = {0, 0}, r;
    uint32_t start = f->first, i;
    if (invoiced(s, f, low, &start))
        return (struct range){start, start + 1};
    const struct lx_meaning *opens = NULL, *m = parting_word(s, f, &start, &opens);
    if (!m)
        return none;
    if (f->has_relation && tk_has(s, start, LX_RELATION))
        return none;
    if (m->class == LX_OF && is_goal(s, f, start, low))
        return (struct range){start - 1, start};
    uint32_t equal = start;
    start = before_equal(s, start, low);
    equal -= start;
    if (m->class == LX_OF && before_adjective(s, start, low))
        return (struct range){start - 2, start};
    if (start <= low || !th_content(s, start - 1) || np_is_time(s, start - 1) || np_in_figure(s, start - 1) ||
        (s->lx->noun_after && start > low + 1 && tk_has(s, start - 2, LX_RELATIVE))) /* "este verano por 22 millones" */
        return none;
    i = start - 1;
    if (i && tk_sign(s, i - 1, ',') && !np_empty(np_before_inserted(s, f, low)))
        return none; /* ", sold under two names, vary from $4" */
    if (m->class != LX_OF && i > low && is_passive(s, i))
        return none;
    int opens_sentence = !i && m->class == LX_OF && s->at[i].upper == 1 && start + 1 == f->first;
    if ((s->at[i].upper && !s->lx->noun_capital && !opens_sentence) ||
        (i && tk_sign(s, i - 1, ',') && np_participle(s, i)))
        return none;
    i = beside_from(s, i, low, start);
    r = (struct range){i, start + 1 == f->first && s->at[start].letters >= 5 && m->class == LX_OF
                              ? f->first
                              : start}; /* "ветка длиной" */
    if (m->class == LX_OF && start + 1 < f->first)
        return r; /* "штраф в размере" */
    if (m->class == LX_OF && s->lx->noun_after && i > low + 1 && (f->kind == ASSAY_KIND_MONEY || f->has_scale))
        r.begin = np_with_owner(s, r).begin; /* "l'utile netto di gruppo di 1,075 miliardi" */
    if (tk_is(s, start - 1, LX_QUALITY, OF_STEADY, NULL) || tk_is(s, i, LX_QUALITY, OF_STEADY, NULL))
        return none;                                                                 /* "was little changed at $4.12" */
    uint32_t from = i - (i > low + 1 && tk_sign(s, i - 1, '\'') && !s->at[i].space); /* "all'asta a 3,4" */
    if (from == low || s->at[from - 1].kind == TK_SIGN || (f->age && s->lx->noun_after) ||
        (s->lx->noun_after && f->kind == ASSAY_KIND_DURATION &&
         tk_mean(s, start, LX_OF, NULL))) /* "a un niño de seis años" */
        return r;
    /* led in by a preposition it is a place or the like: "fell in the region to 5" */
    int sized = s->at[start].letters == 1 && s->at[start].cp >= 0x400; /* "при бюджете в 450 млн" */
    if ((sized || (s->lx->plural[0] && start - i == 1 && m->class != LX_OF)) &&
        tk_is(s, from - 1, LX_WORD, OF_AUXILIARY, NULL))
        return none; /* "обойдётся бюджету в 4,8 млрд", "will pass within 900 km" */
    if (!opens && !sized && !equal && m->class != LX_OF &&
        ((m->class != LX_BOUND && np_led_in(s, from)) || tk_before(s, from, LX_OF, NULL)))
        return none;
    return r;
}
