#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The maps tell the folders as they are: core/README.md names every file of core and none that is gone, those of the large
# plugins none that is gone, and every C file of the project, its header or the kit's, begins by saying what it is
# for.
set -eu
export LC_ALL=C # ranges of letters
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
for folder in claims consistency duplicates; do
    for file in $(grep '^| \*\*' plugins/$folder/README.md | grep -o '`[a-z_0-9]*`' | tr -d '`' | sort -u); do
        [ -e plugins/$folder/$file.c ] || [ -e plugins/$folder/$file.h ] ||
            wrong "plugins/$folder/README.md names $file, which is not there"
    done
done
# Folder and name of the files whose head says it, without ending; the kit's and testing.h's headers lie in include.
find core plugins include -name '*.[ch]' | sort | xargs awk '
    function name(file) {
        sub(/\.[ch]$/, "", file)
        sub(/^include\/assay\/testing$/, "plugins/kit/testing", file)
        sub(/^include\/assay\/kit/, "plugins/kit", file)
        return file
    }
    FNR == 1 { all[name(FILENAME)] = 1 }
    FNR <= 4 && /^ \* .|Written by/ { told[name(FILENAME)] = 1 }
    END { for (n in all) if (!told[n]) { print n ": nothing says what it is for"; bad = 1 } exit bad }' || status=1
exit $status
