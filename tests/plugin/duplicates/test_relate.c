/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "align.h"
#include "relate.h"

static struct dup_folding folding;
static const struct dup_rules rules = {.copy = 750, .twin = 850, .shingle = 3, .passage = 12, .least = 10, .alike = 690, .figures = 600};

struct fixture {
    struct dup_words a, b;
    struct dup_index index;
    struct dup_alignment al;
    struct dup_marks marks;
    struct dup_side x, y;
    struct dup_share share;
};

static void compare(struct fixture *f, const char *a, const char *b, int self)
{
    int cut;
    memset(f, 0, sizeof *f);
    assert_true(dup_words_read(&f->a, &folding, a, strlen(a), 0, strlen(a), &cut));
    assert_true(dup_words_read(&f->b, &folding, b, strlen(b), 0, strlen(b), &cut));
    assert_true(dup_index_make(&f->index, f->a.at, f->a.count, rules.shingle));
    f->x = (struct dup_side){a, strlen(a), f->a.at, f->a.count, NULL};
    f->y = (struct dup_side){b, strlen(b), f->b.at, f->b.count, NULL};
    assert_true(dup_align(&f->al, &f->index, self ? f->a.at : f->b.at, self ? f->a.count : f->b.count, self));
    assert_true(dup_judge(&f->share, &f->marks, &rules, &f->x, self ? &f->x : &f->y, &f->al, 0));
}

static void done(struct fixture *f)
{
    dup_words_free(&f->a);
    dup_words_free(&f->b);
    dup_index_free(&f->index);
    dup_alignment_free(&f->al);
    dup_marks_free(&f->marks);
}

#define STORY                                                                                                            \
    "The council of Brackwater agreed on Monday to rebuild the old timber pier after three years of talks. Work begins " \
    "in April and will cost 4.2 million euros, of which the state pays half. The mayor said the pier would open again "   \
    "before the summer of 2026, and that 130 berths are planned."
#define EDITED                                                                                                           \
    "On Monday the council of Brackwater agreed to rebuild the old timber pier after three years of long talks. Work "    \
    "begins in April and will cost 4.7 million euros, of which the state pays half. The mayor said the pier should open "  \
    "again before the summer of 2026, and that 130 berths are planned."

static void an_edited_copy_tells_its_figure(void **state)
{
    struct fixture f;
    struct assay_differ differ[8];
    struct dup_walk w = {.differ = differ, .most = 8};
    (void)state;
    compare(&f, STORY, EDITED, 0);
    assert_int_equal(f.share.relation, DUP_COPY);
    assert_true(dup_mille(f.share.found_a, f.share.a) >= 900);
    assert_true(dup_mille(f.share.found_b, f.share.b) >= 900);
    for (uint32_t i = 0; i < f.al.chains; i++)
        if (f.al.chain[i].matched)
            dup_walk_chain(&w, &f.x, &f.y, &f.al, &f.al.chain[i]);
    assert_int_equal(w.differs, 1);
    assert_memory_equal(&STORY[differ[0].a.begin], "4.2", 3);
    assert_int_equal(differ[0].a.end - differ[0].a.begin, 3);
    assert_memory_equal(&EDITED[differ[0].b.begin], "4.7", 3);
    assert_int_equal(w.same, 2);
    done(&f);
}

static uint32_t relation_of(const char *a, const char *b)
{
    struct fixture f;
    compare(&f, a, b, 0);
    uint32_t relation = f.share.relation;
    done(&f);
    return relation;
}

#define VERDICT(place, age, home, years, crime, day, asked, month)                                                                    \
    "The district court of " place " sentenced a " age "-year-old man from " home " to " years " years in prison for a robbery at "    \
    crime " on " day ". The prosecution had asked for " asked " years. The defence said that it would appeal. The man had confessed " \
    "when the trial began in " month ". The verdict is not final yet."

/* Names and figures of another case in the same sentences; but a name spelt in another way and one figure are an edit. */
static void another_case_is_no_copy(void **state)
{
    (void)state;
    static const char first[] = VERDICT("Hallowby", "34", "Tarn", "3", "Millgate", "Friday", "11", "May");
    assert_int_equal(relation_of(first, VERDICT("Orsted", "34", "Quill Bay", "3", "Eastgate", "Monday", "7", "June")), DUP_FORM);
    assert_int_equal(relation_of(first, VERDICT("Orsted", "51", "Quill Bay", "3", "the harbour", "Monday", "11", "June")), DUP_FORM);
    assert_int_equal(relation_of(first, VERDICT("Hallowbie", "34", "Tarne", "3", "Millgate", "Friday", "12", "May")), DUP_COPY);
    assert_int_equal(relation_of(first, VERDICT("Hallowby", "34", "Tarn", "3", "Millgate", "Friday", "12", "May")), DUP_COPY);
}

#define HARVEST(first, second, third, fourth)                                                                                  \
    "The valley brought in " first " tons of pears and " second " tons of plums this autumn, said the growers' union at its "   \
    "meeting. Last year it had been " third " tons of pears. The union counts " fourth " members in eleven villages."

/* Thousands may be parted in any way, or not at all. */
static void figures_written_otherwise(void **state)
{
    (void)state;
    static const char first[] = HARVEST("12,450", "3,720", "11,080", "1,264");
    assert_int_equal(relation_of(first, HARVEST("12450", "3720", "11080", "1264")), DUP_COPY);
    assert_int_equal(relation_of(first, HARVEST("12\xc2\xa0" "450", "3\xe2\x80\xaf" "720", "11.080", "1264")), DUP_COPY);
    assert_int_equal(relation_of(HARVEST("12\xc2\xa0" "450", "3\xe2\x80\xaf" "720", "11.080", "1\xc2\xa0" "264"),
                                 HARVEST("12450", "3720", "11080", "1264")), DUP_COPY);
    assert_int_equal(relation_of(first, HARVEST("1.245", "37.2", "1108", "126")), DUP_FORM);
}

/* Between two aligned stretches the figures of both are pairs, too, where no two words in a row are equal. */
static void figures_between_blocks(void **state)
{
    (void)state;
    assert_int_equal(relation_of("A tremor of strength 6 shook homes 111 km north of Lumen on Monday, the seismic service said. It came at "
                                 "3:36 in the night from 52 km below ground. There was no word of damage, and no warning of a wave was given.",
                                 "A tremor of strength 5 shook homes 108 km west of Golm on Sunday, the seismic service said. It came at "
                                 "3:36 in the night from 60 km below ground. There was no word of damage, and no warning of a wave was given."),
                     DUP_FORM);
}

static void the_same_form_is_no_copy(void **state)
{
    struct fixture f;
    (void)state;
    compare(&f,
            "Trading at Norwell closed at 812 points, up 14 points. Wheat stood at 203 a tonne, maize at 177 a tonne, and 56 "
            "lots changed hands. The next session opens at nine on the following trading day.",
            "Trading at Norwell closed at 797 points, up 3 points. Wheat stood at 211 a tonne, maize at 169 a tonne, and 41 "
            "lots changed hands. The next session opens at nine on the following trading day.", 0);
    assert_int_equal(f.share.relation, DUP_FORM);
    done(&f);
}

#define ESSAY                                                                                                                             \
    "My grandmother kept a drawer for string that was too short to be of use, and it said so on the label. I thought of it when the man "  \
    "from the museum asked what I would like to have written under my donation. It was a box of keys, each of which had opened a door in "  \
    "a street that is no longer there. He turned them over one by one and was sorry that nobody knew which was which. I said that the "   \
    "doors would have known. We laughed, and then we drank a cup of tea, and I went home with an empty box, which is a sad thing to "     \
    "carry through a town on a bright afternoon. At the corner a child asked me what was in it. Nothing, I said, and she looked at me as " \
    "if I had told her a secret. She wanted to see it all the same. So I opened the lid, and we both bent over it, and for a moment I "   \
    "had the feeling that there was something after all, something that did not weigh much and could not be locked away. "

/* A long text without figures of its own, printed again under another date, is a copy; a short notice of another day is none. */
static void dated_anew(void **state)
{
    (void)state;
    assert_int_equal(relation_of("The drawer, last changed 3 May, 07:20. " ESSAY, "The drawer, last changed 9 June, 21:55. " ESSAY), DUP_COPY);
    assert_int_equal(relation_of("The board gives notice on 3 May, 07:20, that the water will be off in the whole of the lower town while the mains are rinsed. Please "
                                 "fill a bucket before that, and let the taps run afterwards until nothing brown comes out any more.",
                                 "The board gives notice on 9 June, 21:55, that the water will be off in the whole of the lower town while the mains are rinsed. Please "
                                 "fill a bucket before that, and let the taps run afterwards until nothing brown comes out any more."),
                     DUP_FORM);
}

/* The counts after "Survivors" are no places where the texts agree again, though a 6 stands in both. */
static void figures_that_stand_elsewhere(void **state)
{
    (void)state;
    assert_int_equal(relation_of("Ada Brook, 98, of Norwell, passed away on March 27, surrounded by family. Ada was born in 1928 in Ostrand to Frank "
                                 "and Rose Brook. A loving parent, Ada enjoyed fishing and baking. Survivors include 3 children, 14 grandchildren "
                                 "and 6 great-grandchildren. A service will be held at 9 on Friday at the church of Norwell. Donations may be made "
                                 "to the library of the county.",
                                 "Otto Lark, 83, of Norwell, passed away on May 10, surrounded by family. Otto was born in 1943 in Ostrand to Frank "
                                 "and Rose Lark. A loving parent, Otto enjoyed quilting and travel. Survivors include 6 children, 9 grandchildren "
                                 "and 8 great-grandchildren. A service will be held at 9 on Friday at the church of Norwell. Donations may be made "
                                 "to the library of the county."),
                     DUP_FORM);
}

#define BUS(dead, hurt)                                                                                                                  \
    "Police said that at least " dead " people were killed and " hurt " injured when a bus left the road near the mountain village of " \
    "Karsen. It was on its way from the capital to the coast with pilgrims. Rescue workers used ropes to reach the wreck. The cause of "  \
    "the accident is not known."

static void a_toll_that_rises(void **state)
{
    (void)state;
    assert_int_equal(relation_of(BUS("7", "12"), BUS("9", "14")), DUP_COPY);
    assert_int_equal(relation_of("Karsen, 10 March, 14:30. " BUS("7", "12"), "Our report, 11 March, 09:15. " BUS("7", "12")), DUP_COPY);
}

#define DRAW(six, bonus, game, super)                                                                                                   \
    "Numbers drawn: " six ", bonus number " bonus ", game " game ", super " super ". The jackpot stands at 16 million. All numbers are "  \
    "given without guarantee. The next draw takes place on Saturday. Taking part is allowed from the age of 18 on, and help is available."

/* Figures before the first words that agree belong to the form. */
static void a_form_begins_with_figures(void **state)
{
    (void)state;
    assert_int_equal(relation_of(DRAW("10, 28, 49, 33, 7, 5", "5", "5148026", "119511"), DRAW("21, 29, 36, 3, 27, 15", "5", "2869307", "599059")),
                     DUP_FORM);
}

/* Headings of pages and captions between the lines are no names in place of others. */
static void words_put_in_are_no_other_case(void **state)
{
    (void)state;
    assert_int_equal(relation_of("The council voted late on Wednesday to close two of its pools from next spring. Opponents had collected more than "
                                 "enough names against it. They say that children will have to travel for an hour to the lessons that every school "
                                 "has to offer, and that the money is saved where it costs the fewest votes.",
                                 "The council voted late on Wednesday to close two Harwick Gazette Page Two of its pools from next spring. "
                                 "Opponents had collected more Photo Elm Road Pool Joan Marr than enough names against it. They say that children "
                                 "will have to Harwick Gazette Page Three travel for an hour to the lessons that every school has to offer, and "
                                 "that the money is saved where it costs the fewest votes."),
                     DUP_COPY);
}

#define BEFORE "Harwick will keep its night bus after all, the town council said on Wednesday, though it will leave an hour earlier than now."
#define BEHIND                                                                                                                     \
    "The last run from the station is planned for half past eleven. Drivers had asked for that since spring, and so had the two "  \
    "theatres, whose plays end at ten."
#define PUT_IN "A ticket bought on board costs more than at any machine, and pensioners ride free on weekdays until the school holidays begin."

/* What was put into a copy was not taken from it, however close the words around it stand. */
static void words_put_in_are_not_covered(void **state)
{
    struct fixture f;
    (void)state;
    compare(&f, BEFORE " " BEHIND, BEFORE " " PUT_IN " " BEHIND, 0);
    assert_int_equal(f.share.relation, DUP_COPY);
    assert_int_equal(f.share.found_a, f.share.a);
    assert_int_equal(f.share.found_b, f.share.a);
    uint32_t begin = (uint32_t)strlen(BEFORE " "), end = begin + (uint32_t)strlen(PUT_IN), told = 0;
    for (uint32_t i = 0; i < f.al.chains; i++) {
        const struct dup_block *k = &f.al.chain[i];
        if (k->matched == 0)
            continue;
        struct assay_span in_b = dup_bytes(&f.y, k->b0, k->b1);
        assert_true(in_b.end <= begin || in_b.begin >= end);
        told++;
    }
    assert_int_equal(told, 2);
    done(&f);
}

#define REFRAIN " and still the river carries on, past mill and weir and stone, it takes the grain, it leaves the bank alone, and no one here remembers now; "

/* The refrain alone is the same: what lies between is another song. */
static void songs_with_one_refrain(void **state)
{
    (void)state;
    assert_int_equal(relation_of("The miller's daughter kept a lamp beside the broken wheel and counted every sack of rye that autumn's men would "
                                 "steal," REFRAIN "my father walked the towpath twice, the second time was slow, he said the herons told him where the "
                                 "drowned bells used to go," REFRAIN,
                                 "A clerk in town once wrote a note about the price of wool, he sealed it with a yellow wax and said the world was "
                                 "dull," REFRAIN "the mayor's horse ate all the hay that should have fed the poor, they hanged a sign about its neck and "
                                 "led it to the door," REFRAIN),
                     DUP_STRANGE);
}

/* Letters of scripts that do not part words are no words: forty of them are a turn of phrase. */
static void a_passage_is_counted_in_spoken_words(void **state)
{
    struct fixture f;
    char thai[512] = "", latin[512] = "";
    (void)state;
    for (uint32_t i = 0; i < 40; i++) {
        snprintf(thai + strlen(thai), 8, "\xe0\xb8%c", (char)(0x81 + (i * 7 + i / 9) % 40));
        snprintf(latin + strlen(latin), 8, "w%c%c ", (char)('a' + i % 26), (char)('a' + i / 26));
    }
    for (int is_thai = 0; is_thai < 2; is_thai++) {
        const char *text = is_thai ? thai : latin;
        compare(&f, text, text, 0);
        assert_int_equal(f.al.blocks, 1);
        assert_int_equal(dup_is_passage(&rules, &f.x, &f.y, &f.al.block[0]), !is_thai);
        done(&f);
    }
}

static void strangers(void **state)
{
    struct fixture f;
    (void)state;
    compare(&f, STORY, "Nothing in this text is like the other one at all, though it is of a fair length and speaks about "
                       "apples, winter roads and a lost dog that came home by itself.", 0);
    assert_int_equal(f.share.relation, DUP_STRANGE);
    assert_int_equal(f.share.found_a, 0);
    done(&f);
}

static void an_excerpt_covers_one_side(void **state)
{
    struct fixture f;
    (void)state;
    compare(&f, "Work begins in April and will cost 4.2 million euros, of which the state pays half. The mayor said so.", STORY, 0);
    assert_int_equal(f.share.relation, DUP_COPY);
    assert_true(dup_mille(f.share.found_a, f.share.a) >= 750);
    assert_true(dup_mille(f.share.found_b, f.share.b) < 500);
    done(&f);
}

static void furniture_does_not_count(void **state)
{
    struct fixture f;
    uint8_t mask[64] = {0};
    (void)state;
    compare(&f, STORY, STORY, 0);
    memset(mask, 1, 40);
    f.x.mask = f.y.mask = mask;
    assert_true(dup_judge(&f.share, &f.marks, &rules, &f.x, &f.y, &f.al, 0));
    assert_int_equal(f.share.a, f.x.words - 40);
    done(&f);
}

static void a_text_repeats_itself(void **state)
{
    struct fixture f;
    static const char twice[] = STORY " In other news the bakery on the square has closed for good. " STORY;
    (void)state;
    compare(&f, twice, twice, 1);
    uint32_t found = 0;
    for (uint32_t i = 0; i < f.al.blocks; i++) {
        struct dup_block k = f.al.block[i];
        if (!dup_is_passage(&rules, &f.x, &f.x, &k))
            continue;
        found++;
        assert_int_equal(f.a.at[k.a0].begin, 0);
        assert_int_equal(f.a.at[k.b0].begin, strlen(twice) - strlen(STORY));
        assert_int_equal(f.a.at[k.b1 - 1].end, strlen(twice) - 1); /* the full stop is no word */
    }
    assert_int_equal(found, 1);
    done(&f);
}

/* A million times the same few words: time has to stay linear. */
static void one_line_a_million_times(void **state)
{
    struct fixture f;
    static const char line[] = "the very same short line of words again\n";
    size_t n = sizeof line - 1, times = 200000;
    char *text = malloc(n * times + 1);
    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * n, line, n);
    text[n * times] = 0;
    compare(&f, text, text, 1);
    assert_true(f.al.blocks > 0 && f.al.blocks < 1000);
    done(&f);
    compare(&f, text, text, 0);
    assert_int_equal(f.share.found_b, f.share.b);
    done(&f);
    free(text);
}

static int setup(void **state)
{
    (void)state;
    return !dup_folding_init(&folding);
}

/* What is said to be nothing has no copy or passage in it, with any furniture; one run that is long enough is
 * something. */
static void short_runs_are_nothing(void **state)
{
    struct fixture f;
    (void)state;
    compare(&f, "one two three four five six seven eight nine", "zero one two three four five six other nine", 0);
    assert_int_equal(f.al.blocks, 1);
    assert_true(dup_is_nothing(&rules, &f.al));
    f.al.block[0].matched = 9; /* 7 tenths of a passage of 12 */
    assert_false(dup_is_nothing(&rules, &f.al));
    done(&f);
    compare(&f, STORY, EDITED, 0);
    assert_false(dup_is_nothing(&rules, &f.al));
    done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_runs_are_nothing),
        cmocka_unit_test(an_edited_copy_tells_its_figure), cmocka_unit_test(the_same_form_is_no_copy),
        cmocka_unit_test(another_case_is_no_copy), cmocka_unit_test(figures_between_blocks),
        cmocka_unit_test(figures_written_otherwise), cmocka_unit_test(dated_anew), cmocka_unit_test(figures_that_stand_elsewhere),
        cmocka_unit_test(a_passage_is_counted_in_spoken_words), cmocka_unit_test(a_toll_that_rises),
        cmocka_unit_test(a_form_begins_with_figures), cmocka_unit_test(words_put_in_are_no_other_case), cmocka_unit_test(words_put_in_are_not_covered), cmocka_unit_test(songs_with_one_refrain),
        cmocka_unit_test(strangers), cmocka_unit_test(an_excerpt_covers_one_side), cmocka_unit_test(furniture_does_not_count),
        cmocka_unit_test(a_text_repeats_itself), cmocka_unit_test(one_line_a_million_times),
    };
    return cmocka_run_group_tests(tests, setup, NULL) != 0;
}
