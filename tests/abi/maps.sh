#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The maps tell the folders as they are: core/README.md names every file of core and none that is gone, and every C file
# of the project, its header or the kit's, begins by saying what it is for.
set -eu
status=0
wrong() {
    echo "$*"
    status=1
}
named=$(grep -o '`[a-z_0-9]*\(\.h\)\?`' core/README.md | tr -d '`' | sed 's/\.h$//' | sort -u)
there=$(ls core/*.c core/*.h | sed 's|.*/||; s|\.[ch]$||' | sort -u)
for file in $there; do
    echo "$named" | grep -qx "$file" || wrong "core/README.md does not name $file"
done
for file in $named; do
    echo "$there" | grep -qx "$file" || wrong "core/README.md names $file, which is not there"
done
for file in $(find core plugins -name '*.[ch]' | sort); do
    base=${file%.[ch]}
    cat "$base.c" "$base.h" "include/assay/kit/${base##*/}.h" "include/assay/${base##*/}.h" 2>/dev/null | grep -A2 SPDX | grep -Eq '^ \* .|Written by' ||
        wrong "$file: nothing says what it is for"
done
exit $status
