#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A plugin that crashes, hangs, exits, eats memory or breaks its contract costs one unit of work, is named, and nothing
# else changes; with any number of workers. $1: build folder.
build=$1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
here=$(pwd)
cd "$work" || exit 1
sanitized=$(grep -c 'ASSAY_SANITIZE:BOOL=ON' "$build/CMakeCache.txt")

{
    i=0
    while [ $i -lt 300 ]; do
        case $i in
        123) echo "Text $i says BOOM to All" ;;
        *) echo "Text $i has Words like Alpha and Beta$((i % 7))" ;;
        esac
        i=$((i + 1))
    done
} > in.txt

# chain STEP WHAT HOOK [ON [SETTINGS]]
chain() {
    cat > c.conf <<END
memory = "1GB"; ${5:-}
chain = (
  { plugin = "h_reader"; $([ "$1" = reader ] && echo "what = \"$2\"; hook = \"$3\"; on = \"${4-BOOM}\";") },
  { plugin = "h_preparer"; $([ "$1" = preparer ] && echo "what = \"$2\"; hook = \"$3\"; on = \"${4-BOOM}\";") },
  { plugin = "h_analyser"; $([ "$1" = analyser ] && echo "what = \"$2\"; hook = \"$3\"; on = \"${4-BOOM}\";") },
  { plugin = "h_writer"; $([ "$1" = writer ] && echo "what = \"$2\"; hook = \"$3\"; on = \"${4-BOOM}\";") }
);
END
}

complain() {
    echo "FAIL $name: $1"
    [ -f out ] && diff ok out | head -5
    head -5 err
    bad=$((bad + 1))
}

# run NAME EXIT: runs the chain as it stands
run() {
    name=$1
    timeout 120 "$build/assay" run c.conf in.txt --plugin-dir "$build/tests/hostile_plugins" -j "${jobs:-2}" > out 2> err
    status=$?
    [ $status = "$2" ] || complain "exit $status, not $2"
}

# has TEXT: the output has this line
has() { grep -qxF -- "$1" out || complain "no line '$1'"; }
# same_but PATTERN: apart from lines of the pattern, the output is as without the deed
same_but() {
    grep -Ev "$1" ok > want
    grep -Ev "$1" out > got
    cmp -s want got || complain "other lines changed"
}
said() { grep -q -- "$1" err || complain "the messages do not say '$1'"; }

chain none nothing none
run plain 0
cp out ok
[ "$(grep -c ^document ok)" = 300 ] || { name=plain; complain "300 documents expected"; }
has "tally Alpha  299"

fault() { # WHAT CODE
    what=$1 code=$2 settings=$3
    chain analyser "$what" analyse BOOM "$settings"
    run "analyse/$what" 3
    has "failure in.txt:124 $code 2"
    has "document in.txt:124  0"
    same_but '^failure|in.txt:124|^tally (Text|BOOM|All) '
    has "tally Text  299"
    said "h_analyser: in.txt:124: it .*; tried once more"
    said "h_analyser: in.txt:124: it .* again; recorded as a failure"
}
fault segfault crash
fault abort crash
fault exit exit
fault loop timeout 'time_limit = "1s"; time_limit_per_100kb = "0s";'
[ "$sanitized" = 0 ] && fault memory memory
fault stack crash
fault kill memory
said "it was killed (signal 9), as the kernel does when memory runs out: a larger 'memory' in the chain, or fewer workers (-j), would give it more"
fault stop timeout 'time_limit = "1s"; time_limit_per_100kb = "0s";'
fault flee timeout 'time_limit = "1s"; time_limit_per_100kb = "0s";'
fault close contract
said "h_analyser: in.txt:124: it closed files that are not its own"
fault limit-size contract
said "h_analyser: in.txt:124: it lowered limits of the process"
fault replace contract
[ -s mine ] && complain "the host wrote into a file of the plugin"

# What a plugin changes of its process (folder, file mask, signals, locale, rounding, stdout) changes nothing for others.
for hook in open analyse; do
    chain analyser disturb $hook
    run $hook/disturb 0
    same_but '^$'
done
for i in 1 2 3 4; do echo "Text $i has Words, Some BOOM"; done | split -l 1 - part.
chain none nothing none
"$build/assay" run c.conf part.* --plugin-dir "$build/tests/hostile_plugins" -q > ok.parts
chain analyser disturb analyse
jobs=1
name=disturb-inputs
"$build/assay" run c.conf part.* --plugin-dir "$build/tests/hostile_plugins" -q -j 1 > out 2> err || complain "exit $?"
cmp -s ok.parts out || complain "relative inputs are lost"
# A worker that may open no more files ends; the inputs behind are read by others.
chain analyser limit-files analyse 'Text 2'
for jobs in 1 2; do
    name=limit-files-$jobs
    "$build/assay" run c.conf part.* --plugin-dir "$build/tests/hostile_plugins" -q -j $jobs > out 2> err
    status=$?
    [ $status = 3 ] || complain "exit $status, not 3"
    has "failure part.ab:001 contract 2"
    [ "$(grep -c '^document part.a[acd]:001  [1-9]' out)" = 3 ] || complain "another document suffered"
done
jobs=

chain analyser fail analyse
run analyse/fail 3
has "failure in.txt:124 failed 2"
same_but '^failure|in.txt:124|^tally (Text|BOOM|All) '

chain analyser span analyse
run analyse/span 3
has "failure in.txt:124 contract 2"
said "the run is done. h_analyser: in.txt:124: add to h_word: its span (0 to 1073741824) is not inside the text of [0-9]* bytes"

chain analyser many analyse BOOM 'record_limit = 1000;'
run analyse/many 3
has "failure in.txt:124 limit 2"

# A worker's memory is used up by what the host keeps for a plugin: it costs the document or the key, and what fits is kept
# whatever its end of the task takes; where nothing can follow, the limit is said.
if [ "$sanitized" = 0 ]; then
    chain analyser heap map
    run map/heap 0
    same_but '^tally k[0-9][0-9] '
    has "tally k37  60000"
    chain analyser heap map
    ASSAY_HOLD_BYTES=300000000 run map/heap-held 0
    has "tally k99  60000"
    chain analyser endless-emit map
    run map/endless-emit 3
    has "failure in.txt:124 memory 3"
    same_but '^failure|^tally (Text|BOOM|All) '
    chain analyser endless-corpus reduce
    run reduce/endless-corpus 3
    has "failure BOOM memory 4"
    same_but '^failure|^tally BOOM '
    chain analyser heap-one-key map
    run map/heap-one-key 5
    said "memory of 256 MB is used up"
    said 'memory = "1024MB" with 2 workers'
fi

chain analyser fork analyse
run analyse/fork 0
cmp -s out ok || complain "a process that came back twice changed the result"
# What a plugin leaves behind is ended with its worker: a daemon, a thread; noise by the megabyte is no data.
HOSTILE_MARK=$work/daemon
export HOSTILE_MARK
# lives PID: whether it is there, and not only waiting to be buried by whoever adopted it
lives() { [ -n "$1" ] && [ -d "/proc/$1" ] && ! grep -q '^State:.*[ZX]' "/proc/$1/status" 2> /dev/null; }
# gone DAEMON: it is ended at once; gone it is when the machine has had time
gone() {
    tries=0
    while lives "$1" && [ $tries -lt 600 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    [ $tries -lt 600 ] || complain "the daemon is still there"
}
for hook in analyse map reduce finish; do
    chain analyser daemon $hook
    run $hook/daemon 0
    cmp -s out ok || complain "a daemon changed the result"
    gone "$(cat daemon 2> /dev/null)"
    rm -f daemon
done
# Of a worker that crashes, too: the host does it.
rm -f daemon
chain analyser daemon-crash analyse
run analyse/daemon-crash 3
has "failure in.txt:124 crash 2"
[ -f daemon ] || complain "there was no daemon"
gone "$(cat daemon)"
# Of a host that is killed: its workers end, and what they have started; and the run folder can be used again.
for hook in analyse map reduce finish; do
    rm -rf daemon folder
    chain analyser daemon-host $hook
    name=$hook/daemon-host
    timeout 120 "$build/assay" run c.conf in.txt --plugin-dir "$build/tests/hostile_plugins" -j 2 --run folder > out 2> err
    status=$?
    [ $status = 137 ] || complain "exit $status, not 137"
    pid=$(cat daemon)
    chain analyser "" $hook
    timeout 120 "$build/assay" run c.conf in.txt --plugin-dir "$build/tests/hostile_plugins" -j 2 --run folder > out 2> err ||
        complain "the folder of a host that was killed"
    cmp -s out ok || complain "the folder of a host that was killed gives another result"
    gone "$pid"
done
# A worker that hears no signal ends with its host, too.
rm -rf daemon
chain analyser deaf-host map
timeout 120 "$build/assay" run c.conf in.txt --plugin-dir "$build/tests/hostile_plugins" -j 1 > out 2> err
[ $? = 137 ] || complain "a host that was killed by a deaf worker"
gone "$(cat daemon)"
kill -9 "$(cat daemon)" 2> /dev/null
# A crash or exit() in open or close ends the program, which says whose it was. What was written before stays.
for deed in "open segfault" "open abort" "open exit" "close segfault" "close abort" "close exit"; do
    hook=${deed% *} what=${deed#* }
    [ "$sanitized" = 1 ] && [ $what != exit ] && continue # the sanitizer ends it, with a report of its own
    chain analyser $what $hook
    run $hook/$what 4
    case $what in
    exit) said "h_analyser: its $hook ended the process by exit()" ;;
    *) said "h_analyser: its $hook crashed (signal [0-9]*)" ;;
    esac
    [ $hook = open ] || cmp -s out ok || complain "a crash in close changed the result"
done
# Files closed in open are those of the host: it stops before an input is blamed for it. A thread does not reach the workers.
chain analyser close open
run open/close 4
said "h_analyser: its open closed files that are not its own"
[ -s out ] && complain "something was written"
chain analyser thread open
run open/thread 0
said "h_analyser: its open left 1 thread running"
cmp -s out ok || complain "a thread changed the result"
chain analyser dumb open
run open/dumb 2
said "h_analyser: its open failed and gave no reason"
# What never returns from open or close ends the program, too; where it hears no signal, without a word.
for deed in "open loop 4" "open deaf 137" "close loop 4" "close deaf 137"; do
    hook=${deed%% *} what=${deed#* }
    chain analyser ${what% *} $hook
    ASSAY_OPEN_MS=500 run $hook/${what% *} ${what#* }
    case $what in loop*) said "h_analyser: its $hook ran out of time (time_limit)" ;; esac
    [ $hook = open ] || cmp -s out ok || complain "what never ends in close changed the result"
done
# A daemon that was left by open, in the host itself, is nobody's; the run folder is not its.
rm -rf daemon folder
chain analyser daemon open
name=open/daemon
for time in first second; do
    timeout 120 "$build/assay" run c.conf in.txt --plugin-dir "$build/tests/hostile_plugins" -j 2 --run folder > out 2> err ||
        complain "the $time run"
    pids="${pids:-} $(cat daemon)"
    cmp -s out ok || complain "a daemon changed the result"
done
for pid in $pids; do kill -9 "$pid" 2> /dev/null; done
for what in thread noise; do
    chain analyser $what map
    run map/$what 0
    cmp -s out ok || complain "it changed the result"
done
for hook in analyse map reduce finish; do
    chain analyser scribble $hook
    run $hook/scribble 4
    said "a plugin writes where it should not"
done

chain analyser skip analyse
run analyse/skip 0
has "document in.txt:124  0"

for hook in map reduce finish; do
    case $hook in
    map) doc=in.txt:124 stage=3 but='^failure|^tally (Text|BOOM|All) ' ;;
    reduce) doc=BOOM stage=4 but='^failure|^tally BOOM ' ;;
    finish) doc='' stage=5 but='^failure|^tally ' ;;
    esac
    for what in segfault exit fail close limit-size; do
        case $what in
        segfault) code=crash ;;
        close | limit-size) code=contract ;;
        exit) code=exit ;;
        fail) code=failed ;;
        esac
        chain analyser $what $hook
        run "$hook/$what" 3
        has "failure $doc $code $stage"
        [ $hook = map ] || said "the run is done. h_analyser: "
        [ $what = fail ] || [ $hook = finish ] || said "h_analyser: $doc: it .*; tried once more"
        same_but "$but"
    done
done

for what in segfault exit close limit-size; do
    case $what in
    segfault) code=crash ;;
    close | limit-size) code=contract ;;
    *) code=$what ;;
    esac
    chain preparer $what prepare
    run prepare/$what 3
    has "failure in.txt:124 $code 1"
    has "document in.txt:124  0"
    same_but '^failure|in.txt:124|^tally (Text|BOOM|All) '
done

# A reader that dies costs the rest of its item; what came before stays.
chain reader segfault read
run read/segfault 3
has "failure in.txt crash 0"
said "h_reader: in.txt: it crashed (signal [0-9]*); tried once more"
[ "$(grep -c ^document out)" = 123 ] || complain "123 documents expected"
chain reader close read
run read/close 3
has "failure in.txt contract 0"
chain reader segfault accept ''
run accept/segfault 3
has "failure in.txt crash 0"

# A writer's time limit is for each document: 43 of 50 ms are no hang, one without end is.
chain writer busy write Beta1 'time_limit = "1s"; time_limit_per_100kb = "0s";'
run write/busy 0
cmp -s out ok || complain "other lines than without the deed"
chain writer loop write Beta1 'time_limit = "1s"; time_limit_per_100kb = "0s";'
run write/loop 5
said "h_writer: it ran out of time; its output is not written"

# A writer that dies costs its own output; nothing of it appears.
chain writer segfault write
run write/segfault 5
[ -s out ] && complain "part of an output appeared"
said "h_writer"
chain writer exit write
sed -i 's|{ plugin = "h_writer";|{ plugin = "h_writer"; path = "list.txt";|' c.conf
echo former > list.txt
run write/exit 5
[ "$(cat list.txt)" = former ] || complain "the former output is gone"
[ "$(ls -A | grep -c assay-)" = 0 ] || complain "a shadow file stayed"
for what in close replace; do
    chain writer $what write
    sed -i 's|{ plugin = "h_writer";|{ plugin = "h_writer"; path = "list.txt";|' c.conf
    run write/$what 4
    said "h_writer: it closed files that are not its own; its output is not written"
    [ "$(cat list.txt)" = former ] || complain "the former output is gone"
    [ "$(ls -A | grep -c assay-)" = 0 ] || complain "a shadow file stayed"
done
[ -s mine ] && complain "the host wrote into a file of the plugin"

# Wrong calls end the run at once, whatever the plugin makes of their answer.
chain analyser wrong-hook analyse
run contract/hook 4
said "emit must not be called in analyse"
chain analyser wrong-slot analyse
run contract/slot 4
said "no layer slot 99"
chain analyser wrong-round analyse
run contract/round 0
cmp -s out ok || complain "other lines than without the deed"
chain analyser bad-answer analyse
run contract/answer 4
said "h_analyser: analyse of in.txt:124: it returned 3"

# A host that checks names the function and what is wrong with each pointer and size.
breach() { # STEP HOOK WHAT MESSAGE
    chain $1 "$3" $2
    ASSAY_CHECK=1 run "checked/$3" 4
    said "$4"
}
breach analyser analyse bad-document "h_analyser: analyse of in.txt:124: text: the document is none"
breach analyser analyse bad-pointer "h_analyser: analyse of in.txt:124: add to h_word: row 'text': 5 bytes at 0x40 are not there"
breach analyser analyse bad-null "add to h_word: the record is a null pointer"
breach analyser analyse bad-size "add to h_word: row 'text': 1099511627776 bytes at .* are not there"
breach analyser analyse bad-utf8 "add to h_word: row 'text' is not UTF-8 at byte 3"
breach analyser analyse bad-stack "add to h_word: row 'text' points to the stack"
breach analyser analyse bad-row "amend: the row: 1 bytes at 0x40 are not there"
breach analyser analyse bad-value "amend: .value. is a null pointer"
breach analyser analyse bad-format "fail: the format: 1 bytes at 0x40 are not there"
breach analyser analyse bad-code "fail: 0 is no code of a failure"
breach analyser analyse bad-subject "alloc: the subject is none"
breach analyser map bad-out "h_analyser: map of in.txt:124: emit: .out. is not the one"
breach analyser map bad-key "emit: the key: 8 bytes at 0x40 are not there"
breach analyser reduce bad-corpus "h_analyser: reduce: to_corpus to h_tally: row 'word': 8 bytes at 0x40"
breach analyser reduce bad-many "next: .values. is not the one"
breach analyser finish bad-blob "h_analyser: finish: share: the blob: 1048576 bytes at 0x40"
breach reader read bad-reason "h_reader: read: skipped: the reason is not UTF-8"
breach reader read bad-item "item_read: the item is none"
breach reader read bad-buffer "item_read: .buffer.: 4096 bytes at 0x40"
breach reader read bad-bytes "add_document: .bytes.: 4096 bytes at 0x40"
breach writer write bad-sink "h_writer: write: the sink is none that was opened"
breach writer write bad-write "write: .bytes.: 1048576 bytes at 0x40"
chain none nothing none
ASSAY_CHECK=1 run checked/plain 0
cmp -s ok out || complain "checks changed the result"

chain analyser fatal analyse
run analyse/fatal 5
said "nothing can follow"

# What a plugin prints to stdout is no data; stdin is empty.
chain analyser stdout analyse ''
run stdout 0
cmp -s ok out || complain "noise in the data"
said "noise on stdout"
chain analyser stdin analyse ''
run stdin 0

# One death is only a warning.
for hook in analyse map reduce finish write; do
    step=analyser
    [ $hook = write ] && step=writer
    chain $step once $hook
    rm -f mark
    HOSTILE_MARK=$work/mark
    export HOSTILE_MARK
    run "once/$hook" 0
    cmp -s ok out || complain "a death that did not repeat changed the result"
    said "tried once more"
done

# Too many deaths stop the run at the same document for any number of workers, and nothing is written.
chain analyser segfault analyse Beta3
for jobs in 1 2 5; do
    ASSAY_TASK_BYTES=1 run "many deaths, $jobs workers" 4
    said "too many"
    [ -s out ] && complain "something was written"
    grep "too many" err > "many.$jobs"
done
cmp -s many.1 many.2 && cmp -s many.1 many.5 || complain "it stopped elsewhere"
jobs=2

# An interruption ends a run that would never end, while it reads and while it writes, and nothing is written.
for step in analyser writer; do
    hook=analyse
    [ $step = writer ] && hook=write
    chain $step loop $hook BOOM 'time_limit = "10h";'
    name=interrupted-$step
    HOSTILE_MARK=$work/mark
    export HOSTILE_MARK
    rm -f mark
    "$build/assay" run c.conf in.txt --plugin-dir "$build/tests/hostile_plugins" -j 1 > out 2> err &
    pid=$!
    while [ ! -e mark ] && kill -0 $pid 2> /dev/null; do sleep 0.05; done
    kill -INT $pid
    wait $pid
    status=$?
    [ $status = 130 ] || complain "exit $status, not 130"
    [ -s out ] && complain "something was written"
    said "interrupted (Interrupt)"
done

cd "$here" || exit 1
[ $bad = 0 ]
