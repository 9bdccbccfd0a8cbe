#include <cita/lint/report_lint.hpp>

#include <algorithm>

namespace cita {

namespace lint {

#define LINT_CHECK(function, id, title, text) void function(Checker& checker);
#include <cita/lint/lint_checks.def>
#undef LINT_CHECK

LintFinding& Checker::find(Span span, std::string message, std::string key) {
  LintFinding& finding = findings.emplace_back();
  finding.check = &check;
  finding.level = asked.level;
  finding.section = asked.section;
  finding.message = std::move(message);
  finding.key = std::move(key);
  finding.span = span;
  return finding;
}

bool is_gap(std::string_view value) { return value.find("(to be written:") != std::string_view::npos; }

}  // namespace lint

namespace {

constexpr LintCheck checks[] = {
#define LINT_CHECK(function, id, title, text) {id, title, text},
#include <cita/lint/lint_checks.def>
#undef LINT_CHECK
};

using Function = void (*)(lint::Checker&);
constexpr Function functions[] = {
#define LINT_CHECK(function, id, title, text) lint::function,
#include <cita/lint/lint_checks.def>
#undef LINT_CHECK
};

// Of one check so many are told, and of the rest how many there are.
void shorten(std::vector<LintFinding>& findings, std::size_t begin) {
  constexpr std::size_t most = 100;
  const std::size_t found = findings.size() - begin;
  if (found <= most) return;
  findings.erase(findings.begin() + static_cast<std::ptrdiff_t>(begin + most), findings.end());
  findings.back().message += " (and " + std::to_string(found - most) + " more)";
}

// A report without a template is held against the one in force.
const ReportTemplate* template_of(const ReportReading& report, const LintRequest& request) {
  if (report.chosen) return report.chosen.form;
  return template_in_force(request.as_of).form;
}

}  // namespace

std::span<const LintCheck> lint_checks() { return checks; }

const LintCheck* lint_check(std::string_view id) {
  const auto found = std::find_if(std::begin(checks), std::end(checks), [id](const LintCheck& each) { return each.id == id; });
  return found == std::end(checks) ? nullptr : found;
}

std::vector<LintFinding> lint_report(const ReportReading& report, const LintRequest& request) {
  std::vector<LintFinding> findings;
  const ReportTemplate* form = template_of(report, request);
  if (form == nullptr) return findings;
  for (const AskedCheck& asked : form->checks) {
    const LintCheck* check = lint_check(asked.check);
    if (check == nullptr) continue;
    const std::size_t before = findings.size();
    lint::Checker checker{report, request, *check, asked, findings};
    functions[check - std::begin(checks)](checker);
    shorten(findings, before);
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const LintFinding& a, const LintFinding& b) { return a.span.begin < b.span.begin; });
  return findings;
}

}  // namespace cita
