/* SPDX-License-Identifier: Apache-2.0
 *
 * Credits stand in few places: brackets or slashes that open a line before a dash, brackets or a few words behind the
 * last sentence, and the first sentence, where an agency of the list is named. What is named later is the source of
 * its own sentence alone, which is the speaker's business.
 */
#include <stdlib.h>
#include <string.h>

#include <assay/kit/lexicon.h>
#include <assay/kit/newsrooms.h>
#include <assay/kit/text.h>
#include <assay/kit/token.h>
#include <assay/layers/text.h>

#include "cited.h"
#include "credit.h"

enum {
    FORMS = 1024,       /* names of agencies and newspapers, and of what is none */
    FORM_BYTES = 64,
    HEAD_LINES = 6,     /* of a text that may be opened by an agency */
    OPENING = 90,       /* bytes of a line within which brackets are closed */
    NAME_BYTES = 40,
    LEAD_SENTENCES = 1,
    HEADINGS = 12,      /* lines before it, at most */
    LEAD_BYTES = 800,   /* in all */
    TAIL_BYTES = 60,    /* behind the last sentence */
    ENDED = 8           /* bytes of a name that may take an ending */
};

/* EXACT: as written only; MEDIUM: a newspaper, which is the source of single sentences; UNSURE: not in running text;
 * NONE: no name at all. */
enum { FORM_LOOSE, FORM_EXACT, FORM_MEDIUM, FORM_MEDIUM_EXACT, FORM_UNSURE, FORM_NONE };

struct form {
    char folded[FORM_BYTES];
    struct assay_text written, agency; /* agency: its first name */
    uint32_t size, kind;
};

struct credits {
    struct assay_newsrooms newsrooms;
    struct assay_lexicon own;
    struct form form[FORMS];
    uint32_t forms;
    uint32_t first[257]; /* of the forms whose first byte is so much or more */
    struct cited_words *cited;
    unsigned char begins[1024]; /* 1 where a form begins with these two letters of ASCII: five bits of each */
};

static int by_folded(const void *a, const void *b)
{
    const struct form *x = a, *y = b;
    uint32_t least = x->size < y->size ? x->size : y->size;
    int order = memcmp(x->folded, y->folded, least);
    if (order || x->size != y->size)
        return order ? order : x->size > y->size ? -1 : 1; /* the longer one first */
    return x->kind < y->kind ? 1 : -(x->kind > y->kind);  /* what is marked first */
}

static void add_form(struct credits *c, struct assay_text written, struct assay_text agency, uint32_t kind)
{
    if (c->forms == FORMS || !written.size || written.size >= FORM_BYTES / 2)
        return;
    struct form *f = &c->form[c->forms++];
    *f = (struct form){.written = written, .agency = agency, .kind = kind};
    f->size = (uint32_t)assay_fold_text(f->folded, sizeof f->folded, written.at, written.size);
}

static void add_newsrooms(struct credits *c)
{
    for (uint32_t i = 0; i < c->newsrooms.count; i++) {
        const struct assay_newsroom *n = &c->newsrooms.at[i];
        uint32_t kind = n->kind & ASSAY_NEWSROOM_MEDIUM ? FORM_MEDIUM : FORM_LOOSE;
        kind = n->kind & ASSAY_NEWSROOM_UNSURE ? FORM_UNSURE : kind + (n->kind & ASSAY_NEWSROOM_EXACT);
        add_form(c, n->form, n->name, kind);
    }
}

/* What is no name. 0: own.error says why. */
static int add_no_names(struct credits *c)
{
    const struct assay_lexicon_item *list;
    struct assay_text form;
    if (!assay_lexicon_want(&c->own, &c->own.root, "no_names", ASSAY_LEXICON_ARRAY, 0, &list))
        return 0;
    for (uint32_t i = 0; list && i < list->count; i++)
        for (struct assay_text line = list->first[i].text; assay_lexicon_form(&line, &form);)
            add_form(c, form, form, FORM_NONE);
    return 1;
}

/* The path of a lexicon; size 0: it is not there. */
static assay_status find_file(const struct assay_host *host, const char *name, struct assay_text *path)
{
    assay_status status = host->find(host, name, path);
    if (status == ASSAY_NO)
        *path = (struct assay_text){NULL, 0};
    return status == ASSAY_NO ? ASSAY_OK : status;
}

static int is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static uint32_t two_letters(const char *at)
{
    return (((uint32_t)at[0] & 31u) << 5) | ((uint32_t)at[1] & 31u);
}

static void make_index(struct credits *c)
{
    for (uint32_t i = 0; i < c->forms; i++)
        if (c->form[i].size > 1)
            c->begins[two_letters(c->form[i].folded)] = 1;
    qsort(c->form, c->forms, sizeof *c->form, by_folded);
    for (uint32_t byte = 0, i = 0; byte <= 256; byte++) {
        while (i < c->forms && (unsigned char)c->form[i].folded[0] < byte)
            i++;
        c->first[byte] = i;
    }
}

static const char sections[] =
    "no_names|citing|media_words|reports|hearsay|back|of|breaks|own|releases|authorities|articles|forms";

assay_status credits_load(const struct assay_host *host, struct credits **to)
{
    struct assay_text names, words;
    struct credits *c = *to = calloc(1, sizeof *c);
    if (!c)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    assay_status status = find_file(host, "lexicon/newsrooms.cfg", &names);
    status = status ? status : find_file(host, "lexicon/credits.cfg", &words);
    if (status)
        return status;
    if (names.size && !assay_newsrooms_read(&c->newsrooms, names.at))
        return host->fail(host, ASSAY_ECONF, "%s", c->newsrooms.file.error);
    add_newsrooms(c);
    if (words.size && (!assay_lexicon_read(&c->own, words.at) || !assay_lexicon_known(&c->own, &c->own.root, sections) ||
                       !add_no_names(c)))
        return host->fail(host, ASSAY_ECONF, "%s", c->own.error);
    if (!cited_load(&c->cited, &c->own))
        return host->fail(host, ASSAY_ECONF, "%s", c->own.error[0] ? c->own.error : "out of memory");
    make_index(c);
    return ASSAY_OK;
}

void credits_free(struct credits *c)
{
    if (!c)
        return;
    assay_newsrooms_free(&c->newsrooms);
    assay_lexicon_free(&c->own);
    cited_free(c->cited);
    free(c);
}

int credit_next(struct assay_text *names, struct assay_text *name)
{
    const char *end = names->size ? memchr(names->at, '\n', names->size) : NULL;
    if (!end)
        return 0;
    *name = (struct assay_text){names->at, (uint64_t)(end - names->at)};
    names->size -= name->size + 1;
    names->at = end + 1;
    return 1;
}

static void add_name(struct assay_buf *to, struct assay_text name)
{
    struct assay_text known = {to->at, to->size}, one;
    while (credit_next(&known, &one))
        if (assay_text_same(one, name))
            return;
    assay_buf_add(to, name.at, name.size);
    assay_buf_byte(to, '\n');
}

/* 1 where a letter begins at byte i; quotation marks, dashes and hard blanks begin with 0xc2 and 0xe2. */
static int letter_at(struct assay_text t, uint64_t i)
{
    unsigned char u = i < t.size ? (unsigned char)t.at[i] : 0;
    return (u >= 0xc3 && u != 0xe2) || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z');
}

static struct assay_text trimmed(struct assay_text t)
{
    while (t.size && strchr(" \t\r\n", t.at[0]))
        t = (struct assay_text){t.at + 1, t.size - 1};
    while (t.size && strchr(" \t\r\n", t.at[t.size - 1]))
        t.size--;
    return t;
}

/* Past the ending that a name in Cyrillic letters takes: "Интерфаксу", "Рейтером". */
static uint64_t over_ending(struct assay_text words, uint64_t i, const struct form *form)
{
    unsigned char last = (unsigned char)form->written.at[form->written.size - 1];
    uint64_t end = i;
    while (form->written.size >= ENDED && last >= 0x80 && end < words.size && end < i + 4 && letter_at(words, end))
        end += 2;
    return letter_at(words, end) ? i : end;
}

/* The form that begins at byte i of the words, the longest; NULL: none. Folding keeps the bytes of what is compared
 * apart, so that the words themselves are folded from i on. */
static const struct form *form_at(const struct credits *c, struct assay_text words, uint64_t i, uint64_t *end)
{
    char folded[FORM_BYTES];
    uint64_t left = words.size - i < FORM_BYTES / 2 ? words.size - i : FORM_BYTES / 2;
    if (left < 2 || (is_ascii_letter(words.at[i]) && is_ascii_letter(words.at[i + 1]) &&
                     !c->begins[two_letters(words.at + i)]))
        return NULL; /* most words */
    uint64_t size = assay_fold_text(folded, sizeof folded, words.at + i, left);
    unsigned char byte = size ? (unsigned char)folded[0] : 0;
    for (uint32_t f = c->first[byte]; f < c->first[byte + 1]; f++) {
        const struct form *form = &c->form[f];
        struct assay_text written = {words.at + i, form->written.size};
        if (form->size > size || memcmp(form->folded, folded, form->size) || written.size > left)
            continue;
        uint64_t behind = over_ending(words, i + written.size, form);
        int joined = behind < words.size && words.at[behind] == '-' && letter_at(words, behind + 1);
        if (letter_at(words, behind) || joined)
            continue; /* "Interfax-Ukraine" is another one */
        if ((form->kind == FORM_EXACT || form->kind == FORM_MEDIUM_EXACT) && !assay_text_same(written, form->written))
            continue;
        *end = behind;
        return form;
    }
    return NULL;
}

/* Agencies named in the words; `running`: in text that may mean other things by short names. */
static void agencies_in(const struct credits *c, struct assay_text words, int running, struct assay_buf *to)
{
    int inside = 0; /* a word */
    for (uint64_t i = 0, end; i < words.size; i++) {
        if (((unsigned char)words.at[i] & 0xc0) == 0x80)
            continue;
        int begins = !inside && letter_at(words, i);
        inside = begins || (inside && letter_at(words, i));
        const struct form *form = begins ? form_at(c, words, i, &end) : NULL;
        if (!form)
            continue;
        if (form->kind == FORM_LOOSE || (form->kind != FORM_UNSURE && form->kind != FORM_NONE && !running))
            add_name(to, form->agency);
        i = end - 1;
    }
}

/* A part of what stands in brackets, "dpa" of "dpa/lno": an agency, or a name that is not known, as it is written. */
static void add_part(const struct credits *c, struct assay_text part, struct assay_buf *to)
{
    uint64_t end;
    uint32_t words = 1;
    part = trimmed(part);
    if (part.size < 2 || part.size > NAME_BYTES)
        return;
    const struct form *form = form_at(c, part, 0, &end);
    if (form && end == part.size) {
        if (form->kind != FORM_NONE)
            add_name(to, form->agency);
        return;
    }
    size_t before = to->size;
    agencies_in(c, part, 0, to);
    if (to->size != before)
        return; /* "avec AFP", "mit Material der dpa" */
    for (uint64_t i = 0; i < part.size; i++) {
        if (strchr("0123456789:;?!()\n\"", part.at[i]))
            return;
        words += part.at[i] == ' ';
    }
    if (words <= 4)
        add_name(to, part);
}

static void add_parts(const struct credits *c, struct assay_text names, struct assay_buf *to)
{
    for (uint64_t begin = 0, i = 0; i <= names.size; i++)
        if (i == names.size || strchr("/,+", names.at[i])) {
            add_part(c, (struct assay_text){names.at + begin, i - begin}, to);
            begin = i + 1;
        }
}

/* 1 where the bytes from i on are a dash, maybe behind blanks. */
static int dash_at(struct assay_text line, uint64_t i)
{
    while (i < line.size && line.at[i] == ' ')
        i++;
    return (i < line.size && line.at[i] == '-') ||
           (i + 3 <= line.size && (!memcmp(line.at + i, "\xe2\x80\x93", 3) || !memcmp(line.at + i, "\xe2\x80\x94", 3)));
}

/* "PARIS (AFP) -", "(dpa) Nach", "МОСКВА, 3 июня. /ТАСС/. Урожай". */
static void of_opening(const struct credits *c, struct assay_text line, struct assay_buf *to)
{
    uint64_t most = line.size < OPENING ? line.size : OPENING;
    const char *open = memchr(line.at, '(', most), *slash = memchr(line.at, '/', most);
    char close = open ? ')' : '/';
    uint64_t begin = open ? (uint64_t)(open - line.at) + 1 : slash ? (uint64_t)(slash - line.at) + 1 : 0;
    const char *end = begin && begin < line.size ? memchr(line.at + begin, close, line.size - begin) : NULL;
    uint64_t behind = end ? (uint64_t)(end - line.at) + 1 : 0;
    if (!end || behind - begin > NAME_BYTES + 1 || behind >= line.size)
        return;
    int first = begin == 1 && line.at[behind] == ' ';
    int point = !open && begin > 1 && line.at[begin - 2] == ' ' && strchr(". ", line.at[behind]);
    if (first || point || dash_at(line, behind))
        add_parts(c, (struct assay_text){line.at + begin, behind - 1 - begin}, to);
}

static void of_head(const struct credits *c, struct assay_text text, struct assay_buf *to)
{
    for (uint32_t lines = 0; text.size && lines < HEAD_LINES;) {
        const char *end = memchr(text.at, '\n', text.size);
        uint64_t size = end ? (uint64_t)(end - text.at) : text.size;
        struct assay_text line = trimmed((struct assay_text){text.at, size});
        size += end != NULL;
        text = (struct assay_text){text.at + size, text.size - size};
        lines += line.size != 0;
        if (line.size)
            of_opening(c, line, to);
    }
}

/* "... said. (AFP)", "... sagte er. dpa/lno", a last line "Quelle: dpa". */
static void of_tail(const struct credits *c, struct assay_text text, struct assay_buf *to)
{
    text = trimmed(text);
    uint64_t from = text.size > TAIL_BYTES ? text.size - TAIL_BYTES : 0, at = text.size, line = from;
    if (!text.size || strchr(".!?", text.at[text.size - 1]))
        return;
    while (at > from && !strchr(".!?\n(\"", text.at[at - 1]))
        at--;
    for (uint64_t i = from; i < text.size; i++)
        line = text.at[i] == '\n' ? i + 1 : line;
    int brackets = text.at[text.size - 1] == ')';
    struct assay_text names = {text.at + at, text.size - at - (brackets != 0)};
    if (at == from || (brackets && text.at[at - 1] != '('))
        return;
    if (line > from)
        agencies_in(c, (struct assay_text){text.at + line, text.size - line}, 0, to);
    add_parts(c, names, to);
}

uint64_t credits_lead(struct assay_list sentences)
{
    uint64_t end = 0;
    for (uint32_t i = 0, read = 0; i < sentences.count && i < HEADINGS && read < LEAD_SENTENCES; i++) {
        const struct assay_sentence *s = ASSAY_AT(struct assay_sentence, sentences, i);
        read += !s->heading;
        end = s->span.end;
    }
    return end;
}

void credits_of_text(const struct credits *c, struct assay_text text, struct assay_list sentences, struct assay_buf *to)
{
    uint64_t lead = credits_lead(sentences);
    agencies_in(c, (struct assay_text){text.at, lead < LEAD_BYTES ? lead : LEAD_BYTES}, 1, to);
    of_head(c, text, to);
    of_tail(c, text, to);
}

struct assay_text credits_name(const struct credits *c, struct assay_text text)
{
    uint64_t end;
    const struct form *form = form_at(c, text, 0, &end);
    return form && end == text.size && form->kind != FORM_NONE ? form->agency : text;
}

const struct cited_words *credits_cited(const struct credits *c)
{
    return c->cited;
}

void credits_of_speaker(const struct credits *c, struct assay_text words, struct assay_buf *to)
{
    agencies_in(c, words, 0, to);
}
