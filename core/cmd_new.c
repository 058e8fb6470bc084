/* SPDX-License-Identifier: Apache-2.0
 *
 * assay new: a plugin project out of plugins/template, its name put in. What is there already is not touched.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd.h"
#include "label.h"
#include "where.h"
#include "write_all.h"

const struct arg_spec cmd_new_spec[] = {
    {"as", 0, ARG_ONE, "KIND",
     "analyser (of single documents; the default), rounds (one that spans documents), reader, preparer or writer"},
    CMD_HELP,
    CMD_END,
};

struct project {
    struct arena arena;
    struct diag *diag;
    const char *from, *name; /* template folder; name of the plugin and its folder */
};

/* `text` with every `mark` replaced by the name. */
static void put_name(struct assay_buf *out, const char *text, const char *mark, const char *name)
{
    for (const char *hit; (hit = strstr(text, mark)); text = hit + strlen(mark)) {
        assay_buf_add(out, text, (size_t)(hit - text));
        assay_buf_text(out, name);
    }
    assay_buf_text(out, text);
    assay_buf_byte(out, 0);
}

static int complain(struct project *p, const char *path)
{
    diag_say(p->diag, DIAG_ERROR, "%s: %s", path, strerror(errno));
    return 0;
}

static int read_whole(struct project *p, const char *path, struct assay_buf *to)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return complain(p, path);
    ssize_t n = 0;
    for (char *room; (room = assay_buf_room(to, 4096)) && (n = read(fd, room, 4096)) > 0;)
        to->size += (size_t)n;
    close(fd);
    assay_buf_byte(to, 0);
    return n < 0 || to->failed ? complain(p, path) : 1;
}

static int write_whole(struct project *p, const char *path, const struct assay_buf *from)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return complain(p, path);
    int ok = !write_all(fd, from->at, from->size - 1); /* without its NUL */
    ok &= close(fd) == 0;
    return ok ? 1 : complain(p, path);
}

/* One template file: NAME in its name and @NAME@ in its text become the name; ".in" goes. */
static int copy_file(struct project *p, const char *file)
{
    struct assay_buf text = {0}, out = {0}, name = {0};
    char *stem = label_copy(&p->arena, file, strlen(file) - 3);
    if (stem)
        put_name(&name, stem, "NAME", p->name);
    char *from = label_printf(&p->arena, "%s/%s", p->from, file);
    char *to = name.at ? label_printf(&p->arena, "%s/%s", p->name, name.at) : NULL;
    int ok = from && to && read_whole(p, from, &text);
    if (ok) {
        put_name(&out, text.at, "@NAME@", p->name);
        ok = !out.failed && write_whole(p, to, &out);
    }
    assay_buf_free(&text);
    assay_buf_free(&out);
    assay_buf_free(&name);
    return ok;
}

static int copy_all(struct project *p)
{
    DIR *d = opendir(p->from);
    if (!d)
        return complain(p, p->from);
    int ok = 1;
    for (struct dirent *e; ok && (e = readdir(d));) {
        size_t n = strlen(e->d_name);
        if (n > 3 && strcmp(e->d_name + n - 3, ".in") == 0)
            ok = copy_file(p, e->d_name);
    }
    closedir(d);
    return ok;
}

/* Targets that CMake makes itself: a plugin of that name would not configure. */
static const char *const reserved[] = {"all",     "clean",          "depend",        "edit_cache", "help", "install",
                                       "package", "package_source", "rebuild_cache", "test",       NULL};

static int is_free(const char *name, struct diag *diag)
{
    for (const char *const *r = reserved; *r; r++)
        if (!strcmp(*r, name)) {
            diag_say(diag, DIAG_ERROR, "'%s' is what CMake calls a target of its own: take another name", name);
            return 0;
        }
    struct modules *m = modules_new(NULL, diag);
    int there = m && modules_get(m, name) != NULL;
    if (there)
        diag_say(diag, DIAG_ERROR, "there is a plugin '%s' already: take another name", name);
    modules_free(m);
    return !there;
}

static int in_path(const char *folder)
{
    size_t size = strlen(folder), n;
    for (const char *at = getenv("PATH"); at && *at; at += n + (at[n] == ':')) {
        n = strcspn(at, ":");
        if (n == size && strncmp(at, folder, n) == 0)
            return 1;
    }
    return 0;
}

/* CMake finds an installed assay by PATH; from a build folder it finds no headers. */
static void say_install(struct arena *arena, struct assay_buf *out)
{
    const char *here = where_program(arena);
    char *cache = here ? label_printf(arena, "%s/CMakeCache.txt", here) : NULL;
    if (cache && access(cache, F_OK) == 0)
        assay_buf_printf(out,
                         "This assay is not installed, which the build needs. Before it:\n"
                         "  cmake --install %s --prefix ~/.local && export PATH=~/.local/bin:$PATH\n",
                         here);
    else if (here && !in_path(here))
        assay_buf_printf(out,
                         "This assay is not in PATH, by which CMake finds it. Before it:\n"
                         "  export PATH=%s:$PATH\n",
                         here);
}

/* The template's folder under the data folder; NULL: there is no such kind, and it was said. */
static const char *template_of(const struct args *a, struct diag *diag)
{
    static const char *const kind[] = {"analyser", "reader", "preparer", "rounds", "writer", NULL};
    static const char *const folder[] = {"template", "template/reader", "template/preparer", "template/rounds",
                                         "template/writer"};
    const char *as = args_one(a, "as");
    for (int i = 0; as && kind[i]; i++)
        if (!strcmp(as, kind[i]))
            return folder[i];
    if (!as)
        return "template";
    diag_say(diag, DIAG_ERROR, "--as %s: has to be analyser, reader, preparer, rounds or writer", as);
    return NULL;
}

int cmd_new(const struct args *a, struct diag *diag)
{
    if (!cmd_operands(a, diag, "new NAME", 1, 1))
        return RUN_USAGE;
    struct project p = {.diag = diag, .name = a->operand.at[0]};
    struct assay_buf out = {0};
    if (!module_good_name(p.name)) {
        diag_say(diag, DIAG_ERROR, "'%s': a plugin's name is [a-z][a-z0-9_]*, 32 letters at most", p.name);
        return RUN_USAGE;
    }
    if (!is_free(p.name, diag))
        return RUN_USAGE;
    const char *template = template_of(a, diag);
    if (!template)
        return RUN_USAGE;
    p.from = where_data(&p.arena, template);
    int code = RUN_DONE;
    if (!p.from) {
        diag_say(diag, DIAG_ERROR, "the template is missing from the installation");
        code = RUN_INTERNAL;
    } else if (mkdir(p.name, 0777)) {
        if (errno == EEXIST)
            diag_say(diag, DIAG_ERROR, "%s is here already: take another name, or another folder to write it in",
                     p.name);
        else
            complain(&p, p.name);
        code = RUN_USAGE;
    } else if (!copy_all(&p)) {
        code = RUN_INTERNAL;
    } else {
        assay_buf_printf(
            &out,
            "%s/ is ready. Build it and run its tests:\n"
            "  cmake -S %s -B %s/build && cmake --build %s/build && ctest --test-dir %s/build\n",
            p.name, p.name, p.name, p.name, p.name);
        say_install(&p.arena, &out);
    }
    arena_free(&p.arena);
    int printed = cmd_print(&out, diag);
    return code ? code : printed;
}
