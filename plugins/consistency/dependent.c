/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is not counted among the independent sources of a finding, and why, in words.
 */
#include <assay/kit/text.h>

#include "report.h"

#define NAMES_MOST 6u /* of those who depend on one source in one way; the others are counted */
#define CREDIT_MOST 60u

/* Why a publisher, told of at its first member, is not counted. */
struct reason {
    enum depends why;     /* DEPENDS_NOT: it is */
    uint32_t on;          /* the member it depends on */
    struct assay_text credit;
    int said;
};

static int first_of_publisher(const struct report *r, uint32_t i)
{
    for (uint32_t k = 0; k < i; k++)
        if (assay_text_same(member_at(r, k)->publisher, member_at(r, i)->publisher))
            return 0;
    return member_at(r, i)->publisher.size != 0;
}

static uint32_t first_with(const struct report *r, struct assay_text publisher)
{
    uint32_t i = 0;
    while (!assay_text_same(member_at(r, i)->publisher, publisher))
        i++;
    return i;
}

/* 1 where member k is a reason not to count the publisher of member i: that one depends on k, or each on the other and k
 * stands before it. */
static int depends_on(const struct report *r, const struct reason *of, uint32_t i, uint32_t k, struct reason *to)
{
    uint32_t a = r->member[i], b = r->member[k];
    const struct item *x = member_at(r, i), *y = member_at(r, k);
    if (!y->publisher.size || assay_text_same(x->publisher, y->publisher))
        return 0;
    enum depends why = source_depends(r->k, &a, &b);
    uint32_t first = first_with(r, y->publisher), own = first_with(r, x->publisher);
    if (why == DEPENDS_NOT || why == DEPENDS_PUBLISHER)
        return 0;
    if (source_directed(r->k, a, b, why) ? a != r->member[i] : first > own)
        return 0;
    if (of[first].why != DEPENDS_NOT && assay_text_same(member_at(r, of[first].on)->publisher, x->publisher))
        return 0; /* one of the two has to count */
    *to = (struct reason){why, k, {NULL, 0}, 0};
    if (why == DEPENDS_CREDIT)
        to->credit = credited_by_both(x, y);
    return 1;
}

/* The plainest of its reasons: that it is a copy, before whom it cites. */
static void find_reason(const struct report *r, struct reason *of, uint32_t i)
{
    uint32_t own = first_with(r, member_at(r, i)->publisher);
    struct reason one;
    for (uint32_t k = 0; k < r->members; k++)
        if (depends_on(r, of, i, k, &one) && (of[own].why == DEPENDS_NOT || one.why < of[own].why))
            of[own] = one;
}

static int one_reason(const struct report *r, const struct reason *x, const struct reason *y)
{
    return x->why == y->why && assay_text_same(member_at(r, x->on)->publisher, member_at(r, y->on)->publisher) &&
           assay_text_same(x->credit, y->credit);
}

static void say_reason(struct assay_buf *b, const struct report *r, const struct reason *one, int several)
{
    static const char *const how[][2] = {[DEPENDS_COPY] = {"prints what stands in ", "print what stands in "},
                                         [DEPENDS_TRANSLATION] = {"tells the same, sentence by sentence, as ",
                                                                  "tell the same, sentence by sentence, as "},
                                         [DEPENDS_CITES] = {"cites ", "cite "},
                                         [DEPENDS_GOES_ON] = {"tells it right behind a sentence that cites ",
                                                              "tell it right behind a sentence that cites "},
                                         [DEPENDS_CREDIT] = {"credits ", "credit "}};
    assay_buf_text(b, ", which ");
    assay_buf_text(b, how[one->why][several != 0]);
    if (one->why == DEPENDS_CREDIT) {
        say_plain(b, one->credit, CREDIT_MOST);
        assay_buf_text(b, ", as does ");
    }
    say_who(b, member_at(r, one->on)->f.source);
}

/* Those with the reason of publisher i: "A, B and C, which cite D". */
static void say_group(struct assay_buf *b, const struct report *r, struct reason *of, uint32_t i)
{
    uint32_t all = 0, said = 0;
    for (uint32_t k = i; k < r->members; k++)
        all += of[k].why != DEPENDS_NOT && one_reason(r, &of[k], &of[i]);
    uint32_t most = all > NAMES_MOST + 1 ? NAMES_MOST : all;
    for (uint32_t k = i; k < r->members; k++) {
        if (of[k].why == DEPENDS_NOT || !one_reason(r, &of[k], &of[i]))
            continue;
        of[k].said = 1;
        if (said == most)
            continue;
        if (said)
            assay_buf_text(b, said + 1 == all ? " and " : ", ");
        said++;
        say_who(b, member_at(r, k)->f.source);
    }
    if (most < all)
        assay_buf_printf(b, " and %u more", all - most);
    say_reason(b, r, &of[i], all > 1);
}

/* Further articles of the publisher whose first member is i. */
static uint32_t more_articles(const struct report *r, uint32_t i)
{
    uint32_t documents = 0;
    for (uint32_t k = i; k < r->members; k++) {
        const struct item *m = member_at(r, k);
        uint32_t again = !assay_text_same(m->publisher, member_at(r, i)->publisher);
        for (uint32_t n = i; n < k && !again; n++)
            again = member_at(r, n)->c->ref.doc == m->c->ref.doc;
        documents += !again;
    }
    return documents ? documents - 1 : 0;
}

void say_dependent(struct assay_buf *b, const struct report *r)
{
    struct reason of[JUDGE_ITEMS] = {{DEPENDS_NOT, 0, {NULL, 0}, 0}};
    uint32_t said = 0;
    for (uint32_t i = 0; i < r->members; i++)
        if (member_at(r, i)->publisher.size)
            find_reason(r, of, i);
    for (uint32_t i = 0; i < r->members; i++) {
        if (of[i].why == DEPENDS_NOT || of[i].said)
            continue;
        assay_buf_text(b, said++ ? "; " : " Not counted: ");
        say_group(b, r, of, i);
    }
    for (uint32_t i = 0; i < r->members; i++) {
        uint32_t more = first_of_publisher(r, i) ? more_articles(r, i) : 0;
        if (!more)
            continue;
        assay_buf_text(b, said++ ? "; " : " Not counted: ");
        assay_buf_printf(b, "%u more article%s of ", more, more == 1 ? "" : "s");
        say_who(b, member_at(r, i)->f.source);
    }
    if (said)
        assay_buf_text(b, ".");
}
