/* SPDX-License-Identifier: Apache-2.0 */
#include "terms.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <assay/kit/fold.h>
#include <assay/kit/roman.h>
#include <assay/layers/text.h>

#include "about.h"
#include "figure.h"
#include "prose.h"

#define SENTENCE_TOKENS 400u /* longer "sentences" are lists and tables: the rest is not looked at */
#define WORD_BYTES 64u

/* A term of a sentence and the token it comes from. */
struct placed {
    uint64_t term;
    uint32_t token;
};

struct terms {
    const struct concepts *concepts;
    struct assay_tokens tokens;
    struct placed *placed;
    uint32_t count, room;
    struct about_word *word;
    uint32_t word_room;
    char *folded;
    uint32_t folded_room;
    struct term_list now; /* of the sentence */
    int failed;
    int marked; /* the text writes umlauts and the like where they belong */
};

uint64_t term_hash(uint32_t class, const void *bytes, size_t size)
{
    return XXH3_64bits_withSeed(bytes, size, class) >> TERM_UNUSED << TERM_UNUSED | class;
}

struct terms *terms_new(const struct concepts *concepts)
{
    struct terms *t = calloc(1, sizeof *t);
    if (t)
        t->concepts = concepts;
    return t;
}

void terms_free(struct terms *t)
{
    if (!t)
        return;
    assay_tokens_free(&t->tokens);
    free(t->placed);
    free(t->word);
    free(t->folded);
    free(t->now.at);
    free(t);
}

static void list_add(struct terms *t, struct term_list *list, uint64_t term)
{
    t->failed |= !term_list_add(list, term);
}

static void place(struct terms *t, uint64_t term, uint32_t token)
{
    if (t->count == t->room) {
        uint32_t room = t->room ? t->room * 2 : 512;
        struct placed *at = realloc(t->placed, room * sizeof *at);
        if (!at) {
            t->failed = 1;
            return;
        }
        t->placed = at;
        t->room = room;
    }
    t->placed[t->count++] = (struct placed){term, token};
}

static int make_room(struct terms *t, uint32_t tokens)
{
    if (tokens > t->word_room) {
        struct about_word *word = realloc(t->word, tokens * sizeof *word);
        if (!word)
            return 0;
        t->word = word;
        t->word_room = tokens;
    }
    if (tokens * WORD_BYTES > t->folded_room) {
        char *folded = realloc(t->folded, (size_t)tokens * WORD_BYTES);
        if (!folded)
            return 0;
        t->folded = folded;
        t->folded_room = tokens * WORD_BYTES;
    }
    return 1;
}

static void number_term(struct terms *t, const char *at, uint32_t size, uint32_t token)
{
    char digits[24];
    uint32_t n = 0;
    for (uint32_t i = 0; i < size && n < sizeof digits; i++)
        if (at[i] >= '0' && at[i] <= '9')
            digits[n++] = at[i];
    if (n)
        place(t, term_hash(TERM_NUMBER, digits, n) | (n > 1 ? TERM_FINE : 0), token);
}

/* 1 where the token is one of the sentence's words and a number that claims nothing: a day, a year, part of a name. */
static int is_bare_number(const struct terms *t, uint32_t index, uint32_t count)
{
    return index < count && t->tokens.at[index].kind == ASSAY_CP_DIGIT && t->word[index].claim == ASSAY_NEVER;
}

/* A word with a capital that is neither the sentence's first nor stands beside a day, a year or another number, as
 * months and models do. "In Varn 1,200 people" names Varn. */
static int is_name(const struct terms *t, uint32_t index, uint32_t first, uint32_t count)
{
    if (index <= first || !(t->tokens.at[index].flags & ASSAY_TOKEN_CAPITAL))
        return 0;
    return !is_bare_number(t, index - 1, count) && !is_bare_number(t, index + 1, count);
}

static void word_terms(struct terms *t, const struct assay_token *token, uint32_t index, uint64_t name,
                       const char *text, struct assay_text language)
{
    char skeleton[16], roman[6];
    const char *at = text + token->begin;
    uint32_t size = token->end - token->begin;
    if (token->kind == ASSAY_CP_IDEOGRAPH) {
        place(t, term_hash(TERM_STEM, at, size) | TERM_FINE, index);
        return;
    }
    size_t n = assay_skeleton(skeleton, sizeof skeleton, at, size, language);
    if (n >= 3)
        place(t, term_hash(TERM_SOUND, skeleton, n < 4 ? n : 4) | name | (n < 5 ? TERM_FINE : 0), index);
    if (n >= 5)
        place(t, term_hash(TERM_LONG, skeleton, n < 6 ? n : 6) | name | TERM_FINE, index);
    size_t r = assay_roman(roman, sizeof roman, at, size);
    if (r >= 4)
        place(t, term_hash(TERM_STEM, roman, r), index);
}

/* "d'investir", "dell'economia", "l’usine": the word after an elided one. Only where Latin letters stand before. */
static void drop_elided(struct assay_token *token, const char *text)
{
    for (uint32_t i = token->begin; i < token->end && i < token->begin + 5; i++) {
        unsigned char c = (unsigned char)text[i];
        uint32_t size = c == '\'' ? 1
                        : c == 0xe2 && i + 2 < token->end && (unsigned char)text[i + 1] == 0x80 &&
                                (unsigned char)text[i + 2] == 0x99
                            ? 3
                            : 0;
        if (size && i > token->begin && token->end - i - size >= 3) {
            token->begin = i + size;
            return;
        }
        if (c >= 0x80 && !size)
            return;
    }
}

/* 1 where a letter of those that concepts_marks knows stands in the text; one without any was typed in ASCII. */
static int has_marks(struct assay_text text)
{
    for (uint64_t i = 0; i + 1 < text.size; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if ((c >= 0xc3 && c <= 0xc5 && concepts_marks(text.at + i, 2)) || c == 0xcc)
            return 1;
    }
    return 0;
}

static uint64_t marks_of(const struct terms *t, const char *at, uint32_t size)
{
    if (!t->marked)
        return WORD_UNMARKED;
    for (uint32_t i = 0; i < size; i++)
        if ((unsigned char)at[i] >= 0x80)
            return concepts_marks(at, size);
    return 0;
}

/* A figure that ends before the byte; or a day, whose words are words like others. */
static int passed(const struct assay_claim *c, uint32_t begin)
{
    return c->span.end <= begin || claim_is_day(c);
}

/* The words of the sentence, folded, and whether a figure holds them. */
static uint32_t fold_words(struct terms *t, const struct terms_input *in, const uint32_t claim[2])
{
    uint32_t count = t->tokens.count < SENTENCE_TOKENS ? (uint32_t)t->tokens.count : SENTENCE_TOKENS, c = claim[0];
    if (!make_room(t, count)) {
        t->failed = 1;
        return 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct assay_token *token = &t->tokens.at[i];
        struct about_word *word = &t->word[i];
        if (token->kind == ASSAY_CP_LETTER)
            drop_elided(token, in->text.at);
        char *to = t->folded + (size_t)i * WORD_BYTES;
        while (c < claim[1] && passed(ASSAY_AT(struct assay_claim, in->claims, c), token->begin))
            c++;
        memset(word, 0, sizeof *word);
        word->begin = token->begin;
        word->end = token->end;
        word->word.at = to;
        word->word.size =
            token->kind == ASSAY_CP_LETTER
                ? (uint32_t)assay_fold_text(to, WORD_BYTES, in->text.at + token->begin, token->end - token->begin)
                : 0;
        word->word.capital = token->flags & ASSAY_TOKEN_CAPITAL;
        word->word.marks = marks_of(t, in->text.at + token->begin, token->end - token->begin);
        word->claim = ASSAY_NEVER;
        if (c < claim[1] && ASSAY_AT(struct assay_claim, in->claims, c)->span.begin < token->end) {
            word->claim = c;
            word->kind = ASSAY_AT(struct assay_claim, in->claims, c)->kind;
        }
    }
    return count;
}

/* "Saturday", "February": written with a capital in some languages, and the name of nothing. */
static int of_calendar(const struct concept *c)
{
    return (c->flags & CONCEPT_WHEN) || (c->key.size == 7 && !memcmp(c->key.at, "month", 5));
}

/* The words from `token` on, `length` of them, are no name. */
static void unname(struct terms *t, uint32_t token, uint32_t length)
{
    for (uint32_t i = 0; i < t->count; i++)
        if (t->placed[i].token >= token && t->placed[i].token < token + length)
            t->placed[i].term &= ~(uint64_t)TERM_NAME;
}

static void concept_terms(struct terms *t, uint32_t count, struct assay_text language)
{
    for (uint32_t i = 0; i < count; i++) {
        struct word ahead[4];
        uint32_t n = 0, id[ABOUT_IDS], length = 0;
        if (t->word[i].word.size == 0)
            continue;
        for (uint32_t k = i; k < count && n < 4; k++)
            ahead[n++] = t->word[k].word;
        struct about_word *word = &t->word[i];
        word->ids = concepts_match(t->concepts, ahead, n, language, id, ABOUT_IDS, &length);
        word->length = length;
        for (uint32_t k = 0; k < word->ids; k++) {
            uint32_t flags = concepts_at(t->concepts, id[k])->flags;
            if (of_calendar(concepts_at(t->concepts, id[k])))
                unname(t, i, length);
            word->id[k] = id[k];
            word->flags[k] = flags;
            word->of[k] = (unsigned char)concepts_at(t->concepts, id[k])->of;
            if (!word->aspect) {
                word->aspect = concepts_at(t->concepts, id[k])->aspect;
                word->set = concepts_at(t->concepts, id[k])->set;
            }
            if (flags & (CONCEPT_BREAK | CONCEPT_PARTITIVE))
                continue;
            /* A day of the week is shared by a seventh of all texts: the lightest class. */
            uint32_t class = flags & CONCEPT_PLACE ? TERM_PLACE : flags & CONCEPT_WHEN ? TERM_STEM : TERM_CONCEPT;
            place(t,
                  term_hash(class, concepts_at(t->concepts, id[k])->key.at, concepts_at(t->concepts, id[k])->key.size) |
                      (flags & CONCEPT_WHEN ? 0 : TERM_FINE),
                  i);
        }
    }
}

uint64_t name_pair(const char *text, const struct assay_token *a, struct assay_text language)
{
    char skeleton[16];
    const struct assay_token *b = a + 1;
    if (!(a->flags & b->flags & ASSAY_TOKEN_CAPITAL) || a->kind != ASSAY_CP_LETTER || b->kind != ASSAY_CP_LETTER ||
        b->begin - a->end > 2)
        return 0;
    size_t n = assay_skeleton(skeleton, 4, text + a->begin, a->end - a->begin, language);
    skeleton[n++] = ' ';
    size_t m = assay_skeleton(skeleton + n, 4, text + b->begin, b->end - b->begin, language);
    return n >= 3 && m >= 2 ? term_hash(TERM_PAIR, skeleton, n + m) : 0;
}

static void name_pairs(struct terms *t, uint32_t count, const char *text, struct assay_text language)
{
    for (uint32_t i = 0; i + 1 < count; i++) {
        uint64_t pair = name_pair(text, &t->tokens.at[i], language);
        if (pair)
            place(t, pair | TERM_FINE | TERM_NAME, i);
    }
}

/* 1 where texts that tell this value most likely tell of the same: it has two digits, and is more than a dozen. */
static int exact(struct assay_text decimal)
{
    uint32_t digits = 0, whole = 0, point = 0;
    for (uint64_t i = 0; i < decimal.size; i++) {
        char c = decimal.at[i];
        point |= c == '.';
        digits += (c >= '1' && c <= '9') || (c == '0' && digits && i + 1 < decimal.size);
        whole += !point && c >= '0' && c <= '9';
    }
    return digits >= 2 && (point || whole > 2 || decimal.at[0] > '1');
}

static void value_terms(struct terms *t, const struct terms_input *in, uint32_t count)
{
    uint32_t last = ASSAY_NEVER;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t c = t->word[i].claim;
        if (c == ASSAY_NEVER || c == last)
            continue;
        struct assay_text decimal = ASSAY_AT(struct assay_claim, in->claims, c)->decimal;
        if (decimal.size)
            place(t, term_hash(TERM_VALUE, decimal.at, decimal.size) | (exact(decimal) ? TERM_FINE : 0), i);
        last = c;
    }
}

/* Terms of one sentence into t->placed and t->word. Gives the number of words. */
static uint32_t sentence_terms(struct terms *t, const struct terms_input *in, struct assay_span span,
                               const uint32_t claim[2], struct assay_text language)
{
    t->count = 0;
    t->tokens.count = 0;
    if (!assay_tokenise(&t->tokens, in->text.at, span.begin, span.end)) {
        t->failed = 1;
        return 0;
    }
    uint32_t count = fold_words(t, in, claim), first = 0;
    while (first < count && t->tokens.at[first].kind == ASSAY_CP_DIGIT)
        first++;
    for (uint32_t i = 0; i < count; i++) {
        const struct assay_token *token = &t->tokens.at[i];
        if (token->kind == ASSAY_CP_DIGIT) {
            if (t->word[i].claim == ASSAY_NEVER)
                number_term(t, in->text.at + token->begin, token->end - token->begin, i);
        } else if (t->word[i].claim == ASSAY_NEVER) {
            word_terms(t, token, i, is_name(t, i, first, count) ? TERM_NAME : 0, in->text.at, language);
        }
    }
    name_pairs(t, count, in->text.at, language);
    concept_terms(t, count, language);
    value_terms(t, in, count);
    return count;
}

static struct assay_text language_at(const struct terms_input *in, uint32_t begin, uint32_t *at)
{
    while (*at < in->languages.count && ASSAY_AT(struct assay_language, in->languages, *at)->span.end <= begin)
        (*at)++;
    if (*at < in->languages.count) {
        const struct assay_language *l = ASSAY_AT(struct assay_language, in->languages, *at);
        if (l->span.begin <= begin && l->language.size == 2)
            return l->language;
    }
    return in->language;
}

static struct assay_list keep(const struct term_list *list, void *(*alloc)(void *, uint64_t), void *subject,
                              int *failed)
{
    struct assay_list out = {NULL, list->count, sizeof *list->at};
    if (!list->count)
        return out;
    uint64_t *at = alloc(subject, (uint64_t)list->count * sizeof *at);
    if (!at) {
        *failed = 1;
        out.count = 0;
        return out;
    }
    memcpy(at, list->at, list->count * sizeof *at);
    out.at = at;
    return out;
}

static int telling(uint64_t term)
{
    uint32_t class = term & TERM_CLASS;
    return class == TERM_LONG || class == TERM_PAIR || class == TERM_CONCEPT || class == TERM_PLACE ||
           class == TERM_NUMBER || class == TERM_VALUE || (class == TERM_SOUND && (term & TERM_FINE));
}

static void local_terms(struct terms *t, uint32_t words, uint32_t claim, struct term_list *local)
{
    uint32_t first = ASSAY_NEVER, last = 0;
    local->count = 0;
    for (uint32_t i = 0; i < words; i++)
        if (t->word[i].claim == claim) {
            first = first < i ? first : i;
            last = i;
        }
    if (first == ASSAY_NEVER)
        return;
    for (uint32_t i = 0; i < t->count; i++) {
        uint32_t token = t->placed[i].token, class = t->placed[i].term & TERM_CLASS;
        if (class != TERM_VALUE && class != TERM_STEM && token + 4 >= first && token <= last + 4)
            list_add(t, local, t->placed[i].term);
    }
    terms_distinct(local);
}

static uint64_t sentence_hash(const struct terms *t)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < t->tokens.count; i++) {
        uint64_t two[2] = {hash, t->tokens.at[i].hash};
        hash = XXH3_64bits(two, sizeof two);
    }
    return hash;
}

enum { HEAD = 200 }; /* bytes of the words over a column */

struct walk {
    struct terms *t;
    const struct terms_input *in;
    struct terms_output *out;
    void *(*alloc)(void *, uint64_t);
    void *subject;
    struct term_list local;
    uint32_t plain; /* sentences without figures that were kept */
    uint32_t figures; /* of the document; without any, nobody looks at it */
};

/* How many of the claims [claim[0], claim[1]) are figures, not days. */
static uint32_t figures_among(struct assay_list claims, const uint32_t claim[2])
{
    uint32_t n = 0;
    for (uint32_t i = claim[0]; i < claim[1]; i++)
        n += !claim_is_day(ASSAY_AT(struct assay_claim, claims, i));
    return n;
}

static void open_context(struct walk *w, const struct assay_sentence *s, uint32_t order, const uint32_t claim[2],
                         uint32_t words)
{
    struct terms *t = w->t;
    struct context *c = &w->out->context[w->out->contexts];
    memset(c, 0, sizeof *c);
    c->span = s->span;
    c->hash = sentence_hash(t);
    c->order = order;
    c->figures = figures_among(w->in->claims, claim);
    c->terms = keep(&t->now, w->alloc, w->subject, &t->failed);
    struct assay_text text = w->in->text, said = {text.at + s->span.begin, s->span.end - s->span.begin};
    int code = prose_is_code(said);
    for (uint32_t i = claim[0]; i < claim[1]; i++) {
        struct note *note = &w->out->note[i];
        note->context = w->out->contexts;
        if (claim_is_day(ASSAY_AT(struct assay_claim, w->in->claims, i)))
            continue;
        about_figure(note, t->word, words, i, ASSAY_AT(struct assay_claim, w->in->claims, i), w->in->text.at);
        if (code || prose_in_name(text, ASSAY_AT(struct assay_claim, w->in->claims, i)->span))
            note->part |= NOTE_NAME;
        local_terms(t, words, i, &w->local);
        note->local = keep(&w->local, w->alloc, w->subject, &t->failed);
    }
    w->out->contexts++;
}

/* What is measured may stand outside of the sentence: over the column of a table. Takes the words of the sentence out
 * of hand. */
static void read_heads(struct walk *w, struct assay_span sentence, const uint32_t claim[2], struct assay_text language)
{
    for (uint32_t i = claim[0]; i < claim[1]; i++) {
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, w->in->claims, i);
        const uint32_t none[2] = {claim[1], claim[1]};
        struct assay_span head = c->measured.span;
        if (!c->has_measured || head.end - head.begin > HEAD ||
            (head.begin >= sentence.begin && head.end <= sentence.end))
            continue;
        uint32_t words = sentence_terms(w->t, w->in, head, none, language);
        about_head(&w->out->note[i], w->t->word, words, c);
    }
}

static void add_plain_context(struct walk *w, const struct assay_sentence *s, uint32_t order, const uint32_t claim[2])
{
    struct terms *t = w->t;
    struct context *c = &w->out->context[w->out->contexts];
    if (w->plain == CONTEXTS)
        return;
    w->plain++;
    memset(c, 0, sizeof *c);
    c->span = s->span;
    c->hash = sentence_hash(t);
    c->order = order;
    w->local.count = 0;
    for (uint32_t i = 0; i < t->now.count; i++)
        if (telling(t->now.at[i]))
            list_add(t, &w->local, t->now.at[i]);
    c->terms = keep(&w->local, w->alloc, w->subject, &t->failed);
    for (uint32_t i = claim[0]; i < claim[1]; i++)
        w->out->note[i].context = w->out->contexts; /* days */
    w->out->contexts++;
}

static void one_sentence(struct walk *w, const struct assay_sentence *s, uint32_t order, uint32_t claim[2],
                         struct assay_text language)
{
    struct terms *t = w->t;
    uint32_t claims = w->figures ? w->in->claims.count : 0;
    while (claim[0] < claims && ASSAY_AT(struct assay_claim, w->in->claims, claim[0])->span.begin < s->span.begin)
        claim[0]++;
    claim[1] = claim[0];
    while (claim[1] < claims && ASSAY_AT(struct assay_claim, w->in->claims, claim[1])->span.begin < s->span.end)
        claim[1]++;
    uint32_t words = sentence_terms(t, w->in, s->span, claim, language);
    t->now.count = 0;
    for (uint32_t i = 0; i < t->count; i++)
        list_add(t, &t->now, t->placed[i].term);
    terms_distinct(&t->now);
    if (figures_among(w->in->claims, claim)) {
        open_context(w, s, order, claim, words);
        read_heads(w, s->span, claim, language);
    } else if (claims)
        add_plain_context(w, s, order, claim);
    claim[0] = claim[1];
}

int terms_of(struct terms *t, const struct terms_input *in, struct terms_output *out, void *(*alloc)(void *, uint64_t),
             void *subject)
{
    struct walk w = {t, in, out, alloc, subject, {NULL, 0, 0}, 0, 0};
    uint32_t claim[2] = {0, 0}, language = 0;
    memset(out, 0, sizeof *out);
    t->failed = 0;
    t->marked = has_marks(in->text);
    w.figures = figures_among(in->claims, (const uint32_t[]){0, in->claims.count});
    out->notes = w.figures ? in->claims.count : 0;
    uint64_t plain = in->sentences.count < CONTEXTS ? in->sentences.count : CONTEXTS;
    if (out->notes) {
        out->note = alloc(subject, (uint64_t)in->claims.count * sizeof *out->note);
        out->context = alloc(subject, (in->claims.count + plain) * sizeof *out->context);
        if (!out->note || !out->context)
            return 0;
    }
    for (uint32_t i = 0; i < out->notes; i++) {
        memset(&out->note[i], 0, sizeof out->note[i]);
        out->note[i].context = ASSAY_NEVER;
        out->note[i].concept = out->note[i].also = out->note[i].place = out->note[i].thing = CONCEPT_NONE;
    }
    for (uint32_t i = 0; i < in->sentences.count && !t->failed; i++) {
        const struct assay_sentence *s = ASSAY_AT(struct assay_sentence, in->sentences, i);
        one_sentence(&w, s, i, claim, language_at(in, s->span.begin, &language));
    }
    free(w.local.at);
    return !t->failed;
}
