#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Run folders when the world is against them: a full disk, a read that fails, clocks that lie, a folder that cannot be
# written, another version of a plugin, and kills at random moments. What comes out at last is always what a full run gives.
# ASSAY_KILLS: how many random kills (24). $1: build folder.
build=$1
here=$(pwd)
work=$(mktemp -d) || exit 1
small=
trap '[ -z "$small" ] || umount "$work/small" 2>/dev/null; rm -rf "$work"' EXIT
chmod 755 "$work"
bad=0
assay=$build/assay
chain=$here/conf/crosscheck.conf
cp -r tests/corpus/articles "$work/articles"
cd "$work" || exit 1
export ASSAY_TASK_BYTES=20000
fail() {
    echo "FAIL $1"
    head -3 err
    bad=$((bad + 1))
}
run() { timeout 300 "$assay" run "$chain" articles -q -j2 "$@" > /dev/null 2> err; }
same() { cmp -s full.jsonl "$1" || fail "$2: other bytes than a full run's"; }

run --write jsonl:full.jsonl || fail "a full run"

# Files that may not grow: said, not a signal that nobody knows.
(ulimit -f 10 && ASSAY_SPILL=1 run --write jsonl:a.jsonl)
[ $? = 5 ] || fail "files that may not grow are no exit 5"
grep -q "cannot be written.*File too large" err || fail "files that may not grow are not said"
[ -e a.jsonl ] && fail "a result in spite of files that may not grow"

# A full disk: said, nothing half; with room again the same command goes on.
mkdir small
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=300k none small 2> /dev/null; then
    small=1
    run --run small/folder --write jsonl:a.jsonl
    [ $? = 5 ] || fail "a full disk is no exit 5"
    grep -q "No space left" err || fail "a full disk is not said"
    [ -e a.jsonl ] && fail "a result in spite of a full disk"
    mount -o remount,size=64m small
    run --run small/folder --write jsonl:a.jsonl || fail "with room again: exit $?"
    same a.jsonl "with room again"
    grep -q "damaged" err && fail "a full disk left damaged tasks under final names"
    # The folder is full when only the result is to be written: the former result stays.
    cp small/folder/result.jsonl former.jsonl
    head -c 100m /dev/zero > small/filler 2> /dev/null
    rm -f a.jsonl
    run --run small/folder --write jsonl:a.jsonl && fail "no room for the result, and exit 0"
    cmp -s former.jsonl small/folder/result.jsonl || fail "the former result is gone"
    rm small/filler
    run --run small/folder --write jsonl:a.jsonl || fail "with room for the result"
    same a.jsonl "with room for the result"
    # Not to be written: refused, nothing touched.
    ls -lR small/folder > before
    mount -o remount,ro small
    run --run small/folder --write jsonl:b.jsonl
    [ $? = 2 ] || fail "a read-only run folder is no exit 2"
    grep -q "cannot be written\|Read-only" err || fail "a read-only run folder is not said"
    mount -o remount,rw small
    ls -lR small/folder | cmp -s before - || fail "a read-only run folder was touched"
    umount small && small=
else
    echo "(no tmpfs can be mounted here: full disk and read-only folder not tried)"
fi

# A read that fails is a failure of that file, and not for ever.
cat > eio.c <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
static ssize_t read_at(const char *name, int fd, void *to, size_t size, off_t at)
{
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    path[n > 0 ? n : 0] = 0;
    if (strstr(path, "spoiled.txt")) {
        errno = EIO;
        return -1;
    }
    return ((ssize_t (*)(int, void *, size_t, off_t))dlsym(RTLD_NEXT, name))(fd, to, size, at);
}
ssize_t pread(int fd, void *to, size_t size, off_t at) { return read_at("pread", fd, to, size, at); }
ssize_t pread64(int fd, void *to, size_t size, off_t at) { return read_at("pread64", fd, to, size, at); }
END
if [ "$(grep -c 'ASSAY_SANITIZE:BOOL=ON' "$build/CMakeCache.txt")" = 0 ] && ${CC:-cc} -O1 -w -fPIC -shared -o eio.so eio.c -ldl; then
    echo "The flood in Varn killed 12 people on 4 May 2024, the ministry said." > articles/spoiled.txt
    LD_PRELOAD=$work/eio.so run --run disk --write jsonl:a.jsonl
    [ $? = 3 ] || fail "a read error is no exit 3"
    grep -q '"type":"failure".*"path":"articles/spoiled.txt".*"code":"unreadable","message":"Input/output error"' a.jsonl || fail "a read error is no record"
    run --run disk --write jsonl:a.jsonl || fail "after the read error: exit $?"
    run --write jsonl:b.jsonl
    cmp -s a.jsonl b.jsonl || fail "after the read error: other bytes than a full run's"
    rm articles/spoiled.txt
fi

# Times say nothing: neither those of files nor the clock's.
run --run clock --write jsonl:a.jsonl || fail "a first run"
ls clock/tasks > before
find articles clock -exec touch -d 2001-01-01 {} +
run --run clock --write jsonl:a.jsonl || fail "with files of long ago"
same a.jsonl "with files of long ago"
ls clock/tasks | cmp -s before - || fail "other times of files made work"
one=articles/harbor-ledger/flood-toll-rises.html
cp -p $one kept
sed 's/12 dead/13 dead/' kept > $one && touch -r kept $one
run --run clock --write jsonl:a.jsonl || fail "with a change that keeps the time"
run --write jsonl:b.jsonl
cmp -s a.jsonl b.jsonl || fail "a change that keeps the time of a file was not seen"
cmp -s a.jsonl full.jsonl && fail "the change changes nothing: this tests nothing"
cp -p kept $one

# Another version of a plugin: what it made is made anew.
mkdir plugins
printf 'chain = ( { plugin = "jsonl_in"; }, { plugin = "w_plain"; }, { plugin = "jsonl"; } );' > words.conf
awk 'BEGIN { for (i = 0; i < 50; i++) print "{\"id\":\"" i "\",\"text\":\"one two two " i % 7 "\"}" }' > words.jsonl
words() { ASSAY_PLUGIN_PATH=$work/plugins timeout 300 "$assay" run words.conf words.jsonl "$@" > out 2> err || fail "words $*: exit $?"; }
compile() { ${CC:-cc} -O1 -fPIC -shared -std=c11 -I"$here/include" -DPLUGIN=w_plain -DPLUGIN_w_plain -o plugins/w_plain.so "$1"; }
compile "$here/tests/chain/combine.c" || exit 1
words --run old
sed 's/struct sum one = {1, 1}/struct sum one = {2, 1}/; s/.version = "1"/.version = "2"/' "$here/tests/chain/combine.c" > second.c
rm plugins/w_plain.so
compile second.c || exit 1
words --run old
cp out new
words
cmp -s out new || fail "another version of a plugin: other bytes than a full run's"
grep -q '"word":"two".*"words":200' new || fail "another version of a plugin: its work is not seen: $(grep '"two"' new)"

# Killed at random moments of a run: the host, or one worker; in one folder, again and again.
began=$(date +%s%N)
run --run killed --write jsonl:b.jsonl || fail "before the kills: exit $?"
length=$((($(date +%s%N) - began) / 1000000)) # milliseconds
[ $length -ge 20 ] && [ $length -le 9000 ] || length=400
n=0
kills=${ASSAY_KILLS:-24}
while [ $n -lt "$kills" ]; do
    [ $((n % 6)) = 0 ] && rm -rf killed
    rm -f b.jsonl
    # Without the leak checker: its helper is a child, too, and waits for ever for one that was killed.
    ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0" \
        "$assay" run "$chain" articles -q -j2 --run killed --write jsonl:b.jsonl > /dev/null 2> err &
    host=$!
    sleep "$(LC_ALL=C awk -v n=$n -v most=$length 'BEGIN { srand(n * 7919 + 1); printf "%.3f", rand() * most / 1000 }')"
    victim=$host
    [ $((n % 2)) = 1 ] && victim=$(cut -d' ' -f1 "/proc/$host/task/$host/children" 2> /dev/null)
    [ -n "$victim" ] && kill -9 "$victim" 2> /dev/null
    wait $host
    status=$?
    if [ "$victim" = "$host" ] || [ $status != 0 ]; then
        [ $status = 0 ] || [ $status = 137 ] || fail "kill $n: exit $status"
        run --run killed --write jsonl:b.jsonl || fail "after kill $n: exit $?"
    fi
    same b.jsonl "after kill $n"
    n=$((n + 1))
done
[ $bad = 0 ]
