/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/utf8.h>
#include <string.h>

#include "mojibake.h"

static uint32_t passes(const struct views *views, const char *text, size_t size)
{
    uint64_t at = 0, place[8];
    return assay_sieve_gather(&views->sieve, (struct assay_text){text, size}, &at, place, 8);
}

static uint32_t pair_passes(const struct views *views, uint32_t before, uint32_t cp)
{
    char text[8];
    uint32_t n = assay_utf8_put(text, before);
    n += assay_utf8_put(text + n, cp);
    return passes(views, text, n);
}

static void every_pair_that_could_be_mangled_passes(void **state)
{
    (void)state;
    struct views *views = views_new();
    assert_non_null(views);
    uint32_t pairs = 0;
    for (uint32_t before = 0x80; before < 0x3000; before++)
        for (uint32_t cp = 0x80; views_lead(views, before) && cp < 0x3000; cp++)
            if (mojibake_begins(views, before, cp)) {
                assert_true(pair_passes(views, before, cp));
                pairs++;
            }
    assert_true(pairs > 10000);
    for (uint32_t cp = 0x80; cp < 0xa0; cp++)
        assert_true(pair_passes(views, 'a', cp) && pair_passes(views, 0x4e00, cp));
    for (uint32_t i = 0; i < 64 * 64; i++)
        assert_true(pair_passes(views, 0xc0 + i % 64, 0xc0 + i / 64));
    views_free(views);
}

/* What costs speed where it passes. */
static void ordinary_text_does_not_pass(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Завод выпустил сорок новых машин, больше, чем год назад.", "Το εργοστάσιο παρήγαγε σαράντα μηχανές, περισσότερες από πέρυσι.",
        "Le café du port a été fermé à minuit, l'été dernier déjà.", "工厂生产了四十台新机器，比去年多。", "أنتج المصنع أربعين آلة جديدة، أكثر من العام الماضي.",
        "המפעל ייצר ארבעים מכונות חדשות.", "कारखाने ने चालीस नई मशीनें बनाईं।", "공장은 새 기계 마흔 대를 만들었다.", "Zakład wyprodukował czterdzieści maszyn.",
    };
    struct views *views = views_new();
    assert_non_null(views);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_int_equal(passes(views, texts[i], strlen(texts[i])), 0);
    views_free(views);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_that_could_be_mangled_passes),
        cmocka_unit_test(ordinary_text_does_not_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
