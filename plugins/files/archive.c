/* SPDX-License-Identifier: Apache-2.0 */
#include "archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <assay/kit/buf.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define BLOCK 65536u
#define PIECE (8u << 20) /* of a long JSON Lines member: handed on piece by piece */
#define RATIO_FREE (16u << 20)

struct source {
    const struct assay_host *host;
    struct assay_item *item;
    struct assay_text name;
    int compressed;
    const struct archive_limits *limits;
    struct archive_budget *budget;
    uint64_t at, size;
    uint64_t unfolded; /* by this archive */
    struct assay_buf member;
    assay_status status; /* of the host, where it failed */
    char block[BLOCK];
};

/* ---- libarchive reads the item through these ---- */

static la_ssize_t read_block(struct archive *a, void *data, const void **block)
{
    struct source *s = data;
    uint64_t got = 0;
    s->status = s->host->item_read(s->host, s->item, s->at, s->block, BLOCK, &got);
    if (s->status != ASSAY_OK) {
        archive_set_error(a, EIO, "the input cannot be read");
        return ARCHIVE_FATAL;
    }
    s->at += got;
    *block = s->block;
    return (la_ssize_t)got;
}

static la_int64_t seek_input(struct archive *a, void *data, la_int64_t offset, int whence)
{
    (void)a;
    struct source *s = data;
    int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? (int64_t)s->at : (int64_t)s->size;
    if (base + offset < 0)
        return ARCHIVE_FATAL;
    s->at = (uint64_t)(base + offset);
    return base + offset;
}

static la_int64_t skip_input(struct archive *a, void *data, la_int64_t request)
{
    (void)a;
    struct source *s = data;
    s->at += (uint64_t)request;
    return request;
}

static struct archive *open_archive(struct source *s)
{
    struct archive *a = archive_read_new();
    if (!a)
        return NULL;
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_zstd(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_zip(a);
    if (s->compressed)
        archive_read_support_format_raw(a);
    archive_read_set_read_callback(a, read_block);
    archive_read_set_seek_callback(a, seek_input);
    archive_read_set_skip_callback(a, skip_input);
    archive_read_set_callback_data(a, s);
    return a;
}

/* ---- members ---- */

/* 1 where a name, taken as a path, stays inside the folder it would be unpacked in. */
static int stays_inside(const char *name)
{
    if (name[0] == '/' || name[0] == '\\' || (name[0] && name[1] == ':' && name[2] == '\\'))
        return 0;
    for (const char *p = name; *p;) {
        size_t n = strcspn(p, "/\\");
        if (n == 2 && p[0] == '.' && p[1] == '.')
            return 0;
        p += n + (p[n] != 0);
    }
    return 1;
}

static const char *last_part(struct assay_text name)
{
    const char *p = name.at + name.size;
    while (p > name.at && p[-1] != '/' && p[-1] != '!')
        p--;
    return p;
}

/* "a/b.txt.gz" -> "b.txt"; what has no such tail keeps its name. */
static struct assay_text name_inside(struct assay_text name)
{
    static const char *const tails[] = {".gz", ".bz2", ".xz", ".zst"};
    const char *p = last_part(name), *end = name.at + name.size;
    for (size_t i = 0; i < 4; i++) {
        size_t n = strlen(tails[i]);
        if ((size_t)(end - p) > n && strncasecmp(end - n, tails[i], n) == 0)
            end -= n;
    }
    return (struct assay_text){p, (uint64_t)(end - p)};
}

static void bad_member(struct source *s, struct assay_text member, const char *code, const char *what)
{
    if (member.at)
        s->host->failed(s->host, s->item, 0, 0, code, "member %.*s: %s", (int)(member.size < 1000 ? member.size : 1000),
                        member.at, what);
    else
        s->host->failed(s->host, s->item, 0, 0, code, "%s", what);
}

static const char *error_of(struct archive *a)
{
    const char *text = archive_error_string(a);
    return text && *text ? text : "damaged";
}

/* 1 where `more` bytes are still within the limits; else the reason is recorded. */
static int charge(struct source *s, struct assay_text member, uint64_t more)
{
    s->unfolded += more;
    if (s->unfolded > RATIO_FREE && s->unfolded / s->limits->ratio > s->size) {
        bad_member(s, member, "limit", "the archive unfolds to more than it may (ratio)");
        return 0;
    }
    if (more > s->budget->total) {
        bad_member(s, member, "limit", "the archive unfolds to more than it may (total)");
        return 0;
    }
    s->budget->total -= more;
    return 1;
}

/* 1: go on; 0: the archive is left. */
static int hand_on(struct source *s, struct assay_text name, struct assay_text bytes)
{
    assay_status status = s->host->add_item(s->host, s->item, name, bytes);
    if (status == ASSAY_NO)
        s->host->skipped(s->host, s->item, name, bytes.size, NULL);
    if (status < 0 && status != ASSAY_EDOC) {
        s->status = status;
        return 0;
    }
    return 1;
}

static int looks_like_lines(struct assay_text name, const struct assay_buf *bytes)
{
    struct assay_text part = name_inside(name);
    if (part.size > 6 && (strncasecmp(part.at + part.size - 6, ".jsonl", 6) == 0 ||
                          strncasecmp(part.at + part.size - 7, ".ndjson", 7) == 0))
        return 1;
    return bytes->size && bytes->at[0] == '{';
}

/* Hands on all whole lines gathered so far; later pieces are named after the byte they begin at. */
static int hand_on_lines(struct source *s, struct assay_text name, uint64_t *begin)
{
    const char *end = memrchr(s->member.at, '\n', s->member.size);
    if (!end)
        return 1;
    size_t size = (size_t)(end + 1 - s->member.at);
    struct assay_buf own = {0};
    assay_buf_add(&own, name.at, name.size);
    if (*begin)
        assay_buf_printf(&own, "@%llu", (unsigned long long)*begin);
    int go_on =
        own.failed ? 0 : hand_on(s, (struct assay_text){own.at, own.size}, (struct assay_text){s->member.at, size});
    assay_buf_free(&own);
    memmove(s->member.at, s->member.at + size, s->member.size - size);
    s->member.size -= size;
    *begin += size;
    return go_on;
}

/* 1: go on with the next member; 0: the archive is left. */
static int read_member(struct source *s, struct archive *a, struct assay_text name)
{
    uint64_t begin = 0;
    s->member.size = 0;
    for (;;) {
        const void *block;
        size_t size;
        la_int64_t offset;
        int code = archive_read_data_block(a, &block, &size, &offset);
        if (code == ARCHIVE_EOF)
            break;
        if (code < ARCHIVE_WARN) {
            bad_member(s, name, "unreadable", error_of(a));
            return code != ARCHIVE_FATAL;
        }
        if (!charge(s, name, size))
            return 0;
        if (s->member.size + size > s->limits->member) {
            bad_member(s, name, "limit", "the member is larger than it may be");
            return 1;
        }
        assay_buf_add(&s->member, block, size);
        if (s->member.failed) {
            s->status = ASSAY_ENOMEM;
            return 0;
        }
        if (s->member.size >= PIECE && looks_like_lines(name, &s->member) && !hand_on_lines(s, name, &begin))
            return 0;
    }
    if (begin) {
        if (s->member.size && s->member.at[s->member.size - 1] != '\n')
            assay_buf_byte(&s->member, '\n');
        return s->member.size ? hand_on_lines(s, name, &begin) : 1;
    }
    return hand_on(s, name, (struct assay_text){s->member.at ? s->member.at : "", s->member.size});
}

static int take_entry(struct source *s, struct archive *a, struct archive_entry *entry)
{
    int raw = archive_format(a) == ARCHIVE_FORMAT_RAW;
    const char *path = archive_entry_pathname(entry);
    if (!path)
        path = "?";
    while (path[0] == '.' && path[1] == '/' && path[2]) /* "./a.txt" and "a.txt" are one member */
        path += 2;
    struct assay_text name = raw ? name_inside(s->name) : (struct assay_text){path, strlen(path)};
    if (!raw && archive_entry_filetype(entry) != AE_IFREG)
        return 1;
    if (!s->budget->members) {
        bad_member(s, name, "limit", "the archive has more members than it may");
        return 0;
    }
    s->budget->members--;
    if (!raw && !stays_inside(path)) {
        bad_member(s, name, "unreadable", "its path leads out of the archive");
        return 1;
    }
    if (archive_entry_is_encrypted(entry)) {
        bad_member(s, name, "unreadable", "it is encrypted");
        return 1;
    }
    return read_member(s, a, name);
}

/* libarchive brings names to the charset of the locale as it reads them; in the C locale each beyond ASCII becomes
 * "?". */
static int next_header(struct archive *a, struct archive_entry **entry, locale_t utf8)
{
    locale_t former = utf8 ? uselocale(utf8) : (locale_t)0;
    int code = archive_read_next_header(a, entry);
    if (utf8)
        uselocale(former);
    return code;
}

static void walk(struct source *s, struct archive *a, locale_t utf8)
{
    struct assay_text whole = s->compressed ? name_inside(s->name) : (struct assay_text){NULL, 0};
    if (archive_read_open1(a) != ARCHIVE_OK) {
        bad_member(s, whole, "unreadable", error_of(a));
        return;
    }
    for (;;) {
        struct archive_entry *entry;
        int code = next_header(a, &entry, utf8);
        if (code == ARCHIVE_EOF)
            return;
        if (code < ARCHIVE_WARN) {
            bad_member(s, whole, "unreadable", error_of(a));
            if (code == ARCHIVE_FATAL)
                return;
            continue;
        }
        if (!take_entry(s, a, entry))
            return;
    }
}

assay_status archive_read(const struct assay_host *host, struct assay_item *item, struct assay_text name,
                          int compressed, const struct archive_limits *limits, struct archive_budget *budget)
{
    if (budget->depth == 0)
        *budget = (struct archive_budget){.total = limits->total, .members = limits->members};
    if (budget->depth == limits->depth)
        return host->failed(host, item, 0, 0, "limit", "archives are nested too deep");
    struct source *s = calloc(1, sizeof *s);
    if (!s)
        return ASSAY_ENOMEM;
    s->host = host;
    s->item = item;
    s->name = name;
    s->compressed = compressed;
    s->limits = limits;
    s->budget = budget;
    s->size = host->item_size(host, item);
    budget->depth++;
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    struct archive *a = open_archive(s);
    if (a)
        walk(s, a, utf8);
    else
        s->status = ASSAY_ENOMEM;
    archive_read_free(a);
    if (utf8)
        freelocale(utf8);
    budget->depth--;
    assay_status status = s->status == ASSAY_EDOC ? ASSAY_OK : s->status;
    assay_buf_free(&s->member);
    free(s);
    return status;
}
