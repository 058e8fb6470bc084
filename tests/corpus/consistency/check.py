#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check.py make STORIES > documents.jsonl      check.py score STORIES RESULTS [least share right] [most false conflicts]

Scores what a run says of the pairs of figures in stories.txt: the verdict and rule of the pair of values they stand in,
`none` where no finding holds both. Prints every miss; exits 1 where too few are right or too many conflicts are false.
"""
import json
import re
import sys


def read(path):
    docs, pairs, story, doc = [], [], None, None
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if line.startswith("= "):
            story = line[2:]
        elif line.startswith("@ "):
            name, language, source, date = line[2:].split()
            doc = {"id": f"{story}/{name}", "language": language, "source": source, "text": ""}
            if date != "-":  # a text that does not say when it was published
                doc["published"] = date
            docs.append(doc)
        elif re.match("-t? ", line):
            m = re.fullmatch(r'-(t?) (\w) "(.*?)" (\w) "(.*?)" ([\w/]+)(?: ([\w-]+))?', line)
            if not m:
                sys.exit(f"{path}:{number}: cannot be read")
            trap, a, x, b, y, verdict, rule = m.groups()
            pairs.append((number, bool(trap), f"{story}/{a}", x, f"{story}/{b}", y, verdict, rule))
        elif line and not line.startswith("#"):
            doc["text"] += line + "\n"
    return docs, pairs


def main():
    docs, pairs = read(sys.argv[2])
    if sys.argv[1] == "make":
        for d in docs:
            print(json.dumps(d, ensure_ascii=False))
        return 0
    texts = {d["id"]: d["text"] for d in docs}
    records = [json.loads(l) for l in open(sys.argv[3], encoding="utf-8")]
    claims = [r for r in records if r["type"] == "claim"]
    findings = [r for r in records if r["type"] == "finding" and r["scope_of"] == "across"]
    inside = {}  # claim -> [(finding, value)]
    for f in findings:
        for n, value in enumerate(f["values"]):
            for c in value["claims"]:
                inside.setdefault(c, []).append((f, n))

    def at(doc, quote):
        text = texts[doc]
        if text.count(quote) != 1:
            sys.exit(f"{doc}: \"{quote}\" stands {text.count(quote)} times")
        begin = len(text[: text.index(quote)].encode())
        end = begin + len(quote.encode())
        return [c["id"] for c in claims if c["doc"] == doc and c["begin"] < end and begin < c["end"]]

    right = verdicts = false = unread = traps = traps_right = 0
    bins = {}  # confidence said -> whether the verdict was right
    for number, trap, a, x, b, y, want, rule in pairs:
        ca, cb = at(a, x), at(b, y)
        got, by, finding = "none", None, None
        for p in ca:
            for q in cb:
                for f, n in inside.get(p, ()):
                    for g, m in inside.get(q, ()):
                        if f is not g:
                            continue
                        finding = f
                        if n == m:
                            got, by = "agree", "same-value"
                        for pair in f["pairs"]:
                            if {pair["a"], pair["b"]} == {n, m}:
                                got, by = pair["verdict"], pair["rule"]
        good = got in want.split("/")
        fine = good and (rule is None or by == rule)
        verdicts += good
        if finding:
            bins.setdefault(int(finding["confidence"] * 20) / 20, []).append(good)
        right += fine
        traps += trap
        traps_right += trap and good
        false += got == "conflict" and "conflict" not in want.split("/")
        unread += not ca or not cb
        if not fine:
            print(f"line {number}: {a} \"{x}\", {b} \"{y}\": wanted {want} {rule or ''}, got {got} {by or ''}"
                  + ("" if ca and cb else " (a figure was not read)"))
    n = len(pairs)
    print(f"{n} pairs, {right} right ({right / n:.3f}), verdict right {verdicts}, figures not read {unread}, "
          f"traps {traps_right} of {traps}, false conflicts {false}")
    print("right by confidence: " + ", ".join(f"{k:.2f} {sum(bins[k])}/{len(bins[k])}" for k in sorted(bins)))
    least, most = float(sys.argv[4]) if len(sys.argv) > 4 else 0, int(sys.argv[5]) if len(sys.argv) > 5 else n
    return int(right / n < least or false > most)


sys.exit(main())
