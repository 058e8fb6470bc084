/* SPDX-License-Identifier: Apache-2.0
 *
 * Readings that are numbers and yet no claims: bare years, spans that only say when, words for one and parts.
 */
#include "weak.h"

#include <string.h>

#include "joint.h"
#include "moment.h"
#include "noun.h"
#include "quantity.h"
#include "reject.h"
#include "shape.h"

#define YEAR_MOST 2070u
#define YEAR_LEAST 1800u

/* "the deadly 2012 attacks": an article and one word in small letters before it. */
static int described(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number;
    return s->lx->plural[0] && i > 1 && f->first == i && s->at[i].plain == 4 &&
           tk_is(s, i - 2, LX_WORD, OF_ARTICLE, NULL) && !s->at[i - 1].upper && th_content(s, i - 1) &&
           !tk_has(s, i - 1, LX_BOUND) && !tk_has(s, i - 1, LX_BOUND_AFTER) && !tk_ends(s, i - 1, LX_ENDS_PLURAL);
}

/* "In 2023 sales were": a preposition opens the sentence, and a verb stands behind the noun. */
static int opens_told(const struct tks *s, const struct figure *f)
{
    uint32_t v = f->number + 2;
    return th_english_like(s) && f->number == 1 && s->at[0].letters == 2 && tk_is(s, 0, LX_TIME, OF_DURING, NULL) &&
           (tk_is(s, v, LX_WORD, OF_LEVEL, NULL) || tk_is(s, v, LX_WORD, OF_AUXILIARY, NULL) ||
            tk_has(s, v, LX_CHANGE));
}

/* "its 2018 sales", "the company's 2019 projects": the year of what follows, not its number. */
static int of_a_year(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number;
    const char *c = s->text + s->at[i].begin;
    if (!i || s->at[i].kind != TK_NUMBER || !((c[0] == '1' && c[1] == '9') || (c[0] == '2' && c[1] == '0')))
        return 0;
    const struct lx_meaning *m = tk_before(s, i, LX_WORD, NULL);
    return (m && (m->of == OF_PRONOUN || m->of == OF_GENITIVE || m->of == OF_ARTICLE)) ||
           tk_is(s, i - 1, LX_WORD, OF_PRONOUN, NULL) || (i > 1 && tk_is(s, i - 2, LX_WORD, OF_GENITIVE, NULL)) ||
           described(s, f) || opens_told(s, f) ||
           (s->at[i - 1].kind == TK_WORD && s->at[i - 1].upper && i > 1 && !s->at[i - 1].mask);
}

/* "the year is greater than 2015", "l'année supérieure à 2012": the bound is one of years. */
static int of_years(const struct tks *s, uint32_t bound)
{
    for (uint32_t i = bound, n = 0; i-- > 0 && n < 3; n++) {
        if (tk_is(s, i, LX_PERIOD, OF_YEAR, NULL))
            return 1;
        if (!(s->at[i].mask & LX_BIT(LX_WORD)))
            return 0;
    }
    return 0;
}

/* "из них 1605 — дети", "of whom 1605 were hurt": a part of those told of before. */
static int of_them(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->first;
    return i > 1 && tk_is(s, i - 1, LX_WORD, OF_PRONOUN, NULL) &&
           (tk_mean(s, i - 2, LX_OF, NULL) || tk_is(s, i - 2, LX_JOIN, OF_IN, NULL)) &&
           (i == 2 || tk_sign(s, i - 3, ',') || s->at[i - 3].kind == TK_NUMBER);
}

/* A noun that can be counted stands at token p, an adjective before it or not. */
static int counts_noun(const struct tks *s, uint32_t p)
{
    if (s->lx->noun_capital && p + 1 < s->count && s->at[p].kind == TK_WORD && !s->at[p].upper && s->at[p + 1].upper)
        p++;
    if (p >= s->count || s->at[p].kind != TK_WORD || !s->at[p].space || !th_content(s, p) || np_is_time(s, p) ||
        s->at[p].letters < 3 || tk_ends(s, p, LX_ENDS_VERB))
        return 0;
    return s->lx->noun_capital ? s->at[p].upper
                               : !s->at[p].upper && (!s->lx->plural[0] || tk_ends(s, p, LX_ENDS_PLURAL));
}

/* "holds 1900 manuscripts", "there were 1800 letters": behind such a verb no year is told without a word for it. */
static int is_held(const struct tks *s, const struct figure *f, uint32_t year)
{
    uint32_t i = f->number;
    if (!i || s->at[i - 1].kind != TK_WORD || s->lx->verb_last)
        return 0;
    if (tk_is(s, i - 1, LX_MARK, OF_HOLDS, NULL))
        return 1;
    return !s->lx->noun_capital && year < 1990 && s->at[i - 1].letters <= 4 &&
           tk_is(s, i - 1, LX_WORD, OF_AUXILIARY, NULL);
}

/* "sitzen 2140 Gefangene ein", "1500 бегунов", "some 1900 runners": no year of our time, or so many roughly, with
 * something to count behind, and nothing that leads in a time. */
static int no_year(const struct tks *s, const struct figure *f)
{
    uint32_t v, open = f->first, start;
    if (rj_digits(s, f, &v) != 4 || !counts_noun(s, f->after))
        return 0;
    if (is_held(s, f, v))
        return 1;
    const struct lx_meaning *bound = tk_before(s, f->number, LX_BOUND, &start);
    if (bound && start < open)
        open = start;
    if (bound && bound->of == OF_ABOUT && !tk_is(s, start, LX_WORD, OF_PREPOSITION, NULL))
        return 1;
    return (v > YEAR_MOST || v < YEAR_LEAST) && !tk_before(s, open, LX_TIME, NULL) && !tk_before(s, open, LX_OF, NULL);
}

/* "2000'den fazla kişi", "2000-ə yaxın adam": so many more or less, with something to count behind. */
static int bounded_behind(const struct tks *s, const struct figure *f)
{
    uint32_t q = s->lx->suffixed ? rj_suffix(s, f->after) : f->after, length;
    if (q == f->after || tk_is(s, q, LX_TIME, OF_UNTIL, NULL))
        return 0;
    const struct lx_meaning *m = tk_mean(s, q, LX_BOUND_AFTER, &length);
    return m && m->of != OF_AT_MOST && m->of != OF_AT_LEAST && counts_noun(s, q + length);
}

/* "ging um ein Viertel auf 1920 zurück": what a change by so much leads to. */
static int changed_to(const struct tks *s, const struct figure *f)
{
    uint32_t start, unit;
    const struct lx_meaning *to = tk_before(s, f->first, LX_RELATION, &start);
    if (!to || to->of != OF_TO || start < 2 || tk_is(s, start, LX_TIME, OF_UNTIL, NULL))
        return 0;
    const struct lx_meaning *by = tk_before(s, start, LX_UNIT, &unit);
    return tk_sign(s, start - 1, '%') || tk_has(s, start - 1, LX_FRACTION) ||
           (by && !strcmp(lx_key(s->lx, by), "percent"));
}

/* "2012-13", "1990s": no figures; a bare year needs more than itself. */
int wk_year(const struct tks *s, const struct figure *f, uint32_t floor)
{
    uint32_t start;
    if (f->flags & FG_WORDS && f->flags & FG_SCALED && !f->unit && f->number > 1 && tk_sign(s, f->number - 1, ',') &&
        tk_has(s, f->number - 2, LX_MONTH) && f->after - f->number > 1)
        return 1; /* "the second of April, two thousand nineteen" */
    if (f->flags & FG_WORDS && !f->unit && f->number > 1 && tk_mean(s, f->number - 1, LX_OF, NULL) &&
        (tk_has(s, f->number - 2, LX_MONTH) ||
         (f->number > 2 && s->at[f->number - 2].kind == TK_NUMBER && tk_has(s, f->number - 3, LX_PERIOD))))
        return 1; /* "octubre de dos mil veinte" */
    if (f->unit && qt_is_unit(f->unit, "year") && f->number > 1 && !s->at[f->number].space &&
        s->at[f->number].kind == TK_NUMBER && s->at[f->number].end - s->at[f->number].begin == 2 &&
        tk_dash(s, f->number - 1) && s->at[f->number - 2].kind == TK_NUMBER &&
        s->at[f->number - 2].end - s->at[f->number - 2].begin == 4)
        return 1; /* "1950–53 років" */
    if (!rj_year(s, f) || of_them(s, f) || no_year(s, f) || bounded_behind(s, f) || changed_to(s, f))
        return 0;
    if (f->unit && qt_is_unit(f->unit, "revolution"))
        return f->number && tk_is(s, f->number - 1, LX_WORD, OF_ARTICLE, NULL); /* "the 1905 revolution" */
    if (f->unit)
        return qt_is_unit(f->unit, "year") && tk_is(s, f->after, LX_TIME, OF_MARK, NULL) != NULL;
    if (tk_has(s, f->after, LX_NOUN) && !(s->at[f->after].mask & LX_BIT(LX_TIME)) && !of_a_year(s, f))
        return 0;
    const struct lx_meaning *bound = f->first > floor ? tk_before(s, f->first, LX_BOUND, &start) : NULL;
    if (bound && (of_years(s, start) || (floor && start <= floor + 1 && start >= floor && start + 1 < f->first)))
        return 1; /* also "16.8 percent less than 2023" */
    if (bound && start >= floor && !tk_has(s, start, LX_TIME) && f->after < s->count &&
        s->at[f->after].kind == TK_WORD && bound->of != OF_ABOUT)
        return 0;
    if (bound && start >= floor && bound->of == OF_EXACT && start + 1 < f->first)
        return 0;
    if (bound && start >= floor && (bound->of == OF_OVER || bound->of == OF_UNDER) && s->at[start].letters > 3 &&
        start + 1 < f->first)
        return 0;
    return s->count > 1;
}

/* "one proposal": a numeral where the language's word for one is no article, and what follows can be counted. */
static int one_thing(const struct tks *s, uint32_t i, uint32_t p)
{
    uint64_t not = LX_BIT(LX_WORD) | LX_BIT(LX_JOIN) | LX_BIT(LX_RELATION) | LX_BIT(LX_OF) | LX_BIT(LX_PER) |
                   LX_BIT(LX_TIME) | LX_BIT(LX_CHANGE) | LX_BIT(LX_SPEECH) | LX_BIT(LX_RELATIVE) | LX_BIT(LX_DAY) |
                   LX_BIT(LX_BOUND) | LX_BIT(LX_REJECT) | LX_BIT(LX_PERIOD) | LX_TRIGGERS;
    if (!s->lx->one_counts || p >= s->count || s->at[p].kind != TK_WORD || !s->at[p].space || s->at[p].upper ||
        s->at[p].letters < 3 || s->at[p].mask & not ||
        (s->lx->plural[0] && s->text[s->at[p].end - 1] == s->lx->plural[0]))
        return 0; /* "one observes" */
    return !i || !(s->at[i - 1].mask & (LX_BIT(LX_WORD) | LX_BIT(LX_OF))) ||
           tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL) || tk_is(s, i - 1, LX_WORD, OF_AUXILIARY, NULL) ||
           tk_is(s, i - 1, LX_WORD, OF_CONJUNCTION, NULL);
}

/* "bir kişi": the noun at p is one of those that the article counts. */
static int one_of(const struct tks *s, uint32_t p)
{
    const struct lx_meaning *m = tk_mean(s, p, LX_NOUN, NULL);
    const char *key = m ? lx_key(s->lx, m) : NULL, *list = s->lx->one_nouns;
    size_t size = key ? strlen(key) : 0;
    while (key && *list) {
        size_t n = strcspn(list, "|");
        if (n == size && !memcmp(list, key, n))
            return 1;
        list += n + (list[n] == '|');
    }
    return 0;
}

static int is_number(const struct tks *s, uint32_t i)
{
    return i < s->count && (s->at[i].kind == TK_NUMBER || s->at[i].compound == 1 ||
                            (s->at[i].mask & LX_BIT(LX_CARDINAL) && !tk_is(s, i, LX_WORD, OF_ARTICLE, NULL)));
}

/* "un enfant et deux chiens", "üç işçi ve bir mühendis": another number is told in one breath. */
static int beside_number(const struct tks *s, uint32_t i, uint32_t p)
{
    for (uint32_t q = p + 1; q < p + 4 && q + 1 < s->count; q++)
        if (tk_sign(s, q, ',') || tk_is(s, q, LX_JOIN, OF_AND, NULL))
            return is_number(s, q + 1);
    if (i < 3 || !(tk_sign(s, i - 1, ',') || tk_is(s, i - 1, LX_JOIN, OF_AND, NULL)))
        return 0;
    return is_number(s, i - 3) || (i > 3 && is_number(s, i - 4));
}

/* "На 100 тисяч населення припадає 42 випадки": a noun right behind, another number not far. */
static int opens_rate(const struct tks *s, uint32_t p)
{
    if (p >= s->count || !th_content(s, p))
        return 0;
    for (uint32_t k = p + 1; k < p + 7 && k < s->count; k++)
        if (is_number(s, k))
            return 1;
    return 0;
}

/* An amount of money ends before token i. */
static int behind_money(const struct tks *s, uint32_t i)
{
    if (i < 2)
        return 0;
    uint64_t last = s->at[i - 1].mask, before = s->at[i - 2].mask;
    return (last & LX_BIT(LX_CURRENCY) && !(last & LX_BIT(LX_UNIT)) && s->at[i - 2].kind == TK_NUMBER) ||
           (s->at[i - 1].kind == TK_NUMBER && before & LX_BIT(LX_CURRENCY));
}

/* "£1.25/100g" */
static int behind_slash(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number;
    return i && f->first == i && f->kind == ASSAY_KIND_DIMENSION && tk_sign(s, i - 1, '/') && !s->at[i].space &&
           !s->at[i - 1].space && behind_money(s, i - 1);
}

/* "40 deaths per 100,000": what a rate is told by. */
static int denominator(const struct tks *s, const struct figure *f)
{
    uint32_t start;
    if (behind_slash(s, f))
        return 1;
    const struct lx_meaning *m = f->first == f->number && f->first ? tk_before(s, f->first, LX_PER, &start) : NULL;
    if (!m || (strcmp(lx_key(s->lx, m), "per") && strcmp(lx_key(s->lx, m), "rate")) || f->value.exponent < 0 ||
        f->value.digit[0] != 1)
        return 0;
    if (f->unit && (f->kind != ASSAY_KIND_DIMENSION || !start ||
                    !(s->at[start - 1].mask & LX_BIT(LX_UNIT) || behind_money(s, start))))
        return 0; /* but "94,50 Euro pro 100 Liter" */
    int weak = s->at[start].letters < 3 || s->at[start].mask & (LX_BIT(LX_RELATION) | LX_BIT(LX_BOUND)) ||
               lx_key(s->lx, m)[0] == 'r';
    if (weak && !start)
        return opens_rate(s, f->after);
    if (weak && (tk_is(s, start, LX_RELATION, OF_TO, NULL) || tk_is(s, start, LX_JOIN, OF_TO, NULL) ||
                 f->after >= s->count || !th_content(s, f->after) ||
                 !((start && is_number(s, start - 1)) || (start > 1 && is_number(s, start - 2)) ||
                   (start > 2 && is_number(s, start - 3)))))
        return 0; /* "54 casos por 100 mil habitantes" */
    for (uint32_t k = 1; k < f->value.digits; k++)
        if (f->value.digit[k])
            return 0;
    return f->value.digits + (uint32_t)f->value.exponent > 2;
}

/* "near Ground Zero", "the Group of Eight": a word of number with a capital behind a name, in a text that has small
 * letters. */
static int in_name(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, p = f->after;
    if (p != i + 1 || !i || s->at[i].upper != 1 || s->lx->noun_capital || f->unit ||
        (p < s->count && s->at[p].kind == TK_WORD && s->at[p].upper))
        return 0;
    if (i > 1 && tk_mean(s, i - 1, LX_OF, NULL))
        i--;
    return s->at[i - 1].kind == TK_WORD && s->at[i - 1].upper && s->at[i].space && (i > 1 || i == f->number);
}

/* "una atmósfera", "un nudo", "un braccio": units whose name is that of something else. */
static int odd_unit(const struct figure *f)
{
    static const char *const odd[] = {"atmosphere", "knot", "fathom", "grain", "stone", "revolution", "rod",
                                      "bar",        "hand", "chain",  "link",  "pole",  "cup",        "bit"};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        if (qt_is_unit(f->unit, odd[i]))
            return 1;
    return 0;
}

/* "che sei andato", "a negative one of", "les 1024 premiers cylindres", "un medio de transporte" */
static int other_word(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, p = f->after;
    if (!(f->flags & FG_WORDS) || f->flags & (FG_DIGITS | FG_SCALED) || f->unit)
        return 0;
    int led = i && (tk_is(s, i - 1, LX_WORD, OF_AUXILIARY, NULL) || tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) ||
                    tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL)); /* "sono sei i morti" */
    if (p == i + 1 && !led && tk_is(s, i, LX_WORD, OF_AUXILIARY, NULL) && p < s->count && s->at[p].kind == TK_WORD &&
        !(s->at[p].mask & (LX_BIT(LX_JOIN) | LX_BIT(LX_NOUN) | LX_TRIGGERS)))
        return !(th_content(s, p) && tk_ends(s, p, LX_ENDS_PLURAL));
    if (f->flags & FG_ORDINAL)
        return s->lx->noun_after && i && s->at[i - 1].kind == TK_NUMBER && p == i + 1;
    if (f->value.sign < 0 && tk_has(s, i, LX_SIGN) && p == i + 2 && f->value.digits == 1 && f->value.digit[0] == 1 &&
        !f->value.exponent)
        return i && tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL);
    return f->value.exponent == -1 && f->value.digits == 1 && f->value.digit[0] == 5 && s->lx->noun_after &&
           p == i + 2 && tk_is(s, i, LX_WORD, OF_ARTICLE, NULL) && !tk_is(s, p, LX_JOIN, OF_AND, NULL) &&
           p < s->count && s->at[p].kind == TK_WORD && !(s->at[p].mask & LX_TRIGGERS) &&
           tk_is(s, i + 1, LX_WORD, OF_OTHER, NULL);
}

/* "Den Dritten kannte niemand", "Zweiter wurde Karl": where nouns have a capital, an ordinal can be one; no name, no
 * day. */
static int told_as_noun(const struct tks *s, uint32_t i, uint32_t p)
{
    if (!s->lx->noun_capital || (p < s->count && s->at[p].kind == TK_WORD && s->at[p].upper) ||
        tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL))
        return 0;
    return i < 2 || s->at[i - 2].kind != TK_WORD || !s->at[i - 2].upper || i == 2;
}

/* "the 100th day of the strike", but not "the 21st day of May". */
static int day_counted(const struct tks *s, uint32_t p)
{
    uint32_t length, of;
    if (!tk_is(s, p, LX_PERIOD, OF_DAY, &length))
        return 0;
    p += length;
    if (tk_mean(s, p, LX_OF, &of))
        p += of;
    if (tk_is(s, p, LX_WORD, OF_ARTICLE, &of))
        p += of;
    return p >= s->count || !(s->at[p].mask & (LX_BIT(LX_MONTH) | LX_BIT(LX_PERIOD) | LX_BIT(LX_RELATIVE)));
}

/* The bare word for one: a number only where something says so. -1: not settled. */
static int weak_one(const struct tks *s, const struct figure *f)
{
    uint32_t p = f->after, start;
    if (p < s->count && (s->at[p].kind == TK_NUMBER || (s->lx->noun_after && tk_has(s, p, LX_CARDINAL))))
        return 1; /* "un 3 %", "un uno por ciento" */
    if ((f->kind == ASSAY_KIND_DIMENSION || f->kind == ASSAY_KIND_MONEY) && s->lx->one_nouns[0] &&
        f->last - f->first == 2)
        for (uint32_t k = f->last; k < f->last + 7 && k < s->count; k++)
            if (tk_has(s, k, LX_CURRENCY))
                return 1; /* "bir litre süt 35 lira" */
    if (tk_is(s, f->number, LX_REJECT, OF_NAME, NULL) || (f->kind == ASSAY_KIND_DIMENSION && odd_unit(f)))
        return 1; /* "one thing" */
    if (!f->unit && tk_mean(s, p, LX_OF, NULL) && !s->lx->one_nouns[0] && !s->lx->suffixed)
        return 1; /* "один из самых популярных" */
    if (f->unit || f->kind == ASSAY_KIND_MONEY)
        return -1;
    if ((tk_has(s, p, LX_NOUN) && (!s->lx->one_nouns[0] || one_of(s, p) || beside_number(s, f->number, p))) ||
        one_thing(s, f->number, p))
        return 0;
    const struct lx_meaning *bound = tk_before(s, f->number, LX_BOUND, &start);
    return !bound ||
           (bound->of == OF_ABOUT &&
            s->lx->noun_after) || /* "près d'une ferme", "über einen Austritt", "sotto una macchina" */
           ((s->lx->noun_capital || s->lx->noun_after) && start + 1 == f->number &&
            tk_is(s, start, LX_WORD, OF_PREPOSITION, NULL));
}

/* A fraction in words. -1: not settled. */
static int weak_fraction(const struct tks *s, const struct figure *f)
{
    uint32_t p = f->after, i = f->number, length;
    int counted = p - i > 1 && !tk_has(s, i, LX_FRACTION) && tk_has(s, i, LX_CARDINAL); /* "les trois cinquièmes" */
    if (i && !counted && (tk_has(s, i - 1, LX_ORDINAL) || tk_is(s, i - 1, LX_REJECT, OF_LEAD, NULL)) &&
        !tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL))
        return 1; /* "the second half", "the final third" */
    if (f->unit || p - i != 1 || s->at[i].kind != TK_WORD)
        return -1;
    const struct lx_meaning *by = tk_before(s, i, LX_RELATION, NULL);
    int bare = !s->lx->noun_after && !s->lx->noun_capital && !s->lx->plural[0] &&
               !s->lx->suffixed; /* no articles: "треть жителей" */
    if ((bare && s->at[i].letters > 3 && p < s->count && (th_content(s, p) || tk_ends(s, p, LX_ENDS_VERB)) &&
         !tk_has(s, p, LX_PERIOD)) ||
        (s->lx->suffixed && f->flags & FG_HALF && s->at[i].letters > 5 && i &&
         (th_content(s, i - 1) || tk_is(s, i - 1, LX_WORD, OF_PRONOUN, NULL) ||
          tk_is(s, i - 1, LX_WORD, OF_PARTLY, NULL)) && /* "bunun yarısı" */
         !tk_has(s, i - 1, LX_PERIOD)))
        return 0;
    return !((by && by->of == OF_BY && !s->lx->noun_after) || tk_before(s, i, LX_BOUND, NULL) ||
             tk_mean(s, p, LX_OF, &length) || tk_is(s, p, LX_WORD, OF_ARTICLE, NULL) ||
             tk_is(s, p, LX_WORD, OF_GENITIVE, NULL));
}

/* An ordinal that is a name's part, a day, a part of the text. */
static int weak_ordinal(const struct tks *s, const struct figure *f)
{
    uint32_t p = f->after, i = f->number, article = i && tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) ? i - 1 : i;
    const struct lx_meaning *open = tk_before(s, article, LX_JOIN, NULL);
    if (open && open->of == OF_BETWEEN && tk_is(s, p, LX_JOIN, OF_AND, NULL) && !tk_has(s, i, LX_WEEKDAY))
        return 0; /* "tra il decimo e il quindicesimo" */
    if (tk_has(s, i, LX_WEEKDAY) || tk_has(s, p, LX_WEEKDAY) || tk_has(s, p, LX_MONTH) ||
        (s->at[i].ends & LX_BIT(LX_PER) && p == i + 1)) /* also "60 frames per second" */
        return 1;
    if (f->first > 0 && nb_hyphen(s, p) != p && s->at[nb_hyphen(s, p)].kind == TK_WORD)
        return 1; /* "third-party" */
    if (f->flags & FG_DIGITS && s->lx->noun_capital && p > 0 && tk_sign(s, p - 1, '.') &&
        !(th_content(s, p) &&
          (s->at[p].upper || (p + 1 < s->count && s->at[p + 1].kind == TK_WORD && s->at[p + 1].upper))))
        return 1; /* "vom 4. bis zum 23." */
    if (mo_day(s, f))
        return 1;
    if (tk_sign(s, p, ',') && (!i || tk_sign(s, i - 1, ',')) && !tk_has(s, p + 1, LX_ORDINAL) &&
        !(i > 1 && tk_has(s, i - 2, LX_ORDINAL)))
        return 1; /* "Second, ..." */
    if (s->at[i].upper && i > 0 && !told_as_noun(s, i, p))
        return 1;
    if (p < s->count && s->at[p].upper && s->at[p].kind == TK_WORD && !s->lx->noun_capital && i > 0)
        return 1;
    if (tk_has(s, p, LX_PERIOD) && !tk_has(s, p, LX_NOUN) &&
        !(day_counted(s, p) && !tk_is(s, i - (i > 0), LX_REJECT, OF_LEAD, NULL)))
        return 1;
    return p == i + 1 && tk_has(s, i, LX_WORD);
}

/* One bare word for one, an ordinal that is a name's part, "half" as an adjective: no claims. */
int wk_weak(const struct tks *s, const struct figure *f)
{
    uint32_t p = f->after, i = f->number;
    int weak;
    if (s->count == p - i)
        return 0; /* the whole text */
    if (denominator(s, f) || other_word(s, f) ||
        (f->flags & FG_WORDS && !(f->flags & (FG_DIGITS | FG_SCALED)) && in_name(s, f)))
        return 1;
    if (f->flags & FG_ONE && (weak = weak_one(s, f)) >= 0)
        return weak;
    if (!f->value.sign && f->flags & FG_WORDS && tk_is(s, i, LX_WORD, OF_PRONOUN, NULL) && !tk_has(s, p, LX_NOUN) &&
        !tk_mean(s, p, LX_OF, NULL) && p == i + 1)
        return 1; /* "aucune importance" */
    if (f->flags & FG_HALF && f->flags & FG_WORDS && !f->unit && i > 1 && tk_is(s, i - 1, LX_JOIN, OF_AND, NULL) &&
        tk_has(s, i - 2, LX_UNIT) && tk_has(s, i - 2, LX_PERIOD))
        return 1; /* "in the next decade and a half" */
    if (f->flags & FG_FRACTION && !(f->flags & FG_DIGITS) && (weak = weak_fraction(s, f)) >= 0)
        return weak;
    return f->kind != ASSAY_KIND_RANK && f->flags & FG_ORDINAL && weak_ordinal(s, f);
}

/* "3 days from Tuesday", "a week, from 20 December", "2 days starting May 20". */
static int dated(const struct tks *s, uint32_t p)
{
    uint32_t length;
    const uint64_t day = LX_BIT(LX_WEEKDAY) | LX_BIT(LX_DAY) | LX_BIT(LX_MONTH);
    p += tk_sign(s, p, ',');
    if (!tk_is(s, p, LX_JOIN, OF_FROM, &length) && !tk_is(s, p, LX_TIME, OF_SINCE, &length))
        return 0;
    for (p += length; p < s->count && (s->at[p].mask & LX_BIT(LX_RELATIVE) || tk_is(s, p, LX_JOIN, OF_FROM, NULL)); p++)
        continue;
    if (p < s->count && s->at[p].kind == TK_NUMBER)
        return tk_has(s, p + 1, LX_MONTH) || tk_has(s, p + 2, LX_MONTH);
    return p < s->count && s->at[p].mask & day;
}

/* "... 3 months and 2 weeks": where the first of the durations joined by "and" starts. */
static uint32_t chain_start(const struct tks *s, uint32_t i)
{
    uint32_t start, unit;
    for (int k = 0; k < 4 && i > 2 && tk_is(s, i - 1, LX_JOIN, OF_AND, NULL); k++) {
        const struct lx_meaning *m = tk_before(s, i - 1, LX_UNIT, &unit);
        if (!m || !unit || unit + 1 != i - 1 || !tk_has(s, unit, LX_PERIOD))
            break;
        if (s->at[unit - 1].kind == TK_NUMBER)
            start = unit - 1;
        else if (!tk_before(s, unit, LX_CARDINAL, &start))
            break;
        i = start;
    }
    return i;
}

/* A quantity that is no duration at token i: "90 mm", "three goals". */
static int quantity_at(const struct tks *s, uint32_t i, int counts)
{
    uint32_t next = i + 1;
    if (s->at[i].kind != TK_NUMBER ? !tk_has(s, i, LX_CARDINAL) || s->at[i].letters < 3 || tk_has(s, i, LX_WORD)
                                   : s->at[i].shape != SH_NUMERAL)
        return 0;
    while (next < s->count && s->at[next].mask & (LX_BIT(LX_CARDINAL) | LX_BIT(LX_SCALE)))
        next++;
    if (next >= s->count || s->at[next].mask & (LX_BIT(LX_PERIOD) | LX_BIT(LX_MONTH)))
        return 0;
    const struct lx_meaning *unit = tk_mean(s, next, LX_UNIT, NULL);
    return unit ? qt_kind_of_unit(lx_key(s->lx, unit)) == ASSAY_KIND_DIMENSION
                : counts && th_content(s, next) && s->at[next].space && s->at[next].letters > 3;
}

/* "110 mm of rain in six hours", "three goals in under ten minutes": so much in so long measures both, where "in six
 * hours" alone says when. The word that leads in is at `start`, the duration at `first`. */
static int so_much_in(const struct tks *s, const struct figure *f, uint32_t start, uint32_t first)
{
    if (!tk_is(s, start, LX_TIME, OF_DURING, NULL))
        return 0;
    for (uint32_t i = start; i < first; i++)
        if (s->at[i].mask & (LX_BIT(LX_RELATIVE) | LX_BIT(LX_ORDINAL)))
            return 0;
    for (uint32_t i = start;
         i-- > 0 && start - i < 12 && s->at[i].kind != TK_SKIP && !tk_sign(s, i, ';') && !tk_sign(s, i, ':');)
        if (quantity_at(s, i, 1))
            return 1;
    for (uint32_t i = f->last;
         i < s->count && i - f->last < 8 && s->at[i].kind != TK_SKIP && !tk_sign(s, i, ';') && !tk_sign(s, i, ':'); i++)
        if (quantity_at(s, i, 0))
            return 1;
    return 0;
}

/* "in 3 weeks", "the last 3 months", "2 days ago": a time, no claim. */
int wk_time(const struct tks *s, const struct figure *f)
{
    uint32_t start;
    if (f->kind != ASSAY_KIND_DURATION || f->age || s->count == f->last - f->first ||
        (qt_years(f->unit) && !(f->value.digits == 1 && f->value.digit[0] == 1 && !f->value.exponent)))
        return 0; /* "un an" only says when */
    if (!qt_is_unit(f->unit, "hour") && !qt_is_unit(f->unit, "minute") && dated(s, f->last))
        return 1;
    if (assay_decimal_above(&f->value, qt_is_unit(f->unit, "hour") ? 23 : 31))
        return 0; /* "60 days after", "the last 24 hours" measure a span, "3 days ago" names a date */
    int leads = tk_is(s, f->last, LX_TIME, OF_DURING, NULL) != NULL &&
                (tk_has(s, f->last + 1, LX_WEEKDAY) || tk_is(s, f->last + 1, LX_WORD, OF_ARTICLE, NULL));
    int changed =
        f->first &&
        (tk_is(s, f->first - 1, LX_RELATION, OF_FROM, NULL) || tk_is(s, f->first - 1, LX_RELATION, OF_TO, NULL)) &&
        jt_change_near(s, f->first - 1); /* "grew from 14 weeks to 31 weeks since 2019" */
    if (!leads && tk_is(s, f->last, LX_REJECT, OF_AFTER, NULL) &&
        !(changed && tk_is(s, f->last, LX_TIME, OF_SINCE, NULL)))
        return 1; /* "two years on", but "for six hours on Tuesday" */
    uint32_t i = chain_start(s, f->first);
    const struct lx_meaning *m = i ? tk_before(s, i, LX_REJECT, &start) : NULL;
    if (!m && i > 1 && tk_is(s, i - 1, LX_BOUND, OF_ABOUT, NULL))
        m = tk_before(s, i - 1, LX_REJECT, &start);
    if (qt_is_unit(f->unit, "second") || f->value.exponent < 0)
        return 0; /* "in 7.2 seconds" */
    if (m && m->of == OF_LEAD && (changed || so_much_in(s, f, start, i)))
        return 0;
    return m && (m->of == OF_LEAD ||
                 (m->of == OF_AFTER && tk_has(s, start, LX_RELATIVE) && tk_is(s, start, LX_REJECT, OF_LEAD, NULL)));
}
