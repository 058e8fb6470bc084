/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: the white space and borders between the pieces of a text that is put together from a page or a document: an
 * empty line between paragraphs, a line for each row of a table, a border between cells. Where several are wanted at
 * one place the strongest wins; an empty cell keeps its border. Zeroed memory wants nothing.
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
    uint32_t borders; /* how often ASSAY_GAP_CELL was wanted */
};

void assay_gap_want(struct assay_gap *, uint32_t kind);
/* What to write (static, terminated), `times` over; 0 times: nothing was wanted. Then nothing is wanted any more. */
const char *assay_gap_take(struct assay_gap *, uint32_t *times);

#ifdef __cplusplus
}
#endif
#endif
