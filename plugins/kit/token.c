/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/token.h>

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>

#include "unicode.h"

/* ---- the folded form, character by character ---- */

/* Takes the character at p (p < end) with the accents after it, gives the folded one in *cp, or NONE where nothing is
 * left of it (an accent without a letter, a character to be ignored). */
#define NONE 0xffffffffu

static const char *fold_next(const char *p, const char *end, uint32_t *cp)
{
    p += assay_utf8_next(p, end, cp);
    if (assay_is_accent(*cp) || (assay_prop(*cp) & ASSAY_PROP_CLASS) == ASSAY_CP_IGNORE) {
        *cp = NONE;
        return p;
    }
    *cp = assay_fold_of(*cp);
    /* Accents above start with 0xcc or 0xcd; only they make letters of their own. */
    if (p < end && (unsigned char)*p == 0xcc) {
        uint32_t accent;
        uint32_t size = assay_utf8_next(p, end, &accent);
        uint32_t whole = assay_whole_letter(*cp, accent);
        if (whole) {
            *cp = whole;
            p += size;
        }
    }
    return p;
}

size_t assay_fold_text(char *to, size_t room, const char *text, size_t size)
{
    const char *p = text, *end = text + size;
    size_t used = 0;
    while (p < end) {
        unsigned char c = (unsigned char)*p;
        if (c < 0x80 && (p + 1 == end || (unsigned char)p[1] < 0x80)) {
            if (used == room)
                return used;
            to[used++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
            p++;
            continue;
        }
        uint32_t cp;
        char bytes[4];
        int cyrillic = (c == 0xd0 || c == 0xd1) && end - p > 2 && (unsigned char)p[2] != 0xcc &&
                       ((unsigned char)p[1] & 0xc0) == 0x80 && room - used > 1; /* no accent stands there or behind */
        if (cyrillic && (cp = assay_fold_of((c & 0x1fu) << 6 | ((unsigned char)p[1] & 0x3fu))) >= 0x80) {
            used += assay_utf8_put(to + used, cp);
            p += 2;
            continue;
        }
        p = fold_next(p, end, &cp);
        if (cp == NONE)
            continue;
        uint32_t n = assay_utf8_put(bytes, cp);
        if (room - used < n)
            return used;
        memcpy(to + used, bytes, n);
        used += n;
    }
    return used;
}

/* Hash of the folded form of any length, in pieces. */
static uint64_t hash_long(const char *text, size_t size)
{
    XXH3_state_t state;
    char folded[256];
    const char *p = text, *end = text + size;
    size_t used = 0;
    XXH3_64bits_reset(&state);
    while (p < end) {
        uint32_t cp;
        p = fold_next(p, end, &cp);
        if (cp == NONE)
            continue;
        if (used > sizeof folded - 4) {
            XXH3_64bits_update(&state, folded, used);
            used = 0;
        }
        used += assay_utf8_put(folded + used, cp);
    }
    XXH3_64bits_update(&state, folded, used);
    return XXH3_64bits_digest(&state);
}

/* ---- words ---- */

static struct assay_token *room_for_one(struct assay_tokens *tokens)
{
    if (tokens->count < tokens->room)
        return tokens->at + tokens->count;
    size_t room = tokens->room ? tokens->room * 2 : 256;
    if (room > SIZE_MAX / sizeof *tokens->at)
        return NULL;
    struct assay_token *at = realloc(tokens->at, room * sizeof *at);
    if (!at)
        return NULL;
    tokens->at = at;
    tokens->room = room;
    return at + tokens->count;
}

static int is_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == 0x2019;
}

/* The class of the character at p, its size in *size; SPACE at the end. */
static uint32_t class_at(const char *p, const char *end, uint32_t *size, uint32_t *cp, uint32_t *prop)
{
    if (p == end) {
        *size = 0;
        *prop = ASSAY_CP_SPACE;
        return ASSAY_CP_SPACE;
    }
    *size = assay_utf8_next(p, end, cp);
    *prop = assay_prop(*cp);
    return *prop & ASSAY_PROP_CLASS;
}

/* The folded form of the word at hand, while it fits. */
struct folded {
    char at[128];
    uint32_t used;
    uint32_t base, base_at; /* the letter just written, 0: none, and where */
};

static void put(struct folded *to, uint32_t cp)
{
    to->base = cp;
    to->base_at = to->used;
    if (to->used <= sizeof to->at - 4)
        to->used += assay_utf8_put(to->at + to->used, cp);
}

static void put_mark(struct folded *to, uint32_t cp)
{
    if (!assay_is_accent(cp)) {
        put(to, cp);
        return;
    }
    uint32_t whole = assay_whole_letter(to->base, cp);
    if (whole) {
        to->used = to->base_at;
        put(to, whole);
    }
    to->base = 0;
}

static uint64_t hash_of(const struct folded *folded, const char *p, const char *end)
{
    if (folded->used > sizeof folded->at - 4)
        return hash_long(p, (size_t)(end - p));
    return XXH3_64bits(folded->at, folded->used);
}

/* A word: letters with their marks, inner apostrophes, ignorable characters between them. */
static const char *word(const char *p, const char *end, struct assay_token *token)
{
    struct folded folded;
    const char *from = p, *last = p;
    uint32_t letters = 0, capitals = 0, size, cp, prop;
    folded.used = 0;
    folded.base = 0;
    for (;;) {
        uint32_t class = class_at(p, end, &size, &cp, &prop);
        if (class == ASSAY_CP_LETTER) {
            if (prop & ASSAY_PROP_UPPER) {
                capitals++;
                token->flags |= letters ? 0 : ASSAY_TOKEN_CAPITAL;
            }
            letters++;
            put(&folded, assay_fold_of(cp));
            p += size;
            last = p;
        } else if (class == ASSAY_CP_MARK) {
            put_mark(&folded, cp);
            p += size;
            last = p;
        } else if (class == ASSAY_CP_IGNORE) {
            folded.base = 0;
            p += size;
        } else if (size && is_apostrophe(cp) && last == p) {
            uint32_t next_size, next, next_prop;
            if (class_at(p + size, end, &next_size, &next, &next_prop) != ASSAY_CP_LETTER)
                break;
            put(&folded, '\'');
            p += size;
        } else {
            break;
        }
    }
    if (capitals >= 2 && capitals == letters)
        token->flags |= ASSAY_TOKEN_UPPER;
    token->hash = hash_of(&folded, from, last);
    return last;
}

static const char *digits(const char *p, const char *end, struct assay_token *token)
{
    struct folded folded;
    uint32_t size, cp, prop;
    const char *from = p, *last = p;
    folded.used = 0;
    for (;;) {
        uint32_t class = class_at(p, end, &size, &cp, &prop);
        if (class != ASSAY_CP_DIGIT && class != ASSAY_CP_IGNORE)
            break;
        p += size;
        if (class == ASSAY_CP_DIGIT) {
            put(&folded, '0' + (prop >> 8));
            last = p;
        }
    }
    token->hash = hash_of(&folded, from, last);
    return last;
}

static const char *ideograph(const char *p, const char *end, struct assay_token *token)
{
    struct folded folded;
    uint32_t size, cp, prop;
    const char *from = p;
    folded.used = 0;
    class_at(p, end, &size, &cp, &prop);
    put(&folded, assay_fold_of(cp));
    p += size;
    while (class_at(p, end, &size, &cp, &prop) == ASSAY_CP_MARK) {
        put_mark(&folded, cp);
        p += size;
    }
    token->hash = hash_of(&folded, from, p);
    return p;
}

#define ALL(x) (0x0101010101010101ull * (unsigned)(x))

/* How many of the 8 bytes at p are ASCII letters up to the first that is not; *capitals: some of them are capitals. */
static uint32_t letters8(const char *p, int *capitals)
{
    uint64_t w;
    memcpy(&w, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap64(w);
#endif
    uint64_t low = (w | ALL(0x20)) & ALL(0x7f);
    uint64_t other = ~((low + ALL(0x80 - 'a')) & ~(low + ALL(0x80 - 'z' - 1)) & ~w) & ALL(0x80);
    uint32_t n = other ? (uint32_t)__builtin_ctzll(other) >> 3 : 8;
    uint64_t inside = n == 8 ? ~0ull : (1ull << 8 * n) - 1;
    *capitals |= (~w & inside & ALL(0x20)) != 0;
    return n;
}

/* ASCII words without anything special in or after them; NULL: it is not one. Most of most texts. */
static const char *ascii_word(const char *p, const char *end, struct assay_token *token)
{
    char folded[32];
    uint32_t n = 0, more = 8, capitals = 0;
    int any = 0;
    while (more == 8 && n < sizeof folded && end - p >= n + 8) {
        more = letters8(p + n, &any);
        n += more;
    }
    if (more == 8 || (unsigned char)p[n] >= 0x80 || p[n] == '\'')
        return NULL;
    if (!any) {
        token->hash = XXH3_64bits(p, n);
        return p + n;
    }
    for (uint32_t i = 0; i < n; i++) {
        capitals += (unsigned char)p[i] < 'a';
        folded[i] = (char)(p[i] | 0x20);
    }
    token->hash = XXH3_64bits(folded, n);
    token->flags = (p[0] < 'a' ? ASSAY_TOKEN_CAPITAL : 0) | (n > 1 && capitals == n ? ASSAY_TOKEN_UPPER : 0);
    return p + n;
}

/* Non-words of ASCII, for skipping fast. */
static int is_plain_gap(unsigned char c)
{
    return c < 0x80 && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && !(c >= '0' && c <= '9');
}

int assay_tokenise(struct assay_tokens *tokens, const char *text, uint32_t begin, uint32_t end_at)
{
    const char *p = text + begin, *end = text + end_at;
    tokens->count = 0;
    while (p < end) {
        unsigned char c = (unsigned char)*p;
        if (is_plain_gap(c)) {
            p++;
            continue;
        }
        struct assay_token *token = room_for_one(tokens);
        if (!token)
            return 0;
        memset(token, 0, sizeof *token);
        const char *to = NULL;
        if (c < 0x80 && c > '9') {
            token->kind = ASSAY_CP_LETTER;
            to = ascii_word(p, end, token);
        }
        if (!to) {
            uint32_t size, cp, prop, class = class_at(p, end, &size, &cp, &prop);
            if (class != ASSAY_CP_LETTER && class != ASSAY_CP_DIGIT && class != ASSAY_CP_IDEOGRAPH) {
                p += size;
                continue;
            }
            token->kind = class;
            to = class == ASSAY_CP_LETTER  ? word(p, end, token)
                 : class == ASSAY_CP_DIGIT ? digits(p, end, token)
                                           : ideograph(p, end, token);
        }
        token->begin = (uint32_t)(p - text);
        token->end = (uint32_t)(to - text);
        tokens->count++;
        p = to;
    }
    return 1;
}

void assay_tokens_free(struct assay_tokens *tokens)
{
    free(tokens->at);
    memset(tokens, 0, sizeof *tokens);
}
