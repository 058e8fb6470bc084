/* SPDX-License-Identifier: Apache-2.0
 *
 * What a document shows about its separators: figures that can be read in one way only ("1,234,567", "2.5 %", "7,85").
 */
#include <string.h>

#include "figure.h"
#include "run.h"
#include "shape.h"

/* Two runs of digits with '.' or ',' between them. */
struct pair {
    const char *at, *begin, *end; /* the separator; the text's ends */
    uint32_t before, after;       /* digits at its sides: 4 is four or more */
    char left, right;             /* what stands beside these digits; ' ' at the ends */
    int more;                     /* another run follows: 1.2.3 */
};

int hb_year(const char *four)
{
    return !memcmp(four, "19", 2) || !memcmp(four, "20", 2);
}

static void pair_at(struct pair *p, const char *at, const char *begin, const char *end)
{
    *p = (struct pair){.at = at, .begin = begin, .end = end, .left = ' ', .right = ' '};
    while (p->before < 4 && at - p->before > begin && sh_digit(at[-1 - (int)p->before]))
        p->before++;
    while (p->after < 4 && at + 1 + p->after < end && sh_digit(at[1 + p->after]))
        p->after++;
    if (at - p->before > begin)
        p->left = at[-1 - (int)p->before];
    if (at + 1 + p->after < end)
        p->right = at[1 + p->after];
    p->more = (p->right == '.' || p->right == ',') && at + 2 + p->after < end && sh_digit(at[2 + p->after]);
}

/* "[2, 3,5-7]": references; "2000,2001". */
static int is_list(const struct pair *p)
{
    if (*p->at != ',')
        return 0;
    if (p->before == 1 && p->after == 1)
        return p->right == '-' || p->right == ']' || p->right == ',' || p->left == '[' || p->left == ',';
    return p->before == 4 && p->after == 4 && !sh_digit(p->left) && !sh_digit(p->right) && hb_year(p->at - 4) &&
           hb_year(p->at + 1);
}

/* Dates, addresses, versions. */
static int is_code(const struct pair *p)
{
    char other = *p->at == ',' ? '.' : ',';
    if (p->left == *p->at || p->left == '/')
        return 1;
    return p->more && ((p->right != other && p->after != 3) || (p->right == *p->at && p->before > 3));
}

/* Of up to two digits. */
static uint32_t value_of(const char *digits, uint32_t count)
{
    return count == 1 ? (uint32_t)(digits[0] - '0') : (uint32_t)((digits[0] - '0') * 10 + digits[1] - '0');
}

/* What may be a day and month, an hour and minutes, two neighbours of a list, or part of a name: "4.10", "14.30",
 * "pages 12,13", "2,5-dichlorophenol". */
static int may_be_none(const struct pair *p)
{
    if (p->right == '-')
        return 1;
    if (p->before > 2 || p->after > 2)
        return 0;
    uint32_t a = value_of(p->at - p->before, p->before), b = value_of(p->at + 1, p->after);
    if (*p->at == ',')
        return b == a + 1;
    return (a <= 31 && b >= 1 && b <= 12) || (a <= 24 && p->after == 2 && b < 60);
}

/* A currency's sign before it, or a percent sign behind: then it is a figure whatever else it looks like. */
static int is_measured(const struct pair *p)
{
    const char *q = p->at + 1 + p->after;
    q += q < p->end && *q == ' ';
    q += p->end - q >= 2 && !memcmp(q, "\xc2\xa0", 2) ? 2 : 0;
    if (q < p->end && *q == '%')
        return 1;
    q = p->at - p->before;
    q -= q > p->begin && q[-1] == ' ';
    return (q > p->begin && q[-1] == '$') || (q - p->begin >= 2 && !memcmp(q - 2, "\xc2\xa3", 2)) ||
           (q - p->begin >= 3 && !memcmp(q - 3, "\xe2\x82\xac", 3));
}

static void count_pair(struct habit *h, const struct pair *p)
{
    int comma = *p->at == ',';
    if (p->after == 3 && p->before <= 3 && p->more)
        ++*(comma ? &h->comma_group : &h->dot_group);
    else if ((p->after != 3 || p->before > 3) && !p->more && (comma || p->before < 3 || p->after < 3) &&
             p->left != '.') {
        ++*(comma ? &h->comma_decimal : &h->dot_decimal);
        if (is_measured(p) || !may_be_none(p))
            ++*(comma ? &h->comma_sure : &h->dot_sure);
    }
    if (!p->more && (p->after > 3 || (p->after == 3 && p->before == 1 && p->at[-1] == '0')))
        ++*(comma ? &h->comma_precise : &h->dot_precise);
}

void nb_habit(struct habit *h, const char *text, uint64_t size)
{
    memset(h, 0, sizeof *h);
    const char *end = text + size;
    for (const char *p = run_digit(text, end); p < end; p = run_digit(p, end)) {
        while (p < end && sh_digit(*p))
            p++;
        if (p + 1 >= end || (*p != '.' && *p != ',') || !sh_digit(p[1]))
            continue;
        struct pair pair;
        pair_at(&pair, p, text, end);
        if (!is_list(&pair) && !is_code(&pair))
            count_pair(h, &pair);
    }
}
