/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/say.h>

#include <math.h>
#include <string.h>

#include <assay/kit/fold.h>
#include <assay/kit/json.h>
#include <assay/kit/utf8.h>
#include <assay/layers/claim.h>
#include <assay/layers/copy.h>
#include <assay/layers/finding.h>

#define WORD(list, i) ((i) < sizeof(list) / sizeof((list)[0]) ? (list)[i] : "?")

const char *assay_say_verdict(uint32_t verdict)
{
    static const char *const word[] = {"sources disagree", "changed over time", "not the same thing measured",
                                       "compatible", "sources agree", "told by one source only"};
    return WORD(word, verdict);
}

uint32_t assay_say_group(uint32_t verdict, uint32_t independent)
{
    return verdict == ASSAY_AGREE && independent < 2 ? ASSAY_SAY_SINGLE : verdict;
}

const char *assay_say_severity(uint32_t severity)
{
    static const char *const word[] = {"high", "medium", "low", "needs checking"};
    return WORD(word, severity);
}

const char *assay_say_bound(uint32_t bound)
{
    static const char *const word[] = {"", "about", "over", "at least", "under", "at most", ""};
    return WORD(word, bound);
}

const char *assay_say_bound_name(uint32_t bound)
{
    static const char *const word[] = {"exact", "about", "over", "at-least", "under", "at-most", "range"};
    return WORD(word, bound);
}

const char *assay_say_relation(uint32_t relation)
{
    static const char *const word[] = {"the same text as",
                                       "the same text, set differently, as",
                                       "an edited copy of",
                                       "an excerpt of",
                                       "holds all of",
                                       "shares a passage with",
                                       "same form, other content, as",
                                       "shares boilerplate with",
                                       "repeats itself"};
    return WORD(word, relation);
}

const char *assay_say_relation_verb(uint32_t relation)
{
    return relation <= ASSAY_COPY_EXCERPT ? "is " : relation == ASSAY_COPY_SAME_FORM ? "has the " : "";
}

const char *assay_say_hint(uint32_t hint)
{
    static const char *const word[] = {"one value is ten times the other", "one value is a hundred times the other",
                                       "one value is a thousand times the other", "the units may have been mixed up",
                                       "the scale words may have been mixed up", "two digits may have been swapped"};
    return WORD(word, hint);
}

/* Copies digits[0..n) with a comma before every third from the right. */
static void add_grouped(struct assay_buf *buf, const char *digit, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0)
            assay_buf_byte(buf, ',');
        assay_buf_byte(buf, digit[i]);
    }
}

/* Whole numbers of at least a million with few significant digits: "5.2 million"; of billions up to four decimals.
 * 0: not one of them. */
static int add_scaled(struct assay_buf *buf, const char *digit, size_t n)
{
    static const char *const scale[] = {"million", "billion", "trillion"};
    size_t significant = n;
    while (significant > 1 && digit[significant - 1] == '0')
        significant--;
    size_t step = (n - 1) / 3, whole = n - step * 3, most = n < 10 ? 4 : whole + 4;
    if (n < 7 || n > 15 || significant > most)
        return 0;
    assay_buf_add(buf, digit, whole);
    if (significant > whole) {
        assay_buf_byte(buf, '.');
        assay_buf_add(buf, digit + whole, significant - whole);
    }
    assay_buf_byte(buf, ' ');
    assay_buf_text(buf, scale[step - 2]);
    return 1;
}

void assay_say_number(struct assay_buf *buf, double value)
{
    char line[32];
    if (!isfinite(value)) {
        assay_buf_text(buf, "?");
        return;
    }
    assay_print_real(line, value);
    const char *p = line;
    if (*p == '-') {
        assay_buf_text(buf, "−");
        p++;
    }
    size_t whole = strspn(p, "0123456789");
    if (p[whole] == 'e' || strchr(p, 'e')) {
        assay_buf_text(buf, p);
        return;
    }
    if (p[whole] == 0 && add_scaled(buf, p, whole))
        return;
    add_grouped(buf, p, whole);
    assay_buf_text(buf, p + whole);
}

/* Symbols that need no translation; every other unit is said by its own name. */
static const char *const symbol[][2] = {
    {"percent", "%"},       {"percentage-point", "percentage points"},
    {"kilometer", "km"},    {"meter", "m"},
    {"centimeter", "cm"},   {"millimeter", "mm"},
    {"kilogram", "kg"},     {"gram", "g"},
    {"tonne", "t"},         {"liter", "l"},
    {"celsius", "°C"},      {"fahrenheit", "°F"},
    {"degree", "°"},        {"hectare", "ha"},
    {"watt", "W"},          {"kilowatt", "kW"},
    {"megawatt", "MW"},     {"gigawatt", "GW"},
    {"kilometer-per-hour", "km/h"}, {"mile-per-hour", "mph"},
    {"meter-per-second", "m/s"},    {"square-kilometer", "km²"},
    {"square-meter", "m²"}, {"cubic-meter", "m³"},
};

static int is_symbol(struct assay_text unit)
{
    for (size_t i = 0; i < sizeof symbol / sizeof symbol[0]; i++)
        if (strlen(symbol[i][0]) == unit.size && !memcmp(symbol[i][0], unit.at, unit.size))
            return 1;
    return 0;
}

/* English plural of a unit that is said by its name: "hours", "feet"; codes of currencies and compounds stay. */
static void add_plural(struct assay_buf *buf, struct assay_text unit)
{
    static const char *const odd[][2] = {{"foot", "feet"}, {"inch", "inches"}, {"century", "centuries"}};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        if (strlen(odd[i][0]) == unit.size && !memcmp(odd[i][0], unit.at, unit.size)) {
            assay_buf_text(buf, odd[i][1]);
            return;
        }
    assay_say_unit(buf, unit);
    int plain = unit.size > 1 && unit.at[0] >= 'a' && !is_symbol(unit) && !memmem(unit.at, unit.size, "-per-", 5);
    if (plain && unit.at[unit.size - 1] != 's' && !memchr(unit.at, '/', unit.size))
        assay_buf_byte(buf, 's');
}

void assay_say_unit(struct assay_buf *buf, struct assay_text unit)
{
    if (!unit.at || !unit.size)
        return;
    for (size_t i = 0; i < sizeof symbol / sizeof symbol[0]; i++)
        if (strlen(symbol[i][0]) == unit.size && !memcmp(symbol[i][0], unit.at, unit.size)) {
            assay_buf_text(buf, symbol[i][1]);
            return;
        }
    for (uint64_t i = 0; i < unit.size; i++)
        assay_buf_byte(buf, unit.at[i] == '-' ? ' ' : unit.at[i]);
}

/* 20240517: "2024-05-17". */
static void add_day(struct assay_buf *buf, double value)
{
    if (!(value >= 0 && value < 1e8)) {
        assay_say_number(buf, value);
        return;
    }
    uint32_t day = (uint32_t)value;
    assay_buf_printf(buf, "%04u-%02u-%02u", day / 10000, day / 100 % 100, day % 100);
}

static void say_days(struct assay_buf *buf, double value, double high, uint32_t bound)
{
    add_day(buf, value);
    if (bound == ASSAY_BOUND_RANGE) {
        assay_buf_text(buf, " to ");
        add_day(buf, high);
    }
}

void assay_say_value(struct assay_buf *buf, double value, double high, uint32_t bound, struct assay_text unit)
{
    if (assay_say_is_day(unit)) {
        say_days(buf, value, high, bound);
        return;
    }
    const char *word = assay_say_bound(bound);
    if (*word) {
        assay_buf_text(buf, word);
        assay_buf_byte(buf, ' ');
    }
    assay_say_number(buf, value);
    if (bound == ASSAY_BOUND_RANGE) {
        assay_buf_text(buf, " to ");
        assay_say_number(buf, high);
    }
    if (unit.at && unit.size)
        assay_buf_byte(buf, ' ');
    if (value > 1 || value < -1 || bound == ASSAY_BOUND_RANGE) /* 0.5 hour, 1 hour, 6 hours */
        add_plural(buf, unit);
    else
        assay_say_unit(buf, unit);
}

static void add_count(struct assay_buf *buf, uint64_t n)
{
    char line[24];
    size_t at = sizeof line;
    uint64_t left = n;
    do {
        line[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    add_grouped(buf, line + at, sizeof line - at);
}

void assay_say_count(struct assay_buf *buf, uint64_t n, const char *one)
{
    add_count(buf, n);
    assay_buf_byte(buf, ' ');
    assay_buf_text(buf, one);
    if (n != 1)
        assay_buf_byte(buf, 's');
}

void assay_say_share(struct assay_buf *buf, double share)
{
    if (!(share >= 0))
        share = 0;
    if (share > 1)
        share = 1;
    int whole = (int)(share * 100 + 0.5);
    if (whole == 0 && share > 0)
        assay_buf_text(buf, "under 1 %");
    else if (whole == 100 && share < 1)
        assay_buf_text(buf, "over 99 %");
    else
        assay_buf_printf(buf, "%d %%", whole);
}

static int is_direction(uint32_t cp)
{
    return cp == 0x61c || cp == 0x200e || cp == 0x200f || (cp >= 0x202a && cp <= 0x202e) ||
           (cp >= 0x2066 && cp <= 0x2069);
}

void assay_say_line(struct assay_buf *buf, struct assay_text text)
{
    const char *p = text.at, *end = p ? p + text.size : p;
    int blank = 0, any = 0;
    while (p < end) {
        uint32_t cp, n = assay_utf8_next(p, end, &cp);
        if (cp == ' ' || (cp >= 9 && cp <= 13) || cp == 0x85 || cp == 0x2028 || cp == 0x2029) {
            blank = any;
        } else if (!is_direction(cp)) {
            if (blank)
                assay_buf_byte(buf, ' ');
            blank = 0;
            any = 1;
            if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || (cp == 0xfffd && n == 1))
                assay_buf_text(buf, "\xef\xbf\xbd");
            else
                assay_buf_add(buf, p, n);
        }
        p += n;
    }
}

void assay_say_verdict_count(struct assay_buf *buf, uint32_t verdict, uint64_t n)
{
    const char *word = assay_say_verdict(verdict);
    add_count(buf, n);
    assay_buf_text(buf, strncmp(word, "sources ", 8) ? " " : " where ");
    assay_buf_text(buf, word);
}

/* Whether text begins like the pattern, in which 0 stands for any digit. */
static int is_like(struct assay_text text, const char *pattern)
{
    uint64_t i = 0;
    for (; pattern[i]; i++)
        if (i >= text.size || (pattern[i] == '0' ? text.at[i] < '0' || text.at[i] > '9' : text.at[i] != pattern[i]))
            return 0;
    return 1;
}

void assay_say_published(struct assay_buf *buf, struct assay_text text)
{
    uint64_t at = 16;
    if (!text.at || !is_like(text, "0000-00-00T00:00")) {
        assay_say_line(buf, text);
        return;
    }
    struct assay_text rest = {text.at + at, text.size - at};
    if (is_like(rest, ":00"))
        at += 3;
    if (at > 16 && at < text.size && text.at[at] == '.')
        for (at++; at < text.size && text.at[at] >= '0' && text.at[at] <= '9'; at++)
            continue;
    rest = (struct assay_text){text.at + at, text.size - at};
    int universal = rest.size == 1 && rest.at[0] == 'Z';
    if (rest.size && !universal && !(rest.size == 6 && (is_like(rest, "+00:00") || is_like(rest, "-00:00")))) {
        assay_say_line(buf, text);
        return;
    }
    assay_buf_add(buf, text.at, 10);
    assay_buf_byte(buf, ' ');
    assay_buf_add(buf, text.at + 11, 5);
    if (rest.size)
        assay_buf_byte(buf, ' ');
    if (universal)
        assay_buf_text(buf, "UTC");
    else
        assay_buf_add(buf, rest.at, rest.size);
}

void assay_say_period(struct assay_buf *buf, struct assay_text from, struct assay_text to)
{
    if (!from.at && !to.at)
        return;
    assay_buf_text(buf, !from.at ? "until " : !to.at ? "from " : "for ");
    if (from.at)
        assay_say_line(buf, from);
    if (from.at && !to.at)
        assay_buf_text(buf, " on");
    if (!to.at || (from.at && from.size == to.size && !memcmp(from.at, to.at, to.size)))
        return;
    if (from.at)
        assay_buf_text(buf, " to ");
    assay_say_line(buf, to);
}
