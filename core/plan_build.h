/* SPDX-License-Identifier: Apache-2.0
 *
 * A plan under construction; shared by plan*.c only.
 */
#ifndef PLAN_BUILD_H
#define PLAN_BUILD_H

#include "arena.h"
#include "conf.h"
#include "options.h"
#include "plan.h"

struct build {
    struct plan plan; /* first: what plan_make gives out */
    struct arena arena;
    struct modules *modules;
    struct diag *diag;
    const struct plan_wish *wish;
    struct conf_file conf;
    struct options_set *set; /* of the command line, by step */
    const char **set_step;   /* name of the step, "" = the chain's own */
    uint32_t *set_used;
    uint32_t sets;
    uint32_t errors;
    uint32_t unknown;        /* steps whose plugin is not there: then a missing layer says nothing */
    const struct conf *group[PLAN_STEPS]; /* by step, NULL: from the command line */
};

__attribute__((format(printf, 4, 5)))
void plan_wrong(struct build *, const struct diag_place *, const char *hint, const char *format, ...);

/* plan_read.c: settings, steps and their options. */
void plan_read(struct build *);
void plan_fill_options(struct build *);
/* plan_layers.c: slots, agreement, passes. */
void plan_layers(struct build *);
void plan_passes(struct build *);

#endif
