/* SPDX-License-Identifier: Apache-2.0
 *
 * What looks like a figure and is none, in the order in which it is asked: dates (date.c), clock times (clock.c),
 * scores, codes, list heads, references and addresses (label.c), model names (model.c).
 */
#include "reject.h"

#include <string.h>

#include "clock.h"
#include "frame.h"
#include "moment.h"
#include "quantity.h"
#include "shape.h"

int rj_small(const struct figure *f, uint32_t most)
{
    return f->value.sign > 0 && f->value.exponent >= 0 && !assay_decimal_above(&f->value, most);
}

/* The suffix of an ordinal or a case, glued to a numeral: 5th, 5-го, 5'i, 5.; the token after it. */
uint32_t rj_suffix(const struct tks *s, uint32_t i)
{
    uint32_t p = i;
    if (p < s->count && !s->at[p].space && s->at[p].kind == TK_SIGN &&
        (s->at[p].cp == '-' || s->at[p].cp == '\'' || s->at[p].cp == '.' || s->at[p].cp == 0xba ||
         s->at[p].cp == 0xaa)) {
        if (s->at[p].cp == '.' || s->at[p].cp == 0xba || s->at[p].cp == 0xaa)
            return p + 1;
        p++;
    }
    if (p < s->count && !s->at[p].space && s->at[p].kind == TK_WORD && s->at[p].letters <= 5 && !s->at[p].upper &&
        !tk_has(s, p, LX_MONTH))
        return p + 1;
    return i;
}

/* "won 2-1", "3-0": two small numbers round a dash, the first not the lesser, or beside a word of sport. */
static int is_name(const struct tks *s, uint32_t i)
{
    return i < s->count && s->at[i].kind == TK_WORD && s->at[i].upper && s->at[i].space &&
           !(s->at[i].mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY) | LX_BIT(LX_NOUN) | LX_BIT(LX_MONTH)));
}

/* "Ayr 38 - Melrose 17": the token behind it, 0: nothing of the kind. */
static uint32_t named_score(const struct tks *s, const struct figure *f)
{
    uint32_t v, i = f->number, p = f->after;
    if (!i || !rj_digits(s, f, &v) || v > 200 || !is_name(s, i - 1) || !tk_dash(s, p) || !s->at[p].space ||
        !is_name(s, p + 1))
        return 0;
    p += 2;
    p += is_name(s, p) ? 1 : 0;
    struct figure g = {.number = p, .after = p + 1};
    if (p >= s->count || s->at[p].kind != TK_NUMBER || !rj_digits(s, &g, &v) || v > 200 ||
        (p + 1 < s->count && s->at[p + 1].kind == TK_WORD &&
         s->at[p + 1].mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_NOUN) | LX_BIT(LX_SCALE))))
        return 0;
    return p + 1;
}

/* "528-CASH (2274)": the digits that the letters of a telephone number stand for. */
static int spelt_phone(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, digits;
    return i > 3 && tk_sign(s, i - 1, '(') && tk_sign(s, f->after, ')') && s->at[i - 2].kind == TK_WORD &&
           s->at[i - 2].upper == 2 && rj_digits(s, f, &digits) == (int)s->at[i - 2].letters &&
           tk_sign(s, i - 3, '-') && !s->at[i - 2].space && !s->at[i - 3].space && s->at[i - 4].kind != TK_WORD;
}

/* "780-1000", "305-471-": a telephone number of North America without its cue. */
static uint32_t short_phone(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, p = f->after, a, b;
    struct figure g = {.number = p + 1, .after = p + 2};
    if (rj_digits(s, f, &a) != 3 || !tk_sign(s, p, '-') || s->at[p].space || p + 1 >= s->count || s->at[p + 1].space ||
        s->at[p + 1].kind != TK_NUMBER)
        return 0;
    int second = rj_digits(s, &g, &b);
    if (second == 3 && tk_sign(s, p + 2, '-') && !s->at[p + 2].space && p + 3 < s->count &&
        (s->at[p + 3].kind == TK_NUMBER || s->at[p + 3].upper))
        return p + 3;
    int open = p + 2 >= s->count || (s->at[p + 2].kind == TK_SIGN && !tk_sign(s, p + 2, '%')) ||
               s->at[p + 2].mask & LX_BIT(LX_WORD);
    return second == 4 && open && i && s->at[i - 1].kind == TK_WORD &&
                   !(s->at[i - 1].mask &
                     (LX_BIT(LX_BOUND) | LX_BIT(LX_JOIN) | LX_BIT(LX_RELATION) | LX_BIT(LX_CHANGE) | LX_BIT(LX_OF))) &&
                   s->lx->decimal == '.'
               ? p + 2
               : 0;
}

static uint32_t score(const struct tks *s, const struct figure *f, int unit)
{
    uint32_t a, b = 0, p = f->after;
    int digits = rj_digits(s, f, &a);
    uint32_t length;
    int told = tk_is(s, p, LX_JOIN, OF_TO, &length) && length == 1 && s->at[p].kind == TK_WORD; /* "menait 1 à 0" */
    if (!digits || digits > 3 || !(tk_dash(s, p) || (told && digits < 3)))
        return 0;
    if (p + 1 >= s->count || s->at[p + 1].kind != TK_NUMBER || s->at[p + 1].shape != SH_NUMERAL ||
        s->at[p + 1].space != s->at[p].space)
        return 0;
    struct figure g = {.number = p + 1, .after = p + 2};
    if (!rj_digits(s, &g, &b))
        return 0;
    uint64_t next = p + 2 < s->count ? s->at[p + 2].mask : 0;
    if (next & (LX_BIT(LX_WORD) | LX_BIT(LX_JOIN)))
        next = 0; /* "3-1 in" */
    if (unit || next & (LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY) | LX_BIT(LX_SCALE) | LX_BIT(LX_NOUN)))
        return 0;
    int sport = 0;
    for (uint32_t i = f->number > 8 ? f->number - 8 : 0; i < p + 8 && i < s->count; i++)
        sport |= tk_is(s, i, LX_REJECT, OF_SCORE, NULL) != NULL;
    if (told &&
        (b > 19 || !f->number ||
         !(tk_is(s, f->number - 1, LX_REJECT, OF_SCORE, NULL) ||
           (f->number > 1 && tk_has(s, f->number - 1, LX_OF) && tk_is(s, f->number - 2, LX_REJECT, OF_SCORE, NULL))) ||
         (p + 2 < s->count && s->at[p + 2].kind == TK_WORD &&
          !(s->at[p + 2].mask & (LX_BIT(LX_WORD) | LX_BIT(LX_JOIN) | LX_BIT(LX_TIME))))))
        return 0;
    return a >= b || sport ? p + 2 : 0;
}

/* "3+1 daire", "the 5+1 talks": the token behind it, 0: nothing of the kind. */
static uint32_t plus_one(const struct tks *s, const struct figure *f, int unit)
{
    uint32_t p = f->after, v;
    struct figure g = {.number = p + 1, .after = p + 2};
    if (unit || rj_digits(s, f, &v) != 1 || !tk_sign(s, p, '+') || s->at[p].space || p + 1 >= s->count ||
        s->at[p + 1].space || rj_digits(s, &g, &v) != 1)
        return 0;
    return p + 2 < s->count && s->at[p + 2].mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_SCALE) | LX_BIT(LX_CURRENCY)) ? 0
                                                                                                              : p + 2;
}

/* 20240517 */
static int compact_date(const char *c)
{
    uint32_t month = (uint32_t)(c[4] - '0') * 10 + (uint32_t)(c[5] - '0'),
             day = (uint32_t)(c[6] - '0') * 10 + (uint32_t)(c[7] - '0');
    return ((c[0] == '1' && c[1] == '9') || (c[0] == '2' && c[1] == '0')) && month >= 1 && month <= 12 && day >= 1 &&
           day <= 31;
}

static int four_digits(const struct tks *s, uint32_t i)
{
    return i < s->count && s->at[i].plain == 4;
}

/* "DE89 3704 0044 0532": three groups of four side by side are the number of a card or account. */
static int in_groups(const struct tks *s, uint32_t i)
{
    if (!four_digits(s, i))
        return 0;
    int before = i && four_digits(s, i - 1), after = four_digits(s, i + 1);
    return (before && after) || (before && i > 1 && four_digits(s, i - 2)) || (after && four_digits(s, i + 2));
}

static int is_code(const char *c, uint32_t size)
{
    while (size && (sh_digit(*c) || (*c >= 'A' && *c <= 'Z'))) {
        size--;
        c++;
    }
    return !size;
}

/* "GB29 NWBK 6016 1331 9268 19": a group of an account number, which opens with a country and two digits; the one that
 * starts at byte `at`. */
static int of_account(const struct tks *s, uint32_t at)
{
    const char *c = s->text;
    uint32_t open = at, groups = 0;
    while (open >= s->begin + 5 && at - open < 40 && c[open - 1] == ' ' && is_code(c + open - 5, 4)) {
        open -= 5;
        if (c[open] >= 'A' && c[open + 1] >= 'A' && c[open + 2] < 'A' && c[open + 3] < 'A')
            break;
    }
    if (open == at || c[open] < 'A' || c[open + 1] < 'A' || c[open + 2] >= 'A' || c[open + 3] >= 'A' ||
        (open > s->begin && is_code(c + open - 1, 1)))
        return 0;
    while (open + 9 <= s->end && c[open + 4] == ' ' && is_code(c + open + 5, 4)) {
        groups++;
        open += 5;
    }
    return groups > 2;
}

/* "12, rue de la Paix, 75002 Paris": five digits between a comma and the name of a place. */
static int postal(const struct tks *s, uint32_t i)
{
    uint32_t size = s->at[i].end - s->at[i].begin;
    if ((size == 4 || size == 5) && tk_sign(s, i + 1, '-') && !s->at[i + 1].space && i + 3 < s->count &&
        s->at[i + 2].kind == TK_NUMBER && !s->at[i + 2].space && s->at[i + 2].end - s->at[i + 2].begin == 3 &&
        s->at[i + 3].kind == TK_WORD && s->at[i + 3].upper && !(s->at[i + 3].mask & ~(LX_LEADS | LX_BIT(LX_COUNTRY))))
        return 1; /* "1100-053 Lisboa" */
    if (size != 5)
        return 0;
    if (i < 2 || !tk_sign(s, i - 1, ',') || i + 1 >= s->count || s->at[i + 1].kind != TK_WORD || !s->at[i + 1].upper ||
        s->at[i + 1].mask & ~(LX_LEADS | LX_BIT(LX_COUNTRY)))
        return 0;
    return s->at[i - 2].kind == TK_NUMBER ||
           (!s->lx->noun_capital && s->at[i - 2].kind == TK_WORD && s->at[i - 2].upper);
}

/* 28.10., 22.04: day and month in digits, where a comma stands before decimals. */
static int dotted_day(const struct tks *s, const struct figure *f)
{
    const char *c = s->text + s->at[f->number].begin;
    uint32_t n = s->at[f->number].end - s->at[f->number].begin, day = 0, k = 0;
    if (s->lx->decimal != ',' || f->after != f->number + 1)
        return 0;
    if (n >= 3 && n <= 5 && memchr(c, '.', n) && tk_sign(s, f->after, '.') && !s->at[f->after].space &&
        f->after + 1 < s->count)
        return 1;
    while (k < n && sh_digit(c[k])) {
        day = day < 1000 ? day * 10 + (uint32_t)(c[k] - '0') : 1000;
        k++;
    }
    if (s->count <= 2 || n != k + 3 || k > 2 || c[k] != '.' || day < 1 || day > 31)
        return 0;
    int month = c[k + 1] == '0' ? c[k + 2] != '0' : c[k + 1] == '1' && c[k + 2] <= '2';
    return month && !(f->after < s->count && s->at[f->after].kind == TK_WORD &&
                      s->at[f->after].mask & (LX_BIT(LX_NOUN) | LX_BIT(LX_SCALE)));
}

/* 1: a cue of telephone numbers stands in the words before. */
static int behind_phone(const struct tks *s, const struct figure *f)
{
    uint32_t low = f->number > 9 ? f->number - 9 : 0;
    const uint64_t passed = LX_BIT(LX_WORD) | LX_BIT(LX_REJECT) | LX_BIT(LX_COUNTRY) | LX_BIT(LX_PERIOD);
    for (uint32_t i = f->number; i-- > low;) {
        if (tk_is(s, i, LX_REJECT, OF_PHONE, NULL))
            return 1;
        if (s->at[i].kind == TK_WORD && !(s->at[i].mask & passed) && f->number - i > 3)
            return 0;
    }
    return 0;
}

/* Whether the numeral t behind such a cue is the number: long, grouped, with a leading zero, or going on. */
static int phone_number(const struct tks *s, const struct figure *f, const struct tk *t, int plain, int unit)
{
    uint32_t size = t->end - t->begin, i = f->number, p = f->after;
    if (i && s->at[i - 1].kind == TK_SIGN && s->at[i - 1].mask & LX_BIT(LX_CURRENCY))
        return 0; /* "the phone costs £599" */
    if (plain && size < 7 && !tk_is(s, i - 1, LX_REJECT, OF_PHONE, NULL) && s->at[i - 1].kind == TK_WORD &&
        p < s->count && s->at[p].kind == TK_WORD && !s->at[p].upper && s->text[t->begin] != '0' && th_content(s, p) &&
        tk_ends(s, p, LX_ENDS_PLURAL))
        return 0; /* "mobile sales reached 45000 units" */
    return (!plain && size >= 11 && s->text[t->begin + 3] == ' ') ||
           (plain && (size >= 5 || (size > 1 && s->text[t->begin] == '0'))) ||
           (s->at[f->number - 1].kind != TK_WORD && !unit) || tk_sign(s, f->after, '(') || tk_sign(s, f->after, '-') ||
           (f->after < s->count && s->at[f->after].kind == TK_NUMBER);
}

/* A group of an IPv6 address. */
static int colon_group(const struct tks *s, const struct figure *f, const struct tk *t)
{
    uint32_t i = f->number, p = f->after;
    if (i > 1 && !t->space && tk_sign(s, i - 1, ':') && (tk_sign(s, i - 2, ':') || s->at[i - 2].kind == TK_NUMBER))
        return 1;
    return tk_sign(s, p, ':') && !s->at[p].space && p + 1 < s->count && !s->at[p + 1].space &&
           (tk_sign(s, p + 1, ':') || s->at[p + 1].kind == TK_NUMBER);
}

/* "123.456.789-09" */
static int checked(const struct tks *s, const struct figure *f, uint32_t size)
{
    uint32_t p = f->after;
    return size > 9 && tk_sign(s, p, '-') && !s->at[p].space && p + 1 < s->count && s->at[p + 1].kind == TK_NUMBER &&
           s->at[p + 1].end - s->at[p + 1].begin == 2;
}

/* A telephone number after its cue; digits with a leading zero; long runs without groups; parts of hex codes. */
static int code(const struct tks *s, const struct figure *f, int unit)
{
    if (!unit && dotted_day(s, f))
        return 1;
    const struct tk *t = s->at + f->number + (s->at[f->number].kind == TK_SIGN && f->number + 1 < f->after);
    uint32_t size = t->end - t->begin;
    int plain = 1;
    if (t->kind != TK_NUMBER || t->shape != SH_NUMERAL)
        return 0;
    for (uint32_t p = t->begin; p < t->end; p++)
        plain &= sh_digit(s->text[p]);
    if (behind_phone(s, f))
        return phone_number(s, f, t, plain, unit);
    if (s->count <= 3 || unit)
        return 0;
    if (in_groups(s, f->number) || (size <= 4 && of_account(s, t->begin)) || checked(s, f, size) ||
        colon_group(s, f, t))
        return 1;
    if (plain && (((size == 4 || size == 5) && postal(s, f->number)) ||
                  (size == 8 && compact_date(s->text + t->begin)) || size >= 10))
        return 1;
    if (size > 4 && s->text[t->begin] == '0' && sh_digit(s->text[t->begin + 1]) && s->text[t->begin + 2] == '.')
        return 1; /* "the 08.15 to Crewe" */
    return plain && size >= 2 && s->text[t->begin] == '0' &&
           !(f->number && tk_sign(s, f->number - 1, '.') && !t->space);
}

/* "section C.7", "V:161", "ld-linux.so.2", "0x40000000": a part of a key, a path or code. */
static int part_of_key(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, p = f->after;
    const struct tk *t = s->at + i;
    if (t->kind != TK_NUMBER)
        return 0;
    if (t->end - t->begin == 1 && s->text[t->begin] == '0' && p < s->count && !s->at[p].space &&
        s->at[p].kind == TK_WORD && s->at[p].cp == 'x')
        return 1;
    if (i > 1 && !t->space && t[-1].kind == TK_WORD && t[-1].letters == 3 && !t[-1].upper && !t[-1].space &&
        tk_sign(s, i - 2, '-') && !s->at[i - 2].space)
        return 1; /* "grub-efi-amd64" */
    if (i < 2 || t->space || s->at[i - 1].space || !(tk_sign(s, i - 1, '.') || tk_sign(s, i - 1, ':')) ||
        s->at[i - 2].kind != TK_WORD)
        return 0;
    const struct tk *word = t - 2;
    if (word->letters == 1 && word->upper)
        return 1;
    return tk_sign(s, i - 1, '.') && !word->upper && !word->space && i > 3 && s->at[i - 3].kind == TK_SIGN &&
           (tk_sign(s, i - 3, '.') || tk_sign(s, i - 3, '-') || tk_sign(s, i - 3, '/')) && s->at[i - 4].kind == TK_WORD;
}

/* "12.4. Tools", "4.2 Installing packages": the number of a section before its title. */
static int section_head(const struct tks *s, const struct figure *f)
{
    const char *c = s->text + s->at[f->number].begin;
    uint32_t n = s->at[f->number].end - s->at[f->number].begin, k = 0, p = f->number + 1, run = 0, parts = 1;
    if (f->number || f->flags & (FG_WORDS | FG_SCALED) || s->at[0].kind != TK_NUMBER || s->at[0].shape != SH_NUMERAL ||
        n < 3)
        return 0;
    for (; k < n; k++) {
        run = c[k] == '.' ? 0 : run + 1;
        parts += c[k] == '.';
        if ((c[k] != '.' && (c[k] < '0' || c[k] > '9')) || run > 2)
            return 0;
    }
    int stop = tk_sign(s, p, '.') && !s->at[p].space;
    p += (uint32_t)stop;
    return parts > 1 && p < s->count && s->at[p].kind == TK_WORD && s->at[p].space && s->at[p].upper &&
           !(s->at[p].mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY) | LX_BIT(LX_SCALE))) &&
           (stop || (!s->lx->noun_capital && s->at[p].upper == 1 && p + 1 < s->count && !s->at[p + 1].upper));
}

/* "1. Text", "2) text" at the start of a line. */
static int list_head(const struct tks *s, const struct figure *f)
{
    uint32_t v;
    uint32_t i = f->number;
    if (!rj_digits(s, f, &v) || v > 200 || s->count < 4)
        return 0;
    if (i > 1 && v < 30 && tk_sign(s, i + 1, ')') && !s->at[i + 1].space &&
        (tk_sign(s, i - 1, ';') || tk_sign(s, i - 1, ':') || tk_sign(s, i - 1, ',') ||
         tk_is(s, i - 1, LX_JOIN, OF_AND, NULL))) {
        while (i-- > 0 && f->number - i < 60 && !tk_sign(s, i, ')'))
            if (tk_sign(s, i, '('))
                return 0;
        return 1; /* "...; 2) the next" */
    }
    if (i)
        return 0;
    return (tk_sign(s, 1, '.') || tk_sign(s, 1, ')')) && !s->at[1].space && (s->at[2].space || s->at[2].upper == 1);
}

/* "9K33M3 Osa", "2C7 Pion": digits, a capital and digits in one; the token behind it. */
static uint32_t type_name(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number;
    if (s->at[i].kind != TK_NUMBER || i + 2 >= s->count || s->at[i + 1].kind != TK_WORD || !s->at[i + 1].upper ||
        s->at[i + 1].space || s->at[i + 1].letters > 2 || s->at[i + 2].kind != TK_NUMBER || s->at[i + 2].space ||
        (s->at[i + 1].cp == 'e' && f->after > i + 2)) /* 1.5E6 */
        return 0;
    for (i += 3; i < s->count && !s->at[i].space && s->at[i].kind != TK_SIGN;)
        i++;
    return i;
}

/* "an hour or two", "une heure ou deux": about so many, of which the first word is told already. */
static int or_two(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, p = f->after;
    if (i < 2 || !(f->flags & FG_WORDS) || f->flags & (FG_DIGITS | FG_ORDINAL | FG_FRACTION | FG_MULTIPLE) ||
        p != i + 1 || !rj_small(f, 3) || !tk_is(s, i - 1, LX_WORD, OF_CONJUNCTION, NULL) || s->at[i - 1].letters > 3 ||
        !(s->at[i - 2].mask & (LX_BIT(LX_PERIOD) | LX_BIT(LX_UNIT))))
        return 0;
    return p >= s->count || s->at[p].kind == TK_SIGN || s->at[p].mask & (LX_BIT(LX_WORD) | LX_BIT(LX_TIME));
}

uint32_t rj_shape(const struct tks *s, const struct figure *f, int unit)
{
    uint32_t to;
    if (rj_lettered(s, f) || qt_told_by(s, f->number))
        return f->after;
    if ((to = type_name(s, f)) != 0)
        return to;
    if (f->flags & (FG_SCALED | FG_VAGUE))
        return 0;
    if (rj_unit_name(s, f) || or_two(s, f))
        return f->after;
    if ((!unit || f->flags & FG_WORDS) && (to = mo_decade(s, f)) != 0)
        return to;
    if ((to = rj_part_of_year(s, f)) != 0 ||
        (!unit && ((to = rj_loose_date(s, f)) != 0 || (to = named_score(s, f)) != 0 || (to = short_phone(s, f)) != 0 ||
                   (to = plus_one(s, f, unit)) != 0)) ||
        (to = rj_date(s, f)) != 0 || (to = ck_time(s, f)) != 0 || (to = score(s, f, unit)) != 0)
        return to;
    if (code(s, f, unit))
        return s->at[f->number].plain == 5 ? rj_list_end(s, f->after) /* "ZIP codes 10001, 10002 and 10003" */
                                           : f->after;
    if (spelt_phone(s, f) || list_head(s, f) || (!unit && (part_of_key(s, f) || section_head(s, f))))
        return f->after;
    if ((to = rj_label(s, f, unit)) != 0)
        return to;
    return rj_model(s, f, unit) || rj_name_part(s, f, unit) ? f->after : 0;
}
