/* SPDX-License-Identifier: Apache-2.0
 *
 * The grammar of chain files, checked on tokens, so that a slip is reported where it stands.
 */
#ifndef CONF_SYNTAX_H
#define CONF_SYNTAX_H

#include "conf_scan.h"

#define CONF_DEEP 24 /* brackets in brackets, at most */

/* Prints what is wrong; gives how many errors. */
uint32_t conf_syntax_check(const struct scan *);
/* What is wrong with a number as written, and how to mend it; NULL: nothing. */
const char *conf_syntax_number(const char *at, uint32_t size, const char **hint);

#endif
