#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every record of the sample corpus, and of a folder of odd, broken and random inputs, keeps the rules of the formats; and
# the checker does see broken rules. $1: build folder.
build=$1
here=$(pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0

check() { # NAME EXIT ARGUMENTS...
    name=$1 want=$2
    shift 2
    timeout 300 "$build/assay" run "$here/conf/crosscheck.conf" "$@" -q --write "jsonl:$work/out.jsonl" --set jsonl.text=true \
        --set jsonl.spans=true 2> "$work/err"
    status=$?
    [ $status = "$want" ] || { echo "FAIL $name: exit $status, not $want"; head -3 "$work/err"; bad=1; return; }
    python3 "$here/tests/chain/invariants.py" "$work/out.jsonl" > "$work/said" && return
    echo "FAIL $name:"
    cut -c1-300 "$work/said"
    bad=1
}

python3 tests/chain/invariants_inputs.py "$work/odd" || exit 1
cd "$work" || exit 1
check "odd inputs" 3 odd --write "sqlite:$work/out.db"
for id in 'odd/whole.zip!/b/потоп.txt' 'odd/whole.zip!/b/пожар.txt' 'odd/whole.tar!/потоп.txt' 'odd/whole.mbox!/3' 2 'odd/whole.xml!/1'; do
    grep -q "^{\"type\":\"document\",\"doc\":\"$id\"" "$work/out.jsonl" || { echo "FAIL odd inputs: no document $id"; bad=1; }
done
grep -q 'root:' "$work/out.jsonl" && { echo "FAIL: a file was read through an entity or a link"; bad=1; }
cd "$here" || exit 1
check "sample corpus" 0 tests/corpus/articles

# A rule broken by hand has to be seen.
broken() {
    sed "$1" "$work/out.jsonl" > "$work/broken.jsonl"
    cmp -s "$work/out.jsonl" "$work/broken.jsonl" && { echo "FAIL: s/$1/ changes nothing"; bad=1; }
    python3 tests/chain/invariants.py "$work/broken.jsonl" > /dev/null && { echo "FAIL: $1 is not noticed"; bad=1; }
}
broken '0,/"type":"claim"/s/,"page":null//'
broken '0,/"type":"claim"/{/"type":"claim"/s/"end":\([0-9]*\)/"end":1\1/}'
broken '0,/"type":"claim"/{/"type":"claim"/s/"raw":\[[0-9]*/"raw":[0/}'
broken '0,/"type":"claim"/{/"type":"claim"/s/"value":/"value":1/}'
broken '0,/"type":"language"/{/"type":"language"/s/"begin":0/"begin":1/}'
broken '0,/"type":"document"/{/"type":"document"/s/"sha256":"./"sha256":"g/}'
broken '0,/"type":"sentence"/{/"type":"sentence"/d}'
broken '/"type":"cluster"/{s/"docs":\["[^"]*",/"docs":[/}'
broken '/"type":"finding"/s/"rank":2,/"rank":3,/'
broken '/"type":"finding"/s/"pairs":\[{"a":0,"b":1/"pairs":[{"a":0,"b":99/'
broken '1{h;d};2{G}'
[ $bad = 0 ]
