/* SPDX-License-Identifier: Apache-2.0
 *
 * What the findings can be filtered by. Names stand as numbers in the elements: a page of ten thousand findings stays
 * small.
 */
#include <assay/kit/date.h>
#include <assay/layers/claim.h>
#include <assay/layers/document.h>
#include <assay/layers/finding.h>

#include <assay/kit/say.h>

#include "page.h"
#include "tongue.h"

enum { MOST = 32, LIST_MOST = 400, DAY = 32 };

/* Sources, languages and days of publication behind one finding. */
struct facets {
    uint32_t source[MOST], language[MOST], sources, languages;
    int64_t first, last; /* days since 1970 */
    int dated;
};

static void add_once(uint32_t *list, uint32_t *count, uint32_t at)
{
    uint32_t k = 0;
    while (k < *count && list[k] != at)
        k++;
    if (k == *count && at != ASSAY_NEVER && k < MOST)
        list[(*count)++] = at;
}

static void add_day(struct facets *f, struct assay_text published)
{
    struct assay_date date;
    if (!assay_date_read(&date, published) || !date.day)
        return;
    int64_t day = assay_date_first(date);
    f->first = !f->dated || day < f->first ? day : f->first;
    f->last = !f->dated || day > f->last ? day : f->last;
    f->dated = 1;
}

static void read_facets(struct page *p, const struct assay_finding *x, struct facets *f)
{
    *f = (struct facets){.dated = 0};
    for (uint32_t i = 0; i < x->claims.count; i++) {
        struct assay_evidence e;
        if (assay_evidence_get(p->host, p->results, &page_slots, *ASSAY_AT(struct assay_ref, x->claims, i), &e) !=
            ASSAY_OK)
            continue;
        add_once(f->source, &f->sources, names_find(&p->sources, e.document->source));
        add_once(f->language, &f->languages, names_find(&p->languages, e.document->language));
        add_day(f, e.document->published);
    }
}

/* What is counted: EUR, tonnes, or killed where the figure has no unit. */
static struct assay_text unit_of(const struct assay_finding *x)
{
    struct assay_text unit =
        x->values.count ? ASSAY_AT(struct assay_value, x->values, 0)->unit : (struct assay_text){NULL, 0};
    return unit.at && unit.size ? unit : x->concept;
}

void filter_count(struct page *p, const struct assay_finding *x)
{
    struct assay_text unit = unit_of(x);
    if (unit.at && unit.size)
        names_add(&p->units, unit, 1);
}

static void write_numbers(struct page *p, const uint32_t *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        markup_form(&p->out, i ? ",%u" : "%u", list[i]);
    markup_raw(&p->out, ";");
}

/* data-x="group;severity;review;since;sources;languages;first/last;unit;state": one attribute, because a page of ten
 * thousand findings has to be read fast. The state comes last: it is the only one that may hold anything. */
void filter_mark(struct page *p, const struct assay_finding *x)
{
    static const char *const review[] = {"accepted", "dismissed", "reopened"}, *const since[] = {"", "new", "changed"};
    struct markup *m = &p->out;
    struct facets f;
    read_facets(p, x, &f);
    markup_form(m, " data-x=\"%u;%u;%s;%s;", assay_say_group(x->verdict, x->independent), x->severity,
                x->has_review && x->review < 3 ? review[x->review] : "",
                since[p->since ? since_look(p->since, x->id, x->state) : SINCE_SAME]);
    write_numbers(p, f.source, f.sources);
    write_numbers(p, f.language, f.languages);
    if (f.dated) {
        char first[DAY], last[DAY];
        assay_date_print(first, assay_date_of_day(f.first));
        assay_date_print(last, assay_date_of_day(f.last));
        markup_form(m, "%s/%s", first, last);
    }
    uint32_t unit = names_find(&p->units, unit_of(x));
    markup_form(m, unit == ASSAY_NEVER ? ";;" : ";%u;", unit);
    markup_text(m, x->state);
    markup_raw(m, "\"");
}

/* A choice of names, the most frequent first. A list that long is no help; the search field is. */
static void write_choice(struct page *p, const char *label, const char *id, const struct names *names)
{
    struct assay_buf piece = {0};
    uint32_t order[LIST_MOST];
    markup_form(&p->out, "<label>%s <select id=%s><option value=\"\">any</option>", label, id);
    if (names->count <= LIST_MOST) {
        names_order(names, order);
        for (uint32_t i = 0; i < names->count; i++) {
            const struct name *x = &names->name[order[i]];
            markup_form(&p->out, "<option value=%u>", order[i]);
            if (names == &p->languages) {
                tongue_write(&p->out, (struct assay_text){x->at, x->size});
            } else {
                assay_say_line(&piece, (struct assay_text){x->at, x->size});
                for (size_t k = 0; names == &p->units && k < piece.size; k++)
                    piece.at[k] = piece.at[k] == '-' ? ' ' : piece.at[k]; /* square-meter */
                markup_clipped(&p->out, (struct assay_text){piece.at, piece.size}, 80);
                piece.size = 0;
            }
            markup_raw(&p->out, "</option>");
        }
    }
    markup_raw(&p->out, "</select></label>\n");
    assay_buf_free(&piece);
}

static void write_dates(struct page *p)
{
    char first[DAY], last[DAY];
    if (!p->dated)
        return;
    assay_date_print(first, assay_date_of_day(p->first_day));
    assay_date_print(last, assay_date_of_day(p->last_day));
    markup_form(&p->out, "<label>Published from <input type=date id=from min=%s max=%s></label>\n", first, last);
    markup_form(&p->out, "<label>to <input type=date id=to min=%s max=%s></label>\n", first, last);
}

static void write_verdicts(struct page *p)
{
    static const char *const word[] = {"disagree",   "over time", "other scope",
                                       "compatible", "agree",     "one source only"};
    struct markup *m = &p->out;
    markup_raw(m, "<fieldset><legend>Verdict</legend>");
    for (uint32_t i = 0; i < ASSAY_SAY_GROUPS; i++)
        if (p->group[i]) {
            markup_form(m, "<label class=%s><input type=checkbox name=v value=%u checked>%s <span class=n>",
                        group_class[i], i, word[i]);
            say_number(p, p->group[i]);
            markup_raw(m, "</span></label>");
        }
    markup_raw(m, "</fieldset>\n");
}

void filter_write(struct page *p)
{
    struct markup *m = &p->out;
    markup_form(
        m,
        "<form class=filter id=filter data-n=%llu hidden aria-label=\"Filter the findings\"><input type=search id=q placeholder=\"Search titles, quotes, "
        "sources …\" aria-label=Search autocomplete=off>\n",
        (unsigned long long)p->findings);
    write_verdicts(p);
    markup_raw(
        m,
        "<label>Severity <select id=s><option value=3>any</option><option value=2>low and up</option><option value=1>medium and "
        "up</option><option value=0>high</option></select></label>\n");
    write_choice(p, "Source", "src", &p->sources);
    write_choice(p, "Language", "lang", &p->languages);
    write_choice(p, "What is counted", "u", &p->units);
    write_dates(p);
    markup_raw(
        m,
        "<label>Review <select id=r><option value=\"\">any</option><option value=open>not marked</option><option "
        "value=accepted>accepted</option><option value=dismissed>dismissed</option></select></label>\n<output id=shown></output>\n"
        "<span class=marks><label>Your name <input id=by size=10 autocomplete=off></label><button type=button id=export title=\"Saves what you accepted, dismissed and noted as review.jsonl; the next run takes it with --review\">Export marks"
        "</button><button type=button id=help aria-label=\"Keyboard help\">?</button></span></form>\n");
}
