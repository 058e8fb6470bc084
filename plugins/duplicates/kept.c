/* SPDX-License-Identifier: Apache-2.0
 *
 * Sketches as they are stored. A run in the index has 32 bits, or texts of millions would meet by chance; two texts
 * that have met are told apart by 24. So the highest 8 stand by themselves and are forgotten when the index is built.
 */
#include <stdlib.h>
#include <string.h>

#include "dup.h"
#include "mask.h"

#define LOOK_AT 24u /* bit of the look in what is stored; DUP_MOST_WORDS is less */
#define WORDS ((UINT32_C(1) << LOOK_AT) - 1)

/* Words of a list that holds so many runs: their number, two bytes of each, then the third of each. */
static uint64_t words_of(uint64_t runs)
{
    return 1 + (runs * 3 + 3) / 4;
}

static uint16_t *low_of(uint32_t *packed)
{
    return (uint16_t *)(void *)(packed + 1);
}

assay_status dup_keep_sketch(struct dup *d, struct assay_doc *doc, const struct dup_sketch *sketch)
{
    const uint32_t *run = sketch->pick.at, n = sketch->pick.count;
    struct dup_packed packed = {sketch->exact, sketch->words | sketch->look << LOOK_AT, sketch->source, {0}};
    struct dup_high highest = {{0}};
    assay_status s;
    if (n) {
        uint64_t words = words_of(n), bytes = (n + UINT64_C(3)) / 4;
        uint32_t *to = d->host->alloc(d->host, doc, (words + bytes) * sizeof *to);
        if (!to)
            return ASSAY_ENOMEM;
        uint16_t *low = low_of(to);
        uint8_t *mid = (uint8_t *)(low + n), *high = (uint8_t *)(to + words);
        memcpy(to, &n, sizeof n);
        for (uint32_t i = 0; i < n; i++) {
            low[i] = (uint16_t)run[i];
            mid[i] = (uint8_t)(run[i] >> 16);
            high[i] = (uint8_t)(run[i] >> DUP_KEPT);
        }
        packed.pick = (struct assay_list){to, (uint32_t)words, sizeof *to};
        highest.byte = (struct assay_list){high, (uint32_t)bytes, sizeof *to};
    }
    if ((s = d->host->add(d->host, doc, DUP_SKETCH, &packed)) != ASSAY_OK || n == 0)
        return s;
    return d->host->add(d->host, doc, DUP_HIGH, &highest);
}

struct dup_packed dup_packed_of(const struct dup *d, const struct assay_doc *doc)
{
    struct assay_list list = d->host->records(d->host, doc, DUP_SKETCH);
    struct dup_packed none = {0};
    return list.count ? *ASSAY_AT(struct dup_packed, list, 0) : none;
}

uint32_t dup_look_of(const struct dup *d, const struct assay_doc *doc)
{
    return dup_packed_of(d, doc).words >> LOOK_AT;
}

static uint32_t packed_picks(const struct dup_packed *p)
{
    uint32_t n = 0;
    if (p->pick.count)
        memcpy(&n, p->pick.at, sizeof n);
    return n;
}

assay_status dup_unpack(struct dup_picks *room, const struct dup_packed *p, struct dup_sketch *to)
{
    uint32_t n = packed_picks(p);
    *to = (struct dup_sketch){p->exact, p->words & WORDS, p->source, p->words >> LOOK_AT, {NULL, 0, sizeof *room->at}};
    if (n > room->room) {
        free(room->at);
        room->at = malloc((n + n / 2 + UINT64_C(64)) * sizeof *room->at);
        room->room = room->at ? n + n / 2 + UINT64_C(64) : 0;
    }
    if (n > room->room)
        return ASSAY_ENOMEM;
    if (n == 0)
        return ASSAY_OK;
    const uint16_t *low = (const uint16_t *)(const void *)((const char *)p->pick.at + sizeof n);
    const uint8_t *mid = (const uint8_t *)(low + n);
    uint32_t *restrict at = room->at;
    for (uint32_t i = 0; i < n; i++)
        at[i] = low[i] | (uint32_t)mid[i] << 16;
    to->pick.at = at;
    to->pick.count = n;
    return ASSAY_OK;
}

assay_status dup_sketch_of(const struct dup *d, const struct assay_doc *doc, struct dup_picks *room,
                           struct dup_sketch *to)
{
    struct dup_packed packed = dup_packed_of(d, doc);
    return dup_unpack(room, &packed, to);
}

assay_status dup_whole_sketch_of(const struct dup *d, const struct assay_doc *doc, struct dup_picks *room,
                                 struct dup_sketch *to)
{
    assay_status s = dup_sketch_of(d, doc, room, to);
    struct assay_list list = d->host->records(d->host, doc, DUP_HIGH);
    if (s != ASSAY_OK || list.count == 0)
        return s;
    const uint8_t *high = ASSAY_AT(struct dup_high, list, 0)->byte.at;
    uint32_t *restrict at = room->at; /* which the bytes are no part of */
    for (uint32_t i = 0, n = to->pick.count; i < n; i++)
        at[i] |= (uint32_t)high[i] << DUP_KEPT;
    return ASSAY_OK;
}

#define ASK 768u /* bytes of a sketch that are asked for ahead */

assay_status dup_packed_of_some(struct dup *d, struct assay_out *out, struct dup_rival *with, uint32_t count,
                                struct dup_packed *to)
{
    for (uint32_t i = 0; i < count; i++) {
        assay_status s = d->host->view(d->host, out, with[i].doc, &with[i].view);
        if (s != ASSAY_OK)
            return s;
        __builtin_prefetch(with[i].view);
    }
    for (uint32_t i = 0; i < count; i++) {
        to[i] = dup_packed_of(d, with[i].view);
        const char *pick = to[i].pick.at;
        for (uint64_t at = 0; at < ASK && at < to[i].pick.count * sizeof(uint32_t); at += 64)
            __builtin_prefetch(pick + at);
    }
    return ASSAY_OK;
}
