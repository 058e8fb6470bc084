/* SPDX-License-Identifier: Apache-2.0 */
#include "about.h"
#include "about_way.h"
#include "person.h"

#include <string.h>

#include <assay/kit/text.h>

/* Cost of the way between a word and the figure; the cheapest concept wins. In tenths of a word. */
#define REACH 100u
#define ALSO 25u        /* a concept this little farther may be meant as well */
#define PLACE_REACH 25u /* words */
#define NEAR 36u        /* cost */
#define HAPPENED 60u    /* cost up to which it is said what happened to those counted */
#define THING_REACH 3u  /* words */
#define NEXT_REACH 8u   /* words */
#define BASE_REACH 3u
#define NAMED 25u       /* cost of names between commas, */
#define NAMED_REACH 3u  /* and words behind them */
#define STEM 4u /* letters of the counted noun's key that its word has to begin with */

/* A count takes what follows rather than what stands before, unless that is what happened to the counted ("killing
 * 12"); money and shares the other way round. */
static uint32_t side_cost(const struct assay_claim *claim, int right, uint32_t flags)
{
    if (claim->kind != ASSAY_KIND_NUMBER)
        return right ? 6 : 0;
    return right ? 0 : flags & CONCEPT_EVENT ? 6 : 16;
}

/* 1 where the word is the noun counted. */
static int is_counted(const struct about_word *w, struct assay_text counted)
{
    uint64_t size = counted.size < STEM ? counted.size : STEM;
    return size && w->word.size >= size && !memcmp(w->word.at, counted.at, size);
}

static int base_is(const struct assay_claim *claim, const char *base)
{
    return assay_text_is(claim->base_unit, base);
}

/* No height of 1450 kg, no burned area of 3800 MW. */
static int fits_unit(uint32_t of, const struct assay_claim *claim)
{
    if (of == OF_TIME)
        return claim->kind == ASSAY_KIND_DURATION;
    if (of != OF_ANY && claim->kind == ASSAY_KIND_MONEY)
        return 0;
    switch (claim->base_unit.size ? of : OF_ANY) {
    case OF_LENGTH:
        return base_is(claim, "meter");
    case OF_WEIGHT:
        return base_is(claim, "kilogram");
    case OF_AREA:
        return base_is(claim, "square-meter");
    case OF_SPEED:
        return memmem(claim->base_unit.at, claim->base_unit.size, "-per-", 5) != NULL;
    default:
        return 1;
    }
}

static int fits_kind(uint32_t flags, const struct assay_claim *claim, const struct about_word *w, uint32_t cost)
{
    if (flags & (CONCEPT_WORD | CONCEPT_PLACE))
        return 0;
    if ((flags & CONCEPT_NARROW) && (cost > NEAR || (claim->counted.size && !is_counted(w, claim->counted))))
        return 0; /* "158,000 people have left the area of the earthquake" is no magnitude */
    if ((flags & CONCEPT_MEASURE) && claim->kind != ASSAY_KIND_DIMENSION)
        return 0;
    if ((flags & CONCEPT_MONEY) && claim->kind != ASSAY_KIND_MONEY && claim->kind != ASSAY_KIND_PERCENT &&
        claim->kind != ASSAY_KIND_MULTIPLE)
        return 0;
    if ((flags & CONCEPT_COUNTED) && (claim->kind == ASSAY_KIND_DIMENSION || claim->kind == ASSAY_KIND_MONEY ||
                                      (claim->kind == ASSAY_KIND_DURATION && !(flags & CONCEPT_LASTS))))
        return 0; /* "customers withdrew 1.8 billion in three days" */
    if ((flags & CONCEPT_SCORE) && claim->kind != ASSAY_KIND_NUMBER)
        return 0;
    return !(flags & CONCEPT_EVENT) || claim->kind == ASSAY_KIND_NUMBER;
}

/* "risen to 33, missing are 39", right of the figure: behind a comma, with a figure of the kind in the same breath. */
static int of_next(const struct about_word *word, uint32_t words, uint32_t i, const struct about_bounds *b,
                   uint32_t kind, const char *text)
{
    if (!about_marks(text, word[b->last].end, word[i].begin))
        return 0;
    for (uint32_t n = i + word[i].length; n < words && n <= i + NEXT_REACH; n++) {
        if (word[n].claim == ASSAY_NEVER)
            continue;
        return word[n].claim != word[b->last].claim && word[n].kind == kind &&
               about_one_breath(text, word[i].end, word[n].begin);
    }
    return 0;
}

static int changes_share(const struct assay_claim *c)
{
    return c->kind == ASSAY_KIND_PERCENT && c->change != ASSAY_CHANGE_LEVEL && c->has_relation &&
           c->relation == ASSAY_RELATION_BY;
}

/* "78 % of GDP", "from 4.6 % of GDP to 3.9 %": of what the share is told, not what is measured; not so of a rise by 2
 * %. */
static int is_base(const struct assay_claim *c, const struct about_word *word, uint32_t i, int right, uint32_t flags)
{
    if (!(flags & CONCEPT_BASE) || c->kind != ASSAY_KIND_PERCENT ||
        (c->change != ASSAY_CHANGE_LEVEL && c->has_relation && c->relation == ASSAY_RELATION_BY))
        return 0;
    for (uint32_t n = 1; !right && n <= BASE_REACH && n <= i; n++)
        right = word[i - n].claim != ASSAY_NEVER && word[i - n].kind == ASSAY_KIND_PERCENT;
    return right;
}

/* 1 where the noun counted has a name of its own, so that what happens there is not what is counted: "23 hospitals". */
static int counts_things(const struct about_word *w, const struct assay_claim *c)
{
    return about_has(w, CONCEPT_COUNTED) && is_counted(w, c->counted);
}

struct best {
    uint32_t cost, id, said, second, second_id; /* said: the claim itself names this word as what is measured */
    uint32_t event, before;                     /* before: its word stands before the figure */
};

static void consider(struct best *best, uint32_t id, uint32_t cost, uint32_t said, uint32_t flags, uint32_t before)
{
    if (cost < best->cost) {
        if (id != best->id) {
            best->second = best->cost;
            best->second_id = best->id;
        }
        best->cost = cost;
        best->id = id;
        best->said = said;
        best->event = flags & (CONCEPT_EVENT | CONCEPT_CUMULATIVE);
        best->before = before;
    } else if (cost < best->second && id != best->id) {
        best->second = cost;
        best->second_id = id;
    }
}

/* Sets the thing if the word is the noun counted; 1: it is. */
static int is_thing(struct note *note, const struct about_word *w, struct assay_text counted)
{
    uint32_t known = 0; /* a word of two concepts is said of the telling one */
    if (w->claim != ASSAY_NEVER || !is_counted(w, counted))
        return 0;
    for (uint32_t k = 0; k < w->ids; k++) {
        if ((w->flags[k] & (CONCEPT_PLACE | CONCEPT_WORD)) || (known && (w->flags[k] & CONCEPT_WEAK)))
            continue;
        note->thing = w->id[k];
        known = !(w->flags[k] & CONCEPT_WEAK);
    }
    return 1;
}

/* The noun counted: within a few words after the figure, or the one before it. */
static void find_thing(struct note *note, const struct about_word *word, uint32_t words, const struct about_bounds *b,
                       const struct assay_claim *c)
{
    if (!c->counted.size)
        return;
    for (uint32_t i = b->last + 1; i < words && i <= b->last + THING_REACH; i++)
        if (is_thing(note, &word[i], c->counted))
            return;
    if (b->first > 0)
        is_thing(note, &word[b->first - 1], c->counted);
}

/* "Rescuers brought 17 miners out": who stands before a figure that counts others is not who is counted; not so where
 * it counts people in general ("Сотрудников - 300 человек"). */
static int of_others(const struct note *note, const struct about_word *word, uint32_t words, uint32_t i,
                     const struct about_bounds *b, const struct assay_claim *claim)
{
    if (i >= b->first || !claim->counted.size || is_counted(&word[i], claim->counted))
        return 0;
    for (uint32_t n = b->last + 1; n < words && n <= b->last + THING_REACH; n++)
        for (uint32_t k = 0; is_counted(&word[n], claim->counted) && k < word[n].ids; k++)
            if (word[n].id[k] == note->thing && (word[n].flags[k] & CONCEPT_ANYBODY))
                return 0;
    return 1;
}

/* 1 where only names between two commas part the figure, which stands behind "and", from what is said of those it
 * counts: "one was shot dead and two managers, Paul Riva and Alan Stern, were wounded". */
static int past_names(const struct about_word *word, uint32_t i, const struct about_bounds *b, const char *text)
{
    uint32_t commas = 0, end = 0;
    if (i <= b->last || !b->first || !about_has(&word[b->first - 1], CONCEPT_BREAK))
        return 0;
    for (uint32_t n = b->last + 1; n <= i; n++) {
        uint32_t marks = about_marks(text, word[n - 1].end, word[n].begin);
        if ((marks && marks != COMMA) || word[n].claim != ASSAY_NEVER)
            return 0;
        commas += marks == COMMA;
        end = marks ? n : end;
    }
    return commas == 2 && i - end <= NAMED_REACH;
}

/* 1: what happened to those counted stands before the figure. */
static int find_concept(struct note *note, const struct about_word *word, uint32_t words, const struct about_bounds *b,
                        const struct assay_claim *claim, const char *text)
{
    struct best strong = {REACH, CONCEPT_NONE, 0, REACH, CONCEPT_NONE, 0, 0}, weak = strong, who = strong;
    for (uint32_t i = 0, past = 0; i < words; i++) {
        if (!word[i].ids || i < past)
            continue; /* "applications for asylum" are no asylum seekers */
        int right = i > b->last;
        struct about_way way = {0, 0, 0};
        if (i < b->first)
            way =
                about_way_between(word, i + word[i].length - 1 < b->first ? i + word[i].length - 1 : i, b->first, text);
        else if (right)
            way = about_way_between(word, b->last, i, text);
        uint32_t said = claim->has_measured && word[i].begin >= claim->measured.span.begin &&
                        word[i].begin < claim->measured.span.end;
        /* The subject of the sentence, however far off, and whatever other figures it has: "revenue rose by 8 % to 3
         * billion". */
        int next = right && (claim->kind == ASSAY_KIND_NUMBER || claim->kind == ASSAY_KIND_PERCENT) &&
                   of_next(word, words, i, b, claim->kind, text);
        said &= !next; /* "consumer prices rose by 2 %, producer prices by 1 %" */
        uint32_t cost = (said ? (way.cost - way.others) / 2 : way.cost) + (next ? OTHER_FIGURE : 0);
        if (past_names(word, i, b, text))
            cost = NAMED;
        for (uint32_t k = 0; k < word[i].ids; k++) {
            if (!fits_kind(word[i].flags[k], claim, &word[i], cost) || !fits_unit(word[i].of[k], claim))
                continue;
            uint32_t flags = word[i].flags[k];
            if ((flags & CONCEPT_EVENT) && counts_things(&word[i], claim))
                continue;
            if ((flags & CONCEPT_COUNTED) && !said && changes_share(claim))
                continue; /* "the workers accepted a rise of 8.5 %" */
            if ((flags & CONCEPT_WHO) && of_others(note, word, words, i, b, claim))
                continue;
            past = flags & CONCEPT_WEAK ? past : i + word[i].length;
            if (is_base(claim, word, i, right, flags))
                continue;
            consider(flags & CONCEPT_WEAK  ? &weak
                     : flags & CONCEPT_WHO ? &who
                                           : &strong,
                     word[i].id[k], cost + side_cost(claim, right, flags), said, flags, i < b->first);
        }
    }
    if (who.cost < strong.cost && (strong.cost > HAPPENED || !strong.event))
        strong = who;
    if (strong.cost <= NEAR || strong.said)
        note->part |= NOTE_NEAR;
    note->concept = strong.id != CONCEPT_NONE ? strong.id : weak.id;
    if (strong.second_id != CONCEPT_NONE && strong.second <= strong.cost + ALSO)
        note->also = strong.second_id;
    return strong.event && strong.before && strong.id != CONCEPT_NONE;
}

/* The place that is told with the figure: the nearest one by the way between them, so that in "37 from Chad, 32 from
 * Niger" the second figure takes the second. */
static void find_place(struct note *note, const struct about_word *word, uint32_t words, const struct about_bounds *b,
                       const char *text)
{
    uint32_t best = ASSAY_NEVER;
    for (uint32_t i = 0; i < words; i++) {
        uint32_t distance = i < b->first ? b->first - i : i > b->last ? i - b->last : 0, cost = 0;
        if (distance >= PLACE_REACH || !about_has(&word[i], CONCEPT_PLACE))
            continue;
        if (i < b->first)
            cost = about_way_between(word, i, b->first, text).cost;
        else if (i > b->last)
            cost = about_way_between(word, b->last, i, text).cost;
        if (cost >= best)
            continue;
        best = cost;
        for (uint32_t k = 0; k < word[i].ids; k++)
            if (word[i].flags[k] & CONCEPT_PLACE)
                note->place = word[i].id[k];
    }
}

void about_figure(struct note *note, const struct about_word *word, uint32_t words, uint32_t claim,
                  const struct assay_claim *c, const char *text)
{
    struct about_bounds b;
    note->concept = note->also = note->place = note->thing = CONCEPT_NONE;
    note->part = 0;
    note->aspects = 0;
    for (uint32_t i = 0; i < PERSON_WORDS; i++)
        note->who[i] = 0;
    if (!about_bounds_of(&b, word, words, claim))
        return;
    find_thing(note, word, words, &b, c);
    int happened = find_concept(note, word, words, &b, c, text);
    find_place(note, word, words, &b, text);
    about_aspects(note, word, words, &b, c, text);
    about_near(note, word, words, &b, c, happened, text);
    if (c->kind == ASSAY_KIND_DURATION)
        person_of(note->who, word, words, b.first, b.last, text);
    if (c->kind == ASSAY_KIND_DURATION && (note->part & NOTE_AGE))
    note->concept = note->also = CONCEPT_NONE; /* of somebody, whatever happened to them */
}

void about_head(struct note *note, const struct about_word *word, uint32_t words, const struct assay_claim *c)
{
    for (uint32_t i = 0; i < words; i++)
        for (uint32_t k = 0; k < word[i].ids; k++) {
            if (word[i].flags[k] & CONCEPT_GENERAL || !fits_kind(word[i].flags[k], c, &word[i], 0) ||
                !fits_unit(word[i].of[k], c))
                continue;
            note->concept = word[i].id[k];
            note->also = CONCEPT_NONE;
            note->part |= NOTE_NEAR;
            return;
        }
}
