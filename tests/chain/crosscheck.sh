#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The cross-check chain on the invented stories: verdicts and rules of the pairs; the same bytes for any number of
# workers; ids that stay when documents are added; marks of a review.  $1 = build folder, cwd = repository
set -e
build=$1
here=tests/corpus/consistency
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

python3 $here/check.py make $here/stories.txt > "$tmp/in.jsonl"
"$build/assay" run conf/crosscheck.conf - -q -j 1 --write "jsonl:$tmp/one.jsonl" < "$tmp/in.jsonl"
"$build/assay" run conf/crosscheck.conf - -q -j 3 --write "jsonl:$tmp/three.jsonl" < "$tmp/in.jsonl"
cmp "$tmp/one.jsonl" "$tmp/three.jsonl" || { echo "other workers, other result"; exit 1; }
sed '1!G;h;$!d' "$tmp/in.jsonl" | "$build/assay" run conf/crosscheck.conf - -q -j 2 --write "jsonl:$tmp/back.jsonl"
grep '"type":"finding"' "$tmp/one.jsonl" > "$tmp/one.f"
grep '"type":"finding"' "$tmp/back.jsonl" > "$tmp/back.f"
cmp "$tmp/one.f" "$tmp/back.f" || { echo "another order of documents, another result"; exit 1; }
python3 $here/check.py score $here/stories.txt "$tmp/one.jsonl" 0.95 0
gold() { # name, least share right, most false conflicts
    python3 $here/check.py make "$here/$1.txt" > "$tmp/$1.jsonl"
    "$build/assay" run conf/crosscheck.conf - -q --write "jsonl:$tmp/$1.out" < "$tmp/$1.jsonl"
    python3 $here/check.py score "$here/$1.txt" "$tmp/$1.out" "$2" "$3"
}
gold agencies 0.9 1
gold traps 0.93 0
gold shapes 0.85 1
gold newsrooms 0.92 0
gold dispatches 0.915 0
gold exact 0.87 0
gold bulletins 0.915 0
gold pitfalls 0.916 0
gold snares 0.9 5
gold disputes 0.75 5
gold lures 0.91 0
gold leftovers 0.915 0
gold plain 0.835 0
gold days 0.95 0
gold briefs 0.88 0
week() { # name, shares that are the least
    name=$1
    shift
    python3 $here/week.py make "$here/$name.txt" > "$tmp/$name.jsonl"
    "$build/assay" run conf/crosscheck.conf - -q --write "jsonl:$tmp/$name.out" < "$tmp/$name.jsonl"
    python3 $here/week.py score "$here/$name.txt" "$tmp/$name.out" "$@"
}
week week1 conflict-recall=.86 conflict-precision=.92 agree-recall=.94 agree-precision=.99 update-recall=.79 update-precision=.97
week week2 conflict-recall=.66 conflict-precision=.92 agree-recall=.92 agree-precision=.99 update-recall=.75 update-precision=.93
week week3 conflict-recall=.81 conflict-precision=1 agree-recall=.97 agree-precision=.99 update-recall=.67 update-precision=.93
week week4 conflict-recall=.41 conflict-precision=.85 agree-recall=.87 agree-precision=.95 update-recall=.35 update-precision=.93 sources=.90
week week5 conflict-recall=.66 conflict-precision=1 agree-recall=.98 agree-precision=.94 update-recall=.09 update-precision=1 sources=.71

# Of a register of days the first 64 are compared, and none of the others is taken for a figure.
python3 -c 'import json
for who in "pq":
    text = "The Corrie rowing club met 19 times and has 412 members.\n"
    text += "".join("On %d March %d boat number %s was rowed by crew %s of Corrie.\n" % (n % 28 + 1, 1900 + n, "abc"[n % 3] * (n % 7 + 2), "xyz"[n % 3] * (n % 5 + 2)) for n in range(90))
    print(json.dumps({"id": who, "source": who + ".example", "published": "2024-05-14", "text": text}))' >"$tmp/days.jsonl"
"$build/assay" run conf/crosscheck.conf - -q --write "jsonl:$tmp/days.out" <"$tmp/days.jsonl" 2>"$tmp/err" || { cat "$tmp/err"; exit 1; }
python3 -c 'import json, sys
records = [json.loads(l) for l in open(sys.argv[1], encoding="utf-8")]
days = {r["id"] for r in records if r["type"] == "claim" and r["kind"] == "date"}
tied = {c for r in records if r["type"] == "finding" for c in r["claims"] if c in days}
if len(days) != 180 or not 2 * 50 <= len(tied) <= 2 * 64: sys.exit("a register of %d days, %d of them tied" % (len(days), len(tied)))' "$tmp/days.out"

# What headlines say and the texts below them repeat is one disagreement, with all that is said of it.
cat > "$tmp/ferry.jsonl" <<'END'
{"id":"x","source":"northpost.example","published":"2024-05-14","text":"Ferry fire in Northgate kills 14 people\n\nA fire on the ferry Lady Brenda near Northgate killed 14 people on Monday, harbour master Peter Holloway said. The fire broke out in the engine room."}
{"id":"y","source":"quayside.example","published":"2024-05-14","text":"19 people killed in ferry fire at Northgate\n\nHarbour master Peter Holloway said on Monday that 19 people were killed when the ferry Lady Brenda caught fire near Northgate. It started in the engine room."}
END
cat "$tmp/in.jsonl" "$tmp/ferry.jsonl" | "$build/assay" run conf/crosscheck.conf - -q --write "jsonl:$tmp/ferry.out"
python3 -c 'import json, sys
found = [r for r in map(json.loads, open(sys.argv[1], encoding="utf-8")) if r["type"] == "finding" and any(c[:2] in ("x#", "y#") for c in r["claims"])]
said = [(r["verdict"], sorted(len(v["claims"]) for v in r["values"]), r["independent"]) for r in found]
if said != [("conflict", [2, 2], 2)]: sys.exit("headlines and texts: %s" % said)' "$tmp/ferry.out"

# So is what they say in numbers that fit together.
sed 's/kills 14 people/injures some 40/; s/killed 14 people/injured some 40 people/; s/19 people killed in/43 injured in/; s/19 people were killed/43 people were injured/' "$tmp/ferry.jsonl" >"$tmp/hurt.jsonl"
cat "$tmp/in.jsonl" "$tmp/hurt.jsonl" | "$build/assay" run conf/crosscheck.conf - -q --write "jsonl:$tmp/hurt.out"
python3 -c 'import json, sys
found = [r for r in map(json.loads, open(sys.argv[1], encoding="utf-8")) if r["type"] == "finding" and any(c[:2] in ("x#", "y#") for c in r["claims"])]
said = [(r["verdict"], sorted(len(v["claims"]) for v in r["values"])) for r in found]
if said != [("compatible", [2, 2])]: sys.exit("headlines and texts that fit together: %s" % said)' "$tmp/hurt.out"

# Neither the folder nor the names of files decide a finding's id, verdict or period.
mkdir -p "$tmp/moved/one" "$tmp/moved/z"
cp -r tests/corpus/articles "$tmp/moved/one/a"
cp -r tests/corpus/articles "$tmp/moved/z/b"
facts() {
    "$build/assay" run conf/crosscheck.conf "$1" -q --write "jsonl:$tmp/moved/out"
    python3 -c 'import json, sys
for r in map(json.loads, open(sys.argv[1], encoding="utf-8")):
    if r["type"] == "finding": print(r["id"], r["verdict"], r["period"])' "$tmp/moved/out" | LC_ALL=C sort
}
facts tests/corpus/articles > "$tmp/moved/here"
facts "$tmp/moved/one/a" > "$tmp/moved/there"
facts "$tmp/moved/z" > "$tmp/moved/deeper"
[ "$(wc -l < "$tmp/moved/here")" -gt 10 ] || { echo "few findings in the corpus"; exit 1; }
for other in there deeper; do
    cmp "$tmp/moved/here" "$tmp/moved/$other" || { echo "another folder, other ids"; exit 1; }
done

# What a finding is about is said in the language of most of its texts, else in English where a text is English.
python3 - "$tmp/traps.jsonl" "$tmp/traps.out" "$tmp/in.jsonl" "$tmp/one.jsonl" <<'PY'
import collections, json, re, sys
asked = 0
for given, made in (sys.argv[1:3], sys.argv[3:5]):
    text = {d["id"]: d for d in map(json.loads, open(given, encoding="utf-8"))}
    for f in map(json.loads, open(made, encoding="utf-8")):
        said = f["type"] == "finding" and f["scope_of"] == "across" and f["verdict"] != "scope" and re.match('[^":]* on "([^"]*)": ', f["title"])
        if not said:
            continue
        docs = {c.rsplit("#", 1)[0] for c in f["claims"]}
        languages = collections.Counter(text[d]["language"] for d in docs)
        if "en" not in languages or max(languages.values()) * 2 > len(docs) and languages.most_common(1)[0][0] != "en":
            continue
        asked += 1
        if not any(said[1].rstrip("…") in text[d]["text"] for d in docs if text[d]["language"] == "en"):
            sys.exit(f"not the reader's language: {f['title']}")
if asked < 5:
    sys.exit(f"only {asked} titles asked")
PY

# The findings of a story keep their ids when other stories come or go.
grep -v '"id": "\(bus\|quake\)/' "$tmp/in.jsonl" > "$tmp/fewer.jsonl"
"$build/assay" run conf/crosscheck.conf - -q --write "jsonl:$tmp/fewer.out" < "$tmp/fewer.jsonl"
python3 - "$tmp/one.jsonl" "$tmp/fewer.out" <<'PY'
import json, sys
def ids(path):
    return {f["id"]: f["claims"] for f in map(json.loads, open(path, encoding="utf-8")) if f["type"] == "finding"}
a, b = ids(sys.argv[1]), ids(sys.argv[2])
left = [c for c in a.values() if c[0].split("/")[0] not in ("bus", "quake")]
lost = [c for i, c in a.items() if c[0].split("/")[0] not in ("bus", "quake") and i not in b]
if len(lost) * 20 > len(left):
    sys.exit(f"{len(lost)} of {len(left)} ids changed: {lost[:3]}")
PY

# A dismissed finding says so; after its values changed it comes back.
python3 - "$tmp/one.jsonl" > "$tmp/marks.jsonl" <<'PY'
import json, sys
fs = [f for f in map(json.loads, open(sys.argv[1], encoding="utf-8")) if f["type"] == "finding"]
print(json.dumps({"finding": fs[0]["id"], "state": fs[0]["state"], "mark": "dismissed", "note": "a \"slip\""}))
print(json.dumps({"finding": fs[1]["id"], "state": "0000000000000000", "mark": "dismissed", "note": None}))
print(json.dumps({"finding": fs[2]["id"], "state": fs[2]["state"], "mark": "accepted"}))
PY
"$build/assay" run conf/crosscheck.conf - -q --review "$tmp/marks.jsonl" --write "jsonl:$tmp/marked.jsonl" < "$tmp/in.jsonl"
python3 - "$tmp/marked.jsonl" <<'PY'
import json, sys
fs = [f for f in map(json.loads, open(sys.argv[1], encoding="utf-8")) if f["type"] == "finding"]
got = [f["review"] for f in fs[:3]]
if got != ["dismissed", "reopened", "accepted"] or fs[0]["note"] != 'a "slip"':
    sys.exit(f"review marks: {got}, note {fs[0]['note']}")
PY

# suppress, about and ignored take findings away; contradictions are said.
first=$(sed -n 's/.*"type":"finding","id":"\([0-9a-f]*\)".*/\1/p;' "$tmp/one.f" | head -1)
"$build/assay" run conf/crosscheck.conf - -q --set "consistency.suppress=$first" --write "jsonl:$tmp/less.jsonl" < "$tmp/in.jsonl"
! grep -q "\"type\":\"finding\",\"id\":\"$first\"" "$tmp/less.jsonl" || { echo "suppress did not suppress"; exit 1; }
"$build/assay" run conf/crosscheck.conf - -q --set consistency.about=killed --write "jsonl:$tmp/about.jsonl" < "$tmp/in.jsonl"
grep '"type":"finding"' "$tmp/about.jsonl" | grep -v '"concept":"killed"' && { echo "about let others through"; exit 1; }
grep -q '"concept":"killed"' "$tmp/about.jsonl" || { echo "about lost its own"; exit 1; }
if "$build/assay" check conf/crosscheck.conf --set consistency.trusted=a.example --set consistency.ignored=a.example 2> "$tmp/err"; then
  echo "trusted and ignored at once was accepted"; exit 1
fi
grep -q 'both trusted and ignored' "$tmp/err" || { cat "$tmp/err"; exit 1; }

# Two counts of one day: nobody knows which is the later one, and the title does not say so.
cat > "$tmp/day.jsonl" <<'END'
{"id":"a","source":"a.example","published":"2024-05-06","language":"en","text":"The flood in Varn killed 57 people on 4 May 2024."}
{"id":"b","source":"b.example","published":"2024-05-06","language":"en","text":"The flood in Varn killed 68 people on 4 May 2024."}
END
"$build/assay" run conf/crosscheck.conf "$tmp/day.jsonl" -q --write "jsonl:$tmp/day.out"
grep -q '"title":"Changed within a day, killed: 57 (a.example) and 68 (b.example)"' "$tmp/day.out" || { echo "title of two counts of one day"; exit 1; }
