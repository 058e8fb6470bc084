/* SPDX-License-Identifier: Apache-2.0
 *
 * Hash mixing that everything here shares. Not keyed, not cryptographic: a crafted collision costs a useless
 * comparison, never a wrong relation, since relations are decided on aligned text.
 */
#ifndef DUP_MIX_H
#define DUP_MIX_H

#include <stdint.h>

__extension__ typedef unsigned __int128 dup_u128;

/* Both halves of the 128-bit product, folded. */
static inline uint64_t dup_fold128(uint64_t a, uint64_t b)
{
    dup_u128 r = (dup_u128)a * b;
    return (uint64_t)r ^ (uint64_t)(r >> 64);
}

static inline uint64_t dup_mix(uint64_t x)
{
    return dup_fold128(x ^ 0x9e3779b97f4a7c15u, 0xd6e8feb86659fd93u);
}

static inline uint64_t dup_pair(uint64_t a, uint64_t b)
{
    return dup_fold128(a ^ 0xa0761d6478bd642fu, b ^ 0xe7037ed1a0b428dbu);
}

static inline uint64_t dup_rotl(uint64_t x, unsigned r)
{
    return x << r | x >> (64 - r);
}

#endif
