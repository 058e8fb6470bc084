/* SPDX-License-Identifier: Apache-2.0 */
#include "terminal.h"

#include <string.h>

#include <assay/kit/say.h>
#include <assay/layers/copy.h>

#define SHOWN 20u
#define FIGURES 4u

static struct assay_text slice(struct writing *w, const struct assay_doc *doc, struct assay_span span)
{
    struct assay_text text = w->host->text(w->host, doc);
    if (span.begin > span.end || span.end > text.size)
        return (struct assay_text){"", 0};
    return (struct assay_text){text.at + span.begin, span.end - span.begin};
}

/* "changed figure: 1,200 became 1,300". */
static void write_changed(struct writing *w, const struct assay_copy *c)
{
    const struct assay_doc *a, *b;
    struct assay_buf *line = &w->page.line;
    int turned = c->first && c->first == c->b.doc;
    for (uint32_t i = 0; i < c->figures_differ.count && i < FIGURES; i++) {
        const struct assay_differ *d = ASSAY_AT(struct assay_differ, c->figures_differ, i);
        if (w->host->view(w->host, w->results, c->a.doc, &a) || w->host->view(w->host, w->results, c->b.doc, &b))
            return;
        struct assay_text from = slice(w, a, d->a), to = slice(w, b, d->b);
        assay_buf_text(line, ALARM "a figure differs: " PLAIN);
        assay_say_line(line, turned ? to : from);
        assay_buf_text(line, " → ");
        assay_say_line(line, turned ? from : to);
        page_end(&w->page, 9, 11);
    }
    if (c->figures_differ.count > FIGURES) {
        assay_buf_text(line, "and ");
        assay_say_count(line, c->figures_differ.count - FIGURES, "more figure");
        page_end(&w->page, 9, 9);
    }
}

/* One copy beneath the text it is paired with: "Lakeside Echo, ... (all of it stands there)". */
static void write_member(struct writing *w, const struct assay_copy *c)
{
    const struct assay_doc *doc;
    struct assay_buf *line = &w->page.line;
    int other_is_a = c->first == c->b.doc;
    if (w->host->view(w->host, w->results, other_is_a ? c->a.doc : c->b.doc, &doc))
        return;
    assay_buf_text(line, "· ");
    say_document(w, doc);
    assay_buf_text(line, ": ");
    assay_say_share(line, other_is_a ? c->covered_a : c->covered_b);
    assay_buf_text(line, " of it stands in the first text");
    page_end(&w->page, 7, 9);
    write_changed(w, c);
}

static int in_cluster(const struct assay_copy *c, struct assay_text id)
{
    return c->cluster.at && c->cluster.size == id.size && !memcmp(c->cluster.at, id.at, id.size);
}

static void write_cluster(struct writing *w, const struct assay_cluster *cluster)
{
    const struct assay_doc *doc;
    struct assay_list list;
    struct assay_buf *line = &w->page.line;
    assay_docid first = cluster->first;
    if (!first && cluster->docs.count)
        first = *ASSAY_AT(assay_docid, cluster->docs, 0);
    assay_buf_text(line, cluster->first ? "first seen in " BOLD : "one text, also in " BOLD);
    if (w->host->view(w->host, w->results, first, &doc) == ASSAY_OK)
        say_document(w, doc);
    assay_buf_text(line, PLAIN ", also in:");
    page_end(&w->page, 5, 7);
    while ((list = w->host->corpus(w->host, w->results, COPY, 256)).count)
        for (uint32_t i = 0; i < list.count; i++) {
            const struct assay_copy *c = ASSAY_AT(struct assay_copy, list, i);
            if (in_cluster(c, cluster->id))
                write_member(w, c);
        }
    page_gap(&w->page);
}

/* A pair outside any cluster. */
static void write_pair(struct writing *w, const struct assay_copy *c)
{
    const struct assay_doc *a, *b;
    struct assay_buf *line = &w->page.line;
    if (w->host->view(w->host, w->results, c->a.doc, &a) || w->host->view(w->host, w->results, c->b.doc, &b))
        return;
    say_document(w, a);
    assay_buf_byte(line, ' ');
    assay_buf_text(line, assay_say_relation(c->relation));
    if (c->relation != ASSAY_COPY_REPEATS_ITSELF) {
        assay_buf_byte(line, ' ');
        say_document(w, b);
    }
    assay_buf_text(line, " (");
    assay_say_share(line, c->covered_a);
    if (c->relation != ASSAY_COPY_REPEATS_ITSELF) {
        assay_buf_text(line, " and ");
        assay_say_share(line, c->covered_b);
    }
    assay_buf_text(line, c->relation == ASSAY_COPY_REPEATS_ITSELF ? " of the text)" : " of the texts)");
    page_end(&w->page, 5, 7);
    write_changed(w, c);
}

static void write_pairs(struct writing *w)
{
    struct assay_list list;
    uint64_t n = 0;
    while ((list = w->host->corpus(w->host, w->results, COPY, 256)).count)
        for (uint32_t i = 0; i < list.count; i++) {
            const struct assay_copy *c = ASSAY_AT(struct assay_copy, list, i);
            if (!c->cluster.at && n++ < SHOWN)
                write_pair(w, c);
        }
    if (n > SHOWN) {
        assay_buf_text(&w->page.line, "… and ");
        assay_say_count(&w->page.line, n - SHOWN, "more pair");
        page_end(&w->page, 5, 5);
    }
    if (n)
        page_gap(&w->page);
}

static void write_clusters(struct writing *w, uint64_t *clusters)
{
    struct assay_list list;
    *clusters = 0;
    while ((list = w->host->corpus(w->host, w->results, CLUSTER, 64)).count)
        for (uint32_t i = 0; i < list.count; i++)
            if ((*clusters)++ < SHOWN)
                write_cluster(w, ASSAY_AT(struct assay_cluster, list, i));
    if (*clusters > SHOWN) {
        assay_buf_text(&w->page.line, "… and ");
        assay_say_count(&w->page.line, *clusters - SHOWN, "more copied text");
        page_end(&w->page, 5, 5);
        page_gap(&w->page);
    }
}

void write_copies(struct writing *w)
{
    struct assay_list list;
    uint64_t clusters = 0;
    if (!w->has[COPY])
        return;
    while ((list = w->host->corpus(w->host, w->results, COPY, 1024)).count)
        w->copies += list.count;
    if (!w->copies) {
        if (!w->has[FINDING])
            page_say(&w->page, 0, "No text copies another.\n");
        return;
    }
    page_say(&w->page, 0, w->has[FINDING] ? BOLD "COPIES" PLAIN " (count as one source)" : BOLD "COPIES" PLAIN);
    page_gap(&w->page);
    if (w->has[CLUSTER])
        write_clusters(w, &clusters);
    write_pairs(w);
}
