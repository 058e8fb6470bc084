/* SPDX-License-Identifier: Apache-2.0
 *
 * The part of the page on findings: one in full, the groups they stand in, and those that are gone.
 */
#include "page.h"

#include <string.h>
#include <strings.h>

#include <assay/kit/date.h>
#include <assay/kit/say.h>
#include <assay/layers/finding.h>

#include "chart.h"

#define QUOTES 6u      /* of one value, in full */
#define AROUND 400u    /* bytes of a sentence kept on each side of the figure */
#define CONTEXT 300u   /* bytes of the sentence before and of the one after */
#define CHUNK 50u     /* short findings in a box that is laid out only when it comes near */
#define POINTS 64u
#define OPEN_FIRST 3u

const char *const group_class[ASSAY_SAY_GROUPS] = {"conflict", "update", "scope", "compatible", "agree", "single"};
static const char *const severity_class[] = {"high", "medium", "low", "check"};

static const struct assay_value *value_at(const struct assay_finding *x, uint32_t i)
{
    return ASSAY_AT(struct assay_value, x->values, i);
}

static struct assay_text value_unit(const struct assay_finding *x)
{
    return x->values.count ? value_at(x, 0)->unit : (struct assay_text){NULL, 0};
}

static void say_value(struct page *p, const struct assay_value *v)
{
    struct assay_buf piece = {0};
    assay_say_value(&piece, v->value, v->value_high, v->bound,
                    assay_evidence_unit(p->host, p->results, &page_slots, v));
    markup_piece(&p->out, &piece);
    assay_buf_free(&piece);
}

void say_count(struct page *p, uint64_t n, const char *one)
{
    struct assay_buf piece = {0};
    assay_say_count(&piece, n, one);
    markup_piece(&p->out, &piece);
    assay_buf_free(&piece);
}

void say_number(struct page *p, uint64_t n)
{
    struct assay_buf piece = {0};
    assay_say_number(&piece, (double)n);
    markup_piece(&p->out, &piece);
    assay_buf_free(&piece);
}

int page_is_web(struct assay_text uri)
{
    return uri.at &&
           ((uri.size > 7 && !memcmp(uri.at, "http://", 7)) || (uri.size > 8 && !memcmp(uri.at, "https://", 8)));
}

void write_cite(struct page *p, const struct assay_doc *doc)
{
    struct assay_list list = p->host->records(p->host, doc, DOCUMENT);
    struct markup *m = &p->out;
    if (!list.count)
        return;
    const struct assay_document *d = ASSAY_AT(struct assay_document, list, 0);
    markup_raw(m, "<cite>");
    if (d->source.at && d->source.size) {
        markup_raw(m, "<b><bdi>");
        markup_clipped(m, d->source, 200);
        markup_raw(m, "</bdi></b> · ");
    }
    if (d->published.at && d->published.size) {
        struct assay_buf piece = {0};
        assay_say_published(&piece, d->published);
        markup_raw(m, "<time>");
        markup_clipped(m, (struct assay_text){piece.at, piece.size}, 40);
        markup_raw(m, "</time> · ");
        assay_buf_free(&piece);
    }
    if (page_is_web(d->uri)) {
        markup_raw(m, "<a rel=\"noreferrer noopener\" href=\"");
        markup_text(m, d->uri);
        markup_raw(m, "\"><bdi>");
    } else {
        markup_raw(m, "<bdi class=path>");
    }
    markup_clipped(m, d->doc, 300);
    markup_raw(m, page_is_web(d->uri) ? "</bdi></a></cite>" : "</bdi></cite>");
}

static void write_slice(struct page *p, const struct assay_evidence *e, uint32_t begin, uint32_t end)
{
    markup_text(&p->out, (struct assay_text){e->text.at + begin, end - begin});
}

/* The sentence before or after, cut on the side away from the quote. */
static void write_context(struct page *p, const struct assay_evidence *e, struct assay_span s, int before)
{
    int head, tail;
    if (s.begin >= s.end)
        return;
    struct assay_span c = s;
    if (before)
        c = assay_evidence_clip(e, s, CONTEXT + (e->figure.begin - s.end), 0, &head, &tail);
    else
        c = assay_evidence_clip(e, s, 0, CONTEXT + (s.begin - e->figure.end), &head, &tail);
    if (c.begin >= c.end)
        return;
    markup_raw(&p->out, before ? "<span class=ctx>" : " <span class=ctx>");
    if (before && c.begin > s.begin)
        markup_raw(&p->out, "… ");
    write_slice(p, e, c.begin, c.end);
    if (!before && c.end < s.end)
        markup_raw(&p->out, " …");
    markup_raw(&p->out, before ? "</span> " : "</span>");
}

int page_reading(const struct assay_evidence *e, struct assay_buf *to)
{
    struct assay_text unit = e->claim->kind == ASSAY_KIND_MULTIPLE ? (struct assay_text){"times", 5} : e->claim->unit;
    assay_say_value(to, e->claim->value, e->claim->value_high, e->claim->bound, unit);
    return to->size != e->figure.end - e->figure.begin || memcmp(to->at, e->text.at + e->figure.begin, to->size);
}

static void write_place(struct page *p, const struct assay_evidence *e)
{
    struct markup *m = &p->out;
    uint64_t raw[2];
    markup_form(m, "<span class=at>byte %u to %u", e->figure.begin, e->figure.end);
    if (p->host->raw(p->host, e->doc, e->figure, raw) == ASSAY_OK &&
        (raw[0] != e->figure.begin || raw[1] != e->figure.end))
        markup_form(m, " (in the file %llu to %llu)", (unsigned long long)raw[0], (unsigned long long)raw[1]);
    struct assay_buf piece = {0};
    if (page_reading(e, &piece)) {
        markup_raw(m, " · read as ");
        markup_piece(m, &piece);
    }
    assay_buf_free(&piece);
    markup_raw(m, "</span>");
}

static void write_quote(struct page *p, struct assay_ref ref)
{
    struct assay_evidence e;
    struct markup *m = &p->out;
    int head, tail;
    if (assay_evidence_get(p->host, p->results, &page_slots, ref, &e) != ASSAY_OK)
        return;
    struct assay_span s = assay_evidence_clip(&e, e.sentence, AROUND, AROUND, &head, &tail);
    struct assay_text language = e.claim->language.at ? e.claim->language : e.document->language;
    markup_raw(m, "<figure class=q><blockquote dir=auto lang=\"");
    markup_clipped(m, language, 20);
    markup_raw(m, "\">");
    write_context(p, &e, e.before, 1);
    markup_raw(m, head ? "… " : "");
    write_slice(p, &e, s.begin, e.figure.begin);
    markup_raw(m, "<mark>");
    write_slice(p, &e, e.figure.begin, e.figure.end);
    markup_raw(m, "</mark>");
    write_slice(p, &e, e.figure.end, s.end);
    markup_raw(m, tail ? " …" : "");
    write_context(p, &e, e.after, 0);
    markup_raw(m, "</blockquote><figcaption>");
    write_cite(p, e.doc);
    markup_raw(m, " ");
    write_place(p, &e);
    markup_raw(m, "</figcaption></figure>");
}

static void write_rest(struct page *p, const struct assay_evidence_choice *c)
{
    const struct assay_doc *doc;
    uint32_t told = 0;
    if (!c->others)
        return;
    markup_raw(&p->out, "<p class=also>Also in ");
    for (uint32_t i = 0; i < c->others; i++) {
        if (p->host->view(p->host, p->results, c->other[i].doc, &doc) != ASSAY_OK)
            continue;
        markup_raw(&p->out, told++ ? "; " : "");
        write_cite(p, doc);
    }
    if (c->rest)
        markup_form(&p->out, "; and %u more", c->rest);
    markup_raw(&p->out, ".</p>");
}

void write_backing(struct page *p, const struct assay_value *v)
{
    say_count(p, v->documents, "text");
    markup_raw(&p->out, ", ");
    if (v->independent)
        say_count(p, v->independent, "independent source");
    else
        markup_raw(&p->out, "no source behind it (disputed, or copied)");
}

static void write_value(struct page *p, const struct assay_value *v, uint32_t i)
{
    markup_form(&p->out, "<section class=\"val c%u\"><h4>", i % 6);
    say_value(p, v);
    markup_raw(&p->out, "</h4><p class=back>");
    write_backing(p, v);
    markup_raw(&p->out, "</p>");
    struct assay_evidence_choice c;
    assay_evidence_choose(p->host, p->results, &page_slots, v->claims, QUOTES, &c);
    for (uint32_t k = 0; k < c.shown; k++)
        write_quote(p, c.show[k]);
    write_rest(p, &c);
    markup_raw(&p->out, "</section>");
}

/* ---- charts ---- */

static void draw_line(struct page *p, const struct assay_finding *x)
{
    struct chart_value value[VALUES];
    uint32_t n = 0;
    for (; n < x->values.count && n < VALUES; n++) {
        const struct assay_value *v = value_at(x, n);
        value[n] = (struct chart_value){.value = v->value,
                                        .high = v->value_high,
                                        .bound = v->bound,
                                        .independent = v->independent,
                                        .copies = v->documents > v->independent ? v->documents - v->independent : 0,
                                        .unit = assay_evidence_unit(p->host, p->results, &page_slots, v)};
    }
    chart_line(&p->out, value, n);
}

static void draw_time(struct page *p, const struct assay_finding *x)
{
    struct chart_point point[POINTS];
    uint32_t n = 0;
    for (uint32_t i = 0; i < x->values.count; i++) {
        const struct assay_value *v = value_at(x, i);
        for (uint32_t k = 0; k < v->claims.count && n < POINTS; k++) {
            const struct assay_doc *doc;
            if (p->host->view(p->host, p->results, ASSAY_AT(struct assay_ref, v->claims, k)->doc, &doc) != ASSAY_OK)
                continue;
            struct assay_list list = p->host->records(p->host, doc, DOCUMENT);
            struct assay_date date;
            if (!list.count || !assay_date_read(&date, ASSAY_AT(struct assay_document, list, 0)->published) ||
                !date.day)
                continue;
            char *copy = p->host->alloc(p->host, p->results, 16);
            if (!copy)
                continue;
            point[n++] =
                (struct chart_point){assay_date_first(date), v->value, i, {copy, assay_date_print(copy, date)}};
        }
    }
    chart_time(&p->out, point, n, x->verdict == ASSAY_UPDATE ? 2 : 3);
}

/* ---- one finding ---- */

static void write_chips(struct page *p, const struct assay_finding *x)
{
    markup_raw(&p->out, "<span class=chips>");
    for (uint32_t i = 0; i < x->values.count && i < 5; i++) {
        const struct assay_value *v = value_at(x, i);
        markup_form(&p->out, "<span class=\"chip c%u\"><b>", i % 6);
        say_value(p, v);
        markup_raw(&p->out, "</b> ");
        if (v->independent)
            say_count(p, v->independent, "source");
        else
            markup_raw(&p->out, "copy");
        markup_raw(&p->out, "</span>");
    }
    if (x->values.count > 5)
        markup_form(&p->out, "<span class=chip>%u more</span>", x->values.count - 5);
    markup_raw(&p->out, "</span>");
}

static void write_facts(struct page *p, const struct assay_finding *x)
{
    struct markup *m = &p->out;
    struct assay_buf piece = {0};
    markup_raw(m, "<p class=facts><span>");
    assay_say_share(&piece, x->confidence);
    markup_piece(m, &piece);
    markup_raw(m, " sure</span><span>");
    say_count(p, x->independent, "independent source");
    markup_raw(m, "</span>");
    if (x->scope_of)
        markup_raw(m, "<span>inside one text</span>");
    if (x->has_period && (x->period.from.at || x->period.to.at)) {
        markup_raw(m, "<span>");
        assay_say_period(&piece, x->period.from, x->period.to);
        markup_piece(m, &piece);
        markup_raw(m, "</span>");
    }
    if (x->has_hint)
        markup_form(m, "<span class=hint>%s</span>", assay_say_hint(x->hint));
    if (x->rule.at) {
        markup_raw(m, "<span>rule “");
        markup_clipped(m, x->rule, 60);
        markup_raw(m, "”</span>");
    }
    markup_raw(m, "</p>");
    assay_buf_free(&piece);
}

/* How each two values stand to each other; said only where it is not plain already. */
static void write_pairs(struct page *p, const struct assay_finding *x)
{
    if (x->pairs.count < 2)
        return;
    markup_raw(&p->out, "<table class=pairs><caption>How the values stand to each other</caption>");
    for (uint32_t i = 0; i < x->pairs.count && i < 30; i++) {
        const struct assay_verdict_pair *pair = ASSAY_AT(struct assay_verdict_pair, x->pairs, i);
        if (pair->a >= x->values.count || pair->b >= x->values.count)
            continue;
        markup_raw(&p->out, "<tr><td>");
        say_value(p, value_at(x, pair->a));
        markup_raw(&p->out, "<td>");
        say_value(p, value_at(x, pair->b));
        markup_form(&p->out, "<td>%s<td>", assay_say_verdict(pair->verdict));
        markup_clipped(&p->out, pair->rule, 60);
    }
    markup_raw(&p->out, "</table>");
}

static void write_review(struct page *p, const struct assay_finding *x)
{
    static const char *const word[] = {"accepted", "dismissed", "dismissed before, but changed since"};
    struct markup *m = &p->out;
    if (!x->has_review || x->review >= sizeof word / sizeof word[0])
        return;
    markup_form(m, "<p class=marked>Earlier reading: <b>%s</b>", word[x->review]);
    if (x->note.at && x->note.size) {
        markup_raw(m, ". “<bdi>");
        markup_text(m, x->note);
        markup_raw(m, "</bdi>”");
    }
    markup_raw(m, "</p>");
}

static void write_opening(struct page *p, const struct assay_finding *x, int open)
{
    struct markup *m = &p->out;
    static const char *const review[] = {" r-accepted", " r-dismissed", " r-reopened"};
    markup_form(m, "<details class=\"f %s s-%s%s\" id=\"f-", group_class[assay_say_group(x->verdict, x->independent)],
                severity_class[x->severity < 4 ? x->severity : 3],
                x->has_review && x->review < 3 ? review[x->review] : "");
    markup_text(m, x->id);
    markup_raw(m, "\"");
    filter_mark(p, x);
    markup_raw(m, open ? " open>" : ">");
}

static void write_finding(struct page *p, const struct assay_finding *x, int open)
{
    struct markup *m = &p->out;
    write_opening(p, x, open);
    markup_form(m, "<summary><span class=rank>%u</span><span class=head><h3><bdi>", x->rank);
    markup_mixed(m, x->title);
    markup_raw(m, "</bdi></h3>");
    write_chips(p, x);
    markup_raw(m, "</span><span class=tags>");
    if (x->verdict != ASSAY_AGREE)
        markup_form(m, "<span class=sev>%s</span>", assay_say_severity(x->severity));
    int since = p->since ? since_look(p->since, x->id, x->state) : SINCE_SAME;
    if (since != SINCE_SAME)
        markup_form(m, " <span class=since>%s</span>", since == SINCE_NEW ? "new" : "changed");
    markup_raw(m, "</span></summary><div class=body>");
    if (x->explanation.at) {
        markup_raw(m, "<p class=why><bdi>");
        markup_mixed(m, x->explanation);
        markup_raw(m, "</bdi></p>");
    }
    write_facts(p, x);
    write_review(p, x);
    markup_raw(m, "<div class=charts>");
    if (!assay_say_is_day(value_unit(x))) {
        draw_line(p, x);
        if (x->verdict <= ASSAY_UPDATE)
            draw_time(p, x);
    }
    markup_raw(m, "</div>");
    markup_raw(m, "<div class=ev>");
    for (uint32_t i = 0; i < x->values.count && i < VALUES; i++)
        write_value(p, value_at(x, i), i);
    markup_raw(m, "</div>");
    if (x->values.count > VALUES)
        markup_form(m, "<p class=also>and %u more %s</p>", x->values.count - VALUES,
                    x->values.count == VALUES + 1 ? "value" : "values");
    write_pairs(p, x);
    markup_raw(m, "</div></details>\n");
}

/* ---- all of them ---- */

static int is_full(const struct page *p, const struct assay_finding *x, uint64_t nth)
{
    int dismissed = x->has_review && x->review == 1;
    return nth < p->options->max_findings && x->severity <= p->options->severity && !dismissed;
}

void findings_count(struct page *p)
{
    struct assay_list list;
    while ((list = p->host->corpus(p->host, p->results, FINDING, 256)).count)
        for (uint32_t i = 0; i < list.count; i++) {
            const struct assay_finding *x = ASSAY_AT(struct assay_finding, list, i);
            uint32_t group = assay_say_group(x->verdict, x->independent);
            p->findings++;
            if (group < ASSAY_SAY_GROUPS)
                p->group[group]++;
            filter_count(p, x);
        }
}

/* One way through the findings of a group: writes those in full, or the first `most` of the others; gives how many
 * there are of the others. */
static uint64_t write_part(struct page *p, uint32_t group, uint64_t before, int full, uint64_t most)
{
    struct assay_list list;
    uint64_t nth = before, folded = 0;
    while ((list = p->host->corpus(p->host, p->results, FINDING, 64)).count)
        for (uint32_t i = 0; i < list.count; i++) {
            const struct assay_finding *x = ASSAY_AT(struct assay_finding, list, i);
            if (assay_say_group(x->verdict, x->independent) != group)
                continue;
            int fits = is_full(p, x, nth++);
            if (fits && full)
                write_finding(p, x, group == ASSAY_CONFLICT && nth - before <= OPEN_FIRST);
            if (fits)
                continue;
            if (!full && folded < most) {
                if (folded % CHUNK == 0)
                    markup_raw(&p->out, folded ? "</div><div class=chunk>\n" : "<div class=chunk>\n");
                short_write(p, x);
            }
            folded++;
        }
    return folded;
}

static void write_left_out(struct page *p, uint64_t n)
{
    markup_raw(&p->out, "<p class=\"lead left-out\">");
    say_number(p, n);
    markup_form(&p->out,
                " more %s not on this page, which would take too long to open with more than %u in short (max_short). "
                "The other outputs, such as sqlite or jsonl, have all.</p>\n",
                n == 1 ? "is" : "are", p->options->max_short);
}

/* The findings of one group: those in full, then the others folded away. */
static void write_group(struct page *p, uint32_t group, uint64_t before)
{
    static const char *const lead[] = {
        "These figures cannot all hold, even after rounding and words like “more than”. Which is right is for you to find out. "
        "Independent sources are publishers none of which prints, translates or cites another, or credits the same agency.",
        "The count changed from one day to the next. Later is not always right, but it is no contradiction.",
        "The figures differ because they measure something else, another time or another group.",
        "The figures differ within rounding, or within what “about” and “more than” leave open.",
        "Several texts give the same value, and they do not depend on each other.",
        ("Several texts give the same value, but they lead back to one source: copies, a source they cite, one publisher, or "
         "texts that name none. Nothing is confirmed by that."),
    };
    static const char *const heading[] = {"Sources disagree", "Changed over time", "Not the same thing measured",
                                          "Compatible", "Sources agree", "One source only"};
    if (!p->group[group])
        return;
    markup_form(&p->out, "<section class=group><h2 class=%s id=\"%s\">%s <span class=n>", group_class[group],
                group_class[group], heading[group]);
    say_number(p, p->group[group]);
    markup_form(&p->out, "</span></h2><p class=lead>%s</p>\n", lead[group]);
    uint64_t folded = write_part(p, group, before, 1, 0), left = p->options->max_short - p->shorts;
    uint64_t most = folded < left ? folded : left;
    if (most) {
        markup_form(&p->out, "<details class=\"rest %s\"><summary>", group_class[group]);
        say_number(p, most);
        markup_raw(&p->out, " more, in short</summary>");
        write_part(p, group, before, 0, most);
        markup_raw(&p->out, "</div></details>");
    }
    p->shorts += most;
    if (folded > most)
        write_left_out(p, folded - most);
    markup_raw(&p->out, "</section>\n");
}

/* "sources disagree" of "conflict"; a word we do not know stays. */
static const char *verdict_said(const char *word)
{
    for (uint32_t i = 0; i < 5; i++)
        if (!strcmp(word, group_class[i])) /* the classes bear the names of the records */
            return assay_say_verdict(i);
    return word;
}

/* What the earlier result had and this one has not. */
static void write_gone(struct page *p)
{
    uint32_t n = 0;
    for (uint32_t i = 0; p->since && i < p->since->ids.count; i++) {
        const struct since_finding *f = &p->since->finding[i];
        if (f->seen)
            continue;
        if (!n++)
            markup_raw(
                &p->out,
                "<section id=gone><h2>No longer found</h2><p class=lead>These stood in the earlier result.</p><ul>");
        markup_raw(&p->out, "<li><bdi>");
        markup_mixed(&p->out, (struct assay_text){f->title, strlen(f->title)});
        markup_raw(&p->out, "</bdi>");
        const char *said = verdict_said(f->verdict);
        if (strncasecmp(f->title, said, 12)) { /* "Sources disagree on ...": said in the title already */
            markup_raw(&p->out, " (");
            markup_text(&p->out, (struct assay_text){said, strlen(said)});
            markup_raw(&p->out, ")");
        }
        markup_raw(&p->out, "</li>");
    }
    if (n)
        markup_raw(&p->out, "</ul></section>\n");
}

void findings_write(struct page *p)
{
    uint64_t before = 0;
    markup_raw(&p->out, "<div id=findings>\n");
    if (!p->findings && p->documents)
        markup_raw(
            &p->out,
            "<p class=none>No figures of different texts speak of the same thing, so there is nothing to compare.</p>\n");
    if (p->findings)
        filter_write(p);
    for (uint32_t group = 0; group < ASSAY_SAY_GROUPS; group++) {
        write_group(p, group, before);
        before += p->group[group];
    }
    write_gone(p);
    markup_raw(&p->out, "</div>\n");
}
