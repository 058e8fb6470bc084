/* SPDX-License-Identifier: Apache-2.0
 *
 * The subject of the clause a figure stands in: past who says it, past what it hangs on, in the part with a verb of its
 * own.
 */
#include "noun.h"

/* "Shares in the company, which ..., closed at": the relative clause put in is stepped over. 1: there is one. */
static int before_relative(const struct tks *s, const struct figure *f, struct range c, struct range *to)
{
    struct range which = c.begin < s->count ? fr_relative(s, c.begin) : (struct range){0, 0};
    if (which.end <= which.begin || which.end >= f->first || which.begin <= 1)
        return 0;
    to->end = which.begin - 1;
    to->begin = fr_clause(s, to->end, to->end).begin;
    return 1;
}

/* "TÜİK verilerine göre işsizlik oranı": behind the postposition. `begin`: there is none. */
static uint32_t past_source_behind(const struct tks *s, const struct figure *f, uint32_t begin)
{
    uint32_t length;
    if (!(s->mask & (LX_BIT(LX_SPEECH) | LX_BIT(LX_CHANGE))))
        return begin;
    for (uint32_t i = f->first; i-- > begin;)
        if (s->at[i].mask & (LX_BIT(LX_SPEECH) | LX_BIT(LX_WORD)) &&
            (tk_is(s, i, LX_SPEECH, OF_SOURCE, &length) ||
             (s->at[i].letters > 5 && tk_is(s, i, LX_WORD, OF_TURN, &length))) &&
            np_subject(s, i + length, f->first).end > 0)
            return i + length;
    return begin;
}

/* "According to the draft seen by this newspaper, ...", "Laut Bundesbank sind noch" */
uint32_t np_past_source(const struct tks *s, uint32_t begin, uint32_t end)
{
    uint32_t length;
    if (!(s->mask & LX_BIT(LX_SPEECH)) || s->lx->verb_last)
        return begin;
    for (uint32_t i = begin; i < begin + 2 && i < end; i++) {
        if (!tk_is(s, i, LX_SPEECH, OF_SOURCE, &length))
            continue;
        for (uint32_t k = i + length; k < end; k++)
            if (tk_sign(s, k, ',') && !np_participle(s, k + 1) && !tk_is(s, k + 1, LX_WORD, OF_RELATIVE, NULL) &&
                np_subject(s, k + 1, end).end > 0)
                return k + 1;
        uint32_t k = np_over_articles(s, i + length, end);
        k = np_read(s, k, end, 7).end;
        if (k < end && k > i + length)
            return k;
    }
    return begin;
}

/* "potrebbero rincarare se il prezzo tornasse sopra i 60 euro", "Если курс упадёт до 80, бюджет потеряет 5" */
static uint32_t past_condition(const struct tks *s, const struct figure *f, uint32_t begin)
{
    uint32_t length;
    if (!(s->mask & LX_BIT(LX_STATUS)))
        return begin;
    for (uint32_t i = f->first; i-- > begin;) {
        if (i + 1 >= f->first || !tk_is(s, i, LX_STATUS, OF_HYPOTHETICAL, &length) || s->at[i].letters > 4)
            continue;
        uint32_t comma = f->first;
        while (comma > i && !tk_sign(s, comma - 1, ','))
            comma--;
        uint32_t from = comma > i ? comma : i + length;
        return np_subject(s, from, f->first).end > 0 ? from : begin;
    }
    return begin;
}

/* A verb known between tokens. */
static int has_verb(const struct tks *s, uint32_t i, uint32_t end)
{
    for (; i < end; i++)
        if (tk_has(s, i, LX_STATUS) || tk_has(s, i, LX_CHANGE) || tk_is(s, i, LX_WORD, OF_AUXILIARY, NULL))
            return 1;
    return 0;
}

/* The same, or a multiple that the figure itself is led in by: "expects output to double to 5". */
static int has_verb_or_multiple(const struct tks *s, uint32_t i, uint32_t end)
{
    if (has_verb(s, i, end))
        return 1;
    while (i < end && !tk_is(s, i, LX_MULTIPLE, OF_INCREASE, NULL) && !tk_is(s, i, LX_MULTIPLE, OF_DECREASE, NULL))
        i++;
    return i < end;
}

static int has_status(const struct tks *s, uint32_t i, uint32_t end)
{
    for (; i < end; i++)
        if (tk_has(s, i, LX_STATUS) && !s->at[i].upper && s->at[i].letters > 4)
            return 1;
    return 0;
}

/* "Реставрація, як визнали в департаменті, подорожчала": the verb of speech at i stands in what is put in. */
static int told_aside(const struct tks *s, uint32_t i, uint32_t end)
{
    uint32_t open = i;
    while (open && i - open < 3 && !tk_sign(s, open - 1, ','))
        open--;
    if (open < 2 || !tk_sign(s, open - 1, ',') || !tk_is(s, open, LX_WORD, OF_CONJUNCTION, NULL) ||
        tk_is(s, open, LX_WORD, OF_BREAK, NULL) || tk_is(s, open - 1, LX_WORD, OF_BREAK, NULL))
        return 0;
    for (uint32_t k = i + 1; k < end; k++)
        if (tk_sign(s, k, ','))
            return 1;
    return 0;
}

/* "The mayor said the new line would cost 5", "analysts expect profit to rise to 5": who says or expects it is
 * passed. */
static uint32_t past_speech(const struct tks *s, const struct figure *f, uint32_t begin)
{
    uint32_t length;
    if (!(s->mask & (LX_BIT(LX_SPEECH) | LX_BIT(LX_STATUS))))
        return begin;
    for (uint32_t i = f->first; i-- > begin;) {
        int says = tk_is(s, i, LX_SPEECH, OF_VERB, &length) != NULL ||
                   (s->lx->plural[0] && tk_is(s, i, LX_SPEECH, OF_WEAK, &length) &&
                    tk_is(s, i + length, LX_WORD, OF_ARTICLE, NULL)); /* "scientists estimate the lake is" */
        if (!says && (!tk_is(s, i, LX_STATUS, OF_FORECAST, &length) || tk_is(s, i, LX_WORD, OF_AUXILIARY, NULL) ||
                      s->at[i].letters < 5))
            continue;
        uint32_t next = i + length;
        if (says && told_aside(s, i, f->first))
            continue;
        if (i && tk_is(s, next, LX_WORD, OF_AGENT, NULL) && tk_is(s, i - 1, LX_WORD, OF_PASSIVE, NULL))
            continue; /* "are expected by the ministry to fall to 21" */
        int that = s->lx->noun_after &&
                   tk_is(s, next, LX_WORD, OF_CONJUNCTION, NULL) != NULL; /* "prevé que la inflación baje" */
        if (!says && s->lx->noun_after && !that && !tk_is(s, next, LX_WORD, OF_ARTICLE, NULL))
            continue; /* "poderá voltar a crescer" */
        struct range r = np_subject(s, next, f->first);
        if (!np_empty(r) && (says || r.begin <= i + length + 3) &&
            (that || has_verb_or_multiple(s, r.end, f->number + 1)))
            return i + length;
        if (says)
            break;
    }
    return begin;
}

static struct range subject_part(const struct tks *s, const struct figure *f, struct range c)
{
    struct range part = {c.begin, f->first};
    uint32_t begin = c.begin;
    if (before_relative(s, f, c, &part)) {
        uint32_t behind = s->lx->verb_last ? part.end : past_speech(s, f, part.end);
        return behind > part.end ? (struct range){behind, f->first}
                                 : part; /* "The airport, which ..., expects traffic to grow by" */
    }
    if (s->lx->verb_last) {
        begin = past_source_behind(s, f, begin);
    } else {
        begin = np_past_source(s, begin, f->first);
        begin = begin > c.begin ? begin : past_condition(s, f, begin);
        begin = begin > c.begin ? begin : past_speech(s, f, begin);
    }
    part.begin = begin;
    return part;
}

/* "..., and revenue from $1.2bn to $900m", "und die Fahrzeit um 35 Minuten verkürzen" */
static struct range behind_and(const struct tks *s, const struct figure *f, uint32_t begin)
{
    const struct range none = {0, 0};
    uint32_t lead = np_relation_start(s, f), open = lead;
    if (!f->has_relation || f->relation == ASSAY_RELATION_TO || lead >= s->count || s->lx->verb_last)
        return none;
    while (open > begin && th_content(s, open - 1) && !np_is_time(s, open - 1) && !np_in_figure(s, open - 1) &&
           lead - open < 4)
        open--;
    uint32_t noun = open;
    open -= s->lx->noun_capital && open > begin && tk_is(s, open - 1, LX_WORD, OF_ARTICLE, NULL);
    if (noun < lead && open > begin + 1 && tk_is(s, open - 1, LX_JOIN, OF_AND, NULL) &&
        (tk_sign(s, open - 2, ',') || np_in_figure(s, open - 2) || s->lx->noun_capital))
        return (struct range){noun, lead};
    return none;
}

/* A preposition that is no "of" leads the word in: "в пабах". */
static int placed(const struct tks *s, uint32_t i)
{
    uint32_t lead = i;
    if (lead && tk_is(s, lead - 1, LX_WORD, OF_ARTICLE, NULL) && !tk_has(s, lead - 1, LX_OF))
        lead--;
    return s->at[i].kind == TK_WORD && lead && np_led_in(s, i) && !tk_has(s, lead - 1, LX_OF);
}

/* "Gold slipped and copper lost 2%": a subject and a verb behind "and" */
static struct range second_subject(const struct tks *s, const struct figure *f, uint32_t begin)
{
    for (uint32_t i = s->mask & LX_BIT(LX_JOIN) ? f->first : begin; i-- > begin;) {
        if (!tk_is(s, i, LX_JOIN, OF_AND, NULL) || np_in_figure(s, i) ||
            (s->lx->noun_after && i > begin + 2 && tk_sign(s, i - 2, ',') && th_content(s, i - 1) &&
             !s->at[i - 1].upper) || /* "les hôtels, campings et autres" */
            (i > begin && placed(s, i - 1) && np_verb_between(s, begin, i) == ASSAY_NEVER))
            continue; /* "Продажи в пабах и барах выросли" */
        struct range r = np_subject(s, i + 1, f->first);
        if (!np_empty(r) && r.begin <= i + 2 && np_verb_between(s, r.end, f->first) != ASSAY_NEVER)
            return r;
    }
    return (struct range){0, 0};
}

/* "With 80% of the votes counted, the party leads by": a preposition opens the part before the comma, which has no verb
 * of its own. */
static int led_in_part(const struct tks *s, uint32_t begin, uint32_t comma, struct range r)
{
    int opens = r.begin <= comma + 2 && !np_led_in(s, r.begin); /* a subject of its own */
    for (uint32_t i = r.end; i < r.end + 3 && i < s->count; i++)
        opens &= !tk_has(s, i, LX_SPEECH);
    return s->at[begin].kind == TK_WORD && s->at[begin].letters > 1 && tk_is(s, begin, LX_WORD, OF_PREPOSITION, NULL) &&
           !tk_has(s, begin, LX_OF) && (opens || !has_verb(s, begin, comma));
}

/* Behind the last comma: where that part has a verb of its own, "wie das Amt mitteilte, erhöhte sich die Zahl um". */
static struct range behind_comma(const struct tks *s, const struct figure *f, uint32_t begin)
{
    const struct range none = {0, 0};
    uint32_t comma = f->first;
    while (comma > begin && !tk_sign(s, comma - 1, ','))
        comma--;
    if (comma == begin)
        return none;
    struct range r = np_subject(s, comma, f->first);
    if (s->lx->noun_after && r.begin == comma && !np_empty(r) && !s->at[comma].upper)
        return none; /* "les hôtels, campings et autres" */
    if (!np_empty(r) && np_in_figure(s, r.begin - 1) && np_verb_between(s, comma, r.begin) != ASSAY_NEVER)
        return none; /* ", a maker of pumps, cut 500 jobs and lost" */
    if (s->lx->verb_last && !np_empty(r) && tk_is(s, r.end, LX_WORD, OF_PREPOSITION, NULL))
        return none; /* "doluluk oranı, yağışların ardından yüzde 34'ten" */
    if (!np_empty(r) && np_led_in(s, r.begin) && !s->lx->verb_last && np_verb_between(s, comma, r.begin) != ASSAY_NEVER)
        return none;
    if (!np_empty(r) && s->at[r.begin].cp >= 0x400 && np_led_in(s, r.begin) &&
        np_verb_between(s, r.end, f->first) != ASSAY_NEVER)
        return none; /* "Площадь пожара, начавшегося в понедельник, к вечеру увеличилась" */
    for (uint32_t k = comma; s->lx->noun_after && k < r.begin && k < comma + 2; k++)
        if (tk_is(s, k, LX_WORD, OF_PASSIVE, NULL))
            return none; /* ", fue la más alta de la serie y superó" */
    if (np_empty(r) || s->lx->verb_last || np_verb_between(s, r.end, f->first) != ASSAY_NEVER ||
        tk_within(s, begin, comma, LX_STATUS, OF_HYPOTHETICAL) || /* an "if" opens the clause */
        fr_over_dash(s, f->first) != f->first)
        return r;
    if (led_in_part(s, begin, comma, r))
        return r;
    if (np_led_in(s, r.begin))
        return none; /* ", выросла по сравнению с прошлым годом и достигла" */
    return has_status(s, r.end, f->first) || (s->lx->noun_capital && has_verb(s, comma, r.begin) && r.begin - comma < 4)
               ? r
               : none;
}

int np_closes(const struct tks *s, uint32_t i)
{
    return s->lx->verb_last && i + 1 < s->count && np_participle(s, i) && !np_in_figure(s, i) &&
           !tk_has(s, i, LX_NOUN) && (!np_is_time(s, i) || tk_is(s, i, LX_TIME, OF_SAME, NULL)) &&
           !np_is_time(s, i + 1) && s->at[i + 1].kind == TK_WORD && th_content(s, i + 1);
}

/* The noun phrase that ends at token `end`, no figure in it. */
static struct range phrase_before(const struct tks *s, uint32_t end)
{
    uint32_t begin = end;
    while (begin && end - begin < 5 && !np_in_figure(s, begin - 1)) {
        uint32_t over = begin < end && begin > 1 && tk_has(s, begin - 1, LX_OF) ? 1 : 0; /* "feu de forêt" */
        if (!th_content(s, begin - 1 - over) || np_is_time(s, begin - 1 - over))
            break;
        begin -= 1 + over;
    }
    return (struct range){begin, end};
}

/* "le loyer d'un studio, qui était de": the phrase goes on to the left over "of" and its article. */
struct range np_with_owner(const struct tks *s, struct range r)
{
    uint32_t start;
    for (int k = 0; k < 2 && !np_empty(r) && r.begin > 1; k++) {
        uint32_t p = r.begin - (tk_is(s, r.begin - 1, LX_WORD, OF_ARTICLE, NULL) && !tk_has(s, r.begin - 1, LX_OF));
        if (!tk_before(s, p, LX_OF, &start) || !start || np_in_figure(s, start - 1))
            break;
        struct range owner = phrase_before(s, start);
        if (np_empty(owner))
            break;
        r.begin = owner.begin;
    }
    return r;
}

/* "La température de l'eau au large de Nice, mesurée à", "une usine à Lyon, qui a coûté": what stands before the comma
 * at `end`; a name of where it is yields to the subject. */
static struct range before_comma(const struct tks *s, uint32_t end)
{
    struct range r = phrase_before(s, end);
    if (np_empty(r) || s->lx->noun_capital)
        return r;
    uint32_t low = fr_clause(s, r.begin, end).begin;
    if (s->at[r.begin].upper && np_led_in(s, r.begin) && np_verb_between(s, low, r.begin) == ASSAY_NEVER) {
        struct range subject = np_subject(s, low, r.begin);
        if (!np_empty(subject) && !np_led_in(s, subject.begin))
            return subject;
    }
    return np_with_owner(s, r);
}

struct range np_bracketed(const struct tks *s, const struct figure *f)
{
    const struct range none = {0, 0};
    uint32_t open = f->first;
    open -= open > 1 && s->at[open - 1].kind == TK_SIGN && !tk_sign(s, open - 1, '('); /* "(+ 2,9 %)" */
    if (open < 2 || !tk_sign(s, open - 1, '(') || f->age || f->kind == ASSAY_KIND_ORDINAL ||
        f->kind == ASSAY_KIND_RANK || (f->kind == ASSAY_KIND_NUMBER && s->lx->noun_capital))
        return none;
    uint32_t end = open - 1;
    if (s->at[end - 1].kind != TK_WORD || (s->at[end - 1].upper && !s->lx->noun_capital))
        return none;
    const struct range r = phrase_before(s, end);
    return r.end < r.begin + 2 && np_no_head(s, end - 1) ? none : np_with_owner(s, r);
}

/* The comma of an apposition that the one at `comma` ends: "Output of potash, the main export, dropped to"; else
 * `comma`. */
static uint32_t over_apposition(const struct tks *s, uint32_t comma)
{
    uint32_t open = comma;
    while (open && comma - open < 10 && s->at[open - 1].kind != TK_NUMBER && !tk_sign(s, open - 1, ','))
        open--;
    return open > 1 && open < comma && tk_sign(s, open - 1, ',') && tk_is(s, open, LX_WORD, OF_ARTICLE, NULL) &&
                   np_verb_between(s, open, comma) == ASSAY_NEVER
               ? open - 1
               : comma;
}

/* "un feu de forêt qui a parcouru 1 300 hectares", "the age, which was raised to 65": what the relative clause is told
 * of. */
static struct range antecedent(const struct tks *s, const struct figure *f)
{
    const struct range none = {0, 0};
    uint32_t i = f->first;
    if (s->lx->verb_last)
        return none;
    while (i && f->first - i < 8 && (s->at[i - 1].kind == TK_WORD || s->at[i - 1].plain == 4) &&
           !np_in_figure(s, i - 1) && !tk_is(s, i - 1, LX_WORD, OF_RELATIVE, NULL))
        i--;
    if (i < 2 || !tk_is(s, i - 1, LX_WORD, OF_RELATIVE, NULL) || i == f->first || np_in_figure(s, i - 1))
        return none;
    if (tk_is(s, i - 1, LX_WORD, OF_PARTLY, NULL)) { /* "deren Absatz um", "dont les ventes ont plongé de" */
        struct range own = np_read(s, np_over_articles(s, i, f->first), f->first, 5);
        if (!np_empty(own) && np_verb_between(s, i, own.begin) == ASSAY_NEVER)
            return own;
    }
    if (s->lx->noun_capital) { /* ", der im vergangenen Jahr noch 780 Millionen verdient hatte" */
        if (!tk_sign(s, i - 2, ',') || i < 3 || s->at[i].upper || !s->at[i - 3].upper)
            return none;
        for (uint32_t k = i; k < f->first; k++)
            if (s->at[k].upper && th_content(s, k) && !np_is_time(s, k) &&
                !tk_is(s, k - 1, LX_WORD, OF_PREPOSITION, NULL) && !tk_is(s, k - 2, LX_WORD, OF_PREPOSITION, NULL))
                return none;
    }
    uint32_t length;
    if (tk_is(s, i - 1, LX_WORD, OF_GENITIVE, NULL) ||
        (tk_is(s, i - 2, LX_WORD, OF_GENITIVE, &length) && length == 2)) { /* "whose profit fell", "il cui debito" */
        struct range own = np_read(s, np_over_articles(s, i, f->first), f->first, 5);
        return own;
    }
    int who = th_english_like(s) && tk_is(s, i - 1, LX_WORD, OF_PRONOUN, NULL) &&
              tk_is(s, i, LX_WORD, OF_AUXILIARY, NULL);
    for (uint32_t k = i; k < f->first && !who; k++)
        if (tk_is(s, k, LX_WORD, OF_ARTICLE, NULL) && k + 1 < f->first && th_content(s, k + 1))
            return none; /* "que el gobierno aprobó" */
    uint32_t end = i - 1 - (uint32_t)tk_sign(s, i - 2, ',');
    if (i > 3 && s->at[i - 2].cp >= 0x400 && tk_sign(s, i - 3, ',') && th_content(s, i - 2) && !np_is_time(s, i - 2))
        return (struct range){i - 2, i - 1}; /* "мост, строительство которого оценивают" */
    if (end == i - 1 && tk_is(s, i - 1, LX_WORD, OF_CONJUNCTION, NULL) && s->lx->plural[0] &&
        !(th_english_like(s) && tk_is(s, i - 1, LX_WORD, OF_PRONOUN, NULL)))
        return none; /* "found that 5 percent" */
    return end < i - 1 ? before_comma(s, end) : phrase_before(s, end);
}

int np_opening(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    return i < s->count && t->kind == TK_WORD && t->letters > 4 && t->upper == 1 && !(t->mask & LX_BIT(LX_NOUN)) &&
           lx_ends_by(s->lx, s->lx->participle_first, s->text + t->begin, t->end - t->begin);
}

int np_participle(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    return t->kind == TK_WORD && t->letters > 3 && !t->upper &&
           lx_ends_by(s->lx, s->lx->participle_first, s->text + t->begin, t->end - t->begin) &&
           !(t->cp >= 0x400 && tk_is(s, i, LX_WORD, OF_OTHER, NULL)); /* "общий" */
}

/* ", de la que viven", ", з якої п'ють": small words, then one that opens a relative clause. */
static int opens_relative(const struct tks *s, uint32_t i)
{
    const uint32_t most = i + 3;
    if (!tk_is(s, i, LX_WORD, OF_PREPOSITION, NULL) && !tk_has(s, i, LX_OF))
        return tk_is(s, i, LX_WORD, OF_RELATIVE, NULL) && !tk_is(s, i, LX_WORD, OF_BREAK, NULL);
    for (; i < most && i < s->count && s->at[i].kind == TK_WORD; i++)
        if (tk_is(s, i, LX_WORD, OF_RELATIVE, NULL))
            return 1;
    return 0;
}

/* "Bus fares, frozen since 2022, will go up by", "La temperatura del mar, medida en 18 boyas, superó" */
struct range np_before_inserted(const struct tks *s, const struct figure *f, uint32_t begin)
{
    const struct range none = {0, 0};
    uint32_t close = f->first;
    while (close > begin && !tk_sign(s, close - 1, ','))
        close--;
    uint32_t open = close > begin ? close - 1 : begin;
    if (s->lx->verb_last || open < begin + 3 || s->at[close].kind != TK_WORD ||
        (np_in_figure(s, close) && f->kind != ASSAY_KIND_MULTIPLE) || tk_has(s, close, LX_JOIN) ||
        tk_is(s, close, LX_WORD, OF_ARTICLE, NULL) || tk_is(s, close, LX_WORD, OF_PRONOUN, NULL) ||
        tk_is(s, close, LX_WORD, OF_CONJUNCTION, NULL) ||
        tk_is(s, close, LX_WORD, OF_PREPOSITION, NULL))
        return none;
    while (open > begin && close - open < 16 && !tk_sign(s, open - 1, ','))
        open--;
    if (open < begin + 2 || !tk_sign(s, open - 1, ',') || (!np_participle(s, open) && !opens_relative(s, open)) ||
        np_verb_between(s, begin, open - 1) != ASSAY_NEVER)
        return none;
    struct range r = np_subject(s, begin, open - 1);
    return np_empty(r) || np_led_in(s, r.begin) ? none : r;
}

/* "урожая, составившего 5,6 млн", "cocaína, avaliadas em 90 milhões", "bonds, valued at $5m": what the participle
 * behind the comma is told of. */
static struct range before_participle(const struct tks *s, const struct figure *f)
{
    const struct range none = {0, 0};
    uint32_t i = f->first;
    if (s->lx->verb_last || s->lx->noun_capital || !s->lx->participle_endings[0])
        return none;
    if (i > 1 && f->number > i + 1 && np_participle(s, i) && s->at[i].letters > 5 &&
        (tk_is(s, i + 1, LX_WORD, OF_PREPOSITION, NULL) || tk_has(s, i + 1, LX_RELATION))) /* "récolte, estimée à 9" */
        return tk_sign(s, i - 1, ',') ? before_comma(s, over_apposition(s, i - 1))
                                      : np_with_owner(s, phrase_before(s, i));
    while (i && f->first - i < 7 && s->at[i - 1].kind == TK_WORD && !np_in_figure(s, i - 1) &&
           !tk_is(s, i - 1, LX_JOIN, OF_AND, NULL))
        i--;
    if (i > 2 && tk_is(s, i - 1, LX_JOIN, OF_AND, NULL) && np_participle(s, i)) { /* "iniziati ieri e costati" */
        uint32_t open = i;
        while (open && i - open < 8 && !tk_sign(s, open - 1, ','))
            open--;
        i = np_participle(s, open) ? open : i;
    }
    if (i < 2 || i == f->first || !tk_sign(s, i - 1, ',') || np_in_figure(s, i - 2))
        return none;
    uint32_t first = i + (tk_is(s, i, LX_WORD, OF_OTHER, NULL) && i + 1 < f->first);
    first += s->lx->noun_after && first + 1 < f->first && tk_has(s, first, LX_DAY);
    int level =
        s->lx->noun_after && tk_is(s, first, LX_WORD, OF_LEVEL, NULL) && !tk_is(s, first, LX_WORD, OF_AUXILIARY, NULL);
    if ((!np_participle(s, first) && !level) ||
        (s->lx->plural[0] && !tk_is(s, first + 1, LX_WORD, OF_PREPOSITION, NULL)))
        return none;
    struct range r = level ? np_before_inserted(s, f, fr_clause(s, f->first, f->last).begin) : none;
    return np_empty(r) ? before_comma(s, over_apposition(s, i - 1)) : r;
}

struct range np_of_clause(const struct tks *s, const struct figure *f, struct range c)
{
    struct range r = antecedent(s, f);
    r = np_empty(r) ? before_participle(s, f) : r;
    if (!np_empty(r))
        return r;
    struct range part = subject_part(s, f, c);
    uint32_t size;
    if (part.end == f->first && tk_before(s, f->first, LX_OF, &size) && size + 1 < f->first && size > part.begin)
        part.end = size; /* "планувався на рівні 60 млрд" */
    r = behind_and(s, f, part.begin);
    r = np_empty(r) ? np_before_inserted(s, f, part.begin) : r;
    if (!np_empty(r))
        return r;
    if (part.end + 3 > f->first) {
        r = second_subject(s, f, part.begin);
        r = np_empty(r) ? behind_comma(s, f, part.begin) : r;
    }
    return np_empty(r) ? np_subject(s, part.begin, part.end) : r;
}

/* "Die Ausfuhren stiegen um 9 Prozent und die Einfuhren aus Asien um 13": a subject without its verb, told of the
 * figure before. Empty: there is none. */
struct range np_gapped(const struct tks *s, const struct figure *figures, uint32_t k)
{
    const struct range none = {0, 0};
    const struct figure *f = figures + k, *b = f - 1;
    if (!k || s->lx->verb_last)
        return none;
    uint32_t lead = np_relation_start(s, f), from = b->counted_end > b->last ? b->counted_end : b->last,
             join = f->first;
    b -= k > 1 && b->has_relation && b->relation == ASSAY_RELATION_TO && f->has_relation &&
         f->relation == ASSAY_RELATION_BY; /* "um 11 % auf 2 703 und die Zahl der Verletzten um 4,5 %" */
    if (f->has_relation != b->has_relation || (f->has_relation && f->relation != b->relation) || f->kind != b->kind)
        return none;
    lead = lead < f->first ? lead : f->first;
    while (join > from && !tk_is(s, join - 1, LX_JOIN, OF_AND, NULL))
        join--;
    if (join == from && f->has_relation && f->change != ASSAY_CHANGE_LEVEL && tk_sign(s, from, ','))
        join = from + 1; /* "gli arrivi sono aumentati del 5%, gli arresti del 3%" */
    if (join == from)
        return none;
    struct range r = np_subject(s, join, lead);
    if (np_empty(r) || r.begin > join + 2 || np_led_in(s, r.begin) || has_verb(s, r.end, lead) ||
        has_verb(s, join, r.begin))
        return none;
    return r.end - r.begin == 1 && s->at[r.begin].upper && !s->lx->noun_capital ? none : r;
}
