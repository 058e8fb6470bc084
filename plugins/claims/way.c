/* SPDX-License-Identifier: Apache-2.0
 *
 * The word of change round a figure ("rose", "fiel ... zurück", "arttı"), and the word that leads to it ("by", "to").
 */
#include "change.h"
#include "quantity.h"

/* "current", "derzeit", "нынешних" */
static int is_now(const struct tks *s, uint32_t i)
{
    const struct lx_meaning *m = tk_mean(s, i, LX_RELATIVE, NULL);
    m = m ? m : tk_mean(s, i, LX_DAY, NULL);
    return m && !m->number;
}

/* "face aos 3,2%": the last word of what sets against leads to nothing. */
static int set_beside(const struct tks *s, uint32_t first)
{
    uint32_t start;
    const struct lx_meaning *m = tk_before(s, first, LX_TIME, &start);
    return m && m->of == OF_AGAINST && start + 1 < first;
}

/* The relation word that leads to the figure: directly before it, or with an article between. */
const struct lx_meaning *cg_relation(const struct tks *s, const struct figure *f, uint32_t *start)
{
    const struct lx_meaning *m = tk_before(s, f->first, LX_RELATION, start);
    if (!m && f->first > 0 && tk_is(s, f->first - 1, LX_WORD, OF_ARTICLE, NULL))
        m = tk_before(s, f->first - 1, LX_RELATION, start);
    if (!m && tk_has(s, f->first, LX_RELATION)) { /* "до 5" read as a bound */
        uint32_t length;
        m = tk_mean(s, f->first, LX_RELATION, &length);
        *start = f->first;
        if (m && f->first + length > f->number)
            m = NULL;
    }
    if (!m && f->first > 1 && is_now(s, f->first - 1))
        m = tk_before(
            s,
            f->first - 1 -
                (uint32_t)(tk_is(s, f->first - 2, LX_WORD, OF_ARTICLE, NULL) && !tk_has(s, f->first - 2, LX_RELATION)),
            LX_RELATION, start);
    if (!m && s->lx->noun_after && f->first > 1 && s->at[f->first - 1].letters >= 4 &&
        tk_is(s, f->first - 1, LX_WORD, OF_PRONOUN, NULL) && f->unit)
        m = tk_before(s, f->first - 1, LX_RELATION, start); /* "rincareranno di altri 90 euro" */
    if (m && (m->of == OF_BEYOND || set_beside(s, f->first)))
        return NULL;
    return m;
}

/* A phrase with a meaning of its own: "shot down", "can kaybı". */
static int phrase_at(const struct tks *s, uint32_t i, uint32_t class)
{
    uint32_t length, start;
    return (tk_mean(s, i, class, &length) && length > 1) || (tk_before(s, i + 1, class, &start) && start < i);
}

static const struct lx_meaning *change_at(const struct tks *s, uint32_t i)
{
    if (tk_has(s, i, LX_SPEECH) && th_english_like(s) && tk_sign(s, i + 1, ',') && i > 1 && tk_sign(s, i - 2, ','))
        return NULL; /* ", it added," */
    if (!tk_has(s, i, LX_CHANGE) || phrase_at(s, i, LX_WORD) || phrase_at(s, i, LX_NOUN))
        return NULL;
    return tk_mean(s, i, LX_CHANGE, NULL);
}

/* "a relevé sa prévision de croissance": a noun of change behind another and "of", with a verb of change before both. */
static int modifies_behind(const struct tks *s, uint32_t i, uint32_t low)
{
    int owned = 0;
    if (i < low + 4 || !tk_has(s, i - 1, LX_OF))
        return 0;
    for (uint32_t k = i - 2; k-- > low && i - k <= 8;) {
        if (s->at[k].kind != TK_WORD || s->at[k].breaks)
            return 0;
        if (change_at(s, k))
            return owned;
        owned |= k + 2 < i && (tk_is(s, k, LX_WORD, OF_ARTICLE, NULL) || tk_is(s, k, LX_WORD, OF_PRONOUN, NULL));
    }
    return 0;
}

/* "cut its growth forecast to 0.8": a noun of change before another noun, with a verb of change before both. */
int fr_modifies(const struct tks *s, uint32_t i, uint32_t low, uint32_t first)
{
    if (s->lx->noun_after)
        return modifies_behind(s, i, low);
    if (i + 2 >= first || s->at[i + 1].kind != TK_WORD ||
        s->at[i + 1].mask &
            (LX_BIT(LX_WORD) | LX_BIT(LX_RELATION) | LX_BIT(LX_JOIN) | LX_BIT(LX_CHANGE) | LX_BIT(LX_TIME)) ||
        (s->at[i + 1].letters < 4 && s->at[i + 1].upper != 2) || s->lx->verb_last)
        return 0;
    for (uint32_t k = i; k-- > low && i - k <= 5;) {
        if (s->at[k].kind != TK_WORD || s->at[k].breaks)
            return 0;
        if (change_at(s, k))
            return 1;
    }
    return 0;
}

/* "est tombée à 2,4 %, proche de l'objectif de 2 %": behind a figure that the change is told of and a comma, one that a
 * noun of its own is told by. */
static int of_other_noun(const struct tks *s, const struct figure *f)
{
    uint32_t of, noun;
    if (!s->lx->noun_after || f->first <= f[-1].last + 3 || !f[-1].has_relation || !tk_before(s, f->first, LX_OF, &of) ||
        of <= f[-1].last + 1)
        return 0;
    noun = of - 1;
    if (!th_content(s, noun) || tk_has(s, noun, LX_CHANGE) || !(s->at[noun].mask & LX_BIT(LX_NOUN)))
        return 0;
    for (uint32_t i = f[-1].last; i < noun; i++)
        if (tk_sign(s, i, ','))
            return !tk_is(s, i + 1, LX_JOIN, OF_AND, NULL);
    return 0;
}

/* The nearest word of change left of the figure, not across a break or more than one other figure. */
static const struct lx_meaning *change_left(const struct tks *s, const struct figure *figures, uint32_t k,
                                            uint32_t *distance)
{
    uint32_t low = figures[k].first > 20 ? figures[k].first - 20 : 0, crossed = 0, start, j = k;
    const struct lx_meaning *lead = k > 1 ? cg_relation(s, figures + k, &start) : NULL;
    int turns_to = lead && lead->of == OF_TO && figures[k].kind != ASSAY_KIND_DURATION;
    for (uint32_t i = figures[k].first; i-- > low;) {
        if (s->at[i].breaks && !(s->at[i].kind == TK_SIGN && s->at[i].cp >= 0x2013) &&
            fr_over_dash(s, figures[k].first) == figures[k].first)
            return NULL; /* but "..., а добыча — на четверть" */
        while (j > 0 && figures[j - 1].last > i) { /* "diminuiu 3,8% em dez anos, para 51 mil" */
            j--;
            crossed += !(turns_to && figures[j].kind == ASSAY_KIND_DURATION);
        }
        const struct lx_meaning *m = change_at(s, i);
        if (m && s->at[i].kind == TK_WORD &&
            (fr_modifies(s, i, low, figures[k].first) ||
             (s->lx->verb_last && np_participle(s, i)))) /* "yakınlarını kaybeden iki kadın" */
            continue;
        if (m && s->at[i].kind == TK_WORD) {
            *distance = figures[k].first - i;
            return crossed > (figures[k].has_relation ? 2u : 1u) || (crossed && of_other_noun(s, figures + k)) ? NULL : m;
        }
    }
    return NULL;
}

/* "ging um 3 auf 5 Prozent zurück", "nahm um 2 Prozent zu": the particle that ends the clause says which way the verb
 * goes. */
static const struct lx_meaning *particle_of(const struct tks *s, uint32_t first, uint32_t last)
{
    uint32_t verb = first, i = last;
    if (!(s->mask & LX_BIT(LX_PARTICLE)))
        return NULL;
    while (verb > 0 && first - verb < 16 && !s->at[verb - 1].breaks && !tk_is(s, verb - 1, LX_PARTICLE, OF_MOVE, NULL))
        verb--;
    if (!verb || !tk_is(s, verb - 1, LX_PARTICLE, OF_MOVE, NULL))
        return NULL;
    for (; i < s->count && i < last + 12 && !s->at[i].breaks &&
           !(s->at[i].kind == TK_SIGN && (s->at[i].cp == ',' || s->at[i].cp == '.'));
         i++) {
        uint32_t length = 1, end;
        const struct lx_meaning *m = tk_mean(s, i, LX_PARTICLE, &length);
        end = i + length;
        if (m && m->of != OF_MOVE &&
            (end >= s->count || s->at[end].kind == TK_SIGN || tk_is(s, end, LX_WORD, OF_CONJUNCTION, NULL)))
            return m;
    }
    return NULL;
}

/* "um 6 Prozent gegenüber dem Vorjahr gesunken": the verb that ends the clause. */
static const struct lx_meaning *change_at_end(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t k)
{
    uint32_t i = figures[k].last, end = i + 12 < s->count ? i + 12 : s->count;
    for (; i < end && s->at[i].kind != TK_SIGN && !s->at[i].breaks && !tk_is(s, i, LX_WORD, OF_CONJUNCTION, NULL); i++)
        if (k + 1 < n && figures[k + 1].first <= i)
            return NULL;
    while (i > figures[k].last && tk_is(s, i - 1, LX_WORD, OF_AUXILIARY, NULL) && !tk_has(s, i - 1, LX_CHANGE))
        i--;
    const struct lx_meaning *m = i > figures[k].last && i < end && !s->at[i - 1].upper ? change_at(s, i - 1) : NULL;
    return m && m->of != OF_MOVE ? m : NULL;
}

const struct lx_meaning *cg_right(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t k)
{
    uint32_t start, reach = s->lx->verb_last ? 14 : 3, high = figures[k].last + reach;
    uint32_t behind = figures[k].counted_end > figures[k].last ? figures[k].counted_end : figures[k].last;
    if (high > s->count)
        high = s->count;
    if (s->lx->verb_last && behind == figures[k].last + 1 && figures[k].kind == ASSAY_KIND_NUMBER &&
        figures[k].counted == figures[k].last && tk_ends(s, behind - 1, LX_ENDS_AT) && !tk_has(s, behind - 1, LX_NOUN))
        return NULL; /* "14 ilde sıcaklıklar artacak" */
    const struct lx_meaning *particle = particle_of(s, figures[k].first, figures[k].last);
    if (particle && (cg_relation(s, figures + k, &start) ||
                     (particle->of == OF_DECREASE && figures[k].kind == ASSAY_KIND_PERCENT)))
        return particle; /* "gab 2 Prozent nach", but "gaben 38 Prozent an" */
    for (uint32_t i = figures[k].last; i < high; i++) {
        if (s->at[i].breaks || (s->at[i].kind == TK_SIGN && (s->at[i].cp == ',' || s->at[i].cp == '.')))
            return NULL;
        if (k + 1 < n && figures[k + 1].first <= i && !s->lx->verb_last)
            return NULL;
        if (!s->lx->verb_last &&
            (tk_is(s, i, LX_WORD, OF_AUXILIARY, NULL) || tk_is(s, i, LX_WORD, OF_CONJUNCTION, NULL)))
            return NULL;
        if (s->lx->verb_last && i > figures[k].counted_end + 1 && tk_is(s, i, LX_JOIN, OF_AND, NULL) &&
            tk_is(s, i, LX_WORD, OF_CONJUNCTION, NULL))
            return NULL; /* "gol attı ve ... yükseldi" */
        const struct lx_meaning *m = change_at(s, i);
        if (!m && s->lx->verb_last && i <= behind + 2 && np_closes(s, i))
            return NULL; /* "2,3 milyon ziyaretçi ağırlayan müzenin fiyatı çıkarıldı" */
        if (m && tk_ends(s, i, LX_ENDS_VERB) && i > figures[k].last && np_genitive(s, i - 1))
            return NULL; /* "63 faizi qiymətlərin artacağını gözləyir" */
        if (m && !s->lx->verb_last && i > figures[k].last && tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL) &&
            !tk_has(s, i - 1, LX_OF) && !tk_has(s, i, LX_SIGN))
            return NULL; /* "18 destinati al taglio" */
        if (m && s->lx->noun_after && figures[k].kind == ASSAY_KIND_DIMENSION && i == figures[k].last + 1 &&
            tk_has(s, i - 1, LX_OF))
            return NULL; /* "800 tonnellate di sale" */
        if (m)
            return m;
    }
    return s->lx->noun_capital && cg_relation(s, figures + k, &start) ? change_at_end(s, figures, n, k) : NULL;
}

/* The next figure is what this one turns to: "von 3 auf 5". */
int cg_to_follows(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t k)
{
    const struct lx_meaning *m = k + 1 < n && figures[k + 1].first - figures[k].last < 4
                                     ? tk_before(s, figures[k + 1].first, LX_RELATION, NULL)
                                     : NULL;
    return m && m->of == OF_TO;
}

/* "The rally drew 5,000": a noun of change that does something else; but "the rise was 5%". */
static int subject_noun(const struct tks *s, const struct figure *f, uint32_t i)
{
    uint32_t verb = f->first - 1;
    if (s->lx->noun_after && i && verb > i + 1 &&
        (tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) || tk_sign(s, i - 1, '\'')) &&
        tk_is(s, verb, LX_RELATION, OF_TO, NULL) && tk_is(s, verb - 1, LX_WORD, OF_LEVEL, NULL))
        return 1; /* "L'esplosione equivale a 20 chilotoni" */
    return i && verb > i && tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) && tk_is(s, verb, LX_WORD, OF_AUXILIARY, NULL) &&
           !tk_is(s, verb, LX_WORD, OF_LEVEL, NULL) && !tk_is(s, verb - 1, LX_WORD, OF_AUXILIARY, NULL);
}

/* "subiu 17,2% e fixou-se em 2.065 euros": another verb, which is none of change, tells the figure. */
static int says_next(const struct tks *s, const struct figure *f, uint32_t change)
{
    uint32_t i = f->first, low = f[-1].last;
    if (low <= change || s->lx->verb_last)
        return 0;
    while (i > low && f->first - i < 6 && !tk_is(s, i - 1, LX_JOIN, OF_AND, NULL))
        i--;
    if (i <= low || !tk_is(s, i - 1, LX_JOIN, OF_AND, NULL) || i >= f->first || tk_has(s, i, LX_CHANGE))
        return 0;
    i += tk_is(s, i, LX_WORD, OF_PRONOUN, NULL) && i + 1 < f->first; /* "y se quedó" */
    return tk_is(s, i, LX_WORD, OF_LEVEL, NULL) || (tk_ends(s, i, LX_ENDS_VERB) && s->at[i].letters > 4);
}

struct said cg_find(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t k)
{
    const struct figure *f = figures + k;
    struct said a = {.start = f->first};
    a.left = change_left(s, figures, k, &a.distance);
    const struct lx_meaning *right = a.left && !s->lx->verb_last ? NULL : cg_right(s, figures, n, k);
    if (a.left && right && tk_sign_within(s, f->first - a.distance, f->first, ','))
        a.left = NULL; /* "yüzde 3,1 azaldı, ihracat yüzde 3,3 arttı" */
    if (a.left)
        right = NULL;
    a.relation = cg_relation(s, f, &a.start);
    if (a.left && a.distance > (s->lx->noun_capital && f->kind == ASSAY_KIND_PERCENT ? 8u : 4u) && !a.relation &&
        !f->has_relation)
        a.left = NULL;
    if (a.left && !f->has_relation && subject_noun(s, f, f->first - a.distance))
        a.left = NULL;
    if (a.left && k && !f->has_relation && says_next(s, f, f->first - a.distance))
        a.left = NULL;
    if (!a.left && !right)
        right = cg_right(s, figures, n, k);
    int from = a.relation && a.relation->of == OF_FROM;
    if (right && from && !f->has_relation && !s->lx->verb_last)
        right = NULL; /* "с шестью станциями сократит" */
    if (!a.left && !right && from && s->lx->noun_capital && cg_to_follows(s, figures, n, k))
        right = cg_right(s, figures, n, k + 1); /* "soll von 12 auf 14 Euro steigen" */
    const struct lx_meaning *behind =
        a.left && a.distance > 3 && !a.relation && f->last < s->count ? change_at(s, f->last) : NULL;
    if (behind && s->lx->noun_capital && f->kind == ASSAY_KIND_PERCENT &&
        behind->of != OF_MOVE) { /* "fielen ... 18 Prozent mehr Züge aus" */
        a.left = NULL;
        right = behind;
    }
    const struct lx_meaning *out =
        a.left && a.relation && s->lx->noun_capital ? particle_of(s, f->first, f->last) : NULL;
    if (out && out->of != a.left->of && a.left->of != OF_MOVE) {
        a.left = NULL; /* "fiel um ein Fünftel größer aus" */
        right = out;
    }
    a.change = a.left ? a.left : right;
    return a;
}

int cg_over_object(const struct tks *s, const struct figure *f, const struct said *a)
{
    uint32_t verb = f->first - a->distance, i = verb + 1;
    if (!th_english_like(s) || !a->left || a->distance < 3 || a->distance > 6 || !f->unit ||
        (verb &&
         (tk_is(s, verb - 1, LX_WORD, OF_ARTICLE, NULL) || tk_is(s, verb - 1, LX_WORD, OF_PREPOSITION, NULL))) ||
        !(tk_is(s, i, LX_WORD, OF_PRONOUN, NULL) || (tk_is(s, i, LX_WORD, OF_ARTICLE, NULL) && s->at[i].letters == 3)))
        return 0;
    for (i++; i < f->first; i++)
        if (!th_content(s, i) || !s->at[i].space || tk_ends(s, i, LX_ENDS_ADJECTIVE) ||
            tk_is(s, i, LX_QUALITY, OF_ALONE, NULL) || tk_is(s, i, LX_WORD, OF_OTHER, NULL))
            return 0;
    return 1;
}

int cg_snowfall(const struct tks *s, const struct figure *f)
{
    uint32_t of;
    return th_english_like(s) &&
           (qt_is_unit(f->unit, "inch") || qt_is_unit(f->unit, "centimeter") || qt_is_unit(f->unit, "millimeter")) &&
           tk_before(s, f->first, LX_OF, &of) && of && tk_has(s, of - 1, LX_CHANGE) &&
           tk_ends(s, of - 1, LX_ENDS_PLURAL);
}

/* Tokens of the article right before token i: "ha guadagnato l'1,2%". */
uint32_t cg_articles(const struct tks *s, uint32_t i)
{
    uint32_t n = i && tk_sign(s, i - 1, '\'') ? 1 : 0;
    return i > n && tk_is(s, i - n - 1, LX_WORD, OF_ARTICLE, NULL) ? n + 1 : 0;
}

/* Tokens of a phrase such as "on average" between the verb and the figure: "subiram em média 9,4%". */
uint32_t cg_passed_over(const struct tks *s, const struct figure *f)
{
    uint32_t start = f->first;
    const struct lx_meaning *m =
        s->lx->noun_after ? tk_before(s, f->first - cg_articles(s, f->first), LX_WORD, &start) : NULL;
    return m && m->of == OF_OTHER && start + 2 <= f->first ? f->first - start : 0;
}
