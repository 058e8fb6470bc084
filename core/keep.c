/* SPDX-License-Identifier: Apache-2.0 */
#include "keep.h"

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

char *keep_path(const char *dir, int previous)
{
    char *marker = join("", dir, FOLDER_MARKER);
    int ours = marker && !access(marker, F_OK);
    free(marker);
    return !ours ? NULL : join("", dir, previous ? KEEP_PREVIOUS : KEEP_RESULT);
}

int keep_open(struct keep *k, const char *dir)
{
    *k = (struct keep){0};
    if (!dir)
        return 1;
    k->writer = join("jsonl:", dir, KEEP_NEW);
    k->last = join("", dir, KEEP_RESULT);
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

int keep_turn(const char *dir, struct diag *diag)
{
    int status;
    if (!is_there(dir, KEEP_NEW) && is_there(dir, KEEP_SAME))
        status = move(dir, KEEP_SAME, KEEP_PREVIOUS, diag);
    else
        status = move(dir, KEEP_RESULT, KEEP_PREVIOUS, diag) || move(dir, KEEP_NEW, KEEP_RESULT, diag) ? -1 : 0;
    drop(dir, KEEP_SAME);
    return status;
}

void keep_close(struct keep *k)
{
    free(k->writer);
    free(k->last);
    *k = (struct keep){0};
}
