/* SPDX-License-Identifier: Apache-2.0 */
#include "bereft.h"

#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "orphans.h"

#define SIG_BEREFT SIGRTMAX /* a worker's, when its host dies */
#define STACK (64u << 10)
#define LOOK_NS 500000000

/* This worker has nobody to work for, and nobody would end what its plugins have left. */
static void end_all(int number)
{
    (void)number;
    orphans_end(NULL, 0);
    kill(-getpid(), SIGKILL);
    kill(getpid(), SIGKILL);
}

/* The second thread. */
#if defined(__SANITIZE_ADDRESS__)
__attribute__((no_sanitize_address))
#endif
static int watch(void *own)
{
    pid_t host = (pid_t)(intptr_t)own;
    const struct timespec pause = {0, LOOK_NS};
    while (getppid() == host)
        syscall(SYS_nanosleep, &pause, NULL);
    end_all(0);
    return 0;
}

static void start_watch(pid_t host)
{
    char *stack = mmap(NULL, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    sigset_t all, before;
    if (stack == MAP_FAILED)
        return;
    sigfillset(&all);
    sigdelset(&all, SIG_BEREFT);
    sigprocmask(SIG_SETMASK, &all, &before); /* the thread takes over the mask: all other signals are the worker's */
    const int thread = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD; /* what valgrind knows, too */
    if (clone(watch, stack + STACK, thread, (void *)(intptr_t)host) < 0)
        munmap(stack, STACK);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

void bereft_watch(pid_t host)
{
    struct sigaction action = {.sa_handler = end_all};
    sigset_t only;
    sigemptyset(&action.sa_mask);
    sigemptyset(&only);
    sigaddset(&only, SIG_BEREFT);
    sigaction(SIG_BEREFT, &action, NULL);
    sigprocmask(SIG_UNBLOCK, &only, NULL);
    prctl(PR_SET_PDEATHSIG, SIG_BEREFT);
    start_watch(host);
}
