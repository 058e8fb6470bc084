/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of the page on what could not be read, and on how to read the page.
 */
#include "page.h"

#include <assay/kit/say.h>
#include <assay/layers/host.h>

#define SHOWN 500u

static const char *const code_word[] = {"crashed",           "took too long",       "needed too much memory",
                                        "ended the program", "wrong character set", "wrong syntax",
                                        "beyond a limit",    "unreadable",          "broke the plugin contract"};

void unread_count(struct page *p)
{
    struct assay_list list;
    while ((list = p->host->corpus(p->host, p->results, FAILURE, 1024)).count)
        p->failures += list.count;
    while ((list = p->host->corpus(p->host, p->results, SKIPPED, 1024)).count)
        p->skipped += list.count;
}

static void write_failure(struct page *p, const struct assay_failure *x)
{
    struct markup *m = &p->out;
    markup_raw(m, "<tr><td><bdi class=path>");
    markup_clipped(m, x->doc.at ? x->doc : x->path, 300);
    markup_raw(m, "</bdi>");
    if (x->has_line)
        markup_form(m, ", line %llu", (unsigned long long)x->line);
    markup_form(m, "<td>%s<td>", x->code < 9 ? code_word[x->code] : "failed");
    markup_clipped(m, x->message, 600);
    markup_raw(m, "<td>");
    markup_clipped(m, x->plugin, 40);
}

static void write_failures(struct page *p)
{
    struct assay_list list;
    uint64_t n = 0;
    markup_raw(
        &p->out,
        "<table><thead><tr><th scope=col>Text<th scope=col>What happened<th scope=col>Message<th scope=col>Step</thead><tbody>");
    while ((list = p->host->corpus(p->host, p->results, FAILURE, 64)).count)
        for (uint32_t i = 0; i < list.count; i++)
            if (n++ < SHOWN)
                write_failure(p, ASSAY_AT(struct assay_failure, list, i));
    markup_raw(&p->out, "</tbody></table>");
    if (n > SHOWN)
        markup_form(&p->out, "<p class=also>and %llu more</p>", (unsigned long long)(n - SHOWN));
}

static void write_skipped(struct page *p)
{
    struct assay_list list;
    uint64_t n = 0;
    markup_raw(
        &p->out,
        "<table><thead><tr><th scope=col>Passed over<th scope=col>Reason<th scope=col class=num>Bytes</thead><tbody>");
    while ((list = p->host->corpus(p->host, p->results, SKIPPED, 64)).count)
        for (uint32_t i = 0; i < list.count; i++) {
            const struct assay_skipped *x = ASSAY_AT(struct assay_skipped, list, i);
            if (n++ >= SHOWN)
                continue;
            markup_raw(&p->out, "<tr><td><bdi class=path>");
            markup_clipped(&p->out, x->path, 300);
            markup_raw(&p->out, "</bdi><td>");
            markup_clipped(&p->out, x->reason, 100);
            markup_form(&p->out, "<td class=num>%llu", (unsigned long long)x->bytes);
        }
    markup_raw(&p->out, "</tbody></table>");
    if (n > SHOWN)
        markup_form(&p->out, "<p class=also>and %llu more</p>", (unsigned long long)(n - SHOWN));
}

void unread_write(struct page *p)
{
    if (!p->failures && !p->skipped)
        return;
    markup_raw(
        &p->out,
        "<section id=unread><h2>What could not be read</h2><p class=lead>Nothing on this page speaks of these.</p>\n<div class=scroll>");
    if (p->failures)
        write_failures(p);
    if (p->skipped)
        write_skipped(p);
    markup_raw(&p->out, "</div></section>\n");
}

static void write_run(struct page *p, const struct assay_run *run)
{
    struct markup *m = &p->out;
    markup_raw(m, "<dl><dt>Chain<dd><code><bdi>");
    markup_text(m, run->chain);
    markup_raw(m, "</bdi></code><dt>SHA-256 of the chain<dd><code class=hash>");
    markup_text(m, run->chain_sha256);
    markup_raw(m, "</code><dt>assay<dd>");
    markup_text(m, run->version);
    markup_raw(m, "<dt>Steps<dd>");
    for (uint32_t i = 0; i < run->plugins.count; i++) {
        const struct assay_step_info *s = ASSAY_AT(struct assay_step_info, run->plugins, i);
        markup_raw(m, i ? " → " : "");
        markup_text(m, s->name);
        markup_raw(m, " ");
        markup_text(m, s->version);
    }
    markup_raw(m, "<dt>To repeat<dd><code>assay run ");
    markup_text(m, run->chain);
    markup_raw(m, " PATH…</code></dl>");
}

void method_write(struct page *p)
{
    struct assay_list list;
    markup_raw(&p->out, "<section id=method><h2>Method</h2>\n");
    while ((list = p->host->corpus(p->host, p->results, RUN, 1)).count)
        write_run(p, ASSAY_AT(struct assay_run, list, 0));
    markup_raw(
        &p->out,
        "<p>Figures were read from the texts by rules, with their unit, bound, period and what they measure. "
        "Only figures of one kind, one period and one measure are compared. Articles count as one independent "
        "source where they come from one publisher, where one prints, translates or cites another, or where they "
        "credit the same agency. Newsrooms that quote the same authority are not merged. “Sure” is the estimated "
        "share of such verdicts that are right; “needs checking” stands where the period, the scope or the "
        "reading of a figure is too uncertain to call the finding more. A verdict says that texts disagree, "
        "never which is true.</p>\n"
        "<p>What you accept, dismiss or note stays in this browser until you export it; <code>assay run … "
        "--review review.jsonl</code> takes it up. A dismissed finding returns when its verdict or its values "
        "change.</p></section>\n");
}
