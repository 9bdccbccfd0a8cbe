// How the targets that judge whole lists ask for it.
#pragma once

#include <cita/evidence/partial.hpp>
#include <cita/output/certificate_chart.hpp>
#include <cita/output/certificate_report.hpp>

namespace fuzz {

/// All records as text.
inline std::string written(cita::evidence::Summaries& records) {
  std::string all;
  records.write([&all](std::string_view text) { all += text; });
  return all;
}

/// A question with one clock; the options point into it.
struct Question {
  cita::CertificateReport report;
  cita::evidence::ListOptions how;
  cita::evidence::TallyOptions tally;

  Question() {
    using namespace cita::evidence;
    report.as_of = how.context.as_of = tally.as_of = *instant_of(2026, 5, 1, 0, 0, 0);
    report.clock = "2026-03-20T00:00:00Z";
    RevocationClock clock;
    clock.limit = "5 days";
    clock.last_on_time = Bounds::exact(*instant_of(2026, 3, 25, 0, 0, 0));
    report.grouping = Grouping::with(clock);
    tally.grouping = &*report.grouping;
    tally.serials = std::make_shared<cita::evidence::SerialStore>();
  }
  Question(const Question&) = delete;
  Question& operator=(const Question&) = delete;

  /// All that is shown of an answer.
  std::string answer(cita::evidence::ListReading lists) {
    report.lists = std::move(lists);
    report.serials = report.tally().serial_rows().result(tally.kept);
    return cita::certificate_json(report) + cita::certificate_text(report, {}) + cita::certificate_svg(report);
  }
};

}  // namespace fuzz
