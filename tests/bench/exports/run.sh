#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The exports read by the tools of their formats' own people: run.sh BUILD NODE_MODULES, with the npm packages
# @microsoft/sarif-multitool and datapackage installed in NODE_MODULES. tests/chain/exports.sh needs neither.
set -eu
build=$1
modules=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$build/assay" run conf/crosscheck.conf tests/corpus/articles -q --write "sarif:$work/findings.sarif" --write "csv:$work/csv" >"$work/page"
NODE_PATH=$modules node "$here/package.js" "$work/csv/datapackage.json"
chmod +x "$modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$modules/@microsoft/sarif-multitool-linux/Sarif.Multitool" validate "$work/findings.sarif" \
    --output "$work/validated.sarif" --log ForceOverwrite >"$work/said"
grep -oE ': (error|warning|note) [A-Z]+[0-9]+' "$work/said" | sort | uniq -c || true
! grep -q ': error ' "$work/said"
