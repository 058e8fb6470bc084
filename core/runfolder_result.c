/* SPDX-License-Identifier: Apache-2.0
 *
 * The last result (history.h) where nothing has changed: it is what was written before, and stays. DIR/result.sum says
 * of what it was written, and what it was.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "history.h"
#include "runfolder_own.h"

struct kept {
    char magic[8];
    struct folder_name name; /* of all that decides it */
    uint64_t size, sum;      /* of the file: XXH3-64 */
};
static const char kept_magic[8] = "assayrs";

static int sum_file(int dir, const char *name, struct kept *k)
{
    struct stat st;
    int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
    void *at = fd < 0 || fstat(fd, &st) || !st.st_size ? MAP_FAILED
                                                       : mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (fd >= 0)
        close(fd);
    if (at == MAP_FAILED)
        return 0;
    k->size = (uint64_t)st.st_size;
    k->sum = XXH3_64bits(at, (size_t)st.st_size);
    munmap(at, (size_t)st.st_size);
    return 1;
}

static struct kept kept_now(const struct run *run)
{
    struct kept k = {.name = name_result(run)};
    memcpy(k.magic, kept_magic, sizeof k.magic);
    return k;
}

static int read_noted(const struct runfolder *f, struct kept *was)
{
    int fd = openat(f->folder.dir, KEPT_RESULT, O_RDONLY | O_CLOEXEC);
    int ok = fd >= 0 && read(fd, was, sizeof *was) == (ssize_t)sizeof *was;
    if (fd >= 0)
        close(fd);
    return ok;
}

int runfolder_result_stays(struct run *run)
{
    struct runfolder *f = run->folder;
    struct kept was;
    if (!f)
        return 0;
    struct kept now = kept_now(run);
    int dir = f->folder.dir;
    if (!read_noted(f, &was) || memcmp(&was.name, &now.name, sizeof now.name) != 0 ||
        !sum_file(dir, HISTORY_RESULT, &now) || memcmp(&was, &now, sizeof now) != 0)
        return 0;
    unlinkat(dir, HISTORY_SAME, 0);
    if (linkat(dir, HISTORY_RESULT, dir, HISTORY_SAME, 0)) /* a file system without links: it is written again */
        return 0;
    unlinkat(dir, HISTORY_NEW, 0);
    f->stays = 1;
    return 1;
}

void runfolder_result_made(struct run *run)
{
    static const char part[] = KEPT_RESULT ".part";
    struct runfolder *f = run->folder;
    if (!f || f->stays)
        return;
    struct kept now = kept_now(run);
    int fd = sum_file(f->folder.dir, HISTORY_NEW, &now)
                 ? openat(f->folder.dir, part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)
                 : -1;
    if (fd < 0)
        return;
    int ok = write(fd, &now, sizeof now) == (ssize_t)sizeof now;
    if (close(fd) || !ok || renameat(f->folder.dir, part, f->folder.dir, KEPT_RESULT))
        unlinkat(f->folder.dir, part, 0);
}
