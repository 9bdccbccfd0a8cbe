#include <cita/base/text.hpp>
#include <cita/output/lint_results.hpp>

#include <fmt/format.h>

namespace cita {

namespace {

std::string rule_id(const LintCheck& check) { return "report." + std::string(check.id); }

ResultLevel level_of(RequirementLevel level) {
  if (is_must(level)) return ResultLevel::must;
  if (is_expected(level)) return ResultLevel::expected;
  return level == RequirementLevel::may ? ResultLevel::advisory : ResultLevel::should;
}

}  // namespace

RuleSet lint_rules(const Catalog& catalog) {
  std::vector<RuleInfo> rules;
  for (const LintCheck& check : lint_checks())
    rules.push_back({rule_id(check),
                     std::string(check.title),
                     std::string(check.text),
                     "report",
                     "docs/lint.md#" + std::string(check.id),
                     {},
                     ResultLevel::must});
  const RuleSet duties = check_rules(catalog);
  for (const RuleInfo& each : duties.all()) rules.push_back(each);
  return RuleSet(std::move(rules));
}

Result result_of(const LintFinding& finding, const ReportTemplate* form, std::string_view whose, const RuleSet& rules) {
  Result result;
  result.rule = rules.find(rule_id(*finding.check));
  // What is read from words alone is for somebody to look at.
  result.kind = finding.unsure ? ResultKind::review : ResultKind::fail;
  result.level = level_of(finding.level);
  result.message = finding.message;
  if (!finding.help.empty()) result.notes.push_back("help: " + finding.help);
  if (form != nullptr) {
    result.citation = fmt::format("{}: {}", form->title, finding.section);
    result.notes.push_back(fmt::format("asked by: {} ({})", result.citation, name(finding.level)));
  }
  result.span = finding.span;
  result.related = finding.related;
  result.fingerprint = fingerprint_of({result.rule->id, whose, finding.key.empty() ? finding.message : finding.key});
  if (finding.fix)
    result.fix = Fix{finding.fix->text.empty() ? "remove it" : fmt::format("write '{}'", finding.fix->text),
                     {{finding.fix->span, finding.fix->text}}};
  return result;
}

namespace {

bool is_meant(const ReportSuppression& suppression, const Result& result) {
  if (result.rule->id != suppression.check || (result.kind != ResultKind::fail && result.kind != ResultKind::review))
    return false;
  return suppression.text.empty() || result.message.find(suppression.text) != std::string::npos ||
         (result.span && result.span.text().find(suppression.text) != std::string_view::npos);
}

}  // namespace

void suppress(std::vector<Result>& results, const std::vector<ReportSuppression>& suppressions, const RuleSet& rules,
              Instant as_of, Diagnostics& diagnostics) {
  for (const ReportSuppression& suppression : suppressions) {
    if (rules.find(suppression.check) == nullptr) {
      diagnostics.warning("unknown-check", suppression.span, "there is no check '" + text::shown(suppression.check) + "'",
                          "write it as a finding shows it: report.counts");
      continue;
    }
    if (suppression.until && suppression.until->moment.latest() < as_of) {
      diagnostics.warning("suppression-expired", suppression.span, "this suppression has expired",
                          "renew it with a reason, or remove it");
      continue;
    }
    bool used = false, lacks_end = false;
    for (Result& each : results) {
      if (!is_meant(suppression, each)) continue;
      if (each.level == ResultLevel::must && !suppression.until) {
        lacks_end = true;
        continue;
      }
      each.suppressed = used = true;
      each.suppressed_because = suppression.reason;
    }
    if (lacks_end)
      diagnostics.warning("suppression-without-end", suppression.span,
                          "a suppressed MUST needs a date until which it is suppressed", "add 'until: YYYY-MM-DD'");
    else if (!used)
      diagnostics.warning("suppression-unused", suppression.span, "this suppression suppresses nothing", "remove it");
  }
}

}  // namespace cita
