/* SPDX-License-Identifier: Apache-2.0 */
#include "procstate.h"

#include <fcntl.h>
#include <fenv.h>
#include <locale.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Those that the host waits for or ends by. */
static const int signals[PROCSTATE_SIGNALS] = {SIGCHLD, SIGINT, SIGTERM, SIGHUP, SIGPIPE};

#define FILES_LOOKED_AT 64 /* while steps are opened the host itself has fewer */

/* As many as the system says; 0 where it does not. A folder has a link for each folder in it, and two more. */
static unsigned threads_now(void)
{
    struct stat st;
    return stat("/proc/self/task", &st) || st.st_nlink < 2 ? 0 : (unsigned)st.st_nlink - 2;
}

void procstate_save(struct procstate *m)
{
    m->threads = threads_now();
    m->files = (struct files){0};
    m->folder = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    fflush(stdout);
    m->out = fcntl(1, F_DUPFD_CLOEXEC, 3);
    if (m->out >= 0)
        dup2(2, 1);
    m->mask = umask(077);
    umask(m->mask);
    sigprocmask(SIG_SETMASK, NULL, &m->blocked);
    for (int i = 0; i < PROCSTATE_SIGNALS; i++)
        sigaction(signals[i], NULL, &m->action[i]);
    for (int fd = 0; fd < FILES_LOOKED_AT; fd++)
        if (fcntl(fd, F_GETFD) >= 0)
            files_add(&m->files, fd);
}

struct procstate_harm procstate_restore(struct procstate *m)
{
    unsigned threads = threads_now();
    struct procstate_harm harm = {!files_kept(&m->files), threads > m->threads ? threads - m->threads : 0};
    files_free(&m->files);
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
    for (int i = 0; i < PROCSTATE_SIGNALS; i++)
        sigaction(signals[i], &m->action[i], NULL);
    sigprocmask(SIG_SETMASK, &m->blocked, NULL);
    setlocale(LC_ALL, "C");
    fesetenv(FE_DFL_ENV); /* a module built for fast, inexact arithmetic changes it when it is loaded */
    return harm;
}

void procstate_rounding(void)
{
    if (fegetround() != FE_TONEAREST)
        fesetround(FE_TONEAREST);
}
