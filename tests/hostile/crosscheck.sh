#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The cross-check on what nobody would write: thousands of documents with the same sentence, one document with thousands
# of figures, figures without unit, language, date or source, 0, negative and huge values. It has to end soon, without a
# failure.  $1 = build folder, cwd = repository
set -e
build=$1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python3 - > "$tmp/in.jsonl" <<'PY'
import json
for i in range(3000):  # one key for all of them
    print(json.dumps({"id": f"same{i}", "text": f"The Korvan quake killed {i + 2} people near Lumora on Monday, chief Ansel Prade said."}))
print(json.dumps({"id": "many", "text": " ".join(f"In Lumora {i} people and {i + 1} houses, {i * 7}.5 percent, ${i} million." for i in range(2500))}))
print(json.dumps({"id": "list", "text": "Killed in Lumora: " + ", ".join(str(3 * i) for i in range(6000)) + " people."}))
for i, v in enumerate(["0", "-5", "1e300", "1" + "0" * 400, "0.000000000000000000001", "-0", "999999999999999999999999999999999999999999", "nan", "1,2,3,4"]):
    for k in range(3):
        print(json.dumps({"id": f"odd{i}-{k}", "source": "" if k else "x", "published": ["", "yesterday", "0000-99-99"][k],
                          "text": f"The Velda plant of Ansel Prade near Lumora lost {v} dollars and {v} percent, {v} km away, in 2023."}))
print(json.dumps({"id": "empty", "text": ""}))
print(json.dumps({"id": "bytes", "text": "12 people\u0000 killed \ufeff\u202e 13\u00ad4 people \ud83d\ude00" * 50}))
PY
# Seconds of CPU that what this shell started has taken, as `times` wrote them; the clock would tell of the machine's load.
cpu() { sed -n 2p "$1" | sed 's/[ms]/ /g' | awk '{ printf "%d", $1 * 60 + $2 + $3 * 60 + $4 }'; }
times >"$tmp/begin"
"$build/assay" run conf/crosscheck.conf - -q -j 2 --write "jsonl:$tmp/out.jsonl" < "$tmp/in.jsonl" 2> "$tmp/said" || { echo "exit $?"; exit 1; }
# What was not compared is said, and of which text.
grep -q 'consistency: many: a text of [0-9]* figures: only the first' "$tmp/said" || { cat "$tmp/said"; exit 1; }
times >"$tmp/end"
begin=$(cpu "$tmp/begin") end=$(cpu "$tmp/end")
python3 - "$tmp/out.jsonl" <<'PY'
import json, sys
n = {}
for r in map(json.loads, open(sys.argv[1], encoding="utf-8")):
    n[r["type"]] = n.get(r["type"], 0) + 1
    if r["type"] == "failure":
        sys.exit(f"failure: {r}")
    if r["type"] == "finding":
        c, d = len(r["claims"]), 0 <= r["confidence"] <= 1 and 0 <= r["gap"] <= 2
        if not r["title"] or not r["explanation"] or len(r["id"]) != 16 or not d:
            sys.exit(f"finding: {r}")
if n.get("finding", 0) < 2:
    sys.exit(f"nothing found: {n}")
PY
[ $((end - begin)) -le 240 ] || { echo "took $((end - begin)) s of CPU"; exit 1; }

# A text so dense with figures that it needs more than one of eight workers is held to: it gets as much as the only worker
# of a run, so that the result is the same.
grep -q 'ASSAY_SANITIZE:BOOL=ON' "$build/CMakeCache.txt" && exit 0
awk 'BEGIN { for (i = 0; i < 60000; i++) print "In Lumora " i " people died and " i * 7 " houses fell." }' > "$tmp/dense.txt"
for jobs in 1 8; do
    "$build/assay" run conf/crosscheck.conf "$tmp/dense.txt" -q -j $jobs --write "jsonl:$tmp/dense.$jobs" || { echo "dense at -j $jobs: exit $?"; exit 1; }
done
cmp "$tmp/dense.1" "$tmp/dense.8"
