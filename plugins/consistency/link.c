/* SPDX-License-Identifier: Apache-2.0 */
#include "linking.h"

#include <stdlib.h>
#include <string.h>

#include <assay/kit/roman.h>
#include <assay/kit/text.h>

/* Thresholds, found on parallel and on independent news; scores in 1/1000. */
#define SENTENCE_LEAST 110u   /* no pair of sentences below */
#define SENTENCE_MARGIN 1300u /* best over runner-up, in 1/1000 */
#define NEIGHBOUR 40u         /* of a sentence beside the one that is paired */
#define NEIGHBOUR_REST 70u    /* and where the figures are not equal */
#define RARE_NEAR 1u          /* rare terms shared by documents of one month */
#define RARE_FAR 5u           /* and of others */
#define RARE_FORM 3u          /* by texts of one language in the same order, if that is to be more than a form */
#define MEASURE_FAR 2000u      /* what the same measure is worth beside the words around: as much as two rare ones; */
#define MEASURE_NEAR 8000u     /* and where its words stand next to both figures */
#define PERIOD 1000u         /* and that both are told of one time */
#define RUN_FIGURES 24u       /* of a sentence that are paired: more is a table */

struct linker *linker_new(const struct concepts *concepts)
{
    struct linker *l = calloc(1, sizeof *l);
    for (uint32_t i = 0; l && i < concepts_count(concepts); i++) {
        const struct concept *c = concepts_at(concepts, i);
        if ((c->flags & CONCEPT_WHEN) && l->days < DAYS_MOST) {
            char skeleton[16];
            size_t n = assay_skeleton(skeleton, sizeof skeleton, c->key.at, c->key.size, assay_text_of("en"));
            l->day_sound[l->days] = term_hash(TERM_SOUND, skeleton, n < 4 ? n : 4);
            l->day[l->days++] = term_hash(TERM_STEM, c->key.at, c->key.size);
        }
        if ((c->flags & CONCEPT_KIND) && l->kinds < DAYS_MOST)
            l->kind[l->kinds++] = term_hash(TERM_CONCEPT, c->key.at, c->key.size);
    }
    return l;
}

void linker_free(struct linker *l)
{
    if (!l)
        return;
    free(l->b);
    free(l->used_a);
    free(l->used_b);
    free(l->tied_days.at);
    assay_tokens_free(&l->tokens);
    free(l);
}

static uint64_t term_at(struct assay_list list, uint32_t i)
{
    return *ASSAY_AT(uint64_t, list, i);
}

static uint32_t weight_at(const struct context *c, uint32_t i)
{
    return c->weight ? WEIGHT_OF(c->weight[i]) : 0;
}

static uint64_t norm_of(const struct context *c)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < c->terms.count; i++) {
        uint64_t w = weight_at(c, i);
        sum += w * w;
    }
    return root_of(sum);
}

static uint32_t cosine(uint64_t dot, uint64_t na, uint64_t nb)
{
    uint64_t norms = na * nb;
    if (!norms)
        return 0;
    uint64_t score = dot * 1000 / norms;
    return score > 1000 ? 1000 : (uint32_t)score;
}

uint32_t link_aligned(uint32_t flags)
{
    return flags & (LINK_ALIGNED | LINK_THROUGHOUT) ? 2 : flags & (LINK_CLOSE | LINK_EXACT) ? 1 : 0;
}

struct relate_options link_rules(const struct concepts *concepts, uint32_t flags)
{
    return (struct relate_options){concepts, 0, link_aligned(flags), (flags & (LINK_ONE | LINK_THROUGHOUT)) != 0};
}

uint32_t context_likeness(const struct context *a, const struct context *b)
{
    uint64_t dot = 0;
    for (uint32_t i = 0, k = 0; i < a->terms.count && k < b->terms.count;) {
        uint64_t x = TERM_KEY(term_at(a->terms, i)), y = TERM_KEY(term_at(b->terms, k));
        uint64_t weight = x == y ? weight_at(a, i) : 0;
        dot += weight * weight;
        i += x <= y;
        k += y <= x;
    }
    return cosine(dot, norm_of(a), norm_of(b));
}

/* ---- stage 1: sentences ---- */

/* 1 where the term is the name of somebody, something or some place. */
static uint32_t is_name(uint64_t term)
{
    uint32_t class = term & TERM_CLASS;
    return class == TERM_PAIR || class == TERM_PLACE || (term & TERM_NAME);
}

static int add_weighted(struct linker *l, uint64_t term, uint32_t context, uint32_t weight)
{
    if (l->b_count == l->b_room) {
        uint32_t room = l->b_room ? l->b_room * 2 : 2048;
        struct weighted *b = realloc(l->b, room * sizeof *b);
        if (!b)
            return 0;
        l->b = b;
        l->b_room = room;
    }
    l->b[l->b_count++] = (struct weighted){TERM_KEY(term), context, weight, is_name(term), 0};
    return 1;
}

static int by_key(const void *a, const void *b)
{
    const struct weighted *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->context < y->context ? -1 : x->context > y->context; /* one of each key a context: no ties */
}

static int index_side(struct linker *l, const struct side *b, uint32_t nb)
{
    l->b_count = 0;
    for (uint32_t i = 0; i < nb; i++) {
        const struct context *c = &b->context[i];
        for (uint32_t k = 0; k < c->terms.count; k++)
            if (!add_weighted(l, term_at(c->terms, k), i, weight_at(c, k)))
                return 0;
        l->norm_b[i] = norm_of(c);
    }
    if (l->b_count)
        qsort(l->b, l->b_count, sizeof *l->b, by_key);
    return 1;
}

/* Remembers that both documents hold this rare term. */
static void note_rare(struct linker *l, uint64_t key)
{
    for (uint32_t i = 0; i < l->rare; i++)
        if (l->rare_key[i] == key)
            return;
    if (l->rare < RARE_MOST)
        l->rare_key[l->rare++] = key;
}

static void add_row(struct linker *l, const struct context *c)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < c->terms.count; i++) {
        uint64_t key = TERM_KEY(term_at(c->terms, i));
        uint32_t low = at, high = l->b_count;
        while (low < high) {
            uint32_t middle = low + (high - low) / 2;
            if (l->b[middle].key < key)
                low = middle + 1;
            else
                high = middle;
        }
        at = low;
        if (at == l->b_count || l->b[at].key != key)
            continue;
        uint64_t weight = weight_at(c, i);
        if (c->weight && c->weight[i] & WEIGHT_RARE)
            note_rare(l, key);
        for (uint32_t k = at; k < l->b_count && l->b[k].key == key; k++) {
            l->dot[l->b[k].context] += weight * l->b[k].weight;
            l->named |= l->b[k].name | is_name(term_at(c->terms, i));
        }
    }
}

/* What one publisher prints word for word in two texts says nothing about either. */
static int furniture(const struct context *a, const struct context *b, const struct link_options *o)
{
    return o->same_source && a->hash == b->hash;
}

static void score_all(struct linker *l, const struct side *a, const struct side *b, uint32_t na, uint32_t nb,
                      const struct link_options *o)
{
    l->rare = l->named = 0;
    for (uint32_t i = 0; i < na; i++) {
        memset(l->dot, 0, nb * sizeof *l->dot);
        l->norm_a[i] = norm_of(&a->context[i]);
        add_row(l, &a->context[i]);
        for (uint32_t k = 0; k < nb; k++)
            l->score[i][k] =
                furniture(&a->context[i], &b->context[k], o) ? 0 : cosine(l->dot[k], l->norm_a[i], l->norm_b[k]);
    }
}

/* 1 where the two contexts of one side hold the same figures, so that it does not matter which of them is taken: a
 * headline and the sentence it repeats. */
static int same_figures(const struct side *s, const struct run *run, uint32_t x, uint32_t y)
{
    for (uint32_t i = run[x].first; i < run[x].end; i++) {
        uint32_t found = 0;
        for (uint32_t k = run[y].first; k < run[y].end && !found; k++)
            found = figures_same(&s->figure[i], &s->figure[k]);
        if (!found)
            return 0;
    }
    return run[x].end > run[x].first;
}

static int clear_of(uint32_t score, const struct best *best, const struct side *s, const struct run *run)
{
    if (best->second_at == ASSAY_NEVER || (uint64_t)score * 1000 >= (uint64_t)best->second * SENTENCE_MARGIN)
        return 1;
    return same_figures(s, run, best->at, best->second_at) || same_figures(s, run, best->second_at, best->at);
}

const struct link_list *linker_days(const struct linker *l)
{
    return &l->tied_days;
}

static void pair_contexts(struct linker *l, const struct side *a, const struct side *b, uint32_t na)
{
    for (uint32_t i = 0; i < na; i++) {
        const struct best *best = &l->of_a[i];
        l->pair[i] = ASSAY_NEVER;
        if (best->at == ASSAY_NEVER || best->score < SENTENCE_LEAST || l->of_b[best->at].at != i)
            continue;
        if (clear_of(best->score, best, b, l->run_b) && clear_of(best->score, &l->of_b[best->at], a, l->run_a))
            l->pair[i] = best->at;
    }
}

/* ---- stage 2: figures ---- */

int link_list_add(struct link_list *list, struct link link)
{
    if (list->count == list->room) {
        uint32_t room = list->room ? list->room * 2 : 64;
        struct link *at = realloc(list->at, room * sizeof *at);
        if (!at)
            return 0;
        list->at = at;
        list->room = room;
    }
    list->at[list->count++] = link;
    return 1;
}

void link_add(struct linking *k, uint32_t a, uint32_t b, uint32_t score, uint32_t flags)
{
    flags = (flags & ~LINK_ONE) | (link_one_quantity(k, a, b) ? LINK_ONE : 0);
    if (!link_admits(k, a, b, score, flags))
        return;
    if (!link_list_add(k->list, (struct link){a, b, link_strength(k, score, flags), flags})) {
        k->failed = 1;
        return;
    }
    k->l->used_a[a] = k->l->used_b[b] = flags & LINK_EXACT ? USED_EXACT : 1;
}

int link_equal(const struct figure *x, const struct figure *y)
{
    struct relation r;
    struct relate_options o = {NULL, 0, 2, 0};
    return figures_comparable(x, y) && relate(&r, x, y, &o) && r.verdict == ASSAY_AGREE;
}

static int fitting_values(const struct figure *x, const struct figure *y)
{
    struct relation r;
    struct relate_options o = {NULL, 0, 2, 0};
    return relate(&r, x, y, &o) && r.verdict == ASSAY_COMPATIBLE && !r.odd;
}

int context_holds(const struct context *c, uint64_t key)
{
    uint32_t low = 0, high = c->terms.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (TERM_KEY(term_at(c->terms, middle)) < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->terms.count && TERM_KEY(term_at(c->terms, low)) == key;
}

int side_holds(const struct side *s, uint64_t key)
{
    for (uint32_t i = 0; i < s->contexts && i < LINK_CONTEXTS; i++)
        if (context_holds(&s->context[i], key))
            return 1;
    return 0;
}

int link_stands_in(const struct figure *f, const struct context *c)
{
    char text[64];
    struct assay_decimal plain = f->value;
    uint32_t size = assay_decimal_print(text, &plain);
    return context_holds(c, term_hash(TERM_VALUE, text, size)) || context_holds(c, term_hash(TERM_NUMBER, text, size));
}

static void pair_equal(struct linking *k, uint32_t ca, uint32_t cb, uint32_t score,
                       int (*fits)(const struct figure *, const struct figure *))
{
    struct run ra = k->l->run_a[ca], rb = k->l->run_b[cb];
    for (uint32_t i = ra.first; i < ra.end; i++) {
        if (k->l->used_a[i] || !link_usable(k->a, i))
            continue;
        uint32_t best = ASSAY_NEVER, most = 0;
        for (uint32_t j = rb.first; j < rb.end; j++) {
            if (k->l->used_b[j] || !link_usable(k->b, j) || !fits(&k->a->figure[i], &k->b->figure[j]))
                continue;
            uint32_t overlap = link_overlap(k, i, j) + 1;
            if (overlap > most) {
                most = overlap;
                best = j;
            }
        }
        if (best != ASSAY_NEVER)
            link_add(k, i, best, score, k->flags);
    }
}

static uint32_t left_over(const struct side *s, const uint32_t *used, struct run run, const struct figure *like,
                          int (*comparable)(const struct figure *, const struct figure *))
{
    uint32_t n = 0;
    for (uint32_t i = run.first; i < run.end; i++)
        n += !used[i] && link_usable(s, i) && comparable(&s->figure[i], like) &&
             (!link_needs_words(&s->figure[i]) || link_needs_words(like));
    return n;
}

/* "More than one and less than 48": that one end stands in both says nothing of the other. */
static int ranges(const struct figure *x, const struct figure *y)
{
    return x->bound == ASSAY_BOUND_RANGE && y->bound == ASSAY_BOUND_RANGE;
}

static int is_from(const struct figure *f)
{
    return f->has_relation && f->relation == ASSAY_RELATION_FROM;
}

/* One left on each side, or the words around them are alike. */
static void pair_rest(struct linking *k, uint32_t ca, uint32_t cb, uint32_t score,
                      int (*comparable)(const struct figure *, const struct figure *))
{
    struct run ra = k->l->run_a[ca], rb = k->l->run_b[cb];
    for (;;) {
        uint32_t best_a = ASSAY_NEVER, best_b = ASSAY_NEVER, most = 0;
        for (uint32_t i = ra.first; i < ra.end; i++) {
            if (k->l->used_a[i] || !link_usable(k->a, i))
                continue;
            for (uint32_t j = rb.first; j < rb.end; j++) {
                const struct figure *x = &k->a->figure[i], *y = &k->b->figure[j];
                if (k->l->used_b[j] || !link_usable(k->b, j) || !comparable(x, y) ||
                    (x->rest != y->rest && !(k->flags & LINK_ALIGNED)) ||
                    link_different(k, x, y) ||
                    (!ranges(x, y) && (link_stands_in(x, &k->b->context[cb]) || link_stands_in(y, &k->a->context[ca]))))
                    continue;
                int alone = !link_needs_words(x) && !link_needs_words(y) &&
                            left_over(k->a, k->l->used_a, ra, y, comparable) == 1 &&
                            left_over(k->b, k->l->used_b, rb, x, comparable) == 1;
                uint32_t overlap = link_overlap(k, i, j) + 1;
                if (link_shares_measure(k, x, y))
                    overlap += x->near && y->near ? MEASURE_NEAR : MEASURE_FAR;
                if (figures_same_period(x, y))
                    overlap += PERIOD;
                if (is_from(x) != is_from(y))
                    overlap /= 2; /* "from 2.4 to 6.4", "has risen to 4.6" */
                if (!alone && overlap < 1500)
                    continue;
                if (overlap > most) {
                    most = overlap;
                    best_a = i;
                    best_b = j;
                }
            }
        }
        if (best_a == ASSAY_NEVER)
            return;
        k->l->used_a[best_a] = k->l->used_b[best_b] = USED_TRIED; /* also where the tie is not sure enough */
        link_add(k, best_a, best_b, score, k->flags);
    }
}

static void link_sentences(struct linking *k, uint32_t na)
{
    for (uint32_t i = 0; i < na; i++) {
        uint32_t j = k->l->pair[i];
        if (j == ASSAY_NEVER)
            continue;
        uint32_t score = k->l->score[i][j], flags = k->flags;
        if (k->l->score[i][j] >= LINK_ALIKE)
            k->flags |= LINK_CLOSE;
        pair_equal(k, i, j, score, link_equal);
        pair_equal(k, i, j, score, fitting_values);
        pair_rest(k, i, j, score, figures_comparable);
        pair_equal(k, i, j, score, figures_loosely_same);
        if ((k->flags & LINK_ALIGNED) && k->o->translated)
            pair_rest(k, i, j, score, figures_nearly_comparable);
        k->flags = flags;
    }
}

/* What is left over in texts of one order, with the sentences before and after: one text breaks a sentence where the
 * other does not. */
static void link_neighbours(struct linking *k, uint32_t na, uint32_t nb)
{
    for (uint32_t i = 0; i < na; i++)
        for (uint32_t step = 0; step < 2; step++) {
            uint32_t j = k->l->pair[i], at = step ? j - 1 : j + 1;
            if (j == ASSAY_NEVER || at >= nb) /* 0 - 1 is beyond, too */
                continue;
            uint32_t score = k->l->score[i][at];
            if (score < NEIGHBOUR)
                continue;
            pair_equal(k, i, at, score, link_equal);
            if (score >= NEIGHBOUR_REST)
                pair_rest(k, i, at, score, figures_nearly_comparable);
        }
}

static int reset_used(uint32_t **used, uint32_t *room, uint32_t count)
{
    if (count > *room) {
        uint32_t *more = realloc(*used, count * sizeof *more);
        if (!more)
            return 0;
        *used = more;
        *room = count;
    }
    if (count)
        memset(*used, 0, count * sizeof **used);
    return 1;
}

static void find_runs(struct run *run, const struct side *s, uint32_t contexts)
{
    memset(run, 0, contexts * sizeof *run);
    for (uint32_t i = 0; i < s->figures; i++) {
        uint32_t c = s->note[i].context;
        if (c >= contexts)
            continue;
        if (run[c].end == 0)
            run[c].first = run[c].end = i;
        if (run[c].end == i && i - run[c].first < RUN_FIGURES)
            run[c].end = i + 1;
    }
}

/* How many rare terms two documents have to share to be on one story: the more, the longer they lie apart. What they
 * share besides may be the form of a daily report, a publisher's furniture. */
static uint32_t rare_wanted(const struct link_options *o)
{
    if (o->days == ASSAY_NEVER)
        return 1;
    return o->days <= 1 ? 0 : o->days <= 30 ? RARE_NEAR : RARE_FAR;
}

static int indexed(const struct linker *l, uint64_t key)
{
    uint32_t low = 0, high = l->b_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (l->b[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < l->b_count && l->b[low].key == key;
}

/* 1 where both speak of days of the week, but of none in common: two events. */
static uint32_t other_days(const struct linker *l, const struct side *a, uint32_t na)
{
    uint32_t of_a = 0, of_b = 0;
    for (uint32_t d = 0; d < l->days; d++) {
        uint64_t key = TERM_KEY(l->day[d]);
        of_b |= (uint32_t)indexed(l, key) << d;
        for (uint32_t i = 0; i < na && !(of_a >> d & 1); i++)
            of_a |= (uint32_t)context_holds(&a->context[i], key) << d;
    }
    return of_a && of_b && !(of_a & of_b);
}

static void link_all(struct linking *k, uint32_t na, uint32_t nb, uint32_t *parallel)
{
    struct linker *l = k->l;
    uint32_t form = !k->o->translated && l->rare < RARE_FORM;
    if (!form && align(l, k->a, k->b, na, nb, k->o, parallel)) {
        k->flags = LINK_ALIGNED;
        k->parallel = *parallel;
    } else {
        find_best(l, k->a, k->b, na, nb);
        pair_contexts(l, k->a, k->b, na);
    }
    link_names(k, 1);
    link_sentences(k, na);
    if ((k->flags & LINK_ALIGNED) && k->o->translated)
        link_neighbours(k, na, nb);
    link_exact(k, 0);
    link_names(k, 0);
    link_exact(k, 1);
    link_measures(k);
    link_values(k);
    link_swapped(k);
    link_frames(k);
    link_briefs(k);
    link_mentions(k);
    if (!k->failed) {
        link_drop_filled(k);
        link_drop_form(k);
    }
    if (!k->failed)
        link_dates(k);
}

int link_documents(struct linker *l, const struct side *a, const struct side *b, const struct link_options *o,
                   struct link_list *list, uint32_t *parallel)
{
    uint32_t na = a->contexts < LINK_CONTEXTS ? a->contexts : LINK_CONTEXTS,
             nb = b->contexts < LINK_CONTEXTS ? b->contexts : LINK_CONTEXTS;
    struct linking k = {l, a, b, o, list, 0, 0, 0, 0, 0};
    struct link_options fact = *o;
    *parallel = l->tied_days.count = 0;
    if (!na || !nb)
        return 1;
    if (!reset_used(&l->used_a, &l->room_a, a->figures) || !reset_used(&l->used_b, &l->room_b, b->figures) ||
        !index_side(l, b, nb))
        return 0;
    find_runs(l->run_a, a, na);
    find_runs(l->run_b, b, nb);
    score_all(l, a, b, na, nb, o);
    k.other_days = other_days(l, a, na);
    k.named = link_named(&k);
    if (o->fact || l->rare >= rare_wanted(o)) {
        link_all(&k, na, nb, parallel);
    } else {
        fact.fact = 1;
        k.o = &fact;
        link_measures(&k);
    }
    return !k.failed && !l->failed;
}
