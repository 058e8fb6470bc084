/* SPDX-License-Identifier: Apache-2.0
 *
 * The program: global options, help, and the command named.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "version.h"
#include "write_all.h"

/* A file opened later must not become stdin, stdout or stderr. A stdin that was closed cannot be read and a stdout that
 * was closed cannot be written, so that nothing is lost in silence. */
static void hold_descriptors(void)
{
    static const int mode[] = {O_WRONLY, O_RDONLY, O_WRONLY};
    for (int fd = 0; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", mode[fd]) != fd)
            return;
}

static struct diag new_diag(int argc, char **argv)
{
    const char *term = getenv("TERM"), *no = getenv("NO_COLOR");
    struct diag d = {.fd = STDERR_FILENO, .least = DIAG_INFO};
    d.colour = isatty(STDERR_FILENO) && !(no && *no) && term && strcmp(term, "dumb") != 0;
    /* Also where the arguments turn out to be wrong. */
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        d.json |= strcmp(argv[i], "--json") == 0;
    return d;
}

static void help_all(struct assay_buf *b)
{
    assay_buf_text(b, "usage: assay COMMAND [ARGUMENT...]\n\n");
    for (const struct cmd *c = cmd_all; c->name; c++)
        assay_buf_printf(b, "  %-8s %-16s %s\n", c->name, c->operands, c->summary);
    assay_buf_text(
        b, "\n  assay COMMAND --help shows its options; assay --version the version.\n"
           "  Exit codes: 0 done, 1 findings (--fail-on), 2 usage, chain file or a path, 3 some documents failed,\n"
           "  4 a plugin cannot be loaded or breaks its contract, 5 internal, 128+N signal N.\n");
}

static void help_one(struct assay_buf *b, const struct cmd *c)
{
    assay_buf_printf(b, "usage: assay %s%s%s [OPTION...]\n%s\n\n", c->name, *c->operands ? " " : "", c->operands,
                     c->summary);
    for (const struct arg_spec *s = c->spec; s->name; s++) {
        char left[64];
        if (!s->help)
            continue;
        int n = s->letter
                    ? snprintf(left, sizeof left, "-%c%s%s, --%s", s->letter, s->value ? " " : "",
                               s->value ? s->value : "", s->name)
                    : snprintf(left, sizeof left, "--%s%s%s", s->name, s->value ? " " : "", s->value ? s->value : "");
        assay_buf_printf(b, n > 26 ? "  %s\n%30s%s\n" : "  %-26s%.0s  %s\n", left, "", s->help);
    }
}

static const struct cmd *find_command(const char *name, struct diag *diag)
{
    const char *names[32];
    uint32_t n = 0;
    for (const struct cmd *c = cmd_all; c->name; c++) {
        if (strcmp(c->name, name) == 0)
            return c;
        names[n++] = c->name;
    }
    names[n] = NULL;
    const char *near = diag_nearest(name, names), *end = strrchr(name, '.');
    int chain = end && strcmp(end, ".conf") == 0;
    char hint[64];
    snprintf(hint, sizeof hint, "did you mean '%s'?", near ? near : "");
    diag_at(diag, DIAG_ERROR, NULL,
            near    ? hint
            : chain ? "a chain is run by: assay run CHAIN PATH"
                    : "assay --help shows the commands",
            "there is no %s '%s'", *name == '-' ? "option" : "command", name);
    return NULL;
}

static int run_command(const struct cmd *c, int argc, char **argv, struct diag *diag)
{
    struct args a;
    struct assay_buf out = {0};
    int code = RUN_USAGE;
    if (args_parse(&a, c->spec, argc, argv, diag)) {
        if (args_flag(&a, "quiet"))
            diag->least = DIAG_WARNING;
        if (args_flag(&a, "verbose"))
            diag->least = DIAG_DEBUG;
        if (args_flag(&a, "help")) {
            help_one(&out, c);
            code = cmd_print(&out, diag);
        } else {
            code = c->run(&a, diag);
        }
    }
    args_free(&a);
    return code;
}

int main(int argc, char **argv)
{
    struct assay_buf out = {0};
    hold_descriptors();
    /* A closed pipe is an error of a write, not a death. Nothing may depend on where and when it runs. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that grows too large is an error of write, which names it */
    setenv("LC_ALL", "C", 1);
    setenv("TZ", "UTC0", 1);
    struct diag diag = new_diag(argc, argv);
    const char *word = argc > 1 ? argv[1] : NULL;
    if (word && (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)) {
        assay_buf_printf(&out, "assay %s (plugin contract %d.%d)\n", assay_version(), ASSAY_ABI_MAJOR, ASSAY_ABI_MINOR);
        return cmd_print(&out, &diag);
    }
    int help = word && strcmp(word, "help") == 0;
    if (word && (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 ||
                 (help && (argc == 2 || strcmp(argv[2], "help") == 0)))) {
        help_all(&out);
        return cmd_print(&out, &diag);
    }
    if (!word) {
        help_all(&out);
        diag_say(&diag, DIAG_ERROR, "no command");
        write_all(STDERR_FILENO, out.at, out.size);
        assay_buf_free(&out);
        return RUN_USAGE;
    }
    const struct cmd *c = find_command(help ? argv[2] : word, &diag);
    char ask[] = "--help", *asked[] = {ask};
    if (!c)
        return RUN_USAGE;
    return help ? run_command(c, 1, asked, &diag) : run_command(c, argc - 2, argv + 2, &diag);
}
