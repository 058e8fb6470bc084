/* SPDX-License-Identifier: Apache-2.0
 *
 * Figures told of the same thing as the one before: "from 21 to 15", "3.4%, against 2.9%", "17 people, four of them".
 */
#include <string.h>

#include "noun.h"

/* 1 where the figure and the one before it are of one thing: "from 21 to 15", "by 75 basis points to 4.25%". */
static int told_with(const struct figure *figures, uint32_t k)
{
    const struct figure *f = figures + k, *b = f - 1;
    if (!k || !f->has_relation)
        return 0;
    if (!b->has_relation) /* "62 million passengers, up from 57.4 million" */
        return f->relation == ASSAY_RELATION_FROM && f->kind == ASSAY_KIND_NUMBER && b->kind == ASSAY_KIND_NUMBER &&
               f->counted_end == f->counted && b->counted_end > b->counted && f->first - b->last < 8;
    if (b->kind != ASSAY_KIND_MULTIPLE && (f->kind == b->kind || !f->unit || !b->unit) && f->first - b->last < 8 &&
        ((f->relation == ASSAY_RELATION_TO && b->relation == ASSAY_RELATION_FROM) ||
         (f->relation == ASSAY_RELATION_FROM && b->relation == ASSAY_RELATION_TO)))
        return 1;
    return f->relation == ASSAY_RELATION_TO && b->relation == ASSAY_RELATION_BY && f->change == b->change &&
           f->change != ASSAY_CHANGE_LEVEL && f->first - b->last < 4 && b->counted_end == b->counted;
}

/* "3.4%, compared with 2.9% a year earlier": what it is set against is of the same thing. */
static int set_against(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t k)
{
    const struct figure *f = figures + k, *b = f - 1;
    uint32_t start = f->first;
    int bare = f->kind == ASSAY_KIND_NUMBER && b->kind != ASSAY_KIND_DURATION; /* the unit is told with the first */
    if (!k || f->counted_end > f->counted || (f->kind != b->kind && !bare) || f->first - b->last > 14)
        return 0;
    if (bare && k > 1 && k + 1 < n && f[1].first < f->last + 3 && b[-1].kind == b->kind)
        return 0; /* "11 new cases and 2 deaths, against 12 and 3": the first of each two */
    const struct lx_meaning *set = tk_before(s, start, LX_TIME, &start);
    if ((!set || set->of != OF_AGAINST) && tk_is(s, f->first - 1, LX_WORD, OF_ARTICLE, NULL)) /* "contro il 35,8" */
        set = tk_before(s, f->first - 1, LX_TIME, &start);
    return set && start > b->last &&
           ((set->of == OF_AGAINST && (!bare || tk_sign(s, start - 1, ','))) ||
            (set->of == OF_SINCE && !bare && tk_sign(s, start - 1, ',') && f->kind != ASSAY_KIND_DURATION));
}

/* "10,010 new cases (yesterday 8,804)": the bracket holds a figure and no thing of its own. */
static int put_beside(const struct tks *s, const struct figure *figures, uint32_t k, struct range clause)
{
    const struct figure *f = figures + k, *b = f - 1;
    if (!k || !clause.begin || !tk_sign(s, clause.begin - 1, '(') || f->counted_end > f->counted ||
        b->last >= clause.begin || clause.begin - b->last > 8)
        return 0;
    for (uint32_t i = b->last; i + 1 < clause.begin; i++)
        if (s->at[i].kind == TK_SIGN && s->at[i].space == 0 && (s->at[i].cp == ',' || s->at[i].cp == ')'))
            return 0; /* "tomates (12%), óleo de soja (9%)": each its own */
    return np_empty(np_subject(s, clause.begin, f->first)) && np_empty(np_subject(s, fg_end(f), clause.end));
}

static int is_points(const struct tks *s, const struct figure *f)
{
    return f->kind == ASSAY_KIND_NUMBER && f->counted == f->last && tk_is(s, f->counted, LX_WORD, OF_POINTS, NULL);
}

/* "Profits at the brewer, which employs 2,300 people, fell by 18%": the comma before token i ends the relative clause
 * the figure before stands in, and a verb follows. */
static int ends_relative(const struct tks *s, uint32_t i, const struct figure *b)
{
    struct range which = fr_relative(s, b->first);
    return which.end > which.begin && which.end + 1 == i && tk_has(s, i, LX_CHANGE) && !tk_has(s, i, LX_PARTICLE) &&
           !tk_has(s, i, LX_SIGN) && !tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL);
}

/* ", el triple que hace un año", ", in aumento del 17%": set behind a comma, with no thing of its own. */
static int apposed(const struct tks *s, const struct figure *f, const struct figure *b)
{
    uint32_t i = f->first, changes = 0;
    if (f->kind == ASSAY_KIND_MULTIPLE && i && fr_over_dash(s, i) < i && i - b->last < 6)
        return 1; /* "340 трактараў — удвая менш" */
    while (i > b->last && f->first - i < 6 && !tk_sign(s, i - 1, ',')) {
        i--;
        if (s->at[i].kind != TK_WORD && !tk_sign(s, i, '\''))
            return 0;
        int change = tk_has(s, i, LX_CHANGE);
        changes += (uint32_t)change;
        int that = i && tk_sign(s, i - 1, ',') && s->at[i].letters <= 5 &&
                   (tk_is(s, i, LX_WORD, OF_RELATIVE, NULL) || tk_is(s, i, LX_WORD, OF_CONJUNCTION, NULL)) &&
                   tk_is(s, is_points(s, f) ? f->counted_end : f->last, LX_RELATION, OF_BEYOND, NULL);
        changes += (uint32_t)that; /* ", что на 2 градуса выше прежнего рекорда" */
        if (!change && !that && !tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL) &&
            !tk_is(s, i, LX_WORD, OF_ARTICLE, NULL) && !tk_has(s, i, LX_OF) && !tk_has(s, i, LX_RELATION))
            return 0;
    }
    if (i <= b->last || !tk_sign(s, i - 1, ',') || i - b->last > 9 || ends_relative(s, i, b))
        return 0;
    return i == f->first ? f->kind == ASSAY_KIND_MULTIPLE ||
                               ((f->kind == ASSAY_KIND_PERCENT || f->flags & FG_FRACTION) && f->has_relation &&
                                f->relation == ASSAY_RELATION_BY && tk_has(s, i, LX_SIGN) && s->at[i].kind == TK_WORD)
                         : (changes == 1 || (!changes && !b->has_relation && s->lx->noun_after)) && f->has_relation &&
                               f->relation == ASSAY_RELATION_BY &&
                               (f->kind == ASSAY_KIND_PERCENT || is_points(s, f) || (f->kind == b->kind && f->unit)) &&
                               b->kind != ASSAY_KIND_DURATION;
}

/* "Dos 513 deputados, 308 votaram": those counted before, with a verb of their own. */
int pd_same_people(const struct tks *s, const struct figure *figures, uint32_t k)
{
    const struct figure *f = figures + k, *b = f - 1;
    uint32_t verb = f->last;
    if (!k || f->kind != ASSAY_KIND_NUMBER || f->counted_end > f->counted || b->kind != ASSAY_KIND_NUMBER ||
        b->counted_end <= b->counted || f->first - b->last >= 24 || verb >= s->count || !s->at[verb].space)
        return 0;
    int negated = s->lx->noun_after && tk_is(s, verb, LX_STATUS, OF_NEGATED, NULL) && verb + 1 < s->count;
    verb += (uint32_t)negated; /* "112 non rispettano" */
    return tk_ends(s, verb, LX_ENDS_VERB) || th_uncounted(s, verb) || negated ||
           (s->front && b->last <= s->front && f->first > s->front); /* "Of the 31 homes, 14 were" */
}

/* "another 12", "ещё 42", "os restantes 40%": more of those counted before. */
int pd_more_of_them(const struct tks *s, const struct figure *figures, uint32_t k)
{
    const struct figure *f = figures + k, *b = f - 1;
    uint32_t start;
    const struct lx_meaning *m = tk_before(s, f->first, LX_WORD, &start);
    if (!k || f->kind != b->kind || f->counted_end > f->counted || f->flags & FG_FRACTION || f->has_relation || !m ||
        (f->kind != ASSAY_KIND_NUMBER && f->kind != ASSAY_KIND_DIMENSION &&
         (f->kind != ASSAY_KIND_PERCENT || tk_has(s, f->last, LX_OF) || f->first - b->last > 16)))
        return 0;
    return tk_is(s, start, LX_WORD, OF_FURTHER, NULL) != NULL;
}

/* "some 60 had overheated and three had caught fire": two of one kind, each with a verb. */
static int each_did(const struct tks *s, const struct figure *f, const struct figure *b)
{
    return f->kind == ASSAY_KIND_NUMBER && b->kind == ASSAY_KIND_NUMBER && f->counted_end == f->counted &&
           b->counted_end == b->counted && f->first > b->last && tk_is(s, f->first - 1, LX_JOIN, OF_AND, NULL) &&
           tk_is(s, f->last, LX_WORD, OF_AUXILIARY, NULL) && tk_is(s, b->last, LX_WORD, OF_AUXILIARY, NULL);
}

/* "17 people, including four ...", "six of them", "soit 3,1 millions": a part or another reading of the figure
 * before. */
static int linked(const struct tks *s, const struct figure *figures, uint32_t k)
{
    const struct figure *f = figures + k, *b = f - 1;
    uint32_t start = f->first;
    if (!k || f->first - b->last > 24)
        return 0;
    if (f->counted_end > f->counted)
        return b->kind == ASSAY_KIND_PERCENT && is_points(s, f) && apposed(s, f, b);
    if ((!s->lx->verb_last && apposed(s, f, b)) || each_did(s, f, b))
        return 1;
    int by = s->lx->verb_last && f->has_relation && f->relation == ASSAY_RELATION_BY;
    for (uint32_t i = b->last; by && i < start; i++)
        if (tk_is(s, i, LX_WORD, OF_NAMELY, NULL) && tk_sign(s, i - 1, ','))
            return 1; /* ", bu da ötən illə müqayisədə 3% azdır" */
    if (start && tk_is(s, start - 1, LX_WORD, OF_ARTICLE, NULL))
        start--;
    for (uint32_t i = start > 3 ? start - 3 : 0; i < start && i >= b->last; i++) {
        uint32_t length;
        if (tk_is(s, i, LX_WORD, OF_NAMELY, &length) && i + length == start)
            return 1;
        if (tk_is(s, i, LX_WORD, OF_PARTLY, &length) &&
            (i + length == start || (s->lx->verb_last && i + length + 1 == start && s->at[start - 1].letters < 3)))
            return f->kind == b->kind ||
                   (b->kind != ASSAY_KIND_PERCENT && (f->kind == ASSAY_KIND_NUMBER || f->kind == ASSAY_KIND_PERCENT));
    }
    return (f->kind == ASSAY_KIND_NUMBER || f->kind == ASSAY_KIND_PERCENT) &&
           (b->kind == ASSAY_KIND_NUMBER || (f->flags & FG_FRACTION && b->kind != ASSAY_KIND_PERCENT)) &&
           tk_is(s, f->last, LX_WORD, OF_PARTLY, NULL);
}

/* "45 cm of snow in twelve hours": so much in so long measures one thing. */
static int so_long(const struct tks *s, const struct figure *figures, uint32_t k)
{
    const struct figure *f = figures + k, *b = f - 1;
    uint32_t start;
    if (!k || f->kind != ASSAY_KIND_DURATION || f->age || b->kind != ASSAY_KIND_DIMENSION || f->first - b->last > 6)
        return 0;
    const struct lx_meaning *in = tk_before(s, f->first, LX_TIME, &start);
    if (!in || in->of != OF_DURING || start < b->last)
        return 0;
    for (uint32_t i = b->last; i < start; i++)
        if (s->at[i].kind != TK_WORD)
            return 0;
    return 1;
}

/* "32 million passengers, 9% more", "..., что на 6% больше" */
int pd_more_of_those(const struct tks *s, const struct figure *figures, uint32_t k)
{
    const struct figure *f = figures + k;
    if (!k)
        return 0;
    uint32_t open = np_relation_start(s, f) < f->first ? np_relation_start(s, f) : f->first;
    if (open && open < f->first && s->at[open - 1].letters <= 5 &&
        (tk_is(s, open - 1, LX_WORD, OF_CONJUNCTION, NULL) || tk_is(s, open - 1, LX_WORD, OF_RELATIVE, NULL)))
        open--;
    int own = f->counted_end > f->counted && f->counted != f[-1].counted; /* or lent by the one before */
    return !own && f->has_relation && f->relation == ASSAY_RELATION_BY && f[-1].counted_end > f[-1].counted &&
           !f[-1].has_relation && f->first - f[-1].counted_end < 6 && tk_sign(s, open - 1, ',');
}

/* "66.5% in Lombardy, 62.9% in Veneto": between two figures of one unit only where the first is, and a comma. */
static int listed_places(const struct tks *s, const struct figure *figures, uint32_t k)
{
    const struct figure *f = figures + k, *b = f - 1;
    uint32_t i = f->first, names = 0;
    if (!k || s->lx->suffixed || f->kind != ASSAY_KIND_PERCENT || b->kind != f->kind || f->has_relation ||
        f->first - b->last > 8 || !i || !(tk_sign(s, i - 1, ',') || tk_is(s, i - 1, LX_JOIN, OF_AND, NULL)) ||
        !np_led_in(s, b->last + 1) || tk_has(s, b->last, LX_OF))
        return 0;
    for (i--; i > b->last; i--) {
        const struct tk *t = s->at + i - 1;
        int small = tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL) || tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) ||
                    tk_sign(s, i - 1, '\'') || tk_sign(s, i - 1, '-') || tk_is(s, i - 1, LX_JOIN, OF_AND, NULL) ||
                    tk_has(s, i - 1, LX_OF);
        if (!small && !(t->kind == TK_WORD && t->upper && !np_is_time(s, i - 1)))
            return 0;
        names += t->upper != 0;
    }
    const uint32_t next = fg_end(f);
    return names && next < s->count && tk_is(s, next, LX_WORD, OF_PREPOSITION, NULL) && !tk_has(s, next, LX_OF);
}

/* "18 personas del Biobío, 7 de La Araucanía y 1 de Ñuble", "56.000 personnes en France, sur 117.500 dans le monde": a
 * bare number behind a comma or "and", with a place of its own. */
static int each_place(const struct tks *s, const struct figure *figures, uint32_t k)
{
    const struct figure *f = figures + k, *b = f - 1;
    uint32_t i = f->first, of = f->last;
    if (!k || !s->lx->noun_after || f->kind != ASSAY_KIND_NUMBER || b->kind != f->kind || f->has_relation ||
        f->counted_end > f->counted || i < b->last + 2 || i - b->last > 10)
        return 0;
    int share = tk_is(s, i - 1, LX_JOIN, OF_IN, NULL) && tk_sign(s, i - 2, ',');
    if (!share && !tk_sign(s, i - 1, ',') && !tk_is(s, i - 1, LX_JOIN, OF_AND, NULL))
        return 0;
    if (of + 1 >= s->count || (!tk_has(s, of, LX_OF) && !tk_is(s, of, LX_WORD, OF_PREPOSITION, NULL)) ||
        np_verb_between(s, b->counted_end > b->last ? b->counted_end : b->last, f->first) != ASSAY_NEVER)
        return 0;
    of += 1 + (of + 2 < s->count && !s->at[of + 1].upper && tk_is(s, of + 1, LX_WORD, OF_ARTICLE, NULL));
    return share || s->at[of].upper;
}

static int says_when(const struct tks *s, uint32_t i)
{
    return np_is_time(s, i) || tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL) || tk_is(s, i, LX_WORD, OF_ARTICLE, NULL) ||
           tk_has(s, i, LX_OF) || s->at[i].plain == 4 || tk_has(s, i, LX_TIME);
}

/* "40 murders in 2022 and 52 in 2023", "40 million this year and 52 million next year": a figure of the kind of the one
 * before, each with a time of its own and nothing else. */
static int each_time(const struct tks *s, const struct figure *figures, uint32_t k)
{
    const struct figure *f = figures + k, *b = f - 1;
    if (!k || s->lx->verb_last || f->kind != b->kind || f->counted_end > f->counted || f->has_relation ||
        b->has_relation || (f->unit && b->unit && strcmp(f->unit, b->unit)))
        return 0;
    uint32_t i = b->counted_end > b->last ? b->counted_end : b->last, join = f->first, times = 0, next = fg_end(f);
    if (join < i + 2 || !(tk_is(s, join - 1, LX_JOIN, OF_AND, NULL) || tk_sign(s, join - 1, ',')))
        return 0;
    join -= tk_sign(s, join - 2, ',') ? 2 : 1;
    for (; i < join; i++) {
        if (!says_when(s, i))
            return 0;
        times += np_is_time(s, i) || s->at[i].plain == 4;
    }
    next += next + 1 < s->count && tk_is(s, next, LX_WORD, OF_PREPOSITION, NULL);
    return times && next < s->count && (np_is_time(s, next) || s->at[next].plain == 4);
}

/* "52 people died; in 2023 it was 40": a clause that only says when. */
static int it_was(const struct tks *s, const struct figure *figures, uint32_t k, struct range clause)
{
    const struct figure *f = figures + k, *b = f - 1;
    uint32_t verbs = 0;
    if (!k || f->kind != ASSAY_KIND_NUMBER || f->counted_end > f->counted || b->kind != f->kind || f->has_relation ||
        b->last > clause.begin || clause.begin == f->first || (f->last < s->count && s->at[f->last].kind == TK_WORD))
        return 0;
    for (uint32_t i = clause.begin; i < f->first; i++) {
        int verb = tk_is(s, i, LX_WORD, OF_AUXILIARY, NULL) || tk_is(s, i, LX_WORD, OF_LEVEL, NULL);
        if (!verb && !says_when(s, i) && !tk_is(s, i, LX_WORD, OF_PRONOUN, NULL) && !tk_sign(s, i, ','))
            return 0;
        verbs += (uint32_t)verb;
    }
    return verbs == 1;
}

int pd_with_last(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t k, struct range clause)
{
    return each_place(s, figures, k) || listed_places(s, figures, k) || linked(s, figures, k) ||
           so_long(s, figures, k) || told_with(figures, k) ||
           set_against(s, figures, n, k) || put_beside(s, figures, k, clause) || each_time(s, figures, k) ||
           it_was(s, figures, k, clause);
}

int pd_listed(const struct tks *s, const struct figure *figures, uint32_t k)
{
    const struct figure *f = figures + k, *b = f - 1;
    uint32_t dash = f->first, place = dash;
    if (!k || s->lx->plural[0] || s->lx->suffixed || f->kind != ASSAY_KIND_NUMBER || b->kind != f->kind ||
        f->counted_end > f->counted || f->has_relation || dash < 4 || s->at[dash - 1].kind != TK_SIGN ||
        fr_over_dash(s, f->first) == f->first)
        return 0;
    for (place = dash - 1; place > b->last && dash - place < 6 && s->at[place - 1].kind == TK_WORD;)
        place--;
    int named = s->at[place].upper == 1 && s->at[place].cp >= 0x400 && place + 3 > dash - 1 &&
                fr_over_dash(s, b->first) != b->first; /* ", Київській – 113" */
    return place > b->last && tk_sign(s, place - 1, ',') && place - 1 <= b->last + 3 &&
           (named || (tk_is(s, place, LX_WORD, OF_PREPOSITION, NULL) && place + 1 < dash - 1));
}

int pd_or_each(const struct tks *s, const struct figure *figures, uint32_t k)
{
    const struct figure *f = figures + k, *b = f - 1;
    uint32_t length, p = k ? b->last + (uint32_t)tk_sign(s, b->last, ',') : 0;
    return k && th_english_like(s) && f->kind == ASSAY_KIND_MONEY && b->kind == ASSAY_KIND_MONEY && f->per && !b->per &&
           tk_is(s, p, LX_WORD, OF_CONJUNCTION, &length) && p + length == f->first && length == 1 &&
           s->at[p].letters == 2;
}

int pd_aged_too(const struct tks *s, const struct figure *figures, uint32_t k)
{
    const struct figure *f = figures + k, *b = f - 1;
    uint32_t p = b->last;
    if (!k || !f->age || !b->age || !th_english_like(s) || b->last != b->after || f->first != f->number ||
        (f->last < s->count && f->last > f->after && th_content(s, f->last)))
        return 0;
    p += (uint32_t)tk_sign(s, p, ',');
    p += tk_is(s, p, LX_JOIN, OF_AND, NULL) != NULL;
    return p > b->last && p == f->first;
}

/* "kazaların 79 bin 62'si": the whole right before the figure, in its case. Empty: there is none. */
static struct range whole_before(const struct tks *s, const struct figure *f)
{
    uint32_t end = f->first, begin = end;
    if (!end || np_in_figure(s, end - 1) || !th_content(s, end - 1) || np_is_time(s, end - 1) ||
        !(np_genitive(s, end - 1) || (s->at[end - 1].letters > 5 && tk_ends(s, end - 1, LX_ENDS_FROM))))
        return (struct range){0, 0};
    while (begin && end - begin < 3 && th_content(s, begin - 1) && !np_is_time(s, begin - 1) &&
           !np_in_figure(s, begin - 1))
        begin--;
    return (struct range){begin, end};
}

/* "hasilatın 2,6 milyon tonu": the unit's own ending says that it is a part. */
static int unit_part(const struct tks *s, const struct figure *f)
{
    const struct tk *t = s->at + f->last - 1;
    return f->kind == ASSAY_KIND_DIMENSION && f->last > f->after && t->kind == TK_WORD && t->stem &&
           lx_ends_in(s->lx->part_endings, s->text + t->begin, t->end - t->begin);
}

/* "kazaların yüzde 83'ü şehirde, yüzde 17'si kırda": the whole that the first of such parts is told with. */
static struct range first_whole(const struct tks *s, const struct figure *figures, uint32_t k)
{
    const struct range none = {0, 0};
    if (s->lx->verb_last && unit_part(s, figures + k) && k && unit_part(s, figures + k - 1) &&
        figures[k].first - figures[k - 1].last < 14)
        return np_empty(whole_before(s, figures + k - 1)) ? first_whole(s, figures, k - 1)
                                                          : whole_before(s, figures + k - 1);
    if (!s->lx->verb_last || !np_part(s, figures + k) || !np_empty(whole_before(s, figures + k)))
        return none;
    for (; k && np_part(s, figures + k - 1) && figures[k - 1].kind == figures[k].kind &&
           figures[k].first - figures[k - 1].last < 14;
         k--) {
        struct range r = whole_before(s, figures + k - 1);
        if (!np_empty(r))
            return r;
    }
    return none;
}

/* "95 aptekdən 14-ü bağlanıb, 20-si xəbərdarlıq alıb": the whole told before, whose noun's case says that it is one. */
static struct range further_part(const struct tks *s, const struct figure *figures, uint32_t k)
{
    while (k-- && figures[k].kind == ASSAY_KIND_NUMBER) {
        const struct figure *b = figures + k;
        if (b->counted_end > b->counted)
            return np_genitive(s, b->counted) || tk_ends(s, b->counted, LX_ENDS_FROM)
                       ? (struct range){b->counted, b->counted_end}
                       : (struct range){0, 0};
        if (!np_part(s, b))
            break;
    }
    return (struct range){0, 0};
}

struct range pd_part_of(const struct tks *s, const struct figure *figures, uint32_t k)
{
    const struct figure *f = figures + k, *whole = f - 1;
    const struct range first = k ? first_whole(s, figures, k) : (struct range){0, 0};
    if (!np_empty(first))
        return first;
    if (k && s->lx->verb_last && f->kind == ASSAY_KIND_PERCENT && whole->flags & FG_FRACTION &&
        whole->counted_end == whole->first && whole->counted < whole->counted_end && f->first - whole->last < 6) {
        for (uint32_t i = whole->last; i < f->first; i++)
            if (np_genitive(s, i))
                return (struct range){0, 0};
        return (struct range){whole->counted, whole->counted_end}; /* "seçmenlerin üçte ikisi ekonomiyi, yüzde 8'i" */
    }
    if (!k || !s->lx->verb_last || whole->counted_end <= whole->counted || whole->counted < whole->last ||
        whole->counted_end != f->first ||
        !(np_genitive(s, whole->counted) || tk_ends(s, whole->counted, LX_ENDS_FROM)) ||
        (f->kind != ASSAY_KIND_PERCENT && f->kind != ASSAY_KIND_NUMBER))
        return f->counted_end == f->counted && np_part(s, f) ? further_part(s, figures, k) : (struct range){0, 0};
    return (struct range){whole->counted, whole->counted_end};
}
