/* SPDX-License-Identifier: Apache-2.0 */
#include "since.h"

#include <errno.h>
#include <assay/kit/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/json.h>

static char *copy(struct assay_text text)
{
    return strndup(text.at ? text.at : "", text.size);
}

/* Takes the keys it wants; 0: the line is no JSON object. */
static int read_keys(struct assay_json *json, char **id, struct since_finding *f)
{
    enum assay_json_type token;
    while ((token = assay_json_next(json)) == ASSAY_JSON_STRING) {
        char **to = assay_text_is(json->text, "id") ? id
                    : assay_text_is(json->text, "state") ? &f->state
                    : assay_text_is(json->text, "title") ? &f->title
                    : assay_text_is(json->text, "verdict") ? &f->verdict
                                                : NULL;
        token = assay_json_next(json);
        if (to && token == ASSAY_JSON_STRING && !*to)
            *to = copy(json->text);
        else if (!assay_json_skip(json, token, NULL))
            return 0;
    }
    return token == ASSAY_JSON_CLOSE;
}

static int keep(struct since *s, char *id, const struct since_finding *f)
{
    uint32_t i = id ? names_add(&s->ids, (struct assay_text){id, strlen(id)}, 1) : ASSAY_NEVER;
    if (i == ASSAY_NEVER || i < s->ids.count - 1)
        return 0;
    if (i >= s->room) {
        uint32_t room = s->room ? s->room * 2 : 64;
        struct since_finding *more = realloc(s->finding, room * sizeof *more);
        if (!more)
            return 0;
        s->finding = more;
        s->room = room;
    }
    s->finding[i] = *f;
    return 1;
}

static void free_finding(struct since_finding *f)
{
    free(f->state);
    free(f->title);
    free(f->verdict);
}

static const char *read_line(struct since *s, struct assay_text line)
{
    static const char begin[] = "{\"type\":\"finding\",";
    struct assay_json json = {0};
    struct since_finding f = {0};
    char *id = NULL;
    if (line.size < sizeof begin || memcmp(line.at, begin, sizeof begin - 1) != 0)
        return line.size && line.at[0] != '{' ? "not a record of the jsonl writer" : NULL;
    assay_json_start(&json, line);
    int ok =
        assay_json_next(&json) == ASSAY_JSON_OBJECT && read_keys(&json, &id, &f) && f.state && f.title && f.verdict;
    assay_json_done(&json);
    if (!ok || !keep(s, id, &f)) {
        free_finding(&f);
        ok = 0;
    }
    free(id);
    return ok ? NULL : "not a finding, or one that was there before";
}

const char *since_read(struct since *s, const char *path, uint64_t *number)
{
    FILE *file = fopen(path, "rb");
    char *line = NULL;
    size_t room = 0;
    ssize_t size;
    const char *wrong = NULL;
    *number = 0;
    if (!file)
        return strerror(errno);
    while (!wrong && (size = getline(&line, &room, file)) > 0) {
        ++*number;
        wrong = read_line(s, (struct assay_text){line, (uint64_t)(line[size - 1] == '\n' ? size - 1 : size)});
    }
    if (!wrong && ferror(file))
        wrong = "cannot be read";
    free(line);
    fclose(file);
    return wrong;
}

int since_look(struct since *s, struct assay_text id, struct assay_text state)
{
    uint32_t i = names_find(&s->ids, id);
    if (i == ASSAY_NEVER)
        return SINCE_NEW;
    s->finding[i].seen = 1;
    return assay_text_is(state, s->finding[i].state) ? SINCE_SAME : SINCE_CHANGED;
}

void since_free(struct since *s)
{
    for (uint32_t i = 0; i < s->ids.count; i++)
        free_finding(&s->finding[i]);
    free(s->finding);
    names_free(&s->ids);
    *s = (struct since){0};
}
