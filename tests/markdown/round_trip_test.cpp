// File → Markdown → file: what a template holds comes back from the report as it was.
#include "sample.hpp"

#include <cita/input/incident_file.hpp>
#include <cita/input/report_incident.hpp>
#include <cita/output/incident_yaml.hpp>
#include <cita/output/report.hpp>
#include <cita/time/format.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

namespace {

using namespace cita;

constexpr Instant as_of{Seconds{1'790'000'000}};  // 2026-09-21

std::string some_of(std::mt19937& random, const std::vector<std::string>& all, int most) {
  std::string text = "Word";
  for (int i = static_cast<int>(random() % static_cast<unsigned>(most)); i > 0; --i) text += " " + all[random() % all.size()];
  return text;
}

// Prose is the author's own Markdown, of which the reader keeps the text.
std::string words(std::mt19937& random, int most) {
  return some_of(random, {"linter", "été", "x_y_z", "R&D", "50%", "C++", "日本", "it's", "(paren)", "v2.1", "a/b"}, most);
}

// Cells and lists are plain text: signs that Markdown and Bugzilla give a meaning survive.
std::string signs(std::mt19937& random, int most) {
  return some_of(random,
                 {"linter", "été", "a*b*c", "x_y_z", "R&D", "50%", "#1", "C++", "日本", "[tag]", "r2024", "~3~", "it's", "q|p",
                  "back`tick", "<b>"},
                 most);
}

unsigned few(std::mt19937& random) { return static_cast<unsigned>(random() % 3 + 1); }

std::string stamp(std::mt19937& random) {
  const Instant at{Seconds{1'780'000'000 + static_cast<std::int64_t>(random() % 8'000'000)}};
  const std::string whole = rfc3339(at);
  return random() % 3 == 0 ? whole : whole.substr(0, 16) + "Z";
}

Incident generated(unsigned seed) {
  std::mt19937 random(seed);
  Incident incident = sample::bare();
  incident.ca_name = "Example CA";
  incident.ccadb_id = "A000123";
  incident.disclosure_stated = true;
  incident.disclosure = static_cast<DisclosureSource>(random() % 3);
  ReportFields& report = incident.report;
  report.summary = words(random, 9);
  report.relevant_policies = words(random, 5);
  report.total_certificates = static_cast<std::int64_t>(random() % 3'000'000);
  report.remaining_valid = *report.total_certificates / 2;
  report.certificate_types = "DV, OV";
  report.heuristic = words(random, 6);
  report.issuance_stopped = random() % 2 == 0;
  report.issuance_explanation = words(random, 5);
  report.delay_analysis = words(random, 5);
  report.awareness = words(random, 6);
  report.containment = words(random, 6);
  report.problem_summary = words(random, 7);
  report.certificate_data = words(random, 4);
  report.closure_root_causes = words(random, 6);
  report.closure_remediation = words(random, 6);
  report.closure_commitments = words(random, 6);
  report.additional_considerations = words(random, 5);
  for (unsigned i = few(random); i > 0; --i)
    report.related.push_back({1'600'000 + i, "2025-01-0" + std::to_string(i), signs(random, 5)});
  for (unsigned i = few(random); i > 0; --i)
    report.factors.push_back(
        {words(random, 4), words(random, 5), words(random, 5), words(random, 5), words(random, 5), words(random, 5)});
  for (auto* lessons : {&report.went_well, &report.did_not_go_well, &report.got_lucky, &report.additional})
    for (unsigned i = few(random); i > 0; --i) lessons->push_back(words(random, 6));
  constexpr EventKind kinds[] = {EventKind::non_compliance_began, EventKind::detected,   EventKind::issuance_stopped,
                                 EventKind::scope_concluded,      EventKind::revocation, EventKind::non_compliance_ended};
  for (const EventKind kind : kinds) sample::add(incident, kind, stamp(random));
  for (unsigned i = few(random); i > 0; --i) {
    ActionItem& item = incident.action_items.emplace_back();
    item.id = "a" + std::to_string(incident.action_items.size());
    item.text = signs(random, 6);
    item.kind = "Prevent";
    item.status = "Ongoing";
    item.root_causes = {signs(random, 3)};
    item.evaluation_criteria = signs(random, 4);
    item.due = sample::at("2026-12-0" + std::to_string(i));
    report.findings.push_back({words(random, 6), words(random, 6), {static_cast<int>(incident.action_items.size()) - 1}, {}});
  }
  return incident;
}

// A form of an edition of a template, and what it has a place for.
struct Form {
  std::string edition;
  FormKind kind = FormKind::full;
  Instant date;  // on which that edition is in force
  std::set<ReportValue> places;

  bool has(ReportValue value) const { return places.contains(value); }
};

void collect(std::span<const ReportBlock> blocks, std::set<ReportValue>& places) {
  for (const ReportBlock& block : blocks) {
    places.insert(block.value);
    for (const ReportColumn& column : block.columns) places.insert(column.value);
    collect(block.blocks, places);
  }
}

std::vector<Form> all_forms() {
  std::vector<Form> forms;
  for (const ReportTemplate& each : built_in_templates())
    for (const TemplateEdition& edition : each.editions)
      for (const FormKind kind : {FormKind::preliminary, FormKind::full, FormKind::audit, FormKind::closure})
        if (const ReportForm* form = each.form(kind, edition.id)) {
          Form& one = forms.emplace_back(Form{std::string(edition.id), kind, edition.in_force.from, {}});
          collect(form->blocks, one.places);
        }
  return forms;
}

std::shared_ptr<const Source> rendered(const Incident& incident, const Form& form) {
  Diagnostics diagnostics;
  ReportRequest request;
  request.kind = form.kind;
  request.template_id = form.edition;
  request.date = as_of;
  const auto report = render_report(incident, request, diagnostics);
  REQUIRE(report);
  REQUIRE(report->parts.size() == 1);
  return std::make_shared<const Source>("report.md", report->parts.front());
}

Incident read_back(const std::shared_ptr<const Source>& markdown, const Form& form) {
  Diagnostics diagnostics;
  const ReportReading report = read_report(markdown, {form.date, {}}, diagnostics);
  CHECK_FALSE(diagnostics.has_errors());
  REQUIRE(report.chosen);
  CHECK(report.chosen.edition->id == form.edition);
  CHECK(report.form->kind == form.kind);
  return incident_of(report, "Example CA: What happened").incident;
}

std::string times(const Incident& incident) {
  std::vector<std::string> all;
  for (const Event& event : incident.events)
    if (event.kind != EventKind::other)
      all.push_back(std::string(name(event.kind)) + " " + show(event.tellings.front().at.stamp.moment));
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::string text;
  for (const std::string& each : all) text += each + "\n";
  return text;
}

void check_same(const ContributingFactor& was, const ContributingFactor& is, const Form& form) {
  if (form.has(ReportValue::factor_description)) CHECK(is.description == was.description);
  if (form.has(ReportValue::factor_timeline)) CHECK(is.timeline == was.timeline);
  if (form.has(ReportValue::factor_detection)) CHECK(is.detection == was.detection);
  if (form.has(ReportValue::factor_interaction)) CHECK(is.interaction == was.interaction);
  if (form.has(ReportValue::factor_methodology)) CHECK(is.methodology == was.methodology);
  CHECK(is.title == was.title);
}

void check_same(const ActionItem& was, const ActionItem& is, const Form& form) {
  CHECK(is.text == was.text);
  if (form.has(ReportValue::action_kind)) CHECK(is.kind == was.kind);
  if (form.has(ReportValue::action_status)) CHECK(is.status == was.status);
  if (form.has(ReportValue::action_root_causes)) CHECK(is.root_causes == was.root_causes);
  if (form.has(ReportValue::action_evaluation)) CHECK(is.evaluation_criteria == was.evaluation_criteria);
  REQUIRE(is.due);
  CHECK(show(is.due->stamp.moment) == show(was.due->stamp.moment));
}

template <class Entry, class Check>
void check_each(const std::vector<Entry>& was, const std::vector<Entry>& is, const Check& check) {
  REQUIRE(is.size() == was.size());
  for (std::size_t i = 0; i < was.size(); ++i) check(was[i], is[i]);
}

void check_same(const Incident& was, const Incident& is, const Form& form) {
  const ReportFields& before = was.report;
  const ReportFields& after = is.report;
  const auto same = [&](ReportValue place, const auto& left, const auto& right) {
    CAPTURE(name(place));
    if (form.has(place)) CHECK(left == right);
  };
  same(ReportValue::ccadb_id, is.ccadb_id, was.ccadb_id);
  same(ReportValue::disclosure, is.disclosure, was.disclosure);
  same(ReportValue::summary, after.summary, before.summary);
  same(ReportValue::relevant_policies, after.relevant_policies, before.relevant_policies);
  same(ReportValue::awareness, after.awareness, before.awareness);
  same(ReportValue::containment, after.containment, before.containment);
  same(ReportValue::total_certificates, after.total_certificates, before.total_certificates);
  same(ReportValue::remaining_valid, after.remaining_valid, before.remaining_valid);
  same(ReportValue::certificate_types, after.certificate_types, before.certificate_types);
  same(ReportValue::heuristic, after.heuristic, before.heuristic);
  same(ReportValue::issuance_stopped, after.issuance_stopped, before.issuance_stopped);
  same(ReportValue::issuance_stopped, after.issuance_explanation, before.issuance_explanation);
  same(ReportValue::delay_analysis, after.delay_analysis, before.delay_analysis);
  same(ReportValue::additional_considerations, after.additional_considerations, before.additional_considerations);
  same(ReportValue::problem_summary, after.problem_summary, before.problem_summary);
  same(ReportValue::certificate_data, after.certificate_data, before.certificate_data);
  same(ReportValue::went_well, after.went_well, before.went_well);
  same(ReportValue::did_not_go_well, after.did_not_go_well, before.did_not_go_well);
  same(ReportValue::got_lucky, after.got_lucky, before.got_lucky);
  same(ReportValue::additional, after.additional, before.additional);
  same(ReportValue::closure_root_causes, after.closure_root_causes, before.closure_root_causes);
  same(ReportValue::closure_remediation, after.closure_remediation, before.closure_remediation);
  same(ReportValue::closure_commitments, after.closure_commitments, before.closure_commitments);
  if (form.has(ReportValue::related))
    check_each(before.related, after.related, [](const RelatedIncident& one, const RelatedIncident& other) {
      CHECK(other.bug == one.bug);
      CHECK(other.opened == one.opened);
      CHECK(other.description == one.description);
    });
  if (form.has(ReportValue::factors))
    check_each(before.factors, after.factors, [&](const auto& one, const auto& other) { check_same(one, other, form); });
  if (form.has(ReportValue::action_items))
    check_each(was.action_items, is.action_items, [&](const auto& one, const auto& other) { check_same(one, other, form); });
  if (form.has(ReportValue::findings))
    check_each(before.findings, after.findings, [](const AuditFinding& one, const AuditFinding& other) {
      CHECK(other.description == one.description);
      CHECK(other.root_cause == one.root_cause);
      CHECK(other.action_items == one.action_items);
    });
  if (form.has(ReportValue::timeline)) CHECK(times(is) == times(was));
}

}  // namespace

TEST_CASE("a rendered report reads back as the incident that it was made from, whatever its form") {
  for (const Form& form : all_forms())
    for (unsigned seed = 1; seed <= 30; ++seed) {
      CAPTURE(form.edition);
      CAPTURE(name(form.kind));
      CAPTURE(seed);
      const Incident incident = generated(seed);
      check_same(incident, read_back(rendered(incident, form), form), form);
    }
}

TEST_CASE("what is read back can be written as an incident file, and is the same again") {
  for (const Form& form : all_forms())
    for (unsigned seed = 1; seed <= 30; ++seed) {
      CAPTURE(form.edition);
      CAPTURE(name(form.kind));
      CAPTURE(seed);
      const auto markdown = rendered(generated(seed), form);
      const Incident incident = read_back(markdown, form);
      const std::string yaml = incident_yaml(incident, {});
      CAPTURE(yaml);
      Diagnostics diagnostics;
      const auto read = read_incident(std::make_shared<const Source>("incident.yaml", yaml), diagnostics);
      REQUIRE(read);
      check_same(incident, *read, form);
    }
}
