// A report's Markdown: any text is read, and every place that is found stands in it.
#include "fuzz.hpp"

#include <cita/evidence/list_time.hpp>
#include <cita/input/report_reader.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cita::Diagnostics diagnostics;
  const auto source = fuzz::source_of(fuzz::bytes_of(data, size));
  const auto report = cita::read_report(source, {*cita::evidence::instant_of(2026, 5, 1, 0, 0, 0), {}}, diagnostics);
  for (const cita::FoundPlace& each : report.places)
    fuzz::require(!each.span || each.span.end <= source->text().size(), "a place stands in the report");
  for (const cita::FoundTable& table : report.tables)
    for (const cita::FoundRow& row : table.rows)
      fuzz::require(!row.span || row.span.end <= source->text().size(), "a row stands in the report");
  fuzz::require_shown(diagnostics);
  return 0;
}
