/* SPDX-License-Identifier: Apache-2.0 */
#include "inputs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <assay/kit/utf8.h>

#include "folder.h"
#include "outputs.h"
#include "run.h"
#include "write_all.h"

/* Room for one more element of `size` bytes; 0: out of memory. */
static int grow(void **at, uint64_t count, uint64_t *room, uint64_t size)
{
    if (count < *room)
        return 1;
    uint64_t more = *room ? *room * 2 : 64;
    void *to = realloc(*at, more * size);
    if (!to)
        return 0;
    *at = to;
    *room = more;
    return 1;
}

/* A file's name may hold bytes that are no UTF-8; printed as U+FFFD two files would have one id. They become %XX. */
static struct assay_text readable(struct arena *arena, struct assay_text name)
{
    static const char digit[] = "0123456789ABCDEF";
    uint64_t good = assay_utf8_valid(name.at, name.size), n = 0;
    if (good == name.size)
        return name;
    char *to = arena_alloc(arena, name.size * 3 + 1);
    if (!to)
        return (struct assay_text){0};
    for (uint64_t i = 0; i < name.size; i += good) {
        good = assay_utf8_valid(name.at + i, name.size - i);
        memcpy(to + n, name.at + i, good);
        n += good;
        if (i + good < name.size) {
            unsigned char c = (unsigned char)name.at[i + good++];
            to[n++] = '%';
            to[n++] = digit[c >> 4];
            to[n++] = digit[c & 15];
        }
    }
    to[n] = 0;
    return (struct assay_text){to, n};
}

struct assay_text clean_path(struct arena *arena, const char *path)
{
    size_t size = strlen(path);
    char *to = arena_alloc(arena, size + 2);
    if (!to)
        return (struct assay_text){0};
    int rooted = path[0] == '/';
    uint64_t n = 0, floor = 0; /* what ".." must not take away */
    if (rooted)
        to[n++] = '/';
    floor = n;
    for (const char *p = path; *p;) {
        const char *end = strchrnul(p, '/');
        size_t part = (size_t)(end - p);
        int up = part == 2 && p[0] == '.' && p[1] == '.';
        if (up && n > floor) {
            while (n > floor && to[n - 1] != '/')
                n--;
            if (n > floor)
                n--;
        } else if (up && rooted) {
        } else if (part && !(part == 1 && p[0] == '.')) {
            if (n && to[n - 1] != '/')
                to[n++] = '/';
            memcpy(to + n, p, part);
            n += part;
            if (up)
                floor = n;
        }
        p = *end ? end + 1 : end;
    }
    if (!n)
        to[n++] = '.';
    to[n] = 0;
    return readable(arena, (struct assay_text){to, n});
}

static int add_input(struct inputs *in, struct input input)
{
    if (in->inputs >= UINT32_MAX || !grow((void **)&in->input, in->inputs, &in->room, sizeof *in->input))
        return 0;
    in->bytes += input.size;
    in->input[in->inputs++] = input;
    return 1;
}

int inputs_item(struct inputs *in, struct item item)
{
    if (!grow((void **)&in->item, in->items, &in->items_room, sizeof *in->item))
        return 0;
    in->item[in->items++] = item;
    return 1;
}

static int pass_over(struct inputs *in, const char *path, const char *reason)
{
    if (!grow((void **)&in->passed, in->passes, &in->passed_room, sizeof *in->passed))
        return 0;
    struct assay_text name = clean_path(&in->arena, path);
    in->passed[in->passes++] = (struct passed){name, reason, 0};
    return name.at != NULL;
}

/* ---- spooling ---- */

static int copy_all(int from, int to, uint64_t *size)
{
    static char room[1 << 16];
    for (;;) {
        ssize_t n = read(from, room, sizeof room);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n < 0 ? -1 : 0;
        if (write_all(to, room, (uint64_t)n))
            return -1;
        *size += (uint64_t)n;
    }
}

/* A pipe can be read once, a worker may have to read twice: its bytes go into an unlinked file. */
static int spool(struct inputs *in, const char *path, int from, uint32_t step, struct store *store)
{
    struct segment segment;
    if (segment_create(store, &segment, 1))
        return -1;
    close(segment.memory);
    struct input input = {.path = path, .name = clean_path(&in->arena, path), .step = step, .fd = segment.file};
    if (!input.name.at || copy_all(from, segment.file, &input.size))
        return -1;
    return add_input(in, input) ? 0 : -1;
}

/* ---- walking ---- */

struct place {
    struct place *above; /* towards the argument: where a loop would close */
    struct place *next;  /* still to be walked */
    const char *path;
    dev_t dev;
    ino_t ino;
};

/* A walk reads each folder once, by whatever number of links it is reached: links among n folders make n! paths. Links
 * are followed after all that stands in its own place has been read, in the order of their paths, so that the way of a
 * folder does not hang on the order in which the system lists entries. */
struct walk {
    struct inputs *in;
    struct place *todo;
    struct place **link; /* links to folders, not followed yet */
    uint64_t links, link_room;
    struct place **seen; /* by dev and ino; a power of two of places */
    uint64_t count, places;
};

static uint64_t place_of(const struct place *f, uint64_t places)
{
    return ((uint64_t)f->ino * 0x9e3779b97f4a7c15u ^ (uint64_t)f->dev * 0xc2b2ae3d27d4eb4fu) >> 20 & (places - 1);
}

/* 1: it is new, and known from now on. 0: known. -1: out of memory. */
static int first_time(struct walk *w, struct place *f)
{
    if (w->count * 2 >= w->places) {
        uint64_t places = w->places ? w->places * 2 : 64;
        struct place **seen = calloc(places, sizeof(struct place *));
        if (!seen)
            return -1;
        for (uint64_t i = 0; i < w->places; i++) {
            uint64_t at = w->seen[i] ? place_of(w->seen[i], places) : 0;
            for (; w->seen[i] && seen[at]; at = (at + 1) & (places - 1)) {
            }
            if (w->seen[i])
                seen[at] = w->seen[i];
        }
        free(w->seen);
        w->seen = seen;
        w->places = places;
    }
    uint64_t at = place_of(f, w->places);
    for (; w->seen[at]; at = (at + 1) & (w->places - 1))
        if (w->seen[at]->dev == f->dev && w->seen[at]->ino == f->ino)
            return 0;
    w->seen[at] = f;
    w->count++;
    return 1;
}

static const char *join(struct arena *arena, const char *folder, const char *name)
{
    size_t a = strlen(folder), b = strlen(name);
    char *to = arena_alloc(arena, a + b + 2);
    if (!to)
        return NULL;
    memcpy(to, folder, a);
    if (a && to[a - 1] != '/')
        to[a++] = '/';
    memcpy(to + a, name, b);
    return to;
}

static int add_file(struct inputs *in, const char *path, uint64_t size, int error)
{
    struct input input = {
        .path = path, .name = clean_path(&in->arena, path), .size = size, .step = PLAN_NONE, .fd = -1, .error = error};
    return input.name.at && add_input(in, input);
}

static int closes_loop(const struct place *f, const struct stat *st)
{
    for (; f; f = f->above)
        if (f->dev == st->st_dev && f->ino == st->st_ino)
            return 1;
    return 0;
}

static int add_folder(struct walk *w, struct place *above, const char *path, const struct stat *st)
{
    struct stat self;
    struct place *more = arena_alloc(&w->in->arena, sizeof *more);
    if (!more)
        return 0;
    *more = (struct place){above, NULL, path, st->st_dev, st->st_ino};
    if (lstat(path, &self) || S_ISLNK(self.st_mode)) {
        if (!grow((void **)&w->link, w->links, &w->link_room, sizeof(struct place *)))
            return 0;
        w->link[w->links++] = more;
        return 1;
    }
    more->next = w->todo;
    w->todo = more;
    return 1;
}

static int add_entry(struct walk *w, struct place *folder, const char *name)
{
    struct inputs *in = w->in;
    struct stat st;
    const char *path = join(&in->arena, folder->path, name);
    if (!path)
        return 0;
    if (name[0] == '.')
        return pass_over(in, path, "hidden");
    if (stat(path, &st)) {
        int error = errno;
        if (error == ENOENT && lstat(path, &st) == 0)
            return pass_over(in, path, "dangling");
        if (error == ELOOP)
            return pass_over(in, path, "loop");
        return add_file(in, path, 0, error);
    }
    if (S_ISREG(st.st_mode))
        return add_file(in, path, (uint64_t)st.st_size, 0);
    if (!S_ISDIR(st.st_mode))
        return pass_over(in, path, "not a file");
    if (closes_loop(folder, &st))
        return pass_over(in, path, "loop");
    return add_folder(w, folder, path, &st);
}

static int by_name(const void *a, const void *b)
{
    const struct input *p = a, *q = b;
    int order = memcmp(p->name.at, q->name.at, p->name.size < q->name.size ? p->name.size : q->name.size);
    if (order)
        return order;
    return (p->name.size > q->name.size) - (p->name.size < q->name.size);
}

static int link_by_path(const void *a, const void *b)
{
    return strcmp((*(struct place *const *)a)->path, (*(struct place *const *)b)->path);
}

static int is_there(int dir, const char *name)
{
    return faccessat(dir, name, F_OK, 0) == 0;
}

/* What assay itself put there, NULL: nothing. Its own records are no articles. */
static const char *made_by_assay(DIR *dir)
{
    if (is_there(dirfd(dir), OUTPUTS_MARK))
        return "results";
    return is_there(dirfd(dir), FOLDER_MARKER) && is_there(dirfd(dir), "tasks") ? "run folder" : NULL;
}

static int walk_folder(struct walk *w, struct place *folder)
{
    int fresh = first_time(w, folder);
    if (fresh < 1)
        return fresh == 0 && pass_over(w->in, folder->path, "linked twice");
    DIR *dir = opendir(folder->path);
    if (!dir)
        return add_file(w->in, folder->path, 0, errno);
    const char *made = folder->above ? made_by_assay(dir) : NULL;
    struct dirent *entry;
    int ok = !made || pass_over(w->in, folder->path, made);
    while (ok && !made && (entry = readdir(dir)))
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
            ok = add_entry(w, folder, entry->d_name);
    closedir(dir);
    return ok;
}

static int walk_all(struct walk *w)
{
    while (w->todo || w->links) {
        if (!w->todo) { /* `todo` is a stack: the last path goes on it first */
            qsort(w->link, w->links, sizeof(struct place *), link_by_path);
            while (w->links) {
                w->link[--w->links]->next = w->todo;
                w->todo = w->link[w->links];
            }
        }
        struct place *folder = w->todo;
        w->todo = folder->next;
        if (!walk_folder(w, folder))
            return 0;
    }
    return 1;
}

static int walk(struct inputs *in, const char *path, const struct stat *st)
{
    struct walk w = {.in = in};
    uint64_t first = in->inputs;
    w.todo = arena_alloc(&in->arena, sizeof *w.todo);
    if (w.todo)
        *w.todo = (struct place){NULL, NULL, path, st->st_dev, st->st_ino};
    int ok = w.todo && walk_all(&w);
    free(w.link);
    free(w.seen);
    if (ok && in->inputs > first) /* names in one walk differ, so the order is total */
        qsort(in->input + first, in->inputs - first, sizeof *in->input, by_name);
    return ok;
}

/* Devices may never end (/dev/zero). Pipes and terminals do; /dev/null has ended. */
static int is_device(int fd, const struct stat *st)
{
    struct stat null;
    if (!S_ISCHR(st->st_mode) && !S_ISBLK(st->st_mode))
        return 0;
    return !isatty(fd) && !(stat("/dev/null", &null) == 0 && null.st_rdev == st->st_rdev);
}

static int list_one(struct inputs *in, const char *path, const struct plan *plan, struct store *store,
                    struct diag *diag)
{
    struct stat st;
    if (!strcmp(path, "-")) {
        int mode = fcntl(STDIN_FILENO, F_GETFL);
        if (mode < 0 || (mode & O_ACCMODE) == O_WRONLY) {
            diag_say(diag, DIAG_ERROR, "-: stdin is closed");
            return RUN_USAGE;
        }
        if (spool(in, path, 0, plan->stdin_step, store)) {
            diag_say(diag, DIAG_ERROR, "-: stdin cannot be read: %s", strerror(errno));
            return RUN_INTERNAL;
        }
        return RUN_DONE;
    }
    if (stat(path, &st)) {
        diag_say(diag, DIAG_ERROR, "%s: %s", path, strerror(errno));
        return RUN_USAGE;
    }
    if (S_ISDIR(st.st_mode))
        return walk(in, path, &st) ? RUN_DONE : RUN_INTERNAL;
    if (S_ISREG(st.st_mode))
        return add_file(in, path, (uint64_t)st.st_size, 0) ? RUN_DONE : RUN_INTERNAL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && is_device(fd, &st)) {
        close(fd);
        diag_say(diag, DIAG_ERROR, "%s: it is a device, not a file", path);
        return RUN_USAGE;
    }
    if (fd < 0 || spool(in, path, fd, PLAN_NONE, store)) {
        diag_say(diag, DIAG_ERROR, "%s: %s", path, strerror(errno));
        return fd < 0 ? RUN_USAGE : RUN_INTERNAL;
    }
    close(fd);
    return RUN_DONE;
}

int inputs_list(struct inputs *in, const char *const *path, const struct plan *plan, struct store *store,
                struct diag *diag)
{
    int worst = RUN_DONE;
    for (; path && *path; path++) { /* all that is wrong is said at once */
        errno = 0;
        int status = list_one(in, *path, plan, store, diag);
        if (status == RUN_INTERNAL)
            return status;
        if (status)
            worst = status;
    }
    return worst;
}

void inputs_free(struct inputs *in)
{
    for (uint64_t i = 0; i < in->inputs; i++)
        if (in->input[i].fd >= 0)
            close(in->input[i].fd);
    free(in->input);
    free(in->item);
    free(in->passed);
    arena_free(&in->arena);
    *in = (struct inputs){0};
}
