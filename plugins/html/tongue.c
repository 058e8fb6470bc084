/* SPDX-License-Identifier: Apache-2.0 */
#include "tongue.h"

#include <string.h>

#include <unicode/uloc.h>
#include <unicode/ustring.h>

enum { CODE = 16, NAME = 80 };

void tongue_write(struct markup *m, struct assay_text code)
{
    char id[CODE], name[NAME];
    UChar wide[NAME];
    UErrorCode error = U_ZERO_ERROR;
    if (code.size == 3 && !memcmp(code.at, "und", 3)) {
        markup_raw(m, "not known");
        return;
    }
    if (code.at && code.size && code.size < CODE && !memchr(code.at, 0, code.size)) {
        memcpy(id, code.at, code.size);
        id[code.size] = 0;
        int32_t size = uloc_getDisplayLanguage(id, "en", wide, NAME, &error);
        if (U_SUCCESS(error) && error != U_USING_DEFAULT_WARNING && size > 0 && size < NAME) {
            u_strToUTF8(name, NAME, &size, wide, size, &error);
            if (U_SUCCESS(error) && size > 0) {
                markup_text(m, (struct assay_text){name, (uint64_t)size});
                return;
            }
        }
    }
    markup_clipped(m, code, 20);
}
