/* SPDX-License-Identifier: Apache-2.0
 *
 * The version of the program, as CMakeLists.txt says it.
 */
#ifndef VERSION_H
#define VERSION_H

const char *assay_version(void); /* "0.1.0" */

#endif
