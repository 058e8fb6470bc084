/* SPDX-License-Identifier: Apache-2.0
 *
 * A word of citing opens a window of a few words around it; whether the name of a publisher stands in one is asked
 * when two texts tell one figure. Sentences that go on with "the paper" or with hearsay have the windows of the last
 * one that named somebody, "That was reported by ..." lends its own to the sentence before it. What goes on without a
 * source of its own may be of the one that was cited just before: so it is where that one tells the very figure.
 */
#include <stdlib.h>
#include <string.h>

#include <assay/kit/fold.h>
#include <assay/kit/text.h>
#include <assay/kit/utf8.h>
#include <assay/layers/claim.h>
#include <assay/layers/text.h>

#include "cited_words.h"

enum {
    SENTENCES = 400, /* of a text that are looked at: newsrooms write no more */
    WINDOWS = 4,     /* of a sentence */
    AROUND = 8,      /* words */
    PLACES = 6,      /* of a sentence */
    NAME_WORDS = 4,  /* of a name without quotation marks */
    NAME_BYTES = 60,
    OPENING = 3,     /* words that "That was reported by" stands in */
    GOES_ON = 3,     /* sentences of a paragraph that may go on with the source of the one before them */
    ENTRY_WORDS = 8, /* before the colon of "Steel Gazette: 640 jobs go" */
    VIA_WORDS = 6,   /* of "via @trackandtunnel" behind what is told */
    LAST_WORDS = 5   /* of a headline, behind a dash: "... - Steel Gazette" */
};

struct cited_sentence {
    uint32_t begin, end;
    uint32_t does, windows, named, quoted; /* named: a capital stands in a window; quoted: a name in quotation marks */
    struct assay_span window[WINDOWS], name[WINDOWS];
    uint32_t names, figures, heading, known; /* known: it was read */
    uint32_t spoken; /* somebody with a name is said to say one of its figures: `speaker` */
    struct assay_span speaker;
    uint32_t opening; /* where the name before a colon begins: "bei Rail Today: ..." is no place */
    uint32_t place[PLACES], places; /* where words begin that say of what or whom another one is */
};

void cited_room_free(struct cited_room *r)
{
    assay_tokens_free(&r->tokens);
    free(r->at);
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

static void open_window(struct cited_sentence *s, struct assay_text t, const struct assay_tokens *tokens, size_t from,
                        size_t to)
{
    struct assay_span window = {tokens->at[from].begin, tokens->at[to].end};
    window.begin -= window.begin && t.at[window.begin - 1] == '@';
    struct assay_span *last = s->windows ? &s->window[s->windows - 1] : NULL;
    if (last && last->end >= window.begin) {
        last->end = last->end > window.end ? last->end : window.end;
        last->begin = last->begin < window.begin ? last->begin : window.begin;
    } else if (s->windows < WINDOWS) {
        s->window[s->windows++] = window;
    }
}

static void add_window(const struct cited_words *w, struct cited_sentence *s, struct assay_text t,
                       const struct assay_tokens *tokens, size_t i, uint32_t side)
{
    size_t from = i > AROUND ? i - AROUND : 0, to = i + AROUND < tokens->count ? i + AROUND : tokens->count - 1;
    from = side & BEHIND ? i : from;
    to = side & BEFORE ? i : to;
    for (size_t k = i + 1; k <= to; k++)
        if (cited_does(w, tokens->at[k].hash) & BREAK)
            to = k;
    for (size_t k = from; k <= to; k++)
        s->named |= k != i && k && (tokens->at[k].flags & ASSAY_TOKEN_CAPITAL);
    open_window(s, t, tokens, from, to);
}

/* 1 where a colon stands right behind byte i, and a blank behind it. */
static int colon_at(struct assay_text t, uint32_t i)
{
    return i + 1 < t.size && t.at[i] == ':' && (t.at[i + 1] == ' ' || t.at[i + 1] == '\n');
}

/* 1 where byte i stands behind a dash or a bar that has blanks around it. */
static int behind_dash(struct assay_text t, uint32_t i)
{
    static const char *const dashes[] = {" - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " | "};
    for (size_t d = 0; d < sizeof dashes / sizeof *dashes; d++) {
        size_t n = strlen(dashes[d]);
        if (i >= n && !memcmp(t.at + i - n, dashes[d], n))
            return 1;
    }
    return 0;
}

/* 1 for a word with a capital, or of an account: "@minister_adaro". */
static int of_name(struct assay_text t, const struct assay_token *token)
{
    return token->flags & ASSAY_TOKEN_CAPITAL || (token->begin && strchr("@_", t.at[token->begin - 1]));
}

/* Who is named before the colon that opens a line ("Steel Gazette: 640 jobs go"), and behind the dash at the end of a
 * headline. One word before a colon is a town as often as a newspaper. */
static void add_openings(const struct cited_words *w, struct cited_sentence *s, struct assay_text t,
                         const struct assay_tokens *tokens)
{
    int opens = !s->begin || t.at[s->begin - 1] == '\n';
    size_t n = tokens->count;
    for (size_t i = 0, from = 0, behind = 0; opens && i < n && i < ENTRY_WORDS; i++) {
        int inside = i > from && i + 1 < n && cited_does(w, tokens->at[i].hash) & OF; /* "Correio do Vale" */
        from = inside || of_name(t, &tokens->at[i]) ? from : i + 1;
        behind = inside ? i + 1 : behind;
        if (!colon_at(t, tokens->at[i].end))
            continue;
        if (from < i || (from == i && !(tokens->at[i].flags & ASSAY_TOKEN_CAPITAL))) {
            open_window(s, t, tokens, from, i);
            s->opening = tokens->at[behind < i && behind > from ? behind : from].begin; /* "Damm bei Rail Today" */
        }
        return;
    }
    for (size_t i = n > LAST_WORDS ? n - LAST_WORDS : 1; s->heading && i < n; i++)
        if (behind_dash(t, tokens->at[i].begin)) {
            open_window(s, t, tokens, i, n - 1);
            return;
        }
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

/* "Hafenblatt-Informationen" are of a newspaper by name, not of "the paper". */
static int in_compound(struct assay_text t, const struct assay_token *token)
{
    return (token->begin && t.at[token->begin - 1] == '-') || (token->end < t.size && t.at[token->end] == '-');
}

static int read_sentence(const struct cited_words *w, struct assay_text t, struct assay_tokens *tokens,
                         struct cited_sentence *s)
{
    uint32_t before = 0;
    s->known = 1;
    s->opening = s->end;
    if (!assay_tokenise(tokens, t.at, s->begin, s->end))
        return 0;
    add_openings(w, s, t, tokens);
    for (size_t i = 0; i < tokens->count; i++) {
        uint32_t does = cited_does(w, tokens->at[i].hash);
        if (does & OF && i + 1 < tokens->count && !(before & (CITES | MEDIUM | REPORT)) && s->places < PLACES)
            s->place[s->places++] = tokens->at[i + 1].begin;
        before = does;
        if (does & MEDIUM && in_compound(t, &tokens->at[i]))
            does &= ~(uint32_t)MEDIUM;
        if (does & BEHIND && i <= 1 && tokens->count <= VIA_WORDS)
            does |= BACK;
        if (does & BACK && i >= OPENING)
            does &= ~(uint32_t)BACK;
        s->does |= does;
        if (does & (CITES | MEDIUM | REPORT))
            add_window(w, s, t, tokens, i, does);
        if (does & RELEASE)
            open_window(s, t, tokens, 0, tokens->count - 1);
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

/* Words as a line; what is no name of its own has a bar before it. */
static void add_words(struct assay_buf *to, uint32_t begin, char mark, struct assay_text t,
                      const struct cited_sentence *s, struct assay_span words)
{
    assay_buf_printf(to, "%u %c", begin, mark);
    for (uint32_t i = words.begin; i < words.end; i++) {
        for (uint32_t k = 0; k < s->places; k++)
            if (s->place[k] == i && i != s->opening)
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
        add_words(to, begin, '~', t, from, from->window[i]);
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

static int opens_line(struct assay_text t, uint32_t i)
{
    while (i && (t.at[i - 1] == ' ' || t.at[i - 1] == '\r'))
        i--;
    return !i || t.at[i - 1] == '\n';
}

/* What sentence `s` cites, for the one that begins at `begin` and goes on behind it. */
static void lend_on(struct finder *f, const struct cited_sentence *s, uint32_t begin)
{
    for (uint32_t w = 0; w < s->windows; w++)
        add_words(f->to, begin, '^', f->text, s, s->window[w]);
    if (s->spoken)
        add_words(f->to, begin, '^', f->text, s, s->speaker);
}

/* Sentence i, which names no source of its own, goes on behind one of its paragraph that does, or behind the
 * headline. */
static void go_on(struct finder *f, uint32_t i)
{
    const struct cited_sentence *own = sentence(f, i), *s = own;
    int unnamed = own->does & RELEASE && !own->named; /* "it said in a statement" */
    if ((own->windows && !unnamed) || own->spoken || own->does & OWN)
        return;
    for (uint32_t k = i; k && k + GOES_ON > i; k--) {
        int opens = opens_line(f->text, s->begin);
        s = sentence(f, k - 1);
        if (s->does & OWN || (opens && !s->heading))
            return;
        lend_on(f, s, own->begin);
        if (s->windows || s->spoken || s->heading)
            return;
    }
}

/* What sentence i cites, for the figures of the one that begins at `begin`. */
static void emit(struct finder *f, uint32_t i, uint32_t begin)
{
    const struct cited_sentence *s = sentence(f, i);
    uint32_t k = i;
    lend(f->credits, f->text, s, begin, f->to);
    if (i + 1 < f->count && lends_back(sentence(f, i + 1), s))
        lend(f->credits, f->text, sentence(f, i + 1), begin, f->to);
    if (!(s->does & (MEDIUM | REPORT | HEARSAY)) || s->quoted || (s->spoken && !(s->does & (MEDIUM | REPORT))))
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

/* 1 where a claim is said by somebody with a name: not "he", "his words", "the mayor", who were told of before. */
static uint32_t is_spoken(struct assay_text t, const struct assay_claim *c, uint32_t begin)
{
    struct assay_span s = c->speaker.span;
    int word = 1;
    if (!c->has_speaker || s.end <= s.begin || s.end > t.size)
        return 0;
    for (uint32_t i = s.begin; i < s.end; word = t.at[i++] == ' ') {
        uint32_t cp;
        if (!word || (i == begin && !memchr(t.at + i, ' ', s.end - i)))
            continue;
        assay_utf8_next(t.at + i, t.at + s.end, &cp);
        if (assay_is_upper(cp) && i != begin)
            return 1;
    }
    return 0;
}

static void count_figures(struct assay_text t, struct assay_list claims, uint32_t *next, struct cited_sentence *s)
{
    for (; *next < claims.count; (*next)++) {
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, claims, *next);
        if (c->span.begin >= s->end)
            break;
        if (c->kind == ASSAY_KIND_DATE)
            continue;
        s->figures++;
        if (!s->spoken && is_spoken(t, c, s->begin)) {
            s->spoken = 1;
            s->speaker = c->speaker.span;
        }
    }
}

int cited_find(const struct credits *c, struct assay_text t, struct assay_list sentences, struct assay_list claims,
               struct cited_room *r, struct assay_buf *to)
{
    uint32_t count = sentences.count < SENTENCES ? sentences.count : SENTENCES, next = 0;
    struct finder f = {c, credits_cited(c), t, r, count, to};
    if (!f.words)
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
        count_figures(t, claims, &next, &r->at[i]);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t lead = lead_of(&f, i);
        if (!r->at[i].figures)
            continue;
        emit(&f, i, r->at[i].begin);
        go_on(&f, i);
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
