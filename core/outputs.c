/* SPDX-License-Identifier: Apache-2.0 */
#include "outputs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "fields.h"
#include "inputs.h"

#define SIGN ".assay-"

/* ---- names ---- */

/* What tells this machine and its process numbers from others. */
static uint32_t machine(void)
{
    char text[512] = "";
    struct stat st = {0};
    int fd = open("/etc/machine-id", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, text, 64);
    if (fd >= 0)
        close(fd);
    size_t size = n > 0 ? (size_t)n : 0;
    if (!gethostname(text + size, 256))
        size += strnlen(text + size, 256);
    if (!stat("/proc/self/ns/pid", &st)) {
        memcpy(text + size, &st.st_ino, sizeof st.st_ino);
        size += sizeof st.st_ino;
    }
    return (uint32_t)XXH3_64bits(text, size);
}

char *output_shadow(struct arena *arena, const char *path, pid_t pid, uint32_t writer)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0, size = strlen(path) + 64;
    char *shadow = arena_alloc(arena, size);
    if (shadow)
        snprintf(shadow, size, "%.*s.%s" SIGN "%08x-%ld-%u", (int)folder, path, path + folder, machine(), (long)pid,
                 writer);
    return shadow;
}

/* 1: made by a run on this machine that is no more; also what a database left beside its shadow. */
static int is_stale(const char *name, uint32_t here)
{
    const char *sign = NULL;
    for (const char *p = name; *name == '.' && (p = strstr(p, SIGN)); p++)
        sign = p;
    unsigned from, writer;
    long pid;
    if (!sign || sscanf(sign, SIGN "%8x-%ld-%u", &from, &pid, &writer) != 3 || from != here || pid <= 1)
        return 0;
    return kill((pid_t)pid, 0) && errno == ESRCH;
}

static void sweep(const char *folder, struct diag *diag)
{
    DIR *dir = opendir(folder);
    uint32_t here = machine();
    for (const struct dirent *entry; dir && (entry = readdir(dir));) {
        char path[PATH_MAX];
        if (!is_stale(entry->d_name, here) ||
            (size_t)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >= sizeof path)
            continue;
        diag_say(diag, DIAG_INFO, "%s: left by a run that was killed; removed", path);
        output_drop(path);
    }
    if (dir)
        closedir(dir);
}

/* ---- before the run ---- */

static int is_marked(const char *folder)
{
    char name[PATH_MAX];
    return (size_t)snprintf(name, sizeof name, "%s/" OUTPUTS_MARK, folder) < sizeof name && !access(name, F_OK);
}

/* What the run reads: no output may take its place. */
struct readings {
    const char *chain; /* its file */
    const struct inputs *inputs;
};

static int same_file(const char *path, const struct stat *st)
{
    struct stat other;
    return !stat(path, &other) && other.st_dev == st->st_dev && other.st_ino == st->st_ino;
}

/* Whether the file, by whatever name, is one that the run reads. Of millions of inputs only those of its size are
 * looked at. */
static const char *reads_it(const struct readings *r, const struct stat *st)
{
    if (r->chain && same_file(r->chain, st))
        return "it is the chain file";
    for (uint64_t i = 0; i < r->inputs->inputs; i++) {
        const struct input *in = &r->inputs->input[i];
        if (in->fd < 0 && !in->error && in->size == (uint64_t)st->st_size && same_file(in->path, st))
            return "it is one of the inputs, and would be lost";
    }
    return NULL;
}

static const char *wrong_folder(const char *path, int wants_folder)
{
    if (wants_folder ? output_may_replace(path)
                     : is_marked(path)) /* marked: of a plugin that makes folders without saying so */
        return NULL;
    return wants_folder ? "the folder holds other files; name a new or an empty one" : "it is a folder; name a file";
}

/* NULL, or what is wrong with the place. */
static const char *wrong_place(const char *path, const char *folder, int wants_folder, const struct readings *r)
{
    struct stat st;
    if (stat(folder, &st))
        return errno == ENOENT ? "its folder does not exist" : strerror(errno);
    if (!S_ISDIR(st.st_mode))
        return strerror(ENOTDIR);
    int there = !stat(path, &st);
    const char *why = NULL;
    if (there && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)) /* a device, a pipe: written as it stands */
        return wants_folder ? "it is no folder" : access(path, W_OK) ? strerror(errno) : NULL;
    if (there)
        why = S_ISDIR(st.st_mode) ? wrong_folder(path, wants_folder)
              : wants_folder      ? "it is a file; name a folder"
                                  : reads_it(r, &st);
    if (!why && faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS))
        why = strerror(errno);
    return why;
}

static int check_output(const struct plan_step *step, struct assay_text value, int wants_folder,
                        const struct readings *r, struct diag *diag)
{
    char path[PATH_MAX], folder[PATH_MAX];
    const struct diag_place *place = step->place.file ? &step->place : NULL;
    if (value.size == 1 && *value.at == '-' && wants_folder)
        diag_at(diag, DIAG_ERROR, place, NULL, "'%s' writes a folder, which stdout cannot be: give it a path",
                step->plugin->name);
    if (value.size == 1 && *value.at == '-')
        return !wants_folder;
    if (!value.at || !value.size || value.size >= sizeof path)
        return 1;
    memcpy(path, value.at, value.size);
    path[value.size] = 0;
    for (uint64_t n = value.size; n > 1 && path[n - 1] == '/'; n--)
        path[n - 1] = 0;
    strcpy(folder, path);
    char *slash = strrchr(folder, '/');
    if (!slash)
        strcpy(folder, ".");
    else
        slash[slash == folder] = 0;
    const char *why = wrong_place(path, folder, wants_folder, r);
    if (why)
        diag_at(diag, DIAG_ERROR, place, NULL, "'%s' cannot write %s: %s", step->plugin->name, path, why);
    else
        sweep(folder, diag);
    return !why;
}

int outputs_check(const struct plan *plan, const struct inputs *inputs, struct diag *diag)
{
    struct readings readings = {plan->file, inputs};
    int fine = 1;
    for (uint32_t i = 0; i < plan->steps; i++) {
        const struct plan_step *step = &plan->step[i];
        const struct assay_fields *options =
            step->plugin->role == ASSAY_WRITER && step->options ? step->plugin->options : NULL;
        for (uint32_t k = 0; options && k < options->rows; k++) {
            const struct assay_field *row = fields_row(options, k);
            struct assay_text value;
            if (!(row->flags & ASSAY_OUTPUT) || row->flags & ASSAY_LIST)
                continue;
            memcpy(&value, (const char *)step->options + row->offset, sizeof value);
            fine &= check_output(step, value, (row->flags & ASSAY_FOLDER) != 0, &readings, diag);
        }
    }
    return fine;
}

/* ---- after it ---- */

static void drop_entries(const char *path, DIR *dir)
{
    struct dirent *entry;
    while ((entry = readdir(dir))) {
        char name[PATH_MAX];
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") &&
            (size_t)snprintf(name, sizeof name, "%s/%s", path, entry->d_name) < sizeof name)
            output_drop(name);
    }
}

void output_drop(const char *path)
{
    struct stat st;
    if (lstat(path, &st))
        return;
    if (!S_ISDIR(st.st_mode)) {
        unlink(path);
        return;
    }
    DIR *dir = opendir(path);
    if (dir) {
        drop_entries(path, dir);
        closedir(dir);
    }
    rmdir(path);
}

int output_may_replace(const char *folder)
{
    struct dirent *entry;
    int others = 0;
    if (is_marked(folder))
        return 1;
    DIR *dir = opendir(folder);
    while (dir && (entry = readdir(dir)))
        others |= strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
    if (dir)
        closedir(dir);
    return dir && !others;
}

static int sync_path(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    int status = fsync(fd);
    close(fd);
    return status && errno != EINVAL ? -1 : 0;
}

static int mark_folder(const char *folder)
{
    char name[PATH_MAX];
    if ((size_t)snprintf(name, sizeof name, "%s/" OUTPUTS_MARK, folder) >= sizeof name) {
        errno = ENAMETOOLONG;
        return -1;
    }
    int fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    return fd < 0 ? -1 : close(fd);
}

/* Puts a new folder where a former result, an empty folder or nothing is. */
static int place_folder(const char *final, const char *shadow)
{
    struct stat old;
    if (mark_folder(shadow))
        return -1;
    if (lstat(final, &old))
        return rename(shadow, final);
    if (!S_ISDIR(old.st_mode) || !output_may_replace(final)) {
        errno = S_ISDIR(old.st_mode) ? ENOTEMPTY : ENOTDIR;
        return -1;
    }
    if (renameat2(AT_FDCWD, shadow, AT_FDCWD, final, RENAME_EXCHANGE))
        return -1;
    output_drop(shadow);
    return 0;
}

int output_place(const char *final, const char *shadow, struct diag *diag)
{
    struct stat made;
    if (lstat(shadow, &made))
        return 0; /* the writer asked for a name and did not use it */
    int status = sync_path(shadow);
    if (!status)
        status = S_ISDIR(made.st_mode) ? place_folder(final, shadow) : rename(shadow, final);
    if (status) {
        diag_say(diag, DIAG_ERROR, "%s: %s", final, strerror(errno));
        output_drop(shadow);
        return -1;
    }
    return 0;
}
