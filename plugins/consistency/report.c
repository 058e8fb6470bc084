/* SPDX-License-Identifier: Apache-2.0
 *
 * A group of figures -> one finding: its values, how they stand to each other, in words, how sure, how grave.
 */
#include <stdlib.h>
#include <string.h>

#include <assay/kit/date.h>

#include "refute.h"
#include "report.h"
#include "rival.h"

#define ORDINAL_FEW 12u /* the 14th exchange is one, the first of something may be many */
#define CLAIM_PAIRS 64u /* of two values that are looked at */
#define BACKING_MOST 3u
#define PERIOD_FEW 3u     /* a period is said of a finding where one figure in so many says it, or more */

/* ---- values ---- */

static int by_time_and_place(const struct item *a, const struct item *b)
{
    int order = item_by_time(a, b);
    if (!order)
        order = text_order(a->c->doc, b->c->doc);
    if (order)
        return order;
    return a->c->ref.index < b->c->ref.index ? -1 : a->c->ref.index > b->c->ref.index;
}

/* Insertion sort: at most JUDGE_ITEMS. */
void sort_members(const struct component *k, uint32_t *member, uint32_t members)
{
    for (uint32_t i = 1; i < members; i++) {
        uint32_t one = member[i], j = i;
        for (; j > 0 && by_time_and_place(&k->item[one], &k->item[member[j - 1]]) < 0; j--)
            member[j] = member[j - 1];
        member[j] = one;
    }
}

static void make_entries(struct report *r)
{
    for (uint32_t i = 0; i < r->members; i++) {
        struct item *item = member_at(r, i);
        item->value = ASSAY_NEVER;
        for (uint32_t e = 0; e < r->entries && item->value == ASSAY_NEVER; e++)
            if (figures_same(&item->f, &r->k->item[r->entry[e].first].f) &&
                item->f.part == r->k->item[r->entry[e].first].f.part &&
                item->f.status == r->k->item[r->entry[e].first].f.status)
                item->value = e;
        if (item->value == ASSAY_NEVER && r->entries < JUDGE_VALUES) {
            item->value = r->entries;
            r->entry[r->entries++] = (struct entry){r->member[i], 0, 0, 0};
        }
    }
}

/* ---- verdicts ---- */

struct relate_options rules_for(const struct report *r, uint32_t a, uint32_t b)
{
    uint32_t flags = tie_of(r->k, a, b)->flags;
    struct relate_options o = link_rules(r->k->self->concepts, flags);
    o.tolerance = r->tolerance;
    return o;
}

static int graver(const struct verdict *a, const struct verdict *b)
{
    if (a->r.verdict != b->r.verdict)
        return a->r.verdict < b->r.verdict;
    if (a->r.unsure != b->r.unsure)
        return a->r.unsure < b->r.unsure;
    if (a->backing != b->backing)
        return a->backing > b->backing;
    if (a->r.gap != b->r.gap)
        return a->r.gap > b->r.gap;
    return a->score > b->score;
}

/* 1 where both texts say themselves that the two are of two periods, or of two things: then a text that leaves it out
 * contradicts neither. */
static int said_apart(const struct verdict *v, const struct figure *a, const struct figure *b)
{
    if (v->r.verdict != ASSAY_SCOPE)
        return 0;
    return !strcmp(v->r.rule, "different-period") ? a->has_time && b->has_time : !strcmp(v->r.rule, "different-aspect");
}

/* What the value is a rate of, where one of those who print it says so: "a day". */
static struct assay_text rate_of(const struct report *r, uint32_t value)
{
    for (uint32_t i = 0; i < r->members; i++)
        if (member_at(r, i)->value == value && member_at(r, i)->f.per.size)
            return member_at(r, i)->f.per;
    return (struct assay_text){NULL, 0};
}

/* 1 where the text has no date, and one that it depends on tells the same with one: that one speaks for both. */
static int spoken_for(const struct report *r, uint32_t i)
{
    const struct item *m = member_at(r, i);
    for (uint32_t k = 0; !m->f.has_published && k < r->members; k++) {
        const struct item *other = member_at(r, k);
        if (other->f.has_published && other->value == m->value && other->source_class == m->source_class)
            return 1;
    }
    return 0;
}

/* The gravest verdict between the figures of two values; linked pairs are asked first, the others only where there is
 * none. */
/* 1 where no slip sets the two apart, one is in a text that does not say when it was written, and no age. */
static int undated(const struct relation *r, const struct figure *a, const struct figure *b)
{
    return !r->has_hint && !(a->has_published && b->has_published) && !a->age && !b->age;
}

int judge_values(const struct report *r, uint32_t x, uint32_t y, struct verdict *worst)
{
    unsigned char spoken[JUDGE_ITEMS];
    uint32_t found = 0, asked = 0;
    for (uint32_t i = 0; i < r->members; i++)
        spoken[i] = (unsigned char)spoken_for(r, i);
    struct verdict told = {.r = {.verdict = ASSAY_AGREE}};
    struct assay_text rate_x = rate_of(r, x), rate_y = rate_of(r, y);
    for (uint32_t pass = 0; pass < 2; pass++) {
        int linked = pass == 0, by_ties = (int)found; /* of the linked ones something is said already */
        for (uint32_t i = 0; i < r->members && asked < CLAIM_PAIRS; i++)
            for (uint32_t j = 0; member_at(r, i)->value == x && j < r->members && asked < CLAIM_PAIRS; j++) {
                struct verdict v;
                uint32_t a = r->member[i], b = r->member[j];
                if (member_at(r, j)->value != y || (tie_of(r->k, a, b)->score > 0) != linked ||
                    member_at(r, i)->c->ref.doc == member_at(r, j)->c->ref.doc || spoken[i] || spoken[j])
                    continue;
                struct relate_options o = rules_for(r, a, b);
                struct figure f = member_at(r, i)->f, g = member_at(r, j)->f;
                f.per = rate_x;
                g.per = rate_y;
                asked++;
                if (!relate(&v.r, &f, &g, &o))
                    continue;
                if (!linked && v.r.verdict <= ASSAY_UPDATE &&
                    (!figures_rival(&member_at(r, i)->f, &member_at(r, j)->f, &v.r, r->k->self->concepts) ||
                     undated(&v.r, &f, &g)))
                    continue; /* they differ, but came together by others, and are not of one thing, or of no time */
                if (!linked && by_ties && !(v.r.verdict == ASSAY_CONFLICT && v.r.has_hint))
                    continue;
                v.a = a;
                v.b = b;
                v.score = tie_of(r->k, a, b)->score;
                v.aligned = o.aligned;
                v.backing = 0;
                if (!found || graver(&v, worst))
                    *worst = v;
                if (said_apart(&v, &member_at(r, i)->f, &member_at(r, j)->f))
                    told = v;
                found = 1;
            }
        if (found && (pass || worst->r.verdict != ASSAY_UPDATE))
            break; /* a later text that differs is no development where one of the same day slips a digit */
    }
    if (found && worst->r.verdict == ASSAY_CONFLICT && worst->r.unsure && told.r.verdict == ASSAY_SCOPE)
        *worst = told;
    return (int)found;
}

/* An editor wants the contradiction that most stand behind, before the widest one. */
static uint32_t backing_of(const struct report *r, uint32_t x, uint32_t y)
{
    uint32_t a = count_sources(r->k, r->member, r->members, x), b = count_sources(r->k, r->member, r->members, y);
    uint32_t least = a < b ? a : b;
    return least < BACKING_MOST ? least : BACKING_MOST;
}

static void judge_pairs(struct report *r)
{
    for (uint32_t x = 0; x < r->entries; x++)
        for (uint32_t y = x + 1; y < r->entries; y++) {
            struct verdict v;
            if (!weigh_refuted(r, x, y, &v)) {
                if (!judge_values(r, x, y, &v))
                    continue;
                weigh_pair(r, x, y, &v);
            }
            v.backing = backing_of(r, x, y);
            r->pair[r->pairs++] = (struct assay_verdict_pair){x, y, v.r.verdict, 0, {v.r.rule, strlen(v.r.rule)}};
            if (!r->has_main || graver(&v, &r->main))
                r->main = v;
            r->has_main = 1;
        }
    if (r->has_main)
        return;
    memset(&r->main, 0, sizeof r->main);
    r->main.r.verdict = ASSAY_AGREE;
    r->main.r.rule = "same-value";
    r->main.a = r->member[0];
    r->main.b = r->member[r->members - 1];
    for (uint32_t i = 0; i < r->members; i++)
        for (uint32_t j = i + 1; j < r->members; j++)
            if (tie_of(r->k, r->member[i], r->member[j])->score > r->main.score) {
                r->main.a = r->member[i];
                r->main.b = r->member[j];
                r->main.score = tie_of(r->k, r->member[i], r->member[j])->score;
            }
}

/* ---- texts that stay ---- */

struct assay_text hex_text(struct self *s, struct assay_out *out, const char *prefix, uint64_t hash)
{
    static const char digits[] = "0123456789abcdef";
    size_t n = strlen(prefix);
    char *at = s->host->alloc(s->host, out, n + 16);
    if (!at)
        return (struct assay_text){NULL, 0};
    memcpy(at, prefix, n);
    for (uint32_t i = 0; i < 16; i++)
        at[n + i] = digits[hash >> (60 - 4 * i) & 15];
    return (struct assay_text){at, n + 16};
}

struct assay_text kept_text(struct self *s, struct assay_out *out, const struct assay_buf *b)
{
    char *at = b->failed ? NULL : s->host->alloc(s->host, out, b->size + 1);
    if (!at)
        return (struct assay_text){NULL, 0};
    memcpy(at, b->at ? b->at : "", b->size);
    return (struct assay_text){at, b->size};
}

/* ---- the record ---- */

void take_value(struct assay_value *v, const struct assay_claim *c)
{
    memset(v, 0, sizeof *v);
    v->value = c->value;
    v->value_high = c->value_high;
    v->has_value_high = c->has_value_high;
    v->bound = c->bound;
    v->unit = c->unit;
    v->base_value = c->base_value;
    v->has_base_value = c->has_base_value;
}

static int fill_value(const struct report *r, uint32_t e, struct assay_value *v, struct assay_ref *refs,
                      struct assay_text *sources)
{
    take_value(v, &r->k->item[r->entry[e].first].c->claim);
    uint32_t n = 0, m = 0;
    for (uint32_t k = 0; k < 2 * r->members; k++) { /* who stands behind it before those who dispute it */
        uint32_t i = k % r->members;
        const struct item *item = member_at(r, i);
        if (item->value != e || item->f.refuted != (k >= r->members))
            continue;
        uint32_t seen = 0;
        for (uint32_t q = 0; q < n; q++)
            seen |= refs[q].doc == item->c->ref.doc;
        v->documents += !seen;
        refs[n++] = item->c->ref;
        if (item->c->source.size && !source_said(r, i))
            sources[m++] = item->c->source;
    }
    v->claims = (struct assay_list){refs, n, sizeof *refs};
    v->sources = (struct assay_list){sources, m, sizeof *sources};
    v->independent = count_sources(r->k, r->member, r->members, e);
    return (int)n;
}

uint32_t documents_of(const struct report *r, uint32_t *nameless)
{
    uint32_t documents = 0;
    *nameless = 0;
    for (uint32_t i = 0; i < r->members; i++) {
        uint32_t seen = 0;
        for (uint32_t k = 0; k < i && !seen; k++)
            seen = member_at(r, k)->c->ref.doc == member_at(r, i)->c->ref.doc;
        documents += !seen;
        *nameless += !seen && !member_at(r, i)->c->source.size;
    }
    return documents;
}

static struct assay_text day_text(struct self *s, struct assay_out *out, int64_t day)
{
    char text[24];
    struct assay_buf b = {text, 0, 0, 0};
    if (day == DAY_OPEN_BEGIN || day == DAY_OPEN_END)
        return (struct assay_text){NULL, 0};
    b.size = assay_date_print(text, assay_date_of_day(day));
    return kept_text(s, out, &b);
}

/* "A ship built in 1994" dates one text's passengers, and not what the five others tell of them. */
static int said_of_few(const struct report *r)
{
    uint32_t timed = 0;
    for (uint32_t i = 0; i < r->members; i++)
        timed += member_at(r, i)->f.has_time != 0;
    return timed * PERIOD_FEW < r->members;
}

static void fill_period(const struct report *r, struct assay_finding *f)
{
    const struct item *first = report_first(r, 1);
    if (!first || said_of_few(r))
        return;
    f->has_period = 1;
    f->period.from = first->c->claim.time.from;
    f->period.to = first->c->claim.time.to;
    if (!f->period.from.size && !f->period.to.size) {
        f->period.from = day_text(r->k->self, r->k->out, first->f.from);
        f->period.to = day_text(r->k->self, r->k->out, first->f.to);
    }
}

static assay_status fill_finding(struct report *r, struct assay_finding *f)
{
    struct self *s = r->k->self;
    const struct assay_host *h = s->host;
    struct assay_value *values = h->alloc(h, r->k->out, r->entries * sizeof *values);
    struct assay_ref *refs = h->alloc(h, r->k->out, r->members * 2 * sizeof *refs);
    struct assay_text *sources = h->alloc(h, r->k->out, r->members * sizeof *sources);
    if (!values || !refs || !sources)
        return ASSAY_ENOMEM;
    struct assay_ref *all = refs + r->members;
    uint32_t used = 0, named = 0;
    for (uint32_t e = 0; e < r->entries; e++) {
        fill_value(r, e, &values[e], refs + used, sources + named);
        used += values[e].claims.count;
        named += values[e].sources.count;
    }
    for (uint32_t i = 0; i < r->members; i++)
        all[i] = member_at(r, i)->c->ref;
    f->claims = (struct assay_list){all, r->members, sizeof *all};
    f->values = (struct assay_list){values, r->entries, sizeof *values};
    f->pairs = (struct assay_list){r->pair, r->pairs, sizeof *r->pair};
    return ASSAY_OK;
}

static int across_documents(const struct report *r)
{
    for (uint32_t i = 1; i < r->members; i++)
        if (member_at(r, i)->c->ref.doc != member_at(r, 0)->c->ref.doc)
            return 1;
    return 0;
}

static assay_status fill_words(struct report *r, struct assay_finding *f)
{
    struct self *s = r->k->self;
    struct assay_buf b = {NULL, 0, 0, 0};
    struct relate_options o = rules_for(r, r->main.a, r->main.b);
    const struct item *named = r->main.r.verdict == ASSAY_SCOPE ? &r->k->item[r->main.a] : named_item(r);
    uint32_t nameless, documents = documents_of(r, &nameless);
    if (across_documents(r))
        say_title(&b, r);
    else
        say_dispute_title(&b, r);
    f->title = kept_text(s, r->k->out, &b);
    b.size = 0;
    if (strcmp(r->main.r.rule, "refuted"))
        relate_explain(&b, &r->main.r, &r->k->item[r->main.a].f, &r->k->item[r->main.b].f, &o);
    else
        say_refuted(&b, r);
    if (r->main.r.verdict == ASSAY_COMPATIBLE && r->k->item[r->main.a].f.has_time != r->k->item[r->main.b].f.has_time)
        assay_buf_text(&b, " Only one of them says for what time.");
    say_backing(&b, r, documents, nameless);
    say_cleared(&b, r);
    f->explanation = kept_text(s, r->k->out, &b);
    b.size = 0;
    say_measure(&b, s, named);
    f->measured = kept_text(s, r->k->out, &b);
    assay_buf_free(&b);
    return f->title.at && f->explanation.at && f->measured.at ? ASSAY_OK : ASSAY_ENOMEM;
}

/* "For the first time", "the first tremor": that others say so, too, backs nothing. */
static int says_nothing(const struct report *r)
{
    const struct figure *f = &r->k->item[r->main.a].f;
    return r->main.r.verdict == ASSAY_AGREE && f->kind == ASSAY_KIND_ORDINAL && f->concept == CONCEPT_NONE &&
           !(figure_in_digits(f) && assay_decimal_above(&f->value, ORDINAL_FEW));
}

assay_status write_finding(struct component *k, const uint32_t *member, uint32_t members)
{
    uint32_t sorted[JUDGE_ITEMS];
    struct self *s = k->self;
    struct assay_finding f;
    struct report *r = s->host->alloc(s->host, k->out, sizeof *r);
    assay_status status;
    if (!r)
        return ASSAY_ENOMEM;
    memcpy(sorted, member, members * sizeof *sorted);
    sort_members(k, sorted, members);
    r->k = k;
    r->member = sorted;
    r->members = members;
    int across = across_documents(r);
    if (!across && !r->k->item[sorted[0]].f.refuted && !r->k->item[sorted[0]].f.rights)
        return ASSAY_OK;
    report_watch(r);
    make_entries(r);
    find_sources(k, sorted, members);
    r->independent = count_sources(k, sorted, members, ASSAY_NEVER);
    judge_pairs(r);
    fold_values(r);
    if (!across && strcmp(r->main.r.rule, "refuted"))
        return ASSAY_OK;
    memset(&f, 0, sizeof f);
    if ((status = fill_finding(r, &f)) || (status = fill_words(r, &f)))
        return status;
    if (says_nothing(r))
        return ASSAY_OK;
    uint32_t confidence = report_confidence(r), concept = k->item[r->main.a].f.concept;
    f.verdict = r->main.r.verdict;
    f.severity = report_severity(r, confidence);
    f.confidence = confidence / 1000.0;
    f.scope_of = !across;
    f.rule = (struct assay_text){r->main.r.rule, strlen(r->main.r.rule)};
    f.independent = r->independent;
    f.gap = r->main.r.gap / 1000000.0;
    f.has_hint = r->main.r.has_hint;
    f.hint = r->main.r.hint;
    f.concept = concept_key(s, concept);
    fill_period(r, &f);
    f.id = hex_text(s, k->out, "", report_identity(r));
    f.state = hex_text(s, k->out, "", report_state(r));
    if (!f.id.at || !f.state.at)
        return ASSAY_ENOMEM;
    return deliver(s, k->out, &f, report_weight(r, f.severity, confidence), k->item[r->main.a].f.kind, concept);
}
