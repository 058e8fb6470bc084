/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of the html writer.
 */
#ifndef HTML_PAGE_H
#define HTML_PAGE_H

#include <assay/plugin.h>
#include <assay/kit/evidence.h>
#include <assay/kit/say.h>

#include "markup.h"
#include "names.h"
#include "since.h"

enum { DOCUMENT, LANGUAGE, SENTENCE, CLAIM, COPY, CLUSTER, FINDING, FAILURE, SKIPPED, RUN, SLOTS };

struct options {
    struct assay_text path, title, since;
    uint32_t max_findings, max_short, severity;
};

#define VALUES 16u /* of one finding */

struct numbered; /* documents by docid */

struct page {
    const struct assay_host *host;
    struct assay_results *results;
    const struct options *options;
    struct since *since; /* NULL: no earlier result was named */
    struct markup out;
    struct markup rows;     /* the table of documents, put together while they pass by; no sink */
    struct names sources, languages;
    struct names days;      /* dates of publication, cut to days */
    struct names units;     /* what the findings count: USD, tonne, killed */
    struct numbered *numbered;
    uint64_t documents, figures, unsourced, undated;
    uint64_t group[ASSAY_SAY_GROUPS], findings, failures, skipped, clusters, copies;
    uint64_t shorts; /* findings told in short so far */
    int has[SLOTS];
    int64_t first_day, last_day; /* published, days since 1970 */
    int dated;
};

extern const struct assay_evidence_slots page_slots;
extern const char
    *const group_class[ASSAY_SAY_GROUPS]; /* names of style classes: those of the verdicts, and "single" */

/* corpus.c: one walk over the documents; later the overview and the table. */
assay_status corpus_read(struct page *);
void corpus_write(struct page *);
/* The number of a document in the table of texts, from 1; 0: it stands beyond its end. */
uint32_t corpus_number(const struct page *, assay_docid);
void corpus_free(struct page *);
/* finding.c */
void findings_count(struct page *);
void findings_write(struct page *);
/* filter.c: what a finding can be filtered by: counted, written as attributes of its element, and the form. */
void filter_count(struct page *, const struct assay_finding *);
void filter_mark(struct page *, const struct assay_finding *);
void filter_write(struct page *);
/* What finding.c and short.c say alike. */
void say_number(struct page *, uint64_t n);
void say_count(struct page *, uint64_t n, const char *one);
/* What the figure was read as goes to `to`; 0: that is how it is printed. */
int page_reading(const struct assay_evidence *, struct assay_buf *to);
void write_backing(struct page *, const struct assay_value *);
/* short.c: a finding beyond those shown in full: few elements, so that ten thousand open fast. */
void short_write(struct page *, const struct assay_finding *);
int page_is_web(struct assay_text uri);
/* "Varn Courier · 2024-05-02 · path", the last one a link where it has an address. */
void write_cite(struct page *, const struct assay_doc *);
/* copies.c */
void copies_count(struct page *);
void copies_write(struct page *);
/* unread.c: what could not be read, and how the page was made. */
void unread_count(struct page *);
void unread_write(struct page *);
void method_write(struct page *);

#endif
