/* SPDX-License-Identifier: Apache-2.0
 *
 * Two builds of the claims plugin by turns in one process: CPU time of the plugin alone, and whether every field of every
 * record is the same. Texts are cut into documents of about 4 kB, a sentence a line. The host costs nothing here: it hands
 * out memory from one block and, while time is taken, drops the records.
 *
 *   cc -O2 -D_GNU_SOURCE -Iinclude tests/bench/claims/versus.c -o versus -ldl
 *   versus [-r ROUNDS] [-d DOCUMENT_BYTES] OLD.so NEW.so CONF_OLD CONF_NEW LANGUAGE FILE [LANGUAGE FILE ...]
 */
#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <assay/layers/claim.h>
#include <assay/layers/document.h>
#include <assay/layers/text.h>
#include <assay/plugin.h>

enum { SLOT_DOCUMENT, SLOT_SENTENCE, SLOT_CLAIM = 4, MOST_PATHS = 64 };

struct assay_doc {
    struct assay_text text;
    struct assay_document record;
    struct assay_sentence *sentence;
    uint32_t sentences;
};

struct side {
    struct assay_host host;
    const struct assay_plugin *plugin;
    void *self;
    const char *conf;
    char *paths[MOST_PATHS];
    uint32_t path_count;
    char *block;
    uint64_t used, room;
    uint64_t claims;
    FILE *record; /* NULL: records are dropped */
};

static struct side *side_of(const struct assay_host *host)
{
    return host->own;
}

static assay_status host_fail(const struct assay_host *host, assay_status code, const char *format, ...)
{
    va_list list;
    (void)host;
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fputc('\n', stderr);
    return code;
}

static void *host_alloc(const struct assay_host *host, void *subject, uint64_t size)
{
    struct side *s = side_of(host);
    (void)subject;
    size = (size + 15) & ~(uint64_t)15;
    if (size > s->room - s->used)
        return NULL;
    s->used += size;
    return memset(s->block + s->used - size, 0, size);
}

static assay_status host_find(const struct assay_host *host, const char *relative, struct assay_text *path)
{
    struct side *s = side_of(host);
    char name[512];
    *path = (struct assay_text){0};
    snprintf(name, sizeof name, "%s/%s", s->conf, relative);
    FILE *file = fopen(name, "r");
    if (!file || s->path_count == MOST_PATHS)
        return ASSAY_NO;
    fclose(file);
    char *kept = s->paths[s->path_count++] = strdup(name);
    *path = (struct assay_text){kept, strlen(kept)};
    return ASSAY_OK;
}

static struct assay_text host_text(const struct assay_host *host, const struct assay_doc *doc)
{
    (void)host;
    return doc->text;
}

static struct assay_list host_records(const struct assay_host *host, const struct assay_doc *doc, uint32_t slot)
{
    (void)host;
    if (slot == SLOT_DOCUMENT)
        return (struct assay_list){&doc->record, 1, sizeof doc->record};
    if (slot == SLOT_SENTENCE)
        return (struct assay_list){doc->sentence, doc->sentences, sizeof *doc->sentence};
    return (struct assay_list){0};
}

/* ---- every field of a record, in words ---- */

struct level {
    const struct assay_fields *fields;
    const char *at;
};

static void print_value(FILE *to, const struct assay_field *f, const void *at)
{
    struct assay_text text;
    struct assay_span span;
    uint32_t number;
    uint64_t bits;
    memcpy(&number, at, sizeof number);
    switch (f->type) {
    case ASSAY_TEXT:
        memcpy(&text, at, sizeof text);
        fprintf(to, " %s=%s%.*s", f->name, text.at ? "'" : "", (int)text.size, text.at ? text.at : "");
        break;
    case ASSAY_SPAN:
        memcpy(&span, at, sizeof span);
        fprintf(to, " %s=%u-%u", f->name, (unsigned)span.begin, (unsigned)span.end);
        break;
    case ASSAY_REAL:
        memcpy(&bits, at, sizeof bits);
        fprintf(to, " %s=%llx", f->name, (unsigned long long)bits);
        break;
    default:
        fprintf(to, " %s=%u", f->name, (unsigned)number);
    }
}

static void print_record(FILE *to, const struct assay_fields *fields, const char *record);

static void print_field(FILE *to, const struct assay_field *f, const char *record)
{
    struct assay_list list = {record + f->offset, 1, 0};
    uint32_t has = 1;
    if (f->has != ASSAY_NEVER)
        memcpy(&has, record + f->has, sizeof has);
    if (f->flags & ASSAY_LIST)
        memcpy(&list, record + f->offset, sizeof list);
    for (uint32_t i = 0; has && i < list.count; i++) {
        const char *at = (const char *)list.at + (size_t)i * list.stride;
        if (f->type != ASSAY_RECORD) {
            print_value(to, f, at);
            continue;
        }
        fprintf(to, " %s {", f->name);
        print_record(to, f->of, at);
        fprintf(to, " }");
    }
}

static void print_record(FILE *to, const struct assay_fields *fields, const char *record) /* parts nest three deep */
{
    for (uint32_t i = 0; i < fields->rows; i++)
        print_field(to, fields->row + i, record);
}

static assay_status host_add(const struct assay_host *host, struct assay_doc *doc, uint32_t slot, const void *record)
{
    struct side *s = side_of(host);
    (void)doc;
    (void)slot;
    s->claims++;
    if (s->record) {
        print_record(s->record, &assay_claim_fields, record);
        fputc('\n', s->record);
    }
    return ASSAY_OK;
}

static int open_side(struct side *s, const char *path, const char *conf)
{
    void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    s->plugin = module ? dlsym(module, "claims_LTX_assay_plugin") : NULL;
    if (!s->plugin) {
        fprintf(stderr, "%s\n", dlerror());
        return 0;
    }
    s->conf = conf;
    s->room = (uint64_t)1 << 28;
    s->block = malloc(s->room);
    s->host = (struct assay_host){.struct_size = sizeof s->host, .abi_major = ASSAY_ABI_MAJOR, .own = s, .fail = host_fail, .alloc = host_alloc,
                                  .find = host_find, .text = host_text, .records = host_records, .add = host_add};
    return s->block && s->plugin->open(&s->host, NULL, &s->self) == ASSAY_OK;
}

/* ---- documents ---- */

struct set {
    char *text;
    struct assay_doc *doc;
    uint32_t docs;
    uint64_t size;
};

static char *read_file(const char *path, uint64_t *size)
{
    FILE *file = fopen(path, "r");
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    *size = (uint64_t)ftell(file);
    rewind(file);
    char *text = malloc(*size + 1);
    if (text)
        text[*size = fread(text, 1, *size, file)] = 0;
    fclose(file);
    return text;
}

static void cut_document(struct assay_doc *doc, const char *language, const char *at, uint64_t size)
{
    doc->text = (struct assay_text){at, size};
    doc->record.language = (struct assay_text){language, strlen(language)};
    doc->record.published = (struct assay_text){"2024-05-17", 10};
    doc->sentence = calloc(size + 1, sizeof *doc->sentence);
    for (uint64_t begin = 0, end; begin < size; begin = end + 1) {
        const char *stop = memchr(at + begin, '\n', size - begin);
        end = stop ? (uint64_t)(stop - at) : size;
        if (end > begin)
            doc->sentence[doc->sentences++].span = (struct assay_span){(uint32_t)begin, (uint32_t)end};
    }
    doc->sentence = realloc(doc->sentence, (doc->sentences + 1) * sizeof *doc->sentence);
}

static struct set read_set(const char *language, const char *path, uint64_t piece)
{
    struct set s = {0};
    s.text = read_file(path, &s.size);
    if (!s.text)
        return s;
    s.doc = calloc(s.size / piece + 2, sizeof *s.doc);
    for (uint64_t at = 0; at < s.size;) {
        uint64_t size = s.size - at;
        if (size > piece) {
            const char *stop = memchr(s.text + at + piece, '\n', size - piece);
            size = stop ? (uint64_t)(stop - s.text) + 1 - at : size;
        }
        cut_document(s.doc + s.docs++, language, s.text + at, size);
        at += size;
    }
    return s;
}

static void free_set(struct set *s)
{
    for (uint32_t i = 0; i < s->docs; i++)
        free(s->doc[i].sentence);
    free(s->doc);
    free(s->text);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double run(struct side *s, const struct set *set)
{
    s->claims = 0;
    double start = now();
    for (uint32_t i = 0; i < set->docs; i++) {
        s->used = 0;
        if (s->plugin->analyse(s->self, set->doc + i) != ASSAY_OK)
            return -1;
    }
    return now() - start;
}

static char *records_of(struct side *s, const struct set *set)
{
    char *text = NULL;
    size_t size = 0;
    s->record = open_memstream(&text, &size);
    run(s, set);
    fclose(s->record);
    s->record = NULL;
    return text;
}

/* 1: the records are the same; otherwise shows the first that are not. */
static int same(struct side *a, struct side *b, const struct set *set)
{
    char *x = records_of(a, set), *y = records_of(b, set);
    int equal = !strcmp(x, y), shown = 0;
    for (char *p = x, *q = y; !equal && shown < 1 && *p && *q;) {
        size_t n = strcspn(p, "\n"), m = strcspn(q, "\n");
        if (n != m || memcmp(p, q, n)) {
            printf("- %.*s\n+ %.*s\n", (int)n, p, (int)m, q);
            shown++;
        }
        p += n + (p[n] != 0);
        q += m + (q[m] != 0);
    }
    free(x);
    free(y);
    return equal;
}

static int compare_double(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int versus(struct side *a, struct side *b, const char *language, const char *path, int rounds, uint64_t piece)
{
    struct set set = read_set(language, path, piece);
    double best[2] = {1e9, 1e9}, *ratio = calloc((size_t)rounds, sizeof *ratio);
    if (!set.text || !ratio) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return 0;
    }
    int equal = same(a, b, &set);
    for (int r = 0; r < rounds; r++) {
        double took[2];
        took[r & 1] = run(r & 1 ? b : a, &set);
        took[!(r & 1)] = run(r & 1 ? a : b, &set);
        for (int k = 0; k < 2; k++)
            best[k] = took[k] < best[k] ? took[k] : best[k];
        ratio[r] = took[0] / took[1];
    }
    qsort(ratio, (size_t)rounds, sizeof *ratio, compare_double);
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    printf("%-24s %s %7.1f kB %6.2f claims/kB %7.1f -> %7.1f MB/s  x%.3f (median %.3f)  %s\n", name, language, (double)set.size / 1e3,
           (double)b->claims * 1e3 / (double)set.size, (double)set.size / best[0] / 1e6, (double)set.size / best[1] / 1e6, best[0] / best[1],
           ratio[rounds / 2], equal ? "same" : "DIFFERENT");
    fflush(stdout);
    free(ratio);
    free_set(&set);
    return equal;
}

int main(int argc, char **argv)
{
    static struct side a, b;
    int i = 1, rounds = 20, fine = 1;
    uint64_t piece = 4000;
    for (; i + 1 < argc && argv[i][0] == '-'; i += 2)
        if (argv[i][1] == 'r')
            rounds = atoi(argv[i + 1]) > 0 ? atoi(argv[i + 1]) : 1;
        else
            piece = strtoull(argv[i + 1], NULL, 10);
    if (argc - i < 6 || !piece || !open_side(&a, argv[i], argv[i + 2]) || !open_side(&b, argv[i + 1], argv[i + 3])) {
        fprintf(stderr, "versus [-r ROUNDS] [-d DOCUMENT_BYTES] OLD.so NEW.so CONF_OLD CONF_NEW LANGUAGE FILE ...\n");
        return 2;
    }
    for (i += 4; i + 1 < argc; i += 2)
        fine &= versus(&a, &b, argv[i], argv[i + 1], rounds, piece);
    return !fine;
}
