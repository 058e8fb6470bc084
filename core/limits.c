/* SPDX-License-Identifier: Apache-2.0 */
#include "limits.h"

#include <malloc.h>
#include <stdio.h>

static rlim_t now(int which)
{
    static const int resource[LIMITS_KEPT] = {RLIMIT_NOFILE, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_AS};
    struct rlimit limit;
    return getrlimit((__rlimit_resource_t)resource[which], &limit) ? RLIM_INFINITY : limit.rlim_cur;
}

void limits_note(struct limits *limits)
{
    for (int i = 0; i < LIMITS_KEPT; i++)
        limits->at[i] = now(i);
}

int limits_kept(const struct limits *limits)
{
    for (int i = 0; i < LIMITS_KEPT; i++)
        if (now(i) < limits->at[i]) /* no limit is the largest number */
            return 0;
    return 1;
}

uint64_t limits_data(void)
{
    FILE *file = fopen("/proc/self/status", "re");
    char line[256];
    unsigned long long kb = 0;
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "VmData: %llu kB", &kb) == 1)
            break;
    if (file)
        fclose(file);
    return (uint64_t)kb * 1024;
}

rlim_t limits_widen(void)
{
    struct rlimit data;
    if (getrlimit(RLIMIT_DATA, &data) || data.rlim_cur == data.rlim_max)
        return RLIM_INFINITY;
    rlim_t before = data.rlim_cur;
    data.rlim_cur = data.rlim_max;
    setrlimit(RLIMIT_DATA, &data);
    return before;
}

void limits_narrow(rlim_t to)
{
    struct rlimit data;
    if (to == RLIM_INFINITY || getrlimit(RLIMIT_DATA, &data))
        return;
    malloc_trim(0);
    if (limits_data() >= to) /* nothing could be allocated any more */
        return;
    data.rlim_cur = to;
    setrlimit(RLIMIT_DATA, &data);
}
