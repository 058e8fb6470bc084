/* SPDX-License-Identifier: Apache-2.0
 *
 * Prints the size of every struct of the contract and the offset of every member, for sizes.txt.
 */
#include <stddef.h>
#include <stdio.h>

#include <assay/plugin.h>

#define S(s) printf("%s %zu\n", #s, sizeof(struct s))
#define M(s, m) printf("%s.%s %zu\n", #s, #m, offsetof(struct s, m))

int main(void)
{
    S(assay_text);
    M(assay_text, at);
    M(assay_text, size);
    S(assay_span);
    M(assay_span, begin);
    M(assay_span, end);
    S(assay_place);
    M(assay_place, doc);
    M(assay_place, span);
    S(assay_ref);
    M(assay_ref, doc);
    M(assay_ref, index);
    M(assay_ref, zero);
    S(assay_list);
    M(assay_list, at);
    M(assay_list, count);
    M(assay_list, stride);
    S(assay_field);
    M(assay_field, name);
    M(assay_field, type);
    M(assay_field, flags);
    M(assay_field, offset);
    M(assay_field, size);
    M(assay_field, has);
    M(assay_field, zero);
    M(assay_field, of);
    M(assay_field, fallback);
    M(assay_field, min);
    M(assay_field, max);
    M(assay_field, help);
    S(assay_fields);
    M(assay_fields, row_size);
    M(assay_fields, rows);
    M(assay_fields, record_size);
    M(assay_fields, zero);
    M(assay_fields, row);
    S(assay_layer);
    M(assay_layer, use);
    M(assay_layer, major);
    M(assay_layer, where);
    M(assay_layer, stage);
    M(assay_layer, name);
    M(assay_layer, fields);
    M(assay_layer, help);
    S(assay_map);
    M(assay_map, from);
    M(assay_map, to);
    M(assay_map, count);
    M(assay_map, from_step);
    M(assay_map, to_step);
    M(assay_map, zero);
    S(assay_layer_info);
    M(assay_layer_info, name);
    M(assay_layer_info, plugin);
    M(assay_layer_info, major);
    M(assay_layer_info, where);
    M(assay_layer_info, fields);
    M(assay_layer_info, help);
    S(assay_host);
    M(assay_host, struct_size);
    M(assay_host, abi_major);
    M(assay_host, abi_minor);
    M(assay_host, own);
    M(assay_host, fail);
    M(assay_host, note);
    M(assay_host, alloc);
    M(assay_host, find);
    M(assay_host, memory);
    M(assay_host, item_size);
    M(assay_host, item_read);
    M(assay_host, item_bytes);
    M(assay_host, item_place);
    M(assay_host, add_document);
    M(assay_host, add_item);
    M(assay_host, failed);
    M(assay_host, skipped);
    M(assay_host, text);
    M(assay_host, docid);
    M(assay_host, set_text);
    M(assay_host, raw);
    M(assay_host, map);
    M(assay_host, records);
    M(assay_host, add);
    M(assay_host, amend);
    M(assay_host, emit);
    M(assay_host, count);
    M(assay_host, next);
    M(assay_host, to_document);
    M(assay_host, to_corpus);
    M(assay_host, share);
    M(assay_host, shared);
    M(assay_host, view);
    M(assay_host, resolve);
    M(assay_host, name);
    M(assay_host, next_document);
    M(assay_host, corpus);
    M(assay_host, layers);
    M(assay_host, layer);
    M(assay_host, sink);
    M(assay_host, write);
    M(assay_host, sink_colour);
    S(assay_round);
    M(assay_round, name);
    M(assay_round, key_size);
    M(assay_round, min_group);
    M(assay_round, value);
    M(assay_round, map);
    M(assay_round, combine);
    M(assay_round, reduce);
    M(assay_round, finish);
    M(assay_round, finish_slot);
    M(assay_round, flags);
    S(assay_plugin);
    M(assay_plugin, struct_size);
    M(assay_plugin, abi_major);
    M(assay_plugin, abi_minor);
    M(assay_plugin, layer_size);
    M(assay_plugin, round_size);
    M(assay_plugin, name);
    M(assay_plugin, version);
    M(assay_plugin, summary);
    M(assay_plugin, license);
    M(assay_plugin, role);
    M(assay_plugin, flags);
    M(assay_plugin, options);
    M(assay_plugin, layer);
    M(assay_plugin, round);
    M(assay_plugin, layers);
    M(assay_plugin, rounds);
    M(assay_plugin, open);
    M(assay_plugin, accept);
    M(assay_plugin, read);
    M(assay_plugin, prepare);
    M(assay_plugin, analyse);
    M(assay_plugin, write);
    M(assay_plugin, close);
    M(assay_plugin, describe);
    return 0;
}
