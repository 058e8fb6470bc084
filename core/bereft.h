/* SPDX-License-Identifier: Apache-2.0
 *
 * A worker whose host is gone ends itself, with what its plugins have left behind (orphans.h). The system tells it by a
 * signal. A plugin may have blocked or ignored all signals and never return: so a second thread of the worker, which
 * has a signal mask of its own, also looks twice a second whether the host is still there.
 *
 * That thread is started without the C library, for which the worker stays a process of one thread: otherwise malloc
 * and stdio would begin to lock. It calls the system alone.
 */
#ifndef BEREFT_H
#define BEREFT_H

#include <sys/types.h>

/* In a new worker, once its signals are set; `host` is its parent. Best effort: without the thread the signal has to
 * do. */
void bereft_watch(pid_t host);

#endif
