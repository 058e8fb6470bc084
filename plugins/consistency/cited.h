/* SPDX-License-Identifier: Apache-2.0
 *
 * Whom each sentence has its figures from, where it says so beside the speaker of a claim: "writes the Daily Echo",
 * "the paper said" behind a sentence that names it, "Das berichtet der Kurier." of the sentence before.
 */
#ifndef CONSISTENCY_CITED_H
#define CONSISTENCY_CITED_H

#include <assay/kit/buf.h>
#include <assay/kit/lexicon.h>
#include <assay/kit/token.h>
#include <assay/plugin.h>

#include "credit.h"

/* The words of lexicon/credits.cfg that citing is told by. */
struct cited_words;

/* 0: file->error says why, or out of memory. */
int cited_load(struct cited_words **, struct assay_lexicon *file);
void cited_free(struct cited_words *);

/* Working memory; zeroed is empty. */
struct cited_room {
    struct assay_tokens tokens;
    struct cited_sentence *at;
    uint32_t room;
};
void cited_room_free(struct cited_room *);
/* Appends lines "BEGIN ~words" (words that stand around a word of citing), "BEGIN ^words" (the same, of a sentence that
 * this one goes on behind: they count where the source cited there tells an equal figure) and "BEGIN =name" (a newsroom
 * that is named so), BEGIN being where a sentence with figures begins. `claims`: struct assay_claim in the order of the
 * text. 0: out of memory. */
int cited_find(const struct credits *, struct assay_text, struct assay_list sentences, struct assay_list claims,
               struct cited_room *, struct assay_buf *to);
/* The lines of one sentence, without BEGIN, each once. */
void cited_of(struct assay_text lines, uint32_t begin, struct assay_buf *to);

/* Words as they are compared: each with its skeleton behind it, a mark before those that are written with a capital. */
void cited_fold(struct assay_text words, struct assay_buf *to);
/* A publisher's name so, and in further lines without its article and its legal form: "The Guardian", "theguardian",
 * "Velton AG". `words` may be NULL. */
void cited_fold_name(const struct cited_words *words, struct assay_text name, struct assay_buf *to);
/* Appends a line "~Alvenda government governo ..." for an authority named by what it is and where ("Governo Regional de
 * Alvenda"): `kinds` are folded lines of words that mean the same in several languages, `name` is folded. */
void cited_authority(struct assay_text kinds, struct assay_text name, struct assay_buf *to);
/* 1 where a line of `words` holds one of the names; all are folded. */
int cited_holds(struct assay_text words, struct assay_text names);

#endif
