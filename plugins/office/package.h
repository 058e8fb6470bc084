/* SPDX-License-Identifier: Apache-2.0
 *
 * The zip that an office document is: its text parts, unpacked once into memory. Pictures and fonts are passed over.
 */
#ifndef OFFICE_PACKAGE_H
#define OFFICE_PACKAGE_H

#include <assay/kit/buf.h>

struct package {
    struct package_part *part; /* in the order of the zip */
    size_t count, room;
    uint64_t left; /* bytes that may still be unpacked */
};

enum package_end { PACKAGE_OK, PACKAGE_DAMAGED, PACKAGE_ENCRYPTED, PACKAGE_LIMIT, PACKAGE_MEMORY };

/* `bytes` must outlive the call alone. At most `limit` bytes are unpacked. `why` (terminated) says what is wrong. To be
 * freed in any case. */
enum package_end package_open(struct package *, struct assay_text bytes, uint64_t limit, char *why, size_t room);
/* The part's bytes, living as long as the package; null: there is none. Names are compared as they are. */
struct assay_text package_part(const struct package *, const char *name);
void package_free(struct package *);

#endif
