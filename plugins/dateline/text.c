/* SPDX-License-Identifier: Apache-2.0
 *
 * The first and last lines of a text: labels, dates that fill a line, openings of agencies, copyright lines.
 */
#include <assay/kit/utf8.h>

#include <string.h>

#include "dates.h"
#include "evidence.h"
#include "opening.h"

enum { HEAD_LINES = 15, TAIL_LINES = 6, LABEL_LINE = 120, SOURCE_BYTES = 60 };
enum { PROSE_BYTES = 60, PROSE_WORDS = 8, SENTENCE_WORDS = 4 };
enum { STORY_DAYS = 400, STORY_BYTES = 16384 };

struct reading {
    const struct names *names;
    struct assay_text text;
    int order;
    struct evidence *to;
    struct line line;
    uint32_t at;           /* where the line starts */
    uint32_t prose, head;  /* a long sentence of the text was met; the line is one of the first */
    uint32_t begun;        /* any sentence was met */
};

static int same_day(struct assay_date a, struct assay_date b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

static void say_date(struct reading *r, uint32_t place, struct assay_date date, uint32_t begin, uint32_t end)
{
    struct said *said = r->to->date + place;
    if (said->set) {
        if (!same_day(said->date, date))
            said->set = 2;
        return;
    }
    *said = (struct said){.date = date, .says = {r->line.at + begin, end - begin}, .begin = r->at + begin,
                          .end = r->at + end, .set = 1};
}

static void say_source(struct reading *r, uint32_t place, struct assay_text source, uint32_t begin, uint32_t end)
{
    struct said *said = r->to->source + place;
    if (!said->set && source.size)
        *said = (struct said){.source = source, .says = {r->line.at + begin, end - begin}, .begin = r->at + begin,
                              .end = r->at + end, .set = 1};
}

/* Signs that part what stands in one line: "By Jane Doe | 12 March 2024". */
static int is_part(const struct line *line, uint32_t i)
{
    if (i >= line->count || line->piece[i].kind != PIECE_SIGN)
        return 0;
    uint32_t cp;
    assay_utf8_next(line->at + line->piece[i].begin, line->at + line->size, &cp);
    int apart = line->piece[i].space && (i + 1 >= line->count || line->piece[i + 1].space);
    if (cp == '-' || cp == 0x2013 || cp == 0x2014 || cp == '/' || cp == '*')
        return apart;
    return cp == '|' || cp == 0xb7 || cp == 0x2022 || cp == 0x2219 || cp == 0x25cf || cp == 0xbb || cp == ';' ||
           (cp == '>' && apart);
}

/* Brackets and list signs before what a line says. */
static uint32_t over_lead(const struct line *line, uint32_t i)
{
    while (i < line->count && line->piece[i].kind == PIECE_SIGN && strchr("*#>([_-", line->at[line->piece[i].begin]))
        i++;
    return i;
}

static uint32_t cue_at(const struct reading *r, uint32_t i, uint32_t *place)
{
    uint32_t published = name_at(r->names, &r->line, i, NAME_PUBLISHED, NULL);
    uint32_t updated = name_at(r->names, &r->line, i, NAME_UPDATED, NULL);
    *place = updated > published ? SAID_UPDATE : SAID_LABEL;
    return updated > published ? updated : published;
}

/* Whether nothing but more of the kind stands behind the date. */
static int closes(const struct reading *r, uint32_t i, int colon)
{
    const struct line *line = &r->line;
    uint32_t place;
    if (i >= line->count || is_part(line, i) || line_sign(line, i, ')') || line_sign(line, i, ']'))
        return 1;
    if (line_sign(line, i, '.') || line_sign(line, i, '(') || line_sign(line, i, ','))
        return i + 1 >= line->count || cue_at(r, i + 1, &place) || (line_sign(line, i, '(') && line->size < LABEL_LINE);
    return cue_at(r, i, &place) || (colon && line->size < LABEL_LINE);
}

/* "Published: 12 March 2024", "By Jane Doe | Updated on ...". */
static void read_labels(struct reading *r)
{
    const struct line *line = &r->line;
    for (uint32_t i = 0; i < line->count; i++) {
        if (i && !is_part(line, i - 1) && !line_sign(line, i - 1, '(') && !line_sign(line, i - 1, ','))
            continue;
        uint32_t start = over_lead(line, i), place, n = cue_at(r, start, &place);
        if (!n)
            continue;
        struct assay_date date;
        uint32_t p = start + n;
        int colon = line_sign(line, p, ':');
        p += (uint32_t)colon;
        uint32_t end = date_at(r->names, line, p, r->order, 0, &date);
        if (!end && name_at(r->names, line, p, NAME_CLOCK, NULL)) /* "Опубліковано в середу, 13 березня 2024" */
            end = date_at(r->names, line, p + 1, r->order, 0, &date);
        if (!end || !closes(r, end, colon) || (!colon && n == 1 && line->piece[start].size < 4))
            continue;
        say_date(r, place, date, line->piece[start].begin, line->piece[end - 1].end);
        i = end - 1;
    }
}

/* The place or the author before a date that fills its line: "Berlin, den ", "By Jane Doe, "; where it ends, or 0. */
static uint32_t over_place(const struct reading *r)
{
    const struct line *line = &r->line;
    uint32_t i = name_at(r->names, line, 0, NAME_BYLINE, NULL), most = i + 4, first = i, n;
    if (!i && name_at(r->names, line, 0, NAME_NO_PLACE, NULL))
        return 0;
    while (i < line->count && i < most && line->piece[i].kind == PIECE_WORD &&
           (line->piece[i].capital || (i > first && name_at(r->names, line, i, NAME_IN_PLACE, NULL))))
        i++;
    if (i == first || !line_sign(line, i, ','))
        return 0;
    for (i++; (n = name_at(r->names, line, i, NAME_INSIDE, NULL)) != 0;)
        i += n;
    return i;
}

/* A date that fills its line, or its part of one. */
static void read_line(struct reading *r)
{
    const struct line *line = &r->line;
    struct assay_date date;
    uint32_t start = over_place(r), end = date_at(r->names, line, start, r->order, 0, &date);
    if (!end)
        end = date_at(r->names, line, start = 0, r->order, 0, &date);
    uint32_t place;
    if (end && (end >= line->count || cue_at(r, end, &place))) {
        say_date(r, SAID_LINE, date, line->piece[start].begin, line->piece[end - 1].end);
        return;
    }
    for (uint32_t i = 0; i < line->count && line->size <= LABEL_LINE; i++) {
        if (i && !is_part(line, i - 1))
            continue;
        end = date_at(r->names, line, i, r->order, 0, &date);
        if (end && (i || is_part(line, end)) && (end >= line->count || is_part(line, end)) &&
            !(i == 0 && line->at[line->piece[end].begin] != '|' && line->piece[end].end - line->piece[end].begin == 1))
            say_date(r, SAID_LINE, date, line->piece[i].begin, line->piece[end - 1].end);
    }
}

/* "Source: Reuters" above the text. */
static void read_source(struct reading *r)
{
    const struct line *line = &r->line;
    uint32_t n = name_at(r->names, line, 0, NAME_SOURCE, NULL), value;
    if (!n || !line_sign(line, n, ':') || n + 1 >= line->count)
        return;
    for (uint32_t i = n; i < line->count; i++)
        if (line->piece[i].kind == PIECE_NUMBER)
            return; /* a work that is cited: "World Bank, 2023" */
    uint32_t begin = line->piece[n + 1].begin, end = line->piece[line->count - 1].end;
    struct assay_text source = {line->at + begin, end - begin};
    uint32_t length = name_at(r->names, line, n + 1, NAME_AGENCY, &value);
    if (length && n + 1 + length == line->count)
        source = name_agency(r->names, value);
    if (source.size <= SOURCE_BYTES)
        say_source(r, SAID_LABEL, source, line->piece[0].begin, end);
}

/* "© 2024 Example Media. All rights reserved." */
static void read_rights(struct reading *r)
{
    const struct line *line = &r->line;
    uint32_t i = 0, n, end, value, year = 0;
    while ((n = name_at(r->names, line, i, NAME_RIGHTS, NULL)) != 0)
        i += n;
    if (!i)
        return;
    while (i < line->count && (line->piece[i].kind != PIECE_WORD || name_at(r->names, line, i, NAME_BYLINE, NULL))) {
        if (line->piece[i].digits == 4)
            year = line->piece[i].number;
        i++;
    }
    for (end = i; end < line->count && !name_at(r->names, line, end, NAME_RIGHTS, NULL); end++) {
        if (line->piece[end].digits == 4)
            year = line->piece[end].number;
        int apart = end + 1 >= line->count || line->piece[end + 1].space;
        int stop = line_sign(line, end, '.') || line_sign(line, end, ',') || line_sign(line, end, '-');
        if ((stop && apart) || line_sign(line, end, '(') || is_part(line, end) || line->piece[end].digits == 4)
            break; /* "WMC Action News 5" has a number of its own */
    }
    if (year < 1990 || year > 2099)
        return;
    r->to->year = r->to->year ? r->to->year : (int32_t)year;
    if (end <= i || line->piece[end - 1].end - line->piece[i].begin > SOURCE_BYTES)
        return;
    struct assay_text source = {line->at + line->piece[i].begin, line->piece[end - 1].end - line->piece[i].begin};
    n = name_at(r->names, line, i, NAME_AGENCY, &value);
    if (n && i + n == end)
        source = name_agency(r->names, value);
    say_source(r, SAID_RIGHTS, source, line->piece[0].begin, line->piece[end - 1].end);
}

static void read_opening(struct reading *r)
{
    struct opening opening;
    uint32_t lead = r->line.piece[0].begin;
    const struct said *before = r->to->date + SAID_DATELINE;
    if (before->set ? !before->weak : r->to->source[SAID_DATELINE].set)
        return;
    if (!opening_read(r->names, &r->line, r->order, &opening) || (before->set && !opening.date.month))
        return;
    if (opening.date.month) {
        say_date(r, SAID_DATELINE, opening.date, lead, opening.end);
        r->to->date[SAID_DATELINE].weak = !opening.agency.at; /* a second one tells that they are entries of a list */
    }
    say_source(r, SAID_DATELINE, opening.agency, lead, opening.end);
}

/* Whether the line is a sentence of the text, and a long one: what stands above the first such is its head. */
static uint32_t is_prose(const struct line *line, uint32_t *sentence)
{
    uint32_t words = 0;
    for (uint32_t i = 0; i < line->count; i++)
        words += line->piece[i].kind == PIECE_WORD;
    const struct piece *last = line->piece + line->count - 1;
    int stop = last->kind == PIECE_SIGN && strchr(".!?\"", line->at[last->begin]) != NULL;
    *sentence = !line->whole || (words >= SENTENCE_WORDS && stop);
    return !line->whole || (line->size >= PROSE_BYTES && words >= PROSE_WORDS && stop);
}

static void read_one(struct reading *r)
{
    if (!r->line.count)
        return;
    if (r->line.whole) {
        read_labels(r);
        read_rights(r);
    }
    if (!r->head)
        return;
    uint32_t sentence, prose = is_prose(&r->line, &sentence);
    if (r->line.whole && !r->begun)
        read_source(r);
    if (r->line.whole && (!r->prose || r->to->date[SAID_LINE].set))
        read_line(r); /* further ones below tell that these are headings */
    read_opening(r);
    r->prose |= prose;
    r->begun |= sentence;
}

static uint64_t line_end(struct assay_text text, uint64_t at)
{
    const char *newline = memchr(text.at + at, '\n', text.size - at);
    return newline ? (uint64_t)(newline - text.at) : text.size;
}

/* Where the last lines start; at least `from`. */
static uint64_t tail_start(struct assay_text text, uint64_t from)
{
    uint64_t at = text.size;
    for (uint32_t lines = 0; at > from && lines <= TAIL_LINES; at--) {
        int filled = text.at[at - 1] == '\n' && at < text.size && text.at[at] != '\n' && text.at[at] != '\r';
        if (filled && ++lines > TAIL_LINES)
            break;
    }
    return at;
}

void evidence_of_text(const struct names *names, struct assay_text text, int order, struct evidence *to)
{
    struct reading r = {.names = names, .text = text, .order = order, .to = to, .head = 1};
    uint64_t at = 0;
    uint32_t lines = 0;
    while (at < text.size) {
        uint64_t end = line_end(text, at);
        r.at = (uint32_t)at;
        line_cut(&r.line, (struct assay_text){text.at + at, end - at});
        read_one(&r);
        at = end + 1;
        lines += r.line.count != 0;
        if (r.head && lines >= HEAD_LINES) {
            r.head = 0;
            at = at < text.size ? tail_start(text, at) : at;
        }
    }
}

int evidence_later(const struct names *names, struct assay_text text, int order, struct assay_date date)
{
    struct line line;
    struct assay_date other;
    uint64_t at = 0, size = text.size < STORY_BYTES ? text.size : STORY_BYTES;
    int64_t day = assay_date_last(date);
    while (at < size) {
        uint64_t end = line_end(text, at);
        line_cut(&line, (struct assay_text){text.at + at, end - at});
        for (uint32_t i = 0; i < line.count; i++)
            if (date_at(names, &line, i, order, 0, &other) && assay_date_first(other) > day + STORY_DAYS)
                return 1;
        at = line.whole || line.count < 2 ? end + 1 : at + line.piece[line.count - 1].begin;
    }
    return 0;
}
