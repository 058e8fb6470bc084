/* SPDX-License-Identifier: Apache-2.0 */
#include "module_load.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <ltdl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "label.h"

#define PATIENCE_MS 10000
#define REASON 480

/* What the child says of one module: its number, and why not ("" = fine). Below PIPE_BUF, so it comes whole. */
struct answer {
    uint32_t index, zero;
    char reason[REASON];
};

static const struct assay_plugin *find_descriptor(void *handle, const char *name, const char *path, char *room,
                                                  size_t size)
{
    char symbol[128];
    Dl_info info;
    snprintf(symbol, sizeof symbol, "%s_LTX_assay_plugin", name);
    /* dlsym also looks into the libraries the module needs; the symbol has to be its own. */
    void *at = dlsym(handle, symbol);
    if (!at) {
        snprintf(room, size, "it exports no %s, so it is no plugin of that name (ASSAY_PLUGIN(name) writes it)",
                 symbol);
        return NULL;
    }
    if (!dladdr(at, &info) || !info.dli_fname || strcmp(info.dli_fname, path) != 0) {
        snprintf(room, size, "its %s comes from another file", symbol);
        return NULL;
    }
    return at;
}

/* What the loader says, without the path that stands in front. */
static const char *loader_says(const char *path)
{
    const char *text = dlerror();
    size_t n = strlen(path);
    if (!text)
        return "it cannot be loaded";
    return strncmp(text, path, n) == 0 && strncmp(text + n, ": ", 2) == 0 ? text + n + 2 : text;
}

static void *open_now(const char *path)
{
    return dlopen(path, RTLD_NOW | RTLD_LOCAL);
}

static void probe_one(const struct module_try *t, struct answer *a)
{
    void *handle = open_now(t->path);
    a->reason[0] = 0;
    if (!handle) {
        const char *why = loader_says(t->path);
        /* Nothing else of assay can be linked, so the author left out the kit. */
        int kit = strstr(why, "undefined symbol: assay_") != NULL;
        snprintf(a->reason, sizeof a->reason, "%s%s", why,
                 kit ? ": link the kit, as $(pkg-config --static --libs assay) does" : "");
        return;
    }
    const struct assay_plugin *p = find_descriptor(handle, t->name, t->path, a->reason, sizeof a->reason);
    if (p && !module_check(p, t->name, a->reason, sizeof a->reason))
        a->reason[0] = 0;
}

__attribute__((noreturn))
static void child(const struct module_try *t, uint32_t count, int to, int errors)
{
    int null = open("/dev/null", O_RDWR);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(null, 0);
    dup2(null, 1);
    dup2(errors >= 0 ? errors : null, 2);
    for (uint32_t i = 0; i < count; i++) {
        struct answer a = {.index = i};
        if (t[i].tried)
            continue;
        probe_one(&t[i], &a);
        if (write(to, &a, sizeof a) != (ssize_t)sizeof a)
            _exit(1);
    }
    _exit(0);
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Takes answers until the child is silent for ever. 0: it was too slow. */
static int take_answers(int from, struct module_try *t, uint32_t count, struct arena *arena)
{
    int64_t end = now_ms() + PATIENCE_MS;
    for (;;) {
        struct answer a;
        struct pollfd p = {from, POLLIN, 0};
        int64_t left = end - now_ms();
        int n = left > 0 ? poll(&p, 1, (int)left) : 0;
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return 0;
        ssize_t got = read(from, &a, sizeof a);
        if (got < 0 && errno == EINTR)
            continue;
        if (got != (ssize_t)sizeof a || a.index >= count)
            return 1;
        a.reason[REASON - 1] = 0;
        t[a.index].tried = 1;
        t[a.index].refused = a.reason[0] ? label_copy(arena, a.reason, strlen(a.reason)) : NULL;
        end = now_ms() + PATIENCE_MS;
    }
}

/* First line of what a dying module wrote to stderr. */
static void take_words(int from, char *room, size_t size)
{
    struct pollfd p = {from, POLLIN, 0};
    ssize_t n = poll(&p, 1, 0) > 0 ? read(from, room, size - 1) : 0;
    room[n > 0 ? n : 0] = 0;
    room[strcspn(room, "\r\n")] = 0;
}

static char *how_it_died(struct arena *arena, int status, int slow, const char *words)
{
    const char *colon = *words ? ": " : "";
    if (slow)
        return label_printf(arena, "loading it takes for ever (%d s)%s%s", PATIENCE_MS / 1000, colon, words);
    if (WIFSIGNALED(status))
        return label_printf(arena, "loading it dies with SIG%s%s%s",
                            sigabbrev_np(WTERMSIG(status)) ? sigabbrev_np(WTERMSIG(status)) : "?", colon, words);
    return label_printf(arena, "loading it ends the process with exit status %d%s%s", WEXITSTATUS(status), colon,
                        words);
}

/* One child for all that are not tried yet. 1: it answered for all. Else *why how it went down. */
static int probe_child(struct module_try *t, uint32_t count, struct arena *arena, const char **why)
{
    int answers[2], errors[2], status = 0;
    char words[200] = "";
    *why = "it could not be tried: no process or pipe left";
    if (pipe2(answers, O_CLOEXEC))
        return 0;
    if (pipe2(errors, O_CLOEXEC | O_NONBLOCK)) {
        close(answers[0]);
        close(answers[1]);
        return 0;
    }
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        child(t, count, answers[1], errors[1]);
    close(answers[1]);
    close(errors[1]);
    int slow = pid > 0 && !take_answers(answers[0], t, count, arena);
    if (slow)
        kill(pid, SIGKILL);
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    take_words(errors[0], words, sizeof words);
    close(answers[0]);
    close(errors[0]);
    if (pid > 0)
        *why = how_it_died(arena, status, slow, words);
    return pid > 0 && !slow && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void module_probe(struct module_try *t, uint32_t count, struct arena *arena)
{
    const char *why;
    if (!count || probe_child(t, count, arena, &why))
        return;
    for (uint32_t i = 0; i < count; i++) {
        if (t[i].tried || probe_child(&t[i], 1, arena, &why))
            continue;
        t[i].tried = 1;
        t[i].refused = why;
    }
}

static void *grown(struct arena *arena, const void *from, uint32_t count, uint32_t size, uint32_t own)
{
    char *to = arena_alloc(arena, (uint64_t)count * own);
    for (uint32_t i = 0; to && i < count; i++)
        memcpy(to + (size_t)i * own, (const char *)from + (size_t)i * size, size < own ? size : own);
    return to;
}

static const struct assay_plugin *copy_descriptor(const struct assay_plugin *p, struct arena *arena)
{
    struct assay_plugin *own = grown(arena, p, 1, p->struct_size, sizeof *own);
    if (!own)
        return NULL;
    own->layer = grown(arena, p->layer, p->layers, p->layer_size, sizeof *own->layer);
    own->round = grown(arena, p->round, p->rounds, p->round_size, sizeof *own->round);
    own->struct_size = sizeof *own;
    own->layer_size = sizeof *own->layer;
    own->round_size = sizeof *own->round;
    return own->layer && own->round ? own : NULL;
}

/* libltdl binds lazily whatever one asks for; an open with RTLD_NOW before it binds the same image at once. */
static void *load(const char *path)
{
    lt_dladvise advise;
    lt_dlhandle handle = NULL;
    if (!open_now(path) || lt_dlinit() || lt_dladvise_init(&advise))
        return NULL;
    if (!lt_dladvise_local(&advise) && !lt_dladvise_resident(&advise))
        handle = lt_dlopenadvise(path, advise);
    lt_dladvise_destroy(&advise);
    return handle;
}

const struct assay_plugin *module_load(const char *name, const char *path, struct arena *arena, const char **refused)
{
    char room[REASON], symbol[128];
    lt_dlhandle handle = load(path);
    if (!handle) {
        *refused = label_printf(arena, "%s", loader_says(path));
        return NULL;
    }
    snprintf(symbol, sizeof symbol, "%s_LTX_assay_plugin", name);
    const struct assay_plugin *p = lt_dlsym(handle, symbol);
    /* Probed already: only a file that changed since can fail here. */
    const char *what = p ? module_check(p, name, room, sizeof room) : "its descriptor is gone";
    const struct assay_plugin *own = what ? NULL : copy_descriptor(p, arena);
    if (!own)
        *refused = label_printf(arena, "%s", what ? what : "out of memory");
    return own;
}
