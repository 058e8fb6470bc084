/* SPDX-License-Identifier: Apache-2.0
 *
 * Figures inside one sentence that do not add up, or that two speakers contradict each other with. The sentence is the
 * key: a text printed by thirty papers makes one finding that counts its sources, not thirty. A dispute is known by its
 * two values.
 */
#include "within.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "arithmetic.h"
#include "headline.h"
#include "refute.h"
#include "report.h"
#include "voices.h"

#define CHECK_CONFIDENCE 0.6
#define VOICES_CONFIDENCE 0.75
#define GRAVE 200000u /* millionths */
#define TITLE_FIGURE 60u
#define HEADLINE_SIZE 200u /* bytes of a first line that may be one */

/* A document at hand. */
struct here {
    const struct self *s;
    assay_docid id;
    struct assay_text text;
    const struct assay_document *document;
    struct assay_list claims;
    const struct digest_open *digest;
    uint32_t count; /* claims with notes */
};

/* ASSAY_NO: there is nothing to add up, or nobody wants it. */
static assay_status open_document(struct here *w, struct self *s, const struct assay_doc *doc)
{
    const struct assay_host *h = s->host;
    const struct digest *digest = digest_of(s, doc);
    memset(w, 0, sizeof *w);
    w->s = s;
    w->id = h->docid(h, doc);
    w->document = document_of(s, doc);
    if (!digest || digest->notes < 2 || !w->document || listed(s->options->ignored, document_source(w->document)))
        return ASSAY_NO;
    if (!digest_read(&s->side[0].digest, digest, NULL, (struct assay_text){NULL, 0}, FIGURES_WITHIN))
        return ASSAY_ENOMEM;
    w->digest = &s->side[0].digest;
    w->text = h->text(h, doc);
    w->claims = h->records(h, doc, SLOT_CLAIM);
    w->count = w->claims.count < w->digest->notes ? w->claims.count : w->digest->notes;
    return ASSAY_OK;
}

static uint32_t sentence_end(const struct here *w, uint32_t first)
{
    uint32_t end = first + 1;
    while (end < w->count && w->digest->note[end].context == w->digest->note[first].context)
        end++;
    return end;
}

static int figure_at(const struct here *w, uint32_t i, struct figure *f)
{
    const struct assay_claim *c = ASSAY_AT(struct assay_claim, w->claims, i);
    return !claim_is_day(c) && figure_of(f, c, &w->digest->note[i], w->document);
}

static void take_figure(const struct here *w, uint32_t i, struct sentence *to)
{
    const struct note *note = &w->digest->note[i];
    struct carried *c = &to->carried[to->items];
    struct item *item = &to->item[to->items];
    memset(item, 0, sizeof *item);
    memset(c, 0, sizeof *c);
    c->claim = *ASSAY_AT(struct assay_claim, w->claims, i);
    c->ref = (struct assay_ref){w->id, i, 0};
    c->source = w->document->source;
    c->doc = w->document->doc;
    if (note->context < w->digest->contexts) {
        struct assay_span span = w->digest->context[note->context].span;
        c->sentence = (struct assay_text){w->text.at + span.begin, span.end - span.begin};
    }
    item->c = c;
    if (!claim_is_day(&c->claim) && figure_of(&item->f, &c->claim, note, w->document) && item->f.permille >= 500 &&
        item->f.status != ASSAY_NEGATED)
        to->items++;
}

/* The usable figures of the claims [first, end), which are of one sentence. */
static void take_sentence(const struct here *w, uint32_t first, uint32_t end, struct sentence *to)
{
    to->items = 0;
    to->text = w->text;
    for (uint32_t i = first; i < end && to->items < SENTENCE_FIGURES; i++)
        take_figure(w, i, to);
}

/* How many of the claims are the headline's: a first line of its own without a full stop. 0: there is none, or nothing
 * else. */
static uint32_t headline_claims(const struct here *w)
{
    uint32_t at = w->count ? w->digest->note[0].context : ASSAY_NEVER;
    if (at >= w->digest->contexts || w->digest->context[at].order)
        return 0;
    struct assay_span span = w->digest->context[at].span;
    if (span.end >= w->text.size || span.end - span.begin > HEADLINE_SIZE || !span.end ||
        w->text.at[span.end - 1] == '.' || w->text.at[span.end] != '\n')
        return 0;
    uint32_t end = sentence_end(w, 0);
    return end < w->count ? end : 0;
}

/* Where the headline and the text tell two values: both, as a sentence of two figures; 0: they do not. */
static int take_headline(const struct here *w, struct figure *f, struct sentence *to, struct relation *r)
{
    uint32_t heads = headline_claims(w), count = w->count < HEADLINE_FIGURES ? w->count : HEADLINE_FIGURES, h, b;
    to->items = 0;
    to->text = w->text;
    if (!heads || w->count > HEADLINE_FIGURES)
        return 0;
    for (uint32_t i = 0; i < count; i++)
        if (!figure_at(w, i, &f[i]))
            f[i].kind = ASSAY_NEVER;
    if (!headline_differs(w->s->concepts, f, count, heads, &h, &b, r))
        return 0;
    take_figure(w, h, to);
    take_figure(w, b, to);
    return to->items == 2;
}

/* ---- map ---- */

static void add_text(XXH3_state_t *state, struct assay_text t)
{
    XXH3_64bits_update(state, &t.size, sizeof t.size);
    if (t.size)
        XXH3_64bits_update(state, t.at, t.size);
}

/* Equal for sentences of the same letters, however spaced, whose figures were read as the same: then the figure that
 * stands n places after the first is the same one in each. */
static uint64_t sentence_key(const struct sentence *s)
{
    XXH3_state_t state;
    struct assay_text words = s->item[0].c->sentence;
    XXH3_64bits_reset(&state);
    for (uint64_t i = 0, begin = 0; i <= words.size; i++)
        if (i == words.size || (unsigned char)words.at[i] <= ' ') {
            if (i > begin)
                XXH3_64bits_update(&state, words.at + begin, i - begin);
            begin = i + 1;
        }
    for (uint32_t i = 0; i < s->items; i++) {
        uint32_t place = s->item[i].c->ref.index - s->item[0].c->ref.index;
        XXH3_64bits_update(&state, &place, sizeof place);
        add_text(&state, s->item[i].c->claim.decimal);
        add_text(&state, s->item[i].f.unit);
    }
    return XXH3_64bits_digest(&state);
}

static assay_status emit_headline(const struct here *w, struct sentence *sentence, struct assay_out *out)
{
    const struct assay_host *h = w->s->host;
    struct relation r;
    struct figure *f = headline_claims(w) ? h->alloc(h, out, HEADLINE_FIGURES * sizeof *f) : NULL;
    if (!f)
        return headline_claims(w) ? ASSAY_ENOMEM : ASSAY_OK;
    if (!take_headline(w, f, sentence, &r))
        return ASSAY_OK;
    struct judge_value value = {sentence->item[0].c->ref.index, WITHIN_HEADLINE};
    uint64_t key = sentence_key(sentence);
    return h->emit(h, out, &key, sizeof key, &value);
}

static assay_status emit_voices(struct self *s, const struct sentence *sentence, struct misfits *found,
                                struct assay_out *out)
{
    assay_status status = voices_check(s->concepts, sentence, found) ? ASSAY_OK : ASSAY_ENOMEM;
    for (uint32_t i = 0; i < found->count && !status; i++) {
        struct judge_value value = {sentence->item[found->at[i].of[0]].c->ref.index, WITHIN_VOICES};
        uint64_t key = voices_key(sentence, &found->at[i]);
        status = s->host->emit(s->host, out, &key, sizeof key, &value);
    }
    misfits_free(found);
    return status;
}

static assay_status emit_sentence(struct self *s, const struct sentence *sentence, struct misfits *found,
                                  struct assay_out *out)
{
    struct judge_value value = {sentence->item[0].c->ref.index, WITHIN_SUM};
    assay_status status = arithmetic_check(s->concepts, sentence, found) ? ASSAY_OK : ASSAY_ENOMEM;
    if (!status && found->count) {
        uint64_t key = sentence_key(sentence);
        status = s->host->emit(s->host, out, &key, sizeof key, &value);
    }
    misfits_free(found);
    return status;
}

/* 1 where the claim is tied to another document's: then what is disputed is told there. */
static int is_member(struct assay_list members, uint32_t claim)
{
    for (uint32_t i = 0; i < members.count; i++)
        if (ASSAY_AT(struct member, members, i)->claim == claim)
            return 1;
    return 0;
}

#define DISPUTE_REACH 8u /* figures before what sets one right */
#define REPEATED_MOST 8u /* times that the disputed one is said */

/* What the text disputes and no other text speaks of: a group of its own, of one document. */
static assay_status emit_dispute(const struct here *w, uint32_t right, struct assay_list members, struct assay_out *out)
{
    const struct assay_host *h = w->s->host;
    struct figure f, g;
    uint64_t name[2] = {w->id, right}, key = XXH3_64bits(name, sizeof name);
    uint32_t wrong = ASSAY_NEVER, said = 0;
    if (!figure_at(w, right, &g) || is_member(members, right))
        return ASSAY_OK;
    for (uint32_t i = right + 1 < w->count ? right + 1 : right; wrong == ASSAY_NEVER && i + DISPUTE_REACH >= right;
         i--) {
        if (i != right && figure_at(w, i, &f) && figure_refuted(&f, &g))
            wrong = i;
        if (!i)
            break;
    }
    if (wrong == ASSAY_NEVER || is_member(members, wrong))
        return ASSAY_OK;
    struct judge_value value = {right, 0};
    struct figure one = f;
    assay_status status = h->emit(h, out, &key, sizeof key, &value);
    for (uint32_t i = 0; i < w->count && said < REPEATED_MOST && !status; i++) {
        if (!(w->digest->note[i].part & NOTE_REFUTED) || !figure_at(w, i, &f) || !figures_equal(&one, &f) ||
            is_member(members, i))
            continue;
        value.claim = i;
        said++;
        status = h->emit(h, out, &key, sizeof key, &value);
    }
    return status;
}

static assay_status emit_disputes(const struct here *w, const struct assay_doc *doc, struct assay_out *out)
{
    struct assay_list members = w->s->host->records(w->s->host, doc, SLOT_MEMBER);
    assay_status status = ASSAY_OK;
    for (uint32_t i = 0; i < w->count && !status; i++)
        if (w->digest->note[i].part & NOTE_RIGHTS)
            status = emit_dispute(w, i, members, out);
    return status;
}

assay_status within_map(struct self *s, const struct assay_doc *doc, struct assay_out *out)
{
    struct here w;
    assay_status status = open_document(&w, s, doc);
    if (status)
        return status == ASSAY_NO ? ASSAY_OK : status;
    struct sentence *sentence = s->host->alloc(s->host, out, sizeof *sentence);
    struct misfits *found = s->host->alloc(s->host, out, sizeof *found);
    if (!sentence || !found)
        return ASSAY_ENOMEM;
    for (uint32_t i = 0, end; i < w.count && !status; i = end) {
        end = sentence_end(&w, i);
        if (w.digest->note[i].context == ASSAY_NEVER || end - i < 2)
            continue;
        take_sentence(&w, i, end, sentence);
        if (sentence->items >= 2 && !(status = emit_sentence(s, sentence, found, out)))
            status = emit_voices(s, sentence, found, out);
    }
    if (!status)
        status = emit_headline(&w, sentence, out);
    return status ? status : emit_disputes(&w, doc, out);
}

/* ---- reduce ---- */

/* The values of sentences among those of a key, as claims to be carried; *kind: WITHIN_SUM or WITHIN_VOICES. */
static assay_status take_values(struct self *s, struct assay_out *out, struct assay_list *values,
                                const assay_docid **docs, uint32_t *kind)
{
    struct judge_value *value = s->host->alloc(s->host, out, values->count * sizeof *value);
    assay_docid *doc = s->host->alloc(s->host, out, values->count * sizeof *doc);
    uint32_t n = 0;
    if (!value || !doc)
        return ASSAY_ENOMEM;
    for (uint32_t i = 0; i < values->count; i++) {
        const struct judge_value *v = ASSAY_AT(struct judge_value, *values, i);
        if (!v->within)
            continue;
        *kind = v->within;
        value[n] = (struct judge_value){v->claim, 0};
        doc[n++] = (*docs)[i];
    }
    *values = (struct assay_list){value, n, sizeof *value};
    *docs = doc;
    return ASSAY_OK;
}

/* One figure of the sentence as every text prints it. */
static void fill_value(const struct report *r, const struct carried *figure, uint32_t place, struct assay_value *v,
                       struct assay_ref *refs, struct assay_list sources, uint32_t documents)
{
    take_value(v, &figure->claim);
    v->documents = documents;
    v->independent = r->independent;
    for (uint32_t i = 0; i < r->members; i++) {
        struct assay_ref ref = member_at(r, i)->c->ref;
        refs[i] = (struct assay_ref){ref.doc, ref.index + place, 0};
    }
    v->claims = (struct assay_list){refs, r->members, sizeof *refs};
    v->sources = sources;
}

static assay_status fill_values(const struct report *r, const struct sentence *s, const struct misfit *m,
                                uint32_t documents, struct assay_finding *f)
{
    const struct assay_host *h = r->k->self->host;
    struct assay_value *value = h->alloc(h, r->k->out, m->count * sizeof *value);
    struct assay_ref *ref = h->alloc(h, r->k->out, (uint64_t)m->count * r->members * sizeof *ref);
    struct assay_text *source = h->alloc(h, r->k->out, r->members * sizeof *source);
    struct assay_verdict_pair *pair = h->alloc(h, r->k->out, sizeof *pair);
    struct assay_list sources = {source, 0, sizeof *source};
    if (!value || !ref || !source || !pair)
        return ASSAY_ENOMEM;
    for (uint32_t i = 0; i < r->members; i++)
        if (member_at(r, i)->c->source.size && !source_said(r, i))
            source[sources.count++] = member_at(r, i)->c->source;
    for (uint32_t i = 0; i < m->count; i++) {
        const struct carried *c = s->item[m->of[i]].c;
        fill_value(r, c, c->ref.index - s->item[0].c->ref.index, &value[i], ref + (size_t)i * r->members, sources,
                   documents);
    }
    *pair = (struct assay_verdict_pair){0, 1, ASSAY_CONFLICT, 0, {m->rule, strlen(m->rule)}};
    f->claims = (struct assay_list){ref, m->count * r->members, sizeof *ref};
    f->values = (struct assay_list){value, m->count, sizeof *value};
    f->pairs = (struct assay_list){pair, 1, sizeof *pair};
    return ASSAY_OK;
}

static int is_voices(const struct misfit *m)
{
    return !strcmp(m->rule, "voices");
}

static int is_headline(const struct misfit *m)
{
    return !strcmp(m->rule, "headline");
}

static void say_dispute(struct assay_buf *b, const struct report *r, const struct sentence *s, const struct misfit *m,
                        uint32_t documents)
{
    assay_buf_text(b, "Those quoted disagree on ");
    say_measure(b, r->k->self, &s->item[m->of[0]]);
    assay_buf_text(b, ": ");
    say_voices(b, s, m);
    assay_buf_text(b, ", in ");
    say_who(b, member_at(r, 0)->f.source);
    if (documents > 1)
        assay_buf_printf(b, " and %u more", documents - 1);
}

static void say_misfit(struct assay_buf *b, const struct report *r, const struct sentence *s, const struct misfit *m,
                       uint32_t documents)
{
    struct assay_text source = member_at(r, 0)->f.source;
    if (is_voices(m)) {
        say_dispute(b, r, s, m, documents);
        return;
    }
    assay_buf_text(b, is_headline(m) ? "Headline and text differ in " : "Figures do not add up in ");
    say_who(b, source);
    if (documents > 1)
        assay_buf_printf(b, " and %u more", documents - 1);
    if (is_headline(m)) {
        assay_buf_text(b, " on ");
        say_measure(b, r->k->self, &s->item[m->of[0]]);
    }
    assay_buf_text(b, ": ");
    for (uint32_t i = 0; i < m->count; i++) {
        struct assay_text text = s->item[m->of[i]].c->claim.text;
        if (i)
            assay_buf_text(b, i + 1 == m->count ? " and " : ", ");
        assay_buf_add(b, text.at, text.size < TITLE_FIGURE ? text.size : 0);
    }
}

static assay_status fill_words(const struct report *r, const struct sentence *s, struct misfit *m, uint32_t documents,
                               uint32_t nameless, struct assay_finding *f)
{
    struct self *self = r->k->self;
    struct assay_buf b = {NULL, 0, 0, 0};
    say_misfit(&b, r, s, m, documents);
    f->title = kept_text(self, r->k->out, &b);
    b.size = 0;
    say_measure(&b, self, &s->item[m->of[0]]);
    f->measured = kept_text(self, r->k->out, &b);
    assay_buf_free(&b);
    if (documents > 1)
        say_backing(&m->words, r, documents, nameless);
    f->explanation = kept_text(self, r->k->out, &m->words);
    return f->title.at && f->measured.at && f->explanation.at ? ASSAY_OK : ASSAY_ENOMEM;
}

/* The id is of the sentence without its figures, so that it stays when one is corrected or another paper prints it. */
static assay_status fill_identity(const struct report *r, const struct sentence *s, const struct misfit *m,
                                  struct assay_finding *f)
{
    struct self *self = r->k->self;
    const struct carried *first = s->item[m->of[0]].c;
    uint64_t hash[3] = {masked_hash(first->sentence), XXH3_64bits(m->rule, strlen(m->rule)),
                        first->ref.index - s->item[0].c->ref.index};
    uint64_t state = 0;
    if (is_voices(m)) /* the texts that tell it say it in their own words */
        hash[0] = hash[2] = voices_key(s, m);
    for (uint32_t i = 0; i < m->count; i++) {
        struct assay_text decimal = s->item[m->of[i]].c->claim.decimal;
        state = XXH3_64bits_withSeed(decimal.at ? decimal.at : "", decimal.size, state);
    }
    f->id = hex_text(self, r->k->out, "", XXH3_64bits(hash, sizeof hash));
    f->state = hex_text(self, r->k->out, "", state);
    return f->id.at && f->state.at ? ASSAY_OK : ASSAY_ENOMEM;
}

static assay_status write_misfit(const struct report *r, const struct sentence *s, struct misfit *m)
{
    const struct item *first = &s->item[m->of[0]];
    const struct concept *concept = concepts_at(r->k->self->concepts, first->f.concept);
    struct assay_finding f;
    uint32_t nameless, documents = documents_of(r, &nameless);
    assay_status status;
    memset(&f, 0, sizeof f);
    if ((status = fill_values(r, s, m, documents, &f)) || (status = fill_words(r, s, m, documents, nameless, &f)) ||
        (status = fill_identity(r, s, m, &f)))
        return status;
    f.verdict = ASSAY_CONFLICT;
    f.severity = is_voices(m) && concept && m->gap >= GRAVE ? ASSAY_LOW : ASSAY_CHECK;
    f.scope_of = 1;
    f.confidence = is_voices(m) ? VOICES_CONFIDENCE : CHECK_CONFIDENCE;
    f.rule = (struct assay_text){m->rule, strlen(m->rule)};
    f.independent = r->independent;
    f.gap = m->gap / 1000000.0;
    if (concept)
        f.concept = concept->key;
    int64_t weight = ((int64_t)ASSAY_AGREE * 10 + (ASSAY_CHECK - (int64_t)f.severity)) * 100000000 + m->gap;
    return deliver(r->k->self, r->k->out, &f, weight, first->f.kind, first->f.concept);
}

/* Finds in the sentence, which begins with the figure that was emitted, what the key stands for. */
static int look_again(const struct self *s, const struct sentence *sentence, uint32_t kind, struct misfits *found)
{
    if (kind == WITHIN_SUM)
        return arithmetic_check(s->concepts, sentence, found);
    int ok = voices_check(s->concepts, sentence, found);
    for (uint32_t i = 1; i < found->count; i++)
        assay_buf_free(&found->at[i].words); /* other pairs of the sentence have a key of their own */
    found->count = found->count && found->at[0].of[0] == 0;
    return ok;
}

static assay_status headline_again(const struct here *w, struct sentence *sentence, struct misfits *found,
                                   struct assay_out *out)
{
    const struct assay_host *h = w->s->host;
    struct relation r;
    struct figure *f = h->alloc(h, out, HEADLINE_FIGURES * sizeof *f);
    struct misfit *m = &found->at[0];
    found->count = 0;
    if (!f)
        return ASSAY_ENOMEM;
    if (!take_headline(w, f, sentence, &r))
        return ASSAY_OK;
    memset(m, 0, sizeof *m);
    *m = (struct misfit){.rule = "headline", .of = {0, 1}, .count = 2, .gap = r.gap};
    struct relate_options o = {w->s->concepts, 0, 1, 1};
    assay_buf_text(&m->words, "The headline tells another figure than the text. ");
    relate_explain(&m->words, &r, &sentence->item[0].f, &sentence->item[1].f, &o);
    found->count = 1;
    return m->words.failed ? ASSAY_ENOMEM : ASSAY_OK;
}

/* What does not add up, read again in the text that came first. */
static assay_status write_misfits(const struct report *r, uint32_t kind)
{
    struct self *s = r->k->self;
    const struct assay_host *h = s->host;
    const struct assay_ref at = member_at(r, 0)->c->ref;
    const struct assay_doc *doc;
    struct here w;
    struct sentence *sentence = h->alloc(h, r->k->out, sizeof *sentence);
    struct misfits *found = h->alloc(h, r->k->out, sizeof *found);
    assay_status status = sentence && found ? h->view(h, r->k->out, at.doc, &doc) : ASSAY_ENOMEM;
    if (status || (status = open_document(&w, s, doc)) || at.index >= w.count)
        return status == ASSAY_NO ? ASSAY_OK : status;
    if (kind == WITHIN_HEADLINE) {
        status = headline_again(&w, sentence, found, r->k->out);
    } else {
        take_sentence(&w, at.index, sentence_end(&w, at.index), sentence);
        if (sentence->items < 2)
            return ASSAY_OK;
        status = look_again(s, sentence, kind, found) ? ASSAY_OK : ASSAY_ENOMEM;
    }
    for (uint32_t i = 0; i < found->count && !status; i++)
        status = write_misfit(r, sentence, &found->at[i]);
    misfits_free(found);
    return status;
}

assay_status within_reduce(struct component *k, struct assay_list values, const assay_docid *docs)
{
    uint32_t member[JUDGE_ITEMS];
    struct report *r = k->self->host->alloc(k->self->host, k->out, sizeof *r);
    uint32_t kind = 0;
    assay_status status = r ? take_values(k->self, k->out, &values, &docs, &kind) : ASSAY_ENOMEM;
    if (status || !values.count)
        return status;
    if ((status = load_component(k, values, docs)) || !k->items)
        return status;
    for (uint32_t i = 0; i < k->items; i++)
        member[i] = i;
    sort_members(k, member, k->items);
    find_sources(k, member, k->items);
    r->k = k;
    r->member = member;
    r->members = k->items;
    r->independent = count_sources(k, member, k->items, ASSAY_NEVER);
    return write_misfits(r, kind);
}
