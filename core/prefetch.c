/* SPDX-License-Identifier: Apache-2.0 */
#include "prefetch.h"

#include <string.h>
#include <sys/resource.h>

#include "fields.h"

#define GUESSES 2048u /* after as many it is asked what they were good for */
#define LOOK 1024u    /* calls, after which it is asked whether the disk was read at all; */
#define LOOK_FIRST 16u /* the first time soon: until then, and in most processes ever, it was not */

/* What is in the system's memory already need not be guessed. */
static int is_quiet(struct guess *guess)
{
    struct rusage usage;
    uint32_t asked = guess->asked++;
    if (asked % LOOK && asked != LOOK_FIRST)
        return guess->quiet;
    getrusage(RUSAGE_SELF, &usage);
    guess->quiet = !asked || usage.ru_inblock == guess->blocks;
    guess->blocks = usage.ru_inblock;
    return guess->quiet;
}

int prefetch_wanted(struct run *run)
{
    struct work *work = &run->work;
    struct guess *guess = &work->guess;
    if (!run->index.in_files)
        return 0;
    if (guess->pass != run->pass + 1)
        *guess = (struct guess){.pass = run->pass + 1, .least = 1, .viewed = work->viewed};
    if (is_quiet(guess))
        return 0;
    if (guess->named < GUESSES)
        return guess->least != 0;
    if ((work->viewed - guess->viewed) * 2 < guess->named)
        guess->least = guess->least == 1 ? 2 : 0;
    guess->named = 0;
    guess->viewed = work->viewed;
    return guess->least != 0;
}

static void add(struct prefetch *prefetch, const void *value)
{
    assay_docid id; /* the first member of a place and a reference too */
    uint32_t i = 0;
    memcpy(&id, value, sizeof id);
    while (i < prefetch->n && prefetch->id[i] != id)
        i++;
    if (i == PREFETCH_NAMES)
        return;
    if (i == prefetch->n) {
        prefetch->id[i] = id;
        prefetch->times[i] = 0;
        prefetch->n++;
    }
    prefetch->times[i]++;
}

void prefetch_add(struct prefetch *prefetch, const struct assay_fields *fields, const void *record, int lists)
{
    for (uint32_t i = 0; i < fields->rows; i++) {
        const struct assay_field *field = fields_row(fields, i);
        const char *at = (const char *)record + field->offset;
        if (field->type != ASSAY_DOC && field->type != ASSAY_PLACE && field->type != ASSAY_REF)
            continue;
        if (!(field->flags & ASSAY_LIST)) {
            add(prefetch, at);
            continue;
        }
        struct assay_list list;
        memcpy(&list, at, sizeof list);
        for (uint32_t k = 0; lists && k < list.count && prefetch->n < PREFETCH_NAMES; k++)
            add(prefetch, (const char *)list.at + (uint64_t)k * list.stride);
    }
}

void prefetch_tell(struct run *run, const struct prefetch *prefetch)
{
    for (uint32_t i = 0; i < prefetch->n; i++) {
        int rare = prefetch->times[i] < run->work.guess.least;
        uint32_t rank = rare ? INDEX_NONE : index_find(&run->index, prefetch->id[i]);
        if (rank == INDEX_NONE)
            continue;
        index_ahead(&run->index, run->index.number[rank]);
        run->work.guess.named++;
    }
}
