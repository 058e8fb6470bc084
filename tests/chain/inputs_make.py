# SPDX-License-Identifier: Apache-2.0
# Writes ROOM/good and ROOM/bad: inputs of every kind. All texts were written for this test.
import bz2, gzip, io, lzma, os, random, sys, tarfile, zipfile

room = sys.argv[1]
good, bad = os.path.join(room, "good"), os.path.join(room, "bad")
os.makedirs(good)
os.makedirs(bad)


def noise(size):
    """The same at every run."""
    return random.Random(size).randbytes(size)


def put(folder, name, data):
    with open(os.path.join(folder, name), "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode())


RUSSIAN = "Завод в Гомеле выпустил 340 комбайнов.\nЭто на 12 % больше, чем год назад.\n"
PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Ferry | Harbour Post</title>
<meta property="og:title" content="Ferry carries 900 &amp; more"><meta property="og:site_name" content="Harbour Post">
<meta property="article:published_time" content="2024-03-05T08:00:00Z"><script>var x = "<p>no 17</p>";</script></head><body>
<nav class="menu"><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<div class="cookie-consent">We use 25 cookies.</div>
<article><h1>Ferry carries 900 &amp; more</h1>
<p>The new ferry carried 900&nbsp;people on its first day, the harbour office said, twice as many as the old one did.</p>
<p>Tickets cost 4,50&nbsp;&euro;, and the trip takes 35 minutes,<br>said Ms &#346;liwa, who runs the line.</p>
<table><thead><tr><th>Year</th><th>Trips</th></tr></thead><tr><td>2022</td><td>310</td></tr><tr><td>2023</td><td>1&nbsp;204</td></tr></table>
<p>It displaces 2&times;10<sup>6</sup> kg, a figure that the builders gave, and that nobody has checked so far.</p>
<ul><li>First trip at 6:15</li><li>Last trip at 22:40</li></ul></article>
<div class="comments"><p>Reader: I saw 3 of them!</p></div><footer>&copy; 2024, 7 offices</footer></body></html>
"""


def pdf(pages):
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    for i, text in enumerate(pages):
        s = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R >> >> >>")
        objects.append(f"<< /Length {len(s)} >>\nstream\n{s}\nendstream")
    out, at = b"%PDF-1.4\n", []
    for i, o in enumerate(objects):
        at.append(len(out))
        out += f"{i + 1} 0 obj\n{o}\nendobj\n".encode()
    x = len(out)
    return out + (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{o:010d} 00000 n \n" for o in at) +
                  f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{x}\n%%EOF\n").encode()


def warc(*records):
    out = b""
    for kind, uri, body in records:
        out += (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2024-03-05T09:00:00Z\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body + b"\r\n\r\n"
    return out


def http(body, *headers):
    return ("HTTP/1.1 200 OK\r\n" + "".join(h + "\r\n" for h in headers) + "\r\n").encode() + body


def tar(**members):
    b = io.BytesIO()
    with tarfile.open(fileobj=b, mode="w:gz") as t:
        for name, data in members.items():
            info = tarfile.TarInfo(name.replace("__", "/").replace("_", "."))
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    return b.getvalue()


def package(*parts):
    """An office document; in this order, as the first part is what it is known by."""
    b = io.BytesIO()
    with zipfile.ZipFile(b, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in parts:
            z.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return b.getvalue()


OOXML = "application/vnd.openxmlformats-officedocument."


def types(**parts):
    return "<Types>" + "".join(f'<Override PartName="{name}" ContentType="{OOXML}{kind}+xml"/>' for kind, name in
                               ((k.replace("__", "."), n) for k, n in parts.items())) + "</Types>"


def word(text):
    return f'<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'


def odf(text):
    return f'<o:document-content xmlns:o="o" xmlns:t="t"><o:body><o:text><t:p>{text}</t:p></o:text></o:body></o:document-content>'


CORE = '<c:coreProperties xmlns:c="c" xmlns:d="d"><d:title>Ships</d:title><d:creator>Ann</d:creator><d:created>2024-03-05T10:00:00Z</d:created></c:coreProperties>'
OPF = ('<package xmlns:d="d"><metadata><d:title>Book</d:title><d:publisher>Pier Press</d:publisher><d:date>2024-03-05</d:date></metadata><manifest>'
       '<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="b" href="text/two%20b.xhtml" media-type="application/xhtml+xml"/>'
       '<item id="a" href="../one.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>')
CONTAINER = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'


def chapter(title, text):
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title></head><body><p>{text}</p></body></html>'


# ---- good ----
put(good, "plain.txt", "Plain text about 45 boats.\n")
put(good, "cp1251.txt", RUSSIAN.encode("cp1251"))
put(good, "koi8.txt", (RUSSIAN * 3).encode("koi8-r"))
put(good, "cp866.txt", (RUSSIAN * 3).encode("cp866"))
put(good, "utf16.txt", ("\ufeff" + RUSSIAN).encode("utf-16-le"))
put(good, "utf16be.txt", RUSSIAN.encode("utf-16-be"))
put(good, "bom.txt", "\ufeffMarked text, 5 lines.\n")
put(good, "declared.html", '<html><head><meta charset="koi8-r"><title>T</title></head><body><p>Café № 5, утро.</p></body></html>')
put(good, "koi8.html", '<html><head><meta charset="koi8-r"><title>T</title></head><body><p>Утро, 17 вагонов, день.</p></body></html>'.encode("koi8-r"))
put(good, "mojibake.txt", "The harbour said so.\n" + "Caf\u00e9 na\u00efve, 5 fr\u00e8res".encode().decode("latin-1") + "\n"
    + "20 " + "мая 2024, пятница".encode("cp1251").decode("latin-1") + "\n153 " + "Т".encode("cp1251").decode("latin-1") + "-72\nCafé, fine as it is: É®.\n")
put(good, "page.html", PAGE)
put(good, "page.xhtml", '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>X</title></head><body><p>Strict page, with 61 &lt; 62.</p></body></html>')
put(good, "lines.jsonl", '{"id":"j1","text":"One line, \\u0436 11","source":"S"}\n{"text":"No id 12","kind":"k"}\n')
put(good, "table.csv", 'id,text,source,note\nc1,"He said ""45 boats"", twice",Daily,x\n,plain 46,Weekly,\n')
put(good, "rss.xml", '<?xml version="1.0"?><rss version="2.0"><channel><title>The Feed</title><language>en-gb</language><item><title>Toll at 40 &amp; rising</title>'
    '<link>https://feed.example/a</link><pubDate>Tue, 05 Mar 2024 10:00:00 +0200</pubDate><description>&lt;p&gt;A toll of 40 &amp;amp; more.&lt;/p&gt;</description></item></channel></rss>')
put(good, "atom.xml", ('<?xml version="1.0" encoding="windows-1251"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Лента</title><entry><title>Тема</title>'
    '<link href="http://x.example/1"/><published>2024-03-05</published><content type="html"><![CDATA[<p>Всего 77 судов &amp; лодок.</p>]]></content></entry></feed>').encode("cp1251"))
put(good, "mail.eml", b"From: Ann <ann@news.example>\r\nSubject: =?utf-8?B?0J/QvtGA0YI=?= 5\r\nDate: Tue, 05 Mar 2024 10:00:00 +0200\r\nMessage-ID: <1@x>\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=XX\r\n\r\n--XX\r\nContent-Type: text/plain; charset=windows-1251\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    + "Порт принял 52 судна.".encode("cp1251") + b"\r\n--XX\r\nContent-Type: text/html; charset=utf-8\r\nContent-Disposition: attachment; filename=a.html\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nPGh0bWw+PGJvZHk+PHA+QXR0YWNoZWQgNTMuPC9wPjwvYm9keT48L2h0bWw+\r\n--XX--\r\n")
put(good, "box.mbox", "".join(f"From a@b Tue Mar  5 10:00:00 2024\nFrom: a@b.example\nSubject: s{i}\nDate: Tue, 05 Mar 2024 10:00:00 +0200\nMessage-ID: <{i}@x>\n\nMessage with {i} things.\n\n" for i in (31, 32)))
put(good, "two.pdf", pdf(["Page one has 41 people.", "Page two has 42 people."]))
put(good, "first.docx", package(("[Content_Types].xml", types(wordprocessingml__document__main="/word/main2.xml", wordprocessingml__footnotes="/word/notes.xml")),
                                ("word/main2.xml", word("The port took 61 ships.")), ("word/notes.xml", word("In 2023: 62.")), ("word/header1.xml", word("Page 7")), ("docProps/core.xml", CORE)))
put(good, "last.docx", package(("_rels/.rels", "<r/>"), ("word/document.xml", word("Порт принял 63 судна.")), ("[Content_Types].xml", types(wordprocessingml__document__main="/word/document.xml"))))
put(good, "slides.pptx", package(("ppt/slides/slide10.xml", word("Last, 65.")), ("ppt/slides/slide2.xml", word("First, 64.")), ("[Content_Types].xml", types(presentationml__presentation__main="/ppt/p.xml"))))
def override(kind, name):
    return f'<Override PartName="{name}" ContentType="application/vnd.{kind}"/>'


put(good, "macros.pptm", package(("ppt/slides/slide1.xml", word("With macros, 72.")), ("[Content_Types].xml", "<Types>" + override("ms-powerpoint.presentation.macroEnabled.main+xml", "/ppt/p.xml") + "</Types>")))
put(good, "model.xltx", package(("xl/worksheets/sheet1.xml", '<worksheet><row><c><v>73</v></c></row></worksheet>'), ("[Content_Types].xml", types(spreadsheetml__template__main="/xl/workbook.xml"))))
put(good, "days.xlsx", package(("xl/workbook.xml", '<w><workbookPr date1904="1"/></w>'), ("xl/worksheets/sheet1.xml", '<worksheet><row><c s="1"><v>43894</v></c><c s="2"><v>12.5</v></c><c s="3"><v>43894</v></c></row></worksheet>'),
                               ("xl/styles.xml", '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0.0&quot; %d&quot;"/><numFmt numFmtId="171" formatCode="0\\d"/></numFmts>'
                                '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>'), ("[Content_Types].xml", types(spreadsheetml__sheet__main="/xl/workbook.xml"))))
put(good, "holds_sheet.docx", package(("word/document.xml", word("A table is inside, 74.")), ("word/embeddings/old.xls", "0"), ("[Content_Types].xml",
    types(wordprocessingml__document__main="/word/document.xml").replace("</Types>", override("ms-excel", "/word/embeddings/old.xls") + "</Types>"))))
put(good, "text.odt", package(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", odf("Under sail, 66.")), ("meta.xml", CORE)))
put(good, "book.epub", package(("mimetype", "application/epub+zip"), ("META-INF/container.xml", CONTAINER), ("OPS/book.opf", OPF), ("OPS/nav.xhtml", chapter("Contents", "Chapter 67")),
                               ("one.xhtml", chapter("One", "It began with 68 men.")), ("OPS/text/two b.xhtml", chapter("Two", "It ended with 69."))))
SHEET = ('<worksheet><sheetData><row><c r="A1" t="s"><v>0</v></c></row><row><c r="A2" t="inlineStr"><is><t>Indicator</t></is></c><c r="B2"><v>2022</v></c><c r="D2"><v>2023</v></c></row>'
         '<row><c r="A3" t="s"><v>1</v></c><c r="B3"><v>4310.1999999999998</v></c><c r="C3" t="e"><v>#N/A</v></c><c r="D3"><f>B3/9</f><v>1.234</v></c></row>'
         '<row><c t="str"><v>Share</v></c><c s="1"><v>5.0999999999999997E-2</v></c><c s="2"><v>45356</v></c></row></sheetData></worksheet>')
put(good, "sheet.xlsx", package(("xl/workbook.xml", "<w/>"), ("xl/worksheets/sheet1.xml", SHEET), ("xl/worksheets/sheet3.xml", '<worksheet><row><c t="s"><v>2</v></c><c><v>7</v></c></row></worksheet>'),
                                ("xl/sharedStrings.xml", "<sst><si><t>Exports, million </t><t>euros</t></si><si><r><t>Exports</t></r><rPh><t>x</t></rPh></si><si><t>Second</t></si></sst>"),
                                ("xl/styles.xml", '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-407]dd/mm/yyyy"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
                                 '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="170"/></cellXfs></styleSheet>'),
                                ("[Content_Types].xml", types(spreadsheetml__sheet__main="/xl/workbook.xml"))))
put(good, "sheet.ods", package(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml",
    '<o:d xmlns:o="o" xmlns:t="t" xmlns:b="b"><b:table><b:table-row><b:table-cell><t:p>Goods</t:p></b:table-cell><b:table-cell><t:p>2022</t:p></b:table-cell>'
    '<b:table-cell b:number-columns-repeated="2"/><b:table-cell><t:p>2023</t:p></b:table-cell><b:table-cell b:number-columns-repeated="16000"/></b:table-row>'
    '<b:table-row><b:table-cell><t:p>Coal</t:p></b:table-cell><b:table-cell><t:p>71</t:p></b:table-cell></b:table-row></b:table></o:d>')))
html = b"<html><head><title>W</title></head><body><p>Archived page, 81 of them.</p></body></html>"
chunked = b"".join(b"%x\r\n%s\r\n" % (len(c), c) for c in (html[:30], html[30:])) + b"0\r\n\r\n"
web = warc(("response", "http://www.w.example/1", http(html, "Content-Type: text/html; charset=utf-8")),
           ("response", "http://w.example/2", http(chunked, "Content-Type: text/html", "Transfer-Encoding: chunked")),
           ("response", "http://w.example/3", http(gzip.compress(html), "Content-Type: text/html", "Content-Encoding: gzip")),
           ("response", "http://w.example/404", b"HTTP/1.1 404 Not Found\r\n\r\nno"))
put(good, "web.warc", web)
put(good, "web.warc.gz", gzip.compress(web))
put(good, "a.txt.gz", gzip.compress(b"Packed text, 91.\n"))
put(good, "b.txt.bz2", bz2.compress(b"Packed text, 92.\n"))
put(good, "c.txt.xz", lzma.compress(b"Packed text, 93.\n"))
put(good, "many.jsonl.gz", gzip.compress(b"".join(b'{"id":"m%d","text":"Line %d of a long file, padded %s"}\n' % (i, i, b"x" * 900) for i in range(12000))))
with zipfile.ZipFile(os.path.join(good, "all.zip"), "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("d/one.txt", "First member, 94.")
    z.writestr("lines.jsonl", '{"text":"In a zip, 95"}\n')
    z.writestr("inner.tar.gz", tar(p__page_html=b"<html><head><title>T</title></head><body><p>Deep page, with 96 parts.</p></body></html>"))
    z.writestr("empty.txt", "")
    z.writestr("bin.dat", bytes(range(256)) * 20)
    z.writestr("__MACOSX/d.one", b"\0\5\x16\7" + b"\0" * 100)

# ---- bad ----
put(bad, "fine.txt", "The one that is fine, 1.\n")
put(bad, "trunc.txt.gz", gzip.compress(noise(2000).hex().encode())[:1500])
with zipfile.ZipFile(os.path.join(bad, "evil.zip"), "w") as z:
    z.writestr("../evil.txt", "evil 2")
    z.writestr("/abs.txt", "abs 3")
    z.writestr("a/good.txt", "good 4")
put(bad, "bomb.txt.gz", gzip.compress(b"0" * 200_000_000, 9))
nested = b"deep 5"
for i in range(10):
    b = io.BytesIO()
    with zipfile.ZipFile(b, "w") as z:
        z.writestr(f"n{i}", nested)
    nested = b.getvalue()
put(bad, "nested.zip", nested)
wrong = b"ffff\r\nshort\r\n0\r\n\r\n"
put(bad, "chunks.warc", warc(("response", "http://w.example/bad", http(b"5\r\n<p>ab\r\n" + wrong, "Content-Type: text/html", "Transfer-Encoding: chunked")),
                             ("response", "http://w.example/ok", http(html, "Content-Type: text/html"))))
put(bad, "cut.warc", web[:-20])
one = gzip.compress(warc(("response", "http://w.example/p", http(html, "Content-Type: text/html"))))
put(bad, "members.warc.gz", one + b"\x1f\x8b\x08" + b"\xff" * 300 + one)
put(bad, "lines.jsonl", '{"id":"ok1","text":"fine 6"}\nno json\n{"id":"x"}\n{"id":"ok2","text":"fine 7"}\n')
put(bad, "table.csv", 'id,text\nc1,fine 8\nc2,"bad" x\nc3,fine 9\nc4,"open\n')
put(bad, "broken.pdf", b"%PDF-1.4\nnothing\n")
BODY = ("[Content_Types].xml", types(wordprocessingml__document__main="/word/document.xml"))
put(bad, "cut.docx", package(BODY, ("word/document.xml", word(noise(3000).hex())))[:-2500])
put(bad, "syntax.docx", package(BODY, ("word/document.xml", word("open 13")[:-20])))
put(bad, "list.docx", package(("[Content_Types].xml", BODY[1][:-9]), ("word/document.xml", word("lost 16"))))
put(bad, "nothing.docx", package(BODY))
put(bad, "bomb.docx", package(BODY, ("word/document.xml", word(" " * 200_000_000))))
put(bad, "laughs.docx", package(BODY, ("word/document.xml", "<!DOCTYPE x [" + "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(12)) + "]>" + word("&l11; 14"))))
put(bad, "secret.odt", package(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", noise(500)), ("META-INF/manifest.xml", "<m:manifest xmlns:m='m'><m:encryption-data/></m:manifest>")))
put(bad, "rights.epub", package(("mimetype", "application/epub+zip"), ("META-INF/container.xml", CONTAINER), ("OPS/book.opf", OPF), ("one.xhtml", noise(500)),
                                ("META-INF/encryption.xml", "<e><CipherReference URI='one.xhtml'/></e>"), ("OPS/text/two b.xhtml", chapter("Two", "fine 15"))))
put(bad, "rootless.epub", package(("mimetype", "application/epub+zip"), ("META-INF/container.xml", "<container/>")))
put(bad, "laughs.xml", '<?xml version="1.0"?><!DOCTYPE x [' + "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(12)) + "]><x>&l11; 10</x>")
put(bad, "deep.html", "<html><body>" + "<div>" * 1_000_000 + "<p>Under a million boxes, there are 11 people.</p>")
put(bad, "digits.txt", "1" * (16 << 20))
put(bad, "endless.eml", "From: a@b.example\nSubject: s\nDate: Tue, 05 Mar 2024 10:00:00 +0200\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n"
    + "--B\nContent-Type: multipart/mixed; boundary=B\n\n" * 20000 + "text 12\n" * 1000)
put(bad, "binary.dat", bytes(range(256)) * 50)
put(bad, "empty.txt", "")
put(bad, "resource", b"\0\5\x16\7" + b"\0" * 100)
