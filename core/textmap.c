/* SPDX-License-Identifier: Apache-2.0 */
#include "textmap.h"

#include <stdlib.h>
#include <string.h>

static uint64_t to_end(const struct assay_map *m)
{
    return m->to + (uint64_t)m->count * m->to_step;
}

static uint64_t from_end(const struct assay_map *m)
{
    return m->from + (uint64_t)m->count * m->from_step;
}

const char *textmap_check(const struct assay_map *map, uint64_t runs, uint64_t text_size, uint64_t from_size)
{
    uint64_t at = 0;
    for (uint64_t i = 0; i < runs; i++) {
        if (map[i].to != at)
            return "its runs leave a gap or overlap";
        if (!map[i].count || !map[i].to_step)
            return "a run is empty";
        at = to_end(&map[i]);
        if (at > text_size)
            return "it goes beyond the new text";
        if (map[i].from > from_size || from_end(&map[i]) > from_size)
            return "it goes beyond the old text";
    }
    return at == text_size ? NULL : "it does not cover the new text";
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

int textmap_raw(const struct assay_map *map, uint64_t runs, uint64_t begin, uint64_t end, uint64_t raw[2])
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
    struct arena *arena;
    struct assay_map *run;
    uint64_t runs, room;
    int failed;
};

static void put(struct builder *b, uint64_t from, uint64_t to, uint64_t count, uint64_t from_step, uint64_t to_step)
{
    if (b->runs) {
        struct assay_map *last = &b->run[b->runs - 1];
        if (from_step && last->from_step == from_step && last->to_step == to_step && from_end(last) == from && to_end(last) == to &&
            last->count + count <= UINT32_MAX) {
            last->count += (uint32_t)count;
            return;
        }
    }
    if (b->runs == b->room) {
        uint64_t room = b->room ? b->room * 2 : 64;
        struct assay_map *more = arena_alloc(b->arena, room * sizeof *more);
        if (!more) {
            b->failed = 1;
            return;
        }
        if (b->runs)
            memcpy(more, b->run, b->runs * sizeof *more);
        b->run = more;
        b->room = room;
    }
    b->run[b->runs++] = (struct assay_map){from, (uint32_t)to, (uint32_t)count, (uint16_t)from_step, (uint16_t)to_step, 0};
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
    if (textmap_raw(c->inner, c->inner_runs, begin, end, raw))
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

struct assay_map *textmap_compose(struct arena *arena, const struct assay_map *inner, uint64_t inner_runs,
                                  const struct assay_map *outer, uint64_t outer_runs, uint64_t *runs)
{
    struct composer c = {.out = {.arena = arena}, .inner = inner, .inner_runs = inner_runs};
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
    if (c.out.failed)
        return NULL;
    return c.out.run ? c.out.run : arena_alloc(arena, sizeof *c.out.run);
}

/* ---- the other way ---- */

static int by_source(const void *a, const void *b, void *map)
{
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    const struct assay_map *m = map;
    if (m[i].from != m[j].from)
        return m[i].from < m[j].from ? -1 : 1;
    return i < j ? -1 : i > j;
}

uint32_t *textmap_by_source(struct arena *arena, const struct assay_map *map, uint64_t runs, uint64_t *n)
{
    uint32_t *order = arena_alloc(arena, runs * sizeof *order);
    int sorted = 1;
    *n = 0;
    if (!order)
        return NULL;
    for (uint64_t i = 0; i < runs; i++) {
        if (!map[i].from_step)
            continue;
        if (*n && map[order[*n - 1]].from > map[i].from)
            sorted = 0;
        order[(*n)++] = (uint32_t)i;
    }
    if (!sorted)
        qsort_r(order, *n, sizeof *order, by_source, (void *)(uintptr_t)map);
    return order;
}

int textmap_forward(const struct assay_map *map, const uint32_t *order, uint64_t n, uint64_t begin, uint64_t end, struct assay_span *to)
{
    uint64_t low = 0, high = n;
    while (low < high) { /* the first run that ends behind begin */
        uint64_t middle = low + (high - low) / 2;
        if (from_end(&map[order[middle]]) <= begin)
            low = middle + 1;
        else
            high = middle;
    }
    uint64_t b = UINT64_MAX, e = 0;
    for (uint64_t i = low; i < n; i++) {
        const struct assay_map *m = &map[order[i]];
        if (m->from >= end)
            break;
        uint64_t first = begin > m->from ? (begin - m->from) / m->from_step : 0;
        uint64_t last = end < from_end(m) ? (end - 1 - m->from) / m->from_step : m->count - 1;
        if (m->to + first * m->to_step < b)
            b = m->to + first * m->to_step;
        if (m->to + (last + 1) * m->to_step > e)
            e = m->to + (last + 1) * m->to_step;
    }
    if (b >= e)
        return 0;
    *to = (struct assay_span){(uint32_t)b, (uint32_t)e};
    return 1;
}

/* ---- stored ---- */

static void put_varint(struct bytes *out, uint64_t v)
{
    unsigned char room[10];
    uint32_t n = 0;
    for (; v >= 0x80; v >>= 7)
        room[n++] = (unsigned char)(v | 0x80);
    room[n++] = (unsigned char)v;
    bytes_add(out, room, n);
}

static uint64_t get_varint(const char **at, const char *end)
{
    uint64_t v = 0;
    for (uint32_t shift = 0; *at < end && shift < 64; shift += 7) {
        unsigned char c = (unsigned char)*(*at)++;
        v |= (uint64_t)(c & 0x7f) << shift;
        if (!(c & 0x80))
            break;
    }
    return v;
}

/* Sources may jump back, so their differences are folded: 0, -1, 1, -2 ... */
static uint64_t fold(int64_t v)
{
    return (uint64_t)v << 1 ^ (uint64_t)(v >> 63);
}

static int64_t unfold(uint64_t v)
{
    return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

void textmap_store(struct bytes *out, const struct assay_map *map, uint64_t runs)
{
    uint64_t from = 0;
    for (uint64_t i = 0; i < runs; i++) {
        uint64_t plain = map[i].from_step == 1 && map[i].to_step == 1;
        put_varint(out, fold((int64_t)(map[i].from - from)));
        put_varint(out, (uint64_t)map[i].count << 1 | plain);
        if (!plain) {
            put_varint(out, map[i].from_step);
            put_varint(out, map[i].to_step);
        }
        from = from_end(&map[i]);
    }
}

struct assay_map *textmap_open(struct arena *arena, const char *stored, uint64_t size, uint64_t runs)
{
    struct assay_map *map = arena_alloc(arena, runs * sizeof *map);
    const char *end = stored + size;
    uint64_t from = 0, to = 0;
    for (uint64_t i = 0; map && i < runs; i++) {
        map[i].from = from + (uint64_t)unfold(get_varint(&stored, end));
        uint64_t count = get_varint(&stored, end);
        map[i].from_step = map[i].to_step = 1;
        if (!(count & 1)) {
            map[i].from_step = (uint16_t)get_varint(&stored, end);
            map[i].to_step = (uint16_t)get_varint(&stored, end);
        }
        map[i].count = (uint32_t)(count >> 1);
        map[i].to = (uint32_t)to;
        from = from_end(&map[i]);
        to = to_end(&map[i]);
    }
    return map;
}
