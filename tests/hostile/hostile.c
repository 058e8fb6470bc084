/* SPDX-License-Identifier: Apache-2.0
 *
 * One source, four plugins (reader, preparer, analyser, writer) that do what their option `what` says in the hook that
 * `hook` names, on texts that contain `on`. Otherwise the reader makes a document of each line, the preparer nothing, the
 * analyser a record for each word beginning with a capital, its round a count a word, the writer a list.
 */
#include <assay/layers/document.h>
#include <assay/layers/host.h>
#include <assay/plugin.h>

#include <fcntl.h>
#include <fenv.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct options {
    struct assay_text what, hook, on, path;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, what, ASSAY_TEXT, 0, NULL, "nothing", NULL, NULL, "what to do"),
    ASSAY_OPTION(struct options, hook, ASSAY_TEXT, 0, NULL, "analyse", NULL, NULL, "in which hook"),
    ASSAY_OPTION(struct options, on, ASSAY_TEXT, 0, NULL, "BOOM", NULL, NULL, "on texts that contain this"),
    ASSAY_OPTION(struct options, path, ASSAY_TEXT, 0, NULL, "-", NULL, NULL, "output"),
};
static const struct assay_fields option_table = ASSAY_FIELDS(struct options, option_rows);

struct word {
    struct assay_span span;
    struct assay_text text;
};
static const struct assay_field word_rows[] = {
    ASSAY_FIELD(struct word, span, ASSAY_SPAN, ASSAY_SELF, NULL, "where"),
    ASSAY_FIELD(struct word, text, ASSAY_TEXT, 0, NULL, "the word"),
};
static const struct assay_fields word_table = ASSAY_FIELDS(struct word, word_rows);

struct tally {
    struct assay_text word;
    uint64_t count;
};
static const struct assay_field tally_rows[] = {
    ASSAY_FIELD(struct tally, word, ASSAY_TEXT, ASSAY_KEY, NULL, "word"),
    ASSAY_FIELD(struct tally, count, ASSAY_U64, 0, NULL, "how often"),
};
static const struct assay_fields tally_table = ASSAY_FIELDS(struct tally, tally_rows);

struct self {
    const struct assay_host *host;
    const struct options *options;
};

static int is(struct assay_text t, const char *word)
{
    return t.size == strlen(word) && !memcmp(t.at, word, t.size);
}

/* Leaves the process other than it was, as libraries do. */
static void disturb(void)
{
    sigset_t all;
    if (chdir("/"))
        abort();
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    signal(SIGCHLD, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    umask(0777);
    setlocale(LC_ALL, "C.UTF-8");
    fesetround(FE_UPWARD);
    printf("noise on stdout\n");
}

static void leave_daemon(void);

static void leave_thread(void);

static void close_all(void);

static void perish(struct assay_text what);

static assay_status open_any(const struct assay_host *host, const void *options, void **self)
{
    struct self *s = calloc(1, sizeof *s);
    if (!s)
        return ASSAY_ENOMEM;
    s->host = host;
    s->options = options;
    if (is(s->options->what, "dumb") && is(s->options->hook, "open")) {
        free(s);
        return ASSAY_ECONF;
    }
    *self = s;
    if (is(s->options->what, "disturb") && is(s->options->hook, "open"))
        disturb();
    if (is(s->options->what, "daemon") && is(s->options->hook, "open"))
        leave_daemon();
    if (is(s->options->what, "close") && is(s->options->hook, "open"))
        close_all();
    if (is(s->options->what, "thread") && is(s->options->hook, "open"))
        leave_thread();
    if (is(s->options->hook, "open"))
        perish(s->options->what);
    return ASSAY_OK;
}

static void close_any(void *self)
{
    const struct self *s = self;
    if (is(s->options->hook, "close"))
        perish(s->options->what);
    free(self);
}

static volatile int sink;

static int deeper(int n)
{
    if (n < 0) /* never */
        return 0;
    volatile char room[4096];
    room[n & 4095] = (char)n;
    sink += room[0];
    return deeper(n + 1) + room[n & 4095];
}

static void eat(void)
{
    for (;;) {
        char *p = malloc(16 << 20);
        if (!p)
            abort();
        memset(p, 1, 16 << 20);
    }
}

/* Ways to die, to hang, and to use up what there is. They do not return. */
static void perish(struct assay_text what)
{
    if (is(what, "segfault"))
        *(volatile int *)(uintptr_t)8 = 1;
    if (is(what, "abort"))
        abort();
    if (is(what, "exit"))
        exit(7);
    if (is(what, "kill"))
        kill(getpid(), SIGKILL);
    if (is(what, "stop"))
        raise(SIGSTOP);
    if (is(what, "deaf") || is(what, "deaf-host")) { /* to all that can be blocked */
        sigset_t all;
        sigfillset(&all);
        sigprocmask(SIG_SETMASK, &all, NULL);
        if (is(what, "deaf-host")) { /* and without a host */
            FILE *mark = fopen(getenv("HOSTILE_MARK"), "w");
            fprintf(mark, "%d\n", (int)getpid());
            fclose(mark);
            kill(getppid(), SIGKILL);
        }
        for (;;)
            sink++;
    }
    if (is(what, "loop")) {
        const char *mark = getenv("HOSTILE_MARK"); /* for whoever waits for it */
        if (mark && access(mark, F_OK))
            fclose(fopen(mark, "w"));
        for (;;)
            sink++;
    }
    if (is(what, "memory"))
        eat();
    if (is(what, "stack"))
        sink = deeper(0);
    if (is(what, "flee")) { /* out of the group of processes that it was started in */
        setpgid(0, getpgid(getppid()));
        for (;;)
            sink++;
    }
    if (is(what, "once")) { /* kills the first worker only */
        const char *mark = getenv("HOSTILE_MARK");
        if (mark && access(mark, F_OK)) {
            fclose(fopen(mark, "w"));
            abort();
        }
    }
}

/* A process that belongs to nobody, has all files of this one, and stays. */
static void leave_daemon(void)
{
    if (fork())
        return;
    setsid();
    if (fork())
        _exit(0);
    const char *mark = getenv("HOSTILE_MARK");
    FILE *f = mark ? fopen(mark, "w") : NULL;
    if (f) {
        fprintf(f, "%d\n", (int)getpid());
        fclose(f);
    }
    for (;;)
        pause();
}

static void *spin(void *own)
{
    for (;;)
        sink++;
    return own;
}

static void leave_thread(void)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, spin, NULL))
        abort();
    pthread_detach(thread);
}

static void lower(int limit, rlim_t to)
{
    struct rlimit r;
    getrlimit((__rlimit_resource_t)limit, &r);
    r.rlim_cur = r.rlim_max = to;
    setrlimit((__rlimit_resource_t)limit, &r);
}

/* Writes nonsense over memory that this process shares with others, where it finds any. */
static void scribble(void)
{
    FILE *maps = fopen("/proc/self/maps", "re");
    char line[512], mode[8];
    unsigned long begin, end;
    while (maps && fgets(line, sizeof line, maps))
        if (sscanf(line, "%lx-%lx %7s", &begin, &end, mode) == 3 && !strcmp(mode, "rw-s"))
            memset((void *)begin, 0xa5, end - begin);
    if (maps)
        fclose(maps);
}

static void make_noise(void)
{
    char line[1024];
    memset(line, '#', sizeof line);
    line[sizeof line - 1] = '\n';
    for (int i = 0; i < 4096; i++)
        for (int fd = 1; fd <= 2; fd++)
            if (write(fd, line, sizeof line) < 0)
                return;
}

static void close_all(void)
{
    for (int fd = 3; fd < 1024; fd++)
        close(fd);
}

/* Leaves the process other than it was, and returns. */
static void litter(struct assay_text what)
{
    if (is(what, "busy")) /* for 50 ms */
        for (clock_t begun = clock(); clock() - begun < CLOCKS_PER_SEC / 20;)
            sink++;
    if (is(what, "fork")) /* and both return */
        sink += fork();
    int ends = is(what, "daemon-crash") || is(what, "daemon-host");
    if (is(what, "daemon") || ends)
        leave_daemon();
    if (ends) { /* when the daemon has said who it is */
        struct stat st;
        while (stat(getenv("HOSTILE_MARK"), &st) || !st.st_size)
            usleep(1000);
        if (is(what, "daemon-crash"))
            abort();
        kill(getppid(), SIGKILL);
        for (;;)
            sink++;
    }
    if (is(what, "thread"))
        leave_thread();
    if (is(what, "limit-files"))
        lower(RLIMIT_NOFILE, 0);
    if (is(what, "limit-size"))
        lower(RLIMIT_FSIZE, 0);
    if (is(what, "limit-memory"))
        lower(RLIMIT_AS, 4096);
    if (is(what, "scribble"))
        scribble();
    if (is(what, "close")) /* as what becomes a daemon does */
        close_all();
    if (is(what, "replace")) { /* and then opens its own files */
        close_all();
        for (int i = 0; i < 40; i++)
            if (open("mine", O_RDWR | O_CREAT | O_CLOEXEC, 0600) < 0)
                abort();
    }
    if (is(what, "stdout")) {
        printf("noise on stdout\n");
        fflush(stdout);
    }
    if (is(what, "noise"))
        make_noise();
    if (is(what, "disturb"))
        disturb();
}

/* More than fits. */
static assay_status flood(const struct assay_host *h, struct assay_text what, struct assay_doc *doc, struct assay_out *out)
{
    assay_status e = ASSAY_OK;
    if (is(what, "heap") || is(what, "heap-one-key")) /* 192 MB of a worker's 256 */
        for (uint32_t i = 0; i < 6000000 && !e; i++) {
            char key[8] = "k00";
            if (is(what, "heap")) {
                key[1] = (char)('0' + i % 100 / 10);
                key[2] = (char)('0' + i % 10);
            }
            e = h->emit(h, out, key, 3, NULL);
        }
    while (!e && is(what, "endless-emit"))
        e = h->emit(h, out, "k", 1, NULL);
    while (!e && is(what, "endless-corpus"))
        e = h->to_corpus(h, out, 3, &(struct tally){.word = {"k", 1}});
    while (!e && is(what, "many"))
        e = h->add(h, doc, 1, &(struct word){.span = {0, 0}});
    return e;
}

/* Calls that are wrong whether or not the host looks closely. */
static assay_status breach(const struct assay_host *h, struct assay_text what, struct assay_doc *doc, struct assay_out *out)
{
    if (is(what, "span"))
        return h->add(h, doc, 1, &(struct word){.span = {0, 1u << 30}});
    if (is(what, "torn"))
        return h->add(h, doc, 1, &(struct word){.span = {1, 2}});
    if (is(what, "wrong-hook")) {
        h->emit(h, out, "k", 1, NULL); /* its answer is not looked at: the host must not rely on that */
        return ASSAY_OK;
    }
    if (is(what, "wrong-round")) /* there is one */
        return h->shared(h, 0).at || h->shared(h, 2).at ? h->fail(h, ASSAY_EFATAL, "a blob of no round") : ASSAY_OK;
    if (is(what, "wrong-slot")) {
        h->records(h, doc, 99);
        return ASSAY_OK;
    }
    return is(what, "bad-answer") ? ASSAY_END : ASSAY_OK;
}

/* Pointers and sizes that only a host that checks can tell. */
static assay_status mislead(const struct assay_host *h, struct assay_text what, struct assay_doc *doc, struct assay_out *out)
{
    char room[8] = "gone";
    void *const nowhere = (void *)(uintptr_t)64;
    if (is(what, "bad-document"))
        return h->text(h, nowhere).at ? ASSAY_OK : ASSAY_SKIP;
    if (is(what, "bad-pointer"))
        return h->add(h, doc, 1, &(struct word){.text = {nowhere, 5}});
    if (is(what, "bad-null"))
        return h->add(h, doc, 1, NULL);
    if (is(what, "bad-size"))
        return h->add(h, doc, 1, &(struct word){.text = {"word", 1ull << 40}});
    if (is(what, "bad-utf8"))
        return h->add(h, doc, 1, &(struct word){.text = {"caf\xe9", 4}});
    if (is(what, "bad-stack"))
        return h->add(h, doc, 1, &(struct word){.text = {room, 4}});
    if (is(what, "bad-row"))
        return h->amend(h, doc, nowhere, &what);
    if (is(what, "bad-value"))
        return h->amend(h, doc, "title", NULL);
    if (is(what, "bad-format"))
        return h->fail(h, ASSAY_EDOC, nowhere);
    if (is(what, "bad-code"))
        return h->fail(h, ASSAY_OK, "all is well");
    if (is(what, "bad-subject"))
        return h->alloc(h, &what, 8) ? ASSAY_OK : ASSAY_ENOMEM;
    if (is(what, "bad-out"))
        return h->emit(h, nowhere, "k", 1, NULL);
    if (is(what, "bad-key"))
        return h->emit(h, out, nowhere, 8, NULL);
    if (is(what, "bad-corpus"))
        return h->to_corpus(h, out, 3, &(struct tally){.word = {nowhere, 8}});
    if (is(what, "bad-blob"))
        return h->share(h, out, nowhere, 1 << 20);
    if (is(what, "bad-many"))
        return h->next(h, nowhere, 1, &(struct assay_list){0}, NULL);
    return ASSAY_OK;
}

/* Does the deed, if this is the hook and the text asks for it. */
static assay_status deed(struct self *s, const char *hook, struct assay_text text, struct assay_doc *doc, struct assay_out *out)
{
    const struct assay_host *h = s->host;
    struct assay_text what = s->options->what, on = s->options->on;
    if (!is(s->options->hook, hook) || (on.size && (!text.at || !memmem(text.at, text.size, on.at, on.size))))
        return ASSAY_OK;
    perish(what);
    litter(what);
    if (is(what, "stdin"))
        return getchar() == EOF ? ASSAY_OK : h->fail(h, ASSAY_EFATAL, "stdin can be read");
    if (is(what, "fail"))
        return h->fail(h, ASSAY_EDOC, "I will not\nread this");
    if (is(what, "fatal"))
        return h->fail(h, ASSAY_EFATAL, "nothing can follow");
    if (is(what, "skip"))
        return ASSAY_SKIP;
    assay_status e = flood(h, what, doc, out);
    e = e ? e : breach(h, what, doc, out);
    return e ? e : mislead(h, what, doc, out);
}

#if defined(PLUGIN_h_reader)
static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "documents"},
};

static assay_status read_lines(void *self, struct assay_item *item, struct assay_text name)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    struct assay_text all;
    uint64_t byte, line;
    if (is(s->options->what, "shrink")) { /* while it is being read */
        char path[300];
        snprintf(path, sizeof path, "%.*s", (int)name.size, name.at);
        if (truncate(path, 20))
            return h->fail(h, ASSAY_EFATAL, "cannot truncate");
    }
    assay_status e = h->item_bytes(h, item, &all);
    h->item_place(h, item, &byte, &line);
    for (uint64_t at = 0; !e && at < all.size; line++) {
        const char *nl = memchr(all.at + at, '\n', all.size - at);
        uint64_t end = nl ? (uint64_t)(nl - all.at) : all.size;
        struct assay_text text = {all.at + at, end - at};
        char id[300];
        int n = snprintf(id, sizeof id, "%.*s:%03llu", (int)name.size, name.at, (unsigned long long)line);
        struct assay_document d = {.doc = {id, (uint64_t)n}, .media = {"text/plain", 10}};
        e = deed(s, "read", text, NULL, NULL);
        if (is(s->options->what, "bad-reason"))
            e = h->skipped(h, item, text, 0, "\xff\xfe");
        if (is(s->options->what, "bad-item"))
            return h->item_read(h, (struct assay_item *)(uintptr_t)64, 0, id, 1, &byte);
        if (is(s->options->what, "bad-buffer"))
            return h->item_read(h, item, 0, (void *)(uintptr_t)64, 4096, &byte);
        if (is(s->options->what, "bad-bytes"))
            text = (struct assay_text){(const char *)(uintptr_t)64, 4096};
        if (!e)
            e = h->add_document(h, item, 0, &d, text, NULL, 0);
        at = end + 1;
    }
    return e;
}

static assay_status accept(void *self, struct assay_text name, struct assay_text head)
{
    (void)name;
    return deed(self, "accept", head, NULL, NULL);
}

ASSAY_PLUGIN(h_reader) = {ASSAY_ABI, .name = "h_reader", .version = "1", .summary = "hostile reader", .license = "Apache-2.0",
    .role = ASSAY_READER, .flags = ASSAY_LINES, .options = &option_table, .layer = layers, .layers = 1, .open = open_any,
    .accept = accept, .read = read_lines, .close = close_any};

#elif defined(PLUGIN_h_preparer)
static assay_status prepare(void *self, struct assay_doc *doc)
{
    struct self *s = self;
    assay_status e = deed(s, "prepare", s->host->text(s->host, doc), doc, NULL);
    return e ? e : ASSAY_SKIP;
}

ASSAY_PLUGIN(h_preparer) = {ASSAY_ABI, .name = "h_preparer", .version = "1", .summary = "hostile preparer", .license = "Apache-2.0",
    .role = ASSAY_PREPARER, .options = &option_table, .open = open_any, .prepare = prepare, .close = close_any};

#elif defined(PLUGIN_h_analyser)
static const struct assay_layer layers[] = {
    {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "documents"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "h_word", &word_table, "words with a capital"},
    {ASSAY_PRIVATE, 1, ASSAY_ON_CORPUS, 1, "h_seen", &tally_table, "counts"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 1, "h_tally", &tally_table, "counts"},
};

static assay_status analyse(void *self, struct assay_doc *doc)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    struct assay_text t = h->text(h, doc);
    for (uint32_t i = 0; i < t.size; i++) {
        if (t.at[i] < 'A' || t.at[i] > 'Z' || (i && t.at[i - 1] != ' '))
            continue;
        uint32_t end = i;
        while (end < t.size && t.at[end] > ' ')
            end++;
        struct word w = {.span = {i, end}, .text = {t.at + i, end - i}};
        assay_status e = h->add(h, doc, 1, &w);
        if (e)
            return e;
    }
    return deed(s, "analyse", t, doc, NULL);
}

static assay_status map(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    struct assay_list words = h->records(h, doc, 1);
    for (uint32_t i = 0; i < words.count; i++) {
        const struct word *w = ASSAY_AT(struct word, words, i);
        assay_status e = h->emit(h, out, w->text.at, (uint32_t)w->text.size, NULL);
        if (e)
            return e;
    }
    return deed(s, "map", h->text(h, doc), (struct assay_doc *)(uintptr_t)doc, out);
}

static assay_status reduce(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    struct self *s = self;
    struct tally t = {.word = {key, size}, .count = s->host->count(s->host, values)};
    assay_status e = s->host->to_corpus(s->host, out, 2, &t);
    return e ? e : deed(s, "reduce", t.word, NULL, out);
}

static assay_status finish(void *self, struct assay_values *values, struct assay_out *out)
{
    struct self *s = self;
    struct assay_list batch;
    assay_status e;
    while (!(e = s->host->next(s->host, values, 100, &batch, NULL)))
        for (uint32_t i = 0; i < batch.count; i++)
            if ((e = s->host->to_corpus(s->host, out, 3, ASSAY_AT(struct tally, batch, i))))
                return e;
    return e == ASSAY_END ? deed(s, "finish", (struct assay_text){"BOOM", 4}, NULL, out) : e;
}

static const struct assay_round rounds[] = {{"count", 0, 0, NULL, map, NULL, reduce, finish, 2, 0}};

ASSAY_PLUGIN(h_analyser) = {ASSAY_ABI, .name = "h_analyser", .version = "1", .summary = "hostile analyser", .license = "Apache-2.0",
    .role = ASSAY_ANALYSER, .options = &option_table, .layer = layers, .layers = ASSAY_COUNT(layers), .round = rounds,
    .rounds = ASSAY_COUNT(rounds), .open = open_any, .analyse = analyse, .close = close_any};

#else
static const struct assay_layer layers[] = {
    {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "documents"},
    {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "h_word", &word_table, "words"},
    {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "h_tally", &tally_table, "counts"},
    {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "failure", &assay_failure_fields, "failures"},
    {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "skipped", &assay_skipped_fields, "skipped"},
};

static void say(struct self *s, struct assay_sink *to, const char *kind, struct assay_text a, struct assay_text b, uint64_t n)
{
    char line[512];
    int size = snprintf(line, sizeof line, "%s %.*s %.*s %llu\n", kind, (int)a.size, a.at ? a.at : "", (int)b.size, b.at ? b.at : "",
                        (unsigned long long)n);
    s->host->write(s->host, to, line, (uint64_t)size);
}

static const char *const codes[] = {"crash", "timeout", "memory", "exit", "decode", "syntax", "limit", "unreadable", "contract", "failed"};

static assay_status write_list(void *self, struct assay_results *results)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    const struct assay_doc *doc;
    struct assay_sink *to;
    struct assay_list l;
    assay_status e = h->sink(h, results, s->options->path, &to, NULL);
    if (e)
        return e;
    if (is(s->options->what, "bad-sink"))
        return h->write(h, (struct assay_sink *)(uintptr_t)64, "x", 1);
    if (is(s->options->what, "bad-write"))
        return h->write(h, to, (const void *)(uintptr_t)64, 1 << 20);
    while (!h->next_document(h, results, &doc)) {
        l = h->records(h, doc, 0);
        say(s, to, "document", ASSAY_AT(struct assay_document, l, 0)->doc, (struct assay_text){0}, h->records(h, doc, 1).count);
        if ((e = deed(s, "write", h->text(h, doc), NULL, NULL)))
            return e;
    }
    while ((l = h->corpus(h, results, 2, 10)).count)
        for (uint32_t i = 0; i < l.count; i++)
            say(s, to, "tally", ASSAY_AT(struct tally, l, i)->word, (struct assay_text){0}, ASSAY_AT(struct tally, l, i)->count);
    while ((l = h->corpus(h, results, 3, 10)).count)
        for (uint32_t i = 0; i < l.count; i++) {
            const struct assay_failure *f = ASSAY_AT(struct assay_failure, l, i);
            struct assay_text code = {codes[f->code], strlen(codes[f->code])};
            say(s, to, "failure", f->doc.at ? f->doc : f->key.at ? f->key : f->path, code, f->stage);
        }
    while ((l = h->corpus(h, results, 4, 10)).count)
        for (uint32_t i = 0; i < l.count; i++)
            say(s, to, "skipped", ASSAY_AT(struct assay_skipped, l, i)->path, ASSAY_AT(struct assay_skipped, l, i)->reason, 0);
    return ASSAY_OK;
}

ASSAY_PLUGIN(h_writer) = {ASSAY_ABI, .name = "h_writer", .version = "1", .summary = "hostile writer", .license = "Apache-2.0",
    .role = ASSAY_WRITER, .options = &option_table, .layer = layers, .layers = ASSAY_COUNT(layers), .open = open_any,
    .write = write_list, .close = close_any};
#endif
