/* SPDX-License-Identifier: Apache-2.0
 * Run folders: what is refused, what is found again, how inputs are cut into tasks that stay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <folder.h>

struct place {
    char path[64];
    struct diag diag;
};

static int place_new(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    strcpy(p->path, "/tmp/assay-folder-XXXXXX");
    p->diag = (struct diag){.fd = open("/dev/null", O_WRONLY), .least = DIAG_WARNING};
    *state = p;
    return mkdtemp(p->path) ? 0 : -1;
}

static int place_free(void **state)
{
    struct place *p = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", p->path);
    int status = system(command);
    close(p->diag.fd);
    free(p);
    return status;
}

static void put(const struct place *p, const char *name, const char *text)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", p->path, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void test_refused(void **state)
{
    struct place *p = *state;
    struct folder f;
    put(p, "letter.txt", "mine");
    assert_false(folder_open(&f, p->path, "a.conf", &p->diag));
    char path[160];
    snprintf(path, sizeof path, "%s/letter.txt", p->path);
    assert_false(folder_open(&f, path, "a.conf", &p->diag));
    unlink(path);
    assert_true(folder_open(&f, p->path, "a.conf", &p->diag));
    folder_close(&f);
    assert_false(folder_open(&f, p->path, "b.conf", &p->diag)); /* of another chain */
    put(p, "assay-run", "assay run folder 999\nchain a.conf\n");
    assert_false(folder_open(&f, p->path, "a.conf", &p->diag)); /* of a newer version */
    snprintf(path, sizeof path, "%s/assay-run", p->path);
    unlink(path);
    assert_false(folder_open(&f, p->path, "a.conf", &p->diag)); /* tasks and no mark: not made by us */
    put(p, "assay-run", "hello\n");
    assert_false(folder_open(&f, p->path, "a.conf", &p->diag));
    assert_int_equal(p->diag.errors, 6);
    snprintf(path, sizeof path, "rm -rf '%s'/*", p->path);
    assert_int_equal(system(path), 0);
    put(p, "lock", ""); /* killed while it was made */
    assert_true(folder_open(&f, p->path, "a.conf", &p->diag));
    folder_close(&f);
}

/* In another process: 1 where the folder can be opened. */
static int opens(struct place *p, struct folder *f)
{
    int status = 0;
    pid_t pid = fork();
    if (!pid)
        _exit(folder_open(f, p->path, "a.conf", &p->diag));
    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status);
}

/* Two hosts at once are one too many. Whoever is started by a host does not keep the folder; a worker does, until it
 * ends. */
static void test_lock(void **state)
{
    struct place *p = *state;
    struct folder f, other;
    int go[2], ready[2];
    char byte;
    _Atomic int *over = mmap(NULL, sizeof *over, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(over, MAP_FAILED);
    assert_int_equal(pipe(go) | pipe(ready), 0);
    assert_true(folder_open(&f, p->path, "a.conf", &p->diag));
    assert_false(opens(p, &other));
    pid_t bystander = fork(); /* has the lock's descriptor, as a plugin's daemon has */
    if (!bystander) {
        close(go[1]);
        for (;;)
            pause();
    }
    pid_t worker = fork();
    if (!worker) {
        close(go[1]);
        int status = folder_work(&f);
        status |= write(ready[1], "", 1) != 1 || read(go[0], &byte, 1) != 0;
        *over = 1;
        _exit(status);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_false(opens(p, &other));
    folder_close(&f); /* the host is dead */
    pid_t next = fork();
    close(go[1]);
    if (!next)
        _exit(!folder_open(&other, p->path, "a.conf", &p->diag) || !*over);
    int status;
    assert_int_equal(waitpid(next, &status, 0), next);
    assert_int_equal(status, 0);
    assert_int_equal(waitpid(worker, &status, 0), worker);
    assert_int_equal(status, 0);
    kill(bystander, SIGKILL);
    waitpid(bystander, &status, 0);
    munmap((void *)over, sizeof *over);
}

static void test_tasks(void **state)
{
    struct place *p = *state;
    struct folder f;
    struct folder_name one = {1, 2}, two = {3, 2}, three = {7, 0};
    assert_true(folder_open(&f, p->path, "a.conf", &p->diag));
    assert_int_equal(folder_find(&f, one), -1);
    int fd = folder_part(&f, one);
    assert_int_equal(write(fd, "abc", 3), 3);
    assert_int_equal(folder_keep(&f, one, fd), 0);
    close(fd);
    fd = folder_part(&f, two);
    assert_int_equal(folder_keep(&f, two, fd), 0); /* an empty one */
    close(fd);
    close(folder_part(&f, three));
    folder_close(&f);

    assert_true(folder_open(&f, p->path, "a.conf", &p->diag));
    assert_int_equal(f.files, 2);
    fd = folder_find(&f, one);
    char got[4] = "";
    assert_int_equal(read(fd, got, 4), 3);
    assert_string_equal(got, "abc");
    close(fd);
    assert_true(folder_has(&f, two));
    assert_int_equal(folder_find(&f, three), -1); /* unfinished */
    assert_int_equal(folder_collect(&f), 3);      /* two was not used */
    folder_close(&f);

    assert_true(folder_open(&f, p->path, "a.conf", &p->diag));
    assert_int_equal(f.files, 1);
    char path[200];
    snprintf(path, sizeof path, "%s/tasks/%016llx%016llx.%016llx", p->path, 2ull, 1ull, (unsigned long long)f.file[0].sum);
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    fputc('X', file);
    fclose(file);
    assert_int_equal(folder_find(&f, one), -1); /* damaged: said, and gone */
    assert_int_equal(p->diag.warnings, 1);
    assert_false(folder_has(&f, one));
    folder_close(&f);
}

static void test_cut(void **state)
{
    struct place *p = *state;
    struct folder f;
    enum { N = 10 };
    struct folder_name item[N + 2];
    uint64_t cost[N + 2], order[N + 2], end[N + 2], known, gone;
    for (uint64_t i = 0; i < N + 2; i++) {
        item[i] = (struct folder_name){i * 77, 5};
        cost[i] = 10;
    }
    assert_true(folder_open(&f, p->path, "a.conf", &p->diag));
    assert_int_equal(folder_cut(&f, item, cost, N, 30, order, end), 4);
    assert_int_equal(end[0], 3);
    assert_int_equal(end[3], N);
    assert_int_equal(folder_note(&f, item, order, end, 4), 0);
    folder_close(&f);

    /* one changed (of the second task), two more: the other tasks stay, the rest is cut anew */
    assert_true(folder_open(&f, p->path, "a.conf", &p->diag));
    item[4].low = 999;
    folder_compare(&f, item, N + 2, &known, &gone);
    assert_int_equal(known, 9);
    assert_int_equal(gone, 1);
    assert_int_equal(folder_cut(&f, item, cost, N + 2, 30, order, end), 5);
    const uint64_t want[] = {0, 1, 2, 6, 7, 8, 9, 3, 4, 5, 10, 11}, ends[] = {3, 6, 7, 10, 12};
    assert_memory_equal(order, want, sizeof want);
    assert_memory_equal(end, ends, sizeof ends);
    folder_close(&f);

    put(p, "manifest", "assaymf and nothing else of use, but long enough to be a head of a manifest");
    assert_true(folder_open(&f, p->path, "a.conf", &p->diag));
    assert_int_equal(f.known_tasks, 0);
    folder_close(&f);
}

static void test_equal_items(void **state)
{
    struct place *p = *state;
    struct folder f;
    struct folder_name item[4] = {{1, 1}, {1, 1}, {1, 1}, {2, 2}};
    uint64_t cost[4] = {1, 1, 1, 1}, order[4], end[4];
    assert_true(folder_open(&f, p->path, "a.conf", &p->diag));
    uint32_t tasks = folder_cut(&f, item, cost, 4, 2, order, end);
    assert_int_equal(folder_note(&f, item, order, end, tasks), 0);
    folder_close(&f);
    assert_true(folder_open(&f, p->path, "a.conf", &p->diag));
    assert_int_equal(folder_cut(&f, item, cost, 4, 2, order, end), 2);
    unsigned seen = 0;
    for (int i = 0; i < 4; i++)
        seen |= 1u << order[i];
    assert_int_equal(seen, 15); /* each once */
    folder_close(&f);
}

#define MANY 64u

/* How many of the tasks need not be summed again, if their files are as they were. */
static uint32_t trusted(const struct folder *f)
{
    uint32_t n = 0;
    for (uint64_t i = 0; i < f->files; i++)
        n += f->file[i].trusted;
    return n;
}

/* Opens the folder, finds all that is there, counts what was trusted, and collects. */
static uint32_t reopen(const struct place *p, struct diag *diag)
{
    struct folder f;
    assert_true(folder_open(&f, p->path, "a.conf", diag));
    uint32_t n = trusted(&f);
    for (uint64_t i = 0; i < MANY; i++) {
        int fd = folder_find(&f, (struct folder_name){i, 7});
        if (fd >= 0)
            close(fd);
    }
    folder_collect(&f);
    folder_close(&f);
    return n;
}

static void test_trust(void **state)
{
    struct place *p = *state;
    struct folder f;
    char command[600];
    assert_true(folder_open(&f, p->path, "a.conf", &p->diag));
    for (uint64_t i = 0; i < MANY; i++) {
        struct folder_name name = {i, 7};
        int fd = folder_part(&f, name);
        assert_int_equal(write(fd, "task", 4), 4);
        assert_int_equal(folder_keep(&f, name, fd), 0);
        close(fd);
    }
    folder_collect(&f);
    folder_close(&f);
    assert_int_equal(reopen(p, &p->diag), MANY - MANY / 16);
    assert_int_equal(reopen(p, &p->diag), MANY - MANY / 16);
    /* as many bytes and the time of the last change as before: the system has told otherwise */
    snprintf(command, sizeof command,
             "f=$(ls -d '%s'/tasks/*0000000000000015.*); touch -r $f '%s'/t; printf X | dd of=$f conv=notrunc 2> /dev/null; "
             "touch -r '%s'/t $f; rm '%s'/t",
             p->path, p->path, p->path, p->path);
    assert_int_equal(system(command), 0);
    assert_int_equal(p->diag.warnings, 0);
    assert_int_equal(reopen(p, &p->diag), MANY - MANY / 16);
    assert_int_equal(p->diag.warnings, 1); /* it is said, and gone */
    put(p, "verified", "assayvf");
    assert_int_equal(reopen(p, &p->diag), 0);
    assert_int_equal(reopen(p, &p->diag), MANY - 1 - MANY / 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_refused, place_new, place_free),
        cmocka_unit_test_setup_teardown(test_lock, place_new, place_free),
        cmocka_unit_test_setup_teardown(test_tasks, place_new, place_free),
        cmocka_unit_test_setup_teardown(test_trust, place_new, place_free),
        cmocka_unit_test_setup_teardown(test_cut, place_new, place_free),
        cmocka_unit_test_setup_teardown(test_equal_items, place_new, place_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
