/* SPDX-License-Identifier: Apache-2.0 */
#include "orphans.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define GENERATIONS 64 /* of children of children: what starts others faster than they end is left to the system */

void orphans_adopt(void)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
}

/* What the system says of the children of this process' first thread, whoever asks: numbers, each followed by a
 * blank. */
static void list_children(char *list, size_t room)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, list, room - 1);
    if (fd >= 0)
        close(fd);
    list[n > 0 ? n : 0] = 0;
    char *end = strrchr(list, ' '); /* what follows the last one is cut off */
    *(end ? end : list) = 0;
}

int orphans_adopt_alone(void)
{
    char list[64];
    list_children(list, sizeof list);
    if (*list)
        return 0;
    orphans_adopt();
    return 1;
}

void orphans_disown(void)
{
    prctl(PR_SET_CHILD_SUBREAPER, 0);
}

static int is_among(pid_t pid, const pid_t *list, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (list[i] == pid)
            return 1;
    return 0;
}

/* Ends the children there are. 0: there are none. */
static int end_children(const pid_t *but, uint32_t n)
{
    char list[4096];
    int any = 0;
    list_children(list, sizeof list);
    for (char *at = list, *next; *at; at = next) {
        pid_t pid = (pid_t)strtol(at, &next, 10);
        if (next == at)
            break;
        if (is_among(pid, but, n))
            continue;
        kill(pid, SIGKILL);
        any |= waitpid(pid, NULL, 0) == pid;
    }
    return any;
}

void orphans_end(const pid_t *but, uint32_t n)
{
    for (int i = 0; i < GENERATIONS && end_children(but, n); i++)
        ;
}
