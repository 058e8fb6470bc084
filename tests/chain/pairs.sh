#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Run folders: a reduce that compares documents two by two (host->known) compares those anew that are new or changed, and the
# result is that of a full run, byte for byte. $1: build folder.
build=$1
. tests/chain/common/own_plugin.sh
compile pairs plugins/r_pairs
compile pairs ignore/r_pairs -DIGNORE
compile pairs nameless/r_pairs -DNAMELESS
cd "$work" || exit 1
export ASSAY_PLUGIN_PATH="$work/plugins"
printf 'memory = "1GB"; chain = ( { plugin = "jsonl_in"; }, { plugin = "r_pairs"; }, { plugin = "jsonl"; } );' > c.conf
# documents COUNT [SED]: ten groups; SED changes lines of "id text".
documents() {
    awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) printf "d%d group %d weighs %d kg\n", i, i % 10, i * 7 % 23 }' |
        json_lines "${2:-}" > in.jsonl
}
compared() { awk '/^compared/ { n += $2 } END { print n + 0 }' err; }
# expect COUPLES COMPARED WHAT: runs in the folder and without, compares bytes and how many couples were made anew.
expect() {
    timeout 120 "$build/assay" run c.conf in.jsonl -v -j2 --run folder > a 2> err || fail "$3: exit $?"
    anew=$(compared)
    timeout 120 "$build/assay" run c.conf in.jsonl -q -j1 > b 2> err2 || fail "$3: exit $? of a full run"
    cmp -s a b || fail "$3: other bytes than a full run"
    made=$(grep -c '"type":"couple"' a)
    [ "$made" = "$1" ] || fail "$3: $made couples, not $1"
    [ "$anew" = "$2" ] || fail "$3: $anew compared, not $2"
}
documents 200
expect 1900 1900 "the first run"
documents 201
expect 1920 20 "a document more"
documents 201 's/^d14 .*/group 5 weighs 9 kg/; s/^group/d14 group/'
expect 1921 20 "one of another group: it is new there, and gone here"
documents 200
expect 1900 0 "as at the begin: that is kept, too"
documents 200 's/^d14 .*/& weighs 5 kg/'
expect 1919 38 "a second value: all of its document's are compared"
documents 200 's/^d14 .*/& weighs 6 kg/; s/^d24 .*/& words/'
expect 1919 38 "another second value"
documents 200 's/^d1[0-9] .*/& words/'
expect 1900 0 "other words, the values as at the begin"
documents 320 # 32 of a group: each with the one before
expect 310 310 "too many to compare all"
documents 300
expect 4350 2450 "as many as may be: what was made of more says nothing, what was made of fewer does"
documents 300 's/^d14 .*/d14 group 14 weighs 3 kg/'
expect 4321 0 "one gone to a group of its own"
ASSAY_PLUGIN_PATH="$work/ignore"
rm -rf folder
documents 200
expect 1900 1900 "the first run of one that does not look"
documents 201
expect 1920 210 "who compares all of them again makes them once"

# killed on the way
ASSAY_PLUGIN_PATH="$work/plugins"
for point in memo.written:1 task.written:7 host.reduced:1; do
    rm -rf folder
    documents 200
    timeout 120 "$build/assay" run c.conf in.jsonl -q --run folder > a 2> err || fail "before $point: exit $?"
    documents 204 's/^d7 .*/& weighs 8 kg/'
    ASSAY_KILL_AT=$point timeout 120 "$build/assay" run c.conf in.jsonl -q -j2 --run folder > /dev/null 2>&1
    timeout 120 "$build/assay" run c.conf in.jsonl -q -j3 --run folder > a 2> err || fail "after $point: exit $?"
    timeout 120 "$build/assay" run c.conf in.jsonl -q > b 2> err || fail "after $point: exit $? of a full run"
    cmp -s a b || fail "after $point: other bytes than a full run"
done

# records that name no two documents break the promise
ASSAY_PLUGIN_PATH="$work/nameless"
rm -rf folder
timeout 120 "$build/assay" run c.conf in.jsonl -q --run folder > a 2> err && fail "records without documents are taken"
grep -q 'to_corpus: .*known()' err || fail "what is wrong with them is not said"
[ $bad = 0 ]
