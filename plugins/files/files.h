/* SPDX-License-Identifier: Apache-2.0
 *
 * The options of the reader of files; files.c says what each is for.
 */
#ifndef FILES_FILES_H
#define FILES_FILES_H

#include <assay/field.h>

struct options {
    struct assay_list input;
    struct assay_text code;
    uint64_t max_file, max_member, max_total, max_members, max_ratio, max_depth;
};

#endif
