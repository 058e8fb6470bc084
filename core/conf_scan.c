/* SPDX-License-Identifier: Apache-2.0 */
#include "conf_scan.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "conf_syntax.h"
#include "label.h"
#include "where.h"

#define FILE_MOST (16u << 20)
#define INCLUDES 10
#define MOST_BESIDE 256u /* files that are looked at for one of a similar name */

struct scan_piece {
    const char *file;
    uint32_t from, line; /* line `from` of the whole text is line `line` of the file */
};

/* One file under the lexer. */
struct lexer {
    struct scan *s;
    const char *file;
    const char *at, *end, *line_start;
    uint32_t line, deep;
    const char *copied; /* up to here it stands in s->text */
};

static struct diag_place place_of(const struct lexer *x, const char *at, uint32_t width)
{
    return (struct diag_place){x->file, x->line, (uint32_t)(at - x->line_start) + 1, width};
}

static void wrong(struct lexer *x, const char *at, uint32_t width, const char *hint, const char *what)
{
    struct diag_place p = place_of(x, at, width);
    diag_at(x->s->diag, DIAG_ERROR, &p, hint, "%s", what);
    x->s->errors++;
}

static char *read_fd(struct scan *s, int fd, uint64_t *size)
{
    struct assay_buf b = {0};
    for (;;) {
        char *room = assay_buf_room(&b, 65536);
        ssize_t n = room ? read(fd, room, 65536) : -1;
        if (n < 0 && room && errno == EINTR)
            continue;
        if (n < 0 || b.size > FILE_MOST) {
            if (b.size > FILE_MOST)
                errno = EFBIG;
            assay_buf_free(&b);
            return NULL;
        }
        if (n == 0)
            break;
        b.size += (size_t)n;
    }
    char *copy = label_copy(s->arena, b.at, b.size);
    *size = b.size;
    assay_buf_free(&b);
    return copy;
}

static char *read_file(struct scan *s, const char *file, uint64_t *size)
{
    struct stat st;
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    char *text = NULL;
    if (fd < 0)
        return NULL;
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
        errno = EISDIR;
    else
        text = read_fd(s, fd, size);
    int kept = errno;
    close(fd);
    errno = kept;
    return text;
}

static int new_piece(struct lexer *x)
{
    struct scan *s = x->s;
    if (s->pieces == s->piece_room) {
        uint32_t room = s->piece_room ? s->piece_room * 2 : 8;
        struct scan_piece *more = realloc(s->piece, room * sizeof *more);
        if (!more)
            return 0;
        s->piece = more;
        s->piece_room = room;
    }
    s->piece[s->pieces++] = (struct scan_piece){x->file, s->lines + 1, x->line};
    return 1;
}

static void copy_until(struct lexer *x, const char *end)
{
    for (const char *p = x->copied; p < end; p++)
        x->s->lines += *p == '\n';
    assay_buf_add(&x->s->text, x->copied, (size_t)(end - x->copied));
    x->copied = end;
}

static int add_token(struct lexer *x, enum scan_kind kind, char sign, const char *at, struct diag_place place)
{
    struct scan *s = x->s;
    if (s->tokens == s->room) {
        uint32_t room = s->room ? s->room * 2 : 256;
        struct scan_token *more = realloc(s->token, room * sizeof *more);
        if (!more)
            return 0;
        s->token = more;
        s->room = room;
    }
    s->token[s->tokens++] = (struct scan_token){kind, sign, at, (uint32_t)(x->at - at), place};
    return 1;
}

static void new_line(struct lexer *x)
{
    x->line++;
    x->line_start = x->at;
}

static void skip_line_comment(struct lexer *x)
{
    while (x->at < x->end && *x->at != '\n')
        x->at++;
}

static void skip_block_comment(struct lexer *x)
{
    const char *begin = x->at;
    struct diag_place p = place_of(x, begin, 2);
    for (x->at += 2; x->at < x->end; x->at++) {
        if (*x->at == '*' && x->at + 1 < x->end && x->at[1] == '/') {
            x->at += 2;
            return;
        }
        if (*x->at == '\n') {
            x->line++;
            x->line_start = x->at + 1;
        }
    }
    diag_at(x->s->diag, DIAG_ERROR, &p, NULL, "this comment is never closed");
    x->s->errors++;
}

static int is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static void check_escape(struct lexer *x)
{
    char c = x->at + 1 < x->end ? x->at[1] : 0;
    if (c == 'x' && x->end - x->at > 3 && is_hex(x->at[2]) && is_hex(x->at[3])) {
        if (x->at[2] == '0' && x->at[3] == '0')
            wrong(x, x->at, 4, NULL, "a text cannot hold a NUL");
        return;
    }
    if (!c || !strchr("nrtf\\\"", c))
        wrong(x, x->at, 2, "known are \\n \\r \\t \\f \\\\ \\\" \\xHH; UTF-8 is written as it is",
              "unknown escape in a text");
}

static int scan_string(struct lexer *x)
{
    const char *begin = x->at;
    struct diag_place p = place_of(x, begin, 1);
    for (x->at++; x->at < x->end && *x->at != '"'; x->at++) {
        if (*x->at == '\\') {
            check_escape(x);
            x->at += x->at + 1 < x->end;
        }
        if (*x->at == '\n') {
            x->line++;
            x->line_start = x->at + 1;
        }
    }
    if (x->at >= x->end) {
        diag_at(x->s->diag, DIAG_ERROR, &p, NULL, "this text is never closed");
        x->s->errors++;
        return 1;
    }
    x->at++;
    if (x->line == p.line)
        p.width = (uint32_t)(x->at - begin);
    return add_token(x, SCAN_STRING, 0, begin, p);
}

static int is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '*';
}

static int scan_name(struct lexer *x)
{
    const char *begin = x->at;
    while (x->at < x->end && is_name(*x->at))
        x->at++;
    return add_token(x, SCAN_NAME, 0, begin, place_of(x, begin, (uint32_t)(x->at - begin)));
}

static int scan_number(struct lexer *x)
{
    const char *begin = x->at;
    for (x->at++; x->at < x->end; x->at++) {
        char c = *x->at, last = x->at[-1];
        int sign = (c == '-' || c == '+') && (last == 'e' || last == 'E') && begin[0] != '0';
        if (!is_name(c) && c != '.' && !sign)
            break;
        if (c == '-' && !sign)
            break;
    }
    uint32_t size = (uint32_t)(x->at - begin);
    const char *hint = NULL, *what = conf_syntax_number(begin, size, &hint);
    if (what)
        wrong(x, begin, size, hint, what);
    return add_token(x, SCAN_NUMBER, 0, begin, place_of(x, begin, size));
}

/* A chain of a similar name in the folder where one was looked for, or NULL. */
static const char *near_file(struct scan *s, const char *file)
{
    const char *names[MOST_BESIDE + 1], *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
    char *folder = slash ? label_copy(s->arena, file, (uint64_t)(slash - file) + 1) : label_copy(s->arena, "./", 2);
    DIR *d = folder ? opendir(folder) : NULL;
    uint32_t n = 0;
    for (struct dirent *e; d && n < MOST_BESIDE && (e = readdir(d));) {
        size_t size = strlen(e->d_name);
        if (size > 5 && strcmp(e->d_name + size - 5, ".conf") == 0 &&
            (names[n] = label_copy(s->arena, e->d_name, size)) != NULL)
            n++;
    }
    if (d)
        closedir(d);
    names[n] = NULL;
    const char *near = diag_nearest(name, names);
    return near ? label_printf(s->arena, "did you mean '%s%s'?", slash ? folder : "", near) : NULL;
}

/* Why the chain could not be read: what to do about it, or NULL. */
static const char *hint_unread(struct scan *s, const char *file, int why)
{
    if (why == EISDIR)
        return "the chain file comes first, then what it is to read";
    if (why != ENOENT)
        return NULL;
    const char *ours = strchr(file, '/') ? NULL : where_data(s->arena, file);
    return ours ? label_printf(s->arena, "one of that name was installed: %s", ours) : near_file(s, file);
}

static int scan_file(struct scan *s, const char *file, uint32_t deep, const struct diag_place *from);

/* @include "file" on a line of its own. */
static int scan_include(struct lexer *x)
{
    const char *begin = x->at, *name, *quote;
    for (const char *p = x->line_start; p < begin; p++)
        if (*p != ' ' && *p != '\t') {
            wrong(x, begin, 1, NULL, "@include has to stand on a line of its own");
            skip_line_comment(x);
            return 1;
        }
    name = x->at + 8;
    if (x->end - x->at < 8 || memcmp(x->at, "@include", 8) != 0)
        name = x->end;
    while (name < x->end && (*name == ' ' || *name == '\t'))
        name++;
    const char *end = memchr(begin, '\n', (size_t)(x->end - begin));
    end = end ? end : x->end;
    quote = name < end && *name == '"' ? memchr(name + 1, '"', (size_t)(end - name - 1)) : NULL;
    if (!quote || quote == name + 1) {
        wrong(x, begin, 1, NULL, "this is not @include \"file\"");
        skip_line_comment(x);
        return 1;
    }
    struct diag_place p = place_of(x, name, (uint32_t)(quote + 1 - name));
    int absolute = name[1] == '/' || strcmp(x->s->folder, ".") == 0;
    char *path = label_printf(x->s->arena, "%s%s%.*s", absolute ? "" : x->s->folder, absolute ? "" : "/",
                              (int)(quote - name - 1), name + 1);
    copy_until(x, x->line_start);
    if (!path || !scan_file(x->s, path, x->deep + 1, &p))
        return 0;
    /* The rest of the line stays as an empty one. */
    x->at = x->copied = quote + 1;
    return new_piece(x);
}

static int scan_one(struct lexer *x)
{
    char c = *x->at, next = x->at + 1 < x->end ? x->at[1] : 0;
    if (c == '\n') {
        x->at++;
        new_line(x);
        return 1;
    }
    if (c == ' ' || c == '\t' || c == '\r' || c == '\f') {
        x->at++;
        return 1;
    }
    if (c == '#' || (c == '/' && next == '/')) {
        skip_line_comment(x);
        return 1;
    }
    if (c == '/' && next == '*') {
        skip_block_comment(x);
        return 1;
    }
    if (c == '"')
        return scan_string(x);
    if (c == '@')
        return scan_include(x);
    if (strchr("=:,;{}[]()", c) && c) {
        x->at++;
        return add_token(x, SCAN_SIGN, c == ':' ? '=' : c, x->at - 1, place_of(x, x->at - 1, 1));
    }
    if ((c >= '0' && c <= '9') || ((c == '-' || c == '+' || c == '.') && ((next >= '0' && next <= '9') || next == '.')))
        return scan_number(x);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '*')
        return scan_name(x);
    const char *begin = x->at++;
    while (x->at < x->end && ((unsigned char)*x->at >= 0x80 || is_name(*x->at)))
        x->at++;
    wrong(x, begin, (uint32_t)(x->at - begin), "texts stand in \"quotes\"; names are ASCII letters, digits, - and _",
          "this character means nothing here");
    return 1;
}

static int scan_file(struct scan *s, const char *file, uint32_t deep, const struct diag_place *from)
{
    uint64_t size = 0;
    if (deep > INCLUDES) {
        diag_at(s->diag, DIAG_ERROR, from, NULL, "@include nested deeper than %d files", INCLUDES);
        s->errors++;
        return 1;
    }
    char *text = read_file(s, file, &size);
    if (!text) {
        struct diag_place top = {file, 0, 0, 0};
        int why = errno;
        const char *hint = from ? NULL : hint_unread(s, file, why);
        diag_at(s->diag, DIAG_ERROR, from ? from : &top, hint, from ? "cannot read '%s': %s" : "cannot read it%.0s: %s",
                file, strerror(why));
        s->errors++;
        return 1;
    }
    if (!from) {
        s->bytes = text;
        s->size = size;
    }
    struct lexer x = {s, file, text, text + size, text, 1, deep, text};
    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        x.at = x.line_start = x.copied = text + 3;
    if (memchr(text, 0, size)) {
        struct diag_place top = {file, 0, 0, 0};
        diag_at(s->diag, DIAG_ERROR, &top, NULL, "this is no text: it holds NUL bytes");
        s->errors++;
        return 1;
    }
    int ok = new_piece(&x);
    while (ok && x.at < x.end && s->errors < CONF_WRONG)
        ok = scan_one(&x);
    copy_until(&x, x.end);
    /* libconfig takes no comment that ends with the file. */
    assay_buf_byte(&s->text, '\n');
    s->lines++;
    if (ok && !from) {
        struct diag_place p = place_of(&x, x.at, 0);
        ok = add_token(&x, SCAN_END, 0, x.at, p);
    }
    return ok && !s->text.failed;
}

int conf_scan(struct scan *s, const char *file)
{
    if (!scan_file(s, file, 0, NULL)) {
        diag_say(s->diag, DIAG_ERROR, "out of memory");
        return 0;
    }
    if (!s->errors)
        s->errors += conf_syntax_check(s);
    if (s->errors >= CONF_WRONG)
        diag_say(s->diag, DIAG_ERROR, "%s: the rest of it was not looked at: is it a chain file?", file);
    assay_buf_byte(&s->text, 0);
    return !s->errors && !s->text.failed;
}

struct diag_place conf_scan_place(const struct scan *s, uint32_t line)
{
    for (uint32_t i = s->pieces; i--;)
        if (s->piece[i].from <= line)
            return (struct diag_place){s->piece[i].file, s->piece[i].line + (line - s->piece[i].from), 0, 0};
    return (struct diag_place){NULL, 0, 0, 0};
}

void conf_scan_free(struct scan *s)
{
    assay_buf_free(&s->text);
    free(s->token);
    free(s->piece);
    s->token = NULL;
    s->piece = NULL;
}
