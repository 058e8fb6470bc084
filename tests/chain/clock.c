/* SPDX-License-Identifier: Apache-2.0
 *
 * A system clock that lies, for LD_PRELOAD: it starts ASSAY_CLOCK seconds away from the real one (negative: back), and each
 * time that it is asked it has been set back by ASSAY_CLOCK_STEP seconds more. The monotonic clock is left alone: nobody can
 * set it.
 */
#define _GNU_SOURCE
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static _Atomic long asked;

static long number(const char *name)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : 0;
}

static long lie(void)
{
    return number("ASSAY_CLOCK") - atomic_fetch_add(&asked, 1) * number("ASSAY_CLOCK_STEP");
}

int clock_gettime(clockid_t clock, struct timespec *t)
{
    int status = (int)syscall(SYS_clock_gettime, clock, t);
    if (!status && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        t->tv_sec += lie();
    return status;
}

time_t time(time_t *to)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_REALTIME, &t);
    if (to)
        *to = t.tv_sec;
    return t.tv_sec;
}

int gettimeofday(struct timeval *restrict to, void *restrict zone)
{
    struct timespec t = {0};
    (void)zone;
    int status = clock_gettime(CLOCK_REALTIME, &t);
    to->tv_sec = t.tv_sec;
    to->tv_usec = t.tv_nsec / 1000;
    return status;
}
