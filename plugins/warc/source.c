/* SPDX-License-Identifier: Apache-2.0 */
#include "source.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define BLOCK 65536u
#define RATIO 1000u /* nothing that is text unpacks to more */

int source_open(struct warc_source *s, const struct assay_host *host, struct assay_item *item)
{
    *s = (struct warc_source){.host = host, .item = item};
    s->block = malloc(BLOCK);
    if (!s->block)
        return 0;
    uint64_t got = 0;
    unsigned char magic[2] = {0, 0};
    s->status = host->item_read(host, item, 0, magic, 2, &got);
    if (s->status != ASSAY_OK || magic[0] != 0x1f || magic[1] != 0x8b)
        return 1;
    s->inflate = calloc(1, sizeof *s->inflate);
    return s->inflate && inflateInit2(s->inflate, 15 + 16) == Z_OK;
}

void source_close(struct warc_source *s)
{
    if (s->inflate)
        inflateEnd(s->inflate);
    free(s->inflate);
    free(s->block);
    assay_buf_free(&s->buf);
}

static int read_block(struct warc_source *s)
{
    uint64_t got = 0;
    s->block_used = 0;
    s->block_size = 0;
    if (s->status == ASSAY_OK)
        s->status = s->host->item_read(s->host, s->item, s->at, s->block, BLOCK, &got);
    if (s->status != ASSAY_OK || !got) {
        s->ended = 1;
        return 0;
    }
    s->block_size = got;
    s->at += got;
    return 1;
}

/* To the next gzip header, in this block or a later one. */
static void find_member(struct warc_source *s)
{
    while (!s->ended) {
        for (; s->block_used + 3 <= s->block_size; s->block_used++)
            if (memcmp(s->block + s->block_used, "\x1f\x8b\x08", 3) == 0)
                return;
        /* A header may be cut by the block's end: read again from there. */
        uint64_t left = s->block_size - s->block_used;
        if (s->block_size && s->at - left + 3 <= s->host->item_size(s->host, s->item))
            s->at -= left;
        if (!read_block(s))
            return;
    }
}

static void damaged(struct warc_source *s, const char *why)
{
    s->host->failed(s->host, s->item, s->member, 0, "unreadable", "damaged gzip member: %s", why);
    inflateReset(s->inflate);
    s->in_member = 0;
    s->block_used += s->block_used < s->block_size; /* the next member is looked for behind it */
}

static void unpack(struct warc_source *s)
{
    if (s->block_used == s->block_size && !read_block(s)) {
        if (s->in_member)
            s->host->failed(s->host, s->item, s->member, 0, "unreadable", "the file ends inside a gzip member");
        return;
    }
    if (!s->in_member) {
        find_member(s);
        if (s->ended)
            return;
        s->in_member = 1;
        s->given = s->packed = 0;
        s->member = s->at - (s->block_size - s->block_used);
    }
    char *to = assay_buf_room(&s->buf, BLOCK);
    if (!to) {
        s->status = ASSAY_ENOMEM;
        s->ended = 1;
        return;
    }
    z_stream *z = s->inflate;
    z->next_in = (Bytef *)(void *)(s->block + s->block_used);
    z->avail_in = (uInt)(s->block_size - s->block_used);
    z->next_out = (Bytef *)(void *)to;
    z->avail_out = BLOCK;
    int code = inflate(z, Z_NO_FLUSH);
    s->packed += s->block_size - s->block_used - z->avail_in;
    s->block_used = s->block_size - z->avail_in;
    s->buf.size += BLOCK - z->avail_out;
    s->given += BLOCK - z->avail_out;
    if (code == Z_STREAM_END) {
        inflateReset(z);
        s->in_member = 0;
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
        damaged(s, z->msg ? z->msg : "no valid data");
    } else if (s->given > (1u << 24) && s->given / RATIO > s->packed) {
        damaged(s, "it unpacks to more than it may");
    }
}

void source_need(struct warc_source *s, uint64_t size)
{
    while (s->buf.size < size && !s->ended && s->status == ASSAY_OK) {
        if (s->inflate) {
            unpack(s);
        } else if (read_block(s)) {
            assay_buf_add(&s->buf, s->block, s->block_size);
            if (s->buf.failed)
                s->status = ASSAY_ENOMEM;
        }
    }
}

void source_drop(struct warc_source *s, uint64_t size)
{
    if (size > s->buf.size)
        size = s->buf.size;
    memmove(s->buf.at, s->buf.at + size, s->buf.size - size);
    s->buf.size -= size;
    s->offset += size;
}

static int inflate_as(const char *bytes, uint64_t size, uint64_t most, int bits, struct assay_buf *to)
{
    z_stream z = {0};
    if (inflateInit2(&z, bits) != Z_OK)
        return 0;
    z.next_in = (Bytef *)(uintptr_t)bytes;
    z.avail_in = size < UINT32_MAX ? (uInt)size : UINT32_MAX;
    int code = Z_OK;
    while (code == Z_OK && to->size <= most) {
        char *room = assay_buf_room(to, BLOCK);
        if (!room)
            break;
        z.next_out = (Bytef *)(void *)room;
        z.avail_out = BLOCK;
        code = inflate(&z, Z_NO_FLUSH);
        to->size += BLOCK - z.avail_out;
    }
    inflateEnd(&z);
    return code == Z_STREAM_END && to->size <= most;
}

int source_inflate(const char *bytes, uint64_t size, uint64_t most, struct assay_buf *to)
{
    if (inflate_as(bytes, size, most, 15 + 32, to))
        return 1;
    if (to->size)
        return 0;
    return inflate_as(bytes, size, most, -15, to);
}
