/* SPDX-License-Identifier: Apache-2.0
 *
 * Pages of segments in files that a process has mapped in: they are let go where they are too many.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "work.h"

#define RELAX_AFTER 1024u /* documents; the kernel maps 64 kB around each page that is touched */

static uint64_t status_bytes(const char *status, const char *name)
{
    unsigned long long kb;
    const char *line = strstr(status, name);
    return line && sscanf(line + strlen(name), " %llu kB", &kb) == 1 ? (uint64_t)kb << 10 : 0;
}

/* Whether the files that this process has mapped in and its own memory are more than its share: what segments in memory
 * take is the other half of the chain's, and a quarter of the share is left for what the host keeps of ten million
 * documents. A quarter is there for files in any case, since a worker may have all of its share. */
static int is_full(const struct run *run, uint64_t *files)
{
    char text[4096];
    int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        close(fd);
    text[n > 0 ? n : 0] = 0;
    uint64_t own = status_bytes(text, "RssAnon:"), share = run->share - run->share / 4;
    *files = status_bytes(text, "RssFile:");
    return n <= 0 || (*files >= run->share / 4 + run->work.floor && *files + own >= share);
}

/* Pages that are let go cost a fault each to come back: only where they are too many, and never those of the tables at
 * a segment's end, which are small and asked for all the time. */
void work_relax(struct run *run)
{
    if (++run->work.walked % RELAX_AFTER == 0)
        work_relax_now(run);
}

void work_relax_now(struct run *run)
{
    uint64_t files;
    if (!is_full(run, &files))
        return;
    for (uint32_t k = 0; k < run->kepts; k++)
        for (uint32_t i = 0; i < run->kept_count[k]; i++) {
            const struct segment *segment = &run->kept[k][i];
            const struct foot *foot = segment->in_file ? foot_of(segment) : NULL;
            segment_relax(segment, foot ? foot->docs_at : segment->size + 4095);
        }
    is_full(run, &run->work.floor);
}
