#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Which two of a finding's texts its explanation sets against each other: those of the values furthest apart,
# of texts that are alike the first. And what a text says three times is one finding.  $1 = build folder, cwd =
# repository
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
# explains FIGURES PAIR: texts of Alpha, Beta ... give these figures of one thing; the explanation names this pair.
explains() {
    python3 - $1 > "$tmp/in.jsonl" <<'PY'
import json, sys
names = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"]
tails = ["Trees fell on roads near the river.", "Schools stayed closed for the day.", "Trains stood still until noon.",
         "The army sent tents and water.", "Shops opened again at nine."]
for name, figure, tail in zip(names, sys.argv[1:], tails):
    print(json.dumps({"id": name, "source": name, "published": "2024-05-04", "title": "Storm", "text":
          f"A storm in Ostrava destroyed {figure} houses on 3 May 2024, the regional rescue office of Ostrava said. {tail}"}))
PY
    "$build/assay" run conf/crosscheck.conf - -q --write "jsonl:$tmp/out.jsonl" < "$tmp/in.jsonl"
    grep '"finding"' "$tmp/out.jsonl" > "$tmp/found"
    grep -qF "$2" "$tmp/found" || { echo "$1: not $2:"; cat "$tmp/found"; exit 1; }
}
build=$1
explains "400 900 900 400" '\"400\" (Alpha) against \"900\" (Beta)'
explains "400 900 1500" '\"400\" (Alpha) against \"1500\" (Gamma)'

# An age and a sum that both texts tell over and over.
cat > "$tmp/again.jsonl" <<'END'
{"id":"x","source":"Alpha","published":"2024-05-04","text":"A 7-year-old girl was hurt by a falling tree in Dunmore on Friday, police said. The 7-year-old girl was playing in Marlow Park. Repairs of the park will cost $84,000. Neighbours had asked the city of Dunmore to fell the tree. The mayor of Dunmore promised the $84,000 for Marlow Park at once. The 7-year-old girl left hospital on Saturday."}
{"id":"y","source":"Beta","published":"2024-05-04","text":"A tree hurt a 7-year-old girl in Marlow Park in Dunmore on Friday. Police in Dunmore said the 7-year-old girl had been playing there. The city has $84,000 for repairs of Marlow Park, the mayor said. The tree was old. On Saturday the 7-year-old girl was let go from hospital. With the $84,000 the mayor wants new trees in Dunmore."}
END
"$build/assay" run conf/crosscheck.conf "$tmp/again.jsonl" -q --write "jsonl:$tmp/again.out"
for value in 7 84000; do
    n=$(grep '"finding"' "$tmp/again.out" | grep -c "\"value\":$value,") || true
    [ "$n" = 1 ] || { echo "$n findings of $value, wanted one"; exit 1; }
done

# A time without an end, against a figure that names none: nothing overflows (under the sanitizers a failure, exit 3).
cat > "$tmp/open.jsonl" <<'END'
{"id":"x","source":"Alpha","published":"2024-05-04","text":"The ferry line Dunmore to Marlow will close next spring, its owner Kestrel said. Since 1913 accidents on the Dunmore ferries have killed 412 people. Kestrel blames the price of fuel. Mayor Ann Pellworth of Marlow protested. Profits of Kestrel fell to 14 million dollars since 1998."}
{"id":"y","source":"Beta","published":"2024-05-04","text":"Kestrel closes its ferry line from Dunmore to Marlow next spring. Mayor Ann Pellworth of Marlow called it a disgrace. In a fire aboard 36 people were killed. The profit stood at 9 million dollars. Fuel is dear in Marlow."}
END
"$build/assay" run conf/crosscheck.conf "$tmp/open.jsonl" -q --write "jsonl:$tmp/open.out"

# Two sentences without a date of their own, the first thing a newcomer tries: they name day, place and harm themselves.
cat > "$tmp/bare.jsonl" <<'END'
{"id":"x","source":"Alpha","text":"The flood in Varn killed 12 people on 4 May 2024, the regional health office said."}
{"id":"y","source":"Beta","text":"The flood in Varn killed 13 people on 4 May 2024, the regional health office said."}
END
"$build/assay" run conf/crosscheck.conf "$tmp/bare.jsonl" -q --write "jsonl:$tmp/bare.out"
grep '"finding"' "$tmp/bare.out" | grep -q '"verdict":"conflict"' || { echo "two undated sentences: no conflict"; exit 1; }
# Nothing says that two are of one day: nothing is found.
sed 's/ on 4 May 2024//' "$tmp/bare.jsonl" > "$tmp/dayless.jsonl"
"$build/assay" run conf/crosscheck.conf "$tmp/dayless.jsonl" -q --write "jsonl:$tmp/dayless.out"
! grep -q '"verdict":"conflict"' "$tmp/dayless.out" || { echo "two undated sentences of no day: a conflict"; exit 1; }

# Texts without a date, on one event for certain: small and round figures are tied by less, ages by the name beside.
cat > "$tmp/event.jsonl" <<'TEXTS'
{"id":"x","source":"Alpha","text":"Council of Penmarch backs the Harrow Dock plan\nThe council of Penmarch voted late on Thursday for the Harrow Dock plan of the builder Tresco Quay, after months of quarrels over the fish market. The quarrel has split families for most of a year, and while some welcome jobs, nearly 90 traders put their names under a leaflet that a printer had given them at the church fete. Councillor Iris Vandermeer, who is 46, will fight the Harrow Dock plan before the regional court in Lanner. Others had gone home by then. Oswald Pike, 58, who leads the council, spoke to reporters for an hour and thanked his wife.\nSurveyors are going to have the site to themselves for three weeks, with fences, lamps and a guard who keeps out curious children from Penmarch. Last winter prosecutors charged Tresco Quay with seven counts of dumping rubble at sea. Its lawyer Mabel Thorne called that a misunderstanding."}
{"id":"y","source":"Beta","text":"Tresco Quay gets its dock\nThe builder Tresco Quay has troubles of its own: unpaid bills, divers who left, a seven-count indictment, of which its lawyer Mabel Thorne makes light. On Thursday it had luck. Penmarch gave it Harrow Dock.\nPike, 58, will defend the Harrow Dock plan before the regional court in Lanner. The only one of her party who spoke against it was Vandermeer, 46, a teacher of drawing. A letter to the governor, which nearly 90 stallholders had put their names under and a radio host read out, had no effect on the outcome. Penmarch can be proud today, he said.\nFor herring it will be a lean spring: nobody can sell any for three weeks, a spokesman said, as surveyors want to measure the ground of the old market at Saint Bride Lane."}
TEXTS
"$build/assay" run conf/crosscheck.conf "$tmp/event.jsonl" -q --write "jsonl:$tmp/event.out"
for value in 90 46 58 3 7; do
    grep '"finding"' "$tmp/event.out" | grep '"verdict":"agree"' | grep -q "\"value\":$value," ||
        { echo "$value, told by both texts, is not tied"; exit 1; }
done

# What a title calls a figure: no contracts are three weeks long, and a name says who, not what.
cat > "$tmp/named.jsonl" <<'TEXTS'
{"id":"x","source":"Alpha","published":"2024-05-04","text":"Under the contracts that Kestrel Lines signed in Dunmore on Friday its ferries will stop for three weeks. Mayor Ann Pellworth of Marlow has cut $716,000 from the harbour of Dunmore."}
{"id":"y","source":"Beta","published":"2024-05-04","text":"Ferries of Kestrel Lines will stop for three weeks under the contracts signed in Dunmore on Friday. From the harbour of Dunmore, Mayor Ann Pellworth of Marlow took $716,000."}
TEXTS
"$build/assay" run conf/crosscheck.conf "$tmp/named.jsonl" -q --write "jsonl:$tmp/named.out"
grep '"finding"' "$tmp/named.out" | grep -o '"title":".*","explanation' > "$tmp/titles"
if grep -q 'on contracts: three weeks\|on \\"[^"]*Ann Pellworth[^"]*\\": \$716' "$tmp/titles" ||
    [ "$(grep -c 'three weeks\|716,000' "$tmp/titles")" != 2 ]; then
    echo "titles:"; cat "$tmp/titles"; exit 1
fi

# "собрала" is harvested as well as "собрали".
cat > "$tmp/wheat.jsonl" <<'TEXTS'
{"id":"x","source":"Alpha","published":"2024-05-06","text":"Украина в 2023 году собрала 57 млн тонн пшеницы."}
{"id":"y","source":"Beta","published":"2024-05-06","text":"Украіна ў 2023 годзе сабрала 68 млн тон пшаніцы."}
TEXTS
"$build/assay" run conf/crosscheck.conf "$tmp/wheat.jsonl" -q --write "jsonl:$tmp/wheat.out"
grep '"finding"' "$tmp/wheat.out" | grep -q '"verdict":"conflict"' || { echo "57 and 68 million tonnes: no conflict"; exit 1; }
