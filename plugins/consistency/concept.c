/* SPDX-License-Identifier: Apache-2.0 */
#include "concept_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/token.h>

#define WORDS_MAX 4u /* words in a form */
#define ELIDED 5       /* bytes of a word that are looked at for an apostrophe, */
#define ELIDED_LEAST 3 /* and bytes that have to follow it */

static void *grow(void *at, uint32_t count, uint32_t *room, size_t size)
{
    if (count < *room)
        return at;
    uint32_t more = *room ? *room * 2 : 64;
    void *bigger = realloc(at, (size_t)more * size);
    if (bigger)
        *room = more;
    return bigger;
}

uint32_t concepts_count(const struct concepts *c)
{
    return c->count;
}

const struct concept *concepts_at(const struct concepts *c, uint32_t id)
{
    return id < c->count ? &c->concept[id] : NULL;
}

uint32_t concepts_measure(const struct concepts *all, uint32_t id)
{
    const struct concept *c = concepts_at(all, id);
    return c && !(c->flags & CONCEPT_GENERAL) ? id : CONCEPT_NONE;
}

uint32_t concepts_find(const struct concepts *c, struct assay_text key)
{
    if (!key.at)
        return CONCEPT_NONE;
    for (uint32_t i = 0; i < c->count; i++)
        if (c->concept[i].key.size == key.size && !memcmp(c->concept[i].key.at, key.at, key.size))
            return i;
    return CONCEPT_NONE;
}

/* A copy that lives as long as the concepts; NULL: out of memory. */
static const char *keep(struct concepts *c, struct assay_text text)
{
    char **keys = grow(c->key, c->keys, &c->key_room, sizeof *keys), *copy = keys ? malloc(text.size + 1) : NULL;
    c->key = keys ? keys : c->key;
    if (!copy)
        return NULL;
    memcpy(copy, text.at, text.size);
    copy[text.size] = 0;
    return c->key[c->keys++] = copy;
}

static uint32_t find_or_add(struct concepts *c, struct assay_text key)
{
    uint32_t id = concepts_find(c, key);
    if (id != CONCEPT_NONE)
        return id;
    struct concept *concept = grow(c->concept, c->count, &c->room, sizeof *concept);
    if (!concept)
        return CONCEPT_NONE;
    c->concept = concept;
    const char *copy = keep(c, key);
    if (!copy)
        return CONCEPT_NONE;
    memset(&c->concept[c->count], 0, sizeof *concept);
    c->concept[c->count].key = (struct assay_text){copy, key.size};
    return c->count++;
}

int concepts_relate(struct concepts *c, struct assay_text part, struct assay_text whole)
{
    uint32_t p = find_or_add(c, part), w = p == CONCEPT_NONE ? p : find_or_add(c, whole);
    if (w == CONCEPT_NONE)
        return 0;
    struct concept *concept = &c->concept[p];
    if (concept->parts < CONCEPT_PARTS && p != w && !concepts_part_of(c, w, p))
        concept->part_of[concept->parts++] = w;
    return 1;
}

/* Bounded by depth: relations are shallow and a circle cannot be made, but user data may be odd. */
static int reaches(const struct concepts *c, uint32_t from, uint32_t to, uint32_t depth)
{
    if (depth > 6 || from >= c->count)
        return 0;
    for (uint32_t i = 0; i < c->concept[from].parts; i++)
        if (c->concept[from].part_of[i] == to || reaches(c, c->concept[from].part_of[i], to, depth + 1))
            return 1;
    return 0;
}

int concepts_part_of(const struct concepts *c, uint32_t part, uint32_t whole)
{
    return part != CONCEPT_NONE && whole != CONCEPT_NONE && reaches(c, part, whole, 0);
}

uint32_t concepts_root(const struct concepts *c, uint32_t id)
{
    for (uint32_t i = 0; i < 6 && id < c->count && c->concept[id].parts; i++)
        id = c->concept[id].part_of[0];
    return id;
}

/* ---- contrasts ---- */

static uint32_t side_of(uint64_t aspects, const struct contrast *set)
{
    return (uint32_t)(aspects >> set->shift) & set->mask;
}

int concepts_contrast(const struct concepts *c, uint64_t a, uint64_t b)
{
    int lone = 0;
    if (a == b)
        return 0;
    for (uint32_t set = 0; set < c->contrasts; set++) {
        uint32_t x = side_of(a, &c->contrast[set]), y = side_of(b, &c->contrast[set]);
        if (x && y && x != y)
            return 2;
        lone |= x != y && (c->contrast[set].lone >> (x | y) & 1);
    }
    return lone;
}

uint32_t concepts_aspect(const struct concepts *c, uint64_t of, uint64_t other)
{
    for (uint32_t set = 0; set < c->contrasts; set++) {
        uint32_t x = side_of(of, &c->contrast[set]);
        if (!x || x == side_of(other, &c->contrast[set]))
            continue;
        for (uint32_t i = 0; i < c->count; i++)
            if (c->concept[i].set == set && c->concept[i].side == x)
                return i;
    }
    return CONCEPT_NONE;
}

static int same_name(const char *name, struct assay_text text)
{
    return strlen(name) == text.size && !memcmp(name, text.at, text.size);
}

static struct contrast *contrast_set(struct concepts *c, struct assay_text name)
{
    for (uint32_t i = 0; i < c->contrasts; i++)
        if (same_name(c->contrast[i].set, name))
            return &c->contrast[i];
    if (c->contrasts == CONTRAST_SETS || name.size >= sizeof c->contrast->set)
        return NULL;
    memcpy(c->contrast[c->contrasts].set, name.at, name.size);
    return &c->contrast[c->contrasts++];
}

/* Sides count from 1. 0: there are too many, or its name is too long. */
static uint32_t contrast_side(struct contrast *set, struct assay_text name)
{
    for (uint32_t i = 0; i < set->sides; i++)
        if (same_name(set->side[i], name))
            return i + 1;
    if (!name.size || name.size >= sizeof *set->side || set->sides == sizeof set->side / sizeof *set->side)
        return 0;
    memcpy(set->side[set->sides], name.at, name.size);
    return ++set->sides;
}

/* "SET SIDE" */
static int read_contrast(struct concepts *c, uint32_t id, struct assay_text text)
{
    const char *space = memchr(text.at, ' ', text.size);
    if (!space)
        return 0;
    struct assay_text set = {text.at, (uint64_t)(space - text.at)}, side = {space + 1, text.size - set.size - 1};
    struct contrast *contrast = contrast_set(c, set);
    uint32_t n = contrast ? contrast_side(contrast, side) : 0;
    if (!n)
        return 0;
    c->concept[id].set = (uint32_t)(contrast - c->contrast);
    c->concept[id].side = n;
    if (c->concept[id].flags & CONCEPT_LONE)
        contrast->lone |= 1u << n;
    return 1;
}

/* Once all sides are known: gives each set its bits. 0: they are more than 64. */
static int settle_contrasts(struct concepts *c)
{
    uint32_t used = 0;
    for (uint32_t set = 0; set < c->contrasts; set++) {
        struct contrast *contrast = &c->contrast[set];
        uint32_t width = 1;
        while (contrast->sides >> width)
            width++;
        if (used + width > 64)
            return 0;
        contrast->shift = used;
        contrast->mask = (1u << width) - 1;
        used += width;
    }
    for (uint32_t i = 0; i < c->count; i++)
        if (c->concept[i].side)
            c->concept[i].aspect = (uint64_t)c->concept[i].side << c->contrast[c->concept[i].set].shift;
    return 1;
}

/* ---- forms ---- */

static void note_word(struct leads *to, const char *at, size_t size, int prefix)
{
    uint64_t hash = form_hash(at, size, prefix);
    to->seen[seen_at(hash)] |= seen_bit(hash);
    if (!prefix)
        to->whole[lead_of(at, size < LEAD ? size : LEAD)] |= length_bit(size);
    else if (size >= PREFIX_MIN)
        to->prefix[size >= LEAD][lead_of(at, size >= LEAD ? LEAD : PREFIX_MIN)] |= length_bit(size);
}

/* With each language of the form, and with all of them, for texts of an unknown one. */
static void note_form(struct concepts *c, const struct form *form, const char *at, size_t size)
{
    for (uint32_t i = 0; i < c->languages; i++)
        if (form->languages & 1u << i)
            note_word(c->leads[i], at, size, form->prefix);
    if (form->languages == ASSAY_NEVER)
        note_word(&c->common, at, size, form->prefix);
    note_word(&c->every, at, size, form->prefix);
}

static uint32_t pool_add(struct concepts *c, const char *at, uint32_t size)
{
    while (c->used + size + 1 > c->pool_room) {
        uint32_t room = c->pool_room ? c->pool_room * 2 : 4096;
        char *pool = realloc(c->pool, room);
        if (!pool)
            return ASSAY_NEVER;
        c->pool = pool;
        c->pool_room = room;
    }
    memcpy(c->pool + c->used, at, size);
    c->pool[c->used + size] = 0;
    c->used += size + 1;
    return c->used - size - 1;
}

/* "d'affaires": texts are asked for the word after what is elided (terms.c), so forms hold that, too. Only where Latin
 * letters stand before: not of "п'яних". */
static const char *unelided(const char *p, const char *end)
{
    for (const char *at = p; at < end && at < p + ELIDED && (unsigned char)*at < 0x80; at++)
        if (*at == '\'' && at > p)
            return end - at - 1 >= ELIDED_LEAST ? at + 1 : p;
    return p;
}

/* A form "word word*": folds it word by word. */
static int add_form(struct concepts *c, uint32_t concept, uint32_t language, uint32_t capital, struct assay_text text)
{
    struct form form = {0};
    const char *p = text.at, *end = text.at + text.size;
    form.concept = concept;
    form.languages = language;
    form.capital = (uint16_t)capital;
    form.text = c->used;
    while (p < end && form.words < WORDS_MAX) {
        char folded[128];
        const char *stop = p;
        while (stop < end && *stop != ' ' && *stop != '-') /* tokens end at hyphens, too */
            stop++;
        uint32_t prefix = stop > p && stop[-1] == '*';
        p = unelided(p, stop - prefix);
        size_t size = assay_fold_text(folded, sizeof folded - 1, p, (size_t)(stop - p) - prefix);
        if (size && form.words == 0) {
            form.hash = form_hash(folded, size, (int)prefix);
            form.prefix = (uint16_t)prefix;
            form.marks = concepts_marks(p, (size_t)(stop - p) - prefix);
            int marks = language != ASSAY_NEVER && language & c->trait[CONCEPT_MARKS];
            form.letters = (uint16_t)(marks ? letters_of(folded, size) : 0);
            note_form(c, &form, folded, size);
        } else if (size) {
            if (prefix)
                folded[size++] = '*';
            if (pool_add(c, folded, (uint32_t)size) == ASSAY_NEVER)
                return 0;
        }
        form.words = (uint16_t)(form.words + (size > 0));
        p = stop + (stop < end);
    }
    if (!form.words)
        return 1;
    struct form *forms = grow(c->form, c->forms, &c->form_room, sizeof *forms);
    if (!forms)
        return 0;
    c->form = forms;
    c->form[c->forms++] = form;
    return 1;
}

/* Builds the table of first words; later forms stand before earlier ones in a slot, which does not matter. */
static int build(struct concepts *c)
{
    uint32_t slots = 64;
    while (slots < c->forms * 2)
        slots *= 2;
    free(c->slot);
    c->slot = calloc(slots, sizeof *c->slot);
    if (!c->slot)
        return 0;
    c->slots = slots;
    for (uint32_t i = 0; i < c->forms; i++) {
        uint32_t *slot = &c->slot[c->form[i].hash & (slots - 1)];
        c->form[i].next = *slot;
        *slot = i + 1;
    }
    return 1;
}

int concepts_form(struct concepts *c, struct assay_text key, struct assay_text form)
{
    uint32_t id = find_or_add(c, key);
    return id != CONCEPT_NONE && add_form(c, id, ASSAY_NEVER, 0, form) && build(c);
}

static uint32_t flags_of(struct assay_text text, int *known)
{
    static const char *const names[] = {"evolving", "cumulative", "event",   "weak",  "place",  "word",      "part",
                                        "measure",  "money",      "anybody", "when",  "break",  "rest",      "age",
                                        "who",      "kind",       "narrow",  "self",  "record", "partitive", "rate",
                                        "lone",     "far",        "counted", "grows", "falls",
                                        "person",   "unit",       "score",   "lasts", "local", "base"};
    uint32_t flags = 0;
    const char *p = text.at, *end = p + text.size;
    *known = 1;
    while (p < end) {
        const char *stop = p;
        int found = 0;
        while (stop < end && *stop != ' ')
            stop++;
        for (uint32_t i = 0; i < sizeof names / sizeof names[0]; i++)
            if (strlen(names[i]) == (size_t)(stop - p) && !memcmp(names[i], p, (size_t)(stop - p))) {
                flags |= 1u << i;
                found = 1;
            }
        *known &= found;
        p = stop + (stop < end);
    }
    return flags;
}

static int read_forms(struct concepts *c, uint32_t id, uint32_t bit, uint32_t capital, struct assay_text forms)
{
    struct assay_text form;
    while (assay_lexicon_form(&forms, &form))
        if (!add_form(c, id, bit, capital, form))
            return 0;
    return 1;
}

static uint32_t measure_of(struct assay_text text)
{
    static const char *const names[] = {"length", "weight", "area", "speed", "time"};
    for (uint32_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i]) == text.size && !memcmp(names[i], text.at, text.size))
            return OF_LENGTH + i;
    return OF_ANY;
}

/* One group { key, flags, of, part_of, en = "..."; ru = "..." }. */
static int read_concept(struct concepts *c, struct assay_lexicon *lexicon, const struct assay_lexicon_item *group)
{
    const struct assay_lexicon_item *key;
    if (!assay_lexicon_want(lexicon, group, "key", ASSAY_LEXICON_TEXT, 1, &key))
        return 0;
    uint32_t id = find_or_add(c, key->text);
    if (id == CONCEPT_NONE)
        return assay_lexicon_fail(lexicon, key, "out of memory");
    for (uint32_t i = 0; i < group->count; i++) {
        const struct assay_lexicon_item *item = &group->first[i];
        if (item == key)
            continue;
        if (item->type != ASSAY_LEXICON_TEXT)
            return assay_lexicon_fail(lexicon, item, "a text is wanted here");
        if (item->name.size == 5 && !memcmp(item->name.at, "flags", 5)) {
            int known;
            c->concept[id].flags |= flags_of(item->text, &known);
            if (!known)
                return assay_lexicon_fail(
                    lexicon, item,
                    "unknown flag (they stand at the head of the lexicon)");
        } else if (item->name.size == 7 && !memcmp(item->name.at, "part_of", 7)) {
            struct assay_text wholes = item->text, whole;
            while (assay_lexicon_form(&wholes, &whole))
                if (!concepts_relate(c, key->text, whole))
                    return assay_lexicon_fail(lexicon, item, "out of memory");
        } else if (item->name.size == 5 && !memcmp(item->name.at, "title", 5)) {
            if (!(c->concept[id].title.at = keep(c, item->text)))
                return assay_lexicon_fail(lexicon, item, "out of memory");
            c->concept[id].title.size = item->text.size;
        } else if (item->name.size == 2 && !memcmp(item->name.at, "of", 2)) {
            if (!(c->concept[id].of = measure_of(item->text)))
                return assay_lexicon_fail(lexicon, item, "length, weight, area, speed or time is wanted here");
        } else if (item->name.size == 8 && !memcmp(item->name.at, "contrast", 8)) {
            if (!read_contrast(c, id, item->text))
                return assay_lexicon_fail(lexicon, item,
                                          "a text \"SET SIDE\" is wanted here, of at most 48 sets and 15 sides");
        } else {
            uint32_t bit = item->name.size == 2 ? languages_bit(c, item->name) : 0;
            if (!bit && !(item->name.size == 3 && !memcmp(item->name.at, "all", 3)))
                return assay_lexicon_fail(lexicon, item,
                                          "unknown key (languages, all, flags, title, of, part_of or contrast)");
            if (!read_forms(c, id, bit ? bit : ASSAY_NEVER, 0, item->text))
                return assay_lexicon_fail(lexicon, item, "out of memory");
        }
    }
    return 1;
}

static int read_concepts(struct concepts *c, struct assay_lexicon *lexicon)
{
    const struct assay_lexicon_item *list;
    if (!languages_read(c, lexicon) ||
        !assay_lexicon_want(lexicon, &lexicon->root, "concepts", ASSAY_LEXICON_LIST, 1, &list))
        return 0;
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->first[i].type != ASSAY_LEXICON_GROUP)
            return assay_lexicon_fail(lexicon, &list->first[i], "a group { key = ...; } is wanted here");
        if (!read_concept(c, lexicon, &list->first[i]))
            return 0;
    }
    return 1;
}

/* places = ( "AZ azerbaijan*|азербайджан*", ... ): any language, written with a capital. */
static int read_places(struct concepts *c, struct assay_lexicon *lexicon)
{
    const struct assay_lexicon_item *list;
    if (!assay_lexicon_want(lexicon, &lexicon->root, "places", ASSAY_LEXICON_LIST, 1, &list))
        return 0;
    for (uint32_t i = 0; i < list->count; i++) {
        struct assay_text key, forms;
        if (list->first[i].type != ASSAY_LEXICON_TEXT || !assay_lexicon_line(list->first[i].text, &key, &forms))
            return assay_lexicon_fail(lexicon, &list->first[i], "a text \"CODE name|name\" is wanted here");
        uint32_t id = find_or_add(c, key);
        if (id == CONCEPT_NONE || !read_forms(c, id, ASSAY_NEVER, 1, forms))
            return assay_lexicon_fail(lexicon, &list->first[i], "out of memory");
        c->concept[id].flags |= CONCEPT_PLACE;
    }
    return 1;
}

static int read_file(struct concepts *c, const char *path, int places, char *error, size_t room)
{
    struct assay_lexicon lexicon;
    int fine = assay_lexicon_read(&lexicon, path) && (places ? read_places(c, &lexicon) : read_concepts(c, &lexicon));
    if (!fine)
        snprintf(error, room, "%s", lexicon.error);
    assay_lexicon_free(&lexicon);
    return fine;
}

/* Once all files are read that are to be. 0: *error says why. */
static int settle(struct concepts *c, const char *path, char *error, size_t room)
{
    snprintf(error, room, "out of memory");
    if (!settle_contrasts(c)) {
        snprintf(error, room, "the contrasts of %s take more than 64 bits", path);
        return 0;
    }
    return build(c);
}

struct concepts *concepts_open(const char *path, const char *places, char *error, size_t room)
{
    struct concepts *c = calloc(1, sizeof *c);
    snprintf(error, room, "out of memory");
    if (!c)
        return NULL;
    if ((!path || read_file(c, path, 0, error, room)) && (!places || read_file(c, places, 1, error, room)) &&
        settle(c, path, error, room))
        return c;
    concepts_close(c);
    return NULL;
}

int concepts_add(struct concepts *c, const char *path, char *error, size_t room)
{
    return read_file(c, path, 0, error, room) && settle(c, path, error, room);
}

void concepts_close(struct concepts *c)
{
    if (!c)
        return;
    for (uint32_t i = 0; i < c->keys; i++)
        free(c->key[i]);
    for (uint32_t i = 0; i < c->languages; i++)
        free(c->leads[i]);
    free(c->key);
    free(c->concept);
    free(c->form);
    free(c->slot);
    free(c->pool);
    free(c);
}

int concepts_flag(struct concepts *c, struct assay_text key, uint32_t flag)
{
    uint32_t id = concepts_find(c, key);
    if (id == CONCEPT_NONE)
        return 0;
    c->concept[id].flags |= flag;
    return 1;
}
