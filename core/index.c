/* SPDX-License-Identifier: Apache-2.0 */
#include "index.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sha256.h"

#define BESIDE 8u /* ids that are searched at the most, where they are hashes */
#define DOC_USUAL 4096u /* bytes of a document's block, where they are not known */
#define FIRST_PARTS 16u /* passes of which a document is opened all at once */
#define DOC_READ (256u << 10) /* larger ones are mapped, wherever they are */

static const struct foot *foot_in(const struct segment *segment, const char *map)
{
    uint64_t least = sizeof(struct block) + sizeof(struct foot);
    if (!map || segment->size < least)
        return NULL;
    const char *at = map + segment->size - least;
    const struct block *block = (const struct block *)(const void *)at;
    const struct foot *foot = (const struct foot *)(const void *)(block + 1);
    return block->kind == BLOCK_FOOT && block->size == sizeof *foot && foot->size == segment->size ? foot : NULL;
}

const struct foot *foot_of(const struct segment *segment)
{
    return foot_in(segment, segment->at);
}

static uint64_t docs_of(const struct segment *segment)
{
    const struct foot *foot = foot_of(segment);
    return foot ? foot->docs : 0;
}

struct foot_name foot_name(assay_docid id, uint64_t name, int plain, uint64_t text_size)
{
    const uint64_t most = (1u << 24) - 1;
    uint64_t size = plain && text_size < most ? (text_size + 1) & most : 0;
    return (struct foot_name){id, name & ((UINT64_C(1) << 40) - 1), size};
}

/* Later passes add to few documents: those alone, and bits that say which. */
static void add_few(struct foot *foot, struct stream *stream, const uint64_t *place)
{
    struct foot_bits some = {0, 0};
    for (uint64_t i = 0; i < foot->docs; i++)
        if (place[i])
            bytes_add(&stream->buf, &place[i], sizeof place[i]);
    foot->bits_at = stream_size(stream);
    for (uint64_t i = 0; i < foot->docs; i++) {
        some.bits |= (uint64_t)(place[i] != 0) << i % 64;
        if (i % 64 < 63 && i + 1 < foot->docs)
            continue;
        bytes_add(&stream->buf, &some, sizeof some);
        some = (struct foot_bits){0, some.before + (uint64_t)__builtin_popcountll(some.bits)};
    }
}

void foot_docs(struct foot *foot, struct stream *stream, const uint64_t *place)
{
    uint64_t there = 0;
    for (uint64_t i = 0; i < foot->docs; i++)
        there += place[i] != 0;
    foot->docs_at = stream_size(stream);
    foot->listed = there < foot->docs / 4 * 3 ? there : foot->docs;
    if (foot->listed < foot->docs)
        add_few(foot, stream, place);
    else
        bytes_add(&stream->buf, place, foot->docs * sizeof *place);
}

uint64_t foot_doc(const struct foot *foot, const char *map, uint64_t ordinal)
{
    const uint64_t *place = (const uint64_t *)(const void *)(map + foot->docs_at);
    if (foot->listed == foot->docs)
        return place[ordinal];
    const struct foot_bits *some = (const struct foot_bits *)(const void *)(map + foot->bits_at) + ordinal / 64;
    uint64_t bit = (uint64_t)1 << ordinal % 64;
    return some->bits & bit ? place[some->before + (uint64_t)__builtin_popcountll(some->bits & (bit - 1))] : 0;
}

static const struct foot_name *names_of(const struct segment *segment)
{
    const struct foot *foot = foot_of(segment);
    return foot ? (const struct foot_name *)(const void *)(segment->at + foot->ids_at) : NULL;
}

struct pair {
    assay_docid id;
    uint32_t number, zero;
};

/* Stable, by id, a byte at a time; bytes that all share are passed over. */
static struct pair *radix(struct pair *a, struct pair *b, uint64_t n)
{
    for (uint32_t shift = 0; shift < 64; shift += 8) {
        uint64_t count[257] = {0};
        for (uint64_t i = 0; i < n; i++)
            count[(a[i].id >> shift & 0xff) + 1]++;
        int one = 0;
        for (uint32_t c = 0; c < 256; c++) {
            one |= count[c + 1] == n;
            count[c + 1] += count[c];
        }
        if (one)
            continue;
        for (uint64_t i = 0; i < n; i++)
            b[count[a[i].id >> shift & 0xff]++] = a[i];
        struct pair *swap = a;
        a = b;
        b = swap;
    }
    return a;
}

uint32_t index_task(const struct doc_index *index, uint32_t number)
{
    uint32_t low = 0, high = index->tasks;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (index->base[middle] <= number)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static const char *part_of(const struct doc_index *index, uint32_t task, uint32_t number, uint32_t pass, int alone)
{
    if (!index->segment[pass])
        return NULL;
    struct segment *segment = &index->segment[pass][task];
    const char *map = alone ? segment_apart(segment) : segment->at;
    const struct foot *foot = foot_in(segment, map);
    uint64_t ordinal = number - index->base[task];
    if (!foot || ordinal >= foot->docs)
        return NULL;
    uint64_t at = foot_doc(foot, map, ordinal);
    if (at & PART_UNDER) {
        segment = &index->under[pass][task];
        map = alone ? segment_apart(segment) : segment->at;
        at &= ~PART_UNDER;
    }
    return at ? map + at : NULL;
}

const char *index_part(const struct doc_index *index, uint32_t number, uint32_t pass)
{
    return part_of(index, index_task(index, number), number, pass, 0);
}

int index_note_sums(struct doc_index *index, uint32_t pass)
{
    struct index_sums *sums = calloc((uint64_t)index->tasks + 1, sizeof *sums);
    if (!sums)
        return 0;
    for (uint32_t t = 0; t < index->tasks; t++) {
        const struct foot *foot = foot_of(&index->segment[pass][t]);
        if (foot && foot->sums && foot->docs <= UINT32_MAX && foot->sums <= UINT32_MAX)
            sums[t] = (struct index_sums){foot->firsts_at, foot->sums_at, (uint32_t)foot->docs, (uint32_t)foot->sums};
    }
    index->sums[pass] = sums;
    return 1;
}

const struct foot_sum *index_sums_of(const struct doc_index *index, uint32_t task, uint32_t number, uint32_t pass,
                                     uint32_t *n)
{
    uint64_t ordinal = number - index->base[task];
    const struct index_sums *at = index->sums[pass] ? &index->sums[pass][task] : NULL;
    *n = 0;
    if (!at || ordinal >= at->docs)
        return NULL;
    const char *map = index->segment[pass][task].at;
    const uint32_t *first = (const uint32_t *)(const void *)(map + at->first_at) + ordinal;
    uint32_t end = ordinal + 1 < at->docs ? first[1] : at->sums;
    *n = end - *first;
    return (const struct foot_sum *)(const void *)(map + at->sums_at) + *first;
}

const struct doc_head *index_head(const struct doc_index *index, uint32_t number)
{
    return (const struct doc_head *)(const void *)index_part(index, number, 0);
}

struct assay_text index_name(const struct doc_index *index, uint32_t number)
{
    uint32_t task = index_task(index, number);
    const struct segment *segment = &index->segment[0][task];
    const struct foot_name *doc = names_of(segment) + (number - index->base[task]);
    return (struct assay_text){segment->at + foot_of(segment)->names_at + doc->name, doc[1].name - doc->name};
}

static int order_text(struct assay_text a, struct assay_text b)
{
    int order = memcmp(a.at, b.at, a.size < b.size ? a.size : b.size);
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

/* The SHA-256 of one of them: few have an id that another one has, too. 0: out of memory. */
static int hash_of(const struct doc_whole *w, unsigned char to[SHA256_SIZE])
{
    if (!w->sha)
        return sha256_of(w->text, to);
    memcpy(to, w->sha, SHA256_SIZE);
    return 1;
}

/* < 0, 0, > 0; what cannot be told for want of memory is unequal. */
static int order_hashes(const struct doc_whole *p, const struct doc_whole *q)
{
    unsigned char a[SHA256_SIZE], b[SHA256_SIZE];
    return hash_of(p, a) && hash_of(q, b) ? memcmp(a, b, SHA256_SIZE) : 1;
}

/* Which of two texts under one id stays: the lesser hash, then the lesser path, then the earlier line. Arrival decides
 * only between what is equal in all of these. */
static int before(const struct doc_index *index, uint32_t a, uint32_t b)
{
    struct doc_whole p, q;
    if (!doc_whole(index_head(index, a), &p) || !doc_whole(index_head(index, b), &q))
        return a < b;
    int order = order_hashes(&p, &q);
    if (!order)
        order = order_text(doc_path_of(index_head(index, a)), doc_path_of(index_head(index, b)));
    if (!order)
        order = (p.line > q.line) - (p.line < q.line);
    return order ? order < 0 : a < b;
}

static int add_double(struct index_double **doubles, uint64_t *n, struct index_double one)
{
    if (!(*n & (*n - 1))) {
        struct index_double *more = realloc(*doubles, (*n ? *n * 2 : 1) * sizeof *more);
        if (!more)
            return 0;
        *doubles = more;
    }
    (*doubles)[(*n)++] = one;
    return 1;
}

static int keep(struct doc_index *index, const struct pair *pair, uint64_t n, struct index_double **doubles,
                uint64_t *count, struct assay_text clash[2])
{
    for (uint64_t i = 0, next; i < n; i = next) {
        uint32_t stays = pair[i].number;
        for (next = i + 1; next < n && pair[next].id == pair[i].id; next++) {
            clash[0] = index_name(index, stays);
            clash[1] = index_name(index, pair[next].number);
            if (order_text(clash[0], clash[1]))
                return 1;
            if (before(index, pair[next].number, stays))
                stays = pair[next].number;
        }
        for (uint64_t j = i; next - i > 1 && j < next; j++) {
            if (pair[j].number == stays)
                continue;
            struct doc_whole p, q;
            int same = doc_whole(index_head(index, stays), &p) &&
                       doc_whole(index_head(index, pair[j].number), &q) && !order_hashes(&p, &q);
            if (!add_double(doubles, count, (struct index_double){stays, pair[j].number, (uint32_t)same}))
                return -1;
        }
        index->id[index->kept] = pair[i].id;
        index->number[index->kept] = stays;
        index->rank[stays] = (uint32_t)index->kept++;
    }
    return 0;
}

static uint64_t highest(const struct doc_index *index, assay_docid id)
{
    return index->begin_bits ? id >> (64 - index->begin_bits) : 0;
}

/* Ids are hashes, so that their highest bits alone lead to a few of them, which stand side by side. */
static int find_begins(struct doc_index *index)
{
    while (index->begin_bits < 32 && index->kept >> index->begin_bits > BESIDE)
        index->begin_bits++;
    uint64_t begins = UINT64_C(1) << index->begin_bits, i = 0;
    index->begin = malloc((begins + 1) * sizeof *index->begin);
    for (uint64_t b = 0; index->begin && b <= begins; b++) {
        while (i < index->kept && (b == begins || highest(index, index->id[i]) < b))
            i++;
        index->begin[b] = (uint32_t)i;
    }
    return index->begin != NULL;
}

int index_build(struct doc_index *index, struct segment *segment, uint32_t tasks, struct index_double **doubles,
                uint64_t *n, struct assay_text clash[2])
{
    index->tasks = tasks;
    index->base = calloc((uint64_t)tasks + 1, sizeof *index->base);
    if (!index->base)
        return -1;
    for (uint32_t i = 0; i < tasks; i++) {
        index->base[i + 1] = index->base[i] + docs_of(&segment[i]);
        index->in_files |= segment[i].in_file != 0;
    }
    index->docs = index->base[tasks];
    uint64_t room = index->docs + 1;
    struct pair *pair = malloc(room * 2 * sizeof *pair);
    index->id = malloc(room * sizeof *index->id);
    index->number = malloc(room * sizeof *index->number);
    index->rank = malloc(room * sizeof *index->rank);
    int status = -1;
    if (pair && index->id && index->number && index->rank && index->docs < INDEX_NONE) {
        memset(index->rank, 0xff, room * sizeof *index->rank);
        uint64_t at = 0;
        for (uint32_t i = 0; i < tasks; i++) {
            uint64_t docs = docs_of(&segment[i]);
            const struct foot_name *doc = names_of(&segment[i]);
            for (uint64_t d = 0; d < docs; d++, at++)
                pair[at] = (struct pair){doc[d].id, (uint32_t)at, 0};
        }
        status = keep(index, radix(pair, pair + room, at), at, doubles, n, clash);
        if (status == 0 && !find_begins(index))
            status = -1;
    }
    free(pair);
    return status;
}

void index_free(struct doc_index *index)
{
    free(index->base);
    free(index->id);
    free(index->begin);
    free(index->number);
    free(index->rank);
    free(index->order);
    for (uint32_t pass = 0; index->sums && pass < index->passes; pass++)
        free(index->sums[pass]);
    free(index->sums);
    free(index->whole);
    *index = (struct doc_index){0};
}

uint32_t index_find(const struct doc_index *index, assay_docid id)
{
    uint64_t first = highest(index, id);
    uint64_t low = index->begin ? index->begin[first] : 0, high = index->begin ? index->begin[first + 1] : 0;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (index->id[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < index->kept && index->id[low] == id ? (uint32_t)low : INDEX_NONE;
}

/* Up to `size` bytes of the file from `at` on, in the document's memory; *got: how many. NULL: none. */
static const char *read_bytes(const struct segment *segment, struct assay_doc *doc, uint64_t at, uint64_t size,
                              uint64_t *got)
{
    char *room = arena_room(&doc->arena, size);
    ssize_t n = room ? pread(segment->file, room, size, (off_t)at) : -1;
    *got = n > 0 ? (uint64_t)n : 0;
    return n > 0 ? room : NULL;
}

/* The same as part_of alone, in the document's memory: of files that do not all fit into a process each look at a place
 * costs a fault, and its page has to be given up soon after, which takes several times what it costs to read it. */
static const char *read_part(const struct doc_index *index, struct assay_doc *doc, uint32_t number, uint32_t pass)
{
    uint32_t task = index_task(index, number);
    const char *mapped = part_of(index, task, number, pass, 1);
    struct segment *segment = index->segment[pass] ? &index->segment[pass][task] : NULL;
    if (!mapped || !index->crowded)
        return mapped;
    const char *map = segment_apart(segment);
    const struct foot *foot = foot_in(segment, map);
    uint64_t ordinal = number - index->base[task], place = foot_doc(foot, map, ordinal), at = place & ~PART_UNDER, got;
    /* of another file: a guess like any */
    uint64_t next = ordinal + 1 < foot->docs ? foot_doc(foot, map, ordinal + 1) & ~PART_UNDER : 0;
    uint64_t size = next > at && next - at <= DOC_READ ? next - at : DOC_USUAL;
    if (place & PART_UNDER)
        segment = &index->under[pass][task];
    if (!segment->in_file)
        return mapped;
    at -= sizeof(struct block);
    const char *bytes = read_bytes(segment, doc, at, size, &got);
    const struct block *block = (const struct block *)(const void *)bytes;
    if (got < sizeof *block || block->size > DOC_READ)
        return mapped;
    size = sizeof *block + block->size;
    if (got < size)
        bytes = read_bytes(segment, doc, at, size, &got);
    return got < size ? mapped : bytes + sizeof *block;
}

static int in_parts(uint64_t parts, uint32_t pass)
{
    return pass >= INDEX_PARTS || parts >> pass & 1;
}

void index_open(const struct doc_index *index, struct assay_doc *doc, uint32_t number, uint64_t parts, int alone)
{
    uint32_t task = index_task(index, number);
    parts = index_whole(index) ? INDEX_ALL : parts;
    if (alone && index->crowded) {
        doc_reset(doc);
        for (uint32_t pass = 0; pass < index->passes; pass++)
            if (in_parts(parts, pass))
                index_add_part(index, doc, number, pass);
        return;
    }
    const char *first[FIRST_PARTS];
    for (uint32_t pass = 0; pass < index->passes && pass < FIRST_PARTS; pass++) { /* fetched side by side */
        first[pass] = in_parts(parts, pass) ? part_of(index, task, number, pass, alone) : NULL;
        __builtin_prefetch(first[pass]);
        __builtin_prefetch(first[pass] ? first[pass] + 64 : NULL);
    }
    doc_reset(doc);
    for (uint32_t pass = 0; pass < index->passes; pass++) {
        const char *part = pass < FIRST_PARTS       ? first[pass]
                           : in_parts(parts, pass) ? part_of(index, task, number, pass, alone)
                                                   : NULL;
        if (part)
            doc_part(doc, part);
    }
}

void index_add_part(const struct doc_index *index, struct assay_doc *doc, uint32_t number, uint32_t pass)
{
    const char *part = read_part(index, doc, number, pass);
    if (part)
        doc_part(doc, part);
}

/* Writers ask many documents for nothing but what the table of names tells. */
static void open_plain(const struct doc_index *index, struct assay_doc *doc, uint32_t task)
{
    uint64_t plain = names_of(&index->segment[0][task])[doc->ordinal].plain;
    if (!plain || !doc_map_plain(doc, (uint32_t)(plain - 1)))
        return;
    doc->mapped = 1;
    doc->text.size = plain - 1;
}

void index_open_lean(const struct doc_index *index, struct assay_doc *doc, uint32_t rank, int plain)
{
    uint32_t number = index->number[rank], task = index_task(index, number);
    doc_reset(doc);
    doc->id = index->id[rank];
    doc->ordinal = (uint32_t)(number - index->base[task]);
    doc->frozen = 1;
    if (plain)
        open_plain(index, doc, task);
}

void index_open_first(const struct doc_index *index, struct assay_doc *doc, uint32_t number)
{
    doc->map = NULL;
    doc->mapped = 0;
    if (index_whole(index))
        index_open(index, doc, number, INDEX_ALL, 1);
    else
        index_add_part(index, doc, number, 0);
}

void index_ahead(const struct doc_index *index, uint32_t number)
{
    uint32_t task = index_task(index, number);
    struct segment *segment = &index->segment[0][task];
    const char *map = segment_apart(segment);
    const struct foot *foot = foot_in(segment, map);
    uint64_t ordinal = number - index->base[task];
    if (!segment->in_file || !foot || ordinal >= foot->docs)
        return;
    uint64_t at = foot_doc(foot, map, ordinal), next = ordinal + 1 < foot->docs ? foot_doc(foot, map, ordinal + 1) : 0;
    segment_ahead(segment, at, next > at ? next - at : DOC_USUAL);
}
