/* SPDX-License-Identifier: Apache-2.0
 *
 * The host function table: what all hooks may call, and the guard that tells which hook may call what.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <assay/kit/utf8.h>

#include "procstate.h"
#include "memo.h"
#include "work.h"

static const char *const hook_names[] = {"no hook", "open",   "accept", "read",  "prepare", "analyse", "map",
                                         "reduce",  "finish", "write",  "close", "combine", "looks",   "differs"};

struct run *host_run(const struct assay_host *host)
{
    return ((struct host_step *)host->own)->run;
}

void hook_begin(struct work *work, uint32_t step, uint32_t hook)
{
    work->step = step;
    work->hook = hook;
    work->forced = 0;
    work->code = ASSAY_NEVER;
    work->message[0] = 0;
}

/* Whether the hook in hand may answer so. */
static int is_answer(const struct work *work, assay_status status)
{
    uint32_t kind = HOOK_KIND(work->hook);
    if (status == ASSAY_ECONF)
        return kind == HOOK_OPEN;
    if (status == ASSAY_NO)
        return kind == HOOK_ACCEPT;
    return status >= ASSAY_EFATAL && status <= ASSAY_SKIP;
}

assay_status hook_end(struct work *work, assay_status status)
{
    procstate_rounding();
    work_look_after(work);
    if (!is_answer(work, status))
        hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT, "it returned %d, which is no answer of this hook", status);
    return work->forced ? work->forced : status;
}

assay_status hook_fail(struct work *work, assay_status status, uint32_t code, const char *format, ...)
{
    if (work->forced != ASSAY_EFATAL) { /* the first fatal word stands */
        va_list args;
        va_start(args, format);
        vsnprintf(work->message, sizeof work->message, format, args);
        va_end(args);
        work->forced = status;
        work->code = code;
    }
    return status;
}

struct work *host_enter(const struct assay_host *host, uint32_t hooks, const char *function)
{
    struct host_step *step = host->own;
    struct work *work = &step->run->work;
    uint32_t kind = HOOK_KIND(work->hook);
    if (hooks >> kind & 1 && work->step == step->index)
        return work;
    if (work->step != step->index)
        hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT, "%s is called through the host table of another step", function);
    else
        hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT, "%s must not be called in %s", function, hook_names[kind]);
    return NULL;
}

const struct table_view *host_slot(const struct assay_host *host, struct work *work, uint32_t slot)
{
    struct host_step *step = host->own;
    const struct table_view *view = tables_view(&step->run->tables, step->index, slot);
    if (!view)
        hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT, "there is no layer slot %u: its layer array has %u", slot,
                  step->run->plan->step[step->index].plugin->layers);
    return view;
}

/* ---- anywhere ---- */

void message_tidy(char *message)
{
    uint64_t size = strlen(message), valid = assay_utf8_valid(message, size);
    if (size - valid < 4) /* what snprintf tore */
        message[valid] = 0;
    for (char *p = message; *p; p++)
        if ((unsigned char)*p < 0x20)
            *p = ' ';
}

__attribute__((format(printf, 3, 4)))
static assay_status host_fail(const struct assay_host *host, assay_status code, const char *format, ...)
{
    struct work *work = &host_run(host)->work;
    if (work->forced) /* the host's reason came first and is the deeper one */
        return work->forced;
    va_list args;
    va_start(args, format);
    vsnprintf(work->message, sizeof work->message, format, args);
    va_end(args);
    message_tidy(work->message);
    return code;
}

/* The document whose hook speaks; empty in hooks that have several or none. */
static struct assay_text document_in_hand(const struct work *work)
{
    uint32_t kind = HOOK_KIND(work->hook);
    if (kind != HOOK_PREPARE && kind != HOOK_ANALYSE && kind != HOOK_MAP)
        return (struct assay_text){NULL, 0};
    return work->doc.record.doc;
}

__attribute__((format(printf, 3, 4)))
static void host_note(const struct assay_host *host, uint32_t level, const char *format, ...)
{
    struct run *run = host_run(host);
    struct host_step *step = host->own;
    struct assay_text doc = document_in_hand(&run->work);
    char text[1024], name[256];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    message_tidy(text);
    snprintf(name, sizeof name, "%.*s", (int)doc.size, doc.at ? doc.at : "");
    message_tidy(name);
    memo_spoil(run);
    static const enum diag_level levels[] = {DIAG_DEBUG, DIAG_INFO, DIAG_WARNING};
    diag_say(run->diag, levels[level < 3 ? level : 2], "%s: %s%s%s", run->plan->step[step->index].plugin->name, name,
             name[0] ? ": " : "", text);
}

static struct arena *arena_of(struct run *run, const void *subject)
{
    struct work *work = &run->work;
    if (subject == &work->doc)
        return &work->doc.arena;
    for (struct assay_item *item = work->item; item; item = item->above)
        if (subject == item)
            return &item->arena;
    if (subject == &work->out || subject == &work->values || (work->results && subject == work->results))
        return &work->arena;
    for (uint32_t i = 0; i < VIEWS; i++)
        if (work->view[i].open && subject == &work->view[i].doc)
            return &work->view[i].doc.arena;
    return NULL;
}

static void *host_alloc(const struct assay_host *host, void *subject, uint64_t size)
{
    struct work *work = host_enter(host, IN_ALL, "alloc");
    if (!work)
        return NULL;
    struct arena *arena = arena_of(host_run(host), subject);
    if (!arena)
        arena = &work->arena;
    return arena_alloc(arena, size);
}

/* One candidate: the file's path if it is there. */
static char *try_file(struct arena *arena, const char *folder, const char *middle, const char *relative)
{
    size_t a = strlen(folder), b = strlen(middle), c = strlen(relative);
    char *path = arena_alloc(arena, a + b + c + 3);
    if (!path)
        return NULL;
    memcpy(path, folder, a); /* asked for every two letters that may name a language */
    path[a] = '/';
    memcpy(path + a + 1, middle, b);
    memcpy(path + a + 1 + b, relative, c + 1);
    if (access(path, F_OK)) /* one that cannot be read is no reason to take another: opening it will say so */
        return NULL;
    char *clean = (char *)(uintptr_t)clean_path(arena, path).at;
    return clean && !access(clean, F_OK) ? clean : path; /* unless a link makes ".." mean something else */
}

/* The file becomes part of the step's identity. What cannot be read now, open will say. */
static void add_found(struct host_step *step, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    void *at = MAP_FAILED;
    if (fd >= 0 && !fstat(fd, &st) && st.st_size)
        at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    XXH128_hash_t h = {0, 0};
    if (at != MAP_FAILED) {
        h = XXH3_128bits(at, (size_t)st.st_size);
        munmap(at, (size_t)st.st_size);
    }
    if (fd >= 0)
        close(fd);
    const uint64_t chain[] = {step->found[0], step->found[1], h.low64, h.high64};
    h = XXH3_128bits(chain, sizeof chain);
    step->found[0] = h.low64;
    step->found[1] = h.high64;
}

/* Beside the module, or where its data lie in a build tree or an installation that was moved as a whole. */
static char *beside_module(struct arena *arena, const struct module *module, const char *relative)
{
    static const char *const middle[] = {"", "../share/assay/", "../../../share/assay/"};
    char *folder = arena_copy(arena, module->path, strlen(module->path) + 1);
    char *slash = folder ? strrchr(folder, '/') : NULL;
    char *found = NULL;
    if (slash)
        *slash = 0;
    for (size_t i = 0; slash && !found && i < sizeof middle / sizeof middle[0]; i++)
        found = try_file(arena, folder, middle[i], relative);
    return found;
}

static assay_status host_find(const struct assay_host *host, const char *relative, struct assay_text *path)
{
    struct host_step *step = host->own;
    *path = (struct assay_text){0};
    if (!host_enter(host, 1u << HOOK_OPEN, "find"))
        return ASSAY_EFATAL;
    const struct plan *plan = step->run->plan;
    const struct module *module = plan->step[step->index].module;
    if (relative[0] == '/' || strstr(relative, ".."))
        return ASSAY_NO;
    char *found = plan->folder ? try_file(&step->arena, plan->folder, "", relative) : NULL;
    if (!found && module && module->path)
        found = beside_module(&step->arena, module, relative);
    if (!found)
        found = try_file(&step->arena, ASSAY_DATA_DIR, "", relative);
    if (!found)
        return ASSAY_NO;
    if (step->run->request->run_dir)
        add_found(step, found);
    *path = (struct assay_text){found, strlen(found)};
    return ASSAY_OK;
}

static uint64_t host_memory(const struct assay_host *host)
{
    memo_spoil(host_run(host));
    return host_run(host)->share / 4;
}

void host_fill(struct run *run, uint32_t index)
{
    struct host_step *step = &run->step[index];
    step->run = run;
    step->index = index;
    step->host = (struct assay_host){
        .struct_size = sizeof step->host,
        .abi_major = ASSAY_ABI_MAJOR,
        .abi_minor = ASSAY_ABI_MINOR,
        .own = step,
        .fail = host_fail,
        .note = host_note,
        .alloc = host_alloc,
        .find = host_find,
        .memory = host_memory,
    };
    host_fill_read(&step->host);
    host_fill_doc(&step->host);
    host_fill_round(&step->host);
    host_fill_write(&step->host);
    if (run->checks)
        host_check_fill(step);
}
