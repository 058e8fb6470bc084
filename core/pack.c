/* SPDX-License-Identifier: Apache-2.0 */
#include "pack.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "write_all.h"

#define LEVEL 1
#define PIECE (256u << 10)

/* A file in memory; size 0: empty, or it cannot be mapped. */
struct mapped {
    const char *at;
    uint64_t size;
};

static int map_file(int fd, struct mapped *m)
{
    struct stat st;
    *m = (struct mapped){NULL, 0};
    if (fstat(fd, &st))
        return -1;
    if (!st.st_size)
        return 0;
    void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED)
        return -1;
    madvise(at, (size_t)st.st_size, MADV_SEQUENTIAL);
    *m = (struct mapped){at, (uint64_t)st.st_size};
    return 0;
}

static void unmap_file(struct mapped *m)
{
    if (m->size)
        munmap((void *)(uintptr_t)m->at, m->size);
}

/* Its place is shared with whoever died over it. */
static int start_anew(int fd)
{
    return ftruncate(fd, 0) || lseek(fd, 0, SEEK_SET) ? -1 : 0;
}

static int wrong(int code)
{
    errno = code;
    return -1;
}

static int pack_bytes(ZSTD_CCtx *z, const struct mapped *from, int to, char *room, uint64_t *size)
{
    ZSTD_inBuffer in = {from->at, from->size, 0};
    for (size_t left = 1; left;) {
        ZSTD_outBuffer out = {room, PIECE, 0};
        left = ZSTD_compressStream2(z, &out, &in, ZSTD_e_end);
        if (ZSTD_isError(left))
            return wrong(ENOMEM);
        if (write_all(to, room, out.pos))
            return -1;
        *size += out.pos;
    }
    return 0;
}

int pack_file(int from, int to, uint64_t *size)
{
    struct mapped m;
    *size = 0;
    if (start_anew(to) || map_file(from, &m))
        return -1;
    ZSTD_CCtx *z = ZSTD_createCCtx();
    char *room = malloc(PIECE);
    int status = -1;
    if (!z || !room || ZSTD_isError(ZSTD_CCtx_setParameter(z, ZSTD_c_compressionLevel, LEVEL)) ||
        ZSTD_isError(ZSTD_CCtx_setPledgedSrcSize(z, m.size)))
        errno = ENOMEM;
    else
        status = pack_bytes(z, &m, to, room, size);
    ZSTD_freeCCtx(z);
    free(room);
    unmap_file(&m);
    return status;
}

static int expand_bytes(ZSTD_DCtx *z, const struct mapped *from, int to, char *room, XXH3_state_t *x, uint64_t *size)
{
    ZSTD_inBuffer in = {from->at, from->size, 0};
    for (size_t left = 1; left;) {
        ZSTD_outBuffer out = {room, PIECE, 0};
        size_t before = in.pos;
        left = ZSTD_decompressStream(z, &out, &in);
        if (ZSTD_isError(left) || (left && in.pos == before && !out.pos)) /* damaged, or cut short */
            return wrong(EBADMSG);
        if (write_all(to, room, out.pos))
            return -1;
        XXH3_64bits_update(x, room, out.pos);
        *size += out.pos;
    }
    return in.pos == in.size ? 0 : wrong(EBADMSG);
}

int pack_expand(int from, int to, uint64_t *sum, uint64_t *size)
{
    struct mapped m;
    *sum = *size = 0;
    if (start_anew(to) || map_file(from, &m))
        return -1;
    if (!m.size)
        return wrong(EBADMSG);
    ZSTD_DCtx *z = ZSTD_createDCtx();
    char *room = malloc(PIECE);
    XXH3_state_t *x = XXH3_createState();
    int status = -1;
    if (!z || !room || !x) {
        errno = ENOMEM;
    } else {
        XXH3_64bits_reset(x);
        status = expand_bytes(z, &m, to, room, x, size);
        *sum = XXH3_64bits_digest(x);
    }
    ZSTD_freeDCtx(z);
    free(room);
    XXH3_freeState(x);
    unmap_file(&m);
    return status;
}

uint64_t pack_size(int fd)
{
    char head[18]; /* ZSTD_FRAMEHEADERSIZE_MAX */
    ssize_t n = pread(fd, head, sizeof head, 0);
    unsigned long long size = n > 0 ? ZSTD_getFrameContentSize(head, (size_t)n) : 0;
    return size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR ? 0 : size;
}
