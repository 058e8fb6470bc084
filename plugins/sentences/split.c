/* SPDX-License-Identifier: Apache-2.0 */
#include "split.h"

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>
#include <string.h>

#include "lines.h"
#include "marks.h"

#define GLUED_LEAST 3u /* letters before a full stop without a space behind it, */
#define GLUED_NEXT 2u  /* and bytes of the word behind; one more of each behind a name */

struct splitter {
    const struct rules *rules;
    const struct split_language *languages;
    size_t count, at;
    const char *text;
    split_found *found;
    void *context;
    uint32_t paragraph;
};

/* ---- looking around ---- */

static uint32_t language_at(struct splitter *s, uint32_t place)
{
    while (s->at + 1 < s->count && s->languages[s->at].end <= place)
        s->at++;
    return s->count ? s->languages[s->at].language : 0;
}

static const char *back(const char *from, const char *p, uint32_t *cp)
{
    do
        p--;
    while (p > from && ((unsigned char)*p & 0xc0) == 0x80);
    assay_utf8_next(p, p + 4, cp);
    return p;
}

static int is_word_class(uint32_t class)
{
    return class == ASSAY_CP_LETTER || class == ASSAY_CP_MARK || class == ASSAY_CP_DIGIT || class == ASSAY_CP_IDEOGRAPH;
}

/* What stands right before a full stop. */
struct before {
    /* letters, digits, marks with inner full stops, hyphens and apostrophes; at most 64 bytes of it */
    const char *word;
    size_t size;
    uint32_t letters, digits, capitals, dots;
    int cut; /* longer than that */
};

static struct before look_back(const char *from, const char *stop)
{
    struct before b = {stop, 0, 0, 0, 0, 0, 0};
    const char *p = stop;
    while (p > from) {
        uint32_t cp;
        const char *q = back(from, p, &cp);
        uint32_t class = assay_class(cp);
        int inner = cp == '.' || cp == '-' || cp == '\'' || cp == 0x2019;
        if (!is_word_class(class) && !inner)
            break;
        if (stop - q > 64) {
            b.cut = 1;
            break;
        }
        b.letters += class == ASSAY_CP_LETTER || class == ASSAY_CP_IDEOGRAPH;
        b.digits += class == ASSAY_CP_DIGIT;
        b.capitals += assay_is_upper(cp) != 0;
        b.dots += cp == '.';
        p = q;
    }
    while (p < stop && (*p == '.' || *p == '-' || *p == '\''))
        p++;
    b.word = p;
    b.size = (size_t)(stop - p);
    return b;
}

/* 1 where the word before the one at `word` ends in a digit ("2019 г."). */
static int after_number(const char *from, const char *word)
{
    uint32_t cp;
    const char *p = word;
    for (int spaces = 0; p > from && spaces < 3; spaces++) {
        const char *q = back(from, p, &cp);
        if (assay_class(cp) == ASSAY_CP_DIGIT)
            return 1;
        if (assay_class(cp) != ASSAY_CP_SPACE)
            return 0;
        p = q;
    }
    return 0;
}

/* What follows a mark: after spaces, the first character that is no opening quote, bracket or dash. */
struct next {
    const char *word;
    size_t size;
    uint32_t class;
    int spaces, upper, lower, dash; /* dash: one stands before it */
};

static struct next look_ahead(const char *p, const char *end)
{
    struct next n = {end, 0, ASSAY_CP_SPACE, 0, 0, 0, 0};
    uint32_t cp, size;
    for (int i = 0; p < end && i < 64; i++, p += size) {
        size = assay_utf8_next(p, end, &cp);
        uint32_t class = assay_class(cp);
        if (class == ASSAY_CP_SPACE || class == ASSAY_CP_IGNORE) {
            n.spaces += class == ASSAY_CP_SPACE;
            continue;
        }
        if (n.spaces && marks_is_opener(cp)) {
            n.dash |= cp == '-' || (cp >= 0x2010 && cp <= 0x2015);
            continue;
        }
        n.class = class;
        n.upper = assay_is_upper(cp);
        n.lower = class == ASSAY_CP_LETTER && assay_upper(cp) != cp && !n.upper;
        n.word = p;
        break;
    }
    for (p = n.word; p < end && n.size < 64; p += size) {
        size = assay_utf8_next(p, end, &cp);
        if (!is_word_class(assay_class(cp)))
            break;
        n.size += size;
    }
    return n;
}

/* ---- does a full stop end the sentence? ---- */

/* "1.", "a.", "IV.", "(2)." at the start of a sentence number what follows. */
static int is_number_of_item(const struct before *b, const char *start)
{
    const char *p = start;
    while (p < b->word && (*p == '(' || *p == '[' || *p == ' ' || *p == '*' || *p == '-'))
        p++;
    if (p != b->word || b->cut)
        return 0;
    if (!b->letters)
        return b->digits <= 3 || b->dots;
    if (b->digits)
        return 0;
    if (b->letters == 1)
        return 1;
    return b->size <= 6 && strspn(b->word, "IVXL") >= b->size;
}

static int is_roman(const struct before *b)
{
    return !b->cut && b->size <= 6 && strspn(b->word, "IVXLCDM") >= b->size;
}

/* "42,5." is no ordinal. */
static int is_fraction(const char *start, const struct before *b)
{
    return b->word > start + 1 && b->word[-1] == ',' && b->word[-2] >= '0' && b->word[-2] <= '9';
}

static int stop_ends(struct splitter *s, const char *start, const char *stop, const struct next *next)
{
    struct before b = look_back(start, stop);
    uint32_t language = language_at(s, (uint32_t)(stop - s->text));
    if (!b.size)
        return 1;
    if (is_number_of_item(&b, start))
        return 0;
    uint32_t kinds = b.cut ? 0 : rules_kinds(s->rules, language, b.word, b.size);
    uint32_t then = next->upper ? rules_kinds(s->rules, language, next->word, next->size) : 0;
    int digit = next->class == ASSAY_CP_DIGIT;
    if (kinds & RULES_COUNTED)
        return after_number(start, b.word) && !digit && (then & RULES_STARTER || (next->upper && next->size > 2));
    if (kinds & RULES_NEVER)
        return 0;
    if (kinds & RULES_NUMBERED && digit)
        return 0;
    if (kinds & RULES_SOMETIMES)
        return then & RULES_STARTER && !next->dash;
    if (kinds & RULES_SELDOM)
        return next->upper && !(then & RULES_AFTER);
    if (b.letters == 1 && !b.digits && b.capitals == 1 && next->upper)
        return (then & RULES_STARTER) != 0; /* an initial */
    if (b.dots && b.letters && b.letters <= b.dots + 1 + b.capitals && !b.digits && next->upper && b.size <= 12)
        return (then & RULES_STARTER) != 0; /* U.S. */
    if (digit && language && s->rules->ordinals >> language & 1 && !b.letters && b.digits <= 2 && !b.dots && !b.cut &&
        next->size <= 2 && next->word[next->size] == '.')
        return 0; /* "am 27. 11." */
    if (language && s->rules->ordinals >> language & 1 && next->upper && !b.cut) {
        if (!b.letters && b.digits <= 3 && !b.dots && !is_fraction(start, &b))
            return !(then & RULES_AFTER) && then & RULES_STARTER;
        if (is_roman(&b))
            return (then & RULES_STARTER) != 0;
        if (!b.letters && then & RULES_AFTER)
            return 0;
    }
    return 1;
}

/* A word that a full stop without a space before a capital ends: "in hospital.Police said"; neither a name of a host or
 * file, nor "obj.Method()", "ul.Lenina". */
static int ends_glued(struct splitter *s, const char *start, const char *stop, uint32_t mark, const struct next *next,
                      const char *end)
{
    struct before b = look_back(start, stop);
    const char *after = next->word + next->size;
    uint32_t cp = 0, language = language_at(s, (uint32_t)(stop - s->text));
    if (!next->upper || next->size < GLUED_NEXT + b.capitals || b.cut || b.digits || b.dots ||
        b.letters < GLUED_LEAST + b.capitals || b.capitals > 1 || (b.word > start && strchr("/@:=_#&", b.word[-1])))
        return 0;
    for (const char *p = next->word + 1; p < after; p++)
        if (*p >= 'A' && *p <= 'Z')
            return 0;
    if (after < end)
        assay_utf8_next(after, end, &cp);
    if (after < end && assay_class(cp) != ASSAY_CP_SPACE && cp != ',' && cp != '\'' && cp != 0x2019)
        return 0;
    return mark != MARK_STOP || !(rules_kinds(s->rules, language, b.word, b.size) & RULES_ABBREVIATION);
}

/* A sentence that starts in lower case is of a text without capitals: an ordinary word ends it before lower case
 * too. */
static int ends_before_lower(struct splitter *s, const char *start, const char *stop, uint32_t mark)
{
    uint32_t cp;
    const char *p = start;
    assay_utf8_next(p, p + 4, &cp);
    if (assay_class(cp) != ASSAY_CP_LETTER || assay_is_upper(cp))
        return 0;
    if (mark != MARK_STOP)
        return stop[0] == '!' || stop[0] == '?';
    struct before b = look_back(start, stop);
    return b.letters >= 3 && !b.dots && !b.digits &&
           !(rules_kinds(s->rules, language_at(s, (uint32_t)(stop - s->text)), b.word, b.size) & RULES_ABBREVIATION);
}

/* Skips what may stand between a mark and the end of its sentence: quotes, brackets, notes such as "[12]". */
static const char *skip_closers(const char *p, const char *end)
{
    while (p < end) {
        uint32_t cp, size = assay_utf8_next(p, end, &cp);
        if (cp == '[') {
            const char *q = p + 1;
            while (q < end && q - p < 6 && *q >= '0' && *q <= '9')
                q++;
            if (q == p + 1 || q == end || *q != ']')
                return p;
            p = q + 1;
            continue;
        }
        if (!marks_is_closer(cp))
            return p;
        p += size;
    }
    return p;
}

static int is_own_script(const char *from, const char *mark)
{
    if (mark - from < 2)
        return 0;
    unsigned char lead = (unsigned char)mark[-2];
    if (((unsigned char)mark[-1] & 0xc0) != 0x80)
        return 0;
    return *mark == ';' ? lead == 0xce || lead == 0xcf : lead == 0xd5 || lead == 0xd6;
}

/* The mark at `mark` with those after it: where its sentence ends, or NULL where it does not. *skip: go on from
 * here. */
static const char *sentence_end(struct splitter *s, const char *start, const char *mark, const char *end,
                                uint32_t kind, const char **skip)
{
    const char *p = mark;
    uint32_t size, marks = 0, worst = kind == MARK_OTHER ? MARK_WIDE : kind;
    for (uint32_t k = kind; k; marks++) {
        marks_at(p, end, &size);
        p += size;
        k = p < end ? marks_at(p, end, &size) : MARK_NONE;
        if (k == MARK_OTHER)
            break;
        if (k > worst)
            worst = k;
    }
    const char *closed = skip_closers(p, end);
    *skip = closed;
    struct next next = look_ahead(closed, end);
    if (next.word == end)
        return closed;
    if (worst == MARK_WIDE) {
        int quoted = closed != p && next.class == ASSAY_CP_IDEOGRAPH && !next.spaces;
        return quoted || next.lower ? NULL : closed;
    }
    if (!next.spaces)
        return marks == 1 && ends_glued(s, start, mark, kind, &next, end) ? closed : NULL;
    if (next.lower)
        return ends_before_lower(s, start, mark, kind) && closed == p ? closed : NULL;
    if (worst == MARK_STOP && marks == 1 && !stop_ends(s, start, mark, &next))
        return NULL;
    return closed;
}

/* ---- sentences of a paragraph ---- */

static int emit(struct splitter *s, const char *from, const char *to, int heading)
{
    while (to > from && lines_space_before(from, to))
        to -= lines_space_before(from, to);
    if (to == from)
        return 1;
    struct split_sentence sentence = {(uint32_t)(from - s->text), (uint32_t)(to - s->text), s->paragraph, heading != 0};
    return s->found(s->context, &sentence);
}

static int split_paragraph(struct splitter *s, const char *p, const char *end)
{
    const char *start = lines_skip_space(p, end);
    uint32_t sentences = 0, size;
    p = start;
    while (p < end) {
        if (!marks_byte[(unsigned char)*p]) {
            p++;
            continue;
        }
        uint32_t kind = *p == '\n' ? MARK_NONE : marks_at(p, end, &size);
        if (kind == MARK_NONE || (kind == MARK_OTHER && !is_own_script(start, p))) {
            p += *p == '\n' ? 1 : size;
            continue;
        }
        const char *skip, *stop = sentence_end(s, start, p, end, kind, &skip);
        p = skip;
        if (!stop)
            continue;
        if (!emit(s, start, stop, 0))
            return 0;
        sentences++;
        p = start = lines_skip_space(stop, end);
    }
    return start >= end || emit(s, start, end, sentences == 0);
}

int split_text(const struct rules *rules, const struct split_language *languages, size_t count, const char *text,
               uint32_t size, split_found *found, void *context)
{
    struct splitter s = {rules, languages, languages ? count : 0, 0, text, found, context, 0};
    struct lines lines;
    const char *from, *to;
    lines_start(&lines, text, text + size);
    while (lines_paragraph(&lines, &from, &to)) {
        if (!split_paragraph(&s, from, to))
            return 0;
        s.paragraph++;
    }
    return 1;
}
