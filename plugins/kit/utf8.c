/* SPDX-License-Identifier: Apache-2.0
 *
 * Validation, where vector.c cannot do it, with a shift automaton: the row of a byte holds, six bits a state, the shift
 * that names the next state, so a step is one load that waits for nothing and one shift. States follow the well-formed
 * sequences of Unicode 15, table 3-7.
 */
#include <assay/kit/utf8.h>

#include <string.h>

#include "vector.h"

enum { OK = 0, ONE = 6, TWO = 12, THREE = 18, AFTER_E0 = 24, AFTER_ED = 30, AFTER_F0 = 36, AFTER_F4 = 42, BAD = 48 };

/* A row of the table: the next state from each state, BAD from BAD. */
#define ROW(ok, one, two, three, e0, ed, f0, f4)                                                                       \
    ((uint64_t)(ok) << OK | (uint64_t)(one) << ONE | (uint64_t)(two) << TWO | (uint64_t)(three) << THREE |             \
     (uint64_t)(e0) << AFTER_E0 | (uint64_t)(ed) << AFTER_ED | (uint64_t)(f0) << AFTER_F0 |                            \
     (uint64_t)(f4) << AFTER_F4 | (uint64_t)BAD << BAD)
#define LEAD(next) ROW(next, BAD, BAD, BAD, BAD, BAD, BAD, BAD)
#define X4(r) r, r, r, r
#define X16(r) X4(r), X4(r), X4(r), X4(r)

static const uint64_t step[256] = {
    X16(LEAD(OK)),
    X16(LEAD(OK)),
    X16(LEAD(OK)),
    X16(LEAD(OK)),
    X16(LEAD(OK)),
    X16(LEAD(OK)),
    X16(LEAD(OK)),
    X16(LEAD(OK)),
    X16(ROW(BAD, OK, ONE, TWO, BAD, ONE, BAD, TWO)), /* 80 */
    X16(ROW(BAD, OK, ONE, TWO, BAD, ONE, TWO, BAD)), /* 90 */
    X16(ROW(BAD, OK, ONE, TWO, ONE, BAD, TWO, BAD)),
    X16(ROW(BAD, OK, ONE, TWO, ONE, BAD, TWO, BAD)), /* a0 */
    LEAD(BAD),
    LEAD(BAD),
    LEAD(ONE),
    LEAD(ONE),
    X4(LEAD(ONE)),
    X4(LEAD(ONE)),
    X4(LEAD(ONE)),  /* c0 */
    X16(LEAD(ONE)), /* d0 */
    LEAD(AFTER_E0),
    LEAD(TWO),
    LEAD(TWO),
    LEAD(TWO),
    X4(LEAD(TWO)),
    X4(LEAD(TWO)), /* e0 */
    LEAD(TWO),
    LEAD(AFTER_ED),
    LEAD(TWO),
    LEAD(TWO), /* ec */
    LEAD(AFTER_F0),
    LEAD(THREE),
    LEAD(THREE),
    LEAD(THREE),
    LEAD(AFTER_F4), /* f0 */
    LEAD(BAD),
    LEAD(BAD),
    LEAD(BAD),
    X4(LEAD(BAD)),
    X4(LEAD(BAD)), /* f5 */
};

/* The exact place, behind `at` or in a sequence that began before it and goes on there. */
static uint64_t first_invalid(const char *text, uint64_t size, uint64_t at)
{
    at = at > 3 ? at - 3 : 0;
    while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80)
        at--;
    while (at < size) {
        uint32_t cp;
        uint32_t n = assay_utf8_next(text + at, text + size, &cp);
        if (n == 1 && (unsigned char)text[at] >= 0x80)
            return at;
        at += n;
    }
    return size;
}

static int ascii32(const char *p)
{
    uint64_t w[4];
    memcpy(w, p, sizeof w);
    return ((w[0] | w[1] | w[2] | w[3]) & 0x8080808080808080u) == 0;
}

static uint64_t valid_by_steps(const char *text, uint64_t size)
{
    uint64_t at = 0, state = OK;
    while (size - at >= 32) {
        if ((state & 63) == OK && ascii32(text + at)) {
            at += 32;
            continue;
        }
        for (uint64_t i = 0; i < 32; i++)
            state = step[(unsigned char)text[at + i]] >> (state & 63);
        if ((state & 63) == BAD)
            return first_invalid(text, size, at);
        at += 32;
    }
    uint64_t rest = at;
    for (; at < size; at++)
        state = step[(unsigned char)text[at]] >> (state & 63);
    if ((state & 63) == OK)
        return size;
    return first_invalid(text, size, rest);
}

uint64_t assay_utf8_valid(const char *text, uint64_t size)
{
    if (size < VECTOR_MARGIN + VECTOR_STRIDE || !vector_here())
        return valid_by_steps(text, size);
    uint64_t at = 0;
    for (uint32_t cp, n; at < VECTOR_MARGIN; at += n) {
        n = assay_utf8_next(text + at, text + size, &cp);
        if (n == 1 && (unsigned char)text[at] >= 0x80)
            return at;
    }
    return first_invalid(text, size, vector_utf8(text, at, size));
}

uint64_t assay_utf8_points(const char *text, uint64_t size)
{
    uint64_t n = 0;
    for (uint64_t i = 0; i < size; i++)
        n += (signed char)text[i] >= -64;
    return n;
}

uint64_t assay_utf8_units16(const char *text, uint64_t size)
{
    uint64_t n = 0;
    for (uint64_t i = 0; i < size; i++)
        n += (uint64_t)((signed char)text[i] >= -64) + ((unsigned char)text[i] >= 0xf0);
    return n;
}
