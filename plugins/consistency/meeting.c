/* SPDX-License-Identifier: Apache-2.0 */
#include "meeting.h"

#include <string.h>

#define BESIDE 4u /* documents from the one in hand whose sketches are asked of memory */

/* What a document is about stands in several of its sentences, and early. Sixteenths, by prominence; found on reports of
 * several publishers on one event: at as many wrong pairs a quarter to a third more of the right ones come together
 * than by rarity alone. */
static const uint32_t prominence_factor[PROMINENCES] = {16, 24, 32, 32, 21, 31, 42, 42};

uint32_t sketch_weight(uint32_t weight, int is_name, uint32_t prominence)
{
    if (is_name)
        weight += weight / 2;
    weight = weight * prominence_factor[prominence] / 16;
    return weight > 0xffff ? 0xffff : weight;
}

static uint32_t element_weight(const struct rarity_scale *scale, uint32_t element, unsigned char class)
{
    return sketch_weight(scale->weight[class >> 3 & (RARITY_CLASSES - 1)][class & TERM_CLASS],
                         (element & ELEMENT_NAME) != 0, element >> ELEMENT_PROMINENCE & (PROMINENCES - 1));
}

/* Sketches lie where their documents' tasks put them. */
static void fetch(struct assay_list sketches, uint64_t i)
{
    const struct sketch *s = i < sketches.count ? ASSAY_AT(struct sketch, sketches, i) : NULL;
    for (uint32_t at = 0; s && at < s->element.count; at += 64 / sizeof(uint32_t))
        __builtin_prefetch(ASSAY_AT(uint32_t, s->element, at));
    if (s)
        __builtin_prefetch(s->classes.at);
}

static uint32_t elements_of(const struct sketch *s)
{
    return s->element.count < SKETCH_TERMS ? (uint32_t)s->element.count : SKETCH_TERMS;
}

static uint32_t name_at(const struct sketch *s, uint32_t i)
{
    return *ASSAY_AT(uint32_t, s->element, i);
}

static uint32_t mark_of(uint32_t name)
{
    return name / (UINT32_MAX / MEETING_MARKS + 1);
}

static uint32_t bucket_of(uint32_t name)
{
    return name / (UINT32_MAX / MEETING_BUCKETS + 1);
}

static void clear(struct meeting *m)
{
    memset(m->last, 0, sizeof m->last);
    memset(m->once, 0, sizeof m->once);
    memset(m->twice, 0, sizeof m->twice);
    m->document = m->helds = 0;
}

/* All elements of those who come are marked as if they stood in two: a guest may have any of them. */
void meeting_invite(struct meeting *m, struct assay_list sketches, struct assay_list known)
{
    clear(m);
    for (uint64_t i = 0; i < sketches.count; i++) {
        const struct sketch *s = ASSAY_AT(struct sketch, sketches, i);
        for (uint32_t k = 0; !*ASSAY_AT(uint32_t, known, i) && k < elements_of(s); k++)
            m->twice[mark_of(name_at(s, k)) / 64] |= (uint64_t)1 << mark_of(name_at(s, k)) % 64;
    }
}

void meeting_gather(struct meeting *m, struct assay_list sketches, uint64_t first, uint32_t count)
{
    clear(m);
    for (uint32_t i = 0; i < count; i++) {
        const struct sketch *s = ASSAY_AT(struct sketch, sketches, first + i);
        fetch(sketches, first + i + BESIDE);
        for (uint32_t k = 0; k < elements_of(s); k++) {
            uint32_t mark = mark_of(name_at(s, k));
            uint64_t bit = (uint64_t)1 << mark % 64;
            m->twice[mark / 64] |= m->once[mark / 64] & bit;
            m->once[mark / 64] |= bit;
        }
    }
}

/* The elements that may stand in another document, too, into `at`. Whether one does is no branch: nobody can guess. */
static uint32_t find_held(const struct meeting *m, const struct sketch *s, uint32_t at[SKETCH_TERMS + 1])
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < elements_of(s); i++) {
        uint32_t mark = mark_of(name_at(s, i));
        at[n] = i;
        n += m->twice[mark / 64] >> mark % 64 & 1;
    }
    return n;
}

/* With the documents before that are within reach. `floor`: the first of them. */
static void look_up(struct meeting *m, const struct held *e, uint32_t floor)
{
    uint32_t smaller = m->own == NO_ELEMENT ? 0 : m->own; /* elements are sorted by name */
    for (uint32_t at = m->last[bucket_of(e->name)]; at; at = m->held[at - 1].before) {
        const struct held *other = &m->held[at - 1];
        if (other->document < floor)
            return;
        if ((e->name ^ other->name) & ELEMENT_HASH)
            continue;
        struct common *c = &m->with[other->document];
        c->dot += (uint64_t)e->weight * other->weight;
        c->shared++;
        if (e->name & other->name & ELEMENT_KEYED && e->name < smaller)
            c->shared |= MEETS_ELSEWHERE;
    }
}

static void chain_up(struct meeting *m, uint32_t from)
{
    for (uint32_t i = from; i < m->helds; i++) {
        uint16_t *last = &m->last[bucket_of(m->held[i].name)];
        m->held[i].before = *last;
        *last = (uint16_t)(i + 1);
    }
}

/* The key's own element. */
static void share_own(struct meeting *m, uint32_t document, uint32_t floor)
{
    uint64_t weight = m->own_weight[document];
    uint32_t times = m->own_times[document];
    for (uint32_t i = floor; i < document; i++) {
        m->with[i].dot += weight * m->own_weight[i];
        m->with[i].shared += times * m->own_times[i];
    }
}

/* Its elements are held behind those of the documents before. */
static void meet(struct meeting *m, const struct rarity_scale *scale, const struct sketch *s, uint32_t floor)
{
    uint32_t document = m->document, at[SKETCH_TERMS + 1], n = find_held(m, s, at);
    memset(m->with + floor, 0, (document - floor) * sizeof *m->with);
    m->own_weight[document] = m->own_times[document] = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t name = name_at(s, at[i]), weight = element_weight(scale, name, (unsigned char)s->classes.at[at[i]]);
        if ((name & ELEMENT_HASH) == m->own) {
            m->own_weight[document] += weight;
            m->own_times[document]++;
            continue;
        }
        struct held *e = &m->held[m->helds++];
        *e = (struct held){name, (uint16_t)weight, 0, document};
        look_up(m, e, floor);
    }
    share_own(m, document, floor);
}

void meeting_next(struct meeting *m, const struct rarity_scale *scale, const struct sketch *s, uint32_t reach)
{
    uint32_t from = m->helds;
    meet(m, scale, s, m->document > reach ? m->document - reach : 0);
    chain_up(m, from);
    m->document++;
}

void meeting_guest(struct meeting *m, const struct rarity_scale *scale, struct assay_list sketches, uint64_t guest)
{
    uint32_t from = m->helds;
    fetch(sketches, guest + BESIDE);
    meet(m, scale, ASSAY_AT(struct sketch, sketches, guest), 0);
    m->helds = from;
}
