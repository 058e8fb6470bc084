/* SPDX-License-Identifier: Apache-2.0 */
#include "conf.h"

#include <errno.h>
#include <libconfig.h>
#include <stdlib.h>
#include <string.h>

#include "conf_scan.h"
#include "label.h"
#include "sha256.h"

/* Settings come out of libconfig in the order of the file, and so do the tokens: both are walked in step. */
struct reader {
    struct scan *s;
    struct arena *arena;
    uint32_t at;
    int failed;
};

static const struct scan_token *token(const struct reader *r)
{
    return &r->s->token[r->at];
}

static int at_sign(const struct reader *r, const char *signs)
{
    return token(r)->kind == SCAN_SIGN && strchr(signs, token(r)->sign);
}

static void skip(struct reader *r, const char *signs)
{
    while (at_sign(r, signs))
        r->at++;
}

static void read_value(struct reader *r, const config_setting_t *from, struct conf *to);

static void read_children(struct reader *r, const config_setting_t *from, struct conf *to)
{
    int n = config_setting_length(from);
    to->count = n > 0 ? (uint32_t)n : 0;
    to->child = arena_alloc(r->arena, (uint64_t)to->count * sizeof *to->child);
    if (!to->child) {
        r->failed = 1;
        to->count = 0;
        return;
    }
    for (uint32_t i = 0; i < to->count && !r->failed; i++) {
        const config_setting_t *s = config_setting_get_elem(from, i);
        struct conf *c = &to->child[i];
        skip(r, ",;");
        const char *name = config_setting_name(s);
        c->name_place = token(r)->place;
        if (name) {
            c->name = label_copy(r->arena, name, strlen(name));
            r->failed |= !c->name || token(r)->kind != SCAN_NAME || token(r)->size != strlen(name);
            r->at += token(r)->kind == SCAN_NAME;
            skip(r, "=");
        }
        read_value(r, s, c);
    }
    skip(r, ",;");
}

static void read_brackets(struct reader *r, const config_setting_t *from, struct conf *to)
{
    r->failed |= !at_sign(r, "{[(");
    r->at += !r->failed;
    read_children(r, from, to);
    r->failed |= !at_sign(r, "}])");
    r->at += !r->failed;
}

static void read_scalar(struct reader *r, const config_setting_t *from, struct conf *to)
{
    const char *text;
    switch (config_setting_type(from)) {
    case CONFIG_TYPE_BOOL:
        to->type = CONF_FLAG;
        to->text = config_setting_get_bool(from) ? "true" : "false";
        break;
    case CONFIG_TYPE_INT:
    case CONFIG_TYPE_INT64:
        to->type = CONF_INT;
        to->text = label_printf(r->arena, "%lld", config_setting_get_int64(from));
        break;
    case CONFIG_TYPE_FLOAT:
        to->type = CONF_REAL;
        to->text = token(r)->kind == SCAN_NUMBER ? label_copy(r->arena, token(r)->at, token(r)->size)
                                                 : label_printf(r->arena, "%.17g", config_setting_get_float(from));
        break;
    default:
        to->type = CONF_TEXT;
        text = config_setting_get_string(from);
        to->text = label_copy(r->arena, text, text ? strlen(text) : 0);
        break;
    }
    r->failed |= !to->text;
    to->size = to->text ? strlen(to->text) : 0;
    /* Neighbouring strings are one value. */
    int string = token(r)->kind == SCAN_STRING;
    r->at += token(r)->kind != SCAN_END;
    while (string && token(r)->kind == SCAN_STRING)
        r->at++;
}

static void read_value(struct reader *r, const config_setting_t *from, struct conf *to)
{
    to->place = token(r)->place;
    int type = config_setting_type(from);
    if (type == CONFIG_TYPE_GROUP || type == CONFIG_TYPE_LIST || type == CONFIG_TYPE_ARRAY) {
        to->type = type == CONFIG_TYPE_GROUP ? CONF_GROUP : CONF_LIST;
        read_brackets(r, from, to);
    } else {
        read_scalar(r, from, to);
    }
}

static int parse(struct scan *s, struct arena *arena, struct diag *diag, struct conf *root)
{
    config_t config;
    config_init(&config);
    int ok = config_read_string(&config, s->text.at) == CONFIG_TRUE;
    if (!ok) {
        int line = config_error_line(&config);
        struct diag_place p = conf_scan_place(s, line > 0 ? (uint32_t)line : 1);
        diag_at(diag, DIAG_ERROR, &p, "what is wrong may stand in the line before", "%s",
                config_error_text(&config) ? config_error_text(&config) : "cannot be read");
    } else {
        struct reader r = {s, arena, 0, 0};
        root->type = CONF_GROUP;
        root->place = conf_scan_place(s, 1);
        read_children(&r, config_root_setting(&config), root);
        ok = !r.failed && token(&r)->kind == SCAN_END;
        if (!ok)
            diag_say(diag, DIAG_ERROR, "the chain file could not be followed (out of memory?)");
    }
    config_destroy(&config);
    return ok;
}

static int hash_hex(const char *bytes, uint64_t size, char hex[SHA256_HEX + 1])
{
    unsigned char sum[SHA256_SIZE];
    if (!sha256_of((struct assay_text){bytes, size}, sum))
        return 0;
    sha256_print(hex, sum);
    hex[SHA256_HEX] = 0;
    return 1;
}

/* The folder part of a path as given. */
static char *folder_of(struct arena *arena, const char *file)
{
    const char *slash = strrchr(file, '/');
    if (!slash)
        return label_copy(arena, ".", 1);
    return label_copy(arena, file, slash == file ? 1 : (uint64_t)(slash - file));
}

int conf_read(const char *file, struct arena *arena, struct diag *diag, struct conf_file *out)
{
    char *folder = folder_of(arena, file);
    struct scan s = {.arena = arena, .diag = diag, .folder = folder};
    int ok = folder && conf_scan(&s, file) && parse(&s, arena, diag, &out->root);
    if (ok) {
        char *absolute = realpath(folder, NULL);
        out->folder = label_copy(arena, absolute ? absolute : folder, strlen(absolute ? absolute : folder));
        free(absolute);
        ok = out->folder && hash_hex(s.bytes, s.size, out->sha256);
        if (!ok)
            diag_say(diag, DIAG_ERROR, "%s: out of memory", file);
    }
    conf_scan_free(&s);
    return ok;
}

const struct conf *conf_get(const struct conf *group, const char *name)
{
    for (uint32_t i = 0; i < group->count; i++)
        if (group->child[i].name && strcmp(group->child[i].name, name) == 0)
            return &group->child[i];
    return NULL;
}

const char *conf_type_name(enum conf_type type)
{
    static const char *const name[] = {"a switch", "a whole number", "a number with a point",
                                       "a text",   "a list",         "a group"};
    return name[type];
}
