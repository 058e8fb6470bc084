/* SPDX-License-Identifier: Apache-2.0
 *
 * Headers of WARC records and HTTP responses, and chunked bodies (RFC 9112).
 */
#ifndef WARC_HTTP_H
#define WARC_HTTP_H

#include <assay/kit/map.h>

/* Size of a header block with the empty line that ends it, or 0: none before `size` or before the line that begins the
 * next record. */
uint64_t http_header_size(const char *p, uint64_t size);
/* The value of a header, trimmed, or null. */
struct assay_text http_header(struct assay_text block, const char *name);
/* "text/html; charset=x": the type, and the charset or null. */
struct assay_text http_type(struct assay_text value, struct assay_text *charset);
/* The status code of the first line, or 0. */
uint32_t http_status(struct assay_text block);
/* Appends the chunks of input[from, to) to the mapper. 1: done. 0: it is not chunked at all. -1: a chunk's size is
 * wrong. */
int http_unchunk(struct assay_mapper *, const char *input, uint64_t from, uint64_t to);

#endif
