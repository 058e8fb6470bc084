/* SPDX-License-Identifier: Apache-2.0
 *
 * Round "story": which documents may speak of the same. Each document goes under its heaviest terms, its rarest exact
 * values and its facts (measure, place, period), each of them a key; two documents that meet are compared once, under
 * their smallest common key. What travels is a sketch: its heaviest terms, which are rare in the corpus and prominent in
 * the document, by a part of their hash, and how rare they are, five bytes each.
 */
#include <stdlib.h>
#include <string.h>

#include <assay/kit/date.h>
#include <assay/kit/token.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "meeting.h"

#define SKETCH_VALUES 6u /* of them exact values, which are keys as well */
#define SKETCH_KEYS 14u  /* words that are keys */
#define POSTING 4096u    /* documents of one key that are looked at */
#define ALL_PAIRS RARITY_COMMON /* up to here every pair, beyond only the next few in order */
#define NEXT_FEW 8u
#define LEAST 170u       /* likeness, 1/1000 */
#define SAME_SOURCE 55u  /* percent: texts of one publisher share its furniture, its authors, its town */
#define SHARED 3u        /* terms that have to be shared at least; */
#define SHARED_NEWS 2u   /* by news of one day or two, of which one may be a single sentence, which are worth no more than */
#define FEW_MOST 200u    /* this: figures that differ are tied by sentences that are much alike then */
#define PARTNERS 8u
#define FACTS 64u        /* fact keys of a document */

/* What a key is, in its lowest bits. */
#define KEY_OF(hash, kind) (((uint64_t)(hash) & ~(uint64_t)3) | (kind))
#define KEY_TERM 0u
#define KEY_FACT 1u

struct candidate {
    uint64_t term;
    uint32_t weight, class, prominence; /* class: of the count */
};

static int by_weight(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return TERM_KEY(x->term) < TERM_KEY(y->term) ? -1 : TERM_KEY(x->term) > TERM_KEY(y->term);
}

/* As the sketch names a term. */
static uint32_t element_of(uint64_t term)
{
    return (uint32_t)(term >> 32) & ELEMENT_HASH;
}

/* Working memory of a document's terms. */
struct weighing {
    uint64_t *term;
    unsigned char *class, *prominence;
    struct candidate *candidate;
    uint32_t terms, candidates;
};

static void weighing_free(struct weighing *w)
{
    free(w->term);
    free(w->class);
    free(w->prominence);
    free(w->candidate);
}

static int weigh(struct weighing *w, const struct digest *d, const struct rarity *r)
{
    w->terms = digest_terms(d);
    w->candidates = 0;
    w->term = malloc((w->terms + 1ull) * sizeof *w->term);
    w->class = malloc(w->terms + 1ull);
    w->prominence = malloc(w->terms + 1ull);
    w->candidate = malloc((w->terms + 1ull) * sizeof *w->candidate);
    if (!w->term || !w->class || !w->prominence || !w->candidate)
        return 0;
    for (uint32_t i = 0; i < w->terms; i++)
        w->term[i] = digest_term(d, i);
    rarity_find_all(r, w->term, w->terms, w->class);
    digest_prominence(d, w->prominence);
    return 1;
}

/* The shared, fine terms of the document, heaviest first. */
static void candidates(struct weighing *w, const struct rarity_scale *scale)
{
    for (uint32_t i = 0; i < w->terms; i++) {
        uint64_t term = w->term[i];
        if (!(term & TERM_FINE) || w->class[i] == RARITY_ONE)
            continue;
        uint32_t rarity = scale->weight[w->class[i]][term & TERM_CLASS];
        w->candidate[w->candidates++] =
            (struct candidate){term, sketch_weight(rarity, (term & TERM_NAME) != 0, w->prominence[i]), w->class[i],
                               w->prominence[i]};
    }
    if (w->candidates)
        qsort(w->candidate, w->candidates, sizeof *w->candidate, by_weight);
}

/* The rarest of the exact values that the document tells, at most SKETCH_VALUES; their number. */
static uint32_t rarest_values(const struct weighing *w, struct candidate *value)
{
    uint32_t values = 0;
    for (uint32_t i = 0; i < w->candidates; i++) {
        const struct candidate *c = &w->candidate[i];
        uint32_t at = values;
        if ((c->term & TERM_CLASS) != TERM_VALUE)
            continue;
        while (at && c->class < value[at - 1].class)
            at--;
        if (at == SKETCH_VALUES)
            continue;
        values += values < SKETCH_VALUES;
        memmove(value + at + 1, value + at, (values - at - 1) * sizeof *value);
        value[at] = *c;
    }
    return values;
}

/* Puts what goes into the sketch to the front: the heaviest terms, then the rarest values, however little they weigh,
 * since texts in two languages may share few other words. Returns how many these are. */
static uint32_t choose_terms(struct weighing *w)
{
    struct candidate value[SKETCH_VALUES];
    uint32_t values = rarest_values(w, value), kept = 0;
    for (uint32_t i = 0; i < w->candidates && kept + values < SKETCH_TERMS; i++)
        if ((w->candidate[i].term & TERM_CLASS) != TERM_VALUE)
            w->candidate[kept++] = w->candidate[i];
    if (values)
        memcpy(w->candidate + kept, value, values * sizeof *value);
    return kept + values;
}

/* What the document is told of its terms, for later rounds. */
static assay_status keep_weighed(struct self *s, const struct assay_doc *doc, struct assay_out *out, struct weighing *w,
                                 uint32_t scale)
{
    const struct assay_host *h = s->host;
    for (uint32_t i = 0; i < w->terms; i += 2)
        w->class[i / 2] = (unsigned char)(w->class[i] | (i + 1 < w->terms ? w->class[i + 1] << 4 : 0));
    struct weighed weighed = {{(const char *)w->class, (w->terms + 1) / 2}, scale, 0};
    return weighed.classes.size ? h->to_document(h, out, SLOT_WEIGHED, h->docid(h, doc), &weighed) : ASSAY_OK;
}

static assay_status emit_terms(struct self *s, struct assay_out *out, const struct candidate *c, uint32_t n,
                               const uint32_t *keyed, const struct sketch *sketch)
{
    for (uint32_t i = 0; i < n; i++) {
        uint64_t key = KEY_OF(c[i].term >> TERM_UNUSED << TERM_UNUSED | (c[i].term & TERM_CLASS) << 2, KEY_TERM);
        if (!keyed[i])
            continue;
        assay_status status = s->host->emit(s->host, out, &key, sizeof key, sketch);
        if (status)
            return status;
    }
    return ASSAY_OK;
}

static uint64_t fact_key(const struct self *s, const struct figure *f, uint32_t place)
{
    uint64_t part[5] = {concepts_root(s->concepts, f->concept), place, (uint64_t)f->from, (uint64_t)f->to, f->kind};
    return KEY_OF(XXH3_64bits(part, sizeof part), KEY_FACT);
}

static assay_status emit_facts(struct self *s, const struct assay_doc *doc, struct assay_out *out,
                               struct sketch *sketch)
{
    const struct assay_host *h = s->host;
    struct assay_list claims = h->records(h, doc, SLOT_CLAIM);
    uint64_t seen[FACTS];
    uint32_t n = 0;
    for (uint32_t i = 0; i < claims.count && i < s->side[0].digest.notes && n < FACTS; i++) {
        const struct note *note = &s->side[0].digest.note[i];
        const struct concept *concept = concepts_at(s->concepts, note->concept);
        struct figure f;
        if (!concept || note->place == CONCEPT_NONE ||
            (concept->flags & (CONCEPT_WEAK | CONCEPT_WORD | CONCEPT_EVENT)) ||
            !figure_of(&f, ASSAY_AT(struct assay_claim, claims, i), note, NULL) || !f.has_time)
            continue;
        uint64_t key = fact_key(s, &f, note->place);
        uint32_t known = 0;
        for (uint32_t k = 0; k < n; k++)
            known |= seen[k] == key;
        if (known)
            continue;
        seen[n++] = key;
        assay_status status = h->emit(h, out, &key, sizeof key, sketch);
        if (status)
            return status;
    }
    return ASSAY_OK;
}

/* Words that too many documents hold are keys only where there are not three others. */
static void choose_keys(const struct rarity_scale *scale, const struct candidate *c, uint32_t n, uint32_t *keyed)
{
    uint32_t chosen = 0;
    memset(keyed, 0, n * sizeof *keyed);
    for (uint32_t i = 0; i < n && chosen < SKETCH_KEYS; i++)
        if (!scale->common[c[i].class] && (c[i].term & TERM_CLASS) != TERM_VALUE) {
            keyed[i] = 1;
            chosen++;
        }
    for (uint32_t i = n; i-- && (c[i].term & TERM_CLASS) == TERM_VALUE;)
        keyed[i] = !scale->common[c[i].class];
    for (uint32_t i = 0; i < n && chosen < 3; i++)
        if (!keyed[i]) {
            keyed[i] = 1;
            chosen++;
        }
}

struct part {
    uint32_t element, class;
};

static int by_element(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    return x->element != y->element ? (x->element < y->element ? -1 : 1)
           : x->class < y->class    ? -1
                                    : x->class > y->class;
}

/* Working memory of a sketch. */
struct drawing {
    struct part part[SKETCH_TERMS];
    uint32_t element[SKETCH_TERMS], keyed[SKETCH_TERMS];
    unsigned char class[SKETCH_TERMS];
};

/* What goes out under every key of the document; the sketch points into the drawing. */
static void fill_sketch(struct sketch *sketch, const struct assay_document *d, const struct candidate *c, uint32_t n,
                        struct drawing *w, uint32_t scale)
{
    struct assay_date date;
    uint64_t norm = 0;
    for (uint32_t i = 0; i < n; i++) {
        w->part[i].element = element_of(c[i].term) | c[i].prominence << ELEMENT_PROMINENCE |
                             (c[i].term & TERM_NAME ? ELEMENT_NAME : 0) | (w->keyed[i] ? ELEMENT_KEYED : 0);
        w->part[i].class = c[i].class << 3 | (uint32_t)(c[i].term & TERM_CLASS);
        norm += (uint64_t)c[i].weight * c[i].weight;
    }
    if (n)
        qsort(w->part, n, sizeof *w->part, by_element);
    for (uint32_t i = 0; i < n; i++) {
        w->element[i] = w->part[i].element;
        w->class[i] = (unsigned char)w->part[i].class;
    }
    memset(sketch, 0, sizeof *sketch);
    sketch->element = (struct assay_list){w->element, n, sizeof *w->element};
    sketch->classes = (struct assay_text){(const char *)w->class, n};
    sketch->scale = scale;
    sketch->norm = (uint32_t)root_of(norm);
    if (d && d->source.size) {
        char folded[256];
        sketch->source =
            (uint32_t)XXH3_64bits(folded, assay_fold_text(folded, sizeof folded, d->source.at, d->source.size)) | 1;
    }
    if (d && d->published.size && assay_date_read(&date, d->published)) {
        sketch->flags |= SKETCH_DAY;
        sketch->day = (uint32_t)(int32_t)assay_date_first(date);
    }
}

static assay_status emit_story(struct self *s, const struct assay_doc *doc, struct assay_out *out,
                               struct weighing *weighing, uint32_t scale)
{
    struct sketch sketch;
    struct drawing w;
    uint32_t n = choose_terms(weighing);
    choose_keys(&s->scale, weighing->candidate, n, w.keyed);
    fill_sketch(&sketch, document_of(s, doc), weighing->candidate, n, &w, scale);
    assay_status status = emit_terms(s, out, weighing->candidate, n, w.keyed, &sketch);
    if (!status)
        status = emit_facts(s, doc, out, &sketch);
    return status ? status : keep_weighed(s, doc, out, weighing, scale);
}

assay_status story_map(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    const struct assay_document *d = document_of(s, doc);
    const struct rarity *r = rarity_of(h->shared(h, ROUND_RARITY));
    const struct digest *digest = digest_of(s, doc);
    struct weighing w;
    uint32_t scale = r ? r->scale : 0;
    if (!digest || (d && listed(s->options->ignored, document_source(d))))
        return ASSAY_OK;
    if (!digest_outline(&s->side[0].digest, digest, FIGURES_COMPARED))
        return ASSAY_ENOMEM;
    if (digest->notes > FIGURES_COMPARED)
        h->note(h, ASSAY_NOTE_WARNING, "a text of %u figures: only the first %u are compared with other texts",
                digest->notes, FIGURES_COMPARED);
    rarity_scale(&s->scale, scale);
    assay_status status = ASSAY_ENOMEM;
    if (weigh(&w, digest, r)) {
        candidates(&w, &s->scale);
        status = emit_story(s, doc, out, &w, scale);
    }
    weighing_free(&w);
    return status;
}

/* Of the table of rarity the map takes the classes of the document's terms, and how large the corpus is. */
assay_status story_looks(void *self, uint32_t round, const struct assay_doc *doc, struct assay_out *out,
                         struct assay_list *keys)
{
    struct self *s = self;
    const struct digest *digest = digest_of(s, doc);
    uint32_t terms = digest ? digest_terms(digest) : 0, *key = s->host->alloc(s->host, out, (terms + 1ull) * sizeof *key);
    (void)round;
    if (!key)
        return ASSAY_ENOMEM;
    for (uint32_t i = 0; i < terms; i++)
        key[i] = RARITY_SHORT(digest_term(digest, i));
    *keys = (struct assay_list){key, terms, sizeof *key};
    return ASSAY_OK;
}

assay_status story_differs(void *self, uint32_t round, struct assay_out *out, struct assay_list *keys)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    const struct rarity *now = rarity_of(h->shared(h, ROUND_RARITY)),
                        *before = rarity_of(h->shared_before(h, ROUND_RARITY));
    uint32_t n = rarity_differs(now, before, NULL);
    (void)round;
    if (n == RARITY_ALL)
        return ASSAY_SKIP;
    uint32_t *key = h->alloc(h, out, (n + 1ull) * sizeof *key);
    if (!key)
        return ASSAY_ENOMEM;
    *keys = (struct assay_list){key, rarity_differs(now, before, key), sizeof *key};
    return ASSAY_OK;
}

/* A story is told within days: what days between two publications do to their likeness, in percent. */
static uint64_t by_days(const struct sketch *a, const struct sketch *b)
{
    int64_t x = (int32_t)a->day, y = (int32_t)b->day, days = x > y ? x - y : y - x;
    if (!(a->flags & b->flags & SKETCH_DAY))
        return 100;
    return days <= 1 ? 150 : days <= 3 ? 125 : days <= 7 ? 100 : days <= 30 ? 60 : 40;
}

/* 1 where both were published on one day or the next. */
static int near_days(const struct sketch *a, const struct sketch *b)
{
    int64_t x = (int32_t)a->day, y = (int32_t)b->day, days = x > y ? x - y : y - x;
    return (a->flags & b->flags & SKETCH_DAY) && days <= 1;
}

/* Likeness of two documents; 0 where they went under a smaller key, too, and meet there. */
static uint32_t likeness(const struct common *c, const struct sketch *a, const struct sketch *b)
{
    uint32_t least = near_days(a, b) ? SHARED_NEWS : SHARED;
    if (c->shared < least || c->shared >= MEETS_ELSEWHERE) /* most: before anything is divided */
        return 0;
    uint64_t norms = (uint64_t)a->norm * b->norm;
    uint64_t score = norms ? c->dot * 1000 / norms : 0;
    score = score * by_days(a, b) / 100;
    if (a->source && a->source == b->source)
        score = score * SAME_SOURCE / 100;
    uint32_t most = c->shared < SHARED ? FEW_MOST : 1000;
    return score > most ? most : (uint32_t)score;
}

#define NO_DOCUMENT 0u /* a couple of it says that a key stood in too many documents */

static assay_status couple_up(struct self *s, struct assay_out *out, assay_docid a, assay_docid b, uint32_t score,
                              uint32_t fact)
{
    struct couple one = {a, b, score, fact}, other = {b, a, score, fact};
    assay_status status = s->host->to_corpus(s->host, out, SLOT_COUPLE, &one);
    return status ? status : s->host->to_corpus(s->host, out, SLOT_COUPLE, &other);
}

/* The document at `i` of the batch with those before it, the nearest first. `from`: the first that meets it here. */
static assay_status couple_with(struct self *s, struct assay_out *out, const struct meeting *m, struct assay_list batch,
                                const assay_docid *docs, uint64_t i, uint64_t from, uint64_t reach)
{
    const struct sketch *b = ASSAY_AT(struct sketch, batch, i);
    int fact = m->own == NO_ELEMENT;
    assay_status status = ASSAY_OK;
    for (uint64_t k = i; k > from && i - k < reach && !status; k--) {
        uint32_t score = likeness(&m->with[k - 1 - from], ASSAY_AT(struct sketch, batch, k - 1), b);
        if ((fact || score >= LEAST) && docs[k - 1] != docs[i])
            status = couple_up(s, out, docs[k - 1], docs[i], score, (uint32_t)fact);
    }
    return status;
}

/* Up to MEETING_MOST documents meet at once; of more, a meeting begins with those that are near its first. */
static assay_status couple_all(struct self *s, struct assay_out *out, struct meeting *m, struct assay_list batch,
                               const assay_docid *docs)
{
    uint32_t reach = batch.count <= ALL_PAIRS ? ALL_PAIRS : NEXT_FEW;
    assay_status status = ASSAY_OK;
    rarity_scale(&s->scale, ASSAY_AT(struct sketch, batch, 0)->scale); /* the same for all */
    for (uint64_t from = 0, i = 0; i < batch.count && !status; from = i - NEXT_FEW) {
        uint64_t end = batch.count - from < MEETING_MOST ? batch.count : from + MEETING_MOST;
        meeting_gather(m, batch, from, (uint32_t)(end - from));
        for (uint64_t k = from; k < end && !status; k++) {
            meeting_next(m, &s->scale, ASSAY_AT(struct sketch, batch, k), reach);
            if (k >= i)
                status = couple_with(s, out, m, batch, docs, k, from, reach);
        }
        i = end;
    }
    return status;
}

/* The document at `i` of the batch with those who came before it; `who`: their places in the batch. */
static assay_status couple_comers(struct self *s, struct assay_out *out, const struct meeting *m,
                                  struct assay_list batch, const assay_docid *docs, uint64_t i, const uint32_t *who,
                                  uint32_t comers)
{
    int fact = m->own == NO_ELEMENT;
    assay_status status = ASSAY_OK;
    for (uint32_t k = 0; k < comers && !status; k++) {
        uint32_t score = likeness(&m->with[k], ASSAY_AT(struct sketch, batch, who[k]), ASSAY_AT(struct sketch, batch, i));
        if ((fact || score >= LEAST) && docs[who[k]] != docs[i])
            status = couple_up(s, out, docs[who[k]], docs[i], score, (uint32_t)fact);
    }
    return status;
}

/* Where an earlier run has compared the known ones with each other: the new ones with each other, then with those. */
static assay_status couple_new(struct self *s, struct assay_out *out, struct meeting *m, struct assay_list batch,
                               const assay_docid *docs, struct assay_list known)
{
    uint32_t who[MEETING_MOST], comers = 0;
    assay_status status = ASSAY_OK;
    rarity_scale(&s->scale, ASSAY_AT(struct sketch, batch, 0)->scale); /* the same for all */
    meeting_invite(m, batch, known);
    for (uint32_t i = 0; i < batch.count && !status; i++) {
        if (*ASSAY_AT(uint32_t, known, i))
            continue;
        meeting_next(m, &s->scale, ASSAY_AT(struct sketch, batch, i), MEETING_MOST);
        status = couple_comers(s, out, m, batch, docs, i, who, comers);
        who[comers++] = i;
    }
    for (uint32_t i = 0; i < batch.count && comers && !status; i++) {
        if (!*ASSAY_AT(uint32_t, known, i))
            continue;
        meeting_guest(m, &s->scale, batch, i);
        status = couple_comers(s, out, m, batch, docs, i, who, comers);
    }
    return status;
}

/* Up to ALL_PAIRS documents are compared two by two; of more, which ones are depends on how many there are. */
static assay_status couple_batch(struct self *s, struct assay_out *out, struct meeting *m, struct assay_list batch,
                                 const assay_docid *docs, struct assay_values *values)
{
    struct assay_list known = {0};
    if (batch.count <= ALL_PAIRS && ASSAY_HAS(s->host, known))
        known = s->host->known(s->host, values);
    return known.count ? couple_new(s, out, m, batch, docs, known) : couple_all(s, out, m, batch, docs);
}

assay_status story_reduce(void *self, const void *key, uint32_t size, struct assay_values *values,
                          struct assay_out *out)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    struct assay_list batch;
    const assay_docid *docs;
    uint64_t own = 0;
    assay_status status = h->next(h, values, POSTING, &batch, &docs);
    if (status)
        return status == ASSAY_END ? ASSAY_OK : status;
    struct meeting *m = h->alloc(h, out, sizeof *m);
    if (!m)
        return ASSAY_ENOMEM;
    memcpy(&own, key, size < sizeof own ? size : sizeof own);
    m->own = own % 4 == KEY_FACT ? NO_ELEMENT : element_of(own);
    if (h->count(h, values) > POSTING)
        status = couple_up(s, out, NO_DOCUMENT, NO_DOCUMENT, 0, 0);
    return status ? status : couple_batch(s, out, m, batch, docs, values);
}

/* The partners of one document: the likest, and those brought by facts. */
struct circle {
    assay_docid doc;
    struct partner at[2 * PARTNERS];
    uint32_t count, facts;
};

static assay_status close_circle(struct self *s, struct assay_out *out, struct circle *circle)
{
    assay_status status = ASSAY_OK;
    for (uint32_t i = 0; i < circle->count && !status; i++)
        status = s->host->to_document(s->host, out, SLOT_PARTNER, circle->doc, &circle->at[i]);
    circle->count = circle->facts = 0;
    return status;
}

static void join_circle(struct circle *circle, const struct couple *c)
{
    for (uint32_t i = 0; i < circle->count; i++)
        if (circle->at[i].doc == c->b) {
            circle->at[i].fact &= c->fact; /* brought by likeness, too */
            return;
        }
    if (c->fact ? circle->facts == PARTNERS : circle->count - circle->facts == PARTNERS)
        return;
    circle->facts += c->fact;
    circle->at[circle->count++] = (struct partner){c->b, c->score, c->fact};
}

assay_status story_finish(void *self, struct assay_values *values, struct assay_out *out)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    struct assay_list batch;
    struct circle circle;
    uint64_t crowded = 0; /* twice as many as keys: couples stand in both directions */
    assay_status status;
    memset(&circle, 0, sizeof circle);
    while (!(status = h->next(h, values, 4096, &batch, NULL)))
        for (uint32_t i = 0; i < batch.count; i++) {
            const struct couple *c = ASSAY_AT(struct couple, batch, i);
            if (c->a == NO_DOCUMENT) {
                crowded++;
                continue;
            }
            if (c->a != circle.doc) {
                if ((status = close_circle(s, out, &circle)))
                    return status;
                circle.doc = c->a;
            }
            join_circle(&circle, c);
        }
    if (crowded)
        h->note(h, ASSAY_NOTE_WARNING,
                "%llu words or facts stand in more than %u documents each: only so many are compared by them",
                (unsigned long long)crowded / 2, POSTING);
    return status == ASSAY_END ? close_circle(s, out, &circle) : status;
}
