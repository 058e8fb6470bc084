/* SPDX-License-Identifier: Apache-2.0
 *
 * Which words can stand in a noun phrase that says what is measured, and how they go together (th_ of frame.h).
 */
#include <string.h>

#include "noun.h"

#define CLOSED (LX_BIT(LX_WORD) | LX_BIT(LX_PER) | LX_BIT(LX_OF) | LX_BIT(LX_JOIN) | LX_BIT(LX_RELATION))
#define TIMES (LX_BIT(LX_MONTH) | LX_BIT(LX_WEEKDAY) | LX_BIT(LX_DAY) | LX_BIT(LX_RELATIVE))

/* Words of a list that are nouns all the same: "points", "record", "rules". */
static int noun_word(const struct tks *s, uint32_t i)
{
    const uint64_t nouns = LX_BIT(OF_POINTS) | LX_BIT(OF_HEIGHT) | LX_BIT(OF_RULE);
    const struct lx_meaning *m = s->at[i].words & nouns ? tk_mean(s, i, LX_WORD, NULL) : NULL;
    return m && (m->of == OF_POINTS || m->of == OF_HEIGHT || m->of == OF_RULE);
}

/* "num investimento", "the investment": a noun that the stem of a verb reaches, behind an article. */
static int noun_of_verb(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    const struct lx_meaning *m = i && t->space && t->letters > 5 ? tk_mean(s, i, LX_WORD, NULL) : NULL;
    if (!m || m->of != OF_AUXILIARY || t->mask & ~(LX_LEADS | LX_BIT(LX_WORD)) ||
        !tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL))
        return 0;
    return s->lx->noun_capital ? t->upper != 0 : !tk_is(s, i + 1, LX_WORD, OF_ARTICLE, NULL);
}

/* "70 % арестованных", "12 задержанных": a participle right behind a figure is who it was done to. */
static int counted_participle(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    return i && t->letters > 6 && t->mask & LX_BIT(LX_WORD) && tk_is(s, i, LX_WORD, OF_AUXILIARY, NULL) &&
           tk_ends(s, i, LX_ENDS_SEVERAL) &&
           lx_ends_in(s->lx->attribute_endings, s->text + t->begin, t->end - t->begin) &&
           (t[-1].kind == TK_NUMBER || tk_sign(s, i - 1, '%') ||
            t[-1].mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_SCALE) | LX_BIT(LX_CARDINAL)));
}

int th_content(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    uint32_t length;
    if (t->kind != TK_WORD || t->letters < 2)
        return 0;
    if (i && t[-1].mask & LX_BIT(LX_TIME) && tk_is(s, i - 1, LX_TIME, OF_AGAINST, &length) && length > 1)
        return 0; /* "en vez de", "au lieu de" */
    if (s->lx->noun_capital && t->upper == 1 && i && !(t->mask & ~(LX_LEADS | LX_BIT(LX_WORD))) &&
        tk_is(s, i, LX_WORD, OF_AUXILIARY, NULL))
        return 1; /* "die Kosten" */
    if (t->mask & (LX_BIT(LX_NOUN) | LX_BIT(LX_COUNTRY)) || noun_word(s, i))
        return 1;
    if (tk_ends(s, i, LX_ENDS_VERB) && !t->upper && t->letters > 3)
        return 0; /* "votaram", "prolongó" */
    if (tk_ends(s, i, LX_ENDS_FINITE) && !t->upper && t->letters > 5)
        return 0; /* "başlayıb", "konuşurken" */
    if (s->lx->attribute_endings[0] && counted_participle(s, i))
        return 1;
    if (t->stem && (noun_of_verb(s, i) || (s->lx->suffixed && t->letters > 6 && np_genitive(s, i) &&
                                           tk_is(s, i, LX_WORD, OF_AUXILIARY, NULL))))
        return 1; /* "iştirak edənlərin 63 faizi" */
    const uint64_t closed = CLOSED | TIMES | LX_BIT(LX_CHANGE) | LX_BIT(LX_CARDINAL) | LX_BIT(LX_SPEECH);
    if (t->mask & closed)
        return 0;
    const struct lx_meaning *bound = tk_mean(s, i, LX_BOUND, NULL);
    if (bound && bound->of != OF_AT_LEAST && bound->of != OF_AT_MOST)
        return 0;
    if (t->mask & LX_BIT(LX_STATUS) && tk_mean(s, i, LX_STATUS, NULL) &&
        tk_mean(s, i, LX_STATUS, NULL)->of != OF_ASSERTED)
        return 0;
    return !tk_is(s, i, LX_PARTICLE, OF_MOVE, NULL);
}

/* Steps from a figure to the words it may count: over "of", "de", "of the". */
uint32_t th_over_small(const struct tks *s, uint32_t i)
{
    uint32_t length;
    for (int k = 0; k < 3 && i < s->count; k++) {
        if (tk_is(s, i, LX_STATUS, OF_NEGATED, NULL) && s->lx->noun_after)
            return i; /* "112 non rispettano" */
        if (s->lx->noun_after && k == 0 && tk_is(s, i, LX_TIME, OF_AGAINST, NULL))
            return i; /* "0,2 milioni rispetto al corrispondente periodo" */
        if (s->lx->noun_after && s->at[i].letters > 1 && !tk_has(s, i, LX_OF) &&
            tk_is(s, i, LX_WORD, OF_ARTICLE, NULL) && tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL))
            break; /* "46.000 negli eventi" */
        if (tk_mean(s, i, LX_OF, &length) || tk_is(s, i, LX_WORD, OF_ARTICLE, &length))
            i += length;
        else if (tk_is(s, i, LX_WORD, OF_OTHER, &length) && s->at[i].mask & LX_BIT(LX_WORD) && !th_content(s, i))
            i += length;
        else
            break;
    }
    return i;
}

/* The token counted that does not stand behind the figure: in a share, or before it. ASSAY_NEVER: there is none. */
static uint32_t counted_apart(const struct tks *s, const struct figure *f)
{
    if (f->flags & FG_RATIO && f->number + 1 < f->last && (s->lx->noun_after || s->lx->suffixed) &&
        (th_content(s, f->number + 1) || (s->lx->noun_after && !np_small(s, f->number + 1))) &&
        !tk_has(s, f->number + 1, LX_SCALE))
        return f->number + 1; /* "un Français sur quatre", "dört gençten biri" */
    if (!s->lx->suffixed || f->kind != ASSAY_KIND_NUMBER || !f->first)
        return ASSAY_NEVER;
    if (f->flags & FG_FRACTION && f->flags & FG_WORDS && th_content(s, f->first - 1))
        return f->first - 1; /* "nüfusun üçte biri" */
    uint32_t of = f->first - 1; /* "3 bin 450 binadan yalnızca 1.120'si" */
    of -= of > 1 && (tk_is(s, of, LX_WORD, OF_OTHER, NULL) || tk_has(s, of, LX_BOUND));
    if (of && s->at[of].kind == TK_WORD && tk_ends(s, of, LX_ENDS_FROM) &&
        (s->at[of - 1].kind == TK_NUMBER || tk_has(s, of - 1, LX_SCALE)) && f->last < s->count &&
        !s->at[f->last].space && (tk_sign(s, f->last, '\'') || tk_sign(s, f->last, '-')))
        return of; /* "20 kişiden 5'i" */
    return ASSAY_NEVER;
}

/* "two of the named plaintiffs", "two of the mayor's aides": over a participle or an owner to what there is several
 * of. */
static uint32_t over_owner(const struct tks *s, const struct figure *f, uint32_t p)
{
    if (!th_english_like(s) || f->kind != ASSAY_KIND_NUMBER || p < f->last + 2 || p + 1 >= s->count)
        return p;
    if (!th_content(s, p))
        return np_participle(s, p) && th_content(s, p + 1) && tk_ends(s, p + 1, LX_ENDS_PLURAL) ? p + 1 : p;
    uint32_t i = p;
    while (i + 1 < s->count && i - p < 3 && th_content(s, i) && s->at[i + 1].space)
        i++;
    return i + 3 < s->count && tk_sign(s, i + 1, '\'') && !s->at[i + 1].space && s->at[i + 2].letters == 1 &&
                   s->at[i + 2].cp == 's' && th_content(s, i + 3 + (s->at[i + 3].kind == TK_NUMBER)) &&
                   s->at[i + 3].space
               ? i + 3 + (s->at[i + 3].kind == TK_NUMBER) /* "7 of the board's 12 seats" */
               : p;
}

/* From token p, behind the figure, over what may stand before the noun it counts. */
static uint32_t over_to_noun(const struct tks *s, const struct figure *f, uint32_t p)
{
    uint32_t of;
    if (p + 2 < s->count && s->at[p].kind == TK_WORD && s->at[p].letters == 1 && s->at[p].space &&
        tk_sign(s, p + 1, '-') && !s->at[p + 1].space && !s->at[p + 2].space && th_content(s, p + 2))
        return p + 2; /* "14 e-bikes", "drei U-Bahnen" */
    if (f->kind == ASSAY_KIND_NUMBER && tk_is(s, p, LX_JOIN, OF_IN, &of) && p + of + 1 < s->count &&
        s->at[p + of].kind == TK_NUMBER)
        p += of + 1; /* "29 von 33 Drohnen": they are counted twice */
    if (p + 1 < s->count && tk_has(s, p, LX_RELATIVE) && tk_has(s, p + 1, LX_PERIOD))
        return s->count; /* "fell to 12 last week" */
    p = th_over_small(s, p);
    if (p + 2 < s->count && th_english_like(s) && s->at[p].letters < 6 && tk_is(s, p, LX_TIME, OF_RECORD, NULL) &&
        tk_is(s, p, LX_WORD, OF_PRONOUN, NULL) && th_content(s, p + 1) && th_content(s, p + 2) && s->at[p + 2].space)
        p++; /* "the three most seriously injured victims" */
    if (p + 1 < s->count && s->at[p].cp >= 0x400 && s->at[p].letters > 1 && s->at[p].space &&
        f->kind == ASSAY_KIND_NUMBER && tk_is(s, p, LX_WORD, OF_PRONOUN, NULL) && th_content(s, p + 1) &&
        !np_is_time(s, p + 1) && !s->at[p + 1].upper)
        p++; /* "двое его сыновей", "семь других стран" */
    if (p + 1 < s->count && s->at[p].cp >= 0x400 && tk_has(s, p, LX_RELATIVE) && s->at[p].letters > 6 &&
        th_content(s, p + 1) && !(s->at[p + 1].mask & (TIMES | LX_BIT(LX_PERIOD) | LX_BIT(LX_UNIT))))
        p++; /* "трети прошлогоднего урожая" */
    if (p + 1 < s->count && !s->lx->noun_after && s->at[p].kind == TK_WORD && s->at[p].letters > 4 &&
        s->at[p].mask & LX_BIT(LX_PER) && !f->per && th_content(s, p + 1) && s->at[p + 1].space)
        p++; /* "monthly users" */
    if (p + 1 < s->count && s->lx->noun_after && f->kind == ASSAY_KIND_NUMBER && tk_has(s, p, LX_ORDINAL) &&
        s->at[p].kind == TK_WORD && s->at[p].letters > 3 && th_content(s, p + 1))
        p++; /* "les 1024 premiers cylindres" */
    p = over_owner(s, f, p);
    if (p + 1 < s->count && s->lx->noun_after && f->kind == ASSAY_KIND_NUMBER && tk_has(s, p, LX_RELATIVE) &&
        s->at[p].letters > 4 && th_content(s, p + 1) && !np_is_time(s, p + 1))
        p++; /* "les trois derniers matchs" */
    if (p + 1 < s->count && s->lx->noun_after && f->kind == ASSAY_KIND_NUMBER && p == f->last &&
        tk_is(s, p, LX_WORD, OF_FURTHER, &of) && of == 1 && th_content(s, p + 1) && s->at[p + 1].space &&
        !np_is_time(s, p + 1) && !np_participle(s, p + 1))
        p++; /* "40 autres personnes" */
    while (p + 2 < s->count && s->at[p].kind == TK_WORD && tk_sign(s, p + 1, '-') && !s->at[p + 1].space &&
           s->at[p + 2].kind == TK_NUMBER && !s->at[p + 2].space)
        p += 3; /* "two Mi-8 helicopters" */
    return p;
}

/* "сирийских и иракских детей", "syrische und irakische Kinder": two adjectives from p on, the noun behind. */
static int two_adjectives(const struct tks *s, uint32_t p)
{
    const int capital = s->lx->noun_capital;
    if (p + 3 >= s->count || !(capital || s->at[p].cp >= 0x400) || s->at[p].upper || s->at[p + 2].upper ||
        !tk_is(s, p + 1, LX_JOIN, OF_AND, NULL) || !th_content(s, p) || !th_content(s, p + 2) || !th_content(s, p + 3))
        return 0;
    return capital ? s->at[p + 3].upper == 1 && !(s->at[p].mask & LX_BIT(LX_NOUN))
                   : tk_ends(s, p, LX_ENDS_ADJECTIVE) && tk_ends(s, p + 2, LX_ENDS_ADJECTIVE);
}

/* A word for people that says of those named beside it how they are: "verletzte Arbeiter", "раненых рабочих", "yaralı
 * işçi", "ouvriers grièvement blessés". */
static int hurt(const struct tks *s, uint32_t i, uint32_t p)
{
    const uint64_t nouns = LX_BIT(LX_NOUN) | LX_BIT(LX_TITLE);
    if (!(s->at[i].mask & LX_BIT(LX_NOUN)))
        return 0;
    if (s->lx->noun_after)
        return i > p + 1 && np_participle(s, i) && tk_is(s, i - 1, LX_QUALITY, OF_ALONE, NULL);
    if (i + 1 >= s->count || !s->at[i + 1].space || !th_content(s, i + 1))
        return 0;
    if (s->lx->noun_capital)
        return !s->at[i].upper && s->at[i + 1].upper == 1;
    return (s->at[i].cp >= 0x400 || s->lx->suffixed) && tk_ends(s, i, LX_ENDS_ADJECTIVE) && !s->at[i + 1].upper &&
           s->at[i + 1].mask & nouns;
}

/* The noun of the content words from p on: a known one, one in the plural, or the first that is no adjective. */
static uint32_t noun_of(const struct tks *s, uint32_t p)
{
    uint32_t best = p, n = 0;
    while (!s->lx->noun_after && tk_has(s, p, LX_COUNTRY) && p + 1 < s->count) { /* "15 thousand Belarus tractors" */
        uint32_t next = p + 1 + (uint32_t)(tk_is(s, p + 1, LX_JOIN, OF_AND, NULL) && tk_has(s, p + 2, LX_COUNTRY));
        if (next >= s->count || !th_content(s, next) ||
            (s->lx->plural[0] && !tk_ends(s, p, LX_ENDS_PLURAL) && s->at[next].upper && !tk_has(s, next, LX_COUNTRY)))
            break;
        best = p = next;
    }
    while (s->lx->suffixed && p + 2 < s->count && tk_ends(s, p, LX_ENDS_ADJECTIVE) &&
           (tk_is(s, p + 1, LX_WORD, OF_CONJUNCTION, NULL) || tk_sign(s, p + 1, ',')) &&
           tk_ends(s, p + 2, LX_ENDS_ADJECTIVE) && th_content(s, p + 2))
        best = p = p + 2; /* "ölümlü veya yaralanmalı kaza" */
    if (two_adjectives(s, p))
        best = p = p + 2;
    for (uint32_t i = p; i < s->count && n < 4 && th_content(s, i); i = nb_hyphen(s, i + 1), n++) {
        int adjective = s->lx->noun_after && i > p && tk_is(s, i, LX_QUALITY, OF_ALONE, NULL); /* "delitos menores" */
        adjective |= hurt(s, i, p);
        adjective |= th_english_like(s) && i + 1 < s->count && np_participle(s, i) && th_content(s, i + 1) &&
                     s->at[i + 1].space && !s->at[i + 1].upper && s->at[i].mask & LX_BIT(LX_NOUN) &&
                     tk_ends(s, i + 1, LX_ENDS_PLURAL); /* "injured victims" */
        adjective |= s->lx->suffixed && s->at[i].stem && tk_ends(s, i, LX_ENDS_ADJECTIVE) && i + 1 < s->count &&
                     th_content(s, i + 1) && !tk_ends(s, i + 1, LX_ENDS_FROM); /* "ölümlü kaza" */
        adjective |= th_english_like(s) && i + 1 < s->count && s->at[i].mask & LX_BIT(LX_NOUN) &&
                     !tk_ends(s, i, LX_ENDS_PLURAL) && th_content(s, i + 1) && s->at[i + 1].space &&
                     tk_ends(s, i + 1, LX_ENDS_PLURAL) &&
                     (s->at[i].upper /* "House Democrats", "White House aides" */ ||
                      (!s->at[i + 1].upper && s->at[i + 1].mask & (LX_BIT(LX_NOUN) | LX_BIT(LX_TITLE))));
        /* "police officers"; not "children opens" */
        if (!adjective && (s->at[i].mask & LX_BIT(LX_NOUN) ||
                           (s->lx->noun_capital ? s->at[i].upper : tk_ends(s, i, LX_ENDS_PLURAL))))
            return i;
        if (i == best && (tk_ends(s, i, LX_ENDS_ADJECTIVE) || (s->lx->noun_after && np_no_head(s, i))) &&
            i + 1 < s->count && th_content(s, i + 1))
            best = i + 1;
    }
    return best;
}

int th_uncounted(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    return i < s->count && s->lx->uncounted_endings[0] && t->kind == TK_WORD && !t->upper && t->letters > 2 &&
           !(t->mask & (LX_BIT(LX_NOUN) | LX_BIT(LX_UNIT) | LX_BIT(LX_PERIOD) | LX_BIT(LX_CURRENCY))) &&
           lx_ends_in(s->lx->uncounted_endings, s->text + t->begin, t->end - t->begin);
}

/* "3,700 posts": a noun in the plural right behind the number that is the form of a verb, too. */
static int verb_counted(const struct tks *s, const struct figure *f, uint32_t p)
{
    const uint64_t verbs = LX_BIT(LX_WORD) | LX_BIT(LX_CHANGE) | LX_BIT(LX_SPEECH) | LX_LEADS;
    const struct tk *t = s->at + p;
    return p < s->count && p == f->last && f->kind == ASSAY_KIND_NUMBER && t->kind == TK_WORD && t->letters > 4 &&
           !t->upper && t->mask && !(t->mask & ~verbs) && tk_ends(s, p, LX_ENDS_PLURAL) && f->value.sign > 0 &&
           (!(t->mask & LX_BIT(LX_WORD)) || tk_is(s, p, LX_WORD, OF_AUXILIARY, NULL)) &&
           !tk_is(s, p, LX_WORD, OF_PREPOSITION, NULL) && !tk_is(s, p, LX_WORD, OF_OTHER, NULL) &&
           !tk_has(s, p, LX_PARTICLE);
}

int np_part(const struct tks *s, const struct figure *f)
{
    const struct tk *t = s->at + f->last + 1;
    const char *list = s->lx->part_endings;
    if (!list[0] || (f->kind != ASSAY_KIND_NUMBER && f->kind != ASSAY_KIND_PERCENT) || f->last + 1 >= s->count ||
        t[-1].space || t->space ||
        !(tk_sign(s, f->last, '\'') || tk_sign(s, f->last, '-')))
        return 0;
    for (size_t n; *list; list += n + (list[n] == '|')) {
        n = strcspn(list, "|");
        if (n == t->end - t->begin && !memcmp(list, s->text + t->begin, n))
            return 1;
    }
    return 0;
}

/* "1,2 milioni del primo semestre": the period at p is that the figure is of. */
static int of_ordinal(const struct tks *s, const struct figure *f, uint32_t p)
{
    return s->lx->noun_after && p > f->last + 1 && tk_has(s, p - 1, LX_ORDINAL) && tk_has(s, p - 2, LX_OF);
}

/* "7 de La Araucanía": the name at p says where, where adjectives stand behind. */
static int of_place(const struct tks *s, const struct figure *f, uint32_t p)
{
    return s->lx->noun_after && f->kind == ASSAY_KIND_NUMBER && p > f->last && !f->has_scale && f->flags & FG_DIGITS &&
           s->at[p].upper == 1 && tk_has(s, f->last, LX_OF);
}

void th_counted(const struct tks *s, struct figure *f)
{
    uint32_t p = nb_hyphen(s, f->last), rank;
    f->counted = f->counted_end = f->last;
    if (f->unit || (f->kind != ASSAY_KIND_NUMBER && f->kind != ASSAY_KIND_ORDINAL && f->kind != ASSAY_KIND_RANK))
        return;
    if (tk_is(s, f->last, LX_RELATION, OF_BEYOND, NULL) && f->kind == ASSAY_KIND_NUMBER)
        return; /* "5 more than last year" */
    if (s->lx->suffixed && p > f->last && f->kind == ASSAY_KIND_NUMBER &&
        tk_ends(s, p, LX_ENDS_FROM) + tk_ends(s, p, LX_ENDS_TO) && s->at[p].letters < 4)
        return; /* "47,8-dən 41,2-yə" */
    if (s->lx->suffixed && p < s->count && !s->at[p].space && (tk_sign(s, p, '\'') || tk_sign(s, p, '-')))
        p += 2;
    if (f->kind == ASSAY_KIND_RANK && tk_is(s, p, LX_RANK, OF_PLACE, &rank))
        p += rank;
    uint32_t start;
    const struct lx_meaning *of_them =
        s->lx->suffixed && f->kind == ASSAY_KIND_NUMBER ? tk_before(s, f->first, LX_WORD, &start) : NULL;
    if (of_them && tk_is(s, start, LX_WORD, OF_PARTLY, NULL) && !tk_has(s, p, LX_NOUN))
        return; /* "bunların 4 binine doğu illerinde" */
    uint32_t best = counted_apart(s, f);
    if (best == ASSAY_NEVER && np_part(s, f))
        return;
    if (best == ASSAY_NEVER) {
        p = over_to_noun(s, f, p);
        if (verb_counted(s, f, p)) {
            f->counted = p;
            f->counted_end = p + 1;
            return;
        }
        if (p >= s->count || !th_content(s, p) || of_place(s, f, p) || (f->kind == ASSAY_KIND_NUMBER && th_uncounted(s, p)) ||
            (p > f->last && tk_is(s, p - 1, LX_WORD, OF_ARTICLE, NULL) && tk_has(s, p, LX_PERIOD) &&
             !tk_has(s, p, LX_NOUN)))
            return; /* "390 milioni un anno prima" */
        if (tk_has(s, p, LX_PERIOD) && (tk_is(s, p + 1, LX_TIME, OF_EARLIER, NULL) || of_ordinal(s, f, p)))
            return; /* "16,4 млн годом ранее" */
        if (p > f->last && p > 0 && s->at[p].cp >= 0x400 && tk_is(s, p - 1, LX_WORD, OF_OTHER, NULL) &&
            !tk_ends(s, p - 1, LX_ENDS_ADJECTIVE) && !tk_has(s, p, LX_NOUN) && np_participle(s, p))
            return; /* "дзевяць ужо выпісаны" */
        if (s->lx->noun_after && p == f->last && f->has_scale && f->scale.exponent >= 6 && np_participle(s, p))
            return; /* "38 milioni stanziati" */
        best = noun_of(s, p);
        if (th_english_like(s) && f->has_scale && p == f->last && best == p && !tk_ends(s, p, LX_ENDS_PLURAL) &&
            !tk_has(s, p, LX_NOUN) && !s->at[p].upper && f->first > 1 && tk_has(s, f->first - 1, LX_OF) &&
            th_content(s, f->first - 2))
            return; /* "keep the population of 118 million stable" */
        int known = (s->at[best].mask & LX_BIT(LX_NOUN)) != 0;
        if (!known && !f->value.sign && f->flags & FG_WORDS && tk_is(s, f->after - 1, LX_STATUS, OF_NEGATED, NULL))
            return; /* "никто не знает" */
        if (!known && s->lx->noun_capital && !s->at[best].upper)
            return; /* "drei davon schwer" */
        if (!known && np_no_head(s, best))
            return; /* "the two repeatedly said" */
    }
    f->counted = best;
    f->counted_end = best + 1;
}

void th_counted_aged(const struct tks *s, struct figure *f)
{
    const struct figure *age = f + 1;
    struct figure noun = *f;
    if (f->kind != ASSAY_KIND_NUMBER || f->unit || f->has_scale || !age->age || age->first != f->last ||
        !(s->at[age->first].space || nb_hyphen(s, f->last) != f->last))
        return;
    noun.last = age->last;
    th_counted(s, &noun);
    f->counted = noun.counted;
    f->counted_end = noun.counted_end;
    if (f->counted == age->last && f->counted_end == f->counted)
        f->counted = f->counted_end = f->last;
}

static int name_word(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    return t->kind == TK_WORD && t->upper && !(t->upper == 4 && t->letters == 1 && t->space && i == 0) &&
           !(t->mask & (TIMES)) && !(t->mask & LX_BIT(LX_WORD) && t->upper != 2 && i == 0);
}

uint32_t th_names(const struct tks *s, struct range *to, uint32_t most)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->count && n < most;) {
        uint32_t length = 1;
        if (tk_mean(s, i, LX_COUNTRY, &length) && (s->at[i].upper || s->at[i].letters > 3)) {
            to[n++] = (struct range){i, i + length};
            i += length;
            continue;
        }
        if (!name_word(s, i) || tk_has(s, i, LX_CURRENCY) || tk_has(s, i, LX_WORD)) {
            i++;
            continue;
        }
        uint32_t end = i + 1;
        while (end < s->count && end - i < 6) {
            if (name_word(s, end) && !tk_has(s, end, LX_COUNTRY) && s->at[end].kind == TK_WORD &&
                !tk_has(s, end, LX_CURRENCY))
                end++;
            else if (tk_sign(s, end, '-') && !s->at[end].space && end + 1 < s->count &&
                     s->at[end + 1].kind == TK_WORD && !s->at[end + 1].space)
                end += 2;
            else
                break;
        }
        int first = i == 0 || (s->at[i - 1].kind == TK_SIGN && (s->at[i - 1].cp == '"' || s->at[i - 1].cp == 0xab ||
                                                                s->at[i - 1].cp == 0x201c || s->at[i - 1].cp == '.'));
        int known = end - i > 1 || s->at[i].upper == 2 || !first;
        if (s->lx->noun_capital && end - i == 1 && s->at[i].upper != 2)
            known = 0;
        if (known)
            to[n++] = (struct range){i, end};
        i = end;
    }
    return n;
}
