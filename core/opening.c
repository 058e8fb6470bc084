/* SPDX-License-Identifier: Apache-2.0 */
#include "opening.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"

#define SIG_LATE (SIGRTMAX - 1)

static const int signals[OPENING_SIGNALS] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
/* Which hook of which plugin is under way: signal handlers and exit have no other way to know. */
static const char *volatile in_hand;
static const char *volatile hook_in_hand;

static void put(const char *text)
{
    ssize_t written = write(2, text, strlen(text));
    (void)written;
}

static void leave(const char *what, const char *number)
{
    put("assay: error: ");
    put(in_hand);
    put(": its ");
    put(hook_in_hand);
    put(what);
    put(number);
    put(*number ? ")\n" : "\n");
    _exit(RUN_PLUGIN);
}

/* Async-signal-safe: write and _exit alone. */
static void crashed(int number)
{
    char digits[] = {(char)('0' + number / 10), (char)('0' + number % 10), 0};
    leave(" crashed (signal ", number < 10 ? digits + 1 : digits);
}

static void exited(void)
{
    if (in_hand)
        leave(" ended the process by exit()", "");
}

static void late(int number)
{
    (void)number;
    leave(" ran out of time (time_limit)", "");
}

/* What cannot be had is done without. */
static void arm(struct opening *o, clockid_t clock, int number, int64_t ms)
{
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = number};
    struct itimerspec when = {.it_value = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}};
    if (timer_create(clock, &event, &o->timer[o->timers]))
        return;
    timer_settime(o->timer[o->timers++], 0, &when, NULL);
}

static int64_t patience(int64_t limit_ms)
{
    const char *wish = getenv("ASSAY_OPEN_MS");
    return wish && atoll(wish) > 0 ? atoll(wish) : limit_ms > OPENING_MS ? limit_ms : OPENING_MS;
}

/* The second time no handler is asked. */
static void limit(struct opening *o, int64_t ms)
{
    struct sigaction action = {.sa_handler = late};
    sigaction(SIG_LATE, &action, &o->before_late);
    for (int times = 1; times <= 2; times++) {
        int number = times == 1 ? SIG_LATE : SIGKILL;
        arm(o, CLOCK_PROCESS_CPUTIME_ID, number, times * ms);
        arm(o, CLOCK_MONOTONIC, number, times * 10 * ms);
    }
}

void opening_begin(struct opening *o, const char *plugin, const char *hook, int64_t limit_ms)
{
    static int registered;
    if (!registered)
        registered = !atexit(exited);
    in_hand = plugin;
    hook_in_hand = hook;
    struct sigaction action = {.sa_handler = crashed};
    for (int i = 0; i < OPENING_SIGNALS; i++) {
        sigaction(signals[i], NULL, &o->before[i]);
        if (o->before[i].sa_handler == SIG_DFL)
            sigaction(signals[i], &action, NULL);
    }
    o->timers = 0;
    limit(o, patience(limit_ms));
}

void opening_end(const struct opening *o)
{
    for (int i = 0; i < o->timers; i++)
        timer_delete(o->timer[i]);
    for (int i = 0; i < OPENING_SIGNALS; i++)
        sigaction(signals[i], &o->before[i], NULL);
    sigaction(SIG_LATE, &o->before_late, NULL);
    in_hand = NULL;
}
