/* SPDX-License-Identifier: Apache-2.0
 *
 * A hand-made result for tests of writers: articles of invented publishers in several scripts, claims, copies and
 * findings of every verdict, and strings that try to break out of every format.
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "fake_results.h"

struct sample {
    uint32_t document, language, sentence, claim, copy, cluster, finding, failure, skipped, run;
};

/* Fills the fake; `findings` 0 leaves finding, copy and cluster out altogether, 1 adds the eleven stories, n > 1 tells them
 * over until there are n findings: "ID-17" with the title "TITLE, case 17". */
struct sample sample_fill(struct fake *, int findings);

#define SAMPLE_HOSTILE "</script><img src=x onerror=alert(1)>\"'&<!--]]>"

#endif
