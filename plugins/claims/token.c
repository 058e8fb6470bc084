/* SPDX-License-Identifier: Apache-2.0 */
#include "token.h"

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "shape.h"

enum { STARTS = 24, LONGEST_PHRASE = 10, LONGEST_WORD = 96 };

void tk_chars_init(struct tk_chars *c)
{
    for (uint32_t cp = 0; cp < 0x800; cp++) {
        uint32_t class = assay_class(cp), fold = lx_fold(cp);
        c->fold[cp] = (uint16_t)fold;
        c->kind[cp] = 0;
        if (class == ASSAY_CP_LETTER || class == ASSAY_CP_MARK)
            c->kind[cp] = assay_is_upper(cp) ? 4 : 1;
        else if (class == ASSAY_CP_SPACE || cp == '\n' || cp == '\t' || cp == '\r')
            c->kind[cp] = 2;
        if (!fold || class == ASSAY_CP_IGNORE)
            c->kind[cp] = 3;
        if (fold == '\'' || cp == 0xaa || cp == 0xba) /* ª º are signs here */
            c->kind[cp] = 0;
    }
}

static uint32_t kind_of(const struct tk_chars *c, uint32_t cp, uint32_t *fold)
{
    if (cp < 0x800) {
        *fold = c->fold[cp];
        return c->kind[cp];
    }
    *fold = lx_fold(cp);
    if (!*fold)
        return 3;
    uint32_t class = assay_class(cp);
    if (class == ASSAY_CP_IGNORE)
        return 3;
    if (class == ASSAY_CP_SPACE)
        return 2;
    if (*fold == '\'')
        return 0;
    return class == ASSAY_CP_LETTER || class == ASSAY_CP_MARK ? (assay_is_upper(cp) ? 4 : 1) : 0;
}

struct starts {
    uint64_t hash[STARTS];
    uint16_t size[STARTS]; /* of folded bytes */
    uint32_t count;
    char folded[LONGEST_WORD * 2 + 8];
    uint32_t bytes;
};

/* Walks one word from p on; fills hash, letters, upper, end. */
static const char *walk_word(const struct tk_chars *c, const struct lx *lx, const char *p, const char *end, struct tk *t, struct starts *s)
{
    uint64_t h = LX_SEED;
    uint32_t letters = 0, capitals = 0, bytes = 0;
    s->count = 0;
    while (p < end) {
        uint32_t cp, fold, size;
        if ((unsigned char)*p < 0x80) {
            cp = (unsigned char)*p;
            size = 1;
        } else {
            size = assay_utf8_next(p, end, &cp);
        }
        uint32_t kind = kind_of(c, cp, &fold);
        if (kind == 3 && letters) {
            p += size;
            continue;
        }
        if (kind != 1 && kind != 4) {
            /* an apostrophe between letters, where the language writes words with it */
            uint32_t next, after;
            if (fold != '\'' || !lx->apostrophe || !letters || p + size >= end)
                break;
            assay_utf8_next(p + size, end, &next);
            uint32_t k = kind_of(c, next, &after);
            if (k != 1 && k != 4)
                break;
        }
        if (kind == 4) {
            capitals++;
            if (!letters)
                t->upper = 1;
        }
        if (letters >= 2 && letters < LONGEST_WORD && lx_may_start(lx, h) && s->count < STARTS) {
            s->hash[s->count] = h;
            s->size[s->count++] = (uint16_t)bytes;
        }
        if (!letters)
            t->cp = fold;
        if (letters < LONGEST_WORD)
            bytes += assay_utf8_put(s->folded + bytes, fold & 0xffff ? fold : '?') & 7;
        if (bytes > sizeof s->folded - 8)
            bytes = sizeof s->folded - 8;
        h = lx_mix(h, fold);
        letters++;
        p += size;
    }
    if (letters >= 2 && lx_may_start(lx, h) && s->count < STARTS) {
        s->hash[s->count] = h;
        s->size[s->count++] = (uint16_t)bytes;
    }
    s->bytes = bytes;
    if (capitals && capitals == letters)
        t->upper = letters > 1 ? 2 : 4;
    t->letters = letters > 255 ? 255 : (uint8_t)letters;
    t->hash = h;
    return p;
}

static uint64_t hash_bytes(const char *p, const char *end)
{
    uint64_t h = LX_SEED;
    while (p < end) {
        uint32_t cp;
        p += assay_utf8_next(p, end, &cp);
        uint32_t fold = lx_fold(cp);
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
        uint32_t cp, bytes = assay_utf8_next(at, end, &cp), fold = lx_fold(cp), class = assay_class(cp);
        if (class == ASSAY_CP_SPACE || !fold) {
            at += bytes;
            continue;
        }
        if (n == most)
            return 0;
        int letter = (class == ASSAY_CP_LETTER || class == ASSAY_CP_MARK) && fold != '\'' && cp != 0xaa && cp != 0xba;
        int digit = cp >= '0' && cp <= '9';
        uint64_t h = LX_SEED;
        if (!letter && !digit) {
            hash[n++] = lx_mix(h, fold);
            at += bytes;
            continue;
        }
        while (at < end) {
            bytes = assay_utf8_next(at, end, &cp);
            fold = lx_fold(cp);
            class = assay_class(cp);
            int more = digit ? cp >= '0' && cp <= '9'
                             : (class == ASSAY_CP_LETTER || class == ASSAY_CP_MARK || (fold == '\'' && lx->apostrophe)) &&
                                   (fold != '\'' || lx->apostrophe) && cp != 0xaa && cp != 0xba;
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

static void hit(struct tk *t, const struct lx_entry *e, uint32_t length)
{
    if (!e->mask)
        return;
    t->mask |= e->mask;
    t->words |= e->words;
    uint32_t n = t->hits < 4 ? t->hits++ : 3;
    /* insert, longest first, the earlier first among equals */
    while (n > 0 && t->hit[n - 1].length < length) {
        t->hit[n] = t->hit[n - 1];
        n--;
    }
    if (n < 4)
        t->hit[n] = (struct tk_hit){e, length};
}

static int is_suffix(const struct lx *lx, const char *p, const char *end)
{
    uint64_t h = hash_bytes(p, end);
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

/* The number word that is folded[from, to), or NULL. */
static const struct lx_entry *piece(const struct lx *lx, uint64_t hash, int last)
{
    const struct lx_entry *e = lx_may_start(lx, hash) ? lx_find(lx, hash) : NULL;
    uint64_t wanted = LX_BIT(LX_CARDINAL) | LX_BIT(LX_SCALE) | LX_BIT(LX_JOIN) | (last ? LX_BIT(LX_ORDINAL) : 0);
    return e && e->mask & wanted ? e : NULL;
}

struct count {
    uint64_t total, current;
    int pieces, ordinal;
};

static int add_piece(const struct lx *lx, const struct lx_entry *e, struct count *c)
{
    for (uint32_t i = e->meaning; i; i = lx->meaning[i].next) {
        const struct lx_meaning *m = lx->meaning + i;
        uint64_t v = (uint64_t)m->number;
        if (m->power < 0 || m->power > 12 || m->number < 0)
            continue;
        for (int k = 0; k < m->power; k++)
            v *= 10;
        if (m->class == LX_CARDINAL || m->class == LX_ORDINAL) {
            if (v >= 1000 && m->class == LX_ORDINAL) {
                c->total += (c->current ? c->current : 1) * v;
                c->current = 0;
            } else if (v == 100 && c->current % 100 && c->current < 100) {
                c->current *= 100;
            } else {
                c->current += v;
            }
            c->ordinal = m->class == LX_ORDINAL;
        } else if (m->class == LX_SCALE) {
            c->total += (c->current ? c->current : 1) * v;
            c->current = 0;
        } else if (m->class != LX_JOIN || m->of != OF_AND || !c->pieces) {
            continue;
        }
        return 1;
    }
    return 0;
}

/* "zweiundzwanzigtausend", "trecentottanta": the word cut into number words, the longest first wherever that works out.
 * From the end on, so that no cut is tried twice. */
static int compound(const struct lx *lx, const struct starts *s, struct tk *t)
{
    const char *text = s->folded, *end = text + s->bytes;
    uint16_t next[LONGEST_WORD * 2 + 8] = {0};
    const struct lx_entry *of[LONGEST_WORD * 2 + 8] = {0};
    if (s->bytes > LONGEST_WORD * 2)
        return 0;
    for (uint32_t from = s->bytes; from-- > 0;) {
        if (((unsigned char)text[from] & 0xc0) == 0x80)
            continue;
        uint64_t h = LX_SEED;
        for (const char *q = text + from; q < end;) {
            uint32_t cp;
            q += assay_utf8_next(q, end, &cp);
            h = lx_mix(h, cp);
            if (q < end && !next[q - text])
                continue;
            const struct lx_entry *e = piece(lx, h, q == end);
            if (!e)
                continue;
            next[from] = (uint16_t)(q - text);
            of[from] = e;
        }
    }
    struct count c = {0};
    for (uint32_t p = 0; p < s->bytes; p = next[p], c.pieces++)
        if (!next[p] || c.pieces > 24 || !add_piece(lx, of[p], &c))
            return 0;
    if (c.pieces < 2)
        return 0;
    t->value = c.total + c.current;
    t->compound = (uint8_t)(c.ordinal ? 2 : 1);
    t->mask |= c.ordinal ? LX_BIT(LX_ORDINAL) : LX_BIT(LX_CARDINAL);
    return 1;
}

static void look_up(const struct lx *lx, struct tk *t, const struct starts *s)
{
    const struct lx_entry *e = lx_find(lx, t->hash);
    if (e)
        hit(t, e, 1);
    const uint64_t open = LX_LEADS | (lx->suffixed ? LX_BIT(LX_PER) : 0) | LX_BIT(LX_UNIT) | LX_BIT(LX_COUNTRY) | LX_BIT(LX_STATUS) | LX_BIT(LX_NOUN) | LX_BIT(LX_SPEECH) | LX_BIT(LX_TITLE) | LX_BIT(LX_PERIOD);
    if (!s->count || (e && e->mask & ~open))
        return;
    for (uint32_t i = s->count; i-- > 0;) { /* the longest start first */
        const struct lx_entry *w = lx_find(lx, lx_wild(s->hash[i]));
        if (w) {
            hit(t, w, 1);
            t->stem = 1;
            if (w->mask)
                return;
        }
        if (e || !lx->suffixed || s->size[i] == s->bytes)
            continue;
        w = lx_find(lx, s->hash[i]);
        if (w && s->size[i] <= 2 && !(w->mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_PERIOD) | LX_BIT(LX_NOUN) | LX_BIT(LX_CARDINAL) | LX_BIT(LX_CURRENCY))))
            continue; /* a particle takes no endings */
        if (w && w->mask && is_suffix(lx, s->folded + s->size[i], s->folded + s->bytes)) {
            hit(t, w, 1);
            t->stem = 1;
            return;
        }
    }
    if (!e && lx->compounds && t->letters > 4)
        compound(lx, s, t);
}

static struct tk *push(struct tks *s)
{
    if (s->count == s->room) {
        uint32_t room = s->room ? s->room * 2 : 1024;
        struct tk *at = realloc(s->at, room * sizeof *at);
        if (!at)
            return NULL;
        s->at = at;
        s->room = room;
    }
    struct tk *t = s->at + s->count;
    memset(t, 0, offsetof(struct tk, hit));
    return t;
}

static int letter_before(const struct tks *s, uint32_t at)
{
    const struct tk *last = s->count ? s->at + s->count - 1 : NULL;
    return last && last->kind == TK_WORD && last->end == at;
}

int tk_run(struct tks *s, const struct lx *lx, const char *text, uint32_t begin, uint32_t end)
{
    struct starts starts;
    const char *stop = text + end;
    uint32_t space = 1;
    s->lx = lx;
    s->text = text;
    s->begin = begin;
    s->end = end;
    s->count = s->numbers = 0;
    s->mask = 0;
    for (uint32_t p = begin; p < end;) {
        uint32_t cp, fold, size = assay_utf8_next(text + p, stop, &cp);
        uint32_t kind = kind_of(s->chars, cp, &fold);
        if (kind >= 2 && kind < 4) {
            space |= kind == 2;
            p += size;
            continue;
        }
        struct tk *t = push(s);
        if (!t)
            return 0;
        t->begin = p;
        t->space = (uint8_t)space;
        space = 0;
        if (kind) {
            t->kind = TK_WORD;
            t->end = (uint32_t)(walk_word(s->chars, lx, text + p, stop, t, &starts) - text);
            char after = t->end < end ? text[t->end] : ' ';
            uint32_t to = after == ':' || after == '.' || after == '@' || after == '_' || (after >= '0' && after <= '9') ? sh_address(text, p, end) : p;
            if (to > p) {
                t->kind = TK_SKIP;
                t->shape = SH_URL;
                t->end = to;
                t->upper = 0;
            } else {
                look_up(lx, t, &starts);
            }
        } else if (cp >= '0' && cp <= '9') {
            t->kind = TK_NUMBER;
            t->shape = (uint8_t)sh_scan(text, begin, p, end, &t->end);
            if (t->shape != SH_NUMERAL && t->shape != SH_FRACTION)
                t->kind = TK_SKIP;
            if (letter_before(s, p) && t->shape == SH_NUMERAL)
                t->upper = 8; /* glued to letters */
            t->hash = hash_bytes(text + p, text + t->end);
            s->numbers += t->kind == TK_NUMBER;
        } else {
            t->kind = TK_SIGN;
            t->cp = fold;
            t->end = p + size;
            t->hash = lx_mix(LX_SEED, fold);
            const struct lx_entry *e = lx_find(lx, t->hash);
            if (e)
                hit(t, e, 1);
        }
        s->mask |= t->mask;
        p = t->end;
        s->count++;
    }
    return 1;
}

/* A phrase may go on by the word itself or, where it ends in a stem, by that. */
static uint32_t stem_hashes(const struct tk *t, uint64_t *to)
{
    to[0] = t->hash;
    uint32_t n = 1;
    for (uint32_t k = 0; k < t->hits && n < 3; k++)
        if (t->hit[k].length == 1 && t->hit[k].entry->hash != t->hash)
            to[n++] = t->hit[k].entry->hash;
    return n;
}

static void phrases_from(struct tks *s, uint32_t i)
{
    uint64_t state[3], next[3];
    struct tk *t = s->at + i;
    uint32_t states = t->kind == TK_WORD ? stem_hashes(t, state) : 1;
    state[0] = t->hash;
    for (uint32_t k = 0; k < states; k++) {
        const struct lx_entry *e = lx_find(s->lx, state[k]);
        if (!e || !e->more)
            continue;
        uint64_t at = state[k];
        for (uint32_t n = 1; n < LONGEST_PHRASE && i + n < s->count; n++) {
            uint32_t ways = stem_hashes(s->at + i + n, next);
            const struct lx_entry *on = NULL;
            for (uint32_t w = 0; w < ways && !on; w++)
                on = lx_find(s->lx, lx_phrase(at, next[w]));
            if (!on)
                break;
            hit(t, on, n + 1);
            if (!on->more)
                break;
            at = on->hash;
        }
    }
    s->mask |= t->mask;
}

void tk_phrases(struct tks *s)
{
    /* from the end, so that the stems of later tokens are still single words when they are looked at */
    for (uint32_t i = s->count; i-- > 0;)
        if (s->at[i].kind != TK_SKIP)
            phrases_from(s, i);
}

static int fits(const struct tks *s, uint32_t i, uint32_t length, const struct lx_meaning *m)
{
    if (!m->exact)
        return 1;
    const char *form = s->lx->strings + m->exact;
    uint32_t begin = s->at[i].begin, size = s->at[i + length - 1].end - begin;
    return strlen(form) == size && !memcmp(form, s->text + begin, size);
}

const struct lx_meaning *tk_find(const struct tks *s, uint32_t i, uint32_t class, uint32_t *length)
{
    const struct tk *t = s->at + i;
    for (uint32_t k = 0; k < t->hits; k++) {
        if (!(t->hit[k].entry->mask & LX_BIT(class)))
            continue;
        for (uint32_t m = t->hit[k].entry->meaning; m; m = s->lx->meaning[m].next)
            if (s->lx->meaning[m].class == class && fits(s, i, t->hit[k].length, s->lx->meaning + m)) {
                if (length)
                    *length = t->hit[k].length;
                return s->lx->meaning + m;
            }
    }
    return NULL;
}

const struct lx_meaning *tk_find_word(const struct tks *s, uint32_t i, uint32_t class, uint32_t of, uint32_t *length)
{
    const struct tk *t = s->at + i;
    for (uint32_t k = 0; k < t->hits; k++)
        for (uint32_t m = t->hit[k].entry->meaning; m; m = s->lx->meaning[m].next)
            if (s->lx->meaning[m].class == class && s->lx->meaning[m].of == of && fits(s, i, t->hit[k].length, s->lx->meaning + m)) {
                if (length)
                    *length = t->hit[k].length;
                return s->lx->meaning + m;
            }
    return NULL;
}

const struct lx_meaning *tk_find_before(const struct tks *s, uint32_t i, uint32_t class, uint32_t *start)
{
    for (uint32_t n = i < 6 ? i : 6; n > 0; n--) {
        uint32_t j = i - n;
        if (!tk_has(s, j, class))
            continue;
        const struct tk *t = s->at + j;
        for (uint32_t k = 0; k < t->hits; k++) {
            if (t->hit[k].length != n || !(t->hit[k].entry->mask & LX_BIT(class)))
                continue;
            for (uint32_t m = t->hit[k].entry->meaning; m; m = s->lx->meaning[m].next)
                if (s->lx->meaning[m].class == class && fits(s, j, n, s->lx->meaning + m)) {
                    if (start)
                        *start = j;
                    return s->lx->meaning + m;
                }
        }
    }
    return NULL;
}
