/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether a figure that differs from another one is told of something else of its text: its counterpart stands there,
 * it is another item of a list, of another place or town.
 */
#include "linking.h"
#include "person.h"
#include "rival.h"

#include <string.h>

#include <assay/kit/text.h>

#define TOLD 256u       /* figures of a document that are asked whether they say so, too */
#define LISTED_LEAST 3u /* further figures of a measure that make a list */

static uint64_t term_of(struct assay_list list, uint32_t i)
{
    return *ASSAY_AT(uint64_t, list, i);
}

/* 1 where the text's words set figure i apart from `other`, and `own` not, which is told of one quantity with it: that
 * the two are equal is the slip of one who took the wrong figure rather than a word on the same thing. */
static int taken_for(const struct linking *k, const struct side *s, uint32_t i, uint32_t own,
                     const struct figure *other)
{
    const struct figure *f = &s->figure[own];
    return f->thing == other->thing && figures_set_apart(&s->figure[i], other, k->o->concepts) &&
           !figures_set_apart(f, other, k->o->concepts);
}

/* 1 where one of the side's figures says the same as `other` of the same measure or things, or so exactly that no words
 * need to say what of: then that one is its counterpart, and what differs is something else. `near`: in the sentence of
 * `own` only; `one`: own and other are told of one quantity. */
static int says_too(const struct linking *k, const struct side *s, uint32_t own, const struct figure *other, int near,
                    int one)
{
    for (uint32_t i = 0; i < s->figures && i < TOLD; i++) {
        const struct figure *f = &s->figure[i];
        if (i == own || !link_usable(s, i) || (f->has_relation && f->relation == ASSAY_RELATION_FROM) ||
            (near && s->note[i].context != s->note[own].context) || !figures_comparable(f, other) ||
            assay_decimal_compare(&f->value, &other->value))
            continue;
        if (one && taken_for(k, s, i, own, other))
            continue;
        if (other->who[0] && !k->o->translated) {
            if (persons_same(f->who, other->who) == 1)
                return 1;
            continue;
        }
        if ((f->concept != CONCEPT_NONE && f->concept == other->concept) ||
            figures_count_same(f, other, k->o->concepts) == 1 ||
            (figure_exactness(f) > 1 && figure_exactness(other) > 1))
            return 1;
    }
    return 0;
}

/* 1 where the other figure is told of a place, and this side has another one for that place, of the same measure or in
 * the same sentence: "912 dead" where the text goes on "in Syria 326", against 800 in Syria; "France 7.1 %, Estonia
 * 22.5 %". */
static int told_of_place(const struct linking *k, const struct side *s, uint32_t own, const struct figure *other,
                         uint32_t place)
{
    if (place == CONCEPT_NONE || s->note[own].place == place ||
        (link_measure(k, other) == CONCEPT_NONE && s->note[own].place == CONCEPT_NONE))
        return 0;
    for (uint32_t i = 0; i < s->figures && i < TOLD; i++)
        if (i != own && link_usable(s, i) && s->note[i].place == place && figures_comparable(&s->figure[i], other) &&
            (s->figure[i].concept == other->concept || s->note[i].context == s->note[own].context))
            return 1;
    return 0;
}

/* 1 where the two are told of two times, and this side tells another figure of the measure for the time of the other:
 * "on Tuesday 290 flights were cancelled, on Monday it had been 340", against 430 on Monday. */
static int told_of_time(const struct linking *k, const struct side *s, uint32_t own, const struct figure *other)
{
    const struct figure *f = &s->figure[own];
    if (!f->has_time || !other->has_time || figures_same_period(f, other) || link_measure(k, f) == CONCEPT_NONE)
        return 0;
    for (uint32_t i = 0; i < s->figures && i < TOLD; i++) {
        const struct figure *g = &s->figure[i];
        if (i != own && link_usable(s, i) && (g->concept == f->concept || g->concept == CONCEPT_NONE) &&
            g->kind == f->kind && figures_same_period(g, other) && figures_comparable(g, other))
            return 1;
    }
    return 0;
}

/* 1 where the text tells figures of this kind apart by sides of a contrast, the other figure has one of them, and `own`
 * none: "18 euros for adults", "children pay 9 euros, parking costs 5". */
static int told_apart(const struct linking *k, const struct side *s, uint32_t own, const struct figure *other)
{
    if (s->figure[own].aspects || !other->aspects)
        return 0;
    for (uint32_t i = 0; i < s->figures && i < TOLD; i++)
        if (i != own && link_usable(s, i) && s->figure[i].aspects && figures_comparable(&s->figure[i], other) &&
            (s->figure[i].aspects == other->aspects ||
             concepts_contrast(k->o->concepts, s->figure[i].aspects, other->aspects) == 2))
            return 1;
    return 0;
}

/* 1 where the sentence of figure i names the place. */
static int names_place(const struct linking *k, const struct side *s, uint32_t i, uint32_t place)
{
    const struct concept *c = concepts_at(k->o->concepts, place);
    uint32_t context = s->note[i].context;
    return c && context < s->contexts &&
           context_holds(&s->context[context], term_hash(TERM_PLACE, c->key.at, c->key.size));
}

/* 1 where each is told of a place that the other's sentence does not name: rates of two countries. */
int link_of_other_places(const struct linking *k, uint32_t a, uint32_t b)
{
    uint32_t p = k->a->note[a].place, q = k->b->note[b].place;
    return p != CONCEPT_NONE && q != CONCEPT_NONE && p != q && !names_place(k, k->a, a, q) &&
           !names_place(k, k->b, b, p);
}

/* Figures of one measure and kind that a side tells besides: shares of parties, prices of goods. */
static int lists(const struct side *s, uint32_t own)
{
    const struct figure *f = &s->figure[own];
    uint32_t others = 0;
    if (f->concept == CONCEPT_NONE || f->kind == ASSAY_KIND_DURATION)
        return 0;
    for (uint32_t i = 0; i < s->figures && i < TOLD && others < LISTED_LEAST; i++)
    others += i != own && link_usable(s, i) && s->figure[i].kind == f->kind && s->figure[i].concept == f->concept &&
              figures_comparable(&s->figure[i], f);
    return others >= LISTED_LEAST;
}

/* How many of the other figures of the list stand by the term, too. */
static int told_of_others(const struct side *s, uint32_t own, uint64_t key)
{
    const struct figure *f = &s->figure[own];
    for (uint32_t i = 0; i < s->figures && i < TOLD; i++) {
        if (i == own || !link_usable(s, i) || s->figure[i].kind != f->kind || s->figure[i].concept != f->concept)
            continue;
        struct assay_list local = s->note[i].local;
        for (uint32_t n = 0; n < local.count; n++)
            if (TERM_KEY(term_of(local, n)) == key)
                return 1;
    }
    return 0;
}

/* 1 where both are of a list, and no word stands by both that tells them from the rest of it: 4.3 % of one party, 8.8 %
 * of another. */
static int of_other_items(const struct linking *k, uint32_t a, uint32_t b)
{
    if (!lists(k->a, a) || !lists(k->b, b))
        return 0;
    struct assay_list x = k->a->note[a].local, y = k->b->note[b].local;
    for (uint32_t i = 0, j = 0; i < x.count && j < y.count;) {
        uint64_t p = TERM_KEY(term_of(x, i)), q = TERM_KEY(term_of(y, j));
        if (p == q && !told_of_others(k->a, a, p) && !told_of_others(k->b, b, p))
            return 0;
        i += p <= q;
        j += q <= p;
    }
    return 1;
}

static int is_day(const struct linker *l, uint64_t term)
{
    for (uint32_t d = 0; d < l->days; d++)
        if (TERM_KEY(l->day_sound[d]) == TERM_KEY(term))
            return 1;
    return 0;
}

/* 1 where the side names something right by figure `own`, and the other side none of that anywhere. Names of two words
 * (TERM_PAIR), or of one ("84 millimetres in Alverton", TERM_SOUND) but for days, where not every noun has a
 * capital. */
static int names_alone(const struct linking *k, const struct side *s, uint32_t own, const struct side *other,
                       uint32_t class)
{
    struct assay_list local = s->note[own].local;
    uint32_t names = 0;
    if (class == TERM_SOUND && concepts_trait(k->o->concepts, s->figure[own].language, CONCEPT_CAPITALS))
        return 0;
    for (uint32_t n = 0; n < local.count; n++) {
        uint64_t term = term_of(local, n);
        if ((term & TERM_CLASS) != class || !(term & TERM_NAME) || is_day(k->l, term))
            continue;
        names++;
        if (side_holds(other, TERM_KEY(term)))
            return 0;
    }
    return names > 0;
}

/* 1 where the side writes the term with a capital inside a sentence. */
static int names_it(const struct side *s, uint64_t key)
{
    for (uint32_t i = 0; i < s->contexts && i < LINK_CONTEXTS; i++)
        for (uint32_t n = 0; n < s->context[i].terms.count; n++) {
            uint64_t term = term_of(s->context[i].terms, n);
            if (TERM_KEY(term) == key && (term & TERM_NAME))
                return 1;
        }
    return 0;
}

/* 1 where a name is spelt nearly alike in both languages. */
static int one_alphabet(const struct concepts *all, const struct figure *x, const struct figure *y)
{
    return assay_text_same(x->language, y->language) || (!concepts_trait(all, x->language, CONCEPT_CYRILLIC) &&
                                                         !concepts_trait(all, y->language, CONCEPT_CYRILLIC));
}

/* 1 where a name stands right by figure `own` of which the other text says nothing, while a name that both texts hold
 * stands in other sentences of this side: "Zephyr carried 11.2 million passengers", in a text on Zephyr and Cirrus,
 * against one on Cirrus alone. */
static int of_another(const struct concepts *all, const struct side *s, uint32_t own, const struct side *other)
{
    struct assay_list local = s->note[own].local;
    uint32_t at = s->note[own].context, alone = 0, common = 0;
    if (concepts_trait(all, s->figure[own].language, CONCEPT_CAPITALS))
        return 0; /* every noun has a capital */
    for (uint32_t n = 0; n < local.count; n++) {
        uint64_t term = term_of(local, n);
        if ((term & TERM_CLASS) != TERM_SOUND || side_holds(other, TERM_KEY(term)) || !names_it(s, TERM_KEY(term)))
            continue;
        alone = 1;
    }
    for (uint32_t i = 0; alone && at < s->contexts && i < s->contexts && i < LINK_CONTEXTS; i++)
        for (uint32_t n = 0; n < s->context[i].terms.count; n++) {
            uint64_t term = term_of(s->context[i].terms, n);
            if ((term & TERM_CLASS) != TERM_SOUND || !(term & TERM_NAME) || !side_holds(other, TERM_KEY(term)))
                continue;
            if (context_holds(&s->context[at], TERM_KEY(term)))
                return 0;
            common = 1;
        }
    return common != 0;
}

/* "44.3 degrees in Port Tessa", "41.8 degrees in Monte Arro": what is measured at a place, with the names of two. */
static int of_other_towns(const struct linking *k, uint32_t a, uint32_t b)
{
    const struct concept *c = concepts_at(k->o->concepts, k->a->figure[a].concept);
    if (!c || !(c->flags & CONCEPT_LOCAL))
        return 0;
    static const uint32_t classes[] = {TERM_PAIR, TERM_SOUND};
    for (uint32_t n = 0; n < 2; n++)
        if (names_alone(k, k->a, a, k->b, classes[n]) && names_alone(k, k->b, b, k->a, classes[n]))
            return 1;
    return 0;
}

/* 1 where `own` is told of a place that the other text never names, besides what its text tells of the same measure as
 * a whole: "in Spain 1,900 employees", of a group that has 84,000. */
static int aside(const struct linking *k, const struct side *s, uint32_t own, const struct side *other)
{
    uint32_t place = s->note[own].place;
    const struct figure *f = &s->figure[own];
    const struct concept *c = concepts_at(k->o->concepts, place);
    if (!c || link_measure(k, f) == CONCEPT_NONE)
        return 0;
    if (side_holds(other, term_hash(TERM_PLACE, c->key.at, c->key.size)))
        return 0;
    for (uint32_t i = 0; i < s->figures && i < TOLD; i++)
        if (i != own && link_usable(s, i) && s->note[i].place != place && s->figure[i].concept == f->concept &&
            figures_comparable(&s->figure[i], f) && !figures_equal(&s->figure[i], f))
            return 1;
    return 0;
}

int link_places_differ(const struct linking *k, uint32_t a, uint32_t b)
{
    return of_other_towns(k, a, b) || link_of_other_places(k, a, b) ||
           told_of_place(k, k->a, a, &k->b->figure[b], k->b->note[b].place) ||
           told_of_place(k, k->b, b, &k->a->figure[a], k->a->note[a].place) || aside(k, k->a, a, k->b) ||
           aside(k, k->b, b, k->a);
}

/* The other figure of the measure and time that the side tells, and of which `own` can be but a part: a larger one.
 * ASSAY_NEVER: none. */
static uint32_t total_of(const struct side *s, uint32_t own)
{
    const struct figure *f = &s->figure[own];
    for (uint32_t i = 0; i < s->figures && i < TOLD; i++) {
        const struct figure *g = &s->figure[i];
        if (i != own && link_usable(s, i) && g->kind == f->kind && g->concept == f->concept &&
            g->has_time == f->has_time && assay_decimal_compare(&g->value, &f->value) > 0)
            return i;
    }
    return ASSAY_NEVER;
}

/* 1 where both are parts of a total that both texts tell: 14 of 37 injured in one hospital, nine in another one. */
static int of_other_parts(const struct linking *k, uint32_t a, uint32_t b, uint32_t flags)
{
    if ((flags & (LINK_ALIGNED | LINK_CLOSE)) || !link_harm(k, &k->a->figure[a]) || link_shares_name(k, a, b))
        return 0;
    uint32_t p = total_of(k->a, a), q = total_of(k->b, b);
    return p != ASSAY_NEVER && q != ASSAY_NEVER && figures_equal(&k->a->figure[p], &k->b->figure[q]);
}

int link_told_elsewhere(const struct linking *k, uint32_t a, uint32_t b, const struct relation *r, uint32_t flags)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    /* a later text recalls what was said before, but hardly in one breath */
    int near = r->verdict == ASSAY_UPDATE && strcmp(r->rule, "revised");
    int one = (flags & LINK_ONE) != 0;
    if (!(flags & LINK_ALIGNED) && (says_too(k, k->b, b, x, near, one) || says_too(k, k->a, a, y, near, one)))
        return 1;
    if ((!link_harm(k, x) && of_other_items(k, a, b)) || of_other_parts(k, a, b, flags))
        return 1;
    if (!(flags & LINK_ALIGNED) && (told_apart(k, k->a, a, y) || told_apart(k, k->b, b, x)))
        return 1;
    if (!(flags & LINK_ALIGNED) && (told_of_time(k, k->a, a, y) || told_of_time(k, k->b, b, x)))
        return 1;
    if (!(flags & LINK_ALIGNED) && !figures_swapped_few(x, y) && one_alphabet(k->o->concepts, x, y) &&
        (of_another(k->o->concepts, k->a, a, k->b) || of_another(k->o->concepts, k->b, b, k->a)))
        return 1;
    return link_places_differ(k, a, b) || link_other_names(k, a, b);
}
