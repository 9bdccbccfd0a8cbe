// What the author of a report wants not to count, with a reason: a file of its own beside the report, "report.cita.yaml" beside
// "report.md", with `suppress:` as in an incident file.
//
//   suppress:
//     - check: report.counts
//       text: 241 remaining            # of the finding's message or line; without it all of the check
//       reason: the total is corrected in comment 3
//       until: 2026-12-31
#pragma once

#include <cita/base/diagnostic.hpp>
#include <cita/time/stamp.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cita {

struct ReportSuppression {
  std::string check;  ///< a rule: "report.counts", "tls-br.revoke-within-24-hours"
  std::string text;   ///< what the message or the line of the finding holds; empty: any
  std::string reason;
  std::optional<Stamp> until;
  Span span;
};

/// The suppressions of such a file. What is wrong with it is an error, and the suppression that it is about is left out.
std::vector<ReportSuppression> read_report_suppressions(std::shared_ptr<const Source> source, Diagnostics& diagnostics);

}  // namespace cita
