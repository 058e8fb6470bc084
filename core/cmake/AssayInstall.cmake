# SPDX-License-Identifier: Apache-2.0
# What plugin authors get: headers, kit, pkg-config file, CMake package, the template of `assay new`, the man page.
set(ASSAY_PLUGIN_INSTALL_DIR ${CMAKE_INSTALL_LIBDIR}/assay/plugins)
set(ASSAY_DATA_INSTALL_DIR ${CMAKE_INSTALL_DATADIR}/assay)

install(DIRECTORY ${CMAKE_SOURCE_DIR}/include/assay DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(DIRECTORY ${CMAKE_SOURCE_DIR}/plugins/template DESTINATION ${ASSAY_DATA_INSTALL_DIR})
install(FILES ${CMAKE_SOURCE_DIR}/core/assay.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)

file(STRINGS ${CMAKE_SOURCE_DIR}/include/assay/plugin.h abi_lines REGEX "define ASSAY_ABI_M(AJOR|INOR) ")
string(REGEX REPLACE ".*MAJOR ([0-9]+).*MINOR ([0-9]+).*" "\\1.\\2" ASSAY_ABI "${abi_lines}")
# Relative, so that a tree that was installed with --prefix or moved still says where it is.
file(RELATIVE_PATH ASSAY_PREFIX_FROM_PC ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(${CMAKE_CURRENT_LIST_DIR}/assay.pc.in ${CMAKE_BINARY_DIR}/assay.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/assay.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

include(CMakePackageConfigHelpers)
set(ASSAY_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/assay)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/assay-config.cmake.in ${CMAKE_BINARY_DIR}/assay-config.cmake
  INSTALL_DESTINATION ${ASSAY_PACKAGE_DIR} PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_BINDIR)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/assay-config-version.cmake COMPATIBILITY SameMajorVersion)
install(FILES ${CMAKE_BINARY_DIR}/assay-config.cmake ${CMAKE_BINARY_DIR}/assay-config-version.cmake
  ${CMAKE_CURRENT_LIST_DIR}/AssayPlugin.cmake DESTINATION ${ASSAY_PACKAGE_DIR})
