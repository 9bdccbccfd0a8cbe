// What was found in a report, as results (result.hpp).
#pragma once

#include <cita/lint/report_lint.hpp>
#include <cita/lint/report_suppressions.hpp>
#include <cita/output/result.hpp>

namespace cita {

/// The rules of `cita lint`: its checks ("report.weekday"), and those of `cita check` for what the timeline lets judge.
RuleSet lint_rules(const Catalog& catalog);

/// A finding. `whose` names the report in its fingerprint; `form` is what the finding cites.
Result result_of(const LintFinding& finding, const ReportTemplate* form, std::string_view whose, const RuleSet& rules);

/// Marks the results that a suppression is about. One that has expired at `as_of`, that lacks an end and needs one (a MUST), that
/// names no rule or that is about nothing is a warning.
void suppress(std::vector<Result>& results, const std::vector<ReportSuppression>& suppressions, const RuleSet& rules,
              Instant as_of, Diagnostics& diagnostics);

}  // namespace cita
