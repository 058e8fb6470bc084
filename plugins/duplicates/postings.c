/* SPDX-License-Identifier: Apache-2.0 */
#include "postings.h"

#include <stdlib.h>
#include <string.h>

#define DIGIT 9u
#define VALUES (UINT32_C(1) << DIGIT)
#define LOW (32u - DUP_SORTED) /* bits of a run that pieces are not sorted by */
#define NEAR 64u
#define SLICE 4096u /* runs of a slice that stay in the processor's cache, and */
#define EACH 8u     /* as many of a piece at least, so that walking over many costs little */
#define SMALL 12u   /* up to here insertion beats merging */

/* At least `need` elements at what is given; NULL: out of memory, all stays. */
static void *grow(void *at, uint64_t need, uint64_t size)
{
    return need > SIZE_MAX / size ? NULL : realloc(at, need * size);
}

/* Counts become where each begins. */
static void add_up(uint64_t *next, uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t count = next[i];
        next[i] = sum;
        sum += count;
    }
}

/* By `bits` bits from `shift` on, stable. Gives where the result stands. */
static uint64_t *radix(uint64_t *at, uint64_t *spare, uint64_t n, uint32_t shift, uint32_t bits)
{
    uint32_t passes = (bits + DIGIT - 1) / DIGIT, digit = passes ? (bits + passes - 1) / passes : 0;
    uint64_t last = (UINT64_C(1) << digit) - 1;
    for (uint32_t pass = 0; pass < passes; pass++, shift += digit) {
        uint64_t next[VALUES] = {0};
        for (uint64_t i = 0; i < n; i++)
            next[at[i] >> shift & last]++;
        add_up(next, last + 1);
        for (uint64_t i = 0; i < n; i++)
            spare[next[at[i] >> shift & last]++] = at[i];
        uint64_t *swap = at;
        at = spare;
        spare = swap;
    }
    return at;
}

/* ---- pieces into one ---- */

static int make_room(struct dup_postings *p, uint64_t holders, uint64_t runs)
{
    if (p->holders + holders > p->holder_room) {
        uint64_t room = (p->holders + holders) * 3 / 2 + 64;
        struct dup_holder *holder = grow(p->holder, room, sizeof *holder);
        p->holder = holder ? holder : p->holder;
        uint32_t *story = holder ? grow(p->story, room, sizeof *story) : NULL;
        p->story = story ? story : p->story;
        if (!story)
            return 0;
        p->holder_room = room;
    }
    if (p->count + runs <= p->room)
        return 1;
    uint64_t room = (p->count + runs) * 3 / 2 + 256;
    uint64_t *at = grow(p->at, room, sizeof *at);
    p->at = at ? at : p->at;
    p->room = at ? room : p->room;
    return at != NULL;
}

void dup_postings_clear(struct dup_postings *p)
{
    p->holders = p->count = 0;
    p->stories = 0;
}

int dup_postings_add(struct dup_postings *p, const struct dup_posting *one)
{
    const struct dup_holder *holder = one->holder.at;
    const uint32_t *story = one->story.count ? one->story.at : NULL, *run = one->run.at,
                   *from = one->from.count ? one->from.at : NULL;
    if (p->holders + one->holder.count > UINT32_MAX || p->count + one->run.count > UINT32_MAX / 2 ||
        !make_room(p, one->holder.count, one->run.count))
        return 0;
    for (uint32_t i = 0; i < one->run.count; i++)
        p->at[p->count++] = (uint64_t)run[i] << 32 | (p->holders + (from ? from[i] : 0));
    for (uint32_t i = 0; i < one->holder.count; i++, p->holders++) {
        p->holder[p->holders] = holder[i];
        p->story[p->holders] = story ? story[i] : 0;
        p->stories |= p->story[p->holders] != 0;
    }
    return 1;
}

/* By the highest DUP_SORTED bits, in two steps; the second one parts runs from holders. */
static void sort_runs(struct dup_postings *p, uint32_t *run, uint32_t *from)
{
    uint64_t low[VALUES] = {0}, high[VALUES] = {0};
    const uint32_t at_low = 32 + LOW, at_high = at_low + DIGIT, last = VALUES - 1;
    for (uint64_t i = 0; i < p->count; i++) {
        low[p->at[i] >> at_low & last]++;
        high[p->at[i] >> at_high]++;
    }
    add_up(low, VALUES);
    add_up(high, VALUES);
    for (uint64_t i = 0; i < p->count; i++)
        p->spare[low[p->at[i] >> at_low & last]++] = p->at[i];
    for (uint64_t i = 0; i < p->count; i++) {
        uint64_t one = p->spare[i], to = high[one >> at_high]++;
        run[to] = (uint32_t)(one >> 32);
        from[to] = (uint32_t)one;
    }
}

int dup_postings_join(struct dup_postings *p, struct dup_posting *to)
{
    if (p->count > p->spare_room || !p->spare) {
        free(p->spare);
        p->spare = malloc((p->room + 1) * sizeof *p->spare);
        p->spare_room = p->spare ? p->room : 0;
    }
    if (!p->spare || !make_room(p, 1, 1))
        return 0;
    uint32_t *run = (uint32_t *)(void *)p->at, *from = run + p->count;
    sort_runs(p, run, from);
    uint32_t holders = (uint32_t)p->holders, runs = (uint32_t)p->count;
    *to = (struct dup_posting){{p->holder, holders, sizeof *p->holder},
                               {p->story, p->stories ? holders : 0, sizeof *p->story},
                               {run, runs, sizeof *run},
                               {from, runs, sizeof *from}};
    p->count = 0;
    return 1;
}

void dup_postings_free(struct dup_postings *p)
{
    free(p->holder);
    free(p->story);
    free(p->at);
    free(p->spare);
    memset(p, 0, sizeof *p);
}

/* ---- all pieces of a part ---- */

static void add_piece(struct dup_slices *s, const struct dup_posting *p)
{
    s->piece[s->pieces++] = (struct dup_piece){p, p->run.at, p->from.at, s->owners, 0, p->run.count};
    s->owners += p->holder.count;
}

/* Joined pieces as they are, and all single texts as one. */
static int read_pieces(struct dup_slices *s, struct assay_list posting)
{
    dup_postings_clear(&s->loose);
    for (uint32_t i = 0; i < posting.count; i++) {
        const struct dup_posting *p =
            (const struct dup_posting *)(const void *)((const char *)posting.at + (uint64_t)i * posting.stride);
        if (p->run.count && p->from.count)
            add_piece(s, p);
        else if (p->run.count && !dup_postings_add(&s->loose, p))
            return 0;
    }
    if (s->loose.count == 0)
        return 1;
    if (!dup_postings_join(&s->loose, &s->joined))
        return 0;
    add_piece(s, &s->joined);
    return 1;
}

/* The piece of each NEAR-th text. */
static int find_pieces(struct dup_slices *s)
{
    uint64_t need = s->owners / NEAR + 1;
    if (need > s->near_room) {
        uint32_t *near = grow(s->near, need, sizeof *near);
        if (!near)
            return 0;
        s->near = near;
        s->near_room = need;
    }
    for (uint64_t i = 0, piece = 0; i < need; i++) {
        while (piece + 1 < s->pieces && s->piece[piece + 1].first <= i * NEAR)
            piece++;
        s->near[i] = (uint32_t)piece;
    }
    return 1;
}

int dup_slices_open(struct dup_slices *s, struct assay_list posting, uint32_t bits)
{
    uint64_t runs = 0, low = 0, least;
    s->pieces = s->owners = s->count = 0;
    if (posting.count + UINT64_C(1) > s->piece_room) {
        struct dup_piece *piece = grow(s->piece, posting.count + UINT64_C(1), sizeof *piece);
        if (!piece)
            return 0;
        s->piece = piece;
        s->piece_room = posting.count + UINT64_C(1);
    }
    if (!read_pieces(s, posting) || s->owners > UINT32_MAX || !find_pieces(s))
        return 0;
    for (uint64_t i = 0; i < s->pieces; i++) {
        runs += s->piece[i].runs;
        low = s->piece[i].run[0];
    }
    least = s->pieces * EACH;
    for (s->left = 32 - bits; s->left > LOW && runs > (least > SLICE ? least : SLICE); s->left--)
        runs /= 2;
    s->width = UINT64_C(1) << s->left;
    s->next = low >> (32 - bits) << (32 - bits);
    s->end = s->next + (UINT64_C(1) << (32 - bits));
    return 1;
}

/* The runs below `end`, behind those that were walked over before. 0: out of memory. */
static int take(struct dup_slices *s, uint64_t end)
{
    s->count = 0;
    for (uint64_t i = 0; i < s->pieces; i++) {
        struct dup_piece *p = &s->piece[i];
        uint32_t to = p->at;
        while (to < p->runs && p->run[to] < end)
            to++;
        if (s->count + (to - p->at) > s->room) {
            uint64_t room = (s->count + (to - p->at)) * 3 / 2 + SLICE;
            uint64_t *post = grow(s->post, room, sizeof *post);
            s->post = post ? post : s->post;
            uint64_t *spare = post ? grow(s->spare, room, sizeof *spare) : NULL;
            s->spare = spare ? spare : s->spare;
            if (!spare)
                return 0;
            s->room = room;
        }
        for (; p->at < to; p->at++)
            s->post[s->count++] = (uint64_t)p->run[p->at] << 32 | (p->first + p->from[p->at]);
    }
    return 1;
}

/* Leaves out runs that certainly stand in one place only: most of them. */
static int thin_out(struct dup_slices *s)
{
    static const uint8_t after[4] = {1, 3, 3, 3};
    uint64_t seens = 4 * SLICE, kept = 0;
    while (seens < 4 * s->count)
        seens *= 2;
    if (seens > s->seens) {
        free(s->seen);
        s->seen = malloc(seens);
        s->seens = s->seen ? seens : 0;
    }
    if (!s->seen)
        return 0;
    memset(s->seen, 0, seens); /* 1: once, 3: more than once */
    for (uint64_t i = 0; i < s->count; i++) {
        uint8_t *seen = &s->seen[s->post[i] >> 32 & (seens - 1)];
        *seen = after[*seen];
    }
    for (uint64_t i = 0; i < s->count; i++) {
        s->post[kept] = s->post[i];
        kept += s->seen[s->post[i] >> 32 & (seens - 1)] >> 1;
    }
    s->count = kept;
    return 1;
}

/* The filter lets some through that stand alone after all. */
static void drop_single(struct dup_slices *s)
{
    uint64_t kept = 0;
    for (uint64_t i = 0, j; i < s->count; i = j) {
        for (j = i + 1; j < s->count && s->post[j] >> 32 == s->post[i] >> 32; j++)
            ;
        for (uint64_t k = i; k < j && j - i > 1; k++)
            s->post[kept++] = s->post[k];
    }
    s->count = kept;
}

static const struct dup_piece *piece_of(const struct dup_slices *s, uint32_t number)
{
    const struct dup_piece *p = &s->piece[s->near[number / NEAR]], *last = &s->piece[s->pieces - 1];
    while (p < last && p[1].first <= number)
        p++;
    return p;
}

static const struct dup_holder *holder_of(const struct dup_slices *s, uint32_t number, uint32_t *story)
{
    const struct dup_piece *p = piece_of(s, number);
    uint64_t at = number - p->first;
    const uint32_t *stories = p->posting->story.count ? p->posting->story.at : NULL;
    *story = stories ? stories[at] : 0;
    return (const struct dup_holder *)p->posting->holder.at + at;
}

const struct dup_holder *dup_slices_holder(const struct dup_slices *s, uint32_t number)
{
    const struct dup_piece *p = piece_of(s, number);
    return (const struct dup_holder *)p->posting->holder.at + (number - p->first);
}

/* What is known of the owners lies here and there: all of a slice are asked for before the first is looked at. */
static int fill_owners(struct dup_slices *s)
{
    if (s->count > s->owner_room) {
        free(s->owner);
        free(s->owner_spare);
        s->owner = malloc(s->room * sizeof *s->owner);
        s->owner_spare = malloc(s->room * sizeof *s->owner_spare);
        s->owner_room = s->owner && s->owner_spare ? s->room : 0;
    }
    if (s->count > s->owner_room)
        return 0;
    const struct dup_holder **holder = (const struct dup_holder **)(void *)s->spare;
    for (uint64_t i = 0; i < s->count; i++) {
        uint32_t story;
        holder[i] = holder_of(s, (uint32_t)s->post[i], &story);
        __builtin_prefetch(holder[i]);
        s->owner[i].story = story;
        s->owner[i].number = (uint32_t)s->post[i];
    }
    for (uint64_t i = 0; i < s->count; i++) {
        s->owner[i].doc = holder[i]->doc;
        s->owner[i].source = holder[i]->source;
        s->owner[i].words = holder[i]->words;
    }
    return 1;
}

static void insertion(struct dup_owner *o, uint64_t n)
{
    for (uint64_t i = 1; i < n; i++) {
        if (o[i - 1].doc <= o[i].doc)
            continue;
        struct dup_owner one = o[i];
        uint64_t j = i;
        for (; j > 0 && o[j - 1].doc > one.doc; j--)
            o[j] = o[j - 1];
        o[j] = one;
    }
}

/* Stable, by document. */
static void by_document(struct dup_owner *o, struct dup_owner *spare, uint64_t n)
{
    for (uint64_t i = 0; i < n; i += SMALL)
        insertion(o + i, n - i < SMALL ? n - i : SMALL);
    for (uint64_t width = SMALL; width < n; width *= 2) {
        for (uint64_t begin = 0; begin + width < n; begin += 2 * width) {
            uint64_t middle = begin + width, end = n - middle < width ? n : middle + width;
            memcpy(spare, o + begin, width * sizeof *o);
            for (uint64_t i = 0, j = middle, k = begin; i < width;)
                o[k++] = j < end && spare[i].doc > o[j].doc ? o[j++] : spare[i++];
        }
    }
}

int dup_slices_next(struct dup_slices *s)
{
    if (s->pieces == 0 || s->next >= s->end)
        return 0;
    s->next += s->width;
    if (!take(s, s->next) || !thin_out(s))
        return -1;
    uint64_t *sorted = radix(s->post, s->spare, s->count, 32, s->left);
    s->spare = sorted == s->post ? s->spare : s->post;
    s->post = sorted;
    drop_single(s);
    if (!fill_owners(s))
        return -1;
    for (uint64_t i = 0, j; i < s->count; i = j) {
        for (j = i + 1; j < s->count && s->post[j] >> 32 == s->post[i] >> 32; j++)
            ;
        by_document(s->owner + i, s->owner_spare, j - i);
    }
    return 1;
}

void dup_slices_free(struct dup_slices *s)
{
    dup_postings_free(&s->loose);
    free(s->piece);
    free(s->near);
    free(s->post);
    free(s->spare);
    free(s->owner);
    free(s->owner_spare);
    free(s->seen);
    memset(s, 0, sizeof *s);
}
