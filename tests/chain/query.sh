#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# assay query and assay diff, over results of both kinds.
set -eu
build=$1
assay=$build/assay
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
fail() {
    echo "$1"
    bad=1
}
cat >"$work/old.jsonl" <<'EOF'
{"type":"document","doc":"a.txt","metadata":{"k":1}}
{"type":"finding","id":"f1","verdict":"conflict","severity":"high","rank":1,"title":"One or two","state":"s1","confidence":0.5}
{"type":"finding","id":"f2","verdict":"update","severity":"low","rank":2,"title":"Three, then four","state":"s2","confidence":1}
{"type":"finding","id":"f3","verdict":"agree","severity":"low","rank":3,"title":"Five\tand five","state":"s3","confidence":null,"more":true}
EOF
cat >"$work/new.jsonl" <<'EOF'
{"type":"finding","id":"f4","verdict":"conflict","severity":"low","rank":1,"title":"Six or seven","state":"s4"}
{"type":"finding","id":"f2","verdict":"conflict","severity":"high","rank":2,"title":"Three or four","state":"s9"}
{"type":"finding","id":"f3","verdict":"agree","severity":"low","rank":3,"title":"Five and five","state":"s3"}
EOF

# query
got=$("$assay" query "$work/old.jsonl" "select rank, title from finding where verdict <> 'update' order by rank")
want=$(printf 'rank\ttitle\n1\tOne or two\n3\tFive and five')
[ "$got" = "$want" ] || fail "query of jsonl: $got"
got=$("$assay" query --json "$work/old.jsonl" "select confidence, more, (select metadata from document) as m from finding order by rank")
want='{"confidence":0.5,"more":null,"m":"{\"k\":1}"}
{"confidence":1,"more":null,"m":"{\"k\":1}"}
{"confidence":null,"more":1,"m":"{\"k\":1}"}'
[ "$got" = "$want" ] || fail "query --json: $got"
for sql in "delete from finding" "select 1; select 2" "attach '$work/x' as x" "select nothing from nowhere" "create table t(a)" "" "pragma user_version = 7"; do
    "$assay" query "$work/old.jsonl" "$sql" >"$work/out" 2>"$work/err" && fail "it ran: $sql"
    [ -s "$work/err" ] || fail "no message: $sql"
    [ ! -s "$work/out" ] || fail "output of: $sql"
done
[ ! -e "$work/x" ] || fail "a file was attached"
printf '{"type":"a"}\nnot json\n' >"$work/bad.jsonl"
"$assay" query "$work/bad.jsonl" "select 1" 2>"$work/err" && fail "a bad line passed"
grep -q 'bad.jsonl:2' "$work/err" || fail "the bad line is not named: $(cat "$work/err")"
printf '{"type":"a","x":1,"X":2}\n' >"$work/bad.jsonl" # columns know no case
code=0
"$assay" query "$work/bad.jsonl" "select 1" 2>"$work/err" || code=$?
[ $code = 2 ] || fail "keys that differ in case alone end otherwise: $(cat "$work/err")"
grep -q 'bad.jsonl:1' "$work/err" || fail "their line is not named: $(cat "$work/err")"
code=0
"$assay" query "$work/absent" "select 1" 2>/dev/null || code=$?
[ $code = 2 ] || fail "an absent file gives $code"

# diff
got=$("$assay" diff "$work/old.jsonl" "$work/new.jsonl")
want='gained (1)
  + Six or seven (conflict, low)

lost (1)
  - One or two (conflict, high)

changed (1)
  ~ Three or four (conflict, high)
    was: Three, then four (update, low)

1 gained, 1 lost, 1 changed, 1 as before'
[ "$got" = "$want" ] || fail "diff: $got"
sed 's/"s3"/"s33"/' "$work/new.jsonl" >"$work/again.jsonl"
got=$("$assay" diff "$work/new.jsonl" "$work/again.jsonl" | sed -n 2,3p)
want='  ~ Five and five (agree, low)
    in the same words, but with other values or sources'
[ "$got" = "$want" ] || fail "diff of equal words: $got"
"$assay" diff --json "$work/old.jsonl" "$work/new.jsonl" | python3 -c '
import json, sys
d = json.load(sys.stdin)
assert [f["id"] for f in d["gained"]] == ["f4"], d
assert [f["id"] for f in d["lost"]] == ["f1"], d
assert [(f["was"]["verdict"], f["now"]["verdict"]) for f in d["changed"]] == [("update", "conflict")], d
assert d["same"] == 1, d' || fail "diff --json"

# The real writers: both results say the same.
"$assay" run conf/crosscheck.conf tests/corpus/articles -q --write "sqlite:$work/r.db" --write "jsonl:$work/r.jsonl"
"$assay" diff "$work/r.db" "$work/r.jsonl" | grep -q '^0 gained, 0 lost, 0 changed, [1-9]' || fail "sqlite and jsonl differ"
sql="select doc, begin, \"end\", value, unit from claim order by 1, 2, 3"
"$assay" query "$work/r.db" "$sql" >"$work/a"
"$assay" query "$work/r.jsonl" "$sql" >"$work/b"
sed 's/\.0\t/\t/' "$work/a" >"$work/a2"
sed 's/\.0\t/\t/' "$work/b" >"$work/b2"
cmp "$work/a2" "$work/b2" || fail "claims of sqlite and jsonl differ"
exit $bad
