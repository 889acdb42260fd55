# koinon_is_soon_built(TARGET): instrumented code takes twice as long to compile when it is optimised,
# and only kernels repay that in the tests. Fuzzing is for speed again.
function(koinon_is_soon_built target)
  if(KOINON_SANITIZE AND NOT KOINON_FUZZ)
    target_compile_options(${target} PRIVATE -O0)
  endif()
endfunction()
set(KOINON_ROOMS_WITH_KERNELS text index graph search partners programme)

# koinon_room(NAME SOURCES ... [SEES rooms ...] [LINKS libraries ...])
#
# A room is a folder of src: an object library that sees include/koinon, itself and the rooms that
# it names; tests/rooms holds every include to the table of docs/architecture.md.
function(koinon_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;SEES;LINKS" ${ARGN})
  set(target koinon_${name})
  add_library(${target} OBJECT ${ROOM_SOURCES})
  target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/src")
  foreach(seen IN LISTS ROOM_SEES)
    if(NOT TARGET koinon_${seen})
      message(FATAL_ERROR "room ${name} sees ${seen}, which is not built before it")
    endif()
  endforeach()
  target_link_libraries(${target} PRIVATE koinon_build_flags ${ROOM_LINKS})
  if(NOT name IN_LIST KOINON_ROOMS_WITH_KERNELS)
    koinon_is_soon_built(${target})
  endif()
  set_property(GLOBAL APPEND PROPERTY KOINON_ROOMS ${target})
  set_property(GLOBAL APPEND PROPERTY KOINON_LINKS ${ROOM_LINKS})
endfunction()

# The static library of all rooms: koinon::koinon.
function(koinon_library)
  get_property(rooms GLOBAL PROPERTY KOINON_ROOMS)
  get_property(links GLOBAL PROPERTY KOINON_LINKS)
  list(REMOVE_DUPLICATES links)
  set(objects "")
  foreach(room IN LISTS rooms)
    list(APPEND objects $<TARGET_OBJECTS:${room}>)
  endforeach()
  add_library(koinon STATIC ${objects})
  add_library(koinon::koinon ALIAS koinon)
  set_target_properties(koinon PROPERTIES LINKER_LANGUAGE CXX)
  target_compile_features(koinon INTERFACE cxx_std_17)
  target_include_directories(koinon INTERFACE
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(koinon PRIVATE ${links})
endfunction()

# koinon_embed_as(NAME FILE ASM): an assembler source ASM that carries the bytes of FILE as NAME and NAME_end.
function(koinon_embed_as symbol file asm)
  file(CONFIGURE OUTPUT "${asm}" CONTENT "\
    .section .rodata
    .global @symbol@
    .hidden @symbol@
    .global @symbol@_end
    .hidden @symbol@_end
    .balign 16
@symbol@:
    .incbin \"@file@\"
@symbol@_end:
    .byte 0
    .section .note.GNU-stack,\"\",%progbits
" @ONLY)
  set_source_files_properties("${asm}" PROPERTIES OBJECT_DEPENDS "${file}")
endfunction()

# koinon_embed(OUT file ...): makes assembler sources that carry the files' bytes as
# koinon_embedded_NAME and koinon_embedded_NAME_end, NAME being the path below the current folder
# with every other character than a letter or digit as an underscore.
function(koinon_embed out)
  set(sources "")
  foreach(file IN LISTS ARGN)
    string(REGEX REPLACE "[^A-Za-z0-9]" "_" symbol "koinon_embedded_${file}")
    set(asm "${CMAKE_CURRENT_BINARY_DIR}/${symbol}.S")
    koinon_embed_as(${symbol} "${CMAKE_CURRENT_SOURCE_DIR}/${file}" "${asm}")
    list(APPEND sources "${asm}")
  endforeach()
  set(${out} "${sources}" PARENT_SCOPE)
endfunction()
