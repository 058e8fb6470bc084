/* SPDX-License-Identifier: Apache-2.0
 *
 * The part of the page on copies: clusters with who had a text first, and pairs that share passages.
 */
#include "page.h"

#include <string.h>

#include <assay/kit/say.h>
#include <assay/layers/copy.h>

#include "chart.h"
#include "diff.h"

#define SHOWN 200u
#define FIGURES 8u
#define DIFF_TEXT 200000u  /* bytes of one side */
#define DIFF_ALL 700000u   /* of the page */

struct copies {
    struct page *page;
    uint64_t diffs; /* bytes written so far */
};

static void say_share(struct page *p, double share)
{
    struct assay_buf piece = {0};
    assay_say_share(&piece, share);
    markup_piece(&p->out, &piece);
    assay_buf_free(&piece);
}

static struct assay_text slice(struct page *p, assay_docid id, struct assay_span span)
{
    const struct assay_doc *doc;
    if (p->host->view(p->host, p->results, id, &doc) != ASSAY_OK)
        return (struct assay_text){"", 0};
    struct assay_text text = p->host->text(p->host, doc);
    if (span.begin > span.end || span.end > text.size)
        return (struct assay_text){"", 0};
    return (struct assay_text){text.at + span.begin, span.end - span.begin};
}

static void write_doc(struct page *p, assay_docid id)
{
    const struct assay_doc *doc;
    if (p->host->view(p->host, p->results, id, &doc) == ASSAY_OK)
        write_cite(p, doc);
}

static void write_figures(struct page *p, const struct assay_copy *c, int turned)
{
    if (!c->figures_differ.count)
        return;
    markup_raw(&p->out, "<p class=differ>Figures that differ: ");
    for (uint32_t i = 0; i < c->figures_differ.count && i < FIGURES; i++) {
        const struct assay_differ *d = ASSAY_AT(struct assay_differ, c->figures_differ, i);
        markup_raw(&p->out, i ? "; <b>" : "<b>");
        markup_clipped(&p->out, turned ? slice(p, c->b.doc, d->b) : slice(p, c->a.doc, d->a), 80);
        markup_raw(&p->out, "</b> → <b>");
        markup_clipped(&p->out, turned ? slice(p, c->a.doc, d->a) : slice(p, c->b.doc, d->b), 80);
        markup_raw(&p->out, "</b>");
    }
    if (c->figures_differ.count > FIGURES)
        markup_form(&p->out, " and %u more", c->figures_differ.count - FIGURES);
    markup_raw(&p->out, ".</p>");
}

static void write_diff(struct copies *all, const struct assay_copy *c, int turned)
{
    struct page *p = all->page;
    struct assay_text a = slice(p, c->a.doc, c->a.span), b = slice(p, c->b.doc, c->b.span);
    if (!a.size || !b.size || a.size > DIFF_TEXT || b.size > DIFF_TEXT || all->diffs > DIFF_ALL)
        return;
    if (a.size == b.size && !memcmp(a.at, b.at, a.size)) {
        markup_raw(&p->out, "<p class=same>The shared part is the same, letter for letter.</p>");
        return;
    }
    uint64_t before = markup_size(&p->out);
    markup_raw(&p->out, "<details class=diff><summary>Compare the texts</summary><p dir=auto>");
    if (!diff_write(&p->out, turned ? b : a, turned ? a : b))
        markup_raw(&p->out, "The two differ in too many places to lay them side by side.");
    markup_raw(&p->out, "</p></details>");
    all->diffs += markup_size(&p->out) - before;
}

static void write_member(struct copies *all, const struct assay_copy *c)
{
    struct page *p = all->page;
    int turned = c->first && c->first == c->b.doc; /* a is the later one */
    double covered = turned ? c->covered_a : c->covered_b;
    markup_raw(&p->out, "<li>");
    write_doc(p, turned ? c->a.doc : c->b.doc);
    markup_raw(&p->out, "<p class=cover>");
    chart_bar(&p->out, covered);
    markup_raw(&p->out, "<span>");
    say_share(p, covered);
    markup_raw(&p->out, " of it stands in the first text</span></p>");
    write_figures(p, c, turned);
    write_diff(all, c, turned);
    markup_raw(&p->out, "</li>");
}

static void write_cluster(struct copies *all, const struct assay_cluster *cluster)
{
    struct page *p = all->page;
    struct assay_list list;
    assay_docid first = cluster->first;
    if (!first && cluster->docs.count)
        first = *ASSAY_AT(assay_docid, cluster->docs, 0);
    markup_form(&p->out, "<article class=cluster><h3>%u %s, one source</h3><p>%s ", cluster->docs.count,
                cluster->docs.count == 1 ? "text" : "texts",
                cluster->first ? "First seen in" : "It is not known which came first; one of them is");
    write_doc(p, first);
    markup_raw(&p->out, "</p><ol>");
    while ((list = p->host->corpus(p->host, p->results, COPY, 256)).count)
        for (uint32_t i = 0; i < list.count; i++) {
            const struct assay_copy *c = ASSAY_AT(struct assay_copy, list, i);
            if (c->cluster.at && c->cluster.size == cluster->id.size &&
                !memcmp(c->cluster.at, cluster->id.at, cluster->id.size))
                write_member(all, c);
        }
    markup_raw(&p->out, "</ol></article>\n");
}

static void write_pair(struct copies *all, const struct assay_copy *c)
{
    struct page *p = all->page;
    int own = c->relation == ASSAY_COPY_REPEATS_ITSELF;
    markup_raw(&p->out, "<li>");
    write_doc(p, c->a.doc);
    markup_form(&p->out, " <b>%s%s</b> ", assay_say_relation_verb(c->relation), assay_say_relation(c->relation));
    if (!own)
        write_doc(p, c->b.doc);
    markup_raw(&p->out, " (");
    say_share(p, c->covered_a);
    if (!own) {
        markup_raw(&p->out, " and ");
        say_share(p, c->covered_b);
    }
    markup_raw(&p->out, own ? " of the text)" : " of the texts)");
    write_figures(p, c, 0);
    write_diff(all, c, 0);
    markup_raw(&p->out, "</li>\n");
}

void copies_count(struct page *p)
{
    struct assay_list list;
    while ((list = p->host->corpus(p->host, p->results, COPY, 1024)).count)
        p->copies += list.count;
    while ((list = p->host->corpus(p->host, p->results, CLUSTER, 1024)).count)
        p->clusters += list.count;
}

static void write_pairs(struct copies *all)
{
    struct page *p = all->page;
    struct assay_list list;
    uint64_t n = 0;
    while ((list = p->host->corpus(p->host, p->results, COPY, 256)).count)
        for (uint32_t i = 0; i < list.count; i++) {
            const struct assay_copy *c = ASSAY_AT(struct assay_copy, list, i);
            if (c->cluster.at)
                continue;
            if (!n++)
                markup_raw(&p->out, "<h3>Shared passages</h3><ul class=pairlist>");
            if (n <= SHOWN)
                write_pair(all, c);
        }
    if (n)
        markup_raw(&p->out, "</ul>");
    if (n > SHOWN)
        markup_form(&p->out, "<p class=also>and %llu more</p>", (unsigned long long)(n - SHOWN));
}

void copies_write(struct page *p)
{
    struct copies all = {.page = p};
    struct assay_list list;
    uint64_t n = 0;
    if (!p->copies)
        return;
    markup_raw(
        &p->out,
        "<section id=copies><h2>Who copies whom</h2><p class=lead>Copies of one text count as one source. “First seen” means earliest "
        "among these texts, not that it wrote the story.</p>\n");
    while ((list = p->host->corpus(p->host, p->results, CLUSTER, 64)).count)
        for (uint32_t i = 0; i < list.count; i++)
            if (n++ < SHOWN)
                write_cluster(&all, ASSAY_AT(struct assay_cluster, list, i));
    if (n > SHOWN)
        markup_form(&p->out, "<p class=also>and %llu more</p>", (unsigned long long)(n - SHOWN));
    write_pairs(&all);
    markup_raw(&p->out, "</section>\n");
}
