/* SPDX-License-Identifier: Apache-2.0
 *
 * What something is brought to: "taking the benchmark rate to 7.25 percent", "portant le bilan à 31". The verbs, which
 * by themselves say nothing of a change, are the lexicon's (`qualities`, "carry").
 */
#include "noun.h"

#define REACH 10u /* tokens between the verb and the word for "to" */

/* A figure that can be the level of something: no length of time, and nothing that is counted ("took them to 12
 * countries"). */
static int is_level(const struct figure *f)
{
    if (f->kind == ASSAY_KIND_NUMBER)
        return f->counted_end == f->counted && f->flags & FG_DIGITS && !(f->flags & (FG_YEAR | FG_ORDINAL));
    return f->kind == ASSAY_KIND_PERCENT || f->kind == ASSAY_KIND_MONEY;
}

/* Behind the phrase only words of time and small ones may stand: "bringing losses this year to", "brachte den Zins
 * damit auf". */
static int only_small(const struct tks *s, uint32_t i, uint32_t end)
{
    for (; i < end; i++)
        if (!np_is_time(s, i) && (th_content(s, i) || tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL)))
            return 0;
    return 1;
}

struct range np_carried(const struct tks *s, const struct figure *figures, uint32_t k)
{
    const struct range none = {0, 0};
    const struct figure *f = figures + k;
    uint32_t to, low = k ? figures[k - 1].last : 0, verb;
    const struct lx_meaning *m = tk_before(s, f->first, LX_RELATION, &to);
    if (!(s->mask & LX_BIT(LX_QUALITY)) || !m || m->of != OF_TO || !is_level(f))
        return none;
    for (verb = to; verb > low && to - verb < REACH; verb--)
        if (s->at[verb - 1].kind != TK_WORD || s->at[verb - 1].breaks)
            return none;
        else if (tk_is(s, verb - 1, LX_QUALITY, OF_CARRY, NULL))
            break;
    if (verb == low || verb + 1 >= to || !tk_is(s, verb - 1, LX_QUALITY, OF_CARRY, NULL))
        return none;
    uint32_t begin = np_over_articles(s, verb, to);
    struct range r = np_read(s, begin, to, 6);
    if (np_empty(r) && begin > verb && begin + 1 == to)
        r = (struct range){begin, to}; /* "the cost": a verb, too */
    int name = s->at[begin].upper == 1 && !s->lx->noun_capital;
    if (np_empty(r) || name || np_is_time(s, r.begin) || !only_small(s, r.end, to))
        return none; /* "took Rivers to court" */
    return begin > verb || r.end - r.begin > 1 || tk_ends(s, r.begin, LX_ENDS_PLURAL) ? r : none;
}
