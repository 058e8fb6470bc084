/* SPDX-License-Identifier: Apache-2.0
 *
 * The progress bar: one line on stderr, on a terminal only. And the signals that end a run.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "diag.h"
#include "pool.h"

struct progress;

/* NULL where there is nothing to show: no terminal, quiet, or no memory. */
struct progress *progress_open(struct diag *, int quiet);
void progress_close(struct progress *);
void progress_stage(struct progress *, const char *what, uint32_t tasks);
void progress_clear(struct progress *);
/* As pool_job.tick; own is the struct run. */
int progress_tick(void *own, const struct pool_task *, uint32_t count);
void progress_show(struct progress *, const struct pool_task *, uint32_t count);

/* SIGINT, SIGTERM, SIGHUP are remembered, SIGPIPE is ignored, until signals_restore. */
void signals_catch(void);
int signals_caught(void); /* the signal, or 0 */
void signals_restore(void);

#endif
