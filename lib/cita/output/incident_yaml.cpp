#include <cita/base/text.hpp>
#include <cita/output/incident_yaml.hpp>
#include <cita/time/format.hpp>
#include <cita/time/placing.hpp>

#include <date/date.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace cita {

namespace {

// Every JSON string is a YAML scalar, and no escape, control or bidirectional character is left raw in it.
std::string scalar(std::string_view text) {
  return nlohmann::json(std::string(text)).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

std::string comment(std::string_view indent, std::string_view text) {
  std::string out;
  constexpr int width = 116;
  for (const std::string& line : text::wrapped(text::shown(text), width)) out += fmt::format("{}# {}\n", indent, line);
  return out;
}

// In the notation, to its unit: "2026-05-04T08:10"; an open side is left out.
std::string in_unit(Instant instant, Unit unit) {
  const std::string whole = rfc3339(instant);  // 2026-05-04T08:10:59Z
  constexpr std::size_t lengths[] = {19, 16, 13, 10, 7, 4};
  return whole.substr(0, lengths[static_cast<std::size_t>(unit)]);
}

// Whether the bounds are one unit of UTC as a whole.
bool is_one_unit(const Moment& moment) {
  const auto begin = in_unit(moment.earliest(), moment.unit());
  const bool same = begin == in_unit(moment.latest(), moment.unit());
  const std::string first = rfc3339(moment.earliest()), last = rfc3339(moment.latest());
  const std::string_view start = std::string_view("0000-01-01T00:00:00Z").substr(begin.size());
  if (!same || std::string_view(first).substr(begin.size()) != start) return false;
  return rfc3339(moment.latest() + Seconds{1}).substr(begin.size()) == start || moment.unit() == Unit::second;
}

std::string at(const Stamp& stamp) {
  const Moment& moment = stamp.moment;
  if (has_assumption(stamp, AssumptionKind::unknown_zone) && !moment.is_open_before()) {
    // As the clock showed it: the earliest is where that clock is the easternmost.
    const Instant local = moment.earliest() + easternmost;
    return in_unit(local, moment.unit());
  }
  if (!moment.is_open_before() && !moment.is_open_after()) {
    if (is_one_unit(moment)) return in_unit(moment.earliest(), moment.unit()) + (moment.unit() <= Unit::hour ? "Z" : "");
    return fmt::format("{{earliest: {}, latest: {}}}", rfc3339(moment.earliest()), rfc3339(moment.latest()));
  }
  if (!moment.is_open_after()) return fmt::format("{{latest: {}}}", rfc3339(moment.latest()));
  if (!moment.is_open_before()) return fmt::format("{{earliest: {}}}", rfc3339(moment.earliest()));
  return {};
}

class Writer {
 public:
  Writer(const Incident& incident, const YamlRemarks& remarks) : incident_(incident), remarks_(remarks) {}

  std::string write() {
    for (const std::string& each : remarks_.head) out_ += comment("", each);
    out_ += "cita: 1\nincident:\n";
    pair(2, "title", incident_.title.empty() ? "Example CA: What happened" : incident_.title);
    if (incident_.bug) out_ += fmt::format("  bug: {}\n", *incident_.bug);
    if (incident_.ca_name.empty() && !incident_.ccadb_id.empty())
      out_ += comment("  ", "write 'ca: {name: …, ccadb-id: " + incident_.ccadb_id + "}': the report does not name the CA Owner");
    if (!incident_.ca_name.empty()) {
      out_ += "  ca:\n";
      pair(4, "name", incident_.ca_name);
      pair(4, "ccadb-id", incident_.ccadb_id);
    }
    if (incident_.certificates) out_ += fmt::format("  certificates: {}\n", name_of(*incident_.certificates));
    if (incident_.disclosure_stated) out_ += fmt::format("  disclosure: {}\n", name_of(incident_.disclosure));
    accounts();
    cases();
    events();
    action_items();
    report();
    return std::move(out_);
  }

 private:
  static std::string indent(int columns) { return std::string(static_cast<std::size_t>(columns), ' '); }

  void pair(int columns, std::string_view key, std::string_view value) {
    if (!value.empty()) out_ += fmt::format("{}{}: {}\n", indent(columns), key, scalar(value));
  }

  void accounts() {
    out_ += "accounts:\n";
    for (const Account& each : incident_.accounts) {
      out_ += fmt::format("  {}:\n    kind: {}\n", scalar(each.name), name_of(each.kind));
      pair(4, "from", each.from);
      pair(4, "zone", each.zone);
    }
  }

  void cases() {
    if (incident_.cases.empty()) return;
    out_ += "cases:\n";
    for (const Case& each : incident_.cases) out_ += fmt::format("  {}: {{}}\n", scalar(each.id));
  }

  void events() {
    if (incident_.events.empty()) return;
    out_ += "events:\n";
    for (std::size_t i = 0; i < incident_.events.size(); ++i) {
      const Event& event = incident_.events[i];
      if (i < remarks_.events.size())
        for (const std::string& each : remarks_.events[i]) out_ += comment("  ", each);
      out_ += fmt::format("  - id: {}\n    kind: {}\n", scalar(event.id), name(event.kind));
      if (event.in_case != none) pair(4, "case", incident_.cases[static_cast<std::size_t>(event.in_case)].id);
      const std::string time = event.tellings.empty() ? std::string() : at(event.tellings.front().at.stamp);
      if (!time.empty()) out_ += fmt::format("    at: {}\n", time);
      pair(4, "text", event.text);
    }
  }

  void action_items() {
    if (incident_.action_items.empty()) return;
    out_ += "action-items:\n";
    for (const ActionItem& each : incident_.action_items) {
      out_ += fmt::format("  {}:\n", scalar(each.id));
      pair(4, "text", each.text);
      pair(4, "kind", each.kind);
      pair(4, "status", each.status);
      list(4, "root-causes", each.root_causes);
      pair(4, "evaluation-criteria", each.evaluation_criteria);
      if (each.due) out_ += fmt::format("    due: {}\n", at(each.due->stamp));
    }
  }

  void list(int columns, std::string_view key, const std::vector<std::string>& entries) {
    if (entries.empty()) return;
    out_ += fmt::format("{}{}:\n", indent(columns), key);
    for (const std::string& each : entries) out_ += fmt::format("{}- {}\n", indent(columns + 2), scalar(each));
  }

  void report() {
    const std::size_t begin = out_.size();
    out_ += "report:\n";
    const std::size_t head = out_.size();
    const ReportFields& fields = incident_.report;
    pair(2, "summary", fields.summary);
    pair(2, "relevant-policies", fields.relevant_policies);
    pair(2, "awareness", fields.awareness);
    pair(2, "containment", fields.containment);
    if (fields.total_certificates || fields.remaining_valid || !fields.certificate_types.empty()) {
      out_ += "  certificates:\n";
      if (fields.total_certificates) out_ += fmt::format("    total: {}\n", *fields.total_certificates);
      if (fields.remaining_valid) out_ += fmt::format("    remaining-valid: {}\n", *fields.remaining_valid);
      pair(4, "types", fields.certificate_types);
    }
    pair(2, "heuristic", fields.heuristic);
    if (fields.issuance_stopped || !fields.issuance_explanation.empty()) {
      out_ += "  issuance-stopped:\n";
      if (fields.issuance_stopped) out_ += fmt::format("    stopped: {}\n", *fields.issuance_stopped);
      pair(4, "why", fields.issuance_explanation);
    }
    pair(2, "delay-analysis", fields.delay_analysis);
    pair(2, "additional-considerations", fields.additional_considerations);
    related();
    factors();
    findings();
    lessons();
    pair(2, "problem-summary", fields.problem_summary);
    pair(2, "certificate-data", fields.certificate_data);
    if (!fields.closure_root_causes.empty() || !fields.closure_remediation.empty() || !fields.closure_commitments.empty()) {
      out_ += "  closure:\n";
      pair(4, "root-causes", fields.closure_root_causes);
      pair(4, "remediation", fields.closure_remediation);
      pair(4, "commitments", fields.closure_commitments);
    }
    if (out_.size() == head) out_.resize(begin);
  }

  void related() {
    if (incident_.report.related.empty()) return;
    out_ += "  related-incidents:\n";
    for (const RelatedIncident& each : incident_.report.related) {
      out_ += fmt::format("    - bug: {}\n", each.bug);
      pair(6, "opened", each.opened);
      pair(6, "description", each.description);
    }
  }

  void factors() {
    if (incident_.report.factors.empty()) return;
    out_ += "  contributing-factors:\n";
    for (const ContributingFactor& each : incident_.report.factors) {
      out_ += fmt::format("    - title: {}\n", scalar(each.title));
      pair(6, "description", each.description);
      pair(6, "timeline", each.timeline);
      pair(6, "detection", each.detection);
      pair(6, "interaction", each.interaction);
      pair(6, "methodology", each.methodology);
    }
  }

  void findings() {
    if (incident_.report.findings.empty()) return;
    out_ += "  findings:\n";
    for (const AuditFinding& each : incident_.report.findings) {
      out_ += fmt::format("    - description: {}\n", scalar(each.description));
      pair(6, "root-cause", each.root_cause);
      std::vector<std::string> items;
      items.reserve(each.action_items.size());
      for (const int item : each.action_items) items.push_back(incident_.action_items[static_cast<std::size_t>(item)].id);
      list(6, "action-items", items);
    }
  }

  void lessons() {
    const ReportFields& fields = incident_.report;
    if (fields.went_well.empty() && fields.did_not_go_well.empty() && fields.got_lucky.empty() && fields.additional.empty())
      return;
    out_ += "  lessons:\n";
    list(4, "went-well", fields.went_well);
    list(4, "did-not-go-well", fields.did_not_go_well);
    list(4, "got-lucky", fields.got_lucky);
    list(4, "additional", fields.additional);
  }

  const Incident& incident_;
  const YamlRemarks& remarks_;
  std::string out_;
};

}  // namespace

std::string incident_yaml(const Incident& incident, const YamlRemarks& remarks) { return Writer(incident, remarks).write(); }

}  // namespace cita
