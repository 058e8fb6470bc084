/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/charset.h>
#include <assay/kit/utf8.h>
#include <stdlib.h>
#include <string.h>

#include "mojibake.h"

static void fill(struct views *views, uint32_t v, const struct assay_charset *c)
{
    for (uint32_t b = 0x80; b < 256; b++) {
        uint32_t cp = c->point[b];
        if (cp != UINT32_MAX && cp < VIEW_POINTS)
            views->byte[v][cp] = (unsigned char)b;
    }
    /* Sloppy decoders pass 0x80-0x9f through where the charset has nothing there; Latin-1 and windows-1252 are mixed up
     * so often that one view serves both. */
    if (v != VIEW_MAC && v != VIEW_437)
        for (uint32_t b = 0x80; b < 0xa0; b++)
            if (v == VIEW_1252 || v == VIEW_LATIN2 || c->point[b] == UINT32_MAX)
                views->byte[v][b] = (unsigned char)b;
}

static void fill_pairs(struct views *views)
{
    for (uint32_t cp = 0x80; cp < VIEW_POINTS; cp++) {
        char utf8[4];
        assay_utf8_put(utf8, cp);
        unsigned char *pair = &views->pair[(unsigned char)utf8[0] << 8 | (unsigned char)utf8[1]];
        *pair |= (unsigned char)(cp < 0xa0 ? 3 : views->trail[cp] || (cp >= 0xc0 && cp < 0x100) ? 1 : 0);
    }
}

struct views *views_new(void)
{
    static const char *const names[VIEWS] = {"windows-1252", "windows-1251", "windows-1250", "windows-1254", "windows-1257", "ISO-8859-2", "macintosh", "IBM437"};
    struct views *views = calloc(1, sizeof *views);
    for (uint32_t v = 0; views && v < VIEWS; v++) {
        struct assay_charset c;
        if (!assay_charset_open(&c, names[v]))
            continue;
        fill(views, v, &c);
        assay_charset_close(&c);
        for (uint32_t cp = 0x80; cp < VIEW_POINTS; cp++) {
            unsigned char b = views->byte[v][cp];
            views->lead[cp] |= (unsigned char)((b >= 0xc2 && b < 0xf5) << v);
            views->trail[cp] |= (unsigned char)((b >= 0x80 && b < 0xc0) << v);
        }
    }
    if (views)
        fill_pairs(views);
    return views;
}

void views_free(struct views *views)
{
    free(views);
}

int views_byte(const struct views *views, uint32_t view, uint32_t cp)
{
    int b = cp < VIEW_POINTS ? views->byte[view][cp] : 0;
    return b ? b : -1;
}
