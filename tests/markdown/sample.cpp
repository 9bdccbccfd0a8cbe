#include "sample.hpp"

#include <cita/time/notation.hpp>

#include <cstdlib>

using namespace cita;

namespace sample {

TimeRef at(std::string_view stamp) {
  StampContext context;
  context.zone = "UTC";
  const StampResult result = read_notation(stamp, context);
  if (!result) std::abort();
  return {*result.stamp, std::nullopt};
}

void tell(Event& event, int account, std::string_view stamp) {
  Telling telling;
  telling.account = account;
  telling.at = at(stamp);
  event.tellings.push_back(std::move(telling));
}

Event& add(Incident& incident, EventKind kind, std::string_view stamp, std::string_view text) {
  Event event;
  event.id = std::string(name(kind)) + "-" + std::to_string(incident.events.size() + 1);
  event.kind = kind;
  event.text = text;
  tell(event, 0, stamp);
  return incident.events.emplace_back(std::move(event));
}

Incident bare() {
  Incident incident;
  incident.title = "Late preliminary report";
  incident.ca_name = "Example CA";
  Account ca;
  ca.name = "ca";
  incident.accounts.push_back(ca);
  return incident;
}

namespace {

void add_accounts(Incident& incident) {
  Account reporter;
  reporter.name = "reporter";
  reporter.kind = AccountKind::reporter;
  reporter.person = "Robin Example";
  incident.accounts.push_back(reporter);
  Case report;
  report.id = "00572387";
  report.certificates.listed = {{"crt.sh:1", {}, {}}, {"crt.sh:2", {}, {}}};
  incident.cases.push_back(report);
}

void add_events(Incident& incident) {
  add(incident, EventKind::software_change, "2026-03", "The mail gateway was replaced.");
  add(incident, EventKind::non_compliance_began, "2026-05-05T08:10Z");
  add(incident, EventKind::made_aware, "2026-05-06T09:00Z", "A reminder of Robin Example reached the compliance team.");
  add(incident, EventKind::non_compliance_ended, "2026-05-06T11:30:15Z");
  add(incident, EventKind::investigation, "2026-05-06T09:15Z..2026-05-06T11:05Z");
  add(incident, EventKind::process_change, "2026-05-07");
  add(incident, EventKind::scope_concluded, "2026-05-07T16:00Z", "Two certificates, and nothing else, are affected.");
  Event& received = add(incident, EventKind::problem_report_received, "2026-05-04T08:10Z");
  received.in_case = 0;
  tell(received, 1, "2026-05-04T08:10:44Z");
  Event& wrong = add(incident, EventKind::preliminary_report, "2026-05-06T11:28Z", "Key not compromised.");
  wrong.in_case = 0;
  wrong.to = {Addressee::reporter};
  Event& finding = add(incident, EventKind::preliminary_report, "2026-05-06T11:30Z");
  finding.in_case = 0;
  finding.to = {Addressee::reporter, Addressee::subscriber};
  finding.withdraws = static_cast<int>(incident.events.size()) - 2;
  tell(finding, 1, "2026-05-06T12:10:03Z");
  Event& plan = add(incident, EventKind::revocation_planned, "2026-05-06T12:00Z");
  plan.in_case = 0;
  plan.planned = at("2026-05-09");
  Event& partial = add(incident, EventKind::revocation_partial, "2026-05-07T10:00Z");
  partial.in_case = 0;
  partial.done = 1;
  partial.of = 2;
  add(incident, EventKind::finding, "2026-05-06T09:45Z", "Legal says that this is bad.").internal = true;
}

void add_actions(Incident& incident) {
  ActionItem monitor;
  monitor.id = "monitor";
  monitor.text = "Alert when a problem report is older than 12 hours | 24 hours";
  monitor.kind = "Detect";
  monitor.root_causes = {"Root Cause # 1", "Root Cause # 2"};
  monitor.evaluation_criteria = "Alerts are tested every week";
  monitor.due = at("2026-06-30");
  monitor.status = "Ongoing";
  ActionItem gateway;
  gateway.id = "gateway";
  gateway.text = "Deliver problem reports past the gateway";
  gateway.kind = "Prevent";
  gateway.root_causes = {"Root Cause # 1"};
  gateway.evaluation_criteria = "A test report arrives within a minute";
  gateway.due = at("2026-05-08");
  incident.action_items = {monitor, gateway};
  add(incident, EventKind::action_item_completed, "2026-05-08T15:00Z").action_item = 1;
}

void add_follow_up(Incident& incident) {
  add(incident, EventKind::incident_disclosed, "2026-05-07T08:00Z");
  incident.questions = {{"q1", Actor::community, "Were | precertificates affected?", {}},
                        {"q2", Actor::root_program, "Why was the gateway replaced?", {}}};
  add(incident, EventKind::question_asked, "2026-05-07T11:00Z").question = 0;
  add(incident, EventKind::question_asked, "2026-05-07T12:00Z").question = 1;
  add(incident, EventKind::question_answered, "2026-05-08T09:00Z").question = 0;
  Event& acknowledged = add(incident, EventKind::question_acknowledged, "2026-05-08T09:10Z");
  acknowledged.question = 1;
  acknowledged.planned = at("2026-05-12");
  add(incident, EventKind::next_update_set, "2026-05-08T14:00Z").planned = at("2026-06-01");
  Event& expired = add(incident, EventKind::expired, "2026-05-08T10:00Z");
  expired.in_case = 0;
  expired.done = 0;
  add(incident, EventKind::audit_period_ended, "2025-12-31", "The audit period ended.");
}

void add_prose(ReportFields& report) {
  report.summary =
      "We answered a Certificate Problem Report\ntoo late.\n\nTwo things came together:\n- the mail gateway\n- no alert";
  report.relevant_policies = "TLS BR 2.1.5, section 4.9.5";
  report.awareness = "By a reminder of the reporter.";
  report.containment = "Contained: every report is seen by two people.";
  report.remaining_valid = 1;
  report.certificate_types = "DV";
  report.heuristic = "The full corpus is in the Appendix.";
  report.issuance_stopped = false;
  report.issuance_explanation = "Issuance was not at fault.";
  report.related = {{1619359, "2020-03-02", "The same duty was missed by <another CA>."}};
  report.factors = {
      {"Mail *gateway*", "Reports were held back.", "Since March 2026.", "By the reminder; nobody counted held mails.",
       "It hid the missing alert.", "5-Whys"},
      {"No alert", "Nobody saw that a report waited.", "From the beginning.", "In the analysis.", "See factor 1.", ""}};
  report.findings = {{"Problem reports were\nnot answered in time.", "A *mail* gateway held them back.", {0, 1}, {}},
                     {"The CPS names an old address.", "Nobody owned the page.", {1}, {}}};
  report.went_well = {"The key was checked within two hours."};
  report.did_not_go_well = {"No alert.", "The first answer was wrong:\n```\nmodulus differs\n"};
  report.got_lucky = {"The reporter asked again."};
  report.problem_summary = "Two certificates, issued 2026-01-10 and 2026-02-11.";
  report.certificate_data = "- https://crt.sh/?id=1\n- https://crt.sh/?id=2";
  report.closure_root_causes = "The gateway, and no alert.";
  report.closure_remediation = "Both are fixed.";
}

}  // namespace

Incident complete() {
  Incident incident = bare();
  incident.ccadb_id = "A000001";
  incident.certificates = CertificateUse::tls;
  incident.disclosure = DisclosureSource::third_party_reported;
  incident.disclosure_stated = true;
  add_accounts(incident);
  add_events(incident);
  add_actions(incident);
  add_follow_up(incident);
  add_prose(incident.report);
  return incident;
}

}  // namespace sample
