#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""folders.py make TOPIC.txt FOLDER: writes the texts of a topic as the files that a person would have saved.
folders.py score TOPIC.txt FOLDER RESULTS.jsonl [least share right] [most false conflicts] [most beyond] [least backed]: scores the pairs of
figures, and counts the contradictions across texts that hold none of the wanted pairs.
folders.py make-all TOPICS WORK, score-all TOPICS WORK: the same for every line "TOPIC NUMBERS..." of standard input, of TOPICS/TOPIC.txt,
WORK/TOPIC and WORK/TOPIC.out; prints of those that fall short.

A pair is "- a "quote" b "quote" verdict/other", "-t" one that only looks like one. "+3 a "quote" b "quote" c "quote"": they all tell one
value, which 3 independent sources back (+0: the number is not looked at). A text begins with "@ NAME KIND LANGUAGE SOURCE DATE | TITLE"; SOURCE of a page
may be HOST=Name_that_it_bears. In the body of the kinds that are pages: "## " heading, "| a | b |" table
row, "> " quotation, "~ " aside, "!" comment of a reader; of pdf: "%header", "%page N", "^1 " footnote."""
import contextlib
import html
import io
import json
import os
import re
import sys
from email.message import EmailMessage


def read(path):
    docs, pairs, backed, doc = {}, [], [], None
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        head = re.fullmatch(r"@ (\w+) (\w+) (\w+) (\S+) (\S+) \| (.*)", line)
        pair = re.fullmatch(r'-(t?) (\w+) "(.*?)" (\w+) "(.*?)" ([\w/]+)', line)
        if head:
            name, kind, language, source, date, title = head.groups()
            source, _, site = source.partition("=")
            doc = docs[name] = dict(name=name, kind=kind, language=language, source=source, site=site.replace("_", " ") or source, date=date, title=title, body=[])
        elif pair:
            pairs.append((number,) + pair.groups())
        elif re.fullmatch(r'\+\d+( \w+ "[^"]*"){2,}', line):
            told = re.findall(r'(\w+) "([^"]*)"', line)
            pairs += [(number, "") + one + other + ("agree",) for one, other in zip(told, told[1:])]
            backed += [(number, int(line[1 : line.index(" ")]), told)]
        elif re.match(r"-t? [a-z] |\+", line):
            sys.exit(f"{path}:{number}: cannot be read")
        elif doc is None:
            continue
        else:
            doc["body"].append(line)
    return docs, pairs, backed


def inline(text):
    return re.sub(r"\[(\d+)\]", r'<sup><a href="#note-\1">[\1]</a></sup>', html.escape(text, quote=False))


def blocks(doc):
    out, table = [], []
    for line in [l for l in doc["body"] if l] + [""]:
        if line.startswith("|"):
            table.append([c.strip() for c in line.strip("|").split("|")])
            continue
        if table:
            out.append("<table>" + "".join("<tr>" + "".join(f"<td>{inline(c)}</td>" for c in row) + "</tr>" for row in table) + "</table>")
            table = []
        if line.startswith("## "):
            out.append(f"<h2>{inline(line[3:])}</h2>")
        elif line.startswith("> "):
            out.append(f"<blockquote><p>{inline(line[2:])}</p></blockquote>")
        elif line and line[0] not in "~!":
            out.append(f"<p>{inline(line)}</p>")
    return "\n".join(out)


def furniture(doc, mark):
    return [html.escape(l[1:].strip()) for l in doc["body"] if l.startswith(mark)]


def page(doc):
    """A news page, a blog, a shop, an encyclopedia, a timetable: what stands around the text differs by kind and publisher."""
    host, site, title = doc["source"], html.escape(doc["site"]), html.escape(doc["title"])
    shape = "shop" if doc["kind"] == "shop" else "wiki" if doc["kind"] == "wiki" else ("news", "blog", "plain")[sum(map(ord, host)) % 3]
    head = f'<!DOCTYPE html>\n<html lang="{doc["language"]}">\n<head>\n<meta charset="utf-8">\n<title>{title} - {site}</title>\n'
    head += f'<meta property="og:site_name" content="{site}">\n<meta property="og:title" content="{title}">\n<link rel="canonical" href="https://{host}/{doc["date"].replace("-", "/")}/{doc["name"]}-1{ord(doc["name"][0])}">\n'
    if shape == "news":
        head += f'<meta property="article:published_time" content="{doc["date"]}T09:30:00Z">\n'
    else:
        head += '<script type="application/ld+json">' + json.dumps({"@context": "https://schema.org", "@type": "Product" if shape == "shop" else "Article",
               "headline": doc["title"], "datePublished": doc["date"], "publisher": {"@type": "Organization", "name": doc["site"]}}, ensure_ascii=False) + "</script>\n"
    head += "<style>.nav{margin:0 12px 24px}</style>\n</head>\n<body>\n"
    nav = '<header><nav class="nav"><ul><li><a href="/">Home</a></li><li><a href="/top-10">Top 10</a></li><li><a href="/archive/2023">2023</a></li><li><a href="/deals">-20 %</a></li></ul></nav></header>\n'
    asides = "".join(f"<li><a href=\"/x\">{a}</a></li>" for a in furniture(doc, "~"))
    aside = f'<aside class="related"><h3>More</h3><ul>{asides}</ul></aside>\n' if asides else ""
    notes = "".join(f'<div class="comment"><b>user48</b> 14 likes<p>{c}</p></div>' for c in furniture(doc, "!"))
    comments = f'<section id="comments" class="comments"><h3>Comments (37)</h3>{notes}</section>\n' if notes else ""
    foot = '<footer><p>&copy; 2009-2024. 3 free articles left this month. 1-year subscription: 99 euros.</p></footer>\n</body>\n</html>\n'
    byline = f'<div class="meta"><time datetime="{doc["date"]}">{doc["date"]}</time> <span class="share">Shares: 245</span> <span>3 min read</span></div>\n'
    if shape == "wiki":
        return head + f'<div id="mw-navigation"><ul><li>Talk</li><li>12 languages</li></ul></div><div id="content"><h1>{title}</h1><div id="bodyContent">{blocks(doc)}</div></div>\n' \
            '<div id="footer"><ul><li>This page was edited 1,381 times.</li><li>Text under CC BY-SA 4.0</li></ul></div></body></html>\n'
    if shape == "shop":
        return head + nav + f'<main><h1>{title}</h1>\n<div class="product">{blocks(doc)}<button>Add to basket (0)</button></div>\n{aside}</main>' + foot
    if shape == "plain":
        return head + nav + f'<div class="breadcrumb">Home &gt; 2024 &gt; Press</div><div id="main"><h1>{title}</h1>\n{byline}{blocks(doc)}\n</div>{aside}{comments}' + foot
    return head + nav + f"<main><article><h1>{title}</h1>\n{byline}{blocks(doc)}\n{aside}</article>\n{comments}</main>" + foot


def pdf(doc):
    """PDF of one font: a running head and a page number on every page, footnotes at its foot."""
    header, pages = doc["source"], []
    for line in doc["body"]:
        if line.startswith("%header "):
            header = line[8:]
        elif line.startswith("%page "):
            pages.append((line[6:], [], []))
        elif line.startswith("^"):
            pages[-1][2].append(line[1:])
        else:
            wrapped = [""]
            for word in [line[1:]] if line.startswith("|") else line.split():
                if len(wrapped[-1]) + len(word) > 88 and wrapped[-1]:
                    wrapped.append("")
                wrapped[-1] += (" " if wrapped[-1] else "") + word
            pages[-1][1].extend(wrapped + [""])
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", None, "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"]
    for number, lines, notes in pages:
        ops = [(60, 800, 8, header)] + [(60, 760 - 14 * n, 9, l) for n, l in enumerate(lines)]
        ops += [(60, 90 - 11 * n, 7, l) for n, l in enumerate(notes)] + [(290, 30, 8, number)]
        text = "".join("BT /F1 %d Tf %d %d Td (%s) Tj ET\n" % (size, x, y, re.sub(r"([\\()])", r"\\\1", l)) for x, y, size, l in ops if l)
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects) + 2} 0 R >>")
        objects.append(f"<< /Length {len(text.encode('cp1252'))} >>\nstream\n{text}endstream")
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"
    out, places = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(out)
    out += (f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n" + "".join("%010d 00000 n \n" % p for p in places)).encode()
    return out + f"trailer << /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def mail(doc):
    m = EmailMessage()
    m["From"] = f"{doc['source'].split('@')[1].split('.')[0].title()} <{doc['source']}>"
    m["To"] = "reader@home.example"
    m["Date"] = __import__("datetime").datetime.fromisoformat(doc["date"] + "T06:00:00+00:00")
    m["Subject"] = doc["title"]
    m["Message-ID"] = f"<{doc['name']}@{doc['source'].split('@')[1]}>"
    m.set_content("\n".join(doc["body"]).strip() + "\n", cte="quoted-printable")
    return m.as_bytes()


def feed(doc):
    when = __import__("email.utils").utils.format_datetime(__import__("datetime").datetime.fromisoformat(doc["date"] + "T06:00:00+00:00"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>{doc["source"]}</title><link>https://{doc["source"]}/</link><description>News</description>\n' \
        f'<item><title>{doc["title"]}</title><link>https://{doc["source"]}/{doc["name"]}</link><guid>https://{doc["source"]}/{doc["name"]}</guid><pubDate>{when}</pubDate><description>{html.escape(" ".join(doc["body"]))}</description></item>\n</channel></rss>\n'


def record(doc):
    text = {"text": "\n".join(doc["body"]), "title": doc["title"], "source": doc["source"], "published": doc["date"], "language": doc["language"]}
    return json.dumps(text, ensure_ascii=False) + "\n"


ENDING = {"html": "html", "wiki": "html", "shop": "html", "table": "html", "rss": "xml"}


def make(docs, folder):
    os.makedirs(folder, exist_ok=True)
    for doc in docs.values():
        kind = doc["kind"]
        path = f"{folder}/{doc['name']}.{ENDING.get(kind, kind)}"
        while doc["body"] and not doc["body"][-1]:
            doc["body"].pop()
        data = {"pdf": pdf, "eml": mail, "rss": feed, "jsonl": record}.get(kind, page if kind in ENDING else lambda d: "\n".join(d["body"]) + "\n")(doc)
        open(path, "wb").write(data if isinstance(data, bytes) else data.encode())


def backing(at, findings, backed):
    """How many of the values told by several have the number of independent sources that they should have."""
    right = 0
    for number, want, told in backed:
        ids = [set(at(name, quote)[0]) for name, quote in told]
        got = [v["independent"] for f in findings for v in f["values"] if all(i & set(v["claims"]) for i in ids)]
        right += want in got
        if got and want not in got:
            print(f"line {number}: {told[0][0]} \"{told[0][1]}\": {max(got)} independent sources, not {want}")
    return right


def score(pairs, backed, results, least, most, beyond, least_backed):
    records = [json.loads(l) for l in open(results, encoding="utf-8")]
    texts = {}
    for r in records:
        if r["type"] == "document":
            name = re.match(r"(\w+)\.", os.path.basename(r["path"] or r["doc"]))
            texts.setdefault(name.group(1), []).append((r["doc"], r["text"]))
    claims = [r for r in records if r["type"] == "claim"]
    findings = [r for r in records if r["type"] == "finding"]
    inside = {}
    for f in findings:
        for n, value in enumerate(f["values"]):
            for c in value["claims"]:
                inside.setdefault(c, []).append((f, n))

    def at(name, quote):
        ids, seen = [], False
        pattern = r"\s+".join(map(re.escape, quote.split())) if " " in quote else re.escape(quote)
        for doc, text in texts.get(name, ()):
            for m in re.finditer(pattern, text):
                seen = True
                begin = len(text[: m.start()].encode())
                end = begin + len(m.group().encode())
                here = [c for c in claims if c["doc"] == doc and c["begin"] < end and begin < c["end"]]
                same = {(c["decimal"], c["unit"], c["bound"]) for c in here}  # a headline, a table: the same said again
                ids += [c["id"] for c in claims if c["doc"] == doc and (c["decimal"], c["unit"], c["bound"]) in same]
        return ids, seen

    right = false = trap = 0
    wanted = set()
    for number, t, a, x, b, y, want in pairs:
        (ca, sa), (cb, sb) = at(a, x), at(b, y)
        got, by = "none", ""
        best = -1
        order = ["scope", "compatible", "agree", "update", "conflict"]
        for p in ca:
            for q in cb:
                for f, n in inside.get(p, ()):
                    for g, m in inside.get(q, ()):
                        if f is not g:
                            continue
                        v, r = ("agree", "same-value") if n == m else (None, None)
                        for pair in f["pairs"]:
                            if {pair["a"], pair["b"]} == {n, m}:
                                v, r = pair["verdict"], pair["rule"]
                        if v and "conflict" in want.split("/"):
                            wanted.add(f["id"])
                        if v and (v in want.split("/")) * 10 + order.index(v) > best:
                            best, got, by = (v in want.split("/")) * 10 + order.index(v), v, r
        good = got in want.split("/")
        right += good
        trap += bool(t) and good
        false += got == "conflict" and not good
        if not good:
            miss = "".join(f" ({n} \"{q}\" {'not read' if s else 'not in the text'})" for n, q, c, s in ((a, x, ca, sa), (b, y, cb, sb)) if not c)
            print(f"line {number}: {a} \"{x}\", {b} \"{y}\": wanted {want}, got {got} {by}{miss}")
    backed = [b for b in backed if b[1]]
    known = backing(at, findings, backed)
    if backed:
        print(f"independent sources: {known} of {len(backed)}")
    others = [f for f in findings if f["verdict"] == "conflict" and f["id"] not in wanted]
    for f in others:
        print(f"beyond: {f['severity']} {f['rule']} {f['scope_of']}: {f['title']}  {[os.path.basename(c) for c in f['claims']]}")
    print(f"{len(pairs)} pairs, {right} right ({right / len(pairs):.3f}), traps {trap} of {sum(bool(p[1]) for p in pairs)}, false conflicts {false}, "
          f"beyond the pairs {len(others)}, of them not to be checked {sum(f['severity'] != 'check' for f in others)}; {len(findings)} findings, {len(claims)} figures")
    return int(right / len(pairs) < least or false > most or len(others) > beyond or known < least_backed)


def limits(words):
    numbers = [float(n) for n in words]
    return numbers + [0, 1e9, 1e9, 0][len(numbers):]


def score_all(topics, work, lines):
    """How many fall short; of these it prints what score prints."""
    short = 0
    for topic, *words in map(str.split, lines):
        _, pairs, backed = read(f"{topics}/{topic}.txt")
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            bad = score(pairs, backed, f"{work}/{topic}.out", *limits(words))
        if bad:
            print(f"{topic}:\n{said.getvalue()}", end="")
        short += bad
    return short


what = sys.argv[1]
if what == "make-all":
    for topic in (line.split()[0] for line in sys.stdin):
        make(read(f"{sys.argv[2]}/{topic}.txt")[0], f"{sys.argv[3]}/{topic}")
elif what == "score-all":
    sys.exit(score_all(sys.argv[2], sys.argv[3], sys.stdin) > 0)
elif what == "make":
    make(read(sys.argv[2])[0], sys.argv[3])
else:
    sys.exit(score(*read(sys.argv[2])[1:], sys.argv[4], *limits(sys.argv[5:])))
