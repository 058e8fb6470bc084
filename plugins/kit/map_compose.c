/* SPDX-License-Identifier: Apache-2.0
 *
 * What a span of the text came from, and two maps made one.
 */
#include <assay/kit/map.h>

#include <stdlib.h>

static uint64_t to_end(const struct assay_map *m)
{
    return m->to + (uint64_t)m->count * m->to_step;
}

static uint64_t from_end(const struct assay_map *m)
{
    return m->from + (uint64_t)m->count * m->from_step;
}

/* The run that holds byte `at` of the text, from a guess on; the caller knows there is one. */
static uint64_t run_at(const struct assay_map *map, uint64_t runs, uint64_t at, uint64_t guess)
{
    if (guess < runs && map[guess].to <= at && at < to_end(&map[guess]))
        return guess;
    if (guess + 1 < runs && map[guess + 1].to <= at && at < to_end(&map[guess + 1]))
        return guess + 1;
    uint64_t low = 0, high = runs;
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        if (map[middle].to <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static uint64_t unit_begin(const struct assay_map *m, uint64_t at)
{
    return m->from + (at - m->to) / m->to_step * m->from_step;
}

int assay_map_raw(const struct assay_map *map, uint64_t runs, uint64_t begin, uint64_t end, uint64_t raw[2])
{
    if (!runs)
        return 0;
    uint64_t size = to_end(&map[runs - 1]);
    if (begin >= size || begin == end) { /* an empty place: where its next byte, or the end, came from */
        const struct assay_map *m = &map[begin >= size ? runs - 1 : run_at(map, runs, begin, 0)];
        raw[0] = raw[1] = begin >= size ? from_end(m) : unit_begin(m, begin);
        return 1;
    }
    uint64_t first = run_at(map, runs, begin, 0), last = run_at(map, runs, end - 1, first);
    raw[0] = UINT64_MAX;
    raw[1] = 0;
    for (uint64_t i = first; i <= last; i++) {
        const struct assay_map *m = &map[i];
        if (!m->from_step)
            continue;
        uint64_t b = i == first ? unit_begin(m, begin) : m->from;
        uint64_t e = i == last ? unit_begin(m, end - 1) + m->from_step : from_end(m);
        if (b < raw[0])
            raw[0] = b;
        if (e > raw[1])
            raw[1] = e;
    }
    return raw[0] != UINT64_MAX;
}

/* ---- composing ---- */

struct builder {
    struct assay_map *run;
    uint64_t runs, room;
    int failed;
};

static void put(struct builder *b, uint64_t from, uint64_t to, uint64_t count, uint64_t from_step, uint64_t to_step)
{
    if (b->runs) {
        struct assay_map *last = &b->run[b->runs - 1];
        if (from_step && last->from_step == from_step && last->to_step == to_step && from_end(last) == from &&
            to_end(last) == to && last->count + count <= UINT32_MAX) {
            last->count += (uint32_t)count;
            return;
        }
    }
    if (b->runs == b->room) {
        uint64_t room = b->room ? b->room * 2 : 64;
        struct assay_map *more = room > SIZE_MAX / sizeof *more ? NULL : realloc(b->run, room * sizeof *more);
        if (!more) {
            b->failed = 1;
            return;
        }
        b->run = more;
        b->room = room;
    }
    b->run[b->runs++] =
        (struct assay_map){from, (uint32_t)to, (uint32_t)count, (uint16_t)from_step, (uint16_t)to_step, 0};
}

/* One unit of `to_size` text bytes from a raw range that may be larger than a step can say: then the range's first part
 * stands for it. */
static void put_unit(struct builder *b, const uint64_t raw[2], uint64_t to, uint64_t to_size)
{
    uint64_t from_step = raw[1] - raw[0];
    while (to_size > UINT16_MAX) {
        put(b, raw[0], to, 1, from_step > UINT16_MAX ? UINT16_MAX : from_step, UINT16_MAX);
        to += UINT16_MAX;
        to_size -= UINT16_MAX;
    }
    put(b, raw[0], to, 1, from_step > UINT16_MAX ? UINT16_MAX : from_step, to_size);
}

struct composer {
    struct builder out;
    const struct assay_map *inner;
    uint64_t inner_runs, guess, middle_size;
};

/* Where a range of the middle text came from; an inserted one keeps its place with no source bytes. */
static void middle_raw(struct composer *c, uint64_t begin, uint64_t end, uint64_t raw[2])
{
    if (assay_map_raw(c->inner, c->inner_runs, begin, end, raw))
        return;
    raw[0] = raw[1] = c->inner_runs ? c->inner[run_at(c->inner, c->inner_runs, begin, c->guess)].from : 0;
}

/* Bytes that the outer map keeps one to one: the inner runs show through. */
static void compose_plain(struct composer *c, const struct assay_map *o)
{
    for (uint64_t i = 0; i < o->count;) {
        uint64_t middle = o->from + i, left = o->count - i;
        c->guess = run_at(c->inner, c->inner_runs, middle, c->guess);
        const struct assay_map *in = &c->inner[c->guess];
        uint64_t inside = middle - in->to, torn = inside % in->to_step, room = to_end(in) - middle;
        if (!torn && left >= in->to_step) {
            uint64_t units = (left < room ? left : room) / in->to_step;
            put(&c->out, in->from + inside / in->to_step * in->from_step, o->to + i, units, in->from_step, in->to_step);
            i += units * in->to_step;
            continue;
        }
        uint64_t size = in->to_step - torn; /* the cut goes through a unit */
        if (size > left)
            size = left;
        uint64_t raw[2];
        middle_raw(c, middle, middle + size, raw);
        put_unit(&c->out, raw, o->to + i, size);
        i += size;
    }
}

static void compose_units(struct composer *c, const struct assay_map *o)
{
    for (uint64_t i = 0; i < o->count;) {
        uint64_t middle = o->from + i * o->from_step;
        c->guess = run_at(c->inner, c->inner_runs, middle, c->guess);
        const struct assay_map *in = &c->inner[c->guess];
        if (in->from_step == 1 && in->to_step == 1) {
            uint64_t units = (to_end(in) - middle) / o->from_step;
            if (units > o->count - i)
                units = o->count - i;
            if (units) {
                put(&c->out, in->from + (middle - in->to), o->to + i * o->to_step, units, o->from_step, o->to_step);
                i += units;
                continue;
            }
        }
        uint64_t raw[2];
        middle_raw(c, middle, middle + o->from_step, raw);
        put_unit(&c->out, raw, o->to + i * o->to_step, o->to_step);
        i++;
    }
}

struct assay_map *assay_map_compose(const struct assay_map *inner, uint64_t inner_runs, const struct assay_map *outer,
                                    uint64_t outer_runs, uint64_t *runs)
{
    struct composer c = {.inner = inner, .inner_runs = inner_runs};
    c.middle_size = inner_runs ? to_end(&inner[inner_runs - 1]) : 0;
    for (uint64_t i = 0; i < outer_runs && !c.out.failed; i++) {
        const struct assay_map *o = &outer[i];
        if (!o->from_step || !c.middle_size) {
            uint64_t raw[2] = {0, 0};
            if (c.middle_size)
                middle_raw(&c, o->from, o->from, raw);
            put(&c.out, raw[0], o->to, o->count, 0, o->to_step);
        } else if (o->from_step == 1 && o->to_step == 1) {
            compose_plain(&c, o);
        } else {
            compose_units(&c, o);
        }
    }
    *runs = c.out.runs;
    if (!c.out.failed)
        return c.out.run ? c.out.run : malloc(sizeof *c.out.run);
    free(c.out.run);
    return NULL;
}
