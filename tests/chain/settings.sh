#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every setting of the cross-check does what it says; settings that contradict each other are refused in words; figures that
# are hostile cost bounded work.  $1 = build folder, cwd = repository
set -eu
build=$1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python3 tests/corpus/consistency/check.py make tests/corpus/consistency/stories.txt > "$tmp/in.jsonl"

# run NAME "OPTIONS": the chain with these options of consistency
chain() {
  sed "s|{ plugin = \"consistency\";|{ plugin = \"consistency\"; $2|" conf/crosscheck.conf > "$tmp/$1.conf"
}
run() {
  chain "$1" "$2"
  "$build/assay" run "$tmp/$1.conf" - -q --write "jsonl:$tmp/$1.jsonl" < "${3:-$tmp/in.jsonl}"
}
refused() {
  chain refused "$1"
  if "$build/assay" check "$tmp/refused.conf" 2> "$tmp/err"; then echo "accepted: $1"; exit 1; fi
  grep -q "$2" "$tmp/err" || { echo "no word of '$2':"; cat "$tmp/err"; exit 1; }
}

refused 'part_of = ( { part = "trade"; whole = "export"; } );' 'cannot be a part of'
refused 'watch = ( { measure = "killed"; tolerance = 0.1; }, { measure = "killed"; tolerance = 0.2; } );' 'two rules for "killed"'
refused 'watch = ( { tolerance = 0.1; } );' 'a rule needs a measure'
refused 'suppress = [ "first" ];' '"first" is no id'
refused 'about = [ "unheard" ];' 'neither a kind nor a concept "unheard"'
refused 'evolving = [ "unheard" ];' 'no concept "unheard"'
refused 'evolving = [ "exprot" ];' 'did you mean "export"'
refused 'about = [ "kiled" ];' 'did you mean "killed"'
refused 'aliases = ( { name = "milk"; as = ""; } );' 'a rule needs a name and what'
refused 'part_of = ( { part = "unheard"; whole = "export"; } );' 'nor an alias as "unheard"'
refused 'trusted = [ "A.example" ]; ignored = [ "a.example" ];' 'both trusted and ignored'

chain doubted 'watch = ( { measure = "exprot"; } );'
"$build/assay" check "$tmp/doubted.conf" > "$tmp/err" 2>&1 || { echo "a measure of the user's own was refused"; exit 1; }
grep -q 'did you mean "export"' "$tmp/err" || { echo "a slip in watch was passed over"; exit 1; }
chain stale 'suppress = [ "0123456789abcdef" ];'
"$build/assay" run "$tmp/stale.conf" - --write "jsonl:$tmp/stale.jsonl" < "$tmp/in.jsonl" > "$tmp/err" 2>&1
grep -q '1 of 1 ids name no finding' "$tmp/err" || { echo "an id of nothing was passed over"; cat "$tmp/err"; exit 1; }

run plain ''
killed='watch = ( { measure = "killed"; } );'
run watch "$killed"
run tolerance 'tolerance = 0.2;'
run measure 'watch = ( { measure = "population"; tolerance = 0.1; } );'
run sure 'min_confidence = 0.85;'
run few 'max_findings = 3;'
run money 'about = [ "money" ];'
run trusted 'trusted = [ "vestnik-karsovo.example" ];'
run ignored 'ignored = [ "Vestnik-Karsovo.example" ];'
first=$(sed -n 's/.*"type":"finding","id":"\([0-9a-f]*\)".*"concept":"killed".*/\1/p' "$tmp/watch.jsonl" | head -1)
run both "$killed suppress = [ \"$first\" ];" # what is suppressed stays away, watched or not
cat > "$tmp/words.in" <<'JSON'
{"id":"w/a","source":"a.example","published":"2024-03-02","text":"The Ordeva works delivered 340 Zorlines to the city of Halm in February, director Nela Brandt said. Sales of kvass by Halmia to Kestria reached 900 million dollars in 2023."}
{"id":"w/b","source":"b.example","published":"2024-03-02","text":"In February the Ordeva works delivered 430 Zorlines to the city of Halm, said director Nela Brandt. Exports of Halmia to Kestria reached 600 million dollars in 2023."}
JSON
run words '' "$tmp/words.in"
run alias 'aliases = ( { name = "Zorline*"; as = "zorlines"; }, { name = "kvass"; as = "kvass"; } ); part_of = ( { part = "kvass"; whole = "export"; } );' "$tmp/words.in"
# more documents leave the ids of the others' findings alone
cat "$tmp/in.jsonl" "$tmp/words.in" > "$tmp/more.in"
run more '' "$tmp/more.in"

# a measure that the user says to be counted on; lexicons of the user's own, of concepts and of places
cat > "$tmp/grown.in" <<'JSON'
{"id":"g/a","source":"a.example","published":"2024-03-02","text":"The storm at Dorvak on Friday destroyed 230 houses, mayor Silke Arno said. It felled 12 pylons."}
{"id":"g/b","source":"b.example","published":"2024-03-04","text":"The storm at Dorvak on Friday destroyed 310 houses, mayor Silke Arno said. It felled 12 pylons."}
JSON
run still '' "$tmp/grown.in"
run grown 'evolving = [ "houses" ];' "$tmp/grown.in"
cat > "$tmp/concepts.cfg" <<'CFG'
concepts = ( { key = "zorlines"; en = "zorline*"; }, { key = "lost"; flags = "event evolving"; en = "lost"; ru = "потерян*"; } );
CFG
cat > "$tmp/places.cfg" <<'CFG'
places = ( "QH Halm|Хальм*" );
CFG
run concepts "concepts = \"$tmp/concepts.cfg\";" "$tmp/words.in"
run places "places = \"$tmp/places.cfg\"; watch = ( { entity = \"QH\"; tolerance = 0.5; } );" "$tmp/words.in"
run noplaces 'watch = ( { entity = "QH"; tolerance = 0.5; } );' "$tmp/words.in"
refused "concepts = \"$tmp/none.cfg\";" 'none.cfg'
echo 'concepts = ( { key = "a"; flags = "shiny"; en = "b"; } );' > "$tmp/bad.cfg"
refused "concepts = \"$tmp/bad.cfg\";" 'bad.cfg'

# 10,000 figures of one measure, place and day; then values, units and sources that are missing or beyond all reason
python3 - > "$tmp/many.in" <<'PY'
import json
for i in range(500):
    text = " ".join("In Varn %d people were killed in the flood of 3 May 2024." % (12 + (i + k) % 5) for k in range(20))
    print(json.dumps({"id": "m/%d" % i, "source": "s%d.example" % i, "published": "2024-05-04", "text": text}))
PY
run many "" "$tmp/many.in"
cat > "$tmp/odd.in" <<'JSON'
{"text":"The deficit of Halmia was 0 dollars in 2023. The loss was -5 percent. A share fell to 0.0000001 percent."}
{"text":"The deficit of Halmia was 1e300 dollars in 2023. The loss was -7 percent. A share fell to 99999999999999999999999999999999999999999999999999 percent."}
{"id":"x","text":"340","source":""}
{"id":"y","text":"340 - 12 - ,,, 5..6 1e999 dollars","published":"never"}
{"id":"z","text":"","source":"z.example"}
JSON
run odd "" "$tmp/odd.in"

python3 - "$tmp" <<'PY'
import json, sys
def read(name):
    rows = [json.loads(l) for l in open("%s/%s.jsonl" % (sys.argv[1], name), encoding="utf-8")]
    return {r["id"]: r for r in rows if r["type"] == "claim"}, [r for r in rows if r["type"] == "finding"], rows
def need(true, what):
    if not true:
        sys.exit(what)
claims, plain, _ = read("plain")
rank = {f["id"]: f["rank"] for f in plain}
by = {f["id"]: f for f in plain}
watched = [f for f in read("watch")[1] if f["concept"] == "killed" and f["verdict"] == "conflict"]
need(watched and all(f["rank"] <= rank[f["id"]] for f in watched) and any(f["rank"] < rank[f["id"]] for f in watched), "watch does not raise")
need({f["id"] for f in read("watch")[1]} == set(by), "watch takes away or adds")
close = [f["id"] for f in plain if f["verdict"] == "conflict" and f["scope_of"] == "across" and 0 < f["gap"] < 0.19 and len(f["values"]) == 2]
wide = {f["id"]: f for f in read("tolerance")[1]}
need(close and all(wide[i]["rule"] == "within-tolerance" for i in close), "tolerance")
need(any(f["verdict"] == "conflict" for f in wide.values()), "tolerance swallows all")
one = {f["id"]: f for f in read("measure")[1]}
moved = [i for i in one if one[i]["verdict"] != by[i]["verdict"]]
need(moved and all(by[i]["concept"] == "population" and one[i]["rule"] == "within-tolerance" for i in moved), "tolerance of one measure: %s" % moved)
sure = read("sure")[1]
need(sure and len(sure) < len(plain) and all(f["confidence"] >= 0.85 for f in sure), "min_confidence")
few = read("few")[1]
need([f["id"] for f in few] == [f["id"] for f in plain[:3]] and [f["rank"] for f in few] == [1, 2, 3], "max_findings")
c, money, _ = read("money")
need(money and all(c[i]["kind"] == "money" for f in money for i in f["claims"]), "about")
trusted = {f["id"]: f["rank"] for f in read("trusted")[1]}
mine = [f for f in plain if f["verdict"] == "conflict" and any("vestnik-karsovo.example" in v["sources"] for v in f["values"])]
need(mine and all(trusted[f["id"]] <= f["rank"] for f in mine), "trusted does not raise")
need(not any("vestnik-karsovo.example" in v["sources"] for f in read("ignored")[1] for v in f["values"]), "ignored is compared")
need(len(read("both")[1]) == len(plain) - 1, "suppress and watch")
before, after = read("words")[1], read("alias")[1]
need(not any(f["concept"] == "zorlines" for f in before), "a concept from nowhere")
need(any(f["concept"] == "zorlines" and f["verdict"] == "conflict" for f in after), "aliases")
need(any(f["rule"] == "part-beyond-whole" and f["concept"] == "kvass" for f in after), "part_of")
need(not any(f["rule"].startswith("part") for f in before), "a part before it is one")
need([f["rule"] for f in read("still")[1] if f["concept"] == "houses"] == ["values-differ"], "houses grow without being told to")
need([f["rule"] for f in read("grown")[1] if f["concept"] == "houses"] == ["evolving-count"], "evolving")
need([f["concept"] for f in read("concepts")[1] if f["verdict"] == "conflict"] == ["zorlines"], "concepts of one's own")
need(any(f["rule"] == "within-tolerance" for f in read("places")[1]), "places of one's own")
need(not any(f["rule"] == "within-tolerance" for f in read("noplaces")[1]), "a place from nowhere")
more = {f["id"] for f in read("more")[1]}
lost = [f for f in plain if f["id"] not in more]
need(len(lost) * 40 <= len(plain), "%d ids of %d changed when documents came" % (len(lost), len(plain)))
need(not any(r["type"] == "failure" for r in read("many")[2]), "10,000 figures: failures")
need(0 < len(read("many")[1]) < 10000, "10,000 figures of one kind: %d findings" % len(read("many")[1]))
_, odd, rows = read("odd")
need(not any(r["type"] == "failure" and r["code"] in ("crash", "timeout", "memory") for r in rows), "odd figures: failures")
for f in odd:
    need(f["independent"] <= 1 or all(v["sources"] for v in f["values"]), "nameless sources are independent")
    need(0 <= f["gap"] <= 2 and 0 <= f["confidence"] <= 1, "gap or confidence out of range")
PY
