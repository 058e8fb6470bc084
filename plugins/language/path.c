/* SPDX-License-Identifier: Apache-2.0 */
#include "path.h"

#include <stdlib.h>
#include <string.h>

#define NEVER_ (-(1 << 28))
/* A unit of one script inside a text of another: names and loan words stay, sentences do not. 1/64 nat. */
#define FOREIGN_BASE (2 * MODEL_UNIT)
#define FOREIGN_LETTER (MODEL_UNIT * 5 / 8)
#define FOREIGN_MOST (40 * MODEL_UNIT)
#define LONG_UNIT 48u
#define LONG_WEIGHT 192
#define CODE_SYMBOL (3 * MODEL_UNIT / 2)
#define CODE_MOST 20u
#define CODE_CONFIDENCE 5000u
#define SINGLE_CONFIDENCE 9950u
#define UND_CONFIDENCE 9000u

uint32_t path_best(const struct engine *engine, const struct path_unit *unit)
{
    const struct model_group *g = engine->model.header->group + (unit->group - GROUP_LATIN);
    uint32_t best = 0;
    for (uint32_t k = 1; k < g->classes; k++)
        if (unit->z[k] > unit->z[best])
            best = k;
    return best;
}

void path_start(struct path *path, struct engine *engine, struct engine_result *result, const char *declared,
                size_t declared_size)
{
    memset(path, 0, sizeof *path);
    path->engine = engine;
    path->result = result;
    path->block = engine->block;
    path->block->count = 0;
    memcpy(path->prior, engine->prior, sizeof path->prior);
    for (uint32_t s = 0; declared && s < engine->states; s++) {
        s = engine_state(engine, declared, declared_size, s);
        if (s < engine->states) { /* once for the document, and half of it for every unit */
            path->reach[s] += engine->declared_weight;
            path->prior[s] += engine->declared_weight / 2;
        }
    }
    for (uint32_t s = 0; s < ENGINE_STATES; s++) {
        if (!engine->allowed[s]) /* never, whatever it scores */
            path->prior[s] = path->reach[s] = NEVER_;
        path->top = path->reach[s] > path->top ? path->reach[s] : path->top;
    }
    path->span.state = ENGINE_STATES;
}

struct path_unit *path_unit(struct path *path)
{
    return path->block->unit + path->block->count;
}

/* A Han character says as much as three letters. */
static uint64_t mass(uint32_t group, uint32_t letters)
{
    return group == GROUP_HAN ? 3ull * letters : letters;
}

static int32_t foreign(uint64_t letters)
{
    int64_t cost = FOREIGN_BASE + (int64_t)letters * FOREIGN_LETTER;
    return cost > FOREIGN_MOST ? -FOREIGN_MOST : (int32_t)-cost;
}

/* The model's margins level off where samples in training were certain; what a long unit says counts for more. In
 * 1/64. */
static int32_t weight_of(uint32_t letters)
{
    return letters < LONG_UNIT ? 64 + (int32_t)letters * LONG_WEIGHT / (int32_t)LONG_UNIT : 64 + LONG_WEIGHT;
}

/* A symbol to four letters is more than prose has: the unit is code. 1/64 nat. */
static int32_t code_bonus(const struct path_unit *unit)
{
    if ((uint64_t)unit->symbols * 4 < unit->letters)
        return 0;
    return (int32_t)(unit->symbols > CODE_MOST ? CODE_MOST : unit->symbols) * CODE_SYMBOL;
}

/* What each state gets for the unit, at most 0 but for priors. */
static void emit(const struct path *path, const struct path_unit *unit, int32_t *e)
{
    const struct engine *engine = path->engine;
    int32_t cost = foreign(mass(unit->group, unit->letters));
    int any = 0;
    for (uint32_t s = 0; s < ENGINE_STATES; s++)
        e[s] = cost;
    if (unit->group == GROUP_NONE) {
        any = 0;
    } else if (unit->group < GROUP_MODELS) {
        const struct model_group *g = engine->model.header->group + (unit->group - GROUP_LATIN);
        const unsigned char *allowed = engine->allowed + g->first;
        int32_t top = NEVER_, *own = e + g->first;
        for (uint32_t k = 0; k < g->classes; k++) {
            own[k] = unit->z[k];
            top = allowed[k] && unit->z[k] > top ? unit->z[k] : top;
        }
        if (g->first <= engine->gibberish && engine->gibberish < g->first + g->classes) {
            own[engine->gibberish - g->first] += code_bonus(unit);
            top = own[engine->gibberish - g->first] > top ? own[engine->gibberish - g->first] : top;
        }
        int32_t weight = weight_of(unit->letters);
        for (uint32_t k = 0; k < g->classes; k++) {
            int32_t less = (own[k] - top) * weight / 64;
            own[k] = less < -FOREIGN_MOST ? -FOREIGN_MOST : less;
        }
        any = top > NEVER_;
    } else {
        uint32_t s = engine->model.header->classes + unit->group - GROUP_SINGLE;
        e[s] = 0;
        any = engine->allowed[s];
    }
    /* und is for what has no letters, or none of an allowed language; in between the others share it. */
    e[engine->und] = any ? cost * 2 : 0;
}

CLONES static int32_t advance(int32_t *restrict reach, uint8_t *restrict stay, const int32_t *restrict e,
                              const int32_t *restrict prior, int32_t change, int32_t top)
{
    int32_t best = NEVER_;
    for (uint32_t s = 0; s < ENGINE_STATES; s++) {
        int32_t from = reach[s] >= change ? reach[s] : change;
        int32_t sum = from - top + e[s] + prior[s];
        sum = sum < NEVER_ ? NEVER_ : sum;
        stay[s] = reach[s] >= change;
        reach[s] = sum;
        best = sum > best ? sum : best;
    }
    return best;
}

static uint32_t find(const int32_t *reach, int32_t value)
{
    uint32_t s = 0;
    while (s + 1 < ENGINE_STATES && reach[s] != value)
        s++;
    return s;
}

static void step(struct path *path, struct path_unit *unit)
{
    int32_t e[ENGINE_STATES], top = path->top;
    emit(path, unit, e);
    unit->best = (uint8_t)find(path->reach, top);
    /* Any state may be the first. */
    path->top = advance(path->reach, unit->stay, e, path->prior, path->started ? top - unit->cost : NEVER_, top);
    path->started = 1;
}

/* ---- spans ---- */

static uint32_t confidence_of(const struct path *path)
{
    const struct engine *engine = path->engine;
    uint32_t state = path->span.state, group = engine->group[state];
    if (state == engine->und)
        return UND_CONFIDENCE;
    if (group >= GROUP_SINGLE || path->pooled_group != group)
        return SINGLE_CONFIDENCE;
    const struct model_group *g = engine->model.header->group + (group - GROUP_LATIN);
    uint32_t k = state - g->first;
    int64_t second = INT64_MIN;
    for (uint32_t i = 0; i < g->classes; i++)
        if (i != k && engine->allowed[g->first + i] && path->pooled[i] > second)
            second = path->pooled[i];
    int64_t margin = second == INT64_MIN ? 1 << 20 : path->pooled[k] - second;
    margin = margin > 1 << 20 ? 1 << 20 : margin < 0 ? 0 : margin;
    uint32_t confidence = g->confidence[model_length_step(path->span.letters)][model_margin_step((int32_t)margin)];
    return state == engine->gibberish && confidence < CODE_CONFIDENCE ? CODE_CONFIDENCE : confidence;
}

static int flush_span(struct path *path, uint32_t end)
{
    struct engine_result *result = path->result;
    if (path->span.state == ENGINE_STATES || path->span.begin == end)
        return 1;
    path->span.end = end;
    path->span.confidence = confidence_of(path);
    if (result->spans == result->room) {
        uint32_t room = result->room ? result->room * 2 : 64;
        struct engine_span *span = realloc(result->span, room * sizeof *span);
        if (!span)
            return 0;
        result->span = span;
        result->room = room;
    }
    result->span[result->spans++] = path->span;
    return 1;
}

static int add_to_span(struct path *path, const struct path_unit *unit)
{
    const struct engine *engine = path->engine;
    uint32_t state = unit->state;
    if (state != path->span.state) {
        uint32_t begin = path->span.state == ENGINE_STATES ? 0 : unit->begin;
        if (!flush_span(path, unit->begin))
            return 0;
        path->span = (struct engine_span){begin, begin, state, 0, 0};
        memset(path->pooled, 0, sizeof path->pooled);
        path->pooled_group = GROUP_NONE;
    }
    path->span.letters += unit->letters;
    if (unit->group == engine->group[state] && unit->group < GROUP_MODELS && unit->group != GROUP_NONE) {
        const struct model_group *g = engine->model.header->group + (unit->group - GROUP_LATIN);
        path->pooled_group = unit->group;
        for (uint32_t k = 0; k < g->classes; k++)
            path->pooled[k] += unit->z[k];
    }
    return 1;
}

/* Traces the best path of the block back, and makes spans of it. */
static int flush_block(struct path *path)
{
    struct engine_block *block = path->block;
    if (!block->count)
        return 1;
    uint32_t state = find(path->reach, path->top), last = state;
    for (uint32_t i = block->count; i-- > 0;) {
        struct path_unit *unit = block->unit + i;
        unit->state = (uint8_t)state;
        if (!unit->stay[state])
            state = unit->best;
    }
    for (uint32_t i = 0; i < block->count; i++)
        if (!add_to_span(path, block->unit + i))
            return 0;
    /* The next block goes on from the state that was decided. */
    for (uint32_t s = 0; s < ENGINE_STATES; s++)
        path->reach[s] = s == last ? 0 : NEVER_ / 2;
    path->top = 0;
    block->count = 0;
    return 1;
}

int path_push(struct path *path)
{
    step(path, path_unit(path));
    return ++path->block->count < PATH_UNITS || flush_block(path);
}

/* ---- the end ---- */

static void join_equal(struct engine_result *result)
{
    uint32_t to = 0;
    for (uint32_t i = 0; i < result->spans; i++) {
        struct engine_span *span = result->span + i;
        if (to && result->span[to - 1].state == span->state) {
            struct engine_span *before = result->span + to - 1;
            before->end = span->end;
            before->confidence = before->letters >= span->letters ? before->confidence : span->confidence;
            before->letters += span->letters;
        } else {
            result->span[to++] = *span;
        }
    }
    result->spans = to;
}

/* Spans below the least length take the language of the longer neighbour. */
static void drop_short(const struct engine *engine, struct engine_result *result)
{
    for (uint32_t i = 0; i < result->spans; i++) {
        struct engine_span *span = result->span + i;
        if (span->letters >= engine->minimum_span || result->spans == 1)
            continue;
        const struct engine_span *left = i ? span - 1 : NULL, *right = i + 1 < result->spans ? span + 1 : NULL;
        const struct engine_span *with = !left ? right : !right ? left : left->letters >= right->letters ? left : right;
        span->state = with->state;
        span->confidence = with->confidence;
    }
    join_equal(result);
}

static void find_main(const struct engine *engine, struct engine_result *result)
{
    uint64_t letters[ENGINE_STATES] = {0};
    for (uint32_t i = 0; i < result->spans; i++) {
        /* Two states of one language (Serbian in both scripts) count together. */
        uint32_t s = result->span[i].state;
        s = engine_state(engine, engine->name[s].language, strlen(engine->name[s].language), 0);
        letters[s] += mass(engine->group[s], result->span[i].letters);
    }
    uint32_t main = engine->und;
    uint64_t most = 0;
    for (uint32_t s = 0; s < engine->states; s++)
        if (letters[s] > most && strcmp(engine->name[s].language, "und")) {
            most = letters[s];
            main = s;
        }
    result->main = main;
}

int path_end(struct path *path, uint32_t size)
{
    const struct engine *engine = path->engine;
    struct engine_result *result = path->result;
    if (!flush_block(path))
        return 0;
    if (path->span.state == ENGINE_STATES) {
        path->span = (struct engine_span){0, 0, engine->und, 0, 0};
        path->pooled_group = GROUP_NONE;
    }
    if (size && !flush_span(path, size))
        return 0;
    for (uint32_t i = 0; i < result->spans; i++) {
        struct engine_span *span = result->span + i;
        if (!strcmp(engine->name[span->state].language, "und") || span->confidence < engine->minimum_confidence)
            span->state = engine->und;
    }
    join_equal(result);
    drop_short(engine, result);
    find_main(engine, result);
    return 1;
}
