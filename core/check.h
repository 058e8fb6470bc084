/* SPDX-License-Identifier: Apache-2.0
 *
 * Checks what a plugin hands over before it is used: whether the memory can be read, texts are UTF-8, places lie inside
 * their document. Slow, and so only for hosts that check (run.h). Each function returns NULL if all is well, else a
 * sentence in check->room that says what is not.
 */
#ifndef CHECK_H
#define CHECK_H

#include <assay/field.h>

struct check {
    struct assay_text text; /* of the document the record is on; at NULL: not known */
    int is_utf8;            /* its spans must not cut characters */
    int lasts;              /* what the record points to has to outlive the hook */
    int not_self;           /* 1: its SELF span is somebody else's to look at */
    /* 1: texts need not be UTF-8: names as a file system gives them, what stays inside a plugin */
    int any_bytes;
    /* Whether a document is there (kind 0), has this place (1), or this record of the layer `of` (2). May be NULL. */
    const char *(*known)(void *own, int kind, const char *of, struct assay_place, struct check *);
    void *own;
    char room[256];
};

__attribute__((format(printf, 2, 3)))
const char *check_say(struct check *, const char *format, ...);
/* Whether the bytes can be read. */
const char *check_bytes(struct check *, const char *what, const void *at, uint64_t size);
/* A terminated string of at most 64 KiB; UTF-8. */
const char *check_string(struct check *, const char *what, const char *);
const char *check_record(struct check *, const struct assay_fields *, const void *record);
/* One value of the row's type, at `value`. */
const char *check_value(struct check *, const struct assay_field *, const void *value);

#endif
