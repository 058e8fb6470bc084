/* SPDX-License-Identifier: Apache-2.0
 *
 * Reader of mail: one message (.eml) or a folder of them (mbox), one document a message. Its text is the best text
 * part, in the charset of the part; attachments go to the chain's readers.
 */
#include <assay/kit/sniff.h>
#include <assay/kit/utf8.h>
#include <assay/layers/document.h>
#include <assay/plugin.h>
#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "transfer.h"

#define PARTS_MAX 1000u

struct options {
    uint64_t max_message;
    uint32_t attachments;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, max_message, ASSAY_SIZE, 0, NULL, "64MB", "1KB", "1GB", "a larger message is a failure"),
    ASSAY_OPTION(struct options, attachments, ASSAY_FLAG, 0, NULL, "true", NULL, NULL, "hand attachments to the chain's readers"),
};
static const struct assay_fields options_table = ASSAY_FIELDS(struct options, option_rows);

static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "one record a document"},
};

struct self {
    const struct assay_host *host;
    const struct options *options;
    int started; /* GMime, in this worker */
};

/* A message in hand. */
struct message {
    struct self *self;
    struct assay_item *item;
    struct assay_text name, bytes; /* bytes: of the item */
    uint64_t number, at, end;      /* at, end: where the message stands */
    GMimePart *plain, *html;
    GMimeObject *attached[PARTS_MAX]; /* parts, and messages that were forwarded as they are */
    uint32_t attachments;
};

static assay_status open_reader(const struct assay_host *host, const void *options, void **self)
{
    struct self *s = calloc(1, sizeof *s);
    if (!s)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    s->host = host;
    s->options = options;
    *self = s;
    return ASSAY_OK;
}

static assay_status accept_input(void *self, struct assay_text name, struct assay_text head)
{
    (void)self;
    (void)name;
    return assay_sniff_mbox(head) || assay_sniff_mail(head) ? ASSAY_OK : ASSAY_NO;
}

/* ---- parts ---- */

static int is_attachment(GMimeObject *part)
{
    GMimeContentDisposition *d = g_mime_object_get_content_disposition(part);
    return d && g_mime_content_disposition_is_attachment(d);
}

/* The parts in order; `level` bounds what a message may nest. */
static void gather(struct message *m, GMimeObject *top)
{
    GMimeObject *stack[64];
    int depth = 0;
    uint32_t seen = 0;
    stack[depth++] = top;
    while (depth && seen++ < PARTS_MAX * 4) {
        GMimeObject *part = stack[--depth];
        if (GMIME_IS_MULTIPART(part)) {
            int count = g_mime_multipart_get_count(GMIME_MULTIPART(part));
            for (int i = count - 1; i >= 0 && depth < 64; i--)
                stack[depth++] = g_mime_multipart_get_part(GMIME_MULTIPART(part), i);
            continue;
        }
        if (GMIME_IS_MESSAGE_PART(part) && m->attachments < PARTS_MAX)
            m->attached[m->attachments++] = part;
        if (!GMIME_IS_PART(part))
            continue;
        GMimeContentType *type = g_mime_object_get_content_type(part);
        GMimePart *leaf = GMIME_PART(part);
        if (!is_attachment(part) && !m->plain && g_mime_content_type_is_type(type, "text", "plain"))
            m->plain = leaf;
        else if (!is_attachment(part) && !m->html && g_mime_content_type_is_type(type, "text", "html"))
            m->html = leaf;
        else if (m->attachments < PARTS_MAX &&
                 (is_attachment(part) || !g_mime_content_type_is_type(type, "multipart", "*")))
            m->attached[m->attachments++] = part;
    }
}

/* The part's bytes with the transfer encoding taken off, in its own charset; a message as it stands. NULL: it has
 * none. */
static GByteArray *content_of(GMimeObject *part)
{
    GMimeMessage *message =
        GMIME_IS_MESSAGE_PART(part) ? g_mime_message_part_get_message(GMIME_MESSAGE_PART(part)) : NULL;
    GMimeDataWrapper *content = GMIME_IS_PART(part) ? g_mime_part_get_content(GMIME_PART(part)) : NULL;
    if (!content && !message)
        return NULL;
    GMimeStream *to = g_mime_stream_mem_new();
    GMimeStreamMem *mem = GMIME_STREAM_MEM(to);
    g_mime_stream_mem_set_owner(mem, FALSE);
    GByteArray *bytes = g_mime_stream_mem_get_byte_array(mem);
    if (message)
        g_mime_object_write_to_stream(GMIME_OBJECT(message), NULL, to);
    else
        g_mime_data_wrapper_write_to_stream(content, to);
    g_object_unref(to);
    return bytes;
}

/* The way from the part's bytes back to the item. 0: there is none. */
static int map_part(const struct message *m, GMimePart *part, const GByteArray *bytes, struct assay_mapper *mapper)
{
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    GMimeStream *stream = content ? g_mime_data_wrapper_get_stream(content) : NULL;
    if (!stream || stream->bound_start < 0)
        return 0;
    uint64_t begin = (uint64_t)stream->bound_start,
             end = stream->bound_end < 0 ? m->bytes.size : (uint64_t)stream->bound_end;
    int ok = begin <= end && end <= m->bytes.size;
    switch (g_mime_part_get_content_encoding(part)) {
    case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE:
        ok = ok && transfer_quoted(mapper, m->bytes, begin, end);
        break;
    case GMIME_CONTENT_ENCODING_BASE64:
        ok = ok && transfer_base64(mapper, m->bytes, begin, end);
        break;
    case GMIME_CONTENT_ENCODING_UUENCODE:
        return 0;
    default:
        if (ok)
            assay_mapper_keep(mapper, m->bytes.at, begin, end - begin < bytes->len ? end - begin : bytes->len);
    }
    /* A map that leads to other bytes than these would be worse than none. */
    return ok && mapper->text.size == bytes->len &&
           (!bytes->len || memcmp(mapper->text.at, bytes->data, bytes->len) == 0);
}

/* ---- a message ---- */

static struct assay_text text_of(const char *s)
{
    return (struct assay_text){s && *s ? s : NULL, s ? strlen(s) : 0};
}

static char *sender_of(GMimeMessage *message)
{
    InternetAddressList *from = g_mime_message_get_from(message);
    InternetAddress *first =
        from && internet_address_list_length(from) > 0 ? internet_address_list_get_address(from, 0) : NULL;
    return first ? internet_address_to_string(first, NULL, FALSE) : NULL;
}

/* The sender's host: the publisher of a newsletter. */
static struct assay_text host_of(const char *sender)
{
    const char *at = sender ? strrchr(sender, '@') : NULL;
    if (!at)
        return (struct assay_text){NULL, 0};
    size_t n = strcspn(at + 1, "> \t,;\"");
    return (struct assay_text){n ? at + 1 : NULL, n};
}

static assay_status add_message(struct message *m, GMimeMessage *message, GMimePart *part)
{
    const struct assay_host *host = m->self->host;
    GByteArray *bytes = content_of(GMIME_OBJECT(part));
    if (!bytes)
        return host->failed(host, m->item, m->at, 0, "syntax", "message %llu has no text",
                            (unsigned long long)m->number);
    char *sender = sender_of(message),
         *id = g_strdup_printf("%.*s!/%llu", (int)m->name.size, m->name.at, (unsigned long long)m->number);
    GDateTime *date = g_mime_message_get_date(message);
    char *published = date ? g_date_time_format(date, "%Y-%m-%dT%H:%M:%S%:z") : NULL;
    const char *charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
    struct assay_pair pairs[2];
    uint32_t count = 0;
    if (sender && assay_utf8_valid(sender, strlen(sender)) == strlen(sender))
        pairs[count++] = (struct assay_pair){{"from", 4}, text_of(sender)};
    if (charset && *charset)
        pairs[count++] = (struct assay_pair){{"charset", 7}, text_of(charset)};
    struct assay_text subject = text_of(g_mime_message_get_subject(message));
    if (subject.at && assay_utf8_valid(subject.at, subject.size) != subject.size)
        subject = (struct assay_text){NULL, 0};
    struct assay_document record = {.doc = text_of(id),
                                    .title = subject,
                                    .published = text_of(published),
                                    .source = host_of(sender),
                                    .media = text_of(part == m->html ? "text/html" : "text/plain"),
                                    .metadata = {pairs, count, sizeof pairs[0]}};
    static const struct assay_map none;
    struct assay_mapper mapper = {0};
    int mapped = map_part(m, part, bytes, &mapper) && mapper.count;
    struct assay_text text = {bytes->data ? (const char *)bytes->data : "", bytes->len};
    assay_status status =
        host->add_document(host, m->item, 0, &record, text, mapped ? mapper.run : &none, mapped ? mapper.count : 0);
    assay_mapper_free(&mapper);
    g_free(published);
    g_free(sender);
    g_free(id);
    g_byte_array_free(bytes, TRUE);
    return status;
}

static assay_status add_attachment(struct message *m, GMimeObject *part, uint32_t index)
{
    const struct assay_host *host = m->self->host;
    GByteArray *bytes = content_of(part);
    if (!bytes)
        return ASSAY_OK;
    const char *file = GMIME_IS_PART(part) ? g_mime_part_get_filename(GMIME_PART(part)) : NULL;
    char *member = file && *file ? g_strdup_printf("%llu/%s", (unsigned long long)m->number, file)
                                 : g_strdup_printf("%llu/part-%u", (unsigned long long)m->number, index + 1);
    struct assay_text text = {bytes->data ? (const char *)bytes->data : "", bytes->len};
    assay_status status = ASSAY_OK;
    if (bytes->len) {
        status = host->add_item(host, m->item, text_of(member), text);
        if (status == ASSAY_NO)
            status = host->skipped(host, m->item, text_of(member), text.size, NULL);
    }
    g_free(member);
    g_byte_array_free(bytes, TRUE);
    return status == ASSAY_EDOC ? ASSAY_OK : status;
}

static assay_status read_message(struct message *m, GMimeMessage *message)
{
    const struct assay_host *host = m->self->host;
    m->plain = m->html = NULL;
    m->attachments = 0;
    if (m->end - m->at > m->self->options->max_message)
        return host->failed(host, m->item, m->at, 0, "limit", "message %llu is larger than max_message allows",
                            (unsigned long long)m->number);
    GMimeObject *top = g_mime_message_get_mime_part(message);
    if (top)
        gather(m, top);
    GMimePart *best = m->plain ? m->plain : m->html;
    if (!best && !m->attachments)
        return host->failed(host, m->item, m->at, 0, "syntax", "message %llu has no text",
                            (unsigned long long)m->number);
    assay_status status = best ? add_message(m, message, best) : ASSAY_OK;
    for (uint32_t i = 0; i < m->attachments && status >= 0 && m->self->options->attachments; i++)
        status = add_attachment(m, m->attached[i], i);
    return status;
}

static assay_status read_messages(struct message *m, GMimeParser *parser, int folder)
{
    assay_status status = ASSAY_OK;
    uint64_t last = UINT64_MAX;
    do {
        m->number++;
        m->at = (uint64_t)g_mime_parser_tell(parser);
        if (m->at == last)
            break; /* no progress: the rest is no mail */
        last = m->at;
        GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
        m->end = (uint64_t)g_mime_parser_tell(parser);
        if (!message) {
            m->self->host->failed(m->self->host, m->item, m->at, 0, "syntax", "message %llu cannot be read",
                                  (unsigned long long)m->number);
            continue;
        }
        status = read_message(m, message);
        g_object_unref(message);
    } while (folder && status >= 0 && !g_mime_parser_eos(parser));
    return status < 0 ? status : ASSAY_OK;
}

static assay_status read_item(void *self, struct assay_item *item, struct assay_text name)
{
    struct self *s = self;
    struct assay_text bytes;
    assay_status status = s->host->item_bytes(s->host, item, &bytes);
    if (status != ASSAY_OK)
        return status;
    if (!s->started) {
        g_mime_init();
        s->started = 1;
    }
    struct message *m = calloc(1, sizeof *m);
    if (!m)
        return ASSAY_ENOMEM;
    *m = (struct message){.self = s, .item = item, .name = name, .bytes = bytes};
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes.at, bytes.size);
    if (bytes.size > 3 && !memcmp(bytes.at, "\xef\xbb\xbf", 3)) /* to the parser it were a part of the first name */
        g_mime_stream_seek(stream, 3, GMIME_STREAM_SEEK_SET);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    int folder = assay_sniff_mbox(bytes);
    g_mime_parser_set_format(parser, folder ? GMIME_FORMAT_MBOX : GMIME_FORMAT_MESSAGE);
    status = read_messages(m, parser, folder);
    g_object_unref(parser);
    g_object_unref(stream);
    free(m);
    return status;
}

ASSAY_PLUGIN(mail) = {
    ASSAY_ABI,
    .name = "mail",
    .version = "1",
    .summary = "reads mail (eml, mbox), one document a message",
    .license = "Apache-2.0",
    .role = ASSAY_READER,
    .options = &options_table,
    .layer = layers,
    .layers = ASSAY_COUNT(layers),
    .open = open_reader,
    .accept = accept_input,
    .read = read_item,
    .close = free,
};
