/* SPDX-License-Identifier: Apache-2.0
 *
 * What a figure is so much of, where "of" leads it in: "70% of the population", "5 million tonnes of oil", "half of its
 * members"; and where something else than that is measured: "a deficit of 5% of output".
 */
#include "noun.h"
#include "quantity.h"

/* "à plus de 24 km de la Terre": so far from what "of" leads in. */
static int is_distance(const struct tks *s, const struct figure *f)
{
    uint32_t start = f->first, length, after = f->last;
    if (!tk_mean(s, after, LX_OF, &length) ||
        !(tk_is(s, after + length - 1, LX_WORD, OF_ARTICLE, NULL) ||
          tk_is(s, after + length, LX_WORD, OF_ARTICLE, NULL)))
        return 0; /* "10 km di profondità" */
    if (f->kind != ASSAY_KIND_DIMENSION || !f->unit ||
        !(qt_is_unit(f->unit, "kilometer") || qt_is_unit(f->unit, "meter") || qt_is_unit(f->unit, "mile")))
        return 0;
    if (!s->lx->noun_after)
        return start && tk_is(s, start - 1, LX_WORD, OF_PREPOSITION, NULL); /* "within 900 kilometres of the moon" */
    const struct lx_meaning *to = tk_before(s, start, LX_RELATION, NULL);
    return (to && to->of == OF_TO) || (tk_is(s, start, LX_RELATION, OF_TO, &length) && start + length < f->number);
}

/* "proche de l'objectif de 2 % de la BCE", "un déficit de 5 % du PIB": a noun with its article that "of" ties to the
 * figure itself. */
static struct range tied_before(const struct tks *s, const struct figure *f, uint32_t low)
{
    uint32_t of;
    if (!s->lx->noun_after || f->kind != ASSAY_KIND_PERCENT || !tk_before(s, f->first, LX_OF, &of) || of < low + 2)
        return (struct range){0, 0};
    const uint32_t i = of - 1, lead = i - 1 - (tk_sign(s, i - 1, '\'') && i > low + 1);
    if (!th_content(s, i) || !(s->at[i].mask & LX_BIT(LX_STATUS)) || tk_has(s, i, LX_CHANGE) ||
        !(tk_is(s, lead, LX_WORD, OF_ARTICLE, NULL) || tk_has(s, lead, LX_OF)))
        return (struct range){0, 0};
    return (struct range){i, i + 1};
}

/* "a perdu le tiers de ses abonnés", "perdeu metade dos seus sócios": who they are, not whose. */
static int of_theirs(const struct tks *s, const struct figure *f, uint32_t p)
{
    uint32_t length;
    if (!s->lx->noun_after || !(f->flags & FG_FRACTION) || f->unit || !tk_mean(s, p, LX_OF, &length))
        return 0;
    p += length;
    p += tk_is(s, p, LX_WORD, OF_ARTICLE, NULL) && tk_is(s, p + 1, LX_WORD, OF_PRONOUN, NULL);
    return p + 1 < s->count && tk_is(s, p, LX_WORD, OF_PRONOUN, NULL) && s->at[p].letters > 2 && th_content(s, p + 1) &&
           s->text[s->at[p + 1].end - 1] != 'r' && !tk_is(s, p + 1, LX_QUALITY, OF_MEASURE, NULL);
}

/* "70% of the population", "5 mln tonnes of oil" */
struct range np_of_phrase(const struct tks *s, const struct figure *f, uint32_t after, struct range clause)
{
    const struct range none = {0, 0};
    const uint64_t small = LX_BIT(LX_DAY) | LX_BIT(LX_MONTH) | LX_BIT(LX_RELATION) | LX_BIT(LX_BOUND);
    const uint32_t reach = s->lx->noun_after ? 4 : 3;
    uint32_t length;
    if (s->lx->noun_after && f->unit && after + 1 < clause.end && tk_has(s, after + 1, LX_OF) &&
        tk_is(s, after, LX_QUALITY, OF_ALONE, NULL))
        after++; /* "dix hectares supplémentaires de forêt" */
    const int changes =
        f->has_relation && (f->change != ASSAY_CHANGE_LEVEL || f->kind == ASSAY_KIND_MULTIPLE) && !of_theirs(s, f, after);
    if (changes || is_distance(s, f) ||
        (!tk_mean(s, after, LX_OF, &length) && !tk_is(s, after, LX_WORD, OF_GENITIVE, &length)))
        return none;
    uint32_t p = after + length;
    const struct range tied = tied_before(s, f, clause.begin);
    if (!np_empty(tied))
        return tied;
    for (uint32_t i = f->first; f->kind == ASSAY_KIND_PERCENT && i-- > clause.begin && f->first - i <= reach;) {
        struct range r = tk_is(s, i, LX_WORD, OF_LEVEL, NULL) ? np_subject(s, clause.begin, i) : none;
        if (r.end > r.begin && !np_led_in(s, r.begin))
            return r; /* "La deuda equivale al 101,8 % del PIB" */
        if (s->lx->noun_after ? !(s->at[i].mask & small) && !np_small(s, i)
                              : f->first - i > 1 && !tk_is(s, i, LX_WORD, OF_OTHER, NULL) && !tk_has(s, i, LX_DAY))
            break; /* but "A meta é vacinar 95% das crianças" */
    }
    if (th_english_like(s) && length == 2 && p < clause.end && tk_is(s, p - 1, LX_WORD, OF_PRONOUN, NULL) &&
        np_participle(s, p))
        return (struct range){p - 1, p + 1}; /* "70 percent of those arrested" */
    while (tk_is(s, p, LX_WORD, OF_ARTICLE, &length))
        p += length;
    p += (uint32_t)of_theirs(s, f, after);
    if (p < clause.end && f->kind == ASSAY_KIND_DIMENSION && s->lx->noun_after && tk_has(s, p, LX_CHANGE) &&
        p == after + 1 && s->at[p].kind == TK_WORD)
        return (struct range){p, p + 1}; /* "800 tonnellate di sale" */
    return p < s->count && th_content(s, p) && !np_in_figure(s, p) && !np_is_time(s, p) ? np_read(s, p, clause.end, 4)
                                                                                        : none;
}
