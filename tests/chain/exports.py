#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""exports.py FOLDER: reads every export in FOLDER back, by the rules of its format, and compares it with records.jsonl."""
import collections
import gzip
import json
import os
import re
import sys

folder = sys.argv[1]
rows = [json.loads(line) for line in open(os.path.join(folder, "records.jsonl"), encoding="utf-8")]
of = collections.defaultdict(list)
for row in rows:
    of[row["type"]].append(row)
text = {d["doc"]: d["text"] for d in of["document"]}
wrong = []


def check(good, what):
    if not good:
        wrong.append(what)


def points(doc, begin, end):
    """Byte offsets of the records as code points."""
    data = text[doc].encode()
    return len(data[:begin].decode()), len(data[:end].decode())


def brat():
    count = 0
    names = sorted(os.listdir(os.path.join(folder, "brat")))
    types = open(os.path.join(folder, "brat", "annotation.conf"), encoding="utf-8").read()
    for section in ("[entities]", "[relations]", "[events]", "[attributes]"):
        check(section in types, f"brat: annotation.conf without {section}")
    texts = []
    for name in names:
        if not name.endswith(".ann"):
            continue
        body = open(os.path.join(folder, "brat", name[:-4] + ".txt"), encoding="utf-8", newline="").read()
        texts.append(body)
        ids = set()
        for line in open(os.path.join(folder, "brat", name), encoding="utf-8", newline="\n"):
            match = re.fullmatch(r"(T\d+)\t([A-Za-z0-9_-]+) (\d+ \d+(?:;\d+ \d+)*)\t([^\n]*)\n", line)
            if match:
                key, kind, spans, quote = match.groups()
                pieces = [body[int(a):int(b)] for a, b in (p.split() for p in spans.split(";"))]
                check(" ".join(pieces) == quote, f"brat: {name} {key}: {pieces} is not {quote!r}")
                check(not any("\n" in p for p in pieces), f"brat: {name} {key}: a piece over a line end")
                check(f"\n{kind}\n" in types, f"brat: type {kind} is not in annotation.conf")
                ids.add(key)
                count += 1
                continue
            match = re.fullmatch(r"A\d+\t(\w+) (T\d+) ([\w-]+)\n|#\d+\tAnnotatorNotes (T\d+)\t[^\n\t]+\n", line)
            check(match, f"brat: {name}: not a line of the format: {line!r}")
            check(match and (match.group(2) or match.group(4)) in ids, f"brat: {name}: about nothing: {line!r}")
    check(sorted(texts) == sorted(text.values()), "brat: other texts")
    check(count == len(of["claim"]), f"brat: {count} figures, not {len(of['claim'])}")


def webannotation():
    tree = json.load(open(os.path.join(folder, "annotations.jsonld"), encoding="utf-8"))
    check(tree["@context"] == "http://www.w3.org/ns/anno.jsonld" and tree["type"] == "AnnotationCollection", "webannotation: head")
    items = tree["first"]["items"]
    check(len({i["id"] for i in items}) == len(items), "webannotation: ids are not unique")
    claims = [i for i in items if i["motivation"] == "identifying"]
    findings = [i for i in items if i["motivation"] == "assessing"]
    check(len(findings) == len(of["finding"]), "webannotation: findings")
    check(len(claims) == len(of["claim"]), "webannotation: figures")
    for item, record in zip(claims, of["claim"]):
        selector = {s["type"]: s for s in item["target"]["selector"]}
        position, quote = selector["TextPositionSelector"], selector["TextQuoteSelector"]
        body = text[record["doc"]]
        check((position["start"], position["end"]) == points(record["doc"], record["begin"], record["end"]), f"webannotation: position of {record['id']}")
        check(body[position["start"]:position["end"]] == quote["exact"] == record["text"], f"webannotation: quote of {record['id']}")
        check(body[:position["start"]].endswith(quote["prefix"]) and body[position["end"]:].startswith(quote["suffix"]), f"webannotation: around {record['id']}")
        if record["raw"]:
            data = selector["DataPositionSelector"]
            check([data["start"], data["end"]] == record["raw"], f"webannotation: bytes of {record['id']}")


def sarif():
    log = json.load(open(os.path.join(folder, "findings.sarif"), encoding="utf-8"))
    check(log["version"] == "2.1.0" and len(log["runs"]) == 1, "sarif: head")
    run = log["runs"][0]
    rules = [r["id"] for r in run["tool"]["driver"]["rules"]]
    check([r["partialFingerprints"]["assayFinding/v1"] for r in run["results"]] == [f["id"] for f in of["finding"]], "sarif: findings")
    claim = {c["id"]: c for c in of["claim"]}
    path = {d["doc"]: d["path"] for d in of["document"]}
    for result, finding in zip(run["results"], of["finding"]):
        check(rules[result["ruleIndex"]] == result["ruleId"] == finding["verdict"], f"sarif: rule of {finding['id']}")
        check(result["kind"] == "fail" or result["level"] == "none", "sarif: a level beside a kind that is no failure")
        check(0 <= result["rank"] <= 100 and result["message"]["text"] == finding["title"], f"sarif: {finding['id']}")
        places = result["locations"] + result["relatedLocations"]
        check(len(places) == len(finding["claims"]), f"sarif: places of {finding['id']}")
        for place, name in zip(places, finding["claims"]):
            region, c = place["physicalLocation"].get("region"), claim[name]
            if not region:  # the document is a part of the file
                check(place["logicalLocations"][0]["fullyQualifiedName"] == c["doc"] != path[c["doc"]], f"sarif: part of {name}")
                continue
            check({"byteOffset", "byteLength", "snippet"} <= region.keys(), f"sarif: region of {name}")
            if "byteOffset" in region:
                check([region["byteOffset"], region["byteOffset"] + region["byteLength"]] == c["raw"], f"sarif: bytes of {name}")
            if "charOffset" in region:
                body = open(path[c["doc"]], encoding="utf-8", newline="").read()
                check(body[region["charOffset"]:region["charOffset"] + region["charLength"]] == c["text"], f"sarif: characters of {name}")


def dolma():
    read = lambda *p: [json.loads(l) for l in gzip.open(os.path.join(folder, "dolma", *p), "rt", encoding="utf-8", newline="\n")]
    documents, attributes = read("documents", "assay.jsonl.gz"), read("attributes", "assay", "assay.jsonl.gz")
    check([d["id"] for d in documents] == [d["doc"] for d in of["document"]] == [a["id"] for a in attributes], "dolma: order of documents")
    for d, a in zip(documents, attributes):
        check(d["text"] == text[d["id"]] and d["source"] and d["source"] == a["source"], f"dolma: {d['id']}")
        want = sorted(points(c["doc"], c["begin"], c["end"]) for c in of["claim"] if c["doc"] == d["id"])
        have = sorted(tuple(s[:2]) for k, spans in a["attributes"].items() if k.startswith("assay__claims__") for s in spans)
        check(want == have, f"dolma: spans of {d['id']}")
        check(all(len(s) == 3 for spans in a["attributes"].values() for s in spans), f"dolma: a span of {d['id']} is no triple")


for part in (brat, webannotation, sarif, dolma):
    part()
print("\n".join(wrong[:50]) if wrong else f"brat, webannotation, sarif, dolma: {len(of['claim'])} figures and {len(of['finding'])} findings read back")
sys.exit(bool(wrong))
