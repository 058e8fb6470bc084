#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What a run folder keeps of maps, document by document: not called again where all that they read is as it was, and only there. Each
# run gives the bytes of a full one, whatever came, went, changed, was damaged or killed. $1: build folder.
build=$1
. tests/chain/common/own_plugin.sh
own() { # NAME FLAGS...
    name=$1
    shift
    compile revisit "plugins/$name" -DNAME="$name" "$@"
}
own r_revisit
own r_other -DCARELESS
own r_joins -DJOINS
own r_wrong1 -DWRONG=1
own r_wrong2 -DWRONG=2
own r_wrong3 -DWRONG=3
cd "$work" || exit 1
export ASSAY_PLUGIN_PATH="$work/plugins"
printf 'memory = "1GB"; chain = ( { plugin = "jsonl_in"; }, { plugin = "r_revisit"; }, { plugin = "r_other"; }, { plugin = "r_joins"; }, { plugin = "jsonl"; } );' > c.conf
# documents COUNT [SED]: in files of ten, long enough for four tasks and more. SED changes lines of "id text".
documents() {
    rm -rf in && mkdir in
    awk -v n="$1" 'BEGIN { for (i = 0; i < 200; i++) pad = pad " word" i % 7 " and more"; for (i = 0; i < n; i++)
        printf "d%d group %d see d%d of %d%s\n", i, i < 400 ? i % 40 : 40 + i % 7, i * 7 % 400, i * 31 % 977, pad }' | sed -e "${2:-}" |
        awk '{ id = $1; sub(/^[^ ]* /, ""); n = substr(id, 2); printf "{\"id\":\"%s\",\"text\":\"%s\"}\n", id, $0 > sprintf("in/f%03d.jsonl", n / 10) }'
}
# what a map adds is for its own document, in layers that are there for it, and reduce adds to none of them
documents 20
for wrong in "1 may only add to its own document" "2 reduce and finish make it" "3 the round's map makes it"; do
    printf 'chain = ( { plugin = "jsonl_in"; }, { plugin = "r_wrong%s"; }, { plugin = "jsonl"; } );' "${wrong%% *}" > w.conf
    "$build/assay" run w.conf in -q > a 2> err
    [ $? = 4 ] && grep -q "${wrong#? }" err || fail "wrong ${wrong%% *}: \"$(cat err)\""
done
jobs=-j2
# compare WHAT [ARGUMENTS]: runs in the folder and without: the same bytes.
compare() {
    what=$1
    shift
    timeout 120 "$build/assay" run c.conf in -v $jobs --run folder "$@" > a 2> err || fail "$what: exit $?"
    timeout 120 "$build/assay" run c.conf in -q $jobs "$@" > b 2> err2 || fail "$what: exit $? of a full run"
    cmp -s a b || fail "$what: other bytes than a full run"
}
# expect MARK TOTAL OF WHAT: and how many maps of these rounds were not called.
expect() {
    mark=$1 total=$2 of=$3
    shift 3
    compare "$@"
    for round in "mark $mark" "total $total"; do
        line=$(grep -o "r_revisit (${round% *}): .*documents.*" err)
        [ "$line" = "r_revisit (${round% *}): ${round#* } of $of documents were known" ] || fail "$1: \"$line\", not ${round#* } of $of"
    done
    grep -q 'r_other.*: [1-9][0-9]* of .*documents were known' err && fail "$1: a map that promises nothing is kept"
}
documents 400
expect 0 0 400 "the first run"
documents 401
# ten documents are of the group that it stands beside, and ten name one of those
expect 400 380 401 "a document more, of its own group"
grep -q 'r_joins (total): 400 of 401' err || fail "what is combined is not kept"
documents 401
compare "the same again"
grep -q 'documents were known' err && fail "the same again: visited"
documents 403
expect 400 360 403 "two more, in one file with it"
documents 403 's/^d402 .*/& 1/'
expect 400 400 403 "one of the last changed"
jobs=-j1
documents 401
expect 400 360 401 "two gone, one worker"
jobs=-j2
documents 402
compare "the table of counts is another"
documents 402 's/^d5 .*/& BLOB/'
compare "one asks for the whole of it: its task is another"
documents 403 's/^d5 .*/& BLOB/'
expect 399 376 403 "and is asked again when it has changed"
grep -q 'r_joins (total): 40[0-9] of' err && fail "some of what is combined is kept, of a task where it is not all as it was"
documents 403 's/^d5 .*/& NOTE/; s/^d6 .*/& MEMORY/'
compare "two that say something and ask for memory"
documents 404 's/^d5 .*/& NOTE/; s/^d6 .*/& MEMORY/'
expect 398 380 404 "which are called each time"
# d405 is of the group of d398, and so on: what is told to that group changes, and who names one of its documents is another
documents 406
compare "as they were"
documents 405 's/^d404 group [0-9]*/& see d0 group 7/; s/^d404 group [0-9]*/d404 group 7/'
compare "a document more in a group that was there"

# a document that fails makes the task no earlier one; nothing is lost by that
documents 405 's/^d33 .*/& FAIL/'
"$build/assay" run c.conf in -q --run folder > a 2> err; [ $? = 3 ] || fail "a failure is not told"
"$build/assay" run c.conf in -q > b 2> err2; cmp -s a b || fail "a failure: other bytes"
documents 406 's/^d33 .*/& FAIL/'
"$build/assay" run c.conf in -q --run folder > a 2> err; "$build/assay" run c.conf in -q > b 2> err2
cmp -s a b || fail "a failure, and more documents: other bytes"

# what is told of documents that are as they were stays where it stands
printf 'memory = "1GB"; chain = ( { plugin = "jsonl_in"; }, { plugin = "r_revisit"; }, { plugin = "jsonl"; } );' > few.conf
rm -rf folder
documents 400
"$build/assay" run few.conf in -q --run folder > a 2> err || fail "few: exit $?"
ls folder/tasks > before
documents 401
"$build/assay" run few.conf in -q --run folder > a 2> err || fail "few, a document more: exit $?"
"$build/assay" run few.conf in -q > b 2> err || fail "few: exit $? of a full run"
cmp -s a b || fail "few, a document more: other bytes than a full run"
bytes=$(ls folder/tasks | grep -vxF -f before | (cd folder/tasks && xargs cat) | wc -c)
[ "$bytes" -lt 98000 ] || fail "a document more: $bytes bytes of new tasks"

# day after day: some come, go, change; now and then a run is killed, a segment damaged, the list of visits lost
rm -rf folder
day=0
while read -r count change kill harm; do
    day=$((day + 1))
    documents "$count" "$change"
    jobs=-j$((day % 3 + 1))
    case $harm in
    big) f=$(ls -S folder/tasks | head -1); printf X | dd of="folder/tasks/$f" bs=1 seek=300 conv=notrunc 2> /dev/null ;;
    all) for f in folder/tasks/*; do printf X | dd of="$f" bs=1 seek=100 conv=notrunc 2> /dev/null; done ;;
    list) printf X | dd of=folder/memo/visits bs=1 seek=40 conv=notrunc 2> /dev/null ;;
    none) rm -f folder/memo/visits ;;
    third) ls folder/tasks/* | awk 'NR % 3 == 1' | xargs rm -f ;;
    esac
    for k in $(echo "$kill" | tr , ' '); do
        [ "$k" = - ] || ASSAY_KILL_AT=$k "$build/assay" run c.conf in -q $jobs --run folder > /dev/null 2> err
    done
    compare "day $day"
done <<END
400 p - -
405 p task.written:9 -
405 s/^d401_.*/&/ host.mapped:2 -
410 p task.foot:7,host.mapped:3,folder.keep:12 -
412 s/see.d7.of/see_d411_of/ - -
414 s/see.d7.of/see_d411_of/ task.stored:8 big
416 p - all
418 p host.reduced:2 list
420 p task.written:13 none
430 p task.before-write:11,task.written:6 -
431 p - big
380 p - -
381 p host.mapped:2,host.mapped:3 -
382 /^d38./d - -
400 p - -
405 p - third
406 s/^d13.*/&.BADKEYS/ - -
409 s/^d13.*/&.BADKEYS/ host.mapped:3 -
413 s/^d13.*/&.BADKEYS/ - third
END
[ "$day" = 19 ] || fail "only $day days"
# 24 bytes, and 48 for each task and pass, and each blob of a pass: those that are gone are not remembered
[ "$(stat -c %s folder/memo/visits)" -le $((24 + 48 * (3 * 12 + 3 * 12))) ] || fail "visits of other days stay: $(stat -c %s folder/memo/visits) bytes"
ls folder/tasks folder/memo | grep -q part && fail "a part stays"

# a run killed in a segment above another, and the next one does not know of that other
for time in 3 6 9 12; do
    rm -rf folder
    documents 400
    compare "before a kill"
    documents 402 's/^d401.*/& 5/'
    for point in task.written task.stored; do
        ASSAY_KILL_AT=$point:$time "$build/assay" run c.conf in -q -j1 --run folder > /dev/null 2> err
    done
    ASSAY_KILL_AT=host.mapped:3 "$build/assay" run c.conf in -q -j1 --run folder > /dev/null 2> err
    rm -f folder/memo/visits
    compare "killed ($time), and the list lost"
done

# the list and the blobs are of a run that was killed, and had not all of the tasks: what these tell is of the run before
for time in 2 3 4; do
    rm -rf folder
    documents 400
    compare "before a kill"
    documents 410 's/^d7 .*/& 5/'
    ASSAY_KILL_AT=host.mapped:$time "$build/assay" run c.conf in -q -j1 --run folder > /dev/null 2> err
    documents 407
    compare "killed ($time), and a task that it did not have"
done

# packed, and options of how it is run
documents 400
compare "packed" --set compress=always
ls folder/tasks | grep -q zst || fail "nothing is packed"
documents 401
compare "packed, and one more" --set compress=always
grep -q 'r_revisit (mark): 400 of 401' err || fail "packed: not known"
compare "unpacked, none more"
documents 402
compare "unpacked, and one more"
grep -q 'r_revisit (mark): 400 of 402' err || fail "unpacked: not known"

# many small additions: what stands above another does not grow without end
rm -rf folder
documents 400
compare "the first of many"
first=$(du -s --apparent-size folder/tasks | cut -f1)
for n in 401 402 403 404 405 406 407 408; do
    documents $n "s/^d4.. .*/& $n/; s/^d9 .*/& $((n / 2))/"
    compare "one of many ($n)"
done
last=$(du -s --apparent-size folder/tasks | cut -f1)
[ "$last" -le $((first * 3)) ] || fail "the folder has grown from $first to $last kB"
[ $bad = 0 ]
