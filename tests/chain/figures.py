# SPDX-License-Identifier: Apache-2.0
# figures.py ASSAY FOLDER: the figures of the files in FOLDER are those of its truth.txt, with value, unit and period.
import json
import os
import subprocess
import sys

assay, folder = sys.argv[1:]
chain = os.path.join(os.getcwd(), "conf", "claims.conf")
truth = sorted(line.rstrip("\n") for line in open(os.path.join(folder, "truth.txt"), encoding="utf-8") if line[0] != "#")
files = sorted(name for name in os.listdir(folder) if name != "truth.txt")
done = subprocess.run([assay, "run", chain, "-q"] + files, cwd=folder, stdout=subprocess.PIPE, check=True)
found = []
for line in done.stdout.decode().split("\n")[:-1]:
    r = json.loads(line)
    if r["type"] != "claim":
        continue
    value = int(r["value"]) if r["value"] == int(r["value"]) else r["value"]
    text = r["text"].replace(" ", "_").replace("\u00a0", "_").replace("\n", "_")
    found.append(f"{r['doc']} {text} {value} {r['unit'] or '-'} {(r['time'] or {}).get('from') or '-'}")
found.sort()
for line in sorted(set(truth + found)):
    if truth.count(line) != found.count(line):
        print(("missing: " if truth.count(line) > found.count(line) else "not expected: ") + line)
sys.exit(found != truth or len(found) < 120)
