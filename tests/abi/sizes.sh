#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Public structs only grow at the end: every line of sizes.txt about a member stays as it is; a size may grow within a
# major, then the line here grows with it, in the same change that raises ASSAY_ABI_MINOR.
build=$1
"$build/tests/abi_sizes" | diff tests/abi/sizes.txt - && exit 0
echo "a public struct changed: plugins built before would break"
exit 1
