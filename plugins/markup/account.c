/* SPDX-License-Identifier: Apache-2.0
 *
 * A post's page calls itself "Telegram" or "X", and so does the next one, of somebody else: by that name two who saw an
 * event would be one source, and a channel could not be cited.
 */
#include <stdlib.h>
#include <string.h>

#include <assay/kit/lexicon.h>
#include <assay/kit/token.h>

#include "account.h"

enum { NAME_BYTES = 80, JOINING_BYTES = 8 }; /* of a name in a title; of "on" between it and the place's name */

struct platforms {
    struct assay_lexicon file;
    const struct assay_lexicon_item *places, *passed, *nobody;
};

static assay_status load_words(const struct assay_host *host, struct platforms *p)
{
    const struct assay_lexicon_item *hosts;
    int fine = assay_lexicon_known(&p->file, &p->file.root, "places|passed|nobody") &&
               assay_lexicon_want(&p->file, &p->file.root, "places", ASSAY_LEXICON_LIST, 1, &p->places) &&
               assay_lexicon_want(&p->file, &p->file.root, "passed", ASSAY_LEXICON_ARRAY, 1, &p->passed) &&
               assay_lexicon_want(&p->file, &p->file.root, "nobody", ASSAY_LEXICON_ARRAY, 1, &p->nobody);
    for (uint32_t i = 0; fine && i < p->places->count; i++) {
        const struct assay_lexicon_item *place = &p->places->first[i];
        fine = assay_lexicon_known(&p->file, place, "hosts|names|titled") &&
               assay_lexicon_want(&p->file, place, "hosts", ASSAY_LEXICON_TEXT, 1, &hosts) &&
               assay_lexicon_want(&p->file, place, "names", ASSAY_LEXICON_TEXT, 1, &hosts) &&
               assay_lexicon_want(&p->file, place, "titled", ASSAY_LEXICON_FLAG, 0, &hosts);
    }
    return fine ? ASSAY_OK : host->fail(host, ASSAY_ECONF, "%s", p->file.error);
}

assay_status platforms_load(const struct assay_host *host, struct platforms **to)
{
    struct assay_text path;
    struct platforms *p = *to = calloc(1, sizeof *p);
    if (!p)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    assay_status status = host->find(host, "lexicon/platforms.cfg", &path);
    if (status)
        return status == ASSAY_NO ? ASSAY_OK : status;
    if (!assay_lexicon_read(&p->file, path.at))
        return host->fail(host, ASSAY_ECONF, "%s", p->file.error);
    return load_words(host, p);
}

void platforms_free(struct platforms *p)
{
    if (p)
        assay_lexicon_free(&p->file);
    free(p);
}

static int same_name(struct assay_text a, struct assay_text b)
{
    char x[2 * NAME_BYTES], y[2 * NAME_BYTES];
    if (a.size > NAME_BYTES || b.size > NAME_BYTES)
        return 0;
    size_t n = assay_fold_text(x, sizeof x, a.at, a.size), m = assay_fold_text(y, sizeof y, b.at, b.size);
    return n == m && !memcmp(x, y, n);
}

static int in_forms(struct assay_text forms, struct assay_text name)
{
    struct assay_text form;
    while (assay_lexicon_form(&forms, &form))
        if (same_name(form, name))
            return 1;
    return 0;
}

static int in_list(const struct assay_lexicon_item *list, struct assay_text name)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (in_forms(list->first[i].text, name))
            return 1;
    return 0;
}

/* Takes what stands before the next slash off an address, without query and fragment. */
static struct assay_text next_part(struct assay_text *rest)
{
    uint64_t n = 0;
    while (n < rest->size && !strchr("/?#", rest->at[n]))
        n++;
    struct assay_text part = {rest->at, n};
    uint64_t behind = n < rest->size && rest->at[n] == '/' ? n + 1 : rest->size;
    *rest = (struct assay_text){rest->at + behind, rest->size - behind};
    return part;
}

static const struct assay_lexicon_item *place_of(const struct platforms *p, struct assay_text host)
{
    for (uint32_t i = 0; i < p->places->count; i++)
        if (in_forms(assay_lexicon_get(&p->places->first[i], "hosts")->text, host))
            return &p->places->first[i];
    return NULL;
}

/* Of "Lena Adaro on X: ..." the name: what stands before a short word and the place's name. */
static struct assay_text before_place(struct assay_text title, struct assay_text names)
{
    struct assay_text form;
    while (assay_lexicon_form(&names, &form))
        for (uint64_t i = 1; i + form.size <= title.size && i < NAME_BYTES; i++) {
            uint64_t end = i - 1, behind = i + form.size;
            if (title.at[i - 1] != ' ' || memcmp(title.at + i, form.at, form.size) != 0 ||
                (behind < title.size && !strchr(": ", title.at[behind])))
                continue;
            uint64_t word = end;
            while (word && title.at[word - 1] != ' ')
                word--;
            if (word > 1 && end > word && end - word <= JOINING_BYTES)
                return (struct assay_text){title.at, word - 1};
        }
    return (struct assay_text){NULL, 0};
}

static struct assay_text name_in_title(const struct assay_lexicon_item *place, struct assay_text title)
{
    const struct assay_lexicon_item *titled = assay_lexicon_get(place, "titled");
    struct assay_text names = assay_lexicon_get(place, "names")->text;
    if (!titled || !titled->integer)
        return before_place(title, names);
    if (title.size > NAME_BYTES || memchr(title.at, '@', title.size) || in_forms(names, title))
        return (struct assay_text){NULL, 0}; /* "Telegram: View @channel" */
    return title;
}

int account_source(const struct platforms *p, struct assay_text uri, struct assay_text source, struct assay_text title,
                   struct assay_buf *to)
{
    const char *behind = uri.size ? memmem(uri.at, uri.size, "://", 3) : NULL;
    if (!behind || !p->places)
        return 0;
    struct assay_text rest = {behind + 3, uri.size - (uint64_t)(behind + 3 - uri.at)}, host = next_part(&rest);
    if (host.size > 4 && !memcmp(host.at, "www.", 4))
        host = (struct assay_text){host.at + 4, host.size - 4};
    const struct assay_lexicon_item *place = place_of(p, host);
    if (!place || (source.size && !same_name(source, host) &&
                   !in_forms(assay_lexicon_get(place, "names")->text, source)))
        return 0;
    struct assay_text account = next_part(&rest);
    if (in_list(p->passed, account))
        account = next_part(&rest);
    if (!account.size || in_list(p->nobody, account))
        return 0;
    struct assay_text name = title.size ? name_in_title(place, title) : title;
    if (*account.at == '@')
        account = (struct assay_text){account.at + 1, account.size - 1};
    if (name.size) {
        assay_buf_add(to, name.at, name.size);
        assay_buf_text(to, " (@");
    } else {
        assay_buf_add(to, host.at, host.size);
        assay_buf_byte(to, '/');
    }
    assay_buf_add(to, account.at, account.size);
    if (name.size)
        assay_buf_byte(to, ')');
    return 1;
}
