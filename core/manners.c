/* SPDX-License-Identifier: Apache-2.0 */
#include "manners.h"

#include <fcntl.h>
#include <fenv.h>
#include <locale.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Those that the host waits for or ends by. */
static const int signals[MANNERS_SIGNALS] = {SIGCHLD, SIGINT, SIGTERM, SIGHUP, SIGPIPE};

void manners_note(struct manners *m)
{
    m->folder = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    fflush(stdout);
    m->out = fcntl(1, F_DUPFD_CLOEXEC, 3);
    if (m->out >= 0)
        dup2(2, 1);
    m->mask = umask(077);
    umask(m->mask);
    sigprocmask(SIG_SETMASK, NULL, &m->blocked);
    for (int i = 0; i < MANNERS_SIGNALS; i++)
        sigaction(signals[i], NULL, &m->action[i]);
}

void manners_restore(struct manners *m)
{
    if (m->folder >= 0) {
        int back = fchdir(m->folder); /* a folder that was left and has gone is no loss */
        (void)back;
        close(m->folder);
    }
    fflush(stdout);
    if (m->out >= 0) {
        dup2(m->out, 1);
        close(m->out);
    }
    umask(m->mask);
    for (int i = 0; i < MANNERS_SIGNALS; i++)
        sigaction(signals[i], &m->action[i], NULL);
    sigprocmask(SIG_SETMASK, &m->blocked, NULL);
    setlocale(LC_ALL, "C");
    fesetenv(FE_DFL_ENV); /* a module built for fast, inexact arithmetic changes it when it is loaded */
}

void manners_round(void)
{
    if (fegetround() != FE_TONEAREST)
        fesetround(FE_TONEAREST);
}
