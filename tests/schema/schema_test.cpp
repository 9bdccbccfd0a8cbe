// schemas/incident.schema.json against the reader: the same words, and the same files accepted and refused. The other
// side is an independent validator (validate.py: Python, jsonschema, PyYAML).
#include "../input/fixtures.hpp"

#include <cita/model/event_kind.hpp>
#include <cita/model/vocabulary.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>
#include <map>
#include <set>

#include <unistd.h>

using namespace cita;

namespace {

const std::string schema_file = std::string(CITA_SOURCE_DIR) + "/schemas/incident.schema.json";

nlohmann::json definition(const std::string& name) {
  static const auto schema = nlohmann::json::parse(fixtures::content(schema_file));
  return schema.at("definitions").at(name);
}

// The words of a table, one a line.
std::string words(std::span<const std::string_view> names) {
  std::string result;
  for (const std::string_view name : names)
    if (name.front() != '(') result += std::string(name) + '\n';
  return result;
}

std::string listed(const std::string& name, const std::string& key) {
  std::string result;
  const auto defined = definition(name);
  for (const auto& each : defined.at(key)) result += each.get<std::string>() + '\n';
  return result;
}

std::string enumerated(const std::string& name) { return listed(name, "enum"); }

// What the validator says of each file: accepted, refused, empty-value or not-yaml.
std::map<std::string, std::string> validated(const std::vector<std::filesystem::path>& files) {
  std::string command =
      std::string("'" CITA_PYTHON "' '") + std::string(CITA_SOURCE_DIR) + "/tests/schema/validate.py' '" + schema_file + "'";
  for (const auto& file : files) command += " '" + file.string() + "'";
  FILE* output = popen(command.c_str(), "r");
  REQUIRE(output != nullptr);
  std::map<std::string, std::string> verdicts;
  std::array<char, 4096> line{};
  while (std::fgets(line.data(), line.size(), output) != nullptr) {
    std::string text(line.data());
    text.pop_back();
    const std::size_t tab = text.find('\t');
    verdicts[text.substr(tab + 1)] = text.substr(0, tab);
  }
  REQUIRE_MESSAGE(pclose(output) == 0, "validate.py failed; it needs python3 with jsonschema and yaml");
  CHECK(verdicts.size() == files.size());
  return verdicts;
}

// A folder that goes away with the test.
class Scratch {
 public:
  Scratch() : path_(std::filesystem::temp_directory_path() / ("cita-schema-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { std::filesystem::remove_all(path_); }

  std::filesystem::path write(const std::string& text) {
    auto file = path_ / (std::to_string(count_++) + ".yaml");
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

 private:
  std::filesystem::path path_;
  int count_ = 0;
};

// What only the reader can know: whether a name exists, whether a text is a time, what the parser thinks of it.
bool is_beyond_schema(const Diagnostic& problem) {
  static const std::set<std::string> codes = {"unknown-name", "unknown-event", "ambiguous-event", "cyclic-time", "which-case",
                                              "duplicate-id", "duplicate-key", "two-ids", "unknown-zone", "bounds-reversed",
                                              "count-too-small", "counts-reversed", "yaml-syntax", "alias", "anchor", "tag",
                                              // of stamps
                                              "not-a-time", "no-such-day", "no-such-time", "relative", "no-year", "year-unknown"};
  return problem.severity == Severity::error && codes.contains(problem.code);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    lines.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return lines;
}

// Files that are nearly good: a line left out, a word misspelt, a value that is a list or a number instead.
std::vector<std::string> nearly(const std::string& good) {
  std::vector<std::string> result;
  const auto lines = lines_of(good);
  for (std::size_t skipped = 0; skipped < lines.size(); ++skipped) {
    std::string text;
    for (std::size_t i = 0; i < lines.size(); ++i)
      if (i != skipped) text += lines[i];
    result.push_back(text);
  }
  // Every value at every place would take minutes: each place gets the next three.
  constexpr std::array<std::string_view, 7> values = {"[a]", "12", "true", "word", "\"\"", "{a: b}", "2026-05-04T00:00Z"};
  std::size_t next = 0;
  for (std::size_t colon = good.find(": "); colon != std::string::npos; colon = good.find(": ", colon + 1)) {
    const std::size_t end = good.find_first_of(",}\n", colon);
    for (int i = 0; i < 3; ++i)
      result.push_back(good.substr(0, colon + 2) + std::string(values[next++ % values.size()]) + good.substr(end));
    result.push_back(good.substr(0, colon) + "x" + good.substr(colon));
  }
  return result;
}

}  // namespace

TEST_CASE("the schema's words are those of the code") {
  CHECK(enumerated("event-kind") == words(event_kind_names()));
  CHECK(enumerated("actor") == words(actor_names()));
  CHECK(enumerated("account-kind") == words(names<AccountKind>()));
  CHECK(enumerated("addressee") == words(names<Addressee>()));
  CHECK(enumerated("certificate-use") == words(names<CertificateUse>()));
  CHECK(enumerated("certificate-kind") == words(names<CertificateKind>()));
  CHECK(enumerated("disclosure") == words(names<DisclosureSource>()));
  CHECK(enumerated("crl-reason") == words(names<CrlReason>()));
  // "unstated" is what nobody writes.
  CHECK(enumerated("delivery") == words(names<Delivery>().subspan(1)));
}

TEST_CASE("the schema describes each kind of event as the code does") {
  std::string descriptions;
  for (const std::string_view name : event_kind_names()) descriptions += std::string(description(*event_kind(name))) + '\n';
  CHECK(listed("event-kind", "enumDescriptions") == descriptions);
}

TEST_CASE("every property has a description, here or where it is defined") {
  const auto schema = nlohmann::json::parse(fixtures::content(schema_file));
  const auto described = [&](const nlohmann::json& property) {
    if (property.contains("description")) return true;
    const auto& reference = property.contains("allOf") ? property.at("allOf").at(0) : property;
    if (!reference.contains("$ref")) return false;
    const std::string name = reference.at("$ref").get<std::string>().substr(std::string("#/definitions/").size());
    return schema.at("definitions").at(name).contains("description");
  };
  for (const auto& [name, each] : schema.at("definitions").items())
    if (each.contains("properties"))
      for (const auto& [key, property] : each.at("properties").items()) {
        const std::string place = name + ": " + key;
        CHECK_MESSAGE(described(property), place);
      }
}

TEST_CASE("the schema accepts what the reader reads, and refuses what it can know to be wrong") {
  const std::map<std::string, std::string> folders = {
      {"good", "accepted"}, {"bad", "refused"}, {"bad-by-reader", "accepted"}, {"unfinished", "empty-value"}};
  for (const auto& [folder, wanted] : folders) {
    const auto files = fixtures::files(folder);
    REQUIRE_FALSE(files.empty());
    for (const auto& [file, verdict] : validated(files)) {
      const bool as_wanted = verdict == wanted || (wanted == "refused" && verdict == "empty-value");
      const std::string said = file + ": " + verdict;
      CHECK_MESSAGE(as_wanted, said);
    }
  }
}

TEST_CASE("the schema and the reader agree on thousands of files that are nearly good") {
  Scratch scratch;
  std::map<std::string, std::string> texts;
  std::vector<std::filesystem::path> files;
  for (const auto& good : fixtures::files("good"))
    for (const std::string& text : nearly(fixtures::content(good))) {
      files.push_back(scratch.write(text));
      texts[files.back().string()] = text;
    }
  int refused = 0;
  for (const auto& [file, verdict] : validated(files)) {
    // A missing value is absent for the reader; and the two YAML parsers disagree about some texts.
    if (verdict == "empty-value" || verdict == "not-yaml") continue;
    const auto outcome = fixtures::read(texts[file]);
    const auto& all = outcome.diagnostics.all();
    const bool is_read = outcome.incident.has_value();
    const bool agreed = verdict == "refused" ? !is_read : is_read || std::any_of(all.begin(), all.end(), is_beyond_schema);
    if (verdict == "refused") ++refused;
    const std::string said = verdict + '\n' + outcome.problems() + texts[file];
    CHECK_MESSAGE(agreed, said);
  }
  CHECK(refused > 200);
}
