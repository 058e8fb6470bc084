#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tables as they are found: titles, rows of heads, of units, of sections, merged and empty cells, columns of units, totals.
exec python3 tests/chain/figures.py "$1/assay" tests/corpus/tables
