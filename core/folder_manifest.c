/* SPDX-License-Identifier: Apache-2.0 */
#include "folder_manifest.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "write_all.h"

struct manifest_head {
    char magic[8];
    uint64_t form, tasks, items;
    uint64_t sum; /* XXH3-64 of what follows: task[tasks], item[items] */
};
static const char manifest_magic[8] = "assaymf";

/* A damaged or older manifest is no manifest: the tasks are cut anew. */
void folder_manifest_read(struct folder *f)
{
    struct manifest_head head;
    int fd = openat(f->dir, "manifest", O_RDONLY | O_CLOEXEC);
    struct stat st;
    char *body = NULL;
    uint64_t size = 0;
    if (fd >= 0 && !fstat(fd, &st) && read(fd, &head, sizeof head) == (ssize_t)sizeof head &&
        !memcmp(head.magic, manifest_magic, sizeof head.magic) && head.form == FOLDER_FORM && head.tasks < 1u << 20 &&
        head.items < 1ull << 36) {
        size = head.tasks * sizeof *f->task + head.items * sizeof *f->item;
        body = size && (uint64_t)st.st_size == sizeof head + size ? malloc(size) : NULL;
    }
    uint64_t got = 0;
    for (ssize_t n; body && got < size && (n = read(fd, body + got, size - got)) > 0;)
        got += (uint64_t)n;
    if (body && got == size && XXH3_64bits(body, size) == head.sum) {
        f->task = malloc(head.tasks * sizeof *f->task + 1);
        f->item = malloc(head.items * sizeof *f->item + 1);
        if (f->task && f->item) {
            memcpy(f->task, body, head.tasks * sizeof *f->task);
            memcpy(f->item, body + head.tasks * sizeof *f->task, head.items * sizeof *f->item);
            f->known_tasks = head.tasks;
            f->known_items = head.items;
        }
    }
    free(body);
    if (fd >= 0)
        close(fd);
}

static int write_manifest(struct folder *f, const char *body, uint64_t size, uint64_t tasks, uint64_t items)
{
    struct manifest_head head = {.form = FOLDER_FORM, .tasks = tasks, .items = items, .sum = XXH3_64bits(body, size)};
    memcpy(head.magic, manifest_magic, sizeof head.magic);
    int fd = openat(f->dir, "manifest.new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return -1;
    int status = write_all(fd, &head, sizeof head) || write_all(fd, body, size) ? -1 : 0;
    if (close(fd))
        status = -1;
    return status ? -1 : renameat(f->dir, "manifest.new", f->dir, "manifest");
}

int folder_note(struct folder *f, const struct folder_name *item, const uint64_t *order, const uint64_t *end,
                uint32_t tasks)
{
    uint64_t items = tasks ? end[tasks - 1] : 0, size = tasks * sizeof(struct folder_task) + items * sizeof *item;
    char *body = malloc(size + 1);
    if (!body)
        return -1;
    for (uint32_t t = 0; t < tasks; t++) {
        struct folder_task task = {t ? end[t - 1] : 0, end[t] - (t ? end[t - 1] : 0)};
        memcpy(body + t * sizeof task, &task, sizeof task);
    }
    for (uint64_t i = 0; i < items; i++)
        memcpy(body + tasks * sizeof(struct folder_task) + i * sizeof *item, &item[order[i]], sizeof *item);
    int status = write_manifest(f, body, size, tasks, items);
    free(body);
    return status;
}

/* ---- cutting ---- */

struct known {
    struct folder_name name;
    uint64_t index;
};

static int order_known(const void *x, const void *y)
{
    const struct known *a = x, *b = y;
    int order = folder_order(a->name, b->name);
    return order ? order : a->index < b->index ? -1 : a->index > b->index;
}

static struct known *sorted(const struct folder_name *item, uint64_t n)
{
    struct known *k = malloc((n + 1) * sizeof *k);
    for (uint64_t i = 0; k && i < n; i++)
        k[i] = (struct known){item[i], i};
    if (k && n)
        qsort(k, n, sizeof *k, order_known);
    return k;
}

/* The item of that name that is not taken yet, or n. */
static uint64_t item_of(const struct known *k, uint64_t n, struct folder_name name, const unsigned char *taken)
{
    uint64_t low = 0, high = n;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (folder_order(k[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < n && !folder_order(k[low].name, name); low++)
        if (!taken[k[low].index])
            return k[low].index;
    return n;
}

/* Takes the items of a known task if all are there; gives how many it took. */
static uint64_t keep_task(const struct folder *f, const struct folder_task *task, const struct known *k, uint64_t n,
                          unsigned char *taken, uint64_t *order)
{
    uint64_t got = 0;
    if (task->first + task->items > f->known_items)
        return 0;
    for (; got < task->items; got++) {
        uint64_t at = item_of(k, n, f->item[task->first + got], taken);
        if (at == n)
            break;
        taken[at] = 1;
        order[got] = at;
    }
    if (got == task->items)
        return got;
    while (got--)
        taken[order[got]] = 0;
    return 0;
}

uint32_t folder_cut(const struct folder *f, const struct folder_name *item, const uint64_t *cost, uint64_t n,
                    uint64_t size, uint64_t *order, uint64_t *end)
{
    struct known *k = sorted(item, n);
    unsigned char *taken = calloc(n + 1, 1);
    uint32_t tasks = 0;
    uint64_t placed = 0;
    if (!k || !taken) {
        free(k);
        free(taken);
        return UINT32_MAX;
    }
    for (uint64_t t = 0; t < f->known_tasks; t++) {
        uint64_t got = keep_task(f, &f->task[t], k, n, taken, order + placed);
        placed += got;
        if (got)
            end[tasks++] = placed;
    }
    uint64_t bytes = 0, open = placed;
    for (uint64_t i = 0; i < n; i++) {
        if (taken[i])
            continue;
        if (placed > open && bytes + cost[i] > size) {
            end[tasks++] = placed;
            open = placed;
            bytes = 0;
        }
        order[placed++] = i;
        bytes += cost[i];
    }
    if (placed > open)
        end[tasks++] = placed;
    free(k);
    free(taken);
    return tasks;
}

void folder_compare(const struct folder *f, const struct folder_name *item, uint64_t n, uint64_t *known, uint64_t *gone)
{
    struct known *old = sorted(f->item, f->known_items);
    unsigned char *taken = calloc(f->known_items + 1, 1);
    *known = *gone = 0;
    for (uint64_t i = 0; old && taken && i < n; i++) {
        uint64_t at = item_of(old, f->known_items, item[i], taken);
        if (at == f->known_items)
            continue;
        taken[at] = 1;
        ++*known;
    }
    *gone = f->known_items - *known;
    free(old);
    free(taken);
}
