# Debian's static MLIR archives name the shared libLLVM in their link
# interface, which costs every tool 12 ms and 50 MB at start. This replaces it
# by the three static LLVM archives that the core of MLIR needs.
#
# Include it after find_package(MLIR), in the same scope. Including it twice
# does no harm.

foreach(target IN LISTS MLIR_EXPORTED_TARGETS)
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "STATIC_LIBRARY")
    get_target_property(libraries ${target} INTERFACE_LINK_LIBRARIES)
    if(libraries)
      string(REGEX REPLACE "(^|;)LLVM($|;)"
        "\\1LLVMRemarks;LLVMSupportLSP;LLVMSupport\\2"
        libraries "${libraries}")
      set_target_properties(${target} PROPERTIES
        INTERFACE_LINK_LIBRARIES "${libraries}")
    endif()
  endif()
endforeach()
