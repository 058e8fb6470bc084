# SPDX-License-Identifier: Apache-2.0
"""Writes a folder of inputs that are odd, broken or drawn at random, the same at every run. Usage: FOLDER [SEED]"""
import gzip
import io
import json
import os
import random
import sys
import tarfile
import zipfile

folder, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
os.makedirs(folder, exist_ok=True)
draw = random.Random(seed)


def write(name, data):
    with open(os.path.join(folder, name), "wb") as f:
        f.write(data)


SCRIPTS = [(0x20, 0x7E), (0xA0, 0x17F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x530, 0x58F), (0x590, 0x5FF), (0x600, 0x6FF),
           (0x900, 0x97F), (0xE00, 0xE7F), (0x1100, 0x11FF), (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2150, 0x218F), (0x2460, 0x24FF),
           (0x3040, 0x30FF), (0x4E00, 0x4EFF), (0xAC00, 0xACFF), (0xE000, 0xE0FF), (0xFE00, 0xFE0F), (0xFFF0, 0xFFFF),
           (0x1F600, 0x1F64F), (0x1D7CE, 0x1D7FF), (0xE0000, 0xE007F), (0x10FFFE, 0x10FFFF)]


def soup(count, scripts):
    return "".join(chr(draw.randint(*draw.choice(scripts))) for _ in range(count))


for n, script in enumerate(SCRIPTS):
    text = " ".join(soup(draw.randint(1, 9), [script, (0x30, 0x39)]) for _ in range(120))
    write(f"script-{n}.txt", text.encode())
for n in range(4):
    write(f"soup-{n}.txt", soup(2000, SCRIPTS).encode())
write("surrogates.txt", b"abc \xed\xa0\x80\xed\xbf\xbf def 12 \xf5\x80\x80\x80 million \xc0\x80 tail 3 km\n" * 20)
write("nul.txt", b"The toll is 12\x00 people. 5 million euros\x00\n" * 30)
write("control.txt", bytes(range(256)) * 8)
write("spaces.txt", " \t\r\n\u00a0\u2003\u202f".encode() * 300)

WORDS = """the toll rose to 12 people killed 3.5 million euros by 20 percent in 2024 , . ; : ( ) " « » “ ” — – - 5-7 5–7 $ € £ 10% 1,234.56
1.234,56 1 234 тысяч 5 млн рублей на 20 процентов в 2023 году вдвое twice half dozens of hundreds one in five second-largest No. 7 third
+5 −3 1e9 0 00 0.0 1/2 ½ ¼ 3¾ ² m² km/h kg °C 1000000000000000000000000 .5 5. ,5 between 5 and 7 from 3 to 5 not more than at least about
nearly last year yesterday on Monday May 2024 05/06/2024 2024-05-06 12:30 +1 555 123 4567 bin yüz milyon avro Prozent Milliarden ciento mil
mille fois quatre-vingt-dix-neuf einundzwanzig двадцать один мільйонів per a year percentage points he said Minister Ivan Petrov Germany
Paris \u00a0 \u202f \u2009 \u200b \u202e \u0301 \ufeff""".split(" ")
for n in range(30):
    write(f"words-{n}.txt", " ".join(draw.choice(WORDS) for _ in range(300)).encode())

DATES = ["2024-05-06", "2024-05-06T10:00:00Z", "9999-99-99", "0000-00-00", "", "soon", "2024-13-01", "-5", "2024", "2024-02-30", None, "9" * 5000]
lines = []
for n in range(200):
    count = draw.choice([0, 1, 2, 12, 21, 120, 1200, 999999999999, -4])
    damage = draw.choice(["3.5 million euros", "€3.5m", "3,5 Mio. Euro", "zero euros", "1e300 euros", "9" * 400 + " euros", "-5%", "5 %"])
    text = (f"{count} people were {draw.choice(['killed', 'injured', 'evacuated'])} in floods in {draw.choice(['Minsk', 'Paris', 'Berlin'])} on "
            f"5 May 2024. Damage reached {damage}. Exports of tractors grew by {draw.randint(0, 99)} percent in 2023 to {draw.randint(1, 10**6)} units. ")
    if n % 3 == 0:
        text = " ".join(draw.choice(WORDS) for _ in range(40)) + " " + text
    lines.append({"id": f"n{n}", "text": text, "source": draw.choice(["A", "B", "C", None, "D", "x" * 50]), "published": draw.choice(DATES),
                  "title": draw.choice(["", "T", None, "\0", "\u202e"]), "language": draw.choice(["en", "xx", "", "en-US", "z" * 999, None]),
                  "uri": draw.choice([None, "http://", "https://a.example/x", "javascript:alert(1)", "http://[::1"])})
# One sentence again and again, in a text and in many: findings must not share an id.
for n in range(12):
    lines.append({"id": f"again{n}", "source": f"s{n}", "text": "The company said 15 people lost 12 million euros in Berlin. " * 6})
write("news.jsonl", "".join(json.dumps(one) + "\n" for one in lines).encode())
ODD = [b"{}", b"[]", b"null", b'"x"', b'{"text":1}', b'{"text":null}', b'{"text":""}', b'{"text":"a","text":"b"}', b'{"text":"a","id":5}',
       b'{"text":"a","id":""}', b'{"text":"a","id":{"x":1}}', b'{"text":"\\ud800 12 people"}', b'{"text":"\\udc00\\ud800"}', b'{"text":"\\u0000"}',
       b'{"text":"x","id":"a\\u0000b"}', b'{"text":"x","id":"a\\nb"}', b'{"text":"x","id":"../../etc"}', b'{"text":"\xff\xfe"}',
       b'{"text":"x","metadata":{"a":{"b":[1,2,{"c":null}]}}}', b'{"text":"x","type":"run"}', b"[" * 9999, b'{"a":' * 9999,
       b'{"text":"x","n":1e999999}', b'{"text":"x","n":01}', b'{"text":"x"} more', b'{"text":"x"', b'{"text":"x\\', b'{"text":"x\\u12',
       b'{"id":"twice","text":"one"}', b'{"id":"twice","text":"two"}', b'{"id":"' + b"i" * 100000 + b'","text":"long id"}',
       b'{"text":"12 people were killed in Minsk.","source":"' + b"s" * 100000 + b'"}']
write("odd.jsonl", b"\n".join(ODD))

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Flood &amp; toll</title><link rel="canonical"
href="https://h.example/a"><meta property="article:published_time" content="2024-05-06T10:00:00Z"><meta property="og:site_name" content="Harbor">
<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-05-06","author":{"name":"X"}}</script></head><body><nav><a
href=/>Home</a></nav><article><h1>Flood</h1><p>The toll rose to <b>12</b> people &mdash; 3&nbsp;500&#48;0 &#x20AC; were lost &unknown; &#0;
&#xD800; &#x110000; in Var&ntilde;.</p><ul><li>One 5 km<li>Two 7%</ul><table><tr><td>5<td>10 million<tr><td>x</table><pre> a\n\n 12 </pre>
<blockquote>He said 5.</blockquote></article><footer>Cookie 12</footer></body></html>"""
PIECES = [b"<", b">", b"&", b"&#", b"<!--", b"-->", b"<![CDATA[", b"<script>", b"</p>", b"<td>", b"\0", b"\xff", b"<svg>", b"<template>",
          b"<plaintext>", b"<textarea>", b"</body>", b"<?xml", b"&amp", b'"', b"'"]
for n in range(60):
    page = bytearray(PAGE.encode())
    for _ in range(draw.randint(1, 12)):
        at, what = draw.randrange(len(page) + 1), draw.random()
        if what < 0.3 and at < len(page):
            page[at] = draw.randrange(256)
        elif what < 0.5:
            del page[at:at + draw.randint(1, 60)]
        elif what < 0.8:
            begin = draw.randrange(len(page) + 1)
            page[at:at] = page[begin:begin + draw.randint(1, 120)]
        else:
            page[at:at] = draw.choice(PIECES)
    write(f"page-{n}.html", bytes(page))
RUSSIAN = "Потери составили 12 миллионов евро, сообщил министр. Погибли 15 человек."
for charset in ("utf-16", "utf-16-le", "utf-32", "cp1251", "koi8-r", "shift_jis", "gb18030", "iso-8859-5", "cp1252"):
    write(f"{charset}.html", PAGE.replace("utf-8", charset).encode(charset, "replace"))
    write(f"{charset}.txt", (RUSSIAN * 4).encode(charset, "replace"))
write("mojibake.txt", (RUSSIAN * 20).encode().decode("latin1").encode())

TEXT = b"12 people were killed in Minsk on Monday. Damage was 3 million euros.\n"


def zipped(members):
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w") as z:
        for name, data in members:
            z.writestr(zipfile.ZipInfo(name, (2024, 5, 6, 0, 0, 0)), data)
    return to.getvalue()


def mangled(data):
    data = bytearray(data)
    if draw.random() < 0.3:
        return bytes(data[:draw.randrange(len(data))])
    for _ in range(draw.randint(1, 6)):
        at = draw.randrange(len(data))
        if draw.random() < 0.6:
            data[at] = draw.choice([0, 255, 48, 10, draw.randrange(256)])
        else:
            del data[at:at + draw.randint(1, 30)]
    return bytes(data)


tape = io.BytesIO()
with tarfile.open(fileobj=tape, mode="w") as tar:
    for name in ("a.txt", "../outside.txt", "/absolute.txt", "потоп.txt"):
        member = tarfile.TarInfo(name)
        member.size = len(TEXT)
        tar.addfile(member, io.BytesIO(TEXT))
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
        member = tarfile.TarInfo("link.txt")
        member.type, member.linkname = kind, "/etc/passwd"
        tar.addfile(member)
MAIL = (b"From: x@y.example\nSubject: =?utf-8?b?0J/RgNC40LLQtdGC?=\nDate: Mon, 6 May 2024 10:00:00 +0000\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/alternative; boundary=bb\n\n--bb\nContent-Type: text/plain; charset=koi8-r\n"
        b"Content-Transfer-Encoding: quoted-printable\n\n12 people =D0=D2=C9=D7=C5=D4\n--bb\nContent-Type: text/html\n"
        b"Content-Transfer-Encoding: base64\n\nPHA+MTIgcGVvcGxlPC9wPg==\n--bb--\n\n")
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"<p>" + TEXT, mtime=0)
RECORD = (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/x\r\nWARC-Date: 2024-05-06T10:00:00Z\r\n"
          b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(ANSWER), ANSWER))
FEED = (b'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title><link>http://f.example</link><item><title>A &amp; b</title>'
        b"<link>http://f.example/1</link><pubDate>Mon, 06 May 2024 10:00:00 GMT</pubDate><description>&lt;p&gt;12 people&lt;/p&gt;"
        b"</description></item></channel></rss>")
OTHERS = {"zip": zipped([("a.txt", TEXT), ("b/потоп.txt", RUSSIAN), ("b/пожар.txt", RUSSIAN * 2), ("l.jsonl", b'{"text":"12 people"}\n'),
                         ("../../outside.txt", TEXT), ("/absolute.txt", TEXT), ("a//b.txt", TEXT), ("nul\0.txt", TEXT)]),
          "tar": tape.getvalue(), "tar.gz": gzip.compress(tape.getvalue(), mtime=0), "txt.gz": gzip.compress(TEXT * 99, mtime=0), "eml": MAIL,
          "mbox": (b"From a@b Mon May  6 10:00:00 2024\n" + MAIL) * 3, "warc": RECORD * 3, "warc.gz": gzip.compress(RECORD, mtime=0) * 3,
          "xml": FEED, "csv": b"id,text,published,more\n1,12 people,2024-05-06,x\n2,\"5 \"\"km\"\"\n7 kg\",soon,\n,,,\n3\n"}
for kind, data in OTHERS.items():
    write("whole." + kind, data)
    for n in range(12):
        write(f"bad-{n}.{kind}", mangled(data))
deep = zipped([("a.txt", TEXT)])
for n in range(40):
    deep = zipped([("deeper.zip", deep)])
write("deep.zip", deep)
write("bomb.zip", io.BytesIO(zipped([("zeros.txt.gz", gzip.compress(b"0 " * (1 << 26), mtime=0))])).getvalue())
write("entities.xml", b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">' + b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12)) + b"]><rss><channel><item><title>x</title>"
    b"<description>&l11;</description></item></channel></rss>")
write("external.xml", b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title>'
      b"<description>&x; 12 people</description></item></channel></rss>")
