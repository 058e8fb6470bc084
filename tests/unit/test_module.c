/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "module.h"

/* ---- descriptors, as loaded code might claim them ---- */

struct thing {
    struct assay_span span;
    uint32_t rank, zero;
};
static const struct assay_field thing_rows[] = {
    ASSAY_FIELD(struct thing, span, ASSAY_SPAN, ASSAY_SELF, NULL, ""),
    ASSAY_FIELD(struct thing, rank, ASSAY_U32, ASSAY_KEY, NULL, ""),
};
static const struct assay_fields thing = ASSAY_FIELDS(struct thing, thing_rows);
static const struct assay_field bare_rows[] = {ASSAY_FIELD(struct thing, zero, ASSAY_U32, 0, NULL, "")};
static const struct assay_fields bare = ASSAY_FIELDS(struct thing, bare_rows);

static assay_status open_it(const struct assay_host *h, const void *o, void **self)
{
    (void)h, (void)o, (void)self;
    return ASSAY_OK;
}
static assay_status on_doc(void *self, struct assay_doc *d)
{
    (void)self, (void)d;
    return ASSAY_OK;
}
static assay_status read_it(void *self, struct assay_item *i, struct assay_text n)
{
    (void)self, (void)i, (void)n;
    return ASSAY_OK;
}
static assay_status write_it(void *self, struct assay_results *r)
{
    (void)self, (void)r;
    return ASSAY_OK;
}
static assay_status map_it(void *self, const struct assay_doc *d, struct assay_out *o)
{
    (void)self, (void)d, (void)o;
    return ASSAY_OK;
}
static assay_status reduce_it(void *self, const void *key, uint32_t size, struct assay_values *v, struct assay_out *o)
{
    (void)self, (void)key, (void)size, (void)v, (void)o;
    return ASSAY_OK;
}
static assay_status finish_it(void *self, struct assay_values *v, struct assay_out *o)
{
    (void)self, (void)v, (void)o;
    return ASSAY_OK;
}

static struct assay_layer layer[3];
static struct assay_round rounds[2];
static struct assay_plugin p;
static char room[512];

static int set_up(void **state)
{
    (void)state;
    const struct assay_layer l[3] = {{ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "sentence", &thing, ""},
                                     {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS | ASSAY_UNIQUE, 1, "my_thing", &thing, ""},
                                     {ASSAY_PRIVATE, 1, ASSAY_ON_CORPUS, 2, "my_edge", &thing, ""}};
    const struct assay_round r[2] = {{"first", 8, 0, &thing, map_it, NULL, NULL, finish_it, ASSAY_NEVER, 0},
                                     {"second", 0, 2, NULL, map_it, NULL, NULL, finish_it, 2, 0}};
    memcpy(layer, l, sizeof l);
    memcpy(rounds, r, sizeof r);
    p = (struct assay_plugin){ASSAY_ABI, "name", "1", "", "MIT", ASSAY_ANALYSER, 0, NULL, layer, rounds, 3, 2, open_it, NULL, NULL, NULL, on_doc, NULL, NULL, NULL, NULL, NULL};
    return 0;
}

#define REFUSED(what)                                              \
    do {                                                           \
        const char *why = module_check(&p, "name", room, sizeof room); \
        assert_non_null(why);                                      \
        if (!strstr(why, what))                                    \
            fail_msg("said: %s", why);                             \
        set_up(NULL);                                              \
    } while (0)

static void a_good_one(void **state)
{
    (void)state;
    const char *why = module_check(&p, "name", room, sizeof room);
    if (why)
        fail_msg("%s", why);
}

static void versions(void **state)
{
    (void)state;
    p.abi_major = ASSAY_ABI_MAJOR + 1;
    REFUSED("contract 2.0, this assay has 1.0");
    p.abi_minor = ASSAY_ABI_MINOR + 1;
    REFUSED("contract 1.1, this assay has 1.0");
    p.struct_size = 96;
    REFUSED("96 bytes");
    p.struct_size = 0;
    REFUSED("does not begin with ASSAY_ABI");
    p.layer_size = 8;
    REFUSED("sizes");
    p.struct_size = 4096; /* a newer plugin of the same minor may be longer */
    assert_null(module_check(&p, "name", room, sizeof room));
}

static void names_and_roles(void **state)
{
    (void)state;
    p.name = "other";
    REFUSED("calls itself 'other'");
    p.name = NULL;
    REFUSED("calls itself ''");
    p.version = "";
    REFUSED("no version");
    p.summary = NULL;
    REFUSED("no summary");
    p.license = NULL;
    REFUSED("no license");
    p.role = 9;
    REFUSED("role 9");
    p.flags = 64;
    REFUSED("0x40");
    p.flags = ASSAY_LINES;
    REFUSED("readers");
    p.flags = ASSAY_ALL_LAYERS;
    REFUSED("writers");
}

static void hooks(void **state)
{
    (void)state;
    p.open = NULL;
    REFUSED("no open");
    p.write = write_it;
    REFUSED("another role");
    p.role = ASSAY_WRITER;
    REFUSED("a writer, but has no write");
    p.analyse = NULL;
    p.rounds = 0;
    REFUSED("an analyser, but has no analyse and no rounds");
    p.analyse = NULL; /* rounds alone are fine */
    assert_null(module_check(&p, "name", room, sizeof room));
    set_up(NULL);
    p.role = ASSAY_READER;
    p.analyse = NULL;
    p.rounds = 0;
    p.layers = 1;
    p.read = read_it;
    REFUSED("has to provide document/1");
}

static void layers(void **state)
{
    (void)state;
    layer[0].name = NULL;
    REFUSED("layer 0 is called ''");
    layer[0].use = 7;
    REFUSED("use or major");
    layer[0].major = 0;
    REFUSED("use or major");
    layer[0].stage = 3;
    REFUSED("its stage is 3, but the plugin has 2 rounds");
    layer[0].fields = NULL;
    REFUSED("no field table");
    layer[0].name = "Sentence";
    REFUSED("layer 0 is called 'Sentence'");
    layer[1].name = "sentence";
    REFUSED("twice");
    layer[1].stage = 0;
    REFUSED("comes out of a round");
    layer[1].fields = &bare;
    REFUSED("UNIQUE");
    layer[1].where = ASSAY_ON_CORPUS | 128u;
    REFUSED("unknown place");
    layer[1].where = ASSAY_ON_CORPUS | ASSAY_NAMED;
    REFUSED("NAMED");
    layer[1].where = ASSAY_ON_CORPUS | ASSAY_BY_MAP;
    REFUSED("BY_MAP");
    layer[1].where = ASSAY_ON_CORPUS | ASSAY_PASSING;
    REFUSED("PASSING");
    layer[1].where = ASSAY_ON_CORPUS | ASSAY_UNTIL(1);
    REFUSED("UNTIL");
    layer[1].where = ASSAY_ON_DOCUMENT | ASSAY_IN_HAND;
    REFUSED("IN_HAND");
    layer[1].name = "failure";
    REFUSED("the host's");
    layer[1].name = "document";
    REFUSED("amend");
    p.layers = 1000;
    REFUSED("1000 layers");
    p.layer = NULL;
    REFUSED("layers");
}

static void round_checks(void **state)
{
    (void)state;
    rounds[0].map = NULL;
    REFUSED("no map");
    rounds[0].finish = NULL;
    REFUSED("neither reduce nor finish");
    rounds[0].key_size = 65;
    REFUSED("64 bytes");
    rounds[1].finish_slot = 9;
    REFUSED("finish_slot 9");
    rounds[1].finish_slot = 1;
    REFUSED("no private corpus layer");
    rounds[0].finish = NULL; /* its slot does not count */
    rounds[0].reduce = reduce_it;
    rounds[0].finish_slot = 9;
    assert_null(module_check(&p, "name", room, sizeof room));
    set_up(NULL);
    layer[2].stage = 1;
    REFUSED("no private corpus layer");
    rounds[0].name = NULL;
    REFUSED("round 1 has no name");
}

/* ---- files ---- */

static char folder[64];

static const char *put(const char *name, const char *text)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    return path;
}

static const char *reason(struct modules *m, const char *name)
{
    const struct module *x = modules_get(m, name);
    assert_non_null(x);
    assert_null(x->plugin);
    assert_non_null(x->refused);
    return x->refused;
}

static void files_that_are_no_plugins(void **state)
{
    (void)state;
    char command[128];
    strcpy(folder, "/tmp/assay-module-XXXXXX");
    assert_non_null(mkdtemp(folder));
    char text[200];
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = 0;
    put("text.so", text);
    put("empty.so", "");
    put("lib-bad.so", "x");
    put("README", "x");
    assert_int_equal(chmod(put("open.so", "x"), 0666), 0);
    char inner[128];
    snprintf(inner, sizeof inner, "%s/dir.so", folder);
    mkdir(inner, 0755);
    const char *dirs[] = {folder, "/nonexistent", NULL};
    struct diag silent = {.fd = -1, .least = DIAG_ERROR};
    struct modules *m = modules_new(dirs, &silent);
    assert_non_null(m);
    assert_int_equal(silent.warnings, 1);
    assert_non_null(strstr(reason(m, "text"), "ELF"));
    assert_non_null(strstr(reason(m, "empty"), "too short"));
    assert_non_null(strstr(reason(m, "lib-bad"), "is called"));
    assert_non_null(strstr(reason(m, "open"), "everybody may write"));
    assert_non_null(strstr(reason(m, "dir"), "no file"));
    assert_null(modules_get(m, "README"));
    assert_null(modules_get(m, "nothing"));
    assert_string_equal(modules_dirs(m)[0], folder);
    for (uint32_t i = 1; i < modules_count(m); i++)
        assert_true(strcmp(modules_at(m, i - 1)->name, modules_at(m, i)->name) < 0);
    modules_free(m);
    assert_int_equal(chmod(folder, 0777), 0);
    m = modules_new(dirs, &silent);
    assert_null(modules_get(m, "text"));
    modules_free(m);
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

static void names_of_plugins(void **state)
{
    (void)state;
    assert_true(module_good_name("a"));
    assert_true(module_good_name("a1_b"));
    assert_true(module_good_name("abcdefghijklmnopqrstuvwxyz012345"));
    assert_false(module_good_name("abcdefghijklmnopqrstuvwxyz0123456"));
    assert_false(module_good_name(""));
    assert_false(module_good_name(NULL));
    assert_false(module_good_name("1a"));
    assert_false(module_good_name("_a"));
    assert_false(module_good_name("a-b"));
    assert_false(module_good_name("a.b"));
    assert_false(module_good_name("A"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_good_one, set_up), cmocka_unit_test_setup(versions, set_up),     cmocka_unit_test_setup(names_and_roles, set_up),
        cmocka_unit_test_setup(hooks, set_up),      cmocka_unit_test_setup(layers, set_up),       cmocka_unit_test_setup(round_checks, set_up),
        cmocka_unit_test(names_of_plugins),         cmocka_unit_test(files_that_are_no_plugins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
