#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What a run folder costs and saves: sh tests/bench/runfolder.sh BUILD DOCUMENTS [CHAIN]. Documents come in files of 1,000.
# Prints a line for: a full run without a folder; one that fills it; the same again; with 100 documents added; with an
# option of a comparing step changed; killed half way and resumed.
set -eu
build=$1
count=$2
chain=${3:-conf/crosscheck.conf}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/var/tmp}/assay-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/in"
"$build/tests/bench_generate" "$count" | split -l 1000 -a 5 -d --additional-suffix=.jsonl - "$work/in/d"
run() {
    name=$1
    shift
    printf '%-28s' "$name"
    python3 "$here/watch.py" "$build/assay" run "$chain" "$work/in" -q -j2 --write "jsonl:$work/out.jsonl" "$@"
}
run "no folder"
run "a folder is filled" --run "$work/folder"
run "again" --run "$work/folder"
"$build/tests/bench_generate" 100 --seed 7 | sed 's/"id":"/"id":"added-/' > "$work/in/added.jsonl"
run "100 documents added" --run "$work/folder"
run "an option changed" --run "$work/folder" --set consistency.tolerance=0.03
du -sm "$work/folder" | cut -f1 | sed 's/$/ MB in the folder/'
rm -rf "$work/folder"
printf '%-28s' "killed"
ASSAY_KILL_AT=host.reduced:2 python3 "$here/watch.py" "$build/assay" run "$chain" "$work/in" -q -j2 --run "$work/folder" --write "jsonl:$work/out.jsonl"
run "resumed" --run "$work/folder"
