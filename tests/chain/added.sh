#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A few documents added to a run folder of thousands: the bytes of a full run, and most of what was judged is found as it was.
# Words that have become less rare shift how strong links are, by less than the step in which strength is judged by. $1: build folder.
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chain=$PWD/conf/crosscheck.conf
fail() { echo "FAIL $*"; exit 1; }
mkdir "$work/in"
"$build/tests/bench_generate" 2000 >"$work/in/a.jsonl"
cd "$work"
"$build/assay" run "$chain" in -q -j2 --run folder >/dev/null 2>err || fail "a first run: $(cat err)"
"$build/tests/bench_generate" 5 --seed 7 | sed 's/"id":"/"id":"added-/' >in/b.jsonl
"$build/assay" run "$chain" in -v -j2 --run folder --write jsonl:a.jsonl >/dev/null 2>err || fail "five added: $(cat err)"
"$build/assay" run "$chain" in -q -j2 --write jsonl:b.jsonl >/dev/null 2>err2 || fail "a full run: $(cat err2)"
cmp a.jsonl b.jsonl || fail "five added give other bytes than a full run"
# of about 1,500 keys some 20 are new; 96 were, when each thousandth of strength counted
counts=$(sed -n 's/.*consistency (judge): \([0-9]*\) of \([0-9]*\) keys were known.*/\1 \2/p' err)
[ -n "$counts" ] || fail "nothing is found as it was: $(cat err)"
[ $((${counts#* } - ${counts% *})) -lt 50 ] || fail "judged as it was: ${counts% *} of ${counts#* } keys"
