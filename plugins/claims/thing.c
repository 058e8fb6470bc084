/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "frame.h"

#define CLOSED (LX_BIT(LX_WORD) | LX_BIT(LX_PER) | LX_BIT(LX_OF) | LX_BIT(LX_JOIN) | LX_BIT(LX_RELATION))
#define TIMES (LX_BIT(LX_MONTH) | LX_BIT(LX_WEEKDAY) | LX_BIT(LX_DAY) | LX_BIT(LX_RELATIVE))

int th_content(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    if (t->kind != TK_WORD || t->letters < 2)
        return 0;
    if (t->mask & (LX_BIT(LX_NOUN) | LX_BIT(LX_COUNTRY)))
        return 1;
    const struct lx_meaning *bound = tk_mean(s, i, LX_BOUND, NULL);
    if (bound && bound->of != OF_AT_LEAST && bound->of != OF_AT_MOST)
        return 0;
    return !(t->mask & (CLOSED | TIMES | LX_BIT(LX_CHANGE) | LX_BIT(LX_CARDINAL) | LX_BIT(LX_STATUS) | LX_BIT(LX_SPEECH)));
}

/* Steps from a figure to the words it may count: over "of", "de", "of the". */
static uint32_t over_small(const struct tks *s, uint32_t i)
{
    uint32_t length;
    for (int k = 0; k < 3 && i < s->count; k++) {
        if (tk_mean(s, i, LX_OF, &length) || tk_is(s, i, LX_WORD, OF_ARTICLE, &length))
            i += length;
        else if (tk_is(s, i, LX_WORD, OF_OTHER, &length) && s->at[i].mask & LX_BIT(LX_WORD) && !th_content(s, i))
            i += length;
        else
            break;
    }
    return i;
}

void th_counted(const struct tks *s, struct figure *f)
{
    uint32_t p = nb_hyphen(s, f->last), best, n = 0;
    f->counted = f->counted_end = f->last;
    if (f->unit || (f->kind != ASSAY_KIND_NUMBER && f->kind != ASSAY_KIND_ORDINAL && f->kind != ASSAY_KIND_RANK))
        return;
    if (s->lx->suffixed && p < s->count && !s->at[p].space && (tk_sign(s, p, '\'') || tk_sign(s, p, '-')))
        p += 2;
    uint32_t rank;
    if (f->kind == ASSAY_KIND_RANK && tk_is(s, p, LX_RANK, OF_PLACE, &rank))
        p += rank;
    uint32_t of;
    if (f->kind == ASSAY_KIND_NUMBER && tk_is(s, p, LX_JOIN, OF_IN, &of) && p + of + 1 < s->count && s->at[p + of].kind == TK_NUMBER)
        p += of + 1; /* "29 von 33 Drohnen": they are counted twice */
    p = over_small(s, p);
    while (p + 2 < s->count && s->at[p].kind == TK_WORD && tk_sign(s, p + 1, '-') && !s->at[p + 1].space && s->at[p + 2].kind == TK_NUMBER && !s->at[p + 2].space)
        p += 3; /* "two Mi-8 helicopters" */
    if (p >= s->count || !th_content(s, p))
        return;
    best = p;
    for (uint32_t i = p; i < s->count && n < 4 && th_content(s, i); i = nb_hyphen(s, i + 1), n++) {
        if (s->at[i].mask & LX_BIT(LX_NOUN)) {
            best = i;
            break;
        }
        if (s->lx->noun_capital ? s->at[i].upper : tk_ends(s, i, LX_ENDS_PLURAL)) {
            best = i;
            break;
        }
        if (i == best && tk_ends(s, i, LX_ENDS_ADJECTIVE) && i + 1 < s->count && th_content(s, i + 1))
            best = i + 1;
    }
    f->counted = best;
    f->counted_end = best + 1;
}

static int in_figure(const struct figure *figures, uint32_t n, uint32_t i)
{
    for (uint32_t k = 0; k < n; k++)
        if (i >= figures[k].first && i < (figures[k].per ? figures[k].per_end : figures[k].last))
            return 1;
    return 0;
}

static int is_time(const struct tks *s, uint32_t i)
{
    static const char *const spans[] = {"second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century"};
    const struct lx_meaning *m = tk_has(s, i, LX_UNIT) && !tk_has(s, i, LX_NOUN) ? tk_mean(s, i, LX_UNIT, NULL) : NULL;
    for (uint32_t k = 0; m && k < 10; k++)
        if (!strcmp(lx_key(s->lx, m), spans[k]))
            return 1;
    return (s->at[i].mask & (TIMES | LX_BIT(LX_PERIOD))) != 0 && !(s->at[i].mask & LX_BIT(LX_NOUN));
}

static int stops(const struct tks *s, uint32_t i)
{
    return s->at[i].kind != TK_WORD && !(tk_sign(s, i, '-') && !s->at[i].space) && !tk_sign(s, i, '\'');
}

/* A run of content words from i on, going on over "of": "number of people killed". */
static struct range noun_phrase(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t i, uint32_t end, uint32_t most)
{
    struct range r = {i, i};
    uint32_t words = 0, length;
    while (i < end && words < most) {
        if (in_figure(figures, n, i) || stops(s, i))
            break;
        if (r.end > r.begin && tk_sign(s, i, '\'') && !s->at[i].space && i + 1 < end && s->at[i + 1].kind == TK_WORD && !s->at[i + 1].space) {
            i += 2; /* company's net profit; a case ending after an apostrophe */
            r.end = i;
            continue;
        }
        if (th_content(s, i) || (tk_sign(s, i, '-') && !s->at[i].space) || tk_sign(s, i, '\'')) {
            words += s->at[i].kind == TK_WORD;
            r.end = ++i;
            continue;
        }
        if (r.end > r.begin && (tk_mean(s, i, LX_OF, &length) || tk_is(s, i, LX_WORD, OF_GENITIVE, &length))) {
            uint32_t q = i + length;
            while (q < end && tk_is(s, q, LX_WORD, OF_ARTICLE, &length))
                q += length;
            if (q < end && th_content(s, q) && !in_figure(figures, n, q)) {
                i = q;
                continue;
            }
        }
        break;
    }
    return r;
}


/* The first noun phrase of [begin, end) that no preposition leads in and that is more than a name of a place or time. */
static struct range subject(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t begin, uint32_t end)
{
    struct range found = {0, 0}, weak = {0, 0};
    uint32_t length;
    for (uint32_t i = begin; i < end;) {
        if (in_figure(figures, n, i) || !th_content(s, i) || is_time(s, i)) {
            i++;
            continue;
        }
        int led = i > begin && tk_before(s, i, LX_WORD, NULL) && tk_before(s, i, LX_WORD, NULL)->of == OF_PREPOSITION;
        if (!led && i > begin + 1 && tk_is(s, i - 1, LX_WORD, OF_ARTICLE, &length))
            led = tk_before(s, i - 1, LX_WORD, NULL) && tk_before(s, i - 1, LX_WORD, NULL)->of == OF_PREPOSITION;
        struct range r = noun_phrase(s, figures, n, i, end, 7);
        if (r.end == r.begin) {
            i++;
            continue;
        }
        if (led) {
            if (weak.begin == weak.end)
                weak = r;
        } else {
            found = r;
            if (!(r.end - r.begin == 1 && tk_has(s, r.begin, LX_COUNTRY)))
                return r;
        }
        i = r.end;
    }
    return found.end > found.begin ? found : weak;
}

static uint32_t verb_between(const struct tks *s, uint32_t begin, uint32_t end)
{
    for (uint32_t i = end; i-- > begin;)
        if ((tk_has(s, i, LX_CHANGE) || tk_is(s, i, LX_WORD, OF_AUXILIARY, NULL)) && !tk_has(s, i, LX_STATUS))
            return i;
    return ASSAY_NEVER;
}

/* "kept its key rate at 21 percent", "inflation of 5%": the noun phrase that one small word parts from the figure. */
static struct range beside(const struct tks *s, const struct figure *figures, uint32_t n, const struct figure *f, uint32_t low)
{
    struct range none = {0, 0}, r;
    uint32_t start = f->first, i;
    const struct lx_meaning *m = tk_before(s, f->first, LX_WORD, &start);
    if (!m || m->of != OF_PREPOSITION) {
        m = tk_before(s, f->first, LX_OF, &start);
        if (!m)
            return none;
    }
    if (f->has_relation && tk_has(s, start, LX_RELATION))
        return none;
    if (start <= low || !th_content(s, start - 1) || is_time(s, start - 1) || in_figure(figures, n, start - 1))
        return none;
    i = start - 1;
    if (s->at[i].upper && !s->lx->noun_capital)
        return none;
    while (i > low && th_content(s, i - 1) && !is_time(s, i - 1) && !in_figure(figures, n, i - 1) && start - i < 4)
        i--;
    r = (struct range){i, start};
    if (i == low || s->at[i - 1].kind == TK_SIGN || (f->age && s->lx->noun_after) ||
        (s->lx->noun_after && f->kind == ASSAY_KIND_DURATION && tk_mean(s, start, LX_OF, NULL))) /* "a un niño de seis años" */
        return r;
    /* led in by a preposition it is a place or the like: "fell in the region to 5" */
    const struct lx_meaning *lead = tk_before(s, i, LX_WORD, NULL);
    if (lead && lead->of == OF_ARTICLE)
        lead = tk_before(s, i - 1, LX_WORD, NULL);
    if ((lead && lead->of == OF_PREPOSITION) || tk_before(s, i, LX_OF, NULL))
        return none;
    return r;
}

/* The word after a counted noun, or its verb: "people were killed". */
static uint32_t verb_after(const struct tks *s, uint32_t i)
{
    uint32_t length;
    for (int k = 0; k < 4 && i < s->count; k++) {
        if (tk_is(s, i, LX_WORD, OF_AUXILIARY, &length) && (s->at[i].letters <= 4 || tk_is(s, i + 1, LX_WORD, OF_AUXILIARY, NULL)) && i + 1 < s->count && s->at[i + 1].kind == TK_WORD) {
            i += length;
            continue;
        }
        if (tk_is(s, i, LX_WORD, OF_OTHER, &length)) {
            i += length;
            continue;
        }
        break;
    }
    if (i < s->count && s->at[i].kind == TK_WORD && s->at[i].letters > 3 && !tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL) &&
        !tk_is(s, i, LX_WORD, OF_CONJUNCTION, NULL) && !tk_is(s, i, LX_WORD, OF_PRONOUN, NULL) && !is_time(s, i))
        return i;
    return ASSAY_NEVER;
}

struct range th_measured(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t k, uint32_t *verb)
{
    const struct figure *f = figures + k;
    struct range c = fr_clause(s, f->first, f->last), none = {0, 0}, r;
    uint32_t length, after = f->per ? f->per_end : f->last;
    *verb = ASSAY_NEVER;
    if (f->counted_end > f->counted) {
        /* "the population reached 2 million people": what is said to be so much, where a verb says just that */
        r = subject(s, figures, n, c.begin, f->first);
        for (uint32_t i = r.end; r.end > r.begin && i < f->number; i++)
            if (tk_is(s, i, LX_WORD, OF_LEVEL, NULL) || (s->lx->verb_last == 0 && tk_has(s, i, LX_CHANGE) && f->has_relation && f->relation != ASSAY_RELATION_BY))
                return r;
        uint32_t start = over_small(s, nb_hyphen(s, f->last));
        if (start > f->counted)
            start = f->counted;
        r = (struct range){start, f->counted_end};
        *verb = verb_after(s, r.end);
        if (*verb == ASSAY_NEVER || s->at[*verb].mask & LX_BIT(LX_CHANGE)) {
            uint32_t before = f->first;
            if (before > c.begin && tk_is(s, before - 1, LX_WORD, OF_AUXILIARY, NULL) && s->at[before - 1].letters > 4)
                *verb = before - 1;
            else if (before > c.begin && th_content(s, before - 1) && s->at[before - 1].letters > 3 && *verb == ASSAY_NEVER)
                *verb = before - 1;
        } else if (*verb != ASSAY_NEVER && *verb <= r.end + 2) {
            r.end = *verb + 1;
        }
        return r;
    }
    /* "70% of the population", "5 mln tonnes of oil" */
    int moves = f->has_relation && f->change != ASSAY_CHANGE_LEVEL;
    if (!moves && (tk_mean(s, after, LX_OF, &length) || tk_is(s, after, LX_WORD, OF_GENITIVE, &length))) {
        uint32_t p = after + length;
        while (tk_is(s, p, LX_WORD, OF_ARTICLE, &length))
            p += length;
        if (p < s->count && th_content(s, p) && !in_figure(figures, n, p) && !is_time(s, p)) {
            r = noun_phrase(s, figures, n, p, c.end, 4);
            if (r.end > r.begin)
                return r;
        }
    }
    int direct = after < s->count && th_content(s, after) && !s->at[after].upper && s->at[after].space && !is_time(s, after) &&
                 (f->kind == ASSAY_KIND_DIMENSION || f->kind == ASSAY_KIND_PERCENT);
    if (direct && !(s->lx->plural[0] && f->kind == ASSAY_KIND_PERCENT)) {
        r = noun_phrase(s, figures, n, after, c.end, 2);
        if (r.end > r.begin)
            return r;
    }
    /* "100 million euros in aid" */
    if (f->kind == ASSAY_KIND_MONEY && tk_is(s, after, LX_JOIN, OF_IN, &length) && after + length < s->count && th_content(s, after + length) &&
        !s->at[after + length].upper && !is_time(s, after + length)) {
        r = noun_phrase(s, figures, n, after + length, c.end, 3);
        if (r.end > r.begin)
            return r;
    }
    r = beside(s, figures, n, f, c.begin);
    if (r.end > r.begin)
        return r;
    /* the last part of the clause, where it has a verb of its own: "If it fails, the state will lose 5" */
    uint32_t comma = f->first;
    while (comma > c.begin && !tk_sign(s, comma - 1, ','))
        comma--;
    if (comma > c.begin) {
        r = subject(s, figures, n, comma, f->first);
        if (r.end > r.begin && verb_between(s, r.end, f->first) == ASSAY_NEVER && !s->lx->verb_last)
            r.end = r.begin;
    } else {
        r.end = r.begin = 0;
    }
    if (r.end == r.begin)
        r = subject(s, figures, n, c.begin, f->first);
    if (r.end > r.begin) {
        uint32_t v = verb_between(s, r.end, f->first);
        if (v != ASSAY_NEVER && !(s->at[v].mask & LX_BIT(LX_CHANGE)) && s->at[v].letters > 4)
            *verb = v;
        return r;
    }
    /* nothing to the left: an earlier clause's subject for a change, or what follows */
    if (f->change != ASSAY_CHANGE_LEVEL && f->has_relation) {
        r = subject(s, figures, n, 0, c.begin);
        if (r.end > r.begin)
            return r;
    }
    r = subject(s, figures, n, after, c.end);
    if (r.end > r.begin && r.begin - after < 6)
        return r;
    if (f->change != ASSAY_CHANGE_LEVEL || f->kind == ASSAY_KIND_PERCENT) {
        r = subject(s, figures, n, 0, c.begin);
        if (r.end > r.begin)
            return r;
    }
    return none;
}

static int name_word(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    return t->kind == TK_WORD && t->upper && !(t->upper == 4 && t->letters == 1 && t->space && i == 0) && !(t->mask & (TIMES)) &&
           !(t->mask & LX_BIT(LX_WORD) && t->upper != 2 && i == 0);
}

uint32_t th_names(const struct tks *s, struct range *to, uint32_t most)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->count && n < most;) {
        uint32_t length = 1;
        if (tk_mean(s, i, LX_COUNTRY, &length) && (s->at[i].upper || s->at[i].letters > 3)) {
            to[n++] = (struct range){i, i + length};
            i += length;
            continue;
        }
        if (!name_word(s, i) || tk_has(s, i, LX_CURRENCY) || tk_has(s, i, LX_WORD)) {
            i++;
            continue;
        }
        uint32_t end = i + 1;
        while (end < s->count && end - i < 6) {
            if (name_word(s, end) && !tk_has(s, end, LX_COUNTRY) && s->at[end].kind == TK_WORD && !tk_has(s, end, LX_CURRENCY))
                end++;
            else if (tk_sign(s, end, '-') && !s->at[end].space && end + 1 < s->count && s->at[end + 1].kind == TK_WORD && !s->at[end + 1].space)
                end += 2;
            else
                break;
        }
        int first = i == 0 || (s->at[i - 1].kind == TK_SIGN && (s->at[i - 1].cp == '"' || s->at[i - 1].cp == 0xab || s->at[i - 1].cp == 0x201c || s->at[i - 1].cp == '.'));
        int known = end - i > 1 || s->at[i].upper == 2 || !first;
        if (s->lx->noun_capital && end - i == 1 && s->at[i].upper != 2)
            known = 0;
        if (known)
            to[n++] = (struct range){i, end};
        i = end;
    }
    return n;
}
