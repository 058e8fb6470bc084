/* SPDX-License-Identifier: Apache-2.0 */
#include "names.h"

#include <assay/kit/buf.h>
#include <assay/kit/lexicon.h>
#include <assay/kit/newsrooms.h>
#include <assay/kit/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEXICON_MOST = 1 << 24, LONGEST = 6, FORM_MOST = 96, STEMS = 256 };

struct name {
    char *folded; /* the pieces, folded, a blank between them */
    char *exact;  /* NULL: any case will do */
    uint32_t value;
    uint16_t size;
    uint8_t class, stem;
};

struct names {
    struct name *at;
    uint32_t count, room, stems;
    uint32_t stem[STEMS]; /* names that any ending may follow */
    uint64_t first[NAME_CLASSES][16]; /* bits over first words: most words of a text start no name */
    uint32_t longest[NAME_CLASSES];   /* pieces */
    struct assay_text *agency;
    uint32_t agencies;
};

static const char *const sections[NAME_CLASSES] = {
    [NAME_PUBLISHED] = "published", [NAME_UPDATED] = "updated",   [NAME_SOURCE] = "sources", [NAME_RIGHTS] = "rights",
    [NAME_INSIDE] = "inside",       [NAME_CLOCK] = "clock",       [NAME_NO_PLACE] = "no_place",
    [NAME_BYLINE] = "bylines",      [NAME_IN_PLACE] = "in_place",
    [NAME_REPORTER] = "reporter",   [NAME_HOST] = "hosts",
    [NAME_NO_HOST] = "no_hosts",    [NAME_NO_DATE] = "no_dates",
};
static const char known[] =
    "published|updated|sources|rights|inside|clock|no_place|bylines|in_place|reporter|hosts|no_hosts|no_dates";

static uint16_t join(const struct line *line, uint32_t i, uint32_t end, char to[FORM_MOST])
{
    uint32_t n = 0;
    for (; i < end; i++) {
        const struct piece *p = line->piece + i;
        if (n + p->size + 1 > FORM_MOST)
            return 0;
        if (n)
            to[n++] = ' ';
        memcpy(to + n, line->folded + p->folded, p->size);
        n += p->size;
    }
    return (uint16_t)n;
}

static int compare(const struct name *a, uint8_t class, const char *folded, uint16_t size)
{
    if (a->class != class)
        return a->class < class ? -1 : 1;
    int order = memcmp(a->folded, folded, a->size < size ? a->size : size);
    return order ? order : (a->size > size) - (a->size < size);
}

static int by_name(const void *x, const void *y)
{
    const struct name *a = x, *b = y;
    int order = compare(a, b->class, b->folded, b->size);
    if (order)
        return order;
    if (a->exact && b->exact && (order = strcmp(a->exact, b->exact)) != 0)
        return order;
    if (!a->exact != !b->exact)
        return a->exact ? -1 : 1;
    return (a->value > b->value) - (a->value < b->value);
}

static uint32_t bit_of(const char *word, size_t size)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < size; i++)
        h = (h ^ (unsigned char)word[i]) * 16777619u;
    return (h ^ h >> 13) & 1023u;
}

static char *copied(const char *at, size_t size)
{
    char *to = malloc(size + 1);
    if (!to)
        return NULL;
    memcpy(to, at, size);
    to[size] = 0;
    return to;
}

/* 0: out of memory. A form that is too long, or nothing, is left out. */
static int add(struct names *names, enum word_class class, uint32_t value, struct assay_text form)
{
    struct line line;
    char folded[FORM_MOST];
    int exact = form.size && form.at[0] == '=', stem = form.size && form.at[form.size - 1] == '*';
    form.at += exact;
    form.size -= (uint64_t)exact + (uint64_t)stem;
    line_cut(&line, form);
    uint16_t size = join(&line, 0, line.count, folded);
    if (!size || line.count > LONGEST || (class == NAME_MONTH && size < 3))
        return 1;
    if (names->count == names->room) {
        uint32_t room = names->room ? names->room * 2 : 1024;
        struct name *at = realloc(names->at, room * sizeof *at);
        if (!at)
            return 0;
        names->at = at;
        names->room = room;
    }
    uint32_t bit = bit_of(line.folded + line.piece[0].folded, line.piece[0].size);
    names->first[class][bit / 64] |= (uint64_t)1 << bit % 64;
    if (line.count > names->longest[class])
        names->longest[class] = line.count;
    exact = exact && class == NAME_AGENCY; /* months stand beside a day: there a capital tells nothing */
    struct name *name = names->at + names->count;
    *name = (struct name){copied(folded, size), exact ? copied(form.at, form.size) : NULL, value, size, (uint8_t)class,
                          (uint8_t)stem};
    names->count++;
    return name->folded && (!exact || name->exact);
}

static int add_forms(struct names *names, enum word_class class, uint32_t value, struct assay_text forms)
{
    struct assay_text form;
    while (assay_lexicon_form(&forms, &form))
        if (!add(names, class, value, form))
            return 0;
    return 1;
}

/* "KEY form|form" of months and weekdays; a key that is no number is for others to complain of. */
static int add_numbered(struct names *names, enum word_class class, const struct assay_lexicon_item *list)
{
    for (uint32_t i = 0; list && i < list->count; i++) {
        struct assay_text key, forms;
        if (list->first[i].type != ASSAY_LEXICON_TEXT || !assay_lexicon_line(list->first[i].text, &key, &forms))
            continue;
        uint32_t value = 0;
        for (uint64_t k = 0; k < key.size && key.at[k] >= '0' && key.at[k] <= '9' && value < 13; k++)
            value = value * 10 + (uint32_t)(key.at[k] - '0');
        if (value && value < 13 && !add_forms(names, class, value, forms))
            return 0;
    }
    return 1;
}

/* Adds to `to` the settings of a lexicon that are wanted here, as they stand: reading all of it takes twenty times as
 * long, and other steps complain of its mistakes. */
static void take_settings(struct assay_buf *to, const char *at)
{
    static const char *const wanted[] = {"months", "weekdays", "parent"};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        size_t size = strlen(wanted[i]);
        const char *p = at;
        while ((p = strstr(p, wanted[i])) != NULL && ((p > at && p[-1] != '\n') || !strchr(" =:", p[size])))
            p += size;
        const char *value = p ? p + size + strspn(p + size, " =:\r\n") : NULL;
        const char *end = !value ? NULL : strstr(value, *value == '[' ? "]" : ";");
        if (!end)
            continue;
        assay_buf_add(to, p, (size_t)(end - p) + (*value == '['));
        assay_buf_text(to, ";\n");
    }
}

static assay_status read_settings(const struct assay_host *host, const char *path, struct assay_lexicon *to)
{
    struct assay_buf all = {0}, part = {0};
    FILE *file = fopen(path, "rbe");
    size_t got = 1;
    while (file && got && !all.failed && all.size < LEXICON_MOST) {
        char *room = assay_buf_room(&all, 65536);
        got = room ? fread(room, 1, 65536, file) : 0;
        all.size += got;
    }
    if (file)
        fclose(file);
    assay_buf_byte(&all, 0);
    if (!all.failed)
        take_settings(&part, all.at);
    int failed = all.failed || part.failed;
    if (!failed)
        assay_lexicon_parse(to, path, (struct assay_text){part.at ? part.at : "", part.size});
    assay_buf_free(&all);
    assay_buf_free(&part);
    return failed ? host->fail(host, ASSAY_ENOMEM, "out of memory") : ASSAY_OK;
}

/* The months and weekdays of a language and of what it inherits. `code`: "de", or the parent's "de-cldr". */
static assay_status load_language(const struct assay_host *host, struct names *names, struct assay_text code, int depth)
{
    char relative[64];
    struct assay_text path;
    if (code.size > 32)
        return ASSAY_OK;
    snprintf(relative, sizeof relative, "lexicon/%.*s.cfg", (int)code.size, code.at);
    assay_status status = host->find(host, relative, &path);
    if (status)
        return status == ASSAY_NO ? ASSAY_OK : status;
    struct assay_lexicon file;
    status = read_settings(host, path.at, &file);
    if (status)
        return status;
    if (!add_numbered(names, NAME_MONTH, assay_lexicon_get(&file.root, "months")) ||
        !add_numbered(names, NAME_WEEKDAY, assay_lexicon_get(&file.root, "weekdays")))
        status = host->fail(host, ASSAY_ENOMEM, "out of memory");
    const struct assay_lexicon_item *parent = status ? NULL : assay_lexicon_get(&file.root, "parent");
    if (parent && parent->type == ASSAY_LEXICON_TEXT && depth < 4)
        status = load_language(host, names, parent->text, depth + 1);
    assay_lexicon_free(&file);
    return status;
}

/* One agency's form, with the "=" that add() expects. */
static int add_agency(struct names *names, const struct assay_newsroom *n)
{
    char form[FORM_MOST];
    uint32_t exact = n->kind & ASSAY_NEWSROOM_EXACT;
    if (n->form.size + exact >= sizeof form)
        return 1;
    form[0] = '=';
    memcpy(form + exact, n->form.at, n->form.size);
    return add(names, NAME_AGENCY, n->number, (struct assay_text){form, n->form.size + exact});
}

static int add_agencies(struct names *names, const struct assay_newsrooms *all)
{
    names->agency = calloc(all->count + 1, sizeof *names->agency);
    for (uint32_t i = 0; names->agency && i < all->count; i++) {
        const struct assay_newsroom *n = &all->at[i];
        if (n->kind & (ASSAY_NEWSROOM_MEDIUM | ASSAY_NEWSROOM_UNSURE))
            continue;
        if (!add_agency(names, n))
            return 0;
        if (n->number < names->agencies)
            continue;
        char *at = copied(n->name.at, n->name.size);
        if (!at)
            return 0;
        names->agency[n->number] = (struct assay_text){at, n->name.size};
        names->agencies = n->number + 1;
    }
    return names->agency != NULL;
}

static assay_status load_agencies(const struct assay_host *host, struct names *names)
{
    struct assay_text path;
    struct assay_newsrooms all;
    assay_status status = host->find(host, "lexicon/newsrooms.cfg", &path);
    if (status == ASSAY_NO)
        return host->fail(host, ASSAY_ECONF, "there is no lexicon/newsrooms.cfg");
    if (status)
        return status;
    if (!assay_newsrooms_read(&all, path.at))
        status = host->fail(host, ASSAY_ECONF, "%s", all.file.error);
    else if (!add_agencies(names, &all))
        status = host->fail(host, ASSAY_ENOMEM, "out of memory");
    assay_newsrooms_free(&all);
    return status;
}

static int load_section(struct names *names, struct assay_lexicon *file, enum word_class class)
{
    const struct assay_lexicon_item *list;
    if (!assay_lexicon_want(file, &file->root, sections[class], ASSAY_LEXICON_ARRAY, 1, &list))
        return 0;
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->first[i].type != ASSAY_LEXICON_TEXT)
            return assay_lexicon_fail(file, list->first + i, "a text \"form|form\" was expected");
        if (!add_forms(names, class, i, list->first[i].text))
            return assay_lexicon_fail(file, list, "out of memory");
    }
    return 1;
}

static assay_status load_own(const struct assay_host *host, struct names *names)
{
    struct assay_text path;
    struct assay_lexicon file;
    assay_status status = host->find(host, "lexicon/dateline.cfg", &path);
    if (status == ASSAY_NO)
        return host->fail(host, ASSAY_ECONF, "there is no lexicon/dateline.cfg");
    if (status)
        return status;
    int fine = assay_lexicon_read(&file, path.at) && assay_lexicon_known(&file, &file.root, known);
    for (uint32_t class = 0; fine && class < NAME_CLASSES; class++)
        fine = !sections[class] || load_section(names, &file, (enum word_class)class);
    if (!fine)
        status = host->fail(host, ASSAY_ECONF, "%s", file.error);
    assay_lexicon_free(&file);
    return status;
}

assay_status names_load(const struct assay_host *host, struct names **to)
{
    struct names *names = *to = calloc(1, sizeof *names);
    if (!names)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    assay_status status = load_own(host, names);
    status = status ? status : load_agencies(host, names);
    for (char a = 'a'; !status && a <= 'z'; a++)
        for (char b = 'a'; !status && b <= 'z'; b++)
            status = load_language(host, names, (struct assay_text){(char[]){a, b}, 2}, 0);
    if (status)
        return status;
    qsort(names->at, names->count, sizeof *names->at, by_name);
    for (uint32_t i = 0; i < names->count; i++)
        if (names->at[i].stem && names->stems < STEMS)
            names->stem[names->stems++] = i;
    return ASSAY_OK;
}

void names_free(struct names *names)
{
    for (uint32_t i = 0; names && i < names->count; i++) {
        free(names->at[i].folded);
        free(names->at[i].exact);
    }
    for (uint32_t i = 0; names && i < names->agencies; i++)
        free((char *)(uintptr_t)names->agency[i].at);
    if (names) {
        free(names->at);
        free(names->agency);
    }
    free(names);
}

/* The first name of that class and form whose case fits, too; NULL: none. `loose`: one that has no case of its own. */
static const struct name *find(const struct names *names, enum word_class class, const char *folded, uint16_t size,
                               struct assay_text as_written, int loose)
{
    uint32_t low = 0, high = names->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (compare(names->at + middle, (uint8_t)class, folded, size) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < names->count && !compare(names->at + low, (uint8_t)class, folded, size); low++) {
        const struct name *n = names->at + low;
        if (!n->exact || (!loose && assay_text_is(as_written, n->exact)))
            return n;
    }
    return NULL;
}

static const struct name *find_stem(const struct names *names, enum word_class class, const char *folded, uint16_t size)
{
    for (uint32_t i = 0; i < names->stems; i++) {
        const struct name *n = names->at + names->stem[i];
        if (n->class == class && n->size <= size && !memcmp(n->folded, folded, n->size))
            return n;
    }
    return NULL;
}

uint32_t name_at(const struct names *names, const struct line *line, uint32_t i, enum word_class class, uint32_t *value)
{
    char folded[FORM_MOST];
    if (i >= line->count)
        return 0;
    const struct piece *piece = line->piece + i;
    uint32_t bit = bit_of(line->folded + piece->folded, piece->size), most = names->longest[class];
    if (!(names->first[class][bit / 64] >> bit % 64 & 1)) {
        const struct name *stem = NULL;
        if (class <= NAME_WEEKDAY && piece->kind == PIECE_WORD)
            stem = find_stem(names, class, line->folded + piece->folded, piece->size);
        if (stem && value)
            *value = stem->value;
        return stem != NULL;
    }
    for (uint32_t n = line->count - i < most ? line->count - i : most; n; n--) {
        uint16_t size = join(line, i, i + n, folded);
        uint32_t begin = line->piece[i].begin;
        struct assay_text written = {line->at + begin, line->piece[i + n - 1].end - begin};
        const struct name *found = size ? find(names, class, folded, size, written, 0) : NULL;
        if (!found && n == 1 && size)
            found = find_stem(names, class, folded, size);
        if (!found)
            continue;
        if (value)
            *value = found->value;
        return n;
    }
    return 0;
}

struct assay_text name_agency(const struct names *names, uint32_t value)
{
    return value < names->agencies ? names->agency[value] : (struct assay_text){NULL, 0};
}

int name_folder(const struct names *names, const struct line *line, uint32_t i, uint32_t end, uint32_t *value)
{
    char folded[FORM_MOST];
    uint16_t size = end - i <= LONGEST ? join(line, i, end, folded) : 0;
    const struct name *found = size ? find(names, NAME_AGENCY, folded, size, (struct assay_text){NULL, 0}, 1) : NULL;
    if (found)
        *value = found->value;
    return found != NULL;
}
