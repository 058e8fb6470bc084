/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: scripts (ISO 15924).
 */
#ifndef ASSAY_KIT_SCRIPT_H
#define ASSAY_KIT_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A small number for the script of a code point; 0: common, inherited, unknown. Stable within a build only. */
uint32_t assay_script(uint32_t cp);
/* "Latn", "Cyrl" ...; "Zyyy" for 0. */
const char *assay_script_name(uint32_t script);
uint32_t assay_script_count(void);

#ifdef __cplusplus
}
#endif
#endif
