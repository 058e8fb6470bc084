/* SPDX-License-Identifier: Apache-2.0
 *
 * The host's own corpus layers, for writers: failure/1, skipped/1, run/1.
 */
#ifndef ASSAY_LAYERS_HOST_H
#define ASSAY_LAYERS_HOST_H

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

struct assay_failure {
    struct assay_text doc; /* document id, or null */
    struct assay_text path;
    uint64_t line;
    uint32_t has_line, stage;
    struct assay_text key, plugin;
    uint32_t code, has_begin;
    struct assay_text message;
    uint64_t begin; /* byte of the input */
};
static const struct assay_field assay_failure_rows[] = {
    ASSAY_FIELD(struct assay_failure, doc, ASSAY_TEXT, 0, NULL, "document, null where none can be named"),
    ASSAY_FIELD(struct assay_failure, path, ASSAY_TEXT, 0, NULL, "input"),
    ASSAY_MAYBE(struct assay_failure, line, ASSAY_U64, 0, NULL, "line of the input, from 1"),
    ASSAY_FIELD(struct assay_failure, key, ASSAY_TEXT, 0, NULL, "key of the reduce, as text or hex"),
    ASSAY_FIELD(struct assay_failure, plugin, ASSAY_TEXT, 0, NULL, "who failed"),
    ASSAY_FIELD(struct assay_failure, stage, ASSAY_CHOICE, 0, "read|prepare|analyse|map|reduce|finish|write", "in which hook"),
    ASSAY_FIELD(struct assay_failure, code, ASSAY_CHOICE, 0, "crash|timeout|memory|exit|decode|syntax|limit|unreadable|contract|failed", "what happened"),
    ASSAY_FIELD(struct assay_failure, message, ASSAY_TEXT, 0, NULL, "in words"),
    ASSAY_MAYBE(struct assay_failure, begin, ASSAY_U64, 0, NULL, "byte of the input"),
};
static const struct assay_fields assay_failure_fields = ASSAY_FIELDS(struct assay_failure, assay_failure_rows);

struct assay_skipped {
    struct assay_text path, reason;
    uint64_t bytes;
};
static const struct assay_field assay_skipped_rows[] = {
    ASSAY_FIELD(struct assay_skipped, path, ASSAY_TEXT, 0, NULL, "input"),
    ASSAY_FIELD(struct assay_skipped, reason, ASSAY_TEXT, 0, NULL, "why it was passed over"),
    ASSAY_FIELD(struct assay_skipped, bytes, ASSAY_U64, 0, NULL, "its size"),
};
static const struct assay_fields assay_skipped_fields = ASSAY_FIELDS(struct assay_skipped, assay_skipped_rows);

struct assay_step_info {
    struct assay_text name, version;
};
static const struct assay_field assay_step_info_rows[] = {
    ASSAY_FIELD(struct assay_step_info, name, ASSAY_TEXT, 0, NULL, "plugin"),
    ASSAY_FIELD(struct assay_step_info, version, ASSAY_TEXT, 0, NULL, "its version"),
};
static const struct assay_fields assay_step_info_fields = ASSAY_FIELDS(struct assay_step_info, assay_step_info_rows);

struct assay_tally {
    struct assay_text name;
    uint64_t count;
};
static const struct assay_field assay_tally_rows[] = {
    ASSAY_FIELD(struct assay_tally, name, ASSAY_TEXT, 0, NULL, "type or reason"),
    ASSAY_FIELD(struct assay_tally, count, ASSAY_U64, 0, NULL, "how many"),
};
static const struct assay_fields assay_tally_fields = ASSAY_FIELDS(struct assay_tally, assay_tally_rows);

struct assay_run {
    struct assay_text version, chain, chain_sha256;
    struct assay_list plugins; /* struct assay_step_info, chain order */
    uint64_t documents, failures;
    struct assay_list skipped, counts; /* struct assay_tally */
};
static const struct assay_field assay_run_rows[] = {
    ASSAY_FIELD(struct assay_run, version, ASSAY_TEXT, 0, NULL, "version of assay"),
    ASSAY_FIELD(struct assay_run, chain, ASSAY_TEXT, 0, NULL, "chain file"),
    ASSAY_FIELD(struct assay_run, chain_sha256, ASSAY_TEXT, 0, NULL, "SHA-256 of the chain file"),
    ASSAY_FIELD(struct assay_run, plugins, ASSAY_RECORD, ASSAY_LIST, &assay_step_info_fields, "steps"),
    ASSAY_FIELD(struct assay_run, documents, ASSAY_U64, 0, NULL, "documents in the result"),
    ASSAY_FIELD(struct assay_run, failures, ASSAY_U64, 0, NULL, "failure records"),
    ASSAY_FIELD(struct assay_run, skipped, ASSAY_RECORD, ASSAY_LIST, &assay_tally_fields, "inputs passed over, by reason"),
    ASSAY_FIELD(struct assay_run, counts, ASSAY_RECORD, ASSAY_LIST, &assay_tally_fields, "records, by type"),
};
static const struct assay_fields assay_run_fields = ASSAY_FIELDS(struct assay_run, assay_run_rows);

#ifdef __cplusplus
}
#endif
#endif
