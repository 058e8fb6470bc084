/* SPDX-License-Identifier: Apache-2.0
 *
 * MB a second of CPU time of decode and markup on files, with no host around them.
 *     cc -O2 -Iinclude tests/bench/inputs/speed.c BUILD/plugins/kit/libassay_kit.a -lxxhash -ldl -lm -o speed
 *     speed BUILD/plugins text/html FILE...
 */
#include <assay/testing.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static const struct assay_plugin *load(const char *folder, const char *name)
{
    char path[4096], symbol[100];
    snprintf(path, sizeof path, "%s/%s.so", folder, name);
    snprintf(symbol, sizeof symbol, "%s_LTX_assay_plugin", name);
    void *module = dlopen(path, RTLD_NOW);
    const struct assay_plugin *plugin = module ? dlsym(module, symbol) : NULL;
    if (!plugin) {
        fprintf(stderr, "%s: %s\n", path, dlerror());
        exit(1);
    }
    return plugin;
}

static struct assay_text read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END) != 0)
        exit(1);
    size_t size = (size_t)ftell(f);
    char *at = malloc(size + 1);
    rewind(f);
    size = fread(at, 1, size, f);
    fclose(f);
    return (struct assay_text){at, size};
}

/* Seconds that the plugin takes for the text, the least of several runs; *doc keeps the last one's. */
static double run(const struct assay_plugin *plugin, const void *options, struct assay_text text, const char *media, struct assay_text *out)
{
    double best = 1e9;
    for (int i = 0; i < 7; i++) {
        struct assay_test *t = assay_test_new(plugin, NULL);
        if (assay_test_open(t, options) != ASSAY_OK)
            exit(1);
        struct assay_document record = {.media = {media, strlen(media)}};
        struct assay_doc *doc = assay_test_doc(t, text, &record);
        double start = cpu();
        plugin->prepare(t->self, doc);
        double took = cpu() - start;
        best = took < best ? took : best;
        if (i == 0) {
            char *kept = malloc(doc->text.size + 1);
            memcpy(kept, doc->text.at, doc->text.size);
            *out = (struct assay_text){kept, doc->text.size};
        }
        assay_test_free(t);
    }
    return best;
}

int main(int count, char **args)
{
    if (count < 4)
        return 2;
    const struct {
        struct assay_text fallback;
        uint32_t repair;
    } decode_options = {{"windows-1252", 12}, 1};
    const struct {
        uint32_t boilerplate, whole;
    } markup_options = {0, 0};
    const struct assay_plugin *decode = load(args[1], "decode"), *markup = load(args[1], "markup");
    double bytes = 0, decoding = 0, marking = 0;
    for (int i = 3; i < count; i++) {
        struct assay_text text = read_file(args[i]), decoded, plain;
        bytes += (double)text.size;
        decoding += run(decode, &decode_options, text, args[2], &decoded);
        marking += run(markup, &markup_options, decoded, args[2], &plain);
        free((char *)(uintptr_t)text.at);
        free((char *)(uintptr_t)decoded.at);
        free((char *)(uintptr_t)plain.at);
    }
    printf("%.2f MB: decode %.0f MB/s, markup %.0f MB/s, both %.0f MB/s\n", bytes / 1e6, bytes / decoding / 1e6, bytes / marking / 1e6,
           bytes / (decoding + marking) / 1e6);
    return 0;
}
