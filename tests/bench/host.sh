#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the host costs: cold start, overhead of a document, shuffle, scaling, memory. Prints Markdown. $1: build folder.
# The plugins are made from tests/bench/noop/noop.c here, with the compiler alone, as any third party's could be.
build=$1
here=$(pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/plugins"
for p in b_reader b_analyser b_analyser2 b_round b_work b_writer; do
    ${CC:-cc} -O2 -fPIC -shared -std=c11 -I"$here/include" -DPLUGIN="$p" -DPLUGIN_"$p" -o "$work/plugins/$p.so" "$here/tests/bench/noop/noop.c" || exit 1
done
cd "$work" || exit 1
export ASSAY_PLUGIN_PATH="$work/plugins"

lines() { awk -v n="$1" -v words="$2" 'BEGIN { for (i = 0; i < n; i++) { t = "Document " i; for (j = 0; j < words; j++) t = t " some words of text"; print t } }'; }
lines 5 70 > five.txt
lines 400000 70 > many.txt
lines 400000 0 > tiny.txt
lines 20000 70 > some.txt

# best NAME CHAIN INPUT JOBS: least user + system seconds, wall seconds and largest resident megabytes of 5 runs
best() {
    printf 'memory = "2GB"; chain = ( { plugin = "b_reader"; }, %s { plugin = "b_writer"; } );' "$1" > c.conf
    for i in 1 2 3 4 5; do
        /usr/bin/time -f '%U %S %e %M' -o time "$build/assay" run c.conf "$2" -j "$3" 2> err || { cat err >&2; exit 1; }
        tail -n 1 time
    done | awk 'NR == 1 { c = $1 + $2; w = $3; m = $4 } { if ($1 + $2 < c) c = $1 + $2; if ($3 < w) w = $3; if ($4 > m) m = $4 } END { printf "%.2f %.2f %.0f\n", c, w, m / 1024 }'
}
A='{ plugin = "b_analyser"; }, { plugin = "b_analyser2"; },'

echo "| what | best of 5 |"
echo "|---|---:|"
set -- $(for i in 1 2 3 4 5 6 7 8 9 10; do
    printf 'chain = ( { plugin = "b_reader"; }, %s { plugin = "b_round"; }, { plugin = "b_writer"; } );' "$A" > c.conf
    s=$(date +%s%N); "$build/assay" run c.conf five.txt -j2; e=$(date +%s%N); echo $(((e - s) / 10000))
done | sort -n | head -1)
awk -v t="$1" 'BEGIN { printf "| cold start, 5 documents, one round (goal 50 ms) | %.1f ms |\n", t / 100 }'
set -- $(best "$A" tiny.txt 1)
awk -v c="$1" 'BEGIN { printf "| 400,000 documents of 15 bytes, two no-op analysers, -j1: CPU a document (goal 2 us) | %.2f us |\n", c / 400000 * 1e6 }'
set -- $(best "$A" many.txt 1)
awk -v c="$1" -v w="$2" -v m="$3" 'BEGIN { printf "| 400,000 documents of 1.3 kB, the same: CPU a document | %.2f us |\n| throughput | %.0f MB/s |\n| largest process | %d MB |\n", c / 400000 * 1e6, 400000 * 1.35e-3 / w, m }'
base=$1
set -- $(best "$A"' { plugin = "b_round"; },' many.txt 1)
awk -v c="$1" -v b="$base" 'BEGIN { printf "| a round with 100 emissions a document on top: CPU a document | %.2f us |\n", (c - b) / 400000 * 1e6 }'
set -- $(best ' { plugin = "b_work"; },' some.txt 1)
one=$2
set -- $(best ' { plugin = "b_work"; },' some.txt 2)
awk -v a="$one" -v b="$2" 'BEGIN { printf "| 20,000 documents of about 200 us work: -j1, -j2 | %.2f s, %.2f s: %.2fx |\n", a, b, a / b }'
