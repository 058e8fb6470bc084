/* SPDX-License-Identifier: Apache-2.0
 *
 * What a hook returns. Zero: done. Positive: expected, nothing is wrong. Negative: a failure, whose text goes
 * through host->fail(), as in `return host->fail(host, ASSAY_EDOC, "line %u: no key", line);`.
 */
#ifndef ASSAY_STATUS_H
#define ASSAY_STATUS_H

#include <stdint.h>

typedef int32_t assay_status;

#define ASSAY_OK 0
#define ASSAY_SKIP 1 /* not applicable to this document; nothing the hook added counts */
#define ASSAY_NO 2   /* accept, add_item: this input is not mine */
#define ASSAY_END 3  /* iterators: nothing more */

#define ASSAY_EDOC (-1)   /* this document (prepare, analyse, map), key (reduce) or item (read) only; the run goes on */
#define ASSAY_ECONF (-2)  /* open: the options or a file they name cannot be used; the run does not start */
#define ASSAY_ENOMEM (-3) /* out of memory; counts like ASSAY_EDOC, recorded as "memory" */
#define ASSAY_EFATAL (-4) /* nothing sensible can follow; the run stops */

#endif
