/* SPDX-License-Identifier: Apache-2.0
 *
 * Who says it: "according to X", "X said", "..., said X", "X'e göre", "X ... söyledi".
 */
#include "speaker.h"

enum { REACH = 160 }; /* tokens of a sentence that are looked at */

/* "wrote in a post on Friday that": past where and when it was said. */
static int that_follows(const struct tks *s, uint32_t end)
{
    if (!th_english_like(s) || !tk_is(s, end, LX_WORD, OF_PREPOSITION, NULL))
        return 0;
    for (uint32_t i = end + 1; i < s->count && i < end + 12 && (s->at[i].kind == TK_WORD || tk_sign(s, i, '-')); i++)
        if (sp_opens_that(s, i) && !tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL) &&
            tk_is(s, i, LX_WORD, OF_PRONOUN, NULL) == NULL)
            return 1;
    return 0;
}

/* Verbs that report only where a clause, a comma, the end or an office shows it: "found that", "..., the survey
 * showed". */
static int reports(const struct tks *s, uint32_t i, uint32_t end)
{
    uint32_t open = sp_over_auxiliaries(s, i);
    if (tk_is(s, i, LX_STATUS, OF_FORECAST, NULL) &&
        tk_is(s, i, LX_SPEECH, OF_WEAK, NULL)) /* ", prevede Coldiretti", "аналитики ожидают, что" */
        return (s->lx->verb_last && open && sp_told_clause(s, open - 1)) ||
               (open > 0 && tk_sign(s, open - 1, ',') && !tk_has(s, end, LX_OF) && !s->lx->plural[0]) ||
               sp_opens_that(s, end);
    if (tk_is(s, i, LX_SPEECH, OF_VERB, NULL) || end >= s->count || s->at[end].kind == TK_SIGN)
        return 1;
    if (tk_is(s, end, LX_WORD, OF_CONJUNCTION, NULL) || tk_is(s, end, LX_WORD, OF_BREAK, NULL) ||
        (open > 0 && tk_sign(s, open - 1, ',')))
        return 1;
    if (that_follows(s, end))
        return 1;
    for (uint32_t k = open; k-- > 0 && open - k < 7 && !sp_parts(s, k);)
        if (tk_has(s, k, LX_TITLE))
            return 1;
    return 0;
}

static struct range by_source(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t i,
                              uint32_t length)
{
    struct range none = {0, 0}, r;
    if (s->lx->verb_last) { /* postpositions: "Bakanlığa göre"; not "2018'e göre", "bir önceki aya göre" */
        r = sp_trim(s, sp_left_of(s, i));
        if (r.begin >= r.end || tk_has(s, r.end - 1, LX_PERIOD) || tk_has(s, r.end - 1, LX_MONTH) ||
            (r.end == r.begin + 1 && tk_ends(s, r.begin, LX_ENDS_AT) && !tk_has(s, r.begin, LX_TITLE)) ||
            tk_is(s, r.end - 1, LX_TIME, OF_SAME, NULL))
            return none;
        for (uint32_t k = r.begin; k < r.end; k++)
            if (s->at[k].kind == TK_NUMBER)
                return none;
        return r;
    }
    if ((i > 0 && tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL)) || tk_is(s, i + length, LX_WORD, OF_RELATIVE, NULL))
        return none; /* "il secondo", "согласно которым" */
    if (i + length < s->count && s->at[i + length].kind == TK_SIGN &&
        (s->at[i + length].cp == ',' || s->at[i + length].cp == ':'))
        return none;
    return sp_cut(s, figures, n, sp_after_verb(s, i + length), 0);
}

/* "Police counted 900, organisers counted 5,000": a figure behind the verb that ends at `end`, in the same breath. */
static int speaks_on(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t end)
{
    uint32_t i = end;
    while (i < s->count && (s->at[i].kind != TK_SIGN || s->at[i].cp >= 0x2013) &&
           sp_figure_in(figures, n, i, i + 1) != i)
        i++;
    return i < s->count && sp_figure_in(figures, n, i, i + 1) == i;
}

/* ", однак нинішній урожай, за прогнозами асоціації, буде": the word the sentence turns by, no figure between; `open`:
 * there is none. */
static uint32_t turned_before(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t open)
{
    for (uint32_t i = open; i-- > 0 && open - i < 12 && sp_figure_in(figures, n, i, i + 1) != i;)
        if (tk_is(s, i, LX_WORD, OF_TURN, NULL) || tk_sign(s, i, ';'))
            return i;
    return open;
}

/* "d'après un sondage auprès de 1 005 personnes": the figure right behind says whom they asked. */
static int asked(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t end)
{
    uint32_t i = end;
    while (i < s->count && i < end + 4 && sp_figure_in(figures, n, i, i + 1) != i)
        i++;
    return i > end && i < end + 4 && (tk_has(s, i - 1, LX_OF) || tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL));
}

/* "the United States Embassies", "make our states safer", "priorities that states need": no verb of speech. */
static int is_noun(const struct tks *s, uint32_t i, uint32_t length)
{
    if (!th_english_like(s) || length > 1)
        return 0;
    if (s->at[i].upper == 1 && i && s->at[i - 1].kind == TK_WORD && s->at[i - 1].upper == 1)
        return 1;
    return i && tk_ends(s, i, LX_ENDS_PLURAL) && tk_has(s, i, LX_NOUN) &&
           (tk_is(s, i + 1, LX_WORD, OF_AUXILIARY, NULL) || tk_is(s, i + 1, LX_JOIN, OF_AND, NULL) ||
            tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) ||
            (tk_is(s, i - 1, LX_WORD, OF_PRONOUN, NULL) && s->at[i - 1].letters % 2 && /* our, its; these */
             !tk_is(s, i - 1, LX_QUALITY, OF_MODAL, NULL) && !tk_is(s, i - 1, LX_WORD, OF_RELATIVE, NULL)));
}

/* Whether the word of speech at i, `length` tokens, is one of something else. */
static int speaks_not(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t i, uint32_t length,
                      int source)
{
    uint32_t longer;
    if (sp_figure_in(figures, n, i, i + 1) == i)
        return 1;
    if (source) /* "d'après-midi" */
        return tk_sign(s, i + length, '-') && !s->at[i + length].space;
    if (s->lx->noun_after && length == 1 && i && tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) &&
        (tk_has(s, i - 1, LX_CARDINAL) || s->at[i - 1].letters == 3 || tk_has(s, i, LX_NOUN)) &&
        tk_has(s, i + 1, LX_OF))
        return 1; /* "una stima dei danni" */
    if (!s->lx->verb_last && ((tk_mean(s, i, LX_WORD, &longer) && longer > length) ||
                              (tk_is(s, i, LX_STATUS, OF_TARGET, &longer) && longer > length)))
        return 1; /* "meldeten sich", "conta di" */
    if (is_noun(s, i, length) || !reports(s, i, i + length))
        return 1;
    return length == 1 && i && !s->lx->verb_last && tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL) &&
           !tk_is(s, i - 1, LX_WORD, OF_CONJUNCTION, NULL); /* "en alerta" */
}

/* "установили, что": some verbs stand in the lexicon with "that" behind them, which is no part of the verb. */
static uint32_t without_that(const struct tks *s, uint32_t i, uint32_t length)
{
    while (length > 1 && (tk_sign(s, i + length - 1, ',') || (tk_is(s, i + length - 1, LX_WORD, OF_CONJUNCTION, NULL) &&
                                                              !tk_has(s, i + length - 1, LX_JOIN))))
        length--;
    return length;
}

/* "По официальным данным 217 детей погибли": a figure right behind, and no comma behind what it counts; but "по данным
 * 12 банков, ...". */
static int names_itself(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t end)
{
    for (uint32_t k = 0; k < n && !s->lx->verb_last; k++)
        if (figures[k].first == end)
            return figures[k].last + 1 < s->count && s->at[figures[k].last].kind == TK_WORD &&
                   s->at[figures[k].last + 1].kind == TK_WORD && !s->at[figures[k].last + 1].upper;
    return 0;
}

/* Who is found at the words [at, at + length). */
struct speech {
    struct range who;
    uint32_t at, length;
    int source; /* a source ("according to"), no verb */
};

/* 1 where what is told begins at *open, no earlier: the word of speech stands behind a comma or a conjunction. */
static int told_from(const struct tks *s, const struct figure *figures, uint32_t n, const struct speech *f,
                     uint32_t *open)
{
    const struct range r = f->who;
    int source = f->source, verb_behind = !source && r.end <= f->at, begins;
    *open = source || r.begin > f->at ? f->at : r.begin;
    while (*open > 0 && tk_is(s, *open - 1, LX_WORD, OF_ARTICLE, NULL))
        (*open)--;
    int comma = *open > 0 && tk_sign(s, *open - 1, ','), first = source && !s->lx->verb_last;
    begins = *open > 0 && s->at[*open - 1].kind == TK_WORD && n && figures[n - 1].first > *open &&
             (tk_is(s, *open - 1, LX_WORD, OF_CONJUNCTION, NULL) || tk_is(s, *open - 1, LX_WORD, OF_BREAK, NULL));
    begins |= verb_behind && *open > 0 && th_english_like(s) && tk_is(s, *open - 1, LX_WORD, OF_TURN, NULL);
    begins |= first && comma && speaks_on(s, figures, n, r.end) && !asked(s, figures, n, r.end);
    uint32_t turn = first && !begins && comma && tk_sign(s, r.end, ',') &&
                            sp_figure_in(figures, n, r.end, s->count) < s->count
                        ? turned_before(s, figures, n, *open)
                        : *open;
    if (turn < *open) {
        *open = turn;
        begins = 1;
    }
    int on = *open > 0 && speaks_on(s, figures, n, f->at + f->length);
    begins |= verb_behind && on && (tk_sign(s, *open - 1, ',') || tk_sign(s, *open - 1, ';'));
    begins |= first && *open > 0 && tk_sign(s, *open - 1, ';') && speaks_on(s, figures, n, r.end);
    if (verb_behind && *open > 0 && th_english_like(s) && tk_is(s, f->at + f->length, LX_WORD, OF_PASSIVE, NULL)) {
        *open = f->at; /* "a project lawmakers say is dead": nothing before it is theirs */
        begins = 1;
    }
    return begins;
}

static int meets_one(const struct speaker *speakers, uint32_t count, struct range r)
{
    for (uint32_t k = 0; k < count; k++)
        if (speakers[k].at.begin < r.end && speakers[k].at.end > r.begin)
            return 1;
    return 0;
}

static struct speaker speaker_of(const struct tks *s, const struct figure *figures, uint32_t n,
                                 const struct speech *f)
{
    uint32_t open;
    int begins = told_from(s, figures, n, f, &open), behind = f->who.begin > f->at;
    int expects = !f->source && tk_is(s, f->at, LX_STATUS, OF_FORECAST, NULL); /* who reports it goes before */
    int sure = f->source || sp_is_named(s, f->who) || (behind && !s->lx->verb_last);
    return (struct speaker){f->who, f->at, expects ? 0 : sure ? 2 : 1, begins && !(behind && !f->source) ? open : 0};
}

uint32_t fr_speakers(const struct tks *s, const struct figure *figures, uint32_t n, struct speaker *to, uint32_t most)
{
    uint32_t count = 0, length, high = s->count < REACH ? s->count : REACH;
    if (!(s->mask & LX_BIT(LX_SPEECH)))
        return 0;
    for (uint32_t i = 0; i < high && count < most; i++) {
        if (!tk_has(s, i, LX_SPEECH) || (count && i < to[count - 1].at.end && i >= to[count - 1].at.begin))
            continue;
        int source = tk_is(s, i, LX_SPEECH, OF_SOURCE, &length) != NULL;
        if (!source && !tk_is(s, i, LX_SPEECH, OF_VERB, &length) && !tk_is(s, i, LX_SPEECH, OF_WEAK, &length))
            continue;
        length = source ? length : without_that(s, i, length);
        if (source && names_itself(s, figures, n, i + length)) {
            i += length - 1;
            continue;
        }
        if (speaks_not(s, figures, n, i, length, source))
            continue;
        struct range r = source ? by_source(s, figures, n, i, length) : sp_by_verb(s, figures, n, i, length);
        if (r.begin >= r.end || (np_is_time(s, r.end - 1) && s->at[r.end - 1].letters > 1 && !sp_is_named(s, r)))
            continue; /* "scritto in tre mesi" */
        if (meets_one(to, count, r))
            continue;
        to[count++] = speaker_of(s, figures, n, &(struct speech){r, i, length, source});
        i += length - 1;
    }
    return count;
}

struct range fr_speaker(const struct tks *s, const struct speaker *speakers, uint32_t count, const struct figure *f)
{
    struct range best = {0, 0};
    uint32_t least = 0;
    for (uint32_t k = 0; k < count; k++) {
        if (speakers[k].from && f->first < speakers[k].from)
            continue; /* "..., but the mayor said": of what follows */
        uint32_t verb = speakers[k].verb, low = verb < f->first ? verb : f->last,
                 high = verb < f->first ? f->first : verb;
        uint32_t distance = high > low ? high - low : 0;
        for (uint32_t i = low; i < high; i++)
            if (tk_sign(s, i, ';') || tk_is(s, i, LX_WORD, OF_BREAK, NULL))
                distance += 6;
        distance += speakers[k].sure == 2 ? 0 : speakers[k].sure ? 10 : 30;
        if (best.begin == best.end || distance < least) {
            best = speakers[k].at;
            least = distance;
        }
    }
    return best;
}
