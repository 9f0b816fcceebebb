# The kinds of targets of this project, so that each folder's list stays short.

# Parsing gRPC's headers is most of a compilation, so they are read once: a precompiled header for code that must
# stay free of gRPC, one for code that may use it, and the same two for tests. Command lines have one more, for each
# source that sees CLI11's header compiles its ready-made validators, used or not: half of a small source's time.
file(WRITE ${CMAKE_BINARY_DIR}/precompiled.cc "")
function(concord_precompiled name)
  add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/precompiled.cc)
  cmake_parse_arguments(ARG "" "" "HEADERS;LINK" ${ARGN})
  target_precompile_headers(${name} PRIVATE
    <string> <vector> <memory> <functional> <map> <optional>
    <absl/status/statusor.h> <absl/strings/str_cat.h> <absl/container/flat_hash_map.h>
    <absl/synchronization/mutex.h> <absl/time/time.h> <google/protobuf/message.h> ${ARG_HEADERS})
  target_link_libraries(${name} PRIVATE protobuf::libprotobuf absl::statusor absl::flat_hash_map absl::time ${ARG_LINK})
endfunction()
# What is in a test itself is not worth optimising: it compiles in half the time. Whoever looks for a crash in one takes
# a sanitizer's build, which has line numbers.
set(CONCORD_TEST_OPTIONS -O0)
if(NOT CONCORD_SANITIZE)
  list(APPEND CONCORD_TEST_OPTIONS -g0)
endif()
concord_precompiled(precompiled_plain)
concord_precompiled(precompiled_grpc HEADERS <grpcpp/grpcpp.h> LINK gRPC::grpc++)
concord_precompiled(precompiled_command_line HEADERS <grpcpp/grpcpp.h> <CLI/CLI.hpp> LINK gRPC::grpc++ CLI11::CLI11)
concord_precompiled(precompiled_plain_test HEADERS <gmock/gmock.h> <gtest/gtest.h> LINK GTest::gmock GTest::gtest)
concord_precompiled(precompiled_grpc_test HEADERS <grpcpp/grpcpp.h> <gmock/gmock.h> <gtest/gtest.h>
                    LINK gRPC::grpc++ GTest::gmock GTest::gtest)
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  foreach(name precompiled_grpc precompiled_command_line)
    target_compile_options(${name} PRIVATE -fpch-instantiate-templates)
  endforeach()
endif()
foreach(name precompiled_plain_test precompiled_grpc_test)
  target_compile_options(${name} PRIVATE ${CONCORD_TEST_OPTIONS})
endforeach()

# concord_library(NAME [GRPC|COMMAND_LINE] [APART] SOURCES a.cc ... LINK lib ...)
# GRPC: may use gRPC; COMMAND_LINE: that and CLI11.
# APART: its sources use the same short names, each for itself, and are never compiled together.
function(concord_library name)
  cmake_parse_arguments(ARG "GRPC;COMMAND_LINE;APART" "" "SOURCES;LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  concord_settings(${name} "${ARG_GRPC}" "${ARG_COMMAND_LINE}")
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
  concord_together(${name} "${ARG_APART}")
endfunction()

# concord_binary(NAME [GRPC|COMMAND_LINE] SOURCES a.cc ... LINK lib ...)
function(concord_binary name)
  cmake_parse_arguments(ARG "GRPC;COMMAND_LINE" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  concord_settings(${name} "${ARG_GRPC}" "${ARG_COMMAND_LINE}")
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
  # What one thread allocates another one frees, call after call: a write costs a quarter less with jemalloc
  # than with glibc's malloc. The sanitizers have their own.
  if(NOT CONCORD_SANITIZE)
    target_link_libraries(${name} PRIVATE ${CONCORD_JEMALLOC})
  endif()
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
endfunction()

# concord_test(NAME [GRPC] [APART] SOURCES a_test.cc ... LINK lib ...)
# A file that ends in _test.cc needs nothing; one that ends in _redistest.cc
# starts a redis-server of its own. ctest shows one line a program. APART as above.
function(concord_test name)
  cmake_parse_arguments(ARG "GRPC;APART" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  concord_settings(${name} "${ARG_GRPC}" FALSE _test)
  target_compile_options(${name} PRIVATE ${CONCORD_TEST_OPTIONS})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} GTest::gmock GTest::gtest_main)
  concord_together(${name} "${ARG_APART}")
  if(CONCORD_SANITIZE MATCHES thread)
    target_sources(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests/support/thread_sanitizer.cc)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
    ENVIRONMENT "CONCORD_REDIS_SERVER=${CONCORD_REDIS_SERVER};CONCORD_BIN=${CMAKE_BINARY_DIR}/bin;CONCORD_SOURCE=${CMAKE_SOURCE_DIR}")
endfunction()

function(concord_settings name with_grpc with_command_line)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_options(${name} PRIVATE ${CONCORD_WARNINGS})
  if(with_command_line)
    target_precompile_headers(${name} REUSE_FROM precompiled_command_line)
  elseif(with_grpc)
    target_precompile_headers(${name} REUSE_FROM precompiled_grpc${ARGN})
  else()
    target_precompile_headers(${name} REUSE_FROM precompiled_plain${ARGN})
  endif()
endfunction()

# Several sources a compilation: for builds that are made whole and seldom.
function(concord_together name apart)
  if(NOT apart)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ${CONCORD_TOGETHER} UNITY_BUILD_BATCH_SIZE 10)
  endif()
endfunction()
