/* SPDX-License-Identifier: Apache-2.0
 *
 * What there is in all: texts, languages, sources, figures; without findings, the texts one by one.
 */
#include "terminal.h"

#include <stdlib.h>
#include <assay/kit/text.h>
#include <string.h>

#include <assay/kit/evidence.h>
#include <assay/kit/say.h>
#include <assay/layers/finding.h>
#include <assay/layers/host.h>
#include <assay/layers/text.h>

#define DOCUMENTS 20u /* shown one by one in the overview */
#define CLAIMS 12u    /* shown of each */
#define PARTS 4u      /* languages shown of one text */
#define AROUND 60u

/* A small set of distinct texts with a count, in order of first appearance; beyond its room everything is "other". */
#define TALLIES 512u
struct tally {
    struct assay_text name;
    uint64_t count;
};
struct tallies {
    struct tally at[TALLIES];
    uint32_t count;
    uint64_t other;
};

static void tally_add(struct writing *w, struct tallies *t, struct assay_text name, uint64_t n)
{
    uint32_t i = 0;
    while (i < t->count && !assay_text_same(t->at[i].name, name))
        i++;
    if (i < t->count) {
        t->at[i].count += n;
        return;
    }
    char *copy = i < TALLIES ? w->host->alloc(w->host, w->results, name.size + 1) : NULL;
    if (!copy) {
        t->other += n;
        return;
    }
    memcpy(copy, name.at ? name.at : "", name.size);
    t->at[t->count++] = (struct tally){{copy, name.size}, n};
}

/* Most first; equal counts by name. */
static int tally_before(const struct tally *a, const struct tally *b)
{
    if (a->count != b->count)
        return a->count > b->count;
    size_t n = a->name.size < b->name.size ? a->name.size : b->name.size;
    int c = memcmp(a->name.at, b->name.at, n);
    return c ? c < 0 : a->name.size < b->name.size;
}

static void tally_sort(struct tallies *t)
{
    for (uint32_t i = 1; i < t->count; i++) {
        struct tally x = t->at[i];
        uint32_t k = i;
        for (; k > 0 && tally_before(&x, &t->at[k - 1]); k--)
            t->at[k] = t->at[k - 1];
        t->at[k] = x;
    }
}

/* "ru 82 %, en 18 %" of the text's bytes. */
static void say_languages(struct writing *w, const struct assay_doc *doc)
{
    struct tallies *parts = calloc(1, sizeof *parts);
    struct assay_list list = w->host->records(w->host, doc, LANGUAGE);
    uint64_t whole = 0;
    if (!parts)
        return;
    for (uint32_t i = 0; i < list.count; i++) {
        const struct assay_language *l = ASSAY_AT(struct assay_language, list, i);
        tally_add(w, parts, l->language, l->span.end - l->span.begin);
        whole += l->span.end - l->span.begin;
    }
    tally_sort(parts);
    for (uint32_t i = 0; i < parts->count && i < PARTS; i++) {
        if (i)
            assay_buf_text(&w->page.line, ", ");
        assay_buf_text(&w->page.line, BOLD);
        assay_say_line(&w->page.line, parts->at[i].name);
        assay_buf_text(&w->page.line, PLAIN);
        if (parts->count > 1) {
            assay_buf_byte(&w->page.line, ' ');
            assay_say_share(&w->page.line, whole ? (double)parts->at[i].count / (double)whole : 0);
        }
    }
    free(parts);
}

static void write_claim(struct writing *w, struct assay_ref ref)
{
    static const struct assay_evidence_slots slots = {DOCUMENT, CLAIM, SENTENCE};
    struct assay_evidence e;
    if (assay_evidence_get(w->host, w->results, &slots, ref, &e) != ASSAY_OK)
        return;
    assay_buf_text(&w->page.line, BOLD);
    struct assay_text unit = e.claim->kind == ASSAY_KIND_MULTIPLE ? (struct assay_text){"times", 5} : e.claim->unit;
    assay_say_value(&w->page.line, e.claim->value, e.claim->value_high, e.claim->bound, unit);
    assay_buf_text(&w->page.line, PLAIN);
    assay_buf_text(&w->page.line, DIM "  " PLAIN);
    say_quote(w, &e, AROUND);
    page_end(&w->page, 5, 7);
}

static void write_document(struct writing *w, const struct assay_doc *doc)
{
    say_document(w, doc);
    if (w->has[LANGUAGE]) {
        assay_buf_text(&w->page.line, ": ");
        say_languages(w, doc);
    }
    page_end(&w->page, 2, 4);
    struct assay_list claims = w->host->records(w->host, doc, CLAIM);
    assay_docid id = w->host->docid(w->host, doc);
    for (uint32_t i = 0; i < claims.count && i < CLAIMS; i++)
        write_claim(w, (struct assay_ref){id, i, 0});
    if (claims.count > CLAIMS) {
        assay_buf_text(&w->page.line, "… and ");
        assay_say_count(&w->page.line, claims.count - CLAIMS, "more figure");
        page_end(&w->page, 5, 5);
    }
}

static void write_languages(struct writing *w, struct tallies *t, uint64_t documents)
{
    if (!w->has[LANGUAGE] || !t->count)
        return;
    page_say(&w->page, 0, BOLD "LANGUAGES" PLAIN);
    tally_sort(t);
    for (uint32_t i = 0; i < t->count && i < 40; i++) {
        assay_say_line(&w->page.line, t->at[i].name);
        assay_buf_text(&w->page.line, "  ");
        assay_say_count(&w->page.line, t->at[i].count, "text");
        assay_buf_text(&w->page.line, ", ");
        assay_say_share(&w->page.line, documents ? (double)t->at[i].count / (double)documents : 0);
        page_end(&w->page, 5, 7);
    }
    page_gap(&w->page);
}

static void say_verdicts(struct writing *w)
{
    struct assay_buf *line = &w->page.line;
    int first = 1;
    assay_buf_text(line, ". ");
    assay_say_count(line, w->findings, "finding");
    for (uint32_t i = 0; i < ASSAY_SAY_GROUPS; i++)
        if (w->group[i]) {
            assay_buf_text(line, first ? ": " : ", ");
            first = 0;
            assay_say_verdict_count(line, i, w->group[i]);
        }
}

struct overview {
    struct tallies languages, sources;
    uint64_t documents, unsourced, empty;
    struct assay_buf empty_name; /* of the first one */
};

static void count_document(struct writing *w, struct overview *o, const struct assay_doc *doc)
{
    struct assay_list list = w->host->records(w->host, doc, DOCUMENT);
    o->documents++;
    if (!list.count)
        return;
    const struct assay_document *d = ASSAY_AT(struct assay_document, list, 0);
    if (!w->host->text(w->host, doc).size && !o->empty++)
        assay_say_line(&o->empty_name, d->doc);
    if (d->source.at && d->source.size)
        tally_add(w, &o->sources, d->source, 1);
    else
        o->unsourced++;
    if (d->language.at && d->language.size)
        tally_add(w, &o->languages, d->language, 1);
}

void overview_read(struct writing *w)
{
    const struct assay_doc *doc;
    assay_status status;
    struct overview *o = w->overview = calloc(1, sizeof *o);
    if (!o) {
        w->page.status = w->host->fail(w->host, ASSAY_ENOMEM, "no memory for the overview");
        return;
    }
    while ((status = w->host->next_document(w->host, w->results, &doc)) == ASSAY_OK) {
        count_document(w, o, doc);
        if (!w->has[FINDING] && o->documents <= DOCUMENTS)
            write_document(w, doc);
    }
    if (status != ASSAY_END && !w->page.status)
        w->page.status = status;
    if (w->has[FINDING] || !o->documents)
        return;
    if (o->documents > DOCUMENTS) {
        assay_buf_text(&w->page.line, "… and ");
        assay_say_count(&w->page.line, o->documents - DOCUMENTS, "more text");
        page_end(&w->page, 2, 2);
    }
    page_gap(&w->page);
    write_languages(w, &o->languages, o->documents);
}

/* What every finding counts, for who reads the first one. */
static void say_independent(struct writing *w)
{
    if (!w->findings)
        return;
    assay_buf_text(&w->page.line, "Independent sources: publishers none of which prints, translates or cites another, "
                                  "or credits the same agency.");
    page_end(&w->page, 0, 2);
}

/* Who forgets to name publishers sees no agreement at all, and has to learn why. */
static void say_unsourced(struct writing *w, uint64_t n)
{
    if (n < 2)
        return;
    assay_say_count(&w->page.line, n, "text");
    assay_buf_text(&w->page.line,
                   " name no publisher, and count as one source together. The step “publisher” names "
                                  "them by path (option by_path), a key “source” those of JSON Lines.");
    page_end(&w->page, 0, 2);
}

/* A page that a program fills in the browser, say, or that holds nothing but menus. */
static void say_empty(struct writing *w, const struct overview *o)
{
    if (!o->empty)
        return;
    assay_say_count(&w->page.line, o->empty, "text");
    assay_buf_text(&w->page.line,
                   o->empty == 1 ? " is empty after reading: " : " are empty after reading, the first: ");
    assay_buf_add(&w->page.line, o->empty_name.at, o->empty_name.size);
    assay_buf_byte(&w->page.line, '.');
    page_end(&w->page, 0, 2);
}

/* The run has counted them: nobody has to open them for that. */
static uint64_t count_figures(const struct writing *w)
{
    struct assay_list run = w->host->corpus(w->host, w->results, RUN, 1);
    uint64_t n = 0;
    for (uint32_t i = 0; run.count && i < ASSAY_AT(struct assay_run, run, 0)->counts.count; i++) {
        const struct assay_tally *t = ASSAY_AT(struct assay_tally, ASSAY_AT(struct assay_run, run, 0)->counts, i);
        if (assay_text_same(t->name, (struct assay_text){"claim", 5}))
            n += t->count;
    }
    return n;
}

void overview_say(struct writing *w)
{
    const struct overview *o = w->overview;
    struct assay_buf *line = &w->page.line;
    if (!o)
        return;
    assay_buf_text(line, BOLD);
    assay_say_count(line, o->documents, "text");
    assay_buf_text(line, PLAIN);
    if (o->sources.count) {
        assay_buf_text(line, o->sources.other ? " from more than " : " from ");
        assay_say_count(line, o->sources.count, "source");
    }
    uint64_t languages = 0; /* "und" is none */
    for (uint32_t i = 0; i < o->languages.count; i++)
        languages += !assay_text_same(o->languages.at[i].name, (struct assay_text){"und", 3});
    if (languages) {
        assay_buf_text(line, " in ");
        assay_say_count(line, languages, "language");
    }
    if (w->has[CLAIM]) {
        assay_buf_text(line, ", ");
        assay_say_count(line, count_figures(w), "figure");
    }
    if (w->has[FINDING])
        say_verdicts(w);
    if (w->failures) {
        assay_buf_text(line, ". ");
        assay_say_count(line, w->failures, "failure");
    }
    if (w->skipped) {
        assay_buf_text(line, w->failures ? ", " : ". ");
        assay_say_count(line, w->skipped, "input");
        assay_buf_text(line, " passed over");
    }
    assay_buf_byte(line, '.');
    page_end(&w->page, 0, 2);
    if (w->has[FINDING])
        say_independent(w);
    if (w->has[FINDING])
        say_unsourced(w, o->unsourced);
    say_empty(w, o);
    assay_buf_free(&w->overview->empty_name);
    free(w->overview);
    w->overview = NULL;
}
