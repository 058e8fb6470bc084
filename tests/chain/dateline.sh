#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What plain texts and their paths say of their date and publisher: right, rightly nothing, weaker than what a format
# says, off by an option, and "last year" of a plain text has its year.
set -eu
build=$(realpath "$1")
source=$PWD
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/texts"
python3 tests/chain/dateline.py "$build/assay" tests/corpus/dateline/texts.txt "$dir/texts"
chain='chain = ( { plugin = "files"; }, { plugin = "jsonl_in"; }, { plugin = "csv_in"; }, { plugin = "decode"; }, { plugin = "markup"; },
  { plugin = "language"; }, { plugin = "dateline"; OPTIONS }, { plugin = "sentences"; }, { plugin = "claims"; }, { plugin = "jsonl"; path = "-"; } );'
echo "$chain" | sed 's/OPTIONS//' > "$dir/both.conf"
echo "$chain" | sed 's/OPTIONS/text = false;/' > "$dir/path.conf"
echo "$chain" | sed 's/OPTIONS/path = false;/' > "$dir/text.conf"
mkdir -p "$dir/in/2024-05-02"
printf 'BERLIN, 1 May 2024 (Reuters) - The company sold 400 cars last year.\n' > "$dir/in/2024-05-02/a.txt"
printf '<html><head><meta property="article:published_time" content="2023-02-03"><meta property="og:site_name" content="The Page"></head><body><p>BERLIN, 1 May 2024 (Reuters) - The company sold 400 cars last year.</p></body></html>' > "$dir/in/2024-05-02/b.html"
printf '{"text":"Sold 400 cars."}\n' > "$dir/in/2024-05-02/c.jsonl"
printf '\377 Sold 400 cars.' > "$dir/in/2024-05-02/$(printf 'd\377')_2024-05-02.txt"
cd "$dir"
says() {
    "$build/assay" run "$1" in -q | grep "\"type\":\"$2\"" | grep -q "$3" || { echo "$1: missing $3"; "$build/assay" run "$1" in -q; exit 1; }
}
says both.conf document '"doc":"in/2024-05-02/a.txt".*"source":"Reuters","published":"2024-05-01"'
says both.conf dateline '"begin":0,"end":28,.*"where":"dateline","says":"BERLIN, 1 May 2024 (Reuters)","published":"2024-05-01","source":"Reuters"'
says both.conf claim '"doc":"in/2024-05-02/a.txt".*"time":{"from":"2023-01-01"\|"doc":"in/2024-05-02/a.txt".*"time":{"from":"2023"'
says both.conf document '"doc":"in/2024-05-02/b.html".*"source":"The Page","published":"2023-02-03"'
says both.conf document '"doc":"in/2024-05-02/c.jsonl:1".*"source":null,"published":null'
says path.conf document '"doc":"in/2024-05-02/a.txt".*"source":null,"published":"2024-05-02"'
says path.conf dateline '"begin":0,"end":0,.*"where":"folder","says":"2024-05-02"'
says text.conf document '"doc":"in/2024-05-02/a.txt".*"source":"Reuters","published":"2024-05-01"'
if "$build/assay" run both.conf in -q | grep '"type":"dateline"' | grep -q 'b.html'; then
    echo "a page's own date was not believed"; exit 1
fi
# Plain texts compared: "last year" of 2023 and of 2024 is not the same year, and two agencies are two sources.
mkdir -p plain/2023 plain/2024
echo "VARN, 14 May 2023 (Reuters) - Exports of Varnia reached 12.4 billion euros last year, the office said." > plain/2023/a.txt
echo "VARN, 14 May 2024 (Reuters) - Exports of Varnia reached 13.9 billion euros last year, the office said." > plain/2024/b.txt
echo "Varn, 14 mai 2024 (AFP) - Les exportations de la Varnia ont atteint 13,9 milliards d'euros l'an dernier." > plain/2024/c.txt
printf 'Exports fall\nPublished: 16 May 2024\n\nExports of Varnia reached 11.2 billion euros last year.\n' > plain/2024/d.txt
"$build/assay" run "$source/conf/crosscheck.conf" plain -q --write jsonl:- | grep '"type":"finding"' > found
grep '"verdict":"conflict"' found | grep '13.9 billion euros (Reuters, AFP) or 11.2 billion euros' |
    grep -q '"a":0,"b":1,"verdict":"scope","rule":"different-period"' || {
    echo "last year is not told from last year"; cat found; exit 1; }
