/* SPDX-License-Identifier: Apache-2.0
 *
 * The ties of two documents seen together: texts on one event agree on most of their figures. Where most differ, they
 * are one form filled in twice (weather, share prices, results of two firms), and the differences say nothing.
 */
#include "linking.h"

#include <string.h>

#define SURE_LIKENESS 300u /* of sentences whose figures differ, in texts that agree on nothing else */
#define SURE_DAYS 4u
#define SURE_RARE 3u
#define ONE_DAY 1u
#define ONE_RARE 16u       /* rare words that two texts of one day share that are no form, with sentences so alike */
#define ONE_LIKENESS 550u
#define NEWS_STORY 400u    /* likeness of news of one time in two languages, of two publishers, which are no form, */
#define NEWS_RARE 6u       /* that share so many rare words, */
#define NEWS_DIFFER 3u     /* and of which so few figures differ */
#define LINK_DROPPED 128u  /* a flag of this file's own */
#define UNDATED 2u         /* figures that agree for one that differs, where neither text says when, and one more; */
#define UNDATED_OTHER 5u   /* so many where they name other days and numbers: two issues of one report */
#define ISSUE_RARE 12u      /* rare words that two undated texts share that are no issues of one report, */
#define ISSUE_AGREE 4u      /* and figures on which they agree where one differs, */
#define ISSUE_AGREE_MANY 8u /* and for each of more that differ */
#define ONE_SOURCE 300u    /* likeness of texts of one publisher that makes them one story, since they share its */
#define SOURCE_DAYS 3u     /* furniture, its authors, its town; and days between them */
#define LONE_STORY 350u    /* likeness of texts that are tied by nothing but a small count, */
#define LONE_MOST 12u      /* of so many */
#define NUMBERS 64u        /* numbers outside figures (days, years) of a text that are looked at */

static uint32_t verdict_of(const struct linking *k, const struct link *l)
{
    struct relation r;
    struct relate_options o = link_rules(k->o->concepts, l->flags);
    return relate(&r, &k->a->figure[l->a], &k->b->figure[l->b], &o) ? r.verdict : ASSAY_SCOPE;
}

/* Ages are told of one person by name: each stands for itself. */
int link_differs(const struct linking *k, const struct link *l)
{
    return k->a->figure[l->a].kind != ASSAY_KIND_DURATION && verdict_of(k, l) == ASSAY_CONFLICT;
}

/* 1 where the sentences share the name of somebody or something. */
static int share_name(const struct linking *k, uint32_t a, uint32_t b)
{
    uint32_t i = k->a->note[a].context, j = k->b->note[b].context;
    if (i >= k->a->contexts || j >= k->b->contexts)
        return 0;
    struct assay_list x = k->a->context[i].terms;
    for (uint32_t n = 0; n < x.count; n++) {
        uint64_t term = *ASSAY_AT(uint64_t, x, n);
        if ((term & TERM_CLASS) == TERM_PAIR && context_holds(&k->b->context[j], TERM_KEY(term)))
            return 1;
    }
    return 0;
}

/* News of one event that two newsrooms tell in two languages. */
static int two_news(const struct linking *k, uint32_t differ)
{
    return k->o->translated && !k->o->same_source && k->o->days <= SURE_DAYS && k->o->story >= NEWS_STORY &&
           k->l->rare >= NEWS_RARE && differ <= NEWS_DIFFER;
}

/* Two texts that do not say when they were written: one figure differs, of people harmed on one day that both name, in
 * sentences that are alike. */
static int one_undated(const struct linking *k, const struct link *l)
{
    const struct figure *x = &k->a->figure[l->a], *y = &k->b->figure[l->b];
    return k->o->days == ASSAY_NEVER && !k->o->same_source && link_harm(k, x) && x->concept == y->concept &&
           figures_same_period(x, y) && x->from == x->to && link_likeness(k, l->a, l->b) >= ONE_LIKENESS;
}

/* 1 where two digits are swapped, in news of one event: no form that is filled in twice has two figures like that. */
static int slipped(const struct linking *k, const struct link *l)
{
    return k->o->days <= SURE_DAYS && !k->o->same_source && k->l->named && k->l->rare >= NEWS_RARE &&
           k->o->story >= NEWS_STORY && figures_swapped_few(&k->a->figure[l->a], &k->b->figure[l->b]);
}

/* Alike sentences of texts of one time; many that differ need a name in common as well. */
static int sure(const struct linking *k, const struct link *l, uint32_t agree, uint32_t differ)
{
    if (k->o->days <= SURE_DAYS && k->l->rare >= SURE_RARE &&
        figures_same_period(&k->a->figure[l->a], &k->b->figure[l->b]))
        return 1; /* the period is said */
    if ((differ == 1 || agree >= differ) && link_named_fact(k, l->a, l->b))
        return 1;
    if (k->o->days <= ONE_DAY && !k->o->same_source && k->l->named && k->l->rare >= ONE_RARE && differ <= NEWS_DIFFER &&
        link_likeness(k, l->a, l->b) >= ONE_LIKENESS)
        return 1;
    if (differ == 1 && one_undated(k, l))
        return 1;
    if (k->o->days > SURE_DAYS || link_likeness(k, l->a, l->b) < SURE_LIKENESS)
        return 0;
    return differ == 1 || (k->l->rare >= SURE_RARE && share_name(k, l->a, l->b));
}

static uint32_t context_of(const struct side *s, uint32_t figure)
{
    return s->note[figure].context;
}

/* 1 where no slip explains that the two differ, and their texts are no versions of one another. */
static int plainly_differs(const struct linking *k, const struct link *l)
{
    struct relation r;
    struct relate_options o = link_rules(k->o->concepts, l->flags);
    return !(l->flags & LINK_ALIGNED) && relate(&r, &k->a->figure[l->a], &k->b->figure[l->b], &o) &&
           r.verdict == ASSAY_CONFLICT && !r.has_hint && link_differs(k, l);
}

/* The measurement next to the figure in its sentence, of two the one before it; ASSAY_NEVER: none. */
static uint32_t size_beside(const struct side *s, uint32_t figure)
{
    for (uint32_t i = figure - (figure > 0); i <= figure + 1 && i < s->figures; i++)
        if (i != figure && context_of(s, i) == context_of(s, figure) && s->figure[i].kind == ASSAY_KIND_DIMENSION)
            return i;
    return ASSAY_NEVER;
}

/* 1 where both are prices, each next to a size, and the sizes differ though nothing ties them. */
static int of_two_sizes(const struct linking *k, const struct link *l)
{
    struct relation r;
    struct relate_options o = {k->o->concepts, 0, 0, 0};
    if (k->a->figure[l->a].kind != ASSAY_KIND_MONEY)
        return 0;
    uint32_t a = size_beside(k->a, l->a), b = size_beside(k->b, l->b);
    return a != ASSAY_NEVER && b != ASSAY_NEVER && figures_comparable(&k->a->figure[a], &k->b->figure[b]) &&
           relate(&r, &k->a->figure[a], &k->b->figure[b], &o) &&
           (r.verdict == ASSAY_CONFLICT || !strcmp(r.rule, "far-apart"));
}

/* 1 where another kind of figure of the same two sentences differs as well, and none agrees: 512 gigabytes for 1,049
 * euros, 256 gigabytes for 799 are two things rather than two disagreements. */
static int of_two_things(const struct linking *k, const struct link *l)
{
    uint32_t others = 0;
    if (!plainly_differs(k, l))
        return 0;
    if (of_two_sizes(k, l))
        return 1;
    for (uint32_t i = 0; i < k->list->count; i++) {
        const struct link *m = &k->list->at[i];
        if (m == l || context_of(k->a, m->a) != context_of(k->a, l->a) ||
            context_of(k->b, m->b) != context_of(k->b, l->b))
            continue;
        struct relation r;
        struct relate_options o = link_rules(k->o->concepts, m->flags);
        const struct figure *x = &k->a->figure[m->a], *y = &k->b->figure[m->b];
        if (!relate(&r, x, y, &o) || x->kind == ASSAY_KIND_DURATION)
            continue;
        if (r.verdict == ASSAY_AGREE || r.verdict == ASSAY_COMPATIBLE)
            return 0;
        others += (r.verdict == ASSAY_CONFLICT || !strcmp(r.rule, "far-apart")) && !r.has_hint &&
                  !figures_comparable(x, &k->a->figure[l->a]);
    }
    return others > 0;
}

/* Takes them out, all at once. */
static void drop_things(struct linking *k)
{
    uint32_t kept = 0, marked = 0;
    for (uint32_t i = 0; i < k->list->count; i++)
        if (of_two_things(k, &k->list->at[i])) {
            k->list->at[i].flags |= LINK_DROPPED;
            marked++;
        }
    for (uint32_t i = 0; marked && i < k->list->count; i++)
        if (!(k->list->at[i].flags & LINK_DROPPED))
            k->list->at[kept++] = k->list->at[i];
    k->list->count = marked ? kept : k->list->count;
}

/* The numbers outside figures that a text names; their count. */
static uint32_t numbers_of(const struct side *s, uint64_t *to)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->contexts && i < LINK_CONTEXTS; i++) {
        struct assay_list terms = s->context[i].terms;
        for (uint32_t n = 0; n < terms.count && count < NUMBERS; n++) {
            uint64_t term = *ASSAY_AT(uint64_t, terms, n);
            if ((term & TERM_CLASS) == TERM_NUMBER)
                to[count++] = TERM_KEY(term);
        }
    }
    return count;
}

/* 1 where both texts name days or other numbers, and none in common: "the March 9 sale", "the April 6 sale". */
static int other_numbers(const struct linking *k)
{
    uint64_t x[NUMBERS], y[NUMBERS];
    uint32_t of_a = numbers_of(k->a, x), of_b = numbers_of(k->b, y);
    for (uint32_t i = 0; i < of_a; i++)
        for (uint32_t j = 0; j < of_b; j++)
            if (x[i] == y[j])
                return 0;
    return of_a && of_b;
}

/* 1 where so many agree that those which differ are told of one thing. */
static int mostly_agree(const struct linking *k, uint32_t agree, uint32_t differ)
{
    if (k->o->days != ASSAY_NEVER || k->o->translated)
        return agree && differ * (k->o->days != ASSAY_NEVER ? 1 : UNDATED) <= agree * (k->o->translated ? 2 : 1);
    return agree > differ * (other_numbers(k) ? UNDATED_OTHER : UNDATED);
}

/* 1 where the tie says little: the two agree on what stands in every text. */
static int slight(const struct linking *k, const struct link *l)
{
    const struct figure *x = &k->a->figure[l->a];
    if ((l->flags & (LINK_ALIGNED | LINK_CLOSE)) || verdict_of(k, l) != ASSAY_AGREE)
        return 0;
    if (k->o->same_source && (k->o->story < ONE_SOURCE || (k->o->days > SOURCE_DAYS && k->o->days != ASSAY_NEVER)))
        return 1;
    return k->list->count == 1 && !k->o->translated && k->o->story < LONE_STORY && x->kind == ASSAY_KIND_NUMBER &&
           !assay_decimal_above(&x->value, LONE_MOST);
}

static void drop_slight(struct linking *k)
{
    uint32_t kept = 0, count = k->list->count;
    for (uint32_t i = 0; i < count; i++)
        if (!slight(k, &k->list->at[i]))
            k->list->at[kept++] = k->list->at[i];
    k->list->count = kept;
}

/* 1 where the side holds a name of two words; `other` given: one that it holds, too. */
static int holds_name(const struct side *s, const struct side *other)
{
    for (uint32_t i = 0; i < s->contexts && i < LINK_CONTEXTS; i++)
        for (uint32_t n = 0; n < s->context[i].terms.count; n++) {
            uint64_t term = *ASSAY_AT(uint64_t, s->context[i].terms, n);
            if ((term & TERM_CLASS) == TERM_PAIR && (!other || side_holds(other, TERM_KEY(term))))
                return 1;
        }
    return 0;
}

/* What differs or has grown, where the texts agree on nothing and each names others by two words: fires in Port Hallam
 * and in Port Ellery. */
static void drop_other_events(struct linking *k)
{
    uint32_t kept = 0, count = k->list->count;
    for (uint32_t i = 0; i < count; i++)
        if ((k->list->at[i].flags & LINK_ALIGNED) || verdict_of(k, &k->list->at[i]) > ASSAY_SCOPE)
            return;
    if (!count || holds_name(k->a, k->b) || !holds_name(k->a, NULL) || !holds_name(k->b, NULL))
        return;
    for (uint32_t i = 0; i < count; i++) {
        const struct link *l = &k->list->at[i];
        if (verdict_of(k, l) > ASSAY_UPDATE || figures_swapped_few(&k->a->figure[l->a], &k->b->figure[l->b]))
            k->list->at[kept++] = *l;
    }
    k->list->count = kept;
}

/* 1 where figures that differ by no slip are most likely of two issues of one report, or of two things of one kind (a
 * six-month bill, a three-month bill): the texts do not say when they were written, and neither agree on nearly all
 * else nor share many rare words, or are of one publisher. Ages go by names. */
static int of_two_issues(const struct linking *k, const struct link *l, uint32_t agree, uint32_t differ)
{
    const struct figure *x = &k->a->figure[l->a], *y = &k->b->figure[l->b];
    struct relation r;
    struct relate_options o = link_rules(k->o->concepts, l->flags);
    if (k->o->days != ASSAY_NEVER || x->age || y->age || !relate(&r, x, y, &o) || r.verdict != ASSAY_CONFLICT ||
        (r.has_hint && (!figures_swapped_few(x, y) || agree > differ)))
        return 0;
    if (k->o->same_source || x->kind == ASSAY_KIND_DURATION || k->l->rare < ISSUE_RARE)
        return !one_undated(k, l);
    return agree < (differ > 1 ? ISSUE_AGREE_MANY * differ : ISSUE_AGREE) && !one_undated(k, l);
}

static void drop_issues(struct linking *k, uint32_t agree, uint32_t differ)
{
    uint32_t kept = 0, count = k->list->count;
    for (uint32_t i = 0; i < count; i++)
        if (!of_two_issues(k, &k->list->at[i], agree, differ))
            k->list->at[kept++] = k->list->at[i];
    k->list->count = kept;
}

static void drop_differing(struct linking *k)
{
    uint32_t agree = 0, differ = 0, slips = 0, kept = 0;
    drop_things(k);
    for (uint32_t i = 0; i < k->list->count; i++) {
        uint32_t v = verdict_of(k, &k->list->at[i]);
        agree += v == ASSAY_AGREE || v == ASSAY_COMPATIBLE;
        differ += link_differs(k, &k->list->at[i]);
        slips += link_differs(k, &k->list->at[i]) && slipped(k, &k->list->at[i]);
    }
    drop_issues(k, agree, differ);
    if (!differ || two_news(k, differ) || mostly_agree(k, agree, differ))
        return;
    int slip = slips == differ || mostly_agree(k, agree, differ - slips);
    for (uint32_t i = 0; i < k->list->count; i++)
        if (!link_differs(k, &k->list->at[i]) || sure(k, &k->list->at[i], agree, differ) ||
            (slip && slipped(k, &k->list->at[i])))
            k->list->at[kept++] = k->list->at[i];
    k->list->count = kept;
}

void link_drop_form(struct linking *k)
{
    drop_differing(k);
    drop_slight(k);
    drop_other_events(k);
}
