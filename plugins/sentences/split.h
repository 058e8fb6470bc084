/* SPDX-License-Identifier: Apache-2.0
 *
 * Sentences of a text, by rules: marks that end one, what stands before and after them, lines and paragraphs.
 * Linear time, no memory. Valid UTF-8 is expected; what is not is taken as unknown characters.
 */
#ifndef SENTENCES_SPLIT_H
#define SENTENCES_SPLIT_H

#include <stddef.h>
#include <stdint.h>

#include "rules.h"

/* Language (number of rules.h) of the text up to `end`; spans tile the text, the last holds for the rest. */
struct split_language {
    uint32_t end, language;
};

struct split_sentence {
    uint32_t begin, end, paragraph, heading;
};

/* Gives 0 to stop. */
typedef int split_found(void *context, const struct split_sentence *);

/* Calls `found` for each sentence in order. 0: `found` stopped it. `languages` may be NULL. */
int split_text(const struct rules *, const struct split_language *languages, size_t count, const char *text,
               uint32_t size, split_found *found, void *context);

#endif
