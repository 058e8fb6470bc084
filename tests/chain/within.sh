#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A sentence that does not add up: one finding for all texts that print it, which keeps its id when another one comes.
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/docs.py" <<'E2'
import json, sys
tail = ("The harbour office said that the sales of fish rose from 20 million euros to 30 million euros, an increase of 12 percent. "
        "The mayor thanked the crews who had worked through the night in heavy rain and said that repairs would begin at once.")
cells = "Tool | 4, | of them 922 | a finder of traces.\n\nNothing else is said of the tools that stand in this list of programs for the keepers of machines."
rows = [("wire", "Wire", "2024-05-02", tail), ("post", "Post", "2024-05-03", tail.replace(". The", ".\n\nThe")),
        ("echo", "Echo", "2024-05-03", "By our own reporter in the harbour. " + tail), ("post2", "Post", "2024-05-04", tail),
        ("cells", "Tables", "2024-05-04", cells)]
if len(sys.argv) > 1:
    rows.append(("dawn", "Dawn", "2024-05-01", tail))
for name, source, day, text in rows:
    print(json.dumps({"id": name, "source": source, "published": day, "title": "Harbour", "text": text}))
E2
cat >"$work/look.py" <<'E2'
import json, sys
found = [f for f in map(json.loads, open(sys.argv[1])) if f["type"] == "finding" and f["scope_of"] == "within"]
texts = int(sys.argv[2])
assert len(found) == 1, [f["title"] for f in found]
f = found[0]
assert f["rule"] == "growth" and f["verdict"] == "conflict" and f["severity"] == "check", f
assert len(f["values"]) == 3 and len(f["claims"]) == 3 * texts, f
assert all(v["documents"] == texts and v["independent"] == 1 for v in f["values"]) and f["independent"] == 1, f
print(f["id"], f["state"])
E2
python3 "$work/docs.py" >"$work/four.jsonl"
python3 "$work/docs.py" more >"$work/five.jsonl"
for n in four five; do
    "$build/assay" run conf/crosscheck.conf "$work/$n.jsonl" -q --write "jsonl:$work/$n.out"
done
four=$(python3 "$work/look.py" "$work/four.out" 4)
five=$(python3 "$work/look.py" "$work/five.out" 5)
[ "$four" = "$five" ] || { echo "the id changed: $four, $five"; exit 1; }
