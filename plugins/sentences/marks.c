/* SPDX-License-Identifier: Apache-2.0 */
#include "marks.h"

#include <assay/kit/utf8.h>
#include <stddef.h>

const unsigned char marks_byte[256] = {
    ['\n'] = 1, ['.'] = 1,  ['!'] = 1,  ['?'] = 1,  [':'] = 1,  [';'] = 1,  [0xcd] = 1, [0xd6] = 1,
    [0xd8] = 1, [0xdb] = 1, [0xe0] = 1, [0xe1] = 1, [0xe2] = 1, [0xe3] = 1, [0xef] = 1,
};

static uint32_t kind_of(uint32_t cp)
{
    switch (cp) {
    case 0x2026: /* … */
    case 0x203c: /* ‼ */
    case 0x203d:
    case 0x2047:
    case 0x2048:
    case 0x2049:
        return MARK_END;
    case 0x37e:  /* Greek question mark */
    case 0x589:  /* Armenian full stop */
    case 0x61f:  /* Arabic question mark */
    case 0x6d4:  /* Urdu full stop */
    case 0x964:  /* danda */
    case 0x965:
    case 0x104a: /* Burmese */
    case 0x104b:
    case 0x1362: /* Ethiopic */
    case 0x1367:
    case 0x17d4: /* Khmer */
    case 0x17d5:
    case 0x3002: /* ideographic full stop */
    case 0xff01:
    case 0xff0e:
    case 0xff1f:
    case 0xff61:
        return MARK_WIDE;
    default:
        return MARK_NONE;
    }
}

uint32_t marks_at(const char *p, const char *end, uint32_t *size)
{
    unsigned char c = (unsigned char)*p;
    *size = 1;
    if (c == '.')
        return MARK_STOP;
    if (c == '!' || c == '?')
        return MARK_END;
    if (c == ';' || c == ':')
        return MARK_OTHER;
    if (c < 0x80)
        return MARK_NONE;
    uint32_t cp;
    *size = assay_utf8_next(p, end, &cp);
    return kind_of(cp);
}

int marks_is_closer(uint32_t cp)
{
    switch (cp) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case '}':
    case 0xbb:
    case 0x2018: /* German single closing quote */
    case 0x2019:
    case 0x201c: /* German closing quote */
    case 0x201d:
    case 0x203a:
    case 0x300b:
    case 0x300d:
    case 0x300f:
    case 0x3011:
    case 0xff09:
    case 0xff3d:
    case 0xff63:
        return 1;
    default:
        return 0;
    }
}

int marks_is_opener(uint32_t cp)
{
    switch (cp) {
    case '"':
    case '\'':
    case '(':
    case '[':
    case '{':
    case '-':
    case 0xa1: /* ¡ ¿ */
    case 0xbf:
    case 0xab:
    case 0xbb: /* Danish and some German books open with » */
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2018:
    case 0x2019:
    case 0x201a:
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x2039:
    case 0x300c:
    case 0x300e:
        return 1;
    default:
        return 0;
    }
}

int marks_is_bullet(uint32_t cp)
{
    switch (cp) {
    case '-':
    case '*':
    case '+':
    case 0xb7:
    case 0x2013:
    case 0x2014:
    case 0x2022:
    case 0x2023:
    case 0x2043:
    case 0x25aa:
    case 0x25ab:
    case 0x25cf:
    case 0x25e6:
    case 0x25a0:
    case 0x2219:
    case 0x30fb:
        return 1;
    default:
        return 0;
    }
}
