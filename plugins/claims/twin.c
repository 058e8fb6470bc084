/* SPDX-License-Identifier: Apache-2.0
 *
 * Words with letters of another script.
 */
#include <assay/kit/utf8.h>

#include "pass.h"

/* The part of `form`, which is written with as many letters as text[begin, end), that stands for text[from, to). */
static struct assay_text twin_of(const char *text, uint32_t begin, uint32_t from, uint32_t to, struct assay_text form)
{
    const char *p = form.at, *end = p + form.size, *start = p;
    uint32_t cp;
    for (uint32_t i = begin; i < to && p < end; i += assay_utf8_next(text + i, text + to, &cp)) {
        start = i == from ? p : start;
        p += assay_utf8_next(p, end, &cp);
    }
    return (struct assay_text){start, (uint64_t)(p - start)};
}

/* Words with letters of another script are looked up as they read: the Cyrillic "с" of "5 сm" hides no unit. */
void ps_twins(struct place *at, uint32_t begin, uint32_t end)
{
    struct tks *s = &at->self->tokens;
    while (at->twin < at->twins.count && ASSAY_AT(struct homoglyph, at->twins, at->twin)->span.end <= begin)
        at->twin++;
    uint32_t i = 0;
    for (uint32_t k = at->twin; k < at->twins.count; k++) {
        const struct homoglyph *h = ASSAY_AT(struct homoglyph, at->twins, k);
        if (h->span.begin >= end)
            return;
        for (; i < s->count && s->at[i].begin < h->span.end; i++) {
            const struct tk *t = s->at + i;
            if (t->kind != TK_WORD || t->begin < h->span.begin || t->end > h->span.end || !h->text.size)
                continue;
            struct assay_text form = twin_of(at->text, h->span.begin, t->begin, t->end, h->text);
            if (form.size)
                tk_reread(s, i, form.at, form.size);
        }
    }
}
