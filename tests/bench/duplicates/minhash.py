#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The yardstick: MinHash LSH as common deduplication scripts run it, written from the papers (Broder 1997; Leskovec,
Rajaraman, Ullman, Mining of Massive Datasets, chapter 3), with numpy.

  minhash.py FILE.jsonl OUT.jsonl [--threshold 0.7] [--words 5] [--permutations 128] [--unchecked]

128 permutations (a x + b) mod (2^61 - 1) over hashes of 5-word shingles; bands and rows chosen so that the sum of false
positive and false negative areas at the threshold is least; a pair of one bucket is joined where its signatures say
Jaccard >= threshold (or at once, --unchecked). OUT: {"id", "cluster"} a line. Prints documents a second and peak memory."""
import argparse, collections, json, re, resource, sys, time, zlib
import numpy as np

ap = argparse.ArgumentParser()
ap.add_argument("file"); ap.add_argument("out"); ap.add_argument("--threshold", type=float, default=0.7)
ap.add_argument("--words", type=int, default=5); ap.add_argument("--permutations", type=int, default=128)
ap.add_argument("--unchecked", action="store_true")
A = ap.parse_args()
PRIME = (1 << 61) - 1
WORD = re.compile(r"\W+")


def best_bands(threshold, permutations):
    def area(f, a, b, n=200):
        step = (b - a) / n
        return sum(f(a + (i + .5) * step) for i in range(n)) * step
    best = None
    for b in range(1, permutations + 1):
        for r in range(1, permutations // b + 1):
            positive = area(lambda s: 1 - (1 - s ** r) ** b, 0, threshold)
            negative = area(lambda s: (1 - s ** r) ** b, threshold, 1)
            if best is None or positive + negative < best[0]:
                best = (positive + negative, b, r)
    return best[1:]


def shingles(text):
    words = [w for w in WORD.split(text.lower()) if w]
    return {zlib.crc32(" ".join(words[i:i + A.words]).encode()) for i in range(max(1, len(words) - A.words + 1))}


rnd = np.random.RandomState(1)
a = rnd.randint(1, PRIME, A.permutations, dtype=np.uint64)  # the product wraps at 2^64, as in the scripts
b = rnd.randint(0, PRIME, A.permutations, dtype=np.uint64)
bands, rows = best_bands(A.threshold, A.permutations)
start = time.process_time()
ids, signatures, buckets, size = [], [], [collections.defaultdict(list) for _ in range(bands)], 0
parent = []


def find(x):
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x


with open(A.file, encoding="utf-8") as f:
    for line in f:
        d = json.loads(line)
        size += len(d["text"].encode())
        s = np.fromiter(shingles(d["text"]), dtype=np.uint64)
        signature = ((np.outer(s, a) + b) % PRIME).min(axis=0).astype(np.uint64)
        n = len(ids)
        ids.append(d["id"]); parent.append(n); signatures.append(signature)
        for i in range(bands):
            bucket = buckets[i][signature[i * rows:(i + 1) * rows].tobytes()]
            for m in bucket:
                if find(m) != find(n) and (A.unchecked or (signature == signatures[m]).mean() >= A.threshold):
                    parent[find(n)] = find(m)
            bucket.append(n)
with open(A.out, "w", encoding="utf-8") as f:
    for n, i in enumerate(ids):
        f.write(json.dumps({"id": i, "cluster": str(find(n))}) + "\n")
spent = time.process_time() - start
print(f"minhash {A.words} words, J >= {A.threshold}, {bands} x {rows}: {len(ids)} documents, {spent:.1f} s CPU, "
      f"{len(ids) / spent:.0f} documents/s, {size / spent / 1e6:.2f} MB/s, peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB", file=sys.stderr)
