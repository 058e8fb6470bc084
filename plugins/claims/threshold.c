/* SPDX-License-Identifier: Apache-2.0
 *
 * Marks that a quantity passes: "crossed the mark of 3,000", «превысил отметку в 300», "die Marke von 300
 * überschritten", "300 milyon dolar sınırını aştı". The word for the mark is neither what is counted nor what is
 * measured, and verbs that say "more than" only with such a word ("broke", "passed") are told in the lexicon (`marks`)
 * as `crosses`.
 */
#include "quantity.h"

#define LINKS 3u  /* words between the mark and its number: "of the", "в" */
#define BACK 4u   /* words between the verb and the mark: "the psychologically important" */
#define BEHIND 5u /* words among which a verb behind is looked for: "Toten noch nicht überschritten" */

static int is_mark(const struct tks *s, uint32_t i)
{
    return tk_is(s, i, LX_MARK, OF_THRESHOLD, NULL) != NULL;
}

static int crosses(const struct tks *s, uint32_t i)
{
    return tk_is(s, i, LX_MARK, OF_CROSSES, NULL) || qt_exceeds(s, i, 1);
}

/* "of the", «в», "des": what may stand between the mark and its number; "by" tells how far it was passed. */
static int links(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    if (t->kind != TK_WORD)
        return tk_sign(s, i, '\'');
    if (t->mask & LX_BIT(LX_OF))
        return 1;
    if (tk_is(s, i, LX_RELATION, OF_BY, NULL))
        return 0;
    return t->mask & LX_BIT(LX_RELATION) || tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL) ||
           tk_is(s, i, LX_WORD, OF_ARTICLE, NULL);
}

/* The mark whose number starts at token `first`; ASSAY_NEVER: none. */
static uint32_t mark_before(const struct tks *s, uint32_t first, uint32_t floor)
{
    for (uint32_t i = first; i > floor && first - i <= LINKS; i--) {
        if (is_mark(s, i - 1))
            return i - 1;
        if (!links(s, i - 1))
            break;
    }
    return ASSAY_NEVER;
}

/* "the psychologically important": words that a mark may have before it. */
static int adorns(const struct tks *s, uint32_t i)
{
    const uint64_t others = LX_BIT(OF_PREPOSITION) | LX_BIT(OF_CONJUNCTION) | LX_BIT(OF_PRONOUN);
    if (s->at[i].kind != TK_WORD || tk_is(s, i, LX_WORD, OF_ARTICLE, NULL))
        return s->at[i].kind == TK_WORD;
    return !(s->at[i].mask & LX_BIT(LX_OF)) && !(s->at[i].mask & LX_BIT(LX_WORD) && s->at[i].words & others);
}

/* The bound that is said before token `end`, and where its words start; OF_NONE: none. */
static uint32_t said_before(const struct tks *s, uint32_t end, uint32_t floor, uint32_t *start)
{
    for (uint32_t i = end; i > floor && end - i <= BACK; i--) {
        const struct lx_meaning *m = tk_before(s, i, LX_BOUND, start);
        if (m && *start >= floor)
            return m->of == OF_EXACT ? OF_NONE : m->of;
        m = tk_before(s, i, LX_MARK, start);
        if (!m || m->of != OF_CROSSES)
            *start = i - 1;
        if ((m && m->of == OF_CROSSES) || qt_exceeds(s, i - 1, 1))
            return tk_within(s, *start > floor + BACK ? *start - BACK : floor, *start, LX_STATUS, OF_NEGATED)
                       ? OF_AT_MOST
                       : OF_OVER;
        if (!adorns(s, i - 1))
            break;
    }
    return OF_NONE;
}

/* The same of a verb behind token `begin`: "die Marke von 300 Toten überschritten". */
static uint32_t said_behind(const struct tks *s, uint32_t begin)
{
    for (uint32_t i = begin; i < s->count && i < begin + BEHIND && s->at[i].kind == TK_WORD; i++)
        if (crosses(s, i))
            return tk_within(s, begin, i, LX_STATUS, OF_NEGATED) ? OF_AT_MOST : OF_OVER;
    return OF_NONE;
}

/* "300 milyon dolar sınırını aştı": the verb right behind the mark at p. 1: the figure ends with it. */
static int verb_behind(const struct tks *s, struct figure *f, uint32_t p)
{
    uint32_t length = 1;
    const struct lx_meaning *m = tk_mean(s, p + 1, LX_BOUND_AFTER, &length);
    if (p + 1 >= s->count || (!crosses(s, p + 1) && !(m && m->of == OF_OVER)))
        return 0;
    f->last = p + 1 + length;
    f->bound = ASSAY_BOUND_OVER;
    return 1;
}

/* "crossed the $400 million mark", "die 300-Millionen-Marke geknackt", "300 milyon sınırını aştı". */
static int mark_behind(const struct tks *s, struct figure *f, uint32_t floor)
{
    uint32_t p = nb_hyphen(s, f->last), start;
    if (s->lx->suffixed && p + 1 < s->count && s->at[p].kind == TK_SIGN && !s->at[p].space && !s->at[p + 1].space)
        p += 2; /* "300'ün sınırını": the ending of the number */
    if (!is_mark(s, p))
        return 0;
    if (s->lx->suffixed && verb_behind(s, f, p))
        return 1;
    if (s->lx->suffixed)
        return 0;
    uint32_t of = said_before(s, f->first, floor, &start);
    if (of == OF_NONE) {
        of = said_behind(s, p + 1);
        start = f->first;
    }
    if (of == OF_NONE)
        return 0;
    f->first = start;
    f->last = p + 1;
    f->bound = qt_bound_of(of);
    return 1;
}

int qt_threshold(const struct tks *s, struct figure *f, uint32_t floor)
{
    if (!(s->mask & LX_BIT(LX_MARK)))
        return 0;
    uint32_t start, mark = mark_before(s, f->first, floor);
    if (mark == ASSAY_NEVER)
        return mark_behind(s, f, floor);
    uint32_t of = said_before(s, mark, floor, &start);
    if (of == OF_NONE) {
        of = said_behind(s, f->last);
        start = mark > floor && tk_is(s, mark - 1, LX_WORD, OF_ARTICLE, NULL) ? mark - 1 : mark;
    }
    if (of == OF_NONE)
        return 0;
    f->first = start;
    f->bound = qt_bound_of(of);
    return 1;
}
