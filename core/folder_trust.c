/* SPDX-License-Identifier: Apache-2.0 */
#include "folder_trust.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#define LIST "verified"
#define ONE_IN 16u

struct trust_head {
    char magic[8];
    uint64_t turn, count, sum; /* turn: of which sixteenth is summed next; sum: XXH3-64 of the entries */
};
struct trust {
    struct folder_name name;
    uint64_t sum;
    struct folder_stamp stamp;
};
static const char trust_magic[8] = "assayvf";

struct folder_stamp folder_stamp(const struct stat *st)
{
    return (struct folder_stamp){(uint64_t)st->st_dev, (uint64_t)st->st_ino, (uint64_t)st->st_size,
                                 st->st_mtim.tv_sec * INT64_C(1000000000) + st->st_mtim.tv_nsec,
                                 st->st_ctim.tv_sec * INT64_C(1000000000) + st->st_ctim.tv_nsec};
}

int folder_trusted(struct folder_file *file, int fd)
{
    struct stat st;
    struct folder_stamp now = {0};
    if (!fstat(fd, &st))
        now = folder_stamp(&st);
    if (file->trusted && !memcmp(&now, &file->stamp, sizeof now))
        return 1;
    file->stamp = now;
    return 0;
}

static int same_name(const struct folder_file *f, const struct trust *t)
{
    return f->name.low == t->name.low && f->name.high == t->name.high && f->sum == t->sum && !f->packed;
}

static int before(const struct folder_file *f, const struct trust *t)
{
    if (f->name.high != t->name.high)
        return f->name.high < t->name.high;
    return f->name.low != t->name.low ? f->name.low < t->name.low : f->sum < t->sum;
}

static struct trust *read_list(int fd, struct trust_head *head)
{
    struct stat st;
    if (fstat(fd, &st) || read(fd, head, sizeof *head) != (ssize_t)sizeof *head ||
        memcmp(head->magic, trust_magic, sizeof head->magic) || head->count > 1u << 24 ||
        (uint64_t)st.st_size != sizeof *head + head->count * sizeof(struct trust))
        return NULL;
    size_t size = head->count * sizeof(struct trust);
    struct trust *list = malloc(size + 1);
    if (list && (read(fd, list, size) != (ssize_t)size || XXH3_64bits(list, size) != head->sum)) {
        free(list);
        list = NULL;
    }
    return list;
}

void folder_trust_read(struct folder *f)
{
    struct trust_head head = {.count = 0};
    int fd = openat(f->dir, LIST, O_RDONLY | O_CLOEXEC);
    struct trust *list = fd < 0 ? NULL : read_list(fd, &head);
    f->turn = list ? head.turn : 0;
    for (uint64_t i = 0, k = 0; list && k < head.count; k++) {
        while (i < f->files && before(&f->file[i], &list[k]))
            i++;
        if (i == f->files || !same_name(&f->file[i], &list[k]) || list[k].name.low % ONE_IN == f->turn % ONE_IN)
            continue;
        f->file[i].trusted = 1;
        f->file[i].stamp = list[k].stamp;
    }
    free(list);
    if (fd >= 0)
        close(fd);
}

void folder_trust_write(const struct folder *f)
{
    static const char part[] = LIST ".part";
    struct trust_head head = {.turn = f->turn + 1};
    struct trust *list = malloc((f->files + 1) * sizeof *list);
    for (uint64_t i = 0; list && i < f->files; i++)
        if (f->file[i].used && f->file[i].trusted && !f->file[i].packed)
            list[head.count++] = (struct trust){f->file[i].name, f->file[i].sum, f->file[i].stamp};
    size_t size = head.count * sizeof *list;
    int fd = list ? openat(f->dir, part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666) : -1;
    if (fd >= 0) {
        memcpy(head.magic, trust_magic, sizeof head.magic);
        head.sum = XXH3_64bits(list, size);
        int ok = write(fd, &head, sizeof head) == (ssize_t)sizeof head && write(fd, list, size) == (ssize_t)size;
        if (close(fd) || !ok || renameat(f->dir, part, f->dir, LIST))
            unlinkat(f->dir, part, 0);
    }
    free(list);
}
