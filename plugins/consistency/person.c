/* SPDX-License-Identifier: Apache-2.0 */
#include "person.h"

#include <assay/kit/roman.h>

#define TITLE_LEAST 3u /* letters: "Jr" and "II" are no names */
#define SKIPPED 5u     /* letters of the one word that may stand between: "aged", "a", "as" */
#define QUOTED 4u      /* bytes between the words of a name at most: a quote and a space */

/* By consonants, so that spellings and endings do not matter; by its letters where it has too few. */
static uint32_t hash_of(struct word w)
{
    char skeleton[16];
    size_t n = assay_skeleton(skeleton, sizeof skeleton, w.at, w.size, (struct assay_text){NULL, 0});
    uint32_t hash = (uint32_t)(term_hash(TERM_LONG, n >= 2 ? skeleton : w.at, n >= 2 ? n : w.size) >> 32);
    return hash ? hash : 1;
}

static int holds(const char *text, uint32_t begin, uint32_t end, char c)
{
    for (uint32_t i = begin; i < end; i++)
        if (text[i] == c)
            return 1;
    return 0;
}

static int in_name(const struct about_word *w)
{
    return w->claim == UINT32_MAX && w->word.size && w->word.capital;
}

/* Words with nothing but a space between, a dot after a short one ("J. Lee", "Jr."), or quotes round a byname. */
static int adjoin(const struct about_word *a, const char *text)
{
    uint32_t begin = a[0].end, end = a[1].begin;
    if (end - begin > QUOTED || holds(text, begin, end, ',') || holds(text, begin, end, '(') ||
        holds(text, begin, end, ')') || holds(text, begin, end, '\n'))
        return 0;
    return !holds(text, begin, end, '.') || a[0].word.size < TITLE_LEAST;
}

static void put_run(uint32_t who[PERSON_WORDS], const struct about_word *word, uint32_t first, uint32_t end)
{
    uint32_t n = 0;
    for (uint32_t i = end; i > first && n < PERSON_WORDS; i--)
        if (word[i - 1].word.size >= TITLE_LEAST)
            who[n++] = hash_of(word[i - 1].word);
}

/* The words with capitals that end before word `end`. */
static int before(uint32_t who[PERSON_WORDS], const struct about_word *word, uint32_t end, const char *text)
{
    uint32_t first = end;
    if (!end || !in_name(&word[end - 1]))
        return 0;
    while (first > 0 && in_name(&word[first - 1]) && (first == end || adjoin(&word[first - 1], text)))
        first--;
    put_run(who, word, first, end);
    return who[0] != 0;
}

/* "a 16-year-old Kent boy": whom the word after the name tells, it is where they are from. */
static int somebody(const struct about_word *w)
{
    for (uint32_t i = 0; i < w->ids; i++)
        if (!w->word.capital && (w->flags[i] & (CONCEPT_WEAK | CONCEPT_WHO | CONCEPT_ANYBODY)))
            return 1;
    return 0;
}

static int after(uint32_t who[PERSON_WORDS], const struct about_word *word, uint32_t words, uint32_t at,
                 const char *text)
{
    uint32_t end = at;
    if (at >= words || !in_name(&word[at]))
        return 0;
    while (end < words && in_name(&word[end]) && (end == at || adjoin(&word[end - 1], text)))
        end++;
    if (end < words && somebody(&word[end]))
        return 0;
    put_run(who, word, at, end);
    return who[0] != 0;
}

static int short_word(const struct about_word *w)
{
    return w->claim == UINT32_MAX && w->word.size && !w->word.capital && w->word.size < SKIPPED;
}

/* "aged 16 and 13 respectively" */
static int one_of_several(const struct about_word *word, uint32_t words, uint32_t last)
{
    uint32_t joined = 0;
    for (uint32_t i = 0; last + 2 < words && i < word[last + 1].ids; i++)
        joined |= word[last + 1].flags[i] & CONCEPT_BREAK;
    return joined && word[last + 2].claim != UINT32_MAX;
}

void person_of(uint32_t who[PERSON_WORDS], const struct about_word *word, uint32_t words, uint32_t first, uint32_t last,
               const char *text)
{
    for (uint32_t i = 0; i < PERSON_WORDS; i++)
        who[i] = 0;
    if (one_of_several(word, words, last))
        return;
    int set_off = first > 0 && (holds(text, word[first - 1].end, word[first].begin, ',') ||
                                holds(text, word[first - 1].end, word[first].begin, '('));
    if (set_off && before(who, word, first, text))
        return;
    if (last + 1 < words && !holds(text, word[last].end, word[last + 1].begin, ',')) {
        if (after(who, word, words, last + 1, text))
            return;
        if (short_word(&word[last + 1]) && after(who, word, words, last + 2, text))
            return;
    }
    if (first > 1 && short_word(&word[first - 1]) && holds(text, word[first - 2].end, word[first - 1].begin, ','))
        before(who, word, first - 1, text);
}

int persons_same(const uint32_t a[PERSON_WORDS], const uint32_t b[PERSON_WORDS])
{
    uint32_t n = 0, m = 0, shared = 0;
    while (n < PERSON_WORDS && a[n])
        n++;
    while (m < PERSON_WORDS && b[m])
        m++;
    if (!n || !m)
        return -1;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < m; k++)
            shared += a[i] == b[k];
    return shared >= 2 || (shared && (n == 1 || m == 1));
}
