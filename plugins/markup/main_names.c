/* SPDX-License-Identifier: Apache-2.0
 *
 * What the names of boxes tell: their class and id.
 */
#include <string.h>

#include "main_text.h"

static const char *const unlikely[] = {"-ad-",         "ai2html",    "banner",     "breadcrumb", "combx",     "comment",
                                       "community",    "cover-wrap", "disqus",     "extra",      "footer",    "gdpr",
                                       "header",       "legends",    "menu",       "related",    "remark",    "replies",
                                       "rss",          "shoutbox",   "sidebar",    "skyscraper", "social",    "sponsor",
                                       "supplemental", "ad-break",   "agegate",    "pagination", "pager",     "popup",
                                       "cookie",       "consent",    "newsletter", "subscribe",  "share",     "promo",
                                       "paywall",      "recommend",  "read-more",  "readmore",   "also-read", NULL};
static const char *const maybe[] = {"and", "article", "body", "column", "content", "main", "mathjax", "shadow", NULL};
static const char *const positive[] = {"article", "body",       "content", "entry", "hentry", "h-entry", "main",
                                       "page",    "pagination", "post",    "text",  "blog",   "story",   NULL};
static const char *const negative[] = {
    "-ad-",     "hidden",     "banner",  "combx",    "comment", "com-",    "contact", "footer",     "gdpr",
    "masthead", "media",      "meta",    "outbrain", "promo",   "related", "scroll",  "share",      "shoutbox",
    "sidebar",  "skyscraper", "sponsor", "shopping", "tags",    "widget",  "cookie",  "newsletter", NULL};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* 1 where one of the words occurs in the (lower-case) name. */
static int has_any(const char *name, const char *const *words)
{
    for (; *words; words++)
        if (strstr(name, *words))
            return 1;
    return 0;
}

size_t names_lower(char *to, size_t room, struct assay_text text)
{
    size_t n = text.size < room - 1 ? text.size : room - 1;
    for (size_t i = 0; i < n; i++)
        to[i] = lower(text.at[i]);
    to[n] = 0;
    return n;
}

void names_read(const struct tree *t, uint32_t i, struct names *names)
{
    names_lower(names->class_, sizeof names->class_, tree_attribute(t, i, "class"));
    names_lower(names->id, sizeof names->id, tree_attribute(t, i, "id"));
    size_t n = strlen(names->class_);
    memcpy(names->both, names->class_, n);
    names->both[n] = ' ';
    strcpy(names->both + n + 1, names->id);
}

int names_unlikely(const struct names *names)
{
    return has_any(names->both, unlikely) && !has_any(names->both, maybe);
}

static int weight_of(const char *name)
{
    if (!*name)
        return 0;
    return (has_any(name, positive) ? 25 : 0) - (has_any(name, negative) ? 25 : 0);
}

int names_weight(const struct tree *t, uint32_t i)
{
    struct names names;
    names_read(t, i, &names);
    return weight_of(names.class_) + weight_of(names.id);
}
