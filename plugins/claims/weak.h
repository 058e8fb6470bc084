/* SPDX-License-Identifier: Apache-2.0
 *
 * Readings that are numbers and yet no claims; asked of a figure that has its unit.
 */
#ifndef CLAIMS_WEAK_H
#define CLAIMS_WEAK_H

#include "figure.h"

/* A bare year: nothing is counted, no bound makes it a figure. `floor`: tokens before it belong to earlier figures. */
int wk_year(const struct tks *, const struct figure *f, uint32_t floor);
/* A span that only says when: "in 3 weeks", "2 days ago". */
int wk_time(const struct tks *, const struct figure *f);
/* The bare word for one, an ordinal in a name, "half" as an adjective. */
int wk_weak(const struct tks *, const struct figure *f);

#endif
