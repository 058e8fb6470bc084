/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: words of a text, folded and hashed, in one pass.
 */
#ifndef ASSAY_KIT_TOKEN_H
#define ASSAY_KIT_TOKEN_H

#include <stddef.h>
#include <stdint.h>

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

struct assay_token {
    uint32_t begin, end; /* bytes */
    uint64_t hash;       /* XXH3-64 of the folded form; equal for equal words in any case, with or without accents */
    uint32_t kind; /* ASSAY_CP_LETTER, ASSAY_CP_DIGIT (digits with inner . , ' and spaces cut), ASSAY_CP_IDEOGRAPH */
    uint32_t flags;
};
#define ASSAY_TOKEN_CAPITAL 1u /* first letter is upper case */
#define ASSAY_TOKEN_UPPER 2u   /* all letters are, and there are two or more */

struct assay_tokens {
    struct assay_token *at;
    size_t count, room;
};
/* Fills `tokens` (reused; zeroed at first) with the words and numbers of [begin, end) of a valid text. Letters, marks
 * and inner apostrophes make a word; each ideograph is one token; a run of decimal digits is one. 0: out of memory. */
int assay_tokenise(struct assay_tokens *, const char *text, uint32_t begin, uint32_t end);
void assay_tokens_free(struct assay_tokens *);
/* Writes the folded form of a piece of text, at most `room` bytes, never cutting a character; gives its size. */
size_t assay_fold_text(char *to, size_t room, const char *text, size_t size);

#ifdef __cplusplus
}
#endif
#endif
