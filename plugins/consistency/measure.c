/* SPDX-License-Identifier: Apache-2.0
 *
 * Figures that no pair of sentences has tied, of two documents on one story.
 */
#include "linking.h"
#include "person.h"
#include "rival.h"

#include <string.h>

#include <assay/kit/text.h>

/* Scores in 1/1000. */
#define MEASURE_STORY 120u    /* likeness of the documents that lets a measure alone tie figures */
#define FACT_SENTENCE 150u
#define EVENT_SENTENCE 60u    /* what happened to people is tied by the event: alike sentences or alike stories */
#define EVENT_STORY 350u
#define SENTENCE_LEAST 110u   /* likeness of sentences that stands for the place of a measure */
#define SENTENCE_STORY 60u    /* of equal figures in texts that are alike as a whole: sentences that tell several things */
#define ALIKE_STORY 700u
#define RATE 300u             /* what it is worth that a text tells one sum of this unit a share, a ton */
#define NEWS_DAYS 4u
#define AGES 48u              /* of one document that are looked at */
#define NAMED 560u            /* likeness that a shared name is worth */
#define VALUE_RARE 4u         /* rare terms that documents share whose equal values are tied */
#define VALUE_SENTENCE 60u
#define VALUE_BONUS 100u
#define VALUES 256u

/* ---- stage 3: the same measure ---- */

/* How alike the sentences have to be that name no place in common. */
static uint32_t sentence_least(const struct linking *k, const struct figure *x, const struct figure *y)
{
    if (figures_same_period(x, y) && k->o->story >= EVENT_STORY)
        return SENTENCE_STORY; /* "exported 7.4 million in 2024" */
    if (x->near && y->near && k->o->story >= ALIKE_STORY && k->o->days <= NEWS_DAYS)
        return SENTENCE_STORY; /* "600,000 doses": the words of the measure, in one week's news */
    return k->o->story >= ALIKE_STORY && link_equal(x, y) ? SENTENCE_STORY : SENTENCE_LEAST;
}

/* 1 where the sentence of one figure holds the number of the other, which is another one. */
static int told_beside(const struct linking *k, uint32_t i, uint32_t j)
{
    const struct figure *x = &k->a->figure[i], *y = &k->b->figure[j];
    uint32_t p = k->a->note[i].context, q = k->b->note[j].context;
    return p < k->a->contexts && q < k->b->contexts && x->kind != ASSAY_KIND_NUMBER && !link_equal(x, y) &&
           (link_stands_in(x, &k->b->context[q]) || link_stands_in(y, &k->a->context[p]));
}

static uint32_t measure_score(const struct linking *k, uint32_t i, uint32_t j)
{
    const struct figure *x = &k->a->figure[i], *y = &k->b->figure[j];
    uint32_t c = link_measure(k, x), d = link_measure(k, y);
    if (link_one_rate(k, i, j))
        return told_beside(k, i, j) || link_different(k, x, y) ? 0 : RATE + link_likeness(k, i, j);
    if (c == CONCEPT_NONE || d == CONCEPT_NONE || !figures_comparable(x, y) || link_different(k, x, y))
        return 0;
    if (c != d && figures_one_thing(x, y))
        d = c;
    uint32_t likeness = link_likeness(k, i, j);
    int place = k->a->note[i].place != CONCEPT_NONE && k->a->note[i].place == k->b->note[j].place;
    if (k->o->fact && !(place && figures_same_period(x, y) && likeness >= FACT_SENTENCE))
        return 0;
    if (c != d && !figures_same_period(x, y))
        return 0;
    uint32_t flags = concepts_at(k->o->concepts, c)->flags;
    if (!(flags & CONCEPT_EVENT) && c == d && !place && likeness < sentence_least(k, x, y))
        return 0;
    if ((flags & CONCEPT_EVENT) && likeness < EVENT_SENTENCE && k->o->story < EVENT_STORY)
        return 0;
    if ((flags & (CONCEPT_EVENT | CONCEPT_EVOLVING)) && (figures_other_time(x, y) || figures_other_time(y, x)))
        return 0;
    if (told_beside(k, i, j))
        return 0;
    return 200 + likeness + (place ? 60 : 0) + (figures_same_period(x, y) ? 60 : 0) + (c == d ? 100 : 0);
}

/* Nothing has tied it but its value. */
static int free_still(uint32_t used)
{
    return !used || used == USED_EXACT;
}

/* 1 where the figure is a sum a share, a head, a ton, and the only one of its text. */
static int only_rate(const struct side *s, uint32_t own)
{
    const struct figure *f = &s->figure[own];
    if (f->kind != ASSAY_KIND_MONEY || !f->per.size || !f->unit.size)
        return 0;
    for (uint32_t i = 0; i < s->figures; i++)
        if (i != own && link_usable(s, i) && s->figure[i].kind == f->kind && s->figure[i].per.size &&
            figures_comparable(&s->figure[i], f) && !figures_equal(&s->figure[i], f))
            return 0;
    return 1;
}

int link_one_rate(const struct linking *k, uint32_t a, uint32_t b)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    return !k->o->fact && k->o->story >= EVENT_STORY && k->o->days <= NEWS_DAYS && assay_text_same(x->per, y->per) &&
           assay_text_same(x->unit, y->unit) && only_rate(k->a, a) && only_rate(k->b, b);
}

/* Mutual best with a margin, where a rival with the same value is none. What an exact value has tied is one still. */
static int best_measure(const struct linking *k, uint32_t i, uint32_t j, uint32_t score)
{
    for (uint32_t n = 0; n < k->b->figures; n++)
        if (n != j && link_usable(k->b, n) && free_still(k->l->used_b[n]) &&
            measure_score(k, i, n) * 11 >= score * 10 && !figures_same(&k->b->figure[n], &k->b->figure[j]))
            return 0;
    for (uint32_t n = 0; n < k->a->figures; n++)
        if (n != i && link_usable(k->a, n) && free_still(k->l->used_a[n]) &&
            measure_score(k, n, j) * 11 >= score * 10 && !figures_same(&k->a->figure[n], &k->a->figure[i]))
            return 0;
    return 1;
}

/* That the texts say the same in one order is said of sentences that are paired, and of no others. */
static uint32_t flags_of(const struct linking *k, uint32_t i, uint32_t j)
{
    uint32_t context = k->a->note[i].context;
    return context < LINK_CONTEXTS && k->l->pair[context] == k->b->note[j].context ? k->flags
                                                                                   : k->flags & ~LINK_ALIGNED;
}

static int measures(const struct linking *k, const struct figure *f)
{
    return link_measure(k, f) != CONCEPT_NONE || (f->kind == ASSAY_KIND_MONEY && f->per.size);
}

#define MEASURES 64u /* figures of one side with a measure that are left over; cubic in them */

void link_measures(struct linking *k)
{
    uint32_t a[MEASURES], b[MEASURES], na = 0, nb = 0;
    if (k->o->story < MEASURE_STORY && !k->o->fact)
        return;
    for (uint32_t i = 0; i < k->a->figures && na < MEASURES; i++)
        if (link_usable(k->a, i) && !k->l->used_a[i] && measures(k, &k->a->figure[i]))
            a[na++] = i;
    for (uint32_t i = 0; i < k->b->figures && nb < MEASURES; i++)
        if (link_usable(k->b, i) && !k->l->used_b[i] && measures(k, &k->b->figure[i]))
            b[nb++] = i;
    for (uint32_t i = 0; i < na; i++)
        for (uint32_t j = 0; j < nb; j++) {
            if (k->l->used_a[a[i]] || k->l->used_b[b[j]])
                continue;
            uint32_t score = measure_score(k, a[i], b[j]);
            if (score && best_measure(k, a[i], b[j], score))
                link_add(k, a[i], b[j], score, flags_of(k, a[i], b[j]) | LINK_MEASURE);
        }
}

/* ---- stage 4: the age of the same person ---- */

static int is_age(const struct figure *f)
{
    return f->kind == ASSAY_KIND_DURATION && f->unit.size == 4 && !memcmp(f->unit.at, "year", 4);
}

/* The name beside both ages is one, or, where one of them has none or the languages differ, one stands near both. In
 * two languages two spellings may be one name; one of two words in common is one. */
static int one_person(const struct linking *k, uint32_t a, uint32_t b)
{
    const uint32_t *x = k->a->figure[a].who, *y = k->b->figure[b].who;
    int same = persons_same(x, y);
    if (k->o->translated)
        return (same == 1 && x[1] && y[1]) || link_shares_name(k, a, b);
    return same < 0 ? link_shares_name(k, a, b) : same;
}

/* 1 where no other age of this side stands by a name that it shares with the other side's figure. */
static int only_age(const struct linking *k, uint32_t a, uint32_t b, int of_a)
{
    const struct side *s = of_a ? k->a : k->b;
    uint32_t own = of_a ? a : b;
    int named = !k->o->translated && persons_same(k->a->figure[a].who, k->b->figure[b].who) == 1;
    for (uint32_t i = 0; i < s->figures; i++)
        if (i != own && link_usable(s, i) && is_age(&s->figure[i]) && !figures_same(&s->figure[i], &s->figure[own]) &&
            (!named || s->figure[i].who[0]) && (of_a ? one_person(k, i, b) : one_person(k, a, i)))
            return 0;
    return 1;
}

/* The same age of the same person, by name. */
static int same_by_name(const struct linking *k, uint32_t a, uint32_t b)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    return !k->o->translated && persons_same(x->who, y->who) == 1 && figures_same(x, y);
}

void link_names(struct linking *k, int equal)
{
    uint32_t ages = 0;
    for (uint32_t i = 0; i < k->a->figures && ages < AGES; i++) {
        if (!link_usable(k->a, i) || !is_age(&k->a->figure[i]))
            continue;
        ages++;
        for (uint32_t j = 0, seen = 0; j < k->b->figures && seen < AGES && !k->l->used_a[i]; j++) {
            if (!link_usable(k->b, j) || !is_age(&k->b->figure[j]))
                continue;
            seen++;
            if (!k->l->used_b[j] && (!equal || same_by_name(k, i, j)) && one_person(k, i, j) &&
                only_age(k, i, j, 1) && only_age(k, i, j, 0))
                link_add(k, i, j, NAMED, k->flags | LINK_MEASURE);
        }
    }
}

/* ---- stage 5: the same value of the same kind, in alike sentences of one story ---- */

static uint32_t value_score(const struct linking *k, uint32_t i, uint32_t j)
{
    const struct figure *x = &k->a->figure[i], *y = &k->b->figure[j];
    int exact = (x->kind == ASSAY_KIND_MONEY || x->kind == ASSAY_KIND_DIMENSION) && x->value.digits >= 2;
    if (!figures_comparable(x, y) || !link_equal(x, y) || (!exact && link_different(k, x, y)))
        return 0; /* what a sum measures is told by words of more than one measure */
    uint32_t likeness = link_likeness(k, i, j);
    return likeness >= VALUE_SENTENCE ? likeness : 0;
}

void link_values(struct linking *k)
{
    if (k->l->rare < VALUE_RARE)
        return;
    for (uint32_t i = 0; i < k->a->figures && i < VALUES; i++) {
        uint32_t best = 0, at = 0;
        if (!link_usable(k->a, i) || k->l->used_a[i] ||
            (link_needs_words(&k->a->figure[i]) && link_measure(k, &k->a->figure[i]) == CONCEPT_NONE))
            continue;
        for (uint32_t j = 0; j < k->b->figures && j < VALUES; j++) {
            uint32_t score = link_usable(k->b, j) && !k->l->used_b[j] ? value_score(k, i, j) : 0;
            if (score > best) {
                best = score;
                at = j;
            }
        }
        if (best)
            link_add(k, i, at, best + VALUE_BONUS, k->flags | LINK_MEASURE);
    }
}
