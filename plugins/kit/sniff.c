/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/sniff.h>

#include <assay/kit/charset.h>
#include <assay/kit/json.h>
#include <string.h>
#include <strings.h>

#define HEAD_MAX 4096u
#define HEAD_LONG 4000u /* a head of this size may have been cut */

int assay_sniff_wide(struct assay_text head)
{
    uint32_t mark = 0;
    const char *name = assay_charset_mark(head, &mark);
    return name ? strcmp(name, "UTF-8") != 0 : assay_charset_wide(head) != NULL;
}

/* Without a byte order mark. */
static struct assay_text unmarked(struct assay_text head)
{
    int marked = head.size >= 3 && memcmp(head.at, "\xef\xbb\xbf", 3) == 0;
    return marked ? (struct assay_text){head.at + 3, head.size - 3} : head;
}

int assay_sniff_json_lines(struct assay_text head)
{
    head = unmarked(head);
    const char *p = head.at, *end = p + head.size;
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n'))
        p++;
    if (p == end || *p != '{')
        return 0;
    const char *line_end = memchr(p, '\n', (size_t)(end - p));
    struct assay_json json = {0};
    assay_json_start(&json, (struct assay_text){p, (uint64_t)((line_end ? line_end : end) - p)});
    enum assay_json_type type;
    int keys = 0;
    while ((type = assay_json_next(&json)) != ASSAY_JSON_END && type != ASSAY_JSON_ERROR)
        keys += type == ASSAY_JSON_STRING;
    assay_json_done(&json);
    return type == ASSAY_JSON_END || (!line_end && head.size >= HEAD_LONG && keys);
}

/* Length of "Name" in a header line "Name: value" at p, or 0. */
static size_t header_name(const char *p, const char *end)
{
    const char *start = p;
    while (p < end && ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '-'))
        p++;
    return p > start && p < end && *p == ':' ? (size_t)(p - start) : 0;
}

int assay_sniff_mail(struct assay_text head)
{
    static const char *const sure[] = {"received",     "return-path", "message-id",     "delivered-to",
                                       "mime-version", "date",        "dkim-signature", "subject"};
    head = unmarked(head);
    const char *p = head.at, *end = p + head.size;
    int headers = 0, marks = 0;
    while (p < end && *p != '\n' && *p != '\r') {
        size_t n = header_name(p, end);
        if (!n && *p != ' ' && *p != '\t')
            return 0;
        headers += n > 0;
        for (size_t i = 0; n && i < sizeof sure / sizeof sure[0]; i++)
            marks += n == strlen(sure[i]) && strncasecmp(p, sure[i], n) == 0;
        const char *next = memchr(p, '\n', (size_t)(end - p));
        if (!next)
            break;
        p = next + 1;
    }
    return headers >= 3 && marks >= 2;
}

int assay_sniff_mbox(struct assay_text head)
{
    head = unmarked(head);
    const char *end = head.size >= 5 && memcmp(head.at, "From ", 5) == 0 ? memchr(head.at, '\n', head.size) : NULL;
    return end && assay_sniff_mail((struct assay_text){end + 1, head.size - (uint64_t)(end + 1 - head.at)});
}

static int has(struct assay_text text, const char *word)
{
    size_t n = strlen(word);
    for (uint64_t i = 0; i + n <= text.size; i++)
        if (strncasecmp(text.at + i, word, n) == 0)
            return 1;
    return 0;
}

int assay_sniff_feed(struct assay_text head)
{
    char ascii[HEAD_MAX];
    size_t n = 0;
    for (uint64_t i = 0; i < head.size && n < sizeof ascii; i++)
        if (head.at[i])
            ascii[n++] = head.at[i];
    struct assay_text text = {ascii, n};
    if (has(text, "<html"))
        return 0;
    return has(text, "<rss") || (has(text, "<feed") && has(text, "http://www.w3.org/2005/Atom")) ||
           (has(text, "<rdf:RDF") && has(text, "http://purl.org/rss/1.0/"));
}

int assay_sniff_office(struct assay_text head)
{
    enum { NAME_SIZE = 26, NAME = 30 }; /* of the first member, in a zip's local header (APPNOTE 4.3.7) */
    static const char *const first[] = {"[Content_Types].xml", "_rels/.rels", "docProps/", "word/", "ppt/", "xl/"};
    if (head.size < NAME || memcmp(head.at, "PK\3\4", 4) != 0)
        return 0;
    const char *name = head.at + NAME;
    size_t size = (unsigned char)head.at[NAME_SIZE] + 256u * (unsigned char)head.at[NAME_SIZE + 1];
    if (size < 8 || size > head.size - NAME)
        return 0;
    if (size == 8 && memcmp(name, "mimetype", 8) == 0)
        return 1;
    /* A folder of somebody's own may have such a name, but other files in it. */
    int part = memcmp(name + size - 4, ".xml", 4) == 0 || memcmp(name + size - 5, ".rels", 5) == 0;
    for (size_t i = 0; part && i < sizeof first / sizeof first[0]; i++)
        if (size >= strlen(first[i]) && memcmp(name, first[i], strlen(first[i])) == 0)
            return 1;
    return 0;
}
