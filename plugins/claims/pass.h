/* SPDX-License-Identifier: Apache-2.0
 *
 * The way of a document through the plugin: pass.c shows it from top to bottom. What the parts of that way share stands
 * here.
 */
#ifndef CLAIMS_PASS_H
#define CLAIMS_PASS_H

#include <assay/layers/claim.h>
#include <assay/layers/document.h>
#include <assay/layers/text.h>
#include <assay/plugin.h>

#include "dollar.h"
#include "frame.h"
#include "sieve.h"
#include "stem.h"
#include "table.h"

/* The slots of the plugin's layers. */
enum { DOCUMENT, SENTENCE, LANGUAGE, PAGE, CLAIM, HOMOGLYPH, BOILERPLATE };

enum { MOST_FIGURES = 256, MOST_WHENS = 64, MOST_NAMES = 24 };

/* homoglyph/1 as far as it is used: a word with letters of another script, and how it reads. */
struct homoglyph {
    struct assay_span span;
    struct assay_text text;
};

/* A language: its lexicon, and the caches that belong to it. */
struct tongue {
    struct lx *lx;
    struct stems *stems;
    struct tk_cache *words;
    struct sieve *sieve;
};

enum { TONGUES = 26 * 26 + 1 }; /* by the two letters of the code; the last: any other language */

struct self {
    const struct assay_host *host;
    struct tk_chars chars;
    struct units *units;
    struct dollars *dollars;
    struct tongue tongue[TONGUES];
    char *described;
    uint32_t dates; /* 1: days are claims, too */
    /* of the sentence in hand */
    struct tks tokens;
    struct figure figure[MOST_FIGURES + 2];
    struct when when[MOST_WHENS];
    struct range name[MOST_NAMES];
    struct table table; /* of the document in hand */
};

/* Where the pass is. What it says of the document holds to its end; of the sentence, until the next. */
struct place {
    struct self *self;
    struct assay_doc *doc;
    const char *text;
    struct assay_date published;
    struct habit habit;
    struct assay_text source, uri;
    const char *plain[DL_FAMILIES]; /* what plain dollars, pesos stand for; NULL: not known, or nobody asked yet */
    uint32_t plain_percent[DL_FAMILIES], plain_asked; /* asked: bits */
    char money[4];      /* the currency of the last amount of the document, "": none yet */
    uint64_t size, digit; /* bytes of the text; the next of them that is a digit, at least in the sentence in hand */
    struct assay_list twins; /* homoglyph/1 */
    uint32_t twin;           /* the first that may lie in the sentence */
    struct assay_list foreign;     /* boilerplate/1 */
    uint32_t stretch, foreign_end; /* the next of them; how far those before it reach */

    struct assay_span sentence;
    const struct tongue *tongue;
    uint32_t spaced, cut;  /* 1: the text has tabs, or blanks in a row; hyphens at ends of lines */
    uint32_t known; /* 0: its language has no lexicon */
    uint32_t page, has_page;
    uint32_t counts; /* what tk_counts says of the sentence, 1 where it has numerals */
    uint32_t figures, whens, names; /* how many of self->figure, when, name are its own */
};

/* Index of a two-letter code among the tongues; the last for any other. */
uint32_t ps_tongue(struct assay_text code);
/* Adds the claims of a document, in the text's order. Fails as `add` does, or with ASSAY_ENOMEM. */
assay_status ps_document(struct self *, struct assay_doc *);
/* Reads the tokens in [begin, end) once more that have letters of another script: as they read. (twin.c) */
void ps_twins(struct place *, uint32_t begin, uint32_t end);
/* Sets what the text's blanks and lines are like, so that what asks for them later costs nothing. (lines.c) */
void ps_note_lines(struct place *);
/* Makes one word of those that a hyphen parts at the end of a line: "Kilowatt-", "stunden". (lines.c) */
void ps_join_lines(struct place *, uint32_t begin, uint32_t end);
/* The end of [begin, end) without the number of a page that ends it; begin: there is nothing else. (lines.c) */
uint32_t ps_without_page(const struct place *, uint32_t begin, uint32_t end);
/* Drops the number of a list's item, the first figure of the sentence; gives how many are left. (lines.c) */
uint32_t ps_without_items(struct place *, uint32_t figures);
/* Stems of the words of tokens [begin, end), `all` or those with a meaning of their own: a list of struct assay_text
 * that lives as long as the document's records. (record.c) */
struct assay_list ps_stems(struct place *, uint32_t begin, uint32_t end, int all);
/* Adds the record of figure k, which `speaker` is said to tell. (record.c) */
assay_status ps_record(struct place *, uint32_t k, struct range speaker);
/* Adds the record of a day, which the period `w` tells. (record.c) */
assay_status ps_date_record(struct place *, struct figure *, const struct when *w, struct range speaker);

#endif
