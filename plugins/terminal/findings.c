/* SPDX-License-Identifier: Apache-2.0
 *
 * Findings with their quotes, in groups.
 */
#include "terminal.h"

#include <stdio.h>
#include <string.h>

#include <assay/kit/evidence.h>
#include <assay/kit/say.h>
#include <assay/layers/finding.h>

#define QUOTES 3u  /* shown of one value; the rest is named only */
#define NAMED 6u   /* documents named beyond the quotes */
#define AROUND 200u /* bytes of the sentence on each side of the figure */
#define VALUES 8u

static const struct assay_evidence_slots slots = {DOCUMENT, CLAIM, SENTENCE};

static struct assay_buf *line_of(struct writing *w)
{
    return &w->page.line;
}

static void say_backing(struct writing *w, const struct assay_value *v)
{
    struct assay_buf *line = line_of(w);
    assay_say_count(line, v->documents, "text");
    if (v->independent == 0) {
        assay_buf_text(line, ", no source behind it (disputed, or copied)");
        return;
    }
    assay_buf_text(line, ", ");
    assay_say_count(line, v->independent, "independent source");
}

static void write_quote(struct writing *w, struct assay_ref ref)
{
    struct assay_evidence e;
    if (assay_evidence_get(w->host, w->results, &slots, ref, &e) != ASSAY_OK)
        return;
    say_quote(w, &e, AROUND);
    page_end(&w->page, 7, 8);
    assay_buf_text(line_of(w), DIM);
    say_document(w, e.doc);
    assay_buf_printf(line_of(w), ", byte %u" PLAIN, e.figure.begin);
    page_end(&w->page, 8, 10);
}

/* "also: ..." for what is beyond the quotes. */
static void write_rest(struct writing *w, const struct assay_evidence_choice *c)
{
    struct assay_buf *line = line_of(w);
    uint32_t named = c->others < NAMED ? c->others : NAMED;
    if (!c->others)
        return;
    assay_buf_text(line, DIM "also: ");
    for (uint32_t i = 0; i < named; i++) {
        const struct assay_doc *doc;
        if (w->host->view(w->host, w->results, c->other[i].doc, &doc) != ASSAY_OK)
            continue;
        if (i)
            assay_buf_text(line, "; ");
        say_document(w, doc);
    }
    if (c->others + c->rest > named) {
        assay_buf_text(line, "; and ");
        assay_say_count(line, (uint64_t)c->others + c->rest - named, "more text");
    }
    assay_buf_text(line, PLAIN);
    page_end(&w->page, 7, 9);
}

static void write_value(struct writing *w, const struct assay_value *v, uint32_t quotes)
{
    assay_buf_text(line_of(w), BOLD);
    assay_say_value(line_of(w), v->value, v->value_high, v->bound, assay_evidence_unit(w->host, w->results, &slots, v));
    assay_buf_text(line_of(w), PLAIN "  (");
    say_backing(w, v);
    assay_buf_text(line_of(w), ")");
    page_end(&w->page, 5, 7);
    struct assay_evidence_choice c;
    assay_evidence_choose(w->host, w->results, &slots, v->claims, quotes, &c);
    for (uint32_t i = 0; i < c.shown; i++)
        write_quote(w, c.show[i]);
    write_rest(w, &c);
}

/* "high · 93 % sure · for 2023 · 4 independent sources · likely slip: ..." */
static void write_rating(struct writing *w, const struct assay_finding *x)
{
    struct assay_buf *line = line_of(w);
    if (x->verdict != ASSAY_AGREE) {
        assay_buf_text(line, x->verdict == ASSAY_CONFLICT && x->severity == ASSAY_HIGH ? ALARM : BOLD);
        assay_buf_text(line, assay_say_severity(x->severity));
        assay_buf_text(line, x->severity < ASSAY_CHECK ? " severity" PLAIN " · " : PLAIN " · ");
    }
    assay_say_share(line, x->confidence);
    assay_buf_text(line, " sure");
    if (x->scope_of)
        assay_buf_text(line, " · inside one text");
    if (x->has_period && (x->period.from.at || x->period.to.at)) {
        assay_buf_text(line, " · ");
        assay_say_period(line, x->period.from, x->period.to);
    }
    assay_buf_text(line, " · ");
    assay_say_count(line, x->independent, "independent source");
    if (x->has_hint && !x->explanation.size) { /* an explanation says it */
        assay_buf_text(line, " · ");
        assay_buf_text(line, assay_say_hint(x->hint));
    }
    if (x->has_review)
        assay_buf_text(line, x->review == 0   ? " · accepted earlier"
                             : x->review == 1 ? " · dismissed earlier"
                                              : " · dismissed earlier, changed since");
    page_end(&w->page, 5, 5);
}

static void write_title(struct writing *w, const struct assay_finding *x)
{
    char number[16];
    int n = snprintf(number, sizeof number, "%3u. ", x->rank);
    assay_buf_text(line_of(w), number);
    assay_buf_text(line_of(w), BOLD);
    assay_say_line(line_of(w), x->title);
    assay_buf_text(line_of(w), PLAIN);
    page_end(&w->page, 0, (uint32_t)n);
}

static void write_why(struct writing *w, const struct assay_finding *x)
{
    if (!x->explanation.at || !x->explanation.size)
        return;
    assay_buf_text(line_of(w), "Why: ");
    assay_say_line(line_of(w), x->explanation);
    page_end(&w->page, 5, 10);
}

static void write_note(struct writing *w, const struct assay_finding *x)
{
    if (!x->note.at || !x->note.size)
        return;
    assay_buf_text(line_of(w), "Note: ");
    assay_say_line(line_of(w), x->note);
    page_end(&w->page, 5, 11);
}

static void write_finding(struct writing *w, const struct assay_finding *x)
{
    write_title(w, x);
    write_rating(w, x);
    if (x->verdict == ASSAY_AGREE)
        return;
    for (uint32_t i = 0; i < x->values.count && i < VALUES; i++)
        write_value(w, ASSAY_AT(struct assay_value, x->values, i), x->verdict == ASSAY_CONFLICT ? QUOTES : 1);
    if (x->values.count > VALUES) {
        assay_say_count(line_of(w), x->values.count - VALUES, "more value");
        page_end(&w->page, 5, 5);
    }
    write_why(w, x);
    write_note(w, x);
    page_gap(&w->page);
}

static int is_dismissed(const struct assay_finding *x)
{
    return x->has_review && x->review == 1;
}

static int is_shown(const struct writing *w, const struct assay_finding *x)
{
    return x->severity <= w->options->severity && !is_dismissed(x);
}

static void count_findings(struct writing *w, uint64_t shown[ASSAY_SAY_GROUPS])
{
    struct assay_list list;
    while ((list = w->host->corpus(w->host, w->results, FINDING, 256)).count)
        for (uint32_t i = 0; i < list.count; i++) {
            const struct assay_finding *x = ASSAY_AT(struct assay_finding, list, i);
            w->findings++;
            if (x->verdict > ASSAY_AGREE)
                continue;
            uint32_t group = assay_say_group(x->verdict, x->independent);
            w->group[group]++;
            w->dismissed += (uint64_t)is_dismissed(x);
            shown[group] += (uint64_t)is_shown(w, x);
        }
}

static void write_section(struct writing *w, uint32_t group, uint64_t shown)
{
    static const char *const heading[] = {
        ALARM "SOURCES DISAGREE" PLAIN, BOLD "CHANGED OVER TIME" PLAIN " (differ, but by date: no contradiction)",
        BOLD "NOT THE SAME THING MEASURED" PLAIN " (differ, but in what, when or whom they count)",
        BOLD "COMPATIBLE" PLAIN " (differ within rounding or “more than”)", CALM "SOURCES AGREE" PLAIN,
        BOLD "ONE SOURCE ONLY" PLAIN " (copies, citations, one publisher, or none named: nothing confirmed)"};
    struct assay_list list;
    uint64_t left = w->options->max_findings;
    if (!shown)
        return;
    assay_buf_text(line_of(w), heading[group]);
    page_end(&w->page, 0, 2);
    page_gap(&w->page);
    while ((list = w->host->corpus(w->host, w->results, FINDING, 64)).count)
        for (uint32_t i = 0; i < list.count; i++) {
            const struct assay_finding *x = ASSAY_AT(struct assay_finding, list, i);
            if (assay_say_group(x->verdict, x->independent) != group || !is_shown(w, x) || !left)
                continue;
            left--;
            write_finding(w, x);
        }
    if (shown > w->options->max_findings) {
        assay_buf_text(line_of(w), "… and ");
        assay_buf_printf(line_of(w), "%llu", (unsigned long long)(shown - w->options->max_findings));
        assay_buf_text(line_of(w), " more (option max_findings; the other writers give all).");
        page_end(&w->page, 5, 5);
    }
    if (group >= ASSAY_AGREE || shown > w->options->max_findings)
        page_gap(&w->page);
}

void write_findings(struct writing *w)
{
    uint64_t shown[ASSAY_SAY_GROUPS] = {0};
    count_findings(w, shown);
    if (!w->findings)
        page_say(&w->page, 0,
                 "No figures of different texts speak of the same thing, so there is nothing to compare.\n");
    for (uint32_t group = 0; group < ASSAY_SAY_GROUPS; group++)
        write_section(w, group, shown[group]);
    if (w->dismissed) {
        assay_say_count(line_of(w), w->dismissed, "finding");
        assay_buf_text(line_of(w), " dismissed at an earlier reading: left out here.");
        page_end(&w->page, 0, 2);
        page_gap(&w->page);
    }
}
