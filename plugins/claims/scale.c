/* SPDX-License-Identifier: Apache-2.0
 *
 * Which scale a figure has: "$5m", "30k", "217m daily users", but no metres, no "grand", no "3,2-b" of chemistry.
 */
#include "scale.h"

#include "frame.h"

/* "Mn" without a number before it, "grand" alone, "two grand juries", "9MM". */
static int no_scale(const struct tks *s, uint32_t i, const struct figure *f)
{
    const struct tk *t = s->at + i;
    uint32_t phrase;
    if (t->kind != TK_WORD)
        return 0;
    if (t->letters == 2 && f->number == i)
        return 1;
    if (tk_is(s, i, LX_WORD, OF_OTHER, NULL) &&
        (f->number == i || (tk_is(s, i, LX_REJECT, OF_NAME, &phrase) && phrase > 1)))
        return 1;
    return t->letters == 2 && t->upper == 2 && t->mask & LX_BIT(LX_UNIT) &&
           !(f->number && tk_has(s, f->number - 1, LX_CURRENCY)); /* but "$1MM" */
}

/* "euros", "yen", but not "won", which may be the verb. */
static int is_money(const struct tk *t)
{
    return t->mask & LX_BIT(LX_CURRENCY) && (t->letters > 3 || t->mask == LX_BIT(LX_CURRENCY));
}

/* "68,4 M d'habitants", "3 M de tonnes" */
static int of_things(const struct tks *s, uint32_t i)
{
    uint32_t length, p = i + 1;
    if (!s->at[i].upper || !tk_mean(s, p, LX_OF, &length))
        return 0;
    p += length;
    p += tk_sign(s, p, '\'') && !s->at[p].space;
    return p < s->count && s->at[p].kind == TK_WORD && s->at[p].letters > 2 && !s->at[p].upper;
}

/* "12,4 M nuitées": a capital between a decimal and what is counted. */
static int capital(const struct tks *s, uint32_t i)
{
    const struct tk *next = s->at + i + 1;
    return s->lx->noun_after && s->at[i].upper && i + 1 < s->count && next->kind == TK_WORD && !next->upper &&
           next->letters > 3 && th_content(s, i + 1);
}

/* A numeral with two decimals and more stands right before token i, nothing that makes it one thing's size. */
static int hundredths(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i - 1;
    if (!i || !th_english_like(s) || t->kind != TK_NUMBER || (i > 1 && tk_is(s, i - 2, LX_WORD, OF_ARTICLE, NULL)))
        return 0;
    return t->end - t->begin > 3 && s->text[t->end - 3] == '.';
}

/* The small "m" behind a numeral is a million and no metre: "217m daily users", "3m tonnes", "5m euros". */
static int millions(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i, *next = t + 1;
    if (t->cp != 'm')
        return 0;
    if ((t->upper && !t->space) || of_things(s, i) || capital(s, i))
        return 1;
    if (!t->space && i + 2 < s->count && tk_sign(s, i + 1, '-') && !next->space && !next[1].space &&
        next[1].letters > 2 && next[1].mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY)))
        return 1; /* "3.5m-tonne" */
    if (!t->space && i + 1 < s->count && hundredths(s, i) && next->space && next->letters > 3 && !next->upper &&
        th_content(s, i + 1) && tk_ends(s, i + 1, LX_ENDS_PLURAL))
        return 1; /* "1.24m containers" */
    if (!t->space && i + 3 < s->count && tk_dash(s, i + 1) && next[1].kind == TK_NUMBER && next[2].cp == 'm' &&
        next[2].letters == 1 && !next[2].space)
        return millions(s, i + 3); /* "1.2m-3.4m barrels" */
    uint32_t phrase = 0;
    if (!t->space && tk_mean(s, i + 1, LX_UNIT, &phrase) && phrase > 1 && next->space)
        return 1; /* "2.5m sq ft" */
    if (i > 1 && th_english_like(s) && !t->upper && tk_is(s, i - 2, LX_WORD, OF_ARTICLE, NULL) &&
        s->at[i - 2].letters < 3 && i + 1 < s->count && !tk_ends(s, i + 1, LX_ENDS_PLURAL) &&
        !(next->mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY))))
        return 0; /* "a 1.85m man" */
    if ((t->upper || !t->space) && i + 1 < s->count && next->space && next->letters > 2 &&
        (next->mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_NOUN)) || is_money(next)))
        return 1;
    return !t->space && i + 2 < s->count && tk_has(s, i + 1, LX_PER) && next->letters > 4 && tk_has(s, i + 2, LX_NOUN);
}

/* Whether the number at i stands behind its currency: "$5", "$5-6". */
static int behind_currency(const struct tks *s, uint32_t i)
{
    if (i && tk_has(s, i - 1, LX_CURRENCY))
        return 1;
    return i > 2 && s->at[i].kind == TK_NUMBER && tk_dash(s, i - 1) && !s->at[i].space &&
           s->at[i - 2].kind == TK_NUMBER && tk_has(s, i - 3, LX_CURRENCY);
}

/* Forms of one letter, but not "3,2-b" of chemistry, are a scale only in "$5m" or glued as in "30k". */
static int letter_fits(const struct tks *s, uint32_t i, const struct figure *f)
{
    const struct tk *t = s->at + i;
    int last = i + 1 == s->count, money = behind_currency(s, f->number);
    if (t->cp >= 0x80)
        return !t->space && (t->cp != 0x433 || (t->upper && last)); /* "10Г" alone */
    if (f->number < i && !last && !s->at[i + 1].space && s->at[i + 1].kind == TK_SIGN && tk_has(s, i + 1, LX_CURRENCY))
        return 1; /* "2,5 M€" */
    if (i && last && f->number <= 2 && t->upper && (t->cp == 'm' || t->cp == 'g'))
        return f->flags & FG_DIGITS && (!t->space || t->cp == 'm'); /* "10G", "1.5 M": a cell of a table */
    if (t->cp == 'g' || f->number == i || (i && tk_sign(s, i - 1, '-') && !money))
        return 0;
    if (t->cp == 'b' && !money && !last && s->at[i + 1].upper == 1 &&
        (tk_is(s, i + 1, LX_REJECT, OF_STREET, NULL) || tk_is(s, i + 2, LX_REJECT, OF_STREET, NULL)))
        return 0; /* "221B Baker Street" */
    uint32_t name;
    if (t->cp == 'k' && tk_is(s, f->number, LX_REJECT, OF_NAME, &name) && name > 2)
        return 0; /* "4K screen" */
    if (t->cp == 'k')
        return !t->space || s->count <= 3;
    if (t->cp == 'b' && (!t->space || t->upper || (!f->number && last)))
        return 1;
    return millions(s, i) || money;
}

/* "Mio.", "тыс.", "млн": short forms, which no text writes for the word alone. */
static int is_short(const struct tks *s, uint32_t i, uint32_t length)
{
    const struct tk *t = s->at + i;
    if (t->cp >= 0x400)
        return t->letters < 5;
    return tk_sign(s, i + length - 1, '.') || (tk_sign(s, i + length, '.') && !s->at[i + length].space);
}

int nb_states_unit(const struct tks *s, uint32_t i, uint32_t length)
{
    uint32_t p = i + length, of;
    if (tk_has(s, i, LX_CARDINAL) || (s->lx->noun_capital && !s->at[i].upper))
        return 0;
    p += tk_sign(s, p, '.') && !s->at[p].space;
    p += tk_mean(s, p, LX_OF, &of) ? of : 0;
    p += tk_sign(s, p, '\'') && !s->at[p].space;
    if (p >= s->count || !(s->at[p].mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY))))
        return 0;
    return is_short(s, i, length) || (i && (tk_sign(s, i - 1, '(') || tk_is(s, i - 1, LX_QUALITY, OF_STATED, NULL)));
}

int nb_scale_fits(const struct tks *s, uint32_t i, const struct figure *f)
{
    uint32_t length = 1;
    if (no_scale(s, i, f))
        return 0;
    if (f->number == i && tk_mean(s, i, LX_SCALE, &length) && nb_states_unit(s, i, length))
        return 0;
    return s->at[i].letters > 1 || s->at[i].kind != TK_WORD || letter_fits(s, i, f);
}

void nb_scale_by(struct figure *f, const struct assay_decimal *by)
{
    f->bare = f->value;
    f->scale = *by;
    f->has_scale = 1;
    assay_decimal_mul(&f->value, &f->bare, by);
}

const struct lx_meaning *nb_scale(const struct tks *s, uint32_t i, const struct figure *f, uint32_t *length)
{
    const struct lx_meaning *m = i < s->count ? tk_mean(s, i, LX_SCALE, length) : NULL;
    return m && nb_scale_fits(s, i, f) ? m : NULL;
}
