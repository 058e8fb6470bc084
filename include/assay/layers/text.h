/* SPDX-License-Identifier: Apache-2.0
 *
 * Layers about the text itself: language/1, sentence/1, boilerplate/1, page/1.
 */
#ifndef ASSAY_LAYERS_TEXT_H
#define ASSAY_LAYERS_TEXT_H

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

/* language/1: spans that tile the text. */
struct assay_language {
    struct assay_span span;
    struct assay_text language; /* ISO 639-1, else 639-3; "und" = don't know */
    struct assay_text script;   /* ISO 15924 */
    double confidence;
};
static const struct assay_field assay_language_rows[] = {
    ASSAY_FIELD(struct assay_language, span, ASSAY_SPAN, ASSAY_SELF, NULL, "where"),
    ASSAY_FIELD(struct assay_language, language, ASSAY_TEXT, 0, NULL, "ISO 639-1, else 639-3; und = don't know"),
    ASSAY_FIELD(struct assay_language, script, ASSAY_TEXT, 0, NULL, "ISO 15924"),
    ASSAY_FIELD(struct assay_language, confidence, ASSAY_REAL, 0, NULL, "0..1, calibrated"),
};
static const struct assay_fields assay_language_fields = ASSAY_FIELDS(struct assay_language, assay_language_rows);

/* sentence/1: in order, without overlap; white space between them belongs to none. */
struct assay_sentence {
    struct assay_span span;
    uint32_t paragraph; /* counts from 0; headings and list items are paragraphs */
    uint32_t heading;   /* 1: no full sentence (headline, list item, caption) */
};
static const struct assay_field assay_sentence_rows[] = {
    ASSAY_FIELD(struct assay_sentence, span, ASSAY_SPAN, ASSAY_SELF, NULL, "where"),
    ASSAY_FIELD(struct assay_sentence, paragraph, ASSAY_U32, 0, NULL, "paragraph, from 0"),
    ASSAY_FIELD(struct assay_sentence, heading, ASSAY_FLAG, 0, NULL, "headline, list item or caption"),
};
static const struct assay_fields assay_sentence_fields = ASSAY_FIELDS(struct assay_sentence, assay_sentence_rows);

/* boilerplate/1: parts of the text that are not the author's words: a site's furniture, kept for whoever wants it;
 * code. */
struct assay_boilerplate {
    struct assay_span span;
    struct assay_text reason;
};
static const struct assay_field assay_boilerplate_rows[] = {
    ASSAY_FIELD(struct assay_boilerplate, span, ASSAY_SPAN, ASSAY_SELF, NULL, "where"),
    ASSAY_FIELD(struct assay_boilerplate, reason, ASSAY_TEXT, 0, NULL, "navigation, comments, code ..."),
};
static const struct assay_fields assay_boilerplate_fields =
    ASSAY_FIELDS(struct assay_boilerplate, assay_boilerplate_rows);

/* page/1: pages of a PDF. */
struct assay_page {
    struct assay_span span;
    uint32_t page;
};
static const struct assay_field assay_page_rows[] = {
    ASSAY_FIELD(struct assay_page, span, ASSAY_SPAN, ASSAY_SELF, NULL, "where"),
    ASSAY_FIELD(struct assay_page, page, ASSAY_U32, 0, NULL, "page number, from 1"),
};
static const struct assay_fields assay_page_fields = ASSAY_FIELDS(struct assay_page, assay_page_rows);

#ifdef __cplusplus
}
#endif
#endif
