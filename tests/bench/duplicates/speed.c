/* SPDX-License-Identifier: Apache-2.0
 *
 * CPU time and memory of the duplicates plugin over documents in memory: all its rounds, with a lean stand-in for the host
 * (standin.h) and a radix sort, no reading of JSON, no writing. One thread.
 *
 * Built by hand, from the repository:
 *   cc -O3 -D_GNU_SOURCE -ffp-contract=off -Iinclude -Iplugins/duplicates -o speed tests/bench/duplicates/s[pt]*.c \
 *      plugins/duplicates/[a-z]*.c build/.../libassay_kit.a -licuuc -lxxhash
 *   ./speed FILE.jsonl [TIMES]
 *
 * Prints for each round the time in map, in bringing equal keys together and in reduce and finish; then MB/s over the texts,
 * and the most bytes that rows, records and shared blobs took at a time, a document; how many records came out, and a sum over
 * them, which is the same where they are.
 */
#include <limits.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <xxhash.h>

#include <assay/kit/json.h>

#include "standin.h"

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- rounds ---- */

static void check(assay_status s)
{
    if (s != ASSAY_OK && s != ASSAY_SKIP)
        abort();
}

/* Stable, by digits of 11 bits; digits that are equal everywhere cost a look. */
static void sort_pairs(struct emitted *b)
{
    static uint32_t at[6][2049];
    memset(at, 0, sizeof at);
    for (uint64_t i = 0; i < b->pairs; i++)
        for (uint32_t d = 0; d < 6; d++)
            at[d][(b->pair[i].key >> 11 * d & 2047) + 1]++;
    for (uint32_t d = 0; d < 6 && b->pairs; d++) {
        if (at[d][(b->pair[0].key >> 11 * d & 2047) + 1] == b->pairs)
            continue;
        for (uint32_t i = 1; i < 2049; i++)
            at[d][i] += at[d][i - 1];
        for (uint64_t i = 0; i < b->pairs; i++)
            b->spare[at[d][b->pair[i].key >> 11 * d & 2047]++] = b->pair[i];
        struct pair *swap = b->pair;
        b->pair = b->spare;
        b->spare = swap;
    }
}

static const struct assay_fields *order_fields;
static int by_keys(const void *p, const void *q)
{
    const struct assay_fields *f = order_fields;
    for (uint32_t i = 0; i < f->rows; i++) {
        uint64_t x, y;
        if (!(f->row[i].flags & ASSAY_KEY) || f->row[i].size != 8)
            continue;
        memcpy(&x, (const char *)p + f->row[i].offset, 8);
        memcpy(&y, (const char *)q + f->row[i].offset, 8);
        if (x != y)
            return x < y ? -1 : 1;
    }
    return 0;
}

static void settle_layer(struct bench *b, uint32_t slot)
{
    struct rows *r = &b->layer[slot];
    if (dup_layers[slot].where & ASSAY_ON_CORPUS) {
        order_fields = dup_layers[slot].fields;
        if (r->count > 1)
            qsort(r->at, r->count, r->stride, by_keys);
        return;
    }
    r->first = bench_need(calloc((uint64_t)b->docs + 2, sizeof *r->first));
    char *to = bench_need(malloc(r->count * r->stride + 1));
    for (uint64_t i = 0; i < r->count; i++)
        r->first[r->doc[i] + 2]++;
    for (uint32_t i = 2; i < b->docs + 2; i++)
        r->first[i] += r->first[i - 1];
    for (uint64_t i = 0; i < r->count; i++)
        memcpy(to + r->first[r->doc[i] + 1]++ * r->stride, r->at + i * r->stride, r->stride);
    free(r->at);
    r->at = to;
}

static void settle(struct bench *b, uint32_t stage, uint32_t where)
{
    for (uint32_t slot = 0; slot < DUP_SLOTS; slot++)
        if (dup_layers[slot].use >= ASSAY_PROVIDES && dup_layers[slot].stage == stage && (dup_layers[slot].where & ASSAY_ON_CORPUS) == where)
            settle_layer(b, slot);
}

static void free_emitted(struct bench *b, struct emitted *e)
{
    bench_count(b, -(int64_t)(e->pairs * (sizeof *e->pair + b->stride)));
    bench_drop(b, &e->chunk);
    free(e->pair);
    free(e->spare);
    free(e->value);
    *e = (struct emitted){0};
}

/* Calls the hook for each key with at least so many values. */
static void each_key(struct bench *b, const struct emitted *e, uint32_t least, struct assay_out *out,
                     assay_status (*hook)(void *, const void *, uint32_t, struct assay_values *, struct assay_out *))
{
    for (uint64_t i = 0, j; i < e->pairs; i = j) {
        for (j = i + 1; j < e->pairs && e->pair[j].key == e->pair[i].key; j++)
            ;
        if (j - i < least)
            continue;
        struct assay_values v = {&e->pair[i], e->value, NULL, j - i, 0};
        uint64_t key = e->pair[i].key;
        assay_status s = hook(b->self, &key, 8, &v, out);
        check(s);
        for (uint64_t k = i; s == ASSAY_SKIP && k < j; k++) { /* combine leaves them as they are */
            out->doc = &b->doc[e->pair[k].doc];
            check(b->host.emit(&b->host, out, &key, 8, e->value + (uint64_t)e->pair[k].value * b->stride));
        }
        bench_drop(b, &b->hook);
    }
}

/* What the documents of a task have emitted becomes less; `all` takes it. */
static void combine_task(struct bench *b, const struct assay_round *r, struct assay_out *out, struct emitted *all)
{
    b->task = b->now;
    b->now = *all;
    sort_pairs(&b->task);
    each_key(b, &b->task, 1, out, r->combine);
    *all = b->now;
    b->now = (struct emitted){0};
    free_emitted(b, &b->task);
}

/* What no later map sees: the host gives it back. */
static void forget(struct bench *b, uint32_t n)
{
    for (uint32_t slot = 0; slot < DUP_SLOTS; slot++) {
        struct rows *r = &b->layer[slot];
        const struct assay_fields *f = dup_layers[slot].fields;
        if (ASSAY_UNTIL_OF(dup_layers[slot].where) != n + 1)
            continue;
        for (uint64_t k = 0; k < r->count * f->rows; k++) {
            struct assay_list l = {0};
            const struct assay_field *row = &f->row[k % f->rows];
            if (row->flags & ASSAY_LIST)
                memcpy(&l, r->at + k / f->rows * r->stride + row->offset, sizeof l);
            bench_count(b, -(int64_t)(((uint64_t)l.count * l.stride + 15) & ~(uint64_t)15));
        }
        bench_count(b, -(int64_t)(r->count * (r->stride + 8)));
        r->count = 0;
        memset(r->first, 0, ((uint64_t)b->docs + 2) * sizeof *r->first);
    }
}

static void run_round(struct bench *b, uint32_t n, double spent[3])
{
    const struct assay_round *r = &PLUGIN.round[n];
    struct assay_out out = {NULL, n};
    struct emitted all = {0};
    double start = seconds(), combined = 0;
    b->stride = r->value ? r->value->record_size : 0;
    for (uint32_t i = 0; i < b->docs; i++) {
        out.doc = &b->doc[i];
        if (n == 0)
            check(PLUGIN.analyse(b->self, out.doc));
        bench_drop(b, &b->hook);
        check(r->map(b->self, out.doc, &out));
        if (!r->combine || (i % TASK != TASK - 1 && i + 1 < b->docs))
            continue;
        combined -= seconds();
        combine_task(b, r, &out, &all);
        combined += seconds();
    }
    if (r->combine)
        b->now = all;
    double mapped = seconds();
    forget(b, n);
    sort_pairs(&b->now);
    double sorted = seconds();
    out.doc = NULL;
    each_key(b, &b->now, r->min_group, &out, r->reduce);
    free_emitted(b, &b->now);
    settle(b, n + 1, ASSAY_ON_CORPUS);
    if (n == 0)
        settle(b, 0, 0);
    if (r->finish) {
        struct rows *rows = &b->layer[r->finish_slot];
        struct assay_values v = {NULL, NULL, rows, rows->count, 0};
        check(r->finish(b->self, &v, &out));
        bench_drop(b, &b->hook);
    }
    settle(b, n + 1, 0);
    spent[0] += mapped - start - combined;
    spent[1] += sorted - mapped + combined;
    spent[2] += seconds() - sorted;
}

/* ---- what came out ---- */

static uint64_t sum_rows(const struct assay_fields *f, const char *row, uint64_t count, uint32_t stride, uint64_t sum);

static uint64_t sum_field(const struct assay_field *f, const char *at, uint64_t sum)
{
    struct assay_text t;
    struct assay_list l;
    if (f->flags & ASSAY_LIST) {
        memcpy(&l, at, sizeof l);
        if (f->type == ASSAY_RECORD)
            return sum_rows(f->of, l.at, l.count, l.stride, sum + l.count);
        return XXH3_64bits_withSeed(l.at, l.count ? (size_t)l.count * l.stride : 0, sum);
    }
    if (f->type != ASSAY_TEXT)
        return XXH3_64bits_withSeed(at, f->size, sum);
    memcpy(&t, at, sizeof t);
    return XXH3_64bits_withSeed(t.at, t.at ? t.size : 0, sum);
}

static uint64_t sum_rows(const struct assay_fields *f, const char *row, uint64_t count, uint32_t stride, uint64_t sum)
{
    for (uint64_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < f->rows; k++)
            sum = sum_field(&f->row[k], row + i * stride + f->row[k].offset, sum);
    return sum;
}

/* Of records in any order. */
static uint64_t sum_of(const struct bench *b, uint32_t slot)
{
    const struct rows *r = &b->layer[slot];
    uint64_t sum = 0;
    for (uint64_t i = 0; i < r->count; i++)
        sum += sum_rows(dup_layers[slot].fields, r->at + i * r->stride, 1, r->stride, 1);
    return sum;
}

/* ---- documents ---- */

static struct assay_text copy(struct assay_text t)
{
    return t.at ? (struct assay_text){memcpy(bench_need(malloc(t.size + 1)), t.at, t.size), t.size} : t;
}

static void add_line(struct bench *b, struct assay_text line)
{
    struct assay_json j = {0};
    struct assay_doc d = {0};
    assay_json_start(&j, line);
    if (assay_json_next(&j) != ASSAY_JSON_OBJECT)
        return;
    while (assay_json_next(&j) == ASSAY_JSON_STRING) {
        struct assay_text *to = NULL;
        if (j.text.size == 2 && !memcmp(j.text.at, "id", 2))
            to = &d.facts.doc;
        else if (j.text.size == 4 && !memcmp(j.text.at, "text", 4))
            to = &d.text;
        else if (j.text.size == 6 && !memcmp(j.text.at, "source", 6))
            to = &d.facts.source;
        else if (j.text.size == 9 && !memcmp(j.text.at, "published", 9))
            to = &d.facts.published;
        enum assay_json_type type = assay_json_next(&j);
        if (type == ASSAY_JSON_STRING && to)
            *to = copy(j.text);
        else if (!assay_json_skip(&j, type, NULL))
            break;
    }
    assay_json_done(&j);
    if (!d.text.at || !d.facts.doc.at)
        return;
    d.id = XXH3_64bits(d.facts.doc.at, d.facts.doc.size);
    if (b->docs == b->room) {
        b->room = b->room ? 2 * b->room : 1024;
        b->doc = bench_need(realloc(b->doc, b->room * sizeof *b->doc));
    }
    b->doc[b->docs++] = d;
}

static int by_id(const void *p, const void *q)
{
    const struct assay_doc *a = p, *b = q;
    return a->id < b->id ? -1 : a->id > b->id;
}

static uint64_t read_documents(struct bench *b, const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    ssize_t size;
    uint64_t bytes = 0;
    while (file && (size = getline(&line, &room, file)) > 0)
        add_line(b, (struct assay_text){line, (uint64_t)size});
    if (file)
        fclose(file);
    free(line);
    if (b->docs)
        qsort(b->doc, b->docs, sizeof *b->doc, by_id);
    b->id = bench_need(malloc((b->docs + 1) * sizeof *b->id));
    for (b->begin_bits = 1; b->docs >> b->begin_bits > 8;)
        b->begin_bits++;
    b->begin = bench_need(calloc((UINT64_C(2) << b->begin_bits) + 1, sizeof *b->begin));
    for (uint32_t i = 0; i < b->docs; i++)
        b->begin[(b->doc[i].id >> (64 - b->begin_bits)) + 1]++;
    for (uint64_t i = 0; i >> b->begin_bits == 0; i++)
        b->begin[i + 1] += b->begin[i];
    for (uint32_t i = 0; i < b->docs; i++) {
        b->doc[i].number = i;
        b->id[i] = b->doc[i].id;
        bytes += b->doc[i].text.size;
    }
    return bytes;
}

static void clear(struct bench *b)
{
    for (uint32_t i = 0; i < DUP_SLOTS; i++) {
        free(b->layer[i].at);
        free(b->layer[i].doc);
        free(b->layer[i].first);
    }
    memset(b->layer, 0, sizeof b->layer);
    memset(b->shared, 0, sizeof b->shared);
    bench_drop(b, &b->kept);
    b->bytes = b->most = b->emissions = b->records = 0;
}

/* Memory stays with the process from run to run: or a twentieth of the time is the kernel's, which takes back and clears the
 * pages of the stand-in's rows. */
static void keep_memory(void)
{
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
}

int main(int argc, char **argv)
{
    static const struct dup_options options = {.boilerplate = 4, .passage = 22};
    struct bench b = {0};
    b.host = bench_host(&b);
    if (argc < 2)
        return 2;
    keep_memory();
    uint64_t bytes = read_documents(&b, argv[1]);
    uint32_t times = argc > 2 ? (uint32_t)atoi(argv[2]) : 3;
    double best = 1e9, spent[8][3], least[8][3] = {{0}};
    for (uint32_t t = 0; t < times; t++) {
        memset(spent, 0, sizeof spent);
        clear(&b);
        double whole = 0;
        check(PLUGIN.open(&b.host, &options, &b.self));
        for (uint32_t n = 0; n < PLUGIN.rounds; n++) {
            run_round(&b, n, spent[n]);
            whole += spent[n][0] + spent[n][1] + spent[n][2];
        }
        PLUGIN.close(b.self);
        if (whole < best) {
            best = whole;
            memcpy(least, spent, sizeof least);
        }
    }
    double us = 1e6 / (b.docs ? b.docs : 1);
    for (uint32_t n = 0; n < PLUGIN.rounds; n++)
        printf("%-8s map %6.2f  group %6.2f  reduce %6.2f  us a document\n", PLUGIN.round[n].name, least[n][0] * us, least[n][1] * us,
               least[n][2] * us);
    printf("%u documents, %.1f MB: %.3f s, %.2f us a document, %.1f MB/s; %.1f emissions and %.1f records a document, %.0f bytes\n", b.docs,
           (double)bytes / 1e6, best, best * us, (double)bytes / 1e6 / best, (double)b.emissions / b.docs, (double)b.records / b.docs,
           (double)b.most / b.docs);
    static const uint32_t out[] = {DUP_OUT_COPY, DUP_OUT_CLUSTER, DUP_OUT_ORIGIN};
    for (uint32_t i = 0; i < 3; i++)
        printf("%s %llu (%016llx)  ", dup_layers[out[i]].name, (unsigned long long)b.layer[out[i]].count, (unsigned long long)sum_of(&b, out[i]));
    putchar('\n');
    return 0;
}
