/* SPDX-License-Identifier: Apache-2.0 */
#include "ahead.h"

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

int ahead_wanted(struct run *run)
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

static void add(struct ahead *ahead, const void *value)
{
    assay_docid id; /* the first member of a place and a reference too */
    uint32_t i = 0;
    memcpy(&id, value, sizeof id);
    while (i < ahead->n && ahead->id[i] != id)
        i++;
    if (i == AHEAD_NAMES)
        return;
    if (i == ahead->n) {
        ahead->id[i] = id;
        ahead->times[i] = 0;
        ahead->n++;
    }
    ahead->times[i]++;
}

void ahead_add(struct ahead *ahead, const struct assay_fields *fields, const void *record, int lists)
{
    for (uint32_t i = 0; i < fields->rows; i++) {
        const struct assay_field *field = fields_row(fields, i);
        const char *at = (const char *)record + field->offset;
        if (field->type != ASSAY_DOC && field->type != ASSAY_PLACE && field->type != ASSAY_REF)
            continue;
        if (!(field->flags & ASSAY_LIST)) {
            add(ahead, at);
            continue;
        }
        struct assay_list list;
        memcpy(&list, at, sizeof list);
        for (uint32_t k = 0; lists && k < list.count && ahead->n < AHEAD_NAMES; k++)
            add(ahead, (const char *)list.at + (uint64_t)k * list.stride);
    }
}

void ahead_tell(struct run *run, const struct ahead *ahead)
{
    for (uint32_t i = 0; i < ahead->n; i++) {
        uint32_t rank = ahead->times[i] < run->work.guess.least ? INDEX_NONE : index_find(&run->index, ahead->id[i]);
        if (rank == INDEX_NONE)
            continue;
        index_ahead(&run->index, run->index.number[rank]);
        run->work.guess.named++;
    }
}
