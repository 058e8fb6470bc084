/* SPDX-License-Identifier: Apache-2.0
 *
 * Whom a text has its news from, as it says itself: "LONDON (Reuters) -", "/Интерфакс/", "dpa/lno" behind the last
 * sentence, "selon l'AFP" in the first one.
 */
#ifndef CONSISTENCY_CREDIT_H
#define CONSISTENCY_CREDIT_H

#include <assay/kit/buf.h>
#include <assay/plugin.h>

/* The newsrooms of lexicon/newsrooms.cfg by all their names, and the words of lexicon/credits.cfg. */
struct credits;
struct cited_words;

/* Errors go through host->fail. Without one of the files only names in brackets are found. */
assay_status credits_load(const struct assay_host *, struct credits **);
void credits_free(struct credits *);

/* Where the first sentences end; `sentences`: struct assay_sentence. */
uint64_t credits_lead(struct assay_list sentences);
/* Appends the names of those credited with the whole text, each once and with a line feed behind it: agencies by the
 * first of their names, others as they are written. */
void credits_of_text(const struct credits *, struct assay_text text, struct assay_list sentences, struct assay_buf *to);
/* The same for agencies and newspapers that the words of a speaker name. */
void credits_of_speaker(const struct credits *, struct assay_text words, struct assay_buf *to);
/* The first of the names of an agency or newspaper of the lists, else the text itself. */
struct assay_text credits_name(const struct credits *, struct assay_text);
/* The words that citing is told by (cited.h). */
const struct cited_words *credits_cited(const struct credits *);
/* Takes the next name off *names. 0: no more. */
int credit_next(struct assay_text *names, struct assay_text *name);

#endif
