/* SPDX-License-Identifier: Apache-2.0
 *
 * Stems of words, with a cache per worker: a stemmer alone would be the slowest part of a chain.
 */
#ifndef CLAIMS_STEM_H
#define CLAIMS_STEM_H

#include <stddef.h>
#include <stdint.h>

#include "lex.h"

enum { ST_LONGEST = 40 };
struct stems;

/* NULL: out of memory. An unknown stemmer's name gives a stemmer that cuts words. */
struct stems *st_new(const struct lx *);
/* The stem of the word text[0, size), whose token hash is `hash`; writes at most ST_LONGEST bytes, gives how many. */
size_t st_stem(struct stems *, uint64_t hash, const char *text, size_t size, char *to);
void st_free(struct stems *);

#endif
