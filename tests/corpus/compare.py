#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""compare.py GOLD RECORDS.jsonl: checks what a run over the sample corpus found against the gold file, line by line.

Says every difference and exits 1 where there is one."""
import collections
import json
import sys

gold_path, records_path = sys.argv[1:3]
records = [json.loads(line) for line in open(records_path, encoding="utf-8")]
of = collections.defaultdict(list)
for r in records:
    of[r["type"]].append(r)
wrong = []
missing = []


def check_claims(doc, must, may):
    found = [(c["text"], c["kind"], c["value"], c["unit"] or "-", c["bound"]) for c in of["claim"] if c["doc"] == doc]
    must, may = list(must), list(may)
    for claim in found:
        for pool in (must, may):
            same = [g for g in pool if claim[0] in g[0].split("|") and claim[1:] == g[1:]]
            if same:
                pool.remove(same[0])
                break
        else:
            wrong.append(f"{doc}: not in the gold: {claim}")
    wrong.extend(f"{doc}: not found: {claim}" for claim in must)


def values(finding):
    return sorted({v["value"] for v in finding["values"]})


claims = collections.defaultdict(lambda: ([], []))
claim_of = {c["id"]: c for c in of["claim"]}
language = {d["doc"]: d["language"] for d in of["document"]}
count = collections.Counter()
for number, line in enumerate(open(gold_path, encoding="utf-8"), 1):
    line = line.rstrip("\n")
    if not line or line.startswith("#"):
        continue
    what, *rest = line.split("\t")
    count[what.rstrip("?")] += 1
    if what == "language":
        if language.get(rest[0]) != rest[1]:
            wrong.append(f"line {number}: {rest[0]}: language {language.get(rest[0])}, not {rest[1]}")
    elif what in ("claim", "claim?"):
        doc, text, kind, value, unit, bound = rest
        claims[doc][what == "claim?"].append((text, kind, float(value), unit, bound))
    elif what == "copy":
        a, b, relations, differ = rest
        got = [c for c in of["copy"] if {c["a"]["doc"], c["b"]["doc"]} == {a, b}]
        if not any(c["relation"] in relations.split("|") and len(c["figures_differ"]) == int(differ) for c in got):
            wrong.append(f"line {number}: no copy {a} ~ {b} {relations}; found {[(c['relation'], len(c['figures_differ'])) for c in got]}")
    elif what in ("finding", "finding?"):
        verdicts, numbers, docs, independent = rest
        want = sorted(float(n) for n in numbers.split())
        near = [f for f in of["finding"] if f["scope_of"] == "across" and set(want) <= set(values(f))
                and {claim_of[c]["doc"] for c in f["claims"]} >= set(docs.split())]
        there = any(f["verdict"] in verdicts.split("|") and values(f) == want and
                    (independent == "-" or f["independent"] == int(independent)) for f in near)
        if what == "finding?":
            missing.append(f"known gap, line {number}: no finding {verdicts} {want}") if not there else wrong.append(
                f"line {number}: this gap is closed: make it a finding without the question mark")
        elif not there:
            wrong.append(f"line {number}: no finding {verdicts} {want} with {independent} independent; near: "
                         f"{[(f['verdict'], values(f), f['independent']) for f in near]}")
    elif what == "no-finding":
        want = sorted({float(n) for n in rest[0].split()})
        if any(values(f) == want for f in of["finding"]):
            wrong.append(f"line {number}: a finding ties {want}")
    else:
        wrong.append(f"line {number}: what is {what!r}?")
for doc, (must, may) in claims.items():
    check_claims(doc, must, may)
known = set(language) - set(claims)
wrong.extend(f"{doc}: document without gold" for doc in sorted(known))
expected = {tuple(sorted(float(n) for n in l.split("\t")[2].split())) for l in open(gold_path, encoding="utf-8") if l.startswith("finding\tconflict")}
for f in of["finding"]:
    if f["verdict"] == "conflict" and tuple(values(f)) not in expected:
        wrong.append(f"false conflict: {f['title']}")
if of["failure"]:
    wrong.append(f"failures: {[(f['plugin'], f['message']) for f in of['failure']]}")
print("\n".join(missing))
print("\n".join(wrong) if wrong else f"all as in the gold: {dict(count)}")
sys.exit(bool(wrong))
