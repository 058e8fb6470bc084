/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/script.h>

#include "unicode.h"

uint32_t assay_script(uint32_t cp)
{
    if (cp >= ASSAY_UNICODE_TOP)
        return 0;
    return assay_script_value[(uint32_t)assay_script_block[cp >> 6] << 6 | (cp & 63)];
}

const char *assay_script_name(uint32_t script)
{
    return assay_script_names[script < assay_scripts ? script : 0];
}

uint32_t assay_script_count(void)
{
    return assay_scripts;
}
