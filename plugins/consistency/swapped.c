/* SPDX-License-Identifier: Apache-2.0
 *
 * Figures that differ by two digits swapped, in news of one event: "620 kilometres of pipes" and "260 Kilometer Rohre".
 * Where each text tells one such figure alone, and neither tells the other's value, a slip is likelier than two things,
 * though no lexicon may know what they measure. Where they are besides the only ones of their unit that the other text
 * does not tell, too, two digits are enough, and the sentences need not be alike: what is left over on both sides, or
 * "Dura 134 minutos", "Der Film dauert 143 Minuten" where either tells one length of time.
 */
#include "linking.h"
#include "rival.h"

#include <assay/kit/text.h>

#define FIGURES 128u      /* of one side that are asked */
#define STORY 400u        /* likeness of the documents, in 1/1000 */
#define DAYS 3u
#define RARE 2u           /* rare terms that they share */
#define SENTENCE 100u     /* likeness of the sentences where three digits say something, */
#define SENTENCE_TWO 220u /* and where two do */
#define LEFT_LINKS 2u     /* other figures that tie the texts, where the two are what is left over; */
#define LEFT_STORY 700u   /* of texts this alike one is enough, where the two have a unit */
#define SLIP 270u         /* likeness that it is worth then */

static uint32_t significant(const struct figure *f)
{
    uint32_t n = f->value.digits;
    while (n > 1 && !f->value.digit[n - 1])
        n--;
    return n;
}

/* 1 where figure n of the side is one of those that could be meant by `other`: of its kind and with two digits swapped, or
 * its very value. */
static int meant(const struct linking *k, const struct side *s, uint32_t n, const struct figure *other)
{
    const struct figure *f = &s->figure[n];
    return link_usable(s, n) && figures_comparable(f, other) && !link_different(k, f, other) &&
           (figures_equal(f, other) || figures_swapped(f, other));
}

static int only_one(const struct linking *k, const struct side *s, uint32_t own, const struct figure *other)
{
    for (uint32_t n = 0; n < s->figures && n < FIGURES; n++)
        if (n != own && meant(k, s, n, other) && !figures_equal(&s->figure[n], &s->figure[own]))
            return 0;
    return 1;
}

/* 1 where the side tells no other figure of this unit; `used` given: none that nothing ties. */
static int left_over(const struct side *s, const uint32_t *used, uint32_t own)
{
    const struct figure *f = &s->figure[own];
    for (uint32_t n = 0; n < s->figures && n < FIGURES; n++) {
        const struct figure *g = &s->figure[n];
        if (n != own && link_usable(s, n) && (!used || link_free(used, n)) && g->age == f->age &&
            figure_in_digits(g) && assay_text_same(g->per, f->per) && figures_comparable(g, f) && !figures_equal(g, f))
            return 0;
    }
    return 1;
}

/* 1 where the two are what is left over of their unit in texts that several other figures tie; or the only ones of it,
 * in two languages. */
static int both_left(const struct linking *k, uint32_t a, uint32_t b)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    if (x->when || y->when || x->part != y->part || x->rest != y->rest || !figure_in_digits(x) ||
        !figure_in_digits(y) || !assay_text_same(x->per, y->per))
        return 0;
    int told = (x->unit.size && y->unit.size) || figures_count_same(x, y, k->o->concepts) == 1;
    uint32_t least = k->o->story >= LEFT_STORY && told ? 1 : LEFT_LINKS;
    if (k->list->count >= least && left_over(k->a, k->l->used_a, a) && left_over(k->b, k->l->used_b, b))
        return 1;
    return k->o->translated && x->unit.size && y->unit.size && left_over(k->a, NULL, a) && left_over(k->b, NULL, b);
}

/* "580,000", "about 580,000" */
static int plain(const struct figure *f)
{
    return f->bound == ASSAY_BOUND_EXACT || f->bound == ASSAY_BOUND_ABOUT;
}

int link_slip(const struct linking *k, uint32_t a, uint32_t b)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    const struct link_options *o = k->o;
    if (o->fact || o->same_source || o->days > DAYS || o->story < STORY || k->l->rare < RARE)
        return 0;
    int denied = x->status != y->status && (x->status == ASSAY_NEGATED || y->status == ASSAY_NEGATED);
    if (x->age || y->age || x->name || y->name || denied || x->record != y->record ||
        !plain(x) || !plain(y) || !figures_comparable(x, y) || !figures_swapped_few(x, y))
        return 0;
    if (link_different(k, x, y) || figures_count_same(x, y, o->concepts) == 0 || !only_one(k, k->a, a, y) ||
        !only_one(k, k->b, b, x))
        return 0;
    uint32_t least = significant(x) > 2 ? SENTENCE : SENTENCE_TWO;
    return (figures_swapped(x, y) && link_likeness(k, a, b) >= least) || both_left(k, a, b);
}

void link_swapped(struct linking *k)
{
    for (uint32_t i = 0; i < k->a->figures && i < FIGURES; i++)
        for (uint32_t j = 0; j < k->b->figures && j < FIGURES && link_free(k->l->used_a, i); j++)
            if (link_usable(k->a, i) && link_usable(k->b, j) && link_free(k->l->used_b, j) && link_slip(k, i, j)) {
                uint32_t likeness = link_likeness(k, i, j);
                link_add(k, i, j, likeness > SLIP ? likeness : SLIP, k->flags | LINK_MEASURE);
            }
}
