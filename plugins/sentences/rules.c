/* SPDX-License-Identifier: Apache-2.0 */
#include "rules.h"

#include <assay/kit/lexicon.h>
#include <assay/kit/token.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#define WORD_MOST 64u

static uint64_t key_of(uint32_t language, const char *word, size_t size)
{
    char folded[2 * WORD_MOST];
    size_t n = assay_fold_text(folded, sizeof folded, word, size);
    /* Not a seed: short words under neighbouring seeds collide. */
    uint64_t hash = XXH3_64bits(folded, n) + language * 0x9e3779b97f4a7c15ull;
    return hash ? hash : 1;
}

static struct rules_entry *slot_of(const struct rules *rules, uint64_t key)
{
    size_t at = (size_t)key & (rules->room - 1);
    while (rules->at[at].hash && rules->at[at].hash != key)
        at = (at + 1) & (rules->room - 1);
    return rules->at + at;
}

static int grow(struct rules *rules)
{
    struct rules old = *rules;
    rules->room = old.room ? old.room * 2 : 4096;
    rules->at = calloc(rules->room, sizeof *rules->at);
    if (!rules->at) {
        *rules = old;
        return 0;
    }
    for (size_t i = 0; i < old.room; i++)
        if (old.at[i].hash)
            *slot_of(rules, old.at[i].hash) = old.at[i];
    free(old.at);
    return 1;
}

static int add(struct rules *rules, uint32_t language, struct assay_text word, uint32_t kind)
{
    if (rules->count * 2 >= rules->room && !grow(rules))
        return 0;
    struct rules_entry *entry = slot_of(rules, key_of(language, word.at, (size_t)word.size));
    rules->count += !entry->hash;
    entry->hash = key_of(language, word.at, (size_t)word.size);
    entry->kinds |= kind;
    return 1;
}

static int read_list(struct rules *rules, struct assay_lexicon *lexicon, const struct assay_lexicon_item *group,
                     uint32_t language, const char *name, uint32_t kind)
{
    const struct assay_lexicon_item *list;
    if (!assay_lexicon_want(lexicon, group, name, ASSAY_LEXICON_ARRAY | ASSAY_LEXICON_LIST, 0, &list))
        return 0;
    for (uint32_t i = 0; list && i < list->count; i++) {
        struct assay_text forms = list->first[i].text, form;
        while (assay_lexicon_form(&forms, &form)) {
            if (!form.size || form.size > WORD_MOST)
                return assay_lexicon_fail(lexicon, list->first + i, "an empty form, or one of more than %u bytes",
                                          WORD_MOST);
            if (!add(rules, language, form, kind))
                return assay_lexicon_fail(lexicon, list, "out of memory");
        }
    }
    return 1;
}

static int read_language(struct rules *rules, struct assay_lexicon *lexicon, const struct assay_lexicon_item *group)
{
    static const struct {
        const char *name;
        uint32_t kind;
    } lists[] = {{"never", RULES_NEVER},     {"seldom", RULES_SELDOM},    {"numbered", RULES_NUMBERED},
                 {"counted", RULES_COUNTED}, {"starters", RULES_STARTER}, {"after", RULES_AFTER},
                 {"sometimes", RULES_SOMETIMES}};
    const struct assay_lexicon_item *code, *ordinals;
    if (!assay_lexicon_known(lexicon, group,
                             "language|ordinals|never|seldom|numbered|counted|sometimes|starters|after") ||
        !assay_lexicon_want(lexicon, group, "language", ASSAY_LEXICON_TEXT, 1, &code) ||
        !assay_lexicon_want(lexicon, group, "ordinals", ASSAY_LEXICON_FLAG, 0, &ordinals))
        return 0;
    uint32_t n = rules->languages;
    if (n == RULES_LANGUAGES || code->text.size >= sizeof rules->name[0])
        return assay_lexicon_fail(lexicon, code, "at most %u languages, each of at most 7 letters", RULES_LANGUAGES);
    if (!n && (code->text.size != 3 || memcmp(code->text.at, "und", 3)))
        return assay_lexicon_fail(lexicon, code, "the first language has to be \"und\"");
    if (n && rules_language(rules, code->text))
        return assay_lexicon_fail(lexicon, code, "a second entry for this language");
    memcpy(rules->name[n], code->text.at, (size_t)code->text.size);
    if (ordinals && ordinals->integer)
        rules->ordinals |= 1ull << n;
    rules->languages++;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (!read_list(rules, lexicon, group, n, lists[i].name, lists[i].kind))
            return 0;
    return 1;
}

int rules_read(struct rules *rules, const char *path, char *message)
{
    struct assay_lexicon lexicon;
    const struct assay_lexicon_item *languages = NULL;
    memset(rules, 0, sizeof *rules);
    int ok = assay_lexicon_read(&lexicon, path) && assay_lexicon_known(&lexicon, &lexicon.root, "languages") &&
             assay_lexicon_want(&lexicon, &lexicon.root, "languages", ASSAY_LEXICON_LIST, 1, &languages);
    for (uint32_t i = 0; ok && i < languages->count; i++)
        ok = languages->first[i].type == ASSAY_LEXICON_GROUP
                 ? read_language(rules, &lexicon, languages->first + i)
                 : assay_lexicon_fail(&lexicon, languages->first + i, "expected a group { language = ...; }");
    if (ok && !rules->languages)
        ok = assay_lexicon_fail(&lexicon, languages, "no language");
    if (!ok)
        snprintf(message, 512, "%s", lexicon.error);
    assay_lexicon_free(&lexicon);
    if (!ok)
        rules_free(rules);
    return ok;
}

void rules_free(struct rules *rules)
{
    free(rules->at);
    memset(rules, 0, sizeof *rules);
}

uint32_t rules_language(const struct rules *rules, struct assay_text code)
{
    for (uint32_t i = 1; i < rules->languages; i++)
        if (strlen(rules->name[i]) == code.size && !memcmp(rules->name[i], code.at, (size_t)code.size))
            return i;
    return 0;
}

uint32_t rules_kinds(const struct rules *rules, uint32_t language, const char *word, size_t size)
{
    if (!size || size > WORD_MOST || !rules->room)
        return 0;
    uint32_t kinds = slot_of(rules, key_of(0, word, size))->kinds;
    if (language)
        kinds |= slot_of(rules, key_of(language, word, size))->kinds;
    return kinds;
}
