#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every public header compiles alone, as C99, C11 and C++17, without a warning.
room=$(mktemp -d) || exit 1
trap 'rm -rf "$room"' EXIT
bad=0
strict="-Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only"
for header in $(cd include && find assay -name '*.h' | sort); do
    echo "#include <$header>" >"$room/one.c"
    cp "$room/one.c" "$room/one.cc"
    for std in c99 c11; do
        cc -std=$std $strict "$room/one.c" || {
            echo "$header: not $std"
            bad=1
        }
    done
    if command -v c++ >/dev/null; then
        c++ -std=c++17 $strict "$room/one.cc" || {
            echo "$header: not C++17"
            bad=1
        }
    fi
done
# The macros too: a plugin in C99 and in C++.
cat >"$room/plugin.c" <<'EOF'
#include <assay/layers/text.h>
#include <assay/plugin.h>
struct options {
    uint32_t least, zero;
};
static const struct assay_field rows[] = {ASSAY_OPTION(struct options, least, ASSAY_U32, 0, NULL, "3", "1", NULL, "least")};
static const struct assay_fields options = ASSAY_FIELDS(struct options, rows);
static const struct assay_layer layers[] = {{ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "language", &assay_language_fields, NULL}};
static assay_status open_it(const struct assay_host *host, const void *given, void **self)
{
    (void)given;
    (void)self;
    return host->fail(host, ASSAY_ECONF, "no");
}
static assay_status analyse(void *self, struct assay_doc *doc)
{
    (void)self;
    (void)doc;
    return ASSAY_OK;
}
ASSAY_PLUGIN(tiny) = {ASSAY_ABI, "tiny", "1", "does nothing", "MIT", ASSAY_ANALYSER, 0, &options, layers, NULL, ASSAY_COUNT(layers), 0, open_it,
                      NULL, NULL, NULL, analyse, NULL, NULL, NULL, NULL, NULL};
EOF
cp "$room/plugin.c" "$room/plugin.cc"
sed 's/^ASSAY_PLUGIN.*/ASSAY_PLUGIN(tiny) = {ASSAY_ABI_NAMED, .name = "tiny", .version = "1", .summary = NULL, .license = NULL,/
     s/^  *NULL, NULL, NULL, analyse.*/.role = ASSAY_ANALYSER, .flags = 0, .options = \&options, .layer = layers, .round = NULL, .layers = ASSAY_COUNT(layers),\
.rounds = 0, .open = open_it, .accept = NULL, .read = NULL, .prepare = NULL, .analyse = analyse, .write = NULL, .close = NULL,\
.describe = NULL, .looks = NULL, .differs = NULL};/' "$room/plugin.c" >"$room/named.cc"
cc -std=c99 $strict "$room/plugin.c" || bad=1
if command -v c++ >/dev/null; then
    c++ -std=c++17 $strict "$room/plugin.cc" || bad=1
    c++ -std=c++20 $strict "$room/named.cc" || bad=1
    cc -x c -std=c99 $strict "$room/named.cc" || bad=1
fi
exit $bad
