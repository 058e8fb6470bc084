/* SPDX-License-Identifier: Apache-2.0
 *
 * Which ties are sure enough. What agrees may be tied by little; what differs needs the same things counted, the same
 * event, and words that say so.
 */
#include "linking.h"
#include "person.h"
#include "rival.h"

#include <string.h>

/* Scores in 1/1000. */
#define PARALLEL 600u         /* share of sentences in one order from which on texts say the same throughout */
#define ALIGNED_BONUS 300u    /* to the strength of a link in texts of one order */
#define STORY_MOST 700u       /* of the likeness of documents that counts */
#define FACT_STORY 300u       /* what a shared measure, place and period are worth in its place */
#define AGREE_COMMON 390u
#define AGREE_FEW 600u        /* and of two or three of something */
#define AGREE_LEAST 310u      /* strength of a tie between figures that agree */
#define DIFFER_LEAST 400u     /* between figures that do not */
#define RARE_NAME (6u * 256u)  /* in 1/256 bit: in less than one of 64 sentences */
#define RIVAL_SENTENCE 220u   /* likeness of sentences whose figures differ, if it is not known what they count */
#define RIVAL_WORDS 1500u     /* and weight of the words around them that they share */
#define WHOLE_SENTENCE 150u    /* and of a part and its whole for one period */
#define ONE_STORY 350u         /* likeness of documents of which a measure by itself is one */
#define FAR_FIGURES 800000u   /* millionths */
#define FAR_SUMS 670000u      /* one is three times the other, in sentences that are little alike */
#define FEW 4u               /* no more are said of too many things in words */
#define MANY 12u             /* more are counted, not told off */
#define NEWS_DAYS 4u          /* within so many, "Saturday" and "Sunday" may be days on which one thing was said */
#define FAR_DAYS 60u
#define NAMES_FEW 1u
#define NUMBERS 64u            /* of one side that are looked for in the other, */
#define NUMBERS_COMMON 2u      /* and that they have in common */
#define RARE_NEWS 7u           /* rare terms that two news of one week share, in two languages, where no name is seen */
#define RARE_DIFFER 8u        /* rare terms that figures that differ need so far apart */

static uint64_t term_of(struct assay_list list, uint32_t i)
{
    return *ASSAY_AT(uint64_t, list, i);
}

static int has_digits(const struct figure *f)
{
    for (uint64_t i = 0; i < f->text.size; i++)
        if (f->text.at[i] >= '0' && f->text.at[i] <= '9')
            return 1;
    return 0;
}

int link_usable(const struct side *s, uint32_t i)
{
    return s->figure[i].kind != ASSAY_NEVER;
}

uint32_t link_likeness(const struct linking *k, uint32_t a, uint32_t b)
{
    uint32_t i = k->a->note[a].context, j = k->b->note[b].context;
    return i < LINK_CONTEXTS && j < LINK_CONTEXTS ? k->l->score[i][j] : 0;
}

uint32_t link_measure(const struct linking *k, const struct figure *f)
{
    return concepts_measure(k->o->concepts, f->concept);
}

/* "none of them", "a year" against a number in digits: an article or pronoun read as a figure, no rival. */
static int article(const struct figure *f, const struct figure *other)
{
    struct assay_decimal one;
    assay_decimal_u64(&one, 1);
    return !has_digits(f) && has_digits(other) && assay_decimal_compare(&f->value, &one) <= 0;
}

/* 1: the ages of two people, by the names next to them; names of two languages are spelt in too many ways. */
static int other_person(const struct linking *k, const struct figure *x, const struct figure *y)
{
    return !k->o->translated && x->kind == ASSAY_KIND_DURATION && y->kind == ASSAY_KIND_DURATION &&
           persons_same(x->who, y->who) == 0;
}

/* The same number of many, in digits: "3,000 of its 96,000 jobs", "3000 jobs". */
static int one_many(const struct figure *x, const struct figure *y)
{
    return has_digits(x) && has_digits(y) && link_equal(x, y) && assay_decimal_above(&x->value, MANY);
}

/* 1 where what is told of those counted says who they are: "a plant that employs 560 people", "its 650 workers". */
static int told_of(const struct linking *k, const struct figure *x, const struct figure *y, int same)
{
    return (concepts_at(k->o->concepts, x->concept)->flags & CONCEPT_EVENT) || (same < 0 && x->near && y->near);
}

int link_different(const struct linking *k, const struct figure *x, const struct figure *y)
{
    uint32_t c = link_measure(k, x), d = link_measure(k, y);
    if (other_person(k, x, y) || figures_step_and_level(x, y))
        return 1;
    if (x->whole != y->whole && !link_equal(x, y) && !figures_swapped_few(x, y))
        return 1;
    if (!((k->flags & LINK_ALIGNED) && k->o->translated) && concepts_contrast(k->o->concepts, x->aspects, y->aspects) &&
        !link_equal(x, y))
        return 1;
    if ((x->part != y->part && c == d && !one_many(x, y)) || article(x, y) || article(y, x))
        return 1;
    int same = figures_count_same(x, y, k->o->concepts);
    if (figures_count_others(x, y) && same != 1 && !(c != CONCEPT_NONE && c == d && told_of(k, x, y, same)))
        return 1;
    return c != CONCEPT_NONE && d != CONCEPT_NONE && !figures_share_concept(x, y) &&
           !figures_one_noun(k->o->concepts, x, y) && !concepts_part_of(k->o->concepts, c, d) &&
           !concepts_part_of(k->o->concepts, d, c);
}

uint32_t link_strength(const struct linking *k, uint32_t likeness, uint32_t flags)
{
    uint32_t story = k->o->fact ? FACT_STORY : k->o->story < STORY_MOST ? k->o->story : STORY_MOST;
    uint32_t sum = (likeness + story) * 6 / 10 + (flags & LINK_ALIGNED ? ALIGNED_BONUS : 0);
    return sum > 1000 ? 1000 : sum;
}

int link_needs_words(const struct figure *f)
{
    if (f->kind == ASSAY_KIND_ORDINAL)
        return !(has_digits(f) && assay_decimal_above(&f->value, MANY)); /* "the 14th exchange" */
    if (f->kind == ASSAY_KIND_RANK || f->kind == ASSAY_KIND_MULTIPLE)
        return 1;
    return !has_digits(f);
}

int link_shares_name(const struct linking *k, uint32_t a, uint32_t b)
{
    struct assay_list x = k->a->note[a].local, y = k->b->note[b].local;
    for (uint32_t i = 0, j = 0; i < x.count && j < y.count;) {
        uint64_t p = term_of(x, i), q = term_of(y, j);
        if (TERM_KEY(p) == TERM_KEY(q) && (p & TERM_CLASS) == TERM_PAIR && k->a->note[a].local_weight &&
            rarity_bits(k->a->note[a].local_weight[i], p) >= RARE_NAME)
            return 1;
        i += TERM_KEY(p) <= TERM_KEY(q);
        j += TERM_KEY(q) <= TERM_KEY(p);
    }
    return 0;
}

/* Figures of which a story has many: ages, small numbers in words. */
static int common(const struct figure *f)
{
    return f->kind == ASSAY_KIND_DURATION || link_needs_words(f);
}

/* "the two countries", "both sides": a pair in words of what no event counts is in every text; "no one was in custody"
 * is so, too. */
static int few(const struct linking *k, const struct figure *f)
{
    const struct concept *c = concepts_at(k->o->concepts, link_measure(k, f));
    if (f->kind != ASSAY_KIND_NUMBER || has_digits(f))
        return 0;
    return !f->value.sign || (!(c && c->flags & CONCEPT_EVENT) && !assay_decimal_above(&f->value, 3));
}

static int changes(const struct figure *f)
{
    int to = f->has_relation && f->relation == ASSAY_RELATION_TO; /* "rose to 41 %": a level */
    return f->kind == ASSAY_KIND_MULTIPLE || (f->kind == ASSAY_KIND_PERCENT && f->change != ASSAY_CHANGE_LEVEL && !to);
}

/* In digits, or in words in one of the texts, and no few: "eleven coins", "17 Goldmünzen". */
static int counted_off(const struct figure *x, const struct figure *y)
{
    if (!has_digits(x) && !has_digits(y))
        return 0;
    return (has_digits(x) || assay_decimal_above(&x->value, FEW)) &&
           (has_digits(y) || assay_decimal_above(&y->value, FEW));
}

int link_shares_measure(const struct linking *k, const struct figure *x, const struct figure *y)
{
    uint32_t concept = link_measure(k, x);
    if (concept == CONCEPT_NONE || x->concept != y->concept)
        return 0;
    uint32_t flags = concepts_at(k->o->concepts, concept)->flags;
    int counted = x->thing == concept && y->thing == concept && counted_off(x, y);
    return (!link_needs_words(x) && !link_needs_words(y)) || counted || (flags & CONCEPT_EVENT) ||
           ((flags & CONCEPT_LASTS) && x->kind == ASSAY_KIND_DURATION && x->near && y->near);
}

uint32_t link_overlap(const struct linking *k, uint32_t a, uint32_t b)
{
    struct assay_list x = k->a->note[a].local, y = k->b->note[b].local;
    uint32_t sum = 0;
    for (uint32_t i = 0, j = 0; i < x.count && j < y.count;) {
        uint64_t p = TERM_KEY(term_of(x, i)), q = TERM_KEY(term_of(y, j));
        if (p == q)
            sum += k->a->note[a].local_weight ? WEIGHT_OF(k->a->note[a].local_weight[i]) : 0;
        i += p <= q;
        j += q <= p;
    }
    return sum;
}

/* 1 where both sentences name kinds of event, and none in common: a crash and a shooting. */
static int other_kinds(const struct linking *k, uint32_t a, uint32_t b)
{
    uint32_t i = k->a->note[a].context, j = k->b->note[b].context, of_a = 0, of_b = 0;
    if (i >= k->a->contexts || j >= k->b->contexts)
        return 0;
    for (uint32_t n = 0; n < k->l->kinds; n++) {
        of_a |= (uint32_t)context_holds(&k->a->context[i], TERM_KEY(k->l->kind[n])) << n;
        of_b |= (uint32_t)context_holds(&k->b->context[j], TERM_KEY(k->l->kind[n])) << n;
    }
    return of_a && of_b && !(of_a & of_b);
}

/* 1 where one sentence names somebody or something and the other does not: "he leaves two children", "Davis leaves
 * four". */
static int names_others(const struct linking *k, uint32_t a, uint32_t b)
{
    uint32_t i = k->a->note[a].context, j = k->b->note[b].context, names = 0, others = 0;
    if (i >= k->a->contexts || j >= k->b->contexts)
        return 0;
    const struct context *x = &k->a->context[i], *y = &k->b->context[j];
    for (uint32_t n = 0; n < x->terms.count; n++) {
        if (!(term_of(x->terms, n) & TERM_NAME))
            continue;
        names++;
        if (context_holds(y, TERM_KEY(term_of(x->terms, n))))
            return 0;
    }
    for (uint32_t n = 0; n < y->terms.count; n++)
        if (term_of(y->terms, n) & TERM_NAME) {
            others++;
            if (context_holds(x, TERM_KEY(term_of(y->terms, n))))
                return 0; /* "Lohr's museum", where a capital says nothing */
        }
    return names || others;
}

int link_harm(const struct linking *k, const struct figure *x)
{
    const struct concept *c = concepts_at(k->o->concepts, link_measure(k, x));
    return c && (c->flags & CONCEPT_EVENT) && (c->flags & CONCEPT_EVOLVING);
}

/* The words of one measure stand beside both, in texts of one time that are much alike. */
static int one_measure(const struct linking *k, const struct figure *x, const struct figure *y)
{
    return x->near && y->near && link_measure(k, x) != CONCEPT_NONE &&
           (x->concept == y->concept || figures_one_thing(x, y)) && k->o->story >= ONE_STORY && k->o->days <= NEWS_DAYS;
}

/* 1 where the side counts that kind of people or things once: a carmaker sells so many cars, and has others in stock. */
static int counts_once(const struct linking *k, const struct side *s, uint32_t own)
{
    const struct concepts *all = k->o->concepts;
    const struct figure *f = &s->figure[own];
    for (uint32_t i = 0; i < s->figures; i++) {
        const struct figure *g = &s->figure[i];
        if (i != own && link_usable(s, i) && g->kind == f->kind && !link_equal(f, g) &&
            (g->thing == f->thing || concepts_part_of(all, g->thing, f->thing) ||
             concepts_part_of(all, f->thing, g->thing)))
            return 0;
    }
    return 1;
}

/* So many of the same kind of people or things, no few: "900 rescuers", "1300 спасателей". */
static int one_crowd(const struct linking *k, uint32_t a, uint32_t b)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    return one_measure(k, x, y) && counted_off(x, y) && x->thing == x->concept && y->thing == y->concept &&
           counts_once(k, k->a, a) && counts_once(k, k->b, b);
}

/* 186 and 168 performances: no other figure of a story would look like that. */
static int slip(const struct linking *k, const struct figure *x, const struct figure *y)
{
    return one_measure(k, x, y) && figures_comparable(x, y) && figures_swapped(x, y);
}

/* 1 where the two sentences have a name in common. */
static int name_common(const struct linking *k, uint32_t a, uint32_t b)
{
    uint32_t i = k->a->note[a].context, j = k->b->note[b].context;
    if (i >= k->a->contexts || j >= k->b->contexts)
        return 0;
    const struct context *x = &k->a->context[i], *y = &k->b->context[j];
    for (uint32_t n = 0; n < x->terms.count; n++)
        if ((term_of(x->terms, n) & TERM_NAME) && (term_of(x->terms, n) & TERM_CLASS) != TERM_STEM &&
            context_holds(y, TERM_KEY(term_of(x->terms, n))))
            return 1;
    return 0;
}

int link_named_fact(const struct linking *k, uint32_t a, uint32_t b)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    return x->near && y->near && link_measure(k, x) != CONCEPT_NONE && link_measure(k, y) != CONCEPT_NONE &&
           figures_share_concept(x, y) && !link_harm(k, x) &&
           has_digits(x) && has_digits(y) && figures_same_period(x, y) && name_common(k, a, b);
}

/* 1 where two figures that differ are of one person, one thing, one event as far as can be seen. */
static int one_subject(const struct linking *k, uint32_t a, uint32_t b, uint32_t flags)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    if (x->kind == ASSAY_KIND_DURATION) {
        int same = x->age && y->age ? persons_same(x->who, y->who) : -1;
        if (same == 1 && !x->who[1] && !y->who[1] && k->o->days == ASSAY_NEVER &&
            link_likeness(k, a, b) < RIVAL_SENTENCE)
            return 0; /* "a 31-year-old Brooklyn mother" */
        if (same == 1 || (same == 0 && !k->o->translated))
            return same;
        if (x->age && !k->o->translated)
            return 0; /* of nobody in particular: there may be several */
        return (flags & LINK_CLOSE) || link_shares_name(k, a, b) || one_measure(k, x, y) || link_slip(k, a, b);
    }
    if (x->record != y->record || other_kinds(k, a, b))
        return 0;
    if (x->kind == ASSAY_KIND_NUMBER && !link_harm(k, x) && !k->o->translated &&
        (link_needs_words(x) || link_needs_words(y)) && names_others(k, a, b))
        return 0;
    if ((flags & LINK_CLOSE) || ((flags & LINK_ALIGNED) && link_likeness(k, a, b) >= RIVAL_SENTENCE))
        return 1;
    if (link_named_fact(k, a, b) || slip(k, x, y) || link_one_rate(k, a, b) || link_slip(k, a, b))
        return 1;
    if (x->kind != ASSAY_KIND_NUMBER)
        return link_likeness(k, a, b) >= RIVAL_SENTENCE || one_measure(k, x, y);
    return link_harm(k, x) || link_shares_name(k, a, b) || one_crowd(k, a, b) ||
           (has_digits(x) && has_digits(y) && link_likeness(k, a, b) >= RIVAL_SENTENCE);
}

/* 1 where one is five times the other. */
static int far_apart(const struct figure *a, const struct figure *b)
{
    struct interval x, y;
    int base = figures_need_base(a, b);
    figure_point(&x, a, base);
    figure_point(&y, b, base);
    return interval_gap(&x, &y) > FAR_FIGURES;
}

/* A tie that the rules call one of two things: never between names, small words, other sizes and places. */
static int admits_scope(const struct linking *k, uint32_t a, uint32_t b, const struct relation *r, uint32_t flags)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    if ((link_needs_words(x) || link_needs_words(y)) && !(flags & (LINK_ALIGNED | LINK_CLOSE)))
        return 0; /* a small number that is denied or expected is seldom the other one */
    if (far_apart(x, y) || link_of_other_places(k, a, b))
        return 0; /* not the same thing, and not of the same size */
    return figures_rival(x, y, r, k->o->concepts) != 0;
}

/* 1 where two figures that differ are of times that can be set against each other. */
static int one_time(const struct linking *k, uint32_t a, uint32_t b)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    int named = !k->o->translated && persons_same(x->who, y->who) == 1; /* an age: no day matters */
    if (!named && k->other_days && (k->o->days == ASSAY_NEVER || k->o->days > NEWS_DAYS))
        return 0;
    if (k->o->days > FAR_DAYS && k->o->days != ASSAY_NEVER && k->l->rare < RARE_DIFFER)
        return 0;
    int news = !x->has_time && !y->has_time && x->change == y->change && k->o->days <= NEWS_DAYS &&
               k->o->story >= ONE_STORY && link_measure(k, x) != CONCEPT_NONE && x->concept == y->concept &&
               link_likeness(k, a, b) >= RIVAL_SENTENCE; /* "wheat rose by 5.8 %": of the day */
    int demands =
        x->status == ASSAY_TARGET && y->status == ASSAY_TARGET && !x->has_time && !y->has_time; /* "12 % more pay" */
    return !(changes(x) && changes(y)) || figures_same_period(x, y) || demands || news ||
           link_slip(k, a, b); /* growth of what year? */
}

/* Words of the side that are seen to be names; counted up to one more than NAMES_FEW. */
static uint32_t names_seen(const struct side *s)
{
    uint32_t names = 0;
    for (uint32_t i = 0; i < s->contexts && i < LINK_CONTEXTS; i++)
        for (uint32_t n = 0; n < s->context[i].terms.count && names <= NAMES_FEW; n++) {
            uint64_t term = term_of(s->context[i].terms, n);
            names += (term & TERM_NAME) && (term & TERM_CLASS) == TERM_SOUND;
        }
    return names;
}

static int long_number(const struct side *s, uint32_t i)
{
    return link_usable(s, i) && has_digits(&s->figure[i]) && s->figure[i].value.digits >= 2 && !s->figure[i].when;
}

/* 1 where most figures in digits of one side stand in the other as well, two of them at the least: recipes and weather
 * reports, alike as they are, have few. */
static int figures_common(const struct linking *k)
{
    uint32_t of_a = 0, of_b = 0, common = 0;
    for (uint32_t j = 0; j < k->b->figures; j++)
        of_b += long_number(k->b, j);
    for (uint32_t i = 0; i < k->a->figures && i < NUMBERS; i++) {
        if (!long_number(k->a, i))
            continue;
        uint32_t found = 0;
        of_a++;
        for (uint32_t j = 0; j < k->b->figures && j < NUMBERS && !found; j++)
            found = long_number(k->b, j) && link_equal(&k->a->figure[i], &k->b->figure[j]);
        common += found;
    }
    return common >= NUMBERS_COMMON && common * 2 > (of_a < of_b ? of_a : of_b);
}

/* A name is seen by its capital inside a sentence: news of one week that are much alike and share rare words may have one
 * in common where few are seen ("Ravonia halts ..."); in one language they share figures, too. */
int link_named(const struct linking *k)
{
    return k->l->named ||
           (k->o->days <= NEWS_DAYS && k->o->story >= ONE_STORY && k->l->rare >= RARE_NEWS &&
            (names_seen(k->a) <= NAMES_FEW || names_seen(k->b) <= NAMES_FEW) &&
            (k->o->translated || figures_common(k)));
}

/* Figures that differ: of one subject and time, rivals, and tied surely enough. */
static int admits_rivals(const struct linking *k, uint32_t a, uint32_t b, const struct relation *r, uint32_t sure,
                         uint32_t flags)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    if (!(k->named || link_slip(k, a, b)) || !one_subject(k, a, b, flags))
        return 0; /* texts without a name in common are on other things, however alike: recipes, terms of use */
    if (x->kind == ASSAY_KIND_ORDINAL || x->kind == ASSAY_KIND_RANK)
        return 0; /* the first of these, the third of those */
    if (!one_time(k, a, b) || link_told_elsewhere(k, a, b, r, flags))
        return 0;
    if (x->kind == ASSAY_KIND_MONEY && r->gap > FAR_SUMS && !r->has_hint && link_likeness(k, a, b) < RIVAL_SENTENCE)
        return 0; /* a price of 18 euros, one of 5: of two things */
    int rival = figures_rival(x, y, r, k->o->concepts), swapped = link_slip(k, a, b);
    if ((!rival && !swapped) || sure < DIFFER_LEAST)
        return 0;
    if (rival == 1 || swapped || (flags & LINK_ALIGNED) || slip(k, x, y) || link_one_rate(k, a, b))
        return 1;
    if (!strcmp(r->rule, "part-beyond-whole") && figures_same_period(x, y) && link_likeness(k, a, b) >= WHOLE_SENTENCE)
        return 1;
    return link_likeness(k, a, b) >= RIVAL_SENTENCE && (k->o->translated || link_overlap(k, a, b) >= RIVAL_WORDS);
}

/* As many of the same: cars are vehicles. */
static int one_kind(const struct linking *k, const struct figure *x, const struct figure *y)
{
    return link_equal(x, y) && has_digits(x) && has_digits(y) &&
           (concepts_part_of(k->o->concepts, x->thing, y->thing) ||
            concepts_part_of(k->o->concepts, y->thing, x->thing));
}

int link_admits(const struct linking *k, uint32_t a, uint32_t b, uint32_t likeness, uint32_t flags)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    struct relation r;
    struct relate_options o = link_rules(k->o->concepts, flags);
    uint32_t sure = link_strength(k, likeness, flags);
    int related = relate(&r, x, y, &o);
    if (flags & LINK_EXACT)
        return related && r.verdict == ASSAY_AGREE && !other_person(k, x, y) && !x->when && !y->when;
    if (flags & LINK_FRAME)
        return related && (r.verdict == ASSAY_CONFLICT || r.verdict == ASSAY_AGREE) && !other_person(k, x, y);
    if (related && r.verdict <= ASSAY_SCOPE && (x->name || y->name))
        return 0;
    if (related && r.verdict <= ASSAY_UPDATE && k->o->translated && (link_needs_words(x) || link_needs_words(y)) &&
        !link_shares_measure(k, x, y))
        return 0;
    if (related && r.verdict == ASSAY_CONFLICT && r.gap > FAR_FIGURES && !r.has_hint && figures_need_base(x, y))
        return 0; /* 200 miles, 6 inches: no translator converts like that */
    int elsewhere = k->parallel < PARALLEL && !(related && r.verdict == ASSAY_AGREE) && link_places_differ(k, a, b);
    if (related && r.verdict == ASSAY_CONFLICT && k->o->translated && changes(x) != changes(y) &&
        link_likeness(k, a, b) < RIVAL_SENTENCE)
        return 0; /* "14 % less than in 1990", "58 % of electricity": the last sentences of two texts */
    if ((flags & LINK_ALIGNED) && k->o->translated && !elsewhere) /* no translator makes 1.27 million of 2.4 */
        return !(related && !r.has_hint &&
                 (r.verdict == ASSAY_CONFLICT ? r.gap > FAR_FIGURES : r.verdict <= ASSAY_SCOPE && far_apart(x, y)));
    if (x->when || y->when)
        return 0; /* "over the last 20 years": so say texts on anything */
    int far = related && !strcmp(r.rule, "far-apart"); /* of one subject at least */
    if (other_person(k, x, y) || (related && r.verdict == ASSAY_SCOPE && !far && !admits_scope(k, a, b, &r, flags)))
        return 0;
    if (related && !(flags & (LINK_ALIGNED | LINK_CLOSE)) && figures_count_same(x, y, k->o->concepts) == 0 &&
        !one_kind(k, x, y) && link_likeness(k, a, b) < RIVAL_SENTENCE)
        return 0; /* as many of something else */
    if ((figure_vague(x) || figure_vague(y)) && related && r.verdict == ASSAY_COMPATIBLE &&
        !link_shares_measure(k, x, y))
        return 0; /* hundreds of something, 912 of something */
    if (related && r.verdict == ASSAY_COMPATIBLE && !(flags & (LINK_ALIGNED | LINK_CLOSE)) && !figures_equal(x, y) &&
        !figures_rival(x, y, &r, k->o->concepts))
        return 0; /* both can be true, of two things */
    if (!related || (r.verdict > ASSAY_UPDATE && !far))
        return sure >= (few(k, x) ? AGREE_FEW : common(x) ? AGREE_COMMON : AGREE_LEAST);
    return admits_rivals(k, a, b, &r, sure, flags);
}
