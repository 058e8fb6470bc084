#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# assay export: another writer says of a finished result what it would have said in the run.
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
mkdir "$work/in"
cp -r tests/corpus/articles "$work/in/a"
printf '\000\001\002\003' >"$work/in/junk.bin"
printf '{"id":"x","text":"Two dogs."}\nbroken\n' >"$work/in/bad.jsonl"
code=0
"$assay" run conf/crosscheck.conf "$work/in" -q --set jsonl.text=true --set jsonl.spans=true --write "jsonl:$work/r.jsonl" --write "sqlite:$work/r.db" \
    --write "terminal:$work/run.txt" --write "csv:$work/run.csv" --write "html:$work/run.html" 2>/dev/null || code=$?
[ $code = 3 ] || fail "the run gives $code"

for from in r.jsonl r.db; do
    code=0
    "$assay" export "$work/$from" --to terminal -o "$work/$from.txt" 2>"$work/err" || code=$?
    [ $code = 3 ] || fail "$from: export gives $code (the run had a failure): $(cat "$work/err")"
    # What could not be read is told by the other step now; all before it has to be the same.
    sed '/^COULD NOT BE/,$d' "$work/run.txt" >"$work/want"
    sed '/^COULD NOT BE/,$d' "$work/$from.txt" >"$work/got"
    cmp "$work/want" "$work/got" || fail "$from: the terminal's output differs"
    grep -q 'bad.jsonl' "$work/$from.txt" || fail "$from: the failure is lost"
    grep -q 'junk.bin' "$work/$from.txt" || fail "$from: what was passed over is lost"
    "$assay" export "$work/$from" --to html -o "$work/$from.html" 2>/dev/null || true
    [ "$(grep -o '<h3><bdi>[^<]*' "$work/run.html")" = "$(grep -o '<h3><bdi>[^<]*' "$work/$from.html")" ] || fail "$from: titles of the page differ"
    "$assay" export "$work/$from" --to csv -o "$work/$from.csv" 2>/dev/null || true
done
for from in r.jsonl r.db; do
    diff -r "$work/run.csv" "$work/$from.csv" || fail "csv from $from differs"
done
# All records but document (its bytes are another file's now) and the host's own come back as they were.
grep -v '^{"type":"\(document\|failure\|skipped\|run\)"' "$work/r.jsonl" >"$work/want"
for from in r.jsonl r.db; do
    "$assay" export "$work/$from" --to jsonl -o "$work/again.jsonl" 2>/dev/null || true
    grep -v '^{"type":"\(document\|failure\|skipped\|run\)"' "$work/again.jsonl" >"$work/got"
    cmp "$work/want" "$work/got" || fail "$from: records differ after a round"
done
"$assay" export "$work/r.jsonl" --to markdown 2>/dev/null | grep -q '^# What the sources say' || fail "nothing on stdout"

"$assay" run conf/crosscheck.conf tests/corpus/articles -q --write "jsonl:$work/bare.jsonl"
"$assay" run conf/crosscheck.conf tests/corpus/articles -q --set sqlite.text=false --write "sqlite:$work/bare.db"
for from in bare.jsonl bare.db; do
    "$assay" export "$work/$from" --to terminal >"$work/out" 2>"$work/err" && fail "$from: a result without texts passes"
    grep -q "$from holds no texts" "$work/err" || fail "$from: the reason is missing: $(cat "$work/err")"
    [ ! -s "$work/out" ] || fail "$from: something is written although nothing could be read"
done
for args in "$work/absent --to html" "$work/r.db" "$work/r.db --to nothing" "$work/in/junk.bin --to terminal"; do
    code=0
    # shellcheck disable=SC2086
    "$assay" export $args >/dev/null 2>"$work/err" || code=$?
    [ $code -ne 0 ] || fail "export $args: 0"
    [ -s "$work/err" ] || fail "export $args: no message"
done
head -c 3000 "$work/r.jsonl" >"$work/cut.jsonl"
"$assay" export "$work/cut.jsonl" --to terminal >/dev/null 2>"$work/err" && fail "half a result passes"
exit $bad
