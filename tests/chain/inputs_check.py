# SPDX-License-Identifier: Apache-2.0
# What the records of inputs.sh have to say.
import html, json, os, re, sys

kind, room, path = sys.argv[1:]
records = [json.loads(line) for line in open(path, encoding="utf-8")]
docs = {r["doc"].replace(room + "/", ""): r for r in records if r["type"] == "document"}
failures = [r for r in records if r["type"] == "failure"]
skipped = {r["path"].replace(room + "/", ""): r["reason"] for r in records if r["type"] == "skipped"}
bad = []


def check(what, ok):
    if not ok:
        bad.append(what)


def unit(raw, encoding):
    """What bytes of the input mean where a run of the map is not one to one."""
    text = raw.decode({"windows-1251": "cp1251", "IBM866": "cp866"}.get(encoding, encoding), "replace")
    return html.unescape(html.unescape(text))  # a feed's text is escaped twice


def leads_back(doc, record):
    """Every run of the map gives its text when the bytes of the file are decoded. Says how much of the text has a source."""
    if record["map"] is None or record["path"].endswith((".jsonl", ".gz", ".zip")):
        return None
    raw, text, covered = open(record["path"], "rb").read(), record["text"].encode(), 0
    for run in record["map"]:
        to, at, count, to_step, from_step = run if len(run) == 5 else run + [1, 1]
        if from_step == 0:
            continue
        covered += count * to_step
        for i in range(count if len(run) == 5 else 1):
            n, m = (from_step, to_step) if len(run) == 5 else (count, count)
            piece, want = raw[at + i * n:at + (i + 1) * n], text[to + i * m:to + (i + 1) * m]
            got = unit(piece, record["encoding"]).encode() if len(run) == 5 else piece
            if got != want and not (want in (b" ", b'"') and piece.strip() in (b"", b'""')) and not record["repairs"]:
                check(f"{doc}: bytes {at + i * n} are {piece!r}, the text has {want!r}", False)
    return covered / max(1, len(text))


def good():
    def text(doc, want, **keys):
        record = docs.get("good/" + doc)
        check(f"{doc}: no document", record)
        if not record:
            return
        check(f"{doc}: text is {record['text'][:300]!r}", record["text"].strip() == want)
        for key, value in keys.items():
            check(f"{doc}: {key} is {record[key]!r}", record[key] == value)

    russian = "Завод в Гомеле выпустил 340 комбайнов.\nЭто на 12 % больше, чем год назад."
    text("plain.txt", "Plain text about 45 boats.", encoding="UTF-8", media="text/plain")
    text("cp1251.txt", russian, encoding="windows-1251")
    text("koi8.txt", "\n".join([russian] * 3), encoding="KOI8-R")
    text("cp866.txt", "\n".join([russian] * 3), encoding="IBM866")
    text("utf16.txt", russian, encoding="UTF-16LE")
    text("utf16be.txt", russian, encoding="UTF-16BE")
    text("bom.txt", "Marked text, 5 lines.")
    text("declared.html", "Café № 5, утро.", encoding="UTF-8")
    text("koi8.html", "Утро, 17 вагонов, день.", encoding="KOI8-R")
    text("page.xhtml", "Strict page, with 61 < 62.", media="application/xhtml+xml")
    text("page.html", "Ferry carries 900 & more\n\nThe new ferry carried 900\u00a0people on its first day, the harbour office said, twice as many as the old one did.\n\n"
         "Tickets cost 4,50\u00a0€, and the trip takes 35 minutes,\nsaid Ms Śliwa, who runs the line.\n\nYear | Trips\n2022 | 310\n2023 | 1\u00a0204\n\n"
         "It displaces 2×10^6 kg, a figure that the builders gave, and that nobody has checked so far.\n\nFirst trip at 6:15\nLast trip at 22:40",
         title="Ferry carries 900 & more", source="Harbour Post", published="2024-03-05T08:00:00Z")
    check("page.html: declared", docs["good/page.html"].get("declared") in ("en", None))
    moji = docs["good/mojibake.txt"]
    check(f"mojibake: {moji['text']!r}", moji["text"] == "The harbour said so.\nCafé naïve, 5 frères\n20 мая 2024, пятница\n153 Т-72\nCafé, fine as it is: É®.\n")
    as_decoded = moji["text"].encode()
    for r in sorted(moji["repairs"], key=lambda r: -r["begin"]):
        as_decoded = as_decoded[:r["begin"]] + r["from"].encode() + as_decoded[r["end"]:]
    check("mojibake: repairs do not lead back", as_decoded == open(os.path.join(room, "good/mojibake.txt"), "rb").read())
    glyphs = [r["text"] for r in records if r["type"] == "homoglyph" and r["doc"].endswith("mojibake.txt")]
    check(f"look-alike letters {glyphs}", glyphs == ["T-72"])
    check("lines: id", docs["j1"]["text"] == "One line, ж 11" and docs["j1"]["source"] == "S")
    text("lines.jsonl:2", "No id 12", metadata={"kind": "k"})
    check("csv", docs["c1"]["text"] == 'He said "45 boats", twice' and docs["c1"]["metadata"] == {"note": "x"})
    text("table.csv:3", "plain 46", source="Weekly")
    text("rss.xml!/1", "Toll at 40 & rising\n\nA toll of 40 & more.", title="Toll at 40 & rising", source="The Feed", uri="https://feed.example/a",
         published="2024-03-05T10:00:00+02:00")
    text("atom.xml!/1", "Тема\n\nВсего 77 судов & лодок.", source="Лента", encoding="windows-1251", published="2024-03-05")
    text("mail.eml!/1", "Порт принял 52 судна.", title="Порт 5", source="news.example", published="2024-03-05T10:00:00+02:00", encoding="windows-1251")
    text("mail.eml!/1/a.html", "Attached 53.", map=None)
    text("box.mbox!/2", "Message with 32 things.")
    text("two.pdf", "Page one has 41 people.\n\n\nPage two has 42 people.", map=None)
    text("first.docx", "The port took 61 ships.\n\nIn 2023: 62.", title="Ships", map=None, metadata={"author": "Ann", "created": "2024-03-05T10:00:00Z"})
    text("last.docx", "Порт принял 63 судна.", source=None, published=None)
    text("slides.pptx", "First, 64.\n\nLast, 65.")
    text("macros.pptm", "With macros, 72.")
    text("model.xltx", "73")
    text("days.xlsx", "2024-03-05 | 12.5 | 43894")
    text("holds_sheet.docx", "A table is inside, 74.")
    text("text.odt", "Under sail, 66.", title="Ships", media="application/vnd.oasis.opendocument.text")
    text("book.epub!/one.xhtml", "It began with 68 men.", title="One", source="Pier Press", published="2024-03-05")
    text("book.epub!/OPS/text/two b.xhtml", "It ended with 69.", title="Two")
    check("the contents of a book", not any("nav.xhtml" in d for d in docs))
    text("sheet.xlsx", "Exports, million euros\nIndicator | 2022 |  | 2023\nExports | 4310.2 |  | 1.2340\nShare | 5.1 % | 2024-03-05\n\nSecond | 7", map=None)
    text("sheet.ods", "Goods | 2022 |  |  | 2023\nCoal | 71")
    pages = [(r["page"], r["begin"]) for r in records if r["type"] == "page"]
    check(f"pages {pages}", [p for p, _ in pages] == [1, 2])
    for i in (1, 2, 3):
        text(f"web.warc!/{i}", "Archived page, 81 of them.", source="w.example")
        text(f"web.warc.gz!/{i}", "Archived page, 81 of them.", map=None)
    text("a.txt.gz!/a.txt", "Packed text, 91.", map=None)
    text("b.txt.bz2!/b.txt", "Packed text, 92.")
    text("c.txt.xz!/c.txt", "Packed text, 93.")
    text("all.zip!/d/one.txt", "First member, 94.", member="d/one.txt", map=None)
    text("all.zip!/lines.jsonl:1", "In a zip, 95")
    text("all.zip!/inner.tar.gz!/p/page.html", "Deep page, with 96 parts.", map=None)
    check("a long member comes in pieces", all(f"m{i}" in docs for i in range(12000)))
    check(f"skipped {skipped}", skipped.get("good/all.zip!/empty.txt") == "empty" and skipped.get("good/all.zip!/bin.dat") == "binary"
          and skipped.get("good/all.zip!/__MACOSX/d.one") == "apple-double")
    shares = {d: leads_back(d, r) for d, r in docs.items() if not re.fullmatch(r"m\d+", d)}
    known = [s for s in shares.values() if s is not None]
    check(f"too few maps: {len(known)}", len(known) >= 18)
    check(f"text without source: {shares}", all(s > 0.7 for s in known))


def bad_inputs():
    def failed(name, code, words):
        hits = [f for f in failures if f["path"].endswith("/" + name) and f["code"] == code and words in f["message"]]
        check(f"no failure {code} '{words}' for {name}; there are {[(f['code'], f['message']) for f in failures if f['path'].endswith('/' + name)]}", hits)

    failed("trunc.txt.gz", "unreadable", "trunc.txt")
    failed("evil.zip", "unreadable", "../evil.txt")
    failed("evil.zip", "unreadable", "/abs.txt")
    failed("bomb.txt.gz", "limit", "bomb.txt")
    failed("nested.zip", "limit", "deep")
    failed("chunks.warc", "syntax", "chunk")
    failed("cut.warc", "syntax", "ends inside")
    failed("members.warc.gz", "unreadable", "damaged")
    failed("lines.jsonl", "syntax", "")
    failed("table.csv", "syntax", "quote")
    failed("broken.pdf", "unreadable", "pdftotext")
    failed("cut.docx", "unreadable", "damaged")
    failed("syntax.docx", "syntax", "word/document.xml, line 1")
    failed("list.docx", "syntax", "[Content_Types].xml, line 1")
    failed("nothing.docx", "syntax", "word/document.xml")
    failed("bomb.docx", "limit", "max_unpacked")
    failed("secret.odt", "unreadable", "encrypted")
    failed("rights.epub", "unreadable", "one.xhtml: it is encrypted")
    failed("rootless.epub", "syntax", "container.xml")
    check("line numbers", sorted(f["line"] for f in failures if f["path"].endswith("lines.jsonl")) == [2, 3])
    texts = "\n".join(r["text"][:2000] for r in docs.values())
    for want in ("fine, 1", "good 4", "fine 6", "fine 7", "fine 8", "fine 9", "fine 15", "Under a million boxes, there are 11 people."):
        check(f"'{want}' is not read", want in texts)
    check("outside of an archive", "evil 2" not in texts and "abs 3" not in texts)
    check("entities are not unfolded", all(len(r["text"]) < 10000 for d, r in docs.items() if "laughs" in d))
    check("the record behind a wrong chunk", "bad/chunks.warc!/2" in docs)
    check("the member behind a damaged one", sum(d.startswith("bad/members.warc.gz") for d in docs) == 2)
    check("16 MiB of digits", docs["bad/digits.txt"]["text_bytes"] == 16 << 20)
    check(f"skipped {skipped}", skipped.get("bad/binary.dat") == "binary" and skipped.get("bad/empty.txt") == "empty" and skipped.get("bad/resource") == "apple-double")
    check("crashes", not [f for f in failures if f["code"] in ("crash", "timeout", "memory", "exit", "contract")])


good() if kind == "good" else bad_inputs()
print("\n".join(f"{kind}: {b}" for b in bad))
sys.exit(bool(bad))
