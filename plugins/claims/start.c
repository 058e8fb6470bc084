/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether a quantity starts at a token. Asked of every article, of every dash and of every "more": what says no here
 * costs next to nothing.
 */
#include "quantity.h"

int qt_starts(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    if (t->kind == TK_SKIP)
        return 0;
    return t->kind == TK_NUMBER || t->compound || t->mask & QT_STARTERS || tk_dash(s, i) ||
           tk_is(s, i, LX_WORD, OF_ARTICLE, NULL);
}

/* An article starts a figure only before a word of number, or in "an hour and a half". */
static int idle_article(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    uint32_t length;
    if (t->kind != TK_WORD || t->compound || t->mask & QT_STARTERS || !tk_is(s, i, LX_WORD, OF_ARTICLE, &length))
        return 0;
    length += tk_sign(s, i + length, '\'') && !s->at[i + length].space;
    if (i + length >= s->count)
        return 1;
    const struct tk *next = t + length;
    return !next->compound && !(next->mask & LX_TRIGGERS) &&
           !(next->mask & LX_BIT(LX_UNIT) && s->mask & LX_BIT(LX_FRACTION)) &&
           !(s->lx->one_counts && next->mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY)));
}

/* The word for one alone at token i, and how many tokens it has. */
static int is_one(const struct tks *s, uint32_t i, uint32_t *length)
{
    const struct lx_meaning *m = s->at[i].kind == TK_WORD ? tk_mean(s, i, LX_CARDINAL, length) : NULL;
    return m && m->number == 1 && !m->power;
}

/* "one in five", "una mujer de cada tres": a number of which it is a part stands behind token p. */
static int shares(const struct tks *s, uint32_t p)
{
    uint32_t length, article;
    if (!tk_is(s, p, LX_JOIN, OF_IN, &length))
        return 0;
    p += length;
    if (tk_is(s, p, LX_WORD, OF_ARTICLE, &article))
        p += article;
    return p < s->count && (s->at[p].kind == TK_NUMBER || s->at[p].compound || tk_has(s, p, LX_CARDINAL));
}

int qt_article_one(const struct tks *s, uint32_t i)
{
    const uint64_t of_one =
        LX_BIT(LX_CARDINAL) | LX_BIT(LX_RELATION) | LX_BIT(LX_WORD) | LX_BIT(LX_PARTICLE) | LX_LEADS;
    const struct tk *t = s->at + i;
    uint32_t length;
    return !s->lx->one_counts && t->words >> OF_ARTICLE & 1 && !(t->mask & ~of_one) && t->hits == 1 &&
           t->hit[0].length == 1 && is_one(s, i, &length);
}

/* "un vaso", "eine Reise": an article that is also the word for one, with nothing before or behind it that could make a
 * figure of it. Most are such. */
static int mere_article(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    return qt_article_one(s, i) && i + 1 < s->count && !(i && t[-1].ends & QT_BEFORE_ONE) && t[1].space &&
           qt_behind_article(t + 1) && !shares(s, i + 2);
}

/* A dash, or "more" and "less", that is no sign of a number. */
static int mere_sign(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i, *next = t + 1;
    int dash = t->kind == TK_SIGN && (t->cp == '-' || t->cp == 0x2013);
    if (!dash && (t->kind != TK_WORD || t->hits != 1 || t->hit[0].length > 1 || t->compound ||
                  (t->mask & QT_STARTERS) != LX_BIT(LX_SIGN)))
        return 0;
    if (i + 1 >= s->count)
        return 1;
    return next->kind != TK_NUMBER && next->kind != TK_SIGN && !next->compound && !(next->mask & LX_TRIGGERS);
}

/* "un 3 %", "al menos una veintena", "fino a un massimo di 250": a word for one that is an article. */
static int lone_article(const struct tks *s, uint32_t i)
{
    uint32_t length, bound;
    if (!is_one(s, i, &length) || i + length >= s->count)
        return 0;
    const struct tk *next = s->at + i + length;
    if (next->kind == TK_NUMBER)
        return 1;
    if (!s->lx->noun_after)
        return 0;
    if (tk_mean(s, i, LX_BOUND, &bound) && bound > 2)
        return 1;
    return next->kind == TK_WORD && next->space && next->letters > 5 &&
           next->mask & (LX_BIT(LX_CARDINAL) | LX_BIT(LX_VAGUE)) &&
           !(next->mask & (LX_BIT(LX_SCALE) | LX_BIT(LX_ORDINAL) | LX_BIT(LX_FRACTION)));
}

int qt_idle(const struct tks *s, uint32_t i)
{
    return mere_sign(s, i) || mere_article(s, i) || idle_article(s, i) || lone_article(s, i);
}
