/* SPDX-License-Identifier: Apache-2.0
 *
 * The model file: for each group of scripts a table of int8 weights (a row a hashed feature, a column a class) and a
 * dictionary of words that the n-grams alone get wrong. Little-endian, mapped read-only.
 * Made by train/train.c; the numbers in it are integers, so that a score is the same on every machine.
 */
#ifndef LANGUAGE_MODEL_H
#define LANGUAGE_MODEL_H

#include <stddef.h>
#include <stdint.h>

#include "chars.h"

#define MODEL_MAGIC "ASSAYLID"
#define MODEL_VERSION 1u
#define MODEL_GROUPS 5u      /* GROUP_LATIN .. GROUP_HAN */
#define MODEL_CLASSES 62u    /* of a group, at most: the dictionary has 6 bits, two numbers are kept free */
#define MODEL_LANES 64u      /* accumulators; a row may be read this far */
#define MODEL_LENGTHS 8u     /* calibration: steps of length */
#define MODEL_MARGINS 32u    /* and of margin */
#define MODEL_UNIT 64        /* scores are in 1/64 nat */

struct model_class {
    char language[8], script[8];
};

struct model_group {
    uint32_t first, classes; /* into the file's classes */
    uint32_t bits;           /* rows: 1 << bits, then one row a (tier, class) of the dictionary */
    uint32_t buckets;
    int32_t scale;           /* score = sum * scale / sqrt(features << 32), see score.c */
    uint32_t stride;         /* bytes of a row: a power of two, so that no row lies across two cache lines */
    uint64_t table, dictionary; /* offsets in the file */
    uint16_t confidence[MODEL_LENGTHS][MODEL_MARGINS]; /* 1/10000 */
};

struct model_header {
    char magic[8];
    uint32_t version, groups, classes, zero;
    uint64_t size; /* of the file */
    struct model_group group[MODEL_GROUPS];
    /* then struct model_class [classes] */
};

struct model {
    const struct model_header *header;
    const struct model_class *class;
    size_t size;
};

/* For hot loops: the compiler makes one more for AVX2. Integers, so both give the same. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(ASSAY_SANITIZE)
#define CLONES __attribute__((target_clones("avx2", "default")))
#else
#define CLONES
#endif

/* Maps a file. 0: `message` (at least 256 bytes) says why not. */
int model_open(struct model *, const char *path, char *message);
void model_close(struct model *);

static inline const int8_t *model_table(const struct model *model, uint32_t group)
{
    return (const int8_t *)model->header + model->header->group[group - GROUP_LATIN].table;
}

static inline const uint16_t *model_dictionary(const struct model *model, uint32_t group)
{
    return (const uint16_t *)(const void *)((const char *)model->header +
                                            model->header->group[group - GROUP_LATIN].dictionary);
}

/* Steps of the calibration table. */
static inline uint32_t model_length_step(uint32_t letters)
{
    static const uint32_t step[MODEL_LENGTHS - 1] = {4, 7, 11, 16, 26, 51, 101};
    uint32_t i = 0;
    while (i < MODEL_LENGTHS - 1 && letters >= step[i])
        i++;
    return i;
}

static inline uint32_t model_margin_step(int32_t margin)
{
    uint32_t step = margin < 0 ? 0 : (uint32_t)margin / (MODEL_UNIT / 4);
    return step < MODEL_MARGINS ? step : MODEL_MARGINS - 1;
}

#endif
