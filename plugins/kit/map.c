/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/json.h>
#include <assay/kit/map.h>

#include <stdlib.h>
#include <string.h>

#define STEP_MAX 0xffffu

/* Appends the bytes; 0 where there is no room or the text would pass 4 GiB. */
static int append(struct assay_mapper *m, const char *bytes, size_t size)
{
    if (m->failed || size > UINT32_MAX - m->text.size) {
        m->failed = 1;
        return 0;
    }
    assay_buf_add(&m->text, bytes, size);
    m->failed = m->text.failed;
    return !m->failed;
}

static struct assay_map *new_run(struct assay_mapper *m)
{
    if (m->count == m->room) {
        size_t room = m->room ? m->room * 2 : 32;
        struct assay_map *run = room > SIZE_MAX / sizeof *run ? NULL : realloc(m->run, room * sizeof *run);
        if (!run) {
            m->failed = 1;
            return NULL;
        }
        m->run = run;
        m->room = room;
    }
    return &m->run[m->count++];
}

/* Says that the last count * to_step bytes of the text came from `count` units at `from`. */
static void add_run(struct assay_mapper *m, uint64_t from, uint32_t count, uint32_t from_step, uint32_t to_step)
{
    struct assay_map *last = m->count ? &m->run[m->count - 1] : NULL;
    if (last && last->from_step == from_step && last->to_step == to_step &&
        (from_step == 0 || last->from + (uint64_t)last->count * from_step == from)) {
        last->count += count;
        return;
    }
    struct assay_map *run = new_run(m);
    if (run)
        *run = (struct assay_map){.from = from,
                                  .to = (uint32_t)(m->text.size - (uint64_t)count * to_step),
                                  .count = count,
                                  .from_step = (uint16_t)from_step,
                                  .to_step = (uint16_t)to_step};
}

void assay_mapper_keep(struct assay_mapper *m, const char *input, uint64_t from, size_t size)
{
    if (size && append(m, input + from, size))
        add_run(m, from, (uint32_t)size, 1, 1);
}

void assay_mapper_insert(struct assay_mapper *m, const char *to, size_t to_size)
{
    if (!to_size || !append(m, to, to_size))
        return;
    const struct assay_map *last = m->count ? &m->run[m->count - 1] : NULL;
    add_run(m, last ? last->from + (uint64_t)last->count * last->from_step : 0, (uint32_t)to_size, 0, 1);
}

void assay_mapper_unit(struct assay_mapper *m, uint64_t from, size_t from_size, const char *to, size_t to_size)
{
    if (!from_size) {
        assay_mapper_insert(m, to, to_size);
        return;
    }
    size_t head = to_size < STEP_MAX ? to_size : STEP_MAX;
    if (!head || !append(m, to, head))
        return;
    /* A unit longer than a step can say: its range is cut, its begin is right. */
    add_run(m, from, 1, (uint32_t)(from_size < STEP_MAX ? from_size : STEP_MAX), (uint32_t)head);
    assay_mapper_insert(m, to + head, to_size - head);
}

void assay_mapper_units(struct assay_mapper *m, uint64_t from, uint32_t from_step, const char *to, uint32_t to_step,
                        uint32_t count)
{
    if (count && to_step && append(m, to, (size_t)count * to_step))
        add_run(m, from, count, from_step, to_step);
}

void assay_mapper_replace(struct assay_mapper *m, uint64_t from, size_t from_size, const char *to, size_t to_size)
{
    assay_mapper_unit(m, from, from_size, to, to_size);
}

void assay_mapper_free(struct assay_mapper *m)
{
    assay_buf_free(&m->text);
    free(m->run);
    *m = (struct assay_mapper){0};
}

void assay_map_json(struct assay_buf *to, const struct assay_map *map, uint64_t runs)
{
    assay_buf_byte(to, '[');
    for (uint64_t i = 0; i < runs; i++) {
        const uint64_t number[] = {map[i].to, map[i].from, map[i].count, map[i].to_step, map[i].from_step};
        int plain = map[i].from_step == 1 && map[i].to_step == 1;
        assay_buf_text(to, i ? ",[" : "[");
        for (int k = 0; k < (plain ? 3 : 5); k++) {
            if (k)
                assay_buf_byte(to, ',');
            assay_json_u64(to, number[k]);
        }
        assay_buf_byte(to, ']');
    }
    assay_buf_byte(to, ']');
}
