/* SPDX-License-Identifier: Apache-2.0
 *
 * The scale of a figure: thousands, millions, and the letters that stand for them.
 */
#ifndef CLAIMS_SCALE_H
#define CLAIMS_SCALE_H

#include "figure.h"

/* Whether the scale at i fits the figure: "$5m", "30k". */
int nb_scale_fits(const struct tks *, uint32_t i, const struct figure *);
/* The scale at i, if it fits the figure before it; *length: its tokens. NULL: there is none. */
const struct lx_meaning *nb_scale(const struct tks *, uint32_t i, const struct figure *, uint32_t *length);
/* Whether the scale of `length` tokens at i, without a number before it, says what the numbers of a table or chart are
 * in: "in millions of euros", "(thousand tonnes)", "Umsatz, Mio. Euro". */
int nb_states_unit(const struct tks *, uint32_t i, uint32_t length);
/* value = value * by, and both parts are noted. */
void nb_scale_by(struct figure *, const struct assay_decimal *by);

#endif
