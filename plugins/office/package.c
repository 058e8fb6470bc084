/* SPDX-License-Identifier: Apache-2.0 */
#include "package.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* More than any writer makes; a zip of a million empty members is no document. */
#define PARTS_MAX 65536u

struct package_part {
    char *name;
    struct assay_buf bytes;
};

static int ends(const char *name, const char *tail)
{
    size_t n = strlen(name), k = strlen(tail);
    return n >= k && strcasecmp(name + n - k, tail) == 0;
}

static int is_text_part(const char *name)
{
    static const char *const tails[] = {".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", "mimetype"};
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++)
        if (ends(name, tails[i]))
            return 1;
    return 0;
}

static enum package_end say(enum package_end end, char *why, size_t room, const char *text)
{
    snprintf(why, room, "%s", text && *text ? text : "damaged");
    return end;
}

static struct package_part *add_part(struct package *p, const char *name)
{
    if (p->count == p->room) {
        size_t room = p->room ? p->room * 2 : 16;
        struct package_part *more = realloc(p->part, room * sizeof *more);
        if (!more)
            return NULL;
        p->part = more;
        p->room = room;
    }
    struct package_part *part = &p->part[p->count];
    *part = (struct package_part){.name = strdup(name)};
    p->count += part->name != NULL;
    return part->name ? part : NULL;
}

static enum package_end read_part(struct package *p, struct archive *a, const char *name, char *why, size_t room)
{
    struct package_part *part = add_part(p, name);
    if (!part)
        return PACKAGE_MEMORY;
    for (;;) {
        const void *block;
        size_t size;
        la_int64_t at;
        int code = archive_read_data_block(a, &block, &size, &at);
        if (code == ARCHIVE_EOF)
            return PACKAGE_OK;
        if (code < ARCHIVE_WARN)
            return say(PACKAGE_DAMAGED, why, room, archive_error_string(a));
        if (size > p->left)
            return say(PACKAGE_LIMIT, why, room, "it unpacks to more than max_unpacked allows");
        p->left -= size;
        assay_buf_add(&part->bytes, block, size);
        if (part->bytes.failed)
            return PACKAGE_MEMORY;
    }
}

static enum package_end read_parts(struct package *p, struct archive *a, char *why, size_t room)
{
    for (uint32_t i = 0; i < PARTS_MAX; i++) {
        struct archive_entry *entry;
        int code = archive_read_next_header(a, &entry);
        if (code == ARCHIVE_EOF)
            return PACKAGE_OK;
        if (code < ARCHIVE_WARN)
            return say(PACKAGE_DAMAGED, why, room, archive_error_string(a));
        const char *name = archive_entry_pathname(entry);
        if (!name || archive_entry_filetype(entry) != AE_IFREG || !is_text_part(name))
            continue;
        if (archive_entry_is_encrypted(entry))
            return say(PACKAGE_ENCRYPTED, why, room, "it is encrypted");
        enum package_end end = read_part(p, a, name, why, room);
        if (end != PACKAGE_OK)
            return end;
    }
    return say(PACKAGE_LIMIT, why, room, "it has more parts than any document");
}

enum package_end package_open(struct package *p, struct assay_text bytes, uint64_t limit, char *why, size_t room)
{
    *p = (struct package){.left = limit};
    why[0] = 0;
    struct archive *a = archive_read_new();
    if (!a)
        return PACKAGE_MEMORY;
    archive_read_support_format_zip(a);
    /* libarchive brings names to the charset of the locale. */
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0), former = utf8 ? uselocale(utf8) : (locale_t)0;
    enum package_end end = archive_read_open_memory(a, bytes.at, bytes.size) == ARCHIVE_OK
                               ? read_parts(p, a, why, room)
                               : say(PACKAGE_DAMAGED, why, room, archive_error_string(a));
    archive_read_free(a);
    if (utf8) {
        uselocale(former);
        freelocale(utf8);
    }
    return end;
}

struct assay_text package_part(const struct package *p, const char *name)
{
    for (size_t i = 0; i < p->count; i++)
        if (strcmp(p->part[i].name, name) == 0)
            return (struct assay_text){p->part[i].bytes.at ? p->part[i].bytes.at : "", p->part[i].bytes.size};
    return (struct assay_text){NULL, 0};
}

void package_free(struct package *p)
{
    for (size_t i = 0; i < p->count; i++) {
        free(p->part[i].name);
        assay_buf_free(&p->part[i].bytes);
    }
    free(p->part);
    *p = (struct package){0};
}
