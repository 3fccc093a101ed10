# Finds LLVM and MLIR 22, and sets the flags that code linked with them needs.

set(MELD_LINK static CACHE STRING "How to link LLVM and MLIR: static | dylib")
set_property(CACHE MELD_LINK PROPERTY STRINGS static dylib)
option(MELD_SANITIZE "Build with the address and undefined sanitizers" OFF)
option(MELD_FUZZ "Build the fuzz targets (clang only)" OFF)

# MLIRConfigVersion asks for an equal minor version: `MLIR 22` finds nothing.
find_package(MLIR 22.1 REQUIRED CONFIG HINTS /usr/lib/llvm-22/lib/cmake/mlir)

set(LLVM_RUNTIME_OUTPUT_INTDIR ${CMAKE_BINARY_DIR}/bin)
set(LLVM_LIBRARY_OUTPUT_INTDIR ${CMAKE_BINARY_DIR}/lib)
set(MLIR_BINARY_DIR ${CMAKE_BINARY_DIR})
if(NOT DEFINED LLVM_USE_LINKER AND CMAKE_CXX_COMPILER_ID MATCHES Clang)
  set(LLVM_USE_LINKER lld)
endif()

if(MELD_LINK STREQUAL "dylib")
  set(MLIR_LINK_MLIR_DYLIB ON)
else()
  set(LLVM_LINK_LLVM_DYLIB OFF)
  include(MeldStaticLLVM)
endif()

list(APPEND CMAKE_MODULE_PATH "${MLIR_CMAKE_DIR}" "${LLVM_CMAKE_DIR}")
include(TableGen)
include(AddLLVM)
include(AddMLIR)
include(HandleLLVMOptions)

set(LLVM_TABLEGEN_EXE ${LLVM_TOOLS_BINARY_DIR}/llvm-tblgen)

include_directories(SYSTEM ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
include_directories(${CMAKE_SOURCE_DIR}/include ${CMAKE_BINARY_DIR}/include)
separate_arguments(MELD_LLVM_DEFINITIONS NATIVE_COMMAND ${LLVM_DEFINITIONS})
add_definitions(${MELD_LLVM_DEFINITIONS})

# No build path in objects: archives are the same in every folder.
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)

if(MELD_SANITIZE)
  set(MELD_SANITIZE_FLAGS -fsanitize=address,undefined -fno-sanitize=vptr
    -fno-sanitize-recover=undefined)
  add_compile_options(-g ${MELD_SANITIZE_FLAGS})
  add_link_options(${MELD_SANITIZE_FLAGS})
  if(MELD_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
  endif()
endif()
