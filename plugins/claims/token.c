/* SPDX-License-Identifier: Apache-2.0 */
#include "token.h"

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "shape.h"

enum { STARTS = 24, LONGEST_WORD = 96, SLOTS = 8192, MOST_HITS = 4 };

/* What a run of letters starts with, by its bytes: a cache, since a text says the same words again and again. Number
 * compounds are not kept. A slot fills one cache line. */
struct known_word {
    struct run_key key;
    uint64_t hash;
    uint32_t hit[MOST_HITS]; /* indexes into the lexicon's table */
    uint32_t cp : 21, use : 3, endings : 8;
    uint32_t run : 5, size : 5; /* bytes of the run (0: free), of its first word */
    uint32_t letters : 5, upper : 3, stem : 1, hits : 3;
};
_Static_assert(sizeof(struct known_word) == 64, "one cache line");

struct tk_cache {
    struct known_word *slot;
    char room[]; /* untouched slots cost no memory */
};

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
        uint32_t cp, fold, bytes = assay_utf8_next(at, end, &cp), kind = kind_of(lx->chars, cp, &fold);
        if (kind == 2 || kind == 3) {
            at += bytes;
            continue;
        }
        if (n == most)
            return 0;
        int digit = cp >= '0' && cp <= '9';
        uint64_t h = LX_SEED;
        if (!kind && !digit) {
            hash[n++] = lx_mix(h, fold);
            at += bytes;
            continue;
        }
        while (at < end) {
            bytes = assay_utf8_next(at, end, &cp);
            kind = kind_of(lx->chars, cp, &fold);
            int more = digit ? cp >= '0' && cp <= '9' : kind == 1 || kind == 4 || (fold == '\'' && lx->apostrophe);
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
            if (!e || (q == text + from + 1 && !(e->mask & LX_BIT(LX_JOIN)))) /* "deste" and "k" make no number of "destek" */
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
    t->use |= LX_COUNTS;
    return 1;
}

static void look_up(const struct lx *lx, struct tk *t, const struct starts *s)
{
    const struct lx_entry *e = lx_find(lx, t->hash);
    if (e) {
        tk_add(t, e, 1);
        t->use = e->use & 7u;
    }
    const uint64_t open = LX_LEADS | (lx->suffixed ? LX_BIT(LX_PER) | LX_BIT(LX_TIME) : 0) | LX_BIT(LX_UNIT) | LX_BIT(LX_COUNTRY) | LX_BIT(LX_STATUS) | LX_BIT(LX_NOUN) | LX_BIT(LX_SPEECH) | LX_BIT(LX_TITLE) | LX_BIT(LX_PERIOD);
    if (!s->count || (e && e->mask & ~open))
        return;
    for (uint32_t i = s->count; i-- > 0;) { /* the longest start first */
        const struct lx_entry *w = lx_find(lx, lx_wild(s->hash[i]));
        if (w) {
            tk_add(t, w, 1);
            t->use |= w->use & 7u;
            t->stem = 1;
            if (w->mask)
                return;
        }
        if (!lx->suffixed || s->size[i] == s->bytes)
            continue;
        w = lx_find(lx, s->hash[i]);
        if (e && !(w && w->mask & LX_BIT(LX_UNIT) && !(e->mask & LX_BIT(LX_UNIT))))
            continue; /* "haftada" says per week, and is the locative of a unit, too */
        if (w && s->size[i] <= 2 && !(w->mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_PERIOD) | LX_BIT(LX_NOUN) | LX_BIT(LX_CARDINAL) | LX_BIT(LX_CURRENCY))))
            continue; /* a particle takes no endings */
        if (w && w->mask && is_suffix(lx, s->folded + s->size[i], s->folded + s->bytes)) {
            tk_add(t, w, 1);
            t->use |= w->use & 7u;
            t->stem = 1;
            return;
        }
    }
    if (!e && lx->compounds && t->letters > 4)
        compound(lx, s, t);
}

struct tk_cache *tk_cache_new(void)
{
    size_t line = sizeof(struct known_word);
    struct tk_cache *cache = calloc(1, sizeof *cache + (SLOTS + 1) * line);
    if (!cache)
        return NULL;
    cache->slot = (struct known_word *)(void *)(cache->room + (line - (uintptr_t)cache->room % line));
    return cache;
}

/* The run of letters at p; its bytes, 0 where it is too long. */
static uint32_t read_run(struct run_key *key, const char *p, const char *stop, const char *readable)
{
    char copy[RUN_KEY];
    ptrdiff_t most = stop - p;
    if (readable - p < RUN_KEY) {
        memset(copy, 0, sizeof copy);
        memcpy(copy, p, (size_t)(most < RUN_KEY ? most : RUN_KEY));
        p = copy;
    }
    uint32_t n = run_size(p);
    if (n > most)
        n = (uint32_t)most;
    if (n == RUN_KEY)
        return 0;
    run_take(key, p, n);
    return n;
}

static struct known_word *slot_of(struct tk_cache *cache, const struct run_key *key)
{
    uint64_t h = key->part[0] * 0x9e3779b97f4a7c15u ^ key->part[1] * 0xda942042e4dd58b5u;
    h ^= (key->part[2] ^ key->part[3] << 1) * 0x9fb21c651e98df25u;
    h ^= h >> 29;
    return cache->slot + (h * 0xbf58476d1ce4e5b9u >> 40) % SLOTS;
}

static void remember(const struct lx *lx, struct known_word *w, const struct run_key *key, uint32_t run, const struct tk *t)
{
    *w = (struct known_word){.key = *key, .hash = t->hash, .cp = t->cp & 0x1fffff, .run = run & 31u,
                             .size = (t->end - t->begin) & 31u, .letters = t->letters & 31u, .upper = t->upper & 7u,
                             .stem = t->stem & 1u, .use = t->use & 7u, .hits = t->hits & 7u, .endings = t->endings};
    for (uint32_t i = 0; i < t->hits; i++)
        w->hit[i] = (uint32_t)(t->hit[i].entry - lx->table);
}

static void recall(const struct lx *lx, const struct known_word *w, struct tk *t)
{
    t->end = t->begin + w->size;
    t->hash = w->hash;
    t->cp = w->cp;
    t->upper = w->upper;
    t->endings = w->endings;
    t->letters = w->letters;
    t->stem = w->stem;
    t->use = w->use;
    t->hits = w->hits;
    for (uint32_t i = 0; i < w->hits; i++) {
        const struct lx_entry *e = lx->table + w->hit[i];
        t->hit[i] = (struct tk_hit){e, 1};
        t->mask |= e->mask;
        t->words |= e->words;
    }
}

/* A run of letters and where the cache would have it. */
struct run_place {
    const char *at;
    struct run_key key;
    uint32_t run; /* bytes; 0: too long */
    struct known_word *slot;
};

static void place_run(const struct tks *s, const char *p, const char *stop, struct run_place *r)
{
    r->at = p;
    r->run = read_run(&r->key, p, stop, s->text + s->size);
    r->slot = r->run ? slot_of(s->cache, &r->key) : NULL;
}

/* Most words have a blank and a word behind them, whose slot is fetched while this one is looked at. */
static void look_ahead(const struct tks *s, const char *stop, struct run_place *r)
{
    const char *next = r->at + r->run + 1;
    if (!r->run || next >= stop || next[-1] != ' ' || ((unsigned char)*next | 0x20) < 'a') {
        r->at = NULL;
        return;
    }
    place_run(s, next, stop, r);
    if (r->slot)
        __builtin_prefetch(r->slot);
}

/* The word at text[t->begin]; *ahead: the run there, if it was fetched, then the next. */
static void read_word(struct tks *s, const char *stop, struct tk *t, struct run_place *ahead)
{
    struct starts starts;
    const char *p = s->text + t->begin;
    if (ahead->at != p)
        place_run(s, p, stop, ahead);
    struct run_place here = *ahead;
    look_ahead(s, stop, ahead);
    uint32_t run = here.run;
    struct known_word *w = here.slot;
    if (w && s->lx->apostrophe && p + run < stop && p[run] == '\'')
        w = NULL; /* what an apostrophe behind the run does is decided by what follows it */
    if (w && w->run == run && run_same(&w->key, &here.key)) {
        recall(s->lx, w, t);
        return;
    }
    const char *end = walk_word(s->chars, s->lx, p, stop, t, &starts);
    t->end = (uint32_t)(end - s->text);
    t->endings = (uint8_t)lx_endings(s->lx, p, t->end - t->begin);
    look_up(s->lx, t, &starts);
    if (w && !t->compound && end - p <= (ptrdiff_t)run)
        remember(s->lx, w, &here.key, run, t);
}

void tk_reread(struct tks *s, uint32_t i, const char *form, uint64_t size)
{
    struct starts starts;
    struct tk *t = s->at + i;
    uint32_t begin = t->begin, end = t->end;
    uint8_t space = t->space;
    memset(t, 0, offsetof(struct tk, hit));
    t->kind = TK_WORD;
    t->begin = begin;
    t->end = end;
    t->space = space;
    walk_word(s->chars, s->lx, form, form + size, t, &starts);
    t->endings = (uint8_t)lx_endings(s->lx, form, (uint32_t)size);
    look_up(s->lx, t, &starts);
    s->mask |= t->mask;
    s->use |= t->use;
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

/* A web or mail address that starts with the word: its end, or that of nothing. */
static uint32_t address(const struct tks *s, const struct tk *t)
{
    char after = t->end < s->end ? s->text[t->end] : ' ';
    if (after != ':' && after != '.' && after != '@' && after != '_' && !(after >= '0' && after <= '9'))
        return t->begin;
    if (after == '.' && (t->end + 1 >= s->end || s->text[t->end + 1] == ' '))
        return t->begin; /* the end of a sentence */
    return sh_address(s->text, t->begin, s->end);
}

/* What starts at t->begin with a letter, a digit, or anything else (whose character is cp). */
static void token_of_letters(struct tks *s, struct tk *t, const char *stop, struct run_place *ahead)
{
    t->kind = TK_WORD;
    read_word(s, stop, t, ahead);
    uint32_t to = address(s, t);
    if (to <= t->begin)
        return;
    t->mask = t->words = 0;
    t->stem = t->compound = t->hits = t->use = t->upper = 0;
    t->kind = TK_SKIP;
    t->shape = SH_URL;
    t->end = to;
    t->endings = (uint8_t)lx_endings(s->lx, s->text + t->begin, t->end - t->begin);
}

static void token_of_digits(struct tks *s, struct tk *t)
{
    t->kind = TK_NUMBER;
    t->shape = (uint8_t)sh_scan(s->text, s->begin, t->begin, s->end, &t->end);
    if (t->shape != SH_NUMERAL && t->shape != SH_FRACTION)
        t->kind = TK_SKIP;
    if (letter_before(s, t->begin) && t->shape == SH_NUMERAL)
        t->upper = 8; /* glued to letters */
    t->hash = hash_bytes(s->text + t->begin, s->text + t->end);
    t->use = LX_GOES_ON; /* not looked up yet */
    s->numbers += t->kind == TK_NUMBER;
}

static void token_of_sign(struct tks *s, struct tk *t, uint32_t cp, uint32_t size)
{
    t->kind = TK_SIGN;
    t->cp = cp;
    t->end = t->begin + size;
    t->hash = lx_mix(LX_SEED, cp);
    const struct lx_entry *e = lx_find(s->lx, t->hash);
    if (!e)
        return;
    tk_add(t, e, 1);
    t->use = e->use & 7u;
}

int tk_run(struct tks *s, const struct lx *lx, const char *text, uint32_t begin, uint32_t end)
{
    const char *stop = text + end;
    struct run_place ahead = {.at = NULL};
    uint32_t space = 1;
    s->lx = lx;
    s->text = text;
    s->begin = begin;
    s->end = end;
    s->count = s->numbers = 0;
    s->mask = s->phrased = 0;
    s->use = 0;
    for (uint32_t p = begin; p < end;) {
        uint32_t cp = (unsigned char)text[p], fold, size = 1;
        if (cp == ' ') {
            space = 1;
            p++;
            continue;
        }
        if (cp >= 0x80)
            size = assay_utf8_next(text + p, stop, &cp);
        uint32_t kind = kind_of(s->chars, cp, &fold);
        if (kind == 2 || kind == 3) {
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
        if (kind)
            token_of_letters(s, t, stop, &ahead);
        else if (cp >= '0' && cp <= '9')
            token_of_digits(s, t);
        else
            token_of_sign(s, t, fold, size);
        s->mask |= t->mask;
        s->use |= t->use;
        p = t->end;
        s->count++;
    }
    return 1;
}
