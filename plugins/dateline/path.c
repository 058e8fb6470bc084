/* SPDX-License-Identifier: Apache-2.0
 *
 * Folders and names of files: "2024/03/12/flood.html", "bbc.co.uk/20240312_flood.txt".
 */
#include <string.h>

#include "dates.h"
#include "evidence.h"

enum { FOLDERS = 12, FIRST_YEAR = 1990 };

struct folders {
    struct assay_text at[FOLDERS]; /* the innermost first; at[0] is the file's name */
    uint32_t count;
};

static void split(struct folders *to, struct assay_text path)
{
    uint64_t end = path.size;
    to->count = 0;
    while (end && to->count < FOLDERS) {
        uint64_t begin = end;
        while (begin && path.at[begin - 1] != '/')
            begin--;
        uint64_t last = end > begin && path.at[end - 1] == '!' ? end - 1 : end; /* "pages.zip!/a.html" */
        if (last > begin)
            to->at[to->count++] = (struct assay_text){path.at + begin, last - begin};
        end = begin ? begin - 1 : 0;
    }
}

/* Without endings such as ".html", ".txt.gz"; those with a digit first are none ("3.5"). */
static struct assay_text stem_of(struct assay_text name)
{
    for (int endings = 0; endings < 2; endings++) {
        uint64_t dot = name.size;
        while (dot && name.at[dot - 1] != '.')
            dot--;
        if (dot < 2 || name.size - dot > 5 || name.size == dot || (name.at[dot] >= '0' && name.at[dot] <= '9'))
            break;
        name.size = dot - 1;
    }
    return name;
}

static int says_not(const struct names *names, const struct line *line)
{
    for (uint32_t i = 0; i < line->count; i++)
        if (name_at(names, line, i, NAME_NO_DATE, NULL))
            return 1;
    return 0;
}

/* The one date in the name of a file; `whole`: it has to be all of the name. */
static int name_date(const struct names *names, struct assay_text name, int whole, struct assay_date *to)
{
    struct line line;
    struct assay_date date;
    uint32_t found = 0, end;
    line_cut(&line, name);
    if (!line.whole || says_not(names, &line))
        return 0;
    for (uint32_t i = 0; i < line.count; i++) {
        end = date_named(names, &line, i, &date);
        if (!end)
            continue;
        if (found || (whole && (i || end < line.count)))
            return 0; /* "2024-03-12_2024-03-19": a span */
        found = 1;
        *to = date;
        i = end - 1;
    }
    return (int)found;
}

/* A folder's name of digits alone, as a number; 0: it is none, or not of that many. */
static uint32_t digits(struct assay_text name, uint64_t least, uint64_t most)
{
    uint32_t n = 0;
    if (name.size < least || name.size > most)
        return 0;
    for (uint64_t i = 0; i < name.size; i++) {
        if (name.at[i] < '0' || name.at[i] > '9')
            return 0;
        n = n * 10 + (uint32_t)(name.at[i] - '0');
    }
    return n;
}

/* "03", "feb". */
static uint32_t month_of(const struct names *names, struct assay_text name)
{
    struct line line;
    uint32_t month;
    line_cut(&line, name);
    return line.whole && name_at(names, &line, 0, NAME_MONTH, &month) == line.count && line.count ? month
                                                                                               : digits(name, 2, 2);
}

static int is_year(uint32_t n)
{
    return n >= FIRST_YEAR && n <= 2099;
}

/* "2024-03" */
static int month_name(struct assay_text name, struct assay_date *to)
{
    if (name.size != 7 || (name.at[4] != '-' && name.at[4] != '_'))
        return 0;
    uint32_t year = digits((struct assay_text){name.at, 4}, 4, 4);
    uint32_t month = digits((struct assay_text){name.at + 5, 2}, 2, 2);
    *to = (struct assay_date){(int32_t)year, month, 0};
    return is_year(year) && month && month <= 12;
}

static struct said *say(struct said *to, struct assay_text first, struct assay_text last)
{
    *to = (struct said){.says = {first.at, (uint64_t)(last.at + last.size - first.at)}, .set = 1};
    return to;
}

/* Folders "2024/03/12", "2024/03", "2024-03-12", "2024-03" and "2024" from folder i outwards. */
static void folder_date(const struct names *names, const struct folders *f, uint32_t i, struct evidence *to)
{
    struct said *said = to->date + SAID_FOLDER;
    struct assay_date date;
    uint32_t year = digits(f->at[i], 4, 4);
    if (is_year(year)) {
        to->year = to->year ? to->year : (int32_t)year;
        uint32_t month = i > 1 ? month_of(names, f->at[i - 1]) : 0;
        uint32_t day = i > 1 ? digits(i > 2 ? f->at[i - 2] : stem_of(f->at[0]), 2, 2) : 0;
        date = (struct assay_date){(int32_t)year, month, day};
        if (said->set || !month || month > 12)
            return;
        if (!date_valid(date, FIRST_YEAR))
            date.day = 0;
        say(said, f->at[i], date.day && i == 2 ? stem_of(f->at[0]) : f->at[i - (date.day ? 2 : 1)])->date = date;
        return;
    }
    if (!said->set && (name_date(names, f->at[i], 1, &date) || month_name(f->at[i], &date)))
        say(said, f->at[i], f->at[i])->date = date;
}

/* "bbc.co.uk", "www.reuters.com": without "www."; size 0: no host. */
static struct assay_text host_of(const struct names *names, struct assay_text name)
{
    struct line line;
    uint32_t labels = 1;
    struct assay_text none = {NULL, 0};
    line_cut(&line, name);
    if (!line.whole || line.count < 3 || line.piece[line.count - 1].kind != PIECE_WORD)
        return none;
    for (uint32_t i = 0; i < line.count; i++) {
        int other = line.piece[i].kind == PIECE_SIGN && !line_sign(&line, i, '.') && !line_sign(&line, i, '-');
        if (line.piece[i].space || other)
            return none;
        labels += (uint32_t)line_sign(&line, i, '.');
    }
    if (labels < 2 || labels > 5 || !line_sign(&line, line.count - 2, '.') || line.piece[0].kind == PIECE_SIGN ||
        !name_at(names, &line, line.count - 1, NAME_HOST, NULL) || name_at(names, &line, 0, NAME_NO_HOST, NULL))
        return none;
    if (line.piece[0].kind == PIECE_NUMBER && line_sign(&line, 1, '.'))
        return none; /* "1.com" */
    if (name.size > 4 && !memcmp(name.at, "www.", 4))
        return (struct assay_text){name.at + 4, name.size - 4};
    return name;
}

static void folder_source(const struct names *names, struct assay_text folder, struct evidence *to)
{
    struct said *said = to->source + SAID_FOLDER;
    struct line line;
    uint32_t value;
    if (said->set)
        return;
    struct assay_text host = host_of(names, folder);
    line_cut(&line, folder);
    if (host.size)
        say(said, folder, folder)->source = host;
    else if (line.whole && line.count && name_folder(names, &line, 0, line.count, &value))
        say(said, folder, folder)->source = name_agency(names, value);
}

void evidence_of_path(const struct names *names, struct assay_text path, struct evidence *to)
{
    struct folders f;
    struct assay_date date;
    split(&f, path);
    if (!f.count)
        return;
    struct assay_text stem = stem_of(f.at[0]);
    if (name_date(names, stem, 0, &date))
        say(to->date + SAID_FILE, stem, stem)->date = date;
    for (uint32_t i = 1; i < f.count; i++) {
        folder_date(names, &f, i, to);
        folder_source(names, f.at[i], to);
    }
}
