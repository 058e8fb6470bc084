/* SPDX-License-Identifier: Apache-2.0 */
#include "figure.h"

#include <string.h>

#include <assay/kit/date.h>
#include <assay/kit/json.h>
#include <assay/kit/moment.h>

#include "hedge.h"

/* A binary64 as the decimal that prints it: the shortest one, so that 0.1 is one tenth. */
static int decimal_of(struct assay_decimal *to, double value)
{
    char text[40];
    uint32_t size = assay_print_real(text, value);
    return assay_decimal_read(to, text, size);
}

struct assay_text document_source(const struct assay_document *d)
{
    return d->source.size ? d->source : d->doc;
}

static void set_time(struct figure *f, const struct assay_claim *c)
{
    struct assay_date date;
    if (!c->has_time || (!c->time.from.size && !c->time.to.size))
        return;
    f->from = DAY_OPEN_BEGIN;
    f->to = DAY_OPEN_END;
    if (c->time.from.size && assay_date_read(&date, c->time.from))
        f->from = assay_date_first(date);
    if (c->time.to.size && assay_date_read(&date, c->time.to))
        f->to = assay_date_last(date);
    f->has_time = f->from != DAY_OPEN_BEGIN || f->to != DAY_OPEN_END;
    f->time = c->time.text;
}

static void set_base(struct figure *f, const struct assay_claim *c)
{
    f->base_unit = c->base_unit;
    if (!c->has_base_value || !decimal_of(&f->base, c->base_value))
        return;
    f->has_base = 1;
    f->base_high = f->base;
    if (f->bound != ASSAY_BOUND_RANGE || f->value.sign == 0)
        return;
    /* The factor is the same at both ends. */
    double high = c->value != 0 ? c->base_value / c->value * c->value_high : 0;
    if (!decimal_of(&f->base_high, high))
        f->has_base = 0;
}

/* "198,000 barrels a day" is a unit of its own in one language, a rate of barrels in another. What has a base unit
 * ("kilometres per hour") stays. */
static void split_rate(struct figure *f)
{
    static const char per[] = "-per-";
    const char *at = f->base_unit.size || f->per.size || !f->unit.size
                         ? NULL
                         : memmem(f->unit.at, f->unit.size, per, sizeof per - 1);
    if (!at)
        return;
    uint64_t head = (uint64_t)(at - f->unit.at), tail = head + sizeof per - 1;
    f->per = (struct assay_text){f->unit.at + tail, f->unit.size - tail};
    f->unit.size = head;
}

/* "the last 20 years" */
static int says_when(const struct assay_claim *c)
{
    return c->has_time && c->kind == ASSAY_KIND_DURATION && c->span.begin >= c->time.span.begin &&
           c->span.end <= c->time.span.end;
}

static void set_marks(struct figure *f, const struct note *note)
{
    f->part = note->part & NOTE_PART;
    f->included = (note->part & NOTE_INCLUDED) != 0;
    f->near = (note->part & NOTE_NEAR) != 0;
    f->aspects = note->aspects;
    f->rest = (note->part & NOTE_REST) != 0;
    f->age = (note->part & NOTE_AGE) != 0;
    f->self = (note->part & NOTE_SELF) != 0;
    f->whole = (note->part & NOTE_WHOLE) != 0;
    f->name = (note->part & NOTE_NAME) != 0;
    f->so_far = (note->part & NOTE_SO_FAR) != 0;
    f->record = (note->part & NOTE_RECORD) != 0;
    f->refuted = (note->part & NOTE_REFUTED) != 0;
    f->rights = (note->part & NOTE_RIGHTS) != 0;
    memcpy(f->who, note->who, sizeof f->who);
}

int figure_of(struct figure *f, const struct assay_claim *c, const struct note *note, const struct assay_document *d)
{
    struct assay_date date;
    memset(f, 0, sizeof *f);
    f->kind = c->kind;
    f->bound = hedge_bound(c->bound, note);
    f->hedged = f->bound != c->bound;
    f->change = c->change;
    f->relation = c->relation;
    f->has_relation = c->has_relation;
    f->status = c->status;
    f->unit = c->unit;
    f->per = c->per;
    f->counted = c->counted;
    f->text = c->text;
    f->speaker = c->has_speaker ? c->speaker.text : (struct assay_text){NULL, 0};
    f->measured = c->has_measured ? c->measured.text : (struct assay_text){NULL, 0};
    f->language = c->language;
    f->concept = note ? note->concept : CONCEPT_NONE;
    f->also = note ? note->also : CONCEPT_NONE;
    if (note)
        set_marks(f, note);
    if (f->refuted && f->status != ASSAY_FORECAST)
        f->status = ASSAY_ASSERTED; /* by whom it is quoted from; who denies it is known by the mark */
    f->thing = note ? note->thing : CONCEPT_NONE;
    if (!assay_decimal_read(&f->value, c->decimal.at, c->decimal.size) && !decimal_of(&f->value, c->value))
        return 0;
    f->high = f->value;
    if (f->bound == ASSAY_BOUND_RANGE && !assay_decimal_read(&f->high, c->decimal_high.at, c->decimal_high.size) &&
        !(c->has_value_high && decimal_of(&f->high, c->value_high)))
        f->bound = ASSAY_BOUND_ABOUT;
    f->has_other = c->has_alternative && decimal_of(&f->other, c->alternative);
    set_base(f, c);
    split_rate(f);
    set_time(f, c);
    f->when = (uint32_t)says_when(c);
    f->permille = c->confidence >= 1 ? 1000 : c->confidence > 0 ? (uint32_t)(c->confidence * 1000) : 0;
    if (d) {
        f->source = document_source(d);
        if (d->published.size && assay_date_read(&date, d->published)) {
            f->has_published = 1;
            f->published = assay_date_first(date);
            f->published_last = assay_date_last(date);
            f->moment = assay_moment_read(d->published);
        }
    }
    return 1;
}
