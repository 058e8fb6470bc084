/* SPDX-License-Identifier: Apache-2.0
 *
 * CPU time of the claims plugin alone (no reading, no writing): the gold texts, every sentence of which has figures, and the
 * hostile ones. Built by hand, from the repository:
 *   cc -O2 -D_GNU_SOURCE -Iinclude -Itests/plugin/claims tests/bench/claims/speed.c build objects of claims and kit -lstemmer -lxxhash -lm
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "reader.h"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void measure(const char *name, const char *language, const char *text, int times)
{
    double best = 1e9;
    uint32_t claims = 0;
    for (int round = 0; round < 3; round++) {
        struct assay_test *t = assay_test_new(&claims_LTX_assay_plugin, "conf");
        assay_test_open(t, NULL);
        double start = now();
        for (int i = 0; i < times; i++)
            claims = read_claims(t, text, language, "2024-05-17").count;
        double took = (now() - start) / times;
        best = took < best ? took : best;
        assay_test_free(t);
    }
    printf("%-22s %8.1f MB/s  %6.2f claims/kB\n", name, (double)strlen(text) / best / 1e6, claims * 1000.0 / (double)strlen(text));
}

int main(void)
{
    static const char *const languages[] = {"en", "ru", "de", "fr", "tr"};
    static const char *const pieces[][3] = {{"digits", "en", "1234567890"}, {"(", "en", "("}, {"тысяч", "ru", "тысяч "}, {",", "en", ","}, {"no figures", "en", "The weather was fine and people walked in the park near the old fountain.\n"}};
    char *text = malloc(1 << 20);
    double start = now();
    struct assay_test *t = assay_test_new(&claims_LTX_assay_plugin, "conf");
    assay_test_open(t, NULL);
    printf("open, all lexicons: %.1f ms\n", (now() - start) * 1e3);
    assay_test_free(t);
    for (size_t i = 0; i < 5; i++) {
        char path[64], line[1024];
        size_t n = 0, whole;
        snprintf(path, sizeof path, "tests/corpus/claims/%s.txt", languages[i]);
        FILE *file = fopen(path, "r");
        while (file && fgets(line, sizeof line, file))
            if (line[0] == '>')
                n += (size_t)snprintf(text + n, (1 << 20) - n, "%s", line + 2);
        if (file)
            fclose(file);
        for (whole = n; n + whole < 200000; n += whole)
            memcpy(text + n, text, whole);
        text[n] = 0;
        measure(path, languages[i], text, 5);
    }
    for (size_t i = 0; i < 5; i++) {
        size_t n = 0, step = strlen(pieces[i][2]);
        for (; n + step < 1000000; n += step)
            memcpy(text + n, pieces[i][2], step);
        text[n] = 0;
        measure(pieces[i][0], pieces[i][1], text, 1);
    }
    free(text);
    return 0;
}
