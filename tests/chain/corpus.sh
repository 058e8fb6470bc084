#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The sample corpus gives what its hand-made gold file says: every claim, copy and finding.
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$build/assay" run conf/crosscheck.conf tests/corpus/articles -q --write "jsonl:$work/out.jsonl" 2>"$work/said"
[ ! -s "$work/said" ] || { echo "a run that nothing is wrong with warns:"; cat "$work/said"; exit 1; }
python3 tests/corpus/compare.py tests/corpus/gold.txt "$work/out.jsonl"

# What only one source backs is not called agreement, in none of the outputs for people.
"$build/assay" run conf/crosscheck.conf tests/corpus/articles -q --write "terminal:$work/out.txt" \
    --write "markdown:$work/out.md" --write "html:$work/out.html"
for heading in 'ONE SOURCE ONLY' '## One source only (11)' '<h2 class=single id="single">One source only <span class=n>11<'; do
    cat "$work/out.txt" "$work/out.md" "$work/out.html" | grep -qF "$heading" || { echo "not found: $heading"; exit 1; }
done
sed -n '/^SOURCES AGREE/,/^ONE SOURCE/p' "$work/out.txt" | grep -q '· 1 independent source$' && { echo "one source agrees"; exit 1; }
sed -n '/^ONE SOURCE/,/^COPIES/p' "$work/out.txt" | grep -c '· 1 independent source$' | grep -qx 11

# Of two figures of two things it is said on which of them sources agree, and who counts as one.
tr -s '[:space:]' ' ' <"$work/out.txt" >"$work/line"
for words in 'the figures fit together. 2 independent sources agree on "$412 million".' \
    'One of the articles names no source and counts as a source of its own.' \
    'the lower one is at least 40.0 % below the other; two digits are swapped' \
    'only one of them says for what time: check that both mean the same'; do
    grep -qF "$words" "$work/line" || { echo "not said: $words"; exit 1; }
done

# README.md shows how it begins and how it ends.
awk '/^What it prints/ { on = 1 } on && /^```/ { if (begun++) exit; next } begun' README.md >"$work/readme"
sed '/^\.\.\.$/,$d' "$work/readme" >"$work/begin"
sed '1,/^\.\.\.$/d' "$work/readme" >"$work/end"
head -n "$(wc -l <"$work/begin")" "$work/out.txt" | diff "$work/begin" - || { echo "README.md shows another beginning"; exit 1; }
tail -n "$(wc -l <"$work/end")" "$work/out.txt" | diff "$work/end" - || { echo "README.md shows another end"; exit 1; }
[ -s "$work/begin" ] && [ -s "$work/end" ]
