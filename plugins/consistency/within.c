/* SPDX-License-Identifier: Apache-2.0
 *
 * Arithmetic inside one document: growth from two values and a rate, a part against its whole, parts that are listed
 * against their sum. Only said where it does not fit, rounding respected.
 */
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "judge.h"
#include "rival.h"

#define SENTENCE_FIGURES 16u
#define PARTS 8u
#define NEAR_SUM 250000u /* millionths: a list that adds up to much less or more is not of the whole */

struct here {
    struct self *s;
    const struct assay_doc *doc;
    struct assay_out *out;
    assay_docid id;
    struct assay_text text;
    const struct assay_document *document;
    struct assay_list claims;
    const struct digest_open *digest;
    uint32_t *hits; /* count only */
    /* one sentence */
    struct item item[SENTENCE_FIGURES];
    struct carried carried[SENTENCE_FIGURES];
    uint32_t items;
};

struct inner {
    const char *rule;
    uint32_t of[PARTS + 1], count; /* items: the whole or the values first */
    struct assay_buf words;
    uint32_t gap;
};

static assay_status write_inner(struct here *w, struct inner *inner)
{
    struct self *s = w->s;
    const struct assay_host *h = s->host;
    struct assay_finding f;
    if (w->hits) {
        ++*w->hits;
        return ASSAY_OK;
    }
    struct assay_value *value = h->alloc(h, w->out, inner->count * sizeof *value);
    struct assay_ref *ref = h->alloc(h, w->out, inner->count * sizeof *ref);
    struct assay_text *source = h->alloc(h, w->out, sizeof *source);
    struct assay_verdict_pair pair = {0, 1, ASSAY_CONFLICT, 0, {inner->rule, strlen(inner->rule)}};
    struct assay_buf title = {NULL, 0, 0, 0};
    const struct item *first = &w->item[inner->of[0]];
    uint64_t hash[4] = {masked_hash(first->c->sentence), XXH3_64bits(inner->rule, strlen(inner->rule)), first->c->ordinal, masked_hash(first->c->source)};
    uint64_t state = 0;
    if (!value || !ref || !source)
        return ASSAY_ENOMEM;
    memset(&f, 0, sizeof f);
    *source = document_source(w->document);
    for (uint32_t i = 0; i < inner->count; i++) {
        const struct assay_claim *c = &w->item[inner->of[i]].c->claim;
        ref[i] = w->item[inner->of[i]].c->ref;
        value[i].value = c->value;
        value[i].value_high = c->value_high;
        value[i].has_value_high = c->has_value_high;
        value[i].bound = c->bound;
        value[i].unit = c->unit;
        value[i].base_value = c->base_value;
        value[i].has_base_value = c->has_base_value;
        value[i].documents = value[i].independent = 1;
        value[i].claims = (struct assay_list){&ref[i], 1, sizeof *ref};
        value[i].sources = (struct assay_list){source, 1, sizeof *source};
        state = XXH3_64bits_withSeed(c->decimal.at ? c->decimal.at : "", c->decimal.size, state);
    }
    assay_buf_text(&title, "Figures do not add up in ");
    assay_buf_add(&title, source->at, source->size < 80 ? source->size : 80);
    assay_buf_text(&title, ": ");
    for (uint32_t i = 0; i < inner->count; i++) {
        const struct assay_claim *c = &w->item[inner->of[i]].c->claim;
        if (i)
            assay_buf_text(&title, i + 1 == inner->count ? " and " : ", ");
        assay_buf_add(&title, c->text.at, c->text.size < 60 ? c->text.size : 0);
    }
    f.title = kept_text(s, w->out, &title);
    title.size = 0;
    say_measure(&title, s, first);
    f.measured = kept_text(s, w->out, &title);
    assay_buf_free(&title);
    f.explanation = kept_text(s, w->out, &inner->words);
    f.id = hex_text(s, w->out, "", XXH3_64bits(hash, sizeof hash));
    f.state = hex_text(s, w->out, "", state);
    if (!f.title.at || !f.measured.at || !f.explanation.at || !f.id.at || !f.state.at)
        return ASSAY_ENOMEM;
    f.verdict = ASSAY_CONFLICT;
    f.severity = ASSAY_CHECK;
    f.scope_of = 1;
    f.confidence = 0.6;
    f.rule = (struct assay_text){inner->rule, strlen(inner->rule)};
    f.claims = (struct assay_list){ref, inner->count, sizeof *ref};
    f.values = (struct assay_list){value, inner->count, sizeof *value};
    f.pairs = (struct assay_list){&pair, 1, sizeof pair};
    f.independent = 1;
    f.gap = inner->gap / 1000000.0;
    const struct concept *concept = concepts_at(s->concepts, first->f.concept);
    if (concept)
        f.concept = concept->key;
    int64_t weight = (int64_t)ASSAY_AGREE * 10 * 100000000 + inner->gap;
    return deliver(s, w->out, &f, weight, first->f.kind, first->f.concept);
}

static void say(struct assay_buf *b, const struct item *item)
{
    assay_buf_text(b, "\"");
    assay_buf_add(b, item->c->claim.text.at, item->c->claim.text.size < 80 ? item->c->claim.text.size : 80);
    assay_buf_text(b, "\"");
}

/* low <= from * (1 + rate) <= high for some values the three intervals allow. */
static int growth_fits(const struct figure *from, const struct figure *to, const struct figure *rate, int down)
{
    struct interval f, t, p;
    struct assay_decimal hundred, one_low, one_high, low, high;
    figure_interval(&f, from, 0);
    figure_interval(&t, to, 0);
    figure_interval(&p, rate, 0);
    if (f.low_infinite || f.high_infinite || t.low_infinite || t.high_infinite || p.low_infinite || p.high_infinite)
        return 1;
    assay_decimal_u64(&hundred, 100);
    if (down) {
        decimal_subtract(&one_low, &hundred, &p.high);
        decimal_subtract(&one_high, &hundred, &p.low);
    } else {
        assay_decimal_add(&one_low, &hundred, &p.low);
        assay_decimal_add(&one_high, &hundred, &p.high);
    }
    assay_decimal_mul(&low, &f.low, &one_low);
    assay_decimal_mul(&high, &f.high, &one_high);
    assay_decimal_scale(&low, -2);
    assay_decimal_scale(&high, -2);
    return assay_decimal_compare(&low, &t.high) <= 0 && assay_decimal_compare(&t.low, &high) <= 0;
}

static int has_relation(const struct figure *f, uint32_t relation)
{
    return f->has_relation && f->relation == relation;
}

/* "rose from 3 to 5 million, by 12 %" */
static assay_status check_growth(struct here *w)
{
    uint32_t from = ASSAY_NEVER, to = ASSAY_NEVER, rate = ASSAY_NEVER;
    for (uint32_t i = 0; i < w->items; i++) {
        const struct figure *f = &w->item[i].f;
        uint32_t *slot = has_relation(f, ASSAY_RELATION_FROM) ? &from
                         : has_relation(f, ASSAY_RELATION_TO) ? &to
                         : has_relation(f, ASSAY_RELATION_BY) && f->kind == ASSAY_KIND_PERCENT ? &rate : NULL;
        if (!slot)
            continue;
        if (*slot != ASSAY_NEVER)
            return ASSAY_OK; /* two changes in one sentence: which belongs to which is not known */
        *slot = i;
    }
    if (from == ASSAY_NEVER || to == ASSAY_NEVER || rate == ASSAY_NEVER)
        return ASSAY_OK;
    const struct figure *f = &w->item[from].f, *t = &w->item[to].f, *p = &w->item[rate].f;
    if (f->kind == ASSAY_KIND_PERCENT || !figures_comparable(f, t) || f->value.sign <= 0 || t->value.sign <= 0 || p->value.sign < 0)
        return ASSAY_OK;
    int down = assay_decimal_compare(&t->value, &f->value) < 0;
    if (growth_fits(f, t, p, down))
        return ASSAY_OK;
    struct inner inner = {"growth", {from, to, rate}, 3, {NULL, 0, 0, 0}, 100000};
    say(&inner.words, &w->item[from]);
    assay_buf_text(&inner.words, " and ");
    say(&inner.words, &w->item[to]);
    assay_buf_text(&inner.words, " do not give a change of ");
    say(&inner.words, &w->item[rate]);
    assay_buf_text(&inner.words, ", even with rounding.");
    assay_status status = write_inner(w, &inner);
    assay_buf_free(&inner.words);
    return status;
}

/* 1 where another figure of the sentence before this one may be the whole. */
static int has_room(const struct here *w, uint32_t part)
{
    for (uint32_t i = 0; i < part; i++)
        if (w->item[i].f.kind == ASSAY_KIND_NUMBER && figures_comparable(&w->item[i].f, &w->item[part].f) &&
            assay_decimal_compare(&w->item[i].f.value, &w->item[part].f.value) >= 0)
            return 1;
    return 0;
}

/* "12 people, 15 of them children" */
static assay_status check_part(struct here *w)
{
    for (uint32_t i = 1; i < w->items; i++) {
        uint32_t whole = i - 1;
        struct interval p, q;
        if (!w->item[i].f.part || w->item[i].f.kind != ASSAY_KIND_NUMBER)
            continue;
        while (whole > 0 && (w->item[whole].f.part || !figures_comparable(&w->item[whole].f, &w->item[i].f)))
            whole--;
        if (w->item[whole].f.value.sign == 0 || w->item[whole].f.part || w->item[whole].f.kind != ASSAY_KIND_NUMBER || !figures_comparable(&w->item[whole].f, &w->item[i].f))
            continue;
        figure_interval(&p, &w->item[i].f, 0);
        figure_interval(&q, &w->item[whole].f, 0);
        if (p.low_infinite || q.high_infinite || assay_decimal_compare(&p.low, &q.high) <= 0 || has_room(w, i))
            continue;
        struct inner inner = {"part-of-whole", {whole, i}, 2, {NULL, 0, 0, 0}, interval_gap(&p, &q)};
        say(&inner.words, &w->item[i]);
        assay_buf_text(&inner.words, " is said to be a part of ");
        say(&inner.words, &w->item[whole]);
        assay_buf_text(&inner.words, ", but is more.");
        assay_status status = write_inner(w, &inner);
        assay_buf_free(&inner.words);
        if (status)
            return status;
    }
    return ASSAY_OK;
}

/* A colon between two figures and nothing but a list after it: "120 people: 70 men, 40 women". */
static int colon_between(const struct here *w, uint32_t a, uint32_t b)
{
    uint32_t begin = w->item[a].c->claim.span.end, end = w->item[b].c->claim.span.begin;
    for (uint32_t i = begin; i < end && i < w->text.size; i++)
        if (w->text.at[i] == ':')
            return 1;
    return 0;
}

/* Two figures of one list: a comma, semicolon or "and" between them, and no slash. */
static int listed_after(const struct here *w, uint32_t a, uint32_t b)
{
    uint32_t begin = w->item[a].c->claim.span.end, end = w->item[b].c->claim.span.begin, words = 0;
    for (uint32_t i = begin; i < end && i < w->text.size; i++) {
        if (w->text.at[i] == '/' || w->text.at[i] == '\n')
            return 0;
        words += w->text.at[i] == ' ';
        if (w->text.at[i] == ',' || w->text.at[i] == ';')
            return 1;
    }
    return words >= 3; /* "70 men and 40": a word, "and" */
}

static int near_sum(const struct interval *sum, const struct interval *whole)
{
    return interval_gap(sum, whole) <= NEAR_SUM;
}

static assay_status check_sum(struct here *w)
{
    struct interval whole, sum, part;
    struct assay_decimal total;
    if (w->items < 3 || w->items > PARTS + 1 || w->item[0].f.bound == ASSAY_BOUND_RANGE || !colon_between(w, 0, 1))
        return ASSAY_OK;
    if (w->item[0].f.kind == ASSAY_KIND_NUMBER && !w->item[0].f.counted.size)
        return ASSAY_OK; /* of nothing: a time, a list's number */
    figure_interval(&whole, &w->item[0].f, 0);
    memset(&sum, 0, sizeof sum);
    memset(&total, 0, sizeof total);
    for (uint32_t i = 1; i < w->items; i++) {
        const struct figure *f = &w->item[i].f;
        if (f->kind != w->item[0].f.kind || !figures_comparable(f, &w->item[0].f) || f->kind == ASSAY_KIND_PERCENT || f->bound != ASSAY_BOUND_EXACT ||
            f->status != ASSAY_ASSERTED || colon_between(w, i - 1, i) != (i == 1) || (i > 1 && !listed_after(w, i - 1, i)) ||
            figures_count_same(f, &w->item[0].f, w->s->concepts) == 0 || assay_decimal_compare(&f->value, &w->item[0].f.value) >= 0)
            return ASSAY_OK;
        figure_interval(&part, f, 0);
        assay_decimal_add(&sum.low, &sum.low, &part.low);
        assay_decimal_add(&sum.high, &sum.high, &part.high);
        assay_decimal_add(&total, &total, &f->value);
    }
    if (interval_meet(&sum, &whole) || !near_sum(&sum, &whole))
        return ASSAY_OK;
    struct inner inner = {"sum", {0}, w->items, {NULL, 0, 0, 0}, interval_gap(&sum, &whole)};
    char text[64];
    for (uint32_t i = 0; i < w->items; i++)
        inner.of[i] = i;
    assay_decimal_print(text, &total);
    assay_buf_text(&inner.words, "The parts listed add up to ");
    assay_buf_text(&inner.words, text);
    assay_buf_text(&inner.words, ", the whole is given as ");
    say(&inner.words, &w->item[0]);
    assay_buf_text(&inner.words, ".");
    assay_status status = write_inner(w, &inner);
    assay_buf_free(&inner.words);
    return status;
}

static void take_sentence(struct here *w, uint32_t first, uint32_t end)
{
    w->items = 0;
    for (uint32_t i = first; i < end && w->items < SENTENCE_FIGURES; i++) {
        const struct note *note = &w->digest->note[i];
        struct carried *c = &w->carried[w->items];
        struct item *item = &w->item[w->items];
        memset(item, 0, sizeof *item);
        memset(c, 0, sizeof *c);
        c->claim = *ASSAY_AT(struct assay_claim, w->claims, i);
        c->ref = (struct assay_ref){w->id, i, 0};
        c->source = w->document->source;
        c->doc = w->document->doc;
        c->ordinal = i - first;
        if (note->context < w->digest->contexts) {
            struct assay_span span = w->digest->context[note->context].span;
            c->sentence = (struct assay_text){w->text.at + span.begin, span.end - span.begin};
        }
        item->c = c;
        if (figure_of(&item->f, &c->claim, note, w->document) && item->f.permille >= 500 && item->f.status != ASSAY_NEGATED)
            w->items++;
    }
}

assay_status within_document(struct self *s, const struct assay_doc *doc, assay_docid id, struct assay_out *out, uint32_t *hits)
{
    const struct assay_host *h = s->host;
    const struct digest *digest = digest_of(s, doc);
    if (!digest || digest->notes < 2)
        return ASSAY_OK;
    if (!digest_read(&s->side[0].digest, digest, NULL))
        return ASSAY_ENOMEM;
    struct here *w = h->alloc(h, out, sizeof *w);
    assay_status status = ASSAY_OK;
    if (!w)
        return ASSAY_ENOMEM;
    w->s = s;
    w->doc = doc;
    w->out = out;
    w->hits = hits;
    w->id = id;
    w->text = h->text(h, doc);
    w->document = document_of(s, doc);
    w->claims = h->records(h, doc, SLOT_CLAIM);
    w->digest = &s->side[0].digest;
    if (!w->document || listed(s->options->ignored, document_source(w->document)))
        return ASSAY_OK;
    const struct note *note = w->digest->note;
    uint32_t count = w->claims.count < w->digest->notes ? w->claims.count : w->digest->notes;
    for (uint32_t i = 0; i < count && !status;) {
        uint32_t end = i + 1;
        while (end < count && note[end].context == note[i].context)
            end++;
        if (note[i].context != ASSAY_NEVER && end - i >= 2) {
            take_sentence(w, i, end);
            if (!(status = check_growth(w)) && !(status = check_part(w)))
                status = check_sum(w);
        }
        i = end;
    }
    return status;
}
