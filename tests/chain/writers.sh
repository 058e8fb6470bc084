#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writers where the output cannot be written: a message, an exit code, the old file as it was, never half of a new one.
set -eu
build=$1
assay=$build/assay
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
fail() {
    echo "$1"
    bad=1
}
run() { # writer options...
    code=0
    "$assay" run conf/crosscheck.conf tests/corpus/articles -q "$@" >"$work/out" 2>"$work/err" || code=$?
}
for writer in html sqlite jsonl markdown terminal csv; do
    run --write "$writer:$work/absent/x"
    [ $code -ne 0 ] || fail "$writer: a folder that does not exist gives 0"
    [ -s "$work/err" ] || fail "$writer: no message for a folder that does not exist"

    # A limit of 4 KiB a file stands for a full disk: the writer dies of it or is told.
    mkdir "$work/d"
    printf old >"$work/d/x"
    [ $writer != csv ] || rm "$work/d/x"
    (
        ulimit -f 4
        run --write "$writer:$work/d/x"
        exit $code
    ) && fail "$writer: a full disk gives 0"
    if [ $writer != csv ]; then
        [ "$(cat "$work/d/x")" = old ] || fail "$writer: the old file was touched"
    fi
    left=$(ls -A "$work/d" | grep -v '^x$' || true)
    [ -z "$left" ] || fail "$writer: left behind: $left"
    [ $writer != csv ] || [ ! -e "$work/d/x" ] || fail "csv: half a result under its final name"

    run --write "$writer:$work/d/x"
    [ $code -eq 0 ] || fail "$writer: $code: $(cat "$work/err")"
    if [ $writer = csv ]; then
        [ -s "$work/d/x/datapackage.json" ] || fail "csv: no package"
    else
        [ "$(head -c 3 "$work/d/x")" != old ] || fail "$writer: the old file was not replaced"
    fi
    # Once more over what is there now.
    run --write "$writer:$work/d/x"
    [ $code -eq 0 ] || fail "$writer, again: $code: $(cat "$work/err")"
    rm -rf "$work/d"
done
for writer in jsonl html terminal markdown; do
    code=0
    "$assay" run conf/crosscheck.conf tests/corpus/articles -q --write "$writer:-" >/dev/full 2>"$work/err" || code=$?
    [ $code -ne 0 ] || fail "$writer: a full stdout gives 0"
    grep -qi 'space' "$work/err" || fail "$writer: a full stdout, and the message is: $(cat "$work/err")"
done
# The same bytes for any number of workers, in another locale, without the processor's newer instructions.
mkdir "$work/1" "$work/3" "$work/locale"
if localedef -i tr_TR -f UTF-8 "$work/locale/tr_TR.UTF-8" >"$work/made" 2>&1; then # the system may have none
    export LOCPATH="$work/locale"
fi
for j in 1 3; do
    [ $j = 1 ] && locale=C tunables= || { locale=tr_TR.UTF-8 tunables=glibc.cpu.hwcaps=-AVX2_Usable,-FMA_Usable,-AVX2,-FMA; }
    LC_ALL=$locale GLIBC_TUNABLES=$tunables "$assay" run conf/crosscheck.conf tests/corpus/articles -q -j $j --write "html:$work/$j/html" \
        --write "sqlite:$work/$j/db" --write "csv:$work/$j/csv" --write "markdown:$work/$j/md" --write "terminal:$work/$j/txt"
done
diff -r "$work/1" "$work/3" || fail "the outputs of one and of three workers differ"

# What goes to stdout waits in a file, not in memory, however much it is: while nobody reads it, the host holds a file of
# its size.
"$assay" run conf/crosscheck.conf tests/corpus/articles -q --write "jsonl:$work/whole.jsonl"
size=$(stat -c %s "$work/whole.jsonl")
mkfifo "$work/pipe"
"$assay" run conf/crosscheck.conf tests/corpus/articles -q --write jsonl:- > "$work/pipe" &
host=$!
exec 3< "$work/pipe"
held=
for try in $(seq 600); do
    for fd in /proc/$host/fd/*; do
        [ "$(stat -L -c %s "$fd" 2>/dev/null)" = "$size" ] && held=$(readlink "$fd") && break 2
    done
    sleep 0.05
done
cat <&3 > "$work/piped.jsonl"
exec 3<&-
wait $host
cmp "$work/whole.jsonl" "$work/piped.jsonl" || fail "stdout: other bytes than in a file"
case $held in
*memfd* | '') fail "stdout's $size bytes wait in: ${held:-nothing}" ;;
esac
exit $bad
