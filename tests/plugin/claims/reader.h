/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs the plugin over one text on the test host; used by the tests of this folder and by the benchmark.
 */
#ifndef TEST_CLAIMS_READER_H
#define TEST_CLAIMS_READER_H

#include <string.h>

#include <assay/layers/claim.h>
#include <assay/layers/document.h>
#include <assay/layers/text.h>
#include <assay/testing.h>

extern const struct assay_plugin claims_LTX_assay_plugin;

enum { SLOT_SENTENCE = 1, SLOT_CLAIM = 4, SLOT_BOILERPLATE = 6 };

/* One sentence a line; the records of claim/1. */
static inline struct assay_list read_claims(struct assay_test *t, const char *text, const char *language, const char *published)
{
    struct assay_document record = {.language = {language, language ? strlen(language) : 0}, .published = {published, published ? strlen(published) : 0}};
    struct assay_doc *doc = assay_test_doc(t, (struct assay_text){text, strlen(text)}, &record);
    for (uint32_t begin = 0, end; text[begin]; begin = end + (text[end] == '\n')) {
        end = begin + (uint32_t)strcspn(text + begin, "\n");
        struct assay_sentence sentence = {.span = {begin, end}};
        if (end > begin)
            assay_test_put(t, doc, SLOT_SENTENCE, &sentence);
    }
    if (t->plugin->analyse(t->self, doc) != ASSAY_OK)
        return (struct assay_list){0};
    return t->host.records(&t->host, doc, SLOT_CLAIM);
}

#endif
