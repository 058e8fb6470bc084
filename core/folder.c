/* SPDX-License-Identifier: Apache-2.0 */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "folder_manifest.h"
#include "folder_trust.h"
#include "pack.h"
#include "write_all.h"

#define NAME_SIZE 80
#define PACKED ".zst"
#define LOCK_HOST 0 /* bytes of the lock */
#define LOCK_WORKERS 1
#define WORKERS_WAIT 1000 /* times, */
#define WORKERS_WAIT_MS 10

static int refuse(struct folder *f, const char *hint, const char *why)
{
    diag_at(f->diag, DIAG_ERROR, NULL, hint, "run folder %s: %s", f->path, why);
    folder_close(f);
    return 0;
}

static int refuse_part(struct folder *f, const char *part)
{
    char why[256];
    snprintf(why, sizeof why, "%s: %s", part, strerror(errno));
    return refuse(f, NULL, why);
}

void folder_blame(const struct folder *f, struct folder_name name)
{
    diag_say(f->diag, DIAG_ERROR, "run folder %s: tasks/%016" PRIx64 "%016" PRIx64 "*: %s", f->path, name.high,
             name.low, strerror(errno));
}

/* Whatever stands there under a task's name; not a folder with something in it. */
static void remove_task(const struct folder *f, const char *path)
{
    if (unlinkat(f->tasks, path, 0) && errno == EISDIR)
        unlinkat(f->tasks, path, AT_REMOVEDIR);
}

/* ---- files by name ---- */

int folder_order(struct folder_name a, struct folder_name b)
{
    if (a.high != b.high)
        return a.high < b.high ? -1 : 1;
    return a.low < b.low ? -1 : a.low > b.low;
}

static int order_files(const void *x, const void *y)
{
    const struct folder_file *a = x, *b = y;
    int order = folder_order(a->name, b->name);
    if (!order)
        order = a->sum < b->sum ? -1 : a->sum > b->sum;
    return order ? order : (a->packed > b->packed) - (a->packed < b->packed);
}

static void say_part(char *to, struct folder_name n)
{
    snprintf(to, NAME_SIZE, "%016" PRIx64 "%016" PRIx64 ".part", n.high, n.low);
}

static void say_file(char *to, const struct folder_file *file)
{
    snprintf(to, NAME_SIZE, "%016" PRIx64 "%016" PRIx64 ".%016" PRIx64 "%s", file->name.high, file->name.low, file->sum,
             file->packed ? PACKED : "");
}

static struct folder_file *file_of(const struct folder *f, struct folder_name name)
{
    uint64_t low = 0, high = f->files;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (folder_order(f->file[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < f->files && !folder_order(f->file[low].name, name); low++)
        if (!f->file[low].bad)
            return &f->file[low];
    return NULL;
}

static int add_file(struct folder *f, struct folder_file file)
{
    if (f->files == f->room) {
        uint64_t room = f->room ? f->room * 2 : 64;
        struct folder_file *more = realloc(f->file, room * sizeof *more);
        if (!more)
            return 0;
        f->file = more;
        f->room = room;
    }
    f->file[f->files++] = file;
    return 1;
}

/* 1 where the name is that of a finished task. */
static int read_name(const char *text, struct folder_file *file)
{
    char back[NAME_SIZE];
    *file = (struct folder_file){0};
    if (sscanf(text, "%16" SCNx64 "%16" SCNx64 ".%16" SCNx64, &file->name.high, &file->name.low, &file->sum) != 3)
        return 0;
    size_t size = strlen(text);
    file->packed = size > strlen(PACKED) && !strcmp(text + size - strlen(PACKED), PACKED);
    say_file(back, file);
    return !strcmp(back, text);
}

static DIR *open_list(const struct folder *f)
{
    int fd = openat(f->tasks, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = fd < 0 ? NULL : fdopendir(fd);
    if (!list && fd >= 0)
        close(fd);
    return list;
}

static uint64_t packed_size(const struct folder *f, const char *name)
{
    int fd = openat(f->tasks, name, O_RDONLY | O_CLOEXEC);
    uint64_t size = fd < 0 ? 0 : pack_size(fd);
    if (fd >= 0)
        close(fd);
    return size;
}

static int list_files(struct folder *f)
{
    DIR *list = open_list(f);
    if (!list)
        return 0;
    int ok = 1;
    for (const struct dirent *e; ok && (e = readdir(list));) {
        struct folder_file file;
        struct stat st;
        if (!read_name(e->d_name, &file) || fstatat(f->tasks, e->d_name, &st, 0))
            continue;
        file.size = file.whole = (uint64_t)st.st_size;
        if (file.packed && (file.whole = packed_size(f, e->d_name)) == 0)
            file.whole = file.size;
        ok = add_file(f, file);
    }
    closedir(list);
    if (f->files)
        qsort(f->file, f->files, sizeof *f->file, order_files);
    return ok;
}

/* ---- sums ---- */

static int sum_of(int fd, uint64_t *sum)
{
    struct stat st;
    if (fstat(fd, &st))
        return -1;
    if (!st.st_size) {
        *sum = XXH3_64bits("", 0);
        return 0;
    }
    void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED)
        return -1;
    *sum = XXH3_64bits(at, (size_t)st.st_size);
    munmap(at, (size_t)st.st_size);
    return 0;
}

int folder_has(const struct folder *f, struct folder_name name)
{
    return file_of(f, name) != NULL;
}

int folder_find(struct folder *f, struct folder_name name)
{
    struct folder_file *file = file_of(f, name);
    uint64_t sum = 0;
    errno = ENOENT;
    if (!file || file->packed)
        return -1;
    int fd = folder_file_open(f, file);
    if (fd >= 0 && (folder_trusted(file, fd) || (!sum_of(fd, &sum) && sum == file->sum))) {
        file->used = file->trusted = 1;
        return fd;
    }
    if (fd >= 0)
        close(fd);
    folder_spoiled(f, file);
    errno = ENOENT;
    return -1;
}

void folder_leave(struct folder *f, struct folder_name name)
{
    struct folder_file *file = file_of(f, name);
    if (file)
        file->used = 0;
}

void folder_forget(struct folder *f, struct folder_name name)
{
    struct folder_file *file = file_of(f, name);
    if (!file)
        return;
    folder_drop(f, file);
    file->bad = 1;
}

struct folder_file *folder_packed(struct folder *f, struct folder_name name)
{
    struct folder_file *file = file_of(f, name);
    if (!file || !file->packed)
        return NULL;
    file->used = 1;
    return file;
}

int folder_file_open(const struct folder *f, const struct folder_file *file)
{
    char path[NAME_SIZE];
    say_file(path, file);
    return openat(f->tasks, path, O_RDONLY | O_CLOEXEC);
}

void folder_spoiled(struct folder *f, struct folder_file *file)
{
    char path[NAME_SIZE];
    say_file(path, file);
    diag_say(f->diag, DIAG_WARNING, "run folder %s: tasks/%s is damaged; it is done again", f->path, path);
    remove_task(f, path);
    file->bad = 1;
}

int folder_pack(const struct folder *f, const struct folder_file *file)
{
    struct folder_file packed = *file;
    char from[NAME_SIZE], to[NAME_SIZE], part[NAME_SIZE + 8];
    uint64_t size = 0;
    packed.packed = 1;
    say_file(from, file);
    say_file(to, &packed);
    snprintf(part, sizeof part, "%s.part", to);
    int plain = openat(f->tasks, from, O_RDONLY | O_CLOEXEC),
        fd = openat(f->tasks, part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int status = plain < 0 || fd < 0 ? -1 : pack_file(plain, fd, &size);
    if (fd >= 0 && close(fd))
        status = -1;
    if (plain >= 0)
        close(plain);
    if (status || size > file->size - file->size / 8 || renameat(f->tasks, part, f->tasks, to)) {
        unlinkat(f->tasks, part, 0);
        return status;
    }
    return 1;
}

void folder_drop(const struct folder *f, const struct folder_file *file)
{
    char path[NAME_SIZE];
    say_file(path, file);
    remove_task(f, path);
}

int folder_part(const struct folder *f, struct folder_name name)
{
    char path[NAME_SIZE];
    say_part(path, name);
    return openat(f->tasks, path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
}

int folder_keep(struct folder *f, struct folder_name name, int fd)
{
    struct folder_file file = {.name = name, .used = 1, .trusted = 1};
    struct stat st;
    char from[NAME_SIZE], to[NAME_SIZE];
    if (fstat(fd, &st) || sum_of(fd, &file.sum))
        return -1;
    file.size = file.whole = (uint64_t)st.st_size;
    say_part(from, name);
    say_file(to, &file);
    if (renameat(f->tasks, from, f->tasks, to) || fstat(fd, &st))
        return -1;
    file.stamp = folder_stamp(&st); /* a new name is a change */
    uint64_t at = f->files;
    if (!add_file(f, file))
        return -1;
    for (; at && order_files(&f->file[at - 1], &file) > 0; at--)
        f->file[at] = f->file[at - 1];
    f->file[at] = file;
    return 0;
}

/* ---- opening ---- */

/* What a run leaves that was killed while it made the folder. */
static int is_ours(const char *name)
{
    return !strcmp(name, ".") || !strcmp(name, "..") || !strcmp(name, "lock") || !strcmp(name, FOLDER_MARKER ".new");
}

static int is_empty(int dir)
{
    int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = fd < 0 ? NULL : fdopendir(fd);
    int empty = list != NULL;
    for (const struct dirent *e; list && empty && (e = readdir(list));)
        empty = is_ours(e->d_name);
    if (list)
        closedir(list);
    return empty;
}

/* "assay run folder 1\nchain crosscheck.conf\n". 1: read; 0: there is none; -1: not ours. */
static int read_marker(const struct folder *f, unsigned *form, char chain[256])
{
    char text[512];
    int fd = openat(f->dir, FOLDER_MARKER, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? 0 : -1;
    ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    if (n <= 0)
        return -1;
    text[n] = 0;
    return sscanf(text, "assay run folder %u\nchain %255[^\n]", form, chain) == 2 ? 1 : -1;
}

static int write_marker(const struct folder *f, const char *chain)
{
    char text[512];
    int size = snprintf(text, sizeof text, "assay run folder %u\nchain %s\n", FOLDER_FORM, chain);
    int fd = openat(f->dir, FOLDER_MARKER ".new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int status = fd < 0 || size < 0 || write_all(fd, text, (uint64_t)size) ? -1 : 0;
    if (fd >= 0 && close(fd))
        status = -1;
    return status ? -1 : renameat(f->dir, FOLDER_MARKER ".new", f->dir, FOLDER_MARKER);
}

/* Whose folder it is: 1: of runs of this chain, *form: their version; 0: nobody's yet; -1: refused. */
static int look_whose(struct folder *f, const char *chain, unsigned *form)
{
    char why[400], of[256] = "";
    *form = FOLDER_FORM;
    int marked = read_marker(f, form, of);
    if (!marked && !is_empty(f->dir)) {
        marked = read_marker(f, form, of); /* it may be made just now: the marker comes first */
        marked = marked ? marked : -1;
    }
    if (marked < 0)
        refuse(f, "name a folder that is empty or not there yet", "this is no run folder, and it is not empty");
    if (marked <= 0)
        return marked;
    if (*form > FOLDER_FORM) {
        snprintf(why, sizeof why, "it is of version %u, this assay writes version %u", *form, FOLDER_FORM);
        refuse(f, NULL, why);
        return -1;
    }
    if (strcmp(of, chain)) {
        snprintf(why, sizeof why, "it belongs to the chain %s, not to %s", of, chain);
        refuse(f, "each chain wants a run folder of its own", why);
        return -1;
    }
    return 1;
}

/* Locks of the process, not of the open file: what plugins fork has none of them, and cannot keep the folder. */
static int lock_byte(int fd, short kind, off_t byte)
{
    struct flock lock = {.l_type = kind, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
    return fcntl(fd, F_SETLK, &lock);
}

/* Workers outlive a host that was killed by a moment: until then they may write. */
static int wait_for_workers(struct folder *f)
{
    for (int i = 0; i < WORKERS_WAIT; i++) {
        if (!lock_byte(f->lock, F_WRLCK, LOCK_WORKERS))
            return lock_byte(f->lock, F_UNLCK, LOCK_WORKERS) ? refuse(f, NULL, strerror(errno)) : 1;
        if (errno != EAGAIN && errno != EACCES)
            return refuse(f, NULL, strerror(errno));
        poll(NULL, 0, WORKERS_WAIT_MS);
    }
    return refuse(f, "end them", "a run that was killed has left workers that do not end");
}

static int take_lock(struct folder *f)
{
    f->lock = openat(f->dir, "lock", O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (f->lock < 0)
        return refuse_part(f, "lock");
    if (lock_byte(f->lock, F_WRLCK, LOCK_HOST))
        return refuse(f, NULL, errno == EAGAIN || errno == EACCES ? "another run works in it" : strerror(errno));
    return wait_for_workers(f);
}

int folder_work(const struct folder *f)
{
    return lock_byte(f->lock, F_RDLCK, LOCK_WORKERS);
}

int folder_open(struct folder *f, const char *path, const char *chain, struct diag *diag)
{
    *f = (struct folder){.path = path, .diag = diag, .dir = -1, .tasks = -1, .lock = -1};
    unsigned form;
    if (mkdir(path, 0777) && errno != EEXIST)
        return refuse(f, NULL, strerror(errno));
    f->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (f->dir < 0)
        return refuse(f, NULL, errno == ENOTDIR ? "it is a file, no folder" : strerror(errno));
    if (look_whose(f, chain, &form) < 0)
        return 0;
    if (faccessat(f->dir, ".", W_OK | X_OK, AT_EACCESS))
        return refuse(f, NULL, "it cannot be written");
    if (!take_lock(f))
        return 0;
    int marked = look_whose(f, chain, &form); /* another run may have made it in the meantime */
    if (marked < 0)
        return 0;
    if ((!marked || form < FOLDER_FORM) && write_marker(f, chain))
        return refuse_part(f, FOLDER_MARKER);
    if (mkdirat(f->dir, "tasks", 0777) && errno != EEXIST)
        return refuse_part(f, "tasks");
    f->tasks = openat(f->dir, "tasks", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (f->tasks < 0 || !list_files(f))
        return refuse_part(f, "tasks");
    if (form == FOLDER_FORM)
        folder_manifest_read(f);
    folder_trust_read(f);
    return 1;
}

uint64_t folder_collect(struct folder *f)
{
    uint64_t bytes = 0;
    char path[NAME_SIZE];
    for (uint64_t i = 0; i < f->files; i++) {
        say_file(path, &f->file[i]);
        if (f->file[i].used)
            bytes += f->file[i].size;
        else if (!f->file[i].bad)
            remove_task(f, path);
    }
    DIR *list = open_list(f);
    for (const struct dirent *e; list && (e = readdir(list));) {
        size_t size = strlen(e->d_name);
        if (size > 5 && !strcmp(e->d_name + size - 5, ".part"))
            remove_task(f, e->d_name);
    }
    if (list)
        closedir(list);
    folder_trust_write(f);
    return bytes;
}

void folder_close(struct folder *f)
{
    if (f->tasks >= 0)
        close(f->tasks);
    if (f->lock >= 0)
        close(f->lock);
    if (f->dir >= 0)
        close(f->dir);
    free(f->file);
    free(f->task);
    free(f->item);
    *f = (struct folder){.dir = -1, .tasks = -1, .lock = -1};
}
