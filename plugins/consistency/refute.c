/* SPDX-License-Identifier: Apache-2.0 */
#include "refute.h"

#include "prose.h"

#include <string.h>

#include <assay/kit/text.h>

#define REACH 2u        /* sentences from the figure to what sets it right */
/* bytes between the two of "not 12 but 8", without a comma; before what is denied, with the word that does */
#define BUT_REACH 18u
#define BUT_PLAIN 6u
#define NOT_REACH 24u
#define NOT_LEAST 4u
#define PHRASE_MOST 12u  /* between the two of "13 of the 14" */
#define FIGURES_NEXT 8u /* of them that are asked: the work stays linear */

struct words {
    const struct concepts *concepts;
    struct assay_text text;
    uint64_t refuted, alleged, withdrawn; /* 0: the lexicon has none */
};

static const struct assay_claim *claim_at(struct assay_list claims, uint32_t i)
{
    return ASSAY_AT(struct assay_claim, claims, i);
}

static uint64_t word_term(const struct concepts *concepts, const char *key)
{
    struct assay_text name = {key, strlen(key)};
    return concepts_find(concepts, name) == CONCEPT_NONE ? 0 : TERM_KEY(term_hash(TERM_CONCEPT, key, name.size));
}

static int holds(const struct context *c, uint64_t key)
{
    for (uint32_t i = 0; key && i < c->terms.count; i++)
        if (TERM_KEY(*ASSAY_AT(uint64_t, c->terms, i)) == key)
            return 1;
    return 0;
}

static int one_measure(const struct words *w, const struct note *x, const struct note *y)
{
    uint32_t c = concepts_measure(w->concepts, x->concept), d = concepts_measure(w->concepts, y->concept);
    return c == CONCEPT_NONE || d == CONCEPT_NONE || c == d || x->also == d || c == y->also;
}

/* What a figure is of is told with it: a unit, a noun counted, a measure that is known. */
static int is_told(const struct words *w, const struct assay_claim *c, const struct note *n)
{
    return c->unit.size || c->counted.size || concepts_measure(w->concepts, n->concept) != CONCEPT_NONE;
}

/* "3.2", "640983" of nothing, 0, 1: versions, numbers of entries, flags; not "3.2 million", "4,120". */
static int is_bare(const struct words *w, const struct assay_claim *c, const struct note *n)
{
    uint64_t digits = 0;
    for (uint64_t i = 0; i < c->text.size; i++)
        digits += c->text.at[i] >= '0' && c->text.at[i] <= '9';
    if (c->kind != ASSAY_KIND_NUMBER || !digits)
        return 0;
    int part = memchr(c->decimal.at, '.', c->decimal.size) != NULL;
    if (c->value <= 1 && c->value >= -1 && !part)
        return 1;
    return !is_told(w, c, n) && (part || c->value < 0 || (digits == c->text.size && digits > 5));
}

static int usable(const struct words *w, const struct assay_claim *c, const struct note *n)
{
    return n->context != ASSAY_NEVER && c->decimal.size && !(n->part & (NOTE_AGE | NOTE_NAME)) &&
           (c->kind == ASSAY_KIND_NUMBER || c->kind == ASSAY_KIND_PERCENT || c->kind == ASSAY_KIND_MONEY ||
            c->kind == ASSAY_KIND_DIMENSION || c->kind == ASSAY_KIND_MULTIPLE) &&
           !is_bare(w, c, n);
}

static int is_difference(const struct assay_claim *c)
{
    return c->has_relation && c->relation == ASSAY_RELATION_BY;
}

/* Two values that may be of one quantity, of which at least one says what it is of. */
static int two_values(const struct words *w, const struct assay_claim *a, const struct note *x,
                      const struct assay_claim *b, const struct note *y)
{
    return a->kind == b->kind && assay_text_same(a->unit, b->unit) && assay_text_same(a->per, b->per) &&
           is_difference(a) == is_difference(b) && !assay_text_same(a->decimal, b->decimal) && one_measure(w, x, y) &&
           (is_told(w, a, x) || is_told(w, b, y));
}

static int shares_stem(const struct assay_claim *a, const struct assay_claim *b)
{
    for (uint32_t i = 0; i < a->measured.stems.count; i++)
        for (uint32_t k = 0; k < b->measured.stems.count; k++)
            if (assay_text_same(*ASSAY_AT(struct assay_text, a->measured.stems, i),
                                *ASSAY_AT(struct assay_text, b->measured.stems, k)))
                return 1;
    return 0;
}

/* Sums of which both say what they are of, in words of their own: "a loss to the chairman of 3.8 million",
 * "income of 13.7 million". */
static int of_two_things(const struct words *w, const struct assay_claim *a, const struct note *x,
                         const struct assay_claim *b, const struct note *y)
{
    uint32_t c = concepts_measure(w->concepts, x->concept), d = concepts_measure(w->concepts, y->concept);
    int known = c != CONCEPT_NONE && c == d;
    return !known && a->kind == ASSAY_KIND_MONEY && a->has_measured && b->has_measured && a->measured.stems.count &&
           b->measured.stems.count && assay_text_same(a->language, b->language) && !shares_stem(a, b);
}

/* And that what they count says so, too. */
static int one_quantity(const struct words *w, const struct assay_claim *a, const struct note *x,
                        const struct assay_claim *b, const struct note *y)
{
    if (!two_values(w, a, x, b, y) || of_two_things(w, a, x, b, y))
        return 0;
    const struct concept *event = concepts_at(w->concepts, concepts_measure(w->concepts, x->concept));
    return !a->counted.size || !b->counted.size || assay_text_same(a->counted, b->counted) ||
           (x->thing == y->thing && x->thing != CONCEPT_NONE) ||
           (x->concept == y->concept && event && event->flags & CONCEPT_ANYBODY);
}

/* 1 where the text has somebody else say the figure. */
static int is_said(const struct words *w, const struct terms_output *out, const struct assay_claim *c,
                   const struct note *n)
{
    return c->has_speaker || holds(&out->context[n->context], w->alleged);
}

/* The same, or denies it. */
static int is_quoted(const struct words *w, const struct terms_output *out, const struct assay_claim *c,
                     const struct note *n)
{
    return c->status == ASSAY_NEGATED || is_said(w, out, c, n);
}

/* 1 where a word of refutation stands between the two, as far as sentences tell; or in the first one's ("is false"),
 * where the next one sets it right. */
static int set_right(const struct words *w, const struct terms_output *out, uint32_t from, uint32_t to)
{
    for (uint32_t i = to > from + 1 ? from + 1 : from; i <= to && i < out->contexts; i++)
        if (holds(&out->context[i], w->refuted))
            return 1;
    return 0;
}

/* "not by 12 but by 8": next to each other, the first one denied. */
static int but_rather(const struct words *w, const struct assay_claim *no, const struct assay_claim *but)
{
    uint32_t gap = but->span.begin > no->span.end ? but->span.begin - no->span.end : 0;
    return no->status == ASSAY_NEGATED && but->span.begin >= no->span.end && gap <= BUT_REACH &&
           but->span.begin < w->text.size && (gap <= BUT_PLAIN || memchr(w->text.at + no->span.end, ',', gap));
}

/* "3.2 million, not the 5 million": a comma and a word or two before what is denied. */
static int and_not(const struct words *w, const struct assay_claim *so, const struct assay_claim *no)
{
    uint32_t begin = so->span.end, end = no->span.begin, comma = end;
    if (no->status != ASSAY_NEGATED || begin >= end || end > w->text.size)
        return 0;
    while (comma > begin && end - comma < NOT_REACH && w->text.at[comma - 1] != ',')
        comma--;
    return comma > begin && w->text.at[comma - 1] == ',' && end - comma >= NOT_LEAST;
}

/* A count of few in words is told of too many things. */
static int worth_asking(const struct assay_claim *c)
{
    for (uint64_t i = 0; i < c->text.size; i++)
        if (c->text.at[i] >= '0' && c->text.at[i] <= '9')
            return 1;
    return c->decimal.size > 2;
}

/* "Nine people had been arrested. In fact there were seven": what happened to people is told in few words, too, where
 * the next sentence sets it right. */
static int few_corrected(const struct words *w, const struct terms_output *out, const struct note *n,
                         const struct note *m)
{
    const struct concept *c = concepts_at(w->concepts, concepts_measure(w->concepts, n->concept));
    return c && (c->flags & CONCEPT_EVENT) && m->context == n->context + 1 &&
           holds(&out->context[m->context], w->refuted);
}

/* A poll has many shares: "35 % believed him, 38 % thought his words were untrue"; but "it was 31 %". */
static int share_of_any(const struct words *w, const struct assay_claim *c, const struct note *x,
                        const struct assay_claim *right)
{
    return c->kind == ASSAY_KIND_PERCENT && concepts_measure(w->concepts, x->concept) == CONCEPT_NONE && right->has_measured;
}

/* "grew to 5,314 from 4,758": the ends of one change, of which neither sets the other right. */
static int ends_of_change(const struct assay_claim *a, const struct assay_claim *b)
{
    return a->has_relation && b->has_relation && a->relation != b->relation &&
           (a->relation == ASSAY_RELATION_FROM || b->relation == ASSAY_RELATION_FROM);
}

/* "13 of the 14 terminals": two figures of one phrase, and what one speaker says of both: nobody is set right. */
static int told_together(const struct words *w, const struct assay_claim *a, const struct assay_claim *b)
{
    if (ends_of_change(a, b))
        return 1;
    uint64_t from = a->span.end, to = b->span.begin;
    if (a->has_speaker && b->has_speaker && assay_text_same(a->speaker.text, b->speaker.text))
        return 1;
    return from <= to && to <= w->text.size && to - from <= PHRASE_MOST &&
           !memchr(w->text.at + from, ',', (size_t)(to - from));
}

/* "23 people were injured. An earlier version of this article said 40": the text tells another value before it. Nobody
 * stands behind the old one then; it disputes nobody either. */
static int is_withdrawn(const struct words *w, struct assay_list claims, const struct terms_output *out, uint32_t i)
{
    for (uint32_t k = i; holds(&out->context[out->note[i].context], w->withdrawn) && k--;) {
        const struct assay_claim *c = claim_at(claims, i), *d = claim_at(claims, k);
        if (usable(w, d, &out->note[k]) && d->status == ASSAY_ASSERTED && worth_asking(c) && worth_asking(d) &&
            one_quantity(w, c, &out->note[i], d, &out->note[k]))
            return 1;
    }
    return 0;
}

/* The figure that sets claim i right, or ASSAY_NEVER: the next one of its quantity, behind a word that says so; "not by
 * 12 but by 8", "3.2 million, not 5 million" need none. */
static uint32_t right_of(const struct words *w, struct assay_list claims, const struct terms_output *out, uint32_t i)
{
    const struct assay_claim *c = claim_at(claims, i);
    const struct note *n = &out->note[i];
    for (uint32_t k = i + 1; k < out->notes && k <= i + FIGURES_NEXT; k++) {
        const struct assay_claim *d = claim_at(claims, k);
        const struct note *m = &out->note[k];
        if (m->context == ASSAY_NEVER || m->context > n->context + REACH)
            break;
        if (!usable(w, d, m) ||
            !(d->status == ASSAY_ASSERTED || (d->status == c->status && d->status != ASSAY_NEGATED)) ||
            !one_quantity(w, c, n, d, m))
            continue;
        int worth = (worth_asking(c) && worth_asking(d)) || few_corrected(w, out, n, m);
        int said = is_said(w, out, c, n) && !share_of_any(w, c, n, d) && !told_together(w, c, d);
        if (worth && (but_rather(w, c, d) || (said && set_right(w, out, n->context, m->context))))
            return k;
        break;
    }
    if (!i)
        return ASSAY_NEVER;
    const struct assay_claim *d = claim_at(claims, i - 1);
    const struct note *m = &out->note[i - 1];
    return usable(w, d, m) && m->context == n->context && d->status == ASSAY_ASSERTED && two_values(w, c, n, d, m) &&
                   worth_asking(c) && worth_asking(d) && and_not(w, d, c)
               ? i - 1
               : ASSAY_NEVER;
}

/* Headlines and questions repeat what is disputed. */
static void mark_all(const struct words *w, struct assay_list claims, struct terms_output *out, uint32_t i)
{
    const struct assay_claim *c = claim_at(claims, i);
    for (uint32_t k = 0; k < out->notes; k++) {
        const struct assay_claim *d = claim_at(claims, k);
        const struct note *x = &out->note[i], *y = &out->note[k];
        if (usable(w, d, y) && d->kind == c->kind && assay_text_same(d->unit, c->unit) &&
            assay_text_same(d->decimal, c->decimal) && one_measure(w, x, y))
            out->note[k].part |= NOTE_REFUTED;
    }
}

#define DISPUTES 16u     /* of one text: what it repeats is looked for that often */
#define FIGURES_MOST 300u /* who checks facts writes no registers: lists of changes say "not" and "fixed" of thousands */

void refutes_find(const struct concepts *concepts, struct assay_text text, struct assay_list claims,
                  struct terms_output *out)
{
    struct words w = {concepts, text, word_term(concepts, REFUTED_WORD), word_term(concepts, ALLEGED_WORD),
                      word_term(concepts, WITHDRAWN_WORD)};
    uint32_t disputes = 0;
    if (out->notes > FIGURES_MOST || prose_is_list(text))
        return; /* "there are 4 nodes, not 3", of a program as it was: nobody claimed it of the world */
    for (uint32_t i = 0; i < out->notes && disputes < DISPUTES; i++) {
        const struct assay_claim *c = claim_at(claims, i);
        if (!usable(&w, c, &out->note[i]) || out->note[i].part & NOTE_RIGHTS)
            continue;
        if (is_withdrawn(&w, claims, out, i)) {
            out->note[i].part |= NOTE_REFUTED;
            continue;
        }
        if (!is_quoted(&w, out, c, &out->note[i]))
            continue;
        uint32_t right = right_of(&w, claims, out, i);
        if (right == ASSAY_NEVER || out->note[right].part & NOTE_REFUTED)
            continue;
        out->note[right].part |= NOTE_RIGHTS;
        mark_all(&w, claims, out, i);
        disputes++;
    }
}

int figure_refuted(const struct figure *a, const struct figure *b)
{
    return a->refuted && b->rights && figures_comparable(a, b) && !figures_equal(a, b);
}

int refuted_relation(struct relation *to, const struct figure *a, const struct figure *b,
                     const struct concepts *concepts)
{
    struct relate_options o = {concepts, 0, 0, 1};
    struct figure x = *a, y = *b;
    x.status = y.status = ASSAY_ASSERTED;
    x.change = y.change = ASSAY_CHANGE_LEVEL;
    x.has_relation = y.has_relation = 0;
    x.has_time = y.has_time = 0;
    x.part = y.part = 0;
    x.aspects = y.aspects = 0;
    x.concept = y.concept = x.also = y.also = CONCEPT_NONE; /* a count that grows is none here */
    return relate(to, &x, &y, &o) && to->verdict == ASSAY_CONFLICT;
}
