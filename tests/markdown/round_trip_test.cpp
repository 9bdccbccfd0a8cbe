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
  }
  return incident;
}

std::shared_ptr<const Source> rendered(const Incident& incident) {
  Diagnostics diagnostics;
  ReportRequest request;
  request.template_id = "3.2";
  request.date = as_of;
  const auto report = render_report(incident, request, diagnostics);
  REQUIRE(report);
  REQUIRE(report->parts.size() == 1);
  return std::make_shared<const Source>("report.md", report->parts.front());
}

Incident read_back(const std::shared_ptr<const Source>& markdown) {
  Diagnostics diagnostics;
  const ReportReading report = read_report(markdown, {as_of, {}}, diagnostics);
  CHECK_FALSE(diagnostics.has_errors());
  REQUIRE(report.chosen);
  CHECK(report.chosen.edition->id == "3.2");
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

void check_same(const Incident& was, const Incident& is) {
  CHECK(is.ccadb_id == was.ccadb_id);
  CHECK(is.disclosure == was.disclosure);
  CHECK(is.report.summary == was.report.summary);
  CHECK(is.report.relevant_policies == was.report.relevant_policies);
  CHECK(is.report.total_certificates == was.report.total_certificates);
  CHECK(is.report.remaining_valid == was.report.remaining_valid);
  CHECK(is.report.certificate_types == was.report.certificate_types);
  CHECK(is.report.heuristic == was.report.heuristic);
  CHECK(is.report.issuance_stopped == was.report.issuance_stopped);
  CHECK(is.report.issuance_explanation == was.report.issuance_explanation);
  CHECK(is.report.additional_considerations == was.report.additional_considerations);
  REQUIRE(is.report.related.size() == was.report.related.size());
  for (std::size_t i = 0; i < was.report.related.size(); ++i) {
    CHECK(is.report.related[i].bug == was.report.related[i].bug);
    CHECK(is.report.related[i].opened == was.report.related[i].opened);
    CHECK(is.report.related[i].description == was.report.related[i].description);
  }
  REQUIRE(is.report.factors.size() == was.report.factors.size());
  for (std::size_t i = 0; i < was.report.factors.size(); ++i) {
    CHECK(is.report.factors[i].title == was.report.factors[i].title);
    CHECK(is.report.factors[i].description == was.report.factors[i].description);
    CHECK(is.report.factors[i].interaction == was.report.factors[i].interaction);
  }
  CHECK(is.report.went_well == was.report.went_well);
  CHECK(is.report.did_not_go_well == was.report.did_not_go_well);
  CHECK(is.report.got_lucky == was.report.got_lucky);
  CHECK(is.report.additional == was.report.additional);
  REQUIRE(is.action_items.size() == was.action_items.size());
  for (std::size_t i = 0; i < was.action_items.size(); ++i) {
    CHECK(is.action_items[i].text == was.action_items[i].text);
    CHECK(is.action_items[i].kind == was.action_items[i].kind);
    CHECK(is.action_items[i].status == was.action_items[i].status);
    CHECK(is.action_items[i].root_causes == was.action_items[i].root_causes);
    CHECK(is.action_items[i].evaluation_criteria == was.action_items[i].evaluation_criteria);
    CHECK(show(is.action_items[i].due->stamp.moment) == show(was.action_items[i].due->stamp.moment));
  }
  CHECK(times(is) == times(was));
}

}  // namespace

TEST_CASE("a rendered report reads back as the incident that it was made from") {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    const Incident incident = generated(seed);
    check_same(incident, read_back(rendered(incident)));
  }
}

TEST_CASE("what is read back can be written as an incident file, and is rendered as the same report again") {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    const auto markdown = rendered(generated(seed));
    const Incident incident = read_back(markdown);
    const std::string yaml = incident_yaml(incident, {});
    CAPTURE(yaml);
    Diagnostics diagnostics;
    const auto read = read_incident(std::make_shared<const Source>("incident.yaml", yaml), diagnostics);
    REQUIRE(read);
    check_same(incident, *read);
  }
}
