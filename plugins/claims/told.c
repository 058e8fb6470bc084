/* SPDX-License-Identifier: Apache-2.0
 *
 * Where cases are suffixes and verbs stand last: the subject of a clause that ends in a participle, the object right
 * before a figure, genitives.
 */
#include "noun.h"

int np_genitive(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    return s->lx->genitive_endings[0] && t->kind == TK_WORD && t->letters > 3 &&
           lx_ends_in(s->lx->genitive_endings, s->text + t->begin, t->end - t->begin);
}

/* A participle or a verb as a noun, which ends a clause: "olduğunu", "bulması". */
static int closes(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    return t->kind == TK_WORD && t->letters > 4 &&
           (tk_ends(s, i, LX_ENDS_VERB) ||
            (s->lx->told_endings[0] && lx_ends_in(s->lx->told_endings, s->text + t->begin, t->end - t->begin)));
}

struct range np_told(const struct tks *s, const struct figure *f, struct range c)
{
    const struct range none = {0, 0};
    uint32_t i = f->last, end = f->first;
    if (!s->lx->genitive_endings[0])
        return none;
    while (i < c.end && i - f->last < 5 && s->at[i].kind == TK_WORD && !closes(s, i))
        i++;
    if (i >= c.end || !closes(s, i))
        return none;
    while (end > c.begin && f->first - end < 8 && s->at[end - 1].kind == TK_WORD && !np_in_figure(s, end - 1) &&
           !(np_genitive(s, end - 1) && th_content(s, end - 1) && !np_is_time(s, end - 1)))
        end--;
    if (end == c.begin || !np_genitive(s, end - 1) || !th_content(s, end - 1) || np_in_figure(s, end - 1))
        return none;
    uint32_t begin = end - 1;
    while (begin > c.begin && end - begin < 4 && th_content(s, begin - 1) && !np_is_time(s, begin - 1) &&
           !np_in_figure(s, begin - 1))
        begin--;
    return (struct range){begin, end};
}

struct range np_object(const struct tks *s, const struct figure *f, struct range clause)
{
    const struct range none = {0, 0};
    uint32_t end = f->first;
    if (!s->lx->object_endings[0] || f->kind == ASSAY_KIND_DURATION)
        return none;
    while (end > clause.begin && s->at[end - 1].kind == TK_WORD && tk_is(s, end - 1, LX_WORD, OF_OTHER, NULL) &&
           f->first - end < 2)
        end--;
    if (end <= clause.begin || !th_content(s, end - 1) || np_is_time(s, end - 1) || np_in_figure(s, end - 1) ||
        s->at[end - 1].letters < 5 || s->at[end - 1].upper || tk_ends(s, end - 1, LX_ENDS_VERB) ||
        lx_ends_in(s->lx->told_endings, s->text + s->at[end - 1].begin, s->at[end - 1].end - s->at[end - 1].begin) ||
        !lx_ends_in(s->lx->object_endings, s->text + s->at[end - 1].begin, s->at[end - 1].end - s->at[end - 1].begin))
        return none;
    uint32_t begin = end - 1;
    while (begin > clause.begin && end - begin < 3 && th_content(s, begin - 1) && !np_is_time(s, begin - 1) &&
           !np_in_figure(s, begin - 1) && s->at[begin - 1].kind == TK_WORD && !s->at[begin - 1].upper)
        begin--;
    return (struct range){begin, end};
}
