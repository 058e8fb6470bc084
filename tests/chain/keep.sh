#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The result that a run folder keeps: where nothing has changed it is not written again, and is the previous one, too; after any change it
# is what a new folder would have, whatever was killed or damaged in between. $1: build folder.
build=$1
here=$(pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
cd "$work" || exit 1
mkdir in
fail() {
    echo "FAIL $1"
    head -3 err
    bad=$((bad + 1))
}
number() { ls -i "folder/$1" 2> /dev/null | cut -d' ' -f1; }
run() { "$build/assay" run "$here/conf/crosscheck.conf" in -q -j2 --run "$1" "$2" "$3" > out 2> err; }
# kept WHAT CHANGED [ARGUMENTS]: a run; the result is the same file (0) or another one (1), and has the bytes of a new folder's
kept() {
    was=$(number result.jsonl 2> /dev/null)
    cp folder/result.jsonl former 2> /dev/null
    run folder "${3:---set}" "${4:-terminal.max_findings=5}" || fail "$1: exit $?"
    [ "$(number result.jsonl)" = "$was" ] && same=0 || same=1
    [ $same = "$2" ] || fail "$1: the result is $([ $same = 0 ] && echo not) written"
    [ ! -s former ] || cmp -s former folder/previous.jsonl || fail "$1: the previous result is another one"
    rm -rf fresh
    run fresh "${3:---set}" "${4:-terminal.max_findings=5}"
    cmp -s fresh/result.jsonl folder/result.jsonl || fail "$1: another result than in a new folder"
    ls folder | grep -q new && fail "$1: $(ls folder | grep new) stays"
    rm -f former
}
text() { printf '{"id":"%s","source":"%s.example","published":"2026-03-0%s","text":"%s"}\n' "$@"; }
{
    text a north 2 'A fire in the harbour of Welling killed 12 people on Monday, the fire brigade said. The damage is put at 3 million euros.'
    text b south 3 'The fire in the harbour of Welling on Monday killed 15 people, the fire brigade said. The damage is put at 3 million euros.'
} > in/1.jsonl
kept "the first" 1
kept "the same" 0
kept "once more" 0
"$build/assay" diff folder > out 2> err || fail "diff: exit $?"
grep -qi "new\|gone" out && fail "diff tells of changes: $(cat out)"
text c east 4 'Of the fire in the harbour of Welling on Monday the fire brigade said that it killed 19 people.' > in/2.jsonl
kept "a text more" 1
kept "the same text more" 0
kept "an option of a writer" 0 --set terminal.max_findings=7
kept "an option that decides" 1 --set consistency.tolerance=0.5
kept "and back" 1
for point in host.place:1 host.mapped:2 host.reduced:1; do
    sed 's/19 people/20 people/' in/2.jsonl > new && mv new in/2.jsonl
    ASSAY_KILL_AT=$point run folder --set terminal.max_findings=5
    rm -f former
    kept "killed at $point, another text" 1
    ASSAY_KILL_AT=$point run folder --set terminal.max_findings=5
    sed 's/20 people/19 people/' in/2.jsonl > new && mv new in/2.jsonl
    kept "killed at $point, nothing new; then back" 1
done
echo '{}' >> folder/result.jsonl
kept "a line more in it" 1
printf X | dd of=folder/result.sum bs=1 seek=9 conv=notrunc 2> /dev/null
kept "a damaged note" 1
rm folder/result.sum
kept "no note" 1
kept "the last" 0
[ $bad = 0 ]
