/* SPDX-License-Identifier: Apache-2.0
 *
 * Writes the bulk of a language's claims lexicon (LANG-cldr.cfg) from the CLDR data inside ICU: spelled-out numbers in
 * every rule set (cases, genders), scales, units, currencies, months, weekdays, countries. Run by lexicon-gen/run, not
 * by the build: the files are checked in, so that no ICU is needed at run time.
 *   gen LANG > conf/lexicon/LANG-cldr.cfg
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucurr.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/ures.h>
#include <unicode/ustring.h>

enum { MOST = 40000, FORM = 160 };

struct pair {
    char key[64], form[FORM];
    int at; /* order of arrival */
};

static struct pair *pair;
static int pairs;

static const char *utf8(const UChar *text, int32_t size)
{
    static char out[2048];
    UErrorCode e = U_ZERO_ERROR;
    int32_t n = 0;
    u_strToUTF8(out, sizeof out - 1, &n, text, size, &e);
    out[U_SUCCESS(e) ? n : 0] = 0;
    return out;
}

/* Blanks of all kinds to one blank, soft hyphens out, trimmed. */
static void clean(char *to, const char *from)
{
    size_t n = 0;
    while (*from && n + 5 < FORM) {
        if (!strncmp(from, "\xc2\xad", 2) || !strncmp(from, "\xe2\x80\x8f", 3) || !strncmp(from, "\xe2\x80\x8e", 3)) {
            from += from[0] == '\xc2' ? 2 : 3;
        } else if (!strncmp(from, "\xc2\xa0", 2) || !strncmp(from, "\xe2\x80\xaf", 3) || *from == ' ') {
            from += *from == ' ' ? 1 : from[0] == '\xc2' ? 2 : 3;
            if (n && to[n - 1] != ' ')
                to[n++] = ' ';
        } else {
            to[n++] = *from++;
        }
    }
    while (n && to[n - 1] == ' ')
        n--;
    to[n] = 0;
}

static void add(const char *key, const char *raw)
{
    char form[FORM];
    clean(form, raw);
    if (!form[0] || strpbrk(form, "|\"\\{}") || pairs >= MOST)
        return;
    for (int i = 0; i < pairs; i++)
        if (!strcmp(pair[i].key, key) && !strcmp(pair[i].form, form))
            return;
    snprintf(pair[pairs].key, sizeof pair[pairs].key, "%s", key);
    snprintf(pair[pairs].form, FORM, "%s", form);
    pair[pairs].at = pairs;
    pairs++;
}

/* The minute and second of arc are called like those of time in many languages: those are meant. */
static int of_time(const struct pair *p)
{
    if (strcmp(p->key, "arc-minute") && strcmp(p->key, "arc-second"))
        return 0;
    for (int i = 0; i < pairs; i++)
        if ((!strcmp(pair[i].key, "minute") || !strcmp(pair[i].key, "second")) && !strcmp(pair[i].form, p->form))
            return 1;
    return 0;
}

static int same_but_for_case(const char *a, const char *b)
{
    UChar x[FORM], y[FORM];
    UErrorCode e = U_ZERO_ERROR;
    a += a[0] == '=';
    b += b[0] == '=';
    u_strFromUTF8(x, FORM, NULL, a, -1, &e);
    u_strFromUTF8(y, FORM, NULL, b, -1, &e);
    return U_SUCCESS(e) && !u_strcasecmp(x, y, 0);
}

static void make_exact(struct pair *p)
{
    size_t size = strlen(p->form);
    if (p->form[0] == '=' || size + 2 > FORM)
        return;
    memmove(p->form + 1, p->form, size + 1);
    p->form[0] = '=';
}

/* One form of two keys: case tells them apart (ГБ, Гб), else the first has it; a single letter goes, as nobody
 * knows. */
static void settle(void)
{
    for (int i = 0; i < pairs; i++)
        for (int k = i + 1; k < pairs && pair[i].at >= 0; k++) {
            struct pair *a = pair + i, *b = pair + k;
            if (b->at < 0 || !strcmp(a->key, b->key) || !same_but_for_case(a->form, b->form))
                continue;
            if (strcmp(a->form + (a->form[0] == '='), b->form + (b->form[0] == '='))) {
                make_exact(a);
                make_exact(b);
                continue;
            }
            b->at = -1;
            if (a->form[0] == '=' && strlen(a->form) == 2)
                a->at = -1;
        }
}

/* Keys in order of first arrival, forms in order of arrival. */
static void print(const char *section)
{
    int first = 1;
    if (!pairs)
        return;
    for (int i = 0; i < pairs; i++)
        if (of_time(pair + i))
            pair[i].at = -1;
    if (!strcmp(section, "units") || !strcmp(section, "scales"))
        settle();
    printf("\n%s = [\n", section);
    for (int i = 0; i < pairs; i++) {
        if (pair[i].at < 0)
            continue;
        printf("%s    \"%s %s", first ? "" : ",\n", pair[i].key, pair[i].form);
        first = 0;
        for (int k = i + 1; k < pairs; k++)
            if (pair[k].at >= 0 && !strcmp(pair[k].key, pair[i].key)) {
                printf("|%s", pair[k].form);
                pair[k].at = -1;
            }
        printf("\"");
    }
    printf("\n];\n");
    pairs = 0;
}

static void spell(const char *lang, int ordinal)
{
    UErrorCode e = U_ZERO_ERROR;
    UChar out[1024], rules[8192];
    UNumberFormat *f = unum_open(UNUM_SPELLOUT, NULL, 0, lang, NULL, &e);
    if (U_FAILURE(e))
        return;
    int32_t n = unum_getTextAttribute(f, UNUM_PUBLIC_RULESETS, rules, 8191, &e);
    rules[n < 8191 ? n : 8191] = 0;
    char names[8192];
    snprintf(names, sizeof names, "%s", utf8(rules, -1));
    char *state;
    for (char *name = strtok_r(names, ";", &state); name; name = strtok_r(NULL, ";", &state)) {
        int is_ordinal = strstr(name, "ordinal") != NULL;
        if (is_ordinal != ordinal || strstr(name, "year") || strstr(name, "verbose"))
            continue;
        UChar rule[128];
        u_uastrcpy(rule, name);
        e = U_ZERO_ERROR;
        unum_setTextAttribute(f, UNUM_DEFAULT_RULESET, rule, -1, &e);
        for (int v = 0; v <= 1000 && U_SUCCESS(e); v += v < 100 ? 1 : 100) {
            char key[16], form[FORM];
            n = unum_formatDouble(f, v, out, 1023, NULL, &e);
            out[n < 1023 ? n : 1023] = 0;
            clean(form, utf8(out, -1));
            if (strchr(form, ' ') || strchr(form, '-') || (v == 1000 && !ordinal))
                continue;
            snprintf(key, sizeof key, "%d", v);
            add(key, form);
        }
    }
    unum_close(f);
    print(ordinal ? "ordinals" : "cardinals");
}

static void scales(const char *lang)
{
    UErrorCode e = U_ZERO_ERROR;
    UChar out[1024], rules[8192];
    UNumberFormat *f = unum_open(UNUM_SPELLOUT, NULL, 0, lang, NULL, &e);
    if (U_FAILURE(e))
        return;
    int32_t n = unum_getTextAttribute(f, UNUM_PUBLIC_RULESETS, rules, 8191, &e);
    rules[n < 8191 ? n : 8191] = 0;
    char names[8192];
    snprintf(names, sizeof names, "%s", utf8(rules, -1));
    char *state;
    for (char *name = strtok_r(names, ";", &state); name; name = strtok_r(NULL, ";", &state)) {
        if (strstr(name, "ordinal") || strstr(name, "year") || strstr(name, "verbose"))
            continue;
        UChar rule[128];
        u_uastrcpy(rule, name);
        e = U_ZERO_ERROR;
        unum_setTextAttribute(f, UNUM_DEFAULT_RULESET, rule, -1, &e);
        double power = 1000;
        for (int k = 3; k <= 15; k += 3, power *= 1000)
            for (int times = 1; times <= 5; times++) {
                char key[16], form[FORM];
                if (times > 2 && times < 5)
                    continue;
                n = unum_formatDouble(f, power * times, out, 1023, NULL, &e);
                if (U_FAILURE(e))
                    break;
                out[n < 1023 ? n : 1023] = 0;
                clean(form, utf8(out, -1));
                char *last = strrchr(form, ' ');
                if (!last && k > 3)
                    continue; /* a compound */
                if (!last && times > 1)
                    continue;
                snprintf(key, sizeof key, "1e%d", k);
                add(key, last ? last + 1 : form);
            }
    }
    unum_close(f);
    print("scales");
}

static void leaf(UResourceBundle *r, const char *key)
{
    UErrorCode e = U_ZERO_ERROR;
    int32_t n;
    const UChar *s = ures_getString(r, &n, &e);
    if (U_FAILURE(e))
        return;
    char form[FORM];
    snprintf(form, sizeof form, "%s", utf8(s, n));
    char *hole = strstr(form, "{0}");
    if (hole) {
        if (hole != form)
            return; /* the figure does not come first */
        memmove(form, form + 3, strlen(form + 3) + 1);
    }
    char tidy[FORM], exact[FORM + 1];
    clean(tidy, form);
    char *at = tidy[0] == ' ' ? tidy + 1 : tidy;
    size_t letters = 0, capitals = 0;
    for (const char *p = at; *p; p++) {
        letters += ((unsigned char)*p & 0xc0) != 0x80;
        capitals += *p >= 'A' && *p <= 'Z';
    }
    /* a symbol such as eV may be a common word in small letters */
    snprintf(exact, sizeof exact, "%s%s", letters <= 1 || (letters == 2 && capitals) ? "=" : "", at);
    add(key, exact);
}

static int wanted(const char *category, const char *unit)
{
    static const char *const no[] = {"coordinate", "personal", "compound"}, *const not_unit[] = {"item",
                                                                                                 "em",
                                                                                                 "dot",
                                                                                                 "karat",
                                                                                                 "foodcalorie",
                                                                                                 "generic",
                                                                                                 "portion-per-1e9",
                                                                                                 "100-kilometer",
                                                                                                 "per-100-kilometer"};
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
        if (!strcmp(category, no[i]))
            return 0;
    for (size_t i = 0; i < sizeof not_unit / sizeof not_unit[0]; i++)
        if (!strcmp(unit, not_unit[i]))
            return 0;
    return !strstr(unit, "-person");
}

static void unit_table(const char *lang, const char *table)
{
    UErrorCode e = U_ZERO_ERROR;
    UResourceBundle *root = ures_open(U_ICUDATA_NAME "-unit", lang, &e), *units = ures_getByKey(root, table, NULL, &e);
    for (int32_t c = 0; U_SUCCESS(e) && c < ures_getSize(units); c++) {
        UResourceBundle *category = ures_getByIndex(units, c, NULL, &e);
        for (int32_t u = 0; U_SUCCESS(e) && ures_getType(category) == URES_TABLE && u < ures_getSize(category); u++) {
            UResourceBundle *unit = ures_getByIndex(category, u, NULL, &e);
            const char *id = ures_getKey(unit);
            if (!wanted(ures_getKey(category), id) || ures_getType(unit) != URES_TABLE) {
                ures_close(unit);
                continue;
            }
            for (int32_t k = 0; k < ures_getSize(unit); k++) {
                UErrorCode e2 = U_ZERO_ERROR;
                UResourceBundle *form = ures_getByIndex(unit, k, NULL, &e2);
                const char *name = ures_getKey(form);
                if (ures_getType(form) == URES_STRING && strcmp(name, "gender") && strcmp(name, "per"))
                    leaf(form, !strcmp(id, "metric-ton") ? "tonne" : id);
                if (ures_getType(form) == URES_TABLE && !strcmp(name, "case"))
                    for (int32_t g = 0; g < ures_getSize(form); g++) {
                        UErrorCode e3 = U_ZERO_ERROR;
                        UResourceBundle *gcase = ures_getByIndex(form, g, NULL, &e3);
                        for (int32_t q = 0; ures_getType(gcase) == URES_TABLE && q < ures_getSize(gcase); q++) {
                            UResourceBundle *one = ures_getByIndex(gcase, q, NULL, &e3);
                            leaf(one, !strcmp(id, "metric-ton") ? "tonne" : id);
                            ures_close(one);
                        }
                        ures_close(gcase);
                    }
                ures_close(form);
            }
            ures_close(unit);
        }
        ures_close(category);
    }
    ures_close(units);
    ures_close(root);
}

static void currencies(const char *lang)
{
    UErrorCode e = U_ZERO_ERROR;
    UEnumeration *all = ucurr_openISOCurrencies(UCURR_COMMON | UCURR_NON_DEPRECATED, &e);
    static const char *const plural[] = {"one", "few", "many", "other", "two", "zero"};
    const char *code;
    int32_t n;
    while (U_SUCCESS(e) && (code = uenum_next(all, &n, &e)) != NULL) {
        UChar iso[4];
        UBool choice = 0;
        if (code[0] == 'X')
            continue;
        u_uastrcpy(iso, code);
        for (size_t p = 0; p < sizeof plural / sizeof plural[0]; p++) {
            UErrorCode e2 = U_ZERO_ERROR;
            const UChar *name = ucurr_getPluralName(iso, lang, &choice, plural[p], &n, &e2);
            if (U_SUCCESS(e2) && strcmp(utf8(name, n), code))
                add(code, utf8(name, n));
        }
    }
    uenum_close(all);
    print("currencies");
}

static void dates(const char *lang)
{
    static const UDateFormatSymbolType months[] = {UDAT_MONTHS, UDAT_STANDALONE_MONTHS, UDAT_SHORT_MONTHS,
                                                   UDAT_STANDALONE_SHORT_MONTHS};
    static const UDateFormatSymbolType days[] = {UDAT_WEEKDAYS, UDAT_STANDALONE_WEEKDAYS};
    UErrorCode e = U_ZERO_ERROR;
    UDateFormat *f = udat_open(UDAT_DEFAULT, UDAT_DEFAULT, lang, NULL, 0, NULL, 0, &e);
    UChar out[256];
    char key[16];
    for (int i = 0; i < 12; i++)
        for (int t = 0; t < 4; t++) {
            e = U_ZERO_ERROR;
            int32_t n = udat_getSymbols(f, months[t], i, out, 255, &e);
            out[n < 255 ? n : 255] = 0;
            snprintf(key, sizeof key, "%d", i + 1);
            if (u_strlen(out) > 2)
                add(key, utf8(out, -1));
        }
    print("months");
    for (int i = 1; i <= 7; i++)
        for (int t = 0; t < 2; t++) {
            e = U_ZERO_ERROR;
            int32_t n = udat_getSymbols(f, days[t], i, out, 255, &e);
            out[n < 255 ? n : 255] = 0;
            snprintf(key, sizeof key, "%d", i == 1 ? 7 : i - 1); /* ISO: Monday is 1 */
            add(key, utf8(out, -1));
        }
    print("weekdays");
    udat_close(f);
}

static void countries(const char *lang)
{
    const char *const *code = uloc_getISOCountries();
    for (; *code; code++) {
        char region[8];
        UChar out[256];
        UErrorCode e = U_ZERO_ERROR;
        snprintf(region, sizeof region, "_%s", *code);
        int32_t n = uloc_getDisplayCountry(region, lang, out, 255, &e);
        out[n < 255 ? n : 255] = 0;
        char form[FORM];
        snprintf(form, sizeof form, "%s", utf8(out, -1));
        if (U_SUCCESS(e) && strcmp(form, *code) && !strpbrk(form, "()&"))
            add(*code, form);
    }
    print("countries");
}

int main(int argc, char **argv)
{
    if (argc != 2 || !(pair = calloc(MOST, sizeof *pair)))
        return 2;
    const char *lang = argv[1];
    UErrorCode e = U_ZERO_ERROR;
    UNumberFormat *f = unum_open(UNUM_DECIMAL, NULL, 0, lang, NULL, &e);
    UChar sign[8] = {0}, group[8] = {0};
    unum_getSymbol(f, UNUM_DECIMAL_SEPARATOR_SYMBOL, sign, 7, &e);
    unum_getSymbol(f, UNUM_GROUPING_SEPARATOR_SYMBOL, group, 7, &e);
    printf(
        "# Generated by plugins/claims/lexicon-gen from the CLDR data of ICU %s. Do not edit: LANG.cfg adds and removes.\n"
        "language = \"%s\";\nparent = \"und\";\n",
        U_ICU_VERSION, lang);
    printf("decimal = \"%s\";\n", utf8(sign, -1));
    printf("group = \"%s\";\n", group[0] == 0xa0 || group[0] == 0x202f ? " " : utf8(group, -1));
    unum_close(f);
    spell(lang, 0);
    spell(lang, 1);
    scales(lang);
    unit_table(lang, "units");
    unit_table(lang, "unitsShort");
    print("units");
    currencies(lang);
    dates(lang);
    countries(lang);
    return 0;
}
