/* SPDX-License-Identifier: Apache-2.0
 *
 * A finding in short: its title and one paragraph of plain lines, because the time a browser needs for a page goes with
 * the number of elements and of bytes. The script makes a card of it when it comes into view. The lines:
 *
 *     No. RANK · needs checking · 80 % sure · 4 independent sources
 *     EXPLANATION
 *     Earlier reading: dismissed. “NOTE”                     only where there was one
 *     (an empty line)
 *     • VALUE: 3 texts, 2 independent sources                for each value, followed by what there is of:
 *     “... ⟦FIGURE⟧ ...”
 *     text N · SOURCE · DATE · PATH · byte B (in the file R) · read as VALUE
 *     Also in texts N, N; and N more.
 *     and N more values
 *
 * N is the number of a text in the table at the end of the page. No text of a document can make a line or a mark of its
 * own.
 */
#include "page.h"

#include <string.h>

#include <assay/kit/say.h>
#include <assay/layers/claim.h>
#include <assay/layers/finding.h>

#define AROUND 200u /* bytes of a sentence kept on each side of the figure */

/* The brackets that mark the figure are plain ones where a text has them. */
static void write_part(struct page *p, const struct assay_evidence *e, uint32_t begin, uint32_t end)
{
    static const char open[] = "\xe2\x9f\xa6", close[] = "\xe2\x9f\xa7";
    const char *from = e->text.at + begin, *to = e->text.at + end;
    for (const char *at = from; at < to;) {
        const char *next = memchr(at, '\xe2', (size_t)(to - at));
        if (!next || to - next < 3)
            break;
        at = next + 1;
        if (memcmp(next, open, 3) && memcmp(next, close, 3))
            continue;
        markup_line(&p->out, (struct assay_text){from, (uint64_t)(next - from)});
        markup_raw(&p->out, memcmp(next, open, 3) ? "]" : "[");
        from = at = next + 3;
    }
    markup_line(&p->out, (struct assay_text){from, (uint64_t)(to - from)});
}

static void write_quote(struct page *p, const struct assay_evidence *e)
{
    struct markup *m = &p->out;
    int head, tail;
    struct assay_span s = assay_evidence_clip(e, e->sentence, AROUND, AROUND, &head, &tail);
    struct assay_text language = e->claim->language.at ? e->claim->language : e->document->language;
    int foreign = language.at && language.size && !(language.size == 2 && !memcmp(language.at, "en", 2));
    if (foreign) {
        markup_raw(m, "“<q lang=\"");
        markup_clipped(m, language, 20);
        markup_raw(m, "\">");
    } else {
        markup_raw(m, "“");
    }
    markup_raw(m, head ? "… " : "");
    write_part(p, e, s.begin, e->figure.begin);
    markup_raw(m, "⟦");
    write_part(p, e, e->figure.begin, e->figure.end);
    markup_raw(m, "⟧");
    write_part(p, e, e->figure.end, s.end);
    markup_raw(m, tail ? " …" : "");
    markup_raw(m, foreign ? "</q>”\n" : "”\n");
}

static void write_clipped_line(struct page *p, struct assay_text text, uint64_t most)
{
    struct assay_buf piece = {0};
    assay_say_line(&piece, text);
    markup_clipped(&p->out, (struct assay_text){piece.at, piece.size}, most);
    assay_buf_free(&piece);
}

/* What the value's heading or the figure itself says already is not said again. */
static void write_reading(struct page *p, const struct assay_evidence *e, const struct assay_value *v)
{
    struct assay_buf own = {0}, heading = {0};
    int other = page_reading(e, &own);
    assay_say_value(&heading, v->value, v->value_high, v->bound,
                    assay_evidence_unit(p->host, p->results, &page_slots, v));
    if (other && (own.size != heading.size || memcmp(own.at, heading.at, own.size))) {
        markup_raw(&p->out, " · read as ");
        markup_line(&p->out, (struct assay_text){own.at, own.size});
    }
    assay_buf_free(&own);
    assay_buf_free(&heading);
}

static void write_place(struct page *p, const struct assay_evidence *e, assay_docid id)
{
    struct markup *m = &p->out;
    uint32_t number = corpus_number(p, id);
    uint64_t raw[2];
    if (number)
        markup_form(m, "text %u · ", number);
    else
        markup_raw(m, "text · ");
    if (e->document->source.at && e->document->source.size) {
        write_clipped_line(p, e->document->source, 100);
        markup_raw(m, " · ");
    }
    if (e->document->published.at && e->document->published.size) {
        struct assay_buf piece = {0};
        assay_say_published(&piece, e->document->published);
        markup_clipped(m, (struct assay_text){piece.at, piece.size}, 40);
        assay_buf_free(&piece);
        markup_raw(m, " · ");
    }
    write_clipped_line(p, e->document->doc, 200);
    markup_form(m, " · byte %u", e->figure.begin);
    if (p->host->raw(p->host, e->doc, e->figure, raw) == ASSAY_OK && raw[0] != e->figure.begin)
        markup_form(m, " (in the file %llu)", (unsigned long long)raw[0]);
}

/* Texts of the table by number, others by path; a path can be no number. */
static void write_others(struct page *p, const struct assay_evidence_choice *c)
{
    struct markup *m = &p->out;
    uint32_t numbers = 0, paths = 0;
    for (uint32_t i = 0; i < c->others; i++) {
        uint32_t number = corpus_number(p, c->other[i].doc);
        if (number)
            markup_form(m, numbers++ ? ", %u" : c->others > 1 ? "Also in texts %u" : "Also in text %u", number);
    }
    for (uint32_t i = 0; i < c->others; i++) {
        struct assay_evidence e;
        if (corpus_number(p, c->other[i].doc) ||
            assay_evidence_get(p->host, p->results, &page_slots, c->other[i], &e) != ASSAY_OK)
            continue;
        markup_raw(m, numbers || paths ? "; " : "Also in: ");
        write_clipped_line(p, e.document->doc, 200);
        paths++;
    }
    if (!numbers && !paths)
        return;
    if (c->rest)
        markup_form(m, "; and %u more", c->rest);
    markup_raw(m, ".\n");
}

static void write_value(struct page *p, const struct assay_value *v)
{
    struct assay_evidence_choice c;
    struct assay_evidence e;
    struct assay_buf piece = {0};
    assay_say_value(&piece, v->value, v->value_high, v->bound,
                    assay_evidence_unit(p->host, p->results, &page_slots, v));
    markup_raw(&p->out, "\n• ");
    markup_line(&p->out, (struct assay_text){piece.at, piece.size});
    assay_buf_free(&piece);
    markup_raw(&p->out, ": ");
    write_backing(p, v);
    markup_raw(&p->out, "\n");
    assay_evidence_choose(p->host, p->results, &page_slots, v->claims, 1, &c);
    if (c.shown && assay_evidence_get(p->host, p->results, &page_slots, c.show[0], &e) == ASSAY_OK) {
        write_quote(p, &e);
        write_place(p, &e, c.show[0].doc);
        write_reading(p, &e, v);
        markup_raw(&p->out, "\n");
    }
    write_others(p, &c);
}

static void write_period(struct page *p, const struct assay_finding *x)
{
    struct assay_buf piece = {0};
    if (!x->has_period || (!x->period.from.at && !x->period.to.at))
        return;
    markup_raw(&p->out, " · ");
    assay_say_period(&piece, x->period.from, x->period.to);
    markup_line(&p->out, (struct assay_text){piece.at, piece.size});
    assay_buf_free(&piece);
}

static void write_facts(struct page *p, const struct assay_finding *x)
{
    static const char *const word[] = {"accepted", "dismissed", "dismissed before, but changed since"};
    struct markup *m = &p->out;
    struct assay_buf piece = {0};
    int since = p->since ? since_look(p->since, x->id, x->state) : SINCE_SAME;
    markup_form(m, "<p>No. %u · ", x->rank);
    if (x->verdict != ASSAY_AGREE)
        markup_form(m, "%s · ", assay_say_severity(x->severity));
    if (since != SINCE_SAME)
        markup_raw(m, since == SINCE_NEW ? "new · " : "changed · ");
    assay_say_share(&piece, x->confidence);
    markup_piece(m, &piece);
    markup_raw(m, " sure · ");
    say_count(p, x->independent, "independent source");
    if (x->scope_of)
        markup_raw(m, " · inside one text");
    write_period(p, x);
    if (x->has_hint)
        markup_form(m, " · %s", assay_say_hint(x->hint));
    markup_raw(m, "\n");
    markup_line(m, x->explanation);
    if (x->has_review && x->review < 3) {
        markup_form(m, "\nEarlier reading: %s", word[x->review]);
        if (x->note.at && x->note.size) {
            markup_raw(m, ". “");
            markup_line(m, x->note);
            markup_raw(m, "”");
        }
    }
    markup_raw(m, "\n");
    assay_buf_free(&piece);
}

void short_write(struct page *p, const struct assay_finding *x)
{
    struct markup *m = &p->out;
    markup_raw(m, "<div class=f id=\"f-");
    markup_text(m, x->id);
    markup_raw(m, "\"");
    filter_mark(p, x);
    markup_raw(m, "><h3>");
    markup_mixed(m, x->title);
    markup_raw(m, "</h3>");
    write_facts(p, x);
    for (uint32_t i = 0; i < x->values.count && i < VALUES; i++)
        write_value(p, ASSAY_AT(struct assay_value, x->values, i));
    if (x->values.count > VALUES)
        markup_form(m, "and %u more %s\n", x->values.count - VALUES,
                    x->values.count == VALUES + 1 ? "value" : "values");
    markup_raw(m, "</p></div>");
}
