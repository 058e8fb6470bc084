/* SPDX-License-Identifier: Apache-2.0
 *
 * One XML part, pulled node by node (libxml2). Nothing is fetched, no DTD is read, no entity of one unfolds; depth and
 * sizes end at libxml2's own limits. Names are local ones: writers differ in prefixes.
 */
#ifndef OFFICE_XML_H
#define OFFICE_XML_H

#include <assay/field.h>
#include <libxml/xmlreader.h>

enum xml_node { XML_END, XML_BAD, XML_OPEN, XML_CLOSE, XML_TEXT };

struct xml {
    xmlTextReaderPtr reader;
    const char *name; /* of XML_OPEN and XML_CLOSE */
    const char *text; /* of XML_TEXT, terminated */
    int empty;        /* XML_OPEN of an element without content: no XML_CLOSE follows */
    int line;         /* of what is wrong */
    char why[200];
};

/* 0: no memory, or a part of more than 2 GiB. `part` must outlive it. To be closed in any case. */
int xml_open(struct xml *, struct assay_text part);
/* The next node; name and text live until the next call. */
enum xml_node xml_next(struct xml *);
/* As xml_next, past all that the element in hand holds, its XML_CLOSE too. */
enum xml_node xml_skip(struct xml *);
/* The value of the open element's attribute, cut at room; 0: it has none. */
int xml_attribute(struct xml *, const char *name, char *value, size_t room);
void xml_close(struct xml *);

int xml_is(const char *name, const char *const *names); /* whether it is one of a list that NULL ends */

#endif
