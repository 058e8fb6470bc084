/* SPDX-License-Identifier: Apache-2.0
 *
 * A plugin's open and close run in the host itself, where a crash or a call of exit() would end the program without a
 * word about who did it. While one is under way, both are told with the plugin's name, and the program ends with
 * RUN_PLUGIN.
 */
#ifndef OPENING_H
#define OPENING_H

#include <signal.h>

#define OPENING_SIGNALS 5

struct opening {
    struct sigaction before[OPENING_SIGNALS];
};

/* `hook`: "open" or "close". Both texts are borrowed until opening_end. Handlers that are there already (a sanitizer's)
 * are left alone. */
void opening_begin(struct opening *, const char *plugin, const char *hook);
void opening_end(const struct opening *);

#endif
