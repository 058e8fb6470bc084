/* SPDX-License-Identifier: Apache-2.0 */
#include "shape.h"

#include <string.h>

enum { WINDOW = 400 };

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0xc3;
}

/* White space at `at` (blank, no-break, narrow, thin); its bytes, or 0. */
static uint32_t blank_at(const char *text, uint32_t at, uint32_t end)
{
    if (at >= end)
        return 0;
    const unsigned char *p = (const unsigned char *)text + at;
    if (*p == ' ')
        return 1;
    if (end - at >= 2 && p[0] == 0xc2 && p[1] == 0xa0)
        return 2;
    if (end - at >= 3 && p[0] == 0xe2 && p[1] == 0x80 && (p[2] == 0xaf || p[2] == 0x89 || p[2] == 0x87 || p[2] == 0x88))
        return 3;
    return 0;
}

static uint32_t run_end(const char *text, uint32_t at, uint32_t end)
{
    uint32_t stop = end - at > WINDOW * 4 ? at + WINDOW * 4 : end;
    while (at < stop && (unsigned char)text[at] > ' ' && !blank_at(text, at, end) && !strchr("<>\"|", text[at]))
        at++;
    while (at > 0 && strchr(".,;:!?)'", text[at - 1]))
        at--;
    return at;
}

uint32_t sh_address(const char *text, uint32_t at, uint32_t end)
{
    uint32_t p = at, dots = 0, last = at, limit = end - at > 100 ? at + 100 : end;
    while (p < limit && (is_letter(text[p]) || sh_digit(text[p]) || text[p] == '-' || text[p] == '_' ||
                         text[p] == '.' || text[p] == '+' || ((unsigned char)text[p] & 0xc0) == 0x80)) {
        if (text[p] == '.') {
            dots++;
            last = p;
        }
        p++;
    }
    if (p + 2 < end && text[p] == ':' && text[p + 1] == '/' && text[p + 2] == '/')
        return run_end(text, at, end);
    if (p < end && text[p] == '@' && p + 1 < end && (is_letter(text[p + 1]) || sh_digit(text[p + 1])))
        return run_end(text, at, end);
    if (dots && p - at > 4 && !memcmp(text + at, "www.", 4))
        return run_end(text, at, end);
    if (p < end && p + 1 < end && text[p] == '/' && dots && p - last > 2 && p - last < 6 && is_letter(text[last + 1]))
        return run_end(text, at, end);
    /* a bare domain: lower-case ASCII labels and a short last one that is not followed by a capital */
    if (dots && p - last >= 3 && p - last <= 5 && last - at >= 3) {
        for (uint32_t i = at; i < p; i++)
            if (!((text[i] >= 'a' && text[i] <= 'z') || sh_digit(text[i]) || text[i] == '.' || text[i] == '-'))
                return at;
        static const char *const top[] = {"com", "org", "net", "ru", "by", "az",  "ua",  "tr",   "de", "fr",
                                          "es",  "it",  "br",  "eu", "uk", "gov", "edu", "info", "io", "pt"};
        for (uint32_t i = 0; i < sizeof top / sizeof top[0]; i++)
            if (strlen(top[i]) == p - last - 1 && !memcmp(top[i], text + last + 1, p - last - 1))
                return p;
    }
    return at;
}

struct run {
    const char *text;
    uint32_t at, end;
};

/* Reads digits at *at; their number. */
static uint32_t digits(const struct run *r, uint32_t *at, uint32_t *value)
{
    uint32_t n = 0, v = 0;
    while (*at < r->end && sh_digit(r->text[*at])) {
        v = v < 100000000 ? v * 10 + (uint32_t)(r->text[*at] - '0') : v;
        (*at)++;
        n++;
    }
    if (value)
        *value = v;
    return n;
}

/* The sets are short, and written where they are asked for. */
static inline int at_char(const struct run *r, uint32_t at, const char *set)
{
    char c = at < r->end ? r->text[at] : 0;
    int found = 0;
    for (; *set; set++)
        found |= c == *set;
    return found;
}

/* En and em dash, minus, hyphen: bytes, or 0. */
static uint32_t dash(const struct run *r, uint32_t at)
{
    if (at_char(r, at, "-"))
        return 1;
    if (r->end - at >= 3 && at < r->end && !memcmp(r->text + at, "\xe2\x80", 2) &&
        (unsigned char)r->text[at + 2] >= 0x90 && (unsigned char)r->text[at + 2] <= 0x94)
        return 3;
    if (at < r->end && r->end - at >= 3 && !memcmp(r->text + at, "\xe2\x88\x92", 3))
        return 3;
    return 0;
}

static int day_month(uint32_t a, uint32_t b)
{
    return (a >= 1 && a <= 31 && b >= 1 && b <= 12) || (a >= 1 && a <= 12 && b >= 1 && b <= 31);
}

/* 17.05.2024, 2024-05-17, 5/17/24, 05.2024, also with a clock time after T. */
static uint32_t date(const struct run *r)
{
    uint32_t p = r->at, a, b, c = 0;
    uint32_t na = digits(r, &p, &a);
    if (!at_char(r, p, ".-/"))
        return 0;
    char sep = r->text[p++];
    uint32_t nb = digits(r, &p, &b);
    if (!nb || nb > 4 || na > 4)
        return 0;
    if (at_char(r, p, (char[]){sep, 0})) {
        uint32_t q = p + 1, nc = digits(r, &q, &c);
        int dmy = na <= 2 && nb <= 2 && (nc == 4 || nc == 2) && day_month(a, b);
        int ymd = na == 4 && nb <= 2 && nc >= 1 && nc <= 2 && day_month(c, b);
        if ((dmy || ymd) && !(at_char(r, q, ".,/-") && q + 1 < r->end && sh_digit(r->text[q + 1]))) {
            if (at_char(r, q, "T") && q + 1 < r->end && sh_digit(r->text[q + 1]))
                q = run_end(r->text, q, r->end);
            return q;
        }
        return 0;
    }
    if (na == 4 && a >= 1900 && a < 2100 && sep == '-' && nb == 2 && b >= 1 && b <= 12)
        return p; /* 2024-05, and 2012-11: read as a month */
    if (sep == '/' && na == 4 && a > 1800 && a < 2100 && (nb == 2 || nb == 4))
        return p; /* 2019/20 */
    if (sep == '-' && na <= 2 && nb == 4 && a >= 1 && a <= 12 && b >= 1900 && b < 2100)
        return p;
    if (sep == '.' && na == 2 && nb == 4 && a >= 1 && a <= 12 && b >= 1900 && b < 2100)
        return p;
    return 0;
}

static uint32_t clock_time(const struct run *r)
{
    uint32_t p = r->at, h, m, n = digits(r, &p, &h);
    if (n > 2 || !at_char(r, p, ":"))
        return 0;
    p++;
    if (!digits(r, &p, &m))
        return 0;
    while (at_char(r, p, ":.") && p + 1 < r->end && sh_digit(r->text[p + 1])) {
        p++;
        digits(r, &p, NULL);
    }
    return p;
}

/* d.d.d(.d): versions, addresses, section numbers; groups of three stay numerals. */
static uint32_t dotted(const struct run *r)
{
    uint32_t p = r->at, n = 0, plain = 1, v, count = digits(r, &p, &v);
    uint32_t address = v < 256;
    plain = count <= 3;
    while (at_char(r, p, ".") && p + 1 < r->end && sh_digit(r->text[p + 1])) {
        p++;
        plain &= digits(r, &p, &v) == 3;
        address &= v < 256;
        n++;
    }
    return n >= 2 && (!plain || (n == 3 && address)) ? p : 0;
}

static int plus_before(const struct run *r, uint32_t begin)
{
    return r->at > begin && r->text[r->at - 1] == '+';
}

/* Groups of digits joined by hyphens, brackets and blanks that make a telephone number. */
static uint32_t phone(const struct run *r, uint32_t begin)
{
    uint32_t p = r->at, groups = 0, total = 0, last = r->at, first = 0, hyphens = 0, four = 0, even = 1;
    int plus = plus_before(r, begin), paren = r->at > begin && r->text[r->at - 1] == '(';
    int zero = r->text[r->at] == '0';
    while (p < r->end && groups < 8) {
        uint32_t n = digits(r, &p, NULL);
        if (!n)
            break;
        if (!groups)
            first = n;
        even &= !groups || n == 3;
        four |= groups && n == 4;
        groups++;
        total += n;
        last = p;
        uint32_t q = p;
        if (at_char(r, q, ")"))
            q++;
        uint32_t b = blank_at(r->text, q, r->end);
        q += b;
        if (at_char(r, q, "(") && plus)
            q++;
        uint32_t d = b ? 0 : dash(r, q);
        hyphens += d == 1;
        q += d;
        if (at_char(r, q, ".") && !b && !d && groups <= 3 && first == 3)
            q++;
        if (q == p)
            break;
        p = q;
    }
    if (plus && total >= 8)
        return last;
    if (groups >= 3 && total >= 9 && hyphens >= 2)
        return last;
    if (paren && first >= 2 && first <= 5 && groups >= 2 && total >= 8)
        return last;
    if (groups >= 2 && total >= 9 && zero && first >= 2 && first <= 5)
        return last;
    if (groups == 3 && total == 10 && first == 3 && four)
        return last;
    int round = first == 3 && r->text[r->at + 2] == '0' && r->text[last - 1] == '0'; /* 100-1000 is a range */
    if (groups >= 2 && hyphens >= 1 && total >= 7 && total <= 16 && first == 3 && four && !even &&
        !(round && groups == 2))
        return last;
    return 0;
}

/* 2-1, 3:0 are told apart later by words; here only long codes: 978-3-16-148410-0, 12-345678. */
/* "10-7/8": a whole, and halves, quarters, eighths and less of one. */
static int with_eighths(const struct run *r)
{
    uint32_t p = r->at, part, of;
    if (digits(r, &p, NULL) > 3 || !at_char(r, p, "-"))
        return 0;
    p++;
    if (!digits(r, &p, &part) || !at_char(r, p, "/"))
        return 0;
    p++;
    return digits(r, &p, &of) < 3 && part && part < of && of <= 64 && !(of & (of - 1)) &&
           !(at_char(r, p, "-_/.,:") && p + 1 < r->end && sh_digit(r->text[p + 1]));
}

static uint32_t code(const struct run *r)
{
    uint32_t p = r->at, groups = 0, longest = 0, total = 0;
    if (with_eighths(r))
        return 0;
    while (p < r->end) {
        uint32_t n = digits(r, &p, NULL);
        if (!n)
            break;
        longest = n > longest ? n : longest;
        total += n;
        groups++;
        if (!at_char(r, p, "-_/") || p + 1 >= r->end || !sh_digit(r->text[p + 1]))
            break;
        p++;
    }
    return groups >= 3 || total > 40 ? p : 0;
}

static uint32_t fraction(const struct run *r)
{
    uint32_t p = r->at, a, b, na = digits(r, &p, &a);
    if (at_char(r, p, "/"))
        p++;
    else if (r->end - p >= 3 && p < r->end && !memcmp(r->text + p, "\xe2\x81\x84", 3))
        p += 3;
    else
        return 0;
    uint32_t nb = digits(r, &p, &b);
    if (!nb || na > 3 || (nb > 3 && b != 1000) || at_char(r, p, "/") ||
        (at_char(r, p, ".,") && p + 1 < r->end && sh_digit(r->text[p + 1])))
        return 0;
    return a > 0 && b > 1 ? p : 0;
}

/* Groups of three after blanks ("816 000"), dots, commas, apostrophes; then at most one decimal part. */
static uint32_t numeral(const struct run *r)
{
    uint32_t p = r->at, n = digits(r, &p, NULL), seps = 0;
    if (n > 40)
        return p;
    char group = 0;
    int glued = r->at > 0 && is_letter(r->text[r->at - 1]) && n < 3; /* "Q1 336,681": two numbers */
    for (;;) {
        uint32_t q = p, b = blank_at(r->text, q, r->end);
        char sep = b ? ' ' : p < r->end ? r->text[p] : 0;
        uint32_t width = b;
        if (!b) {
            if (sep == '\'')
                width = 1;
            else if (r->end - p >= 3 && p < r->end && !memcmp(r->text + p, "\xe2\x80\x99", 3)) {
                sep = '\'';
                width = 3;
            } else if (sep == '.' || sep == ',')
                width = 1;
            else
                break;
        }
        q += width;
        if (q >= r->end || !sh_digit(r->text[q]))
            break;
        uint32_t k = q, m = digits(r, &k, NULL);
        if (sep == ' ' && glued)
            break;
        if (sep == ' ' || sep == '\'') {
            if (m != 3 || n > 3 || (group && group != sep) || (!seps && n == 1 && r->text[r->at] == '0'))
                break;
        } else if (seps && group != sep && (group == '.' || group == ',') && at_char(r, k, ".,") && k + 1 < r->end &&
                   sh_digit(r->text[k + 1])) {
            break;
        }
        if (seps && group != sep) { /* the decimal part ends it */
            p = k;
            break;
        }
        group = sep;
        seps++;
        p = k;
        n = m;
        if (seps > 12)
            break;
    }
    return p;
}

/* Whether what stands behind the digits rules out all but a numeral that ends there, or a telephone number after
 * "+". */
static int ends_plainly(const struct run *r, uint32_t p)
{
    unsigned char c = p < r->end ? (unsigned char)r->text[p] : 0,
                  next = p + 1 < r->end ? (unsigned char)r->text[p + 1] : 0;
    if (c == ' ')
        return next < 0x80 && next != '(' && !sh_digit((char)next);
    if (c == ',' || c == '.')
        return !sh_digit((char)next) && (c == ',' || !is_letter((char)next)) && next < 0x80;
    return c == '%' || c == ';' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

uint32_t sh_scan(const char *text, uint32_t begin, uint32_t at, uint32_t end, uint32_t *to)
{
    struct run r = {text, at, end - at > WINDOW ? at + WINDOW : end};
    uint32_t p = at, stop;
    uint32_t n = digits(&r, &p, NULL);
    char next = p < r.end ? text[p] : ' ';
    if (n < 8 && ends_plainly(&r, p)) {
        *to = p;
        return SH_NUMERAL;
    }
    if (next == '@' || (next == '.' && p + 1 < r.end && is_letter(text[p + 1]) && (unsigned char)text[p + 1] < 0x80)) {
        stop = sh_address(text, at, end);
        if (stop > at) {
            *to = stop;
            return SH_URL;
        }
    }
    if ((stop = date(&r)) != 0) {
        *to = stop;
        return SH_DATE;
    }
    if (next == ':' && (stop = clock_time(&r)) != 0) {
        *to = stop;
        return SH_CLOCK;
    }
    if ((stop = phone(&r, begin)) != 0) {
        *to = stop;
        return SH_PHONE;
    }
    if ((stop = dotted(&r)) != 0 || (stop = code(&r)) != 0) {
        *to = stop;
        return SH_CODE;
    }
    if ((stop = fraction(&r)) != 0) {
        *to = stop;
        return SH_FRACTION;
    }
    if (n <= 2 && at_char(&r, p, "/") && p + 1 < r.end && sh_digit(text[p + 1])) { /* 25/01 */
        p++;
        digits(&r, &p, NULL);
        *to = p;
        return SH_DATE;
    }
    if (n > 40) {
        *to = p;
        return SH_CODE;
    }
    *to = numeral(&r);
    return SH_NUMERAL;
}
