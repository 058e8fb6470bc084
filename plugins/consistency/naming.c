/* SPDX-License-Identifier: Apache-2.0
 *
 * What the figures of a finding are called: by the concept they measure, by the words of the text, or by those that
 * stand around the figure.
 */
#include <string.h>

#include <assay/kit/fold.h>
#include <assay/kit/say.h>
#include <assay/kit/text.h>
#include <assay/kit/utf8.h>

#include "report.h"

#define NAME_MOST 60u
#define OF_WHAT_MOST 48u
#define WORD_LEAST 3u    /* bytes: less is left of a word cut at an apostrophe ("we've") */
#define PARTICLE_MOST 3u /* bytes of what stands between the words of a name without a capital: "of", "de" */
#define BEFORE_MOST 24u  /* bytes of its sentence that are quoted before a figure, and behind it */
#define BEHIND_MOST 36u

/* A height, a price is told of many things: words that say of which, not "height" alone. */
static int tells_of_what(struct assay_text words)
{
    return words.size <= OF_WHAT_MOST && memchr(words.at ? words.at : "", ' ', words.size);
}

/* What is measured; where things are counted that have a name of their own, they: "310 houses flooded, five bridges". */
static const struct concept *told_of(const struct self *s, const struct figure *f)
{
    const struct concept *c = concepts_at(s->concepts, f->concept), *thing = concepts_at(s->concepts, f->thing);
    const uint32_t people = CONCEPT_PERSON | CONCEPT_ANYBODY | CONCEPT_EVOLVING;
    if (f->whole && c && (c->flags & (CONCEPT_EVENT | CONCEPT_EVOLVING)))
        return thing && !(thing->flags & CONCEPT_EVOLVING) ? thing : NULL; /* "74 of the 180 guests fell ill" */
    int apart = c && ((c->flags & CONCEPT_EVENT) || ((c->flags & CONCEPT_COUNTED) && !f->near));
    return apart && thing && !((c->flags | thing->flags) & people) ? thing : c;
}

/* 1 where what is counted has a noun of its own, and the measure was heard elsewhere in the sentence: "a 10-round limit on
 * magazines" counts no magazines. */
static int heard_beside(const struct concept *c, const struct figure *f)
{
    const uint32_t own = CONCEPT_EVENT | CONCEPT_PERSON | CONCEPT_ANYBODY | CONCEPT_EVOLVING | CONCEPT_MEASURE;
    return c && f->kind == ASSAY_KIND_NUMBER && f->counted.size && f->concept != f->thing && !(c->flags & own);
}

/* 1 where a figure of this kind can be the concept's: four weeks are no contracts, and no reserves; 10.9 million euros are
 * no patients. */
static int of_kind(const struct concept *c, const struct figure *f)
{
    if (f->kind == ASSAY_KIND_MONEY && (c->flags & (CONCEPT_COUNTED | CONCEPT_EVENT)))
        return 0;
    if (f->kind == ASSAY_KIND_DURATION)
        return c->of == OF_TIME || ((c->flags & CONCEPT_LASTS) && f->near && !(c->flags & CONCEPT_COUNTED));
    return !(f->kind == ASSAY_KIND_DIMENSION && (c->flags & CONCEPT_COUNTED));
}

/* The concept that names the figure, or NULL. */
static const struct concept *named_concept(const struct self *s, const struct figure *f)
{
    const struct concept *c = told_of(s, f), *measured = concepts_at(s->concepts, f->concept);
    int beside = c && c == measured && ((c->flags & CONCEPT_GENERAL) || heard_beside(c, f));
    if (!c || (c->flags & CONCEPT_WORD) || !of_kind(c, f) || beside)
        return NULL;
    return c;
}

/* 1 where nothing but a name is left of what is measured: it says who, seldom what. The capital of a sentence's first word
 * says nothing, nor any where every noun has one. */
static int bare_name(const struct self *s, const struct item *item, struct assay_text words)
{
    const char *at = words.at, *end = at + words.size;
    int opens = item->c->claim.measured.span.begin <= item->c->claim.sentence.begin, capitals = 0;
    while (at < end) {
        const char *space = memchr(at, ' ', (size_t)(end - at)), *stop = space ? space : end;
        uint32_t cp = 0;
        assay_utf8_next(at, stop, &cp);
        if (assay_lower(cp) != cp)
            capitals++;
        else if ((uint64_t)(stop - at) > PARTICLE_MOST)
            return 0;
        at = space ? space + 1 : end;
    }
    return capitals > opens && !concepts_trait(s->concepts, item->f.language, CONCEPT_CAPITALS);
}

/* 1 where the words name who says the figure: "27,000 came, according to the police". */
static int is_sayer(const struct assay_claim *c)
{
    struct assay_span words = c->measured.span, sayer = c->speaker.span;
    return c->has_speaker && words.begin < sayer.end && sayer.begin < words.end;
}

/* The words of the text for what is measured, where they can name it. */
static struct assay_text measured_words(const struct self *s, const struct item *item)
{
    const struct assay_text none = {NULL, 0};
    const struct figure *f = &item->f;
    if (!item->c->claim.has_measured || is_sayer(&item->c->claim) || item->c->claim.measured.text.size < WORD_LEAST)
        return none;
    struct assay_text words = item->c->claim.measured.text;
    int counts = f->kind == ASSAY_KIND_NUMBER && f->counted.size;
    int told = f->age || counts || f->kind == ASSAY_KIND_PERCENT || f->kind == ASSAY_KIND_MULTIPLE;
    return !told && bare_name(s, item, words) ? none : words;
}

/* The figure with the words around it, cut between words. */
static void say_around(struct assay_buf *b, const struct item *item)
{
    struct assay_text t = item->c->sentence;
    uint64_t begin = item->c->claim.span.begin - item->c->claim.sentence.begin,
             end = item->c->claim.span.end - item->c->claim.sentence.begin;
    if (item->c->claim.span.begin < item->c->claim.sentence.begin || end > t.size)
        begin = end = 0;
    uint64_t first = begin > BEFORE_MOST ? begin - BEFORE_MOST : 0,
             last = t.size - end > BEHIND_MOST ? end + BEHIND_MOST : t.size;
    while (first > 0 && first < begin && t.at[first - 1] != ' ')
        first++;
    while (last < t.size && last > end && t.at[last] != ' ')
        last--;
    assay_buf_text(b, item->f.kind == ASSAY_KIND_DATE ? "a date in \"" : "a figure in \"");
    assay_buf_text(b, first ? "…" : "");
    say_plain(b, (struct assay_text){t.at + first, last - first}, last - first);
    assay_buf_text(b, last < t.size ? "…\"" : "\"");
}

static void say_quoted(struct assay_buf *b, struct assay_text words)
{
    assay_buf_text(b, "\"");
    say_plain(b, words, NAME_MOST);
    assay_buf_text(b, "\"");
}

void say_measure(struct assay_buf *b, const struct self *s, const struct item *item)
{
    const struct concept *c = named_concept(s, &item->f);
    struct assay_text words = measured_words(s, item);
    if (item->f.age && item->f.kind == ASSAY_KIND_DURATION && words.size) {
        assay_buf_text(b, "the age of ");
        say_quoted(b, words);
        return;
    }
    if (c)
        say_named(b, c);
    if (c && (c->flags & CONCEPT_MEASURE || item->f.kind == ASSAY_KIND_MONEY) && tells_of_what(words)) {
        assay_buf_text(b, " (");
        say_quoted(b, words);
        assay_buf_text(b, ")");
    }
    if (c)
        return;
    if (words.size)
        say_quoted(b, words);
    else
        say_around(b, item);
}

static int has_words(const struct report *r, const struct item *i)
{
    return measured_words(r->k->self, i).size != 0;
}

static uint32_t texts_in(const struct report *r, struct assay_text language)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->members; i++)
        n += assay_text_same(member_at(r, i)->f.language, language);
    return n;
}

static int named_by_concept(const struct report *r, const struct item *i)
{
    const struct concept *c = named_concept(r->k->self, &i->f);
    return c && c == concepts_at(r->k->self->concepts, i->f.concept);
}

static uint32_t texts_measuring(const struct report *r, uint32_t concept)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->members; i++)
        n += member_at(r, i)->f.concept == concept;
    return n;
}

/* 1 where the item's measure is known, and can be that of the two figures that are told first. */
static int names_main(const struct report *r, const struct item *i)
{
    const struct concept *c = concepts_at(r->k->self->concepts, i->f.concept);
    return named_by_concept(r, i) && of_kind(c, &r->k->item[r->main.a].f) && of_kind(c, &r->k->item[r->main.b].f);
}

/* The one of those that measure something known whose measure most texts name; of the main pair where they do. */
static const struct item *named_by_most(const struct report *r)
{
    const struct item *a = &r->k->item[r->main.a], *b = &r->k->item[r->main.b],
                      *best = names_main(r, a) ? a : names_main(r, b) ? b : NULL;
    uint32_t most = best ? texts_measuring(r, best->f.concept) : 0;
    for (uint32_t i = 0; best && i < r->members; i++) {
        const struct item *one = member_at(r, i);
        uint32_t texts = names_main(r, one) ? texts_measuring(r, one->f.concept) : 0;
        if (texts > most) {
            most = texts;
            best = one;
        }
    }
    return best;
}

const struct item *named_item(const struct report *r)
{
    const struct item *a = &r->k->item[r->main.a], *best = NULL, *english = NULL, *reads = a;
    uint32_t most = 0;
    const struct item *known = named_by_most(r);
    if (known)
        return known;
    if (a->f.age && a->f.kind == ASSAY_KIND_DURATION)
        return a;
    for (uint32_t i = 0; i < r->members; i++) {
        const struct item *one = member_at(r, i);
        uint32_t texts = has_words(r, one) ? texts_in(r, one->f.language) : 0;
        if (texts > most) {
            most = texts;
            best = one;
        }
        if (assay_text_is(one->f.language, "en"))
            reads = one;
        if (texts && !english && assay_text_is(one->f.language, "en"))
            english = one;
    }
    if (english && most * 2 <= r->members)
        best = english;
    return !best                                                                                       ? reads
           : best->f.language.size && assay_text_same(best->f.language, a->f.language) && has_words(r, a) ? a
                                                                                                       : best;
}
