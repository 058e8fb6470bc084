/* SPDX-License-Identifier: Apache-2.0 */
#include "where.h"

#include <string.h>
#include <unistd.h>

#include "label.h"

const char *where_program(struct arena *arena)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n <= 0)
        return NULL;
    path[n] = 0;
    char *slash = strrchr(path, '/');
    return slash ? label_copy(arena, path, slash == path ? 1 : (uint64_t)(slash - path)) : NULL;
}

const char *where_data(struct arena *arena, const char *relative)
{
    const char *program = where_program(arena);
    const char *try[] = {
        program ? label_printf(arena, "%s/share/assay/%s", program, relative) : NULL,
        program ? label_printf(arena, "%s/%s/%s", program, ASSAY_DATA_DIR_FROM_BIN, relative) : NULL,
        label_printf(arena, "%s/%s", ASSAY_DATA_DIR, relative),
    };
    for (size_t i = 0; i < sizeof try / sizeof try[0]; i++)
        if (try[i] && access(try[i], R_OK) == 0)
            return try[i];
    return NULL;
}
