/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/newsrooms.h>

#include <stdlib.h>
#include <string.h>

static int add(struct assay_newsrooms *n, struct assay_newsroom one)
{
    if (!one.form.size)
        return 1;
    if (n->count == n->room) {
        uint32_t room = n->room ? n->room * 2 : 512;
        struct assay_newsroom *at = realloc(n->at, room * sizeof *at);
        if (!at)
            return 0;
        n->at = at;
        n->room = room;
    }
    n->at[n->count++] = one;
    return 1;
}

/* "Reuters|Thomson Reuters", "=AP|Associated Press". */
static int add_line(struct assay_newsrooms *n, struct assay_text line, uint32_t kind, uint32_t number)
{
    struct assay_text form, name = {NULL, 0};
    while (assay_lexicon_form(&line, &form)) {
        uint32_t exact = form.size && *form.at == '=';
        form = (struct assay_text){form.at + exact, form.size - exact};
        name = name.size && !(kind & ASSAY_NEWSROOM_UNSURE) ? name : form;
        if (!add(n, (struct assay_newsroom){form, name, kind | (exact ? ASSAY_NEWSROOM_EXACT : 0), number}))
            return 0;
    }
    return 1;
}

static int add_section(struct assay_newsrooms *n, const char *section, uint32_t kind, uint32_t *number)
{
    const struct assay_lexicon_item *list;
    if (!assay_lexicon_want(&n->file, &n->file.root, section, ASSAY_LEXICON_ARRAY, 0, &list))
        return 0;
    for (uint32_t i = 0; list && i < list->count; i++) {
        if (list->first[i].type != ASSAY_LEXICON_TEXT)
            return assay_lexicon_fail(&n->file, list->first + i, "a text \"name|name\" was expected");
        if (!add_line(n, list->first[i].text, kind, (*number)++))
            return assay_lexicon_fail(&n->file, list, "out of memory");
    }
    return 1;
}

int assay_newsrooms_read(struct assay_newsrooms *n, const char *path)
{
    uint32_t number = 0;
    memset(n, 0, sizeof *n);
    return assay_lexicon_read(&n->file, path) && assay_lexicon_known(&n->file, &n->file.root, "agencies|media|unsure") &&
           add_section(n, "agencies", 0, &number) && add_section(n, "media", ASSAY_NEWSROOM_MEDIUM, &number) &&
           add_section(n, "unsure", ASSAY_NEWSROOM_UNSURE, &number);
}

void assay_newsrooms_free(struct assay_newsrooms *n)
{
    free(n->at);
    n->at = NULL;
    n->count = n->room = 0;
    assay_lexicon_free(&n->file);
}
