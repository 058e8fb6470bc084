/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include <assay/layers/document.h>

#include "../sample.h"

extern const struct assay_plugin sqlite_LTX_assay_plugin;

struct options {
    struct assay_text path;
    uint32_t text, search, metadata;
};

static char folder[] = "/tmp/assay-sqlite-XXXXXX";
static char path[128];
static sqlite3 *db;

static int setup(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    struct fake *f = fake_new();
    sample_fill(f, 1);
    struct options o = {fake_text("results.db"), 1, 1, 1};
    assay_status status = fake_write(f, &sqlite_LTX_assay_plugin, &o, folder);
    if (status)
        fprintf(stderr, "%s\n", fake_message(f));
    if (!status && !strstr(fake_output(f, NULL), "{\"results\":{\"tables\":{\"document\""))
        status = -1;
    snprintf(path, sizeof path, "%s", fake_temporary(f));
    fake_free(f);
    return status || sqlite3_open(path, &db) != SQLITE_OK ? -1 : 0;
}

static int teardown(void **state)
{
    (void)state;
    sqlite3_close(db);
    const char *keep = getenv("KEEP");
    if (keep && rename(path, keep))
        return -1;
    unlink(path);
    return rmdir(folder);
}

/* The first column of the first row as text; "" where it is null. */
static const char *ask(const char *sql)
{
    static char answer[4096];
    sqlite3_stmt *s;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    int code = sqlite3_step(s);
    const unsigned char *text = code == SQLITE_ROW ? sqlite3_column_text(s, 0) : NULL;
    snprintf(answer, sizeof answer, "%s", text ? (const char *)text : code == SQLITE_ROW ? "" : "(none)");
    sqlite3_finalize(s);
    return answer;
}

#define IS(sql, expected) assert_string_equal(ask(sql), expected)

static void test_whole(void **state)
{
    (void)state;
    IS("PRAGMA integrity_check", "ok");
    IS("PRAGMA foreign_key_check", "(none)");
    IS("PRAGMA user_version", "1");
    IS("PRAGMA application_id", "1095979865");
    IS("SELECT count(*) FROM document", "15");
    IS("SELECT count(*) FROM claim", "35");
    IS("SELECT count(*) FROM finding", "11");
}

static void test_values(void **state)
{
    (void)state;
    IS("SELECT id FROM claim WHERE doc='courier/quake-1.html' ORDER BY \"begin\"", "courier/quake-1.html#67-78");
    IS("SELECT raw_begin FROM claim WHERE id='courier/quake-1.html#67-78'", "479");
    IS("SELECT raw_begin FROM claim WHERE doc='meridian/varn.txt'", "");
    IS("SELECT time_from FROM claim WHERE id='courier/quake-1.html#67-78'", "2024-05-01");
    IS("SELECT time_begin FROM claim WHERE doc='xezer/ixrac.txt'", "");
    IS("SELECT measured_text FROM claim WHERE doc='vestnik/varn.txt'", "Пострадали человек");
    IS("SELECT bound FROM claim WHERE id='courier/quake-1.html#67-78'", "~");
    IS("SELECT text FROM claim_entity WHERE claim='courier/quake-1.html#67-78'", "Varn");
    IS("SELECT metadata FROM document WHERE doc='courier/quake-1.html'", "{\"desk\":\"foreign\",\"a\\\"b\":\"<x>\"}");
    IS("SELECT \"from\"||'>'||\"to\" FROM repair WHERE document='vestnik/varn.txt'", "Р>P");
    IS("SELECT confidence FROM language WHERE doc='loner/note.txt'", "");
    IS("SELECT b_doc FROM copy WHERE covered_b=1", "mirror/varn-same.txt");
    IS("SELECT a_raw_begin FROM copy WHERE covered_b=1", "412");
    IS("SELECT a_begin||'-'||a_end FROM copy_figures_differ", "67-78");
    IS("SELECT group_concat(doc) FROM (SELECT doc FROM cluster_doc WHERE cluster='c1' ORDER BY position)",
       "courier/quake-1.html,mirror/varn-copy.txt,mirror/varn-same.txt");
    IS("SELECT sources FROM finding_value WHERE finding='f-cargo' AND position=1", "[\"Hafenblatt\"]");
    IS("SELECT count(*) FROM finding_claim WHERE finding='f-injured'", "6");
    IS("SELECT claim FROM finding_value_claim WHERE finding='f-injured' AND value=1", "mirror/varn-copy.txt#67-78");
    IS("SELECT group_concat(verdict) FROM finding_pair WHERE finding='f-injured'", "conflict,conflict,conflict");
    IS("SELECT period_from FROM finding WHERE id='f-cargo'", "2023");
    IS("SELECT review FROM finding WHERE rank=3", "reopened");
    IS("SELECT name FROM run_plugin WHERE position=1", "claims");
}

static void test_search_and_view(void **state)
{
    (void)state;
    IS("SELECT doc FROM document WHERE document_no IN (SELECT rowid FROM document_fts WHERE document_fts MATCH 'gece OR землетрясение')",
       "vestnik/varn.txt");
    IS("SELECT sentence FROM evidence WHERE finding='f-injured' AND doc='vestnik/varn.txt'", "Пострадали 2,1 тысячи человек, сообщили врачи.");
    IS("SELECT count(*) FROM evidence WHERE verdict='conflict'", "17");
}

/* ---- a layer of somebody else, with rows of every type ---- */

struct inner {
    struct assay_span span;
    struct assay_list names; /* struct assay_text */
};
static const struct assay_field inner_rows[] = {
    ASSAY_FIELD(struct inner, span, ASSAY_SPAN, ASSAY_SELF, NULL, ""),
    ASSAY_FIELD(struct inner, names, ASSAY_TEXT, ASSAY_LIST, NULL, ""),
};
static const struct assay_fields inner_fields = ASSAY_FIELDS(struct inner, inner_rows);

struct outer {
    double weight;
    struct assay_list inners; /* struct inner */
    struct assay_list docs;   /* assay_docid */
};
static const struct assay_field outer_rows[] = {
    ASSAY_FIELD(struct outer, weight, ASSAY_REAL, 0, NULL, ""),
    ASSAY_FIELD(struct outer, inners, ASSAY_RECORD, ASSAY_LIST, &inner_fields, ""),
    ASSAY_FIELD(struct outer, docs, ASSAY_DOC, ASSAY_LIST, NULL, ""),
};
static const struct assay_fields outer_fields = ASSAY_FIELDS(struct outer, outer_rows);

struct ship {
    struct assay_span span;
    uint32_t afloat, has_place;
    int64_t depth;
    uint64_t mark;
    struct assay_place place;
    struct inner part;
    uint32_t has_part, has_select, select, zero;
    struct assay_list outers; /* struct outer */
    struct assay_list counts; /* uint32_t */
    struct assay_list extras; /* struct assay_pair */
};
static const struct assay_field ship_rows[] = {
    ASSAY_FIELD(struct ship, span, ASSAY_SPAN, ASSAY_SELF, NULL, ""),
    ASSAY_FIELD(struct ship, afloat, ASSAY_FLAG, 0, NULL, ""),
    ASSAY_FIELD(struct ship, depth, ASSAY_I64, 0, NULL, ""),
    ASSAY_FIELD(struct ship, mark, ASSAY_U64, 0, NULL, ""),
    ASSAY_MAYBE(struct ship, place, ASSAY_PLACE, 0, NULL, ""),
    ASSAY_MAYBE(struct ship, part, ASSAY_RECORD, 0, &inner_fields, ""),
    ASSAY_MAYBE(struct ship, select, ASSAY_CHOICE, 0, "order|group", ""),
    ASSAY_FIELD(struct ship, outers, ASSAY_RECORD, ASSAY_LIST, &outer_fields, ""),
    ASSAY_FIELD(struct ship, counts, ASSAY_U32, ASSAY_LIST, NULL, ""),
    ASSAY_FIELD(struct ship, extras, ASSAY_RECORD, ASSAY_LIST | ASSAY_OBJECT, &assay_pair_fields, ""),
};
static const struct assay_fields ship_fields = ASSAY_FIELDS(struct ship, ship_rows);

static void add_ships(struct fake *f, uint32_t layer, assay_docid doc)
{
    static const struct assay_text names[] = {{"a\"b", 3}, {NULL, 0}};
    static const uint32_t counts[] = {7, 9};
    static const struct assay_pair extras[] = {{{"k", 1}, {"v'v", 3}}};
    struct inner inners[] = {{{1, 2}, {names, 2, sizeof names[0]}}, {{3, 4}, {NULL, 0, 16}}};
    struct outer outers[] = {{0.5, {inners, 2, sizeof inners[0]}, {&doc, 1, sizeof doc}}, {1.0 / 0.0, {inners, 1, sizeof inners[0]}, {NULL, 0, 8}}};
    struct ship ship = {.span = {0, 3}, .afloat = 1, .depth = -5, .mark = UINT64_MAX, .has_place = 1, .place = {doc, {2, 3}}, .has_part = 1,
                        .part = inners[0], .has_select = 1, .select = 1, .outers = {outers, 2, sizeof outers[0]},
                        .counts = {counts, 2, sizeof counts[0]}, .extras = {extras, 1, sizeof extras[0]}};
    struct ship bare = {.span = {0, 3}};
    /* The fake copies the record only: what it points to has to last. */
    struct inner *kept = fake_alloc(f, sizeof inners);
    memcpy(kept, inners, sizeof inners);
    struct outer *kept_outers = fake_alloc(f, sizeof outers);
    memcpy(kept_outers, outers, sizeof outers);
    assay_docid *kept_doc = fake_alloc(f, sizeof doc);
    *kept_doc = doc;
    kept_outers[0].inners.at = kept_outers[1].inners.at = kept;
    kept_outers[0].docs.at = kept_doc;
    ship.outers.at = kept_outers;
    fake_add(f, layer, doc, &ship);
    fake_add(f, layer, doc, &bare);
}

static void test_foreign_layer(void **state)
{
    (void)state;
    struct fake *f = fake_new();
    sample_fill(f, 0);
    uint32_t layer = fake_layer(f, "vendor_ship", ASSAY_ON_DOCUMENT | ASSAY_NAMED, &ship_fields, sizeof(struct ship));
    struct assay_document record = {.doc = fake_text("zz")};
    add_ships(f, layer, fake_document(f, &record, fake_text("abcdef"), 10));
    struct options o = {fake_text("ships.db"), 1, 1, 0};
    assert_int_equal(fake_write(f, &sqlite_LTX_assay_plugin, &o, folder), ASSAY_OK);
    char other[128];
    snprintf(other, sizeof other, "%s", fake_temporary(f));
    fake_free(f);
    sqlite3 *sample = db;
    assert_int_equal(sqlite3_open(other, &db), SQLITE_OK);
    IS("PRAGMA foreign_key_check", "(none)");
    IS("SELECT group_concat(id) FROM vendor_ship", "zz#0-3,zz#0-3~2");
    IS("SELECT afloat||' '||depth||' '||mark||' '||\"select\" FROM vendor_ship WHERE afloat", "1 -5 -1 group");
    IS("SELECT place_doc||' '||place_begin||' '||place_raw_end FROM vendor_ship", "zz 2 13");
    IS("SELECT part_begin||' '||part_end||' '||part_names FROM vendor_ship", "1 2 [\"a\\\"b\",null]");
    IS("SELECT coalesce(place_doc, part_begin, part_names, \"select\", 'nothing') FROM vendor_ship WHERE id = 'zz#0-3~2'", "nothing");
    IS("SELECT extras FROM vendor_ship", "{\"k\":\"v'v\"}");
    IS("SELECT group_concat(count) FROM vendor_ship_count WHERE vendor_ship = 'zz#0-3'", "7,9");
    IS("SELECT group_concat(coalesce(weight, 'null')) FROM vendor_ship_outer", "0.5,null");
    IS("SELECT group_concat(doc) FROM vendor_ship_outer_doc WHERE outer = 0", "zz");
    IS("SELECT group_concat(outer || '/' || position || ':' || \"begin\") FROM vendor_ship_outer_inner", "0/0:1,0/1:3,1/0:1");
    IS("SELECT count(*) FROM vendor_ship_outer WHERE vendor_ship = 'zz#0-3~2'", "0");
    sqlite3_close(db);
    db = sample;
    remove(other);
}

static void test_unwritable(void **state)
{
    (void)state;
    struct fake *f = fake_new();
    sample_fill(f, 1);
    struct options o = {fake_text("results.db"), 1, 1, 1};
    assert_int_equal(fake_write(f, &sqlite_LTX_assay_plugin, &o, "/nowhere"), ASSAY_EFATAL);
    assert_non_null(strstr(fake_message(f), "unable to open"));
    fake_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_search_and_view),
        cmocka_unit_test(test_foreign_layer),
        cmocka_unit_test(test_unwritable),
    };
    return cmocka_run_group_tests(tests, setup, teardown) != 0;
}
