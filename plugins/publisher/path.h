/* SPDX-License-Identifier: Apache-2.0
 *
 * The publisher of a document by its path.
 */
#ifndef PUBLISHER_PATH_H
#define PUBLISHER_PATH_H

#include <assay/field.h>
#include <assay/kit/buf.h>

struct rule {
    struct assay_text path, source;
};
static const struct assay_field rule_rows[] = {
    ASSAY_OPTION(struct rule, path, ASSAY_TEXT, ASSAY_MUST, NULL, NULL, NULL, NULL, "pattern: * any characters but /, ** any at all, ? one"),
    ASSAY_OPTION(struct rule, source, ASSAY_TEXT, ASSAY_MUST, NULL, NULL, NULL, NULL, "publisher of the documents whose path it fits; $1 to $9: what the first to ninth * or ** stands for"),
};
static const struct assay_fields rule_fields = ASSAY_FIELDS(struct rule, rule_rows);

/* 1 where the whole of `path`, or all of it behind some '/', fits the pattern. */
int rule_fits(struct assay_text pattern, struct assay_text path);
/* The $N of the source that is more than the pattern has stars; 0: all is well. */
uint32_t rule_missing(const struct rule *rule);
/* Appends the source that the first rule that fits gives. 0: none fits. */
int rule_source(struct assay_list rules, struct assay_text path, struct assay_buf *out);

#endif
