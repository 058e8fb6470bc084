/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include <assay/kit/fold.h>

static void case_is_simple_mapping(void **state)
{
    (void)state;
    assert_int_equal(assay_lower('A'), 'a');
    assert_int_equal(assay_lower('a'), 'a');
    assert_int_equal(assay_lower(0x401), 0x451);   /* Ё */
    assert_int_equal(assay_lower('I'), 'i');
    assert_int_equal(assay_lower(0x130), 'i');     /* İ */
    assert_int_equal(assay_upper(0x131), 'I');     /* ı */
    assert_int_equal(assay_upper(0xff), 0x178);    /* ÿ */
    assert_int_equal(assay_upper(0xdf), 0xdf);     /* ß */
    assert_int_equal(assay_lower(0x10400), 0x10428); /* Deseret, beyond the first plane */
    assert_int_equal(assay_upper(0x10428), 0x10400);
    assert_int_equal(assay_lower(0x1e9e), 0xdf);   /* ẞ */
    assert_int_equal(assay_lower(0x110000), 0x110000);
    assert_int_equal(assay_lower(0xffffffff), 0xffffffff);
}

static void fold_drops_accents_but_keeps_letters(void **state)
{
    static const uint32_t pairs[][2] = {
        {'E', 'e'},      {0xc9, 'e'},     {0xe9, 'e'},       {0x451, 0x435},  {0x401, 0x435}, {0x439, 0x439},
        {0x419, 0x439},  {0xdf, 0xdf},    {0x131, 'i'},      {0x130, 'i'},    {0xff21, 'a'},  {0xff15, '5'},
        {0x1ea4, 'a'},   {0x3ac, 0x3b1},  {0x1f80, 0x3b1},   {0x142, 'l'},    {0x457, 0x457}, {0x2019, '\''},
        {0x663, '3'},    {0x1d7d8, '0'},  {0x304c, 0x304c},  {0xac00, 0xac00}, {0x958, 0x958}, {0xe6, 0xe6},
        {0x212a, 'k'},   {0x2126, 0x3c9}, {0x10400, 0x10428}, {0x45e, 0x45e}, {0x1e9e, 0xdf},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        assert_int_equal(assay_fold(pairs[i][0]), pairs[i][1]);
}

static void fold_is_idempotent_and_blind_to_case(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        uint32_t once = assay_fold(cp);
        if (assay_fold(once) != once)
            fail_msg("U+%04X folds to U+%04X, that to U+%04X", cp, once, assay_fold(once));
        if (cp != 0x130 && assay_fold(assay_lower(cp)) != once)
            fail_msg("U+%04X and its lower case fold differently", cp);
    }
}

static void classes(void **state)
{
    static const uint32_t pairs[][2] = {
        {'a', ASSAY_CP_LETTER},      {0x416, ASSAY_CP_LETTER},    {0xac00, ASSAY_CP_LETTER},   {'7', ASSAY_CP_DIGIT},
        {0x966, ASSAY_CP_DIGIT},     {0x301, ASSAY_CP_MARK},      {0x93e, ASSAY_CP_MARK},      {' ', ASSAY_CP_SPACE},
        {'\n', ASSAY_CP_SPACE},      {'\t', ASSAY_CP_SPACE},      {0xa0, ASSAY_CP_SPACE},      {0x202f, ASSAY_CP_SPACE},
        {0x2009, ASSAY_CP_SPACE},    {0x3000, ASSAY_CP_SPACE},    {'.', ASSAY_CP_PUNCT},       {0x3002, ASSAY_CP_PUNCT},
        {'%', ASSAY_CP_PUNCT},       {'+', ASSAY_CP_SYMBOL},      {'$', ASSAY_CP_SYMBOL},      {0x20ac, ASSAY_CP_SYMBOL},
        {0xb0, ASSAY_CP_SYMBOL},     {0x1f600, ASSAY_CP_SYMBOL},  {0x4e00, ASSAY_CP_IDEOGRAPH}, {0x3042, ASSAY_CP_IDEOGRAPH},
        {0x30fc, ASSAY_CP_IDEOGRAPH}, {0xe01, ASSAY_CP_IDEOGRAPH}, {0x20000, ASSAY_CP_IDEOGRAPH}, {0x3007, ASSAY_CP_IDEOGRAPH},
        {0xad, ASSAY_CP_IGNORE},     {0x200b, ASSAY_CP_IGNORE},   {0x202e, ASSAY_CP_IGNORE},   {0xfeff, ASSAY_CP_IGNORE},
        {0xfe0f, ASSAY_CP_IGNORE},   {0xe0041, ASSAY_CP_IGNORE},  {7, ASSAY_CP_CONTROL},       {0x7f, ASSAY_CP_CONTROL},
        {0xe000, ASSAY_CP_OTHER},    {0x10fffd, ASSAY_CP_OTHER},  {0x378, ASSAY_CP_OTHER},     {0xbd, ASSAY_CP_SYMBOL},
        {0xd800, ASSAY_CP_OTHER},    {0xffffffff, ASSAY_CP_OTHER}, {0xe31, ASSAY_CP_MARK},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (assay_class(pairs[i][0]) != pairs[i][1])
            fail_msg("U+%04X is of class %u", pairs[i][0], assay_class(pairs[i][0]));
}

static void digits_and_capitals(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++) {
        assert_int_equal(assay_digit('0' + (uint32_t)i), i);
        assert_int_equal(assay_digit(0x660 + (uint32_t)i), i);
        assert_int_equal(assay_digit(0x1d7ce + (uint32_t)i), i);
    }
    assert_int_equal(assay_digit('a'), -1);
    assert_int_equal(assay_digit(0xb2), -1);
    assert_true(assay_is_upper('A'));
    assert_true(assay_is_upper(0x1c5)); /* title case */
    assert_true(assay_is_upper(0x410));
    assert_false(assay_is_upper('a'));
    assert_false(assay_is_upper('1'));
    assert_false(assay_is_upper(0x4e00));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_is_simple_mapping), cmocka_unit_test(fold_drops_accents_but_keeps_letters),
        cmocka_unit_test(fold_is_idempotent_and_blind_to_case), cmocka_unit_test(classes),
        cmocka_unit_test(digits_and_capitals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
