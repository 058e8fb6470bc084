#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A headline that tells another figure than the text below it: one finding for all texts that print both. Not where the
# text tells the headline's figure, of whatever, rounds it, or counts something else.  $1 = build folder, cwd = repository
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - >"$work/in.jsonl" <<'E2'
import json
mine = ("21 injured in Lorva mine fire\n\nA fire in a mine near Lorva injured 12 workers on Tuesday, mine director Petr "
        "Hale said. All of them left hospital in the evening.")
texts = [
    ("mine", "Pit Post", "en", mine), ("mine2", "Pit Echo", "en", mine),
    ("houses", "Elbbote", "de", "Hochwasser in Varn: 430 Häuser beschädigt\n\nIn der Nacht wurden in Varn 340 Häuser "
                                "beschädigt, sagte Bürgermeisterin Ilse Brandt.\n"),
    ("export", "Quay News", "en", "Exports of Tarmenia hit 4.2 billion euros\n\nTarmenia's exports reached 2.4 billion euros "
                                  "in 2024, the ministry said.\n"),
    # not told: rounded, said further down, of something else, of two values, too small a count, no headline, planned
    ("round", "N1", "en", "Over 1,200 injured in clashes\n\nClashes in Orva injured 1,240 people on Tuesday.\n"),
    ("part", "N2", "en", "Exports of steel hit 4.2 billion euros\n\nOrvia's exports reached 2.4 billion euros in January. "
                         "Steel brought in 4.2 billion.\n"),
    ("other", "N3", "en", "250 flee homes\n\nSome 25 houses were flooded. The fire service said 52 pumps worked.\n"),
    ("two", "N4", "en", "31 injured in Sarn\n\nA crash injured 13 people in Sarn. Another one injured 18 people.\n"),
    ("few", "N5", "en", "3 killed in Brenna\n\nA fire killed 2 people in Brenna on Monday.\n"),
    ("line", "N6", "en", "31 people were injured in Perl. A fire injured 13 people in a mill.\n"),
    ("plan", "N7", "en", "Velm plans to build 540 flats\n\nThe town of Velm built 450 flats in March.\n"),
]
for name, source, language, text in texts:
    print(json.dumps({"id": name, "source": source, "language": language, "published": "2025-03-04", "text": text}))
E2
"$build/assay" run conf/crosscheck.conf "$work/in.jsonl" -q --write "jsonl:$work/out.jsonl"
python3 - "$work/out.jsonl" <<'E2'
import json, sys
found = [f for f in map(json.loads, open(sys.argv[1])) if f["type"] == "finding" and f["rule"] == "headline"]
titles = sorted(f["title"] for f in found)
assert titles == ["Headline and text differ in Elbbote on houses: 430 and 340",
                  "Headline and text differ in Pit Post and 1 more on injured: 21 and 12",
                  "Headline and text differ in Quay News on export: 4.2 billion euros and 2.4 billion euros"], titles
for f in found:
    assert f["verdict"] == "conflict" and f["scope_of"] == "within" and f["severity"] == "check", f
    assert f["explanation"].startswith("The headline tells another figure than the text. One quantity, two values: "), f
    assert len(f["values"]) == 2, f
    assert all(len(v["claims"]) == (2 if "1 more" in f["title"] else 1) for v in f["values"]), f
E2
