/* SPDX-License-Identifier: Apache-2.0
 *
 * The record of a figure: what pass.c found out about it, as claim/1 wants it. Texts are copied only where they are
 * neither the document's nor the lexicon's.
 */
#include <string.h>

#include <assay/kit/utf8.h>

#include "heads.h"
#include "pass.h"
#include "quantity.h"

enum { MOST_ENTITIES = 8, MOST_STEMS = 8 };

static struct assay_text copy(struct place *at, const char *bytes, size_t size)
{
    char *to = at->self->host->alloc(at->self->host, at->doc, size + 1);
    if (!to)
        return (struct assay_text){0};
    memcpy(to, bytes, size);
    return (struct assay_text){to, size};
}

static struct assay_text part(const struct place *at, uint32_t begin, uint32_t end)
{
    return (struct assay_text){at->text + begin, end - begin};
}

static struct assay_span token_span(const struct tks *s, struct range r)
{
    return (struct assay_span){s->at[r.begin].begin, s->at[r.end - 1].end};
}

/* A key of a lexicon lives as long as the plugin; one that was put together goes with the figure. */
static struct assay_text key_text(struct place *at, const char *key, const char *room)
{
    if (!key)
        return (struct assay_text){0};
    return key == room ? copy(at, key, strlen(key)) : (struct assay_text){key, strlen(key)};
}

static struct assay_text decimal_text(struct place *at, const struct assay_decimal *d)
{
    char text[64];
    return copy(at, text, assay_decimal_print(text, d));
}

static struct assay_text stem_text(struct place *at, uint32_t token)
{
    char stem[ST_LONGEST];
    const struct tk *t = at->self->tokens.at + token;
    size_t size = st_stem(at->tongue->stems, t->hash, at->text + t->begin, t->end - t->begin, stem);
    return copy(at, stem, size);
}

static void put_stem(struct place *at, struct assay_text *to, uint32_t *n, uint32_t token)
{
    struct assay_text stem = stem_text(at, token);
    for (uint32_t i = 0; i < *n; i++)
        if (to[i].size == stem.size && !memcmp(to[i].at, stem.at, stem.size))
            return;
    if (stem.at && stem.size && *n < MOST_STEMS)
        to[(*n)++] = stem;
}

struct assay_list ps_stems(struct place *at, uint32_t begin, uint32_t end, int all)
{
    uint32_t count = 0;
    struct assay_text *stems = at->self->host->alloc(at->self->host, at->doc, MOST_STEMS * sizeof *stems);
    for (uint32_t i = begin; stems && i < end; i++)
        if (all ? at->self->tokens.at[i].kind == TK_WORD : th_content(&at->self->tokens, i))
            put_stem(at, stems, &count, i);
    return (struct assay_list){stems, count, sizeof *stems};
}

/* What the head of a table says. 0: `head` is NULL. */
static int measured_by(struct place *at, struct assay_claim *c, const struct told *head)
{
    if (!head)
        return 0;
    c->has_measured = 1;
    c->measured.span = head->words;
    c->measured.text = part(at, head->words.begin, head->words.end);
    c->measured.stems = head->stems;
    return 1;
}

static void put_measured(struct place *at, struct assay_claim *c, uint32_t k, struct range speaker)
{
    const struct tks *s = &at->self->tokens;
    uint32_t verb;
    if (measured_by(at, c, tb_thing(at, c->span.begin)) ||
        (tb_alone(at, at->self->figure + k) && measured_by(at, c, tb_line(at))))
        return;
    struct range r = th_measured(s, at->self->figure, at->figures, k, speaker, &verb);
    if (r.begin >= r.end || r.end <= at->self->figure[k].first) {
        if (measured_by(at, c, tb_led(at)))
            return; /* "- Adams: 12" */
    }
    if (r.begin >= r.end) {
        measured_by(at, c, tb_line(at));
        return;
    }
    struct assay_list stems = ps_stems(at, r.begin, r.end, 0);
    if (!stems.at)
        return;
    if (verb != ASSAY_NEVER)
        put_stem(at, (struct assay_text *)(uintptr_t)stems.at, &stems.count, verb);
    c->has_measured = 1;
    c->measured.span = token_span(s, r);
    c->measured.text = part(at, c->measured.span.begin, c->measured.span.end);
    c->measured.stems = stems;
}

static struct assay_text name_id(struct place *at, struct range r)
{
    const struct tks *s = &at->self->tokens;
    const struct lx_meaning *m = tk_mean(s, r.begin, LX_COUNTRY, NULL);
    char key[160];
    size_t n = 0;
    if (m)
        return (struct assay_text){lx_key(s->lx, m), strlen(lx_key(s->lx, m))};
    for (uint32_t i = r.begin; i < r.end; i++) {
        if (s->at[i].kind != TK_WORD)
            continue;
        if (n && n < sizeof key - 2)
            key[n++] = ' ';
        for (const char *p = at->text + s->at[i].begin, *end = at->text + s->at[i].end; p < end;) {
            uint32_t cp, bytes = assay_utf8_next(p, end, &cp), low = lx_fold(cp);
            p += bytes;
            if (low && n + 5 < sizeof key)
                n += assay_utf8_put(key + n, low);
        }
    }
    return copy(at, key, n);
}

/* The one that shares bytes with the span; `count`: there is none. */
static uint32_t overlapping(const struct assay_entity *list, uint32_t count, struct assay_span span)
{
    uint32_t i = 0;
    while (i < count && !(list[i].span.begin < span.end && list[i].span.end > span.begin))
        i++;
    return i;
}

/* What a row of a table is told of: "Inland", "Age 15 to 24". */
static void put_row(struct place *at, struct assay_entity *e, const struct told *row)
{
    const struct tks *s = &at->self->tokens;
    uint32_t first = tb_token_at(s, 0, row->words.begin);
    e->span = row->words;
    e->text = part(at, row->words.begin, row->words.end);
    e->id = name_id(at, (struct range){first, tb_token_at(s, first, row->words.end)});
}

/* The names nearest to the figure, in the text's order. */
static void put_entities(struct place *at, struct assay_claim *c, const struct figure *f)
{
    const struct self *self = at->self;
    const struct tks *s = &self->tokens;
    const struct told *row = tb_named(at, c->span.begin);
    uint32_t names = at->names, count = 0, room = names || row;
    struct assay_entity *list = room ? self->host->alloc(self->host, at->doc, MOST_ENTITIES * sizeof *list) : NULL;
    if (!list)
        return;
    uint32_t skip = names > MOST_ENTITIES ? names - MOST_ENTITIES : 0, low = 0;
    while (skip-- > 0) { /* drop the farther end */
        uint32_t left =
            f->first > self->name[low].begin ? f->first - self->name[low].begin : self->name[low].begin - f->first;
        const struct range *last = self->name + names - 1;
        uint32_t right = f->first > last->begin ? f->first - last->begin : last->begin - f->first;
        if (left >= right)
            low++;
        else
            names--;
    }
    for (uint32_t i = low; i < names && count < MOST_ENTITIES; i++) {
        struct range r = self->name[i];
        if (r.begin < f->last && r.end > f->first)
            continue;
        struct assay_entity *e = list + count++;
        e->span = token_span(s, r);
        e->text = part(at, e->span.begin, e->span.end);
        e->id = name_id(at, r);
    }
    uint32_t own = row ? overlapping(list, count, row->words) : MOST_ENTITIES;
    if (own < MOST_ENTITIES && (own == count || list[own].id.size > 2)) { /* "Town" of "Old Town"; not a country */
        put_row(at, list + own, row);
        count += own == count;
    }
    c->entities = (struct assay_list){list, count, sizeof *list};
}

static void put_period(struct place *at, struct assay_claim *c, const struct when *w, struct assay_span span)
{
    char text[16];
    c->has_time = 1;
    c->time.span = span;
    c->time.text = part(at, span.begin, span.end);
    if (w->from.year)
        c->time.from = copy(at, text, assay_date_print(text, w->from));
    if (w->to.year)
        c->time.to = copy(at, text, assay_date_print(text, w->to));
}

static void put_time(struct place *at, struct assay_claim *c, uint32_t k)
{
    const struct tks *s = &at->self->tokens;
    struct when w;
    struct assay_span span;
    if (wh_choose(s, at->self->when, at->whens, at->self->figure, at->figures, k, &w)) {
        span = token_span(s, w.at);
    } else {
        const struct told *told = tb_period(at, c->span.begin);
        if (!told)
            return;
        span = told->at;
        w.from = told->from;
        w.to = told->to;
    }
    put_period(at, c, &w, span);
}

static void put_base(struct place *at, struct assay_claim *c, const struct figure *f)
{
    const struct units_entry *e = f->unit ? un_find(at->self->units, f->unit) : NULL;
    struct assay_decimal product, sum;
    if (!e)
        return;
    assay_decimal_mul(&product, &f->value, &e->factor);
    assay_decimal_add(&sum, &product, &e->offset);
    c->base_unit = (struct assay_text){e->base, strlen(e->base)};
    c->base_value = assay_decimal_real(&sum);
    c->has_base_value = 1;
}

static struct assay_text rule_text(struct place *at, const struct figure *f)
{
    char rule[96];
    const struct lx *lx = at->tongue->lx;
    int known = f->why && f->why->line;
    const char *file = known ? lx->file[f->why->file] : lx->code;
    size_t n = strnlen(file, 64), digits = 1;
    memcpy(rule, file, n);
    rule[n++] = ':';
    if (!known) {
        memcpy(rule + n, "digits", 6);
        return copy(at, rule, n + 6);
    }
    for (uint32_t v = f->why->line; v >= 10; v /= 10)
        digits++;
    for (uint32_t v = f->why->line, k = (uint32_t)digits; k-- > 0; v /= 10)
        rule[n + k] = (char)('0' + v % 10);
    return copy(at, rule, n + digits);
}

static uint32_t precision(const struct figure *f)
{
    return f->flags & FG_SCALED && f->has_scale ? assay_decimal_precision(&f->bare)
                                                : assay_decimal_precision(&f->value);
}

static void put_value(struct place *at, struct assay_claim *c, const struct figure *f)
{
    c->kind = f->kind;
    c->bound = f->bound;
    c->value = assay_decimal_real(&f->value);
    c->decimal = decimal_text(at, &f->value);
    c->precision = precision(f);
    if (f->has_high) {
        c->has_value_high = 1;
        c->value_high = assay_decimal_real(&f->high);
        c->decimal_high = decimal_text(at, &f->high);
    }
    if (f->has_other) {
        struct assay_decimal scaled = f->other;
        if (f->has_scale)
            assay_decimal_mul(&scaled, &f->other, &f->scale);
        c->has_alternative = 1;
        c->alternative = assay_decimal_real(&scaled);
    }
}

/* What the money of the family is in the document, which is asked once where it occurs. NULL: it does not say. */
static const char *plain_of(struct place *at, uint32_t k)
{
    struct self *self = at->self;
    if (at->plain_asked >> k & 1)
        return at->plain[k];
    at->plain_asked |= 1u << k;
    at->plain_percent[k] = 85;
    at->plain[k] =
        dl_find(self->dollars, k, self->host->text(self->host, at->doc), at->source, at->uri, at->plain_percent + k);
    return at->plain[k];
}

/* "$" in a language of countries that write so for their pesos; DL_FAMILIES: no such country is told of. */
static uint32_t family_of_sign(struct place *at, const struct figure *f)
{
    const struct tks *s = &at->self->tokens;
    const char *name = s->lx->sign_family;
    uint32_t i = f->first;
    while (i < f->last && s->at[i].cp != '$')
        i++;
    uint32_t k = name[0] && i < f->last && s->at[i].end - s->at[i].begin == 1 ? dl_family(at->self->dollars, name, NULL)
                                                                               : DL_FAMILIES;
    return k < DL_FAMILIES && plain_of(at, k) ? k : DL_FAMILIES;
}

/* Whose dollars or pesos are meant. */
static void name_plain(struct place *at, struct figure *f)
{
    struct self *self = at->self;
    if (!(f->flags & FG_PLAIN))
        return;
    uint32_t k = family_of_sign(at, f);
    k = k < DL_FAMILIES ? k : dl_family(self->dollars, f->family, f->unit);
    if (k == DL_FAMILIES)
        return;
    plain_of(at, k);
    f->unit = at->plain[k] ? at->plain[k] : f->unit;
    uint32_t percent = at->plain[k] ? at->plain_percent[k] : 85;
    f->confidence = f->confidence < percent ? f->confidence : percent;
}

/* Cents and the like belong to the amounts beside them, else to those before them in the document. */
static void name_parts(struct place *at, struct figure *f)
{
    struct figure *all = at->self->figure;
    const struct figure *best = NULL;
    uint32_t nearest = UINT32_MAX;
    for (uint32_t k = 0; k < at->figures; k++) {
        struct figure *g = all + k;
        if (g->kind != ASSAY_KIND_MONEY || g->parts || !g->unit || g == f)
            continue;
        name_plain(at, g);
        uint32_t apart = g->first > f->first ? g->first - f->first : f->first - g->first;
        if (qt_has_parts(f->parts, g->unit) && apart < nearest) {
            nearest = apart;
            best = g;
        }
    }
    const char *unit = best ? best->unit : qt_has_parts(f->parts, at->money) && at->money[0] ? at->money : NULL;
    if (unit) {
        memcpy(f->unit_room, unit, 3);
        f->unit_room[3] = 0;
        f->flags &= ~FG_PLAIN;
    } else {
        f->flags |= strncmp(f->parts, "USD", 3) ? 0 : FG_PLAIN;
        f->confidence = f->confidence < 60 ? f->confidence : 60;
    }
}

/* Whose money it is, where the word alone does not say. */
static void name_money(struct place *at, struct figure *f)
{
    if (f->parts)
        name_parts(at, f);
    name_plain(at, f);
    if (f->kind == ASSAY_KIND_MONEY && f->unit && !f->parts) {
        memcpy(at->money, f->unit, 3);
        at->money[3] = 0;
    }
}

static void put_unit(struct place *at, struct assay_claim *c, const struct figure *f)
{
    c->unit = key_text(at, f->unit, f->unit_room);
    c->per = key_text(at, f->per, f->per_room);
    if (f->counted_end > f->counted)
        c->counted = stem_text(at, f->counted);
    put_base(at, c, f);
}

static void put_speaker(struct place *at, struct assay_claim *c, struct range speaker)
{
    if (speaker.end <= speaker.begin)
        return;
    c->has_speaker = 1;
    c->speaker.span = token_span(&at->self->tokens, speaker);
    c->speaker.text = part(at, c->speaker.span.begin, c->speaker.span.end);
}

/* Of the value and unit alone. */
static double confidence(const struct place *at, const struct figure *f)
{
    uint32_t percent = f->confidence;
    if (f->flags & FG_VAGUE)
        percent = 50;
    if (f->kind == ASSAY_KIND_MONEY && percent > 85 && f->unit && !strcmp(f->unit, "USD"))
        percent = 85; /* "dollars" and "$" are taken for those of the United States */
    if (!at->known && percent > 50)
        percent = 50;
    return percent / 100.0;
}

assay_status ps_record(struct place *at, uint32_t k, struct range speaker)
{
    struct figure *f = at->self->figure + k;
    struct assay_claim c = {
        .sentence = at->sentence, .page = at->page, .has_page = at->has_page, .language = at->tongue->lx->language};
    c.span = token_span(&at->self->tokens, (struct range){f->first, f->last});
    c.text = part(at, c.span.begin, c.span.end);
    put_value(at, &c, f);
    name_money(at, f);
    put_unit(at, &c, f);
    c.change = f->change;
    c.relation = f->relation;
    c.has_relation = f->has_relation;
    c.status = f->status;
    put_time(at, &c, k);
    put_measured(at, &c, k, speaker);
    put_entities(at, &c, f);
    put_speaker(at, &c, speaker);
    c.rule = rule_text(at, f);
    c.confidence = confidence(at, f);
    if (!c.decimal.at || !c.rule.at)
        return ASSAY_ENOMEM;
    return at->self->host->add(at->self->host, at->doc, CLAIM, &c);
}

assay_status ps_date_record(struct place *at, struct figure *f, const struct when *w, struct range speaker)
{
    const struct tks *s = &at->self->tokens;
    struct assay_claim c = {
        .sentence = at->sentence, .page = at->page, .has_page = at->has_page, .language = at->tongue->lx->language};
    c.span = token_span(s, (struct range){f->first, f->last});
    c.text = part(at, c.span.begin, c.span.end);
    fr_status(s, f);
    put_value(at, &c, f);
    c.unit = (struct assay_text){"date", 4};
    c.status = f->status;
    put_period(at, &c, w, token_span(s, w->at));
    put_entities(at, &c, f);
    put_speaker(at, &c, speaker);
    c.rule = rule_text(at, f);
    c.confidence = confidence(at, f);
    if (!c.decimal.at || !c.rule.at)
        return ASSAY_ENOMEM;
    return at->self->host->add(at->self->host, at->doc, CLAIM, &c);
}
