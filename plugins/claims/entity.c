/* SPDX-License-Identifier: Apache-2.0
 *
 * Signs that a text which is no page still writes as a page does: "&amp;", "&pound;", "&#8212;", "&#x2014;".
 */
#include "entity.h"

#include <stddef.h>
#include <string.h>

enum { LONGEST = 10 }; /* bytes between "&" and ";" */

/* The code point of a number in base 10 or 16; 0: it is none. */
static uint32_t numbered(const char *at, const char *end)
{
    uint32_t v = 0, base = at < end && (*at == 'x' || *at == 'X') ? 16 : 10;
    for (at += base == 16; at < end; at++) {
        uint32_t digit = *at >= '0' && *at <= '9'                 ? (uint32_t)(*at - '0')
                         : (*at | 32) >= 'a' && (*at | 32) <= 'f' ? (uint32_t)((*at | 32) - 'a' + 10)
                                                                  : 16;
        if (digit >= base || v > 0x10ffff)
            return 0;
        v = v * base + digit;
    }
    return v;
}

uint32_t en_sign(const char *at, const char *stop, uint32_t *cp)
{
    static const struct {
        const char *name;
        uint32_t cp;
    } names[] = {{"amp", '&'},      {"quot", '"'},     {"apos", '\''},     {"lt", '<'},       {"gt", '>'},
                 {"pound", 0xa3},   {"euro", 0x20ac},  {"cent", 0xa2},     {"yen", 0xa5},     {"deg", 0xb0},
                 {"ndash", 0x2013}, {"mdash", 0x2014}, {"hellip", 0x2026}, {"lsquo", 0x2018}, {"rsquo", 0x2019},
                 {"ldquo", 0x201c}, {"rdquo", 0x201d}, {"laquo", 0xab},    {"raquo", 0xbb},   {"times", 0xd7},
                 {"plusmn", 0xb1},  {"minus", 0x2212}, {"bull", 0x2022},   {"middot", 0xb7},  {"sect", 0xa7}};
    const char *begin = at + 1, *end = begin;
    while (end < stop && end - begin <= LONGEST && *end != ';' && *end != ' ' && *end != '&')
        end++;
    if (end >= stop || *end != ';' || end == begin)
        return 0;
    uint32_t found = *begin == '#' ? numbered(begin + 1, end) : 0;
    for (size_t k = 0; !found && k < sizeof names / sizeof names[0]; k++)
        if (strlen(names[k].name) == (size_t)(end - begin) && !memcmp(names[k].name, begin, (size_t)(end - begin)))
            found = names[k].cp;
    if (found < 0x21 || (found < 0x80 && ((found | 32) >= 'a' && (found | 32) <= 'z')) ||
        (found >= '0' && found <= '9'))
        return 0;
    *cp = found;
    return (uint32_t)(end + 1 - at);
}
