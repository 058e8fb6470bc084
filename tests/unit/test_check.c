/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "check.h"

struct part {
    struct assay_text text;
    struct assay_span span;
};
static const struct assay_field part_rows[] = {
    ASSAY_FIELD(struct part, text, ASSAY_TEXT, 0, NULL, ""),
    ASSAY_FIELD(struct part, span, ASSAY_SPAN, 0, NULL, ""),
};
static const struct assay_fields part_fields = ASSAY_FIELDS(struct part, part_rows);

struct record {
    struct assay_span span;
    struct assay_text text;
    uint32_t flag, choice, has_choice, zero;
    struct assay_list parts, words;
    struct assay_place place;
    struct assay_ref ref;
    assay_docid doc;
};
static const struct assay_field rows[] = {
    ASSAY_FIELD(struct record, span, ASSAY_SPAN, ASSAY_SELF, NULL, ""),
    ASSAY_FIELD(struct record, text, ASSAY_TEXT, 0, NULL, ""),
    ASSAY_FIELD(struct record, flag, ASSAY_FLAG, 0, NULL, ""),
    ASSAY_MAYBE(struct record, choice, ASSAY_CHOICE, 0, "a|b|c", ""),
    ASSAY_FIELD(struct record, parts, ASSAY_RECORD, ASSAY_LIST, &part_fields, ""),
    ASSAY_FIELD(struct record, words, ASSAY_TEXT, ASSAY_LIST, NULL, ""),
    ASSAY_FIELD(struct record, place, ASSAY_PLACE, 0, NULL, ""),
    ASSAY_FIELD(struct record, ref, ASSAY_REF, 0, "claim/1", ""),
    ASSAY_FIELD(struct record, doc, ASSAY_DOC, 0, NULL, ""),
};
static const struct assay_fields fields = ASSAY_FIELDS(struct record, rows);

static const char *known(void *own, int kind, const char *of, struct assay_place place, struct check *c)
{
    (void)own;
    if (kind == 2 && (strcmp(of, "claim/1") || place.span.begin >= 3))
        return check_say(c, "no such record");
    if (kind == 1 && place.span.end > 10)
        return check_say(c, "no such place");
    return place.doc == 7 ? NULL : check_say(c, "no such document");
}

static struct check check;
static struct record record;

static void begin(void)
{
    check = (struct check){.text = {"caf\xc3\xa9 au lait", 13}, .is_utf8 = 1, .known = known};
    record = (struct record){0};
}

static void is_wrong(const char *why)
{
    const char *said = check_record(&check, &fields, &record);
    assert_non_null(said);
    if (!strstr(said, why))
        fail_msg("'%s' does not say '%s'", said, why);
    begin();
}

static void is_fine(void)
{
    const char *said = check_record(&check, &fields, &record);
    if (said)
        fail_msg("%s", said);
    begin();
}

static void values(void **state)
{
    (void)state;
    begin();
    is_fine();
    record.span = (struct assay_span){3, 2};
    is_wrong("ends (2) before it begins (3)");
    record.span = (struct assay_span){0, 14};
    is_wrong("not inside the text of 13 bytes");
    record.span = (struct assay_span){0, 4};
    is_wrong("cuts through a character");
    check.is_utf8 = 0;
    record.span = (struct assay_span){0, 4};
    is_fine();
    record.span = (struct assay_span){0, 5};
    is_fine();
    check.not_self = 1;
    record.span = (struct assay_span){0, 99};
    is_fine();
    record.text = (struct assay_text){NULL, 3};
    is_wrong("row 'text' is null and has 3 bytes");
    record.text = (struct assay_text){"a\xff", 2};
    is_wrong("row 'text' is not UTF-8 at byte 1");
    check.any_bytes = 1;
    record.text = (struct assay_text){"a\xff", 2};
    is_fine();
    record.text = (struct assay_text){"\0", 1};
    is_fine();
    record.flag = 2;
    is_wrong("row 'flag' is 2");
    record.choice = 9; /* null, so whatever it is */
    is_fine();
    record.has_choice = 1;
    record.choice = 3;
    is_wrong("row 'choice' is 3, its choice has 3 words");
    record.has_choice = 5;
    is_wrong("has_choice is 5");
}

static void lists(void **state)
{
    (void)state;
    struct part parts[2] = {{{"fine", 4}, {0, 3}}, {{"b\x80", 2}, {0, 3}}};
    begin();
    record.parts = (struct assay_list){parts, 1, sizeof *parts};
    is_fine();
    record.parts = (struct assay_list){parts, 2, sizeof *parts};
    is_wrong("row 'text' is not UTF-8");
    parts[1] = (struct part){{"fine", 4}, {0, 30}};
    record.parts = (struct assay_list){parts, 2, sizeof *parts};
    is_wrong("row 'span' (0 to 30)");
    record.parts = (struct assay_list){parts, 2, 4};
    is_wrong("2 elements 4 bytes apart");
    record.parts = (struct assay_list){NULL, 2, sizeof *parts};
    is_wrong("null pointer");
    record.words = (struct assay_list){&(struct assay_text){"x\xc3", 2}, 1, sizeof(struct assay_text)};
    is_wrong("row 'words' is not UTF-8");
}

static void names_of_others(void **state)
{
    (void)state;
    begin();
    record.doc = 8;
    is_wrong("no such document");
    record.doc = 7;
    is_fine();
    record.place = (struct assay_place){7, {0, 10}};
    is_fine();
    record.place = (struct assay_place){7, {0, 11}};
    is_wrong("no such place");
    record.place = (struct assay_place){7, {5, 4}};
    is_wrong("before it begins");
    record.ref = (struct assay_ref){7, 2, 0};
    is_fine();
    record.ref = (struct assay_ref){7, 3, 0};
    is_wrong("no such record");
}

static void memory(void **state)
{
    (void)state;
    begin();
    char *pages = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(pages != MAP_FAILED);
    assert_int_equal(munmap(pages + 2 * 4096, 4096), 0);
    memset(pages, 'a', 2 * 4096);
    assert_null(check_bytes(&check, "it", pages, 2 * 4096));
    assert_null(check_bytes(&check, "it", pages + 100, 2 * 4096 - 100));
    assert_non_null(check_bytes(&check, "it", pages, 2 * 4096 + 1));
    assert_non_null(check_bytes(&check, "it", pages + 2 * 4096 - 1, 2));
    assert_non_null(check_bytes(&check, "it", NULL, 1));
    assert_null(check_bytes(&check, "it", NULL, 0));
    assert_non_null(check_bytes(&check, "it", pages, UINT64_MAX));
    assert_non_null(check_string(&check, "it", pages)); /* runs off the end */
    pages[2 * 4096 - 1] = 0;
    assert_null(check_string(&check, "it", pages));
    assert_non_null(check_string(&check, "it", "\xff"));
    assert_non_null(check_string(&check, "it", NULL));
    check.lasts = 1;
    char here[4] = "abc";
    assert_non_null(check_bytes(&check, "it", here, 3));
    assert_null(check_bytes(&check, "it", "static", 6));
    munmap(pages, 2 * 4096);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values),
        cmocka_unit_test(lists),
        cmocka_unit_test(names_of_others),
        cmocka_unit_test(memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
