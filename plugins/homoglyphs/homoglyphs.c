/* SPDX-License-Identifier: Apache-2.0
 *
 * Analyser: words with letters of another script that look the same ("Mоscow" with a Cyrillic о), and model names in
 * Cyrillic letters that read as Latin ones, too ("Т-72"). They are noted for whoever matches names; the text stays.
 * Pairs after Unicode's confusables (UTS 39), upright capitals and small letters only, and к for k, which is met in
 * "кg".
 */
#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>
#include <assay/plugin.h>
#include <stdlib.h>
#include <string.h>

#define WORD_MAX 64u /* letters; a longer run is no word */

enum { LATIN, CYRILLIC, GREEK, SCRIPTS };

/* Letters that look the same, by script; 0: the script has none. */
static const uint16_t alike[][SCRIPTS] = {
    {'A', 0x410, 0x391}, {'B', 0x412, 0x392}, {'C', 0x421, 0},     {'E', 0x415, 0x395}, {'H', 0x41d, 0x397}, {'I', 0x406, 0x399},
    {'J', 0x408, 0},     {'K', 0x41a, 0x39a}, {'M', 0x41c, 0x39c}, {'N', 0, 0x39d},     {'O', 0x41e, 0x39f}, {'P', 0x420, 0x3a1},
    {'S', 0x405, 0},     {'T', 0x422, 0x3a4}, {'X', 0x425, 0x3a7}, {'Y', 0x423, 0x3a5}, {'Z', 0, 0x396},     {'a', 0x430, 0},
    {'c', 0x441, 0},     {'e', 0x435, 0},     {'i', 0x456, 0},     {'j', 0x458, 0},     {'k', 0x43a, 0},     {'o', 0x43e, 0x3bf}, {'p', 0x440, 0},
    {'s', 0x455, 0},     {'v', 0, 0x3bd},     {'x', 0x445, 0},     {'y', 0x443, 0},
};

struct homoglyph {
    struct assay_span span;
    struct assay_text text;
};
static const struct assay_field rows[] = {
    ASSAY_FIELD(struct homoglyph, span, ASSAY_SPAN, ASSAY_SELF, NULL, "the word"),
    ASSAY_FIELD(struct homoglyph, text, ASSAY_TEXT, 0, NULL, "as it reads, in one script"),
};
static const struct assay_fields fields = ASSAY_FIELDS(struct homoglyph, rows);
static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "homoglyph", &fields, "words with letters of a script that is not theirs"},
};

struct self {
    const struct assay_host *host;
};

/* A word in hand: letters, digits and hyphens between them. */
struct word {
    uint32_t cp[WORD_MAX], size, count[SCRIPTS], digits, others;
};

static assay_status open_analyser(const struct assay_host *host, const void *options, void **self)
{
    (void)options;
    struct self *s = calloc(1, sizeof *s);
    if (!s)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    s->host = host;
    *self = s;
    return ASSAY_OK;
}

static uint32_t script_of(uint32_t cp)
{
    if ((cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') || (cp >= 0xc0 && cp < 0x250))
        return LATIN;
    return cp >= 0x400 && cp < 0x530 ? CYRILLIC : cp >= 0x370 && cp < 0x400 ? GREEK : SCRIPTS;
}

/* The letter of `script` that looks like cp, or 0. */
static uint32_t twin(uint32_t cp, uint32_t script)
{
    uint32_t own = script_of(cp);
    for (size_t i = 0; own < SCRIPTS && i < sizeof alike / sizeof alike[0]; i++)
        if (alike[i][own] == cp)
            return alike[i][script];
    return 0;
}

static int is_part(uint32_t cp)
{
    uint32_t class_ = assay_class(cp);
    return class_ == ASSAY_CP_LETTER || class_ == ASSAY_CP_DIGIT || class_ == ASSAY_CP_MARK;
}

static void add_letter(struct word *w, uint32_t cp)
{
    uint32_t script = script_of(cp), class_ = assay_class(cp);
    if (w->size < WORD_MAX)
        w->cp[w->size] = cp;
    w->size++;
    if (class_ == ASSAY_CP_DIGIT)
        w->digits++;
    else if (script < SCRIPTS)
        w->count[script]++;
    else
        w->others += cp != '-';
}

/* Whether all letters of other scripts have a twin in this one. */
static int writable(const struct word *w, uint32_t script)
{
    for (uint32_t i = 0; i < w->size; i++)
        if (script_of(w->cp[i]) < SCRIPTS && script_of(w->cp[i]) != script && !twin(w->cp[i], script))
            return 0;
    return 1;
}

/* The one script that the word can be written in. */
static uint32_t only(const struct word *w)
{
    uint32_t found = SCRIPTS;
    for (uint32_t s = 0; s < SCRIPTS; s++) {
        if (!w->count[s] || !writable(w, s))
            continue;
        if (found < SCRIPTS)
            return SCRIPTS;
        found = s;
    }
    return found;
}

/* The script the word is meant in, where it is not all in it; SCRIPTS: nothing to note. */
static uint32_t meant(const struct word *w)
{
    uint32_t letters = w->count[LATIN] + w->count[CYRILLIC] + w->count[GREEK], most = LATIN;
    if (w->size > WORD_MAX || w->others || !letters)
        return SCRIPTS;
    for (uint32_t s = 1; s < SCRIPTS; s++)
        most = w->count[s] > w->count[most] ? s : most;
    /* A model's name: few letters, all with a Latin twin. */
    if (w->digits && letters <= 3 && w->count[LATIN] < letters)
        most = LATIN;
    else if (w->count[most] == letters)
        return SCRIPTS;
    else if (w->count[most] * 2 <= letters) /* "сm": neither is in the majority, only one can be meant */
        return letters == 2 ? only(w) : SCRIPTS;
    return writable(w, most) ? most : SCRIPTS;
}

static assay_status note(struct self *s, struct assay_doc *doc, const struct word *w, uint32_t script, uint32_t begin,
                         uint32_t end)
{
    char *to = s->host->alloc(s->host, doc, w->size * 4u);
    uint64_t size = 0;
    if (!to)
        return ASSAY_ENOMEM;
    for (uint32_t i = 0; i < w->size; i++) {
        uint32_t other = script_of(w->cp[i]) < SCRIPTS && script_of(w->cp[i]) != script ? twin(w->cp[i], script) : 0;
        size += assay_utf8_put(to + size, other ? other : w->cp[i]);
    }
    struct homoglyph record = {{begin, end}, {to, size}};
    return s->host->add(s->host, doc, 0, &record);
}

/* A word to note has a Cyrillic or a Greek letter, which starts with one of the bytes 0xcd to 0xd4. Gives where the
 * word of the next such byte may start, from p on, or end; *letter is behind that byte. */
static const char *next_suspect(const char *p, const char *end, const char **letter)
{
    const char *q = p;
    uint64_t eight;
    for (;; q++) {
        while (end - q >= 8 && (memcpy(&eight, q, 8), !(eight & 0x8080808080808080u)))
            q += 8;
        if (q >= end)
            return end;
        if ((unsigned char)*q >= 0xcd && (unsigned char)*q <= 0xd4)
            break;
    }
    *letter = q + 1;
    while (q > p && (unsigned char)q[-1] > ' ')
        q--;
    return q;
}

static assay_status analyse(void *self, struct assay_doc *doc)
{
    struct self *s = self;
    struct assay_text text = s->host->text(s->host, doc);
    const char *p = text.at, *end = p + text.size;
    assay_status status = ASSAY_OK;
    const char *letter = p;
    while (p < end && status == ASSAY_OK) {
        if (p >= letter && (p = next_suspect(p, end, &letter)) >= end)
            break;
        struct word w;
        w.size = w.digits = w.others = 0;
        memset(w.count, 0, sizeof w.count);
        const char *begin = p, *next = p;
        uint32_t cp, after;
        for (; p < end; p = next) {
            next = p + assay_utf8_next(p, end, &cp);
            if (!is_part(cp) &&
                !(cp == '-' && w.size && next < end && (assay_utf8_next(next, end, &after), is_part(after))))
                break;
            add_letter(&w, cp);
        }
        uint32_t script = meant(&w);
        if (script < SCRIPTS)
            status = note(s, doc, &w, script, (uint32_t)(begin - text.at), (uint32_t)(p - text.at));
        p = p == begin ? next : p;
    }
    return status;
}

ASSAY_PLUGIN(homoglyphs) = {
    ASSAY_ABI,
    .name = "homoglyphs",
    .version = "1",
    .summary = "notes words with look-alike letters of another script",
    .license = "Apache-2.0",
    .role = ASSAY_ANALYSER,
    .layer = layers,
    .layers = ASSAY_COUNT(layers),
    .open = open_analyser,
    .analyse = analyse,
    .close = free,
};
