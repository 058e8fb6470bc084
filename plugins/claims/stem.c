/* SPDX-License-Identifier: Apache-2.0 */
#include "stem.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/utf8.h>

enum { SLOTS = 8192 };

struct slot {
    uint64_t hash;
    uint32_t size;
    char text[ST_LONGEST];
};

struct stems {
    const struct lx *lx;
    struct sb_stemmer *snowball;
    struct slot slot[SLOTS];
};

struct stems *st_new(const struct lx *lx)
{
    struct stems *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->lx = lx;
    if (lx->stemmer[0])
        s->snowball = sb_stemmer_new(lx->stemmer, "UTF_8");
    return s;
}

static size_t fold(char *to, size_t room, const char *text, size_t size)
{
    size_t n = 0;
    for (const char *p = text, *end = text + size; p < end;) {
        uint32_t cp, bytes = assay_utf8_next(p, end, &cp), low = lx_fold(cp);
        p += bytes;
        if (!low)
            continue;
        if (n + 4 > room)
            break;
        n += assay_utf8_put(to + n, low);
    }
    return n;
}

/* Keeps the first letters and drops vowels from their end: all a stem has to be is the same for one word's forms. */
static size_t cut(const struct lx *lx, const char *text, size_t size)
{
    size_t n = 0, letters = 0, most = lx->stem_letters ? lx->stem_letters : 6;
    while (n < size && letters < most) {
        uint32_t cp;
        n += assay_utf8_next(text + n, text + size, &cp);
        letters++;
    }
    while (letters > 3) {
        size_t last = n - 1;
        while (last > 0 && ((unsigned char)text[last] & 0xc0) == 0x80)
            last--;
        char letter[8] = {0};
        memcpy(letter, text + last, n - last < 7 ? n - last : 7);
        if (!strstr(lx->stem_drop, letter))
            break;
        n = last;
        letters--;
    }
    return n;
}

size_t st_stem(struct stems *s, uint64_t hash, const char *text, size_t size, char *to)
{
    struct slot *slot = s->slot + (hash >> 40) % SLOTS;
    if (slot->hash == hash && slot->size) {
        memcpy(to, slot->text, slot->size);
        return slot->size;
    }
    char folded[128];
    size_t n = fold(folded, sizeof folded, text, size);
    const char *stem = folded;
    if (s->snowball) {
        const sb_symbol *out = sb_stemmer_stem(s->snowball, (const sb_symbol *)folded, (int)n);
        if (out) {
            stem = (const char *)out;
            n = (size_t)sb_stemmer_length(s->snowball);
        }
    } else {
        n = cut(s->lx, folded, n);
    }
    if (n > ST_LONGEST) {
        n = ST_LONGEST;
        while (n && ((unsigned char)stem[n] & 0xc0) == 0x80)
            n--;
    }
    slot->hash = hash;
    slot->size = (uint32_t)n;
    memcpy(slot->text, stem, n);
    memcpy(to, stem, n);
    return n;
}

void st_free(struct stems *s)
{
    if (!s)
        return;
    if (s->snowball)
        sb_stemmer_delete(s->snowball);
    free(s);
}
