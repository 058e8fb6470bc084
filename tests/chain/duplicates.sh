#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The duplicates chain as a user runs it: the same result for any number of workers and any order of lines; many texts
# alike come back as one cluster; nothing breaks on texts that are empty, tiny, or all one line.
set -eu
assay=$1/assay
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

say() { echo "duplicates: $*" >&2; exit 1; }

# A text of made-up words that depends on the seed alone; every eleventh is a figure.
awk 'function roll(){ s = (s * 16807) % 2147483647; return s }
function word(  n, w, i) { n = 2 + roll() % 3; w = ""; for (i = 0; i < n; i++) w = w substr("bcdfghklmnprstvz", 1 + roll() % 16, 1) substr("aeiou", 1 + roll() % 5, 1); return w }
function text(seed, words,  i, x) { s = seed * 7919 + 13; for (i = 0; i < 9; i++) roll(); x = ""; for (i = 1; i <= words; i++) x = x (i % 11 ? word() : roll() % 9000) (i % 17 ? " " : ".\\n"); return x }
function line(id, source, date, x) { printf "{\"id\":\"%s\",\"source\":\"%s\",\"published\":%s,\"text\":\"%s\"}\n", id, source, date, x }
BEGIN {
    for (i = 0; i < 60; i++) line("alone" i, "s" i % 7, "\"2024-01-02\"", text(i, 120))
    for (i = 0; i < 500; i++) line("same" i, "s" i % 7, i ? "\"2024-02-02\"" : "\"2024-02-01\"", text(1001, 90))
    for (i = 0; i < 40; i++) line("part" i, "p" i, "null", text(2000 + i, 60) text(5, 70) text(3000 + i, 50))
    x = text(4001, 80); line("figure1", "a", "\"2024-03-01\"", "It cost 4,210.5 crowns. " x); line("figure2", "b", "\"2024-03-02\"", "It cost 4,270.5 crowns. " x)
    x = text(4002, 80); line("dated", "a", "\"2024-03-01\"", x); line("undated", "b", "null", x ".")
    line("empty", "a", "null", ""); line("tiny", "a", "null", "So."); line("nul", "a", "null", "a\\u0000b")
    x = ""; for (i = 0; i < 4000; i++) x = x "the same short line of nine words once more "; line("line", "a", "null", x)
}' > "$t/in.jsonl"

run() { "$assay" run conf/duplicates.conf - -q "$@"; }
run -j 1 --write "jsonl:$t/one" < "$t/in.jsonl"
run -j 3 --write "jsonl:$t/three" < "$t/in.jsonl"
sort -r "$t/in.jsonl" > "$t/turned.jsonl"
run -j 2 --write "jsonl:$t/turned" < "$t/turned.jsonl"
cmp -s "$t/one" "$t/three" || say "one worker and three differ"
grep -v '"type":"document"' "$t/one" > "$t/a"; grep -v '"type":"document"' "$t/turned" > "$t/b"
cmp -s "$t/a" "$t/b" || say "the order of lines matters"

count() { grep -c "$1" "$t/one" || true; }
[ "$(count '"type":"failure"')" = 0 ] || say "a document failed"
[ "$(count '"relation":"identical"')" = 499 ] || say "of 500 equal texts 499 are told beside the first"
grep -q '"type":"cluster".*"same499".*"first":"same0"' "$t/one" || say "the earliest of equal texts is not first"
grep 'dated","source' "$t/in.jsonl" | "$assay" run conf/duplicates.conf - 2> /dev/null | tr -s ' \n' '  ' |
     grep -q 'b, undated (no date, may be earlier): the same words, set differently' || say "a text without a date is not said to be so"
grep '"type":"copy"' "$t/one" | grep -q '"doc":"figure1".*"doc":"figure2".*"figures_differ":\[{"a":\[8,15\],"b":\[8,15\]}\]' ||
    say "the changed figure is not told"
# A text that has the other one twice: of what differs only that is told which lies in the places told.
told='The blast in the depot at Valmedo killed six people and injured %s, said the delegate Rosa Penas. In %s a similar accident killed %s people there.'
printf "{\"id\":\"once\",\"text\":\"$told Nothing else.\"}\n{\"id\":\"twice\",\"text\":\"$told $told\"}\n" 13 2011 14 25 2061 10 0 2011 14 > "$t/again.jsonl"
"$assay" run conf/duplicates.conf "$t/again.jsonl" -q --set jsonl.text=true --set jsonl.spans=true --write "jsonl:$t/again"
grep -q '"type":"copy".*"figures_differ":\[{' "$t/again" || say "no figure differs in a text that stands there twice"
python3 tests/chain/invariants.py "$t/again" || say "what differs lies outside of the places told"
grep '"type":"copy"' "$t/one" | grep '"doc":"line"' | grep -q '"relation":"repeats-itself"' || say "one line for ever is no repetition"
[ "$(count '"relation":"shares-passage"')" -ge 39 ] || say "lifted passages are missing"
[ "$(count '"doc":"alone[0-9]*".*"from"')" -le 1 ] || say "texts that stand alone have an origin"
