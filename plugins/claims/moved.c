/* SPDX-License-Identifier: Apache-2.0
 *
 * What a word of change or a multiple is told of, where it stands beside that word and not before it: "cut its rate
 * by", "a 5% cut to its budget", "doubled its profit".
 */
#include "noun.h"

/* "a 33 percent increase in quarterly profit", "a 5% cut to its budget": the noun of change stands behind the
 * figure. */
static struct range changed_behind(const struct tks *s, const struct figure *f, struct range c)
{
    const struct range none = {0, 0};
    uint32_t p = nb_hyphen(s, fg_end(f)), length;
    if (s->lx->suffixed || f->kind == ASSAY_KIND_NUMBER || p + 2 >= c.end || !tk_has(s, p, LX_CHANGE) ||
        s->at[p].kind != TK_WORD)
        return none;
    if (tk_has(s, p + 1, LX_RELATION) && !tk_is(s, p + 1, LX_JOIN, OF_IN, NULL) &&
        !tk_is(s, p + 1, LX_RELATION, OF_TO, NULL))
        return none; /* "a 2 point rise from May" */
    if (!tk_mean(s, p + 1, LX_OF, &length) && !tk_is(s, p + 1, LX_JOIN, OF_IN, &length) &&
        !tk_is(s, p + 1, LX_WORD, OF_PREPOSITION, &length))
        return none;
    p = np_over_articles(s, p + 1 + length, c.end);
    return p < c.end && th_content(s, p) && !np_is_time(s, p) && !np_in_figure(s, p) &&
                   (s->lx->noun_capital || s->at[p].upper != 1 ||
                    (th_english_like(s) && p + 1 < c.end && th_content(s, p + 1) && !s->at[p + 1].upper &&
                     s->at[p + 1].space))
               ? np_read(s, p, c.end, 4)
               : none;
}

/* "en los precios", "nei salari"; not "à taux constants", "em relação a". */
static int goes_in(const struct tks *s, uint32_t i, uint32_t *length)
{
    if (!tk_is(s, i, LX_WORD, OF_PREPOSITION, length) || tk_is(s, i, LX_TIME, OF_AGAINST, NULL))
        return 0;
    return tk_is(s, i, LX_WORD, OF_ARTICLE, NULL) || tk_is(s, i + *length, LX_WORD, OF_ARTICLE, NULL);
}

/* "a pay rise of 6.5%", "une hausse de 10 % des salaires": the noun of change names what changes, or what follows
 * does. */
static struct range risen(const struct tks *s, const struct figure *f, struct range c)
{
    struct range none = {0, 0}, r;
    uint32_t start, length, after = fg_end(f);
    if ((f->has_relation && f->relation != ASSAY_RELATION_BY) || !tk_before(s, f->first, LX_OF, &start) ||
        start <= c.begin || s->at[start - 1].kind != TK_WORD)
        return none;
    int adjective = s->lx->noun_after && start > c.begin + 2 && !tk_has(s, start - 1, LX_CHANGE) &&
                    s->at[start - 1].letters > 4 && !s->at[start - 1].upper && tk_has(s, start - 2, LX_CHANGE) &&
                    s->at[start - 2].kind == TK_WORD && tk_is(s, start - 3, LX_WORD, OF_ARTICLE, NULL);
    if (!adjective && !tk_has(s, start - 1, LX_CHANGE))
        return none; /* but "un aumento interanual del 5% de los precios" */
    int set = tk_is(s, after, LX_TIME, OF_AGAINST, NULL) != NULL; /* "em relação a" */
    if (!set && (tk_mean(s, after, LX_OF, &length) || tk_is(s, after, LX_WORD, OF_GENITIVE, &length) ||
                 tk_is(s, after, LX_JOIN, OF_IN, &length) || (s->lx->noun_after && goes_in(s, after, &length)))) {
        uint32_t p = np_over_articles(s, after + length, c.end);
        if (p < c.end && th_content(s, p) && !np_is_time(s, p) && !s->at[p].upper) {
            r = np_read(s, p, c.end, 4);
            if (r.end > r.begin)
                return r;
        }
    }
    if (s->lx->noun_capital && f->kind == ASSAY_KIND_MONEY && s->at[start - 1].upper == 1)
        return (struct range){start - 1, start}; /* "meldet Verlust von 310 Millionen" */
    if (s->lx->noun_after && f->kind == ASSAY_KIND_MONEY && start > c.begin + 3 && s->at[start - 1].upper == 0 &&
        tk_is(s, start - 2, LX_WORD, OF_ARTICLE, NULL) && tk_is(s, start - 3, LX_STATUS, OF_TARGET, NULL))
        return (struct range){start - 1, start}; /* "réclame une augmentation de 300 euros" */
    if (start < c.begin + 2 || !th_content(s, start - 2) || s->at[start - 1].space == 0 || s->lx->noun_after)
        return none;
    return (struct range){start - 2, start};
}

/* "ha tagliato del 15% gli stipendi", "elevó del 2,4 % al 2,7 % su previsión": behind the figure, or behind the next
 * that goes with it. */
static struct range moved_behind(const struct tks *s, const struct figure *f)
{
    struct range none = {0, 0};
    uint32_t p = f->last, start;
    int pair = f->has_relation && f->relation != ASSAY_RELATION_BY && f->change != ASSAY_CHANGE_LEVEL;
    if (!s->lx->noun_after || (f->kind == ASSAY_KIND_NUMBER && !(f->flags & FG_FRACTION) && !pair))
        return none;
    if (f->relation == ASSAY_RELATION_FROM) { /* its end comes first */
        while (p < s->count && p < f->last + 6 && !tk_before(s, p + 1, LX_UNIT, &start) &&
               !(!f->unit && s->at[p].kind == TK_NUMBER))
            p++;
        p++;
    }
    int article = s->at[p].letters == 1 && tk_is(s, p, LX_WORD, OF_ARTICLE, NULL); /* "a produção" */
    if (p + 1 >= s->count || s->at[p].kind != TK_WORD ||
        (tk_is(s, p, LX_WORD, OF_PREPOSITION, NULL) && !article) ||
        tk_has(s, p, LX_OF) || !(tk_is(s, p, LX_WORD, OF_ARTICLE, NULL) || tk_is(s, p, LX_WORD, OF_PRONOUN, NULL)) ||
        !th_content(s, p + 1) || np_is_time(s, p + 1) || np_in_figure(s, p + 1))
        return none;
    return np_read(s, p + 1, s->count, 4);
}

/* "рост экспорта на 5%": where nouns have cases and no article, a word that ends as no adverb does. */
static int case_noun(const struct tks *s, uint32_t i)
{
    const struct lx *lx = s->lx;
    if (lx->plural[0] || lx->noun_after || lx->noun_capital || lx->suffixed || s->at[i].cp < 0x400 ||
        s->at[i].letters < 3)
        return 0;
    const char *last = s->text + s->at[i].end - 2;
    return !(last[0] == '\xd0' && (last[1] == '\xbe' || last[1] == '\xb0' || last[1] == '\xb5')); /* о, а, е */
}

/* "verdoppelte", "tripled": a verb that is a multiple. */
static int multiplies(const struct tks *s, uint32_t i)
{
    return tk_is(s, i, LX_MULTIPLE, OF_INCREASE, NULL) || tk_is(s, i, LX_MULTIPLE, OF_DECREASE, NULL);
}

/* "у тры разы больш людзей", "втричі більше охочих": so many times more of what stands behind. */
static struct range times_more(const struct tks *s, const struct figure *f, struct range c)
{
    const uint64_t more = LX_BIT(LX_SIGN) | LX_BIT(LX_PARTICLE) | LX_BIT(LX_CHANGE) | LX_BIT(LX_BOUND);
    uint32_t p = f->last;
    if (f->kind != ASSAY_KIND_MULTIPLE || s->at[f->last - 1].cp < 0x400 || p + 1 >= c.end)
        return (struct range){0, 0};
    if (!(s->at[p].mask & more)) /* the figure has it */
        p--;
    return s->at[p].mask & more && s->at[p].kind == TK_WORD && p + 1 < c.end && th_content(s, p + 1) &&
                   !np_is_time(s, p + 1) && !np_in_figure(s, p + 1)
               ? np_read(s, p + 1, c.end, 3)
               : (struct range){0, 0};
}

/* "verdoppelte ihre Risikovorsorge", "doubled its profit": what the multiple itself does it to. */
static struct range multiplied(const struct tks *s, const struct figure *f, struct range c)
{
    const struct range none = {0, 0};
    uint32_t p = f->last;
    if (f->kind != ASSAY_KIND_MULTIPLE || f->change == ASSAY_CHANGE_LEVEL || s->lx->verb_last || p + 1 >= c.end ||
        !(multiplies(s, f->last - 1) || (s->lx->noun_after && multiplies(s, f->first))) ||
        tk_is(s, p, LX_WORD, OF_PREPOSITION, NULL) || tk_has(s, p, LX_OF) ||
        !(tk_is(s, p, LX_WORD, OF_ARTICLE, NULL) || tk_is(s, p, LX_WORD, OF_PRONOUN, NULL)) ||
        !th_content(s, p + 1) || np_is_time(s, p + 1) || np_in_figure(s, p + 1))
        return none;
    return np_read(s, p + 1, c.end, 4);
}

/* "cut the number of ministries from 21 to 15", "поднять минимальную зарплату до 8000": what the verb of change
 * moves. */
static struct range moved(const struct tks *s, const struct figure *f, uint32_t low)
{
    struct range none = {0, 0};
    uint32_t end = f->has_relation && f->change != ASSAY_CHANGE_LEVEL ? np_relation_start(s, f) : s->count, verb;
    int bare = end >= s->count && th_english_like(s) && f->has_relation && f->relation == ASSAY_RELATION_BY &&
               f->change != ASSAY_CHANGE_LEVEL && f->unit; /* "cut its rate 25 basis points" */
    if (bare)
        end = f->first;
    if (end >= s->count)
        return none;
    for (verb = end; verb > low && end - verb < 12; verb--) {
        if (s->lx->noun_after && tk_has(s, verb - 1, LX_CHANGE) && fr_modifies(s, verb - 1, low, f->first))
            continue; /* "a relevé sa prévision de croissance à" */
        if (tk_has(s, verb - 1, LX_CHANGE) || multiplies(s, verb - 1))
            break;
        if (np_in_figure(s, verb - 1) && !multiplies(s, verb - 1) && verb > 2 && end > verb &&
            (tk_has(s, verb - 2, LX_OF) || np_in_figure(s, verb - 2)))
            continue; /* "cut its waiting list of 61,000 by a third" */
        if (s->at[verb - 1].kind == TK_SIGN || np_in_figure(s, verb - 1))
            return none;
    }
    if (verb == low || !(tk_has(s, verb - 1, LX_CHANGE) || multiplies(s, verb - 1)) ||
        (np_in_figure(s, verb - 1) && !multiplies(s, verb - 1)))
        return none;
    if (verb == end)
        return moved_behind(s, f);
    if (fr_modifies(s, verb - 1, low, f->first))
        return (struct range){verb - 1, end}; /* "cut its growth forecast to" */
    uint32_t other = 0;
    if (s->lx->noun_after && tk_is(s, verb, LX_WORD, OF_OTHER, &other) && other > 1)
        return none; /* "subieron de media un 9,4 %" */
    uint32_t of = 0, noun = s->lx->noun_after && verb > low + 1 && tk_mean(s, verb, LX_OF, &of) && verb + of < end;
    uint32_t begin = np_over_articles(s, noun ? verb + of : verb, end); /* "une hausse de la fréquentation de" */
    struct range r = np_read(s, begin, end, 7);
    if (bare && (r.end != end || tk_is(s, end - 1, LX_WORD, OF_OTHER, NULL) ||
                 !(tk_is(s, verb, LX_WORD, OF_PRONOUN, NULL) || tk_ends(s, end - 1, LX_ENDS_PLURAL) ||
                   (begin > verb && s->at[verb].letters == 3))))
        return none;
    if (bare && begin == verb && r.end == r.begin + 1)
        return r; /* "lifted prices 5%" */
    /* a lone word may be an adverb: "rose sharply to 5" */
    return r.end > r.begin && !np_is_time(s, r.begin) &&
                   (begin > verb || r.end - r.begin > 1 || case_noun(s, r.begin) ||
                    (r.end < end && tk_is(s, r.end, LX_WORD, OF_PREPOSITION, NULL) &&
                     tk_ends(s, r.begin, LX_ENDS_PLURAL)) ||
                    (s->lx->noun_capital && s->at[r.begin].upper))
               ? r
               : none;
}

struct range np_moved(const struct tks *s, const struct figure *f, struct range clause)
{
    struct range r = moved(s, f, clause.begin);
    r = np_empty(r) ? multiplied(s, f, clause) : r;
    r = np_empty(r) ? times_more(s, f, clause) : r;
    r = np_empty(r) ? risen(s, f, clause) : r;
    return np_empty(r) ? changed_behind(s, f, clause) : r;
}
