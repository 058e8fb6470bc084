# SPDX-License-Identifier: Apache-2.0
# Every library that any part links, looked up once; targets or variables named here are what the folders use.
find_package(PkgConfig REQUIRED)

# libltdl ships neither a .pc file nor a CMake package.
find_path(LTDL_INCLUDE_DIR ltdl.h REQUIRED)
find_library(LTDL_LIBRARY ltdl REQUIRED)
add_library(ltdl INTERFACE)
target_include_directories(ltdl INTERFACE ${LTDL_INCLUDE_DIR})
target_link_libraries(ltdl INTERFACE ${LTDL_LIBRARY})

foreach(module IN ITEMS libconfig libxxhash libcrypto libzstd libxml-2.0 zlib uchardet libarchive sqlite3 icu-uc icu-i18n libpq gmime-3.0)
  string(MAKE_C_IDENTIFIER ${module} id)
  pkg_check_modules(${id} REQUIRED IMPORTED_TARGET ${module})
endforeach()

find_path(STEMMER_INCLUDE_DIR libstemmer.h REQUIRED)
find_library(STEMMER_LIBRARY stemmer REQUIRED)
add_library(stemmer INTERFACE)
target_include_directories(stemmer INTERFACE ${STEMMER_INCLUDE_DIR})
target_link_libraries(stemmer INTERFACE ${STEMMER_LIBRARY})
