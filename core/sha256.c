/* SPDX-License-Identifier: Apache-2.0 */
#include "sha256.h"

#include <openssl/evp.h>

/* The digest object is fetched once a process: a lookup costs more than hashing a small document. */
int sha256_of(struct assay_text bytes, unsigned char to[SHA256_SIZE])
{
    static EVP_MD_CTX *context;
    static EVP_MD *method;
    unsigned int size = SHA256_SIZE;
    if (!context) {
        context = EVP_MD_CTX_new();
        method = EVP_MD_fetch(NULL, "SHA256", NULL);
    }
    return context && method && EVP_DigestInit_ex2(context, method, NULL) &&
           EVP_DigestUpdate(context, bytes.at, bytes.size) && EVP_DigestFinal_ex(context, to, &size);
}

void sha256_print(char to[SHA256_HEX], const unsigned char sha[SHA256_SIZE])
{
    for (uint32_t i = 0; i < SHA256_SIZE; i++) {
        to[2 * i] = "0123456789abcdef"[sha[i] >> 4];
        to[2 * i + 1] = "0123456789abcdef"[sha[i] & 15];
    }
}
