/* SPDX-License-Identifier: Apache-2.0
 *
 * libexttextcat behind the commands of lid.c: textcat lines|speed [FILE].
 */
#include <libexttextcat/textcat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* "[de--utf8][nl--utf8]" -> "de" */
static void best(void *handle, const char *text, size_t size, char *code)
{
    const char *answer = textcat_Classify(handle, text, size);
    strcpy(code, "un");
    if (answer && answer[0] == '[')
        snprintf(code, 4, "%.*s", (int)strcspn(answer + 1, "-]") > 3 ? 3 : (int)strcspn(answer + 1, "-]"), answer + 1);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int count, char **arg)
{
    void *handle = special_textcat_Init("/usr/share/libexttextcat/fpdb.conf", "/usr/share/libexttextcat/");
    char *line = NULL, code[8];
    size_t room = 0;
    if (!handle)
        return 1;
    if (count > 2 && !strcmp(arg[1], "speed")) {
        FILE *f = fopen(arg[2], "rb");
        if (!f)
            return 1;
        fseek(f, 0, SEEK_END);
        size_t size = (size_t)ftell(f);
        rewind(f);
        char *text = malloc(size);
        if (!text || fread(text, 1, size, f) != size)
            return 1;
        double from = now();
        for (size_t at = 0, to; at < size; at = to) {
            to = at + 4096 < size ? at + 4096 : size;
            while (to < size && text[to - 1] != '\n' && to - at < 65536)
                to++;
            best(handle, text + at, to - at, code);
        }
        printf("%.1f MB/s\n", (double)size / 1e6 / (now() - from));
        return 0;
    }
    for (ssize_t n; (n = getline(&line, &room, stdin)) > 0;) {
        best(handle, line, (size_t)n - (line[n - 1] == '\n'), code);
        puts(code);
    }
    return 0;
}
