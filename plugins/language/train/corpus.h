/* SPDX-License-Identifier: Apache-2.0
 *
 * The trainer's texts: lines, words and their languages, for one group of scripts.
 */
#ifndef LANGUAGE_TRAIN_CORPUS_H
#define LANGUAGE_TRAIN_CORPUS_H

#include <stddef.h>
#include <stdint.h>

#include "../chars.h"
#include "../model.h"

#define SAMPLE_MOST 4096u

struct str {
    const char *at;
    uint32_t size;
};

struct texts {
    struct str *line, *held_line, *word, *type, *common; /* type: words of the text, common: the most frequent ones */
    struct str *phrase;                                  /* of everyday life */
    uint32_t lines, held_lines, words, types, commons, phrases;
};

/* A word and the classes that have it; often: in their most frequent words, or often in their text. */
struct known {
    uint64_t hash; /* grams_word; 0: free */
    uint64_t any, often;
    struct str word;
};

struct corpus {
    uint32_t classes;
    char name[MODEL_CLASSES][8];
    struct texts texts[MODEL_CLASSES];
    struct known *known;
    size_t room, knowns;
};

/* Held out of training and dictionary, for calibration. */
static inline int hold_out(uint64_t hash)
{
    return hash % 50 == 7;
}

/* Reads DIR/LANG.{text,words,common}, with `phrases` LANG.everyday too; ends the program where memory is short. */
void corpus_read(struct corpus *, const struct chars *, uint32_t group, const char *classes, const char *folder,
                 int phrases);

#endif
