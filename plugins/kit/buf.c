/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/buf.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *assay_buf_room(struct assay_buf *buf, size_t more)
{
    if (buf->failed)
        return NULL;
    if (buf->room - buf->size >= more)
        return buf->at + buf->size;
    size_t room = buf->room ? buf->room : 256;
    while (room - buf->size < more) {
        if (room > SIZE_MAX / 2) {
            buf->failed = 1;
            return NULL;
        }
        room *= 2;
    }
    char *at = realloc(buf->at, room);
    if (!at) {
        buf->failed = 1;
        return NULL;
    }
    buf->at = at;
    buf->room = room;
    return at + buf->size;
}

void assay_buf_add(struct assay_buf *buf, const void *bytes, size_t size)
{
    char *to = size ? assay_buf_room(buf, size) : NULL;
    if (!to)
        return;
    memcpy(to, bytes, size);
    buf->size += size;
}

void assay_buf_text(struct assay_buf *buf, const char *terminated)
{
    assay_buf_add(buf, terminated, strlen(terminated));
}

void assay_buf_byte(struct assay_buf *buf, char c)
{
    assay_buf_add(buf, &c, 1);
}

void assay_buf_printf(struct assay_buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, format, args);
    char *to = size >= 0 ? assay_buf_room(buf, (size_t)size + 1) : NULL;
    if (to) {
        vsnprintf(to, (size_t)size + 1, format, again);
        buf->size += (size_t)size;
    }
    va_end(again);
    va_end(args);
}

void assay_buf_free(struct assay_buf *buf)
{
    free(buf->at);
    *buf = (struct assay_buf){0};
}
