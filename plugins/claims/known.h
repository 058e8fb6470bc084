/* SPDX-License-Identifier: Apache-2.0
 *
 * A cache of words met before, with what the lexicon says of them, because a text repeats its words. It never changes a
 * result.
 */
#ifndef CLAIMS_KNOWN_H
#define CLAIMS_KNOWN_H

#include "run.h"
#include "token.h"

/* A run of letters and where it is kept. */
struct known_place {
    const char *at;
    struct run_key key;
    uint32_t run; /* bytes; 0: too long to be kept */
    struct known_word *pair;
};
/* The place of the word in hand, and of the one behind it, which is fetched while that is looked at. Zeroed: none. */
struct known_way {
    struct known_place place[2];
    uint32_t next; /* index of the one behind */
};

/* Reads the word that starts at text[t->begin] into a token whose kind and space are set. */
void kn_read(struct tks *, const char *stop, struct tk *, struct known_way *);

#endif
