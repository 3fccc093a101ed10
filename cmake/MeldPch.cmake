# One precompiled header for all libraries, and ccache that hits in every
# clone.
#
# CMake's own target_precompile_headers puts absolute paths on each command
# line, so that no other clone ever hits the cache. Here the header is compiled
# once per build folder; the sources name it relative to that folder, and
# ccache is told (CCACHE_PCH_EXTSUM) to trust a checksum file beside it: the
# text of the header, the versions of the packages it includes and the flags.
# Hence the rule: include/meld/pch.h includes system headers only.

find_program(MELD_CCACHE ccache)
option(MELD_USE_CCACHE "Compile through ccache" ON)
if(MELD_USE_CCACHE AND MELD_CCACHE)
  foreach(language IN ITEMS C CXX)
    set(CMAKE_${language}_COMPILER_LAUNCHER env
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_PCH_EXTSUM=1 CCACHE_SLOPPINESS=pch_defines,time_macros
      ${MELD_CCACHE})
  endforeach()
endif()

set(MELD_USE_PCH_DEFAULT OFF)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_GENERATOR MATCHES "Ninja")
  set(MELD_USE_PCH_DEFAULT ON)
endif()
option(MELD_USE_PCH "Use a precompiled header (clang and Ninja only)"
  ${MELD_USE_PCH_DEFAULT})

if(MELD_USE_PCH)
  set(MELD_PCH_SOURCE ${CMAKE_SOURCE_DIR}/include/meld/pch.h)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/pch.cpp CONTENT "")
  add_library(MeldPch OBJECT ${CMAKE_BINARY_DIR}/pch.cpp)
  llvm_update_compile_flags(MeldPch)
  set_target_properties(MeldPch PROPERTIES CXX_COMPILER_LAUNCHER "")
  target_precompile_headers(MeldPch PRIVATE ${MELD_PCH_SOURCE})

  set(MELD_PCH CMakeFiles/MeldPch.dir/cmake_pch.hxx.pch)
  set(MELD_PCH_PACKAGES "clang-22 libmlir-22-dev llvm-22-dev libstdc++-12-dev")
  set(MELD_PCH_FLAGS "${CMAKE_BUILD_TYPE} ${CMAKE_CXX_FLAGS} ${MELD_SANITIZE} ${MELD_FUZZ}")
  string(CONCAT summarize
    "{ cat '${MELD_PCH_SOURCE}'; '${CMAKE_CXX_COMPILER}' --version; "
    "dpkg-query -W ${MELD_PCH_PACKAGES} 2>/dev/null; "
    "echo '${MELD_PCH_FLAGS}'; } > ${MELD_PCH}.sum")
  add_custom_command(OUTPUT ${MELD_PCH}.sum VERBATIM
    DEPENDS MeldPch ${CMAKE_BINARY_DIR}/${MELD_PCH}
    COMMAND sh -c "${summarize}")
  add_custom_target(MeldPchSum DEPENDS ${MELD_PCH}.sum)
endif()

# Compiles the C++ sources of `target` with the precompiled header.
function(meld_use_pch target)
  if(NOT MELD_USE_PCH)
    return()
  endif()
  add_dependencies(${target} MeldPchSum)
  target_compile_options(${target} PRIVATE
    "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-include-pch ${MELD_PCH}>")
  get_target_property(sources ${target} SOURCES)
  set_property(SOURCE ${sources} APPEND PROPERTY
    OBJECT_DEPENDS ${CMAKE_BINARY_DIR}/${MELD_PCH}.sum)
endfunction()
