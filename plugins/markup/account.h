/* SPDX-License-Identifier: Apache-2.0
 *
 * Who published a post: the account, not the place where many have one (lexicon/platforms.cfg).
 */
#ifndef MARKUP_ACCOUNT_H
#define MARKUP_ACCOUNT_H

#include <assay/kit/buf.h>
#include <assay/plugin.h>

struct platforms;

/* Errors go through host->fail; without the file no place is known. */
assay_status platforms_load(const struct assay_host *, struct platforms **);
void platforms_free(struct platforms *);

/* Appends the account that published what stands under `uri`: "Name (@channel)" with the name that the page's title
 * tells, else "t.me/channel". 0, and nothing is appended: no such place, no account in the address, or `source` says
 * already who it is, not only what the place is called. */
int account_source(const struct platforms *, struct assay_text uri, struct assay_text source, struct assay_text title,
                   struct assay_buf *to);

#endif
