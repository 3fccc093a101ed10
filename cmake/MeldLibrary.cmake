# The functions by which every folder of Meld says what it builds.

# meld_library(NAME [SRCS file...] [DEPENDS target...] [LIBS MeldX...]
#              [MLIR MLIRX...])
#
# A static library. SRCS defaults to all *.cpp of the folder; a folder without
# any gives an interface library, so that others can name it already. LIBS are
# libraries of Meld; MLIR are libraries of MLIR, or libMLIR.so when
# MELD_LINK=dylib.
function(meld_library name)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPENDS;LIBS;MLIR" ${ARGN})
  if(NOT ARG_SRCS)
    file(GLOB ARG_SRCS CONFIGURE_DEPENDS *.cpp)
  endif()
  set(scope PUBLIC)
  if(ARG_SRCS)
    add_library(${name} STATIC ${ARG_SRCS})
    llvm_update_compile_flags(${name})
    meld_use_pch(${name})
    set_target_properties(${name} PROPERTIES
      ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
  else()
    set(scope INTERFACE)
    add_library(${name} INTERFACE)
  endif()
  add_dependencies(${name} meld-headers ${ARG_DEPENDS})
  target_link_libraries(${name} ${scope} ${ARG_LIBS})
  meld_link_mlir(${name} ${scope} ${ARG_MLIR})
  target_include_directories(${name} INTERFACE $<INSTALL_INTERFACE:include>)
  set_property(GLOBAL APPEND PROPERTY MELD_LIBRARIES ${name})
endfunction()

# meld_tool(NAME [SRCS file...] [LIBS MeldX...] [MLIR MLIRX...])
#
# An executable in build/bin. SRCS defaults to all *.cpp of the folder.
function(meld_tool name)
  cmake_parse_arguments(ARG "" "" "SRCS;LIBS;MLIR" ${ARGN})
  if(NOT ARG_SRCS)
    file(GLOB ARG_SRCS CONFIGURE_DEPENDS *.cpp)
  endif()
  add_executable(${name} ${ARG_SRCS})
  llvm_update_compile_flags(${name})
  meld_use_pch(${name})
  add_dependencies(${name} meld-headers)
  target_link_libraries(${name} PRIVATE ${ARG_LIBS})
  meld_link_mlir(${name} PRIVATE ${ARG_MLIR})
  target_link_options(${name} PRIVATE LINKER:--gc-sections,--as-needed)
  set_target_properties(${name} PROPERTIES
    POSITION_INDEPENDENT_CODE OFF  # -fPIC is there; -fPIE differs from the PCH
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  set_property(GLOBAL APPEND PROPERTY MELD_TOOLS ${name})
endfunction()

# Links libraries of MLIR into `target`. The names stay out of what is
# installed: MeldConfig.cmake adds them again for the user's MLIR.
function(meld_link_mlir target scope)
  set(libraries ${ARGN})
  if(MLIR_LINK_MLIR_DYLIB)
    set(libraries MLIR LLVM)
  endif()
  if(libraries)
    target_link_libraries(${target} ${scope} "$<BUILD_INTERFACE:${libraries}>")
    set_property(GLOBAL APPEND PROPERTY MELD_MLIR_LIBRARIES ${ARGN})
  endif()
endfunction()

# meld_dialect(NAME MNEMONIC [SHARDS n] [TABLES X...])
#
# TableGen of a dialect. By the names of the .td files in the folder:
#   <NAME>Dialect.td      the dialect
#   <NAME>Enums.td        enums               <NAME>Types.td       types
#   <NAME>Attrs.td        attributes          *Interfaces.td       interfaces
#   *Ops.td               one family of ops each (X.h.inc, X.cpp.inc)
# SHARDS splits the definitions of each family in n parts, each selected by
# defining GET_OP_DEFS_<i>. TABLES are records for C++ (X.td to X.inc, searchable
# tables). The target is Meld<NAME>IncGen.
function(meld_dialect name mnemonic)
  cmake_parse_arguments(ARG "" "SHARDS" "TABLES" ${ARGN})
  set(shards)
  if(ARG_SHARDS)
    set(shards -op-shard-count=${ARG_SHARDS})
  endif()
  file(GLOB files RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} CONFIGURE_DEPENDS *.td)
  foreach(file IN LISTS files)
    get_filename_component(stem ${file} NAME_WE)
    set(LLVM_TARGET_DEFINITIONS ${file})
    set(own -dialect=${mnemonic})
    if(stem STREQUAL "${name}Dialect")
      mlir_tablegen(${stem}.h.inc -gen-dialect-decls ${own})
      mlir_tablegen(${stem}.cpp.inc -gen-dialect-defs ${own})
    elseif(stem STREQUAL "${name}Enums")
      mlir_tablegen(${stem}.h.inc -gen-enum-decls)
      mlir_tablegen(${stem}.cpp.inc -gen-enum-defs)
    elseif(stem STREQUAL "${name}Types")
      mlir_tablegen(${stem}.h.inc -gen-typedef-decls -typedefs-dialect=${mnemonic})
      mlir_tablegen(${stem}.cpp.inc -gen-typedef-defs -typedefs-dialect=${mnemonic})
    elseif(stem STREQUAL "${name}Attrs")
      mlir_tablegen(${stem}.h.inc -gen-attrdef-decls -attrdefs-dialect=${mnemonic})
      mlir_tablegen(${stem}.cpp.inc -gen-attrdef-defs -attrdefs-dialect=${mnemonic})
    elseif(stem MATCHES "Interfaces$")
      mlir_tablegen(${stem}.h.inc -gen-op-interface-decls)
      mlir_tablegen(${stem}.cpp.inc -gen-op-interface-defs)
    elseif(stem MATCHES "Ops$")
      mlir_tablegen(${stem}.h.inc -gen-op-decls ${own} ${shards})
      mlir_tablegen(${stem}.cpp.inc -gen-op-defs ${own} ${shards})
    elseif(stem IN_LIST ARG_TABLES)
      tablegen(LLVM ${stem}.inc -gen-searchable-tables)
    endif()
  endforeach()
  meld_generated_headers(Meld${name}IncGen)
endfunction()

# meld_passes(NAME FILE.td): declarations of passes, FILE.h.inc.
function(meld_passes name file)
  set(TABLEGEN_OUTPUT)
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    get_filename_component(stem ${file} NAME_WE)
    set(LLVM_TARGET_DEFINITIONS ${file})
    mlir_tablegen(${stem}.h.inc -gen-pass-decls -name ${name})
  endif()
  meld_generated_headers(${name}PassesIncGen)
endfunction()

# Makes a target of what TableGen wrote in this function call's scope.
macro(meld_generated_headers target)
  if(TABLEGEN_OUTPUT)
    add_public_tablegen_target(${target})
  else()
    add_custom_target(${target})
  endif()
  add_dependencies(meld-headers ${target})
endmacro()
