/* SPDX-License-Identifier: Apache-2.0
 *
 * The words of a text, and texts whose words are the same; for tests of how texts are read.
 */
#ifndef TEST_DUPLICATES_READING_H
#define TEST_DUPLICATES_READING_H

#include <string.h>

#include "words.h"

static struct dup_folding folding;

static inline struct dup_words read_words(const char *text)
{
    struct dup_words w = {0};
    int cut;
    assert_true(dup_words_read(&w, &folding, text, strlen(text), 0, strlen(text), &cut));
    return w;
}

static inline void same(const char *a, const char *b)
{
    struct dup_words x = read_words(a), y = read_words(b);
    if (x.count != y.count)
        fail_msg("%u words in \"%s\", %u in \"%s\"", x.count, a, y.count, b);
    for (uint32_t i = 0; i < x.count; i++)
        if (x.at[i].hash != y.at[i].hash)
            fail_msg("word %u of \"%s\" and \"%s\"", i, a, b);
    dup_words_free(&x);
    dup_words_free(&y);
}

#endif
