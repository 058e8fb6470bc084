/* SPDX-License-Identifier: Apache-2.0 */
#include "version.h"

const char *assay_version(void)
{
    return ASSAY_VERSION;
}
