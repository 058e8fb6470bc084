/* SPDX-License-Identifier: Apache-2.0
 *
 * The noun right behind a figure that says what it measures: "5 percent growth", "3 млн рублей штрафа", "a £2m grant".
 */
#include "noun.h"

#define MORE (LX_BIT(LX_CHANGE) | LX_BIT(LX_SIGN) | LX_BIT(LX_PARTICLE) | LX_BIT(LX_BOUND))

/* "a 19% higher risk", "un 28 % más de riesgo": the noun behind; s->count: there is none. */
static uint32_t compared(const struct tks *s, const struct figure *f, uint32_t after)
{
    uint32_t p = after + 1, length;
    int more = tk_has(s, after, LX_CHANGE) || tk_has(s, after, LX_SIGN);
    if (f->kind != ASSAY_KIND_PERCENT || s->at[after].kind != TK_WORD || !f->first)
        return s->count;
    if (!more)
        p = s->count;
    else if (s->lx->noun_after)
        p = tk_mean(s, p, LX_OF, &length) ? p + length : s->count;
    else if (!s->lx->plural[0] || (!tk_is(s, f->first - 1, LX_WORD, OF_ARTICLE, NULL) &&
                                   !(p < s->count && tk_ends(s, p, LX_ENDS_PLURAL))))
        p = s->count;
    if (p == s->count && s->lx->noun_after && tk_mean(s, after, LX_OF, &length) && after + length + 1 < s->count &&
        (tk_has(s, after + length + 1, LX_SIGN) || tk_has(s, after + length + 1, LX_PARTICLE)))
        p = after + length; /* "il 34% di probabilità in più" */
    return p < s->count && th_content(s, p) && !np_is_time(s, p) && !np_in_figure(s, p) && !s->at[p].upper ? p
                                                                                                         : s->count;
}

/* "86 млн рублей неустойки", "семь лет колонии": a noun in the genitive behind a sum or a term says what it is. */
static int owed(const struct tks *s, const struct figure *f, uint32_t i)
{
    const struct tk *t = s->at + i;
    if (i + 1 < s->count && s->lx->attribute_endings[0] && !t->upper && t->letters > 5 && th_content(s, i) &&
        lx_ends_in(s->lx->attribute_endings, s->text + t->begin, t->end - t->begin) && th_content(s, i + 1))
        t = s->at + ++i; /* "140 млн долларов зарубежной помощи" */
    int sum = f->kind == ASSAY_KIND_MONEY && tk_has(s, f->last - 1, LX_CURRENCY),
        term = f->kind == ASSAY_KIND_DURATION && !f->age;
    if (!s->lx->owed_endings[0] || !(sum || term) || t->upper || t->letters < 5 || tk_has(s, i, LX_TIME) ||
        tk_ends(s, i, LX_ENDS_VERB) || np_participle(s, i) || th_uncounted(s, i) ||
        !lx_ends_in(s->lx->owed_endings, s->text + t->begin, t->end - t->begin))
        return 0;
    return i + 1 >= s->count || s->at[i + 1].kind == TK_SIGN || tk_has(s, i + 1, LX_JOIN) ||
           tk_is(s, i + 1, LX_WORD, OF_PREPOSITION, NULL);
}

/* "9.7 percent zinc and", "result in 20 percent ownership, the": one noun behind a percentage, which no verb can be. */
static int is_share_of(const struct tks *s, const struct figure *f, uint32_t after, struct range clause)
{
    uint32_t next = after + 1;
    if (!th_english_like(s) || f->kind != ASSAY_KIND_PERCENT || f->has_relation || f->first < clause.begin + 2 ||
        np_participle(s, after) || tk_ends(s, after, LX_ENDS_ADJECTIVE) || tk_is(s, after, LX_MARK, OF_ACROSS, NULL) ||
        tk_is(s, f->first - 1, LX_WORD, OF_PASSIVE, NULL) ||
        !(tk_is(s, f->first - 1, LX_WORD, OF_PREPOSITION, NULL) ||
          tk_is(s, f->first - 1, LX_WORD, OF_AUXILIARY, NULL) || tk_mean(s, f->first - 1, LX_OF, NULL) ||
          tk_is(s, f->first - 1, LX_JOIN, OF_AND, NULL)))
        return 0;
    return next >= s->count || (s->at[next].kind == TK_SIGN && !tk_sign(s, next, '-') && !tk_sign(s, next, '\'')) ||
           tk_is(s, next, LX_JOIN, OF_AND, NULL);
}

/* "5 percent growth", "12-дневный кредит" */
static struct range right_behind(const struct tks *s, const struct figure *f, uint32_t after, struct range clause)
{
    const struct range none = {0, 0};
    if (s->lx->plural[0] && f->has_relation && f->kind == ASSAY_KIND_PERCENT && tk_has(s, after, LX_PARTICLE) &&
        after + 1 < clause.end && th_content(s, after + 1))
        return np_read(s, after + 1, clause.end, 3); /* "12% fewer passengers" */
    if (s->lx->noun_capital && f->kind == ASSAY_KIND_PERCENT && after + 1 < clause.end && !s->at[after].upper &&
        s->at[after].mask & MORE && s->at[after + 1].upper && th_content(s, after + 1) && !np_is_time(s, after + 1))
        return np_read(s, after + 1, clause.end, 3); /* "1,3 Prozent mehr Lohn" */
    uint32_t wide = nb_hyphen(s, after);
    if (th_english_like(s) && nb_hyphen(s, f->after) != f->after && tk_is(s, wide, LX_WORD, OF_OTHER, NULL) &&
        wide + 1 < clause.end && th_content(s, wide + 1))
        return np_read(s, wide + 1, clause.end, 2); /* "a two-foot wide brim", "a seven-year-long war" */
    uint32_t risk = compared(s, f, after);
    if (risk < clause.end)
        return np_read(s, risk, clause.end, 4);
    if (after >= s->count || !th_content(s, after) || !s->at[after].space || np_is_time(s, after) ||
        (s->lx->suffixed && tk_is(s, after, LX_WORD, OF_HEIGHT, NULL)) || /* "269 milyar dolar düzeyine" */
        (s->lx->suffixed && tk_has(s, after, LX_BOUND_AFTER)) || /* "1,2 metr aşağı düşdüyünü" */
        (s->lx->noun_after && np_participle(s, after)))          /* "45% registados antes" */
        return none;
    if (s->lx->noun_capital && f->kind == ASSAY_KIND_DIMENSION && !s->at[after].upper && s->at[after].letters > 4 &&
        after + 1 < clause.end && s->at[after + 1].upper && th_content(s, after + 1))
        return np_read(s, after + 1, clause.end, 2); /* "ein 290 Kilo schweres Schwein" */
    if (s->lx->noun_capital && f->kind == ASSAY_KIND_DURATION && !f->age && s->at[after].upper)
        return np_read(s, after, clause.end, 2); /* "sechs Jahre Haft" */
    if (s->lx->noun_capital && f->kind == ASSAY_KIND_MONEY && s->at[after].upper == 1 && s->at[after].letters > 3 &&
        !tk_is(s, after + 1, LX_WORD, OF_AUXILIARY, NULL))
        return np_read(s, after, clause.end, 2); /* "1,3 Millionen Euro Umsatz" */
    if (s->lx->noun_capital ? s->at[after].upper == 0 : s->at[after].upper != 0)
        return none;
    if (s->lx->verb_last && !(after + 1 < s->count && s->at[after + 1].kind != TK_SIGN))
        return none;
    int joined =
        f->kind == ASSAY_KIND_DURATION && !f->age && !s->lx->noun_capital && nb_hyphen(s, f->after) != f->after;
    int paid = s->lx->suffixed && f->kind == ASSAY_KIND_MONEY && tk_has(s, f->last - 1, LX_CURRENCY) &&
               !tk_ends(s, after, LX_ENDS_AT) && !tk_ends(s, after, LX_ENDS_FORECAST) &&
               !np_in_case(s, f->last - 1); /* "3 milyon lira para cezası verdi"; not "liradan işlem gördü" */
    paid |= owed(s, f, after);
    joined |= s->lx->suffixed && f->kind == ASSAY_KIND_DURATION && !f->age &&
              (s->at[f->last - 1].stem || (tk_has(s, f->last - 1, LX_PERIOD) && tk_has(s, after, LX_NOUN))) &&
              !tk_ends(s, f->last - 1, LX_ENDS_AT) && !tk_ends(s, f->last - 1, LX_ENDS_FROM) &&
              !tk_ends(s, f->last - 1, LX_ENDS_TO) && !np_closes(s, after); /* "8,1 saniyəlik nəticə" */
    if (f->kind != ASSAY_KIND_DIMENSION && f->kind != ASSAY_KIND_PERCENT && !joined && !paid)
        return none;
    if (is_share_of(s, f, after, clause))
        return np_leading(s, after, clause.end, 2);
    if (s->lx->plural[0] && f->kind == ASSAY_KIND_PERCENT && !(tk_sign(s, f->after, '-') && !s->at[f->after].space))
        return none; /* but "a 2-per-cent levy" */
    return np_leading(s, after, clause.end, 2);
}

/* "a £212m budget" */
static struct range money_for(const struct tks *s, const struct figure *f, uint32_t after, struct range clause)
{
    int told = f->per && !tk_sign(s, f->per_begin, '-'); /* but "a £50,000-a-year job" */
    if (f->kind != ASSAY_KIND_MONEY || told || s->lx->noun_after || s->lx->suffixed || !f->first ||
        !tk_is(s, f->first - 1, LX_WORD, OF_ARTICLE, NULL) || !(after < s->count) || !th_content(s, after) ||
        np_is_time(s, after) || s->at[after].upper != (s->lx->noun_capital ? 1 : 0))
        return (struct range){0, 0};
    return np_read(s, after, clause.end, 2);
}

/* "100 million euros in aid" */
static struct range paid_in(const struct tks *s, const struct figure *f, uint32_t after, struct range clause)
{
    uint32_t length;
    if (f->kind != ASSAY_KIND_MONEY || !tk_is(s, after, LX_JOIN, OF_IN, &length) ||
        (s->lx->noun_after && tk_before(s, f->first, LX_OF, NULL))) /* "un utile di 443 milioni su ricavi pari a" */
        return (struct range){0, 0};
    uint32_t p = after + length;
    if (p >= s->count || !th_content(s, p) || s->at[p].upper || np_is_time(s, p))
        return (struct range){0, 0};
    return np_read(s, p, clause.end, 3);
}

struct range np_behind(const struct tks *s, const struct figure *f, uint32_t after, struct range clause)
{
    struct range r = right_behind(s, f, after, clause);
    r = np_empty(r) ? money_for(s, f, after, clause) : r;
    return np_empty(r) ? paid_in(s, f, after, clause) : r;
}
