/* SPDX-License-Identifier: Apache-2.0 */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

#include <assay/kit/json.h>

/* Room for one more. */
static void *grow(void *at, uint64_t count, uint64_t *room, size_t size)
{
    if (count < *room)
        return at;
    uint64_t more = *room ? *room * 2 : 256;
    void *to = realloc(at, more * size);
    if (to)
        *room = more;
    return to;
}

/* The text of a key of a flat reading of the object's first level; at NULL: there is none. Copied into `room`. */
static int find_key(struct assay_text line, const char *key, struct assay_buf *room)
{
    struct assay_json j = {0};
    enum assay_json_type token;
    int found = 0;
    room->size = 0;
    assay_json_start(&j, line);
    assay_json_next(&j);
    while (!found && (token = assay_json_next(&j)) == ASSAY_JSON_STRING) {
        int wanted = j.text.size == strlen(key) && !memcmp(j.text.at, key, j.text.size);
        token = assay_json_next(&j);
        if (wanted && token == ASSAY_JSON_STRING) {
            assay_buf_add(room, j.text.at, j.text.size);
            found = !room->failed;
        } else if (!assay_json_skip(&j, token, NULL)) {
            break;
        }
    }
    assay_json_done(&j);
    return found;
}

static int begins(struct assay_text line, const char *word)
{
    size_t size = strlen(word);
    return line.size > size && !memcmp(line.at, word, size);
}

static int add_doc(struct file *f, struct assay_text line, uint64_t end, struct assay_buf *room)
{
    void *to = grow(f->doc, f->docs, &f->doc_room, sizeof *f->doc);
    if (!to || !find_key(line, "doc", room))
        return 0;
    f->doc = to;
    f->doc[f->docs++] = (struct file_doc){XXH3_64bits(room->at, room->size), end, 0};
    return 1;
}

static int add_claim(struct file *f, struct assay_text line, struct assay_buf *room)
{
    void *to = grow(f->claim, f->claims, &f->claim_room, sizeof *f->claim);
    if (!to || !f->docs || !find_key(line, "id", room))
        return 0;
    f->claim = to;
    assay_docid doc = f->doc[f->docs - 1].id;
    const struct file_claim *last = f->claims ? &f->claim[f->claims - 1] : NULL;
    uint32_t index = last && last->doc == doc ? last->index + 1 : 0;
    f->claim[f->claims++] = (struct file_claim){XXH3_64bits(room->at, room->size), doc, index, 0};
    return 1;
}

static int is_corpus(struct assay_text line)
{
    static const char *const type[] = {"copy", "cluster", "finding", "failure", "skipped", "run"};
    char word[40];
    for (size_t i = 0; i < sizeof type / sizeof type[0]; i++) {
        snprintf(word, sizeof word, "{\"type\":\"%s\",", type[i]);
        if (begins(line, word))
            return 1;
    }
    return 0;
}

static int by_doc(const void *a, const void *b)
{
    const struct file_doc *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

static int by_hash(const void *a, const void *b)
{
    const struct file_claim *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->doc != y->doc ? (x->doc < y->doc ? -1 : 1) : (x->index > y->index) - (x->index < y->index);
}

static int scan_line(struct file *f, struct assay_text line, uint64_t at, uint64_t end, struct assay_buf *room)
{
    if (line.size > 1 && !begins(line, "{\"type\":\""))
        return 0;
    if (f->corpus != UINT64_MAX)
        return 1;
    int document = begins(line, "{\"type\":\"document\","), corpus = is_corpus(line);
    if ((document || corpus) && f->docs)
        f->doc[f->docs - 1].size = at - f->doc[f->docs - 1].at;
    if (corpus)
        f->corpus = at;
    if (document)
        return add_doc(f, line, end, room);
    return !begins(line, "{\"type\":\"claim\",") || add_claim(f, line, room);
}

static int scan(struct file *f, FILE *stream)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t size;
    uint64_t number = 0;
    struct assay_buf text = {0};
    int ok = 1;
    f->corpus = UINT64_MAX;
    while (ok && (size = getline(&line, &room, stream)) > 0) {
        uint64_t at = f->size;
        f->size += (uint64_t)size;
        number++;
        if (!scan_line(f, (struct assay_text){line, (uint64_t)size}, at, f->size, &text)) {
            snprintf(f->why, sizeof f->why, "line %llu is no record of the jsonl writer", (unsigned long long)number);
            ok = 0;
        }
    }
    free(line);
    assay_buf_free(&text);
    if (ok && ferror(stream)) {
        snprintf(f->why, sizeof f->why, "%s", strerror(errno));
        ok = 0;
    }
    if (f->corpus == UINT64_MAX) {
        f->corpus = f->size;
        if (f->docs)
            f->doc[f->docs - 1].size = f->size - f->doc[f->docs - 1].at;
    }
    return ok;
}

int file_open(struct file *f, const char *path)
{
    *f = (struct file){.fd = open(path, O_RDONLY | O_CLOEXEC)};
    int again = f->fd >= 0 ? dup(f->fd) : -1;
    FILE *stream = again >= 0 ? fdopen(again, "rb") : NULL;
    if (!stream) {
        snprintf(f->why, sizeof f->why, "%s", strerror(errno));
        return 0;
    }
    int ok = scan(f, stream);
    fclose(stream);
    /* The order is total: ids of documents differ, and so do document and index of claims. */
    if (f->docs)
        qsort(f->doc, f->docs, sizeof *f->doc, by_doc);
    if (f->claims)
        qsort(f->claim, f->claims, sizeof *f->claim, by_hash);
    return ok;
}

void file_close(struct file *f)
{
    if (f->fd >= 0)
        close(f->fd);
    free(f->doc);
    free(f->claim);
    *f = (struct file){.fd = -1};
}

const struct file_doc *file_doc(const struct file *f, assay_docid id)
{
    const struct file_doc key = {.id = id};
    return f->docs ? bsearch(&key, f->doc, f->docs, sizeof key, by_doc) : NULL;
}

int file_claim(const struct file *f, struct assay_text id, struct assay_ref *to)
{
    uint64_t hash = XXH3_64bits(id.at, id.size), low = 0, high = f->claims;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (f->claim[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == f->claims || f->claim[low].hash != hash)
        return 0;
    *to = (struct assay_ref){f->claim[low].doc, f->claim[low].index, 0};
    return 1;
}

char *file_bytes(const struct file *f, uint64_t at, uint64_t size)
{
    char *to = malloc(size + 1);
    uint64_t got = 0;
    while (to && got < size) {
        ssize_t n = pread(f->fd, to + got, size - got, (off_t)(at + got));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            free(to);
            return NULL;
        }
        got += (uint64_t)n;
    }
    if (to)
        to[size] = 0;
    return to;
}
