/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libpq-fe.h>

#include <assay/layers/document.h>
#include <assay/layers/finding.h>

#include "../sample.h"
#include "spool.h"

extern const struct assay_plugin postgres_LTX_assay_plugin;

struct options {
    struct assay_text path, schema;
    uint32_t text;
};

static char folder[] = "/tmp/assay-pg-XXXXXX";
static char path[256];
static int absent;
static PGconn *connection;

static int server(const char *what)
{
    char command[512];
    snprintf(command, sizeof command, "sh tests/plugin/postgres/server.sh %s %s", what, folder);
    int status = system(command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static assay_status store(int findings, const char *where, const char **message)
{
    static char text[4096];
    struct fake *f = fake_new();
    sample_fill(f, findings);
    struct options o = {fake_text(where), fake_text("assay"), 1};
    assay_status status = fake_write(f, &postgres_LTX_assay_plugin, &o, NULL);
    snprintf(text, sizeof text, "%s", fake_message(f));
    if (message)
        *message = text;
    else if (status)
        fprintf(stderr, "%s\n", text);
    fake_free(f);
    return status;
}

static int setup(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    int status = server("start");
    absent = status == 77;
    if (status)
        return absent ? 0 : -1;
    snprintf(path, sizeof path, "host=%s user=tester dbname=postgres", folder);
    connection = PQconnectdb(path);
    return PQstatus(connection) == CONNECTION_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    char command[512];
    PQfinish(connection);
    if (!absent)
        server("stop");
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static const char *ask(const char *sql)
{
    static char answer[4096];
    PGresult *r = PQexec(connection, sql);
    if (PQresultStatus(r) != PGRES_TUPLES_OK && PQresultStatus(r) != PGRES_COMMAND_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(connection));
    snprintf(answer, sizeof answer, "%s", PQntuples(r) ? PQgetvalue(r, 0, 0) : "(none)");
    PQclear(r);
    return answer;
}

#define IS(sql, expected) assert_string_equal(ask(sql), expected)

static void test_first_run(void **state)
{
    (void)state;
    if (absent)
        skip();
    assert_int_equal(store(1, path, NULL), ASSAY_OK);
    ask("SET search_path = assay");
    IS("SELECT count(*) FROM document", "15");
    IS("SELECT count(*) FROM claim", "35");
    IS("SELECT count(*) FROM finding", "11");
    IS("SELECT count(*) FROM sentence WHERE doc = 'courier/quake-1.html'", "5");
    IS("SELECT time_from FROM claim WHERE id = 'courier/quake-1.html#67-78'", "2024-05-01");
    IS("SELECT heading FROM sentence LIMIT 1", "f");
    IS("SELECT metadata ->> 'desk' FROM document WHERE doc = 'courier/quake-1.html'", "foreign");
    IS("SELECT title FROM document WHERE doc = 'hostile/a.txt'", "Title " SAMPLE_HOSTILE);
    IS("SELECT sentence FROM evidence WHERE finding = 'f-injured' AND doc = 'vestnik/varn.txt'",
       "Пострадали 2,1 тысячи человек, сообщили врачи.");
    IS("SELECT doc FROM document WHERE to_tsvector('simple', coalesce(title, '') || ' ' || left(coalesce(text, ''), 100000)) @@ "
       "to_tsquery('simple', 'землетрясение')", "vestnik/varn.txt");
}

/* The same again: the same rows, one run more. */
static void test_second_run(void **state)
{
    (void)state;
    if (absent)
        skip();
    ask("UPDATE finding SET title = 'old' WHERE id = 'f-cargo'");
    ask("UPDATE document SET title = 'old' WHERE doc = 'kiyi/liman.txt'");
    ask("INSERT INTO document(doc) VALUES ('elsewhere')");
    ask("INSERT INTO claim(id, doc) VALUES ('elsewhere#0-1', 'elsewhere'), ('kiyi/liman.txt#0-1', 'kiyi/liman.txt')");
    ask("INSERT INTO finding(id) VALUES ('f-gone'), ('f-elsewhere')");
    ask("INSERT INTO finding_claim(finding, position, claim) VALUES ('f-gone', 0, 'kiyi/liman.txt#0-1'), ('f-elsewhere', 0, 'elsewhere#0-1')");
    assert_int_equal(store(1, path, NULL), ASSAY_OK);
    IS("SELECT title FROM finding WHERE id = 'f-cargo'", "Cargo of the port last year: 5.2 million or 52 million tonnes");
    IS("SELECT title FROM document WHERE doc = 'kiyi/liman.txt'", "Limanda rekor");
    IS("SELECT count(*) FROM document", "16");
    IS("SELECT count(*) FROM claim", "36");
    IS("SELECT string_agg(id, ',') FROM finding WHERE id IN ('f-gone', 'f-elsewhere')", "f-elsewhere");
    IS("SELECT count(*) FROM finding_value_claim", "33");
    IS("SELECT count(*) FROM copy", "3");
    IS("SELECT count(*) FROM copy_figures_differ", "1");
    IS("SELECT count(*) FROM failure", "2");
    IS("SELECT count(*) FROM run", "2");
    IS("SELECT count(*) FROM run_plugin", "6");
}

static void test_nothing_by_half(void **state)
{
    (void)state;
    const char *message;
    if (absent)
        skip();
    ask("ALTER TABLE run ALTER COLUMN version TYPE bigint USING 0");
    assert_int_equal(store(1, path, &message), ASSAY_EFATAL);
    assert_non_null(strstr(message, "storing the run"));
    IS("SELECT count(*) FROM run", "2");
    ask("ALTER TABLE run ALTER COLUMN version TYPE text");
}

static void test_no_server(void **state)
{
    (void)state;
    const char *message;
    assert_int_equal(store(1, "host=/nowhere dbname=x", &message), ASSAY_EFATAL);
    assert_non_null(strstr(message, "connecting"));
    assert_null(strchr(message, '\n'));
}

static void test_cells(void **state)
{
    (void)state;
    static const struct assay_table r = {.name = "t", .columns = 6};
    struct spool s = {0};
    char line[256] = {0};
    const struct assay_cell cell[] = {
        {.type = ASSAY_CELL_TEXT, .text = {"a\tb\n\\\0z", 7}}, {.type = ASSAY_CELL_NULL},
        {.type = ASSAY_CELL_INTEGER, .integer = -7},           {.type = ASSAY_CELL_FLAG, .integer = 1},
        {.type = ASSAY_CELL_REAL, .real = 0.25},               {.type = ASSAY_CELL_JSON, .text = {"[\"\\u0000\\\\u0000\"]", 17}},
    };
    assert_true(spool_row(&s, &r, cell));
    assert_true(spool_rewind(&s));
    assert_true(fread(line, 1, sizeof line - 1, s.file) > 0);
    assert_string_equal(line, "a\\tb\\n\\\\\x1az\t\\N\t-7\tt\t0.25\t[\"\\\\ufffd\\\\\\\\u0000\"]\n");
    spool_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_run), cmocka_unit_test(test_second_run), cmocka_unit_test(test_nothing_by_half),
        cmocka_unit_test(test_no_server), cmocka_unit_test(test_cells),
    };
    return cmocka_run_group_tests(tests, setup, teardown) != 0;
}
