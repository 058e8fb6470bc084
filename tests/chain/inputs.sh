#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every kind of input, good and bad: what comes out, and that each character leads back to the bytes it came from.
assay=$1/assay
room=$(mktemp -d) || exit 1
trap 'rm -rf "$room"' EXIT
bad=0
python3 tests/chain/inputs_make.py "$room" || exit 1

"$assay" run conf/inputs.conf "$room/good" --write "jsonl:$room/good.jsonl" -q 2>"$room/err"
code=$?
[ $code = 0 ] || { echo "good inputs: exit code $code"; cat "$room/err"; grep '"failure"' "$room/good.jsonl"; bad=1; }
python3 tests/chain/inputs_check.py good "$room" "$room/good.jsonl" || bad=1

# The same with the furniture kept, and with other workers.
"$assay" run conf/inputs.conf "$room/good" -j 1 --write "jsonl:$room/one.jsonl" -q || bad=1
cmp "$room/good.jsonl" "$room/one.jsonl" || bad=1
"$assay" run conf/inputs.conf "$room/good/page.html" --set markup.boilerplate=true --write jsonl:- -q | grep -q '"type":"boilerplate".*"reason":"navigation"' ||
    { echo "no navigation is marked"; bad=1; }

# A list of names, from a file and from stdin; what it names has to be there.
printf '%s\n\n%s\r\n' "$room/good/plain.txt" "$room/good/cp1251.txt" >"$room/list"
"$assay" run conf/inputs.conf --files-from "$room/list" --write jsonl:- -q | grep -c '"type":"document"' | grep -qx 2 || { echo "--files-from reads no list"; bad=1; }
"$assay" run conf/inputs.conf "$room/good/bom.txt" --files-from - --write jsonl:- -q <"$room/list" | grep -c '"type":"document"' | grep -qx 3 ||
    { echo "--files-from - reads no list"; bad=1; }
echo "$room/none" >"$room/list"
"$assay" run conf/inputs.conf --files-from "$room/list" --write jsonl:- -q >/dev/null 2>&1
[ $? = 2 ] || { echo "a list with a name that is not there: exit code is not 2"; bad=1; }
"$assay" run conf/inputs.conf --files-from "$room/absent" --write jsonl:- -q >/dev/null 2>&1
[ $? = 2 ] || { echo "a list that is not there: exit code is not 2"; bad=1; }

# Bad ones: recorded by name, and the rest is read. The memory of a worker is limited by the chain's.
"$assay" run conf/inputs.conf "$room/bad" --write "jsonl:$room/bad.jsonl" -q 2>"$room/err"
code=$?
[ $code = 3 ] || { echo "bad inputs: exit code $code, not 3"; cat "$room/err"; bad=1; }
python3 tests/chain/inputs_check.py bad "$room" "$room/bad.jsonl" || bad=1

# A PDF that hangs its reader, and one whose reader is not there.
mkdir "$room/bin"
printf '#!/bin/sh\nsleep 100\n' >"$room/bin/pdftotext"
chmod +x "$room/bin/pdftotext"
PATH="$room/bin:$PATH" "$assay" run conf/inputs.conf "$room/good/two.pdf" "$room/good/plain.txt" --set pdf.timeout=1s --write jsonl:- -q >"$room/hang" 2>/dev/null
[ $? = 3 ] || { echo "a PDF that hangs: exit code is not 3"; bad=1; }
grep -q '"type":"failure".*two.pdf.*"code":"limit"' "$room/hang" || { echo "a PDF that hangs is not recorded"; bad=1; }
grep -q '"type":"document".*plain.txt' "$room/hang" || { echo "what follows a PDF that hangs is not read"; bad=1; }

# What no step of the chain reads is named by its kind, in a folder and in an archive.
mkdir "$room/other"
cp "$room/good/two.pdf" "$room/other/a.pdf"
printf 'a,b\n1,2\n' >"$room/other/t.csv"
printf 'From: a@b.example\nSubject: x\nDate: Mon, 6 Mar 2017 04:02:06 +0300\n\nbody 5\n' >"$room/other/m.eml"
cp "$room/good/first.docx" "$room/other/w.docx"
cp "$room/good/book.epub" "$room/other/e.epub"
(cd "$room/other" && tar -cf b.tar a.pdf)
printf 'chain = ( { plugin = "files"; }, { plugin = "decode"; }, { plugin = "jsonl"; } );\n' >"$room/few.conf"
"$assay" run "$room/few.conf" "$room/other" -q >"$room/few" 2>/dev/null
for want in 'a.pdf","reason":"no step reads PDF"' 't.csv","reason":"no step reads CSV"' 'm.eml","reason":"no step reads mail"' \
    'w.docx","reason":"no step reads Word document"' 'e.epub","reason":"no step reads EPUB book"' 'b.tar!/a.pdf","reason":"no step reads PDF"'; do
    grep -q "$want" "$room/few" || { echo "not said: $want"; bad=1; }
done
exit $bad
