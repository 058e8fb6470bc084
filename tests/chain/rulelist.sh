#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The rules that the plugin's README lists are those of the code, no more and no fewer; a statement may stand on several lines.
set -u
export LC_ALL=C # ranges of letters
folder=plugins/consistency
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cat "$folder"/*.c | tr -s '\n ' ' ' | sed 's/[;{}]/&\n/g' | grep -E 'settle\(|rule = |add\(m, ' | grep -oE '"[a-z]+(-[a-z]+)*"' | tr -d '"' | LC_ALL=C sort -u > "$tmp/code"
sed -nE 's/^\| `([a-z-]+)` \| .*/\1/p' "$folder/README.md" | LC_ALL=C sort > "$tmp/listed"
[ "$(wc -l < "$tmp/code")" -ge 30 ] || { echo "only $(wc -l < "$tmp/code") rules found in the code"; exit 1; }
diff "$tmp/code" "$tmp/listed" && exit 0
echo "(< in the code only, > in $folder/README.md only)"
exit 1
