/* SPDX-License-Identifier: Apache-2.0
 *
 * Samples that the trainer learns from: windows of running text, words, phrases of everyday life, and what is in no
 * language at all.
 */
#ifndef LANGUAGE_TRAIN_SAMPLE_H
#define LANGUAGE_TRAIN_SAMPLE_H

#include "corpus.h"

#define SAMPLER_SEED 88172645463325252ull

struct sampler {
    const struct corpus *corpus;
    uint32_t group;  /* of scripts */
    int tuning;      /* 1: phrases and code, too */
    uint64_t random; /* never 0; SAMPLER_SEED at first: the same samples every time */
};

/* A number from 0 to below - 1; 0 where `below` is 0. */
uint32_t sampler_draw(struct sampler *, uint32_t below);
/* A sample of the class in `to`, which has room for SAMPLE_MOST bytes; gives its size, not terminated. *of_text: 1: it
 * is a piece of a running text. */
uint32_t sampler_take(struct sampler *, char *to, uint32_t class, int *of_text);

#endif
