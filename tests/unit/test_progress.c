/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "pool.h"
#include "progress.h"

static int terminal = -1, screen = -1;

static int set_up(void **state)
{
    (void)state;
    if (openpty(&screen, &terminal, NULL, NULL, NULL) != 0)
        print_message("no terminal can be had here (is /dev/pts mounted?): what needs one is skipped\n");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    close(terminal);
    close(screen);
    return 0;
}

/* What the terminal got, NUL-terminated. */
static const char *shown(void)
{
    static char text[1024];
    ssize_t n = read(screen, text, sizeof text - 1);
    text[n > 0 ? n : 0] = 0;
    return text;
}

static void a_bar_on_a_terminal(void **state)
{
    (void)state;
    if (terminal < 0)
        skip();
    struct diag diag = {.fd = terminal, .least = DIAG_INFO};
    struct progress *p = progress_open(&diag, 0);
    assert_non_null(p);
    struct pool_task task[2] = {{0}};
    task[0].state = 2; /* whole */
    task[0].count[0] = 30;
    task[0].count[1] = 2000000;
    task[1].count[0] = 12;
    task[1].count[2] = 1;
    progress_stage(p, "reading", 2);
    progress_show(p, task, 2); /* too early for anything */
    usleep(600000);
    progress_show(p, task, 2);
    const char *line = shown();
    assert_non_null(strstr(line, "reading 1/2"));
    assert_non_null(strstr(line, "42 documents"));
    assert_non_null(strstr(line, "2.0 MB"));
    assert_non_null(strstr(line, "1 failures"));
    assert_int_equal(*line, '\r');
    assert_null(strchr(line, '\n'));
    progress_clear(p);
    assert_non_null(strstr(shown(), "\033[K"));
    progress_stage(p, "comparing", 1); /* the same documents again, not more of them */
    struct pool_task next = {.count = {5, 0, 0, 0}};
    progress_show(p, &next, 1);
    line = shown();
    assert_non_null(strstr(line, "comparing 0/1"));
    assert_non_null(strstr(line, "42 documents"));
    progress_close(p);
}

static void nothing_otherwise(void **state)
{
    (void)state;
    int ends[2];
    if (terminal < 0)
        skip();
    assert_int_equal(pipe(ends), 0);
    struct diag piped = {.fd = ends[1]}, json = {.fd = terminal, .json = 1}, plain = {.fd = terminal};
    assert_null(progress_open(&piped, 0));
    assert_null(progress_open(&json, 0));
    assert_null(progress_open(&plain, 1));
    progress_stage(NULL, "reading", 1);
    progress_show(NULL, NULL, 0);
    progress_clear(NULL);
    progress_close(NULL);
    close(ends[0]);
    close(ends[1]);
}

static void signals_are_noted(void **state)
{
    (void)state;
    signals_catch();
    assert_int_equal(signals_caught(), 0);
    raise(SIGPIPE); /* a closed pipe is an error of a write */
    assert_int_equal(signals_caught(), 0);
    raise(SIGTERM);
    assert_int_equal(signals_caught(), SIGTERM);
    signals_restore();
    signals_catch();
    assert_int_equal(signals_caught(), 0);
    signals_restore();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bar_on_a_terminal),
        cmocka_unit_test(nothing_otherwise),
        cmocka_unit_test(signals_are_noted),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
