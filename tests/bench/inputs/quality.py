#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How well inputs are read: charsets, mojibake, main text of pages.

    tests/bench/inputs/quality.py BUILD DATA [NODE_MODULES]

DATA holds encodings/CHARSET/FILE, mojibake/in-the-wild.json and negative.json (original, fixed-encoding or fixed), html/PAGE with
source.html and expected.html. With NODE_MODULES (a folder with @mozilla/readability and jsdom) that port is measured beside us,
with uchardet and xmllint installed those are."""
import collections, html, json, os, re, shutil, subprocess, sys, tempfile

build, data = sys.argv[1:3]
modules = sys.argv[3] if len(sys.argv) > 3 else None
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))


def assay(*paths):
    out = subprocess.run([os.path.join(build, "assay"), "run", os.path.join(root, "conf/inputs.conf"), *paths, "--write", "jsonl:-", "-q"],
                         stdout=subprocess.PIPE).stdout
    return [r for r in map(json.loads, filter(None, out.decode().split("\n"))) if r["type"] == "document"]


def codec(folder):
    parts = folder.split("-")
    return "-".join(parts[:3] if folder.startswith("iso") else parts[:2] if folder.startswith("windows") else parts)


def charsets():
    """The text of each file has to come out as its charset decodes it (feeds: of their entries, as far as they are text)."""
    right = there = beside = 0
    wrong = []
    by_path = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as room:
        names = {}
        for folder in sorted(os.listdir(os.path.join(data, "encodings"))):
            for name in sorted(os.listdir(os.path.join(data, "encodings", folder))):
                source, copy = os.path.join(data, "encodings", folder, name), os.path.join(room, f"{len(names)}.txt")
                # Without what makes it a feed or a page: the whole text is wanted.
                body = open(source, "rb").read()
                open(copy, "wb").write(body.replace(b"<rss", b"<xss").replace(b"<rdf:RDF", b"<xdf:RDF").replace(b"<feed", b"<xeed"))
                names[copy] = (codec(folder), source)
        for r in assay(room):
            by_path[r["path"]].append(r)
        for copy, (name, source) in names.items():
            there += 1
            declared = by_path[copy][0]["encoding"] if by_path[copy] else None
            raw = open(source, "rb").read()

            def same(a):
                try:
                    return a and raw.decode(a.replace("MacCyrillic", "mac-cyrillic"), "replace").lstrip("\ufeff") == raw.decode(name, "replace").lstrip("\ufeff")
                except LookupError:
                    return False
            if same(declared):
                right += 1
            else:
                wrong.append((os.path.relpath(source, data), declared))
            if shutil.which("uchardet"):
                guess = subprocess.run(["uchardet", source], stdout=subprocess.PIPE).stdout.decode().strip()
                beside += bool(same(guess.replace("MAC-CYRILLIC", "MacCyrillic")))
    print(f"charsets: {right}/{there} right ({right / there:.1%}); uchardet alone {beside}/{there} ({beside / there:.1%})", wrong)


def mojibake():
    with tempfile.TemporaryDirectory() as room:
        for part in ("in-the-wild", "negative"):
            cases = json.load(open(os.path.join(data, "mojibake", part + ".json"), encoding="utf-8"))
            path = os.path.join(room, part + ".jsonl")
            with open(path, "w", encoding="utf-8") as f:
                f.writelines(json.dumps({"id": str(i), "text": c["original"]}) + "\n" for i, c in enumerate(cases))
            got = {r["doc"]: r["text"] for r in assay(path)}
            right = sum(got[str(i)] == c.get("fixed-encoding", c["fixed"]) for i, c in enumerate(cases))
            print(f"mojibake, {part}: {right}/{len(cases)} exactly right ({right / len(cases):.1%})")


def words(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def text_of(markup):
    markup = re.sub(r"(?is)<(script|style|svg|title|noscript)\b.*?</\1>|<!--.*?-->", " ", markup)
    inline = "a|b|i|em|strong|span|code|sup|sub|font|abbr|cite|q|small|u|time|mark"
    return html.unescape(re.sub(r"<[^>]+>", " ", re.sub(rf"</?(?:{inline})\b[^>]*>", "", markup)))


def f1(got, want):
    if not got and not want:
        return 1.0
    common = sum((got & want).values())
    return 2 * common / max(1, sum(got.values()) + sum(want.values()))


READABILITY = """const {Readability}=require('@mozilla/readability'),{JSDOM,VirtualConsole}=require('jsdom'),fs=require('fs');
const out={};for(const f of process.argv.slice(1)){try{const d=new JSDOM(fs.readFileSync(f,'utf8'),{url:'http://fakehost/test/page.html',virtualConsole:new VirtualConsole()});
const a=new Readability(d.window.document).parse();out[f]=a?a.content:'';}catch(e){out[f]='';}}console.log(JSON.stringify(out));"""


def pages():
    folder = os.path.join(data, "html")
    names = sorted(os.listdir(folder))
    sources = [os.path.join(folder, n, "source.html") for n in names]
    want = [words(text_of(open(os.path.join(folder, n, "expected.html"), encoding="utf-8").read())) for n in names]
    mine = {r["path"]: r["text"] for r in assay(*sources)}
    scores = {"assay": [f1(words(mine.get(s, "")), w) for s, w in zip(sources, want)]}
    if shutil.which("xmllint"):
        scores["libxml2, all text"] = [f1(words(subprocess.run(["xmllint", "--html", "--xpath", "string(//body)", s], stdout=subprocess.PIPE,
                                                               stderr=subprocess.DEVNULL).stdout.decode("utf-8", "replace")), w) for s, w in zip(sources, want)]
    if modules:
        out = subprocess.run(["node", "-e", READABILITY, *sources], stdout=subprocess.PIPE, cwd=os.path.dirname(os.path.abspath(modules))).stdout
        found = json.loads(out)
        scores["readability + jsdom"] = [f1(words(text_of(found[s])), w) for s, w in zip(sources, want)]
    for who, values in scores.items():
        print(f"pages, token F1: {who} {sum(values) / len(values):.3f} (median {sorted(values)[len(values) // 2]:.3f}, least {min(values):.3f})")


charsets()
mojibake()
pages()
