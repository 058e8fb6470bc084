/* SPDX-License-Identifier: Apache-2.0 */
#include "postings.h"

#include <stdlib.h>
#include <string.h>

#define DIGIT 12u /* half of the highest bits of a run, of the largest piece that can be */
#define VALUES (UINT32_C(1) << DIGIT)

void *dup_grow(void *at, uint64_t need, uint64_t size)
{
    return need > SIZE_MAX / size ? NULL : realloc(at, need * size);
}

void dup_add_up(uint64_t *next, uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t count = next[i];
        next[i] = sum;
        sum += count;
    }
}

/* ---- pieces into one ---- */

static int make_room(struct dup_postings *p, uint64_t holders, uint64_t runs)
{
    if (p->holders + holders > p->holder_room) {
        uint64_t room = (p->holders + holders) * 3 / 2 + 64;
        struct dup_holder *holder = dup_grow(p->holder, room, sizeof *holder);
        p->holder = holder ? holder : p->holder;
        uint32_t *story = holder ? dup_grow(p->story, room, sizeof *story) : NULL;
        p->story = story ? story : p->story;
        if (!story)
            return 0;
        p->holder_room = room;
    }
    if (p->count + runs <= p->room)
        return 1;
    uint64_t room = (p->count + runs) * 3 / 2 + 256;
    uint64_t *at = dup_grow(p->at, room, sizeof *at);
    p->at = at ? at : p->at;
    p->room = at ? room : p->room;
    return at != NULL;
}

void dup_postings_clear(struct dup_postings *p)
{
    p->holders = p->count = 0;
    p->stories = 0;
}

int dup_postings_full(const struct dup_postings *p, const struct dup_posting *one)
{
    return p->holders + one->holder.count > DUP_PIECE || p->count + one->run.count + one->item.count > UINT32_MAX / 4;
}

void dup_cursor_open(struct dup_cursor *c, const struct dup_posting *one)
{
    const uint32_t *step = one->step.at;
    *c = (struct dup_cursor){.step = step, .item = one->item.at};
    if (one->item.count == 0)
        return;
    c->runs = step[0];
    c->first = step[1];
    c->bits = step[2];
    c->place = 1;
    c->holder = dup_holder_bits(one->holder.count);
    c->low = DUP_ITEM - c->holder;
}

int dup_postings_add(struct dup_postings *p, const struct dup_posting *one)
{
    const struct dup_holder *holder = one->holder.at;
    const uint32_t *story = one->story.count ? one->story.at : NULL, *run = one->run.at;
    struct dup_cursor c;
    dup_cursor_open(&c, one);
    if (!make_room(p, one->holder.count, (uint64_t)one->run.count + c.runs))
        return 0;
    for (uint32_t i = 0; i < one->holder.count && one->run.count; i++)
        for (uint32_t n = dup_posting_runs(one, i); n > 0; n--)
            p->at[p->count++] = (uint64_t)*run++ << 32 | (p->holders + i);
    while (c.at < c.runs)
        p->at[p->count++] = dup_cursor_next(&c, dup_cursor_high(&c)) + p->holders;
    for (uint32_t i = 0; i < one->holder.count; i++, p->holders++) {
        p->holder[p->holders] = holder[i];
        p->story[p->holders] = story ? story[i] : 0;
        p->stories |= p->story[p->holders] != 0;
    }
    return 1;
}

/* What the second of two steps of sorting begins with, and the least and greatest highest bits. */
struct highs {
    uint64_t next[VALUES];
    uint32_t low, digit; /* bits that are not among the highest ones, and of the first of their two digits */
    uint32_t least, most;
};

/* By the lower digit of the highest bits. */
static void sort_once(struct dup_postings *p, struct highs *h)
{
    uint64_t low[VALUES] = {0};
    const uint32_t at_low = 32 + h->low, at_high = at_low + h->digit, last = (UINT32_C(1) << h->digit) - 1;
    h->least = UINT32_MAX;
    for (uint64_t i = 0; i < p->count; i++) {
        uint32_t high = (uint32_t)(p->at[i] >> at_low);
        low[high & last]++;
        h->next[p->at[i] >> at_high]++;
        h->least = high < h->least ? high : h->least;
        h->most = high > h->most ? high : h->most;
    }
    dup_add_up(low, VALUES);
    dup_add_up(h->next, VALUES);
    for (uint64_t i = 0; i < p->count; i++)
        p->spare[low[p->at[i] >> at_low & last]++] = p->at[i];
}

/* By the higher one; an item that is n-th and has the highest bits h is bit n + h - least. */
static void sort_again(struct dup_postings *p, struct highs *h, char *item)
{
    uint32_t *bits = p->step + 2;
    const uint32_t holder = DUP_ITEM - h->low, mask = (UINT32_C(1) << h->low) - 1;
    p->step[0] = (uint32_t)p->count;
    p->step[1] = h->least;
    for (uint64_t i = 0; i < p->count; i++) {
        uint64_t one = p->spare[i], to = h->next[one >> (32 + h->low + h->digit)]++,
                 bit = to + (one >> (32 + h->low)) - h->least;
        uint32_t value = ((uint32_t)(one >> 32) & mask) << holder | (uint32_t)one;
        memcpy(item + to * 3, &value, 2);
        item[to * 3 + 2] = (char)(value >> 16);
        bits[bit / 32] |= UINT32_C(1) << bit % 32;
    }
}

static int make_spare(struct dup_postings *p)
{
    if (p->count <= p->spare_room && p->spare)
        return 1;
    free(p->spare);
    p->spare = malloc((p->room + 1) * sizeof *p->spare);
    p->spare_room = p->spare ? p->room : 0;
    return p->spare != NULL;
}

static int make_steps(struct dup_postings *p, uint64_t need)
{
    if (need > p->step_room) {
        free(p->step);
        p->step = malloc(need * 3 / 2 * sizeof *p->step);
        p->step_room = p->step ? need * 3 / 2 : 0;
    }
    if (p->step)
        memset(p->step, 0, need * sizeof *p->step);
    return p->step != NULL;
}

int dup_postings_join(struct dup_postings *p, struct dup_posting *to)
{
    uint32_t holders = (uint32_t)p->holders;
    uint32_t low = DUP_ITEM - dup_holder_bits(holders);
    struct highs h = {.low = low, .digit = (32 - low + 1) / 2};
    if (!make_spare(p) || !make_room(p, 1, 1))
        return 0;
    sort_once(p, &h);
    uint64_t steps = 3 + (p->count + (p->count ? h.most - h.least : 0)) / 32;
    if (!make_steps(p, steps))
        return 0;
    uint32_t *item = (uint32_t *)(void *)p->at, items = (uint32_t)(p->count ? p->count * 3 / 4 + 1 : 0);
    if (items)
        item[items - 1] = 0; /* what is behind the last item */
    sort_again(p, &h, (char *)item);
    *to = (struct dup_posting){.holder = {p->holder, holders, sizeof *p->holder},
                               .story = {p->story, p->stories ? holders : 0, sizeof *p->story},
                               .item = {item, items, sizeof *item},
                               .step = {p->step, (uint32_t)steps, sizeof *p->step}};
    p->count = 0;
    return 1;
}

int dup_postings_lay(struct dup_postings *p, struct dup_posting *to)
{
    uint32_t holders = (uint32_t)p->holders, *run = (uint32_t *)(void *)p->at;
    if (!make_steps(p, holders + UINT64_C(1)))
        return 0;
    for (uint64_t i = 0; i < p->count; i++) {
        uint64_t one = p->at[i];
        p->step[(uint32_t)one]++;
        uint32_t value = (uint32_t)(one >> 32);
        memcpy(run + i, &value, sizeof value); /* never beyond what was read */
    }
    *to = (struct dup_posting){.holder = {p->holder, holders, sizeof *p->holder},
                               .story = {p->story, p->stories ? holders : 0, sizeof *p->story},
                               .run = {run, (uint32_t)p->count, sizeof *run},
                               .step = {p->step, holders, sizeof *p->step}};
    p->count = 0;
    return 1;
}

void dup_postings_free(struct dup_postings *p)
{
    free(p->holder);
    free(p->story);
    free(p->at);
    free(p->spare);
    free(p->step);
    memset(p, 0, sizeof *p);
}

