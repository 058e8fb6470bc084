/* SPDX-License-Identifier: Apache-2.0 */
#include "voices.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "rival.h"

#define WORD 4u         /* bytes of a word that makes two names of a speaker one */
#define MANY_DIGITS 4u  /* of values that are told of one thing only */
#define SAID_MOST 60u   /* bytes of a figure or a speaker */
#define FEW 50u
#define PERMILLE 600u

static int is_letter(unsigned char c)
{
    return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static struct assay_text next_word(struct assay_text t, uint64_t *at)
{
    while (*at < t.size && !is_letter((unsigned char)t.at[*at]))
        ++*at;
    uint64_t begin = *at;
    while (*at < t.size && is_letter((unsigned char)t.at[*at]))
        ++*at;
    return (struct assay_text){t.at + begin, *at - begin};
}

static int has_word(struct assay_text t, struct assay_text wanted)
{
    for (uint64_t at = 0; at < t.size;)
        if (same_folded(next_word(t, &at), wanted))
            return 1;
    return 0;
}

/* 1 where a word of some length stands in both names: "the ministry of health", "the ministry". */
static int same_speaker(struct assay_text a, struct assay_text b)
{
    if (same_folded(a, b))
        return 1;
    for (uint64_t at = 0; at < a.size;) {
        struct assay_text word = next_word(a, &at);
        if (word.size >= WORD && has_word(b, word))
            return 1;
    }
    return 0;
}

static int plain(const struct item *item)
{
    const struct figure *f = &item->f;
    return f->status == ASSAY_ASSERTED && f->permille >= PERMILLE && item->c->claim.has_speaker &&
           item->c->claim.speaker.text.size && !f->included && !f->part && !f->rest && !f->whole && !f->age &&
           !f->name && f->kind != ASSAY_KIND_ORDINAL && f->kind != ASSAY_KIND_RANK && f->kind != ASSAY_KIND_DURATION &&
           !(f->has_relation && f->relation == ASSAY_RELATION_FROM);
}

/* 1 where both are of one thing; what the second one leaves out is what the first one said. */
static int one_thing(const struct item *x, const struct item *y, const struct concepts *concepts)
{
    const struct figure *a = &x->f, *b = &y->f;
    const struct assay_claim *c = &x->c->claim, *d = &y->c->claim;
    int counted = figures_count_same(a, b, concepts);
    if (counted == 0) /* "400 houses were destroyed, 900 boats", whatever was measured of both */
        return 0;
    if (c->has_measured && d->has_measured && c->measured.span.begin == d->measured.span.begin)
        return 1;
    if (concepts_contrast(concepts, a->aspects, b->aspects))
        return 0;
    if (a->concept != CONCEPT_NONE && b->concept != CONCEPT_NONE)
        return a->concept == b->concept;
    return counted == 1 ||
           (b->concept == CONCEPT_NONE && !b->counted.size && (a->concept != CONCEPT_NONE || a->counted.size));
}

/* A count of few in words, or of something nobody has heard that it is counted, is seldom what a dispute is about. */
static int worth_a_dispute(const struct figure *a, const struct figure *b, const struct concepts *concepts)
{
    const struct concept *c = concepts_at(concepts, a->concept);
    struct assay_decimal few;
    assay_decimal_u64(&few, FEW);
    if (a->kind != ASSAY_KIND_NUMBER || assay_decimal_compare(&a->value, &few) > 0 ||
        assay_decimal_compare(&b->value, &few) > 0)
        return 1;
    return c && (c->flags & CONCEPT_EVENT) && figure_in_digits(a) && figure_in_digits(b);
}

static int disagree(const struct item *a, const struct item *b, const struct concepts *concepts, struct relation *r)
{
    struct relate_options o = {concepts, 0, 0, 1};
    if (!plain(a) || !plain(b) || same_speaker(a->c->claim.speaker.text, b->c->claim.speaker.text) ||
        !one_thing(a, b, concepts) || !worth_a_dispute(&a->f, &b->f, concepts))
        return 0;
    /* in one sentence nothing has grown between the two */
    return relate(r, &a->f, &b->f, &o) && (r->verdict == ASSAY_CONFLICT || r->verdict == ASSAY_UPDATE) && r->gap;
}

/* 1 where a bracket opens between both and does not close: "245,000 (against 205,000 in January)". */
static int in_brackets(const struct sentence *s, uint32_t i, uint32_t j)
{
    uint32_t end = s->item[j].c->claim.span.begin;
    int depth = 0;
    for (uint32_t at = s->item[i].c->claim.span.end; at < end && at < s->text.size; at++)
        depth += (s->text.at[at] == '(') - (s->text.at[at] == ')' && depth > 0);
    return depth > 0;
}

/* The next figure that could be set against this one: of the same kind, with a unit that compares. */
static uint32_t next_like(const struct sentence *s, uint32_t i)
{
    for (uint32_t j = i + 1; j < s->items; j++)
        if (figures_comparable(&s->item[i].f, &s->item[j].f) && !in_brackets(s, i, j))
            return j;
    return ASSAY_NEVER;
}

static void say(struct assay_buf *b, struct assay_text t)
{
    say_plain(b, t, SAID_MOST);
}

int voices_check(const struct concepts *concepts, const struct sentence *s, struct misfits *found)
{
    found->count = 0;
    for (uint32_t i = 0; i + 1 < s->items; i++) {
        struct relation r;
        uint32_t j = next_like(s, i);
        if (j == ASSAY_NEVER || !disagree(&s->item[i], &s->item[j], concepts, &r))
            continue;
        struct misfit *one = &found->at[found->count++];
        memset(one, 0, sizeof *one);
        one->rule = "voices";
        one->gap = r.gap;
        one->of[0] = i;
        one->of[1] = j;
        one->count = 2;
        assay_buf_text(&one->words, "One sentence gives both: \"");
        say(&one->words, s->item[i].c->claim.text);
        assay_buf_text(&one->words, "\" by ");
        say(&one->words, s->item[i].c->claim.speaker.text);
        assay_buf_text(&one->words, ", \"");
        say(&one->words, s->item[j].c->claim.text);
        assay_buf_text(&one->words, "\" by ");
        say(&one->words, s->item[j].c->claim.speaker.text);
        assay_buf_printf(&one->words, "; %u.%u %% apart.", r.gap / 10000, r.gap / 1000 % 10);
        if (one->words.failed)
            return 0;
    }
    return 1;
}

static void add_text(XXH3_state_t *state, struct assay_text t)
{
    XXH3_64bits_update(state, &t.size, sizeof t.size);
    if (t.size)
        XXH3_64bits_update(state, t.at, t.size);
}

static uint32_t digits_in(struct assay_text decimal)
{
    uint32_t digits = 0;
    for (uint64_t i = 0; i < decimal.size; i++)
        digits += decimal.at[i] >= '0' && decimal.at[i] <= '9';
    return digits;
}

uint64_t voices_key(const struct sentence *s, const struct misfit *m)
{
    const struct item *a = &s->item[m->of[0]], *b = &s->item[m->of[1]];
    uint32_t tag[3] = {0x766f6963, a->f.kind, b->c->ref.index - a->c->ref.index};
    XXH3_state_t state;
    XXH3_64bits_reset(&state);
    XXH3_64bits_update(&state, tag, sizeof tag);
    add_text(&state, a->c->claim.decimal);
    add_text(&state, b->c->claim.decimal);
    add_text(&state, a->f.unit);
    if (digits_in(a->c->claim.decimal) < MANY_DIGITS && digits_in(b->c->claim.decimal) < MANY_DIGITS)
        add_text(&state, a->c->sentence);
    return XXH3_64bits_digest(&state);
}

void say_voices(struct assay_buf *b, const struct sentence *s, const struct misfit *m)
{
    for (uint32_t i = 0; i < m->count; i++) {
        const struct assay_claim *c = &s->item[m->of[i]].c->claim;
        if (i)
            assay_buf_text(b, " or ");
        say(b, c->text);
        assay_buf_text(b, " (");
        say(b, c->speaker.text);
        assay_buf_text(b, ")");
    }
}
