/* SPDX-License-Identifier: Apache-2.0
 *
 * consistency: which figures the sources disagree on, and why everything else is no conflict.
 */
#include "consistency.h"
#include "credit.h"

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
    {"story", 8, 2, &sketch_fields, story_map, NULL, story_reduce, story_finish, SLOT_COUPLE, ASSAY_FRESH | ASSAY_FRESH_MAP | ASSAY_LOOKS},
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
    credits_free(s->credits);
    assay_buf_free(&s->credited);
    assay_buf_free(&s->leading);
    assay_buf_free(&s->cited);
    cited_room_free(&s->cited_room);
    digest_room_free(&s->room);
    loaded_free(&s->side[0]);
    loaded_free(&s->side[1]);
    free(s->links.at);
    free(s->mark);
    free(s->review);
    free(s);
}

/* The path an option names, else the installed one; terminated, in `room`. Empty: there is none. */
static assay_status lexicon_path(struct self *s, struct assay_text option, const char *installed, char *room,
                                 size_t size)
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

/* lexicon/concepts-LANG.cfg of every two letters that is there. */
static assay_status add_languages(struct self *s)
{
    char name[] = "lexicon/concepts-aa.cfg", error[600];
    struct assay_text path;
    char *a = name + sizeof "lexicon/concepts-" - 1, *b = a + 1;
    for (*a = 'a'; *a <= 'z'; ++*a)
        for (*b = 'a'; *b <= 'z'; ++*b) {
            assay_status status = s->host->find(s->host, name, &path);
            if (status == ASSAY_NO)
                continue;
            if (status)
                return status;
            if (!concepts_add(s->concepts, path.at, error, sizeof error))
                return s->host->fail(s->host, ASSAY_ECONF, "%s", error);
        }
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
        s->host->note(s->host, ASSAY_NOTE_WARNING,
                      "no lexicon of concepts found: figures are tied by the words of their sentences alone");
    s->concepts = concepts_open(concepts[0] ? concepts : NULL, places[0] ? places : NULL, error, sizeof error);
    return s->concepts ? add_languages(s) : s->host->fail(s->host, ASSAY_ECONF, "%s", error);
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
    if ((status = open_lexicons(s)) || (status = credits_load(host, &s->credits)) || (status = apply_options(s)) || (status = review_read(s))) {
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
    .looks = story_looks,
    .differs = story_differs,
};
