# What `cmake --install` puts where, so that others find the library by find_package(cita) or by pkg-config.

include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/cita)

install(TARGETS cita EXPORT citaTargets ARCHIVE FILE_SET HEADERS FILE_SET tables)
install(EXPORT citaTargets NAMESPACE cita:: DESTINATION ${package_dir})
configure_package_config_file(citaConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/citaConfig.cmake
  INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor version may break what the one before had.
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/citaConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/citaConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/citaConfigVersion.cmake
  DESTINATION ${package_dir})

# The same for pkg-config. An installed tree may be moved, so it says where it is relative to itself.
set(cita_pc_requires "fmt, icu-i18n, icu-uc, libcrypto, yaml-0.1, zlib")
set(cita_pc_libs "-ldate-tz -lcmark-gfm-extensions -lcmark-gfm")  # date-tz and the extensions have no .pc file in Debian
file(RELATIVE_PATH cita_pc_to_prefix /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
string(REGEX REPLACE "/$" "" cita_pc_to_prefix "${cita_pc_to_prefix}")
configure_file(cita.pc.in ${CMAKE_CURRENT_BINARY_DIR}/cita.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/cita.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/schemas/ DESTINATION ${CMAKE_INSTALL_DATADIR}/cita/schemas FILES_MATCHING PATTERN *.json)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
