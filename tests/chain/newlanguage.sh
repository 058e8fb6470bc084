#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A twelfth language is two files: lexicon/nl.cfg reads its numbers, lexicon/concepts-nl.cfg says what they measure. Its
# figures are then set against those of other languages.  $1 = build folder, cwd = repository
set -e
build=$1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cp -r conf "$tmp/conf"
cat >"$tmp/in.jsonl" <<'END'
{"id":"en","language":"en","source":"harbourpost.example","published":"2025-03-04","text":"A ferry sank off Velsoord on Monday night. It killed 24 people, the mayor of Velsoord, Anke Dorst, said, and 61 passengers were injured."}
{"id":"nl","language":"nl","source":"havenblad.example","published":"2025-03-04","text":"Bij Velsoord is maandagavond een veerboot gezonken. Er vielen 27 doden, zei burgemeester Anke Dorst van Velsoord. Bovendien raakten 61 passagiers gewond."}
END
measures() {
    "$build/assay" run "$tmp/conf/crosscheck.conf" "$tmp/in.jsonl" -q --write "jsonl:$tmp/out.jsonl"
    python3 - "$tmp/out.jsonl" <<'END'
import json, sys
records = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
for f in sorted((f for f in records if f["type"] == "finding" and f["scope_of"] == "across"), key=lambda f: f["id"]):
    print(f["concept"], len(f["values"]))
END
}
measures >"$tmp/before"
cat >"$tmp/conf/lexicon/nl.cfg" <<'END'
language = "nl";
parent = "und";
decimal = ",";
group = ".";
cardinals = [ "2 twee", "3 drie" ];
END
cat >"$tmp/conf/lexicon/concepts-nl.cfg" <<'END'
languages = ( "nl compounds" );
concepts = (
  { key = "killed"; nl = "doden|dode|gedood|omgekomen|om het leven"; },
  { key = "injured"; nl = "gewond*"; },
  { key = "passengers"; nl = "passagier*"; }
);
END
measures >"$tmp/after"
printf 'injured 1\nkilled 2\n' >"$tmp/want"
sort "$tmp/after" | cmp -s "$tmp/want" - || { echo "not those killed and those injured:"; cat "$tmp/after"; exit 1; }
grep -q 'killed 2' "$tmp/before" && { echo "found without its lexicon: the test shows nothing"; exit 1; }
exit 0
