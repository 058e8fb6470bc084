/* SPDX-License-Identifier: Apache-2.0 */
#include "engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "path.h"
#include "score.h"
#include "walk.h"

int engine_open(struct engine *engine, const char *path, char *message)
{
    memset(engine, 0, sizeof *engine);
    if (!model_open(&engine->model, path, message))
        return 0;
    const struct model_header *header = engine->model.header;
    if (header->classes + chars_singles + 1 > ENGINE_STATES) {
        snprintf(message, 256, "%s: too many classes", path);
        model_close(&engine->model);
        return 0;
    }
    engine->block = malloc(sizeof *engine->block);
    if (!engine->block) {
        snprintf(message, 256, "out of memory");
        model_close(&engine->model);
        return 0;
    }
    chars_fill(&engine->chars);
    engine->gibberish = ENGINE_STATES;
    for (uint32_t g = 0; g < MODEL_GROUPS; g++)
        for (uint32_t i = 0; i < header->group[g].classes; i++) {
            uint32_t state = header->group[g].first + i;
            if (!g && !strcmp(engine->model.class[state].language, "und"))
                engine->gibberish = state;
            engine->name[state] = engine->model.class[state];
            engine->group[state] = (uint8_t)(GROUP_LATIN + g);
        }
    engine->states = header->classes;
    for (uint32_t i = 0; i < chars_singles; i++) {
        struct model_class *name = engine->name + engine->states;
        snprintf(name->language, sizeof name->language, "%s", chars_single[i].language);
        snprintf(name->script, sizeof name->script, "%s",
                 strcmp(chars_single[i].script, "Hang") ? chars_single[i].script : "Kore");
        engine->group[engine->states++] = (uint8_t)(GROUP_SINGLE + i);
    }
    engine->und = engine->states++;
    memcpy(engine->name[engine->und].language, "und", 4);
    memcpy(engine->name[engine->und].script, "Zyyy", 5);
    memset(engine->allowed, 1, engine->states);
    engine->declared_weight = 4 * MODEL_UNIT;
    return 1;
}

void engine_close(struct engine *engine)
{
    free(engine->block);
    model_close(&engine->model);
    memset(engine, 0, sizeof *engine);
}

uint32_t engine_state(const struct engine *engine, const char *language, size_t size, uint32_t from)
{
    static const char same[][2][4] = {{"no", "nb"}, {"iw", "he"},  {"in", "id"}, {"mo", "ro"},
                                      {"sh", "sr"}, {"fil", "tl"}, {"cmn", "zh"}};
    char code[4] = "";
    for (size_t i = 0; i < size && language[i] != '-' && language[i] != '_'; i++) {
        if (i == 3)
            return ENGINE_STATES;
        code[i] = language[i] >= 'A' && language[i] <= 'Z' ? (char)(language[i] | 0x20) : language[i];
    }
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        if (!strcmp(code, same[i][0]))
            memcpy(code, same[i][1], 4);
    for (uint32_t s = from; s < engine->states; s++)
        if (!strcmp(engine->name[s].language, code))
            return s;
    return ENGINE_STATES;
}

/* ---- units ---- */

/* Cost of a change of language at a border, 1/64 nat. */
static int32_t cost_of(uint32_t gap)
{
    if (gap & GAP_LINE)
        return 5 * MODEL_UNIT;
    if (gap & GAP_SENTENCE)
        return 5 * MODEL_UNIT;
    if (gap & GAP_QUOTE)
        return 6 * MODEL_UNIT;
    if (gap & GAP_PUNCT)
        return 9 * MODEL_UNIT;
    return 12 * MODEL_UNIT;
}

static int is_spaceless(uint32_t group)
{
    static const char scripts[][5] = {"Thai", "Khmr", "Laoo", "Mymr", "Tibt"};
    if (group == GROUP_HAN)
        return 1;
    for (size_t i = 0; group >= GROUP_SINGLE && i < sizeof scripts / sizeof scripts[0]; i++)
        if (!strcmp(chars_single[group - GROUP_SINGLE].script, scripts[i]))
            return 1;
    return 0;
}

struct run {
    struct engine *engine;
    struct engine_result *result;
    struct path path;
    struct score score;
    uint32_t group, letters, symbols, hint;
    int open; /* a unit is */
};

static int close_unit(struct run *run)
{
    if (!run->open)
        return 1;
    struct path_unit *unit = path_unit(&run->path);
    unit->group = (uint8_t)run->group;
    unit->letters = run->letters;
    unit->symbols = run->symbols;
    if (run->group < GROUP_MODELS && run->group != GROUP_NONE) {
        score_end(&run->score, &run->engine->model, run->group, unit->z);
        run->hint = path_best(run->engine, unit);
    }
    run->open = 0;
    return path_push(&run->path);
}

static void open_unit(struct run *run, const struct walk_word *word)
{
    struct path_unit *unit = path_unit(&run->path);
    unit->begin = word->cut;
    unit->cost = cost_of(word->gap);
    run->group = word->group;
    run->letters = run->symbols = 0;
    run->open = 1;
    score_start(&run->score);
}

#define BARREN 256u /* bytes without a word that are a unit of their own */

static int add_barren(struct run *run, uint32_t begin, uint32_t bytes)
{
    if (!close_unit(run))
        return 0;
    struct path_unit *unit = path_unit(&run->path);
    unit->begin = begin;
    unit->cost = 5 * MODEL_UNIT;
    unit->group = GROUP_NONE;
    unit->letters = bytes / 8;
    unit->symbols = 0;
    return path_push(&run->path);
}

/* Whether a new unit starts with the word. */
static int is_border(const struct run *run, const struct walk_word *word)
{
    if (!run->open)
        return 1;
    int cuttable = (word->gap & ~GAP_INNER) != 0;
    if (word->group != run->group)
        return cuttable || is_spaceless(word->group) || is_spaceless(run->group);
    if (!cuttable)
        return 0;
    if (word->gap & (GAP_LINE | GAP_SENTENCE))
        return run->letters >= 3;
    if (word->gap & (GAP_QUOTE | GAP_PUNCT))
        return run->letters >= 6;
    return (word->gap & GAP_COMMA) && run->letters >= 40;
}

int engine_run(struct engine *engine, const char *text, uint32_t size, const char *declared, size_t declared_size,
               struct engine_result *result)
{
    struct run run = {.engine = engine, .result = result, .hint = MODEL_LANES};
    struct walk walk;
    struct walk_word word;
    uint32_t last = 0;
    result->spans = 0;
    result->main = engine->und;
    path_start(&run.path, engine, result, declared, declared_size);
    walk_start(&walk, &engine->chars, text, 0, size);
    while (walk_next(&walk, &word)) {
        if (word.begin - last >= BARREN && !add_barren(&run, last, word.begin - last))
            return 0;
        last = word.end;
        if (is_border(&run, &word)) {
            if (!close_unit(&run))
                return 0;
            open_unit(&run, &word);
        }
        run.letters += word.letters;
        run.symbols += word.symbols;
        if (word.group < GROUP_MODELS && word.group == run.group && !run.score.decided)
            score_add(&run.score, &engine->model, word.group, &word, run.hint);
    }
    if (!close_unit(&run))
        return 0;
    if (size - last >= BARREN && last && !add_barren(&run, last, size - last))
        return 0;
    return path_end(&run.path, size);
}

void engine_result_free(struct engine_result *result)
{
    free(result->span);
    memset(result, 0, sizeof *result);
}
