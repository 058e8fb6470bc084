#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A sentence that does not add up: one finding for all texts that print it, which keeps its id when another one comes.
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/docs.py" <<'E2'
import json, sys
tail = ("The harbour office said that the sales of fish rose from 20 million euros to 30 million euros, an increase of 12 percent. "
        "The mayor thanked the crews who had worked through the night in heavy rain and said that repairs would begin at once.")
cells = "Tool | 4, | of them 922 | a finder of traces.\n\nNothing else is said of the tools that stand in this list of programs for the keepers of machines."
other = ("Points two and three of the programme were kept, and from 1901 to 1950 the assets of the mills rose from $740,201 to $2,829,186 in the "
         "whole of the trade, while those of the largest mill among them went up by 4,386.5 percent. Any release after 3.0 will do, including the 5.10. "
         "Two men are held for the theft in which three of the drivers were hurt.")
sums = ["The ferry brought 120 people: 70 men, 40 women.", "Twelve people were hurt, including 15 children.", "Es gab 12 Verletzte, darunter 15 Kinder.",
        "Спасли 12 человек, в том числе 15 детей.", "The yard built 100 boats: 70 barges, 45 ferries.", "The yard built 100 boats: 50 barges, 30 ferries.",
        "The law was backed by 84 of the 200 deputies (52 percent).", "The law was backed by 84 of the 200 deputies (42 percent).",
        "За закон проголосовали 84 из 200 депутатов (52 %).", "52 % (84 der 200 Abgeordneten) stimmten zu.",
        "Sales of the yard fell from 40 million euros to 30 million euros, a decrease of 25 percent.",
        "Sales of the mill fell from 40 million euros to 30 million euros, a decrease of 45 percent.",
        "Sales of the dock fell from 40 million euros to 30 million euros, a decrease of 12 percent.",
        "The law was backed by 84 of the 200 deputies (52 percent of them women).", "Backed by 84 of the 200 deputies (up 52 percent on last year)."]
rows = [("wire", "Wire", "2024-05-02", tail), ("post", "Post", "2024-05-03", tail.replace(". The", ".\n\nThe")),
        ("echo", "Echo", "2024-05-03", "By our own reporter in the harbour. " + tail), ("post2", "Post", "2024-05-04", tail),
        ("cells", "Tables", "2024-05-04", cells), ("other", "Essays", "2024-05-04", other)]
rows += [("sum%d" % i, "Sums %d" % i, "2024-05-04", text) for i, text in enumerate(sums)]
march = ["According to the ministry 368,000 people demonstrated in Ostrava on Saturday, more than a million according to the unions, who had called for it.",
         "The unions count more than a million. Police speak of calm. 368,000 people demonstrated in the streets of Ostrava according to the ministry, more than a million according to the unions.",
         "Twelve people marched according to the ministry (9 in January according to the unions)."]
# Of one thing: said twice, or left out by the second. Then of two: another fate, another noun, the one adjusted and the other not.
quoted = ["According to the ministry 1,200 people were injured in Ostrava on Saturday, 2,100 were injured according to the hospital.",
          "According to the ministry 400 houses were destroyed, 900 houses according to the mayor.",
          "The jobless rate rose to 5.2 percent according to the bank, 6.9 percent according to the ministry.",
          "The damage comes to 40 million euros according to the ministry, 90 million euros according to the insurers.",
          "The flumber reached 40 tonnes according to the ministry, 90 tonnes according to the bank.",
          "According to the ministry 1,200 people were killed in Ostrava on Saturday, 2,100 were injured according to the hospital.",
          "According to the ministry 400 houses were destroyed, 900 boats according to the mayor.",
          "According to the ministry 400 were destroyed, 900 houses according to the mayor.",
          "According to the ministry 40,000 men demonstrated in Ostrava on Saturday, 90,000 women according to the unions.",
          "The jobless rate rose to 5.2 percent seasonally adjusted according to the bank, 6.9 percent unadjusted according to the ministry."]
rows += [("quoted%d" % i, "Quoted %d" % i, "2024-05-04", text) for i, text in enumerate(quoted)]
rows += [("march%d" % i, "March %d" % i, "2024-05-04", text) for i, text in enumerate(march)]
if len(sys.argv) > 1:
    rows.append(("dawn", "Dawn", "2024-05-01", tail))
for name, source, day, text in rows:
    print(json.dumps({"id": name, "source": source, "published": day, "title": "Harbour", "text": text}))
E2
cat >"$work/look.py" <<'E2'
import json, sys
found = [f for f in map(json.loads, open(sys.argv[1])) if f["type"] == "finding" and f["scope_of"] == "within"]
sums = sorted(f["title"] for f in found if "Sums" in f["title"])
assert sums == ["Figures do not add up in Sums 0: 120, 70 and 40",
                "Figures do not add up in Sums 11: 40 million euros, 30 million euros and 45 percent",
                "Figures do not add up in Sums 12: 40 million euros, 30 million euros and 12 percent",
                "Figures do not add up in Sums 1: Twelve and 15",
                "Figures do not add up in Sums 2: 12 and 15", "Figures do not add up in Sums 3: 12 and 15",
                "Figures do not add up in Sums 4: 100, 70 and 45", "Figures do not add up in Sums 6: 84, 200 and 52 percent",
                "Figures do not add up in Sums 8: 84, 200 and 52 %", "Figures do not add up in Sums 9: 84, 200 and 52 %"], sums
quoted = sorted(f["title"].split(", in ")[1] for f in found if f["rule"] == "voices" and "in Quoted" in f["title"])
assert quoted == ["Quoted 0", "Quoted 1", "Quoted 2", "Quoted 3", "Quoted 4"], quoted
found = [f for f in found if "in Quoted" not in f["title"]]
voices = [f for f in found if f["rule"] == "voices"]
assert [f["title"] for f in voices] == ["Those quoted disagree on protesters: 368,000 (ministry) or more than a million (unions), in March 0 and 1 more"], voices
assert voices[0]["severity"] == "low" and len(voices[0]["claims"]) == 4 and voices[0]["values"][1]["documents"] == 2, voices
found = [f for f in found if "Sums" not in f["title"] and f["rule"] != "voices"]
texts = int(sys.argv[2])
assert len(found) == 1, [f["title"] for f in found]
f = found[0]
assert f["rule"] == "growth" and f["verdict"] == "conflict" and f["severity"] == "check", f
assert len(f["values"]) == 3 and len(f["claims"]) == 3 * texts, f
assert all(v["documents"] == texts and v["independent"] == 1 for v in f["values"]) and f["independent"] == 1, f
print(f["id"], f["state"])
E2
python3 "$work/docs.py" >"$work/four.jsonl"
python3 "$work/docs.py" more >"$work/five.jsonl"
for n in four five; do
    "$build/assay" run conf/crosscheck.conf "$work/$n.jsonl" -q --write "jsonl:$work/$n.out"
done
four=$(python3 "$work/look.py" "$work/four.out" 4)
five=$(python3 "$work/look.py" "$work/five.out" 5)
[ "$four" = "$five" ] || { echo "the id changed: $four, $five"; exit 1; }
