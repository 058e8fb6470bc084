/* SPDX-License-Identifier: Apache-2.0
 *
 * Messages for people, on stderr: "file:line:col: error: text", the source line, a caret, a hint. Or JSON lines.
 * One sink a process; written with one write(2) each, so that workers' lines do not mix. A message is one line: its
 * controls, which could be commands for the terminal, are printed as blanks.
 */
#ifndef DIAG_H
#define DIAG_H

#include <stdint.h>

enum diag_level { DIAG_DEBUG, DIAG_INFO, DIAG_WARNING, DIAG_ERROR };

/* line and column count from 1; 0 = unknown. `file` is borrowed while the message is printed; the
 * source line is read from it. */
struct diag_place {
    const char *file;
    uint32_t line, column, width; /* width: bytes to underline, 0: one caret */
};

struct diag {
    int fd;                /* usually 2 */
    enum diag_level least; /* what is below is not printed: -q WARNING.. -v DEBUG */
    int json;              /* 1: {"level","file","line","column","message","hint"} a line */
    int colour;
    uint32_t errors, warnings;
    const char *status;    /* the progress bar's line to clear before printing, or NULL */
};

/* `place` and `hint` may be NULL. */
__attribute__((format(printf, 5, 6)))
void diag_at(struct diag *, enum diag_level, const struct diag_place *, const char *hint, const char *format, ...);
__attribute__((format(printf, 3, 4)))
void diag_say(struct diag *, enum diag_level, const char *format, ...);
/* Nearest word of `words` (NULL-terminated) within a third of its length, or NULL: for "did you mean". */
const char *diag_nearest(const char *word, const char *const *words);

#endif
