/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "fields.h"
#include "label.h"
#include "scalar.h"

#define LIST_MOST 65536u

static const struct options_set *find_set(const struct options_request *q, const char *name)
{
    const struct options_set *found = NULL;
    for (uint32_t i = 0; i < q->sets; i++)
        if (strcmp(q->set[i].name, name) == 0)
            found = &q->set[i];
    return found;
}

__attribute__((format(printf, 5, 6))) static uint32_t wrong(const struct options_request *q, const struct diag_place *p,
                                                            const char *hint, const char *option, const char *format,
                                                            ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const struct options_set *set = p ? NULL : find_set(q, option);
    const char *whole = set ? set->whole : "", *after = set ? ": " : "";
    if (q->step)
        diag_at(q->diag, DIAG_ERROR, p && p->file ? p : NULL, hint, "%s%soption '%s' of '%s' %s", whole, after, option,
                q->step, text);
    else
        diag_at(q->diag, DIAG_ERROR, p && p->file ? p : NULL, hint, "%s%ssetting '%s' %s", whole, after, option, text);
    return 1;
}

static char *member(void *record, const struct assay_field *r)
{
    return (char *)record + r->offset;
}

static void mark_given(void *record, const struct assay_field *r)
{
    if (r->has != ASSAY_NEVER)
        *(uint32_t *)(void *)((char *)record + r->has) = 1;
}

static uint32_t fill_table(const struct options_request *q, const struct assay_fields *f, const struct conf *group,
                           int top, void *record);

/* One scalar into `to`; `place` for messages. */
static uint32_t fill_scalar(const struct options_request *q, const struct scalar *s, const struct diag_place *place,
                            void *to)
{
    char room[512];
    const char *hint = NULL, *what = scalar_read(s, to, room, sizeof room, &hint);
    if (!what)
        what = scalar_range(s, to, room, sizeof room);
    return what ? wrong(q, place, hint, s->row->name, "%s", what) : 0;
}

static uint32_t make_list(const struct options_request *q, const struct assay_field *r, uint32_t count,
                          struct assay_list *list)
{
    uint32_t stride = fields_value_size(r);
    void *at = arena_alloc(q->arena, (uint64_t)count * stride);
    if (!at || count > LIST_MOST)
        return wrong(q, NULL, NULL, r->name, "is a list of more than %u values", LIST_MOST);
    *list = (struct assay_list){at, count, stride};
    return 0;
}

static void *element(const struct assay_list *l, uint32_t i)
{
    return (char *)(uintptr_t)l->at + (size_t)i * l->stride;
}

static uint32_t fill_conf_one(const struct options_request *q, const struct assay_field *r, const struct conf *c,
                              void *to)
{
    if (r->type == ASSAY_RECORD) {
        if (c->type != CONF_GROUP)
            return wrong(q, &c->place, NULL, r->name, "has to be groups { }, not %s", conf_type_name(c->type));
        return fill_table(q, r->of, c, 0, to);
    }
    struct scalar s = {r, SCALAR_FILE, c->type, c->text ? c->text : "", q->folder, q->arena};
    return fill_scalar(q, &s, &c->place, to);
}

static uint32_t fill_conf(const struct options_request *q, const struct assay_field *r, const struct conf *c, void *to)
{
    if (!(r->flags & ASSAY_LIST))
        return fill_conf_one(q, r, c, to);
    if (c->type != CONF_LIST)
        return wrong(q, &c->place, r->type == ASSAY_RECORD ? "( { ... }, { ... } )" : "[ one, two ]", r->name,
                     "has to be a list, not %s", conf_type_name(c->type));
    struct assay_list list = {NULL, 0, 0};
    uint32_t errors = make_list(q, r, c->count, &list);
    for (uint32_t i = 0; i < list.count; i++)
        errors += fill_conf_one(q, r, &c->child[i], element(&list, i));
    if (!errors)
        memcpy(to, &list, sizeof list);
    return errors;
}

/* Plain words: a default, or what came with --set. Lists are split at commas. */
static uint32_t fill_words(const struct options_request *q, const struct assay_field *r, const char *words,
                           const char *folder, void *to)
{
    struct scalar s = {r, SCALAR_WORDS, CONF_TEXT, words, folder, q->arena};
    if (r->type == ASSAY_RECORD)
        return wrong(q, NULL, NULL, r->name, "is a list of groups: it can be given in the chain file only");
    if (!(r->flags & ASSAY_LIST))
        return fill_scalar(q, &s, NULL, to);
    if (*words == '[' || *words == '(')
        return wrong(q, NULL, "as in one,two", r->name, "is a list: here with commas, without brackets and quotes");
    uint32_t count = *words != 0, i = 0;
    for (const char *p = words; *p; p++)
        count += *p == ',';
    struct assay_list list = {NULL, 0, 0};
    uint32_t errors = make_list(q, r, count, &list);
    for (const char *p = words; !errors && i < list.count; i++) {
        size_t n = strcspn(p, ",");
        s.text = label_copy(q->arena, p, n);
        errors += s.text ? fill_scalar(q, &s, NULL, element(&list, i)) : 1;
        p += n + (p[n] == ',');
    }
    if (!errors)
        memcpy(to, &list, sizeof list);
    return errors;
}

static uint32_t fill_row(const struct options_request *q, const struct assay_field *r, const struct conf *group,
                         int top, void *record)
{
    const struct options_set *set = top ? find_set(q, r->name) : NULL;
    const struct conf *c = group ? conf_get(group, r->name) : NULL;
    if (!set && !c && !r->fallback) {
        if (r->flags & ASSAY_MUST)
            return wrong(q, group ? &group->place : NULL, NULL, r->name, "has no default and has to be given");
        return 0;
    }
    mark_given(record, r);
    if (set)
        return fill_words(q, r, set->value, NULL, member(record, r));
    if (c)
        return fill_conf(q, r, c, member(record, r));
    return fill_words(q, r, r->fallback, q->folder, member(record, r));
}

/* The option nearest to a name that is none, or the list of all. */
static const char *hint_for(const struct options_request *q, const struct assay_fields *f, const char *name)
{
    const char *names[129];
    char all[512];
    size_t used = 0;
    uint32_t n = 0;
    if (!f || !f->rows)
        return "it takes none";
    for (; n < f->rows && n < 128; n++) {
        names[n] = fields_row(f, n)->name;
        int k = snprintf(all + used, sizeof all - used, "%s%s", n ? ", " : "", names[n]);
        used += k > 0 && used + (size_t)k < sizeof all ? (size_t)k : 0;
        all[used] = 0;
    }
    names[n] = NULL;
    const char *near = diag_nearest(name, names);
    return near ? label_printf(q->arena, "did you mean '%s'?", near) : label_printf(q->arena, "there are %s", all);
}

static uint32_t unknown(const struct options_request *q, const struct assay_fields *f, const struct diag_place *p,
                        const char *set, const char *name)
{
    char whole[256] = "";
    if (set)
        snprintf(whole, sizeof whole, "%s: ", set);
    if (set && !q->step) { /* more often an option whose step was left out than a slip in one of the chain's own */
        const char *hint = hint_for(q, f, name);
        int near = hint && strncmp(hint, "did", 3) == 0;
        diag_at(q->diag, DIAG_ERROR, p, near ? hint : "an option of a step is set as STEP.OPTION=VALUE",
                "%sa chain has no setting '%s'", whole, name);
        return 1;
    }
    if (q->step)
        diag_at(q->diag, DIAG_ERROR, p, hint_for(q, f, name), "%s'%s' has no option '%s'", whole, q->step, name);
    else
        diag_at(q->diag, DIAG_ERROR, p, hint_for(q, f, name), "%sa chain has no setting '%s'", whole, name);
    return 1;
}

static uint32_t check_unknown(const struct options_request *q, const struct assay_fields *f, const struct conf *group,
                              int top)
{
    uint32_t errors = 0;
    for (uint32_t i = 0; group && i < group->count; i++) {
        const struct conf *c = &group->child[i];
        if ((top && q->skip && strcmp(c->name, q->skip) == 0) || fields_find(f, c->name))
            continue;
        errors += unknown(q, f, &c->name_place, NULL, c->name);
    }
    for (uint32_t i = 0; top && i < q->sets; i++)
        if (!fields_find(f, q->set[i].name))
            errors += unknown(q, f, NULL, q->set[i].whole, q->set[i].name);
    return errors;
}

static uint32_t fill_table(const struct options_request *q, const struct assay_fields *f, const struct conf *group,
                           int top, void *record)
{
    uint32_t errors = check_unknown(q, f, group, top);
    for (uint32_t i = 0; f && i < f->rows; i++)
        errors += fill_row(q, fields_row(f, i), group, top, record);
    return errors;
}

uint32_t options_fill(const struct options_request *q, void *record)
{
    return fill_table(q, q->table, q->group, 1, record);
}

/* ---- defaults ---- */

static const char *check_text(const struct assay_field *r, const char *text, const char *which, struct arena *a,
                              char *room, size_t size)
{
    _Alignas(16) char value[16];
    char why[256];
    const char *hint = NULL, *what;
    struct scalar s = {r, SCALAR_WORDS, CONF_TEXT, text, NULL, a};
    what = scalar_read(&s, value, why, sizeof why, &hint);
    if (!what)
        what = scalar_range(&s, value, why, sizeof why);
    if (!what)
        return NULL;
    snprintf(room, size, "option '%s': its %s %s", r->name, which, what);
    return room;
}

static const char *check_row(const struct assay_field *r, struct arena *a, char *room, size_t size)
{
    const char *what = NULL;
    if (r->type == ASSAY_RECORD) {
        if (r->fallback || r->min || r->max) {
            snprintf(room, size, "option '%s': a list of groups has no default", r->name);
            return room;
        }
        return options_check(r->of, room, size);
    }
    if ((r->flags & ASSAY_MUST) && r->fallback) {
        snprintf(room, size, "option '%s' has to be given and has a default", r->name);
        return room;
    }
    if (r->min)
        what = check_text(r, r->min, "least", a, room, size);
    if (!what && r->max)
        what = check_text(r, r->max, "most", a, room, size);
    if (!what && r->fallback && !(r->flags & ASSAY_LIST))
        what = check_text(r, r->fallback, "default", a, room, size);
    return what;
}

const char *options_check(const struct assay_fields *f, char *room, size_t size)
{
    struct arena a = {0};
    const char *what = NULL;
    for (uint32_t i = 0; f && i < f->rows && !what; i++)
        what = check_row(fields_row(f, i), &a, room, size);
    arena_free(&a);
    return what;
}

/* ---- identity ---- */

static void digest_file(const char *path, XXH3_state_t *x)
{
    char room[65536];
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        for (ssize_t n; (n = read(fd, room, sizeof room)) > 0;)
            XXH3_128bits_update(x, room, (size_t)n);
    close(fd);
}

static void digest_value(const struct assay_field *r, const void *at, XXH3_state_t *x)
{
    if (r->type == ASSAY_RECORD) {
        options_digest(r->of, at, UINT32_MAX, x);
        return;
    }
    if (r->type != ASSAY_TEXT && r->type != ASSAY_PATH) {
        XXH3_128bits_update(x, at, fields_value_size(r));
        return;
    }
    const struct assay_text *t = at;
    XXH3_128bits_update(x, &t->size, sizeof t->size);
    if (t->at && r->type == ASSAY_PATH)
        digest_file(t->at, x);
    else if (t->at)
        XXH3_128bits_update(x, t->at, t->size);
}

void options_digest(const struct assay_fields *f, const void *record, uint32_t round, struct XXH3_state_s *x)
{
    for (uint32_t i = 0; f && i < f->rows; i++) {
        const struct assay_field *r = fields_row(f, i);
        const char *at = (const char *)record + r->offset;
        if (r->flags & (ASSAY_INPUT | ASSAY_OUTPUT) || ASSAY_ROUND_OF(r->flags) > round)
            continue;
        XXH3_128bits_update(x, r->name, strlen(r->name) + 1);
        if (!(r->flags & ASSAY_LIST)) {
            digest_value(r, at, x);
            continue;
        }
        const struct assay_list *l = (const void *)at;
        XXH3_128bits_update(x, &l->count, sizeof l->count);
        for (uint32_t k = 0; k < l->count; k++)
            digest_value(r, (const char *)l->at + (size_t)k * l->stride, x);
    }
}
