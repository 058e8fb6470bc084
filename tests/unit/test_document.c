/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "backref.h"
#include "transient.h"
#include "document.h"
#include "textmap.h"

struct part {
    struct assay_span where;
};
static const struct assay_field part_rows[] = {ASSAY_FIELD(struct part, where, ASSAY_SPAN, 0, NULL, "where")};
static const struct assay_fields part_table = ASSAY_FIELDS(struct part, part_rows);
struct word {
    struct assay_span span;
    struct assay_text text;
    struct assay_span near, must;
    uint32_t has_near, zero;
    struct assay_list spans, parts;
    struct part part;
    struct assay_place place;
};
static const struct assay_field word_rows[] = {
    ASSAY_MAYBE(struct word, near, ASSAY_SPAN, 0, NULL, "another place"),
    ASSAY_FIELD(struct word, must, ASSAY_SPAN, 0, NULL, "one that is never null"),
    ASSAY_FIELD(struct word, spans, ASSAY_SPAN, ASSAY_LIST, NULL, "places"),
    ASSAY_FIELD(struct word, parts, ASSAY_RECORD, ASSAY_LIST, &part_table, "parts"),
    ASSAY_FIELD(struct word, part, ASSAY_RECORD, 0, &part_table, "a part"),
    ASSAY_FIELD(struct word, place, ASSAY_PLACE, 0, NULL, "a place in a document"),
    ASSAY_FIELD(struct word, span, ASSAY_SPAN, ASSAY_SELF, NULL, "where"),
    ASSAY_FIELD(struct word, text, ASSAY_TEXT, 0, NULL, "the word"),
};
static const struct assay_fields word_table = ASSAY_FIELDS(struct word, word_rows);
struct short_word {
    struct assay_text text;
};
static const struct assay_field short_rows[] = {ASSAY_FIELD(struct short_word, text, ASSAY_TEXT, 0, NULL, "the word")};
static const struct assay_fields short_table = ASSAY_FIELDS(struct short_word, short_rows);

/* A plan by hand: step 0 makes words, step 1 reads them in a layout of its own. */
static const struct assay_layer maker_layers[] = {{ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "word", &word_table, ""}};
static const struct assay_layer reader_layers[] = {{ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "word", &short_table, ""},
                                                   {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "nothing", &short_table, ""}};
static const struct assay_plugin maker = {.role = ASSAY_ANALYSER, .layer = maker_layers, .layers = 1};
static const struct assay_plugin reader = {.role = ASSAY_ANALYSER, .layer = reader_layers, .layers = 2};
static uint32_t maker_slots[] = {1}, reader_slots[] = {1, PLAN_NONE};
static struct plan_step steps[] = {{.plugin = &maker, .slot = maker_slots}, {.plugin = &reader, .slot = reader_slots}};
static struct plan_layer layers[] = {{.name = "document", .major = 1, .step = PLAN_NONE, .fields = &assay_document_fields},
                                     {.name = "word", .major = 1, .step = 0, .fields = &word_table}};
static const struct plan plan = {.steps = 2, .layers = 2, .step = steps, .layer = layers, .record_limit = 100};

static struct tables tables;
static struct assay_doc doc;

static int set_up(void **state)
{
    (void)state;
    return !tables_open(&tables, &plan) || !doc_open(&doc, &tables);
}

static int tear_down(void **state)
{
    (void)state;
    doc_close(&doc);
    tables_close(&tables);
    return 0;
}

static void begin(const char *text)
{
    assert_null(doc_start(&doc, 1, (struct assay_text){text, strlen(text)}, NULL, 0));
    doc.record.doc = (struct assay_text){"the id", 6};
    doc.layer[0].state = DOC_MADE;
    doc.layer[0].rows = &doc.record;
    doc.layer[0].count = 1;
}

static assay_status add(uint32_t b, uint32_t e)
{
    const char *why;
    return doc_add(&doc, 1, &(struct word){.span = {b, e}, .text = {doc.text.at + b, e - b}}, &why);
}

static void records_come_in_order_of_place(void **state)
{
    (void)state;
    begin("one two three");
    doc_mark(&doc);
    assert_false(doc_has(&doc, 1));
    assert_int_equal(add(8, 13), ASSAY_OK);
    assert_int_equal(add(0, 3), ASSAY_OK);
    assert_int_equal(add(4, 7), ASSAY_OK);
    assert_int_equal(add(0, 7), ASSAY_OK);
    assert_true(doc_commit(&doc, 0, 0));
    assert_true(doc_has(&doc, 1));
    struct assay_list l = doc_layer(&doc, 1);
    static const uint32_t want[][2] = {{0, 3}, {0, 7}, {4, 7}, {8, 13}};
    assert_int_equal(l.count, 4);
    for (uint32_t i = 0; i < 4; i++)
        assert_memory_equal(&ASSAY_AT(struct word, l, i)->span, want[i], 8);
    struct assay_list own = doc_records(&doc, tables_view(&tables, 1, 0));
    assert_int_equal(own.stride, sizeof(struct short_word));
    assert_int_equal(ASSAY_AT(struct short_word, own, 3)->text.size, 5);
    struct assay_list none = doc_records(&doc, tables_view(&tables, 1, 1));
    assert_int_equal(none.count + none.stride, 0);
}

static void a_failed_hook_leaves_nothing(void **state)
{
    (void)state;
    const char *why;
    begin("some text");
    doc_mark(&doc);
    struct assay_text en = {"en", 2};
    assert_int_equal(add(0, 4), ASSAY_OK);
    assert_int_equal(doc_amend(&doc, "language", &en, &why), ASSAY_OK);
    assert_int_equal(doc_set_text(&doc, (struct assay_text){"text", 4}, &(struct assay_map){5, 0, 4, 1, 1, 0}, 1, &why), ASSAY_OK);
    doc_rollback(&doc, 0);
    assert_false(doc_has(&doc, 1));
    assert_int_equal(doc_layer(&doc, 1).count, 0);
    assert_null(doc.record.language.at);
    assert_int_equal(doc.text.size, 9);
    uint64_t raw[2];
    assert_true(textmap_raw(doc.map, doc.runs, 5, 9, raw));
    assert_int_equal(raw[0], 5);
}

static void spans_are_checked(void **state)
{
    (void)state;
    begin("caf\xc3\xa9 ol\xc3\xa9");
    assert_int_equal(add(0, 5), ASSAY_OK);
    assert_int_equal(add(0, 4), ASSAY_EDOC);  /* through a character */
    assert_int_equal(add(4, 5), ASSAY_EDOC);
    assert_int_equal(add(0, 11), ASSAY_EDOC); /* beyond the end */
    assert_int_equal(add(5, 3), ASSAY_EDOC);
    assert_int_equal(add(10, 10), ASSAY_OK);
    for (uint32_t i = 2; i < 100; i++)
        assert_int_equal(add(0, 0), ASSAY_OK);
    assert_int_equal(add(0, 0), ASSAY_EDOC); /* record_limit */
}

static void rows_are_set_once(void **state)
{
    (void)state;
    const char *why;
    begin("text");
    doc_mark(&doc);
    struct assay_text en = {"en", 2}, de = {"de", 2};
    struct assay_repair repair = {{0, 1}, {"x", 1}, {"y", 1}};
    assert_int_equal(doc_amend(&doc, "language", &en, &why), ASSAY_OK);
    assert_int_equal(doc_amend(&doc, "language", &de, &why), ASSAY_SKIP);
    for (uint32_t i = 0; i < 9; i++)
        assert_int_equal(doc_amend(&doc, "repairs", &repair, &why), ASSAY_OK);
    assert_int_equal(doc_amend(&doc, "sha256", &en, &why), ASSAY_EFATAL);
    assert_int_equal(doc_amend(&doc, "no_such_row", &en, &why), ASSAY_EFATAL);
    assert_int_equal(doc.record.repairs.count, 9);
    assert_int_equal(ASSAY_AT(struct assay_repair, doc.record.repairs, 8)->to.at[0], 'y');
}

static void spans_follow_a_new_text(void **state)
{
    (void)state;
    const char *why;
    begin("<p>one two</p>");
    doc_mark(&doc);
    assert_int_equal(add(3, 6), ASSAY_OK);
    assert_int_equal(add(0, 3), ASSAY_OK); /* a tag: its text goes */
    struct assay_repair repair = {{7, 10}, {"tow", 3}, {"two", 3}};
    assert_int_equal(doc_amend(&doc, "repairs", &repair, &why), ASSAY_OK);
    assert_true(doc_commit(&doc, 0, 0));
    doc_mark(&doc);
    assert_int_equal(doc_set_text(&doc, (struct assay_text){"one two", 7}, &(struct assay_map){3, 0, 7, 1, 1, 0}, 1, &why), ASSAY_OK);
    struct assay_list l = doc_layer(&doc, 1);
    assert_int_equal(l.count, 1);
    assert_int_equal(ASSAY_AT(struct word, l, 0)->span.begin, 0);
    assert_int_equal(ASSAY_AT(struct assay_repair, doc.record.repairs, 0)->span.begin, 4);
    uint64_t raw[2];
    assert_true(textmap_raw(doc.map, doc.runs, 4, 7, raw));
    assert_int_equal(raw[0], 7);
    assert_int_equal(raw[1], 10);
    assert_int_equal(doc_set_text(&doc, (struct assay_text){"no", 2}, &(struct assay_map){6, 0, 2, 1, 1, 0}, 1, &why), ASSAY_EFATAL);
}

/* Every place in a record moves, not only its own. */
static void all_places_follow_a_new_text(void **state)
{
    (void)state;
    const char *why;
    begin("<p>one <b>two</b></p>");
    struct assay_span spans[] = {{3, 6}, {0, 3}, {10, 13}};
    struct part parts[] = {{{0, 3}}, {{10, 13}}};
    struct word w = {.span = {3, 6}, .near = {10, 13}, .has_near = 1, .must = {7, 17}, .spans = {spans, 3, sizeof *spans},
                     .parts = {parts, 2, sizeof *parts}, .part = {{6, 7}}, .place = {doc.id, {10, 13}}};
    doc_mark(&doc);
    assert_int_equal(doc_add(&doc, 1, &w, &why), ASSAY_OK);
    w.span = (struct assay_span){10, 13};
    w.near = (struct assay_span){0, 3}; /* its text goes: null */
    w.must = (struct assay_span){0, 0}; /* none stays none */
    w.place = (struct assay_place){99, {10, 13}};
    assert_int_equal(doc_add(&doc, 1, &w, &why), ASSAY_OK);
    w.must = (struct assay_span){0, 3}; /* goes, and cannot be null: the record goes */
    assert_int_equal(doc_add(&doc, 1, &w, &why), ASSAY_OK);
    assert_true(doc_commit(&doc, 0, 0));
    doc_mark(&doc);
    struct assay_map map[] = {{3, 0, 4, 1, 1, 0}, {10, 4, 3, 1, 1, 0}};
    assert_int_equal(doc_set_text(&doc, (struct assay_text){"one two", 7}, map, 2, &why), ASSAY_OK);
    struct assay_list l = doc_layer(&doc, 1);
    assert_int_equal(l.count, 2);
    const struct word *a = ASSAY_AT(struct word, l, 0), *b = ASSAY_AT(struct word, l, 1);
    assert_int_equal(a->span.begin, 0);
    assert_int_equal(a->near.begin, 4);
    assert_int_equal(a->near.end, 7);
    assert_int_equal(a->must.begin, 4);
    assert_int_equal(a->must.end, 7);
    assert_int_equal(a->spans.count, 2);
    assert_int_equal(ASSAY_AT(struct assay_span, a->spans, 1)->begin, 4);
    assert_int_equal(a->parts.count, 1);
    assert_int_equal(ASSAY_AT(struct part, a->parts, 0)->where.begin, 4);
    assert_int_equal(a->part.where.begin, 3);
    assert_int_equal(a->place.span.begin, 4);
    assert_int_equal(b->span.begin, 4);
    assert_int_equal(b->has_near, 0);
    assert_int_equal(b->must.end, 0);
    assert_int_equal(b->place.span.begin, 10); /* of another document */
    assert_int_equal(spans[2].begin, 10);      /* what the plugin owns is not touched */
    doc_rollback(&doc, 1);
    l = doc_layer(&doc, 1);
    assert_int_equal(l.count, 3);
    assert_int_equal(ASSAY_AT(struct word, l, 0)->near.begin, 10);
    assert_int_equal(ASSAY_AT(struct word, l, 0)->spans.count, 3);
}

static void stored_and_opened(void **state)
{
    (void)state;
    struct assay_doc back;
    struct stream stream = {.fd = -1};
    assert_true(doc_open(&back, &tables));
    begin("one one two");
    doc_mark(&doc);
    assert_int_equal(add(4, 7), ASSAY_OK);
    assert_int_equal(add(4, 7), ASSAY_OK);
    assert_int_equal(add(4, 7), ASSAY_OK);
    assert_int_equal(add(0, 3), ASSAY_OK);
    assert_true(doc_commit(&doc, 0, 0));
    doc.record.title = (struct assay_text){"A title", 7};
    doc.ordinal = 17;
    assert_int_equal(doc_seal(&doc, &stream, 1, 0, 1), 0);
    uint64_t at = 0;
    const struct block *block = block_next(stream.buf.at, stream.buf.size, &at);
    assert_non_null(block);
    assert_int_equal(at, stream.buf.size);
    doc_reset(&back);
    doc_part(&back, (const char *)(block + 1));
    doc_reset(&doc); /* nothing of the first may be needed */
    assert_int_equal(back.ordinal, 17);
    assert_int_equal(back.text.size, 11);
    assert_memory_equal(back.text.at, "one one two", 11);
    struct assay_list l = doc_layer(&back, 1), d = doc_layer(&back, 0);
    assert_int_equal(l.count, 4);
    assert_memory_equal(ASSAY_AT(struct word, l, 3)->text.at, "one", 3);
    assert_memory_equal(ASSAY_AT(struct assay_document, d, 0)->title.at, "A title", 7);
    assert_true(doc_map(&back));
    assert_int_equal(back.map[0].count, 11);
    struct arena arena = {0};
    static const char *const names[] = {"the id#0-3", "the id#4-7", "the id#4-7~2", "the id#4-7~3"};
    for (uint32_t i = 0; i < 4; i++) {
        struct assay_text name = doc_name(&back, &arena, 1, i);
        assert_int_equal(name.size, strlen(names[i]));
        assert_memory_equal(name.at, names[i], name.size);
    }
    assert_null(doc_name(&back, &arena, 1, 4).at);
    arena_free(&arena);
    stream_close(&stream);
    doc_close(&back);
}

enum { ASIDE_DOCS = 900 };

/* Documents whose records are forgotten early, and the foot that names the blocks these stand in. */
static void write_transients(struct segment *segment, struct stream *stream, struct transients *transients, uint64_t *place)
{
    stream->transients = transients;
    for (uint32_t i = 0; i < ASIDE_DOCS; i++) {
        begin("one two three");
        doc.ordinal = i;
        doc_mark(&doc);
        for (uint32_t k = 0; k < i % 3; k++)
            assert_int_equal(add(k == 0 ? 0 : 4, k == 0 ? 3 : 7), ASSAY_OK);
        assert_true(doc_commit(&doc, 0, 0));
        place[i] = stream_size(stream) + sizeof(struct block);
        assert_int_equal(doc_seal(&doc, stream, 1, 0, i + 1), 0);
        if (i % 400 == 7)
            assert_int_equal(stream_flush(stream), 0);
    }
    assert_int_equal(transients_settle(transients, stream), 0);
    struct foot foot = {.transients = transients->places.size / sizeof(struct foot_section), .transients_at = stream_size(stream)};
    assert_int_equal(foot.transients, 4);
    bytes_add(&stream->buf, transients->places.at, transients->places.size);
    uint64_t begun = stream_begin(stream, BLOCK_FOOT, 0);
    foot.size = stream_size(stream) + sizeof foot;
    bytes_add(&stream->buf, &foot, sizeof foot);
    assert_int_equal(stream_end(stream, begun, ASIDE_DOCS), 0);
    assert_int_equal(stream_flush(stream) | segment_map(segment), 0);
}

/* Records that are forgotten early lead from their documents to blocks behind these, which are given back whole. */
static void transient_records_stand_apart(void **state)
{
    (void)state;
    struct store store;
    struct segment segment;
    struct stream stream;
    struct transients transients = {0};
    struct assay_doc back;
    uint64_t place[ASIDE_DOCS];
    layers[1].until = 3;
    assert_int_equal(store_open(&store, 1u << 30) | segment_create(&store, &segment, 0), 0);
    assert_int_equal(stream_open(&stream, &store, &segment, 0), 0);
    write_transients(&segment, &stream, &transients, place);
    assert_true(doc_open(&back, &tables));
    for (uint32_t i = 0; i < ASIDE_DOCS; i++) {
        doc_reset(&back);
        doc_part(&back, segment.at + place[i]);
        struct assay_list l = doc_layer(&back, 1);
        assert_int_equal(l.count, i % 3);
        if (l.count)
            assert_memory_equal(ASSAY_AT(struct word, l, l.count - 1)->text.at, l.count == 1 ? "one" : "two", 3);
    }
    uint64_t used = *store.used;
    transients_punch(&store, &segment, TRANSIENT_OVER(1)); /* another pass' */
    transients_punch(&store, &segment, TRANSIENT_THROUGH(2)); /* another kind */
    assert_int_equal(*store.used, used);
    transients_punch(&store, &segment, TRANSIENT_OVER(2));
    assert_true(*store.used + 50000 < used);
    tables.gone[1] = 1;
    doc_reset(&back);
    doc_part(&back, segment.at + place[2]);
    assert_int_equal(doc_layer(&back, 1).count, 0);
    assert_true(doc_has(&back, 1)); /* its step is called as before */
    assert_memory_equal(back.text.at, "one two three", 13);
    tables.gone[1] = 0;
    layers[1].until = 0;
    doc_close(&back);
    transients_free(&transients);
    stream_close(&stream);
    segment_close(&store, &segment);
    store_close(&store);
}

static const void *only_payload(struct stream *stream)
{
    uint64_t at = 0;
    const struct block *block = block_next(stream->buf.at, stream->buf.size, &at);
    assert_non_null(block);
    assert_int_equal(at, stream->buf.size);
    return block + 1;
}

static void same_text(struct assay_text a, struct assay_text b)
{
    assert_int_equal(a.at != NULL, b.at != NULL);
    assert_int_equal(a.size, b.size);
    if (a.size)
        assert_memory_equal(a.at, b.at, a.size);
}

/* Every row comes back, whatever of them the head tells, and whether the block has the text or is a later one. */
static void every_row_is_stored(void **state)
{
    (void)state;
    static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";
    static const struct assay_pair pair = {{"key", 3}, {"value", 5}};
    for (uint32_t kind = 0; kind < 64; kind++) {
        struct stream first = {0}, later = {0};
        struct assay_doc back;
        const char *why;
        assert_true(doc_open(&back, &tables));
        begin("some text");
        struct assay_document *r = &doc.record;
        for (uint32_t i = 1; i < 11; i++)
            (&r->doc)[i] = kind >> (i % 3) & 1 ? (struct assay_text){"ten bytes.", i} : (struct assay_text){0};
        r->title = kind & 1 ? (struct assay_text){"", 0} : r->title;
        r->raw_bytes = kind & 8 ? 1ull << 40 : 300;
        r->text_bytes = kind & 4 ? 9 : 100;
        r->sha256 = kind & 8 ? (struct assay_text){zeros, kind & 16 ? 64 : 5} : (struct assay_text){0};
        r->metadata = kind & 32 ? (struct assay_list){&pair, 1, sizeof pair} : (struct assay_list){0};
        assert_int_equal(doc_seal(&doc, &first, 1, 0, 1), 0);
        doc_reset(&back);
        doc_part(&back, only_payload(&first));
        int amended = kind & 2 && doc_amend(&back, "language", &(struct assay_text){"en", 2}, &why) == ASSAY_OK;
        if (amended) {
            assert_int_equal(doc_seal(&back, &later, 0, 1, 1), 0);
            doc_reset(&back);
            doc_part(&back, only_payload(&first));
            doc_part(&back, only_payload(&later));
            r->language = (struct assay_text){"en", 2};
        }
        struct assay_list l = doc_layer(&back, 0);
        assert_int_equal(l.count, 1);
        const struct assay_document *got = l.at;
        for (uint32_t i = 0; i < 11; i++)
            same_text((&got->doc)[i], (&r->doc)[i]);
        same_text(got->sha256, r->sha256);
        assert_int_equal(got->raw_bytes, r->raw_bytes);
        assert_int_equal(got->text_bytes, r->text_bytes);
        assert_int_equal(got->metadata.count, r->metadata.count);
        if (got->metadata.count)
            same_text(ASSAY_AT(struct assay_pair, got->metadata, 0)->value, pair.value);
        stream_close(&first);
        stream_close(&later);
        doc_close(&back);
    }
}

/* A document stored in memory, and amended by a later pass. Gives the bytes of the first block. `kind`: bit 0, another
 * text than the reader gave; bit 1, the record is stored as any other; bit 2, a file. */
static uint64_t store_given(uint32_t kind, struct stream *first, struct stream *later)
{
    static const struct assay_pair pair = {{"key", 3}, {"value", 5}};
    struct assay_doc back;
    struct backrefs backrefs[2] = {0};
    const char *why;
    first->backrefs = kind & 4 ? NULL : &backrefs[0];
    later->backrefs = kind & 4 ? NULL : &backrefs[1];
    begin("some text");
    assert_true(doc_give(&doc, doc.text));
    if (kind & 1)
        assert_int_equal(doc_set_text(&doc, (struct assay_text){"another", 7}, NULL, 0, &why), ASSAY_OK);
    doc.record.metadata = kind & 2 ? (struct assay_list){&pair, 1, sizeof pair} : (struct assay_list){0};
    assert_int_equal(doc_seal(&doc, first, 1, 0, 1), 0);
    uint64_t size = first->buf.size;
    assert_true(doc_open(&back, &tables));
    doc_part(&back, only_payload(first));
    assert_int_equal(doc_amend(&back, "language", &(struct assay_text){"en", 2}, &why), ASSAY_OK);
    assert_int_equal(doc_seal(&back, later, 0, 1, 1), 0);
    doc_close(&back);
    return size;
}

/* The SHA-256 takes no room where it is that of the text and nobody has asked for it; who does gets it. */
static void hashes_are_found_out_again(void **state)
{
    (void)state;
    const struct assay_text of_text = {"b94f6f125c79e3a5ffaa826f584c10d52ada669e6762051b826b55776d05aed2", 64};
    for (uint32_t kind = 0; kind < 8; kind++) {
        struct stream first = {0}, later = {0}, plain = {0};
        struct assay_doc back;
        tables.lean = 1;
        tables.hashes = 0;
        uint64_t size = store_given(kind, &first, &later);
        begin(kind & 1 ? "another" : "some text");
        doc.record = (struct assay_document){.doc = doc.record.doc};
        assert_int_equal(doc_seal(&doc, &plain, 1, 0, 1), 0);
        if (kind == 0)
            assert_true(size + 32 <= plain.buf.size);
        tables.hashes = 1;
        assert_true(doc_open(&back, &tables));
        for (uint32_t parts = 0; parts < 2; parts++) {
            doc_reset(&back);
            doc_part(&back, only_payload(&first));
            if (parts)
                doc_part(&back, only_payload(&later));
            const struct assay_document *got = doc_layer(&back, 0).at;
            same_text(got->sha256, of_text);
            same_text(got->language, parts ? (struct assay_text){"en", 2} : (struct assay_text){0});
        }
        doc_close(&back);
        stream_close(&first);
        stream_close(&later);
        stream_close(&plain);
    }
    tables.lean = tables.hashes = 0;
}

/* What documents of a segment have in common stands there now and then, and each has it. */
static void texts_stand_once(void **state)
{
    (void)state;
    enum { DOCS = 3000 };
    static char text[1000];
    struct backrefs backrefs = {0};
    struct stream stream = {.backrefs = &backrefs};
    struct assay_doc back;
    uint64_t at = 0;
    memset(text, 'x', sizeof text - 1);
    tables.lean = 1;
    for (uint32_t i = 0; i < DOCS; i++) {
        begin(text + i % 500);
        doc.ordinal = i;
        doc.record.path = (struct assay_text){"a/long/path/of/many/documents.jsonl", 35};
        doc.record.source = (struct assay_text){"one.example two.example" + i % 2 * 12, 11};
        doc.record.title = (struct assay_text){text, i % 300};
        assert_int_equal(doc_seal(&doc, &stream, 1, 0, i + 1), 0);
        if (i == 1000) /* what is cut off is not told of */
            assert_int_equal(stream_cut(&stream, 0), 0);
    }
    assert_true(stream.buf.size < 1999 * 1010); /* 1,046 each without */
    assert_true(doc_open(&back, &tables));
    const struct block *block;
    for (uint32_t i = 1001; (block = block_next(stream.buf.at, stream.buf.size, &at)); i++) {
        const struct doc_head *head = (const struct doc_head *)(const void *)(block + 1);
        doc_reset(&back);
        doc_part(&back, (const char *)head);
        assert_int_equal(head->ordinal, i);
        same_text(doc_path_of(head), (struct assay_text){"a/long/path/of/many/documents.jsonl", 35});
        const struct assay_document *got = doc_layer(&back, 0).at;
        same_text(got->path, doc_path_of(head));
        same_text(got->source, (struct assay_text){i % 2 ? "two.example" : "one.example", 11});
        assert_int_equal(got->title.size, i % 300);
        assert_int_equal(back.text.size, strlen(text + i % 500));
        assert_true(doc_map(&back));
        assert_int_equal(back.map[0].count, back.text.size);
    }
    assert_int_equal(at, stream.buf.size);
    tables.lean = 0;
    stream_close(&stream);
    doc_close(&back);
}

/* The directory tells more records than its entries can count. */
static void very_many_records(void **state)
{
    (void)state;
    struct plan many = plan;
    struct stream stream = {0};
    struct assay_doc back;
    many.record_limit = 1u << 20;
    tables.plan = &many;
    assert_true(doc_open(&back, &tables));
    begin("one two");
    doc_mark(&doc);
    for (uint32_t i = 0; i < 70000; i++)
        assert_int_equal(add(i % 2 * 4, 3 + i % 2 * 4), ASSAY_OK);
    assert_true(doc_commit(&doc, 0, 0));
    assert_int_equal(doc_seal(&doc, &stream, 1, 0, 1), 0);
    const struct doc_head *head = only_payload(&stream);
    assert_int_equal(head->entries, 3);
    doc_part(&back, (const char *)head);
    struct assay_list l = doc_layer(&back, 1);
    assert_int_equal(l.count, 70000);
    assert_memory_equal(ASSAY_AT(struct word, l, 69999)->text.at, "two", 3);
    tables.plan = &plan;
    stream_close(&stream);
    doc_close(&back);
}

static void huge_and_empty(void **state)
{
    (void)state;
    begin("");
    assert_int_equal(doc.text.size, 0);
    assert_int_equal(doc.mapped, 1);
    assert_int_equal(add(0, 0), ASSAY_OK);
    assert_non_null(doc_start(&doc, 1, (struct assay_text){"", 1ull << 32}, NULL, 0));
    static const struct assay_map wrong[] = {{0, 1, 4, 1, 1, 0}};
    assert_non_null(doc_start(&doc, 1, (struct assay_text){"text", 4}, wrong, 1));
    assert_null(doc_start(&doc, 1, (struct assay_text){"text", 4}, wrong, 0));
    assert_int_equal(doc.mapped, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_come_in_order_of_place), cmocka_unit_test(a_failed_hook_leaves_nothing),
        cmocka_unit_test(spans_are_checked),              cmocka_unit_test(rows_are_set_once),
        cmocka_unit_test(spans_follow_a_new_text),        cmocka_unit_test(stored_and_opened),
        cmocka_unit_test(every_row_is_stored),            cmocka_unit_test(transient_records_stand_apart),
        cmocka_unit_test(hashes_are_found_out_again),
        cmocka_unit_test(texts_stand_once),               cmocka_unit_test(very_many_records),
        cmocka_unit_test(huge_and_empty),                 cmocka_unit_test(all_places_follow_a_new_text),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
