/* SPDX-License-Identifier: Apache-2.0
 *
 * Unpacked texts of a part, few enough to be laid out slice by slice.
 */
#include <stdlib.h>
#include <string.h>

#include "postings.h"

static const struct dup_posting *posting_at(struct assay_list posting, uint32_t i)
{
    return (const struct dup_posting *)(const void *)((const char *)posting.at + (uint64_t)i * posting.stride);
}

static int make_room(struct dup_singles *s, uint64_t texts, uint64_t runs)
{
    if (texts > s->text_room) {
        free(s->text);
        s->text = malloc(texts * sizeof *s->text);
        s->text_room = s->text ? texts : 0;
    }
    if (runs > s->run_room) {
        free(s->run);
        s->run = malloc(runs * sizeof *s->run);
        s->run_room = s->run ? runs : 0;
    }
    return texts <= s->text_room && runs <= s->run_room;
}

int dup_singles_read(struct dup_singles *s, struct assay_list posting, uint64_t first)
{
    s->texts = s->runs = 0;
    s->first = first;
    for (uint32_t i = 0; i < posting.count; i++) {
        const struct dup_posting *p = posting_at(posting, i);
        s->texts += p->run.count ? p->holder.count : 0;
        s->runs += p->run.count;
    }
    if (!make_room(s, s->texts, s->runs))
        return 0;
    for (uint32_t i = 0, n = 0; i < posting.count; i++) {
        const struct dup_posting *p = posting_at(posting, i);
        const struct dup_holder *h = p->holder.at;
        const uint32_t *story = p->story.count ? p->story.at : NULL;
        for (uint32_t k = 0; k < p->holder.count && p->run.count; k++, n++)
            s->text[n] = (struct dup_owner){h[k].doc, h[k].source, h[k].words, story ? story[k] : 0,
                                            (uint32_t)(first + n)};
    }
    return 1;
}

int dup_singles_part(struct dup_singles *s, struct assay_list posting, uint64_t low, uint64_t end, uint32_t left)
{
    uint64_t slices = (end - low) >> left, number = s->first;
    if (slices + 2 > s->begin_room) {
        free(s->begin);
        s->begin = malloc((slices + 2) * sizeof *s->begin);
        s->begin_room = s->begin ? slices + 2 : 0;
    }
    if (!s->begin)
        return 0;
    uint64_t *next = s->begin + 1; /* in the end, behind each slice */
    memset(s->begin, 0, (slices + 2) * sizeof *s->begin);
    for (uint32_t i = 0; i < posting.count; i++) {
        struct assay_list run = posting_at(posting, i)->run;
        const uint32_t *at = run.at;
        for (uint32_t k = 0; k < run.count; k++)
            next[(at[k] - low) >> left]++;
    }
    dup_add_up(next, slices + 1);
    for (uint32_t i = 0; i < posting.count; i++) {
        const struct dup_posting *p = posting_at(posting, i);
        const uint32_t *at = p->run.at;
        for (uint32_t k = 0; k < p->holder.count && p->run.count; k++, number++)
            for (uint32_t n = dup_posting_runs(p, k); n > 0; n--, at++)
                s->run[next[(*at - low) >> left]++] = (uint64_t)*at << 32 | number;
    }
    return 1;
}

void dup_singles_free(struct dup_singles *s)
{
    free(s->text);
    free(s->run);
    free(s->begin);
    memset(s, 0, sizeof *s);
}
