/* SPDX-License-Identifier: Apache-2.0 */
#include "kind.h"

#include <assay/kit/text.h>
#include <assay/kit/charset.h>
#include <assay/kit/sniff.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

static int starts(struct assay_text head, const char *magic, size_t size)
{
    return head.size >= size && memcmp(head.at, magic, size) == 0;
}

int name_has_ending(struct assay_text name, struct assay_text endings)
{
    const char *p = endings.at, *end = p + endings.size;
    const char *dot = name.size ? memrchr(name.at, '.', name.size) : NULL;
    size_t own = dot ? (size_t)(name.at + name.size - dot) - 1 : 0;
    while (own && p < end) {
        const char *space = memchr(p, ' ', (size_t)(end - p));
        size_t n = (size_t)((space ? space : end) - p);
        if (n == own && strncasecmp(p, dot + 1, n) == 0)
            return 1;
        p += n + 1;
    }
    return 0;
}

/* The first characters as ASCII, whatever the encoding: byte order mark and zero bytes dropped, white space at the
 * begin too. Enough to see a tag or a header. */
static struct assay_text project(struct assay_text head, char *to, size_t room)
{
    uint32_t mark;
    assay_charset_mark(head, &mark);
    size_t n = 0;
    for (uint64_t i = mark; i < head.size && n < room; i++) {
        char c = head.at[i];
        if (c == 0 || (n == 0 && (c == ' ' || c == '\t' || c == '\r' || c == '\n')))
            continue;
        to[n++] = c;
    }
    return (struct assay_text){to, n};
}

static int has(struct assay_text text, const char *word)
{
    size_t n = strlen(word);
    for (uint64_t i = 0; i + n <= text.size; i++)
        if (strncasecmp(text.at + i, word, n) == 0)
            return 1;
    return 0;
}

static int starts_word(struct assay_text text, const char *word)
{
    size_t n = strlen(word);
    return text.size >= n && strncasecmp(text.at, word, n) == 0;
}

static int is_archive(struct assay_text head)
{
    return starts(head, "PK\3\4", 4) || starts(head, "PK\5\6", 4) ||
           (head.size > 262 && memcmp(head.at + 257, "ustar", 5) == 0);
}

static int is_compressed(struct assay_text head)
{
    return starts(head, "\x1f\x8b\x08", 3) ||
           (starts(head, "BZh", 3) && head.size > 9 && memcmp(head.at + 4, "1AY&SY", 6) == 0) ||
           starts(head,
                  "\xfd"
                  "7zXZ\0",
                  6) ||
           starts(head, "\x28\xb5\x2f\xfd", 4);
}

/* A zip that is a program: its parts are no texts of their own. */
static int is_jar(struct assay_text head)
{
    return starts(head, "PK\3\4", 4) && has(head, "META-INF/MANIFEST.MF");
}

/* Formats that are no text, though some have no zero byte in their first bytes, or so few that they would pass. */
static const struct {
    const char *magic, *name;
} no_text[] = {
    {"\xd0\xcf\x11\xe0", "old Office document"},
    {"{\\rtf", "RTF document"},
    {"%!PS", "PostScript document"},
    {"bplist00", "Safari web archive, or another binary property list"},
    {"AT&TFORM", "DjVu document"},
    {"\x89PNG", "image"},
    {"\xff\xd8\xff", "image"},
    {"GIF8", "image"},
    {"7z\xbc\xaf", "7z archive"},
    {"Rar!", "RAR archive"},
    {"SQLite format 3", "SQLite database"},
    {"RIFF", "binary"},
    {"\177ELF", "binary"},
    {"OggS", "binary"},
    {"ID3", "binary"},
    {"MZ\x90", "binary"},
    {"wOF", "binary"},
    {"\xca\xfe\xba\xbe", "binary"},
    {"!<arch>\n", "binary"},
    {"\x1f\x9d", "binary"},
};

/* NULL: none of them. */
static const char *name_of_no_text(struct assay_text head)
{
    for (size_t i = 0; i < sizeof no_text / sizeof no_text[0]; i++)
        if (starts(head, no_text[i].magic, strlen(no_text[i].magic)))
            return no_text[i].name;
    return NULL;
}

const char *kind_binary(struct assay_text head)
{
    const char *name = name_of_no_text(head);
    return name ? name : "binary";
}

static int is_binary(struct assay_text head)
{
    uint32_t mark;
    if (name_of_no_text(head))
        return 1;
    if (assay_charset_mark(head, &mark) && mark != 3)
        return 0;
    if (memchr(head.at, 0, head.size))
        return !assay_charset_wide(head);
    /* Controls that no text has; escapes (ISO-2022) and form feeds are fine. */
    uint64_t controls = 0;
    for (uint64_t i = 0; i < head.size; i++) {
        unsigned char c = (unsigned char)head.at[i];
        controls += (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b) || c == 0x7f;
    }
    return controls * 20 > head.size;
}

static int is_blank(struct assay_text head)
{
    for (uint64_t i = 0; i < head.size; i++)
        if (!strchr(" \t\r\n\f", head.at[i]) || !head.at[i])
            return 0;
    return 1;
}

/* ---- what readers of their own take ---- */

/* gzip of a web archive: its own reader gets past broken records. */
static int is_packed_warc(struct assay_text head)
{
    char begin[8];
    z_stream z = {0};
    if (!starts(head, "\x1f\x8b\x08", 3) || inflateInit2(&z, 15 + 16) != Z_OK)
        return 0;
    z.next_in = (Bytef *)(uintptr_t)head.at;
    z.avail_in = (uInt)head.size;
    z.next_out = (Bytef *)(void *)begin;
    z.avail_out = sizeof begin;
    inflate(&z, Z_SYNC_FLUSH);
    inflateEnd(&z);
    return z.avail_out <= sizeof begin - 5 && memcmp(begin, "WARC/", 5) == 0;
}

static const char *office_name(struct assay_text head)
{
    static const struct {
        const char *part, *name;
    } office[] = {
        {"word/", "Word document"}, {"xl/", "Excel workbook"}, {"ppt/", "PowerPoint slides"},
        {"opendocument.text", "OpenDocument text"}, {"opendocument.spreadsheet", "OpenDocument spreadsheet"}, {"epub+zip", "EPUB book"},
    };
    for (size_t i = 0; i < sizeof office / sizeof office[0]; i++)
        if (has(head, office[i].part))
            return office[i].name;
    return "office documents";
}

/* Some programs and servers put lines of their own before it. */
static int has_pdf(struct assay_text text)
{
    uint64_t size = text.size < 1024 ? text.size : 1024;
    for (const char *p = text.at, *end = p + size; p < end && (p = memmem(p, (size_t)(end - p), "%PDF-", 5)); p++)
        if ((p == text.at || p[-1] == '\n' || p[-1] == '\r') && end - p > 5 && p[5] >= '0' && p[5] <= '9')
            return 1;
    return 0;
}

/* NULL: it is none of them, or a feed (markup). */
static const char *other_name(struct assay_text name, struct assay_text text)
{
    if (has_pdf(text))
        return "PDF";
    if (starts_word(text, "WARC/"))
        return "WARC";
    if (assay_text_ends(name, ".jsonl") || assay_text_ends(name, ".ndjson") || assay_sniff_json_lines(text))
        return "JSON Lines";
    if (assay_text_ends(name, ".csv") || assay_text_ends(name, ".tsv"))
        return "CSV";
    return assay_sniff_mail(text) || assay_sniff_mbox(text) ? "mail" : NULL;
}

const char *kind_other(struct assay_text name, struct assay_text head)
{
    char ascii[4096];
    if (is_packed_warc(head))
        return "WARC";
    if (assay_sniff_office(head))
        return office_name(head);
    const char *other = other_name(name, project(head, ascii, sizeof ascii));
    if (other && !strcmp(other, "CSV") && assay_sniff_wide(head))
        return "CSV in UTF-16 (save it as UTF-8)";
    if (other && !strcmp(other, "JSON Lines") && assay_sniff_wide(head))
        return "JSON in UTF-16 (save it as UTF-8)";
    return other ? other : "feeds";
}

/* ---- markup ---- */

static enum kind kind_of_markup(struct assay_text text)
{
    static const char *const tags[] = {"<!doctype html", "<html",    "<head", "<body",  "<title", "<meta", "<div",
                                       "<article",       "<section", "<main", "<table", "<p>",    "<p ",   "<h1",
                                       "<script",        "<link",    "<ul",   "<!--"};
    if (assay_sniff_feed(text))
        return KIND_OTHER;
    if (starts_word(text, "<?xml"))
        return has(text, "<html") ? KIND_XHTML : KIND_XML;
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (starts_word(text, tags[i]))
            return KIND_HTML;
    return starts_word(text, "<") &&
                   (has(text, "<html") || has(text, "<body") || has(text, "</p>") || has(text, "</div>"))
               ? KIND_HTML
               : KIND_TEXT;
}

enum kind kind_of(struct assay_text name, struct assay_text head)
{
    char ascii[4096];
    if (is_blank(head) && head.size < 4096)
        return KIND_EMPTY;
    if (starts(head, "\x00\x05\x16\x07", 4) || starts(head, "\x00\x05\x16\x00", 4))
        return KIND_APPLE_DOUBLE;
    struct assay_text text = project(head, ascii, sizeof ascii);
    if (other_name(name, text) || is_packed_warc(head) || assay_sniff_office(head))
        return KIND_OTHER;
    if (is_jar(head))
        return KIND_BINARY;
    if (is_archive(head))
        return KIND_ARCHIVE;
    if (is_compressed(head))
        return KIND_COMPRESSED;
    if (is_binary(head))
        return KIND_BINARY;
    enum kind kind = kind_of_markup(text);
    if (kind == KIND_TEXT && (assay_text_ends(name, ".md") || assay_text_ends(name, ".markdown")))
        return KIND_MARKDOWN;
    return kind;
}

const char *kind_media(enum kind kind)
{
    switch (kind) {
    case KIND_TEXT:
        return "text/plain";
    case KIND_MARKDOWN:
        return "text/markdown";
    case KIND_HTML:
        return "text/html";
    case KIND_XHTML:
        return "application/xhtml+xml";
    case KIND_XML:
        return "application/xml";
    default:
        return NULL;
    }
}
