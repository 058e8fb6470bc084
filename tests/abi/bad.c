/* SPDX-License-Identifier: Apache-2.0
 *
 * Modules that the loader has to refuse, each for its own reason. Built once for each name.
 */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <assay/plugin.h>

#define TEXT(x) #x
#define NAME(x) TEXT(x)
#define DESCRIBE(x) ASSAY_PLUGIN(x)

struct options {
    uint32_t count, zero;
};
static const struct assay_field rows[] = {
#if defined(BAD_lying_table)
    {"count", ASSAY_U32, 0, 4096, 4, ASSAY_NEVER, 0, NULL, "1", NULL, NULL, "outside the struct"},
#elif defined(BAD_lying_default)
    ASSAY_OPTION(struct options, count, ASSAY_U32, 0, NULL, "many", NULL, NULL, "no number"),
#else
    ASSAY_OPTION(struct options, count, ASSAY_U32, 0, NULL, "1", NULL, NULL, "a number"),
#endif
};
static const struct assay_fields fields = ASSAY_FIELDS(struct options, rows);

#if defined(BAD_list_key)
struct tagged {
    struct assay_list tags;
};
static const struct assay_field tagged_rows[] = {ASSAY_FIELD(struct tagged, tags, ASSAY_TEXT, ASSAY_LIST | ASSAY_KEY, NULL, "no order")};
static const struct assay_fields tagged = ASSAY_FIELDS(struct tagged, tagged_rows);
static const struct assay_layer layers[] = {{ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "tagged", &tagged, "tags"}};
#define LAYERS layers, NULL, 1, 0
#elif defined(BAD_graded)
struct graded {
    uint32_t level, zero;
};
static const struct assay_field graded_rows[] = {ASSAY_FIELD(struct graded, level, ASSAY_CHOICE, ASSAY_GRADE, "hard|easy", "level")};
static const struct assay_fields graded = ASSAY_FIELDS(struct graded, graded_rows);
static const struct assay_layer layers[] = {{ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "graded", &graded, "levels"}};
#define LAYERS layers, NULL, 1, 0
#else
#define LAYERS NULL, NULL, 0, 0
#endif

static assay_status open_it(const struct assay_host *host, const void *options, void **self)
{
    (void)host;
    (void)options;
    *self = NULL;
    return ASSAY_OK;
}

static assay_status analyse(void *self, struct assay_doc *doc)
{
    (void)self;
    (void)doc;
    return ASSAY_OK;
}

#if defined(BAD_dies_early)
__attribute__((constructor)) static void die(void)
{
    raise(SIGSEGV);
}
#elif defined(BAD_leaves_early)
__attribute__((constructor)) static void leave(void)
{
    static const char words[] = "leaves: no licence found\n";
    if (write(STDERR_FILENO, words, sizeof words - 1) < 0)
        _exit(8);
    exit(7);
}
#elif defined(BAD_kitless)
void assay_nobody_links_this(void);
__attribute__((used)) static void call(void)
{
    assay_nobody_links_this();
}
#elif defined(BAD_unresolved)
void nobody_defines_this(void);
__attribute__((used)) static void call(void)
{
    nobody_defines_this();
}
#endif

#if defined(BAD_other_symbol)
DESCRIBE(somebody_else) =
#else
DESCRIBE(PLUGIN) =
#endif
#if defined(BAD_major_two)
    {(uint32_t)sizeof(struct assay_plugin), 2, 0, sizeof(struct assay_layer), sizeof(struct assay_round),
#elif defined(BAD_minor_nine)
    {(uint32_t)sizeof(struct assay_plugin), 1, 9, sizeof(struct assay_layer), sizeof(struct assay_round),
#else
    {ASSAY_ABI,
#endif
#if defined(BAD_other_name)
     "another", "1", "", "Apache-2.0", ASSAY_ANALYSER, 0,
#elif defined(BAD_unknown_flag)
     NAME(PLUGIN), "1", "", "Apache-2.0", ASSAY_ANALYSER, 1u << 20,
#else
     NAME(PLUGIN), "1", "a module for tests", "Apache-2.0", ASSAY_ANALYSER, 0,
#endif
     &fields, LAYERS, open_it, NULL, NULL, NULL,
#if defined(BAD_no_hook)
     NULL,
#else
     analyse,
#endif
     NULL, NULL, NULL, NULL, NULL};

extern const void *const unused[];
const void *const unused[] = {(const void *)(uintptr_t)analyse};
