/* SPDX-License-Identifier: Apache-2.0 */
#include "backref.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "varint.h"

#define LEAST 4u          /* bytes, below which the way back is as long as the text */
#define REACH (1u << 20)  /* bytes back: three of a number, and pages that are in memory anyway */
#define LONGEST 10u       /* bytes of a number */

void backref_clear(struct backrefs *backrefs)
{
    if (backrefs->used)
        memset(backrefs, 0, sizeof *backrefs);
}

/* How far back the text stands from `at`; 0: it does not, and will be there. */
static uint64_t way_back(struct backrefs *backrefs, uint64_t at, struct assay_text t)
{
    struct backref_text *to = &backrefs->text[XXH3_64bits(t.at, (size_t)t.size) & (BACKREF_TEXTS - 1)];
    if (to->size == t.size && at - to->at < REACH && !memcmp(to->text, t.at, (size_t)t.size))
        return at - to->at;
    to->at = at;
    to->size = (uint32_t)t.size;
    memcpy(to->text, t.at, (size_t)t.size);
    backrefs->used = 1;
    return 0;
}

void backref_put(struct bytes *out, struct backrefs *backrefs, uint64_t at, struct assay_text t)
{
    uint64_t back = backrefs && t.size >= LEAST && t.size <= BACKREF_LONGEST ? way_back(backrefs, at, t) : 0;
    varint_put(out, back ? back << 1 | 1 : t.size << 1);
    if (!back)
        bytes_add(out, t.at, t.size);
}

struct assay_text backref_get(const char **at)
{
    const char *from = *at;
    uint64_t number = varint_get(at, *at + LONGEST);
    if (!(number & 1)) {
        struct assay_text t = {*at, number >> 1};
        *at += t.size;
        return t;
    }
    from -= number >> 1;
    number = varint_get(&from, from + LONGEST);
    return (struct assay_text){from, number >> 1};
}

void backref_pass(const char **at)
{
    uint64_t number = varint_get(at, *at + LONGEST);
    *at += number & 1 ? 0 : number >> 1;
}
