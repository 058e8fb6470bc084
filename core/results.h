/* SPDX-License-Identifier: Apache-2.0
 *
 * Writers: what they pull from, and the outputs they make. Each runs as a task of its own. An output appears under its
 * final name only when its writer said OK and its bytes are on the disk; stdout gets a writer's whole output or
 * nothing.
 */
#ifndef RESULTS_H
#define RESULTS_H

#include "work.h"

#define WRITER_NONE 0u
#define WRITER_OK 1u
#define WRITER_FAILED 2u

struct assay_sink {
    struct assay_sink *next;
    int fd;          /* -1: the plugin writes by itself */
    struct file_id id; /* what fd leads to */
    int to_stdout;
    struct bytes buf;
    const char *shadow;
};

/* A corpus layer as this writer reads it. */
struct reading {
    struct corpus_reader reader;
    struct arena arena;
    uint64_t at; /* of the host's own layers */
};

struct assay_results {
    struct run *run;
    struct assay_doc doc;
    uint64_t parts;           /* bits: passes whose blocks have what the writer may ask a document for */
    uint64_t next;            /* document, in order of ids */
    /* bytes of texts and corpus records handed out so far, for the time limit of what comes after */
    uint64_t given;
    struct reading *reading;  /* [plan->layers] */
    struct assay_sink *sink;
    int list_fd;              /* every output's final name and shadow, each terminated: the parent renames */
    struct file_id list;      /* what it leads to */
    struct segment *spool;    /* stdout's bytes */
    uint32_t writer;
    uint32_t number;          /* of the document handed out last */
};

/* After write returned: everything is on the disk, or the hook has failed after all. */
assay_status sinks_close(struct work *, struct assay_results *, int ok);

/* Builds run/1 from everything else. 0: out of memory. */
int results_record(struct run *);

#endif
