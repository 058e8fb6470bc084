/* SPDX-License-Identifier: Apache-2.0
 *
 * Which sources of a group depend on each other: one publisher, copies, translations, who names whom as the source.
 */
#include <string.h>

#include <assay/kit/roman.h>
#include <assay/kit/text.h>
#include <assay/kit/token.h>

#include "cited.h"
#include "credit.h"
#include "judge.h"

#define CITE_LEAST 4u    /* letters of a publisher's name that may be looked for in a sentence */
#define SECOND_LEVEL 3u  /* letters of what stands for a kind of publisher before a country: "co.uk", "com.tr" */
#define LABELS 8u

int same_folded(struct assay_text a, struct assay_text b)
{
    char x[256], y[256];
    if (!a.size || !b.size)
        return 0;
    size_t n = assay_fold_text(x, sizeof x, a.at, a.size), m = assay_fold_text(y, sizeof y, b.at, b.size);
    return n == m && !memcmp(x, y, n);
}

int listed(struct assay_list texts, struct assay_text text)
{
    for (uint32_t i = 0; i < texts.count; i++)
        if (same_folded(*ASSAY_AT(struct assay_text, texts, i), text))
            return 1;
    return 0;
}

/* Of "news.daily-echo.co.uk" the publisher's own label: "daily-echo"; a name that is none of a host stays. */
static struct assay_text own_name(struct assay_text source)
{
    struct assay_text label[LABELS];
    const char *at = source.size ? memmem(source.at, source.size, " (@", 3) : NULL;
    if (at && source.at[source.size - 1] == ')') /* "Name (@channel)" */
        return (struct assay_text){source.at, (uint64_t)(at - source.at)};
    const char *slash = source.size ? memrchr(source.at, '/', source.size) : NULL;
    uint32_t labels = 0;
    if (slash && !memchr(source.at, ' ', source.size)) /* "t.me/channel" */
        return (struct assay_text){slash + 1, source.size - (uint64_t)(slash + 1 - source.at)};
    if (!source.size || memchr(source.at, ' ', source.size))
        return source;
    for (uint64_t begin = 0, i = 0; i <= source.size && labels < LABELS; i++)
        if (i == source.size || source.at[i] == '.') {
            label[labels++] = (struct assay_text){source.at + begin, i - begin};
            begin = i + 1;
        }
    if (labels < 2)
        return source;
    uint32_t own = labels - 2;
    if (own && label[own].size <= SECOND_LEVEL && label[labels - 1].size == 2)
        own--;
    return label[own];
}

static struct assay_text folded(struct component *k, struct assay_text t, size_t most)
{
    char room[2048];
    size_t n = assay_fold_text(room, most < sizeof room ? most : sizeof room, t.at, t.size);
    char *at = k->self->host->alloc(k->self->host, k->out, n + 1);
    if (at)
        memcpy(at, room, n);
    return (struct assay_text){at, at ? n : 0};
}

/* Without what is no letter, in a-z: "The Daily Echo" as "thedailyecho"; scripts that cannot be are folded. */
static struct assay_text squeezed(struct component *k, struct assay_text t, size_t most)
{
    char roman[1024];
    struct assay_text all = folded(k, t, most);
    char *to = (char *)(uintptr_t)all.at;
    uint64_t n = assay_roman(roman, sizeof roman < most ? sizeof roman : most, t.at, t.size);
    if (!to || (n && n <= all.size)) {
        if (to)
            memcpy(to, roman, n);
        return (struct assay_text){to, n};
    }
    n = 0;
    for (uint64_t i = 0; i < all.size; i++) {
        unsigned char c = (unsigned char)all.at[i];
        if (c >= 128 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            to[n++] = all.at[i];
    }
    all.size = n;
    return all;
}

/* Every line of its own squeezed, in one text. */
static struct assay_text squeezed_lines(struct component *k, struct assay_text lines, size_t most)
{
    static const struct assay_text none = {"", 0};
    struct assay_text line, rest = lines, to = {k->self->host->alloc(k->self->host, k->out, lines.size * 3 + 2), 0};
    if (!to.at)
        return none;
    while (credit_next(&rest, &line)) {
        char *at = (char *)(uintptr_t)to.at + to.size;
        struct assay_text one = squeezed(k, line, most);
        if (one.size > lines.size * 2 - to.size)
            one.size = 0;
        memcpy(at, one.at, one.size);
        at[one.size] = '\n';
        to.size += one.size + 1;
    }
    return to;
}

/* Whom the document credits, and the newsrooms that are said to say this figure. 0: out of memory. */
static int fold_credits(struct component *k, struct item *item)
{
    struct assay_buf all = {0}, windows = {0}, before = {0};
    struct assay_text cited = item->c->cited, line;
    assay_buf_add(&all, item->c->credits.at, item->c->credits.size);
    while (credit_next(&cited, &line)) {
        struct assay_text said = {line.at + 1, line.size - 1};
        if (*line.at == '~' || *line.at == '^') {
            cited_fold(said, *line.at == '~' ? &windows : &before);
            continue;
        }
        assay_buf_add(&all, said.at, said.size);
        assay_buf_byte(&all, '\n');
    }
    if (item->c->claim.has_speaker && item->c->claim.speaker.text.size)
        cited_fold(item->c->claim.speaker.text, &windows);
    if (item->c->claim.has_speaker)
        credits_of_speaker(k->self->credits, item->c->claim.speaker.text, &all);
    item->credited = kept_text(k->self, k->out, &all);
    item->windows = kept_text(k->self, k->out, &windows);
    item->before = kept_text(k->self, k->out, &before);
    int fine = !all.failed && !windows.failed && !before.failed && item->credited.at && item->windows.at &&
               item->before.at;
    assay_buf_free(&before);
    assay_buf_free(&all);
    assay_buf_free(&windows);
    if (fine)
        item->credits = squeezed_lines(k, item->credited, 128);
    return fine;
}

static int fold_name(struct component *k, struct item *item, struct assay_text own)
{
    struct assay_buf name = {0};
    const char *account = item->c->source.size ? memmem(item->c->source.at, item->c->source.size, "(@", 2) : NULL;
    cited_fold_name(credits_cited(k->self->credits), own, &name);
    if (account)
        cited_fold((struct assay_text){account + 1, item->c->source.size - (uint64_t)(account + 1 - item->c->source.at)},
                   &name);
    item->name = kept_text(k->self, k->out, &name);
    int fine = !name.failed && item->name.at;
    assay_buf_free(&name);
    return fine;
}

int fold_item(struct component *k, struct item *item)
{
    static const struct assay_text none = {"", 0};
    const struct assay_claim *c = &item->c->claim;
    struct assay_text own = credits_name(k->self->credits, own_name(item->c->source));
    item->publisher = folded(k, item->c->source, 256);
    item->cited_as = item->c->source.size ? squeezed(k, own, 128) : none;
    item->says = c->has_speaker && c->speaker.text.size ? squeezed(k, c->speaker.text, 512) : none;
    item->own = item->cited_as;
    if (item->cited_as.size < CITE_LEAST)
        item->cited_as = none;
    item->lead = squeezed_lines(k, item->c->lead, 512);
    return fold_name(k, item, own) && fold_credits(k, item) && item->publisher.at && item->says.at && item->cited_as.at;
}

/* x has its figure from the publisher of y: "12 million, the Daily Echo reports". Only who is said to say so counts: a
 * town, a festival, a company stand in the sentences of many who have never seen its page. */
static int cites(const struct item *x, const struct item *y)
{
    return (y->cited_as.size && memmem(x->says.at, x->says.size, y->cited_as.at, y->cited_as.size)) ||
           cited_holds(x->windows, y->name);
}

/* x names no source of its own, but goes on behind a sentence that cites y, which tells the very figure. */
static int goes_on(const struct item *x, const struct item *y)
{
    return figures_equal(&x->f, &y->f) && cited_holds(x->before, y->name);
}

static int holds_line(struct assay_text lines, struct assay_text wanted)
{
    struct assay_text line;
    while (wanted.size && credit_next(&lines, &line))
        if (assay_text_same(line, wanted))
            return 1;
    return 0;
}

/* x credits y with its whole text; or y is an agency, which opens its own texts with its name, and x begins by saying
 * what y reports. A newspaper that is cited at the beginning is the source of that sentence alone. */
static int credits(const struct item *x, const struct item *y)
{
    return holds_line(x->credits, y->own) ||
           (y->cited_as.size && holds_line(y->credits, y->own) &&
            memmem(x->lead.at, x->lead.size, y->cited_as.at, y->cited_as.size) != NULL);
}

/* Of a text and its print: the one that credits the other prints it, and an agency prints nobody. The copy's own
 * direction is that of dates, which are days. */
static int prints(const struct item *x, const struct item *y)
{
    if (credits(x, y) != credits(y, x))
        return credits(x, y);
    return holds_line(y->credits, y->own) && !holds_line(x->credits, x->own);
}

/* Whom x credits, where y credits them, too, or says that they say this figure, or what it begins with. */
static struct assay_text credited_too(const struct item *x, const struct item *y)
{
    struct assay_text mine = x->credits, written = x->credited, line, name;
    while (credit_next(&mine, &line) && credit_next(&written, &name))
        if (holds_line(y->credits, line) ||
            (line.size >= CITE_LEAST && (memmem(y->says.at, y->says.size, line.at, line.size) ||
                                         memmem(y->lead.at, y->lead.size, line.at, line.size))))
            return name;
    return (struct assay_text){NULL, 0};
}

struct assay_text credited_by_both(const struct item *x, const struct item *y)
{
    struct assay_text name = credited_too(x, y);
    return name.size ? name : credited_too(y, x);
}

static int has_doc(struct assay_list docs, assay_docid doc)
{
    for (uint32_t i = 0; i < docs.count; i++)
        if (*ASSAY_AT(assay_docid, docs, i) == doc)
            return 1;
    return 0;
}

static int share_group(struct assay_list a, struct assay_list b)
{
    for (uint32_t i = 0; i < a.count; i++)
        for (uint32_t k = 0; k < b.count; k++)
            if (*ASSAY_AT(uint64_t, a, i) == *ASSAY_AT(uint64_t, b, k))
                return 1;
    return 0;
}

static void swap_items(uint32_t *a, uint32_t *b)
{
    uint32_t kept = *a;
    *a = *b;
    *b = kept;
}

enum depends source_depends(const struct component *k, uint32_t *a, uint32_t *b)
{
    const struct item *x = &k->item[*a], *y = &k->item[*b];
    if (x->c->ref.doc == y->c->ref.doc)
        return DEPENDS_PUBLISHER;
    if (!x->c->source.size || !y->c->source.size) {
        if (!x->c->source.size && !y->c->source.size)
            return DEPENDS_PUBLISHER;
    } else if (assay_text_same(x->publisher, y->publisher)) {
        return DEPENDS_PUBLISHER;
    }
    if (has_doc(y->c->copied_from, x->c->ref.doc))
        swap_items(a, b);
    else if (!has_doc(x->c->copied_from, y->c->ref.doc) && !share_group(x->c->groups, y->c->groups)) {
        if (tie_of(k, *a, *b)->flags & EDGE_TRANSLATION)
            return DEPENDS_TRANSLATION;
        if (cites(x, y) || credits(x, y))
            return DEPENDS_CITES;
        if (cites(y, x) || credits(y, x)) {
            swap_items(a, b);
            return DEPENDS_CITES;
        }
        if (goes_on(y, x))
            swap_items(a, b);
        else if (!goes_on(x, y))
            return credited_by_both(x, y).size ? DEPENDS_CREDIT : DEPENDS_NOT;
        return DEPENDS_GOES_ON;
    }
    if (prints(&k->item[*b], &k->item[*a]))
        swap_items(a, b);
    return DEPENDS_COPY;
}

int source_directed(const struct component *k, uint32_t a, uint32_t b, enum depends why)
{
    if (why == DEPENDS_COPY)
        return has_doc(k->item[a].c->copied_from, k->item[b].c->ref.doc) || prints(&k->item[a], &k->item[b]);
    return why == DEPENDS_CITES || why == DEPENDS_GOES_ON;
}

static void join_classes(struct component *k, const uint32_t *member, uint32_t members, uint32_t to, uint32_t from)
{
    for (uint32_t n = 0; n < members; n++)
        if (k->item[member[n]].source_class == from)
            k->item[member[n]].source_class = to;
}

/* Whom the member depends on, one who says the same if there is one; ASSAY_NEVER: nobody. */
static uint32_t source_of(const struct component *k, const uint32_t *member, uint32_t members, uint32_t i)
{
    uint32_t found = ASSAY_NEVER;
    for (uint32_t j = 0; j < members; j++) {
        uint32_t a = member[i], b = member[j];
        const struct item *x = &k->item[a], *y = &k->item[b];
        if (i == j || x->source_class == y->source_class)
            continue;
        enum depends why = source_depends(k, &a, &b);
        if (why == DEPENDS_NOT || a != member[i] || !source_directed(k, a, b, why))
            continue;
        if (figures_equal(&x->f, &y->f))
            return j;
        found = found == ASSAY_NEVER ? j : found;
    }
    return found;
}

void find_sources(struct component *k, const uint32_t *member, uint32_t members)
{
    uint32_t own[JUDGE_ITEMS];
    unsigned char moved[JUDGE_ITEMS] = {0}; /* by the first member of a class */
    for (uint32_t i = 0; i < members; i++)
        k->item[member[i]].source_class = member[i];
    for (uint32_t i = 0; i < members; i++)
        for (uint32_t j = i + 1; j < members; j++) {
            uint32_t x = k->item[member[i]].source_class, y = k->item[member[j]].source_class;
            uint32_t a = member[i], b = member[j];
            if (x == y)
                continue;
            enum depends why = source_depends(k, &a, &b);
            if (why != DEPENDS_NOT && !source_directed(k, a, b, why))
                join_classes(k, member, members, x, y);
        }
    for (uint32_t i = 0; i < members; i++)
        for (own[i] = 0; k->item[member[own[i]]].source_class != k->item[member[i]].source_class;)
            own[i]++;
    for (uint32_t i = 0; i < members; i++) {
        uint32_t j = moved[own[i]] ? ASSAY_NEVER : source_of(k, member, members, i);
        if (j == ASSAY_NEVER)
            continue;
        moved[own[i]] = 1;
        join_classes(k, member, members, k->item[member[j]].source_class, k->item[member[i]].source_class);
    }
}

/* "71 containers and not 64"; but "did not work for 21 days" denies no days. */
static int denies(const struct item *item)
{
    return item->f.refuted || (item->f.status == ASSAY_NEGATED && item->f.kind == ASSAY_KIND_NUMBER);
}

uint32_t count_sources(const struct component *k, const uint32_t *member, uint32_t members, uint32_t value)
{
    uint32_t classes = 0;
    for (uint32_t i = 0; i < members; i++) {
        uint32_t known = 0;
        if (value != ASSAY_NEVER && (k->item[member[i]].value != value || denies(&k->item[member[i]])))
            continue; /* who disputes it does not back it */
        for (uint32_t j = 0; j < i && !known; j++)
            known = (value == ASSAY_NEVER || (k->item[member[j]].value == value && !denies(&k->item[member[j]]))) &&
                    k->item[member[j]].source_class == k->item[member[i]].source_class;
        classes += !known;
    }
    return classes;
}
