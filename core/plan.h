/* SPDX-License-Identifier: Apache-2.0
 *
 * A checked chain: steps in order, the layers between them, the passes the run is cut into. Made by plan_make from a
 * chain file before any byte is read; knows layers, but no plugin by name. Read-only afterwards.
 *
 * Passes. Pass 0 reads, prepares and analyses every input. Pass p > 0 visits the stored documents again. In pass p run,
 * for each document, the analyse hooks of steps with analyse_pass == p in chain order, then the map of every round
 * with pass == p. After all documents: reduce of each of those rounds, then finish of each. What they make is there in
 * pass p + 1. Writers run after the last pass.
 */
#ifndef PLAN_H
#define PLAN_H

#include <assay/plugin.h>

#include "diag.h"
#include "module.h"

#define PLAN_NONE 0xffffffffu
#define PLAN_STEPS 256u /* at most */
#define PLAN_AUTO 0u
#define PLAN_NEVER 1u
#define PLAN_ALWAYS 2u

/* A layer of the run, as its provider declares it. Layer 0 is document/1; failure/1, skipped/1, run/1 come last, in
 * this order: PLAN_OWN of them. */
#define PLAN_OWN 3u
struct plan_layer {
    const char *name;
    uint32_t major;
    uint32_t where;    /* ASSAY_ON_DOCUMENT or ASSAY_ON_CORPUS, and flags */
    uint32_t step;     /* provider, PLAN_NONE: the host */
    uint32_t slot;     /* of the provider */
    uint32_t private_; /* 1: PRIVATE */
    uint32_t ready;    /* pass in which it is complete: analyse's pass, or a round's pass + 1 */
    uint32_t stored;   /* pass whose blocks have it: the same, or, where a round's map makes it, that round's */
    uint32_t until;    /* UNTIL: the last pass that sees it, + 1; 0: all do */
    uint32_t in_hand;  /* 1: IN_HAND */
    uint32_t passing;  /* 1: PASSING, and the map that reads it runs in the pass that brings it */
    const struct assay_fields *fields;
    const char *help;
};

struct plan_round {
    const struct assay_round *round;
    uint32_t step, index; /* index counts from 0; hooks and `stage` from 1 */
    uint32_t pass;
};

struct plan_step {
    const struct module *module;
    const struct assay_plugin *plugin;
    struct diag_place place; /* of its group in the chain file */
    void *options;           /* filled record of plugin->options, or NULL */
    const char *given;       /* what the command line says of its options ("--set a.b=c, --review"), or NULL */
    uint32_t analyse_pass;   /* readers, preparers: 0; writers: PLAN_NONE */
    /* 1: the writer of plan_wish.keep, which leaves out documents where it has a FLAG "documents" */
    uint32_t keeps;
    uint32_t stdin_only;     /* 1: a reader that the planner added for "-"; it is asked for nothing else */
    /* [plugin->layers] index into plan.layer, PLAN_NONE where nobody provides an OPTIONAL one */
    uint32_t *slot;
    const struct plan_round **round; /* [plugin->rounds] */
    uint64_t identity[2];    /* XXH3-128 of plugin, version, file, options and the files they name */
    /* [plugin->rounds + 1] the same without options that matter after that round; 0: after analyse */
    uint64_t (*until)[2];
};

struct plan {
    const char *file;      /* chain file as given; its bytes' SHA-256 in hex */
    char sha256[65];
    uint64_t memory;       /* bytes, all processes together */
    int64_t limit_ms, limit_ms_per_100kb; /* CPU time of a document: 30000 + 1000 by default */
    uint64_t item_limit;   /* largest input read whole */
    uint64_t record_limit; /* records of one document */
    uint32_t failure_base, failure_percent; /* 3 and 1: more deaths stop the run */
    uint32_t compress;     /* tasks of a run folder: PLAN_AUTO, PLAN_NEVER, PLAN_ALWAYS */
    uint32_t steps, layers, rounds, passes;
    /* 1: pass 0 maps nothing and its maps are pass 1, so that what is read and analysed can be kept while a step that
     * compares is changed; the last analysers go with their rounds. The result is the same */
    uint32_t apart;
    struct plan_step *step;
    struct plan_layer *layer;
    struct plan_round *round;
    /* NULL-terminated: from a reader's ASSAY_INPUT option, used where the command names none */
    const char *const *input;
    const char *folder;    /* of the chain file, absolute: relative data files */
    /* the reader of "-": the chain's first with ASSAY_STDIN, else an installed one; PLAN_NONE: no "-" */
    uint32_t stdin_step;
};

/* What the command line adds: --set [STEP.]OPTION=VALUE, --write NAME[:PATH], --until STEP, -j. */
struct plan_wish {
    const char *const *set;   /* "step.option=value", "memory=1GB" (the chain's own); NULL-terminated; NULL: none */
    const char *const *write; /* "name[:path]", NULL-terminated; NULL: the chain's writers */
    const char *until;        /* leave out the steps after this one (writers stay), or NULL */
    const char *review;       /* a file for every step that has a PATH option "review", or NULL */
    const char *since;        /* an earlier result for every step that has a PATH option "since", or NULL */
    const char *keep;         /* "name:path" of one more writer beside the others, or NULL */
    uint32_t apart;           /* 1: for a run folder, see struct plan */
    uint32_t workers;         /* for the memory check */
    uint32_t from_stdin;      /* 1: an input is "-" */
    uint32_t *refused;        /* counts plugins that could not be loaded, or NULL */
};

/* Reads and checks the whole chain, printing all problems through diag. NULL where there was an error. */
struct plan *plan_make(const char *chain_file, const struct plan_wish *, struct modules *, struct diag *);
void plan_free(struct plan *);
const char *plan_role(uint32_t role); /* "reader" */
/* A plan of one step with default options, for `inspect`. NULL where an option has no default. */
struct plan *plan_alone(const struct module *, struct diag *);

#endif
