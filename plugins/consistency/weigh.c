/* SPDX-License-Identifier: Apache-2.0
 *
 * What the rest of a group says of two of its values: the verdict on their figures alone is set right by it.
 */
#include <string.h>

#include "grown.h"
#include "refute.h"
#include "report.h"

#define REFUTED_SURE 900u /* the text itself ties the two */

static int one_publisher(const struct item *a, const struct item *b)
{
    return a->publisher.size && a->publisher.size == b->publisher.size &&
           !memcmp(a->publisher.at, b->publisher.at, a->publisher.size);
}

/* Says value `value` as well, in another text of the same day. */
static int says_also(const struct report *r, const struct item *one, uint32_t value)
{
    for (uint32_t i = 0; i < r->members; i++) {
        const struct item *m = member_at(r, i);
        if (m->value == value && m->c->ref.doc != one->c->ref.doc && one_publisher(m, one) &&
            m->f.has_published == one->f.has_published && (!m->f.has_published || m->f.published == one->f.published))
            return 1;
    }
    return 0;
}

/* How many publishers tell value x, if each of them tells y as well, then of something else: 2 stands for two and more;
 * else 0. */
static uint32_t tell_both(const struct report *r, uint32_t x, uint32_t y)
{
    const struct item *first = NULL;
    uint32_t others = 0;
    for (uint32_t i = 0; i < r->members; i++) {
        const struct item *m = member_at(r, i);
        if (m->value != x)
            continue;
        if (!says_also(r, m, y))
            return 0;
        others |= first && !one_publisher(first, m);
        first = m;
    }
    return others ? 2 : 1;
}

static void weigh_sources(const struct report *r, uint32_t x, uint32_t y, struct verdict *v)
{
    uint32_t of_x = tell_both(r, x, y), of_y = tell_both(r, y, x);
    if (v->r.verdict != ASSAY_CONFLICT || (!of_x && !of_y))
        return;
    v->r.unsure = 1;
    if (of_x < 2 && of_y < 2)
        return;
    v->r.verdict = ASSAY_SCOPE;
    v->r.rule = "sources-tell-both";
}

/* 1 where somebody tells the early value a day or more after somebody else told the late one. */
static int told_later(const struct report *r, uint32_t early, uint32_t late)
{
    for (uint32_t i = 0; i < r->members; i++)
        for (uint32_t j = 0; member_at(r, i)->value == early && j < r->members; j++) {
            const struct item *m = member_at(r, i), *n = member_at(r, j);
            if (n->value == late && m->f.has_published && n->f.has_published && m->f.published > n->f.published &&
                !one_publisher(m, n))
                return 1;
        }
    return 0;
}

/* 1 where the value that is called the earlier one is told again, by somebody else, a day or more after the other: no
 * development, but sources that disagree. */
static int told_again(const struct report *r, const struct verdict *v)
{
    uint32_t x = r->k->item[v->a].value, y = r->k->item[v->b].value;
    int64_t a = r->k->item[v->a].f.published, b = r->k->item[v->b].f.published;
    return (a <= b && told_later(r, x, y)) || (b <= a && told_later(r, y, x)); /* of one day: either came first */
}

/* 1 where somebody else told what is called the later number before the earlier one was told: no development either. */
static int told_before(const struct report *r, const struct verdict *v)
{
    const struct figure *a = &r->k->item[v->a].f, *b = &r->k->item[v->b].f;
    uint32_t early = a->published <= b->published ? v->a : v->b, late = early == v->a ? v->b : v->a;
    for (uint32_t i = 0; i < r->members; i++) {
        const struct item *m = member_at(r, i);
        if (m->f.has_published && m->f.published < r->k->item[early].f.published &&
            !one_publisher(m, &r->k->item[early]) && figures_exact(&r->k->item[late].f, &r->k->item[early].f) &&
            figures_equal(&m->f, &r->k->item[late].f))
            return 1;
    }
    return 0;
}

static void weigh_days(const struct report *r, struct verdict *v)
{
    if (v->r.verdict != ASSAY_UPDATE || strcmp(v->r.rule, "evolving-count") ||
        !(told_again(r, v) || told_before(r, v)))
        return;
    v->r.verdict = ASSAY_CONFLICT;
    v->r.rule = "values-differ";
    v->r.unsure = 1;
}

static int only_wished(const struct figure *f)
{
    return f->status == ASSAY_TARGET || f->status == ASSAY_FORECAST || f->status == ASSAY_HYPOTHETICAL;
}

/* The verdict on value y and one that says what x says, in the mood of y. 1: there is one, and it is no scope. */
static int judge_same_mood(const struct report *r, uint32_t x, uint32_t y, struct verdict *v)
{
    const struct figure *f = &r->k->item[r->entry[x].first].f, *g = &r->k->item[r->entry[y].first].f;
    for (uint32_t e = 0; e < r->entries; e++) {
        const struct figure *twin = &r->k->item[r->entry[e].first].f;
        struct verdict other;
        if (e == x || e == y || only_wished(twin) != only_wished(g) || !figures_equal(twin, f) ||
            !judge_values(r, e, y, &other) || other.r.verdict > ASSAY_UPDATE)
            continue;
        *v = other;
        return 1;
    }
    return 0;
}

/* Where "will be 820" and "is 820" stand in one group, the mood of the verb tells no two things apart, and 280
 * contradicts both of them. */
static void weigh_mood(const struct report *r, uint32_t x, uint32_t y, struct verdict *v)
{
    const struct concept *c = concepts_at(r->k->self->concepts, r->k->item[v->a].f.concept),
                         *d = concepts_at(r->k->self->concepts, r->k->item[v->b].f.concept);
    if (v->r.verdict != ASSAY_SCOPE || strcmp(v->r.rule, "target-or-forecast") ||
        ((c ? c->flags : 0) | (d ? d->flags : 0)) & (CONCEPT_EVOLVING | CONCEPT_CUMULATIVE))
        return; /* the vaccinated, of whom more are wanted */
    if (!judge_same_mood(r, x, y, v))
        judge_same_mood(r, y, x, v);
}

int weigh_refuted(const struct report *r, uint32_t x, uint32_t y, struct verdict *v)
{
    for (uint32_t i = 0; i < r->members; i++)
        for (uint32_t j = 0; member_at(r, i)->f.refuted && j < r->members; j++) {
            const struct item *a = member_at(r, i), *b = member_at(r, j);
            struct relation told;
            if (a->c->ref.doc != b->c->ref.doc ||
                !((a->value == x && b->value == y) || (a->value == y && b->value == x)) ||
                !figure_refuted(&a->f, &b->f) || !refuted_relation(&told, &a->f, &b->f, r->k->self->concepts))
                continue;
            *v = (struct verdict){.r = told, .a = r->member[i], .b = r->member[j], .score = REFUTED_SURE};
            v->r.rule = "refuted";
            v->r.unsure = 0;
            return 1;
        }
    return 0;
}

/* 1 where another value that says what x says is tied to y, and told of another time. */
static int apart_by_twin(const struct report *r, uint32_t x, uint32_t y, struct verdict *v)
{
    const struct figure *f = &r->k->item[r->entry[x].first].f;
    for (uint32_t e = 0; e < r->entries; e++) {
        struct verdict other;
        if (e == x || e == y || !figures_comparable(&r->k->item[r->entry[e].first].f, f) ||
            !figures_equal(&r->k->item[r->entry[e].first].f, f) || !judge_values(r, e, y, &other) || !other.score ||
            (strcmp(other.r.rule, "different-period") && strcmp(other.r.rule, "period-inside-period")))
            continue;
        *v = other;
        return 1;
    }
    return 0;
}

/* Two values that nothing ties, which one of them is told again to be apart from the other: "inflation will be four
 * percent by December" says the time that "will be four percent" leaves out, beside 3.1 percent in February. */
static void weigh_twins(const struct report *r, uint32_t x, uint32_t y, struct verdict *v)
{
    if (v->r.verdict == ASSAY_CONFLICT && !v->score && !v->r.has_hint && !apart_by_twin(r, x, y, v))
        apart_by_twin(r, y, x, v);
}

/* The first and the last day on which value `value` is told; 0 where a text that tells it does not say when it was
 * published. */
static int days_told(const struct report *r, uint32_t value, int64_t *first, int64_t *last)
{
    *first = INT64_MAX;
    *last = INT64_MIN;
    for (uint32_t i = 0; i < r->members; i++) {
        const struct figure *f = &member_at(r, i)->f;
        if (member_at(r, i)->value != value)
            continue;
        if (!f->has_published)
            return 0;
        *first = f->published < *first ? f->published : *first;
        *last = f->published > *last ? f->published : *last;
    }
    return *first <= *last;
}

/* One publisher that tells value `early`, then `late`, which is more, or is tied to it by what its two texts say. 1: *v
 * is the verdict on these two texts. */
static int moved_on(const struct report *r, uint32_t early, uint32_t late, struct verdict *v)
{
    for (uint32_t i = 0; i < r->members; i++)
        for (uint32_t j = 0; member_at(r, i)->value == early && j < r->members; j++) {
            if (member_at(r, j)->value != late || !one_publisher(member_at(r, i), member_at(r, j)) ||
                !(tie_of(r->k, r->member[i], r->member[j])->score ||
                  figures_more_later(&member_at(r, i)->f, &member_at(r, j)->f)))
                continue;
            v->a = r->member[i];
            v->b = r->member[j];
            v->r.verdict = ASSAY_UPDATE;
            v->r.rule = "revised";
            return 1;
        }
    return 0;
}

/* Where everybody tells one value first and the other one on later days, and one publisher tells both, what was known
 * has changed: 14 houses, then 22. No slip of the pen is excused so, and nobody grows older by it. */
static void weigh_revised(const struct report *r, uint32_t x, uint32_t y, struct verdict *v)
{
    int64_t first_x, last_x, first_y, last_y;
    if (v->r.verdict != ASSAY_CONFLICT || strcmp(v->r.rule, "values-differ") || v->r.has_hint || r->k->item[v->a].f.age)
        return;
    if (!days_told(r, x, &first_x, &last_x) || !days_told(r, y, &first_y, &last_y))
        return;
    if (last_x < first_y)
        moved_on(r, x, y, v);
    else if (last_y < first_x)
        moved_on(r, y, x, v);
}

void weigh_pair(const struct report *r, uint32_t x, uint32_t y, struct verdict *v)
{
    weigh_mood(r, x, y, v);
    weigh_days(r, v);
    weigh_revised(r, x, y, v);
    weigh_sources(r, x, y, v);
    weigh_twins(r, x, y, v);
}
