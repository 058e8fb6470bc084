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
        cmocka_unit_test(test_unwritable),
    };
    return cmocka_run_group_tests(tests, setup, teardown) != 0;
}
