/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether a descriptor keeps the contract. Sizes first: nothing is read that the plugin's struct does not have.
 */
#include "module.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "fields.h"
#include "options.h"

#define LAYERS_MOST 64u
#define ROUNDS_MOST 16u

/* Sizes of contract 1.0 on 64-bit machines: the least that a plugin may bring, for ever. */
#define PLUGIN_1_0 152u
#define LAYER_1_0 40u
#define ROUND_1_0 64u
_Static_assert(sizeof(struct assay_plugin) >= PLUGIN_1_0 && sizeof(struct assay_layer) >= LAYER_1_0 &&
                   sizeof(struct assay_round) >= ROUND_1_0,
               "public structs only grow");

struct room {
    char *at;
    size_t size;
};

__attribute__((format(printf, 2, 3)))
static const char *say(struct room r, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(r.at, r.size, format, args);
    va_end(args);
    return r.at;
}

static const struct assay_layer *layer_at(const struct assay_plugin *p, uint32_t i)
{
    return (const void *)((const char *)p->layer + (size_t)i * p->layer_size);
}

static const struct assay_round *round_at(const struct assay_plugin *p, uint32_t i)
{
    return (const void *)((const char *)p->round + (size_t)i * p->round_size);
}

int module_good_name(const char *s)
{
    size_t n = s ? strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_") : 0;
    return n >= 1 && n <= 32 && s[n] == 0 && *s >= 'a' && *s <= 'z';
}

static const char *check_abi(const struct assay_plugin *p, struct room r)
{
    if (p->struct_size < 16 || p->struct_size > 65536)
        return say(r, "its descriptor does not begin with ASSAY_ABI, as every struct assay_plugin has to");
    if (p->abi_major != ASSAY_ABI_MAJOR || p->abi_minor > ASSAY_ABI_MINOR)
        return say(
            r, "it was built for plugin contract %u.%u, this assay has %u.%u: rebuild it against this assay's headers",
            p->abi_major, p->abi_minor, ASSAY_ABI_MAJOR, ASSAY_ABI_MINOR);
    if (p->struct_size < PLUGIN_1_0)
        return say(r, "its descriptor has %u bytes, contract 1.0 has %u", p->struct_size, PLUGIN_1_0);
    if (p->layer_size < LAYER_1_0 || p->round_size < ROUND_1_0 || p->layer_size > 4096 || p->round_size > 4096 ||
        (p->layer_size | p->round_size) % 8)
        return say(r, "the sizes of its layers and rounds are not those of the contract");
    return NULL;
}

static const char *check_names(const struct assay_plugin *p, const char *name, struct room r)
{
    const uint32_t known = ASSAY_LINES | ASSAY_ALL_LAYERS | ASSAY_STDIN;
    if (!module_good_name(p->name) || strcmp(p->name, name) != 0)
        return say(r, "it calls itself '%.40s', its file is called '%s'", p->name ? p->name : "", name);
    if (!p->version || !*p->version || !p->summary || !p->license)
        return say(r, "it has no %s", !p->summary ? "summary" : !p->license ? "license" : "version");
    if (p->role < ASSAY_READER || p->role > ASSAY_WRITER)
        return say(r, "its role %u is none of this contract", p->role);
    if (p->flags & ~known)
        return say(r, "its flags hold 0x%x, which this assay does not know", (unsigned)(p->flags & ~known));
    if ((p->flags & (ASSAY_LINES | ASSAY_STDIN)) && p->role != ASSAY_READER)
        return say(r, "LINES and STDIN are flags of readers");
    if ((p->flags & ASSAY_ALL_LAYERS) && p->role != ASSAY_WRITER)
        return say(r, "ALL_LAYERS is a flag of writers");
    return NULL;
}

static const char *check_hooks(const struct assay_plugin *p, struct room r)
{
    static const char *const role[] = {"", "reader", "preparer", "analyser", "writer"};
    static const char *const hook[] = {"", "read", "prepare", "analyse and no rounds", "write"};
    int want = p->role == ASSAY_READER     ? p->read != NULL
               : p->role == ASSAY_PREPARER ? p->prepare != NULL
               : p->role == ASSAY_WRITER   ? p->write != NULL
                                           : p->analyse != NULL || p->rounds > 0;
    if (!p->open)
        return say(r, "it has no open");
    if (!want)
        return say(r, "it is %s %s, but has no %s", p->role == ASSAY_ANALYSER ? "an" : "a", role[p->role],
                   hook[p->role]);
    if ((p->role != ASSAY_READER && (p->read || p->accept)) || (p->role != ASSAY_PREPARER && p->prepare) ||
        (p->role != ASSAY_ANALYSER && (p->analyse || p->rounds)) || (p->role != ASSAY_WRITER && p->write))
        return say(r, "it has a hook of another role than %s", role[p->role]);
    return NULL;
}

static int has_flag(const struct assay_fields *f, uint32_t flag)
{
    for (uint32_t i = 0; i < f->rows; i++)
        if (fields_row(f, i)->flags & flag)
            return 1;
    return 0;
}

static const char *check_where(const struct assay_layer *l, uint32_t rounds, struct room r)
{
    if (l->where & ~(ASSAY_ON_CORPUS | ASSAY_UNIQUE | ASSAY_NAMED | ASSAY_BY_MAP | ASSAY_PASSING | ASSAY_IN_HAND |
                     ASSAY_UNTIL(0xffu)))
        return say(r, "layer '%s' lies in an unknown place 0x%x", l->name, l->where);
    int corpus = (l->where & ASSAY_ON_CORPUS) != 0;
    if ((l->where & ASSAY_UNIQUE) && (!corpus || !has_flag(l->fields, ASSAY_KEY)))
        return say(r, "layer '%s': UNIQUE is for a corpus layer with KEY rows", l->name);
    if ((l->where & ASSAY_BY_MAP) && (corpus || !l->stage || l->use < ASSAY_PROVIDES))
        return say(r, "layer '%s': BY_MAP is for a document's layer that comes out of a round of this plugin", l->name);
    if ((l->where & ASSAY_PASSING) && (corpus || !l->stage || l->use != ASSAY_PRIVATE || l->where & ASSAY_BY_MAP))
        return say(r, "layer '%s': PASSING is for a private layer that reduce or finish makes for documents", l->name);
    if (ASSAY_UNTIL_OF(l->where) &&
        (corpus || l->stage || l->use != ASSAY_PRIVATE || ASSAY_UNTIL_OF(l->where) > rounds))
        return say(r, "layer '%s': UNTIL is for a private layer that analyse makes, and names a round", l->name);
    if ((l->where & ASSAY_IN_HAND) && !ASSAY_UNTIL_OF(l->where))
        return say(r, "layer '%s': IN_HAND is for a layer with UNTIL", l->name);
    if ((l->where & ASSAY_NAMED) && (corpus || !has_flag(l->fields, ASSAY_SELF)))
        return say(r, "layer '%s': NAMED is for a document's layer with a SELF span", l->name);
    return NULL;
}

static int is_own(const char *name)
{
    return strcmp(name, "document") == 0 || strcmp(name, "failure") == 0 || strcmp(name, "skipped") == 0 ||
           strcmp(name, "run") == 0;
}

static const char *check_provided(const struct assay_plugin *p, const struct assay_layer *l, struct room r)
{
    if (p->role == ASSAY_READER && strcmp(l->name, "document") == 0 && l->use == ASSAY_PROVIDES)
        return NULL;
    if (is_own(l->name))
        return say(r, "layer '%s' is the host's; rows of document/1 are set with amend", l->name);
    if (p->role == ASSAY_READER || p->role == ASSAY_WRITER)
        return say(r, "layer '%s': a %s provides no layers%s", l->name, p->role == ASSAY_READER ? "reader" : "writer",
                   p->role == ASSAY_READER ? " but document/1" : "");
    if (!(l->where & ASSAY_ON_CORPUS) && has_flag(l->fields, ASSAY_GRADE))
        return say(r, "layer '%s': GRADE is for a corpus layer, where --fail-on looks", l->name);
    if ((l->where & ASSAY_ON_CORPUS) && !l->stage)
        return say(r, "layer '%s': a corpus layer comes out of a round, its stage is 1 or more", l->name);
    if (!l->stage && p->role == ASSAY_ANALYSER && !p->analyse)
        return say(r, "layer '%s' would be made by analyse, which the plugin lacks", l->name);
    return NULL;
}

static const char *check_layer(const struct assay_plugin *p, uint32_t i, struct room r)
{
    char why[256];
    const struct assay_layer *l = layer_at(p, i);
    if (!module_good_name(l->name))
        return say(r, "layer %u is called '%.40s': a name has the form [a-z][a-z0-9_]*", i, l->name ? l->name : "");
    if (l->use < ASSAY_REQUIRES || l->use > ASSAY_PRIVATE || !l->major || !l->fields)
        return say(r, "layer '%s': its use or major is not one of the contract, or it has no field table", l->name);
    if (l->stage > p->rounds)
        return say(r, "layer '%s': its stage is %u, but the plugin has %u round%s", l->name, l->stage, p->rounds,
                   p->rounds == 1 ? "" : "s");
    const char *what = fields_check(l->fields, FIELDS_RECORD, why, sizeof why);
    if (what)
        return say(r, "layer '%s': %s", l->name, what);
    if (!l->fields->rows)
        return say(r, "layer '%s' has no rows", l->name);
    for (uint32_t k = 0; k < i; k++)
        if (strcmp(layer_at(p, k)->name, l->name) == 0 && layer_at(p, k)->major == l->major)
            return say(r, "layer '%s/%u' stands there twice", l->name, l->major);
    what = check_where(l, p->rounds, r);
    if (!what && (l->use == ASSAY_PROVIDES || l->use == ASSAY_PRIVATE))
        what = check_provided(p, l, r);
    return what;
}

static const char *check_finish(const struct assay_plugin *p, uint32_t i, struct room r)
{
    const struct assay_round *o = round_at(p, i);
    if (!o->finish || o->finish_slot == ASSAY_NEVER)
        return NULL;
    if (o->finish_slot >= p->layers)
        return say(r, "round '%s': finish_slot %u is no layer; a finish that reads none says ASSAY_NEVER", o->name,
                   o->finish_slot);
    const struct assay_layer *l = layer_at(p, o->finish_slot);
    if (l->use != ASSAY_PRIVATE || !(l->where & ASSAY_ON_CORPUS) || l->stage != i + 1)
        return say(r,
                   "round '%s': finish reads '%s', which is no private corpus layer of that round (a finish that "
                   "reads none says ASSAY_NEVER)",
                   o->name, l->name);
    return NULL;
}

/* A plugin made before there were such hooks is shorter. */
static int has_looks(const struct assay_plugin *p)
{
    return p->struct_size >= offsetof(struct assay_plugin, differs) + sizeof p->differs && p->looks && p->differs;
}

static const char *check_round(const struct assay_plugin *p, uint32_t i, struct room r)
{
    char why[256];
    const struct assay_round *o = round_at(p, i);
    if (!module_good_name(o->name))
        return say(r, "round %u has no name of the form [a-z][a-z0-9_]*", i + 1);
    if (!o->map || !(o->reduce || o->finish))
        return say(r, "round '%s' has no map, or neither reduce nor finish", o->name);
    if (o->key_size > 64)
        return say(r, "round '%s': a fixed key has at most 64 bytes, not %u", o->name, o->key_size);
    const uint32_t known = ASSAY_FRESH | ASSAY_FRESH_MAP | ASSAY_LOOKS;
    if (o->flags & ~known)
        return say(r, "round '%s' has flags %#x, of which this assay knows %#x", o->name, o->flags, known);
    if (o->flags & ASSAY_LOOKS && (!(o->flags & ASSAY_FRESH_MAP) || !has_looks(p)))
        return say(r, "round '%s' is flagged LOOKS, but not FRESH_MAP, or the plugin has no looks and differs",
                   o->name);
    const char *what = o->value ? fields_check(o->value, FIELDS_RECORD, why, sizeof why) : NULL;
    if (what)
        return say(r, "round '%s': %s", o->name, what);
    return check_finish(p, i, r);
}

static const char *check_arrays(const struct assay_plugin *p, struct room r)
{
    const char *what = NULL;
    if (p->layers > LAYERS_MOST || p->rounds > ROUNDS_MOST || (p->layers && !p->layer) || (p->rounds && !p->round))
        return say(r, "it has %u layers and %u rounds; %u and %u are the most", p->layers, p->rounds, LAYERS_MOST,
                   ROUNDS_MOST);
    for (uint32_t i = 0; i < p->layers && !what; i++)
        what = check_layer(p, i, r);
    for (uint32_t i = 0; i < p->rounds && !what; i++)
        what = check_round(p, i, r);
    if (what || p->role != ASSAY_READER)
        return what;
    for (uint32_t i = 0; i < p->layers; i++)
        if (strcmp(layer_at(p, i)->name, "document") == 0 && layer_at(p, i)->use == ASSAY_PROVIDES)
            return NULL;
    return say(r, "a reader has to provide document/1");
}

static const char *check_options(const struct assay_plugin *p, struct room r)
{
    char why[256];
    const char *what = p->options ? fields_check(p->options, FIELDS_OPTIONS, why, sizeof why) : NULL;
    if (!what && p->options)
        what = options_check(p->options, why, sizeof why);
    if (!what && p->options && fields_find(p->options, "plugin"))
        what = "'plugin' is no name for an option";
    for (uint32_t i = 0; !what && p->options && i < p->options->rows; i++)
        if (ASSAY_ROUND_OF(fields_row(p->options, i)->flags) > p->rounds)
            what = "one matters from a round on that is not there";
    return what ? say(r, "its options: %s", what) : NULL;
}

const char *module_check(const struct assay_plugin *p, const char *name, char *room, size_t size)
{
    struct room r = {room, size};
    const char *what = check_abi(p, r);
    if (!what)
        what = check_names(p, name, r);
    if (!what)
        what = check_hooks(p, r);
    if (!what)
        what = check_arrays(p, r);
    if (!what)
        what = check_options(p, r);
    return what;
}
