/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "index.h"
#include "segment.h"

static void add_block(struct stream *stream, uint32_t tag, uint32_t size)
{
    uint64_t begun = stream_begin(stream, BLOCK_NOTE, tag);
    bytes_add(&stream->buf, NULL, size);
    assert_int_equal(stream_end(stream, begun, tag), 0);
}

static void check_blocks(struct segment *segment, uint64_t end, uint32_t want)
{
    uint64_t at = 0;
    uint32_t n = 0;
    assert_int_equal(segment_map(segment), 0);
    end = end ? end : segment->size;
    for (const struct block *b; (b = block_next(segment->at, end, &at)); n++) {
        assert_int_equal(b->tag, n);
        assert_int_equal(b->size % 8, 0);
    }
    assert_int_equal(n, want);
}

static void use(int spill, uint64_t memory, int in_file)
{
    struct store store;
    struct segment segment;
    struct stream stream;
    assert_int_equal(store_open(&store, memory), 0);
    assert_int_equal(segment_create(&store, &segment, spill), 0);
    assert_int_equal(stream_open(&stream, &store, &segment, 0), 0);
    for (uint32_t i = 0; i < 10; i++)
        add_block(&stream, i, 100 * i + 3);
    assert_int_equal(stream_flush(&stream), 0);
    uint64_t valid = stream.at;
    add_block(&stream, 10, 5000); /* written, but its progress never stored: a successor cuts it off */
    assert_int_equal(stream_flush(&stream), 0);
    assert_int_equal(atomic_load(store.used), stream.at);
    assert_true((stream.fd == segment.file) == in_file);
    stream_close(&stream);
    check_blocks(&segment, 0, 11);
    assert_int_equal(stream_open(&stream, &store, &segment, valid), 0);
    assert_int_equal(atomic_load(store.used), valid);
    add_block(&stream, 10, 8);
    add_block(&stream, 11, 0);
    assert_int_equal(stream_flush(&stream), 0);
    uint64_t whole = stream.at;
    stream_close(&stream);
    check_blocks(&segment, whole, 12);
    check_blocks(&segment, whole - 1, 11); /* half a block is none */
    assert_null(foot_of(&segment));
    segment_close(&store, &segment);
    assert_int_equal(atomic_load(store.used), 0);
    store_close(&store);
}

static void in_memory(void **state)
{
    (void)state;
    use(0, 1 << 20, 0);
    use(1, 1 << 20, 0);
}

static void in_a_file(void **state)
{
    (void)state;
    use(1, 0, 1);
}

static void an_empty_segment(void **state)
{
    (void)state;
    struct store store;
    struct segment segment;
    assert_int_equal(store_open(&store, 1 << 20), 0);
    assert_int_equal(segment_create(&store, &segment, 0), 0);
    check_blocks(&segment, 0, 0);
    assert_null(foot_of(&segment));
    segment_close(&store, &segment);
    store_close(&store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(in_memory), cmocka_unit_test(in_a_file), cmocka_unit_test(an_empty_segment)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
