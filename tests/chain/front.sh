#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Commands, exit codes, and what goes to stdout and stderr.
assay=$1/assay
room=$(mktemp -d) || exit 1
trap 'rm -rf "$room"' EXIT
NO_COLOR=1
export NO_COLOR
bad=0
wrong() {
    echo "$*"
    cat "$room/out" "$room/err"
    bad=1
}
# expect CODE ARGUMENT...: runs it, keeps stdout in out and stderr in err.
expect() {
    want=$1
    shift
    "$assay" "$@" >"$room/out" 2>"$room/err" </dev/null
    code=$?
    [ "$code" = "$want" ] || wrong "assay $*: exit code $code, not $want"
}
out() { grep -q -e "$1" "$room/out" || wrong "stdout lacks: $1"; }
err() { grep -q -e "$1" "$room/err" || wrong "stderr lacks: $1"; }
silent() { [ ! -s "$room/$1" ] || wrong "$1 is not empty"; }

cat >"$room/chain.conf" <<'EOF'
chain = (
  { plugin = "files"; },
  { plugin = "decode"; },
  { plugin = "jsonl"; }
);
EOF
echo "One short text." >"$room/one.txt"

expect 0 --version; out "^assay [0-9]"; silent err
expect 0 --help; out "^  run "; silent err
expect 0 help run; out "fail-on"
expect 0 run --help; out "plugin-dir"
expect 2; silent out; err "no command"
expect 2 rnu; silent out; err "did you mean 'run'"
expect 2 --versio; err "no option '--versio'"
expect 0 help help; out "^  run "
expect 2 diff "$room/nowhere"; err "No such file"
expect 2 task; err "there is no command"
expect 2 run; err "usage: assay run"
expect 2 run --wirte x "$room/chain.conf"; err "did you mean --write"
expect 2 run -j x "$room/chain.conf" "$room/one.txt"; err " -j x: has to be a whole number"
expect 2 run "$room" "$room/chain.conf"; err "the chain file comes first"
expect 2 run "$room/one.txt" "$room/chain.conf"; err "one.txt was read as the chain: the chain file comes first"
expect 0 run "$room/chain.conf" "$room/one.txt" --plugin-dir "$room/nowhere"; err "plugin folder .*nowhere' cannot be read: No such file"
expect 0 run "$room/chain.conf" "$room/one.txt" --only nobody; err "no document has the id nobody"
expect 2 run "$room/none.conf" "$room/one.txt"; err "No such file"
expect 2 run "$room/chian.conf" "$room/one.txt"; err "did you mean '$room/chain.conf'?"
expect 2 "$room/chain.conf" "$room/one.txt"; err "a chain is run by: assay run CHAIN PATH"
expect 2 run "$room/chain.conf" "$room/one.txt" --write report.html; err "a writer and its path: --write html:report.html"
expect 2 check conf/crosscheck.conf --set consistency.tolerance=2%; err "has to be a number from 0 to 1"
expect 2 run "$room/chain.conf"; err "no input"
expect 2 run "$room/chain.conf" "$room/none.txt" "$room/nor_this.txt"; silent out; err "none.txt: No such file"; err "nor_this.txt: No such file"
expect 2 run "$room/chain.conf" "$room/one.txt" --fail-on conflict; err "no step of this chain grades"
expect 2 run "$room/chain.conf" "$room/one.txt" --isolate=all; err "none"
expect 2 run "$room/chain.conf" "$room/one.txt" --write nothing; err "no plugin 'nothing'"; err "plugin-dir DIR looks for more"
expect 2 run "$room/chain.conf" "$room/one.txt" --write files; err "no writer"
expect 2 run "$room/chain.conf" "$room/one.txt" --write "jsonl:$room/x" --write "sqlite:$room/x"; err "has the same path"
expect 2 run "$room/chain.conf" "$room/one.txt" --set jsonl.txet=true; err "did you mean 'text'"
expect 2 run "$room/chain.conf" ""; err "an empty PATH: No such file"
expect 2 run "$room/chain.conf" - -; err "one stdin"
expect 2 run "$room/chain.conf" "$room/one.txt" --set text=true; err "set as STEP.OPTION=VALUE"
expect 2 run "$room/chain.conf" "$room/one.txt" --set memry=1GB; err "did you mean 'memory'"
expect 2 run "$room/chain.conf" https://example.org/a.html; err "no network is used"
expect 3 run "$room/chain.conf" "$room/one.txt" --set files.max_file=4; err "failure is recorded; the run is done. files: .*one.txt: the file is larger than max_file allows"
expect 2 run "$room/chain.conf" "$room/one.txt" --set jsonl.text=maybe; err "set jsonl.text=maybe: option 'text' of 'jsonl'"
expect 2 check conf/crosscheck.conf --set 'claims.languages=["en"]'; err "without brackets and quotes"
expect 2 check conf/crosscheck.conf --set claims.languages=klingon; err "sets it up, too: --set claims.languages=klingon"
expect 5 run "$room/chain.conf" "$room/one.txt" --write "jsonl:$room/$(printf '%0250d' 0)"; err "0: File name too long; its output is not written"
expect 2 run "$room/chain.conf" "$room/one.txt" --until decod; err "did you mean 'decode'"
expect 2 run "$room/chain.conf" "$room/one.txt" --write decode; err "no writer but a preparer"

# An output never takes the place of what the run reads, and what cannot be written is said before anything is read.
cp "$room/one.txt" "$room/kept.txt"
ln -s one.txt "$room/link.txt"
for out in one.txt link.txt chain.conf; do
    expect 2 run "$room/chain.conf" "$room/one.txt" --write "jsonl:$room/$out"; err "cannot write .*/$out: it is"
done
mkdir "$room/walked"
cp "$room/one.txt" "$room/walked/"
expect 2 run "$room/chain.conf" "$room/walked" --write "jsonl:$room/walked/one.txt"; err "would be lost"
cmp -s "$room/one.txt" "$room/kept.txt" && cmp -s "$room/walked/one.txt" "$room/kept.txt" || wrong "an input was overwritten"
expect 2 run "$room/chain.conf" "$room/one.txt" --write csv:-; err "stdout cannot be"
expect 2 run "$room/chain.conf" "$room/one.txt" --write sqlite:-; err "cannot be written to stdout"
expect 2 run "$room/chain.conf" "$room/one.txt" --write "csv:$room/kept.txt"; err "it is a file; name a folder"
mkdir "$room/hollow"
expect 2 run "$room/chain.conf" "$room/one.txt" --write "html:$room/hollow"; err "it is a folder; name a file"

# What assay itself put into a folder is not read as an article.
for i in 1 2; do
    expect 0 run "$room/chain.conf" "$room/walked" --write "dolma:$room/walked/results" --run "$room/walked/folder"
done
expect 0 run "$room/chain.conf" "$room/walked"; out '"path":".*/walked/results","reason":"results"'; out 'walked/folder","reason":"run folder"'; out '"documents":1,'

# Results and run folders.
expect 0 query "$room/walked/folder" "select documents from run"; out "^1$"
expect 2 query "$room/walked/folder" "select 1 from finding"; err "the tables are run"
expect 2 query "$room" "select 1"; err "it is a folder"
expect 2 query "$room/one.txt" "select 1"; err "a result is a file that"
expect 0 diff "$room/walked/folder"; err "previous.jsonl: no findings"
expect 2 diff "$room"; err "no run folder"
expect 0 run "$room/chain.conf" "$room/one.txt" --run "$room/once"
expect 2 diff "$room/once"; err "only one run"
expect 2 export "$room/one.txt" --to html -o "$room/x"; err "one.txt is no result"
expect 2 export "$room" --to html -o "$room/x"; err "it is a folder"
expect 0 plan "$room/chain.conf" "$room/one.txt" --run "$room/later"; out "not there yet"
[ ! -e "$room/later" ] || wrong "plan made a run folder"
expect 2 plan "$room/chain.conf" "$room/none.txt"; err "none.txt: No such file"
for folder in once later; do
    expect 0 plan --json "$room/chain.conf" "$room/one.txt" --run "$room/$folder"
    python3 -c 'import json, sys; json.load(sys.stdin)["run_folder"]' <"$room/out" 2>"$room/err" || wrong "plan --json --run: no JSON"
done
expect 2 check "$room/chain.conf" extra; err "usage"

expect 0 run "$room/chain.conf" "$room/one.txt"; out '"type":"document"'; out '"type":"run"'
expect 0 run "$room/chain.conf" "$room/one.txt" --write "jsonl:$room/result.jsonl" --set jsonl.text=true; silent out
grep -q 'One short text' "$room/result.jsonl" || wrong "--set does not reach a writer of --write"
expect 0 run --set "files.input=$room/one.txt" "$room/chain.conf"; out "one.txt"
mkdir "$room/empty"
expect 0 run "$room/chain.conf" "$room/empty"; err "warning"
expect 2 run --json "$room/none.conf" x; err '^{"level":"error"'

expect 0 check "$room/chain.conf"; out "fine, 3 steps, 1 pass"
expect 0 check --json "$room/chain.conf"; out '"ok":true,"errors":0,"steps":3,"passes":1'
echo 'chain = ( { plugin = "fils"; } );' >"$room/bad.conf"
expect 2 check --json "$room/bad.conf"; out '"ok":false'; err '"line":1,"column":22'
expect 0 plan "$room/chain.conf"; out "pass 0  every document: files, decode"; out "write jsonl"
expect 0 plan --json "$room/chain.conf"; out '"name":"document","major":1,"where":"document","provider":"assay"'
expect 0 list; out "^reader  *files"; silent err
expect 0 list --json; out '"name":"jsonl"'
expect 2 inspect fils; err "did you mean 'files'"
expect 0 inspect "$1/plugins/files.so"; out "provides document/1"
expect 0 inspect claims; out "^languages:.* de .*en"
expect 0 inspect claims --json; out '"describe":".*languages:'
# For programs: every key is there, whatever the plugin has.
expect 0 inspect duplicates --json
python3 - "$room/out" <<'EOF' || wrong "inspect --json lacks something"
import json, sys
p = json.load(open(sys.argv[1]))
keys = "name version role summary license path options layers rounds describe chain_entry"
assert list(p) == keys.split(), list(p)
assert list(p["rounds"][0]) == "name key_size min_group value".split() and len(p["rounds"]) > 1, p["rounds"]
assert list(p["layers"][0]) == "use name major where stage help rows".split(), p["layers"][0]
assert p["layers"][0]["rows"][0]["type"] == "text", p["layers"][0]
assert list(p["options"][0]) == "name type list must of default min max help".split(), p["options"][0]
assert p["chain_entry"].startswith('{ plugin = "duplicates"; preset = "normal";') and p["chain_entry"].endswith("}"), p["chain_entry"]
EOF
expect 2 new Bad-Name; err "plugin's name"

# The man page and the README name every command and option.
for command in run check plan list inspect new query diff export; do
    expect 0 "$command" --help
    grep -q "assay $command" README.md || grep -q "\`$command\`" README.md || wrong "README.md does not name $command"
    for option in $(grep -o -e '--[a-z][a-z-]*' "$room/out" | sort -u); do
        grep -q -e "$(echo "$option" | sed 's/-/\\\\-/g')" core/assay.1 || wrong "assay.1 does not name $option of $command"
    done
done

# The chain entry that inspect shows is one that a chain takes.
for file in "$1"/plugins/*.so; do
    name=$(basename "$file" .so)
    for how in "" --json --markdown; do
        # shellcheck disable=SC2086
        expect 0 inspect "$name" $how
        silent err
    done
    entry=$("$assay" inspect "$name" | sed -n '/^chain entry/,$p' | sed 1d)
    printf 'chain = (\n%s\n);\n' "$entry" >"$room/entry.conf"
    "$assay" check "$room/entry.conf" >"$room/out" 2>"$room/err"
    if grep -q -e 'has no option' -e 'has to be' -e 'the least' -e 'the most' -e 'quotes' -e 'comma' "$room/err"; then
        wrong "$name: its chain entry is none"
    fi
done

# A device may never end; /dev/null has.
if [ -e /dev/zero ]; then
    expect 2 run "$room/chain.conf" /dev/zero -q --write jsonl:/dev/null; err "/dev/zero: it is a device"
fi
expect 0 run "$room/chain.conf" /dev/null -q --write jsonl:/dev/null

# Where stdout takes nothing.
if [ -e /dev/full ]; then
    "$assay" list >/dev/full 2>"$room/err"
    [ $? = 5 ] || wrong "list into a full disk: not exit code 5"
    err "No space left"
fi
"$assay" list >&- 2>"$room/err"
[ $? = 5 ] || wrong "list with stdout closed: not exit code 5"
exit $bad
