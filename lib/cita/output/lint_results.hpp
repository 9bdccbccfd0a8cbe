// What was found in a report, as results (result.hpp).
#pragma once

#include <cita/lint/report_lint.hpp>
#include <cita/output/result.hpp>

namespace cita {

/// The rules of `cita lint`: its checks ("report.weekday"), and those of `cita check` for what the timeline lets judge.
RuleSet lint_rules(const Catalog& catalog);

/// A finding. `whose` names the report in its fingerprint; `form` is what the finding cites.
Result result_of(const LintFinding& finding, const ReportTemplate* form, std::string_view whose, const RuleSet& rules);

}  // namespace cita
