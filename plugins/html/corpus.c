/* SPDX-License-Identifier: Apache-2.0
 *
 * The part of the page on the texts: sources, languages and days as bars, and a table of all.
 */
#include "page.h"

#include <stdlib.h>
#include <string.h>

#include <assay/kit/date.h>
#include <assay/kit/say.h>

#include "chart.h"
#include "tongue.h"

#define ROWS 3000u /* documents in the table */
#define BARS 24u
#define COLUMNS 60
#define SLOTS_OF_ROWS 8192u /* a power of two above ROWS */

/* Open addressing; a docid is a hash already. */
struct numbered {
    struct {
        assay_docid doc;
        uint32_t number; /* 0: free */
    } slot[SLOTS_OF_ROWS];
};

static uint32_t probe(const struct numbered *n, assay_docid doc)
{
    uint32_t at = (uint32_t)doc % SLOTS_OF_ROWS;
    while (n->slot[at].number && n->slot[at].doc != doc)
        at = (at + 1) % SLOTS_OF_ROWS;
    return at;
}

static void add_number(struct page *p, assay_docid doc)
{
    if (!p->numbered && !(p->numbered = calloc(1, sizeof *p->numbered)))
        return;
    uint32_t at = probe(p->numbered, doc);
    p->numbered->slot[at].doc = doc;
    p->numbered->slot[at].number = (uint32_t)p->documents;
}

uint32_t corpus_number(const struct page *p, assay_docid doc)
{
    return p->numbered ? p->numbered->slot[probe(p->numbered, doc)].number : 0;
}

void corpus_free(struct page *p)
{
    free(p->numbered);
}

static void add_row(struct page *p, const struct assay_document *d, uint32_t figures)
{
    struct markup *m = &p->rows;
    markup_form(m, "<tr><td class=num>%u<td><bdi>", (uint32_t)p->documents);
    markup_clipped(m, d->title.at && d->title.size ? d->title : d->doc, 120);
    markup_raw(m, "</bdi><br>");
    if (page_is_web(d->uri)) {
        markup_raw(m, "<a rel=\"noreferrer noopener\" href=\"");
        markup_text(m, d->uri);
        markup_raw(m, "\">");
    }
    markup_raw(m, "<bdi class=path>");
    markup_clipped(m, d->doc, 200);
    markup_raw(m, page_is_web(d->uri) ? "</bdi></a><td><bdi>" : "</bdi><td><bdi>");
    markup_clipped(m, d->source, 100);
    markup_raw(m, "</bdi><td>");
    if (d->published.size > 10 && d->published.at[10] == 'T')
        markup_text(m, (struct assay_text){d->published.at, 10});
    else
        markup_clipped(m, d->published, 10);
    markup_raw(m, "<td>");
    tongue_write(m, d->language);
    markup_form(m, "<td class=num>%u\n", figures);
}

static void add_date(struct page *p, struct assay_text published)
{
    struct assay_date date;
    char day[32];
    if (!assay_date_read(&date, published) || !date.day) {
        p->undated++;
        return;
    }
    int64_t n = assay_date_first(date);
    p->first_day = !p->dated || n < p->first_day ? n : p->first_day;
    p->last_day = !p->dated || n > p->last_day ? n : p->last_day;
    p->dated = 1;
    names_add(&p->days, (struct assay_text){day, assay_date_print(day, date)}, 1);
}

static void add_document(struct page *p, const struct assay_doc *doc)
{
    struct assay_list list = p->host->records(p->host, doc, DOCUMENT);
    uint32_t figures = p->host->records(p->host, doc, CLAIM).count;
    if (!list.count)
        return;
    const struct assay_document *d = ASSAY_AT(struct assay_document, list, 0);
    p->documents++;
    p->figures += figures;
    if (d->source.at && d->source.size)
        names_add(&p->sources, d->source, 1);
    else
        p->unsourced++;
    if (d->language.at && d->language.size)
        names_add(&p->languages, d->language, 1);
    add_date(p, d->published);
    if (p->documents <= ROWS) {
        add_number(p, p->host->docid(p->host, doc));
        add_row(p, d, figures);
    }
}

assay_status corpus_read(struct page *p)
{
    const struct assay_doc *doc;
    assay_status status;
    while ((status = p->host->next_document(p->host, p->results, &doc)) == ASSAY_OK)
        add_document(p, doc);
    return status == ASSAY_END ? ASSAY_OK : status;
}

static void write_bars(struct page *p, const struct names *names, const char *heading)
{
    struct markup *m = &p->out;
    uint32_t *order = names->count ? malloc(names->count * sizeof *order) : NULL;
    if (!order)
        return;
    names_order(names, order);
    markup_form(m, "<section class=bars><h3>%s</h3><table>", heading);
    uint64_t most = names->name[order[0]].count;
    for (uint32_t i = 0; i < names->count && i < BARS; i++) {
        const struct name *x = &names->name[order[i]];
        markup_raw(m, "<tr><th scope=row><bdi>");
        if (names == &p->languages)
            tongue_write(m, (struct assay_text){x->at, x->size});
        else
            markup_clipped(m, (struct assay_text){x->at, x->size}, 60);
        markup_raw(m, "</bdi><td class=bar>");
        chart_bar(m, (double)x->count / (double)most);
        markup_raw(m, "<td class=num>");
        say_number(p, x->count);
    }
    markup_raw(m, "</table>");
    if (names->count > BARS)
        markup_form(m, "<p class=also>and %u more</p>", names->count - BARS);
    markup_raw(m, "</section>");
    free(order);
}

/* Texts by day of publication; several days a column where the time is long. */
static void write_days(struct page *p)
{
    struct markup *m = &p->out;
    uint64_t column[COLUMNS] = {0}, most = 0;
    if (!p->dated || p->first_day == p->last_day)
        return;
    int64_t step = (p->last_day - p->first_day) / COLUMNS + 1;
    for (uint32_t i = 0; i < p->days.count; i++) {
        struct assay_date date;
        if (!assay_date_read(&date, (struct assay_text){p->days.name[i].at, p->days.name[i].size}))
            continue;
        uint64_t *to = &column[(assay_date_first(date) - p->first_day) / step];
        *to += p->days.name[i].count;
        most = *to > most ? *to : most;
    }
    int columns = (int)((p->last_day - p->first_day) / step) + 1;
    markup_form(
        m,
        "<section class=\"bars days\"><h3>Date of publication</h3><svg width=\"100%%\" height=100 role=img aria-label=\"texts by date\">");
    for (int i = 0; i < columns; i++) {
        double high = most ? (double)column[i] / (double)most * 76 : 0;
        markup_form(m, "<rect x=\"%.2f%%\" width=\"%.2f%%\" y=%.1f height=%.1f></rect>", 100.0 * i / columns,
                    80.0 / columns, 78 - high, high);
    }
    char from[32], to[32];
    assay_date_print(from, assay_date_of_day(p->first_day));
    assay_date_print(to, assay_date_of_day(p->last_day));
    markup_form(
        m,
        "<line class=grid x1=0 x2=\"100%%\" y1=78 y2=78></line><text class=tick x=0 y=94>%s</text><text class=tick x=\"100%%\" y=94 "
        "text-anchor=end>%s</text></svg><p class=also>A column stands for %lld %s; the highest has %llu %s.",
        from, to, (long long)step, step == 1 ? "day" : "days", (unsigned long long)most, most == 1 ? "text" : "texts");
    if (p->undated)
        markup_form(m, p->undated == 1 ? " %llu text has no date." : " %llu texts have no date.",
                    (unsigned long long)p->undated);
    markup_raw(m, "</p></section>");
}

void corpus_write(struct page *p)
{
    struct markup *m = &p->out;
    if (!p->documents)
        return;
    markup_raw(m, "<section id=corpus><h2>The texts</h2><div class=cols>");
    write_bars(p, &p->sources, "Sources");
    write_bars(p, &p->languages, "Languages");
    write_days(p);
    markup_raw(m, "</div>");
    if (p->unsourced)
        markup_form(m,
                    p->unsourced == 1
                        ? "<p class=also>%llu text has no known source.</p>"
                        : "<p class=also>%llu texts have no known source; together they count as one at most.</p>",
                    (unsigned long long)p->unsourced);
    markup_raw(m, "<details class=docs><summary>All texts (");
    say_number(p, p->documents);
    markup_raw(
        m, ")</summary><div class=scroll><table><thead><tr><th scope=col class=num>No.<th scope=col>Title and path<th "
           "scope=col>Source<th scope=col>Date<th scope=col>Language<th scope=col class=num>Figures</thead><tbody>\n");
    if (p->rows.buf.failed)
        m->buf.failed = 1;
    assay_buf_add(&m->buf, p->rows.buf.at, p->rows.buf.size);
    markup_raw(m, "</tbody></table></div>");
    if (p->documents > ROWS)
        markup_form(m, "<p class=also>and %llu more</p>", (unsigned long long)(p->documents - ROWS));
    markup_raw(m, "</details></section>\n");
}
