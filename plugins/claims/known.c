/* SPDX-License-Identifier: Apache-2.0 */
#include "known.h"

#include <stddef.h>
#include <stdlib.h>

#include "word.h"

enum { PAIRS = 8192, MOST_HITS = 4 };

/* What a run of letters starts with, by its bytes. It fills one cache line; two of them share a place. */
struct known_word {
    struct run_key key;
    uint64_t hash;
    uint32_t hit[MOST_HITS]; /* indexes into the lexicon's table */
    uint32_t cp : 21, endings : 11; /* and `last`, of the last list of endings */
    uint32_t run : 5, size : 5; /* bytes of the run (0: free), of its first word */
    uint32_t letters : 5, upper : 3, stem : 1, hits : 3, use : 3;
    uint32_t last : 1;
    uint32_t second : 1; /* of the first of a pair: the other one was asked for last */
};
_Static_assert(sizeof(struct known_word) == 64, "one cache line");
_Static_assert(LX_ENDS_LISTS <= 12, "all lists of endings are kept");

struct tk_cache {
    struct known_word *word; /* 2 * PAIRS */
    char room[];             /* untouched words cost no memory */
};

struct tk_cache *tk_cache_new(void)
{
    size_t line = 2 * sizeof(struct known_word);
    struct tk_cache *cache = calloc(1, sizeof *cache + (PAIRS + 1) * line);
    if (!cache)
        return NULL;
    cache->word = (struct known_word *)(void *)(cache->room + (line - (uintptr_t)cache->room % line));
    return cache;
}

static struct known_word *pair_of(struct tk_cache *cache, const struct run_key *key)
{
    return cache->word + run_hash(key) % PAIRS * 2;
}

static void find_place(const struct tks *s, const char *p, const char *stop, struct known_place *r)
{
    r->at = p;
    r->run = run_read(&r->key, p, stop, s->text + s->size);
    r->pair = r->run ? pair_of(s->cache, &r->key) : NULL;
}

/* Most words have a blank and a word behind them. */
static void look_ahead(const struct tks *s, const char *stop, const struct known_place *here, struct known_place *next)
{
    const char *p = here->at + here->run + 1;
    next->at = NULL;
    if (!here->run || p >= stop || p[-1] != ' ' || ((unsigned char)*p | 0x20) < 'a')
        return;
    find_place(s, p, stop, next);
    if (!next->pair)
        return;
    __builtin_prefetch(next->pair);
    __builtin_prefetch(next->pair + 1);
}

static void recall(const struct lx *lx, const struct known_word *w, struct tk *t)
{
    t->end = t->begin + w->size;
    t->hash = w->hash;
    t->cp = w->cp;
    t->upper = w->upper;
    t->endings = (uint16_t)(w->endings | w->last << 11);
    t->letters = w->letters;
    t->stem = w->stem;
    t->use = w->use;
    t->hits = w->hits;
    for (uint32_t i = 0; i < w->hits; i++) {
        const struct lx_entry *e = lx->table + w->hit[i];
        t->hit[i] = (struct tk_hit){w->hit[i], 1};
        t->mask |= e->mask;
        t->words |= e->words;
    }
}

static int is_word(const struct known_word *w, const struct known_place *p)
{
    return w->run == p->run && run_same(&w->key, &p->key);
}

/* 0: the word is not known. */
static int find_known(const struct tks *s, const struct known_place *p, struct tk *t)
{
    struct known_word *w = p->pair;
    uint32_t second = !is_word(w, p);
    if (second && !is_word(w + 1, p))
        return 0;
    if (w->second != second)
        w->second = second & 1u;
    recall(s->lx, w + second, t);
    return 1;
}

/* Keeps a word that nothing but the run decides. */
static void keep(const struct known_place *p, const struct tk *t)
{
    struct known_word *first = p->pair, *w;
    uint32_t second = first->run && !first->second; /* the one not asked for last goes */
    w = first + second;
    *w = (struct known_word){.key = p->key,
                             .hash = t->hash,
                             .cp = t->cp & 0x1fffff,
                             .use = t->use & 7u,
                             .endings = t->endings & 0x7ffu,
                             .last = t->endings >> 11 & 1u,
                             .run = p->run & 31u,
                             .size = (t->end - t->begin) & 31u,
                             .letters = t->letters & 31u,
                             .upper = t->upper & 7u,
                             .stem = t->stem & 1u,
                             .hits = t->hits & 7u};
    for (uint32_t i = 0; i < t->hits; i++)
        w->hit[i] = t->hit[i].entry;
    first->second = second & 1u;
}

/* 1 where what follows the run has a say in where the word ends: an apostrophe, or a NUL, which counts for nothing inside
 * a word. */
static int goes_on(const struct tks *s, const char *behind, const char *stop)
{
    return behind < stop && (!*behind || (*behind == '\'' && s->lx->apostrophe));
}

void kn_read(struct tks *s, const char *stop, struct tk *t, struct known_way *way)
{
    struct known_place *here = way->place + way->next, *next = way->place + !way->next;
    const char *p = s->text + t->begin;
    if (here->at != p)
        find_place(s, p, stop, here);
    look_ahead(s, stop, here, next);
    way->next = !way->next;
    int kept = here->pair && !goes_on(s, p + here->run, stop);
    if (kept && find_known(s, here, t))
        return;
    const char *end = wd_read(s->lx, s->chars, p, stop, t);
    t->end = (uint32_t)(end - s->text);
    if (kept && !t->compound && end - p <= (ptrdiff_t)here->run)
        keep(here, t);
}
