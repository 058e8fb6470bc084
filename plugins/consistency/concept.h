/* SPDX-License-Identifier: Apache-2.0
 *
 * The lexicon of concepts (conf/lexicon/concepts.cfg, concepts-LANG.cfg) and places (conf/lexicon/places.cfg):
 * which words of which language speak of the same thing, what is a part of what, and how such counts behave. Read once,
 * in open.
 */
#ifndef CONSISTENCY_CONCEPT_H
#define CONSISTENCY_CONCEPT_H

#include <stddef.h>
#include <stdint.h>

#include <assay/field.h>

#define CONCEPT_NONE 0xffffffffu
#define CONCEPT_EVOLVING 1u   /* the count changes while a story develops: killed, injured, evacuated */
#define CONCEPT_CUMULATIVE 2u /* a running total since some start: produced since 2007 */
#define CONCEPT_EVENT 4u      /* belongs to one event, not to a period: its day does not matter much */
#define CONCEPT_WEAK 8u       /* a general word (people, year): never decides what is measured beside a better one */
#define CONCEPT_PLACE 16u
#define CONCEPT_WORD 32u      /* helps to recognise sentences, measures nothing */
#define CONCEPT_PART_MARK 64u /* "of them", "including": the figure is one part */
#define CONCEPT_MEASURE 128u  /* lengths, weights, temperatures: needs a unit */
#define CONCEPT_MONEY 256u    /* sums of money and their shares: never things counted */
#define CONCEPT_ANYBODY 512u /* people in general, whatever they are called: "people", "victims" */
#define CONCEPT_WHEN 1024u   /* a day of the week */
#define CONCEPT_BREAK 2048u  /* "and", "but": what stands before it seldom belongs to what follows */
#define CONCEPT_REST 4096u   /* "other", "more": what is left besides another number */
#define CONCEPT_AGE 8192u    /* "years old", "aged" */
#define CONCEPT_WHO 16384u   /* who or what is counted, where it also is said what happened to them: "passengers", "officers" */
#define CONCEPT_KIND 32768u  /* a kind of event: a crash is no flood */
#define CONCEPT_NARROW 65536u /* what is said of one thing differs little: magnitudes */
#define CONCEPT_SELF 131072u /* "himself", "the gunman": one more may be counted or not */
#define CONCEPT_RECORD 262144u /* "ever", "record": of all times, not of this one */
#define CONCEPT_PARTITIVE 524288u /* right after a number: "three of the" */
#define CONCEPT_RATE 1048576u /* a rate of change by itself: "inflation was 3 %" says what "prices rose by 3 %" says */
#define CONCEPT_COUNTED 8388608u /* people, things: never a length, a weight, a sum of money */
#define CONCEPT_LONE 2097152u /* of a contrast: its absence says as much as another side */
#define CONCEPT_FAR 4194304u  /* of a contrast: said of every figure of its sentence: "in shootings across the city" */
#define CONCEPT_GROWS 16777216u /* a count that does not fall: the dead of an event */
#define CONCEPT_FALLS 33554432u /* a count that falls while a story develops: the missing */
#define CONCEPT_PERSON 67108864u /* somebody who may have an age */
#define CONCEPT_UNIT_AGE 134217728u /* a word of age that is a length of time as well: "anni" */
#define CONCEPT_SCORE 268435456u /* of matches: goals, points; never a share or a sum */
#define CONCEPT_LASTS 536870912u /* what runs for some years: a contract, a loan, a sentence; they are no age */
#define CONCEPT_LOCAL 1073741824u /* measured at a place: temperatures, rain */
#define CONCEPT_BASE 2147483648u /* what shares are told of: "a debt of 78 % of GDP" measures the debt */
/* Never decides what is measured. */
#define CONCEPT_GENERAL (CONCEPT_WEAK | CONCEPT_WORD | CONCEPT_PLACE)
#define OF_ANY 0u
#define OF_LENGTH 1u
#define OF_WEIGHT 2u
#define OF_AREA 3u
#define OF_SPEED 4u
#define OF_TIME 5u /* a length of time, whatever its unit */
#define CONCEPT_PARTS 4u
#define CONTRAST_SETS 48u /* at most; together 64 bits, of which a set of n sides takes as many as n needs */

struct concept {
    struct assay_text key;
    struct assay_text title; /* what people read, where the key does not say it; else empty */
    uint32_t flags;
    uint32_t of; /* OF_*: the only measures of it; "height" is a length */
    uint32_t part_of[CONCEPT_PARTS], parts; /* of what it is a part */
    uint32_t set, side; /* its contrast, and the side of it, from 1; side 0: of none */
    uint64_t aspect;    /* the side in the bits of its set; 0: of none */
};

struct concepts;

/* Reads the lexicons (path NUL-terminated; places may be NULL). NULL: *error says why, at most `room` bytes. */
struct concepts *concepts_open(const char *path, const char *places, char *error, size_t room);
/* Reads another lexicon of concepts besides: words of a further language, further concepts. 0: *error says why. */
int concepts_add(struct concepts *, const char *path, char *error, size_t room);
void concepts_close(struct concepts *);
uint32_t concepts_count(const struct concepts *);
const struct concept *concepts_at(const struct concepts *, uint32_t id);
/* The concept where it can decide what is measured, else CONCEPT_NONE. */
uint32_t concepts_measure(const struct concepts *, uint32_t id);
uint32_t concepts_find(const struct concepts *, struct assay_text key);
/* Adds "part is a part of whole" (options); unknown keys become concepts without words. 0: out of memory. */
int concepts_relate(struct concepts *, struct assay_text part, struct assay_text whole);
/* Adds a form for a concept (options): as a lexicon form in any language. 0: out of memory. */
int concepts_form(struct concepts *, struct assay_text key, struct assay_text form);
/* 0: there is no such concept. */
int concepts_flag(struct concepts *, struct assay_text key, uint32_t flag);
/* 1 where `part` is, in one or more steps, a part of `whole`. */
int concepts_part_of(const struct concepts *, uint32_t part, uint32_t whole);
/* What is special about a language, as `languages` of the lexicon says: its words are told apart by marks on letters;
 * nouns name what stands at their end; every noun has a capital; names are spelt in Cyrillic. */
enum { CONCEPT_MARKS, CONCEPT_COMPOUNDS, CONCEPT_CAPITALS, CONCEPT_CYRILLIC, CONCEPT_TRAITS };
int concepts_trait(const struct concepts *, struct assay_text language, uint32_t trait);
/* 2: the aspects (one or more of struct concept's, joined) exclude each other; 1: one has a lone side where the other
 * has none; 0: neither. */
int concepts_contrast(const struct concepts *, uint64_t a, uint64_t b);
/* The concept whose side `of` differs from `other` first, or CONCEPT_NONE. */
uint32_t concepts_aspect(const struct concepts *, uint64_t of, uint64_t other);
/* The largest whole it belongs to (the first one named, step by step); itself where it is none's part. */
uint32_t concepts_root(const struct concepts *, uint32_t id);

/* A folded word of a text. */
struct word {
    const char *at;
    uint32_t size;
    uint32_t capital; /* written with a capital */
    uint64_t marks;   /* concepts_marks of the word as written; WORD_UNMARKED: its text is written without any */
};
#define WORD_UNMARKED (1ull << 63)

/* Folding makes one word of "öldü" (died) and "oldu" (was). Bit n: letter n is one of those that Turkish, Azerbaijani
 * and German tell from the plain one: ö ü ä ş ç ğ, of the first 63. Forms of these languages match words with the same
 * bits. */
uint64_t concepts_marks(const char *at, size_t size);
/* The concepts that begin at words[0] (count left in the sentence): up to `room` ids in *id, the longest form first;
 * *length gets the words that form takes. `language` as ISO 639-1, null = any. Gives the number found. */
uint32_t concepts_match(const struct concepts *, const struct word *words, uint32_t count, struct assay_text language,
                        uint32_t *id, uint32_t room, uint32_t *length);

#endif
