/* SPDX-License-Identifier: Apache-2.0
 *
 * What two texts of one form have in its places.
 */
#ifndef DUP_SLOT_H
#define DUP_SLOT_H

#include <stdint.h>

#define DUP_SLOTS_KEPT 16u /* of one pair; of pairs with more none is */

#define DUP_SLOTS_LEAST 2u /* that hold words; pairs with fewer tell nothing of a form */

/* Words that stand in place of others: where they begin in both texts, and a hash of them. */
struct dup_slot {
    uint32_t at_a, at_b, value_a, value_b; /* value 0: no words; lowest bit: figures only */
};

/* Whether words stand in place of others. */
static inline uint32_t dup_is_worded(const struct dup_slot *s)
{
    return s->value_a && s->value_b && !(s->value_a & s->value_b & 1);
}

#endif
