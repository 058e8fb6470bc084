/* SPDX-License-Identifier: Apache-2.0
 *
 * What an input is, by its first bytes; the name decides only where the bytes cannot (Markdown, CSV).
 */
#ifndef FILES_KIND_H
#define FILES_KIND_H

#include <assay/field.h>

enum kind {
    KIND_TEXT,
    KIND_MARKDOWN,
    KIND_HTML,
    KIND_XHTML,
    KIND_XML,
    KIND_ARCHIVE,      /* zip, tar */
    KIND_COMPRESSED,   /* gz, bz2, xz, zst: of one file or of a tar */
    KIND_EMPTY,        /* no byte, or white space only */
    KIND_BINARY,
    KIND_APPLE_DOUBLE, /* resource forks that macOS leaves beside the files (._NAME) */
    KIND_OTHER         /* a reader of its own takes it: PDF, office, WARC, mail, feeds, JSON Lines, CSV */
};

/* `head`: the first 4 KiB, or all there is. */
enum kind kind_of(struct assay_text name, struct assay_text head);
/* "text/html" ...; NULL for what is no text. */
const char *kind_media(enum kind);
/* What a KIND_BINARY is called where that can be told ("RTF document", "image"), else "binary": a reason to pass it
 * over that a person can act on. */
const char *kind_binary(struct assay_text head);
/* What a KIND_OTHER is called: "PDF", "mail". */
const char *kind_other(struct assay_text name, struct assay_text head);
/* Whether what follows the last dot of the name is one of `endings`, which stand in one text with spaces between them;
 * ASCII letters of either case. A folder's saved pages come with scripts and styles that nobody wrote to be read. */
int name_has_ending(struct assay_text name, struct assay_text endings);

#endif
