# What `cmake --install` puts where: tools in bin, archives in lib, headers with
# tables and generated parts in include, the JavaScript host in share/meld, and
# the package that find_package(Meld) reads in lib/cmake/Meld.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(MELD_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/Meld)

get_property(MELD_LIBRARIES GLOBAL PROPERTY MELD_LIBRARIES)
get_property(MELD_TOOLS GLOBAL PROPERTY MELD_TOOLS)
get_property(MELD_MLIR_LIBRARIES GLOBAL PROPERTY MELD_MLIR_LIBRARIES)
list(REMOVE_DUPLICATES MELD_MLIR_LIBRARIES)

install(TARGETS ${MELD_LIBRARIES} EXPORT MeldTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS ${MELD_TOOLS} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(EXPORT MeldTargets NAMESPACE Meld:: DESTINATION ${MELD_PACKAGE_DIR})

install(DIRECTORY ${CMAKE_SOURCE_DIR}/include/meld
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN *.h PATTERN *.td PATTERN *.def
  PATTERN pch.h EXCLUDE)
install(DIRECTORY ${CMAKE_BINARY_DIR}/include/meld
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN *.inc
  PATTERN CMakeFiles EXCLUDE)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/host/js
  DESTINATION ${CMAKE_INSTALL_DATADIR}/meld/host
  FILES_MATCHING PATTERN *.mjs PATTERN *.mts)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE
  DESTINATION ${CMAKE_INSTALL_DATADIR}/meld)

configure_package_config_file(
  ${CMAKE_SOURCE_DIR}/cmake/MeldConfig.cmake.in
  ${CMAKE_BINARY_DIR}/cmake/MeldConfig.cmake
  INSTALL_DESTINATION ${MELD_PACKAGE_DIR})
write_basic_package_version_file(
  ${CMAKE_BINARY_DIR}/cmake/MeldConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${CMAKE_BINARY_DIR}/cmake/MeldConfig.cmake
  ${CMAKE_BINARY_DIR}/cmake/MeldConfigVersion.cmake
  ${CMAKE_SOURCE_DIR}/cmake/MeldStaticLLVM.cmake
  DESTINATION ${MELD_PACKAGE_DIR})
