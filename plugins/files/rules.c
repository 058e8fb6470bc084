/* SPDX-License-Identifier: Apache-2.0 */
#include "rules.h"

#include <string.h>

/* Greedy with one place to come back to for each of * and **: at most |pattern| * |path| steps. */
static int fits_whole(struct assay_text pattern, const char *path, const char *end)
{
    const char *p = pattern.at, *p_end = p + pattern.size, *s = path;
    const char *star = NULL, *star_s = NULL, *deep = NULL, *deep_s = NULL;
    for (;;) {
        if (p < p_end && *p == '*') {
            int two = p + 1 < p_end && p[1] == '*';
            p += 1 + two;
            if (two) {
                deep = p;
                deep_s = s;
                star = NULL;
            } else {
                star = p;
                star_s = s;
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
            continue;
        }
        if (!deep || deep_s == end)
            return 0;
        s = ++deep_s;
        p = deep;
        star = NULL;
    }
}

int rule_fits(struct assay_text pattern, struct assay_text path)
{
    const char *end = path.at + path.size;
    if (fits_whole(pattern, path.at, end))
        return 1;
    for (const char *p = path.at; p < end; p++)
        if (*p == '/' && fits_whole(pattern, p + 1, end))
            return 1;
    return 0;
}

struct assay_text rule_source(struct assay_list rules, struct assay_text path)
{
    for (uint32_t i = 0; i < rules.count; i++) {
        const struct rule *rule = ASSAY_AT(struct rule, rules, i);
        if (rule_fits(rule->path, path))
            return rule->source;
    }
    return (struct assay_text){NULL, 0};
}
