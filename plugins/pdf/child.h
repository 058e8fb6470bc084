/* SPDX-License-Identifier: Apache-2.0
 *
 * A helper program with limits: fed from memory, its output gathered, killed when it takes too long.
 */
#ifndef PDF_CHILD_H
#define PDF_CHILD_H

#include <assay/kit/buf.h>

struct child_limits {
    int64_t time_ms;      /* wall; CPU time is limited to the same */
    uint64_t memory, output; /* bytes */
};

enum child_end { CHILD_OK, CHILD_FAILED, CHILD_TIMEOUT, CHILD_OUTPUT, CHILD_CRASHED, CHILD_MISSING, CHILD_SYSTEM };

/* Runs argv[0] (searched in PATH); "@" in argv becomes the name of a file with `input`. stdout goes to `out`, the begin
 * of stderr to `message` (terminated). */
enum child_end child_run(const char *const *argv, const void *input, uint64_t size, const struct child_limits *,
                         struct assay_buf *out, char *message, size_t room);

#endif
