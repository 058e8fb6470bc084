/* SPDX-License-Identifier: Apache-2.0
 *
 * Options and layers for people, as text, Markdown and JSON: from the field tables, so that nothing is told twice.
 */
#include <string.h>

#include <assay/kit/json.h>

#include "cmd.h"
#include "fields.h"

void show_size(struct assay_buf *b, uint64_t bytes)
{
    static const char *const unit[] = {"B", "KB", "MB", "GB", "TB"};
    uint32_t i = 0;
    while (i < 4 && bytes && bytes % 1024 == 0) {
        bytes /= 1024;
        i++;
    }
    assay_buf_printf(b, "%llu%s", (unsigned long long)bytes, unit[i]);
}

void show_key_text(struct assay_buf *b, int *first, const char *key, const char *terminated)
{
    struct assay_text t = {terminated, terminated ? strlen(terminated) : 0};
    assay_json_key(b, first, key);
    assay_json_text(b, t);
}

static const char *use_name(uint32_t use)
{
    static const char *const name[] = {"", "requires", "optional", "provides", "private"};
    return name[use];
}

/* ---- a chain entry ---- */

static int is_quoted(const struct assay_field *r)
{
    return r->type == ASSAY_TEXT || r->type == ASSAY_CHOICE || r->type == ASSAY_PATH || r->type == ASSAY_SIZE ||
           r->type == ASSAY_MSEC;
}

static void add_quoted(struct assay_buf *b, const char *text, size_t size)
{
    assay_buf_byte(b, '"');
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '"' || text[i] == '\\')
            assay_buf_byte(b, '\\');
        assay_buf_byte(b, text[i]);
    }
    assay_buf_byte(b, '"');
}

static void add_scalar(struct assay_buf *b, const struct assay_field *r, const char *text, size_t size)
{
    if (is_quoted(r)) {
        add_quoted(b, text, size);
        return;
    }
    assay_buf_add(b, text, size);
    /* A real may be written as a whole number, but a long one needs an L. */
    if ((r->type == ASSAY_U64 || r->type == ASSAY_I64 || r->type == ASSAY_U32) && size > 9)
        assay_buf_byte(b, 'L');
}

static void add_list(struct assay_buf *b, const struct assay_field *r)
{
    const char *p = r->fallback ? r->fallback : "";
    assay_buf_byte(b, '[');
    while (*p) {
        size_t n = strcspn(p, ",");
        add_scalar(b, r, p, n);
        p += n;
        if (*p) {
            assay_buf_text(b, ", ");
            p++;
        }
    }
    assay_buf_byte(b, ']');
}

/* Every option that has a default, or has to be given. */
static void add_entry(struct assay_buf *b, const struct assay_plugin *p)
{
    assay_buf_printf(b, "{ plugin = \"%s\";", p->name);
    for (uint32_t i = 0; p->options && i < p->options->rows; i++) {
        const struct assay_field *r = fields_row(p->options, i);
        if (r->type == ASSAY_RECORD || (!r->fallback && !(r->flags & ASSAY_MUST)))
            continue;
        assay_buf_printf(b, " %s = ", r->name);
        if (r->flags & ASSAY_LIST)
            add_list(b, r);
        else
            add_scalar(b, r, r->fallback ? r->fallback : "...", strlen(r->fallback ? r->fallback : "..."));
        assay_buf_byte(b, ';');
    }
    assay_buf_text(b, " }");
}

/* ---- text ---- */

static void add_type(struct assay_buf *b, const struct assay_field *r)
{
    if (r->type == ASSAY_CHOICE)
        assay_buf_text(b, r->of);
    else if (r->type == ASSAY_REF)
        assay_buf_printf(b, "ref to %s", (const char *)r->of);
    else
        assay_buf_text(b, fields_type_name(r->type));
    if (r->flags & ASSAY_LIST)
        assay_buf_text(b, ", list");
}

static void add_limits(struct assay_buf *b, const struct assay_field *r)
{
    if (r->flags & ASSAY_MUST)
        assay_buf_text(b, "; has to be given");
    if (r->fallback)
        assay_buf_printf(b, "; default %s", *r->fallback ? r->fallback : "\"\"");
    if (r->min)
        assay_buf_printf(b, "; from %s", r->min);
    if (r->max)
        assay_buf_printf(b, "%s to %s", r->min ? "" : ";", r->max);
}

static void add_option(struct assay_buf *b, const struct assay_field *r, int deep)
{
    assay_buf_printf(b, "  %*s%-16s ", deep * 2, "", r->name);
    add_type(b, r);
    add_limits(b, r);
    assay_buf_printf(b, "\n  %*s%-16s   %s\n", deep * 2, "", "", r->help ? r->help : "");
    const struct assay_fields *part = r->type == ASSAY_RECORD && deep < FIELDS_DEEP ? r->of : NULL;
    for (uint32_t i = 0; part && i < part->rows; i++)
        add_option(b, fields_row(part, i), deep + 1);
}

static void add_rows(struct assay_buf *b, const struct assay_fields *f)
{
    for (uint32_t i = 0; i < f->rows; i++) {
        const struct assay_field *r = fields_row(f, i);
        assay_buf_printf(b, "    %-16s ", r->name);
        add_type(b, r);
        assay_buf_printf(b, "%s  %s\n", r->flags & ASSAY_MUST ? ", must" : "", r->help ? r->help : "");
    }
}

static void add_layer(struct assay_buf *b, const struct assay_layer *l)
{
    assay_buf_printf(b, "  %s %s/%u on %s", use_name(l->use), l->name, l->major,
                     l->where & ASSAY_ON_CORPUS ? "the corpus" : "documents");
    if (l->stage)
        assay_buf_printf(b, l->use <= ASSAY_OPTIONAL ? ", from round %u on" : ", out of round %u", l->stage);
    assay_buf_printf(b, "%s%s\n", l->help ? ": " : "", l->help ? l->help : "");
    add_rows(b, l->fields);
}

static void add_rounds(struct assay_buf *b, const struct assay_plugin *p)
{
    for (uint32_t i = 0; i < p->rounds; i++) {
        const struct assay_round *r = &p->round[i];
        assay_buf_printf(b, "  %u %-14s map%s%s%s; key ", i + 1, r->name, r->combine ? ", combine" : "",
                         r->reduce ? ", reduce" : "", r->finish ? ", finish" : "");
        assay_buf_printf(b, r->key_size ? "%u bytes" : "of any length%.0u", r->key_size);
        if (r->min_group > 1)
            assay_buf_printf(b, "; groups of %u at least", r->min_group);
        assay_buf_byte(b, '\n');
    }
}

void show_text(struct assay_buf *b, const struct module *x, const char *says)
{
    const struct assay_plugin *p = x->plugin;
    assay_buf_printf(b, "%s %s, %s, %s\n%s\n%s\n", p->name, p->version, plan_role(p->role), p->license, p->summary,
                     x->path);
    if (p->options && p->options->rows)
        assay_buf_text(b, "\noptions\n");
    for (uint32_t i = 0; p->options && i < p->options->rows; i++)
        add_option(b, fields_row(p->options, i), 0);
    if (p->layers)
        assay_buf_text(b, "\nlayers\n");
    for (uint32_t i = 0; i < p->layers; i++)
        add_layer(b, &p->layer[i]);
    if (p->rounds)
        assay_buf_text(b, "\nrounds\n");
    add_rounds(b, p);
    if (says)
        assay_buf_printf(b, "\n%s%s", says, *says && says[strlen(says) - 1] == '\n' ? "" : "\n");
    assay_buf_text(b, "\nchain entry\n  ");
    add_entry(b, p);
    assay_buf_byte(b, '\n');
}

/* ---- Markdown ---- */

static void add_cell(struct assay_buf *b, const char *text)
{
    for (; text && *text; text++) {
        if (*text == '|')
            assay_buf_byte(b, '\\');
        assay_buf_byte(b, *text);
    }
}

static void add_type_cell(struct assay_buf *b, const struct assay_field *r)
{
    struct assay_buf type = {0};
    add_type(&type, r);
    assay_buf_byte(&type, 0);
    add_cell(b, type.failed ? "" : type.at);
    assay_buf_free(&type);
}

static void markdown_options(struct assay_buf *b, const struct assay_plugin *p)
{
    assay_buf_text(b, "\n| Option | Type | Default | Range | |\n|---|---|---|---|---|\n");
    for (uint32_t i = 0; i < p->options->rows; i++) {
        const struct assay_field *r = fields_row(p->options, i);
        assay_buf_printf(b, "| `%s` | ", r->name);
        add_type_cell(b, r);
        assay_buf_printf(b, " | %s%s%s | ", r->fallback ? "`" : "",
                         r->fallback             ? r->fallback
                         : r->flags & ASSAY_MUST ? "has to be given"
                                                 : "",
                         r->fallback ? "`" : "");
        assay_buf_printf(b, "%s%s%s | ", r->min ? r->min : "", r->min || r->max ? ".." : "", r->max ? r->max : "");
        add_cell(b, r->help);
        assay_buf_text(b, " |\n");
    }
}

void show_markdown(struct assay_buf *b, const struct module *x, const char *says)
{
    const struct assay_plugin *p = x->plugin;
    assay_buf_printf(b, "## %s\n\n%s. Role: %s. Version %s, %s.\n", p->name, p->summary, plan_role(p->role), p->version,
                     p->license);
    if (p->options && p->options->rows)
        markdown_options(b, p);
    if (p->layers)
        assay_buf_text(b, "\n| Layer | | On | |\n|---|---|---|---|\n");
    for (uint32_t i = 0; i < p->layers; i++) {
        const struct assay_layer *l = &p->layer[i];
        assay_buf_printf(b, "| `%s/%u` | %s | %s | ", l->name, l->major, use_name(l->use),
                         l->where & ASSAY_ON_CORPUS ? "corpus" : "document");
        add_cell(b, l->help);
        assay_buf_text(b, " |\n");
    }
    if (says)
        assay_buf_printf(b, "\n%s\n", says);
    assay_buf_text(b, "\n```\n");
    add_entry(b, p);
    assay_buf_text(b, "\n```\n");
}

/* ---- JSON ---- */

static void json_rows(struct assay_buf *b, const struct assay_fields *f, int options, uint32_t deep)
{
    assay_buf_byte(b, '[');
    for (uint32_t i = 0; f && i < f->rows; i++) {
        const struct assay_field *r = fields_row(f, i);
        int first = 1;
        assay_buf_text(b, i ? ",{" : "{");
        show_key_text(b, &first, "name", r->name);
        show_key_text(b, &first, "type", fields_type_name(r->type));
        assay_json_key(b, &first, "list");
        assay_buf_text(b, r->flags & ASSAY_LIST ? "true" : "false");
        assay_json_key(b, &first, "must");
        assay_buf_text(b, r->flags & ASSAY_MUST ? "true" : "false");
        show_key_text(b, &first, "of", r->type == ASSAY_CHOICE || r->type == ASSAY_REF ? r->of : NULL);
        if (options) {
            show_key_text(b, &first, "default", r->fallback);
            show_key_text(b, &first, "min", r->min);
            show_key_text(b, &first, "max", r->max);
        }
        show_key_text(b, &first, "help", r->help);
        if (r->type == ASSAY_RECORD && deep < FIELDS_DEEP) {
            assay_json_key(b, &first, "rows");
            json_rows(b, r->of, options, deep + 1);
        }
        assay_buf_byte(b, '}');
    }
    assay_buf_byte(b, ']');
}

static void json_layer(struct assay_buf *b, const struct assay_layer *l)
{
    int first = 1;
    assay_buf_byte(b, '{');
    show_key_text(b, &first, "use", use_name(l->use));
    show_key_text(b, &first, "name", l->name);
    assay_json_key(b, &first, "major");
    assay_json_u64(b, l->major);
    show_key_text(b, &first, "where", l->where & ASSAY_ON_CORPUS ? "corpus" : "document");
    assay_json_key(b, &first, "stage");
    assay_json_u64(b, l->stage);
    show_key_text(b, &first, "help", l->help);
    assay_json_key(b, &first, "rows");
    json_rows(b, l->fields, 0, 0);
    assay_buf_byte(b, '}');
}

void show_json(struct assay_buf *b, const struct module *x, const char *says)
{
    const struct assay_plugin *p = x->plugin;
    struct assay_buf entry = {0};
    int first = 1;
    assay_buf_byte(b, '{');
    show_key_text(b, &first, "name", p->name);
    show_key_text(b, &first, "version", p->version);
    show_key_text(b, &first, "role", plan_role(p->role));
    show_key_text(b, &first, "summary", p->summary);
    show_key_text(b, &first, "license", p->license);
    show_key_text(b, &first, "path", x->path);
    assay_json_key(b, &first, "options");
    json_rows(b, p->options, 1, 0);
    assay_json_key(b, &first, "layers");
    assay_buf_byte(b, '[');
    for (uint32_t i = 0; i < p->layers; i++) {
        assay_buf_text(b, i ? "," : "");
        json_layer(b, &p->layer[i]);
    }
    assay_buf_byte(b, ']');
    assay_json_key(b, &first, "rounds");
    assay_buf_byte(b, '[');
    for (uint32_t i = 0; i < p->rounds; i++) {
        int one = 1;
        assay_buf_text(b, i ? ",{" : "{");
        show_key_text(b, &one, "name", p->round[i].name);
        assay_json_key(b, &one, "key_size");
        assay_json_u64(b, p->round[i].key_size);
        assay_json_key(b, &one, "min_group");
        assay_json_u64(b, p->round[i].min_group);
        assay_json_key(b, &one, "value");
        json_rows(b, p->round[i].value, 0, 0);
        assay_buf_byte(b, '}');
    }
    assay_buf_byte(b, ']');
    show_key_text(b, &first, "describe", says);
    add_entry(&entry, p);
    assay_buf_byte(&entry, 0);
    show_key_text(b, &first, "chain_entry", entry.failed ? NULL : entry.at);
    assay_buf_free(&entry);
    assay_buf_text(b, "}\n");
}
