#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What is no plugin is refused with the real reason, and the rest of the list is there.
build=$1
room=$(mktemp -d) || exit 1
trap 'rm -rf "$room"' EXIT
chmod 755 "$room"
cp "$build"/tests/abi_plugins/*.so "$room" || exit 1
head -c 3000 "$room/fine.so" >"$room/cut_short.so"
# Cut behind the headers: mapping it can kill the process that tries.
size=$(wc -c <"$room/fine.so")
head -c $((size * 2 / 3)) "$room/fine.so" >"$room/cut_long.so"
echo "not a library, but a text that is longer than the header of one; not a library, but a text" >"$room/text.so"
cp "$room/fine.so" "$room/fine-too.so"
cp "$room/fine.so" "$room/open.so"
chmod 666 "$room/open.so"
mkdir "$room/empty_home"
said=$(HOME="$room/empty_home" NO_COLOR=1 "$build/assay" list --plugin-dir "$room" 2>&1) || {
    echo "list: exit code $?"
    exit 1
}
bad=0
expect() { # name, words of the reason
    if ! echo "$said" | grep -q "^refused  *$1 .*$2"; then
        echo "$1: no refusal with \"$2\""
        bad=1
    fi
}
expect lying_table "row 'count': its member lies outside"
expect lying_default "its default is 'many'"
# A sanitizer turns the signal into an exit of its own.
expect dies_early 'loading it \(dies with SIGSEGV\|ends the process\)'
expect leaves_early "exit status 7: leaves: no licence found"
expect unresolved "undefined symbol: nobody_defines_this"
expect kitless "undefined symbol: assay_nobody_links_this: link the kit"
expect other_symbol "exports no other_symbol_LTX_assay_plugin"
expect other_name "calls itself 'another'"
expect major_two "contract 2.0, this assay has 1.0"
expect minor_nine "contract 1.9, this assay has 1.0"
expect unknown_flag "0x100000"
expect no_hook "has no analyse"
expect list_key "layer 'tagged': row 'tags': KEY is for one plain value"
expect graded "layer 'graded': GRADE is for a corpus layer"
expect text "ELF"
expect cut_short ""
expect cut_long ""
expect fine-too "file is called"
expect open "everybody may write"
for name in fine first; do
    echo "$said" | grep -q "^analyser  $name " || {
        echo "$name: not listed"
        bad=1
    }
done
NO_COLOR=1 "$build/assay" inspect dies_early --plugin-dir "$room" >/dev/null 2>&1
[ $? = 4 ] || {
    echo "inspect of a refused plugin: not exit code 4"
    bad=1
}
printf 'chain = ( { plugin = "lying_table"; } );\n' >"$room/chain.conf"
NO_COLOR=1 "$build/assay" check "$room/chain.conf" --plugin-dir "$room" >"$room/err" 2>&1
[ $? = 4 ] || {
    echo "check of a chain with a refused plugin: not exit code 4"
    bad=1
}
grep -q "chain.conf:1:22: error: plugin 'lying_table' cannot be used: its options: row 'count': its member lies outside" "$room/err" || {
    echo "check of a chain with a refused plugin does not say why:"
    cat "$room/err"
    bad=1
}
[ $bad = 0 ] || echo "$said"
exit $bad
