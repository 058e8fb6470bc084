/* SPDX-License-Identifier: Apache-2.0
 *
 * Trains the language model.
 *
 *   train GROUP TEXTS PART [STEPS]   one group of scripts (1 Latin ... 5 Han) from TEXTS/LANG.{text,words,common};
 *                                    STEPS: samples a class, default 60000
 *   train tune GROUP TEXTS PART NEW [STEPS]   goes on from a part with the phrases of everyday life (LANG.everyday) and with
 *                                    code; STEPS: 60000
 *   train pack MODEL PART...         joins the five parts
 *
 * Softmax regression over hashed n-grams (grams.h), by AdaGrad (Duchi, Hazan, Singer 2011) with one rate a row, on
 * samples drawn from running text and from word lists. First without the dictionary; then the words that the n-grams
 * get wrong are put into it, and training goes on with it. Words of a sample are hidden from the dictionary at random,
 * so that the weights hold for words that it does not have. One thread and an own random generator: the same texts give
 * the same model.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/token.h>

#include "../chars.h"
#include "../grams.h"
#include "../model.h"
#include "../walk.h"
#include "sample.h"

#define LANES MODEL_LANES
#define ROWS_MOST 40000u

struct setting {
    const char *classes; /* "sr" in Latin and Cyrillic letters are two classes of two groups */
    uint32_t bits, buckets;
};

static const struct setting settings[MODEL_GROUPS] = {
    {"af sq az eu nb bs ca hr cs da nl en eo et fi fr lg de hu is id ga it la lv lt ms mi nn pl pt ro sn sk sl so st es sw "
     "sv tl ts tn tr vi cy xh yo zu sr und",
     17, 192000},
    {"ru be uk bg mk sr kk mn", 16, 30000},
    {"ar fa ur", 15, 6000},
    {"hi mr", 15, 4000},
    {"zh ja", 16, 1},
};

static struct corpus corpus;
static struct chars chars;
static const struct setting *setting;
static uint32_t group;
static float *weight, *rate;  /* [rows][LANES], [rows] */
static uint16_t *dictionary; /* NULL: not yet */
static uint32_t rows_plain;
static struct sampler sampler = {.corpus = &corpus, .random = SAMPLER_SEED};

/* ---- features of a sample ---- */

static uint32_t dictionary_rows(uint64_t hash, uint32_t hidden, uint32_t *row)
{
    const uint16_t *bucket = dictionary + dict_bucket(hash, setting->buckets) * DICT_BUCKET;
    uint32_t n = 0;
    for (uint32_t i = 0; i < DICT_BUCKET; i++)
        if (bucket[i] != DICT_FREE && (bucket[i] & 0xff80u) == dict_print(hash) && DICT_CLASS(bucket[i]) != hidden)
            row[n++] = rows_plain + DICT_TIER(bucket[i]) * corpus.classes + DICT_CLASS(bucket[i]);
    return n;
}

/* hide: chance in 100 that a word is hidden from the dictionary of `class`; *grams: rows that are not of it. */
static uint32_t rows_of(const char *text, uint32_t size, uint32_t class, uint32_t hide, uint32_t *row,
                        uint32_t *letters)
{
    struct walk walk;
    struct walk_word word;
    uint32_t n = 0;
    *letters = 0;
    walk_start(&walk, &chars, text, 0, size);
    while (n < ROWS_MOST - GRAMS_MOST - DICT_BUCKET && walk_next(&walk, &word)) {
        if (word.group != group)
            continue;
        n += grams_rows(word.c, word.n, group, setting->bits, row + n);
        if (dictionary && group != GROUP_HAN)
            n += dictionary_rows(grams_word(word.c, word.n), hide && sampler_draw(&sampler, 100) < hide ? class : 999, row + n);
        *letters += word.letters;
    }
    return n;
}

/* Scores in nats, not normalised; gives the best class. */
static uint32_t score(const uint32_t *row, uint32_t rows, float *z)
{
    float scale = 1.0f / sqrtf((float)rows);
    memset(z, 0, LANES * sizeof *z);
    for (uint32_t i = 0; i < rows; i++) {
        const float *w = weight + (size_t)row[i] * LANES;
        for (uint32_t k = 0; k < LANES; k++)
            z[k] += w[k];
    }
    uint32_t best = 0;
    for (uint32_t k = 0; k < corpus.classes; k++) {
        z[k] *= scale;
        if (z[k] > z[best])
            best = k;
    }
    return best;
}

static void softmax(float *z, uint32_t best)
{
    float sum = 0, top = z[best];
    for (uint32_t k = 0; k < corpus.classes; k++)
        sum += z[k] = expf(z[k] - top);
    for (uint32_t k = 0; k < corpus.classes; k++)
        z[k] /= sum;
    for (uint32_t k = corpus.classes; k < LANES; k++)
        z[k] = 0;
}

/* Chance in 100 that a class's turn is used: Serbian is less often written in Latin letters than its neighbours are,
 * and strings of no language are rarer than words. */
static uint32_t share_of(uint32_t class)
{
    if (group == GROUP_LATIN && !strcmp(corpus.name[class], "sr"))
        return 35;
    if (!strcmp(corpus.name[class], "ja"))
        return 60; /* Han without kana is Chinese rather */
    return strcmp(corpus.name[class], "und") || sampler.tuning ? 100 : 50;
}

static void train(uint64_t steps, float from, float to)
{
    uint32_t *row = malloc(ROWS_MOST * sizeof *row);
    double loss = 0;
    uint64_t hits = 0, seen = 0;
    char text[SAMPLE_MOST];
    for (uint64_t step = 0; step < steps; step++) {
        uint32_t class = sampler_draw(&sampler, corpus.classes), letters;
        int of_text;
        if (sampler_draw(&sampler, 100) >= share_of(class))
            continue;
        uint32_t size = sampler_take(&sampler, text, class, &of_text);
        uint32_t hide = corpus.texts[class].words > 20000 ? 18 : 70;
        uint32_t rows = rows_of(text, size, class, of_text ? hide / 2 : hide, row, &letters);
        if (!rows)
            continue;
        float z[LANES];
        uint32_t best = score(row, rows, z);
        softmax(z, best);
        hits += best == class;
        seen++;
        loss -= log(z[class] + 1e-9);
        z[class] -= 1;
        float norm = 0, scale = 1.0f / sqrtf((float)rows);
        for (uint32_t k = 0; k < corpus.classes; k++)
            norm += z[k] * z[k];
        norm *= scale * scale;
        if (norm < 1e-10f)
            continue;
        float speed = (from + (to - from) * (float)step / (float)steps) * scale;
        for (uint32_t i = 0; i < rows; i++) {
            float *w = weight + (size_t)row[i] * LANES;
            rate[row[i]] += norm;
            float r = speed / sqrtf(rate[row[i]] + 1e-4f);
            for (uint32_t k = 0; k < LANES; k++)
                w[k] -= r * z[k];
        }
        if (seen % 500000 == 0 || step + 1 == steps) {
            fprintf(stderr, "group %u: %llu samples, loss %.3f, right %.3f\n", group, (unsigned long long)step + 1,
                    loss / (double)seen, (double)hits / (double)seen);
            loss = 0;
            hits = seen = 0;
        }
    }
    free(row);
}

/* ---- the dictionary ---- */

struct wanted {
    uint64_t hash;
    uint32_t need; /* how wrong the n-grams are, 1/65536 */
    uint32_t at;   /* in corpus.known */
};

static int by_need(const void *a, const void *b)
{
    const struct wanted *x = a, *y = b;
    if (x->need != y->need)
        return x->need < y->need ? 1 : -1;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static void put(uint64_t hash, uint64_t mask, uint32_t tier)
{
    uint16_t *bucket = dictionary + dict_bucket(hash, setting->buckets) * DICT_BUCKET;
    for (uint32_t class = 0; class < corpus.classes; class ++)
        for (uint32_t i = 0; mask >> class & 1 && i < DICT_BUCKET; i++)
            if (bucket[i] == DICT_FREE) {
                bucket[i] = (uint16_t)(dict_print(hash) | tier << 6 | class);
                break;
            }
}

/* How far the n-grams are from the languages that have the word: 0..65535. */
static uint32_t need_of(const struct known *k, const float *p)
{
    float own = 0;
    for (uint32_t c = 0; c < corpus.classes; c++)
        if (k->any >> c & 1)
            own += p[c];
    return own >= 0.97f ? 0 : (uint32_t)((1 - own) * 65535);
}

static void make_dictionary(void)
{
    struct wanted *wanted = malloc((corpus.knowns + 1) * sizeof *wanted);
    uint32_t *row = malloc(ROWS_MOST * sizeof *row), letters;
    size_t n = 0, put_in = 0;
    for (size_t i = 0; i < corpus.room; i++) {
        const struct known *k = corpus.known + i;
        if (!k->hash || hold_out(k->hash))
            continue;
        float z[LANES];
        uint32_t rows = rows_of(k->word.at, k->word.size, 0, 0, row, &letters);
        if (!rows)
            continue;
        softmax(z, score(row, rows, z));
        uint32_t need = need_of(k, z);
        if (need)
            wanted[n++] = (struct wanted){k->hash, k->often ? need + 8000 : need, (uint32_t)i};
    }
    qsort(wanted, n, sizeof *wanted, by_need);
    dictionary = malloc((size_t)setting->buckets * DICT_BUCKET * sizeof *dictionary);
    memset(dictionary, 0xff, (size_t)setting->buckets * DICT_BUCKET * sizeof *dictionary);
    for (size_t i = 0, most = (size_t)setting->buckets * 14; i < n && put_in < most; i++) {
        const struct known *k = corpus.known + wanted[i].at;
        put(k->hash, k->any & ~k->often, 0);
        put(k->hash, k->often, 1);
        put_in += (size_t)__builtin_popcountll(k->any);
    }
    fprintf(stderr, "group %u: %zu words known, %zu wanted, %zu entries of %u\n", group, corpus.knowns, n, put_in,
            setting->buckets * DICT_BUCKET);
    free(wanted);
    free(row);
}

/* ---- calibration: share of right answers by length and margin, on text and words held out ---- */

static void calibrate(struct model_group *out)
{
    static double right[MODEL_LENGTHS][MODEL_MARGINS], all[MODEL_LENGTHS][MODEL_MARGINS];
    uint32_t *row = malloc(ROWS_MOST * sizeof *row);
    char text[SAMPLE_MOST];
    struct texts *saved = malloc(sizeof corpus.texts);
    memcpy(saved, corpus.texts, sizeof corpus.texts);
    for (uint32_t c = 0; c < corpus.classes; c++) { /* samples come from what was held out */
        struct texts *t = corpus.texts + c;
        t->line = t->held_line;
        t->lines = t->held_lines;
    }
    uint64_t hits = 0, n = 0;
    for (uint32_t step = 0; step < 4000 * corpus.classes; step++) {
        uint32_t class = sampler_draw(&sampler, corpus.classes), letters;
        int of_text;
        uint32_t size = sampler_take(&sampler, text, class, &of_text);
        uint32_t hide = saved[class].words > 20000 ? 18 : 70;
        uint32_t rows = rows_of(text, size, class, hide, row, &letters);
        if (!rows)
            continue;
        float z[LANES];
        uint32_t best = score(row, rows, z), second = best ? 0 : 1;
        for (uint32_t k = 0; k < corpus.classes; k++)
            if (k != best && z[k] > z[second])
                second = k;
        int32_t margin = (int32_t)((z[best] - z[second]) * MODEL_UNIT);
        right[model_length_step(letters)][model_margin_step(margin)] += best == class;
        all[model_length_step(letters)][model_margin_step(margin)]++;
        hits += best == class;
        n++;
    }
    fprintf(stderr, "group %u: right on held-out samples %.4f\n", group, (double)hits / (double)n);
    for (uint32_t l = 0; l < MODEL_LENGTHS; l++) {
        double before = 0;
        for (uint32_t m = 0; m < MODEL_MARGINS; m++) {
            /* Few samples lean on the logistic curve of the margin; never less than at a smaller margin. */
            double curve = 1 / (1 + exp(-(m + 0.5) / 4)), p = (right[l][m] + 20 * curve) / (all[l][m] + 20);
            p = p < before ? before : p;
            before = p;
            out->confidence[l][m] = (uint16_t)(p * 10000);
        }
    }
    memcpy(corpus.texts, saved, sizeof corpus.texts);
    free(saved);
    free(row);
}

/* ---- files ---- */

struct part {
    struct model_group group;
    struct model_class class[MODEL_CLASSES];
    uint64_t table_size, dictionary_size;
};

static const char *script_of(uint32_t of_group, const char *language)
{
    static const char *const names[] = {"", "Latn", "Cyrl", "Arab", "Deva", "Hani"};
    return of_group == GROUP_HAN && !strcmp(language, "ja") ? "Jpan" : names[of_group];
}

static void write_part(const char *path)
{
    size_t rows = rows_plain + 2 * corpus.classes;
    struct part part;
    memset(&part, 0, sizeof part);
    calibrate(&part.group);
    double sum = 0;
    for (size_t i = 0; i < rows * LANES; i++)
        sum += (double)weight[i] * weight[i];
    float most = 0;
    for (size_t i = 0; i < rows * LANES; i++)
        most = fabsf(weight[i]) > most ? fabsf(weight[i]) : most;
    double deviation = sqrt(sum / (double)(rows * corpus.classes));
    float cap = fminf(most, (float)(14 * deviation) + 1e-6f), unit = cap / 127;
    part.group.classes = corpus.classes;
    part.group.bits = setting->bits;
    part.group.buckets = setting->buckets;
    part.group.stride = 2;
    while (part.group.stride < corpus.classes)
        part.group.stride *= 2;
    part.group.scale = (int32_t)lrint((double)unit * MODEL_UNIT * 65536);
    for (uint32_t c = 0; c < corpus.classes; c++) {
        snprintf(part.class[c].language, 8, "%s", corpus.name[c]);
        snprintf(part.class[c].script, 8, "%s", script_of(group, corpus.name[c]));
    }
    part.table_size = rows * part.group.stride;
    part.dictionary_size = (uint64_t)setting->buckets * DICT_BUCKET * 2;
    FILE *f = fopen(path, "wb");
    fwrite(&part, sizeof part, 1, f);
    for (size_t r = 0; r < rows; r++)
        for (uint32_t c = 0; c < part.group.stride; c++) {
            long q = c < corpus.classes ? lrintf(weight[r * LANES + c] / unit) : 0;
            fputc((int8_t)(q > 127 ? 127 : q < -127 ? -127 : q), f);
        }
    fwrite(dictionary, 2, (size_t)setting->buckets * DICT_BUCKET, f);
    fprintf(stderr, "group %u: largest weight %.2f, cut at %.2f\n", group, (double)most, (double)cap);
    if (fclose(f))
        perror(path);
}

/* ---- tuning ---- */

static int load_part(const char *path)
{
    struct part part;
    FILE *f = fopen(path, "rb");
    if (!f || fread(&part, sizeof part, 1, f) != 1 || part.group.classes != corpus.classes ||
        part.group.bits != setting->bits || part.group.buckets != setting->buckets)
        return fprintf(stderr, "%s: not a part of this group\n", path), 0;
    float unit = (float)((double)part.group.scale / 65536 / MODEL_UNIT);
    size_t rows = rows_plain + 2 * corpus.classes;
    for (size_t r = 0; r < rows; r++)
        for (uint32_t c = 0; c < part.group.stride; c++) {
            float w = unit * (int8_t)fgetc(f);
            if (c < corpus.classes)
                weight[r * LANES + c] = w;
        }
    dictionary = malloc((size_t)setting->buckets * DICT_BUCKET * sizeof *dictionary);
    size_t got = fread(dictionary, 2, (size_t)setting->buckets * DICT_BUCKET, f);
    fclose(f);
    return got == (size_t)setting->buckets * DICT_BUCKET;
}

/* Everyday words are in the dictionary as frequent ones; where their bucket is full, another entry gives way. */
static void put_phrase(struct str phrase, uint32_t class)
{
    struct walk walk;
    struct walk_word word;
    walk_start(&walk, &chars, phrase.at, 0, phrase.size);
    while (walk_next(&walk, &word)) {
        uint64_t hash = grams_word(word.c, word.n);
        uint16_t *bucket = dictionary + dict_bucket(hash, setting->buckets) * DICT_BUCKET;
        uint16_t entry = (uint16_t)(dict_print(hash) | class), often = (uint16_t)(entry | 1 << 6);
        uint32_t at = DICT_BUCKET;
        for (uint32_t i = 0; i < DICT_BUCKET; i++)
            if (bucket[i] == entry || bucket[i] == often)
                at = i;
        for (uint32_t i = 0; at == DICT_BUCKET && i < DICT_BUCKET; i++)
            if (bucket[i] == DICT_FREE)
                at = i;
        for (uint32_t i = DICT_BUCKET; at == DICT_BUCKET && i-- > 0;)
            if (!DICT_TIER(bucket[i]))
                at = i;
        if (at < DICT_BUCKET)
            bucket[at] = often;
    }
}

static void tune(const char *from, uint64_t steps)
{
    if (!load_part(from))
        exit(1);
    sampler.tuning = 1;
    for (uint32_t c = 0; c < corpus.classes; c++)
        for (uint32_t i = 0; group != GROUP_HAN && i < corpus.texts[c].phrases; i++)
            put_phrase(corpus.texts[c].phrase[i], c);
    for (size_t r = 0; r < rows_plain + 2 * corpus.classes; r++)
        rate[r] = 1; /* the part does not say: as if each had been trained a while */
    train(steps, 0.05f, 0.005f);
}

static int pack(const char *path, char **names)
{
    static struct part part[MODEL_GROUPS];
    struct model_header header;
    FILE *in[MODEL_GROUPS], *out = fopen(path, "wb");
    memset(&header, 0, sizeof header);
    memcpy(header.magic, MODEL_MAGIC, 8);
    header.version = MODEL_VERSION;
    header.groups = MODEL_GROUPS;
    for (uint32_t g = 0; g < MODEL_GROUPS; g++) {
        in[g] = fopen(names[g], "rb");
        if (!in[g] || fread(part + g, sizeof part[g], 1, in[g]) != 1)
            return perror(names[g]), 1;
        header.group[g] = part[g].group;
        header.group[g].first = header.classes;
        header.classes += part[g].group.classes;
    }
    uint64_t at = sizeof header + header.classes * sizeof(struct model_class);
    for (uint32_t g = 0; g < MODEL_GROUPS; g++) {
        at = (at + 63) & ~63ull;
        header.group[g].table = at;
        at += part[g].table_size + MODEL_LANES;
        at = (at + 63) & ~63ull;
        header.group[g].dictionary = at;
        at += part[g].dictionary_size;
    }
    header.size = at;
    fwrite(&header, sizeof header, 1, out);
    for (uint32_t g = 0; g < MODEL_GROUPS; g++)
        fwrite(part[g].class, sizeof(struct model_class), part[g].group.classes, out);
    for (uint32_t g = 0; g < MODEL_GROUPS; g++) {
        uint64_t starts[2] = {header.group[g].table, header.group[g].dictionary};
        uint64_t sizes[2] = {part[g].table_size, part[g].dictionary_size};
        for (int i = 0; i < 2; i++) {
            while ((uint64_t)ftello(out) < starts[i])
                fputc(0, out);
            for (uint64_t n = 0; n < sizes[i]; n++)
                fputc(fgetc(in[g]), out);
        }
        fclose(in[g]);
    }
    return fclose(out) != 0;
}

int main(int count, char **arg)
{
    if (count == 3 + (int)MODEL_GROUPS && !strcmp(arg[1], "pack"))
        return pack(arg[2], arg + 3);
    int tunes = count > 5 && !strcmp(arg[1], "tune");
    arg += tunes;
    count -= tunes;
    if (count < 4 + tunes || atoi(arg[1]) < 1 || atoi(arg[1]) > (int)MODEL_GROUPS)
        return fprintf(
                   stderr,
                   "usage: train GROUP TEXTS PART [STEPS] | train tune GROUP TEXTS PART NEW [STEPS] | train pack MODEL PART...\n"),
               2;
    group = sampler.group = (uint32_t)atoi(arg[1]);
    setting = settings + group - 1;
    chars_fill(&chars);
    corpus_read(&corpus, &chars, group, setting->classes, arg[2], tunes);
    rows_plain = 1u << setting->bits;
    size_t rows = rows_plain + 2 * corpus.classes;
    weight = aligned_alloc(64, rows * LANES * sizeof *weight);
    memset(weight, 0, rows * LANES * sizeof *weight);
    rate = calloc(rows, sizeof *rate);
    uint64_t steps = (count > 4 + tunes ? strtoull(arg[4 + tunes], NULL, 10) : 60000) * corpus.classes;
    if (tunes) {
        tune(arg[3], steps);
    } else {
        train(steps * 2 / 3, 0.35f, 0.1f);
        make_dictionary();
        train(steps / 3, 0.15f, 0.01f);
    }
    write_part(arg[3 + tunes]);
    return 0;
}
