/* SPDX-License-Identifier: Apache-2.0 */
#include "xml.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Keeps the first message: what follows it is most often its consequence. */
static void hear(void *arg, xmlErrorPtr error)
{
    struct xml *x = arg;
    if (x->why[0] || !error->message || error->level < XML_ERR_ERROR)
        return;
    snprintf(x->why, sizeof x->why, "%s", error->message);
    x->why[strcspn(x->why, "\n")] = 0;
    x->line = error->line;
}

int xml_open(struct xml *x, struct assay_text part)
{
    *x = (struct xml){0};
    if (part.size > INT32_MAX)
        return 0;
    x->reader = xmlReaderForMemory(part.at, (int)part.size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_COMPACT);
    if (x->reader)
        xmlTextReaderSetStructuredErrorHandler(x->reader, hear, x);
    return x->reader != NULL;
}

static enum xml_node node_of(struct xml *x, int code)
{
    for (; code == 1; code = xmlTextReaderRead(x->reader)) {
        switch (xmlTextReaderNodeType(x->reader)) {
        case XML_READER_TYPE_ELEMENT:
            x->name = (const char *)xmlTextReaderConstLocalName(x->reader);
            x->empty = xmlTextReaderIsEmptyElement(x->reader) == 1;
            return XML_OPEN;
        case XML_READER_TYPE_END_ELEMENT:
            x->name = (const char *)xmlTextReaderConstLocalName(x->reader);
            return XML_CLOSE;
        case XML_READER_TYPE_TEXT:
        case XML_READER_TYPE_CDATA:
        case XML_READER_TYPE_WHITESPACE:
        case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
            x->text = (const char *)xmlTextReaderConstValue(x->reader);
            return x->text ? XML_TEXT : XML_BAD;
        default: /* comments, instructions, references to entities that are not there */
            break;
        }
    }
    return code == 0 ? XML_END : XML_BAD;
}

enum xml_node xml_next(struct xml *x)
{
    return node_of(x, xmlTextReaderRead(x->reader));
}

enum xml_node xml_skip(struct xml *x)
{
    return node_of(x, xmlTextReaderNext(x->reader));
}

int xml_attribute(struct xml *x, const char *name, char *value, size_t room)
{
    int found = 0;
    for (int more = xmlTextReaderMoveToFirstAttribute(x->reader); more == 1 && !found;
         more = xmlTextReaderMoveToNextAttribute(x->reader)) {
        const char *text = (const char *)xmlTextReaderConstValue(x->reader);
        found = text && strcmp((const char *)xmlTextReaderConstLocalName(x->reader), name) == 0;
        if (found)
            snprintf(value, room, "%s", text);
    }
    xmlTextReaderMoveToElement(x->reader);
    return found;
}

void xml_close(struct xml *x)
{
    if (x->reader)
        xmlFreeTextReader(x->reader);
    x->reader = NULL;
}

int xml_is(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0)
            return 1;
    return 0;
}
