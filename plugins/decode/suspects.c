/* SPDX-License-Identifier: Apache-2.0 */
#include "suspects.h"

#include <assay/kit/utf8.h>
#include <string.h>

#define PLACES 256u /* taken from the sieve at once */
#define AROUND 9u   /* characters: the one before a sequence, the longest sequence, two behind it */
#define NEAR 18u    /* bytes: no sequence is longer */

static int needs_look(const char *p, const char *end)
{
    for (uint64_t w; end - p >= 8; p += 8) {
        memcpy(&w, p, 8);
        if (w & 0x8080808080808080u)
            return 1;
    }
    for (; p < end; p++)
        if ((unsigned char)*p >= 0x80)
            return 1;
    return 0;
}

/* End of the piece that begins at p: behind the line, or at a space or a character's border where it is too long. */
static const char *piece_end(const char *p, const char *end)
{
    size_t left = (size_t)(end - p);
    const char *line = memchr(p, '\n', left < PIECE_MAX ? left : PIECE_MAX);
    if (line || left <= PIECE_MAX)
        return line ? line + 1 : end;
    const char *cut = p + PIECE_MAX, *space = memrchr(p + 1, ' ', PIECE_MAX - 1);
    if (space)
        return space;
    while (((unsigned char)*cut & 0xc0) == 0x80)
        cut--;
    return cut;
}

/* Accented letters in a row, and what stands before them. */
struct row {
    uint32_t letters, before;
};

/* The row has ended before cp: whether it could be a word in windows-1251. */
static uint32_t end_row(struct row *row, uint32_t cp)
{
    int word = row->letters >= 3 && row->letters <= CYRILLIC_WORD_MOST && !cyrillic_never_beside(row->before) &&
               !cyrillic_never_beside(cp);
    *row = (struct row){0, cp};
    return word ? LOOK_WORDS : 0;
}

/* Looks at each character, one look-up for most. The text is valid. */
static uint32_t look(const struct views *views, const char *text, const char *text_end)
{
    const unsigned char *p = (const unsigned char *)text, *end = (const unsigned char *)text_end;
    uint32_t before = 0, found = 0, cp;
    struct row row = {0};
    while (p < end) {
        if (*p < 0x80) {
            before = 0;
            found |= end_row(&row, *p++);
            continue;
        }
        if (*p < 0xe0) {
            cp = (*p & 0x1fu) << 6 | (p[1] & 0x3fu);
            p += 2;
        } else {
            p += assay_utf8_next((const char *)p, text_end, &cp);
        }
        if (cp < 0x100) {
            found |= cp < 0xa0 ? LOOK_UTF8 : 0;
        }
        if (cp >= 0xc0 && cp < 0x100) {
            found |= LOOK_LETTERS;
            row.letters++;
        } else {
            found |= end_row(&row, cp);
        }
        uint32_t mask = before ? views_trail(views, cp) & views_lead(views, before) : 0;
        if (mask && !(found & LOOK_UTF8) && mojibake_possible(views, mask, before, cp, (const char *)p, text_end))
            found |= LOOK_UTF8;
        before = cp;
    }
    return found | end_row(&row, 0);
}

/* ---- the quick way ---- */

/* A piece of which some places have been looked at. */
struct piece {
    const char *begin, *end;
    const char *last;       /* the last sequence, at its second character; NULL: none yet */
    uint32_t points[VIEWS]; /* no less than its sequences so far give the line */
};

struct finding {
    const struct views *views;
    struct assay_text text;
    struct assay_buf *to;
    struct piece piece; /* all before its end is done, if it is */
    int done;
};

/* Takes the piece that holds p. */
static void take_piece(struct finding *f, const char *p)
{
    const char *from = f->piece.end, *end = f->text.at + f->text.size, *line = memrchr(from, '\n', (size_t)(p - from));
    const char *begin = line ? line + 1 : from, *next = piece_end(begin, end);
    while (next <= p) {
        begin = next;
        next = piece_end(begin, end);
    }
    f->piece = (struct piece){.begin = begin, .end = next};
    f->done = 0;
}

static void finish_piece(struct finding *f)
{
    struct suspect s = {f->piece.begin, f->piece.end, look(f->views, f->piece.begin, f->piece.end)};
    if (s.found & (LOOK_UTF8 | LOOK_WORDS))
        assay_buf_add(f->to, &s, sizeof s);
    f->done = 1;
}

/* Part of a line: where it was cut points differ. */
static int is_part(const struct finding *f)
{
    const char *begin = f->piece.begin, *end = f->piece.end;
    return (begin > f->text.at && begin[-1] != '\n') || (end < f->text.at + f->text.size && end[-1] != '\n');
}

static const char *character_before(const char *p)
{
    do
        p--;
    while (((unsigned char)*p & 0xc0) == 0x80);
    return p;
}

/* 1 where the piece has enough now. Adds what the sequences that begin at `lead` can give the line at most. */
static int add_points(struct finding *f, uint32_t mask, const char *lead, const char *p)
{
    struct piece *piece = &f->piece;
    struct cell cell[AROUND];
    uint32_t cells = 0, first = lead > piece->begin;
    const char *q = first ? character_before(lead) : lead;
    for (; cells < AROUND && q < piece->end; cells++) {
        cell[cells].changed = 0;
        q += assay_utf8_next(q, piece->end, &cell[cells].cp);
    }
    int row = piece->last && p - piece->last <= NEAR;
    piece->last = p;
    return mojibake_add_points(f->views, mask, cell + first, cell, cell + cells, row, piece->points);
}

static uint32_t point_at(const char *p, const char *end)
{
    uint32_t cp = 0;
    if (p < end)
        assay_utf8_next(p, end, &cp);
    return cp;
}

static int is_accented(const char *p, const char *end)
{
    return end - p >= 2 && (unsigned char)*p == 0xc3 && (unsigned char)p[1] >= 0x80;
}

/* Whether the accented letters in a row around p could be a word in windows-1251. Goes no further than words are
 * long. */
static int is_row_of_words(struct assay_text text, const char *p)
{
    const char *begin = p, *end = text.at + text.size, *behind = p;
    const uint32_t most = 2 * (CYRILLIC_WORD_MOST + 1);
    while (begin - text.at >= 2 && p - begin < most && is_accented(begin - 2, begin))
        begin -= 2;
    while (behind - p < most && is_accented(behind, end))
        behind += 2;
    struct row row = {(uint32_t)(behind - begin) / 2, begin > text.at ? point_at(character_before(begin), begin) : 0};
    return end_row(&row, point_at(behind, end)) != 0;
}

/* Looks at the character that begins at p, which the sieve let pass. */
static void look_at(struct finding *f, const char *p)
{
    const char *text = f->text.at, *end = text + f->text.size, *lead;
    uint32_t before, cp, mask = 0;
    const char *behind = p + assay_utf8_next(p, end, &cp);
    int sure = cp < 0xa0;
    if (!sure && (p == text || (unsigned char)p[-1] < 0x80))
        return;
    lead = sure ? p : character_before(p);
    if (!sure) {
        assay_utf8_next(lead, p, &before);
        sure = cp >= 0xc0 && cp < 0x100 && before >= 0xc0 && before < 0x100 && lead - text >= 2 &&
               (unsigned char)lead[-2] == 0xc3 && is_row_of_words(f->text, p);
        mask = mojibake_sequences(f->views, before, cp, behind, end);
    }
    if (!sure && !mask)
        return;
    if (p >= f->piece.end)
        take_piece(f, p);
    if (!f->done && (sure || is_part(f) || add_points(f, mask, lead, p)))
        finish_piece(f);
}

void suspects_find(const struct views *views, struct assay_text text, struct assay_buf *to)
{
    struct finding f = {.views = views, .text = text, .to = to, .piece = {.begin = text.at, .end = text.at}};
    uint64_t at = 0, place[PLACES];
    while (at < text.size) {
        uint32_t n = assay_sieve_gather(&views->sieve, text, &at, place, PLACES);
        for (uint32_t i = 0; i < n; i++)
            if (text.at + place[i] >= f.piece.end || !f.done)
                look_at(&f, text.at + place[i]);
    }
}

/* ---- piece by piece ---- */

void suspects_letters(const struct views *views, struct assay_text text, struct assay_buf *to)
{
    const char *p = text.at, *end = p + text.size;
    to->size = 0;
    for (const char *next; p < end; p = next) {
        next = piece_end(p, end);
        if (!needs_look(p, next))
            continue;
        struct suspect s = {p, next, look(views, p, next)};
        if (s.found)
            assay_buf_add(to, &s, sizeof s);
    }
}
