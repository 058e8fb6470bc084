/* SPDX-License-Identifier: Apache-2.0 */
#include "http.h"

#include <string.h>
#include <strings.h>

uint64_t http_header_size(const char *p, uint64_t size)
{
    const char *q = p, *end = p + size;
    while (q < end && (q = memchr(q, '\n', (size_t)(end - q))) != NULL) {
        q++;
        if (q < end && *q == '\n')
            return (uint64_t)(q + 1 - p);
        if (end - q >= 2 && q[0] == '\r' && q[1] == '\n')
            return (uint64_t)(q + 2 - p);
        if (end - q >= 5 && memcmp(q, "WARC/", 5) == 0) /* the next record: no header has such a line */
            return 0;
    }
    return 0;
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

struct assay_text http_header(struct assay_text block, const char *name)
{
    const char *p = block.at, *end = p + block.size;
    size_t n = strlen(name);
    while (p < end) {
        const char *line_end = memchr(p, '\n', (size_t)(end - p));
        if (!line_end)
            line_end = end;
        if ((size_t)(line_end - p) > n && p[n] == ':' && strncasecmp(p, name, n) == 0) {
            const char *value = p + n + 1;
            while (value < line_end && is_blank(*value))
                value++;
            while (line_end > value && is_blank(line_end[-1]))
                line_end--;
            return (struct assay_text){value, (uint64_t)(line_end - value)};
        }
        p = line_end + 1;
    }
    return (struct assay_text){NULL, 0};
}

struct assay_text http_type(struct assay_text value, struct assay_text *charset)
{
    *charset = (struct assay_text){NULL, 0};
    if (!value.at)
        return value;
    const char *end = value.at + value.size, *semicolon = memchr(value.at, ';', value.size);
    struct assay_text type = {value.at, semicolon ? (uint64_t)(semicolon - value.at) : value.size};
    while (type.size && is_blank(type.at[type.size - 1]))
        type.size--;
    for (const char *p = semicolon; p && end - p > 8; p++)
        if (strncasecmp(p, "charset=", 8) == 0) {
            p += 8 + (p[8] == '"');
            const char *q = p;
            while (q < end && *q != ';' && *q != '"' && !is_blank(*q))
                q++;
            *charset = (struct assay_text){p, (uint64_t)(q - p)};
            break;
        }
    return type;
}

uint32_t http_status(struct assay_text block)
{
    if (block.size < 12 || strncmp(block.at, "HTTP/", 5) != 0)
        return 0;
    const char *p = memchr(block.at, ' ', 12);
    uint32_t status = 0;
    for (int i = 1; p && i < 4 && p + i < block.at + block.size; i++)
        status = p[i] >= '0' && p[i] <= '9' ? status * 10 + (uint32_t)(p[i] - '0') : 0;
    return status;
}

/* The chunk's size at *at; leaves *at behind its line. UINT64_MAX: none. */
static uint64_t chunk_size(const char *input, uint64_t *at, uint64_t to)
{
    uint64_t size = 0, digits = 0, p = *at;
    for (; p < to && digits < 12; p++, digits++) {
        char c = input[p];
        int d = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
        if (d < 0)
            break;
        size = size * 16 + (uint64_t)d;
    }
    while (p < to && is_blank(input[p]) && input[p] != '\r')
        p++;
    if (digits && p < to && input[p] == ';')
        while (p < to && input[p] != '\n' && input[p] != '\r')
            p++;
    if (!digits || p >= to || (input[p] != '\r' && input[p] != '\n'))
        return UINT64_MAX;
    p += input[p] == '\r';
    *at = p + (p < to && input[p] == '\n');
    return size;
}

int http_unchunk(struct assay_mapper *m, const char *input, uint64_t from, uint64_t to)
{
    for (uint64_t at = from, first = 1;; first = 0) {
        uint64_t size = chunk_size(input, &at, to);
        if (size == UINT64_MAX || size > to - at)
            return first ? 0 : -1;
        if (size == 0)
            return 1;
        assay_mapper_keep(m, input, at, size);
        at += size;
        at += at < to && input[at] == '\r';
        at += at < to && input[at] == '\n';
    }
}
