# What `cmake --install` lays down: the headers, both libraries, the command, and what find_package and
# pkg-config read. The static library is koinon::koinon (C++), the shared one koinon::c; a user of the
# latter alone says find_package(koinon COMPONENTS c) and needs none of our dependencies.
include(CMakePackageConfigHelpers)

set(koinon_cmake_dir "${CMAKE_INSTALL_LIBDIR}/cmake/koinon")
set(koinon_pkgconfig_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/koinon" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
        FILES_MATCHING PATTERN "*.h" PATTERN "*.hpp")
install(FILES "${PROJECT_SOURCE_DIR}/src/data/latent/koinon-24.vectors" DESTINATION "${CMAKE_INSTALL_DATADIR}/koinon")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")

# -- The static library ---------------------------------------------------------------------------
#
# Its private links are its users' links, too. In the installed package, libraries that are headers
# only drop out, and one that was found as a file goes by its name, so that no path of the machine
# that built it stays in the package.
get_target_property(koinon_links koinon LINK_LIBRARIES)
if(NOT koinon_links)
  set(koinon_links "")
endif()
set(koinon_interface "")
set(koinon_pc_requires "")
set(koinon_pc_libs "")
foreach(link IN LISTS koinon_links)
  if(link MATCHES "^(nlohmann_json|Boost)::|^koinon_build_flags$")
    list(APPEND koinon_interface "$<BUILD_INTERFACE:$<LINK_ONLY:${link}>>")
  elseif(IS_ABSOLUTE "${link}")
    get_filename_component(name "${link}" NAME_WE)
    string(REGEX REPLACE "^lib" "" name "${name}")
    list(APPEND koinon_interface "$<BUILD_INTERFACE:$<LINK_ONLY:${link}>>" "$<INSTALL_INTERFACE:-l${name}>")
    list(APPEND koinon_pc_libs "-l${name}")
  else()
    list(APPEND koinon_interface "$<LINK_ONLY:${link}>")
    if(link MATCHES "^SQLiteCpp")
      list(APPEND koinon_pc_libs "-lSQLiteCpp")
      list(APPEND koinon_pc_requires sqlite3)
    elseif(link STREQUAL "SQLite::SQLite3")
      list(APPEND koinon_pc_requires sqlite3)
    elseif(link STREQUAL "ICU::uc")
      list(APPEND koinon_pc_requires icu-uc)
    elseif(link STREQUAL "ICU::i18n")
      list(APPEND koinon_pc_requires icu-i18n)
    elseif(link STREQUAL "ZLIB::ZLIB")
      list(APPEND koinon_pc_requires zlib)
    elseif(link STREQUAL "LibLZMA::LibLZMA")
      list(APPEND koinon_pc_requires liblzma)
    elseif(link STREQUAL "Threads::Threads")
      list(APPEND koinon_pc_libs "-pthread")
    elseif(link MATCHES "^[A-Za-z0-9_]+$")
      list(APPEND koinon_pc_libs "-l${link}")
    else()
      message(FATAL_ERROR "KoinonInstall.cmake does not know what ${link} is called in pkg-config")
    endif()
  endif()
endforeach()
set_target_properties(koinon PROPERTIES INTERFACE_LINK_LIBRARIES "${koinon_interface}")
list(REMOVE_DUPLICATES koinon_pc_requires)
list(REMOVE_DUPLICATES koinon_pc_libs)
foreach(library IN LISTS CMAKE_CXX_IMPLICIT_LINK_LIBRARIES)
  if(library MATCHES "^(stdc\\+\\+|c\\+\\+|m)$")
    list(APPEND koinon_pc_libs "-l${library}")
  endif()
endforeach()
list(JOIN koinon_pc_requires ", " koinon_pc_requires)
list(JOIN koinon_pc_libs " " koinon_pc_libs)

install(TARGETS koinon EXPORT koinonTargets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(EXPORT koinonTargets NAMESPACE koinon:: FILE koinonTargets.cmake DESTINATION "${koinon_cmake_dir}")

# -- The C library and the command ----------------------------------------------------------------

if(TARGET koinon_c)
  set_target_properties(koinon_c PROPERTIES EXPORT_NAME c)
  install(TARGETS koinon_c EXPORT koinonCTargets
          LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
          RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}"
          INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
  install(EXPORT koinonCTargets NAMESPACE koinon:: FILE koinonCTargets.cmake DESTINATION "${koinon_cmake_dir}")
endif()
if(TARGET koinon_command)
  file(RELATIVE_PATH koinon_bin_to_lib "/prefix/${CMAKE_INSTALL_BINDIR}" "/prefix/${CMAKE_INSTALL_LIBDIR}")
  set_target_properties(koinon_command PROPERTIES INSTALL_RPATH "$ORIGIN/${koinon_bin_to_lib}")
  install(TARGETS koinon_command RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()

# -- find_package and pkg-config ------------------------------------------------------------------

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/koinonConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/cmake/koinonConfig.cmake" INSTALL_DESTINATION "${koinon_cmake_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/cmake/koinonConfigVersion.cmake"
  COMPATIBILITY SameMajorVersion)
install(FILES "${PROJECT_BINARY_DIR}/cmake/koinonConfig.cmake"
              "${PROJECT_BINARY_DIR}/cmake/koinonConfigVersion.cmake" DESTINATION "${koinon_cmake_dir}")

# The .pc files find their prefix from where they lie, so an install tree can be moved.
file(RELATIVE_PATH koinon_pc_prefix "/prefix/${koinon_pkgconfig_dir}" "/prefix")
foreach(name koinon koinon_c)
  configure_file("${PROJECT_SOURCE_DIR}/cmake/${name}.pc.in" "${PROJECT_BINARY_DIR}/cmake/${name}.pc" @ONLY)
  install(FILES "${PROJECT_BINARY_DIR}/cmake/${name}.pc" DESTINATION "${koinon_pkgconfig_dir}")
endforeach()
