#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every chain here is wrong in its own way: `assay check` has to say what its .err file says, and exit with 2.
build=$1
bad=0
cd tests/conf_bad || exit 1
for conf in *.conf; do
    said=$(NO_COLOR=1 ASSAY_PLUGIN_PATH="$build/tests/conf_plugins" "$build/assay" check -j2 "$conf" 2>&1)
    code=$?
    if [ "$code" != 2 ]; then
        echo "$conf: exit code $code, not 2"
        bad=1
    fi
    if [ "$said" != "$(cat "${conf%.conf}.err")" ]; then
        echo "$conf: said"
        echo "$said"
        echo "$conf: expected"
        cat "${conf%.conf}.err"
        bad=1
    fi
done
exit $bad
