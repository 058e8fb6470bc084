#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Two reports on one event are found among hundreds of other texts.  $1 = build folder, cwd = repository
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
# among CASE: runs the two reports of the case with hundreds of other texts and wants them tied.
among() {
    python3 - "$1" > "$tmp/in.jsonl" <<'PY'
import json, sys

def put(name, text, day="2024-05-14"):
    print(json.dumps({"id": name, "source": name, "published": day, "text": text}))

# Every word that the two share stands in some hundred other texts, too: no single word brings them together.
crowded = ("Kestrel", "Marlow", "Dunmore", "Pellworth", "Ashgrove", "Tarnwick")
reports = {
    "crowded": ("Kestrel said that it would close the Marlow plant near Dunmore with 412 jobs. "
                "The union of Pellworth and the mayors of Ashgrove and Tarnwick protested.",
                "Near Dunmore 412 jobs go since Kestrel shuts its Marlow works. "
                "Protests came from Pellworth, Ashgrove and Tarnwick."),
    # In two languages nothing but the exact values is rare.
    "values": ("The central bank raised its key rate to 23.75 percent from 17.25 percent. Inflation was running at 19.3 "
               "percent, and reserves fell to $6.8 billion.",
               "Die Zentralbank hebt den Leitzins von 17,25 auf 23,75 Prozent an. Die Inflation betrug 19,3 Prozent, die "
               "Reserven sanken auf 6,8 Milliarden Dollar."),
}
first, last = reports[sys.argv[1]]
put("Alpha", first)
for n in range(330):
    a, b = crowded[n % 6], crowded[(n // 6 + n + 1) % 6]
    text = (f"Officials of {a}{'' if a == b else ' and ' + b} met for {n % 50 + 50} hours on item{n} and on matter{n}."
            if sys.argv[1] == "crowded" else
            f"The central bank of Land{n} said on item{n} that inflation was {n % 15 + 2} percent, its key rate {n % 9 + 2} "
            f"percent, reserves {n % 80 + 10} billion dollars.")
    put(f"other{n}", text, f"2024-{n % 4 + 1:02}-{n % 28 + 1:02}")
put("Omega", last)
PY
    "$build/assay" run conf/crosscheck.conf - -q --write "jsonl:$tmp/out.jsonl" < "$tmp/in.jsonl" 2> "$tmp/err"
    grep '"finding"' "$tmp/out.jsonl" | grep '"Alpha#' | grep -q '"Omega#' && return
    echo "$1: the two reports are not tied"
    bad=1
}
build=$1
bad=0
among crowded
among values
exit $bad
