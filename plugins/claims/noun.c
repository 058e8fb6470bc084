/* SPDX-License-Identifier: Apache-2.0 */
#include "noun.h"

#include <string.h>

#define TIMES (LX_BIT(LX_MONTH) | LX_BIT(LX_WEEKDAY) | LX_BIT(LX_DAY) | LX_BIT(LX_RELATIVE))

int np_in_figure(const struct tks *s, uint32_t i)
{
    return i < s->count && s->at[i].figure;
}

int np_is_time(const struct tks *s, uint32_t i)
{
    static const char *const spans[] = {"second", "minute",  "hour", "day",    "week",
                                        "month",  "quarter", "year", "decade", "century"};
    const struct lx_meaning *m = tk_has(s, i, LX_UNIT) && !tk_has(s, i, LX_NOUN) ? tk_mean(s, i, LX_UNIT, NULL) : NULL;
    for (uint32_t k = 0; m && k < 10; k++)
        if (!strcmp(lx_key(s->lx, m), spans[k]))
            return 1;
    if (tk_is(s, i, LX_TIME, OF_SAME, NULL) || (tk_has(s, i, LX_ORDINAL) && tk_has(s, i + 1, LX_PERIOD)))
        return 1; /* "nel primo trimestre" */
    if (tk_is(s, i, LX_TIME, OF_DURING, NULL) && i + 1 < s->count &&
        (s->at[i + 1].plain == 4 || tk_has(s, i + 1, LX_MONTH)))
        return 1; /* "fin 2026" */
    return (s->at[i].mask & (TIMES | LX_BIT(LX_PERIOD))) != 0 && !(s->at[i].mask & LX_BIT(LX_NOUN));
}

int np_in_case(const struct tks *s, uint32_t i)
{
    return s->at[i].stem && s->at[i].letters > 4 &&
           (tk_ends(s, i, LX_ENDS_AT) || tk_ends(s, i, LX_ENDS_FROM) || tk_ends(s, i, LX_ENDS_TO));
}

uint32_t np_past_heads(const struct tks *s, uint32_t end, uint32_t clause_end)
{
    for (int k = 0; k < 2 && end < clause_end && !np_in_case(s, end - 1); k++) {
        const struct tk *t = s->at + end;
        if (!th_content(s, end) || !t->space || (t->upper && !s->at[end - 1].upper) || t->letters < 4 ||
            np_in_figure(s, end) || np_is_time(s, end) ||
            (!(t->mask & LX_BIT(LX_NOUN)) &&
             !lx_ends_in(s->lx->head_endings, s->text + t->begin, t->end - t->begin)))
            break;
        end++;
    }
    return end;
}

/* The first `most` words from token i on that go together behind a figure, which the verb's own objects follow where
 * verbs stand last: "32 yaşındaki erkeği cinayet şüphesiyle". */
struct range np_leading(const struct tks *s, uint32_t i, uint32_t end, uint32_t most)
{
    struct range r = np_read(s, i, end, most);
    if (!s->lx->head_endings[0] || r.end - r.begin < 2)
        return r;
    for (uint32_t k = r.begin + 1; k < r.end; k++) {
        const struct tk *t = s->at + k;
        if (t->kind != TK_WORD || !t->space || (t->upper && !np_in_case(s, k - 1)) || t->mask & LX_BIT(LX_NOUN) ||
            tk_ends(s, k - 1, LX_ENDS_ADJECTIVE) || np_participle(s, k - 1) || np_past_heads(s, k, r.end) > k)
            continue;
        return (struct range){r.begin, k};
    }
    return r;
}

static int stops(const struct tks *s, uint32_t i)
{
    return s->at[i].kind != TK_WORD && !(tk_sign(s, i, '-') && !s->at[i].space) && !tk_sign(s, i, '\'');
}

/* "Sen. Rand Paul": within a sentence a point between two words with capitals ends no more than a word. */
static int abbreviates(const struct tks *s, uint32_t i, uint32_t end)
{
    return tk_sign(s, i, '.') && !s->at[i].space && i + 1 < end && s->at[i - 1].kind == TK_WORD && s->at[i - 1].upper &&
           s->at[i - 1].letters < 6 && s->at[i + 1].kind == TK_WORD && s->at[i + 1].upper && s->at[i + 1].space;
}

/* "The tribunal ordered the airline", "L'Istituto rivede la stima": where nouns have articles and verbs no endings of
 * their own, a word before an article is a verb. Where adjectives stand behind, pronouns may stand before the verb, and
 * an article before a figure tells nothing: "il consumo privato un 3%". */
static int before_article(const struct tks *s, uint32_t i)
{
    const struct lx *lx = s->lx;
    const uint32_t next = i + 1;
    if (!(lx->plural[0] || lx->noun_after) || lx->noun_capital || lx->suffixed || tk_has(s, i, LX_NOUN) ||
        s->at[i].kind != TK_WORD || s->at[i].upper || s->at[i].cp >= 0x400 || i + 2 >= s->count || !s->at[next].space ||
        s->at[next].kind != TK_WORD || np_is_time(s, i + 2)) /* but "gross domestic product this year" */
        return 0;
    if (lx->noun_after)
        return tk_is(s, next, LX_WORD, OF_ARTICLE, NULL) &&
               !(s->at[next].mask & (LX_BIT(LX_OF) | LX_BIT(LX_RELATION))) && !np_in_figure(s, i + 2) &&
               !tk_is(s, next, LX_WORD, OF_PREPOSITION, NULL) && !np_in_figure(s, next);
    return (tk_is(s, next, LX_WORD, OF_ARTICLE, NULL) || tk_is(s, next, LX_WORD, OF_PRONOUN, NULL)) &&
           !tk_has(s, next, LX_RELATIVE);
}

/* "Die Gemeinde ließ Brunner": where nouns have capitals, a word without behind one is a verb; "Zahl neuer Fälle". */
static int behind_noun(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    return s->lx->noun_capital && i && t->kind == TK_WORD && !t->upper && t->space && th_content(s, i) &&
           s->at[i - 1].kind == TK_WORD && s->at[i - 1].upper &&
           !(t->letters > 3 && !memcmp(s->text + t->end - 2, "er", 2) && i + 1 < s->count && s->at[i + 1].upper);
}

int np_no_head(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    if (t->kind != TK_WORD || (t->upper && (i || !s->lx->noun_capital)) || t->mask & LX_BIT(LX_NOUN))
        return 0; /* but "Offen sind noch" */
    const struct lx_meaning *before = i && t->space ? tk_before(s, i, LX_QUALITY, NULL) : NULL;
    return tk_is(s, i, LX_QUALITY, OF_ALONE, NULL) || (before && before->of == OF_MODAL) ||
           (s->lx->plural[0] && t->letters > 5 && (tk_ends(s, i, LX_ENDS_ADJECTIVE) || np_participle(s, i)));
}

/* "The poor spend": between an article and a word that it does not go with, an adjective is a noun. */
static int stands_for_noun(const struct tks *s, uint32_t i)
{
    return i && i + 1 < s->count && tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) && s->at[i + 1].kind == TK_WORD &&
           !tk_is(s, i + 1, LX_JOIN, OF_AND, NULL) && !tk_is(s, i + 1, LX_WORD, OF_CONJUNCTION, NULL);
}

/* "so hasty", "widely criticized": a run without a noun measures nothing. */
static int no_head(const struct tks *s, struct range r)
{
    if (r.end == r.begin + 1 && stands_for_noun(s, r.begin))
        return 0;
    for (uint32_t i = r.begin; i < r.end; i++)
        if (!np_no_head(s, i) && s->at[i].kind == TK_WORD)
            return 0;
    return 1;
}

/* A run of content words from i on, going on over "of": "number of people killed". */
static struct range run_of(const struct tks *s, uint32_t i, uint32_t end, uint32_t most)
{
    struct range r = {i, i};
    uint32_t words = 0, length, owner = end;
    while (i < end && words < most) {
        if (r.end > r.begin && abbreviates(s, i, end)) {
            i++;
            continue;
        }
        if (np_in_figure(s, i) || stops(s, i))
            break;
        if (r.end > r.begin && tk_sign(s, i, '\'') && !s->at[i].space && i + 1 < end && s->at[i + 1].kind == TK_WORD &&
            !s->at[i + 1].space) {
            i += 2; /* company's net profit; a case ending after an apostrophe */
            r.end = i;
            continue;
        }
        if (words && i != owner &&
            (before_article(s, i) || (behind_noun(s, i) && !(r.begin && np_in_figure(s, r.begin - 1)))))
            break;
        int within = s->lx->noun_after && i > r.begin && tk_sign(s, i - 1, '-') && !s->at[i].space &&
                     tk_sign(s, i + 1, '-') && !s->at[i + 1].space; /* "pots-de-vin" */
        if (within || th_content(s, i) || (tk_sign(s, i, '-') && !s->at[i].space) || tk_sign(s, i, '\'')) {
            words += s->at[i].kind == TK_WORD;
            r.end = ++i;
            continue;
        }
        if (s->at[i].mask & LX_BIT(LX_PER) && s->at[i].kind == TK_WORD && s->at[i].letters > 4 && i + 1 < end &&
            th_content(s, i + 1) && !np_in_figure(s, i + 1) && s->at[i + 1].space) {
            r.end = ++i; /* "average weekly earnings" */
            continue;
        }
        if (r.end > r.begin && (tk_mean(s, i, LX_OF, &length) || tk_is(s, i, LX_WORD, OF_GENITIVE, &length))) {
            uint32_t q = i + length;
            while (q < end && tk_is(s, q, LX_WORD, OF_ARTICLE, &length))
                q += length;
            if (q < end && th_content(s, q) && !np_in_figure(s, q)) {
                owner = i = q;
                continue;
            }
        }
        break;
    }
    return r;
}

struct range np_read(const struct tks *s, uint32_t i, uint32_t end, uint32_t most)
{
    struct range r = run_of(s, i, end, most);
    while (r.end > r.begin + 1 && tk_sign(s, r.end - 1, '-')) /* "10 mil litros de agua-" */
        r.end--;
    return no_head(s, r) ? (struct range){i, i} : r;
}

/* "santrallerinin toplam gücü": a phrase in the genitive goes on over a word that is no noun. */
static struct range past_genitive(const struct tks *s, struct range r, uint32_t end)
{
    for (int k = 0; k < 2 && !np_empty(r) && r.end + 1 < end && np_genitive(s, r.end - 1) &&
                    s->at[r.end].kind == TK_WORD && !np_in_figure(s, r.end) && !np_is_time(s, r.end) &&
                    tk_is(s, r.end, LX_WORD, OF_OTHER, NULL) && th_content(s, r.end + 1);
         k++)
        r.end = np_read(s, r.end + 1, end, 6).end;
    return r;
}

/* Where the head comes last, what stands before it in the case of a place or source says where: "Azərbaycanda istehlak
 * qiymətləri". */
static struct range tail(const struct tks *s, struct range r)
{
    uint32_t at = r.begin;
    if (!s->lx->suffixed)
        return r;
    for (uint32_t i = r.begin; i < r.end; i++)
        if (s->at[i].kind == TK_WORD &&
            (tk_ends(s, i, LX_ENDS_AT) || (tk_ends(s, i, LX_ENDS_FROM) && s->at[i].letters > 5) ||
             (i + 2 < r.end && tk_ends(s, i, LX_ENDS_TO) && np_participle(s, i + 1))) &&
            !tk_has(s, i, LX_NOUN))
            at = i + 1;
    return (struct range){at, r.end};
}

/* A preposition ends right before token i; also one that holds an article ("sulle", "nas"), but for "of" and single
 * letters, which are articles as well. */
static int behind_preposition(const struct tks *s, uint32_t i)
{
    uint32_t start;
    if (s->lx->verb_last) /* there they stand behind: "zəlzələ nəticəsində ölənlərin sayı" */
        return 0;
    const struct lx_meaning *m = i ? tk_before(s, i, LX_WORD, &start) : NULL;
    return m && (m->of == OF_PREPOSITION || (s->at[start].letters > 1 && !tk_has(s, start, LX_OF) &&
                                             tk_is(s, start, LX_WORD, OF_PREPOSITION, NULL)));
}

/* A preposition leads it in, an article between or not. */
static int led_from(const struct tks *s, uint32_t begin, uint32_t i)
{
    i -= i > begin + 1 && s->at[i - 1].letters > 3 &&
         ((s->lx->noun_after && tk_has(s, i - 1, LX_ORDINAL)) ||
          (s->lx->noun_capital && tk_has(s, i - 1, LX_RELATIVE) && !s->at[i - 1].upper));
    /* "sur la première partie de l'année", "im aktuellen Trend" */
    uint32_t of = i - (i > begin + 1 && tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) && !tk_has(s, i - 1, LX_OF));
    if (s->lx->noun_after && of > begin + 1 && tk_has(s, of - 1, LX_OF) && s->at[of - 2].letters < 7 &&
        s->at[of - 2].kind == TK_WORD && !tk_has(s, of - 2, LX_OF) &&
        (tk_is(s, of - 2, LX_WORD, OF_ARTICLE, NULL) || tk_is(s, of - 2, LX_WORD, OF_PRONOUN, NULL)))
        return 0; /* "mientras que el de británicos" */
    return (i > begin && behind_preposition(s, i)) ||
           (i > begin + 1 && tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) && behind_preposition(s, i - 1));
}

/* "hanno rinunciato", "deve chegar", "qui marchaient", "non studia": where nouns have articles, a word right behind a
 * verb, "not" or "that" is none. */
static int behind_verb(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i, *b = t - 1;
    if (s->lx->plural[0] && s->lx->gerund_endings[0])
        return (tk_sign(s, i - 1, ',') || tk_is(s, i - 1, LX_WORD, OF_PASSIVE, NULL)) && !t->upper && t->letters > 5 &&
               lx_ends_in(s->lx->gerund_endings, s->text + t->begin, t->end - t->begin); /* ", defying" */
    if (!s->lx->noun_after || b->kind != TK_WORD || t->upper || t->mask & LX_BIT(LX_NOUN) || !t->space ||
        tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL) || tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL))
        return 0;
    int verb = tk_is(s, i - 1, LX_WORD, OF_AUXILIARY, NULL) || tk_is(s, i - 1, LX_STATUS, OF_TARGET, NULL) ||
               tk_is(s, i - 1, LX_STATUS, OF_FORECAST, NULL);
    return (verb && lx_ends_in(s->lx->led_endings, s->text + t->begin, t->end - t->begin)) ||
           tk_is(s, i - 1, LX_STATUS, OF_NEGATED, NULL) ||
           (tk_is(s, i - 1, LX_WORD, OF_RELATIVE, NULL) && b->letters < 8);
}

/* "Costruita in otto anni, la diga", "Vendu 48 millions": a participle and what it goes with open the sentence. */
static int opening_participle(const struct tks *s, uint32_t i)
{
    return np_opening(s, i) && i + 1 < s->count &&
           (np_in_figure(s, i + 1) || (tk_is(s, i + 1, LX_WORD, OF_PREPOSITION, NULL) && !tk_has(s, i + 1, LX_OF)));
}

/* Tokens at i at which no noun phrase starts; 0: one may. */
static uint32_t no_start(const struct tks *s, uint32_t begin, uint32_t i)
{
    uint32_t length;
    if (np_in_figure(s, i))
        return 1;
    int suffix = i > begin && !s->at[i].space &&
                 ((tk_sign(s, i - 1, '\'') && s->lx->suffixed) ||
                  (tk_sign(s, i - 1, '-') && i > begin + 1 && s->at[i - 2].kind == TK_NUMBER)); /* 2027'ye, 2025-го */
    if ((tk_is(s, i, LX_WORD, OF_OTHER, &length) || (th_content(s, i) && tk_is(s, i, LX_TIME, OF_AGAINST, &length))) &&
        length > 1)
        return length; /* "por su parte", "frente al" */
    if (tk_has(s, i, LX_OF) && tk_mean(s, i, LX_OF, &length) && length > 1)
        return length; /* "на рівні" */
    if (s->lx->noun_after && s->at[i].letters > 3 && tk_ends(s, i, LX_ENDS_FORECAST) && !tk_has(s, i, LX_NOUN) &&
        (!s->at[i].upper || !i || s->at[i - 1].kind == TK_SIGN))
        return 1; /* "se verá", "Serviranno" */
    if (i && s->lx->noun_after && np_in_figure(s, i - 1) &&
        ((s->at[i - 1].mask | s->at[i - 1].ends) & (LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY)) ||
         tk_sign(s, i - 1, '%')) && np_participle(s, i))
        return 1; /* "1,3 millones presupuestados" */
    if (i > begin && s->lx->noun_after &&
        (tk_is(s, i - 1, LX_WORD, OF_PASSIVE, NULL) ||
         (s->at[i - 1].letters < 4 && tk_is(s, i - 1, LX_WORD, OF_AUXILIARY, NULL))) &&
        np_participle(s, i))
        return 1; /* "Foram apreendidas", "ai contacté" */
    if (i && tk_is(s, i - 1, LX_JOIN, OF_AND, NULL) && before_article(s, i))
        return 1;
    if (i > begin ? behind_verb(s, i) : s->lx->noun_after && opening_participle(s, i))
        return 1;
    if (th_english_like(s) && s->at[i].upper == 1 && tk_sign(s, i + 1, ',') && tk_ends(s, i, LX_ENDS_ADJECTIVE) &&
        !tk_has(s, i, LX_NOUN) && (!i || s->at[i - 1].kind == TK_SIGN))
        return 1; /* "Visually, the best of" */
    if (i && i == begin && th_english_like(s) && tk_sign(s, i - 1, ',') && behind_verb(s, i))
        return 1; /* ", meaning he could be fined" */
    return suffix || !th_content(s, i) || np_is_time(s, i) || tk_is(s, i, LX_WORD, OF_POINTS, NULL);
}

static int all_small(const struct tks *s, struct range r)
{
    for (uint32_t i = r.begin; i < r.end; i++)
        if (s->at[i].upper || s->at[i].kind != TK_WORD)
            return 0;
    return 1;
}

/* "Натуральнае змяншэнне насельніцтва": a lone adjective before the noun of change. */
static int beside_change(const struct tks *s, struct range r)
{
    const uint32_t i = r.begin;
    return r.end == i + 1 && !(s->at[i].mask & LX_BIT(LX_NOUN)) && s->at[i].cp >= 0x400 &&
           tk_ends(s, i, LX_ENDS_ADJECTIVE) && r.end + 1 < s->count &&
           tk_has(s, r.end, LX_CHANGE) && s->at[r.end].kind == TK_WORD && th_content(s, r.end + 1) &&
           !np_is_time(s, r.end + 1);
}

/* The first noun phrase of [begin, end) that no preposition leads in and that is more than a name of a place or
 * time. */
struct range np_subject(const struct tks *s, uint32_t begin, uint32_t end)
{
    struct range found = {0, 0}, weak = {0, 0};
    int owner = 0;
    for (uint32_t i = begin; i < end;) {
        uint32_t skip = no_start(s, begin, i);
        struct range r = skip ? (struct range){i, i} : np_read(s, i, end, s->lx->suffixed ? 12 : 7);
        if (s->lx->noun_capital && !np_empty(r) && all_small(s, r)) {
            i = r.end; /* "und schloss bei" */
            continue;
        }
        r = past_genitive(s, r, end);
        struct range head = tail(s, r);
        if (np_empty(r) || beside_change(s, r)) {
            i = np_empty(r) ? i + (skip ? skip : 1) : r.end;
            continue;
        }
        int of_time = i > begin + 1 && s->at[i].cp >= 0x400 && tk_has(s, i - 1, LX_PERIOD) &&
                      tk_has(s, i - 2, LX_ORDINAL); /* "за первый год работы" */
        int led_behind =
            s->lx->verb_last && r.end < end &&
            (tk_is(s, r.end, LX_WORD, OF_PREPOSITION, NULL) || /* "X rağmen", "geziye çıkarken" */
             (tk_ends(s, r.end - 1, LX_ENDS_TO) && tk_ends(s, r.end, LX_ENDS_FINITE)));
        int inner = s->lx->verb_last && r.end + 1 < end && s->at[r.end + 1].kind == TK_WORD &&
                    ((tk_is(s, r.end, LX_WORD, OF_AUXILIARY, NULL) && np_participle(s, r.end)) ||
                     (s->at[r.end].letters > 4 && tk_ends(s, r.end, LX_ENDS_VERB)));
        /* "640 min ziyarətçi qəbul edən muzeyin bilet qiyməti", "Yanğının əhatə etdiyi ərazi" */
        if (np_empty(head) || led_from(s, begin, i) || of_time || led_behind || inner) {
            weak = np_empty(weak) || led_behind ? r : weak;
        } else {
            if (owner)
                return np_genitive(s, head.end - 1) ? found : head;
            found = head;
            owner = s->lx->suffixed && r.end < end && np_genitive(s, r.end - 1) &&
                    (np_is_time(s, r.end) || np_in_figure(s, r.end)); /* "Şirketin ilk üç ayındaki net kârı" */
            if (!owner && !(head.end - head.begin == 1 && tk_has(s, head.begin, LX_COUNTRY)))
                return head;
        }
        i = r.end;
    }
    return np_empty(found) ? weak : found;
}

uint32_t np_verb_between(const struct tks *s, uint32_t begin, uint32_t end)
{
    for (uint32_t i = end; i-- > begin;)
        if (((tk_has(s, i, LX_CHANGE) || tk_is(s, i, LX_WORD, OF_AUXILIARY, NULL)) && !tk_has(s, i, LX_STATUS)) ||
            ((tk_ends(s, i, LX_ENDS_FORECAST) || tk_ends(s, i, LX_ENDS_VERB)) && s->at[i].letters > 5 &&
             !s->at[i].upper))
            return i;
    return ASSAY_NEVER;
}

uint32_t np_over_articles(const struct tks *s, uint32_t i, uint32_t end)
{
    while (i < end && (tk_is(s, i, LX_WORD, OF_ARTICLE, NULL) || tk_is(s, i, LX_WORD, OF_PRONOUN, NULL)))
        i++;
    return i;
}

/* A preposition leads token i in, an article between or not. */
int np_led_in(const struct tks *s, uint32_t i)
{
    if (behind_preposition(s, i))
        return 1;
    return i > 1 && tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL) && behind_preposition(s, i - 1);
}

/* The relation word ("by", "to", "from") before the figure; s->count: none. */
uint32_t np_relation_start(const struct tks *s, const struct figure *f)
{
    uint32_t start;
    if (tk_before(s, f->first, LX_RELATION, &start))
        return start;
    if (f->first > 0 && tk_is(s, f->first - 1, LX_WORD, OF_ARTICLE, NULL) &&
        tk_before(s, f->first - 1, LX_RELATION, &start))
        return start;
    return s->count;
}
