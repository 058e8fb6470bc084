#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""week.py make WEEK > documents.jsonl      week.py score WEEK RESULTS [NAME=LEAST ...]

A week of a press in which every figure bears the name of its quantity: {fire.dead=4|four}. Figures of one name are of
one quantity; where its value is the same they agree, where it is another one they are disputed, or, of a name with a
plus, where it was published later and is more, updated. Figures of two names are of two quantities, however alike.
"@ NAME LANGUAGE SOURCE DATE" opens a text (an underline in SOURCE is a space), "^ " its headline; "= fire.dead+ 4 2": two
independent sources tell that value.

Scores all figures against each other:
  conflicts   disputes (a quantity, two values) found; of the pairs of values called a conflict, those that are
  agreements  pairs of texts that tell one value found in one finding; of the pairs of texts so found, those that do
  updates     the same, of pairs of texts, later and more
  sources     values with the right number of independent sources, of those found in one finding
Prints what is missed and what is false; NAME=LEAST (conflict-recall=.8) exits 1 where a share is below.
"""
import itertools
import json
import re
import sys

FIGURE = re.compile(r"\{([\w.]+\+?)=([^|}]*)\|([^}]*)\}")


def read(path):
    """-> documents, of each its figures: (begin, end, name, value) in bytes, and of values the number of their sources"""
    docs, figures, backed, doc = [], {}, {}, None
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if line.startswith("@ "):
            name, language, source, date = line[2:].split()
            doc = {"id": name, "language": language, "source": source.replace("_", " "), "published": date, "text": ""}
            docs.append(doc)
            figures[name] = []
        elif re.match(r"= ", line):
            name, value, number = line[2:].split()
            backed[name, value] = int(number)
        elif line and not line.startswith("#"):
            if doc is None or ("{" in FIGURE.sub("", line)):
                sys.exit(f"{path}:{number}: cannot be read")
            title = line.startswith("^ ")
            line = line[2:] + "\n" if title else line
            at = 0
            for m in FIGURE.finditer(line):
                doc["text"] += line[at:m.start()]
                begin = len(doc["text"].encode())
                doc["text"] += m[3]
                figures[doc["id"]].append((begin, len(doc["text"].encode()), m[1], m[2]))
                at = m.end()
            doc["text"] += line[at:] + "\n"
    return docs, figures, backed


def truth(a, b, date):
    """What two figures (document, name, value) are to each other."""
    if a is None or b is None or a[1] != b[1]:
        return "apart"
    if a[2] == b[2]:
        return "agree"
    if not a[1].endswith("+"):
        return "conflict"
    a, b = sorted((a, b), key=lambda f: date[f[0]])
    if date[a[0]] != date[b[0]] and float(b[2]) > float(a[2]):
        return "update"
    return "either"  # one day, or less than it was: an update or a conflict


class Score:
    def __init__(self):
        self.wanted, self.found, self.right, self.false = set(), set(), set(), set()

    def line(self, name):
        recall = len(self.found) / max(len(self.wanted), 1)
        said = len(self.right) + len(self.false)
        precision = len(self.right) / max(said, 1)
        print(f"{name}: {len(self.found)} of {len(self.wanted)} found ({recall:.3f}), "
              f"{len(self.right)} of {said} right ({precision:.3f})")
        return recall, precision


def sources(records, label, backed):
    """The share of values told by more than one text whose number of independent sources is the one wanted."""
    told, right = 0, 0
    for r in records:
        if r["type"] != "finding" or r["scope_of"] != "across":
            continue
        for v in r["values"]:
            names = {label[c][1:] for c in v["claims"] if c in label}
            if len(names) != 1 or len(v["claims"]) < 2 or not names & backed.keys():
                continue
            name = names.pop()
            told += 1
            right += v["independent"] == backed[name]
            if v["independent"] != backed[name]:
                print(f"sources of {name[0]} {name[1]}: {v['independent']} for {backed[name]} ({r['id']})")
    if backed:
        print(f"sources: {right} of {told} right")
    return right / max(told, 1)


def main():
    docs, figures, backed = read(sys.argv[2])
    if sys.argv[1] == "make":
        for d in docs:
            print(json.dumps(d, ensure_ascii=False))
        return 0
    date = {d["id"]: d["published"] for d in docs}
    text = {d["id"]: d["text"].encode() for d in docs}
    records = [json.loads(line) for line in open(sys.argv[3], encoding="utf-8")]
    label, said, read_ = {}, {}, set()
    for r in records:
        if r["type"] == "claim":
            said[r["id"]] = r["doc"] + ' "' + text[r["doc"]][r["begin"]:r["end"]].decode() + '"'
            for begin, end, name, value in figures[r["doc"]]:
                if r["begin"] < end and begin < r["end"]:
                    label[r["id"]] = (r["doc"], name, value)
                    read_.add((r["doc"], name, value))
    every = sorted({(d, n, v) for d, fs in figures.items() for _, _, n, v in fs})
    scores = {"conflict": Score(), "agree": Score(), "update": Score()}
    for a, b in itertools.combinations(every, 2):
        want = truth(a, b, date)
        if want in scores and a[0] != b[0]:
            key = (a[1], frozenset((a[2], b[2]))) if want == "conflict" else frozenset((a, b))
            scores[want].wanted.add(key)
    wrong = []
    for f in records:
        if f["type"] != "finding" or f["scope_of"] != "across":
            continue
        together = [(n, n, "agree", "same-value") for n in range(len(f["values"]))]
        together += [(p["a"], p["b"], p["verdict"], p["rule"]) for p in f["pairs"]]
        for x, y, verdict, rule in together:
            verdict = "agree" if verdict == "compatible" else verdict
            if verdict not in scores:
                continue
            s, truths, one = scores[verdict], set(), None
            for c in f["values"][x]["claims"]:
                for d in f["values"][y]["claims"]:
                    a, b = label.get(c), label.get(d)
                    if c == d or said[c].split()[0] == said[d].split()[0]:
                        continue
                    got = truth(a, b, date)
                    truths.add(got)
                    one = one or (said[c], said[d], a and a[1], b and b[1])
                    if got == verdict or (got == "either" and verdict in ("update", "conflict")):
                        key = (a[1], frozenset((a[2], b[2]))) if verdict == "conflict" else frozenset((a, b))
                        s.right.add(key)
                        if key in s.wanted:
                            s.found.add(key)
                    elif verdict != "conflict":
                        s.false.add(frozenset((c, d)))
                        names = f"{a and a[1]}, {b and b[1]}"
                        wrong.append(f"false {verdict} {rule}: {said[c]}, {said[d]} ({names}: {got})")
            if verdict == "conflict" and truths and not truths & {"conflict", "either"}:
                s.false.add((f["id"], x, y))
                wrong.append(f"false conflict {rule} {f['severity']} {f['confidence']}: {one[0]}, {one[1]} "
                             f"({one[2]}, {one[3]}: {'/'.join(sorted(truths))})")
    for name in scores:
        s = scores[name]
        for key in sorted(s.wanted - s.found, key=str):
            if name == "conflict":
                print(f"missed conflict: {key[0]} " + " ".join(sorted(key[1])))
            else:
                a, b = sorted(key)
                unread = "" if a in read_ and b in read_ else " (a figure was not read)"
                print(f"missed {name}: {a[0]} {b[0]} {a[1]} {a[2]} {b[2]}{unread}")
    for line in sorted(set(wrong)):
        print(line)
    shares = {"sources": sources(records, label, backed)}
    print(f"{len(docs)} texts, {len(every)} figures of which {len(set(every) - read_)} not read")
    for name in scores:
        shares[name + "-recall"], shares[name + "-precision"] = scores[name].line(name)
    failed = 0
    for least in sys.argv[4:]:
        name, value = least.split("=")
        if shares[name] < float(value):
            print(f"{name} {shares[name]:.3f} is below {value}")
            failed = 1
    return failed


sys.exit(main())
