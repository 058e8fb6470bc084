/* SPDX-License-Identifier: Apache-2.0
 *
 * Names with digits in them: T-72, iPhone 14, "S&P 500", 2003b.
 */
#include <string.h>

#include "frame.h"
#include "reject.h"
#include "shape.h"

static int is_times(const struct tk *t)
{
    return t->kind == TK_WORD && t->letters == 1 && !t->space && (t->cp == 'x' || t->cp == 0x445);
}

/* "3x4 m", "30x40x50 cm": the numeral at i is glued to one before it by the letter for times, and a unit follows. */
static int crossed(const struct tks *s, uint32_t i)
{
    uint32_t p = i + 1;
    if (i < 2 || s->at[i].space || !is_times(s->at + i - 1) || s->at[i - 2].kind != TK_NUMBER)
        return 0;
    while (p + 1 < s->count && is_times(s->at + p) && s->at[p + 1].kind == TK_NUMBER && !s->at[p + 1].space)
        p += 2;
    return tk_has(s, nb_hyphen(s, p), LX_UNIT);
}

/* Behind a hyphen: "T-72", "scp2-173". */
static int behind_hyphen(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i - 2;
    if (t->kind == TK_NUMBER)
        return t->upper & 8;
    if ((t->kind != TK_WORD && t->kind != TK_SKIP) ||
        (i > 2 && s->at[i - 3].kind == TK_NUMBER && tk_mean(s, i - 2, LX_UNIT, NULL)))
        return 0;
    return !(t->mask & (LX_BIT(LX_BOUND) | LX_BIT(LX_CURRENCY) | LX_BIT(LX_CARDINAL) | LX_BIT(LX_SIGN) |
                        (t->upper ? 0 : LX_BIT(LX_JOIN)) | (t->upper && i > 2 ? 0 : LX_BIT(LX_PER))));
}

/* Digits glued to a sign that is glued to what stands before it. */
static int behind_glue(const struct tks *s, uint32_t i, int unit)
{
    const struct tk *t = s->at + i - 2;
    if (tk_sign(s, i - 1, '-'))
        return behind_hyphen(s, i);
    if (tk_sign(s, i - 1, '/')) /* "(EU) 2016/679" */
        return !unit && t->kind == TK_NUMBER && t->end - t->begin == 4 &&
               (s->text[t->begin] == '1' || s->text[t->begin] == '2');
    if (tk_sign(s, i - 1, '+')) /* "J1149.5+6663" */
        return i > 2 && t->kind == TK_NUMBER && !t->space && s->at[i - 3].kind == TK_WORD;
    if (tk_sign(s, i - 1, '.')) /* "BA.5", "H.264" */
        return t->kind == TK_WORD && t->upper >= 2 && !(t->mask & LX_BIT(LX_CURRENCY));
    return 0;
}

/* Behind "_", "/" or "=", which join parts of names and formulas. */
static int behind_joint(const struct tks *s, uint32_t i, int unit)
{
    const struct tk *sign = s->at + i - 1;
    int compares = sign->cp == '=' && i > 1 && (tk_sign(s, i - 2, '<') || tk_sign(s, i - 2, '>'));
    if (sign->cp != '/' && !compares)
        return 1;
    return i > 1 && s->at[i - 2].kind == TK_WORD && !sign->space &&
           !(unit && tk_has(s, i - 2, LX_UNIT)); /* not "180C/350F" */
}

/* T-72, C125, Boeing 737-800: letters against the digits, or digits against letters that mean nothing. */
int rj_model(const struct tks *s, const struct figure *f, int unit)
{
    uint32_t i = f->number;
    const struct tk *t = s->at + i;
    if (t->kind != TK_NUMBER || crossed(s, i))
        return 0;
    const struct lx_meaning *money = i > 0 ? tk_before(s, i, LX_CURRENCY, NULL) : NULL;
    int glued = i > 0 && !t->space;
    if (glued && s->at[i - 1].kind == TK_WORD &&
        (!money || strchr(lx_key(s->lx, money), '/') ||
         (s->at[i - 1].letters == 1 && t->end - t->begin < 3 && !(f->flags & FG_SCALED))))
        return 1; /* also "p53": pence stand after the number; "R0" */
    if (glued && i > 1 && !s->at[i - 1].space && behind_glue(s, i, unit))
        return 1;
    if (glued && !money && s->at[i - 1].kind == TK_SIGN &&
        (s->at[i - 1].cp == '_' || s->at[i - 1].cp == '/' || (s->at[i - 1].cp == '=' && !unit)))
        return behind_joint(s, i, unit);
    uint32_t p = f->after;
    int sum = money && s->at[i - 1].kind == TK_SIGN; /* "£1,450pcm" */
    if (!unit && !sum && p < s->count && !s->at[p].space && s->at[p].kind == TK_WORD && f->after == i + 1 &&
        !(s->at[p].mask & (LX_BIT(LX_CURRENCY) | LX_BIT(LX_ORDINAL) | LX_BIT(LX_SCALE) | LX_BIT(LX_MULTIPLE) |
                           LX_BIT(LX_NOUN) | LX_BIT(LX_AGE))))
        return s->at[p].upper || s->at[p].letters <= 3 || s->lx->suffixed == 0;
    return 0;
}

/* A capital inside a word of small letters: a brand, or words run together. */
static int camel(const struct tks *s, uint32_t i)
{
    for (uint32_t p = s->at[i].begin + 1; p < s->at[i].end; p++)
        if (s->text[p] >= 'A' && s->text[p] <= 'Z' && s->at[i].letters > 2)
            return 1;
    return 0;
}

static int ends_plural(const struct tks *s, uint32_t i)
{
    return s->lx->plural[0] && s->text[s->at[i].end - 1] == s->lx->plural[0];
}

/* A headline in capitals: they mark no names. */
static int shouting(const struct tks *s, uint32_t i)
{
    uint32_t words = 0;
    for (uint32_t k = i > 5 ? i - 5 : 0; k < i + 6 && k < s->count; k++) {
        if (s->at[k].kind != TK_WORD || s->at[k].letters < 2)
            continue;
        if (s->at[k].upper != 2)
            return 0;
        words++;
    }
    return words > 3;
}

/* "NewsRadio 780", "MeTV 21.2": t is the word before. */
static int of_brand(const struct tks *s, const struct figure *f, const struct tk *t)
{
    uint32_t i = f->number, p = f->after;
    int counted =
        p < s->count && s->at[p].kind == TK_WORD && !(s->at[p].mask & LX_BIT(LX_WORD)) && ends_plural(s, p);
    return p == i + 1 && s->at[i].kind == TK_NUMBER && t->upper < 2 && camel(s, i - 1) && !counted &&
           !tk_mean(s, i - 1, LX_CURRENCY, NULL); /* "KSh 500" */
}

/* "CO 2", "HIV 2" */
static int of_letters(const struct tks *s, const struct figure *f, const struct tk *t, int digits)
{
    uint32_t p = f->after;
    return digits == 1 && t->upper == 2 && t->letters <= 3 && !t->mask && p < s->count &&
           !(s->at[p].mask & (LX_BIT(LX_NOUN) | LX_BIT(LX_SCALE) | LX_BIT(LX_CURRENCY)));
}

/* "KIRO 7 mobile app": the letters of an American station. */
static int of_station(const struct tks *s, const struct figure *f, const struct tk *t)
{
    return th_english_like(s) && t->upper == 2 && t->letters == 4 && (t->cp == 'k' || t->cp == 'w') && !t->mask &&
           f->after == f->number + 1 && s->at[f->number].plain && s->at[f->number].plain < 3;
}

/* "Guccifer 2.0" */
static int of_version(const struct tks *s, const struct figure *f, const struct tk *t)
{
    uint32_t i = f->number, p = f->after;
    return i > 1 && p == i + 1 && s->at[i].kind == TK_NUMBER && s->at[i].end - s->at[i].begin == 3 &&
           !memcmp(s->text + s->at[i].begin + 1, ".0", 2) && t->upper && !(t->mask & ~(LX_LEADS | LX_BIT(LX_TITLE))) &&
           (p >= s->count || s->at[p].kind == TK_SIGN || s->at[p].mask & LX_BIT(LX_WORD));
}

/* "die Nord Stream 2-Pipeline": where all nouns have capitals, two words that have one and mean nothing. */
static int of_two_words(const struct tks *s, const struct figure *f, const struct tk *t, int digits)
{
    uint32_t i = f->number, p = f->after;
    if (!s->lx->noun_capital || i <= 2 || digits != 1 || !t->upper || t->mask || s->at[i - 2].kind != TK_WORD ||
        !s->at[i - 2].upper || p >= s->count)
        return 0;
    if (tk_sign(s, p, '-'))
        return !s->at[p].space && p + 1 < s->count && !s->at[p + 1].space && s->at[p + 1].upper;
    return s->at[p].kind == TK_WORD && !s->at[p].upper && !(s->at[p].mask & ~(LX_LEADS | LX_BIT(LX_WORD)));
}

/* What the word before the digits at i means, without what it can only mean in other letters or elsewhere. */
static uint64_t meanings(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i - 1;
    uint64_t mask = t->mask;
    if (mask & LX_BIT(LX_CURRENCY) && !tk_mean(s, i - 1, LX_CURRENCY, NULL))
        mask &= ~LX_BIT(LX_CURRENCY); /* "=p" is not "P" */
    if (mask & LX_BIT(LX_SCALE) && t->letters == 1)
        mask &= ~LX_BIT(LX_SCALE);
    return mask;
}

/* "S&P 500 rose", "iPhone 14": a capitalised word directly before plain digits, and nothing counted behind. */
int rj_name_part(const struct tks *s, const struct figure *f, int unit)
{
    uint32_t v = 0, i = f->number, p = f->after;
    if (unit || !i || !s->at[i].space || s->at[i - 1].kind != TK_WORD)
        return 0;
    const struct tk *t = s->at + i - 1;
    int digits = rj_digits(s, f, &v);
    if (of_brand(s, f, t) || of_letters(s, f, t, digits) || of_version(s, f, t) || of_station(s, f, t) ||
        of_two_words(s, f, t, digits))
        return 1;
    if (digits < 1 || digits > (t->upper == 2 ? 6 : 4) || !t->upper || shouting(s, i))
        return 0;
    if (meanings(s, i) & ~(LX_LEADS | LX_BIT(LX_UNIT) | LX_BIT(LX_TITLE) | LX_BIT(LX_REJECT) | LX_BIT(LX_QUALITY)) ||
        (s->lx->noun_capital && t->upper < 2) || (t->upper == 1 && (i == 1 || fr_bullet(t - 1))))
        return 0;
    if (p >= s->count || s->at[p].kind == TK_SIGN)
        return (tk_sign(s, p, '\'') && !(s->lx->suffixed && !s->at[p].space)) || t->upper >= 2 || p >= s->count ||
               (tk_sign(s, p, '(') && t->upper == 2) || tk_sign(s, p, '.') || tk_sign(s, p, ',') || tk_sign(s, p, ')');
    if (s->lx->plural[0] && (digits > 1 || (i > 1 && v > 1 && s->at[i - 2].upper)) && s->at[p].kind == TK_WORD &&
        !(s->at[p].mask & LX_BIT(LX_NOUN)) && s->text[s->at[p].end - 1] != s->lx->plural[0] && i > 1 &&
        (t->upper >= 2 || s->at[i - 2].upper))
        return 1; /* "the Euro Stoxx 600 index" */
    if (s->lx->suffixed && tk_is(s, p, LX_WORD, OF_OTHER, NULL) && p + 1 < s->count && th_content(s, p + 1) &&
        !s->at[p + 1].upper)
        return 0; /* "Nazirliyi 4200 yeni müəllim" */
    return (s->at[p].mask & (LX_BIT(LX_CHANGE) | LX_BIT(LX_WORD) | LX_BIT(LX_TIME) | LX_BIT(LX_RELATION))) != 0 ||
           s->at[p].upper;
}

int rj_unit_name(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, p = f->after;
    if (!th_english_like(s) || !i || p >= s->count || s->at[i - 1].upper || f->value.sign <= 0 || shouting(s, i))
        return 0;
    const struct tk *t = s->at + p, *next = p + 1 < s->count ? t + 1 : NULL;
    if (t->kind != TK_WORD || t->upper != 1 || !t->space || t->letters < 4 || !(t->mask & LX_BIT(LX_UNIT)) ||
        tk_ends(s, p, LX_ENDS_PLURAL) || !assay_decimal_above(&f->value, 1))
        return 0;
    return !next || next->kind != TK_WORD || next->upper || next->mask & LX_BIT(LX_JOIN);
}

static int is_hex(char c)
{
    return sh_digit(c) || (c >= 'a' && c <= 'f');
}

/* "61e2e22": a run of seven and more hexadecimal digits with letters among them. */
static int hex_code(const struct tks *s, const struct tk *t)
{
    uint32_t from = t->begin, to = t->begin, letters = 0;
    while (from > s->begin && t->begin - from < 64 && is_hex(s->text[from - 1]))
        from--;
    while (to < s->end && to - t->begin < 64 && is_hex(s->text[to]))
        to++;
    for (uint32_t p = from; p < to; p++)
        letters += s->text[p] >= 'a';
    return to - from >= 7 && letters && letters < to - from && !(from > s->begin && s->text[from - 1] == '.') &&
           !(to < s->end && ((s->text[to] | 32) >= 'a' && (s->text[to] | 32) <= 'z'));
}

/* "2003b", "e89b": a letter against a year or inside a code is no scale. */
int rj_lettered(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, v;
    const struct tk *t = s->at + i, *next = i + 1 < s->count ? t + 1 : NULL;
    if (t->kind == TK_NUMBER && next && (!next->space || (i && !t->space)) && hex_code(s, t))
        return 1;
    if (t->kind != TK_NUMBER || !next || next->kind != TK_WORD || next->letters != 1 || next->space ||
        (i && tk_has(s, i - 1, LX_CURRENCY)))
        return 0;
    if (i > 1 && !t->space && tk_sign(s, i - 1, ':') && !s->at[i - 1].space)
        return 1; /* "00:1A:2B" */
    const struct lx_meaning *label = i ? tk_before(s, i, LX_REJECT, NULL) : NULL;
    if ((t->upper & 8 && !crossed(s, i)) || (i && !t->space && tk_sign(s, i - 1, '%')) ||
        (label && label->of == OF_BEFORE && !tk_has(s, i - 1, LX_WORD)))
        return 1; /* also "Figure 1B", "Fig. 2b" */
    if (i > 1 && !t->space && tk_sign(s, i - 1, '-') && !s->at[i - 1].space && s->at[i - 2].kind == TK_WORD &&
        !(i > 2 && !s->at[i - 2].space && s->at[i - 3].kind == TK_NUMBER && s->at[i - 2].hash == next->hash))
        return 1; /* "let-7b", but "1.2m-3.4m" */
    struct figure year = {.number = i, .after = i + 1};
    return rj_digits(s, &year, &v) == 4 && v >= 1400 && v <= 2150 && next->cp >= 'a' && next->cp <= 'f' && !next->upper;
}
