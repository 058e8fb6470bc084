/* SPDX-License-Identifier: Apache-2.0
 *
 * The plugin `claims`: every figure of a text with its unit, bound, time, measured thing and speaker (claim/1).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/utf8.h>
#include <assay/layers/claim.h>
#include <assay/layers/document.h>
#include <assay/layers/text.h>
#include <assay/plugin.h>

#include "dollar.h"
#include "frame.h"
#include "quantity.h"
#include "stem.h"

enum { DOCUMENT, SENTENCE, LANGUAGE, PAGE, CLAIM, HOMOGLYPH };
enum { MOST_FIGURES = 256, MOST_WHENS = 64, MOST_NAMES = 24, MOST_ENTITIES = 8, MOST_STEMS = 8, PIECE = 4096 };

struct options {
    struct assay_list languages;
};

static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, languages, ASSAY_TEXT, ASSAY_LIST, NULL, NULL, NULL, NULL,
                 "languages to read; empty: every lexicon/LANG.cfg that is found"),
};
static const struct assay_fields option_fields = ASSAY_FIELDS(struct options, option_rows);

struct tongue {
    struct lx *lx;
    struct stems *stems;
    struct tk_cache *words;
};

struct self {
    const struct assay_host *host;
    struct tk_chars chars;
    struct units *units;
    struct dollars *dollars;
    struct tongue tongue[26 * 26 + 1]; /* by the two letters of the code; the last: any other language */
    struct tks tokens;
    struct figure figure[MOST_FIGURES + 2];
    struct when when[MOST_WHENS];
    struct range name[MOST_NAMES];
    char *described;
};

/* homoglyph/1 as far as it is used: a word with letters of another script, and how it reads. */
struct homoglyph {
    struct assay_span span;
    struct assay_text text;
};
static const struct assay_field homoglyph_rows[] = {
    ASSAY_FIELD(struct homoglyph, span, ASSAY_SPAN, ASSAY_SELF, NULL, "the word"),
    ASSAY_FIELD(struct homoglyph, text, ASSAY_TEXT, 0, NULL, "as it reads, in one script"),
};
static const struct assay_fields homoglyph_fields = ASSAY_FIELDS(struct homoglyph, homoglyph_rows);

/* What the claims of one sentence share. */
struct place {
    struct self *self;
    struct assay_doc *doc;
    const char *text;
    struct assay_span sentence;
    const struct tongue *tongue;
    struct assay_date published;
    struct habit habit;
    struct assay_text source, uri;
    const char *dollar; /* what plain dollars stand for; NULL: nobody asked yet */
    struct assay_list twins; /* homoglyph/1 */
    uint32_t twin;           /* the first that may lie in the sentence */
    uint32_t page, has_page, dollar_percent, known; /* known: 0 where the language has no lexicon */
};

static int index_of(struct assay_text code)
{
    if (code.size != 2 || code.at[0] < 'a' || code.at[0] > 'z' || code.at[1] < 'a' || code.at[1] > 'z')
        return 26 * 26;
    return (code.at[0] - 'a') * 26 + code.at[1] - 'a';
}

static assay_status load(struct self *self, const char *code, int must)
{
    struct tongue *t = self->tongue + index_of((struct assay_text){code, strlen(code)});
    if (t->lx)
        return ASSAY_OK;
    assay_status status = lx_load(self->host, code, &self->chars, self->units, &t->lx);
    if (status == ASSAY_NO)
        return must ? self->host->fail(self->host, ASSAY_ECONF, "there is no lexicon/%s.cfg", code) : ASSAY_OK;
    if (status)
        return status;
    t->stems = st_new(t->lx);
    t->words = tk_cache_new();
    return t->stems && t->words ? ASSAY_OK : self->host->fail(self->host, ASSAY_ENOMEM, "out of memory");
}

static assay_status load_all(struct self *self, const struct options *options)
{
    const struct assay_list *list = options ? &options->languages : NULL;
    assay_status status = load(self, "und", 1);
    for (uint32_t i = 0; !status && list && i < list->count; i++) {
        const struct assay_text *code = ASSAY_AT(struct assay_text, *list, i);
        char name[8];
        if (code->size != 2)
            return self->host->fail(self->host, ASSAY_ECONF, "languages: '%.*s' is no two-letter code", (int)code->size, code->at);
        snprintf(name, sizeof name, "%.2s", code->at);
        status = load(self, name, 1);
    }
    if (list && list->count)
        return status;
    for (char a = 'a'; !status && a <= 'z'; a++)
        for (char b = 'a'; !status && b <= 'z'; b++)
            status = load(self, (char[]){a, b, 0}, 0);
    return status;
}

static void claims_close(void *p)
{
    struct self *self = p;
    for (size_t i = 0; i < sizeof self->tongue / sizeof self->tongue[0]; i++) {
        lx_free(self->tongue[i].lx);
        st_free(self->tongue[i].stems);
        free(self->tongue[i].words);
    }
    un_free(self->units);
    dl_free(self->dollars);
    free(self->tokens.at);
    free(self->described);
    free(self);
}

static int describe_into(struct self *self)
{
    size_t room = 64 + sizeof self->tongue / sizeof self->tongue[0] * 4;
    self->described = malloc(room);
    if (!self->described)
        return 0;
    size_t n = (size_t)snprintf(self->described, room, "languages:");
    for (size_t i = 0; i < 26 * 26; i++)
        if (self->tongue[i].lx)
            n += (size_t)snprintf(self->described + n, room - n, " %s", self->tongue[i].lx->code);
    return 1;
}

static assay_status claims_open(const struct assay_host *host, const void *options, void **to)
{
    struct self *self = calloc(1, sizeof *self);
    if (!self)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    self->host = host;
    tk_chars_init(&self->chars);
    self->tokens.chars = &self->chars;
    assay_status status = un_load(host, &self->units);
    self->tokens.units = self->units;
    if (!status)
        status = dl_load(host, &self->dollars);
    if (!status)
        status = load_all(self, options);
    if (!status && !describe_into(self))
        status = host->fail(host, ASSAY_ENOMEM, "out of memory");
    if (status) {
        claims_close(self);
        return status;
    }
    *to = self;
    return ASSAY_OK;
}

static const char *claims_describe(void *p)
{
    return ((struct self *)p)->described;
}

/* ---- a claim from a figure ---- */

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

static void put_measured(struct place *at, struct assay_claim *c, uint32_t n, uint32_t k)
{
    const struct tks *s = &at->self->tokens;
    uint32_t verb, count = 0;
    struct range r = th_measured(s, at->self->figure, n, k, &verb);
    if (r.begin >= r.end)
        return;
    struct assay_text *stems = at->self->host->alloc(at->self->host, at->doc, MOST_STEMS * sizeof *stems);
    if (!stems)
        return;
    for (uint32_t i = r.begin; i < r.end; i++)
        if (th_content(s, i))
            put_stem(at, stems, &count, i);
    if (verb != ASSAY_NEVER)
        put_stem(at, stems, &count, verb);
    c->has_measured = 1;
    c->measured.span = token_span(s, r);
    c->measured.text = part(at, c->measured.span.begin, c->measured.span.end);
    c->measured.stems = (struct assay_list){stems, count, sizeof *stems};
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

/* The names nearest to the figure, in the text's order. */
static void put_entities(struct place *at, struct assay_claim *c, uint32_t names, const struct figure *f)
{
    const struct self *self = at->self;
    const struct tks *s = &self->tokens;
    struct assay_entity *list = names ? self->host->alloc(self->host, at->doc, MOST_ENTITIES * sizeof *list) : NULL;
    uint32_t count = 0;
    if (!list)
        return;
    uint32_t skip = names > MOST_ENTITIES ? names - MOST_ENTITIES : 0, low = 0;
    while (skip-- > 0) { /* drop the farther end */
        uint32_t left = f->first > self->name[low].begin ? f->first - self->name[low].begin : self->name[low].begin - f->first;
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
    c->entities = (struct assay_list){list, count, sizeof *list};
}

static void put_time(struct place *at, struct assay_claim *c, uint32_t whens, uint32_t n, uint32_t k)
{
    const struct tks *s = &at->self->tokens;
    const struct when *w = wh_choose(s, at->self->when, whens, at->self->figure, n, k);
    char text[16];
    if (!w)
        return;
    c->has_time = 1;
    c->time.span = token_span(s, w->at);
    c->time.text = part(at, c->time.span.begin, c->time.span.end);
    if (w->from.year)
        c->time.from = copy(at, text, assay_date_print(text, w->from));
    if (w->to.year)
        c->time.to = copy(at, text, assay_date_print(text, w->to));
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
    return f->flags & FG_SCALED && f->has_scale ? assay_decimal_precision(&f->bare) : assay_decimal_precision(&f->value);
}

static assay_status add_claim(struct place *at, struct figure *f, uint32_t n, uint32_t k, uint32_t whens, uint32_t names, struct range speaker)
{
    const struct tks *s = &at->self->tokens;
    struct assay_claim c = {0};
    uint32_t confidence = f->confidence;
    c.span = token_span(s, (struct range){f->first, f->last});
    c.text = part(at, c.span.begin, c.span.end);
    c.sentence = at->sentence;
    c.page = at->page;
    c.has_page = at->has_page;
    c.kind = f->kind;
    c.bound = f->bound;
    c.value = assay_decimal_real(&f->value);
    c.decimal = decimal_text(at, &f->value);
    if (f->has_high) {
        c.has_value_high = 1;
        c.value_high = assay_decimal_real(&f->high);
        c.decimal_high = decimal_text(at, &f->high);
    }
    if (f->has_other) {
        struct assay_decimal scaled = f->other;
        if (f->has_scale)
            assay_decimal_mul(&scaled, &f->other, &f->scale);
        c.has_alternative = 1;
        c.alternative = assay_decimal_real(&scaled);
    }
    c.precision = precision(f);
    if (f->flags & FG_DOLLAR) {
        if (!at->dollar)
            at->dollar = dl_find(at->self->dollars, at->self->host->text(at->self->host, at->doc), at->source, at->uri, &at->dollar_percent);
        f->unit = at->dollar;
        confidence = confidence < at->dollar_percent ? confidence : at->dollar_percent;
    }
    c.unit = key_text(at, f->unit, f->unit_room);
    c.per = key_text(at, f->per, f->per_room);
    if (f->counted_end > f->counted)
        c.counted = stem_text(at, f->counted);
    put_base(at, &c, f);
    c.change = f->change;
    c.relation = f->relation;
    c.has_relation = f->has_relation;
    c.status = f->status;
    put_time(at, &c, whens, n, k);
    put_measured(at, &c, n, k);
    put_entities(at, &c, names, f);
    if (speaker.end > speaker.begin) {
        c.has_speaker = 1;
        c.speaker.span = token_span(s, speaker);
        c.speaker.text = part(at, c.speaker.span.begin, c.speaker.span.end);
    }
    c.language = at->tongue->lx->language;
    c.rule = rule_text(at, f);
    if (f->flags & FG_VAGUE)
        confidence = 50;
    if (f->kind == ASSAY_KIND_MONEY && confidence > 85 && f->unit && !strcmp(f->unit, "USD"))
        confidence = 85; /* "dollars" and "$" are taken for those of the United States */
    if (!at->known && confidence > 50)
        confidence = 50;
    c.confidence = confidence / 100.0;
    if (!c.decimal.at || !c.rule.at)
        return ASSAY_ENOMEM;
    return at->self->host->add(at->self->host, at->doc, CLAIM, &c);
}

/* Figures that turned out to be part of a period ("the first half of 2023") go. */
static uint32_t drop_times(struct self *self, uint32_t n, uint32_t *count)
{
    uint32_t kept = 0, whens = 0;
    for (uint32_t i = 0; i < *count; i++) { /* "1600 people" is no year */
        const struct when *w = self->when + i;
        int figure = 0;
        for (uint32_t k = 0; k < n; k++)
            figure |= rj_year(&self->tokens, self->figure + k) && self->figure[k].number < w->at.end && self->figure[k].after > w->at.begin;
        if (!figure)
            self->when[whens++] = *w;
    }
    *count = whens;
    for (uint32_t k = 0; k < n; k++) {
        struct figure *f = self->figure + k;
        int inside = 0;
        for (uint32_t i = 0; i < whens; i++)
            inside |= f->first >= self->when[i].at.begin && f->last <= self->when[i].at.end;
        if (inside && (!f->unit || (f->kind == ASSAY_KIND_DURATION && (f->flags & FG_ONE || !qt_years(f->unit)))))
            continue;
        if (kept != k) {
            struct figure *to = self->figure + kept;
            *to = *f;
            if (f->unit == f->unit_room)
                to->unit = to->unit_room;
            if (f->per == f->per_room)
                to->per = to->per_room;
        }
        kept++;
    }
    return kept;
}

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
static void reread(struct place *at, uint32_t begin, uint32_t end)
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

static assay_status read_piece(struct place *at, uint32_t begin, uint32_t end)
{
    struct self *self = at->self;
    struct tks *s = &self->tokens;
    s->cache = at->tongue->words;
    if (!tk_run(s, at->tongue->lx, at->text, begin, end))
        return ASSAY_ENOMEM;
    if (at->twins.count)
        reread(at, begin, end);
    if (!s->numbers && !tk_may_mean(s, LX_TRIGGERS))
        return ASSAY_OK;
    tk_phrases(s);
    if (!s->numbers && !(s->mask & LX_TRIGGERS))
        return ASSAY_OK;
    uint32_t n = 0, floor = 0, skip;
    for (uint32_t i = 0; i < s->count && n < MOST_FIGURES; i = skip) {
        if (!qt_may_start(s->at + i)) {
            skip = i + 1;
            continue;
        }
        int got = qt_read(s, &at->habit, i, floor, self->figure + n, self->figure + n + 1, &skip);
        if (skip <= i)
            skip = i + 1;
        if (got)
            floor = skip;
        n += (uint32_t)got;
    }
    if (!n)
        return ASSAY_OK;
    fr_prepare(s);
    uint32_t whens = wh_find(s, at->published, self->when, MOST_WHENS), names = th_names(s, self->name, MOST_NAMES);
    n = drop_times(self, n, &whens);
    struct speaker speakers[4];
    uint32_t speaking = fr_speakers(s, self->figure, n, speakers, 4);
    for (uint32_t k = 0; k < n; k++) {
        th_counted(s, self->figure + k);
        fr_change(s, self->figure, n, k);
        fr_status(s, self->figure + k);
        if (!self->figure[k].per && self->figure[k].counted_end > self->figure[k].counted)
            qt_per(s, self->figure + k, self->figure[k].counted_end);
    }
    sh_units(s, self->figure, n);
    th_mark(s, self->figure, n);
    assay_status status = ASSAY_OK;
    for (uint32_t k = 0; k < n && !status; k++)
        status = add_claim(at, self->figure + k, n, k, whens, names, fr_speaker(s, speakers, speaking, self->figure + k));
    return status;
}

/* Sentences beyond any length are read in pieces, so that the work stays linear. */
static assay_status read_sentence(struct place *at)
{
    uint32_t begin = at->sentence.begin, end = at->sentence.end;
    while (begin < end) {
        uint32_t stop = end;
        if (end - begin > PIECE) {
            stop = begin + PIECE;
            while (stop > begin + PIECE / 2 && at->text[stop] != ' ' && at->text[stop] != '\n')
                stop--;
            if (stop == begin + PIECE / 2)
                stop = begin + PIECE;
            while (stop > begin && !assay_utf8_border(at->text, end, stop))
                stop--;
        }
        assay_status status = read_piece(at, begin, stop);
        if (status)
            return status;
        begin = stop;
    }
    return ASSAY_OK;
}

static const struct tongue *tongue_of(const struct self *self, struct assay_text code, uint32_t *known)
{
    const struct tongue *t = self->tongue + (code.at ? index_of(code) : 26 * 26);
    *known = t->lx != NULL && index_of(code.at ? code : (struct assay_text){"", 0}) != 26 * 26;
    return t->lx ? t : self->tongue + 26 * 26;
}

static assay_status claims_analyse(void *p, struct assay_doc *doc)
{
    struct self *self = p;
    const struct assay_host *host = self->host;
    struct assay_text text = host->text(host, doc);
    struct assay_list records = host->records(host, doc, DOCUMENT), sentences = host->records(host, doc, SENTENCE);
    struct assay_list languages = host->records(host, doc, LANGUAGE), pages = host->records(host, doc, PAGE);
    const struct assay_document *record = records.count ? ASSAY_AT(struct assay_document, records, 0) : NULL;
    struct place at = {.self = self, .doc = doc, .text = text.at, .twins = host->records(host, doc, HOMOGLYPH)};
    struct assay_text main_language = {0};
    if (record) {
        main_language = record->language.at ? record->language : record->declared;
        if (!assay_date_read(&at.published, record->published))
            at.published = (struct assay_date){0};
    }
    self->tokens.size = (uint32_t)text.size;
    nb_habit(&at.habit, text.at, text.size);
    struct assay_text nothing = {NULL, 0};
    at.source = record ? record->source : nothing;
    at.uri = record ? record->uri : nothing;
    uint32_t l = 0, g = 0;
    for (uint32_t i = 0; i < sentences.count; i++) {
        at.sentence = ASSAY_AT(struct assay_sentence, sentences, i)->span;
        if (at.sentence.end > text.size || at.sentence.begin >= at.sentence.end)
            continue;
        while (l + 1 < languages.count && ASSAY_AT(struct assay_language, languages, l)->span.end <= at.sentence.begin)
            l++;
        while (g + 1 < pages.count && ASSAY_AT(struct assay_page, pages, g)->span.end <= at.sentence.begin)
            g++;
        struct assay_text code = main_language;
        if (l < languages.count && ASSAY_AT(struct assay_language, languages, l)->language.at)
            code = ASSAY_AT(struct assay_language, languages, l)->language;
        if (code.size == 3 && !memcmp(code.at, "und", 3) && main_language.at)
            code = main_language;
        at.tongue = tongue_of(self, code, &at.known);
        if (!at.known && record && record->declared.at) /* a language next to the declared one: "ca" in an "es" document */
            at.tongue = tongue_of(self, record->declared, &at.known);
        at.has_page = g < pages.count;
        at.page = at.has_page ? ASSAY_AT(struct assay_page, pages, g)->page : 0;
        assay_status status = read_sentence(&at);
        if (status)
            return status == ASSAY_ENOMEM ? host->fail(host, status, "out of memory") : status;
    }
    return ASSAY_OK;
}

static const struct assay_layer layers[] = {
    [DOCUMENT] = {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, NULL},
    [SENTENCE] = {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "sentence", &assay_sentence_fields, NULL},
    [LANGUAGE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "language", &assay_language_fields, NULL},
    [PAGE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "page", &assay_page_fields, NULL},
    [HOMOGLYPH] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "homoglyph", &homoglyph_fields, NULL},
    [CLAIM] = {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT | ASSAY_NAMED, 0, "claim", &assay_claim_fields, "figures and what they claim"},
};

ASSAY_PLUGIN(claims) = {
    ASSAY_ABI,
    .name = "claims",
    .version = "0.1.0",
    .summary = "figures with unit, bound, time, measured thing and speaker, in eleven languages",
    .license = "Apache-2.0",
    .role = ASSAY_ANALYSER,
    .options = &option_fields,
    .layer = layers,
    .layers = ASSAY_COUNT(layers),
    .open = claims_open,
    .analyse = claims_analyse,
    .close = claims_close,
    .describe = claims_describe,
};
