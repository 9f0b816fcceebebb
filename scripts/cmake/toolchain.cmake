# Compiler settings: warnings are errors in our code, never in generated code.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()
# -g1: stacks with lines, without the size and the time of full debug data.
# NDEBUG: Abseil's and Protobuf's headers check themselves without it, at every look into a map.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")

find_program(CONCORD_CCACHE ccache)
if(CONCORD_CCACHE)
  # A precompiled header is found by its content, not by its time.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${CONCORD_CCACHE})
endif()
find_program(CONCORD_MOLD mold)
if(CONCORD_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
endif()

if(CONCORD_SANITIZE)
  add_compile_options(-fsanitize=${CONCORD_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${CONCORD_SANITIZE})
endif()
if(CONCORD_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

set(CONCORD_WARNINGS -Wall -Wextra -Werror -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual)
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  list(APPEND CONCORD_WARNINGS -Wthread-safety)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # hiredis and libuv define it for their users, and g++ refuses a precompiled header
  # that was made without it. Where another flag differs it does without the header.
  add_compile_definitions(_FILE_OFFSET_BITS=64)
  list(APPEND CONCORD_WARNINGS -Wno-error=invalid-pch)
  # Sources that are compiled together look like headers to it, in which a type of an unnamed namespace would be a mistake.
  if(CONCORD_TOGETHER)
    list(APPEND CONCORD_WARNINGS -Wno-subobject-linkage)
  endif()
endif()
