#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# conf/language.conf: main language, spans, a declared language, the same output for any number of workers.
set -eu
build=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat > "$dir/in.jsonl" <<'END'
{"id":"a","text":"The bridge was closed for two days after the storm."}
{"id":"b","text":"Der Sturm hat die Brücke zwei Tage lang gesperrt.\nThe storm closed the bridge for two days."}
{"id":"c","text":"12 345 678"}
{"id":"d","text":"August","language":"sv"}
{"id":"e","text":""}
END
"$build/assay" run conf/language.conf - -q -j 1 --write "jsonl:-" < "$dir/in.jsonl" > "$dir/one"
"$build/assay" run conf/language.conf - -q -j 2 --write "jsonl:-" < "$dir/in.jsonl" > "$dir/two"
cmp "$dir/one" "$dir/two" || { echo "the output depends on the number of workers"; exit 1; }
expect() {
    grep -q "$1" "$dir/one" || { echo "missing: $1"; cat "$dir/one"; exit 1; }
}
expect '"type":"document","doc":"a".*"language":"en"'
expect '"type":"language","doc":"b","begin":0,"end":51,.*"language":"de","script":"Latn"'
expect '"type":"language","doc":"b","begin":51,"end":92,.*"language":"en","script":"Latn"'
expect '"type":"document","doc":"c".*"language":"und"'
expect '"type":"document","doc":"d".*"language":"sv"'
"$build/assay" run conf/language.conf - -q --set 'language.candidates=fr' < "$dir/in.jsonl" > "$dir/limited" 2>/dev/null || {
    echo "candidates on the command line failed"; exit 1; }
if grep '"type":"document"' "$dir/limited" | grep -v '"doc":"[ce]"' | grep -qv '"language":"fr"'; then
    echo "an answer outside the candidates"; cat "$dir/limited"; exit 1
fi
if "$build/assay" check conf/language.conf --set 'language.candidates=klingon' > /dev/null 2>&1; then
    echo "an unknown candidate was accepted"; exit 1
fi
