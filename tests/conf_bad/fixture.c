/* SPDX-License-Identifier: Apache-2.0
 *
 * Plugins with options and layers of every kind; none does anything.
 */
#include <assay/layers/document.h>
#include <assay/plugin.h>

struct word {
    struct assay_span span;
    uint32_t length, zero;
};
static const struct assay_field word_rows[] = {
    ASSAY_FIELD(struct word, span, ASSAY_SPAN, ASSAY_SELF, NULL, "where"),
    ASSAY_FIELD(struct word, length, ASSAY_U32, 0, NULL, "letters"),
};
static const struct assay_fields word_fields = ASSAY_FIELDS(struct word, word_rows);

/* Another opinion on what a word is. */
struct other_word {
    struct assay_text length;
    uint32_t stem, zero;
};
static const struct assay_field other_word_rows[] = {
    ASSAY_FIELD(struct other_word, length, ASSAY_TEXT, 0, NULL, "letters"),
};
static const struct assay_field must_word_rows[] = {
    ASSAY_FIELD(struct other_word, stem, ASSAY_U32, ASSAY_MUST, NULL, "stem"),
};
static const struct assay_fields other_word_fields = ASSAY_FIELDS(struct other_word, other_word_rows);
static const struct assay_fields must_word_fields = ASSAY_FIELDS(struct other_word, must_word_rows);

struct part {
    struct assay_text name;
    uint32_t weight, zero;
};
static const struct assay_field part_rows[] = {
    ASSAY_OPTION(struct part, name, ASSAY_TEXT, ASSAY_MUST, NULL, NULL, NULL, NULL, "name"),
    ASSAY_OPTION(struct part, weight, ASSAY_U32, 0, NULL, "1", "1", "9", "weight"),
};
static const struct assay_fields part_fields = ASSAY_FIELDS(struct part, part_rows);

struct options {
    uint32_t flag, count, mode, zero;
    int64_t offset, wait;
    uint64_t big, room;
    double share;
    struct assay_text label, lexicon, path;
    struct assay_list languages, parts, input;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, flag, ASSAY_FLAG, 0, NULL, "false", NULL, NULL, "a switch"),
    ASSAY_OPTION(struct options, count, ASSAY_U32, 0, NULL, "3", "1", "10", "a count"),
    ASSAY_OPTION(struct options, mode, ASSAY_CHOICE, 0, "fast|thorough", "fast", NULL, NULL, "a choice"),
    ASSAY_OPTION(struct options, offset, ASSAY_I64, 0, NULL, "-1", "-5", "5", "an offset"),
    ASSAY_OPTION(struct options, wait, ASSAY_MSEC, 0, NULL, "10s", "1ms", "1m", "a time"),
    ASSAY_OPTION(struct options, big, ASSAY_U64, 0, NULL, "0", NULL, NULL, "a large count"),
    ASSAY_OPTION(struct options, room, ASSAY_SIZE, 0, NULL, "1MB", "4KB", "1GB", "a size"),
    ASSAY_OPTION(struct options, share, ASSAY_REAL, 0, NULL, "0.5", "0", "1", "a share"),
    ASSAY_OPTION(struct options, label, ASSAY_TEXT, 0, NULL, NULL, NULL, NULL, "a text"),
    ASSAY_OPTION(struct options, lexicon, ASSAY_PATH, 0, NULL, NULL, NULL, NULL, "a file"),
    ASSAY_OPTION(struct options, languages, ASSAY_TEXT, ASSAY_LIST, NULL, NULL, NULL, NULL, "texts"),
    ASSAY_OPTION(struct options, parts, ASSAY_RECORD, ASSAY_LIST, &part_fields, NULL, NULL, NULL, "groups"),
};
static const struct assay_fields option_fields = ASSAY_FIELDS(struct options, option_rows);

static const struct assay_field must_rows[] = {
    ASSAY_OPTION(struct options, label, ASSAY_TEXT, ASSAY_MUST, NULL, NULL, NULL, NULL, "a text"),
};
static const struct assay_fields must_fields = ASSAY_FIELDS(struct options, must_rows);
static const struct assay_field path_rows[] = {
    ASSAY_OPTION(struct options, path, ASSAY_PATH, ASSAY_OUTPUT, NULL, "-", NULL, NULL, "where to"),
};
static const struct assay_fields path_fields = ASSAY_FIELDS(struct options, path_rows);

static const struct assay_layer document_layer[] = {{ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "documents"}};
static const struct assay_layer word_layer[] = {{ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "t_word", &word_fields, "words"}};
static const struct assay_layer word_two_layer[] = {{ASSAY_PROVIDES, 2, ASSAY_ON_DOCUMENT, 0, "t_word", &word_fields, "words"}};
static const struct assay_layer needs_layer[] = {{ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "t_word", &word_fields, "words"}};
static const struct assay_layer near_layer[] = {{ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "t_words", &word_fields, "words"}};
static const struct assay_layer types_layer[] = {{ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "t_word", &other_word_fields, "words"}};
static const struct assay_layer must_layer[] = {{ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "t_word", &must_word_fields, "words"}};

static assay_status open_it(const struct assay_host *host, const void *options, void **self)
{
    (void)host;
    (void)options;
    *self = NULL;
    return ASSAY_OK;
}

static assay_status read_it(void *self, struct assay_item *item, struct assay_text name)
{
    (void)self;
    (void)item;
    (void)name;
    return ASSAY_OK;
}

static assay_status work_on(void *self, struct assay_doc *doc)
{
    (void)self;
    (void)doc;
    return ASSAY_OK;
}

static assay_status write_it(void *self, struct assay_results *results)
{
    (void)self;
    (void)results;
    return ASSAY_OK;
}

#define TEXT(x) #x
#define NAME(x) TEXT(x)
#define DESCRIBE(x) ASSAY_PLUGIN(x)
#define HEAD(role) ASSAY_ABI, NAME(PLUGIN), "1", "a plugin for tests", "Apache-2.0", role, 0
#define ANALYSER(options, layer) {HEAD(ASSAY_ANALYSER), options, layer, NULL, 1, 0, open_it, NULL, NULL, NULL, work_on, NULL, NULL, NULL, NULL, NULL}

extern const void *const unused[];
const void *const unused[] = {&option_fields, &must_fields, &path_fields, document_layer, word_layer, word_two_layer, needs_layer, near_layer,
                              types_layer, must_layer, (const void *)(uintptr_t)read_it, (const void *)(uintptr_t)work_on,
                              (const void *)(uintptr_t)write_it};

DESCRIBE(PLUGIN) =
#if defined(PLUGIN_t_reader)
    {HEAD(ASSAY_READER), NULL, document_layer, NULL, 1, 0, open_it, NULL, read_it, NULL, NULL, NULL, NULL, NULL, NULL, NULL};
#elif defined(PLUGIN_t_prepare)
    {HEAD(ASSAY_PREPARER), NULL, NULL, NULL, 0, 0, open_it, NULL, NULL, work_on, NULL, NULL, NULL, NULL, NULL, NULL};
#elif defined(PLUGIN_t_words)
    ANALYSER(&option_fields, word_layer);
#elif defined(PLUGIN_t_words_too)
    ANALYSER(NULL, word_layer);
#elif defined(PLUGIN_t_words_two)
    ANALYSER(NULL, word_two_layer);
#elif defined(PLUGIN_t_needs)
    ANALYSER(NULL, needs_layer);
#elif defined(PLUGIN_t_near)
    ANALYSER(NULL, near_layer);
#elif defined(PLUGIN_t_types)
    ANALYSER(NULL, types_layer);
#elif defined(PLUGIN_t_must)
    ANALYSER(&must_fields, must_layer);
#else
    {HEAD(ASSAY_WRITER), &path_fields, NULL, NULL, 0, 0, open_it, NULL, NULL, NULL, NULL, write_it, NULL, NULL, NULL, NULL};
#endif
