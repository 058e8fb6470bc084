/* SPDX-License-Identifier: Apache-2.0
 *
 * What a chain sets: names have to be known, rules must not contradict each other.
 */
#include "consistency.h"

#include <string.h>

#define NEAR_MISS 2u /* letters that may differ for "did you mean" */
#define NAME_MOST 40u

/* Letters to change, add or leave out, or two neighbours to swap, so that one name is the other (optimal string
 * alignment). */
static uint32_t letters_apart(struct assay_text a, struct assay_text b)
{
    uint32_t row[3][NAME_MOST + 1];
    if (a.size > NAME_MOST || b.size > NAME_MOST)
        return ASSAY_NEVER;
    for (uint32_t k = 0; k <= b.size; k++)
        row[0][k] = k;
    for (uint32_t i = 1; i <= a.size; i++) {
        uint32_t *now = row[i % 3], *last = row[(i - 1) % 3], *before = row[(i + 1) % 3];
        now[0] = i;
        for (uint32_t k = 1; k <= b.size; k++) {
            uint32_t least = last[k - 1] + (a.at[i - 1] != b.at[k - 1]);
            least = last[k] + 1 < least ? last[k] + 1 : least;
            least = now[k - 1] + 1 < least ? now[k - 1] + 1 : least;
            if (i > 1 && k > 1 && a.at[i - 1] == b.at[k - 2] && a.at[i - 2] == b.at[k - 1] && before[k - 2] + 1 < least)
                least = before[k - 2] + 1;
            now[k] = least;
        }
    }
    return row[a.size % 3][b.size];
}

/* The key of a concept that the name may be a slip of; empty: none is near. */
static struct assay_text concept_like(const struct self *s, struct assay_text name)
{
    struct assay_text best = {"", 0};
    uint32_t least = NEAR_MISS + 1;
    for (uint32_t i = 0; i < concepts_count(s->concepts); i++) {
        const struct concept *c = concepts_at(s->concepts, i);
        uint32_t apart = c->flags & CONCEPT_PLACE ? ASSAY_NEVER : letters_apart(c->key, name);
        if (apart < least && apart * 2 < name.size) {
            least = apart;
            best = c->key;
        }
    }
    return best;
}

static assay_status no_concept(struct self *s, const char *option, const char *what, struct assay_text name)
{
    struct assay_text like = concept_like(s, name);
    return s->host->fail(s->host, ASSAY_ECONF, "%s: there is %s \"%.*s\"%s%.*s%s", option, what, (int)name.size,
                         name.at, like.size ? "; did you mean \"" : "", (int)like.size, like.at,
                         like.size ? "\"?" : "");
}

/* What is watched may be any word; one that looks like a slip is said. */
static void doubt_measure(struct self *s, struct assay_text name)
{
    struct assay_text like = name.size && concepts_find(s->concepts, name) == CONCEPT_NONE
                                 ? concept_like(s, name)
                                 : (struct assay_text){NULL, 0};
    if (like.size)
        s->host->note(
            s->host, ASSAY_NOTE_WARNING,
            "watch: there is no concept \"%.*s\", so only what texts call so is watched; did you mean \"%.*s\"?",
            (int)name.size, name.at, (int)like.size, like.at);
}

static int same_or_both_empty(struct assay_text a, struct assay_text b)
{
    return (!a.size && !b.size) || same_folded(a, b);
}

/* Rules that say nothing, or that say two things of the same. */
static assay_status check_watch(struct self *s)
{
    struct assay_list watch = s->options->watch;
    for (uint32_t i = 0; i < watch.count; i++) {
        const struct watch *w = ASSAY_AT(struct watch, watch, i);
        struct assay_text name = w->measure.size ? w->measure : w->entity.size ? w->entity : w->unit;
        if (!name.size)
            return s->host->fail(s->host, ASSAY_ECONF, "watch: a rule needs a measure, an entity or a unit");
        doubt_measure(s, w->measure);
        for (uint32_t k = 0; k < i; k++) {
            const struct watch *x = ASSAY_AT(struct watch, watch, k);
            if (same_or_both_empty(w->measure, x->measure) && same_or_both_empty(w->entity, x->entity) &&
                same_or_both_empty(w->unit, x->unit) && (w->tolerance < x->tolerance || w->tolerance > x->tolerance))
                return s->host->fail(s->host, ASSAY_ECONF, "watch: two rules for \"%.*s\" with different tolerances",
                                     (int)name.size, name.at);
        }
    }
    return ASSAY_OK;
}

static int is_id(struct assay_text t)
{
    for (uint64_t i = 0; i < t.size; i++)
        if (!((t.at[i] >= '0' && t.at[i] <= '9') || (t.at[i] >= 'a' && t.at[i] <= 'f')))
            return 0;
    return t.size == 16;
}

static assay_status check_names(struct self *s)
{
    const struct options *o = s->options;
    for (uint32_t i = 0; i < o->suppress.count; i++) {
        struct assay_text id = *ASSAY_AT(struct assay_text, o->suppress, i);
        if (!is_id(id))
            return s->host->fail(s->host, ASSAY_ECONF,
                                 "suppress: \"%.*s\" is no id of a finding (16 hexadecimal digits)", (int)id.size,
                                 id.at);
    }
    for (uint32_t i = 0; i < o->about.count; i++) {
        struct assay_text name = *ASSAY_AT(struct assay_text, o->about, i);
        if (!about_knows(s, name))
            return no_concept(s, "about", "neither a kind nor a concept", name);
    }
    return ASSAY_OK;
}

static assay_status apply_aliases(struct self *s)
{
    struct assay_list aliases = s->options->aliases;
    for (uint32_t i = 0; i < aliases.count; i++) {
        const struct alias *a = ASSAY_AT(struct alias, aliases, i);
        if (!a->name.size || !a->as.size)
            return s->host->fail(s->host, ASSAY_ECONF,
                                 "aliases: a rule needs a name and what it is another name of (as)");
        if (!concepts_form(s->concepts, a->as, a->name))
            return ASSAY_ENOMEM;
    }
    return ASSAY_OK;
}

static assay_status apply_parts(struct self *s)
{
    struct assay_list part_of = s->options->part_of;
    for (uint32_t i = 0; i < part_of.count; i++) {
        const struct relation_option *r = ASSAY_AT(struct relation_option, part_of, i);
        uint32_t part = concepts_find(s->concepts, r->part), whole = concepts_find(s->concepts, r->whole);
        if (part == CONCEPT_NONE || whole == CONCEPT_NONE)
            return no_concept(s, "part_of", "neither a concept nor an alias as",
                              part == CONCEPT_NONE ? r->part : r->whole);
        if (part == whole || concepts_part_of(s->concepts, whole, part))
            return s->host->fail(s->host, ASSAY_ECONF,
                                 "part_of: \"%.*s\" cannot be a part of \"%.*s\", which is a part of it",
                                 (int)r->part.size, r->part.at, (int)r->whole.size, r->whole.at);
        if (!concepts_relate(s->concepts, r->part, r->whole))
            return ASSAY_ENOMEM;
    }
    return ASSAY_OK;
}

assay_status apply_options(struct self *s)
{
    const struct options *o = s->options;
    assay_status status = apply_aliases(s);
    if (status || (status = apply_parts(s)))
        return status;
    for (uint32_t i = 0; i < o->evolving.count; i++) {
        struct assay_text key = *ASSAY_AT(struct assay_text, o->evolving, i);
        if (!concepts_flag(s->concepts, key, CONCEPT_EVOLVING))
            return no_concept(s, "evolving", "no concept", key);
    }
    for (uint32_t i = 0; i < o->trusted.count; i++)
        if (listed(o->ignored, *ASSAY_AT(struct assay_text, o->trusted, i)))
            return s->host->fail(s->host, ASSAY_ECONF, "\"%.*s\" is both trusted and ignored",
                                 (int)ASSAY_AT(struct assay_text, o->trusted, i)->size,
                                 ASSAY_AT(struct assay_text, o->trusted, i)->at);
    status = check_watch(s);
    return status ? status : check_names(s);
}
