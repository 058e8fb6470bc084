# SPDX-License-Identifier: Apache-2.0
"""Checks a result of the writer jsonl against every rule of the record formats that a program can check.

Usage: invariants.py RESULT.jsonl [ROOT]      the result made with text = true and spans = true; ROOT: the folder that
the documents' paths count from (default: the working directory). Prints what is wrong, exits with 1 if anything is.
"""
import hashlib
import html
import json
import os
import re
import sys
from collections import Counter
from datetime import date

KEYS = {
    "language": "doc begin end raw language script confidence",
    "sentence": "doc begin end raw paragraph heading",
    "claim": "id doc begin end raw page text sentence kind value value_high decimal decimal_high alternative bound precision "
             "unit counted base_unit base_value per change relation status time measured entities speaker language rule confidence",
    "copy": "relation a b covered_a covered_b cluster first figures_differ",
    "cluster": "id docs first",
    "finding": "id verdict severity rank confidence title explanation rule scope_of claims values pairs independent gap hint "
               "period measured concept state review note",
    "failure": "doc path line key plugin stage code message begin",
    "skipped": "path reason bytes",
    "run": "version chain chain_sha256 plugins documents failures skipped counts",
}
DOCUMENT = set("type doc path member uri source published title language encoding media repairs raw_bytes text_bytes sha256 "
               "metadata text map declared".split())
PARTS = {
    "value": "value value_high bound unit base_value claims sources documents independent",
    "pair": "a b verdict rule",
    "time": "from to text begin end",
    "measured": "text begin end stems concept",
    "entity": "text begin end id",
    "speaker": "text begin end",
    "place": "doc begin end raw",
}
LAST = ["copy", "cluster", "finding", "failure", "skipped", "run"]
VERDICTS = ["conflict", "update", "scope", "compatible", "agree"]
CHOICES = {
    "kind": "number percent money dimension duration multiple rank ordinal date", "bound": "= ~ > >= < <= range",
    "change": "level increase decrease", "relation": "by to from fold", "status": "asserted negated target forecast hypothetical",
}
COPIES = "identical reformatted edited excerpt contains shares-passage same-form boilerplate repeats-itself".split()
MOST_VALUES = 24  # a finding names; the claims of further ones stand in its claims only
STAGES = "read prepare analyse map reduce finish write".split()
CODES = "crash timeout memory exit decode syntax limit unreadable contract failed".split()
ISO = re.compile(r"^-?\d{4}(-(\d\d)(-(\d\d)([Tt ]\d\d(:?\d\d(:?\d\d([.,]\d+)?)?)?([Zz]|[+-]\d\d(:?\d\d)?)?)?)?)?$")

problems = []


def wrong(what, where=""):
    problems.append(f"{what} {str(where)[:300]}")


def need(truth, what, where=""):
    if not truth:
        wrong(what, where)
    return bool(truth)


def no_twins(pairs):
    keys = [k for k, _ in pairs]
    if len(set(keys)) != len(keys):
        wrong("a key twice:", keys)
    return dict(pairs)


def not_json(word):
    wrong("not a JSON number:", word)


def exact(part, names, where):
    if part is None:
        return False
    want = names.split()
    return need([k for k in part if k != "type"] == want, f"keys {list(part)}, not {want}:", where)


def iso(text):
    m = ISO.match(text)
    if not m:
        return False
    try:
        date(abs(int(text[:text.startswith("-") + 4])) or 1, int(m[2] or 1), int(m[4] or 1))
    except ValueError:
        return False
    return True


class Document:
    """A document record with its text as bytes, and the bytes it came from where they can be had."""

    def __init__(self, record, raw):
        self.record, self.id, self.raw = record, record["doc"], raw
        self.text = record.get("text", "").encode("utf-8", "surrogatepass")
        # Rows, mails and records of an archive are mapped to the file that holds them.
        self.raw_bytes = record["raw_bytes"] if raw is not None or record["doc"] == record["path"] else 1 << 62
        self.seen = {}

    def border(self, at):
        return 0 <= at <= len(self.text) and (at == len(self.text) or self.text[at] & 0xC0 != 0x80)

    def span(self, part, what, empty=False):
        b, e = part["begin"], part["end"]
        good = isinstance(b, int) and isinstance(e, int) and (b < e or empty and b == e) and self.border(b) and self.border(e)
        return need(good, f"{what} of {self.id}: span {b}..{e} of {len(self.text)} bytes")

    def cut(self, part):
        return self.text[part["begin"]:part["end"]].decode("utf-8", "replace")

    def quote(self, part, what):
        return self.span(part, what) and need(self.cut(part) == part["text"], f"{what} of {self.id} is not the text there:", part)


class Originals:
    """Bytes as the reader gave them: plain files, and the text values of JSON Lines."""

    def __init__(self, root):
        self.root, self.lines = root, {}

    def of(self, record):
        path = record["path"]
        if path is None or record["member"] is not None or path == "-":
            return None
        path = os.path.join(self.root, path)
        if path.endswith(".jsonl"):
            return self.value(path, record)
        if record["doc"] != record["path"] or not re.search(r"\.(txt|md|html?|xml)$", path):
            return None
        with open(path, "rb") as f:
            return f.read()

    def value(self, path, record):
        if path not in self.lines:
            self.lines[path] = {}
            with open(path, "rb") as f:
                for n, line in enumerate(f, 1):
                    try:
                        one = json.loads(line)
                        text = one["text"].encode("utf-8")
                    except (ValueError, KeyError, TypeError, AttributeError, UnicodeError, RecursionError):
                        continue
                    key = str(one.get("id", "")) or f"{record['path']}:{n}"
                    self.lines[path].setdefault(key, []).append(text)
        texts = self.lines[path].get(record["doc"], [])
        return texts[0] if len(set(texts)) == 1 else None


def plain(raw, record):
    """What stands in a piece of the original, without markup and white space."""
    text = raw.decode(record["encoding"] or "utf-8", "replace")
    if "ml" in (record["media"] or ""):
        text = html.unescape(re.sub(r"(?s)<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[a-zA-Z/!?][^>]*>?", "", text))
    return re.sub(r"[\s\u00ad\u200b]+", "", text)


def check_document(doc):
    r = doc.record
    need(set(r) == DOCUMENT or set(r) == DOCUMENT - {"declared"}, "keys of a document:", sorted(set(r) ^ DOCUMENT))
    need(r["text_bytes"] == len(doc.text), f"{doc.id}: text_bytes {r['text_bytes']}, but {len(doc.text)}")
    need(re.fullmatch("[0-9a-f]{64}", r["sha256"] or ""), f"{doc.id}: sha256", r["sha256"])
    need(r["published"] is None or iso(r["published"]), f"{doc.id}: published", r["published"])
    need(isinstance(r["metadata"], dict), f"{doc.id}: metadata is no object")
    for repair in r["repairs"]:
        if exact(repair, "begin end from to", doc.id) and doc.span(repair, "repair", True):
            need(doc.cut(repair) == repair["to"], f"{doc.id}: repair", repair)
    if doc.raw is not None:
        need(r["raw_bytes"] == len(doc.raw), f"{doc.id}: raw_bytes {r['raw_bytes']}, but {len(doc.raw)}")
        need(r["sha256"] == hashlib.sha256(doc.raw).hexdigest(), f"{doc.id}: sha256 is not that of the bytes")
    check_map(doc)


def check_map(doc):
    runs = doc.record["map"]
    if runs is None:
        return
    ascii_kept = re.match(r"(?i)(utf-8|ascii|us-ascii|windows-125|iso-8859|koi8)", doc.record["encoding"] or "utf-8")
    at = 0
    for run in runs:
        if not need(len(run) in (3, 5), f"{doc.id}: a run of the map", run):
            continue
        text, raw, count = run[:3]
        steps = run[3:] or [1, 1]
        need(text >= at and count > 0, f"{doc.id}: runs of the map out of order:", run)
        at = text + count * steps[0]
        if not need(at <= len(doc.text) and 0 <= raw and raw + count * steps[1] <= doc.raw_bytes,
                    f"{doc.id}: a run of the map leaves the text:", run):
            continue
        if doc.raw is None or len(run) == 5 or not ascii_kept or doc.record["repairs"]:
            continue
        mine, theirs = doc.text[text:at], doc.raw[raw:raw + count]
        same = mine == theirs or all(a == b or b < 33 and a < 33 or a >= 128 and b >= 128 for a, b in zip(mine, theirs))
        need(same, f"{doc.id}: the map says byte for byte, but {mine[:40]!r} is not {theirs[:40]!r}")


def check_raw(doc, part, what, quote=False):
    raw = part["raw"]
    if raw is None:
        return
    if not need(len(raw) == 2 and 0 <= raw[0] <= raw[1] <= doc.raw_bytes, f"{what} of {doc.id}: raw", raw):
        return
    if not quote or doc.raw is None or doc.record["repairs"]:
        return
    try:
        there = plain(doc.raw[raw[0]:raw[1]], doc.record)
    except LookupError:
        return
    here = re.sub(r"[\s\u00ad\u200b]+", "", doc.cut(part))
    if doc.record["media"] == "text/html":  # a raised exponent is read with a sign of its own
        here, there = here.replace("^", ""), there.replace("^", "")
    need(here == there, f"{what} of {doc.id}: the original has {there[:80]!r}, not {here[:80]!r} at", raw)


def check_layer(doc, r):
    """A record of a document, any type."""
    kind = r["type"]
    seen = doc.seen.setdefault(kind, [])
    if need("begin" in r and "end" in r and "raw" in r, f"{kind} without begin, end, raw:", r):
        doc.span(r, kind, kind == "language")
        check_raw(doc, r, kind, kind == "claim")
        if seen:
            need((seen[-1]["begin"], seen[-1]["end"]) <= (r["begin"], r["end"]), f"{kind} of {doc.id} out of order:", r)
    if "confidence" in r:
        need(r["confidence"] is not None and 0 <= r["confidence"] <= 1, f"{kind} of {doc.id}: confidence", r["confidence"])
    seen.append(r)


def check_number(claim, value, decimal, where):
    if decimal is None:
        return need(value is None, "a value without decimal:", where)
    if not need(re.fullmatch(r"-?(\d+)(\.\d+)?([eE][+-]?\d+)?", decimal), f"decimal {decimal[:60]!r}:", where):
        return False
    nearest = float(decimal)
    if abs(nearest) == float("inf"):
        return need(value is None, "a value beyond the range of doubles is not null:", where)
    return need(value is not None and float(value) == nearest, f"value {value}, but decimal {decimal[:60]}:", where)


def check_claim(doc, r, sentences):
    if not exact(r, KEYS["claim"], r.get("id")):
        return
    where = r["id"]
    need(re.fullmatch(re.escape(f"{doc.id}#{r['begin']}-{r['end']}") + r"(~\d+)?", where), "claim's id:", where)
    need(doc.cut(r) == r["text"], f"{where}: text", r["text"])
    s = r["sentence"]
    need(isinstance(s, list) and len(s) == 2 and s[0] <= r["begin"] and r["end"] <= s[1] <= len(doc.text), f"{where}: sentence", s)
    need(not sentences or tuple(s) in sentences, f"{where}: sentence {s} is none of the layer")
    for key, words in CHOICES.items():
        need(r[key] in words.split() or key == "relation" and r[key] is None, f"{where}: {key}", r[key])
    check_number(r, r["value"], r["decimal"], where)
    need((r["bound"] == "range") == (r["decimal_high"] is not None), f"{where}: bound {r['bound']}, decimal_high", r["decimal_high"])
    check_number(r, r["value_high"], r["decimal_high"], where)
    need(isinstance(r["precision"], int) and r["precision"] >= 0, f"{where}: precision", r["precision"])
    for key, names in (("time", "time"), ("measured", "measured"), ("speaker", "speaker")):
        if exact(r[key], PARTS[names], where):
            doc.quote(r[key], f"{key} of claim {where}")
    for entity in r["entities"]:
        if exact(entity, PARTS["entity"], where):
            doc.quote(entity, f"entity of claim {where}")
    if r["time"]:
        for end in (r["time"]["from"], r["time"]["to"]):
            need(end is None or iso(end), f"{where}: time", r["time"])
        if r["time"]["from"] and r["time"]["to"] and r["time"]["from"][0] != "-":
            need(r["time"]["from"][:4] <= r["time"]["to"][:4], f"{where}: time runs backwards", r["time"])


def check_tiling(doc):
    spans = doc.seen.get("language")
    if not spans:
        return
    at = 0
    for s in spans:
        need(s["begin"] == at, f"{doc.id}: language spans do not tile at {at}")
        at = s["end"]
        need(re.fullmatch("[a-z]{2,3}", s["language"] or ""), f"{doc.id}: language", s)
        need(re.fullmatch("[A-Z][a-z]{3}", s["script"] or ""), f"{doc.id}: script", s)
    need(at == len(doc.text), f"{doc.id}: language spans end at {at} of {len(doc.text)}")
    need(doc.record["language"] in {s["language"] for s in spans}, f"{doc.id}: main language {doc.record['language']} has no span")


def check_sentences(doc):
    at, paragraph = 0, 0
    for s in doc.seen.get("sentence", ()):
        need(s["begin"] >= at, f"{doc.id}: sentences overlap at {at}:", s)
        need(s["paragraph"] >= paragraph, f"{doc.id}: paragraphs out of order:", s)
        at, paragraph = s["end"], s["paragraph"]
        cut = doc.cut(s)
        need(cut.strip(" \t\r\n") == cut, f"{doc.id}: white space at the border of a sentence {s['begin']}..{s['end']}")


def check_copy(r, docs, clusters):
    where = json.dumps(r)[:200]
    if not exact(r, KEYS["copy"], where):
        return
    need(r["relation"] in COPIES, "relation:", where)
    for side in "ab":
        if not exact(r[side], PARTS["place"], where) or not need(r[side]["doc"] in docs, "a copy of an unknown document:", where):
            return
        docs[r[side]["doc"]].span(r[side], "copy")
        check_raw(docs[r[side]["doc"]], r[side], "copy")
        need(0 <= r["covered_" + side] <= 1, f"covered_{side}:", where)
    a, b = r["a"]["doc"].encode("utf-8"), r["b"]["doc"].encode("utf-8")
    if r["relation"] == "repeats-itself":
        need(a == b and r["a"]["begin"] <= r["b"]["begin"], "repeats-itself:", where)
    else:
        need(a < b, "a.doc is not before b.doc:", where)
    need(r["first"] is None or r["first"] in docs, "first of a copy is unknown:", where)
    if r["cluster"] is not None:
        members = clusters.get(r["cluster"], {"docs": []})["docs"]
        need(r["a"]["doc"] in members and r["b"]["doc"] in members, "a copy's cluster does not hold both:", where)
    for differ in r["figures_differ"]:
        if exact(differ, "a b", where):
            for side in "ab":
                doc, part = docs[r[side]["doc"]], {"begin": differ[side][0], "end": differ[side][1]}
                doc.span(part, "figures_differ", True)
                need(r[side]["begin"] <= part["begin"] and part["end"] <= r[side]["end"], "figures_differ outside the copy:", where)


def check_clusters(records, copies, docs):
    home, paired = {}, set()
    for c in copies:
        paired.add((c["a"]["doc"], c["b"]["doc"]))
        paired.add((c["b"]["doc"], c["a"]["doc"]))
    for r in records:
        if not exact(r, KEYS["cluster"], r.get("id")):
            continue
        need(len(r["docs"]) >= 2 and len(set(r["docs"])) == len(r["docs"]), "members of cluster", r)
        need(r["first"] is None or r["first"] in r["docs"], "first of cluster", r)
        for d in r["docs"]:
            need(d in docs, "a cluster of an unknown document:", d)
            need(d not in home, f"{d} stands in two clusters:", (home.get(d), r["id"]))
            home[d] = r["id"]
            if r["first"] is not None and d != r["first"]:  # the halves of one text are tied by the whole
                need((d, r["first"]) in paired or any((d, e) in paired for e in r["docs"] if e != d),
                     f"{d} of cluster {r['id']} has no copy record with its first nor with another member", r["first"])


def check_value(v, f, claims, docs, where):
    if not exact(v, PARTS["value"], where):
        return
    need(v["bound"] in CHOICES["bound"].split(), "bound of a value:", where)
    need(v["claims"] and len(set(v["claims"])) == len(v["claims"]), "claims of a value:", where)
    need(set(v["claims"]) <= set(f["claims"]), "a value's claim that is not the finding's:", where)
    known = [claims[c] for c in v["claims"] if c in claims]
    at = {c["doc"] for c in known}
    need(v["documents"] == len(at), f"documents {v['documents']}, but {len(at)}:", where)
    need(0 <= v["independent"] <= max(1, v["documents"]), "independent of a value:", where)
    sources = {docs[d].record["source"] for d in at} - {None}
    need(sources <= set(v["sources"]) and len(set(v["sources"])) == len(v["sources"]), f"sources {v['sources']}, but {sources}:", where)


def check_finding(f, n, claims, docs):
    where = f"finding {f.get('rank')} {f.get('id')} {f.get('title')}"
    if not exact(f, KEYS["finding"], where):
        return
    need(f["rank"] == n, f"rank is not {n}:", where)
    need(re.fullmatch("[0-9a-f]{16}", f["id"]) and re.fullmatch("[0-9a-f]{16}", f["state"] or ""), "id or state:", where)
    need(f["verdict"] in VERDICTS and f["severity"] in ("high", "medium", "low", "check"), "verdict or severity:", where)
    need(0 <= f["confidence"] <= 1 and 0 <= f["gap"] <= 2, f"confidence {f['confidence']}, gap {f['gap']}:", where)
    need(f["scope_of"] in ("across", "within") and f["title"] and f["explanation"] and f["rule"], "scope_of, title, rule:", where)
    need(f["hint"] in (None, "x10", "x100", "x1000", "unit", "scale", "swapped-digits"), "hint:", where)
    need(f["review"] in (None, "accepted", "dismissed", "reopened"), "review:", where)
    need(f["claims"] and len(set(f["claims"])) == len(f["claims"]), "claims of", where)
    for c in f["claims"]:
        need(c in claims, f"unknown claim {c}:", where)
    held = [c for v in f["values"] for c in v["claims"]]
    need(len(set(held)) == len(held), "a claim in two values:", where)
    need(set(held) == set(f["claims"]) or len(f["values"]) == MOST_VALUES, "claims that no value holds:", where)
    for v in f["values"]:
        check_value(v, f, claims, docs, where)
    for p in f["pairs"]:
        if exact(p, PARTS["pair"], where):
            need(0 <= p["a"] < p["b"] < len(f["values"]), f"pair {p}:", where)
            need(p["verdict"] in VERDICTS, f"pair {p}:", where)
    seen = Counter((p["a"], p["b"]) for p in f["pairs"])
    need(all(k == 1 for k in seen.values()), "a pair twice:", where)
    if f["pairs"]:
        gravest = min(VERDICTS.index(p["verdict"]) for p in f["pairs"])
        need(f["verdict"] == VERDICTS[gravest], f"verdict {f['verdict']}, gravest pair {VERDICTS[gravest]}:", where)
    if f["period"] and exact(f["period"], "from to", where):
        need(all(e is None or iso(e) for e in f["period"].values()), "period:", where)
    at = {claims[c]["doc"] for c in f["claims"] if c in claims}
    printed = [{claims[c]["doc"] for c in v["claims"] if c in claims} for v in f["values"]]
    need(f["scope_of"] == "across" or all(p == at for p in printed), "within, but not every text has every figure:", where)
    need(max([v["independent"] for v in f["values"]] or [0]) <= f["independent"] <= max(1, len(at)),
         f"independent {f['independent']} of {len(at)} documents:", where)


def check_findings(records, claims, docs):
    ids, across = set(), {}
    for n, f in enumerate(records, 1):
        check_finding(f, n, claims, docs)
        need(f["id"] not in ids, "two findings of one id:", f["id"])
        ids.add(f["id"])
        if f["scope_of"] == "across":
            for c in f["claims"]:
                need(c not in across, f"claim {c} in two findings:", (across.get(c), f["id"]))
                across[c] = f["id"]


def check_run(run, counts, kinds):
    if not exact(run, KEYS["run"], "run"):
        return
    need(re.fullmatch("[0-9a-f]{64}", run["chain_sha256"]), "chain_sha256", run["chain_sha256"])
    said = {c["name"]: c["count"] for c in run["counts"]}
    need({k: n for k, n in said.items() if n} == dict(counts), f"counts of run {said}, but", dict(counts))
    need(run["documents"] == counts["document"] and run["failures"] == counts["failure"], "documents, failures of run")
    need({s["name"]: s["count"] for s in run["skipped"]} == dict(kinds), f"skipped of run {run['skipped']}, but", dict(kinds))


def read(path):
    with open(path, "rb") as f:
        for n, line in enumerate(f, 1):
            need(line.endswith(b"\n"), "the last line has no end")
            try:
                yield n, json.loads(line.decode("utf-8"), object_pairs_hook=no_twins, parse_constant=not_json)
            except ValueError as e:
                wrong(f"line {n} is no JSON:", e)


def main(path, root="."):
    docs, claims, tail, counts = {}, {}, {t: [] for t in LAST}, Counter()
    originals, doc, stage, last = Originals(root), None, 0, b""
    for n, r in read(path):
        need(next(iter(r)) == "type", f"line {n}: type is not first")
        kind = r["type"]
        counts[kind] += 1
        if kind in LAST:
            need(LAST.index(kind) >= stage, f"line {n}: {kind} after {LAST[stage]}")
            stage = max(stage, LAST.index(kind))
            tail[kind].append(r)
        elif kind == "document":
            need(not stage, f"line {n}: a document after", LAST[stage])
            doc = Document(r, originals.of(r))
            key = doc.id.encode("utf-8")
            need(not docs or key > last, f"line {n}: documents out of order:", doc.id)
            last = key
            docs[doc.id] = doc
        elif need("doc" in r and doc and r["doc"] == doc.id, f"line {n}: {kind} of another document:", r.get("doc")):
            check_layer(doc, r)
            if kind in KEYS:
                exact(r, KEYS[kind], f"line {n}")
            if kind == "claim":
                need(r["id"] not in claims, "two claims of one id:", r["id"])
                claims[r["id"]] = r
    for doc in docs.values():
        check_document(doc)
        check_tiling(doc)
        check_sentences(doc)
        sentences = {(s["begin"], s["end"]) for s in doc.seen.get("sentence", ())}
        for r in doc.seen.get("claim", ()):
            check_claim(doc, r, sentences)
    clusters = {c["id"]: c for c in tail["cluster"]}
    need(len(clusters) == len(tail["cluster"]), "two clusters of one id")
    for r in tail["copy"]:
        check_copy(r, docs, clusters)
    check_clusters(tail["cluster"], tail["copy"], docs)
    check_findings(tail["finding"], claims, docs)
    for r in tail["failure"]:
        if exact(r, KEYS["failure"], "failure"):
            need(r["stage"] in STAGES and r["code"] in CODES and r["message"], "failure:", r)
    for r in tail["skipped"]:
        exact(r, KEYS["skipped"], "skipped")
    if need(len(tail["run"]) == 1, "not one run record"):
        check_run(tail["run"][0], counts, Counter(s["reason"] for s in tail["skipped"]))
    for p in problems[:40]:
        print(p)
    if len(problems) > 40:
        print(f"... {len(problems) - 40} more")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
