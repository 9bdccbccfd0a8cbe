// The timeline of a report: which day the times of its lines are of.
#include <cita/input/report_reader.hpp>
#include <cita/time/format.hpp>

#include <doctest/doctest.h>

using namespace cita;

namespace {

// "TIME: TEXT" of each row, a line each.
std::string rows_of(const std::string& report) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>("report.md", report);
  const ReportReading reading = read_report(source, {}, diagnostics);
  std::string rows;
  for (const TimelineRow& row : reading.timeline.rows)
    rows += (row.time ? show(row.time.stamp->moment) : row.time.error.code) + ": " + row.text + "\n";
  return rows;
}

}  // namespace

TEST_CASE("a month above bare days is theirs") {
  CHECK(
      rows_of(
          "## Timeline\n\nAll times are UTC.\n\n**April 2023**\n\n- 6th, 09:20: the report was received\n- 7, 10:15: revoked\n\n"
          "**May**\n\n- 1st, 00:05: closed\n") ==
      "2023-04-06 09:20 UTC: the report was received\n2023-04-07 10:15 UTC: revoked\n2023-05-01 00:05 UTC: closed\n");
}

TEST_CASE("a number that is no day is none below a month either") {
  CHECK(
      rows_of("## Timeline\n\nAll times are UTC.\n\n**April 2023**\n\n- 6th, 09:20: received\n- 6 certificates were revoked\n") ==
      "2023-04-06 09:20 UTC: received\nno-time: 6 certificates were revoked\n");
}
