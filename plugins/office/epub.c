/* SPDX-License-Identifier: Apache-2.0 */
#include "epub.h"

#include <assay/kit/text.h>
#include <stdio.h>
#include <string.h>

#define NAME_ROOM 1024u

/* Items of the manifest: id, name, "-" where it is no chapter; each terminated. In the order of the manifest. */
struct book {
    const char *root; /* name of the package document */
    struct assay_buf items;
};

/* Takes the last folder of a path away: "a/b" to "a", "a" to "". */
static size_t without_last(const char *path, size_t n)
{
    while (n && path[n - 1] != '/')
        n--;
    return n ? n - 1 : 0;
}

/* The name of a part that `href` of `base` leads to. 0: it is longer than any name. */
static int resolve(char *to, const char *base, const char *href)
{
    size_t n = without_last(base, strlen(base));
    if (n >= NAME_ROOM)
        return 0;
    memcpy(to, base, n);
    while (*href && *href != '#') {
        size_t part = strcspn(href, "/#");
        if (part == 2 && href[0] == '.' && href[1] == '.') {
            n = without_last(to, n);
        } else if (part && !(part == 1 && href[0] == '.')) {
            if (n + part + 2 > NAME_ROOM)
                return 0;
            if (n)
                to[n++] = '/';
            for (size_t i = 0; i < part; i++) {
                int coded = href[i] == '%' && i + 2 < part;
                int high = coded ? assay_hex_digit(href[i + 1]) : -1, low = coded ? assay_hex_digit(href[i + 2]) : -1;
                coded = high >= 0 && low >= 0;
                to[n++] = coded ? (char)(high * 16 + low) : href[i];
                i += coded ? 2 : 0;
            }
        }
        href += part + (href[part] == '/');
    }
    to[n] = 0;
    return 1;
}

static int find_root(const struct package *p, char *root)
{
    struct assay_text part = package_part(p, "META-INF/container.xml");
    struct xml x;
    root[0] = 0;
    if (!part.size || !xml_open(&x, part))
        return 0;
    enum xml_node node;
    while (!root[0] && (node = xml_next(&x)) != XML_END && node != XML_BAD)
        if (node == XML_OPEN && strcmp(x.name, "rootfile") == 0)
            xml_attribute(&x, "full-path", root, NAME_ROOM);
    xml_close(&x);
    return root[0] != 0;
}

static void add_item(struct book *b, struct xml *x)
{
    char id[256], href[NAME_ROOM], name[NAME_ROOM], type[64] = "", marks[128] = "";
    if (!xml_attribute(x, "id", id, sizeof id) || !xml_attribute(x, "href", href, sizeof href) ||
        !resolve(name, b->root, href))
        return;
    xml_attribute(x, "media-type", type, sizeof type);
    xml_attribute(x, "properties", marks, sizeof marks);
    int chapter = strstr(type, "html") && !strstr(marks, "nav");
    assay_buf_add(&b->items, id, strlen(id) + 1);
    assay_buf_add(&b->items, chapter ? name : "-", chapter ? strlen(name) + 1 : 2);
}

static const char *item_name(const struct book *b, const char *id)
{
    const char *p = b->items.at, *end = p + b->items.size;
    while (p < end) {
        const char *name = p + strlen(p) + 1;
        if (strcmp(p, id) == 0)
            return strcmp(name, "-") ? name : NULL;
        p = name + strlen(name) + 1;
    }
    return NULL;
}

static void read_element(struct book *b, struct xml *x, struct meta *meta, struct assay_buf *names)
{
    char id[256];
    if (strcmp(x->name, "item") == 0) {
        add_item(b, x);
    } else if (strcmp(x->name, "itemref") == 0) {
        const char *name = xml_attribute(x, "idref", id, sizeof id) ? item_name(b, id) : NULL;
        if (name)
            assay_buf_add(names, name, strlen(name) + 1);
    } else {
        meta_element(meta, x);
    }
}

int epub_read(const struct package *p, struct meta *meta, struct assay_buf *names, char *why, size_t room)
{
    char root[NAME_ROOM];
    struct xml x;
    if (!find_root(p, root)) {
        snprintf(why, room, "META-INF/container.xml names no book");
        return 0;
    }
    struct assay_text part = package_part(p, root);
    if (!part.size || !xml_open(&x, part)) {
        snprintf(why, room, "%.200s: there is no such part", root);
        return 0;
    }
    struct book book = {.root = root};
    enum xml_node node;
    while ((node = xml_next(&x)) != XML_END && node != XML_BAD)
        if (node == XML_OPEN)
            read_element(&book, &x, meta, names);
    if (node == XML_BAD)
        snprintf(why, room, "%.200s, line %d: %s", root, x.line, x.why);
    xml_close(&x);
    assay_buf_free(&book.items);
    return node == XML_END;
}

int epub_is_encrypted(const struct package *p, const char *name)
{
    struct assay_text part = package_part(p, "META-INF/encryption.xml");
    return part.size && memmem(part.at, part.size, name, strlen(name)) != NULL;
}
