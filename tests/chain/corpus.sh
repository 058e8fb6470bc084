#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The sample corpus gives what its hand-made gold file says: every claim, copy and finding.
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$build/assay" run conf/crosscheck.conf tests/corpus/articles -q --write "jsonl:$work/out.jsonl"
python3 tests/corpus/compare.py tests/corpus/gold.txt "$work/out.jsonl"
