/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers that name or number something: references and their lists, house numbers, "1 of 5", variables of formulas,
 * emergency numbers, calibres.
 */
#include <string.h>

#include "figure.h"
#include "frame.h"
#include "moment.h"
#include "quantity.h"
#include "reject.h"
#include "shape.h"

/* "Beverly Hills, CA 90210": five digits behind the two capitals of a state, behind a place. */
static int behind_state(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number;
    const struct tk *state = s->at + i - 1;
    return i > 1 && th_english_like(s) && f->after == i + 1 && s->at[i].plain == 5 && state->kind == TK_WORD &&
           state->letters == 2 && state->upper == 2 &&
           (tk_sign(s, i - 2, ',') || (s->at[i - 2].kind == TK_WORD && s->at[i - 2].upper == 1));
}

/* The token of the numeral: after a sign, if there is one. */
static uint32_t numeral_of(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number;
    return s->at[i].kind == TK_SIGN && i + 1 < f->after ? i + 1 : i;
}

/* Digits alone: their value and number; 0: something else. */
static uint32_t plain(const struct tks *s, uint32_t i, uint32_t *value)
{
    if (i >= s->count || !s->at[i].plain)
        return 0;
    *value = (uint32_t)s->at[i].value;
    return s->at[i].plain;
}

/* "[76,77]": two numbers of references, which look like one with a decimal part. */
static int comma_pair(const struct tks *s, uint32_t i)
{
    const char *c = s->text + s->at[i].begin, *comma = memchr(c, ',', s->at[i].end - s->at[i].begin);
    return comma && s->text + s->at[i].end - comma < 4 && comma - c < 4;
}

/* "birds.2 The": the mark of a note, glued behind the full stop of a sentence. */
static int note_mark(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, p = f->after;
    return i > 1 && s->at[i].plain && s->at[i].plain < 3 && p == i + 1 && !s->at[i].space && tk_sign(s, i - 1, '.') &&
           !s->at[i - 1].space && s->at[i - 2].kind == TK_WORD && s->at[i - 2].letters > 3 && !s->at[i - 2].upper &&
           !(s->at[i - 2].mask & (LX_BIT(LX_BOUND) | LX_BIT(LX_CURRENCY))) &&
           (p >= s->count || (s->at[p].space && s->at[p].kind == TK_WORD && s->at[p].upper));
}

/* "(42)", "[3]", "(see" is none: a small number alone between brackets refers to something or repeats it. */
static uint32_t bracketed(const struct tks *s, const struct figure *f)
{
    uint32_t v, i = f->number, digits = plain(s, i, &v), low = i, high = i;
    while (low > 0 && i - low < 12 &&
           (s->at[low - 1].kind == TK_NUMBER || tk_sign(s, low - 1, ',') || tk_sign(s, low - 1, ';') ||
            tk_dash(s, low - 1)))
        low--;
    while (high < s->count && high - i < 12 &&
           (s->at[high].kind == TK_NUMBER || tk_sign(s, high, ',') || tk_sign(s, high, ';') || tk_dash(s, high)))
        high++;
    if (low > 0 && tk_sign(s, low - 1, '[') && tk_sign(s, high, ']') &&
        (s->at[i].end - s->at[i].begin <= 4 || comma_pair(s, i)))
        return high + 1; /* [2, 8], [3,5-7] */
    if (!i || !digits || digits > 3 || f->after != i + 1)
        return 0;
    if (digits == 2 && i > 1 && tk_has(s, i - 2, LX_TITLE) && s->at[i - 2].kind == TK_WORD)
        return 0; /* "der Mann (43)": his age */
    if (qt_aged_name(s, i))
        return 0;
    if (i > 1 && s->at[i - 2].kind == TK_NUMBER && tk_has(s, i + 2, LX_SCALE))
        return 0; /* "310 (345) million" */
    if (i > 1 && tk_sign(s, i - 2, '|') && (i + 2 >= s->count || tk_sign(s, i + 2, '|')))
        return 0; /* a cell of a table */
    return tk_sign(s, i - 1, '(') && tk_sign(s, i + 1, ')') ? i + 2 : 0;
}

/* "will order 24 more drones", "plans to order 24": the word before the number is a verb of the clause. */
static int is_verb(const struct tks *s, uint32_t start, uint32_t i)
{
    uint32_t before = start - 1;
    if (!th_english_like(s) || start + 1 != i || !start || s->at[start].upper || s->at[start].kind != TK_WORD)
        return 0;
    before -= before > 0 && tk_is(s, before, LX_JOIN, OF_TO, NULL);
    return tk_has(s, before, LX_STATUS) && s->at[before].kind == TK_WORD && !s->at[before].upper;
}

/* "№ 5", "section 3", "Art. 5", "Eq. (7)": the word that refers stands before it. */
static int refers(const struct tks *s, const struct figure *f)
{
    uint32_t start, i = f->number;
    const struct lx_meaning *m = i ? tk_before(s, i, LX_REJECT, &start) : NULL;
    if (tk_has(s, f->after, LX_NOUN) && tk_has(s, i ? i - 1 : 0, LX_PERIOD))
        return 0; /* "geçen hafta 5 kişi" */
    if (m && s->lx->suffixed && s->at[i - 1].letters > 4 && tk_ends(s, i - 1, LX_ENDS_AT))
        return 0; /* "sokakta 2 araba" */
    if (m && tk_has(s, i - 1, LX_CURRENCY) && s->at[i - 1].upper == 2 && s->at[i - 1].letters == 2 &&
        (s->at[i].end - s->at[i].begin > 1 || f->after > i + 1))
        return 0; /* "PS5", but "PS74 million" */
    if (i && tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) && tk_has(s, nb_hyphen(s, f->after), LX_NOUN))
        return 0; /* "in the 20-nation zone" */
    if (!(m && m->of == OF_BEFORE) && i > 1 &&
        (tk_sign(s, i - 1, '(') || (tk_sign(s, i - 1, '.') && !s->at[i - 1].space)))
        m = tk_before(s, i - 1, LX_REJECT, &start);
    if (!m && i > 1 && tk_sign(s, i - 1, ':') && (m = tk_before(s, i - 1, LX_REJECT, &start)) != NULL &&
        m->of != OF_PHONE && (m->of != OF_BEFORE || s->at[start].letters > 4 || s->at[i - 1].space))
        m = NULL; /* "No: 12" */
    if (m && f->flags & FG_ORDINAL && f->flags & FG_WORDS && tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) &&
        f->after < s->count && th_content(s, f->after) && !tk_has(s, f->after, LX_PERIOD))
        return 0; /* "in the fifth round" */
    if (m && m->of == OF_BEFORE && is_verb(s, start, i))
        return 0;
    uint32_t size = s->at[f->number].end - s->at[f->number].begin;
    return m && (m->of == OF_BEFORE ||
                 (m->of == OF_PHONE && s->at[f->number].kind == TK_NUMBER && (size >= 5 || size == 3)));
}

/* "group 20 to 29 years", "at 5-6 weeks": the other end of a range that has a unit. */
int rj_range_unit(const struct tks *s, uint32_t after)
{
    uint32_t p = after, length;
    if (tk_dash(s, p))
        length = 1;
    else if (!tk_is(s, p, LX_JOIN, OF_TO, &length))
        return 0;
    p += length;
    if (p + 1 >= s->count || (s->at[p].kind != TK_NUMBER && !(s->at[p].cp >= 0x400 && tk_has(s, p, LX_CARDINAL))))
        return 0;
    uint64_t next = s->at[nb_hyphen(s, p + 1)].mask;
    const uint64_t measured = LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY) | LX_BIT(LX_SCALE);
    return tk_sign(s, p + 1, '%') || (next & measured && !(next & LX_GRAMMAR));
}

/* One further number of such a list, in brackets or not; 0: none. */
static uint32_t listed(const struct tks *s, uint32_t p)
{
    uint32_t open = tk_sign(s, p, '('), n = p + open;
    if (n >= s->count || s->at[n].kind != TK_NUMBER || s->at[n].shape != SH_NUMERAL ||
        s->at[n].end - s->at[n].begin > 5)
        return 0;
    if (tk_sign(s, n + 1, '%') || (n + 1 < s->count && s->at[n + 1].mask & LX_COUNTABLE &&
                                   s->at[n + 1].kind == TK_WORD && !(s->at[n + 1].mask & LX_GRAMMAR)))
        return 0;
    return n + 1 + (open && tk_sign(s, n + 1, ')'));
}

/* "claims 1 to 3", "figures 4, 5 and 6", "Eqs. (17) and (18)": up to the last "and", "to" or dash. */
uint32_t rj_list_end(const struct tks *s, uint32_t after)
{
    uint32_t end = after, p = after, length, next;
    p += tk_sign(s, p, ')') && !s->at[p].space;
    for (int k = 0; k < 12; k++) {
        int comma = tk_sign(s, p, ',');
        if (comma || tk_dash(s, p))
            length = 1;
        else if (!tk_is(s, p, LX_JOIN, OF_AND, &length) && !tk_is(s, p, LX_JOIN, OF_TO, &length) &&
                 !tk_is(s, p, LX_WORD, OF_CONJUNCTION, &length))
            break;
        if (comma && (tk_is(s, p + 1, LX_JOIN, OF_AND, &next) || tk_is(s, p + 1, LX_WORD, OF_CONJUNCTION, &next))) {
            length += next;
            comma = 0;
        }
        p = listed(s, p + length);
        if (!p)
            break;
        if (!comma)
            end = p;
    }
    return end;
}

/* "238 Center St.", "710 SW 13th Terr.", "2900 block of": a number, capitalised words, a word for a way. */
static uint32_t address(const struct tks *s, const struct figure *f)
{
    uint32_t v, p = f->after, length, digits = plain(s, f->number, &v);
    const struct tk *behind = s->at + f->number + 1;
    int lettered = f->number + 1 < s->count && behind->kind == TK_WORD && behind->letters == 1 && !behind->space;
    if (!digits || digits > 5 || (f->after != f->number + 1 && !lettered))
        return 0;
    p = f->number + 1 + (uint32_t)lettered; /* "221B Baker Street" */
    if (tk_dash(s, p) && plain(s, p + 1, &v))
        p += 2; /* 16-18 Industrial Avenue */
    for (uint32_t n = 0; n < 6 && p < s->count; n++) {
        const struct tk *t = s->at + p;
        int numbered = p > 2 && s->at[p - 2].kind == TK_NUMBER && !s->at[p - 1].space; /* "506 East 8th street" */
        if (tk_is(s, p, LX_REJECT, OF_STREET, &length) && (t->upper || n == 0 || numbered)) {
            uint32_t next = p + length;
            int stop = tk_sign(s, next, '.') && !s->at[next].space;
            next += (uint32_t)stop;
            int goes_on = !stop && !tk_sign(s, next - 1, '.') && next < s->count && s->at[next].kind == TK_WORD &&
                          !s->at[next].upper && !(s->at[next].mask & LX_GRAMMAR);
            int named = next < s->count && s->at[next].kind == TK_WORD && s->at[next].upper;
            return goes_on || (n == 0 && t->upper && !named) ? 0 : next;
        }
        if (t->kind == TK_NUMBER && p + 1 < s->count && s->at[p + 1].kind == TK_WORD && !s->at[p + 1].space &&
            s->at[p + 1].letters == 2)
            p += 2; /* 13th */
        else if (t->kind == TK_WORD && t->upper)
            p++;
        else if (t->kind == TK_SIGN && t->cp == '.' && !t->space && n && s->at[p - 1].letters <= 2)
            p++;
        else
            return 0;
    }
    return 0;
}

/* "3747 S. 2700 West", "120 N. Main": a house, the letter of a direction, and the name or number of the way. */
static uint32_t by_direction(const struct tks *s, const struct figure *f)
{
    uint32_t v, p = f->after, digits = plain(s, f->number, &v);
    const struct tk *t = s->at + p;
    if (!th_english_like(s) || digits < 2 || digits > 5 || p != f->number + 1 || p + 1 >= s->count || !t->space ||
        t->kind != TK_WORD || t->letters != 1 || !t->upper || !strchr("nsew", (int)(t->cp & 0x7f)))
        return 0;
    p++;
    uint32_t begin = p + (uint32_t)(tk_sign(s, p, '.') && !s->at[p].space), end = begin;
    end += end < s->count && s->at[end].kind == TK_NUMBER;
    while (end < s->count && end - begin < 4 && s->at[end].kind == TK_WORD && s->at[end].upper == 1 &&
           s->at[end].letters > 1 && !tk_has(s, end, LX_COUNTRY))
        end++;
    int over = end >= s->count || s->at[end].kind == TK_SIGN || s->at[end].mask & (LX_GRAMMAR | LX_BIT(LX_WEEKDAY));
    return end > begin && over ? end : 0;
}

/* A word or phrase for where ends right before token i. */
static int behind_site(const struct tks *s, uint32_t i)
{
    uint32_t length;
    for (uint32_t n = 1; n <= i && n < 4; n++)
        if (tk_is(s, i - n, LX_REJECT, OF_SITE, &length) && length == n)
            return 1;
    return 0;
}

/* "a shooting at 3456 Henry in ...": a house whose street is not said to be one; a number behind a word for where,
 * names without a plural behind it. */
static uint32_t site(const struct tks *s, const struct figure *f)
{
    const uint64_t no_name =
        LX_COUNTABLE | LX_BIT(LX_COUNTRY) | LX_BIT(LX_MONTH) | LX_BIT(LX_WEEKDAY) | LX_BIT(LX_PERIOD);
    uint32_t v, p = f->after, digits = plain(s, f->number, &v);
    if (!behind_site(s, f->number) || digits < 2 || digits > 5 || p != f->number + 1)
        return 0;
    while (p < s->count && p - f->after < 3 && s->at[p].kind == TK_WORD && s->at[p].upper && !(s->at[p].mask & no_name))
        p++;
    if (p == f->after || tk_ends(s, p - 1, LX_ENDS_PLURAL))
        return 0;
    int over = p >= s->count || s->at[p].kind == TK_SIGN || s->at[p].mask & (LX_GRAMMAR | LX_BIT(LX_WEEKDAY));
    return over && !tk_sign(s, p, '-') ? p : 0;
}

/* "улице Ленина, 45", "calle Mayor, 28", "Rathausstraße 12", "15, rue de": a house number by its street. */
static uint32_t house(const struct tks *s, const struct figure *f)
{
    uint32_t v, i = f->number, p = f->after, length, digits = plain(s, i, &v);
    if (!digits || digits > 4 || p != i + 1 ||
        (p < s->count && s->at[p].kind == TK_WORD && s->at[p].mask & LX_BIT(LX_NOUN)))
        return 0;
    uint32_t q = p + tk_sign(s, p, ',');
    if (q > p && tk_is(s, q, LX_REJECT, OF_STREET, &length) && !s->at[q].upper)
        return q + length;
    int open = p >= s->count || s->at[p].kind == TK_SIGN || s->at[p].mask & LX_BIT(LX_WORD);
    uint32_t k = i - (i > 1 && tk_sign(s, i - 1, ','));
    if (!open || !k || s->at[k - 1].kind != TK_WORD)
        return 0;
    if (s->at[k - 1].upper && tk_ends(s, k - 1, LX_ENDS_STREET))
        return p;
    for (uint32_t n = 0; n < 4 && k > n; n++) {
        const struct tk *t = s->at + k - 1 - n;
        if ((n || s->lx->suffixed) && tk_is(s, k - 1 - n, LX_REJECT, OF_STREET, NULL))
            return s->lx->plural[0] ? 0 : p;
        if (t->kind == TK_WORD ? !t->upper && !(t->mask & LX_GRAMMAR)
                               : !(t->kind == TK_SIGN && (t->cp == '.' || t->cp == ':')))
            return 0;
    }
    return 0;
}

/* "Image 1 of 5", "(1 of 4)": the place in a set of pictures or pages. */
static uint32_t counter(const struct tks *s, const struct figure *f)
{
    uint32_t a, b, i = f->number, length;
    if (!plain(s, i, &a) || f->after != i + 1 || (i && !s->at[i - 1].upper && s->at[i - 1].kind == TK_WORD) ||
        !tk_mean(s, f->after, LX_OF, &length))
        return 0;
    uint32_t p = f->after + length;
    if (!plain(s, p, &b) || a > b || b > 200 ||
        (p + 1 < s->count && s->at[p + 1].kind == TK_WORD && (!s->at[p + 1].upper || s->lx->noun_capital)) ||
        (i && tk_has(s, i - 1, LX_BOUND)))
        return 0;
    return p + 1;
}

/* "a 0 = 5", "χ 2 of", "r −1": one letter with an index or exponent; "km s −1" where no figure stands before. */
static int variable(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, p = f->after, v;
    const struct tk *t = i ? s->at + i - 1 : NULL;
    int less = s->at[i].kind == TK_SIGN;
    if (!t || t->kind != TK_WORD || t->letters > (less ? 3 : 1) || !s->at[i].space || (i > 1 && tk_sign(s, i - 2, '.')))
        return 0;
    if (less && tk_sign(s, i, '-') && f->after == i + 2 &&
        !(t->mask & (LX_GRAMMAR | LX_BIT(LX_CURRENCY) | LX_BIT(LX_BOUND) | LX_BIT(LX_CHANGE))) && !t->upper)
        return 1;
    if (less || t->letters > 1 || f->after != i + 1 || s->at[i].kind != TK_NUMBER || (plain(s, i, &v) && v > 99999))
        return 0;
    uint64_t next = p < s->count && s->at[p].kind == TK_WORD ? s->at[p].mask : 0;
    if (next & LX_COUNTABLE && !(next & LX_GRAMMAR))
        return 0;
    if (!(t->mask & ~(LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY) | LX_BIT(LX_SCALE) | LX_LEADS)))
        return p >= s->count || s->at[p].kind != TK_WORD || s->at[p].mask & LX_GRAMMAR || s->at[p].letters == 1;
    /* letters that are words too, as "a": only inside a formula */
    return p < s->count && s->at[p].kind == TK_SIGN &&
           (s->at[p].cp == '=' || s->at[p].cp == '+' || s->at[p].cp == '<' || s->at[p].cp == '>' ||
            s->at[p].cp == '/' || s->at[p].cp == ')' || s->at[p].cp == 0xd7 || s->at[p].cp >= 0x2200);
}

/* "[3,2-b]", "4,5-dihydro": places of a molecule; a comma that can part no thousands, and a letter or word glued
 * behind. */
static int places(const struct tks *s, const struct figure *f)
{
    const struct tk *t = s->at + f->number;
    uint32_t p = f->after;
    if (t->kind != TK_NUMBER || p != f->number + 1 || !tk_sign(s, p, '-') || s->at[p].space || p + 1 >= s->count ||
        s->at[p + 1].space || s->at[p + 1].kind != TK_WORD)
        return 0;
    if (s->at[p + 1].letters == 1 && tk_sign(s, p + 2, ']'))
        return 1;
    uint32_t size = t->end - t->begin;
    return s->lx->decimal == '.' && size >= 3 && s->text[t->end - 2] == ',' && !(s->at[p + 1].mask & LX_COUNTABLE);
}

/* "5-FU", "4-(n-butyl)": a hyphen and what is no word behind it. */
static int locant(const struct tks *s, const struct figure *f)
{
    uint32_t v, p = f->after;
    if (plain(s, f->number, &v) && p == f->number + 1 && p + 2 < s->count && tk_sign(s, p, '(') && !s->at[p].space &&
        s->at[p + 1].kind == TK_WORD && s->at[p + 1].letters == 1 && tk_sign(s, p + 2, ')'))
        return 1; /* "401(k)" */
    if (!plain(s, f->number, &v) || f->after != f->number + 1 || !tk_sign(s, p, '-') || s->at[p].space ||
        p + 1 >= s->count || s->at[p + 1].space)
        return 0;
    const struct tk *t = s->at + p + 1;
    if (t->kind == TK_SIGN)
        return t->cp == '(' || t->cp == '[';
    return t->kind == TK_WORD && t->upper >= 2 && !(t->mask & LX_COUNTABLE);
}

/* "the mixing chamber 20 is", "the valve 30,": a part of a drawing, one of it, with nothing counted behind it. */
static int numbered_part(const struct tks *s, const struct figure *f)
{
    uint32_t v, i = f->number, p = f->after, lead = i ? i - 1 : 0;
    const struct tk *t = s->at + lead;
    if (i < 2 || !plain(s, i, &v) || p != i + 1 || v > 999 || !s->at[i].space || !s->lx->plural[0] ||
        t->kind != TK_WORD || t->mask || t->upper || t->letters < 4 || s->text[t->end - 1] == s->lx->plural[0])
        return 0;
    if (p < s->count && s->at[p].kind != TK_SIGN && !(s->at[p].mask & LX_BIT(LX_WORD)))
        return 0;
    if (p < s->count && s->at[p].kind == TK_SIGN && s->at[p].cp != '.' && s->at[p].cp != ',' && s->at[p].cp != ';')
        return 0;
    if (p + 1 < s->count && s->at[p].kind == TK_SIGN && !s->at[p + 1].space)
        return 0; /* "in the range 1..99" */
    for (uint32_t k = 0; k < 3 && lead && s->at[lead].kind == TK_WORD && !s->at[lead].mask; k++)
        lead--;
    return tk_is(s, lead, LX_WORD, OF_ARTICLE, NULL) && s->at[lead].letters == 3;
}

/* A number that the lexicon knows as a name: 911, 24/7. Numerals are not looked up with the words. */
static int known_name(const struct tks *s, uint32_t i)
{
    const struct lx_entry *e =
        s->at[i].kind == TK_NUMBER && s->at[i].end - s->at[i].begin <= 5 ? lx_find(s->lx, s->at[i].hash) : NULL;
    for (uint32_t m = e && e->mask & LX_BIT(LX_REJECT) ? e->meaning : 0; m; m = s->lx->meaning[m].next)
        if (s->lx->meaning[m].class == LX_REJECT && s->lx->meaning[m].of == OF_NAME)
            return 1;
    return 0;
}

/* ".38 caliber", "the .357 handgun", "911", "24/7": words of the lexicon say that it is a name. */
static uint32_t named(const struct tks *s, const struct figure *f)
{
    uint32_t length, i = numeral_of(s, f), p = nb_hyphen(s, f->after);
    if (tk_is(s, i, LX_REJECT, OF_NAME, &length) && length > 1 && !mo_part_of_sum(s, i + length) &&
        !mo_half_of_unit(s, i))
        return i + length; /* "5G" */
    if (f->after == i + 1 && known_name(s, i) && !(p < s->count && s->at[p].mask & LX_COUNTABLE))
        return f->after;
    return tk_is(s, p, LX_REJECT, OF_MODEL, &length) ? p + length : 0;
}

/* "16+" alone on a line: for whom a page is. */
static int age_mark(const struct tks *s, const struct figure *f)
{
    uint32_t v;
    return !f->number && s->count == 2 && rj_digits(s, f, &v) && v <= 21 && tk_sign(s, 1, '+') && !s->at[1].space;
}

/* "a .22", "ammo for a .45 cal. handgun": calibres. */
static uint32_t calibre(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, p = f->after, length, size = s->at[i].end - s->at[i].begin;
    const struct lx_meaning *mm = tk_mean(s, nb_hyphen(s, p), LX_UNIT, &length);
    if (mm && !strcmp(lx_key(s->lx, mm), "millimeter") && tk_is(s, nb_hyphen(s, p) + length, LX_REJECT, OF_MODEL, NULL))
        return nb_hyphen(s, p) + length; /* "a 9 mm pistol" */
    if (i < 2 || !nm_leads(s, s->at + i) || size != 2 || s->text[s->at[i].begin] == '0' ||
        !tk_is(s, i - 2, LX_WORD, OF_ARTICLE, NULL) || s->at[i - 2].letters > 2)
        return 0;
    const struct lx_meaning *unit = tk_mean(s, p, LX_UNIT, &length);
    if (unit && strcmp(lx_key(s->lx, unit), "calorie"))
        return 0;
    return unit ? p + length : p;
}

uint32_t rj_label(const struct tks *s, const struct figure *f, int unit)
{
    uint32_t to;
    if ((to = named(s, f)) != 0 || (to = calibre(s, f)) != 0)
        return to;
    if ((to = by_direction(s, f)) != 0)
        return to;
    if (unit)
        return 0;
    if ((to = bracketed(s, f)) != 0 || (to = address(s, f)) != 0 || (to = site(s, f)) != 0 || (to = house(s, f)) != 0 ||
        (to = counter(s, f)) != 0)
        return to;
    if (rj_range_unit(s, f->after))
        return 0;
    if (f->number && refers(s, f))
        return rj_list_end(s, f->after);
    return numbered_part(s, f) || age_mark(s, f) || note_mark(s, f) || behind_state(s, f) || variable(s, f) ||
                   locant(s, f) || places(s, f)
               ? f->after
               : 0;
}
