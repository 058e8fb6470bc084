/* SPDX-License-Identifier: Apache-2.0
 *
 * A document at hand, for pairs and for components: its digest unpacked, its figures distilled.
 */
#include <stdlib.h>
#include <string.h>

#include "consistency.h"

static int make_room(struct loaded *to, uint32_t figures)
{
    if (figures <= to->room)
        return 1;
    free(to->figure);
    to->figure = malloc(figures * sizeof *to->figure);
    to->room = to->figure ? figures : 0;
    return to->figure != NULL;
}

int read_weighed(struct self *s, const struct assay_doc *doc, const struct digest *digest, struct digest_open *to)
{
    struct assay_list list = s->host->records(s->host, doc, SLOT_WEIGHED);
    const struct weighed *w = list.count ? ASSAY_AT(struct weighed, list, 0) : NULL;
    rarity_scale(&s->scale, w ? w->scale : 0);
    return digest_read(to, digest, &s->scale, w ? w->classes : (struct assay_text){NULL, 0}, FIGURES_COMPARED);
}

/* The days among the figures, which take no part in what figures are tied by. */
static assay_status load_days(struct loaded *to)
{
    uint32_t n = 0;
    if (!to->day && !(to->day = malloc(DAYS_TOLD * sizeof *to->day)))
        return ASSAY_ENOMEM;
    for (uint32_t i = 0; i < to->side.figures; i++) {
        if (to->figure[i].kind != ASSAY_KIND_DATE)
            continue;
        if (n < DAYS_TOLD)
            to->day[n++] = (struct day){to->figure[i], i, to->side.note[i].context};
        to->figure[i].kind = ASSAY_NEVER; /* those beyond, too */
    }
    to->side.day = to->day;
    to->side.days = n;
    return ASSAY_OK;
}

assay_status load_document(struct self *s, const struct assay_doc *doc, struct loaded *to)
{
    const struct assay_host *h = s->host;
    const struct digest *digest = digest_of(s, doc);
    struct assay_list claims = h->records(h, doc, SLOT_CLAIM);
    to->document = document_of(s, doc);
    memset(&to->side, 0, sizeof to->side);
    if (!digest)
        return ASSAY_OK;
    uint32_t count = claims.count < digest->notes ? claims.count : digest->notes;
    if (count > FIGURES_COMPARED)
        count = FIGURES_COMPARED;
    if (!read_weighed(s, doc, digest, &to->digest) || !make_room(to, count))
        return ASSAY_ENOMEM;
    for (uint32_t i = 0; i < count; i++)
        if (!figure_of(&to->figure[i], ASSAY_AT(struct assay_claim, claims, i), &to->digest.note[i], to->document))
            to->figure[i].kind = ASSAY_NEVER;
    to->side = (struct side){to->digest.context, to->digest.note, to->figure, to->digest.contexts, count, NULL, 0};
    return load_days(to);
}

void loaded_free(struct loaded *l)
{
    digest_open_free(&l->digest);
    free(l->figure);
    free(l->day);
}
