/* SPDX-License-Identifier: Apache-2.0
 *
 * What the host sees of the plugin: presets, open, close, the hooks.
 */
#include <stdlib.h>

#include "dup.h"

static void set_rules(struct dup *d, const struct dup_options *o)
{
    static const struct dup_rules preset[] = {
        {.copy = 750, .twin = 850, .shingle = 3, .index = 4, .least = 25, .alike = 695, .figures = 600},
        {.copy = 900, .twin = 900, .shingle = 4, .index = 5, .least = 25, .alike = 850, .figures = 700},
        {.copy = 600, .twin = 850, .shingle = 2, .index = 3, .least = 25, .alike = 620, .figures = 500},
    };
    d->rules = preset[o->preset < 3 ? o->preset : 0];
    if (o->copy > 0)
        d->rules.copy = (uint32_t)(o->copy * 1000 + 0.5);
    d->rules.passage = o->passage;
    d->furniture = o->boilerplate;
    d->seeds = 3;
    d->pairs_at_once = DUP_MOST_PAIRS;
}

static assay_status open_duplicates(const struct assay_host *host, const void *options, void **self)
{
    struct dup *d = calloc(1, sizeof *d);
    if (!d)
        return ASSAY_ENOMEM;
    d->host = host;
    set_rules(d, options);
    if (!dup_folding_init(&d->folding)) {
        free(d);
        return host->fail(host, ASSAY_ECONF, "ICU has no normalisation data");
    }
    *self = d;
    return ASSAY_OK;
}

static void close_duplicates(void *self)
{
    struct dup *d = self;
    dup_text_free(&d->mine);
    dup_text_free(&d->other);
    dup_index_free(&d->index);
    dup_alignment_free(&d->alignment);
    dup_marks_free(&d->marks);
    dup_glance_free(&d->glance);
    dup_postings_free(&d->postings);
    dup_slices_free(&d->slices);
    dup_pairs_free(&d->pairs);
    dup_pairs_free(&d->feet);
    free(d->my_picks.at);
    free(d->their_picks.at);
    free(d->scratch);
    free(d->serbian);
    free(d);
}

static const struct assay_round rounds[] = {
    {"twins", 8, 2, NULL, dup_twins_map, NULL, dup_twins_reduce, dup_twins_finish, DUP_SOURCE, 0},
    {"near", 8, 0, &dup_found_fields, dup_near_map, NULL, dup_near_reduce, dup_near_finish, DUP_NEAR, ASSAY_FRESH_MAP},
    {"index", 8, 0, &dup_posting_fields, dup_index_map, dup_index_combine, dup_index_reduce, dup_index_finish, DUP_FREQUENT, ASSAY_FRESH_MAP},
    {"compare", 8, 0, &dup_found_fields, dup_compare_map, NULL, dup_compare_reduce, dup_compare_finish, DUP_LINK, ASSAY_FRESH_MAP | ASSAY_LOOKS},
    {"report", 8, 0, &dup_report_fields, dup_report_map, NULL, dup_report_reduce, NULL, ASSAY_NEVER, ASSAY_FRESH_MAP | ASSAY_LOOKS},
};

ASSAY_PLUGIN(duplicates) = {
    ASSAY_ABI,
    .name = "duplicates",
    .version = "1",
    .summary = "finds copies, excerpts, lifted passages, and who had them first",
    .license = "Apache-2.0",
    .role = ASSAY_ANALYSER,
    .options = &dup_option_fields,
    .layer = dup_layers,
    .round = rounds,
    .layers = DUP_SLOTS,
    .rounds = ASSAY_COUNT(rounds),
    .open = open_duplicates,
    .analyse = dup_analyse,
    .close = close_duplicates,
    .looks = dup_looks,
    .differs = dup_differs,
};
