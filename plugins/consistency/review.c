/* SPDX-License-Identifier: Apache-2.0
 *
 * What becomes of a finished finding: suppressed, filtered, marked by an earlier reading, or written.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/json.h>
#include <assay/kit/text.h>

#include "judge.h"

#define KINDS_MOST 16u /* kinds of figures there may be */
#define REVIEW_MAX (64u << 20)

enum { MARK_ACCEPTED, MARK_DISMISSED, MARK_NOTE };
enum { REVIEW_ACCEPTED, REVIEW_DISMISSED, REVIEW_REOPENED }; /* ASSAY_REVIEWS */

static char *read_whole(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *at = NULL;
    size_t room = 0, n = 0;
    if (!file)
        return NULL;
    for (;;) {
        if (n + 65536 > room) {
            room = room ? room * 2 : 1 << 17;
            char *more = room > REVIEW_MAX ? NULL : realloc(at, room);
            if (!more) {
                free(at);
                at = NULL;
                break;
            }
            at = more;
        }
        size_t got = fread(at + n, 1, room - n, file);
        n += got;
        if (!got)
            break;
    }
    fclose(file);
    *size = n;
    return at;
}

/* Strings without escapes point into the file; the few with escapes are copied behind it by the caller's buffer. */
static int keep_text(struct assay_json *json, char *base, struct assay_text *to)
{
    size_t at = (size_t)(json->raw.at - json->begin);
    /* Decoding never makes a string longer, so it goes where it came from. */
    memmove(base + at, json->text.at, json->text.size);
    *to = (struct assay_text){base + at, json->text.size};
    return 1;
}

/* One line {"finding","state","mark","note",...}; 0: not one. */
static int read_mark(char *line, size_t size, struct review_mark *mark)
{
    struct assay_json json;
    enum assay_json_type type;
    int fine = 0, known = 0;
    memset(mark, 0, sizeof *mark);
    memset(&json, 0, sizeof json);
    assay_json_start(&json, (struct assay_text){line, size});
    if (assay_json_next(&json) == ASSAY_JSON_OBJECT) {
        while ((type = assay_json_next(&json)) == ASSAY_JSON_STRING) {
            struct assay_text key = json.text, *to = NULL, word = {NULL, 0};
            if (assay_text_is(key, "finding"))
                to = &mark->finding;
            else if (assay_text_is(key, "state"))
                to = &mark->state;
            else if (assay_text_is(key, "note"))
                to = &mark->note;
            else if (assay_text_is(key, "mark"))
                to = &word;
            type = assay_json_next(&json);
            if (to && type == ASSAY_JSON_STRING)
                keep_text(&json, line, to);
            else if (!assay_json_skip(&json, type, NULL))
                break;
            if (word.at) {
                mark->mark = assay_text_is(word, "accepted")    ? MARK_ACCEPTED
                             : assay_text_is(word, "dismissed") ? MARK_DISMISSED
                                                                : MARK_NOTE;
                known = 1;
            }
        }
        fine = type == ASSAY_JSON_CLOSE && mark->finding.size && known;
    }
    assay_json_done(&json);
    return fine;
}

static assay_status add_mark(struct self *s, const struct review_mark *mark)
{
    struct review_mark *more = realloc(s->mark, (s->marks + 1) * sizeof *more);
    if (!more)
        return ASSAY_ENOMEM;
    s->mark = more;
    s->mark[s->marks++] = *mark;
    return ASSAY_OK;
}

assay_status review_read(struct self *s)
{
    struct assay_text path = s->options->review;
    char name[4096];
    size_t size = 0;
    if (!path.size)
        return ASSAY_OK;
    if (path.size >= sizeof name)
        return s->host->fail(s->host, ASSAY_ECONF, "review: the path is too long");
    memcpy(name, path.at, path.size);
    name[path.size] = 0;
    s->review = read_whole(name, &size);
    if (!s->review)
        return s->host->fail(s->host, ASSAY_ECONF, "review: cannot read %s", name);
    uint32_t line = 0;
    for (size_t at = 0; at < size;) {
        char *begin = s->review + at, *end = memchr(begin, '\n', size - at);
        size_t length = end ? (size_t)(end - begin) : size - at;
        struct review_mark mark;
        line++;
        at += length + 1;
        if (!length)
            continue;
        if (!read_mark(begin, length, &mark))
            return s->host->fail(s->host, ASSAY_ECONF, "%s:%u: not a review mark {\"finding\", \"state\", \"mark\"}",
                                 name, line);
        if (add_mark(s, &mark))
            return ASSAY_ENOMEM;
    }
    return ASSAY_OK;
}

/* The last mark of a finding counts; a note is kept beside a mark. */
static void apply_marks(const struct self *s, struct assay_finding *f)
{
    for (uint32_t i = 0; i < s->marks; i++) {
        const struct review_mark *m = &s->mark[i];
        if (!assay_text_same(m->finding, f->id))
            continue;
        if (m->note.size)
            f->note = m->note;
        if (m->mark == MARK_NOTE)
            continue;
        f->has_review = 1;
        f->review = m->mark == MARK_ACCEPTED              ? REVIEW_ACCEPTED
                    : assay_text_same(m->state, f->state) ? REVIEW_DISMISSED
                                                          : REVIEW_REOPENED;
    }
}

static int is_kind(struct assay_text name, uint32_t kind)
{
    const char *p = ASSAY_KINDS;
    for (uint32_t i = 0; *p; i++) {
        size_t n = strcspn(p, "|");
        if (i == kind && name.size == n && !memcmp(name.at, p, n))
            return 1;
        p += n + (p[n] == '|');
    }
    return 0;
}

int about_knows(const struct self *s, struct assay_text name)
{
    for (uint32_t kind = 0; kind < KINDS_MOST; kind++)
        if (is_kind(name, kind))
            return 1;
    return concepts_find(s->concepts, name) != CONCEPT_NONE;
}

static int wanted(const struct self *s, uint32_t kind, uint32_t concept)
{
    struct assay_list about = s->options->about;
    for (uint32_t i = 0; i < about.count; i++) {
        struct assay_text name = *ASSAY_AT(struct assay_text, about, i);
        uint32_t id = concepts_find(s->concepts, name);
        if (is_kind(name, kind) ||
            (id != CONCEPT_NONE && (id == concept || concepts_part_of(s->concepts, concept, id))))
            return 1;
    }
    return about.count == 0;
}

assay_status deliver(struct self *s, struct assay_out *out, struct assay_finding *f, int64_t weight, uint32_t kind,
                     uint32_t concept)
{
    struct draft draft;
    if (!wanted(s, kind, concept) || f->confidence < s->options->min_confidence)
        return ASSAY_OK;
    memset(&draft, 0, sizeof draft);
    draft.weight = weight;
    draft.id = f->id;
    if (f->claims.count) {
        draft.doc = ASSAY_AT(struct assay_ref, f->claims, 0)->doc;
        draft.claim = ASSAY_AT(struct assay_ref, f->claims, 0)->index;
    }
    draft.finding = *f;
    return s->host->to_corpus(s->host, out, SLOT_DRAFT, &draft);
}

int review_apply(const struct self *s, struct assay_finding *f)
{
    for (uint32_t i = 0; i < s->options->suppress.count; i++)
        if (assay_text_same(*ASSAY_AT(struct assay_text, s->options->suppress, i), f->id))
            return 0;
    apply_marks(s, f);
    return 1;
}
