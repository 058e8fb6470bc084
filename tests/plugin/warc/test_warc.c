/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/text.h>
#include <assay/testing.h>
#include <string.h>
#include <zlib.h>

#include "http.h"
#include "source.h"

extern const struct assay_plugin warc_LTX_assay_plugin;

static void headers_are_read(void **state)
{
    (void)state;
    const char *h = "HTTP/1.1 200 OK\r\ncontent-type: Text/HTML; Charset=\"koi8-r\" ; x=y\r\nEmpty:\r\n\r\nbody";
    uint64_t size = http_header_size(h, strlen(h));
    assert_int_equal(size, strlen(h) - 4);
    struct assay_text block = {h, size}, charset, type = http_type(http_header(block, "Content-Type"), &charset);
    assert_int_equal(type.size, 9);
    assert_memory_equal(type.at, "Text/HTML", 9);
    assert_int_equal(charset.size, 6);
    assert_memory_equal(charset.at, "koi8-r", 6);
    assert_int_equal(http_header(block, "Empty").size, 0);
    assert_null(http_header(block, "Absent").at);
    assert_int_equal(http_status(block), 200);
    assert_int_equal(http_status(assay_text_of("HTTP/1.1 2x0 OK")), 0);
    assert_int_equal(http_header_size("a: b\r\nc: d\r\n", 12), 0);
    /* The next record's line ends the search: else a file of such lines costs 64 kB of it a line. */
    static const char two[] = "WARC/1.0\r\nA: WARC/1\r\nWARC/1.0\r\nB: c\r\n\r\n";
    assert_int_equal(http_header_size(two, sizeof two - 1), 0);
    assert_int_equal(http_header_size(two + 21, sizeof two - 22), 18);
}

static int unchunk(const char *body, char *out)
{
    struct assay_mapper m = {0};
    int status = http_unchunk(&m, body, 0, strlen(body));
    if (m.text.size)
        memcpy(out, m.text.at, m.text.size);
    out[m.text.size] = 0;
    assay_mapper_free(&m);
    return status;
}

static void chunks_are_joined(void **state)
{
    (void)state;
    char out[100];
    assert_int_equal(unchunk("4\r\nabcd\r\nA;ext=1\r\n0123456789\r\n0\r\n\r\n", out), 1);
    assert_string_equal(out, "abcd0123456789");
    assert_int_equal(unchunk("plain body", out), 0);
    assert_int_equal(unchunk("ffffffffffffffff\r\nx", out), 0);
    assert_int_equal(unchunk("2\r\nab\r\nfff\r\nshort", out), -1);
    assert_int_equal(unchunk("2\r\nab\r\n", out), -1);
}

static void records_are_read_past_broken_ones(void **state)
{
    (void)state;
    struct {
        uint64_t max_record;
    } options = {1 << 20};
    static const char in[] =
        "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n"
        "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: <http://a.example/x>\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\nfirst 1\r\n\r\n"
        "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nlonger than said\r\n\r\n"
        "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\n\r\nno length\r\n\r\n"
        "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 99999999\r\n\r\nhuge\r\n\r\n"
        "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: image/png\r\nContent-Length: 3\r\n\r\nPNG\r\n\r\n"
        "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nlast 2";
    struct assay_test *t = assay_test_new(&warc_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, &options), ASSAY_OK);
    struct assay_item *item = assay_test_item(t, "w.warc", (struct assay_text){in, sizeof in - 1});
    assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
    assert_int_equal(t->docs, 3);
    assert_memory_equal(t->doc[0]->text.at, "first 1", 7);
    assert_memory_equal(t->doc[0]->record.uri.at, "http://a.example/x", 18);
    assert_memory_equal(t->doc[0]->record.doc.at, "w.warc!/2", 9);
    assert_memory_equal(in + t->doc[0]->map[0].from, "first 1", 7);
    assert_memory_equal(t->doc[1]->text.at, "lon", 3);
    assert_memory_equal(t->doc[2]->text.at, "last 2", 6);
    assert_memory_equal(in + t->doc[2]->map[0].from, "last 2", 6);
    assert_int_equal(t->members, 1);
    assert_int_equal(t->skips, 0);
    assert_int_equal(t->failures, 3); /* a length too short, none, one above the limit */
    assay_test_free(t);
}

/* What no reader of the chain takes is told, and what lies between two packed records is passed over. */
static void what_is_not_read_is_told(void **state)
{
    (void)state;
    struct {
        uint64_t max_record;
    } options = {1 << 20};
    static const char one[] = "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: image/png\r\nContent-Length: 3\r\n\r\nPNG\r\n\r\n",
                      two[] = "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nlast 2\r\n\r\n";
    char packed[1024] = {0};
    size_t size = 0;
    for (int i = 0; i < 2; i++) {
        z_stream z = {0};
        assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
        z.next_in = (Bytef *)(uintptr_t)(i ? two : one);
        z.avail_in = (uInt)((i ? sizeof two : sizeof one) - 1);
        z.next_out = (Bytef *)packed + size;
        z.avail_out = (uInt)(sizeof packed - size);
        assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
        size += z.total_out + (i ? 0 : 9); /* zero bytes between them, as some tools write them */
        deflateEnd(&z);
    }
    struct assay_test *t = assay_test_new(&warc_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, &options), ASSAY_OK);
    t->member_answer = ASSAY_NO;
    struct assay_item *item = assay_test_item(t, "w.warc.gz", (struct assay_text){packed, size});
    assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
    assert_int_equal(t->docs, 1);
    assert_memory_equal(t->doc[0]->text.at, "last 2", 6);
    assert_int_equal(t->members, 1);
    assert_int_equal(t->skips, 1);
    assert_int_equal(t->skipped[0].size, 3);
    assert_int_equal(t->failures, 0);
    assay_test_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_are_read),
        cmocka_unit_test(chunks_are_joined),
        cmocka_unit_test(records_are_read_past_broken_ones),
        cmocka_unit_test(what_is_not_read_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
