/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/sniff.h>
#include <assay/kit/text.h>
#include <assay/testing.h>
#include <stdio.h>
#include <string.h>

extern const struct assay_plugin mail_LTX_assay_plugin;

static struct {
    uint64_t max_message;
    uint32_t attachments;
} options = {1 << 20, 1};

static struct assay_test *read_mail(const char *bytes)
{
    struct assay_test *t = assay_test_new(&mail_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, &options), ASSAY_OK);
    struct assay_item *item = assay_test_item(t, "m.eml", assay_text_of(bytes));
    assert_int_equal(t->plugin->accept(t->self, item->name, item->bytes), ASSAY_OK);
    assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
    return t;
}

#define HEAD "From: Ann B <ann@news.example>\nSubject: =?koi8-r?B?8NLJ18XU?=\nDate: Mon, 6 Mar 2017 04:02:06 +0300\nMessage-ID: <1@x>\nMIME-Version: 1.0\n"

static void the_plain_part_is_the_text(void **state)
{
    (void)state;
    static const char in[] = HEAD "Content-Type: multipart/alternative; boundary=X\n\n--X\nContent-Type: text/plain; charset=koi8-r\n\nplain 5 \xf0\xd2\n"
                                  "--X\nContent-Type: text/html\n\n<p>html 6</p>\n--X--\n";
    struct assay_test *t = read_mail(in);
    assert_int_equal(t->docs, 1);
    const struct assay_doc *d = t->doc[0];
    assert_memory_equal(d->text.at, "plain 5 \xf0\xd2", 10);
    assert_memory_equal(in + d->map[0].from, "plain 5", 7);
    assert_memory_equal(d->record.title.at, "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82", 12);
    assert_memory_equal(d->record.source.at, "news.example", 12);
    assert_memory_equal(d->record.published.at, "2017-03-06T04:02:06+03:00", 25);
    assert_memory_equal(ASSAY_AT(struct assay_pair, d->record.metadata, 1)->value.at, "koi8-r", 6);
    assert_int_equal(t->members, 0); /* the other part says the same */
    assay_test_free(t);
}

/* The bytes of the mail that byte `at` of the text came from. */
static void comes_from(const struct assay_doc *d, uint32_t at, const char *mail, const char *want)
{
    for (uint64_t i = 0; i < d->runs; i++) {
        const struct assay_map *run = &d->map[i];
        if (at < run->to || at >= run->to + (uint64_t)run->count * run->to_step)
            continue;
        const char *from = mail + run->from + (uint64_t)((at - run->to) / run->to_step) * run->from_step;
        assert_memory_equal(from, want, strlen(want));
        return;
    }
    fail_msg("byte %u is in no run", at);
}

static void quoted_bodies_lead_back(void **state)
{
    (void)state;
    static const char in[] = HEAD "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n5 =C2=B0 a=\nb 412 km\n";
    struct assay_test *t = read_mail(in);
    assert_memory_equal(t->doc[0]->text.at, "5 \xc2\xb0 ab 412 km\n", 15);
    comes_from(t->doc[0], 0, in, "5 =C2");
    comes_from(t->doc[0], 3, in, "=B0 a=");
    comes_from(t->doc[0], 6, in, "b 412");
    comes_from(t->doc[0], 8, in, "412 km");
    assay_test_free(t);
}

static void base64_bodies_lead_back(void **state)
{
    (void)state;
    static const char in[] = HEAD "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nVGhl\nIDQxMiBtZW4g\nbGVmdC4=\n";
    struct assay_test *t = read_mail(in);
    assert_memory_equal(t->doc[0]->text.at, "The 412 men left.", 17);
    comes_from(t->doc[0], 0, in, "VGhl");
    comes_from(t->doc[0], 4, in, "IDQx");
    comes_from(t->doc[0], 6, in, "MiBt");
    comes_from(t->doc[0], 16, in, "dC4=");
    assay_test_free(t);
}

static void odd_encodings_have_no_map(void **state)
{
    (void)state;
    static const char *const body[] = {"quoted-printable\n\nx =ZZ 5\n", "quoted-printable\n\nx 5=", "base64\n\nVG\nhl\n", "base64\n\n!!!!\n", "base64\n\nQQ==QQ==\n"};
    for (size_t i = 0; i < sizeof body / sizeof body[0]; i++) {
        char in[1000];
        snprintf(in, sizeof in, HEAD "Content-Type: text/plain\nContent-Transfer-Encoding: %s", body[i]);
        struct assay_test *t = read_mail(in);
        for (uint32_t k = 0; t->docs && k < t->doc[0]->runs; k++) /* none, or one inside the mail */
            assert_true(t->doc[0]->map[k].from + (uint64_t)t->doc[0]->map[k].count * t->doc[0]->map[k].from_step <= strlen(in));
        assay_test_free(t);
    }
}

static void a_folder_has_many(void **state)
{
    (void)state;
    struct assay_test *t = read_mail("From a Mon Mar  6 04:02:06 2017\n" HEAD "\none\n\nFrom a Mon Mar  6 04:02:06 2017\n" HEAD "\ntwo\n");
    assert_int_equal(t->docs, 2);
    assert_memory_equal(t->doc[1]->record.doc.at, "m.eml!/2", 8);
    assert_memory_equal(t->doc[1]->text.at, "two", 3);
    assay_test_free(t);
}

/* What was attached to one message is not handed out with the next. */
static void attachments_stay_with_their_message(void **state)
{
    (void)state;
    struct assay_test *t = read_mail("From a Mon Mar  6 04:02:06 2017\n" HEAD
                                     "Content-Type: multipart/mixed; boundary=X\n\n--X\nContent-Type: text/plain\n\none\n"
                                     "--X\nContent-Type: text/csv\nContent-Disposition: attachment; filename=t.csv\n\na,b\n"
                                     "--X--\n\nFrom a Mon Mar  6 04:02:06 2017\n" HEAD "\ntwo\n");
    assert_int_equal(t->docs, 2);
    assert_int_equal(t->members, 1);
    assert_memory_equal(t->member[0].bytes.at, "a,b", 3);
    assay_test_free(t);
}

static void attachments_that_nobody_reads_are_told(void **state)
{
    (void)state;
    struct assay_test *t = assay_test_new(&mail_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, &options), ASSAY_OK);
    t->member_answer = ASSAY_NO;
    struct assay_item *item = assay_test_item(t, "m.eml", assay_text_of(HEAD
        "Content-Type: multipart/mixed; boundary=X\n\n--X\nContent-Type: text/plain\n\none\n"
        "--X\nContent-Type: image/png\nContent-Disposition: attachment; filename=a.png\n\nPNG\n--X--\n"));
    assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
    assert_int_equal(t->members, 1);
    assert_int_equal(t->skips, 1);
    assert_int_equal(t->skipped[0].size, 3);
    assay_test_free(t);
}

static void forwarded_messages_are_read_too(void **state)
{
    (void)state;
    struct assay_test *t = read_mail(HEAD "Content-Type: multipart/mixed; boundary=X\n\n--X\nContent-Type: text/plain\n\nfyi\n"
                                          "--X\nContent-Type: message/rfc822\n\nFrom: z@x\nDate: Mon, 6 Mar 2017 04:02:06 +0300\n"
                                          "Subject: in\nMessage-ID: <2@x>\n\nthe text\n--X--\n");
    assert_int_equal(t->docs, 1);
    assert_int_equal(t->members, 1);
    assert_int_equal(assay_sniff_mail(t->member[0].bytes), 1);
    assert_non_null(memmem(t->member[0].bytes.at, t->member[0].bytes.size, "\n\nthe text", 10));
    assay_test_free(t);
}

static void a_byte_order_mark_is_no_part_of_it(void **state)
{
    (void)state;
    static const char in[] = "\xef\xbb\xbf" HEAD "\ntext 5\n", folder[] = "\xef\xbb\xbf" "From a\n" HEAD "\ntext 5\n";
    struct assay_test *t = read_mail(in);
    assert_memory_equal(t->doc[0]->record.source.at, "news.example", 12);
    comes_from(t->doc[0], 0, in, "text 5");
    assay_test_free(t);
    t = read_mail(folder);
    assert_int_equal(t->docs, 1);
    assert_memory_equal(t->doc[0]->record.source.at, "news.example", 12);
    assay_test_free(t);
}

static void large_and_empty_ones_are_recorded(void **state)
{
    (void)state;
    options.max_message = 100;
    struct assay_test *t = read_mail(HEAD "\nbody\n");
    assert_int_equal(t->docs, 0);
    assert_memory_equal(t->failed[0].code.at, "limit", 5);
    assay_test_free(t);
    options.max_message = 1 << 20;
    t = read_mail(HEAD "Content-Type: multipart/mixed; boundary=X\n\nno part\n");
    assert_int_equal(t->docs, 0);
    assert_int_equal(t->failures, 1);
    assay_test_free(t);
}

static void other_texts_are_no_mail(void **state)
{
    (void)state;
    struct assay_test *t = assay_test_new(&mail_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, &options), ASSAY_OK);
    static const char *const texts[] = {"", "plain", "From here\nto there\n", "Title: a\nDate: b\n\nc", "a: 1\nb: 2\nc: 3\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_int_equal(t->plugin->accept(t->self, assay_text_of("x.eml"), assay_text_of(texts[i])), ASSAY_NO);
    assay_test_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_plain_part_is_the_text),
        cmocka_unit_test(quoted_bodies_lead_back), cmocka_unit_test(base64_bodies_lead_back), cmocka_unit_test(odd_encodings_have_no_map),
        cmocka_unit_test(a_folder_has_many),
        cmocka_unit_test(attachments_stay_with_their_message), cmocka_unit_test(attachments_that_nobody_reads_are_told),
        cmocka_unit_test(forwarded_messages_are_read_too),
        cmocka_unit_test(a_byte_order_mark_is_no_part_of_it), cmocka_unit_test(large_and_empty_ones_are_recorded),
        cmocka_unit_test(other_texts_are_no_mail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
