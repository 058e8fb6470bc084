/* SPDX-License-Identifier: Apache-2.0 */
#include "conf_syntax.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char *check_whole(const char *digits, int base, int negative, int longs, const char **hint)
{
    char *rest;
    errno = 0;
    unsigned long long v = strtoull(digits, &rest, base);
    unsigned long long most =
        longs ? 9223372036854775807ull + (negative ? 1u : 0u) : 2147483647ull + (negative ? 1u : 0u);
    if (errno == 0 && v <= most)
        return NULL;
    if (longs || errno) {
        *hint = "the largest is 9223372036854775807L";
        return "this number does not fit into 64 bits";
    }
    *hint = "write it with an L after it; a size can be written as a text, \"4GB\"";
    return "a whole number above 2147483647 needs an L";
}

const char *conf_syntax_number(const char *at, uint32_t size, const char **hint)
{
    char room[64];
    static const char bad[] = "neither a number nor a text in \"quotes\"";
    if (size >= sizeof room)
        return bad;
    memcpy(room, at, size);
    room[size] = 0;
    char *p = room;
    int negative = *p == '-', longs = 0;
    p += *p == '-' || *p == '+';
    while (longs < 2 && size && room[size - 1] == 'L') {
        room[--size] = 0;
        longs++;
    }
    if (p[0] == '0' && (p[1] == 'x' || p[1] == 'X')) {
        size_t n = strspn(p + 2, "0123456789abcdefABCDEF");
        return p != room || !n || p[2 + n] ? bad : check_whole(p + 2, 16, 0, longs, hint);
    }
    if (*p && p[strspn(p, "0123456789")] == 0)
        return check_whole(p, 10, negative, longs, hint);
    char *rest;
    strtod(room, &rest);
    return longs || *rest || room[strspn(room, "0123456789+-.eE")] || !strpbrk(p, "0123456789") ? bad : NULL;
}

/* A bracket that is open. */
struct level {
    const struct scan_token *open;
    const struct scan_token **name; /* of a group: the settings so far */
    uint32_t names, room;
};

struct check {
    const struct scan *s;
    struct level level[CONF_DEEP + 1]; /* 0: the file */
    uint32_t deep, errors;
};

static void wrong(struct check *c, const struct scan_token *t, const char *hint, const char *what)
{
    diag_at(c->s->diag, DIAG_ERROR, &t->place, hint, "%s", what);
    c->errors++;
}

static int is_sign(const struct scan_token *t, char sign)
{
    return t && t->kind == SCAN_SIGN && t->sign == sign;
}

static int is_truth(const struct scan_token *t)
{
    return (t->size == 4 && strncasecmp(t->at, "true", 4) == 0) ||
           (t->size == 5 && strncasecmp(t->at, "false", 5) == 0);
}

/* A word that is a value, true or false, and no name of one. */
static int is_switch(const struct check *c, const struct scan_token *t)
{
    return t > c->s->token && is_sign(t - 1, '=') && is_truth(t);
}

static char inside(const struct check *c)
{
    return c->deep ? c->level[c->deep].open->sign : '{';
}

static int ends_value(const struct scan_token *t)
{
    return t && (t->kind == SCAN_NAME || t->kind == SCAN_NUMBER || t->kind == SCAN_STRING || is_sign(t, '}') ||
                 is_sign(t, ']') || is_sign(t, ')'));
}

static int begins_value(const struct scan_token *t)
{
    return t->kind == SCAN_NAME || t->kind == SCAN_NUMBER || t->kind == SCAN_STRING || is_sign(t, '{') ||
           is_sign(t, '[') || is_sign(t, '(');
}

/* Kind of a plain value, 0: it is none. Whole numbers and others are two kinds. */
static int plain(const struct scan_token *t)
{
    if (t->kind != SCAN_NUMBER)
        return t->kind == SCAN_STRING ? 1 : t->kind == SCAN_NAME ? 2 : 0;
    int hex = t->size > 2 && (t->at[1] == 'x' || t->at[1] == 'X');
    for (uint32_t i = 0; i < t->size && !hex; i++)
        if (strchr(".eE", t->at[i]))
            return 4;
    return 3;
}

static void check_twice(struct check *c, const struct scan_token *t)
{
    struct level *l = &c->level[c->deep];
    for (uint32_t i = 0; i < l->names; i++)
        if (l->name[i]->size == t->size && memcmp(l->name[i]->at, t->at, t->size) == 0) {
            char *hint = label_printf(c->s->arena, "the first stands in line %u of %s", l->name[i]->place.line,
                                      l->name[i]->place.file);
            diag_at(c->s->diag, DIAG_ERROR, &t->place, hint, "'%.*s' is set twice", (int)t->size, t->at);
            c->errors++;
            return;
        }
    if (l->names == l->room) {
        uint32_t room = l->room ? l->room * 2 : 16;
        const struct scan_token **more = realloc(l->name, room * sizeof *more);
        if (!more)
            return;
        l->name = more;
        l->room = room;
    }
    l->name[l->names++] = t;
}

/* A word outside quotes: the name of a setting, a switch, or out of place. 1: nothing else can be wrong with it. */
static int check_name(struct check *c, const struct scan_token *t, const struct scan_token *last,
                      const struct scan_token *next)
{
    if (inside(c) == '{' && !is_sign(last, '=')) {
        if (is_sign(next, '='))
            check_twice(c, t);
        else
            wrong(c, t, "settings are written name = value; texts stand in \"quotes\"",
                  "this name is followed by no '='");
        return 1;
    }
    if (is_truth(t))
        return 0;
    wrong(c, t, "texts stand in \"quotes\"; switches are true or false", "this word is no value");
    return 1;
}

/* In a group: NAME = VALUE [;,]. Texts side by side are one. */
static void check_in_group(struct check *c, const struct scan_token *t, const struct scan_token *last)
{
    int after_name = last && last->kind == SCAN_NAME && !is_switch(c, last);
    int goes_on = t->kind == SCAN_STRING && last && last->kind == SCAN_STRING;
    if (begins_value(t) && !is_sign(last, '=') && !goes_on && !after_name)
        wrong(c, t, "settings are written name = value", "this value has no name");
    if (is_sign(t, '=') && !after_name)
        wrong(c, t, NULL, "a name is missing before this");
    if ((is_sign(t, ';') || is_sign(t, ',')) && !ends_value(last))
        wrong(c, t, NULL, "nothing stands before this");
}

/* In ( ) and [ ]: VALUE, VALUE. */
static void check_in_list(struct check *c, const struct scan_token *t, const struct scan_token *last,
                          const struct scan_token *next)
{
    if (begins_value(t) && ends_value(last) && !(t->kind == SCAN_STRING && last->kind == SCAN_STRING))
        wrong(c, t, NULL, "a comma is missing before this");
    if (inside(c) == '[' && (is_sign(t, '{') || is_sign(t, '[') || is_sign(t, '(')))
        wrong(c, t, "lists of groups stand in ( )", "[ ] holds plain values of one type only");
    if (inside(c) == '[' && is_sign(last, ',') && last - c->s->token > 1 && plain(t) && plain(last - 1) &&
        plain(t) != plain(last - 1))
        wrong(c, t, "lists of different things stand in ( )", "[ ] holds plain values of one type only");
    if (is_sign(t, ',') && (is_sign(next, ')') || is_sign(next, ']')))
        wrong(c, t, NULL, "no comma before a closing bracket");
    if (is_sign(t, ',') && !ends_value(last))
        wrong(c, t, NULL, "a value is missing before this comma");
    if (is_sign(t, '=') || is_sign(t, ';'))
        wrong(c, t, "groups { name = value; } may stand in ( )", "inside ( ) and [ ] values are separated by commas");
}

static void check_one(struct check *c, const struct scan_token *t, const struct scan_token *last,
                      const struct scan_token *next)
{
    if (is_sign(last, '=') && !begins_value(t))
        wrong(c, t, NULL, "a value is missing before this");
    else if (t->kind == SCAN_NAME && check_name(c, t, last, next))
        return;
    else if (inside(c) == '{')
        check_in_group(c, t, last);
    else
        check_in_list(c, t, last, next);
}

static int open_level(struct check *c, const struct scan_token *t)
{
    if (c->deep == CONF_DEEP) {
        wrong(c, t, NULL, "brackets are nested too deep");
        return 0;
    }
    struct level *l = &c->level[++c->deep];
    l->open = t;
    l->names = 0;
    return 1;
}

static int close_level(struct check *c, const struct scan_token *t)
{
    if (!c->deep) {
        wrong(c, t, NULL, "this bracket closes nothing");
        return 0;
    }
    char open = inside(c), fit = open == '{' ? '}' : open == '[' ? ']' : ')';
    if (t->sign != fit) {
        char *hint =
            label_printf(c->s->arena, "'%c' of line %u is still open", open, c->level[c->deep].open->place.line);
        wrong(c, t, hint, "this bracket does not fit the one before");
        return 0;
    }
    c->deep--;
    return 1;
}

static void check_all(struct check *c)
{
    const struct scan *s = c->s;
    for (uint32_t i = 0; i < s->tokens && c->errors < CONF_WRONG; i++) {
        const struct scan_token *t = &s->token[i], *last = i ? t - 1 : NULL, *next = i + 1 < s->tokens ? t + 1 : NULL;
        if (t->kind == SCAN_END) {
            if (c->deep)
                wrong(c, c->level[c->deep].open, NULL, "this bracket is never closed");
            else if (is_sign(last, '='))
                wrong(c, last, NULL, "no value follows");
            return;
        }
        check_one(c, t, last, next);
        if (t->kind == SCAN_SIGN && strchr("{[(", t->sign) && !open_level(c, t))
            return;
        if (t->kind == SCAN_SIGN && strchr("}])", t->sign) && !close_level(c, t))
            return;
    }
}

uint32_t conf_syntax_check(const struct scan *s)
{
    struct check c = {.s = s};
    check_all(&c);
    for (uint32_t i = 0; i <= CONF_DEEP; i++)
        free(c.level[i].name);
    return c.errors;
}
