/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: a growable byte buffer. Zeroed memory is an empty one; the caller frees it.
 */
#ifndef ASSAY_KIT_BUF_H
#define ASSAY_KIT_BUF_H

#include <stddef.h>
#include <stdint.h>

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

struct assay_buf {
    char *at;
    size_t size, room;
    /* 1 after an allocation failed; everything after it is dropped, so it is enough to look once at the end */
    int failed;
};

/* Room for `more` bytes; NULL (and failed) where there is none. Does not change size. */
char *assay_buf_room(struct assay_buf *, size_t more);
void assay_buf_add(struct assay_buf *, const void *bytes, size_t size);
void assay_buf_text(struct assay_buf *, const char *terminated);
void assay_buf_byte(struct assay_buf *, char c);
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void assay_buf_printf(struct assay_buf *, const char *format, ...);
void assay_buf_free(struct assay_buf *);

#ifdef __cplusplus
}
#endif
#endif
