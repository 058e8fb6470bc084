/* SPDX-License-Identifier: Apache-2.0
 *
 * assay diff OLD NEW: findings gained, lost and changed between two results, by id. A finding is changed where its
 * `state` (verdict and values) is another.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <assay/kit/json.h>
#include <assay/kit/say.h>

#include "cmd.h"
#include "history.h"
#include "resultdb.h"

const struct arg_spec cmd_diff_spec[] = {CMD_JSON_OUT, CMD_HELP, CMD_END};

static const char select_all[] =
    "SELECT id, coalesce(state, ''), verdict, severity, title, rank FROM finding ORDER BY rank, id";
static const char select_one[] =
    "SELECT id, coalesce(state, ''), verdict, severity, title, rank FROM finding WHERE id = ?";

enum { GAINED, LOST, CHANGED, KINDS };
static const char *const kind_name[KINDS] = {"gained", "lost", "changed"};

struct differing {
    struct assay_buf list[KINDS];
    uint64_t count[KINDS], same;
    int json;
};

static struct assay_text cell(sqlite3_stmt *s, int i)
{
    const unsigned char *text = sqlite3_column_text(s, i);
    return (struct assay_text){(const char *)text, text ? (uint64_t)sqlite3_column_bytes(s, i) : 0};
}

static int same_state(sqlite3_stmt *a, sqlite3_stmt *b)
{
    struct assay_text x = cell(a, 1), y = cell(b, 1);
    return x.size == y.size && (!x.size || !memcmp(x.at, y.at, x.size));
}

static void add_json(struct assay_buf *b, sqlite3_stmt *s)
{
    static const char *const key[] = {"id", "state", "verdict", "severity", "title"};
    int first = 1;
    assay_buf_byte(b, '{');
    for (int i = 0; i < 5; i++) {
        assay_json_key(b, &first, key[i]);
        assay_json_text(b, cell(s, i));
    }
    assay_json_key(b, &first, "rank");
    assay_json_i64(b, sqlite3_column_int64(s, 5));
    assay_buf_byte(b, '}');
}

static void add_line(struct assay_buf *b, const char *before, sqlite3_stmt *s)
{
    assay_buf_text(b, before);
    assay_say_line(b, cell(s, 4));
    assay_buf_text(b, " (");
    assay_say_line(b, cell(s, 2));
    assay_buf_text(b, ", ");
    assay_say_line(b, cell(s, 3));
    assay_buf_text(b, ")\n");
}

static int same_line(sqlite3_stmt *a, sqlite3_stmt *b)
{
    for (int i = 2; i < 5; i++) {
        struct assay_text x = cell(a, i), y = cell(b, i);
        if (x.size != y.size || (x.size && memcmp(x.at, y.at, x.size)))
            return 0;
    }
    return 1;
}

/* `was` only with CHANGED. */
static void note(struct differing *d, int kind, sqlite3_stmt *was, sqlite3_stmt *now)
{
    struct assay_buf *b = &d->list[kind];
    if (d->json) {
        assay_buf_text(b, d->count[kind] ? ",\n  " : "\n  ");
        if (was) {
            assay_buf_text(b, "{\"was\":");
            add_json(b, was);
            assay_buf_text(b, ",\"now\":");
        }
        add_json(b, now);
        if (was)
            assay_buf_byte(b, '}');
    } else if (was) {
        add_line(b, "  ~ ", now);
        if (same_line(was, now))
            assay_buf_text(b, "    in the same words, but with other values or sources\n");
        else
            add_line(b, "    was: ", was);
    } else {
        add_line(b, kind == GAINED ? "  + " : "  - ", now);
    }
    d->count[kind]++;
}

/* What stands in `from`, compared with its namesake in `other`. Gained and changed are seen from the new side. */
static int compare(struct differing *d, sqlite3 *from, sqlite3 *other, int lost)
{
    sqlite3_stmt *all = NULL, *one = NULL;
    int ok = sqlite3_prepare_v2(from, select_all, -1, &all, NULL) == SQLITE_OK &&
             sqlite3_prepare_v2(other, select_one, -1, &one, NULL) == SQLITE_OK;
    int status = SQLITE_DONE;
    while (ok && (status = sqlite3_step(all)) == SQLITE_ROW) {
        struct assay_text id = cell(all, 0);
        sqlite3_bind_text64(one, 1, id.at, id.size, SQLITE_TRANSIENT, SQLITE_UTF8);
        int known = sqlite3_step(one) == SQLITE_ROW;
        if (!known)
            note(d, lost ? LOST : GAINED, NULL, all);
        else if (!lost && !same_state(all, one))
            note(d, CHANGED, one, all);
        else if (!lost)
            d->same++;
        sqlite3_reset(one);
    }
    sqlite3_finalize(all);
    sqlite3_finalize(one);
    return ok && status == SQLITE_DONE;
}

static void add_report(struct assay_buf *b, struct differing *d)
{
    for (int kind = 0; kind < KINDS; kind++) {
        if (!d->json && !d->count[kind])
            continue;
        if (d->json)
            assay_buf_printf(b, "%s\"%s\": [", kind ? ",\n " : "{", kind_name[kind]);
        else
            assay_buf_printf(b, "%s (%llu)\n", kind_name[kind], (unsigned long long)d->count[kind]);
        assay_buf_add(b, d->list[kind].at, d->list[kind].size);
        assay_buf_text(b, d->json ? "]" : "\n");
        b->failed |= d->list[kind].failed;
    }
    if (d->json)
        assay_buf_printf(b, ",\n \"same\": %llu}\n", (unsigned long long)d->same);
    else
        assay_buf_printf(b, "%llu gained, %llu lost, %llu changed, %llu as before\n",
                         (unsigned long long)d->count[GAINED], (unsigned long long)d->count[LOST],
                         (unsigned long long)d->count[CHANGED], (unsigned long long)d->same);
}

/* A jsonl file without a finding has no such table; a database of a chain without findings neither. */
static int has_findings(sqlite3 *db)
{
    sqlite3_stmt *s = NULL;
    int has = sqlite3_prepare_v2(db, select_all, -1, &s, NULL) == SQLITE_OK;
    sqlite3_finalize(s);
    return has;
}

static int diff(sqlite3 *old, sqlite3 *new, const char *const name[2], const struct args *a, struct diag *diag)
{
    struct differing d = {.json = args_flag(a, "json")};
    struct assay_buf out = {0};
    static const char empty[] = "CREATE TEMP TABLE finding (id, state, verdict, severity, title, rank)";
    sqlite3 *const both[2] = {old, new};
    for (int i = 0; i < 2; i++) {
        if (has_findings(both[i]))
            continue;
        diag_say(diag, DIAG_WARNING, "%s: no findings in it", name[i]);
        sqlite3_exec(both[i], empty, NULL, NULL, NULL);
    }
    /* In memory the ids of a jsonl file have no index. */
    sqlite3_exec(old, "CREATE INDEX IF NOT EXISTS finding_by_id ON finding(id)", NULL, NULL, NULL);
    sqlite3_exec(new, "CREATE INDEX IF NOT EXISTS finding_by_id ON finding(id)", NULL, NULL, NULL);
    int code = RUN_USAGE;
    if (!compare(&d, new, old, 0) || !compare(&d, old, new, 1)) {
        diag_say(diag, DIAG_ERROR, "%s / %s", sqlite3_errmsg(old), sqlite3_errmsg(new));
    } else {
        add_report(&out, &d);
        code = cmd_print(&out, diag);
    }
    for (int kind = 0; kind < KINDS; kind++)
        assay_buf_free(&d.list[kind]);
    return code;
}

int cmd_diff(const struct args *a, struct diag *diag)
{
    if (!cmd_operands(a, diag, "diff OLD NEW, or diff DIR", 1, 2))
        return RUN_USAGE;
    int folder = a->operand.count == 1;
    const char *was = a->operand.at[0], *is = a->operand.at[folder ? 0 : 1];
    char *kept[2] = {history_path(was, folder), history_path(is, 0)};
    const char *const name[2] = {kept[0] ? kept[0] : was, kept[1] ? kept[1] : is};
    sqlite3 *old = NULL, *new = NULL;
    if (folder && access(was, F_OK))
        diag_say(diag, DIAG_ERROR, "%s: %s", was, strerror(errno));
    else if (folder && !kept[0])
        diag_say(diag, DIAG_ERROR, "%s: no run folder; name two results, or a run folder with two runs", was);
    else if (folder && access(name[0], F_OK) && !access(name[1], F_OK))
        diag_say(diag, DIAG_ERROR, "%s: only one run was made there so far; diff needs two", was);
    else
        old = resultdb_open(name[0], diag);
    if (old)
        new = resultdb_open(name[1], diag);
    int code = old && new ? diff(old, new, name, a, diag) : RUN_USAGE;
    free(kept[0]);
    free(kept[1]);
    sqlite3_close(old);
    sqlite3_close(new);
    return code;
}
