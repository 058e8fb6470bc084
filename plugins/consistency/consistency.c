/* SPDX-License-Identifier: Apache-2.0
 *
 * consistency: which figures the sources disagree on, and why everything else is no conflict.
 */
#include "consistency.h"

#include <stdlib.h>
#include <string.h>

#define VERSION "1"

static const struct assay_layer layers[] = {
    {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "claim", &assay_claim_fields, "figures"},
    {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "publisher, date, language"},
    {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "sentence", &assay_sentence_fields, "sentences"},
    {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "language", &assay_language_fields, "language of each passage"},
    {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 4, "origin", &assay_origin_fields, "what is copied is not independent"},
    {ASSAY_PRIVATE, 1, ASSAY_ON_DOCUMENT, 0, "consistency_digest", &digest_fields, "terms of its sentences, what its figures are about"},
    {ASSAY_PRIVATE, 1, ASSAY_ON_CORPUS, 1, "consistency_term", &rarity_count_fields, "how rare terms are"},
    {ASSAY_PRIVATE, 1, ASSAY_ON_CORPUS, 2, "consistency_couple", &couple_fields, "documents that may speak of the same"},
    {ASSAY_PRIVATE, 1, ASSAY_ON_DOCUMENT, 2, "consistency_partner", &partner_fields, "the likest of them"},
    {ASSAY_PRIVATE, 1, ASSAY_ON_DOCUMENT | ASSAY_BY_MAP, 2, "consistency_weighed", &weighed_fields, "how rare its terms are"},
    {ASSAY_PRIVATE, 1, ASSAY_ON_CORPUS, 3, "consistency_edge", &edge_fields, "linked figures"},
    {ASSAY_PRIVATE, 1, ASSAY_ON_DOCUMENT, 3, "consistency_member", &member_fields, "components of linked figures"},
    {ASSAY_PRIVATE, 1, ASSAY_ON_CORPUS, 4, "consistency_draft", &draft_fields, "findings without rank"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 4, "finding", &assay_finding_fields, "what the sources say of one quantity"},
};

static const struct assay_round rounds[] = {
    {"rarity", 8, 0, &term_slice_fields, rarity_map, rarity_combine, rarity_reduce, rarity_finish, SLOT_TERM, 0},
    {"story", 8, 2, &sketch_fields, story_map, NULL, story_reduce, story_finish, SLOT_COUPLE, ASSAY_FRESH | ASSAY_FRESH_MAP | ASSAY_SEES},
    {"pair", 8, 0, &pair_value_fields, pair_map, NULL, pair_reduce, pair_finish, SLOT_EDGE, ASSAY_FRESH | ASSAY_FRESH_MAP},
    {"judge", 8, 0, &judge_value_fields, judge_map, NULL, judge_reduce, judge_finish, SLOT_DRAFT, ASSAY_FRESH | ASSAY_FRESH_MAP},
};

static void close_self(void *self)
{
    struct self *s = self;
    if (!s)
        return;
    concepts_close(s->concepts);
    terms_free(s->terms);
    linker_free(s->linker);
    digest_room_free(&s->room);
    loaded_free(&s->side[0]);
    loaded_free(&s->side[1]);
    free(s->links.at);
    free(s->mark);
    free(s->review);
    free(s);
}

/* The path an option names, else the installed one; terminated, in `room`. Empty: there is none. */
static assay_status lexicon_path(struct self *s, struct assay_text option, const char *installed, char *room, size_t size)
{
    struct assay_text path = option;
    room[0] = 0;
    if (!path.size) {
        assay_status status = s->host->find(s->host, installed, &path);
        if (status)
            return status == ASSAY_NO ? ASSAY_OK : status;
    }
    if (path.size >= size)
        return s->host->fail(s->host, ASSAY_ECONF, "the path of %s is too long", installed);
    memcpy(room, path.at, path.size);
    room[path.size] = 0;
    return ASSAY_OK;
}

static assay_status open_lexicons(struct self *s)
{
    char concepts[4096], places[4096], error[600];
    assay_status status = lexicon_path(s, s->options->concepts, "lexicon/concepts.cfg", concepts, sizeof concepts);
    if (!status)
        status = lexicon_path(s, s->options->places, "lexicon/places.cfg", places, sizeof places);
    if (status)
        return status;
    if (!concepts[0])
        s->host->note(s->host, ASSAY_NOTE_WARNING, "no lexicon of concepts found: figures are tied by the words of their sentences alone");
    s->concepts = concepts_open(concepts[0] ? concepts : NULL, places[0] ? places : NULL, error, sizeof error);
    return s->concepts ? ASSAY_OK : s->host->fail(s->host, ASSAY_ECONF, "%s", error);
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
        for (uint32_t k = 0; k < i; k++) {
            const struct watch *x = ASSAY_AT(struct watch, watch, k);
            if (same_or_both_empty(w->measure, x->measure) && same_or_both_empty(w->entity, x->entity) && same_or_both_empty(w->unit, x->unit) &&
                (w->tolerance < x->tolerance || w->tolerance > x->tolerance))
                return s->host->fail(s->host, ASSAY_ECONF, "watch: two rules for \"%.*s\" with different tolerances", (int)name.size, name.at);
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
            return s->host->fail(s->host, ASSAY_ECONF, "suppress: \"%.*s\" is no id of a finding (16 hexadecimal digits)", (int)id.size, id.at);
    }
    for (uint32_t i = 0; i < o->about.count; i++) {
        struct assay_text name = *ASSAY_AT(struct assay_text, o->about, i);
        if (!about_knows(s, name))
            return s->host->fail(s->host, ASSAY_ECONF, "about: there is neither a kind nor a concept \"%.*s\"", (int)name.size, name.at);
    }
    return ASSAY_OK;
}

static assay_status apply_options(struct self *s)
{
    const struct options *o = s->options;
    for (uint32_t i = 0; i < o->part_of.count; i++) {
        const struct relation_option *r = ASSAY_AT(struct relation_option, o->part_of, i);
        uint32_t part = concepts_find(s->concepts, r->part), whole = concepts_find(s->concepts, r->whole);
        if (same_folded(r->part, r->whole) || concepts_part_of(s->concepts, whole, part))
            return s->host->fail(s->host, ASSAY_ECONF, "part_of: \"%.*s\" cannot be a part of \"%.*s\", which is a part of it", (int)r->part.size,
                                 r->part.at, (int)r->whole.size, r->whole.at);
        if (!concepts_relate(s->concepts, r->part, r->whole))
            return ASSAY_ENOMEM;
        (void)part;
    }
    for (uint32_t i = 0; i < o->aliases.count; i++) {
        const struct alias *a = ASSAY_AT(struct alias, o->aliases, i);
        if (!concepts_form(s->concepts, a->as, a->name))
            return ASSAY_ENOMEM;
    }
    for (uint32_t i = 0; i < o->evolving.count; i++) {
        struct assay_text key = *ASSAY_AT(struct assay_text, o->evolving, i);
        if (!concepts_flag(s->concepts, key, CONCEPT_EVOLVING))
            return s->host->fail(s->host, ASSAY_ECONF, "evolving: there is no concept \"%.*s\"", (int)key.size, key.at);
    }
    for (uint32_t i = 0; i < o->trusted.count; i++)
        if (listed(o->ignored, *ASSAY_AT(struct assay_text, o->trusted, i)))
            return s->host->fail(s->host, ASSAY_ECONF, "\"%.*s\" is both trusted and ignored",
                                 (int)ASSAY_AT(struct assay_text, o->trusted, i)->size, ASSAY_AT(struct assay_text, o->trusted, i)->at);
    assay_status status = check_watch(s);
    return status ? status : check_names(s);
}

static assay_status open_self(const struct assay_host *host, const void *options, void **self)
{
    struct self *s = calloc(1, sizeof *s);
    assay_status status = ASSAY_ENOMEM;
    if (!s)
        return ASSAY_ENOMEM;
    s->host = host;
    s->options = options;
    s->tolerance = (uint32_t)(s->options->tolerance * 1000000);
    if ((status = open_lexicons(s)) || (status = apply_options(s)) || (status = review_read(s))) {
        close_self(s);
        return status;
    }
    s->terms = terms_new(s->concepts);
    s->linker = linker_new(s->concepts);
    if (!s->terms || !s->linker) {
        close_self(s);
        return ASSAY_ENOMEM;
    }
    *self = s;
    return ASSAY_OK;
}

ASSAY_PLUGIN(consistency) = {
    ASSAY_ABI,
    .name = "consistency",
    .version = VERSION,
    .summary = "finds which figures the sources disagree on, with evidence, scope and independent backing",
    .license = "Apache-2.0",
    .role = ASSAY_ANALYSER,
    .options = &options_fields,
    .layer = layers,
    .layers = ASSAY_COUNT(layers),
    .round = rounds,
    .rounds = ASSAY_COUNT(rounds),
    .open = open_self,
    .analyse = prepare_document,
    .close = close_self,
    .sees = story_sees,
};
