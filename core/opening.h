/* SPDX-License-Identifier: Apache-2.0
 *
 * A plugin's open and close run in the host itself, where a crash or a call of exit() would end the program without a
 * word about who did it, and what never returns would hang it. While one is under way, all of that is told with the
 * plugin's name, and the program ends with RUN_PLUGIN; where the plugin has blocked signals, it ends by SIGKILL, later.
 */
#ifndef OPENING_H
#define OPENING_H

#include <signal.h>
#include <stdint.h>
#include <time.h>

#define OPENING_SIGNALS 5
#define OPENING_TIMERS 4
#define OPENING_MS 30000

struct opening {
    struct sigaction before[OPENING_SIGNALS], before_late;
    timer_t timer[OPENING_TIMERS];
    int timers;
};

/* `hook`: "open" or "close". Both texts are borrowed until opening_end. Handlers that are there already (a sanitizer's)
 * are left alone. It may take the CPU time of a document, `limit_ms`, but at least OPENING_MS, and ten times that by the
 * clock. For tests, ASSAY_OPEN_MS stands for both. */
void opening_begin(struct opening *, const char *plugin, const char *hook, int64_t limit_ms);
void opening_end(const struct opening *);

#endif
