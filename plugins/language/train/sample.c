/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"

#include <string.h>

#include <assay/kit/token.h>
#include <assay/kit/utf8.h>

#include "../grams.h"

uint32_t sampler_draw(struct sampler *s, uint32_t below)
{
    s->random ^= s->random << 13;
    s->random ^= s->random >> 7;
    s->random ^= s->random << 17;
    return below ? (uint32_t)((s->random >> 32) * below >> 32) : 0;
}

static uint32_t append(char *to, uint32_t used, struct str s)
{
    if (used + s.size + 2 > SAMPLE_MOST)
        return used;
    memcpy(to + used, s.at, s.size);
    to[used + s.size] = ' ';
    return used + s.size + 1;
}

static struct str some_word(struct sampler *s, const struct texts *t)
{
    uint32_t u = sampler_draw(s, 10);
    if (t->words && (u < 6 || !t->types))
        return t->word[sampler_draw(s, t->words)];
    if (t->commons && u >= 8)
        return t->common[sampler_draw(s, t->commons)];
    return t->types ? t->type[sampler_draw(s, t->types)] : (struct str){"", 0};
}

/* No language: strings of random letters, of one row of keys, of hexadecimal digits; or what programs are full of. */
static uint32_t gibberish(struct sampler *s, char *to)
{
    static const char *const keys[] = {
        "abcdefghijklmnopqrstuvwxyz", "bcdfghjklmnpqrstvwxz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdef", "xyzqwk"};
    static const char *const code[] = {
        "i",     "j",     "k",    "n",    "x",      "y",      "a",       "b",      "c",       "p",    "q",
        "s",     "t",     "int",  "char", "void",   "const",  "static",  "struct", "null",    "nil",  "var",
        "func",  "fn",    "def",  "elif", "endif",  "printf", "println", "argv",   "argc",    "std",  "cout",
        "endl",  "vec",   "foo",  "bar",  "baz",    "tmp",    "idx",     "arr",    "obj",     "args", "kwargs",
        "async", "await", "bool", "uint", "malloc", "sizeof", "typedef", "enum",   "href",    "div",  "px",
        "css",   "html",  "src",  "img",  "http",   "json",   "xml",     "sql",    "varchar", "usr",  "lib",
        "cfg",   "conf",  "env",  "sudo", "grep",   "awk",    "sed",     "mkdir",  "chmod",   "len",  "str",
        "ptr",   "sum",   "max",  "min",  "for",    "if",     "else",    "return", "while"};
    uint32_t used = 0, words = 1 + sampler_draw(s, 6), is_code = s->tuning && sampler_draw(s, 2);
    if (is_code)
        words += 3;
    while (words--) {
        const char *from = is_code ? code[sampler_draw(s, sizeof code / sizeof code[0])] : keys[sampler_draw(s, 7)];
        uint32_t letters = (uint32_t)strlen(from), n = is_code ? letters : 4 + sampler_draw(s, 12);
        for (uint32_t i = 0; i < n; i++)
            to[used++] = from[is_code ? i : sampler_draw(s, letters)];
        to[used++] = ' ';
    }
    return used;
}

static uint32_t window(struct sampler *s, char *to, const struct texts *t)
{
    struct str line = t->line[sampler_draw(s, t->lines)];
    uint32_t a = 0, b = line.size > 1500 ? 1500 : line.size;
    int spaceless = s->group == GROUP_HAN;
    if (sampler_draw(s, 4) && b > 12) {
        a = sampler_draw(s, b - 8);
        while (a > 0 && line.at[a - 1] != ' ' && !(spaceless && assay_utf8_border(line.at, line.size, a)))
            a--;
        uint32_t stop = a + 4 + sampler_draw(s, 66);
        while (stop < b && line.at[stop] != ' ' && !(spaceless && assay_utf8_border(line.at, line.size, stop)))
            stop++;
        b = stop < b ? stop : b;
    }
    return append(to, 0, (struct str){line.at + a, b - a});
}

/* Romanian with cedillas for commas, as older systems wrote it. */
static void with_cedillas(char *p, uint32_t size)
{
    for (uint32_t i = 0; i + 1 < size; i++)
        if ((unsigned char)p[i] == 0xc8 && (unsigned char)p[i + 1] >= 0x98 && (unsigned char)p[i + 1] <= 0x9b) {
            p[i] = (char)0xc5;
            p[i + 1] = (char)((unsigned char)p[i + 1] + ((unsigned char)p[i + 1] < 0x9a ? 6 : 8));
        }
}

uint32_t sampler_take(struct sampler *s, char *to, uint32_t class, int *of_text)
{
    const struct texts *t = s->corpus->texts + class;
    *of_text = 0;
    if (!t->lines && !t->words)
        return gibberish(s, to);
    uint32_t used = 0;
    if (s->tuning && t->phrases && sampler_draw(s, 100) < 8) {
        used = append(to, used, t->phrase[sampler_draw(s, t->phrases)]);
    } else if (t->words + t->types && (!t->lines || sampler_draw(s, 100) < 50)) {
        uint32_t u = sampler_draw(s, 10), n = u < 6 ? 1 : u < 9 ? 2 : 3;
        while (n--)
            used = append(to, used, some_word(s, t));
    } else {
        *of_text = 1;
        used = window(s, to, t);
    }
    const char *name = s->corpus->name[class];
    uint32_t plain = !strcmp(name, "ro") ? 20 : 10;
    if (s->group == GROUP_LATIN && sampler_draw(s, 100) < plain) {
        char folded[SAMPLE_MOST];
        size_t n = assay_fold_text(folded, sizeof folded, to, used);
        memcpy(to, folded, n);
        used = (uint32_t)n;
    } else if (!strcmp(name, "ro") && sampler_draw(s, 2)) {
        with_cedillas(to, used);
    }
    return used;
}
