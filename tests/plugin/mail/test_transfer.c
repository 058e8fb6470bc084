/* SPDX-License-Identifier: Apache-2.0
 *
 * Transfer encodings, decoded with the way back.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <assay/kit/map.h>

#include "transfer.h"

typedef int decoder(struct assay_mapper *, struct assay_text, uint64_t, uint64_t);

/* `want` NULL: refused. The encoded text stands inside of others, which must not be read. */
static void check(decoder *decode, const char *encoded, const char *want)
{
    size_t size = strlen(encoded);
    char *item = malloc(size + 5);
    assert_non_null(item);
    memcpy(item, "QUJ", 3);
    memcpy(item + 3, encoded, size);
    memcpy(item + 3 + size, "41", 2);
    struct assay_mapper m = {0};
    int ok = decode(&m, (struct assay_text){item, size + 5}, 3, 3 + size);
    if (ok != (want != NULL))
        fail_msg("\"%s\": %d", encoded, ok);
    if (ok) {
        assert_int_equal(m.text.size, strlen(want));
        if (m.text.size)
            assert_memory_equal(m.text.at, want, m.text.size);
        for (uint64_t at = 0; at < m.text.size; at++) {
            uint64_t raw[2];
            assert_true(assay_map_raw(m.run, m.count, at, at + 1, raw));
            assert_true(raw[0] >= 3 && raw[0] < raw[1] && raw[1] <= 3 + size);
        }
    }
    assay_mapper_free(&m);
    free(item);
}

static void quoted_printable(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"", ""},
        {"plain", "plain"},
        {"=41=42", "AB"},
        {"caf=C3=A9 =e2=82=ac", "caf\xc3\xa9 \xe2\x82\xac"},
        {"one=\ntwo", "onetwo"},
        {"one=\r\ntwo", "onetwo"},
        {"one= \t\r\ntwo", "onetwo"},
        {"one=", "one"},
        {"one=  ", "one"},
        {"a=3D=\n=3Db", "a==b"},
        {"=4", NULL}, /* its second digit stands behind the end */
        {"=4g", NULL},
        {"=g4", NULL},
        {"a=b", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check(transfer_quoted, rows[i][0], rows[i][1]);
}

static void base64(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"", ""},
        {"QUJD", "ABC"},
        {"QUI=", "AB"},
        {"QQ==", "A"},
        {"QUJD\r\nQUJD \tQQ==\n", "ABCABCA"},
        {"AUJD", "\x01" "BC"},
        {"+/+/", "\xfb\xff\xbf"},
        {"09az", "\xd3\xd6\xb3"},
        {"QU\nJD", NULL}, /* a group across lines */
        {"QQ==QUJD", NULL},
        {"QQ=Q", NULL},
        {"QUJ", NULL},
        {"QUJD=", NULL},
        {"====", NULL},
        {"Q===", NULL},
        {"QU!D", NULL},
        {"-_-_", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check(transfer_base64, rows[i][0], rows[i][1]);
    struct assay_mapper m = {0}; /* zero bytes */
    assert_true(transfer_base64(&m, (struct assay_text){"AAAAABCD", 8}, 0, 8));
    assert_int_equal(m.text.size, 6);
    assert_memory_equal(m.text.at, "\0\0\0\0\x10\x83", 6);
    assay_mapper_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(quoted_printable), cmocka_unit_test(base64)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
