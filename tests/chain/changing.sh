#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Run folders beside people who work: inputs that are renamed, replaced, edited while a run reads them, clocks that go back, files
# that options name, rules that change. Each run gives the bytes of one without a folder. $1: build folder.
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
assay=$build/assay
chain=$PWD/conf/crosscheck.conf
lexicon=$PWD/conf/lexicon
articles=$PWD/tests/corpus/articles
fail() { echo "FAIL $*"; exit 1; }
cp -r "$articles" "$work/in"
echo 'The blast killed 14 people in Varn on 3 May 2024, the ministry said.' >"$work/in/plain.txt"
cd "$work"
# same WHAT [ARGUMENTS]: a run in the folder and one without, of the same bytes and the same exit code.
same() {
    what=$1
    shift
    a=0 b=0
    "$assay" run "$chain" in -q -j2 --run folder --write jsonl:a.jsonl "$@" 2>err || a=$?
    "$assay" run "$chain" in -q -j2 --write jsonl:b.jsonl "$@" 2>/dev/null || b=$?
    [ $a = $b ] || fail "$what: exit $a instead of $b: $(cat err)"
    cmp a.jsonl b.jsonl || fail "$what gives other bytes than a run without a folder"
}
same "a first run"
file=in/daily-compass.jsonl

# 1. under other names, as something else, at other times
mv $file in/renamed.jsonl
same "a file renamed"
mkdir in/below
mv in/renamed.jsonl in/below/daily-compass.jsonl
same "a file moved"
mv in/below/daily-compass.jsonl .
rmdir in/below
mkdir $file
cp daily-compass.jsonl $file/inside.txt
same "a file replaced by a folder"
rm -r $file
cp daily-compass.jsonl $file
touch -d 1990-01-01 in/*
same "the clock set back"
sed '1s/warehouse/warehouse of 12 rooms/' daily-compass.jsonl >$file
touch -d 1990-01-01 $file
same "another text of the same time"
cmp -s $file daily-compass.jsonl && fail "nothing was changed"
: >$file
same "an empty file"
cp daily-compass.jsonl $file
same "an input named twice" in
same "inputs in another order" $file in

# 2. two texts under one id, of which now one and now the other is there
printf '{"id":"one","text":"The blast killed 12 people in Varn on 3 May 2024."}\n' >in/p.jsonl
printf '{"id":"one","text":"The blast killed 15 people in Varn on 3 May 2024."}\n' >in/q.jsonl
same "one id, two texts"
cp in/q.jsonl in/p.jsonl
same "one id, one text twice"
rm in/p.jsonl
same "one of two is gone"
rm in/q.jsonl

# 3. what options name, and rules
cp "$lexicon/concepts.cfg" own.cfg
: >marks.jsonl
same "a lexicon of one's own" --set consistency.concepts=own.cfg
sed 's/"dead/"dxad/g; s/"killed/"kxlled/g' "$lexicon/concepts.cfg" >own.cfg
same "that lexicon edited" --set consistency.concepts=own.cfg
cp "$lexicon/concepts.cfg" own.cfg
same "and as it was" --set consistency.concepts=own.cfg
same "marks, none so far" --review marks.jsonl
finding=$(sed -n '/"type":"finding"/{s/.*"id":"\([0-9a-f]*\)","verdict".*/\1/p;q;}' a.jsonl)
state=$(sed -n '/"type":"finding"/{s/.*"state":"\([0-9a-f]*\)".*/\1/p;q;}' a.jsonl)
printf '{"finding":"%s","state":"%s","mark":"dismissed","note":"","by":"me","at":"2024-01-01"}\n' "$finding" "$state" >marks.jsonl
same "a mark" --review marks.jsonl
grep -q '"review":"dismissed"' a.jsonl || fail "the mark is not there"
sed "s|{ plugin = \"publisher\";|& by_path = ( { path = \"in/*\"; source = \"all of them\"; } );|;
    s|{ plugin = \"consistency\";|& suppress = [ \"$finding\" ];|" "$chain" >crosscheck.conf
ln -s "$lexicon" lexicon
chain=$work/crosscheck.conf
same "a publisher's rule, and a finding suppressed"
grep -q '"source":"all of them"' a.jsonl || fail "the rule is not there"
grep -q "\"finding\",\"id\":\"$finding\"" a.jsonl && fail "the finding is not suppressed"
sed -i 's/all of them/all of us/' crosscheck.conf
same "another rule"

# 4. one document is no run folder's: what stands there is of all
a=0
"$assay" run "$chain" in -q --run folder --only compass/fire 2>err || a=$?
[ $a = 2 ] && grep -q 'do not go together' err || fail "--only with --run: exit $a, $(cat err)"
same "afterwards"

# 5. an input that changes while it is read: what was made of it must not stand under the name of what it was
for i in 1 2 3 4 5; do cp -r "$articles" in/copy$i; done
met=0
for try in 1 2 3 4 5; do
    rm -rf folder
    cp daily-compass.jsonl in/zz.jsonl
    ASSAY_TASK_BYTES=10000 "$assay" run "$chain" in -q -j1 --run folder 2>err >out &
    pid=$!
    while kill -0 $pid 2>/dev/null && ! ls folder/tasks 2>/dev/null | grep -qv part; do sleep 0.01; done
    sed 's/1/2/g' daily-compass.jsonl >in/zz.jsonl
    a=0
    wait $pid || a=$?
    [ $a = 0 ] || [ $a = 3 ] || { [ $a = 2 ] && grep -q 'zz.jsonl: changed while it was read' err; } || fail "exit $a: $(cat err)"
    [ $a != 2 ] || met=1
    cp daily-compass.jsonl in/zz.jsonl
    same "a text that was another one while it was read"
done
[ $met = 1 ] || echo "(each run had read the file before it was changed)"

# 6. an input that changes, a run over it that is killed anywhere, and the input as it was before: with and without a
# result of the earlier one in the folder
rm -rf in/copy* in/zz.jsonl folder
same "before the kills"
mv folder filled
for point in task.before-write:2 task.stored:2 folder.keep:3 folder.keep:9 host.reduced:3 memo.written:20; do
    for from in filled none; do
        rm -rf folder
        [ $from = none ] || cp -r filled folder
        sed 's/1/2/g' daily-compass.jsonl >$file
        ASSAY_TASK_BYTES=10000 ASSAY_KILL_AT=$point "$assay" run "$chain" in -q -j2 --run folder --write jsonl:a.jsonl >out 2>err || true
        cp daily-compass.jsonl $file
        same "an input as it was, $from, after a kill at $point"
        sed 's/1/2/g' daily-compass.jsonl >$file
        same "that input changed again, $from, after a kill at $point"
        cp daily-compass.jsonl $file
    done
done
echo "ok"
