#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Whatever is wrong with the inputs or the outputs: a clear message or a record, the right exit code, nothing lost
# silently, no half a result under its final name. $1: build folder.
build=$1
here=$(pwd)
work=$(mktemp -d) || exit 1
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
bad=0

cat > chain.conf <<'END'
memory = "2GB";
chain = ( { plugin = "files"; }, { plugin = "jsonl_in"; }, { plugin = "decode"; }, { plugin = "sentences"; }, { plugin = "jsonl"; } );
END

complain() {
    echo "FAIL $name: $1"
    head -3 err
    tail -n 2 out 2> /dev/null | cut -c1-300
    bad=$((bad + 1))
}
# expect NAME EXIT ARGUMENTS...
expect() {
    name=$1 want=$2
    shift 2
    timeout 300 "$build/assay" run chain.conf "$@" > out 2> err
    status=$?
    [ $status = "$want" ] || complain "exit $status, not $want"
}
has() { grep -q -- "$1" out || complain "no '$1' in the output"; }
said() { grep -q -- "$1" err || complain "the messages do not say '$1'"; }
docs() { [ "$(grep -c '^{"type":"document"' out)" = "$1" ] || complain "not $1 documents"; }

mkdir nothing
expect "empty folder" 0 nothing
said "no document"
has '"type":"run".*"documents":0'

: > empty.txt
expect "empty file" 0 empty.txt
has '"type":"skipped","path":"empty.txt","reason":"empty"'

expect "no such path" 2 missing.txt also-missing.txt
said "missing.txt: No such file"
said "also-missing.txt: No such file"
[ -s out ] && complain "something was written"

mkdir -p loop/in
echo "A plain text." > loop/in/a.txt
ln -s .. loop/in/up
ln -s self loop/self
ln -s nowhere loop/dangling
expect "symlink loops" 0 loop
docs 1
has '"type":"skipped","path":"loop/in/up","reason":"loop"'
has '"type":"skipped","path":"loop/self","reason":"loop"'
has '"type":"skipped","path":"loop/dangling","reason":"dangling"'

mkdir locked
echo "Readable text." > locked/a.txt
echo "Secret text." > locked/b.txt
chmod 000 locked/b.txt
if [ "$(id -u)" = 0 ] && command -v setpriv > /dev/null; then
    name="unreadable file"
    setpriv --reuid=65534 --regid=65534 --clear-groups "$build/assay" run chain.conf locked > out 2> err
    status=$?
    if [ $status != 4 ] && ! grep -q "Permission denied" err; then # the build folder itself may be out of its reach
        [ $status = 3 ] || complain "exit $status, not 3"
        docs 1
        has '"type":"failure","doc":null,"path":"locked/b.txt".*"code":"unreadable","message":"Permission denied"'
    fi
elif [ "$(id -u)" != 0 ]; then
    expect "unreadable file" 3 locked
    docs 1
    has '"code":"unreadable","message":"Permission denied"'
fi

mkdir names
for byte in 370 371 372; do
    printf "Byte $byte." > "names/$(printf "n\\$byte.txt")"
done
expect "names that are no UTF-8" 0 names
docs 3
has '"doc":"names/n%F8.txt"'
has '"doc":"names/n%FA.txt"'

# A CSV file is told with what is wrong with it; a date that is none is said, not dropped.
sed 's/{ plugin = "jsonl_in"; }/{ plugin = "jsonl_in"; }, { plugin = "csv_in"; }/' chain.conf > csv.conf
mkdir tables
printf 'sep=;\nid;text\n1;With a line for spreadsheets.\n' > tables/sep.csv
printf 'nr,body\n1,Text\n' > tables/other.csv
printf 'text,published\nA dated text.,5/4/2024\n' > tables/dates.csv
printf 'i\0d\0,\0t\0\n\0' > tables/wide.csv
printf '{"text":"Dated.","published":"May 2024","x":"%s"}\n{"body":"none"}\n' "$(seq -s ' ' 200)" > tables/lines.jsonl
name="CSV files"
"$build/assay" run csv.conf tables > out 2> err
[ $? = 3 ] || complain "not exit 3"
docs 3
has 'With a line for spreadsheets\|"doc":"1"'
has 'no column .*text.* (nr, body); the option text names another'
has '"path":"tables/lines.jsonl","line":2.*no text under the key'
has '"path":"tables/wide.csv","reason":"no step reads CSV in UTF-16'
has '{"published":"5/4/2024"}'
said 'dates.csv, line 2: published "5/4/2024" is no ISO date'
said 'lines.jsonl, line 1: published "May 2024" is no ISO date'

printf 'One.\000Two.\000\n' > nul.txt
expect "NUL bytes" 0 nul.txt
has '"type":"skipped","path":"nul.txt"\|"type":"document","doc":"nul.txt"'
printf '{"id":"n","text":"One.\\u0000Two."}\n' > nul.jsonl
expect "NUL in JSON" 0 nul.jsonl
docs 1
# A NUL byte that stands in one line is no UTF-16; what is empty is as what is not given.
printf '{"id":"e","text":"One.","source":"","title":"","published":""}\n{"id":"n","text":"T\000wo."}\n{"id":"","text":"Three."}\n' > byte.jsonl
expect "a NUL byte in JSON Lines" 3 byte.jsonl
docs 2
has '"doc":"e",.*"source":null,"published":null,"title":null'
has '"doc":"byte.jsonl:3"'
has '"line":2,.*control character.*"begin":82}'
said "the run is done. jsonl_in: byte.jsonl, line 2: control character"
printf '\377\376{\000"\000t\000e\000x\000t\000"\000:\000"\000a\000"\000}\000\n\000' > wide.jsonl
expect "JSON Lines in UTF-16" 0 wide.jsonl
has '"path":"wide.jsonl","reason":"no step reads JSON in UTF-16 (save it as UTF-8)"'
printf 'id,text\n1,a\000b\n' > byte.csv
name="a NUL byte in CSV"
"$build/assay" run csv.conf byte.csv > out 2> err || complain "exit $?"
docs 1

printf 'caf\xc3\xa9 \xff\xfe broken \xe2\x82 text of some length\n' > broken.txt
"$build/assay" run chain.conf broken.txt > out 2> err
status=$?
name="invalid UTF-8"
[ $status = 0 ] || [ $status = 3 ] || complain "exit $status"
has 'broken.txt'
if command -v python3 > /dev/null; then
    python3 -c 'import sys; [l.decode("utf-8") for l in open("out", "rb")]' || complain "the output is not UTF-8"
fi

head -c 67108864 /dev/zero | tr '\0' 'x' > line.txt
expect "a line of 64 MiB" 0 line.txt
docs 1
{ printf '{"id":"long","text":"'; cat line.txt; printf '"}\n{"id":"after","text":"Short."}\n'; } > line.jsonl
head -c 4096 /dev/zero | tr '\0' a > full.txt
(cat full.txt; printf b) > over.txt
expect "as much as the limit of an input allows" 0 full.txt --set item_limit=4KB
docs 1
expect "more than that" 3 full.txt over.txt --set item_limit=4KB
docs 1
has '"type":"failure".*"over.txt".*"limit","message":"it has 4097 bytes, more than the chain.s item_limit allows: 4096"'
rm full.txt over.txt

expect "a JSON line of 64 MiB" 0 line.jsonl
docs 2
rm line.txt line.jsonl

mkdir many
( cd many && python3 -c 'import os
for i in range(100000): # names of a hundred files: links cost a disk far less than files
    name = "%02d-%05d.txt" % (i % 100, i)
    if i < 100: open(name, "w").write("Text %d.\n" % i)
    else: os.link("%02d-%05d.txt" % (i % 100, i % 100), name)' )
expect "100000 tiny files" 0 many -j2
docs 100000
rm -r many

# Records that do not fit the memory cost this document its records, not the run. (No limit under sanitizers.)
awk 'BEGIN { for (i = 0; i < 120000; i++) print "12 people were killed in Minsk on Monday, 5 May 2024." }' > figures.txt
echo "A text of 12 people." > small.txt
sed 's/"2GB"/"256MB"/; s/{ plugin = "jsonl"; }/{ plugin = "claims"; }, &/' chain.conf > low.conf
name="more records than memory"
timeout 300 "$build/assay" run low.conf figures.txt small.txt -j1 > out 2> err
status=$?
[ $status = 0 ] || [ $status = 3 ] || complain "exit $status, not 3"
docs 2
has '"type":"claim","id":"small.txt#10-12"'
[ $status = 0 ] || has '"type":"failure","doc":"figures.txt".*"code":"memory"'
rm figures.txt

echo "Some text for stdout." > a.txt
name="stdin closed"
"$build/assay" run chain.conf - > out 2> err <&-
status=$?
[ $status = 2 ] || complain "exit $status, not 2"
said "stdin is closed"
expect "empty stdin" 0 - < /dev/null
said "no document"

name="stdout a closed pipe"
awk 'BEGIN { for (i = 0; i < 20000; i++) print "{\"id\":\"" i "\",\"text\":\"A text to print. Number " i ".\"}" }' > many.jsonl
{ "$build/assay" run chain.conf many.jsonl 2> err; echo $? > status; } | head -n 1 > out
[ "$(cat status)" = 141 ] || complain "exit $(cat status), not 141"
said "closed by its reader"

name="stdout closed"
"$build/assay" run chain.conf a.txt 2> err >&-
status=$?
[ $status = 5 ] || complain "exit $status, not 5"

if [ -e /dev/full ]; then
    name="full disk at stdout"
    "$build/assay" run chain.conf a.txt > /dev/full 2> err
    status=$?
    [ $status = 5 ] || complain "exit $status, not 5"
    said "No space left"
fi

# What cannot be written is told before anything is read.
: > pipe.jsonl
expect "output folder missing" 2 many.jsonl --write jsonl:gone/out.jsonl --write csv:pipe.jsonl/out --write html:report.html
said "cannot write gone/out.jsonl: its folder does not exist"
said "cannot write pipe.jsonl/out: Not a directory"
grep -q "report.html" err && complain "a fine output is called wrong"
rm pipe.jsonl
mkdir sealed
chmod 555 sealed
if [ "$(id -u)" != 0 ]; then
    expect "output folder not writable" 2 a.txt --write jsonl:sealed/out.jsonl
    said "cannot write sealed/out.jsonl: Permission denied"
elif command -v setpriv > /dev/null; then
    name="output folder not writable"
    setpriv --reuid=65534 --regid=65534 --clear-groups "$build/assay" run chain.conf a.txt --write jsonl:sealed/out.jsonl > out 2> err
    status=$?
    if [ $status != 4 ]; then # the build folder itself may be out of its reach
        [ $status = 2 ] || complain "exit $status, not 2"
        said "cannot write sealed/out.jsonl: Permission denied"
    fi
fi

# The host killed while it puts a result in its place: nothing half, and the next run cleans up behind it.
name="killed while placing"
echo former > placed.jsonl
ASSAY_KILL_AT=host.place "$build/assay" run chain.conf a.txt --write jsonl:placed.jsonl > out 2> err
status=$?
[ $status = 137 ] || complain "exit $status, not 137"
[ "$(cat placed.jsonl)" = former ] || complain "the former result is gone"
[ "$(ls -A | grep -c '^\.placed.*assay-')" = 1 ] || complain "nothing was left: this tests nothing"
ls -A | sed -n 's/^\.placed\.jsonl\.assay-/.other.assay-/p' > left
mv ".placed.jsonl$(sed 's/^\.other//' left)" "$(cat left)-journal"          # beside another output, of a database
touch "$(sed 's/assay-......../assay-00000000/' left)"                       # made on another machine
touch "$(sed "s/-[0-9]*-0\$/-$$-0/" left)"                                   # by a process that lives
expect "after the kill" 0 a.txt --write jsonl:placed.jsonl
said "left by a run that was killed"
grep -q '"type":"run"' placed.jsonl || complain "no new result"
[ "$(ls -A | grep -c '^\.other\.assay-')" = 2 ] || complain "not the dead run's shadow alone was removed: $(ls -A | grep assay-)"
rm -f .other.assay-* left

mkdir is-folder mine db
echo '{"of": "somebody else"}' > db/metadata.json
expect "somebody's metadata.json" 0 a.txt --write sqlite:db/r.db
said "is left as it is"
[ "$(cat db/metadata.json)" = '{"of": "somebody else"}' ] || complain "it was replaced"
rm db/metadata.json
expect "metadata.json" 0 a.txt --write sqlite:db/r.db
expect "metadata.json again" 0 a.txt --write sqlite:db/r.db
[ -s err ] && complain "something was said"
grep -q "assay results" db/metadata.json || complain "no metadata.json"
echo "Not to be lost." > mine/notes.txt
sed 's/{ plugin = "jsonl"; }/{ plugin = "claims"; }, &/' chain.conf > figures.conf
for name in csv brat dolma; do
    "$build/assay" run figures.conf a.txt --write "$name:mine" > out 2> err
    status=$?
    [ $status = 2 ] || complain "exit $status, not 2"
    said "holds other files"
    [ "$(cat mine/notes.txt)" = "Not to be lost." ] || complain "a user's folder was replaced"
    "$build/assay" run figures.conf a.txt --write "$name:own/" > out 2> err && "$build/assay" run figures.conf a.txt --write "$name:own" > out 2> err
    status=$?
    [ $status = 0 ] || complain "exit $status where a former result is replaced"
    [ "$(ls -A mine)" = notes.txt ] || complain "pieces of a result stayed"
    rm -r own
    "$build/assay" run figures.conf a.txt --write "$name:a.txt" > out 2> err && complain "a file was replaced by a folder"
    [ -f a.txt ] || { complain "the file is gone"; break; }
done
expect "output is a folder" 2 a.txt --write jsonl:is-folder
said "is-folder: it is a folder; name a file"

if [ "$(id -u)" = 0 ] && mkdir small && mount -t tmpfs -o size=256k none small 2> /dev/null; then
    echo former > small/out.jsonl
    expect "full disk at a file" 5 many.jsonl --write jsonl:small/out.jsonl
    said "No space left"
    [ "$(cat small/out.jsonl)" = former ] || complain "the former result is gone"
    [ "$(ls -A small | wc -l)" = 1 ] || complain "a piece of the new result stayed: $(ls -A small)"
    TMPDIR=$work/small ASSAY_SPILL=1 expect "full disk for segments" 5 many.jsonl
    said "No space left"
    [ -s out ] && complain "something was written"
    umount small
fi

# A file that is cut short while it is read: its start counts, and the loss is recorded.
cat > shrink.conf <<'END'
chain = ( { plugin = "h_reader"; what = "shrink"; on = ""; }, { plugin = "jsonl"; } );
END
awk 'BEGIN { for (i = 0; i < 100; i++) print "A line of text." }' > shrinks.txt
name="a file that shrinks"
"$build/assay" run shrink.conf shrinks.txt --plugin-dir "$build/tests/hostile_plugins" > out 2> err
status=$?
[ $status = 3 ] || complain "exit $status, not 3"
docs 2
has '"type":"failure".*"path":"shrinks.txt".*"code":"unreadable".*shrank while being read: 20 of 1600 bytes'

# Failures stand in the order of their files and lines.
awk 'BEGIN { for (i = 1; i <= 40; i++) print i % 3 ? "{\"text\":\"Line " i ".\"}" : "{" }' > b.jsonl
cp b.jsonl a.jsonl
expect "failures in order" 3 b.jsonl a.jsonl
grep '"type":"failure"' out | sed 's/.*"path":"\([^"]*\)","line":\([0-9]*\).*/\1 \2/' > order
sort -k1,1 -k2,2n order | cmp -s - order || complain "the failures are out of order"
[ "$(wc -l < order)" = 26 ] || complain "not 26 failures"

# A sentence without end is not repeated for each of its figures.
name="figures without a full stop"
awk 'BEGIN { for (i = 0; i < 3000; i++) printf "%d workers and ", 1000 + i * 7 }' > endless.txt
sed 's/{ plugin = "sentences"; }.*/{ plugin = "language"; }, { plugin = "sentences"; }, { plugin = "claims"; }, { plugin = "csv"; path = "endless"; } );/' chain.conf > endless.conf
grep -q csv endless.conf || complain "no chain with csv"
"$build/assay" run endless.conf endless.txt > out 2> err
status=$?
[ $status = 0 ] || complain "exit $status, not 0"
rows=$(wc -l < endless/claims.csv) bytes=$(wc -c < endless/claims.csv)
[ "$rows" -gt 2000 ] || complain "$rows rows"
[ "$bytes" -lt $((rows * 2500)) ] || complain "$bytes bytes in $rows rows"

# A page's address and a file's name may be any bytes; what is made of them is text.
name="names that are no text"
page='<html><body><p>12 people died in the flood.</p></body></html>'
http=$(printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n%s' "$page")
printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.ex\377/x\r\nWARC-Record-ID: <urn:1>\r\nWARC-Date: 2024-05-06T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n' ${#http} "$http" > page.warc
mkdir "$(printf 'press\377')"
echo "12 people died in the flood." > "$(printf 'press\377/a.txt')"
cat > names.conf <<'END'
chain = ( { plugin = "files"; }, { plugin = "warc"; }, { plugin = "decode"; }, { plugin = "markup"; },
  { plugin = "publisher"; by_path = ( { path = "*/*.txt"; source = "$1"; } ); }, { plugin = "jsonl"; } );
END
ASSAY_CHECK=1 "$build/assay" run names.conf page.warc press* -q -j 1 --write jsonl:- > out 2> err
status=$?
[ $status = 0 ] || complain "exit $status, not 0"
docs 2
iconv -f UTF-8 -t UTF-8 out > out.utf8 2> err || complain "the result is not UTF-8"

# A sentence of more words than are looked at: the last of them is a name, the next a number.
name="a sentence of 401 words"
awk 'BEGIN { for (n = 396; n <= 402; n++) { s = ""; for (i = 0; i < n; i++) s = s "word ";
    print "{\"id\":\"" n "\",\"language\":\"en\",\"text\":\"" s "Varn 12 and 30 people were hurt.\"}" } }' > long.jsonl
"$build/assay" run "$here/conf/crosscheck.conf" long.jsonl -q -j 1 --write jsonl:- > out 2> err
status=$?
[ $status = 0 ] || complain "exit $status, not 0"
docs 7

# Ids that count within a file only: the failure names both files, and what to do.
name="ids of two files"
printf 'id,text\n1,Twelve were hurt.\n2,It rains.\n' > first.csv
printf 'id,text\n1,Fifteen were hurt.\n' > second.csv
echo 'chain = ( { plugin = "csv_in"; }, { plugin = "decode"; }, { plugin = "jsonl"; } );' > ids.conf
"$build/assay" run ids.conf first.csv second.csv --write jsonl:- > out 2> err
status=$?
[ $status = 3 ] || complain "exit $status, not 3"
grep -Eq '"message":"the text of (first.csv is left out, as second|second.csv is left out, as first).csv has another with the same id \(where' out ||
    complain "the failure does not name the files"
"$build/assay" run ids.conf first.csv second.csv --set csv_in.id= --write jsonl:- > out 2> err || complain "the hint does not help"
printf 'id,text\n1,Twelve were hurt.\n1,It rains.\n' > first.csv
"$build/assay" run ids.conf first.csv --write jsonl:- > out 2> err
grep -q '"message":"first.csv holds another text with the same id"' out || complain "the failure does not name the file"

# Many bad rows of one table: a hundred of a kind are told one by one, the others in one record, however the table is cut.
name="many bad rows"
awk 'BEGIN { print "id,text"; for (i = 0; i < 3000; i++) print i % 2 ? "a" i ",It rains." : "b" i }' > rows.csv
echo 'chain = ( { plugin = "csv_in"; }, { plugin = "decode"; }, { plugin = "jsonl"; } );' > rows.conf
ASSAY_CHECK=1 "$build/assay" run rows.conf rows.csv -j 1 --write jsonl:rows.jsonl > out 2> err
status=$?
[ $status = 3 ] || complain "exit $status, not 3"
[ "$(grep -c '"type":"failure"' rows.jsonl)" = 101 ] || complain "$(grep -c '"type":"failure"' rows.jsonl) records, not 101"
grep -q '"line":202,.*"message":"the row has no text; and 1399 more of this kind in this input, the last in line 3000"' rows.jsonl ||
    complain "the last record does not say how many more there are"
said "1500 failures are recorded as 101 records; the run is done. The first: csv_in: rows.csv, line 2: the row has no text"
ASSAY_TASK_BYTES=2000 "$build/assay" run rows.conf rows.csv -q -j 2 --write jsonl:cut.jsonl > out 2> err
cmp -s rows.jsonl cut.jsonl || complain "in other tasks other records"

# Interrupted: nothing is written.
name="interrupted"
awk 'BEGIN { for (i = 0; i < 300000; i++) print "{\"id\":\"" i "\",\"text\":\"A text to print. Number " i ". It rains. It pours.\"}" }' > huge.jsonl
"$build/assay" run chain.conf huge.jsonl --write jsonl:interrupted.jsonl > out 2> err &
pid=$!
# Not before it listens to signals: when it is to write, at the latest.
while kill -0 $pid 2> /dev/null && ! ls -A | grep -q 'assay-'; do sleep 0.02; done
kill -INT $pid 2> /dev/null
wait $pid
status=$?
if [ $status = 0 ]; then
    echo "note: the run was over before it could be interrupted"
else
    [ $status = 130 ] || complain "exit $status, not 130"
    [ -e interrupted.jsonl ] && complain "a result under its final name"
    said "interrupted"
fi
[ "$(ls -A | grep -c 'assay-')" = 0 ] || complain "a shadow stayed"
[ $bad = 0 ]
