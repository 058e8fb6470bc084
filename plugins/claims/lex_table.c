/* SPDX-License-Identifier: Apache-2.0 */
#include "lex_table.h"

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>

#include <stdlib.h>
#include <string.h>

#include "token.h"
#include "word.h"

uint32_t lt_intern(struct lx *lx, const char *at, size_t size)
{
    if (lx->string_room - lx->string_size < size + 1) {
        uint32_t room = lx->string_room * 2 + (uint32_t)size + 4096;
        char *strings = realloc(lx->strings, room);
        if (!strings)
            return 0;
        lx->strings = strings;
        lx->string_room = room;
        if (!lx->string_size)
            lx->strings[lx->string_size++] = 0;
    }
    uint32_t at_offset = lx->string_size;
    memcpy(lx->strings + at_offset, at, size);
    lx->strings[at_offset + size] = 0;
    lx->string_size += (uint32_t)size + 1;
    return at_offset;
}

int lt_grow(struct lx *lx)
{
    uint64_t slots = lx->slots ? lx->slots * 2 : 16384; /* which is enough for most */
    struct lx_entry *table = calloc(slots, sizeof *table);
    if (!table)
        return 0;
    for (uint64_t i = 0; i < lx->slots; i++) {
        if (!lx->table[i].hash)
            continue;
        uint64_t k = lx->table[i].hash >> 20;
        while (table[k & (slots - 1)].hash)
            k++;
        table[k & (slots - 1)] = lx->table[i];
    }
    free(lx->table);
    lx->table = table;
    lx->slots = slots;
    return 1;
}

/* The entry of a hash, made if there is none; NULL: out of memory. */
static struct lx_entry *entry(struct lx *lx, uint64_t hash)
{
    if (lx->used * 2 >= lx->slots && !lt_grow(lx))
        return NULL;
    uint64_t i = hash >> 20;
    for (;; i++) {
        struct lx_entry *e = lx->table + (i & (lx->slots - 1));
        if (e->hash == hash)
            return e;
        if (!e->hash) {
            e->hash = hash;
            lx->used++;
            return e;
        }
    }
}

static void mark_start(struct lx *lx, uint64_t h, uint32_t kind)
{
    lx->start[h >> 53] |= (uint64_t)kind << (h >> 48 & 31) * 2;
}

static uint32_t add_meaning(struct lx *lx, const struct lx_meaning *m)
{
    if (lx->meanings == lx->meaning_room) {
        uint32_t room = lx->meaning_room ? lx->meaning_room * 2 : 4096;
        struct lx_meaning *meaning = realloc(lx->meaning, room * sizeof *meaning);
        if (!meaning)
            return 0;
        lx->meaning = meaning;
        lx->meaning_room = room;
        if (!lx->meanings)
            lx->meaning[lx->meanings++] = (struct lx_meaning){0};
    }
    lx->meaning[lx->meanings] = *m;
    return lx->meanings++;
}

/* An ordinal or multiple of zero is the ending of one ("-th", "times"): it needs a number before it. */
static int says_number(const struct lx_meaning *m)
{
    return LX_BIT(m->class) & LX_TRIGGERS && (m->number || (m->class != LX_ORDINAL && m->class != LX_MULTIPLE));
}

static int attach(struct lx *lx, uint64_t hash, const struct lx_meaning *m)
{
    struct lx_entry *e = entry(lx, hash);
    uint32_t i = e ? add_meaning(lx, m) : 0;
    if (!i)
        return 0;
    if (m->exact && e->last) { /* before those of any case */
        lx->meaning[i].next = e->meaning;
        e->meaning = i;
    } else {
        if (e->last)
            lx->meaning[e->last].next = i;
        else
            e->meaning = i;
        e->last = i;
    }
    e->mask |= LX_BIT(m->class);
    e->words |= LX_BIT(m->of);
    e->use |= says_number(m) ? LX_COUNTS : 0u;
    return 1;
}

enum { FORM_WORDS = 12 };

/* A form as it is read: its tokens' hashes, and where letters and blanks are all it has, what its words start with. */
struct words {
    uint64_t hash[FORM_WORDS];
    uint32_t four[FORM_WORDS], letters[FORM_WORDS]; /* as lx_leads takes them */
    uint32_t count;                                 /* 0: none, or too many */
    uint32_t wild;                                  /* bits of those that are stems, with a star behind them */
    int plain;                                      /* the leads are set */
};

/* The word of mere letters at p, to its blank or star; NULL: it has others, too. */
static const char *plain_word(const struct lx *lx, const char *p, const char *end, struct words *to)
{
    const struct tk_chars *chars = lx->chars;
    uint32_t letters = 0, four = 0;
    uint64_t h = LX_SEED;
    while (p < end && *p != ' ' && *p != '*') {
        uint32_t cp = (unsigned char)*p++;
        if (cp >= 0x80) {
            if (cp < 0xc2 || cp >= 0xe0 || p == end || ((unsigned char)*p & 0xc0) != 0x80)
                return NULL;
            cp = (cp & 0x1f) << 6 | ((unsigned char)*p++ & 0x3f);
        }
        if (chars->kind[cp] != CH_LETTER && chars->kind[cp] != CH_CAPITAL)
            return NULL;
        uint32_t fold = chars->fold[cp];
        h = lx_mix(h, fold);
        four |= letters < 4 ? (fold & 0xff) << 8 * letters : 0;
        letters++;
    }
    to->hash[to->count] = h;
    to->four[to->count] = four;
    to->letters[to->count++] = letters;
    return p;
}

/* Reads a form of words of letters, one blank between them. 0: it is none such. */
static int read_plain(const struct lx *lx, struct assay_text form, struct words *to)
{
    const char *p = form.at, *end = form.at + form.size;
    *to = (struct words){.plain = 1};
    while (p < end && to->count < FORM_WORDS) {
        p = plain_word(lx, p, end, to);
        if (!p || !to->letters[to->count - 1])
            return 0;
        if (p < end && *p == '*') {
            to->wild |= 1u << (to->count - 1);
            p++;
        }
        if (p < end && *p++ != ' ')
            return 0;
    }
    return p == end;
}

static void read_form(const struct lx *lx, struct assay_text form, struct words *to)
{
    const char *at = form.at, *end = form.at + form.size;
    if (read_plain(lx, form, to))
        return;
    uint32_t n = 0;
    to->plain = 0;
    to->count = to->wild = 0;
    while (at < end) {
        const char *blank = memchr(at, ' ', (size_t)(end - at)), *stop = blank ? blank : end;
        int star = stop - at > 1 && stop[-1] == '*';
        uint32_t words = stop > at ? tk_hashes(lx, at, (uint64_t)(stop - at - star), to->hash + n, FORM_WORDS - n) : 0;
        if (stop > at && !words)
            return;
        n += words;
        to->wild |= star ? 1u << (n - 1) : 0;
        at = stop + (stop < end);
    }
    to->count = n;
}

int lt_may_differ(struct assay_text text)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    uint64_t i = 0, x;
    for (; i + 8 <= text.size; i += 8) {
        memcpy(&x, text.at + i, 8);
        x = (x & ones * 0xf0) ^ ones * 0xc0;
        if ((x - ones) & ~x & tops)
            return 1;
    }
    while (i < text.size && ((unsigned char)text.at[i] & 0xf0) != 0xc0)
        i++;
    return i < text.size;
}

int lt_plain_form(struct assay_text form, char *to, size_t room)
{
    size_t n = 0, letters = 0;
    int differs = 0;
    if (!lt_may_differ(form))
        return 0;
    for (const char *p = form.at, *end = p + form.size; p < end;) {
        uint32_t cp, size = assay_utf8_next(p, end, &cp);
        uint32_t low = lx_fold(cp), flat = cp >= 0x400 || cp == 0x131 ? low : assay_fold(cp);
        if (n + 4 > room)
            return 0;
        differs |= flat != low;
        n += assay_utf8_put(to + n, flat);
        letters++;
        p += size;
    }
    to[n] = 0;
    return differs && letters >= 4 ? (int)n : 0;
}

/* The meaning of the same section and file that says something else of the same form, or NULL. */
static const struct lx_meaning *contradicted(const struct lx *lx, uint64_t state, const struct lx_meaning *m)
{
    const struct lx_entry *e = lx_find(lx, state);
    for (uint32_t i = e ? e->meaning : 0; i; i = lx->meaning[i].next) {
        const struct lx_meaning *o = lx->meaning + i;
        if (o->class != m->class || o->file != m->file || (o->exact != 0) != (m->exact != 0))
            continue;
        if (o->exact && strcmp(lx->strings + o->exact, lx->strings + m->exact))
            continue;
        if (o->number != m->number || o->over != m->over || o->power != m->power ||
            (m->class <= LX_CURRENCY && strcmp(lx_key(lx, o), lx->strings + m->key)))
            return o;
    }
    return NULL;
}

static int only_plain(const struct lx *lx, const struct lx_entry *e)
{
    for (uint32_t i = e->meaning; i; i = lx->meaning[i].next)
        if (!lx->meaning[i].plain)
            return 0;
    return 1;
}

static void mark_place(struct lx *lx, uint32_t place, uint64_t h)
{
    lx->later[place][h >> 54] |= (uint64_t)1 << (h >> 48 & 63);
}

/* Where the n > 1 words of a phrase of that meaning stand. */
static void mark_places(struct lx *lx, const uint64_t *hash, uint32_t n, const struct lx_meaning *m)
{
    const uint64_t before = LX_BIT(LX_BOUND) | LX_BIT(LX_SIGN) | LX_TRIGGERS;
    mark_place(lx, LX_SECOND, hash[1]);
    if (says_number(m))
        mark_place(lx, LX_SECOND_COUNTS, hash[1]);
    if (!(before & LX_BIT(m->class)) && (m->class != LX_JOIN || m->of != OF_IN))
        return;
    mark_place(lx, LX_LAST_BEFORE, hash[n - 1]);
    mark_place(lx, LX_NEXT_TO_LAST, hash[n - 2]);
}

static void mark_four(struct lx *lx, uint32_t four)
{
    uint32_t at;
    uint64_t bit = lx_lead_bit(four, &at);
    lx->lead[at] |= bit;
}

/* The first letters of the word at p, as lx_leads takes them; *letters: how many it has. Gives its end. */
static const char *read_lead(const struct lx *lx, const char *p, const char *end, uint32_t *four, uint32_t *letters)
{
    uint32_t cp, fold;
    *four = *letters = 0;
    for (uint32_t size; p < end; p += size) {
        size = assay_utf8_next(p, end, &cp);
        uint32_t kind = ch_kind(lx->chars, cp, &fold);
        if (kind == CH_NOTHING)
            continue;
        if (kind != CH_LETTER && kind != CH_CAPITAL)
            break;
        *four |= *letters < 4 ? (fold & 0xff) << 8 * *letters : 0;
        ++*letters;
    }
    return p;
}

void lt_suffix_lead(struct lx *lx, struct assay_text suffix)
{
    uint32_t four, letters, n = lx->suffix_leads, i = 0;
    read_lead(lx, suffix.at, suffix.at + suffix.size, &four, &letters);
    while (i < n && lx->suffix_lead[i] != (four & 0xffff))
        i++;
    if (i == n && n < ASSAY_COUNT(lx->suffix_lead))
        lx->suffix_lead[lx->suffix_leads++] = four & 0xffff;
}

/* `stem`: with anything behind it, too; `ends`: with a suffix. */
static void mark_lead(struct lx *lx, uint32_t four, uint32_t letters, int stem, int ends)
{
    int all = stem || lx->suffix_leads == ASSAY_COUNT(lx->suffix_lead);
    mark_four(lx, four);
    if (letters < 2 || letters > 3)
        return;
    if (all)
        mark_four(lx, four | LX_LONGER);
    for (uint32_t i = 0; ends && i < lx->suffix_leads; i++)
        mark_four(lx, four | (uint32_t)lx->suffix_lead[i] << 8 * letters);
}

/* 1: words of a form of that meaning, the first of so many letters, matter to a number beside them. */
static int leads_count(const struct lx_meaning *m, uint32_t letters)
{
    const uint64_t beside = LX_TRIGGERS | LX_BIT(LX_BOUND) | LX_BIT(LX_SIGN) | LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY);
    return letters == 1 || beside & LX_BIT(m->class) || m->of == OF_ARTICLE || m->of == OF_IN;
}

/* Of a form that has signs and the like, too. */
static void mark_odd_leads(struct lx *lx, struct assay_text form, const struct lx_meaning *m, int whole)
{
    const char *p = form.at, *end = p + form.size;
    uint32_t four, letters, cp;
    for (int first = 1; p < end; first = 0) {
        p = read_lead(lx, p, end, &four, &letters);
        if (first && !leads_count(m, letters))
            return;
        if (letters)
            mark_lead(lx, four, letters, whole || (p < end && *p == '*'), lx->suffixed);
        if (p < end)
            p += assay_utf8_next(p, end, &cp);
    }
}

/* The words of a form that says a number or matters to one beside it (sieve.c). */
static void mark_leads(struct lx *lx, struct assay_text form, const struct words *w, const struct lx_meaning *m)
{
    int whole = lx->compounds && (m->class <= LX_FRACTION || m->class == LX_JOIN);
    if (!w->plain) {
        mark_odd_leads(lx, form, m, whole);
        return;
    }
    if (!leads_count(m, w->letters[0]))
        return;
    for (uint32_t i = 0; i < w->count; i++)
        mark_lead(lx, w->four[i], w->letters[i], whole || w->wild >> i & 1, lx->suffixed);
}

int lt_add_form(struct lx *lx, struct assay_text form, struct lx_meaning m, int only_new,
                const struct lx_meaning **other)
{
    struct words w;
    uint64_t state, *hash = w.hash;
    int exact = form.size > 1 && form.at[0] == '=';
    if (exact) {
        form.at++;
        form.size--;
        m.exact = lt_intern(lx, form.at, form.size);
    }
    read_form(lx, form, &w);
    const uint32_t n = w.count, wild = w.wild;
    if (!n)
        return -1;
    mark_leads(lx, form, &w, &m);
    for (uint32_t i = 0; i < n; i++) {
        if (wild >> i & 1) {
            mark_start(lx, hash[i], LX_START_STEM);
            hash[i] = lx_wild(hash[i]);
            if (n > 1 && !entry(lx, hash[i]))
                return 0; /* a stem inside a phrase has to be found on its own too */
        }
        state = i ? lx_phrase(state, hash[i]) : hash[i];
        if (!i)
            lx->form[state >> 53] |= (uint64_t)1 << (state >> 47 & 63);
        else
            lx->phrase[state >> 54] |= (uint64_t)1 << (state >> 48 & 63);
        if (i + 1 < n) {
            struct lx_entry *e = entry(lx, state);
            if (!e)
                return 0;
            e->use |= LX_GOES_ON | (says_number(&m) ? LX_COUNTS_ON : 0u);
            if (!i && m.class <= LX_VAGUE)
                e->mask |= LX_LEADS;
        }
    }
    if (n > 1)
        mark_places(lx, hash, n, &m);
    if (only_new) {
        const struct lx_entry *e = lx_find(lx, state);
        if (e && e->mask & ~LX_LEADS && !only_plain(lx, e))
            return 1;
        m.plain = 1;
    }
    if (other && (*other = contradicted(lx, state, &m)) != NULL)
        return 1;
    if (n == 1 && !wild && (lx->suffixed || (lx->compounds && (m.class <= LX_FRACTION || m.class == LX_JOIN))))
        mark_start(lx, hash[0], LX_START_FORM);
    return attach(lx, state, &m);
}

void lt_drop_form(struct lx *lx, struct assay_text form, uint8_t class)
{
    struct words w;
    uint64_t state = 0;
    read_form(lx, form, &w);
    const uint32_t n = w.count;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t h = w.wild >> i & 1 ? lx_wild(w.hash[i]) : w.hash[i];
        state = i ? lx_phrase(state, h) : h;
    }
    struct lx_entry *e = n ? (struct lx_entry *)(uintptr_t)lx_find(lx, state) : NULL;
    if (!e)
        return;
    uint32_t kept = 0, last = 0, next;
    e->mask &= LX_LEADS;
    e->words = 0;
    e->use &= ~LX_COUNTS;
    for (uint32_t i = e->meaning; i; i = next) {
        next = lx->meaning[i].next;
        if (lx->meaning[i].class == class)
            continue;
        lx->meaning[i].next = 0;
        if (last)
            lx->meaning[last].next = i;
        else
            kept = i;
        last = i;
        e->mask |= LX_BIT(lx->meaning[i].class);
        e->words |= LX_BIT(lx->meaning[i].of);
        e->use |= says_number(lx->meaning + i) ? LX_COUNTS : 0u;
    }
    e->meaning = kept;
    e->last = last;
}
