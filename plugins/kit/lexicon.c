/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/json.h>
#include <assay/kit/lexicon.h>
#include <assay/kit/text.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LX_DEPTH = 16, LX_MOST = 64 << 20, LX_PIECE = 64 << 10 };

typedef struct assay_lexicon_item item;

struct piece { /* an arena: pieces are never moved, so pointers into them hold */
    struct piece *next;
    size_t used, room;
};

struct own {
    struct piece *piece;
    char *path;
};

struct parser {
    struct assay_lexicon *lexicon;
    const char *at, *end, *line_start;
    uint32_t line;
    item *stack; /* finished items of the containers that are still open */
    size_t size, room;
    struct assay_buf text;
};

static void *lx_alloc(struct own *own, size_t size)
{
    size = (size + 15) & ~(size_t)15;
    struct piece *piece = own->piece;
    if (!piece || piece->room - piece->used < size) {
        size_t room = size > LX_PIECE ? size : LX_PIECE;
        piece = malloc(sizeof *piece + 16 + room);
        if (!piece)
            return NULL;
        *piece = (struct piece){own->piece, 0, room};
        own->piece = piece;
    }
    size_t head = (sizeof *piece + 15) & ~(size_t)15;
    char *at = (char *)piece + head + piece->used;
    piece->used += size;
    return at;
}

static int lx_error(struct assay_lexicon *lexicon, uint32_t line, uint32_t column, const char *format, va_list args)
{
    if (lexicon->error[0])
        return 0;
    int n = snprintf(lexicon->error, sizeof lexicon->error, "%s:%u:%u: ", lexicon->path, line, column);
    if (n > 0 && (size_t)n < sizeof lexicon->error)
        vsnprintf(lexicon->error + n, sizeof lexicon->error - (size_t)n, format, args);
    return 0;
}

__attribute__((format(printf, 2, 3))) static int bad(struct parser *p, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    lx_error(p->lexicon, p->line, (uint32_t)(p->at - p->line_start) + 1, format, args);
    va_end(args);
    return 0;
}

int assay_lexicon_fail(struct assay_lexicon *lexicon, const item *at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    lx_error(lexicon, at->line, at->column, format, args);
    va_end(args);
    return 0;
}

static void newline(struct parser *p)
{
    p->line++;
    p->line_start = p->at;
}

/* Skips blanks and comments. 0: a comment does not end. */
static int skip(struct parser *p)
{
    while (p->at < p->end) {
        char c = *p->at;
        int slash = c == '/' && p->end - p->at > 1;
        if (c == '\n') {
            p->at++;
            newline(p);
        } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f') {
            p->at++;
        } else if (c == '#' || (slash && p->at[1] == '/')) {
            while (p->at < p->end && *p->at != '\n')
                p->at++;
        } else if (slash && p->at[1] == '*') {
            p->at += 2;
            while (p->at < p->end && !(*p->at == '*' && p->end - p->at > 1 && p->at[1] == '/'))
                if (*p->at++ == '\n')
                    newline(p);
            if (p->at >= p->end)
                return bad(p, "the comment does not end");
            p->at += 2;
        } else {
            break;
        }
    }
    return 1;
}

static int is_name(char c, int first)
{
    int letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (!first && ((c >= '0' && c <= '9') || c == '-' || c == '_' || c == '*'));
}

static struct assay_text word(struct parser *p)
{
    const char *begin = p->at;
    while (p->at < p->end && is_name(*p->at, p->at == begin))
        p->at++;
    return (struct assay_text){begin, (uint64_t)(p->at - begin)};
}

static int keep(struct parser *p, struct assay_text *to, const char *at, size_t size)
{
    char *copy = lx_alloc(p->lexicon->own, size + 1);
    if (!copy)
        return bad(p, "out of memory");
    if (size)
        memcpy(copy, at, size);
    copy[size] = 0;
    *to = (struct assay_text){copy, size};
    return 1;
}

static int escape(struct parser *p)
{
    static const char from[] = "\"\\nrtfa", to[] = "\"\\\n\r\t\f\a";
    char c = p->at < p->end ? *p->at : 0;
    const char *k = c ? strchr(from, c) : NULL;
    if (k) {
        assay_buf_byte(&p->text, to[k - from]);
        p->at++;
        return 1;
    }
    if (c == 'x' && p->end - p->at > 2 && assay_hex_digit(p->at[1]) >= 0 && assay_hex_digit(p->at[2]) >= 0) {
        int v = assay_hex_digit(p->at[1]) * 16 + assay_hex_digit(p->at[2]);
        if (!v)
            return bad(p, "a zero byte in a string");
        assay_buf_byte(&p->text, (char)v);
        p->at += 3;
        return 1;
    }
    return bad(p, "unknown escape \\%c", c);
}

/* Bytes of the eight at `at` that end plain text in quotes: the quote, a backslash, what is below a blank. 0: none. */
static uint64_t ends_plain(const char *at)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    uint64_t x, quote, slash;
    memcpy(&x, at, 8);
    quote = x ^ ones * '"';
    slash = x ^ ones * '\\';
    return (((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((x - ones * ' ') & ~x)) & tops;
}

/* To the first byte from `at` on that plain text in quotes does not have. */
static const char *over_plain(const char *at, const char *end)
{
    while (end - at >= 8 && !ends_plain(at))
        at += 8;
    while (at < end && *at != '"' && *at != '\\' && *at != '\n' && *at)
        at++;
    return at;
}

static int quoted(struct parser *p)
{
    p->at++;
    while (p->at < p->end && *p->at != '"') {
        char c = *p->at;
        if (c == '\n')
            return bad(p, "the string does not end on its line");
        if (c == 0)
            return bad(p, "a zero byte in a string");
        if (c == '\\') {
            p->at++;
            if (!escape(p))
                return 0;
            continue;
        }
        const char *plain = p->at;
        p->at = over_plain(plain, p->end);
        assay_buf_add(&p->text, plain, (size_t)(p->at - plain));
    }
    if (p->at >= p->end)
        return bad(p, "the string does not end");
    p->at++;
    return 1;
}

static int string(struct parser *p, item *to)
{
    p->text.size = 0;
    do {
        if (!quoted(p) || !skip(p))
            return 0;
    } while (p->at < p->end && *p->at == '"');
    if (p->text.failed)
        return bad(p, "out of memory");
    to->type = ASSAY_LEXICON_TEXT;
    return keep(p, &to->text, p->text.at ? p->text.at : "", p->text.size);
}

static int integer(struct parser *p, item *to, const char *at, const char *end)
{
    int negative = *at == '-';
    at += *at == '-' || *at == '+';
    int base = end - at > 2 && at[0] == '0' && (at[1] | 32) == 'x' ? 16 : 10;
    at += base == 16 ? 2 : 0;
    uint64_t v = 0;
    for (; at < end; at++) {
        uint64_t d = (uint64_t)assay_hex_digit(*at);
        if (v > (((uint64_t)1 << 63) - d) / (uint64_t)base)
            return bad(p, "the integer does not fit 64 bits");
        v = v * (uint64_t)base + d;
    }
    if (v == (uint64_t)1 << 63 && !negative)
        return bad(p, "the integer does not fit 64 bits");
    to->type = ASSAY_LEXICON_INTEGER;
    to->integer = negative ? (int64_t)(0 - v) : (int64_t)v;
    to->real = (double)to->integer;
    return 1;
}

static int number(struct parser *p, item *to)
{
    const char *begin = p->at;
    int real = 0, is_hex = 0, digits = 0;
    p->at += *p->at == '-' || *p->at == '+';
    if (p->end - p->at > 2 && p->at[0] == '0' && (p->at[1] | 32) == 'x') {
        is_hex = 1;
        p->at += 2;
    }
    for (; p->at < p->end; p->at++) {
        char c = *p->at;
        int sign = (c == '-' || c == '+') && (p->at[-1] | 32) == 'e' && !is_hex;
        if (is_hex ? assay_hex_digit(c) >= 0 : c >= '0' && c <= '9')
            digits = 1;
        else if (!is_hex && (c == '.' || (c | 32) == 'e' || sign))
            real = 1;
        else
            break;
    }
    const char *end = p->at;
    if (!keep(p, &to->text, begin, (size_t)(end - begin)))
        return 0;
    while (p->at < p->end && *p->at == 'L')
        p->at++;
    if (!digits || (p->at < p->end && is_name(*p->at, 1)))
        return bad(p, "no number");
    if (!real)
        return integer(p, to, begin, end);
    to->type = ASSAY_LEXICON_REAL;
    return assay_read_real(to->text, &to->real) ? 1 : bad(p, "no number: %s", to->text.at);
}

static int flag(struct parser *p, item *to)
{
    struct assay_text w = word(p);
    int yes = w.size == 4 && strncasecmp(w.at, "true", 4) == 0;
    if (!yes && !(w.size == 5 && strncasecmp(w.at, "false", 5) == 0))
        return bad(p, "a value was expected, not '%.*s' (texts stand in quotes)", (int)(w.size > 40 ? 40 : w.size),
                   w.at);
    to->type = ASSAY_LEXICON_FLAG;
    to->integer = yes;
    return keep(p, &to->text, w.at, w.size);
}

static int push(struct parser *p, const item *one)
{
    if (p->size == p->room) {
        size_t room = p->room ? p->room * 2 : 256;
        item *stack = realloc(p->stack, room * sizeof *stack);
        if (!stack)
            return bad(p, "out of memory");
        p->stack = stack;
        p->room = room;
    }
    p->stack[p->size++] = *one;
    return 1;
}

/* Moves the items from `base` on off the stack and under `to`. */
static int close_container(struct parser *p, item *to, size_t base)
{
    size_t count = p->size - base;
    to->count = (uint32_t)count;
    p->size = base;
    if (!count)
        return 1;
    item *first = lx_alloc(p->lexicon->own, count * sizeof *first);
    if (!first)
        return bad(p, "out of memory");
    memcpy(first, p->stack + base, count * sizeof *first);
    to->first = first;
    return 1;
}

static int value(struct parser *p, item *to, uint32_t depth);

static int elements(struct parser *p, item *to, uint32_t depth, char closing)
{
    size_t base = p->size;
    to->type = closing == ']' ? ASSAY_LEXICON_ARRAY : ASSAY_LEXICON_LIST;
    p->at++;
    for (;;) {
        if (!skip(p))
            return 0;
        if (p->at >= p->end)
            return bad(p, "'%c' is missing", closing);
        if (*p->at == closing)
            break;
        item one = {0};
        if (!value(p, &one, depth) || !skip(p))
            return 0;
        if (closing == ']' && one.type < ASSAY_LEXICON_TEXT)
            return bad(p, "an array [ ] holds plain values only; use ( )");
        if (closing == ']' && p->size > base && p->stack[base].type != one.type)
            return bad(p, "all values of an array [ ] have to be of one type");
        if (!push(p, &one))
            return 0;
        if (p->at < p->end && *p->at == ',')
            p->at++;
        else if (p->at >= p->end || *p->at != closing)
            return bad(p, "',' or '%c' was expected", closing);
    }
    p->at++;
    return close_container(p, to, base);
}

static int setting(struct parser *p, size_t base, uint32_t depth)
{
    item one = {0};
    if (!is_name(*p->at, 1))
        return bad(p, "a name was expected");
    const char *start = p->at;
    struct assay_text name = word(p);
    for (size_t i = base; i < p->size; i++)
        if (p->stack[i].name.size == name.size && memcmp(p->stack[i].name.at, name.at, name.size) == 0) {
            p->at = start;
            return bad(p, "'%.*s' is there already, in line %u", (int)name.size, name.at, p->stack[i].line);
        }
    if (!skip(p))
        return 0;
    if (p->at >= p->end || (*p->at != '=' && *p->at != ':'))
        return bad(p, "'=' was expected after '%.*s'", (int)name.size, name.at);
    p->at++;
    if (!skip(p) || !value(p, &one, depth) || !skip(p))
        return 0;
    if (p->at < p->end && (*p->at == ';' || *p->at == ','))
        p->at++;
    return keep(p, &one.name, name.at, name.size) && push(p, &one);
}

static int settings(struct parser *p, item *to, uint32_t depth, int closing)
{
    size_t base = p->size;
    to->type = ASSAY_LEXICON_GROUP;
    for (;;) {
        if (!skip(p))
            return 0;
        if (p->at >= p->end) {
            if (closing)
                return bad(p, "'}' is missing");
            break;
        }
        if (closing && *p->at == '}') {
            p->at++;
            break;
        }
        if (!setting(p, base, depth))
            return 0;
    }
    return close_container(p, to, base);
}

/* Recursion here is bounded by LX_DEPTH, not by the input. */
static int value(struct parser *p, item *to, uint32_t depth)
{
    if (p->at >= p->end)
        return bad(p, "a value was expected");
    to->line = p->line;
    to->column = (uint32_t)(p->at - p->line_start) + 1;
    char c = *p->at;
    if ((c == '{' || c == '(' || c == '[') && depth >= LX_DEPTH)
        return bad(p, "nested more than %d deep", LX_DEPTH);
    if (c == '{') {
        p->at++;
        return settings(p, to, depth + 1, 1);
    }
    if (c == '(' || c == '[')
        return elements(p, to, depth + 1, c == '(' ? ')' : ']');
    if (c == '"')
        return string(p, to);
    if ((c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.')
        return number(p, to);
    return flag(p, to);
}

static int start(struct assay_lexicon *lexicon, const char *path)
{
    *lexicon = (struct assay_lexicon){0};
    struct own *own = calloc(1, sizeof *own);
    if (own)
        own->path = strdup(path);
    if (!own || !own->path) {
        free(own);
        lexicon->path = "";
        snprintf(lexicon->error, sizeof lexicon->error, "out of memory");
        return 0;
    }
    lexicon->own = own;
    lexicon->path = own->path;
    return 1;
}

static int parse(struct assay_lexicon *lexicon, struct assay_text content)
{
    struct parser p = {.lexicon = lexicon, .at = content.at, .line = 1};
    p.end = content.at + content.size;
    if (content.size >= 3 && memcmp(content.at, "\xef\xbb\xbf", 3) == 0)
        p.at += 3;
    p.line_start = p.at;
    lexicon->root.line = lexicon->root.column = 1;
    int ok = settings(&p, &lexicon->root, 0, 0);
    free(p.stack);
    assay_buf_free(&p.text);
    return ok;
}

int assay_lexicon_parse(struct assay_lexicon *lexicon, const char *path, struct assay_text content)
{
    return start(lexicon, path) && parse(lexicon, content);
}

int assay_lexicon_read(struct assay_lexicon *lexicon, const char *path)
{
    if (!start(lexicon, path))
        return 0;
    FILE *file = fopen(path, "rbe");
    struct assay_buf bytes = {0};
    int failed = !file;
    while (!failed) {
        char *to = assay_buf_room(&bytes, 1 << 16);
        size_t n = to ? fread(to, 1, 1 << 16, file) : 0;
        bytes.size += n;
        failed = !to || bytes.size > LX_MOST || ferror(file);
        if (!n)
            break;
    }
    if (failed)
        snprintf(lexicon->error, sizeof lexicon->error, "%s: %s", path,
                 bytes.size > LX_MOST ? "larger than 64 MB" : strerror(errno ? errno : ENOMEM));
    if (file)
        fclose(file);
    int ok = !failed && parse(lexicon, (struct assay_text){bytes.at ? bytes.at : "", bytes.size});
    assay_buf_free(&bytes);
    return ok;
}

void assay_lexicon_free(struct assay_lexicon *lexicon)
{
    struct own *own = lexicon->own;
    if (own) {
        for (struct piece *next; own->piece; own->piece = next) {
            next = own->piece->next;
            free(own->piece);
        }
        free(own->path);
        free(own);
    }
    *lexicon = (struct assay_lexicon){0};
}
