/* SPDX-License-Identifier: Apache-2.0
 *
 * Which word or sign behind a number is its unit or currency.
 */
#include <string.h>

#include "clock.h"
#include "frame.h"
#include "quantity.h"
#include "reject.h"
#include "shape.h"

#define PAID_REACH 12u /* tokens between a word of what is paid and the sum */

/* "the 1960s", "in his 60s", "Model 3s", "1990\"s": the ending of a decade or of a name. */
static int plural_s(const struct tks *s, uint32_t i, const struct figure *f)
{
    const struct tk *t = s->at + i, *number = s->at + f->number;
    uint32_t start, digits = number->end - number->begin;
    if (rj_year(s, f) && ((t->kind == TK_SIGN && t->cp == '"') || (t->cp == 's' && t->letters == 1)))
        return 1;
    if (t->cp != 's' || t->letters != 1 || t->kind != TK_WORD || f->after != f->number + 1 || !f->number || digits > 3)
        return 0;
    if (!t->space && s->at[f->number - 1].kind == TK_WORD && s->at[f->number - 1].upper && f->number > 1 &&
        !(s->at[f->number - 1].mask & ~(LX_LEADS | LX_BIT(LX_REJECT))))
        return 1;
    const struct lx_meaning *m = tk_before(s, f->number, LX_WORD, &start);
    if (digits != 2 || s->text[number->end - 1] != '0' || !m)
        return 0;
    return m->of == OF_ARTICLE || m->of == OF_PRONOUN || m->of == OF_OTHER || m->of == OF_PREPOSITION;
}

/* "1 m 80", "1m80": metres and bare centimetres, with nothing counted behind them. */
int qt_height_at(const struct tks *s, uint32_t i, const struct figure *f)
{
    const struct tk *t = s->at + i, *part = t + 1;
    if (t->kind != TK_WORD || t->cp != 'm' || t->letters != 1 || t->upper || i + 1 >= s->count ||
        part->kind != TK_NUMBER || part->shape != SH_NUMERAL || part->end - part->begin != 2 || f->after != i ||
        f->after != f->number + 1 || s->at[f->number].end - s->at[f->number].begin != 1 ||
        s->at[f->number].kind != TK_NUMBER)
        return 0;
    return i + 2 >= s->count || s->at[i + 2].kind == TK_SIGN || s->at[i + 2].mask & LX_BIT(LX_WORD);
}

/* Whether a quotation is open before the mark at i: it closes it, and is no inch. */
static int quoted(const struct tks *s, uint32_t i)
{
    uint32_t marks = 0;
    for (uint32_t k = i, low = i > 40 ? i - 40 : 0; k-- > low;)
        marks += s->at[k].kind == TK_SIGN && s->at[k].cp == '"';
    return marks & 1;
}

/* What is written like a unit behind the number, but is part of a code, name or other word. */
static int in_other_word(const struct tks *s, uint32_t i, uint32_t length, const struct figure *f)
{
    const struct tk *t = s->at + i, *next = t + length;
    uint32_t at = i + length, more = at < s->count, glued = more && !next->space;
    if (t->kind == TK_WORD && glued && next->kind == TK_NUMBER &&
        (next->end - next->begin > 1 || (s->text[next->begin] != '2' && s->text[next->begin] != '3')) &&
        !ck_hours_of(s, i))
        return 1; /* "24703m212", "06F6" */
    if (length != 1)
        return 0;
    int word_on = glued && at + 1 < s->count && next[1].kind == TK_WORD && !next[1].space;
    if (tk_sign(s, at, '-') && glued && i > f->after && tk_is(s, i, LX_JOIN, OF_IN, NULL))
        return 1; /* "one-in-five" */
    if (t->letters == 1 && tk_sign(s, at, '\'') && word_on)
        return 1; /* "un tiers s'est abstenu" */
    return t->kind == TK_WORD && t->letters <= 3 && t->upper && tk_sign(s, at, '-') && glued && i == f->after &&
           !(s->lx->suffixed && word_on && !next[1].upper); /* "two Mi-8" */
}

/* The only mark of its kind near by, with words on both sides: 10 " long. */
static int lonely(const struct tks *s, uint32_t i)
{
    uint32_t marks = 0;
    for (uint32_t k = i > 40 ? i - 40 : 0; k < i + 40 && k < s->count; k++)
        marks += s->at[k].kind == TK_SIGN &&
                 (s->at[k].cp == '"' || s->at[k].cp == 0x201c || s->at[k].cp == 0x201d);
    return marks == 1 && s->at[i].cp == '"' && i + 1 < s->count && s->at[i + 1].space &&
           s->at[i + 1].kind == TK_WORD && !s->at[i + 1].upper;
}

/* "an altitude of 30' when", "2 yd 7'": feet, where a small letter stands before the number and nothing is glued behind;
 * "Kane 45'" and "the 45'" tell the
 * minute. */
static int of_feet(const struct tks *s, uint32_t i, const struct figure *f)
{
    uint32_t quotes = 0;
    for (uint32_t k = i, low = i > 40 ? i - 40 : 0; k-- > low;)
        quotes += s->at[k].kind == TK_SIGN && (s->at[k].cp == 0x2018 || (s->at[k].cp == '\'' && s->at[k].space));
    return !s->at[i].space && !quotes && f->number && s->at[f->number].plain && s->at[f->number].plain < 4 &&
           !(i + 1 < s->count && !s->at[i + 1].space && s->at[i + 1].kind != TK_SIGN) &&
           s->at[f->number - 1].kind == TK_WORD && !s->at[f->number - 1].upper && !(f->flags & FG_WORDS) &&
           !tk_is(s, f->number - 1, LX_TIME, OF_SINCE, NULL) &&
           !(tk_is(s, f->number - 1, LX_WORD, OF_ARTICLE, NULL) && s->at[f->number - 1].letters > 2);
}

/* A sign is one but where it closes a quotation. */
static int sign_fits(const struct tks *s, uint32_t i, const struct figure *f)
{
    const struct tk *t = s->at + i;
    if (t->kind == TK_SIGN && t->cp == '\'' && (i + 1 >= s->count || !tk_sign(s, i + 1, '\'')))
        return of_feet(s, i, f);
    return t->kind != TK_SIGN || lonely(s, i) || (t->cp != '"' && t->cp != '\'') ||
           !(t->space || f->flags & FG_WORDS || (t->cp == '"' && quoted(s, i)));
}

/* "250 г муки", "400 m en 45 s": one letter that is a word as well, with a word behind it. */
static int letter_before_word(const struct tks *s, uint32_t i, uint64_t senses, const struct figure *f)
{
    const struct tk *t = s->at + i, *next = t + 1;
    if (t->letters != 1 || !(f->flags & FG_DIGITS) || i + 1 >= s->count || !next->space)
        return 0;
    if (s->lx->noun_after && (t->cp == 'm' || t->cp == 't' || t->cp == 'l') && next->kind == TK_WORD)
        return 1;
    return senses == LX_BIT(LX_TIME) &&
           (next->kind == TK_SIGN || (next->kind == TK_WORD && !next->upper && th_content(s, i + 1))) && !rj_year(s, f);
}

/* One letter with a blank before it: none after the number of a name, "HD 188753 A". */
static int spaced_letter_fits(const struct tks *s, uint32_t i, const struct figure *f)
{
    const struct tk *t = s->at + i, *next = i + 1 < s->count ? t + 1 : NULL,
                    *before = f->number ? s->at + f->number - 1 : NULL;
    if (t->upper == 4 && before && before->kind == TK_WORD && before->upper == 2 && !before->mask)
        return 0;
    int power = t->cp == 'm' && next && next->kind == TK_NUMBER; /* "10 m2" */
    return (f->flags & FG_DIGITS) && !(next && !next->space && next->kind != TK_SIGN && !power);
}

/* Short words such as "in", "a", "m" are units only against the number or where nothing but a sign follows. */
static int unit_fits(const struct tks *s, uint32_t i, uint32_t length, const struct figure *f)
{
    const struct tk *t = s->at + i;
    uint64_t senses = t->mask & (LX_BIT(LX_WORD) | LX_BIT(LX_JOIN) | LX_BIT(LX_RELATION) | LX_BIT(LX_TIME) |
                                 LX_BIT(LX_PER) | LX_BIT(LX_OF));
    if (length == 1 && i == f->after && plural_s(s, i, f))
        return 0;
    if (length == 1 && qt_height_at(s, i, f))
        return 1;
    if (in_other_word(s, i, length, f))
        return 0;
    if (t->kind != TK_WORD || length > 1)
        return sign_fits(s, i, f);
    if (t->letters > 1 && s->lx->suffixed && t->mask & LX_BIT(LX_PERIOD))
        return 1; /* "il", "ay" mark a year and a month, too */
    if ((!senses && t->letters > 1) || (t->letters > 2 && !(senses & (LX_BIT(LX_WORD) | LX_BIT(LX_JOIN)))))
        return 1;
    if ((!t->space && i == f->after) || letter_before_word(s, i, senses, f))
        return 1;
    if (senses)
        return i + 1 >= s->count || (s->at[i + 1].kind == TK_SIGN && !s->at[i + 1].space);
    return spaced_letter_fits(s, i, f);
}

/* A bound told between the number and its unit: "40 с лишним процентов", "20-odd years"; its tokens, 0: none. */
uint32_t qt_beyond(const struct tks *s, const struct figure *f)
{
    uint32_t length, p = nb_hyphen(s, f->after);
    const struct lx_meaning *m = tk_mean(s, p, LX_BOUND_AFTER, &length);
    int sides = m && (m->of == OF_OVER || (m->of != OF_ABOUT && length > 1)); /* "3 or more years" */
    if (!m || s->at[p].kind != TK_WORD || (!sides && p == f->after) || (p == f->after && length < 2))
        return 0;
    return p + length - f->after;
}

/* "2,5 bar", "12 stone", "64 bit": pubs, stones and bits are told in the plural, where the language has one, and
 * never in tenths. */
static int uncounted(const struct tks *s, const struct figure *f, uint32_t next)
{
    int plural = s->lx->plural[0] || s->lx->noun_capital || s->lx->inverted[0]; /* "5 бар", but "5 баров" */
    return f->value.exponent < 0 ||
           (plural && !(f->value.digits == 1 && f->value.digit[0] == 1) && (next >= s->count || !th_content(s, next)));
}

/* "2 more minutes", "zwei weitere Stunden": a word between number and unit that says nothing of it. */
static int word_between(const struct tks *s, uint32_t p)
{
    const uint64_t not = LX_BIT(LX_JOIN) | LX_BIT(LX_RELATION) | LX_BIT(LX_BOUND) | LX_BIT(LX_PER) | LX_BIT(LX_OF) |
                         LX_BIT(LX_UNIT) | LX_BIT(LX_SCALE) | LX_BIT(LX_NOUN) | LX_TRIGGERS;
    if (p + 1 >= s->count || s->at[p].kind != TK_WORD || s->at[p].upper || s->at[p].letters < 4 || !s->at[p].space ||
        s->at[p].mask & not || !(s->at[p].words >> OF_ACROSS & 1) ||
        !tk_is(s, p, LX_MARK, OF_ACROSS, NULL))
        return 0;
    const struct lx_meaning *unit = tk_mean(s, p + 1, LX_UNIT, NULL);
    return unit && s->at[p + 1].letters > 3 && !(s->at[p + 1].mask & (LX_TRIGGERS | LX_BIT(LX_CURRENCY)));
}

enum { UNIT_PLACES = 7 };

/* The tokens at which a unit behind the number may start, the likeliest first; gives how many. */
static uint32_t unit_places(const struct tks *s, const struct figure *f, uint32_t place[UNIT_PLACES])
{
    uint32_t n = 0, p = f->after, length;
    place[n++] = p;
    if (nb_hyphen(s, p) != p ||
        (s->lx->noun_after && f->flags & FG_WORDS && tk_sign(s, p, '\'') && !s->at[p].space)) /* "vent'anni" */
        place[n++] = p + 1;
    if (tk_sign(s, p, '.') && !s->at[p].space &&
        (f->flags & FG_SCALED || (f->flags & FG_DIGITS && p + 1 < s->count && !s->at[p + 1].space &&
                                  s->at[p + 1].letters > 1 && s->at[p + 1].letters < 4 && !s->at[p + 1].upper)))
        place[n++] = p + 1; /* "5 mln. Euro", "24.kg" */
    if ((length = qt_beyond(s, f)) != 0)
        place[n++] = p + length; /* "40 с лишним процентов", "20-odd years" */
    if (tk_sign(s, p, ',') && !s->at[p].space && tk_dash(s, p + 1) && !s->at[p + 1].space && n < 4)
        place[n++] = p + 2; /* "950,- Euro" */
    int parts = f->flags & FG_FRACTION || /* "two and a half", "0.3 of a point" */
                (f->value.exponent < 0 && (f->flags & FG_WORDS ? tk_has(s, p - 1, LX_FRACTION) : s->lx->one_counts));
    if (tk_mean(s, p, LX_OF, &length) && (parts || f->flags & (FG_SCALED | FG_VAGUE) ||
                                          (s->lx->noun_after && f->flags & FG_WORDS &&
                                           tk_is(s, f->number, LX_BOUND, OF_ABOUT, NULL)))) /* "trentaine de" */
        place[n++] = p + length +
                     (parts && tk_has(s, p + length, LX_PER) &&
                      tk_is(s, p + length, LX_WORD, OF_ARTICLE, NULL)); /* "a tenth of a litre" */
    if (word_between(s, p))
        place[n++] = p + 1;
    return n;
}

/* A word that says number and unit: "полгода", "Viertelstunde", "трехлетний". */
static int own_unit(const struct tks *s, const struct figure *f, struct found *to)
{
    uint32_t p = f->after;
    int one_word = p > f->number && s->at[p - 1].kind == TK_WORD &&
                   ((f->flags & FG_FRACTION && tk_has(s, p - 1, LX_FRACTION)) ||
                    (p == f->number + 1 && tk_has(s, p - 1, LX_CARDINAL)));
    const struct lx_meaning *own = one_word ? tk_mean(s, p - 1, LX_UNIT, NULL) : NULL;
    if (!own || !strcmp(lx_key(s->lx, own), "quarter") || !strcmp(lx_key(s->lx, own), "quart"))
        return 0;
    uint32_t kind = qt_kind_of_unit(lx_key(s->lx, own));
    int whole = f->flags & FG_FRACTION || (s->at[p - 1].stem && s->at[p - 1].letters > 7);
    if (kind != ASSAY_KIND_DURATION && (kind == ASSAY_KIND_NUMBER || !whole))
        return 0;
    *to = (struct found){own, p - 1, p};
    return 1;
}

/* 1 where the word or sign at token i, behind the number, is read as unit m but means something else. */
static int is_other_unit(const struct tks *s, const struct figure *f, uint32_t i, const struct lx_meaning *m,
                         uint32_t length)
{
    const struct tk *t = s->at + i;
    uint32_t longer;
    if (m->class == LX_CURRENCY) {
        if (t->kind == TK_SIGN) /* "$1.1 billion of the $3.7 billion", "$1.50-$2" */
            return i != f->after && i + length < s->count && s->at[i + length].kind == TK_NUMBER;
        return t->kind == TK_WORD && t->letters == 1 && t->space && strchr(lx_key(s->lx, m), '/') &&
               f->value.exponent < 0; /* "0.1 c" */
    }
    if (length == 1 && t->kind == TK_WORD && tk_has(s, i, LX_CARDINAL))
        return 1; /* "eine zweijährige": it has a number of its own */
    return tk_is(s, i, LX_TIME, OF_EARLIER, &longer) && longer > length; /* "27 годом ранее" */
}

/* "20 bars", "12 stones": as well things that are counted. */
static int is_counted_thing(const struct tks *s, const struct figure *f, uint32_t i, const struct lx_meaning *m,
                            uint32_t length)
{
    const char *key = lx_key(s->lx, m);
    int thing =
        (s->at[i].letters == 3 && (qt_is_unit(key, "bar") || qt_is_unit(key, "bit"))) || qt_is_unit(key, "stone");
    return length == 1 && thing && !uncounted(s, f, i + length) && i == f->after;
}

/* "Tickets cost 12 pounds", "1,150 pounds a month", "90 million pounds", but "12 pounds of flour": a word that is both a
 * unit and a currency is money behind words of what is paid. */
static int is_paid(const struct tks *s, const struct figure *f, uint32_t next)
{
    if (f->flags & FG_SCALED)
        return 1;
    if (next < s->count && (tk_has(s, next, LX_OF) || (s->lx->noun_capital && s->at[next].upper == 1)))
        return 0; /* "der Preis für 12 Pfund Mehl" */
    for (uint32_t i = f->first; s->mask & LX_BIT(LX_PAID) && i && f->first - i < PAID_REACH && !s->at[i].breaks; i--)
        if (tk_has(s, i - 1, LX_PAID))
            return 1;
    return next + 1 < s->count && tk_has(s, next, LX_PER) && tk_has(s, next + 1, LX_PERIOD) &&
           assay_decimal_above(&f->value, 99);
}

/* The longest unit or currency that starts at token i; gives its length, 0: there is none. */
static uint32_t unit_at(const struct tks *s, const struct figure *f, uint32_t i, struct found *to)
{
    uint32_t best = 0, length;
    for (uint32_t class = LX_UNIT; class <= LX_CURRENCY; class++) {
        const struct lx_meaning *m = tk_mean(s, i, class, &length);
        if (!m || is_other_unit(s, f, i, m, length))
            continue;
        int tie = class == LX_CURRENCY && length == best && is_paid(s, f, i + length);
        if ((length <= best && !tie) || !unit_fits(s, i, length, f))
            continue;
        if (class == LX_UNIT && is_counted_thing(s, f, i, m, length))
            continue;
        best = length;
        *to = (struct found){m, i, i + length};
    }
    return best;
}

/* "half an hour", "a quarter of one percent". */
static int behind_article(const struct tks *s, const struct figure *f, struct found *to)
{
    uint32_t length, i = f->after;
    if (!(f->flags & FG_FRACTION))
        return 0;
    if (th_english_like(s) && tk_mean(s, i, LX_OF, &length) && length == 1) {
        i += length;
        if (!tk_is(s, i, LX_WORD, OF_ARTICLE, NULL) || s->at[i].letters == 3) {
            const struct lx_meaning *one = tk_mean(s, i, LX_CARDINAL, &length);
            if (!one || one->number != 1 || one->power || length != 1)
                return 0;
            i++;
        } else {
            i++;
        }
    } else if (tk_is(s, i, LX_WORD, OF_ARTICLE, &length)) {
        i += length;
    } else {
        return 0;
    }
    const struct lx_meaning *m = tk_mean(s, i, LX_UNIT, &length);
    if (!m || !unit_fits(s, i, length, f))
        return 0;
    *to = (struct found){m, i, i + length};
    return 1;
}

/* The unit or currency after the number: tokens [begin, end). */
int qt_unit_after(const struct tks *s, const struct figure *f, struct found *to)
{
    uint32_t place[UNIT_PLACES], n = unit_places(s, f, place), length = 0;
    if (own_unit(s, f, to))
        return 1;
    for (uint32_t k = 0; k < n && !length; k++)
        length = unit_at(s, f, place[k], to);
    if (!length)
        return behind_article(s, f, to);
    if (to->end == s->count && length > 1 && tk_sign(s, to->end - 1, '.')) {
        const struct lx_meaning *plain =
            rj_year(s, f) ? NULL : tk_find_within(s, to->begin, to->unit->class, length - 1);
        to->unit = plain ? plain : to->unit; /* "6.80 m.": metres rather than the months of "m." */
        to->end--;                           /* the full stop of the sentence */
    }
    return 1;
}
