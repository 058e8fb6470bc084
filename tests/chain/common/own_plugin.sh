# SPDX-License-Identifier: Apache-2.0
# For tests of run folders with plugins of their own, which read this by `.`: $here is the repository, $work an empty
# folder that goes at the end; what fail counts decides, `[ $bad = 0 ]`.
here=$(pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
# Builds tests/chain/SOURCE.c as $work/FOLDER/NAME.so.
compile() { # SOURCE FOLDER/NAME FLAGS...
    source=$1 plugin=$2
    shift 2
    mkdir -p "$work/${plugin%/*}"
    ${CC:-cc} -O1 -D_GNU_SOURCE -fPIC -shared -std=c11 -I"$here/include" "$@" -o "$work/$plugin.so" "$here/tests/chain/$source.c" || exit 1
}
fail() {
    echo "FAIL $1"
    head -3 err
    bad=$((bad + 1))
}
# Lines of "dN text" as JSON Lines, after the sed commands given.
json_lines() { sed -e "${1:-}" | sed -e 's/^\(d[0-9]*\) \(.*\)$/{"id":"\1","text":"\2"}/'; }
