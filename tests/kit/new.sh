#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# From an installed copy to a running plugin of one's own, as a newcomer does it.
build=$1
room=$(mktemp -d) || exit 1
trap 'rm -rf "$room"' EXIT
chmod 755 "$room"
fail() {
    echo "$1"
    [ -f "$room/log" ] && tail -n 40 "$room/log"
    exit 1
}
cmake --install "$build" --prefix "$room/usr" >"$room/log" 2>&1 || fail "install failed"
assay=$room/usr/bin/assay
for file in bin/assay include/assay/plugin.h share/man/man1/assay.1 share/assay/lexicon share/assay/template; do
    [ -e "$room/usr/$file" ] || fail "not installed: $file"
done
HOME=$room
export HOME
unset ASSAY_PLUGIN_PATH CMAKE_PREFIX_PATH
"$assay" list >"$room/log" 2>&1 || fail "list failed"
grep -q '^refused' "$room/log" && fail "an installed plugin is refused"
[ "$(grep -c . "$room/log")" = "$(find "$room/usr" -name '*.so' | wc -l)" ] || fail "not all installed plugins are listed"
"$assay" list --json | grep -q "\"path\":\"$room/usr/" || fail "plugins come from elsewhere"

cd "$room" || exit 1
"$assay" new Shout >"$room/log" 2>&1 && fail "a bad name was taken"
"$assay" new shout >"$room/log" 2>&1 || fail "assay new failed"
"$assay" new shout >"$room/log" 2>&1 && fail "assay new wrote over a project"
grep -q "shout is here already" "$room/log" || fail "assay new does not say that the folder is here"
for name in test all install files; do # CMake's own targets; a plugin that is there
    "$assay" new $name >"$room/log" 2>&1 && fail "assay new $name was taken"
    grep -q "take another" "$room/log" || fail "assay new $name: no reason"
    [ -e $name ] && fail "assay new $name left a folder"
done
"$assay" new hushed 2>&1 | grep -qx "  export PATH=$room/usr/bin:.PATH" || fail "assay new does not say how CMake finds it"
PATH=$room/usr/bin:$PATH "$assay" new quiet 2>&1 | grep -q PATH && fail "assay new speaks of PATH although it is there"
grep -rq '@NAME@' shout && fail "a placeholder was left"
cmake -S shout -B shout/build -DCMAKE_PREFIX_PATH="$room/usr" >"$room/log" 2>&1 || fail "configuring the new plugin failed"
grep -q 'Warning' "$room/log" && fail "configuring the new plugin warns"
cmake --build shout/build >"$room/log" 2>&1 || fail "building the new plugin failed"
grep -q 'warning:' "$room/log" && fail "building the new plugin warns"
(cd shout/build && ctest --output-on-failure) >"$room/log" 2>&1 || fail "the new plugin's tests failed"
grep -q '100% tests passed, 0 tests failed out of 3' "$room/log" || fail "not all three tests ran"

# Where there is no cmocka, the other two are left.
cmake -S shout -B shout/bare -DCMAKE_PREFIX_PATH="$room/usr" -DCMOCKA_LIBRARY=OFF >"$room/log" 2>&1 || fail "no plugin without cmocka"
grep -q 'there is no cmocka' "$room/log" || fail "the missing cmocka is not told"
(cd shout/bare && ctest -N) | grep -q 'Total Tests: 2' || fail "without cmocka not two tests are left"

# The other kinds. What links a sanitizer build's kit has to be built like it.
flags=
grep -q 'ASSAY_SANITIZE:BOOL=ON' "$build/CMakeCache.txt" && flags=-fsanitize=address,undefined
"$assay" new other --as poet >"$room/log" 2>&1 && fail "a kind that is none was taken"
[ -e other ] && fail "a kind that is none left a folder"
"$assay" new plain --as analyser >"$room/log" 2>&1 && [ -f plain/find.c ] || fail "the kind that is the default cannot be named"
for kind in reader preparer rounds writer; do
    "$assay" new "my_$kind" --as $kind >"$room/log" 2>&1 || fail "assay new --as $kind failed"
    grep -rq '@NAME@' "my_$kind" && fail "a placeholder was left"
    cmake -S "my_$kind" -B "my_$kind/build" -DCMAKE_PREFIX_PATH="$room/usr" -DCMAKE_C_FLAGS="$flags" >"$room/log" 2>&1 ||
        fail "configuring the $kind failed"
    cmake --build "my_$kind/build" >"$room/log" 2>&1 || fail "building the $kind failed"
    grep -q 'warning:' "$room/log" && fail "building the $kind warns"
    (cd "my_$kind/build" && ctest --output-on-failure) >"$room/log" 2>&1 || fail "the tests of the $kind failed"
    grep -q '100% tests passed, 0 tests failed out of 2' "$room/log" || fail "not both tests of the $kind ran"
done

# In C++: the description by names, and the C++ library is linked.
if command -v c++ >/dev/null; then
    mkdir cxx || exit 1
    cat >cxx/CMakeLists.txt <<'EOF'
cmake_minimum_required(VERSION 3.18)
project(longest LANGUAGES C CXX)
find_package(assay REQUIRED)
set(CMAKE_CXX_STANDARD 20)
assay_add_plugin(longest SOURCES longest.cpp)
EOF
    cat >cxx/longest.cpp <<'EOF'
#include <assay/plugin.h>

#include <algorithm>
#include <sstream>
#include <string>

namespace {
struct longest {
    uint32_t letters, zero;
};
const struct assay_field rows[] = {ASSAY_FIELD(struct longest, letters, ASSAY_U32, 0, nullptr, "letters of the longest word")};
const struct assay_fields fields = ASSAY_FIELDS(struct longest, rows);
const struct assay_layer layers[] = {{ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "longest", &fields, "one record a text"}};

assay_status open_it(const struct assay_host *host, const void *, void **self)
{
    *self = const_cast<assay_host *>(host);
    return ASSAY_OK;
}

assay_status analyse(void *self, struct assay_doc *doc)
{
    auto host = static_cast<const assay_host *>(self);
    struct assay_text text = host->text(host, doc);
    std::istringstream in(std::string(text.at, text.size));
    struct longest record = {};
    for (std::string word; in >> word;)
        record.letters = std::max(record.letters, static_cast<uint32_t>(word.size()));
    return host->add(host, doc, 0, &record);
}
} // namespace

ASSAY_PLUGIN(longest) = {ASSAY_ABI_NAMED,
                         .name = "longest",
                         .version = "1",
                         .summary = "measures the longest word",
                         .license = "MIT",
                         .role = ASSAY_ANALYSER,
                         .layer = layers,
                         .layers = ASSAY_COUNT(layers),
                         .open = open_it,
                         .analyse = analyse};
EOF
    cmake -S cxx -B cxx/build -DCMAKE_PREFIX_PATH="$room/usr" -DCMAKE_CXX_FLAGS="$flags" >"$room/log" 2>&1 && cmake --build cxx/build >>"$room/log" 2>&1 ||
        fail "a plugin in C++ does not build"
    echo 'chain = ( { plugin = "files"; }, { plugin = "decode"; }, { plugin = "longest"; }, { plugin = "jsonl"; } );' >cxx/longest.conf
    "$assay" run cxx/longest.conf shout/example.txt --plugin-dir cxx/build/plugins --write jsonl:- >"$room/log" 2>&1 || fail "a plugin in C++ does not run"
    grep -q '"type":"longest",.*"letters":[1-9]' "$room/log" || fail "a plugin in C++ leaves no record"
fi

# Installed, it is found without --plugin-dir.
cmake --install shout/build >"$room/log" 2>&1 || fail "installing the new plugin failed"
"$assay" inspect shout >"$room/log" 2>&1 || fail "the installed new plugin is not found"
grep -q 'chain entry' "$room/log" || fail "inspect shows no chain entry"
"$assay" run shout/shout.conf shout/example.txt --set shout.least=8 --write jsonl:- >"$room/log" 2>&1 || fail "the chain does not run"
grep -q '"type":"shout_word"' "$room/log" && fail "--set does not reach the new plugin"

# Without CMake, by pkg-config.
if command -v pkg-config >/dev/null; then
    PKG_CONFIG_PATH=$(dirname "$(find "$room/usr" -name assay.pc)")
    export PKG_CONFIG_PATH
    [ "$(pkg-config --variable=abi assay)" = 1.0 ] || fail "assay.pc names no contract"
    mkdir "$room/own" || exit 1
    # shellcheck disable=SC2046
    cc -std=c11 -shared -fPIC $(pkg-config --cflags assay) -o "$room/own/shout.so" shout/shout.c shout/find.c >"$room/log" 2>&1 ||
        fail "pkg-config's flags do not build the plugin"
    "$assay" inspect shout --plugin-dir "$room/own" | grep -q "$room/own/shout.so" || fail "the hand-built plugin does not load"
fi
exit 0
