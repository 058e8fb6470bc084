/* SPDX-License-Identifier: Apache-2.0
 * The worker pool: units survive the death of their worker, culprits are named, progress is never lost or doubled. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pool.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { TASKS = 3, UNITS = 20 };
enum { NOTHING, SEGV, EXIT0, LOOP, ONCE, EAT };

/* Shared with the workers. */
struct board {
    uint32_t done[TASKS][UNITS]; /* how often a unit was done for good, by the progress word */
    uint32_t failed[TASKS][UNITS];
    uint32_t tries[TASKS][UNITS];
};

struct trial {
    struct board *board;
    int bad[TASKS][UNITS];
    uint32_t first, fatal, whole, code;
};

static void misbehave(int how, uint32_t tries)
{
    if (how == SEGV || (how == ONCE && tries == 1))
        raise(SIGSEGV);
    if (how == EXIT0)
        exit(0);
    if (how == LOOP)
        for (volatile unsigned i = 0;; i++)
            ;
    if (how == EAT)
        for (;;) {
            char *more = malloc(1 << 20);
            if (!more)
                raise(SIGSEGV);
            memset(more, 1, 1 << 20);
        }
}

static int32_t work(void *own, struct worker *w)
{
    struct trial *t = own;
    for (uint64_t unit = POOL_UNITS(w->resume); unit < UNITS; unit++) {
        worker_hand(w, unit, 4, 2);
        if (worker_fault(w, unit, 4, 2)) {
            t->board->failed[w->index][unit]++;
        } else {
            misbehave(t->bad[w->index][unit], ++t->board->tries[w->index][unit]);
            t->board->done[w->index][unit]++;
        }
        worker_progress(w, unit + 1, (unit + 1) * 10);
    }
    return 0;
}

static int died(void *own, uint32_t task, const struct pool_fault *fault, int fatal)
{
    struct trial *t = own;
    (void)task;
    assert_int_equal(fault->step, 4);
    assert_int_equal(fault->hook, 2);
    t->code = fault->code;
    t->first += !fatal;
    t->fatal += (uint32_t)fatal;
    return 0;
}

static int whole(void *own, uint32_t task)
{
    struct trial *t = own;
    assert_int_equal(task, t->whole); /* in task order */
    t->whole++;
    return 0;
}

static struct trial *trial_new(void **state)
{
    struct trial *t = calloc(1, sizeof *t);
    t->board = mmap(NULL, sizeof *t->board, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    *state = t;
    return t;
}

static int trial_free(void **state)
{
    struct trial *t = *state;
    munmap(t->board, sizeof *t->board);
    free(t);
    return 0;
}

static int run(struct trial *t, uint32_t workers, uint64_t memory)
{
    struct diag diag = {.fd = 2, .least = DIAG_ERROR};
    struct pool_job job = {.what = "test", .tasks = TASKS, .workers = workers, .own = t, .run = work, .died = died,
                           .whole = whole, .limit_ms = 300, .memory = memory, .diag = &diag};
    return pool_run(&job, NULL);
}

static void check_board(const struct trial *t)
{
    for (int i = 0; i < TASKS; i++)
        for (int u = 0; u < UNITS; u++) {
            int lost = t->bad[i][u] != NOTHING && t->bad[i][u] != ONCE;
            assert_int_equal(t->board->done[i][u], !lost);
            assert_int_equal(t->board->failed[i][u], lost);
        }
    assert_int_equal(t->whole, TASKS);
}

static void test_quiet(void **state)
{
    struct trial *t = trial_new(state);
    assert_int_equal(run(t, 2, 0), POOL_OK);
    check_board(t);
    assert_int_equal(t->first + t->fatal, 0);
}

static void test_in_process(void **state)
{
    struct trial *t = trial_new(state);
    assert_int_equal(run(t, 0, 0), POOL_OK);
    check_board(t);
}

static void test_deaths(void **state)
{
    struct trial *t = trial_new(state);
    t->bad[0][0] = SEGV;
    t->bad[0][1] = SEGV;
    t->bad[1][7] = EXIT0;
    t->bad[2][UNITS - 1] = SEGV;
    t->bad[2][3] = ONCE;
    assert_int_equal(run(t, 2, 0), POOL_OK);
    check_board(t);
    assert_int_equal(t->first, 5);
    assert_int_equal(t->fatal, 4);
    assert_int_equal(t->board->tries[0][0], 2); /* once more, alone, then no more */
}

static void test_timeout(void **state)
{
    struct trial *t = trial_new(state);
    t->bad[1][5] = LOOP;
    assert_int_equal(run(t, 2, 0), POOL_OK);
    check_board(t);
    assert_int_equal(t->code, POOL_TIMEOUT);
}

static void test_memory(void **state)
{
#ifdef ASSAY_SANITIZE
    (void)state;
    trial_new(state);
    skip();
#else
    struct trial *t = trial_new(state);
    t->bad[1][5] = EAT;
    assert_int_equal(run(t, 2, 64 << 20), POOL_OK);
    check_board(t);
    assert_int_equal(t->code, POOL_MEMORY);
#endif
}

static int32_t refuse(void *own, struct worker *w)
{
    (void)own;
    snprintf(w->task->message, sizeof w->task->message, "no room in task %u", w->index);
    return w->index == 1 ? -1 : 0;
}

static void test_failed(void **state)
{
    struct trial *t = trial_new(state);
    struct diag diag = {.fd = 2, .least = DIAG_ERROR};
    struct pool_job job = {.what = "test", .tasks = TASKS, .workers = 1, .own = t, .run = refuse, .diag = &diag};
    assert_int_equal(pool_run(&job, NULL), POOL_FAILED);
    assert_int_equal(diag.errors, 1);
}

/* Dies between documents, as host code or a plugin's destructor may: nobody is blamed. `bad[1][0]`: how often. */
static int32_t die_idle(void *own, struct worker *w)
{
    struct trial *t = own;
    if (w->index == 1 && t->board->tries[1][0]++ < (uint32_t)t->bad[1][0])
        raise(SIGKILL);
    return w->index == 1 && !atomic_load(&w->task->wary) ? -1 : 0;
}

/* What the pool said is at `said`. */
static int run_idle(struct trial *t, struct diag *diag, char *said, size_t room)
{
    int fd[2];
    assert_int_equal(pipe(fd), 0);
    *diag = (struct diag){.fd = fd[1], .least = DIAG_WARNING};
    struct pool_job job = {.what = "test", .tasks = TASKS, .workers = 1, .own = t, .run = die_idle, .died = died,
                           .whole = whole, .diag = diag};
    int result = pool_run(&job, NULL);
    close(fd[1]);
    ssize_t n = read(fd[0], said, room - 1);
    said[n > 0 ? n : 0] = 0;
    close(fd[0]);
    return result;
}

static void test_idle_deaths(void **state)
{
    struct trial *t = trial_new(state);
    struct diag diag;
    char said[512];
    t->bad[1][0] = UNITS;
    assert_int_equal(run_idle(t, &diag, said, sizeof said), POOL_FAILED);
    assert_int_equal(diag.errors, 1);
    assert_non_null(strstr(said, "test: a worker died three times outside of any document (signal 9"));
    assert_int_equal(t->board->tries[1][0], 3);
    assert_int_equal(t->first + t->fatal, 0);
    assert_int_equal(t->whole, 1); /* the task before it */
}

/* Twice nothing is said: the third worker looks at what a hook may have done to the process (wary), and goes on. */
static void test_idle_twice(void **state)
{
    struct trial *t = trial_new(state);
    struct diag diag;
    char said[512];
    t->bad[1][0] = 2;
    assert_int_equal(run_idle(t, &diag, said, sizeof said), POOL_OK);
    assert_string_equal(said, "");
    assert_int_equal(t->first + t->fatal, 0);
    assert_int_equal(t->whole, TASKS);
}

static void test_before(void **state)
{
    struct trial *t = trial_new(state);
    struct diag diag = {.fd = 2, .least = DIAG_ERROR};
    struct pool_job job = {.what = "test", .tasks = TASKS, .workers = 1, .own = t, .run = work, .diag = &diag};
    uint64_t before[TASKS] = {5ull << 40 | 50, 0, (uint64_t)UNITS << 40};
    assert_int_equal(pool_run(&job, before), POOL_OK);
    assert_int_equal(t->board->done[0][4], 0);
    assert_int_equal(t->board->done[0][5], 1);
    assert_int_equal(t->board->done[1][0], 1);
    assert_int_equal(t->board->done[2][UNITS - 1], 0);
    assert_int_equal(t->board->tries[1][0], 1);
    uint64_t whole_before[TASKS] = {POOL_WHOLE, POOL_WHOLE, 0};
    job.whole = whole;
    assert_int_equal(pool_run(&job, whole_before), POOL_OK);
    assert_int_equal(t->whole, TASKS); /* said of all three, */
    assert_int_equal(t->board->tries[1][0], 1); /* run for one */
    assert_int_equal(t->board->tries[2][0], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_quiet, trial_free),   cmocka_unit_test_teardown(test_in_process, trial_free),
        cmocka_unit_test_teardown(test_deaths, trial_free),  cmocka_unit_test_teardown(test_timeout, trial_free),
        cmocka_unit_test_teardown(test_memory, trial_free),  cmocka_unit_test_teardown(test_failed, trial_free),
        cmocka_unit_test_teardown(test_idle_deaths, trial_free), cmocka_unit_test_teardown(test_idle_twice, trial_free),
        cmocka_unit_test_teardown(test_before, trial_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
