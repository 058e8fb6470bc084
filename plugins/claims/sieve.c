/* SPDX-License-Identifier: Apache-2.0 */
#include "sieve.h"

#include <stdlib.h>
#include <string.h>

#include <assay/kit/utf8.h>

#include "quantity.h"
#include "run.h"
#include "word.h"

enum { PAIRS = 4096, LONGEST_RUN = RUN_KEY - 2 };

/* What is known of a run of letters or of a sign. A phrase that says a number may start with its last token (OPENS);
 * that is what makes one of a unit behind it (LEADS) or a unit that may be one (ENDS). Its first token may go on such a
 * phrase, is such a unit, is what makes one of it (the next three, in that order). */
enum {
    MET = 1,
    COUNTS = 2, /* says a number by itself */
    OPENS = 4,
    LEADS = 8,
    ENDS = 16,
    FOLLOWS = 32,
    UNIT = 64,
    BEHIND = 128,
    ONE = 256,    /* an article that is also the word for one */
    CLEAN = 512,  /* leaves such an article behind it one, */
    TAIL = 1024,  /* but as the last word of a phrase, */
    BODY = 2048,  /* which this may be the one before the last of */
    OF = 4096,    /* leaves it one, but where it is the second ("una mujer de una") */
    PLAIN = 8192, /* leaves such an article before it one */
    SCALE = 1 << 14, /* a letter for a scale ("к", "t"): it needs a number before it, or a sign */
    BLANK = 1 << 16,
    LETTER = 1 << 17,
    FIRST = FOLLOWS | UNIT | BEHIND | PLAIN | TAIL | SCALE,
    LAST = OPENS | LEADS | ENDS | CLEAN | BODY | OF | ONE
};

/* A run; what is known of it stands in the last bytes, which none reaches. Two fill a cache line. */
struct met {
    struct run_key key;
};
_Static_assert(sizeof(struct met) == RUN_KEY, "two in a cache line");
enum { KNOWN_BITS = 16 };

struct sieve {
    struct met *met; /* 2 * PAIRS */
    uint32_t sign[0x80];
    char room[]; /* untouched words cost no memory */
};

/* ---- what a token says ---- */

static int may_stand(const struct lx *lx, uint32_t place, const struct tk *t)
{
    int may = lx_may_stand(lx, place, t->hash);
    for (uint32_t k = 0; k < t->hits && !may; k++)
        may = lx_may_stand(lx, place, tk_entry(lx, t, k)->hash);
    return may;
}

/* One of a unit: what tk_counts asks of three tokens, by each of them. */
static uint32_t of_units(const struct lx *lx, const struct tk *t)
{
    const uint64_t unit = LX_BIT(LX_UNIT) | (lx->inverted[0] ? 0 : LX_BIT(LX_CURRENCY)),
                   other = LX_BIT(LX_PERIOD) | LX_BIT(LX_WORD) | LX_BIT(LX_ORDINAL) | LX_BIT(LX_CHANGE);
    uint32_t is = t->mask & unit && !(t->mask & other) ? UNIT : 0;
    if (lx->inverted[0])
        return is | (is ? ENDS : 0) | (t->mask & LX_BIT(LX_BOUND) ? LEADS : 0) |
               (t->use & LX_GOES_ON && t->letters == 1 ? BEHIND : 0);
    return lx->one_counts ? is | (t->words >> OF_ARTICLE & 1 && t->letters <= 2 ? LEADS : 0) : 0;
}

/* How it says a number by itself. */
static uint32_t counts(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    if (!(t->use & LX_COUNTS))
        return 0;
    if (s->count == 1 && t->letters == 1 && (t->mask & LX_TRIGGERS) == LX_BIT(LX_SCALE))
        return SCALE;
    return s->count == 1 && qt_article_one(s, i) ? ONE : COUNTS;
}

static uint32_t of_token(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    uint32_t says = of_units(s->lx, t) | (t->use & LX_COUNTS_ON ? OPENS : 0) |
                    (may_stand(s->lx, LX_SECOND_COUNTS, t) ? FOLLOWS : 0);
    says |= counts(s, i);
    if (qt_behind_article(t) && !(t->use & LX_GOES_ON) && !may_stand(s->lx, LX_SECOND, t))
        says |= PLAIN;
    if (!(t->mask & QT_BEFORE_ONE) && !(t->words >> OF_ARTICLE & 1))
        says |= CLEAN;
    return says | (t->mask & LX_BIT(LX_JOIN) && t->words >> OF_IN & 1 ? OF : 0) |
           (may_stand(s->lx, LX_LAST_BEFORE, t) ? TAIL : 0) | (may_stand(s->lx, LX_NEXT_TO_LAST, t) ? BODY : 0);
}

/* What is known of the token before, with what the one before that says of it. */
static uint32_t join(uint32_t before, uint32_t says)
{
    return says & TAIL && before & BODY ? says & ~(uint32_t)CLEAN : says;
}

/* 1: a number may be told by the two beside one another, neither of which tells one alone. */
static int told_by(uint32_t before, uint32_t says)
{
    return before << 3 & says & (FOLLOWS | UNIT | BEHIND) || (says & ONE && !(before & CLEAN)) ||
           (before & ONE && !(says & PLAIN));
}

/* What the tokens say, which stand beside one another; none: as if it could say anything. */
static uint32_t judge(const struct tks *s)
{
    uint32_t first = 0, last = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t says = of_token(s, i);
        if (says & COUNTS || (i && told_by(last, says)))
            return MET | COUNTS;
        first = i ? first : says;
        last = i ? join(last, says) : says;
    }
    return !s->count ? MET | COUNTS : MET | (first & (s->count > 1 ? FIRST & ~TAIL : FIRST)) | (last & LAST);
}

/* ---- signs and runs ---- */

static uint32_t of_sign(struct tks *s, const struct lx *lx, uint32_t cp)
{
    uint32_t fold, kind = ch_kind(s->chars, cp, &fold);
    char text[1] = {(char)cp};
    if (kind == CH_LETTER || kind == CH_CAPITAL)
        return LETTER;
    if (kind == CH_BLANK)
        return BLANK;
    if (kind == CH_NOTHING || (cp >= '0' && cp <= '9') || (fold == '\'' && lx->apostrophe))
        return COUNTS; /* words go on behind it */
    s->size = 1;
    return tk_run(s, lx, text, 0, 1) ? judge(s) : COUNTS;
}

struct sieve *sv_new(struct tks *s, const struct lx *lx)
{
    size_t line = 2 * sizeof(struct met);
    struct sieve *sieve = calloc(1, sizeof *sieve + (PAIRS + 1) * line);
    if (!sieve)
        return NULL;
    sieve->met = (struct met *)(void *)(sieve->room + (line - (uintptr_t)sieve->room % line));
    for (uint32_t cp = 0; cp < 0x80; cp++)
        sieve->sign[cp] = of_sign(s, lx, cp);
    return sieve;
}

void sv_free(struct sieve *sieve)
{
    free(sieve);
}

/* What is known of the run, 0: it is new. *place: where it may be kept. */
static uint32_t find(struct sieve *sieve, const struct run_key *key, struct met **place)
{
    const uint32_t shift = 64 - KNOWN_BITS;
    struct met *pair = sieve->met + run_hash(key) % PAIRS * 2;
    *place = pair + (pair[0].key.part[0] != 0);
    for (uint32_t k = 0; k < 2; k++) {
        const uint64_t *p = pair[k].key.part;
        if (!((p[0] ^ key->part[0]) | (p[1] ^ key->part[1]) | (p[2] ^ key->part[2]) |
              (p[3] ^ key->part[3]) << KNOWN_BITS))
            return (uint32_t)(p[3] >> shift);
    }
    return 0;
}

static uint32_t ask(struct sieve *sieve, struct tks *s, const struct lx *lx, const struct run_key *key,
                    const char *text, uint32_t begin, uint32_t end)
{
    struct met *place;
    uint32_t says = find(sieve, key, &place);
    if (says)
        return says;
    if (!tk_run(s, lx, text, begin, end)) /* what stands round the run is no letter: it is read as among others */
        return COUNTS;
    says = judge(s);
    place->key = *key;
    place->key.part[3] |= (uint64_t)says << (64 - KNOWN_BITS);
    return says;
}

/* The first four letters of the word at p, as lx_leads takes them; *letters: how many it has, where they are below
 * four. 0: they are not plain. */
static int first_four(const struct tk_chars *c, const char *p, uint32_t n, uint32_t *four, uint32_t *letters)
{
    const uint32_t used = n < 4 ? ((uint32_t)1 << 8 * n) - 1 : UINT32_MAX;
    memcpy(four, p, sizeof *four);
    *four = le32toh(*four) & used;
    *letters = n;
    if (!(*four & 0x80808080)) {
        *four |= 0x20202020 & used;
        return 1;
    }
    *four = *letters = 0;
    for (const char *end = p + n; p < end && *letters < 4; ++*letters) {
        uint32_t cp, size = assay_utf8_next(p, end, &cp);
        if (cp >= 0x480 || (c->kind[cp] != CH_LETTER && c->kind[cp] != CH_CAPITAL))
            return 0;
        *four |= (uint32_t)(c->fold[cp] & 0xff) << 8 * *letters;
        p += size;
    }
    return 1;
}

/* 1: the word at p, of n bytes, is nothing to the sieve by the letters it starts with. Most words are such, and the
 * words met before are not looked at for them, which would cost most of the time. */
static int is_mere(const struct tks *s, const struct lx *lx, const char *p, uint32_t n)
{
    uint32_t four, letters;
    return first_four(s->chars, p, n, &four, &letters) && !lx_leads(lx, four, letters) && run_simple(p, n);
}

/* How long the run at p is, longer than can be kept, where it is a mere word. 0: it is none, or may be. */
static uint32_t long_run(const struct tks *s, const struct lx *lx, const char *p, uint32_t most)
{
    uint32_t n = 0, more = 1;
    while (more) {
        if (most < n + RUN_KEY)
            return 0;
        uint32_t size = run_size(p + n);
        more = size == RUN_KEY;
        if (more) /* no character is cut */
            size -= 1 + ((unsigned char)p[n + RUN_KEY - 2] >= 0xc0);
        if (n ? !run_simple(p + n, size) : !is_mere(s, lx, p, size))
            return 0;
        n += size;
    }
    return n;
}

static uint32_t of_run(struct sieve *sieve, struct tks *s, const struct lx *lx, const char *text, uint32_t begin,
                       uint32_t end, uint32_t before, uint32_t *size)
{
    struct run_key key;
    const char *p = text + begin;
    uint32_t n;
    if (s->size - begin >= RUN_KEY) {
        n = run_size(p);
        n = n < end - begin ? n : end - begin;
        *size = n == RUN_KEY && !(before & ONE) ? long_run(s, lx, p, end - begin) : n;
        if (!(before & ONE) && *size && (n == RUN_KEY || is_mere(s, lx, p, n)))
            return CLEAN | PLAIN;
    }
    *size = n = run_read(&key, p, text + end, text + s->size);
    return n && n <= LONGEST_RUN ? ask(sieve, s, lx, &key, text, begin, begin + n) : COUNTS;
}

/* The same of most words: short ones of ASCII letters, known already. 0: it is none of them. */
static uint32_t of_short(const struct sieve *sieve, const struct lx *lx, const char *p, uint32_t most, uint32_t before,
                         uint32_t *size)
{
    uint64_t part[2];
    uint32_t n = *size = run_short(p, part);
    if (!n || n >= most)
        return 0;
    const uint32_t used = n < 4 ? ((uint32_t)1 << 8 * n) - 1 : UINT32_MAX;
    if (!(before & ONE) && !lx_leads(lx, ((uint32_t)le64toh(part[0]) | 0x20202020) & used, n))
        return CLEAN | PLAIN;
    const struct met *pair = sieve->met + run_hash_short(part) % PAIRS * 2;
    for (uint32_t k = 0; k < 2; k++) {
        const uint64_t *kept = pair[k].key.part;
        if (!((kept[0] ^ part[0]) | (kept[1] ^ part[1]) | kept[2] | kept[3] << KNOWN_BITS))
            return (uint32_t)(kept[3] >> (64 - KNOWN_BITS));
    }
    return 0;
}

int sv_idle(struct sieve *sieve, struct tks *s, const struct lx *lx, const char *text, uint32_t begin, uint32_t end)
{
    uint32_t before = CLEAN, spaced = 1, ones = 0, word = 1; /* word: what stands before is one, or its apostrophe */
    const uint32_t safe = s->size > RUN_KEY ? s->size - RUN_KEY : 0;
    for (uint32_t p = begin, n; p < end; p += n) {
        uint32_t c = (unsigned char)text[p], says = c < 0x80 ? sieve->sign[c] : LETTER;
        n = 1;
        if (says == BLANK) {
            spaced = 1;
            continue;
        }
        if (says == LETTER) {
            says = p < safe ? of_short(sieve, lx, text + p, end - p, before, &n) : 0;
            if (!says)
                says = of_run(sieve, s, lx, text, p, end, before, &n);
        }
        int is_word = c >= 0x80 || sieve->sign[c] == LETTER || c == '\'';
        if (says & COUNTS || (says & SCALE && !word) || told_by(before, spaced ? says : says & ~(uint32_t)PLAIN) ||
            (says & ONE && ones++ && before & OF))
            return 0;
        before = join(before, says);
        spaced = 0;
        word = is_word;
    }
    return !(before & ONE);
}
