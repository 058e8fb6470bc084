/* SPDX-License-Identifier: Apache-2.0
 *
 * The thing measured: what is counted, the noun phrase beside the figure, what a verb of change moves, or the subject.
 */
#include "noun.h"
#include "quantity.h"

void th_mark(struct tks *s, const struct figure *figures, uint32_t n, const struct when *when, uint32_t whens)
{
    for (uint32_t k = 0; k < whens; k++)
        for (uint32_t i = when[k].at.begin; when[k].at.end - when[k].at.begin > 2 && i < when[k].at.end; i++)
            s->at[i].figure = 1;
    for (uint32_t k = 0; k < n; k++)
        for (uint32_t i = figures[k].first, end = fg_end(figures + k); i < end && i < s->count; i++)
            s->at[i].figure = 1;
}

/* "in vier Filialen eine Palette", "seine Mitfahrerin schwere Verletzungen": where nouns have capitals, an article or
 * adjective of what comes next. */
static int tells_noun(const struct tks *s, uint32_t i)
{
    const char *last = s->text + s->at[i].end;
    return s->lx->noun_capital &&
           (tk_is(s, i, LX_WORD, OF_ARTICLE, NULL) ||
            (!s->at[i].upper && i + 1 < s->count && s->at[i + 1].upper && s->at[i + 1].kind == TK_WORD &&
             last[-1] == 'e' && last[-2] != 't'));
}

/* The word after a counted noun, or its verb: "people were killed". */
static uint32_t verb_after(const struct tks *s, uint32_t i)
{
    uint32_t length;
    for (int k = 0; k < 4 && i < s->count; k++) {
        if (tk_is(s, i, LX_WORD, OF_AUXILIARY, &length) &&
            (s->at[i].letters <= 4 || tk_is(s, i + 1, LX_WORD, OF_AUXILIARY, NULL)) && i + 1 < s->count &&
            s->at[i + 1].kind == TK_WORD) {
            i += length;
            continue;
        }
        if (tk_is(s, i, LX_WORD, OF_OTHER, &length)) {
            i += length;
            continue;
        }
        break;
    }
    if (i < s->count && s->at[i].kind == TK_WORD && s->at[i].letters > 3 && !tells_noun(s, i) &&
        !tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL) && !tk_is(s, i, LX_WORD, OF_CONJUNCTION, NULL) &&
        !tk_is(s, i, LX_WORD, OF_PRONOUN, NULL) && !np_is_time(s, i))
        return i;
    return ASSAY_NEVER;
}

#define NAME_WORDS 5u /* "Officer José Luis García Pérez" */

static int name_goes_on(const struct tks *s, uint32_t i, uint32_t end)
{
    return i < end && s->at[i].kind == TK_WORD && s->at[i].upper && s->at[i].space && th_content(s, i) &&
           !np_in_figure(s, i) && !np_is_time(s, i);
}

/* "Luis E. Trujillo" */
static uint32_t over_initial(const struct tks *s, uint32_t i, uint32_t end)
{
    return i + 2 < end && s->at[i].kind == TK_WORD && s->at[i].letters == 1 && s->at[i].upper &&
                   tk_sign(s, i + 1, '.') && !s->at[i + 1].space
               ? i + 2
               : i;
}

/* The whole name, of which r has some words. */
static struct range whole_name(const struct tks *s, struct range r, struct range c)
{
    while (s->at[r.end - 1].upper && r.end - r.begin < NAME_WORDS) {
        uint32_t next = over_initial(s, r.end, c.end);
        if (!name_goes_on(s, next, c.end))
            break;
        r.end = next + 1;
    }
    while (s->at[r.begin].upper && r.end - r.begin < NAME_WORDS && r.begin > c.begin && s->at[r.begin].space &&
           name_goes_on(s, r.begin - 1, c.end))
        r.begin--;
    return r;
}

/* "27-летнего дайвера", "a 9-year-old girl", "un homme de 47 ans", "Rossi, 58". */
static struct range aged(const struct tks *s, const struct figure *f, struct range c)
{
    struct range none = {0, 0};
    uint32_t p = np_over_articles(s, nb_hyphen(s, f->last), s->count), i = f->first, start;
    if (p + 2 < c.end && s->at[p].upper && s->at[p].letters == 1 && tk_sign(s, p + 1, '\'') && s->at[p + 2].upper &&
        !s->at[p + 2].space)
        return (struct range){p, np_read(s, p + 2, c.end, 2).end}; /* "27-year-old O'Brien" */
    if (th_english_like(s) && tk_is(s, nb_hyphen(s, f->last), LX_WORD, OF_RELATIVE, NULL))
        return none; /* "an 18-year-old who" */
    if (p < c.end && th_content(s, p) && !np_is_time(s, p) &&
        !(s->lx->noun_after && s->at[p].space && !tk_sign(s, p - 1, '-'))) {
        struct range r = np_leading(s, p, c.end, 2);
        if (th_english_like(s) && r.end == r.begin + 3 && s->at[r.begin].upper && tk_sign(s, r.begin + 1, '-') &&
            r.end < c.end && th_content(s, r.end) && s->at[r.end].space && !s->at[r.end].upper)
            r.end++; /* "48-year-old African-American man" */
        if (r.end > r.begin)
            return whole_name(s, r, (struct range){r.begin, c.end});
    }
    if (i > c.begin && tk_mean(s, i - 1, LX_AGE, NULL) && tk_has(s, i, LX_OF))
        i--; /* "âgés de 19 à 23 ans" */
    for (; i > c.begin; i--) {
        if (tk_before(s, i, LX_AGE, &start))
            i = tk_has(s, i - 1, LX_OF) ? start + 1 : i; /* "âgé de"; but "people over" */
        else if (s->at[i - 1].kind != TK_SIGN && !tk_before(s, i, LX_OF, NULL) &&
                 !tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL) && !tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL))
            break;
    }
    struct range r = {i, i};
    while (r.begin > c.begin && th_content(s, r.begin - 1) && !np_in_figure(s, r.begin - 1) &&
           !np_is_time(s, r.begin - 1) && i - r.begin < 3)
        r.begin--;
    if (i == f->first && th_english_like(s) && r.end == r.begin + 1 &&
        np_no_head(s, r.begin)) /* "a tall 17-year-old" */
        return p + 1 < c.end && np_participle(s, p) && s->at[p + 1].upper ? np_read(s, p + 1, c.end, 3) : none;
    return r.end > r.begin ? whole_name(s, r, (struct range){c.begin, r.end}) : none;
}

/* "102 of the 230 seats": the noun of the figure behind "of". */
static struct range of_next(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t k)
{
    struct range none = {0, 0};
    const struct figure *f = figures + k, *next = f + 1;
    uint32_t length;
    if (k + 1 >= n || next->counted_end == next->counted)
        return none;
    if (!tk_mean(s, f->last, LX_OF, &length) && !tk_is(s, f->last, LX_WORD, OF_GENITIVE, &length) &&
        !tk_is(s, f->last, LX_JOIN, OF_IN, &length))
        return none;
    uint32_t p = np_over_articles(s, f->last + length, s->count);
    return p >= next->first && p < next->last ? (struct range){next->counted, next->counted_end} : none;
}

/* The token behind the label that ends before the colon at i: before a bracket of it, "Population (2021):". */
static uint32_t label_end(const struct tks *s, uint32_t i)
{
    if (!i || !tk_sign(s, i - 1, ')'))
        return i;
    for (uint32_t k = i - 1; k > 0 && i - k < 8; k--)
        if (tk_sign(s, k, '('))
            return k;
    return 0;
}

/* "Population: 5.4 million": the words before the colon that opens the clause. */
static struct range labelled(const struct tks *s, struct range c)
{
    struct range none = {0, 0};
    if (!c.begin || !tk_sign(s, c.begin - 1, ':'))
        return none;
    uint32_t end = label_end(s, c.begin - 1);
    if (!end)
        return none;
    uint32_t begin = fr_clause(s, end, end).begin;
    for (uint32_t i = end; i-- > begin;)
        if (s->at[i].kind == TK_SIGN && (s->at[i].cp == '.' || s->at[i].cp == ',')) {
            begin = i + 1;
            break;
        }
    return np_subject(s, begin, end);
}

/* "the man (43)": the clause is that round the bracket. */
static struct range of_age(const struct tks *s, const struct figure *f, struct range clause)
{
    if (!f->age)
        return (struct range){0, 0};
    if (f->first && tk_sign(s, f->first - 1, '('))
        clause.begin = fr_clause(s, f->first - 1, f->first - 1).begin;
    return aged(s, f, clause);
}

/* "The economy added 246,000 jobs": the verb of change right before the figure does it to what is counted. */
static int moves_them(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->first;
    while (i && (tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) || tk_is(s, i - 1, LX_WORD, OF_OTHER, NULL)) &&
           f->first - i < 2)
        i--;
    if (s->lx->noun_capital && np_relation_start(s, f) >= f->first && tk_has(s, f->counted_end, LX_CHANGE) &&
        !s->at[f->counted_end].upper)
        return 1; /* "will 3.900 Stellen abbauen" */
    return np_relation_start(s, f) >= f->first && i && tk_has(s, i - 1, LX_CHANGE) && s->at[i - 1].kind == TK_WORD &&
           !tk_is(s, f->counted, LX_WORD, OF_POINTS, NULL);
}

/* The figure is not what the verb behind r says of it: "foi visto por 410 mil", "был выявлен в 34 случаях", "came hours
 * after two bodies were found". */
static int leads_in(const struct tks *s, const struct figure *f, struct range r)
{
    const int preposition = f->first && tk_is(s, f->first - 1, LX_WORD, OF_PREPOSITION, NULL) != NULL,
              far = f->first > r.end + 2 && preposition && !f->has_relation;
    if (far && s->lx->noun_after)
        return !tk_has(s, f->first - 1, LX_OF) && !tk_is(s, f->first - 1, LX_RELATION, OF_TO, NULL);
    if (far && s->lx->several_endings[0] && !s->lx->suffixed && np_participle(s, f->first - 2))
        return 1;
    if (th_english_like(s) && tk_within(s, r.end, f->first, LX_SPEECH, OF_VERB) &&
        tk_within(s, r.end, f->first, LX_WORD, OF_CONJUNCTION))
        return 1; /* "The driver told them that there were 30 people" */
    for (uint32_t i = r.end; th_english_like(s) && i + 2 < f->first && i < r.end + 3; i++)
        if (tk_is(s, i, LX_SPEECH, OF_VERB, NULL) && tk_is(s, i + 1, LX_WORD, OF_PRONOUN, NULL) &&
            tk_is(s, i + 2, LX_WORD, OF_PASSIVE, NULL))
            return 1; /* "Police confirmed there was at least one fight" */
    if (th_english_like(s) && f->first > 2 && tk_mean(s, f->first - 1, LX_OF, NULL) &&
        tk_has(s, f->first - 2, LX_CARDINAL))
        return 1; /* "The driver is one of two people charged" */
    if (th_english_like(s) && f->first > r.end + 1 && tk_is(s, f->first - 1, LX_WORD, OF_ARTICLE, NULL) &&
        tk_is(s, f->first - 2, LX_WORD, OF_CONJUNCTION, NULL) && s->at[f->first - 2].letters == 4)
        return 1; /* "There are signs that the two men" */
    return th_english_like(s) && f->first && s->at[f->first - 1].letters > 2 &&
           tk_is(s, f->first - 1, LX_WORD, OF_CONJUNCTION, NULL) && !tk_has(s, f->first - 1, LX_BOUND) &&
           !tk_has(s, f->first - 1, LX_RELATION);
}

/* "La empresa anunció un recorte de 300 empleos": a noun of change, which somebody tells of from token i on. */
static int told_of_cut(const struct tks *s, const struct figure *f, uint32_t i)
{
    const uint32_t of = np_relation_start(s, f);
    if (!s->lx->noun_after || of >= f->first || of < i + 3 || !tk_has(s, of, LX_OF) || !tk_has(s, of - 1, LX_CHANGE) ||
        !(tk_is(s, of - 2, LX_WORD, OF_ARTICLE, NULL) || tk_sign(s, of - 2, '\'')))
        return 0;
    for (; i + 2 < of; i++)
        if (tk_is(s, i, LX_SPEECH, OF_VERB, NULL) || tk_is(s, i, LX_STATUS, OF_TARGET, NULL))
            return 1;
    return 0;
}

/* "the population reached 2 million people": what is said to be so much, where a verb says just that. */
static struct range said_to_be(const struct tks *s, const struct figure *f, struct range clause)
{
    const struct range none = {0, 0}, which = clause.begin < f->first ? fr_relative(s, clause.begin) : none;
    if (!s->lx->verb_last && which.end > which.begin && which.end < f->first)
        clause.begin = which.end + 1; /* "L'entreprise, dont le chiffre d'affaires a bondi, compte recruter" */
    const struct range r = np_subject(s, clause.begin, f->first);
    if (np_empty(r) || (s->lx->noun_capital && r.begin && np_in_figure(s, r.begin - 1) &&
                        np_led_in(s, r.begin - 1))) /* "Beim Zusammenstoß zweier Züge sind 17 Fahrgäste" */
        return none;
    if (s->lx->noun_after && r.end == r.begin + 1 && tk_is(s, r.begin, LX_WORD, OF_HEIGHT, NULL) &&
        tk_has(s, r.end, LX_OF) && r.end + 1 == f->first)
        return none; /* "suma un total de 40 viviendas" */
    if (s->lx->suffixed && r.end == f->first && tk_is(s, r.end - 1, LX_WORD, OF_HEIGHT, NULL))
        return r; /* "turistlərin sayı 2 milyon nəfərə çatıb" */
    for (uint32_t i = np_led_in(s, r.begin) || leads_in(s, f, r) ? f->number : r.end; i < f->number; i++)
        if ((i + 3 >= f->first && tk_is(s, i, LX_WORD, OF_LEVEL, NULL) &&
             !(s->lx->plural[0] && i + 1 < f->first && th_content(s, f->first - 1) &&
               !s->at[f->first - 1].upper)) || /* "are already connecting ten regions" */
            (s->lx->verb_last == 0 && tk_has(s, i, LX_CHANGE) && f->has_relation && f->relation != ASSAY_RELATION_BY))
            return r;
    if (told_of_cut(s, f, r.end))
        return none;
    int moved_before = tk_is(s, f->counted, LX_WORD, OF_POINTS, NULL) != NULL || !s->lx->noun_after;
    for (uint32_t i = r.end; i < f->first; i++)
        moved_before |=
            tk_has(s, i, LX_CHANGE) || tk_is(s, i, LX_WORD, OF_LEVEL, NULL); /* but "operará 30 rutas más" */
    if (f->has_relation && f->relation == ASSAY_RELATION_BY && !np_led_in(s, r.begin) && !s->lx->verb_last &&
        moved_before && !moves_them(s, f))
        return r; /* "Turnout was four points lower" */
    return none;
}

/* Where verbs stand last: behind the heads of what is counted, "iki polis maşını", or a verb that ends the clause, "3
 * kişi öldü"; what else stands there, "kişiyi hastaneye kaldırdı", is another's. */
static uint32_t past_last(const struct tks *s, uint32_t end, uint32_t clause_end, uint32_t verb)
{
    uint32_t heads = np_past_heads(s, end, clause_end);
    int last = verb + 1 >= clause_end || s->at[verb + 1].kind == TK_SIGN || tk_is(s, verb, LX_WORD, OF_AUXILIARY, NULL);
    return heads == end && last && !s->at[verb].upper && !np_in_case(s, end - 1) && !np_in_case(s, verb) ? verb + 1
                                                                                                        : heads;
}

/* Behind what is counted and the verb told of it; an adjective there goes with its noun: "прихожане новой церкви". */
static uint32_t past_attribute(const struct tks *s, uint32_t end, uint32_t verb)
{
    const struct tk *t = s->at + verb;
    if (verb != end || !s->lx->attribute_endings[0] || t->letters < 5 || t->upper || np_participle(s, verb) ||
        t->mask & LX_BIT(LX_NOUN) ||
        !lx_ends_in(s->lx->attribute_endings, s->text + t->begin, t->end - t->begin))
        return verb + 1;
    uint32_t noun = verb + 1;
    return noun < s->count && th_content(s, noun) && s->at[noun].space && !np_in_figure(s, noun) ? noun + 1 : end;
}

/* The phrase of what is counted with the verb that says what happened to it, which stands behind or before. */
static struct range with_verb(const struct tks *s, const struct figure *f, struct range clause, struct range r,
                              uint32_t *verb)
{
    *verb = verb_after(s, r.end);
    if (*verb != ASSAY_NEVER && !(s->at[*verb].mask & LX_BIT(LX_CHANGE))) {
        if (*verb <= r.end + 2)
            r.end = s->lx->suffixed ? past_last(s, r.end, clause.end, *verb) : past_attribute(s, r.end, *verb);
        return r;
    }
    uint32_t before = f->first;
    if (before > clause.begin && tk_is(s, before - 1, LX_WORD, OF_AUXILIARY, NULL) && s->at[before - 1].letters > 4)
        *verb = before - 1;
    else if (before > clause.begin && th_content(s, before - 1) && s->at[before - 1].letters > 3 &&
             *verb == ASSAY_NEVER)
        *verb = before - 1;
    return r;
}

/* The things counted, and the verb that says what happened to them. */
static struct range of_counted(const struct tks *s, const struct figure *f, struct range clause, uint32_t *verb)
{
    int series = f->kind == ASSAY_KIND_ORDINAL && th_english_like(s); /* "it was her 36th meeting" */
    struct range r = series ? (struct range){0, 0} : said_to_be(s, f, clause);
    if (!np_empty(r))
        return r;
    if (f->counted < f->last)
        return (struct range){f->counted, f->counted_end};
    uint32_t start = th_over_small(s, nb_hyphen(s, f->last));
    while (start < f->counted && th_english_like(s) && np_in_figure(s, start))
        start++; /* "two 12-year-old girls" */
    r = (struct range){start > f->counted ? f->counted : start, f->counted_end};
    return with_verb(s, f, clause, r, verb);
}

/* "на глубине около 30 метров", "с годовым оборотом более 9 млрд" */
static struct range sized_by(const struct tks *s, const struct figure *f, struct range clause)
{
    uint32_t i = f->first, start = i - 1;
    if (i <= clause.begin + 1 || !tk_is(s, i - 1, LX_QUALITY, OF_MEASURE, NULL))
        return (struct range){0, 0};
    while (start > clause.begin + 1 && i - start < 3 && tk_ends(s, start - 1, LX_ENDS_ADJECTIVE) &&
           th_content(s, start - 1))
        start--;
    start -= start + 1 == i && start > clause.begin + 1 && s->at[start - 1].kind == TK_WORD &&
             !s->at[start - 1].upper && tk_is(s, start - 2, LX_WORD, OF_PREPOSITION, NULL);
    return tk_is(s, start - 1, LX_WORD, OF_PREPOSITION, NULL) ? (struct range){start, i} : (struct range){0, 0};
}

/* "Спутник массой 430 кг вывели" */
static struct range by_weight(const struct tks *s, const struct figure *f, struct range clause)
{
    uint32_t start;
    if (tk_before(s, f->first, LX_OF, &start) && start + 1 == f->first && s->at[start].letters >= 5)
        return np_beside(s, f, clause.begin);
    return (struct range){0, 0};
}

/* The clause's subject, and the verb between it and the figure. */
static struct range of_clause(const struct tks *s, const struct figure *f, struct range clause, uint32_t *verb)
{
    struct range r = np_of_clause(s, f, clause);
    uint32_t p = r.end;
    if (s->lx->noun_capital && f->has_relation && !np_empty(r) && p + 3 < f->first &&
        tk_is(s, p, LX_WORD, OF_AUXILIARY, NULL) && tk_is(s, p + 1, LX_WORD, OF_ARTICLE, NULL) &&
        !tk_is(s, p + 1, LX_WORD, OF_GENITIVE, NULL) && s->at[p + 2].upper && th_content(s, p + 2) &&
        !np_is_time(s, p + 2))
        r = np_read(s, p + 2, f->first, 7); /* "will die Zahl der Soldaten auf 203.000 erhöhen" */
    uint32_t v = np_empty(r) ? ASSAY_NEVER : np_verb_between(s, r.end, f->first);
    if (v != ASSAY_NEVER && !(s->at[v].mask & LX_BIT(LX_CHANGE)) && s->at[v].letters > 4)
        *verb = v;
    return r;
}

/* Nothing to the left: an earlier clause's subject for a change, or what follows. */
static struct range elsewhere(const struct tks *s, const struct figure *f, uint32_t after, struct range clause)
{
    const struct range none = {0, 0};
    int moves = f->change != ASSAY_CHANGE_LEVEL;
    uint32_t from = np_past_source(s, fr_body(s), clause.begin);
    struct range r = moves && f->has_relation ? np_subject(s, from, clause.begin) : none;
    if (!np_empty(r))
        return r;
    r = np_subject(s, after, clause.end);
    int apart = 0; /* "is 20,000 km long and serves 14 states" */
    for (uint32_t i = after; th_english_like(s) && i < r.begin; i++)
        apart |= tk_is(s, i, LX_JOIN, OF_AND, NULL) != NULL;
    if (!np_empty(r) && r.begin - after < 6 && !apart)
        return r;
    moves |= f->kind == ASSAY_KIND_PERCENT || f->kind == ASSAY_KIND_MULTIPLE;
    r = moves ? np_subject(s, from, clause.begin) : none;
    return np_empty(r) ? none : r;
}

/* "La hausse en juillet atteint 4,4 %", "El descenso fue del 3 %": with no other noun, the change itself. */
static struct range change_itself(const struct tks *s, const struct figure *f, struct range clause)
{
    for (uint32_t i = f->first; s->lx->noun_after && f->kind == ASSAY_KIND_PERCENT && i-- > clause.begin + 1;)
        if (tk_has(s, i, LX_CHANGE) && s->at[i].kind == TK_WORD && !s->at[i].upper &&
            tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL))
            return (struct range){i, i + 1};
    return (struct range){0, 0};
}

/* "She sued and was paid $84,000": with no noun to be had, what is done. */
static struct range done(const struct tks *s, const struct figure *f, struct range clause)
{
    uint32_t v = np_verb_between(s, clause.begin, f->first);
    int near = v != ASSAY_NEVER && f->first - v < 4 && s->at[v].letters > 2 &&
               !tk_is(s, v, LX_TIME, OF_AGAINST, NULL) &&
               !(th_english_like(s) && tk_is(s, v, LX_WORD, OF_AUXILIARY, NULL)) &&
               !(s->lx->noun_after && (tk_is(s, v, LX_WORD, OF_LEVEL, NULL) || tk_is(s, v, LX_WORD, OF_PASSIVE, NULL)));
    return near ? (struct range){v, v + 1} : (struct range){0, 0};
}

/* "Acheté 35 millions d'euros, l'attaquant n'a marqué": what a participle that opens the sentence is told of. */
static struct range behind_opening(const struct tks *s, const struct figure *f, struct range clause)
{
    const struct range none = {0, 0};
    const uint32_t from = fr_body(s);
    uint32_t comma = f->last;
    if (clause.begin > from || s->lx->verb_last || s->lx->noun_capital || !np_opening(s, from))
        return none;
    while (comma < s->count && comma - f->last < 10 && !tk_sign(s, comma, ','))
        comma++;
    struct range r = tk_sign(s, comma, ',') ? np_subject(s, comma + 1, s->count) : none;
    return np_empty(r) || r.begin > comma + 4 || np_led_in(s, r.begin) ? none : r;
}

/* "the union's 9,400 members get 3.5%", "ölkəyə 948 min turist gəlib ki": a subject that a figure parts from its
 * noun. */
static struct range counted_in(const struct tks *s, const struct figure *figures, uint32_t k, struct range r)
{
    int owner = r.end > 2 && tk_sign(s, r.end - 2, '\'') && !s->lx->noun_after && !s->lx->noun_capital;
    for (uint32_t i = 0; i < k && !np_empty(r) && (owner || s->lx->suffixed); i++)
        if (figures[i].first == r.end && figures[i].counted >= figures[i].last &&
            figures[i].counted_end > figures[i].counted && figures[i].counted < r.end + 4)
            return (struct range){figures[i].counted, figures[i].counted_end};
    return r;
}

static struct range clause_behind(const struct tks *s, uint32_t i)
{
    return fr_clause(s, i, i);
}

/* "The pay of teachers (without bonuses) was 41,200", "зарплата учителя (без доплат) составила 41 200": behind a bracket
 * the verb comes at once, and what it is told of stands before the bracket. */
static struct range before_bracket(const struct tks *s, const struct figure *f, struct range clause)
{
    const struct range none = {0, 0};
    const uint32_t verb = clause.begin;
    uint32_t open = verb;
    if (verb < 4 || !tk_sign(s, verb - 1, ')') || f->first > verb + 5 || f->age ||
        (s->lx->verb_last ? f->first > verb + 1 : f->number == verb))
        return none;
    while (open && verb - open < 12 && !tk_sign(s, open, '('))
        open--;
    int tells = tk_is(s, verb, LX_WORD, OF_LEVEL, NULL) || tk_is(s, verb, LX_WORD, OF_AUXILIARY, NULL) ||
                tk_has(s, verb, LX_CHANGE) || tk_is(s, verb, LX_BOUND, OF_AT_LEAST, NULL) ||
                tk_ends(s, verb, LX_ENDS_VERB) || tk_ends(s, verb, LX_ENDS_FINITE);
    if (open < 1 || !tk_sign(s, open, '(') || (!s->lx->verb_last && !tells))
        return none;
    struct range r = np_subject(s, fr_clause(s, open - 1, open).begin, open);
    return r.end == open ? r : none;
}

/* What nothing is counted of: the forms in the order of how sure they are. */
static struct range of_uncounted(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t k,
                                 struct range clause, uint32_t *verb)
{
    const struct figure *f = figures + k;
    uint32_t after = fg_end(f);
    struct range r = of_next(s, figures, n, k);
    if (k + 1 < n && tk_sign(s, after, '(') && f[1].first == after + 1 && tk_sign(s, f[1].last, ')') && np_empty(r))
        r = np_of_phrase(s, f, f[1].last + 1, clause_behind(s, f[1].last + 1)); /* "deux tiers (68 %) des Français" */
    if (th_english_like(s) && f->kind == ASSAY_KIND_NUMBER && !f->unit && f->last < s->count &&
        s->at[f->last].letters > 4 && tk_is(s, f->last, LX_WORD, OF_PRONOUN, NULL) &&
        tk_ends(s, f->last, LX_ENDS_PLURAL))
        return with_verb(s, f, clause, (struct range){f->last, f->last + 1}, verb); /* "three others were hurt" */
    r = np_empty(r) ? before_bracket(s, f, clause) : r;
    r = np_empty(r) ? np_told(s, f, clause) : r;
    r = np_empty(r) ? sized_by(s, f, clause) : r;
    r = np_empty(r) ? np_of_phrase(s, f, after, clause) : r;
    r = np_empty(r) ? by_weight(s, f, clause) : r;
    r = np_empty(r) ? np_behind(s, f, after, clause) : r;
    r = np_empty(r) ? np_bracketed(s, f) : r;
    r = np_empty(r) ? np_beside(s, f, clause.begin) : r;
    r = np_empty(r) ? np_object(s, f, clause) : r;
    r = np_empty(r) ? np_gapped(s, figures, k) : r;
    r = np_empty(r) ? counted_in(s, figures, k, of_clause(s, f, clause, verb)) : r;
    r = np_empty(r) ? labelled(s, clause) : r;
    r = np_empty(r) ? behind_opening(s, f, clause) : r;
    r = np_empty(r) && f->change == ASSAY_CHANGE_LEVEL ? change_itself(s, f, clause) : r;
    r = np_empty(r) ? elsewhere(s, f, after, clause) : r;
    r = np_empty(r) ? change_itself(s, f, clause) : r;
    if (np_empty(r) && clause.begin && tk_sign(s, clause.begin - 1, '(') && f->first - clause.begin < 2)
        r = np_subject(s, fr_body(s), clause.begin - 1); /* "у Полтавській (6,4 млн тонн), Вінницькій (6,1 млн)" */
    return np_empty(r) ? done(s, f, clause) : r;
}

/* "Nazir bildirib ki, büdcədən 85 milyon ayrılıb": who says it is not what is told of, where something else
 * is. */
static struct range not_who_says(const struct tks *s, const struct figure *f, struct range speaker, struct range r)
{
    if (np_empty(r) || np_empty(speaker) || r.begin >= speaker.end || r.end <= speaker.begin || speaker.end >= f->first)
        return r;
    struct range other = np_subject(s, speaker.end, f->first);
    return np_empty(other) ? r : other;
}

/* "two 14-year-olds": those of an age, and how many there are of them. */
static struct range of_that_age(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t k)
{
    const struct range none = {0, 0};
    if (!figures[k].age && !(k + 1 < n && figures[k + 1].age && figures[k + 1].first == figures[k].last &&
                             figures[k].counted_end == figures[k].counted && figures[k].kind == ASSAY_KIND_NUMBER))
        return none;
    uint32_t last = figures[k + !figures[k].age].last, first = figures[k].first;
    return th_english_like(s) && last > 1 && !(first && tk_sign(s, first - 1, ',')) && tk_sign(s, last - 2, '-') &&
                   tk_ends(s, last - 1, LX_ENDS_PLURAL) &&
                   tk_has(s, last - 1, LX_AGE) + (s->at[last - 1].ends & LX_BIT(LX_AGE) ? 1 : 0)
               ? (struct range){last - 1, last}
               : none;
}

struct range th_measured(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t k,
                         struct range speaker, uint32_t *verb)
{
    struct range clause = fr_clause(s, figures[k].first, figures[k].last), r = of_age(s, figures + k, clause);
    *verb = ASSAY_NEVER;
    int ages = k && s->lx->noun_after && figures[k].kind == ASSAY_KIND_DURATION &&
               figures[k - 1].kind == ASSAY_KIND_DURATION && figures[k].first == figures[k - 1].last + 1 &&
               tk_is(s, figures[k - 1].last, LX_JOIN, OF_AND, NULL); /* "due figli di 4 e 7 anni" */
    if (k && (ages || pd_aged_too(s, figures, k) || pd_or_each(s, figures, k)))
        return th_measured(s, figures, n, k - 1, speaker, verb);
    r = np_empty(r) ? pd_part_of(s, figures, k) : r;
    r = np_empty(r) ? of_that_age(s, figures, n, k) : r;
    int somebody = figures[k].age && th_english_like(s) && figures[k].last > figures[k].after &&
                   tk_sign(s, figures[k].last - 2, '-') &&
                   !(figures[k].first && tk_sign(s, figures[k].first - 1, ',')); /* "shot a 17-year-old" */
    if (np_empty(r) && somebody && tk_sign(s, figures[k].last, ',') && figures[k].last + 1 < s->count &&
        s->at[figures[k].last + 1].upper)
        r = np_read(s, figures[k].last + 1, s->count, 4); /* "the 16-year-old, Ben Hall, was" */
    if (!np_empty(r) || somebody)
        return r;
    if (pd_same_people(s, figures, k)) {
        *verb = figures[k].last;
        return (struct range){figures[k - 1].counted, figures[k - 1].counted_end};
    }
    if (k && th_english_like(s) && figures[k].kind == ASSAY_KIND_MONEY && figures[k].first &&
        tk_is(s, figures[k].first - 1, LX_WORD, OF_ARTICLE, NULL)) {
        r = np_behind(s, figures + k, fg_end(figures + k), clause);
        if (!np_empty(r))
            return r; /* "a $35-a-night room and a £50,000-a-year job" */
    }
    if (k + 1 < n && figures[k].counted_end > figures[k].counted && figures[k].counted >= figures[k + 1].last)
        return th_measured(s, figures, n, k + 1, speaker, verb); /* "52 and 40 people" */
    if (pd_more_of_them(s, figures, k) || pd_listed(s, figures, k) || (k > 1 && pd_with_last(s, figures, n, k, clause)))
        return th_measured(s, figures, n, k - 1, speaker, verb);
    if (pd_with_last(s, figures, n, k, clause)) {
        k--;
        clause = fr_clause(s, figures[k].first, figures[k].last);
    }
    const struct figure *f = figures + k;
    r = of_age(s, f, clause); /* "les Français de 25 à 34 ans (53 %)" */
    r = np_empty(r) ? np_carried(s, figures, k) : r;
    r = np_empty(r) ? np_moved(s, f, clause) : r;
    if (!np_empty(r))
        return r;
    if (pd_more_of_those(s, figures, k))
        return (struct range){f[-1].counted, f[-1].counted_end};
    if (f->counted_end > f->counted && tk_is(s, f->counted, LX_WORD, OF_POINTS, NULL)) {
        r = of_uncounted(s, figures, n, k, clause, verb); /* "işsizlik oranı 0,3 puan arttı" */
        if (!np_empty(r))
            return r;
    }
    return f->counted_end > f->counted ? of_counted(s, f, clause, verb)
                                       : not_who_says(s, f, speaker, of_uncounted(s, figures, n, k, clause, verb));
}
