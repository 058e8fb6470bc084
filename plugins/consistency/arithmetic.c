/* SPDX-License-Identifier: Apache-2.0 */
#include "arithmetic.h"

#include <string.h>
#include <strings.h>

#include "rival.h"

#define NEAR_SUM 250000u  /* millionths: a list that adds up to much less or more is not of the whole */
#define GROWTH_GAP 100000u
#define SHARE_GAP 100000u
#define GROWTH_REACH 8u   /* words between a change and its rate; farther off it is said of something else */
#define SHARE_REACH 3u    /* words of what is counted, between the whole and the share in brackets */

void misfits_free(struct misfits *m)
{
    for (uint32_t i = 0; i < m->count; i++)
        assay_buf_free(&m->at[i].words);
    m->count = 0;
}

static struct misfit *add(struct misfits *m, const char *rule, uint32_t gap)
{
    struct misfit *one = &m->at[m->count++];
    memset(one, 0, sizeof *one);
    one->rule = rule;
    one->gap = gap;
    return one;
}

static void say(struct assay_buf *b, const struct item *item)
{
    struct assay_text text = item->c->claim.text;
    assay_buf_text(b, "\"");
    assay_buf_add(b, text.at, text.size < 80 ? text.size : 80);
    assay_buf_text(b, "\"");
}

static struct assay_text between(const struct sentence *s, uint32_t a, uint32_t b)
{
    uint32_t begin = s->item[a].c->claim.span.end, end = s->item[b].c->claim.span.begin;
    if (begin >= end || end > s->text.size)
        return (struct assay_text){"", 0};
    return (struct assay_text){s->text.at + begin, end - begin};
}

static int holds(struct assay_text t, char c)
{
    return memchr(t.at, c, t.size) != NULL;
}

static uint32_t words_in(struct assay_text t)
{
    uint32_t words = 0;
    for (uint64_t i = 0; i < t.size; i++)
        words += t.at[i] == ' ';
    return words;
}

/* ---- growth ---- */

/* low <= from * (1 + rate) <= high for some values the three intervals allow. */
static int growth_fits(const struct figure *from, const struct figure *to, const struct figure *rate, int down)
{
    struct interval f, t, p;
    struct assay_decimal hundred, one_low, one_high, low, high;
    figure_interval(&f, from, 0);
    figure_interval(&t, to, 0);
    figure_interval(&p, rate, 0);
    if (f.low_infinite || f.high_infinite || t.low_infinite || t.high_infinite || p.low_infinite || p.high_infinite)
        return 1;
    assay_decimal_u64(&hundred, 100);
    if (down) {
        decimal_subtract(&one_low, &hundred, &p.high);
        decimal_subtract(&one_high, &hundred, &p.low);
    } else {
        assay_decimal_add(&one_low, &hundred, &p.low);
        assay_decimal_add(&one_high, &hundred, &p.high);
    }
    assay_decimal_mul(&low, &f.low, &one_low);
    assay_decimal_mul(&high, &f.high, &one_high);
    assay_decimal_scale(&low, -2);
    assay_decimal_scale(&high, -2);
    return assay_decimal_compare(&low, &t.high) <= 0 && assay_decimal_compare(&t.low, &high) <= 0;
}

static int has_relation(const struct figure *f, uint32_t relation)
{
    return f->has_relation && f->relation == relation;
}

/* A rate belongs to the change beside it: in the same clause, a few words off. */
static int near_change(const struct sentence *s, uint32_t from, uint32_t to, uint32_t rate)
{
    uint32_t first = from < to ? from : to, last = from < to ? to : from;
    if (rate > first && rate < last)
        return 1;
    struct assay_text t = rate < first ? between(s, rate, first) : between(s, last, rate);
    return words_in(t) <= GROWTH_REACH && !holds(t, ';') && !holds(t, '(') && !holds(t, ')') && !holds(t, '|');
}

/* "rose from 3 to 5 million, by 12 %" */
static void check_growth(const struct sentence *s, struct misfits *m)
{
    uint32_t from = ASSAY_NEVER, to = ASSAY_NEVER, rate = ASSAY_NEVER;
    for (uint32_t i = 0; i < s->items; i++) {
        const struct figure *f = &s->item[i].f;
        uint32_t *slot = has_relation(f, ASSAY_RELATION_FROM) ? &from
                         : has_relation(f, ASSAY_RELATION_TO) ? &to
                         : has_relation(f, ASSAY_RELATION_BY) && f->kind == ASSAY_KIND_PERCENT ? &rate : NULL;
        if (!slot)
            continue;
        if (*slot != ASSAY_NEVER)
            return; /* two changes in one sentence: which belongs to which is not known */
        *slot = i;
    }
    if (from == ASSAY_NEVER || to == ASSAY_NEVER || rate == ASSAY_NEVER)
        return;
    const struct figure *f = &s->item[from].f, *t = &s->item[to].f, *p = &s->item[rate].f;
    if (f->kind == ASSAY_KIND_PERCENT || !figures_comparable(f, t) || !near_change(s, from, to, rate) ||
        f->value.sign <= 0 || t->value.sign <= 0 || p->value.sign < 0 ||
        growth_fits(f, t, p, assay_decimal_compare(&t->value, &f->value) < 0))
        return;
    struct misfit *one = add(m, "growth", GROWTH_GAP);
    one->of[0] = from;
    one->of[1] = to;
    one->of[2] = rate;
    one->count = 3;
    say(&one->words, &s->item[from]);
    assay_buf_text(&one->words, " and ");
    say(&one->words, &s->item[to]);
    assay_buf_text(&one->words, " do not give a change of ");
    say(&one->words, &s->item[rate]);
    assay_buf_text(&one->words, ", even with rounding.");
}

/* ---- part and whole ---- */

static int may_hold(const struct sentence *s, uint32_t whole, uint32_t part)
{
    const struct figure *w = &s->item[whole].f, *p = &s->item[part].f;
    return w->kind == ASSAY_KIND_NUMBER && figures_comparable(w, p) && assay_decimal_compare(&w->value, &p->value) >= 0;
}

/* 1 where another figure of the sentence before this one may be the whole. */
static int has_room(const struct sentence *s, uint32_t part)
{
    for (uint32_t i = 0; i < part; i++)
        if (may_hold(s, i, part))
            return 1;
    return 0;
}

/* A number of something: no version, no share, no place in a list. */
static int counts(const struct figure *f)
{
    return f->kind == ASSAY_KIND_NUMBER && f->value.sign > 0 && (f->counted.size || f->concept != CONCEPT_NONE);
}

/* "points 2 and 3 of the plan", "2, 3": both are in one list, neither holds the other; cells of a table are one, too.
 * "12 boats, including 15": what is counted stands between. */
static int side_by_side(const struct sentence *s, uint32_t a, uint32_t b)
{
    struct assay_text t = between(s, a, b), noun = s->item[a].f.counted;
    if (holds(t, '|'))
        return 1;
    return words_in(t) <= 2 && !(noun.size >= 2 && t.size > 2 && strncasecmp(t.at + 1, noun.at, 2) == 0);
}

/* The nearest figure before a part that may be its whole, or ASSAY_NEVER. */
static uint32_t whole_of(const struct sentence *s, uint32_t part)
{
    const struct figure *p = &s->item[part].f;
    for (uint32_t i = part; i-- > 0;) {
        const struct figure *w = &s->item[i].f;
        if (w->part || !figures_comparable(w, p))
            continue;
        return counts(w) && !side_by_side(s, i, part) ? i : ASSAY_NEVER;
    }
    return ASSAY_NEVER;
}

/* 1 where one counts people and the other things: "in 87 towns, with 340,000 people". */
static int people_and_things(const struct concepts *all, const struct figure *a, const struct figure *b)
{
    const struct concept *x = concepts_at(all, a->thing), *y = concepts_at(all, b->thing);
    return x && y && (x->flags & CONCEPT_PERSON) != (y->flags & CONCEPT_PERSON);
}

/* "12 people, including 15 children". Not "two, three of the passengers": those are of the passengers. */
static void check_part(const struct sentence *s, const struct concepts *all, struct misfits *m)
{
    for (uint32_t i = 1; i < s->items; i++) {
        struct interval p, q;
        if (!s->item[i].f.included || s->item[i].f.kind != ASSAY_KIND_NUMBER)
            continue;
        uint32_t whole = whole_of(s, i);
        if (whole == ASSAY_NEVER || people_and_things(all, &s->item[i].f, &s->item[whole].f))
            continue;
        figure_interval(&p, &s->item[i].f, 0);
        figure_interval(&q, &s->item[whole].f, 0);
        if (p.low_infinite || q.high_infinite || assay_decimal_compare(&p.low, &q.high) <= 0 || has_room(s, i))
            continue;
        struct misfit *one = add(m, "part-of-whole", interval_gap(&p, &q));
        one->of[0] = whole;
        one->of[1] = i;
        one->count = 2;
        say(&one->words, &s->item[i]);
        assay_buf_text(&one->words, " is said to be a part of ");
        say(&one->words, &s->item[whole]);
        assay_buf_text(&one->words, ", but is more.");
    }
}

/* ---- a part, its whole and the share ---- */

/* 1 where 100 * part / whole may be the share. */
static int share_fits(const struct figure *part, const struct figure *whole, const struct figure *share)
{
    struct interval p, w, s;
    struct assay_decimal low, high;
    figure_interval(&p, part, 0);
    figure_interval(&w, whole, 0);
    figure_interval(&s, share, 0);
    if (p.low_infinite || p.high_infinite || w.low_infinite || w.high_infinite || s.low_infinite || s.high_infinite)
        return 1;
    assay_decimal_mul(&low, &s.low, &w.low);
    assay_decimal_mul(&high, &s.high, &w.high);
    assay_decimal_scale(&p.low, 2);
    assay_decimal_scale(&p.high, 2);
    return assay_decimal_compare(&low, &p.high) <= 0 && assay_decimal_compare(&p.low, &high) <= 0;
}

/* Nothing but blanks and one bracket. */
static int bracket(struct assay_text t, char c)
{
    uint32_t found = 0;
    for (uint64_t i = 0; i < t.size; i++) {
        found += t.at[i] == c;
        if (t.at[i] != c && t.at[i] != ' ')
            return 0;
    }
    return found == 1;
}

/* 1 where the bracket closes after the figure and at most so many words. */
static int closes_after(const struct sentence *s, uint32_t i, uint32_t most)
{
    uint32_t end = s->item[i].c->claim.span.end, words = 0;
    for (; end < s->text.size && words <= most && s->text.at[end] != '\n' && s->text.at[end] != '('; end++) {
        if (s->text.at[end] == ')')
            return 1;
        words += s->text.at[end] == ' ';
    }
    return 0;
}

/* "84 of the 200 seats (42 %)", "42 % (84 of the 200 seats)": the share in brackets, or all that it is of. */
static int share_beside(const struct sentence *s, uint32_t part, uint32_t share)
{
    if (share == part + 2) {
        struct assay_text t = between(s, part + 1, share);
        return t.size && t.at[t.size - 1] == '(' && !holds(t, ',') && !holds(t, ')') &&
               words_in(t) <= SHARE_REACH + 1 && closes_after(s, share, 0);
    }
    return share + 1 == part && bracket(between(s, share, part), '(') && closes_after(s, part + 1, SHARE_REACH);
}

static void check_share(const struct sentence *s, struct misfits *m)
{
    for (uint32_t i = 0; i + 1 < s->items; i++) {
        const struct figure *part = &s->item[i].f, *whole = &s->item[i + 1].f;
        if (!whole->whole || part->kind != ASSAY_KIND_NUMBER || whole->kind != ASSAY_KIND_NUMBER ||
            part->value.sign < 0 || whole->value.sign <= 0)
            continue;
        uint32_t share = i + 2 < s->items && share_beside(s, i, i + 2) ? i + 2
                         : i && share_beside(s, i, i - 1)              ? i - 1
                                                                       : ASSAY_NEVER;
        const struct figure *f = share == ASSAY_NEVER ? NULL : &s->item[share].f;
        if (!f || f->kind != ASSAY_KIND_PERCENT || f->change != ASSAY_CHANGE_LEVEL || f->has_relation || f->part ||
            share_fits(part, whole, f))
            continue;
        struct misfit *one = add(m, "share", SHARE_GAP);
        one->of[0] = i;
        one->of[1] = i + 1;
        one->of[2] = share;
        one->count = 3;
        say(&one->words, &s->item[i]);
        assay_buf_text(&one->words, " of ");
        say(&one->words, &s->item[i + 1]);
        assay_buf_text(&one->words, " is not ");
        say(&one->words, &s->item[share]);
        assay_buf_text(&one->words, ", even with rounding.");
    }
}

/* ---- a list and its sum ---- */

/* Two figures of one list: a comma, semicolon or "and" between them, and no slash. */
static int listed_after(const struct sentence *s, uint32_t a, uint32_t b)
{
    struct assay_text t = between(s, a, b);
    for (uint64_t i = 0; i < t.size; i++) {
        if (t.at[i] == '/' || t.at[i] == '\n' || t.at[i] == '|')
            return 0;
        if (t.at[i] == ',' || t.at[i] == ';')
            return 1;
    }
    return words_in(t) >= 3; /* "70 men and 40": a word, "and" */
}

/* 1 where figure `i` may be one of the parts that make up the first. */
static int is_part(const struct sentence *s, uint32_t i)
{
    const struct figure *f = &s->item[i].f, *whole = &s->item[0].f;
    if (f->kind != whole->kind || !figures_comparable(f, whole) || f->kind == ASSAY_KIND_PERCENT ||
        f->bound != ASSAY_BOUND_EXACT || f->status != ASSAY_ASSERTED || holds(between(s, i - 1, i), ':') != (i == 1) ||
        (i > 1 && !listed_after(s, i - 1, i)))
        return 0;
    return assay_decimal_compare(&f->value, &whole->value) < 0;
}

/* 1 where the parts are known to be of the whole's kind, so that too few of them are as wrong as too many. */
static int same_kind(const struct sentence *s, const struct concepts *concepts)
{
    for (uint32_t i = 1; i < s->items; i++)
        if (figures_count_same(&s->item[i].f, &s->item[0].f, concepts) == 0 &&
            !concepts_part_of(concepts, s->item[i].f.thing, s->item[0].f.thing))
            return 0;
    return 1;
}

/* "120 people: 70 men, 40 women": a colon after the first figure and nothing but a list after it. */
static void check_sum(const struct sentence *s, const struct concepts *concepts, struct misfits *m)
{
    struct interval whole, sum, part;
    struct assay_decimal total;
    char text[64];
    const struct figure *first = &s->item[0].f;
    if (s->items < 3 || s->items > MISFIT_PARTS + 1 || first->bound == ASSAY_BOUND_RANGE)
        return;
    if (first->kind == ASSAY_KIND_NUMBER && !first->counted.size)
        return; /* of nothing: a time, a list's number */
    figure_interval(&whole, first, 0);
    memset(&sum, 0, sizeof sum);
    memset(&total, 0, sizeof total);
    for (uint32_t i = 1; i < s->items; i++) {
        if (!is_part(s, i))
            return;
        if (i > 1 && s->item[i].f.included)
            continue; /* "142 in hospital, of them 32 sent home": a part of a part */
        figure_interval(&part, &s->item[i].f, 0);
        assay_decimal_add(&sum.low, &sum.low, &part.low);
        assay_decimal_add(&sum.high, &sum.high, &part.high);
        assay_decimal_add(&total, &total, &s->item[i].f.value);
    }
    if (interval_meet(&sum, &whole) || interval_gap(&sum, &whole) > NEAR_SUM)
        return;
    if (assay_decimal_compare(&sum.high, &whole.low) < 0 && !same_kind(s, concepts))
        return; /* the list may name some of them only */
    struct misfit *one = add(m, "sum", interval_gap(&sum, &whole));
    for (uint32_t i = 0; i < s->items; i++)
        one->of[one->count++] = i;
    assay_decimal_print(text, &total);
    assay_buf_text(&one->words, "The parts listed add up to ");
    assay_buf_text(&one->words, text);
    assay_buf_text(&one->words, ", the whole is given as ");
    say(&one->words, &s->item[0]);
    assay_buf_text(&one->words, ".");
}

int arithmetic_check(const struct concepts *concepts, const struct sentence *s, struct misfits *found)
{
    found->count = 0;
    check_growth(s, found);
    check_part(s, concepts, found);
    check_share(s, found);
    check_sum(s, concepts, found);
    for (uint32_t i = 0; i < found->count; i++)
        if (found->at[i].words.failed)
            return 0;
    return 1;
}
