/* SPDX-License-Identifier: Apache-2.0 */
#include "label.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

char *label_copy(struct arena *a, const void *bytes, uint64_t size)
{
    char *p = size < UINT64_MAX ? arena_alloc(a, size + 1) : NULL;
    if (p && size)
        memcpy(p, bytes, size);
    return p;
}

char *label_printf(struct arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = n < 0 ? NULL : arena_alloc(a, (uint64_t)n + 1);
    if (p)
        vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p;
}
