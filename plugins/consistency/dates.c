/* SPDX-License-Identifier: Apache-2.0
 *
 * Days that both texts tell. A day says little by itself, since most of what is told on a day happened on it or the day
 * before: it is tied only in sentences that are like each other, mostly of documents that a figure or their order ties.
 */
#include "linking.h"
#include "rules.h"

#define SAME_LEAST 160u   /* likeness of two sentences that tell one day, in 1/1000 */
#define OTHER_LEAST 300u  /* and of two that tell different ones */
#define PAIRED_LEAST 60u  /* and where the order of the texts pairs them */
#define LEFT_LEAST 100u   /* and where all else agrees: so many figures at least */
#define TIES_AGREE 2u
#define DAYS_APART 31     /* days of one event, and reports of it */
#define MARGIN 1300u      /* best over runner-up, in 1/1000 */

/* Likeness of the sentences of two days; 0 where nothing says that they are each other's. */
static uint32_t likeness(const struct linking *k, const struct day *x, const struct day *y)
{
    if (x->context >= LINK_CONTEXTS || y->context >= LINK_CONTEXTS)
        return 0;
    uint32_t score = k->l->score[x->context][y->context];
    int paired = (k->flags & LINK_ALIGNED) && k->l->pair[x->context] == y->context;
    return paired && score >= PAIRED_LEAST ? score + 1000 : score;
}

static int same_day(const struct figure *a, const struct figure *b)
{
    struct relation r = {0};
    const struct relate_options o = {0};
    return relate_dates(&r, a, b, &o) && r.verdict == ASSAY_AGREE;
}

/* The day of b that is likest to day x of a, or of a to day x of b. */
struct likest {
    uint32_t at, score, second;
};

static struct likest likest_to(const struct linking *k, uint32_t x, int of_b, const unsigned char *used, int same)
{
    const struct side *s = of_b ? k->b : k->a;
    const struct day *own = of_b ? &k->a->day[x] : &k->b->day[x];
    struct likest best = {ASSAY_NEVER, 0, 0};
    for (uint32_t i = 0; i < s->days; i++) {
        const struct day *day = &s->day[i];
        if (used[i] || (same && !same_day(&own->figure, &day->figure)))
            continue;
        uint32_t score = of_b ? likeness(k, own, day) : likeness(k, day, own);
        if (score > best.score) {
            if (best.at == ASSAY_NEVER || s->day[best.at].context != day->context)
                best.second = best.score;
            best.at = i;
            best.score = score;
        } else if (score > best.second && s->day[best.at].context != day->context) {
            best.second = score;
        }
    }
    return best;
}

static int clear(const struct likest *best)
{
    return (uint64_t)best->score * 1000 >= (uint64_t)best->second * MARGIN;
}

/* 1 where a side tells the day of the other one, too: then that is its counterpart. */
static int told_there(const struct side *s, const struct figure *f)
{
    for (uint32_t i = 0; i < s->days; i++)
        if (same_day(&s->day[i].figure, f))
            return 1;
    return 0;
}

/* 1 where it lies at most so many days from the report: what most days of news are, whatever happened. */
static int of_report(const struct figure *f, int64_t days)
{
    return f->from >= f->published - days && f->from <= f->published_last + days;
}

/* Two different days of one event lie near each other and are told in reports of one time. The day that a report is
 * written on is mostly told of itself, and those of one publisher are of one form. */
static int may_differ(const struct linking *k, const struct figure *x, const struct figure *y)
{
    if (k->flags & LINK_ALIGNED && k->o->translated)
        return 1;
    if (!dates_near(x, y, DAYS_APART) || k->o->days > (uint32_t)DAYS_APART || k->o->same_source)
        return 0; /* also where the days between them are ASSAY_NEVER: not known */
    return !of_report(x, 0) && !of_report(y, 0) && (!of_report(x, 1) || !of_report(y, 1) || k->o->days == 0);
}

/* 1 where the figures that tie the texts are equal. */
static int figures_agree(const struct linking *k)
{
    for (uint32_t i = 0; i < k->list->count; i++)
        if (!link_equal(&k->a->figure[k->list->at[i].a], &k->b->figure[k->list->at[i].b]))
            return 0;
    return k->list->count >= TIES_AGREE;
}

/* Sentences are as good as the same where all else in the texts is. */
static void tie(struct linking *k, uint32_t i, uint32_t j, uint32_t score)
{
    uint32_t like = score > 1000 ? score - 1000 : score,
             flags = (k->flags & LINK_ALIGNED) | (like >= LINK_ALIKE || figures_agree(k) ? LINK_CLOSE : 0);
    struct link link = {k->a->day[i].claim, k->b->day[j].claim, link_strength(k, like, flags), flags};
    k->failed |= !link_list_add(&k->l->tied_days, link);
}

/* 1 where the documents are tied by more than days. */
static int tied(const struct linking *k)
{
    return (k->flags & LINK_ALIGNED) || k->list->count;
}

/* One day of texts that no figure ties: not of the days they were written on, which all texts of a week share. */
static int may_agree(const struct linking *k, const struct figure *x, const struct figure *y)
{
    return tied(k) || (k->o->days <= (uint32_t)DAYS_APART && !of_report(x, 1) && !of_report(y, 1));
}

/* 1 where nothing says that the two days, which are not the same, are of two things. */
static int differ(const struct linking *k, const struct figure *x, const struct figure *y)
{
    return tied(k) && may_differ(k, x, y) && !told_there(k->b, x) && !told_there(k->a, y);
}

/* Ties days that are each other's likest by far: equal ones, then those left over. */
static void tie_days(struct linking *k, unsigned char *used_a, unsigned char *used_b, int same)
{
    uint32_t least = same && tied(k) ? SAME_LEAST : OTHER_LEAST;
    for (uint32_t i = 0; i < k->a->days && !k->failed; i++) {
        struct likest best = used_a[i] ? (struct likest){ASSAY_NEVER, 0, 0} : likest_to(k, i, 1, used_b, same);
        if (best.at == ASSAY_NEVER || best.score < least)
            continue;
        struct likest back = likest_to(k, best.at, 0, used_a, same);
        const struct figure *x = &k->a->day[i].figure, *y = &k->b->day[best.at].figure;
        int fine = same ? may_agree(k, x, y) : clear(&best) && clear(&back) && differ(k, x, y);
        if (back.at != i || !fine)
            continue;
        tie(k, i, best.at, best.score);
        used_a[i] = used_b[best.at] = 1;
    }
}

/* The only day of a side that nothing has tied, or ASSAY_NEVER. */
static uint32_t only_one(const struct side *s, const unsigned char *used)
{
    uint32_t one = ASSAY_NEVER;
    for (uint32_t i = 0; i < s->days; i++) {
        if (used[i])
            continue;
        if (one != ASSAY_NEVER)
            return ASSAY_NEVER;
        one = i;
    }
    return one;
}

/* What is left over on both sides where all figures that both tell agree; not the days of the reports. */
static void tie_left_over(struct linking *k, const unsigned char *used_a, const unsigned char *used_b)
{
    uint32_t i = only_one(k->a, used_a), j = only_one(k->b, used_b);
    if (i == ASSAY_NEVER || j == ASSAY_NEVER || !figures_agree(k))
        return;
    const struct day *x = &k->a->day[i], *y = &k->b->day[j];
    uint32_t score = of_report(&x->figure, 1) || of_report(&y->figure, 1) ? 0 : likeness(k, x, y);
    if (score >= LEFT_LEAST && !same_day(&x->figure, &y->figure) && differ(k, &x->figure, &y->figure))
        tie(k, i, j, score);
}

void link_dates(struct linking *k)
{
    unsigned char used_a[DAYS_TOLD] = {0}, used_b[DAYS_TOLD] = {0};
    tie_days(k, used_a, used_b, 1);
    tie_days(k, used_a, used_b, 0);
    tie_left_over(k, used_a, used_b);
}
