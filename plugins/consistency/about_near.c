/* SPDX-License-Identifier: Apache-2.0
 *
 * What the words beside a figure say of it: that it is an age, what is left ("39 more"), a part ("of them 15") or a
 * whole ("84 of the 200"), a record.
 */
#include "about_way.h"

#define PART_REACH 3u
#define AGE_WORDS 3u /* of a form like "at the age of" */
#define SELF_REACH 7u
#define RECORD_REACH 8u
#define PERSON_REACH 5u
#define LASTS_REACH 2u
#define NAME_REACH 2u

static int all_digits(struct assay_text t)
{
    for (uint64_t i = 0; i < t.size; i++)
        if (t.at[i] < '0' || t.at[i] > '9')
            return 0;
    return t.size > 0;
}

/* Between two commas: "one man, 20, was". */
static int set_off(const struct about_word *word, uint32_t words, const struct about_bounds *b, const char *text)
{
    return b->first > 0 && b->last + 1 < words &&
           about_marks(text, word[b->first - 1].end, word[b->first].begin) == COMMA &&
           about_marks(text, word[b->last].end, word[b->last + 1].begin) == COMMA;
}

/* Right before the figure or after it: "14, another 46", "14 more 46" is said of the second one. */
static int beside(const struct about_word *word, uint32_t words, const struct about_bounds *b, uint32_t i,
                  const char *text)
{
    if (i < b->first)
        return !about_marks(text, word[i].end, word[b->first].begin);
    return i > b->last && !about_marks(text, word[b->last].end, word[i].begin) &&
           !(i + 1 < words && word[i + 1].claim != ASSAY_NEVER);
}

/* "Una bambina di tre anni", "López, de 34 años": somebody stands before the figure. Where the unit is the word of age,
 * any other length of time would be one, too: "un ritardo di tre anni", "un contrato de tres años". */
static int somebody_before(const struct about_word *word, const struct about_bounds *b)
{
    for (uint32_t n = 1; n <= PERSON_REACH && n <= b->first; n++) {
        const struct about_word *w = &word[b->first - n];
        if (w->claim != ASSAY_NEVER || about_has(w, CONCEPT_LASTS))
            return 0;
        if (about_has(w, CONCEPT_PERSON) || (n <= NAME_REACH && b->first > n && w->word.capital))
            return 1;
    }
    return 0;
}

/* "61-year-old", "aged 61", "Smith, 61"; a 30-year loan is none. */
static int is_age(const struct about_word *word, uint32_t words, const struct about_bounds *b,
                  const struct assay_claim *c, const char *text)
{
    uint32_t end = b->last + 2 < words ? b->last + 2 : words;
    for (uint32_t i = b->last + 1; i < words && i <= b->last + LASTS_REACH; i++)
        if (about_has(&word[i], CONCEPT_LASTS) && !about_marks(text, word[b->last].end, word[i].begin))
            return 0; /* "9 ans de prison" */
    for (uint32_t i = b->first > AGE_WORDS ? b->first - AGE_WORDS : 0; i < end; i++)
        if (about_has(&word[i], CONCEPT_AGE) && (i + 1 >= b->first || i + word[i].length == b->first) &&
            (!about_has(&word[i], CONCEPT_UNIT_AGE) || somebody_before(word, b)))
            return 1;
    return all_digits(c->text);
}

/* "two others", "39 more people"; ages. */
static void find_marks(struct note *note, const struct about_word *word, uint32_t words, const struct about_bounds *b,
                       const struct assay_claim *c, const char *text)
{
    uint32_t end = b->last + 2 < words ? b->last + 2 : words;
    for (uint32_t i = b->first ? b->first - 1 : 0; i < end; i++)
        if (about_has(&word[i], CONCEPT_REST) && beside(word, words, b, i, text)) /* not "more than 300" */
            note->part |= NOTE_REST;
    if (c->kind == ASSAY_KIND_DURATION && is_age(word, words, b, c, text))
        note->part |= NOTE_AGE;
    if (c->kind == ASSAY_KIND_NUMBER && !c->counted.size && all_digits(c->text) && set_off(word, words, b, text))
        note->part |= NOTE_AGE;
}

/* Marks of the sentence that stand farther off. */
static uint32_t far_marks(const struct about_word *word, uint32_t words, const struct about_bounds *b)
{
    uint32_t note = 0, begin = b->first > RECORD_REACH ? b->first - RECORD_REACH : 0;
    for (uint32_t i = begin; i < words && i <= b->last + RECORD_REACH; i++) {
        if (about_has(&word[i], CONCEPT_RECORD))
            note |= NOTE_RECORD;
        for (uint32_t k = 0; k < word[i].ids; k++)
            if (word[i].flags[k] & CONCEPT_WORD && word[i].flags[k] & CONCEPT_EVOLVING)
                note |= NOTE_SO_FAR;
        if (about_has(&word[i], CONCEPT_SELF) && i <= b->last + SELF_REACH)
            note |= NOTE_SELF;
    }
    return note;
}

/* "84 of the 200": the words right before are those that follow a number. */
static int is_whole(const struct about_word *word, const struct about_bounds *b)
{
    for (uint32_t i = b->first > 3 ? b->first - 3 : 1; i < b->first; i++)
        if (about_has(&word[i], CONCEPT_PARTITIVE) && word[i].length && i + word[i].length == b->first &&
            word[i - 1].claim != ASSAY_NEVER)
            return 1;
    return 0;
}

/* "including 15", "of them 15"; not where the mark belongs to the figure before it: "three of them children, 130
 * injured". */
static uint32_t part_before(const struct about_word *word, uint32_t first, const char *text)
{
    for (uint32_t i = first > PART_REACH ? first - PART_REACH : 0; i < first; i++)
        if (about_has(&word[i], CONCEPT_PART_MARK) &&
            !(i > 0 && i + word[i].length < first && word[i - 1].claim != ASSAY_NEVER &&
              !about_marks(text, word[i - 1].end, word[i].begin)))
            return NOTE_PART | NOTE_INCLUDED;
    return 0;
}

/* 1 where a figure follows the form that begins at word i. */
static int number_after(const struct about_word *word, uint32_t words, uint32_t i)
{
    uint32_t next = i + (word[i].length ? word[i].length : 1);
    return next < words && word[next].claim != ASSAY_NEVER;
}

void about_near(struct note *note, const struct about_word *word, uint32_t words, const struct about_bounds *b,
                const struct assay_claim *c, int happened, const char *text)
{
    uint32_t next = b->last + 1;
    find_marks(note, word, words, b, c, text);
    note->part |= far_marks(word, words, b) | part_before(word, b->first, text);
    if (c->kind != ASSAY_KIND_NUMBER)
        return;
    if (next < words && about_has(&word[next], CONCEPT_PARTITIVE) && !(happened && number_after(word, words, next)))
        note->part |= NOTE_PART; /* not "laid off 120 of 300" */
    if (is_whole(word, b))
        note->part |= NOTE_WHOLE;
}
