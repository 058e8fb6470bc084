#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What later rounds see of a document: nothing where its analyse failed, and of other documents all that the round before
# made for them. $1: build folder.
build=$1
here=$(pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
mkdir "$work/plugins"
for p in r_lost r_ring r_much; do
    ${CC:-cc} -O1 -D_GNU_SOURCE -fPIC -shared -std=c11 -I"$here/include" -DPLUGIN="$p" -DPLUGIN_"$p" -o "$work/plugins/$p.so" \
        "$here/tests/chain/rounds.c" || exit 1
done
cd "$work" || exit 1
export ASSAY_PLUGIN_PATH="$work/plugins"
awk 'BEGIN {
    for (i = 0; i < 400; i++) {
        t = i == 7 || i == 99 ? "FAILS" : i == 200 ? "DIES" : i == 300 ? "SKIPS" : "plain"
        printf "{\"id\":\"d%d\",\"text\":\"Text %d is %s%s.\"}\n", i, i, t, i % 3 ? "" : " caf\\u00e9"
    }
}' > in.jsonl
fail() {
    echo "FAIL $1"
    head -3 err
    bad=$((bad + 1))
}
run() { # PLUGIN ARGUMENTS...
    printf 'memory = "1GB"; chain = ( { plugin = "jsonl_in"; }, { plugin = "%s"; }, { plugin = "jsonl"; } );' "$1" > c.conf
    shift
    timeout 120 "$build/assay" run c.conf in.jsonl "$@" > out 2> err
    status=$?
}

for jobs in -j1 -j2 "-j2 --run folder"; do
    for size in "" 900; do
        export ASSAY_TASK_BYTES="$size"
        rm -rf folder
        run r_lost $jobs
        [ $status = 3 ] || fail "lost $jobs $size: exit $status, not 3"
        [ "$(grep -c '"type":"failure"' out)" = 3 ] || fail "lost $jobs $size: not three failures"
        grep -q '"type":"seen_first","round":1,"documents":397' out || fail "lost $jobs $size: round 1 saw $(grep seen_first out)"
        grep -q '"type":"seen_second","round":2,"documents":397' out || fail "lost $jobs $size: round 2 saw $(grep seen_second out)"

        rm -rf folder
        run r_ring $jobs
        [ $status = 0 ] || fail "ring $jobs $size: exit $status: $(grep -m1 '"type":"failure"' out)"
        [ "$(grep -c '"type":"pair"' out)" = 399 ] || fail "ring $jobs $size: $(grep -c '"type":"pair"' out) pairs, not 399"
    done
done
# A reduce makes more than waits in memory; of a key that failed or died after it did nothing is left.
unset ASSAY_TASK_BYTES
export ASSAY_PARTITIONS=1
for how in -j1 -j2 "-j2 --run folder"; do
    for hold in "" 3000 100; do
        rm -rf folder
        ASSAY_HOLD_BYTES="$hold" run r_much $how
        [ $status = 3 ] || fail "much $how $hold: exit $status, not 3"
        [ "$(grep -c '"type":"mark"' out) $(grep -c '"type":"seen"' out) $(grep -c '"type":"failure"' out)" = "1200 1200 2" ] ||
            fail "much $how $hold: $(grep -c '"type":"mark"' out) marks, $(grep -c '"type":"seen"' out) seen"
        [ -f much ] || cp out much
        cmp -s out much || fail "much $how $hold: other records"
    done
done
unset ASSAY_PARTITIONS
run r_ring --isolate=none
[ $status = 0 ] && [ "$(grep -c '"type":"pair"' out)" = 399 ] || fail "ring in one process"
[ $bad = 0 ]
