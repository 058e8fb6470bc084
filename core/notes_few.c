/* SPDX-License-Identifier: Apache-2.0 */
#include "notes_few.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define KINDS 64u /* of one input: more are not joined */

struct kind {
    const struct assay_failure *first, *last; /* of those that are joined */
    uint64_t count, at;                       /* at: where `first` stands in the list */
};

static int same_text(struct assay_text a, struct assay_text b)
{
    return a.size == b.size && (!a.size || !memcmp(a.at, b.at, a.size));
}

/* What names a document or a key says more than where it stands: such are told one by one. */
static int may_join(const struct assay_failure *f)
{
    return f->path.at && !f->doc.at && !f->key.at;
}

static struct kind *kind_of(struct kind *kind, uint32_t *kinds, const struct assay_failure *f)
{
    for (uint32_t i = 0; i < *kinds; i++)
        if (kind[i].last->code == f->code && kind[i].last->stage == f->stage &&
            same_text(kind[i].last->plugin, f->plugin))
            return &kind[i];
    if (*kinds == KINDS)
        return NULL;
    kind[*kinds] = (struct kind){.last = f};
    return &kind[(*kinds)++];
}

/* The record in the place of all that are joined. 0: out of memory. */
static int join(struct note_sorted *list, const struct kind *k, const struct shape *shape, struct arena *arena)
{
    struct bytes stored = {0};
    struct assay_failure f = *k->first;
    uint64_t more = k->count - NOTES_FEW - 1, size = f.message.size + 160;
    char *message = arena_alloc(arena, size);
    if (!message)
        return 0;
    int n = snprintf(message, size, "%.*s; and %" PRIu64 " more of this kind in this input", (int)f.message.size,
                     f.message.at, more);
    if (k->last->has_line)
        snprintf(message + n, size - (uint64_t)n, ", the last in line %" PRIu64, k->last->line);
    f.message = (struct assay_text){message, strlen(message)};
    char *copy = record_store(&stored, shape, &f, 1, shape->size) ? arena_alloc(arena, stored.size) : NULL;
    if (copy) {
        memcpy(copy, stored.at, stored.size);
        list[k->at].stored = copy;
    }
    bytes_free(&stored);
    return copy != NULL;
}

/* One input's failures, [from, to); they go to `at`. The new end, or UINT64_MAX. */
static uint64_t join_input(struct note_sorted *list, uint64_t from, uint64_t to, uint64_t at, const struct shape *shape,
                           struct arena *arena)
{
    struct kind kind[KINDS];
    uint32_t kinds = 0;
    for (uint64_t i = from; i < to; i++) {
        const struct assay_failure *f = list[i].record;
        struct kind *k = may_join(f) ? kind_of(kind, &kinds, f) : NULL;
        if (k && ++k->count > NOTES_FEW) {
            k->last = f;
            if (k->count > NOTES_FEW + 1)
                continue;
            k->first = f;
            k->at = at;
        }
        list[at++] = list[i];
    }
    for (uint32_t i = 0; i < kinds; i++)
        if (kind[i].count > NOTES_FEW + 1 && !join(list, &kind[i], shape, arena))
            return UINT64_MAX;
    return at;
}

uint64_t notes_few(struct note_sorted *list, uint64_t n, const struct shape *shape, struct arena *arena)
{
    uint64_t at = 0;
    for (uint64_t from = 0, to; from < n && at != UINT64_MAX; from = to) {
        const struct assay_failure *f = list[from].record;
        for (to = from + 1; to < n; to++)
            if (!same_text(((const struct assay_failure *)list[to].record)->path, f->path))
                break;
        at = join_input(list, from, to, at, shape, arena);
    }
    return at;
}
