/* SPDX-License-Identifier: Apache-2.0
 *
 * What differs between two texts, word by word, as HTML with del and ins. After E. Myers, "An O(ND) Difference
 * Algorithm and Its Variations" (1986), with a limit on D so that unlike texts cost little.
 */
#ifndef HTML_DIFF_H
#define HTML_DIFF_H

#include "markup.h"

/* Writes the difference; long equal stretches are shortened. 0: nothing was written, since the texts are too long or
 * too unlike to be laid side by side. */
int diff_write(struct markup *, struct assay_text a, struct assay_text b);

#endif
