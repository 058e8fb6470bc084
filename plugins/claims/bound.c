/* SPDX-License-Identifier: Apache-2.0
 *
 * The words round a quantity that say "about", "over", "at most".
 */
#include "noun.h"
#include "quantity.h"

uint32_t qt_bound_of(uint32_t of)
{
    return of == OF_ABOUT      ? ASSAY_BOUND_ABOUT
           : of == OF_OVER     ? ASSAY_BOUND_OVER
           : of == OF_AT_LEAST ? ASSAY_BOUND_AT_LEAST
           : of == OF_UNDER    ? ASSAY_BOUND_UNDER
           : of == OF_EXACT    ? ASSAY_BOUND_EXACT
                               : ASSAY_BOUND_AT_MOST;
}

int qt_exceeds(const struct tks *s, uint32_t i, uint32_t length)
{
    return length == 1 && s->at[i].kind == TK_WORD && s->at[i].letters > 5 && tk_is(s, i, LX_BOUND, OF_OVER, NULL) &&
           !tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL);
}

/* A numeral, or one behind its currency. */
static int figure_at(const struct tks *s, uint32_t p)
{
    uint32_t length;
    if (tk_mean(s, p, LX_CURRENCY, &length))
        p += length;
    return p < s->count && s->at[p].kind == TK_NUMBER;
}

/* "some 20-odd", "about 50-plus": a bound on both sides; the span takes the second in. */
static void beyond_hyphen(const struct tks *s, struct figure *f)
{
    uint32_t length, p = nb_hyphen(s, f->last);
    if (p > f->last && !s->lx->suffixed && tk_mean(s, p, LX_BOUND_AFTER, &length))
        f->last = p + length;
}

/* "30 metreyi geçti", but "3 gün geçti", so long ago: right behind the unit stands a verb of passing. 1: the unit is its
 * object, 2: it is not; 0: there is none. */
static int passes(const struct tks *s, const struct figure *f, uint32_t p)
{
    const struct tk *t = s->at + p - 1;
    int glued = s->lx->suffixed && p == f->last + 2 && tk_sign(s, f->last, '\'') && !t->space; /* "300'ü geçti" */
    if (!s->lx->suffixed || p >= s->count || p <= f->first || !(glued || f->unit || f->flags & FG_SCALED) ||
        t->kind != TK_WORD || !(glued || t->space) || !tk_is(s, p, LX_MARK, OF_CROSSES, NULL))
        return 0;
    return lx_ends_in(s->lx->part_endings, s->text + t->begin, t->end - t->begin) ? 1 : 2;
}

/* A bound behind the figure, whose tokens end before p: "or more", 5'ten fazla. */
static void after_figure(const struct tks *s, struct figure *f, uint32_t p)
{
    uint32_t length;
    const struct lx_meaning *m;
    if (p < s->count && !s->at[p].space && (tk_sign(s, p, '\'') || tk_sign(s, p, '-')) && p + 1 < s->count &&
        s->at[p + 1].kind == TK_WORD && !s->at[p + 1].space && !tk_has(s, p, LX_BOUND_AFTER))
        p += tk_sign(s, p, '-') && !s->lx->suffixed && tk_has(s, p + 1, LX_BOUND_AFTER) ? 1 : 2; /* "2,000-plus" */
    if (f->unit && f->last > f->after && (length = qt_beyond(s, f)) != 0 && f->after + length < f->last) {
        f->bound = qt_bound_of(tk_mean(s, nb_hyphen(s, f->after), LX_BOUND_AFTER, NULL)->of);
        return;
    }
    m = tk_mean(s, p, LX_BOUND_AFTER, &length);
    int passed = passes(s, f, p);
    if (!m && passed == 1) {
        f->last = p + 1;
        f->bound = ASSAY_BOUND_OVER;
        return;
    }
    if (m && m->of == OF_OVER && passed == 2)
        return;
    if (m && s->at[p].kind == TK_WORD && m->of == OF_AT_LEAST && length == 1 && p + 1 < s->count &&
        s->at[p + 1].kind == TK_WORD && s->at[p].space && (f->unit || tk_is(s, p + 1, LX_WORD, OF_ARTICLE, NULL)))
        return; /* "£340 plus a surcharge", "£500 plus VAT" */
    if (m && s->at[p].kind == TK_WORD &&
        (figure_at(s, p + length) || tk_is(s, p + length, LX_RELATION, OF_FROM, NULL) ||
         tk_is(s, p + length, LX_RELATION, OF_BY, NULL)))
        return; /* "35m plus 5m", "and up from 3" */
    uint32_t longer;
    const uint64_t number = LX_BIT(LX_CARDINAL) | LX_BIT(LX_SCALE);
    if (m && s->at[p + length - 1].mask & LX_BIT(LX_CARDINAL) && p + length < s->count &&
        (s->at[p + length].mask & number || f->flags & FG_WORDS))
        return; /* "ve altı yüz", "on bir ve altı kişi": "and six" */
    if (!m ||
        (length > 1 && tk_mean(s, p + length - 1, LX_BOUND, &longer) && longer > 1)) /* "100 y más bajo que 300" */
        return;
    uint32_t of = m->of;
    if (of == OF_OVER_THAN || of == OF_UNDER_THAN) { /* "3'ten büyük", but not "3 büyük" */
        if (!(p > f->first && tk_ends(s, p - 1, LX_ENDS_FROM)) && !tk_ends(s, p, LX_ENDS_FROM))
            return;
        of = of == OF_OVER_THAN ? OF_OVER : OF_UNDER;
    }
    if (of == OF_ABOUT && s->lx->suffixed && tk_is(s, p, LX_TIME, OF_UNTIL, NULL) && p > f->first &&
        tk_ends(s, p - 1, LX_ENDS_TO))
        of = OF_AT_MOST; /* "40 dereceye kadar" */
    f->last = p + length;
    f->bound = qt_bound_of(of);
}

/* The bound before an article: "about the 300", but not "over the two years", "over a seven-year period". */
static const struct lx_meaning *before_article(const struct tks *s, const struct figure *f, uint32_t *start)
{
    uint32_t article = f->first - 1;
    const struct lx_meaning *m =
        tk_is(s, article, LX_WORD, OF_ARTICLE, NULL) ? tk_before(s, article, LX_BOUND, start) : NULL;
    int years = f->kind == ASSAY_KIND_DURATION && !(f->flags & FG_ONE);
    if (m && m->of == OF_OVER && th_english_like(s) && *start + 1 == article && s->at[*start].letters == 4 &&
        f->flags & FG_DIGITS && tk_is(s, *start, LX_WORD, OF_PREPOSITION, NULL))
        return NULL; /* "taking over a 30% share" */
    return m && *start + 1 == article && s->lx->one_counts && (!tk_has(s, article, LX_PER) || years) ? NULL : m;
}

/* "dépasse désormais 600": a verb with a word between it and the figure. */
static const struct lx_meaning *before_word(const struct tks *s, const struct figure *f, uint32_t *start)
{
    uint32_t word = f->first - 1;
    word -= word > 1 && s->lx->noun_after && tk_is(s, word, LX_WORD, OF_ARTICLE, NULL) &&
            tk_has(s, word - 1, LX_DAY); /* "sfiora oggi i" */
    if (s->at[word].kind != TK_WORD || !(tk_is(s, word, LX_WORD, OF_OTHER, NULL) || tk_has(s, word, LX_DAY)))
        return NULL;
    const struct lx_meaning *m = tk_before(s, word, LX_BOUND, start);
    if (m && *start + 1 == word && s->lx->noun_capital && (m->of == OF_AT_MOST || m->of == OF_AT_LEAST) &&
        tk_is(s, word, LX_WORD, OF_OTHER, NULL) && s->at[*start].letters > 6)
        return m; /* "höchstens noch 60" */
    int nears = m && m->of == OF_ABOUT && s->lx->noun_after && tk_has(s, word, LX_DAY) && s->at[*start].letters > 5 &&
                !tk_is(s, *start, LX_WORD, OF_PREPOSITION, NULL);
    return m && *start + 1 == word && (qt_exceeds(s, *start, 1) || nears) ? m : NULL;
}

/* A word of when, that may stand between a verb and its object: "superó en agosto los 26 grados", "a dépassé pour la
 * première fois les deux millions". */
static int tells_when(const struct tks *s, uint32_t i)
{
    const uint64_t when = LX_BIT(LX_DAY) | LX_BIT(LX_MONTH) | LX_BIT(LX_ORDINAL) | LX_BIT(LX_PERIOD) |
                          LX_BIT(LX_RELATIVE) | LX_BIT(LX_WEEKDAY);
    return s->at[i].kind == TK_WORD && (s->at[i].mask & when || tk_is(s, i, LX_WORD, OF_OTHER, NULL) ||
                                        tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL) ||
                                        tk_is(s, i, LX_WORD, OF_ARTICLE, NULL) || (i && tk_has(s, i - 1, LX_ORDINAL)));
}

/* A verb that says more than so much, words of when between; the figure does not take it in. */
static int exceeded(const struct tks *s, const struct figure *f, uint32_t floor)
{
    uint32_t i = f->first, start;
    if (!s->lx->noun_after)
        return 0;
    while (i > floor + 1 && f->first - i < 6 && !qt_exceeds(s, i - 1, 1) && tells_when(s, i - 1))
        i--;
    return i > floor && i < f->first && qt_exceeds(s, i - 1, 1) && tk_before(s, i, LX_BOUND, &start) &&
           start + 1 == i && !tk_is(s, f->first - 1, LX_RELATION, OF_BY, NULL);
}

/* "---> 2" */
static int arrow(const struct tks *s, uint32_t i)
{
    return i && tk_sign(s, i, '>') && !s->at[i].space && (tk_sign(s, i - 1, '-') || tk_sign(s, i - 1, '='));
}

static const struct lx_meaning *bound_before(const struct tks *s, const struct figure *f, uint32_t floor,
                                             uint32_t *start)
{
    if (f->first <= floor)
        return NULL;
    uint32_t length;
    const struct lx_meaning *m = tk_before(s, f->first, LX_BOUND, start);
    if (m && *start && *start + 1 == f->first && tk_is(s, *start - 1, LX_WORD, OF_OTHER, &length) && length == 2)
        return NULL; /* "hand over 38%" */
    if (m && m->of != OF_AT_LEAST && tk_is(s, *start, LX_BOUND, OF_EXACT, &length) && *start + length == f->first &&
        tk_is(s, *start, LX_BOUND, OF_OVER, NULL)) /* "il ne reste plus que 14", but "plus que doublé" */
        return f->flags & FG_MULTIPLE ? tk_is(s, *start, LX_BOUND, OF_OVER, NULL) : NULL;
    if (m && *start && m->of == OF_AT_LEAST && s->lx->noun_after && tk_is(s, *start, LX_WORD, OF_PREPOSITION, NULL) &&
        np_participle(s, *start - 1))
        return NULL; /* "realizado a partir de 2.500 entrevistas" */
    if (m && *start && *start + 1 == f->first && s->lx->noun_capital && tk_has(s, *start - 1, LX_TITLE) &&
        tk_is(s, *start, LX_WORD, OF_PREPOSITION, NULL))
        return NULL; /* "Umfrage unter 1800 Betrieben" */
    if (!m && f->first > floor + 1 && tk_sign(s, f->first - 1, '-') && !s->at[f->first - 1].space &&
        !s->at[f->first].space)
        m = tk_before(s, f->first - 1, LX_BOUND, start); /* "sub-$500" */
    if (!m && f->first > floor + 1)
        m = before_article(s, f, start);
    if (!m && f->first > floor + 1)
        m = before_word(s, f, start);
    return m && !arrow(s, *start) ? m : NULL;
}

/* Right behind another figure the word says how both go together: "391 gegen 273 Stimmen", "500 billion over twelve
 * years". */
static int joins_figures(const struct tks *s, const struct figure *f, uint32_t floor, uint32_t start,
                         const struct lx_meaning *m)
{
    if (start != floor || !floor)
        return 0;
    if (m->of == OF_ABOUT)
        return tk_is(s, start, LX_TIME, OF_AGAINST, NULL) && s->at[start - 1].kind == TK_NUMBER;
    int measured = f->kind == ASSAY_KIND_DURATION ||
                   (f->kind == ASSAY_KIND_DIMENSION && tk_is(s, start, LX_JOIN, OF_IN, NULL)); /* "640m over 9km" */
    return m->of == OF_OVER && measured && start + 1 == f->first;
}

static void take_bound(const struct tks *s, struct figure *f, uint32_t floor, uint32_t start,
                       const struct lx_meaning *m)
{
    f->first = start;
    f->bound = qt_bound_of(m->of);
    beyond_hyphen(s, f);
    /* "about more than": a second bound word before the first */
    m = start > floor ? tk_before(s, start, LX_BOUND, &start) : NULL;
    if (m && start >= floor && m->of == OF_ABOUT)
        f->first = start;
}

/* "более чем на 15%": the bound stands before the relation; the span stays at the figure. 1: all is read. */
static int before_relation(const struct tks *s, struct figure *f, uint32_t floor)
{
    uint32_t start, lead;
    if (f->first <= floor || !tk_before(s, f->first, LX_RELATION, &lead) || lead <= floor)
        return 0;
    const struct lx_meaning *m = tk_before(s, lead, LX_BOUND, &start);
    if (!m || start < floor)
        return 0;
    if (lead + 1 == f->first && tk_is(s, lead, LX_RELATION, OF_BY, NULL) && qt_exceeds(s, start, lead - start))
        return 1; /* "a dépassé de 1,5 °C": by so much */
    if (m->of == OF_EXACT)
        return 0;
    f->bound = qt_bound_of(m->of);
    return 1;
}

/* "30 nəfərdən çox", "300 kişiye yakın": behind what is counted, whose case belongs to it. */
static void behind_case(const struct tks *s, struct figure *f, const struct lx_meaning *m)
{
    uint32_t p = f->counted_end, of = m->of;
    if (f->counted < f->last || f->kind != ASSAY_KIND_NUMBER || p != f->counted + 1)
        return;
    if (of == OF_OVER_THAN || of == OF_UNDER_THAN) {
        if (!tk_ends(s, p - 1, LX_ENDS_FROM))
            return;
        of = of == OF_OVER_THAN ? OF_OVER : OF_UNDER;
    } else if (of == OF_OVER || of == OF_UNDER) { /* "400 bin kişiyi aşacak" */
        if (!s->at[p - 1].stem)
            return;
    } else if (of != OF_ABOUT && of != OF_AT_MOST) {
        return;
    } else if (tk_is(s, p, LX_TIME, OF_UNTIL, NULL)) {
        of = tk_ends(s, p - 1, LX_ENDS_TO) ? OF_AT_MOST : of;
    } else if (of == OF_AT_MOST || !tk_ends(s, p - 1, LX_ENDS_TO)) {
        return;
    }
    f->bound = qt_bound_of(of);
}

/* "22 élèves au plus": behind what is counted. */
void qt_bound_behind(const struct tks *s, struct figure *f)
{
    uint32_t length, p = f->counted_end;
    const struct lx_meaning *m =
        f->bound == ASSAY_BOUND_EXACT && p > f->last ? tk_mean(s, p, LX_BOUND_AFTER, &length) : NULL;
    if (m && s->lx->suffixed && s->at[p].kind == TK_WORD)
        behind_case(s, f, m);
    if (!m || s->lx->suffixed || s->at[p].kind != TK_WORD || tk_has(s, p + length, LX_OF) || m->of == OF_OVER_THAN ||
        m->of == OF_UNDER_THAN || m->of == OF_EXACT || figure_at(s, p + length) ||
        (length == 1 && p + 1 < s->count && s->at[p + 1].kind != TK_SIGN))
        return;
    f->bound = qt_bound_of(m->of);
}

void qt_read_bound(const struct tks *s, struct figure *f, uint32_t floor)
{
    uint32_t start, length;
    if (qt_threshold(s, f, floor))
        return;
    const struct lx_meaning *m = bound_before(s, f, floor, &start);
    int near = m && start >= floor;
    if (near && joins_figures(s, f, floor, start, m))
        return;
    if (near && m->of != OF_EXACT) {
        take_bound(s, f, floor, start, m);
        return;
    }
    if (!m && before_relation(s, f, floor))
        return;
    if (!m && exceeded(s, f, floor))
        f->bound = ASSAY_BOUND_OVER;
    if (!m && f->flags & FG_WORDS && tk_is(s, f->number, LX_BOUND, OF_ABOUT, &length) && f->number + length <= f->after)
        f->bound = ASSAY_BOUND_ABOUT; /* "une trentaine" */
    after_figure(s, f, f->last);
}
