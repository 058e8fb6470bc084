/* SPDX-License-Identifier: Apache-2.0 */
#include "meta.h"

#include <assay/kit/text.h>
#include <assay/layers/document.h>
#include <string.h>

static char *place_of(struct meta *m, const char *name)
{
    const struct {
        const char *name;
        char *place;
    } known[] = {
        {"title", m->title}, {"creator", m->author}, {"initial-creator", m->author}, {"publisher", m->publisher},
        {"language", m->language}, {"date", m->date}, {"created", m->created}, {"creation-date", m->created},
        {"modified", m->changed},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(name, known[i].name) == 0)
            return known[i].place;
    return NULL;
}

static size_t room_of(const struct meta *m, const char *place)
{
    return place == m->title || place == m->author || place == m->publisher ? META_ROOM : sizeof m->date;
}

/* A text that does not fit is no title. */
static void keep(char *place, size_t room, const char *text)
{
    text += strspn(text, " \t\r\n");
    size_t n = strlen(text);
    while (n && strchr(" \t\r\n", text[n - 1]))
        n--;
    if (!n || n >= room || *place)
        return;
    memcpy(place, text, n);
    place[n] = 0;
}

int meta_element(struct meta *m, struct xml *x)
{
    char *place = place_of(m, x->name);
    if (!place || x->empty)
        return 0;
    enum xml_node node;
    while ((node = xml_next(x)) == XML_TEXT)
        keep(place, room_of(m, place), x->text);
    return 1;
}

void meta_read(struct meta *m, struct assay_text part)
{
    struct xml x;
    if (part.size && xml_open(&x, part)) {
        enum xml_node node;
        while ((node = xml_next(&x)) != XML_END && node != XML_BAD)
            if (node == XML_OPEN)
                meta_element(m, &x);
        xml_close(&x);
    }
}

static struct assay_text text_of(const char *text)
{
    return assay_text_of(*text ? text : NULL);
}

/* "en-GB" to "en". */
static struct assay_text language_of(const char *text)
{
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    return n == 2 || n == 3 ? (struct assay_text){text, n} : (struct assay_text){NULL, 0};
}

void meta_record(const struct meta *m, struct assay_document *record, struct assay_pair *pairs)
{
    const struct assay_pair all[META_PAIRS] = {{{"author", 6}, text_of(m->author)},
                                               {{"created", 7}, text_of(m->created)},
                                               {{"changed", 7}, text_of(m->changed)}};
    uint32_t count = 0;
    for (size_t i = 0; i < META_PAIRS; i++)
        if (all[i].value.at)
            pairs[count++] = all[i];
    record->title = text_of(m->title);
    record->declared = language_of(m->language);
    record->metadata = (struct assay_list){pairs, count, sizeof pairs[0]};
}
