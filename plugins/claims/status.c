/* SPDX-License-Identifier: Apache-2.0
 *
 * How a figure is said: asserted, denied, wanted, expected, supposed. The word nearest to it in its clause decides.
 */
#include "noun.h"

/* "artacak", "crecerá", "коштуватиме": the ending says it. */
static uint32_t by_ending(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    const struct lx *lx = s->lx;
    if (t->kind != TK_WORD || t->letters < 5 ||
        (t->upper && (!lx->noun_after || (i && s->at[i - 1].kind != TK_SIGN))) ||
        !(lx->forecast_endings[0] || lx->target_endings[0]) || t->mask & LX_BIT(LX_RELATIVE) ||
        (t->mask & LX_BIT(LX_WORD) && !t->stem))
        return OF_NONE;
    if (tk_ends(s, i, LX_ENDS_FORECAST))
        return OF_FORECAST;
    if (tk_ends(s, i, LX_ENDS_TARGET))
        return OF_TARGET;
    return tk_ends(s, i, LX_ENDS_HYPOTHETICAL) ? OF_HYPOTHETICAL : OF_NONE;
}

/* "as prioridades que se seguem": a word for "if" between a relative and its verb is a pronoun. */
static int reflexive(const struct tks *s, uint32_t i)
{
    return s->lx->noun_after && i && i + 1 < s->count && s->at[i].letters == 2 && !s->at[i].upper &&
           tk_is(s, i, LX_WORD, OF_PRONOUN, NULL) && tk_is(s, i - 1, LX_WORD, OF_RELATIVE, NULL) &&
           !tk_is(s, i + 1, LX_WORD, OF_ARTICLE, NULL) && !tk_is(s, i + 1, LX_WORD, OF_PRONOUN, NULL);
}

/* What the word or phrase at i says of the status; *length in tokens. */
static uint32_t status_at(const struct tks *s, uint32_t i, uint32_t *length)
{
    const uint32_t said = 1u << LX_ENDS_FORECAST | 1u << LX_ENDS_TARGET | 1u << LX_ENDS_HYPOTHETICAL;
    const struct lx_meaning *m = tk_mean(s, i, LX_STATUS, length);
    if (m && m->of == OF_ASSERTED && i && *length > 1 && tk_is(s, i - 1, LX_WORD, OF_PASSIVE, NULL) &&
        tk_is(s, i, LX_STATUS, OF_FORECAST, length))
        return OF_FORECAST; /* "are expected by the ministry to", but "than expected by" */
    if (m && *length == 1 && s->at[i].upper && tk_mean(s, i, LX_MONTH, NULL))
        return OF_NONE; /* "in May" */
    if (m && m->of == OF_HYPOTHETICAL && reflexive(s, i))
        return OF_NONE;
    if (m && !(m->of == OF_HYPOTHETICAL && i && !s->at[i].space && tk_sign(s, i - 1, '-'))) /* "vende-se" */
        return m->of;
    *length = 1;
    return s->at[i].endings & said ? by_ending(s, i) : OF_NONE;
}

/* "vier werden noch vermisst", "in dem Autos gebaut werden,": the word for what is to come is that of the passive,
 * where it or a participle ends the clause. */
static int is_passive(const struct tks *s, uint32_t i)
{
    uint32_t end = i;
    if (!s->lx->noun_capital || s->at[i].upper || !tk_is(s, i, LX_WORD, OF_AUXILIARY, NULL) ||
        !tk_is(s, i, LX_STATUS, OF_FORECAST, NULL) || s->at[i].endings & 1u << LX_ENDS_PLURAL)
        return 0;
    while (end + 1 < s->count && end - i < 24 && s->at[end + 1].kind != TK_SIGN)
        end++;
    const struct tk *last = s->at + end;
    if (end == i || last->kind != TK_WORD || last->upper)
        return end == i;
    const char *text = s->text + last->begin;
    uint32_t size = last->end - last->begin;
    return size > 4 && !tk_has(s, end, LX_STATUS) && text[size - 1] == 't';
}

int fr_ahead(const struct tks *s, uint32_t at)
{
    uint32_t length;
    struct range c = s->lx->verb_last ? (struct range){0, s->count} : fr_clause(s, at, at);
    for (uint32_t i = c.begin; i < c.end; i++) {
        uint32_t of = status_at(s, i, &length);
        if (of == OF_FORECAST || of == OF_TARGET || of == OF_HYPOTHETICAL)
            return 1;
    }
    return 0;
}

static int is_numeral(const struct tks *s, uint32_t i)
{
    return i < s->count && (s->at[i].kind == TK_NUMBER || s->at[i].compound == 1 || tk_has(s, i, LX_CARDINAL));
}

/* A conjunction or dash that opens what is told next: "100 percent certain that it did not", "eight -- which has not
 * been". */
static int opens_other(const struct tks *s, uint32_t k)
{
    if (s->at[k].kind == TK_SIGN)
        return s->at[k].cp >= 0x2013 && s->at[k].cp <= 0x2015 && s->at[k].space;
    return tk_is(s, k, LX_WORD, OF_RELATIVE, NULL) ||
           (s->at[k].letters == 4 && s->at[k].cp == 't' && tk_is(s, k, LX_WORD, OF_CONJUNCTION, NULL) &&
            tk_is(s, k, LX_WORD, OF_PRONOUN, NULL));
}

/* Whether a word right of the figure still speaks of it: no comma, "and" or other figure parts them. */
static int reaches_right(const struct tks *s, const struct figure *f, uint32_t i)
{
    uint32_t length;
    for (uint32_t k = f->last; k < i; k++)
        if (tk_sign(s, k, ',') || (!s->lx->verb_last && opens_other(s, k)) ||
            (tk_is(s, k, LX_JOIN, OF_AND, &length) &&
             !is_numeral(s, k + length))) /* "4000 soldiers and 60 tanks will" */
            return 0;
    return 1;
}

/* How far the words round a figure reach. */
struct reach {
    struct range clause;
    uint32_t wall;    /* nothing before it: ", compared with 4.4%", ", now it is 3" */
    uint32_t turn;    /* no denial before it: ", saying 50 had left", "but 12", ", where 300 work" */
    uint32_t over;    /* a phrase that says nothing ends there */
    struct range which; /* the relative clause the figure stands in; empty: none */
    int attribute;    /* "мощностью 1200 МВт": what a thing is like, whatever it will do */
};

/* ", derzeit", ", сейчас": what is now is told apart from what is to come. */
static int now_apart(const struct tks *s, uint32_t i)
{
    const struct lx_meaning *m = tk_sign(s, i - 1, ',') ? tk_mean(s, i, LX_DAY, NULL) : NULL;
    return m && !m->number;
}

static int turns(const struct tks *s, uint32_t i)
{
    if (tk_sign(s, i, '"') || tk_sign(s, i, 0xbb) || tk_sign(s, i, 0x201d))
        return 1;
    if (tk_is(s, i, LX_WORD, OF_TURN, NULL) || tk_sign(s, i, ':') || tk_sign(s, i, ';') || tk_sign(s, i, '('))
        return 1;
    if (!tk_sign(s, i - 1, ',') && !tk_is(s, i - 1, LX_JOIN, OF_AND, NULL))
        return 0;
    if (th_english_like(s) && tk_sign(s, i - 1, ',') && i + 1 < s->count && tk_is(s, i, LX_WORD, OF_PRONOUN, NULL) &&
        tk_has(s, i + 1, LX_SPEECH))
        return 1; /* "he would have been glad, she added the" */
    return tk_is(s, i, LX_SPEECH, OF_VERB, NULL) ||
           (s->at[i - 1].kind == TK_SIGN && tk_is(s, i, LX_WORD, OF_RELATIVE, NULL));
}

/* Who or which, with its verb: what is told there is not what the clause wants or expects. */
static int relative_verb(const struct tks *s, uint32_t i)
{
    return tk_is(s, i, LX_WORD, OF_RELATIVE, NULL) && !tk_is(s, i, LX_JOIN, OF_TO, NULL) && i + 1 < s->count &&
           s->at[i + 1].kind == TK_WORD && tk_is(s, i + 1, LX_WORD, OF_AUXILIARY, NULL) && !tk_has(s, i + 1, LX_STATUS);
}

/* "14.2 million tonnes against": a figure stands right before token i. */
static int figure_before(const struct tks *s, uint32_t i)
{
    for (uint32_t n = 1; n <= 4 && n <= i; n++) {
        if (s->at[i - n].kind == TK_NUMBER)
            return 1;
        if (!tk_sign(s, i - n, '%') &&
            !(s->at[i - n].mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY) | LX_BIT(LX_SCALE))))
            return 0;
    }
    return 0;
}

static struct reach reach_of(const struct tks *s, const struct figure *f)
{
    struct reach r = {.clause = fr_clause(s, f->first, f->last)};
    uint32_t lead = 0, start = f->first;
    r.which = s->lx->verb_last ? (struct range){0, 0} : fr_relative(s, f->first);
    if (r.which.end > r.which.begin && r.which.end >= f->last && tk_sign(s, r.which.end, ',')) {
        r.clause.begin = r.clause.begin > r.which.begin ? r.clause.begin : r.which.begin;
        r.clause.end = r.clause.end < r.which.end ? r.clause.end : r.which.end;
    }
    r.attribute = f->kind == ASSAY_KIND_DIMENSION &&
                  ((tk_before(s, f->first, LX_OF, &lead) && (f->first - lead > 1 || s->at[lead].letters >= 5)) ||
                   (nb_hyphen(s, f->after) != f->after && f->last > f->after && !s->lx->verb_last)); /* "12-mile" */
    if (start && tk_is(s, start - 1, LX_WORD, OF_ARTICLE, NULL) && !tk_before(s, start, LX_TIME, &lead))
        start--;
    const struct lx_meaning *set = tk_before(s, start, LX_TIME, &lead);
    int apart = lead && tk_sign(s, lead - 1, ',');
    if (set && lead && ((set->of == OF_AGAINST && (apart || figure_before(s, lead))) ||
                        (apart && set->of == OF_SINCE && f->kind != ASSAY_KIND_DURATION)))
        r.wall = lead;
    uint32_t open = r.clause.begin; /* "While they said little of the plan, two of the" */
    open -= open > 0 && tk_is(s, open - 1, LX_WORD, OF_CONJUNCTION, NULL);
    if (th_english_like(s) && f->first > open + 3 && tk_sign(s, f->first - 1, ',') && s->at[open].letters > 4 &&
        tk_is(s, open, LX_WORD, OF_CONJUNCTION, NULL))
        r.wall = f->first;
    for (uint32_t i = f->first > 12 ? f->first - 12 : 1; i < f->first; i++) {
        if (now_apart(s, i))
            r.wall = i;
        if (turns(s, i))
            r.turn = i;
        if (!s->lx->verb_last && f->first - i <= 4 && relative_verb(s, i))
            r.wall = i; /* "seeks a penalty for him who killed eight" */
    }
    return r;
}

/* "27 states have met the target", "3% below plan"; but "5% is the target". */
static int as_noun(const struct tks *s, const struct figure *f, uint32_t i)
{
    if (s->lx->verb_last || i <= f->last + 1)
        return 0;
    if (tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL))
        return !tk_is(s, i - 2, LX_WORD, OF_LEVEL, NULL) && !tk_is(s, i - 2, LX_WORD, OF_AUXILIARY, NULL);
    return tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL) && !tk_has(s, i - 1, LX_STATUS) && tk_has(s, i - 2, LX_BOUND);
}

/* "About 300 homes were not insured", "70 percent of those asked did not vote": of how many it is said. */
static int counts_subject(const struct tks *s, const struct figure *f, uint32_t begin, uint32_t i)
{
    uint32_t behind = f->counted_end > f->last ? f->counted_end : f->last, lead = f->first;
    if (!th_english_like(s) || f->has_relation || i < behind)
        return 0;
    if (f->kind == ASSAY_KIND_NUMBER ? f->counted_end <= f->counted && !tk_is(s, f->last, LX_WORD, OF_PRONOUN, NULL)
                                     : f->kind != ASSAY_KIND_PERCENT || !tk_has(s, f->last, LX_OF))
        return 0;
    lead -= lead > begin &&
            (tk_is(s, lead - 1, LX_WORD, OF_CONJUNCTION, NULL) || tk_is(s, lead - 1, LX_WORD, OF_ARTICLE, NULL));
    return lead == begin || tk_is(s, lead, LX_WORD, OF_CONJUNCTION, NULL) || (lead && tk_has(s, lead - 1, LX_SPEECH));
}

/* 1: the word at i, right of the figure, stands too far off or in what is told next. */
static int beyond(const struct tks *s, const struct figure *f, const struct reach *r, uint32_t i, uint32_t of,
                  uint32_t length)
{
    uint32_t distance = i - f->last + 6;
    if (r->attribute)
        return 1;
    if (of == OF_NEGATED && !s->lx->verb_last && f->kind == ASSAY_KIND_NUMBER && f->first &&
        f->counted_end > f->counted && tk_is(s, f->first - 1, LX_WORD, OF_ARTICLE, NULL) &&
        !tk_has(s, f->first - 1, LX_OF))
        return 1; /* "the two economies are not in competition" */
    if (of == OF_NEGATED && counts_subject(s, f, r->clause.begin, i))
        return 1;
    if (of == OF_NEGATED)
        return s->lx->verb_last ? distance > 12 || (length < 2 && s->at[i].letters < 8 && !reaches_right(s, f, i))
                                : distance > 14 || length < 2 || tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL) ||
                                      tk_within(s, f->last, i, LX_SPEECH, OF_VERB) || !reaches_right(s, f, i);
    if (s->lx->verb_last ? distance > 22 : distance > 12)
        return 1;
    for (uint32_t k = f->last + 1; s->lx->verb_last && k < i; k++)
        if (tk_sign(s, k, ',') && tk_ends(s, k - 1, LX_ENDS_VERB))
            return 1; /* "güçlendirme yapılmadığı, bunun için 2 milyar gerektiği" */
    if (of == OF_HYPOTHETICAL)
        return 0;
    if (of == OF_TARGET && f->kind == ASSAY_KIND_MULTIPLE && i <= f->last + 2)
        return 1; /* "удвічі менше запланованого" */
    if (of == OF_TARGET && f->kind == ASSAY_KIND_PERCENT && s->at[i].cp >= 0x400 && i <= f->last + 1)
        return 1; /* "37 працэнтаў гадавога плана" */
    if (as_noun(s, f, i))
        return 1;
    int free = reaches_right(s, f, i);
    return s->lx->verb_last ? !free && i + length < s->count && s->at[i + length].kind == TK_WORD &&
                                  is_numeral(s, i + length + 1) /* "..., 2028 hedefi ise 82 milyon" */
                            : !free;
}

/* "failed to reach 25,000, selling just": a number and a comma with a word behind it stand between. */
static int settled(const struct tks *s, uint32_t i, uint32_t first)
{
    int number = 0;
    for (; i + 1 < first; i++) {
        number |= s->at[i].kind == TK_NUMBER;
        if (number && tk_sign(s, i, ',') && s->at[i + 1].kind == TK_WORD && s->at[i + 1].space)
            return 1;
    }
    return 0;
}

/* ", which had been fined for failing to,": the relative clause token i stands in is closed, and the figure is not in
 * it. */
static int put_in(const struct tks *s, const struct reach *r, uint32_t i, uint32_t first)
{
    if (s->lx->verb_last || i >= first)
        return 0;
    uint32_t front = s->front;
    if (i < front && first > front)
        return 1;
    struct range other = fr_relative(s, i);
    return other.end > other.begin && other.begin != r->which.begin && other.end <= first && tk_sign(s, other.end, ',');
}

/* Where verbs stand last, one before "and" ends a clause of its own: "məktəb təmir olunacaq və 85 milyon ayrılıb". */
static int ends_own(const struct tks *s, const struct figure *f, uint32_t i, uint32_t length)
{
    uint32_t p = f->counted_end > f->last ? f->counted_end : f->last, first = f->first;
    if (s->lx->verb_last && i > p + 1 && (np_closes(s, p) || np_closes(s, p + 1) || (i > p + 2 && np_closes(s, p + 2))))
        return 1; /* "21 gol atan futbolcu için ödenecek" */
    if (!s->lx->verb_last || i + length >= first)
        return 0;
    if (tk_sign(s, i + length, ','))
        return !tk_is(s, i, LX_STATUS, OF_HYPOTHETICAL, NULL) &&
               (!tk_is(s, i, LX_STATUS, OF_NEGATED, NULL) || s->at[i].letters < 6) && /* "9 milyarda deyil, 7,8" */
               (tk_ends(s, i + length - 1, LX_ENDS_FORECAST) || tk_ends(s, i + length - 1, LX_ENDS_VERB) ||
                s->at[i].letters > 9 || (length == 1 && tk_is(s, i, LX_STATUS, OF_NEGATED, NULL)));
    return tk_ends(s, i + length - 1, LX_ENDS_FORECAST) && tk_is(s, i + length, LX_JOIN, OF_AND, NULL) &&
           s->at[i + length].space;
}

/* "promised 26,000 homes, only 3,800 were": behind a number and a comma a verb of their own. */
static int own_verb(const struct tks *s, uint32_t i, uint32_t first)
{
    int number = 0, comma = 0;
    for (; i < first; i++) {
        number |= s->at[i].kind == TK_NUMBER;
        comma |= number && tk_sign(s, i, ',') && s->at[i + 1].space;
        if (comma && tk_is(s, i, LX_WORD, OF_PASSIVE, NULL) && !tk_has(s, i, LX_STATUS))
            return 1;
    }
    return 0;
}

/* "shot him twice because he did not": a longer conjunction opens what the word right of the figure stands in. */
static int gives_reason(const struct tks *s, uint32_t last, uint32_t i)
{
    for (; last < i; last++)
        if (s->at[last].letters > 5 && !s->at[last].upper && tk_is(s, last, LX_WORD, OF_CONJUNCTION, NULL) &&
            !tk_is(s, last, LX_WORD, OF_PREPOSITION, NULL))
            return 1;
    return 0;
}

/* "pledged his allegiance, and they acknowledged that he had twice": behind a comma or "and" somebody says something
 * else than what the word at i is part of. */
static int told_anew(const struct tks *s, uint32_t i, uint32_t first)
{
    int parted = 0;
    for (uint32_t k = i + 1; k + 1 < first; k++) {
        parted |= tk_sign(s, k, ',') || tk_is(s, k, LX_JOIN, OF_AND, NULL);
        if (parted && tk_has(s, k, LX_SPEECH) && !tk_has(s, k, LX_STATUS) && s->at[k + 1].letters == 4 &&
            tk_is(s, k + 1, LX_WORD, OF_CONJUNCTION, NULL) && !tk_is(s, k + 1, LX_WORD, OF_PREPOSITION, NULL))
            return 1;
    }
    return 0;
}

/* What the word at i says of the figure, and how far off it stands; OF_NONE: nothing. *length in tokens. */
static uint32_t says(const struct tks *s, const struct figure *f, struct reach *r, uint32_t i, uint32_t *length,
                     uint32_t *distance)
{
    uint32_t of = is_passive(s, i) ? OF_NONE : status_at(s, i, length), right = i >= f->last;
    if (of && (put_in(s, r, i, f->first) || ends_own(s, f, i, *length)))
        of = OF_NONE;
    r->over = of == OF_ASSERTED ? i + *length : r->over; /* "lista de espera" */
    if (of == OF_NEGATED && !right && i + *length > f->first) /* the "not" of "would not exceed 5" is the bound's */
        of = tk_is(s, i, LX_STATUS, OF_FORECAST, NULL) ? OF_FORECAST : OF_NONE;
    if (!of || (i >= f->first && !right && of != OF_FORECAST) /* the bound word says it: "не превысит" */ ||
        (i >= f->counted && i < f->counted_end))
        return OF_NONE;
    if (!right && !s->lx->verb_last && (of == OF_TARGET || of == OF_FORECAST) && own_verb(s, i, f->first))
        return OF_NONE;
    int phrase = *length > 1 || s->at[i].letters >= 5;
    *distance = right ? i - f->last + 6 : f->first > i ? f->first - i : 0;
    if (of == OF_HYPOTHETICAL && *length > 1 && i < r->turn && th_english_like(s))
        return OF_NONE; /* "would have been glad, she added, and the 60th" */
    if (th_english_like(s) && (right ? gives_reason(s, f->last, i) : told_anew(s, i, f->first)))
        return OF_NONE;
    if (right ? beyond(s, f, r, i, of, *length)
              : of == OF_NEGATED && (*distance > (phrase ? 16u : 4u) || i < r->turn || settled(s, i, f->first)))
        return OF_NONE;
    if (of == OF_HYPOTHETICAL ||
        (of == OF_NEGATED && right && phrase && s->lx->verb_last)) /* also "... təkzib edib", which ends it all */
        *distance = 0;
    if (of == OF_NEGATED && phrase && !right)
        *distance = *distance > 6 ? *distance - 6 : 0;
    return of;
}

/* "any of our 67 branches", "120 dei 1.450 posti": a whole that is there, whatever is to become of a part. */
static int whole(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->first, start;
    if (f->kind != ASSAY_KIND_NUMBER || f->counted_end <= f->counted || f->counted < f->last ||
        f->bound != ASSAY_BOUND_EXACT || !i)
        return 0;
    if (s->lx->verb_last) /* "900 işçiden 340'ı", "2 bin 400 gencin yüzde 61'i" */
        return (np_genitive(s, f->counted) || tk_ends(s, f->counted, LX_ENDS_FROM)) && f->counted_end < s->count &&
               (s->at[f->counted_end].kind == TK_NUMBER || s->at[f->counted_end].mask & LX_BIT(LX_CARDINAL) ||
                tk_has(s, f->counted_end, LX_FRACTION) ||
                (tk_has(s, f->counted_end, LX_UNIT) && s->at[f->counted_end + 1].kind == TK_NUMBER));
    if (th_english_like(s) && s->at[i - 1].letters == 5 && tk_is(s, i - 1, LX_WORD, OF_PRONOUN, NULL))
        return 1; /* "on these two issues" */
    int own = tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) || tk_is(s, i - 1, LX_WORD, OF_PRONOUN, NULL);
    if (own && tk_has(s, i - 1, LX_OF) && s->lx->noun_after)
        return 1; /* "dei 1.450" */
    if (own && s->lx->noun_capital && tk_is(s, i - 1, LX_WORD, OF_GENITIVE, NULL))
        return 1;
    return own && (tk_before(s, i - 1, LX_OF, &start) ||
                   (tk_before(s, i - 1, LX_JOIN, &start) && tk_is(s, start, LX_JOIN, OF_IN, NULL)));
}

/* "Die mit 4300 Mitarbeitern größte Werft soll": what is told between an article and its noun. */
static int of_noun(const struct tks *s, const struct figure *f)
{
    return s->lx->noun_capital && f->first > 1 && tk_is(s, f->first - 1, LX_WORD, OF_PREPOSITION, NULL) &&
           tk_is(s, f->first - 2, LX_WORD, OF_ARTICLE, NULL) && !tk_is(s, f->first - 1, LX_WORD, OF_ARTICLE, NULL);
}

/* "denied that ...": a longer word of denial reaches over the clause, not over what turns ("but only 50") or who goes
 * on to say. */
static int denied_before(const struct tks *s, const struct figure *f, const struct reach *r)
{
    uint32_t length;
    int denied = 0;
    for (uint32_t i = f->first > 16 ? f->first - 16 : 0; i < f->first; i++) {
        if (i < r->clause.begin && tk_is(s, i, LX_STATUS, OF_NEGATED, &length) && (length > 1 || s->at[i].letters >= 5))
            denied = 1;
        else if (tk_is(s, i, LX_STATUS, OF_ASSERTED, NULL) || (i && (i == r->turn || i == r->wall)))
            denied = 0;
    }
    return denied;
}

/* "erwarten, dass", "очікує, що": the word right before the clause that it opens. */
static uint32_t ahead_of_clause(const struct tks *s, const struct reach *r)
{
    uint32_t length, begin = r->clause.begin, of;
    if (begin < 2 || begin >= s->count || s->lx->verb_last || !tk_sign(s, begin - 1, ',') ||
        !tk_is(s, begin, LX_WORD, OF_CONJUNCTION, NULL) || tk_is(s, begin, LX_WORD, OF_TURN, NULL) ||
        is_passive(s, begin - 2))
        return OF_NONE;
    of = status_at(s, begin - 2, &length);
    return of == OF_FORECAST || of == OF_TARGET ? of : OF_NONE;
}

static uint32_t status_of(uint32_t of)
{
    return of == OF_FORECAST       ? ASSAY_FORECAST
           : of == OF_TARGET       ? ASSAY_TARGET
           : of == OF_NEGATED      ? ASSAY_NEGATED
           : of == OF_HYPOTHETICAL ? ASSAY_HYPOTHETICAL
                                   : ASSAY_ASSERTED;
}

/* "40 milyar dolara ulaşmadı", "300 nəfərə çatmadı": where verbs stand last, the ending of the one that closes the
 * clause denies what is measured, or reached. How many did not do something is no denial: "yüzde 40'ı oy kullanmadı". */
static int denied_by_ending(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->counted_end > f->last ? f->counted_end : f->last, most = i + 6;
    int reached = i > f->first && tk_ends(s, i - 1, LX_ENDS_TO);
    if (i == f->last && tk_sign(s, i, '\'') && i + 1 < s->count && !s->at[i + 1].space) { /* "40'a", not "40'ı" */
        reached = tk_ends(s, i + 1, LX_ENDS_TO);
        i += 2;
    } else if (f->kind == ASSAY_KIND_PERCENT && i > f->first && !s->at[i - 1].stem) {
        reached = 1; /* "5 faiz artmayıb", no "40 faizi" */
        most = i + 1;
    }
    if (f->kind != ASSAY_KIND_MONEY && f->kind != ASSAY_KIND_DIMENSION && !f->has_relation && !reached)
        return 0;
    for (; i < s->count && i < most && s->at[i].kind == TK_WORD; i++) {
        const struct tk *t = s->at + i;
        int closes = i + 1 >= s->count || s->at[i + 1].kind == TK_SIGN || tk_is(s, i + 1, LX_JOIN, OF_AND, NULL);
        if (closes || s->at[i].breaks)
            return closes && t->letters > 4 && !t->upper &&
                   lx_ends_in(s->lx->negated_endings, s->text + t->begin, t->end - t->begin);
    }
    return 0;
}

void fr_status(const struct tks *s, struct figure *f)
{
    uint32_t best = 0, best_of = OF_NONE, length, distance;
    if (!f->age && s->lx->negated_endings[0] && f->status == ASSAY_ASSERTED && denied_by_ending(s, f)) {
        f->status = ASSAY_NEGATED;
        return;
    }
    if (f->age || !s->status || whole(s, f) || of_noun(s, f))
        return; /* of a person, whatever is said of him */
    struct reach r = reach_of(s, f);
    for (uint32_t i = r.clause.begin; i < r.clause.end; i++) {
        if ((i >= f->number && i < f->after) || i < r.over || i < r.wall)
            continue;
        uint32_t of = says(s, f, &r, i, &length, &distance);
        if (of && (!best_of || distance < best)) {
            best = distance;
            best_of = of;
        }
    }
    if (!best_of)
        best_of = ahead_of_clause(s, &r);
    if (denied_before(s, f, &r))
        best_of = OF_NEGATED;
    if (best_of != OF_NEGATED && f->has_relation && f->relation == ASSAY_RELATION_FROM)
        return; /* what it is to change from is there */
    f->status = best_of ? status_of(best_of) : f->status;
}
