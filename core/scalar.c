/* SPDX-License-Identifier: Apache-2.0 */
#include "scalar.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/utf8.h>

#include "fields.h"
#include "label.h"
#include "options.h"

__attribute__((format(printf, 3, 4)))
static const char *say(char *room, size_t size, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(room, size, format, args);
    va_end(args);
    return room;
}

/* What a person is to write. */
static const char *wanted(const struct assay_field *r)
{
    switch (r->type) {
    case ASSAY_FLAG:
        return "true or false";
    case ASSAY_U32:
    case ASSAY_U64:
        return "a whole number from 0";
    case ASSAY_I64:
        return "a whole number";
    case ASSAY_REAL:
        return "a number";
    case ASSAY_TEXT:
        return "a text";
    case ASSAY_CHOICE:
        return "one of its words, in quotes";
    case ASSAY_PATH:
        return "a path, in quotes";
    case ASSAY_SIZE:
        return "a size such as \"512MB\"";
    case ASSAY_MSEC:
        return "a time such as \"10s\" or \"250ms\"";
    default:
        return "groups { }";
    }
}

/* The same with the range, where one is set. */
static const char *wanted_range(const struct assay_field *r, char *room, size_t size)
{
    if (r->type == ASSAY_REAL && r->min && r->max)
        return say(room, size, "a number from %s to %s", r->min, r->max);
    int whole = r->type == ASSAY_U32 || r->type == ASSAY_U64 || r->type == ASSAY_I64;
    if (!whole || !r->max)
        return wanted(r);
    if (!r->min && r->type == ASSAY_I64)
        return say(room, size, "a whole number up to %s", r->max);
    return say(room, size, "a whole number from %s to %s", r->min ? r->min : "0", r->max);
}

/* Whether a type of the file may become the row's. A whole number is fine for a real. */
static int fits(const struct assay_field *r, enum conf_type t)
{
    switch (r->type) {
    case ASSAY_FLAG:
        return t == CONF_FLAG;
    case ASSAY_U32:
    case ASSAY_U64:
    case ASSAY_I64:
        return t == CONF_INT;
    case ASSAY_REAL:
        return t == CONF_INT || t == CONF_REAL;
    case ASSAY_SIZE:
        return t == CONF_INT || t == CONF_TEXT;
    default:
        return t == CONF_TEXT;
    }
}

static int read_whole(const char *text, int sign, uint64_t *magnitude, int *negative)
{
    char *rest;
    *negative = sign && *text == '-';
    text += *negative;
    if (*text < '0' || *text > '9' || text[strspn(text, "0123456789")])
        return 0;
    errno = 0;
    *magnitude = strtoull(text, &rest, 10);
    return errno == 0;
}

/* A whole number and its unit out of a table {name, factor}. */
struct unit {
    const char *name;
    uint64_t factor;
};

static int read_with_unit(const char *text, const struct unit *unit, uint64_t *value)
{
    char digits[24];
    size_t n = strspn(text, "0123456789");
    int negative;
    if (!n || n >= sizeof digits)
        return 0;
    memcpy(digits, text, n);
    digits[n] = 0;
    if (!read_whole(digits, 0, value, &negative))
        return 0;
    text += n;
    text += *text == ' ';
    for (; unit->name; unit++)
        if (strcmp(unit->name, text) == 0)
            return !__builtin_mul_overflow(*value, unit->factor, value);
    return 0;
}

int options_size(const char *text, uint64_t *bytes)
{
    static const struct unit unit[] = {{"", 1},
                                       {"B", 1},
                                       {"KB", 1ull << 10},
                                       {"KiB", 1ull << 10},
                                       {"MB", 1ull << 20},
                                       {"MiB", 1ull << 20},
                                       {"GB", 1ull << 30},
                                       {"GiB", 1ull << 30},
                                       {"TB", 1ull << 40},
                                       {"TiB", 1ull << 40},
                                       {NULL, 0}};
    return read_with_unit(text, unit, bytes) && *bytes <= INT64_MAX;
}

int options_msec(const char *text, int64_t *ms)
{
    static const struct unit unit[] = {{"ms", 1}, {"s", 1000}, {"m", 60000}, {"min", 60000}, {"h", 3600000}, {NULL, 0}};
    uint64_t v;
    if (strcmp(text, "0") == 0) {
        *ms = 0;
        return 1;
    }
    if (!read_with_unit(text, unit, &v) || v > INT64_MAX)
        return 0;
    *ms = (int64_t)v;
    return 1;
}

static int read_real(const char *text, double *value)
{
    char *rest;
    if (!*text || text[strspn(text, "0123456789+-.eE")])
        return 0;
    *value = strtod(text, &rest);
    return *rest == 0 && isfinite(*value);
}

static int read_flag(const char *text, uint32_t *value)
{
    *value = strcasecmp(text, "true") == 0;
    return *value || strcasecmp(text, "false") == 0;
}

static int read_number(const struct scalar *s, void *to)
{
    uint64_t v;
    int negative;
    switch (s->row->type) {
    case ASSAY_U32:
        if (!read_whole(s->text, 0, &v, &negative) || v > UINT32_MAX)
            return 0;
        *(uint32_t *)to = (uint32_t)v;
        return 1;
    case ASSAY_U64:
        return read_whole(s->text, 0, to, &negative);
    default:
        if (!read_whole(s->text, 1, &v, &negative) || v > (uint64_t)INT64_MAX + (negative ? 1u : 0u))
            return 0;
        *(int64_t *)to = negative ? (int64_t)(0 - v) : (int64_t)v;
        return 1;
    }
}

static const char *read_choice(const struct scalar *s, uint32_t *to, char *room, size_t size, const char **hint)
{
    const char *words[65], *near;
    uint32_t n = fields_words(s->row->of);
    *to = fields_word_index(s->row->of, s->text, strlen(s->text));
    if (*to != ASSAY_NEVER)
        return NULL;
    uint32_t k = 0;
    for (uint32_t i = 0; i < n && k < 64; i++) {
        struct assay_text w = fields_word(s->row->of, i);
        words[k] = label_copy(s->arena, w.at, w.size);
        k += words[k] != NULL;
    }
    words[k] = NULL;
    near = diag_nearest(s->text, words);
    if (near)
        *hint = label_printf(s->arena, "did you mean \"%s\"?", near);
    return say(room, size, "is \"%s\", but has to be one of %s", s->text, (const char *)s->row->of);
}

/* "-" stays where the row is an output. An input or output counts from the working directory and stays as it is. */
static const char *read_text(const struct scalar *s, struct assay_text *to, char *room, size_t size)
{
    uint64_t n = strlen(s->text);
    if (s->row->type == ASSAY_TEXT && assay_utf8_valid(s->text, n) != n)
        return say(room, size, "is not valid UTF-8");
    int path = s->row->type == ASSAY_PATH;
    if (path && !n)
        return say(room, size, "is an empty path");
    int keep = !path || !s->folder || s->text[0] == '/' || (s->row->flags & (ASSAY_INPUT | ASSAY_OUTPUT));
    char *copy = keep ? label_copy(s->arena, s->text, n) : label_printf(s->arena, "%s/%s", s->folder, s->text);
    if (!copy)
        return say(room, size, "does not fit into memory");
    *to = (struct assay_text){copy, strlen(copy)};
    return NULL;
}

const char *scalar_read(const struct scalar *s, void *to, char *room, size_t size, const char **hint)
{
    int ok;
    char range[96];
    const struct assay_field *r = s->row;
    if (s->from == SCALAR_FILE && !fits(r, s->type)) {
        struct scalar bare = *s;
        bare.from = SCALAR_WORDS;
        if (s->type == CONF_TEXT && !scalar_read(&bare, to, room, size, hint))
            *hint = "without the quotes";
        return say(room, size, "has to be %s, not %s", wanted_range(r, range, sizeof range), conf_type_name(s->type));
    }
    switch (r->type) {
    case ASSAY_FLAG:
        ok = read_flag(s->text, to);
        break;
    case ASSAY_U32:
    case ASSAY_U64:
    case ASSAY_I64:
        ok = read_number(s, to);
        break;
    case ASSAY_REAL:
        ok = read_real(s->text, to);
        break;
    case ASSAY_SIZE:
        ok = options_size(s->text, to);
        break;
    case ASSAY_MSEC:
        ok = options_msec(s->text, to);
        break;
    case ASSAY_CHOICE:
        return read_choice(s, to, room, size, hint);
    case ASSAY_TEXT:
    case ASSAY_PATH:
        return read_text(s, to, room, size);
    default:
        return say(room, size, "cannot be given this way");
    }
    return ok ? NULL : say(room, size, "is '%s', but has to be %s", s->text, wanted_range(r, range, sizeof range));
}

static int compare(uint32_t type, const void *a, const void *b)
{
    switch (type) {
    case ASSAY_U32:
        return (*(const uint32_t *)a > *(const uint32_t *)b) - (*(const uint32_t *)a < *(const uint32_t *)b);
    case ASSAY_U64:
    case ASSAY_SIZE:
        return (*(const uint64_t *)a > *(const uint64_t *)b) - (*(const uint64_t *)a < *(const uint64_t *)b);
    case ASSAY_I64:
    case ASSAY_MSEC:
        return (*(const int64_t *)a > *(const int64_t *)b) - (*(const int64_t *)a < *(const int64_t *)b);
    case ASSAY_REAL:
        return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
    default:
        return 0;
    }
}

const char *scalar_range(const struct scalar *s, const void *value, char *room, size_t size)
{
    _Alignas(16) char limit[16];
    char unused[128];
    const char *hint = NULL;
    struct scalar one = *s;
    one.from = SCALAR_WORDS;
    if (s->row->type == ASSAY_TEXT || s->row->type == ASSAY_PATH || s->row->type == ASSAY_CHOICE ||
        s->row->type == ASSAY_FLAG)
        return NULL;
    one.text = s->row->min;
    if (one.text && !scalar_read(&one, limit, unused, sizeof unused, &hint) && compare(s->row->type, value, limit) < 0)
        return say(room, size, "is %s; the least is %s", s->text, s->row->min);
    one.text = s->row->max;
    if (one.text && !scalar_read(&one, limit, unused, sizeof unused, &hint) && compare(s->row->type, value, limit) > 0)
        return say(room, size, "is %s; the most is %s", s->text, s->row->max);
    return NULL;
}
