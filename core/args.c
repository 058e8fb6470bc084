/* SPDX-License-Identifier: Apache-2.0 */
#include "args.h"

#include <stdlib.h>
#include <string.h>

#include "label.h"

static uint32_t find(const struct arg_spec *spec, const char *name, size_t size)
{
    for (uint32_t i = 0; spec[i].name; i++)
        if (strlen(spec[i].name) == size && memcmp(spec[i].name, name, size) == 0)
            return i;
    return UINT32_MAX;
}

static uint32_t find_letter(const struct arg_spec *spec, char letter)
{
    for (uint32_t i = 0; spec[i].name; i++)
        if (spec[i].letter && spec[i].letter == letter)
            return i;
    return UINT32_MAX;
}

static void unknown(const struct args *a, const char *word, size_t size, struct diag *diag)
{
    const char *names[64], *near;
    struct arena room = {0};
    uint32_t n = 0;
    for (; a->spec[n].name && n < 63; n++)
        names[n] = a->spec[n].name;
    names[n] = NULL;
    char *bare = word[1] == '-' ? label_copy(&room, word + 2, size - 2) : NULL;
    near = bare ? diag_nearest(bare, names) : NULL;
    diag_at(diag, DIAG_ERROR, NULL, near ? label_printf(&room, "did you mean --%s?", near) : "--help shows the options",
            "unknown option %.*s", (int)size, word);
    arena_free(&room);
}

static void add(struct arg_values *v, const char *value)
{
    v->at[v->count++] = value;
}

/* One option that starts at argv[i]; gives how many words it took, 0: wrong. */
static int take(struct args *a, int argc, char **argv, int i, struct diag *diag)
{
    const char *word = argv[i], *is = strchr(word, '='), *value = NULL;
    int wide = word[1] == '-';
    size_t size = wide && is ? (size_t)(is - word) : wide ? strlen(word) : 2;
    uint32_t k = wide ? find(a->spec, word + 2, size - 2) : find_letter(a->spec, word[1]);
    if (k == UINT32_MAX) {
        unknown(a, word, size, diag);
        return 0;
    }
    if (wide && is)
        value = is + 1;
    else if (!wide && word[2])
        value = word + 2;
    if (a->spec[k].kind == ARG_FLAG) {
        if (value)
            diag_say(diag, DIAG_ERROR, "%.*s takes no value", (int)size, word);
        add(&a->given[k], "");
        return value ? 0 : 1;
    }
    if (!value && i + 1 >= argc) {
        diag_say(diag, DIAG_ERROR, "%s needs a value: %s", word, a->spec[k].value);
        return 0;
    }
    if (a->spec[k].kind == ARG_ONE && a->given[k].count) {
        diag_say(diag, DIAG_ERROR, "%.*s is given twice", (int)size, word);
        return 0;
    }
    add(&a->given[k], value ? value : argv[i + 1]);
    return value ? 1 : 2;
}

int args_parse(struct args *a, const struct arg_spec *spec, int argc, char **argv, struct diag *diag)
{
    uint32_t n = 0;
    memset(a, 0, sizeof *a);
    a->spec = spec;
    while (spec[n].name)
        n++;
    a->given = arena_alloc(&a->arena, (n + 1) * sizeof *a->given);
    a->operand.at = arena_alloc(&a->arena, ((size_t)argc + 1) * sizeof *a->operand.at);
    for (uint32_t i = 0; a->given && i < n; i++)
        if (!(a->given[i].at = arena_alloc(&a->arena, ((size_t)argc + 1) * sizeof *a->operand.at)))
            a->operand.at = NULL;
    if (!a->given || !a->operand.at) {
        diag_say(diag, DIAG_ERROR, "out of memory");
        return 0;
    }
    int i = 0, ok = 1;
    for (; i < argc && strcmp(argv[i], "--") != 0;) {
        if (argv[i][0] != '-' || !argv[i][1]) {
            add(&a->operand, argv[i++]);
            continue;
        }
        int took = take(a, argc, argv, i, diag);
        ok &= took > 0;
        i += took > 0 ? took : 1;
    }
    for (i++; i < argc; i++)
        add(&a->operand, argv[i]);
    return ok;
}

static const struct arg_values *given(const struct args *a, const char *name)
{
    static const char *none[] = {NULL};
    static const struct arg_values nothing = {none, 0};
    uint32_t k = find(a->spec, name, strlen(name));
    return k == UINT32_MAX ? &nothing : &a->given[k];
}

int args_flag(const struct args *a, const char *name)
{
    return given(a, name)->count > 0;
}

const char *args_one(const struct args *a, const char *name)
{
    const struct arg_values *v = given(a, name);
    return v->count ? v->at[v->count - 1] : NULL;
}

const char *const *args_many(const struct args *a, const char *name)
{
    return given(a, name)->at;
}

int args_number(const struct args *a, const char *name, uint32_t most, uint32_t otherwise, uint32_t *value,
                struct diag *diag)
{
    const char *text = args_one(a, name);
    char *rest;
    *value = otherwise;
    if (!text)
        return 1;
    unsigned long v = strtoul(text, &rest, 10);
    if (*text < '0' || *text > '9' || *rest || v > most) {
        const char letter = a->spec[find(a->spec, name, strlen(name))].letter;
        if (letter)
            diag_say(diag, DIAG_ERROR, "-%c %s: has to be a whole number from 0 to %u", letter, text, most);
        else
            diag_say(diag, DIAG_ERROR, "--%s %s: has to be a whole number from 0 to %u", name, text, most);
        return 0;
    }
    *value = (uint32_t)v;
    return 1;
}

void args_free(struct args *a)
{
    arena_free(&a->arena);
    memset(a, 0, sizeof *a);
}
