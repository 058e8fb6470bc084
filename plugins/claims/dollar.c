/* SPDX-License-Identifier: Apache-2.0 */
#include "dollar.h"

#include <assay/kit/lexicon.h>

#include <stdlib.h>
#include <string.h>

enum { MOST_CODES = 24, LONGEST = 40, READ = 1u << 18, PUBLISHED = 3, ENOUGH = 3 };

struct form {
    struct assay_text text;
    uint32_t code, order;
};

/* Currencies of one name: dollars, pesos. */
struct family {
    const char *name;
    struct form *form; /* sorted */
    uint32_t forms, codes;
    char code[MOST_CODES][4];
};

struct dollars {
    struct assay_lexicon file;
    struct family family[DL_FAMILIES];
    uint32_t families;
    uint64_t begins[1024]; /* bits: the first two bytes of a form */
    unsigned char letter[256];
};

static int compare_text(struct assay_text a, struct assay_text b)
{
    uint64_t n = a.size < b.size ? a.size : b.size;
    int c = n ? memcmp(a.at, b.at, n) : 0;
    return c ? c : (a.size > b.size) - (a.size < b.size);
}

static int compare(const void *a, const void *b)
{
    const struct form *x = a, *y = b;
    int c = compare_text(x->text, y->text);
    return c ? c : (x->order > y->order) - (x->order < y->order);
}

static uint32_t first_two(const char *p)
{
    return (uint32_t)(unsigned char)p[0] << 8 | (unsigned char)p[1];
}

static int read_one(struct dollars *d, struct family *f, const struct assay_lexicon_item *line)
{
    struct assay_text key, forms, form;
    if (line->type != ASSAY_LEXICON_TEXT || !assay_lexicon_line(line->text, &key, &forms) || key.size != 3 ||
        f->codes == MOST_CODES)
        return assay_lexicon_fail(&d->file, line, "\"CODE form|form\" was expected, CODE as in ISO 4217");
    memcpy(f->code[f->codes], key.at, 3);
    while (assay_lexicon_form(&forms, &form)) {
        struct form *room = realloc(f->form, (f->forms + 1) * sizeof *room);
        if (!room)
            return assay_lexicon_fail(&d->file, line, "out of memory");
        f->form = room;
        if (form.size >= 2)
            d->begins[first_two(form.at) >> 6] |= (uint64_t)1 << (first_two(form.at) & 63);
        f->form[f->forms] = (struct form){form, f->codes, f->forms};
        f->forms++;
    }
    f->codes++;
    return 1;
}

static int read_all(struct dollars *d)
{
    for (uint32_t k = 0; k < d->file.root.count; k++) {
        const struct assay_lexicon_item *list = d->file.root.first + k;
        if (list->type != ASSAY_LEXICON_ARRAY || !list->count || d->families == DL_FAMILIES)
            return assay_lexicon_fail(&d->file, list, "lists of currencies of one name were expected, at most %d",
                                      DL_FAMILIES);
        struct family *f = d->family + d->families++;
        f->name = list->name.at;
        for (uint32_t i = 0; i < list->count; i++)
            if (!read_one(d, f, list->first + i))
                return 0;
        qsort(f->form, f->forms, sizeof *f->form, compare);
    }
    return 1;
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80 || c == '$';
}

assay_status dl_load(const struct assay_host *host, struct dollars **to)
{
    struct assay_text path;
    *to = NULL;
    assay_status status = host->find(host, "lexicon/dollars.cfg", &path);
    if (status)
        return status == ASSAY_NO ? ASSAY_OK : status;
    struct dollars *d = calloc(1, sizeof *d);
    if (!d)
        return host->fail(host, ASSAY_ENOMEM, "dollars: out of memory");
    for (uint32_t c = 0; c < 256; c++)
        d->letter[c] = (unsigned char)is_letter((char)c);
    if (!assay_lexicon_read(&d->file, path.at) || !read_all(d)) {
        status = host->fail(host, ASSAY_ECONF, "%s", d->file.error);
        dl_free(d);
        return status;
    }
    *to = d;
    return ASSAY_OK;
}

/* The place in the family of the code that the form stands for, or `codes`. */
static uint32_t code_of(const struct dollars *d, const struct family *f, struct assay_text text)
{
    if (text.size < 2 || !(d->begins[first_two(text.at) >> 6] >> (first_two(text.at) & 63) & 1))
        return f->codes;
    uint32_t low = 0, high = f->forms;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        int c = compare_text(f->form[mid].text, text);
        if (!c)
            return f->form[mid].code;
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return f->codes;
}

/* The top-level domain with its point, of a host or an address: ".au" of "https://news.com.au/5". */
static struct assay_text top_level(struct assay_text t)
{
    struct assay_text none = {NULL, 0};
    const char *at = t.at, *end = at ? at + t.size : NULL;
    for (const char *p = at; p && p + 2 < end; p++)
        if (p[0] == ':' && p[1] == '/' && p[2] == '/') {
            at = p + 3;
            break;
        }
    const char *stop = at;
    while (at && stop < end && *stop != '/' && *stop != ':' && *stop != ' ')
        stop++;
    for (const char *p = stop; at && p-- > at;)
        if (*p == '.')
            return (struct assay_text){p, (uint64_t)(stop - p)};
    return none;
}

/* Counts the words of the text that speak of a country. */
static void count_words(const struct dollars *d, const struct family *f, struct assay_text text, uint32_t *points)
{
    const char *p = text.at, *end = p + (text.size < READ ? text.size : READ);
    const unsigned char *letter = d->letter;
    while (p < end) {
        if (!letter[(unsigned char)*p]) {
            p++;
            continue;
        }
        const char *start = p++;
        if (p + 1 < end && *p == '.' && letter[(unsigned char)p[1]])
            p++;
        while (p < end && letter[(unsigned char)*p])
            p++;
        if ((*start >= 'a' && *start <= 'z') || p - start < 2 || p - start > LONGEST)
            continue;
        points[code_of(d, f, (struct assay_text){start, (uint64_t)(p - start)})]++;
    }
}

uint32_t dl_family(const struct dollars *d, const char *name, const char *code)
{
    for (uint32_t k = 0; d && k < d->families; k++) {
        const struct family *f = d->family + k;
        if (name && !strcmp(f->name, name))
            return k;
        for (uint32_t i = 0; code && i < f->codes; i++)
            if (f->code[i][0] == code[0] && f->code[i][1] == code[1] && f->code[i][2] == code[2])
                return k;
    }
    return DL_FAMILIES;
}

const char *dl_find(const struct dollars *d, uint32_t family, struct assay_text text, struct assay_text source,
                    struct assay_text uri, uint32_t *percent)
{
    const struct family *f = d->family + family;
    uint32_t points[MOST_CODES + 1] = {0}, best = 0, published = code_of(d, f, top_level(source));
    if (published == f->codes)
        published = code_of(d, f, top_level(uri));
    points[published] += PUBLISHED;
    count_words(d, f, text, points);
    for (uint32_t i = 1; i < f->codes; i++)
        if (points[i] > points[best])
            best = i;
    *percent = best == published ? 85 : 70;
    return points[best] < ENOUGH ? NULL : f->code[best];
}

void dl_free(struct dollars *d)
{
    if (!d)
        return;
    assay_lexicon_free(&d->file);
    for (uint32_t k = 0; k < d->families; k++)
        free(d->family[k].form);
    free(d);
}
