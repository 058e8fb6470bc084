/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assay/layers/claim.h>
#include <assay/layers/copy.h>
#include <assay/layers/document.h>
#include <assay/layers/finding.h>
#include <assay/layers/host.h>
#include <assay/layers/text.h>

struct article {
    const char *id, *source, *published, *title, *language, *script, *uri;
    int64_t mapped;
    const char *text;
};

static const struct article article[] = {
    {"courier/quake-1.html", "Varn Courier", "2024-05-02", "Quake shakes Varn province", "en", "Latn", "https://courier.example/quake-1", 412,
     "A strong earthquake shook the province of Varn on Wednesday night. About 1,200 people were injured, the governor's "
     "office said. The tremor had a depth of 14 kilometres.\n\nSchools will stay closed for 3 days. The state promised "
     "€40 million for rebuilding."},
    {"courier/quake-2.html", "Varn Courier", "2024-05-05", "Varn: toll rises", "en", "Latn", "https://courier.example/quake-2", 412,
     "The number of dead in Varn rose to 61 on Sunday. Three days ago the authorities had counted 48 dead. Rescue teams are still at work."},
    {"meridian/varn.txt", "The Meridian Post", "2024-05-02", "Hundreds of houses gone in Varn", "en", "Latn", NULL, 0,
     "Rescuers searched through the night. At least 2,100 people were injured in Varn, doctors told this newspaper. 48 people "
     "were confirmed dead by noon. The quake struck 14 km below the ground."},
    {"mirror/varn-copy.txt", "Daily Mirror Lake", "2024-05-03", "Quake in Varn (agency)", "en", "Latn", NULL, 0,
     "A strong earthquake shook the province of Varn on Wednesday night. About 1,300 people were injured, the governor's "
     "office said. The tremor had a depth of 14 kilometres."},
    {"mirror/varn-same.txt", "Lakeside Echo", "2024-05-03", "Quake in Varn", "en", "Latn", NULL, 0,
     "A strong earthquake shook the province of Varn on Wednesday night. About 1,200 people were injured, the governor's "
     "office said. The tremor had a depth of 14 kilometres."},
    {"vestnik/varn.txt", "Шахтёрский вестник", "2024-05-03", "Землетрясение в Варне", "ru", "Cyrl", NULL, 3,
     "В провинции Варн произошло землетрясение. Пострадали 2,1 тысячи человек, сообщили врачи. На восстановление выделят 400 млн евро."},
    {"nahar/varn.txt", "النهار الجديد", "2024-05-03", "زلزال في فارن", "ar", "Arab", NULL, 0,
     "ضرب زلزال قوي مقاطعة فارن. أصيب 1200 شخص بحسب مكتب المحافظ. وتوقفت الدراسة."},
    {"xezer/ixrac.txt", "Xəzər Xəbər", "2024-02-01", "İxrac artdı", "az", "Latn", NULL, 0,
     "2023-cü ildə ixrac 300 milyon dolları ötüb. Gəncə zavodu 15 min traktor istehsal edib. Zavodda 1 800 nəfər işləyir."},
    {"hafenblatt/handel.html", "Hafenblatt", "2024-02-10", "Handel wächst kräftig", "de", "Latn", "https://hafenblatt.example/handel", 96,
     "Der Handel mit Gandra übertraf im Jahr 2023 die Marke von 400 Millionen Dollar. Das Werk baute seit 2007 rund 14.800 "
     "Traktoren. Von den 1.800 Beschäftigten arbeiten 900 in Schicht A und 950 in Schicht B."},
    {"kiyi/liman.txt", "Kıyı Gazetesi", "2024-03-11", "Limanda rekor", "tr", "Latn", NULL, 0,
     "Liman geçen yıl 5,2 milyon ton yük elleçledi. Yatırım tutarı %12 arttı."},
    {"hafenblatt/hafen.html", "Hafenblatt", "2024-03-12", "Hafen mit Rekord", "de", "Latn", NULL, 96,
     "Der Hafen schlug im vergangenen Jahr 52 Millionen Tonnen um. Die Investitionen stiegen um 12 Prozent."},
    {"rizhao/gang.txt", "日照新报", "2024-03-12", "港口创纪录", "zh", "Hans", NULL, 0,
     "该港口去年吞吐量为520万吨。投资增长12%。"},
    {"hostile/a.txt", "Evil " SAMPLE_HOSTILE, "2024-06-01", "Title " SAMPLE_HOSTILE, "en", "Latn", "javascript:alert(1)", 0,
     "He said \"" SAMPLE_HOSTILE "\" and 77 bottles \xe2\x80\xae fell. =cmd|' /C calc'!A0 was \x1b[31m there. End."},
    {"hostile/b.txt", "=HYPERLINK(\"http://x\")", "2024-06-02", "{{7*7}} ${x} %s %n", "en", "Latn", NULL, 0,
     "We counted 78 bottles\nin the room. Then 5 more."},
    {"loner/note.txt", NULL, NULL, NULL, "und", "Zyyy", NULL, 0, "77 bottles. 1,500 seats."},
};

#define ARTICLES (sizeof article / sizeof article[0])

struct figure {
    uint32_t article;
    const char *text; /* as it stands in the article */
    double value;
    const char *decimal, *unit, *counted;
    uint32_t kind, bound, change, status;
    const char *measured, *concept;
};

#define N ASSAY_KIND_NUMBER
#define D ASSAY_KIND_DIMENSION
#define M ASSAY_KIND_MONEY
#define P ASSAY_KIND_PERCENT
static const struct figure figure[] = {
    {0, "About 1,200", 1200, "1200", NULL, "person", N, ASSAY_BOUND_ABOUT, 0, 0, "people were injured", "injured"},      /* 0 */
    {0, "14 kilometres", 14, "14", "kilometer", NULL, D, 0, 0, 0, "depth", "depth"},                                  /* 1 */
    {0, "3 days", 3, "3", "day", NULL, ASSAY_KIND_DURATION, 0, 0, ASSAY_FORECAST, NULL, NULL},                        /* 2 */
    {0, "€40 million", 40e6, "40000000", "EUR", NULL, M, 0, 0, ASSAY_TARGET, "rebuilding", "aid"},                    /* 3 */
    {1, "61", 61, "61", NULL, "person", N, 0, 1, 0, "number of dead", "killed"},                                      /* 4 */
    {1, "48", 48, "48", NULL, "person", N, 0, 0, 0, "dead", "killed"},                                                /* 5 */
    {2, "At least 2,100", 2100, "2100", NULL, "person", N, ASSAY_BOUND_AT_LEAST, 0, 0, "people were injured", "injured"}, /* 6 */
    {2, "48", 48, "48", NULL, "person", N, 0, 0, 0, "confirmed dead", "killed"},                                      /* 7 */
    {2, "14 km", 14, "14", "kilometer", NULL, D, 0, 0, 0, "below the ground", "depth"},                               /* 8 */
    {3, "About 1,300", 1300, "1300", NULL, "person", N, ASSAY_BOUND_ABOUT, 0, 0, "people were injured", "injured"},      /* 9 */
    {3, "14 kilometres", 14, "14", "kilometer", NULL, D, 0, 0, 0, "depth", "depth"},                                  /* 10 */
    {4, "About 1,200", 1200, "1200", NULL, "person", N, ASSAY_BOUND_ABOUT, 0, 0, "people were injured", "injured"},      /* 11 */
    {4, "14 kilometres", 14, "14", "kilometer", NULL, D, 0, 0, 0, "depth", "depth"},                                  /* 12 */
    {5, "2,1 тысячи", 2100, "2100", NULL, "person", N, 0, 0, 0, "Пострадали человек", "injured"},                     /* 13 */
    {5, "400 млн евро", 400e6, "400000000", "EUR", NULL, M, 0, 0, ASSAY_TARGET, "восстановление", "aid"},             /* 14 */
    {6, "1200", 1200, "1200", NULL, "person", N, 0, 0, 0, "أصيب شخص", "injured"},                                     /* 15 */
    {7, "300 milyon dolları ötüb", 300e6, "300000000", "USD", NULL, M, ASSAY_BOUND_OVER, 0, 0, "ixrac", "export"},    /* 16 */
    {7, "15 min", 15000, "15000", NULL, "tractor", N, 0, 0, 0, "traktor", "tractor"},                                 /* 17 */
    {7, "1 800", 1800, "1800", NULL, "person", N, 0, 0, 0, "nəfər işləyir", "staff"},                                 /* 18 */
    {8, "400 Millionen Dollar", 400e6, "400000000", "USD", NULL, M, ASSAY_BOUND_OVER, 0, 0, "Handel", "trade"},       /* 19 */
    {8, "rund 14.800", 14800, "14800", NULL, "tractor", N, ASSAY_BOUND_ABOUT, 0, 0, "Traktoren", "tractor"},          /* 20 */
    {8, "1.800", 1800, "1800", NULL, "person", N, 0, 0, 0, "Beschäftigten", "staff"},                                 /* 21 */
    {8, "900", 900, "900", NULL, "person", N, 0, 0, 0, "Schicht A", "staff"},                                         /* 22 */
    {8, "950", 950, "950", NULL, "person", N, 0, 0, 0, "Schicht B", "staff"},                                         /* 23 */
    {9, "5,2 milyon ton", 5.2e6, "5200000", "tonne", NULL, D, 0, 0, 0, "yük", "cargo"},                               /* 24 */
    {9, "%12", 12, "12", "percent", NULL, P, 0, 1, 0, "Yatırım", "investment"},                                       /* 25 */
    {10, "52 Millionen Tonnen", 52e6, "52000000", "tonne", NULL, D, 0, 0, 0, "Hafen", "cargo"},                       /* 26 */
    {10, "12 Prozent", 12, "12", "percent", NULL, P, 0, 1, 0, "Investitionen", "investment"},                         /* 27 */
    {11, "520万吨", 5.2e6, "5200000", "tonne", NULL, D, 0, 0, 0, "吞吐量", "cargo"},                                   /* 28 */
    {11, "12%", 12, "12", "percent", NULL, P, 0, 1, 0, "投资", "investment"},                                         /* 29 */
    {12, "77", 77, "77", NULL, "bottle", N, 0, 0, 0, "bottles", NULL},                                                /* 30 */
    {13, "78", 78, "78", NULL, "bottle", N, 0, 0, 0, "bottles", NULL},                                                /* 31 */
    {13, "5 more", 5, "5", NULL, NULL, N, 0, 0, 0, NULL, NULL},                                                       /* 32 */
    {14, "77", 77, "77", NULL, "bottle", N, 0, 0, 0, "bottles", NULL},                                                /* 33 */
    {14, "1,500", 1500, "1500", NULL, "seat", N, 0, 0, 0, "seats", NULL},                                             /* 34 */
};
#define FIGURES (sizeof figure / sizeof figure[0])

struct value {
    const char *figures; /* numbers of figure[], blank between */
    uint32_t independent;
};
struct story {
    const char *id;
    uint32_t verdict, severity, scope_of, hint;
    double confidence, gap;
    const char *title, *explanation, *rule, *from, *to, *pairs; /* pairs: "01c " = values 0 and 1, conflict */
    struct value value[4];
};
#define NO_HINT 99
static const struct story story[] = {
    {"f-injured", ASSAY_CONFLICT, ASSAY_HIGH, 0, NO_HINT, 0.93, 0.4286, "People injured in Varn: about 1,200, about 1,300 or at least 2,100",
     "Both speak of the people injured in Varn on 1 May 2024. About 1,200 and at least 2,100 cannot both hold: the gap stays after "
     "rounding. Lakeside Echo and Daily Mirror Lake print the report of Varn Courier and do not count as further sources.",
     "level", "2024-05-01", "2024-05-01", "01c 02c 12c ", {{"0 11 15", 2}, {"9", 0}, {"6 13", 2}}},
    {"f-cargo", ASSAY_CONFLICT, ASSAY_HIGH, 0, 0, 0.88, 0.9, "Cargo of the port last year: 5.2 million or 52 million tonnes",
     "Same port, same year, same unit. One value is ten times the other: likely a slip of one digit.", "level", "2023", "2023",
     "01c ", {{"24 28", 2}, {"26", 1}}},
    {"f-aid", ASSAY_CONFLICT, ASSAY_MEDIUM, 0, 0, 0.71, 0.9, "Aid promised for Varn: €40 million or €400 million",
     "Both are promises for rebuilding after the same quake; the values differ by a factor of ten.", "level", NULL, NULL, "01c ",
     {{"3", 1}, {"14", 1}}},
    {"f-staff", ASSAY_CONFLICT, ASSAY_MEDIUM, 1, NO_HINT, 0.8, 0.027, "The parts do not add up: 900 + 950 is not 1,800",
     "Inside one text: the two shifts together have 1,850 workers, the whole is given as 1,800.", "sum", NULL, NULL, "01c ", {{"21", 1}, {"22 23", 1}}},
    {"f-bottles", ASSAY_CONFLICT, ASSAY_CHECK, 0, NO_HINT, 0.42, 0.0128, "Bottles " SAMPLE_HOSTILE ": 77 or 78",
     "Period and scope are unknown. " SAMPLE_HOSTILE, "level", NULL, NULL, "01c ", {{"30 33", 1}, {"31", 1}}},
    {"f-dead", ASSAY_UPDATE, ASSAY_MEDIUM, 0, NO_HINT, 0.9, 0.21, "Dead in Varn: 48, later 61",
     "A count that grows: 48 on 2 May, 61 on 5 May. Later is not always right, but this is no contradiction.", "evolving", "2024-05-02", "2024-05-05",
     "01u ", {{"5 7", 2}, {"4", 1}}},
    {"f-trade", ASSAY_SCOPE, ASSAY_LOW, 0, NO_HINT, 0.84, 0.25, "Trade of over $400 million, exports of over $300 million",
     "Exports are a part of trade. Different measures, no contradiction.", "part-of", "2023", "2023", "01s ", {{"19", 1}, {"16", 1}}},
    {"f-tractors", ASSAY_COMPATIBLE, ASSAY_LOW, 0, NO_HINT, 0.77, 0, "Tractors built: 15 thousand and about 14,800",
     "15 thousand may be a rounded 14,800.", "rounding", NULL, NULL, "01p ", {{"17", 1}, {"20", 1}}},
    {"f-depth", ASSAY_AGREE, ASSAY_LOW, 0, NO_HINT, 0.95, 0, "Depth of the quake: 14 km", "All give the same depth.", "equal", NULL, NULL, "",
     {{"1 8 10 12", 2}}},
    {"f-invest", ASSAY_AGREE, ASSAY_LOW, 0, NO_HINT, 0.9, 0, "Investment in the port: up 12 %", "Three sources in three languages.", "equal", "2023", "2023",
     "", {{"25 27 29", 3}}},
    {"f-workers", ASSAY_AGREE, ASSAY_LOW, 0, NO_HINT, 0.9, 0, "Workers of the plant: 1,800", "Same value.", "equal", NULL, NULL, "", {{"18 21", 2}}},
};

#define STORIES (sizeof story / sizeof story[0])

static const char *dup(struct fake *f, const char *at, size_t size)
{
    char *to = fake_alloc(f, size + 1);
    return memcpy(to, at, size);
}

/* Sentences by full stop and line end: good enough for texts made for it. */
static void add_sentences(struct fake *f, const struct sample *s, assay_docid doc, const char *text)
{
    uint32_t begin = 0, paragraph = 0;
    for (uint32_t i = 0; text[i]; i++) {
        uint32_t end = 0;
        if (text[i] == '.' && (text[i + 1] == ' ' || text[i + 1] == 0 || text[i + 1] == '\n') && i > begin)
            end = i + 1;
        if (!strncmp(text + i, "。", 3))
            end = i + 3;
        if (end) {
            struct assay_sentence one = {.span = {begin, end}, .paragraph = paragraph};
            fake_add(f, s->sentence, doc, &one);
            begin = end;
            while (text[begin] == ' ' || text[begin] == '\n')
                paragraph += text[begin++] == '\n';
            i = begin - 1;
        }
    }
}

static struct assay_span sentence_of(const char *text, uint32_t at)
{
    struct assay_span s = {0, (uint32_t)strlen(text)};
    for (uint32_t i = 0; text[i]; i++) {
        uint32_t end = 0;
        if (text[i] == '.' && (text[i + 1] == ' ' || text[i + 1] == 0 || text[i + 1] == '\n'))
            end = i + 1;
        if (!strncmp(text + i, "。", 3))
            end = i + 3;
        if (end && end <= at) {
            s.begin = end;
            while (text[s.begin] == ' ' || text[s.begin] == '\n')
                s.begin++;
        } else if (end && end > at) {
            s.end = end;
            break;
        }
    }
    return s;
}

static struct assay_ref add_claim(struct fake *f, const struct sample *s, const assay_docid *doc, const struct figure *fig)
{
    const struct article *a = &article[fig->article];
    const char *at = strstr(a->text, fig->text);
    if (!at)
        abort();
    uint32_t begin = (uint32_t)(at - a->text);
    struct assay_claim c = {
        .span = {begin, begin + (uint32_t)strlen(fig->text)}, .text = fake_text(fig->text), .sentence = sentence_of(a->text, begin),
        .kind = fig->kind, .bound = fig->bound, .value = fig->value, .decimal = fake_text(fig->decimal), .precision = 2,
        .unit = fake_text(fig->unit), .counted = fake_text(fig->counted), .change = fig->change, .status = fig->status,
        .language = fake_text(a->language), .rule = fake_text("digits"), .confidence = 0.9, .has_base_value = fig->unit != NULL,
        .base_value = fig->value, .base_unit = fake_text(fig->unit), .has_measured = fig->measured != NULL,
        .measured = {.text = fake_text(fig->measured), .span = {begin, begin + 1}, .concept = fake_text(fig->concept)},
    };
    if (fig->article < 7) {
        struct assay_entity *e = fake_alloc(f, sizeof *e);
        *e = (struct assay_entity){fake_text("Varn"), {0, 4}, fake_text("varn")};
        c.entities = (struct assay_list){e, 1, sizeof *e};
        c.has_time = 1;
        c.time = (struct assay_claim_time){.from = fake_text("2024-05-01"), .to = fake_text("2024-05-01")};
    }
    struct assay_ref ref = {.doc = doc[fig->article]};
    ref.index = fake_add(f, s->claim, ref.doc, &c);
    return ref;
}

static void add_value(struct fake *f, struct assay_value *to, const struct value *from, const struct assay_ref *refs, struct assay_list *all)
{
    struct assay_ref *ref = fake_alloc(f, 16 * sizeof *ref);
    struct assay_text *source = fake_alloc(f, 16 * sizeof *source);
    uint32_t n = 0, sources = 0;
    char *end;
    for (const char *p = from->figures; *p; p = end) {
        uint32_t i = (uint32_t)strtoul(p, &end, 10);
        const struct figure *fig = &figure[i];
        if (!n)
            *to = (struct assay_value){.value = fig->value, .bound = fig->bound, .unit = fake_text(fig->unit), .base_value = fig->value,
                                       .has_base_value = 1, .independent = from->independent};
        ref[n++] = refs[i];
        ((struct assay_ref *)(uintptr_t)all->at)[all->count++] = refs[i];
        struct assay_text name = fake_text(article[fig->article].source);
        uint32_t known = !name.at;
        for (uint32_t k = 0; k < sources; k++)
            known |= !strcmp(source[k].at, name.at ? name.at : "");
        if (!known)
            source[sources++] = name;
    }
    to->claims = (struct assay_list){ref, n, sizeof *ref};
    to->sources = (struct assay_list){source, sources, sizeof *source};
    to->documents = n;
}

static struct assay_text numbered(struct fake *f, const char *text, const char *between, uint32_t n)
{
    char *to = fake_alloc(f, strlen(text) + 32);
    sprintf(to, "%s%s%u", text, between, n);
    return fake_text(to);
}

static void add_finding(struct fake *f, const struct sample *s, const struct story *from, uint32_t rank, const struct assay_ref *refs)
{
    static const char letters[] = "cuspa";
    struct assay_value *value = fake_alloc(f, 4 * sizeof *value);
    struct assay_verdict_pair *pair = fake_alloc(f, 8 * sizeof *pair);
    struct assay_finding x = {
        .id = fake_text(from->id), .verdict = from->verdict, .severity = from->severity, .rank = rank, .scope_of = from->scope_of,
        .confidence = from->confidence, .title = fake_text(from->title), .explanation = fake_text(from->explanation),
        .rule = fake_text(from->rule), .gap = from->gap, .has_hint = from->hint != NO_HINT, .hint = from->hint,
        .has_period = from->from != NULL, .period = {fake_text(from->from), fake_text(from->to)}, .measured = fake_text("figure"),
        .concept = {0}, .state = fake_text("8f1c"),
    };
    x.claims = (struct assay_list){fake_alloc(f, 32 * sizeof(struct assay_ref)), 0, sizeof(struct assay_ref)};
    uint32_t n = 0, pairs = 0;
    for (; n < 4 && from->value[n].figures; n++) {
        add_value(f, &value[n], &from->value[n], refs, &x.claims);
        x.independent += from->value[n].independent;
    }
    for (const char *p = from->pairs; *p; p += 4)
        pair[pairs++] = (struct assay_verdict_pair){(uint32_t)(p[0] - '0'), (uint32_t)(p[1] - '0'),
                                                    (uint32_t)(strchr(letters, p[2]) - letters), 0, fake_text(from->rule)};
    x.values = (struct assay_list){value, n, sizeof *value};
    x.pairs = (struct assay_list){pair, pairs, sizeof *pair};
    if (rank > STORIES) {
        x.id = numbered(f, from->id, "-", rank);
        x.title = numbered(f, from->title, ", case ", rank);
    }
    if (rank == 3) {
        x.has_review = 1;
        x.review = 2;
        x.note = fake_text("seen on Monday");
    }
    if (rank == 11) {
        x.has_review = 1;
        x.review = 1;
    }
    fake_add(f, s->finding, 0, &x);
}

static void add_copies(struct fake *f, const struct sample *s, const assay_docid *doc)
{
    uint32_t size = (uint32_t)strlen(article[3].text);
    struct assay_differ *differ = fake_alloc(f, sizeof *differ);
    uint32_t a = (uint32_t)(strstr(article[0].text, "About 1,200") - article[0].text);
    *differ = (struct assay_differ){{a, a + 11}, {a, a + 11}};
    struct assay_copy copy[] = {
        {.relation = ASSAY_COPY_CONTAINS, .a = {doc[0], {0, size}}, .b = {doc[3], {0, size}}, .covered_a = 0.58, .covered_b = 0.98,
         .cluster = fake_text("c1"), .first = doc[0], .figures_differ = {differ, 1, sizeof *differ}},
        {.relation = ASSAY_COPY_CONTAINS, .a = {doc[0], {0, size}}, .b = {doc[4], {0, size}}, .covered_a = 0.6, .covered_b = 1,
         .cluster = fake_text("c1"), .first = doc[0]},
        {.relation = ASSAY_COPY_SHARES_PASSAGE, .a = {doc[12], {8, 20}}, .b = {doc[13], {0, 12}}, .covered_a = 0.1, .covered_b = 0.2},
    };
    for (uint32_t i = 0; i < 3; i++)
        fake_add(f, s->copy, 0, &copy[i]);
    assay_docid *member = fake_alloc(f, 3 * sizeof *member);
    member[0] = doc[0];
    member[1] = doc[3];
    member[2] = doc[4];
    struct assay_cluster cluster = {.id = fake_text("c1"), .docs = {member, 3, sizeof *member}, .first = doc[0]};
    fake_add(f, s->cluster, 0, &cluster);
}

static void add_host_records(struct fake *f, const struct sample *s)
{
    struct assay_failure failure = {.doc = fake_text("broken/x.html"), .path = fake_text("broken/x.html"), .plugin = fake_text("markup"),
                                    .stage = 1, .code = 1, .message = fake_text("took longer than 30 s " SAMPLE_HOSTILE)};
    fake_add(f, s->failure, 0, &failure);
    failure = (struct assay_failure){.path = fake_text("feed.jsonl"), .plugin = fake_text("jsonl_in"), .line = 17, .has_line = 1, .stage = 0,
                                     .code = 5, .message = fake_text("no key \"text\""), .begin = 2211, .has_begin = 1};
    fake_add(f, s->failure, 0, &failure);
    struct assay_skipped skipped = {fake_text("photos/a.jpg"), fake_text("binary"), 20411};
    fake_add(f, s->skipped, 0, &skipped);
    skipped = (struct assay_skipped){fake_text("empty.txt"), fake_text("empty"), 0};
    fake_add(f, s->skipped, 0, &skipped);
    static const struct assay_step_info step[] = {{{"files", 5}, {"1", 1}}, {{"claims", 6}, {"3", 1}}, {{"consistency", 11}, {"2", 1}}};
    static const struct assay_tally count[] = {{{"document", 8}, ARTICLES}, {{"claim", 5}, FIGURES}};
    static const struct assay_tally reason[] = {{{"binary", 6}, 1}, {{"empty", 5}, 1}};
    struct assay_run run = {.version = fake_text("0.1.0"), .chain = fake_text("conf/crosscheck.conf"),
                            .chain_sha256 = fake_text("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
                            .plugins = {step, 3, sizeof step[0]}, .documents = ARTICLES, .failures = 2,
                            .skipped = {reason, 2, sizeof reason[0]}, .counts = {count, 2, sizeof count[0]}};
    fake_add(f, s->run, 0, &run);
}

static void add_layers(struct fake *f, struct sample *s, int findings)
{
#define LAYER(NAME, WHERE) s->NAME = fake_layer(f, #NAME, WHERE, &assay_##NAME##_fields, (uint32_t)sizeof(struct assay_##NAME))
    LAYER(document, ASSAY_ON_DOCUMENT);
    LAYER(language, ASSAY_ON_DOCUMENT);
    LAYER(sentence, ASSAY_ON_DOCUMENT);
    LAYER(claim, ASSAY_ON_DOCUMENT | ASSAY_NAMED);
    if (findings) {
        LAYER(copy, ASSAY_ON_CORPUS);
        LAYER(cluster, ASSAY_ON_CORPUS);
        LAYER(finding, ASSAY_ON_CORPUS);
    }
    LAYER(failure, ASSAY_ON_CORPUS);
    LAYER(skipped, ASSAY_ON_CORPUS);
    LAYER(run, ASSAY_ON_CORPUS);
}

struct sample sample_fill(struct fake *f, int findings)
{
    struct sample s = {0};
    assay_docid doc[ARTICLES];
    struct assay_ref ref[FIGURES];
    add_layers(f, &s, findings);
    static const struct assay_pair pair[] = {{{"desk", 4}, {"foreign", 7}}, {{"a\"b", 3}, {"<x>", 3}}};
    for (uint32_t i = 0; i < ARTICLES; i++) {
        const struct article *a = &article[i];
        struct assay_document d = {
            .doc = fake_text(a->id), .path = fake_text(a->id), .uri = fake_text(a->uri), .source = fake_text(a->source),
            .published = fake_text(a->published), .title = fake_text(a->title), .language = fake_text(a->language),
            .encoding = fake_text("UTF-8"), .media = fake_text("text/plain"), .raw_bytes = 2000 + i,
            .sha256 = fake_text("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")};
        if (i == 0)
            d.metadata = (struct assay_list){pair, 2, sizeof pair[0]};
        static const struct assay_repair repair = {{2, 5}, {"\xd0\xa0", 2}, {"P", 1}};
        if (i == 5)
            d.repairs = (struct assay_list){&repair, 1, sizeof repair};
        doc[i] = fake_document(f, &d, (struct assay_text){dup(f, a->text, strlen(a->text)), strlen(a->text)}, a->mapped);
        struct assay_language l = {{0, (uint32_t)strlen(a->text)}, fake_text(a->language), fake_text(a->script), i == 14 ? 1.0 / 0.0 : 0.97};
        fake_add(f, s.language, doc[i], &l);
        add_sentences(f, &s, doc[i], a->text);
    }
    for (uint32_t i = 0; i < FIGURES; i++)
        ref[i] = add_claim(f, &s, doc, &figure[i]);
    if (findings) {
        add_copies(f, &s, doc);
        for (uint32_t i = 0; i < STORIES || i < (uint32_t)findings; i++)
            add_finding(f, &s, &story[i % STORIES], i + 1, ref);
    }
    add_host_records(f, &s);
    return s;
}
