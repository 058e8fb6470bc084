/* SPDX-License-Identifier: Apache-2.0
 *
 * Items: inputs as they are, or pieces of large ones cut after a line end.
 */
#include "work.h"

int cut_inputs(struct run *run)
{
    for (uint64_t i = 0; i < run->inputs.inputs; i++)
        if (!inputs_item(&run->inputs, (struct item){(uint32_t)i, 0, 0, run->inputs.input[i].size, 1}))
            return RUN_INTERNAL;
    return RUN_DONE;
}
