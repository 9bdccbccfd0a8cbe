#include <cita/lint/report_suppressions.hpp>
#include <cita/time/notation.hpp>
#include <cita/yaml/fields.hpp>

#include <utility>

namespace cita {

namespace {

std::optional<Stamp> read_until(yaml::Node node, Diagnostics& diagnostics) {
  const auto text = yaml::scalar_text(node, "until", diagnostics);
  if (!text) return std::nullopt;
  StampContext utc;
  utc.zone = "UTC";
  StampResult result = read_notation(*text, utc);
  if (!result) diagnostics.error(result.error.code, node.span(), result.error.message, "write 'until: YYYY-MM-DD'");
  return std::move(result.stamp);
}

std::optional<ReportSuppression> read_suppression(yaml::Node node, Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.errors();
  yaml::Fields fields(node, "a suppression", diagnostics);
  ReportSuppression suppression;
  suppression.span = node.span();
  suppression.check = fields.required_text("check", "name the check: 'check: report.counts'");
  suppression.text = fields.text("text");
  suppression.reason = fields.required_text("reason", "say why this finding does not count");
  if (const yaml::Node until = fields.node("until")) suppression.until = read_until(until, diagnostics);
  fields.done();
  if (diagnostics.errors() > errors_before) return std::nullopt;
  return suppression;
}

}  // namespace

std::vector<ReportSuppression> read_report_suppressions(std::shared_ptr<const Source> source, Diagnostics& diagnostics) {
  std::vector<ReportSuppression> suppressions;
  const auto document = yaml::parse(std::move(source), diagnostics);
  if (!document) return suppressions;
  yaml::Fields fields(document->root(), "a file of suppressions", diagnostics);
  const yaml::Node list = fields.required("suppress", "write 'suppress:' and a list of suppressions");
  fields.done();
  if (!list) return suppressions;
  if (!list.is_sequence()) {
    diagnostics.error("not-a-list", list.span(), "'suppress' is a list", "begin each suppression with '- check: …'");
    return suppressions;
  }
  for (std::size_t i = 0; i < list.size(); ++i)
    if (auto each = read_suppression(list.item(i), diagnostics)) suppressions.push_back(std::move(*each));
  return suppressions;
}

}  // namespace cita
