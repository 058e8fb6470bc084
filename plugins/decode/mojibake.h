/* SPDX-License-Identifier: Apache-2.0
 *
 * Repair of text that was decoded with the wrong charset before it came here. Line by line, and only on evidence: signs
 * that no text has in that place. Every change keeps the characters it replaced.
 */
#ifndef DECODE_MOJIBAKE_H
#define DECODE_MOJIBAKE_H

#include <assay/kit/sieve.h>
#include <stdint.h>

/* One character of a line, or what several became. */
struct cell {
    uint32_t cp;
    uint32_t begin, end; /* bytes of the line as it was */
    uint32_t changed;
};

enum { VIEW_1252, VIEW_1251, VIEW_1250, VIEW_1254, VIEW_1257, VIEW_LATIN2, VIEW_MAC, VIEW_437, VIEWS };

#define VIEW_POINTS 0x2700u /* all characters of the wrong charsets lie below this */

/* The wrong charsets known. Bit v of lead and trail: under charset v the character may begin, may continue a UTF-8
 * sequence. Filled once, never changed. */
struct views {
    unsigned char byte[VIEWS][VIEW_POINTS]; /* 0: the charset does not have it (ASCII is not asked for) */
    unsigned char lead[VIEW_POINTS], trail[VIEW_POINTS];
    struct assay_sieve sieve; /* the places worth a look (suspects.c) */
};
struct views *views_new(void); /* NULL: out of memory */
void views_free(struct views *);

/* A byte of a character under a wrong charset, or -1. */
int views_byte(const struct views *, uint32_t view, uint32_t cp);
static inline uint32_t views_lead(const struct views *views, uint32_t cp)
{
    return cp < VIEW_POINTS ? views->lead[cp] : 0;
}
static inline uint32_t views_trail(const struct views *views, uint32_t cp)
{
    return cp < VIEW_POINTS ? views->trail[cp] : 0;
}

/* Whether a sequence that could get points begins with the character `lead` under one of the charsets of `mask`, under
 * all of which `cp`, the next, can continue it; p: behind both. Without any such, and without controls, a line
 * stays. */
int mojibake_possible(const struct views *, uint32_t mask, uint32_t lead, uint32_t cp, const char *p, const char *end);

/* Whether the two could begin one, under any charset and whatever follows. */
int mojibake_begins(const struct views *, uint32_t lead, uint32_t cp);

/* The charsets under which the two, with p behind them, could begin a sequence that counts. */
uint32_t mojibake_sequences(const struct views *, uint32_t lead, uint32_t cp, const char *p, const char *end);

/* Adds to points[v], v in mask, the most that a sequence at c can add to its line. Seven characters behind c are enough
 * of the line, and one before it; row: it may stand behind another. 1: there are enough for a repair; with less in all
 * of its sequences, and no controls, a line stays as it is. */
int mojibake_add_points(const struct views *, uint32_t mask, const struct cell *c, const struct cell *begin,
                        const struct cell *end, int row, uint32_t *points);

/* Repairs the line in place; gives the new number of cells. UTF-8 that was read as one of the charsets, once or several
 * times, and controls that were windows-1252. */
uint32_t mojibake_repair(const struct views *, struct cell *, uint32_t cells);

/* ---- Cyrillic of one byte a letter, read as Latin-1 (20 ìàÿ 2024) ---- */

#define CYRILLIC_WORD_MOST 40u /* letters */

/* Latin letters, beside which accented ones are what they seem. */
static inline int cyrillic_never_beside(uint32_t cp)
{
    return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= 0x100 && cp < 0x250);
}

/* Weight of the words of the line that are Cyrillic read so; 0: none. */
uint32_t cyrillic_evidence(const struct cell *, uint32_t cells);
/* Turns the line's letters back, where no Latin letter stands beside them; in a line without evidence of its own
 * (sure = 0) only what is part of a name with digits (Ò-72). 1: something changed. */
int cyrillic_repair(struct cell *, uint32_t cells, int sure);

#endif
