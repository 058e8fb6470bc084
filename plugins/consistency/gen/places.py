#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes conf/lexicon/places.cfg: names of countries in the languages of the lexicons, from the iso-codes package
(/usr/share/iso-codes/json/iso_3166-1.json and its translations) and from CLDR (python3-icu; the short names that people
use: Syria for the Syrian Arab Republic), as stems that take any case ending; with the few demonyms and short names that do
not follow from a name.

    python3 plugins/consistency/gen/places.py > conf/lexicon/places.cfg
"""
import gettext
import json
import re

import icu

LANGUAGES = "ru az be uk tr de fr es it pt".split()
MORE = {
    "US": "U.S|US|USA|America*|Washington|США|Америк*|америк*|Вашингтон*|ABŞ|Amerika*|ABD|Washington*|amerikan*|États-Unis|américain*|Estados Unidos|EE UU|EEUU|estadounid*|Stati Uniti|american*|EUA|Злучан* Штат*|ЗША|Сполучен* Штат*|Vereinigt* Staat*|Birleş* Ştat*|Amerika Birleşik Devlet*",
    "GB": "Britain|British|UK|England|London|Британи*|британск*|Великобритани*|Англи*|Лондон*|Британі*|Великобритані*|Вялікабрытан*|брытанск*|Лондан*|Britaniya|London*|İngiltere|İngiliz*|britisch*|Großbritannien|Royaume-Uni|britannique*|Reino Unido|británic*|Regno Unito|britannic*|Londres|Londra",
    "RU": "Russia*|Moscow|Росси*|росси*|русск*|Москв*|Росі*|росій*|Расі*|расій*|Rusiya*|rus*|Moskva*|Rusya|Moskova|russisch*|Russland|Moskau|Russie|russe*|Moscou|Rusia|ruso*|Moscú|Moscovo",
    "BY": "Belarus*|Minsk|Беларус*|Белорус*|белорус*|беларус*|Минск*|Мінск*|Білорус*|білорус*|Biélorus*|Bielorr*|Bielor*|Weißruss*|Belarús*|belorus*",
    "AZ": "Azerbaijan*|Baku|Азербайджан*|Баку|Азербайджан*|Azərbaycan*|Bakı*|Azerbaycan*|Bakü*|Aserbaidschan*|Azerbaïdjan*|Bakou|Azerbaiyán|Azerbayan|azerbaiyan*|Azerbaigian*|Azerbaijão|Азербайджан*|Азербэйджан*",
    "UA": "Ukrain*|Kyiv|Kiev|Украин*|украин*|Киев*|Україн*|україн*|Київ*|Києв*|Украін*|украін*|Кіеў*|Кіев*|Ukrayna*|Kiyev|Ucrani*|ucrain*|Ucrâni*|ucrani*",
    "TR": "Turkey|Türkiye*|Turkish|Ankara|Турци*|турецк*|Анкар*|Туреччин*|турецьк*|Турцы*|турэцк*|Türk*|Türkei|türkisch*|Turquie|turc|turque*|Turquía|turc*|Turchia|Turquia",
    "DE": "German*|Berlin|Германи*|немецк*|Берлин*|Німеччин*|німецьк*|Берлін*|Германі*|нямецк*|Almaniya*|alman*|Almanya|deutsch*|Deutschland*|Allemagne|allemand*|Alemania|alemán|aleman*|tedesc*|Berlino|Alemanha|alemã*|Berlim",
    "FR": "France|French|Paris|Франци*|французск*|Париж*|Франці*|французьк*|Францы*|французск*|Fransa*|fransız*|Frankreich*|französisch*|français*|Francia|francés|frances*|Parigi|França|francês",
    "CN": "China|Chinese|Beijing|Кита*|китайск*|Пекин*|китайськ*|Пекін*|Кітай*|кітайск*|Çin|Çinin|Pekin|chinesisch*|Peking|Chine|chinois*|chin*|Pechino|Pequim",
    "AM": "Armenia*|Yerevan|Армени*|армянск*|Ереван*|Вірмені*|вірменськ*|Армені*|армянск*|Ermənistan*|erməni*|Ermenistan*|Armenien|Arménie|armén*|armen*|Arménia",
    "GE": "Georgia*|Tbilisi|Грузи*|грузинск*|Тбилис*|Грузі*|грузинськ*|Тбіліс*|Gürcüstan*|Gürcistan*|Georgien|georgisch*|Géorgie|Geórgia|georgian*",
    "IR": "Iran*|Tehran|Иран*|иранск*|Тегеран*|Іран*|іранськ*|іранск*|Тэгеран*|Teheran*|Tahran*|Téhéran|Teherán|Irão|Irã",
    "IL": "Israel*|Израил*|Ізраїл*|Ізраіл*|İsrail*|israelisch*|Israël*|Israele|israelian*",
    "PL": "Poland|Polish|Warsaw|Польш*|польск*|Варшав*|Польщ*|польськ*|Polşa|Polonya|Polen|polnisch*|Pologne|polonais*|Polonia|polac*|Polónia|Polônia",
    "IT": "Italy|Italian*|Rome|Итали*|итальян*|Рим|Риме|Італі*|італій*|італьян*|İtaliya*|İtalya*|Italien|italienisch*|Italie|italien*|Italia|italian*|Roma",
    "ES": "Spain|Spanish|Madrid|Испани*|испанск*|Мадрид*|Іспані*|іспанськ*|іспанск*|İspaniya*|İspanya*|Spanien|spanisch*|Espagne|espagnol*|España|español*|Spagna|spagnol*|Espanha|espanhol*",
    "JP": "Japan*|Tokyo|Япони*|японск*|Токио|Японі*|японськ*|Токіо|Yaponiya*|Japonya*|japanisch*|Japon*|Tokio|Giappone|giappones*|Japão|japonês|Tóquio",
    "IN": "India*|Delhi|Инди*|индийск*|Індії|індійськ*|Індыя|Індыі|Hindistan*|Indien|indisch*|Inde|indien*|Índia",
    "KZ": "Kazakh*|Astana|Казахстан*|казахст*|Астан*|Qazaxıstan*|Kazakistan*|Kasachstan*|Kazajist*|Kazakist*|Cazaquist*",
    "EU": "EU|European Union|Brussels|ЕС|Евросоюз*|Європейськ* Союз*|ЄС|Євросоюз*|Еўрасаюз*|Avropa İttifaq*|AB|Avrupa Birliğ*|Europäisch* Union|Union européenne|UE|Unión Europea|Unione europea|União Europeia|Aİ",
    "GB-SCT": "Scotland|Scottish|Шотланди*|шотланд*|Шотланді*|Şotlandiya*|İskoçya*|İskoç*|Schottland|schottisch*|Écosse|écossais*|Escocia|escoc*|Scozia|scozzes*|Escócia",
    "GB-WLS": "Wales|Welsh|Уэльс*|Уельс*|Уэльс*|Uels*|Galler*|Pays de Galles|gallois*|Gales|galés|Galles|gallese*|País de Gales",
}
SKIP = {"Chad", "Mali", "Niger", "Togo", "Cuba", "Man", "Jersey"}  # kept whole: short names are words of other languages
ALSO_WORDS = {"RE", "UM", "BQ"}  # "reunion", "reunião"; names nobody uses


def cases(name):
    """A name as a form with endings left open; None where it is too short to be told from a word."""
    name = re.sub(r"\(.*?\)|,.*", "", name).strip()
    words = re.split(r"[\s\-]+", name.replace("’", "'"))[:4]
    out = []
    for word in words:
        if len(word) <= 3:
            out.append(word)
            continue
        stem = word
        if word[-1].lower() in "аеёиоуыэюяйіїєь" and len(word) > 4:
            stem = word[:-1]
        out.append(stem if stem in SKIP or len(stem) < 4 else stem + "*")
    form = " ".join(out)
    return form if len(form.replace("*", "")) >= 4 else None


def main():
    countries = json.load(open("/usr/share/iso-codes/json/iso_3166-1.json", encoding="utf8"))["3166-1"]
    translations = {l: gettext.translation("iso_3166-1", "/usr/share/locale", [l]) for l in LANGUAGES}
    print("# SPDX-License-Identifier: Apache-2.0")
    print("# Written by plugins/consistency/gen/places.py from the names in iso-codes (LGPL-2.1+, facts) and CLDR (Unicode licence, facts); do not edit.")
    print("# One country a line: ISO 3166-1 code, then its names in eleven languages; stem* takes any ending.")
    print("places = (")
    lines = []
    for c in countries + [{"alpha_2": k, "name": ""} for k in MORE if k not in {x["alpha_2"] for x in countries}]:
        forms = []
        for name in filter(None, (c["name"], c.get("common_name"))):
            for text in [name] + [t.gettext(name) for t in translations.values()]:
                form = cases(text)
                if form and form not in forms:
                    forms.append(form)
        if c["name"]:
            for language in ["en"] + LANGUAGES:
                name = icu.Locale("und", c["alpha_2"]).getDisplayCountry(icu.Locale(language)).replace(" - ", " ")
                form = None if re.search(r"[&.–]|\bо[- ]ва?\b|SAR|XİR|ÖİB", name) or c["alpha_2"] in ALSO_WORDS else cases(name)
                if form and form not in forms:
                    forms.append(form)
        for form in MORE.get(c["alpha_2"], "").replace(".", " ").split("|"):
            if form.strip() and form.strip() not in forms:
                forms.append(form.strip())
        lines.append('  "%s %s"' % (c["alpha_2"], "|".join(forms).replace('"', "")))
    print(",\n".join(sorted(lines)))
    print(");")


main()
