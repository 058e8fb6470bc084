/* SPDX-License-Identifier: Apache-2.0 */
#include "transfer.h"

#include <assay/kit/text.h>
#include <string.h>

/* Bytes of the soft line break at p ("=", blanks, end of line), or 0. */
static uint64_t soft_break(const char *p, const char *end)
{
    const char *q = p + 1;
    while (q < end && (*q == ' ' || *q == '\t'))
        q++;
    if (q < end && *q == '\r')
        q++;
    if (q == end)
        return (uint64_t)(q - p);
    return *q == '\n' ? (uint64_t)(q + 1 - p) : 0;
}

int transfer_quoted(struct assay_mapper *m, struct assay_text item, uint64_t begin, uint64_t end)
{
    for (uint64_t at = begin; at < end;) {
        const char *sign = memchr(item.at + at, '=', end - at);
        uint64_t stop = sign ? (uint64_t)(sign - item.at) : end;
        assay_mapper_keep(m, item.at, at, stop - at);
        if (!sign)
            break;
        uint64_t cut = soft_break(sign, item.at + end);
        int escape = end - stop > 2;
        int high = escape ? assay_hex_digit(sign[1]) : -1, low = escape ? assay_hex_digit(sign[2]) : -1;
        if (!cut && (high < 0 || low < 0))
            return 0;
        char byte = (char)((unsigned)high << 4 | (unsigned)low);
        if (!cut)
            assay_mapper_replace(m, stop, 3, &byte, 1);
        at = stop + (cut ? cut : 3);
    }
    return !m->failed;
}

static int digit(unsigned char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Four digits to three bytes; fewer with '=' at the end. 0: no group stands here. */
static uint32_t group(const char *p, char *out)
{
    int d[4];
    for (int i = 0; i < 4; i++)
        d[i] = digit((unsigned char)p[i]);
    if (d[0] < 0 || d[1] < 0)
        return 0;
    uint32_t bytes = d[2] >= 0 && d[3] >= 0 ? 3 : d[2] >= 0 && p[3] == '=' ? 2 : p[2] == '=' && p[3] == '=' ? 1 : 0;
    out[0] = (char)(d[0] << 2 | d[1] >> 4);
    if (bytes > 1)
        out[1] = (char)((d[1] & 15) << 4 | d[2] >> 2);
    if (bytes > 2)
        out[2] = (char)((d[2] & 3) << 6 | d[3]);
    return bytes;
}

int transfer_base64(struct assay_mapper *m, struct assay_text item, uint64_t begin, uint64_t end)
{
    int last = 0;
    for (uint64_t at = begin; at < end;) {
        const char *p = item.at + at;
        char out[3];
        if (*p == '\r' || *p == '\n' || *p == ' ' || *p == '\t') {
            at++;
            continue;
        }
        uint32_t bytes = end - at >= 4 && !last ? group(p, out) : 0;
        if (!bytes)
            return 0; /* a group across lines, or digits behind the end */
        assay_mapper_unit(m, at, 4, out, bytes);
        last = bytes < 3;
        at += 4;
    }
    return !m->failed;
}
