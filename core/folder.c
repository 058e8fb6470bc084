/* SPDX-License-Identifier: Apache-2.0 */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "folder_trust.h"
#include "pack.h"

#define FORM 5u /* of the folder and of the segments in it; a newer one is refused, an older one is redone */
#define NAME_SIZE 80
#define PACKED ".zst"

static int refuse(struct folder *f, const char *hint, const char *why)
{
    diag_at(f->diag, DIAG_ERROR, NULL, hint, "run folder %s: %s", f->path, why);
    folder_close(f);
    return 0;
}

/* ---- files by name ---- */

static int order_names(struct folder_name a, struct folder_name b)
{
    if (a.high != b.high)
        return a.high < b.high ? -1 : 1;
    return a.low < b.low ? -1 : a.low > b.low;
}

static int order_files(const void *x, const void *y)
{
    const struct folder_file *a = x, *b = y;
    int order = order_names(a->name, b->name);
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
        if (order_names(f->file[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < f->files && !order_names(f->file[low].name, name); low++)
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
    unlinkat(f->tasks, path, 0);
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
    unlinkat(f->tasks, path, 0);
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

/* ---- the manifest ---- */

struct manifest_head {
    char magic[8];
    uint64_t form, tasks, items;
    uint64_t sum; /* XXH3-64 of what follows: task[tasks], item[items] */
};
static const char manifest_magic[8] = "assaymf";

/* A damaged or older manifest is no manifest: the tasks are cut anew. */
static void read_manifest(struct folder *f)
{
    struct manifest_head head;
    int fd = openat(f->dir, "manifest", O_RDONLY | O_CLOEXEC);
    struct stat st;
    char *body = NULL;
    uint64_t size = 0;
    if (fd >= 0 && !fstat(fd, &st) && read(fd, &head, sizeof head) == (ssize_t)sizeof head &&
        !memcmp(head.magic, manifest_magic, sizeof head.magic) && head.form == FORM && head.tasks < 1u << 20 &&
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

static int write_all(int fd, const void *bytes, uint64_t size)
{
    for (uint64_t at = 0; at < size;) {
        ssize_t n = write(fd, (const char *)bytes + at, size - at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return -1;
        at += (uint64_t)n;
    }
    return 0;
}

static int write_manifest(struct folder *f, const char *body, uint64_t size, uint64_t tasks, uint64_t items)
{
    struct manifest_head head = {.form = FORM, .tasks = tasks, .items = items, .sum = XXH3_64bits(body, size)};
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
    int order = order_names(a->name, b->name);
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
        if (order_names(k[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < n && !order_names(k[low].name, name); low++)
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
    int size = snprintf(text, sizeof text, "assay run folder %u\nchain %s\n", FORM, chain);
    int fd = openat(f->dir, FOLDER_MARKER ".new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int status = fd < 0 || size < 0 || write_all(fd, text, (uint64_t)size) ? -1 : 0;
    if (fd >= 0 && close(fd))
        status = -1;
    return status ? -1 : renameat(f->dir, FOLDER_MARKER ".new", f->dir, FOLDER_MARKER);
}

static int take_lock(struct folder *f)
{
    f->lock = openat(f->dir, "lock", O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (f->lock < 0)
        return refuse(f, NULL, strerror(errno));
    if (flock(f->lock, LOCK_EX | LOCK_NB))
        return refuse(f, NULL, errno == EWOULDBLOCK ? "another run works in it" : strerror(errno));
    return 1;
}

int folder_open(struct folder *f, const char *path, const char *chain, struct diag *diag)
{
    *f = (struct folder){.path = path, .diag = diag, .dir = -1, .tasks = -1, .lock = -1};
    char why[400], of[256] = "";
    unsigned form = FORM;
    if (mkdir(path, 0777) && errno != EEXIST)
        return refuse(f, NULL, strerror(errno));
    f->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (f->dir < 0)
        return refuse(f, NULL, errno == ENOTDIR ? "it is a file, no folder" : strerror(errno));
    int marked = read_marker(f, &form, of);
    if (marked < 0 || (!marked && !is_empty(f->dir)))
        return refuse(f, "name a folder that is empty or not there yet", "this is no run folder, and it is not empty");
    if (form > FORM) {
        snprintf(why, sizeof why, "it is of version %u, this assay writes version %u", form, FORM);
        return refuse(f, NULL, why);
    }
    if (marked && strcmp(of, chain)) {
        snprintf(why, sizeof why, "it belongs to the chain %s, not to %s", of, chain);
        return refuse(f, "each chain wants a run folder of its own", why);
    }
    if (faccessat(f->dir, ".", W_OK | X_OK, AT_EACCESS))
        return refuse(f, NULL, "it cannot be written");
    if (!take_lock(f))
        return 0;
    if ((!marked || form < FORM) && write_marker(f, chain))
        return refuse(f, NULL, strerror(errno));
    if (mkdirat(f->dir, "tasks", 0777) && errno != EEXIST)
        return refuse(f, NULL, strerror(errno));
    f->tasks = openat(f->dir, "tasks", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (f->tasks < 0 || !list_files(f))
        return refuse(f, NULL, strerror(errno));
    if (form == FORM)
        read_manifest(f);
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
            unlinkat(f->tasks, path, 0);
    }
    DIR *list = open_list(f);
    for (const struct dirent *e; list && (e = readdir(list));) {
        size_t size = strlen(e->d_name);
        if (size > 5 && !strcmp(e->d_name + size - 5, ".part"))
            unlinkat(f->tasks, e->d_name, 0);
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
