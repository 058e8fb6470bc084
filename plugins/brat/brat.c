/* SPDX-License-Identifier: Apache-2.0
 *
 * Writer brat: a folder of brat standoff, DOC.txt and DOC.ann a document and one annotation.conf. Figures are
 * text-bound annotations (T) with their kind as type, bound and verdict as attributes (A), value and unit as a note
 * (#).
 *
 * Offsets are code points of the .txt. A span over a line end is written in pieces, as brat demands. Format:
 * https://brat.nlplab.org/standoff.html
 */
#include <assay/plugin.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <assay/kit/buf.h>
#include <assay/kit/json.h>
#include <assay/kit/points.h>
#include <assay/kit/say.h>
#include <assay/layers/claim.h>
#include <assay/layers/document.h>
#include <assay/layers/finding.h>

struct options {
    struct assay_text path;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, path, ASSAY_PATH, ASSAY_OUTPUT | ASSAY_FOLDER, NULL, "brat", NULL, NULL, "folder to write"),
};
static const struct assay_fields option_fields = ASSAY_FIELDS(struct options, option_rows);

enum { DOCUMENT, CLAIM, FINDING, SLOTS };
static const struct assay_layer layers[SLOTS] = {
    [DOCUMENT] = {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "ids"},
    [CLAIM] = {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "claim", &assay_claim_fields, "figures"},
    [FINDING] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "finding", &assay_finding_fields,
                 "which figures are in conflict"},
};

struct self {
    const struct assay_host *host;
    const struct options *options;
};

/* A figure that a finding holds, with the gravest verdict of such findings. */
struct mark {
    struct assay_ref ref;
    uint32_t verdict;
};

struct writing {
    const struct assay_host *host;
    struct assay_results *results;
    const char *folder;
    struct mark *mark;
    size_t marks, room;
    struct assay_points points;
    struct assay_buf ann;
    struct assay_buf name;
};

static const char *const kind_name[] = {"Number",   "Percent",  "Money", "Dimension",
                                        "Duration", "Multiple", "Rank",  "Ordinal",
                                        "Date"};
static const char *const verdict_name[] = {"conflict", "update", "scope", "compatible", "agree"};

static int order_marks(const void *x, const void *y)
{
    const struct mark *a = x, *b = y;
    if (a->ref.doc != b->ref.doc)
        return a->ref.doc < b->ref.doc ? -1 : 1;
    if (a->ref.index != b->ref.index)
        return a->ref.index < b->ref.index ? -1 : 1;
    return a->verdict < b->verdict ? -1 : a->verdict > b->verdict;
}

static assay_status read_findings(struct writing *w)
{
    struct assay_list list;
    while ((list = w->host->corpus(w->host, w->results, FINDING, 256)).count) {
        for (uint32_t i = 0; i < list.count; i++) {
            const struct assay_finding *f = ASSAY_AT(struct assay_finding, list, i);
            if (w->room - w->marks < f->claims.count) {
                size_t room = (w->room + f->claims.count) * 2;
                struct mark *more = realloc(w->mark, room * sizeof *more);
                if (!more)
                    return w->host->fail(w->host, ASSAY_ENOMEM, "no memory for %zu figures", room);
                w->mark = more;
                w->room = room;
            }
            for (uint32_t k = 0; k < f->claims.count; k++)
                w->mark[w->marks++] = (struct mark){*ASSAY_AT(struct assay_ref, f->claims, k), f->verdict};
        }
    }
    if (w->marks)
        qsort(w->mark, w->marks, sizeof *w->mark, order_marks);
    return ASSAY_OK;
}

/* The gravest verdict about a figure, or NULL. */
static const char *verdict_of(const struct writing *w, assay_docid doc, uint32_t index)
{
    size_t low = 0, high = w->marks;
    while (low < high) {
        size_t mid = (low + high) / 2;
        const struct assay_ref *at = &w->mark[mid].ref;
        if (at->doc < doc || (at->doc == doc && at->index < index))
            low = mid + 1;
        else
            high = mid;
    }
    if (low == w->marks || w->mark[low].ref.doc != doc || w->mark[low].ref.index != index)
        return NULL;
    return w->mark[low].verdict < 5 ? verdict_name[w->mark[low].verdict] : NULL;
}

/* "12 17" or, over line ends, "12 17;18 20". */
static void say_offsets(struct writing *w, struct assay_text text, struct assay_span span)
{
    const char *between = " ";
    for (uint32_t at = span.begin; at < span.end;) {
        const char *line_end = memchr(text.at + at, '\n', span.end - at);
        uint32_t end = line_end ? (uint32_t)(line_end - text.at) : span.end;
        if (end > at) {
            assay_buf_printf(&w->ann, "%s%llu %llu", between, (unsigned long long)assay_points_at(&w->points, at),
                             (unsigned long long)assay_points_at(&w->points, end));
            between = ";";
        }
        at = end + 1;
    }
}

/* The covered text on one line: line ends are blanks, as between the pieces of say_offsets. */
static void say_covered(struct writing *w, struct assay_text text, struct assay_span span)
{
    for (uint32_t i = span.begin; i < span.end; i++)
        assay_buf_byte(&w->ann, text.at[i] == '\n' ? ' ' : text.at[i]);
}

static void say_claim(struct writing *w, const struct assay_doc *doc, uint32_t i, const struct assay_claim *c,
                      uint32_t *attribute)
{
    struct assay_text text = w->host->text(w->host, doc);
    struct assay_buf *out = &w->ann;
    assay_buf_printf(out, "T%u\t%s", i + 1, c->kind < ASSAY_COUNT(kind_name) ? kind_name[c->kind] : "Number");
    say_offsets(w, text, c->span);
    assay_buf_byte(out, '\t');
    say_covered(w, text, c->span);
    assay_buf_byte(out, '\n');
    if (c->bound != ASSAY_BOUND_EXACT)
        assay_buf_printf(out, "A%u\tBound T%u %s\n", ++*attribute, i + 1, assay_say_bound_name(c->bound));
    const char *verdict = verdict_of(w, w->host->docid(w->host, doc), i);
    if (verdict)
        assay_buf_printf(out, "A%u\tVerdict T%u %s\n", ++*attribute, i + 1, verdict);
    assay_buf_printf(out, "#%u\tAnnotatorNotes T%u\t", i + 1, i + 1);
    assay_json_real(out, c->value);
    if (c->has_value_high) {
        assay_buf_text(out, " .. ");
        assay_json_real(out, c->value_high);
    }
    const struct assay_text more[] = {c->unit, c->counted, c->per};
    for (size_t k = 0; k < 3; k++)
        if (more[k].at && more[k].size) {
            assay_buf_text(out, k == 2 ? " per " : " ");
            assay_say_line(out, more[k]);
        }
    assay_buf_byte(out, '\n');
}

/* FOLDER/NAME.EXTENSION. A document's id may hold anything, so a name is its docid and what is harmless of the id's
 * tail. */
static void make_name(struct writing *w, assay_docid doc, struct assay_text id, const char *extension)
{
    w->name.size = 0;
    assay_buf_printf(&w->name, "%s/%016llx-", w->folder, (unsigned long long)doc);
    uint64_t from = id.size > 60 ? id.size - 60 : 0;
    for (uint64_t i = from; i < id.size; i++) {
        char c = id.at[i];
        int harmless =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        assay_buf_byte(&w->name, harmless ? c : '_');
    }
    assay_buf_printf(&w->name, ".%s", extension);
    assay_buf_byte(&w->name, 0);
}

static assay_status save(struct writing *w, const void *bytes, size_t size)
{
    if (w->name.failed || w->ann.failed)
        return w->host->fail(w->host, ASSAY_ENOMEM, "no memory for a document's annotations");
    FILE *file = fopen(w->name.at, "wbe");
    int good = file && fwrite(bytes, 1, size, file) == size;
    if (file && fclose(file))
        good = 0;
    return good ? ASSAY_OK : w->host->fail(w->host, ASSAY_EFATAL, "cannot write %s: %s", w->name.at, strerror(errno));
}

static assay_status write_document(struct writing *w, const struct assay_doc *doc)
{
    struct assay_list record = w->host->records(w->host, doc, DOCUMENT), claims = w->host->records(w->host, doc, CLAIM);
    struct assay_text id = record.count ? ASSAY_AT(struct assay_document, record, 0)->doc : (struct assay_text){"", 0};
    struct assay_text text = w->host->text(w->host, doc);
    if (!assay_points_set(&w->points, text))
        return w->host->fail(w->host, ASSAY_ENOMEM, "no memory for a document's offsets");
    make_name(w, w->host->docid(w->host, doc), id, "txt");
    assay_status status = save(w, text.at ? text.at : "", text.size);
    if (status)
        return status;
    w->ann.size = 0;
    uint32_t attribute = 0;
    for (uint32_t i = 0; i < claims.count; i++)
        say_claim(w, doc, i, ASSAY_AT(struct assay_claim, claims, i), &attribute);
    make_name(w, w->host->docid(w->host, doc), id, "ann");
    return save(w, w->ann.size ? w->ann.at : "", w->ann.size);
}

static assay_status write_conf(struct writing *w)
{
    w->ann.size = 0;
    assay_buf_text(&w->ann, "[entities]\n");
    for (size_t i = 0; i < ASSAY_COUNT(kind_name); i++)
        assay_buf_printf(&w->ann, "%s\n", kind_name[i]);
    assay_buf_text(&w->ann, "\n[relations]\n\n[events]\n\n[attributes]\n"
                            "Bound\tArg:<ENTITY>, Value:about|over|at-least|under|at-most|range\n"
                            "Verdict\tArg:<ENTITY>, Value:conflict|update|scope|compatible|agree\n");
    w->name.size = 0;
    assay_buf_printf(&w->name, "%s/annotation.conf", w->folder);
    assay_buf_byte(&w->name, 0);
    return save(w, w->ann.at, w->ann.size);
}

static assay_status write_all(struct writing *w)
{
    if (mkdir(w->folder, 0777) && errno != EEXIST)
        return w->host->fail(w->host, ASSAY_EFATAL, "cannot make the folder %s: %s", w->folder, strerror(errno));
    assay_status status = read_findings(w);
    const struct assay_doc *doc;
    while (!status && (status = w->host->next_document(w->host, w->results, &doc)) == ASSAY_OK)
        status = write_document(w, doc);
    return status == ASSAY_END ? write_conf(w) : status;
}

static assay_status write_(void *own, struct assay_results *results)
{
    struct self *self = own;
    struct writing w = {.host = self->host, .results = results};
    struct assay_sink *none;
    assay_status status = self->host->sink(self->host, results, self->options->path, &none, &w.folder);
    if (!status)
        status = write_all(&w);
    assay_points_free(&w.points);
    assay_buf_free(&w.ann);
    assay_buf_free(&w.name);
    free(w.mark);
    return status;
}

static assay_status open_(const struct assay_host *h, const void *options, void **own)
{
    struct self *self = malloc(sizeof *self);
    if (!self)
        return ASSAY_ENOMEM;
    *self = (struct self){h, options};
    *own = self;
    return ASSAY_OK;
}

ASSAY_PLUGIN(brat) = {
    ASSAY_ABI,
    .name = "brat",
    .version = "1",
    .summary = "writes figures as a folder of brat standoff",
    .license = "Apache-2.0",
    .role = ASSAY_WRITER,
    .options = &option_fields,
    .layer = layers,
    .layers = SLOTS,
    .open = open_,
    .write = write_,
    .close = free,
};
