// What is wrong with a report, by the template that it follows. Needs no incident file.
//
//   const ReportReading report = read_report(source, {.as_of = now}, diagnostics);
//   for (const LintFinding& each : lint_report(report, {.as_of = now})) …
#pragma once

#include <cita/input/report_reader.hpp>

#include <functional>
#include <string>
#include <vector>

namespace cita {

struct LintRequest {
  Instant as_of{};
  std::string title;              ///< the bug's summary; empty: not checked
  bool revocation_delay = false;  ///< the bug carries a tag for a delayed revocation
  bool reviewer = false;          ///< reviewers and auditors do not correct the author's style
};

/// A check there is (lint_checks.def).
struct LintCheck {
  std::string_view id;
  std::string_view title;
  std::string_view text;
};
std::span<const LintCheck> lint_checks();
/// Nothing when there is no such check.
const LintCheck* lint_check(std::string_view id);

/// What to write instead, where that is certain.
struct LintFix {
  Span span;
  std::string text;
};

struct LintFinding {
  const LintCheck* check = nullptr;
  RequirementLevel level = RequirementLevel::must;
  std::string section;  ///< where the document asks for it: "Incident Report Fields, \"Timeline\""
  std::string message;
  std::string help;
  std::string key;  ///< what it is about, as it stays when lines move: a label, an entry's words
  Span span;        ///< without a source: the whole report
  std::vector<Related> related;
  std::optional<LintFix> fix;
  bool unsure = false;  ///< read from words; somebody has to look
};

/// In the order of the report's lines.
std::vector<LintFinding> lint_report(const ReportReading& report, const LintRequest& request);

namespace lint {

/// One check at work: what it looks at, and where it puts what it finds.
struct Checker {
  const ReportReading& report;
  const LintRequest& request;
  const LintCheck& check;
  const AskedCheck& asked;
  std::vector<LintFinding>& findings;

  LintFinding& find(Span span, std::string message, std::string key = {});
  /// Whether the report is of this kind.
  bool is(FormKind kind) const { return report.form != nullptr && report.form->kind == kind; }
};

/// The lines of the report with the byte at which each begins, but for those of code and very long ones.
void each_line(const Checker& checker, const std::function<void(std::string_view line, std::size_t begin)>& visit);

/// Whether a value is a gap that cita render left: "(to be written: …)".
bool is_gap(std::string_view value);

}  // namespace lint

}  // namespace cita
