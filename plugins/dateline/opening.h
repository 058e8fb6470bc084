/* SPDX-License-Identifier: Apache-2.0
 *
 * The opening of an agency's report: "BERLIN, 14 May 2024 (Reuters) - ", "МОСКВА, 3 июня. /ТАСС/.".
 */
#ifndef DATELINE_OPENING_H
#define DATELINE_OPENING_H

#include <assay/kit/date.h>

#include "names.h"

struct opening {
    struct assay_date date; /* month 0: none; year 0: told without */
    struct assay_text agency; /* null: none that counts */
    uint32_t end;           /* bytes of the line up to what ends the opening */
    uint32_t known;           /* the agency is one of the list */
};

/* 0: the line does not open so. */
int opening_read(const struct names *, const struct line *, int order, struct opening *);

#endif
