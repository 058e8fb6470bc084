/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <assay/layers/claim.h>
#include <assay/layers/copy.h>
#include <assay/layers/document.h>
#include <assay/layers/finding.h>
#include <assay/layers/host.h>
#include <assay/layers/text.h>

#include "fields.h"

struct record {
    struct assay_span span;
    uint32_t count, has_count;
    double real;
    struct assay_text text;
    struct assay_list list;
};
static const struct assay_field good_rows[] = {
    ASSAY_FIELD(struct record, span, ASSAY_SPAN, ASSAY_SELF, NULL, ""),
    ASSAY_MAYBE(struct record, count, ASSAY_U32, 0, NULL, ""),
    ASSAY_FIELD(struct record, real, ASSAY_REAL, 0, NULL, ""),
    ASSAY_FIELD(struct record, text, ASSAY_TEXT, 0, NULL, ""),
    ASSAY_FIELD(struct record, list, ASSAY_TEXT, ASSAY_LIST, NULL, ""),
};
static const struct assay_fields good = ASSAY_FIELDS(struct record, good_rows);
static char room[256];

/* The good table with one row changed. */
static const char *check_with(struct assay_field row, uint32_t at)
{
    static struct assay_field copy[5];
    memcpy(copy, good_rows, sizeof copy);
    copy[at] = row;
    struct assay_fields f = ASSAY_FIELDS(struct record, copy);
    return fields_check(&f, FIELDS_RECORD, room, sizeof room);
}

static void known_tables_are_sound(void **state)
{
    (void)state;
    static const struct assay_fields *const all[] = {&assay_document_fields, &assay_claim_fields, &assay_finding_fields, &assay_language_fields,
                                                     &assay_sentence_fields, &assay_failure_fields, &assay_skipped_fields, &assay_run_fields,
                                                     &assay_copy_fields,     &good};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const char *why = fields_check(all[i], FIELDS_RECORD, room, sizeof room);
        if (why)
            fail_msg("table %zu: %s", i, why);
    }
}

static void lies_are_found(void **state)
{
    (void)state;
    struct assay_field r = good_rows[1];
    r.size = 8;
    assert_non_null(check_with(r, 1));
    r = good_rows[1];
    r.offset = sizeof(struct record) - 2;
    assert_non_null(check_with(r, 1));
    r = good_rows[1];
    r.offset = 0xfffffffc;
    assert_non_null(check_with(r, 1));
    r = good_rows[1];
    r.has = sizeof(struct record);
    assert_non_null(check_with(r, 1));
    r = good_rows[1];
    r.type = 99;
    assert_non_null(check_with(r, 1));
    r = good_rows[1];
    r.name = "Count";
    assert_non_null(check_with(r, 1));
    r.name = "span";
    assert_non_null(check_with(r, 1));
    r = good_rows[1];
    r.flags = 1u << 30;
    assert_non_null(check_with(r, 1));
    r = good_rows[1];
    r.type = ASSAY_CHOICE;
    assert_non_null(check_with(r, 1));
    r.of = "a||b";
    assert_non_null(check_with(r, 1));
    r.of = "a|b";
    assert_null(check_with(r, 1));
    r = good_rows[2];
    r.offset += 4;
    assert_non_null(check_with(r, 2));
    r = good_rows[3];
    r.type = ASSAY_PATH;
    assert_non_null(check_with(r, 3));
    r = good_rows[4]; /* lists and records have no order */
    r.flags |= ASSAY_KEY;
    assert_string_equal(check_with(r, 4), "row 'list': KEY is for one plain value");
    r = good_rows[1];
    r.flags = ASSAY_DOWN;
    assert_non_null(check_with(r, 1)); /* without KEY it means nothing */
    r.flags = ASSAY_KEY | ASSAY_DOWN;
    assert_null(check_with(r, 1));
    struct assay_fields f = good;
    f.row_size = 8;
    assert_non_null(fields_check(&f, FIELDS_RECORD, room, sizeof room));
    f = good;
    f.row = NULL;
    assert_non_null(fields_check(&f, FIELDS_RECORD, room, sizeof room));
}

/* A part that holds itself. */
struct self {
    struct assay_list list;
};
extern const struct assay_fields self_fields;
static const struct assay_field self_rows[] = {ASSAY_FIELD(struct self, list, ASSAY_RECORD, ASSAY_LIST, &self_fields, "")};
const struct assay_fields self_fields = ASSAY_FIELDS(struct self, self_rows);

static void endless_nesting_ends(void **state)
{
    (void)state;
    assert_non_null(fields_check(&self_fields, FIELDS_RECORD, room, sizeof room));
}

/* Rows of an author whose struct assay_field is longer. */
struct long_row {
    struct assay_field row;
    uint64_t more[2];
};

static void longer_rows(void **state)
{
    (void)state;
    struct long_row rows[5] = {0};
    for (int i = 0; i < 5; i++)
        rows[i].row = good_rows[i];
    struct assay_fields f = {sizeof rows[0], 5, sizeof(struct record), 0, &rows[0].row};
    assert_null(fields_check(&f, FIELDS_RECORD, room, sizeof room));
    assert_ptr_equal(fields_find(&f, "text"), &rows[3].row);
    assert_true(fields_same(&good, &f));
    assert_null(fields_find(&f, "none"));
}

struct wanted {
    uint32_t count, has_count;
    struct assay_text text;
};

static void agreement(void **state)
{
    (void)state;
    static const struct assay_field some[] = {ASSAY_MAYBE(struct wanted, count, ASSAY_U32, 0, NULL, ""), ASSAY_FIELD(struct wanted, text, ASSAY_TEXT, 0, NULL, "")};
    static const struct assay_field other[] = {ASSAY_FIELD(struct wanted, text, ASSAY_DOC, 0, NULL, "")};
    static const struct assay_field more[] = {{"more", ASSAY_U32, 0, 0, 4, ASSAY_NEVER, 0, NULL, NULL, NULL, NULL, ""}};
    static const struct assay_field must[] = {{"more", ASSAY_U32, ASSAY_MUST, 0, 4, ASSAY_NEVER, 0, NULL, NULL, NULL, NULL, ""}};
    static const struct assay_fields fsome = ASSAY_FIELDS(struct wanted, some), fother = ASSAY_FIELDS(struct wanted, other),
                                     fmore = ASSAY_FIELDS(struct wanted, more), fmust = ASSAY_FIELDS(struct wanted, must);
    assert_null(fields_agree(&fsome, &good, room, sizeof room));
    assert_false(fields_same(&fsome, &good)); /* other places */
    assert_non_null(fields_agree(&fother, &good, room, sizeof room));
    assert_null(fields_agree(&fmore, &good, room, sizeof room));
    assert_non_null(fields_agree(&fmust, &good, room, sizeof room));
    assert_true(fields_same(&assay_claim_fields, &assay_claim_fields));
}

static void words(void **state)
{
    (void)state;
    assert_int_equal(fields_words("a|bb|c"), 3);
    assert_int_equal(fields_word("a|bb|c", 1).size, 2);
    assert_null(fields_word("a|bb|c", 3).at);
    assert_int_equal(fields_word_index("a|bb|c", "bb", 2), 1);
    assert_int_equal(fields_word_index("a|bb|c", "b", 1), ASSAY_NEVER);
    assert_int_equal(fields_word_index("a|bb|c", "", 0), ASSAY_NEVER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_tables_are_sound), cmocka_unit_test(lies_are_found), cmocka_unit_test(endless_nesting_ends),
        cmocka_unit_test(longer_rows),            cmocka_unit_test(agreement),      cmocka_unit_test(words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
