// An answer of Bugzilla's REST interface, with or without its header lines.
#include "fuzz.hpp"

#include <cita/input/bugzilla_record.hpp>

#include <algorithm>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cita::Diagnostics diagnostics;
  const auto source = fuzz::source_of(fuzz::bytes_of(data, size));
  const auto bugs = cita::read_bugzilla({source}, diagnostics);
  fuzz::require(std::is_sorted(bugs.begin(), bugs.end(), [](const auto& a, const auto& b) { return a.id < b.id; }),
                "bugs come in the order of their numbers");
  for (const cita::BugRecord& each : bugs) each.first_gap();
  fuzz::require_shown(diagnostics);
  return 0;
}
