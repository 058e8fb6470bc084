#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# csv, sqlite and jsonl of one run, read back by other programs.
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$build/assay" run conf/crosscheck.conf tests/corpus/articles -q --write "jsonl:$work/r.jsonl" --write "sqlite:$work/r.db" --write "csv:$work/csv"
python3 tests/chain/tables.py "$work"
if command -v sqlite-utils >/dev/null; then
    sqlite-utils rows "$work/r.db" finding --limit 1 | grep -q '"verdict"'
    sqlite-utils search "$work/r.db" document Varn --limit 1 | grep -q '"doc"'
fi
