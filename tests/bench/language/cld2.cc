/* SPDX-License-Identifier: Apache-2.0
 *
 * CLD2 behind the same commands as lid.c: cld2 lines|mixed|speed [FILE]. Full tables: link or preload libcld2_full first.
 */
#include <stdio.h>

#include <cld2/public/compact_lang_det.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Best effort: an answer for short texts, too, where CLD2 would say "unknown". */
static const char *detect(const char *text, int size, double *share)
{
    CLD2::Language three[3];
    int percent[3], bytes;
    double score[3];
    bool reliable;
    CLD2::CLDHints hints = {NULL, NULL, 23 /* UNKNOWN_ENCODING */, CLD2::UNKNOWN_LANGUAGE};
    CLD2::Language best = CLD2::ExtDetectLanguageSummary(text, size, true, &hints, CLD2::kCLDFlagBestEffort, three, percent,
                                                         score, NULL, &bytes, &reliable);
    *share = reliable ? 1 : 0.5;
    return best == CLD2::UNKNOWN_LANGUAGE ? "un" : CLD2::LanguageCode(best);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void spans(const char *text, int size)
{
    CLD2::Language three[3];
    int percent[3], bytes;
    double score[3];
    bool reliable;
    CLD2::ResultChunkVector chunks;
    CLD2::CLDHints hints = {NULL, NULL, 23 /* UNKNOWN_ENCODING */, CLD2::UNKNOWN_LANGUAGE};
    CLD2::ExtDetectLanguageSummary(text, size, true, &hints, 0, three, percent, score, &chunks, &bytes, &reliable);
    putchar('[');
    for (size_t i = 0; i < chunks.size(); i++)
        printf("%s[%d, %d, \"%s\"]", i ? ", " : "", chunks[i].offset, chunks[i].offset + chunks[i].bytes,
               CLD2::LanguageCode(static_cast<CLD2::Language>(chunks[i].lang1)));
    puts("]");
}

static void speed(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        exit(1);
    fseek(f, 0, SEEK_END);
    size_t size = (size_t)ftell(f);
    rewind(f);
    char *text = (char *)malloc(size);
    if (fread(text, 1, size, f) != size)
        exit(1);
    for (int round = 0; round < 5; round++) {
        double from = now(), share;
        size_t known = 0;
        for (size_t at = 0, to; at < size; at = to) {
            to = at + 4096 < size ? at + 4096 : size;
            while (to < size && text[to - 1] != '\n' && to - at < 65536)
                to++;
            known += strcmp(detect(text + at, (int)(to - at), &share), "un") != 0;
        }
        printf("%.1f MB/s, %zu known\n", (double)size / 1e6 / (now() - from), known);
    }
}

int main(int count, char **arg)
{
    char *line = NULL;
    size_t room = 0;
    if (count > 2 && !strcmp(arg[1], "speed"))
        return speed(arg[2]), 0;
    for (ssize_t n; (n = getline(&line, &room, stdin)) > 0;) {
        if (line[n - 1] == '\n')
            n--;
        double share;
        if (count > 1 && !strcmp(arg[1], "mixed")) /* the harness hands over plain text here, with \n for line ends */
            spans(line, (int)n);
        else
            printf("%s\t%.2f\n", detect(line, (int)n, &share), share);
    }
    return 0;
}
