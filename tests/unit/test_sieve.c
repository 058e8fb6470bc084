/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/sieve.h>
#include <string.h>

#define MOST 300u

static uint64_t seed = 1;

static uint32_t below(uint32_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % n;
}

static uint32_t all_places(const struct assay_sieve *sieve, const char *text, size_t size, uint32_t most, uint64_t *places)
{
    uint64_t at = 0;
    uint32_t n = 0;
    while (at < size) {
        uint64_t before = at;
        n += assay_sieve_gather(sieve, (struct assay_text){text, size}, &at, places + n, most);
        assert_true(at > before && at <= size);
    }
    return n;
}

static void a_window_added_passes_wherever_it_stands(void **state)
{
    (void)state;
    static const unsigned char window[] = {0xd0, 0xbf, 0xd1, 0x91};
    struct assay_sieve sieve = {0};
    assay_sieve_add(&sieve, 5, window);
    for (size_t at = 0; at < 200; at++) {
        char text[204];
        uint64_t place[MOST];
        memset(text, 'a', sizeof text);
        memcpy(text + at, window, sizeof window);
        assert_int_equal(all_places(&sieve, text, sizeof text, MOST, place), 1);
        assert_int_equal(place[0], at + ASSAY_SIEVE_BACK);
        text[at]--;
        assert_int_equal(all_places(&sieve, text, sizeof text, MOST, place), 0);
    }
}

static void before_and_behind_the_text_stand_zeros(void **state)
{
    (void)state;
    struct assay_sieve sieve = {0};
    uint64_t place[MOST];
    assay_sieve_add(&sieve, 0, (const unsigned char[]){0, 0, 0xc2, 0});
    assert_int_equal(all_places(&sieve, "\xc2", 1, MOST, place), 1);
    assert_int_equal(all_places(&sieve, "", 0, MOST, place), 0);
    assert_int_equal(all_places(&sieve, "a\xc2", 2, MOST, place), 0);
    assert_int_equal(all_places(&sieve, "\xc2" "a", 2, MOST, place), 0);
}

/* Few places at once are found byte by byte, many in blocks, where the processor can. */
static void all_ways_find_the_same(void **state)
{
    (void)state;
    for (int round = 0; round < 2000; round++) {
        struct assay_sieve sieve = {0};
        for (uint32_t i = below(40); i < 40; i++) {
            const unsigned char window[] = {(unsigned char)below(256), (unsigned char)below(256), (unsigned char)(0x80 + below(128)), (unsigned char)below(256)};
            assay_sieve_add(&sieve, below(ASSAY_SIEVE_PATTERNS), window);
        }
        char text[1000];
        uint64_t slow[1000 + MOST], fast[1000 + MOST];
        size_t size = below(1000);
        uint32_t plain = below(3);
        for (size_t i = 0; i < size; i++)
            text[i] = (char)(plain && below(40) ? 'a' : below(256));
        uint32_t n = all_places(&sieve, text, size, 1 + below(60), slow);
        assert_int_equal(all_places(&sieve, text, size, MOST, fast), n);
        assert_memory_equal(slow, fast, n * sizeof *slow);
        assert_int_equal(all_places(&sieve, text, size, 64 + below(10), fast), n);
        assert_memory_equal(slow, fast, n * sizeof *slow);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_window_added_passes_wherever_it_stands),
        cmocka_unit_test(before_and_behind_the_text_stand_zeros),
        cmocka_unit_test(all_ways_find_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
