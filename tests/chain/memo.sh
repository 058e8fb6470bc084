#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What a run folder keeps of reduces, key by key: found again where nothing of what was read has changed, and only there. Each
# run gives the bytes of a full one. $1: build folder.
build=$1
. tests/chain/common/own_plugin.sh
compile memo plugins/r_memo
compile memo newer/r_memo -DVERSION='"2"'
compile memo careless/r_memo -DFLAGS=0
compile memo unknown/r_memo -DFLAGS=8
cd "$work" || exit 1
export ASSAY_PLUGIN_PATH="$work/plugins"
printf 'memory = "1GB"; chain = ( { plugin = "jsonl_in"; }, { plugin = "r_memo"; }, { plugin = "jsonl"; } );' > c.conf
# documents COUNT [SED]: 20 groups, each document names another; SED changes lines of "id text".
documents() {
    awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) printf "d%d group %d see d%d of %d\n", i, i < 200 ? i % 20 : 20, i * 7 % 200, i * 31 % 977 }' |
        json_lines "${2:-}" > in.jsonl
}
jobs=-j2
# expect KNOWN OF WHAT [ARGUMENTS]: runs in the folder and without, compares bytes and how many keys were known.
expect() {
    known=$1 of=$2 what=$3
    shift 3
    timeout 120 "$build/assay" run c.conf in.jsonl -v $jobs --run folder "$@" > a 2> err || fail "$what: exit $?"
    timeout 120 "$build/assay" run c.conf in.jsonl -q $jobs "$@" > b 2> err2 || fail "$what: exit $? of a full run"
    cmp -s a b || fail "$what: other bytes than a full run"
    line=$(grep -o 'r_memo (sum): .*' err)
    [ "$line" = "r_memo (sum): $known of $of keys were known" ] || fail "$what: \"$line\", not $known of $of"
}
documents 200
expect 0 20 "the first run"
[ "$(grep -c '"type":"total"' a)" = 20 ] || fail "not 20 totals"
ls folder/memo > memos
documents 201
expect 20 21 "a document more, of its own group"
documents 201 's/^d14 .*/& 9/'
expect 19 21 "another mark: its group, and the one that names it"
documents 201 's/^d14 .*/& 9/; s/^d34 .*/& words/'
expect 20 21 "another text, the same mark: its group alone"
documents 200
jobs=-j1
expect 20 20 "a group gone, two texts as before, one worker" # what was made of them before the last run is there, too
jobs=-j2
documents 200 '/^d21 /d'
expect 18 20 "a document gone that another names"
documents 200
expect 20 20 "and back again"
documents 200 's/^d5 .*/& NOTE/; s/^d6 .*/& SHARED/'
expect 18 20 "two groups that say something and look at the blob"
documents 201 's/^d5 .*/& NOTE/; s/^d6 .*/& SHARED/'
expect 18 21 "which are made each time"
expect 0 21 "a changed option" --set r_memo.add=5
ls folder/memo > after
[ "$(wc -l < after)" = "$(wc -l < memos)" ] || fail "memos of another option stay: $(wc -l < after), not $(wc -l < memos)"
[ -z "$(comm -12 memos after)" ] || fail "memos go by the same name with another option"
documents 200
expect 0 20 "the option taken back"
documents 201
ASSAY_PLUGIN_PATH="$work/newer" expect 0 21 "another version of the plugin"
documents 200
expect 0 20 "the version before"

# damaged: one byte of each file
for file in folder/memo/*; do
    printf X | dd of="$file" bs=1 seek=60 conv=notrunc 2> /dev/null
done
documents 201
expect 0 21 "damaged memos"
grep -q 'memo/[0-9a-f]* is damaged' err || fail "damage is not said"
for file in folder/memo/*; do
    dd if=/dev/null of="$file" bs=1 seek=100 2> /dev/null
done
documents 200
expect 0 20 "memos cut short"

# a worker or the host dies while one is written, and the run is started again
for point in memo.written:1 memo.written:2 host.reduced:2; do
    documents 200
    "$build/assay" run c.conf in.jsonl -q --run folder > a 2> err || fail "before $point: exit $?"
    documents 201
    ASSAY_KILL_AT=$point timeout 120 "$build/assay" run c.conf in.jsonl -q -j2 --run folder > /dev/null 2>&1
    timeout 120 "$build/assay" run c.conf in.jsonl -q -j2 --run folder > a 2> err || fail "after $point: exit $?"
    timeout 120 "$build/assay" run c.conf in.jsonl -q -j2 > b 2> err || fail "after $point: exit $?"
    cmp -s a b || fail "after $point: other bytes than a full run"
    ls folder/memo | grep -q part && fail "after $point: a part stays"
done

# who promises nothing is always called; a promise that is not known is refused
rm -rf folder
export ASSAY_PLUGIN_PATH="$work/careless"
"$build/assay" run c.conf in.jsonl -v --run folder > a 2> err || fail "careless: exit $?"
grep -q 'keys were known' err && fail "a round that does not promise is kept"
[ -z "$(ls folder/memo)" ] || fail "and has files"
ASSAY_PLUGIN_PATH="$work/unknown" "$build/assay" run c.conf in.jsonl > a 2> err && fail "unknown flags are taken"
grep -q 'flags 0x8' err || fail "unknown flags are not named"

# the cross-check's own rounds: one article more leaves some of the keys of each as they were
unset ASSAY_PLUGIN_PATH
cp -r "$here/tests/corpus/articles" articles
cp -r articles copies
last=$(find copies -type f | sort | tail -1)
mv "$last" last
cross() {
    timeout 120 "$build/assay" run "$here/conf/crosscheck.conf" articles copies -v -j2 "$@" > a 2> err || fail "cross-check: exit $?"
}
known_of() { sed -n "s/.*consistency ($1): \([0-9]*\) of [1-9][0-9]* keys.*/\1/p" err; }
cross --run cross
mv last "$last"
cross --run cross --write jsonl:more.jsonl
for round in story pair judge; do
    known=$(known_of $round)
    [ "${known:-0}" -gt 0 ] || fail "cross-check: no key of $round was known"
done
cross --write jsonl:full.jsonl
cmp -s more.jsonl full.jsonl || fail "cross-check: other bytes than a full run"
cross --run cross --set consistency.tolerance=0.03
[ -z "$(known_of pair)" ] || fail "cross-check: a late option asks for pairs again"
[ "$(known_of judge)" = 0 ] || fail "cross-check: judged with another tolerance, and known"
[ $bad = 0 ]
