/* SPDX-License-Identifier: Apache-2.0
 *
 * A finding in words: its title, who says what, and what was cleared.
 */
#include <string.h>

#include <assay/kit/fold.h>
#include <assay/kit/say.h>
#include <assay/kit/text.h>
#include <assay/kit/utf8.h>

#include "report.h"

#define SOURCES_SAID 3u
#define VALUES_SAID 4u
#define CLEARED_SAID 3u
#define NAME_SHORT 32u /* bytes of a name that is always said whole */
#define NAME_MOST 60u
#define SPEAKER_LEAST 5u /* letters */

void say_plain(struct assay_buf *b, struct assay_text t, uint64_t most)
{
    uint64_t end = t.size;
    if (end > most) {
        end = most;
        while (end > 0 && ((unsigned char)t.at[end] & 0xc0) == 0x80)
            end--;
    }
    assay_say_line(b, (struct assay_text){t.at, end}); /* no name turns round the sentence it stands in */
    if (end < t.size)
        assay_buf_text(b, "…");
}

/* "4,725" in a table of "million euros": digits and their separators, narrow spaces among them. */
int told_bare(const struct figure *f)
{
    for (uint64_t i = 0; i < f->text.size; i++)
        if (!strchr("0123456789.,'+- \xc2\xa0\xe2\x80\x89\xaf", f->text.at[i]))
            return 0;
    return f->unit.size > 0;
}

void say_value_of(struct assay_buf *b, const struct figure *f)
{
    assay_say_value(b, assay_decimal_real(&f->value), assay_decimal_real(&f->high), f->bound, f->unit);
}

void say_who(struct assay_buf *b, struct assay_text name)
{
    uint64_t at = name.size, slashes = 0;
    if (name.size > NAME_SHORT)
        while (at > 0 && slashes < 2)
            slashes += name.at[--at] == '/';
    if (slashes < 2 || at == 0) {
        say_plain(b, name, NAME_MOST);
        return;
    }
    assay_buf_text(b, "…");
    say_plain(b, (struct assay_text){name.at + at, name.size - at}, NAME_MOST);
}

int source_said(const struct report *r, uint32_t i)
{
    for (uint32_t j = 0; j < i; j++)
        if (member_at(r, j)->value == member_at(r, i)->value &&
            same_folded(member_at(r, j)->f.source, member_at(r, i)->f.source))
            return 1;
    return 0;
}

/* 1 where somebody says the value and does not dispute it. */
static int backed(const struct report *r, uint32_t value)
{
    for (uint32_t i = 0; i < r->members; i++)
        if (member_at(r, i)->value == value && !member_at(r, i)->f.refuted)
            return 1;
    return 0;
}

/* 1 where the member stands behind the value: prints it, or in a contradiction the same number in other words ("about",
 * "will be"), so that nobody who says it is left out. */
static int stands_behind(const struct report *r, uint32_t i, uint32_t value)
{
    const struct item *m = member_at(r, i);
    if (m->f.refuted && backed(r, m->value))
        return 0;
    if (m->value == value)
        return 1;
    return r->main.r.verdict == ASSAY_CONFLICT && m->f.status != ASSAY_NEGATED &&
           figures_equal(&m->f, &r->k->item[r->entry[value].first].f);
}

static int behind_said(const struct report *r, uint32_t i, uint32_t value)
{
    for (uint32_t j = 0; j < i; j++)
        if (stands_behind(r, j, value) && same_folded(member_at(r, j)->f.source, member_at(r, i)->f.source))
            return 1;
    return 0;
}

/* A figure that opens its sentence has a capital there ("Some 64"), but none inside a title; a month keeps its own. */
static void say_figure(struct assay_buf *b, const struct item *item)
{
    struct assay_text t = item->c->claim.text;
    const char *end = t.at + t.size;
    uint32_t first = 0, second = 0, n = 0, m = 0;
    if (t.size && item->f.kind != ASSAY_KIND_DATE && item->c->claim.span.begin == item->c->claim.sentence.begin)
        n = assay_utf8_next(t.at, end, &first);
    if (n && n < t.size)
        m = assay_utf8_next(t.at + n, end, &second);
    if (m && assay_lower(first) != first && assay_lower(second) == second && assay_upper(second) != second) {
        char room[8];
        assay_buf_add(b, room, assay_utf8_put(room, assay_lower(first)));
        t.at += n;
        t.size -= n;
    }
    say_plain(b, t, 60);
}

static void say_value(struct assay_buf *b, const struct report *r, uint32_t value)
{
    uint32_t said = 0, more = 0;
    const struct item *first = &r->k->item[r->entry[value].first];
    if (told_bare(&first->f))
        say_value_of(b, &first->f);
    else
        say_figure(b, first);
    assay_buf_text(b, backed(r, value) ? " (" : " (disputed by ");
    for (uint32_t i = 0; i < r->members; i++) {
        if (!stands_behind(r, i, value) || behind_said(r, i, value))
            continue;
        if (said == SOURCES_SAID) {
            more++;
            continue;
        }
        if (said++)
            assay_buf_text(b, ", ");
        say_who(b, member_at(r, i)->f.source);
    }
    if (more)
        assay_buf_printf(b, " and %u more", more);
    assay_buf_text(b, ")");
}

/* By who said it first; of one day the lesser first, as counts grow. */
static int said_before(const struct report *r, uint32_t x, uint32_t y)
{
    const struct figure *a = &r->k->item[r->entry[x].first].f, *b = &r->k->item[r->entry[y].first].f;
    if (a->has_published != b->has_published)
        return a->has_published;
    if (a->has_published && a->published != b->published)
        return a->published < b->published;
    int order = assay_decimal_compare(&a->value, &b->value);
    return order ? order < 0 : x < y;
}

/* 1 where the value may stand in the title beside the two of the main pair: in a contradiction only what contradicts
 * one of them, and each number once. */
static int worth_saying(const struct report *r, uint32_t value, uint32_t first, uint32_t second)
{
    const struct figure *own = &r->k->item[r->entry[value].first].f;
    if (r->main.r.verdict != ASSAY_CONFLICT)
        return 1;
    if (figures_equal(own, &r->k->item[r->entry[first].first].f) ||
        figures_equal(own, &r->k->item[r->entry[second].first].f))
        return 0;
    for (uint32_t i = 0; i < r->pairs; i++) {
        const struct assay_verdict_pair *p = &r->pair[i];
        uint32_t other = p->a == value ? p->b : p->b == value ? p->a : ASSAY_NEVER;
        if (p->verdict == ASSAY_CONFLICT && (other == first || other == second))
            return 1;
    }
    return 0;
}

/* 1 where one of the values says the number of value e: "410,000", "about 410,000". */
static int said_by(const struct report *r, const uint32_t *value, uint32_t values, uint32_t e)
{
    for (uint32_t i = 0; i < values; i++)
        if (figures_equal(&r->k->item[r->entry[e].first].f, &r->k->item[r->entry[value[i]].first].f))
            return 1;
    return 0;
}

/* What most stand behind comes first in the title of a contradiction. */
static int said_by_more(const struct report *r, uint32_t x, uint32_t y)
{
    uint32_t a = count_sources(r->k, r->member, r->members, x), b = count_sources(r->k, r->member, r->members, y);
    return a > b || (a == b && x < y);
}

/* The values of the main pair and the first others, at most VALUES_SAID: in the order of time where `between` says so,
 * else the main pair first. */
static void say_values(struct assay_buf *b, const struct report *r, const char *between, int by_time)
{
    uint32_t first = r->k->item[r->main.a].value, second = r->k->item[r->main.b].value;
    uint32_t chosen[VALUES_SAID] = {first < second ? first : second, first < second ? second : first},
             count = first == second ? 1 : 2;
    uint32_t left = 0;
    for (uint32_t e = 0; e < r->entries; e++) {
        if (e == first || e == second || !worth_saying(r, e, first, second) ||
            (r->main.r.verdict == ASSAY_CONFLICT && said_by(r, chosen, count, e)))
            continue;
        if (count < VALUES_SAID)
            chosen[count++] = e;
        else
            left++;
    }
    for (uint32_t said = 0; said < count; said++) {
        uint32_t next = said;
        int by_backing = r->main.r.verdict == ASSAY_CONFLICT;
        for (uint32_t i = said + 1; i < count && (by_time || by_backing); i++)
            next = (by_time ? said_before(r, chosen[i], chosen[next]) : said_by_more(r, chosen[i], chosen[next]))
                       ? i
                       : next;
        uint32_t value = chosen[next];
        chosen[next] = chosen[said];
        if (said)
            assay_buf_text(b, between);
        say_value(b, r, value);
    }
    if (left)
        assay_buf_printf(b, " and %u more", left);
}

/* Which of two counts of one day is the later one is not known. */
static int told_on_one_day(const struct figure *a, const struct figure *b)
{
    return a->has_published && b->has_published && a->published == b->published;
}

void say_title(struct assay_buf *b, const struct report *r)
{
    const struct self *s = r->k->self;
    const struct item *a = &r->k->item[r->main.a], *other = &r->k->item[r->main.b];
    const struct item *named = named_item(r);
    int one_day;
    switch (r->main.r.verdict) {
    case ASSAY_CONFLICT:
        assay_buf_text(b, "Sources disagree on ");
        say_measure(b, s, named);
        assay_buf_text(b, ": ");
        say_values(b, r, " or ", 0);
        return;
    case ASSAY_UPDATE:
        one_day = told_on_one_day(&a->f, &other->f);
        assay_buf_text(b, one_day ? "Changed within a day, " : "Changed over time, ");
        say_measure(b, s, named);
        assay_buf_text(b, ": ");
        say_values(b, r, one_day ? " and " : ", then ", 1);
        return;
    case ASSAY_SCOPE:
        assay_buf_text(b, "Not the same thing: ");
        say_measure(b, s, a);
        assay_buf_text(b, " ");
        say_value(b, r, a->value);
        assay_buf_text(b, " and ");
        say_measure(b, s, other);
        assay_buf_text(b, " ");
        say_value(b, r, other->value);
        return;
    case ASSAY_COMPATIBLE:
        assay_buf_text(b, "Figures fit together on ");
        say_measure(b, s, named);
        assay_buf_text(b, ": ");
        say_values(b, r, " and ", 0);
        return;
    default:
        assay_buf_text(b, r->independent < 2 ? "One source only on " : "Sources agree on ");
        say_measure(b, s, named);
        assay_buf_text(b, ": ");
        say_values(b, r, " and ", 0);
    }
}

/* Of figures that are not of one thing: on which of them several independent sources agree. */
static void say_agreed(struct assay_buf *b, const struct report *r)
{
    for (uint32_t v = 0; r->main.r.verdict == ASSAY_SCOPE && v < r->entries; v++) {
        uint32_t sources = count_sources(r->k, r->member, r->members, v);
        const struct item *first = &r->k->item[r->entry[v].first];
        if (sources < 2)
            continue;
        assay_buf_printf(b, " %u independent sources agree on \"", sources);
        say_plain(b, first->c->claim.text, NAME_MOST);
        assay_buf_text(b, "\".");
    }
}

void say_backing(struct assay_buf *b, const struct report *r, uint32_t documents, uint32_t nameless)
{
    say_agreed(b, r);
    assay_buf_printf(b, " %u article%s, %u independent source%s.", documents, documents == 1 ? "" : "s", r->independent,
                     r->independent == 1 ? "" : "s");
    if (nameless == 1)
        assay_buf_text(b, " One of the articles names no source and counts as a source of its own.");
    else if (nameless)
        assay_buf_printf(b, " %u of the articles name no source; together they count as one.", nameless);
    say_dependent(b, r);
}

void say_cleared(struct assay_buf *b, const struct report *r)
{
    const char *rule[CLEARED_SAID];
    uint32_t said = 0;
    for (uint32_t i = 0; i < r->pairs && said < CLEARED_SAID; i++) {
        const struct assay_verdict_pair *p = &r->pair[i];
        struct verdict v;
        uint32_t again = 0;
        if (r->main.r.verdict != ASSAY_CONFLICT || p->verdict == ASSAY_CONFLICT || p->verdict == ASSAY_AGREE ||
            !judge_values(r, p->a, p->b, &v) || v.r.verdict != p->verdict)
            continue;
        for (uint32_t k = 0; k < said; k++)
            again |= !strcmp(rule[k], v.r.rule);
        if (again)
            continue; /* the next pair of values that the same reason clears */
        struct relate_options o = rules_for(r, v.a, v.b);
        rule[said] = v.r.rule;
        assay_buf_text(b, said++ ? " " : " No conflict: ");
        relate_explain(b, &v.r, &r->k->item[v.a].f, &r->k->item[v.b].f, &o);
    }
}

/* A speaker of more letters than "he", "они" have. */
static int named_speaker(const struct item *m)
{
    struct assay_text t = m->c->claim.speaker.text;
    uint32_t letters = 0;
    for (uint64_t i = 0; m->c->claim.has_speaker && i < t.size; i++)
        letters += ((unsigned char)t.at[i] & 0xc0) != 0x80;
    return letters >= SPEAKER_LEAST;
}

/* Whoever said the disputed figure, as the texts in the language of the main one name them. */
static struct assay_text blamed(const struct report *r, uint32_t value)
{
    const struct item *first = &r->k->item[r->main.a];
    if (named_speaker(first))
        return first->c->claim.speaker.text;
    for (uint32_t i = 0; i < r->members; i++) {
        const struct item *m = member_at(r, i);
        if (m->value == value && m->f.refuted && named_speaker(m) && assay_text_same(m->f.language, first->f.language))
            return m->c->claim.speaker.text;
    }
    return (struct assay_text){NULL, 0};
}

static int disputes(const struct report *r, uint32_t i, uint32_t value)
{
    const struct item *m = member_at(r, i);
    if (m->value != value || !m->f.refuted)
        return 0;
    for (uint32_t j = 0; j < i; j++)
        if (member_at(r, j)->value == value && member_at(r, j)->f.refuted &&
            same_folded(member_at(r, j)->f.source, m->f.source))
            return 0;
    return 1;
}

void say_refuted(struct assay_buf *b, const struct report *r)
{
    const struct item *x = &r->k->item[r->main.a], *y = &r->k->item[r->main.b];
    struct assay_text who = blamed(r, x->value);
    uint32_t others = 0;
    say_who(b, x->f.source);
    for (uint32_t i = 0; i < r->members; i++)
        others += disputes(r, i, x->value) && !same_folded(member_at(r, i)->f.source, x->f.source);
    if (others)
        assay_buf_printf(b, " and %u more", others);
    assay_buf_text(b, others ? " dispute \"" : " disputes \"");
    say_plain(b, x->c->claim.text, 60);
    assay_buf_text(b, "\"");
    if (who.size) {
        assay_buf_text(b, ", said by ");
        say_plain(b, who, NAME_MOST);
    }
    assay_buf_text(b, others ? ", and give \"" : ", and gives \"");
    say_plain(b, y->c->claim.text, 60);
    assay_buf_printf(b, "\"; at least %u.%u %% apart.", r->main.r.gap / 10000, r->main.r.gap / 1000 % 10);
}

void say_dispute_title(struct assay_buf *b, const struct report *r)
{
    const struct item *x = &r->k->item[r->main.a], *y = &r->k->item[r->main.b];
    struct assay_text who = blamed(r, x->value);
    say_who(b, x->f.source);
    assay_buf_text(b, " disputes a figure on ");
    say_measure(b, r->k->self, named_item(r));
    assay_buf_text(b, ": ");
    say_plain(b, x->c->claim.text, NAME_MOST);
    if (who.size) {
        assay_buf_text(b, " (");
        say_plain(b, who, NAME_MOST);
        assay_buf_text(b, ")");
    }
    assay_buf_text(b, "; gives ");
    say_plain(b, y->c->claim.text, NAME_MOST);
}
