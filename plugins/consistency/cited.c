/* SPDX-License-Identifier: Apache-2.0
 *
 * A word of citing opens a window of a few words around it; whether the name of a publisher stands in one is asked
 * when two texts tell one figure. Sentences that go on with "the paper" or with hearsay have the windows of the last one that
 * named somebody, "That was reported by ..." lends its own to the sentence before it.
 */
#include <stdlib.h>
#include <string.h>

#include <assay/kit/text.h>
#include <assay/kit/utf8.h>
#include <assay/layers/claim.h>
#include <assay/layers/text.h>

#include "cited.h"

enum {
    SENTENCES = 400, /* of a text that are looked at: newsrooms write no more */
    WINDOWS = 4,     /* of a sentence */
    AROUND = 8,      /* words */
    PLACES = 6,      /* of a sentence */
    NAME_WORDS = 4,  /* of a name without quotation marks */
    NAME_BYTES = 60,
    OPENING = 3      /* words that "That was reported by" stands in */
};

/* What a word does: it cites; it is a kind of newsroom; a report; what is heard only; what stands for the sentence
 * before; it makes what follows a place, but not behind one of the first three: "ministry of Velmora", "report of the Echo";
 * "that": what follows is what is said, and names nobody who says it.
 * BEFORE, BEHIND: the name stands on that side of it alone. */
enum { CITES = 1, MEDIUM = 2, REPORT = 4, HEARSAY = 8, BACK = 16, OF = 32, BREAK = 64, KINDS = 7, BEFORE = 128, BEHIND = 256 };
static const char *const sections[KINDS] = {"citing", "media_words", "reports", "hearsay", "back", "of", "breaks"};

struct cited_word {
    uint64_t hash;
    uint32_t does, zero;
};

struct cited_words {
    struct cited_word *at;
    uint32_t count, room;
    unsigned char may[1024]; /* by ten bits of the hash */
};

struct cited_sentence {
    uint32_t begin, end;
    uint32_t does, windows, named, quoted; /* named: a capital stands in a window; quoted: a name in quotation marks */
    struct assay_span window[WINDOWS], name[WINDOWS];
    uint32_t names, figures, heading, known; /* known: it was read */
    uint32_t place[PLACES], places; /* where words begin that say of what or whom another one is */
};

/* ---- words ---- */

static int add_word(struct cited_words *w, struct assay_text form, uint32_t does, struct assay_tokens *tokens)
{
    uint32_t side = !form.size ? 0 : *form.at == '<' ? BEFORE : *form.at == '>' ? BEHIND : 0;
    if (!assay_tokenise(tokens, form.at, 0, (uint32_t)form.size))
        return 0;
    if (tokens->count != 1)
        return 1;
    if (w->count == w->room) {
        uint32_t room = w->room ? w->room * 2 : 256;
        struct cited_word *at = realloc(w->at, room * sizeof *at);
        if (!at)
            return 0;
        w->at = at;
        w->room = room;
    }
    uint64_t hash = tokens->at[0].hash;
    w->at[w->count++] = (struct cited_word){hash, does | side, 0};
    w->may[hash & 1023] = 1;
    return 1;
}

static int by_hash(const void *a, const void *b)
{
    const struct cited_word *x = a, *y = b;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

int cited_load(struct cited_words **to, struct assay_lexicon *file)
{
    struct assay_tokens tokens = {0};
    struct cited_words *w = *to = calloc(1, sizeof *w);
    int fine = w != NULL;
    for (uint32_t k = 0; fine && k < KINDS; k++) {
        const struct assay_lexicon_item *list;
        struct assay_text form;
        fine = assay_lexicon_want(file, &file->root, sections[k], ASSAY_LEXICON_ARRAY, 0, &list);
        for (uint32_t i = 0; fine && list && i < list->count; i++)
            for (struct assay_text line = list->first[i].text; fine && assay_lexicon_form(&line, &form);)
                fine = add_word(w, form, 1u << k, &tokens);
    }
    assay_tokens_free(&tokens);
    if (fine && w->count)
        qsort(w->at, w->count, sizeof *w->at, by_hash);
    return fine;
}

void cited_free(struct cited_words *w)
{
    if (w)
        free(w->at);
    free(w);
}

void cited_room_free(struct cited_room *r)
{
    assay_tokens_free(&r->tokens);
    free(r->at);
}

static uint32_t does_of(const struct cited_words *w, uint64_t hash)
{
    uint32_t low = 0, high = w->may[hash & 1023] ? w->count : 0, does = 0;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (w->at[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; w->may[hash & 1023] && low < w->count && w->at[low].hash == hash; low++)
        does |= w->at[low].does;
    return does;
}

/* ---- a sentence ---- */

/* Where the quotation that opens behind byte i ends; 0: none opens there. *begin: its first letter. */
static uint32_t quoted_at(struct assay_text t, uint32_t i, uint32_t end, uint32_t *begin)
{
    static const char *const marks[] = {"\"", "\xc2\xab", "\xe2\x80\x9c", "\xe2\x80\x9e", "\xe2\x80\x9d", "\xc2\xbb"};
    uint32_t opened = 0;
    while (i < end && t.at[i] == ' ')
        i++;
    for (size_t m = 0; m < sizeof marks / sizeof *marks && !opened; m++) {
        size_t n = strlen(marks[m]);
        if (i + n < end && !memcmp(t.at + i, marks[m], n))
            opened = i + (uint32_t)n;
    }
    *begin = opened;
    for (uint32_t k = opened; opened && k < end && k < opened + NAME_BYTES; k++)
        for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
            size_t n = strlen(marks[m]);
            if (k > opened && k + n <= end && !memcmp(t.at + k, marks[m], n))
                return k;
        }
    return 0;
}

static void add_window(const struct cited_words *w, struct cited_sentence *s, const struct assay_tokens *tokens,
                       size_t i, uint32_t side)
{
    size_t from = i > AROUND ? i - AROUND : 0, to = i + AROUND < tokens->count ? i + AROUND : tokens->count - 1;
    from = side & BEHIND ? i : from;
    to = side & BEFORE ? i : to;
    for (size_t k = i + 1; k <= to; k++)
        if (does_of(w, tokens->at[k].hash) & BREAK)
            to = k;
    struct assay_span window = {tokens->at[from].begin, tokens->at[to].end};
    for (size_t k = from; k <= to; k++)
        s->named |= k != i && k && (tokens->at[k].flags & ASSAY_TOKEN_CAPITAL);
    struct assay_span *last = s->windows ? &s->window[s->windows - 1] : NULL;
    if (last && last->end >= window.begin)
        last->end = last->end > window.end ? last->end : window.end;
    else if (s->windows < WINDOWS)
        s->window[s->windows++] = window;
}

/* The name that stands behind a word like "newspaper", in quotation marks or in capitals, or in capitals before it. */
static void add_name(struct cited_sentence *s, struct assay_text t, const struct assay_tokens *tokens, size_t i)
{
    const struct assay_token *at = tokens->at;
    struct assay_span name = {0, 0};
    uint32_t begin, end = quoted_at(t, at[i].end, s->end, &begin);
    if (s->names == WINDOWS)
        return;
    if (end) {
        s->quoted = 1;
        name = (struct assay_span){begin, end};
    } else {
        size_t k = i + 1;
        while (k < tokens->count && k <= i + NAME_WORDS && at[k].flags & ASSAY_TOKEN_CAPITAL &&
               at[k].begin == at[k - 1].end + 1)
            k++;
        if (k > i + 1)
            name = (struct assay_span){at[i + 1].begin, at[k - 1].end};
    }
    if (name.end)
        s->name[s->names++] = name;
}

static int read_sentence(const struct cited_words *w, struct assay_text t, struct assay_tokens *tokens,
                         struct cited_sentence *s)
{
    uint32_t before = 0;
    s->known = 1;
    if (!assay_tokenise(tokens, t.at, s->begin, s->end))
        return 0;
    for (size_t i = 0; i < tokens->count; i++) {
        uint32_t does = does_of(w, tokens->at[i].hash);
        if (does & OF && i + 1 < tokens->count && !(before & (CITES | MEDIUM | REPORT)) && s->places < PLACES)
            s->place[s->places++] = tokens->at[i + 1].begin;
        before = does;
        if (does & BACK && i >= OPENING)
            does &= ~(uint32_t)BACK;
        s->does |= does;
        if (does & (CITES | MEDIUM | REPORT))
            add_window(w, s, tokens, i, does);
        if (does & MEDIUM)
            add_name(s, t, tokens, i);
    }
    if (!s->windows)
        s->does &= ~(uint32_t)BACK;
    return 1;
}

/* ---- who lends to whom ---- */

static void add_name_line(struct assay_buf *to, uint32_t begin, struct assay_text t)
{
    if (!t.size)
        return;
    assay_buf_printf(to, "%u =", begin);
    for (uint64_t i = 0; i < t.size; i++)
        assay_buf_byte(to, t.at[i] == '\n' ? ' ' : t.at[i]);
    assay_buf_byte(to, '\n');
}

/* A window as a line; what is no name of its own has a bar before it. */
static void add_words(struct assay_buf *to, uint32_t begin, struct assay_text t, const struct cited_sentence *s,
                      uint32_t w)
{
    assay_buf_printf(to, "%u ~", begin);
    for (uint32_t i = s->window[w].begin; i < s->window[w].end; i++) {
        for (uint32_t k = 0; k < s->places; k++)
            if (s->place[k] == i)
                assay_buf_byte(to, '|');
        assay_buf_byte(to, t.at[i] == '\n' ? ' ' : t.at[i]);
    }
    assay_buf_byte(to, '\n');
}

static struct assay_text piece(struct assay_text t, struct assay_span s)
{
    return (struct assay_text){t.at + s.begin, s.end - s.begin};
}

/* What sentence `from` names, as a source of the one that begins at `begin`. */
static void lend(const struct credits *c, struct assay_text t, const struct cited_sentence *from, uint32_t begin,
                 struct assay_buf *to)
{
    struct assay_buf names = {0};
    for (uint32_t i = 0; i < from->windows; i++) {
        add_words(to, begin, t, from, i);
        credits_of_speaker(c, piece(t, from->window[i]), &names);
    }
    for (uint32_t i = 0; i < from->names; i++)
        add_name_line(to, begin, credits_name(c, piece(t, from->name[i])));
    struct assay_text rest = {names.at, names.size}, name;
    while (credit_next(&rest, &name))
        add_name_line(to, begin, name);
    to->failed |= names.failed;
    assay_buf_free(&names);
}

/* "That was reported by ..."; "According to the newspaper ..., he resigned.", which tells no figure, so that it cites
 * for those of the sentence before it. */
static int lends_back(const struct cited_sentence *s, const struct cited_sentence *to)
{
    return s->does & BACK || (s->does & MEDIUM && s->named && !s->figures && !to->windows);
}

/* A text at work. Sentences are read when they are asked for: most without figures never are. */
struct finder {
    const struct credits *credits;
    const struct cited_words *words;
    struct assay_text text;
    struct cited_room *room;
    uint32_t count;
    struct assay_buf *to;
};

static const struct cited_sentence *sentence(struct finder *f, uint32_t i)
{
    struct cited_sentence *s = &f->room->at[i];
    if (!s->known && !read_sentence(f->words, f->text, &f->room->tokens, s))
        f->to->failed = 1;
    return s;
}

/* What sentence i cites, for the figures of the one that begins at `begin`. */
static void emit(struct finder *f, uint32_t i, uint32_t begin)
{
    const struct cited_sentence *s = sentence(f, i);
    uint32_t k = i;
    lend(f->credits, f->text, s, begin, f->to);
    if (i + 1 < f->count && lends_back(sentence(f, i + 1), s))
        lend(f->credits, f->text, sentence(f, i + 1), begin, f->to);
    if (!(s->does & (MEDIUM | REPORT | HEARSAY)) || s->quoted)
        return;
    while (k && !sentence(f, k - 1)->named)
        k--;
    if (k)
        lend(f->credits, f->text, sentence(f, k - 1), begin, f->to);
    /* "according to a report", which is named below */
    for (k = i + 1; s->does & (MEDIUM | REPORT) && k < f->count && k <= i + 2; k++)
        if (sentence(f, k)->names || sentence(f, k)->named) {
            lend(f->credits, f->text, sentence(f, k), begin, f->to);
            return;
        }
}

/* The sentence that a headline has its figure from. */
static uint32_t lead_of(const struct finder *f, uint32_t i)
{
    while (i < f->count && f->room->at[i].heading)
        i++;
    return i;
}

static uint32_t figures_in(struct assay_list claims, uint32_t *next, struct assay_span span)
{
    uint32_t n = 0;
    for (; *next < claims.count; (*next)++, n++) {
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, claims, *next);
        if (c->span.begin >= span.end)
            break;
    }
    return n;
}

int cited_find(const struct credits *c, struct assay_text t, struct assay_list sentences, struct assay_list claims,
               struct cited_room *r, struct assay_buf *to)
{
    uint32_t count = sentences.count < SENTENCES ? sentences.count : SENTENCES, next = 0;
    struct finder f = {c, credits_cited(c), t, r, count, to};
    if (!f.words || !f.words->count)
        return 1;
    if (r->room < count) {
        struct cited_sentence *at = realloc(r->at, count * sizeof *at);
        if (!at)
            return 0;
        r->at = at;
        r->room = count;
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct assay_sentence *s = ASSAY_AT(struct assay_sentence, sentences, i);
        r->at[i] = (struct cited_sentence){.begin = s->span.begin, .end = s->span.end, .heading = s->heading};
        r->at[i].figures = figures_in(claims, &next, s->span);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t lead = lead_of(&f, i);
        if (!r->at[i].figures)
            continue;
        emit(&f, i, r->at[i].begin);
        if (lead > i && lead < count)
            emit(&f, lead, r->at[i].begin);
    }
    return !to->failed;
}

void cited_of(struct assay_text lines, uint32_t begin, struct assay_buf *to)
{
    struct assay_text line, known, other;
    while (credit_next(&lines, &line)) {
        uint32_t at = 0, again = 0;
        while (line.size && *line.at >= '0' && *line.at <= '9') {
            at = at * 10 + (uint32_t)(*line.at - '0');
            line = (struct assay_text){line.at + 1, line.size - 1};
        }
        if (at != begin || line.size < 2)
            continue;
        line = (struct assay_text){line.at + 1, line.size - 1};
        for (known = (struct assay_text){to->at, to->size}; credit_next(&known, &other);)
            again |= (uint32_t)assay_text_same(other, line);
        if (again)
            continue;
        assay_buf_add(to, line.at, line.size);
        assay_buf_byte(to, '\n');
    }
}
