/* SPDX-License-Identifier: Apache-2.0
 * Packed files: there and back, smaller, and every kind of damage seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "pack.h"

static int file_of(const void *bytes, size_t size)
{
    int fd = memfd_create("pack", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, size), size);
    return fd;
}

static uint64_t size_of(int fd)
{
    struct stat st;
    assert_int_equal(fstat(fd, &st), 0);
    return (uint64_t)st.st_size;
}

static void there_and_back(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 100, 65536, 3u << 20};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        unsigned char *bytes = malloc(sizes[i] + 1), *back = malloc(sizes[i] + 1);
        for (size_t k = 0; k < sizes[i]; k++)
            bytes[k] = (unsigned char)(k / 7 % 13 + (k % 1000 == 0 ? k / 1000 : 0));
        int plain = file_of(bytes, sizes[i]), packed = file_of("what was here before", 20), again = file_of("and here, longer than little", 28);
        uint64_t size, sum;
        assert_int_equal(pack_file(plain, packed, &size), 0);
        assert_int_equal(size, size_of(packed));
        assert_true(sizes[i] < 1000 || size < sizes[i] / 2);
        assert_int_equal(pack_size(packed), sizes[i]);
        assert_int_equal(pack_expand(packed, again, &sum, &size), 0);
        assert_int_equal(size, sizes[i]);
        assert_int_equal(size_of(again), sizes[i]);
        assert_int_equal(pread(again, back, sizes[i] + 1, 0), sizes[i]);
        assert_memory_equal(back, bytes, sizes[i]);
        assert_true(sum == XXH3_64bits(bytes, sizes[i]));
        close(plain);
        close(packed);
        close(again);
        free(bytes);
        free(back);
    }
}

static void damage(void **state)
{
    (void)state;
    char bytes[4096], packed_bytes[8192];
    uint64_t size, sum, good;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * i % 251);
    int plain = file_of(bytes, sizeof bytes), packed = file_of("", 0), to = file_of("", 0);
    assert_int_equal(pack_file(plain, packed, &size), 0);
    assert_true(pread(packed, packed_bytes, sizeof packed_bytes, 0) == (ssize_t)size);
    assert_int_equal(pack_expand(packed, to, &good, &sum), 0);
    for (uint64_t cut = 0; cut < size; cut++) { /* cut short anywhere: an error */
        uint64_t n;
        int fd = file_of(packed_bytes, cut);
        errno = 0;
        assert_int_equal(pack_expand(fd, to, &sum, &n), -1);
        assert_int_equal(errno, EBADMSG);
        close(fd);
    }
    for (uint64_t at = 0; at < size; at += 5) { /* one byte another: an error, or another sum, or the same bytes */
        uint64_t n;
        packed_bytes[at] = (char)(packed_bytes[at] ^ 0x55);
        int fd = file_of(packed_bytes, size), status = pack_expand(fd, to, &sum, &n);
        if (!status && sum == good) {
            char back[sizeof bytes];
            assert_int_equal(pread(to, back, sizeof back, 0), sizeof back);
            assert_memory_equal(back, bytes, sizeof back);
        }
        packed_bytes[at] = (char)(packed_bytes[at] ^ 0x55);
        close(fd);
    }
    char more[8193];
    memcpy(more, packed_bytes, size);
    more[size] = 'x';
    int longer = file_of(more, size + 1), none = file_of("no packed bytes", 15);
    assert_int_equal(pack_expand(longer, to, &sum, &size), -1);
    assert_int_equal(pack_expand(none, to, &sum, &size), -1);
    assert_int_equal(pack_size(none), 0);
    close(longer);
    close(none);
    close(plain);
    close(packed);
    close(to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(there_and_back), cmocka_unit_test(damage)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
