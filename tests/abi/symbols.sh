#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A plugin exports its descriptor and nothing else, and links nothing of assay. The program exports nothing.
build=$1
bad=0
for file in "$build"/plugins/*.so; do
    name=$(basename "$file" .so)
    exports=$(nm -D --defined-only "$file" | awk '{print $3}' | sed 's/@.*//' | grep -v -e '^_init$' -e '^_fini$' -e '^__asan' -e '^__odr_asan' -e '^__bss_start$' -e '^_edata$' -e '^_end$')
    if [ "$exports" != "${name}_LTX_assay_plugin" ]; then
        echo "$name exports: $exports"
        bad=1
    fi
    if grep -n '#include.*core/' plugins/"$name"/*.[ch] 2>/dev/null; then
        echo "$name includes from core"
        bad=1
    fi
done
if nm -D --defined-only "$build/assay" 2>/dev/null | grep -q ' T assay_'; then
    echo "the program exports functions"
    bad=1
fi
exit $bad
