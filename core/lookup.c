/* SPDX-License-Identifier: Apache-2.0 */
#include "lookup.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "runfolder_own.h"

#define MOST (4u << 20) /* keys that differ; where they are more, all do */
#define ALL UINT64_MAX
#define BITS_LEAST 16u
#define UNKNOWN UINT32_MAX /* in place of how many keys a document has in a round */

/* Of one round, shared by the worker that asks and the host. */
struct answer {
    _Atomic uint64_t keys; /* ALL: not known */
    uint32_t key[MOST];
};

struct lookups {
    struct answer *answer; /* [rounds of the pass] */
    uint32_t *key;         /* of all of them that differ, sorted */
    uint64_t keys;         /* ALL: under any */
    uint64_t *bit;         /* which keys may be among them, by their lowest bits */
    uint32_t mask;
    uint64_t now, before; /* states */
};

static const struct plan_round *round_at(const struct run *run, uint32_t i)
{
    return &run->plan->round[run->round[i]];
}

int lookup_round(const struct run *run, uint32_t i)
{
    return (~round_at(run, i)->round->flags & (ASSAY_FRESH_MAP | ASSAY_LOOKS)) == 0;
}

static int any_round(const struct run *run)
{
    for (uint32_t i = 0; i < run->rounds; i++)
        if (lookup_round(run, i))
            return 1;
    return 0;
}

/* ---- which blobs ---- */

static uint64_t state_of(const struct run *run, const struct blob *blob)
{
    uint64_t hash = 1;
    for (uint32_t r = 0; r < run->plan->rounds; r++) {
        uint64_t four[4] = {hash, r, blob[r].name[0], blob[r].name[1]};
        if (run->plan->round[r].pass < run->pass)
            hash = XXH3_64bits(four, sizeof four);
    }
    return hash;
}

uint64_t lookup_state(const struct run *run)
{
    return state_of(run, run->blob);
}

/* ---- what differs ---- */

/* Rounds of one pass share the keys' space. */
static uint32_t key_in(uint32_t i, uint32_t key)
{
    return key ^ i * 0x9e3779b1u;
}

static int32_t ask(void *own, struct worker *worker)
{
    struct run *run = own;
    uint32_t i = worker->index;
    struct answer *answer = &run->lookups->answer[i];
    struct assay_list list = {0};
    if (!lookup_round(run, i))
        return 0;
    if (!work_open(run, worker)) {
        errno = ENOMEM;
        return work_failed(run, "looking at what is shared");
    }
    if (steps_differs(run, round_at(run, i), &list) && list.count <= MOST) {
        for (uint32_t k = 0; k < list.count; k++) {
            uint32_t key;
            memcpy(&key, (const char *)list.at + (uint64_t)k * list.stride, sizeof key);
            answer->key[k] = key_in(i, key);
        }
        atomic_store(&answer->keys, list.count);
    }
    worker_progress(worker, 1, 0);
    return 0;
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* 0: out of memory. */
static int collect(struct lookups *l, uint32_t rounds)
{
    uint64_t most = 0, bits = BITS_LEAST;
    for (uint32_t i = 0; i < rounds; i++) {
        uint64_t n = atomic_load(&l->answer[i].keys);
        if (n > MOST) {
            l->keys = ALL;
            return 1;
        }
        most += n;
    }
    while (bits < 30 && (uint64_t)1 << bits < most * 64)
        bits++;
    l->mask = (uint32_t)(((uint64_t)1 << bits) - 1);
    l->key = malloc((most + 1) * sizeof *l->key);
    l->bit = calloc(((uint64_t)1 << bits) / 64, sizeof *l->bit);
    if (!l->key || !l->bit)
        return 0;
    for (uint32_t i = 0; i < rounds; i++) {
        uint64_t n = atomic_load(&l->answer[i].keys);
        memcpy(l->key + l->keys, l->answer[i].key, n * sizeof *l->key);
        l->keys += n;
    }
    if (l->keys)
        qsort(l->key, l->keys, sizeof *l->key, by_value);
    for (uint64_t k = 0; k < l->keys; k++)
        l->bit[(l->key[k] & l->mask) / 64] |= (uint64_t)1 << (l->key[k] & l->mask) % 64;
    return 1;
}

/* 1: some task stands on a run whose blobs were others, which are there. */
static int has_to_ask(const struct run *run)
{
    const struct lookups *l = run->lookups;
    int some = 0;
    for (uint32_t t = 0; t < run->tasks; t++)
        some |= run->prior[t].size && run->folder->state[t] == l->before;
    return some && l->before != l->now;
}

int lookup_stage(struct run *run)
{
    if (!run->prior || !any_round(run))
        return RUN_DONE;
    struct lookups *l = run->lookups = calloc(1, sizeof *l);
    if (!l)
        return RUN_INTERNAL;
    l->now = lookup_state(run);
    l->before = state_of(run, run->blob_before);
    l->keys = ALL;
    if (!has_to_ask(run))
        return RUN_DONE;
    void *at = mmap(NULL, run->rounds * sizeof *l->answer, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED)
        return RUN_INTERNAL;
    l->answer = at;
    for (uint32_t i = 0; i < run->rounds; i++)
        atomic_store(&l->answer[i].keys, lookup_round(run, i) ? ALL : 0);
    int status = pool_stage(run, "lookup", run->rounds, ask, NULL, NULL);
    l->keys = 0;
    if (!status && !collect(l, run->rounds))
        status = RUN_INTERNAL;
    if (!status && l->keys == ALL)
        diag_say(run->diag, DIAG_DEBUG, "pass %u: what is shared differs throughout", run->pass);
    else if (!status)
        diag_say(run->diag, DIAG_DEBUG, "pass %u: what is shared differs under %llu keys", run->pass,
                 (unsigned long long)l->keys);
    munmap(l->answer, run->rounds * sizeof *l->answer);
    l->answer = NULL;
    return status;
}

void lookup_end(struct run *run)
{
    struct lookups *l = run->lookups;
    if (l) {
        free(l->key);
        free(l->bit);
    }
    free(l);
    run->lookups = NULL;
}

/* ---- documents ---- */

int lookup_tell(struct run *run, uint32_t i, struct bytes *to)
{
    struct assay_list list = {0};
    int asked = steps_looks(run, round_at(run, i), &list);
    uint32_t keys = asked > 0 ? list.count : UNKNOWN;
    bytes_add(to, &keys, sizeof keys);
    for (uint32_t k = 0; asked > 0 && k < list.count; k++) {
        uint32_t key;
        memcpy(&key, (const char *)list.at + (uint64_t)k * list.stride, sizeof key);
        key = key_in(i, key);
        bytes_add(to, &key, sizeof key);
    }
    return asked;
}

/* Behind a round's keys, their number in front. */
static const uint32_t *next_keys(const uint32_t *keys)
{
    return keys + 1 + (keys[0] == UNKNOWN ? 0 : keys[0]);
}

int lookup_copy(struct run *run, uint32_t i, const uint32_t *keys, struct bytes *to)
{
    static const uint32_t unknown = UNKNOWN;
    for (uint32_t k = 0; k < i && keys; k++)
        keys = lookup_round(run, k) ? next_keys(keys) : keys;
    if (!keys)
        return bytes_add(to, &unknown, sizeof unknown) ? 0 : -1;
    return bytes_add(to, keys, (uint64_t)(next_keys(keys) - keys) * sizeof *keys) ? 0 : -1;
}

const uint32_t *lookup_kept(const struct segment *segment, const struct segment *under, uint64_t ordinal,
                            uint64_t *at)
{
    const struct foot *foot = foot_of(segment);
    const uint64_t *begins = foot && foot->look_at ? (const void *)(segment->at + foot->look_at) : NULL;
    *at = begins ? begins[ordinal] : LOOKUP_NONE;
    if (*at == LOOKUP_NONE)
        return NULL;
    const struct segment *from = *at & PART_UNDER ? under : segment;
    uint64_t begin = *at & ~PART_UNDER;
    foot = from ? foot_of(from) : NULL;
    return foot && begin < foot->looks ? (const uint32_t *)(const void *)(from->at + foot->looks_at + begin) : NULL;
}

/* The document's keys in round i, their number in front. NULL: none are known. */
static const uint32_t *keys_of(const struct run *run, uint32_t i, uint32_t number)
{
    uint32_t task = index_task(&run->index, number);
    const struct segment *prior = &run->prior[task];
    uint64_t at, state = run->folder->state[task];
    if (prior->size && state != run->lookups->before && state != run->lookups->now)
        return NULL;
    const uint32_t *keys = lookup_kept(prior->size ? prior : &run->index.segment[run->pass][task],
                                        &run->index.under[run->pass][task], number - run->index.base[task], &at);
    for (uint32_t k = 0; k < i && keys; k++)
        keys = lookup_round(run, k) ? next_keys(keys) : keys;
    return keys && keys[0] != UNKNOWN ? keys : NULL;
}

static int is_among(const struct lookups *l, uint32_t key)
{
    uint64_t low = 0, high = l->keys;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (l->key[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < l->keys && l->key[low] == key;
}

/* Most documents have no key that differs: a few are looked at together, without a branch for each. */
#define TOGETHER 16u

static int is_touched(const struct lookups *l, const uint32_t *keys)
{
    for (uint32_t i = 1, end; i <= keys[0]; i = end) {
        uint64_t some = 0;
        end = keys[0] - i < TOGETHER ? keys[0] + 1 : i + TOGETHER;
        for (uint32_t k = i; k < end; k++)
            some |= l->bit[(keys[k] & l->mask) / 64] >> keys[k] % 64;
        for (uint32_t k = i; k < end && some & 1; k++)
            if (is_among(l, keys[k]))
                return 1;
    }
    return 0;
}

int lookup_same(struct run *run, uint32_t i, uint32_t number, const struct reading_of *r, uint64_t n)
{
    const struct lookups *l = run->lookups;
    uint64_t state = run->folder->state[index_task(&run->index, number)];
    if (!l || state == l->now)
        return l != NULL;
    if (state != l->before || l->keys == ALL)
        return 0;
    if (!l->keys)
        return 1;
    const uint32_t *keys = keys_of(run, i, number);
    if (keys && is_touched(l, keys)) /* without any, the round did not map it */
        return 0;
    assay_docid own = run->index.id[run->index.rank[number]];
    for (uint64_t k = 0; k < n; k++) {
        uint32_t rank = r[k].doc == own ? INDEX_NONE : index_find(&run->index, r[k].doc);
        if (rank == INDEX_NONE)
            continue;
        keys = keys_of(run, i, run->index.number[rank]);
        if (!keys || is_touched(l, keys))
            return 0;
    }
    return 1;
}
