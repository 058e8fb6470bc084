#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Run folders: killed anywhere and run again, added to, changed, damaged, moved: always the bytes of a full run; and what
# was done is not done again.
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
assay=$build/assay
chain=$PWD/conf/crosscheck.conf
fail() { echo "FAIL $*"; exit 1; }

cp -r tests/corpus/articles "$work/articles"
cp -r tests/corpus/articles "$work/copies" # the same texts under other names: more tasks
cd "$work"
run() { "$assay" run "$chain" articles copies -q -j2 "$@" 2>err; }
export ASSAY_TASK_BYTES=20000
run --write jsonl:full.jsonl || fail "a full run"

# 1. the second run does nothing again and gives the same bytes
run --run folder --write jsonl:a.jsonl || fail "a first run in a folder: $(cat err)"
cmp full.jsonl a.jsonl || fail "a run in a folder gives other bytes"
ls folder/tasks >before
run --run folder --write jsonl:a.jsonl || fail "a second run"
cmp full.jsonl a.jsonl || fail "a second run gives other bytes"
ls folder/tasks >after
cmp before after || fail "a second run over the same inputs made other tasks"
"$assay" plan "$chain" articles copies --run folder >plan || fail "plan --run"
grep -q 'read again    0 of' plan || fail "plan --run: $(cat plan)"

# 2. killed at named points, worker and host, then run again
for point in task.before-write task.written task.stored task.punched task.foot folder.keep write.done; do
    for time in 1 2 5; do
        rm -rf killed
        ASSAY_KILL_AT=$point:$time "$assay" run "$chain" articles copies -q -j2 --run killed --write jsonl:b.jsonl 2>err || true
        rm -f b.jsonl
        run --run killed --write jsonl:b.jsonl || fail "resume after $point:$time: $(cat err)"
        cmp full.jsonl b.jsonl || fail "resume after $point:$time gives other bytes"
    done
done

# 3. the host killed at any moment, again and again in one folder
rm -rf killed
for wait in 01 02 03 04 05 06 08 10 12 15; do
    "$assay" run "$chain" articles copies -q -j2 --run killed --write jsonl:b.jsonl 2>err &
    pid=$!
    sleep "0.$wait"
    kill -9 $pid 2>/dev/null || true
    wait $pid 2>/dev/null || true
done
rm -f b.jsonl
run --run killed --write jsonl:b.jsonl || fail "resume after kills: $(cat err)"
cmp full.jsonl b.jsonl || fail "resume after kills gives other bytes"

# 4. documents added, changed and gone
rm -rf grown
"$assay" run "$chain" articles -q --run grown --write jsonl:c.jsonl || fail "before adding"
run --run grown --write jsonl:c.jsonl || fail "after adding"
cmp full.jsonl c.jsonl || fail "added documents give other bytes"
"$assay" diff grown >diff || fail "diff of a run folder"
grep -q 'gained\|changed' diff || fail "diff sees nothing: $(cat diff)"
sed 's/12 dead/13 dead/' articles/harbor-ledger/flood-toll-rises.html >t && mv t articles/harbor-ledger/flood-toll-rises.html
rm copies/daily-compass.jsonl
run --run grown --write jsonl:c.jsonl || fail "after a change"
run --write jsonl:d.jsonl || fail "a full run of the changed"
cmp d.jsonl c.jsonl || fail "changed documents give other bytes"

# 5. a changed option, a damaged task, a folder that moved
run --run grown --set claims.languages=en --write jsonl:c.jsonl || fail "a changed option"
run --set claims.languages=en --write jsonl:e.jsonl || fail "a full run with it"
cmp e.jsonl c.jsonl || fail "a changed option was not seen"
run --run grown --write jsonl:c.jsonl || fail "the option changed back"
# only what depends on it is done again: no reading, and the rounds from the one on that looks at the option
tasks=$(ls grown/tasks | wc -l)
while read -r set rounds kept <&3; do
    rounds=$(echo "$rounds" | tr '_' ' ')
    "$assay" plan "$chain" articles copies --run grown --set $set >plan || fail "plan with $set"
    grep -q 'read again    0 of' plan || fail "plan with $set reads: $(grep 'read again' plan)"
    grep -qF "compared      again: $rounds" plan || fail "plan with $set: $(grep compared plan)"
    grep -q 'because an option' plan || fail "plan with $set: no reason given"
    ls grown/tasks | sort >before
    run --run grown --set $set --write jsonl:c.jsonl || fail "with $set"
    ls grown/tasks | sort >after
    [ "$(comm -12 before after | wc -l)" -ge $((tasks * kept / 100)) ] || fail "$set did too much again: $(comm -12 before after | wc -l) of $tasks kept"
    [ "$(comm -12 before after | wc -l)" -lt "$tasks" ] || fail "$set did nothing again"
    run --set $set --write jsonl:e.jsonl || fail "a full run with $set"
    cmp e.jsonl c.jsonl || fail "$set gives other bytes"
    run --run grown --write jsonl:c.jsonl || fail "$set taken back"
    cmp d.jsonl c.jsonl || fail "$set taken back gives other bytes"
done 3<<END
consistency.tolerance=0.03 consistency_(judge) 80
consistency.ignored=daily-compass.example consistency_(story,_pair,_judge) 40
duplicates.copy=0.8 duplicates_(compare,_report);_consistency_(judge) 40
duplicates.preset=strict duplicates_(twins,_near,_index,_compare,_report);_consistency_(judge) 20
END
one=$(ls -S grown/tasks | head -1)
printf X | dd of="grown/tasks/$one" bs=1 seek=200 conv=notrunc 2>/dev/null
mv grown moved
run --run moved --write jsonl:c.jsonl || fail "a damaged task"
grep -q damaged err || fail "a damaged task is not said"
cmp d.jsonl c.jsonl || fail "a damaged task gave other bytes"
# A task that has become a folder: an empty one is damage like any other, a full one is named and stays.
one=$(ls -S moved/tasks | head -1)
rm "moved/tasks/$one" && mkdir "moved/tasks/$one"
run --run moved --write jsonl:c.jsonl || fail "a task that is an empty folder"
cmp d.jsonl c.jsonl || fail "a task that is an empty folder gave other bytes"
rm "moved/tasks/$one" && mkdir "moved/tasks/$one" && touch "moved/tasks/$one/mine"
run --run moved --write jsonl:c.jsonl && fail "a task that is a folder of somebody is taken"
grep -q "tasks/${one%%.*}.*: Is a directory" err || fail "a task that is a folder is not named: $(cat err)"
[ -f "moved/tasks/$one/mine" ] || fail "a folder of somebody is removed"
rm -r "moved/tasks/$one"
run --run moved --write jsonl:c.jsonl || fail "the folder is gone"
cmp d.jsonl c.jsonl || fail "the folder is gone: other bytes"

# 6. day after day in one folder: added to, changed, taken from, with other options, killed in between; each day a full run's bytes
rm -rf days daily && mkdir days
day=0
find articles copies -type f | sort >all
while read -r from to set; do
    day=$((day + 1))
    rm -rf days && mkdir days
    sed -n "${from},${to}p" all | while read -r file; do cp "$file" "days/$(echo "$file" | tr / _)"; done
    for file in days/*$day*.jsonl days/*a*.html; do
        [ ! -e "$file" ] || [ $((day % 2)) = 0 ] || sed -i "s/ 12 / 1$day /g" "$file"
    done
    [ $((day % 3)) != 0 ] || ASSAY_KILL_AT=host.reduced:3 "$assay" run "$chain" days -q -j2 --run daily --set "$set" --write jsonl:g.jsonl 2>err || true
    rm -f g.jsonl h.jsonl
    "$assay" run "$chain" days -q -j2 --run daily --set "$set" --write jsonl:g.jsonl 2>err || fail "day $day: $(cat err)"
    "$assay" run "$chain" days -q -j2 --set "$set" --write jsonl:h.jsonl 2>err || fail "day $day, a full run: $(cat err)"
    cmp h.jsonl g.jsonl || fail "day $day (articles $from to $to, $set) gives other bytes"
done <<END
1 12 consistency.tolerance=0
1 14 consistency.tolerance=0
1 20 consistency.tolerance=0
3 22 consistency.tolerance=0
3 22 consistency.tolerance=0.05
5 24 duplicates.copy=0.8
1 24 consistency.ignored=daily-compass.example
1 30 consistency.tolerance=0
END
[ "$day" = 8 ] || fail "only $day days"

# 7. refused, and nothing touched
mkdir other && echo mine >other/letter
run --run other && fail "a folder that is no run folder was taken"
[ "$(ls other)" = letter ] || fail "a refused folder was touched"
sed 's/folder [0-9]*$/folder 99/' moved/assay-run >t && cp t moved/assay-run
run --run moved && fail "a folder of a newer version was taken"
grep -q 'version 99' err || fail "the version is not named: $(cat err)"

# 8. two at once
rm -rf killed
"$assay" run "$chain" articles copies -q -j2 --run killed --write jsonl:b.jsonl 2>first &
first=$!
busy=0
for i in 1 2 3 4 5 6 7 8; do
    run --run killed --write jsonl:f.jsonl || ! grep -q 'another run works in it' err || busy=1
done
wait $first || { grep -q 'another run works in it' first && busy=1; } || fail "the first of two: $(cat first)"
[ $busy = 1 ] || echo "(the first run was over before a second could meet it)"
rm -f b.jsonl
run --run killed --write jsonl:b.jsonl || fail "after two at once"
run --write jsonl:full.jsonl || fail "a full run at last"
cmp full.jsonl b.jsonl || fail "two at once left other bytes"

# 9. several that begin at once in a folder that is not there yet: one works, the others say why they do not
echo "Twelve ships came." >one.txt
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    rm -rf fresh
    for j in 1 2 3 4; do
        "$assay" run "${chain%/*}/language.conf" one.txt -q --run fresh --write "jsonl:j$j.out" 2>"j$j" &
    done
    wait
    cat j1 j2 j3 j4 >said
    grep -v -q 'another run works in it' said && fail "four at once: $(cat said)"
done
echo "run folders: killed, added to, changed, damaged, refused: as a full run"
