/* SPDX-License-Identifier: Apache-2.0
 *
 * The bytes of a WARC file, unpacked where each record (or all of it) is gzip. A broken member is passed over.
 */
#ifndef WARC_SOURCE_H
#define WARC_SOURCE_H

#include <assay/kit/buf.h>
#include <assay/plugin.h>

struct z_stream_s;

struct warc_source {
    const struct assay_host *host;
    struct assay_item *item;
    struct z_stream_s *inflate; /* NULL: plain bytes */
    char *block;
    uint64_t block_size, block_used;
    uint64_t at;          /* byte of the item behind the block */
    struct assay_buf buf; /* unpacked, not yet used */
    uint64_t offset;      /* byte of the unpacked stream that buf begins with */
    uint64_t member;      /* byte of the item where the member in hand begins */
    uint64_t given, packed; /* bytes unpacked and read, for the ratio */
    int ended, in_member;
    assay_status status;  /* of the host */
};

/* 0: out of memory. */
int source_open(struct warc_source *, const struct assay_host *, struct assay_item *);
void source_close(struct warc_source *);
/* Makes at least `size` bytes ready in buf, or all that are left. */
void source_need(struct warc_source *, uint64_t size);
/* Drops the first bytes of buf. */
void source_drop(struct warc_source *, uint64_t size);
/* Unpacks gzip, zlib or raw deflate of a body; 0: damaged, or above `most`. */
int source_inflate(const char *bytes, uint64_t size, uint64_t most, struct assay_buf *to);

#endif
