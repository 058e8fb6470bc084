/* SPDX-License-Identifier: Apache-2.0
 *
 * What the halves of the host table for tests share: testing.c and testing_run.c.
 */
#ifndef KIT_TESTING_OWN_H
#define KIT_TESTING_OWN_H

#include <assay/testing.h>

/* Zeroed memory, and copies, that live as long as the test; a lack of it ends the program. */
void *testing_take(struct assay_test *, uint64_t size);
void *testing_copy(struct assay_test *, const void *from, uint64_t size);
struct assay_text testing_copy_text(struct assay_test *, struct assay_text);
/* Appends a record of rows->stride bytes. */
void testing_push(struct assay_test *, struct assay_test_rows *, const void *record);
struct assay_test *testing_of(const struct assay_host *);
/* Fills in emit and what follows it in the table. */
void testing_fill_run(struct assay_host *);

#endif
