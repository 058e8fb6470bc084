/* SPDX-License-Identifier: Apache-2.0 */
#include "strays.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define GENERATIONS 64 /* of children of children: what starts others faster than they end is left to the system */

void strays_adopt(void)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
}

/* Ends the children there are. 0: there are none. */
static int end_children(void)
{
    char list[4096];
    int fd = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC), any = 0;
    ssize_t n = fd < 0 ? 0 : read(fd, list, sizeof list - 1);
    if (fd >= 0)
        close(fd);
    list[n > 0 ? n : 0] = 0;
    char *end = strrchr(list, ' '); /* each number is followed by a blank: what follows the last one is cut off */
    if (end)
        *end = 0;
    for (char *at = end ? list : list + n, *next; *at; at = next) {
        pid_t pid = (pid_t)strtol(at, &next, 10);
        if (next == at)
            break;
        kill(pid, SIGKILL);
        any |= waitpid(pid, NULL, 0) == pid;
    }
    return any;
}

void strays_end(void)
{
    for (int i = 0; i < GENERATIONS && end_children(); i++)
        ;
}
