#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Packed run folders: the bytes of a full run after filling, running again, adding, taking away, killing and damaging; and
# smaller. $1: build folder.
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
assay=$build/assay
chain=$PWD/conf/crosscheck.conf
fail() { echo "FAIL $*"; [ ! -s err ] || head -3 err; exit 1; }
cp -r tests/corpus/articles "$work/articles"
cp -r tests/corpus/articles "$work/more"
cd "$work"
run() { timeout 300 "$assay" run "$chain" "$@" -q -j2 >/dev/null 2>err; }
same() { cmp -s "$1" "$2" || fail "$3: other bytes than a full run's"; }
export ASSAY_TASK_BYTES=40000
run articles --write jsonl:full.jsonl || fail "a full run"
run articles more --write jsonl:both.jsonl || fail "a full run over more"

# 1. never, always: the same bytes; smaller; nothing is done again
run articles --run plain --set compress=never --write jsonl:a.jsonl || fail "a plain folder"
same full.jsonl a.jsonl "a plain folder"
ls plain/tasks | grep -q zst && fail "packed though never"
run articles --run packed --set compress=always --write jsonl:a.jsonl || fail "a packed folder"
same full.jsonl a.jsonl "a packed folder"
ls packed/tasks | grep -q 'zst$' || fail "nothing is packed"
ls packed/tasks | grep -q part && fail "parts stay behind"
# a good part is hashes, which do not pack
[ $(($(cat plain/tasks/* | wc -c) * 3)) -gt $((5 * $(cat packed/tasks/* | wc -c))) ] || fail "packing saves less than two fifths: $(cat plain/tasks/* | wc -c), $(cat packed/tasks/* | wc -c)"
ls packed/tasks >before
run articles --run packed --set compress=always --write jsonl:a.jsonl || fail "a packed folder again"
same full.jsonl a.jsonl "a packed folder again"
ls packed/tasks | cmp -s before - || fail "a second run over the same inputs made other tasks"
"$assay" plan "$chain" articles --run packed >plan || fail "plan --run"
grep -q 'read again    0 of' plan || fail "plan --run: $(grep 'read again' plan)"
grep -q 'compared      nothing again' plan || fail "plan --run: $(grep compared plan)"
grep -Eq 'run folder packed: [0-9.]+ MB, expanded [0-9.]+ MB' plan || fail "plan does not tell both sizes: $(grep 'run folder' plan)"

# 2. added to and taken from, packed or not; what was packed stays so
run articles more --run packed --set compress=always --write jsonl:a.jsonl || fail "added to a packed folder"
same both.jsonl a.jsonl "added to a packed folder"
run articles --run packed --set compress=never --write jsonl:a.jsonl || fail "taken from a packed folder"
same full.jsonl a.jsonl "taken from a packed folder"

# 3. killed while it packs, worker and host; both forms of a task side by side
for kill in folder.packed:1 folder.packed:3; do
    rm -rf killed
    ( export ASSAY_KILL_AT=$kill; run articles --run killed --set compress=always --write jsonl:a.jsonl ) || fail "killed at $kill: exit $?"
    same full.jsonl a.jsonl "killed at $kill"
    ls killed/tasks | grep -q part && fail "$kill leaves parts"
done
cp packed/tasks/*.zst plain/tasks/
run articles --run plain --set compress=never --write jsonl:a.jsonl || fail "both forms of a task"
same full.jsonl a.jsonl "both forms of a task"
ls plain/tasks | grep -q zst && fail "of two forms both stay"

# 4. damaged: said, done again
rm -rf packed
run articles --run packed --set compress=always || fail "a packed folder once more"
one=$(ls -S packed/tasks/*.zst | head -1)
two=$(ls -S packed/tasks/*.zst | sed -n 2p)
three=$(ls -S packed/tasks/*.zst | sed -n 3p)
printf X | dd of="$one" bs=1 seek=300 conv=notrunc 2>/dev/null
head -c 100 "$two" >cut && cat cut >"$two"
: >"$three"
run articles --run packed --set compress=always --write jsonl:a.jsonl || fail "damaged packed tasks"
[ "$(grep -c damaged err)" = 3 ] || fail "of three damaged tasks $(grep -c damaged err) are said"
same full.jsonl a.jsonl "damaged packed tasks"
run articles --run packed --set compress=always --write jsonl:a.jsonl || fail "after the damage"
grep -q damaged err && fail "damaged tasks stay"
same full.jsonl a.jsonl "after the damage"

# 5. in one process, and with every segment a file
run articles --run packed --isolate=none --write jsonl:a.jsonl || fail "expanded in one process"
same full.jsonl a.jsonl "expanded in one process"
ASSAY_SPILL=1 run articles --run packed --write jsonl:a.jsonl || fail "expanded into files"
same full.jsonl a.jsonl "expanded into files"
run articles --set compress=maybe && fail "a word that is none was taken"
echo "packed run folders: smaller, and the bytes of a full run"
