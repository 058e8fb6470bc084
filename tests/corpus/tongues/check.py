#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check.py NEWS ASSAY [CONF] [--least LINKED LEAST FOUND FALSE] [--show]

Figures across languages. NEWS tells each of its stories in several languages and marks the figures that are the same
(first.txt says how). Two texts of a story are compared at a time: run N takes pair N of every story, so that ten runs
see all pairs of stories told in five languages. Each run is made six times: as written (equal figures should be
linked, nothing is a conflict), and three times with one figure of every pair altered (times 1.1, another first digit,
one more), which should be found as a conflict with the figure it was altered from. Twice more one figure of the first
text and another one of the second are left out, so that each tells one that the other has not: no conflict either.

Prints both by pair of languages; exits 1 where less than LINKED of all figures or LEAST of those of one pair of
languages is linked, less than FOUND of the altered ones is found, or more than FALSE conflicts are false.
"""
import argparse
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict

MARK = re.compile(r"\[(\d+)(~?):([^\]]*)\]")
DIGITS = re.compile(r"\d(?:[\d.,   ]*\d)?")
KINDS = ("times 1.1", "first digit", "one more")


class Text:
    def __init__(self, story, language, date, marked):
        self.story, self.language, self.date = story, language, date
        self.parts = []  # (figure or None, loose, text)
        at = 0
        for m in MARK.finditer(marked):
            self.parts += [(None, False, marked[at : m.start()]), (int(m[1]), bool(m[2]), m[3])]
            at = m.end()
        self.parts.append((None, False, marked[at:]))

    def name(self):
        return f"{self.story}/{self.language}"

    def figures(self):
        return {n for n, _, _ in self.parts if n is not None}

    def written(self, changed=None, to=None):
        """The text, and the bytes of each of its figures; figure `changed` written as `to`."""
        out, spans = "", {}
        for n, _, text in self.parts:
            text = to if n is not None and n == changed else text
            if n is not None:
                spans[n] = (len(out.encode()), len((out + text).encode()))
            out += text
        return out, spans

    def without(self, figure):
        return self.written(figure, "")[0]

    def altered(self, figure, kind):
        """How that figure is written when altered; None where it cannot be."""
        loose, text = next((l, t) for n, l, t in self.parts if n == figure)
        m = DIGITS.search(text)
        if loose or not m or re.search(r"\d[:h-]\d|\d h", text):
            return None
        digits = re.sub(r"\D", "", m[0])
        value = int(digits)
        if kind == "times 1.1":
            new = str((value * 11 + 5) // 10)
            new = new if len(new) == len(digits) else str((value * 9 + 5) // 10)
        elif kind == "first digit":
            new = str(int(digits[0]) % 9 + 1) + digits[1:]
        else:
            new = str(value + 1) if digits[-1] not in "09" else digits
        if len(new) != len(digits) or new == digits:
            return None
        it = iter(new)
        return text[: m.start()] + re.sub(r"\d", lambda _: next(it), m[0]) + text[m.end() :]


def read(path):
    stories, story, date, language = defaultdict(list), None, None, None
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if line.startswith("= "):
            story, date = line[2:].split()
        elif line.startswith("@ "):
            language = line[2:]
        elif line and not line.startswith("#"):
            if language is None:
                sys.exit(f"{path}:{number}: a text without a language")
            stories[story].append(Text(story, language, date, line))
            language = None
    return stories


def analyse(assay, conf, texts):
    """texts: (Text, as written). Claims by document, and the findings that compare documents."""
    with tempfile.TemporaryDirectory() as folder:
        given, got = os.path.join(folder, "in.jsonl"), os.path.join(folder, "out.jsonl")
        with open(given, "w", encoding="utf-8") as f:
            for text, written in texts:
                doc = {"id": text.name(), "language": text.language, "source": f"{text.language}-{text.story}.example"}
                f.write(json.dumps({**doc, "published": text.date, "text": written}, ensure_ascii=False) + "\n")
        subprocess.run([assay, "run", conf, given, "-q", "--write", f"jsonl:{got}"], check=True)
        records = [json.loads(line) for line in open(got, encoding="utf-8")]
    claims = defaultdict(list)
    for r in records:
        if r["type"] == "claim":
            claims[r["doc"]].append(r)
    return claims, [r for r in records if r["type"] == "finding" and r["scope_of"] == "across"]


def at(claims, text, span):
    return {c["id"] for c in claims[text.name()] if c["begin"] < span[1] and span[0] < c["end"]}


def values(finding):
    return finding["pairs"][0]["rule"], *finding["claims"], [v.get("text") for v in finding["values"]]


class Score:
    def __init__(self, show):
        self.show = show
        self.pair, self.kind = defaultdict(Counter), defaultdict(Counter)

    def say(self, *what):
        if self.show:
            print(*what)

    def plain(self, jobs, claims, findings):
        right = set()
        for a, b in jobs:
            langs = a.language + "-" + b.language
            n = self.pair["-".join(sorted((a.language, b.language)))]
            (ta, sa), (tb, sb) = a.written(), b.written()
            for figure in sorted(set(sa) & set(sb)):
                ca, cb = at(claims, a, sa[figure]), at(claims, b, sb[figure])
                both = [f for f in findings if ca & set(f["claims"]) and cb & set(f["claims"])]
                n["all"] += 1
                n["linked"] += bool(both)
                n["unread"] += not ca or not cb
                if not both:
                    told = (t.encode()[slice(*span[figure])].decode() for t, span in ((ta, sa), (tb, sb)))
                    self.say("apart" if ca and cb else "unread", a.story, langs, figure, " | ".join(told))
        for f in findings:
            if f["verdict"] == "conflict":
                self.pair["all"]["false"] += 1
                self.say("false conflict", *values(f))

    def changed(self, kind, jobs, claims, findings):
        """jobs: (a, b, figure, spans of a, spans of b)"""
        altered = {}
        for a, b, figure, sa, sb in jobs:
            ca, cb = at(claims, a, sa[figure]), at(claims, b, sb[figure])
            met = [f for f in findings if ca & set(f["claims"]) and cb & set(f["claims"])]
            hit = [f for f in met if f["verdict"] == "conflict"]
            n = self.pair["-".join(sorted((a.language, b.language)))]
            n["altered"] += 1
            n["found"] += bool(hit)
            self.kind[kind]["altered"] += 1
            self.kind[kind]["found"] += bool(hit)
            for f in hit:
                altered[f["id"]] = 1
            if not hit:
                self.say("not found", a.story, a.language, b.language, figure, kind,
                         *(f["verdict"] + " " + f["pairs"][0]["rule"] for f in met if f["pairs"]))
        for f in findings:
            if f["verdict"] == "conflict" and f["id"] not in altered:
                self.pair["all"]["false-altered"] += 1
                self.say("false when altered", *values(f))

    def left_out(self, findings):
        for f in findings:
            if f["verdict"] == "conflict":
                self.pair["all"]["false-left"] += 1
                self.say("false when left out", *values(f))


def leaving_out(number, n, a, b):
    """Two figures of the pair, one to be left out of each text."""
    common = sorted(a.figures() & b.figures())
    m = len(common)
    if m < 2:
        return None
    first = (n * 3 + number) % m
    return common[first], common[(first + 1 + (n + number * 2) % (m - 1)) % m]


def altering(number, n, a, b):
    """Which figure of pair a, b is altered in the run: (a, b, figure, written), a being the one altered."""
    if (number + n) % 2:
        a, b = b, a
    common = sorted(a.figures() & b.figures())
    loose = {f for t in (a, b) for f, l, _ in t.parts if l}
    for step in range(len(common)):
        figure = common[(number * 2 + n + step) % len(common)]
        new = a.altered(figure, KINDS[number]) if figure not in loose else None
        if new:
            return a, b, figure, new
    return None


def share(n, part, whole):
    return f"{n[part]}/{n[whole]} ({n[part] / max(n[whole], 1):.3f})"


def run(stories, args):
    score = Score(args.show)
    pairs = {s: list(itertools.combinations(texts, 2)) for s, texts in stories.items()}
    for n in range(max(len(p) for p in pairs.values())):
        jobs = [p[(n + i) % len(p)] for i, p in enumerate(pairs.values()) if n < len(p)]
        texts = [(t, t.written()[0]) for job in jobs for t in job]
        score.plain(jobs, *analyse(args.assay, args.conf, texts))
        for number, kind in enumerate(KINDS):
            chosen = [c for i, (a, b) in enumerate(jobs) if (c := altering(number, n + i, a, b))]
            texts, done = [], []
            for a, b, figure, new in chosen:
                (ta, sa), (tb, sb) = a.written(figure, new), b.written()
                texts += [(a, ta), (b, tb)]
                done.append((a, b, figure, sa, sb))
            score.changed(kind, done, *analyse(args.assay, args.conf, texts))
        for number in range(2):
            texts = []
            for i, (a, b) in enumerate(jobs):
                out = leaving_out(number, n + i, a, b)
                if out:
                    texts += [(a, a.without(out[0])), (b, b.without(out[1]))]
            score.left_out(analyse(args.assay, args.conf, texts)[1])
    return score


def main():
    p = argparse.ArgumentParser()
    p.add_argument("news")
    p.add_argument("assay")
    p.add_argument("conf", nargs="?", default="conf/crosscheck.conf")
    p.add_argument("--least", nargs=4, type=float, default=(0, 0, 0, 1e9))
    p.add_argument("--show", action="store_true")
    args = p.parse_args()
    score = run(read(args.news), args)
    whole, low = sum((n for n in score.pair.values()), Counter()), 1.0
    for langs in sorted(score.pair):
        n = score.pair[langs]
        if n["all"]:
            low = min(low, n["linked"] / n["all"])
            print(f"{langs}: linked {share(n, 'linked', 'all')}, not read {n['unread']}; "
                  f"altered ones found {share(n, 'found', 'altered')}")
    for language in sorted({l for langs in score.pair if "-" in langs for l in langs.split("-")}):
        n = sum((m for langs, m in score.pair.items() if language in langs.split("-")), Counter())
        print(f"{language}: linked {n['linked'] / n['all']:.3f}, found {n['found'] / n['altered']:.3f}")
    print(", ".join(f"{k}: found {n['found']}/{n['altered']}" for k, n in score.kind.items()))
    false = whole["false"] + whole["false-altered"] + whole["false-left"]
    print(f"figures linked {share(whole, 'linked', 'all')}, least of two languages {low:.3f}, "
          f"not read {whole['unread']}; altered ones found {share(whole, 'found', 'altered')}; false conflicts {whole['false']} as written, "
          f"{whole['false-altered']} beside altered ones, {whole['false-left']} where others are left out")
    linked, found = whole["linked"] / whole["all"], whole["found"] / whole["altered"]
    return int(linked < args.least[0] or low < args.least[1] or found < args.least[2] or false > args.least[3])


if __name__ == "__main__":
    sys.exit(main())
