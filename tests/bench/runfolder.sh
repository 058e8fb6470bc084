#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What a run folder costs and saves: sh tests/bench/runfolder.sh BUILD DOCUMENTS [CHAIN]. Documents come in files of 1,000.
# Prints a line for: a full run without a folder; one that fills it; the same again; with 100 documents added; with options of
# comparing steps changed, a late and an early one; killed half way and resumed; and the first three with packed tasks.
set -eu
build=$1
count=$2
chain=${3:-conf/crosscheck.conf}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/var/tmp}/assay-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/in"
"$build/tests/bench_generate" "$count" | split -l 1000 -a 5 -d --additional-suffix=.jsonl - "$work/in/d"
"$build/tests/bench_generate" 100 --seed 7 | sed 's/"id":"/"id":"added-/' > "$work/added.jsonl"
run() {
    name=$1
    shift
    printf '%-28s' "$name"
    python3 "$here/watch.py" "$build/assay" run "$chain" "$work/in" -q -j2 "$@"
}
size() { du -sm "$work/folder/tasks" | cut -f1 | sed 's/$/ MB in the tasks/'; }
grow() { cp "$work/added.jsonl" "$work/in/added.jsonl"; }
shrink() { rm "$work/in/added.jsonl"; }
run "no folder"
run "a folder is filled" --run "$work/folder"
size
run "again" --run "$work/folder"
grow
run "100 documents added" --run "$work/folder"
run "a late option changed" --run "$work/folder" --set consistency.tolerance=0.03
run "an early option changed" --run "$work/folder" --set duplicates.preset=strict
rm -rf "$work/folder"
shrink
printf '%-28s' "killed"
ASSAY_KILL_AT=host.reduced:2 python3 "$here/watch.py" "$build/assay" run "$chain" "$work/in" -q -j2 --run "$work/folder" || true
run "resumed" --run "$work/folder"
rm -rf "$work/folder"
run "packed: filled" --run "$work/folder" --set compress=always
size
run "packed: again" --run "$work/folder" --set compress=always
grow
run "packed: 100 added" --run "$work/folder" --set compress=always
