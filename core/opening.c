/* SPDX-License-Identifier: Apache-2.0 */
#include "opening.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"

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

void opening_begin(struct opening *o, const char *plugin, const char *hook)
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
}

void opening_end(const struct opening *o)
{
    for (int i = 0; i < OPENING_SIGNALS; i++)
        sigaction(signals[i], &o->before[i], NULL);
    in_hand = NULL;
}
