/* SPDX-License-Identifier: Apache-2.0
 *
 * Languages of a text. The text is cut into units (lines, sentences, parts in quotes or brackets, changes of script),
 * each is scored by the model of its group, and the best path through all units is taken (Viterbi 1967), where a change
 * of language costs the more, the weaker the border is.
 */
#ifndef LANGUAGE_ENGINE_H
#define LANGUAGE_ENGINE_H

#include "chars.h"
#include "model.h"

#define ENGINE_STATES 128u

struct engine {
    struct chars chars;
    struct model model;
    uint32_t states, und; /* states: the model's classes, then the single scripts, then und */
    uint32_t gibberish; /* the Latin class for strings of no language and for code; ENGINE_STATES: the model has none */
    struct model_class name[ENGINE_STATES];
    uint8_t group[ENGINE_STATES];     /* of a state */
    unsigned char allowed[ENGINE_STATES];
    int32_t prior[ENGINE_STATES];     /* 1/64 nat a unit */
    uint32_t minimum_span;            /* letters: shorter spans fall to their neighbour */
    uint32_t minimum_confidence;      /* 1/10000 */
    int32_t declared_weight;          /* 1/64 nat a document, half of it a unit */
    struct engine_block *block;       /* scratch */
};

struct engine_span {
    uint32_t begin, end, state, confidence /* 1/10000 */, letters;
};

/* Opens the model; all languages are allowed. 0: `message` (256 bytes) says why not. */
int engine_open(struct engine *, const char *path, char *message);
void engine_close(struct engine *);
/* First state of a language, or the next after `from`; ENGINE_STATES: none. Codes of 2 and 3 letters. */
uint32_t engine_state(const struct engine *, const char *language, size_t size, uint32_t from);

struct engine_result {
    struct engine_span *span; /* tile the text */
    uint32_t spans, room;
    uint32_t main; /* state that has most letters; und where there is none */
};

/* `declared`: a language the source declares, or NULL. Spans are reused from call to call; free them with
 * engine_result_free. 0: out of memory. */
int engine_run(struct engine *, const char *text, uint32_t size, const char *declared, size_t declared_size,
               struct engine_result *);
void engine_result_free(struct engine_result *);

#endif
