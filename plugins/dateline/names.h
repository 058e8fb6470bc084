/* SPDX-License-Identifier: Apache-2.0
 *
 * The words a date and a publisher are told with (lexicon/dateline.cfg, newsrooms.cfg, and the months and weekdays of all
 * languages), and a line of text cut into words, numbers and signs to look them up by.
 */
#ifndef DATELINE_NAMES_H
#define DATELINE_NAMES_H

#include <assay/plugin.h>

enum word_class {
    NAME_MONTH,
    NAME_WEEKDAY,
    NAME_PUBLISHED,
    NAME_UPDATED,
    NAME_SOURCE,
    NAME_RIGHTS,
    NAME_INSIDE,
    NAME_CLOCK,
    NAME_NO_PLACE,
    NAME_BYLINE,
    NAME_IN_PLACE,
    NAME_REPORTER,
    NAME_AGENCY,
    NAME_HOST,
    NAME_NO_HOST,
    NAME_NO_DATE,
    NAME_CLASSES
};

struct names;

/* Reads the files; errors go through host->fail. */
assay_status names_load(const struct assay_host *, struct names **);
void names_free(struct names *);

enum { LINE_MOST = 240, PIECES = 96 }; /* bytes of a line that are looked at, and pieces */

enum { PIECE_WORD, PIECE_NUMBER, PIECE_SIGN };

struct piece {
    uint32_t begin, end;        /* bytes of the line */
    uint16_t folded, size;      /* in line.folded */
    uint32_t number;            /* of a number of up to 8 digits */
    uint8_t kind, space, digits; /* space: white space stands before it */
    uint8_t capital, upper;     /* its first letter is one; all are, and there are two or more */
};

struct line {
    const char *at;
    uint32_t size; /* bytes looked at: at most LINE_MOST, whole characters */
    uint32_t whole; /* 1: that is all of the line */
    uint32_t count;
    struct piece piece[PIECES];
    char folded[4 * LINE_MOST];
};

/* Cuts `text`; it may be longer than what fits. */
void line_cut(struct line *, struct assay_text text);
/* 1 where piece i is the sign `c`. */
int line_sign(const struct line *, uint32_t i, char c);

/* How many pieces from i on are a name of the class, the longest that is known; 0: none. `value` (may be NULL): the
 * month or weekday, or the number of the line in the list. */
uint32_t name_at(const struct names *, const struct line *, uint32_t i, enum word_class, uint32_t *value);
/* The canonical name of an agency by the value that name_at gave; *loud: it is only known by its capitals. */
struct assay_text name_agency(const struct names *, uint32_t value);
/* 1 where pieces [i, end) name an agency in any case, as a folder's name does. */
int name_folder(const struct names *, const struct line *, uint32_t i, uint32_t end, uint32_t *value);

#endif
