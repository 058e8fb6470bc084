#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""run.py ASSAY [NODE_MODULES]: figures of tests/corpus/claims by assay and, where the folder is given, by
@microsoft/recognizers-text-suite from npm, in one run: value F1, value and unit, false alarms, kB/s on short texts and on
one whole document. Run from the repository."""
from fractions import Fraction
import json
import os
import re
import subprocess
import sys
import tempfile
import time

PEER = ["en", "es", "fr", "pt"]
QUIET = {
    "en": ["It happened on 12 March 2024 at 14:35.", "Call +44 20 7946 0123 or write to desk7@example.org.", "See https://example.org/2023/11/05/item-77.html.",
           "The T-72 passed the Boeing 737.", "The match ended 3-1.", "Section 4, page 12, note [3].", "IPv4 address 192.168.10.77.", "In 2019 and 2020 nothing changed."],
    "es": ["Fue el 12 de marzo de 2024 a las 14:35.", "Llame al +34 91 234 56 78.", "Véase https://example.org/2023/11/05/nota-77.html.", "El partido acabó 3-1.", "En 2019 y 2020 nada cambió."],
    "fr": ["C'était le 12 mars 2024 à 14:35.", "Appelez le +33 1 23 45 67 89.", "Voir https://example.org/2023/11/05/note-77.html.", "Le match s'est terminé 3-1.", "En 2019 et 2020 rien n'a changé."],
    "pt": ["Foi em 12 de março de 2024 às 14:35.", "Ligue +351 21 234 5678.", "Veja https://example.org/2023/11/05/nota-77.html.", "O jogo terminou 3-1.", "Em 2019 e 2020 nada mudou."],
}
UNITS = {"Dollar": "USD", "United States dollar": "USD", "Euro": "EUR", "Pound": "GBP", "British pound": "GBP", "%": "percent", "Kilometer": "kilometer", "Meter": "meter", "Centimeter": "centimeter",
         "Year": "year", "Month": "month", "Day": "day", "Week": "week", "Kilogram": "kilogram", "Ton": "ton", "Metric ton": "tonne", "Brazilian real": "BRL", "Polish złoty": "PLN", "Ounce": "ounce",
         "Kilometer per hour": "kilometer-per-hour", "Barrel": "barrel", "Hectare": "hectare"}


def gold(language):
    texts = []
    for line in open(f"tests/corpus/claims/{language}.txt", encoding="utf-8"):
        if line.startswith("> "):
            texts.append((line[2:].rstrip("\n"), []))
        elif line.startswith("? "):  # may be read as a figure or not
            texts[-1][1].append((line[3:line.rindex("]")], None, None, ""))
        elif line.startswith("= "):
            m = re.match(r"= \[(.*?)\] ([^\s|]+)(.*)", line)
            unit = re.search(r" unit=([^\s|]+)", m[3])
            low, _, high = m[2].partition("..")
            texts[-1][1].append((m[1], float(Fraction(low)), float(high) if high else None, unit[1].strip("-") if unit else ""))
    return texts


def assay(program, docs):
    source = "".join(json.dumps(d, ensure_ascii=False) + "\n" for d in docs)
    start = time.perf_counter()
    out = subprocess.run([program, "run", "conf/claims.conf", "-", "--write", "jsonl:-", "-q", "-j", "1"], input=source.encode(), stdout=subprocess.PIPE, check=True).stdout
    took = time.perf_counter() - start
    found = {d["id"]: [] for d in docs}
    for record in map(json.loads, out.decode().splitlines()):
        if record["type"] == "claim":
            found[record["doc"]].append((record["begin"], record["end"], record["value"], record["value_high"], record["unit"] or ""))
    return found, took


def peer(folder, docs):
    script = os.path.join(os.path.dirname(__file__), "peer.js")
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as f:
        json.dump(docs, f, ensure_ascii=False)
        f.flush()
        out = subprocess.run(["node", script, f.name], env={**os.environ, "NODE_PATH": folder}, stdout=subprocess.PIPE, check=True).stdout
    result = json.loads(out)
    return {k: [(b, e, v, h, UNITS.get(u, u or "")) for b, e, v, h, u in spans] for k, spans in result["found"].items()}, result["seconds"]


def near(a, b):
    return a is b is None or (a is not None and b is not None and abs(a - b) <= 1e-6 * max(1e-9, abs(a)))


def judge(docs, wanted, found):
    golds = founds = value = both = 0
    for d in docs:
        text, left = d["text"], list(found[d["id"]])
        golds += sum(low is not None for _, low, _, _ in wanted[d["id"]])
        founds += len(left)
        for span, low, high, unit in wanted[d["id"]]:
            begin = len(text[:text.index(span)].encode())
            end = begin + len(span.encode())
            hit = next((f for f in left if f[0] < end and f[1] > begin and (low is None or (near(f[2], low) and near(f[3], high)))), None)
            if hit:
                left.remove(hit)
            if low is None:
                founds -= hit is not None
            elif hit:
                value += 1
                both += hit[4] == unit
    return 200 * value / (golds + founds), 100 * both / golds


program, folder = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
print("%-14s %-5s %8s %10s %7s %12s %12s" % ("", "lang", "value F1", "value+unit", "alarms", "short kB/s", "whole kB/s"))
for name in ["assay"] + (["recognizers"] if folder else []):
    run = (lambda docs: assay(program, docs)) if name == "assay" else (lambda docs: peer(folder, docs))
    for language in PEER:
        texts = gold(language)
        docs = [{"id": str(i), "text": t, "language": language} for i, (t, _) in enumerate(texts)]
        found, took = run(docs)
        f1, both = judge(docs, {str(i): w for i, (_, w) in enumerate(texts)}, found)
        quiet = [{"id": str(i), "text": t, "language": language} for i, t in enumerate(QUIET[language])]
        alarms = sum(bool(v) for v in run(quiet)[0].values())
        size = sum(len(t.encode()) for t, _ in texts)
        if name == "assay":  # long enough that the start does not count
            many = [{"id": str(i), "text": "\n".join(t for t, _ in texts), "language": language} for i in range(1500)]
            _, long_took = run(many)
            _, start = run(docs[:1])
            short = size * 40 / 1000 / max(1e-9, run([{**d, "id": f"{d['id']}-{k}"} for d in docs for k in range(40)])[1] - start)
            whole = sum(len(d["text"].encode()) for d in many) / 1000 / (long_took - start)
        else:
            short = size / 1000 / took
            one = [{"id": "0", "text": "\n".join(t for t, _ in texts), "language": language}]
            whole = size / 1000 / run(one)[1]
        print("%-14s %-5s %8.1f %10.1f %4d/%-2d %12.1f %12.1f" % (name, language, f1, both, alarms, len(quiet), short, whole))
