#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A combine changes how much is carried, never the result: for any size of tasks, with ids that are there twice, and when
# it fails or dies. $1: build folder.
build=$1
here=$(pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
mkdir "$work/plugins"
for p in w_plain w_joined w_stuck; do
    ${CC:-cc} -O1 -fPIC -shared -std=c11 -I"$here/include" -DPLUGIN="$p" -DPLUGIN_"$p" -o "$work/plugins/$p.so" \
        "$here/tests/chain/combine.c" || exit 1
done
cd "$work" || exit 1
export ASSAY_PLUGIN_PATH="$work/plugins"

LC_ALL=C awk 'BEGIN {
    srand(3)
    for (i = 0; i < 300; i++) {
        t = "all"
        for (j = 0; j < 30; j++) t = t " w" int(rand() * rand() * 300)
        for (j = 0; j < 5; j++) t = t " word-longer-than-eight-" int(rand() * 20)
        if (i % 10 == 4) t = keep
        keep = t
        id = i % 10 == 4 ? i - 1 : i % 25 == 7 ? i - 5 : i
        printf "{\"id\":\"d%d\",\"text\":\"%s\"}\n", (id * 7919) % 10007, t
    }
}' > in.jsonl

run() { # PLUGIN FILE: the records without how many values there were; and that number
    printf 'memory = "1GB"; chain = ( { plugin = "jsonl_in"; }, { plugin = "%s"; }, { plugin = "jsonl"; } );' "$1" > c.conf
    timeout 120 "$build/assay" run c.conf in.jsonl ${jobs:--j2} > out 2> err
    status=$?
    grep -E '^\{"type":"(words|shorts)"' out | sed 's/,"values":[^,}]*//' > "$2"
    values=$(grep -E '^\{"type":"(words|shorts)"' out | sed 's/.*"values":\([0-9]*\).*/\1/' | awk '{ n += $1 } END { print n + 0 }')
}
fail() {
    echo "FAIL $1"
    head -3 err
    bad=$((bad + 1))
}
same() { cmp -s plain "$2" || { fail "$1: another result"; diff plain "$2" | head -4 | cut -c1-200; }; }

run w_plain plain
all=$values
[ "$(wc -l < plain)" -gt 300 ] || fail "too few words to tell anything"
for size in "" 1 700 20000; do
    for jobs in -j1 -j2 --isolate=none; do
        export ASSAY_TASK_BYTES="$size"
        run w_joined joined
        same "tasks of $size bytes, $jobs" joined
        [ "$values" -lt "$all" ] || fail "tasks of $size bytes: combine was not called"
    done
done
unset jobs
export ASSAY_TASK_BYTES=20000
ASSAY_PARTITIONS=7 run w_joined joined
same "seven partitions" joined
ASSAY_SORT_BYTES=9000 ASSAY_SPILL=1 run w_joined joined
same "segments in files" joined
for nth in 1 3 5; do
    ASSAY_KILL_AT=task.before-write:$nth run w_joined joined
    same "killed before write $nth" joined
done
STUCK=fail run w_stuck stuck
same "a combine that fails" stuck
[ $status = 3 ] && grep -q '"type":"failure".*too many' out || fail "its failure is not recorded (exit $status)"
STUCK=die run w_stuck stuck
same "a combine that dies" stuck
[ $status = 3 ] && grep -q '"type":"failure".*crash' out || fail "its death is not recorded (exit $status)"
STUCK=other run w_stuck stuck
[ $status != 0 ] && [ $status != 3 ] && grep -q 'may only emit the key' err || fail "another key is not refused (exit $status)"
[ $bad = 0 ]
