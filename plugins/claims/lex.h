/* SPDX-License-Identifier: Apache-2.0
 *
 * A language's claims lexicon, compiled from conf/lexicon/LANG.cfg (and its parents) into one hash table: words, stems
 * ("form*"), phrases of several words. Values are borrowed from it for the life of the plugin. Immutable after load.
 */
#ifndef CLAIMS_LEX_H
#define CLAIMS_LEX_H

#include <stdint.h>

#include <assay/kit/decimal.h>
#include <assay/plugin.h>

/* What a word can mean; each is a section of the lexicon file (lx_section). */
enum lx_class {
    LX_CARDINAL,
    LX_SCALE,
    LX_ORDINAL,
    LX_FRACTION,
    LX_MULTIPLE,
    LX_VAGUE,
    LX_UNIT,
    LX_CURRENCY,
    LX_BOUND,
    LX_BOUND_AFTER,
    LX_CHANGE,
    LX_RELATION,
    LX_JOIN,
    LX_PER,
    LX_OF,
    LX_MONTH,
    LX_WEEKDAY,
    LX_PERIOD,
    LX_RELATIVE,
    LX_DAY,
    LX_TIME,
    LX_STATUS,
    LX_SPEECH,
    LX_REJECT,
    LX_WORD,
    LX_NOUN,
    LX_AGE,
    LX_COUNTRY,
    LX_POINT,
    LX_SIGN,
    LX_TITLE,
    LX_RANK,
    LX_PARTICLE,
    LX_MARK,
    LX_QUALITY,
    LX_SEASON,
    LX_PAID,
    LX_CLASSES
};
#define LX_BIT(c) ((uint64_t)1 << (c))
/* What says a number; but the mere ending of one ("-th") does not: LX_COUNTS. */
#define LX_TRIGGERS                                                                                                    \
    (LX_BIT(LX_CARDINAL) | LX_BIT(LX_SCALE) | LX_BIT(LX_ORDINAL) | LX_BIT(LX_FRACTION) | LX_BIT(LX_MULTIPLE) |         \
     LX_BIT(LX_VAGUE))
/* What a number may stand before. */
#define LX_COUNTABLE (LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY) | LX_BIT(LX_SCALE) | LX_BIT(LX_NOUN))
/* Words that hold others together and name nothing. */
#define LX_GRAMMAR                                                                                                     \
    (LX_BIT(LX_WORD) | LX_BIT(LX_JOIN) | LX_BIT(LX_RELATION) | LX_BIT(LX_OF) | LX_BIT(LX_PER) | LX_BIT(LX_TIME))

/* The word starts a phrase of such a class. */
#define LX_LEADS ((uint64_t)1 << 62)

/* What a form is good for, beside its classes; bits of lx_entry.use. */
#define LX_GOES_ON 1u   /* longer phrases start so */
#define LX_COUNTS 2u    /* says a number by itself */
#define LX_COUNTS_ON 4u /* a phrase that says a number starts so */

struct lx_meaning {
    uint8_t class, of;    /* of: the word of a fixed list (lx_keys), where the section has one */
    uint8_t file, plain;  /* index of the file; 1: the form lacks its accents */
    uint32_t key, line;   /* key: offset in strings */
    uint32_t next;        /* of the same form, 0: none */
    uint32_t exact;       /* form that has to match byte for byte, 0: any case */
    int32_t power;        /* value = number / over * 10^power */
    uint32_t over;
    int64_t number;
};

struct lx_entry {
    uint64_t hash;    /* 0: free */
    uint64_t mask;    /* classes */
    uint64_t words;   /* bit of the `of` of every meaning */
    uint32_t meaning; /* first, 0: none */
    uint32_t last : 29, use : 3;
};

/* The words of `of`. */
enum { OF_NONE,
       /* bounds */ OF_ABOUT, OF_OVER, OF_AT_LEAST, OF_UNDER, OF_AT_MOST, OF_EXACT,
       /* changes */ OF_INCREASE, OF_DECREASE, OF_MOVE,
       /* relations and joins */ OF_BY, OF_TO, OF_FROM, OF_BETWEEN, OF_AND, OF_IN,
       /* periods */ OF_DAY, OF_WEEK, OF_MONTH, OF_QUARTER, OF_HALF, OF_YEAR, OF_DECADE, OF_CENTURY,
       /* times */ OF_SINCE, OF_UNTIL, OF_DURING, OF_MARK, OF_AGO, OF_EARLIER, OF_BACK, OF_AGAINST,
       /* status */ OF_FORECAST, OF_TARGET, OF_NEGATED, OF_HYPOTHETICAL, OF_ASSERTED,
       /* speech */ OF_VERB, OF_SOURCE, OF_WEAK,
       /* reject */ OF_BEFORE, OF_AFTER, OF_SCORE, OF_PHONE, OF_CLOCK, OF_LEAD, OF_AT, OF_STREET, OF_MODEL, OF_NAME,
       /* words */ OF_ARTICLE, OF_PREPOSITION, OF_CONJUNCTION, OF_PRONOUN, OF_AUXILIARY, OF_OTHER, OF_GENITIVE, OF_BREAK, OF_LEVEL,
       /* age */ OF_OLD, OF_AGED,
       /* ranks */ OF_PLACE, OF_FINISH, OF_NUMBER,
       OF_COUNT,
       /* bounds after a figure that ask for its ablative share the numbers of two words of changes */
       OF_OVER_THAN = OF_INCREASE, OF_UNDER_THAN = OF_DECREASE,
       /* what marks a decade and a day shares those of the first words */
       OF_TENS = OF_ARTICLE, OF_DATED = OF_PREPOSITION,
       /* words for where a house stands that of the next */
       OF_SITE = OF_CONJUNCTION,
       /* verbs of speech whose object is who hears it ("told") share that of the next */
       OF_HEARD = OF_BEFORE,
       /* words that open a relative clause share that of age */
       OF_RELATIVE = OF_OLD,
       /* words a clause turns by ("but") share that of the other word of age */
       OF_TURN = OF_AGED,
       /* words of age before a bare number ("turned 50"), and behind one ("50 or older"), share those of ranks */
       OF_TURNED = OF_PLACE, OF_OLDER = OF_FINISH,
       /* words behind a difference ("3 points below") share that of the first period */
       OF_BEYOND = OF_DAY,
       /* words of a record ("the lowest since") share that of the first status */
       OF_RECORD = OF_FORECAST,
       /* "the same (period of)" and "when" share those of the next two */
       OF_SAME = OF_TARGET, OF_WHEN = OF_NEGATED,
       /* words that place a period from the one told before ("the following year") share that of the next */
       OF_NEXT = OF_HYPOTHETICAL,
       /* marks that are passed and verbs of passing one (threshold.c) share those of the first bounds */
       OF_THRESHOLD = OF_ABOUT, OF_CROSSES = OF_OVER,
       /* and words between a number and its unit ("2 more minutes") that of the next */
       OF_ACROSS = OF_AT_LEAST,
       /* and what heads of rows count ("Employees") that of the one behind */
       OF_COUNTED = OF_UNDER,
       /* and words that say "since" of a period told further on ("since the war ended in 1953") that of the next */
       OF_EVER = OF_AT_MOST,
       /* and words before a span of time ("spent a year") that of the next */
       OF_LASTS = OF_EXACT,
       /* and words of marks and ratings that of the first change */
       OF_RATED = OF_INCREASE,
       /* verbs of what has so many of something ("holds 1900 manuscripts") that of the other */
       OF_HOLDS = OF_DECREASE,
       /* words for points of a scale, for a record or level that is reached, and for what is no source share those of
        * ranks */
       OF_POINTS = OF_PLACE, OF_HEIGHT = OF_FINISH, OF_RULE = OF_NUMBER,
       /* words that tie a figure to the one before ("of them", "that is") share those of the first bounds */
       OF_PARTLY = OF_ABOUT, OF_NAMELY = OF_OVER,
       /* and words a passive is told with ("is", "wird"), and who does it by ("by", "von"), those of the next */
       OF_PASSIVE = OF_AT_LEAST, OF_AGENT = OF_UNDER,
       /* adjectives and adverbs that measure nothing by themselves, what a verb stands behind, nouns that a figure
        * right behind says the size of, and verbs that tell of bodies, too ("fell"), share those of the first bounds */
       OF_ALONE = OF_ABOUT, OF_MODAL = OF_OVER, OF_MEASURE = OF_AT_LEAST, OF_BODY = OF_UNDER,
       /* and words before the unit that all numbers of a table are in that of the next */
       OF_STATED = OF_AT_MOST,
       /* and words that say nothing changed ("unchanged from April") that of the one after */
       OF_STEADY = OF_EXACT,
       /* and verbs that bring something to a level ("taking the rate to") that of the first change */
       OF_CARRY = OF_INCREASE,

       /* and words for more of the same ("another", "weitere") that of the one after */
       OF_FURTHER = OF_AT_MOST,
       /* and words between two sides ("12 by 30 metres") that of the one after */
       OF_SIDE = OF_EXACT };
_Static_assert(OF_COUNT <= 64, "words of `of` are bits");

struct tk_chars;
struct units;

struct lx {
    const struct tk_chars *chars;
    const struct units *known; /* units and currencies that may be named */
    char code[8];           /* "en" */
    struct assay_text language;
    struct lx_entry *table;
    uint64_t slots, used;   /* slots: power of two */
    struct lx_meaning *meaning;
    uint32_t meanings, meaning_room;
    char *strings;
    uint32_t string_size, string_room;
    char *file[6];
    uint32_t files;
    uint64_t start[2048];   /* 2^16 pairs of bits LX_START_ over hashes that a longer word may start with */
    uint64_t form[2048];    /* 2^17 bits over words that forms start with */
    uint64_t later[4][1024]; /* 2^16 bits over words by where in a phrase they stand: LX_SECOND ... */
    uint64_t lead[1024];    /* 2^16 bits over what words that matter to numbers start with (lx_leads) */
    uint64_t phrase[1024];  /* 2^16 bits over phrases and their beginnings of two words and more */
    char sign_family[16];   /* whose money "$" is, too, where the document tells of its country: "pesos" */
    char decimal, group;    /* of digits; ' ' also stands for the no-break spaces */
    uint8_t apostrophe;     /* 1: a letter inside a word (uk, be) */
    uint8_t compounds;      /* 1: numbers are written in one word (de, it) */
    uint8_t suffixed;       /* 1: word forms by chains of suffixes (az, tr) */
    uint8_t vigesimal;      /* 1: 60 and 80 count on to 19 (fr) */
    uint8_t percent_first;  /* 1: "yüzde 20" */
    uint8_t verb_last;      /* 1: the verb stands at the end */
    uint8_t noun_after;     /* 1: a figure's unit or noun follows "de" (es, fr, it, pt) */
    uint64_t *suffix;       /* hashes, sorted */
    uint32_t suffixes;
    uint16_t suffix_lead[128]; /* what they start with: two letters as in lx_leads */
    uint32_t suffix_leads;
    uint8_t one_counts;     /* 1: the word for one is no article: "one proposal" is a figure */
    uint8_t noun_capital;   /* 1: nouns are written with a capital (de) */
    uint8_t stem_letters;   /* without a stemmer: letters kept */
    char stem_drop[96];     /* letters dropped from their end */
    char plural[64];        /* endings "s|es" of a counted noun, "" = the first word */
    char adjective[320];    /* endings of words to step over on the way to the noun */
    char to_endings[96], from_endings[96], at_endings[64]; /* of cases that say "to", "from" and "at" */
    char several_endings[96]; /* of words of time in the plural */
    char verb_endings[1536];   /* of verbs told in the past; of participles that end a clause where verbs stand last */
    char finite_endings[768];  /* of verbs that close a clause or hang on one, where verbs stand last */
    char gerund_endings[64]; /* of verbs of speech whose speaker stands before: ", пояснивши це" */
    char object_endings[96]; /* of objects right before a figure: "faizini 250 baz puan artırarak" */
    char head_endings[480]; /* of a noun that the one before it belongs to: "iki polis maşını" */
    char part_endings[160]; /* behind a number, of so many of those told before: "12'si" */
    char attribute_endings[96]; /* of adjectives in the genitive, whose noun follows: "прихожане новой церкви" */
    char genitive_endings[64], told_endings[96]; /* of subjects, and of verbs as nouns, of clauses told so */
    char participle_endings[1024]; /* of participles that stand for a clause: ", составившего", "gol atan futbolcu" */
    char negated_endings[256]; /* of verbs at the end of a clause that deny it: "ulaşmadı" */
    uint8_t participle_first[256], noun_first[256]; /* those two by their last byte, for lx_ends_by */
    char noun_endings[512]; /* of nouns that the stem of a verb reaches, too: "продажи", "consommation" */
    char forecast_endings[192], target_endings[64], hypothetical_endings[64]; /* of verbs, where they alone say it */
    struct lx_ending *ending; /* all of these lists, by their last byte */
    uint8_t ending_first[256];
    char one_nouns[96]; /* keys of nouns that an article that is also the word for one counts: "kişi|ölü"; "": all */
    char uncounted_endings[160]; /* of verbs behind a number, in which no noun that more than one is counted of ends */
    char led_endings[160];      /* of infinitives and participles right behind a verb, which are no nouns there */
    char owed_endings[64];      /* of nouns behind a sum that say what it is: "86 млн рублей неустойки" */
    char inverted[192];     /* endings of units that stand before the number they belong to: "километров сорок" */
    char street_endings[96]; /* endings of street names before a house number: "straße|gasse" */
    char stemmer[24];       /* libstemmer's name, "" = none */
};

#define LX_SEED 0x243f6a8885a308d3u
static inline uint64_t lx_mix(uint64_t h, uint32_t cp)
{
    h = (h ^ cp) * 0x9e3779b97f4a7c15u;
    return h ^ h >> 32;
}
static inline uint64_t lx_wild(uint64_t h)
{
    return h ^ 0x5851f42d4c957f2du;
}
static inline uint64_t lx_phrase(uint64_t h, uint64_t next)
{
    h = (h << 7 | h >> 57) ^ next * 0xda942042e4dd58b5u;
    return (h ^ h >> 31) * 0x9fb21c651e98df25u;
}
/* What a longer word that starts so may be: a stem with anything behind it, a form with endings or in a compound. */
#define LX_START_STEM 1u
#define LX_START_FORM 2u
/* 0: no start of that hash, for certain; otherwise bits LX_START_, some of which may be wrong. */
static inline uint32_t lx_may_start(const struct lx *lx, uint64_t h)
{
    return lx->start[h >> 53] >> (h >> 48 & 31) * 2 & 3;
}
/* 0: no word of that hash starts a form, for certain. */
static inline int lx_may_be(const struct lx *lx, uint64_t h)
{
    return lx->form[h >> 53] >> (h >> 47 & 63) & 1;
}
/* Where a word stands in a phrase: second, second where the phrase says a number, and last, or next to it, where the
 * phrase stands before a number ("más de", "de cada"). */
enum { LX_SECOND, LX_SECOND_COUNTS, LX_LAST_BEFORE, LX_NEXT_TO_LAST, LX_PLACES };
/* 0: no phrase has a word of that hash there, for certain. */
static inline int lx_may_stand(const struct lx *lx, uint32_t place, uint64_t h)
{
    return lx->later[place][h >> 54] >> (h >> 48 & 63) & 1;
}
/* 0: no form that says a number, or matters to one beside it, starts as a word of so many letters does, for certain.
 * `four`: the low bytes of its first four letters, folded, the first lowest, zeros behind the last. Forms of two and
 * three letters that a longer word may start with are kept with LX_LONGER behind. */
#define LX_LONGER 0xff000000u
static inline uint64_t lx_lead_bit(uint32_t four, uint32_t *at)
{
    uint32_t h = four * 0x9e3779b1u >> 16;
    *at = h >> 6;
    return (uint64_t)1 << (h & 63);
}
static inline int lx_leads(const struct lx *lx, uint32_t four, uint32_t letters)
{
    uint32_t a, b, c;
    uint64_t whole = lx_lead_bit(four, &a), two = lx_lead_bit((four & 0xffff) | LX_LONGER, &b),
             three = lx_lead_bit(four | LX_LONGER, &c);
    return (lx->lead[a] & whole) || (letters > 2 && lx->lead[b] & two) || (letters > 3 && lx->lead[c] & three);
}
static inline int lx_may_go_on(const struct lx *lx, uint64_t h)
{
    return lx->phrase[h >> 54] >> (h >> 48 & 63) & 1;
}
static inline const struct lx_entry *lx_find(const struct lx *lx, uint64_t hash)
{
    for (uint64_t i = hash >> 20;; i++) {
        const struct lx_entry *e = lx->table + (i & (lx->slots - 1));
        if (e->hash == hash)
            return e;
        if (!e->hash)
            return NULL;
    }
}
static inline const char *lx_key(const struct lx *lx, const struct lx_meaning *m)
{
    return lx->strings + m->key;
}

/* Whether the word ends in one of "a|b|c". */
int lx_ends_in(const char *list, const char *word, uint32_t size);

/* Folds for matching: lower case, ё = е, ı = i, every apostrophe one; 0: as if it were not there. */
uint32_t lx_fold(uint32_t cp);
void lx_value(const struct lx_meaning *, struct assay_decimal *);

/* Loads language `code` by host->find("lexicon/CODE.cfg"). ASSAY_NO: there is no such file; errors go through fail. */
assay_status lx_load(const struct assay_host *, const char *code, const struct tk_chars *, const struct units *,
                     struct lx **);
void lx_free(struct lx *);

/* The lists of endings: bits of what lx_endings gives. */
enum {
    LX_ENDS_TO,
    LX_ENDS_FROM,
    LX_ENDS_FORECAST,
    LX_ENDS_TARGET,
    LX_ENDS_HYPOTHETICAL,
    LX_ENDS_PLURAL,
    LX_ENDS_ADJECTIVE,
    LX_ENDS_STREET,
    LX_ENDS_AT,
    LX_ENDS_SEVERAL,
    LX_ENDS_VERB,
    LX_ENDS_FINITE,
    LX_ENDS_LISTS
};
/* 0: out of memory, or more than 255 endings. */
int lx_endings_prepare(struct lx *);
/* 1: the word, of at least a byte, ends in one of the list that `firsts` (of lx) opens. */
int lx_ends_by(const struct lx *, const uint8_t *firsts, const char *word, uint32_t size);
/* Which lists the word ends in; bytes as they stand. A plural's or adjective's ending is not the whole word. */
uint32_t lx_endings(const struct lx *, const char *word, uint32_t size);

#endif
