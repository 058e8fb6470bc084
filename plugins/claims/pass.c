/* SPDX-License-Identifier: Apache-2.0
 *
 * The way of a document through the plugin, the last step first: a document has sentences, a sentence pieces, a piece
 * is read in these steps:
 *
 *   tokens       words, numerals, signs, with what the lexicon says of them        token.c, phrase.c, twin.c
 *   figures      numbers with unit and bound; dates, scores, names fall out         range.c, quantity.c, reject.c
 *   heads        of tables: unit and period of what stands below and beside them    table.c
 *   surroundings periods, names, speakers; what is counted; change, status          when.c, thing.c, speaker.c, change.c, share.c
 *   records      one claim a figure                                                 record.c
 */
#include "pass.h"

#include <string.h>

#include <assay/kit/utf8.h>

#include "clock.h"
#include "dated.h"
#include "quantity.h"
#include "run.h"

enum { PIECE = 4096, MOST_SPEAKERS = 4 };

/* 0: nothing in it says a number. */
static int may_count(struct place *at, uint32_t begin, uint32_t end)
{
    if (at->digit < begin)
        at->digit = (uint64_t)(run_digit(at->text + begin, at->text + at->size) - at->text);
    if (at->digit < end || at->twins.count)
        return 1;
    at->self->tokens.cache = at->tongue->words;
    return !sv_idle(at->tongue->sieve, &at->self->tokens, at->tongue->lx, at->text, begin, end);
}

/* 0: out of memory. The tokens stay without phrases where no figure can be. */
static int read_tokens(struct place *at, uint32_t begin, uint32_t end)
{
    struct tks *s = &at->self->tokens;
    s->cache = at->tongue->words;
    if (!tk_run(s, at->tongue->lx, at->text, begin, end))
        return 0;
    if (at->twins.count)
        ps_twins(at, begin, end);
    ps_join_lines(at, begin, end);
    at->counts = s->numbers ? 1 : (uint32_t)tk_counts(s);
    if (at->counts)
        tk_phrases(s);
    return 1;
}

/* Fills self->figure; gives how many. */
static uint32_t read_figures(struct place *at)
{
    struct self *self = at->self;
    const struct tks *s = &self->tokens;
    uint32_t n = 0, floor = 0, skip;
    uint64_t bare = s->lx->inverted[0] ? LX_BIT(LX_UNIT) : 0; /* one of a unit may have no word for one */
    if (!s->numbers && !(s->use & LX_COUNTS) && at->counts != TK_ONE_UNIT)
        return 0;
    for (uint32_t i = 0; i < s->count && n < MOST_FIGURES; i = skip) {
        skip = i + 1;
        const struct tk *t = s->at + i;
        if (!qt_may_start(t)) {
            if (t->kind == TK_SKIP && ck_lasts(s, i, self->figure + n)) {
                qt_read_bound(s, self->figure + n, floor);
                skip = floor = self->figure[n++].last;
                continue;
            }
            if (!(t->mask & bare) || !qt_bare(s, i))
                continue;
        }
        if (qt_bare_article(s, i))
            continue;
        uint32_t got = (uint32_t)qt_read(s, &at->habit, i, floor, self->figure + n, self->figure + n + 1, &skip);
        if (skip <= i)
            skip = i + 1;
        if (got)
            floor = skip;
        n += got;
    }
    return n;
}

/* Periods and names of the piece; figures that are part of a period go. */
static void read_periods(struct place *at)
{
    struct self *self = at->self;
    struct tks *s = &self->tokens;
    fr_prepare(s);
    at->whens = wh_find(s, at->published, self->when, MOST_WHENS);
    at->figures = wh_drop(s, self->figure, at->figures, self->when, &at->whens);
    at->names = at->figures ? th_names(s, self->name, MOST_NAMES) : 0;
}

/* What each figure counts, whether it is a change, how it is said; what one tells another. */
static void read_frames(struct place *at)
{
    struct tks *s = &at->self->tokens;
    struct figure *figure = at->self->figure;
    for (uint32_t k = 0; k < at->figures; k++) {
        th_counted(s, figure + k);
        if (k + 1 < at->figures)
            th_counted_aged(s, figure + k);
        qt_bound_behind(s, figure + k);
        fr_change(s, figure, at->figures, k);
        fr_status(s, figure + k);
        if (!figure[k].per && figure[k].counted_end > figure[k].counted)
            qt_per(s, figure + k, figure[k].counted_end);
        else if (!figure[k].per && figure[k].unit)
            qt_per_behind(s, figure + k);
    }
    fr_told_once(s, figure, at->figures);
    fr_share(s, figure, at->figures);
    th_mark(s, figure, at->figures, at->self->when, at->whens);
}

/* 1 where the byte stands in a menu or in code. Asked in the order of the text; the stretches may lie in one
 * another. */
static int is_foreign(struct place *at, uint32_t byte)
{
    while (at->stretch < at->foreign.count &&
           ASSAY_AT(struct assay_boilerplate, at->foreign, at->stretch)->span.begin <= byte) {
        uint32_t end = ASSAY_AT(struct assay_boilerplate, at->foreign, at->stretch++)->span.end;
        at->foreign_end = end > at->foreign_end ? end : at->foreign_end;
    }
    return byte < at->foreign_end;
}

/* Who speaks in the sentence. */
struct speakers {
    struct speaker at[MOST_SPEAKERS];
    uint32_t count;
};

static assay_status add_dates(struct place *at, const struct speakers *by)
{
    const struct tks *s = &at->self->tokens;
    assay_status status = ASSAY_OK;
    for (uint32_t i = 0; i < at->whens && !status; i++) {
        struct when w = at->self->when[i];
        struct figure date;
        if (dt_date(s, &w, at->published, &date) && !is_foreign(at, s->at[date.first].begin))
            status = ps_date_record(at, &date, &w, fr_speaker(s, by->at, by->count, &date));
    }
    return status;
}

static assay_status add_records(struct place *at, const struct speakers *by)
{
    const struct tks *s = &at->self->tokens;
    assay_status status = ASSAY_OK;
    for (uint32_t k = 0; k < at->figures && !status; k++) {
        const struct figure *f = at->self->figure + k;
        if (!is_foreign(at, s->at[f->first].begin) &&
            !(at->self->dates && dt_part_of(s, at->self->when, at->whens, f)))
            status = ps_record(at, k, fr_speaker(s, by->at, by->count, f));
    }
    return status || !at->self->dates ? status : add_dates(at, by);
}

static assay_status read_piece(struct place *at, uint32_t begin, uint32_t end)
{
    struct self *self = at->self;
    struct speakers by;
    end = ps_without_page(at, begin, end);
    if (begin == end || !may_count(at, begin, end))
        return ASSAY_OK;
    if (!read_tokens(at, begin, end))
        return ASSAY_ENOMEM;
    at->figures = tb_heads(at, ps_without_items(at, read_figures(at)));
    int dates = self->dates && dt_may_tell(&self->tokens);
    if (!at->figures && !dates)
        return ASSAY_OK;
    read_periods(at);
    if (!at->figures && !dates)
        return ASSAY_OK;
    by.count = fr_speakers(&self->tokens, self->figure, at->figures, by.at, MOST_SPEAKERS);
    read_frames(at);
    tb_units(at);
    return add_records(at, &by);
}

/* Where the piece that starts at `begin` ends: at a blank, where there is one in its second half. */
static uint32_t piece_end(const char *text, uint32_t begin, uint32_t end)
{
    uint32_t stop = begin + PIECE;
    if (end - begin <= PIECE)
        return end;
    while (stop > begin + PIECE / 2 && text[stop] != ' ' && text[stop] != '\n')
        stop--;
    if (stop == begin + PIECE / 2)
        stop = begin + PIECE;
    while (stop > begin && !assay_utf8_border(text, end, stop))
        stop--;
    return stop;
}

/* Sentences beyond any length are read in pieces, so that the work stays linear. */
static assay_status read_sentence(struct place *at)
{
    assay_status status = ASSAY_OK;
    for (uint32_t begin = at->sentence.begin, end; begin < at->sentence.end && !status; begin = end) {
        end = piece_end(at->text, begin, at->sentence.end);
        status = read_piece(at, begin, end);
    }
    return status;
}

uint32_t ps_tongue(struct assay_text code)
{
    if (code.size != 2 || code.at[0] < 'a' || code.at[0] > 'z' || code.at[1] < 'a' || code.at[1] > 'z')
        return TONGUES - 1;
    return (uint32_t)((code.at[0] - 'a') * 26 + code.at[1] - 'a');
}

/* The caches are made when the first sentence of the language comes: most runs have one or two. 0: out of memory. */
static int make_caches(struct tks *tokens, struct tongue *t)
{
    const uint32_t size = tokens->size;
    if (t->sieve)
        return 1;
    t->stems = t->stems ? t->stems : st_new(t->lx);
    t->words = t->words ? t->words : tk_cache_new();
    if (!t->stems || !t->words)
        return 0;
    tokens->cache = t->words;
    t->sieve = sv_new(tokens, t->lx);
    tokens->size = size;
    return t->sieve != NULL;
}

static int speak(struct place *at, struct assay_text code)
{
    uint32_t i = code.at ? ps_tongue(code) : TONGUES - 1;
    struct tongue *t = at->self->tongue + i;
    at->known = t->lx && i != TONGUES - 1;
    t = t->lx ? t : at->self->tongue + TONGUES - 1;
    at->tongue = t;
    return make_caches(&at->self->tokens, t);
}

/* The layers that lie beside the sentences, and where in them the sentence in hand is. */
struct beside {
    struct assay_list languages, pages;
    uint32_t language, page;
    struct assay_text main, declared; /* the document's language; as its publisher says */
};

/* 0: out of memory. */
static int choose_tongue(struct place *at, struct beside *b)
{
    while (b->language + 1 < b->languages.count &&
           ASSAY_AT(struct assay_language, b->languages, b->language)->span.end <= at->sentence.begin)
        b->language++;
    struct assay_text code = b->main;
    if (b->language < b->languages.count && ASSAY_AT(struct assay_language, b->languages, b->language)->language.at)
        code = ASSAY_AT(struct assay_language, b->languages, b->language)->language;
    if (code.size == 3 && !memcmp(code.at, "und", 3) && b->main.at)
        code = b->main;
    int fine = speak(at, code);
    if (fine && !at->known && b->declared.at) /* a language next to the declared one: "ca" in an "es" document */
        fine = speak(at, b->declared);
    return fine;
}

static void choose_page(struct place *at, struct beside *b)
{
    while (b->page + 1 < b->pages.count &&
           ASSAY_AT(struct assay_page, b->pages, b->page)->span.end <= at->sentence.begin)
        b->page++;
    at->has_page = b->page < b->pages.count;
    at->page = at->has_page ? ASSAY_AT(struct assay_page, b->pages, b->page)->page : 0;
}

/* What the document's own record says. */
static void read_record(struct place *at, struct beside *b, const struct assay_document *record)
{
    b->main = record->language.at ? record->language : record->declared;
    b->declared = record->declared;
    at->source = record->source;
    at->uri = record->uri;
    if (!assay_date_read(&at->published, record->published))
        at->published = (struct assay_date){0};
}

assay_status ps_document(struct self *self, struct assay_doc *doc)
{
    const struct assay_host *host = self->host;
    struct assay_text text = host->text(host, doc);
    struct assay_list records = host->records(host, doc, DOCUMENT), sentences = host->records(host, doc, SENTENCE);
    struct place at = {.self = self,
                       .doc = doc,
                       .text = text.at,
                       .size = text.size,
                       .twins = host->records(host, doc, HOMOGLYPH),
                       .foreign = host->records(host, doc, BOILERPLATE)};
    struct beside beside = {.languages = host->records(host, doc, LANGUAGE), .pages = host->records(host, doc, PAGE)};
    if (records.count)
        read_record(&at, &beside, ASSAY_AT(struct assay_document, records, 0));
    self->tokens.size = (uint32_t)text.size;
    self->table.begin = self->table.body = self->table.end = 0;
    self->table.lead_begin = self->table.lead_end = 0;
    ps_note_lines(&at);
    at.digit = (uint64_t)(run_digit(text.at, text.at + text.size) - text.at);
    nb_habit(&at.habit, text.at, text.size);
    for (uint32_t i = 0; i < sentences.count; i++) {
        at.sentence = ASSAY_AT(struct assay_sentence, sentences, i)->span;
        if (at.sentence.end > text.size || at.sentence.begin >= at.sentence.end)
            continue;
        if (is_foreign(&at, at.sentence.begin) && at.sentence.end <= at.foreign_end)
            continue;
        choose_page(&at, &beside);
        assay_status status = choose_tongue(&at, &beside) && tb_enter(&at) ? read_sentence(&at) : ASSAY_ENOMEM;
        if (status)
            return status == ASSAY_ENOMEM ? host->fail(host, status, "out of memory") : status;
    }
    return ASSAY_OK;
}
