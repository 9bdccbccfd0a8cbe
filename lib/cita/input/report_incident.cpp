#include <cita/base/text.hpp>
#include <cita/input/report_incident.hpp>
#include <cita/time/placing.hpp>
#include <cita/time/reading.hpp>

#include <algorithm>
#include <map>

namespace cita {

namespace {

// The number that a text begins with.
std::optional<std::int64_t> number_in(std::string_view text) {
  std::size_t at = 0;
  return text::number_at(text, at);
}

std::string filled(std::string_view value) { return says_not_applicable(value) ? std::string() : std::string(value); }

class Maker {
 public:
  Maker(const ReportReading& report, std::string_view title) : report_(report) {
    Incident& incident = made_.incident;
    incident.source = report.text.source;
    const std::size_t colon = title.find(": ");
    incident.title = title;
    if (colon != std::string_view::npos) incident.ca_name = title.substr(0, colon);
    Account& account = incident.accounts.emplace_back();
    account.name = "report";
    account.from = report.text.source->name();
    account.zone = all_zoned() ? "UTC" : "";
  }

  ReportedIncident make() {
    for (const FoundPlace& place : report_.places)
      if (place.block->kind == BlockKind::field) take_field(place);
    for (const FoundPlace& place : report_.places)
      if (place.block->kind == BlockKind::heading) take_section(place);
    take_factors();
    take_lessons();
    take_tables();
    take_findings();
    make_cases();
    for (const TimelineRow& row : report_.timeline.rows) take_row(row);
    return std::move(made_);
  }

 private:
  bool all_zoned() const {
    return std::none_of(report_.timeline.rows.begin(), report_.timeline.rows.end(), [](const TimelineRow& row) {
      return row.time && has_assumption(*row.time.stamp, AssumptionKind::unknown_zone);
    });
  }

  void take_field(const FoundPlace& place) {
    ReportFields& fields = made_.incident.report;
    const std::string value = filled(place.value);
    switch (place.block->value) {
      case ReportValue::ccadb_id: made_.incident.ccadb_id = value; break;
      case ReportValue::disclosure: take_disclosure(value); break;
      case ReportValue::summary: fields.summary = value; break;
      case ReportValue::relevant_policies: fields.relevant_policies = value; break;
      case ReportValue::containment: fields.containment = value; break;
      case ReportValue::total_certificates: fields.total_certificates = number_in(value); break;
      case ReportValue::remaining_valid: fields.remaining_valid = number_in(value); break;
      case ReportValue::certificate_types: take_types(value); break;
      case ReportValue::heuristic: fields.heuristic = value; break;
      case ReportValue::issuance_stopped: take_issuance(value); break;
      case ReportValue::delay_analysis: fields.delay_analysis = value; break;
      case ReportValue::additional_considerations: fields.additional_considerations = value; break;
      case ReportValue::closure_root_causes: fields.closure_root_causes = value; break;
      case ReportValue::closure_remediation: fields.closure_remediation = value; break;
      case ReportValue::closure_commitments: fields.closure_commitments = value; break;
      default: break;
    }
  }

  // A section whose content is one prose value.
  void take_section(const FoundPlace& place) {
    ReportFields& fields = made_.incident.report;
    const std::string value = filled(place.prose);
    for (const ReportValue each : prose_below(report_.form->blocks, *place.block)) {
      if (each == ReportValue::summary) fields.summary = value;
      if (each == ReportValue::awareness) fields.awareness = value;
      if (each == ReportValue::problem_summary) fields.problem_summary = value;
      if (each == ReportValue::certificate_data) fields.certificate_data = value;
      if (each == ReportValue::issuance_stopped) take_issuance(value);
    }
  }

  static std::vector<ReportValue> prose_below(std::span<const ReportBlock> blocks, const ReportBlock& heading) {
    std::vector<ReportValue> values;
    bool inside = false;
    for (const ReportBlock& block : blocks) {
      if (block.kind == BlockKind::heading) inside = &block == &heading;
      if (inside && block.kind == BlockKind::prose) values.push_back(block.value);
    }
    return values;
  }

  void take_disclosure(std::string_view value) {
    const std::string simple = normalised_label(value);
    const auto is = [&](const char* key) {
      return !report_.chosen.form->word(key).empty() && normalised_label(report_.chosen.form->word(key)) == simple;
    };
    made_.incident.disclosure_stated = true;
    if (is("self-reported")) made_.incident.disclosure = DisclosureSource::self_reported;
    else if (is("third-party-reported")) made_.incident.disclosure = DisclosureSource::third_party_reported;
    else if (is("audit")) made_.incident.disclosure = DisclosureSource::audit;
    else made_.incident.disclosure_stated = false;
  }

  void take_types(const std::string& value) {
    made_.incident.report.certificate_types = value;
    const std::string simple = text::simplified(value);
    const auto has = [&simple](std::string_view word) { return simple.find(word) != std::string::npos; };
    if (has("s/mime") || has("smime")) made_.incident.certificates = CertificateUse::smime;
    else if (has("code sign")) made_.incident.certificates = CertificateUse::code_signing;
    else if (has("tls") || has("dv") || has("ov") || has("iv")) made_.incident.certificates = CertificateUse::tls;
    else if (has("ev")) made_.incident.certificates = CertificateUse::ev;
  }

  void take_issuance(const std::string& value) {
    const std::string simple = text::simplified(value);
    ReportFields& fields = made_.incident.report;
    const bool yes = simple.starts_with("yes"), no = simple.starts_with("no");
    if (yes || no) fields.issuance_stopped = yes;
    std::string_view why = value;
    if (yes || no) why.remove_prefix(yes ? 3 : 2);
    while (!why.empty() && std::string_view(" .,:;-\n").find(why.front()) != std::string_view::npos) why.remove_prefix(1);
    fields.issuance_explanation = why;
  }

  void take_factors() {
    for (std::size_t i = 0; i < report_.factors.size(); ++i) {
      ContributingFactor& factor = made_.incident.report.factors.emplace_back();
      factor.title = report_.factors[i].title;
      for (const FoundPlace& place : report_.places) {
        if (place.turn != static_cast<int>(i)) continue;
        const std::string value = filled(place.value);
        if (place.block->value == ReportValue::factor_description) factor.description = value;
        if (place.block->value == ReportValue::factor_timeline) factor.timeline = value;
        if (place.block->value == ReportValue::factor_detection) factor.detection = value;
        if (place.block->value == ReportValue::factor_interaction) factor.interaction = value;
        if (place.block->value == ReportValue::factor_methodology) factor.methodology = value;
      }
    }
  }

  // What stands right below a finding's heading, or in its fields; its remedies in a table or a list.
  void take_findings() {
    for (std::size_t i = 0; i < report_.findings.size(); ++i) {
      AuditFinding& finding = made_.incident.report.findings.emplace_back();
      finding.span = report_.findings[i].span;
      finding.description = filled(report_.findings[i].text);
      const auto turn = static_cast<int>(i);
      for (const FoundPlace& place : report_.places)
        if (place.turn == turn) take_of_finding(place, finding);
      if (const FoundTable* items = report_.table(ReportValue::action_items))
        for (const FoundRow& row : items->rows)
          if (row.turn == turn && take_action_item(row)) finding.action_items.push_back(last_action_item());
    }
  }

  void take_of_finding(const FoundPlace& place, AuditFinding& finding) {
    const std::string value = filled(place.value);
    if (place.block->value == ReportValue::finding_description) finding.description = value;
    if (place.block->value == ReportValue::finding_root_cause) finding.root_cause = value;
    if (place.block->value == ReportValue::action_items)
      for (std::string_view rest = value; !rest.empty();) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (take_remedy(line)) finding.action_items.push_back(last_action_item());
      }
    for (const ReportBlock& block : report_.form->blocks)
      for (const ReportValue each : prose_below(block.blocks, *place.block))
        if (each == ReportValue::finding_root_cause) finding.root_cause = filled(place.prose);
  }

  // "- What will be done – Ongoing, 2026-12-01"
  bool take_remedy(std::string_view line) {
    line = trimmed(line);
    if (line.starts_with("- ")) line.remove_prefix(2);
    if (line.empty()) return false;
    ActionItem& item = new_action_item();
    constexpr std::string_view tie = " \u2013 ";
    if (const std::size_t at = line.rfind(tie); at != std::string_view::npos) {
      const std::string_view outcome = line.substr(at + tie.size());
      const std::size_t comma = outcome.rfind(", ");
      if (comma != std::string_view::npos && take_due(item, outcome.substr(comma + 2))) {
        item.status = outcome.substr(0, comma);
        line = line.substr(0, at);
      }
    }
    item.text = line;
    return true;
  }

  int last_action_item() const { return static_cast<int>(made_.incident.action_items.size()) - 1; }

  ActionItem& new_action_item() {
    ActionItem& item = made_.incident.action_items.emplace_back();
    item.id = "a" + std::to_string(made_.incident.action_items.size());
    return item;
  }

  // In the zone that the report has for all times.
  bool take_due(ActionItem& item, std::string_view text) {
    StampContext context;
    context.zone = made_.incident.accounts.front().zone;
    const StampResult date = read_stamp(std::string(text), context);
    if (date) item.due = TimeRef{*date.stamp, std::nullopt};
    return static_cast<bool>(date);
  }

  void take_lessons() {
    ReportFields& fields = made_.incident.report;
    for (const FoundLesson& lesson : report_.lessons) {
      if (says_not_applicable(lesson.text)) continue;
      if (lesson.value == ReportValue::went_well) fields.went_well.push_back(lesson.text);
      if (lesson.value == ReportValue::did_not_go_well) fields.did_not_go_well.push_back(lesson.text);
      if (lesson.value == ReportValue::got_lucky) fields.got_lucky.push_back(lesson.text);
      if (lesson.value == ReportValue::additional) fields.additional.push_back(lesson.text);
    }
  }

  void take_tables() {
    if (const FoundTable* related = report_.table(ReportValue::related))
      for (const FoundRow& row : related->rows) {
        const std::string_view bug = row.text(ReportValue::related_bug);
        const std::size_t digit = bug.find_first_of("0123456789");
        if (digit == std::string_view::npos) continue;
        RelatedIncident& each = made_.incident.report.related.emplace_back();
        each.bug = number_in(bug.substr(digit)).value_or(0);
        each.opened = row.text(ReportValue::related_opened);
        each.description = row.text(ReportValue::related_description);
      }
    if (const FoundTable* items = report_.table(ReportValue::action_items))
      for (const FoundRow& row : items->rows)
        if (row.turn < 0) take_action_item(row);
  }

  bool take_action_item(const FoundRow& row) {
    if (row.text(ReportValue::action_text).empty()) return false;
    ActionItem& item = new_action_item();
    item.text = row.text(ReportValue::action_text);
    item.kind = row.text(ReportValue::action_kind);
    item.status = row.text(ReportValue::action_status);
    item.evaluation_criteria = row.text(ReportValue::action_evaluation);
    item.span = row.span;
    std::string_view causes = row.text(ReportValue::action_root_causes);
    while (!causes.empty()) {
      const std::size_t comma = std::min(causes.find(", "), causes.size());
      item.root_causes.emplace_back(causes.substr(0, comma));
      causes.remove_prefix(std::min(comma + 2, causes.size()));
    }
    take_due(item, row.text(ReportValue::action_due));
    return true;
  }

  // ---- the timeline

  static std::string case_id(std::string_view name) {
    std::string id;
    for (const char c : text::simplified(name)) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (plain) id += c;
      else if (!id.empty() && id.back() != '-') id += '-';
    }
    while (id.ends_with('-')) id.pop_back();
    constexpr std::size_t longest = 40;
    return id.empty() ? "report" : id.substr(0, longest);
  }

  void make_cases() {
    for (const TimelineRow& row : report_.timeline.rows) {
      if (row.of_case.empty() || find_case(row.of_case) != none) continue;
      Case& each = made_.incident.cases.emplace_back();
      each.id = case_id(row.of_case);
      each.span = row.span;
      case_names_.push_back(row.of_case);
    }
  }
  int find_case(const std::string& name) const {
    const auto found = std::find(case_names_.begin(), case_names_.end(), name);
    return found == case_names_.end() ? none : static_cast<int>(found - case_names_.begin());
  }

  int case_of(const TimelineRow& row, EventKind kind) {
    if (!row.of_case.empty()) return find_case(row.of_case);
    if (kind != EventKind::problem_report_received && made_.incident.cases.size() != 1) return none;
    if (made_.incident.cases.empty()) {
      made_.incident.cases.emplace_back().id = "report-1";
      case_names_.emplace_back();
    }
    return made_.incident.cases.size() == 1 ? 0 : none;
  }

  static bool is_about_report(EventKind kind) {
    return kind == EventKind::problem_report_received || kind == EventKind::problem_report_sent ||
           kind == EventKind::problem_report_noticed || kind == EventKind::auto_acknowledgement ||
           kind == EventKind::holding_reply || kind == EventKind::preliminary_report;
  }

  // Kinds that an incident file takes only together with what a row does not say for sure: for when, which date.
  static bool needs_more(EventKind kind) {
    return kind == EventKind::revocation_planned || kind == EventKind::next_update_set || kind == EventKind::still_open;
  }

  // A date of the summary that an entry of the timeline tells too.
  bool is_told_again(const TimelineRow& summary) const {
    if (!normalised_label(summary.label).starts_with("non-compliance") || !summary.time) return false;
    return std::any_of(report_.timeline.rows.begin(), report_.timeline.rows.end(), [&summary](const TimelineRow& row) {
      return &row != &summary && row.label.empty() && row.time && row.event.kind == summary.event.kind &&
             agree_within_rounding(row.time.stamp->moment, summary.time.stamp->moment);
    });
  }

  void take_row(const TimelineRow& row) {
    if (row.event.of_another || is_told_again(row)) return;
    std::vector<std::string> remarks;
    Event event;
    const bool is_usable = row.time && row.event.certainty >= Certainty::likely && !needs_more(row.event.kind);
    event.kind = is_usable ? row.event.kind : EventKind::other;
    event.id = "line-" + std::to_string(row.line) + (ids_[row.line]++ > 0 ? "-" + std::to_string(ids_[row.line]) : "");
    event.text = row.text;
    event.span = row.span;
    if (is_about_report(event.kind)) event.in_case = case_of(row, event.kind);
    if (event.kind != EventKind::other && row.event.certainty != Certainty::certain)
      remarks.push_back("the kind is read from the words: " + std::string(name(event.kind)));
    if (!is_usable && row.event.kind != EventKind::other) remarks.push_back("this may be: " + std::string(name(row.event.kind)));
    Telling& telling = event.tellings.emplace_back();
    telling.span = row.span;
    if (row.time) {
      telling.at.stamp = *row.time.stamp;
      for (const Assumption& each : row.time.stamp->assumptions) remarks.push_back("the time: " + each.text);
      for (const Complaint& each : row.time.stamp->complaints) remarks.push_back("the time: " + each.text);
    } else {
      if (!row.time_text.empty()) remarks.push_back("the time '" + row.time_text + "' cannot be read: " + row.time.error.message);
    }
    telling.at.stamp.text = row.time_text;
    telling.at.stamp.span = row.span;
    made_.incident.events.push_back(std::move(event));
    made_.certainties.push_back(row.event.certainty);
    made_.remarks.push_back(std::move(remarks));
  }

  const ReportReading& report_;
  ReportedIncident made_;
  std::vector<std::string> case_names_;
  std::map<int, int> ids_;
};

}  // namespace

ReportedIncident incident_of(const ReportReading& report, std::string_view title) { return Maker(report, title).make(); }

Incident told_by_report(const ReportReading& report, std::string_view title, std::string account) {
  ReportedIncident reported = incident_of(report, title);
  Account& teller = reported.incident.accounts.front();
  teller.name = std::move(account);
  teller.complete.what = Completeness::What::nothing;
  for (std::size_t i = 0; i < reported.incident.events.size(); ++i) {
    Event& event = reported.incident.events[i];
    if (reported.certainties[i] != Certainty::certain && event.kind != EventKind::other)
      event.unsure = "its kind is read from the words of the report";
  }
  return std::move(reported.incident);
}

}  // namespace cita
