#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Exports are read back by the rules of their formats and hold what the records hold.
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$build/assay" run conf/crosscheck.conf tests/corpus/articles -q --set jsonl.text=true --write "jsonl:$work/records.jsonl" \
    --write "brat:$work/brat" --write "webannotation:$work/annotations.jsonld" --write "sarif:$work/findings.sarif" \
    --write "dolma:$work/dolma"
python3 tests/chain/exports.py "$work"
