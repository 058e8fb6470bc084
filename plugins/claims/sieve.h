/* SPDX-License-Identifier: Apache-2.0
 *
 * Most sentences hold no figure. This finds them at a fraction of what cutting them into tokens would cost: a sentence
 * is passed over if none of its words says a number, neither by itself nor together with what follows.
 */
#ifndef CLAIMS_SIEVE_H
#define CLAIMS_SIEVE_H

#include "token.h"

struct sieve;

/* The sieve of a language, with the words it has met; malloc'ed. `s` is overwritten; its chars and cache are set.
 * NULL: out of memory. */
struct sieve *sv_new(struct tks *s, const struct lx *);
void sv_free(struct sieve *);
/* 1: tk_counts would say 0 of text[begin, end), which has no digit. 0: it may count. `s` is overwritten; its size,
 * chars and cache are set, and the text is not changed between the calls for one document. */
int sv_idle(struct sieve *, struct tks *s, const struct lx *, const char *text, uint32_t begin, uint32_t end);

#endif
