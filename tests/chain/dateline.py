# SPDX-License-Identifier: Apache-2.0
# dateline.py ASSAY TEXTS DIR: writes the texts of TEXTS (its head says how) to files, runs the plugin on them, compares.
import json
import os
import subprocess
import sys

assay, texts, root = sys.argv[1:]
cases = []
for line in open(texts, encoding="utf-8"):
    if line.startswith("== "):
        path, date, source = [x.strip() for x in line[3:].rstrip("\n").split(" | ")]
        cases.append([path, date, source, ""])
    elif cases:
        cases[-1][3] += line
for i, (path, _, _, text) in enumerate(cases):
    file = os.path.join(root, f"k{i:03}", path)
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file, "w", encoding="utf-8") as to:
        to.write(text)
chain = os.path.join(root, "chain.conf")
with open(chain, "w") as to:
    to.write('chain = ( { plugin = "files"; }, { plugin = "decode"; }, { plugin = "markup"; }, { plugin = "language"; },\n'
             '  { plugin = "dateline"; }, { plugin = "jsonl"; path = "-"; } );\n')
done = subprocess.run([assay, "run", chain, "-q"] + [f"k{i:03}" for i in range(len(cases))], cwd=root,
                      stdout=subprocess.PIPE, check=True)
docs, told = {}, {}
for line in done.stdout.decode().split("\n")[:-1]:
    record = json.loads(line)
    if record["type"] == "document":
        docs[record["doc"]] = record
    elif record["type"] == "dateline":
        told.setdefault(record["doc"], []).append(record)
wrong = 0
for i, (path, date, source, text) in enumerate(cases):
    doc = f"k{i:03}/{path}"
    for row, expected in (("published", date), ("source", source)):
        found = docs[doc][row] if doc in docs else "no document"
        because = [r for r in told.get(doc, []) if r[row]]
        if (found or "-") != expected or bool(found) != (len(because) == 1):
            wrong += 1
            print(f"{doc}: {row} should be {expected}, is {found}: {because}\n    {text[:100]!r}")
        for r in because:
            if r["end"] and text.encode()[r["begin"]:r["end"]].decode() != r["says"]:
                wrong += 1
                print(f"{doc}: the evidence does not stand where it says: {r}")
sys.exit(wrong > 0 or len(cases) < 250)
