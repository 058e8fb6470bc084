/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: what stands between the pieces of a text that is put together from a page or a document: paragraphs have an empty
 * line between them, rows of a table are lines, cells have a border. Of what is asked for the strongest wins; an empty
 * cell keeps its border. Zeroed memory asks for nothing.
 */
#ifndef ASSAY_KIT_GAP_H
#define ASSAY_KIT_GAP_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ASSAY_GAP_NONE 0u
#define ASSAY_GAP_SPACE 1u
#define ASSAY_GAP_TAB 2u
#define ASSAY_GAP_CELL 3u
#define ASSAY_GAP_LINE 4u
#define ASSAY_GAP_PARAGRAPH 5u

struct assay_gap {
    uint32_t kind;    /* ASSAY_GAP_* */
    uint32_t borders; /* how many cells ASSAY_GAP_CELL was asked for */
};

void assay_gap_want(struct assay_gap *, uint32_t kind);
/* Its text, static and terminated, to be written `times` over (0: nothing was asked for); then nothing is. */
const char *assay_gap_take(struct assay_gap *, uint32_t *times);

#ifdef __cplusplus
}
#endif
#endif
