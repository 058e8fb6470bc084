/* SPDX-License-Identifier: Apache-2.0
 *
 * The publisher of a document by its path.
 */
#ifndef FILES_RULES_H
#define FILES_RULES_H

#include <assay/field.h>

struct rule {
    struct assay_text path, source;
};
static const struct assay_field rule_rows[] = {
    ASSAY_OPTION(struct rule, path, ASSAY_TEXT, ASSAY_MUST, NULL, NULL, NULL, NULL, "pattern: * any characters but /, ** any at all, ? one"),
    ASSAY_OPTION(struct rule, source, ASSAY_TEXT, ASSAY_MUST, NULL, NULL, NULL, NULL, "publisher of the documents whose path it fits"),
};
static const struct assay_fields rule_fields = ASSAY_FIELDS(struct rule, rule_rows);

/* Under this key of a page's metadata stands what a rule says, until the page has been read. */
#define RULE_KEY "source_by_path"

/* 1 where the whole of `path`, or all of it behind some '/', fits the pattern. */
int rule_fits(struct assay_text pattern, struct assay_text path);
/* The source of the first rule that fits, or null. */
struct assay_text rule_source(struct assay_list rules, struct assay_text path);

#endif
