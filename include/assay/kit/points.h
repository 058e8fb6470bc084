/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: from byte offsets to offsets in code points, for formats that count those. A count is kept for every 256 bytes,
 * so that offsets may be asked for in any order.
 */
#ifndef ASSAY_KIT_POINTS_H
#define ASSAY_KIT_POINTS_H

#include <stdint.h>

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

struct assay_points {
    struct assay_text text; /* borrowed */
    uint32_t *before;       /* code points before byte i * 256 */
    uint64_t room;
};

/* Sets it to another text; reuses its memory. 0: out of memory. */
int assay_points_set(struct assay_points *, struct assay_text);
/* Code points before byte `at`; at most the text's end. */
uint64_t assay_points_at(const struct assay_points *, uint64_t at);
void assay_points_free(struct assay_points *);

#ifdef __cplusplus
}
#endif
#endif
