/* SPDX-License-Identifier: Apache-2.0 */
#include "module.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "label.h"
#include "module_load.h"
#include "where.h"

struct modules {
    struct arena arena;
    struct diag *diag;
    struct module *at;
    uint32_t *state; /* by module: 0 found, 1 settled */
    uint32_t count, room;
    const char **dir;
    uint32_t dirs, dir_room;
    int failed;
};

static int grow(void **at, uint32_t *room, uint32_t count, size_t size)
{
    if (count < *room)
        return 1;
    uint32_t more = *room ? *room * 2 : 32;
    void *p = realloc(*at, more * size);
    if (!p)
        return 0;
    *at = p;
    *room = more;
    return 1;
}

static int is_known(const struct modules *m, const char *name)
{
    for (uint32_t i = 0; i < m->count; i++)
        if (strcmp(m->at[i].name, name) == 0)
            return 1;
    return 0;
}

static const char *file_trouble(const char *path)
{
    struct stat st;
    if (stat(path, &st))
        return "it cannot be looked at";
    if (!S_ISREG(st.st_mode))
        return "it is no file";
    if (st.st_mode & S_IWOTH)
        return "everybody may write to the file";
    return access(path, R_OK) ? "it may not be read" : NULL;
}

static void add_file(struct modules *m, const char *dir, const char *file)
{
    size_t n = strlen(file);
    if (n < 4 || strcmp(file + n - 3, ".so") != 0 || file[0] == '.')
        return;
    char *name = label_copy(&m->arena, file, n - 3), *path = label_printf(&m->arena, "%s/%s", dir, file);
    if (!name || !path || !grow((void **)&m->at, &m->room, m->count, sizeof *m->at)) {
        m->failed = 1;
        return;
    }
    if (is_known(m, name)) /* an earlier folder's wins */
        return;
    const char *why = module_good_name(name) ? file_trouble(path)
                                             : "a plugin's file is called [a-z][a-z0-9_]*.so, with 32 letters at most";
    m->at[m->count++] = (struct module){.name = name, .path = path, .refused = why};
}

static int add_dir(struct modules *m, const char *path)
{
    for (uint32_t i = 0; i < m->dirs; i++)
        if (strcmp(m->dir[i], path) == 0)
            return 0;
    char *copy = label_copy(&m->arena, path, strlen(path));
    if (!copy || !grow((void **)&m->dir, &m->dir_room, m->dirs + 1, sizeof *m->dir)) {
        m->failed = 1;
        return 0;
    }
    m->dir[m->dirs++] = copy;
    m->dir[m->dirs] = NULL;
    return 1;
}

/* `named`: the user named the folder, so it has to be there. */
static void search(struct modules *m, const char *dir, int named)
{
    struct stat st;
    char *real = realpath(dir, NULL);
    DIR *d = real ? opendir(real) : NULL;
    if (!d) {
        if (named)
            diag_say(m->diag, DIAG_WARNING, "plugin folder '%s' cannot be read: %s", dir, strerror(errno));
    } else if (fstat(dirfd(d), &st) == 0 && (st.st_mode & S_IWOTH)) {
        diag_say(m->diag, DIAG_WARNING, "plugin folder '%s' is not used: everybody may write to it", dir);
    } else if (add_dir(m, real)) {
        for (struct dirent *e; (e = readdir(d));)
            add_file(m, real, e->d_name);
    }
    if (d)
        closedir(d);
    free(real);
}

static void search_path(struct modules *m, const char *list)
{
    while (list && *list) {
        size_t n = strcspn(list, ":");
        char *dir = n ? label_copy(&m->arena, list, n) : NULL;
        if (dir)
            search(m, dir, 1);
        list += n + (list[n] == ':');
    }
}

static void search_usual(struct modules *m)
{
    const char *home = secure_getenv("HOME");
    search_path(m, secure_getenv("ASSAY_PLUGIN_PATH"));
    if (home && *home == '/') {
        char *user = label_printf(&m->arena, "%s/.local/lib/assay/plugins", home);
        if (user)
            search(m, user, 0);
    }
    const char *program = where_program(&m->arena);
    if (program) {
        /* A build tree, then an installation that was moved as a whole. */
        char *beside = label_printf(&m->arena, "%s/plugins", program);
        char *moved = label_printf(&m->arena, "%s/%s", program, ASSAY_PLUGIN_DIR_FROM_BIN);
        if (beside)
            search(m, beside, 0);
        if (moved)
            search(m, moved, 0);
    }
    search(m, ASSAY_PLUGIN_DIR, 0);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct module *)a)->name, ((const struct module *)b)->name);
}

struct modules *modules_new(const char *const *dirs, struct diag *diag)
{
    struct modules *m = calloc(1, sizeof *m);
    if (!m)
        return NULL;
    m->diag = diag;
    for (; dirs && *dirs; dirs++)
        search(m, *dirs, 1);
    search_usual(m);
    m->state = calloc(m->count + 1, sizeof *m->state);
    if (m->failed || !m->state || !grow((void **)&m->dir, &m->dir_room, m->dirs + 1, sizeof *m->dir)) {
        modules_free(m);
        return NULL;
    }
    m->dir[m->dirs] = NULL;
    if (m->count)
        qsort(m->at, m->count, sizeof *m->at, by_name); /* names differ, so the order is total */
    for (uint32_t i = 0; i < m->count; i++)
        m->state[i] = m->at[i].refused != NULL;
    return m;
}

void modules_free(struct modules *m)
{
    if (!m)
        return;
    arena_free(&m->arena);
    free(m->at);
    free(m->state);
    free(m->dir);
    free(m);
}

static struct module *find(struct modules *m, const char *name)
{
    struct module key = {.name = name};
    return m->count ? bsearch(&key, m->at, m->count, sizeof key, by_name) : NULL;
}

static void hash_file(struct module *x)
{
    char room[65536];
    XXH3_state_t *s = XXH3_createState();
    int fd = open(x->path, O_RDONLY | O_CLOEXEC);
    if (s && fd >= 0) {
        XXH3_128bits_reset(s);
        for (ssize_t n; (n = read(fd, room, sizeof room)) > 0;)
            XXH3_128bits_update(s, room, (size_t)n);
        XXH128_hash_t h = XXH3_128bits_digest(s);
        x->hash[0] = h.low64;
        x->hash[1] = h.high64;
    }
    if (fd >= 0)
        close(fd);
    XXH3_freeState(s);
}

static void settle(struct modules *m, uint32_t i, const struct module_try *t)
{
    struct module *x = &m->at[i];
    m->state[i] = 1;
    x->refused = t->refused;
    if (!x->refused)
        x->plugin = module_load(x->name, x->path, &m->arena, &x->refused);
    if (x->plugin)
        hash_file(x);
}

/* Probes and loads those of `wanted` that are not settled. */
static void load_some(struct modules *m, const uint32_t *wanted, uint32_t count)
{
    struct module_try *t = calloc(count + 1, sizeof *t);
    for (uint32_t i = 0; t && i < count; i++)
        t[i] = (struct module_try){m->at[wanted[i]].name, m->at[wanted[i]].path, NULL, 0};
    if (t)
        module_probe(t, count, &m->arena);
    for (uint32_t i = 0; i < count; i++) {
        static const struct module_try no_memory = {NULL, NULL, "out of memory", 1};
        settle(m, wanted[i], t ? &t[i] : &no_memory);
    }
    free(t);
}

void modules_load(struct modules *m, const char *const *names)
{
    uint32_t n = 0, *wanted = calloc(m->count + 1, sizeof *wanted);
    for (; wanted && *names; names++) {
        struct module *x = find(m, *names);
        uint32_t i = x ? (uint32_t)(x - m->at) : 0, k = 0;
        if (!x || m->state[i])
            continue;
        while (k < n && wanted[k] != i)
            k++;
        wanted[k] = i;
        n += k == n;
    }
    if (n)
        load_some(m, wanted, n);
    free(wanted);
}

void modules_load_all(struct modules *m)
{
    uint32_t n = 0, *wanted = calloc(m->count + 1, sizeof *wanted);
    for (uint32_t i = 0; wanted && i < m->count; i++)
        if (!m->state[i])
            wanted[n++] = i;
    if (n)
        load_some(m, wanted, n);
    free(wanted);
}

const struct module *modules_get(struct modules *m, const char *name)
{
    const char *names[] = {name, NULL};
    struct module *x = find(m, name);
    if (x && !m->state[x - m->at])
        modules_load(m, names);
    return x;
}

uint32_t modules_count(const struct modules *m)
{
    return m->count;
}

const struct module *modules_at(const struct modules *m, uint32_t i)
{
    return &m->at[i];
}

const char *modules_hint(const struct modules *m, const char *name, struct arena *arena)
{
    const char **names = arena_alloc(arena, (m->count + 1) * sizeof *names);
    for (uint32_t i = 0; names && i < m->count; i++)
        names[i] = m->at[i].name;
    const char *near = names ? diag_nearest(name, names) : NULL;
    return near ? label_printf(arena, "did you mean '%s'?", near)
                : "`assay list` shows the plugins there are; --plugin-dir DIR looks for more in DIR";
}

const char *const *modules_dirs(const struct modules *m)
{
    return m->dir;
}
