/* SPDX-License-Identifier: Apache-2.0 */
#include "about.h"
#include "person.h"

#include <string.h>

#include <assay/kit/text.h>

/* Cost of the way between a word and the figure; the cheapest concept wins. In tenths of a word. */
#define REACH 100u
#define OTHER_FIGURE 50u /* another figure stands between */
#define OTHER_SIZE 10u   /* it is a length, and people are counted: "in Sarn, 250 km south of the capital, to 64" */
#define LISTED 30u       /* and a comma: "a depth of 12 kilometres, 30 kilometres south" */
#define COMMA 15u
#define BREAK 20u        /* "and", "but" */
#define CLAUSE 40u       /* ; : ( ) and dashes */
#define ALSO 25u         /* a concept this little farther may be meant as well */
#define PLACE_REACH 25u  /* words */
#define PART_REACH 3u
#define AGE_WORDS 3u       /* of a form like "at the age of" */
#define SELF_REACH 7u
#define RECORD_REACH 8u
#define NEAR 36u         /* cost */
#define HAPPENED 60u     /* cost up to which it is said what happened to those counted */
#define THING_REACH 3u   /* words */
#define ASPECT_REACH 80u /* cost up to which a word of a contrast belongs to a figure: "median", "net" */
#define ASPECT_WORDS 10u
#define ASPECT_ONLY 20u  /* words, where the sentence has one figure of the kind */
#define ASPECT_CLEAR 10u /* another side of the same contrast has to cost more than so much more */
#define NEXT_REACH 8u /* words */
#define PERSON_REACH 5u
#define LASTS_REACH 2u
#define BASE_REACH 3u
#define NAME_REACH 2u
#define STEM 4u          /* letters of the counted noun's key that its word has to begin with */

struct way {
    uint32_t cost, words;
    uint32_t others; /* what other figures are of the cost */
};

static uint32_t marks(const char *text, uint32_t begin, uint32_t end)
{
    uint32_t cost = 0;
    for (uint32_t i = begin; i < end; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == ',')
            cost += COMMA;
        else if (c == ';' || c == ':' || c == '(' || c == ')')
            cost += CLAUSE;
        else if (c == 0xe2 && i + 2 < end && (unsigned char)text[i + 1] == 0x80 &&
                 ((unsigned char)text[i + 2] == 0x93 || (unsigned char)text[i + 2] == 0x94))
            cost += CLAUSE;
    }
    return cost;
}

/* From the end of word i to the beginning of word k. */
static struct way way_between(const struct about_word *word, uint32_t i, uint32_t k, const char *text)
{
    struct way way = {0, k - i - 1, 0};
    uint32_t last = word[i].claim, own = word[k].claim != ASSAY_NEVER ? word[k].kind : word[i].kind;
    way.cost = way.words * 10;
    for (uint32_t n = i + 1; n < k; n++) {
        if (word[n].claim != ASSAY_NEVER && word[n].claim != last && word[n].claim != word[k].claim) {
            way.others += own == ASSAY_KIND_NUMBER && word[n].kind == ASSAY_KIND_DIMENSION ? OTHER_SIZE : OTHER_FIGURE;
            last = word[n].claim;
        }
    }
    for (uint32_t n = i + 1; n < k; n++)
        for (uint32_t m = 0; m < word[n].ids; m++)
            way.cost += word[n].flags[m] & CONCEPT_BREAK ? BREAK : 0;
    uint32_t signs = marks(text, word[i].end, word[k].begin);
    way.cost += way.others + signs + (signs && last != word[i].claim ? LISTED : 0);
    return way;
}

struct bounds {
    uint32_t first, last;
};

static int bounds_of(struct bounds *b, const struct about_word *word, uint32_t words, uint32_t claim)
{
    b->first = ASSAY_NEVER;
    b->last = 0;
    for (uint32_t i = 0; i < words; i++)
        if (word[i].claim == claim) {
            b->first = b->first == ASSAY_NEVER ? i : b->first;
            b->last = i;
        }
    return b->first != ASSAY_NEVER;
}

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

/* 1 where no mark parts the two; a short name in brackets may stand between: "producer prices (PPI) by 1 %". */
static int one_breath(const char *text, uint32_t begin, uint32_t end)
{
    uint32_t brackets = 0;
    for (uint32_t i = begin; i < end; i++)
        brackets += text[i] == '(' || text[i] == ')';
    return marks(text, begin, end) == (brackets == 2 ? 2 * CLAUSE : 0);
}

/* "risen to 33, missing are 39", right of the figure: behind a comma, with a figure of the kind in the same breath. */
static int of_next(const struct about_word *word, uint32_t words, uint32_t i, const struct bounds *b, uint32_t kind,
                   const char *text)
{
    if (!marks(text, word[b->last].end, word[i].begin))
        return 0;
    for (uint32_t n = i + word[i].length; n < words && n <= i + NEXT_REACH; n++) {
        if (word[n].claim == ASSAY_NEVER)
            continue;
        return word[n].claim != word[b->last].claim && word[n].kind == kind &&
               one_breath(text, word[i].end, word[n].begin);
    }
    return 0;
}

static int changes_share(const struct assay_claim *c)
{
    return c->kind == ASSAY_KIND_PERCENT && c->change != ASSAY_CHANGE_LEVEL && c->has_relation &&
           c->relation == ASSAY_RELATION_BY;
}

/* "78 % of GDP", "from 4.6 % of GDP to 3.9 %": of what the share is told, not what is measured; not so of a rise by 2 %. */
static int is_base(const struct assay_claim *c, const struct about_word *word, uint32_t i, int right, uint32_t flags)
{
    if (!(flags & CONCEPT_BASE) || c->kind != ASSAY_KIND_PERCENT ||
        (c->change != ASSAY_CHANGE_LEVEL && c->has_relation && c->relation == ASSAY_RELATION_BY))
        return 0;
    for (uint32_t n = 1; !right && n <= BASE_REACH && n <= i; n++)
        right = word[i - n].claim != ASSAY_NEVER && word[i - n].kind == ASSAY_KIND_PERCENT;
    return right;
}

struct best {
    uint32_t cost, id, said, second, second_id; /* said: the claim itself names this word as what is measured */
    uint32_t event, before; /* before: its word stands before the figure */
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
static void find_thing(struct note *note, const struct about_word *word, uint32_t words, const struct bounds *b,
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
                     const struct bounds *b, const struct assay_claim *claim)
{
    if (i >= b->first || !claim->counted.size || is_counted(&word[i], claim->counted))
        return 0;
    for (uint32_t n = b->last + 1; n < words && n <= b->last + THING_REACH; n++)
        for (uint32_t k = 0; is_counted(&word[n], claim->counted) && k < word[n].ids; k++)
            if (word[n].id[k] == note->thing && (word[n].flags[k] & CONCEPT_ANYBODY))
                return 0;
    return 1;
}

/* 1: what happened to those counted stands before the figure. */
static int find_concept(struct note *note, const struct about_word *word, uint32_t words, const struct bounds *b,
                         const struct assay_claim *claim, const char *text)
{
    struct best strong = {REACH, CONCEPT_NONE, 0, REACH, CONCEPT_NONE, 0, 0}, weak = strong, who = strong;
    for (uint32_t i = 0, past = 0; i < words; i++) {
        if (!word[i].ids || i < past)
            continue; /* "applications for asylum" are no asylum seekers */
        int right = i > b->last;
        struct way way = {0, 0, 0};
        if (i < b->first)
            way = way_between(word, i + word[i].length - 1 < b->first ? i + word[i].length - 1 : i, b->first, text);
        else if (right)
            way = way_between(word, b->last, i, text);
        uint32_t said = claim->has_measured && word[i].begin >= claim->measured.span.begin &&
                        word[i].begin < claim->measured.span.end;
        /* The subject of the sentence, however far off, and whatever other figures it has: "revenue rose by 8 % to 3
         * billion". */
        int next = right && (claim->kind == ASSAY_KIND_NUMBER || claim->kind == ASSAY_KIND_PERCENT) &&
                   of_next(word, words, i, b, claim->kind, text);
        said &= !next; /* "consumer prices rose by 2 %, producer prices by 1 %" */
        uint32_t cost = (said ? (way.cost - way.others) / 2 : way.cost) + (next ? OTHER_FIGURE : 0);
        for (uint32_t k = 0; k < word[i].ids; k++) {
            if (!fits_kind(word[i].flags[k], claim, &word[i], cost) || !fits_unit(word[i].of[k], claim))
                continue;
            uint32_t flags = word[i].flags[k];
            if ((flags & CONCEPT_COUNTED) && !said && changes_share(claim))
                continue; /* "the workers accepted a rise of 8.5 %" */
            if ((flags & CONCEPT_WHO) && of_others(note, word, words, i, b, claim))
                continue;
            past = flags & CONCEPT_WEAK ? past : i + word[i].length;
            if (is_base(claim, word, i, right, flags))
                continue;
            consider(flags & CONCEPT_WEAK ? &weak : flags & CONCEPT_WHO ? &who : &strong, word[i].id[k],
                     cost + side_cost(claim, right, flags), said, flags, i < b->first);
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

static int any_flag(const struct about_word *word, uint32_t flag)
{
    for (uint32_t k = 0; k < word->ids; k++)
        if (word->flags[k] & flag)
            return 1;
    return 0;
}

static int all_digits(struct assay_text t)
{
    for (uint64_t i = 0; i < t.size; i++)
        if (t.at[i] < '0' || t.at[i] > '9')
            return 0;
    return t.size > 0;
}

/* Between two commas: "one man, 20, was". */
static int set_off(const struct about_word *word, uint32_t words, const struct bounds *b, const char *text)
{
    return b->first > 0 && b->last + 1 < words && marks(text, word[b->first - 1].end, word[b->first].begin) == COMMA &&
           marks(text, word[b->last].end, word[b->last + 1].begin) == COMMA;
}

/* Right before the figure or after it: "14, another 46", "14 more 46" is said of the second one. */
static int beside(const struct about_word *word, uint32_t words, const struct bounds *b, uint32_t i, const char *text)
{
    if (i < b->first)
        return !marks(text, word[i].end, word[b->first].begin);
    return i > b->last && !marks(text, word[b->last].end, word[i].begin) &&
           !(i + 1 < words && word[i + 1].claim != ASSAY_NEVER);
}

/* "Una bambina di tre anni", "López, de 34 años": somebody stands before the figure. Where the unit is the word of age,
 * any other length of time would be one, too: "un ritardo di tre anni", "un contrato de tres años". */
static int somebody_before(const struct about_word *word, const struct bounds *b)
{
    for (uint32_t n = 1; n <= PERSON_REACH && n <= b->first; n++) {
        const struct about_word *w = &word[b->first - n];
        if (w->claim != ASSAY_NEVER || any_flag(w, CONCEPT_LASTS))
            return 0;
        if (any_flag(w, CONCEPT_PERSON) || (n <= NAME_REACH && b->first > n && w->word.capital))
            return 1;
    }
    return 0;
}

/* "61-year-old", "aged 61", "Smith, 61"; a 30-year loan is none. */
static int is_age(const struct about_word *word, uint32_t words, const struct bounds *b, const struct assay_claim *c,
                  const char *text)
{
    uint32_t end = b->last + 2 < words ? b->last + 2 : words;
    for (uint32_t i = b->last + 1; i < words && i <= b->last + LASTS_REACH; i++)
        if (any_flag(&word[i], CONCEPT_LASTS) && !marks(text, word[b->last].end, word[i].begin))
            return 0; /* "9 ans de prison" */
    for (uint32_t i = b->first > AGE_WORDS ? b->first - AGE_WORDS : 0; i < end; i++)
        if (any_flag(&word[i], CONCEPT_AGE) && (i + 1 >= b->first || i + word[i].length == b->first) &&
            (!any_flag(&word[i], CONCEPT_UNIT_AGE) || somebody_before(word, b)))
            return 1;
    return all_digits(c->text);
}

/* "two others", "39 more people"; ages. */
static void find_marks(struct note *note, const struct about_word *word, uint32_t words, const struct bounds *b,
                       const struct assay_claim *c, const char *text)
{
    uint32_t end = b->last + 2 < words ? b->last + 2 : words;
    for (uint32_t i = b->first ? b->first - 1 : 0; i < end; i++)
        if (any_flag(&word[i], CONCEPT_REST) && beside(word, words, b, i, text)) /* not "more than 300" */
            note->part |= NOTE_REST;
    if (c->kind == ASSAY_KIND_DURATION && is_age(word, words, b, c, text))
        note->part |= NOTE_AGE;
    if (c->kind == ASSAY_KIND_NUMBER && !c->counted.size && all_digits(c->text) && set_off(word, words, b, text))
        note->part |= NOTE_AGE;
}

/* The place that is told with the figure: the nearest one by the way between them, so that in "37 from Chad, 32 from
 * Niger" the second figure takes the second. */
static void find_place(struct note *note, const struct about_word *word, uint32_t words, const struct bounds *b,
                       const char *text)
{
    uint32_t best = ASSAY_NEVER;
    for (uint32_t i = 0; i < words; i++) {
        uint32_t distance = i < b->first ? b->first - i : i > b->last ? i - b->last : 0, cost = 0;
        if (distance >= PLACE_REACH || !any_flag(&word[i], CONCEPT_PLACE))
            continue;
        if (i < b->first)
            cost = way_between(word, i, b->first, text).cost;
        else if (i > b->last)
            cost = way_between(word, b->last, i, text).cost;
        if (cost >= best)
            continue;
        best = cost;
        for (uint32_t k = 0; k < word[i].ids; k++)
            if (word[i].flags[k] & CONCEPT_PLACE)
                note->place = word[i].id[k];
    }
}

struct aspect {
    uint32_t side, cost, other; /* other: cost of the next side */
};

static void consider_aspect(struct aspect *a, uint32_t side, uint32_t cost)
{
    if (a->side == side || !a->side) {
        a->cost = !a->side || cost < a->cost ? cost : a->cost;
        a->side = side;
    } else if (cost < a->cost) {
        a->other = a->cost;
        a->side = side;
        a->cost = cost;
    } else if (cost < a->other) {
        a->other = cost;
    }
}

/* 1 where another figure of the kind stands nearer to word i. */
static int nearer_to_other(const struct about_word *word, uint32_t words, uint32_t i, const struct bounds *b,
                           uint32_t kind)
{
    uint32_t own = i < b->first ? b->first - i : i > b->last ? i - b->last : 0;
    for (uint32_t n = 1; n < own; n++)
        for (uint32_t side = 0; side < 2; side++) {
            uint32_t at = side ? i + n : i - n;
            if (at < words && word[at].claim != ASSAY_NEVER && word[at].claim != word[b->first].claim &&
                word[at].kind == kind)
                return 1;
        }
    return 0;
}

/* 1 where no other figure of the kind stands in the sentence: what is said there, however far off, is said of it. */
static int only_one(const struct about_word *word, uint32_t words, const struct bounds *b, uint32_t kind)
{
    for (uint32_t i = 0; i < words; i++)
        if (word[i].claim != ASSAY_NEVER && word[i].claim != word[b->first].claim && word[i].kind == kind)
            return 0;
    return 1;
}

/* Of each contrast the side that stands nearest, if none other is as near. */
static void find_aspects(struct note *note, const struct about_word *word, uint32_t words, const struct bounds *b,
                         const struct assay_claim *claim, const char *text)
{
    struct aspect best[CONTRAST_SETS];
    uint32_t found = 0, past = 0, only = (uint32_t)only_one(word, words, b, claim->kind);
    uint32_t reach = only ? ASPECT_ONLY : ASPECT_WORDS, dear = only ? ASPECT_ONLY * 10 : ASPECT_REACH;
    uint32_t first = b->first > reach ? b->first - reach : 0;
    for (uint32_t i = 0; i < words; i++) {
        uint32_t fits = 0, far = 0, lone = 0;
        if (!word[i].aspect)
            continue;
        for (uint32_t k = 0; k < word[i].ids; k++) {
            far |= word[i].flags[k] & CONCEPT_FAR;
            lone |= word[i].flags[k] & CONCEPT_LONE;
            fits |= (!(word[i].flags[k] & CONCEPT_MEASURE) || claim->kind == ASSAY_KIND_DIMENSION) &&
                    (!(word[i].flags[k] & CONCEPT_RATE) || claim->kind == ASSAY_KIND_PERCENT) &&
                    (!(word[i].flags[k] & CONCEPT_MONEY) || claim->kind == ASSAY_KIND_MONEY) &&
                    (!(word[i].flags[k] & CONCEPT_COUNTED) || claim->kind == ASSAY_KIND_NUMBER) &&
                    (!(word[i].flags[k] & CONCEPT_BASE) || claim->kind != ASSAY_KIND_PERCENT);
        }
        if (!fits || i < past || (!far && (i < first || i > b->last + reach)))
            continue;
        if (lone && !far && nearer_to_other(word, words, i, b, claim->kind))
            continue; /* "sales of 5 billion, 6 were expected" */
        past = i + word[i].length; /* "without seasonal adjustment" is no seasonal adjustment */
        if (!found++)
            for (uint32_t set = 0; set < CONTRAST_SETS; set++)
                best[set] = (struct aspect){0, ASSAY_NEVER, ASSAY_NEVER};
        uint32_t end = i + word[i].length - 1 < b->first ? i + word[i].length - 1 : i;
        uint32_t cost = far            ? 0
                        : i < b->first ? way_between(word, end, b->first, text).cost
                        : i > b->last  ? way_between(word, b->last, i, text).cost
                                       : 0;
        for (uint32_t set = 0; set < CONTRAST_SETS && cost <= dear; set++)
            if (CONTRAST_OF(word[i].aspect, set))
                consider_aspect(&best[set], CONTRAST_OF(word[i].aspect, set), cost);
    }
    for (uint32_t set = 0; set < CONTRAST_SETS && found; set++)
        if (best[set].side && best[set].other > best[set].cost + ASPECT_CLEAR)
            note->aspects |= (uint64_t)best[set].side << set * 4;
}

/* Marks of the sentence that stand farther off. */
static uint32_t far_marks(const struct about_word *word, uint32_t words, const struct bounds *b)
{
    uint32_t note = 0, begin = b->first > RECORD_REACH ? b->first - RECORD_REACH : 0;
    for (uint32_t i = begin; i < words && i <= b->last + RECORD_REACH; i++) {
        if (any_flag(&word[i], CONCEPT_RECORD))
            note |= NOTE_RECORD;
        for (uint32_t k = 0; k < word[i].ids; k++)
            if (word[i].flags[k] & CONCEPT_WORD && word[i].flags[k] & CONCEPT_EVOLVING)
                note |= NOTE_SO_FAR;
        if (any_flag(&word[i], CONCEPT_SELF) && i <= b->last + SELF_REACH)
            note |= NOTE_SELF;
    }
    return note;
}

/* "84 of the 200": the words right before are those that follow a number. */
static int is_whole(const struct about_word *word, const struct bounds *b)
{
    for (uint32_t i = b->first > 3 ? b->first - 3 : 1; i < b->first; i++)
        if (any_flag(&word[i], CONCEPT_PARTITIVE) && word[i].length && i + word[i].length == b->first &&
            word[i - 1].claim != ASSAY_NEVER)
            return 1;
    return 0;
}

/* "including 15", "of them 15"; not where the mark belongs to the figure before it: "three of them children, 130
 * injured". */
static uint32_t part_before(const struct about_word *word, uint32_t first, const char *text)
{
    for (uint32_t i = first > PART_REACH ? first - PART_REACH : 0; i < first; i++)
        if (any_flag(&word[i], CONCEPT_PART_MARK) &&
            !(i > 0 && i + word[i].length < first && word[i - 1].claim != ASSAY_NEVER &&
              !marks(text, word[i - 1].end, word[i].begin)))
            return NOTE_PART | NOTE_INCLUDED;
    return 0;
}

/* 1 where a figure follows the form that begins at word i. */
static int number_after(const struct about_word *word, uint32_t words, uint32_t i)
{
    uint32_t next = i + (word[i].length ? word[i].length : 1);
    return next < words && word[next].claim != ASSAY_NEVER;
}

void about_figure(struct note *note, const struct about_word *word, uint32_t words, uint32_t claim,
                  const struct assay_claim *c, const char *text)
{
    struct bounds b;
    note->concept = note->also = note->place = note->thing = CONCEPT_NONE;
    note->part = 0;
    note->aspects = 0;
    for (uint32_t i = 0; i < PERSON_WORDS; i++)
        note->who[i] = 0;
    if (!bounds_of(&b, word, words, claim))
        return;
    find_thing(note, word, words, &b, c);
    int happened = find_concept(note, word, words, &b, c, text);
    find_place(note, word, words, &b, text);
    find_aspects(note, word, words, &b, c, text);
    find_marks(note, word, words, &b, c, text);
    note->part |= far_marks(word, words, &b);
    if (c->kind == ASSAY_KIND_NUMBER && b.last + 1 < words && any_flag(&word[b.last + 1], CONCEPT_PARTITIVE) &&
        !(happened && number_after(word, words, b.last + 1)))
        note->part |= NOTE_PART; /* not "laid off 120 of 300" */
    if (c->kind == ASSAY_KIND_NUMBER && is_whole(word, &b))
        note->part |= NOTE_WHOLE;
    if (c->kind == ASSAY_KIND_DURATION)
        person_of(note->who, word, words, b.first, b.last, text);
    if (c->kind == ASSAY_KIND_DURATION && (note->part & NOTE_AGE))
        note->concept = note->also = CONCEPT_NONE; /* of somebody, whatever happened to them */
    note->part |= part_before(word, b.first, text);
}

void about_head(struct note *note, const struct about_word *word, uint32_t words, const struct assay_claim *c)
{
    const uint32_t general = CONCEPT_WEAK | CONCEPT_WORD | CONCEPT_PLACE;
    for (uint32_t i = 0; i < words; i++)
        for (uint32_t k = 0; k < word[i].ids; k++) {
            if (word[i].flags[k] & general || !fits_kind(word[i].flags[k], c, &word[i], 0) ||
                !fits_unit(word[i].of[k], c))
                continue;
            note->concept = word[i].id[k];
            note->also = CONCEPT_NONE;
            note->part |= NOTE_NEAR;
            return;
        }
}
