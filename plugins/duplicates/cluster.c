/* SPDX-License-Identifier: Apache-2.0 */
#include "cluster.h"

#include <stdlib.h>
#include <string.h>

#define HALF 600u /* per mille: what covers so much of the longer text is no mere part of it */

struct node {
    uint32_t parent;
    uint32_t host;    /* link that leads to the longer text it stands in, or NONE */
    uint32_t several; /* 1: holds texts in places apart */
};

#define NONE UINT32_MAX

static int by_doc(const void *p, const void *q)
{
    const struct dup_member *a = p, *b = q;
    if (a->doc != b->doc)
        return a->doc < b->doc ? -1 : 1;
    return a->stamp < b->stamp ? -1 : a->stamp > b->stamp;
}

static int by_pair(const void *p, const void *q)
{
    const struct dup_link *x = p, *y = q;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    if (x->share_a != y->share_a)
        return x->share_a > y->share_a ? -1 : 1;
    return x->share_b > y->share_b ? -1 : x->share_b < y->share_b;
}

uint32_t dup_member_at(const struct dup_member *m, uint32_t n, assay_docid doc)
{
    uint32_t low = 0, high = n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (m[mid].doc < doc)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* The links that joined the clusters: each cluster's are a tree over its texts. */
struct ties {
    uint32_t (*at)[2];
    uint32_t count;
};

static uint32_t root(struct node *node, uint32_t i)
{
    while (node[i].parent != i) {
        node[i].parent = node[node[i].parent].parent;
        i = node[i].parent;
    }
    return i;
}

static void unite(struct node *node, struct ties *ties, uint32_t x, uint32_t y)
{
    uint32_t a = root(node, x), b = root(node, y);
    if (a == b)
        return;
    ties->at[ties->count][0] = x;
    ties->at[ties->count++][1] = y;
    if (a < b)
        node[b].parent = a;
    else
        node[a].parent = b;
}

/* The small and the large side of a link that is covered on one side only. */
struct part {
    uint32_t small, large;
    uint32_t share_small, share_large;
    struct assay_span in_large;
};

static struct part part_of(const struct dup_member *m, uint32_t n, const struct dup_link *l)
{
    uint32_t a = dup_member_at(m, n, l->a), b = dup_member_at(m, n, l->b);
    if (l->share_a >= l->share_b)
        return (struct part){a, b, l->share_a, l->share_b, l->in_b};
    return (struct part){b, a, l->share_b, l->share_a, l->in_a};
}

static int better(const struct part *x, const struct part *y, const struct dup_member *m)
{
    if (x->share_large != y->share_large)
        return x->share_large > y->share_large;
    if (x->share_small != y->share_small)
        return x->share_small > y->share_small;
    const struct dup_member *p = &m[x->large], *q = &m[y->large];
    return p->stamp != q->stamp ? p->stamp < q->stamp : p->doc < q->doc;
}

/* Marks texts that hold others in places apart, which are not joined among themselves: round-ups, digests. */
static void mark_several(struct node *node, struct dup_link *link, uint32_t links, const struct dup_member *m,
                         uint32_t n, uint32_t copy)
{
    for (uint32_t i = 0; i < links; i++) {
        if (link[i].share_a >= copy && link[i].share_b >= copy)
            continue;
        struct part p = part_of(m, n, &link[i]);
        if (p.share_large >= HALF)
            continue;
        struct node *large = &node[p.large];
        if (large->host == NONE) {
            large->host = i;
            continue;
        }
        struct part first = part_of(m, n, &link[large->host]);
        int apart = p.in_large.begin >= first.in_large.end || p.in_large.end <= first.in_large.begin;
        if (apart && root(node, p.small) != root(node, first.small))
            large->several = 1;
    }
    for (uint32_t i = 0; i < n; i++)
        node[i].host = NONE;
}

static void join_parts(struct node *node, struct ties *ties, struct dup_link *link, uint32_t links,
                       const struct dup_member *m, uint32_t n, uint32_t copy)
{
    mark_several(node, link, links, m, n, copy);
    for (uint32_t i = 0; i < links; i++) {
        if (link[i].share_a >= copy && link[i].share_b >= copy)
            continue;
        struct part p = part_of(m, n, &link[i]);
        if (node[p.large].several && p.share_large < HALF)
            continue;
        uint32_t *host = &node[p.small].host;
        struct part old = *host == NONE ? p : part_of(m, n, &link[*host]);
        if (*host == NONE || better(&p, &old, m))
            *host = i;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (node[i].host != NONE)
            unite(node, ties, i, part_of(m, n, &link[node[i].host]).large);
    }
}

static void choose_leads(struct node *node, struct dup_member *m, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        node[i].host = NONE; /* from here on: the lead of a root */
    for (uint32_t i = 0; i < n; i++) {
        uint32_t *lead = &node[root(node, i)].host;
        if (*lead == NONE || m[i].stamp < m[*lead].stamp)
            *lead = i; /* equal stamps: the lesser docid came first */
    }
    for (uint32_t i = 0; i < n; i++)
        m[i].lead = m[node[root(node, i)].host].doc;
}

/* The ties of each text: side[end[i - 1]] up to side[end[i]] are those of text i. */
static void list_ties(uint32_t *side, uint32_t *end, uint32_t n, const struct ties *ties)
{
    memset(end, 0, ((uint64_t)n + 1) * sizeof *end);
    for (uint32_t i = 0; i < ties->count; i++) {
        end[ties->at[i][0] + 1]++;
        end[ties->at[i][1] + 1]++;
    }
    for (uint32_t i = 1; i <= n; i++)
        end[i] += end[i - 1];
    for (uint32_t i = 0; i < ties->count; i++) {
        side[end[ties->at[i][0]]++] = ties->at[i][1];
        side[end[ties->at[i][1]]++] = ties->at[i][0];
    }
}

/* Walks each tree from its lead, nearest texts first. 0: out of memory. */
static int find_ways(struct dup_member *m, uint32_t n, const struct ties *ties)
{
    uint32_t *side = malloc(((uint64_t)ties->count * 2 + 1) * sizeof *side);
    uint32_t *end = malloc(((uint64_t)n + 1) * 2 * sizeof *end), *queue = end ? end + n + 1 : NULL, filled = 0;
    if (side && end) {
        list_ties(side, end, n, ties);
        for (uint32_t i = 0; i < n; i++)
            if (m[i].lead == m[i].doc) {
                m[i].via = m[i].doc;
                queue[filled++] = i;
            }
        for (uint32_t at = 0; at < filled; at++) {
            uint32_t i = queue[at];
            for (uint32_t k = i ? end[i - 1] : 0; k < end[i]; k++)
                if (m[side[k]].via == 0) {
                    m[side[k]].via = m[i].doc;
                    queue[filled++] = side[k];
                }
        }
    }
    int made = side && end;
    free(side);
    free(end);
    return made;
}

static uint32_t list_docs(struct dup_member *m, const struct dup_link *link, uint32_t links)
{
    uint32_t n = 0, kept = 0;
    for (uint32_t i = 0; i < links; i++) {
        m[n++] = (struct dup_member){link[i].a, 0, 0, link[i].stamp_a};
        m[n++] = (struct dup_member){link[i].b, 0, 0, link[i].stamp_b};
    }
    qsort(m, n, sizeof *m, by_doc);
    for (uint32_t i = 0; i < n; i++)
        if (kept == 0 || m[kept - 1].doc != m[i].doc)
            m[kept++] = m[i];
    return kept;
}

int dup_cluster(struct dup_member **member, uint32_t *members, struct dup_link *link, uint32_t links, uint32_t copy)
{
    *member = NULL;
    *members = 0;
    if (links == 0)
        return 1;
    if (links > UINT32_MAX / 2)
        return 0;
    struct dup_member *m = malloc((uint64_t)links * 2 * sizeof *m);
    if (!m)
        return 0;
    qsort(link, links, sizeof *link, by_pair);
    uint32_t n = list_docs(m, link, links);
    struct node *node = malloc((uint64_t)n * sizeof *node);
    struct ties ties = {malloc((uint64_t)n * sizeof *ties.at), 0};
    int made = node && ties.at;
    for (uint32_t i = 0; i < n && made; i++)
        node[i] = (struct node){i, NONE, 0};
    for (uint32_t i = 0; i < links && made; i++)
        if (link[i].share_a >= copy && link[i].share_b >= copy)
            unite(node, &ties, dup_member_at(m, n, link[i].a), dup_member_at(m, n, link[i].b));
    if (made) {
        join_parts(node, &ties, link, links, m, n, copy);
        choose_leads(node, m, n);
        made = find_ways(m, n, &ties);
    }
    free(node);
    free(ties.at);
    if (!made) {
        free(m);
        return 0;
    }
    *member = m;
    *members = n;
    return 1;
}
