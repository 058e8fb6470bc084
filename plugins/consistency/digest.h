/* SPDX-License-Identifier: Apache-2.0
 *
 * What terms.h finds in a document, as it is stored: one record of three byte strings. Each distinct term stands once,
 * in six bytes, in the order of TERM_KEY; sentences and figures name terms by their place there, as gaps in variable
 * length (LEB128). About a third of what arrays of terms would take. The low 32 bits of a sentence's hash are kept.
 */
#ifndef CONSISTENCY_DIGEST_H
#define CONSISTENCY_DIGEST_H

#include <assay/kit/buf.h>

#include "rarity.h"
#include "terms.h"

struct digest {
    struct assay_text terms;              /* DIGEST_TERM bytes each */
    struct assay_text sentences, figures; /* packed contexts and notes */
    uint32_t contexts, notes;
    struct assay_text credits, lead; /* credit.h; who is said to say something in the first sentences: a line each */
    struct assay_text cited;         /* cited.h: lines of cited_find */
};
extern const struct assay_fields digest_fields;

#define DIGEST_TERM 6u
/* Term `i` of the table, with the flags of any of its places. */
uint64_t digest_term(const struct digest *, uint32_t i);
uint32_t digest_terms(const struct digest *);
/* How much of the document is about each of its terms, one byte a term: in how many sentences it stands (once; in two
 * or three; in more), and whether in one of the first three, where a report says what it is about. */
#define PROMINENT_TWICE 1u
#define PROMINENT_OFTEN 2u
#define PROMINENT_LEAD 4u
#define PROMINENCES 8u
void digest_prominence(const struct digest *, unsigned char *to);
/* Six bytes of a term: its TERM_KEY, and two bits of the caller's. */
void digest_pack(unsigned char to[DIGEST_TERM], uint64_t term, uint32_t bits);
uint64_t digest_unpack(const unsigned char from[DIGEST_TERM], uint32_t *bits);

/* Working memory to write digests; zeroed is empty. */
struct digest_room {
    struct term_list all;
    struct assay_buf terms, sentences, figures;
};
void digest_room_free(struct digest_room *);
/* Everything in *to points into the room, until the next call. 0: out of memory. */
int digest_write(struct digest_room *, const struct terms_output *, struct digest *to);

/* A digest unpacked: contexts with weights, and notes. Zeroed is empty; reused from document to document. */
struct digest_open {
    struct context *context;
    struct note *note;
    uint32_t contexts, notes;
    char *room;
    uint64_t size;
};
void digest_open_free(struct digest_open *);
/* The first `most` figures and the sentences up to them. `scale` may be NULL: then contexts have no weights. `classes`:
 * how rare each term is, half a byte each; what is missing is RARITY_ONE. 0: out of memory. What is no digest reads as
 * less of one. */
int digest_read(struct digest_open *, const struct digest *, const struct rarity_scale *, struct assay_text classes,
                uint32_t most);
/* The same without the terms of sentences and figures, in less than half the time. */
int digest_outline(struct digest_open *, const struct digest *, uint32_t most);

#endif
