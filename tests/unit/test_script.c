/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include <assay/kit/script.h>

static void names_of_scripts(void **state)
{
    static const struct {
        uint32_t cp;
        const char *name;
    } rows[] = {
        {'a', "Latn"},     {0xe9, "Latn"},    {0x416, "Cyrl"},  {0x3b1, "Grek"},  {0x5d0, "Hebr"},   {0x627, "Arab"},
        {0x905, "Deva"},   {0x4e00, "Hani"},  {0x3042, "Hira"}, {0x30a2, "Kana"}, {0xac00, "Hang"},  {0x10d0, "Geor"},
        {0x561, "Armn"},   {0xe01, "Thai"},   {' ', "Zyyy"},    {'1', "Zyyy"},    {0x301, "Zyyy"},   {0x20000, "Hani"},
        {0x10400, "Dsrt"}, {0xe000, "Zyyy"},  {0x110000, "Zyyy"}, {0xffffffff, "Zyyy"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_string_equal(assay_script_name(assay_script(rows[i].cp)), rows[i].name);
}

static void numbers_are_bounded(void **state)
{
    (void)state;
    uint32_t count = assay_script_count();
    assert_true(count > 100);
    assert_string_equal(assay_script_name(0), "Zyyy");
    assert_string_equal(assay_script_name(count), "Zyyy");
    for (uint32_t cp = 0; cp < 0x110000; cp++)
        assert_true(assay_script(cp) < count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_of_scripts), cmocka_unit_test(numbers_are_bounded)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
