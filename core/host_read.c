/* SPDX-License-Identifier: Apache-2.0
 *
 * The host table: reading. An item's bytes come by pread, never by mapping: a file that shrinks must not kill the
 * worker.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reading.h"
#include "work.h"

#define DEEPEST 8u

static uint64_t item_size(const struct assay_host *host, const struct assay_item *item)
{
    return host_enter(host, IN_READ, "item_size") ? item->size : 0;
}

int item_open(struct assay_item *item)
{
    if (item->bytes.at || item->fd >= 0)
        return 0;
    if (item->input->error) {
        errno = item->input->error;
        return -1;
    }
    /* NONBLOCK: a file that has become a pipe since it was listed must not keep the worker waiting */
    item->fd = item->input->fd >= 0
                   ? fcntl(item->input->fd, F_DUPFD_CLOEXEC, 3)
                   : openat(item->run->home, item->input->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    return item->fd < 0 ? -1 : 0;
}

int item_pread(struct assay_item *item, uint64_t at, void *to, uint64_t size, uint64_t *got)
{
    *got = 0;
    if (at >= item->size)
        return 0;
    if (size > item->size - at)
        size = item->size - at;
    if (item->bytes.at) {
        memcpy(to, item->bytes.at + at, size);
        *got = size;
        return 0;
    }
    if (item_open(item))
        return -1;
    while (*got < size) {
        ssize_t n = pread(item->fd, (char *)to + *got, size - *got, (off_t)(item->begin + at + *got));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EBADF)
            work_robbed(item->run);
        if (n < 0)
            return -1;
        if (!n)
            break;
        *got += (uint64_t)n;
    }
    return 0;
}

static struct assay_text path_of(const struct assay_item *item)
{
    return item->input->name;
}

static struct failing at_item(const struct assay_item *item, uint32_t code)
{
    return (struct failing){
        .path = path_of(item), .step = item->step, .stage = STAGE_READ, .code = code, .ordinal = INDEX_NONE};
}

/* Of an input that was a file when it was listed. */
static const char *why_unreadable(void)
{
    return errno == ESPIPE ? "it is a file no more but a pipe" : strerror(errno);
}

/* The item cannot be read: recorded once, here. */
static assay_status unreadable(struct work *work, struct assay_item *item, uint32_t code, const char *why)
{
    struct failing f = at_item(item, code);
    f.message = (struct assay_text){why, strlen(why)};
    if (work->event++ >= work->drop)
        note_failure(item->run, &f);
    item->told = 1;
    return ASSAY_EDOC;
}

/* A file that was cut while we read it: what is there counts, but not silently. */
static void shrank(struct assay_item *item, uint64_t got)
{
    char why[96];
    if (item->bytes.at || item->shrank)
        return;
    item->shrank = 1;
    snprintf(why, sizeof why, "it shrank while being read: %llu of %llu bytes", (unsigned long long)got,
             (unsigned long long)item->size);
    struct failing f = at_item(item, CODE_UNREADABLE);
    f.message = (struct assay_text){why, strlen(why)};
    if (item->run->work.event++ >= item->run->work.drop)
        note_failure(item->run, &f);
}

static assay_status item_read(const struct assay_host *host, struct assay_item *item, uint64_t at, void *buffer,
                              uint64_t size, uint64_t *got)
{
    struct work *work = host_enter(host, IN_READ, "item_read");
    *got = 0;
    if (!work)
        return ASSAY_EFATAL;
    if (item_pread(item, at, buffer, size, got))
        return unreadable(work, item, CODE_UNREADABLE, why_unreadable());
    uint64_t want = at >= item->size ? 0 : size < item->size - at ? size : item->size - at;
    if (*got < want)
        shrank(item, at + *got);
    return ASSAY_OK;
}

static assay_status too_large(struct work *work, struct assay_item *item)
{
    char why[128];
    snprintf(why, sizeof why, "it has %llu bytes, more than the chain's item_limit allows: %llu",
             (unsigned long long)item->size, (unsigned long long)item->run->plan->item_limit);
    return unreadable(work, item, CODE_LIMIT, why);
}

static assay_status item_bytes(const struct assay_host *host, struct assay_item *item, struct assay_text *bytes)
{
    struct work *work = host_enter(host, IN_READ, "item_bytes");
    uint64_t got;
    *bytes = (struct assay_text){"", 0};
    if (!work)
        return ASSAY_EFATAL;
    if (!item->bytes.at) {
        if (item->size > item->run->plan->item_limit)
            return too_large(work, item);
        char *room = malloc(item->size + 1);
        if (!room)
            return hook_fail(work, ASSAY_ENOMEM, CODE_MEMORY, NO_MEMORY);
        if (item_pread(item, 0, room, item->size, &got)) {
            free(room);
            return unreadable(work, item, CODE_UNREADABLE, why_unreadable());
        }
        if (got < item->size)
            shrank(item, got);
        room[got] = 0;
        item->owned = room;
        item->bytes = (struct assay_text){room, got};
        item->size = got;
    }
    *bytes = item->bytes;
    return ASSAY_OK;
}

static void item_place(const struct assay_host *host, const struct assay_item *item, uint64_t *byte, uint64_t *line)
{
    (void)host;
    *byte = item->begin;
    *line = item->line;
}

static assay_status add_document(const struct assay_host *host, struct assay_item *item, uint32_t slot,
                                 const void *record, struct assay_text bytes, const struct assay_map *map,
                                 uint64_t runs)
{
    struct work *work = host_enter(host, IN_READ, "add_document");
    const struct table_view *view = work ? host_slot(host, work, slot) : NULL;
    if (!view)
        return ASSAY_EFATAL;
    if (view->layer != 0)
        return hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT, "add_document: slot %u is not document/1", slot);
    /* A member's bytes stand nowhere in the input. */
    static const struct assay_map none;
    return reading_document(item->run, item, view, record, bytes, item->above ? &none : map, item->above ? 0 : runs);
}

static assay_status add_item(const struct assay_host *host, struct assay_item *item, struct assay_text name,
                             struct assay_text bytes)
{
    struct work *work = host_enter(host, IN_READ, "add_item");
    if (!work)
        return ASSAY_EFATAL;
    if (item->depth + 1 >= DEEPEST) {
        struct failing f = at_item(item, CODE_LIMIT);
        f.message = (struct assay_text){"members are nested too deep", 27};
        if (work->event++ >= work->drop)
            note_failure(item->run, &f);
        return ASSAY_NO;
    }
    return reading_member(item->run, item, name, bytes);
}

__attribute__((format(printf, 6, 7))) static assay_status failed(const struct assay_host *host, struct assay_item *item,
                                                                 uint64_t at, uint64_t line, const char *code,
                                                                 const char *format, ...)
{
    struct work *work = host_enter(host, IN_READ, "failed");
    char message[1024];
    if (!work)
        return ASSAY_EFATAL;
    struct failing f = at_item(item, CODE_SYNTAX);
    if (!strcmp(code, "decode"))
        f.code = CODE_DECODE;
    else if (!strcmp(code, "limit"))
        f.code = CODE_LIMIT;
    else if (!strcmp(code, "unreadable"))
        f.code = CODE_UNREADABLE;
    int used = 0;
    if (item->above) /* of a member: the path names the input only */
        used = snprintf(message, sizeof message, "%.*s: ", (int)(item->member.size < 500 ? item->member.size : 500),
                        item->member.at);
    va_list args;
    va_start(args, format);
    vsnprintf(message + used, sizeof message - (size_t)used, format, args);
    va_end(args);
    message_tidy(message);
    f.message = (struct assay_text){message, strlen(message)};
    f.line = line;
    f.has_line = line != 0;
    f.begin = at;
    f.has_begin = 1;
    if (work->event++ < work->drop) /* a dead worker has recorded it */
        return ASSAY_OK;
    return note_failure(item->run, &f) ? ASSAY_OK : ASSAY_ENOMEM;
}

static assay_status skipped(const struct assay_host *host, struct assay_item *item, struct assay_text member,
                            uint64_t size, const char *reason)
{
    struct work *work = host_enter(host, IN_READ, "skipped");
    if (!work)
        return ASSAY_EFATAL;
    struct assay_text path = item->name;
    if (member.at) {
        char *at = arena_alloc(&item->arena, path.size + member.size + 2);
        if (!at)
            return hook_fail(work, ASSAY_ENOMEM, CODE_MEMORY, NO_MEMORY);
        memcpy(at, path.at, path.size);
        memcpy(at + path.size, "!/", 2);
        memcpy(at + path.size + 2, member.at, member.size);
        path = (struct assay_text){at, path.size + 2 + member.size};
    }
    if (work->event++ < work->drop)
        return ASSAY_OK;
    if (!member.at)
        size = size ? size : item->size;
    if (!reason)
        reason = *work->refusal ? work->refusal : "no reader takes it";
    return note_skipped(item->run, path, (struct assay_text){reason, strlen(reason)}, size, INDEX_NONE) ? ASSAY_OK
                                                                                                        : ASSAY_ENOMEM;
}

void host_fill_read(struct assay_host *host)
{
    host->item_size = item_size;
    host->item_read = item_read;
    host->item_bytes = item_bytes;
    host->item_place = item_place;
    host->add_document = add_document;
    host->add_item = add_item;
    host->failed = failed;
    host->skipped = skipped;
}
