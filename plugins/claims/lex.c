/* SPDX-License-Identifier: Apache-2.0 */
#include "lex.h"

#include <assay/kit/fold.h>
#include <assay/kit/lexicon.h>
#include <assay/kit/utf8.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figure.h"
#include "lex_table.h"

enum { DEEPEST = 5 };

struct section {
    const char *name;
    uint8_t class, kind; /* kind: 'v' value, 'k' key as it stands, 'o' a word of `words` */
    const char *words;
    uint8_t first;       /* enum of words[0] */
};

static const struct section sections[] = {
    {"cardinals", LX_CARDINAL, 'v', NULL, 0}, {"scales", LX_SCALE, 'v', NULL, 0}, {"ordinals", LX_ORDINAL, 'v', NULL, 0},
    {"fractions", LX_FRACTION, 'v', NULL, 0}, {"multiples", LX_MULTIPLE, 'v', NULL, 0}, {"vague", LX_VAGUE, 'v', NULL, 0},
    {"units", LX_UNIT, 'k', NULL, 0}, {"currencies", LX_CURRENCY, 'k', NULL, 0},
    {"bounds", LX_BOUND, 'o', "~|>|>=|<|<=|=", OF_ABOUT}, {"bounds_after", LX_BOUND_AFTER, 'o', "~|>|>=|<|<=|=|>than|<than", OF_ABOUT},
    {"changes", LX_CHANGE, 'o', "increase|decrease|move", OF_INCREASE}, {"particles", LX_PARTICLE, 'o', "increase|decrease|move", OF_INCREASE},
    {"relations", LX_RELATION, 'o', "by|to|from|between|and|in|beyond", OF_BY}, {"joins", LX_JOIN, 'o', "by|to|from|between|and|in", OF_BY},
    {"per", LX_PER, 'k', NULL, 0}, {"of", LX_OF, 'k', NULL, 0}, {"months", LX_MONTH, 'v', NULL, 0}, {"weekdays", LX_WEEKDAY, 'v', NULL, 0},
    {"periods", LX_PERIOD, 'o', "day|week|month|quarter|half|year|decade|century", OF_DAY},
    {"relative", LX_RELATIVE, 'v', NULL, 0}, {"days", LX_DAY, 'v', NULL, 0},
    {"times", LX_TIME, 'o', "since|until|during|mark|ago|earlier|back|against|record|same|when|next", OF_SINCE},
    {"status", LX_STATUS, 'o', "forecast|target|negated|hypothetical|asserted", OF_FORECAST},
    {"speech", LX_SPEECH, 'o', "verb|source|weak|heard", OF_VERB},
    {"reject", LX_REJECT, 'o', "before|after|score|phone|clock|lead|at|street|model|name|decade|dated|site", OF_BEFORE},
    {"words", LX_WORD, 'o', "article|preposition|conjunction|pronoun|auxiliary|other|genitive|break|level|relative|turn|points|height|rule", OF_ARTICLE},
    {"nouns", LX_NOUN, 'k', NULL, 0}, {"age", LX_AGE, 'o', "old|aged|turned|older", OF_OLD}, {"countries", LX_COUNTRY, 'k', NULL, 0},
    {"point", LX_POINT, 'k', NULL, 0}, {"signs", LX_SIGN, 'v', NULL, 0}, {"titles", LX_TITLE, 'k', NULL, 0},
    {"links", LX_WORD, 'o', "partly|namely|passive|agent|further|side", OF_PARTLY}, {"ranks", LX_RANK, 'o', "place|finish|number", OF_PLACE}, {"marks", LX_MARK, 'o', "threshold|crosses|across|counted|ever|lasts|rated|holds", OF_THRESHOLD},
    {"qualities", LX_QUALITY, 'o', "alone|modal|measure|body|stated|steady|carry", OF_ALONE},
    {"seasons", LX_SEASON, 'v', NULL, 0}, {"paid", LX_PAID, 'k', NULL, 0},
};
#define SECTIONS (sizeof sections / sizeof sections[0])
static const char known[] =
    "language|parent|decimal|group|apostrophe|compounds|suffixed|vigesimal|percent_first|verb_last|noun_after|one_counts|noun_capital|stemmer|stem_letters|stem_drop|plural|adjective|street_endings|inverted|one_nouns|to_endings|from_endings|at_endings|several_endings|verb_endings|genitive_endings|object_endings|finite_endings|attribute_endings|head_endings|part_endings|gerund_endings|told_endings|sign_family|uncounted_endings|led_endings|owed_endings|participle_endings|noun_endings|negated_endings|"
    "forecast_endings|target_endings|hypothetical_endings|suffixes|remove|"
    "cardinals|scales|ordinals|fractions|multiples|vague|units|currencies|bounds|bounds_after|changes|relations|joins|per|of|months|"
    "weekdays|periods|relative|days|times|status|speech|reject|words|nouns|age|countries|point|signs|titles|particles|links|ranks|marks|qualities|seasons|paid";

uint32_t lx_fold(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    switch (cp) {
    case 0x0451: case 0x0401:
        return 0x0435; /* ё */
    case 0x045e: case 0x040e:
        return 0x0443; /* ў: у after a vowel */
    case 0x0131: case 0x0130:
        return 'i';
    case 0x2019: case 0x2018: case 0x02bc: case 0x02b9: case 0x00b4: case 0x0060: case 0x2032:
        return '\'';
    case 0x00ad: case 0x0301: case 0x200b: case 0x200e: case 0x200f: case 0xfeff: case 0x0307:
        return 0;
    case 0x2212: case 0x2010: case 0x2011:
        return '-';
    case 0x2044: case 0x2215:
        return '/';
    default:
        break;
    }
    if (cp >= 0xff01 && cp <= 0xff5e)
        return lx_fold(cp - 0xfee0);
    return assay_class(cp) == ASSAY_CP_IGNORE ? 0 : assay_lower(cp);
}

void lx_value(const struct lx_meaning *m, struct assay_decimal *to)
{
    uint64_t size = m->number < 0 ? 0 - (uint64_t)m->number : (uint64_t)m->number;
    if (m->over <= 1) {
        assay_decimal_u64(to, size);
    } else { /* long division to 38 places: exact where it can be */
        char digits[72];
        size_t n = 0;
        uint64_t whole = size / m->over, rest = size % m->over;
        struct assay_decimal front;
        assay_decimal_u64(&front, whole);
        n = assay_decimal_print(digits, &front);
        digits[n++] = '.';
        for (int i = 0; i < 30 && rest; i++) {
            rest *= 10;
            digits[n++] = (char)('0' + rest / m->over);
            rest %= m->over;
        }
        assay_decimal_read(to, digits, n);
        to->inexact = rest != 0;
    }
    if (m->number < 0)
        to->sign = -to->sign;
    assay_decimal_scale(to, m->power);
}

/* "12", "-1", "1e6", "1.5", "3/4"; a trailing + or - is the direction of a multiple. */
static int read_value(struct assay_text key, struct lx_meaning *m)
{
    const char *at = key.at, *end = at + key.size;
    int negative = 0, digits = 0, point = 0;
    if (end - at > 1 && end[-1] == '+') {
        m->of = OF_INCREASE;
        end--;
    } else if (end - at > 1 && end[-1] == '-') {
        m->of = OF_DECREASE;
        end--;
    }
    if (at < end && *at == '-') {
        negative = 1;
        at++;
    }
    int64_t v = 0;
    for (; at < end && ((*at >= '0' && *at <= '9') || (*at == '.' && !point)); at++) {
        if (*at == '.') {
            point = 1;
            continue;
        }
        if (digits++ > 17)
            return 0;
        v = v * 10 + (*at - '0');
        m->power -= point;
    }
    if (!digits)
        return 0;
    m->number = negative ? -v : v;
    m->over = 1;
    if (at < end && *at == 'e') {
        int power = 0, n = 0;
        for (at++; at < end && *at >= '0' && *at <= '9' && n < 3; at++, n++)
            power = power * 10 + (*at - '0');
        m->power += power;
        return n && at == end;
    }
    if (at < end && *at == '/') {
        uint32_t over = 0, n = 0;
        for (at++; at < end && *at >= '0' && *at <= '9' && n < 10 && over < UINT32_MAX / 10; at++, n++)
            over = over * 10 + (uint32_t)(*at - '0');
        m->over = over;
        return over && at == end;
    }
    return at == end;
}

static int read_word(const char *words, struct assay_text key, uint8_t first, uint8_t *of)
{
    for (uint8_t i = 0; *words; i++) {
        size_t size = strcspn(words, "|");
        if (size == key.size && !memcmp(words, key.at, size)) {
            *of = (uint8_t)(first + i);
            return 1;
        }
        words += size + (words[size] == '|');
    }
    return 0;
}

static int is_currency(struct assay_text key)
{
    if (key.at[0] == '-') /* "-crowns", of no country */
        return 1;
    for (uint64_t i = 0; i < 3; i++)
        if (i >= key.size || key.at[i] < 'A' || key.at[i] > 'Z')
            return 0;
    return key.size == 3 || ((key.at[3] == '/' || key.at[3] == '*') && key.size > 4);
}

static int read_line(struct assay_lexicon *file, struct lx *lx, const struct section *section,
                     const struct assay_lexicon_item *line)
{
    struct assay_text key, forms, form;
    struct lx_meaning m = {.class = section->class, .file = (uint8_t)(lx->files - 1), .line = line->line, .over = 1};
    if (line->type != ASSAY_LEXICON_TEXT)
        return assay_lexicon_fail(file, line, "a line of '%s' has to be a text \"KEY form|form\"", section->name);
    if (!assay_lexicon_line(line->text, &key, &forms))
        return assay_lexicon_fail(file, line, "\"KEY form|form\" was expected");
    if (section->kind == 'v' && !read_value(key, &m))
        return assay_lexicon_fail(file, line, "'%.*s' is no value", (int)key.size, key.at);
    if (section->kind == 'o' && !read_word(section->words, key, section->first, &m.of))
        return assay_lexicon_fail(file, line, "'%.*s' is none of %s", (int)key.size, key.at, section->words);
    m.key = lt_intern(lx, key.at, key.size);
    if (!m.key)
        return assay_lexicon_fail(file, line, "out of memory");
    if (section->class == LX_UNIT && !un_known(lx->known, lx->strings + m.key))
        return assay_lexicon_fail(file, line, "'%.*s' is no unit of units.cfg", (int)key.size, key.at);
    if (section->class == LX_CURRENCY && !is_currency(key))
        return assay_lexicon_fail(
            file, line,
            "'%.*s' is no currency: three capitals of ISO 4217, with /100 for its parts or *6 for its millions, or -crowns for one of no country",
            (int)key.size, key.at);
    if (section->class == LX_CURRENCY && key.at[0] != '-' && !un_currency(lx->known, lx->strings + m.key))
        return assay_lexicon_fail(file, line, "'%.3s' is no currency of units.cfg (ISO 4217)", key.at);
    while (assay_lexicon_form(&forms, &form)) {
        const struct lx_meaning *other = NULL;
        int added = lt_add_form(lx, form, m, 0, &other);
        if (other)
            return assay_lexicon_fail(file, line, "'%.*s' is '%s' in line %u, and '%s' here", (int)form.size, form.at,
                                      lx_key(lx, other), (unsigned)other->line, lx->strings + m.key);
        if (added < 0)
            return assay_lexicon_fail(file, line, "'%.*s' is no form of one to eleven words", (int)form.size, form.at);
        if (!added)
            return assay_lexicon_fail(file, line, "out of memory");
    }
    return 1;
}

/* Second walk: unaccented spellings, where nothing else is spelled so. */
static void add_plain(struct lx *lx, const struct assay_lexicon_item *line, const struct section *section)
{
    struct assay_text key, forms, form;
    struct lx_meaning m = {.class = section->class, .file = (uint8_t)(lx->files - 1), .line = line->line, .over = 1};
    char plain[256];
    if (!lt_may_differ(line->text) || !assay_lexicon_line(line->text, &key, &forms) ||
        (section->kind == 'v' && !read_value(key, &m)) ||
        (section->kind == 'o' && !read_word(section->words, key, section->first, &m.of)))
        return;
    while (assay_lexicon_form(&forms, &form)) {
        int n = form.at && form.size < 200 && form.at[0] != '=' ? lt_plain_form(form, plain, sizeof plain) : 0;
        if (!n)
            continue;
        if (!m.key)
            m.key = lt_intern(lx, key.at, key.size);
        if (!m.key || !lt_add_form(lx, (struct assay_text){plain, (uint64_t)n}, m, 1, NULL))
            return;
    }
}

static int read_remove(struct assay_lexicon *file, struct lx *lx, const struct assay_lexicon_item *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        struct assay_text key, forms, form;
        const struct assay_lexicon_item *line = list->first + i;
        if (line->type != ASSAY_LEXICON_TEXT || !assay_lexicon_line(line->text, &key, &forms))
            return assay_lexicon_fail(file, line, "\"SECTION form|form\" was expected");
        const struct section *section = NULL;
        for (size_t k = 0; k < SECTIONS; k++)
            if (strlen(sections[k].name) == key.size && !memcmp(sections[k].name, key.at, key.size))
                section = sections + k;
        if (!section)
            return assay_lexicon_fail(file, line, "there is no section '%.*s'", (int)key.size, key.at);
        while (assay_lexicon_form(&forms, &form))
            lt_drop_form(lx, form, section->class);
    }
    return 1;
}

static int read_flag(struct assay_lexicon *file, const char *name, uint8_t *to)
{
    const struct assay_lexicon_item *found;
    if (!assay_lexicon_want(file, &file->root, name, ASSAY_LEXICON_FLAG, 0, &found))
        return 0;
    if (found)
        *to = found->integer != 0;
    return 1;
}

static int read_char(struct assay_lexicon *file, const char *name, char *to)
{
    const struct assay_lexicon_item *found;
    if (!assay_lexicon_want(file, &file->root, name, ASSAY_LEXICON_TEXT, 0, &found))
        return 0;
    if (found && (found->text.size != 1 || !strchr(".,' ", found->text.at[0])))
        return assay_lexicon_fail(file, found, "'%s' has to be one of . , ' and a blank", name);
    if (found)
        *to = found->text.at[0];
    return 1;
}

static int read_short(struct assay_lexicon *file, const char *name, char *to, size_t room)
{
    const struct assay_lexicon_item *found;
    if (!assay_lexicon_want(file, &file->root, name, ASSAY_LEXICON_TEXT, 0, &found))
        return 0;
    if (found && found->text.size >= room)
        return assay_lexicon_fail(file, found, "'%s' is longer than %d bytes", name, (int)room - 1);
    if (found)
        snprintf(to, room, "%s", found->text.at);
    return 1;
}

static int compare_hash(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static int read_suffixes(struct assay_lexicon *file, struct lx *lx)
{
    const struct assay_lexicon_item *list;
    if (!assay_lexicon_want(file, &file->root, "suffixes", ASSAY_LEXICON_ARRAY, 0, &list))
        return 0;
    if (!list || !list->count)
        return 1;
    uint64_t *former = lx->suffix;
    uint32_t formers = lx->suffixes;
    lx->suffixes = 0;
    lx->suffix = calloc(list->count, sizeof *lx->suffix);
    if (!lx->suffix) {
        free(former);
        return assay_lexicon_fail(file, list, "out of memory");
    }
    for (uint32_t i = 0; i < list->count; i++) {
        const struct assay_text suffix = list->first[i].text;
        if (list->first[i].type != ASSAY_LEXICON_TEXT)
            continue;
        tk_hashes(lx, suffix.at, suffix.size, lx->suffix + lx->suffixes++, 1);
        lt_suffix_lead(lx, suffix);
    }
    qsort(lx->suffix, lx->suffixes, sizeof *lx->suffix, compare_hash); /* ties are equal values */
    if (formers && (formers != lx->suffixes || memcmp(former, lx->suffix, formers * sizeof *former)))
        memset(lx->lead, 0xff, sizeof lx->lead); /* the forms of a parent take its own */
    free(former);
    return 1;
}

static int read_settings(struct assay_lexicon *file, struct lx *lx)
{
    const struct assay_lexicon_item *found;
    if (!assay_lexicon_want(file, &file->root, "stemmer", ASSAY_LEXICON_TEXT, 0, &found))
        return 0;
    if (found)
        snprintf(lx->stemmer, sizeof lx->stemmer, "%s", found->text.at);
    if (!assay_lexicon_want(file, &file->root, "stem_letters", ASSAY_LEXICON_INTEGER, 0, &found))
        return 0;
    if (found && (found->integer < 3 || found->integer > 20))
        return assay_lexicon_fail(file, found, "'stem_letters' has to be 3 to 20");
    if (found)
        lx->stem_letters = (uint8_t)found->integer;
    if (!read_short(file, "stem_drop", lx->stem_drop, sizeof lx->stem_drop) ||
        !read_short(file, "plural", lx->plural, sizeof lx->plural) ||
        !read_short(file, "forecast_endings", lx->forecast_endings, sizeof lx->forecast_endings) ||
        !read_short(file, "target_endings", lx->target_endings, sizeof lx->target_endings) ||
        !read_short(file, "hypothetical_endings", lx->hypothetical_endings, sizeof lx->hypothetical_endings) ||
        !read_short(file, "to_endings", lx->to_endings, sizeof lx->to_endings) ||
        !read_short(file, "from_endings", lx->from_endings, sizeof lx->from_endings) ||
        !read_short(file, "at_endings", lx->at_endings, sizeof lx->at_endings) ||
        !read_short(file, "several_endings", lx->several_endings, sizeof lx->several_endings) ||
        !read_short(file, "verb_endings", lx->verb_endings, sizeof lx->verb_endings) ||
        !read_short(file, "genitive_endings", lx->genitive_endings, sizeof lx->genitive_endings) ||
        !read_short(file, "gerund_endings", lx->gerund_endings, sizeof lx->gerund_endings) ||
        !read_short(file, "object_endings", lx->object_endings, sizeof lx->object_endings) ||
        !read_short(file, "head_endings", lx->head_endings, sizeof lx->head_endings) ||
        !read_short(file, "part_endings", lx->part_endings, sizeof lx->part_endings) ||
        !read_short(file, "attribute_endings", lx->attribute_endings, sizeof lx->attribute_endings) ||
        !read_short(file, "finite_endings", lx->finite_endings, sizeof lx->finite_endings) ||
        !read_short(file, "told_endings", lx->told_endings, sizeof lx->told_endings) ||
        !read_short(file, "negated_endings", lx->negated_endings, sizeof lx->negated_endings) ||
        !read_short(file, "participle_endings", lx->participle_endings, sizeof lx->participle_endings) ||
        !read_short(file, "noun_endings", lx->noun_endings, sizeof lx->noun_endings) ||
        !read_short(file, "street_endings", lx->street_endings, sizeof lx->street_endings) ||
        !read_short(file, "uncounted_endings", lx->uncounted_endings, sizeof lx->uncounted_endings) ||
        !read_short(file, "sign_family", lx->sign_family, sizeof lx->sign_family) ||
        !read_short(file, "led_endings", lx->led_endings, sizeof lx->led_endings) ||
        !read_short(file, "owed_endings", lx->owed_endings, sizeof lx->owed_endings) ||
        !read_short(file, "inverted", lx->inverted, sizeof lx->inverted) ||
        !read_short(file, "one_nouns", lx->one_nouns, sizeof lx->one_nouns) ||
        !read_short(file, "adjective", lx->adjective, sizeof lx->adjective) ||
        !read_flag(file, "noun_capital", &lx->noun_capital))
        return 0;
    return read_char(file, "decimal", &lx->decimal) && read_char(file, "group", &lx->group) &&
           read_flag(file, "apostrophe", &lx->apostrophe) && read_flag(file, "compounds", &lx->compounds) &&
           read_flag(file, "suffixed", &lx->suffixed) && read_flag(file, "vigesimal", &lx->vigesimal) &&
           read_flag(file, "percent_first", &lx->percent_first) && read_flag(file, "verb_last", &lx->verb_last) &&
           read_flag(file, "noun_after", &lx->noun_after) && read_flag(file, "one_counts", &lx->one_counts) &&
           read_suffixes(file, lx);
}

static int read_sections(struct assay_lexicon *file, struct lx *lx)
{
    const struct assay_lexicon_item *list;
    if (!assay_lexicon_want(file, &file->root, "remove", ASSAY_LEXICON_ARRAY, 0, &list) ||
        (list && !read_remove(file, lx, list)))
        return 0;
    for (size_t k = 0; k < SECTIONS; k++) {
        if (!assay_lexicon_want(file, &file->root, sections[k].name, ASSAY_LEXICON_ARRAY, 0, &list))
            return 0;
        for (uint32_t i = 0; list && i < list->count; i++)
            if (!read_line(file, lx, sections + k, list->first + i))
                return 0;
    }
    for (size_t k = 0; k < SECTIONS; k++) {
        list = assay_lexicon_get(&file->root, sections[k].name);
        for (uint32_t i = 0; list && i < list->count; i++)
            add_plain(lx, list->first + i, sections + k);
    }
    return 1;
}

static assay_status load_file(const struct assay_host *host, struct lx *lx, const char *code, const char *asked_by,
                              uint32_t depth);

static assay_status load_parsed(const struct assay_host *host, struct lx *lx, struct assay_lexicon *file,
                                const char *name, uint32_t depth)
{
    const struct assay_lexicon_item *parent, *language;
    if (!assay_lexicon_known(file, &file->root, known) ||
        !assay_lexicon_want(file, &file->root, "parent", ASSAY_LEXICON_TEXT, 0, &parent) ||
        !assay_lexicon_want(file, &file->root, "language", ASSAY_LEXICON_TEXT, 1, &language))
        return host->fail(host, ASSAY_ECONF, "%s", file->error);
    if ((!depth && strcmp(language->text.at, name) &&
         !assay_lexicon_fail(file, language, "the file is named for '%s', but its language is '%s'", name,
                             language->text.at)) ||
        (parent && !strcmp(parent->text.at, name) &&
         !assay_lexicon_fail(file, parent, "a lexicon cannot build on itself")))
        return host->fail(host, ASSAY_ECONF, "%s", file->error);
    /* before the parent, because how words are cut and stored depends on some; and after it, to win over it */
    if (!read_settings(file, lx))
        return host->fail(host, ASSAY_ECONF, "%s", file->error);
    if (parent) {
        assay_status status = load_file(host, lx, parent->text.at, file->path, depth + 1);
        if (status)
            return status;
    }
    if (lx->files >= sizeof lx->file / sizeof lx->file[0])
        return host->fail(host, ASSAY_ECONF, "%s: more than %d lexicons build on one another", file->path,
                          (int)lx->files);
    lx->file[lx->files] = strdup(name);
    if (!lx->file[lx->files])
        return host->fail(host, ASSAY_ENOMEM, "lexicon '%s': out of memory", name);
    lx->files++;
    if (!read_settings(file, lx) || !read_sections(file, lx))
        return host->fail(host, ASSAY_ECONF, "%s", file->error);
    return ASSAY_OK;
}

static assay_status load_file(const struct assay_host *host, struct lx *lx, const char *code, const char *asked_by,
                              uint32_t depth)
{
    char name[96];
    struct assay_text path;
    if (depth > DEEPEST || strlen(code) > 60)
        return host->fail(host, ASSAY_ECONF, "lexicon '%s': parents nest more than %d deep", code, DEEPEST);
    snprintf(name, sizeof name, "lexicon/%s.cfg", code);
    assay_status status = host->find(host, name, &path);
    if (status == ASSAY_NO && !asked_by)
        return ASSAY_NO;
    if (status == ASSAY_NO)
        return host->fail(host, ASSAY_ECONF, "%s: error: its parent '%s' is not there", asked_by, name);
    if (status)
        return status;
    struct assay_lexicon file;
    status = assay_lexicon_read(&file, path.at) ? load_parsed(host, lx, &file, code, depth)
                                                : host->fail(host, ASSAY_ECONF, "%s", file.error);
    assay_lexicon_free(&file);
    return status;
}

assay_status lx_load(const struct assay_host *host, const char *code, const struct tk_chars *chars,
                     const struct units *units, struct lx **to)
{
    char name[96];
    struct assay_text path;
    *to = NULL;
    snprintf(name, sizeof name, "lexicon/%.60s.cfg", code);
    if (host->find(host, name, &path) == ASSAY_NO)
        return ASSAY_NO;
    struct lx *lx = calloc(1, sizeof *lx);
    if (!lx || !lt_grow(lx)) {
        free(lx);
        return host->fail(host, ASSAY_ENOMEM, "lexicon: out of memory");
    }
    snprintf(lx->code, sizeof lx->code, "%s", code);
    lx->language = (struct assay_text){lx->code, strlen(lx->code)};
    lx->chars = chars;
    lx->known = units;
    lx->decimal = '.';
    lx->group = ',';
    assay_status status = load_file(host, lx, code, NULL, 0);
    if (!status && !lx_endings_prepare(lx))
        status = host->fail(host, ASSAY_ECONF, "lexicon '%s': more than 255 endings", code);
    if (status) {
        lx_free(lx);
        return status;
    }
    *to = lx;
    return ASSAY_OK;
}

void lx_free(struct lx *lx)
{
    if (!lx)
        return;
    for (uint32_t i = 0; i < lx->files; i++)
        free(lx->file[i]);
    free(lx->table);
    free(lx->meaning);
    free(lx->strings);
    free(lx->suffix);
    free(lx->ending);
    free(lx);
}
