#include <cita/input/report_fields.hpp>
#include <cita/input/words.hpp>

namespace cita::input {

namespace {

using yaml::Fields;
using yaml::Node;

void read_certificate_figures(Node node, ReportFields& report, Diagnostics& diagnostics) {
  if (!node) return;
  Fields fields(node, "'certificates'", diagnostics);
  report.total_certificates = fields.count("total");
  report.remaining_valid = fields.count("remaining-valid");
  if (const Node total = fields.node("total")) report.total_span = total.span();
  if (const Node remaining = fields.node("remaining-valid")) report.remaining_span = remaining.span();
  report.certificate_types = fields.text("types");
  fields.done();
}

void read_issuance(Node node, ReportFields& report, Diagnostics& diagnostics) {
  if (!node) return;
  Fields fields(node, "'issuance-stopped'", diagnostics);
  report.issuance_stopped = fields.boolean("stopped");
  report.issuance_explanation = fields.text("why");
  fields.done();
}

RelatedIncident read_related(Node node, Diagnostics& diagnostics) {
  Fields fields(node, "a related incident", diagnostics);
  RelatedIncident related;
  fields.required("bug", "write the number of its bug: 'bug: 1619359'");
  related.bug = fields.count("bug").value_or(0);
  related.opened = fields.text("opened");
  related.description = fields.text("description");
  fields.done();
  return related;
}

ContributingFactor read_factor(Node node, Diagnostics& diagnostics) {
  Fields fields(node, "a contributing factor", diagnostics);
  ContributingFactor factor;
  factor.title = fields.text("title");
  factor.description = fields.text("description");
  factor.timeline = fields.text("timeline");
  factor.detection = fields.text("detection");
  factor.interaction = fields.text("interaction");
  factor.methodology = fields.text("methodology");
  fields.done();
  return factor;
}

AuditFinding read_finding(Node node, Draft& draft) {
  Fields fields(node, "a finding", draft.diagnostics);
  AuditFinding finding;
  finding.span = node.span();
  finding.description = fields.text("description");
  finding.root_cause = fields.text("root-cause");
  each_or_single(fields.node("action-items"), [&](Node item) {
    if (const int index = draft.action_items.require(item, draft.diagnostics); index != none)
      finding.action_items.push_back(index);
  });
  fields.done();
  return finding;
}

void read_lessons(Node node, ReportFields& report, Diagnostics& diagnostics) {
  if (!node) return;
  Fields fields(node, "'lessons'", diagnostics);
  report.went_well = fields.texts("went-well");
  report.did_not_go_well = fields.texts("did-not-go-well");
  report.got_lucky = fields.texts("got-lucky");
  report.additional = fields.texts("additional");
  fields.done();
}

void read_closure(Node node, ReportFields& report, Diagnostics& diagnostics) {
  if (!node) return;
  Fields fields(node, "'closure'", diagnostics);
  report.closure_root_causes = fields.text("root-causes");
  report.closure_remediation = fields.text("remediation");
  report.closure_commitments = fields.text("commitments");
  fields.done();
}

}  // namespace

void read_report(Node node, Draft& draft) {
  if (!node) return;
  ReportFields& report = draft.incident.report;
  Diagnostics& diagnostics = draft.diagnostics;
  Fields fields(node, "'report'", diagnostics);
  report.summary = fields.text("summary");
  report.relevant_policies = fields.text("relevant-policies");
  report.awareness = fields.text("awareness");
  report.containment = fields.text("containment");
  read_certificate_figures(fields.node("certificates"), report, diagnostics);
  report.heuristic = fields.text("heuristic");
  read_issuance(fields.node("issuance-stopped"), report, diagnostics);
  report.delay_analysis = fields.text("delay-analysis");
  report.additional_considerations = fields.text("additional-considerations");
  each_item(fields.node("related-incidents"), diagnostics,
            [&](Node item) { report.related.push_back(read_related(item, diagnostics)); });
  each_item(fields.node("contributing-factors"), diagnostics,
            [&](Node item) { report.factors.push_back(read_factor(item, diagnostics)); });
  each_item(fields.node("findings"), diagnostics, [&](Node item) { report.findings.push_back(read_finding(item, draft)); });
  read_lessons(fields.node("lessons"), report, diagnostics);
  report.problem_summary = fields.text("problem-summary");
  report.certificate_data = fields.text("certificate-data");
  read_closure(fields.node("closure"), report, diagnostics);
  fields.done();
}

}  // namespace cita::input
