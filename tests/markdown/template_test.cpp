// Report templates as data: what the reader refuses, and that what templates ask for can be written in an incident file.
#include <cita/input/incident_file.hpp>
#include <cita/policy/report_template.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

using namespace cita;

namespace {

std::vector<std::string> problems(std::string text) {
  Diagnostics diagnostics;
  const auto file = read_template(std::make_shared<const Source>("template.yaml", std::move(text)), diagnostics);
  CHECK((file == nullptr) == diagnostics.has_errors());
  std::vector<std::string> codes;
  for (const Diagnostic& each : diagnostics.all()) codes.push_back(each.code);
  return codes;
}

std::vector<std::string> problems_of_block(const std::string& block) {
  return problems(
      "template: t\ntitle: T\neditions:\n  - {id: \"1\", from: 2020-01-01}\nforms:\n  - form: full\n    blocks:\n      - " +
      block + "\n");
}

// "report.lessons.went-well" as an incident file writes it; "[]" is the first entry of a list.
std::string as_file(std::string_view field) {
  std::string text = "cita: 1\n";
  int indent = 0;
  bool in_item = false;
  while (!field.empty()) {
    const std::size_t dot = field.find('.');
    std::string key(field.substr(0, dot));
    const bool is_list = key.ends_with("[]");
    if (is_list) key.resize(key.size() - 2);
    text += std::string(static_cast<std::size_t>(indent), ' ') + (in_item ? "- " : "") + key + ":";
    field.remove_prefix(dot == std::string_view::npos ? field.size() : dot + 1);
    text += field.empty() ? " x\n" : "\n";
    indent += in_item ? 4 : 2;
    in_item = is_list;
  }
  return text;
}

}  // namespace

TEST_CASE("every template of the library is compiled in") {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(CITA_SOURCE_DIR "/lib/templates")) {
    ++files;
    const auto all = built_in_templates();
    const std::string id = entry.path().stem().string();
    CHECK_MESSAGE(std::any_of(all.begin(), all.end(), [&](const ReportTemplate& each) { return each.id == id; }), id);
  }
  CHECK(files == built_in_templates().size());
}

TEST_CASE("what the reader of templates refuses") {
  CHECK(problems_of_block("{heading: A, level: 3}").empty());
  CHECK(problems_of_block("{heading: A}") == std::vector<std::string>{"wrong-level"});
  CHECK(problems_of_block("{table: timeline}") == std::vector<std::string>{"no-columns"});
  CHECK(problems_of_block("{repeat: factors, lead: x}") == std::vector<std::string>{"no-fields"});
  CHECK(problems_of_block("{prose: sumary}") == std::vector<std::string>{"unknown-word"});
  CHECK(problems_of_block("{field: A, value: summary, needed: never}") == std::vector<std::string>{"unknown-word"});
  CHECK(problems_of_block("{field: A, value: first-event, events: [began]}") == std::vector<std::string>{"unknown-word"});
  CHECK(problems_of_block("{field: A, vlue: summary}") == std::vector<std::string>{"unknown-key"});
  CHECK(problems_of_block("{level: 3}") == std::vector<std::string>{"no-kind"});
  CHECK(problems_of_block("{heading: A, field: B, level: 3}") == std::vector<std::string>{"two-kinds"});
  CHECK(problems("template: t\ntitle: T\neditions:\n  - {id: \"1\", from: 2020}\nforms: []\n") ==
        std::vector<std::string>{"not-a-date"});
}

TEST_CASE("editions of a template do not overlap, and forms have what they need") {
  for (const ReportTemplate& form : built_in_templates()) {
    CAPTURE(form.id);
    for (const TemplateEdition& edition : form.editions) CHECK(edition.in_force.from < edition.in_force.until);
    CHECK(form.form(FormKind::full) != nullptr);
    for (const std::string_view word : {"yes", "no", "complete", "delayed", "no-time", "no-date", "expected-revocation"})
      CHECK(!form.word(word).empty());
  }
}

TEST_CASE("what a report lacks can be written where it says") {
  for (int i = 1; i <= static_cast<int>(ReportValue::factor_methodology); ++i) {
    const auto value = static_cast<ReportValue>(i);
    CAPTURE(name(value));
    CHECK(!meaning(value).empty());
    const std::string text = as_file(file_field(value));
    CAPTURE(text);
    Diagnostics diagnostics;
    read_incident(std::make_shared<const Source>("incident.yaml", text), diagnostics);
    for (const Diagnostic& each : diagnostics.all()) CHECK(each.code != "unknown-key");
  }
}
