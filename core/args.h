/* SPDX-License-Identifier: Apache-2.0
 *
 * The command line: a table of options a command takes, and what was given.
 */
#ifndef ARGS_H
#define ARGS_H

#include <stdint.h>

#include "arena.h"
#include "diag.h"

enum arg_kind { ARG_FLAG, ARG_ONE, ARG_MANY };

struct arg_spec {
    const char *name;  /* "plugin-dir"; NULL ends a table */
    char letter;       /* 'j', or 0 */
    enum arg_kind kind;
    const char *value; /* what its value is called in --help */
    const char *help;  /* NULL: not shown by --help */
};

struct arg_values {
    const char **at; /* NULL-terminated */
    uint32_t count;
};

struct args {
    const struct arg_spec *spec;
    struct arg_values *given;   /* by spec */
    struct arg_values operand;
    struct arena arena;
};

/* --name VALUE, --name=VALUE, -jVALUE, -j VALUE, in any place; "--" ends them; "-" is an operand. 0: wrong, printed.
 * The values are borrowed from argv. */
int args_parse(struct args *, const struct arg_spec *, int argc, char **argv, struct diag *);
int args_flag(const struct args *, const char *name);
/* The last one given, or NULL. */
const char *args_one(const struct args *, const char *name);
/* All, NULL-terminated; never NULL. */
const char *const *args_many(const struct args *, const char *name);
/* A whole number 0..most; `otherwise` where it was not given. 0: it is none, printed. */
int args_number(const struct args *, const char *name, uint32_t most, uint32_t otherwise, uint32_t *value,
                struct diag *);
void args_free(struct args *);

#endif
