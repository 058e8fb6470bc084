/* SPDX-License-Identifier: Apache-2.0 */
#include "word.h"

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>

enum { STARTS = 24, LONGEST_WORD = 96, FOLDED = LONGEST_WORD * 2 + 8 };

/* ---- characters ---- */

void tk_chars_init(struct tk_chars *c)
{
    for (uint32_t cp = 0; cp < 0x800; cp++) {
        uint32_t class = assay_class(cp), fold = lx_fold(cp);
        c->fold[cp] = (uint16_t)fold;
        c->kind[cp] = CH_SIGN;
        if (class == ASSAY_CP_LETTER || class == ASSAY_CP_MARK)
            c->kind[cp] = assay_is_upper(cp) ? CH_CAPITAL : CH_LETTER;
        else if (class == ASSAY_CP_SPACE || cp == '\n' || cp == '\t' || cp == '\r')
            c->kind[cp] = CH_BLANK;
        if (!fold || class == ASSAY_CP_IGNORE)
            c->kind[cp] = CH_NOTHING;
        if (fold == '\'' || cp == 0xaa || cp == 0xba) /* ª º are signs here */
            c->kind[cp] = CH_SIGN;
    }
}

uint32_t ch_other(uint32_t cp, uint32_t *fold)
{
    *fold = lx_fold(cp);
    if (!*fold)
        return CH_NOTHING;
    uint32_t class = assay_class(cp);
    if (class == ASSAY_CP_IGNORE)
        return CH_NOTHING;
    if (class == ASSAY_CP_SPACE)
        return CH_BLANK;
    if (*fold == '\'')
        return CH_SIGN;
    return class == ASSAY_CP_LETTER || class == ASSAY_CP_MARK ? (assay_is_upper(cp) ? CH_CAPITAL : CH_LETTER) : CH_SIGN;
}

/* ---- walking ---- */

/* A word as it is walked: its beginnings that the lexicon knows, and its folded bytes where these matter. */
struct walk {
    uint64_t hash[STARTS];
    uint16_t size[STARTS]; /* of folded bytes */
    uint8_t kind[STARTS];  /* bits LX_START_ */
    uint32_t count, bytes;
    const char *at; /* the word as it stands */
    uint32_t length;
    char folded[FOLDED];
};

static void note_start(const struct lx *lx, struct walk *w, uint64_t h)
{
    uint32_t kind = lx_may_start(lx, h);
    if (!kind || w->count == STARTS)
        return;
    w->hash[w->count] = h;
    w->kind[w->count] = (uint8_t)kind;
    w->size[w->count++] = (uint16_t)w->bytes;
}

static void note_folded(struct walk *w, uint32_t fold, uint32_t letters)
{
    if (letters < LONGEST_WORD)
        w->bytes += assay_utf8_put(w->folded + w->bytes, fold & 0xffff ? fold : '?') & 7;
    if (w->bytes > FOLDED - 8)
        w->bytes = FOLDED - 8;
}

/* An apostrophe at p, of `size` bytes, between letters, where the language writes words with it. */
static int joins(const struct lx *lx, const struct tk_chars *c, const char *p, uint32_t size, const char *end)
{
    uint32_t next, fold;
    if (!lx->apostrophe || p + size >= end)
        return 0;
    assay_utf8_next(p + size, end, &next);
    uint32_t kind = ch_kind(c, next, &fold);
    return kind == CH_LETTER || kind == CH_CAPITAL;
}

static const char *walk_word(const struct lx *lx, const struct tk_chars *c, const char *p, const char *end,
                             struct tk *t, struct walk *w)
{
    uint64_t h = LX_SEED;
    uint32_t letters = 0, capitals = 0, cp, fold, size;
    int folds = lx->suffixed || lx->compounds;
    w->count = w->bytes = 0;
    for (; p < end; p += size) {
        cp = (unsigned char)*p;
        size = cp < 0x80 ? 1 : assay_utf8_next(p, end, &cp);
        uint32_t kind = ch_kind(c, cp, &fold);
        if (kind == CH_NOTHING && letters)
            continue;
        if (kind != CH_LETTER && kind != CH_CAPITAL && !(fold == '\'' && letters && joins(lx, c, p, size, end)))
            break;
        if (kind == CH_CAPITAL) {
            capitals++;
            t->upper |= !letters;
        }
        if (letters >= 2 && letters < LONGEST_WORD)
            note_start(lx, w, h);
        if (!letters)
            t->cp = fold;
        if (folds)
            note_folded(w, fold, letters);
        h = lx_mix(h, fold);
        letters++;
    }
    if (letters >= 2)
        note_start(lx, w, h);
    if (capitals && capitals == letters)
        t->upper = letters > 1 ? 2 : 4;
    t->letters = letters > 255 ? 255 : (uint8_t)letters;
    t->hash = h;
    return p;
}

uint64_t wd_hash(const char *p, const char *end)
{
    uint64_t h = LX_SEED;
    while (p < end) {
        uint32_t cp = (unsigned char)*p, bytes = cp < 0x80 ? 1 : assay_utf8_next(p, end, &cp), fold = lx_fold(cp);
        p += bytes;
        if (fold)
            h = lx_mix(h, fold);
    }
    return h;
}

uint32_t tk_hashes(const struct lx *lx, const char *at, uint64_t size, uint64_t *hash, uint32_t most)
{
    const char *end = at + size;
    uint32_t n = 0;
    while (at < end) {
        uint32_t cp, fold, bytes = assay_utf8_next(at, end, &cp), kind = ch_kind(lx->chars, cp, &fold);
        if (kind == CH_BLANK || kind == CH_NOTHING) {
            at += bytes;
            continue;
        }
        if (n == most)
            return 0;
        int digit = cp >= '0' && cp <= '9';
        uint64_t h = LX_SEED;
        if (kind == CH_SIGN && !digit) {
            hash[n++] = lx_mix(h, fold);
            at += bytes;
            continue;
        }
        while (at < end) {
            bytes = assay_utf8_next(at, end, &cp);
            kind = ch_kind(lx->chars, cp, &fold);
            int more = digit ? cp >= '0' && cp <= '9'
                             : kind == CH_LETTER || kind == CH_CAPITAL || (fold == '\'' && lx->apostrophe);
            if (fold && !more)
                break;
            if (fold)
                h = lx_mix(h, fold);
            at += bytes;
        }
        hash[n++] = h;
    }
    return n;
}

/* ---- what the lexicon says ---- */

static int is_suffix(const struct lx *lx, const char *p, const char *end)
{
    uint64_t h = wd_hash(p, end);
    uint32_t low = 0, high = lx->suffixes;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (lx->suffix[mid] < h)
            low = mid + 1;
        else
            high = mid;
    }
    return low < lx->suffixes && lx->suffix[low] == h;
}

static void add_start(struct tk *t, const struct lx *lx, const struct lx_entry *e)
{
    tk_add(t, lx, e, 1);
    t->use |= e->use & 7u;
    t->stem |= e->mask != 0;
}

/* A form with a chain of endings behind it. `whole`: what the lexicon says of the word as it stands. */
static const struct lx_entry *suffixed_form(const struct lx *lx, const struct walk *w, uint32_t i,
                                            const struct lx_entry *whole)
{
    const uint64_t takes =
        LX_BIT(LX_UNIT) | LX_BIT(LX_PERIOD) | LX_BIT(LX_NOUN) | LX_BIT(LX_CARDINAL) | LX_BIT(LX_CURRENCY);
    const struct lx_entry *e = lx_find(lx, w->hash[i]);
    if (!e || !e->meaning)
        return NULL;
    if (whole && !(e->mask & LX_BIT(LX_UNIT) && !(whole->mask & LX_BIT(LX_UNIT))))
        return NULL; /* "haftada" says per week, and is the locative of a unit, too */
    if (w->size[i] <= 2 && !(e->mask & takes))
        return NULL; /* a particle takes no endings */
    return is_suffix(lx, w->folded + w->size[i], w->folded + w->bytes) ? e : NULL;
}

/* Stems and forms that the word starts with, the longest first. 1: one of them says what it is. */
static int look_up_starts(const struct lx *lx, struct tk *t, const struct walk *w, const struct lx_entry *whole)
{
    for (uint32_t i = w->count; i-- > 0;) {
        const struct lx_entry *e = w->kind[i] & LX_START_STEM ? lx_find(lx, lx_wild(w->hash[i])) : NULL;
        if (e && e->words == (uint64_t)1 << OF_AUXILIARY && e->mask == LX_BIT(LX_WORD) && w->length &&
            lx_ends_by(lx, lx->noun_first, w->at, w->length))
            e = NULL; /* "продажи" is none of the forms of "продать" */
        if (e)
            add_start(t, lx, e);
        if (e && e->mask)
            return 1;
        if (!lx->suffixed || !(w->kind[i] & LX_START_FORM) || w->size[i] == w->bytes)
            continue;
        e = suffixed_form(lx, w, i, whole);
        if (e) {
            add_start(t, lx, e);
            return 1;
        }
    }
    return 0;
}

/* A number compound starts with a number word. */
static int may_be_compound(const struct lx *lx, const struct walk *w)
{
    if (w->count == STARTS)
        return 1;
    for (uint32_t i = 0; i < w->count; i++)
        if (w->kind[i] & LX_START_FORM && wd_piece(lx, w->hash[i], 0))
            return 1;
    return 0;
}

static void look_up(const struct lx *lx, struct tk *t, const struct walk *w)
{
    const uint64_t open = LX_LEADS | (lx->suffixed ? LX_BIT(LX_PER) | LX_BIT(LX_TIME) : 0) | LX_BIT(LX_UNIT) |
                          LX_BIT(LX_COUNTRY) | LX_BIT(LX_STATUS) | LX_BIT(LX_NOUN) | LX_BIT(LX_SPEECH) |
                          LX_BIT(LX_TITLE) | LX_BIT(LX_PERIOD);
    const struct lx_entry *e = lx_may_be(lx, t->hash) ? lx_find(lx, t->hash) : NULL;
    if (e) {
        tk_add(t, lx, e, 1);
        t->use = e->use & 7u;
    }
    if (!w->count || (e && e->mask & ~open) || look_up_starts(lx, t, w, e))
        return;
    if (!e && lx->compounds && t->letters > 4 && may_be_compound(lx, w))
        wd_compound(lx, w->folded, w->bytes, t);
}

const char *wd_read(const struct lx *lx, const struct tk_chars *c, const char *p, const char *end, struct tk *t)
{
    struct walk w;
    const char *stop = walk_word(lx, c, p, end, t, &w);
    w.at = p;
    w.length = (uint32_t)(stop - p);
    t->endings = (uint16_t)lx_endings(lx, p, (uint32_t)(stop - p));
    look_up(lx, t, &w);
    return stop;
}
