/* SPDX-License-Identifier: Apache-2.0 */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ARGS_MAX 16
#define EXIT_MISSING 127

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A file of the bytes that has no name; -1: errno says why. */
static int make_file(const void *input, uint64_t size)
{
    int fd = memfd_create("input", MFD_CLOEXEC);
    for (uint64_t at = 0; fd >= 0 && at < size;) {
        ssize_t n = pwrite(fd, (const char *)input + at, size - at, (off_t)at);
        if (n <= 0) {
            close(fd);
            return -1;
        }
        at += (uint64_t)n;
    }
    return fd;
}

static void limit(int resource, uint64_t value)
{
    struct rlimit r = {value, value};
    setrlimit(resource, &r);
}

/* In the child, never to return. Only calls that are safe between fork and exec. */
static void become(const char *const *argv, int input, int out, int err, const struct child_limits *limits)
{
    static char path[] = "/dev/fd/3";
    const char *args[ARGS_MAX + 1];
    int n = 0;
    for (; n < ARGS_MAX && argv[n]; n++)
        args[n] = strcmp(argv[n], "@") == 0 ? path : argv[n];
    args[n] = NULL;
    int null = open("/dev/null", O_RDONLY);
    if (null < 0 || dup2(null, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0 || dup2(input, 3) < 0)
        _exit(EXIT_MISSING);
    if (input == 3)
        fcntl(3, F_SETFD, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    limit(RLIMIT_CPU, (uint64_t)(limits->time_ms + 999) / 1000);
    limit(RLIMIT_AS, limits->memory);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    execvp(args[0], (char *const *)(uintptr_t)args);
    _exit(EXIT_MISSING);
}

/* Reads both pipes until they end, the time is over or there is too much. */
static enum child_end gather(int out, int err, const struct child_limits *limits, struct assay_buf *to, char *message,
                             size_t room)
{
    struct pollfd fds[2] = {{out, POLLIN, 0}, {err, POLLIN, 0}};
    int64_t end = now_ms() + limits->time_ms;
    size_t said = 0;
    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        int64_t left = end - now_ms();
        if (left <= 0)
            return CHILD_TIMEOUT;
        if (poll(fds, 2, (int)(left < 1000 ? left : 1000)) < 0 && errno != EINTR)
            return CHILD_SYSTEM;
        for (int i = 0; i < 2; i++) {
            char block[65536];
            if (fds[i].fd < 0 || !fds[i].revents)
                continue;
            ssize_t n = read(fds[i].fd, block, sizeof block);
            if (n < 0 && errno == EINTR)
                continue;
            if (n <= 0) {
                fds[i].fd = -1;
                continue;
            }
            if (i == 0) {
                assay_buf_add(to, block, (size_t)n);
            } else {
                size_t keep = (size_t)n < room - 1 - said ? (size_t)n : room - 1 - said;
                memcpy(message + said, block, keep);
                said += keep;
                message[said] = 0;
            }
            if (to->size > limits->output || to->failed)
                return CHILD_OUTPUT;
        }
    }
    return CHILD_OK;
}

enum child_end child_run(const char *const *argv, const void *input, uint64_t size, const struct child_limits *limits,
                         struct assay_buf *out, char *message, size_t room)
{
    int file = make_file(input, size), a[2] = {-1, -1}, b[2] = {-1, -1};
    message[0] = 0;
    pid_t pid = -1;
    if (file >= 0 && pipe2(a, O_CLOEXEC) == 0 && pipe2(b, O_CLOEXEC) == 0)
        pid = fork();
    if (pid == 0)
        become(argv, file, a[1], b[1], limits);
    if (file >= 0)
        close(file);
    if (a[1] >= 0)
        close(a[1]);
    if (b[1] >= 0)
        close(b[1]);
    enum child_end end = pid > 0 ? gather(a[0], b[0], limits, out, message, room) : CHILD_SYSTEM;
    if (a[0] >= 0)
        close(a[0]);
    if (b[0] >= 0)
        close(b[0]);
    if (pid <= 0)
        return end;
    int status = 0;
    if (end != CHILD_OK)
        kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (end != CHILD_OK)
        return end;
    if (WIFSIGNALED(status))
        return WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL ? CHILD_TIMEOUT : CHILD_CRASHED;
    return WEXITSTATUS(status) == 0 ? CHILD_OK : WEXITSTATUS(status) == EXIT_MISSING ? CHILD_MISSING : CHILD_FAILED;
}
