/* SPDX-License-Identifier: Apache-2.0
 *
 * What failed and what was passed over, each with its reason.
 */
#include "terminal.h"

#include <assay/kit/say.h>
#include <assay/layers/host.h>

#define SHOWN 10u

static void write_failure(struct writing *w, const struct assay_failure *x)
{
    struct assay_buf *line = &w->page.line;
    struct assay_text name = x->doc.at ? x->doc : x->path;
    if (name.at) {
        assay_say_line(line, name);
        if (x->has_line)
            assay_buf_printf(line, ", line %llu", (unsigned long long)x->line);
        assay_buf_text(line, ": ");
    }
    assay_say_line(line, x->message);
    if (x->plugin.at) {
        assay_buf_text(line, DIM " (step ");
        assay_say_line(line, x->plugin);
        assay_buf_text(line, ")" PLAIN);
    }
    page_end(&w->page, 5, 7);
}

static void write_skipped(struct writing *w, const struct assay_skipped *x)
{
    struct assay_buf *line = &w->page.line;
    assay_say_line(line, x->path);
    assay_buf_text(line, ": ");
    assay_say_line(line, x->reason);
    page_end(&w->page, 5, 7);
}

static void write_more(struct writing *w, uint64_t n)
{
    if (n > SHOWN) {
        assay_buf_printf(&w->page.line, "… and %llu more", (unsigned long long)(n - SHOWN));
        page_end(&w->page, 5, 5);
    }
    if (n)
        page_gap(&w->page);
}

void write_unread(struct writing *w)
{
    struct assay_list list;
    while ((list = w->host->corpus(w->host, w->results, FAILURE, 64)).count)
        for (uint32_t i = 0; i < list.count; i++) {
            if (!w->failures++)
                page_say(&w->page, 0, ALARM "COULD NOT BE READ OR ANALYSED" PLAIN);
            if (w->failures <= SHOWN)
                write_failure(w, ASSAY_AT(struct assay_failure, list, i));
        }
    write_more(w, w->failures);
    while ((list = w->host->corpus(w->host, w->results, SKIPPED, 64)).count)
        for (uint32_t i = 0; i < list.count; i++) {
            if (!w->skipped++)
                page_say(&w->page, 0, BOLD "PASSED OVER" PLAIN);
            if (w->skipped <= SHOWN)
                write_skipped(w, ASSAY_AT(struct assay_skipped, list, i));
        }
    write_more(w, w->skipped);
}
