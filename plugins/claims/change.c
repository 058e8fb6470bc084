/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether a figure tells a change, and of what kind: by, to, from, fold.
 */
#include <string.h>

#include "change.h"
#include "quantity.h"

#define END_REACH 6u /* tokens from the end of a change told first to the word before the other */

/* In languages of suffixes the case of the figure says what a preposition says elsewhere: "38,2'ye", "liraya". */
uint32_t cg_case(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->last, glued = 0;
    if (!s->lx->suffixed)
        return OF_NONE;
    if (f->bound == ASSAY_BOUND_AT_MOST && i > f->after && tk_is(s, i - 1, LX_TIME, OF_UNTIL, NULL))
        return tk_ends(s, i - 2, LX_ENDS_TO) ? OF_TO : OF_NONE; /* "41 dərəcəyə qədər yüksələcək" */
    if (f->counted_end == f->counted + 1 && f->counted == f->last && s->at[i].stem &&
        tk_has(s, i, LX_NOUN)) /* "10.248 puana indi" */
        return tk_ends(s, i, LX_ENDS_FROM) ? OF_FROM : tk_ends(s, i, LX_ENDS_TO) ? OF_TO : OF_NONE;
    if (i + 1 < s->count && !s->at[i].space && (tk_sign(s, i, '\'') || tk_sign(s, i, '-')) &&
        s->at[i + 1].kind == TK_WORD && !s->at[i + 1].space) {
        i++;
        glued = 1;
    } else {
        i--;
    }
    if (s->at[i].kind != TK_WORD || (!glued && !s->at[i].stem))
        return OF_NONE;
    return tk_ends(s, i, LX_ENDS_FROM) ? OF_FROM : tk_ends(s, i, LX_ENDS_TO) ? OF_TO : OF_NONE;
}

static uint32_t direction(const struct lx_meaning *m)
{
    return m->of == OF_INCREASE   ? ASSAY_CHANGE_INCREASE
           : m->of == OF_DECREASE ? ASSAY_CHANGE_DECREASE
                                  : ASSAY_CHANGE_LEVEL;
}

/* "down to 5", read as a bound, is a relation: the figure begins behind it. */
static void unbind(const struct tks *s, struct figure *f, uint32_t start)
{
    uint32_t length = 1;
    if (start != f->first || f->bound != ASSAY_BOUND_AT_MOST)
        return;
    tk_mean(s, start, LX_RELATION, &length);
    if (start + length + 1 < f->number)
        return; /* "fino a un massimo di 250" */
    f->first = start + length;
    if (tk_is(s, f->first, LX_WORD, OF_ARTICLE, NULL) && f->first < f->number)
        f->first++;
    f->bound = ASSAY_BOUND_EXACT;
}

/* A word for "by" that also leads in what is no difference: "de 12 ans", "на 800 коек". */
static int weak_by(const struct tks *s, uint32_t start)
{
    return (s->at[start].mask & (LX_BIT(LX_OF) | LX_BIT(LX_PER))) || tk_is(s, start, LX_WORD, OF_ARTICLE, NULL) ||
           tk_is(s, start, LX_TIME, OF_DURING, NULL) || tk_is(s, start, LX_JOIN, OF_IN, NULL);
}

/* "nueve goles en once partidos" */
static int in_those(const struct tks *s, uint32_t start)
{
    return s->lx->noun_after && s->at[start].letters == 2 && tk_is(s, start, LX_TIME, OF_DURING, NULL) &&
           !tk_has(s, start, LX_OF);
}

/* A word of winning, losing or going beyond before token i: "won by 3 points", "exceeded the limit by 62 km/h", but
 * "signed by 20 countries". */
static int contest(const struct tks *s, uint32_t i)
{
    for (uint32_t k = i; k-- > 0 && i - k <= 6 && s->at[k].kind == TK_WORD;)
        if (tk_is(s, k, LX_REJECT, OF_SCORE, NULL) || tk_has(s, k, LX_CHANGE) || qt_exceeds(s, k, 1) ||
            (k + 2 == i + 1 && tk_is(s, k, LX_RELATION, OF_BEYOND, NULL)))
            return 1; /* also "inférieur de 2 mètres" */
    return 0;
}

/* "less than this year", "more than a year ago": what it is set against is a time. The bound starts at token i. */
static int than_then(const struct tks *s, uint32_t i)
{
    uint32_t length, p;
    if (!tk_mean(s, i, LX_BOUND, &length))
        return 0;
    p = i + length;
    p += tk_is(s, p, LX_WORD, OF_PREPOSITION, NULL) && p + 1 < s->count;
    p += tk_is(s, p, LX_WORD, OF_ARTICLE, NULL) && p + 1 < s->count;
    const uint64_t times = LX_BIT(LX_RELATIVE) | LX_BIT(LX_PERIOD) | LX_BIT(LX_DAY) | LX_BIT(LX_MONTH);
    return p < s->count && (s->at[p].plain == 4 || (s->at[p].mask & times && !(s->at[p].mask & LX_BIT(LX_NOUN))));
}

/* Without a word of change: "30 percent below average", "won by 3 points". */
static void difference(const struct tks *s, struct figure *f, const struct lx_meaning *relation, uint32_t start)
{
    uint32_t after = f->counted_end > f->counted ? f->counted_end : f->last;
    int share = f->kind == ASSAY_KIND_PERCENT || f->flags & FG_FRACTION;
    const struct lx_meaning *beyond = f->kind == ASSAY_KIND_PERCENT ? tk_mean(s, f->last, LX_BOUND, NULL) : NULL;
    const struct lx_meaning *of_those = share ? tk_mean(s, f->last, LX_PARTICLE, NULL) : NULL;
    if (of_those && of_those->of != OF_MOVE && s->lx->plural[0] && th_content(s, f->last + 1)) {
        fg_relate(f, ASSAY_RELATION_BY, direction(of_those)); /* "12% fewer passengers" */
        return;
    }
    if (beyond && (beyond->of == OF_OVER || beyond->of == OF_UNDER) && than_then(s, f->last)) {
        fg_relate(f, ASSAY_RELATION_BY, beyond->of == OF_OVER ? ASSAY_CHANGE_INCREASE : ASSAY_CHANGE_DECREASE);
        return;
    }
    if (tk_is(s, after, LX_RELATION, OF_BEYOND, NULL) || (beyond && (beyond->of == OF_OVER || beyond->of == OF_UNDER)))
        fg_relate(f, ASSAY_RELATION_BY, ASSAY_CHANGE_LEVEL);
    else if (relation && relation->of == OF_BY && f->kind != ASSAY_KIND_MONEY &&
             (f->kind != ASSAY_KIND_DURATION || nb_hyphen(s, f->after) == f->after) && /* "by a seven-year war" */
             (!weak_by(s, start) || (f->kind != ASSAY_KIND_DURATION && contest(s, start))) &&
             !(f->kind == ASSAY_KIND_NUMBER && f->counted_end > f->counted &&
               ((in_those(s, start) && !tk_is(s, f->counted, LX_WORD, OF_POINTS, NULL)) || !contest(s, start))))
        fg_relate(f, ASSAY_RELATION_BY, ASSAY_CHANGE_LEVEL);
}

static int words_only(const struct tks *s, uint32_t i, uint32_t end)
{
    for (; i < end; i++)
        if (tk_sign(s, i, '(') && i + 1 == end)
            return 1; /* "подвоїлося (до 1,05 млн)" */
        else if ((s->at[i].kind != TK_WORD && !tk_sign(s, i, ',') && s->at[i].plain != 4) || s->at[i].breaks ||
            tk_is(s, i, LX_JOIN, OF_AND, NULL))
            return 0;
    return 1;
}

static int is_change(const struct figure *f)
{
    return f->kind == ASSAY_KIND_MULTIPLE && f->change;
}

/* A multiple before it is the change: "more than doubled to 4,800", "verdreifachten sich von 1,1 auf 3,4". 1:
 * settled. */
static int behind_multiple(const struct tks *s, struct figure *figures, uint32_t n, uint32_t k, const struct said *a)
{
    struct figure *f = figures + k;
    if (a->change || !a->relation || !k)
        return 0;
    if (k > 1 && f[-1].kind == ASSAY_KIND_DURATION && is_change(f - 2) && a->relation->of == OF_TO &&
        f[-1].first - f[-2].last < 3 && a->start - f[-1].last < 3) {
        fg_relate(f, ASSAY_RELATION_TO, f[-2].change); /* "duplicou em três anos, para 1,3 mil milhões" */
        return 1;
    }
    if (is_change(f - 1) && a->relation->of == OF_TO && a->start - f[-1].last < 5 &&
        words_only(s, f[-1].last, a->start - tk_dash(s, a->start - 1))) {
        unbind(s, f, a->start);
        fg_relate(f, ASSAY_RELATION_TO, f[-1].change);
        return 1;
    }
    if (is_change(f - 1) && a->relation->of == OF_FROM && a->start - f[-1].last < 5 &&
        cg_to_follows(s, figures, n, k)) {
        fg_relate(f, ASSAY_RELATION_FROM, f[-1].change);
        return 1;
    }
    if (k > 1 && a->relation->of == OF_TO && f[-1].has_relation && f[-1].relation == ASSAY_RELATION_FROM &&
        f[-1].change && f[-2].kind == ASSAY_KIND_MULTIPLE && a->start - f[-1].last < 3) {
        fg_relate(f, ASSAY_RELATION_TO, f[-1].change);
        return 1;
    }
    return 0;
}

/* "..., импорт — на 5%, до 2 млрд": what the change just told leads to. 1: settled. */
static int behind_by(const struct tks *s, struct figure *figures, uint32_t k, const struct said *a)
{
    struct figure *f = figures + k;
    const struct figure *b = f - 1;
    if (!k || a->change || !a->relation || a->relation->of != OF_TO || !b->has_relation ||
        b->relation != ASSAY_RELATION_BY || b->change == ASSAY_CHANGE_LEVEL || b->kind != ASSAY_KIND_PERCENT ||
        f->kind == ASSAY_KIND_PERCENT || f->kind == ASSAY_KIND_DURATION || a->start < b->last ||
        a->start > b->last + 1 || (a->start > b->last && s->at[b->last].kind != TK_SIGN))
        return 0;
    unbind(s, f, a->start);
    fg_relate(f, ASSAY_RELATION_TO, b->change);
    return 1;
}

/* "fell 40 percent to 3 million from 5 million", "sank um 40 Prozent von 5 auf 3 Millionen": the third figure is the
 * other end of the change. 1: settled. */
static int behind_end(const struct tks *s, struct figure *figures, uint32_t k, const struct said *a)
{
    struct figure *f = figures + k;
    const struct figure *end = f - 1, *by = f - 2;
    if (k < 2 || a->change || !a->relation || f->kind != end->kind || f->kind == ASSAY_KIND_DURATION ||
        f->has_relation || !end->has_relation || end->change == ASSAY_CHANGE_LEVEL || by->change != end->change ||
        !((by->has_relation && by->relation == ASSAY_RELATION_BY) || is_change(by)))
        return 0;
    uint32_t from = end->relation == ASSAY_RELATION_TO && a->relation->of == OF_FROM,
             to = end->relation == ASSAY_RELATION_FROM && a->relation->of == OF_TO;
    if (!(from || to) || a->start < end->last || a->start > end->last + END_REACH ||
        !words_only(s, end->last, a->start))
        return 0;
    unbind(s, f, a->start);
    fg_relate(f, from ? ASSAY_RELATION_FROM : ASSAY_RELATION_TO, end->change);
    return 1;
}

/* "Выручка выросла на 10%, до 20 млрд, а прибыль на 5%": the figure whose verb is that of the one before; NULL: none. */
static const struct figure *verb_of(const struct tks *s, const struct figure *figures, uint32_t k)
{
    const struct figure *f = figures + k, *b = f - 1;
    if (!k || f->kind != ASSAY_KIND_PERCENT || f->first < 4 || !tk_is(s, f->first - 1, LX_RELATION, OF_BY, NULL))
        return NULL;
    uint32_t i = b->last;
    b -= k > 1 && b->has_relation && b->relation == ASSAY_RELATION_TO && b[-1].change == b->change;
    if (!b->has_relation || !b->change ||
        (b->kind == f->kind ? b->relation != ASSAY_RELATION_BY : b->kind != ASSAY_KIND_MULTIPLE) ||
        !tk_sign(s, i, ',') || s->at[i + 1].cp < 0x400 || !tk_is(s, i + 1, LX_WORD, OF_CONJUNCTION, NULL) ||
        s->at[i + 1].letters > 1 || f->first > i + 7)
        return NULL;
    for (i += 2; i + 1 < f->first; i++)
        if (!(tk_dash(s, i) && i + 2 == f->first) && !th_content(s, i) && !tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL))
            return NULL;
    return b;
}

/* The case of the unit says from or to: "10.450 puandan". 1: settled. */
static int told_by_case(const struct tks *s, struct figure *figures, uint32_t n, uint32_t k, const struct said *a)
{
    struct figure *f = figures + k;
    uint32_t by_case = a->change ? cg_case(s, f) : OF_NONE;
    if (by_case && a->left && f->bound == ASSAY_BOUND_AT_MOST)
        by_case = OF_NONE; /* "5 derece düşmesi, 30 santimetreye kadar kar yağması" */
    if (by_case == OF_FROM && a->left && cg_right(s, figures, n, k) == NULL &&
        !(k + 1 < n && cg_case(s, f + 1) == OF_TO))
        return 1; /* "yükselişle 10.450 puandan tamamladı" */
    if (!by_case || f->kind == ASSAY_KIND_MULTIPLE || f->kind == ASSAY_KIND_DURATION)
        return 0;
    fg_relate(f, by_case == OF_TO ? ASSAY_RELATION_TO : ASSAY_RELATION_FROM, direction(a->change));
    if (f->bound == ASSAY_BOUND_AT_MOST && by_case == OF_TO && a->change->of != OF_MOVE &&
        tk_is(s, f->last - 1, LX_TIME, OF_UNTIL, NULL))
        f->bound = ASSAY_BOUND_EXACT;
    return 1;
}

/* A multiple, or one of a pair that was read as from and to: only the direction is wanting. 1: settled. */
static int known_change(const struct tks *s, struct figure *f, const struct said *a)
{
    if (f->kind == ASSAY_KIND_MULTIPLE) {
        if (a->change && f->change == ASSAY_CHANGE_LEVEL)
            f->change = direction(a->change);
        return 1;
    }
    if (!f->has_relation)
        return 0;
    if (f->relation == ASSAY_RELATION_TO && f->bound == ASSAY_BOUND_AT_MOST && tk_has(s, f->first, LX_RELATION)) {
        f->first++;
        f->bound = ASSAY_BOUND_EXACT;
    }
    if (a->change)
        f->change = direction(a->change);
    return 1;
}

/* "5 grados más", "5 degrés de moins". 1: settled. */
static int told_behind(const struct tks *s, struct figure *f, const struct said *a)
{
    uint32_t sign = 0, behind = f->last, of;
    int points = f->counted == f->last && f->counted_end > f->counted && tk_is(s, f->counted, LX_WORD, OF_POINTS, NULL);
    const int counted = f->kind == ASSAY_KIND_NUMBER && f->counted == f->last && f->counted_end > f->counted;
    if (a->left || !s->lx->noun_after || (!f->unit && !counted))
        return 0;
    behind = counted ? f->counted_end : behind; /* "siete puntos más" */
    behind += tk_mean(s, behind, LX_OF, &of) && tk_has(s, behind + of, LX_SIGN) ? of : 0;
    const struct lx_meaning *more = tk_mean(s, behind, LX_SIGN, &sign);
    uint32_t next = behind + sign;
    if (!more || s->at[behind].kind != TK_WORD || (counted && !points && more->number > 0) ||
        (f->kind == ASSAY_KIND_DURATION && next < s->count && s->at[next].kind == TK_WORD &&
         !(s->at[next].mask & (LX_BIT(LX_TIME) | LX_BIT(LX_RELATION) | LX_BIT(LX_JOIN))) &&
         !tk_is(s, next, LX_WORD, OF_PREPOSITION, NULL) &&
         !tk_is(s, next, LX_WORD, OF_CONJUNCTION, NULL)) || /* "30 ans plus tard" */
        (next < s->count && (s->at[next].kind == TK_NUMBER || s->at[next].mask & LX_BIT(LX_CARDINAL))) ||
        (tk_mean(s, next, LX_OF, &of) && next + of < s->count &&
         (s->at[next + of].kind == TK_NUMBER || s->at[next + of].mask & LX_BIT(LX_CARDINAL))))
        return 0; /* also "il 14% più di due" */
    fg_relate(f, ASSAY_RELATION_BY, more->number < 0 ? ASSAY_CHANGE_DECREASE : ASSAY_CHANGE_INCREASE);
    return 1;
}

/* "11 mila euro in meno", whatever verb stands before. 1: settled. */
static int told_right_behind(const struct tks *s, struct figure *f)
{
    uint32_t behind = f->counted_end > f->counted && f->counted == f->last ? f->counted_end : f->last, length;
    const struct lx_meaning *m = s->lx->noun_after && behind < s->count && s->at[behind].letters == 2 &&
                                         tk_is(s, behind, LX_WORD, OF_PREPOSITION, NULL)
                                     ? tk_mean(s, behind, LX_CHANGE, &length)
                                     : NULL;
    if (!m || length != 2 || f->kind == ASSAY_KIND_MULTIPLE)
        return 0;
    fg_relate(f, ASSAY_RELATION_BY, direction(m));
    return 1;
}

/* German nouns with "von" and "nach". 1: settled. */
static int noun_and_from(const struct tks *s, struct figure *figures, uint32_t n, uint32_t k, const struct said *a)
{
    struct figure *f = figures + k;
    if (!a->relation || a->relation->of != OF_FROM || !s->lx->noun_capital || !a->start || !s->at[a->start - 1].upper ||
        cg_to_follows(s, figures, n, k))
        return 0;
    if (a->left && f->first - a->distance == a->start - 1) { /* "der Rückgang von 1,8 Prozent" */
        fg_relate(f, ASSAY_RELATION_BY, direction(a->change));
        return 1;
    }
    return !tk_has(s, a->start - 1, LX_CHANGE) &&
           f->first - a->start < 2; /* "mehr Lohn und eine Zahlung von 1500 Euro" */
}

/* A relation word says it. 1: settled. */
static int told_by_word(const struct tks *s, struct figure *f, const struct said *a)
{
    if (!a->relation || a->relation->of < OF_BY || a->relation->of > OF_FROM)
        return 0;
    fg_relate(f,
              a->relation->of == OF_BY   ? ASSAY_RELATION_BY
              : a->relation->of == OF_TO ? ASSAY_RELATION_TO
                                         : ASSAY_RELATION_FROM,
              direction(a->change));
    if (f->relation == ASSAY_RELATION_TO)
        unbind(s, f, a->start);
    return 1;
}

/* "fell below 1,000": the bound says to what. Of a percentage only "yüzde 60'ın altına indi", not "üzerinde",
 * "fazla". */
static int told_by_bound(const struct tks *s, const struct figure *f, uint32_t way)
{
    if (!(f->bound == ASSAY_BOUND_UNDER && way != ASSAY_CHANGE_INCREASE) &&
        !(f->bound == ASSAY_BOUND_OVER && way != ASSAY_CHANGE_DECREASE))
        return 0;
    if (f->kind == ASSAY_KIND_PERCENT && tk_is(s, f->first, LX_RELATION, OF_BEYOND, NULL) &&
        (s->lx->noun_after || tk_is(s, f->first, LX_WORD, OF_PREPOSITION, NULL)))
        return 1; /* "fell below 3%", but "fell less than 3%" */
    return f->kind != ASSAY_KIND_PERCENT ||
           (s->lx->verb_last && tk_ends(s, f->last - 1, LX_ENDS_TO) && s->text[s->at[f->last - 1].end - 2] == 'n');
}

/* "Il est tombé 85 mm de pluie", "cayeron 112 litros por metro cuadrado": what falls there is no lower than before. */
static int is_rain(const struct figure *f)
{
    return qt_is_unit(f->unit, "millimeter") || qt_is_unit(f->unit, "liter-per-square-meter");
}

/* "(-3.2 %)", "Sales: -3.2 %": a minus in brackets or behind a label is what something went down by. 1: settled. */
static int told_by_minus(const struct tks *s, struct figure *f)
{
    if (f->kind != ASSAY_KIND_PERCENT || f->has_high || f->value.sign >= 0 || !f->first || f->has_relation ||
        (s->at[f->first].kind == TK_WORD && !tk_sign(s, f->first - 1, '(')) ||
        !(tk_sign(s, f->first - 1, '(') || tk_sign(s, f->first - 1, ':')))
        return 0;
    f->value.sign = 1;
    fg_relate(f, ASSAY_RELATION_BY, ASSAY_CHANGE_DECREASE);
    return 1;
}

/* "Foram menos 65 milhões do que": a word for minus, where it leads in no balance, as "um saldo de menos 3 milhões". */
static int is_fewer(const struct tks *s, const struct figure *f)
{
    return s->lx->noun_after && f->value.sign < 0 && (f->kind == ASSAY_KIND_NUMBER || f->kind == ASSAY_KIND_MONEY) &&
           tk_has(s, f->first, LX_SIGN) && s->at[f->first].kind == TK_WORD && f->first &&
           (tk_sign(s, f->first - 1, ',') || tk_is(s, f->first - 1, LX_WORD, OF_LEVEL, NULL) ||
            tk_is(s, f->first - 1, LX_WORD, OF_AUXILIARY, NULL)) &&
           !tk_has(s, f->first - 1, LX_OF);
}

/* "(+3,5%)", "mais oito pontos percentuais": the sign says it. 1: settled. */
static int told_by_sign(const struct tks *s, struct figure *f)
{
    uint32_t start = f->first;
    int put_in = tk_sign(s, f->first, '+') && f->first && tk_sign(s, f->first - 1, '(') &&
                 (f->kind == ASSAY_KIND_NUMBER || f->kind == ASSAY_KIND_MONEY); /* "(+24 700)" */
    int share = f->kind == ASSAY_KIND_PERCENT ||
                (f->flags & FG_FRACTION && f->first && tk_sign(s, f->first - 1, ',')); /* ", menos um quinto do que" */
    if ((!share && !put_in && !is_fewer(s, f)) || f->has_high || f->has_relation || !f->value.sign)
        return 0;
    if (f->value.sign < 0) { /* ", menos 23 % do que este ano" */
        if (!s->lx->noun_after || !tk_has(s, f->first, LX_SIGN) || s->at[f->first].kind != TK_WORD)
            return 0;
        f->value.sign = 1;
        fg_relate(f, ASSAY_RELATION_BY, ASSAY_CHANGE_DECREASE);
        return 1;
    }
    if (!tk_sign(s, f->first, '+') &&
        !(s->lx->noun_after && (tk_has(s, f->first, LX_SIGN) || tk_before(s, f->first, LX_SIGN, &start)) &&
          s->at[start].kind == TK_WORD &&
          (qt_is_unit(f->unit, "percentage-point") ||
           (start && (tk_sign(s, start - 1, ',') || tk_is(s, start - 1, LX_WORD, OF_LEVEL, NULL)) &&
            f->bound == ASSAY_BOUND_EXACT)))) /* "são mais 59%" */
        return 0;
    fg_relate(f, ASSAY_RELATION_BY, ASSAY_CHANGE_INCREASE);
    return 1;
}

/* "На город упали две ракеты", "kente iki füze düştü": what is counted fell itself. */
static int falls_itself(const struct tks *s, const struct figure *f, const struct said *a)
{
    uint32_t i = a->left ? f->first - a->distance : f->counted_end;
    if (f->kind != ASSAY_KIND_NUMBER || f->counted_end == f->counted || a->relation ||
        tk_is(s, f->counted, LX_WORD, OF_POINTS, NULL))
        return 0;
    while (!a->left && i < f->counted_end + 2 && i < s->count && !tk_has(s, i, LX_CHANGE))
        i++;
    return i < s->count && tk_is(s, i, LX_QUALITY, OF_BODY, NULL);
}

/* No word says by or to: what stands beside a change is most often by how much. */
static void beside_change(const struct tks *s, struct figure *f, uint32_t k, const struct said *a)
{
    uint32_t way = direction(a->change), next = f->counted_end > f->counted ? f->counted_end : f->last;
    int percent = f->kind == ASSAY_KIND_PERCENT,
        close = !a->left || a->distance <= 2 + (percent ? cg_articles(s, f->first) : 0) + cg_passed_over(s, f);
    if (a->left && !a->relation && f->first && f->first - a->distance < f->first - 1 &&
        tk_is(s, f->first - 1, LX_WORD, OF_PREPOSITION, NULL) && !tk_has(s, f->first - 1, LX_BOUND) &&
        !tk_has(s, f->first - 1, LX_CHANGE))
        return; /* "stieg auf 2,8 Prozent, nach 2,5 Prozent" */
    if (a->left && (f->counted_end > f->counted || f->kind == ASSAY_KIND_MONEY) &&
        tk_is(s, f->first - a->distance, LX_WORD, OF_AUXILIARY, NULL))
        return; /* "lost eight men", "ganó 2.200 millones" */
    if (a->left && percent && s->lx->noun_capital && a->distance <= 8)
        close = 1; /* "verlor die Aktie zeitweise 8 Prozent" */
    close |= cg_over_object(s, f, a) ||
             (a->left && a->distance == 3 && f->first > 1 && tk_is(s, f->first - 1, LX_MARK, OF_ACROSS, NULL) &&
              tk_is(s, f->first - 2, LX_WORD, OF_ARTICLE, NULL)); /* "fell a further 5%" */
    if (a->relation || !close || is_rain(f))
        return;
    uint32_t lead;
    const struct lx_meaning *in = f->kind == ASSAY_KIND_DURATION ? tk_before(s, f->first, LX_TIME, &lead) : NULL;
    if (in && in->of == OF_DURING)
        return; /* "en moins de six heures" */
    if (told_by_bound(s, f, way)) {
        fg_relate(f, ASSAY_RELATION_TO, way);
        return;
    }
    if (f->kind == ASSAY_KIND_DURATION || f->age || falls_itself(s, f, a))
        return;
    int level = s->lx->verb_last && a->left && k > 0 &&
                tk_is(s, next, LX_WORD, OF_LEVEL, NULL); /* "yüzde 30 zamla 22 bin lira oldu" */
    fg_relate(f, level ? ASSAY_RELATION_TO : ASSAY_RELATION_BY, way);
}

/* "ridurrà di 25 minuti": a verb, no noun, right before the word for "by". */
static int verb_leads(const struct tks *s, const struct figure *f, const struct said *a)
{
    uint32_t verb = f->first - a->distance;
    return a->left && verb + 1 == a->start && verb && !tk_is(s, verb - 1, LX_WORD, OF_ARTICLE, NULL) &&
           !tk_is(s, verb - 1, LX_WORD, OF_PREPOSITION, NULL) && tk_has(s, a->start, LX_OF);
}

/* "hanno perso l'1,3% in valore e il 2,8% in volume": the verb is that of the figure before. */
static int gapped(const struct tks *s, const struct figure *f)
{
    const struct figure *b = f - 1;
    uint32_t ands = 0;
    if (s->lx->verb_last || f->kind != ASSAY_KIND_PERCENT || b->kind != f->kind || !b->has_relation ||
        b->relation != ASSAY_RELATION_BY || !b->change || f->bound != b->bound || f->first - b->last > 7)
        return 0;
    for (uint32_t i = b->last; i < f->first; i++) {
        if ((s->at[i].kind != TK_WORD && !tk_sign(s, i, '\'')) || s->at[i].breaks || tk_has(s, i, LX_CHANGE) ||
            tk_has(s, i, LX_STATUS) || tk_has(s, i, LX_SPEECH) || tk_ends(s, i, LX_ENDS_VERB) ||
            tk_is(s, i, LX_WORD, OF_AUXILIARY, NULL) || tk_is(s, i, LX_WORD, OF_LEVEL, NULL))
            return 0;
        ands += tk_is(s, i, LX_JOIN, OF_AND, NULL) != NULL;
    }
    return ands == 1;
}

/* "форвард ростом 198 см вырос в городе" */
static int sized(const struct tks *s, const struct figure *f)
{
    uint32_t of;
    return tk_before(s, f->first, LX_OF, &of) && of + 1 == f->first && s->at[of].letters > 4 && s->at[of].cp >= 0x400;
}

/* "(-3,1 %)", "(+ 3,1 %)", "(plus 19 Prozent)": the sign says it, whatever verb stands before. 1: settled. */
static int told_in_bracket(const struct tks *s, struct figure *f)
{
    const uint32_t i = f->first;
    if (told_by_minus(s, f) || (i && tk_sign(s, i, '+') && tk_sign(s, i - 1, '(') && told_by_sign(s, f)))
        return 1;
    int word = i && tk_sign(s, i - 1, '(') && s->at[i].kind == TK_WORD && tk_has(s, i, LX_SIGN) && f->value.sign > 0 &&
               f->bound == ASSAY_BOUND_EXACT;
    if (f->kind != ASSAY_KIND_PERCENT || !(word || (i > 1 && tk_sign(s, i - 1, '+') && tk_sign(s, i - 2, '('))))
        return 0;
    fg_relate(f, ASSAY_RELATION_BY, ASSAY_CHANGE_INCREASE);
    return 1;
}

void fr_change(const struct tks *s, struct figure *figures, uint32_t n, uint32_t k)
{
    struct figure *f = figures + k;
    if (f->kind == ASSAY_KIND_ORDINAL || f->kind == ASSAY_KIND_RANK)
        return;
    const struct said a = cg_find(s, figures, n, k);
    const struct range carried = np_carried(s, figures, k);
    if (!np_empty(carried)) { /* "pushing the cost to 45 million", "bringing the toll to 31" */
        int own = a.left && a.distance <= f->first - carried.begin + 2;
        fg_relate(f, ASSAY_RELATION_TO, own ? direction(a.left) : ASSAY_CHANGE_LEVEL);
        return;
    }
    if (told_in_bracket(s, f) || (a.left && cg_snowfall(s, f)))
        return;
    if (behind_multiple(s, figures, n, k, &a) || behind_by(s, figures, k, &a) || behind_end(s, figures, k, &a) ||
        told_by_case(s, figures, n, k, &a) || known_change(s, f, &a))
        return;
    if ((!a.left && sized(s, f)) || (f->has_high && a.relation && a.relation->of == OF_FROM))
        return; /* "увеличится и составит от 1 до 3%" */
    if (told_behind(s, f, &a) || told_right_behind(s, f) || (!a.left && told_by_sign(s, f)))
        return;
    if (!a.change && k && !a.relation && gapped(s, f)) {
        fg_relate(f, ASSAY_RELATION_BY, f[-1].change);
        return;
    }
    const struct figure *same = a.change ? NULL : verb_of(s, figures, k);
    if (same) {
        fg_relate(f, ASSAY_RELATION_BY, same->change);
        return;
    }
    if (!a.change) {
        uint32_t end = f->counted_end > f->last ? f->counted_end : f->last;
        if (!(k + 1 < n && f[1].first <= end)) /* "пациент старше 60 лет": the bound of the next */
            difference(s, f, a.relation, a.start);
        return;
    }
    if (a.relation && a.relation->of == OF_BY && f->counted_end > f->counted && a.left && a.distance > 4 &&
        a.start + 1 == f->first && tk_is(s, a.start, LX_TIME, OF_DURING, NULL) &&
        tk_is(s, a.start, LX_WORD, OF_PREPOSITION, NULL))
        return; /* "añadiendo marcas de lujo en cuatro tiendas" */
    if (a.relation && a.relation->of == OF_BY && f->kind == ASSAY_KIND_DURATION && weak_by(s, a.start) &&
        !verb_leads(s, f, &a))
        return; /* "se ha duplicado en diez años" */
    if (a.change->of == OF_MOVE && f->kind == ASSAY_KIND_DURATION && a.relation && a.relation->of == OF_TO) {
        unbind(s, f, a.start); /* "засудив до 7 років" */
        return;
    }
    if (a.left && f->kind != ASSAY_KIND_PERCENT && tk_is(s, f->first - a.distance, LX_WORD, OF_HEIGHT, NULL))
        return; /* "una perdita di 4,2 milioni": so much is lost, and not less than before */
    if (a.change->of == OF_MOVE && a.relation && a.relation->of == OF_BY && a.start + 1 == f->first &&
        !cg_to_follows(s, figures, n, k) && !f->has_relation)
        return; /* "passar de R$ 6": goes beyond it */
    if (!noun_and_from(s, figures, n, k, &a) && !told_by_word(s, f, &a))
        beside_change(s, f, k, &a);
}
