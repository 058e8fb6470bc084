#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A map adds to its own document what the maps of later rounds read there and in other documents: the same for any number of workers, in a
# run folder and without, with documents more and fewer. Where it fails nothing stays. What it may not do is refused by plugin
# and call. $1: build folder.
build=$1
here=$(pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
mkdir "$work/plugins" "$work/in"
for wrong in 0 1 2 3 4 5; do
    ${CC:-cc} -O1 -D_GNU_SOURCE -fPIC -shared -std=c11 -I"$here/include" -DPLUGIN="m_size$wrong" -DWRONG="$wrong" -o "$work/plugins/m_size$wrong.so" \
        "$here/tests/chain/bymap.c" || exit 1
done
cd "$work" || exit 1
export ASSAY_PLUGIN_PATH="$work/plugins" ASSAY_TASK_BYTES=3000
fail() {
    echo "FAIL $1"
    head -3 err
    bad=$((bad + 1))
}
chain() { printf 'memory = "1GB"; chain = ( { plugin = "jsonl_in"; }, { plugin = "m_size%s"; }, { plugin = "jsonl"; } );' "$1" > c.conf; }
# documents N [SED]: file k has ten of them; d13 and d33 fail, d21 dies, as far as they are there
documents() {
    rm -f in/*
    LC_ALL=C awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) printf "d%d see d%d %s of %d%s\n", i, i * 7 % 90,
        i == 13 || i == 33 ? "FAIL" : i == 21 ? "DIE" : "plain", i, substr("...........", 1, i * i % 11) }' | sed -e "${2:-}" |
        awk '{ id = $1; n = substr(id, 2); printf "{\"id\":\"%s\",\"text\":\"%s\"}\n", id, $0 > sprintf("in/f%03d.jsonl", n / 10) }'
}
lines() { grep -c "\"type\":\"$1\"" a; }
# what is kept says what the texts say: sizes, and how much longer than the one named
right() {
    cat in/*.jsonl | awk -F'"' '{ size[$4] = length($8); split($8, word, " "); see[$4] = word[3]; ok[$4] = !($8 ~ /FAIL|DIE/) }
        END { for (d in size) if (ok[d]) { printf "%s size %d\n", d, size[d]
                  if (ok[see[d]] && size[see[d]] < size[d]) printf "%s more %d\n", d, size[d] - size[see[d]] } }' | sort > wanted
    sed -n 's/.*"type":"\(size\|more\)".*"doc":"\([^"]*\)".*"bytes":\([0-9]*\).*/\2 \1 \3/p' a | sort > told
    sed -n 's/.*"type":"like".*"doc":"\([^"]*\)".*"bytes":1[0-9]\{3\}.*/\1/p' a | sort > likes
    sed -n 's/ more.*//p' wanted | sort | comm -13 - likes | grep -q . && fail "$1: reduce sees more of a document than its map kept: $(tr '\n' ' ' < likes)"
    [ -s likes ] || fail "$1: reduce sees nothing of what maps kept"
    cmp -s wanted told || { fail "$1: other sizes"; diff wanted told | head -4; }
}
chain 0
documents 200
for how in -j1 -j2 -j3 --isolate=none; do
    [ $how != --isolate=none ] || documents 200 's/DIE/plain/'
    timeout 300 "$build/assay" run c.conf in -q $how > a 2> err
    [ $? = 3 ] || fail "$how: not the exit code of failures"
    right "$how"
done
# day after day in one folder
while read -r n change; do
    documents "$n" "$change"
    timeout 300 "$build/assay" run c.conf in -v -j2 --run folder > a 2> err
    timeout 300 "$build/assay" run c.conf in -q -j1 > b 2> err2
    cmp -s a b || fail "$n $change: in the folder other bytes"
    right "$n $change"
done <<END
200 s/FAIL\|DIE/plain/
201 s/FAIL\|DIE/plain/
201 s/FAIL\|DIE/plain/;s/^d7_.*/&/
203 s/FAIL\|DIE/plain/;s/^d14.see.d8.*/&.more/
203 s/DIE/plain/
190 s/FAIL\|DIE/plain/
190 s/FAIL\|DIE/plain/
END
documents 191 's/FAIL\|DIE/plain/'
timeout 300 "$build/assay" run c.conf in -v -j2 --run folder > a 2> err
grep -q '(more): 190 of 191 documents were known' err || fail "one more: $(grep known err)"

documents 20
refused() { # N WORDS
    chain "$1"
    for how in -j1 --isolate=none; do
        ASSAY_CHECK=$3 timeout 300 "$build/assay" run c.conf in -q $how > a 2> err
        [ $? = 4 ] && grep -q "m_size$1.*$2" err || fail "wrong $1 $how: \"$(cat err)\""
    done
}
for check in 0 1; do
    refused 1 "to_document: a map may only add to its own document" $check
    refused 2 "to_document: layer like (slot 2): reduce and finish make it" $check
    refused 3 "to_document: layer more (slot 1): the round's map makes it" $check
    refused 4 "to_document: layer more (slot 1): it does not come out of this round" $check
    refused 5 "add: slot 0 (size) is not provided on documents by analyse" $check
done
[ $bad = 0 ]
