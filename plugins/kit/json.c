/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON after RFC 8259. The reader checks the grammar strictly; bytes of strings are passed as they are (a text in a
 * legacy charset is the business of whoever decodes it).
 */
#include <assay/kit/json.h>
#include <assay/kit/text.h>

#include <assay/kit/utf8.h>
#include <string.h>

/* ---- writing ---- */

/* Not 0 where a byte of the word is below 0x20, '"' or '\\'. A borrow can only start at such a byte, so the answer is
 * exact. */
static uint64_t special_bytes(uint64_t w)
{
    const uint64_t low = 0x0101010101010101u, high = 0x8080808080808080u;
    uint64_t quote = w ^ low * '"', back = w ^ low * '\\';
    uint64_t hit = (w - low * 0x20) & ~w;
    hit |= (quote - low) & ~quote;
    hit |= (back - low) & ~back;
    return hit & high;
}

/* How many bytes from p on need no escape. */
static size_t plain_run(const char *p, const char *end)
{
    const char *start = p;
    for (; end - p >= 8; p += 8) {
        uint64_t w;
        memcpy(&w, p, 8);
        if (special_bytes(w))
            break;
    }
    while (p < end && (unsigned char)*p >= 0x20 && *p != '"' && *p != '\\')
        p++;
    return (size_t)(p - start);
}

static void add_escaped(struct assay_buf *buf, char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char letter[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    for (const char *l = letter; *l; l += 2)
        if (*l == c) {
            assay_buf_byte(buf, '\\');
            assay_buf_byte(buf, l[1]);
            return;
        }
    char u[6] = {'\\', 'u', '0', '0', hex[(unsigned char)c >> 4], hex[c & 15]};
    assay_buf_add(buf, u, sizeof u);
}

static void add_valid(struct assay_buf *buf, const char *p, const char *end)
{
    while (p < end) {
        size_t n = plain_run(p, end);
        assay_buf_add(buf, p, n);
        p += n;
        if (p < end)
            add_escaped(buf, *p++);
    }
}

void assay_json_text(struct assay_buf *buf, struct assay_text text)
{
    if (!text.at) {
        assay_buf_add(buf, "null", 4);
        return;
    }
    assay_buf_byte(buf, '"');
    const char *p = text.at, *end = p + text.size;
    while (p < end) {
        uint64_t n = assay_utf8_valid(p, (uint64_t)(end - p));
        add_valid(buf, p, p + n);
        p += n;
        if (p < end) {
            assay_buf_add(buf, "\xef\xbf\xbd", 3);
            p++;
        }
    }
    assay_buf_byte(buf, '"');
}

void assay_json_real(struct assay_buf *buf, double value)
{
    char line[32];
    assay_buf_add(buf, line, assay_print_real(line, value));
}

void assay_json_u64(struct assay_buf *buf, uint64_t value)
{
    char line[20], *p = line + sizeof line;
    do
        *--p = (char)('0' + value % 10);
    while (value /= 10);
    assay_buf_add(buf, p, (size_t)(line + sizeof line - p));
}

void assay_json_i64(struct assay_buf *buf, int64_t value)
{
    if (value < 0)
        assay_buf_byte(buf, '-');
    assay_json_u64(buf, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void assay_json_key(struct assay_buf *buf, int *first, const char *key)
{
    if (!*first)
        assay_buf_byte(buf, ',');
    *first = 0;
    assay_json_text(buf, (struct assay_text){key, strlen(key)});
    assay_buf_byte(buf, ':');
}

/* ---- reading ---- */

enum { DEPTH_MAX = 64 };

/* What is expected next. */
enum { VALUE, FIRST_VALUE, FIRST_KEY, KEY, COLON, AFTER, DONE, FAILED };

void assay_json_start(struct assay_json *json, struct assay_text input)
{
    struct assay_buf scratch = json->scratch;
    *json = (struct assay_json){.begin = input.at, .at = input.at, .end = input.at + input.size, .scratch = scratch};
    json->state = VALUE;
}

void assay_json_done(struct assay_json *json)
{
    assay_buf_free(&json->scratch);
}

static enum assay_json_type fail(struct assay_json *json, const char *error)
{
    json->error = error;
    json->state = FAILED;
    return ASSAY_JSON_ERROR;
}

static void skip_space(struct assay_json *json)
{
    const char *p = json->at;
    while (p < json->end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
        p++;
    json->at = p;
}

static enum assay_json_type value_done(struct assay_json *json, enum assay_json_type type)
{
    json->state = json->depth ? AFTER : DONE;
    return type;
}

static int hex4(const char *p, const char *end, uint32_t *value)
{
    if (end - p < 4)
        return 0;
    uint32_t v = 0;
    for (int i = 0; i < 4; i++) {
        int digit = assay_hex_digit(p[i]);
        if (digit < 0)
            return 0;
        v = v << 4 | (uint32_t)digit;
    }
    *value = v;
    return 1;
}

/* \uXXXX, and its second half after a high surrogate; a lone surrogate becomes U+FFFD. p stands behind the u; gives the
 * place behind the escape, or NULL. */
static const char *read_unicode(struct assay_json *json, const char *p)
{
    uint32_t cp, low;
    if (!hex4(p, json->end, &cp))
        return NULL;
    p += 4;
    if (cp >= 0xd800 && cp < 0xdc00 && json->end - p >= 6 && p[0] == '\\' && p[1] == 'u' &&
        hex4(p + 2, json->end, &low) && low >= 0xdc00 && low < 0xe000) {
        cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
        p += 6;
    }
    char utf8[4];
    assay_buf_add(&json->scratch, utf8, assay_utf8_put(utf8, cp));
    return p;
}

/* Behind a backslash; gives the place behind the escape, or NULL. */
static const char *read_escape(struct assay_json *json, const char *p)
{
    static const char letter[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
    if (p == json->end)
        return NULL;
    if (*p == 'u')
        return read_unicode(json, p + 1);
    for (const char *l = letter; *l; l += 2)
        if (*l == *p) {
            assay_buf_byte(&json->scratch, l[1]);
            return p + 1;
        }
    return NULL;
}

/* At the opening quote. Fills text and raw. 0: error. */
static int read_string(struct assay_json *json)
{
    const char *begin = json->at + 1, *p = begin, *kept = begin;
    int escaped = 0;
    json->scratch.size = 0;
    for (;;) {
        p += plain_run(p, json->end);
        if (p == json->end || (unsigned char)*p < 0x20) {
            json->at = p;
            fail(json, p == json->end ? "string without end" : "control character in a string");
            return 0;
        }
        if (*p == '"')
            break;
        assay_buf_add(&json->scratch, kept, (size_t)(p - kept));
        escaped = 1;
        kept = read_escape(json, p + 1);
        if (!kept) {
            json->at = p;
            fail(json, "bad escape in a string");
            return 0;
        }
        p = kept;
    }
    json->raw = json->text = (struct assay_text){begin, (uint64_t)(p - begin)};
    if (escaped) {
        assay_buf_add(&json->scratch, kept, (size_t)(p - kept));
        json->text = (struct assay_text){json->scratch.at ? json->scratch.at : "", json->scratch.size};
    }
    json->at = p + 1;
    if (json->scratch.failed) {
        fail(json, "out of memory");
        return 0;
    }
    return 1;
}

static const char *skip_digits(const char *p, const char *end)
{
    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return p;
}

static enum assay_json_type read_number(struct assay_json *json)
{
    const char *begin = json->at, *end = json->end, *p = begin + (*begin == '-');
    const char *digits = p;
    p = skip_digits(p, end);
    if (p == digits || (*digits == '0' && p - digits > 1))
        return fail(json, "bad number");
    if (p < end && *p == '.') {
        digits = ++p;
        p = skip_digits(p, end);
        if (p == digits)
            return fail(json, "bad number");
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        p += p < end && (*p == '+' || *p == '-');
        digits = p;
        p = skip_digits(p, end);
        if (p == digits)
            return fail(json, "bad number");
    }
    json->text = (struct assay_text){begin, (uint64_t)(p - begin)};
    json->at = p;
    return value_done(json, ASSAY_JSON_NUMBER);
}

static enum assay_json_type read_word(struct assay_json *json, const char *word, enum assay_json_type type)
{
    size_t n = strlen(word);
    if ((size_t)(json->end - json->at) < n || memcmp(json->at, word, n) != 0)
        return fail(json, "a value was expected");
    json->at += n;
    return value_done(json, type);
}

static enum assay_json_type open_container(struct assay_json *json)
{
    if (json->depth == DEPTH_MAX)
        return fail(json, "nested too deep");
    int object = *json->at == '{';
    json->stack[json->depth++] = (unsigned char)*json->at;
    json->at++;
    json->state = object ? FIRST_KEY : FIRST_VALUE;
    return object ? ASSAY_JSON_OBJECT : ASSAY_JSON_ARRAY;
}

static enum assay_json_type read_value(struct assay_json *json)
{
    switch (*json->at) {
    case '{':
    case '[':
        return open_container(json);
    case '"':
        return read_string(json) ? value_done(json, ASSAY_JSON_STRING) : ASSAY_JSON_ERROR;
    case 't':
        return read_word(json, "true", ASSAY_JSON_TRUE);
    case 'f':
        return read_word(json, "false", ASSAY_JSON_FALSE);
    case 'n':
        return read_word(json, "null", ASSAY_JSON_NULL);
    default:
        if (*json->at == '-' || (*json->at >= '0' && *json->at <= '9'))
            return read_number(json);
        return fail(json, "a value was expected");
    }
}

static enum assay_json_type close_container(struct assay_json *json)
{
    json->at++;
    json->depth--;
    return value_done(json, ASSAY_JSON_CLOSE);
}

static enum assay_json_type read_key(struct assay_json *json)
{
    if (*json->at != '"')
        return fail(json, "a key was expected");
    if (!read_string(json))
        return ASSAY_JSON_ERROR;
    json->state = COLON;
    return ASSAY_JSON_STRING;
}

/* Behind a value in a container: its end, or a comma and what follows. */
static enum assay_json_type read_after(struct assay_json *json)
{
    int object = json->stack[json->depth - 1] == '{';
    if (*json->at == (object ? '}' : ']'))
        return close_container(json);
    if (*json->at != ',')
        return fail(json, object ? "',' or '}' was expected" : "',' or ']' was expected");
    json->at++;
    skip_space(json);
    if (json->at == json->end)
        return fail(json, "the value has no end");
    return object ? read_key(json) : read_value(json);
}

enum assay_json_type assay_json_next(struct assay_json *json)
{
    if (json->state == FAILED)
        return ASSAY_JSON_ERROR;
    skip_space(json);
    if (json->state == DONE)
        return json->at == json->end ? ASSAY_JSON_END : fail(json, "something follows the value");
    if (json->at == json->end)
        return fail(json, json->at == json->begin ? "nothing there" : "the value has no end");
    switch (json->state) {
    case FIRST_KEY:
        return *json->at == '}' ? close_container(json) : read_key(json);
    case FIRST_VALUE:
        return *json->at == ']' ? close_container(json) : read_value(json);
    case COLON:
        if (*json->at != ':')
            return fail(json, "':' was expected");
        json->at++;
        skip_space(json);
        return json->at == json->end ? fail(json, "the value has no end") : read_value(json);
    case AFTER:
        return read_after(json);
    default:
        return read_value(json);
    }
}

int assay_json_skip(struct assay_json *json, enum assay_json_type type, struct assay_text *whole)
{
    const char *begin;
    switch (type) {
    case ASSAY_JSON_ERROR:
    case ASSAY_JSON_END:
    case ASSAY_JSON_CLOSE:
        return 0;
    case ASSAY_JSON_NULL:
    case ASSAY_JSON_TRUE:
        begin = json->at - 4;
        break;
    case ASSAY_JSON_FALSE:
        begin = json->at - 5;
        break;
    case ASSAY_JSON_NUMBER:
        begin = json->text.at;
        break;
    case ASSAY_JSON_STRING:
        begin = json->raw.at - 1;
        break;
    default:
        begin = json->at - 1;
        for (uint32_t depth = json->depth - 1; json->depth > depth;)
            if (assay_json_next(json) == ASSAY_JSON_ERROR)
                return 0;
    }
    if (whole)
        *whole = (struct assay_text){begin, (uint64_t)(json->at - begin)};
    return 1;
}
