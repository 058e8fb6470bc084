# SPDX-License-Identifier: Apache-2.0
#
# assay_add_plugin(NAME SOURCES file... [LIBS library...] [DATA file...])
#   Builds NAME.so (one exported symbol, every symbol bound at load) and, inside the project, an object library
#   NAME_objects that unit tests link, so that they reach what the module hides. Files are C, or C++ where the project
#   has enabled it. DATA is found by host->find("NAME/file").
function(assay_add_plugin name)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBS;DATA" ${ARGN})
  add_library(${name}_objects OBJECT ${arg_SOURCES})
  set_target_properties(${name}_objects PROPERTIES POSITION_INDEPENDENT_CODE ON
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_link_libraries(${name}_objects PUBLIC assay_kit ${arg_LIBS})

  set(language C)
  if("${arg_SOURCES}" MATCHES "\\.(cc|cpp|cxx|C)(;|$)") # the module needs the C++ library, too
    set(language CXX)
  endif()
  add_library(${name} MODULE $<TARGET_OBJECTS:${name}_objects>)
  target_link_libraries(${name} PRIVATE assay_kit ${arg_LIBS})
  set_target_properties(${name} PROPERTIES PREFIX "" SUFFIX ".so" LINKER_LANGUAGE ${language}
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/plugins)
  target_link_options(${name} PRIVATE -Wl,-z,now -Wl,--exclude-libs,ALL)
  if(NOT ASSAY_SANITIZE)
    target_link_options(${name} PRIVATE -Wl,-z,defs)
  endif()
  if(DEFINED ASSAY_PLUGIN_INSTALL_DIR)
    install(TARGETS ${name} LIBRARY DESTINATION ${ASSAY_PLUGIN_INSTALL_DIR})
  endif()
  foreach(file IN LISTS arg_DATA)
    get_filename_component(base ${file} NAME)
    configure_file(${file} ${CMAKE_BINARY_DIR}/share/assay/${name}/${base} COPYONLY)
    if(DEFINED ASSAY_DATA_INSTALL_DIR)
      install(FILES ${file} DESTINATION ${ASSAY_DATA_INSTALL_DIR}/${name})
    endif()
  endforeach()
endfunction()
