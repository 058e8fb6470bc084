/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

#include "grams.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *check_group(const struct model_header *header, const struct model_group *group)
{
    if (group->classes > MODEL_CLASSES || group->first + (uint64_t)group->classes > header->classes)
        return "classes out of range";
    if (group->bits < 8 || group->bits > 22 || !group->buckets || group->buckets > 1u << 24 || group->scale <= 0 ||
        group->stride < group->classes || group->stride > MODEL_LANES)
        return "sizes out of range";
    uint64_t rows = (1ull << group->bits) + 2ull * group->classes;
    if (group->table > header->size || header->size - group->table < rows * group->stride + MODEL_LANES)
        return "table beyond the end";
    if (group->dictionary % 2 || group->dictionary > header->size ||
        header->size - group->dictionary < (uint64_t)group->buckets * DICT_BUCKET * 2)
        return "dictionary beyond the end";
    return NULL;
}

static const char *check(const struct model_header *header, size_t size)
{
    if (size < sizeof *header || memcmp(header->magic, MODEL_MAGIC, 8))
        return "not a language model";
    if (header->version != MODEL_VERSION)
        return "made for another version";
    if (header->size != size || header->groups != MODEL_GROUPS)
        return "cut short, or of another layout";
    if (header->classes > 128 || size < sizeof *header + header->classes * sizeof(struct model_class))
        return "too many classes";
    const struct model_class *class = (const struct model_class *)(const void *)(header + 1);
    for (uint32_t i = 0; i < header->classes; i++)
        if (!memchr(class[i].language, 0, 8) || !memchr(class[i].script, 0, 8))
            return "a class name without end";
    for (uint32_t i = 0; i < MODEL_GROUPS; i++) {
        const char *problem = check_group(header, header->group + i);
        if (problem)
            return problem;
    }
    return NULL;
}

int model_open(struct model *model, const char *path, char *message)
{
    struct stat stat;
    memset(model, 0, sizeof *model);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || fstat(file, &stat) || stat.st_size <= 0) {
        snprintf(message, 256, "%s: %s", path, file < 0 ? strerror(errno) : "empty or unreadable");
        if (file >= 0)
            close(file);
        return 0;
    }
    void *at = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    close(file);
    if (at == MAP_FAILED) {
        snprintf(message, 256, "%s: %s", path, strerror(errno));
        return 0;
    }
    const char *problem = check(at, (size_t)stat.st_size);
    if (problem) {
        snprintf(message, 256, "%s: %s", path, problem);
        munmap(at, (size_t)stat.st_size);
        return 0;
    }
    model->header = at;
    model->class = (const struct model_class *)(const void *)(model->header + 1);
    model->size = (size_t)stat.st_size;
    return 1;
}

void model_close(struct model *model)
{
    if (model->header)
        munmap((void *)(uintptr_t)model->header, model->size);
    memset(model, 0, sizeof *model);
}
