#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The output does not depend on workers, order of arrival, number of tasks and partitions, memory, locale, processor
# features, or on workers killed around the progress word. $1: build folder.
build=$1
here=$(pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
bad=0

cat > chain.conf <<'END'
memory = "2GB";
chain = (
  { plugin = "files"; }, { plugin = "jsonl_in"; }, { plugin = "decode"; },
  { plugin = "sentences"; }, { plugin = "claims"; }, { plugin = "duplicates"; }, { plugin = "consistency"; },
  { plugin = "jsonl"; }
);
END

# Texts made of drawn words: every third of nine repeats an earlier one, figures differ now and then.
LC_ALL=C awk 'BEGIN {
    srand(7)
    split("river flood bridge company minister export tractor people killed injured million euros percent budget school hospital rain storm city region factory workers strike report growth energy power plant water road train", w, " ")
    for (n = 0; (n + 1) in w; n++);
    for (i = 0; i < 400; i++) {
        t = ""
        for (s = 0; s < 10; s++) {
            line = "The"
            m = 8 + int(rand() * 8)
            for (j = 0; j < m; j++) {
                line = line " " w[1 + int(rand() * n)]
                if (rand() < 0.08) line = line " " int(rand() * 500)
            }
            t = t line ". "
        }
        if (i % 9 == 0) keep = t
        if (i % 9 == 3) t = keep
        printf "{\"id\":\"doc-%d\",\"source\":\"s%d.example\",\"published\":\"2024-05-%02d\",\"text\":\"%s\"}\n", (i * 7919) % 1000003, i % 17, 1 + i % 28, t
    }
    print "not json"
    printf "{\"id\":\"doc-0\",\"text\":\"Another text under an id that is taken.\"}\n"
}' > a.jsonl
awk 'NR <= 20' a.jsonl > b.jsonl
cp -r "$here/tests/corpus/articles" articles
cp -r "$here/conf/lexicon" lexicon # found beside the chain file first
head -c 3000 /dev/zero > articles/zeros.bin
: > articles/empty.txt

run() { # NAME then the command line's rest; the environment as it is
    name=$1
    shift
    timeout 300 "$build/assay" run chain.conf "$@" > out 2> err
    status=$?
    [ $status = 3 ] || { echo "FAIL $name: exit $status, not 3"; head -3 err; bad=$((bad + 1)); return; }
    [ -f ok ] || cp out ok
    cmp -s ok out && return
    echo "FAIL $name: the output differs"
    diff ok out | head -4 | cut -c1-300
    bad=$((bad + 1))
}

all="articles a.jsonl b.jsonl"
run "one worker" $all -j1
[ -f ok ] || exit 1
for type in document sentence claim copy cluster finding failure skipped run; do
    grep -q "^{\"type\":\"$type\"" ok || { echo "FAIL: no record of type $type: this tests too little"; bad=$((bad + 1)); }
done
run "two workers" $all -j2
run "eight workers" $all -j8
run "no isolation" $all --isolate=none
run "arguments the other way round" b.jsonl a.jsonl articles -j2
export ASSAY_TASK_BYTES=2000 ASSAY_PARTITIONS=13
run "many small tasks" $all -j2
ASSAY_TASK_BYTES=1 ASSAY_PARTITIONS=1 run "a task an input, one partition" $all -j3
unset ASSAY_TASK_BYTES ASSAY_PARTITIONS
ASSAY_PARTITIONS=200 run "many partitions" $all -j2
# of a decimal comma and an i without its dot; made here where the system has none
export LOCPATH
locale -a 2> /dev/null | grep -qi '^tr_TR.utf-\{0,1\}8' || { localedef -i tr_TR -f UTF-8 "$work/tr_TR.UTF-8" > made 2>&1 && LOCPATH=$work; }
[ "$(LC_ALL=tr_TR.UTF-8 locale decimal_point)" = , ] || echo "(no Turkish locale here: not tried)"
LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 TZ=Asia/Kathmandu run "another locale" $all -j2
unset LOCPATH
GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2_Usable,-AVX2,-FMA_Usable,-FMA,-AVX512F_Usable,-AVX512F run "without AVX2 and FMA" $all -j2
ASSAY_SPILL=1 run "segments in files" $all -j2
ASSAY_SORT_BYTES=20000 run "little memory to sort in" $all -j2
ASSAY_HOLD_BYTES=5000 run "few emissions held back" $all -j2
sed 's/"2GB"/"600MB"/' chain.conf > low.conf && mv chain.conf full.conf && mv low.conf chain.conf
run "low memory" $all -j2 > low.txt
# the chain's own hash stands in the run record
mv full.conf chain.conf
if [ -s low.txt ]; then
    bad=$((bad - 1))
    sed '$d' ok > ok.body
    sed '$d' out > out.body
    cmp -s ok.body out.body || { echo "FAIL low memory: the output differs"; bad=$((bad + 1)); }
fi

export ASSAY_TASK_BYTES=40000 ASSAY_PARTITIONS=3
for point in task.before-write task.written task.stored task.punched task.foot write.done; do
    for nth in 1 2 3 5 8 13; do
        ASSAY_KILL_AT=$point:$nth run "killed at $point:$nth" $all -j2
    done
done
unset ASSAY_TASK_BYTES ASSAY_PARTITIONS
# the order of lines in one input
sort -t: -k2,2r a.jsonl > c.jsonl
ls > /dev/null
mv a.jsonl a.first
mv c.jsonl a.jsonl
timeout 300 "$build/assay" run chain.conf articles a.jsonl b.jsonl -j2 2> /dev/null | grep -v '"failure"' > out
grep -v '"failure"' ok | cmp -s - out || { echo "FAIL lines in another order: the output differs"; bad=$((bad + 1)); }
[ $bad = 0 ]
