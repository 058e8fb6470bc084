#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""score.py TRUTH.tsv RESULT.jsonl: clusters against what the generator says. RESULT: {"id","cluster"} a line, or assay's
records. Prints precision and recall of pairs and the adjusted Rand index; same-form texts are each alone."""
import collections, json, sys

gold = {}
for line in open(sys.argv[1], encoding="utf-8"):
    doc, cluster, kind = line.rstrip("\n").split("\t")
    gold[doc] = cluster
found = {d: d for d in gold}
for line in open(sys.argv[2], encoding="utf-8"):
    if line.startswith('{"type":') and not line.startswith('{"type":"cluster"'):
        continue
    r = json.loads(line)
    for d in r["docs"] if "docs" in r else [r["id"]]:
        found[d] = "c" + (r["id"] if "docs" in r else r["cluster"])
pairs = lambda counts: sum(n * (n - 1) // 2 for n in counts.values())
both = pairs(collections.Counter((gold[d], found[d]) for d in gold))
g, f, n = pairs(collections.Counter(gold.values())), pairs(collections.Counter(found.values())), len(gold) * (len(gold) - 1) // 2
chance = g * f / n
print(f"P {both / max(f, 1):.4f} R {both / max(g, 1):.4f} ARI {(both - chance) / ((g + f) / 2 - chance):.4f}")
