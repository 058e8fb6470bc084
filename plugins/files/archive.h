/* SPDX-License-Identifier: Apache-2.0
 *
 * Archives and compressed files: each member is handed to the chain's readers. Nothing is unpacked to disk.
 */
#ifndef FILES_ARCHIVE_H
#define FILES_ARCHIVE_H

#include <assay/plugin.h>

/* What one input may unfold to, nested archives included. */
struct archive_limits {
    uint64_t member, total; /* bytes of a member; of all */
    uint64_t members, ratio, depth;
};

/* What is left of it; belongs to the reader, set back when the outermost archive begins. */
struct archive_budget {
    uint64_t total, members, depth;
};

/* Reads the item, of which `name` is the name. A bad member or archive is recorded, and what can be read is. */
assay_status archive_read(const struct assay_host *, struct assay_item *, struct assay_text name, int compressed,
                          const struct archive_limits *, struct archive_budget *);

#endif
