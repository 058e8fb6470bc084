/* SPDX-License-Identifier: Apache-2.0
 *
 * Visits of an earlier run: which segments they left, opened beside those of this run (revisit.h).
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lookup.h"
#include "revisit.h"
#include "runfolder_own.h"

/* ---- what is known ---- */

struct known_head {
    char magic[8];
    uint64_t count, sum; /* sum: XXH3-64 of the entries */
};
static const char known_magic[8] = "assayvt";

/* A damaged file is none: the visits are made again. */
static void read_known(struct runfolder *f)
{
    struct known_head head;
    struct stat st;
    int fd = f->memo < 0 || f->knew ? -1 : openat(f->memo, KNOWN_VISITS, O_RDONLY | O_CLOEXEC);
    f->knew = 1;
    if (fd < 0)
        return;
    uint64_t size = 0;
    if (!fstat(fd, &st) && read(fd, &head, sizeof head) == (ssize_t)sizeof head &&
        !memcmp(head.magic, known_magic, sizeof head.magic) && head.count < 1u << 24 &&
        (uint64_t)st.st_size == sizeof head + head.count * sizeof *f->known)
        size = head.count * sizeof *f->known;
    f->known = size ? malloc(size) : NULL;
    if (f->known && read(fd, f->known, size) == (ssize_t)size && XXH3_64bits(f->known, size) == head.sum)
        f->knowns = f->knowns_room = head.count;
    for (uint64_t i = 0; i < f->knowns; i++)
        f->known[i].used = 0;
    close(fd);
}

static void write_known(const struct runfolder *f)
{
    static const char part[] = KNOWN_VISITS ".part";
    struct known_head head = {.count = f->knowns, .sum = XXH3_64bits(f->known, f->knowns * sizeof *f->known)};
    size_t size = f->knowns * sizeof *f->known;
    int fd = f->memo < 0 ? -1 : openat(f->memo, part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return;
    memcpy(head.magic, known_magic, sizeof head.magic);
    int ok = write(fd, &head, sizeof head) == (ssize_t)sizeof head && write(fd, f->known, size) == (ssize_t)size;
    if (close(fd) || !ok || renameat(f->memo, part, f->memo, KNOWN_VISITS))
        unlinkat(f->memo, part, 0);
}

static int is_name(struct folder_name a, struct folder_name b)
{
    return a.low == b.low && a.high == b.high;
}

static struct known_visit *known_of(const struct runfolder *f, struct folder_name task)
{
    for (uint64_t i = 0; i < f->knowns; i++)
        if (is_name(f->known[i].task, task))
            return &f->known[i];
    return NULL;
}

static int set_known(struct runfolder *f, struct folder_name task, struct folder_name segment, uint64_t state)
{
    struct known_visit *known = known_of(f, task);
    if (!known && f->knowns == f->knowns_room) {
        uint64_t room = f->knowns_room * 2 + 256;
        struct known_visit *more = realloc(f->known, room * sizeof *more);
        if (!more)
            return 0;
        f->known = more;
        f->knowns_room = room;
    }
    if (!known)
        known = &f->known[f->knowns++];
    *known = (struct known_visit){task, segment, state, 1};
    return 1;
}

/* ---- opening ---- */

static struct folder_name name_of_blob(const struct blob *blob)
{
    return (struct folder_name){blob->name[0], blob->name[1]};
}

static struct folder_name name_of(const struct segment *segment)
{
    return (struct folder_name){segment->name[0], segment->name[1]};
}

/* Opens finished tasks by the names that stand in the segments; those without a name, or that are not there, stay
 * closed. */
static int fetch(struct run *run, struct segment *segment, uint32_t n)
{
    struct runfolder *f = run->folder;
    int status = RUN_DONE;
    f->packs = 0;
    f->packed = calloc((uint64_t)n + 1, sizeof *f->packed);
    for (uint32_t i = 0; f->packed && i < n && !status; i++) {
        struct folder_name name = name_of(&segment[i]);
        if (!(name.low | name.high) || segment[i].size)
            continue;
        segment[i].file = folder_find(&f->folder, name);
        struct folder_file *packed = segment[i].file < 0 ? folder_packed(&f->folder, name) : NULL;
        if (!packed)
            continue;
        if (segment_create(&run->store, &segment[i], run->inputs.bytes >= run->store.in_memory / 16))
            status = RUN_INTERNAL;
        segment[i].name[0] = name.low;
        segment[i].name[1] = name.high;
        f->packed[f->packs++] = (struct packed_task){&segment[i], packed};
    }
    void *page =
        mmap(NULL, (f->packs + 1) * sizeof *f->good, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (!f->packed || page == MAP_FAILED)
        status = RUN_INTERNAL;
    if (!status && f->packs)
        status = pack_expand_all(run, f->packs, page);
    for (uint32_t i = 0; i < f->packs && !status; i++)
        if (!atomic_load((_Atomic uint32_t *)page + i)) {
            segment_close(&run->store, f->packed[i].segment);
            folder_spoiled(&f->folder, f->packed[i].file);
        }
    for (uint32_t i = 0; i < n && !status; i++)
        if ((segment[i].file >= 0 || segment[i].memory >= 0) && segments_map(&segment[i], 1))
            segment_close(&run->store, &segment[i]);
    if (page != MAP_FAILED)
        munmap(page, (f->packs + 1) * sizeof *f->good);
    free(f->packed);
    f->packed = NULL;
    return status;
}

static void set_under(struct segment *under, const struct segment *above)
{
    const struct foot *foot = foot_of(above);
    under->name[0] = foot ? foot->under[0] : 0;
    under->name[1] = foot ? foot->under[1] : 0;
}

static int stands(const struct segment *above, const struct segment *under)
{
    const struct foot *foot = foot_of(above);
    return !(foot->under[0] | foot->under[1]) || under->size;
}

/* Tasks that are whole: what they stand on has to be there. */
static int open_whole(struct run *run, struct segment *segment, struct segment *under, uint64_t *before)
{
    for (uint32_t t = 0; t < run->tasks; t++)
        if (before[t] == POOL_WHOLE && !segments_map(&segment[t], 1))
            set_under(&under[t], &segment[t]);
    int status = fetch(run, under, run->tasks);
    for (uint32_t t = 0; t < run->tasks && !status; t++) {
        if (before[t] != POOL_WHOLE || (foot_of(&segment[t]) && stands(&segment[t], &under[t])))
            continue;
        struct folder_name name = name_of(&segment[t]);
        segment_close(&run->store, &segment[t]);
        folder_forget(&run->folder->folder, name);
        status = open_part(run, &segment[t], name, 0, &before[t]) ? RUN_INTERNAL : RUN_DONE;
    }
    return status;
}

static void close_prior(struct run *run, uint32_t t)
{
    segment_close(&run->store, &run->prior[t]);
    segment_close(&run->store, &run->index.under[run->pass][t]);
}

static int open_priors(struct run *run, struct segment *under, uint64_t *before)
{
    struct runfolder *f = run->folder;
    for (uint32_t t = 0; t < run->tasks; t++) {
        const struct known_visit *known = before[t] == POOL_WHOLE ? NULL : known_of(f, name_visit(run, t));
        if (known) {
            run->prior[t].name[0] = known->segment.low;
            run->prior[t].name[1] = known->segment.high;
            f->state[t] = known->state;
        }
    }
    int status = fetch(run, run->prior, run->tasks);
    for (uint32_t t = 0; t < run->tasks && !status; t++)
        if (run->prior[t].size && revisit_serves(run, t, &run->prior[t]))
            set_under(&under[t], &run->prior[t]);
        else if (before[t] != POOL_WHOLE)
            close_prior(run, t);
    if (!status)
        status = fetch(run, under, run->tasks);
    for (uint32_t t = 0; t < run->tasks && !status; t++) {
        if (run->prior[t].size && !stands(&run->prior[t], &under[t]))
            close_prior(run, t);
        if (run->prior[t].size)
            before[t] = 0;
    }
    return status;
}

/* What rounds before this pass shared in the run before. It is read during the visits alone: of the two segments of a
 * round the older one goes, as every task that this run does not use. */
static int open_blobs(struct run *run)
{
    struct runfolder *f = run->folder;
    uint32_t rounds = run->plan->rounds;
    f->was = segments_none(run, rounds);
    for (uint32_t r = 0; f->was && r < rounds; r++) {
        const struct known_visit *known = run->plan->round[r].pass < run->pass ? known_of(f, name_blob(run, r)) : NULL;
        run->blob_before[r] = (struct blob){.name = {known ? known->segment.low : 0, known ? known->segment.high : 0}};
        if (known && !is_name(known->segment, name_of_blob(&run->blob[r])))
            memcpy(f->was[r].name, run->blob_before[r].name, sizeof f->was[r].name);
    }
    int status = f->was ? fetch(run, f->was, rounds) : RUN_INTERNAL;
    for (uint32_t r = 0; r < rounds && !status; r++) {
        const struct foot *foot = foot_of(&f->was[r]);
        struct blob *blob = &run->blob_before[r];
        if (foot && foot->blob_size) {
            blob->at = f->was[r].at + foot->blob_at;
            blob->size = foot->blob_size;
        } else if (is_name(name_of_blob(blob), name_of_blob(&run->blob[r]))) {
            *blob = run->blob[r];
        } else {
            blob->name[0] = blob->name[1] = 0; /* it is gone: then nobody's state is this */
        }
    }
    return status;
}

int runfolder_priors(struct run *run, struct segment *segment, uint64_t *before)
{
    run->prior = NULL;
    if (!revisit_wanted(run))
        return RUN_DONE;
    read_known(run->folder);
    struct segment *under = segments_none(run, run->tasks);
    run->prior = under ? segments_none(run, run->tasks) : NULL;
    run->index.under[run->pass] = under;
    if (!run->prior)
        return RUN_INTERNAL;
    run->folder->state = calloc((uint64_t)run->tasks + 1, sizeof *run->folder->state);
    if (!run->folder->state)
        return RUN_INTERNAL;
    int status = open_whole(run, segment, under, before);
    if (!status)
        status = open_priors(run, under, before);
    return status ? status : open_blobs(run);
}

/* ---- afterwards ---- */

/* What the new segment stands on is at index.under; the rest of what was opened is let go. */
static void settle(struct run *run, uint32_t t)
{
    struct folder *folder = &run->folder->folder;
    const struct foot *foot = foot_of(&run->index.segment[run->pass][t]);
    struct folder_name below = {foot->under[0], foot->under[1]};
    struct segment *prior = &run->prior[t], *under = &run->index.under[run->pass][t];
    if (prior->size && is_name(name_of(prior), below)) {
        struct segment swap = *prior;
        *prior = *under;
        *under = swap;
    }
    if (prior->size && !is_name(name_of(prior), name_of(under)))
        folder_leave(folder, name_of(prior));
    segment_close(&run->store, prior);
    if (!under->size || is_name(name_of(under), below))
        return;
    folder_leave(folder, name_of(under));
    segment_close(&run->store, under);
}

static int settle_blobs(struct run *run, uint64_t state)
{
    struct runfolder *f = run->folder;
    for (uint32_t r = 0; r < run->plan->rounds; r++) {
        struct folder_name now = name_of_blob(&run->blob[r]);
        if (f->was[r].size && !is_name(name_of(&f->was[r]), now))
            folder_leave(&f->folder, name_of(&f->was[r]));
        segment_close(&run->store, &f->was[r]);
        if (run->plan->round[r].pass < run->pass && !set_known(f, name_blob(run, r), now, state))
            return -1;
    }
    memset(run->blob_before, 0, run->plan->rounds * sizeof *run->blob_before);
    return 0;
}

void drop_known(struct runfolder *f)
{
    uint64_t kept = 0;
    for (uint64_t i = 0; i < f->knowns; i++)
        if (f->known[i].used)
            f->known[kept++] = f->known[i];
    if (kept == f->knowns)
        return;
    f->knowns = kept;
    write_known(f);
}

int runfolder_visited(struct run *run)
{
    struct runfolder *f = run->folder;
    if (!f || !run->pass)
        return RUN_DONE;
    for (uint32_t t = 0; t < run->tasks; t++) {
        const struct segment *segment = &run->index.segment[run->pass][t];
        f->amended |= *(const uint64_t *)(const void *)(segment->at + foot_of(segment)->counts_at) != 0;
    }
    if (!run->prior)
        return RUN_DONE;
    uint64_t state = lookup_state(run);
    for (uint32_t t = 0; t < run->tasks; t++) {
        settle(run, t);
        if (!set_known(f, name_visit(run, t), name_of(&run->index.segment[run->pass][t]), state))
            return RUN_INTERNAL;
    }
    if (settle_blobs(run, state))
        return RUN_INTERNAL;
    write_known(f);
    run->prior = NULL;
    free(f->state);
    f->state = NULL;
    return RUN_DONE;
}
