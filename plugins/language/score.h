/* SPDX-License-Identifier: Apache-2.0
 *
 * Scores of the classes of one group for a run of words: sums of the model's rows, in integers.
 */
#ifndef LANGUAGE_SCORE_H
#define LANGUAGE_SCORE_H

#include "chars.h"
#include "model.h"
#include "walk.h"

struct score {
    int32_t sum[MODEL_LANES];
    uint32_t row[GRAMS_MOST + DICT_BUCKET]; /* of the word before: on their way from memory, not yet summed */
    uint32_t rows;
    uint32_t features, look; /* look: at the margin, at so many features */
    int decided; /* the margin is so large that more words would not change it */
};

void score_start(struct score *);
/* Adds a word of `group`, which has a model. `hint`: the class that the text before was of, or MODEL_LANES; where it
 * leads, less is enough for a decision. */
void score_add(struct score *, const struct model *, uint32_t group, const struct walk_word *, uint32_t hint);
/* Scores in 1/64 nat, up to a constant, cut to +-30000. */
void score_end(struct score *, const struct model *, uint32_t group, int32_t z[MODEL_LANES]);

#endif
