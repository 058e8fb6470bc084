/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include <assay/kit/utf8.h>

#include "fields.h"

#ifdef ASSAY_SANITIZE
#include <sanitizer/asan_interface.h>
#endif

#define PAGE 4096u
#define PROBES 64
#define STRING_MOST 65536u
#define ELEMENTS_MOST 100000u /* of one list that are looked at */

extern void *__libc_stack_end;

const char *check_say(struct check *c, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(c->room, sizeof c->room, format, args);
    va_end(args);
    return c->room;
}

/* ---- memory ---- */

/* Asks the kernel for a byte of each page, so that a wrong address is an answer and no signal. Where it will not tell,
 * all is believed. */
static int is_there(const char *at, uint64_t size)
{
    char sink[PROBES];
    struct iovec from[PROBES], to = {sink, 0};
    const char *end = at + size - 1;
    for (const char *p = at;; to.iov_len = 0) {
        int n = 0;
        for (; n < PROBES && p <= end; n++) {
            from[n] = (struct iovec){(void *)(uintptr_t)p, 1};
            const char *next = (const char *)(((uintptr_t)p | (PAGE - 1)) + 1);
            p = next > end && p < end ? end : next;
        }
        if (!n)
            return 1;
        to.iov_len = (size_t)n;
        ssize_t got = process_vm_readv(getpid(), &to, 1, from, (unsigned long)n, 0);
        if (got < 0)
            return errno != EFAULT;
        if (got != n)
            return 0;
    }
}

const char *check_bytes(struct check *c, const char *what, const void *at, uint64_t size)
{
    if (!size)
        return NULL;
    if (!at)
        return check_say(c, "%s is a null pointer to %llu bytes", what, (unsigned long long)size);
    if (size > UINT64_MAX / 4 || (uintptr_t)at + size < (uintptr_t)at)
        return check_say(c, "%s has %llu bytes", what, (unsigned long long)size);
    if (!is_there(at, size))
        return check_say(c, "%s: %llu bytes at %p are not there to be read", what, (unsigned long long)size, at);
#ifdef ASSAY_SANITIZE
    const void *bad = __asan_region_is_poisoned((void *)(uintptr_t)at, size);
    if (bad)
        return check_say(c, "%s: of %llu bytes at %p those from %llu on are freed or outside of what was allocated",
                         what, (unsigned long long)size, at,
                         (unsigned long long)((const char *)bad - (const char *)at));
#endif
    char here;
    if (c->lasts && (const char *)at > &here && at < __libc_stack_end)
        return check_say(c, "%s points to the stack, which is gone when the hook returns", what);
    return NULL;
}

const char *check_string(struct check *c, const char *what, const char *string)
{
    const char *why = check_bytes(c, what, string ? string : NULL, 1);
    for (uint64_t size = 1; !why; size++) {
        if (size == STRING_MOST)
            return check_say(c, "%s is not terminated", what);
        if (!string[size - 1])
            return assay_utf8_valid(string, size - 1) == size - 1 ? NULL : check_say(c, "%s is not UTF-8", what);
        if (!((uintptr_t)(string + size) % PAGE))
            why = check_bytes(c, what, string + size, 1);
    }
    return why;
}

/* ---- values ---- */

static const char *check_text(struct check *c, const char *what, struct assay_text text)
{
    if (!text.at)
        return text.size ? check_say(c, "%s is null and has %llu bytes", what, (unsigned long long)text.size) : NULL;
    const char *why = check_bytes(c, what, text.at, text.size);
    if (why || c->any_bytes)
        return why;
    uint64_t valid = text.size ? assay_utf8_valid(text.at, text.size) : 0;
    return valid == text.size ? NULL : check_say(c, "%s is not UTF-8 at byte %llu", what, (unsigned long long)valid);
}

static const char *check_span(struct check *c, const char *what, struct assay_span span)
{
    if (span.begin > span.end)
        return check_say(c, "%s ends (%u) before it begins (%u)", what, span.end, span.begin);
    if (!c->text.at)
        return NULL;
    if (span.end > c->text.size)
        return check_say(c, "%s (%u to %u) is not inside the text of %llu bytes", what, span.begin, span.end,
                         (unsigned long long)c->text.size);
    if (c->is_utf8 && !(assay_utf8_border(c->text.at, c->text.size, span.begin) &&
                        assay_utf8_border(c->text.at, c->text.size, span.end)))
        return check_say(c, "%s (%u to %u) cuts through a character", what, span.begin, span.end);
    return NULL;
}

static const char *known(struct check *c, int kind, const char *of, struct assay_place place)
{
    return c->known && place.doc ? c->known(c->own, kind, of, place, c) : NULL;
}

static const char *check_list(struct check *, const struct assay_field *, struct assay_list);

static const char *check_flag(struct check *c, const char *what, uint32_t value)
{
    return value > 1 ? check_say(c, "%s is %u, neither 0 nor 1", what, value) : NULL;
}

static const char *check_one(struct check *c, const struct assay_field *row, const void *value)
{
    char what[96];
    uint32_t number;
    snprintf(what, sizeof what, "row '%.64s'", row->name);
    switch (row->type) {
    case ASSAY_FLAG:
        memcpy(&number, value, sizeof number);
        return check_flag(c, what, number);
    case ASSAY_CHOICE:
        memcpy(&number, value, sizeof number);
        if (number < fields_words(row->of) || number == ASSAY_NEVER)
            return NULL;
        return check_say(c, "%s is %u, its choice has %u words", what, number, fields_words(row->of));
    case ASSAY_TEXT:
    case ASSAY_PATH: {
        struct assay_text text;
        memcpy(&text, value, sizeof text);
        return check_text(c, what, text);
    }
    case ASSAY_SPAN: {
        struct assay_span span;
        memcpy(&span, value, sizeof span);
        return check_span(c, what, span);
    }
    case ASSAY_DOC: {
        struct assay_place place = {0};
        memcpy(&place.doc, value, sizeof place.doc);
        return known(c, 0, NULL, place);
    }
    case ASSAY_PLACE: {
        struct assay_place place;
        memcpy(&place, value, sizeof place);
        if (place.span.begin > place.span.end)
            return check_say(c, "%s ends (%u) before it begins (%u)", what, place.span.end, place.span.begin);
        return known(c, 1, NULL, place);
    }
    case ASSAY_REF: {
        struct assay_ref ref;
        memcpy(&ref, value, sizeof ref);
        return known(c, 2, row->of, (struct assay_place){ref.doc, {ref.index, 0}});
    }
    case ASSAY_RECORD:
        return check_record(c, row->of, value);
    default:
        return NULL;
    }
}

static const char *check_list(struct check *c, const struct assay_field *row, struct assay_list list)
{
    char what[96];
    uint32_t size = fields_value_size(row);
    snprintf(what, sizeof what, "row '%.64s'", row->name);
    if (!list.count)
        return NULL;
    if (list.count > 1 && list.stride < size)
        return check_say(c, "%s: a list of %u elements %u bytes apart, each has %u", what, list.count, list.stride,
                         size);
    const char *why = check_bytes(c, what, list.at, (uint64_t)(list.count - 1) * list.stride + size);
    for (uint32_t i = 0; i < list.count && i < ELEMENTS_MOST && !why; i++)
        why = check_one(c, row, (const char *)list.at + (uint64_t)i * list.stride);
    return why;
}

const char *check_value(struct check *c, const struct assay_field *row, const void *value)
{
    struct assay_list list;
    if (!(row->flags & ASSAY_LIST))
        return check_one(c, row, value);
    memcpy(&list, value, sizeof list);
    return check_list(c, row, list);
}

const char *check_record(struct check *c, const struct assay_fields *fields, const void *record)
{
    const char *why = NULL;
    if (!record)
        return check_say(c, "its record is a null pointer");
    for (uint32_t i = 0; i < fields->rows && !why; i++) {
        const struct assay_field *row = fields_row(fields, i);
        uint32_t has = 1;
        if (row->flags & ASSAY_SELF && c->not_self)
            continue;
        if (row->has != ASSAY_NEVER) {
            char what[96];
            memcpy(&has, (const char *)record + row->has, sizeof has);
            snprintf(what, sizeof what, "has_%.64s", row->name);
            why = check_flag(c, what, has);
        }
        if (has && !why)
            why = check_value(c, row, (const char *)record + row->offset);
    }
    return why;
}
