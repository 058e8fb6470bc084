#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The system clock set back, before a run, between runs in one folder, between a kill and its resume, and again and again
# while it works: the bytes of a full run, and nothing is done twice. The machine's own clock is not touched: a library in
# front of libc lies about it. $1: build folder.
set -eu
build=$1
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAIL $*"; [ ! -s err ] || head -3 err; exit 1; }

cp -r tests/corpus/articles "$work/articles"
cd "$work"
${CC:-cc} -O1 -fPIC -shared -std=c11 -o clock.so "$here/tests/chain/clock.c" || fail "the lying clock cannot be built"
export ASSAY_TASK_BYTES=20000
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0"
long=-800000000 # seconds: 25 years
run() { timeout 300 "$build/assay" run "$here/conf/crosscheck.conf" articles -q -j2 "$@" >/dev/null 2>err; }
# lying SECONDS STEP COMMAND...
lying() {
    seconds=$1
    step=$2
    shift 2
    ( LD_PRELOAD="$work/clock.so" ASSAY_CLOCK=$seconds ASSAY_CLOCK_STEP=$step && export LD_PRELOAD ASSAY_CLOCK ASSAY_CLOCK_STEP && "$@" )
}
same() { cmp -s full.jsonl "$1" || fail "$2: other bytes than a full run's"; }

[ "$(lying $long 0 date +%s)" -lt $(($(date +%s) - 700000000)) ] || fail "the clock does not lie: this tests nothing"
run --write jsonl:full.jsonl || fail "a full run"

lying $long 0 run --write jsonl:a.jsonl || fail "25 years ago"
same a.jsonl "25 years ago"
lying 0 3600 run --write jsonl:a.jsonl || fail "an hour back whenever it is asked"
same a.jsonl "an hour back whenever it is asked"

# between two runs in one folder
run --run folder --write jsonl:a.jsonl || fail "a first run in a folder"
ls folder/tasks >before
lying $long 0 run --run folder --write jsonl:a.jsonl || fail "a second run, earlier than the first"
same a.jsonl "a second run, earlier than the first"
ls folder/tasks | cmp -s before - || fail "the clock made work"
cp articles/harbor-ledger/flood-toll-rises.html articles/harbor-ledger/once-more.html
lying $long 0 run --run folder --write jsonl:a.jsonl || fail "an article added, long ago"
run --write jsonl:b.jsonl
cmp -s a.jsonl b.jsonl || fail "an article added long ago: other bytes than a full run's"
rm articles/harbor-ledger/once-more.html

# between a kill and its resume, forwards and back, and while it goes on
for point in task.stored:3 folder.keep:2 host.mapped:1 host.reduced:2 write.done:1; do
    rm -rf killed a.jsonl
    ( export ASSAY_KILL_AT=$point; lying 500000000 0 run --run killed --write jsonl:a.jsonl ) || true
    case $point in host.* | folder.*) [ ! -e a.jsonl ] || fail "$point kills nobody: this tests nothing" ;; esac
    lying $long 3600 run --run killed --write jsonl:a.jsonl || fail "resumed 40 years before $point"
    same a.jsonl "resumed 40 years before $point"
done

# The clock that nobody can set jumps, too, where a run goes on after the machine was started again: time limits must not care.
if unshare -T --monotonic 5000000 true 2>/dev/null; then
    rm -rf killed a.jsonl
    run2() { timeout 300 unshare -T --monotonic 5000000 "$build/assay" run "$here/conf/crosscheck.conf" articles -q -j2 "$@" >/dev/null 2>err; }
    ( export ASSAY_KILL_AT=host.reduced:2; run2 --run killed --write jsonl:a.jsonl ) || true
    [ ! -e a.jsonl ] || fail "nobody was killed: this tests nothing"
    run --run killed --write jsonl:a.jsonl || fail "resumed with a lesser uptime"
    same a.jsonl "resumed with a lesser uptime"
fi
echo "clocks: set back at any time, the bytes of a full run"
