/* SPDX-License-Identifier: Apache-2.0
 *
 * A sequence is a run of characters whose bytes under a wrong charset are one character of UTF-8. Each gets points for
 * what only mojibake does (a capital inside a word, a sign inside a word, controls) and loses points where ordinary
 * text could have it (a word's last letter with a quote behind it) or where what comes out is a rare character. The
 * charset with most points wins the line, if it has enough; the line is tried again, since texts are mangled more than
 * once.
 */
#include "mojibake.h"

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>
#include <string.h>

#define ENOUGH 3
#define ROW_POINTS 2 /* at most, for standing behind another */
#define PASSES 6

struct sequence {
    uint32_t cells; /* how many characters; 0: none here */
    uint32_t cp;
    int points;
    int odd; /* its second character is no sign that follows words */
};

static int is_letter(uint32_t cp)
{
    return assay_class(cp) == ASSAY_CP_LETTER;
}

static int is_small(uint32_t cp)
{
    return is_letter(cp) && assay_upper(cp) != cp;
}

static int in(uint32_t cp, uint32_t first, uint32_t last)
{
    return cp >= first && cp <= last;
}

/* Signs that follow a word in ordinary text without a space. */
static int may_follow_word(uint32_t cp)
{
    static const uint32_t sign[] = {0x2026, 0x201d, 0x2019, 0x201c, 0x2018, 0xbb, 0xae,   0x2122, 0xb0, 0x2013,
                                    0x2014, 0xa0,   0xb9,   0xb2,   0xb3,   0xaa, 0xba,   0x203a, 0xa9, 0xb4,
                                    0xa8,   0xb7,   0x2022, 0xad,   0xa7,   0xbf, 0x2030, 0x2020};
    for (size_t i = 0; i < sizeof sign / sizeof sign[0]; i++)
        if (sign[i] == cp)
            return 1;
    return 0;
}

static int is_currency(uint32_t cp)
{
    return cp == 0xa3 || cp == 0xa5 || cp == 0x20ac;
}

/* Characters that running text of some language has. */
static int is_usual(uint32_t cp)
{
    static const uint32_t latin_b[] = {0x192, 0x1a0, 0x1a1, 0x1af, 0x1b0, 0x1ce, 0x1d0, 0x1d2, 0x1d4, 0x218,
                                       0x219, 0x21a, 0x21b, 0x259, 0x2c6, 0x2dc, 0x2db, 0x2d8, 0x2bc};
    for (size_t i = 0; i < sizeof latin_b / sizeof latin_b[0]; i++)
        if (latin_b[i] == cp)
            return 1;
    return in(cp, 0xa0, 0x17f) || in(cp, 0x386, 0x3ce) || in(cp, 0x401, 0x45f) || in(cp, 0x490, 0x493) ||
           in(cp, 0x4d8, 0x4e9) || in(cp, 0x5d0, 0x5ea) || in(cp, 0x60c, 0x64b) || in(cp, 0x660, 0x66a) ||
           cp == 0x67e || cp == 0x686 || cp == 0x698 || cp == 0x6a9 || cp == 0x6af || cp == 0x6cc ||
           in(cp, 0x300, 0x304) || cp == 0x336;
}

/* The same for what takes three or four bytes: blocks with characters in use. */
static int is_usual_wide(uint32_t cp)
{
    return in(cp, 0x900, 0xdff) || in(cp, 0xe00, 0xe7f) || in(cp, 0x10a0, 0x10ff) || in(cp, 0x1e00, 0x1fff) ||
           in(cp, 0x2000, 0x206f) || in(cp, 0x2070, 0x218f) || in(cp, 0x2190, 0x2bff) || in(cp, 0x3000, 0x30ff) ||
           in(cp, 0x3400, 0x9fff) || in(cp, 0xac00, 0xd7a3) || in(cp, 0xfb00, 0xfb06) || in(cp, 0xfe00, 0xfe0f) ||
           in(cp, 0xfeff, 0xfffd) || in(cp, 0x1d400, 0x1faff);
}

/* ---- sequences ---- */

static int trail(const struct views *views, uint32_t view, const struct cell *c, const struct cell *end)
{
    int b = c < end ? views_byte(views, view, c->cp) : -1;
    return b >= 0x80 && b < 0xc0 ? b & 0x3f : -1;
}

/* Decodes at c under the charset; n trails are gathered into *cp. Gives the characters used, or 0. Surrogates are
 * taken, since some encoders write them (CESU-8). */
static uint32_t decode_at(const struct views *views, uint32_t view, const struct cell *c, const struct cell *end,
                          uint32_t *cp)
{
    int lead = views_byte(views, view, c->cp);
    uint32_t n = lead >= 0xf0 && lead < 0xf5   ? 3
                 : lead >= 0xe0 && lead < 0xf0 ? 2
                 : lead >= 0xc2 && lead < 0xe0 ? 1
                                               : 0;
    if (!n)
        return 0;
    uint32_t v = (uint32_t)lead & (0x3fu >> n);
    for (uint32_t i = 1; i <= n; i++) {
        int t = trail(views, view, c + i, end);
        if (t < 0)
            return 0;
        v = v << 6 | (uint32_t)t;
    }
    if (v < (n == 1 ? 0x80u : n == 2 ? 0x800u : 0x10000u) || v > 0x10ffff)
        return 0;
    *cp = v;
    return n + 1;
}

static uint32_t decode_sequence(const struct views *views, uint32_t view, const struct cell *c, const struct cell *end,
                                uint32_t *cp)
{
    uint32_t low, n = decode_at(views, view, c, end, cp);
    if (!n || !in(*cp, 0xd800, 0xdfff))
        return n;
    if (*cp >= 0xdc00 || c + 3 >= end || decode_at(views, view, c + 3, end, &low) != 3 || !in(low, 0xdc00, 0xdfff))
        return 0;
    *cp = 0x10000 + ((*cp - 0xd800) << 10) + (low - 0xdc00);
    return 6;
}

/* ---- points ---- */

/* A letter of the other case than its lead's, or one that few languages have. */
static int is_odd_letter(uint32_t lead, uint32_t cp)
{
    return is_small(lead) != is_small(cp) || cp == 0x153 || cp == 0x192;
}

static int points_wide(uint32_t view, const struct cell *c, const struct sequence *s)
{
    int odd = 0;
    if (!is_usual_wide(s->cp) || (view == VIEW_MAC && is_letter(c->cp)))
        return -3;
    if (view == VIEW_1251 && (c[1].cp == 0xa0 || c[1].cp == 0xab))
        return -3; /* a one-letter word and the next */
    for (uint32_t i = 1; i < s->cells; i++)
        odd += c[i].changed || (is_letter(c[i].cp) ? is_odd_letter(c->cp, c[i].cp) : !may_follow_word(c[i].cp));
    /* Letters and wrong quotes of Cyrillic text give ideographs by chance; signs and punctuation (leads в п р) do
     * not. */
    int chance = view == VIEW_1251 && c->cp != 0x432 && c->cp != 0x43f && c->cp != 0x440;
    return odd > chance ? 6 : -1;
}

/* Russian letters have the leads Р and С, so mangled Russian is Р or С before every sign; Ukrainian and Serbian letters
 * behind a capital are ordinary text. */
static int points_1251(const struct cell *c, const struct cell *begin, const struct cell *end, const struct sequence *s)
{
    uint32_t before = c > begin ? c[-1].cp : ' ', after = c + s->cells < end ? c[s->cells].cp : ' ', sign = c[1].cp;
    int cyrillic = c->cp == 0x420 || c->cp == 0x421; /* Р С */
    int points = 0;
    if (!cyrillic && ((before < 0x250 && is_letter(before)) || (after < 0x250 && is_letter(after))))
        points += 3; /* a Cyrillic capital at a Latin letter */
    if (!is_letter(sign) && !may_follow_word(sign))
        points += 1;
    if (is_small(before) && !is_letter(sign))
        points += 1;
    if (!is_usual(s->cp))
        points -= 4;
    if (!cyrillic && sign == 0xa0)
        points -= 2;
    return points;
}

static int points_boxes(const struct cell *c, const struct cell *begin, const struct sequence *s)
{
    int box = in(c[1].cp, 0x2500, 0x25a0);
    if (in(s->cp, 0x400, 0x45f))
        return 0; /* by adjacency only */
    return box || !is_usual(s->cp) ? -4 : c > begin && is_letter(c[-1].cp) ? 3 : 1;
}

/* Behind a capital a no-break space is ordinary; behind a lone Ã it was "à", and inside a word a little less so. */
static int space_points(uint32_t before, uint32_t lead, uint32_t after, uint32_t cp)
{
    if (lead == 0xc3 && !is_letter(before))
        return 2;
    if (lead == 0xc3 && is_small(after) && !is_small(before))
        return 1;
    return lead == 0xc2 || (is_small(after) && is_small(cp)) ? 0 : -2;
}

static int points_narrow(uint32_t view, const struct cell *c, const struct cell *begin, const struct cell *end,
                         const struct sequence *s)
{
    uint32_t before = c > begin ? c[-1].cp : ' ', after = c + 2 < end ? c[2].cp : ' ', lead = c->cp, sign = c[1].cp;
    int points = 0,
        currency = is_currency(sign) && !(sign == 0xa3 && is_small(after)); /* a pound before a small letter is ã */
    if (view == VIEW_1251)
        return points_1251(c, begin, end, s);
    if (view == VIEW_437)
        return points_boxes(c, begin, s);
    /* A control is the trail of what was mangled twice. */
    if (!is_usual(s->cp) && !(in(s->cp, 0x80, 0x9f) && view == VIEW_1252))
        return -4;
    if (in(sign, 0x80, 0x9f))
        points += 3;
    if (view == VIEW_MAC && !is_letter(lead) && is_letter(before))
        points += 3; /* a root or a tilde inside a word */
    if (is_small(before) && is_letter(lead) && !is_small(lead))
        points += 3; /* a capital behind a small letter */
    if (!is_letter(sign) && is_letter(after) && sign != 0xa0 && sign != 0x2019 && !currency)
        points += is_letter(before) ? 3 : 2; /* a sign inside a word */
    if (is_letter(lead) && !is_letter(before) && is_small(after) && sign == 0xb0)
        points += 1; /* Ä°stanbul */
    if (is_letter(sign) && is_letter(lead) && is_small(sign) != is_small(lead) && !is_small(before) &&
        is_letter(before) && view != VIEW_1257)
        points += 2; /* œ and the like between capitals */
    if (!is_letter(sign) && !may_follow_word(sign) && !currency)
        points += 1;
    if (lead == 0xc3 || lead == 0xc2)
        points += 1; /* Ã Â: most of all mojibake */
    if (lead == 0xc2 && !is_letter(before) && !is_letter(sign) && sign != 0xa0)
        points += 2; /* Â alone before a sign is nothing */
    if (currency)
        points -= lead == 0xc2 ? 0 : 2;
    if (is_letter(s->cp) && is_small(s->cp) && is_letter(before) && !is_small(before) && is_letter(after) &&
        !is_small(after))
        points -= 3; /* a small letter between capitals comes out */
    if (lead == 0xd7 && !in(after, 0xd7, 0xd7))
        points -= 2; /* a multiplication sign */
    if (sign == 0xa0)
        points += space_points(before, lead, after, s->cp);
    return points;
}

static struct sequence sequence_at(const struct views *views, uint32_t view, const struct cell *c,
                                   const struct cell *begin, const struct cell *end)
{
    struct sequence s = {0, 0, 0, 0};
    if (c + 1 >= end || !(views_lead(views, c->cp) & views_trail(views, c[1].cp) & 1u << view))
        return s;
    s.cells = decode_sequence(views, view, c, end, &s.cp);
    if (s.cells)
        s.points = s.cells > 2 ? points_wide(view, c, &s) : points_narrow(view, c, begin, end, &s);
    s.odd = s.cells && s.points >= 0 && !may_follow_word(c[1].cp) && !is_currency(c[1].cp);
    return s;
}

/* Three and more sequences in a row of one script (not Latin): words of it. */
static uint32_t script_of(uint32_t cp)
{
    return in(cp, 0x370, 0x3ff)   ? 1
           : in(cp, 0x400, 0x4ff) ? 2
           : in(cp, 0x590, 0x5ff) ? 3
           : in(cp, 0x600, 0x6ff) ? 4
                                  : 0;
}

/* Points of the line, and in the lowest bits how many sequences it has: of two charsets with equal points the one that
 * explains more wins. */
static int line_points(const struct views *views, uint32_t view, const struct cell *cell, uint32_t cells)
{
    const struct cell *end = cell + cells;
    int total = 0, row = 0, odd = 0, count = 0;
    uint32_t script = 0;
    for (const struct cell *c = cell; c < end;) {
        struct sequence s = sequence_at(views, view, c, cell, end);
        if (!s.cells) {
            script = 0;
            row = odd = 0;
            c++;
            continue;
        }
        uint32_t now = script_of(s.cp);
        row = now && now == script ? row + 1 : 1;
        odd = s.odd ? odd + 1 : 0;
        script = now;
        total += s.points > 0 ? s.points : 0;
        total += row >= 3 || odd >= 2 ? ROW_POINTS : row == 2 ? 1 : 0;
        count += s.points > -3 && count < 63;
        c += s.cells;
    }
    return total < (1 << 24) ? total * 64 + count : (1 << 30);
}

/* ---- what was lost on the way ---- */

static uint32_t trails_needed(int lead)
{
    return lead >= 0xf0 && lead < 0xf5 ? 3 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xc2 && lead < 0xe0 ? 1 : 0;
}

/* U+FFFD, or '?' behind two characters of a quote, in place of a byte the wrong charset did not have. */
static uint32_t lost_byte(const struct views *views, uint32_t view, const struct cell *c, const struct cell *end)
{
    int lead = views_byte(views, view, c->cp);
    uint32_t need = trails_needed(lead), i = 1, lost = 0;
    for (; need && i <= need && c + i < end; i++) {
        if (c[i].cp == 0xfffd || (c[i].cp == '?' && i == 2 && lead == 0xe2 && !lost))
            lost++;
        else if (trail(views, view, c + i, end) < 0)
            break;
    }
    return need && lost && i == need + 1 ? i : 0;
}

/* A sequence of three whose no-break space became a space: one of the others has to be a sign no word has. */
static uint32_t lost_space_wide(const struct views *views, uint32_t view, const struct cell *c, const struct cell *end,
                                uint32_t *cp)
{
    int lead = views_byte(views, view, c->cp);
    if (trails_needed(lead) != 2 || c + 2 >= end || view == VIEW_1251)
        return 0;
    int a = c[1].cp == ' ' ? 0x20 : trail(views, view, c + 1, end),
        b = c[2].cp == ' ' ? 0x20 : trail(views, view, c + 2, end);
    uint32_t other = c[c[1].cp == ' ' ? 2 : 1].cp;
    if (a < 0 || b < 0 || (c[1].cp == ' ') == (c[2].cp == ' ') || may_follow_word(other))
        return 0;
    *cp = ((uint32_t)lead & 0x0f) << 12 | (uint32_t)a << 6 | (uint32_t)b;
    return *cp >= 0x800 && is_usual_wide(*cp) ? 3 : 0;
}

static int spells(const struct cell *c, const struct cell *end, const char *word)
{
    for (; *word; word++, c++)
        if (c == end || c->cp != (unsigned char)*word)
            return 0;
    return 1;
}

/* A lead that lost the no-break space behind it: "Â " was that space, "Ã " was "à" (a word of its own, or the begin of
 * "às", "àquele"), "Å veices" was "Šveices". Gives how many characters it was. */
static uint32_t lost_space(const struct views *views, uint32_t view, const struct cell *c, const struct cell *begin,
                           const struct cell *end, uint32_t *cp)
{
    int lead = views_byte(views, view, c->cp), inside = c > begin && is_letter(c[-1].cp);
    if (lead < 0xc2 || c + 2 >= end || c[1].cp != ' ')
        return 0;
    if (lead == 0xc2) {
        *cp = 0xa0;
        return 2;
    }
    if (inside || !is_letter(c[2].cp))
        return 0;
    *cp = lead == 0xc3 ? 0xe0 : 0x160;
    if (lead == 0xc3)
        return spells(c + 2, end, "s ") || spells(c + 2, end, "quel") ? 2 : 1;
    return lead == 0xc5 && is_small(c[2].cp) ? 2 : 0;
}

/* ---- repair ---- */

static void merge(struct cell *to, const struct cell *c, uint32_t n, uint32_t cp)
{
    *to = (struct cell){cp, c[0].begin, c[n - 1].end, 1};
}

/* Replaces the sequences of this charset; gives the new number of cells. The line shrinks from the left, so c[-1] is
 * still what the line had there. */
static uint32_t apply(const struct views *views, uint32_t view, struct cell *cell, uint32_t cells)
{
    struct cell *to = cell;
    const struct cell *end = cell + cells;
    for (const struct cell *c = cell; c < end;) {
        struct sequence s = sequence_at(views, view, c, cell, end);
        uint32_t n = s.points < (view == VIEW_1251 ? 0 : -2) ? 0 : s.cells, cp = s.cp;
        if (!n && (n = lost_byte(views, view, c, end)) != 0)
            cp = 0xfffd;
        if (!n)
            n = lost_space_wide(views, view, c, end, &cp);
        if (!n)
            n = lost_space(views, view, c, cell, end, &cp);
        if (n)
            merge(to++, c, n, cp);
        else
            *to++ = *c;
        c += n ? n : 1;
    }
    return (uint32_t)(to - cell);
}

/* Controls of the upper range are windows-1252 that was read as Latin-1. */
static void repair_controls(struct cell *cell, uint32_t cells)
{
    static const uint32_t signs[32] = {0x20ac, 0,      0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                       0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0,      0x17d,  0,
                                       0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                       0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0,      0x17e,  0x178};
    for (uint32_t i = 0; i < cells; i++)
        if (in(cell[i].cp, 0x80, 0x9f) && signs[cell[i].cp - 0x80]) {
            cell[i].cp = signs[cell[i].cp - 0x80];
            cell[i].changed = 1;
        }
}

static uint32_t one_pass(const struct views *views, uint32_t mask, struct cell *cell, uint32_t cells)
{
    int best = 0;
    uint32_t best_view = VIEWS;
    for (uint32_t v = 0; v < VIEWS; v++) {
        int points = mask >> v & 1 ? line_points(views, v, cell, cells) : 0;
        if (points > best) {
            best = points;
            best_view = v;
        }
    }
    return best >= ENOUGH * 64 ? apply(views, best_view, cell, cells) : cells;
}

/* The charsets under which some pair of characters could begin a sequence: for most lines none. */
static uint32_t pairs(const struct views *views, const struct cell *cell, uint32_t cells)
{
    uint32_t mask = 0;
    for (uint32_t i = 1; i < cells; i++)
        if (cell[i - 1].cp >= 0x80)
            mask |= views_lead(views, cell[i - 1].cp) & views_trail(views, cell[i].cp);
    return mask;
}

/* What no text has (’é) was not mangled. */
static int is_possible_narrow(const struct views *views, uint32_t view, uint32_t lead, uint32_t cp)
{
    uint32_t out =
        ((uint32_t)views_byte(views, view, lead) & 0x1f) << 6 | ((uint32_t)views_byte(views, view, cp) & 0x3f);
    return is_usual(out) || script_of(out) || view == VIEW_1251 || (view == VIEW_1252 && in(out, 0x80, 0x9f));
}

/* A letter with a space and a quote behind it (é ») is no sequence. */
static int is_possible(const struct views *views, uint32_t view, uint32_t lead, uint32_t cp, const char *p,
                       const char *end)
{
    uint32_t left = trails_needed(views_byte(views, view, lead)), next, odd = 0;
    if (left == 1)
        return is_possible_narrow(views, view, lead, cp);
    for (next = cp; left; left--) {
        odd |= (uint32_t)!may_follow_word(next);
        if (left == 1)
            break;
        if (p >= end)
            return 0;
        p += assay_utf8_next(p, end, &next);
        if (!(views_trail(views, next) >> view & 1))
            return 0;
    }
    return odd != 0;
}

int mojibake_begins(const struct views *views, uint32_t lead, uint32_t cp)
{
    uint32_t mask = views_lead(views, lead) & views_trail(views, cp);
    for (uint32_t view = 0; view < VIEWS; view++)
        if (mask >> view & 1 &&
            (trails_needed(views_byte(views, view, lead)) > 1 || is_possible_narrow(views, view, lead, cp)))
            return 1;
    return 0;
}

uint32_t mojibake_sequences(const struct views *views, uint32_t lead, uint32_t cp, const char *p, const char *end)
{
    uint32_t mask = views_lead(views, lead) & views_trail(views, cp), found = 0, next = 0;
    if (mask && p < end)
        assay_utf8_next(p, end, &next);
    for (uint32_t left = mask; left; left &= left - 1) {
        uint32_t view = (uint32_t)__builtin_ctz(left), wide = trails_needed(views_byte(views, view, lead)) > 1;
        if (wide ? views_trail(views, next) >> view & 1 : (uint32_t)is_possible_narrow(views, view, lead, cp))
            found |= 1u << view;
    }
    return found;
}

int mojibake_add_points(const struct views *views, uint32_t mask, const struct cell *c, const struct cell *begin,
                        const struct cell *end, int row, uint32_t *points)
{
    int enough = 0;
    for (uint32_t view = 0; view < VIEWS; view++) {
        struct sequence s = mask >> view & 1 ? sequence_at(views, view, c, begin, end) : (struct sequence){0};
        if (s.cells)
            points[view] += (uint32_t)(s.points > 0 ? s.points : 0) + (row ? ROW_POINTS : 0);
        enough |= points[view] >= ENOUGH;
    }
    return enough;
}

int mojibake_possible(const struct views *views, uint32_t mask, uint32_t lead, uint32_t cp, const char *p,
                      const char *end)
{
    for (uint32_t view = 0; view < VIEWS; view++)
        if (mask >> view & 1 && is_possible(views, view, lead, cp, p, end))
            return 1;
    return 0;
}

uint32_t mojibake_repair(const struct views *views, struct cell *cell, uint32_t cells)
{
    for (int pass = 0; pass < PASSES; pass++) {
        uint32_t mask = pairs(views, cell, cells);
        uint32_t left = mask ? one_pass(views, mask, cell, cells) : cells;
        if (left == cells)
            break;
        cells = left;
    }
    repair_controls(cell, cells);
    return cells;
}
