/* SPDX-License-Identifier: Apache-2.0 */
#include "opening.h"

#include <assay/kit/utf8.h>

#include <string.h>

#include "dates.h"

enum { PLACE_MOST = 5, INSIDE_MOST = 9, OPENING_MOST = 40 };

struct walk {
    const struct names *names;
    const struct line *line;
    int order;
    uint32_t i;
    uint32_t place;         /* its words */
    uint32_t parted;        /* a comma or full stop stands behind the place */
    uint32_t first;         /* the date stands before the place */
    uint32_t dated, again;  /* the second part of "(ANSA) - ROMA, 3 GIU - " */
    struct opening *to;
    struct assay_text unknown; /* what stands where an agency would */
};

static int is_dash(const struct line *line, uint32_t i)
{
    if (i >= line->count || line->piece[i].kind != PIECE_SIGN)
        return 0;
    uint32_t cp;
    assay_utf8_next(line->at + line->piece[i].begin, line->at + line->size, &cp);
    return cp == '-' || (cp == '_' && line->piece[i].space) || (cp >= 0x2012 && cp <= 0x2015) || cp == 0x2212;
}

static struct assay_text pieces(const struct line *line, uint32_t i, uint32_t end)
{
    const struct piece *last = line->piece + end - 1;
    return (struct assay_text){line->at + line->piece[i].begin, last->end - line->piece[i].begin};
}

/* An agency of the list at i; where it ends, or 0. */
static uint32_t known_agency(struct walk *w, uint32_t i)
{
    uint32_t value, n = name_at(w->names, w->line, i, NAME_AGENCY, &value);
    if (!n)
        return 0;
    w->to->agency = name_agency(w->names, value);
    w->to->known = 1;
    return i + n;
}

static uint32_t over_reporter(const struct walk *w, uint32_t i)
{
    uint32_t n = name_at(w->names, w->line, i, NAME_REPORTER, NULL);
    i += n;
    return n && line_sign(w->line, i, '.') ? i + 1 : i;
}

/* "(Reuters)", "/Корр. БЕЛТА/", "(dpa/lno)", "(3 May 2024)" from i on; 0: such brackets do not stand in an opening. */
static int brackets(struct walk *w, char close)
{
    uint32_t first = w->i + 1, end = first;
    while (end < w->line->count && end < first + INSIDE_MOST && !line_sign(w->line, end, close))
        end++;
    if (!line_sign(w->line, end, close)) {
        end = first; /* "(dpa/lno)" is closed behind its slash */
        return 0;
    }
    w->i = end + 1;
    struct assay_date date;
    if (date_at(w->names, w->line, first, w->order, 1, &date) == end && !w->dated) {
        w->to->date = date;
        w->dated = 1;
        return 1;
    }
    first = over_reporter(w, first);
    uint32_t n = known_agency(w, first), words = 0;
    if (n && (n == end || (w->line->piece[n].kind == PIECE_SIGN && !w->line->piece[n].space)))
        return 1;
    for (uint32_t k = first; k < end; k++) {
        if (k > first && is_dash(w->line, k - 1) && known_agency(w, k) == end)
            return 1; /* "/Jane Doe - БЕЛТА/" */
        if (w->line->piece[k].kind == PIECE_NUMBER)
            return 0;
        words += w->line->piece[k].kind == PIECE_WORD;
    }
    if (words && words <= 4 && w->line->piece[first].capital)
        w->unknown = pieces(w->line, first, end);
    return words > 0;
}

/* What an opening ends with, at i: a dash with a blank beside it, ".-", "--". */
static int is_end(const struct line *line, uint32_t i)
{
    return is_dash(line, i) && (line->piece[i].space || i + 1 >= line->count || line->piece[i + 1].space ||
                                is_dash(line, i + 1) || line_sign(line, i - 1, '.'));
}

/* Behind the dash: "- РИА Новости. Text". */
static void agency_behind(struct walk *w)
{
    uint32_t i = w->i;
    while (is_dash(w->line, i))
        i++;
    i = over_reporter(w, i);
    struct opening before = *w->to;
    uint32_t n = w->to->known ? 0 : known_agency(w, i);
    if (n && (n >= w->line->count || line_sign(w->line, n, '.') || line_sign(w->line, n, ',')))
        w->i = n;
    else
        *w->to = before;
}

static int word(struct walk *w)
{
    const struct piece *p = w->line->piece + w->i;
    if (!w->place && !w->dated && name_at(w->names, w->line, w->i, NAME_NO_PLACE, NULL))
        return 0;
    uint32_t n = w->dated ? known_agency(w, w->i) : 0; /* "PITTSBURGH, PA - " */
    if (n) {
        w->i = n;
        return 1;
    }
    if (w->dated && w->place && p->upper) { /* "Москва. 3 июня. INTERFAX.RU - " of an agency that is not known */
        w->unknown = pieces(w->line, w->i, w->i + 1);
        w->i++;
        return 1;
    }
    int short_form = p->end - p->begin == 1 && line_sign(w->line, w->i + 1, '.'); /* "Frankfurt a.M." */
    if (!p->capital && (!w->place || (!short_form && !name_at(w->names, w->line, w->i, NAME_IN_PLACE, NULL))))
        return 0;
    w->i++;
    return ++w->place <= PLACE_MOST;
}

/* One step; 0: this is no opening; 2: it ends here. */
static int step(struct walk *w)
{
    const struct line *line = w->line;
    uint32_t i = w->i;
    struct assay_date date;
    if (line_sign(line, i, '('))
        return brackets(w, ')');
    if (line_sign(line, i, '/') && i && line->piece[i].space + line_sign(line, i - 1, '.'))
        return brackets(w, '/');
    if (line_sign(line, i, '/') && (!w->place || i + 1 >= line->count || line->piece[i + 1].kind != PIECE_WORD))
        return 0;
    if (line_sign(line, i, '/')) { /* "WASHINGTON/KYIV" */
        w->place--;
        w->i++;
        return 1;
    }
    if (i && is_end(line, i)) {
        if (!w->to->known || w->place || w->dated || w->again++)
            return 2;
        while (is_dash(line, w->i))
            w->i++;
        return 1; /* "(ANSA) - ROMA, 3 GIU - " */
    }
    uint32_t end = date_at(w->names, line, i, w->order, 1, &date);
    if (end) {
        int parted = w->parted || !w->place; /* "UPDATE May 14 - " has no comma */
        if (w->dated || !parted)
            return 0;
        w->to->date = date;
        w->dated = 1;
        w->first = !w->place;
        w->i = end;
        return 1;
    }
    if (line->piece[i].kind == PIECE_WORD)
        return word(w);
    if (line->piece[i].kind == PIECE_NUMBER)
        return 0;
    w->i++;
    if (line_sign(line, i, '.') && w->to->known && w->place + w->dated)
        return 2;
    if (line_sign(line, i, ':') && w->to->known && w->place)
        return 2;
    if (line_sign(line, i, '.') && w->first && w->place && i + 1 < line->count && line->piece[i + 1].capital)
        return 2; /* "14 лютага 2024, Мінск. Экспарт ..." */
    w->parted |= line_sign(line, i, ',') || line_sign(line, i, '.');
    return w->parted || is_dash(line, i) || line_sign(line, i, '\'');
}

int opening_read(const struct names *names, const struct line *line, int order, struct opening *to)
{
    struct walk w = {.names = names, .line = line, .order = order, .to = to};
    int how = 1;
    *to = (struct opening){{0}, {NULL, 0}, 0, 0};
    while (how == 1 && w.i < line->count && w.i < OPENING_MOST)
        how = step(&w);
    if (!how || w.i >= OPENING_MOST)
        return 0;
    if (how == 1 && !(to->known && w.dated && w.place && line->whole))
        return 0; /* "Bakı, 3 iyun, AZƏRTAC" may be a line of its own */
    if (how == 2)
        agency_behind(&w);
    to->end = line->piece[w.i ? w.i - 1 : 0].end;
    if (!to->known && w.unknown.at && w.dated && w.place)
        to->agency = w.unknown;
    if (!w.dated)
        to->date.month = 0;
    if (!w.place && !to->agency.at)
        return 0;
    return w.dated || (to->known && w.place);
}
