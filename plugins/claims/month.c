/* SPDX-License-Identifier: Apache-2.0
 *
 * A month with its day: "3 May", "May 3rd", "3rd of May"; and the words that look like months: "June Smith", "so", "Jan
 * Weber", "a March 4-1 win".
 */
#include "month.h"

#include "reject.h"

/* "3 May", "3. Mai", "3rd of May": the token of the month behind its day, which starts at i; i: there is no day. */
static uint32_t over_day(const struct tks *s, uint32_t i, uint32_t *day)
{
    uint32_t length, p = pr_suffix_end(s, i + 1);
    if (!pr_number(s, i, day) || *day < 1 || *day > 31)
        return i;
    if (p == i + 1 && tk_sign(s, p, '.') && !s->at[p].space)
        p++;
    if (p < s->count && !s->at[p].space && tk_has(s, p, LX_ORDINAL))
        p++;
    return tk_mean(s, p, LX_OF, &length) ? p + length : p;
}

/* A word with a capital that means nothing else. */
static int unknown_name(const struct tks *s, uint32_t i)
{
    return i < s->count && s->at[i].kind == TK_WORD && s->at[i].upper == 1 && !(s->at[i].mask & ~LX_LEADS);
}

/* "June Smith, 45", "Mr March paid", "Theresa May has": a name, where nothing says a time. */
static int is_name(const struct tks *s, const struct month *m, uint32_t length)
{
    const uint32_t i = m->at, p = i + length;
    if (m->day || length > 1 || !th_english_like(s) || s->at[i].upper != 1)
        return 0;
    if (i && s->at[i].space && s->at[i - 1].upper && tk_before(s, i, LX_TITLE, NULL))
        return 1;
    if (i && tk_before(s, i, LX_TIME, NULL))
        return 0;
    if (i && s->at[i].space && unknown_name(s, i - 1) &&
        (tk_is(s, p, LX_WORD, OF_AUXILIARY, NULL) || tk_is(s, p, LX_SPEECH, OF_VERB, NULL)))
        return 1;
    return unknown_name(s, p) && s->at[p].space && p + 1 < s->count && !s->at[p + 1].upper &&
           !tk_has(s, i ? i - 1 : i + s->count, LX_RELATIVE);
}

/* "Rio de Janeiro": "of" and a word with a capital that is no number or time before it. */
static int in_place(const struct tks *s, const struct month *m)
{
    const uint32_t i = m->at;
    return s->lx->noun_after && i > 1 && !m->day && s->at[i].upper == 1 && tk_has(s, i - 1, LX_OF) &&
           s->at[i - 1].letters == 2 && s->at[i - 2].kind == TK_WORD && s->at[i - 2].upper == 1 && i > 2 &&
           !(s->at[i - 2].mask & (LX_BIT(LX_DAY) | LX_BIT(LX_WEEKDAY) | LX_BIT(LX_PERIOD) | LX_BIT(LX_ORDINAL) |
                                  LX_BIT(LX_CARDINAL) | LX_BIT(LX_TIME) | LX_BIT(LX_RELATIVE)));
}

/* "Jan Weber", "so" in a language that writes months small; `exact`: the lexicon has the form letter by letter, as the
 * French "mai". */
static int no_month(const struct tks *s, const struct month *m, uint32_t length, int exact)
{
    const uint32_t end = m->at + length;
    const struct tk *next = end < s->count ? s->at + end : NULL,
                    *t = s->at + (s->at[end - 1].kind == TK_WORD ? end - 1 : m->at); /* "on march", but "Oct." */
    if (is_name(s, m, length) || in_place(s, m))
        return 1;
    if (!exact && t->letters <= 3 && !t->upper && s->lx->apostrophe == 0 && t->cp < 0x80)
        return !s->lx->suffixed || !tk_is(s, m->at + length, LX_PERIOD, OF_MONTH, NULL); /* "may ayında" */
    return !m->day && t->letters <= 3 && t->upper && next && next->kind == TK_WORD && next->upper == 1 && next->space;
}

/* A number that is the day behind its month: no "March 4-1 win", no "May 12 million". */
static int day_behind(const struct tks *s, uint32_t p, uint32_t *day)
{
    int owned = !s->lx->suffixed && p > 1 && s->at[p - 1].kind == TK_WORD && !s->at[p - 1].space &&
                tk_sign(s, p - 2, '\''); /* "since February's 4-1 win" */
    if (owned || !pr_number(s, p, day) || *day < 1 || *day > 31 || s->at[p].end - s->at[p].begin > 2)
        return 0;
    return s->at[p].kind != TK_NUMBER ||
           !(rj_measures(s, p + 1) || tk_has(s, p + 1, LX_CURRENCY) || tk_has(s, p + 1, LX_SCALE) ||
             tk_has(s, p + 1, LX_NOUN) || rj_counts(s, p + 1));
}

/* [day] month [day]; 0: none. */
int pr_month(const struct tks *s, uint32_t i, struct month *to)
{
    uint32_t length, late;
    *to = (struct month){.at = i};
    const struct lx_meaning *m = tk_mean(s, i, LX_MONTH, &length);
    if (!m && (to->at = over_day(s, i, &to->day)) != i)
        m = tk_mean(s, to->at, LX_MONTH, &length);
    if (!m || no_month(s, to, length, m->exact != 0) ||
        (length > 1 && s->at[to->at + length - 1].upper && !s->at[to->at].upper)) /* "since the vote | in March" */
        return 0;
    to->month = (uint32_t)m->number;
    to->doubtful = !to->day && tk_has(s, to->at, LX_CARDINAL);
    uint32_t p = pr_suffix_end(s, to->at + length);
    if (tk_sign(s, p, '.') && !s->at[p].space && s->at[p - 1].letters <= 4 && p + 1 < s->count &&
        s->at[p + 1].kind == TK_NUMBER)
        p++;
    if (!to->day && day_behind(s, p, &late)) {
        to->day = late;
        p++;
        if (p < s->count && !s->at[p].space && tk_has(s, p, LX_ORDINAL))
            p++;
    }
    to->end = p;
    return 1;
}
