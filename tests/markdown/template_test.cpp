// Report templates as data: what the reader refuses, and that what templates ask for can be written in an incident file.
#include <cita/input/incident_file.hpp>
#include <cita/policy/report_template.hpp>
#include <cita/time/notation.hpp>

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

const ReportTemplate& built_in(std::string_view id) {
  const auto all = built_in_templates();
  const auto found = std::find_if(all.begin(), all.end(), [id](const ReportTemplate& each) { return each.id == id; });
  REQUIRE(found != all.end());
  return *found;
}

// Everything of a form, with what stands in fields and repetitions.
template <class Visit>
void for_each_block(std::span<const ReportBlock> blocks, Visit visit) {
  for (const ReportBlock& each : blocks) {
    visit(each);
    for_each_block(each.blocks, visit);
  }
}

const ReportBlock& block_called(const ReportTemplate& form, FormKind kind, std::string_view text) {
  const ReportBlock* found = nullptr;
  for_each_block(form.form(kind)->blocks, [&](const ReportBlock& each) {
    if (each.text == text) found = &each;
  });
  REQUIRE_MESSAGE(found != nullptr, text);
  return *found;
}

std::vector<std::string_view> list(std::span<const std::string_view> texts) { return {texts.begin(), texts.end()}; }

using Texts = std::vector<std::string_view>;

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
  CHECK(problems_of_block("{repeat: factors, lead: x}") == std::vector<std::string>{"no-blocks"});
  CHECK(problems_of_block("{prose: sumary}") == std::vector<std::string>{"unknown-word"});
  CHECK(problems_of_block("{field: A, value: summary, needed: never}") == std::vector<std::string>{"unknown-word"});
  CHECK(problems_of_block("{field: A, value: first-event, events: [began]}") == std::vector<std::string>{"unknown-word"});
  CHECK(problems_of_block("{field: A, vlue: summary}") == std::vector<std::string>{"unknown-key"});
  CHECK(problems_of_block("{level: 3}") == std::vector<std::string>{"no-kind"});
  CHECK(problems_of_block("{heading: A, field: B, level: 3}") == std::vector<std::string>{"two-kinds"});
  CHECK(problems_of_block("{table: timeline, columns: [{column: A, value: event-text, also: [B]}]}").empty());
  CHECK(problems_of_block("{days: timeline, expects: [{entry: A, events: [detected], to: [reporter]}]}").empty());
  CHECK(problems_of_block("{days: timeline, expects: [{entry: A, events: [seen]}]}") == std::vector<std::string>{"unknown-word"});
  CHECK(problems_of_block("{days: timeline, expects: [{entry: A}]}") == std::vector<std::string>{"no-sign"});
  CHECK(problems_of_block("{days: timeline, expects: [{entry: A, events: [detected], mentions: [x]}]}") ==
        std::vector<std::string>{"no-sign"});
  CHECK(problems("template: t\ntitle: T\neditions:\n  - {id: \"1\", from: 2020-01-01}\nwords: {a: A}\n"
                 "allowed:\n  - {value: disclosure, one-of: [a]}\nforms: []\n")
            .empty());
  CHECK(problems("template: t\ntitle: T\neditions:\n  - {id: \"1\", from: 2020-01-01}\n"
                 "allowed:\n  - {value: disclosure, one-of: [a]}\nforms: []\n") == std::vector<std::string>{"unknown-word"});
  CHECK(problems("template: t\ntitle: T\neditions:\n  - {id: \"1\", from: 2020}\nforms: []\n") ==
        std::vector<std::string>{"not-a-date"});
}

TEST_CASE("editions of a template do not overlap, and forms have what they need") {
  for (const ReportTemplate& form : built_in_templates()) {
    CAPTURE(form.id);
    for (const TemplateEdition& edition : form.editions) CHECK(edition.in_force.from < edition.in_force.until);
    CHECK((form.form(FormKind::full) != nullptr) == !form.editions.empty());
    for (const std::string_view word : {"yes", "no", "complete", "delayed", "no-time", "no-date", "expected-revocation"})
      CHECK(!form.word(word).empty());
  }
}

TEST_CASE("until when a superseded edition may be posted") {
  const auto last_second = [](std::string_view id) { return *template_called(id, {}).edition->usable_until - Seconds{1}; };
  CHECK(last_second("3.0") == read_notation("2025-08-14T23:59:59Z", {}).stamp->moment.earliest());
  CHECK(last_second("3.1") == read_notation("2026-04-19T23:59:59Z", {}).stamp->moment.earliest());
  CHECK_FALSE(template_called("3.2", {}).edition->usable_until);
}

TEST_CASE("what may stand where") {
  const ReportTemplate& third = built_in("ccadb-3");
  CHECK(list(third.allowed_for(ReportValue::disclosure)->one_of) == Texts{"Self Reported", "Third Party Reported", "Audit"});
  CHECK(list(third.allowed_for(ReportValue::action_kind)->one_of) == Texts{"Prevent", "Mitigate", "Detect"});
  CHECK(list(third.allowed_for(ReportValue::action_status)->one_of) == Texts{"Ongoing", "Complete", "Delayed", "Canceled"});
  CHECK(list(built_in("ccadb-2").allowed_for(ReportValue::action_kind)->one_of) == Texts{"Prevent", "Mitigate", "Detect"});
  CHECK(built_in("ccadb-2").allowed_for(ReportValue::action_status) == nullptr);
  CHECK(third.allowed_for(ReportValue::disclosure)->allows("Audit"));
  CHECK_FALSE(third.allowed_for(ReportValue::disclosure)->allows("audit"));
  const AllowedValue& id = *third.allowed_for(ReportValue::ccadb_id);
  CHECK(id.allows("A000007"));
  for (const std::string_view wrong : {"", "A00000", "A0000007", "B000007", "A00000x", "A######"}) CHECK_FALSE(id.allows(wrong));
}

TEST_CASE("other wordings of the same place") {
  const ReportTemplate& third = built_in("ccadb-3");
  const auto also = [&](std::string_view text, FormKind kind = FormKind::full) {
    return list(block_called(third, kind, text).also);
  };
  CHECK(also("Additional") == Texts{"Other"});
  CHECK(also("What went well") == Texts{"What went well?"});
  CHECK(also("What didn\xE2\x80\x99t go well") ==
        Texts{"What didn't go well", "What didn\xE2\x80\x99t go well?", "What didn't go well?"});
  CHECK(also("Where we got lucky") == Texts{"Where we got lucky?"});
  CHECK(also("Root Cause Analysis") == Texts{"Root Causes", "Root Cause"});
  CHECK(also("Report Closure Summary", FormKind::closure) == Texts{"Closure Report", "Incident Closure Summary"});
  CHECK(list(block_called(built_in("ccadb-2"), FormKind::full, "What didn't go well").also) ==
        Texts{"What didn\xE2\x80\x99t go well"});
  std::vector<std::string> columns;
  for_each_block(third.form(FormKind::full)->blocks, [&](const ReportBlock& each) {
    for (const ReportColumn& column : each.columns)
      for (const std::string_view other : column.also) columns.push_back(std::string(column.heading) + "=" + std::string(other));
  });
  CHECK(columns == std::vector<std::string>{"Date=Opened date", "Action Item=Action Item description",
                                            "Evaluation Criteria=Evaluation criteria", "Due Date=Due date"});
}

TEST_CASE("every topic of the first guidelines has the phrase that tells it") {
  int topics = 0;
  for (const ReportBlock& each : built_in("seven-topics").form(FormKind::full)->blocks) {
    if (each.kind != BlockKind::heading) continue;
    ++topics;
    CHECK(each.text.starts_with(std::to_string(topics) + ". "));
    REQUIRE(each.phrases.size() == 1);
    CHECK(each.text.find(each.phrases[0]) != std::string_view::npos);
  }
  CHECK(topics == 7);
  for (const std::string_view phrase : {"All Action Items", "completed", "request its closure"}) {
    const ReportBlock& closing = built_in("ccadb-3").form(FormKind::closure)->blocks.back();
    CHECK(std::count(closing.phrases.begin(), closing.phrases.end(), phrase) == 1);
    CHECK(closing.text.find(phrase) != std::string_view::npos);
  }
}

TEST_CASE("what the published templates have where the author has to write") {
  CHECK(list(built_in("ccadb-3").placeholders) == Texts{"Example", "Root Cause # 1", "Criteria", "Value", "2025-01-19",
                                                        "[Related Bug ID](Related Bug URL)", "Contributing Factor #: title"});
  CHECK(list(built_in("ccadb-2").placeholders) == Texts{"Example", "YYYY-MM-DD:", "HH:MM", "2038-01-19"});
  CHECK(built_in("seven-topics").placeholders.empty());
}

TEST_CASE("what is ours in a template and what is the document's") {
  const auto documents = [](std::string_view id, FormKind kind) {
    Texts result;
    for (const ReportBlock& each : built_in(id).form(kind)->blocks)
      if (!each.is_own && !each.text.empty()) result.push_back(each.text);
    return result;
  };
  CHECK(documents("ccadb-3", FormKind::preliminary) == Texts{"Preliminary Incident Report", "Summary", "Incident description",
                                                             "Relevant policies", "Source of incident disclosure"});
  CHECK(documents("ccadb-2", FormKind::full) == Texts{"Incident Report", "Summary", "Impact", "Timeline", "All times are UTC.",
                                                      "Root Cause Analysis", "Lessons Learned", "What went well", "*",
                                                      "What didn't go well", "*", "Where we got lucky", "*", "Action Items",
                                                      "Appendix", "Details of affected certificates"});
  CHECK(documents("seven-topics", FormKind::full).size() == 7);
}

TEST_CASE("what a timeline is expected to tell, and when") {
  std::vector<std::string> expected;
  for_each_block(built_in("ccadb-3").form(FormKind::full)->blocks, [&](const ReportBlock& each) {
    for (const ExpectedEntry& entry : each.expects)
      expected.push_back(std::to_string(static_cast<int>(entry.needed)) + " " + std::string(entry.text));
  });
  const auto when = [](Needed needed) { return std::to_string(static_cast<int>(needed)) + " "; };
  CHECK(expected == std::vector<std::string>{
                        when(Needed::always) + "the changes of policies, processes and software that contributed to a root cause",
                        when(Needed::always) + "when the incident began",
                        when(Needed::always) + "when the CA Owner became aware",
                        when(Needed::problem_report) + "when the Certificate Problem Report was received",
                        when(Needed::reporter_answer) + "when its filer got the preliminary findings",
                        when(Needed::problem_report) + "when affected Subscribers got the preliminary findings",
                        when(Needed::always) + "when scope and impact were concluded and disclosed",
                        when(Needed::optional) + "when scope and impact were updated",
                        when(Needed::revocation_delay) + "the expected completion of revocation",
                        when(Needed::revocation_over) + "the actual completion of revocation",
                        when(Needed::always) + "when the incident ended",
                        when(Needed::issuance_stopped) + "when issuance ceased",
                        when(Needed::revocation_delay) + "steps to prevent or reduce delays of revocations to come",
                    });
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
