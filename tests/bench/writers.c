/* SPDX-License-Identifier: Apache-2.0
 *
 * Time and size of the writers: bench_writers BUILD [DOCUMENTS CLAIMS FINDINGS]. A result made up in memory, so that only
 * the writer is measured; the outputs go to a temporary folder that is kept where KEEP is set.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <assay/layers/claim.h>
#include <assay/layers/copy.h>
#include <assay/layers/document.h>
#include <assay/layers/finding.h>
#include <assay/layers/host.h>
#include <assay/layers/text.h>

#include "../plugin/fake_results.h"

static uint32_t documents = 1000, claims = 100000, findings = 5000;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint32_t dice(uint32_t sides)
{
    static uint64_t state = 88172645463325252u;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 33) % sides;
}

static struct assay_text print(struct fake *f, const char *format, uint32_t a, uint32_t b)
{
    char *to = fake_alloc(f, 400);
    snprintf(to, 400, format, a, b);
    return fake_text(to);
}

struct layers {
    uint32_t document, language, sentence, claim, copy, cluster, finding, failure, skipped, run;
};

#define SENTENCE "The harbour of the river town counted %06u ships on its quays in the year %u, said the office. "

static assay_docid add_document(struct fake *f, const struct layers *l, uint32_t n)
{
    uint32_t figures = claims / documents, size = (uint32_t)snprintf(NULL, 0, SENTENCE, 1u, 2024u);
    char *text = fake_alloc(f, (size_t)figures * size + 1);
    struct assay_document d = {.doc = print(f, "publisher-%02u/article-%05u.html", n % 40, n), .source = print(f, "Publisher %u of %u", n % 40, 40),
                               .published = print(f, "2024-%02u-%02u", 1 + n % 12, 1 + n % 28), .title = print(f, "Article %u on harbour %u", n, n % 77),
                               .language = fake_text("en"), .encoding = fake_text("UTF-8"), .media = fake_text("text/html"), .raw_bytes = 10000,
                               .sha256 = fake_text("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")};
    d.path = d.doc;
    for (uint32_t i = 0; i < figures; i++)
        snprintf(text + (size_t)i * size, size + 1, SENTENCE, 100000 + dice(800000), 2024u);
    assay_docid id = fake_document(f, &d, (struct assay_text){text, (uint64_t)figures * size}, 100);
    struct assay_language lang = {{0, figures * size}, fake_text("en"), fake_text("Latn"), 0.99};
    fake_add(f, l->language, id, &lang);
    for (uint32_t i = 0; i < figures; i++) {
        struct assay_sentence s = {.span = {i * size, (i + 1) * size - 1}, .paragraph = i / 5};
        uint32_t at = i * size + (uint32_t)(strstr(SENTENCE, "%06u") - SENTENCE);
        fake_add(f, l->sentence, id, &s);
        struct assay_claim c = {.span = {at, at + 6}, .sentence = s.span, .value = 100000 + i, .precision = 6, .bound = i % 7,
                                .counted = fake_text("ship"), .has_time = 1, .time = {fake_text("2024"), fake_text("2024"), {0}, {at, at + 4}},
                                .has_measured = 1, .measured = {fake_text("harbour of the river town"), {at - 40, at - 15}, {0}, {0}},
                                .language = fake_text("en"), .rule = fake_text("digits"), .confidence = 0.9};
        c.text = (struct assay_text){text + at, 6};
        c.decimal = c.text;
        struct assay_entity *e = fake_alloc(f, sizeof *e);
        *e = (struct assay_entity){fake_text("river town"), {at - 30, at - 20}, fake_text("river-town")};
        c.entities = (struct assay_list){e, 1, sizeof *e};
        fake_add(f, l->claim, id, &c);
    }
    return id;
}

static void add_finding(struct fake *f, const struct layers *l, const assay_docid *doc, uint32_t n)
{
    struct assay_value *v = fake_alloc(f, 2 * sizeof *v);
    struct assay_ref *all = fake_alloc(f, 6 * sizeof *all);
    struct assay_text *source = fake_alloc(f, sizeof *source);
    struct assay_verdict_pair *pair = fake_alloc(f, sizeof *pair);
    *source = fake_text("Publisher 1 of 40");
    for (uint32_t i = 0; i < 6; i++)
        all[i] = (struct assay_ref){doc[dice(documents)], dice(claims / documents), 0};
    for (uint32_t i = 0; i < 2; i++)
        v[i] = (struct assay_value){.value = 1000 + n + i * 300, .bound = i, .documents = 3, .independent = 2, .claims = {all + 3 * i, 3, sizeof *all},
                                    .sources = {source, 1, sizeof *source}};
    *pair = (struct assay_verdict_pair){0, 1, n % 5, 0, fake_text("level")};
    struct assay_finding x = {.id = print(f, "%08x%08x", n * 2654435761u, n), .verdict = n * 5 / findings, .severity = n % 4, .rank = n + 1,
                              .confidence = 0.8, .title = print(f, "Ships in harbour %u: %u or some more", n, 1000 + n),
                              .explanation = fake_text("Both speak of the same harbour and the same year; the values differ beyond rounding."),
                              .rule = fake_text("level"), .claims = {all, 6, sizeof *all}, .values = {v, 2, sizeof *v}, .pairs = {pair, 1, sizeof *pair},
                              .independent = 4, .gap = 0.2, .state = print(f, "%08x%u", n, 1)};
    fake_add(f, l->finding, 0, &x);
}

static void fill(struct fake *f)
{
    struct layers l;
    assay_docid *doc = fake_alloc(f, documents * sizeof *doc);
#define LAYER(NAME, WHERE) l.NAME = fake_layer(f, #NAME, WHERE, &assay_##NAME##_fields, (uint32_t)sizeof(struct assay_##NAME))
    LAYER(document, ASSAY_ON_DOCUMENT);
    LAYER(language, ASSAY_ON_DOCUMENT);
    LAYER(sentence, ASSAY_ON_DOCUMENT);
    LAYER(claim, ASSAY_ON_DOCUMENT | ASSAY_NAMED);
    LAYER(copy, ASSAY_ON_CORPUS);
    LAYER(cluster, ASSAY_ON_CORPUS);
    LAYER(finding, ASSAY_ON_CORPUS);
    LAYER(failure, ASSAY_ON_CORPUS);
    LAYER(skipped, ASSAY_ON_CORPUS);
    LAYER(run, ASSAY_ON_CORPUS);
    for (uint32_t i = 0; i < documents; i++)
        doc[i] = add_document(f, &l, i);
    for (uint32_t i = 0; i + 1 < documents && i < 200; i += 2) {
        assay_docid *pair = fake_alloc(f, 2 * sizeof *pair);
        struct assay_copy c = {.relation = ASSAY_COPY_EDITED, .a = {doc[i], {0, 2000}}, .b = {doc[i + 1], {0, 2000}}, .covered_a = 0.5,
                               .covered_b = 0.5, .cluster = print(f, "c%u%u", i, 0), .first = doc[i]};
        memcpy(pair, doc + i, 2 * sizeof *pair);
        struct assay_cluster k = {.id = c.cluster, .docs = {pair, 2, sizeof *pair}, .first = doc[i]};
        fake_add(f, l.copy, 0, &c);
        fake_add(f, l.cluster, 0, &k);
    }
    for (uint32_t i = 0; i < findings; i++)
        add_finding(f, &l, doc, i);
    struct assay_run run = {.version = fake_text("0"), .chain = fake_text("bench.conf"), .documents = documents};
    fake_add(f, l.run, 0, &run);
}

/* Options with their defaults, `path` set. */
static void *make_options(struct fake *f, const struct assay_fields *fields, const char *path)
{
    char *to = fake_alloc(f, fields->record_size);
    for (uint32_t i = 0; i < fields->rows; i++) {
        const struct assay_field *row = &fields->row[i];
        void *at = to + row->offset;
        if (!strcmp(row->name, "path"))
            *(struct assay_text *)at = fake_text(path);
        else if (!row->fallback)
            continue;
        else if (row->type == ASSAY_TEXT || row->type == ASSAY_PATH)
            *(struct assay_text *)at = fake_text(row->fallback);
        else if (row->type == ASSAY_FLAG)
            *(uint32_t *)at = !strcmp(row->fallback, "true");
        else if (row->type == ASSAY_U32)
            *(uint32_t *)at = (uint32_t)strtoul(row->fallback, NULL, 10);
        else if (row->type == ASSAY_CHOICE)
            for (const char *p = row->of; strncmp(p, row->fallback, strlen(row->fallback)); p++)
                *(uint32_t *)at += *p == '|';
    }
    return to;
}

static double measure(struct fake *f, const char *build, const char *name, const char *file, const char *folder)
{
    char path[512], symbol[128];
    snprintf(path, sizeof path, "%s/plugins/%s.so", build, name);
    snprintf(symbol, sizeof symbol, "%s_LTX_assay_plugin", name);
    void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const struct assay_plugin *plugin = module ? dlsym(module, symbol) : NULL;
    if (!plugin) {
        printf("%-14s -        %s\n", name, dlerror());
        return 0;
    }
    double start = now();
    assay_status status = fake_write(f, plugin, make_options(f, plugin->options, file), folder);
    double took = now() - start;
    size_t size = 0;
    fake_output(f, &size);
    snprintf(path, sizeof path, "%s/%s", folder, file);
    struct stat st;
    if (size < 1000 && stat(path, &st) == 0 && S_ISREG(st.st_mode)) {
        size = (size_t)st.st_size;
    } else if (size) {
        FILE *out = getenv("KEEP") ? fopen(path, "wb") : NULL;
        if (out) {
            fwrite(fake_output(f, NULL), 1, size, out);
            fclose(out);
        }
    }
    if (status)
        printf("%-14s failed: %s\n", name, fake_message(f));
    else
        printf("%-14s %6.3f s  %8.2f MB\n", name, took, (double)size / 1e6);
    return took;
}

int main(int argc, char **argv)
{
    static const char *const four[][2] = {{"html", "out.html"}, {"sqlite", "out.db"}, {"jsonl", "out.jsonl"}, {"csv", "out-csv"}};
    static const char *const others[][2] = {{"terminal", "out.txt"}, {"markdown", "out.md"}};
    char folder[] = "/tmp/assay-bench-XXXXXX", command[64];
    if (argc < 2 || !mkdtemp(folder)) {
        fprintf(stderr, "usage: bench_writers BUILD [DOCUMENTS CLAIMS FINDINGS]\n");
        return 2;
    }
    documents = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : documents;
    claims = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : claims;
    findings = argc > 4 ? (uint32_t)strtoul(argv[4], NULL, 10) : findings;
    struct fake *f = fake_new();
    fill(f);
    printf("%u documents, %u claims, %u findings\n", documents, claims, findings);
    double sum = 0;
    for (size_t i = 0; i < 4; i++)
        sum += measure(f, argv[1], four[i][0], four[i][1], folder);
    printf("%-14s %6.3f s\n", "together", sum);
    for (size_t i = 0; i < 2; i++)
        measure(f, argv[1], others[i][0], others[i][1], folder);
    fake_free(f);
    if (getenv("KEEP")) {
        printf("%s\n", folder);
        return 0;
    }
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) != 0;
}
