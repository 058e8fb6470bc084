#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Figures across languages: invented news told freely in eleven of them. Equal figures are linked between any two
# languages, altered ones are found, nothing else is a conflict.  $1 = build folder, cwd = repository
set -e
here=tests/corpus/tongues
score() { # news; least share linked, of any two languages, of altered ones found; most false conflicts
    news=$1
    shift
    python3 $here/check.py "$here/$news.txt" "$build/assay" --least "$@" > "$tmp/said" || { cat "$tmp/said"; exit 1; }
}
build=$1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
score first 0.97 0.86 0.89 12
score second 0.955 0.80 0.79 1
score third 0.95 0.80 0.80 1
score fourth 0.90 0.60 0.70 0
