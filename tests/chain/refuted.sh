#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Texts that quote a figure and set it right: what each of them disputes, by whom it was said, what it gives instead; and
# who disputes a figure does not back it.  $1 = build folder, cwd = repository
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/docs.py" <<'END'
import json, sys
# language, text, figure disputed, given instead (both null: nothing is)
checks = [
    ("en", "Harbour minister Olav Brandt claimed on Monday that 40,000 containers were handled in May. In fact there were 26,500, according to the port authority.", 40000, 26500),
    ("en", "Mayor Nell Archer said that the tunnel cost 310 million euros. That is false: the tunnel cost 470 million euros.", 310e6, 470e6),
    ("en", "The council planted 12,400 trees last year, not 21,000 as the mayor says.", 21000, 12400),
    ("de", "Hafenminister Olav Brandt behauptete, im Mai seien 40.000 Container umgeschlagen worden. Tatsächlich waren es laut Hafenbehörde 26.500.", 40000, 26500),
    ("fr", "Le ministre Olav Brandt affirme que 40 000 conteneurs ont été traités en mai. En réalité, il y en a eu 26 500, selon l'autorité portuaire.", 40000, 26500),
    ("es", "El ministro Olav Brandt asegura que en mayo se movieron 40.000 contenedores. Es falso: fueron 26.500, según la autoridad portuaria.", 40000, 26500),
    ("it", "Il ministro Olav Brandt sostiene che a maggio siano passati 40.000 container. In realtà sono stati 26.500, secondo l'autorità portuale.", 40000, 26500),
    ("pt", "O ministro Olav Brandt afirmou que em maio passaram 40.000 contentores. É falso: foram 26.500, segundo a autoridade portuária.", 40000, 26500),
    ("ru", "Министр Олав Брандт утверждает, что в мае перевалили 40 000 контейнеров. На самом деле их было 26 500, сообщили в порту.", 40000, 26500),
    ("ru", "Цены на билеты выросли не на 14%, а на 9%, сообщило ведомство.", 14, 9),
    ("uk", "Міністр Олав Брандт стверджує, що в травні порт обробив 40 000 контейнерів. Насправді їх було 26 500, повідомили в порту.", 40000, 26500),
    ("be", "Міністр Олаў Брант сцвярджае, што ў маі порт перагрузіў 40 000 кантэйнераў. Насамрэч іх было 26 500, паведамілі ў порце.", 40000, 26500),
    ("tr", "Bakan Olav Brandt mayısta 40.000 konteyner elleçlendiğini iddia etti. Oysa liman idaresine göre bu sayı 26.500.", 40000, 26500),
    ("az", "Nazir Olav Brandt mayda 40.000 konteyner aşırıldığını iddia edib. Əslində liman idarəsinin məlumatına görə 26.500 konteyner aşırılıb.", 40000, 26500),
    # told side by side, but nothing is disputed
    ("en", "Harbour minister Olav Brandt said that 40,000 containers were handled in May. In April there were 26,500, according to the port authority.", None, None),
    ("en", "There are not enough berths for the 140 ships that came, and the 30 that wait outside may leave.", None, None),
    ("en", "The minister claimed that 40,000 containers were handled. In fact, the trip took 3 hours and cost 26,500 euros.", None, None),
    ("de", "Der Minister sprach von 40.000 Containern im Mai und von 26.500 Containern im April.", None, None),
    ("en", "The result does not include a gain of 2,400,000 dollars, or 310,000 dollars for each of the yards.", None, None),
    ("en", "The yard's profit does not include a gain of 2,400,000 dollars, or 17 cents per share.", None, None),
    ("en", "At 13 of the 14 berths, the auditor said, what the yard had told of its cranes was false.", None, None),
    ("en", "The auditor said sales of the yard grew to 5,314 boats from 4,758 boats and that the forecast is wrong.", None, None),
    ("en", "The port has 540 million litres of diesel, Olav Brandt said. To call that a reserve is wrong, he said. Olav Brandt said the navy takes 190 million litres of diesel.", None, None),
    ("en", "The auditor alleged a loss of 3.8 million euros to former director Boyd Keller. It is not true that the yard is broke: it had an income of 13.7 million euros.", None, None),
    ("en", "The yard allegedly sold guns to 23 people. In fact it delivered 36 guns to customers.", None, None),
    ("en", "Traders said the highest rebate of 45 units was 87 crates below what growers claim is needed. The rebate at last week's sale was 130 crates short of it.", None, None),
    ("ru", "В порту не хватает причалов для 140 судов, а еще 30 ждут на рейде.", None, None),
]
if sys.argv[1] == "docs":
    for n, (language, text, wrong, right) in enumerate(checks):
        print(json.dumps({"id": "check%02d" % n, "source": "Checkers %02d" % n, "language": language, "published": "2024-06-%02d" % (n + 1), "text": text}))
    sys.exit()
found = {}
for f in map(json.loads, open(sys.argv[2], encoding="utf-8")):
    if f["type"] == "finding" and f["rule"] == "refuted":
        for pair in f["pairs"]:
            for doc in {c.split("#")[0] for v in (pair["a"], pair["b"]) for c in f["values"][v]["claims"]}:
                found.setdefault(doc, []).append([f["values"][pair["a"]], f["values"][pair["b"]]])
wrong = []
for n, (language, text, said, given) in enumerate(checks):
    got = found.get("check%02d" % n, [])
    values = {frozenset(v["value"] for v in pair) for pair in got}
    if said is None and got:
        wrong.append("%s: disputes %s: %s" % (language, sorted(map(sorted, values)), text))
    if said is not None and frozenset((said, given)) not in values:
        wrong.append("%s: not found: %s" % (language, text))
print(*wrong, sep="\n")
sys.exit(len(wrong) > 0)
END
python3 "$work/docs.py" docs >"$work/docs.jsonl"
status=0
# each by itself, and all of them together
i=0
: >"$work/alone.out"
while IFS= read -r line; do
    printf '%s\n' "$line" >"$work/one.jsonl"
    "$build/assay" run conf/crosscheck.conf "$work/one.jsonl" -q --write "jsonl:$work/one.out"
    cat "$work/one.out" >>"$work/alone.out"
    i=$((i + 1))
done <"$work/docs.jsonl"
[ "$i" -eq 27 ]
python3 "$work/docs.py" score "$work/alone.out" || status=1

# The speech itself and those who print it back the figure; those who dispute it back the other one.
cat >"$work/folder.jsonl" <<'END'
{"id":"speech","source":"parliament.example","published":"2024-06-03","language":"en","text":"Harbour minister Olav Brandt told parliament that 40,000 containers were handled in the port of Lind in May. He thanked the crews of the cranes."}
{"id":"port","source":"portauthority.example","published":"2024-06-02","language":"en","text":"The port of Lind handled 26,500 containers in May, the port authority of Lind said. The figure for June comes out in July."}
{"id":"check","source":"checkers.example","published":"2024-06-05","language":"en","text":"Harbour minister Olav Brandt claimed that 40,000 containers were handled in the port of Lind in May. In fact there were 26,500, according to the port authority."}
{"id":"prüfung","source":"pruefer.example","published":"2024-06-06","language":"de","text":"Hafenminister Olav Brandt behauptete, im Hafen von Lind seien im Mai 40.000 Container umgeschlagen worden. Tatsächlich waren es laut Hafenbehörde 26.500 Container."}
END
"$build/assay" run conf/crosscheck.conf "$work/folder.jsonl" -q --write "jsonl:$work/folder.out" --write "terminal:$work/folder.txt"
python3 - "$work/folder.out" <<'END' || status=1
import json, sys
found = [f for f in map(json.loads, open(sys.argv[1], encoding="utf-8")) if f["type"] == "finding" and f["verdict"] == "conflict"]
assert len(found) == 1, [f["title"] for f in found]
f = found[0]
by = {v["value"]: v for v in f["values"]}
assert f["rule"] == "refuted" and f["scope_of"] == "across" and sorted(by) == [26500, 40000], f["title"]
assert by[40000]["documents"] == 3 and by[40000]["independent"] == 1, by[40000]
assert by[26500]["independent"] == 2, by[26500]  # one of the two checks has it from the port authority, as it says
assert "checkers.example, which cites portauthority.example" in f["explanation"], f["explanation"]
assert "Olav Brandt" in f["explanation"] and "dispute" in f["explanation"], f["explanation"]
assert "40,000 (parliament.example)" in f["title"], f["title"]
END
exit $status
