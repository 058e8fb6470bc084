/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether two figures are told of one quantity, however far apart they are: one measure of one time, said by one who is
 * named or in sentences that are alike, with no word that makes either of them narrower, and no other figure like it in
 * either text. Size is no sign of two things then.
 */
#include "linking.h"

#include <assay/kit/text.h>

#define NEWS_DAYS 4u
#define ALONE 256u         /* figures of a text that are looked at */
#define SAME_SPEAKER 220u  /* likeness of sentences in which one who is named says both, */
#define UNKNOWN 350u       /* where the lexicon does not know what of, */
#define SAME_SENTENCE 450u /* and of others */

/* 1 where a word makes the figure one of a part, of what is left, of what goes on. */
static int narrowed(const struct figure *f)
{
    uint32_t of_some = f->part | f->rest | f->whole | f->included | f->so_far | f->record;
    return of_some || f->name || f->when || f->age || f->refuted || f->rights || f->status != ASSAY_ASSERTED;
}

static int one_time(const struct figure *x, const struct figure *y)
{
    return x->has_time == y->has_time && (!x->has_time || figures_same_period(x, y));
}

/* 1 where the side tells no other figure of the measure or thing for the same time; where neither is known, none of the
 * kind. */
static int alone(const struct side *s, uint32_t own, int known)
{
    const struct figure *f = &s->figure[own];
    if (s->figures > ALONE)
        return 0;
    for (uint32_t i = 0; i < s->figures; i++) {
        const struct figure *g = &s->figure[i];
        int like = !known || (f->concept != CONCEPT_NONE && g->concept == f->concept) ||
                   (f->thing != CONCEPT_NONE && g->thing == f->thing);
        if (i != own && like && link_usable(s, i) && figures_comparable(f, g) && !figures_equal(f, g) &&
            one_time(f, g) && f->aspects == g->aspects && assay_text_same(f->per, g->per))
            return 0;
    }
    return 1;
}

/* So many of something that the lexicon does not know in one of the languages; a length or weight may be of many
 * things. */
static int unknown(const struct figure *x, const struct figure *y)
{
    return (x->concept == CONCEPT_NONE || y->concept == CONCEPT_NONE) && x->kind == ASSAY_KIND_NUMBER &&
           x->counted.size && y->counted.size && figure_in_digits(x) && figure_in_digits(y);
}

/* 1 where the sentence of figure `own` names somebody or something of whom the other text says nothing. */
static int names_more(const struct side *s, uint32_t own, const struct side *other)
{
    uint32_t at = s->note[own].context;
    for (uint32_t n = 0; at < s->contexts && n < s->context[at].terms.count; n++) {
        uint64_t term = *ASSAY_AT(uint64_t, s->context[at].terms, n);
        if ((term & TERM_CLASS) != TERM_STEM && (term & TERM_NAME) && !side_holds(other, TERM_KEY(term)))
            return 1;
    }
    return 0;
}

int link_one_quantity(const struct linking *k, uint32_t a, uint32_t b)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    struct relate_options o = {k->o->concepts, 0, 0, 0};
    uint32_t likeness = link_likeness(k, a, b);
    int known = figures_told_as_one(&o, x, y);
    if (likeness < (known ? SAME_SPEAKER : UNKNOWN) || k->o->days > NEWS_DAYS || !(known || unknown(x, y)))
        return 0;
    if (narrowed(x) || narrowed(y) || x->aspects != y->aspects || !assay_text_same(x->per, y->per))
        return 0;
    if (!one_time(x, y) || k->a->note[a].place != k->b->note[b].place)
        return 0;
    if (!k->o->translated && names_more(k->a, a, k->b) && names_more(k->b, b, k->a))
        return 0; /* "61 percent cannot imagine Hal Brodde", "24 percent picked Ada Quill" */
    if (!(known && likeness >= SAME_SENTENCE) && !link_one_speaker(k, a, b))
        return 0;
    return alone(k->a, a, known) && alone(k->b, b, known);
}
