// An incident file: it is read, or an error says why not.
#include "fuzz.hpp"

#include <cita/input/incident_file.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cita::Diagnostics diagnostics;
  const auto source = fuzz::source_of(fuzz::bytes_of(data, size));
  const auto incident = cita::read_incident(source, diagnostics);
  fuzz::require(incident.has_value() != diagnostics.has_errors(), "a file is read, or an error says why not");
  diagnostics.sort();
  fuzz::require_shown(diagnostics);
  return 0;
}
