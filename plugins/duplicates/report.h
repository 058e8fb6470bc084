/* SPDX-License-Identifier: Apache-2.0
 *
 * Round 5 in two files: report.c (map) and settle.c (reduce).
 */
#ifndef DUP_REPORT_H
#define DUP_REPORT_H

#include "dup.h"

#define DUP_ID_SIZE 17u /* "c" and 16 hexadecimal digits */


#endif
