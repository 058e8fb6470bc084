/* SPDX-License-Identifier: Apache-2.0 */
#include "history.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "folder.h"

static char *join(const char *before, const char *dir, const char *name)
{
    char *path = NULL;
    return asprintf(&path, "%s%s/%s", before, dir, name) < 0 ? NULL : path;
}

char *history_path(const char *dir, int previous)
{
    char *marker = join("", dir, FOLDER_MARKER);
    int ours = marker && !access(marker, F_OK);
    free(marker);
    return !ours ? NULL : join("", dir, previous ? HISTORY_PREVIOUS : HISTORY_RESULT);
}

int history_open(struct history *k, const char *dir)
{
    *k = (struct history){0};
    if (!dir)
        return 1;
    k->writer = join("jsonl:", dir, HISTORY_NEW);
    k->last = join("", dir, HISTORY_RESULT);
    if (!k->writer || !k->last)
        return 0;
    if (access(k->last, R_OK)) {
        free(k->last);
        k->last = NULL;
    }
    return 1;
}

static int move(const char *dir, const char *from, const char *to, struct diag *diag)
{
    char *a = join("", dir, from), *b = join("", dir, to);
    int status = a && b && (!rename(a, b) || errno == ENOENT) ? 0 : -1;
    if (status)
        diag_say(diag, DIAG_ERROR, "run folder %s: %s cannot become %s: %s", dir, from, to, strerror(errno));
    free(a);
    free(b);
    return status;
}

/* Renaming a link to the file that is there does nothing, and leaves it. */
static void drop(const char *dir, const char *name)
{
    char *path = join("", dir, name);
    if (path)
        unlink(path);
    free(path);
}

static int is_there(const char *dir, const char *name)
{
    char *path = join("", dir, name);
    int there = path && !access(path, F_OK);
    free(path);
    return there;
}

int history_turn(const char *dir, struct diag *diag)
{
    int status;
    if (!is_there(dir, HISTORY_NEW) && is_there(dir, HISTORY_SAME))
        status = move(dir, HISTORY_SAME, HISTORY_PREVIOUS, diag);
    else
        status = move(dir, HISTORY_RESULT, HISTORY_PREVIOUS, diag) ? -1 : move(dir, HISTORY_NEW, HISTORY_RESULT, diag);
    drop(dir, HISTORY_SAME);
    return status;
}

void history_close(struct history *k)
{
    free(k->writer);
    free(k->last);
    *k = (struct history){0};
}
