/* SPDX-License-Identifier: Apache-2.0
 *
 * What a text and its path say of its date and its publisher.
 */
#ifndef DATELINE_EVIDENCE_H
#define DATELINE_EVIDENCE_H

#include <assay/kit/date.h>

#include "names.h"

/* Where it is said, the strongest first. */
enum { SAID_LABEL, SAID_DATELINE, SAID_LINE, SAID_UPDATE, SAID_RIGHTS, SAID_FILE, SAID_FOLDER, SAID_PLACES };
#define SAID_WORDS "label|dateline|line|update|rights|file|folder"

/* In the text: bytes [begin, end). In the path: says. */
struct said {
    struct assay_date date;    /* year 0: day and month alone, or (in a source) none; day 0: the month alone */
    struct assay_text source;  /* borrowed from the text, the path or the names */
    struct assay_text says;    /* the words, borrowed */
    uint32_t begin, end;
    uint32_t set;              /* 1: it is said; 2: in different ways, so that it counts for nothing */
    uint32_t weak;             /* a dateline without an agency, which a story of that day may open with, too */
};

struct evidence {
    struct said date[SAID_PLACES], source[SAID_PLACES];
    int32_t year; /* that a folder or a copyright line names; 0: none */
};

/* Reads the first and the last lines. `order`: of dates.h. */
void evidence_of_text(const struct names *, struct assay_text, int order, struct evidence *);
/* 1 where the text tells of a day long after that one. */
int evidence_later(const struct names *, struct assay_text, int order, struct assay_date);
/* "2024/03/12/flood.html", "bbc.co.uk/20240312_flood.txt"; `path` is UTF-8. */
void evidence_of_path(const struct names *, struct assay_text path, struct evidence *);

#endif
