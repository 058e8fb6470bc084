/* SPDX-License-Identifier: Apache-2.0
 *
 * What a plugin asks of a lexicon that was read: its items by name, of the right types, and what stands in its lines.
 */
#include <assay/kit/lexicon.h>

#include <string.h>

typedef struct assay_lexicon_item item;

const item *assay_lexicon_get(const item *group, const char *name)
{
    size_t size = strlen(name);
    for (uint32_t i = 0; i < group->count; i++) {
        const item *one = group->first + i;
        if (one->name.size == size && one->name.at && memcmp(one->name.at, name, size) == 0)
            return one;
    }
    return NULL;
}

static const char *type_name(uint32_t type)
{
    static const char *const names[] = {"a group { }", "a list ( )", "an array [ ]", "a text in quotes", "an integer",
                                        "a number", "true or false"};
    for (uint32_t i = 0; i < 7; i++)
        if (type & (1u << i))
            return names[i];
    return "a value";
}

int assay_lexicon_want(struct assay_lexicon *lexicon, const item *group, const char *name, uint32_t types, int must,
                       const item **found)
{
    *found = assay_lexicon_get(group, name);
    if (!*found)
        return must ? assay_lexicon_fail(lexicon, group, "'%s' is missing", name) : 1;
    if ((*found)->type & types)
        return 1;
    return assay_lexicon_fail(lexicon, *found, "'%s' has to be %s, not %s", name, type_name(types),
                              type_name((*found)->type));
}

/* Edit distance of short names, for the hint. */
static uint32_t distance(const char *a, size_t n, const char *b, size_t m)
{
    uint32_t row[64];
    if (n > 60 || m > 60)
        return 100;
    for (size_t j = 0; j <= m; j++)
        row[j] = (uint32_t)j;
    for (size_t i = 1; i <= n; i++) {
        uint32_t corner = row[0];
        row[0] = (uint32_t)i;
        for (size_t j = 1; j <= m; j++) {
            uint32_t best = corner + (a[i - 1] != b[j - 1]);
            corner = row[j];
            best = row[j] + 1 < best ? row[j] + 1 : best;
            row[j] = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
        }
    }
    return row[m];
}

static int known_name(struct assay_lexicon *lexicon, const item *one, const char *names)
{
    uint32_t least = 4;
    struct assay_text near = {0};
    for (const char *at = names; *at; at += strcspn(at, "|"), at += *at == '|')
        if (!strncmp(at, one->name.at, one->name.size) && (at[one->name.size] == '|' || !at[one->name.size]))
            return 1;
    for (const char *at = names; *at;) {
        size_t size = strcspn(at, "|");
        uint32_t d = distance(one->name.at, one->name.size, at, size);
        if (d < least) {
            least = d;
            near = (struct assay_text){at, size};
        }
        at += size + (at[size] == '|');
    }
    if (near.at)
        return assay_lexicon_fail(lexicon, one, "unknown name '%s'; did you mean '%.*s'?", one->name.at, (int)near.size,
                                  near.at);
    return assay_lexicon_fail(lexicon, one, "unknown name '%s'", one->name.at);
}

int assay_lexicon_known(struct assay_lexicon *lexicon, const item *group, const char *names)
{
    for (uint32_t i = 0; i < group->count; i++)
        if (!known_name(lexicon, group->first + i, names))
            return 0;
    return 1;
}

static struct assay_text trim(struct assay_text t)
{
    while (t.size && (*t.at == ' ' || *t.at == '\t')) {
        t.at++;
        t.size--;
    }
    while (t.size && (t.at[t.size - 1] == ' ' || t.at[t.size - 1] == '\t'))
        t.size--;
    return t;
}

int assay_lexicon_line(struct assay_text line, struct assay_text *key, struct assay_text *forms)
{
    line = trim(line);
    uint64_t n = 0;
    while (n < line.size && line.at[n] != ' ' && line.at[n] != '\t')
        n++;
    *key = (struct assay_text){line.at, n};
    *forms = trim((struct assay_text){line.at + n, line.size - n});
    return key->size && forms->size;
}

int assay_lexicon_form(struct assay_text *forms, struct assay_text *form)
{
    if (!forms->at)
        return 0;
    const char *bar = memchr(forms->at, '|', forms->size);
    uint64_t n = bar ? (uint64_t)(bar - forms->at) : forms->size;
    *form = trim((struct assay_text){forms->at, n});
    if (bar)
        *forms = (struct assay_text){bar + 1, forms->size - n - 1};
    else
        *forms = (struct assay_text){0};
    return 1;
}
