#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The html page in a real browser: of the sample corpus, of hostile articles, of a made-up result with every
# verdict, and of ten thousand findings.
set -eu
build=$1
chromium=$(command -v chromium || command -v chromium-browser || true)
if [ -z "$chromium" ]; then
    echo "no chromium: the page was not tried in a browser"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$build/assay" run conf/crosscheck.conf tests/corpus/articles -q --write "html:$work/corpus.html"
python3 tests/chain/html_hostile.py >"$work/hostile.jsonl"
"$build/assay" run conf/crosscheck.conf "$work/hostile.jsonl" -q --write "html:$work/hostile.html" --write "terminal:$work/hostile.txt"
"$build/assay" run conf/crosscheck.conf "$work/hostile.jsonl" -q --write "html:$work/short.html" --set html.max_findings=1
SHOW="$work/sample.html" SHOW_MANY="$work/many.html" "$build/tests/plugin_html_test_html" >/dev/null 2>&1
for page in corpus hostile short sample many; do
    mkdir "$work/$page"
    timeout 800 python3 tests/chain/html_browser.py "$chromium" "$work/$page.html" "$work/$page"
done
# What goes to a terminal moves no cursor, turns no direction, and stays in proportion.
if LC_ALL=C grep -q "$(printf '\033\\|\342\200\256')" "$work/hostile.txt"; then
    echo "an escape or a direction override in the terminal's output"
    exit 1
fi
[ "$(wc -c <"$work/hostile.txt")" -lt 60000 ]
# Nor do a finding's words, wherever they are printed. (Its ids and sources are data and stay as they are.)
"$build/assay" run conf/crosscheck.conf "$work/hostile.jsonl" -q --write "jsonl:$work/hostile.out"
python3 - "$work/hostile.out" <<'END'
import json, sys
words = [r["title"] + r["explanation"] for r in map(json.loads, open(sys.argv[1])) if r["type"] == "finding"]
sys.exit(not words or any("\u202e" in w or "\u2066" in w for w in words))
END
