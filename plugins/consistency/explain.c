/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules in words: one plain sentence for each, with both figures and who says them.
 */
#include <string.h>

#include <assay/kit/date.h>
#include <assay/kit/say.h>

#include "grown.h"
#include "relate.h"

#define SAID_MOST 120u /* bytes of a figure, a source or a time */

void say_named(struct assay_buf *b, const struct concept *c)
{
    static const char end[] = "_word";
    uint64_t most = sizeof end - 1, size = c->key.size;
    if (size > most && !memcmp(c->key.at + size - most, end, most))
        size -= most;
    for (uint64_t i = 0; !c->title.size && i < size; i++)
        assay_buf_byte(b, c->key.at[i] == '_' ? ' ' : c->key.at[i]);
    assay_buf_add(b, c->title.at, c->title.size);
}

static void say_figure(struct assay_buf *b, const struct figure *f)
{
    assay_buf_text(b, "\"");
    say_plain(b, f->text, SAID_MOST);
    assay_buf_text(b, "\"");
    if (told_bare(f)) {
        assay_buf_text(b, ", that is ");
        say_value_of(b, f);
    }
    assay_buf_text(b, " (");
    if (f->source.size)
        say_who(b, f->source);
    else
        assay_buf_text(b, "source unknown");
    if (f->hedged)
        assay_buf_printf(b, ", elsewhere \"%s\"", assay_say_bound(f->bound));
    assay_buf_text(b, ")");
}

static void say_concept(struct assay_buf *b, const struct figure *f, const struct relate_options *o)
{
    const struct concept *c = o->concepts ? concepts_at(o->concepts, f->concept) : NULL;
    if (!c) {
        assay_buf_text(b, "something else");
        return;
    }
    say_named(b, c);
}

static void say_day(struct assay_buf *b, int64_t day)
{
    char text[24];
    assay_date_print(text, assay_date_of_day(day));
    assay_buf_text(b, text);
}

static void say_period(struct assay_buf *b, const struct figure *f)
{
    if (f->time.size) {
        assay_buf_text(b, "\"");
        say_plain(b, f->time, SAID_MOST);
        assay_buf_text(b, "\"");
        return;
    }
    if (!f->has_time && f->has_published) {
        assay_buf_text(b, "no time it names, published ");
        say_day(b, f->published);
        return;
    }
    if (!f->has_time) {
        assay_buf_text(b, "no time it names");
        return;
    }
    if (f->from != DAY_OPEN_BEGIN)
        say_day(b, f->from);
    assay_buf_text(b, " to ");
    if (f->to != DAY_OPEN_END)
        say_day(b, f->to);
}

static void pair_words(struct assay_buf *b, const struct figure *x, const struct figure *y, const char *between)
{
    say_figure(b, x);
    assay_buf_text(b, between);
    say_figure(b, y);
}

static void explain_measure(struct assay_buf *b, const struct relation *r, const struct figure *x,
                            const struct figure *y, const struct relate_options *o)
{
    int part = concepts_part_of(o->concepts, x->concept, y->concept) || !strcmp(r->rule, "different-measure");
    const struct figure *p = part ? x : y, *w = part ? y : x;
    say_concept(b, p, o);
    assay_buf_text(b, " ");
    say_figure(b, p);
    if (!strcmp(r->rule, "part-beyond-whole"))
        assay_buf_text(b, " is more than the whole it belongs to, ");
    else if (!strcmp(r->rule, "part-of-whole"))
        assay_buf_text(b, " is a part of ");
    else
        assay_buf_text(b, " is not the same measure as ");
    say_concept(b, w, o);
    assay_buf_text(b, " ");
    say_figure(b, w);
    assay_buf_text(b, strcmp(r->rule, "part-of-whole") ? "." : "; the figures fit together.");
}

static void say_aspect(struct assay_buf *b, const struct figure *f, const struct figure *other,
                       const struct relate_options *o)
{
    const struct concept *c = concepts_at(o->concepts, concepts_aspect(o->concepts, f->aspects, other->aspects));
    say_figure(b, f);
    assay_buf_text(b, c ? " is marked as \"" : " is not");
    if (!c)
        return;
    say_named(b, c);
    assay_buf_text(b, "\"");
}

static void explain_aspect(struct assay_buf *b, const struct figure *x, const struct figure *y,
                           const struct relate_options *o)
{
    int second =
        concepts_aspect(o->concepts, x->aspects, y->aspects) == CONCEPT_NONE; /* what is said without comes last */
    say_aspect(b, second ? y : x, second ? x : y, o);
    assay_buf_text(b, ", ");
    say_aspect(b, second ? x : y, second ? y : x, o);
    assay_buf_text(b, ".");
}

static int one_day(const struct figure *x, const struct figure *y)
{
    return x->has_published && y->has_published && x->published == y->published;
}

/* The day of publication; of one day the time in UTC, too. */
static void say_published(struct assay_buf *b, const struct figure *f, int with_time)
{
    say_day(b, f->published);
    if (with_time) {
        int64_t minutes = (f->moment - (f->moment & 1)) / 2 / 60;
        uint32_t of_day = (uint32_t)((minutes % 1440 + 1440) % 1440);
        assay_buf_printf(b, " %02u:%02u UTC", of_day / 60, of_day % 60);
    }
}

static void explain_update(struct assay_buf *b, const struct relation *r, const struct figure *x,
                           const struct figure *y)
{
    if (!strcmp(r->rule, "evolving-count") && !figures_order(x, y)) {
        assay_buf_text(b, "A developing count: ");
        say_figure(b, x);
        assay_buf_text(b, " and ");
        say_figure(b, y);
        assay_buf_text(b, " were published on one day, ");
        say_day(b, x->published);
        assay_buf_text(b, "; which is the later one is not known.");
        return;
    }
    int revised = !strcmp(r->rule, "revised"), moved = !strcmp(r->rule, "date-moved"),
        running = !revised && !moved && strcmp(r->rule, "evolving-count") != 0;
    const struct figure *early = (running ? x->to > y->to : figures_order(x, y) > 0) ? y : x;
    const struct figure *late = early == x ? y : x;
    if (!strcmp(r->rule, "falling-total"))
        assay_buf_text(b, "A running total cannot fall: ");
    else
        assay_buf_text(b, running   ? "A running total: "
                          : revised ? "The same publisher tells another figure later: "
                          : moved   ? "A later text tells another day for what was still to come: "
                                    : "A developing count: ");
    say_figure(b, early);
    assay_buf_text(b, running ? " for " : " published ");
    if (running)
        say_period(b, early);
    else
        say_published(b, early, one_day(x, y));
    assay_buf_text(b, ", ");
    say_figure(b, late);
    assay_buf_text(b, running ? " for " : " published ");
    if (running)
        say_period(b, late);
    else
        say_published(b, late, one_day(x, y));
    assay_buf_text(b, ".");
}

/* How far apart, in words that say of what: "the lower one is at least 40.0 % below the other". */
static void say_gap(struct assay_buf *b, const struct relation *r)
{
    int opposed = !strcmp(r->rule, "opposite-change"); /* of which neither is the lower one */
    if (r->gap)
        assay_buf_printf(b, "; %s at least %u.%u %% %s",
                         opposed                           ? "they are"
                         : strcmp(r->rule, "count-falls") ? "the lower one is"
                                                           : "the later count is the lower one,",
                         r->gap / 10000, r->gap / 1000 % 10, opposed ? "apart" : "below the other");
}

/* Why somebody has to look at it, where the rules are not sure. */
static void say_unsure(struct assay_buf *b, const struct relation *r, const struct figure *x, const struct figure *y,
                       const struct relate_options *o)
{
    const struct concept *c = o->concepts ? concepts_at(o->concepts, x->concept) : NULL;
    if (!r->unsure)
        return;
    if (x->kind == ASSAY_KIND_DATE)
        assay_buf_text(b, "; check that both tell of the same event");
    else if (c && (c->flags & CONCEPT_EVOLVING) && one_day(x, y))
        assay_buf_text(b, "; published on one day, so that one may be the later count");
    else if (x->has_time != y->has_time)
        assay_buf_text(b, "; only one of them says for what time: check that both mean the same");
    else
        assay_buf_text(b, "; check that both mean the same thing and time, as the texts do not say so");
}

/* "31 September is no day". */
static void say_no_day(struct assay_buf *b, const struct figure *f)
{
    if (f->kind != ASSAY_KIND_DATE || date_exists(f))
        return;
    assay_buf_text(b, "; there is no \"");
    say_plain(b, f->text, 40);
    assay_buf_byte(b, '"');
}

static void explain_conflict(struct assay_buf *b, const struct relation *r, const struct figure *x,
                             const struct figure *y, const struct relate_options *o)
{
    static const char *const slips[] = {"a factor of ten: a slip of a digit?",
                                        "a factor of a hundred: a slip of scale?",
                                        "a factor of a thousand: a slip of scale?",
                                        "the same number with another unit: a mixed-up unit?",
                                        "a factor of a million or more: mixed-up scale words?",
                                        "two digits are swapped: a typing slip?"};
    assay_buf_text(b, x->kind == ASSAY_KIND_DATE ? "One event, two days: " : "One quantity, two values: ");
    pair_words(b, x, y, " against ");
    if (!strcmp(r->rule, "bounds-far-apart"))
        assay_buf_text(b, figures_exact(x, x) || figures_exact(y, y) ? "; one is a bound, but far from the other"
                                                                     : "; both are bounds, but far apart");
    if (!strcmp(r->rule, "opposite-change"))
        assay_buf_text(b, "; one speaks of an increase, the other of a decrease");
    say_no_day(b, x);
    say_no_day(b, y);
    say_gap(b, r);
    say_unsure(b, r, x, y, o);
    if (r->has_hint && r->hint < sizeof slips / sizeof slips[0]) {
        assay_buf_text(b, "; ");
        assay_buf_text(b, slips[r->hint]);
        return;
    }
    assay_buf_text(b, ".");
}

struct phrase {
    const char *rule, *before, *between, *after;
};
static const struct phrase phrases[] = {
    {"same-value", "Same value: ", " and ", "."},
    {"same-number", "Same number, the unit is left open or read differently: ", " and ", "."},
    {"within-rounding", "Both can be true, one is rounded: ", " and ", "."},
    {"bounds-meet", "Both can be true: ", " and ", "."},
    {"loose-bound", "Both can be true, but a bound this far from the other figure is unusual: ", " and ", "."},
    {"converted-unit", "Equal after converting units, within rounding: ", " and ", "."},
    {"within-tolerance", "Within the tolerance set: ", " and ", "."},
    {"with-or-without-attacker", "One of the two counts may include the attacker: ", " and ", "."},
    {"grown-older", "Ages that fit, a birthday lies between the publications: ", " and ", "."},
    {"ambiguous-separator", "Equal in one reading of the separator: ", " and ", "."},
    {"sign-said-in-words", "Equal but for a sign that the words may carry: ", " and ", "."},
    {"far-apart", "Too far apart to be of the same thing, most likely: ", " and ", "."},
    {"sources-tell-both", "Not the same thing, as several sources tell both: ", " and ", "."},
    {"by-or-from", "Sources disagree, one says by so much, the other from so much: ", " and ", "."},
};

static int is_wish(const struct figure *f)
{
    return f->status == ASSAY_TARGET || f->status == ASSAY_FORECAST || f->status == ASSAY_HYPOTHETICAL;
}

static int is_denied(const struct figure *f)
{
    return f->status == ASSAY_NEGATED;
}

static int is_rate(const struct figure *f)
{
    return f->per.size > 0;
}

static int is_step(const struct figure *f)
{
    return f->has_relation && f->relation == ASSAY_RELATION_BY;
}

static int is_before(const struct figure *f)
{
    return f->has_relation && f->relation == ASSAY_RELATION_FROM;
}

/* Rules that tell two figures apart by what only one of them is. */
struct sides {
    const char *rule;
    int (*is)(const struct figure *);
    const char *one, *other; /* behind each figure */
};
static const struct sides sides[] = {
    {"target-or-forecast", is_wish, " is a target or a forecast, ", " is told as a fact."},
    {"rate-or-total", is_rate, " is a rate, ", " may be a total."},
    {"denied", is_denied, " is denied, ", " is not."},
    {"change-not-level", is_step, " is a change, ", " a level."},
    {"before-and-after", is_before, " is the value before a change, ", " is not."},
};

/* 1 where the rule is one of them. */
static int explain_sides(struct assay_buf *b, const struct relation *r, const struct figure *x, const struct figure *y)
{
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        if (strcmp(sides[i].rule, r->rule))
            continue;
        int first = sides[i].is(x) || !sides[i].is(y);
        say_figure(b, first ? x : y);
        assay_buf_text(b, sides[i].one);
        say_figure(b, first ? y : x);
        assay_buf_text(b, sides[i].other);
        return 1;
    }
    return 0;
}

static void explain_period(struct assay_buf *b, const struct relation *r, const struct figure *x,
                           const struct figure *y)
{
    assay_buf_text(b,
                   strcmp(r->rule, "different-period") ? "One period lies inside the other: " : "Different periods: ");
    say_figure(b, x);
    assay_buf_text(b, " for ");
    say_period(b, x);
    assay_buf_text(b, ", ");
    say_figure(b, y);
    assay_buf_text(b, " for ");
    say_period(b, y);
    assay_buf_text(b, ".");
}

void relate_explain(struct assay_buf *b, const struct relation *r, const struct figure *x, const struct figure *y,
                    const struct relate_options *o)
{
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (!strcmp(phrases[i].rule, r->rule)) {
            assay_buf_text(b, phrases[i].before);
            pair_words(b, x, y, phrases[i].between);
            assay_buf_text(b, phrases[i].after);
            return;
        }
    if (explain_sides(b, r, x, y))
        return;
    if (!strcmp(r->rule, "part-of-whole") || !strcmp(r->rule, "part-beyond-whole") ||
        !strcmp(r->rule, "different-measure"))
        explain_measure(b, r, x, y, o);
    else if (!strcmp(r->rule, "evolving-count") || !strcmp(r->rule, "running-total") ||
             !strcmp(r->rule, "revised") || !strcmp(r->rule, "falling-total") || !strcmp(r->rule, "date-moved"))
        explain_update(b, r, x, y);
    else if (!strcmp(r->rule, "different-aspect"))
        explain_aspect(b, x, y, o);
    else if (r->verdict == ASSAY_CONFLICT)
        explain_conflict(b, r, x, y, o);
    else
        explain_period(b, r, x, y);
}
