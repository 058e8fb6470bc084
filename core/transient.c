/* SPDX-License-Identifier: Apache-2.0 */
#include "transient.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void transients_clear(struct transients *a)
{
    for (uint32_t i = 0; i < a->piles; i++)
        a->pile[i].records.size = 0;
    a->entry.size = a->places.size = 0;
}

void transients_free(struct transients *a)
{
    for (uint32_t i = 0; i < a->piles; i++)
        bytes_free(&a->pile[i].records);
    free(a->pile);
    bytes_free(&a->entry);
    bytes_free(&a->places);
    *a = (struct transients){0};
}

struct transient_pile *transients_pile(struct transients *a, uint32_t when)
{
    for (uint32_t i = 0; i < a->piles; i++)
        if (a->pile[i].when == when)
            return &a->pile[i];
    struct transient_pile *pile = realloc(a->pile, (a->piles + UINT64_C(1)) * sizeof *pile);
    if (!pile)
        return NULL;
    a->pile = pile;
    a->pile[a->piles] = (struct transient_pile){.when = when};
    return &a->pile[a->piles++];
}

int transients_lead(struct transients *a, const struct transient_pile *pile, uint64_t at, uint64_t payload,
                    uint64_t offset)
{
    struct transient_entry one = {at, payload, offset, (uint32_t)(pile - a->pile), 0};
    return bytes_add(&a->entry, &one, sizeof one) != NULL;
}

int transients_found(struct transients *a, uint32_t when, uint64_t at, uint64_t size)
{
    struct foot_section one = {at, size, when};
    return bytes_add(&a->places, &one, sizeof one) != NULL;
}

static void fill_in(const struct transients *a, struct stream *stream, uint32_t pile, uint64_t place)
{
    const struct transient_entry *entry = (const struct transient_entry *)(const void *)a->entry.at;
    for (uint64_t i = 0; i < a->entry.size / sizeof *entry; i++) {
        uint32_t to = (uint32_t)((place + entry[i].offset - entry[i].payload) / 8);
        if (entry[i].pile == pile)
            memcpy(stream->buf.at + (entry[i].at - stream->at), &to, sizeof to);
    }
}

/* The units of the last block in the buffer: with it these records, too, are there. */
static uint64_t last_units(const struct stream *stream)
{
    const struct block *block;
    uint64_t units = 0;
    for (uint64_t at = 0; (block = block_next(stream->buf.at, stream->buf.size, &at));)
        units = block->units;
    return units;
}

int transients_settle(struct transients *a, struct stream *stream)
{
    if (!a->entry.size)
        return 0;
    uint64_t units = last_units(stream);
    for (uint32_t i = 0; i < a->piles; i++) {
        struct bytes *records = &a->pile[i].records;
        if (!records->size)
            continue;
        uint64_t begun = stream_begin(stream, BLOCK_TRANSIENT, a->pile[i].when), place = stream_size(stream);
        bytes_add(&stream->buf, records->at, records->size);
        if (records->failed || stream_end(stream, begun, units) ||
            !transients_found(a, a->pile[i].when, place, records->size)) {
            errno = ENOMEM;
            return -1;
        }
        fill_in(a, stream, i, place);
        records->size = 0;
    }
    a->entry.size = 0;
    return 0;
}

void transients_punch(struct store *store, const struct segment *segment, uint32_t when)
{
    const struct foot *foot = foot_of(segment);
    uint64_t at = foot ? foot->transients_at : 0;
    const struct foot_section *s = (const struct foot_section *)(const void *)(segment->at + at);
    struct stream stream = {.store = store, .fd = segment_fd(store, segment, 1)};
    for (uint64_t i = 0; foot && i < foot->transients; i++)
        if (s[i].rows == when)
            stream_punch(&stream, s[i].at, s[i].size, 0);
}
