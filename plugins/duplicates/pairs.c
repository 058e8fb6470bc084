/* SPDX-License-Identifier: Apache-2.0 */
#include "pairs.h"

#include <stdlib.h>
#include <string.h>

#include "mix.h"

#define SMALLEST 11u /* bits */
#define LARGEST 36u
#define ONCES 8u       /* pairs that met once of each text: room for so many is made at once, */
#define FEWEST_ONCES 10u /* in bits, */
#define MOST_ONCES 23u   /* and for no more than these */
#define QUARTERS 3u      /* tables */

static uint64_t slots(const struct dup_pairs *p)
{
    return p->slot ? UINT64_C(1) << p->bits : 0;
}

static uint32_t half_of(const struct dup_pairs *p)
{
    return p->half ? p->half : 32;
}

/* Bytes of a key. */
static uint32_t width_of(const struct dup_pairs *p)
{
    return (2 * half_of(p) + 7) / 8;
}

static uint64_t key_at(const uint8_t *slot, uint32_t width)
{
    uint64_t key;
    memcpy(&key, slot, sizeof key);
    return key & UINT64_MAX >> (64 - 8 * width);
}

static uint64_t start_of(const struct dup_pairs *p, uint64_t key)
{
    return dup_mix(key) >> (64 - p->bits);
}

/* The slot of the key, or the free one where it belongs. */
static uint8_t *place(const struct dup_pairs *p, uint64_t key)
{
    const uint32_t width = width_of(p);
    uint64_t last = (UINT64_C(1) << p->bits) - 1, at = start_of(p, key), there;
    while ((there = key_at(p->slot + at * (width + 1), width)) != 0 && there != key)
        at = (at + 1) & last;
    return p->slot + at * (width + 1);
}

static void put(uint8_t *slot, uint32_t width, uint64_t key, uint8_t again)
{
    memcpy(slot, &key, width);
    slot[width] = again;
}

static int grow(struct dup_pairs *p)
{
    const uint32_t width = width_of(p);
    struct dup_pairs more = {.bits = p->slot ? p->bits + 1 : SMALLEST, .half = p->half};
    if (more.bits > LARGEST)
        return 0;
    /* A key is read as eight bytes, that of the last slot, too. */
    more.slot = calloc((UINT64_C(1) << more.bits) * (width + 1) + sizeof(uint64_t), 1);
    if (!more.slot)
        return 0;
    for (uint64_t i = 0, n = slots(p); i < n; i++) {
        const uint8_t *from = p->slot + i * (width + 1);
        uint64_t key = key_at(from, width);
        if (key)
            put(place(&more, key), width, key, from[width]);
    }
    free(p->slot);
    p->slot = more.slot;
    p->bits = more.bits;
    return 1;
}

static void forget_onces(struct dup_pairs *p)
{
    for (uint32_t i = 0; i < p->onces; i++)
        free(p->once[i].hash);
    p->onces = 0;
}

void dup_pairs_clear(struct dup_pairs *p)
{
    p->pairs = p->kept = p->waiting = 0;
    forget_onces(p);
    if (p->slot)
        memset(p->slot, 0, slots(p) * (width_of(p) + 1));
}

void dup_pairs_among(struct dup_pairs *p, uint64_t texts, uint32_t least)
{
    uint32_t half = 1, width = width_of(p);
    p->twice = least > 1;
    p->first_onces = FEWEST_ONCES;
    while (p->first_onces < MOST_ONCES && UINT64_C(1) << p->first_onces < texts * ONCES)
        p->first_onces++;
    while (half < 32 && texts >> half)
        half++;
    p->half = half;
    if (p->slot && width_of(p) != width) {
        free(p->slot);
        p->slot = NULL;
    }
}

/* ---- pairs that met once ---- */

static uint16_t *first_of(const struct dup_once *o, uint64_t hash)
{
    return &o->hash[hash >> (64 - o->bits)];
}

/* The lowest bits, where the place is chosen by the highest. */
static uint16_t part_of(uint64_t hash)
{
    return (uint16_t)((uint16_t)hash ? hash : 1);
}

/* Where it stands, or could. */
static uint16_t *once_place(const struct dup_once *o, uint64_t hash)
{
    uint16_t part = part_of(hash), *at = first_of(o, hash), *end = o->hash + (UINT64_C(1) << o->bits);
    while (*at != 0 && *at != part)
        at = at + 1 < end ? at + 1 : o->hash;
    return at;
}

/* Behind the first one, which has room for most pairs of most corpora, come some a quarter as large, which are soon full,
 * so that little room stays free; then each is twice as large as the one before. */
static uint32_t bits_of_once(const struct dup_pairs *p)
{
    if (p->onces <= QUARTERS)
        return p->first_onces - (p->onces ? 2 : 0);
    return p->first_onces - 2 + (p->onces - QUARTERS);
}

static int more_onces(struct dup_pairs *p)
{
    struct dup_once *o = &p->once[p->onces];
    uint32_t bits = bits_of_once(p);
    if (p->onces == DUP_ONCES || !(o->hash = calloc(UINT64_C(1) << bits, sizeof *o->hash)))
        return 0;
    o->bits = bits;
    o->count = 0;
    p->onces++;
    return 1;
}

/* 1: it met before, as far as that is known; 0: it is noted. -1: out of memory. */
static int met_before(struct dup_pairs *p, uint64_t hash)
{
    for (uint32_t i = 0; i + 1 < p->onces; i++)
        if (*once_place(&p->once[i], hash))
            return 1;
    struct dup_once *last = p->onces ? &p->once[p->onces - 1] : NULL;
    uint16_t *at = last ? once_place(last, hash) : NULL;
    if (at && *at)
        return 1;
    if (!last || (uint64_t)last->count * 4 >= (UINT64_C(3) << last->bits)) {
        if (!more_onces(p))
            return -1;
        last = &p->once[p->onces - 1];
        at = first_of(last, hash);
    }
    *at = part_of(hash);
    last->count++;
    return 0;
}

/* Three quarters of the slots are taken at most. */
static int count(struct dup_pairs *p, const struct dup_meeting *m)
{
    int before = p->twice ? met_before(p, m->hash) : 0;
    if (before < 0)
        return 0;
    if (p->twice && !before) {
        p->pairs++;
        return 1;
    }
    if ((uint64_t)p->kept * 4 >= slots(p) * 3 && !grow(p))
        return 0;
    const uint32_t width = width_of(p);
    uint8_t *at = place(p, m->key);
    if (key_at(at, width) == 0) {
        put(at, width, m->key, (uint8_t)p->twice);
        p->pairs += !p->twice;
        p->kept++;
    } else if (at[width] + 1u < DUP_MOST_MET) {
        at[width]++;
    }
    return 1;
}

int dup_pairs_settle(struct dup_pairs *p)
{
    for (uint32_t i = 0; i < p->waiting; i++)
        if (!count(p, &p->wait[i]))
            return 0;
    p->waiting = 0;
    return 1;
}

int dup_pairs_add(struct dup_pairs *p, uint32_t a, uint32_t b, uint64_t hash)
{
    uint64_t key = ((uint64_t)a << half_of(p) | b) + 1;
    if (p->waiting == DUP_WAIT && !dup_pairs_settle(p))
        return 0;
    p->wait[p->waiting++] = (struct dup_meeting){key, hash};
    for (uint32_t i = 0; i < p->onces; i++)
        __builtin_prefetch(first_of(&p->once[i], hash), 1);
    if (p->slot && !p->twice)
        __builtin_prefetch(p->slot + start_of(p, key) * (width_of(p) + 1), 1);
    return 1;
}

uint32_t dup_pairs_next(const struct dup_pairs *p, uint64_t *at, uint32_t least, struct dup_pair_count *to,
                        uint32_t most)
{
    const uint32_t half = half_of(p), width = width_of(p);
    uint64_t i = *at, end = slots(p);
    uint32_t n = 0;
    for (; i < end && n < most; i++) {
        const uint8_t *slot = p->slot + i * (width + 1);
        uint64_t key = key_at(slot, width) - 1;
        uint32_t met = slot[width] + 1u;
        if (key + 1 != 0 && met >= least)
            to[n++] = (struct dup_pair_count){(uint32_t)(key >> half),
                                              (uint32_t)(key & ((UINT64_C(1) << half) - 1)), met};
    }
    *at = i;
    return n;
}

void dup_pairs_free(struct dup_pairs *p)
{
    forget_onces(p);
    free(p->slot);
    memset(p, 0, sizeof *p);
}
