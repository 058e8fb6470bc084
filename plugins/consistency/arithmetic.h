/* SPDX-License-Identifier: Apache-2.0
 *
 * Arithmetic inside one sentence: growth from two values and a rate, a part against its whole, both against
 * the share beside them, parts that are listed against their sum. Only what does not fit is told, rounding respected.
 */
#ifndef CONSISTENCY_ARITHMETIC_H
#define CONSISTENCY_ARITHMETIC_H

#include "judge.h"

#define SENTENCE_FIGURES 16u
#define MISFIT_PARTS 8u
#define MISFITS_MOST (2 * SENTENCE_FIGURES + 2) /* a part and a share each, a growth, a sum */

/* The figures of one sentence in its order; `text` is the document's, which the claims' spans count in. */
struct sentence {
    struct item item[SENTENCE_FIGURES];
    struct carried carried[SENTENCE_FIGURES];
    uint32_t items;
    struct assay_text text;
};

struct misfit {
    const char *rule;
    uint32_t of[MISFIT_PARTS + 1], count; /* items: the whole or the values first */
    uint32_t gap;                         /* millionths */
    struct assay_buf words;               /* the explanation, a sentence */
};

struct misfits {
    struct misfit at[MISFITS_MOST];
    uint32_t count;
};

/* Fills `found`; the caller frees it with misfits_free. 0: out of memory. */
int arithmetic_check(const struct concepts *, const struct sentence *, struct misfits *found);
void misfits_free(struct misfits *);

#endif
