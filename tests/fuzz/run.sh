#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Damaged inputs of every kind through the program: a few of each, always the same. ASSAY_FUZZ: how many times as many.
# $1: build folder.
exec python3 tests/fuzz/fuzz.py "$1/assay" --times "${ASSAY_FUZZ:-1}"
