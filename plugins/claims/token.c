/* SPDX-License-Identifier: Apache-2.0 */
#include "token.h"
#include "entity.h"

#include <assay/kit/utf8.h>

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "known.h"
#include "shape.h"
#include "word.h"

enum { TAG = 200 }; /* bytes of a tag at the most */

void tk_reread(struct tks *s, uint32_t i, const char *form, uint64_t size)
{
    struct tk *t = s->at + i;
    uint32_t begin = t->begin, end = t->end;
    uint8_t space = t->space;
    memset(t, 0, offsetof(struct tk, hit));
    t->kind = TK_WORD;
    t->begin = begin;
    t->end = end;
    t->space = space;
    wd_read(s->lx, s->chars, form, form + size, t);
    t->ends = t->mask;
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
static void token_of_letters(struct tks *s, struct tk *t, const char *stop, struct known_way *way)
{
    t->kind = TK_WORD;
    kn_read(s, stop, t, way);
    uint32_t to = address(s, t);
    if (to <= t->begin)
        return;
    t->mask = t->words = 0;
    t->stem = t->compound = t->hits = t->use = t->upper = 0;
    t->kind = TK_SKIP;
    t->shape = SH_URL;
    t->end = to;
    t->endings = (uint16_t)lx_endings(s->lx, s->text + t->begin, t->end - t->begin);
}

/* At most eight digits and nothing else: how many, and their value. */
static void note_plain(const struct tks *s, struct tk *t)
{
    uint32_t size = t->end - t->begin;
    uint64_t v = 0;
    if (size > 8)
        return;
    for (uint32_t p = t->begin; p < t->end; p++) {
        uint32_t digit = (unsigned char)s->text[p] - '0';
        if (digit > 9)
            return;
        v = v * 10 + digit;
    }
    t->plain = (uint8_t)size;
    t->value = v;
}

static uint32_t digits_at(const struct tks *s, uint32_t i)
{
    uint32_t n = 0;
    while (i + n < s->end && sh_digit(s->text[i + n]))
        n++;
    return n;
}

/* "1 150" parted at a line's end, in languages that group by blanks: where it ends. */
static uint32_t over_line(const struct tks *s, const struct tk *t)
{
    uint32_t i = t->end, last = i, stop;
    if (s->lx->group != ' ' || i + 4 > s->end || s->text[i] != '\n' || s->text[t->begin] == '0')
        return i;
    while (last > t->begin && sh_digit(s->text[last - 1]))
        last--; /* its last group: alone of one to three digits, else of three */
    if (i - last > 3 || (last > t->begin && (i - last < 3 || strchr(".,", s->text[last - 1]))))
        return i;
    if (digits_at(s, i + 1) != 3 || sh_scan(s->text, s->begin, i + 1, s->end, &stop) != SH_NUMERAL)
        return i;
    return stop;
}

static void token_of_digits(struct tks *s, struct tk *t)
{
    t->kind = TK_NUMBER;
    t->shape = (uint8_t)sh_scan(s->text, s->begin, t->begin, s->end, &t->end);
    if (t->shape == SH_NUMERAL && t->end < s->end && s->text[t->end] == '\n')
        t->end = over_line(s, t);
    if (t->shape != SH_NUMERAL && t->shape != SH_FRACTION)
        t->kind = TK_SKIP;
    if (letter_before(s, t->begin) && t->shape == SH_NUMERAL)
        t->upper = 8; /* glued to letters */
    t->hash = wd_hash(s->text + t->begin, s->text + t->end);
    t->use = LX_GOES_ON; /* not looked up yet */
    s->numbers += t->kind == TK_NUMBER || (t->kind == TK_SKIP && t->shape == SH_CLOCK);
    if (t->shape == SH_NUMERAL)
        note_plain(s, t);
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
    tk_add(t, s->lx, e, 1);
    t->use = e->use & 7u;
}

/* Whether the line that p lies in is one of quoted mail, which are no longer than so many bytes. */
static int is_quoted(const char *text, uint32_t p)
{
    for (uint32_t n = 0; p > 0 && text[p - 1] != '\n'; n++, p--)
        if (n == 512)
            return 0;
    return text[p] == '>';
}

/* Behind the marks that quoted mail has at the start of a line within a sentence; p: where the line starts. */
static uint32_t past_quote(const struct tks *s, uint32_t p)
{
    if (p >= s->end || s->text[p] != '>' || !is_quoted(s->text, s->begin))
        return p;
    while (p < s->end && (s->text[p] == '>' || s->text[p] == ' '))
        p++;
    return p;
}

static int is_ten(const struct tks *s, const struct tk *t)
{
    uint32_t size = t->end - t->begin;
    return (size == 2 && !memcmp(s->text + t->begin, "10", 2)) || (size == 1 && s->text[t->begin] == '2');
}

/* The mark of a note between a number and its unit, "1,234¹ tonnes", "3,305 [2] tonnes": where it ends. "10⁶" and
 * "3·10⁶" are no notes. */
static uint32_t past_note(const struct tks *s, uint32_t p, uint32_t cp, uint32_t space)
{
    const struct tk *last = s->count ? s->at + s->count - 1 : NULL;
    if (!last || last->kind != TK_NUMBER || is_ten(s, last))
        return p;
    if (cp == '[') {
        uint32_t n = digits_at(s, p + 1);
        return n && n < 4 && p + n + 1 < s->end && s->text[p + n + 1] == ']' ? p + n + 2 : p;
    }
    uint32_t i = p, size;
    while (!space && i < s->end && (size = assay_utf8_next(s->text + i, s->text + s->end, &cp)) > 0 &&
           (cp == 0xb9 || cp == 0xb2 || cp == 0xb3 || (cp >= 0x2074 && cp <= 0x2079)))
        i += size;
    return i;
}

/* "</b>", "<li class=x>", "&nbsp;" in a text that is no page: as blanks. Where it ends; p: it is none. */
static uint32_t past_tag(const struct tks *s, uint32_t p)
{
    static const char *const blanks[] = {"&nbsp;", "&#160;", "&#xa0;", "&thinsp;", "&#8239;", "&ensp;"};
    uint32_t stop = s->end - p > TAG ? p + TAG : s->end, i = p + 1;
    for (size_t k = 0; s->text[p] == '&' && k < sizeof blanks / sizeof blanks[0]; k++)
        if (s->end - p >= strlen(blanks[k]) && !memcmp(s->text + p, blanks[k], strlen(blanks[k])))
            return p + (uint32_t)strlen(blanks[k]);
    if (s->text[p] != '<')
        return p;
    i += i < stop && s->text[i] == '/';
    uint32_t name = i;
    while (i < stop && i - name < 12 && ((s->text[i] >= 'a' && s->text[i] <= 'z') || (i > name && s->text[i] <= '9' &&
                                                                                     s->text[i] >= '1')))
        i++;
    if (i == name || i >= stop || !strchr(" />", s->text[i]))
        return p;
    while (i < stop && s->text[i] != '>' && s->text[i] != '<' && s->text[i] != '\n')
        i++;
    return i < stop && s->text[i] == '>' ? i + 1 : p;
}

/* Whether the tag at `begin` ends a line: all but those of letters within one. */
static int breaks_line(const struct tks *s, uint32_t begin, uint32_t end)
{
    static const char *const inline_[] = {"b", "i", "u", "a", "em", "strong", "span", "sup", "sub", "font", "small"};
    const char *name = s->text + begin + 1;
    name += *name == '/';
    size_t size = strcspn(name, " />");
    if (s->text[begin] != '<' || name + size > s->text + end)
        return 0;
    for (size_t k = 0; k < sizeof inline_ / sizeof inline_[0]; k++)
        if (strlen(inline_[k]) == size && !memcmp(name, inline_[k], size))
            return 0;
    return 1;
}

static inline void note_classes(struct tks *s, struct tk *t)
{
    t->ends = t->mask;
    s->mask |= t->mask;
    s->use |= t->use;
}

/* Behind a note or tag that starts at p; p: none does. */
static inline uint32_t past_marks(const struct tks *s, uint32_t p, uint32_t cp, uint32_t space)
{
    if (cp == '<' || cp == '&')
        return past_tag(s, p);
    return cp == '[' || cp >= 0xb2 ? past_note(s, p, cp, space) : p;
}

static void start(struct tks *s, const struct lx *lx, const char *text, uint32_t begin, uint32_t end)
{
    s->lx = lx;
    s->text = text;
    s->begin = begin;
    s->end = end;
    s->count = s->numbers = 0;
    s->mask = 0;
    s->use = s->longest = 0;
}

int tk_run(struct tks *s, const struct lx *lx, const char *text, uint32_t begin, uint32_t end)
{
    const char *stop = text + end;
    struct known_way way = {.next = 0};
    uint32_t space = 1;
    start(s, lx, text, begin, end);
    for (uint32_t p = begin; p < end;) {
        uint32_t cp = (unsigned char)text[p], fold, size = 1;
        if (cp == ' ') {
            space = 1;
            p++;
            continue;
        }
        if (cp >= 0x80)
            size = assay_utf8_next(text + p, stop, &cp);
        uint32_t kind = ch_kind(s->chars, cp, &fold);
        if (kind == CH_BLANK || kind == CH_NOTHING) {
            space |= kind == CH_BLANK;
            p = cp == '\n' ? past_quote(s, p + 1) : p + size;
            continue;
        }
        uint32_t behind = kind == CH_SIGN ? past_marks(s, p, cp, space) : p;
        if (behind > p && !breaks_line(s, p, behind)) {
            space = 1;
            p = behind;
            continue;
        }
        if (behind > p) {
            cp = fold = ';';
            size = behind - p;
        } else if (cp == '&' && (behind = en_sign(text + p, stop, &cp)) != 0) {
            if (ch_kind(s->chars, cp, &fold) == CH_SIGN)
                size = behind;
            else
                fold = '&';
        }
        struct tk *t = push(s);
        if (!t)
            return 0;
        t->begin = p;
        t->space = (uint8_t)space;
        space = 0;
        if (kind != CH_SIGN)
            token_of_letters(s, t, stop, &way);
        else if (cp >= '0' && cp <= '9')
            token_of_digits(s, t);
        else
            token_of_sign(s, t, fold, size);
        note_classes(s, t);
        p = t->end;
        s->count++;
    }
    return 1;
}
