/* SPDX-License-Identifier: Apache-2.0
 *
 * Who says it by a verb: "X said that", "..., said X", "is put by X at", "X ... söyledi".
 */
#include "speaker.h"

static struct range before_verb(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t verb)
{
    uint32_t end = verb;
    if (th_english_like(s) && verb > 4 && tk_sign(s, verb - 1, ')') && tk_sign(s, verb - 3, '(') &&
        s->at[verb - 2].upper == 2)
        return sp_trim(s, sp_left_of(s, verb - 3)); /* "the Meal Makers (MMA) said" */
    int comma = verb > 1 && tk_sign(s, verb - 1, ',');
    if (comma)
        end = verb - 1; /* "..., Ivan Petrov, said" */
    struct range r = sp_left_of(s, end);
    int inserted = comma && tk_is(s, r.begin, LX_WORD, OF_RELATIVE, NULL) &&
                   !(s->lx->noun_capital && s->at[r.end - 1].upper); /* ", der sich auf Daten beruft, erklärte" */
    inserted |= comma && r.begin > 1 && r.begin < r.end && !s->lx->noun_capital && !s->at[r.begin].upper &&
                !tk_has(s, r.begin, LX_TITLE) && !tk_is(s, r.begin, LX_WORD, OF_ARTICLE, NULL) &&
                tk_sign(s, r.begin - 1, ',') &&
                s->at[r.begin - 2].upper; /* "Park, citando datos del Ministerio, dijo" */
    if (comma && r.begin > 0 &&
        (inserted || sp_figure_in(figures, n, r.begin, r.end) < r.end || !sp_can_speak(s, sp_trim(s, r)))) {
        /* "Firefighters battling the blaze, which has burned 2,400 hectares, said": over what is put in */
        uint32_t open = r.begin;
        while (open > 0 && !tk_sign(s, open - 1, ','))
            open--;
        r = open > 1 ? sp_left_of(s, open - 1) : r;
    }
    if (comma && th_english_like(s) && r.begin > 1 && r.begin < r.end && !s->at[r.begin].upper &&
        tk_sign(s, r.begin - 1, ',') && s->at[r.begin - 2].upper && s->at[r.begin - 2].letters > 1) {
        /* "Jon Berg, the attorney, said": who has the office */
        struct range name = sp_trim(s, sp_left_of(s, r.begin - 1));
        r = name.begin < name.end && name.end - name.begin < 5 && s->at[name.begin].upper ? name : r;
    }
    return sp_trim(s, r);
}

/* A share starts at token i. */
static int share_at(const struct figure *figures, uint32_t n, uint32_t i)
{
    for (uint32_t k = 0; k < n; k++)
        if (figures[k].first == i)
            return figures[k].kind == ASSAY_KIND_PERCENT || figures[k].flags & (FG_FRACTION | FG_RATIO);
    return 0;
}

static int ends_with(const struct tks *s, uint32_t i, const char *list)
{
    return lx_ends_in(list, s->text + s->at[i].begin, s->at[i].end - s->at[i].begin);
}

/* "Toplantıda", "Ankete katılan": where and at what, not who. */
static int is_place(const struct tks *s, uint32_t i)
{
    return s->at[i].letters > 4 && (tk_ends(s, i, LX_ENDS_AT) || tk_ends(s, i, LX_ENDS_FROM) ||
                                    (tk_ends(s, i, LX_ENDS_TO) && np_participle(s, i + 1)));
}

/* "Vann'ın torunu": an apostrophe at token i and a genitive behind it. */
static int owner_of(const struct tks *s, uint32_t i)
{
    return tk_sign(s, i, '\'') && !s->at[i].space && i + 1 < s->count && s->at[i + 1].kind == TK_WORD &&
           !s->at[i + 1].space && s->at[i + 1].letters < 4 && ends_with(s, i + 1, s->lx->genitive_endings);
}

/* A noun that the one before it belongs to, which stands in no case: "tanığı" of "görgü tanığı". */
static int is_head(const struct tks *s, uint32_t i)
{
    return s->at[i].letters > 3 && ends_with(s, i, s->lx->head_endings) && !ends_with(s, i, s->lx->object_endings) &&
           !is_place(s, i) && !np_genitive(s, i) && !tk_ends(s, i, LX_ENDS_ADJECTIVE) && !tk_ends(s, i, LX_ENDS_TO);
}

/* "Şirketin genel müdürü Can Er | toplantıda", "Ford | ötən həftə": the phrase in no case that begins at token `from`
 * or behind what says where and when. Empty: there is none. */
static struct range in_no_case(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t from,
                               uint32_t end)
{
    const struct range none = {from, from};
    struct range r = none;
    int owned = 0; /* what ends the phrase stands in the genitive; a name does so behind an apostrophe */
    for (uint32_t k = from; k + 1 < end && k < from + 10; k++) {
        if (r.end == k && owner_of(s, k)) {
            owned = 1;
            r.end = ++k + 1;
            continue;
        }
        if (s->at[k].kind != TK_WORD)
            break;
        if (k == from && np_small(s, k) && !tk_has(s, k, LX_TITLE) && !tk_is(s, k, LX_WORD, OF_PRONOUN, NULL)) {
            r.begin = r.end = k + 1; /* "Daha önce" */
            continue;
        }
        int title = tk_has(s, k, LX_TITLE) && !is_place(s, k), begun = r.end > r.begin;
        int name = title || (s->at[k].upper && !np_is_time(s, k) && !tk_has(s, k, LX_RELATIVE) && !is_place(s, k) &&
                             !tk_is(s, k, LX_WORD, OF_PRONOUN, NULL));
        if (sp_figure_in(figures, n, k, k + 1) == k)
            break;
        if (name || (begun && r.end == k && is_head(s, k))) {
            r.begin = begun ? r.begin : k;
            r.end = k + 1;
            owned = np_genitive(s, k) && !(s->at[k].upper && k > from);
            continue;
        }
        if (r.end == from + 1 && k == r.end && np_genitive(s, k) && is_head(s, k + 1) && !tk_has(s, from, LX_TITLE))
            return none; /* "Milli oyuncunun menajeri" */
        if (begun && !owned)
            break;
    }
    return r.end > r.begin && !owned ? r : none;
}

int sp_told_clause(const struct tks *s, uint32_t i)
{
    return s->at[i].kind == TK_WORD && s->at[i].letters > 4 && ends_with(s, i, s->lx->object_endings) &&
           (tk_ends(s, i, LX_ENDS_VERB) || tk_ends(s, i, LX_ENDS_FORECAST) || ends_with(s, i, s->lx->told_endings));
}

/* "Protestoları kaydeden 42 yaşındaki tamirci Joan Puig, ...": the name that a comma closes, behind a clause of its own.
 * Empty: there is none. */
static struct range name_told_of(const struct tks *s, uint32_t end)
{
    uint32_t comma = 2, told = 0;
    while (comma < end && !tk_sign(s, comma, ','))
        told |= np_participle(s, comma++);
    struct range r = {comma, comma};
    while (told && comma < end && r.begin && s->at[r.begin - 1].kind == TK_WORD && s->at[r.begin - 1].upper)
        r.begin--;
    return r.begin < 2 ? (struct range){0, 0} : r;
}

/* "Vali Kemal Aslan yangında 12 evin yandığını söyledi": where an object clause stands before the verb, what stands in
 * no case before that is who says it. Empty: nobody does. */
static struct range tells_clause(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t i,
                                 uint32_t length)
{
    const struct range none = {0, 0};
    if (np_participle(s, i + length - 1) && i + length < s->count) /* "söyleyen Bakan Tekin" */
        return in_no_case(s, figures, n, i + length, s->count);
    if (!i || !sp_told_clause(s, i - 1))
        return none;
    struct range r = name_told_of(s, i - 1);
    if (r.end > r.begin)
        return r;
    uint32_t from = i - 1;
    while (from > 0 && !tk_sign(s, from - 1, ':'))
        from--;
    r = in_no_case(s, figures, n, from, i - 1);
    return r.end > r.begin ? r : none;
}

/* Verbs at the end: "..., said the minister" turned round, the last part of the sentence, or its opening. */
static struct range verb_last(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t i,
                              uint32_t length)
{
    struct range r = {0, 0};
    if (i > 0 && !tk_is(s, i, LX_SPEECH, OF_VERB, NULL) && !sp_told_clause(s, i - 1) && s->at[i - 1].kind == TK_WORD &&
        !tk_is(s, i + length, LX_WORD, OF_CONJUNCTION, NULL))
        return r; /* "bir artış gösterdi" */
    if (i > 0 && (tk_sign(s, i - 1, ',') || s->at[i - 1].cp == '"' || s->at[i - 1].cp == 0x201d)) {
        r = sp_after_verb(s, i + length);
        if (sp_can_speak(s, r) && sp_figure_in(figures, n, r.begin, r.end) == r.end)
            return r;
    }
    r = tells_clause(s, figures, n, i, length);
    if (r.end > r.begin)
        return r;
    r = sp_left_of(s, i);
    int quoted = r.begin > 1 && s->at[r.begin - 1].kind == TK_SIGN &&
                 (tk_sign(s, r.begin - 2, ',') || s->at[r.begin - 1].cp == '"' || s->at[r.begin - 1].cp == 0xbb ||
                  s->at[r.begin - 1].cp == 0x201d || s->at[r.begin - 1].cp >= 0x2013);
    if (r.begin > 0 && (tk_sign(s, r.begin - 1, ',') || quoted) && sp_figure_in(figures, n, r.begin, r.end) == r.end) {
        r = sp_trim(s, r);
        if (sp_can_speak(s, r) && !sp_told_clause(s, r.end - 1))
            return r;
    }
    r = (struct range){0, 0};
    while (r.end < i && r.end < 7 && !sp_ends_name(s, r.end) && sp_figure_in(figures, n, r.end, r.end + 1) != r.end)
        r.end++;
    int apart = tk_sign(s, r.end, ',') || tk_sign(s, r.end, ':');
    uint32_t opened = r.end;
    while (r.end > 1 && !apart && (np_is_time(s, r.end - 1) || s->at[r.end - 1].kind == TK_NUMBER))
        r.end--;                                                          /* "Baş həkim Quliyev 14 mayda" */
    int told_at = sp_figure_in(figures, n, opened, opened + 1) == opened; /* "Şehirdeki 420 okulun ... bildirildi" */
    if (r.end && !apart && tk_is(s, r.end - 1, LX_WORD, OF_PRONOUN, NULL))
        return (struct range){0, 0}; /* "ankete katılan her dört kişiden biri" */
    if (r.end && told_at && !apart && (np_participle(s, r.end - 1) || tk_ends(s, r.end - 1, LX_ENDS_AT)))
        return (struct range){0, 0}; /* "Araştırmaya katılan 2 bin 400 gencin yüzde 61'i": who they are */
    if (r.end && !apart && np_genitive(s, r.end - 1) && share_at(figures, n, r.end))
        return (struct range){0, 0}; /* "Seçicilərin 47 faizi ... deyib": whose part it is */
    for (uint32_t k = 0; k < n && r.end && !apart; k++) {
        struct range told = {0, 0};
        if (figures[k].first == r.end)
            told = np_told(s, figures + k, (struct range){0, s->count});
        if (!np_empty(told) && told.end == r.end && told.begin <= 1)
            return (struct range){0, 0}; /* "Uydunun ağırlığının 4,6 ton olduğu açıklandı" */
    }
    r = sp_trim(s, r);
    return apart || sp_is_named(s, r) || (sp_words(s, r) <= 2 && !(told_at && r.end == r.begin + 1))
               ? r
               : (struct range){0, 0};
}

/* "Tesla just released its earnings report": a statement, not a name; "a-t-il": words of a letter or two. */
static int holds_clause(const struct tks *s, struct range r)
{
    uint32_t long_words = 0;
    for (uint32_t i = r.begin; i < r.end; i++) {
        long_words += s->at[i].kind == TK_WORD && (s->at[i].letters > 2 || s->at[i].upper);
        if (i > r.begin && i + 1 < r.end && s->at[i].letters > 2 && tk_is(s, i, LX_WORD, OF_PRONOUN, NULL))
            return 1;
        if (i > r.begin && i + 1 < r.end && !s->at[i].upper && tk_is(s, i, LX_WORD, OF_LEVEL, NULL) &&
            tk_is(s, i, LX_WORD, OF_AUXILIARY, NULL) && !tk_is(s, i - 1, LX_WORD, OF_RELATIVE, NULL))
            return 1; /* "the result was an analytical" */
    }
    return !long_words;
}

/* "после того как Пашинян": the name stands behind the conjunction. */
static struct range behind_conjunction(const struct tks *s, struct range r)
{
    for (uint32_t i = r.end; i-- > r.begin;)
        if (i + 1 < r.end && !s->at[i].upper && tk_is(s, i, LX_WORD, OF_CONJUNCTION, NULL) && !tk_has(s, i, LX_JOIN) &&
            !tk_has(s, i, LX_OF)) {
            r.begin = i + 1;
            return sp_trim(s, r);
        }
    return r;
}

/* "lawmakers who were briefed on the plan": those before the clause that tells of them, no comma between. */
static struct range before_relative_clause(const struct tks *s, struct range r)
{
    for (uint32_t i = r.begin + 1; th_english_like(s) && i < r.end; i++)
        if (tk_is(s, i, LX_WORD, OF_RELATIVE, NULL) && tk_is(s, i, LX_WORD, OF_PRONOUN, NULL) &&
            s->at[i - 1].kind == TK_WORD) {
            struct range inner = np_subject(s, i + 1, r.end); /* "the boy who officers said had run" */
            return !np_empty(inner) && inner.end == r.end && sp_is_named(s, inner)
                       ? inner
                       : sp_trim(s, (struct range){r.begin, i});
        }
    return r;
}

/* "wird von der Regierung auf 5 Millionen beziffert", "is put by the ministry at": the word of the passive that the
 * verb at i belongs to; i: there is none. */
static uint32_t passive_of(const struct tks *s, uint32_t i)
{
    uint32_t far = s->lx->noun_capital ? 20 : 3;
    for (uint32_t k = i;
         k-- > 0 && i - k <= far && s->at[k].kind != TK_SKIP && !tk_sign(s, k, ',') && !s->at[k].breaks;) {
        if (tk_is(s, k, LX_WORD, OF_PASSIVE, NULL))
            return k;
        if (!s->lx->noun_capital && !tk_is(s, k, LX_WORD, OF_AUXILIARY, NULL) && !tk_is(s, k, LX_WORD, OF_OTHER, NULL))
            break;
    }
    return i;
}

/* Who does what the passive tells: "by the ministry", between tokens. Empty: nobody. */
static struct range agent(const struct tks *s, uint32_t begin, uint32_t end)
{
    uint32_t length;
    for (uint32_t k = begin; k < end && k < s->count && !tk_sign(s, k, ',') && !s->at[k].breaks; k++) {
        if (!tk_is(s, k, LX_WORD, OF_AGENT, &length))
            continue;
        uint32_t p = k + length + (uint32_t)tk_sign(s, k + length, '\'');
        struct range r = np_read(s, np_over_articles(s, p, s->count), s->count, 6);
        if (!np_empty(r) && !np_is_time(s, r.begin) && !(s->at[r.begin].mask & LX_TRIGGERS))
            return sp_trim(s, r);
    }
    return (struct range){0, 0};
}

/* "Scientists, whose telescope cost 5, say the asteroid will": the comma ends a relative clause. */
static int ends_relative(const struct tks *s, uint32_t open, uint32_t after)
{
    uint32_t which = open - 1, end = sp_after_verb(s, after).end;
    while (which && !tk_sign(s, which - 1, ','))
        which--;
    return tk_is(s, which, LX_WORD, OF_RELATIVE, NULL) && end + 1 < s->count && !tk_sign(s, end, '.');
}

/* "the secretary, Dai Prosser, told the inquiry", "Anne Kroon, pastor of the church, estimates damages at": the comma
 * ends an apposition. */
static int ends_apposition(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t open, uint32_t after)
{
    struct range before = sp_left_of(s, open - 1), object = sp_after_verb(s, after);
    if (th_english_like(s) && before.begin > 1 && tk_sign(s, before.begin - 1, ',') && before.end - before.begin < 9 &&
        s->at[before.begin - 2].upper && tk_has(s, before.begin, LX_TITLE) &&
        sp_left_of(s, before.begin - 1).begin == 0 && !sp_is_named(s, object) && object.end > object.begin)
        return 1;
    return tk_is(s, after, LX_WORD, OF_ARTICLE, NULL) && before.begin && tk_sign(s, before.begin - 1, ',') &&
           before.begin < before.end && before.end - before.begin < 5 && s->at[before.begin].upper &&
           !sp_is_named(s, object) && sp_figure_in(figures, n, before.begin, before.end) == before.end;
}

/* "Le constructeur, qui emploie 1 300 personnes, a confirmé la suppression de 287 postes": before the first comma stands
 * nothing but the subject, and what is said comes behind the verb. */
static int insertion_ends(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t open, uint32_t after)
{
    const uint32_t body = fr_body(s);
    const struct range r = np_subject(s, body, open);
    return tk_sign(s, open - 1, ',') && !np_empty(r) && r.begin <= body + 1 && !np_led_in(s, r.begin) &&
           r.end + 1 < open - 1 && tk_sign(s, r.end, ',') && sp_figure_in(figures, n, body, r.end) == r.end &&
           sp_figure_in(figures, n, after, s->count) < s->count;
}

/* 1 where what is said stands before the verb, and the speaker behind it: "..., сообщил Росстат". `open`: the verb with
 * its auxiliaries; `after`: the token behind it. */
static int is_turned(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t open, uint32_t after)
{
    if (!open || !(tk_sign(s, open - 1, ',') || s->at[open - 1].cp == '"' || s->at[open - 1].cp == 0xbb ||
                   s->at[open - 1].cp == 0x201d))
        return 0;
    if (th_english_like(s) && tk_is(s, after - 1, LX_SPEECH, OF_HEARD, NULL))
        return 0; /* ", a former agent, told the paper" */
    if (tk_is(s, after, LX_WORD, OF_CONJUNCTION, NULL))
        return 0; /* ", un électricien, a déclaré qu'il" */
    int comma = tk_sign(s, open - 1, ',') && s->lx->plural[0];
    if (comma && open > 1 && ends_relative(s, open, after))
        return 0;
    if (comma && open > 2 && ends_apposition(s, figures, n, open, after))
        return 0;
    if (s->lx->noun_after && insertion_ends(s, figures, n, open, after))
        return 0;
    for (uint32_t k = 0; k < n; k++)
        if (figures[k].age && figures[k].last + 1 == open)
            return 0; /* "Ruiz, de 41 años, publicó su disco" */
    if (th_english_like(s) && tk_is(s, after, LX_WORD, OF_PREPOSITION, NULL) && !sp_is_day(s, after + 1))
        return 0; /* "Berg, the attorney, said in a statement" */
    return 1;
}

/* Behind a verb that is turned; empty: nobody who speaks. */
static struct range behind_turned(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t after)
{
    struct range r = sp_cut(s, figures, n, sp_after_verb(s, after), 0), none = {0, 0};
    if (sp_figure_in(figures, n, after, r.begin) < r.begin)
        return none; /* "..., the attorney, said 300 people" */
    int goes_on = r.end == r.begin + 1 && tk_is(s, r.begin, LX_WORD, OF_PRONOUN, NULL) &&
                  tk_is(s, r.end, LX_WORD, OF_AUXILIARY, NULL);
    goes_on |= th_english_like(s) && r.begin < r.end && !s->at[r.end - 1].upper && r.end < s->count &&
               !s->at[r.end].upper && !tk_is(s, r.end, LX_WORD, OF_PREPOSITION, NULL) &&
               (tk_is(s, r.end, LX_WORD, OF_AUXILIARY, NULL) || tk_has(s, r.end, LX_CHANGE)); /* "said the move is" */
    uint32_t name = after + (uint32_t)(tk_is(s, after, LX_WORD, OF_ARTICLE, NULL) != NULL);
    return !goes_on && (sp_can_speak(s, r) || (r.begin == name && sp_words(s, r) && sp_words(s, r) <= 6)) ? r : none;
}

/* Whoever stands before the verb, as far as the sentence's figures let them; 0: nobody can speak, 1: nobody does. */
static int before_told(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t i, uint32_t after,
                       struct range *to)
{
    struct range r = behind_conjunction(s, before_relative_clause(s, before_verb(s, figures, n, i)));
    *to = (struct range){0, 0};
    if (r.end - r.begin > 3)
        r = sp_cut(s, figures, n, r, 1);
    if (r.end > r.begin + 1 && th_english_like(s) && s->at[r.end - 1].letters <= 4 &&
        tk_is(s, r.end - 1, LX_WORD, OF_PRONOUN, NULL) && !tk_is(s, r.end - 1, LX_WORD, OF_RELATIVE, NULL))
        r.begin = r.end - 1; /* "When deputies arrived at the scene they found" */
    if (r.begin < r.end && th_english_like(s) && tk_is(s, r.begin, LX_WORD, OF_PASSIVE, NULL))
        return 1; /* "were interviewed by agents and told" */
    int short_word = s->lx->noun_after && r.end == r.begin + 1;
    if (short_word && s->at[r.begin].letters <= 4 && tk_is(s, r.begin, LX_WORD, OF_PRONOUN, NULL) && after < s->count &&
        s->at[after].upper)
        return 1; /* "nos decía Risa Kusuma" */
    if (r.begin >= r.end || sp_figure_in(figures, n, r.begin, r.end) != r.end)
        return 1;
    for (uint32_t k = 0; k < n; k++)
        if (figures[k].last == r.begin && s->at[r.begin].cp >= 0x400 && figures[k].kind == ASSAY_KIND_PERCENT)
            return 1; /* "43 % опитаних вважають": whose part it is */
    if (short_word && s->at[r.begin].letters <= 2)
        return 0;                                                         /* "si stima" */
    int valued = sp_figure_in(figures, n, after, after + 2) != after + 2; /* "Ущерб оценили в 5 млн" */
    valued &= !(r.begin == fr_body(s) && r.end <= 5 + r.begin && tk_is(s, i, LX_SPEECH, OF_VERB, NULL) &&
                th_english_like(s) && s->at[r.begin].upper); /* but "Seoul says more than 30,000" */
    valued &= !(after > i + 1 && th_english_like(s));        /* "told reporters the 7.3% drop" */
    valued &= !sp_opens_that(s, after) && !tk_sign(s, after, ','); /* "Kell dijo que 40" */
    int body = r.begin > 0 && tk_is(s, r.begin - 1, LX_WORD, OF_ARTICLE, NULL) &&
               sp_figure_in(figures, n, after, after + 1) == after; /* "the union says 500" */
    if ((valued && !sp_is_named(s, r) && !body) || holds_clause(s, r))
        return 0;
    int opens = r.begin <= 2 || (r.end - r.begin <= 8 && sp_parts(s, r.begin - 1));
    if (sp_can_speak(s, r) || (opens && r.end - r.begin <= 12))
        *to = r;
    return 1;
}

/* Whoever stands behind the verb of a sentence that is not turned: "meint der Verband". */
static struct range behind_told(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t after)
{
    struct range none = {0, 0}, r = sp_after_verb(s, after);
    if (th_english_like(s))
        return none; /* "who was there said the scene was" */
    if (tk_has(s, after, LX_OF) || tk_is(s, after, LX_WORD, OF_CONJUNCTION, NULL) ||
        tk_is(s, after, LX_WORD, OF_BREAK, NULL) || tk_is(s, after, LX_WORD, OF_PRONOUN, NULL) ||
        tk_has(s, after, LX_BOUND))
        return none; /* also "оцінюють щонайменше у 12" */
    if (s->lx->noun_capital && s->at[after - 1].letters > 4 && s->text[s->at[after - 1].end - 1] == 'n' &&
        after < s->count && s->at[after].upper && !sp_is_named(s, r))
        return none; /* "der bei ihr versicherten Beschäftigten" */
    if (s->lx->noun_after && !tk_is(s, after, LX_WORD, OF_ARTICLE, NULL) && r.begin < s->count &&
        !s->at[r.begin].upper && !tk_has(s, r.begin, LX_TITLE))
        return none; /* "dice no poder emanciparse" */
    if (sp_figure_in(figures, n, r.end, r.end + 2) != r.end + 2)
        return none; /* "report a total of 450" */
    return sp_can_speak(s, r) && sp_figure_in(figures, n, r.begin, r.end) == r.end ? r : none;
}

/* "Researchers who tracked 2,300 workers found that", "Даследчыкі ўзялі 900 проб і выявілі, што": the subject the
 * sentence opens with, where a relative clause or "and" parts it from the verb, whose first token is `open`. */
static struct range who_opens(const struct tks *s, uint32_t open, uint32_t after)
{
    const struct range none = {0, 0};
    const uint32_t body = fr_body(s);
    if (!sp_opens_that(s, after) && !(th_english_like(s) && sp_opens_that(s, after + 1)))
        return none;
    struct range r = np_subject(s, body, open);
    if (np_empty(r) || r.begin > body + 1 || np_led_in(s, r.begin) || r.end - r.begin > 4 || np_in_figure(s, r.end))
        return none;
    uint32_t which = r.end + (uint32_t)tk_sign(s, r.end, ',');
    return (tk_is(s, which, LX_WORD, OF_RELATIVE, NULL) || tk_is(s, open - 1, LX_JOIN, OF_AND, NULL)) &&
                   sp_can_speak(s, r)
               ? r
               : none;
}

/* ", пояснивши це зменшенням": whoever says it stands before. */
static int is_gerund(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    return t->cp >= 0x400 && lx_ends_in(s->lx->gerund_endings, s->text + t->begin, t->end - t->begin);
}

/* "Ms. Orr posted an apology, saying that": what is put behind a comma is said by the subject of the sentence. */
static struct range by_gerund(const struct tks *s, uint32_t i)
{
    const uint32_t body = fr_body(s);
    struct range r = np_subject(s, body, i), none = {0, 0};
    return np_empty(r) || r.begin > body + 2 || np_led_in(s, r.begin) || np_in_figure(s, r.end) || !sp_can_speak(s, r)
               ? none
               : r;
}

struct range sp_by_verb(const struct tks *s, const struct figure *figures, uint32_t n, uint32_t i, uint32_t length)
{
    struct range none = {0, 0}, r;
    if (s->lx->verb_last)
        return verb_last(s, figures, n, i, length);
    const struct tk *t = s->at + i;
    if (th_english_like(s) && i && tk_sign(s, i - 1, ',') &&
        lx_ends_in(s->lx->gerund_endings, s->text + t->begin, t->end - t->begin))
        return by_gerund(s, i);
    if (th_english_like(s) && i && tk_is(s, i - 1, LX_JOIN, OF_AND, NULL)) { /* "met four ministers and added" */
        r = by_gerund(s, i);
        if (!np_empty(r) && !tk_within(s, r.end + 1, i, LX_WORD, OF_RELATIVE))
            return r;
    }
    uint32_t open = sp_over_auxiliaries(s, i), told = passive_of(s, i), after = i + length;
    if (told < i)
        return s->lx->noun_capital ? agent(s, told + 1, i) : agent(s, after, after + 12);
    int turned = is_turned(s, figures, n, open, after) && !is_gerund(s, i);
    r = turned ? behind_turned(s, figures, n, after) : none;
    if (r.begin < r.end)
        return r;
    if (!turned && open < i && tk_is(s, i - 1, LX_WORD, OF_LEVEL, NULL) && !tk_has(s, i - 1, LX_STATUS))
        return none; /* "companies are reported to" */
    if (!before_told(s, figures, n, i, after, &r))
        r = none;
    else if (r.begin == r.end && !turned)
        r = behind_told(s, figures, n, after);
    return r.begin < r.end || turned ? r : who_opens(s, open, after);
}
