/* SPDX-License-Identifier: Apache-2.0
 *
 * Copies: who had a text first, who else has it, and what they changed.
 */
#include "terminal.h"

#include <string.h>

#include <assay/kit/say.h>
#include <assay/layers/copy.h>
#include <assay/layers/document.h>

#define SHOWN 20u
#define FIGURES 4u
#define BEFORE 36u /* bytes of text that are shown around a figure */
#define BEHIND 24u

static struct assay_text slice(struct writing *w, const struct assay_doc *doc, struct assay_span span)
{
    struct assay_text text = w->host->text(w->host, doc);
    if (span.begin > span.end || span.end > text.size)
        return (struct assay_text){"", 0};
    return (struct assay_text){text.at + span.begin, span.end - span.begin};
}

static int is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* The figure with some words around it, whole ones where there are blanks. */
static void write_around(struct writing *w, const struct assay_doc *doc, struct assay_span span)
{
    struct assay_text text = w->host->text(w->host, doc);
    struct assay_buf *line = &w->page.line;
    if (span.begin > span.end || span.end > text.size)
        return;
    uint64_t from = span.begin > BEFORE ? span.begin - BEFORE : 0,
             to = text.size - span.end > BEHIND ? span.end + BEHIND : text.size;
    uint64_t cut = from, end = to;
    while (from > 0 && cut < span.begin && !is_blank(text.at[cut]))
        cut++;
    while (to < text.size && end > span.end && !is_blank(text.at[end - 1]))
        end--;
    for (from = cut < span.begin ? cut : from; from < span.begin && ((unsigned char)text.at[from] & 0xc0) == 0x80;)
        from++;
    for (to = end > span.end ? end : to; to < text.size && ((unsigned char)text.at[to] & 0xc0) == 0x80;)
        to++;
    while (from < span.begin && is_blank(text.at[from]))
        from++;
    while (to > span.end && is_blank(text.at[to - 1]))
        to--;
    assay_buf_text(line, from > 0 ? "“… " : "“");
    assay_say_line(line, (struct assay_text){text.at + from, to - from});
    assay_buf_text(line, to < text.size ? " …”" : "”");
}

/* "a figure differs: 1,200 → 1,300, in “cost 1,200 crowns”": the earlier text's stands first. */
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
        assay_buf_text(line, ", in ");
        write_around(w, turned ? b : a, turned ? d->b : d->a);
        page_end(&w->page, 9, 11);
    }
    if (c->figures_differ.count > FIGURES) {
        assay_buf_text(line, "and ");
        assay_say_count(line, c->figures_differ.count - FIGURES, "more figure");
        page_end(&w->page, 9, 9);
    }
}

/* What a member of a cluster is to the text on top; the relation is said of the member. */
static void write_relation(struct assay_buf *line, uint32_t relation, double covered, double covered_first)
{
    switch (relation) {
    case ASSAY_COPY_IDENTICAL:
        assay_buf_text(line, "the same, letter for letter");
        return;
    case ASSAY_COPY_REFORMATTED:
        assay_buf_text(line, "the same words, set differently");
        return;
    case ASSAY_COPY_EXCERPT:
        assay_buf_text(line, "an excerpt: ");
        assay_say_share(line, covered);
        assay_buf_text(line, " of it stands in the first text, ");
        assay_say_share(line, covered_first);
        assay_buf_text(line, " of that here");
        return;
    case ASSAY_COPY_CONTAINS:
        assay_buf_text(line, "holds ");
        assay_say_share(line, covered_first);
        assay_buf_text(line, " of the first text, which makes ");
        assay_say_share(line, covered);
        assay_buf_text(line, " of this one");
        return;
    default:
        assay_say_share(line, covered);
        assay_buf_text(line, " of it stands in the first text");
    }
}

static uint32_t turned_round(uint32_t relation)
{
    return relation == ASSAY_COPY_EXCERPT    ? ASSAY_COPY_CONTAINS
           : relation == ASSAY_COPY_CONTAINS ? ASSAY_COPY_EXCERPT
                                             : relation;
}

static int has_date(struct writing *w, const struct assay_doc *doc)
{
    struct assay_list list = w->host->records(w->host, doc, DOCUMENT);
    return list.count && ASSAY_AT(struct assay_document, list, 0)->published.size > 0;
}

/* One copy beneath the text on top, or one that is tied to it by a third text. `dated`: the one on top is first by its
 * date. */
static void write_member(struct writing *w, const struct assay_copy *c, assay_docid top, int dated)
{
    const struct assay_doc *a, *b;
    struct assay_buf *line = &w->page.line;
    if (w->host->view(w->host, w->results, c->a.doc, &a) || w->host->view(w->host, w->results, c->b.doc, &b))
        return;
    assay_buf_text(line, "· ");
    say_document(w, c->a.doc == top ? b : a);
    if (dated && !has_date(w, c->a.doc == top ? b : a))
        assay_buf_text(line, " (no date, may be earlier)");
    if (c->a.doc == top) {
        assay_buf_text(line, ": ");
        write_relation(line, turned_round(c->relation), c->covered_b, c->covered_a);
    } else if (c->b.doc == top) {
        assay_buf_text(line, ": ");
        write_relation(line, c->relation, c->covered_a, c->covered_b);
    } else {
        assay_buf_byte(line, ' ');
    assay_buf_text(line, assay_say_relation_verb(c->relation));
        assay_buf_text(line, assay_say_relation(c->relation));
        assay_buf_byte(line, ' ');
        say_document(w, b);
    }
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
    assay_buf_text(line,
                   cluster->first ? "first seen in " BOLD : "one text, no dates that say who had it first: " BOLD);
    if (w->host->view(w->host, w->results, first, &doc) == ASSAY_OK)
        say_document(w, doc);
    assay_buf_text(line, PLAIN ", also in:");
    page_end(&w->page, 5, 7);
    while ((list = w->host->corpus(w->host, w->results, COPY, 256)).count)
        for (uint32_t i = 0; i < list.count; i++) {
            const struct assay_copy *c = ASSAY_AT(struct assay_copy, list, i);
            if (in_cluster(c, cluster->id))
                write_member(w, c, first, cluster->first != 0);
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
    assay_buf_text(line, assay_say_relation_verb(c->relation));
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
