/* SPDX-License-Identifier: Apache-2.0
 *
 * Decoding goes through iconv: a table of 256 for charsets of one byte, character by character for the others. The
 * Unicode forms are decoded here.
 */
#include <assay/kit/charset.h>

#include <assay/kit/utf8.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

enum { SINGLE, MULTI, UTF8, UTF16LE, UTF16BE, UTF32LE, UTF32BE };

/* ---- names ---- */

/* Other names in use for a charset, folded to letters and digits. Latin-1 and ASCII are read as windows-1252, 8859-9 as
 * windows-1254, TIS-620 and 8859-11 as windows-874: supersets for all that is text, and what pages mean by them (WHATWG
 * Encoding). ISO-8859-1 stays as a name where it was declared; only what decodes differs. */
struct alias {
    const char *folded, *name;
};
static const struct alias aliases[] = {
    {"utf8", "UTF-8"}, {"unicode11utf8", "UTF-8"}, {"utf8sig", "UTF-8"}, {"utf16", "UTF-16LE"}, {"utf16le", "UTF-16LE"},
    {"utf16be", "UTF-16BE"}, {"utf32", "UTF-32LE"}, {"utf32le", "UTF-32LE"}, {"utf32be", "UTF-32BE"}, {"ucs2", "UTF-16LE"},
    {"usascii", "windows-1252"}, {"ascii", "windows-1252"}, {"latin1", "windows-1252"}, {"iso88591", "windows-1252"},
    {"l1", "windows-1252"}, {"iso885915", "ISO-8859-15"}, {"latin9", "ISO-8859-15"}, {"latin2", "ISO-8859-2"},
    {"iso88592", "ISO-8859-2"}, {"iso88593", "ISO-8859-3"}, {"iso88594", "ISO-8859-4"}, {"iso88595", "ISO-8859-5"},
    {"cyrillic", "ISO-8859-5"}, {"iso88596", "ISO-8859-6"}, {"iso88597", "ISO-8859-7"}, {"greek", "ISO-8859-7"},
    {"iso88598", "ISO-8859-8"}, {"iso88599", "windows-1254"}, {"latin5", "windows-1254"}, {"iso885910", "ISO-8859-10"},
    {"iso885913", "ISO-8859-13"}, {"iso885914", "ISO-8859-14"}, {"iso885916", "ISO-8859-16"},
    {"iso885911", "windows-874"}, {"tis620", "windows-874"}, {"windows874", "windows-874"}, {"cp874", "windows-874"},
    {"koi8r", "KOI8-R"}, {"koi8", "KOI8-R"}, {"koi8u", "KOI8-U"}, {"koi8ru", "KOI8-U"},
    {"ibm855", "IBM855"}, {"cp855", "IBM855"}, {"855", "IBM855"}, {"ibm866", "IBM866"}, {"cp866", "IBM866"}, {"866", "IBM866"},
    {"ibm852", "IBM852"}, {"cp852", "IBM852"}, {"ibm437", "IBM437"}, {"cp437", "IBM437"}, {"ibm850", "IBM850"}, {"cp850", "IBM850"},
    {"ibm865", "IBM865"}, {"cp865", "IBM865"}, {"ibm862", "IBM862"}, {"cp862", "IBM862"},
    {"maccyrillic", "MacCyrillic"}, {"xmaccyrillic", "MacCyrillic"}, {"macintosh", "macintosh"}, {"macroman", "macintosh"},
    {"xmacroman", "macintosh"}, {"mac", "macintosh"}, {"maccentraleurope", "MacCentralEurope"},
    {"shiftjis", "Shift_JIS"}, {"sjis", "Shift_JIS"}, {"xsjis", "Shift_JIS"}, {"windows31j", "Shift_JIS"}, {"cp932", "Shift_JIS"},
    {"mskanji", "Shift_JIS"}, {"eucjp", "EUC-JP"}, {"xeucjp", "EUC-JP"}, {"iso2022jp", "ISO-2022-JP"},
    {"iso2022kr", "ISO-2022-KR"}, {"euckr", "EUC-KR"}, {"ksc56011987", "EUC-KR"}, {"uhc", "EUC-KR"}, {"cp949", "EUC-KR"},
    {"gb2312", "GB18030"}, {"gbk", "GB18030"}, {"cp936", "GB18030"}, {"gb18030", "GB18030"}, {"xgbk", "GB18030"},
    {"hzgb2312", "HZ-GB-2312"}, {"big5", "Big5"}, {"big5hkscs", "Big5"}, {"cp950", "Big5"}, {"euctw", "EUC-TW"},
    {"viscii", "VISCII"}, {"georgianps", "GEORGIAN-PS"}, {"armscii8", "ARMSCII-8"},
};

/* What iconv calls it, where that is not our name; one superset of what is declared for each. */
static const struct alias converters[] = {
    {"windows-874", "CP874"}, {"MacCyrillic", "MAC-CYRILLIC"}, {"MacCentralEurope", "MAC-CENTRALEUROPE"}, {"macintosh", "MACINTOSH"},
    {"Shift_JIS", "CP932"}, {"EUC-KR", "CP949"}, {"Big5", "BIG5-HKSCS"}, {"HZ-GB-2312", "HZ-GB-2312"},
};

/* Letters and digits in lower case; gives the length, at most room - 1. */
static size_t fold_name(char *to, size_t room, struct assay_text name)
{
    size_t n = 0;
    for (uint64_t i = 0; i < name.size && n + 1 < room; i++) {
        char c = name.at[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            to[n++] = c;
    }
    to[n] = 0;
    return n;
}

static size_t put_name(char *to, size_t room, const char *name, size_t size)
{
    if (!room)
        return 0;
    size_t n = size < room - 1 ? size : room - 1;
    memcpy(to, name, n);
    to[n] = 0;
    return n;
}

size_t assay_charset_name(char *to, size_t room, struct assay_text name)
{
    char folded[40];
    size_t n = fold_name(folded, sizeof folded, name);
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
        if (strcmp(aliases[i].folded, folded) == 0)
            return put_name(to, room, aliases[i].name, strlen(aliases[i].name));
    /* windows-1250 ... 1258 under all their names */
    static const char *const prefix[] = {"windows125", "cp125", "win125", "xcp125", "125", "ansi125", "ms125"};
    for (size_t i = 0; i < sizeof prefix / sizeof prefix[0]; i++) {
        size_t p = strlen(prefix[i]);
        if (n != p + 1 || strncmp(folded, prefix[i], p) != 0 || folded[p] < '0' || folded[p] > '8')
            continue;
        char whole[] = "windows-1250";
        whole[11] = folded[p];
        return put_name(to, room, whole, 12);
    }
    return put_name(to, room, name.at, name.size);
}

/* ---- what a text says ---- */

const char *assay_charset_mark(struct assay_text text, uint32_t *mark)
{
    const unsigned char *p = (const unsigned char *)text.at;
    *mark = 0;
    if (text.size >= 3 && p[0] == 0xef && p[1] == 0xbb && p[2] == 0xbf) {
        *mark = 3;
        return "UTF-8";
    }
    if (text.size >= 4 && p[0] == 0xff && p[1] == 0xfe && p[2] == 0 && p[3] == 0) {
        *mark = 4;
        return "UTF-32LE";
    }
    if (text.size >= 4 && p[0] == 0 && p[1] == 0 && p[2] == 0xfe && p[3] == 0xff) {
        *mark = 4;
        return "UTF-32BE";
    }
    if (text.size >= 2 && p[0] == 0xff && p[1] == 0xfe) {
        *mark = 2;
        return "UTF-16LE";
    }
    if (text.size >= 2 && p[0] == 0xfe && p[1] == 0xff) {
        *mark = 2;
        return "UTF-16BE";
    }
    return NULL;
}

static uint32_t wide_unit(const unsigned char *p, int kind)
{
    switch (kind) {
    case UTF16LE:
        return (uint32_t)p[0] | (uint32_t)p[1] << 8;
    case UTF16BE:
        return (uint32_t)p[1] | (uint32_t)p[0] << 8;
    case UTF32LE:
        return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
    default:
        return (uint32_t)p[3] | (uint32_t)p[2] << 8 | (uint32_t)p[1] << 16 | (uint32_t)p[0] << 24;
    }
}

/* Characters that running text is made of. Not a table of Unicode: right and wrong byte order differ by nearly all. */
static int is_usual(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c < 0x250) ||
           (c >= 0x370 && c < 0x700) || (c >= 0x900 && c < 0xe80) || (c >= 0x10a0 && c < 0x1200) ||
           (c >= 0x2010 && c < 0x2040) || (c >= 0x20a0 && c < 0x20c0) || (c >= 0x3000 && c < 0x3100) ||
           (c >= 0x4e00 && c < 0xa000) || (c >= 0xac00 && c < 0xd7a4) || (c >= 0xd800 && c < 0xe000) ||
           (c >= 0xff00 && c < 0xff60) || (c >= 0x1f300 && c < 0x1fa00);
}

static int is_blank_or_ascii(uint32_t c)
{
    return c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7f);
}

/* 1 where the text makes sense as this form. */
static int is_wide(struct assay_text text, int kind)
{
    uint32_t step = kind == UTF32LE || kind == UTF32BE ? 4 : 2;
    uint64_t units = text.size / step, usual = 0, plain = 0;
    for (uint64_t i = 0; i < units; i++) {
        uint32_t c = wide_unit((const unsigned char *)text.at + i * step, kind);
        usual += (uint64_t)is_usual(c);
        plain += (uint64_t)is_blank_or_ascii(c);
    }
    /* Without many spaces or ASCII letters it has to be a longer text of ideographs: a few bytes prove nothing. */
    return units >= 2 && usual * 100 >= units * 97 && plain * 50 >= units && (plain * 8 >= units || units >= 16) &&
           (plain * 2 >= units || units >= 8);
}

const char *assay_charset_wide(struct assay_text text)
{
    static const int kinds[] = {UTF32LE, UTF32BE, UTF16LE, UTF16BE};
    static const char *const names[] = {"UTF-32LE", "UTF-32BE", "UTF-16LE", "UTF-16BE"};
    text.size = text.size < 4096 ? text.size : 4096;
    if (!text.size || !memchr(text.at, 0, text.size))
        return NULL;
    for (size_t i = 0; i < 4; i++)
        if (is_wide(text, kinds[i]))
            return names[i];
    return NULL;
}

static const char *find_word(const char *p, const char *end, const char *word)
{
    size_t n = strlen(word);
    for (; (size_t)(end - p) >= n && p < end; p++)
        if (strncasecmp(p, word, n) == 0)
            return p;
    return NULL;
}

/* The value behind `word`, as in  charset="koi8-r"  or  encoding='x'. */
static struct assay_text value_after(const char *p, const char *end, const char *word)
{
    struct assay_text none = {NULL, 0};
    p = find_word(p, end, word);
    if (!p)
        return none;
    p += strlen(word);
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
        p++;
    if (p == end || *p != '=')
        return none;
    p++;
    while (p < end && (*p == ' ' || *p == '"' || *p == '\''))
        p++;
    const char *begin = p;
    while (p < end && ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '-' ||
                       *p == '_' || *p == '.' || *p == ':'))
        p++;
    return p > begin ? (struct assay_text){begin, (uint64_t)(p - begin)} : none;
}

struct assay_text assay_charset_declared(struct assay_text text)
{
    const char *p = text.at, *end = p + (text.size < 2048 ? text.size : 2048);
    struct assay_text found = {NULL, 0};
    const char *start = p;
    while (start < end && (*start == ' ' || *start == '\n' || *start == '\r' || *start == '\t'))
        start++;
    if (end - start > 5 && strncasecmp(start, "<?xml", 5) == 0) {
        const char *close = memchr(start, '>', (size_t)(end - start));
        found = value_after(start, close ? close : end, "encoding");
    }
    while (!found.at && (p = find_word(p, end, "<meta")) != NULL) {
        const char *close = memchr(p, '>', (size_t)(end - p));
        found = value_after(p, close ? close : end, "charset");
        p = close ? close : end;
    }
    return found;
}

/* ---- decoding ---- */

static int wide_kind(const char *name)
{
    static const char *const names[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"};
    for (int i = 0; i < 5; i++)
        if (strcasecmp(name, names[i]) == 0)
            return UTF8 + i;
    return SINGLE;
}

/* Converts one character of `size` bytes; UINT32_MAX where that is none. */
static uint32_t convert(iconv_t to_utf8, const char *bytes, size_t size)
{
    char *in = (char *)(uintptr_t)bytes, out[16], *to = out;
    size_t left = size, room = sizeof out;
    iconv(to_utf8, NULL, NULL, NULL, NULL);
    size_t n = iconv(to_utf8, &in, &left, &to, &room);
    uint32_t cp;
    /* Charsets with accents of their own (windows-1255, 1258) hold a letter back until they know what follows. */
    if (n != (size_t)-1)
        iconv(to_utf8, NULL, NULL, &to, &room);
    if (n == (size_t)-1 || left || to == out || assay_utf8_next(out, to, &cp) != (uint32_t)(to - out))
        return UINT32_MAX;
    return cp;
}

/* windows-1252 and its kin leave holes where browsers, and the texts, have C1 controls. */
static void fill_table(struct assay_charset *c, iconv_t to_utf8)
{
    c->good = 0;
    for (uint32_t b = 0; b < 256; b++) {
        char byte = (char)b;
        c->point[b] = b < 0x80 ? b : convert(to_utf8, &byte, 1);
        if (c->point[b] > 0xffff)
            c->point[b] = UINT32_MAX;
        c->good += c->point[b] != UINT32_MAX;
    }
}

/* EBCDIC and the like, and forms of more bytes that nobody named: their letters do not stand where ASCII has them, which
 * all that follows here builds on. */
static int has_ascii(iconv_t to_utf8)
{
    for (const char *p = "09azAZ<&"; *p; p++)
        if (convert(to_utf8, p, 1) != (unsigned char)*p)
            return 0;
    return 1;
}

int assay_charset_open(struct assay_charset *c, const char *given)
{
    char name[64];
    assay_charset_name(name, sizeof name, (struct assay_text){given, strlen(given)});
    *c = (struct assay_charset){0};
    c->kind = (uint32_t)wide_kind(name);
    if (c->kind != SINGLE)
        return 1;
    if (!name[0])
        return 0; /* the C library would take the locale's */
    const char *known = name;
    for (size_t i = 0; i < sizeof converters / sizeof converters[0]; i++)
        if (strcmp(converters[i].folded, name) == 0)
            known = converters[i].name;
    iconv_t to_utf8 = iconv_open("UTF-8", known);
    if (to_utf8 == (iconv_t)-1)
        return 0;
    if (!has_ascii(to_utf8)) {
        iconv_close(to_utf8);
        return 0;
    }
    fill_table(c, to_utf8);
    /* Charsets of several bytes have lead bytes that mean nothing alone, or escapes. */
    static const char *const multi[] = {"Shift_JIS", "EUC-", "ISO-2022", "GB", "Big5", "HZ-", "UTF-7", "JOHAB"};
    for (size_t i = 0; i < sizeof multi / sizeof multi[0]; i++)
        if (strncasecmp(name, multi[i], strlen(multi[i])) == 0)
            c->kind = MULTI;
    if (c->kind == MULTI)
        c->converter = to_utf8;
    else
        iconv_close(to_utf8);
    return 1;
}

void assay_charset_close(struct assay_charset *c)
{
    if (c->converter)
        iconv_close((iconv_t)c->converter);
    *c = (struct assay_charset){0};
}

static void put(struct assay_mapper *m, uint64_t from, uint32_t size, uint32_t cp, uint64_t *bad)
{
    char utf8[4];
    if (cp == UINT32_MAX) {
        cp = 0xfffd;
        ++*bad;
    }
    assay_mapper_unit(m, from, size, utf8, assay_utf8_put(utf8, cp));
}

static size_t ascii_run(const char *p, const char *end)
{
    const char *start = p;
    for (uint64_t w; end - p >= 8; p += 8) {
        memcpy(&w, p, 8);
        if (w & 0x8080808080808080u)
            break;
    }
    while (p < end && (unsigned char)*p < 0x80)
        p++;
    return (size_t)(p - start);
}

/* Characters of equal length one after another are handed over together. */
static const char *decode_run(const struct assay_charset *c, struct assay_mapper *m, const char *p, const char *end,
                              uint64_t from, uint64_t *bad)
{
    char block[3 * 256];
    uint32_t size = 0, count = 0;
    const char *begin = p;
    for (; p < end && (unsigned char)*p >= 0x80 && count < 256; p++, count++) {
        uint32_t cp = c->point[(unsigned char)*p];
        uint32_t n = cp < 0x80 ? 1 : cp < 0x800 ? 2 : 3; /* the tables have nothing beyond U+FFFF */
        if (count && n != size)
            break;
        size = n;
        *bad += cp == UINT32_MAX;
        assay_utf8_put(block + count * n, cp == UINT32_MAX ? 0xfffd : cp);
    }
    assay_mapper_units(m, from, 1, block, size, count);
    return begin + count;
}

static void decode_single(const struct assay_charset *c, struct assay_mapper *m, struct assay_text bytes, uint64_t from,
                          uint64_t *bad)
{
    const char *p = bytes.at, *end = p + bytes.size;
    while (p < end && !m->failed) {
        size_t n = ascii_run(p, end);
        assay_mapper_keep(m, bytes.at - from, from + (uint64_t)(p - bytes.at), n);
        p += n;
        while (p < end && (unsigned char)*p >= 0x80 && !m->failed)
            p = decode_run(c, m, p, end, from + (uint64_t)(p - bytes.at), bad);
    }
}

static void decode_utf8(struct assay_mapper *m, struct assay_text bytes, uint64_t from, uint64_t *bad)
{
    for (uint64_t at = 0; at < bytes.size && !m->failed;) {
        uint64_t n = assay_utf8_valid(bytes.at + at, bytes.size - at);
        assay_mapper_keep(m, bytes.at - from, from + at, n);
        at += n;
        if (at < bytes.size)
            put(m, from + at++, 1, UINT32_MAX, bad);
    }
}

static void decode_wide(uint32_t kind, struct assay_mapper *m, struct assay_text bytes, uint64_t from, uint64_t *bad)
{
    const unsigned char *p = (const unsigned char *)bytes.at;
    uint32_t step = kind >= UTF32LE ? 4 : 2;
    uint64_t at = 0;
    for (; at + step <= bytes.size && !m->failed;) {
        uint32_t c = wide_unit(p + at, (int)kind), size = step;
        if (step == 2 && c >= 0xd800 && c < 0xe000) {
            uint32_t low = c < 0xdc00 && at + 4 <= bytes.size ? wide_unit(p + at + 2, (int)kind) : 0;
            int pair = low >= 0xdc00 && low < 0xe000;
            c = pair ? 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00) : UINT32_MAX;
            size = pair ? 4 : 2;
        } else if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) {
            c = UINT32_MAX;
        }
        put(m, from + at, size, c, bad);
        at += size;
    }
    if (at < bytes.size)
        put(m, from + at, (uint32_t)(bytes.size - at), UINT32_MAX, bad);
}

/* Character by character: the shortest prefix that converts to something. Escapes yield nothing and join what
 * follows. */
static void decode_multi(struct assay_charset *c, struct assay_mapper *m, struct assay_text bytes, uint64_t from,
                         uint64_t *bad)
{
    iconv_t to_utf8 = (iconv_t)c->converter;
    const char *p = bytes.at, *end = p + bytes.size;
    iconv(to_utf8, NULL, NULL, NULL, NULL);
    while (p < end && !m->failed) {
        size_t size = 1, done = 0;
        char out[16], *to = out;
        for (; size <= 12 && (size_t)(end - p) >= size; size++) {
            char *in = (char *)(uintptr_t)(p + done);
            size_t left = size - done, room = sizeof out - (size_t)(to - out);
            size_t n = iconv(to_utf8, &in, &left, &to, &room);
            done = (size_t)(in - p);
            if (to > out || (n == (size_t)-1 && errno == EILSEQ))
                break;
        }
        uint64_t at = from + (uint64_t)(p - bytes.at);
        if (to > out) {
            assay_mapper_unit(m, at, size, out, (size_t)(to - out));
            p += size;
        } else {
            put(m, at, 1, UINT32_MAX, bad);
            p += 1;
            iconv(to_utf8, NULL, NULL, NULL, NULL);
        }
    }
}

int assay_charset_decode(struct assay_charset *c, struct assay_mapper *m, struct assay_text bytes, uint64_t from,
                         uint64_t *bad)
{
    uint64_t unused = 0;
    if (!bad)
        bad = &unused;
    switch (c->kind) {
    case SINGLE:
        decode_single(c, m, bytes, from, bad);
        break;
    case MULTI:
        decode_multi(c, m, bytes, from, bad);
        break;
    case UTF8:
        decode_utf8(m, bytes, from, bad);
        break;
    default:
        decode_wide(c->kind, m, bytes, from, bad);
    }
    return !m->failed;
}
