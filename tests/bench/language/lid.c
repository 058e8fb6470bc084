/* SPDX-License-Identifier: Apache-2.0
 *
 * The engine of plugins/language alone, for measuring: one text a line in, "code<TAB>confidence" a line out; with "mixed",
 * {"text": ...} a line in, [[begin, end, code], ...] a line out; with "speed", a whole file as documents of 4 KiB, timed.
 *
 *   lid MODEL lines|mixed|speed [FILE]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <assay/kit/json.h>

#include "engine.h"

static void lines(struct engine *engine)
{
    struct engine_result r = {0};
    char *line = NULL;
    size_t room = 0;
    for (ssize_t n; (n = getline(&line, &room, stdin)) > 0;) {
        if (line[n - 1] == '\n')
            n--;
        if (!engine_run(engine, line, (uint32_t)n, NULL, 0, &r))
            exit(1);
        uint32_t confidence = 0;
        for (uint32_t i = 0; i < r.spans; i++)
            if (!strcmp(engine->name[r.span[i].state].language, engine->name[r.main].language) && r.span[i].confidence > confidence)
                confidence = r.span[i].confidence;
        printf("%s\t%.4f\n", engine->name[r.main].language, confidence / 10000.0);
    }
    free(line);
    engine_result_free(&r);
}

static void mixed(struct engine *engine)
{
    struct engine_result r = {0};
    char *line = NULL;
    size_t room = 0;
    for (ssize_t n; (n = getline(&line, &room, stdin)) > 0;) {
        struct assay_json json;
        enum assay_json_type type;
        int is_text = 0;
        assay_json_start(&json, (struct assay_text){line, (uint64_t)n});
        while ((type = assay_json_next(&json)) != ASSAY_JSON_END && type != ASSAY_JSON_ERROR) {
            if (type != ASSAY_JSON_STRING)
                continue;
            if (!is_text) {
                is_text = json.text.size == 4 && !memcmp(json.text.at, "text", 4);
                continue;
            }
            if (!engine_run(engine, json.text.at, (uint32_t)json.text.size, NULL, 0, &r))
                exit(1);
            break;
        }
        putchar('[');
        for (uint32_t i = 0; i < r.spans; i++)
            printf("%s[%u, %u, \"%s\"]", i ? ", " : "", r.span[i].begin, r.span[i].end, engine->name[r.span[i].state].language);
        puts("]");
        assay_json_done(&json);
    }
    free(line);
    engine_result_free(&r);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void speed(struct engine *engine, const char *path)
{
    struct engine_result r = {0};
    FILE *f = fopen(path, "rb");
    if (!f)
        exit(1);
    fseek(f, 0, SEEK_END);
    size_t size = (size_t)ftell(f);
    rewind(f);
    char *text = malloc(size);
    if (!text || fread(text, 1, size, f) != size)
        exit(1);
    fclose(f);
    for (int round = 0; round < 5; round++) {
        double from = now();
        uint64_t spans = 0;
        for (size_t at = 0, to; at < size; at = to) {
            to = at + 4096 < size ? at + 4096 : size;
            while (to < size && text[to - 1] != '\n' && to - at < 65536)
                to++;
            if (!engine_run(engine, text + at, (uint32_t)(to - at), NULL, 0, &r))
                exit(1);
            spans += r.spans;
        }
        printf("%.1f MB/s, %llu spans\n", (double)size / 1e6 / (now() - from), (unsigned long long)spans);
    }
    free(text);
    engine_result_free(&r);
}

int main(int count, char **arg)
{
    static struct engine engine;
    char message[256];
    double from = now();
    if (count < 3 || !engine_open(&engine, arg[1], message))
        return fprintf(stderr, "%s\n", count < 3 ? "usage: lid MODEL lines|mixed|speed [FILE]" : message), 2;
    if (!strcmp(arg[2], "speed"))
        printf("start %.1f ms\n", (now() - from) * 1e3);
    if (!strcmp(arg[2], "lines"))
        lines(&engine);
    else if (!strcmp(arg[2], "mixed"))
        mixed(&engine);
    else if (count > 3)
        speed(&engine, arg[3]);
    engine_close(&engine);
    return 0;
}
