#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The html page in a real browser: of the sample corpus, and of a result full of hostile text.
set -eu
build=$1
chromium=$(command -v chromium || command -v chromium-browser || true)
if [ -z "$chromium" ]; then
    echo "no chromium: the page was not tried in a browser"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/corpus" "$work/hostile"
"$build/assay" run conf/crosscheck.conf tests/corpus/articles -q --write "html:$work/corpus.html"
SHOW="$work/hostile.html" "$build/tests/plugin_html_test_html" >/dev/null 2>&1
timeout 120 python3 tests/chain/html_browser.py "$chromium" "$work/corpus.html" "$work/corpus"
timeout 120 python3 tests/chain/html_browser.py "$chromium" "$work/hostile.html" "$work/hostile"
