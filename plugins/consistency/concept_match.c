/* SPDX-License-Identifier: Apache-2.0
 *
 * Which concepts a word, and those behind it, are forms of.
 */
#include "concept_table.h"

#include <assay/kit/utf8.h>

#define BESIDE 4u
#define COMPOUND_FIRST 5u /* bytes of what stands before, at least, */
#define COMPOUND_LAST 7u  /* and of the form */

/* Lengths a prefix of the word may have, some of them in vain. */
static uint32_t prefix_lengths(const struct leads *leads, const struct word *word)
{
    uint32_t lengths = word->size >= PREFIX_MIN ? leads->prefix[0][lead_of(word->at, PREFIX_MIN)] : 0;
    return word->size >= LEAD ? lengths | leads->prefix[1][lead_of(word->at, LEAD)] : lengths;
}

static int may_be_whole(const struct leads *leads, const struct word *word)
{
    return (leads->whole[lead_of(word->at, word->size < LEAD ? word->size : LEAD)] & length_bit(word->size)) != 0;
}

static int rest_fits(const struct concepts *c, const struct form *form, const struct word *words, uint32_t count)
{
    const char *pattern = c->pool + form->text;
    if (form->words > count)
        return 0;
    for (uint32_t i = 1; i < form->words; i++) {
        size_t size = strlen(pattern), want = size && pattern[size - 1] == '*' ? size - 1 : size;
        if (words[i].size < want || memcmp(words[i].at, pattern, want) || (want == size && words[i].size != size))
            return 0;
        pattern += size + 1;
    }
    return 1;
}

/* 1 where the letters of the form that carry marks do so in the word, too, and no others. */
static int marks_fit(const struct form *form, const struct word *word)
{
    if (!form->letters || word->marks == WORD_UNMARKED)
        return 1;
    uint64_t all = form->prefix && form->letters < 63 ? (1ull << form->letters) - 1 : ~WORD_UNMARKED;
    return ((form->marks ^ word->marks) & all) == 0;
}

/* The best forms so far: most words, then the longest first pattern; a whole word is longer than any prefix. What only
 * helps to recognise a sentence is kept beside a better form: "strikes" that are counted are of "strike", too. */
struct hits {
    uint32_t *id, room, count, words, strength;
    uint32_t beside[BESIDE], besides;
};

static int is_plain_word(const struct concepts *c, uint32_t concept)
{
    return (c->concept[concept].flags & ~CONCEPT_KIND) == CONCEPT_WORD && !c->concept[concept].aspect;
}

static void keep_beside(const struct concepts *c, struct hits *hits, uint32_t concept)
{
    if (is_plain_word(c, concept) && hits->besides < BESIDE)
        hits->beside[hits->besides++] = concept;
}

static void add_hit(struct hits *hits, uint32_t concept)
{
    for (uint32_t k = 0; k < hits->count; k++)
        if (hits->id[k] == concept)
            return;
    if (hits->count < hits->room)
        hits->id[hits->count++] = concept;
}

static void keep(const struct concepts *c, struct hits *hits, uint32_t concept, uint32_t words, uint32_t strength)
{
    if (words < hits->words || (words == hits->words && strength < hits->strength)) {
        keep_beside(c, hits, concept);
        return;
    }
    if (words > hits->words || strength > hits->strength) {
        for (uint32_t k = 0; k < hits->count; k++)
            keep_beside(c, hits, hits->id[k]);
        hits->count = 0;
    }
    hits->words = words;
    hits->strength = strength;
    add_hit(hits, concept);
}

struct look {
    const struct concepts *c;
    const struct leads *leads; /* of the language */
    const struct word *words;
    uint32_t count, language;
};

/* Hashes of short words under two seeds meet ("bec*" and "bed"): what kind the form is has to be asked, too. */
static void probe(const struct look *look, uint32_t size, int prefix, struct hits *hits)
{
    const struct concepts *c = look->c;
    uint64_t hash = form_hash(look->words[0].at, size, prefix);
    if (!(look->leads->seen[seen_at(hash)] & seen_bit(hash)))
        return;
    for (uint32_t i = c->slot[hash & (c->slots - 1)]; i; i = c->form[i - 1].next) {
        const struct form *form = &c->form[i - 1];
        if (form->hash != hash || form->prefix != prefix || !(form->languages & look->language) ||
            (form->capital && !look->words[0].capital) || !marks_fit(form, look->words) ||
            !rest_fits(c, form, look->words, look->count))
            continue;
        uint32_t strength = prefix ? size : ASSAY_NEVER;
        keep(c, hits, form->concept, form->words, is_plain_word(c, form->concept) ? 0 : strength);
    }
}

/* Whole forms of the first word, and prefixes of `least` bytes and more. */
static void probe_all(const struct look *look, uint32_t least, struct hits *hits)
{
    const struct word *word = look->words;
    uint32_t lengths = prefix_lengths(look->leads, word);
    if (may_be_whole(look->leads, word))
        probe(look, word->size, 0, hits);
    for (uint32_t size = lengths ? word->size : 0; size >= least; size--)
        if (lengths & length_bit(size) && assay_utf8_border(word->at, word->size, size))
            probe(look, size, 1, hits);
}

/* "Nierentransplantationen" are transplantations: the longest end of a compound that a form knows. Places and words
 * that say how something is meant are whole words. */
static void match_end(const struct look *look, struct hits *hits)
{
    const struct word *whole = look->words;
    for (uint32_t cut = COMPOUND_FIRST; cut + COMPOUND_LAST <= whole->size && !hits->count; cut++) {
        if (!assay_utf8_border(whole->at, whole->size, cut))
            continue;
        struct word end = {whole->at + cut, whole->size - cut, 1, whole->marks};
        struct look rest = {look->c, look->leads, &end, 1, look->language};
        if (end.marks != WORD_UNMARKED)
            end.marks >>= letters_of(whole->at, cut);
        probe_all(&rest, COMPOUND_LAST, hits);
        for (uint32_t k = 0; k < hits->count; k++) {
            uint32_t flags = look->c->concept[hits->id[k]].flags;
            if (flags & (CONCEPT_PLACE | CONCEPT_AGE) ||
                (flags & CONCEPT_WORD && !is_plain_word(look->c, hits->id[k]))) {
                hits->count = hits->besides = 0;
                return;
            }
        }
    }
}

uint32_t concepts_match(const struct concepts *c, const struct word *words, uint32_t count, struct assay_text language,
                        uint32_t *id, uint32_t room, uint32_t *length)
{
    struct hits hits = {id, room, 0, 0, 0, {0}, 0};
    uint32_t number = concept_language(c, language), bit = number ? 1u << (number - 1) : 0;
    const struct leads *leads = number ? c->leads[number - 1] : &c->every;
    struct look look = {c, leads, words, count, bit ? bit : ASSAY_NEVER};
    if (!count || !words[0].size)
        return 0;
    probe_all(&look, PREFIX_MIN, &hits);
    if (!hits.count && bit & c->trait[CONCEPT_COMPOUNDS] && words[0].capital)
        match_end(&look, &hits);
    for (uint32_t k = 0; k < hits.besides; k++)
        add_hit(&hits, hits.beside[k]);
    *length = hits.words;
    return hits.count;
}
