/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts with another language inside a sentence (quotes.txt): at least 97 of 100 bytes in the right language.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

struct part {
    uint32_t end;
    char language[4];
};

/* Takes the tags out of a line; gives how many parts it has. */
static uint32_t parts_of(const char *line, char *text, struct part *part)
{
    uint32_t parts = 0, size = 0;
    for (const char *p = line; *p && *p != '\n';) {
        if (*p == '{') {
            const char *close = strchr(p, '}');
            assert_true(close && close - p <= 4 && parts < 16);
            snprintf(part[parts].language, 4, "%.*s", (int)(close - p - 1), p + 1);
            parts++;
            p = close + 1;
            continue;
        }
        text[size++] = *p++;
        part[parts - 1].end = size;
    }
    text[size] = 0;
    return parts;
}

static void quotes_keep_their_language(void **state)
{
    static struct engine engine;
    struct engine_result result = {0};
    char line[4096], text[4096], message[256];
    struct part part[16];
    uint64_t right = 0, all = 0;
    (void)state;
    assert_int_equal(engine_open(&engine, "plugins/language/langid.model", message), 1);
    FILE *f = fopen("tests/plugin/language/quotes.txt", "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        if (line[0] != '{')
            continue;
        uint32_t parts = parts_of(line, text, part), p = 0, s = 0;
        assert_true(parts >= 2);
        assert_int_equal(engine_run(&engine, text, (uint32_t)strlen(text), NULL, 0, &result), 1);
        for (uint32_t i = 0; text[i]; i++) {
            while (part[p].end <= i)
                p++;
            while (result.span[s].end <= i)
                s++;
            if (text[i] == ' ')
                continue;
            all++;
            right += !strcmp(part[p].language, engine.name[result.span[s].state].language);
        }
    }
    fclose(f);
    assert_true(all > 4000);
    if (right * 100 < all * 97)
        fail_msg("only %u of %u bytes", (unsigned)right, (unsigned)all);
    engine_result_free(&result);
    engine_close(&engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(quotes_keep_their_language)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
