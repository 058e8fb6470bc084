/* SPDX-License-Identifier: Apache-2.0 */
#include "path.h"

#define STARS 9u /* of a pattern may be named in the source: $1 to $9 */

/* What a star of a pattern stands for. */
struct span {
    const char *begin, *end;
};

static void span_set(struct span span[STARS], uint32_t nth, const char *begin, const char *end)
{
    if (nth >= STARS)
        return;
    if (begin)
        span[nth].begin = begin;
    span[nth].end = end;
}

/* Each star takes as little as it can, with one place to come back to for each of * and **: at most |pattern| * |path|
 * steps. `span` gets what the first nine stars took. */
static int fits_whole(struct assay_text pattern, const char *path, const char *end, struct span span[STARS])
{
    const char *p = pattern.at, *p_end = p + pattern.size, *s = path;
    const char *star = NULL, *star_s = NULL, *deep = NULL, *deep_s = NULL;
    uint32_t next = 0, star_nth = 0, deep_nth = 0;
    for (;;) {
        if (p < p_end && *p == '*') {
            int two = p + 1 < p_end && p[1] == '*';
            p += 1 + two;
            span_set(span, next, s, s);
            if (two) {
                deep = p;
                deep_s = s;
                deep_nth = next++;
                star = NULL;
            } else {
                star = p;
                star_s = s;
                star_nth = next++;
            }
            continue;
        }
        if (s == end && p == p_end)
            return 1;
        if (s < end && p < p_end && (*p == *s || (*p == '?' && *s != '/'))) {
            p++;
            s++;
            continue;
        }
        if (star && star_s < end && *star_s != '/') {
            s = ++star_s;
            p = star;
            next = star_nth + 1;
            span_set(span, star_nth, NULL, s);
            continue;
        }
        if (!deep || deep_s == end)
            return 0;
        s = ++deep_s;
        p = deep;
        next = deep_nth + 1;
        span_set(span, deep_nth, NULL, s);
        star = NULL;
    }
}

static int fits(struct assay_text pattern, struct assay_text path, struct span span[STARS])
{
    const char *end = path.at + path.size;
    if (fits_whole(pattern, path.at, end, span))
        return 1;
    for (const char *p = path.at; p < end; p++)
        if (*p == '/' && fits_whole(pattern, p + 1, end, span))
            return 1;
    return 0;
}

int rule_fits(struct assay_text pattern, struct assay_text path)
{
    struct span span[STARS];
    return fits(pattern, path, span);
}

/* The number of "$1" to "$9" at `i`; else 0. */
static uint32_t star_named(struct assay_text source, uint64_t i)
{
    return i + 1 < source.size && source.at[i] == '$' && source.at[i + 1] >= '1' && source.at[i + 1] <= '9'
               ? (uint32_t)(source.at[i + 1] - '0')
               : 0;
}

uint32_t rule_missing(const struct rule *rule)
{
    uint32_t stars = 0;
    for (uint64_t i = 0; i < rule->path.size; i++) {
        if (rule->path.at[i] != '*')
            continue;
        stars++;
        i += i + 1 < rule->path.size && rule->path.at[i + 1] == '*';
    }
    for (uint64_t i = 0; i < rule->source.size; i++)
        if (star_named(rule->source, i) > stars)
            return star_named(rule->source, i);
    return 0;
}

static void put_source(struct assay_buf *out, struct assay_text source, const struct span span[STARS])
{
    for (uint64_t i = 0; i < source.size; i++) {
        uint32_t nth = star_named(source, i);
        if (nth)
            assay_buf_add(out, span[nth - 1].begin, (size_t)(span[nth - 1].end - span[nth - 1].begin));
        else
            assay_buf_byte(out, source.at[i]);
        i += nth != 0;
    }
}

int rule_source(struct assay_list rules, struct assay_text path, struct assay_buf *out)
{
    for (uint32_t i = 0; i < rules.count; i++) {
        const struct rule *rule = ASSAY_AT(struct rule, rules, i);
        struct span span[STARS];
        if (!fits(rule->path, path, span))
            continue;
        put_source(out, rule->source, span);
        return 1;
    }
    return 0;
}
