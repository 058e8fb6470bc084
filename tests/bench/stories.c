/* SPDX-License-Identifier: Apache-2.0
 *
 * News in stories for benchmarks of the cross-check, as JSON Lines on stdout: each story is told by several publishers,
 * each in one of eleven languages, with the same made-up town, company and official; one figure in twelve differs. About
 * ten figures a text. The same seed gives the same bytes; a text is made from its number alone.
 *
 *   cc -O2 -o stories tests/bench/stories.c
 *   ./stories TEXTS [--seed N] [--story N] [--hostile key|story|number]
 *      --story    texts of one story (4)
 *      --hostile  key: every text holds one same sentence with one same measure, place and year, and its own figure
 *                 story: all texts tell one story; number: all figures are the same
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LANGUAGES 11u
#define SENTENCES 8u
#define CONSONANTS 14u
#define VOWELS 5u

/* T town, C company, P official, 0..9 the story's figures. */
static const char *const sentence[LANGUAGES][SENTENCES] = {
    {"A fire in the market of T killed 0 people and injured 1, P said.", "The exports of C reached 2 million dollars in 2023.",
     "C produced 3 tonnes of cotton and employs 4 people.", "The budget of T is 5 million euros, 6 percent more than a year ago.",
     "According to P, 7 houses in T were damaged.", "The new road from T is 8 kilometres long.", "The town of T has 9 thousand inhabitants.",
     "Rescue workers of T spoke of a long night at the river."},
    {"При пожаре на рынке города T погибли 0 человек и пострадали 1, сообщил P.", "Экспорт C достиг 2 миллионов долларов в 2023 году.",
     "C произвела 3 тонн хлопка, там работают 4 человек.", "Бюджет T составляет 5 миллионов евро, на 6 процентов больше, чем год назад.",
     "По словам P, в T повреждено 7 домов.", "Новая дорога из T имеет длину 8 километров.", "В городе T живёт 9 тысяч жителей.",
     "Спасатели города T говорили о долгой ночи у реки."},
    {"Унаслідок пожежі на ринку міста T загинули 0 людей і постраждали 1, повідомив P.", "Експорт C сягнув 2 мільйонів доларів у 2023 році.",
     "C виробила 3 тонн бавовни, там працюють 4 людей.", "Бюджет T становить 5 мільйонів євро, на 6 відсотків більше, ніж рік тому.",
     "За словами P, у T пошкоджено 7 будинків.", "Нова дорога з T має довжину 8 кілометрів.", "У місті T живе 9 тисяч жителів.",
     "Рятувальники міста T говорили про довгу ніч біля річки."},
    {"У выніку пажару на рынку горада T загінулі 0 чалавек і пацярпелі 1, паведаміў P.", "Экспарт C дасягнуў 2 мільёнаў долараў у 2023 годзе.",
     "C вырабіла 3 тон бавоўны, там працуюць 4 чалавек.", "Бюджэт T складае 5 мільёнаў еўра, на 6 працэнтаў больш, чым год таму.",
     "Паводле слоў P, у T пашкоджана 7 дамоў.", "Новая дарога з T мае даўжыню 8 кіламетраў.", "У горадзе T жыве 9 тысяч жыхароў.",
     "Ратавальнікі горада T казалі пра доўгую ноч каля ракі."},
    {"T şəhərinin bazarında baş verən yanğında 0 nəfər həlak olub, 1 nəfər yaralanıb, P bildirib.", "C şirkətinin ixracı 2023-cü ildə 2 milyon dollara çatıb.",
     "C 3 ton pambıq istehsal edib, orada 4 nəfər işləyir.", "T şəhərinin büdcəsi 5 milyon avrodur, bir il əvvəlkindən 6 faiz çoxdur.",
     "P sözlərinə görə, T şəhərində 7 ev zədələnib.", "T şəhərindən yeni yolun uzunluğu 8 kilometrdir.", "T şəhərində 9 min sakin yaşayır.",
     "T xilasediciləri çay kənarında uzun bir gecədən danışıblar."},
    {"T pazarında çıkan yangında 0 kişi öldü, 1 kişi yaralandı, dedi P.", "C ihracatı 2023 yılında 2 milyon dolara ulaştı.",
     "C 3 ton pamuk üretti ve 4 kişi çalıştırıyor.", "T bütçesi 5 milyon avro, bir yıl öncesinden yüzde 6 fazla.",
     "P açıklamasına göre T kentinde 7 ev hasar gördü.", "T kentinden gelen yeni yol 8 kilometre uzunluğunda.", "T kentinde 9 bin kişi yaşıyor.",
     "T kurtarma ekipleri nehir kıyısında uzun bir geceden söz etti."},
    {"Bei einem Brand auf dem Markt von T starben 0 Menschen, 1 wurden verletzt, sagte P.", "Die Exporte von C erreichten 2023 2 Millionen Dollar.",
     "C erzeugte 3 Tonnen Baumwolle und beschäftigt 4 Menschen.", "Der Haushalt von T beträgt 5 Millionen Euro, 6 Prozent mehr als vor einem Jahr.",
     "Nach Angaben von P wurden in T 7 Häuser beschädigt.", "Die neue Straße aus T ist 8 Kilometer lang.", "Die Stadt T hat 9 Tausend Einwohner.",
     "Die Rettungskräfte von T sprachen von einer langen Nacht am Fluss."},
    {"Un incendie au marché de T a fait 0 morts et 1 blessés, selon P.", "Les exportations de C ont atteint 2 millions de dollars en 2023.",
     "C a produit 3 tonnes de coton et emploie 4 personnes.", "Le budget de T est de 5 millions d'euros, 6 pour cent de plus qu'il y a un an.",
     "Selon P, 7 maisons de T ont été endommagées.", "La nouvelle route de T est longue de 8 kilomètres.", "La ville de T compte 9 mille habitants.",
     "Les secouristes de T ont parlé d'une longue nuit au bord de la rivière."},
    {"Un incendio en el mercado de T causó 0 muertos y 1 heridos, dijo P.", "Las exportaciones de C alcanzaron 2 millones de dólares en 2023.",
     "C produjo 3 toneladas de algodón y emplea a 4 personas.", "El presupuesto de T es de 5 millones de euros, un 6 por ciento más que hace un año.",
     "Según P, 7 casas de T resultaron dañadas.", "La nueva carretera de T tiene 8 kilómetros de largo.", "La ciudad de T tiene 9 mil habitantes.",
     "Los equipos de rescate de T hablaron de una larga noche junto al río."},
    {"Un incendio al mercato di T ha causato 0 morti e 1 feriti, ha detto P.", "Le esportazioni di C hanno raggiunto 2 milioni di dollari nel 2023.",
     "C ha prodotto 3 tonnellate di cotone e impiega 4 persone.", "Il bilancio di T è di 5 milioni di euro, il 6 per cento in più di un anno fa.",
     "Secondo P, 7 case di T sono state danneggiate.", "La nuova strada da T è lunga 8 chilometri.", "La città di T ha 9 mila abitanti.",
     "I soccorritori di T hanno parlato di una lunga notte sul fiume."},
    {"Um incêndio no mercado de T fez 0 mortos e 1 feridos, disse P.", "As exportações da C atingiram 2 milhões de dólares em 2023.",
     "A C produziu 3 toneladas de algodão e emprega 4 pessoas.", "O orçamento de T é de 5 milhões de euros, 6 por cento mais do que há um ano.",
     "Segundo P, 7 casas de T ficaram danificadas.", "A nova estrada de T tem 8 quilómetros de comprimento.", "A cidade de T tem 9 mil habitantes.",
     "As equipas de resgate de T falaram de uma longa noite junto ao rio."},
};
static const char *const code[LANGUAGES] = {"en", "ru", "uk", "be", "az", "tr", "de", "fr", "es", "it", "pt"};
static const char *const latin[2] = {"bdfgklmnprstvz", "aeiou"};
static const char *const cyrillic[2] = {"бдфгклмнпрствз", "аеиоу"}; /* two bytes each, the same sounds */
static const char *const capital = "БДФГКЛМНПРСТВЗ";
static const uint32_t most[10] = {60, 300, 900, 9000, 4000, 700, 30, 500, 90, 800};

enum hostile { PLAIN, ONE_KEY, ONE_STORY, ONE_NUMBER };
static uint64_t seed = 1, texts, of_story = 4;
static enum hostile hostile;

static uint64_t mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static uint64_t roll(uint64_t *state)
{
    return mix(*state += 0x9e3779b97f4a7c15u);
}

/* A made-up word, the same sounds in both scripts. */
static void put_word(uint64_t of, uint32_t syllables, int is_cyrillic, int is_name)
{
    uint64_t r = mix(of);
    for (uint32_t i = 0; i < syllables * 2; i++) {
        uint32_t n = (uint32_t)(roll(&r) % (i & 1 ? VOWELS : CONSONANTS));
        if (is_cyrillic)
            fwrite((i == 0 && is_name ? capital : cyrillic[i & 1]) + 2 * n, 1, 2, stdout);
        else
            putchar(latin[i & 1][n] - (i == 0 && is_name ? 'a' - 'A' : 0));
    }
}

static uint64_t figure(uint64_t story, uint64_t text, uint32_t n)
{
    uint64_t r = mix(seed * 31 + story * 10 + n), value = 2 + roll(&r) % most[n], own = mix(seed * 77 + text * 10 + n);
    if (hostile == ONE_NUMBER)
        return 12;
    return roll(&own) % 12 ? value : value + 1 + roll(&own) % (value / 2 + 2);
}

/* What a sentence of one story has and those of other stories have not: else all would read alike. */
static void put_details(uint64_t of, int is_cyrillic)
{
    for (uint32_t i = 0; i < 4; i++) {
        fputs(i ? " " : ", ", stdout);
        put_word(of * 4 + i + 1000000007, 4, is_cyrillic, 0);
    }
}

static void put_sentence(const char *template, uint64_t story, uint32_t number, uint64_t text, int is_cyrillic)
{
    for (const char *c = template; *c; c++) {
        if (*c == '.' && !c[1])
            put_details(story * SENTENCES + number, is_cyrillic);
        int alone = (c == template || c[-1] == ' ') && !((unsigned char)c[1] > ' ' && c[1] != ',' && c[1] != '.');
        if (alone && *c == 'T') {
            put_word(story * 3 + 1, 5, is_cyrillic, 1);
        } else if (alone && *c == 'C') {
            put_word(story * 3 + 2, 4, is_cyrillic, 1);
        } else if (alone && *c == 'P') {
            put_word(story * 3 + 3, 3, is_cyrillic, 1);
            putchar(' ');
            put_word(story * 3 + 4, 4, is_cyrillic, 1);
        } else if (alone && *c >= '0' && *c <= '9') {
            printf("%llu", (unsigned long long)figure(story, text, (uint32_t)(*c - '0')));
        } else {
            putchar(*c);
        }
    }
    putchar(' ');
}

static void put_text(uint64_t text)
{
    uint64_t story = hostile == ONE_STORY ? 0 : text / of_story, r = mix(seed * 5 + text), day = mix(seed + story) % 330;
    uint32_t l = (uint32_t)(roll(&r) % LANGUAGES), first = (uint32_t)(roll(&r) % SENTENCES);
    if (roll(&r) % 2)
        l = (uint32_t)(mix(story) % LANGUAGES); /* half of the texts of a story are in one language */
    int is_cyrillic = l >= 1 && l <= 3;
    printf("{\"id\":\"s%09llu\",\"source\":\"paper%u.example\",\"published\":\"2024-%02u-%02u\",\"language\":\"%s\",\"text\":\"",
           (unsigned long long)text, (unsigned)(roll(&r) % 500), (unsigned)(1 + day / 28), (unsigned)(1 + day % 28), code[l]);
    for (uint32_t i = 0; i < SENTENCES; i++)
        put_sentence(sentence[l][(first + i) % SENTENCES], story, (first + i) % SENTENCES, text, is_cyrillic);
    if (hostile == ONE_KEY)
        printf("The population of Germany was %llu million in 2023.", (unsigned long long)(80 + text % 7));
    puts("\"}");
}

int main(int count, char **word)
{
    for (int i = 1; i < count; i++) {
        if (!strcmp(word[i], "--seed") && i + 1 < count) {
            seed = strtoull(word[++i], NULL, 10);
        } else if (!strcmp(word[i], "--story") && i + 1 < count) {
            of_story = strtoull(word[++i], NULL, 10);
        } else if (!strcmp(word[i], "--hostile") && i + 1 < count) {
            i++;
            hostile = !strcmp(word[i], "key") ? ONE_KEY : !strcmp(word[i], "story") ? ONE_STORY : !strcmp(word[i], "number") ? ONE_NUMBER : PLAIN;
        } else {
            texts = strtoull(word[i], NULL, 10);
        }
    }
    if (!texts || !of_story) {
        fputs("stories TEXTS [--seed N] [--story N] [--hostile key|story|number]\n", stderr);
        return 2;
    }
    for (uint64_t i = 0; i < texts; i++)
        put_text(i);
    return fflush(stdout) ? 1 : 0;
}
