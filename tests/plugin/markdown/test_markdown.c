/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../writer_checks.h"

extern const struct assay_plugin markdown_LTX_assay_plugin;

struct options {
    struct assay_text path;
    uint32_t max_findings, severity;
};

static char *run(int findings, uint32_t most)
{
    struct fake *f = fake_new();
    sample_fill(f, findings);
    struct options o = {fake_text("-"), most, 3};
    assert_int_equal(fake_write(f, &markdown_LTX_assay_plugin, &o, NULL), ASSAY_OK);
    char *out = strdup(fake_output(f, NULL));
    if (getenv("SHOW"))
        fputs(out, stdout);
    fake_free(f);
    return out;
}

static void test_findings(void **state)
{
    (void)state;
    char *out = run(1, 50);
    has(out, "| sources disagree | 5 |");
    has(out, "## Sources disagree (5)\n\n### 1\\. People injured in Varn: about 1,200, about 1,300 or at least 2,100\n");
    has(out, "  - “**About 1,200** people were injured, the governor's office said.” — **Varn Courier**, 2024-05-02, courier/quake-1.html, byte 67\n");
    has(out, "“Пострадали **2,1 тысячи** человек, сообщили врачи.”");
    has(out, "2 inputs passed over.");
    free(out);
    out = run(1, 2);
    has(out, "… and 3 more");
    free(out);
    out = run(0, 2);
    has(out, "No figures of different texts");
    free(out);
}

static void test_text_stays_text(void **state)
{
    (void)state;
    char *out = run(1, 50);
    assert_null(strchr(out, '<'));
    assert_null(strchr(out, '\033'));
    /* the source's text is there, escaped */
    has(out, "“He said \"&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;\"'&amp;&lt;!--\\]\\]&gt;\" and **77** bottles");
    has(out, "=HYPERLINK(\"http\\://x\")");
    assert_null(strstr(out, "http://"));
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_findings), cmocka_unit_test(test_text_stays_text)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
