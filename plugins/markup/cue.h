/* SPDX-License-Identifier: Apache-2.0
 *
 * Subtitles (SubRip, WebVTT) to what is said: no numbers of cues, no times, no tags.
 */
#ifndef MARKUP_CUE_H
#define MARKUP_CUE_H

#include <assay/kit/map.h>

/* 1 where a cue's time is among the first lines: 00:01:02,345 --> 00:01:04,000. */
int cue_sheet(struct assay_text);
/* What is said, cues joined by blanks, a line to each that ends a sentence. Failures as in the mapper. Linear. */
void cue_write(struct assay_mapper *, struct assay_text);

#endif
