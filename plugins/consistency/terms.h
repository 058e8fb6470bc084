/* SPDX-License-Identifier: Apache-2.0
 *
 * What a document is compared by: terms of its sentences that do not depend on the language (consonant skeletons,
 * concepts, places, numbers), and what each figure is about.
 *
 * A term is a hash whose low byte holds its class and flags.
 */
#ifndef CONSISTENCY_TERMS_H
#define CONSISTENCY_TERMS_H

#include <stdint.h>

#include <assay/field.h>
#include <assay/kit/token.h>
#include <assay/layers/claim.h>

#include "concept.h"

#define TERM_CLASS 0x07u
#define TERM_PAIR 0u    /* two words with capitals next to each other: the name of somebody or something */
#define TERM_SOUND 1u   /* first 4 consonants of the skeleton */
#define TERM_LONG 2u    /* first 6, of words with 5 or more */
#define TERM_STEM 3u    /* first 6 letters, romanised */
#define TERM_CONCEPT 4u
#define TERM_PLACE 5u
#define TERM_NUMBER 6u  /* digits outside figures: years, dates, names */
#define TERM_VALUE 7u   /* value of a figure */
#define TERM_FINE 0x08u /* flag: tells documents apart (the finest form of its word) */
#define TERM_NAME 0x10u /* flag: written with a capital inside a sentence */
#define CONTEXTS 512u   /* sentences of a document that are kept, besides those with figures */
#define TERM_UNUSED 21u /* bits below the hash; the lowest eight of them hold class and flags */
#define TERM_KEY(t) ((t) & ~(uint64_t)0xf8) /* without flags: what is counted and compared */

struct term_list {
    uint64_t *at; /* memory of twice the room: the second half serves terms_distinct */
    uint32_t count, room;
};

/* A sentence. Those without figures only help to see whether two documents say the same in the same order: they carry
 * their telling terms alone. */
struct context {
    struct assay_span span;
    uint64_t hash;           /* of its text, folded */
    struct assay_list terms; /* uint64_t, sorted by TERM_KEY, distinct */
    const uint32_t *weight;  /* of each term, WEIGHT_OF and WEIGHT_RARE; NULL while nothing is known of the corpus */
    uint32_t order, figures; /* sentence number in the document; figures in it */
};

#define NOTE_PART 1u /* "of them", "three of the" */
#define NOTE_NEAR 2u /* the words of the concept stand next to the figure */
#define NOTE_REST 4u /* "others", "more" */
#define NOTE_AGE 8u  /* an age */
#define NOTE_SELF 16u   /* "and himself", "including the gunman" */
#define NOTE_RECORD 32u /* "ever": of all times */
#define NOTE_NAME 64u   /* stands in source text, or in a name: no quantity that texts could disagree on */
#define NOTE_INCLUDED 128u /* "including": of the figure before it */
#define NOTE_WHOLE 256u   /* "84 of the 200 seats": all of them */
#define NOTE_HEDGE 9u     /* shift: bound of another mention of the figure in the text, three bits (hedge.h) */
#define NOTE_SO_FAR 4096u /* "so far": a count that goes on */
#define NOTE_REFUTED 8192u /* the text quotes it and sets it right (refute.h) */
#define NOTE_RIGHTS 16384u /* what it sets against it */
_Static_assert((NOTE_PART | NOTE_NEAR | NOTE_REST | NOTE_AGE | NOTE_SELF | NOTE_RECORD | NOTE_NAME | NOTE_INCLUDED |
                NOTE_WHOLE | NOTE_SO_FAR | NOTE_REFUTED | NOTE_RIGHTS) == 29183,
               "a bit for each mark");
#define DAYS_TOLD 64u /* days of a document (claims of kind date) that are looked at */
#define PERSON_WORDS 3u

/* A figure: parallel to the claims of the document. */
struct note {
    uint32_t context;        /* index; ASSAY_NEVER where it stands in no sentence */
    uint32_t concept, also;  /* id or CONCEPT_NONE; also: another one almost as near */
    uint32_t part;           /* NOTE_* */
    uint32_t thing;          /* concept id of the noun counted, or CONCEPT_NONE */
    uint32_t place;          /* concept id of the nearest place, or CONCEPT_NONE */
    uint64_t aspects;        /* sides of contrasts that stand by it (concept.h) */
    uint32_t who[PERSON_WORDS]; /* an age: hashes of the words of the name next to it, the last one first; 0: none */
    struct assay_list local; /* uint64_t: terms within four words */
    const uint32_t *local_weight;
};

struct terms_input {
    struct assay_text text;
    struct assay_list sentences; /* struct assay_sentence; only span and heading are read */
    struct assay_list claims;    /* struct assay_claim */
    struct assay_list languages; /* struct assay_language, may be empty */
    struct assay_text language;  /* of the document */
};

/* Where the results go: arrays of the caller's arena. */
struct terms_output {
    struct context *context;
    struct note *note;
    uint32_t contexts, notes;
};

struct terms; /* working memory, reused from document to document */
struct terms *terms_new(const struct concepts *);
void terms_free(struct terms *);
/* `alloc(subject, size)` gives memory of the document. 0: out of memory. */
int terms_of(struct terms *, const struct terms_input *, struct terms_output *, void *(*alloc)(void *, uint64_t),
             void *subject);

/* 43 bits of hash: of thirty million terms about fifty share one with another. */
uint64_t term_hash(uint32_t class, const void *bytes, size_t size);
/* "Elnur Mammadov", "Эльнура Мамедова": the TERM_PAIR of a token and the next, by the first consonants of both, so that
 * endings do not matter. 0: they are no name of two words with capitals. */
uint64_t name_pair(const char *text, const struct assay_token *, struct assay_text language);
/* 0: out of memory. */
int term_list_add(struct term_list *, uint64_t term);
/* Sorts and joins equal terms; flags are joined, too. */
void terms_distinct(struct term_list *);

#endif
