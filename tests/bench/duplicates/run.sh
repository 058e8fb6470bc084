#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The duplicates benchmark: assay and three yardsticks on the same generated documents, one core each (CPU time).
#   sh tests/bench/duplicates/run.sh BUILD [DOCUMENTS...]       needs cc, c++, python3-numpy, libtlsh-dev, libxxhash-dev
set -eu
build=$1
shift
here=$(dirname "$0")
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
cc -O2 -o "$t/generate" "$here/../generate.c"
c++ -O2 -o "$t/hashes" "$here/hashes.cc" -ltlsh -lxxhash
printf 'memory = "2GB";\nchain = ( { plugin = "jsonl_in"; }, { plugin = "duplicates"; }, { plugin = "terminal"; } );\n' > "$t/chain.conf"
for n in ${*:-1000 10000 20000}; do
    "$t/generate" "$n" --truth "$t/truth" > "$t/in.jsonl"
    echo "== $n documents, $(($(wc -c < "$t/in.jsonl") / 1000000)) MB"
    /usr/bin/time -f "assay: %U s + %S s CPU, %e s, peak %M KiB" "$build/assay" run "$t/chain.conf" - -j 1 -q --write "jsonl:$t/out" < "$t/in.jsonl"
    python3 "$here/score.py" "$t/truth" "$t/out"
    [ "$n" -le 20000 ] || continue
    /usr/bin/python3 "$here/minhash.py" "$t/in.jsonl" "$t/out"
    python3 "$here/score.py" "$t/truth" "$t/out"
    for method in simhash tlsh; do
        "$t/hashes" $method "$t/in.jsonl" "$t/out"
        python3 "$here/score.py" "$t/truth" "$t/out"
    done
done
